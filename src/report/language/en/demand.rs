//! Youths drawn again, in English.

use super::super::demand::*;
use super::{English, count, number};
use crate::questions::{DrawnFrom, Draws};
use crate::report::language::Sentences;

impl DemandSentences for English {
    fn demand_title(&self, territory: &str) -> String {
        let title = "If other youths came";
        if territory.is_empty() { title.to_owned() } else { format!("{title} — {territory}") }
    }

    fn with_percent(&self, percent: u16, youths: u32) -> String {
        let whom = if percent == 100 {
            "As many youths as today".to_owned()
        } else {
            format!("{percent}% of today's youths")
        };
        format!("{whom}: {}", count(youths, "youth"))
    }

    fn drawn_from(&self, from: DrawnFrom, asked: Draws) -> String {
        let draws = format!("{} from number {} on", count(asked.draws, "draw"), asked.seed);
        match from {
            DrawnFrom::Shares => format!(
                "{draws}, from the counts of communes and the shares that youths are drawn from: the answer is as good as those shares."
            ),
            DrawnFrom::Youths => format!(
                "{draws}, each among today's youths, who may be in it several times or not at all: the answer supposes that the next ones are like them."
            ),
        }
    }

    fn how_often(&self, programme: &str, percent: u32, most: [u32; 3], there: &[OftenThere]) -> String {
        let often = match percent {
            0 => "never enough youths for a group".to_owned(),
            100 => "always enough youths for a group".to_owned(),
            percent => format!("enough youths for a group in {percent} draws of 100"),
        };
        let [few, middle, many] = most;
        let mut most = format!("at the best moment, {} can come", count(middle, "youth"));
        if few < many {
            most += &format!(" ({} to {} in 8 draws of 10)", number(few), number(many));
        }
        let there: Vec<String> = there
            .iter()
            .map(|there| {
                format!(
                    "{} {}% (at best {}: {}%)",
                    there.at,
                    there.percent,
                    self.days(&there.days),
                    there.best
                )
            })
            .collect();
        let there = if there.is_empty() { String::new() } else { format!("; {}", there.join(", ")) };
        format!("{programme}: {often}; {most}{there}.")
    }

    fn demand_rests_heading(&self) -> &'static str {
        "What this rests on"
    }

    fn demand_rests(&self) -> [&'static str; 2] {
        [
            "Each programme is looked at alone: enough youths can come to the same place at the same half-days. Rooms, advisers, rules on who is in a group and other programmes are not counted.",
            "Decisions already made about today's youths do not count: others would come.",
        ]
    }
}
