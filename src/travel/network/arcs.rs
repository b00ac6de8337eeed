//! The plain arrays that searches run on: arcs by node, in both directions.

use crate::territory::Way;
use crate::units::{Metres, NodeId, Seconds};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

/// What an arc or a path takes. Compared by time, then by distance, so that of
/// equally fast paths the shorter one is meant, whatever the order of the arcs.
///
/// ```
/// use maillage::travel::Cost;
/// use maillage::units::{Metres, Seconds};
///
/// let cost = |seconds, metres| Cost::new(Seconds::new(seconds), Metres::new(metres));
/// assert!(cost(60, 900) < cost(61, 100), "time comes first");
/// assert_eq!(cost(60, 900).plus(Cost::ZERO), cost(60, 900));
/// ```
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
///
/// ```
/// use maillage::travel::{Cost, Hop};
/// use maillage::units::NodeId;
///
/// let [from, to] = [0, 1].map(NodeId::from_index);
/// assert_ne!(Hop { from, to, cost: Cost::ZERO }, Hop { from: to, to: from, cost: Cost::ZERO });
/// ```
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
    nodes: BothWays,
    /// The part that each node is in: the nodes of a part all lead to one another.
    part: Vec<NodeId>,
    /// Which parts lead to which. There are few, and no link depends on anything else.
    parts: BothWays,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct BothWays {
    out: Side,
    into: Side,
}

/// The arcs of node `n` are `arcs[first[n]..first[n + 1]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Side {
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

    #[inline]
    pub(super) fn of(&self, node: NodeId) -> &[(NodeId, Cost)] {
        &self.arcs[self.first[node.index()]..self.first[node.index() + 1]]
    }
}

impl BothWays {
    /// `hops` must be sorted.
    fn new(nodes: usize, mut hops: Vec<Hop>) -> Self {
        let out = Side::new(nodes, &hops);
        hops.iter_mut().for_each(|hop| *hop = hop.reversed());
        hops.sort_unstable();
        Self { out, into: Side::new(nodes, &hops) }
    }

    const fn away_from_site(&self, way: Way) -> &Side {
        match way {
            Way::To => &self.into,
            Way::Back => &self.out,
        }
    }
}

impl Arcs {
    /// Hops of nodes that there are not are left out.
    pub(in crate::travel) fn new(nodes: usize, mut hops: Vec<Hop>) -> Self {
        hops.retain(|hop| hop.from.index().max(hop.to.index()) < nodes);
        hops.sort_unstable();
        let (part, count) = parts(nodes, &hops);
        let lifted = hops.iter().map(|hop| Hop {
            from: part[hop.from.index()],
            to: part[hop.to.index()],
            cost: Cost::ZERO,
        });
        let mut between: Vec<Hop> = lifted.filter(|hop| hop.from != hop.to).collect();
        between.sort_unstable();
        between.dedup();
        Self { nodes: BothWays::new(nodes, hops), part, parts: BothWays::new(count, between) }
    }

    pub(in crate::travel) fn nodes(&self) -> usize {
        self.part.len()
    }

    /// Arcs as somebody meets them who searches from the site: backwards along the way
    /// there, forwards along the way back.
    pub(super) const fn away_from_site(&self, way: Way) -> &Side {
        self.nodes.away_from_site(way)
    }

    /// The same arcs of a node, as somebody meets them who is led back to the site.
    pub(in crate::travel) fn towards_site(&self, way: Way, node: NodeId) -> &[(NodeId, Cost)] {
        match way {
            Way::To => self.nodes.out.of(node),
            Way::Back => self.nodes.into.of(node),
        }
    }

    /// The part that each node is in.
    pub(super) fn part(&self) -> &[NodeId] {
        &self.part
    }

    /// Parts and what joins them, as [`Arcs::away_from_site`].
    pub(super) const fn parts_away_from_site(&self, way: Way) -> &Side {
        self.parts.away_from_site(way)
    }

    /// Every arc once, in order.
    pub(in crate::travel) fn hops(&self) -> impl Iterator<Item = Hop> {
        (0..self.nodes())
            .map(NodeId::from_index)
            .flat_map(|from| self.nodes.out.of(from).iter().map(move |&(to, cost)| Hop { from, to, cost }))
    }
}

/// The strongly connected part of each node, and how many there are.
fn parts(nodes: usize, hops: &[Hop]) -> (Vec<NodeId>, usize) {
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(nodes, hops.len());
    (0..nodes).for_each(|_| _ = graph.add_node(()));
    for hop in hops {
        graph.add_edge(NodeIndex::new(hop.from.index()), NodeIndex::new(hop.to.index()), ());
    }
    let mut of = vec![NodeId::from_index(0); nodes];
    let parts = kosaraju_scc(&graph);
    for (number, part) in parts.iter().enumerate() {
        part.iter().for_each(|node| of[node.index()] = NodeId::from_index(number));
    }
    (of, parts.len())
}
