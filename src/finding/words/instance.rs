//! Instance files.

use crate::finding::Text;

pub(crate) trait Instance {
    fn at_path(&self, path: &str, what: &Text) -> String;
    fn json_does_not_parse(&self, path: &str, why: &str) -> String;
    fn unknown_format(&self, format: &str) -> String;
    fn known_formats(&self, known: &str) -> String;
    fn breaks_the_rules(&self, why: &str) -> String;
    fn names_nothing(&self, index: u32, list: &str, count: usize) -> String;
    fn correct_the_index(&self) -> &'static str;
    fn a_realistic_number(&self) -> &'static str;
    fn more_than(&self, number: u32, most: u32) -> String;
    fn sizes(&self, min: u32, target: u32, max: u32) -> String;
    fn sizes_ascend(&self) -> &'static str;
    fn in_conflict_with_itself(&self) -> &'static str;
    fn existing_site_at_no_cost(&self) -> &'static str;
    fn zero_or_candidate(&self) -> &'static str;
    fn rows_of_rooms(&self, rows: usize, sites: usize) -> String;
    fn rooms_for_slots(&self, rooms: usize, slots: usize) -> String;
    fn slots_do_not_ascend(&self) -> &'static str;
    fn weight_of_zero(&self) -> &'static str;
    fn at_least_one(&self) -> &'static str;
    fn bad_traits(&self) -> &'static str;
    fn option_out_of_order(&self) -> &'static str;
    fn sort_once_each(&self) -> &'static str;
    fn objective_twice(&self) -> &'static str;
    fn no_objective(&self) -> &'static str;
    fn at_least_placed(&self) -> &'static str;
    fn too_many_pairs(&self, most: usize) -> String;
    fn split_the_instance(&self) -> &'static str;
    fn see_instances(&self) -> &'static str;
    fn more_than_bytes(&self, most: u64) -> String;
    fn a_smaller_file(&self) -> &'static str;
    fn not_utf8_text(&self) -> &'static str;
    fn save_as_utf8(&self) -> &'static str;
}
