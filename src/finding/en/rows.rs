//! In English: what the files of a territory say, each by itself.

use super::English;
use crate::finding::Text;
use crate::finding::words::Rows;
use crate::units::InseeCode;
use crate::units::Key;

impl Rows for English {
    fn metres_not_degrees(&self, x: f64, y: f64, lambert: bool) -> String {
        let which = if lambert { "probably Lambert-93" } else { "of a projection" };
        format!("lon {x} and lat {y} are metres ({which}), not degrees")
    }

    fn add_times(&self, first: &str) -> String {
        format!("nothing to do if that is meant; otherwise add them, {first} first")
    }

    fn outside_commune(&self, key: &Key, code: InseeCode, km: f64, found: Option<InseeCode>) -> String {
        let found = found.map_or_else(String::new, |found| format!("; the point is in {found}"));
        format!("{key} is about {km} km outside its commune {code}{found}")
    }

    fn rhythm_fields(&self, written: &Text) -> String {
        format!("half_days, full_days or schedules: {}", written.en)
    }

    fn rhythm_columns(&self, written: &Text) -> String {
        format!("half_days, full_days or schedules: {}", written.en)
    }

    fn none_is_written(&self) -> &'static str {
        "none is written"
    }

    fn several_are_written(&self) -> &'static str {
        "several are written"
    }

    fn lost_zero(&self, text: &str) -> String {
        format!("'{text}' lost its zero, or its letter in Corsica")
    }

    fn postcode(&self, text: &str) -> String {
        format!("'{text}' is a postcode, not an INSEE code")
    }

    fn merged_commune(&self, text: &str, name: &str) -> String {
        let name = if name.is_empty() { String::new() } else { format!(" ({name})") };
        format!("'{text}' is the former code of a commune that was merged{name}")
    }

    fn name_for_code(&self, text: &str) -> String {
        format!("'{text}' looks like a name, not an identifier")
    }

    fn write_if_it_is_the_one(&self, list: &Text) -> String {
        format!("write {} if that is the one, and keep the column as text in the spreadsheet", list.en)
    }

    fn write_the_insee_code(&self, list: &Text) -> String {
        format!("write the INSEE code of the commune: {}", list.en)
    }

    fn write_the_code_of_today(&self, list: &Text) -> String {
        format!("write that of the commune of today: {}", list.en)
    }

    fn write_the_identifier(&self, list: &Text) -> String {
        format!("write the identifier, if that is the one: {}", list.en)
    }

    fn not_in_communes(&self) -> &'static str {
        ", not in communes.csv"
    }

    fn correct_or_leave_empty_for_all_sites(&self) -> &'static str {
        "correct the identifier, or leave it empty for all sites"
    }

    fn zero_coordinates(&self) -> &'static str {
        "lon and lat are zero: a point in the Gulf of Guinea"
    }

    fn correct_or_leave_both_empty(&self) -> &'static str {
        "correct them, or leave both empty if the place is not located"
    }

    fn swapped_coordinates(&self, lon: f64, lat: f64) -> String {
        format!("lon {lon} and lat {lat} seem swapped: this point is in East Africa")
    }

    fn write_swapped(&self, lon: f64, lat: f64) -> String {
        format!("write lon {lat} and lat {lon} if the place is in France")
    }

    fn export_in_degrees(&self) -> &'static str {
        "export the points in WGS84 (EPSG:4326), in degrees"
    }

    fn points_not_in_degrees(&self, system: &str) -> String {
        format!("these points are in {system}, not in degrees of WGS84")
    }

    fn convert_points(&self) -> &'static str {
        "convert the table to WGS84 (EPSG:4326); with geopandas: .to_crs(4326)"
    }

    fn there_already(&self, key: &Key) -> String {
        format!("{key} is there already")
    }

    fn another_identifier(&self) -> &'static str {
        "give another identifier"
    }

    fn write_with_leading_zero(&self, text: &str) -> String {
        format!("write '0{text}' if a spreadsheet lost the leading zero")
    }

    fn link_to_nowhere(&self, key: &Key) -> String {
        format!("link {key} leads to no site, even with changes")
    }

    fn check_its_stops(&self) -> &'static str {
        "check its stops, or declare the link that goes on to a site"
    }

    fn neither_communes_nor_zone(&self) -> &'static str {
        "'communes' and 'zone' are empty"
    }

    fn say_where_it_comes(&self) -> &'static str {
        "say where the service comes: its communes, or a zone of zones.geojson"
    }

    fn both_communes_and_zone(&self) -> &'static str {
        "'communes' and 'zone' are both filled in"
    }

    fn keep_one_of_the_two(&self) -> &'static str {
        "keep one of them"
    }

    fn once_is_enough_of_a_commune(&self) -> &'static str {
        "once is enough; perhaps another one is missing"
    }

    fn draw_the_zone(&self, file: &str, property: &str) -> String {
        format!("draw it in {file}, its property '{property}' having that name")
    }

    fn write_a_zone_of(&self, file: &str, known: &str) -> String {
        format!("write one of those of {file}: {known}")
    }

    fn zone_not_there(&self, zone: &str, file: &str) -> String {
        format!("zone {zone} is not in {file}")
    }

    fn zone_drawn_twice(&self, name: &str) -> String {
        format!("zone {name} is already drawn")
    }

    fn a_name_for_each_zone(&self) -> &'static str {
        "give each its own name, or make one MultiPolygon of them"
    }

    fn outline_of_unknown_commune(&self, code: &str) -> String {
        format!("this outline is of an unknown commune, {code}")
    }

    fn add_the_commune(&self) -> &'static str {
        "add it to communes.csv, or remove the outline"
    }

    fn centre_outside(&self, code: &str, km: f64) -> String {
        format!("the centre of {code} is about {km} km outside its outline")
    }

    fn check_lon_and_lat(&self) -> &'static str {
        "check lon and lat in communes.csv"
    }

    fn sizes_of_a_row_out_of_order(&self, min: u32, target: u32, max: u32) -> String {
        format!("min {min}, target {target}, max {max} are out of order")
    }

    fn sizes_of_a_row_ascend(&self) -> &'static str {
        "1 <= min <= target <= max <= 1000 is needed"
    }

    fn fill_in_one_column(&self) -> &'static str {
        "fill in one of the three columns"
    }

    fn sizes_out_of_order(&self, min: u32, target: u32, max: u32) -> String {
        format!("min {min}, target {target}, max {max} are out of order")
    }

    fn sizes_of_a_programme_ascend(&self) -> &'static str {
        "1 <= min <= target <= max <= 1000 is needed"
    }

    fn write_one_of_three(&self) -> &'static str {
        "write one of the three"
    }

    fn site_twice_in_turn(&self, site: &Key) -> String {
        format!("site {site} is twice among those that alternate")
    }

    fn keep_it_once(&self) -> &'static str {
        "keep it once"
    }

    fn sessions_contradict(&self) -> &'static str {
        "needed, needed_count and needed_percent contradict one another"
    }

    fn keep_one_field(&self) -> &'static str {
        "keep one of them"
    }

    fn too_many_slots(&self, most: usize) -> String {
        format!("more than {most} half-days")
    }

    fn a_usual_week(&self) -> &'static str {
        "a usual week is enough, without dates"
    }

    fn of_the_synthesis(&self, what: &str) -> String {
        format!("[synthesis]: {what}")
    }

    fn correct_the_synthesis(&self) -> &'static str {
        "correct the section; docs/format.md describes its fields"
    }

    fn correct_or_take_the_line_out(&self) -> &'static str {
        "correct the identifier, or take the line out"
    }

    fn times_twice(&self) -> &'static str {
        "this home and this site already have times, for this mode and date"
    }

    fn keep_one_line(&self) -> &'static str {
        "keep one line"
    }

    fn add_times_or_complete(&self) -> &'static str {
        "add them, or write missing = \"complete\" under [times] in territory.toml"
    }

    fn times_completed(&self, all: usize, n: usize, unknown: usize) -> String {
        format!("{all} pairs of home and site without times: {n} completed by an estimate, {unknown} unknown")
    }

    fn times_missing(&self, all: usize, some: &str, more: &str) -> String {
        format!("{all} pairs of home and site have no times: {some}{more}")
    }

    fn communes_from_outlines(&self, times: u64) -> String {
        format!("commune told from the outlines: {times}, the first here")
    }

    fn fill_insee_code(&self) -> &'static str {
        "nothing to do; or fill insee_code in"
    }

    fn check_coordinates_and_code(&self) -> &'static str {
        "check its coordinates and its code"
    }
}
