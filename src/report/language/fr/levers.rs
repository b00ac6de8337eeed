//! Levers in French.

use super::super::levers::*;
use super::{French, THIN_SPACE, count, count_u64, duration, euros, list, number, percent, thousands};
use crate::territory::{Decider, LeverChange};
use crate::units::{Cents, Metres, Seconds};

impl LeverSentences for French {
    fn levers_title(&self, territory: &str) -> String {
        let title = "Ce qui débloquerait des groupes";
        if territory.is_empty() { title.to_owned() } else { format!("{title} — {territory}") }
    }

    fn lever_heading(&self, heading: LeverHeading) -> &'static str {
        match heading {
            LeverHeading::Singly => "Chaque levier, seul",
            LeverHeading::Goal => "Pour le but fixé",
            LeverHeading::Frontier => "Le plus de places pour chaque budget",
            LeverHeading::Further => "Le moindre changement, par dispositif",
            LeverHeading::Unlocked => "Qui aurait une place, et par quoi",
            LeverHeading::Timetables => "Les tournées des navettes",
            LeverHeading::Rests => "Ce sur quoi cela repose",
        }
    }

    fn by_catalogue(&self) -> &'static str {
        "Leviers du catalogue, déduits du territoire. Leurs coûts sont à vérifier."
    }

    fn by_scenarios(&self, names: &[String]) -> String {
        let quoted: Vec<String> = names.iter().map(|name| format!("« {name} »")).collect();
        let of = if names.len() < 2 { "du scénario" } else { "des scénarios" };
        format!("Leviers {of} {}.", list(&quoted, "et"))
    }

    fn today(&self, places: u32, groups: u32) -> String {
        let (places, groups) = (count(places, "place"), count(groups, "groupe"));
        format!("Aujourd'hui, sans rien changer : {places}, {groups}.")
    }

    fn lever_kind(&self, change: &LeverChange) -> &'static str {
        match change {
            LeverChange::OpenSite { .. } => "ouvrir un site",
            LeverChange::OpenSlots { .. } => "ouvrir un site plus souvent",
            LeverChange::MoveSlot { .. } => "déplacer une demi-journée",
            LeverChange::CloseSite { .. } => "fermer un site",
            LeverChange::AddRooms { .. } => "ajouter des salles",
            LeverChange::AddAdviser { .. } => "ajouter un conseiller",
            LeverChange::SendAdviser { .. } => "faire se déplacer un conseiller",
            LeverChange::FewerHalfDays { .. } => "retirer des demi-journées",
            LeverChange::CloseSites { .. } => "fermer des sites",
            LeverChange::Shuttle(_) => "faire rouler une navette",
            LeverChange::ShareLifts { .. } => "covoiturer entre membres du groupe",
            LeverChange::Lend { .. } => "prêter des véhicules",
            LeverChange::Volunteers { .. } => "transport solidaire",
            LeverChange::Trips(_) => "changer un horaire de car ou de train",
            LeverChange::OpenCircuit { .. } => "ouvrir un circuit scolaire à d'autres",
            LeverChange::OnDemand(_) => "transport à la demande",
            LeverChange::SmallerMinimum { .. } => "abaisser le minimum d'un groupe",
            LeverChange::Split { .. } => "partager un groupe en plus petits",
            LeverChange::AddSlots { .. } => "ajouter des demi-journées à un dispositif",
            LeverChange::Alternate { .. } => "alterner entre sites",
            LeverChange::Remote { .. } => "suivre une part des séances en visio",
            LeverChange::LongerLimit { .. } => "accepter des trajets plus longs",
            LeverChange::Wait { .. } => "attendre des inscrits",
            LeverChange::Stay { .. } => "car affrété ou hébergement",
            LeverChange::Exchange { .. } => "échange avec une autre structure",
        }
    }

    fn decider(&self, decider: Decider) -> &'static str {
        match decider {
            Decider::Structure => "la structure",
            Decider::Aom => "l'autorité de la mobilité (AOM)",
            Decider::Region => "la Région",
            Decider::Department => "le Département",
            Decider::Association => "l'association",
            Decider::Partner => "une autre structure",
        }
    }

    fn delay(&self, weeks: Option<u16>) -> String {
        match weeks {
            None => "délai inconnu".to_owned(),
            Some(0) => "sans délai".to_owned(),
            Some(weeks) => count(weeks.into(), "semaine"),
        }
    }

    fn places(&self, places: Places) -> String {
        match places {
            Places::Exactly(0) => "aucune place de plus".to_owned(),
            Places::Exactly(n) => more(n, "place"),
            Places::AtLeast(n) if n < 0 => format!("au plus {}", more(n, "place")),
            Places::AtLeast(n) => format!("au moins {}", more(n, "place")),
            #[cfg(feature = "folder")]
            Places::Within(from, to) => within(from, to),
        }
    }

    fn groups_more(&self, programme: &str, groups: i64) -> String {
        let sign = if groups < 0 { "de moins" } else { "de plus" };
        format!("{} {} {sign}", count_u64(groups.unsigned_abs(), "groupe"), of(programme))
    }

    fn money(&self, money: Money) -> String {
        match money {
            free if free.is_free() => "sans dépense".to_owned(),
            Money::Exactly(cost) => euros(cost),
            Money::AtMost(cost) => format!("au plus {}", euros(cost)),
            #[cfg(feature = "folder")]
            Money::AtLeast(cost) => format!("au moins {}", euros(cost)),
            #[cfg(feature = "folder")]
            Money::Between(from, to) => {
                // Rounded, both may be one.
                let (from, to) = (euros(from), euros(to));
                if from == to { from } else { format!("de {from} à {to}") }
            }
        }
    }

    fn per_place(&self, money: Money) -> String {
        format!("{} par place", self.money(money))
    }

    fn lever(&self, line: &LeverLine) -> String {
        let groups = line.groups.iter().map(|(programme, n)| self.groups_more(programme, *n));
        let per_place = line.per_place.map(|money| format!(" ({})", self.per_place(money)));
        let cost = format!("{}{}", self.money(line.cost), per_place.unwrap_or_default());
        let brings: Vec<String> =
            [self.places(line.places)].into_iter().chain(groups).chain([cost]).collect();
        let (decider, delay) = (self.decider(line.decider), self.delay(line.delay_weeks));
        format!("{} : {} ; décide : {decider} ; {delay}", line.name, brings.join(", "))
    }

    fn dominated(&self, by: &str) -> String {
        format!("dominé : « {by} » apporte autant ou plus, sans coûter plus")
    }

    fn bring_nothing(&self, names: &[String]) -> String {
        match names {
            [one] => format!("N'apporte aucune place à lui seul : {one}."),
            several => format!("N'apportent aucune place, chacun seul : {}.", several.join(" ; ")),
        }
    }

    fn nothing_found_alone(&self, names: &[String]) -> String {
        match names {
            [one] => format!("Aucune place de plus n'a été trouvée avec ce levier seul : {one}."),
            several => format!(
                "Aucune place de plus n'a été trouvée avec chacun de ces leviers seul : {}.",
                several.join(" ; ")
            ),
        }
    }

    fn no_lever(&self) -> &'static str {
        "Aucun levier n'est donné."
    }

    fn step(&self, cost: Money, brings: &[String], levers: &[String], proof: SetProof) -> String {
        let with = if cost.is_free() { "Sans dépense".into() } else { format!("Avec {}", self.money(cost)) };
        format!("{with} : {} ({}) ; {}", brings.join(", "), levers.join(" ; "), self.set_proof(proof))
    }

    fn set_proof(&self, proof: SetProof) -> String {
        match proof {
            SetProof::All => "prouvé".to_owned(),
            SetProof::Places => "nombre de places prouvé, moindre coût non prouvé".to_owned(),
            SetProof::Gap(gap) => {
                format!("non prouvé (écart d'au plus {} %)", percent(gap).replace('.', ","))
            }
            #[cfg(feature = "folder")]
            SetProof::Open => "non prouvé".to_owned(),
        }
    }

    fn nothing_better(&self) -> &'static str {
        "Aucun choix de ces leviers n'apporte de place dans ce budget."
    }

    fn goal(&self, wanted: &[(String, u32)]) -> String {
        let one =
            |(programme, groups): &(String, u32)| format!("{} {}", count(*groups, "groupe"), of(programme));
        list(&wanted.iter().map(one).collect::<Vec<_>>(), "et")
    }

    fn reached(&self, goal: &str, levers: &[String], cost: Money, at_least: Option<Cents>) -> String {
        if levers.is_empty() {
            return format!("Pour avoir {goal} : rien à changer, c'est possible aujourd'hui.");
        }
        let proof = match at_least {
            None => "rien de moins cher n'y suffit : prouvé".to_owned(),
            Some(least) if least.get() == 0 => "un choix moins cher y suffit peut-être".to_owned(),
            Some(least) => format!("un choix moins cher y suffit peut-être, mais pas sous {}", euros(least)),
        };
        format!("Pour avoir {goal} : {} ; en tout {} ; {proof}.", levers.join(" ; "), self.money(cost))
    }

    fn never_reached(&self, goal: &str, budget: Option<Cents>, proved: bool) -> String {
        let within = budget.map_or_else(String::new, |budget| format!(" avec {}", euros(budget)));
        let proof = if proved { "n'y suffit : prouvé" } else { "n'a été trouvé qui y suffise" };
        format!("Pour avoir {goal}{within} : aucun choix de ces leviers {proof}.")
    }

    fn further(&self, programme: &str, lever: &str, cost: Money, groups: i64, places: Places) -> String {
        let (cost, groups) = (self.money(cost), more(groups, "groupe"));
        format!("{programme} : {lever} ({cost}) : {groups}, {} en tout", self.places(places))
    }

    #[cfg(feature = "folder")]
    fn further_shared(&self, programme: &str, lever: &str, cost: Money, groups: i64) -> String {
        format!("{programme} : {lever} ({}) : {}.", self.money(cost), more(groups, "groupe"))
    }

    fn no_further(&self, programmes: &[String]) -> String {
        let more = "aucun de ces leviers, seul, ne donne un groupe de plus";
        format!("{} : {more}.", list(programmes, "et"))
    }

    fn unlocked(&self, ids: &str, lever: &str, cost: Money, others: u32) -> String {
        let others = match others {
            0 => "pour personne d'autre".to_owned(),
            1 => "et une place pour 1 autre jeune".to_owned(),
            n => format!("et une place pour {} autres jeunes", number(n)),
        };
        format!("{ids} {lever} ({}), {others}", self.money(cost))
    }

    fn vehicle(&self, number: u32) -> String {
        format!("véhicule {number}")
    }

    fn stop(&self, name: &str, out: Seconds, home: Seconds) -> String {
        format!("{name} (aller {}, retour {})", duration(out), duration(home))
    }

    fn round(&self, lever: &str, stops: &str, distance: Metres, driven: Seconds, proved: bool) -> String {
        let km = thousands(u64::from(distance.get().div_ceil(1000)), THIN_SPACE);
        let proof = if proved {
            "meilleure tournée : prouvé"
        } else {
            "une meilleure tournée est peut-être possible"
        };
        format!("{lever} : {stops} ; {km} km par jour, {} au volant ; {proof}.", duration(driven))
    }

    fn no_round(&self, lever: &str) -> String {
        format!("{lever} : aucun arrêt, personne n'y gagnerait.")
    }

    fn lever_rest(&self, rest: LeverRest) -> &'static str {
        match rest {
            LeverRest::AtLeast => {
                "« Au moins » : un plan qui apporte ces places est trouvé ; un meilleur est peut-être possible."
            }
            LeverRest::AtMost => {
                "« Au plus », d'un coût : tous les trajets possibles sont comptés, à vide ou non ; moins peuvent suffire."
            }
            LeverRest::Newcomers => {
                "Les jeunes qu'un levier ferait venir (attente, échange) ne sont pas comptés parmi les places."
            }
            LeverRest::Closed => {
                "Aujourd'hui, aucun site candidat n'est ouvert : en ouvrir un est un levier parmi d'autres."
            }
            LeverRest::Two => {
                "Un trajet que seuls deux leviers ensemble rendraient possible n'est pas compté."
            }
        }
    }

    fn already_decided(&self, sites: &[String]) -> String {
        let sites = list(sites, "et");
        format!(
            "Vos décisions demandent déjà d'ouvrir {sites} : c'est ouvert avant tout levier ; les autres sites candidats sont fermés."
        )
    }

    fn cuts_not_counted(&self, levers: &[String]) -> String {
        format!("Ce qui retire des moyens n'est pas essayé ici : {}.", levers.join(" ; "))
    }

    fn origin(&self, origin: &str, levers: &[String]) -> String {
        let levers = levers.join(" ; ");
        match origin {
            "" => format!("Coût sans source : {levers}."),
            origin => format!("Coût d'après « {origin} » : {levers}."),
        }
    }

    fn no_such_programme(&self, name: &str, known: &[String]) -> String {
        match known {
            [] => format!("Aucun dispositif « {name} » : ce territoire n'en a pas."),
            known => format!("Aucun dispositif « {name} ». Ceux du territoire : {}.", list(known, "et")),
        }
    }

    fn no_such_scenario(&self, name: &str, known: &[String]) -> String {
        match known {
            [] => format!("Aucun scénario « {name} » : ce dossier n'en a pas."),
            known => format!("Aucun scénario « {name} ». Il y a : {}.", list(known, "et")),
        }
    }

    #[cfg(feature = "folder")]
    fn amount_of(&self, cost: Cents) -> String {
        euros(cost)
    }

    #[cfg(feature = "folder")]
    fn band(&self, from: i64, to: i64) -> String {
        format!("{from} à {to}")
    }

    #[cfg(feature = "folder")]
    fn lever_label(&self, label: LeverLabel) -> &'static str {
        match label {
            LeverLabel::Lever => "Levier",
            LeverLabel::Places => "Places de plus",
            LeverLabel::Groups => "Groupes",
            LeverLabel::Cost => "Coût",
            LeverLabel::PerPlace => "Coût par place",
            LeverLabel::Decider => "Qui décide",
            LeverLabel::Delay => "Délai",
            LeverLabel::Note => "Remarque",
            LeverLabel::Spent => "Dépense",
            LeverLabel::Levers => "Leviers",
            LeverLabel::Proof => "Preuve",
            LeverLabel::Others => "Autres jeunes placés",
        }
    }

    #[cfg(feature = "folder")]
    fn levers_table(&self) -> &'static str {
        "Ce que chaque levier apporte seul, et ce qu'il coûte"
    }

    #[cfg(feature = "folder")]
    fn frontier_table(&self) -> &'static str {
        "Le plus de places de plus pour chaque dépense"
    }

    #[cfg(feature = "folder")]
    fn frontier_told(&self, steps: usize) -> String {
        let steps = count_u64(steps as u64, "dépense");
        format!(
            "Courbe en escalier : les places de plus pour {steps}. Les mêmes chiffres sont dans le tableau qui suit."
        )
    }

    #[cfg(feature = "folder")]
    fn unlocked_table(&self, programme: &str) -> String {
        format!("{programme} : le levier le moins cher pour chaque jeune sans place")
    }

    #[cfg(feature = "folder")]
    fn levers_shared(&self) -> &'static str {
        "Les places sont dites par tranches et les tournées ne sont pas montrées : elles désigneraient des personnes."
    }
}

