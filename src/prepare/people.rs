//! The rows of an export as youths: what is understood is kept, what is not is said.

use super::cells::{self, Words};
use super::columns::{Column, Field, Role};
use super::homes::{self, Found, Resolver};
use super::ids::{self, Entropy};
use super::notes::{Notes, Supposed};
use super::programmes;
use super::{Homes, Link, Request};
use crate::error::Error;
use crate::finding::{Code, Text};
use crate::read::understood;
use crate::read::{Export, ExportRow, clipped};
use crate::territory::{Birth, Licence, Place, Priority, Sex, VehicleKind};
use crate::units::{InseeCode, Key};
use std::collections::BTreeMap;

/// A youth to be written, without anything that says who it is.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::{Control, prepare::{self, *}, read::{self, Atlas}};
/// # let atlas = Atlas::france();
/// # let request = Request { atlas: &atlas, epci: None, sites: &[], start: date(2026, 9, 7), homes: Homes::Commune };
/// # let (export, _) = read::export("data/export/export-exemple.csv".as_ref(), &Control::none())?;
/// # let columns = prepare::columns(&export, &[], &request)?;
/// # let mut next = 1_u64;
/// # let mut draw = || { next ^= next << 13; next ^= next >> 7; next ^= next << 17; (next >> 24) as u8 };
/// # let mut entropy = |bytes: &mut [u8]| { bytes.fill_with(&mut draw); Ok(()) };
/// # let prepared = prepare::from_export(&export, &columns, &request, &mut entropy)?;
/// let Youths::Listed(people) = &prepared.youths else { panic!("those of the export") };
/// assert!(people.iter().any(|one: &Person| !one.vehicles.is_empty()));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The random identifier.
    pub key: Key,
    /// Where they live: a commune's code or a square.
    pub home: Option<Key>,
    /// The month of birth, or the age.
    pub birth: Birth,
    /// Recognised disability.
    pub disability: bool,
    /// As told.
    pub sex: Option<Sex>,
    /// Licences held.
    pub licences: Vec<Licence>,
    /// Vehicles at hand.
    pub vehicles: Vec<VehicleKind>,
    /// Whether somebody drives them.
    pub driven: bool,
    /// When they can come; always, when not told.
    pub available: Option<Words>,
    /// Exceptions.
    pub absences: Option<Words>,
    /// Programmes that they are enrolled in.
    pub programmes: Vec<Key>,
    /// What a placement counts.
    pub priority: Priority,
}

/// A row that is a youth, before it has an identifier.
pub(super) struct Row {
    line: u32,
    pub(super) commune: Option<InseeCode>,
    person: Person,
}

/// What was read of an export.
pub(super) struct Read {
    pub(super) rows: Vec<Row>,
    /// Squares where somebody lives, in the order of their keys.
    pub(super) squares: Vec<Place>,
}

/// Reads every row.
pub(super) fn read(
    export: &Export,
    columns: &[Column],
    request: &Request<'_>,
    resolver: &Resolver<'_>,
    notes: &mut Notes,
) -> Read {
    let usual = programmes::usual(request.start).into_iter().map(|programme| programme.key).collect();
    let mut reader = Reader { columns, request, resolver, notes, usual, squares: BTreeMap::new() };
    reader.tell_absent(export);
    let rows = export.rows.iter().filter_map(|row| reader.row(row)).collect();
    Read { rows, squares: reader.squares.into_values().collect() }
}

/// Gives each youth its identifier; youths come in the order of theirs, which says nothing
/// of that of the rows, and links in that of the rows.
pub(super) fn identified(read: Read, entropy: &mut Entropy<'_>) -> Result<(Vec<Person>, Vec<Link>), Error> {
    let keys = ids::draw(read.rows.len(), entropy)?;
    let mut people = Vec::with_capacity(keys.len());
    let mut links = Vec::with_capacity(keys.len());
    for (row, key) in read.rows.into_iter().zip(keys) {
        links.push(Link { key: key.clone(), line: row.line });
        people.push(Person { key, ..row.person });
    }
    people.sort_by(|a, b| a.key.cmp(&b.key));
    Ok((people, links))
}

struct Reader<'a, 'n> {
    columns: &'a [Column],
    request: &'a Request<'a>,
    resolver: &'a Resolver<'a>,
    notes: &'n mut Notes,
    /// What everybody is enrolled in where no column tells.
    usual: Vec<Key>,
    squares: BTreeMap<Key, Place>,
}

