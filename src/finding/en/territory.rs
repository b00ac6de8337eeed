//! In English: what holds between entities, and edits.

use super::English;
use crate::finding::words::Territory;
use crate::units::InseeCode;
use crate::units::Key;
use jiff::civil::Date;

impl Territory for English {
    fn no_such_place(&self, key: &Key) -> String {
        format!("there is no place {key}")
    }

    fn no_such_site(&self, key: &Key) -> String {
        format!("there is no site {key}")
    }

    fn no_such_slot(&self, key: &Key) -> String {
        format!("there is no slot {key}")
    }

    fn no_such_programme(&self, key: &Key) -> String {
        format!("there is no programme {key}")
    }

    fn no_such_youth(&self, key: &Key) -> String {
        format!("there is no youth {key}")
    }

    fn no_such_stop(&self, key: &Key) -> String {
        format!("there is no place or site {key}")
    }

    fn limit_beyond_horizon(&self, programme: Option<&Key>, limit: u32, horizon: u32) -> String {
        let whose =
            programme.map_or_else(|| "of the territory".to_owned(), |key| format!("of programme {key}"));
        format!("the travel limit {whose} ({limit} min) is beyond the horizon ({horizon} min)")
    }

    fn road_not_closed(&self, road: i64) -> String {
        format!("road {road} is not closed")
    }

