//! The sentences in French, as a director would write them.

#[cfg(feature = "folder")]
mod compare;
mod demand;
#[cfg(feature = "folder")]
mod equity;
#[cfg(feature = "folder")]
mod fiche;
#[cfg(feature = "folder")]
mod holding;
mod levers;
#[cfg(feature = "folder")]
mod national;
pub(super) mod new;
#[cfg(feature = "folder")]
mod page;
#[cfg(feature = "folder")]
mod pool;
mod sweep;
#[cfg(feature = "folder")]
mod territories;

use super::{
    Closest, Crowd, DayPart, Heading, Lever, Obstacle, Part, Proved, Sentences, THIN_SPACE, duration, list,
    percent, run_of_days, several_full_days, thousands, told_euros,
};
use crate::control::Stage;
use crate::error::{Error, Refusal};
use crate::finding::Level;
use crate::groups::Tier;
use crate::plan::{Bind, Change, Lack};
use crate::reach::Reason;
use crate::territory::{Mark, Mode, Turn};
use crate::units::{Cents, Seconds};
use jiff::civil::{Date, Weekday};
use std::io;

#[cfg(test)]
mod situations;

/// French.
pub(super) struct French;

impl Sentences for French {
    fn colon(&self) -> &'static str {
        " :"
    }

    fn semicolon(&self) -> &'static str {
        " ; "
    }

    fn title(&self, territory: &str) -> String {
        if territory.is_empty() {
            "Plan des groupes".to_owned()
        } else {
            format!("Plan des groupes — {territory}")
        }
    }

    fn internal(&self) -> &'static str {
        "Usage interne : les identifiants des jeunes sont des données personnelles."
    }

    fn synthetic(&self, seed: u64) -> String {
        format!(
            "Jeunes fictifs : tirés au sort d'après des effectifs (graine {seed}). Aucun n'existe ; \
             les résultats valent pour un territoire de cette forme, pas pour des personnes."
        )
    }

    fn heading(&self, heading: Heading) -> &'static str {
        match heading {
            Heading::Answer => "En bref",
            Heading::Groups => "Les groupes",
            Heading::LeftOut => "Qui reste sans groupe, et pourquoi",
            Heading::Hours => "Heures par semaine",
            Heading::Opened => "Sites à ouvrir",
            Heading::Trust => "Peut-on s'y fier ?",
            Heading::Assumptions => "Ce sur quoi le plan repose",
        }
    }

    fn groups_formed(&self, programme: &str, groups: u32, placed: u32, enrolled: u32) -> String {
        format!(
            "{programme} : {}, {} sur {}",
            count(groups, "groupe"),
            count(placed, "jeune"),
            number(enrolled)
        )
    }

    fn others_blocked(&self, others: u32, obstacle: Obstacle) -> String {
        let whom = match others {
            1 => "l'autre".to_owned(),
            n => format!("les {} autres", number(n)),
        };
        format!("ce qui bloque pour {whom} : {}", self.obstacle(obstacle))
    }

    fn nobody_enrolled(&self, programme: &str) -> String {
        format!("{programme} : aucun inscrit.")
    }

    fn no_group(&self, programme: &str, closest: Option<&Closest>, obstacle: Option<Obstacle>) -> String {
        let mut parts = vec![format!("{programme} : {}", none(obstacle))];
        parts.extend(closest.map(|closest| self.closest(closest)));
        parts.extend(obstacle.map(|o| format!("ce qui bloque : {}", self.obstacle(o))));
        format!("{}.", parts.join(" ; "))
    }

    fn obstacle(&self, obstacle: Obstacle) -> &'static str {
        match obstacle.bind {
            Bind::Sites => "aucune séance ne peut se tenir à ses demi-journées",
            Bind::Minimum => "trop peu d'inscrits ayant l'âge requis",
            Bind::Reach if obstacle.hours_too => "les trajets et les disponibilités",
            Bind::Reach => "les trajets",
            Bind::Ages => "l'âge",
            Bind::Rooms => "les salles, toutes prises",
            Bind::HalfDays => "les demi-journées des sites, toutes prises",
            Bind::Candidates => "le nombre de sites à ouvrir, limité",
            Bind::Advisers => "les conseillers, sans demi-journée libre",
            Bind::Youths => "les jeunes, déjà dans d'autres groupes ou tenus par une règle ou une décision",
        }
    }

    fn levers(&self, levers: &[Lever]) -> String {
        let lever = |lever: &Lever| {
            let gain = count(lever.gain, "place");
            format!("{} (au moins {gain} de plus)", self.change(lever))
        };
        let levers: Vec<String> = levers.iter().map(lever).collect();
        format!("Pour un groupe de plus : {}.", levers.join(" ; ou "))
    }

    fn in_all(&self, placed: u32, enrolled: u32) -> String {
        let who = youths_who(placed, "a", "ont");
        format!("En tout, {who} une place dans au moins un groupe, sur {}.", count(enrolled, "inscrit"))
    }

    fn days(&self, days: &[DayPart]) -> String {
        if let Some((first, last, part)) = run_of_days(days) {
            let part = match part {
                Part::Morning => "le matin",
                Part::Afternoon => "l'après-midi",
                Part::Both => "toute la journée",
            };
            return format!("du {} au {}, {part}", weekday(first), weekday(last));
        }
        let full = several_full_days(days);
        let name = |&day: &DayPart| if full { weekday(day.day).to_owned() } else { day_part(day) };
        let days: Vec<String> = days.iter().map(name).collect();
        format!("{}{}", list(&days, "et"), if full { ", toute la journée" } else { "" })
    }

    fn on_days(&self, days: &[DayPart]) -> String {
        if run_of_days(days).is_some() {
            return self.days(days);
        }
        let full = several_full_days(days);
        let name = |&day: &DayPart| {
            let day = if full { weekday(day.day).to_owned() } else { day_part(day) };
            format!("le {day}")
        };
        let days: Vec<String> = days.iter().map(name).collect();
        format!("{}{}", list(&days, "et"), if full { ", toute la journée" } else { "" })
    }

    fn at(&self, site: &str) -> String {
        if let Some(rest) = site.strip_prefix("Le ") {
            format!("au {rest}")
        } else if let Some(rest) = site.strip_prefix("Les ") {
            format!("aux {rest}")
        } else if is_a_thing(site) {
            format!("au site « {site} »")
        } else {
            format!("à {site}")
        }
    }

    fn in_turn(&self, sites: &[&str], turn: Turn) -> String {
        let sites: Vec<String> = sites.iter().map(|&site| site.to_owned()).collect();
        let turn = match turn {
            Turn::Week => "une semaine sur l'autre",
            Turn::Day => "un jour sur l'autre",
        };
        format!("{}, {turn}", list(&sites, "et"))
    }

    fn first_to_last(&self, first: Date, last: Date) -> String {
        if first == last {
            format!("le {}", date(first))
        } else if first.year() == last.year() {
            format!("du {} au {}", day_and_month(first), date(last))
        } else {
            format!("du {} au {}", date(first), date(last))
        }
    }

    fn group_size(&self, members: u32, min: u32, max: u32) -> String {
        format!("{} (de {min} à {max} par groupe)", count(members, "jeune"))
    }

    fn come_by(&self, count: u32, to: Mode, back: Mode) -> String {
        let out = format!("{} {}", number(count), by(to, count));
        if to == back { out } else { format!("{out} (retour : {})", by(back, count)) }
    }

    fn only_by_video(&self, count: u32) -> String {
        format!("{} seulement en visio", number(count))
    }

    fn how_they_come(&self, ways: &[String], longest: Seconds) -> String {
        format!("{} ; trajet le plus long : {}", ways.join(", "), duration(longest))
    }

    fn by_video(&self) -> &'static str {
        "toutes les séances en visio, sans trajet"
    }

    fn not_every_session(&self, people: u32) -> String {
        let can = if people < 2 { "peut" } else { "peuvent" };
        format!("{} ne {can} pas venir à toutes les séances", count(people, "jeune"))
    }

    fn unknown_dates(&self, dates: u32, of: u32) -> String {
        let (are, counted) = if dates < 2 { ("est", "comptée") } else { ("sont", "comptées") };
        format!(
            "{} des {} dates {are} hors de l'horaire connu des cars et des trains : {counted} ni pour ni contre",
            number(dates),
            number(of)
        )
    }

    fn without_a_trip(&self, dates: &[Date]) -> String {
        let days = dates.iter().map(|&day| date(day)).collect::<Vec<_>>();
        format!("sans trajet pour un jeune au moins : {}", days.join(", "))
    }

    fn no_group_at_all(&self) -> &'static str {
        "Aucun."
    }

    fn left_out(&self, programme: &str, left_out: u32, enrolled: u32) -> String {
        format!("{programme} : {} sur {} sans groupe", number(left_out), count(enrolled, "inscrit"))
    }

    fn interchangeable(&self, placed: u32, of: u32, ids: &str) -> String {
        let have = if placed == 1 { "1 seul a".to_owned() } else { format!("{} ont", number(placed)) };
        format!("Choix indifférent : sur {of} jeunes que rien ne distingue ici {ids}, {have} une place.")
    }

    fn nobody_left_out(&self) -> &'static str {
        "Personne : tous les inscrits ont une place."
    }

    fn reason(&self, reason: Reason, limit: Seconds) -> String {
        let text = match reason {
            Reason::NotEnrolled => "pas inscrit",
            Reason::Age => "hors des âges admis",
            Reason::NotLocated => "domicile ou site sans coordonnées",
            Reason::NoMode => "aucun moyen de transport, et trop loin à pied",
            Reason::SiteClosed => "aucune séance ne s'y tient",
            Reason::NotAvailable => "indisponibilité à ces heures",
            Reason::SlotClash => "déjà dans un autre groupe à ces heures, ou ailleurs ce jour-là",
            Reason::TooFar => return format!("trop loin : plus de {} de trajet", duration(limit)),
            Reason::NoBusThen => "un car ou un train y va, mais pas à ces heures",
            Reason::NotInHolidays => "un car ou un train y va, mais pas pendant les vacances",
            Reason::NoWayBack => "l'aller est possible, pas le retour",
            Reason::TimetableUnknown => "horaires inconnus à ces dates",
            Reason::TooLongADay => "trop de trajet pour le temps passé sur place",
            Reason::GroupTooSmall => "trop peu d'autres peuvent venir au même endroit pour faire un groupe",
            Reason::Full => "groupes, salles ou conseillers complets",
            Reason::MixRule => "une règle de composition des groupes",
            Reason::Excluded => "dans un dispositif qui exclut celui-ci",
            Reason::PinnedOut => "décision de la structure",
            Reason::BetterPlan => "le plan trouvé place d'autres jeunes",
        };
        text.to_owned()
    }

    fn first_ids(&self, ids: &[&str], more: bool) -> String {
        format!("({}{})", ids.join(", "), if more { "…" } else { "" })
    }

    fn hours_within_reach(&self, youths: u32, of: u32, weekly: Seconds) -> String {
        let who = match youths {
            0 => "aucun n'a".to_owned(),
            1 => "1 a".to_owned(),
            n => format!("{} ont", number(n)),
        };
        let whose = if youths < 2 { "sa" } else { "leur" };
        format!(
            "Sur {}, {who} au moins {} d'activité collective par semaine à {whose} portée.",
            count(of, "jeune"),
            duration(weekly)
        )
    }

    fn hours_planned(&self, youths: u32, weekly: Seconds) -> String {
        let who = youths_who(youths, "atteint", "atteignent");
        format!("Dans ce plan, {who} {}.", duration(weekly))
    }

    fn hours_scope(&self) -> &'static str {
        "Seules les séances collectives sont comptées : les démarches personnelles et les entretiens \
         s'y ajoutent."
    }

    fn opened(&self, site: &str, cost: Cents) -> String {
        match cost.get() {
            0 => format!("{site} (site candidat)"),
            _ => format!("{site} (site candidat, {} pour l'ouvrir)", euros(cost)),
        }
    }

    fn proved(&self, proved: &Proved) -> String {
        match proved {
            Proved::All => "Meilleur plan possible : prouvé.".to_owned(),
            Proved::Placed(rest) => {
                let rest: Vec<String> = rest.iter().map(|&tier| objective(tier).to_owned()).collect();
                format!(
                    "Aucun plan n'offre plus de places : prouvé. À nombre de places égal, pas prouvé : {}.",
                    list(&rest, "et")
                )
            }
            Proved::Gap { placed, bound, percent: gap, weighted } => {
                let by = match (weighted, placed) {
                    (false, _) => "",
                    (true, ..2) => ", comptée par priorité",
                    (true, _) => ", comptées par priorité",
                };
                format!(
                    "Plan trouvé : {}{by} ; au plus {} {} (écart {} %).",
                    count_u64(positive(*placed), "place"),
                    thousands(positive(*bound), THIN_SPACE),
                    if *bound < 2 { "possible" } else { "possibles" },
                    percent(*gap).replace('.', ",")
                )
            }
            Proved::Nothing => "Plan trouvé ; rien n'est prouvé sur le nombre de places.".to_owned(),
        }
    }

    fn mark(&self, mark: Mark) -> &'static str {
        match mark {
            Mark::Source => "[source]",
            Mark::Assumed => "[hypothèse]",
            Mark::Declared => "[fichier]",
        }
    }

    fn level(&self, level: Level) -> &'static str {
        match level {
            Level::Error => "erreur",
            Level::Warning => "attention",
            Level::Note => "note",
        }
    }

    fn finding_counts(&self, errors: usize, warnings: usize, notes: usize) -> String {
        let mut parts = Vec::new();
        for (n, word) in [(errors, "erreur"), (warnings, "avertissement"), (notes, "note")] {
            if n > 0 {
                parts.push(count_u64(n as u64, word));
            }
        }
        parts.join(", ")
    }

    fn no_file(&self) -> &'static str {
        "dossier"
    }

    fn nothing_found(&self) -> &'static str {
        "Rien à signaler."
    }

    fn more_of_a_kind(&self, code: &str, more: usize, last: u32) -> String {
        let more = count_u64(more as u64, "autre");
        format!("… et {more} {code}, jusqu'à la ligne {last} ; --json donne tout")
    }

    fn stage(&self, stage: Stage) -> &'static str {
        match stage {
            Stage::Reading => "lecture",
            Stage::Travel => "temps de trajet",
            Stage::Reach => "qui peut venir",
            Stage::Groups => "formation des groupes",
            Stage::Questions => "essais",
            Stage::Writing => "écriture des fichiers",
            Stage::Territories => "territoires",
        }
    }

    fn tier_reached(&self, tier: Tier, value: i64, bound: Option<i64>) -> String {
        let proved = bound.map_or("prouvé".to_owned(), |bound| format!("non prouvé, borne {bound}"));
        format!("{} : {value} ({proved})", objective(tier))
    }

    fn stopped_by_time(&self) -> &'static str {
        "La recherche s'est arrêtée à la limite de temps : une autre machine peut répondre autrement."
    }

    fn option_groups(&self, programme: &str, option: &str, groups: u32, members: u32) -> String {
        format!("{programme}, {option} : {}, {}", count(groups, "groupe"), count(members, "jeune"))
    }

    fn only_so_many(&self, crowd: Crowd) -> String {
        let one = if crowd.sites { "ce site" } else { "ce créneau" };
        let many = if crowd.sites { "sites" } else { "créneaux" };
        let places = match crowd.places {
            1 => one.to_owned(),
            n => format!("ces {} {many}", spelt(n)),
        };
        let youths = count(crowd.youths, "jeune");
        let who = match (crowd.only, crowd.youths) {
            (true, 0 | 1) => format!("{youths} ne peut aller qu'à {places}"),
            (true, _) => format!("{youths} ne peuvent aller qu'à {places}"),
            (false, 0) => format!("Personne ne peut aller à {places}"),
            (false, 1) => format!("Un seul jeune peut aller à {places}"),
            (false, _) => format!("Seuls {youths} peuvent aller à {places}"),
        };
        let groups = match crowd.groups {
            0 => "aucun groupe possible".to_owned(),
            1 => "un groupe au plus".to_owned(),
            n => format!("{} au plus", count(n, "groupe")),
        };
        format!("{who}, et chaque groupe en demande {} : {groups}", crowd.min)
    }

    fn no_certificate(&self) -> &'static str {
        "La réponse n'a pas de certificat : aucun fichier n'est écrit."
    }

    fn not_certified(&self) -> &'static str {
        "Le certificat ne prouve pas ce qu'il affirme."
    }

    fn impossible(&self) -> &'static str {
        "Aucun plan : les décisions déjà prises contredisent les limites ; c'est prouvé. \
         Retirez ou changez l'une d'elles."
    }

    fn written(&self, folder: &str) -> String {
        format!(
            "Écrit dans {folder} : interne/, exact, pour votre structure seule ; partage/, qui peut être montré."
        )
    }

    fn not_found(&self) -> &'static str {
        "Aucun plan trouvé qui respecte les décisions déjà prises ; il peut en exister un. \
         Donnez plus de temps à la recherche avec --nodes."
    }

    fn unverified(&self) -> &'static str {
        "Erreur interne : le plan trouvé ne passe pas sa vérification ; il n'est pas affiché. Signalez-le."
    }

    fn error(&self, error: &Error) -> String {
        match error {
            Error::Input(_) => "Les fichiers contiennent des erreurs.".to_owned(),
            Error::Io { path, source } => format!("{} : {}", path.display(), io_error(source)),
            Error::Refused { path, why } => format!("{} : {}", path.display(), refusal(*why)),
            Error::Cancelled => "Arrêté.".to_owned(),
            Error::Provider { provider, what } => format!("temps de trajet « {provider} » : {what}"),
        }
    }
}

