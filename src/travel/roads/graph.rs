//! The arrays that searches run on.
//!
//! A search runs away from a site: forwards for the way back home, backwards for the way
//! there. It goes from *state* to *state*. A junction where all turns are free is one state;
//! another one is split into a state for each dart (an edge in one direction) that a search may leave it by, so that
//! what a turn costs is known when the junction is reached.

use super::contract::Chains;
use super::search::Label;
use super::turns::{Dart, Junctions};
use crate::territory::Way;
use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, OnceLock};

/// A number of a state.
pub(super) type State = u32;
/// The state of a dart that is closed.
pub(super) const NOWHERE: State = State::MAX;

/// States and what joins them, as a search meets them that runs away from a site. What roads that
/// are closed or slower leave as it is, is shared.
#[derive(Clone, Debug)]
pub(super) struct Graph {
    layout: Arc<Layout>,
    /// Centimetres of each step.
    cm: Arc<[u32]>,
    /// The same steps, as if nothing was closed, and as they can be taken.
    all: Arc<[Step]>,
    steps: Arc<[Step]>,
    /// Darts that are not as the network was built.
    altered: Vec<Dart>,
    /// The longest step that can be taken, in milliseconds.
    pub(super) longest: u32,
}

#[derive(Clone, Debug, Default)]
struct Layout {
    /// Steps from state `s` are those from `first[s]` to `first[s + 1]`.
    first: Vec<u32>,
    /// The dart of each step.
    via: Vec<Dart>,
    /// The state that a dart is left from, by dart.
    state: Vec<State>,
    /// The junction of each state.
    junction: Vec<u32>,
    /// Found when a change asks for it.
    into: OnceLock<Into>,
}

/// Steps by the state that they lead to: from where, and their numbers.
#[derive(Clone, Debug)]
struct Into {
    first: Vec<u32>,
    steps: Vec<(State, u32)>,
}

/// To another state, in so many milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) to: State,
    pub(super) ms: u32,
}

/// A step that leads nowhere, for its road is closed: no sum with it is within a limit.
pub(super) const CLOSED: u32 = u32::MAX;

impl Graph {
    pub(super) fn new(junctions: &Junctions<'_>, chains: &Chains, way: Way) -> Self {
        let darts = 2 * chains.edges.len();
        let layout = Layout {
            first: vec![0],
            via: Vec::with_capacity(darts),
            state: vec![NOWHERE; darts],
            junction: Vec::with_capacity(junctions.len()),
            into: OnceLock::new(),
        };
        let seen = Seen { junctions, way };
        Building { seen, chains, layout, steps: Vec::with_capacity(darts) }.graph()
    }

    /// The same network where the darts of some edges take another time, or are closed. `before` and
    /// `after` are the milliseconds of a whole dart.
    pub(super) fn changed(
        &self,
        darts: &[Dart],
        before: impl Fn(Dart) -> u32,
        after: impl Fn(Dart) -> u32,
        closed: impl Fn(Dart) -> bool,
    ) -> Self {
        let slower = darts.iter().any(|&dart| before(dart) != after(dart));
        let mut steps = self.all.to_vec();
        for at in darts.iter().filter(|_| slower).flat_map(|&dart| self.numbers_by(dart)) {
            let dart = self.layout.via[at];
            steps[at].ms = steps[at].ms - before(dart) + after(dart);
        }
        let all = if slower { steps.clone().into() } else { Arc::clone(&self.all) };
        for at in darts.iter().filter(|&&dart| closed(dart)).flat_map(|&dart| self.numbers_by(dart)) {
            steps[at].ms = CLOSED;
        }
        let altered = self.altered.iter().chain(darts).copied().collect();
        Self { altered, ..Self::of(Arc::clone(&self.layout), Arc::clone(&self.cm), all, steps.into()) }
    }

    fn of(layout: Arc<Layout>, cm: Arc<[u32]>, all: Arc<[Step]>, steps: Arc<[Step]>) -> Self {
        let open = steps.iter().map(|step| step.ms).filter(|&ms| ms != CLOSED);
        let longest = open.max().unwrap_or(0);
        Self { layout, cm, all, steps, longest, altered: Vec::new() }
    }

    /// The same network where darts have the lengths of `chains`.
    pub(super) fn measuring(&self, chains: &Chains) -> Self {
        Self { cm: lengths(&self.layout, chains), ..self.clone() }
    }

    pub(super) fn states(&self) -> usize {
        self.layout.junction.len()
    }

    pub(super) fn steps(&self) -> usize {
        self.steps.len()
    }

