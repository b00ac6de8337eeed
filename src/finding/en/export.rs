//! In English: exports of case software, and what is supposed to understand them.

use super::English;
use crate::finding::Text;
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

    fn write_name_as_in_file(&self, names: &[String]) -> String {
        format!("write its name as in the file: '{}'", names.join("', '"))
    }

    fn no_column_of_homes(&self) -> &'static str {
        "no column tells where youths live"
    }

    fn no_column_of_ages(&self) -> &'static str {
        "no column tells how old youths are"
    }

    fn supposed(&self, what: &Text, times: u32) -> String {
        format!("{} ({times}, the first here)", what.en)
    }

    fn cell_left_empty(&self, value: &str, times: u32) -> String {
        let times = if times == 1 { String::new() } else { format!(" ({times} times, the first here)") };
        format!("'{value}' is not understood: the cell is left empty{times}")
    }

    fn write_or_perhaps(&self, expected: &Text, near: &str) -> String {
        format!("write {}; perhaps {near}", expected.en)
    }

    fn add_a_column(&self, word: &str) -> String {
        format!("if one does, add --column \"ITS NAME={word}\"")
    }

    fn nothing_that_is_read(&self, text: &str, word: &str) -> String {
        format!("--column '{text}': '{word}' is nothing that is read")
    }

    fn write_name_and_word(&self, all: &str) -> String {
        format!("write NAME=WORD, with a word among {all}, ignore")
    }

    fn no_column_of_that_name(&self, header: &str) -> String {
        format!("--column: the file has no column '{header}'")
    }

    fn says_who_it_is(&self, header: &str) -> String {
        format!("--column: '{header}' says who the person is, and is never read")
    }

    fn another_name_if_not(&self) -> &'static str {
        "give the column another name if it does not"
    }

    fn another_column_already(&self, header: &str, word: &str) -> String {
        format!("--column '{header}': another column is '{word}' already")
    }

    fn no_communes(&self) -> &'static str {
        "this build does not have the table of France's communes"
    }

    fn add_communes(&self) -> &'static str {
        "add --communes FILE, in the form of communes.csv (docs/format.md)"
    }

    fn give_a_known_commune(&self) -> &'static str {
        "give the name of a known commune, or its INSEE code"
    }

    fn give_code_of_commune(&self, list: &str) -> String {
        format!("give the INSEE code of the right commune: {list}")
    }

    fn not_one_commune(&self, asked: &str) -> String {
        format!("--site: '{asked}' is not one commune")
    }

    fn no_commune_for_a_site(&self) -> &'static str {
        "no commune to put a site in"
    }

    fn add_a_site(&self) -> &'static str {
        "add --site COMMUNE"
    }

    fn nobody_of_any_age(&self) -> &'static str {
        "no row says how old a youth is"
    }

    fn check_column_of_ages(&self) -> &'static str {
        "check which column is the date of birth or the age: --column \"NAME=birth\""
    }

    fn zero_put_back(&self) -> &'static str {
        "a leading zero that a spreadsheet lost: put back"
    }

    fn former_commune(&self) -> &'static str {
        "a former commune: taken for that of today"
    }

    fn commune_by_postcode(&self) -> &'static str {
        "a commune that is not understood: taken from the postcode, which has one only"
    }

    fn yes_is_licence_b(&self) -> &'static str {
        "'yes': taken for licence B"
    }

    fn licence_not_yet(&self) -> &'static str {
        "a licence that is not passed yet: not counted"
    }

    fn no_vehicle_of_that_way(&self) -> &'static str {
        "on foot, by public transport, by scooter to stand on: no vehicle"
    }

    fn driven_every_day(&self) -> &'static str {
        "somebody drives the youth: counted every day, both ways, with an adult"
    }

    fn motorcycle(&self) -> &'static str {
        "a motorcycle: counted at the pace of a moped"
    }

    fn licence_of_vehicle(&self) -> &'static str {
        "a vehicle and no licence written: the one that it takes is supposed"
    }

    fn all_on_foot(&self) -> &'static str {
        "no column tells how youths travel: all are counted on foot"
    }

    fn in_both_forms_of_cej(&self) -> &'static str {
        "CEJ: enrolled in both forms, 'cej' and 'cej-petit-groupe', which exclude one another"
    }

    fn pacea_is_workshop(&self) -> &'static str {
        "PACEA: enrolled in the workshop"
    }

    fn enrolled_in_all(&self) -> &'static str {
        "no column tells programmes: each youth is enrolled in all"
    }

    fn home_is_the_commune(&self) -> &'static str {
        "without usable coordinates: the home is the commune"
    }

    fn nothing_tells_the_age(&self) -> &'static str {
        "nothing tells the age: the row is left out"
    }

    fn age_not_understood(&self, text: &str) -> String {
        format!("'{text}' is not understood: the row is left out")
    }

    fn several_communes(&self, text: &str) -> String {
        format!("'{text}' may be several communes: the home is left empty")
    }

    fn write_the_code_or_add_postcodes(&self, list: &str) -> String {
        format!("write the INSEE code ({list}), or add a column of postcodes, or --epci CODE")
    }
}
