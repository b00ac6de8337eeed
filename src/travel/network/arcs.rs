//! The plain arrays that searches run on: arcs by node, in both directions.

use crate::territory::Way;
use crate::units::{Metres, NodeId, Seconds};

/// What an arc or a path takes. Compared by time, then by distance, so that of
/// equally fast paths the shorter one is meant, whatever the order of the arcs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cost {
    /// How long.
    pub time: Seconds,
    /// How far.
    pub distance: Metres,
}

impl Cost {
    /// Nothing at all.
    pub const ZERO: Self = Self { time: Seconds::ZERO, distance: Metres::new(0) };

    /// So long and so far.
    pub const fn new(time: Seconds, distance: Metres) -> Self {
        Self { time, distance }
    }

    /// The sum, at most what fits.
    pub const fn plus(self, other: Self) -> Self {
        let distance = self.distance.get().saturating_add(other.distance.get());
        Self { time: self.time.plus(other.time), distance: Metres::new(distance) }
    }
}

/// A way from one node to another, in that direction only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hop {
    /// Where it starts.
    pub from: NodeId,
    /// Where it leads.
    pub to: NodeId,
    /// What it takes.
    pub cost: Cost,
}

impl Hop {
    const fn reversed(self) -> Self {
        Self { from: self.to, to: self.from, cost: self.cost }
    }
}

/// Every arc twice: by the node where it starts, and by the node where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::travel) struct Arcs {
    out: Side,
    into: Side,
}

/// The arcs of node `n` are `arcs[first[n]..first[n + 1]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Side {
    first: Vec<usize>,
    arcs: Vec<(NodeId, Cost)>,
}

impl Side {
    /// `hops` must be sorted by where they start.
    fn new(nodes: usize, hops: &[Hop]) -> Self {
        let mut first = vec![0; nodes + 1];
        for hop in hops {
            first[hop.from.index() + 1] += 1;
        }
        for node in 0..nodes {
            first[node + 1] += first[node];
        }
        Self { first, arcs: hops.iter().map(|hop| (hop.to, hop.cost)).collect() }
    }

    fn of(&self, node: NodeId) -> &[(NodeId, Cost)] {
        &self.arcs[self.first[node.index()]..self.first[node.index() + 1]]
    }
}

impl Arcs {
    /// Hops of nodes that there are not are left out.
    pub(in crate::travel) fn new(nodes: usize, mut hops: Vec<Hop>) -> Self {
        hops.retain(|hop| hop.from.index().max(hop.to.index()) < nodes);
        hops.sort_unstable();
        let out = Side::new(nodes, &hops);
        hops.iter_mut().for_each(|hop| *hop = hop.reversed());
        hops.sort_unstable();
        Self { out, into: Side::new(nodes, &hops) }
    }

    pub(in crate::travel) fn nodes(&self) -> usize {
        self.out.first.len() - 1
    }

    /// Arcs of a node as somebody meets them who searches from the site: backwards
    /// along the way there, forwards along the way back.
    pub(in crate::travel) fn away_from_site(&self, way: Way, node: NodeId) -> &[(NodeId, Cost)] {
        match way {
            Way::To => self.into.of(node),
            Way::Back => self.out.of(node),
        }
    }

    /// The same arcs, as somebody meets them who is led back to the site.
    pub(in crate::travel) fn towards_site(&self, way: Way, node: NodeId) -> &[(NodeId, Cost)] {
        match way {
            Way::To => self.out.of(node),
            Way::Back => self.into.of(node),
        }
    }

    /// Every arc once, in order.
    pub(in crate::travel) fn hops(&self) -> impl Iterator<Item = Hop> {
        (0..self.nodes())
            .map(NodeId::from_index)
            .flat_map(|from| self.out.of(from).iter().map(move |&(to, cost)| Hop { from, to, cost }))
    }
}
