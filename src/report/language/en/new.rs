//! Sentences of `maillage new`, in English.

use super::super::new::Sentences;

pub(in crate::report::language) struct English;

impl Sentences for English {
    fn sheet(&self, stem: &str) -> Option<&'static str> {
        Some(match stem {
            "territory" => "settings of the territory",
            "communes" => "sheet of communes",
            "places" => "sheet of places",
            "sites" => "sheet of sites",
            "programmes" => "programmes",
            "youths" => "sheet of youths",
            "advisers" => "sheet of advisers",
            "calendar" => "sheet of holidays and closures",
            "links" => "sheet of links",
            "on_demand" => "sheet of transport on demand",
            "times" => "sheet of travel times",
            "pins" => "decisions already made",
            _ => return None,
        })
    }

    fn file(&self, name: &str, holds: Option<&str>) -> String {
        holds.map_or_else(|| name.to_owned(), |holds| format!("{name} ({holds})"))
    }

    fn place(&self, line: u32, column: Option<&str>) -> String {
        let column = column.map_or_else(String::new, |column| format!(", column '{column}'"));
        format!("line {line}{column}: ")
    }
}
