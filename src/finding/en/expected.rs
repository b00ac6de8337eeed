//! In English: what is expected in a field, to follow "write".

use super::English;
use crate::finding::words::Expected;

impl Expected for English {
    fn a_number_or_nothing(&self, most: u32) -> String {
        format!("a number from 0 to {most}, or nothing when there is no trip")
    }

    fn a_whole_number(&self, least: i64, most: i64) -> String {
        format!("a whole number from {least} to {most}")
    }

    fn a_number_within(&self, least: f64, most: f64) -> String {
        format!("a number from {least} to {most}")
    }

    fn some_tables(&self, field: &str) -> String {
        format!("tables [[{field}]]")
    }

    fn in_holidays_of_a_row(&self) -> &'static str {
        "runs, pauses or visio"
    }

    fn a_booking_deadline(&self) -> &'static str {
        "a deadline, such as 'eve 17:00', '2 days 12:00', '1 working day 17:00', '2 h' or '45 min' (empty: no booking)"
    }

    fn a_density(&self) -> &'static str {
        "1 (dense), 2 (intermediate) or 3 (rural)"
    }

    fn a_kind_of_closure(&self) -> &'static str {
        "holiday, bank_holiday or closure"
    }

    fn an_end_not_before_the_start(&self) -> &'static str {
        "an end that is not before the start"
    }

    fn degrees_within(&self, most: u8) -> String {
        format!("WGS84 degrees, -{most} to {most} (not metres)")
    }

    fn existing_or_candidate(&self) -> &'static str {
        "existing or candidate"
    }

    fn a_polygon(&self) -> &'static str {
        "a Polygon or MultiPolygon, each point with its longitude and latitude"
    }

    fn wgs84_degrees(&self) -> &'static str {
        "WGS84 degrees"
    }

    fn some_hours(&self) -> &'static str {
        "hours, such as 'mon-fri 8h-12h, tue' (empty: always)"
    }

    fn some_vehicles(&self) -> &'static str {
        "vehicles, such as 'car tue 8h-18h ; bike' (car, quadricycle, moped, ebike, bike)"
    }

    fn some_lifts(&self) -> &'static str {
        "lifts, such as 'to mon-fri 7h-9h ; both young tue' (to, back, both)"
    }

    fn some_absences(&self) -> &'static str {
        "absences, such as '2026-10-01..2026-10-30 mon 8h-12h ; 2026-11-03'"
    }

    fn some_days_written(&self) -> &'static str {
        "days without hours, such as 'mon-fri' or 'tue, thu' (empty: all)"
    }

    fn a_service(&self) -> &'static str {
        "bus, coach, train, on_demand or shuttle (a private car goes into times.csv)"
    }

    fn minutes_of_a_ride(&self) -> &'static str {
        "minutes, more than 0 and at most 1440"
    }

    fn some_minutes(&self) -> &'static str {
        "minutes, such as 12 or 12.5"
    }

    fn minutes_of_wait(&self) -> &'static str {
        "0 to 1440 minutes"
    }

    fn kmh_of_a_service(&self) -> &'static str {
        "0.1 to 400 km/h"
    }

    fn an_end_after_the_beginning(&self) -> &'static str {
        "an end that is after the beginning"
    }

    fn a_time_of_day(&self) -> &'static str {
        "a time, such as 8:30 or 8h30"
    }

    fn seats(&self) -> &'static str {
        "1 to 1000 seats"
    }

    fn week_or_day(&self) -> &'static str {
        "week or day"
    }

    fn in_holidays(&self) -> &'static str {
        "runs, pauses or visio"
    }

    fn sessions_needed(&self) -> &'static str {
        "all, or needed_count, or needed_percent"
    }

    fn a_trait(&self) -> &'static str {
        "minor, woman, man, disabled or no_vehicle"
    }

    fn an_insee_code(&self) -> &'static str {
        "an INSEE code of five characters, such as 37072 or 2A004"
    }

    fn a_column_of_nobody(&self) -> &'static str {
        "the name of a column that identifies nobody"
    }

    fn a_detour(&self) -> &'static str {
        "a factor from 1 to 10"
    }

    fn complete_or_refuse(&self) -> &'static str {
        "\"complete\" or \"refuse\""
    }

    fn a_speed(&self) -> &'static str {
        "a speed from 0.1 to 400 km/h"
    }

    fn a_day(&self) -> &'static str {
        "a day, such as mon or monday"
    }

    fn a_mode(&self) -> &'static str {
        "car, lift, moped, ebike, bike, walk, bus (or coach, train), on_demand or shuttle"
    }

    fn a_chance(&self) -> &'static str {
        "a number above 0 and up to 1, such as 0.75 for three times of four"
    }

    fn a_chance_or_zero(&self) -> &'static str {
        "a number from 0 to 1, such as 0.05 for once in twenty"
    }

    fn some_arrivals(&self) -> &'static str {
        "a number of youths a week, from 0 to 1000, such as 0.5 for one every other week"
    }

    fn twelve_months(&self) -> &'static str {
        "twelve numbers from 0 to 100, from January to December and not all zero: 1 for a month like the others"
    }

    fn a_decimal(&self) -> &'static str {
        "a number, such as 1.3"
    }

    fn an_amount(&self) -> &'static str {
        "an amount from 0 to 1000000000"
    }

    fn true_or_false(&self) -> &'static str {
        "true or false"
    }

    fn a_text(&self) -> &'static str {
        "a text between quotes"
    }

    fn a_clock_time(&self) -> &'static str {
        "a time, such as 09:00"
    }

    fn some_texts(&self) -> &'static str {
        "a list of texts, such as [\"a\", \"b\"]"
    }

    fn some_keys(&self) -> &'static str {
        "a list of identifiers, such as [\"a\", \"b\"]"
    }

    fn a_table(&self) -> &'static str {
        "a table"
    }

    fn some_sets(&self) -> &'static str {
        "a list of lists, such as [[\"lun-am\", \"jeu-am\"]]"
    }

    fn a_key(&self) -> &'static str {
        "an identifier of 1 to 64 characters, on one line"
    }

    fn a_date(&self) -> &'static str {
        "a date, such as 2026-09-03 or 03/09/2026"
    }

    fn a_large_whole_number(&self) -> &'static str {
        "a whole number, at most 4294967295"
    }

    fn euros(&self) -> &'static str {
        "an amount in euros, 0 to 1000000000"
    }

    fn yes_or_no(&self) -> &'static str {
        "yes or no"
    }

    fn degrees(&self) -> &'static str {
        "degrees, such as 0.24004"
    }

    fn f_or_m(&self) -> &'static str {
        "F or M"
    }

    fn some_licences(&self) -> &'static str {
        "licences among AM, B1, B"
    }

    fn a_month(&self) -> &'static str {
        "a month, such as 2008-03 or 03/2008"
    }

    fn an_age(&self) -> &'static str {
        "an age in years, 0 to 120"
    }

    fn a_column_of_values(&self) -> &'static str {
        "a column of texts, numbers, dates or booleans"
    }

    fn a_weight(&self) -> &'static str {
        "a weight from 1 to 1000"
    }

    fn name_or_code_of_a_commune(&self) -> &'static str {
        "the name of a commune, or its INSEE code"
    }

    fn a_postcode(&self) -> &'static str {
        "a postcode of five digits"
    }

    fn birth_or_month(&self) -> &'static str {
        "a date of birth, such as 17/03/2008, or a month, such as 03/2008"
    }

    fn years_of_age(&self) -> &'static str {
        "an age in years, such as 19"
    }

    fn licences_or_none(&self) -> &'static str {
        "AM, B1, B, or none ('aucun')"
    }

    fn ways_to_travel(&self) -> &'static str {
        "voiture, scooter, vélo, vélo électrique, covoiturage, à pied or aucun"
    }

    fn hours_or_nothing(&self) -> &'static str {
        "hours, such as 'lun-ven 9h-17h', or nothing"
    }

    fn absences_of_an_export(&self) -> &'static str {
        "absences, such as '2026-10-01..2026-10-30'"
    }

    fn programmes_of_an_export(&self) -> &'static str {
        "CEJ, atelier or code de la route, or add the programme to programmes.csv"
    }

    fn whole_from_1_to_1000(&self) -> &'static str {
        "a whole number from 1 to 1000"
    }
}
