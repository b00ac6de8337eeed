//! Links as a network: being at a stop before a ride, aboard, and at a stop after it.

use super::stops::{Stops, Walk};
use crate::territory::{Link, Stop, StraightLineRules, Way};
use crate::travel::network::{Arcs, Cost, Hop, Reached, Search};
use crate::travel::straight_line::travelled;
use crate::units::{Key, Metres, NodeId, Seconds};
use std::collections::{HashMap, HashSet};

/// The links that run together, as arcs between [`Seats`].
pub(super) struct Rides {
    arcs: Arcs,
    seats: Seats,
}

/// Where one can be. Each stop has a node where one waits for a ride, one where one has got
/// off, and one for each line that goes on, where one sits. Only a ride leads from the
/// first to the others, so that nobody only walks; only a change leads back.
struct Seats {
    /// Stops and lines, in order.
    lines: Vec<(usize, usize)>,
    /// The first node of each stop; its others follow it, since searches use them together.
    first: Vec<usize>,
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
        let rides = rides(stops, links, line);
        let seats = Seats::new(stops.len(), &rides);
        let mut hops = Vec::with_capacity(3 * rides.len());
        for ride in &rides {
            let to = seats.on(ride.line, ride.to).unwrap_or(seats.got_off(ride.to));
            let starts = std::iter::once(seats.waits(ride.from)).chain(seats.on(ride.line, ride.from));
            hops.extend(starts.map(|from| Hop { from, to, cost: ride.cost }));
        }
        hops.extend(seats.all().map(|(stop, from)| Hop { from, to: seats.got_off(stop), cost: Cost::ZERO }));
        let change = Cost::new(change, Metres::new(0));
        for (stop, walks) in between.iter().enumerate() {
            let here = Walk { stop, cost: Cost::ZERO };
            let to = std::iter::once(&here).chain(walks);
            hops.extend(to.map(|walk| Hop {
                from: seats.got_off(stop),
                to: seats.waits(walk.stop),
                cost: change.plus(walk.cost),
            }));
        }
        Self { arcs: Arcs::new(seats.nodes(), hops), seats }
    }

    pub(super) const fn arcs(&self) -> &Arcs {
        &self.arcs
    }

    /// The node at a stop for who comes from home, or goes there.
    pub(super) fn home(&self, way: Way, stop: usize) -> NodeId {
        match way {
            Way::To => self.seats.waits(stop),
            Way::Back => self.seats.got_off(stop),
        }
    }

    /// Searches from a site, which is so far from the stops around it.
    pub(super) fn search(&self, search: &mut Search, way: Way, site: &[Walk], horizon: Seconds) {
        search.run(&self.arcs, way, &self.seeds(way, site), horizon);
    }

    fn seeds(&self, way: Way, site: &[Walk]) -> Vec<(NodeId, Cost)> {
        let node = |stop| match way {
            Way::To => self.seats.got_off(stop),
            Way::Back => self.seats.waits(stop),
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
        if self.seats.kind(end) == Kind::Waits {
            return Some(Part::Change(cost));
        }
        // Getting up from one's seat takes no time.
        let rides = cost.time > Seconds::ZERO;
        rides.then_some(Part::Ride { cost, sits: self.seats.kind(start) == Kind::Sits })
    }
}

#[derive(PartialEq, Eq)]
enum Kind {
    Waits,
    GotOff,
    Sits,
}

impl Seats {
    fn new(stops: usize, rides: &[Ride]) -> Self {
        let starts: HashSet<_> = rides.iter().filter_map(|ride| Some((ride.from, ride.line?))).collect();
        let ends = rides.iter().filter_map(|ride| Some((ride.to, ride.line?)));
        let mut lines: Vec<(usize, usize)> = ends.filter(|seat| starts.contains(seat)).collect();
        lines.sort_unstable();
        lines.dedup();
        let before = |stop| lines.partition_point(|&(of, _)| of < stop);
        let first = (0..stops).map(|stop| 2 * stop + before(stop)).collect();
        Self { lines, first }
    }

    fn nodes(&self) -> usize {
        2 * self.first.len() + self.lines.len()
    }

    fn waits(&self, stop: usize) -> NodeId {
        NodeId::from_index(self.first[stop])
    }

    fn got_off(&self, stop: usize) -> NodeId {
        NodeId::from_index(self.first[stop] + 1)
    }

    /// On a line that goes on.
    fn on(&self, line: Option<usize>, stop: usize) -> Option<NodeId> {
        let seat = self.lines.binary_search(&(stop, line?)).ok()?;
        Some(self.node(stop, seat))
    }

    fn node(&self, stop: usize, seat: usize) -> NodeId {
        NodeId::from_index(2 * (stop + 1) + seat)
    }

    /// The stop and node of every seat.
    fn all(&self) -> impl Iterator<Item = (usize, NodeId)> {
        self.lines.iter().enumerate().map(|(seat, &(stop, _))| (stop, self.node(stop, seat)))
    }

    fn kind(&self, node: NodeId) -> Kind {
        let stop = self.first.partition_point(|&first| first <= node.index()) - 1;
        match node.index() - self.first[stop] {
            0 => Kind::Waits,
            1 => Kind::GotOff,
            _ => Kind::Sits,
        }
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
