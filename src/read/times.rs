//! `times.csv`: travel times that somebody else computed.

use super::Unread;
use super::files::{Folder, Found};
use super::report::Report;
use super::table::{Column, Form, Row, optional, required};
use crate::error::Error;
use crate::finding::{Code, Finding, Phrase, Source, Text};
use crate::territory::{Draft, Mode, Territory};
use crate::travel::{Matrix, MissingPair, PairTimes, Query};
use crate::units::{Key, Metres, Seconds};
use std::collections::HashMap;

const FILE: &str = "times.csv";
const COLUMNS: &[Column] = &[
    required("home"),
    required("site"),
    required("to_s"),
    required("from_s"),
    optional("mode"),
    optional("date"),
    optional("metres"),
];
const FORM: Form = Form { name: "times", columns: COLUMNS, ignored: &[] };
const HOME: usize = 0;
const SITE: usize = 1;
const TO: usize = 2;
const FROM: usize = 3;
const MODE: usize = 4;
const DATE: usize = 5;
const METRES: usize = 6;

/// Longest time: a week.
const WEEK_S: u32 = 7 * 24 * 3600;
/// Longest distance: once around the earth.
const EARTH_M: u32 = 40_100_000;

/// What becomes of pairs that the matrix does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Missing {
    /// They are asked of the next provider, and their number is said.
    #[default]
    Complete,
    /// They are an error.
    Refuse,
}

/// Reads `times.csv`, if there is one.
pub(super) fn read(
    folder: &mut Folder<'_>,
    draft: &Draft,
    report: &mut Report,
    unread: &Unread,
) -> Result<Option<Matrix>, Error> {
    let Found::Here(mut table) = folder.table(&FORM, report)? else { return Ok(None) };
    let mut homes = Known::new(draft.places.iter().map(|w| &w.value.key), unread.places);
    let mut sites = Known::new(draft.sites.iter().map(|w| &w.value.key), unread.sites);
    let mut matrix = Matrix::builder();
    let mut lines = Vec::new();
    while let Some(row) = table.next(folder, report)? {
        let home = homes.find(&row, HOME, |key| Text::say(|words| words.no_such_place(key)), report);
        let site = sites.find(&row, SITE, |key| Text::say(|words| words.no_such_site(key)), report);
        let times = PairTimes {
            mode: mode(&row, report),
            date: row.date(DATE, report),
            to: measured(&row, TO, WEEK_S, report).map(Seconds::new),
            back: measured(&row, FROM, WEEK_S, report).map(Seconds::new),
            distance: measured(&row, METRES, EARTH_M, report).map(Metres::new),
        };
        if let (Some(home), Some(site)) = (home, site) {
            matrix.pair(&home, &site, times);
            lines.push(row.line);
        }
    }
    match matrix.build(FILE) {
        Ok(matrix) => Ok(Some(matrix)),
        Err(again) => {
            again.into_iter().filter_map(|nth| lines.get(nth)).for_each(|&line| twice(line, report));
            Ok(None)
        }
    }
}

/// Identifiers that may stand in a column, each looked up once for each way that it is written.
struct Known {
    keys: HashMap<String, Key>,
    /// Some could not be read: who is not among them may be one of those.
    unread: bool,
}

impl Known {
    fn new<'k>(keys: impl Iterator<Item = &'k Key>, unread: bool) -> Self {
        Self { keys: keys.map(|key| (key.as_str().to_owned(), key.clone())).collect(), unread }
    }

    fn find(
        &mut self,
        row: &Row<'_>,
        column: usize,
        unknown: fn(&Key) -> Text,
        report: &mut Report,
    ) -> Option<Key> {
        let found = self.keys.get(row.get(column));
        if found.is_some() {
            return found.cloned();
        }
        let key = row.key(column, report)?;
        if !self.unread {
            report.say(
                Code::UnknownReference,
                row.line,
                unknown(&key),
                Text::say(|words| words.correct_or_take_the_line_out()),
            );
        }
        None
    }
}

/// Seconds or metres, rounded up, since a second over a limit is over it; nothing when empty.
fn measured(row: &Row<'_>, column: usize, most: u32, report: &mut Report) -> Option<u32> {
    let text = row.get(column);
    if text.is_empty() {
        return None;
    }
    let expected = || Text::say(|words| words.a_number_or_nothing(most));
    match row.decimal(text, report) {
        Some(value) if (0.0..=f64::from(most)).contains(&value) => return Some(value.ceil() as u32),
        Some(_) => report.out_of_range(row.line, row.name(column), text, expected()),
        None => report.bad(row.line, row.name(column), text, expected()),
    }
    None
}

fn mode(row: &Row<'_>, report: &mut Report) -> Mode {
    const WORDS: Phrase = |words| words.a_mode();
    match row.get(MODE).to_lowercase().as_str() {
        "" | "car" | "voiture" => Mode::Car,
        "lift" | "passager" => Mode::Lift,
        "moped" | "cyclomoteur" | "cyclo" | "scooter" => Mode::Moped,
        "ebike" | "e-bike" | "vae" => Mode::EBike,
        "bike" | "velo" | "vélo" => Mode::Bike,
        "walk" | "pied" | "marche" => Mode::Walk,
        "bus" | "autocar" | "coach" | "train" => Mode::Bus,
        "on_demand" | "tad" => Mode::OnDemand,
        "shuttle" | "navette" => Mode::Shuttle,
        other => {
            report.bad(row.line, row.name(MODE), other, Text::say(WORDS));
            Mode::Car
        }
    }
}

fn twice(line: u32, report: &mut Report) {
    report.say(
        Code::DuplicateId,
        line,
        Text::say(|words| words.times_twice()),
        Text::say(|words| words.keep_one_line()),
    );
}

/// What to say of the pairs that the matrix does not have.
pub(super) fn missing(territory: &Territory, matrix: &Matrix, choice: Missing) -> Option<Finding> {
    let pairs = matrix.missing(territory, &Query::of(territory));
    let first = pairs.first()?;
    let text = match choice {
        Missing::Complete => completed(territory, &pairs),
        Missing::Refuse => refused(territory, &pairs),
    };
    let (code, remedy) = match choice {
        Missing::Complete => {
            (Code::TimesCompleted, Text::say(|words| words.add_times(&told(territory, first))))
        }
        Missing::Refuse => (Code::TimesMissing, Text::say(|words| words.add_times_or_complete())),
    };
    Some(Finding::new(code, Source::file(FILE), text, remedy))
}

fn completed(territory: &Territory, pairs: &[MissingPair]) -> Text {
    // Whoever has neither links nor a pace can't complete anything.
    let estimated = |pair: &&MissingPair| {
        let linked = territory.links().iter().any(|(_, link)| link.service.mode() == pair.mode);
        linked || territory.rules().straight_line.pace(pair.mode).is_some()
    };
    let (n, all) = (pairs.iter().filter(estimated).count(), pairs.len());
    let unknown = all - n;
    Text::say(|words| words.times_completed(all, n, unknown))
}

fn refused(territory: &Territory, pairs: &[MissingPair]) -> Text {
    const TOLD: usize = 3;
    let some: Vec<String> = pairs.iter().take(TOLD).map(|pair| told(territory, pair)).collect();
    let (all, some) = (pairs.len(), some.join(", "));
    let more = if all > TOLD { "…" } else { "" };
    Text::say(|words| words.times_missing(all, &some, more))
}

fn told(territory: &Territory, pair: &MissingPair) -> String {
    let (home, site) = (territory.places().key_of(pair.home), territory.sites().key_of(pair.site));
    format!("{home}–{site} ({})", pair.mode.as_str())
}
