//! Maximum flow on small integer networks (Dinic).

use std::collections::VecDeque;

/// A directed network with integer capacities.
#[derive(Clone, Debug, Default)]
pub(super) struct Network {
    out: Vec<Vec<usize>>,
    /// Edges in pairs: `e` and its reverse `e ^ 1`.
    head: Vec<usize>,
    left: Vec<u64>,
}

impl Network {
    /// A network of `nodes` nodes without edges.
    pub(super) fn new(nodes: usize) -> Self {
        Self { out: vec![Vec::new(); nodes], head: Vec::new(), left: Vec::new() }
    }

    /// Adds an edge.
    pub(super) fn edge(&mut self, from: usize, to: usize, capacity: u64) {
        self.out[from].push(self.head.len());
        self.out[to].push(self.head.len() + 1);
        self.head.extend([to, from]);
        self.left.extend([capacity, 0]);
    }

    /// Sends as much as possible from `source` to `sink`.
    pub(super) fn maximise(&mut self, source: usize, sink: usize) -> u64 {
        let mut total = 0;
        loop {
            let level = self.levels(source);
            if level[sink] == usize::MAX {
                return total;
            }
            let mut next = vec![0; self.out.len()];
            loop {
                let sent = self.send(source, sink, u64::MAX, &level, &mut next);
                if sent == 0 {
                    break;
                }
                total += sent;
            }
        }
    }

    /// Nodes that still reach nothing new from `source`: `true` on its side of a minimum cut.
    pub(super) fn source_side(&self, source: usize) -> Vec<bool> {
        self.levels(source).into_iter().map(|l| l != usize::MAX).collect()
    }

    fn levels(&self, source: usize) -> Vec<usize> {
        let mut level = vec![usize::MAX; self.out.len()];
        level[source] = 0;
        let mut queue = VecDeque::from([source]);
        while let Some(at) = queue.pop_front() {
            for &e in &self.out[at] {
                let to = self.head[e];
                if self.left[e] > 0 && level[to] == usize::MAX {
                    level[to] = level[at] + 1;
                    queue.push_back(to);
                }
            }
        }
        level
    }

    /// One augmentation; the recursion is as deep as the network has layers.
    fn send(&mut self, at: usize, sink: usize, most: u64, level: &[usize], next: &mut [usize]) -> u64 {
        if at == sink {
            return most;
        }
        while let Some(&e) = self.out[at].get(next[at]) {
            let to = self.head[e];
            if self.left[e] > 0 && level[to] == level[at] + 1 {
                let sent = self.send(to, sink, most.min(self.left[e]), level, next);
                if sent > 0 {
                    self.left[e] -= sent;
                    self.left[e ^ 1] += sent;
                    return sent;
                }
            }
            next[at] += 1;
        }
        0
    }
}