/// What the system said, which says it in English.
fn io_error(error: &io::Error) -> String {
    use io::ErrorKind;
    let why = match error.kind() {
        ErrorKind::NotFound => "il n'existe pas",
        ErrorKind::PermissionDenied => "l'accès est refusé",
        ErrorKind::AlreadyExists => "il existe déjà",
        ErrorKind::IsADirectory => "c'est un dossier",
        ErrorKind::NotADirectory => "ce n'est pas un dossier, ou il n'est pas dans un dossier",
        ErrorKind::DirectoryNotEmpty => "le dossier n'est pas vide",
        ErrorKind::ReadOnlyFilesystem => "rien ne peut être écrit ici",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "il n'y a plus de place",
        ErrorKind::FileTooLarge => "le fichier est trop grand",
        ErrorKind::InvalidFilename => "ce nom n'est pas permis ici",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "il est déjà utilisé",
        ErrorKind::InvalidData => "le contenu est illisible",
        ErrorKind::UnexpectedEof => "le fichier s'arrête trop tôt",
        ErrorKind::OutOfMemory => "la mémoire ne suffit pas",
        _ => {
            return error.raw_os_error().map_or("le système refuse".to_owned(), |code| {
                format!("le système refuse (erreur {code})")
            });
        }
    };
    why.to_owned()
}

