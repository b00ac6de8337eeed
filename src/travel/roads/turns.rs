//! What may be done at a junction, and what it costs: restrictions, closed barriers, angles.

use super::contract::Chains;
use super::map::{Restriction, RoadMap, Scale};
use super::profile::{Profile, Turns};
use super::usage::Usage;

/// An edge in one direction: twice its number, and one more against the order of its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dart(u32);

impl Dart {
    /// Along the points of an edge.
    pub(super) const fn along(edge: u32) -> Self {
        Self(2 * edge)
    }

    /// Both of each edge, in order.
    pub(super) fn all(edges: usize) -> impl Iterator<Item = Self> {
        (0..2 * edges as u32).map(Self)
    }

    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }

    pub(super) const fn edge(self) -> usize {
        (self.0 / 2) as usize
    }

    pub(super) const fn is_along(self) -> bool {
        self.0 & 1 == 0
    }

    pub(super) const fn reversed(self) -> Self {
        Self(self.0 ^ 1)
    }
}

/// The restrictions of a map that a profile obeys, by the point where they are.
pub(super) fn obeyed<'a>(map: &'a RoadMap, turns: &Turns) -> Vec<&'a Restriction> {
    let Some(vehicles) = &turns.restrictions else { return Vec::new() };
    let ours = |vehicle: &String| vehicles.contains(vehicle);
    let holds = |r: &&Restriction| r.vehicle.as_ref().is_none_or(ours) && !r.except.iter().any(ours);
    let mut obeyed: Vec<&Restriction> = map.restrictions.iter().filter(holds).collect();
    obeyed.sort_by_key(|restriction| restriction.via);
    obeyed
}

/// Darts by junction, and what turning from one into another costs.
pub(super) struct Junctions<'a> {
    map: &'a RoadMap,
    chains: &'a Chains,
    /// Darts that start at junction `j`, open or not: `darts[first[j]..first[j + 1]]`.
    first: Vec<u32>,
    darts: Vec<Dart>,
    restrictions: Vec<&'a Restriction>,
    closed: &'a [u32],
    /// Milliseconds by angle, from -180° to 180°; none when turning is free.
    angles: Option<Vec<u32>>,
    u_turn: u32,
    /// Where each dart starts, as degrees from north; empty when turning is free.
    bearings: Vec<i16>,
}

impl<'a> Junctions<'a> {
    pub(super) fn new(
        usage: &'a Usage<'a>,
        profile: &Profile,
        restrictions: Vec<&'a Restriction>,
        chains: &'a Chains,
    ) -> Self {
        let turns = &profile.turns;
        let (first, darts) = by_junction(chains);
        let angles = (turns.penalty > 0.0 || turns.u_turn > 0.0).then(|| angles(turns));
        let mut junctions = Self {
            map: usage.map,
            chains,
            first,
            darts,
            restrictions,
            closed: &usage.closed,
            u_turn: (turns.u_turn * 1000.0).round() as u32,
            bearings: Vec::new(),
            angles,
        };
        if junctions.angles.is_some() {
            junctions.bearings = Dart::all(chains.edges.len()).map(|dart| junctions.bearing(dart)).collect();
        }
        junctions
    }

    pub(super) fn len(&self) -> usize {
        self.chains.junctions.len()
    }

    pub(super) fn tail(&self, dart: Dart) -> u32 {
        let edge = &self.chains.edges[dart.edge()];
        if dart.is_along() { edge.from } else { edge.to }
    }

    pub(super) fn head(&self, dart: Dart) -> u32 {
        self.tail(dart.reversed())
    }

    pub(super) fn is_open(&self, dart: Dart) -> bool {
        let edge = &self.chains.edges[dart.edge()];
        if dart.is_along() { edge.forward } else { edge.backward }
    }

    /// Open darts that start at a junction.
    fn out_of(&self, junction: u32) -> impl Iterator<Item = Dart> {
        self.starting_at(junction).iter().copied().filter(|&dart| self.is_open(dart))
    }

    /// Darts that start at a junction, open or not.
    pub(super) fn starting_at(&self, junction: u32) -> &[Dart] {
        &self.darts[self.first[junction as usize] as usize..self.first[junction as usize + 1] as usize]
    }

    /// Whether it matters at a junction where one comes from. Where it does not, every turn is free.
    pub(super) fn tells_turns_apart(&self, junction: u32) -> bool {
        let (point, count) = self.chains.junctions[junction as usize];
        let turns_matter = self.angles.is_some() || !self.restrictions.is_empty();
        self.angles.is_some()
            || (count == 2 && turns_matter)
            || self.is_closed(point)
            || !self.restrictions_at(point).is_empty()
    }

    fn is_closed(&self, point: u32) -> bool {
        self.closed.binary_search(&point).is_ok()
    }

