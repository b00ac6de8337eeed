//! The network of one profile: what it may use of a map, ready to be searched.

use super::contract::{Chains, contract};
use super::graph::{Graph, NOWHERE, cost, length};
use super::map::{Point, RoadMap, Scale};
use super::parts::Parts;
use super::profile::Profile;
use super::search::Label;
use super::snap::{Grid, Snapped};
use super::turns::{Arc as RoadArc, Junctions, obeyed};
use super::usage::{Unknowns, Usage};
use crate::territory::Way;
use crate::units::{Metres, Position, Seconds};
use std::sync::Arc;

/// The roads of a map that one profile may use.
#[derive(Clone, Debug)]
pub struct RoadNetwork {
    pub(super) map: Arc<RoadMap>,
    pub(super) chains: Chains,
    to: Graph,
    back: Graph,
    pub(super) parts: Parts,
    grid: Grid,
    limit: f64,
    silent: f64,
    /// Milliseconds a metre between door and road.
    off_road: f64,
    /// Straight metres a second on roads, for the warning of the extract's edge.
    crow: f64,
    /// Whether the speed of each road is that of a tagged limit.
    tagged: Vec<bool>,
    unknowns: Unknowns,
}

/// A home or a site on a network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub(super) edge: u32,
    /// Milliseconds from the edge's start along it, and back to it; centimetres along it.
    pub(super) ahead: u32,
    pub(super) behind: u32,
    pub(super) along: u32,
    /// Between door and road.
    pub(super) off_ms: u32,
    pub(super) off_cm: u32,
    pub(super) index: u32,
    pub(super) share: f64,
    far: bool,
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
        let rates = (0..map.ways()).map(|way| usage.rates(way));
        let tagged = rates.map(|rates| rates.is_some_and(|rates| rates.tagged)).collect();
        let metres = |limit: Option<Metres>| limit.map_or(f64::INFINITY, |limit| f64::from(limit.get()));
        Self {
            limit: metres(profile.snapping.limit),
            silent: metres(profile.snapping.silent),
            off_road: profile.snapping.off_road.map_or(0.0, |kmh| 3600.0 / kmh),
            crow: profile.snapping.crow / 3.6,
            map: Arc::clone(map),
            chains,
            to,
            back,
            parts,
            grid,
            tagged,
            unknowns,
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
        nearest < f64::from(limit.get()) * self.crow
    }

    /// The place where somebody at `position` joins the network; `None` when every road that
    /// one may live at is too far.
    pub fn place(&self, position: Position) -> Option<Place> {
        let way = |index: u32| self.map.ways[self.chains.way_at(index as usize)].id;
        let found = self.grid.nearest(Point::of(position), self.limit, way)?;
        Some(self.placed(found))
    }

    fn placed(&self, found: Snapped) -> Place {
        let at = found.index as usize;
        let within = |list: &[u32]| {
            let part = f64::from(list[at + 1] - list[at]) * found.share;
            list[at] + part.round() as u32
        };
        let chains = &self.chains;
        Place {
            edge: found.edge,
            ahead: within(&chains.ahead),
            behind: within(&chains.behind),
            along: within(&chains.along),
            off_ms: (found.metres * self.off_road).round() as u32,
            off_cm: (found.metres * 100.0).round() as u32,
            index: found.index,
            share: found.share,
            far: found.metres > self.silent,
        }
    }

    pub(super) const fn graph(&self, way: Way) -> &Graph {
        match way {
            Way::To => &self.to,
            Way::Back => &self.back,
        }
    }

    /// The arcs of a place's edge that are open.
    pub(super) fn arcs_of(&self, place: &Place) -> impl Iterator<Item = RoadArc> + use<> {
        let edge = &self.chains.edges[place.edge as usize];
        let arcs = [(2 * place.edge, edge.forward), (2 * place.edge + 1, edge.backward)];
        arcs.into_iter().filter_map(|(arc, open)| open.then_some(arc))
    }

    /// From where an arc starts to a place on it, the door not counted.
    fn until(&self, place: &Place, arc: RoadArc) -> (u32, u32) {
        if arc % 2 == 0 {
            (place.ahead, place.along)
        } else {
            (cost(&self.chains, arc) - place.behind, length(&self.chains, arc) - place.along)
        }
    }

    /// From a place on an arc to where it ends, the door not counted.
    fn after(&self, place: &Place, arc: RoadArc) -> (u32, u32) {
        let (ms, cm) = self.until(place, arc);
        (cost(&self.chains, arc) - ms, length(&self.chains, arc) - cm)
    }

    /// Where a search from a site starts.
    pub(super) fn seeds<L: Label>(&self, site: &Place, way: Way) -> Vec<(u32, L)> {
        self.seeds_by_arc(site, way).into_iter().map(|(_, state, label)| (state, label)).collect()
    }

    /// The same, each with the arc of the site's edge that it is reached by.
    pub(super) fn seeds_by_arc<L: Label>(&self, site: &Place, way: Way) -> Vec<(RoadArc, u32, L)> {
        let graph = self.graph(way);
        let mut seeds = Vec::new();
        for arc in self.arcs_of(site) {
            let whole = cost(&self.chains, arc);
            let (ms, cm) = match way {
                Way::To => self.until(site, arc),
                Way::Back => self.after(site, arc),
            };
            let start = |step: super::graph::Step| {
                (arc, step.to, L::new(step.ms - whole + ms + site.off_ms, cm.saturating_add(site.off_cm)))
            };
            seeds.extend(graph.steps_by(arc).map(start));
        }
        seeds
    }

    /// Where a search from a site comes to a home: states, and what is left from there to the door.
    pub(super) fn entries<L: Label>(&self, home: &Place, way: Way) -> [(u32, L); 2] {
        let graph = self.graph(way);
        let mut entries = [(graph.states() as u32, L::new(0, 0)); 2];
        for (entry, arc) in entries.iter_mut().zip(self.arcs_of(home)) {
            let (ms, cm) = match way {
                Way::To => self.after(home, arc),
                Way::Back => self.until(home, arc),
            };
            *entry = (graph.state[arc as usize], L::new(ms + home.off_ms, cm.saturating_add(home.off_cm)));
        }
        entries
    }

    /// Along the edge that both are on, from `from` to `to`, doors counted.
    pub(super) fn direct<L: Label>(&self, from: &Place, to: &Place) -> Option<L> {
        if from.edge != to.edge {
            return None;
        }
        let edge = &self.chains.edges[from.edge as usize];
        let off = from.off_ms + to.off_ms;
        let ahead = to.ahead.checked_sub(from.ahead).filter(|_| edge.forward && from.along <= to.along);
        let behind = from.behind.checked_sub(to.behind).filter(|_| edge.backward && from.along >= to.along);
        let ms = ahead.into_iter().chain(behind).min()?;
        let cm = from.along.abs_diff(to.along).saturating_add(from.off_cm).saturating_add(to.off_cm);
        Some(L::new(ms + off, cm))
    }

    /// Parts that somebody who leaves a home comes to, or that lead to one.
    pub(super) fn parts_of(&self, home: &Place, way: Way) -> Vec<u32> {
        let part = |state: u32| self.parts.of[state as usize];
        let arcs = self.arcs_of(home);
        match way {
            Way::To => arcs.flat_map(|arc| self.back.steps_by(arc)).map(|step| part(step.to)).collect(),
            Way::Back => arcs.map(|arc| part(self.back.state[arc as usize])).collect(),
        }
    }

    /// The parts that a site can be reached from, or that can be reached from it.
    pub(super) fn joined(&self, site: &Place, way: Way) -> Vec<bool> {
        let opposite = match way {
            Way::To => Way::Back,
            Way::Back => Way::To,
        };
        self.parts.joined(self.parts_of(site, opposite), way == Way::To)
    }

    /// Whether the segment that starts at an index of the shape has a tagged limit.
    pub(super) fn is_tagged(&self, index: usize) -> bool {
        self.tagged[self.chains.way_at(index)]
    }
}

