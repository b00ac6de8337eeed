//! In English: road files, and where doors join the roads.

use super::English;
use crate::finding::Text;
use crate::finding::words::Roads;

impl Roads for English {
    fn not_a_whole_pbf(&self, expected: &Text) -> String {
        format!("this file is not a whole .osm.pbf; expected: {}", expected.en)
    }

    fn travel_by_road(&self, name: &str, modes: &Text) -> String {
        format!(
            "travel by road ({name}): {}, speeds by class of road, without parking; © OpenStreetMap contributors",
            modes.en
        )
    }

    fn one_blob_at_least(&self) -> &'static str {
        "at least one blob"
    }

    fn two_billion_points(&self) -> &'static str {
        "at most two thousand million points of roads"
    }

    fn strings_of_the_table(&self) -> &'static str {
        "strings of the block's table"
    }

    fn download_again(&self) -> &'static str {
        "download it again"
    }

    fn points_missing(&self, missing: u64) -> String {
        format!("{missing} points of roads are missing or off the earth: these roads are cut there")
    }

    fn extract_whole_roads(&self) -> &'static str {
        "extract whole roads (osmium extract --strategy complete_ways)"
    }

    fn turns_not_obeyed(&self, by_roads: u64) -> String {
        format!("{by_roads} turn restrictions lead by way of a road: they are not obeyed")
    }

    fn unknown_values(&self, total: u64, shown: &str) -> String {
        format!("{total} values on roads are not known, and count as usual: {shown}")
    }

    fn a_profile_that_knows_them(&self) -> &'static str {
        "nothing, or give a profile that knows them"
    }

    fn share_without_limit(&self, percent: f64) -> String {
        format!(
            "{percent}% of the length of the trips is on roads without a tagged limit: their speed is that of their class"
        )
    }

    fn keep_a_margin(&self) -> &'static str {
        "keep a margin"
    }

    fn doors_off_the_roads(&self, count: usize, shown: &str) -> String {
        format!("{count} places or sites are too far from every road: {shown}")
    }

    fn check_doors_or_larger_extract(&self) -> &'static str {
        "check their coordinates, or take a larger extract"
    }

    fn doors_far_from_roads(&self, count: usize, shown: &str) -> String {
        format!("{count} places or sites are more than 300 m from a road: {shown}")
    }

    fn check_doors(&self) -> &'static str {
        "check their coordinates"
    }

    fn doors_near_the_edge(&self, count: u64) -> String {
        format!(
            "{count} places or sites are nearer to the edge of the extract than the travel limit: a shorter way may lead outside"
        )
    }

    fn larger_extract(&self) -> &'static str {
        "take a larger extract"
    }

    fn bad_profile(&self, why: &str) -> String {
        format!("this road profile can't be read: {why}")
    }

    fn correct_the_profile(&self) -> &'static str {
        "correct it; docs/roads.md describes its fields, data/profiles/ has examples"
    }

    fn a_whole_file(&self) -> &'static str {
        "a whole file: it is cut"
    }

    fn a_small_header(&self) -> &'static str {
        "a blob header of at most 64 KiB"
    }

    fn a_small_blob(&self) -> &'static str {
        "a blob of at most 32 MiB"
    }

    fn a_header_with_kind_and_size(&self) -> &'static str {
        "a blob header with a kind and a size"
    }

    fn a_zlib_blob(&self) -> &'static str {
        "a blob compressed by zlib, or not at all"
    }

    fn a_blob_with_content(&self) -> &'static str {
        "a blob with content and its size"
    }

    fn a_small_blob_unpacked(&self) -> &'static str {
        "a blob of at most 32 MiB unpacked"
    }

    fn a_blob_of_the_size_it_says(&self) -> &'static str {
        "a blob that unpacks to the size that it says"
    }

    fn a_table_of_strings(&self) -> &'static str {
        "a table of at most two million strings"
    }

    fn no_unknown_features(&self) -> &'static str {
        "a file without features that are not known (such as history)"
    }

    fn a_number(&self) -> &'static str {
        "a number"
    }

    fn a_field_of_bytes(&self) -> &'static str {
        "a field of bytes"
    }

    fn a_size(&self) -> &'static str {
        "a size"
    }

    fn a_field_type(&self) -> &'static str {
        "a field type"
    }

    fn a_field_within_its_message(&self) -> &'static str {
        "a field within its message"
    }

    fn a_complete_number(&self) -> &'static str {
        "a whole number"
    }
}