    fn restrictions_at(&self, point: u32) -> &[&'a Restriction] {
        let start = self.restrictions.partition_point(|r| r.via < point);
        let here = self.restrictions[start..].partition_point(|r| r.via == point);
        &self.restrictions[start..start + here]
    }

    /// Milliseconds to turn from `come` into `leave`, both open and meeting at a junction;
    /// `None` when it is not allowed.
    pub(super) fn turn(&self, junction: u32, come: Dart, leave: Dart) -> Option<u32> {
        let (point, count) = self.chains.junctions[junction as usize];
        let back = leave == come.reversed();
        if self.is_closed(point) {
            return back.then_some(self.u_turn);
        }
        if self.is_restricted(junction, point, come, leave) {
            return None;
        }
        if back {
            // Nobody turns round midway, where the road goes on.
            let goes_on = count == 2 && self.out_of(junction).any(|dart| dart != leave);
            return (!goes_on).then_some(self.u_turn);
        }
        let Some(angles) = self.angles.as_ref().filter(|_| count > 2) else { return Some(0) };
        // The way back along `come` starts behind whoever comes.
        let angle =
            i32::from(self.bearings[leave.index()]) - i32::from(self.bearings[come.reversed().index()]) + 180;
        Some(angles[(angle + 180).rem_euclid(360) as usize])
    }

    fn is_restricted(&self, junction: u32, point: u32, come: Dart, leave: Dart) -> bool {
        let from = self.way_at_start(come.reversed());
        let to = self.way_at_start(leave);
        let mut only = self.restrictions_at(point).iter().filter(|r| r.from.contains(&from));
        only.any(|r| {
            if r.only {
                // A road that is not there, or not open, is no way on.
                let there = self.out_of(junction).any(|dart| r.to.contains(&self.way_at_start(dart)));
                there && !r.to.contains(&to)
            } else {
                // Of a road into itself, it is the turn back that is meant.
                r.to.contains(&to) && (from != to || leave == come.reversed())
            }
        })
    }

    /// The id of the road that a dart starts on.
    fn way_at_start(&self, dart: Dart) -> i64 {
        let shape = self.chains.shape_of(dart.edge());
        let index = if dart.is_along() { shape.start } else { shape.end - 2 };
        self.map.ways[self.chains.way_at(index)].id
    }

    /// Where a dart starts towards, in degrees from north.
    fn bearing(&self, dart: Dart) -> i16 {
        let shape = self.chains.shape_of(dart.edge());
        let (a, b) =
            if dart.is_along() { (shape.start, shape.start + 1) } else { (shape.end - 1, shape.end - 2) };
        let [a, b] = [a, b].map(|index| self.map.points[self.chains.shape[index] as usize]);
        bearing([a.lon, a.lat], [b.lon, b.lat])
    }
}

/// The direction from `a` to `b`, longitude and latitude in 10⁻⁷ degrees, in whole degrees from north.
pub(super) fn bearing(a: [i32; 2], b: [i32; 2]) -> i16 {
    let scale = Scale::at(f64::from(a[1]) * 1e-7);
    let (x, y) = (f64::from(b[0]) - f64::from(a[0]), f64::from(b[1]) - f64::from(a[1]));
    (x * scale.lon).atan2(y * scale.lat).to_degrees().round() as i16
}

fn by_junction(chains: &Chains) -> (Vec<u32>, Vec<Dart>) {
    let mut first = vec![0_u32; chains.junctions.len() + 2];
    for edge in &chains.edges {
        first[edge.from as usize + 2] += 1;
        first[edge.to as usize + 2] += 1;
    }
    for junction in 2..first.len() {
        first[junction] += first[junction - 1];
    }
    let mut darts = vec![Dart(0); 2 * chains.edges.len()];
    for (number, edge) in chains.edges.iter().enumerate() {
        let along = Dart::along(number as u32);
        for (dart, at) in [(along, edge.from), (along.reversed(), edge.to)] {
            let place = &mut first[at as usize + 1];
            darts[*place as usize] = dart;
            *place += 1;
        }
    }
    first.pop();
    (first, darts)
}

/// Milliseconds for a turn by -180° to 179°, to the right positive: a sigmoid of the angle, dearer
/// across the other lane (OSRM, car.lua).
pub(super) fn angles(turns: &Turns) -> Vec<u32> {
    let cost = |degrees: i32| {
        let (share, bias) = (f64::from(degrees.abs()) / 180.0, turns.bias);
        let steepness = if degrees >= 0 { 13.0 / bias } else { 13.0 * bias };
        let middle = if degrees >= 0 { 6.5 * bias } else { 6.5 / bias };
        (turns.penalty * 1000.0 / (1.0 + (middle - steepness * share).exp())).round() as u32
    };
    (-180..180).map(cost).collect()
}
