//! In French: structures of a country, their perimeters, and lists of territories.

use super::French;
use crate::finding::words::National;
use crate::units::{InseeCode, Key};

impl National for French {
    fn perimeters_of_folders(&self) -> &'static str {
        "des périmètres sont donnés, et chaque dossier de territoire a déjà ses communes : ils ne sont pas lus"
    }

    fn perimeters_of_structures(&self) -> &'static str {
        "réservez-les à un dossier avec structures.csv et communes.csv"
    }

    fn no_such_territory(&self, name: &str) -> String {
        format!("« {name} » n'est pas un dossier de territoire à partir de cette liste")
    }

    fn correct_the_path(&self) -> &'static str {
        "corrigez le chemin : un dossier qui contient territory.toml, à côté de la liste ou plus bas"
    }

    fn territory_listed_twice(&self, name: &str) -> String {
        format!("« {name} » est cité plusieurs fois")
    }

    fn no_territory_there(&self) -> &'static str {
        "aucun territoire : ni structures.csv, ni dossier avec territory.toml"
    }

    fn give_territories(&self) -> &'static str {
        "donnez un dossier de territoires, une liste de dossiers, ou structures.csv avec communes.csv"
    }

    fn commune_of_two_structures(&self, commune: &str, first: &str, line: u32) -> String {
        format!("{commune} est déjà dans le périmètre de {first}, ligne {line} : elle y reste")
    }

    fn keep_one_structure(&self) -> &'static str {
        "ne laissez cette commune qu'à une structure"
    }

    fn commune_of_no_structure(&self, name: &str, people: u32, file: &str) -> String {
        format!(
            "{name}, {people} habitants, n'est dans aucun périmètre de {file} : ses jeunes sont absents du calcul"
        )
    }

    fn add_it_to_a_perimeter(&self) -> &'static str {
        "ajoutez la commune au périmètre d'une structure"
    }

    fn communes_of_the_nearest_seat(&self) -> &'static str {
        "chaque commune est rattachée au siège le plus proche à vol d'oiseau : c'est une hypothèse, pas le périmètre des structures"
    }

    fn give_perimeters(&self) -> &'static str {
        "donnez les vrais périmètres par --perimeters"
    }

    fn structure_without_communes(&self, name: &str) -> String {
        format!("{name} n'a aucune commune")
    }

    fn give_it_communes(&self) -> &'static str {
        "donnez-lui des communes par --perimeters, ou corrigez son siège"
    }

    fn communes_without_density(&self, without: usize, all: usize) -> String {
        format!(
            "{without} communes sur {all} sont sans densité : elles ne sont pas classées en rural ou urbain"
        )
    }

    fn add_their_density(&self) -> &'static str {
        "ajoutez la colonne density : 1 (dense), 2 (intermédiaire) ou 3 (rural), la grille de l'INSEE en trois niveaux"
    }

    fn written_before(&self, key: &Key, line: u32) -> String {
        format!("« {key} » est déjà à la ligne {line}")
    }

    fn commune_not_listed(&self, code: InseeCode) -> String {
        format!("la commune {code} n'est pas dans communes.csv")
    }

    fn list_the_commune(&self) -> &'static str {
        "ajoutez la commune à communes.csv, ou corrigez le code"
    }

    fn no_such_structure(&self, name: &str) -> String {
        format!("« {name} » n'est pas une structure de structures.csv")
    }

    fn correct_the_structure(&self) -> &'static str {
        "corrigez l'identifiant, ou ajoutez la structure"
    }

    fn nobody_lives_around(&self, name: &str) -> String {
        format!("{name} n'a aucun habitant dans ses communes")
    }
}
