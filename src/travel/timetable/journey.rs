//! How a trip goes, vehicle by vehicle, from what a search kept.

use super::access::{Access, Approach, By};
use super::day::{DayLine, Instant, ServiceDay, clock_seconds, instant, seen};
use super::feed::{StopNumber, Timetable};
use super::pattern::{ON_REQUEST, STOP};
use super::search::{Asked, Came, StopSearch};
use super::walking::Walks;
use crate::territory::{Mode, Way};
use crate::units::{Metres, Seconds};
use jiff::civil::DateTime;
use std::fmt;
use std::sync::Arc;

/// A time of a day's journeys: seconds from its midnight, before it and beyond 24 hours too.
///
/// ```
/// use maillage::travel::DayTime;
/// use maillage::units::ClockTime;
///
/// let at = |hour| DayTime::from(ClockTime::new(hour, 0).expect("a time"));
/// assert_eq!(at(9).since(at(8)).get(), 3_600);
/// assert_eq!(at(9).to_string(), "09:00:00");
/// ```
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
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::Control;
/// # use maillage::territory::Way;
/// # use maillage::travel::{ServiceDay, Timetable, TimetableOptions, TransitDay, WalkRules, Walks};
/// # use maillage::units::ClockTime;
/// # let control = Control::none();
/// # let timetable = Timetable::open(&["data/valley/horaires"], &TimetableOptions::default(), &control)?;
/// # let day = ServiceDay::new(&timetable, date(2026, 10, 1));
/// # let walks = Walks::new(&timetable, WalkRules::default());
/// # let clock = |hour| ClockTime::new(hour, 0).expect("a time");
/// # let (arrive_by, leave_after) = (clock(9), clock(12));
/// # let stay = TransitDay { arrive_by, leave_after, limit: None, at_site: None, rides: TransitDay::RIDES };
/// # let position = |id| timetable.stop(timetable.stop_called(id).expect("a stop")).position.expect("located");
/// # use maillage::travel::{TransitDoor, TransitTable};
/// # let [homes, sites] = ["crete", "croix"].map(|id| [TransitDoor::new(&walks, position(id))]);
/// # let table = TransitTable::new((&timetable, &day, &walks), (&homes, &sites), Way::To, stay, &control)?;
/// # let journey = table.journey(0, 0).expect("the morning bus");
/// let ride = &journey.rides[0];
/// assert_eq!((ride.depart.to_string(), ride.arrive.to_string()), ("07:40:00".into(), "08:20:00".into()));
/// # Ok::<(), maillage::Error>(())
/// ```
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
    /// Straight lines from stop to stop.
    pub distance: Metres,
}

/// A part of a journey that no timetable tells: between a door and a stop, or from door to door.
///
/// ```
/// use maillage::travel::AccessBy;
/// # use jiff::civil::date;
/// # use maillage::Control;
/// # use maillage::territory::Way;
/// # use maillage::travel::{ServiceDay, Timetable, TimetableOptions, TransitDay, WalkRules, Walks};
/// # use maillage::units::ClockTime;
/// # let control = Control::none();
/// # let timetable = Timetable::open(&["data/valley/horaires"], &TimetableOptions::default(), &control)?;
/// # let day = ServiceDay::new(&timetable, date(2026, 10, 1));
/// # let walks = Walks::new(&timetable, WalkRules::default());
/// # let clock = |hour| ClockTime::new(hour, 0).expect("a time");
/// # let (arrive_by, leave_after) = (clock(9), clock(12));
/// # let stay = TransitDay { arrive_by, leave_after, limit: None, at_site: None, rides: TransitDay::RIDES };
/// # let position = |id| timetable.stop(timetable.stop_called(id).expect("a stop")).position.expect("located");
/// # use maillage::travel::{TransitDoor, TransitTable};
/// # let [homes, sites] = ["crete", "croix"].map(|id| [TransitDoor::new(&walks, position(id))]);
/// # let table = TransitTable::new((&timetable, &day, &walks), (&homes, &sites), Way::To, stay, &control)?;
/// # let journey = table.journey(0, 0).expect("the morning bus");
/// assert_eq!(journey.start.by, AccessBy::Foot, "to the stop");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitAccess {
    /// How.
    pub by: AccessBy,
    /// When it starts.
    pub depart: DayTime,
    /// When it ends.
    pub arrive: DayTime,
    /// How far.
    pub distance: Metres,
}

/// How one comes to a stop, or from it.
///
/// ```
/// use maillage::territory::Mode;
/// use maillage::travel::AccessBy;
///
/// assert_ne!(AccessBy::Vehicle(Mode::Bike), AccessBy::Foot);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccessBy {
    /// On foot.
    Foot,
    /// By a vehicle that waits at the stop, or in somebody's car.
    Vehicle(Mode),
    /// By transport on demand.
    OnDemand(OnDemandRide),
}

