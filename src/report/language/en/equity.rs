//! Whom a plan leaves behind, in English.

use super::super::equity::*;
use super::{English, bare, count, duration, told};
use crate::questions::{Far, Size};
use crate::units::Seconds;

impl EquitySentences for English {
    fn equity_title(&self, territory: &str) -> String {
        let title = "Whom the plan leaves behind";
        if territory.is_empty() { title.to_owned() } else { format!("{title} — {territory}") }
    }

    fn equity_heading(&self, heading: EquityHeading) -> &'static str {
        match heading {
            EquityHeading::All => "In all",
            EquityHeading::Distance => "By distance to the nearest site, as the crow flies",
            EquityHeading::Inhabitants => "By size of the commune",
            EquityHeading::Youths => "By youths",
            EquityHeading::Communes => "By commune, the worst served first",
            EquityHeading::WorstFirst => "Serving the worst-served communes first",
            EquityHeading::Rests => "What this rests on",
        }
    }

    fn all_youths(&self) -> &'static str {
        "All who are enrolled"
    }

    fn far(&self, far: Far) -> &'static str {
        match far {
            Far::Within5 => "Less than 5 km",
            Far::Within10 => "5 to 10 km",
            Far::Within20 => "10 to 20 km",
            Far::Within30 => "20 to 30 km",
            Far::Beyond30 => "30 km or more",
        }
    }

    fn size(&self, size: Size) -> &'static str {
        match size {
            Size::Below500 => "Fewer than 500 inhabitants",
            Size::Below1000 => "500 to 999 inhabitants",
            Size::Below2000 => "1,000 to 1,999 inhabitants",
            Size::Below5000 => "2,000 to 4,999 inhabitants",
            Size::Above => "5,000 inhabitants or more",
        }
    }

    fn served(&self, served: ServedTold, weekly: Seconds) -> String {
        let share = match served.share {
            (least, most) if least == most => format!("{most}%"),
            (least, most) => format!("{least} to {most}%"),
        };
        let placed =
            format!("{} of {} placed ({})", told(served.placed, "youth"), bare(served.youths), share,);
        let about = if served.exact { "" } else { ", to 5 min" };
        let trip = served.trip.map(|trip| format!("; a trip takes {} on average{about}", duration(trip)));
        let short = match served.short {
            (0, 0) => String::new(),
            n => format!("; {} without {} a week within reach", bare(n), duration(weekly)),
        };
        format!("{placed}{}{short}", trip.unwrap_or_default())
    }

    fn worst_first(&self, worst: WorstFirstTold) -> String {
        if worst.communes == 0 {
            return "No commune is served worse than the whole.".to_owned();
        }
        let [before, after] = worst.places;
        let price = match i64::from(before.0) - i64::from(after.0) {
            _ if !worst.exact => String::new(),
            0 => ", with no place lost in all".to_owned(),
            price if price > 0 => {
                format!(", for {} fewer in all", count(u32::try_from(price).unwrap_or(u32::MAX), "place"))
            }
            more => format!(", and {} more in all", count(u32::try_from(-more).unwrap_or(u32::MAX), "place")),
        };
        let [placed, then] = worst.placed;
        let proof = if worst.proved { "" } else { "; one of both plans is not proved, nor is the price" };
        format!(
            "In {} where a smaller share is placed than on the whole, if a place counts {} times there: {} youths of {} placed instead of {}{price} ({} instead of {}){proof}.",
            count(worst.communes, "commune"),
            worst.weight,
            bare(then),
            bare(worst.youths),
            bare(placed),
            told(after, "place"),
            bare(before),
        )
    }

    fn equity_rests(&self) -> [&'static str; 3] {
        [
            "A youth counts once, with one place or several; whoever is enrolled in nothing is not counted.",
            "Two plans as good as each other may place different people: what is told holds for the plan found.",
            "Few youths in a commune soon make a large share: numbers say more than percentages.",
        ]
    }
}
