//! Two scenarios in French.

use super::super::compare::*;
use super::{French, count, count_u64, duration, euros, list, number, told};
use crate::questions::Group;

impl CompareSentences for French {
    fn compare_title(&self, territory: &str) -> String {
        let title = "Deux scénarios côte à côte";
        if territory.is_empty() { title.to_owned() } else { format!("{title} — {territory}") }
    }

    fn compare_heading(&self, heading: CompareHeading) -> &'static str {
        match heading {
            CompareHeading::Both => "L'un et l'autre",
            CompareHeading::Groups => "Les groupes, dans l'un puis dans l'autre",
            CompareHeading::Moved => "Qui gagne, qui perd",
            CompareHeading::Breaks => "Ce qui cède d'abord",
            CompareHeading::Rests => "Ce sur quoi cela repose",
        }
    }

    fn compare_shared(&self) -> &'static str {
        "Peut être montré : des tranches au lieu des nombres exacts, personne n'est nommé."
    }

    fn side(&self, side: &Side<'_>) -> String {
        let most = side.gap.map(|gap| match u32::try_from(gap).unwrap_or(u32::MAX) {
            0 => " (pas une de plus possible : prouvé)".to_owned(),
            gap if side.exact => {
                format!(" (au plus {} possibles)", number(side.places.1.saturating_add(gap)))
            }
            gap => format!(" (au plus {} de plus possibles)", number(gap)),
        });
        let places = format!("{}{}", told(side.places, "place"), most.unwrap_or_default());
        let trip = side.trip.map(|trip| match side.exact {
            true => format!(" ; un trajet dure {} en moyenne", duration(trip)),
            false => format!(" ; un trajet dure {} en moyenne, à 5 min près", duration(trip)),
        });
        let levers = if side.levers_cost.get() > 0 {
            format!(" ; leviers {}", euros(side.levers_cost))
        } else {
            String::new()
        };
        format!(
            "{} : {places}, {} ; groupes et ouvertures {}{levers}{}.",
            side.name,
            count(side.groups, "groupe"),
            euros(side.groups_cost),
            trip.unwrap_or_default(),
        )
    }

    fn closed_in_order(&self, sites: &[String]) -> String {
        format!("Sites fermés, dans cet ordre, pour perdre le moins de places : {}.", list(sites, "et"))
    }

    fn groups_then(&self, programme: &str, before: u32, after: u32) -> String {
        if before == after {
            return format!("{programme} : {}, inchangé", count(before, "groupe"));
        }
        format!("{programme} : {}, puis {after}", count(before, "groupe"))
    }

    fn everybody(&self) -> &'static str {
        "En tout"
    }

    fn kind(&self, group: &Group) -> Option<&'static str> {
        Some(match group {
            Group::Women => "Femmes",
            Group::Men => "Hommes",
            Group::Minors => "Mineurs",
            Group::Adults => "Majeurs",
            Group::Vehicle => "Avec un véhicule",
            Group::NoVehicle => "Sans véhicule",
            Group::Commune(_) => return None,
        })
    }

    fn gained_and_lost(&self, gained: (u32, u32), lost: (u32, u32)) -> String {
        let agree =
            |count: (u32, u32), word: &str| if count.1 > 1 { format!("{word}s") } else { word.into() };
        let gained = format!("{} {}", told(gained, "place"), agree(gained, "gagnée"));
        format!("{gained}, {} {}", told(lost, "place"), agree(lost, "perdue"))
    }

    fn nobody_moves(&self) -> &'static str {
        "Personne ne gagne ni ne perd de place."
    }

    fn fewer_half_days(&self, half_days: u32, placed: Option<(i64, bool)>, groups: &[String]) -> String {
        let less = format!("{} de moins par semaine", count(half_days, "demi-journée"));
        let left = placed.map(|(placed, proved)| {
            let places = count_u64(placed.unsigned_abs(), "place");
            let proof = if proved { "prouvé" } else { "non prouvé" };
            format!(" : il reste {places} ({proof})")
        });
        let groups = if groups.is_empty() { "aucun groupe de moins".to_owned() } else { groups.join(" ; ") };
        format!("{less}{} ; {groups}.", left.unwrap_or_default())
    }

    fn compare_rests(&self) -> [&'static str; 2] {
        [
            "Les sites candidats s'ouvrent dans les deux comme dans un plan. Un jeune qui a une place dans deux dispositifs compte deux fois.",
            "Deux plans aussi bons l'un que l'autre peuvent placer des personnes différentes : qui gagne et qui perd vaut pour les plans trouvés.",
        ]
    }

    fn unchanged(&self) -> &'static str {
        "Aujourd'hui"
    }
}
