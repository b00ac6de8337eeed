//! How well groups hold, in English.

use super::super::Sentences;
use super::super::holding::*;
use super::{English, count, date, list, number};
use crate::questions::{Delay, Weeks};
use crate::territory::Mode;
use jiff::civil::Date;

impl HoldingSentences for English {
    fn plain(&self) -> &dyn Sentences {
        self
    }

    fn holding_title(&self, territory: &str) -> String {
        let title = "Will the groups hold?";
        if territory.is_empty() { title.to_owned() } else { format!("{title} — {territory}") }
    }

    fn holding_heading(&self, heading: HoldingHeading) -> &'static str {
        match heading {
            HoldingHeading::Groups => "On the day",
            HoldingHeading::Filling => "How long a group takes to fill",
            HoldingHeading::Rests => "What this rests on",
        }
    }

    fn held(&self, held: &Held<'_>) -> String {
        let least = if held.at_least { "at least " } else { "" };
        let alone = match held.independent > held.percent {
            true => {
                format!("; {} % if absences had nothing in common, the optimistic case", held.independent)
            }
            false => String::new(),
        };
        format!(
            "{}, {}: {}, of whom {} must be there at least. They are at {least}{} % of the sessions ({} of {}){alone}.",
            held.programme,
            held.at,
            count(held.members, "member"),
            number(held.needed),
            held.percent,
            tenths(held.expected_tenths),
            number(held.sessions),
        )
    }

    fn invite(&self, needed: u32, invite: [Option<u32>; 2]) -> String {
        let invited = |n: Option<u32>| n.map_or_else(|| "more than 1000".to_owned(), number);
        let [eighty, ninety] = invite.map(invited);
        format!(
            "To have {} at least, inviting {eighty} youths is enough 80 % of the time, {ninety} 90 % of the time.",
            number(needed)
        )
    }

    fn together(&self, ways: &[String]) -> String {
        format!("Who come together: {}.", list(ways, "and"))
    }

    fn in_a_car(&self, members: u32, driver: &str) -> String {
        format!("{} in the car of {driver}", number(members))
    }

    fn by_a_line(&self, members: u32, line: &str) -> String {
        format!("{} by the line “{line}”", number(members))
    }

    fn by_a_service(&self, members: u32, mode: Mode) -> String {
        let by = match mode {
            Mode::OnDemand => "by transport on demand",
            Mode::Shuttle => "by shuttle",
            _ => "by coach or train",
        };
        format!("{} {by}", number(members))
    }

    fn weakest(&self, day: Date, percent: u16) -> String {
        format!("The weakest session is that of {}: {percent} %.", date(day))
    }

    fn asked(&self, percent: u16, holds: bool) -> String {
        match holds {
            true => format!("The programme asks for {percent} %: the group holds."),
            false => format!(
                "The programme asks for {percent} %: the group does not get there, because of what several members share or of dates on which some can't come."
            ),
        }
    }

    fn no_arrivals(&self) -> &'static str {
        "Nothing is said of youths who arrive: there is no arrivals.csv."
    }

    fn arrivals(&self, programme: &str, thousandths: u32) -> String {
        // A hundredth is enough in a sentence.
        let hundredths = thousandths.div_ceil(10);
        let number = match hundredths % 10 {
            0 => tenths(hundredths / 10),
            _ => format!("{}.{:02}", number(hundredths / 100), hundredths % 100),
        };
        let plural = if thousandths == 1_000 { "youth arrives" } else { "youths arrive" };
        format!("{programme}: {number} {plural} a week.")
    }

    fn filled(&self, filled: &Filled<'_>) -> String {
        let waiting = filled.waiting;
        let how = match filled.rolling {
            true => format!("Starting with {}, others joining as they come", number(filled.start)),
            false => format!("Waiting until there are {}", number(filled.start)),
        };
        let complete = match filled.rolling && filled.target > filled.start {
            true => format!("; complete with {}: {}", number(filled.target), delay(waiting.complete)),
            false => String::new(),
        };
        let lost = match (waiting.wait, waiting.gives_up) {
            (Some(wait), Some(gone)) => {
                format!("; each waits {} on average, {} % give up", weeks(wait), gone.percent())
            }
            _ => String::new(),
        };
        format!("{how}: {}{complete}{lost}.", delay(waiting.starts))
    }

    fn holding_rests(&self) -> [&'static str; 3] {
        [
            "Each comes or not by themselves, but for those whom one car, one line or one service brings: a failure keeps all of them. Without that, it is the optimistic case.",
            "Who can't come on a date is not expected then; where nobody knows what runs, it counts as on other days. Where the line is not known, all who come by public transport are taken to share one.",
            "Invitations suppose youths who come as often as the members, each by themselves.",
        ]
    }
}

fn delay(delay: Delay) -> String {
    match (delay.mean, delay.p80) {
        (Some(mean), Some(p80)) => {
            format!("{} on average, at most {} four times of five", weeks(mean), weeks(p80))
        }
        (None, Some(p80)) => format!("at most {} four times of five", weeks(p80)),
        _ => "probably never in ten years".to_owned(),
    }
}

fn weeks(weeks: Weeks) -> String {
    format!("{} {}", tenths(weeks.tenths()), if weeks.tenths() == 10 { "week" } else { "weeks" })
}

fn tenths(n: u32) -> String {
    match n % 10 {
        0 => number(n / 10),
        tenth => format!("{}.{tenth}", number(n / 10)),
    }
}
