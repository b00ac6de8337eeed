//! `programmes.csv`: programmes as rows of a sheet, in the place of `programmes.toml`.
//!
//! What a sheet has no room for, mix rules and sites in turn, only the TOML has.

use super::Unread;
use super::files::{Folder, Found};
use super::places::named;
use super::programmes::{DAY_MIN, in_holidays};
use super::report::Report;
use super::table::{Column, Form, Row, optional, required};
use super::value::Keys;
use crate::error::Error;
use crate::finding::{Code, Text};
use crate::territory::{
    Ages, Draft, GroupSize, InHolidays, Names, Needed, Programme, Rhythm, StartWindow, Written,
};
use crate::units::{Key, Seconds};
use jiff::civil::Date;

/// The table's name.
pub(super) const TABLE: &str = "programmes";

const FORM: Form = Form { name: TABLE, columns: COLUMNS, ignored: &["remarque", "note"] };
const COLUMNS: &[Column] = &[
    required("id"),
    optional("name"),
    required("min"),
    required("target"),
    required("max"),
    optional("half_days"),
    optional("full_days"),
    optional("schedules"),
    optional("slots"),
    optional("sites"),
    required("weeks"),
    required("start"),
    optional("start_weeks_later"),
    optional("holidays"),
    optional("needed_percent"),
    optional("limit_min"),
    optional("age_from"),
    optional("age_before"),
    optional("age_before_if_disabled"),
    optional("excludes"),
    optional("max_groups"),
    optional("cost_eur"),
    optional("attendance"),
    optional("hold"),
];
const ID: usize = 0;
const NAME: usize = 1;
const MIN: usize = 2;
const TARGET: usize = 3;
const MAX: usize = 4;
const HALF_DAYS: usize = 5;
const FULL_DAYS: usize = 6;
const SCHEDULES: usize = 7;
const SLOTS: usize = 8;
const SITES: usize = 9;
const WEEKS: usize = 10;
const START: usize = 11;
const LATER: usize = 12;
const IN_HOLIDAYS: usize = 13;
const NEEDED: usize = 14;
const LIMIT: usize = 15;
const AGE_FROM: usize = 16;
const AGE_BEFORE: usize = 17;
const AGE_BEFORE_DISABLED: usize = 18;
const EXCLUDES: usize = 19;
const MAX_GROUPS: usize = 20;
const COST: usize = 21;
const ATTENDANCE: usize = 22;
const HOLD: usize = 23;

/// Reads the table, which is there.
pub(super) fn read(
    folder: &mut Folder<'_>,
    draft: &mut Draft,
    report: &mut Report,
    unread: &mut Unread,
) -> Result<(), Error> {
    unread.programmes = true;
    let Found::Here(mut table) = folder.table(&FORM, report)? else { return Ok(()) };
    let mut keys = Keys::default();
    let mut all = true;
    while let Some(row) = table.next(folder, report)? {
        match programme(&row, &mut keys, report) {
            Some(value) => draft.programmes.push(Written { value, source: report.at(row.line) }),
            None => all = false,
        }
    }
    // Nothing is said of those who are enrolled where none is written.
    unread.programmes = draft.programmes.is_empty() || !all || table.is_cut();
    Ok(())
}

fn programme(row: &Row<'_>, keys: &mut Keys, report: &mut Report) -> Option<Programme<Names>> {
    let key = row.key(ID, report);
    let size = size(row, report);
    let rhythm = rhythm(row, keys, report);
    let slots = starred(row, SLOTS, keys, report);
    let sites = starred(row, SITES, keys, report);
    let weeks = required_whole(row, WEEKS, (1, 104), report).unwrap_or(1);
    let start = start(row, report);
    let in_holidays = holidays(row, report);
    let needed = match whole_within(row, NEEDED, (1, 100), report).and_then(|n| u8::try_from(n).ok()) {
        Some(percent) => Needed::Percent(percent),
        None => Needed::All,
    };
    let limit = whole_within(row, LIMIT, (0, DAY_MIN), report).map(Seconds::from_minutes);
    let ages = ages(row, report);
    let excludes = keys.list(row, EXCLUDES, report);
    let max_groups = whole_within(row, MAX_GROUPS, (1, 1000), report).unwrap_or(1);
    let group_cost = row.euros(COST, report);
    let attendance = row.chance(ATTENDANCE, report);
    let hold = row.chance(HOLD, report);
    let key: Key = key?;
    Some(Programme {
        name: named(row.get(NAME), &key),
        key,
        size,
        rhythm,
        slots,
        sites,
        alternating: Vec::new(),
        weeks: u16::try_from(weeks).unwrap_or(1),
        start,
        in_holidays,
        needed,
        limit,
        ages,
        mix: Vec::new(),
        excludes,
        max_groups,
        group_cost,
        attendance,
        hold,
    })
}

