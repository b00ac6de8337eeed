//! The network of one profile: what it may use of a map, ready to be searched.

use super::contract::{Chains, contract};
use super::graph::{Graph, NOWHERE, cost};
use super::map::{Point, RoadMap, Scale};
use super::parts::Parts;
use super::profile::Profile;
use super::search::Label;
use super::snap::Grid;
use super::turns::{Dart, Junctions, obeyed};
use super::usage::{Unknowns, Usage};
use crate::territory::{RoadChanges, RoadId, Way};
use crate::units::{Metres, Position, Seconds};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The roads of a map that one profile may use.
///
/// ```
/// # use maillage::Control;
/// # use maillage::territory::{Mode, Way};
/// # use maillage::travel::{Profile, RoadMap, RoadNetwork};
/// # use maillage::units::{Metres, Position, Seconds};
/// # use std::sync::Arc;
/// # let control = Control::none();
/// # let profile = Profile::shipped(Mode::Car).expect("one of ours");
/// # let file = "data/valley/roads/valley.osm.pbf".as_ref();
/// # let map = Arc::new(RoadMap::open(file, std::slice::from_ref(&profile), &control)?);
/// # let network = Arc::new(RoadNetwork::new(&map, &profile));
/// # let at = |lat| Position::new(0.25, lat).expect("on the earth");
/// let place = |lat| network.place(at(lat)).expect("a road is near");
/// let there = network.path(&place(47.0), &place(47.072)).expect("a way");
/// assert!(there.distance >= Metres::new(8_006), "never shorter than the straight line");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct RoadNetwork {
    pub(super) map: Arc<RoadMap>,
    pub(super) chains: Arc<Chains>,
    to: Graph,
    back: Graph,
    /// Found when somebody asks why a home was not reached.
    parts: OnceLock<Parts>,
    grid: Arc<Grid>,
    doors: DoorRules,
    /// By edge: segments that are closed, by the index where they start.
    closed: BTreeMap<u32, Vec<u32>>,
    /// Whether the speed of each road is that of a tagged limit.
    tagged: Arc<[bool]>,
    /// Whether its profile looks at limits.
    limits: bool,
    unknowns: Arc<Unknowns>,
}

/// What is different on a road.
#[derive(Clone, Copy)]
enum Change {
    Closed,
    /// Percent of the usual time.
    Slowed(u16),
}

/// How doors join a network.
#[derive(Clone, Copy, Debug)]
struct DoorRules {
    /// Metres: farther is not located, and farther is told.
    limit: f64,
    silent: f64,
    /// Milliseconds a metre between door and road.
    off_road: f64,
    /// Straight metres a second on roads, for the warning of the extract's edge.
    crow: f64,
}

impl DoorRules {
    fn of(profile: &Profile) -> Self {
        let rules = &profile.snapping;
        let metres = |limit: Option<Metres>| limit.map_or(f64::INFINITY, |limit| f64::from(limit.get()));
        Self {
            limit: metres(rules.limit),
            silent: metres(rules.silent),
            off_road: rules.off_road.map_or(0.0, |kmh| 3600.0 / kmh),
            crow: rules.crow / 3.6,
        }
    }
}

/// A home or a site on a network. It stays where it is when roads are closed or slower.
///
/// ```
/// # use maillage::Control;
/// # use maillage::territory::{Mode, Way};
/// # use maillage::travel::{Profile, RoadMap, RoadNetwork};
/// # use maillage::units::{Metres, Position, Seconds};
/// # use std::sync::Arc;
/// # let control = Control::none();
/// # let profile = Profile::shipped(Mode::Car).expect("one of ours");
/// # let file = "data/valley/roads/valley.osm.pbf".as_ref();
/// # let map = Arc::new(RoadMap::open(file, std::slice::from_ref(&profile), &control)?);
/// # let network = Arc::new(RoadNetwork::new(&map, &profile));
/// # let at = |lat| Position::new(0.25, lat).expect("on the earth");
/// let place = network.place(at(47.036)).expect("a road is near");
/// assert!(!place.is_far() && place.off_road() < Metres::new(300));
/// assert!(network.place(at(10.0)).is_none(), "no road for thousands of kilometres");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub(super) edge: u32,
    /// The point of the shape before it, and how far it is from there to the next, from 0 to 1.
    pub(super) index: u32,
    pub(super) share: f64,
    /// Between door and road.
    pub(super) off_ms: u32,
    pub(super) off_cm: u32,
    pub(super) far: bool,
}