impl<'a> Reader<'a, '_> {
    /// What no column tells.
    fn tell_absent(&mut self, export: &Export) {
        let line = export.rows.first().map_or(1, |row| row.line);
        for (field, supposed) in
            [(Field::Programmes, Supposed::EverybodyInAll), (Field::Vehicles, Supposed::NoVehicleColumn)]
        {
            if self.column(field).is_none() {
                self.notes.suppose(supposed, line, "");
            }
        }
    }

    fn column(&self, field: Field) -> Option<(usize, &'a str)> {
        let is = |column: &Column| column.role == Role::Read(field);
        let at = self.columns.iter().position(is)?;
        Some((at, self.columns.get(at)?.name.as_str()))
    }

    /// What stands in the column of a field; nothing where there is none.
    fn cell<'r>(&self, row: &'r ExportRow, field: Field) -> &'r str {
        let cell = self.column(field).and_then(|(at, _)| row.cells.get(at));
        cell.map_or("", |text| text.trim())
    }

    fn name(&self, field: Field) -> &'a str {
        self.column(field).map_or("", |(_, name)| name)
    }

    /// What `read` makes of a cell; a cell that it does not understand is left empty, and said.
    fn optional<T>(&mut self, row: &ExportRow, field: Field, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.cell(row, field);
        if text.is_empty() {
            return None;
        }
        let value = read(text);
        if value.is_none() {
            self.notes.left_empty(row.line, self.name(field), text, || write(field));
        }
        value
    }

    fn row(&mut self, row: &ExportRow) -> Option<Row> {
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        let birth = self.birth(row)?;
        let commune = self.commune(row);
        let home = self.home(row, commune);
        let disability = self.optional(row, Field::Disability, cells::disability).unwrap_or(false);
        let sex = self.optional(row, Field::Sex, cells::sex);
        let (licences, vehicles, driven) = self.ways(row);
        let available = self.optional(row, Field::Available, cells::available);
        let absences = self.optional(row, Field::Absences, cells::absences);
        let programmes = self.programmes(row);
        let weight = |text: &str| understood::whole(text).and_then(Priority::new);
        let priority = self.optional(row, Field::Priority, weight).unwrap_or_default();
        // Given when all rows are known.
        let key = Key::new("?")?;
        let person = Person {
            key,
            home,
            birth,
            disability,
            sex,
            licences,
            vehicles,
            driven,
            available,
            absences,
            programmes,
            priority,
        };
        Some(Row { line: row.line, commune, person })
    }

    /// The month of birth, else the age; without either a row can't be a youth.
    fn birth(&mut self, row: &ExportRow) -> Option<Birth> {
        let (born, age) = (self.cell(row, Field::Birth), self.cell(row, Field::Age));
        let start = self.request.start;
        if let Some(month) = cells::birth(born, start) {
            return Some(Birth::Month(month));
        }
        if let Some(years) = cells::age(age) {
            return Some(Birth::Age { years, on: start });
        }
        let field = if born.is_empty() && !age.is_empty() { Field::Age } else { Field::Birth };
        let field = if self.column(field).is_some() { field } else { Field::Age };
        let text = clipped(self.cell(row, field));
        let what = match text.as_str() {
            "" => Text::say(|words| words.nothing_tells_the_age()),
            text => Text::say(|words| words.age_not_understood(text)),
        };
        self.notes.say(Code::RowLeftOut, row.line, self.name(field), what, write(field));
        None
    }

    fn commune(&mut self, row: &ExportRow) -> Option<InseeCode> {
        let (text, postcode) = (self.cell(row, Field::Commune), self.cell(row, Field::Postcode));
        let field = if text.is_empty() { Field::Postcode } else { Field::Commune };
        let shown = if text.is_empty() { postcode } else { text };
        if shown.is_empty() {
            return None;
        }
        match self.resolver.commune(text, postcode) {
            Found::One(code, supposed) => {
                supposed.into_iter().for_each(|what| self.notes.suppose(what, row.line, self.name(field)));
                Some(code)
            }
            Found::Several(codes) => {
                self.ambiguous(row.line, field, shown, &codes);
                None
            }
            Found::Nothing => {
                let near = self.resolver.listed(&self.resolver.near(text));
                let remedy = || match near.as_str() {
                    "" => write(field),
                    near => Text::say(|words| words.write_or_perhaps(&field.expected(), near)),
                };
                self.notes.left_empty(row.line, self.name(field), shown, remedy);
                None
            }
        }
    }

    fn ambiguous(&mut self, line: u32, field: Field, text: &str, codes: &[InseeCode]) {
        let (text, list) = (clipped(text), self.resolver.listed(codes));
        self.notes.say(
            Code::AmbiguousHome,
            line,
            self.name(field),
            Text::say(|words| words.several_communes(&text)),
            Text::say(|words| words.write_the_code_or_add_postcodes(&list)),
        );
    }

    /// The commune, or the square where the export has a point and that is asked for.
    fn home(&mut self, row: &ExportRow, commune: Option<InseeCode>) -> Option<Key> {
        if self.request.homes == Homes::Grid500 {
            let place = commune.and_then(|code| self.request.atlas.commune(code));
            let degrees = |field| understood::decimal(self.cell(row, field));
            let point = degrees(Field::Lon).zip(degrees(Field::Lat));
            if let Some(square) = point.and_then(|(lon, lat)| homes::square(lon, lat, place)) {
                let key = square.key.clone();
                // Rows of one square may disagree on the commune: the first tells.
                self.squares.entry(key.clone()).or_insert(square);
                return Some(key);
            }
            self.notes.suppose(Supposed::NoCoordinates, row.line, self.name(Field::Lon));
        }
        Key::new(commune?.as_str())
    }

    /// Licences, vehicles, and whether somebody drives them.
    fn ways(&mut self, row: &ExportRow) -> (Vec<Licence>, Vec<VehicleKind>, bool) {
        let (mut licences, supposed) =
            self.optional(row, Field::Licences, cells::licences).unwrap_or_default();
        supposed.into_iter().for_each(|what| self.notes.suppose(what, row.line, self.name(Field::Licences)));
        let travels = self.optional(row, Field::Vehicles, cells::travels).unwrap_or_default();
        for what in &travels.supposed {
            self.notes.suppose(*what, row.line, self.name(Field::Vehicles));
        }
        let asked = self.column(Field::Licences).is_some();
        for needed in travels.vehicles.iter().filter_map(|kind| licence_of(*kind)) {
            // Case software asks for licence B; who has a moped is taken to hold its own.
            if !licences.iter().any(|held| *held >= needed) && (needed == Licence::Am || !asked) {
                licences.push(needed);
                self.notes.suppose(Supposed::LicenceOfVehicle, row.line, self.name(Field::Vehicles));
            }
        }
        licences.sort();
        (licences, travels.vehicles, travels.driven)
    }

    fn programmes(&mut self, row: &ExportRow) -> Vec<Key> {
        if self.column(Field::Programmes).is_none() {
            return self.usual.clone();
        }
        let text = self.cell(row, Field::Programmes);
        let mut all = Vec::new();
        for label in text.split([',', ';', '|', '/', '+']).map(str::trim).filter(|label| !label.is_empty()) {
            match programmes::meant(label) {
                Some(keys) => {
                    if programmes::is_pacea(label) {
                        self.notes.suppose(Supposed::Pacea, row.line, self.name(Field::Programmes));
                    }
                    all.extend(keys);
                }
                None => {
                    self.notes.left_empty(row.line, self.name(Field::Programmes), label, || {
                        write(Field::Programmes)
                    });
                }
            }
        }
        all.sort();
        all.dedup();
        let both = [programmes::CEJ, programmes::SMALL_CEJ];
        if both.iter().all(|id| all.iter().any(|key| key.as_str() == *id)) {
            self.notes.suppose(Supposed::BothCej, row.line, self.name(Field::Programmes));
        }
        all
    }
}

/// What to write in the column of a field.
fn write(field: Field) -> Text {
    Text::say(|words| words.write(&field.expected()))
}

/// The licence that a vehicle takes.
const fn licence_of(kind: VehicleKind) -> Option<Licence> {
    match kind {
        VehicleKind::Car => Some(Licence::B),
        VehicleKind::Quadricycle => Some(Licence::B1),
        VehicleKind::Moped => Some(Licence::Am),
        VehicleKind::EBike | VehicleKind::Bike => None,
    }
}
