//! `arrivals.csv`: how many join a programme's list a week, from where.

use super::Unread;
use super::files::{Folder, Found};
use super::report::Report;
use super::table::{Column, Form, Row, required};
use crate::error::Error;
use crate::finding::Text;
use crate::territory::{Arrival, Draft, Names, Rate, Written};

const COLUMNS: &[Column] = &[required("place"), required("programme"), required("per_week")];
const FORM: Form = Form { name: "arrivals", columns: COLUMNS, ignored: &["remarque", "note"] };
const PLACE: usize = 0;
const PROGRAMME: usize = 1;
const PER_WEEK: usize = 2;

/// Reads `arrivals.csv`, if there is one.
pub(super) fn read(
    folder: &mut Folder<'_>,
    draft: &mut Draft,
    report: &mut Report,
    unread: &Unread,
) -> Result<(), Error> {
    let Found::Here(mut table) = folder.table(&FORM, report)? else { return Ok(()) };
    while let Some(row) = table.next(folder, report)? {
        let arrival = arrival(&row, report);
        // A place or a programme that was not read can't be looked up.
        if let (Some(value), false) = (arrival, unread.places || unread.programmes) {
            draft.arrivals.push(Written { value, source: report.at(row.line) });
        }
    }
    Ok(())
}

fn arrival(row: &Row<'_>, report: &mut Report) -> Option<Arrival<Names>> {
    let place = row.key(PLACE, report);
    let programme = row.key(PROGRAMME, report);
    let per_week = per_week(row, report);
    Some(Arrival { place: place?, programme: programme?, per_week: per_week? })
}

fn per_week(row: &Row<'_>, report: &mut Report) -> Option<Rate> {
    let text = row.get(PER_WEEK);
    if text.is_empty() {
        report.missing(row.line, row.name(PER_WEEK));
        return None;
    }
    let expected = || Text::say(|words| words.some_arrivals());
    let Some(number) = row.decimal(text, report) else {
        report.bad(row.line, row.name(PER_WEEK), text, expected());
        return None;
    };
    let rate = Rate::from_decimal(number);
    if rate.is_none() {
        report.out_of_range(row.line, row.name(PER_WEEK), text, expected());
    }
    rate
}