/// The two halves that a place parts its edge into, seen along a dart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Before,
    After,
}

impl Place {
    /// Metres in a straight line between the door and the road.
    pub fn off_road(&self) -> Metres {
        Metres::new(self.off_cm.div_ceil(100))
    }

    /// Whether the road is so far that the place may be wrong, or the road missing.
    pub fn is_far(&self) -> bool {
        self.far
    }

    /// Where it is along the shapes of all edges.
    pub(super) fn along(&self) -> f64 {
        f64::from(self.index) + self.share
    }

    /// What a list that grows along the shape says here.
    pub(super) fn within(&self, list: &[u32]) -> u32 {
        let (before, after) = (list[self.index as usize], list[self.index as usize + 1]);
        before + (f64::from(after - before) * self.share).round() as u32
    }
}

impl RoadNetwork {
    /// The network of `profile` on `map`, which must have been read for it.
    pub fn new(map: &Arc<RoadMap>, profile: &Profile) -> Self {
        let (usage, unknowns) = Usage::new(map, profile);
        let restrictions = obeyed(map, &profile.turns);
        let keep: Vec<u32> = restrictions.iter().map(|restriction| restriction.via).collect();
        let junction_ms = (profile.turns.junction * 1000.0).round() as u32;
        let chains = contract(&usage, &keep, junction_ms);
        let junctions = Junctions::new(&usage, profile, restrictions, &chains);
        let [to, back] = Way::BOTH.map(|way| Graph::new(&junctions, &chains, way));
        let parts = Parts::new(&back);
        let segments = places(&usage, &chains, &back, &parts, profile.snapping.min_component);
        let grid = Grid::new(map, &chains, &segments);
        let tagged = usage.rates.iter().map(|rates| rates.is_some_and(|rates| rates.tagged)).collect();
        Self {
            doors: DoorRules::of(profile),
            map: Arc::clone(map),
            chains: Arc::new(chains),
            to,
            back,
            parts: parts.into(),
            grid: Arc::new(grid),
            closed: BTreeMap::new(),
            tagged,
            limits: profile.reads_limits(),
            unknowns: Arc::new(unknowns),
        }
    }

    /// How many junctions there are.
    pub fn junctions(&self) -> usize {
        self.chains.junctions.len()
    }

    /// How many edges join them.
    pub fn edges(&self) -> usize {
        self.chains.edges.len()
    }

    /// How many steps a search takes that goes everywhere, by a way: a measure of its size.
    pub fn steps(&self, way: Way) -> usize {
        self.graph(way).steps()
    }

    /// Bytes of the arrays that such a search reads.
    pub fn bytes(&self, way: Way) -> usize {
        self.graph(way).bytes()
    }

    /// Values of tags that the profile does not know, each with the key (or the kind of key)
    /// and how many roads or nodes have it.
    pub fn unknown(&self) -> impl Iterator<Item = (&str, &str, u64)> {
        self.unknowns.iter().map(|((key, value), &count)| (*key, value.as_str(), count))
    }

    /// Whether a position is nearer to the edge of the extract than one gets in `limit`, as the crow
    /// flies at `edge_kmh` of the profile: a shorter way may lead outside.
    pub fn is_near_edge(&self, position: Position, limit: Seconds) -> bool {
        let (at, [west, south, east, north]) = (Point::of(position), self.map.frame);
        let scale = Scale::at(position.lat());
        let [lon, lat] = [at.lon, at.lat].map(f64::from);
        let sides = [
            (lon - f64::from(west)) * scale.lon,
            (f64::from(east) - lon) * scale.lon,
            (lat - f64::from(south)) * scale.lat,
            (f64::from(north) - lat) * scale.lat,
        ];
        let nearest = sides.into_iter().fold(f64::INFINITY, f64::min);
        nearest < f64::from(limit.get()) * self.doors.crow
    }

