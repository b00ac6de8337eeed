//! One `[[lever]]` of a scenario.

use super::booking;
use super::fold::{fold, near};
use super::gazetteer::Gazetteer;
use super::hours;
use super::on_demand::{self, USUAL_KMH, USUAL_SEATS, USUAL_WAIT, Zones};
use super::places::named;
use super::programmes::{DAY_MIN, alternating, needed_key, size, small};
use super::report::Report;
use super::tree::Fields;
use crate::finding::{Code, Phrase, Source, Text};
use crate::territory::{
    Area, Booking, Decider, Lever, LeverChange, NewTrip, OnDemand, Shuttle, TripAt, TripChange, VehicleKind,
    Weekdays,
};
use crate::units::{Cents, ClockTime, Key, Metres, Seconds, Speed};
use std::collections::BTreeSet;

/// What is known around a lever.
pub(super) struct Around<'a, 'p> {
    pub(super) gazetteer: &'a Gazetteer<'p>,
    pub(super) zones: &'a Zones,
    /// The territory's travel limit.
    pub(super) limit: Seconds,
}

/// What was read of a lever.
pub(super) struct Told {
    pub(super) key: Option<Key>,
    pub(super) source: Source,
    /// None where something of it can't be read.
    pub(super) lever: Option<Lever>,
}

