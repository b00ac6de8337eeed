//! Structures of a country, their perimeters, and lists of territories.

use crate::units::{InseeCode, Key};

pub(crate) trait National {
    fn perimeters_of_folders(&self) -> &'static str;
    fn perimeters_of_structures(&self) -> &'static str;
    fn no_such_territory(&self, name: &str) -> String;
    fn correct_the_path(&self) -> &'static str;
    fn territory_listed_twice(&self, name: &str) -> String;
    fn no_territory_there(&self) -> &'static str;
    fn give_territories(&self) -> &'static str;
    fn commune_of_two_structures(&self, commune: &str, first: &str, line: u32) -> String;
    fn keep_one_structure(&self) -> &'static str;
    fn commune_of_no_structure(&self, name: &str, people: u32, file: &str) -> String;
    fn add_it_to_a_perimeter(&self) -> &'static str;
    fn communes_of_the_nearest_seat(&self) -> &'static str;
    fn give_perimeters(&self) -> &'static str;
    fn structure_without_communes(&self, name: &str) -> String;
    fn give_it_communes(&self) -> &'static str;
    fn communes_without_density(&self, without: usize, all: usize) -> String;
    fn add_their_density(&self) -> &'static str;
    fn written_before(&self, key: &Key, line: u32) -> String;
    fn commune_not_listed(&self, code: InseeCode) -> String;
    fn list_the_commune(&self) -> &'static str;
    fn no_such_structure(&self, name: &str) -> String;
    fn correct_the_structure(&self) -> &'static str;
    fn nobody_lives_around(&self, name: &str) -> String;
}