    /// The place where somebody at `position` joins the network; `None` when every road that
    /// one may live at is too far.
    pub fn place(&self, position: Position) -> Option<Place> {
        let way = |index: u32| self.map.ways[self.chains.way_at(index as usize)].id;
        let found = self.grid.nearest(Point::of(position), self.doors.limit, way)?;
        Some(Place {
            edge: found.edge,
            index: found.index,
            share: found.share,
            off_ms: (found.metres * self.doors.off_road).round() as u32,
            off_cm: (found.metres * 100.0).round() as u32,
            far: found.metres > self.doors.silent,
        })
    }

    /// A number that near positions share.
    pub(super) fn cell(&self, position: Position) -> u32 {
        self.grid.cell(Point::of(position))
    }

    pub(super) const fn graph(&self, way: Way) -> &Graph {
        match way {
            Way::To => &self.to,
            Way::Back => &self.back,
        }
    }

    /// The darts of a place's edge that are open.
    pub(super) fn darts_of(&self, place: &Place) -> impl Iterator<Item = Dart> + use<> {
        let edge = &self.chains.edges[place.edge as usize];
        let along = Dart::along(place.edge);
        let darts = [(along, edge.forward), (along.reversed(), edge.backward)];
        darts.into_iter().filter_map(|(dart, open)| open.then_some(dart))
    }

    /// Milliseconds and centimetres of a half of a dart, the door not counted; `None` when it is closed.
    fn half(&self, place: &Place, dart: Dart, half: Half) -> Option<(u32, u32)> {
        let chains = &self.chains;
        let shape = chains.shape_of(dart.edge());
        let lower = (half == Half::Before) == dart.is_along();
        let end = if lower { shape.start } else { shape.end - 1 };
        if self.is_cut_off(place) || !self.is_clear(place.edge, place.along(), end as f64) {
            return None;
        }
        let part = |list: &[u32]| {
            let at = place.within(list);
            if lower { at } else { list[shape.end - 1] - at }
        };
        let times = if dart.is_along() { &chains.ahead } else { &chains.behind };
        Some((part(times), part(&chains.along)))
    }

    /// Whether a place is at a road that is closed: nobody comes or goes.
    fn is_cut_off(&self, place: &Place) -> bool {
        self.closed.get(&place.edge).is_some_and(|closed| closed.contains(&place.index))
    }

    /// Whether nothing is closed between two points of an edge.
    pub(super) fn is_clear(&self, edge: u32, a: f64, b: f64) -> bool {
        let Some(closed) = self.closed.get(&edge) else { return true };
        let (low, high) = (a.min(b), a.max(b));
        !closed.iter().any(|&index| low < f64::from(index) + 1.0 && high > f64::from(index))
    }

    /// Where a search from a site starts.
    pub(super) fn seeds<L: Label>(&self, site: &Place, way: Way) -> Vec<(u32, L)> {
        self.seeds_by_dart(site, way).into_iter().map(|(_, state, label)| (state, label)).collect()
    }

    /// The same, each with the dart of the site's edge that it is reached by.
    pub(super) fn seeds_by_dart<L: Label>(&self, site: &Place, way: Way) -> Vec<(Dart, u32, L)> {
        let graph = self.graph(way);
        let mut seeds = Vec::new();
        for dart in self.darts_of(site) {
            let whole = cost(&self.chains, dart);
            let half = match way {
                Way::To => Half::Before,
                Way::Back => Half::After,
            };
            let Some((ms, cm)) = self.half(site, dart, half) else { continue };
            let start = |step: super::graph::Step| {
                (dart, step.to, L::new(step.ms - whole + ms + site.off_ms, cm.saturating_add(site.off_cm)))
            };
            seeds.extend(graph.steps_by(dart).map(start));
        }
        seeds
    }

