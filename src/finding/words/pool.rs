//! Several structures as one territory.

use crate::units::Key;

/// A term on which two programmes differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PoolTerm {
    Size,
    Rhythm,
    Dates,
    Holidays,
    Needed,
    Limit,
    Ages,
    Mix,
    Excludes,
    Groups,
    Cost,
}

pub(crate) trait Pool {
    fn programme_stays_apart(&self, key: &Key, first: &str, differ: &[PoolTerm]) -> String;
    fn write_the_same_terms(&self) -> &'static str;
    fn settings_of_another(&self, first: &str) -> String;
    fn write_the_same_settings(&self) -> &'static str;
    fn holidays_of_another(&self, first: &str) -> String;
    fn write_the_same_holidays(&self) -> &'static str;
    fn pooled_twice(&self, folder: &str) -> String;
    fn name_each_once(&self) -> &'static str;
}