fn refusal(why: Refusal) -> &'static str {
    match why {
        Refusal::NotAName => "ce n'est pas un nom de dossier",
        Refusal::Link => "c'est un lien symbolique ; donnez le nom du dossier lui-même",
        Refusal::NotAFolder => "ce n'est pas un dossier",
        Refusal::Input => "c'est le dossier lu, ou l'un est dans l'autre ; choisissez un autre endroit",
        Refusal::NotOurs => {
            "maillage ne l'a pas écrit ainsi, et ce serait perdu ; déplacez-le ou choisissez un autre dossier"
        }
        Refusal::NotALogo => "ce n'est pas une image PNG, JPEG, WebP ou SVG d'au plus 200 ko",
        Refusal::NotEmpty => "il y a déjà quelque chose ici ; choisissez un autre dossier",
        Refusal::LinkTable => {
            "une table qui relie des identifiants à des personnes est déjà là ; rangez-la d'abord ailleurs"
        }
    }
}

impl French {
    fn change(&self, lever: &Lever) -> String {
        let at = || format!("{} {}", lever.at, self.on_days(&lever.days));
        let half_days = |n| format!("{} de plus", count(n, "demi-journée"));
        match &lever.change {
            Change::More(Lack::Groups) => format!("un groupe de plus à la fois {}", at()),
            Change::More(Lack::Rooms { site, rooms }) => format!("{} de plus {site}", count(*rooms, "salle")),
            Change::More(Lack::Site { site, half_days: n }) => format!("{} {site}", half_days(*n)),
            Change::More(Lack::Overall(n)) => format!("{} sur l'ensemble des sites", half_days(*n)),
            Change::More(Lack::Advisers(n)) => {
                format!("{} de conseiller de plus {}", count(*n, "demi-journée"), at())
            }
            Change::More(Lack::Gates(n)) => format!("{} de plus à ouvrir", count(*n, "site")),
            Change::Minimum => {
                format!(
                    "un minimum de {} au lieu de {}",
                    number(lever.min.saturating_sub(1)),
                    number(lever.min)
                )
            }
            Change::Limit(limit) => format!("des trajets d'au plus {} {}", duration(*limit), at()),
            Change::Youths(n) => format!("{} de plus pouvant venir {}", count(*n, "jeune"), at()),
        }
    }

