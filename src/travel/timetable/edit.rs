//! A timetable as it would be: trips added, moved, removed, lines extended, circuits opened.

use super::feed::{Timetable, TransitLine, TransitStop};
use super::pattern::{ALIGHT, BOARD, Call, STOP, Trip, TripIx};
use crate::finding::{Code, Finding, Source, Text};
use crate::territory::{Calendar, Ids, NewStop, NewTrip, Territory, TransitChanges, TripAt, TripChange};
use crate::units::{ClockTime, Seconds};
use jiff::civil::Date;
use std::collections::BTreeSet;

const DAY: u32 = 86_400;
/// As readers do, times are held below four days.
const LATEST: i64 = 4 * DAY as i64;
/// So many times are named where none fits.
const NAMED: usize = 12;

/// What a territory says of its coaches and trains.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Changed {
    pub(super) changes: TransitChanges,
    /// Lines that carry nobody, unless they are opened.
    pub(super) closed: BTreeSet<String>,
    pub(super) calendar: Calendar<Ids>,
}

impl Changed {
    pub(super) fn of(territory: &Territory) -> Self {
        Self {
            changes: territory.transit().clone(),
            closed: territory.rules().transit.for_pupils.clone(),
            calendar: territory.calendar().clone(),
        }
    }
}

/// A timetable while it is changed.
struct Editing<'t> {
    by: &'t Changed,
    out: Timetable,
    gone: BTreeSet<TripIx>,
    added: Vec<Trip>,
    findings: Vec<Finding>,
}

impl Timetable {
    /// As it is with these changes, or what they name that is not there.
    pub(super) fn changed(&self, by: &Changed) -> Result<Self, Vec<Finding>> {
        let Editing { mut out, gone, added, findings, .. } = Editing::done(self, by);
        if !findings.is_empty() {
            return Err(findings);
        }
        out.patterns = out.patterns.edited(&gone, &added);
        Ok(out)
    }

    /// The dates on which something is different between two changes of it.
    pub(super) fn touched(&self, one: &Changed, other: &Changed) -> BTreeSet<Date> {
        let (one, other) = (Editing::done(self, one), Editing::done(self, other));
        let mut dates = BTreeSet::new();
        for trip in one.gone.symmetric_difference(&other.gone) {
            dates.extend(self.services.dates(self.patterns.services[*trip as usize]));
        }
        for (a, b) in [(&one, &other), (&other, &one)] {
            for trip in a.added.iter().filter(|trip| !b.added.contains(trip)) {
                dates.extend(a.out.services.dates(trip.service));
            }
        }
        // Vehicles of the night before and of the night after.
        let around = |date: Date| [date.yesterday().ok(), Some(date), date.tomorrow().ok()];
        dates.into_iter().flat_map(around).flatten().collect()
    }

    /// The trips on the way within some hours of some date that call at some of these stops, as people name them: by their
    /// first stop.
    pub(super) fn trips_at(
        &self,
        stops: &BTreeSet<u32>,
        hours: &BTreeSet<(u32, u32)>,
        dates: &BTreeSet<Date>,
    ) -> BTreeSet<TripAt> {
        let days: Vec<usize> = dates.iter().filter_map(|&date| self.services.day(date)).collect();
        let mut all = BTreeSet::new();
        for pattern in &self.patterns.all {
            let codes = self.patterns.stops_of(pattern);
            if !codes.iter().any(|code| stops.contains(&(code & STOP))) {
                continue;
            }
            for trip in pattern.numbers() {
                let calls = self.patterns.calls_of(pattern, trip);
                let (Some(first), Some(last)) = (calls.first(), calls.last()) else { continue };
                let then = hours.iter().any(|&(from, to)| first.depart <= to && from <= last.arrive);
                let service = self.patterns.services[trip as usize];
                if !then || !days.iter().any(|&day| self.services.runs(service, day)) {
                    continue;
                }
                let stop = &self.stops[(codes[0] & STOP) as usize];
                let line = &self.lines[self.patterns.lines[trip as usize] as usize];
                let Some(at) = clock_time(first.depart) else { continue };
                all.insert(TripAt { line: line.id.to_string(), stop: stop.id.to_string(), at });
            }
        }
        all
    }
}

fn clock_time(seconds: u32) -> Option<ClockTime> {
    ClockTime::MIDNIGHT.later(Seconds::new(seconds % DAY))
}

impl<'t> Editing<'t> {
    fn done(timetable: &Timetable, by: &'t Changed) -> Self {
        let mut editing = Self {
            by,
            out: timetable.clone(),
            gone: BTreeSet::new(),
            added: Vec::new(),
            findings: Vec::new(),
        };
        by.changes.stops.iter().for_each(|stop| editing.stop(stop));
        by.changes.trips.iter().for_each(|change| editing.change(change));
        by.changes.opened.iter().for_each(|line| editing.is_line(line));
        editing.close();
        editing
    }

    fn stop(&mut self, stop: &NewStop) {
        let name: Box<str> = stop.name.as_str().into();
        let position = Some(stop.position);
        self.out.stops.push(TransitStop { id: name.clone(), name, position, station: None });
    }

