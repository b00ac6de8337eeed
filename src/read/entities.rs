//! `sites.csv` and `advisers.csv`.

use super::Unread;
use super::files::{Folder, Found, missing_file};
use super::gazetteer::Gazetteer;
use super::places::named;
use super::report::Report;
use super::table::{Column, Form, Row, missing_column, optional, required};
use super::value::Keys;
use crate::error::Error;
use crate::finding::Text;
use crate::territory::{Adviser, Draft, Names, Site, SiteStatus, Slot, Written};
use crate::units::{Cents, Key};

mod site {
    use super::{Column, Form, optional};
    pub(super) const FORM: Form = Form { name: "sites", columns: COLUMNS, ignored: &["source"] };
    const COLUMNS: &[Column] = &[
        optional("id"),
        optional("name"),
        optional("insee_code"),
        optional("lon"),
        optional("lat"),
        optional("kind"),
        optional("rooms"),
        optional("slots"),
        optional("half_days"),
        optional("opening_eur"),
        optional("room_eur"),
    ];
    pub(super) const ID: usize = 0;
    pub(super) const NAME: usize = 1;
    pub(super) const CODE: usize = 2;
    pub(super) const LON: usize = 3;
    pub(super) const LAT: usize = 4;
    pub(super) const KIND: usize = 5;
    pub(super) const ROOMS: usize = 6;
    pub(super) const SLOTS: usize = 7;
    pub(super) const HALF_DAYS: usize = 8;
    pub(super) const OPENING: usize = 9;
    pub(super) const ROOM: usize = 10;
}

mod adviser {
    use super::{Column, Form, optional, required};
    pub(super) const FORM: Form = Form { name: "advisers", columns: COLUMNS, ignored: &["name"] };
    const COLUMNS: &[Column] = &[required("id"), optional("sites"), optional("slots"), required("half_days")];
    pub(super) const ID: usize = 0;
    pub(super) const SITES: usize = 1;
    pub(super) const SLOTS: usize = 2;
    pub(super) const HALF_DAYS: usize = 3;
}

/// Reads `sites.csv`.
pub(super) fn sites(
    folder: &mut Folder<'_>,
    draft: &mut Draft,
    report: &mut Report,
    unread: &mut Unread,
) -> Result<(), Error> {
    use site::{FORM, ID, NAME};
    unread.sites = true;
    let mut table = match folder.table(&FORM, report)? {
        Found::Here(table) => table,
        Found::Unreadable => return Ok(()),
        Found::Nothing => {
            missing_file("sites.csv", report);
            return Ok(());
        }
    };
    // A list without identifiers is known by its names.
    let id = if table.has(ID) { ID } else { NAME };
    if !table.has(id) {
        missing_column(1, "id", report);
        return Ok(());
    }
    unread.sites = false;
    let every = every_slot(draft);
    let gazetteer = Gazetteer::new(&draft.places);
    let mut keys = Keys::default();
    while let Some(row) = table.next(folder, report)? {
        match site_of(&row, id, &every, &mut keys, &gazetteer, report) {
            Some(value) => draft.sites.push(Written { value, source: report.at(row.line) }),
            None => unread.sites = true,
        }
    }
    unread.sites |= table.is_cut();
    Ok(())
}

fn site_of(
    row: &Row<'_>,
    id: usize,
    every: &[Key],
    keys: &mut Keys,
    gazetteer: &Gazetteer<'_>,
    report: &mut Report,
) -> Option<Site<Names>> {
    use site::{CODE, HALF_DAYS, LAT, LON, NAME, ROOM, ROOMS, SLOTS};
    let key = row.key(id, report);
    let commune = gazetteer.code(row, CODE, report);
    let position = row.position(LON, LAT, report);
    let status = status(row, report);
    let rooms = row.whole(ROOMS, report).unwrap_or(1);
    let open = match row.get(SLOTS) {
        "" | "*" => every.to_vec(),
        _ => keys.list(row, SLOTS, report),
    };
    let half_days = row.whole(HALF_DAYS, report);
    let room_cost = row.euros(ROOM, report);
    let key = key?;
    let name = named(row.get(NAME), &key);
    Some(Site { key, name, commune, position, status, rooms, open, half_days, room_cost })
}

fn status(row: &Row<'_>, report: &mut Report) -> SiteStatus {
    use site::{KIND, OPENING};
    let opening: Cents = row.euros(OPENING, report);
    match row.get(KIND).to_lowercase().as_str() {
        "" | "existing" | "existant" => SiteStatus::Existing,
        "candidate" | "candidat" => SiteStatus::Candidate { opening },
        other => {
            let expected = Text::say(|words| words.existing_or_candidate());
            report.bad(row.line, row.name(KIND), other, expected);
            SiteStatus::Existing
        }
    }
}

/// The half-days of the territory, or the usual ten.
fn every_slot(draft: &Draft) -> Vec<Key> {
    if draft.slots.is_empty() {
        return Slot::ten_half_days().into_iter().map(|slot| slot.key).collect();
    }
    draft.slots.iter().map(|w| w.value.key.clone()).collect()
}

/// Reads `advisers.csv`, if there is one.
pub(super) fn advisers(folder: &mut Folder<'_>, draft: &mut Draft, report: &mut Report) -> Result<(), Error> {
    use adviser::{FORM, HALF_DAYS, ID, SITES, SLOTS};
    let Found::Here(mut table) = folder.table(&FORM, report)? else { return Ok(()) };
    let mut keys = Keys::default();
    let mut all_or = |row: &Row<'_>, column, report: &mut Report| match row.get(column) {
        "*" => Vec::new(),
        _ => keys.list(row, column, report),
    };
    while let Some(row) = table.next(folder, report)? {
        let key = row.key(ID, report);
        let sites = all_or(&row, SITES, report);
        let slots = all_or(&row, SLOTS, report);
        if row.get(HALF_DAYS).is_empty() {
            report.missing(row.line, row.name(HALF_DAYS));
        }
        let half_days = row.whole(HALF_DAYS, report).unwrap_or(0);
        let Some(key) = key else { continue };
        let value = Adviser { key, sites, slots, half_days };
        draft.advisers.push(Written { value, source: report.at(row.line) });
    }
    Ok(())
}
