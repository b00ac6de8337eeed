//! The arrays that searches run on.
//!
//! A search runs away from a site: forwards for the way back home, backwards for the way
//! there. It goes from *state* to *state*. A junction where all turns are free is one state;
//! another one is split into a state for each arc that a search may leave it by, so that
//! what a turn costs is known when the junction is reached.

use super::contract::Chains;
use super::turns::{Arc, Junctions, edge_of};
use crate::territory::Way;

/// A number of a state.
pub(super) type State = u32;
/// The state of an arc that is closed.
pub(super) const NOWHERE: State = State::MAX;

/// States and what joins them, as a search meets them that runs away from a site.
#[derive(Clone, Debug)]
pub(super) struct Graph {
    /// Steps from state `s` are `steps[first[s]..first[s + 1]]`.
    pub(super) first: Vec<u32>,
    pub(super) steps: Vec<Step>,
    /// Centimetres of each step.
    pub(super) cm: Vec<u32>,
    /// The arc of each step.
    pub(super) via: Vec<Arc>,
    /// The state that an arc is left from, by arc.
    pub(super) state: Vec<State>,
    /// The junction of each state.
    pub(super) junction: Vec<u32>,
    /// The longest step, in milliseconds.
    pub(super) longest: u32,
}

/// To another state, in so many milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) to: State,
    pub(super) ms: u32,
}

impl Graph {
    pub(super) fn new(junctions: &Junctions<'_>, chains: &Chains, way: Way) -> Self {
        let seen = Seen { junctions, way };
        let arcs = 2 * chains.edges.len();
        let mut graph = Self {
            first: vec![0],
            steps: Vec::with_capacity(arcs),
            cm: Vec::with_capacity(arcs),
            via: Vec::with_capacity(arcs),
            state: vec![NOWHERE; arcs],
            junction: Vec::with_capacity(junctions.len()),
            longest: 0,
        };
        let mut split = vec![false; junctions.len()];
        // The first state of each junction.
        let mut states = Vec::with_capacity(junctions.len());
        for junction in 0..junctions.len() as u32 {
            states.push(graph.junction.len() as State);
            split[junction as usize] = junctions.tells_turns_apart(junction);
            graph.number(&seen, junction, split[junction as usize]);
        }
        for junction in 0..junctions.len() as u32 {
            let mut last = None;
            seen.leaving(junction, |arc| {
                let state = graph.state[arc as usize];
                if last.is_some_and(|last| last != state) {
                    graph.first.push(graph.steps.len() as u32);
                }
                last = Some(state);
                let (to, ms) = (seen.beyond(arc), cost(chains, arc));
                if split[to as usize] {
                    graph.turn(&seen, to, arc, ms);
                } else {
                    graph.step(states[to as usize], ms, arc);
                }
            });
            graph.first.push(graph.steps.len() as u32);
        }
        graph.cm = graph.via.iter().map(|&arc| length(chains, arc)).collect();
        graph.longest = graph.steps.iter().map(|step| step.ms).max().unwrap_or(0);
        graph
    }

    /// Numbers the states of a junction, at least one.
    fn number(&mut self, seen: &Seen<'_>, junction: u32, split: bool) {
        let first = self.junction.len();
        seen.leaving(junction, |arc| {
            if split || self.junction.len() == first {
                self.junction.push(junction);
            }
            self.state[arc as usize] = self.junction.len() as State - 1;
        });
        if self.junction.len() == first {
            self.junction.push(junction);
        }
    }

    fn turn(&mut self, seen: &Seen<'_>, junction: u32, arc: Arc, ms: u32) {
        seen.leaving(junction, |next| {
            if let Some(turn) = seen.turn(junction, arc, next) {
                self.step(self.state[next as usize], ms + turn, arc);
            }
        });
    }

    fn step(&mut self, to: State, ms: u32, arc: Arc) {
        self.steps.push(Step { to, ms });
        self.via.push(arc);
    }

    pub(super) fn states(&self) -> usize {
        self.junction.len()
    }

    #[inline]
    pub(super) fn steps_of(&self, state: State) -> std::ops::Range<usize> {
        self.first[state as usize] as usize..self.first[state as usize + 1] as usize
    }

    /// Steps that an arc is the first part of.
    pub(super) fn steps_by(&self, arc: Arc) -> impl Iterator<Item = Step> {
        let state = self.state[arc as usize];
        let range = if state == NOWHERE { 0..0 } else { self.steps_of(state) };
        range.filter(move |&at| self.via[at] == arc).map(|at| self.steps[at])
    }
}

/// Milliseconds for a whole arc.
pub(super) fn cost(chains: &Chains, arc: Arc) -> u32 {
    let last = chains.shape_of(edge_of(arc)).end - 1;
    if arc % 2 == 0 { chains.ahead[last] } else { chains.behind[last] }
}

/// Centimetres of a whole arc.
pub(super) fn length(chains: &Chains, arc: Arc) -> u32 {
    chains.along[chains.shape_of(edge_of(arc)).end - 1]
}

/// Junctions as somebody meets them who searches away from a site.
struct Seen<'a> {
    junctions: &'a Junctions<'a>,
    way: Way,
}

impl Seen<'_> {
    /// Arcs by which the search leaves a junction.
    fn leaving(&self, junction: u32, take: impl FnMut(Arc)) {
        match self.way {
            Way::Back => self.junctions.out_of(junction).for_each(take),
            Way::To => self.junctions.into(junction).for_each(take),
        }
    }

    fn beyond(&self, arc: Arc) -> u32 {
        match self.way {
            Way::Back => self.junctions.head(arc),
            Way::To => self.junctions.tail(arc),
        }
    }

    fn turn(&self, junction: u32, arc: Arc, next: Arc) -> Option<u32> {
        match self.way {
            Way::Back => self.junctions.turn(junction, arc, next),
            Way::To => self.junctions.turn(junction, next, arc),
        }
    }
}
