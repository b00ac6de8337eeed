//! One trip, drawn.

use super::graph::Step;
use super::map::between;
use super::network::{Place, RoadNetwork};
use super::search::{Label, NO_LIMIT, Search, cm};
use super::table::Millis;
use super::turns::Dart;
use crate::territory::Way;
use crate::units::{Metres, Position};

/// The fastest way between two places; of equally fast ones, the shortest.
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
/// let path = network.path(&place(47.0), &place(47.036)).expect("a way");
/// assert!(path.line.len() >= 2 && path.untagged <= path.time);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RoadPath {
    /// Door to door.
    pub time: Millis,
    /// Door to door.
    pub distance: Metres,
    /// Along the roads, from where the one door joins them to where the other does.
    pub line: Vec<Position>,
    /// The part of `time` on roads of which no limit is tagged: their speed is that of their class.
    pub untagged: Millis,
}

/// Where on an edge: an index of the shape, and the share of the segment after it.
type At = (usize, f64);

impl RoadNetwork {
    /// The way from one place to another; `None` when no road leads there.
    pub fn path(&self, from: &Place, to: &Place) -> Option<RoadPath> {
        let mut search = Search::<u64>::default();
        let seeds: Vec<(u32, u64)> = self.seeds(from, Way::Back);
        search.run(self.graph(Way::Back), &seeds, NO_LIMIT);
        let entries = self.darts_of(to).zip(self.entries::<u64>(to, Way::Back));
        let by_dart =
            entries.map(|(dart, (state, left))| (search.labels[state as usize].join(left), dart, state));
        let (label, last, state) = by_dart.min().unwrap_or((u64::NEVER, Dart::along(0), 0));
        let direct = self.direct::<u64>(from, to).unwrap_or(u64::NEVER);
        if label.min(direct).ms() > NO_LIMIT {
            return None;
        }
        let mut drawing = Drawing { network: self, line: Vec::new(), untagged: 0.0 };
        let (start, end) = ((from.index as usize, from.share), (to.index as usize, to.share));
        if direct <= label {
            drawing.along(self.direct_dart(from, to), start, end);
        } else {
            let (first, inner) = self.darts_to(&search, from, state);
            drawing.along(first, start, self.end_of(first));
            inner.into_iter().for_each(|dart| drawing.along(dart, self.start_of(dart), self.end_of(dart)));
            drawing.along(last, self.start_of(last), end);
        }
        let best = label.min(direct);
        Some(RoadPath {
            time: Millis::new(best.ms()),
            distance: Metres::new(cm(best).div_ceil(100)),
            line: drawing.line,
            // What is added up by shares may round to more than the whole.
            untagged: Millis::new((drawing.untagged.round() as u32).min(best.ms())),
        })
    }

    /// The dart that a path leaves a place by, and those after it until a state is reached. Each
    /// step back is the first that explains the label.
    fn darts_to(&self, search: &Search<u64>, from: &Place, mut state: u32) -> (Dart, Vec<Dart>) {
        let graph = self.graph(Way::Back);
        let mut before = vec![None; graph.states()];
        for start in 0..graph.states() as u32 {
            let label = search.labels[start as usize];
            if label == u64::NEVER {
                continue;
            }
            for (Step { to, ms }, cm, via) in graph.numbers_from(start).map(|number| graph.step(number)) {
                if label.plus(ms, cm) == search.labels[to as usize] {
                    before[to as usize].get_or_insert((start, via));
                }
            }
        }
        let seeds = self.seeds_by_dart::<u64>(from, Way::Back);
        let mut darts = Vec::new();
        loop {
            let known = search.labels[state as usize];
            if let Some(&(first, ..)) = seeds.iter().find(|&&(_, to, label)| to == state && label == known) {
                darts.reverse();
                return (first, darts);
            }
            // Labels fall along the way back, so it ends; without a step there is a seed.
            let Some((start, dart)) = before[state as usize] else { return (Dart::along(from.edge), darts) };
            darts.push(dart);
            state = start;
        }
    }

    fn direct_dart(&self, from: &Place, to: &Place) -> Dart {
        let edge = &self.chains.edges[from.edge as usize];
        let forward = edge.forward && from.along() <= to.along();
        let along = Dart::along(from.edge);
        if forward { along } else { along.reversed() }
    }

    fn start_of(&self, dart: Dart) -> At {
        let shape = self.chains.shape_of(dart.edge());
        if dart.is_along() { (shape.start, 0.0) } else { (shape.end - 2, 1.0) }
    }

    fn end_of(&self, dart: Dart) -> At {
        self.start_of(dart.reversed())
    }

    fn position(&self, (index, share): At) -> Option<Position> {
        let [a, b] = self.segment(index);
        let [lon, lat] = between(a, b, share);
        Position::new(lon, lat)
    }
}

/// A path being drawn.
struct Drawing<'a> {
    network: &'a RoadNetwork,
    line: Vec<Position>,
    untagged: f64,
}

impl Drawing<'_> {
    /// Along a dart, from one point of it to another.
    fn along(&mut self, dart: Dart, from: At, to: At) {
        let times = if dart.is_along() { &self.network.chains.ahead } else { &self.network.chains.behind };
        let (low, high) = if dart.is_along() { (from, to) } else { (to, from) };
        let mut points = vec![low];
        for index in low.0..=high.0 {
            let start = if index == low.0 { low.1 } else { 0.0 };
            let end = if index == high.0 { high.1 } else { 1.0 };
            if !self.network.is_tagged(index) {
                self.untagged += f64::from(times[index + 1] - times[index]) * (end - start).max(0.0);
            }
            points.push((index, end));
        }
        if !dart.is_along() {
            points.reverse();
        }
        for position in points.into_iter().filter_map(|at| self.network.position(at)) {
            if self.line.last() != Some(&position) {
                self.line.push(position);
            }
        }
    }
}
