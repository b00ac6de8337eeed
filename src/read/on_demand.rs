//! `on_demand.csv` and `zones.geojson`: transport on demand, and where it comes.

use super::features;
use super::files::{Folder, Found};
use super::gazetteer::Gazetteer;
use super::hours;
use super::places::named;
use super::report::{Report, clipped};
use super::table::{Column, Form, Row, optional, required};
use super::value::items;
use super::{Unread, booking};
use crate::error::Error;
use crate::finding::{Code, Phrase, Text};
use crate::territory::{Area, Booking, Draft, OnDemand, Written};
use crate::units::{ClockTime, InseeCode, Seconds, Speed};
use geo::MultiPolygon;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

const COLUMNS: &[Column] = &[
    required("id"),
    optional("name"),
    optional("communes"),
    optional("zone"),
    optional("days"),
    required("from"),
    required("to"),
    optional("holidays"),
    optional("booking"),
    optional("wait_min"),
    optional("speed_kmh"),
    optional("seats"),
];
const FORM: Form = Form { name: "on_demand", columns: COLUMNS, ignored: &[] };
const ID: usize = 0;
const NAME: usize = 1;
const COMMUNES: usize = 2;
const ZONE: usize = 3;
const DAYS: usize = 4;
const FROM: usize = 5;
const TO: usize = 6;
const HOLIDAYS: usize = 7;
const BOOKING: usize = 8;
const WAIT: usize = 9;
const SPEED: usize = 10;
const SEATS: usize = 11;

const ZONES: &str = "zones.geojson";
/// The property that names a zone.
const PROPERTY: &str = "zone";

/// What a service has whose line does not say it: hypotheses, to be replaced by the service's own.
pub(super) const USUAL_WAIT: Seconds = Seconds::from_minutes(15);
pub(super) const USUAL_KMH: f64 = 35.0;
pub(super) const USUAL_SEATS: u16 = 8;

/// Reads `on_demand.csv`, if there is one, and the zones that it names, which are answered.
pub(super) fn read(
    folder: &mut Folder<'_>,
    draft: &mut Draft,
    report: &mut Report,
    unread: &Unread,
) -> Result<Option<Zones>, Error> {
    if !folder.has_table(FORM.name) {
        return Ok(None);
    }
    let zones = zones(folder, report)?;
    let Found::Here(mut table) = folder.table(&FORM, report)? else { return Ok(Some(zones)) };
    let gazetteer = Gazetteer::new(&draft.places);
    let mut services = Vec::new();
    while let Some(row) = table.next(folder, report)? {
        let Some(service) = service(&row, &zones, &gazetteer, report) else { continue };
        // A commune that was not read can't be looked up.
        if !(unread.places || unread.sites) {
            services.push(Written { value: service, source: report.at(row.line) });
        }
    }
    draft.on_demand = services;
    Ok(Some(zones))
}

/// A service with placeholders for what can't be read of it, as long as it has an identifier.
fn service(row: &Row<'_>, zones: &Zones, gazetteer: &Gazetteer<'_>, report: &mut Report) -> Option<OnDemand> {
    let key = row.key(ID, report);
    let area = area(row, zones, gazetteer, report);
    let days = hours::weekdays(row, DAYS, report);
    let (from, to) = times(row, report);
    let in_holidays = row.flag_or_yes(HOLIDAYS, report);
    let booking = booked(row, report);
    let wait = number(row, WAIT, 0.0..=1440.0, |words| words.minutes_of_wait(), report);
    let speed = number(row, SPEED, 0.1..=400.0, |words| words.kmh_of_a_service(), report);
    let seats = seats(row, report);
    let key = key?;
    let name = named(row.get(NAME), &key);
    let wait = wait.map_or(USUAL_WAIT, |minutes| Seconds::new((minutes * 60.0).round() as u32));
    let speed = Speed::from_kmh(speed.unwrap_or(USUAL_KMH))?;
    Some(OnDemand { key, name, area, days, in_holidays, from, to, booking, wait, speed, seats })
}

