//! One trip, drawn.

use super::graph::{Step, cost};
use super::network::{Place, RoadNetwork};
use super::search::{Label, NO_LIMIT, Search, cm};
use super::table::Millis;
use super::turns::{Arc, edge_of};
use crate::territory::Way;
use crate::units::{Metres, Position};

/// The fastest way between two places; of equally fast ones, the shortest.
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
        let entries = self.arcs_of(to).zip(self.entries::<u64>(to, Way::Back));
        let by_arc =
            entries.map(|(arc, (state, left))| (search.labels[state as usize].join(left), arc, state));
        let (label, arc, state) = by_arc.min().unwrap_or((u64::NEVER, 0, 0));
        let direct = self.direct::<u64>(from, to).unwrap_or(u64::NEVER);
        if label.min(direct).ms() > NO_LIMIT {
            return None;
        }
        let mut drawing = Drawing { network: self, line: Vec::new(), untagged: 0.0 };
        let (start, end) = ((from.index as usize, from.share), (to.index as usize, to.share));
        if direct <= label {
            drawing.along(self.direct_arc(from, to), start, end);
        } else {
            let (first, between) = self.arcs_to(&search, from, state);
            drawing.along(first, start, self.end_of(first));
            between.into_iter().for_each(|arc| drawing.along(arc, self.start_of(arc), self.end_of(arc)));
            drawing.along(arc, self.start_of(arc), end);
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

    /// The arc that a path leaves a place by, and those after it until a state is reached. Each
    /// step back is the first that explains the label.
    fn arcs_to(&self, search: &Search<u64>, from: &Place, mut state: u32) -> (Arc, Vec<Arc>) {
        let graph = self.graph(Way::Back);
        let mut before = vec![None; graph.states()];
        for start in 0..graph.states() as u32 {
            let label = search.labels[start as usize];
            if label == u64::NEVER {
                continue;
            }
            for at in graph.steps_of(start) {
                let Step { to, ms } = graph.steps[at];
                if label.plus(ms, graph.cm[at]) == search.labels[to as usize] {
                    before[to as usize].get_or_insert((start, graph.via[at]));
                }
            }
        }
        let seeds = self.seeds_by_arc::<u64>(from, Way::Back);
        let mut arcs = Vec::new();
        loop {
            let known = search.labels[state as usize];
            if let Some(&(first, ..)) = seeds.iter().find(|&&(_, to, label)| to == state && label == known) {
                arcs.reverse();
                return (first, arcs);
            }
            // Labels fall along the way back, so it ends; without a step there is a seed.
            let Some((start, arc)) = before[state as usize] else { return (0, arcs) };
            arcs.push(arc);
            state = start;
        }
    }

    fn direct_arc(&self, from: &Place, to: &Place) -> Arc {
        let edge = &self.chains.edges[from.edge as usize];
        let forward =
            edge.forward && (from.along < to.along || (from.along == to.along && from.ahead <= to.ahead));
        2 * from.edge + Arc::from(!forward)
    }

    fn start_of(&self, arc: Arc) -> At {
        let shape = self.chains.shape_of(edge_of(arc));
        if arc % 2 == 0 { (shape.start, 0.0) } else { (shape.end - 2, 1.0) }
    }

    fn end_of(&self, arc: Arc) -> At {
        self.start_of(arc ^ 1)
    }

    fn position(&self, (index, share): At) -> Option<Position> {
        let [a, b] = [index, index + 1].map(|at| self.map.points[self.chains.shape[at] as usize].degrees());
        Position::new(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
    }
}

/// A path being drawn.
struct Drawing<'a> {
    network: &'a RoadNetwork,
    line: Vec<Position>,
    untagged: f64,
}

impl Drawing<'_> {
    /// Along an arc, from one point of it to another.
    fn along(&mut self, arc: Arc, from: At, to: At) {
        let times = if arc % 2 == 0 { &self.network.chains.ahead } else { &self.network.chains.behind };
        let (low, high) = if arc % 2 == 0 { (from, to) } else { (to, from) };
        let mut points = vec![low];
        for index in low.0..=high.0 {
            let start = if index == low.0 { low.1 } else { 0.0 };
            let end = if index == high.0 { high.1 } else { 1.0 };
            if !self.network.is_tagged(index) {
                self.untagged += f64::from(times[index + 1] - times[index]) * (end - start).max(0.0);
            }
            points.push((index, end));
        }
        if arc % 2 == 1 {
            points.reverse();
        }
        for position in points.into_iter().filter_map(|at| self.network.position(at)) {
            if self.line.last() != Some(&position) {
                self.line.push(position);
            }
        }
    }
}

impl RoadNetwork {
    /// Milliseconds for a whole arc.
    pub(super) fn cost_of(&self, arc: Arc) -> u32 {
        cost(&self.chains, arc)
    }
}
