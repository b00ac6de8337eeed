//! What hangs together: strongly connected parts, and which lead to which.

use super::graph::{CLOSED, Graph, State};
use std::ops::Range;

/// The parts of a graph: states of one part all lead to one another.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    pub(super) of: Vec<u32>,
    /// Pairs of parts that a step joins, in order.
    joins: Vec<(u32, u32)>,
    count: usize,
}

impl Parts {
    /// Tarjan's algorithm (1972), without recursion.
    pub(super) fn new(graph: &Graph) -> Self {
        const NEW: u32 = u32::MAX;
        let states = graph.states();
        let (mut of, mut low) = (vec![NEW; states], vec![NEW; states]);
        let (mut open, mut path): (Vec<State>, Vec<(State, Range<usize>)>) = (Vec::new(), Vec::new());
        let (mut next, mut count) = (0, 0);
        for root in 0..states as State {
            if low[root as usize] != NEW {
                continue;
            }
            path.push((root, graph.numbers_from(root)));
            (low[root as usize], next) = (next, next + 1);
            open.push(root);
            // The number that a state got when it was met stays with its place in `open`.
            let mut met = vec![low[root as usize]];
            while let Some((state, left)) = path.last_mut() {
                let state = *state;
                if let Some(at) = left.next() {
                    let step = graph.step(at).0;
                    let to = step.to as usize;
                    if step.ms == CLOSED {
                        continue;
                    }
                    if low[to] == NEW {
                        (low[to], next) = (next, next + 1);
                        open.push(to as State);
                        met.push(low[to]);
                        path.push((to as State, graph.numbers_from(to as State)));
                    } else if of[to] == NEW {
                        low[state as usize] = low[state as usize].min(low[to]);
                    }
                    continue;
                }
                path.pop();
                let number = met.pop().unwrap_or_default();
                if low[state as usize] == number {
                    while let Some(member) = open.pop() {
                        of[member as usize] = count;
                        if member == state {
                            break;
                        }
                    }
                    count += 1;
                }
                if let Some((before, _)) = path.last() {
                    let before = *before as usize;
                    low[before] = low[before].min(low[state as usize]);
                }
            }
        }
        let joins = joins(graph, &of);
        Self { of, joins, count: count as usize }
    }

    /// How many junctions each part has.
    pub(super) fn junctions(&self, graph: &Graph) -> Vec<u32> {
        let mut pairs: Vec<(u32, u32)> =
            self.of.iter().zip(graph.junctions()).map(|(&part, &junction)| (part, junction)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut count = vec![0; self.count];
        for (part, _) in pairs {
            count[part as usize] += 1;
        }
        count
    }

    /// The parts that some of `from` lead to, or that lead to them when `backwards`.
    pub(super) fn joined(&self, from: impl IntoIterator<Item = u32>, backwards: bool) -> Vec<bool> {
        let mut joined = vec![false; self.count];
        for part in from {
            joined[part as usize] = true;
        }
        // Tarjan numbers a part after all that it leads to.
        if backwards {
            for &(a, b) in &self.joins {
                joined[a as usize] |= joined[b as usize];
            }
        } else {
            for &(a, b) in self.joins.iter().rev() {
                joined[b as usize] |= joined[a as usize];
            }
        }
        joined
    }
}

fn joins(graph: &Graph, of: &[u32]) -> Vec<(u32, u32)> {
    let mut joins = Vec::new();
    for state in 0..graph.states() {
        for (step, _) in graph.steps_from(state as State) {
            let pair = (of[state], of[step.to as usize]);
            if pair.0 != pair.1 && step.ms != CLOSED {
                joins.push(pair);
            }
        }
    }
    joins.sort_unstable();
    joins.dedup();
    joins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_parts_and_lead_on() {
        // 0 → 1 → 2 → 0, 2 → 3 ⇄ 4, 5 alone → 0.
        let graph = Graph::drawn(6, &[(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 3), (5, 0)]);
        let parts = Parts::new(&graph);
        assert!(parts.of[0] == parts.of[1] && parts.of[1] == parts.of[2]);
        assert!(parts.of[3] == parts.of[4] && parts.of[3] != parts.of[0] && parts.of[5] != parts.of[0]);
        assert_eq!(parts.junctions(&graph)[parts.of[0] as usize], 3);
        let ahead = parts.joined([parts.of[0]], false);
        assert!(ahead[parts.of[3] as usize] && !ahead[parts.of[5] as usize]);
        let behind = parts.joined([parts.of[3]], true);
        assert!(behind[parts.of[0] as usize] && behind[parts.of[5] as usize]);
    }
}
