//! Timetables, and what is changed in them.

use crate::finding::Text;
use crate::units::ClockTime;
use jiff::civil::Date;

pub(crate) trait Timetable {
    fn wait_at_site(&self, most: Option<u32>) -> String;
    fn by_timetable(
        &self,
        name: &str,
        horizon: (Date, Date),
        walk: u32,
        change: u32,
        rides: u8,
        wait: &Text,
    ) -> String;
    fn service_on_demand(&self, name: &str, from: ClockTime, to: ClockTime, booking: &Text) -> String;
    fn tell_the_publisher(&self) -> &'static str;
    fn write_dates(&self) -> &'static str;
    fn write_times(&self) -> &'static str;
    fn check_agency(&self) -> &'static str;
    fn check_booking(&self) -> &'static str;
    fn trip_leaves_too_early_or_late(&self, at: ClockTime, stop: &str) -> String;
    fn choose_fewer_minutes(&self) -> &'static str;
    fn time_goes_back(&self, stop: &str) -> String;
    fn correct_the_times(&self) -> &'static str;
    fn trip_without_two_stops(&self, line: &str) -> String;
    fn give_two_stops(&self) -> &'static str;
    fn no_line_called(&self, name: &str) -> String;
    fn correct_the_line(&self) -> &'static str;
    fn no_stop_called(&self, name: &str) -> String;
    fn correct_the_stop(&self) -> &'static str;
    fn no_trip_calls_then(&self, line: &str, stop: &str, at: ClockTime, times: &str) -> String;
    fn choose_one_of_these_times(&self) -> &'static str;
    fn no_trip_ends_there(&self, line: &str, end: &str) -> String;
    fn name_the_end(&self) -> &'static str;
    fn trip_leaves_before_midnight(&self, line: &str) -> String;
    fn choose_a_shorter_ride(&self) -> &'static str;
    fn date_outside(&self, first: Date, last: Date, date: Date) -> String;
    fn ask_for_that_date(&self) -> &'static str;
    fn ask_for_a_newer_timetable(&self) -> &'static str;
    fn dates_outside(&self, outside: usize, dates: usize, first: Date, last: Date) -> String;
    fn thin_from(&self, from: Date, sparse: usize) -> String;
    fn ride_to_stop(&self, most: u32) -> String;
    fn on_demand_figures(&self) -> &'static str;
    fn neither_folder_nor_zip(&self) -> &'static str;
    fn fetch_it_again(&self) -> &'static str;
    fn file_missing(&self, file: &str) -> String;
    fn ask_for_a_whole_feed(&self) -> &'static str;
    fn unknown_zone(&self, name: &str) -> String;
    fn two_zones(&self, first: &str, name: &str) -> String;
    fn give_one_zone(&self) -> &'static str;
    fn too_many_rows(&self) -> &'static str;
    fn keep_the_region(&self) -> &'static str;
    fn cannot_be_unpacked(&self) -> &'static str;
    fn row_too_long(&self) -> &'static str;
    fn table_too_long(&self) -> &'static str;
    fn too_many_columns(&self) -> &'static str;
    fn no_trip_has_times(&self) -> &'static str;
    fn check_the_file(&self) -> &'static str;
    fn rows_of_unknown_trips(&self, first: &str, n: u64) -> String;
    fn rows_of_unknown_stops(&self, first: &str, n: u64) -> String;
    fn trips_of_unknown_lines(&self, first: &str, n: u64) -> String;
    fn bad_dates(&self, first: &str, n: u64) -> String;
    fn bad_rows(&self, first: &str, n: u64) -> String;
    fn trips_twice_at_a_rank(&self, first: &str, n: u64) -> String;
    fn trips_with_blank_ends(&self, first: &str, n: u64) -> String;
    fn bad_times(&self, first: &str, n: u64) -> String;
    fn trips_back_in_time(&self, first: &str, n: u64) -> String;
    fn trips_of_one_stop(&self, first: &str, n: u64) -> String;
    fn times_interpolated(&self, n: u64) -> String;
    fn trips_never_run(&self, n: u64) -> String;
    fn stops_without_position(&self, first: &str, n: u64) -> String;
    fn stops_swapped(&self, first: &str, n: u64) -> String;
    fn stops_far_away(&self, first: &str, n: u64) -> String;
    fn identifiers_twice(&self, first: &str, n: u64) -> String;
    fn stops_of_unknown_stations(&self, first: &str, n: u64) -> String;
    fn files_in_a_folder(&self, first: &str) -> String;
    fn texts_not_utf8(&self, first: &str, n: u64) -> String;
    fn no_time_zone(&self) -> &'static str;
    fn long_calendars(&self, first: &str, n: u64) -> String;
    fn transfers_by_trip(&self, n: u64) -> String;
    fn transfers_in_seat(&self, n: u64) -> String;
    fn hail_and_ride(&self, n: u64) -> String;
    fn trips_on_demand(&self, first: &str, n: u64) -> String;
    fn trips_without_window(&self, first: &str, n: u64) -> String;
    fn trips_to_unknown_places(&self, first: &str, n: u64) -> String;
    fn trips_of_unknown_rules(&self, first: &str, n: u64) -> String;
    fn trips_nobody_rides(&self, first: &str, n: u64) -> String;
    fn zones_unreadable(&self) -> &'static str;
    fn zones_left_out(&self, first: &str, n: u64) -> String;
    fn groups_mixed(&self, n: u64) -> String;
    fn rules_of_plain_days(&self, first: &str, n: u64) -> String;
    fn calls_without_rule(&self, n: u64) -> String;
    fn trips_without_duration(&self, first: &str, n: u64) -> String;
    fn horizon_of_feed_info(&self) -> &'static str;
    fn other_files(&self, first: &str, n: u64) -> String;
    fn other_columns(&self, first: &str, n: u64) -> String;
    fn archive_without_timetable(&self) -> &'static str;
}
