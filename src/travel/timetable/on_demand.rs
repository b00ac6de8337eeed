//! Transport on demand: which doors and stops it joins, when, and until when it has to be booked.

use super::access::{Access, Approach, By};
use super::feed::Timetable;
use super::flex::{FlexPlace, FlexTrip};
use super::journey::{DayTime, OnDemandRide};
use super::service::{ServiceIx, Services};
use super::walking::Walks;
use crate::territory::{Area, Booking, Calendar, Ids, OnDemand, Outlines, Territory, Weekdays};
use crate::units::{InseeCode, Metres, Position, Seconds, Speed};
use geo::{Intersects, MultiPolygon};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// How a feed's service goes that does not say how long it takes: as those that people declare.
const USUAL: (f64, Seconds) = (35.0, Seconds::from_minutes(15));

/// Most pairs of places of all services: a trip of many calls has many.
const MOST_CALLS: usize = 20_000;
/// Most ways on demand between a door and stops, the shortest.
const MOST_WAYS: usize = 1_000;

/// Every service on demand, from one place to another.
#[derive(Clone, Debug, Default)]
pub(super) struct OnCalls {
    all: Vec<OnCall>,
    /// For each, the stops of lines where it is boarded and where it is left.
    stops: Vec<[Arc<[Served]>; 2]>,
    outlines: Outlines,
    calendar: Calendar<Ids>,
}

/// From anywhere in one place to anywhere in another.
#[derive(Clone, Debug)]
struct OnCall {
    name: Arc<str>,
    from: Spot,
    to: Spot,
    /// Seconds from midnight within which it may be boarded, and left.
    board: (u32, u32),
    alight: (u32, u32),
    runs: Runs,
    booking: Booking,
    speed: Speed,
    /// Besides the way at that speed.
    plus: Seconds,
}

#[derive(Clone, Debug)]
enum Spot {
    Area(Arc<Area>),
    Zone(Arc<MultiPolygon<f64>>),
    /// Stops that one walks to.
    Stops(Arc<[Position]>),
}

#[derive(Clone, Debug)]
enum Runs {
    Service(ServiceIx),
    Days { days: Weekdays, in_holidays: bool },
}

/// A door or a stop, where it is and what commune it is known to be in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Here {
    pub(super) at: Position,
    pub(super) commune: Option<InseeCode>,
}

/// A point where a service is boarded or left, and the walk from the door.
type Point = (Position, Seconds, Metres);
/// A stop of lines, and where one boards or leaves a service there: at it, or a few steps away.
type Served = (u32, Vec<Point>);

impl OnCalls {
    /// Those that feeds tell.
    pub(super) fn of_feeds(timetable: &Timetable, car: Option<Speed>) -> Self {
        let mut calls = Self::default();
        let name =
            |line: u32| timetable.line(line).map_or_else(|| "?".into(), |line| line.name.as_ref().into());
        let mut spots = Spots { timetable, groups: HashMap::new() };
        for trip in &timetable.on_demand {
            let Some((speed, plus)) = lasts(trip, car) else { continue };
            let boards = trip.calls.iter().enumerate().filter(|(_, call)| call.board);
            for (nth, from) in boards {
                for to in trip.calls[nth + 1..].iter().filter(|call| call.alight) {
                    if calls.all.len() >= MOST_CALLS {
                        return calls;
                    }
                    calls.all.push(OnCall {
                        name: name(trip.line),
                        from: spots.of(&from.place),
                        to: spots.of(&to.place),
                        board: (from.from, from.to),
                        alight: (to.from, to.to),
                        runs: Runs::Service(trip.service),
                        booking: from.booking,
                        speed,
                        plus,
                    });
                }
            }
        }
        calls
    }

    /// And those of a territory.
    pub(super) fn and_of(mut self, territory: &Territory) -> Self {
        self.all.extend(territory.on_demand().iter().map(|(_, service)| OnCall::of(service)));
        self.outlines = territory.outlines().clone();
        self.calendar = territory.calendar().clone();
        self
    }

