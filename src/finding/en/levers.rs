//! In English: levers.

use super::English;
use crate::finding::words::Levers;
use crate::units::Key;

impl Levers for English {
    fn more_scenarios(&self, most: usize, folder: &str) -> String {
        format!("more than {most} files in {folder}/: the others are not read")
    }

    fn more_levers(&self, most: usize, folder: &str) -> String {
        format!("more than {most} levers in {folder}/: the others are not read")
    }

    fn keep_those_compared(&self) -> &'static str {
        "keep those that you compare"
    }

    fn no_name_of_a_scenario(&self, stem: &str) -> String {
        format!("'{stem}' can't be the name of a scenario")
    }

    fn rename_the_scenario(&self) -> &'static str {
        "rename the file: 1 to 64 characters before .toml, no space at the ends"
    }

    fn lever_called_already(&self, key: &Key, folder: &str) -> String {
        format!("a lever is called {key} already, here or in another file of {folder}/")
    }

    fn no_such_lever(&self, key: &Key) -> String {
        format!("there is no lever {key}")
    }

    fn write_this_one(&self, key: &Key) -> String {
        format!("write {key}, if that is the one")
    }

    fn correct_or_describe_lever(&self, folder: &str) -> String {
        format!("correct the identifier, or describe this lever in a [[lever]] of a file of {folder}/")
    }

    fn a_decider(&self) -> &'static str {
        "structure, aom, region, department, association or partner"
    }

    fn a_kind_of_lever(&self, listed: &str) -> String {
        format!("a kind of lever: {listed}")
    }

    fn a_vehicle(&self) -> &'static str {
        "car, quadricycle, moped, ebike or bike"
    }

    fn ceiling_for_volunteers(&self) -> &'static str {
        "0.32 at most, the ceiling of decree 2019-850"
    }

    fn no_trip_changed(&self) -> &'static str {
        "this lever changes no trip"
    }

    fn write_a_change_of_trips(&self) -> &'static str {
        "write at least one [[lever.move]], [[lever.remove]], [[lever.extend]] or [[lever.add]]"
    }

    fn trip_of_two_stops(&self) -> &'static str {
        "a trip calls at two stops or more, one after the other"
    }

    fn write_stops_in_order(&self) -> &'static str {
        "write the stops in the order of their times"
    }

    fn two_to_ten_sites(&self) -> &'static str {
        "2 to 10 sites"
    }
}