    fn correct_the_road(&self) -> &'static str {
        "correct the identifier to open"
    }

    fn percent_of_usual_time(&self, percent: u16) -> String {
        format!("{percent}% of the usual time")
    }

    fn write_100_to_1000(&self) -> &'static str {
        "write 100 to 1000"
    }

    fn nothing_called(&self, key: &Key) -> String {
        format!("nothing is called {key}")
    }

    fn correct_what_to_remove(&self) -> &'static str {
        "correct the identifier to remove"
    }

    fn slot_ends_before_it_begins(&self, key: &Key) -> String {
        format!("slot {key} ends before it begins")
    }

    fn correct_its_hours(&self) -> &'static str {
        "correct its hours"
    }

    fn place_without_coordinates(&self, key: &Key) -> String {
        format!("place {key} has no coordinates")
    }

    fn add_coordinates_of_place(&self) -> &'static str {
        "add lon and lat; otherwise its youths will be 'not located'"
    }

    fn place_far_from_sites(&self, key: &Key, km: f64) -> String {
        format!("place {key} is {km} km from the nearest site")
    }

    fn perhaps_swapped(&self) -> &'static str {
        "check lon and lat: perhaps swapped"
    }

    fn site_not_located(&self, key: &Key) -> String {
        format!("site {key} is not located")
    }

    fn add_coordinates_of_site(&self) -> &'static str {
        "add lon and lat, or the INSEE code of a commune of the territory"
    }

    fn named_more_than_once(&self, field: &str, key: &str) -> String {
        format!("'{field}' names {key} more than once")
    }

    fn once_is_enough(&self) -> &'static str {
        "once is enough; perhaps another one is missing"
    }

    fn excludes_itself(&self, key: &Key) -> String {
        format!("programme {key} excludes itself")
    }

    fn take_it_off_its_list(&self) -> &'static str {
        "take it off its own list"
    }

    fn ages_admit_nobody(&self, key: &Key) -> String {
        format!("the ages of programme {key} admit nobody")
    }

    fn first_age_below_last(&self) -> &'static str {
        "the first age must be below the last"
    }

    fn never_holds(&self, key: &Key, (min, max): (u32, u32), counted: u16, hold: u16) -> String {
        format!(
            "programme {key} asks for {min} there at least {hold} % of the time: where each comes {counted} times of 100, not even a group of {max} does that"
        )
    }

    fn raise_max_or_lower_hold(&self) -> &'static str {
        "raise max, or lower hold"
    }

    fn mix_rule_never_met(&self, key: &Key) -> String {
        format!("no group of programme {key} can satisfy one of its mix rules")
    }

    fn mix_rule_bounds(&self) -> &'static str {
        "at least <= at most, and at least <= largest size"
    }

    fn rhythm_out_of_range(&self, key: &Key) -> String {
        format!("the rhythm of programme {key} is out of range")
    }

    fn rhythm_range(&self) -> &'static str {
        "1 to 104 weeks, put off by at most 52, 1 to 3 half-days or 1 to 5 days, 2 to 10 sites in turn, at least one group"
    }

    fn impossible_sessions(&self, key: &Key) -> String {
        format!("programme {key} needs an impossible number of sessions")
    }

    fn sessions_range(&self) -> &'static str {
        "at least one session, at most 100%"
    }

    fn link_to_itself(&self, key: &Key) -> String {
        format!("link {key} leads from a stop to itself")
    }

    fn correct_its_ends(&self) -> &'static str {
        "correct where it starts or where it leads"
    }

    fn link_never_runs(&self, key: &Key) -> String {
        format!("link {key} takes no time, more than a day, or never runs")
    }

    fn link_range(&self) -> &'static str {
        "1 second to 24 hours, at least one day"
    }

    fn youth_of_odd_age(&self, key: &Key, years: i32) -> String {
        format!("youth {key} would be {years} years old")
    }

    fn correct_age_or_birth(&self) -> &'static str {
        "correct the age or the birth: 10 to 40"
    }

    fn youths_of_odd_age(&self, key: &Key, day: Date, odd: usize) -> String {
        format!("programme {key} starts on {day}: {odd} youths would not be 10 to 40 years old")
    }

    fn correct_year_of_start(&self) -> &'static str {
        "correct the year of its start"
    }

    fn no_youth(&self) -> &'static str {
        "no youth at all"
    }

    fn fill_youths_or_draw(&self) -> &'static str {
        "fill youths.csv or describe a draw"
    }

    fn youth_enrolled_in_nothing(&self, key: &Key) -> String {
        format!("youth {key} is enrolled in no programme")
    }

    fn youths_enrolled_in_nothing(&self, n: usize, key: &Key) -> String {
        format!("{n} youths are enrolled in no programme, {key} being the first")
    }

    fn fill_programmes_if_not_meant(&self) -> &'static str {
        "nothing to do if that is meant; otherwise fill the column programmes"
    }

    fn same_priority(&self, weight: u32) -> String {
        format!("all youths have the same priority, {weight}: it sets nobody before another")
    }

    fn priority_for_some(&self) -> &'static str {
        "leave the column priority empty, except for those who come first"
    }

    fn keep_one_decision(&self) -> &'static str {
        "keep one of the two decisions"
    }

    fn correct_or_add(&self) -> &'static str {
        "correct the identifier or add what is missing"
    }

    fn identifier_taken(&self, key: &Key) -> String {
        format!("identifier {key} is already taken")
    }

    fn each_its_identifier(&self) -> &'static str {
        "give each its own identifier"
    }

    fn commune_not_of_the_territory(&self, key: &Key, code: InseeCode) -> String {
        format!("service on demand {key} serves commune {code}, which is not of the territory")
    }

    fn correct_or_add_commune(&self) -> &'static str {
        "correct the code in 'communes', or add the commune to communes.csv"
    }

    fn service_never_comes(&self, key: &Key) -> String {
        format!("service on demand {key} comes nowhere, never, or is out of range")
    }

    fn service_range(&self) -> &'static str {
        "at least one commune, day and seat, hours in their order, at most 31 days ahead and 24 hours of wait"
    }

    fn apart_from_themself(&self, youth: &Key) -> String {
        format!("youth {youth} is kept apart from themself")
    }

    fn pinned_in_and_out(&self, youth: &Key) -> String {
        format!("youth {youth} is pinned in by one pin and out by another")
    }

    fn pinned_groups_contradict(&self, programme: &Key) -> String {
        format!("the pinned group of programme {programme} contradicts another")
    }

    fn pinned_group_on_closed_days(&self, programme: &str) -> String {
        format!("all sessions of the pinned group of {programme} fall on a closure")
    }

    fn pinned_group_not_possible(&self, programme: &str) -> String {
        format!("the pinned group of {programme} is not possible there in those half-days")
    }

    fn check_pinned_group(&self) -> &'static str {
        "check the site, the half-days, the start and the programme"
    }

    fn pinned_in_two_that_exclude(&self, youth: &str, programme: &str, other: &str) -> String {
        format!("youth {youth} is pinned in {programme} and in {other}, which exclude each other")
    }

    fn pinned_not_enrolled(&self, youth: &str, programme: &str) -> String {
        format!("youth {youth} is pinned in {programme} and not enrolled in it")
    }

    fn enrol_or_remove_pin(&self) -> &'static str {
        "enrol them in youths.csv, or remove the pin"
    }

    fn pinned_where_nothing_is_held(&self, youth: &str, programme: &str) -> String {
        format!("youth {youth} is pinned in {programme}, which can be held nowhere")
    }

    fn open_a_site_or_remove_pin(&self) -> &'static str {
        "open a site in its half-days, or remove the pin"
    }

    fn pinned_not_of_its_age(&self, youth: &str, programme: &str) -> String {
        format!("youth {youth} is pinned in {programme} and of its age on no start")
    }

    fn check_ages_or_remove_pin(&self) -> &'static str {
        "check the youth's age and the programme's, or remove the pin"
    }

    fn pinned_out_of_another(&self, youth: &str, programme: &str) -> String {
        format!("youth {youth} is pinned out of {programme}, and not enrolled in it")
    }

    fn pinned_out_of_nothing(&self, youth: &str) -> String {
        format!("youth {youth} is pinned out and enrolled in nothing")
    }

    fn apart_with_nothing_in_common(&self, a: &str, b: &str) -> String {
        format!("youths {a} and {b} are kept apart and have no programme in common")
    }

    fn pin_changes_nothing(&self) -> &'static str {
        "check the identifiers; otherwise the pin changes nothing"
    }

    fn too_many_options(&self, options: usize, sessions: usize) -> String {
        format!("more than {options} options (programme × site × half-days × start) or {sessions} sessions")
    }

    fn restrict_options(&self) -> &'static str {
        "restrict the half-days or the starts, or list the rhythms wanted"
    }

    fn slots_overlap(&self, a: &Key, b: &Key) -> String {
        format!("slots {a} and {b} overlap")
    }

    fn correct_their_hours(&self) -> &'static str {
        "correct their hours; otherwise nobody can be in both, and each counts as a half-day"
    }

    fn no_site_for_programme(&self, key: &Key) -> String {
        format!("no site is open in the half-days of programme {key}")
    }

    fn open_a_site(&self) -> &'static str {
        "open a site then, or change the half-days"
    }

    fn no_programme_for_site(&self, key: &Key) -> String {
        format!("no programme can be held at site {key}")
    }

    fn check_rooms(&self) -> &'static str {
        "check its rooms and half-days"
    }

    fn idle_adviser(&self, key: &Key) -> String {
        format!("adviser {key} can lead no group")
    }

    fn check_adviser(&self) -> &'static str {
        "check their sites, their half-days and how many"
    }

    fn check_calendar(&self) -> &'static str {
        "check calendar.csv and the dates"
    }

    fn programme_closed_throughout(&self, key: &Key) -> String {
        format!("all sessions of programme {key} fall on a closure")
    }

    fn site_closed_throughout(&self, key: &Key) -> String {
        format!("all sessions possible at site {key} fall on a closure")
    }

    fn too_few_sessions_held(&self, key: &Key, n: u16, held: u32) -> String {
        format!("programme {key} needs {n} sessions and holds only {held}")
    }

    fn ask_for_fewer_sessions(&self) -> &'static str {
        "ask for fewer, or for all"
    }

    fn longer_horizon(&self) -> &'static str {
        "make horizon_min at least as long as the travel limit"
    }

    fn exclusions_in_a_circle(&self, names: &str) -> String {
        format!("exclusions go round in a circle: {names}")
    }

    fn exclusions_hold_both_ways(&self) -> &'static str {
        "an exclusion holds both ways and is not an order: keep those that are meant"
    }

    fn enrol_youths(&self) -> &'static str {
        "enrol youths in youths.csv, or remove it"
    }

    fn give_it_a_weight(&self) -> &'static str {
        "give it a weight in [synthesis.weights]"
    }

    fn nobody_enrolled(&self, key: &Key) -> String {
        format!("nobody is enrolled in programme {key}")
    }

    fn nobody_of_that_age(&self, key: &Key, enrolled: u32) -> String {
        format!("the ages of programme {key} exclude all who are enrolled ({enrolled})")
    }

    fn check_ages_and_start(&self) -> &'static str {
        "check age_from, age_before and start"
    }
}
