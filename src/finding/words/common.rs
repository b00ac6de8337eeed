//! What is said in several places, and pieces of sentences.

use crate::finding::Text;

pub(crate) trait Common {
    fn correct_those_shown(&self) -> &'static str;
    fn more_findings(&self, hidden: usize) -> String;
    fn nothing_to_do(&self) -> &'static str;
    fn nothing_to_do_if_right(&self) -> &'static str;
    fn write(&self, expected: &Text) -> String;
    fn one_of(&self, items: &[Text]) -> String;
}
