//! Limits and minimum sizes in English.

use super::super::sweep::*;
use super::{English, count, duration};
use crate::units::Seconds;

impl SweepSentences for English {
    fn sweep_title(&self, territory: &str) -> String {
        let title = "Where the answer flips";
        if territory.is_empty() { title.to_owned() } else { format!("{title} — {territory}") }
    }

    fn sweep_heading(&self, heading: SweepHeading) -> &'static str {
        match heading {
            SweepHeading::Grid => "By length of trips and minimum size",
            SweepHeading::Flips => "From when on each programme has a group",
            SweepHeading::Rests => "What this rests on",
        }
    }

    fn sweep_of(&self, programme: Option<&str>, slower: u16) -> String {
        let what = programme.map_or_else(
            || {
                "The travel limit is the same for all programmes; each keeps its minimum size, give or take a few youths.".to_owned()
            },
            |name| format!("Only this changes: {name}."),
        );
        if slower == 0 { what } else { format!("{what} Roads are {slower}% slower.") }
    }

    fn trips_of_at_most(&self, limit: Seconds) -> String {
        format!("Trips of at most {}", duration(limit))
    }

    fn minimum(&self, more: i32) -> String {
        match more {
            0 => "today's minimum".to_owned(),
            more if more < 0 => format!("{} fewer", more.unsigned_abs()),
            more => format!("{more} more"),
        }
    }

    fn cell(&self, counts: Counts) -> String {
        let most = match counts.gap {
            0 => String::new(),
            gap => format!(" (at most {} possible)", counts.places + gap),
        };
        let youths = count(counts.youths, "youth");
        format!("{}{most}, {youths}, {}", count(counts.places, "place"), count(counts.groups, "group"))
    }

    fn no_plan(&self) -> &'static str {
        "the decisions already made can't be kept"
    }

    fn flips(&self, programme: &str, flips: &[Flip]) -> String {
        let one = |flip: &Flip| {
            let least = match flip.minimums {
                [least, most] if least < most => format!("with {least} to {most} youths at least"),
                [least, _] => format!("with {} at least", count(least, "youth")),
            };
            let others = flip
                .reached
                .map(|limit| format!(" (enough youths from {}, but other groups go first)", duration(limit)));
            let when = match flip.from {
                Some(limit) => format!("from {}", duration(limit)),
                None => "never".to_owned(),
            };
            format!("{least}, {when}{}", others.unwrap_or_default())
        };
        format!("{programme}: {}.", flips.iter().map(one).collect::<Vec<_>>().join("; "))
    }

    fn everywhere(&self, programme: &str) -> String {
        format!("{programme}: one group at least everywhere.")
    }

    fn nowhere(&self, programme: &str) -> String {
        format!("{programme}: no group anywhere; at no moment can enough youths come.")
    }

    fn sweep_rests(&self) -> [&'static str; 3] {
        [
            "The minimum does not go below 1, nor above the programme's largest size.",
            "Each cell is a whole plan, for which the most places are looked for; without \"at most\", that is proved. The number of groups is that of the plan found.",
            "A longer limit or a smaller minimum takes nobody's place.",
        ]
    }
}