    /// Finds the stops of each; places that many share are looked at once.
    pub(super) fn settled(mut self, walks: &Walks) -> Self {
        let mut known: HashMap<*const u8, Arc<[Served]>> = HashMap::new();
        let mut served =
            |spot: &Spot| Arc::clone(known.entry(spot.place()).or_insert_with(|| self.served(spot, walks)));
        self.stops = self.all.iter().map(|call| [served(&call.from), served(&call.to)]).collect();
        self
    }

    /// Whether each runs on a date.
    pub(super) fn running(&self, services: &Services, date: Date) -> Vec<bool> {
        let runs = |call: &OnCall| match call.runs {
            Runs::Service(service) => services.day(date).is_some_and(|day| services.runs(service, day)),
            Runs::Days { days, in_holidays } => self.calendar.has_transport(date, days, in_holidays),
        };
        self.all.iter().map(runs).collect()
    }

    /// A ride as people tell it that starts at `depart` on a date.
    pub(super) fn ride(&self, call: u32, date: Date, depart: DayTime) -> OnDemandRide {
        let OnCall { name, booking, .. } = &self.all[call as usize];
        let start = date.at(0, 0, 0, 0).checked_add(i64::from(depart.seconds()).seconds());
        let bank_holiday = |date: Date| self.calendar.is_bank_holiday(date);
        let book_before = start.ok().and_then(|start| booking.deadline(start, bank_holiday));
        OnDemandRide { name: Arc::clone(name), book_before }
    }

    /// The stops that services lead to from a door, or from which they lead there.
    pub(super) fn around(&self, walks: &Walks, door: Here, outwards: bool) -> Vec<Access> {
        let mut all = Vec::new();
        for ((number, call), [from, to]) in (0..).zip(&self.all).zip(&self.stops) {
            let (own, stops) = if outwards { (&call.from, to) } else { (&call.to, from) };
            let points = self.points(own, walks, door);
            if points.is_empty() {
                continue;
            }
            for (stop, at_stop) in stops.iter() {
                let approach = match outwards {
                    true => call.shortest(number, walks, &points, at_stop),
                    false => call.shortest(number, walks, at_stop, &points),
                };
                all.extend(approach.map(|approach| Access { stop: *stop, approach }));
            }
            if all.len() > 2 * MOST_WAYS {
                keep_shortest(&mut all);
            }
        }
        keep_shortest(&mut all);
        all
    }

    /// The services from one door to another.
    pub(super) fn direct(&self, walks: &Walks, from: Here, to: Here) -> Vec<Approach> {
        let approach = |(number, call): (u32, &OnCall)| {
            let (from, to) = (self.points(&call.from, walks, from), self.points(&call.to, walks, to));
            call.shortest(number, walks, &from, &to)
        };
        (0..).zip(&self.all).filter_map(approach).collect()
    }

    /// The stops of lines that a place has.
    fn served(&self, spot: &Spot, walks: &Walks) -> Arc<[Served]> {
        if let Spot::Stops(own) = spot {
            let mut stops: BTreeMap<u32, Vec<Point>> = BTreeMap::new();
            for &at in own.iter() {
                for walk in walks.steps_from(at) {
                    stops.entry(walk.stop).or_default().push((at, walk.time, walk.distance));
                }
            }
            return stops.into_iter().collect();
        }
        let within = |&(_, at): &(u32, Position)| self.holds(spot, Here { at, commune: None });
        walks.stops().filter(within).map(|(stop, at)| (stop, vec![there(at)])).collect()
    }

    fn holds(&self, spot: &Spot, here: Here) -> bool {
        match spot {
            Spot::Area(area) => area.holds(here.commune, Some(here.at), &self.outlines),
            Spot::Zone(zone) => zone.intersects(&geo::Point::from(here.at)),
            Spot::Stops(_) => false,
        }
    }

    /// Where one boards or leaves it from a door: there, or at stops within a walk.
    fn points(&self, spot: &Spot, walks: &Walks, door: Here) -> Vec<Point> {
        let Spot::Stops(stops) = spot else {
            return self.holds(spot, door).then(|| there(door.at)).into_iter().collect();
        };
        let walk = |&at: &Position| {
            let (time, distance) = walks.rules().direct(door.at, at)?;
            Some((at, time, distance))
        };
        stops.iter().filter_map(walk).collect()
    }
}

