//! Vehicles that go on as another trip: who stays seated rides once. For each trip and each that it becomes, a trip is added that lets
//! on in the first and off in the last; whoever rides in one of them alone has that trip already.

use super::said::{Defect, Told};
use super::trips::Trip;
use crate::travel::timetable::pattern::{ALIGHT, BOARD, Call};
use crate::travel::timetable::service::ServiceIx;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) const TRANSFERS: &str = "transfers.txt";
/// Most trips that one is told to become.
const MOST_NEXT: usize = 16;
/// Most trips of a chain, most that follow its first on any way, and most calls that are looked at for all.
const MOST_CHAINED: usize = 10;
const MOST_ADDED: usize = 32;
const MOST_CALLS: usize = 5_000_000;
/// Most sets of services whose common dates are asked for.
const MOST_SETS: usize = 20_000;

/// Pairs of trips that one stays seated between, while they are read; trips by their number in the feed.
#[derive(Default)]
pub(super) struct Seats {
    /// What a trip becomes, with the line that says so.
    next: BTreeMap<u32, Vec<(u32, u32)>>,
    /// Where one must get off.
    off: BTreeSet<(u32, u32)>,
    named: BTreeSet<u32>,
    parts: HashMap<u32, Part>,
}

/// A trip that becomes another, or that another becomes.
struct Part {
    trip: Trip,
    stops: Box<[u32]>,
    calls: Box<[Call]>,
}

/// A trip that goes on as another, on the dates of all of these services.
pub(super) struct Seated {
    pub(super) services: Vec<ServiceIx>,
    pub(super) line: u32,
    pub(super) stops: Vec<u32>,
    pub(super) calls: Vec<Call>,
}

/// What is added, and what it may still cost.
#[derive(Default)]
struct Added {
    all: Vec<Seated>,
    calls: usize,
    sets: BTreeSet<Vec<ServiceIx>>,
}

impl Seats {
    /// One stays seated from a trip to another.
    pub(super) fn stay(&mut self, from: u32, to: u32, line: u32, told: &mut Told) {
        let next = self.next.entry(from).or_default();
        if next.len() == MOST_NEXT {
            return told.say(Defect::InSeat, TRANSFERS, Some(line), b"");
        }
        if !next.iter().any(|known| known.0 == to) {
            next.push((to, line));
            self.named.extend([from, to]);
        }
    }

    /// One must get off, whatever else is said.
    pub(super) fn leave(&mut self, from: u32, to: u32) {
        self.off.insert((from, to));
    }

    /// Keeps a trip that is named.
    pub(super) fn keep(&mut self, number: u32, trip: Trip, stops: &[u32], calls: &[Call]) {
        if self.named.contains(&number) {
            self.parts.insert(number, Part { trip, stops: stops.into(), calls: calls.into() });
        }
    }

    /// The trips to add.
    pub(super) fn all(&self, told: &mut Told) -> Vec<Seated> {
        let mut added = Added::default();
        for &first in self.next.keys() {
            self.follow(first, &mut added, told);
        }
        added.all
    }

    /// Follows the chains that begin with a trip.
    fn follow(&self, first: u32, added: &mut Added, told: &mut Told) {
        let services = self.parts.get(&first).map(|part| vec![part.trip.service]).unwrap_or_default();
        let (mut chains, mut steps) = (vec![(first, 1, services)], 0);
        while let Some((last, length, services)) = chains.pop() {
            for &(next, line) in self.next.get(&last).into_iter().flatten() {
                if self.off.contains(&(last, next)) {
                    continue;
                }
                let is_full = steps == MOST_ADDED || length == MOST_CHAINED;
                let services = self.follows(last, next).filter(|_| !is_full).and_then(|part| {
                    let services = common(&services, part.trip.service);
                    added.take(self.parts.get(&first)?, part, services.clone()).then_some(services)
                });
                match services {
                    Some(services) => {
                        steps += 1;
                        chains.push((next, length + 1, services));
                    }
                    // A pair that can't be is told once, where its chain begins.
                    None if is_full || length == 1 => {
                        told.say(Defect::InSeat, TRANSFERS, Some(line), b"");
                    }
                    None => {}
                }
            }
        }
    }

    /// The trip that another becomes, if both are there and it does not leave before the other comes.
    fn follows(&self, last: u32, next: u32) -> Option<&Part> {
        let (last, next) = (self.parts.get(&last)?, self.parts.get(&next)?);
        let in_time = last.calls.last()?.arrive <= next.calls.first()?.depart;
        in_time.then_some(next)
    }
}

impl Added {
    /// Adds the first trip as it goes on to the last; whether there was room for it.
    fn take(&mut self, first: &Part, last: &Part, services: Vec<ServiceIx>) -> bool {
        let has_room = self.calls < MOST_CALLS && self.sets.len() < MOST_SETS;
        if has_room {
            self.calls += first.calls.len() + last.calls.len();
            let seated = first.seated(last, services);
            let does = |may: u32| seated.stops.iter().any(|code| code & may != 0);
            if does(BOARD) && does(ALIGHT) {
                if seated.services.len() > 1 {
                    self.sets.insert(seated.services.clone());
                }
                self.all.push(seated);
            }
        }
        has_room
    }
}

/// These services and one more, each once.
fn common(services: &[ServiceIx], one_more: ServiceIx) -> Vec<ServiceIx> {
    let mut all = [services, &[one_more]].concat();
    all.sort_unstable();
    all.dedup();
    all
}

impl Part {
    fn seated(&self, last: &Self, services: Vec<ServiceIx>) -> Seated {
        let (on, off) = (self.that(BOARD), last.that(ALIGHT));
        let (stops, calls) = on.chain(off).unzip();
        Seated { services, line: self.trip.line, stops, calls }
    }

    /// The calls at which one may do this, and does nothing else.
    fn that(&self, may: u32) -> impl Iterator<Item = (u32, Call)> {
        let own = self.stops.iter().copied().zip(self.calls.iter().copied());
        own.filter(move |(code, _)| code & may != 0)
            .map(move |(code, call)| (code & !(BOARD | ALIGHT) | may, call))
    }
}
