//! Branch and bound on one part and one tier: the dual bounds each branch and
//! decides what it can, leaves are solved exactly, and what was not looked at
//! counts with its bound.

use super::cuts::separate;
use super::domain::Domain;
use super::dual::{Dual, State, Walk};
use super::leaf::{decided, fill, flows};
use super::model::{Model, Outcome};
use super::plan::{Ground, guided, key};
use super::problem::{GateIx, OptionIx, Problem, Tier};
use super::solution::Assignment;
use super::verify::{value, verify};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Steps of the dual at each branch, from its parent's prices.
const STEPS: u32 = 60;

/// A search of one part for one tier.
pub(super) struct Branching<'a, 'g> {
    pub(super) problem: &'a Problem,
    /// Which tier, by place.
    pub(super) at: usize,
    pub(super) dual: &'g mut Dual<'a>,
    pub(super) ground: &'g Ground<'a>,
    /// The best assignment so far.
    pub(super) found: &'g mut Assignment,
    /// Branches that may still be looked at.
    pub(super) nodes: u64,
    /// Steps of the dual at the root.
    pub(super) steps: u32,
    /// What the earlier tiers must keep.
    pub(super) keep: &'g [(Tier, i64)],
}

/// A branch: decisions, prices to start from, and the bound of its parent.
struct Node {
    domain: Domain,
    from: Rc<Walk>,
    bound: i64,
}

/// What to decide next.
#[derive(Clone, Copy, Debug)]
enum Choice {
    Gate(GateIx),
    /// At most so many groups, or more.
    Groups(OptionIx, u32),
}

impl Branching<'_, '_> {
    /// Searches; the bound as a score, which is the value's own when proved.
    pub(super) fn run(&mut self) -> i64 {
        let exact = self.at == 0 && self.tier() == Tier::Placed && flows(self.problem);
        let mut state = State::new(self.dual);
        let root = Node {
            domain: Domain::whole(self.problem),
            from: Rc::new(Walk::start(self.dual)),
            bound: i64::MAX,
        };
        let mut open = vec![root];
        let mut unsolved = i64::MIN;
        let mut steps = self.steps;
        let mut looked = 0;
        let mut known = BTreeSet::new();
        let mut rounds = std::env::var("ROUNDS").map_or(4, |n| n.parse().unwrap_or(1));
        while let Some(mut node) = open.pop() {
            if node.bound <= self.score() {
                continue;
            }
            if self.nodes == 0 {
                open.push(node);
                break;
            }
            self.nodes -= 1;
            let walk = self.dual.walk(&node.domain, &node.from, steps, self.score());
            let Some(total) = walk.total else { continue };
            let bound = self.dual.score(total).min(node.bound);
            if std::env::var("LOG").is_ok() && (self.nodes % 100 == 99 || self.nodes > 1980) { eprintln!("left {} depth {} options {} bound {} ({:.2}) found {}", self.nodes, open.len(), self.problem.options.len(), bound, total as f64 / super::dual::SCALE as f64, self.score()); }
            if bound <= self.score() {
                continue;
            }
            if self.nodes % 16 == 0 || looked < 20 { self.round(&walk); }
            looked += 1;
            if bound <= self.score() {
                continue;
            }
            self.dual.narrow(&mut node.domain, &walk.price, self.score(), &mut state);
            if rounds > 0 {
                rounds -= 1;
                let mut cuts = separate(self.dual, &walk);
                cuts.retain(|cut| known.insert(cut.clone()));
                if std::env::var("LOG").is_ok() { eprintln!("cuts {}", cuts.len()); }
                if !cuts.is_empty() {
                    self.dual.add_cuts(&cuts);
                    self.nodes += 1;
                    open.push(Node { domain: node.domain, from: Rc::new(walk), bound });
                    continue;
                }
            }
            steps = STEPS;
            rounds = 0;
            if let Some(choice) = self.choose(&node.domain, &walk) {
                let sides = Self::decide(self.problem, &node.domain, choice, &walk.mean);
                let from = Rc::new(walk);
                open.extend(sides.into_iter().rev().map(|domain| Node { domain, from: Rc::clone(&from), bound }));
            } else if !self.leaf(&node.domain, exact) {
                unsolved = unsolved.max(bound);
            }
        }
        let left = open.iter().map(|n| n.bound).max().unwrap_or(i64::MIN);
        left.max(unsolved).max(self.score())
    }

