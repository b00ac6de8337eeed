//! `calendar.csv`: school holidays, bank holidays, closed sites.

use super::files::{Folder, Found};
use super::report::Report;
use super::table::{Column, Form, Row, optional, required};
use super::value::Keys;
use crate::error::Error;
use crate::finding::{Code, Text};
use crate::territory::{Closure, DateRange, Draft, Holidays};
use crate::units::Key;
use std::collections::BTreeSet;

const COLUMNS: &[Column] =
    &[required("kind"), optional("name"), required("start"), optional("end"), optional("site")];
const FORM: Form = Form { name: "calendar", columns: COLUMNS, ignored: &[] };
const KIND: usize = 0;
const NAME: usize = 1;
const START: usize = 2;
const END: usize = 3;
const SITE: usize = 4;

/// Reads `calendar.csv`, if there is one.
pub(super) fn read(
    folder: &mut Folder<'_>,
    draft: &mut Draft,
    report: &mut Report,
    sites_unread: bool,
) -> Result<(), Error> {
    let Found::Here(mut table) = folder.table(&FORM, report)? else { return Ok(()) };
    let sites: BTreeSet<Key> = draft.sites.iter().map(|w| w.value.key.clone()).collect();
    let mut keys = Keys::default();
    while let Some(row) = table.next(folder, report)? {
        let dates = dates(&row, report);
        let site = keys.one(&row, SITE, report);
        // Looked up here, since a calendar's entries don't keep their lines.
        let known = site.as_ref().is_none_or(|key| sites.contains(key));
        if let (Some(key), false, false) = (&site, known, sites_unread) {
            unknown_site(row.line, key, report);
        }
        let name = row.get(NAME).to_owned();
        let kind = row.get(KIND);
        match (kind.to_lowercase().as_str(), dates) {
            ("holiday" | "vacances", Some(dates)) => draft.calendar.holidays.push(Holidays { name, dates }),
            ("closure" | "fermeture" | "bank_holiday" | "ferie" | "férié", Some(dates)) if known => {
                draft.calendar.closures.push(Closure { name, site, dates });
            }
            ("holiday" | "vacances" | "closure" | "fermeture" | "bank_holiday" | "ferie" | "férié", _) => {}
            ("", _) => report.missing(row.line, row.name(KIND)),
            _ => report.bad(row.line, row.name(KIND), kind, Text::say(|words| words.a_kind_of_closure())),
        }
    }
    sort(draft);
    Ok(())
}

/// The same calendar whatever the order of its rows.
fn sort(draft: &mut Draft) {
    draft.calendar.holidays.sort_by(|a, b| (a.dates, &a.name).cmp(&(b.dates, &b.name)));
    draft.calendar.closures.sort_by(|a, b| (a.dates, &a.site, &a.name).cmp(&(b.dates, &b.site, &b.name)));
}

fn dates(row: &Row<'_>, report: &mut Report) -> Option<DateRange> {
    if row.get(START).is_empty() {
        report.missing(row.line, row.name(START));
    }
    let first = row.date(START, report);
    let last = row.date(END, report);
    let last = if row.get(END).is_empty() { first } else { last };
    let (first, last) = (first?, last?);
    let range = DateRange::new(first, last);
    if range.is_none() {
        let expected = Text::say(|words| words.an_end_not_before_the_start());
        report.out_of_range(row.line, row.name(END), row.get(END), expected);
    }
    range
}

fn unknown_site(line: u32, key: &Key, report: &mut Report) {
    report.say(
        Code::UnknownReference,
        line,
        Text::say(|words| words.no_such_site(key)),
        Text::say(|words| words.correct_or_leave_empty_for_all_sites()),
    );
}
