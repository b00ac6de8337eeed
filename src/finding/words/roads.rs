//! Road files, and where doors join the roads.

use crate::finding::Text;

pub(crate) trait Roads {
    fn not_a_whole_pbf(&self, expected: &Text) -> String;
    fn travel_by_road(&self, name: &str, modes: &Text) -> String;
    fn one_blob_at_least(&self) -> &'static str;
    fn two_billion_points(&self) -> &'static str;
    fn strings_of_the_table(&self) -> &'static str;
    fn download_again(&self) -> &'static str;
    fn points_missing(&self, missing: u64) -> String;
    fn extract_whole_roads(&self) -> &'static str;
    fn turns_not_obeyed(&self, by_roads: u64) -> String;
    fn unknown_values(&self, total: u64, shown: &str) -> String;
    fn a_profile_that_knows_them(&self) -> &'static str;
    fn share_without_limit(&self, percent: f64) -> String;
    fn keep_a_margin(&self) -> &'static str;
    fn doors_off_the_roads(&self, count: usize, shown: &str) -> String;
    fn check_doors_or_larger_extract(&self) -> &'static str;
    fn doors_far_from_roads(&self, count: usize, shown: &str) -> String;
    fn check_doors(&self) -> &'static str;
    fn doors_near_the_edge(&self, count: u64) -> String;
    fn larger_extract(&self) -> &'static str;
    fn bad_profile(&self, why: &str) -> String;
    fn correct_the_profile(&self) -> &'static str;
    fn a_whole_file(&self) -> &'static str;
    fn a_small_header(&self) -> &'static str;
    fn a_small_blob(&self) -> &'static str;
    fn a_header_with_kind_and_size(&self) -> &'static str;
    fn a_zlib_blob(&self) -> &'static str;
    fn a_blob_with_content(&self) -> &'static str;
    fn a_small_blob_unpacked(&self) -> &'static str;
    fn a_blob_of_the_size_it_says(&self) -> &'static str;
    fn a_table_of_strings(&self) -> &'static str;
    fn no_unknown_features(&self) -> &'static str;
    fn a_number(&self) -> &'static str;
    fn a_field_of_bytes(&self) -> &'static str;
    fn a_size(&self) -> &'static str;
    fn a_field_type(&self) -> &'static str;
    fn a_field_within_its_message(&self) -> &'static str;
    fn a_complete_number(&self) -> &'static str;
}
