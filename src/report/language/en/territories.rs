//! Two territories in English.

use super::super::territories::*;
use super::{English, bare, count, duration, number, told};

impl TerritoriesSentences for English {
    fn territories_title(&self, a: &str, b: &str) -> String {
        format!("Two territories, the same programmes — {a} and {b}")
    }

    fn territories_shared(&self) -> &'static str {
        "May be shown: bands instead of exact numbers, nobody is named."
    }

    fn territories_in_all(&self) -> &'static str {
        "In all"
    }

    fn places_of_enrolled(
        &self,
        name: &str,
        placed: (u32, u32),
        enrolled: (u32, u32),
        percent: Option<u32>,
        most: Option<i64>,
    ) -> String {
        let most = most
            .map(|most| format!(", at most {} possible", number(u32::try_from(most).unwrap_or(u32::MAX))));
        let percent = percent.map(|percent| format!(" ({percent} %{})", most.unwrap_or_default()));
        format!(
            "{name}: {} for {}{}.",
            told(placed, "place"),
            told(enrolled, "enrolment"),
            percent.unwrap_or_default()
        )
    }

    fn in_territory(&self, one: &InTold<'_>) -> String {
        if one.enrolled == (0, 0) {
            return format!("{}: nobody is enrolled in it.", one.name);
        }
        let percent = one.percent.map(|percent| format!(" ({percent} %)")).unwrap_or_default();
        let trip = one.trip.map(|trip| format!("; a trip takes {} on average", duration(trip)));
        let binds = one.binds.map(|binds| format!("; what stands in the way: {binds}"));
        let reason = one
            .reason
            .as_ref()
            .map(|(reason, percent)| format!("; first reason of the others: {reason} ({percent} %)"));
        format!(
            "{}: {}, {} of {}{percent}{}{}{}.",
            one.name,
            count(one.groups, "group"),
            told(one.placed, "youth"),
            bare(one.enrolled),
            trip.unwrap_or_default(),
            binds.unwrap_or_default(),
            reason.unwrap_or_default(),
        )
    }

    fn why(&self, [a, b]: [&InTold<'_>; 2]) -> String {
        let could = format!(
            "to one place at one time could come {} ({}) and {} ({}) at best, for a minimum of {}",
            told(a.at_once, "youth"),
            a.name,
            told(b.at_once, "youth"),
            b.name,
            number(a.min)
        );
        let then = match (a.binds, b.binds) {
            (None, None) => "nothing stands in the way of one more group".to_owned(),
            (Some(one), Some(other)) if one == other => {
                format!("the same stands in the way on both sides: {one}")
            }
            (one, other) => {
                let said = |binds: Option<&str>| binds.unwrap_or("nothing").to_owned();
                format!(
                    "what stands in the way is not the same: {} ({}), {} ({})",
                    said(one),
                    a.name,
                    said(other),
                    b.name
                )
            }
        };
        format!("Why: {could}; {then}.")
    }

    fn territories_rest(&self) -> [&'static str; 3] {
        [
            "Programmes are those of the first territory (sizes, rhythms, dates, travel limits); each holds them at its own sites, with its own advisers, calendar and travel times.",
            "A youth with a place in two programmes counts twice.",
            "Where no bus network is given, nobody takes it: in town above all, that is cautious.",
        ]
    }

    fn territories_rests_on(&self) -> &'static str {
        "What this rests on"
    }

    fn two_territories_alone(&self, more: &str) -> String {
        format!("Two territories are compared as they are: '{more}' is too much.")
    }
}
