//! In English: several structures as one territory.

use super::English;
use crate::finding::words::{Pool, PoolTerm};
use crate::units::Key;

impl Pool for English {
    fn programme_stays_apart(&self, key: &Key, first: &str, differ: &[PoolTerm]) -> String {
        let terms: Vec<&str> = differ.iter().map(|&term| said(term)).collect();
        format!("programme {key} is not shared with that of {first}: {} differ", terms.join(", "))
    }

    fn write_the_same_terms(&self) -> &'static str {
        "write the same terms in both folders to see what shared groups would bring"
    }

    fn settings_of_another(&self, first: &str) -> String {
        format!("some settings are not those of {first}, which hold for all here")
    }

    fn write_the_same_settings(&self) -> &'static str {
        "write the same settings, or name the folder whose settings are to hold first"
    }

    fn holidays_of_another(&self, first: &str) -> String {
        format!("the holidays are not those of {first}, which hold for all here")
    }

    fn write_the_same_holidays(&self) -> &'static str {
        "check the dates of sessions: structures can't each have holidays of their own here"
    }

    fn pooled_twice(&self, folder: &str) -> String {
        format!("folder {folder} is named twice")
    }

    fn name_each_once(&self) -> &'static str {
        "name each structure once"
    }
}

const fn said(term: PoolTerm) -> &'static str {
    match term {
        PoolTerm::Size => "group sizes",
        PoolTerm::Rhythm => "half-days",
        PoolTerm::Dates => "dates or numbers of weeks",
        PoolTerm::Holidays => "holidays",
        PoolTerm::Needed => "sessions to attend",
        PoolTerm::Limit => "travel limits",
        PoolTerm::Ages => "ages",
        PoolTerm::Mix => "rules on who is in a group",
        PoolTerm::Excludes => "exclusions",
        PoolTerm::Groups => "numbers of groups",
        PoolTerm::Cost => "costs",
    }
}
