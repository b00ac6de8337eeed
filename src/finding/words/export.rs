//! Exports of case software, and what is supposed to understand them.

use crate::finding::Text;

pub(crate) trait Export {
    fn perhaps(&self, near: &str) -> String;
    fn give_code_of_epci(&self, list: &str) -> String;
    fn give_code_or_name_of_epci(&self) -> &'static str;
    fn unknown_epci(&self, asked: &str) -> String;
    fn several_epcis(&self, asked: &str, several: usize) -> String;
    fn write_name_as_in_file(&self, names: &[String]) -> String;
    fn no_column_of_homes(&self) -> &'static str;
    fn no_column_of_ages(&self) -> &'static str;
    fn supposed(&self, what: &Text, times: u32) -> String;
    fn cell_left_empty(&self, value: &str, times: u32) -> String;
    fn write_or_perhaps(&self, expected: &Text, near: &str) -> String;
    fn add_a_column(&self, word: &str) -> String;
    fn nothing_that_is_read(&self, text: &str, word: &str) -> String;
    fn write_name_and_word(&self, all: &str) -> String;
    fn no_column_of_that_name(&self, header: &str) -> String;
    fn says_who_it_is(&self, header: &str) -> String;
    fn another_name_if_not(&self) -> &'static str;
    fn another_column_already(&self, header: &str, word: &str) -> String;
    fn no_communes(&self) -> &'static str;
    fn add_communes(&self) -> &'static str;
    fn give_a_known_commune(&self) -> &'static str;
    fn give_code_of_commune(&self, list: &str) -> String;
    fn not_one_commune(&self, asked: &str) -> String;
    fn no_commune_for_a_site(&self) -> &'static str;
    fn add_a_site(&self) -> &'static str;
    fn nobody_of_any_age(&self) -> &'static str;
    fn check_column_of_ages(&self) -> &'static str;
    fn zero_put_back(&self) -> &'static str;
    fn former_commune(&self) -> &'static str;
    fn commune_by_postcode(&self) -> &'static str;
    fn yes_is_licence_b(&self) -> &'static str;
    fn licence_not_yet(&self) -> &'static str;
    fn no_vehicle_of_that_way(&self) -> &'static str;
    fn driven_every_day(&self) -> &'static str;
    fn motorcycle(&self) -> &'static str;
    fn licence_of_vehicle(&self) -> &'static str;
    fn all_on_foot(&self) -> &'static str;
    fn in_both_forms_of_cej(&self) -> &'static str;
    fn pacea_is_workshop(&self) -> &'static str;
    fn enrolled_in_all(&self) -> &'static str;
    fn home_is_the_commune(&self) -> &'static str;
    fn nothing_tells_the_age(&self) -> &'static str;
    fn age_not_understood(&self, text: &str) -> String;
    fn several_communes(&self, text: &str) -> String;
    fn write_the_code_or_add_postcodes(&self, list: &str) -> String;
}
