//! In French: several structures as one territory.

use super::French;
use crate::finding::words::{Pool, PoolTerm};
use crate::units::Key;

impl Pool for French {
    fn programme_stays_apart(&self, key: &Key, first: &str, differ: &[PoolTerm]) -> String {
        let terms: Vec<&str> = differ.iter().map(|&term| said(term)).collect();
        format!(
            "le dispositif {key} n'est pas mis en commun avec celui de {first} : {} diffèrent",
            terms.join(", ")
        )
    }

    fn write_the_same_terms(&self) -> &'static str {
        "écrivez les mêmes conditions dans les deux dossiers pour voir ce que des groupes communs donneraient"
    }

    fn settings_of_another(&self, first: &str) -> String {
        format!("des réglages ne sont pas ceux de {first}, qui valent ici pour tous")
    }

    fn write_the_same_settings(&self) -> &'static str {
        "écrivez les mêmes réglages, ou nommez d'abord le dossier dont les réglages doivent valoir"
    }

    fn holidays_of_another(&self, first: &str) -> String {
        format!("les vacances ne sont pas celles de {first}, qui valent ici pour tous")
    }

    fn write_the_same_holidays(&self) -> &'static str {
        "vérifiez les dates des sessions : chaque structure ne peut pas avoir ici ses propres vacances"
    }

    fn pooled_twice(&self, folder: &str) -> String {
        format!("le dossier {folder} est nommé deux fois")
    }

    fn name_each_once(&self) -> &'static str {
        "nommez chaque structure une fois"
    }
}

const fn said(term: PoolTerm) -> &'static str {
    match term {
        PoolTerm::Size => "les tailles de groupe",
        PoolTerm::Rhythm => "les demi-journées",
        PoolTerm::Dates => "les dates ou le nombre de semaines",
        PoolTerm::Holidays => "les vacances",
        PoolTerm::Needed => "les séances à suivre",
        PoolTerm::Limit => "les limites de trajet",
        PoolTerm::Ages => "les âges",
        PoolTerm::Mix => "les règles de composition",
        PoolTerm::Excludes => "les exclusions",
        PoolTerm::Groups => "les nombres de groupes",
        PoolTerm::Cost => "les coûts",
    }
}
