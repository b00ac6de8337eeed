//! Labels put right after some steps take another time, without searching again.
//!
//! What cannot keep its label is what a changed step leads to and nothing supports any more, and what hangs on
//! that (Ramalingam and Reps 1996); it is labelled anew from around it. The answer is that of a whole search,
//! for labels are the one solution of Bellman's equations where every step takes time.

use super::graph::{Differing, Graph, State};
use super::search::Label;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The room that repairs need, kept from one to the next.
#[derive(Debug, Default)]
pub(super) struct Repair<L> {
    /// By state: whether its label was taken away.
    lost: Vec<bool>,
    heap: BinaryHeap<Reverse<(L, State)>>,
    /// States whose label is another now; some twice.
    pub(super) changed: Vec<State>,
}

impl<L: Label> Repair<L> {
    /// Puts `labels`, found on a graph that differs from `graph` by these steps, right.
    pub(super) fn run(
        &mut self,
        graph: &Graph,
        seeds: &[(State, L)],
        steps: &[Differing],
        limit: u32,
        labels: &mut [L],
    ) {
        self.changed.clear();
        self.lost.resize(labels.len(), false);
        self.lose(graph, seeds, steps, labels);
        for at in 0..self.changed.len() {
            let state = self.changed[at];
            labels[state as usize] = L::NEVER;
        }
        for at in 0..self.changed.len() {
            let state = self.changed[at];
            self.lost[state as usize] = false;
            for (from, step, cm) in graph.steps_into(state) {
                self.meet(state, labels[from as usize].plus(step.ms, cm), limit, labels);
            }
            for &(_, label) in seeds.iter().filter(|(to, _)| *to == state) {
                self.meet(state, label, limit, labels);
            }
        }
        for step in steps {
            self.meet(step.to, step.label_after(labels), limit, labels);
        }
        while let Some(Reverse((label, state))) = self.heap.pop() {
            if labels[state as usize] == label {
                for (step, cm) in graph.steps_from(state) {
                    self.meet(step.to, label.plus(step.ms, cm), limit, labels);
                }
            }
        }
    }

    /// Takes the labels away that nothing supports any more, the earliest first: what could support
    /// one is earlier.
    fn lose(&mut self, graph: &Graph, seeds: &[(State, L)], steps: &[Differing], labels: &[L]) {
        // Faster ones too: where they start may lose its label.
        for step in steps.iter().filter(|step| step.was_taken(labels)) {
            self.heap.push(Reverse((labels[step.to as usize], step.to)));
        }
        while let Some(Reverse((label, state))) = self.heap.pop() {
            if self.lost[state as usize] {
                continue;
            }
            let by_step = graph.steps_into(state).any(|(from, step, cm)| {
                !self.lost[from as usize] && labels[from as usize].plus(step.ms, cm) <= label
            });
            if by_step || seeds.contains(&(state, label)) {
                continue;
            }
            self.lost[state as usize] = true;
            self.changed.push(state);
            for (step, cm) in graph.steps_from(state) {
                if label.plus(step.ms, cm) == labels[step.to as usize] {
                    self.heap.push(Reverse((labels[step.to as usize], step.to)));
                }
            }
        }
    }

    fn meet(&mut self, state: State, label: L, limit: u32, labels: &mut [L]) {
        let known = &mut labels[state as usize];
        if label < *known && label.ms() <= limit {
            *known = label;
            self.changed.push(state);
            self.heap.push(Reverse((label, state)));
        }
    }
}
