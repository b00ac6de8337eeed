//! Sentences of `maillage new`, and where a finding stands in a sheet.

use super::{en, fr};
use crate::finding::Lang;
#[cfg(feature = "folder")]
use crate::prepare::Field;

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

    /// The headings of the table of columns.
    #[cfg(feature = "folder")]
    fn column_headings(&self) -> [&'static str; 3];
    #[cfg(feature = "folder")]
    fn field(&self, field: Field) -> &'static str;
    #[cfg(feature = "folder")]
    fn identifying(&self) -> &'static str;
    #[cfg(feature = "folder")]
    fn left(&self) -> &'static str;
    #[cfg(feature = "folder")]
    fn confirm(&self) -> &'static str;
    #[cfg(feature = "folder")]
    fn how_to_go_on(&self) -> &'static str;
    /// So many youths, or nobody real; where the table of links is.
    #[cfg(feature = "folder")]
    fn written(
        &self,
        dir: &str,
        link: Option<&str>,
        youths: Option<usize>,
        communes: usize,
        sites: &str,
    ) -> String;
}
