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
    fn no_adviser_at_all(&self, key: &Key) -> String;
    fn no_such_adviser(&self, key: &Key) -> String;
    fn stop_is_no_place(&self, key: &Key) -> String;
    fn adviser_called_so(&self, lever: &Key) -> String;
    fn another_identifier_of_lever(&self) -> &'static str;
    fn correct_or_remove_lever(&self) -> &'static str;
    fn lever_beyond_horizon(&self, lever: &Key, limit: u32, horizon: u32) -> String;
    fn lower_limit_or_longer_horizon(&self) -> &'static str;
    fn site_is_no_candidate(&self, site: &Key) -> String;
    fn site_never_opens_then(&self, site: &Key) -> String;
    fn site_open_already(&self, site: &Key) -> String;
    fn site_not_open_then(&self, site: &Key) -> String;
    fn half_days_not_limited(&self) -> &'static str;
    fn adviser_works_there(&self, adviser: &Key, site: &Key) -> String;
    fn loan_to_nobody(&self) -> &'static str;
    fn no_car_among_drivers(&self) -> &'static str;
    fn only_so_much_on_site(&self, programme: &Key, needed: u8) -> String;
    fn nobody_to_be_like(&self, programme: &Key) -> String;
    fn minimum_not_smaller(&self, programme: &Key, min: u32, today: u32) -> String;
    fn limit_not_longer(&self, programme: &Key, limit: u32, today: u32) -> String;
    fn held_then_already(&self, programme: &Key) -> String;
    fn an_assumption(&self) -> &'static str;
    fn open_site(&self, name: &str) -> String;
    fn one_more_room(&self, name: &str) -> String;
    fn groups_from(&self, called: &str, min: u32) -> String;
    fn two_groups(&self, called: &str, min: u32, max: u32) -> String;
    fn trips_at_most(&self, called: &str, minutes: u32) -> String;
    fn half_by_video(&self, called: &str) -> String;
    fn one_more_adviser(&self, half_days: u32) -> String;
    fn lend_mopeds(&self, count: u32) -> String;
    fn lend_ebikes(&self, count: u32) -> String;
    fn a_shuttle_to(&self, name: &str) -> String;
    fn volunteers_for(&self, places: u32, km: u32) -> String;
    fn one_week_each(&self, called: &str, a: &str, b: &str) -> String;
}
