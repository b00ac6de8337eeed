//! In French: what is said in several places, and pieces of sentences.

use super::French;
use crate::finding::Text;
use crate::finding::words::Common;

impl Common for French {
    fn correct_those_shown(&self) -> &'static str {
        "corrigez d'abord ceux qui sont affichés"
    }

    fn more_findings(&self, hidden: usize) -> String {
        format!("{hidden} autres constats ne sont pas affichés")
    }

    fn nothing_to_do(&self) -> &'static str {
        "rien à faire"
    }

    fn nothing_to_do_if_right(&self) -> &'static str {
        "rien à faire si c'est juste"
    }

    fn write(&self, expected: &Text) -> String {
        format!("écrivez {}", expected.fr)
    }

    fn one_of(&self, items: &[Text]) -> String {
        items.iter().map(|item| item.fr.as_str()).collect::<Vec<_>>().join(" ou ")
    }
}
