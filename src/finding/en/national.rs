//! In English: structures of a country, their perimeters, and lists of territories.

use super::English;
use crate::finding::words::National;
use crate::units::{InseeCode, Key};

impl National for English {
    fn perimeters_of_folders(&self) -> &'static str {
        "perimeters are given, and each territory folder has its communes already: they are not read"
    }

    fn perimeters_of_structures(&self) -> &'static str {
        "keep them for a folder with structures.csv and communes.csv"
    }

    fn no_such_territory(&self, name: &str) -> String {
        format!("'{name}' is no territory folder from this list on")
    }

    fn correct_the_path(&self) -> &'static str {
        "correct the path: a folder that has territory.toml, beside the list or below"
    }

    fn territory_listed_twice(&self, name: &str) -> String {
        format!("'{name}' is listed several times")
    }

    fn no_territory_there(&self) -> &'static str {
        "no territory: neither structures.csv nor a folder with territory.toml"
    }

    fn give_territories(&self) -> &'static str {
        "give a folder of territories, a list of folders, or structures.csv with communes.csv"
    }

    fn commune_of_two_structures(&self, commune: &str, first: &str, line: u32) -> String {
        format!("{commune} is in the perimeter of {first} already, line {line}: there it stays")
    }

    fn keep_one_structure(&self) -> &'static str {
        "leave this commune to one structure"
    }

    fn commune_of_no_structure(&self, name: &str, people: u32, file: &str) -> String {
        format!(
            "{name}, {people} inhabitants, is in no perimeter of {file}: its youths are absent from what is computed"
        )
    }

    fn add_it_to_a_perimeter(&self) -> &'static str {
        "add the commune to the perimeter of a structure"
    }

    fn communes_of_the_nearest_seat(&self) -> &'static str {
        "each commune is given to the nearest seat as the crow flies: that is an assumption, not the perimeter of structures"
    }

    fn give_perimeters(&self) -> &'static str {
        "give the true perimeters by --perimeters"
    }

    fn structure_without_communes(&self, name: &str) -> String {
        format!("{name} has no commune")
    }

    fn give_it_communes(&self) -> &'static str {
        "give it communes by --perimeters, or correct its seat"
    }

    fn communes_without_density(&self, without: usize, all: usize) -> String {
        format!("{without} communes of {all} have no density: they are not classified as rural or urban")
    }

    fn add_their_density(&self) -> &'static str {
        "add the column density: 1 (dense), 2 (intermediate) or 3 (rural), INSEE's grid in three levels"
    }

    fn written_before(&self, key: &Key, line: u32) -> String {
        format!("'{key}' is on line {line} already")
    }

    fn commune_not_listed(&self, code: InseeCode) -> String {
        format!("commune {code} is not in communes.csv")
    }

    fn list_the_commune(&self) -> &'static str {
        "add the commune to communes.csv, or correct the code"
    }

    fn no_such_structure(&self, name: &str) -> String {
        format!("'{name}' is no structure of structures.csv")
    }

    fn correct_the_structure(&self) -> &'static str {
        "correct the identifier, or add the structure"
    }

    fn nobody_lives_around(&self, name: &str) -> String {
        format!("nobody lives in the communes of {name}")
    }
}
