//! How a trip goes, vehicle by vehicle, from what a search kept.

use super::day::{DayLine, ServiceDay, clock_seconds, seen};
use super::feed::{StopNumber, Timetable};
use super::pattern::{ON_REQUEST, STOP};
use super::search::{Asked, Best, Came, StopSearch};
use super::walking::{StopWalk, Walks};
use crate::territory::Way;
use crate::units::{Metres, Seconds};
use std::fmt;

/// A time of a day's journeys: seconds from its midnight, before it and beyond 24 hours too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayTime(i32);

impl DayTime {
    pub(super) fn new(seconds: i64) -> Self {
        Self(seconds.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32)
    }

    /// Seconds from midnight.
    pub const fn seconds(self) -> i32 {
        self.0
    }

    /// How long after `earlier`, zero if it is before.
    pub fn since(self, earlier: Self) -> Seconds {
        Seconds::new(u32::try_from(i64::from(self.0) - i64::from(earlier.0)).unwrap_or(0))
    }

    fn less(self, by: Seconds) -> Self {
        Self::new(i64::from(self.0) - i64::from(by.get()))
    }

    fn plus(self, by: Seconds) -> Self {
        Self::new(i64::from(self.0) + i64::from(by.get()))
    }
}

impl From<crate::units::ClockTime> for DayTime {
    fn from(clock: crate::units::ClockTime) -> Self {
        Self::new(i64::from(clock.seconds()))
    }
}

impl fmt::Display for DayTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, seconds) =
            if self.0 < 0 { ("-", self.0.unsigned_abs()) } else { ("", self.0.unsigned_abs()) };
        write!(f, "{sign}{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
    }
}

/// One vehicle of a journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ride {
    /// The line, as [`Timetable::line`] names it.
    pub line: u32,
    /// Where one gets on.
    pub from: StopNumber,
    /// When it leaves.
    pub depart: DayTime,
    /// Where one gets off.
    pub to: StopNumber,
    /// When it comes there.
    pub arrive: DayTime,
    /// Whether one has to ask for it before.
    pub on_request: bool,
}

/// A journey from door to door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitJourney {
    /// When one leaves the door.
    pub depart: DayTime,
    /// When one comes to the other.
    pub arrive: DayTime,
    /// The vehicles, in order; none when one walks all the way.
    pub rides: Vec<Ride>,
    /// All that is walked.
    pub walk: Seconds,
    /// The way: what is walked, and straight lines between the stops of vehicles.
    pub distance: Metres,
}

impl TransitJourney {
    /// From door to door.
    pub fn time(&self) -> Seconds {
        self.arrive.since(self.depart)
    }

    /// The part of it spent waiting on the way.
    pub fn waiting(&self) -> Seconds {
        let riding: u32 = self.rides.iter().map(|ride| ride.arrive.since(ride.depart).get()).sum();
        Seconds::new(self.time().get().saturating_sub(riding).saturating_sub(self.walk.get()))
    }

    /// On foot all the way, so as to be there at `at` or leave then.
    pub fn on_foot(way: Way, at: DayTime, (walk, distance): (Seconds, Metres)) -> Self {
        let (depart, arrive) = match way {
            Way::To => (at.less(walk), at),
            Way::Back => (at, at.plus(walk)),
        };
        Self { depart, arrive, rides: Vec::new(), walk, distance }
    }
}

/// A ride of a journey, in the order of time.
#[derive(Clone, Copy)]
struct Leg {
    line: DayLine,
    vehicle: u32,
    from: u32,
    to: u32,
}

/// What a journey is told from.
pub(super) struct Telling<'t> {
    pub(super) timetable: &'t Timetable,
    pub(super) day: &'t ServiceDay,
    pub(super) walks: &'t Walks,
    pub(super) asked: Asked,
}

