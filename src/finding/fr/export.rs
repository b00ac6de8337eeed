//! In French: exports of case software, and what is supposed to understand them.

use super::French;
use crate::finding::words::Export;

impl Export for French {
    fn perhaps(&self, near: &str) -> String {
        format!("peut-être : {near}")
    }

    fn give_code_of_epci(&self, list: &str) -> String {
        format!("donnez le code de la vôtre : {list}")
    }

    fn give_code_or_name_of_epci(&self) -> &'static str {
        "donnez le code (SIREN) de l'intercommunalité ou un morceau de son nom, ou --communes FICHIER"
    }

    fn unknown_epci(&self, asked: &str) -> String {
        format!("--epci : « {asked} » n'est aucune intercommunalité connue")
    }

    fn several_epcis(&self, asked: &str, several: usize) -> String {
        format!("--epci : « {asked} » est dans le nom de {several} intercommunalités")
    }
}
