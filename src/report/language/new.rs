//! Sentences of `maillage new`, and where a finding stands in a sheet.

use super::{en, fr};
use crate::finding::Lang;

/// The sentences of a language.
pub(in crate::report) fn of(lang: Lang) -> &'static dyn Sentences {
    match lang {
        Lang::Fr => &fr::new::French,
        Lang::En => &en::new::English,
    }
}

pub(in crate::report) trait Sentences {
    /// What a table or document holds, by the name that its file usually has.
    fn sheet(&self, stem: &str) -> Option<&'static str>;
    /// A file and what it holds.
    fn file(&self, name: &str, holds: Option<&str>) -> String;
    /// A line and a column, before what is said of them.
    fn place(&self, line: u32, column: Option<&str>) -> String;
}