/// A ride that is booked.
///
/// ```
/// use maillage::travel::OnDemandRide;
///
/// let ride = OnDemandRide { name: "tad".into(), book_before: None };
/// assert!(ride.book_before.is_none(), "nothing has to be booked");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDemandRide {
    /// What people call the service.
    pub name: Arc<str>,
    /// The last moment to book it, where one has to.
    pub book_before: Option<DateTime>,
}

/// A journey from door to door.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::Control;
/// # use maillage::territory::Way;
/// # use maillage::travel::{ServiceDay, Timetable, TimetableOptions, TransitDay, WalkRules, Walks};
/// # use maillage::units::ClockTime;
/// # let control = Control::none();
/// # let timetable = Timetable::open(&["data/valley/horaires"], &TimetableOptions::default(), &control)?;
/// # let day = ServiceDay::new(&timetable, date(2026, 10, 1));
/// # let walks = Walks::new(&timetable, WalkRules::default());
/// # let clock = |hour| ClockTime::new(hour, 0).expect("a time");
/// # let (arrive_by, leave_after) = (clock(9), clock(12));
/// # let stay = TransitDay { arrive_by, leave_after, limit: None, at_site: None, rides: TransitDay::RIDES };
/// # let position = |id| timetable.stop(timetable.stop_called(id).expect("a stop")).position.expect("located");
/// # use maillage::travel::{TransitDoor, TransitTable};
/// # let [homes, sites] = ["crete", "croix"].map(|id| [TransitDoor::new(&walks, position(id))]);
/// # let table = TransitTable::new((&timetable, &day, &walks), (&homes, &sites), Way::To, stay, &control)?;
/// # let journey = table.journey(0, 0).expect("the morning bus");
/// assert_eq!(journey.rides.len(), 1);
/// assert_eq!(journey.time(), journey.arrive.since(journey.depart));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitJourney {
    /// When one leaves the door.
    pub depart: DayTime,
    /// When one comes to the other.
    pub arrive: DayTime,
    /// From the door to the first stop; without vehicles, all the way.
    pub start: TransitAccess,
    /// The vehicles, in order.
    pub rides: Vec<Ride>,
    /// From the last stop to the other door.
    pub end: Option<TransitAccess>,
    /// All that is walked.
    pub walk: Seconds,
    /// The way: what is walked or driven, and straight lines between the stops of vehicles.
    pub distance: Metres,
}

impl TransitJourney {
    /// From door to door.
    pub fn time(&self) -> Seconds {
        self.arrive.since(self.depart)
    }

    /// The part of it spent waiting on the way.
    pub fn waiting(&self) -> Seconds {
        let riding = self.rides.iter().map(|ride| ride.arrive.since(ride.depart).get());
        let driving = self.accesses().filter(|access| access.by != AccessBy::Foot);
        let moving: u32 = riding.chain(driving.map(|access| access.arrive.since(access.depart).get())).sum();
        Seconds::new(self.time().get().saturating_sub(moving).saturating_sub(self.walk.get()))
    }

    /// How long one is there before `at`, or stays after it: no part of the journey.
    pub fn at_site(&self, way: Way, at: DayTime) -> Seconds {
        match way {
            Way::To => at.since(self.arrive),
            Way::Back => self.depart.since(at),
        }
    }

    /// What is ridden between doors and stops, or all the way.
    pub fn accesses(&self) -> impl Iterator<Item = &TransitAccess> {
        std::iter::once(&self.start).chain(&self.end)
    }

    /// The rides that have to be booked, by when.
    pub fn bookings(&self) -> impl Iterator<Item = &OnDemandRide> {
        self.accesses().filter_map(|access| match &access.by {
            AccessBy::OnDemand(ride) => Some(ride),
            _ => None,
        })
    }

    /// On foot all the way, so as to be there at `at` or leave then.
    pub fn on_foot(way: Way, at: DayTime, (walk, distance): (Seconds, Metres)) -> Self {
        let (depart, arrive) = match way {
            Way::To => (at.less(walk), at),
            Way::Back => (at, at.plus(walk)),
        };
        Self::direct(TransitAccess { by: AccessBy::Foot, depart, arrive, distance })
    }

    fn direct(start: TransitAccess) -> Self {
        let TransitAccess { depart, arrive, distance, .. } = start;
        let walk = start.walked();
        Self { depart, arrive, start, rides: Vec::new(), end: None, walk, distance }
    }
}

