//! `communes.csv` and `places.csv`: where trips start.

use super::Unread;
use super::files::{Folder, Found, missing_file};
use super::gazetteer::Gazetteer;
use super::report::Report;
use super::table::{Column, Form, Row, optional, required};
use crate::error::Error;
use crate::finding::{Finding, Text};
use crate::territory::{Density, Draft, Place, Written};
use crate::units::Key;

mod commune {
    use super::{Column, Form, optional, required};
    const IGNORED: &[&str] = &["epci_code", "point", "dep", "youth_15_24_estimate"];
    pub(super) const FORM: Form = Form { name: "communes", columns: COLUMNS, ignored: IGNORED };
    const COLUMNS: &[Column] = &[
        required("insee_code"),
        optional("name"),
        optional("epci_name"),
        optional("population"),
        optional("lon"),
        optional("lat"),
        optional("density"),
    ];
    pub(super) const CODE: usize = 0;
    pub(super) const NAME: usize = 1;
    pub(super) const EPCI: usize = 2;
    pub(super) const POPULATION: usize = 3;
    pub(super) const LON: usize = 4;
    pub(super) const LAT: usize = 5;
    pub(super) const DENSITY: usize = 6;
}

mod place {
    use super::{Column, Form, optional, required};
    pub(super) const FORM: Form = Form { name: "places", columns: COLUMNS, ignored: &[] };
    const COLUMNS: &[Column] =
        &[required("id"), optional("name"), optional("insee_code"), required("lon"), required("lat")];
    pub(super) const ID: usize = 0;
    pub(super) const NAME: usize = 1;
    pub(super) const CODE: usize = 2;
    pub(super) const LON: usize = 3;
    pub(super) const LAT: usize = 4;
}

/// Reads both files.
pub(super) fn read(
    folder: &mut Folder<'_>,
    draft: &mut Draft,
    report: &mut Report,
    unread: &mut Unread,
) -> Result<(), Error> {
    if !folder.has_table("communes") && !folder.has_table("places") {
        missing_file("communes.csv", report);
        unread.places = true;
        return Ok(());
    }
    let communes = communes(folder, draft, report)?;
    let places = places(folder, draft, report)?;
    unread.places = !(communes && places);
    Ok(())
}

/// Whether every row that others may point at was read, or there is no file.
pub(super) fn communes(
    folder: &mut Folder<'_>,
    draft: &mut Draft,
    report: &mut Report,
) -> Result<bool, Error> {
    let mut table = match folder.table(&commune::FORM, report)? {
        Found::Nothing => return Ok(true),
        Found::Unreadable => return Ok(false),
        Found::Here(table) => table,
    };
    let gazetteer = Gazetteer::new(&[]);
    let mut all = true;
    while let Some(row) = table.next(folder, report)? {
        match commune(&row, &gazetteer, report) {
            Some(place) => draft.places.push(place),
            None => all = false,
        }
    }
    Ok(all && !table.is_cut())
}

/// A commune; none where its code can't be read, which was reported.
fn commune(row: &Row<'_>, gazetteer: &Gazetteer<'_>, report: &mut Report) -> Option<Written<Place>> {
    use commune::{CODE, EPCI, LAT, LON, NAME, POPULATION};
    if row.get(CODE).is_empty() {
        report.missing(row.line, row.name(CODE));
    }
    let code = gazetteer.own_code(row, CODE, report);
    let epci = Some(row.get(EPCI)).filter(|name| !name.is_empty()).map(str::to_owned);
    let population = row.whole(POPULATION, report);
    let position = row.position(LON, LAT, report);
    let key = code.as_ref().and_then(|code| Key::new(code.as_str()))?;
    let name = named(row.get(NAME), &key);
    let value = Place { key, name, commune: code, position, population, epci };
    Some(Written { value, source: report.at(row.line) })
}

/// Communes, each with its density where the column is filled in.
type WithDensity = Vec<(Written<Place>, Option<Density>)>;

/// Communes with their density, where the column is filled in; none where the file can't be read at all.
pub(super) fn with_density(
    folder: &mut Folder<'_>,
    report: &mut Report,
) -> Result<Option<WithDensity>, Error> {
    let Found::Here(mut table) = folder.table(&commune::FORM, report)? else { return Ok(None) };
    let gazetteer = Gazetteer::new(&[]);
    let mut all = Vec::new();
    while let Some(row) = table.next(folder, report)? {
        let density = density(&row, report);
        all.extend(commune(&row, &gazetteer, report).map(|place| (place, density)));
    }
    Ok(Some(all))
}

fn density(row: &Row<'_>, report: &mut Report) -> Option<Density> {
    let text = row.get(commune::DENSITY);
    let density = Density::parse(text);
    if density.is_none() && !text.is_empty() {
        let expected = Text::say(|words| words.a_density());
        report.bad(row.line, row.name(commune::DENSITY), text, expected);
    }
    density
}

pub(super) fn places(folder: &mut Folder<'_>, draft: &mut Draft, report: &mut Report) -> Result<bool, Error> {
    use place::{CODE, FORM, ID, LAT, LON, NAME};
    let mut table = match folder.table(&FORM, report)? {
        Found::Nothing => return Ok(true),
        Found::Unreadable => return Ok(false),
        Found::Here(table) => table,
    };
    let gazetteer = Gazetteer::new(&draft.places);
    let mut places = Vec::new();
    let mut all = true;
    while let Some(row) = table.next(folder, report)? {
        let key = row.key(ID, report);
        let commune = gazetteer.code(&row, CODE, report);
        let position = row.position(LON, LAT, report);
        let Some(key) = key else {
            all = false;
            continue;
        };
        let name = named(row.get(NAME), &key);
        let value = Place { key, name, commune, position, population: None, epci: None };
        places.push(Written { value, source: report.at(row.line) });
    }
    draft.places.append(&mut places);
    Ok(all && !table.is_cut())
}

/// Homes that are no place of the folder and are understood all the same: each
/// with what was probably meant, and taken out of the draft.
pub(super) fn explain_homes(draft: &mut Draft, report: &Report) -> Vec<Finding> {
    let gazetteer = Gazetteer::new(&draft.places);
    let mut findings = Vec::new();
    for w in &mut draft.youths {
        let Some(home) = w.value.home.as_ref().filter(|home| !gazetteer.has(home.as_str())) else { continue };
        let Some(meant) = gazetteer.meant(home.as_str()) else { continue };
        let (code, what, remedy) = meant.finding(home.as_str());
        let source = report.column_of(w.source.clone(), "place");
        findings.push(Finding::new(code, source, what, remedy));
        w.value.home = None;
    }
    findings
}

/// A name, or the identifier where there is none.
pub(super) fn named(name: &str, key: &Key) -> String {
    if name.is_empty() { key.as_str().to_owned() } else { name.to_owned() }
}
