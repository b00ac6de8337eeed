//! Links as a network: being at a stop before a ride, aboard, and at a stop after it.

use super::stops::{Stops, Walk};
use crate::territory::{Link, Stop, StraightLineRules, Way};
use crate::travel::network::{Arcs, Cost, Hop, Reached, Search};
use crate::travel::straight_line::travelled;
use crate::units::{Key, Metres, NodeId, Seconds};
use std::collections::{HashMap, HashSet};

/// The links that run together. For `n` stops, nodes `0..n` wait for a ride, nodes
/// `n..2n` have got off one, and those above sit on a line that goes on. Only a ride
/// leads from the first to the others, so that nobody only walks; only a change leads back.
pub(super) struct Rides {
    arcs: Arcs,
    stops: usize,
}

/// A link in one direction.
struct Ride {
    from: usize,
    to: usize,
    line: Option<usize>,
    cost: Cost,
}

/// One part of a trip.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// On a vehicle; `sits` when it was not boarded for this part.
    Ride { cost: Cost, sits: bool },
    /// From one ride to the next, on foot between stops.
    Change(Cost),
}

impl Rides {
    /// `between` has, for each stop, the stops that are a walk away.
    pub(super) fn new(
        stops: &Stops<'_>,
        links: &[&Link],
        between: &[Vec<Walk>],
        line: &StraightLineRules,
        change: Seconds,
    ) -> Self {
        let n = stops.len();
        let rides = rides(stops, links, line);
        let goes_on: HashSet<_> = rides.iter().filter_map(|ride| Some((ride.line?, ride.from))).collect();
        let mut seats: HashMap<(usize, usize), NodeId> = HashMap::new();
        for ride in &rides {
            if let Some(seat) = ride.line.map(|line| (line, ride.to)).filter(|seat| goes_on.contains(seat)) {
                let next = NodeId::from_index(2 * n + seats.len());
                seats.entry(seat).or_insert(next);
            }
        }
        let (waits, got_off) = (NodeId::from_index, |stop| NodeId::from_index(n + stop));
        let seat = |line: Option<usize>, stop| seats.get(&(line?, stop)).copied();
        let mut hops = Vec::with_capacity(3 * rides.len());
        for ride in &rides {
            let to = seat(ride.line, ride.to).unwrap_or(got_off(ride.to));
            let starts = std::iter::once(waits(ride.from)).chain(seat(ride.line, ride.from));
            hops.extend(starts.map(|from| Hop { from, to, cost: ride.cost }));
        }
        hops.extend(seats.iter().map(|(&(_, stop), &from)| Hop {
            from,
            to: got_off(stop),
            cost: Cost::ZERO,
        }));
        let change = Cost::new(change, Metres::new(0));
        for (stop, walks) in between.iter().enumerate() {
            let here = Walk { stop, cost: Cost::ZERO };
            let to = std::iter::once(&here).chain(walks);
            hops.extend(to.map(|walk| Hop {
                from: got_off(stop),
                to: waits(walk.stop),
                cost: change.plus(walk.cost),
            }));
        }
        Self { arcs: Arcs::new(2 * n + seats.len(), hops), stops: n }
    }

    pub(super) const fn arcs(&self) -> &Arcs {
        &self.arcs
    }

    /// The node at a stop for who comes from home, or goes there.
    pub(super) fn home(&self, way: Way, stop: usize) -> NodeId {
        match way {
            Way::To => NodeId::from_index(stop),
            Way::Back => NodeId::from_index(self.stops + stop),
        }
    }

    /// Searches from a site, which is so far from the stops around it.
    pub(super) fn search(&self, search: &mut Search, way: Way, site: &[Walk], horizon: Seconds) {
        search.run(&self.arcs, way, &self.seeds(way, site), horizon);
    }

    fn seeds(&self, way: Way, site: &[Walk]) -> Vec<(NodeId, Cost)> {
        let node = |stop| match way {
            Way::To => NodeId::from_index(self.stops + stop),
            Way::Back => NodeId::from_index(stop),
        };
        site.iter().map(|walk| (node(walk.stop), walk.cost)).collect()
    }

    /// After a search, the parts of the trip between a node and the site, in the order of travel,
    /// and the walk at the site. Every circle of nodes has a ride, which takes time: it ends.
    pub(super) fn parts(
        &self,
        search: &Search,
        way: Way,
        site: &[Walk],
        from: NodeId,
    ) -> Option<(Vec<Part>, Cost)> {
        let seeds = self.seeds(way, site);
        let (mut node, mut parts) = (from, Vec::new());
        let walk = loop {
            let Reached::Within(here) = search.reached(node) else { return None };
            if let Some(seed) = seeds.iter().find(|seed| **seed == (node, here)) {
                break seed.1;
            }
            let leads = |&&(next, cost): &&(NodeId, Cost)| match search.reached(next) {
                Reached::Within(rest) => rest.plus(cost) == here,
                Reached::Beyond | Reached::Never => false,
            };
            let &(next, cost) = self.arcs.towards_site(way, node).iter().find(leads)?;
            let (start, end) = if way == Way::To { (node, next) } else { (next, node) };
            parts.extend(self.part(start, end, cost));
            node = next;
        };
        if way == Way::Back {
            parts.reverse();
        }
        Some((parts, walk))
    }

    fn part(&self, start: NodeId, end: NodeId, cost: Cost) -> Option<Part> {
        if end.index() < self.stops {
            return Some(Part::Change(cost));
        }
        // Getting up from one's seat takes no time.
        let rides = cost.time > Seconds::ZERO;
        rides.then_some(Part::Ride { cost, sits: start.index() >= 2 * self.stops })
    }
}

/// Each link once for each direction in which it runs.
fn rides(stops: &Stops<'_>, links: &[&Link], rules: &StraightLineRules) -> Vec<Ride> {
    let mut lines: HashMap<&Key, usize> = HashMap::new();
    let mut rides = Vec::with_capacity(2 * links.len());
    for link in links {
        let (Some(from), Some(to)) = (stops.number(link.from), stops.number(link.to)) else { continue };
        let line = link.line.as_ref().map(|line| {
            let next = lines.len();
            *lines.entry(line).or_insert(next)
        });
        let ends: [Stop; 2] = [link.from, link.to];
        let [a, b] = ends.map(|stop| stops.position(stop));
        let line_of_sight = || Some(travelled(rules, a?, b?));
        let distance = link.distance.or_else(line_of_sight).unwrap_or_default();
        let cost = Cost::new(link.time, distance);
        rides.push(Ride { from, to, line, cost });
        if link.both_ways {
            rides.push(Ride { from: to, to: from, line, cost });
        }
    }
    rides
}
