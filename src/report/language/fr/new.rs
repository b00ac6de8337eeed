//! Sentences of `maillage new`, in French.

use super::super::new::Sentences;

pub(in crate::report::language) struct French;

impl Sentences for French {
    fn sheet(&self, stem: &str) -> Option<&'static str> {
        Some(match stem {
            "territory" => "réglages du territoire",
            "communes" => "feuille des communes",
            "places" => "feuille des lieux",
            "sites" => "feuille des sites",
            "programmes" => "dispositifs",
            "youths" => "feuille des jeunes",
            "advisers" => "feuille des conseillers",
            "calendar" => "feuille des vacances et fermetures",
            "links" => "feuille des liaisons",
            "on_demand" => "feuille du transport à la demande",
            "times" => "feuille des temps de trajet",
            "pins" => "décisions déjà prises",
            _ => return None,
        })
    }

    fn file(&self, name: &str, holds: Option<&str>) -> String {
        holds.map_or_else(|| name.to_owned(), |holds| format!("{name} ({holds})"))
    }

    fn place(&self, line: u32, column: Option<&str>) -> String {
        let column = column.map_or_else(String::new, |column| format!(", colonne « {column} »"));
        format!("ligne {line}{column} : ")
    }
}
