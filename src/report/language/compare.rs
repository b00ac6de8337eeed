//! What is told of two scenarios side by side.

use super::en::English;
use super::fr::French;
use crate::finding::Lang;
use crate::questions::Group;
use crate::units::{Cents, Seconds};

/// The sentences of `lang`.
pub(in crate::report) fn of(lang: Lang) -> &'static dyn CompareSentences {
    match lang {
        Lang::Fr => &French,
        Lang::En => &English,
    }
}

/// What is told, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum CompareHeading {
    Both,
    Groups,
    Moved,
    Breaks,
    Rests,
}

/// A scenario and what it leads to.
pub(in crate::report) struct Side<'a> {
    pub(in crate::report) name: &'a str,
    /// The least and the most.
    pub(in crate::report) places: (u32, u32),
    /// How many more there may be at most, by weight: nought where that is proved; none where nothing is known of it.
    pub(in crate::report) gap: Option<i64>,
    /// Whether all is told, to the place and the minute.
    pub(in crate::report) exact: bool,
    pub(in crate::report) groups: u32,
    /// Mean time of a trip.
    pub(in crate::report) trip: Option<Seconds>,
    pub(in crate::report) groups_cost: Cents,
    pub(in crate::report) levers_cost: Cents,
}

/// A language, on two scenarios.
pub(in crate::report) trait CompareSentences: super::Sentences {
    fn compare_title(&self, territory: &str) -> String;
    fn compare_heading(&self, heading: CompareHeading) -> &'static str;
    fn compare_shared(&self) -> &'static str;
    fn side(&self, side: &Side<'_>) -> String;
    /// Sites closed where a scenario left open which.
    fn closed_in_order(&self, sites: &[String]) -> String;
    /// "CEJ : 8 groupes, puis 6"
    fn groups_then(&self, programme: &str, before: u32, after: u32) -> String;
    fn everybody(&self) -> &'static str;
    /// What youths are told apart by; none for those of a commune, which has its own name.
    fn kind(&self, group: &Group) -> Option<&'static str>;
    /// "12 places gagnées, 3 perdues"
    fn gained_and_lost(&self, gained: (u32, u32), lost: (u32, u32)) -> String;
    fn nobody_moves(&self) -> &'static str;
    /// What a further half-day fewer changes; places left, and whether that is proved.
    fn fewer_half_days(&self, half_days: u32, placed: Option<(i64, bool)>, groups: &[String]) -> String;
    fn compare_rests(&self) -> [&'static str; 2];
    /// The scenario of nothing changed.
    fn unchanged(&self) -> &'static str;
}
