//! Levers: what scenarios say of them, whether they fit the territory, and their usual names.

use crate::units::Key;

pub(crate) trait Levers {
    fn more_scenarios(&self, most: usize, folder: &str) -> String;
    fn more_levers(&self, most: usize, folder: &str) -> String;
    fn keep_those_compared(&self) -> &'static str;
    fn no_name_of_a_scenario(&self, stem: &str) -> String;
    fn rename_the_scenario(&self) -> &'static str;
    fn lever_called_already(&self, key: &Key, folder: &str) -> String;
    fn no_such_lever(&self, key: &Key) -> String;
    fn write_this_one(&self, key: &Key) -> String;
    fn correct_or_describe_lever(&self, folder: &str) -> String;
    fn a_decider(&self) -> &'static str;
    fn a_kind_of_lever(&self, listed: &str) -> String;
    fn a_vehicle(&self) -> &'static str;
    fn ceiling_for_volunteers(&self) -> &'static str;
    fn no_trip_changed(&self) -> &'static str;
    fn write_a_change_of_trips(&self) -> &'static str;
    fn trip_of_two_stops(&self) -> &'static str;
    fn write_stops_in_order(&self) -> &'static str;
    fn two_to_ten_sites(&self) -> &'static str;
}
