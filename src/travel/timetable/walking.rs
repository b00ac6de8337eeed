//! On foot: from doors to stops and back, and from one stop to another between two vehicles.

use super::access::{Access, Approach, By};
use super::feed::{StopNumber, Timetable, TransferKind};
use super::on_demand::OnCalls;
#[cfg(feature = "roads")]
use crate::control::Control;
#[cfg(feature = "roads")]
use crate::error::Error;
use crate::territory::{Mode, Pace, StraightLineRules, Territory, Way};
use crate::travel::near::Near;
use crate::travel::straight_line::travelled;
#[cfg(feature = "roads")]
use crate::travel::{RoadNetwork, RoadTrip};
use crate::units::{Metres, Position, Seconds, Speed};
use std::collections::{BTreeMap, HashMap};

/// Most stops around a door, the nearest: no town has more within a walk.
const MOST_STOPS: usize = 500;

/// How people walk where no road is known: straight line × detour, at one speed.
///
/// ```
/// use maillage::travel::WalkRules;
/// use maillage::units::{Metres, Position};
///
/// let at = |lat| Position::new(0.25, lat).expect("on the earth");
/// let rules = WalkRules::default();
/// assert_eq!(rules.most, Metres::new(1_000));
/// assert!(rules.direct(at(47.0), at(47.001)).is_some());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkRules {
    /// Detour and speed.
    pub straight_line: StraightLineRules,
    /// Longest walk between a door and a stop.
    pub most: Metres,
    /// Longest walk between two stops; within one station any.
    pub between: Metres,
    /// Least time to change vehicles, a walk not counted.
    pub slack: Seconds,
}

impl Default for WalkRules {
    /// 1 km between a door and a stop, 300 m between stops, 2 minutes to change.
    fn default() -> Self {
        Self {
            straight_line: StraightLineRules::default(),
            most: Metres::new(1_000),
            between: Metres::new(300),
            slack: Seconds::new(120),
        }
    }
}

impl WalkRules {
    fn pace(&self) -> Option<Pace> {
        self.straight_line.pace(Mode::Walk)
    }

    fn walk(&self, from: Position, to: Position) -> Option<(Seconds, Metres)> {
        let pace = self.pace()?;
        let metres = self.distance(from, to);
        Some((pace.speed.time_over(metres).plus(pace.plus), metres))
    }

    /// Metres as the crow flies that no way of so many is longer than.
    fn radius(&self, most: Metres) -> f64 {
        (f64::from(most.get()) + 1.0) * 100.0 / f64::from(self.straight_line.detour.max(1))
    }

    /// How far it is, detour included.
    pub(super) fn distance(&self, from: Position, to: Position) -> Metres {
        travelled(&self.straight_line, from, to)
    }

    /// From one door to another, where that is no longer than to a stop.
    pub fn direct(&self, from: Position, to: Position) -> Option<(Seconds, Metres)> {
        self.walk(from, to).filter(|walk| walk.1 <= self.most)
    }

    /// How fast.
    pub fn speed(&self) -> Option<Speed> {
        self.pace().map(|pace| pace.speed)
    }
}

/// A walk between a door and a stop.
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
/// let walk = walks.around(position("crete"))[0];
/// assert_eq!(walk.distance.get(), 0, "the door is at the stop");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StopWalk {
    pub(super) stop: u32,
    /// How long.
    pub time: Seconds,
    /// How far.
    pub distance: Metres,
}

/// Who can walk where.
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
/// assert_eq!(walks.around(position("crete")).len(), 1, "no other stop is within a kilometre");
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct Walks {
    rules: WalkRules,
    positions: Vec<Option<Position>>,
    near: Near,
    /// What changing takes, by the stop that one comes to and by the one that one goes to.
    there: Changes,
    back: Changes,
    on_demand: OnCalls,
}

impl std::fmt::Debug for Walks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Walks").field("rules", &self.rules).finish_non_exhaustive()
    }
}