    fn closest(&self, closest: &Closest) -> String {
        let Closest { at, days, reachable, missing, min } = closest;
        let when = self.on_days(days);
        if *missing == 0 {
            let could = if *reachable < 2 { "pourrait" } else { "pourraient" };
            return format!("{} {could} venir {at} {when}", count(*reachable, "jeune"));
        }
        let can = match reachable {
            0 => "personne ne peut venir".to_owned(),
            1 => "1 peut venir".to_owned(),
            n => format!("{} peuvent venir", number(*n)),
        };
        format!("il manque {} {at} {when} ({can}, il en faut {min})", count(*missing, "jeune"))
    }
}

/// "Possible" says that there is none to be had; "in this plan" that others were preferred.
fn none(obstacle: Option<Obstacle>) -> &'static str {
    match obstacle.map(|o| o.bind) {
        Some(Bind::Sites | Bind::Minimum | Bind::Reach) => "aucun groupe possible",
        _ => "aucun groupe dans ce plan",
    }
}

/// Small numbers in a sentence are words.
fn spelt(n: u32) -> String {
    const WORDS: [&str; 7] = ["deux", "trois", "quatre", "cinq", "six", "sept", "huit"];
    let word = (n as usize).checked_sub(2).and_then(|i| WORDS.get(i));
    word.map_or_else(|| number(n), |&word| word.to_owned())
}

