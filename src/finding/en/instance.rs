//! In English: instance files.

use super::English;
use crate::finding::Text;
use crate::finding::words::Instance;

impl Instance for English {
    fn at_path(&self, path: &str, what: &Text) -> String {
        format!("{path}: {}", what.en)
    }

    fn json_does_not_parse(&self, path: &str, why: &str) -> String {
        format!("{path}: {why}")
    }

    fn unknown_format(&self, format: &str) -> String {
        format!("$.format: '{format}' is not a known format")
    }

    fn known_formats(&self, known: &str) -> String {
        format!("known formats: {known}")
    }

    fn breaks_the_rules(&self, why: &str) -> String {
        format!("breaks the format's rules ({why})")
    }

    fn names_nothing(&self, index: u32, list: &str, count: usize) -> String {
        format!("{index} names nothing in '{list}' ({count} items, counted from 0)")
    }

    fn correct_the_index(&self) -> &'static str {
        "correct the index"
    }

    fn a_realistic_number(&self) -> &'static str {
        "give a realistic number"
    }

    fn more_than(&self, number: u32, most: u32) -> String {
        format!("{number}: more than {most}")
    }

    fn sizes(&self, min: u32, target: u32, max: u32) -> String {
        format!("minimum {min}, target {target}, maximum {max}")
    }

    fn sizes_ascend(&self) -> &'static str {
        "1 <= min <= target <= max is needed"
    }

    fn in_conflict_with_itself(&self) -> &'static str {
        "an option in conflict with itself"
    }

    fn existing_site_at_no_cost(&self) -> &'static str {
        "an existing site opens at no cost"
    }

    fn zero_or_candidate(&self) -> &'static str {
        "write 0, or 'candidate'"
    }

    fn rows_of_rooms(&self, rows: usize, sites: usize) -> String {
        format!("{rows} rows for {sites} sites")
    }

    fn rooms_for_slots(&self, rooms: usize, slots: usize) -> String {
        format!("{rooms} rooms for {slots} slots")
    }

    fn slots_do_not_ascend(&self) -> &'static str {
        "slots do not ascend"
    }

    fn weight_of_zero(&self) -> &'static str {
        "a weight of 0"
    }

    fn at_least_one(&self) -> &'static str {
        "at least 1"
    }

    fn bad_traits(&self) -> &'static str {
        "traits that do not ascend or exceed 31"
    }

    fn option_out_of_order(&self) -> &'static str {
        "an option twice, or before the one above it"
    }

    fn sort_once_each(&self) -> &'static str {
        "sort, once each"
    }

    fn objective_twice(&self) -> &'static str {
        "an objective twice"
    }

    fn no_objective(&self) -> &'static str {
        "no objective"
    }

    fn at_least_placed(&self) -> &'static str {
        "write at least 'placed'"
    }

    fn too_many_pairs(&self, most: usize) -> String {
        format!("more than {most} pairs of options in one slot")
    }

    fn split_the_instance(&self) -> &'static str {
        "split the instance"
    }

    fn see_instances(&self) -> &'static str {
        "see docs/instances.md"
    }

    fn more_than_bytes(&self, most: u64) -> String {
        format!("more than {most} bytes")
    }

    fn a_smaller_file(&self) -> &'static str {
        "give a smaller file"
    }

    fn not_utf8_text(&self) -> &'static str {
        "this is not UTF-8 text"
    }

    fn save_as_utf8(&self) -> &'static str {
        "save it as UTF-8"
    }
}