/// Changes by stop: to which other, and in how many seconds.
#[derive(Debug, Default)]
pub(super) struct Changes {
    first: Vec<u32>,
    all: Vec<(u32, u32)>,
}

impl Changes {
    pub(super) fn of(&self, stop: u32) -> &[(u32, u32)] {
        &self.all[self.first[stop as usize] as usize..self.first[stop as usize + 1] as usize]
    }

    fn new(stops: usize, sorted: impl Iterator<Item = (u32, u32, u32)>) -> Self {
        let mut changes = Self { first: vec![0; stops + 1], all: Vec::new() };
        for (from, to, seconds) in sorted {
            changes.first[from as usize + 1] += 1;
            changes.all.push((to, seconds));
        }
        for stop in 0..stops {
            changes.first[stop + 1] += changes.first[stop];
        }
        changes
    }
}

/// Keeps the nearest stops around a door where there are too many, by their numbers.
fn nearest<T>(around: &mut Vec<T>, far: impl Fn(&T) -> (u32, u32), stop: impl Fn(&T) -> u32) {
    if around.len() > MOST_STOPS {
        around.sort_unstable_by_key(far);
        around.truncate(MOST_STOPS);
        around.sort_unstable_by_key(stop);
    }
}

fn pairs<'s>(from: &'s [u32], to: &'s [u32]) -> impl Iterator<Item = (&'s u32, &'s u32)> {
    from.iter().flat_map(move |a| to.iter().map(move |b| (a, b)))
}

impl Walks {
    /// Walks to, from and between the stops of a timetable.
    pub fn new(timetable: &Timetable, rules: WalkRules) -> Self {
        let called = timetable.called();
        // Only where vehicles call does anybody walk to.
        let position = |(at, called): (usize, &bool)| timetable.stops[at].position.filter(|_| *called);
        let positions: Vec<Option<Position>> = called.iter().enumerate().map(position).collect();
        let located = positions.iter().enumerate().filter_map(|(at, &position)| Some((at, position?)));
        let near = Near::new(located);
        let car = rules.straight_line.pace(Mode::Car).map(|pace| pace.speed);
        let on_demand = OnCalls::of_feeds(timetable, car);
        let (there, back) = (Changes::default(), Changes::default());
        let mut walks = Self { rules, positions, near, there, back, on_demand };
        let changes = walks.changes(timetable, &called);
        let stops = walks.positions.len();
        walks.there = Changes::new(stops, changes.iter().map(|(&(from, to), &s)| (from, to, s)));
        let mut mirrored: Vec<(u32, u32, u32)> =
            changes.iter().map(|(&(from, to), &s)| (to, from, s)).collect();
        mirrored.sort_unstable();
        walks.back = Changes::new(stops, mirrored.into_iter());
        walks.on_demand = std::mem::take(&mut walks.on_demand).settled(&walks);
        walks
    }

    /// What changing takes from one stop to another; what the feed says comes before the walk.
    fn changes(&self, timetable: &Timetable, called: &[bool]) -> BTreeMap<(u32, u32), u32> {
        let slack = self.rules.slack.get();
        let is_called = |stop: &u32| called[*stop as usize];
        let mut changes = BTreeMap::new();
        for stop in (0..called.len() as u32).filter(is_called) {
            changes.insert((stop, stop), slack);
            for other in self.stops_around(stop, self.rules.between) {
                changes.insert((stop, other.stop), other.time.get() + slack);
            }
        }
        let mut stations: HashMap<u32, Vec<u32>> = HashMap::new();
        for (stop, known) in (0..).zip(&timetable.stops).filter(|(stop, _)| is_called(stop)) {
            if let Some(station) = known.station {
                stations.entry(station.0).or_default().push(stop);
            }
        }
        // In a station of more stops than any has, only those near one another are joined.
        let usual = stations.values().filter(|own| own.len() <= MOST_STOPS);
        for (&a, &b) in usual.flat_map(|own| pairs(own, own)) {
            changes.entry((a, b)).or_insert_with(|| self.usual_change(a, b));
        }
        for transfer in &timetable.transfers {
            // A transfer of a station is one of each of its stops.
            let [from, to] = [transfer.from, transfer.to].map(|stop| {
                let own = stations.get(&stop).cloned().unwrap_or_else(|| vec![stop]);
                own.into_iter().filter(is_called).take(MOST_STOPS).collect::<Vec<u32>>()
            });
            for (&a, &b) in pairs(&from, &to) {
                match transfer.kind {
                    TransferKind::Forbidden => _ = changes.remove(&(a, b)),
                    TransferKind::AtLeast(time) => _ = changes.insert((a, b), time.get()),
                    TransferKind::Usual => {
                        changes.entry((a, b)).or_insert_with(|| self.usual_change(a, b));
                    }
                }
            }
        }
        changes
    }

