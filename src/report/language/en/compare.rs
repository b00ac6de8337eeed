//! Two scenarios in English.

use super::super::compare::*;
use super::{English, count, count_u64, duration, euros, list, number, told};
use crate::questions::Group;

impl CompareSentences for English {
    fn compare_title(&self, territory: &str) -> String {
        let title = "Two scenarios side by side";
        if territory.is_empty() { title.to_owned() } else { format!("{title} — {territory}") }
    }

    fn compare_heading(&self, heading: CompareHeading) -> &'static str {
        match heading {
            CompareHeading::Both => "The one and the other",
            CompareHeading::Groups => "Groups, in the one, then in the other",
            CompareHeading::Moved => "Who gains, who loses",
            CompareHeading::Breaks => "What gives way first",
            CompareHeading::Rests => "What this rests on",
        }
    }

    fn compare_shared(&self) -> &'static str {
        "May be shown: bands instead of exact numbers, and nobody is named."
    }

    fn side(&self, side: &Side<'_>) -> String {
        let most = side.gap.map(|gap| match u32::try_from(gap).unwrap_or(u32::MAX) {
            0 => " (no more possible: proved)".to_owned(),
            gap if side.exact => format!(" (at most {} possible)", number(side.places.1.saturating_add(gap))),
            gap => format!(" (at most {} more possible)", number(gap)),
        });
        let places = format!("{}{}", told(side.places, "place"), most.unwrap_or_default());
        let trip = side.trip.map(|trip| match side.exact {
            true => format!("; a trip takes {} on average", duration(trip)),
            false => format!("; a trip takes {} on average, to 5 min", duration(trip)),
        });
        let levers = if side.levers_cost.get() > 0 {
            format!("; levers {}", euros(side.levers_cost))
        } else {
            String::new()
        };
        format!(
            "{}: {places}, {}; groups and openings {}{levers}{}.",
            side.name,
            count(side.groups, "group"),
            euros(side.groups_cost),
            trip.unwrap_or_default(),
        )
    }

    fn closed_in_order(&self, sites: &[String]) -> String {
        format!("Sites closed, in this order, to lose the fewest places: {}.", list(sites, "and"))
    }

    fn groups_then(&self, programme: &str, before: u32, after: u32) -> String {
        if before == after {
            return format!("{programme}: {}, unchanged", count(before, "group"));
        }
        format!("{programme}: {}, then {after}", count(before, "group"))
    }

    fn everybody(&self) -> &'static str {
        "In all"
    }

    fn kind(&self, group: &Group) -> Option<&'static str> {
        Some(match group {
            Group::Women => "Women",
            Group::Men => "Men",
            Group::Minors => "Minors",
            Group::Adults => "Of age",
            Group::Vehicle => "With a vehicle",
            Group::NoVehicle => "Without a vehicle",
            Group::Commune(_) => return None,
        })
    }

    fn gained_and_lost(&self, gained: (u32, u32), lost: (u32, u32)) -> String {
        format!("{} gained, {} lost", told(gained, "place"), told(lost, "place"))
    }

    fn nobody_moves(&self) -> &'static str {
        "Nobody gains or loses a place."
    }

    fn fewer_half_days(&self, half_days: u32, placed: Option<(i64, bool)>, groups: &[String]) -> String {
        let less = format!("{} a week fewer", count(half_days, "half-day"));
        let left = placed.map(|(placed, proved)| {
            let places = count_u64(placed.unsigned_abs(), "place");
            format!(": {places} left ({})", if proved { "proved" } else { "not proved" })
        });
        let groups = if groups.is_empty() { "no group fewer".to_owned() } else { groups.join("; ") };
        format!("{less}{}; {groups}.", left.unwrap_or_default())
    }

    fn compare_rests(&self) -> [&'static str; 2] {
        [
            "Candidate sites open in both as they do in a plan. A youth with a place in two programmes counts twice.",
            "Two plans that are as good may place other people: who gains and who loses is of the plans that were found.",
        ]
    }

    fn unchanged(&self) -> &'static str {
        "Today"
    }
}
