//! What is told of limits and minimum sizes around today's.

use super::en::English;
use super::fr::French;
use crate::finding::Lang;
use crate::units::Seconds;

/// The sentences of `lang`.
pub(in crate::report) fn of(lang: Lang) -> &'static dyn SweepSentences {
    match lang {
        Lang::Fr => &French,
        Lang::En => &English,
    }
}

/// What is told, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum SweepHeading {
    Grid,
    Flips,
    Rests,
}

/// What a cell of the grid says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) struct Counts {
    pub(in crate::report) youths: u32,
    pub(in crate::report) places: u32,
    pub(in crate::report) groups: u32,
    /// How many places more there may be at most; 0 where that is proved.
    pub(in crate::report) gap: u32,
}

/// From which limit on a programme has a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) struct Flip {
    /// The minimums of which this is so, in members: the least and the largest.
    pub(in crate::report) minimums: [u32; 2],
    /// The least limit tried with which the plan has a group.
    pub(in crate::report) from: Option<Seconds>,
    /// The least limit with which enough can come at some moment, where that is less: others come first there.
    pub(in crate::report) reached: Option<Seconds>,
}

/// A language, on limits and minimum sizes.
pub(in crate::report) trait SweepSentences: super::Sentences {
    fn sweep_title(&self, territory: &str) -> String;
    fn sweep_heading(&self, heading: SweepHeading) -> &'static str;
    /// What the grid is of: all programmes, or one; roads so many percent slower.
    fn sweep_of(&self, programme: Option<&str>, slower: u16) -> String;
    /// "Trajets d'au plus 45 min"
    fn trips_of_at_most(&self, limit: Seconds) -> String;
    /// "2 de moins", "comme aujourd'hui", "1 de plus"
    fn minimum(&self, more: i32) -> String;
    fn cell(&self, counts: Counts) -> String;
    /// Of a cell in which the decisions already made can't be kept.
    fn no_plan(&self) -> &'static str;
    /// The line where a programme's answer flips.
    fn flips(&self, programme: &str, flips: &[Flip]) -> String;
    /// A programme that has a group everywhere.
    fn everywhere(&self, programme: &str) -> String;
    /// A programme that never has one.
    fn nowhere(&self, programme: &str) -> String;
    fn sweep_rests(&self) -> [&'static str; 3];
}
