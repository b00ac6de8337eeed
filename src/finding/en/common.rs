//! In English: what is said in several places, and pieces of sentences.

use super::English;
use crate::finding::Text;
use crate::finding::words::Common;

impl Common for English {
    fn correct_those_shown(&self) -> &'static str {
        "correct those shown first"
    }

    fn more_findings(&self, hidden: usize) -> String {
        format!("{hidden} more findings are not shown")
    }

    fn nothing_to_do(&self) -> &'static str {
        "nothing to do"
    }

    fn nothing_to_do_if_right(&self) -> &'static str {
        "nothing to do if that is right"
    }

    fn write(&self, expected: &Text) -> String {
        format!("write {}", expected.en)
    }

    fn one_of(&self, items: &[Text]) -> String {
        items.iter().map(|item| item.en.as_str()).collect::<Vec<_>>().join(" or ")
    }
}