    /// The walk, as far as it is known, and the slack.
    fn usual_change(&self, from: u32, to: u32) -> u32 {
        let walk = self.between(StopNumber(from), StopNumber(to)).map_or(0, |walk| walk.0.get());
        walk + self.rules.slack.get()
    }

    fn stops_around(&self, stop: u32, most: Metres) -> Vec<StopWalk> {
        let Some(at) = self.positions[stop as usize] else { return Vec::new() };
        let mut around = self.within(at, most);
        around.retain(|walk| walk.stop != stop);
        around
    }

    /// The stops that one can walk to from a door, or from them to it, by their numbers.
    pub fn around(&self, door: Position) -> Vec<StopWalk> {
        self.within(door, self.rules.most)
    }

    /// As [`Walks::around`] for many doors, on the roads of a foot network.
    #[cfg(feature = "roads")]
    pub(super) fn on_roads(
        &self,
        roads: &RoadNetwork,
        doors: &[Position],
        control: &Control<'_>,
    ) -> Result<Vec<Vec<StopWalk>>, Error> {
        let Some(speed) = self.rules.speed() else { return Ok(vec![Vec::new(); doors.len()]) };
        let limit = speed.time_over(self.rules.most);
        let walk = |(stop, time): (u32, Seconds)| {
            let metres = f64::from(time.get()) * speed.kmh() / 3.6;
            StopWalk { stop, time, distance: Metres::new(metres.round() as u32) }
        };
        let all = self.by_road(roads, doors, limit, control)?;
        Ok(all.into_iter().map(|stops| stops.into_iter().map(walk).collect()).collect())
    }

    /// As [`Walks::driven`] for many doors, on the roads of the mode; from the door to the stop both ways.
    #[cfg(feature = "roads")]
    pub(super) fn driven_on_roads(
        &self,
        (roads, mode): (&RoadNetwork, Mode),
        doors: &[Position],
        most: Seconds,
        control: &Control<'_>,
    ) -> Result<Vec<Vec<Access>>, Error> {
        let all = self.by_road(roads, doors, most, control)?;
        let access = |door: Position, (stop, time): (u32, Seconds)| {
            let at = self.positions[stop as usize];
            let distance = at.map_or(Metres::default(), |at| self.rules.distance(door, at));
            self.by_vehicle(stop, mode, time, distance)
        };
        let of = |(&door, stops): (&Position, Vec<(u32, Seconds)>)| {
            stops.into_iter().map(|stop| access(door, stop)).collect()
        };
        Ok(doors.iter().zip(all).map(of).collect())
    }

    /// For each door the stops within `limit`, and how long the way there is.
    #[cfg(feature = "roads")]
    fn by_road(
        &self,
        roads: &RoadNetwork,
        doors: &[Position],
        limit: Seconds,
        control: &Control<'_>,
    ) -> Result<Vec<Vec<(u32, Seconds)>>, Error> {
        let (numbers, located): (Vec<u32>, Vec<Position>) = self.stops().unzip();
        let stops = roads.places(&located, control)?;
        let mut all = Vec::with_capacity(doors.len());
        // A few doors at a time: a cell for each of them and each stop is much.
        for doors in doors.chunks(256) {
            let places = roads.places(doors, control)?;
            let table = roads.table(&stops, &places, Way::Back, Some(limit), control)?;
            all.extend((0..doors.len()).map(|door| {
                let time = |(at, &stop): (usize, &u32)| match table.trip(at, door) {
                    RoadTrip::Time(time) => Some((stop, time.to_seconds())),
                    _ => None,
                };
                numbers.iter().enumerate().filter_map(time).collect()
            }));
        }
        Ok(all)
    }

