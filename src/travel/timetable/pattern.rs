//! Trips by pattern: those that stop at the same stops, at which one may get on and off alike.

use super::service::ServiceIx;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// A number of a trip, those of a pattern one after the other.
pub(super) type TripIx = u32;

/// One may get on here.
pub(super) const BOARD: u32 = 1 << 31;
/// One may get off here.
pub(super) const ALIGHT: u32 = 1 << 30;
/// Only for those who said so before.
pub(super) const ON_REQUEST: u32 = 1 << 29;
/// What is left is the stop.
pub(super) const STOP: u32 = ON_REQUEST - 1;

/// A trip at a stop, in seconds from noon minus 12 hours of its service day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Call {
    pub(super) arrive: u32,
    pub(super) depart: u32,
}

/// All trips of a timetable, each with its calls in the order of its pattern's stops.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns {
    pub(super) all: Vec<Pattern>,
    /// Stops of the patterns, with what may be done there.
    pub(super) stops: Vec<u32>,
    pub(super) services: Vec<ServiceIx>,
    /// The line of each trip.
    pub(super) lines: Vec<u32>,
    calls: Vec<Call>,
}

/// Where a pattern's stops, trips and calls are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pattern {
    first_stop: u32,
    pub(super) len: u32,
    pub(super) first_trip: TripIx,
    pub(super) trips: u32,
    first_call: u32,
    /// The latest that any of its trips is on its way.
    pub(super) latest: u32,
}

impl Pattern {
    /// The numbers of its trips.
    pub(super) const fn numbers(&self) -> Range<TripIx> {
        self.first_trip..self.first_trip + self.trips
    }
}

impl Patterns {
    pub(super) fn trips(&self) -> usize {
        self.services.len()
    }

    pub(super) fn calls(&self) -> usize {
        self.calls.len()
    }

    pub(super) fn stops_of(&self, pattern: &Pattern) -> &[u32] {
        &self.stops[pattern.first_stop as usize..][..pattern.len as usize]
    }

    /// Without the trips that are gone, and with others, each a pattern at the end: what stays keeps its order.
    pub(super) fn edited(&self, gone: &BTreeSet<TripIx>, added: &[Trip]) -> Self {
        let mut out = Self { stops: self.stops.clone(), ..Self::default() };
        for pattern in &self.all {
            let (first_trip, first_call) = (out.services.len() as TripIx, out.calls.len() as u32);
            let own = pattern.numbers();
            for trip in own.filter(|trip| !gone.contains(trip)) {
                out.services.push(self.services[trip as usize]);
                out.lines.push(self.lines[trip as usize]);
                out.calls.extend_from_slice(self.calls_of(pattern, trip));
            }
            let trips = out.services.len() as u32 - first_trip;
            out.all.push(Pattern { first_trip, trips, first_call, ..*pattern });
        }
        for trip in added {
            out.all.push(Pattern {
                first_stop: out.stops.len() as u32,
                len: trip.stops.len() as u32,
                first_trip: out.services.len() as TripIx,
                trips: 1,
                first_call: out.calls.len() as u32,
                latest: latest(&trip.calls),
            });
            out.stops.extend_from_slice(&trip.stops);
            out.services.push(trip.service);
            out.lines.push(trip.line);
            out.calls.extend_from_slice(&trip.calls);
        }
        out
    }

    /// The calls of one of a pattern's trips.
    pub(super) fn calls_of(&self, pattern: &Pattern, trip: TripIx) -> &[Call] {
        let place = pattern.first_call as usize + ((trip - pattern.first_trip) * pattern.len) as usize;
        &self.calls[place..][..pattern.len as usize]
    }
}

/// A trip by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trip {
    pub(super) service: ServiceIx,
    pub(super) line: u32,
    /// Stops with what may be done there.
    pub(super) stops: Vec<u32>,
    pub(super) calls: Vec<Call>,
}

fn latest(calls: &[Call]) -> u32 {
    calls.iter().map(|call| call.arrive.max(call.depart)).max().unwrap_or(0)
}

/// A trip while it is read.
#[derive(Clone, Copy, Debug)]
struct Raw {
    pattern: u32,
    service: ServiceIx,
    line: u32,
    first_call: u32,
}

/// Puts trips together.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    known: HashMap<Box<[u32]>, u32>,
    stops: Vec<(u32, u32)>,
    trips: Vec<Raw>,
    calls: Vec<Call>,
    flat: Vec<u32>,
}

impl Gathering {
    /// Adds a trip; its stops with what may be done there.
    pub(super) fn add(&mut self, service: ServiceIx, line: u32, stops: &[u32], calls: &[Call]) {
        debug_assert_eq!(stops.len(), calls.len());
        let pattern = match self.known.get(stops) {
            Some(&pattern) => pattern,
            None => {
                let pattern = self.stops.len() as u32;
                self.known.insert(stops.into(), pattern);
                self.stops.push((self.flat.len() as u32, stops.len() as u32));
                self.flat.extend_from_slice(stops);
                pattern
            }
        };
        self.trips.push(Raw { pattern, service, line, first_call: self.calls.len() as u32 });
        self.calls.extend_from_slice(calls);
    }

    /// Calls so far.
    pub(super) fn calls(&self) -> usize {
        self.calls.len()
    }

    /// Trips in the order of their patterns, and within one by their calls.
    pub(super) fn patterns(mut self) -> Patterns {
        let calls =
            |raw: &Raw| &self.calls[raw.first_call as usize..][..self.stops[raw.pattern as usize].1 as usize];
        // Of trips alike the first read comes first: sorting is stable.
        self.trips.sort_by(|a, b| a.pattern.cmp(&b.pattern).then_with(|| calls(a).cmp(calls(b))));
        let mut patterns = Patterns { stops: self.flat, ..Patterns::default() };
        patterns.calls.reserve_exact(self.calls.len());
        let mut trips = self.trips.iter().peekable();
        for (number, &(first_stop, len)) in (0..).zip(&self.stops) {
            let (first_trip, first_call) = (patterns.services.len() as u32, patterns.calls.len() as u32);
            let mut latest = 0;
            while let Some(trip) = trips.next_if(|trip| trip.pattern == number) {
                patterns.services.push(trip.service);
                patterns.lines.push(trip.line);
                let own = &self.calls[trip.first_call as usize..][..len as usize];
                latest = latest.max(self::latest(own));
                patterns.calls.extend_from_slice(own);
            }
            let trips = patterns.services.len() as u32 - first_trip;
            patterns.all.push(Pattern { first_stop, len, first_trip, trips, first_call, latest });
        }
        patterns
    }
}