impl TransitAccess {
    fn walked(&self) -> Seconds {
        if self.by == AccessBy::Foot { self.arrive.since(self.depart) } else { Seconds::ZERO }
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
    pub(super) fn search(&self, search: &mut StopSearch, site: &[Access]) {
        search.run_logged(self.day, self.walks, site, self.asked);
    }

    /// The journey that `search`, run from `site`, found for `home`.
    pub(super) fn journey(
        &self,
        search: &StopSearch,
        site: &[Access],
        home: &[Access],
    ) -> Option<TransitJourney> {
        let best = search.best(self.asked.way, home)?;
        self.via(search, site, home.get(best.nth)?)
    }

    /// The journey by one of the stops around home.
    pub(super) fn via(&self, search: &StopSearch, site: &[Access], home: &Access) -> Option<TransitJourney> {
        let mut legs = self.legs(search, search.came_to(home.stop)?);
        if self.asked.way == Way::Back {
            self.leave_late(&mut legs)?;
        }
        self.ride_early(&mut legs)?;
        let start = instant(self.asked.way, self.asked.at);
        let at_site = |stop: u32| {
            let past = |access: &Access| Some((access.approach.past(self.asked.way, start)?, *access));
            let ways = site.iter().filter(|access| access.stop == stop).filter_map(past);
            ways.min_by_key(|(at, access)| (*at, access.approach.by)).map(|(_, access)| access)
        };
        let (first, last) = match self.asked.way {
            Way::To => (*home, at_site(self.stop(legs.last()?, legs.last()?.to))?),
            Way::Back => (at_site(self.stop(legs.first()?, legs.first()?.from))?, *home),
        };
        self.told(&legs, &first.approach, &last.approach)
    }

    /// The journey that is one ride from door to door.
    pub(super) fn direct(&self, approach: &Approach) -> Option<TransitJourney> {
        let (way, at) = (self.asked.way, instant(self.asked.way, self.asked.at));
        let end = approach.past(way, at)?;
        let other = seen(way, end);
        Some(TransitJourney::direct(match way {
            Way::To => self.access(approach, other, other + approach.time.get()),
            Way::Back => self.access(approach, other - approach.time.get(), other),
        }))
    }

    fn access(&self, approach: &Approach, depart: Instant, arrive: Instant) -> TransitAccess {
        let [depart, arrive] = [depart, arrive].map(clock);
        let by = match approach.by {
            By::Foot => AccessBy::Foot,
            By::Vehicle(mode) => AccessBy::Vehicle(mode),
            By::OnDemand(call) => {
                AccessBy::OnDemand(self.walks.on_demand().ride(call, self.day.date(), depart))
            }
        };
        TransitAccess { by, depart, arrive, distance: approach.distance }
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

    fn told(&self, legs: &[Leg], first: &Approach, last: &Approach) -> Option<TransitJourney> {
        let side = self.day.side(Way::Back);
        let leaves = |leg: &Leg| side.leaving(&leg.line, leg.from)[leg.vehicle as usize];
        let comes = |leg: &Leg| side.comes(&leg.line, leg.vehicle, leg.to);
        let ride = |leg: &Leg| Ride {
            line: self.timetable.patterns.lines[self.day.trip(Way::Back, &leg.line, leg.vehicle) as usize],
            from: StopNumber(self.stop(leg, leg.from)),
            depart: clock(leaves(leg)),
            to: StopNumber(self.stop(leg, leg.to)),
            arrive: clock(comes(leg)),
            on_request: (self.code(leg, leg.from) | self.code(leg, leg.to)) & ON_REQUEST != 0,
            distance: Metres::new(self.metres(leg)),
        };
        let depart = seen(Way::To, first.past(Way::To, seen(Way::To, leaves(legs.first()?)))?);
        let arrive = last.past(Way::Back, comes(legs.last()?))?;
        let start = self.access(first, depart, depart + first.time.get());
        let end = self.access(last, arrive - last.time.get(), arrive);
        let rides: Vec<Ride> = legs.iter().map(ride).collect();
        let between = rides.windows(2).filter_map(|pair| self.walks.between(pair[0].to, pair[1].from));
        let mut walk = start.walked().plus(end.walked());
        let mut metres = start.distance.get().saturating_add(end.distance.get());
        for (time, distance) in between {
            walk = walk.plus(time);
            metres = metres.saturating_add(distance.get());
        }
        metres = rides.iter().fold(metres, |metres, ride| metres.saturating_add(ride.distance.get()));
        let (depart, arrive) = (start.depart, end.arrive);
        Some(TransitJourney {
            depart,
            arrive,
            start,
            rides,
            end: Some(end),
            walk,
            distance: Metres::new(metres),
        })
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

/// An instant as people tell it.
fn clock(at: Instant) -> DayTime {
    DayTime::new(clock_seconds(Way::Back, at))
}
