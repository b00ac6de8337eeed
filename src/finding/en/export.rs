//! In English: exports of case software, and what is supposed to understand them.

use super::English;
use crate::finding::words::Export;

impl Export for English {
    fn perhaps(&self, near: &str) -> String {
        format!("perhaps: {near}")
    }

    fn give_code_of_epci(&self, list: &str) -> String {
        format!("give the code of yours: {list}")
    }

    fn give_code_or_name_of_epci(&self) -> &'static str {
        "give the code (SIREN) of the intercommunality or a part of its name, or --communes FILE"
    }

    fn unknown_epci(&self, asked: &str) -> String {
        format!("--epci: '{asked}' is no known intercommunality")
    }

    fn several_epcis(&self, asked: &str, several: usize) -> String {
        format!("--epci: '{asked}' is in the name of {several} intercommunalities")
    }
}
