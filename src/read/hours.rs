//! The little language of hours: `lun-ven 8h-12h, mar`, shared by vehicles,
//! lifts, availability and absences.

use super::report::Report;
use super::table::Row;
use super::value::{self, yes_or_no};
use crate::finding::{Phrase, Text};
use crate::territory::{
    Absence, DateRange, Licence, Lift, LiftWays, Vehicle, VehicleKind, Weekdays, WeeklyHours,
};
use crate::units::ClockTime;
use jiff::civil::Weekday;

/// What hours look like, for a remedy.
pub(super) const HOURS: Phrase = |words| words.some_hours();
/// What vehicles look like.
pub(super) const VEHICLES: Phrase = |words| words.some_vehicles();
/// What lifts look like.
pub(super) const LIFTS: Phrase = |words| words.some_lifts();
/// What absences look like.
pub(super) const ABSENCES: Phrase = |words| words.some_absences();

/// What days look like.
pub(super) const DAYS: Phrase = |words| words.some_days_written();

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// The position of a day in the week, from its French or English name.
fn day_number(word: &str) -> Option<usize> {
    const NAMES: [[&str; 4]; 7] = [
        ["lun", "lundi", "mon", "monday"],
        ["mar", "mardi", "tue", "tuesday"],
        ["mer", "mercredi", "wed", "wednesday"],
        ["jeu", "jeudi", "thu", "thursday"],
        ["ven", "vendredi", "fri", "friday"],
        ["sam", "samedi", "sat", "saturday"],
        ["dim", "dimanche", "sun", "sunday"],
    ];
    let word = word.trim_end_matches('.');
    NAMES.iter().position(|names| names.iter().any(|name| name.eq_ignore_ascii_case(word)))
}

/// A day of the week from its French or English name, long or short.
pub(super) fn day(word: &str) -> Option<Weekday> {
    WEEK.get(day_number(word.trim())?).copied()
}

/// Hours of a week. Empty is always; `jamais` is never.
pub(crate) fn week(text: &str) -> Option<WeeklyHours> {
    let text = text.trim();
    if text.is_empty() || is_one_of(text, &["toujours", "always"]) {
        return Some(WeeklyHours::always());
    }
    if is_one_of(text, &["jamais", "never"]) {
        return Some(WeeklyHours::never());
    }
    let mut hours = WeeklyHours::never();
    let mut days: Option<(usize, usize)> = None;
    let mut had_times = true;
    for item in text.split(',') {
        let (of, times) = parts(item)?;
        // `mar 8h-12h, 14h-18h` is all of Tuesday; after `mar`, hours alone mean nothing.
        days = match of {
            Some(of) => Some(of),
            None if had_times => days,
            None => return None,
        };
        let (first, last) = days.unwrap_or((0, 6));
        had_times = times.is_some();
        let (from, to) = times.unwrap_or((ClockTime::MIDNIGHT, ClockTime::END_OF_DAY));
        WEEK.get(first..=last)?.iter().for_each(|&day| hours.add(day, from, to));
    }
    Some(hours)
}

/// `lun-ven, dim`. Empty is every day.
pub(super) fn days(text: &str) -> Option<Weekdays> {
    let text = text.trim();
    if text.is_empty() || is_one_of(text, &["toujours", "always"]) {
        return Some(Weekdays::ALL);
    }
    let mut days = Weekdays::NONE;
    for item in text.split(',') {
        let (first, last) = day_range(item.trim())?;
        WEEK.get(first..=last)?.iter().for_each(|&day| days = days.with(day));
    }
    Some(days)
}

/// The days of a column; all of them when empty, or reported.
pub(super) fn weekdays(row: &Row<'_>, column: usize, report: &mut Report) -> Weekdays {
    let told = days(row.get(column));
    if told.is_none() {
        report.bad(row.line, row.name(column), row.get(column), Text::say(DAYS));
    }
    told.unwrap_or(Weekdays::ALL)
}

type Days = (usize, usize);
type Times = (ClockTime, ClockTime);

/// The days and the times of one item; at least one of them.
fn parts(item: &str) -> Option<(Option<Days>, Option<Times>)> {
    let item = item.trim();
    let at_digit = item.find(|c: char| c.is_ascii_digit()).unwrap_or(item.len());
    let (days, times) = item.split_at(at_digit);
    let (days, times) = (days.trim(), times.trim());
    if days.is_empty() && times.is_empty() {
        return None;
    }
    let days = if days.is_empty() { None } else { Some(day_range(days)?) };
    let times = if times.is_empty() { None } else { Some(time_range(times)?) };
    Some((days, times))
}

fn day_range(text: &str) -> Option<Days> {
    let (first, last) = match text.split_once(['-', '–']) {
        Some((first, last)) => (day_number(first.trim())?, day_number(last.trim())?),
        None => (day_number(text)?, day_number(text)?),
    };
    (first <= last).then_some((first, last))
}

fn time_range(text: &str) -> Option<Times> {
    let (from, to) = text.split_once(['-', '–'])?;
    let (from, to) = (ClockTime::parse(from)?, ClockTime::parse(to)?);
    (from < to).then_some((from, to))
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// The items of a list separated by `;`.
fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty())
}

/// The first word and what follows it.
fn first_word(text: &str) -> (&str, &str) {
    text.split_once(char::is_whitespace).unwrap_or((text, ""))
}

