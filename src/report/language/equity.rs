//! What is told of whom a plan leaves behind.

use super::en::English;
use super::fr::French;
use crate::finding::Lang;
use crate::questions::{Far, Size};
use crate::units::Seconds;

/// The sentences of `lang`.
pub(in crate::report) fn of(lang: Lang) -> &'static dyn EquitySentences {
    match lang {
        Lang::Fr => &French,
        Lang::En => &English,
    }
}

/// What is told, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum EquityHeading {
    All,
    Distance,
    Inhabitants,
    Youths,
    Communes,
    WorstFirst,
    Rests,
}

/// How some youths are served.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct ServedTold {
    /// The least and the most, as of all that are counted here.
    pub(in crate::report) youths: (u32, u32),
    pub(in crate::report) placed: (u32, u32),
    /// Of them, in percent.
    pub(in crate::report) share: (u64, u64),
    pub(in crate::report) trip: Option<Seconds>,
    pub(in crate::report) short: (u32, u32),
    /// Whether all is told, to the youth and the minute.
    pub(in crate::report) exact: bool,
}

/// What serving the worst served first comes to.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct WorstFirstTold {
    pub(in crate::report) weight: u32,
    pub(in crate::report) communes: u32,
    /// Places today and then.
    pub(in crate::report) places: [(u32, u32); 2],
    /// Youths of those communes with a place, today and then, and all of them.
    pub(in crate::report) placed: [(u32, u32); 2],
    pub(in crate::report) youths: (u32, u32),
    /// Whether all is told, to the youth.
    pub(in crate::report) exact: bool,
    /// Whether both plans are proved, so that the price is.
    pub(in crate::report) proved: bool,
}

/// A language, on whom a plan leaves behind.
pub(in crate::report) trait EquitySentences: super::compare::CompareSentences {
    fn equity_title(&self, territory: &str) -> String;
    fn equity_heading(&self, heading: EquityHeading) -> &'static str;
    fn all_youths(&self) -> &'static str;
    fn far(&self, far: Far) -> &'static str;
    fn size(&self, size: Size) -> &'static str;
    /// "12 jeunes sur 30 ont une place (40 %)…"
    fn served(&self, served: ServedTold, weekly: Seconds) -> String;
    fn worst_first(&self, told: WorstFirstTold) -> String;
    fn equity_rests(&self) -> [&'static str; 3];
}
