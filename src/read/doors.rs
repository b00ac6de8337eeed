//! A table of doors alone, for travel times without a territory: `id`, `lon`, `lat`.

use super::Limits;
use super::files::{Folder, Found, Named, Said, alone};
use super::frames::{Cells, Held};
use super::report::Report;
use super::sorted;
use super::table::{Column, Form, Mapping, required};
use crate::control::Control;
use crate::error::Error;
use crate::finding::{Code, Finding, Text};
use crate::units::{Key, Position};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const COLUMNS: &[Column] = &[required("id"), required("lon"), required("lat")];
const FORM: Form = Form { name: "doors", columns: COLUMNS, ignored: &[] };
const ID: usize = 0;
const LON: usize = 1;
const LAT: usize = 2;

/// A home or a site and where it is.
///
/// ```
/// use maillage::{Control, read};
///
/// let (doors, notes) = read::doors("data/valley/places.csv".as_ref(), &Control::none())?;
/// assert_eq!(doors[0].key.as_str(), "moulin");
/// assert_eq!(doors[0].position.lat(), 47.036);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Door {
    /// Its identifier.
    pub key: Key,
    /// Where it is.
    pub position: Position,
}

/// Reads a table of doors, in any form that a territory's tables may have; with what was forgiven.
///
/// # Errors
/// [`Error::Io`] when there is no such file, [`Error::Input`] with every finding when one is
/// an error, [`Error::Cancelled`] when `control` says so.
pub fn doors(path: &Path, control: &Control<'_>) -> Result<(Vec<Door>, Vec<Finding>), Error> {
    let (dir, name) = alone(path)?;
    let limits = Limits::default();
    let mut report = Report::new(limits.findings);
    let mut all = Vec::new();
    if let Some(mut folder) = Folder::open(&dir, limits, control, &mut report) {
        let file = Some(Named::File(name));
        folder.set_said(BTreeMap::from([(FORM.name, Said { file, columns: Mapping::default() })]));
        all = read(&mut folder, &mut report)?;
    }
    Ok((all, sorted(report.into_findings())?))
}

/// As [`doors`], of cells in memory; findings call the table `name`.
///
/// # Errors
/// [`Error::Input`] with every finding when one is an error, [`Error::Cancelled`] when `control` says so.
pub fn doors_of(
    name: &'static str,
    cells: Box<dyn Cells>,
    control: &Control<'_>,
) -> Result<(Vec<Door>, Vec<Finding>), Error> {
    let limits = Limits::default();
    let mut report = Report::new(limits.findings);
    let mut folder = Folder::of(Held::one(FORM.name, name, cells), limits, control);
    let all = read(&mut folder, &mut report)?;
    Ok((all, sorted(report.into_findings())?))
}

fn read(folder: &mut Folder<'_>, report: &mut Report) -> Result<Vec<Door>, Error> {
    let mut doors = Vec::new();
    let Found::Here(mut table) = folder.table(&FORM, report)? else { return Ok(doors) };
    let mut known = BTreeSet::new();
    while let Some(row) = table.next(folder, report)? {
        // Something that is no point was said to be none.
        let no_point = report.is_spoiled(&report.at(row.line));
        let (key, position) = (row.key(ID, report), row.position(LON, LAT, report));
        let Some(key) = key else { continue };
        if !known.insert(key.clone()) {
            report.say_of(
                Code::DuplicateId,
                row.line,
                row.name(ID),
                Text::say(|words| words.there_already(&key)),
                Text::say(|words| words.another_identifier()),
            );
        }
        match position {
            Some(position) => doors.push(Door { key, position }),
            None if !no_point && row.get(LON).is_empty() && row.get(LAT).is_empty() => {
                report.missing(row.line, row.name(LON));
            }
            None => {}
        }
    }
    Ok(doors)
}
