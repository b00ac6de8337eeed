//! Other tools' networks: nodes and arcs in, from any `petgraph` graph, and out
//! again; travel along them; what hangs together and what does not.

mod arcs;
mod islands;
mod provider;
mod search;

pub use arcs::{Cost, Hop};
pub use islands::Islands;
pub use provider::NetworkTravel;

pub(super) use arcs::Arcs;
pub(super) use islands::labels;
pub(super) use search::{BATCH, Reached, Search};

use crate::territory::Way;
use crate::units::{Key, NodeId, Position, Seconds};
use petgraph::graph::{DiGraph, EdgeIndex, Graph, IndexType, NodeIndex};
use petgraph::visit::EdgeRef;
use petgraph::{Directed, EdgeType};

/// A node: whose it is, or where it is.
///
/// ```
/// use maillage::travel::Junction;
/// use maillage::units::Key;
///
/// let pont = Junction::of(Key::new("pont").expect("an identifier"));
/// assert!(pont.position.is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Junction {
    /// The key of the place or site that stands here.
    pub key: Option<Key>,
    /// Where it is, for places and sites that no node names.
    pub position: Option<Position>,
}

impl Junction {
    /// A node where the place or site of that key stands.
    pub const fn of(key: Key) -> Self {
        Self { key: Some(key), position: None }
    }

    /// A node at a position.
    pub const fn at(position: Position) -> Self {
        Self { key: None, position: Some(position) }
    }
}

/// A directed network with a time and a distance for each arc. Arcs are kept in
/// order, so that equal networks are equal however they were built.
///
/// ```
/// # use maillage::travel::{Cost, Hop, Junction, Network};
/// # use maillage::units::{Key, Metres, NodeId, Seconds};
/// # let [from, to] = [0, 1].map(NodeId::from_index);
/// # let junctions = ["a", "b"].map(|key| Junction::of(Key::new(key).expect("an identifier")));
/// # let cost = Cost::new(Seconds::new(60), Metres::new(900));
/// # let network = Network::new(junctions.into(), [Hop { from, to, cost }]);
/// assert_eq!((network.nodes(), network.hops().count()), (2, 1));
/// assert_eq!(network.costs_from(from), [Some(Cost::ZERO), Some(cost)]);
/// assert_eq!(network.costs_from(to), [None, Some(Cost::ZERO)], "there is no way back");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    junctions: Vec<Junction>,
    arcs: Arcs,
}

impl Network {
    /// A network of these nodes, which `hops` name by their position in the list.
    /// Hops of nodes that there are not are left out.
    pub fn new(junctions: Vec<Junction>, hops: impl IntoIterator<Item = Hop>) -> Self {
        let arcs = Arcs::new(junctions.len(), hops.into_iter().collect());
        Self { junctions, arcs }
    }

    /// Any `petgraph` graph. `node` says whose a node is or where; `edge` says what an
    /// edge takes, or nothing when it is not to be used. An edge of an undirected
    /// graph leads both ways. Node `i` of the graph is node `i` of the network.
    pub fn from_petgraph<N, E, Ty: EdgeType, Ix: IndexType>(
        graph: &Graph<N, E, Ty, Ix>,
        mut node: impl FnMut(NodeIndex<Ix>, &N) -> Junction,
        mut edge: impl FnMut(EdgeIndex<Ix>, &E) -> Option<Cost>,
    ) -> Self {
        let junctions = graph.node_indices().map(|i| node(i, &graph[i])).collect();
        let mut hops = Vec::with_capacity(graph.edge_count());
        for e in graph.edge_references() {
            let Some(cost) = edge(e.id(), e.weight()) else { continue };
            let (from, to) = (NodeId::from_index(e.source().index()), NodeId::from_index(e.target().index()));
            hops.push(Hop { from, to, cost });
            if !graph.is_directed() && from != to {
                hops.push(Hop { from: to, to: from, cost });
            }
        }
        Self::new(junctions, hops)
    }

    /// The network for other tools. `from_petgraph` of it is this network again.
    pub fn to_petgraph(&self) -> Graph<Junction, Cost, Directed, u32> {
        let mut graph = DiGraph::with_capacity(self.nodes(), 0);
        for junction in &self.junctions {
            graph.add_node(junction.clone());
        }
        for hop in self.arcs.hops() {
            graph.add_edge(NodeIndex::new(hop.from.index()), NodeIndex::new(hop.to.index()), hop.cost);
        }
        graph
    }

    /// How many nodes there are.
    pub fn nodes(&self) -> usize {
        self.junctions.len()
    }

    /// What stands at a node.
    pub fn junction(&self, node: NodeId) -> Option<&Junction> {
        self.junctions.get(node.index())
    }

    /// Every arc, in order.
    pub fn hops(&self) -> impl Iterator<Item = Hop> {
        self.arcs.hops()
    }

    /// What the fastest paths from a node take, to each node in turn; nothing where
    /// none leads.
    pub fn costs_from(&self, node: NodeId) -> Vec<Option<Cost>> {
        self.costs(node, Way::Back)
    }

    /// What the fastest paths to a node take, from each node in turn; nothing where
    /// none leads.
    pub fn costs_to(&self, node: NodeId) -> Vec<Option<Cost>> {
        self.costs(node, Way::To)
    }

    fn costs(&self, node: NodeId, way: Way) -> Vec<Option<Cost>> {
        let mut search = Search::default();
        if node.index() < self.nodes() {
            search.run(&self.arcs, way, &[(node, Cost::ZERO)], Seconds::new(u32::MAX));
        }
        let cost = |i| match search.reached(NodeId::from_index(i)) {
            Reached::Within(cost) => Some(cost),
            Reached::Beyond | Reached::Never => None,
        };
        (0..self.nodes()).map(cost).collect()
    }

    /// The component of each node: nodes of two components are joined by no path, in
    /// either direction. Numbered from 0 in the order of their first nodes.
    pub fn components(&self) -> Vec<usize> {
        labels(&self.arcs)
    }
}
