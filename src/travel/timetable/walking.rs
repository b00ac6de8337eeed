//! On foot: from doors to stops and back, and from one stop to another between two vehicles.

use super::feed::{StopNumber, Timetable, TransferKind};
#[cfg(feature = "roads")]
use crate::control::Control;
#[cfg(feature = "roads")]
use crate::error::Error;
use crate::territory::{Mode, Pace, StraightLineRules, Way};
use crate::travel::near::Near;
use crate::travel::straight_line::travelled;
#[cfg(feature = "roads")]
use crate::travel::{RoadNetwork, RoadTrip};
use crate::units::{Metres, Position, Seconds, Speed};
use std::collections::{BTreeMap, HashMap};

/// How people walk where no road is known: straight line × detour, at one speed.
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
        let metres = travelled(&self.straight_line, from, to);
        Some((pace.speed.time_over(metres).plus(pace.plus), metres))
    }

    /// Metres as the crow flies that no walk of so many is longer than.
    fn radius(&self, most: Metres) -> f64 {
        (f64::from(most.get()) + 1.0) * 100.0 / f64::from(self.straight_line.detour.max(1))
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StopWalk {
    pub(super) stop: u32,
    /// How long.
    pub time: Seconds,
    /// How far.
    pub distance: Metres,
}

/// Who can walk where.
pub struct Walks {
    rules: WalkRules,
    positions: Vec<Option<Position>>,
    near: Near,
    /// What changing takes, by the stop that one comes to and by the one that one goes to.
    there: Changes,
    back: Changes,
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

impl Walks {
    /// Walks to, from and between the stops of a timetable.
    pub fn new(timetable: &Timetable, rules: WalkRules) -> Self {
        let mut called = vec![false; timetable.stops.len()];
        for code in &timetable.patterns.stops {
            called[(code & super::pattern::STOP) as usize] = true;
        }
        // Only where vehicles call does anybody walk to.
        let position = |(at, called): (usize, &bool)| timetable.stops[at].position.filter(|_| *called);
        let positions: Vec<Option<Position>> = called.iter().enumerate().map(position).collect();
        let located = positions.iter().enumerate().filter_map(|(at, &position)| Some((at, position?)));
        let near = Near::new(located);
        let mut walks = Self { rules, positions, near, there: Changes::default(), back: Changes::default() };
        let changes = walks.changes(timetable, &called);
        let stops = walks.positions.len();
        walks.there = Changes::new(stops, changes.iter().map(|(&(from, to), &s)| (from, to, s)));
        let mut mirrored: Vec<(u32, u32, u32)> =
            changes.iter().map(|(&(from, to), &s)| (to, from, s)).collect();
        mirrored.sort_unstable();
        walks.back = Changes::new(stops, mirrored.into_iter());
        walks
    }

    /// What changing takes from one stop to another; what the feed says comes before the walk.
    fn changes(&self, timetable: &Timetable, called: &[bool]) -> BTreeMap<(u32, u32), u32> {
        let slack = self.rules.slack.get();
        let mut changes = BTreeMap::new();
        for (stop, _) in (0..).zip(called).filter(|(_, called)| **called) {
            changes.insert((stop, stop), slack);
            for other in self.stops_around(stop, self.rules.between) {
                changes.insert((stop, other.stop), other.time.get() + slack);
            }
        }
        let mut stations: HashMap<u32, Vec<u32>> = HashMap::new();
        for (stop, known) in (0..).zip(&timetable.stops) {
            if let (Some(station), true) = (known.station, called[stop as usize]) {
                stations.entry(station.0).or_default().push(stop);
            }
        }
        for own in stations.values() {
            for (&a, &b) in own.iter().flat_map(|a| own.iter().map(move |b| (a, b))) {
                let walk = match (self.positions[a as usize], self.positions[b as usize]) {
                    (Some(from), Some(to)) => self.rules.walk(from, to).map_or(0, |walk| walk.0.get()),
                    _ => 0,
                };
                changes.entry((a, b)).or_insert(walk + slack);
            }
        }
        let parts = |stop: u32| {
            let own = stations.get(&stop).cloned().unwrap_or_default();
            if own.is_empty() { vec![stop] } else { own }
        };
        for transfer in &timetable.transfers {
            for a in parts(transfer.from) {
                for b in parts(transfer.to) {
                    if !called[a as usize] || !called[b as usize] {
                        continue;
                    }
                    match transfer.kind {
                        TransferKind::Forbidden => _ = changes.remove(&(a, b)),
                        TransferKind::AtLeast(time) => _ = changes.insert((a, b), time.get()),
                        TransferKind::Usual => {
                            let walk = match (self.positions[a as usize], self.positions[b as usize]) {
                                (Some(from), Some(to)) => self.rules.walk(from, to).map_or(0, |w| w.0.get()),
                                _ => 0,
                            };
                            changes.entry((a, b)).or_insert(walk + slack);
                        }
                    }
                }
            }
        }
        changes
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
        let (numbers, located): (Vec<u32>, Vec<Position>) =
            (0..).zip(&self.positions).filter_map(|(stop, at)| Some((stop, (*at)?))).unzip();
        let stops = roads.places(&located, control)?;
        let mut all = Vec::with_capacity(doors.len());
        // A few doors at a time: a cell for each of them and each stop is much.
        for doors in doors.chunks(256) {
            let places = roads.places(doors, control)?;
            let table = roads.table(&stops, &places, Way::Back, Some(limit), control)?;
            all.extend((0..doors.len()).map(|door| {
                let walk = |(at, &stop): (usize, &u32)| match table.trip(at, door) {
                    RoadTrip::Time(time) => {
                        let time = time.to_seconds();
                        let metres = f64::from(time.get()) * speed.kmh() / 3.6;
                        Some(StopWalk { stop, time, distance: Metres::new(metres.round() as u32) })
                    }
                    _ => None,
                };
                numbers.iter().enumerate().filter_map(walk).collect()
            }));
        }
        Ok(all)
    }

    /// The stops that one can walk to from a stop, itself included; none where no vehicle calls.
    pub fn at(&self, stop: StopNumber) -> Vec<StopWalk> {
        self.positions[stop.0 as usize].map_or_else(Vec::new, |at| self.within(at, self.rules.between))
    }

    fn within(&self, at: Position, most: Metres) -> Vec<StopWalk> {
        let walk = |stop: usize| {
            let (time, distance) = self.rules.walk(at, self.positions[stop]?)?;
            (distance <= most).then_some(StopWalk { stop: stop as u32, time, distance })
        };
        self.near.within(at, self.rules.radius(most)).into_iter().filter_map(walk).collect()
    }

    /// On foot from one stop to another; nothing within one.
    pub(super) fn between(&self, from: StopNumber, to: StopNumber) -> Option<(Seconds, Metres)> {
        let (a, b) = (self.positions[from.0 as usize]?, self.positions[to.0 as usize]?);
        (from != to).then(|| self.rules.walk(a, b)).flatten()
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