    fn change(&mut self, change: &TripChange) {
        match change {
            TripChange::Add(trip) => self.add(trip),
            TripChange::Remove(trips) => _ = self.taken(trips),
            TripChange::Move { trips, minutes } => {
                let taken = self.taken(trips);
                self.put(taken, trips, |trip| trip.moved(i64::from(*minutes) * 60));
            }
            TripChange::Extend { line, end, to, ride } => self.extend(line, (end, to), *ride),
        }
    }

    /// Adds trips again as they are now.
    fn put(&mut self, taken: Vec<Trip>, trips: &TripAt, now: impl Fn(Trip) -> Option<Trip>) {
        for trip in taken {
            match now(trip) {
                Some(trip) => self.added.push(trip),
                None => {
                    let told = Text::say(|words| words.trip_leaves_too_early_or_late(trips.at, &trips.stop));
                    return self.say(told, Text::say(|words| words.choose_fewer_minutes()));
                }
            }
        }
    }

    fn add(&mut self, new: &NewTrip) {
        let mut trip = Trip {
            service: self.service(new),
            line: self.line(&new.line),
            stops: Vec::new(),
            calls: Vec::new(),
        };
        let mut last = 0;
        for (name, at) in &new.calls {
            let at = at.seconds();
            match self.stops_called(name).first() {
                Some(&stop) if at >= last => trip.stops.push(stop | BOARD | ALIGHT),
                Some(_) => {
                    let told = Text::say(|words| words.time_goes_back(name));
                    return self.say(told, Text::say(|words| words.correct_the_times()));
                }
                None => return self.unknown_stop(name),
            }
            trip.calls.push(Call { arrive: at, depart: at });
            last = at;
        }
        if trip.calls.len() < 2 {
            let told = Text::say(|words| words.trip_without_two_stops(&new.line));
            return self.say(told, Text::say(|words| words.give_two_stops()));
        }
        self.added.push(trip);
    }

    /// The dates of a new trip.
    fn service(&mut self, new: &NewTrip) -> u32 {
        let calendar = &self.by.calendar;
        self.out.services.add(|date| calendar.has_transport(date, new.days, new.in_holidays))
    }

    fn line(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.lines_called(name).first() {
            return number;
        }
        let name: Box<str> = name.into();
        self.out.lines.push(TransitLine { id: name.clone(), name, for_pupils: false });
        self.out.lines.len() as u32 - 1
    }

    /// The stops that are called so, those of a station for its name.
    fn stops_called(&self, name: &str) -> Vec<u32> {
        let is = |stop: &TransitStop| is_called(&stop.id, &stop.name, name);
        let station = |stop: &TransitStop| stop.station.is_some_and(|at| is(&self.out.stops[at.0 as usize]));
        let all = (0..).zip(&self.out.stops).filter(|(_, stop)| is(stop) || station(stop));
        all.map(|(number, _)| number).collect()
    }

    fn lines_called(&self, name: &str) -> BTreeSet<u32> {
        let all = (0..).zip(&self.out.lines).filter(|(_, line)| is_called(&line.id, &line.name, name));
        all.map(|(number, _)| number).collect()
    }

    fn is_line(&mut self, name: &str) {
        if self.lines_called(name).is_empty() {
            let told = Text::say(|words| words.no_line_called(name));
            self.say(told, Text::say(|words| words.correct_the_line()));
        }
    }

    fn unknown_stop(&mut self, name: &str) {
        let told = Text::say(|words| words.no_stop_called(name));
        self.say(told, Text::say(|words| words.correct_the_stop()));
    }

    fn say(&mut self, what: Text, remedy: Text) {
        self.findings.push(Finding::new(Code::UnknownReference, Source::memory(), what, remedy));
    }

    /// Takes the trips out that are named so; says so where there is none.
    fn taken(&mut self, trips: &TripAt) -> Vec<Trip> {
        let (lines, stops) = (self.lines_called(&trips.line), self.stops_called(&trips.stop));
        let calls_then = |own: &[u32], calls: &[Call]| {
            let last = calls.len().saturating_sub(1);
            let at = |(nth, (code, call)): (usize, (&u32, &Call))| {
                let time = if nth == last { call.arrive } else { call.depart };
                stops.contains(&(code & STOP)) && time % DAY == trips.at.seconds() % DAY
            };
            own.iter().zip(calls).enumerate().any(at)
        };
        let taken = self.take(|line, stops, calls| lines.contains(&line) && calls_then(stops, calls));
        if taken.is_empty() {
            self.no_such_trip(trips, &lines, &stops);
        }
        taken
    }

    fn take(&mut self, is: impl Fn(u32, &[u32], &[Call]) -> bool) -> Vec<Trip> {
        let patterns = &self.out.patterns;
        let mut taken = Vec::new();
        for pattern in &patterns.all {
            let stops = patterns.stops_of(pattern);
            for trip in pattern.numbers() {
                let (line, calls) = (patterns.lines[trip as usize], patterns.calls_of(pattern, trip));
                if !self.gone.contains(&trip) && is(line, stops, calls) {
                    self.gone.insert(trip);
                    let service = patterns.services[trip as usize];
                    taken.push(Trip { service, line, stops: stops.to_vec(), calls: calls.to_vec() });
                }
            }
        }
        taken.extend(self.added.extract_if(.., |trip| is(trip.line, &trip.stops, &trip.calls)));
        taken
    }

