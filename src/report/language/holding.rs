//! What is told of how well groups hold, and how they fill.

use super::en::English;
use super::fr::French;
use crate::finding::Lang;
use crate::questions::Waiting;
use crate::territory::Mode;
use jiff::civil::Date;

/// The sentences of `lang`.
pub(in crate::report) fn of(lang: Lang) -> &'static dyn HoldingSentences {
    match lang {
        Lang::Fr => &French,
        Lang::En => &English,
    }
}

/// What is told, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum HoldingHeading {
    Groups,
    Filling,
    Rests,
}

/// A group and how often enough are there.
pub(in crate::report) struct Held<'a> {
    pub(in crate::report) programme: &'a str,
    /// Where and when.
    pub(in crate::report) at: &'a str,
    pub(in crate::report) members: u32,
    pub(in crate::report) needed: u32,
    /// Of the sessions, with what is shared; at least that, where it is not exact.
    pub(in crate::report) percent: u16,
    pub(in crate::report) at_least: bool,
    /// If nothing were shared.
    pub(in crate::report) independent: u16,
    pub(in crate::report) expected_tenths: u32,
    pub(in crate::report) sessions: u32,
}

/// One way of forming a group from those who arrive.
pub(in crate::report) struct Filled<'a> {
    pub(in crate::report) rolling: bool,
    /// With how many it starts.
    pub(in crate::report) start: u32,
    pub(in crate::report) target: u32,
    pub(in crate::report) waiting: &'a Waiting,
}

/// A language, on how well groups hold.
pub(in crate::report) trait HoldingSentences: super::Sentences {
    /// The same language, on what every report tells.
    fn plain(&self) -> &dyn super::Sentences;
    fn holding_title(&self, territory: &str) -> String;
    fn holding_heading(&self, heading: HoldingHeading) -> &'static str;
    fn held(&self, held: &Held<'_>) -> String;
    /// How many to invite for 80 and for 90 %.
    fn invite(&self, needed: u32, invite: [Option<u32>; 2]) -> String;
    fn together(&self, ways: &[String]) -> String;
    /// "3 dans la voiture de y04"
    fn in_a_car(&self, members: u32, driver: &str) -> String;
    fn by_a_line(&self, members: u32, line: &str) -> String;
    fn by_a_service(&self, members: u32, mode: Mode) -> String;
    fn weakest(&self, date: Date, percent: u16) -> String;
    fn asked(&self, percent: u16, holds: bool) -> String;
    fn no_arrivals(&self) -> &'static str;
    fn arrivals(&self, programme: &str, thousandths: u32) -> String;
    fn filled(&self, filled: &Filled<'_>) -> String;
    fn holding_rests(&self) -> [&'static str; 3];
}
