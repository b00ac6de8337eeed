//! The page in French.

use super::{French, count, duration, none, number};
use crate::questions::Viable;
use crate::report::Audience;
use crate::report::language::page::{Amount, Control, Label, PagePart, PageSentences, Shade, SiteKind};
use crate::report::language::{DayPart, Obstacle, Sentences};
use crate::units::Seconds;

impl PageSentences for French {
    fn or(&self, words: &[String]) -> String {
        words.join(" ou ")
    }

    fn fewer_than(&self, threshold: u32) -> String {
        format!("moins de {threshold}")
    }

    fn zone(&self, main: Option<&str>, others: usize, unknown: bool) -> String {
        let nowhere = "domiciles non situés";
        let Some(main) = main else { return if unknown { nowhere.to_owned() } else { String::new() } };
        let communes = match others {
            0 => main.to_owned(),
            1 => format!("{main} et 1 commune voisine"),
            n => format!("{main} et {n} communes voisines"),
        };
        if unknown { format!("{communes}, {nowhere}") } else { communes }
    }

    fn tag(&self) -> &'static str {
        "fr"
    }

    fn part(&self, part: PagePart) -> &'static str {
        match part {
            PagePart::Levers => "Ce qui débloquerait",
            PagePart::Map => "La carte",
            PagePart::Grid => "Où et quand",
            PagePart::Tables => "Qui a une place",
            PagePart::Flips => "Où la réponse bascule",
        }
    }

    fn skip(&self) -> &'static str {
        "Aller à la réponse"
    }

    fn contents(&self) -> &'static str {
        "Dans cette page"
    }

    fn shared(&self, threshold: u32) -> String {
        let small = match threshold {
            0 | 1 => String::new(),
            n => format!(", et rien sur moins de {n} personnes"),
        };
        format!(
            "Peut être montré : ni identifiant ni domicile, des effectifs de groupes par tranches{small}."
        )
    }

    fn footer(&self, version: &str, audience: Audience) -> String {
        let whom = match audience {
            Audience::Interne => "usage interne",
            Audience::Partage => "peut être montré",
        };
        format!("Page calculée par maillage {version}, sans connexion à Internet ; {whom}.")
    }

    fn groups_possible(&self, groups: u32, obstacle: Option<Obstacle>) -> String {
        match groups {
            0 => none(obstacle).to_owned(),
            n => format!("{} {}", count(n, "groupe"), if n < 2 { "possible" } else { "possibles" }),
        }
    }

    fn placed_of(&self, placed: u32, enrolled: u32) -> String {
        format!("{} sur {}", count(placed, "jeune"), number(enrolled))
    }

    fn nobody(&self) -> &'static str {
        "aucun inscrit"
    }

    fn logo(&self) -> &'static str {
        "Logo de la structure"
    }

    fn could_come_there(&self, at: &str, days: &[DayPart], people: Amount) -> String {
        format!("{at} {}, {}", self.on_days(days), self.could_come(people))
    }

    fn lacking(&self, at: &str, days: &[DayPart], missing: Amount) -> String {
        format!("{at} {}, il manque {}", self.on_days(days), self.amount(missing))
    }

    fn what_blocks(&self, obstacle: Obstacle) -> String {
        format!("Ce qui bloque : {}.", self.obstacle(obstacle))
    }

    fn what_blocks_others(&self, others: u32, obstacle: Obstacle) -> String {
        let told = self.others_blocked(others, obstacle);
        format!("{}.", told.replacen("ce qui", "Ce qui", 1))
    }

    fn proved_shared(&self, best: bool, gap: Option<u32>) -> String {
        match (best, gap) {
            (true, _) => "Aucun plan n'offre plus de places : prouvé.".to_owned(),
            (false, Some(gap)) => format!("Plan trouvé ; écart d'au plus {gap} % avec le meilleur possible."),
            (false, None) => "Plan trouvé ; un meilleur est peut-être possible.".to_owned(),
        }
    }

    fn map_caption(&self, audience: Audience) -> &'static str {
        match audience {
            Audience::Interne => {
                "Les communes, selon la part des jeunes inscrits qui ont une place, et les lieux des groupes."
            }
            Audience::Partage => {
                "Des zones de communes, selon la part des jeunes inscrits qui ont une place, et les lieux des groupes."
            }
        }
    }

    fn map_told(&self, communes: usize, sites: usize) -> String {
        format!(
            "Carte de {communes} communes ou zones et de {sites} sites. Les mêmes chiffres sont dans le tableau qui suit."
        )
    }

    fn map_table(&self, audience: Audience) -> &'static str {
        match audience {
            Audience::Interne => "Jeunes inscrits par commune",
            Audience::Partage => "Jeunes inscrits par zone",
        }
    }

    fn map_keys(&self) -> &'static str {
        "Au clavier, sur la carte : flèches pour se déplacer, + et − pour s'approcher et s'éloigner, 0 pour tout voir."
    }

    fn control(&self, control: Control) -> &'static str {
        match control {
            Control::Closer => "S'approcher",
            Control::Farther => "S'éloigner",
            Control::Whole => "Tout voir",
            Control::Left => "Vers l'ouest",
            Control::Right => "Vers l'est",
            Control::Up => "Vers le nord",
            Control::Down => "Vers le sud",
            Control::Choose => "Montrer sur la carte",
            Control::ChooseNone => "choisir un lieu",
            Control::Isochrones => "Ce qui est à portée de chaque site, par la route",
            Control::Communes => "Communes",
            Control::Sites => "Sites",
        }
    }

    fn shade(&self, shade: Shade) -> &'static str {
        match shade {
            Shade::Nobody => "aucun inscrit",
            Shade::All => "tous ont une place",
            Shade::Most => "la moitié ou plus ont une place",
            Shade::Some => "moins de la moitié ont une place",
            Shade::Left => "personne n'a de place",
            Shade::Unsaid => "des inscrits, sans plus de détail",
        }
    }

    fn site_kind(&self, kind: SiteKind) -> &'static str {
        match kind {
            SiteKind::Open => "site ouvert",
            SiteKind::Opened => "site candidat, à ouvrir",
            SiteKind::Candidate => "site candidat, non retenu",
        }
    }

    fn commune(&self, name: &str, enrolled: u32, outcomes: Option<(u32, u32)>) -> String {
        let enrolled = match enrolled {
            0 => "aucun inscrit".to_owned(),
            n => count(n, "inscrit"),
        };
        match outcomes {
            Some((placed, left)) if placed + left > 0 => {
                format!("{name} : {enrolled}, {} avec une place, {} sans place", number(placed), number(left))
            }
            _ => format!("{name} : {enrolled}"),
        }
    }

    fn site(&self, name: &str, kind: SiteKind, groups: u32) -> String {
        let groups = if groups == 0 { "aucun groupe".to_owned() } else { count(groups, "groupe") };
        format!("{name}, {} : {groups}", self.site_kind(kind))
    }

    fn isochrone(&self, site: &str, limit: Seconds) -> String {
        format!("à {} au plus de {site} en voiture", duration(limit))
    }

    fn label(&self, label: Label) -> &'static str {
        match label {
            Label::Programme => "Dispositif",
            Label::Site => "Lieu",
            Label::HalfDays => "Demi-journées",
            Label::Dates => "Dates",
            Label::Size => "Effectif",
            Label::Members => "Membres",
            Label::Notes => "Comment ils viennent",
            Label::Commune => "Commune",
            Label::Zone => "Zone",
            Label::Enrolled => "Inscrits",
            Label::Placed => "Avec une place",
            Label::LeftOut => "Sans place",
            Label::Reason => "Motif",
            Label::Youths => "Jeunes",
            Label::Ids => "Identifiants",
            Label::Outcome => "Ce que donne le plan",
            Label::Groups => "Groupes",
            Label::People => "Personnes",
            Label::HoursAWeek => "Heures par semaine à portée",
            Label::Secret => "secret",
        }
    }

    fn grid_of_all(&self) -> &'static str {
        "Les groupes de ce plan, par lieu et par demi-journée"
    }

    fn grid_of(&self, programme: &str) -> String {
        format!("{programme} : ce qui est possible, par lieu et par demi-journée")
    }

    fn half_day(&self, day: DayPart) -> String {
        super::day_part(day)
    }

    fn nothing_then(&self) -> &'static str {
        "rien ne s'y tient"
    }

    fn groups_here(&self, groups: u32) -> String {
        count(groups, "groupe")
    }

    fn could_come(&self, people: Amount) -> String {
        let can = if matches!(people, Amount::Exactly(0 | 1)) { "peut venir" } else { "peuvent venir" };
        format!("{} {can}", amount(people))
    }

    fn missing(&self, people: Amount) -> String {
        format!("manque {}", amount(people))
    }

    fn amount(&self, people: Amount) -> String {
        match people {
            Amount::Exactly(n) => count(n, "jeune"),
            Amount::Between(_, to) => format!("{} jeune{}", amount(people), if to < 2 { "" } else { "s" }),
            Amount::AtLeast(n) => format!("{} ou plus", count(n, "jeune")),
        }
    }

    fn holds(&self, needed: u32, percent: u16) -> String {
        let there = if needed > 1 { "présents" } else { "présent" };
        format!("{} {there} au moins à {percent} % des séances", number(needed))
    }

    fn groups_table(&self) -> &'static str {
        "Les groupes du plan"
    }

    fn reasons_table(&self) -> &'static str {
        "Jeunes sans groupe, par motif principal, tous dispositifs confondus : un jeune inscrit à deux dispositifs compte deux fois"
    }

    fn reasons_of(&self, programme: &str) -> String {
        format!("{programme} : jeunes sans groupe, par motif principal")
    }

    fn hours_table(&self) -> &'static str {
        "Jeunes selon les heures d'activité collective à leur portée chaque semaine"
    }

    fn hours_between(&self, from: Seconds, to: Option<Seconds>) -> String {
        match to {
            None => format!("{} et plus", duration(from)),
            Some(to) if from == Seconds::ZERO => format!("moins de {}", duration(to)),
            Some(to) => format!("de {} à moins de {}", duration(from), duration(to)),
        }
    }

    fn outcomes_table(&self) -> &'static str {
        "Personnes inscrites, selon ce que donne le plan"
    }

    fn table_by(&self, characteristic: &str) -> String {
        format!("Personnes inscrites, selon : {characteristic}")
    }

    fn more_ids(&self, more: usize, file: &str) -> String {
        format!("… et {} dans « {file} »", super::count_u64(more as u64, "autre"))
    }

    fn nothing_of_people(&self) -> &'static str {
        "Trop peu de personnes pour dire combien ont une place sans désigner quelqu'un."
    }

    fn limits(&self) -> &'static str {
        "Limite"
    }

    fn viable(&self, viable: Viable, groups: u32) -> String {
        match viable {
            Viable::Yes => count(groups, "groupe"),
            Viable::NotBesideOthers => "d'autres passent avant".to_owned(),
            Viable::No => "trop peu de jeunes".to_owned(),
        }
    }
}

fn amount(people: Amount) -> String {
    match people {
        Amount::Exactly(n) => number(n),
        Amount::Between(from, to) if from == to => number(from),
        Amount::Between(from, to) => format!("{} à {}", number(from), number(to)),
        Amount::AtLeast(n) => format!("{} ou plus", number(n)),
    }
}
