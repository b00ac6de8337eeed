//! Every sentence of the reports, one function each, in each language: a
//! sentence missing in one of them does not compile.

mod en;
mod fr;
pub(super) mod new;

use crate::control::Stage;
use crate::error::Error;
use crate::finding::{Lang, Level};
use crate::groups::Tier;
use crate::plan::{Bind, Change};
use crate::reach::Reason;
use crate::territory::{Mark, Mode, Turn};
use crate::units::{Cents, Seconds};
use en::English;
use fr::French;
use jiff::civil::{Date, Weekday};

/// The sentences of `lang`.
pub(super) fn of(lang: Lang) -> &'static dyn Sentences {
    match lang {
        Lang::Fr => &French,
        Lang::En => &English,
    }
}

/// What is on a page, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    Answer,
    Groups,
    LeftOut,
    Hours,
    Opened,
    Trust,
    Assumptions,
}

/// A half-day, or a day of which the group takes both halves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DayPart {
    pub(super) day: Weekday,
    pub(super) part: Part,
}

/// Which part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Afternoon,
    Both,
}

/// What stands in the way, with what is needed to say it exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Obstacle {
    pub(super) bind: Bind,
    /// Whether some are not free at the hours offered, besides the trips.
    pub(super) hours_too: bool,
}

/// Where and when a group would come closest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Closest {
    /// As [`Sentences::at`] says it.
    pub(super) at: String,
    pub(super) days: Vec<DayPart>,
    pub(super) reachable: u32,
    pub(super) missing: u32,
    pub(super) min: u32,
}

/// A change that lets one more group be formed, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lever {
    /// Sites as [`Sentences::at`] says them.
    pub(super) change: Change<String>,
    /// Where the group would be, likewise.
    pub(super) at: String,
    pub(super) days: Vec<DayPart>,
    /// The programme's minimum.
    pub(super) min: u32,
    pub(super) gain: u32,
}

/// How far the answer is proved.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Proved {
    /// On every objective.
    All,
    /// On the number of places, not on these.
    Placed(Vec<Tier>),
    /// Up to a gap. `weighted`: places count by priority.
    Gap { placed: i64, bound: i64, percent: f64, weighted: bool },
    /// The number of places was not an objective.
    Nothing,
}

/// So many youths for some options of a programme: why no more groups are made there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Crowd {
    pub(super) youths: u32,
    /// How many sites or slots.
    pub(super) places: u32,
    /// Whether the places are whole sites; else slots at sites.
    pub(super) sites: bool,
    /// Whether these youths can go nowhere else.
    pub(super) only: bool,
    pub(super) min: u32,
    /// Most groups that makes.
    pub(super) groups: u32,
}

/// A language.
pub(super) trait Sentences {
    fn title(&self, territory: &str) -> String;
    fn internal(&self) -> &'static str;
    fn synthetic(&self, seed: u64) -> String;
    fn heading(&self, heading: Heading) -> &'static str;

    /// "Atelier : 2 groupes, 17 jeunes sur 26"
    fn groups_formed(&self, programme: &str, groups: u32, placed: u32, enrolled: u32) -> String;
    /// What keeps the others out, to follow [`Sentences::groups_formed`].
    fn others_blocked(&self, others: u32, obstacle: Obstacle) -> String;
    fn nobody_enrolled(&self, programme: &str) -> String;
    fn no_group(&self, programme: &str, closest: Option<&Closest>, obstacle: Option<Obstacle>) -> String;
    fn obstacle(&self, obstacle: Obstacle) -> &'static str;
    /// What lets one more group be formed.
    fn levers(&self, levers: &[Lever]) -> String;
    fn in_all(&self, placed: u32, enrolled: u32) -> String;

    /// "mardi matin et jeudi après-midi", "lundi et jeudi, toute la journée"
    fn days(&self, days: &[DayPart]) -> String;
    /// "le mardi matin et le jeudi après-midi"
    fn on_days(&self, days: &[DayPart]) -> String;
    /// "à Chinon", "au Blanc"
    fn at(&self, site: &str) -> String;
    fn in_turn(&self, sites: &[&str], turn: Turn) -> String;
    fn first_to_last(&self, first: Date, last: Date) -> String;
    fn group_size(&self, members: u32, min: u32, max: u32) -> String;
    /// "5 en voiture", "2 en car ou en train (retour : passagers)"
    fn come_by(&self, count: u32, to: Mode, back: Mode) -> String;
    fn only_by_video(&self, count: u32) -> String;
    fn how_they_come(&self, ways: &[String], longest: Seconds) -> String;
    fn by_video(&self) -> &'static str;
    fn not_every_session(&self, count: u32) -> String;
    /// Dates of a group's of which some timetable says nothing, out of all.
    fn unknown_dates(&self, dates: u32, of: u32) -> String;
    /// Dates on which some member has no trip, the first few.
    fn without_a_trip(&self, dates: &[Date]) -> String;
    fn no_group_at_all(&self) -> &'static str;

