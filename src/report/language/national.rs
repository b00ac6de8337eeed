//! What is told of territories side by side.

use super::compare::CompareSentences;
use super::en::English;
use super::fr::French;
use crate::finding::Lang;
use crate::report::national::{Basis, Class};
use crate::units::Seconds;

/// The sentences of `lang`.
pub(in crate::report) fn of(lang: Lang) -> &'static dyn NationalSentences {
    match lang {
        Lang::Fr => &French,
        Lang::En => &English,
    }
}

/// What is told, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum NationalHeading {
    Answer,
    Classes,
    After,
    Losers,
    Each,
    Broken,
    Rests,
}

/// One territory.
pub(in crate::report) struct Line<'a> {
    pub(in crate::report) name: &'a str,
    /// None where it is not classified.
    pub(in crate::report) class: Option<&'static str>,
    pub(in crate::report) enrolled: u32,
    pub(in crate::report) placed: i64,
    /// How many more there may be at most.
    pub(in crate::report) gap: i64,
    pub(in crate::report) groups: u32,
    pub(in crate::report) trip: Option<Seconds>,
    /// Places after the change, and how many are lost.
    pub(in crate::report) after: Option<(i64, u32)>,
    /// Whether its communes are only those of the nearest seat.
    pub(in crate::report) assumed: bool,
}

/// Sums of a class.
pub(in crate::report) struct InAll {
    pub(in crate::report) territories: u32,
    pub(in crate::report) enrolled: u64,
    pub(in crate::report) placed: i64,
    pub(in crate::report) groups: u64,
    pub(in crate::report) out_of_reach: u64,
}

/// A language, on territories side by side.
pub(in crate::report) trait NationalSentences: CompareSentences {
    fn national_title(&self, territories: u32) -> String;
    fn national_heading(&self, heading: NationalHeading, territories: u32) -> String;
    fn exact_numbers(&self) -> &'static str;
    fn nobody_real(&self) -> &'static str;
    fn answered(&self) -> &'static str;
    fn broken(&self) -> &'static str;
    fn no_plan(&self) -> &'static str;
    fn class(&self, class: Option<Class>) -> &'static str;
    fn basis(&self, basis: Basis) -> &'static str;
    fn how_many_answer(&self, answered: u32, broken: u32, without: u32) -> String;
    fn places_in_all(&self, youths: u64, enrolled: u64, placed: i64, groups: u64) -> String;
    /// Of how many it is proved, and how many more places there may be at most.
    fn proved_share(&self, proved: u32, of: u32, gap: i64, bound: i64) -> String;
    fn out_of_reach(&self, far: u64, enrolled: u64) -> String;
    /// A class, and its places before and after.
    fn class_line(&self, class: &str, all: &InAll, after: Option<(i64, i64)>) -> String;
    fn before_and_after(&self, placed: (i64, i64), groups: (u64, u64)) -> String;
    fn gained_and_lost_in_all(&self, gained: u64, lost: u64) -> String;
    fn nothing_after(&self, territories: u32) -> String;
    fn territory_line(&self, line: &Line<'_>) -> String;
    fn lines_in_files(&self) -> &'static str;
    fn more_findings_of_it(&self, more: u32) -> String;
    fn nearest_seats(&self, territories: u32) -> String;
    fn drawn_youths(&self, youths: u32, seed: u64) -> String;
    /// How many sites at most, and their half-days a week: of the seat, of another.
    fn made_territories(&self, sites: u32, half_days: (u32, u32)) -> String;
    fn not_classified(&self, territories: u32, of: u32) -> String;
    fn of_the_cut(&self, percent: u8) -> String;
    fn of_the_scenario(&self, file: &str) -> String;
    fn two_plans_as_good(&self) -> &'static str;
}
