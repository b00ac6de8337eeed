//! In English: timetables, and what is changed in them.

use super::English;
use crate::finding::Text;
use crate::finding::words::Timetable;
use crate::units::ClockTime;
use jiff::civil::Date;

impl Timetable for English {
    fn wait_at_site(&self, most: Option<u32>) -> String {
        most.map_or_else(
            || "the wait at the site is not counted".to_owned(),
            |n| format!("at most {n} min of waiting at the site"),
        )
    }

    fn by_timetable(
        &self,
        name: &str,
        horizon: (Date, Date),
        walk: u32,
        change: u32,
        rides: u8,
        wait: &Text,
    ) -> String {
        let ((first, last), wait) = (horizon, &wait.en);
        format!(
            "timetable of '{name}', from {first} to {last}: at most {walk} min on foot to a stop, {change} min to change, at most {rides} vehicles; {wait}"
        )
    }

    fn service_on_demand(&self, name: &str, from: ClockTime, to: ClockTime, booking: &Text) -> String {
        format!("'{name}', from {from} to {to}: {}", booking.en)
    }

    fn tell_the_publisher(&self) -> &'static str {
        "tell whoever publishes the timetable"
    }

    fn write_dates(&self) -> &'static str {
        "write dates YYYYMMDD"
    }

    fn write_times(&self) -> &'static str {
        "write times HH:MM:SS, at most 95:59:59"
    }

    fn check_agency(&self) -> &'static str {
        "check agency.txt"
    }

    fn check_booking(&self) -> &'static str {
        "check until when one books"
    }

    fn trip_leaves_too_early_or_late(&self, at: ClockTime, stop: &str) -> String {
        format!("the trip of {at} at {stop} would leave before midnight, or too late")
    }

    fn choose_fewer_minutes(&self) -> &'static str {
        "choose fewer minutes"
    }

    fn time_goes_back(&self, stop: &str) -> String {
        format!("time goes back at {stop}")
    }

    fn correct_the_times(&self) -> &'static str {
        "correct the times"
    }

    fn trip_without_two_stops(&self, line: &str) -> String {
        format!("a trip of {line} does not have two stops")
    }

    fn give_two_stops(&self) -> &'static str {
        "give at least two stops"
    }

    fn no_line_called(&self, name: &str) -> String {
        format!("no line is called {name}")
    }

    fn correct_the_line(&self) -> &'static str {
        "correct the name of the line"
    }

    fn no_stop_called(&self, name: &str) -> String {
        format!("no stop is called {name}")
    }

    fn correct_the_stop(&self) -> &'static str {
        "correct the name of the stop"
    }

    fn no_trip_calls_then(&self, line: &str, stop: &str, at: ClockTime, times: &str) -> String {
        format!("no trip of {line} calls at {stop} at {at}; it does at: {times}")
    }

    fn choose_one_of_these_times(&self) -> &'static str {
        "choose one of these times"
    }

    fn no_trip_ends_there(&self, line: &str, end: &str) -> String {
        format!("no trip of {line} begins or ends at {end}")
    }

    fn name_the_end(&self) -> &'static str {
        "name the stop where the line ends"
    }

    fn trip_leaves_before_midnight(&self, line: &str) -> String {
        format!("a trip of {line} would leave before midnight")
    }

    fn choose_a_shorter_ride(&self) -> &'static str {
        "choose a shorter ride"
    }

    fn date_outside(&self, first: Date, last: Date, date: Date) -> String {
        format!("the timetable goes from {first} to {last}: what runs on {date} is not known")
    }

    fn ask_for_that_date(&self) -> &'static str {
        "ask for the timetable of that date"
    }

    fn ask_for_a_newer_timetable(&self) -> &'static str {
        "ask for a newer timetable"
    }

    fn dates_outside(&self, outside: usize, dates: usize, first: Date, last: Date) -> String {
        format!(
            "{outside} of the {dates} days with sessions are outside the timetable, which goes from {first} to {last}: what runs then is not known"
        )
    }

    fn thin_from(&self, from: Date, sparse: usize) -> String {
        format!(
            "the timetable is probably incomplete from {from}: {sparse} days with sessions count as unknown"
        )
    }

    fn ride_to_stop(&self, most: u32) -> String {
        format!("at most {most} min by vehicle or lift to a stop; the vehicle waits there for the way back")
    }

    fn on_demand_figures(&self) -> &'static str {
        "transport on demand: wait and speed as declared, straight lines × detour; seats are not counted"
    }

    fn neither_folder_nor_zip(&self) -> &'static str {
        "this is neither a folder nor a zip of timetables, or the zip is damaged"
    }

    fn fetch_it_again(&self) -> &'static str {
        "fetch it again, or give a timetable in GTFS"
    }

    fn file_missing(&self, file: &str) -> String {
        format!("{file} is missing")
    }

    fn ask_for_a_whole_feed(&self) -> &'static str {
        "ask for a whole GTFS feed"
    }

    fn unknown_zone(&self, name: &str) -> String {
        format!("unknown time zone: '{name}'")
    }

    fn two_zones(&self, first: &str, name: &str) -> String {
        format!("two time zones whose clocks differ: {first} and {name}")
    }

    fn give_one_zone(&self) -> &'static str {
        "give timetables of one zone, named as Europe/Paris"
    }

    fn too_many_rows(&self) -> &'static str {
        "more rows than the timetable of a country has"
    }

    fn keep_the_region(&self) -> &'static str {
        "keep the stops and trips of the region"
    }

    fn cannot_be_unpacked(&self) -> &'static str {
        "this file of the archive can't be unpacked"
    }

    fn row_too_long(&self) -> &'static str {
        "a row of more than a million bytes"
    }

    fn table_too_long(&self) -> &'static str {
        "more than 2 GB once unpacked"
    }

    fn too_many_columns(&self) -> &'static str {
        "more than 1,000 columns"
    }

    fn no_trip_has_times(&self) -> &'static str {
        "no trip has times"
    }

    fn check_the_file(&self) -> &'static str {
        "check that this is the right file"
    }

    fn rows_of_unknown_trips(&self, first: &str, n: u64) -> String {
        format!("rows name a trip that is not in trips.txt (the first: '{first}'): left out; in all: {n}")
    }

    fn rows_of_unknown_stops(&self, first: &str, n: u64) -> String {
        format!("rows name a stop that is not in stops.txt (the first: '{first}'): left out; in all: {n}")
    }

    fn trips_of_unknown_lines(&self, first: &str, n: u64) -> String {
        format!(
            "trips of a route that is not in routes.txt (the first: '{first}'): kept under the route '?'; in all: {n}"
        )
    }

    fn bad_dates(&self, first: &str, n: u64) -> String {
        format!("rows with a date that is none (the first: '{first}'): left out; in all: {n}")
    }

    fn bad_rows(&self, first: &str, n: u64) -> String {
        format!("rows with a value that can't be understood (the first: '{first}'): left out; in all: {n}")
    }

    fn trips_twice_at_a_rank(&self, first: &str, n: u64) -> String {
        format!("trips with a stop_sequence twice (the first: '{first}'): left out; in all: {n}")
    }

    fn trips_with_blank_ends(&self, first: &str, n: u64) -> String {
        format!(
            "trips without a time at their first or last stop (the first: '{first}'): left out; in all: {n}"
        )
    }

    fn bad_times(&self, first: &str, n: u64) -> String {
        format!("trips with a time that is none (the first: '{first}'): left out; in all: {n}")
    }

    fn trips_back_in_time(&self, first: &str, n: u64) -> String {
        format!("trips that go back in time (the first: '{first}'): left out; in all: {n}")
    }

    fn trips_of_one_stop(&self, first: &str, n: u64) -> String {
        format!("trips with less than two stops (the first: '{first}'): left out; in all: {n}")
    }

    fn times_interpolated(&self, n: u64) -> String {
        format!("times are missing between two stops that have some: interpolated; in all: {n}")
    }

    fn trips_never_run(&self, n: u64) -> String {
        format!("trips run on no day; in all: {n}")
    }

    fn stops_without_position(&self, first: &str, n: u64) -> String {
        format!("stops without coordinates (the first: '{first}'): nobody walks there; in all: {n}")
    }

    fn stops_swapped(&self, first: &str, n: u64) -> String {
        format!("stops with latitude and longitude exchanged (the first: '{first}'): put right; in all: {n}")
    }

    fn stops_far_away(&self, first: &str, n: u64) -> String {
        format!(
            "stops more than 500 km from the others (the first: '{first}'): nobody walks there; in all: {n}"
        )
    }

    fn identifiers_twice(&self, first: &str, n: u64) -> String {
        format!("identifiers are there twice (the first: '{first}'): the first row counts; in all: {n}")
    }

    fn stops_of_unknown_stations(&self, first: &str, n: u64) -> String {
        format!(
            "stops of a parent_station that is not in stops.txt (the first: '{first}'): each is its own; in all: {n}"
        )
    }

    fn files_in_a_folder(&self, first: &str) -> String {
        format!("the files lie in a folder of the archive ('{first}'): read all the same")
    }

    fn texts_not_utf8(&self, first: &str, n: u64) -> String {
        format!("texts are not UTF-8 (the first: '{first}'): read as Windows-1252; in all: {n}")
    }

    fn no_time_zone(&self) -> &'static str {
        "no time zone: Europe/Paris is assumed"
    }

    fn long_calendars(&self, first: &str, n: u64) -> String {
        format!("calendars of more than two years (the first: '{first}'): perhaps never kept; in all: {n}")
    }

    fn transfers_by_trip(&self, n: u64) -> String {
        format!("transfers hold for one trip or route only: not read; in all: {n}")
    }

    fn transfers_in_seat(&self, n: u64) -> String {
        format!(
            "transfers in which one stays seated, between trips that are not there, do not follow one another, or are too many: a change is counted; in all: {n}"
        )
    }

    fn hail_and_ride(&self, n: u64) -> String {
        format!("calls where one may get on or off between two stops: only stops count; in all: {n}")
    }

    fn trips_on_demand(&self, first: &str, n: u64) -> String {
        format!(
            "trips on demand within a window of time (the first: '{first}'): read, but they have no times; in all: {n}"
        )
    }

    fn trips_without_window(&self, first: &str, n: u64) -> String {
        format!(
            "trips on demand of which a row has no window of time, one that can't be understood, or a time besides (the first: '{first}'): left out; in all: {n}"
        )
    }

    fn trips_to_unknown_places(&self, first: &str, n: u64) -> String {
        format!(
            "trips on demand to a stop, a group or a zone that is not there or is empty (the first: '{first}'): left out; in all: {n}"
        )
    }

    fn trips_of_unknown_rules(&self, first: &str, n: u64) -> String {
        format!(
            "trips on demand whose booking rule is not there or can't be understood (the first: '{first}'): left out; in all: {n}"
        )
    }

    fn trips_nobody_rides(&self, first: &str, n: u64) -> String {
        format!(
            "trips on demand on which nobody may get on and then off (the first: '{first}'): left out; in all: {n}"
        )
    }

    fn zones_unreadable(&self) -> &'static str {
        "this file is no FeatureCollection that can be read: no zone is known"
    }

    fn zones_left_out(&self, first: &str, n: u64) -> String {
        format!(
            "zones without an id, or that are no polygons in degrees (the first: '{first}'): left out; in all: {n}"
        )
    }

    fn groups_mixed(&self, n: u64) -> String {
        format!(
            "groups mix stops and zones, or several zones: only the stops count, or the first zone; in all: {n}"
        )
    }

    fn rules_of_plain_days(&self, first: &str, n: u64) -> String {
        format!(
            "booking rules count the days of a service that is not from Monday to Friday (the first: '{first}'): all days count; in all: {n}"
        )
    }

    fn calls_without_rule(&self, n: u64) -> String {
        format!(
            "calls on demand without a booking rule: one is taken to book until the departure; in all: {n}"
        )
    }

    fn trips_without_duration(&self, first: &str, n: u64) -> String {
        format!(
            "trips whose safe_duration_factor or safe_duration_offset can't be understood (the first: '{first}'): kept without a longest duration; in all: {n}"
        )
    }

    fn horizon_of_feed_info(&self) -> &'static str {
        "feed_info.txt gives dates outside the calendars: the calendars count"
    }

    fn other_files(&self, first: &str, n: u64) -> String {
        format!("files that change nothing in the times are not read (the first: '{first}'); in all: {n}")
    }

    fn other_columns(&self, first: &str, n: u64) -> String {
        format!("columns that change nothing in the times are not read (the first: '{first}'); in all: {n}")
    }

    fn archive_without_timetable(&self) -> &'static str {
        "this archive has no timetable: not read"
    }
}