/// Reads a fields' lever of some kind; none where something needed is missing, which was reported.
type ReadChange = fn(&mut Fields<'_>, &Common<'_, '_>, &mut Report) -> Option<LeverChange>;

/// What a lever's own fields are read with.
struct Common<'a, 'p> {
    key: Option<&'a Key>,
    name: &'a str,
    around: &'a Around<'a, 'p>,
}

/// The kinds, by the words of [`LeverChange::kind`].
const KINDS: [(&str, ReadChange); 25] = [
    ("open_site", open_site),
    ("open_slots", open_slots),
    ("move_slot", move_slot),
    ("close_site", close_site),
    ("add_rooms", add_rooms),
    ("add_adviser", add_adviser),
    ("send_adviser", send_adviser),
    ("fewer_half_days", fewer_half_days),
    ("close_sites", close_sites),
    ("shuttle", shuttle),
    ("share_lifts", share_lifts),
    ("lend", lend),
    ("volunteers", volunteers),
    ("trips", trips),
    ("open_circuit", open_circuit),
    ("on_demand", service),
    ("smaller_minimum", smaller_minimum),
    ("split", split),
    ("add_slots", add_slots),
    ("alternate", alternate),
    ("remote", remote),
    ("longer_limit", longer_limit),
    ("wait", wait),
    ("stay", stay),
    ("exchange", exchange),
];

/// Longest delay, in weeks: ten years.
const LONGEST_DELAY: u32 = 520;
/// Most of anything that a lever adds.
const MANY: u32 = 1_000;
/// A kilometre by car: the official scale for 5 CV, to 5,000 km, 0.636 €, to the cent.
const CAR_KM: Cents = Cents::new(64);
/// How far volunteers may drive: decree 2019-850.
const VOLUNTEER_WITHIN_KM: (f64, f64) = (1.0, 100.0);
/// A driver's longest way round and free seats: assumed.
const USUAL_DETOUR: Seconds = Seconds::from_minutes(10);
const FREE_SEATS: u32 = 3;

pub(super) fn lever(fields: &mut Fields<'_>, around: &Around<'_, '_>, report: &mut Report) -> Told {
    let before = report.errors();
    let source = report.at(fields.line);
    let key = needed_key(fields, "id", report);
    let name = fields.text("name", report).unwrap_or_default().trim().to_owned();
    let cost = fields.euros("cost_eur", report).unwrap_or_default();
    let decider = fields.word("decided_by", DECIDERS, report, decider);
    let delay_weeks = small(fields, "delay_weeks", (0, LONGEST_DELAY), report);
    let origin = fields.text("source", report).unwrap_or_default().trim().to_owned();
    let common = Common { key: key.as_ref(), name: &name, around };
    let change = change(fields, &common, report);
    let sound = report.errors() == before;
    let lever = key.clone().zip(change).filter(|_| sound).map(|(key, change)| Lever {
        name: named(&name, &key),
        decider: decider.unwrap_or(change.usual_decider()),
        key,
        change,
        cost,
        delay_weeks,
        origin,
    });
    Told { key, source, lever }
}

const DECIDERS: Phrase = |words| words.a_decider();

fn decider(word: &str) -> Option<Decider> {
    let word = fold(word);
    let own = Decider::ALL.into_iter().find(|decider| decider.as_str() == word);
    own.or(match word.as_str() {
        "departement" => Some(Decider::Department),
        "partenaire" => Some(Decider::Partner),
        _ => None,
    })
}

fn change(fields: &mut Fields<'_>, common: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    fields.require("kind", report);
    let word = fields.text("kind", report).map(str::trim);
    let read = word.and_then(|word| KINDS.iter().find(|(kind, _)| *kind == word));
    let Some((_, read)) = read else {
        // Which fields belong here depends on it.
        fields.pass_over();
        if let Some(word) = word {
            let like = |kind: &str| near(kind, &word.to_lowercase(), 2);
            let all = KINDS.map(|(kind, _)| kind);
            let meant: Vec<&str> = all.into_iter().filter(|kind| like(kind)).collect();
            let listed = if meant.is_empty() { all.join(", ") } else { meant.join(", ") };
            let expected = Text::say(|words| words.a_kind_of_lever(&listed));
            report.bad(fields.line_of("kind"), "kind", word, expected);
        }
        return None;
    };
    read(fields, common, report)
}

/// A list of identifiers that can't be empty.
fn needed_keys(fields: &mut Fields<'_>, field: &'static str, report: &mut Report) -> Vec<Key> {
    let before = report.errors();
    let keys = fields.keys(field, report);
    if keys.is_empty() && report.errors() == before {
        report.missing(fields.line_of(field), field);
    }
    keys
}

fn needed_whole(
    fields: &mut Fields<'_>,
    field: &'static str,
    range: (u32, u32),
    report: &mut Report,
) -> Option<u32> {
    fields.require(field, report);
    fields.whole(field, range, report)
}

fn needed_text(fields: &mut Fields<'_>, field: &'static str, report: &mut Report) -> Option<String> {
    fields.require(field, report);
    let text = fields.text(field, report)?.trim().to_owned();
    if text.is_empty() {
        report.missing(fields.line_of(field), field);
        return None;
    }
    Some(text)
}

fn days(fields: &mut Fields<'_>, report: &mut Report) -> Weekdays {
    fields.word("days", hours::DAYS, report, hours::days).unwrap_or(Weekdays::ALL)
}

fn speed(fields: &mut Fields<'_>, report: &mut Report) -> Option<Speed> {
    fields.within("speed_kmh", (0.1, 400.0), report).and_then(Speed::from_kmh)
}

fn open_site(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let site = needed_key(fields, "site", report);
    let slots = fields.keys("slots", report);
    Some(LeverChange::OpenSite { site: site?, slots })
}

fn open_slots(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let site = needed_key(fields, "site", report);
    let slots = needed_keys(fields, "slots", report);
    Some(LeverChange::OpenSlots { site: site?, slots })
}

fn move_slot(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let site = needed_key(fields, "site", report);
    let from = needed_key(fields, "from", report);
    let to = needed_key(fields, "to", report);
    Some(LeverChange::MoveSlot { site: site?, from: from?, to: to? })
}

fn close_site(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let site = needed_key(fields, "site", report);
    let slots = fields.keys("slots", report);
    Some(LeverChange::CloseSite { site: site?, slots })
}

fn add_rooms(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let site = needed_key(fields, "site", report);
    let rooms = fields.whole("rooms", (1, MANY), report).unwrap_or(1);
    Some(LeverChange::AddRooms { site: site?, rooms })
}

fn add_adviser(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let half_days = needed_whole(fields, "half_days", (1, MANY), report);
    let sites = fields.keys("sites", report);
    let slots = fields.keys("slots", report);
    Some(LeverChange::AddAdviser { half_days: half_days?, sites, slots })
}

fn send_adviser(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let adviser = needed_key(fields, "adviser", report);
    let site = needed_key(fields, "site", report);
    let per_km = fields.euros("per_km_eur", report).unwrap_or(CAR_KM);
    Some(LeverChange::SendAdviser { adviser: adviser?, site: site?, per_km })
}

fn fewer_half_days(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let half_days = needed_whole(fields, "half_days", (1, MANY), report)?;
    Some(LeverChange::FewerHalfDays { half_days })
}

fn close_sites(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    Some(LeverChange::CloseSites { sites: needed_whole(fields, "sites", (1, MANY), report)? })
}

fn shuttle(fields: &mut Fields<'_>, common: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let site = needed_key(fields, "site", report);
    let stops = fields.keys("stops", report);
    let days = days(fields, report);
    let vehicles = fields.whole("vehicles", (1, 100), report).unwrap_or(1);
    let seats = fields.whole("seats", (1, MANY), report).unwrap_or(Shuttle::SEATS);
    let ride = fields.whole("ride_min", (1, DAY_MIN), report).map(Seconds::from_minutes);
    let per_stop = fields.minutes("stop_min", 60, report).unwrap_or(Shuttle::PER_STOP);
    let speed = speed(fields, report);
    let per_km = fields.euros("per_km_eur", report).unwrap_or(Shuttle::KM);
    let per_hour = fields.euros("per_hour_eur", report).unwrap_or_default();
    let ride = ride.unwrap_or(common.around.limit);
    let site = site?;
    Some(LeverChange::Shuttle(Shuttle {
        site,
        stops,
        days,
        vehicles,
        seats,
        ride,
        per_stop,
        speed,
        per_km,
        per_hour,
    }))
}

fn share_lifts(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let drivers = needed_keys(fields, "drivers", report);
    let detour = fields.minutes("detour_min", DAY_MIN, report).unwrap_or(USUAL_DETOUR);
    let seats = fields.whole("seats", (1, 8), report).unwrap_or(FREE_SEATS);
    Some(LeverChange::ShareLifts { drivers, detour, seats })
}

const VEHICLES: Phrase = |words| words.a_vehicle();

fn lend(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    fields.require("vehicle", report);
    let vehicle: Option<VehicleKind> = fields.word("vehicle", VEHICLES, report, hours::vehicle_kind);
    let count = fields.whole("count", (1, MANY), report).unwrap_or(1);
    let each = fields.euros("each_eur", report).unwrap_or_default();
    Some(LeverChange::Lend { vehicle: vehicle?, count, each })
}

fn volunteers(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let places = needed_whole(fields, "places", (1, MANY), report);
    fields.require("within_km", report);
    let within = fields.within("within_km", VOLUNTEER_WITHIN_KM, report);
    let per_km = fields.euros("per_km_eur", report).unwrap_or(LeverChange::VOLUNTEER_KM);
    if per_km > LeverChange::VOLUNTEER_KM {
        let expected = Text::say(|words| words.ceiling_for_volunteers());
        let euros = format!("{}.{:02}", per_km.get() / 100, per_km.get() % 100);
        report.out_of_range(fields.line_of("per_km_eur"), "per_km_eur", &euros, expected);
    }
    let within = Metres::new((within? * 1000.0).round() as u32);
    Some(LeverChange::Volunteers { places: places?, within, per_km })
}

/// Trips moved, then gone, lines extended, and trips added, whatever their order in the file.
fn trips(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let before = report.errors();
    let mut changes = fields.each("move", report, |table, report| {
        let trips = trip_at(table, report);
        table.require("minutes", report);
        let minutes = table.signed("minutes", (-1440, 1440), report);
        Some(TripChange::Move { trips: trips?, minutes: minutes? })
    });
    changes.extend(
        fields.each("remove", report, |table, report| Some(TripChange::Remove(trip_at(table, report)?))),
    );
    changes.extend(fields.each("extend", report, extension));
    changes
        .extend(fields.each("add", report, |table, report| Some(TripChange::Add(new_trip(table, report)?))));
    if changes.is_empty() && report.errors() == before {
        report.say(
            Code::MissingValue,
            fields.line,
            Text::say(|words| words.no_trip_changed()),
            Text::say(|words| words.write_a_change_of_trips()),
        );
    }
    Some(LeverChange::Trips(changes))
}

fn trip_at(fields: &mut Fields<'_>, report: &mut Report) -> Option<TripAt> {
    let line = needed_text(fields, "line", report);
    let stop = needed_text(fields, "stop", report);
    fields.require("at", report);
    let at = fields.clock("at", report);
    Some(TripAt { line: line?, stop: stop?, at: at? })
}

fn extension(fields: &mut Fields<'_>, report: &mut Report) -> Option<TripChange> {
    let line = needed_text(fields, "line", report);
    let end = needed_text(fields, "end", report);
    let to = needed_text(fields, "to", report);
    let ride = needed_whole(fields, "ride_min", (1, DAY_MIN), report).map(Seconds::from_minutes);
    Some(TripChange::Extend { line: line?, end: end?, to: to?, ride: ride? })
}

fn new_trip(fields: &mut Fields<'_>, report: &mut Report) -> Option<NewTrip> {
    let line = needed_text(fields, "line", report);
    fields.require("calls", report);
    let calls = fields.each("calls", report, |table, report| {
        let stop = needed_text(table, "stop", report);
        table.require("at", report);
        let at = table.clock("at", report);
        Some((stop?, at?))
    });
    let days = days(fields, report);
    let in_holidays = fields.flag("holidays", report).unwrap_or(true);
    let in_order = calls.is_sorted_by(|a, b| a.1 < b.1);
    if fields.has("calls") && calls.len() == fields.count("calls") && (calls.len() < 2 || !in_order) {
        report.say_of(
            Code::BadValue,
            fields.line_of("calls"),
            "calls",
            Text::say(|words| words.trip_of_two_stops()),
            Text::say(|words| words.write_stops_in_order()),
        );
    }
    Some(NewTrip { line: line?, calls, days, in_holidays })
}

fn open_circuit(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    Some(LeverChange::OpenCircuit { line: needed_text(fields, "line", report)? })
}

/// A service that is new, or takes the place of one that `service` names.
fn service(fields: &mut Fields<'_>, common: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let replaced = fields.key("service", report);
    let area = area(fields, common.around, report);
    let days = days(fields, report);
    let (from, to) = times(fields, report);
    let in_holidays = fields.flag("holidays", report).unwrap_or(true);
    let booking = fields.word("booking", booking::BOOKING, report, booking::parse).unwrap_or(Booking::None);
    let wait = fields.within("wait_min", (0.0, 1440.0), report);
    let wait = wait.map_or(USUAL_WAIT, |minutes| Seconds::new((minutes * 60.0).round() as u32));
    let speed = speed(fields, report).or(Speed::from_kmh(USUAL_KMH))?;
    let seats = small(fields, "seats", (1, MANY), report).unwrap_or(USUAL_SEATS);
    let key = replaced.or(common.key.cloned())?;
    let name = named(common.name, &key);
    Some(LeverChange::OnDemand(Box::new(OnDemand {
        key,
        name,
        area,
        days,
        in_holidays,
        from: from?,
        to: to?,
        booking,
        wait,
        speed,
        seats,
    })))
}

fn area(fields: &mut Fields<'_>, around: &Around<'_, '_>, report: &mut Report) -> Area {
    let before = report.errors();
    let listed = fields.texts("communes", report);
    let zone = fields.text("zone", report).unwrap_or_default().trim();
    match (listed.is_empty(), zone) {
        (false, "") => return Area::Communes(communes(&listed, around.gazetteer, report)),
        (false, _) => on_demand::both(fields.line, report),
        (true, "") if report.errors() == before => on_demand::neither(fields.line, report),
        (true, "") => {}
        (true, zone) => return around.zones.area(fields.line_of("zone"), zone, report),
    }
    Area::Communes(BTreeSet::new())
}

fn communes(
    listed: &[(u32, &str)],
    gazetteer: &Gazetteer<'_>,
    report: &mut Report,
) -> BTreeSet<crate::units::InseeCode> {
    let mut communes = BTreeSet::new();
    let mut repeated = None;
    for &(line, text) in listed {
        if text.is_empty() {
            report.missing(line, "communes");
        }
        let code = gazetteer.code_in(text, (line, "communes"), report);
        if code.is_some_and(|code| !communes.insert(code)) {
            repeated.get_or_insert((line, text));
        }
    }
    if let Some((line, text)) = repeated {
        on_demand::twice(line, text, report);
    }
    communes
}

fn times(fields: &mut Fields<'_>, report: &mut Report) -> (Option<ClockTime>, Option<ClockTime>) {
    fields.require("from", report);
    fields.require("to", report);
    let from = fields.clock("from", report);
    let to = fields.clock("to", report);
    if let (Some(first), Some(last)) = (from, to)
        && first >= last
    {
        let expected = Text::say(|words| words.an_end_after_the_beginning());
        report.out_of_range(fields.line_of("to"), "to", &last.to_string(), expected);
    }
    (from, to)
}

fn smaller_minimum(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let programme = needed_key(fields, "programme", report);
    let min = needed_whole(fields, "min", (1, MANY), report);
    Some(LeverChange::SmallerMinimum { programme: programme?, min: min? })
}

fn split(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let programme = needed_key(fields, "programme", report);
    let size = size(fields, report);
    Some(LeverChange::Split { programme: programme?, size })
}

fn add_slots(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let programme = needed_key(fields, "programme", report);
    let slots = needed_keys(fields, "slots", report);
    Some(LeverChange::AddSlots { programme: programme?, slots })
}

fn alternate(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let programme = needed_key(fields, "programme", report);
    let before = report.errors();
    let turns = alternating(fields, report)?;
    let sites = turns.sites.len();
    if !(2..=10).contains(&sites) && report.errors() == before {
        let expected = Text::say(|words| words.two_to_ten_sites());
        report.out_of_range(fields.line_of("sites"), "sites", &sites.to_string(), expected);
    }
    Some(LeverChange::Alternate { programme: programme?, by: turns.by, sites: turns.sites })
}

fn remote(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let programme = needed_key(fields, "programme", report);
    let percent = needed_whole(fields, "on_site_percent", (1, 99), report);
    let on_site = percent.and_then(|percent| u8::try_from(percent).ok());
    Some(LeverChange::Remote { programme: programme?, on_site: on_site? })
}

fn longer_limit(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let programme = needed_key(fields, "programme", report);
    let limit = needed_whole(fields, "limit_min", (1, DAY_MIN), report).map(Seconds::from_minutes);
    Some(LeverChange::LongerLimit { programme: programme?, limit: limit? })
}

fn wait(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let programme = needed_key(fields, "programme", report);
    let weeks = needed_whole(fields, "weeks", (1, 104), report).and_then(|n| u16::try_from(n).ok());
    let arrivals = needed_whole(fields, "arrivals", (1, MANY), report);
    Some(LeverChange::Wait { programme: programme?, weeks: weeks?, arrivals: arrivals? })
}

fn stay(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let programme = needed_key(fields, "programme", report);
    let site = needed_key(fields, "site", report);
    let places = needed_whole(fields, "places", (1, MANY), report);
    let each = fields.euros("each_eur", report).unwrap_or_default();
    Some(LeverChange::Stay { programme: programme?, site: site?, places: places?, each })
}

fn exchange(fields: &mut Fields<'_>, _: &Common<'_, '_>, report: &mut Report) -> Option<LeverChange> {
    let programme = needed_key(fields, "programme", report);
    let site = needed_key(fields, "site", report);
    let youths = needed_whole(fields, "youths", (1, MANY), report);
    Some(LeverChange::Exchange { programme: programme?, site: site?, youths: youths? })
}