    fn no_such_trip(&mut self, trips: &TripAt, lines: &BTreeSet<u32>, stops: &[u32]) {
        if lines.is_empty() {
            return self.is_line(&trips.line);
        }
        if stops.is_empty() {
            return self.unknown_stop(&trips.stop);
        }
        let TripAt { line, stop, at } = trips;
        let times = self.times(lines, stops);
        let told = Text::say(|words| words.no_trip_calls_then(line, stop, *at, &times));
        self.say(told, Text::say(|words| words.choose_one_of_these_times()));
    }

    /// When the lines call at the stops, the first few.
    fn times(&self, lines: &BTreeSet<u32>, stops: &[u32]) -> String {
        let patterns = &self.out.patterns;
        let mut times = BTreeSet::new();
        for pattern in &patterns.all {
            let places = patterns.stops_of(pattern).iter().enumerate();
            let places: Vec<usize> =
                places.filter(|(_, code)| stops.contains(&(*code & STOP))).map(|(place, _)| place).collect();
            let own = pattern.numbers();
            for trip in own.filter(|&trip| lines.contains(&patterns.lines[trip as usize])) {
                let calls = patterns.calls_of(pattern, trip);
                times.extend(places.iter().filter_map(|&place| clock_time(calls[place].depart)));
            }
        }
        if times.is_empty() {
            return "–".into();
        }
        let named: Vec<String> = times.iter().take(NAMED).map(ClockTime::to_string).collect();
        named.join(", ") + if times.len() > NAMED { ", …" } else { "" }
    }

    fn extend(&mut self, line: &str, (end, to): (&str, &str), ride: Seconds) {
        let (lines, ends) = (self.lines_called(line), self.stops_called(end));
        let Some(&to) = self.stops_called(to).first() else { return self.unknown_stop(to) };
        let is_end = |code: Option<&u32>| code.is_some_and(|code| ends.contains(&(code & STOP)));
        let taken = self
            .take(|line, stops, _| lines.contains(&line) && (is_end(stops.first()) || is_end(stops.last())));
        if taken.is_empty() {
            let told = Text::say(|words| words.no_trip_ends_there(line, end));
            return self.say(told, Text::say(|words| words.name_the_end()));
        }
        for mut trip in taken {
            let fits = (!is_end(trip.stops.last()) || trip.goes_on(to, ride))
                && (!is_end(trip.stops.first()) || trip.begins_before(to, ride));
            if !fits {
                let told = Text::say(|words| words.trip_leaves_before_midnight(line));
                return self.say(told, Text::say(|words| words.choose_a_shorter_ride()));
            }
            self.added.push(trip);
        }
    }

    /// Lines that carry nobody lose their trips.
    fn close(&mut self) {
        let Changed { changes, closed, .. } = self.by;
        let is = |names: &BTreeSet<String>, line: &TransitLine| {
            names.iter().any(|name| is_called(&line.id, &line.name, name))
        };
        let shut = |line: &TransitLine| (line.for_pupils || is(closed, line)) && !is(&changes.opened, line);
        let shut: BTreeSet<u32> =
            (0..).zip(&self.out.lines).filter(|(_, line)| shut(line)).map(|(number, _)| number).collect();
        if !shut.is_empty() {
            self.take(|line, _, _| shut.contains(&line));
        }
    }
}

fn is_called(id: &str, name: &str, as_said: &str) -> bool {
    id == as_said || name == as_said
}

impl Trip {
    /// Later by so many seconds, if that is within its days.
    fn moved(mut self, seconds: i64) -> Option<Self> {
        let at = |time: u32| {
            let time = i64::from(time) + seconds;
            (0..LATEST).contains(&time).then(|| u32::try_from(time).ok()).flatten()
        };
        for call in &mut self.calls {
            *call = Call { arrive: at(call.arrive)?, depart: at(call.depart)? };
        }
        Some(self)
    }

    /// Goes on to another stop.
    fn goes_on(&mut self, to: u32, ride: Seconds) -> bool {
        let Some(at) = self.calls.last().and_then(|call| call.depart.checked_add(ride.get())) else {
            return false;
        };
        self.stops.push(to | BOARD | ALIGHT);
        self.calls.push(Call { arrive: at, depart: at });
        i64::from(at) < LATEST
    }

    /// Begins at another stop.
    fn begins_before(&mut self, from: u32, ride: Seconds) -> bool {
        let Some(at) = self.calls.first().and_then(|call| call.arrive.checked_sub(ride.get())) else {
            return false;
        };
        self.stops.insert(0, from | BOARD | ALIGHT);
        self.calls.insert(0, Call { arrive: at, depart: at });
        true
    }
}