    /// Bytes that a search to everywhere reads: steps, where those of each state are, and labels of four bytes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.steps) + 2 * size_of::<u32>() * self.states()
    }

    /// The junction of each state.
    pub(super) fn junctions(&self) -> &[u32] {
        &self.layout.junction
    }

    /// The state that a dart is left from.
    pub(super) fn state(&self, dart: Dart) -> State {
        self.layout.state[dart.index()]
    }

    /// The numbers of the steps from a state.
    #[inline]
    pub(super) fn numbers_from(&self, state: State) -> std::ops::Range<usize> {
        self.layout.first[state as usize] as usize..self.layout.first[state as usize + 1] as usize
    }

    /// The steps from a state, with their centimetres.
    #[inline]
    pub(super) fn steps_from(&self, state: State) -> impl Iterator<Item = (Step, u32)> {
        let range = self.numbers_from(state);
        self.steps[range.clone()].iter().copied().zip(self.cm[range].iter().copied())
    }

    pub(super) fn step(&self, number: usize) -> (Step, u32, Dart) {
        (self.steps[number], self.cm[number], self.layout.via[number])
    }

    fn numbers_by(&self, dart: Dart) -> impl Iterator<Item = usize> {
        let state = self.state(dart);
        let range = if state == NOWHERE { 0..0 } else { self.numbers_from(state) };
        range.filter(move |&at| self.layout.via[at] == dart)
    }

    /// Steps that a dart is the first part of, as if it was not closed.
    pub(super) fn steps_by(&self, dart: Dart) -> impl Iterator<Item = Step> {
        self.numbers_by(dart).map(|at| self.all[at])
    }

    /// Steps that lead to a state: from where, as they can be taken, and their centimetres.
    pub(super) fn steps_into(&self, state: State) -> impl Iterator<Item = (State, Step, u32)> {
        let into = self.layout.into.get_or_init(|| self.by_end());
        let range = into.first[state as usize] as usize..into.first[state as usize + 1] as usize;
        into.steps[range]
            .iter()
            .map(|&(from, number)| (from, self.steps[number as usize], self.cm[number as usize]))
    }

    fn by_end(&self) -> Into {
        let mut first = vec![0_u32; self.states() + 2];
        for step in self.all.iter() {
            first[step.to as usize + 2] += 1;
        }
        for state in 2..first.len() {
            first[state] += first[state - 1];
        }
        let mut steps = vec![(0, 0); self.all.len()];
        for from in 0..self.states() as State {
            for number in self.numbers_from(from) {
                let place = &mut first[self.all[number].to as usize + 1];
                steps[*place as usize] = (from, number as u32);
                *place += 1;
            }
        }
        first.pop();
        Into { first, steps }
    }

    /// Whether who comes to `from` comes to `to` as well, from there or by another turn at the end of the road
    /// that leads there; looked for near by only.
    fn bridges(&self, from: State, to: State) -> bool {
        self.leads([from], to)
            || self.steps_in(from).all(|dart| self.leads(self.numbers_by(dart).map(|n| self.steps[n].to), to))
    }

    /// The open darts that lead to a state.
    fn steps_in(&self, state: State) -> impl Iterator<Item = Dart> {
        let into = self.layout.into.get_or_init(|| self.by_end());
        let range = into.first[state as usize] as usize..into.first[state as usize + 1] as usize;
        let numbers = into.steps[range].iter().map(|&(_, number)| number as usize);
        numbers.filter(|&number| self.steps[number].ms != CLOSED).map(|number| self.layout.via[number])
    }

    /// Whether some steps lead from one of some states to another, looked for near by only.
    fn leads(&self, from: impl IntoIterator<Item = State>, to: State) -> bool {
        const MOST: usize = 2_000;
        let mut next: VecDeque<State> = from.into_iter().collect();
        let mut known: HashSet<State> = next.iter().copied().collect();
        while let Some(state) = next.pop_front() {
            if state == to {
                return true;
            }
            for (step, _) in self.steps_from(state).filter(|(step, _)| step.ms != CLOSED) {
                if known.len() < MOST && known.insert(step.to) {
                    next.push_back(step.to);
                }
            }
        }
        false
    }

    /// Steps that take another time in `other`, a change of the same network.
    pub(super) fn differing(&self, other: &Self) -> Vec<Differing> {
        let mut darts: Vec<Dart> = self.altered.iter().chain(&other.altered).copied().collect();
        darts.sort_unstable();
        darts.dedup();
        let numbers = darts.into_iter().flat_map(|dart| {
            self.numbers_by(dart).map(move |number| (self.state(dart), number, dart.edge() as u32))
        });
        let differing = numbers.filter(|&(_, number, _)| self.steps[number] != other.steps[number]);
        differing
            .map(|(from, number, edge)| Differing {
                from,
                to: self.steps[number].to,
                before: self.steps[number].ms,
                after: other.steps[number].ms,
                cm: self.cm[number],
                edge,
            })
            .collect()
    }
}

/// A step that takes another time than before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Differing {
    from: State,
    pub(super) to: State,
    before: u32,
    after: u32,
    cm: u32,
    pub(super) edge: u32,
}

impl Differing {
    /// Whether it may have joined or parted what nothing else joins, on its way from one graph to another.
    pub(super) fn may_relink(&self, old: &Graph, new: &Graph) -> bool {
        match (self.before == CLOSED, self.after == CLOSED) {
            (false, true) => !new.bridges(self.from, self.to),
            (true, false) => !old.bridges(self.from, self.to),
            _ => false,
        }
    }

    /// Whether a fastest path took it.
    pub(super) fn was_taken<L: Label>(&self, labels: &[L]) -> bool {
        let (from, to) = (labels[self.from as usize], labels[self.to as usize]);
        to != L::NEVER && from.plus(self.before, self.cm) == to
    }

