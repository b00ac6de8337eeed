//! From one site to everywhere: shortest paths by time, then by distance.
//!
//! Labels wait in buckets of equal width and are corrected within a bucket
//! (Dial 1969; Meyer and Sanders 2003): exact for any width, and no heap. A label is final
//! only by its value, so the answer never depends on the order of nodes or arcs.

use super::arcs::{Arcs, Cost};
use crate::territory::Way;
use crate::units::{Metres, NodeId, Seconds};

/// Where a search came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::travel) enum Reached {
    /// Within the horizon.
    Within(Cost),
    /// Farther than the horizon.
    Beyond,
    /// No path leads there.
    Never,
}

/// Searches between two looks at whether the caller wants to stop.
pub(in crate::travel) const BATCH: usize = 64;

/// Seconds in the high half, metres in the low: ordered as [`Cost`] is.
type Label = u64;
const NEVER: Label = u64::MAX;
const BEYOND: Label = u64::MAX - 1;
const METRES: u64 = u32::MAX as u64;
/// Enough that a bucket is a few seconds wide for a usual horizon.
const BUCKETS: u32 = 4096;

/// The room that searches need, kept from one to the next.
#[derive(Debug, Default)]
pub(in crate::travel) struct Search {
    labels: Vec<Label>,
    buckets: Vec<Vec<(Label, NodeId)>>,
    /// Parts of the network that some path leads to, however long.
    joined: Vec<bool>,
    horizon: u64,
    shift: u32,
}

impl Search {
    /// Searches from `seeds`, which are at and around the site.
    pub(in crate::travel) fn run(
        &mut self,
        arcs: &Arcs,
        way: Way,
        seeds: &[(NodeId, Cost)],
        horizon: Seconds,
    ) {
        self.reset(arcs.nodes(), horizon);
        for &(node, cost) in seeds {
            self.meet(node, label(cost));
        }
        let side = arcs.away_from_site(way);
        for bucket in 0..self.buckets.len() {
            // In the order in which they came, so that what takes no time waits for all that leads to it.
            let mut next = 0;
            while let Some(&(at, node)) = self.buckets[bucket].get(next) {
                next += 1;
                if self.labels[node.index()] == at {
                    for &(to, cost) in side.of(node) {
                        self.meet(to, sum(at, cost));
                    }
                }
            }
            self.buckets[bucket].clear();
        }
        self.join(arcs, way, seeds);
    }

    /// What the last search says of a node.
    pub(in crate::travel) fn reached(&self, node: NodeId) -> Reached {
        match self.labels.get(node.index()) {
            None | Some(&NEVER) => Reached::Never,
            Some(&BEYOND) => Reached::Beyond,
            Some(&label) => Reached::Within(cost(label)),
        }
    }

    fn reset(&mut self, nodes: usize, horizon: Seconds) {
        // The longest time there is stands for sums that do not fit: it is always beyond.
        let horizon = horizon.get().min(u32::MAX - 1);
        let bits = (horizon / BUCKETS).checked_ilog2().map_or(0, |n| n + 1);
        (self.horizon, self.shift) = (u64::from(horizon), bits);
        self.labels.clear();
        self.labels.resize(nodes, NEVER);
        self.buckets.resize_with((horizon >> bits) as usize + 1, Vec::new);
    }

    #[inline]
    fn meet(&mut self, node: NodeId, label: Label) {
        let known = &mut self.labels[node.index()];
        let seconds = label >> 32;
        if label < *known && seconds <= self.horizon {
            *known = label;
            self.buckets[(seconds >> self.shift) as usize].push((label, node));
        }
    }

    /// Marks the nodes that a path leads to, though none within the horizon.
    fn join(&mut self, arcs: &Arcs, way: Way, seeds: &[(NodeId, Cost)]) {
        let (part, parts) = (arcs.part(), arcs.parts_away_from_site(way));
        self.joined.clear();
        self.joined.resize(part.len(), false);
        let mut next: Vec<NodeId> = seeds.iter().map(|(node, _)| part[node.index()]).collect();
        while let Some(from) = next.pop() {
            if !std::mem::replace(&mut self.joined[from.index()], true) {
                next.extend(parts.of(from).iter().map(|(to, _)| to));
            }
        }
        for (label, part) in self.labels.iter_mut().zip(part) {
            if *label == NEVER && self.joined[part.index()] {
                *label = BEYOND;
            }
        }
    }
}

fn label(cost: Cost) -> Label {
    u64::from(cost.time.get()) << 32 | u64::from(cost.distance.get())
}

fn cost(label: Label) -> Cost {
    Cost::new(Seconds::new((label >> 32) as u32), Metres::new((label & METRES) as u32))
}

fn sum(at: Label, cost: Cost) -> Label {
    let seconds = ((at >> 32) + u64::from(cost.time.get())).min(METRES);
    let metres = ((at & METRES) + u64::from(cost.distance.get())).min(METRES);
    seconds << 32 | metres
}