    /// The stops of lines that are as near as those between which one changes.
    pub(super) fn steps_from(&self, at: Position) -> Vec<StopWalk> {
        self.within(at, self.rules.between)
    }

    /// The stops that one can walk to from a stop, itself included; none where no vehicle calls.
    pub fn at(&self, stop: StopNumber) -> Vec<StopWalk> {
        self.positions[stop.0 as usize].map_or_else(Vec::new, |at| self.steps_from(at))
    }

    fn within(&self, at: Position, most: Metres) -> Vec<StopWalk> {
        let walk = |stop: usize| {
            let (time, distance) = self.rules.walk(at, self.positions[stop]?)?;
            (distance <= most).then_some(StopWalk { stop: stop as u32, time, distance })
        };
        let mut walks: Vec<StopWalk> =
            self.near.within(at, self.rules.radius(most)).into_iter().filter_map(walk).collect();
        nearest(&mut walks, |walk| (walk.distance.get(), walk.stop), |walk| walk.stop);
        walks
    }

    /// On foot from one stop to another; nothing within one.
    pub(super) fn between(&self, from: StopNumber, to: StopNumber) -> Option<(Seconds, Metres)> {
        let (a, b) = (self.positions[from.0 as usize]?, self.positions[to.0 as usize]?);
        (from != to).then(|| self.rules.walk(a, b)).flatten()
    }

    /// With the services on demand of a territory too.
    pub(super) fn and_on_demand_of(mut self, territory: &Territory) -> Self {
        self.on_demand = std::mem::take(&mut self.on_demand).and_of(territory).settled(&self);
        self
    }

    /// What comes when it is booked.
    pub(super) const fn on_demand(&self) -> &OnCalls {
        &self.on_demand
    }

    /// The stops at which vehicles call, and where they are.
    pub(super) fn stops(&self) -> impl Iterator<Item = (u32, Position)> {
        (0..).zip(&self.positions).filter_map(|(stop, at)| Some((stop, (*at)?)))
    }

    /// The stops that a vehicle leads to from a door within `most`, the time to leave it there included.
    pub(super) fn driven(&self, door: Position, mode: Mode, most: Seconds) -> Vec<Access> {
        let Some(pace) = self.rules.straight_line.pace(mode) else { return Vec::new() };
        let metres = f64::from(most.get()) * pace.speed.kmh() / 3.6;
        let mut near: Vec<Access> = Vec::new();
        for stop in self.near.within(door, self.rules.radius(Metres::new(metres as u32))) {
            let Some(at) = self.positions[stop] else { continue };
            let distance = self.rules.distance(door, at);
            let way = pace.speed.time_over(distance).plus(pace.plus);
            if way <= most {
                near.push(self.by_vehicle(stop as u32, mode, way, distance));
            }
        }
        nearest(&mut near, |access| (access.approach.time.get(), access.stop), |access| access.stop);
        near
    }

    fn by_vehicle(&self, stop: u32, mode: Mode, way: Seconds, distance: Metres) -> Access {
        let time = way.plus(self.rules.slack);
        Access { stop, approach: Approach { by: By::Vehicle(mode), time, distance, hours: None } }
    }

    /// By what they rest on.
    pub const fn rules(&self) -> &WalkRules {
        &self.rules
    }

    /// As searches of a way see changes.
    pub(super) const fn changes_for(&self, way: Way) -> &Changes {
        match way {
            Way::To => &self.back,
            Way::Back => &self.there,
        }
    }
}
