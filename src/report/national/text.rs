//! A run as a page for a terminal.

use super::super::terminal::Page;
use super::json::of_status;
use super::row::{Basis, Class, Kind, Status, TerritoryRow};
use super::tally::{Changed, Tally};
use super::{NationalChange, NationalRun};
use crate::finding::Lang;
use crate::report::language::national::{Line, NationalHeading, NationalSentences, of};
use crate::units::Seconds;
use std::cmp::Reverse;

/// Territories that are told one by one; of more, the files have the lines.
const TOLD: usize = 30;
/// Those that lose most, told of many.
const MOST: usize = 10;

/// A run as a page of at most 100 columns.
pub fn national_text(run: &NationalRun<'_>, lang: Lang) -> String {
    let (say, mut page) = (of(lang), Page::default());
    page.title(&say.national_title(run.rows.len() as u32));
    page.paragraph(0, "", say.exact_numbers());
    if run.rows.iter().any(|row| row.demand.as_ref().is_some_and(|demand| demand.seed.is_some())) {
        page.paragraph(0, "", say.nobody_real());
    }
    let mut section = |heading, lines: Vec<String>| {
        if !lines.is_empty() {
            page.heading(&say.national_heading(heading, run.rows.len() as u32));
        }
        lines.iter().for_each(|line| page.paragraph(2, "- ", line));
    };
    let all = Tally::of(run.rows);
    section(NationalHeading::Answer, answer(run, &all, say));
    section(NationalHeading::Classes, classes(run.rows, say));
    section(NationalHeading::After, after(run, &all, say));
    section(NationalHeading::Losers, losers(run.rows, say));
    section(NationalHeading::Each, each(run.rows, say));
    section(NationalHeading::Broken, broken(run.rows, lang, say));
    section(NationalHeading::Rests, run.assumptions(lang));
    page.finish()
}

fn answer(run: &NationalRun<'_>, all: &Tally, say: &dyn NationalSentences) -> Vec<String> {
    let broken = of_status(run.rows, Status::Broken);
    let without = of_status(run.rows, Status::NotFound);
    let mut lines = vec![say.how_many_answer(all.answered, broken, without)];
    if all.answered > 0 {
        lines.push(say.places_in_all(all.youths, all.enrolled, all.before.placed, all.before.groups));
        lines.push(say.proved_share(all.before.proved, all.answered, all.before.gap(), all.before.bound));
        lines.push(say.out_of_reach(all.before.out_of_reach, all.enrolled));
    }
    lines
}

/// Rural beside urban; nothing where nobody is classified.
fn classes(rows: &[TerritoryRow], say: &dyn NationalSentences) -> Vec<String> {
    let classes = Tally::by_class(rows);
    if classes.iter().all(|(class, _)| class.is_none()) {
        return Vec::new();
    }
    let answered = classes.into_iter().filter(|(_, tally)| tally.answered > 0);
    answered
        .map(|(class, tally)| {
            let after = tally.changed.as_ref().map(|changed| (changed.before.placed, changed.after.placed));
            say.class_line(say.class(class), &tally_line(&tally), after)
        })
        .collect()
}

fn tally_line(tally: &Tally) -> super::super::language::national::InAll {
    super::super::language::national::InAll {
        territories: tally.answered,
        enrolled: tally.enrolled,
        placed: tally.before.placed,
        groups: tally.before.groups,
        out_of_reach: tally.before.out_of_reach,
    }
}

fn after(run: &NationalRun<'_>, all: &Tally, say: &dyn NationalSentences) -> Vec<String> {
    if matches!(run.change, NationalChange::Nothing) {
        return Vec::new();
    }
    let untold = all.answered - all.changed.as_ref().map_or(0, |changed| changed.territories);
    let mut lines = Vec::new();
    if let Some(changed) = &all.changed {
        let Changed { before, after, gained, lost, by, .. } = changed;
        lines.push(say.before_and_after((before.placed, after.placed), (before.groups, after.groups)));
        lines.push(say.proved_share(after.proved, changed.territories, after.gap(), after.bound));
        lines.push(say.gained_and_lost_in_all(*gained, *lost));
        let kinds = Kind::ALL.into_iter().filter_map(|kind| Some((kind, by.get(&kind)?)));
        lines.extend(kinds.map(|(kind, both)| {
            let name = say.kind(&kind.group()).unwrap_or_default();
            format!("{name}{} {}", say.colon(), say.gained_and_lost_in_all(both.gained, both.lost))
        }));
    }
    if untold > 0 {
        lines.push(say.nothing_after(untold));
    }
    lines
}

/// Of many, those that lose most.
fn losers(rows: &[TerritoryRow], say: &dyn NationalSentences) -> Vec<String> {
    if rows.len() <= TOLD {
        return Vec::new();
    }
    let mut losing: Vec<&TerritoryRow> =
        rows.iter().filter(|row| row.lost().is_some_and(|n| n > 0)).collect();
    losing.sort_by_key(|row| (Reverse(row.lost()), &row.id));
    losing.into_iter().take(MOST).filter_map(|row| line(row, say)).collect()
}

fn each(rows: &[TerritoryRow], say: &dyn NationalSentences) -> Vec<String> {
    if rows.len() > TOLD {
        return vec![say.lines_in_files().to_owned()];
    }
    rows.iter().filter_map(|row| line(row, say)).collect()
}

/// One territory; none without an answer.
fn line(row: &TerritoryRow, say: &dyn NationalSentences) -> Option<String> {
    let (demand, before) = (row.demand.as_ref()?, row.before.as_ref()?);
    Some(say.territory_line(&Line {
        name: &row.name,
        class: row.class.map(|class: Class| say.class(Some(class))),
        enrolled: demand.enrolled,
        placed: before.placed,
        gap: before.bound - before.placed,
        groups: before.groups,
        trip: before.trip_s.map(Seconds::new),
        after: row.after.as_ref().map(|after| (after.then.placed, after.lost)),
        assumed: row.catchment == Basis::NearestSeat,
    }))
}

fn broken(rows: &[TerritoryRow], lang: Lang, say: &dyn NationalSentences) -> Vec<String> {
    let told = |row: &TerritoryRow| match row.status {
        Status::Answered => None,
        Status::NotFound => Some(format!("{}{} {}.", row.name, say.colon(), say.no_plan())),
        Status::Broken => {
            let first = row.findings.first();
            let what = first.map_or_else(|| say.broken().to_owned(), |f| f.what(lang).to_owned());
            let place = first.map_or_else(String::new, |f| format!(" ({}, {})", f.place(), f.code));
            let more = row.findings.len().saturating_sub(1) as u32;
            let more = if more > 0 { format!(" ; {}", say.more_findings_of_it(more)) } else { String::new() };
            Some(format!("{}{} {what}{place}{more}.", row.name, say.colon()))
        }
    };
    rows.iter().filter_map(told).collect()
}
