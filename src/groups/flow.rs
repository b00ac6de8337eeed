//! Integer maximum flow (Dinic), for advisers on posts.

use std::collections::VecDeque;

/// A network under construction, and the flow found in it.
pub(super) struct Network {
    /// Edges out of each node, as positions in `to` and `left`.
    edges: Vec<Vec<usize>>,
    to: Vec<usize>,
    left: Vec<u64>,
}

impl Network {
    /// `nodes` nodes and no edge.
    pub(super) fn new(nodes: usize) -> Self {
        Self { edges: vec![Vec::new(); nodes], to: Vec::new(), left: Vec::new() }
    }

    /// One more node.
    pub(super) fn node(&mut self) -> usize {
        self.edges.push(Vec::new());
        self.edges.len() - 1
    }

    /// An edge; its reverse is the position after it.
    pub(super) fn edge(&mut self, from: usize, to: usize, capacity: u64) -> usize {
        for (a, b, left) in [(from, to, capacity), (to, from, 0)] {
            self.edges[a].push(self.to.len());
            self.to.push(b);
            self.left.push(left);
        }
        self.to.len() - 2
    }

    /// More capacity for an edge.
    pub(super) fn widen(&mut self, edge: usize, more: u64) {
        self.left[edge] += more;
    }

    /// What flows through an edge.
    pub(super) fn flow(&self, edge: usize) -> u64 {
        self.left[edge + 1]
    }

    /// Nodes that more could still flow to: one side of a least cut, after [`Network::run`].
    pub(super) fn reached(&self, source: usize) -> Vec<bool> {
        let mut reached = vec![false; self.edges.len()];
        reached[source] = true;
        let mut stack = vec![source];
        while let Some(node) = stack.pop() {
            for &e in self.edges[node].iter().filter(|&&e| self.left[e] > 0) {
                if !std::mem::replace(&mut reached[self.to[e]], true) {
                    stack.push(self.to[e]);
                }
            }
        }
        reached
    }

    /// What can still be added to the flow from `source` to `sink`, added.
    pub(super) fn run(&mut self, source: usize, sink: usize) -> u64 {
        let mut total = 0;
        while let Some(level) = self.levels(source, sink) {
            let mut next = vec![0; self.edges.len()];
            loop {
                let pushed = self.push(source, sink, u64::MAX, &level, &mut next);
                if pushed == 0 {
                    break;
                }
                total += pushed;
            }
        }
        total
    }

    fn levels(&self, source: usize, sink: usize) -> Option<Vec<u32>> {
        let mut level = vec![u32::MAX; self.edges.len()];
        level[source] = 0;
        let mut queue = VecDeque::from([source]);
        while let Some(node) = queue.pop_front() {
            for &e in &self.edges[node] {
                let to = self.to[e];
                if self.left[e] > 0 && level[to] == u32::MAX {
                    level[to] = level[node] + 1;
                    queue.push_back(to);
                }
            }
        }
        (level[sink] != u32::MAX).then_some(level)
    }

    /// The networks here are at most five levels deep, so recursion is safe.
    fn push(&mut self, node: usize, sink: usize, most: u64, level: &[u32], next: &mut [usize]) -> u64 {
        if node == sink {
            return most;
        }
        while next[node] < self.edges[node].len() {
            let e = self.edges[node][next[node]];
            let to = self.to[e];
            if self.left[e] > 0 && level[to] == level[node] + 1 {
                let pushed = self.push(to, sink, most.min(self.left[e]), level, next);
                if pushed > 0 {
                    self.left[e] -= pushed;
                    self.left[e ^ 1] += pushed;
                    return pushed;
                }
            }
            next[node] += 1;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_must_be_undone() {
        let mut net = Network::new(6);
        for (a, b, c) in [(0, 1, 1), (0, 2, 1), (1, 3, 1), (1, 4, 1), (2, 3, 1), (3, 5, 1), (4, 5, 1)] {
            net.edge(a, b, c);
        }
        assert_eq!(net.run(0, 5), 2);
    }
}
