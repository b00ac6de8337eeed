//! What a search did, kept so that its proof can be written.

use super::super::domain::Domain;
use super::super::dual::Dual;
use super::super::problem::{GateIx, OptionIx, Problem};

/// A decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Change {
    /// At most so many groups.
    AtMost(OptionIx, u32),
    /// At least so many, at least one.
    AtLeast(OptionIx, u32),
    Open(GateIx),
    Shut(GateIx),
    /// The only youth of a class doesn't follow an arc of it, into an option.
    Not(u32, OptionIx),
    /// That youth does.
    Follows(u32, OptionIx),
}

impl Change {
    pub(in super::super) fn opposite(self) -> Self {
        match self {
            Self::AtMost(o, k) => Self::AtLeast(o, k + 1),
            Self::AtLeast(o, k) => Self::AtMost(o, k.saturating_sub(1)),
            Self::Open(g) => Self::Shut(g),
            Self::Shut(g) => Self::Open(g),
            Self::Not(arc, o) => Self::Follows(arc, o),
            Self::Follows(arc, o) => Self::Not(arc, o),
        }
    }

    pub(in super::super) fn apply(self, problem: &Problem, domain: &mut Domain) {
        match self {
            Self::AtMost(o, k) => domain.lower(o as usize, k),
            Self::AtLeast(o, k) => domain.raise(problem, o as usize, k),
            Self::Open(g) => domain.gates[g as usize].0 = true,
            Self::Shut(g) => domain.gates[g as usize].1 = false,
            Self::Not(arc, _) => domain.members[arc as usize].1 = 0,
            Self::Follows(arc, o) => {
                domain.members[arc as usize].0 = 1;
                domain.raise(problem, o as usize, 1);
            }
        }
    }
}

/// A step of the search: a side of a branch, or the same box looked at again.
#[derive(Clone, Debug)]
pub(in super::super) struct Step {
    pub(in super::super) parent: Option<usize>,
    /// What the branch decided here.
    pub(in super::super) decided: Option<Change>,
    /// Rows with the prices that bound this step, if it was bounded by itself.
    pub(in super::super) price: Option<Vec<(u32, i64)>>,
    /// What the bound decided then.
    pub(super) changes: Vec<Change>,
    /// Whether members were found by flow.
    pub(super) by_flow: bool,
    /// The bound that was left when a linear program settled the step, which leaves no proof.
    pub(super) settled: Option<i64>,
}

/// The steps of a search, parents first.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Tree {
    pub(in super::super) steps: Vec<Step>,
    /// The bound of the root, as a score.
    pub(super) root: Option<i64>,
    /// Numbers kept, and how many may be.
    kept: usize,
    most: usize,
}

/// Most numbers kept; a search that needs more is written as far as its root.
pub(in super::super) const MOST: usize = 20_000_000;

/// Writes a tree, or nothing when nobody asked.
#[derive(Debug, Default)]
pub(in super::super) struct Recorder(Option<Tree>);

impl Recorder {
    /// Keeps up to so many numbers, if any.
    pub(in super::super) fn new(most: Option<usize>) -> Self {
        Self(most.map(|most| Tree { most, ..Tree::default() }))
    }

    pub(in super::super) fn into_tree(self) -> Option<Tree> {
        self.0
    }

    /// A new step.
    pub(in super::super) fn step(&mut self, parent: Option<usize>, decided: Option<Change>) -> usize {
        let Some(tree) = self.tree_with_room() else { return 0 };
        tree.kept += 1;
        tree.steps.push(Step {
            parent,
            decided,
            price: None,
            changes: Vec::new(),
            by_flow: false,
            settled: None,
        });
        tree.steps.len() - 1
    }

    /// The prices that bound a step.
    pub(in super::super) fn priced(&mut self, step: usize, price: &[i64]) {
        let Some(tree) = self.tree_with_room() else { return };
        let price: Vec<(u32, i64)> = (0..).zip(price).filter(|p| *p.1 > 0).map(|(r, &p)| (r, p)).collect();
        tree.kept += price.len();
        tree.steps[step].price = Some(price);
    }

    /// The bound of the root.
    pub(in super::super) fn root(&mut self, bound: i64) {
        self.0.iter_mut().for_each(|tree| tree.root = Some(bound));
    }

    /// A copy to compare with later.
    pub(in super::super) fn before(&self, domain: &Domain) -> Option<Domain> {
        self.0.as_ref().map(|_| domain.clone())
    }

    /// What a bound decided.
    pub(in super::super) fn narrowed(&mut self, step: usize, before: Option<Domain>, after: &Domain) {
        let (Some(before), Some(tree)) = (before, self.tree_with_room()) else { return };
        let changes = &mut tree.steps[step].changes;
        for (g, (was, is)) in (0..).zip(before.gates.iter().zip(&after.gates)) {
            changes.extend((was.1 && !is.1).then_some(Change::Shut(g)));
        }
        for o in 0..before.least.len() {
            let raised = after.least[o] > before.least[o];
            changes.extend(raised.then_some(Change::AtLeast(o as OptionIx, after.least[o])));
            let lowered = after.most[o] < before.most[o];
            changes.extend(lowered.then_some(Change::AtMost(o as OptionIx, after.most[o])));
        }
        for (g, (was, is)) in (0..).zip(before.gates.iter().zip(&after.gates)) {
            changes.extend((!was.0 && is.0).then_some(Change::Open(g)));
        }
        tree.kept += changes.len();
    }

    /// The groups of a step's decision need these gates.
    pub(in super::super) fn opened(&mut self, step: usize, gates: &[GateIx]) {
        let Some(tree) = self.tree_with_room() else { return };
        tree.steps[step].changes.extend(gates.iter().map(|&g| Change::Open(g)));
    }

    /// Members of a step's groups were found by flow.
    pub(in super::super) fn by_flow(&mut self, step: usize) {
        self.tree_with_room().into_iter().for_each(|tree| tree.steps[step].by_flow = true);
    }

    /// A step of this bound goes to a linear program.
    pub(in super::super) fn settled(&mut self, step: usize, bound: i64) {
        self.tree_with_room().into_iter().for_each(|tree| tree.steps[step].settled = Some(bound));
    }

    fn tree_with_room(&mut self) -> Option<&mut Tree> {
        self.0.as_mut().filter(|tree| tree.kept < tree.most)
    }
}

impl Tree {
    /// Steps from the root to one.
    pub(super) fn line(&self, step: usize) -> Vec<usize> {
        let mut line = vec![step];
        while let Some(parent) = self.steps[line[line.len() - 1]].parent {
            line.push(parent);
        }
        line.reverse();
        line
    }

    /// What was decided by the time that a step was left.
    pub(super) fn domain(&self, dual: &Dual<'_>, step: usize) -> Domain {
        let mut domain = dual.whole();
        for at in self.line(step) {
            let own = &self.steps[at];
            own.decided.iter().chain(&own.changes).for_each(|c| c.apply(dual.problem, &mut domain));
        }
        domain
    }

    /// The step's own prices, or those that it was left with.
    pub(super) fn source(&self, step: usize) -> Option<usize> {
        self.line(step).into_iter().rev().find(|&at| self.steps[at].price.is_some())
    }

    /// Whether everything that was done is here.
    pub(in super::super) const fn is_whole(&self) -> bool {
        self.kept < self.most
    }
}