    /// Where a search from a site comes to a home: states, and what is left from there to the door.
    pub(super) fn entries<L: Label>(&self, home: &Place, way: Way) -> [(u32, L); 2] {
        let graph = self.graph(way);
        let mut entries = [(graph.states() as u32, L::new(0, 0)); 2];
        for (entry, dart) in entries.iter_mut().zip(self.darts_of(home)) {
            if let Some((ms, cm)) = self.half(home, dart, entered(way)) {
                *entry = (graph.state(dart), L::new(ms + home.off_ms, cm.saturating_add(home.off_cm)));
            }
        }
        entries
    }

    /// Along the edge that both are on, from `from` to `to`, doors counted.
    pub(super) fn direct<L: Label>(&self, from: &Place, to: &Place) -> Option<L> {
        let clear = || self.is_clear(from.edge, from.along(), to.along());
        if from.edge != to.edge || self.is_cut_off(from) || self.is_cut_off(to) || !clear() {
            return None;
        }
        let (edge, chains) = (&self.chains.edges[from.edge as usize], &self.chains);
        let between = |list: &[u32]| from.within(list).abs_diff(to.within(list));
        let ahead = (edge.forward && from.along() <= to.along()).then(|| between(&chains.ahead));
        let behind = (edge.backward && from.along() >= to.along()).then(|| between(&chains.behind));
        let ms = ahead.into_iter().chain(behind).min()?;
        let cm = between(&chains.along).saturating_add(from.off_cm).saturating_add(to.off_cm);
        Some(L::new(ms + from.off_ms + to.off_ms, cm))
    }

    fn parts(&self) -> &Parts {
        self.parts.get_or_init(|| Parts::new(&self.back))
    }

    /// Parts that somebody who leaves a home comes to, or that lead to one.
    pub(super) fn parts_of(&self, home: &Place, way: Way) -> Vec<u32> {
        let part = |state: u32| self.parts().of[state as usize];
        let darts = self.darts_of(home).filter(|&dart| self.half(home, dart, entered(way)).is_some());
        match way {
            Way::To => darts.flat_map(|dart| self.back.steps_by(dart)).map(|step| part(step.to)).collect(),
            Way::Back => darts.map(|dart| part(self.back.state(dart))).collect(),
        }
    }

    /// The parts that a site can be reached from, or that can be reached from it.
    pub(super) fn joined(&self, site: &Place, way: Way) -> Vec<bool> {
        let opposite = match way {
            Way::To => Way::Back,
            Way::Back => Way::To,
        };
        self.parts().joined(self.parts_of(site, opposite), way == Way::To)
    }

    /// This network with roads closed and slower. Places on it stay where they are; who is at a
    /// closed road is cut off.
    #[must_use]
    pub fn changed(&self, changes: &RoadChanges) -> Self {
        let ways: Vec<Option<Change>> =
            (0..self.map.ways()).map(|way| self.change_of(way, changes)).collect();
        let mut cut = self.closed.clone();
        let mut edges = Vec::new();
        let mut slowed = None;
        for (span, &(first, way)) in self.chains.spans.iter().enumerate() {
            let Some(change) = ways[way as usize] else { continue };
            let edge = self.chains.edges.partition_point(|edge| edge.first <= first) - 1;
            let end = self.chains.spans.get(span + 1).map_or(u32::MAX, |next| next.0);
            let last = self.chains.shape_of(edge).end as u32 - 1;
            match change {
                Change::Closed => cut.entry(edge as u32).or_default().extend(first..end.min(last)),
                Change::Slowed(percent) => {
                    slowed.get_or_insert_with(|| Chains::clone(&self.chains)).slow(
                        edge,
                        first..end.min(last),
                        percent,
                    );
                }
            }
            edges.push(edge as u32);
        }
        edges.dedup();
        let chains = slowed.map_or_else(|| Arc::clone(&self.chains), Arc::new);
        let darts: Vec<Dart> =
            edges.iter().flat_map(|&edge| [Dart::along(edge), Dart::along(edge).reversed()]).collect();
        let (before, after) = (|dart| cost(&self.chains, dart), |dart| cost(&chains, dart));
        let closed = |dart: Dart| cut.contains_key(&(dart.edge() as u32));
        let [to, back] = [&self.to, &self.back].map(|graph| graph.changed(&darts, before, after, closed));
        Self {
            map: Arc::clone(&self.map),
            grid: Arc::clone(&self.grid),
            tagged: Arc::clone(&self.tagged),
            unknowns: Arc::clone(&self.unknowns),
            limits: self.limits,
            doors: self.doors,
            parts: OnceLock::new(),
            closed: cut,
            chains,
            to,
            back,
        }
    }