fn number(n: u32) -> String {
    thousands(u64::from(n), THIN_SPACE)
}

/// In French zero is singular.
fn count_u64(n: u64, word: &str) -> String {
    format!("{} {word}{}", thousands(n, THIN_SPACE), if n < 2 { "" } else { "s" })
}

fn count(n: u32, word: &str) -> String {
    count_u64(u64::from(n), word)
}

/// "12 jeunes", "moins de 11 jeunes", "11 à 20 jeunes"
#[cfg(feature = "folder")]
fn told((from, to): (u32, u32), word: &str) -> String {
    match (from, to) {
        (from, to) if from == to => count(to, word),
        (0, to) => format!("moins de {}", count(to + 1, word)),
        (from, to) => format!("{} à {}", number(from), count(to, word)),
    }
}

/// "12", "moins de 11", "11 à 20"
#[cfg(feature = "folder")]
fn bare((from, to): (u32, u32)) -> String {
    match (from, to) {
        (from, to) if from == to => number(to),
        (0, to) => format!("moins de {}", number(to + 1)),
        (from, to) => format!("{} à {}", number(from), number(to)),
    }
}

/// "aucun jeune n'a", "1 jeune a", "12 jeunes ont".
fn youths_who(n: u32, one: &str, many: &str) -> String {
    match n {
        0 => format!("aucun jeune n{}", elided("e ", one)),
        1 => format!("1 jeune {one}"),
        n => format!("{} {many}", count(n, "jeune")),
    }
}

