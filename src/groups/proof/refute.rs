//! From the steps of a search to a tree of a certificate: each leaf is tried with the checker's own
//! arithmetic, and what the bound decided on the way is told where a leaf needs it.

use super::super::certificate::trial::{Block, Case, Scene, Trial};
use super::super::certificate::{Node, Prices, Search, Variable};
use super::super::clock::Clock;
use super::super::domain::Domain;
use super::super::problem::OptionIx;
use super::super::relax::Column;
use super::flows;
use super::prices::Lister;
use super::tree::{Change, Tree};
use super::trim;
use std::collections::BTreeMap;

/// The proof of a leaf.
#[derive(Clone)]
enum Leaf {
    Priced(Prices),
    TooFew(Vec<OptionIx>),
}

/// A change on the way to a step, which is told only where it is needed.
#[derive(Clone, Copy)]
struct Told {
    step: usize,
    /// Which of the step's changes; `None` for its branch, which is always told.
    at: Option<usize>,
    change: Change,
}

/// Writes the tree of one part.
pub(super) struct Refutation<'r, 'a, 'p> {
    pub(super) lister: &'r Lister<'a>,
    pub(super) trial: &'r mut Trial<'p>,
    pub(super) scene: &'r Scene<'r>,
    pub(super) tree: &'r Tree,
    /// Prices found since for steps that left no proof.
    pub(super) longer: &'r BTreeMap<usize, Vec<(u32, i64)>>,
    /// Whether to stop where the root was left.
    pub(super) root_only: bool,
    /// When nobody waits any more.
    pub(super) clock: Clock<'r>,
}

/// What is known of each step.
#[derive(Default)]
struct Proved {
    /// The proof of each change that is told.
    changes: Vec<Option<Leaf>>,
    leaf: Option<Leaf>,
    children: Vec<usize>,
    /// The list of the step's own prices.
    list: Option<Option<Prices>>,
}

