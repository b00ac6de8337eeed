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

    fn no_adviser_at_all(&self, key: &Key) -> String {
        format!("there is no adviser {key}: advisers.csv lists none")
    }

    fn no_such_adviser(&self, key: &Key) -> String {
        format!("there is no adviser {key}")
    }

    fn stop_is_no_place(&self, key: &Key) -> String {
        format!("stop {key} is no place of the territory")
    }

    fn adviser_called_so(&self, lever: &Key) -> String {
        format!("lever {lever} adds an adviser, and one is called so already")
    }

    fn another_identifier_of_lever(&self) -> &'static str {
        "give the lever another identifier"
    }

    fn correct_or_remove_lever(&self) -> &'static str {
        "correct this lever or remove it: as it is, it changes nothing"
    }

    fn lever_beyond_horizon(&self, lever: &Key, limit: u32, horizon: u32) -> String {
        format!(
            "lever {lever} admits trips of {limit} min, and trips beyond {horizon} min are not looked for"
        )
    }

    fn lower_limit_or_longer_horizon(&self) -> &'static str {
        "lower its limit, or raise horizon_min in territory.toml"
    }

    fn site_is_no_candidate(&self, site: &Key) -> String {
        format!("site {site} is open already: it is no candidate")
    }

    fn site_never_opens_then(&self, site: &Key) -> String {
        format!("site {site} can open in none of these half-days")
    }

    fn site_open_already(&self, site: &Key) -> String {
        format!("site {site} is open in these half-days already")
    }

    fn site_not_open_then(&self, site: &Key) -> String {
        format!("site {site} is not open in these half-days")
    }

    fn half_days_not_limited(&self) -> &'static str {
        "nothing limits the half-days of advisers: advisers.csv lists none"
    }

    fn adviser_works_there(&self, adviser: &Key, site: &Key) -> String {
        format!("adviser {adviser} works at site {site} already")
    }

    fn loan_to_nobody(&self) -> &'static str {
        "a loan to nobody with the licence: no youth may drive this vehicle"
    }

    fn no_car_among_drivers(&self) -> &'static str {
        "none of these youths has a car to take others along"
    }

    fn only_so_much_on_site(&self, programme: &Key, needed: u8) -> String {
        format!("programme {programme} needs {needed}% of the sessions on site only")
    }

    fn nobody_to_be_like(&self, programme: &Key) -> String {
        format!("nobody is enrolled in programme {programme}: those who would come are like nobody")
    }

    fn minimum_not_smaller(&self, programme: &Key, min: u32, today: u32) -> String {
        format!("a minimum of {min} is not smaller: that of programme {programme} is {today}")
    }

    fn limit_not_longer(&self, programme: &Key, limit: u32, today: u32) -> String {
        format!("a limit of {limit} min is not longer: that of programme {programme} is {today} min")
    }

    fn held_then_already(&self, programme: &Key) -> String {
        format!("programme {programme} may be held in these half-days already")
    }

    fn an_assumption(&self) -> &'static str {
        "assumption"
    }

    fn open_site(&self, name: &str) -> String {
        format!("Open {name}")
    }

    fn one_more_room(&self, name: &str) -> String {
        format!("One more room at {name}")
    }

    fn groups_from(&self, called: &str, min: u32) -> String {
        format!("{called}: groups of {min} or more")
    }

    fn two_groups(&self, called: &str, min: u32, max: u32) -> String {
        format!("{called}: two groups of {min} to {max}")
    }

    fn trips_at_most(&self, called: &str, minutes: u32) -> String {
        format!("{called}: trips of {minutes} min at most")
    }

    fn half_by_video(&self, called: &str) -> String {
        format!("{called}: half by video")
    }

    fn one_more_adviser(&self, half_days: u32) -> String {
        format!("One more adviser, {half_days} half-days a week")
    }

    fn lend_mopeds(&self, count: u32) -> String {
        format!("Lend {count} mopeds")
    }

    fn lend_ebikes(&self, count: u32) -> String {
        format!("Lend {count} e-bikes")
    }

    fn a_shuttle_to(&self, name: &str) -> String {
        format!("A shuttle to {name} on Tuesdays and Thursdays")
    }

    fn volunteers_for(&self, places: u32, km: u32) -> String {
        format!("Volunteers for {places} youths, up to {km} km")
    }

    fn one_week_each(&self, called: &str, a: &str, b: &str) -> String {
        format!("{called}: one week at {a}, the next at {b}")
    }
}