/// A vowel takes the place of the `e` before it: "n'a", "ne vient".
fn elided(e: &str, word: &str) -> String {
    let vowel = word.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'é', 'è', 'ê', 'h']);
    format!("{}{word}", if vowel { "'" } else { e })
}

fn positive(value: i64) -> u64 {
    value.max(0).unsigned_abs()
}

fn day_part(DayPart { day, part }: DayPart) -> String {
    let part = match part {
        Part::Morning => "matin",
        Part::Afternoon => "après-midi",
        Part::Both => "toute la journée",
    };
    format!("{} {part}", weekday(day))
}

const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "lundi",
        Weekday::Tuesday => "mardi",
        Weekday::Wednesday => "mercredi",
        Weekday::Thursday => "jeudi",
        Weekday::Friday => "vendredi",
        Weekday::Saturday => "samedi",
        Weekday::Sunday => "dimanche",
    }
}

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

fn day_and_month(date: Date) -> String {
    let month = MONTHS.get(usize::from(date.month().unsigned_abs()) - 1).unwrap_or(&"");
    match date.day() {
        1 => format!("1er {month}"),
        day => format!("{day} {month}"),
    }
}

fn date(date: Date) -> String {
    format!("{} {}", day_and_month(date), date.year())
}

/// A site named after what it is, not after its town: "à Antenne de Loches" is not French.
fn is_a_thing(site: &str) -> bool {
    const THINGS: [&str; 18] = [
        "antenne",
        "centre",
        "espace",
        "foyer",
        "france",
        "gare",
        "local",
        "lycée",
        "mairie",
        "maison",
        "mission",
        "mjc",
        "permanence",
        "pôle",
        "relais",
        "salle",
        "siège",
        "site",
    ];
    let first = site.split([' ', '-', '\'']).next().unwrap_or_default().to_lowercase();
    THINGS.contains(&first.as_str()) || first == "tiers" || site.contains('(')
}