    fn left_out(&self, programme: &str, left_out: u32, enrolled: u32) -> String;
    /// So many youths are alike, and some of them have a place.
    fn interchangeable(&self, placed: u32, of: u32, ids: &str) -> String;
    fn nobody_left_out(&self) -> &'static str;
    fn reason(&self, reason: Reason, limit: Seconds) -> String;
    /// "(y01, y02…)"
    fn first_ids(&self, ids: &[&str], more: bool) -> String;

    fn hours_within_reach(&self, youths: u32, of: u32, weekly: Seconds) -> String;
    fn hours_planned(&self, youths: u32, weekly: Seconds) -> String;
    fn hours_scope(&self) -> &'static str;

    fn opened(&self, site: &str, cost: Cents) -> String;

    fn proved(&self, proved: &Proved) -> String;
    fn mark(&self, mark: Mark) -> &'static str;

    /// An objective's value, and the bound when it is not proved.
    fn tier_reached(&self, tier: Tier, value: i64, bound: Option<i64>) -> String;
    fn stopped_by_time(&self) -> &'static str;
    /// "cej, Chinon lundi : 2 groupes, 17 jeunes"
    fn option_groups(&self, programme: &str, option: &str, groups: u32, members: u32) -> String;
    fn only_so_many(&self, crowd: Crowd) -> String;
    fn no_certificate(&self) -> &'static str;
    fn not_certified(&self) -> &'static str;

    fn level(&self, level: Level) -> &'static str;
    fn finding_counts(&self, errors: usize, warnings: usize, notes: usize) -> String;
    fn no_file(&self) -> &'static str;
    fn nothing_found(&self) -> &'static str;
    /// So many more findings of a kind, up to a line.
    fn more_of_a_kind(&self, code: &str, more: usize, last: u32) -> String;

    fn stage(&self, stage: Stage) -> &'static str;
    fn impossible(&self) -> &'static str;
    fn not_found(&self) -> &'static str;
    fn unverified(&self) -> &'static str;
    fn written(&self, folder: &str) -> String;
    fn error(&self, error: &Error) -> String;
}

/// Joins "a", "b" and "c" as "a, b et c".
pub(super) fn list(items: &[String], and: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} {and} {last}", head.join(", ")),
    }
}

/// Whether there are several days and the group takes both halves of each.
pub(super) fn several_full_days(days: &[DayPart]) -> bool {
    days.len() > 1 && days.iter().all(|day| day.part == Part::Both)
}

/// The first and last of at least three full days that follow one another.
pub(super) fn run_of_full_days(days: &[DayPart]) -> Option<(Weekday, Weekday)> {
    let follows = |pair: &[DayPart]| pair[0].day.wrapping_add(1) == pair[1].day;
    let run = days.len() > 2 && several_full_days(days) && days.windows(2).all(follows);
    let (first, last) = (days.first()?, days.last()?);
    run.then_some((first.day, last.day))
}

/// Groups the digits of a whole number by three.
pub(super) fn thousands(n: u64, mark: char) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + 4);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// One decimal; a gap that is not nothing is never told as 0.0.
pub(super) fn percent(value: f64) -> String {
    format!("{:.1}", if value > 0.0 { value.max(0.1) } else { 0.0 })
}

/// Minutes, rounded up, as "38 min" or "1 h 05".
pub(super) fn duration(time: Seconds) -> String {
    let minutes = time.to_minutes().get();
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("{m} min"),
        (h, 0) => format!("{h} h"),
        (h, m) => format!("{h} h {m:02}"),
    }
}

/// Every change that lets one more group be formed, each as a lever.
#[cfg(test)]
pub(super) fn every_lever() -> Vec<Lever> {
    use crate::plan::Lack;
    let site = || "à Chinon".to_owned();
    let changes = [
        Change::More(Lack::Groups),
        Change::More(Lack::Rooms { site: site(), rooms: 1 }),
        Change::More(Lack::Site { site: site(), half_days: 2 }),
        Change::More(Lack::Overall(1)),
        Change::More(Lack::Advisers(2)),
        Change::More(Lack::Gates(2)),
        Change::Minimum,
        Change::Limit(Seconds::new(3_181)),
        Change::Youths(1),
    ];
    let days = vec![DayPart { day: Weekday::Monday, part: Part::Morning }];
    let lever =
        |(change, gain)| Lever { change, at: "au Blanc".to_owned(), days: days.clone(), min: 8, gain };
    changes.into_iter().zip(1..).map(lever).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(thousands(1_234_567, ' '), "1 234 567");
        assert_eq!(thousands(999, ' '), "999");
        assert_eq!(percent(0.01), "0.1");
        assert_eq!(percent(0.0), "0.0");
        assert_eq!(duration(Seconds::from_minutes(65)), "1 h 05");
        assert_eq!(duration(Seconds::new(2701)), "46 min");
        assert_eq!(duration(Seconds::from_minutes(120)), "2 h");
    }

    #[test]
    fn the_last_of_a_list_is_joined_by_a_word() {
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(list(&items, "et"), "a, b et c");
        assert_eq!(list(&items[..1], "et"), "a");
        assert_eq!(list(&[], "et"), "");
    }
}