/// Communes or a zone, never both. What can't be read is nowhere.
fn area(row: &Row<'_>, zones: &Zones, gazetteer: &Gazetteer<'_>, report: &mut Report) -> Area {
    match (row.get(COMMUNES), row.get(ZONE)) {
        ("", "") => neither(row.line, report),
        (_, "") => return Area::Communes(communes(row, gazetteer, report)),
        ("", zone) => return zones.area(row.line, zone, report),
        (_, _) => both(row.line, report),
    }
    Area::Communes(BTreeSet::new())
}

impl Zones {
    /// A folder that has none.
    pub(super) fn none() -> Self {
        Self { shapes: BTreeMap::new(), all: true }
    }

    /// A zone by its name; nowhere, reported, where there is none.
    pub(super) fn area(&self, line: u32, zone: &str, report: &mut Report) -> Area {
        match self.shapes.get(zone) {
            Some(shape) => return Area::Zone(shape.clone()),
            None if self.all => unknown_zone(line, zone, self, report),
            // It may be among those that were not read.
            None => report.spoil(line),
        }
        Area::Communes(BTreeSet::new())
    }
}

fn communes(row: &Row<'_>, gazetteer: &Gazetteer<'_>, report: &mut Report) -> BTreeSet<InseeCode> {
    let mut communes = BTreeSet::new();
    let mut repeated = None;
    for text in items(row.get(COMMUNES)) {
        let named = gazetteer.communes_named(text);
        let code = match named.first() {
            Some(code) if named.len() == 1 => Some(*code),
            _ => gazetteer.code_of(text, row, COMMUNES, report),
        };
        if code.is_some_and(|code| !communes.insert(code)) {
            repeated.get_or_insert(text);
        }
    }
    if let Some(text) = repeated {
        twice(row.line, text, report);
    }
    communes
}

/// From when until when; all day where that can't be read.
fn times(row: &Row<'_>, report: &mut Report) -> (ClockTime, ClockTime) {
    let from = clock(row, FROM, report);
    let to = clock(row, TO, report);
    if let (Some(from), Some(to)) = (from, to)
        && from >= to
    {
        let expected = Text::say(|words| words.an_end_after_the_beginning());
        report.out_of_range(row.line, row.name(TO), row.get(TO), expected);
    }
    (from.unwrap_or(ClockTime::MIDNIGHT), to.unwrap_or(ClockTime::END_OF_DAY))
}

fn clock(row: &Row<'_>, column: usize, report: &mut Report) -> Option<ClockTime> {
    let text = row.get(column);
    if text.is_empty() {
        report.missing(row.line, row.name(column));
        return None;
    }
    let time = ClockTime::parse(text);
    if time.is_none() {
        let expected = Text::say(|words| words.a_time_of_day());
        report.bad(row.line, row.name(column), text, expected);
    }
    time
}

fn booked(row: &Row<'_>, report: &mut Report) -> Booking {
    let booking = booking::parse(row.get(BOOKING));
    if booking.is_none() {
        report.bad(row.line, row.name(BOOKING), row.get(BOOKING), Text::say(booking::BOOKING));
    }
    booking.unwrap_or(Booking::None)
}

/// A number within its range, or nothing: empty, or reported.
fn number(
    row: &Row<'_>,
    column: usize,
    range: RangeInclusive<f64>,
    expected: Phrase,
    report: &mut Report,
) -> Option<f64> {
    let text = row.get(column);
    if text.is_empty() {
        return None;
    }
    let value = row.decimal(text, report);
    match value {
        None => report.bad(row.line, row.name(column), text, Text::say(expected)),
        Some(value) if !range.contains(&value) => {
            report.out_of_range(row.line, row.name(column), text, Text::say(expected));
        }
        Some(_) => {}
    }
    value.filter(|value| range.contains(value))
}

