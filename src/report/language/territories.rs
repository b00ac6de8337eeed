//! What is told of two territories under the same programmes.

use super::en::English;
use super::fr::French;
use crate::finding::Lang;
use crate::units::Seconds;

/// The sentences of `lang`.
pub(in crate::report) fn of(lang: Lang) -> &'static dyn TerritoriesSentences {
    match lang {
        Lang::Fr => &French,
        Lang::En => &English,
    }
}

/// A programme in one territory. Numbers are the least and the most that may be told.
pub(in crate::report) struct InTold<'a> {
    pub(in crate::report) name: &'a str,
    pub(in crate::report) groups: u32,
    pub(in crate::report) placed: (u32, u32),
    pub(in crate::report) enrolled: (u32, u32),
    /// Of a hundred enrolled; none where that may not be told.
    pub(in crate::report) percent: Option<u32>,
    pub(in crate::report) at_once: (u32, u32),
    pub(in crate::report) min: u32,
    pub(in crate::report) trip: Option<Seconds>,
    /// What binds, and the main reason with how many of a hundred without a place have it.
    pub(in crate::report) binds: Option<&'static str>,
    pub(in crate::report) reason: Option<(String, u32)>,
}

/// A language, on two territories.
pub(in crate::report) trait TerritoriesSentences: super::Sentences {
    fn territories_title(&self, a: &str, b: &str) -> String;
    fn territories_shared(&self) -> &'static str;
    fn territories_in_all(&self) -> &'static str;
    /// "Chinonais : 322 places pour 870 inscriptions (37 %)"
    fn places_of_enrolled(
        &self,
        name: &str,
        placed: (u32, u32),
        enrolled: (u32, u32),
        percent: Option<u32>,
        most: Option<i64>,
    ) -> String;
    fn in_territory(&self, told: &InTold<'_>) -> String;
    /// Why they differ, from the most who could come to one group, and what binds.
    fn why(&self, both: [&InTold<'_>; 2]) -> String;
    fn territories_rest(&self) -> [&'static str; 3];
    fn territories_rests_on(&self) -> &'static str;
    fn two_territories_alone(&self, more: &str) -> String;
}