/// A list; `*` is all, as an empty field is.
fn starred(row: &Row<'_>, column: usize, keys: &mut Keys, report: &mut Report) -> Vec<Key> {
    if row.get(column) == "*" { Vec::new() } else { keys.list(row, column, report) }
}

/// Sizes; where they can't be, any size at all stands in their place.
fn size(row: &Row<'_>, report: &mut Report) -> GroupSize {
    const RANGE: (u32, u32) = (1, GroupSize::LARGEST);
    let [min, target, max] = [MIN, TARGET, MAX].map(|column| required_whole(row, column, RANGE, report));
    let (Some(min), Some(target), Some(max)) = (min, target, max) else { return GroupSize::any() };
    GroupSize::new(min, target, max).unwrap_or_else(|| {
        report.say(
            Code::BadGroupSize,
            row.line,
            Text::say(|words| words.sizes_of_a_row_out_of_order(min, target, max)),
            Text::say(|words| words.sizes_of_a_row_ascend()),
        );
        GroupSize::any()
    })
}

fn rhythm(row: &Row<'_>, keys: &mut Keys, report: &mut Report) -> Rhythm<Names> {
    let few = |n: Option<u32>| n.and_then(|n| u8::try_from(n).ok()).unwrap_or(1);
    let written = [HALF_DAYS, FULL_DAYS, SCHEDULES].map(|column| !row.get(column).is_empty());
    match written {
        [true, false, false] => Rhythm::HalfDays(few(whole_within(row, HALF_DAYS, (1, 3), report))),
        [false, true, false] => Rhythm::FullDays(few(whole_within(row, FULL_DAYS, (1, 5), report))),
        [false, false, true] => Rhythm::Listed(schedules(row, keys, report)),
        _ => {
            let none = written == [false; 3];
            let code = if none { Code::MissingValue } else { Code::BadValue };
            let written = Text::say(|words| match none {
                true => words.none_is_written(),
                false => words.several_are_written(),
            });
            report.say(
                code,
                row.line,
                Text::say(|words| words.rhythm_columns(&written)),
                Text::say(|words| words.fill_in_one_column()),
            );
            Rhythm::HalfDays(1)
        }
    }
}

/// Sets of half-days, separated by `/`: `lun-am jeu-am / mar-am ven-am`.
fn schedules(row: &Row<'_>, keys: &mut Keys, report: &mut Report) -> Vec<Vec<Key>> {
    let sets = row.get(SCHEDULES).split('/').map(str::trim).filter(|set| !set.is_empty());
    sets.map(|set| keys.list_of(set, row, SCHEDULES, report)).collect()
}

fn start(row: &Row<'_>, report: &mut Report) -> StartWindow {
    if row.get(START).is_empty() {
        report.missing(row.line, row.name(START));
    }
    let first = row.date(START, report).unwrap_or(Date::constant(2000, 1, 3));
    let later = whole_within(row, LATER, (0, 52), report).and_then(|n| u16::try_from(n).ok());
    StartWindow { first, later_weeks: later.unwrap_or(0) }
}

fn holidays(row: &Row<'_>, report: &mut Report) -> InHolidays {
    let text = row.get(IN_HOLIDAYS);
    let told = if text.is_empty() { Some(InHolidays::Runs) } else { in_holidays(&text.to_lowercase()) };
    if told.is_none() {
        report.bad(row.line, row.name(IN_HOLIDAYS), text, Text::say(|words| words.in_holidays_of_a_row()));
    }
    told.unwrap_or(InHolidays::Runs)
}

fn ages(row: &Row<'_>, report: &mut Report) -> Ages {
    let usual = Ages::MISSION_LOCALE;
    let mut age =
        |column| whole_within(row, column, (0, 120), report).and_then(|years| u8::try_from(years).ok());
    Ages {
        from: age(AGE_FROM).unwrap_or(usual.from),
        before: age(AGE_BEFORE).unwrap_or(usual.before),
        before_if_disabled: age(AGE_BEFORE_DISABLED).or(usual.before_if_disabled),
    }
}

fn required_whole(row: &Row<'_>, column: usize, range: (u32, u32), report: &mut Report) -> Option<u32> {
    if row.get(column).is_empty() {
        report.missing(row.line, row.name(column));
    }
    whole_within(row, column, range, report)
}

/// A whole number in a range, or nothing when empty.
fn whole_within(row: &Row<'_>, column: usize, range: (u32, u32), report: &mut Report) -> Option<u32> {
    let (least, most) = range;
    let number = row.whole(column, report)?;
    let fits = (least..=most).contains(&number);
    if !fits {
        let expected = Text::say(|words| words.a_whole_number(least.into(), most.into()));
        report.out_of_range(row.line, row.name(column), &number.to_string(), expected);
    }
    fits.then_some(number)
}