/// The shortest ways, in the order in which they were found.
fn keep_shortest(all: &mut Vec<Access>) {
    if all.len() > MOST_WAYS {
        let mut numbered: Vec<(usize, Access)> = all.drain(..).enumerate().collect();
        numbered.sort_by_key(|(_, access)| access.approach.time);
        numbered.truncate(MOST_WAYS);
        numbered.sort_by_key(|&(nth, _)| nth);
        all.extend(numbered.into_iter().map(|(_, access)| access));
    }
}

const fn there(at: Position) -> Point {
    (at, Seconds::ZERO, Metres::new(0))
}

impl OnCall {
    fn of(service: &OnDemand) -> Self {
        let area = Spot::Area(Arc::new(service.area.clone()));
        let hours = (service.from.seconds(), service.to.seconds());
        Self {
            name: service.name.as_str().into(),
            from: area.clone(),
            to: area,
            board: hours,
            alight: hours,
            runs: Runs::Days { days: service.days, in_holidays: service.in_holidays },
            booking: service.booking,
            speed: service.speed,
            plus: service.wait,
        }
    }

    /// The shortest way between points of both ends; none where its hours leave no room for it.
    fn shortest(&self, number: u32, walks: &Walks, from: &[Point], to: &[Point]) -> Option<Approach> {
        let pairs = from.iter().flat_map(|a| to.iter().map(move |b| (a, b)));
        let one = |(a, b): (&Point, &Point)| {
            let metres = walks.rules().distance(a.0, b.0);
            let ride = self.speed.time_over(metres).plus(self.plus);
            // Boarded after the walk there, left before the walk on.
            let (walk, on) = (a.1.get(), ride.get());
            let first = self.board.0.max(self.alight.0.saturating_sub(on));
            let last = self.board.1.min(self.alight.1.checked_sub(on)?);
            let hours = Some((first.saturating_sub(walk), last.checked_sub(walk)?));
            let distance = Metres::new(metres.get().saturating_add(a.2.get()).saturating_add(b.2.get()));
            let time = ride.plus(a.1).plus(b.1);
            (first <= last).then_some(Approach { by: By::OnDemand(number), time, distance, hours })
        };
        pairs.filter_map(one).min_by_key(|approach| approach.time)
    }
}

impl Spot {
    /// What tells a place that several services share.
    fn place(&self) -> *const u8 {
        match self {
            Self::Area(area) => Arc::as_ptr(area).cast(),
            Self::Zone(zone) => Arc::as_ptr(zone).cast(),
            Self::Stops(stops) => stops.as_ptr().cast(),
        }
    }
}

/// Places of a feed's trips, those that many share once.
struct Spots<'t> {
    timetable: &'t Timetable,
    groups: HashMap<*const u32, Arc<[Position]>>,
}

impl Spots<'_> {
    fn of(&mut self, place: &FlexPlace) -> Spot {
        match place {
            FlexPlace::Zone(zone) => Spot::Zone(Arc::clone(zone)),
            FlexPlace::Stops(stops) => {
                let at = |&stop: &u32| self.timetable.stops.get(stop as usize)?.position;
                let group = self.groups.entry(stops.as_ptr());
                Spot::Stops(Arc::clone(group.or_insert_with(|| stops.iter().filter_map(at).collect())))
            }
        }
    }
}

/// How fast a feed's trip is, and what is added.
fn lasts(trip: &FlexTrip, car: Option<Speed>) -> Option<(Speed, Seconds)> {
    match (trip.lasts, car) {
        (Some((percent, plus)), Some(car)) if percent > 0 => {
            Some((Speed::from_kmh(car.kmh() * 100.0 / f64::from(percent))?, Seconds::new(plus)))
        }
        _ => Some((Speed::from_kmh(USUAL.0)?, USUAL.1)),
    }
}