    fn tier(&self) -> Tier {
        self.problem.tiers[self.at]
    }

    fn score(&self) -> i64 {
        let value = value(self.problem, self.found, self.tier());
        if self.tier().maximised() { value } else { -value }
    }

    /// An assignment near the relaxation's groups.
    fn round(&mut self, walk: &Walk) {
        let found = guided(self.ground, &walk.groups, &walk.mean);
        self.accept(found);
    }

    fn accept(&mut self, new: Option<Assignment>) {
        let Some(new) = new else { return };
        let upto = |a: &Assignment| key(self.problem, a)[..=self.at].to_vec();
        if upto(&new) < upto(self.found) && verify(self.problem, &new).is_ok() {
            *self.found = new;
        }
    }

    /// Solves a branch in which all groups are decided; whether it is done.
    fn leaf(&mut self, domain: &Domain, exact: bool) -> bool {
        if exact {
            self.accept(fill(self.problem, domain));
            return true;
        }
        match Model::within(self.problem, domain, self.tier(), self.keep).search(200, None) {
            Outcome::Infeasible => true,
            Outcome::Searched { best, bound } => {
                self.accept(best);
                let signed = |b: i64| if self.tier().maximised() { b } else { -b };
                bound.is_some_and(|b| signed(b) <= self.score())
            }
        }
    }

    /// The gate or option that the relaxation is least decided about.
    fn choose(&self, domain: &Domain, walk: &Walk) -> Option<Choice> {
        let undecided = |g: &usize| !domain.gates[*g].0 && domain.gates[*g].1;
        let gate = (0..domain.gates.len()).filter(undecided).find(|&g| self.gate_matters(g, domain));
        if let Some(g) = gate {
            return Some(Choice::Gate(g as GateIx));
        }
        decided(self.problem, domain).is_none().then(|| self.least_decided(domain, walk))?
    }

    fn gate_matters(&self, g: usize, domain: &Domain) -> bool {
        match self.dual.forest.gated[g] {
            None => true,
            Some(b) => self.dual.forest.blocks[b]
                .options
                .iter()
                .any(|&o| domain.most(self.problem, o as usize) > 0),
        }
    }

    fn least_decided(&self, domain: &Domain, walk: &Walk) -> Option<Choice> {
        let mut best: Option<(f64, Choice)> = None;
        for o in 0..walk.mean.len() {
            let (least, most) = (domain.least[o], domain.most(self.problem, o));
            if least >= most {
                continue;
            }
            let mean = walk.mean[o].clamp(f64::from(least), f64::from(most));
            let at = (mean.floor() as u32).clamp(least, most - 1);
            let distance = (mean - f64::from(at) - 0.5).abs();
            if best.is_none_or(|b| distance < b.0) {
                best = Some((distance, Choice::Groups(o as OptionIx, at)));
            }
        }
        best.map(|b| b.1)
    }

    /// The two sides of a choice, the likelier first.
    fn decide(problem: &Problem, domain: &Domain, choice: Choice, mean: &[f64]) -> [Domain; 2] {
        let [mut up, mut down] = [domain.clone(), domain.clone()];
        let likely = match choice {
            Choice::Gate(g) => {
                up.gates[g as usize].0 = true;
                down.gates[g as usize].1 = false;
                true
            }
            Choice::Groups(o, k) => {
                up.raise(problem, o as usize, k + 1);
                down.lower(o as usize, k);
                mean[o as usize] >= f64::from(k) + 0.5
            }
        };
        if likely { [up, down] } else { [down, up] }
    }
}
