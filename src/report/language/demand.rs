//! What is told of youths drawn again.

use super::DayPart;
use super::en::English;
use super::fr::French;
use crate::finding::Lang;
use crate::questions::{DrawnFrom, Draws};

/// The sentences of `lang`.
pub(in crate::report) fn of(lang: Lang) -> &'static dyn DemandSentences {
    match lang {
        Lang::Fr => &French,
        Lang::En => &English,
    }
}

/// A place where a group can be formed in so many of a hundred draws, and the moment at which it most often can.
pub(in crate::report) struct OftenThere {
    /// As [`super::Sentences::at`] says it.
    pub(in crate::report) at: String,
    pub(in crate::report) percent: u32,
    pub(in crate::report) days: Vec<DayPart>,
    pub(in crate::report) best: u32,
}

/// A language, on youths drawn again.
pub(in crate::report) trait DemandSentences: super::Sentences {
    fn demand_title(&self, territory: &str) -> String;
    /// "Avec 75 % des jeunes d'aujourd'hui : 452 jeunes"
    fn with_percent(&self, percent: u16, youths: u32) -> String;
    /// Where youths come from.
    fn drawn_from(&self, from: DrawnFrom, asked: Draws) -> String;
    /// How often a programme can have a group, and how many can come at its best moment.
    fn how_often(&self, programme: &str, percent: u32, most: [u32; 3], there: &[OftenThere]) -> String;
    fn demand_rests_heading(&self) -> &'static str;
    fn demand_rests(&self) -> [&'static str; 2];
}