    /// This network where the lengths are others.
    pub(super) fn measuring(&self, lengths: Chains) -> Self {
        let [to, back] = [&self.to, &self.back].map(|graph| graph.measuring(&lengths));
        Self { chains: Arc::new(lengths), to, back, ..self.clone() }
    }

    /// Whether a tagged limit matters to its profile.
    pub(super) const fn reads_limits(&self) -> bool {
        self.limits
    }

    fn change_of(&self, way: usize, changes: &RoadChanges) -> Option<Change> {
        if changes.closed.contains(&RoadId::new(self.map.ways[way].id)) {
            return Some(Change::Closed);
        }
        if changes.slowed.is_empty() {
            return None;
        }
        changes.slowed.get(self.map.tags_of(way).get("highway")?).map(|&percent| Change::Slowed(percent))
    }

    /// Edges with a part that is closed.
    pub(super) fn edges_closed(&self) -> impl Iterator<Item = u32> {
        self.closed.keys().copied()
    }

    /// The ends of the segment that starts at an index of the shape, in degrees.
    pub(super) fn segment(&self, index: usize) -> [[f64; 2]; 2] {
        [index, index + 1].map(|at| self.map.points[self.chains.shape[at] as usize].degrees())
    }

    /// Whether the segment that starts at an index of the shape has a tagged limit.
    pub(super) fn is_tagged(&self, index: usize) -> bool {
        self.tagged[self.chains.way_at(index)]
    }
}

/// The half of a home's edge that is left when a search comes to it.
const fn entered(way: Way) -> Half {
    match way {
        Way::To => Half::After,
        Way::Back => Half::Before,
    }
}

/// Segments that somebody may live at: by edge and index of the shape.
fn places(usage: &Usage<'_>, chains: &Chains, back: &Graph, parts: &Parts, fewest: u32) -> Vec<(u32, u32)> {
    let junctions = parts.junctions(back);
    // The largest is a place however small.
    let fewest = fewest.min(junctions.iter().copied().max().unwrap_or(0));
    let is_place = |part: u32| junctions[part as usize] >= fewest;
    let within = |dart: Dart| {
        let state = back.state(dart);
        state != NOWHERE && {
            let part = parts.of[state as usize];
            is_place(part) && back.steps_by(dart).any(|step| parts.of[step.to as usize] == part)
        }
    };
    let mut segments = Vec::with_capacity(chains.shape.len());
    let mut span = 0;
    for edge in 0..chains.edges.len() {
        let dart = Dart::along(edge as u32);
        if !(within(dart) || within(dart.reversed())) {
            continue;
        }
        let shape = chains.shape_of(edge);
        for index in shape.start..shape.end - 1 {
            while chains.spans.get(span + 1).is_some_and(|&(first, _)| first as usize <= index) {
                span += 1;
            }
            let way = chains.spans[span].1 as usize;
            if usage.rates[way].is_some_and(|rates| rates.snap) {
                segments.push((edge as u32, index as u32));
            }
        }
    }
    segments
}