/// `voiture mar 8h-18h, jeu ; velo`.
pub(super) fn vehicles(text: &str) -> Option<Vec<Vehicle>> {
    let one = |item| {
        let (word, rest) = first_word(item);
        Some(Vehicle { kind: vehicle_kind(word)?, hours: week(rest)? })
    };
    items(text).map(one).collect()
}

/// A vehicle from its French or English name.
pub(super) fn vehicle_kind(word: &str) -> Option<VehicleKind> {
    Some(match word.to_lowercase().as_str() {
        "voiture" | "car" => VehicleKind::Car,
        "quadricycle" => VehicleKind::Quadricycle,
        "cyclomoteur" | "cyclo" | "scooter" | "moped" => VehicleKind::Moped,
        "vae" | "ebike" | "e-bike" => VehicleKind::EBike,
        "velo" | "vélo" | "bike" => VehicleKind::Bike,
        _ => return None,
    })
}

/// `aller lun-ven 7h-9h ; ar mineur mar`.
pub(super) fn lifts(text: &str) -> Option<Vec<Lift>> {
    items(text).map(lift).collect()
}

fn lift(item: &str) -> Option<Lift> {
    let (word, rest) = first_word(item);
    let ways = match word.to_lowercase().as_str() {
        "aller" | "to" => LiftWays::To,
        "retour" | "back" => LiftWays::Back,
        "ar" | "a-r" | "both" => LiftWays::Both,
        _ => return None,
    };
    // The word may stand before or after the hours.
    let young = |word: &&str| is_one_of(word.trim_matches(','), &["mineur", "young"]);
    let adult_driver = !rest.split_whitespace().any(|word| young(&word));
    let hours: Vec<&str> = rest.split_whitespace().filter(|word| !young(word)).collect();
    Some(Lift { ways, hours: week(&hours.join(" "))?, adult_driver })
}

/// `2026-10-01..2026-10-30 lun 8h-12h ; 2026-11-03`.
pub(crate) fn absences(text: &str) -> Option<Vec<Absence>> {
    let one = |item| {
        let (dates, rest) = first_word(item);
        let (first, last) = dates.split_once("..").unwrap_or((dates, dates));
        let dates = DateRange::new(value::date(first)?, value::date(last)?)?;
        Some(Absence { dates, hours: week(rest)? })
    };
    items(text).map(one).collect()
}

/// `B AM`; a `none` word is nothing.
pub(super) fn licences(text: &str) -> Option<Vec<Licence>> {
    let mut held = Vec::new();
    for word in value::items(text) {
        held.push(match word.to_uppercase().as_str() {
            "AM" | "BSR" => Licence::Am,
            "B1" => Licence::B1,
            "B" => Licence::B,
            "AUCUN" | "NONE" => continue,
            _ if yes_or_no(word) == Some(false) => continue,
            _ => return None,
        });
    }
    held.sort_unstable();
    held.dedup();
    Some(held)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> ClockTime {
        ClockTime::parse(text).expect("a time")
    }

    #[test]
    fn french_and_english_hours_are_the_same() {
        let french = week("lun-ven 8h-12h, sam").expect("hours");
        assert_eq!(week("Monday - Friday 08:00 - 12:00, sat"), Some(french.clone()));
        assert!(french.covers(Weekday::Friday, at("8h"), at("12h")));
        assert!(!french.covers(Weekday::Friday, at("8h"), at("12h01")));
        assert!(french.covers(Weekday::Saturday, at("0h"), at("24h")));
        assert!(french.on(Weekday::Sunday).is_empty());
    }

    #[test]
    fn times_alone_are_of_the_day_before_them_or_of_every_day() {
        assert_eq!(week("mar 8h-12h, 14h-18h"), week("mar 8h-12h, mar 14h-18h"));
        assert_eq!(week("8h-12h"), week("lun-dim 8h-12h"));
        assert_eq!(week("mar, 14h-18h"), None);
    }

    #[test]
    fn what_is_not_hours_is_refused() {
        for text in [
            "lun-",
            "ven-lun",
            "lun 12h-8h",
            "lun 8h-8h",
            "lundy",
            "lun,,mar",
            "8h",
            "lun 8-12",
            "lun 8h-25h",
        ] {
            assert_eq!(week(text), None, "{text}");
        }
        assert_eq!(week(""), Some(WeeklyHours::always()));
        assert_eq!(week("jamais"), Some(WeeklyHours::never()));
    }

    #[test]
    fn lifts_and_vehicles_have_their_own_hours() {
        let cars = vehicles("voiture mar 8h-18h, jeu ; velo").expect("vehicles");
        assert_eq!(cars.len(), 2);
        assert!(cars[0].hours.covers(Weekday::Thursday, at("0h"), at("24h")));
        assert_eq!(cars[1].hours, WeeklyHours::always());
        let lifts = lifts("aller lun-ven 7h-9h ; ar mineur mar ; retour ven young").expect("lifts");
        assert_eq!(lifts.iter().map(|l| l.adult_driver).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(lifts[1].ways, LiftWays::Both);
        assert_eq!(super::lifts("avion"), None);
        assert_eq!(absences("2026-10-30..2026-10-01"), None);
        assert_eq!(absences("2026-10-01..2026-10-30 lun ; 03/11/2026").map(|a| a.len()), Some(2));
        assert_eq!(licences("B, AM B"), Some(vec![Licence::Am, Licence::B]));
        assert_eq!(licences("C"), None);
    }
}