fn by(mode: Mode, count: u32) -> &'static str {
    match mode {
        Mode::Car => "en voiture",
        Mode::Lift if count < 2 => "passager",
        Mode::Lift => "passagers",
        Mode::Moped => "à cyclomoteur",
        Mode::EBike => "à vélo électrique",
        Mode::Bike => "à vélo",
        Mode::Walk => "à pied",
        Mode::Bus => "en car ou en train",
        Mode::OnDemand => "en transport à la demande (à réserver)",
        Mode::Shuttle => "en navette",
        Mode::LiftBus if count < 2 => "conduit à un arrêt, puis en car ou en train",
        Mode::LiftBus => "conduits à un arrêt, puis en car ou en train",
        Mode::MopedBus => "à cyclomoteur puis en car ou en train",
        Mode::EBikeBus => "à vélo électrique puis en car ou en train",
        Mode::BikeBus => "à vélo puis en car ou en train",
    }
}

const fn objective(tier: Tier) -> &'static str {
    match tier {
        Tier::Placed => "le nombre de places",
        Tier::Cost => "le moindre coût",
        Tier::OffTarget => "la taille visée des groupes",
        Tier::Minutes => "le moindre trajet",
    }
}

fn euros(cost: Cents) -> String {
    format!("{} €", thousands(told_euros(cost), THIN_SPACE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TUESDAY: DayPart = DayPart { day: Weekday::Tuesday, part: Part::Morning };
    const THURSDAY: DayPart = DayPart { day: Weekday::Thursday, part: Part::Both };

    fn richelieu(reachable: u32) -> Closest {
        let missing = 5_u32.saturating_sub(reachable);
        Closest { at: French.at("Richelieu"), days: vec![TUESDAY], reachable, missing, min: 5 }
    }

    fn obstacle(bind: Bind) -> Option<Obstacle> {
        Some(Obstacle { bind, hours_too: false })
    }

    #[test]
    fn zero_and_one_are_singular() {
        assert_eq!(French.groups_formed("Atelier", 2, 17, 26), "Atelier : 2 groupes, 17 jeunes sur 26");
        assert_eq!(French.groups_formed("Atelier", 1, 1, 1), "Atelier : 1 groupe, 1 jeune sur 1");
        assert_eq!(count(0, "jeune"), "0 jeune");
        assert_eq!(count(1204, "jeune"), "1\u{202F}204 jeunes");
        assert_eq!(
            French.in_all(0, 1),
            "En tout, aucun jeune n'a une place dans au moins un groupe, sur 1 inscrit."
        );
    }

    #[test]
    fn a_vowel_elides() {
        assert_eq!(youths_who(0, "atteint", "atteignent"), "aucun jeune n'atteint");
        assert_eq!(youths_who(0, "vient", "viennent"), "aucun jeune ne vient");
        assert_eq!(youths_who(12, "a", "ont"), "12 jeunes ont");
        let week = Seconds::from_minutes(15 * 60);
        assert_eq!(
            French.hours_within_reach(0, 14, week),
            "Sur 14 jeunes, aucun n'a au moins 15 h d'activité collective par semaine à sa portée."
        );
    }

    #[test]
    fn articles_join_the_preposition() {
        assert_eq!(French.at("Le Blanc"), "au Blanc");
        assert_eq!(French.at("Les Ormes"), "aux Ormes");
        assert_eq!(French.at("La Flèche"), "à La Flèche");
        assert_eq!(French.at("L'Île-Bouchard"), "à L'Île-Bouchard");
        assert_eq!(French.at("Antenne de Loches"), "au site « Antenne de Loches »");
        assert_eq!(French.at("Tiers-lieu de Ligré"), "au site « Tiers-lieu de Ligré »");
    }

    #[test]
    fn a_missing_group_is_told_in_one_sentence() {
        assert_eq!(
            French.no_group("CEJ", Some(&richelieu(3)), obstacle(Bind::Reach)),
            "CEJ : aucun groupe possible ; il manque 2 jeunes à Richelieu le mardi matin \
             (3 peuvent venir, il en faut 5) ; ce qui bloque : les trajets."
        );
        assert_eq!(
            French.no_group("CEJ", Some(&richelieu(4)), obstacle(Bind::Reach)),
            "CEJ : aucun groupe possible ; il manque 1 jeune à Richelieu le mardi matin \
             (4 peuvent venir, il en faut 5) ; ce qui bloque : les trajets."
        );
        assert_eq!(
            French.no_group("CEJ", Some(&richelieu(6)), obstacle(Bind::Rooms)),
            "CEJ : aucun groupe dans ce plan ; 6 jeunes pourraient venir à Richelieu le mardi matin ; \
             ce qui bloque : les salles, toutes prises."
        );
        assert_eq!(
            French.no_group("CEJ", None, obstacle(Bind::Sites)),
            "CEJ : aucun groupe possible ; ce qui bloque : aucune séance ne peut se tenir à ses demi-journées."
        );
    }

    #[test]
    fn days_and_dates_are_spelt_out() {
        assert_eq!(French.days(&[TUESDAY, THURSDAY]), "mardi matin et jeudi toute la journée");
        assert_eq!(French.on_days(&[TUESDAY, THURSDAY]), "le mardi matin et le jeudi toute la journée");
        let (first, last) = (date(2026, 1, 1), date(2026, 2, 13));
        assert_eq!(French.first_to_last(first, last), "du 1er janvier au 13 février 2026");
        assert_eq!(French.first_to_last(first, first), "le 1er janvier 2026");
        assert_eq!(French.first_to_last(date(2025, 12, 2), last), "du 2 décembre 2025 au 13 février 2026");
    }

    #[test]
    fn full_days_are_said_once() {
        let full = |day| DayPart { day, part: Part::Both };
        use Weekday::{Friday, Monday, Thursday, Tuesday, Wednesday};
        let two = [Monday, Thursday].map(full);
        assert_eq!(French.days(&two), "lundi et jeudi, toute la journée");
        assert_eq!(French.on_days(&two), "le lundi et le jeudi, toute la journée");
        let week = [Monday, Tuesday, Wednesday, Thursday, Friday].map(full);
        assert_eq!(French.on_days(&week), "du lundi au vendredi, toute la journée");
        let mornings = week.map(|day| DayPart { part: Part::Morning, ..day });
        assert_eq!(French.on_days(&mornings), "du lundi au vendredi, le matin");
        assert_eq!(French.on_days(&mornings[..2]), "le lundi matin et le mardi matin");
    }

    #[test]
    fn passengers_agree_in_number() {
        assert_eq!(French.come_by(1, Mode::Lift, Mode::Lift), "1 passager");
        assert_eq!(French.come_by(3, Mode::Lift, Mode::Lift), "3 passagers");
        assert_eq!(French.come_by(2, Mode::Bus, Mode::Lift), "2 en car ou en train (retour : passagers)");
    }

    #[test]
    fn the_gap_has_a_decimal_comma() {
        let gap = Proved::Gap { placed: 412, bound: 431, percent: 4.408, weighted: false };
        assert_eq!(French.proved(&gap), "Plan trouvé : 412 places ; au plus 431 possibles (écart 4,4 %).");
        assert_eq!(French.proved(&Proved::All), "Meilleur plan possible : prouvé.");
    }

    #[test]
    fn money_has_its_unit() {
        assert_eq!(euros(Cents::new(300_000)), "3\u{202F}000 €");
        assert_eq!(euros(Cents::new(63)), "1 €");
        assert_eq!(euros(Cents::new(123_456)), "1\u{202F}230 €");
    }

    #[test]
    fn every_lever_is_told() {
        let told: Vec<String> =
            crate::report::language::every_lever().into_iter().map(|l| French.levers(&[l])).collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        Pour un groupe de plus : un groupe de plus à la fois au Blanc le lundi matin (au moins 1 place de plus).
        Pour un groupe de plus : 1 salle de plus à Chinon (au moins 2 places de plus).
        Pour un groupe de plus : 2 demi-journées de plus à Chinon (au moins 3 places de plus).
        Pour un groupe de plus : 1 demi-journée de plus sur l'ensemble des sites (au moins 4 places de plus).
        Pour un groupe de plus : 2 demi-journées de conseiller de plus au Blanc le lundi matin (au moins 5 places de plus).
        Pour un groupe de plus : 2 sites de plus à ouvrir (au moins 6 places de plus).
        Pour un groupe de plus : un minimum de 7 au lieu de 8 (au moins 7 places de plus).
        Pour un groupe de plus : des trajets d'au plus 54 min au Blanc le lundi matin (au moins 8 places de plus).
        Pour un groupe de plus : 1 jeune de plus pouvant venir au Blanc le lundi matin (au moins 9 places de plus).
        "#);
    }
}