/// "4 places de plus", "1 groupe de moins"
fn more(n: i64, word: &str) -> String {
    let sign = if n < 0 { "de moins" } else { "de plus" };
    format!("{} {sign}", count_u64(n.unsigned_abs(), word))
}

#[cfg(feature = "folder")]
fn within(from: Option<i64>, to: Option<i64>) -> String {
    match (from, to) {
        (None, None) => "un nombre de places qui n'est pas dit".to_owned(),
        (Some(from), None) => format!("{} ou davantage", more(from, "place")),
        (None | Some(0), Some(to)) => format!("au plus {}", more(to, "place")),
        (Some(from), Some(to)) if to < 0 => {
            format!("{} à {}", thousands(to.unsigned_abs(), THIN_SPACE), more(from, "place"))
        }
        (Some(from), Some(to)) if from >= 0 => {
            format!("{} à {}", thousands(from.unsigned_abs(), THIN_SPACE), more(to, "place"))
        }
        (Some(from), Some(to)) => format!("de {} à {}", more(from, "place"), more(to, "place")),
    }
}

/// "d'Atelier", "de CEJ"
pub(super) fn of(programme: &str) -> String {
    let first = programme.chars().next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    let vowel =
        ["a", "e", "i", "o", "u", "y", "é", "è", "ê", "à", "â", "î", "ô", "œ"].contains(&first.as_str());
    if vowel { format!("d'{programme}") } else { format!("de {programme}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lever_is_told_as_a_director_would() {
        let line = LeverLine {
            name: "Prêter 2 cyclomoteurs".into(),
            places: Places::Exactly(4),
            groups: vec![("atelier".into(), 1)],
            cost: Money::Exactly(Cents::new(24_000)),
            per_place: Some(Money::Exactly(Cents::new(6_000))),
            decider: Decider::Association,
            delay_weeks: Some(4),
        };
        assert_eq!(
            French.lever(&line),
            "Prêter 2 cyclomoteurs : 4 places de plus, 1 groupe d'atelier de plus, 240 € (60 € par place) ; \
             décide : l'association ; 4 semaines"
        );
    }

    #[test]
    fn few_places_agree_in_number() {
        let told = [Places::Exactly(0), Places::Exactly(1), Places::Exactly(-2), Places::AtLeast(3)];
        assert_eq!(
            told.map(|places| French.places(places)),
            ["aucune place de plus", "1 place de plus", "2 places de moins", "au moins 3 places de plus"]
        );
        assert_eq!(of("CEJ"), "de CEJ");
        assert_eq!(of("Écriture"), "d'Écriture");
    }

    #[cfg(feature = "folder")]
    #[test]
    fn bands_of_places_are_told() {
        let told = |from, to| French.places(Places::Within(from, to));
        assert_eq!(told(Some(0), Some(2)), "au plus 2 places de plus");
        assert_eq!(told(Some(3), Some(5)), "3 à 5 places de plus");
        assert_eq!(told(Some(-3), Some(-1)), "1 à 3 places de moins");
        assert_eq!(told(Some(6), None), "6 places de plus ou davantage");
    }
}
