//! From one site to everywhere.
//!
//! Labels wait in a ring of buckets and are corrected within a bucket (Dial 1969; Meyer and
//! Sanders 2003): exact for any width, and no heap. What a search says depends on labels
//! alone, never on the order of states or steps.

use super::graph::{Graph, State};

/// Longest that a search may look, in milliseconds: 12 days. With [`MOST_MS`](super::usage::MOST_MS)
/// no sum leaves 32 bits.
pub(super) const NO_LIMIT: u32 = 1 << 30;

/// A bucket is 8.2 s wide: anything from 1 s to 16 s is as fast.
const SHIFT: u32 = 13;

/// What is known of a state: milliseconds, or these and centimetres, compared in this order.
pub(super) trait Label: Copy + Default + Ord {
    const NEVER: Self;
    fn new(ms: u32, cm: u32) -> Self;
    fn ms(self) -> u32;
    fn plus(self, ms: u32, cm: u32) -> Self;
    /// The sum of two.
    fn join(self, other: Self) -> Self;
}

impl Label for u32 {
    const NEVER: Self = Self::MAX;
    fn new(ms: u32, _: u32) -> Self {
        ms
    }
    fn ms(self) -> u32 {
        self
    }
    fn plus(self, ms: u32, _: u32) -> Self {
        self.saturating_add(ms)
    }
    fn join(self, other: Self) -> Self {
        self.saturating_add(other)
    }
}

/// Milliseconds in the high half, centimetres in the low one.
impl Label for u64 {
    const NEVER: Self = Self::MAX;
    fn new(ms: u32, cm: u32) -> Self {
        Self::from(ms) << 32 | Self::from(cm)
    }
    fn ms(self) -> u32 {
        (self >> 32) as u32
    }
    fn plus(self, ms: u32, cm: u32) -> Self {
        self.saturating_add(Self::new(ms, cm))
    }
    fn join(self, other: Self) -> Self {
        self.saturating_add(other)
    }
}

/// Centimetres of a label.
pub(super) const fn cm(label: u64) -> u32 {
    label as u32
}

/// The room that searches need, kept from one to the next.
#[derive(Debug, Default)]
pub(super) struct Search<L> {
    /// By state, and one more that nothing reaches.
    pub(super) labels: Vec<L>,
    ring: Vec<Vec<(L, State)>>,
    taken: Vec<(L, State)>,
}

impl<L: Label> Search<L> {
    /// Searches from `seeds` as far as `limit` milliseconds.
    pub(super) fn run(&mut self, graph: &Graph, seeds: &[(State, L)], limit: u32) {
        self.labels.clear();
        self.labels.resize(graph.states() + 1, L::NEVER);
        let Some(first) = seeds.iter().map(|(_, label)| label.ms()).min() else { return };
        let last = seeds.iter().map(|(_, label)| label.ms()).max().unwrap_or(first);
        let longest = graph.longest.max(last - first);
        let size = ((longest >> SHIFT) as usize + 2).next_power_of_two();
        if self.ring.len() < size {
            self.ring.resize_with(size, Vec::new);
        }
        let mut waiting = 0;
        for &(state, label) in seeds {
            waiting += usize::from(self.meet(state, label, limit));
        }
        let mask = self.ring.len() - 1;
        let mut bucket = (first >> SHIFT) as usize & mask;
        let mut taken = std::mem::take(&mut self.taken);
        while waiting > 0 {
            // What is met now may fall into the same bucket: until nothing does.
            while !self.ring[bucket].is_empty() {
                std::mem::swap(&mut taken, &mut self.ring[bucket]);
                waiting -= taken.len();
                for &(label, state) in &taken {
                    if self.labels[state as usize] == label {
                        for (step, cm) in graph.steps_from(state) {
                            waiting += usize::from(self.meet(step.to, label.plus(step.ms, cm), limit));
                        }
                    }
                }
                taken.clear();
            }
            bucket = (bucket + 1) & mask;
        }
        self.taken = taken;
    }

    #[inline]
    fn meet(&mut self, state: State, label: L, limit: u32) -> bool {
        let known = &mut self.labels[state as usize];
        let better = label < *known && label.ms() <= limit;
        if better {
            *known = label;
            let mask = self.ring.len() - 1;
            self.ring[(label.ms() >> SHIFT) as usize & mask].push((label, state));
        }
        better
    }
}