impl Refutation<'_, '_, '_> {
    /// The search; `None` when a leaf is not refuted.
    pub(super) fn search(mut self) -> Option<Search> {
        let steps = &self.tree.steps;
        let mut kept = vec![true; steps.len()];
        let mut proved: Vec<Proved> = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            let parent = step.parent.is_none_or(|p| kept[p]);
            kept[at] = parent && !(self.root_only && step.decided.is_some());
            if let Some(p) = step.parent.filter(|_| kept[at]) {
                proved[p].children.push(at);
            }
            proved.push(Proved { changes: vec![None; step.changes.len()], ..Proved::default() });
        }
        let mut needed: Vec<Vec<bool>> = steps.iter().map(|s| vec![false; s.changes.len()]).collect();
        for at in (0..steps.len()).rev().filter(|&at| kept[at]) {
            self.clock.check().ok()?;
            let path = self.path(at);
            if proved[at].children.is_empty() {
                let leaf = self.leaf(at, &path, &mut proved, &mut needed)?;
                proved[at].leaf = Some(leaf);
            }
            let path: Vec<Told> = path.into_iter().filter(|t| t.step != at || t.at.is_none()).collect();
            for place in 0..steps[at].changes.len() {
                if needed[at][place] {
                    let killed = steps[at].changes[place].opposite();
                    let leaf = self.refute(at, &path, Some(killed), &mut proved, &mut needed)?;
                    proved[at].changes[place] = Some(leaf);
                }
            }
        }
        Some(self.write(&proved))
    }

    /// Everything decided on the way to a step and in it, the root's first.
    fn path(&self, step: usize) -> Vec<Told> {
        let mut path = Vec::new();
        for step in self.tree.line(step) {
            let own = &self.tree.steps[step];
            path.extend(own.decided.map(|change| Told { step, at: None, change }));
            let changes = own.changes.iter().enumerate();
            path.extend(changes.map(|(at, &change)| Told { step, at: Some(at), change }));
        }
        path
    }

    fn leaf(
        &mut self,
        at: usize,
        path: &[Told],
        proved: &mut [Proved],
        needed: &mut [Vec<bool>],
    ) -> Option<Leaf> {
        if self.tree.steps[at].by_flow {
            let domain = self.domain(path, None);
            for (list, few) in flows::lists(self.lister, &domain) {
                if self.holds(&list, path, None, needed) {
                    return Some(few.map_or(Leaf::Priced(list), Leaf::TooFew));
                }
            }
        }
        self.refute(at, path, None, proved, needed)
    }

    /// A proof that nothing is in a step's box once `killed` is in it too.
    fn refute(
        &mut self,
        at: usize,
        path: &[Told],
        killed: Option<Change>,
        proved: &mut [Proved],
        needed: &mut [Vec<bool>],
    ) -> Option<Leaf> {
        let domain = self.domain(path, killed);
        if let Some(price) = self.longer.get(&at).filter(|_| killed.is_none())
            && let Some(list) = self.lister.list(&domain, price, self.trial)
            && self.holds(&list, path, killed, needed)
        {
            return Some(Leaf::Priced(list));
        }
        if let Some((source, price)) =
            self.tree.source(at).and_then(|s| Some((s, self.tree.steps[s].price.as_ref()?)))
        {
            if proved[source].list.is_none() {
                let before: Vec<Told> =
                    self.path(source).into_iter().filter(|t| t.step != source || t.at.is_none()).collect();
                let list = self.lister.list(&self.domain(&before, None), price, self.trial);
                proved[source].list = Some(list);
            }
            for own in [true, false] {
                let list = if own {
                    proved[source].list.clone().flatten()
                } else {
                    self.lister.list(&domain, price, self.trial)
                };
                if let Some(list) = list
                    && self.holds(&list, path, killed, needed)
                {
                    return Some(Leaf::Priced(list));
                }
            }
        }
        let empty = self.lister.emptiness(&domain);
        empty.into_iter().find(|list| self.holds(list, path, killed, needed)).map(Leaf::Priced)
    }

    fn domain(&self, path: &[Told], killed: Option<Change>) -> Domain {
        let problem = &self.lister.part.problem;
        let mut domain = self.lister.dual.whole();
        path.iter().map(|t| t.change).chain(killed).for_each(|c| c.apply(problem, &mut domain));
        domain
    }

    fn case(&self, changes: impl Iterator<Item = Change>) -> Case {
        let mut case = self.trial.root();
        for change in changes {
            let (variable, least, most) = match change {
                Change::AtMost(o, k) => (Some(self.groups(o)), None, Some(i64::from(k))),
                Change::AtLeast(o, k) => (Some(self.groups(o)), Some(i64::from(k)), None),
                Change::Open(g) => (Some(self.gate(g)), Some(1), None),
                Change::Shut(g) => (Some(self.gate(g)), None, Some(0)),
                Change::Not(arc, _) => (self.arc(arc), None, Some(0)),
                Change::Follows(arc, _) => (self.arc(arc), Some(1), None),
            };
            if let Some(variable) = variable {
                self.trial.restrict(&mut case, variable, least, most);
            }
        }
        case
    }

    fn groups(&self, o: u32) -> Variable {
        Variable::Groups(self.lister.part.options[o as usize])
    }

    fn gate(&self, g: u32) -> Variable {
        Variable::Gate(self.lister.part.gates[g as usize])
    }

    /// The arc of a class that has one member.
    fn arc(&self, arc: u32) -> Option<Variable> {
        self.lister.variables(Column::Arc(arc)).first().copied()
    }

    /// Whether a list refutes the box; marks the changes that it needs.
    fn holds(
        &mut self,
        list: &Prices,
        path: &[Told],
        killed: Option<Change>,
        needed: &mut [Vec<bool>],
    ) -> bool {
        let told = |t: &&Told| t.at.is_none_or(|at| needed[t.step][at]);
        let few: Vec<Change> = path.iter().filter(told).map(|t| t.change).chain(killed).collect();
        let case = self.case(few.into_iter());
        let Some(wide) = self.trial.weigh(self.scene, list, &case) else { return false };
        if wide.refutes() {
            return true;
        }
        let case = self.case(path.iter().map(|t| t.change).chain(killed));
        let Some(full) = self.trial.weigh(self.scene, list, &case) else { return false };
        if !full.refutes() {
            return false;
        }
        let blocks = needed_blocks(&wide.least, &full.least, full.margin());
        let mut marks = Vec::new();
        for t in path {
            let block = match t.change {
                Change::AtMost(o, _) | Change::AtLeast(o, _) | Change::Not(_, o) | Change::Follows(_, o) => {
                    self.trial.block(self.lister.part.options[o as usize])
                }
                Change::Open(g) | Change::Shut(g) => Block::Gate(self.lister.part.gates[g as usize]),
            };
            if let Some(at) = t.at.filter(|_| blocks.as_ref().is_none_or(|b| b.contains(&block))) {
                marks.push((t.step, at));
            }
        }
        // Gates open and shut what is behind others: what was left out must not matter.
        let marked = |t: &&Told| t.at.is_none_or(|at| needed[t.step][at] || marks.contains(&(t.step, at)));
        let case = self.case(path.iter().filter(marked).map(|t| t.change).chain(killed));
        let enough = self.trial.weigh(self.scene, list, &case).is_some_and(|w| w.refutes());
        if enough {
            marks.into_iter().for_each(|(step, at)| needed[step][at] = true);
        } else {
            path.iter().filter_map(|t| Some((t.step, t.at?))).for_each(|(step, at)| needed[step][at] = true);
        }
        true
    }

    fn write(&self, proved: &[Proved]) -> Search {
        let mut search = Search { cuts: self.lister.cuts.clone(), ..Search::default() };
        let mut lists: BTreeMap<Prices, u32> = BTreeMap::new();
        let mut leaf = |leaf: &Leaf, search: &mut Search| match leaf {
            Leaf::TooFew(options) => Node::TooFew(options.clone()),
            Leaf::Priced(list) => {
                let next = search.prices.len() as u32;
                let place = *lists.entry(list.clone()).or_insert(next);
                if place == next {
                    search.prices.push(list.clone());
                }
                Node::Priced(place)
            }
        };
        let mut todo = vec![Task::Step(0)];
        while let Some(task) = todo.pop() {
            match task {
                Task::Leaf(proof) => {
                    let node = leaf(proof, &mut search);
                    search.nodes.push(node);
                }
                Task::Step(at) => {
                    for (change, proof) in self.tree.steps[at].changes.iter().zip(&proved[at].changes) {
                        let Some(proof) = proof else { continue };
                        let (branch, kept_first) = self.branch(*change);
                        search.nodes.push(branch);
                        if kept_first {
                            todo.push(Task::Leaf(proof));
                        } else {
                            let node = leaf(proof, &mut search);
                            search.nodes.push(node);
                        }
                    }
                    if let Some(proof) = &proved[at].leaf {
                        todo.push(Task::Leaf(proof));
                    }
                    self.children(&proved[at].children, &mut search, &mut todo);
                }
            }
        }
        trim::cuts(&mut search);
        search
    }

    /// The steps after a step: the same box again, or both sides of a branch.
    fn children<'p>(&self, children: &[usize], search: &mut Search, todo: &mut Vec<Task<'p>>) {
        let decided = |at: usize| self.tree.steps[at].decided;
        match *children {
            [a, b] => {
                let Some(change) = decided(a) else { return };
                let (branch, first) = self.branch(change);
                search.nodes.push(branch);
                todo.extend(if first { [b, a] } else { [a, b] }.map(Task::Step));
            }
            _ => todo.extend(children.iter().map(|&at| Task::Step(at))),
        }
    }

    /// The branch one side of which is a change, and whether that is the side walked first.
    fn branch(&self, change: Change) -> (Node, bool) {
        let (variable, at, first) = match change {
            Change::AtMost(o, k) => (Some(self.groups(o)), k, true),
            Change::AtLeast(o, k) => (Some(self.groups(o)), k.saturating_sub(1), false),
            Change::Open(g) => (Some(self.gate(g)), 0, false),
            Change::Shut(g) => (Some(self.gate(g)), 0, true),
            Change::Not(arc, _) => (self.arc(arc), 0, true),
            Change::Follows(arc, _) => (self.arc(arc), 0, false),
        };
        (Node::Branch { sum: variable.into_iter().collect(), at }, first)
    }
}

enum Task<'p> {
    Step(usize),
    Leaf(&'p Leaf),
}

/// The blocks whose narrowing a leaf can't do without; `None` for all.
fn needed_blocks(
    wide: &BTreeMap<Block, Option<i128>>,
    full: &BTreeMap<Block, Option<i128>>,
    margin: Option<i128>,
) -> Option<Vec<Block>> {
    let Some(mut margin) = margin else {
        // Nothing is in one block: that one is enough.
        return full.iter().find(|(_, least)| least.is_none()).map(|(&block, _)| vec![block]);
    };
    let mut lost = Vec::new();
    for (&block, full) in full {
        let wide = wide.get(&block).copied()??;
        lost.push(((*full)?.saturating_sub(wide), block));
    }
    lost.sort_unstable();
    lost.retain(|&(loss, _)| {
        let spared = loss <= margin;
        margin -= if spared { loss.max(0) } else { 0 };
        !spared
    });
    Some(lost.into_iter().map(|l| l.1).collect())
}