/// Segments that somebody may live at: by edge and index of the shape.
fn places(usage: &Usage<'_>, chains: &Chains, back: &Graph, parts: &Parts, fewest: u32) -> Vec<(u32, u32)> {
    let junctions = parts.junctions(back);
    // The largest is a place however small.
    let fewest = fewest.min(junctions.iter().copied().max().unwrap_or(0));
    let is_place = |part: u32| junctions[part as usize] >= fewest;
    let within = |arc: RoadArc| {
        let state = back.state[arc as usize];
        state != NOWHERE && {
            let part = parts.of[state as usize];
            is_place(part) && back.steps_by(arc).any(|step| parts.of[step.to as usize] == part)
        }
    };
    let mut segments = Vec::with_capacity(chains.shape.len());
    let mut span = 0;
    for edge in 0..chains.edges.len() {
        let arc = 2 * edge as RoadArc;
        if !(within(arc) || within(arc + 1)) {
            continue;
        }
        let shape = chains.shape_of(edge);
        for index in shape.start..shape.end - 1 {
            while chains.spans.get(span + 1).is_some_and(|&(first, _)| first as usize <= index) {
                span += 1;
            }
            let way = chains.spans[span].1 as usize;
            if usage.rates(way).is_some_and(|rates| rates.snap) {
                segments.push((edge as u32, index as u32));
            }
        }
    }
    segments
}