    /// What it leads to now.
    pub(super) fn label_after<L: Label>(&self, labels: &[L]) -> L {
        labels[self.from as usize].plus(self.after, self.cm)
    }
}

#[cfg(test)]
impl Graph {
    /// A graph of so many states and these steps, in order.
    pub(super) fn drawn(states: usize, steps: &[(State, State)]) -> Self {
        let first =
            (0..=states).map(|s| steps.partition_point(|step| (step.0 as usize) < s) as u32).collect();
        let layout = Layout {
            first,
            via: vec![Dart::along(0); steps.len()],
            state: Vec::new(),
            junction: (0..states as u32).collect(),
            into: OnceLock::new(),
        };
        let steps: Arc<[Step]> = steps.iter().map(|&(_, to)| Step { to, ms: 1 }).collect();
        let cm = steps.iter().map(|_| 0).collect();
        Self::of(Arc::new(layout), cm, Arc::clone(&steps), steps)
    }
}

/// A graph being built.
struct Building<'a> {
    seen: Seen<'a>,
    chains: &'a Chains,
    layout: Layout,
    steps: Vec<Step>,
}

impl Building<'_> {
    fn graph(mut self) -> Graph {
        let junctions = self.seen.junctions.len() as u32;
        let split: Vec<bool> = (0..junctions).map(|j| self.seen.junctions.tells_turns_apart(j)).collect();
        // The first state of each junction.
        let mut states = Vec::with_capacity(split.len());
        for junction in 0..junctions {
            states.push(self.layout.junction.len() as State);
            self.number(junction, split[junction as usize]);
        }
        for junction in 0..junctions {
            let mut last = None;
            for dart in self.seen.leaving(junction) {
                let state = self.layout.state[dart.index()];
                if last.is_some_and(|last| last != state) {
                    self.layout.first.push(self.steps.len() as u32);
                }
                last = Some(state);
                let (to, ms) = (self.seen.beyond(dart), cost(self.chains, dart));
                if split[to as usize] {
                    self.turn(to, dart, ms);
                } else {
                    self.step(states[to as usize], ms, dart);
                }
            }
            self.layout.first.push(self.steps.len() as u32);
        }
        let cm = lengths(&self.layout, self.chains);
        let steps: Arc<[Step]> = self.steps.into();
        Graph::of(Arc::new(self.layout), cm, Arc::clone(&steps), steps)
    }

    /// Numbers the states of a junction, at least one.
    fn number(&mut self, junction: u32, split: bool) {
        let Layout { junction: of, state, .. } = &mut self.layout;
        let first = of.len();
        for dart in self.seen.leaving(junction) {
            if split || of.len() == first {
                of.push(junction);
            }
            state[dart.index()] = of.len() as State - 1;
        }
        if of.len() == first {
            of.push(junction);
        }
    }

    fn turn(&mut self, junction: u32, dart: Dart, ms: u32) {
        for next in self.seen.leaving(junction) {
            if let Some(turn) = self.seen.turn(junction, dart, next) {
                self.step(self.layout.state[next.index()], ms + turn, dart);
            }
        }
    }

    fn step(&mut self, to: State, ms: u32, dart: Dart) {
        self.steps.push(Step { to, ms });
        self.layout.via.push(dart);
    }
}

/// Milliseconds for a whole dart.
pub(super) fn cost(chains: &Chains, dart: Dart) -> u32 {
    let last = chains.shape_of(dart.edge()).end - 1;
    if dart.is_along() { chains.ahead[last] } else { chains.behind[last] }
}

/// Centimetres of each step.
fn lengths(layout: &Layout, chains: &Chains) -> Arc<[u32]> {
    layout.via.iter().map(|&dart| length(chains, dart)).collect()
}

/// Centimetres of a whole dart.
pub(super) fn length(chains: &Chains, dart: Dart) -> u32 {
    chains.along[chains.shape_of(dart.edge()).end - 1]
}

/// Junctions as somebody meets them who searches away from a site.
#[derive(Clone, Copy)]
struct Seen<'a> {
    junctions: &'a Junctions<'a>,
    way: Way,
}

impl<'a> Seen<'a> {
    /// Darts by which the search leaves a junction.
    fn leaving(self, junction: u32) -> impl Iterator<Item = Dart> + use<'a> {
        // Darts that start there, or those that end there, turned.
        let (junctions, ahead) = (self.junctions, self.way == Way::Back);
        let turned = junctions
            .starting_at(junction)
            .iter()
            .map(move |&dart| if ahead { dart } else { dart.reversed() });
        turned.filter(move |&dart| junctions.is_open(dart))
    }

    fn beyond(self, dart: Dart) -> u32 {
        match self.way {
            Way::Back => self.junctions.head(dart),
            Way::To => self.junctions.tail(dart),
        }
    }

    fn turn(self, junction: u32, dart: Dart, next: Dart) -> Option<u32> {
        match self.way {
            Way::Back => self.junctions.turn(junction, dart, next),
            Way::To => self.junctions.turn(junction, next, dart),
        }
    }
}