fn seats(row: &Row<'_>, report: &mut Report) -> u16 {
    const MOST: u16 = 1000;
    let Some(seats) = row.whole(SEATS, report) else { return USUAL_SEATS };
    match u16::try_from(seats) {
        Ok(seats @ 1..=MOST) => seats,
        _ => {
            let expected = Text::say(|words| words.seats());
            report.out_of_range(row.line, row.name(SEATS), row.get(SEATS), expected);
            USUAL_SEATS
        }
    }
}

/// The zones of `zones.geojson`.
pub(super) struct Zones {
    shapes: BTreeMap<String, MultiPolygon<f64>>,
    /// Whether each that is written was read.
    all: bool,
}

/// Reads `zones.geojson`, if there is one.
pub(super) fn zones(folder: &mut Folder<'_>, report: &mut Report) -> Result<Zones, Error> {
    let mut zones = Zones::none();
    let text = match folder.text(ZONES, report)? {
        Found::Here(text) => text,
        Found::Nothing => return Ok(zones),
        Found::Unreadable => return Ok(Zones { all: false, ..zones }),
    };
    let Some(features) = features::of(&text, report) else { return Ok(Zones { all: false, ..zones }) };
    for (line, raw) in features {
        match zone(raw, line, report) {
            Some((name, _)) if zones.shapes.contains_key(&name) => zone_twice(line, &name, report),
            Some((name, shape)) => _ = zones.shapes.insert(name, shape),
            None => zones.all = false,
        }
    }
    Ok(zones)
}

fn zone(raw: &str, line: u32, report: &mut Report) -> Option<(String, MultiPolygon<f64>)> {
    let feature = features::parsed(raw, line, report)?;
    let name = match feature.property(PROPERTY) {
        Some(serde_json::Value::String(name)) => name.trim().to_owned(),
        Some(serde_json::Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    if name.is_empty() {
        report.missing(line, PROPERTY);
        return None;
    }
    let shape = features::polygons(&feature, line, &name, report)?;
    if shape.0.is_empty() {
        report.missing(line, "coordinates");
        return None;
    }
    Some((name, shape))
}

pub(super) fn neither(line: u32, report: &mut Report) {
    report.say(
        Code::MissingValue,
        line,
        Text::say(|words| words.neither_communes_nor_zone()),
        Text::say(|words| words.say_where_it_comes()),
    );
}

pub(super) fn both(line: u32, report: &mut Report) {
    report.say(
        Code::BadValue,
        line,
        Text::say(|words| words.both_communes_and_zone()),
        Text::say(|words| words.keep_one_of_the_two()),
    );
}

pub(super) fn twice(line: u32, text: &str, report: &mut Report) {
    let text = clipped(text);
    report.say(
        Code::RepeatedReference,
        line,
        Text::say(|words| words.named_more_than_once("communes", &text)),
        Text::say(|words| words.once_is_enough_of_a_commune()),
    );
}

fn unknown_zone(line: u32, zone: &str, zones: &Zones, report: &mut Report) {
    const LISTED: usize = 6;
    let zone = clipped(zone);
    let known: Vec<String> = zones.shapes.keys().take(LISTED).map(|name| clipped(name)).collect();
    let remedy = match known.is_empty() {
        true => Text::say(|words| words.draw_the_zone(ZONES, PROPERTY)),
        false => Text::say(|words| words.write_a_zone_of(ZONES, &known.join(", "))),
    };
    report.say(Code::UnknownReference, line, Text::say(|words| words.zone_not_there(&zone, ZONES)), remedy);
}

fn zone_twice(line: u32, name: &str, report: &mut Report) {
    let name = clipped(name);
    report.say(
        Code::DuplicateId,
        line,
        Text::say(|words| words.zone_drawn_twice(&name)),
        Text::say(|words| words.a_name_for_each_zone()),
    );
}