impl Telling<'_> {
    /// Searches from a site, and keeps how.
    pub(super) fn search(&self, search: &mut StopSearch, site: &[StopWalk]) {
        search.run_logged(self.day, self.walks, site, self.asked);
    }

    /// The journey that `search`, run from `site`, found for `home`.
    pub(super) fn journey(
        &self,
        search: &StopSearch,
        site: &[StopWalk],
        home: &[StopWalk],
    ) -> Option<TransitJourney> {
        let Best { stop, walk, .. } = search.best(home)?;
        let mut legs = self.legs(search, search.came_to(stop)?);
        if self.asked.way == Way::Back {
            self.leave_late(&mut legs)?;
        }
        self.ride_early(&mut legs)?;
        let at_home = *home.iter().find(|w| w.stop == stop && w.time == walk)?;
        let at_site = |stop: u32| site.iter().filter(|w| w.stop == stop).min_by_key(|w| w.time).copied();
        let (first, last) = match self.asked.way {
            Way::To => (at_home, at_site(self.stop(legs.last()?, legs.last()?.to))?),
            Way::Back => (at_site(self.stop(legs.first()?, legs.first()?.from))?, at_home),
        };
        Some(self.told(&legs, first, last))
    }

    /// The rides in the order of time.
    fn legs(&self, search: &StopSearch, last: &Came) -> Vec<Leg> {
        let mut legs = Vec::new();
        let mut next = Some(last);
        while let Some(came) = next {
            let line = self.day.side(self.asked.way).lines[came.line as usize];
            let end = line.len - 1;
            legs.push(match self.asked.way {
                Way::Back => Leg { line, vehicle: came.vehicle, from: came.board, to: came.alight },
                // Found in a mirror.
                Way::To => Leg {
                    line,
                    vehicle: line.vehicles - 1 - came.vehicle,
                    from: end - came.alight,
                    to: end - came.board,
                },
            });
            next = came.before.and_then(|before| search.log.get(before as usize));
        }
        if self.asked.way == Way::Back {
            legs.reverse();
        }
        legs
    }

    /// Takes the latest vehicles that still make the last one, so that one waits where one is.
    fn leave_late(&self, legs: &mut [Leg]) -> Option<()> {
        let side = self.day.side(Way::Back);
        for at in (1..legs.len()).rev() {
            let (before, after) = (legs[at - 1], legs[at]);
            let due = side.leaving(&after.line, after.from)[after.vehicle as usize]
                .checked_sub(self.change(&before, &after)?)?;
            let later = before.vehicle + 1..before.line.vehicles;
            let fits = |v: &u32| side.comes(&before.line, *v, before.to) <= due;
            legs[at - 1].vehicle = later.take_while(fits).last().unwrap_or(before.vehicle);
        }
        Some(())
    }

    /// Takes the earliest vehicles after the first: connections are then the safest.
    fn ride_early(&self, legs: &mut [Leg]) -> Option<()> {
        let side = self.day.side(Way::Back);
        for at in 1..legs.len() {
            let (before, after) = (legs[at - 1], legs[at]);
            let ready = side.comes(&before.line, before.vehicle, before.to) + self.change(&before, &after)?;
            let leaving = side.leaving(&after.line, after.from);
            legs[at].vehicle =
                leaving.partition_point(|&leaves| leaves < ready).min(leaving.len() - 1) as u32;
        }
        Some(())
    }

    fn change(&self, before: &Leg, after: &Leg) -> Option<u32> {
        let (from, to) = (self.stop(before, before.to), self.stop(after, after.from));
        self.walks.changes_for(Way::Back).of(from).iter().find(|change| change.0 == to).map(|change| change.1)
    }

    fn code(&self, leg: &Leg, place: u32) -> u32 {
        self.day.side(Way::Back).stops_of(&leg.line)[place as usize]
    }

    fn stop(&self, leg: &Leg, place: u32) -> u32 {
        self.code(leg, place) & STOP
    }

    fn told(&self, legs: &[Leg], first: StopWalk, last: StopWalk) -> TransitJourney {
        let side = self.day.side(Way::Back);
        let at = |instant| DayTime::new(clock_seconds(Way::Back, seen(Way::Back, instant)));
        let ride = |leg: &Leg| Ride {
            line: self.timetable.patterns.lines[self.day.trip(Way::Back, &leg.line, leg.vehicle) as usize],
            from: StopNumber(self.stop(leg, leg.from)),
            depart: at(side.leaving(&leg.line, leg.from)[leg.vehicle as usize]),
            to: StopNumber(self.stop(leg, leg.to)),
            arrive: at(side.comes(&leg.line, leg.vehicle, leg.to)),
            on_request: (self.code(leg, leg.from) | self.code(leg, leg.to)) & ON_REQUEST != 0,
        };
        let rides: Vec<Ride> = legs.iter().map(ride).collect();
        let between = rides.windows(2).filter_map(|pair| self.walks.between(pair[0].to, pair[1].from));
        let (mut walk, mut metres) = (first.time.plus(last.time), first.distance.get() + last.distance.get());
        for (time, distance) in between {
            walk = walk.plus(time);
            metres = metres.saturating_add(distance.get());
        }
        metres = legs.iter().fold(metres, |metres, leg| metres.saturating_add(self.metres(leg)));
        let depart = rides.first().map_or(DayTime(0), |ride| ride.depart.less(first.time));
        let arrive = rides.last().map_or(DayTime(0), |ride| ride.arrive.plus(last.time));
        TransitJourney { depart, arrive, rides, walk, distance: Metres::new(metres) }
    }

    /// Straight lines from stop to stop.
    fn metres(&self, leg: &Leg) -> u32 {
        let places = leg.from..=leg.to;
        let positions: Vec<_> = places
            .filter_map(|place| self.timetable.stops[self.stop(leg, place) as usize].position)
            .collect();
        positions.windows(2).map(|pair| pair[0].straight_line(pair[1])).sum::<f64>().round() as u32
    }
}
