//! `links.csv`: transport links that people declare.

use super::Unread;
use super::files::{Folder, Found};
use super::hours;
use super::report::Report;
use super::table::{Column, Form, Row, optional, required};
use super::value::Keys;
use crate::error::Error;
use crate::finding::{Phrase, Text};
use crate::territory::{Draft, Link, Names, Service, Written};
use crate::units::{Key, Metres, Seconds};

const COLUMNS: &[Column] = &[
    optional("id"),
    required("from"),
    required("to"),
    required("mode"),
    required("minutes"),
    optional("line"),
    optional("days"),
    optional("holidays"),
    optional("both_ways"),
    optional("metres"),
];
const FORM: Form = Form { name: "links", columns: COLUMNS, ignored: &[] };
const ID: usize = 0;
const FROM: usize = 1;
const TO: usize = 2;
const MODE: usize = 3;
const MINUTES: usize = 4;
const LINE: usize = 5;
const DAYS: usize = 6;
const HOLIDAYS: usize = 7;
const BOTH_WAYS: usize = 8;
const METRES: usize = 9;

/// Reads `links.csv`, if there is one.
pub(super) fn read(
    folder: &mut Folder<'_>,
    draft: &mut Draft,
    report: &mut Report,
    unread: &Unread,
) -> Result<(), Error> {
    let Found::Here(mut table) = folder.table(&FORM, report)? else { return Ok(()) };
    let mut keys = Keys::default();
    while let Some(row) = table.next(folder, report)? {
        let link = link(&row, &mut keys, report);
        // An end that was not read can't be looked up.
        if let (Some(value), false) = (link, unread.places || unread.sites) {
            draft.links.push(Written { value, source: report.at(row.line) });
        }
    }
    Ok(())
}

/// A link with placeholders for what can't be read of it, as long as it has its ends.
fn link(row: &Row<'_>, keys: &mut Keys, report: &mut Report) -> Option<Link<Names>> {
    let from = row.key(FROM, report);
    let to = row.key(TO, report);
    let service = service(row, report);
    let time = minutes(row, report);
    let line = keys.one(row, LINE, report);
    let days = hours::weekdays(row, DAYS, report);
    let in_holidays = row.flag_or_yes(HOLIDAYS, report);
    let both_ways = row.flag_or_yes(BOTH_WAYS, report);
    let distance = row.whole(METRES, report).map(Metres::new);
    let (from, to) = (from?, to?);
    let key = match row.get(ID) {
        "" => own_key(row, report),
        _ => row.key(ID, report),
    };
    Some(Link { key: key?, from, to, service, line, time, distance, both_ways, days, in_holidays })
}

/// What tells a link without identifier from the others. Rows alike in all of it are the same identifier twice.
fn own_key(row: &Row<'_>, report: &mut Report) -> Option<Key> {
    let parts = [FROM, TO, MODE, LINE, DAYS, HOLIDAYS].map(|column| row.get(column));
    let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let key = Key::new(&text);
    if key.is_none() {
        report.missing(row.line, row.name(ID));
    }
    key
}

/// What rides. `car` alone is a coach in French and a private car in English: it is not guessed.
fn service(row: &Row<'_>, report: &mut Report) -> Service {
    const WORDS: Phrase = |words| words.a_service();
    match row.get(MODE).to_lowercase().as_str() {
        "bus" | "autocar" | "coach" | "train" => return Service::Bus,
        "tad" | "on_demand" => return Service::OnDemand,
        "navette" | "shuttle" => return Service::Shuttle,
        "" => report.missing(row.line, row.name(MODE)),
        other => report.bad(row.line, row.name(MODE), other, Text::say(WORDS)),
    }
    Service::Bus
}

fn minutes(row: &Row<'_>, report: &mut Report) -> Seconds {
    const PLACEHOLDER: Seconds = Seconds::new(1);
    const MINUTES_OF_DAY: f64 = 24.0 * 60.0;
    let text = row.get(MINUTES);
    match row.decimal(text, report).map(|minutes| (minutes * 60.0).round()) {
        Some(seconds) if (1.0..=MINUTES_OF_DAY * 60.0).contains(&seconds) => {
            return Seconds::new(seconds as u32);
        }
        Some(_) => {
            let expected = Text::say(|words| words.minutes_of_a_ride());
            report.out_of_range(row.line, row.name(MINUTES), text, expected);
        }
        None if text.is_empty() => report.missing(row.line, row.name(MINUTES)),
        None => {
            let expected = Text::say(|words| words.some_minutes());
            report.bad(row.line, row.name(MINUTES), text, expected);
        }
    }
    PLACEHOLDER
}
