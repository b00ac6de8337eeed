//! The cheapest set of levers that reaches a goal.
//!
//! A set that is refuted refutes every set within it: whatever reaches the goal has a lever from outside. So the
//! cheapest set that has one from outside each refuted set bounds the cost, and is asked about next; where it is
//! enough, it is the answer (an implicit hitting set: Moreno-Centeno and Karp 2013). A set that is refuted is widened first, cheap
//! levers before dear ones, so that what is left outside costs as much as can be.

use super::LeverStudy;
use super::asking::{Asking, Enough, Set, is_small};
use super::sets::{Cheapest, Goal, Step};
use super::told::{Found, solved};
use super::union::LeverIx;
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::groups::{Countdown, OptionIx, Pin, Tier, ceiling};
use crate::units::Cents;

/// Most sets asked about.
const MOST_ROUNDS: u64 = 200;
/// Most of them after one was left open, so that nothing dearer is proved.
const MOST_OPEN: u64 = 24;
/// Most steps of the search for the cheapest set that meets all refutations.
const MOST_STEPS: u64 = 2_000_000;

pub(super) fn cheapest(
    asked: &LeverStudy<'_>,
    goals: &[Goal],
    budget: Option<Cents>,
    control: &Control<'_>,
) -> Result<Cheapest, Error> {
    let least = asked.today.first().map_or(0, |tier| tier.value);
    let pins = goals.iter().map(|goal| asked.pin(goal)).collect();
    let asking = Asking { asked, pins, least, clock: Countdown::new(&asked.limits) };
    let mut search = Search::new(&asking, budget.map_or(u64::MAX, Cents::get));
    match search.run(control)? {
        Some(found) => search.tell(found, control),
        None => Ok(Cheapest::Never { proved: search.proved }),
    }
}

impl LeverStudy<'_> {
    fn pin(&self, goal: &Goal) -> Pin {
        let union = &self.union;
        let programme = union.posed.programmes.iter().position(|&p| p == goal.programme);
        let own = |o: &OptionIx| Some(union.problem.options[*o as usize].programme as usize) == programme;
        let options = (0..union.problem.options.len() as OptionIx).filter(own).collect();
        Pin::Open { options, groups: goal.groups }
    }
}

struct Search<'q, 'a, 's> {
    asking: &'q Asking<'a, 's>,
    budget: u64,
    /// Levers that cost nothing, in every set.
    free: Set,
    /// The others, the cheapest first.
    paid: Vec<LeverIx>,
    /// Of each of these every set that is enough has one.
    cuts: Vec<Vec<LeverIx>>,
    /// No set that costs less is enough.
    at_least: u64,
    /// Whether every cut is a proof.
    proved: bool,
}

impl<'q, 'a, 's> Search<'q, 'a, 's> {
    fn new(asking: &'q Asking<'a, 's>, budget: u64) -> Self {
        let union = &asking.asked.union;
        let price = |&lever: &LeverIx| union.price(lever);
        let usable = (0..union.levers.len()).filter(|&lever| union.gates[lever].is_some());
        let (free, mut paid): (Vec<_>, Vec<_>) = usable.partition(|lever| price(lever) == 0);
        paid.retain(|lever| price(lever) <= budget);
        paid.sort_by_key(|lever| (price(lever), *lever));
        let free = free.into_iter().collect();
        Self { asking, budget, free, paid, cuts: Vec::new(), at_least: 0, proved: true }
    }

    fn cost(&self, set: &Set) -> u64 {
        self.asking.asked.union.cost(set.iter().copied())
    }

    /// A plan with the cheapest set that is enough; a dearer one where the proof is left open.
    fn run(&mut self, control: &Control<'_>) -> Result<Option<Found>, Error> {
        let all: Set = self.free.iter().chain(&self.paid).copied().collect();
        let today = &self.asking.asked.today;
        let whole = match self.asking.enough(&all, today, control)? {
            Enough::Yes(found) => Some(found),
            Enough::No => return Ok(None),
            Enough::Open => None,
        };
        let mut unproved = 0;
        for round in 0..MOST_ROUNDS {
            control.step(Stage::Questions, round, MOST_ROUNDS)?;
            unproved += u64::from(!self.proved);
            if self.asking.clock.left().is_none() || unproved > MOST_OPEN {
                break;
            }
            let Some(set) = self.next() else { break };
            match self.asking.enough(&set, today, control)? {
                Enough::Yes(found) => return Ok(Some(found)),
                Enough::No => {
                    let wide = self.widened(set, control)?;
                    self.cuts.push(self.outside(&wide));
                }
                Enough::Open => {
                    self.proved = false;
                    self.cuts.push(self.outside(&set));
                }
            }
        }
        self.proved &= self.next().is_none();
        // Nothing was found where it would have to be: what is left is what all levers do, less what that can spare.
        match whole.filter(|found| self.cost(&self.used(found)) <= self.budget) {
            Some(found) => self.spared(found, control).map(Some),
            None => Ok(None),
        }
    }

    fn used(&self, found: &Found) -> Set {
        self.asking.asked.union.used(&found.assignment.gates).into_iter().collect()
    }

    fn outside(&self, set: &Set) -> Vec<LeverIx> {
        self.paid.iter().filter(|lever| !set.contains(lever)).copied().collect()
    }

    /// The cheapest set that has a lever of each cut, with all that is free; it bounds the cost. `None` when the
    /// budget affords none, or none is found.
    fn next(&mut self) -> Option<Set> {
        let mut cuts: Vec<&[LeverIx]> = self.cuts.iter().map(Vec::as_slice).collect();
        cuts.sort_by_key(|cut| cut.len());
        let price = |lever: LeverIx| self.asking.asked.union.price(lever);
        let mut hitting = Hitting { cuts, price: &price, best: None, most: self.budget, left: MOST_STEPS };
        hitting.search(&mut Vec::new(), &mut Vec::new(), 0);
        if hitting.left == 0 {
            self.proved = false;
        }
        let (cost, set) = hitting.best?;
        if self.proved {
            self.at_least = cost;
        }
        Some(self.free.iter().copied().chain(set).collect())
    }

    /// A refuted set with every lever more with which it is still refuted, the cheap ones first.
    fn widened(&self, mut set: Set, control: &Control<'_>) -> Result<Set, Error> {
        for &lever in &self.paid {
            if set.insert(lever) && !self.asking.is_refuted(&set, control)? {
                set.remove(&lever);
            }
        }
        Ok(set)
    }

    /// A plan that is as good with no lever that it can do without, the dear ones given up first.
    fn spared(&self, mut found: Found, control: &Control<'_>) -> Result<Found, Error> {
        let least = found.first().map_or(0, |placed| placed.value).max(self.asking.least);
        let asking = Asking { pins: self.asking.pins.clone(), least, ..*self.asking };
        for &lever in self.free.iter().chain(&self.paid).collect::<Vec<_>>().into_iter().rev() {
            let mut set = self.used(&found);
            if set.remove(&lever) {
                control.step(Stage::Questions, 0, MOST_ROUNDS)?;
                found = asking.found_near(&set, &found, control)?.unwrap_or(found);
            }
        }
        Ok(found)
    }

    /// The most places at that cost, by as few levers as it takes.
    fn tell(&self, found: Found, control: &Control<'_>) -> Result<Cheapest, Error> {
        let asked = self.asking.asked;
        let cost = self.cost(&self.used(&found));
        let mut problem = asked.union.problem.clone();
        problem.pins.extend(self.asking.pins.iter().cloned());
        problem.gate_budget = Some(cost);
        let found = if is_small(&problem) {
            problem.tiers = vec![Tier::Placed, Tier::Cost];
            solved(&problem, &asked.limits, control)?.unwrap_or(found)
        } else {
            let affordable = |lever: LeverIx| asked.union.price(lever) <= cost;
            let mut within = asked.union.with_only(affordable);
            (within.pins, within.gate_budget) = (problem.pins, problem.gate_budget);
            match ceiling(&within, &asked.limits, control)? {
                Some(most) => found.bounded(most),
                None => found,
            }
        };
        let bound = found.first().map_or(i64::MAX, |placed| placed.bound);
        let found = self.spared(found, control)?.bounded(bound);
        let mut step = Step::of(asked, found);
        let at_least = self.at_least.min(step.cost.get());
        step.proved &= at_least == step.cost.get();
        Ok(Cheapest::Set { step: Box::new(step), at_least: Cents::new(at_least) })
    }
}

/// The search for the cheapest set that has a lever of each cut.
struct Hitting<'h> {
    /// The shortest first.
    cuts: Vec<&'h [LeverIx]>,
    price: &'h dyn Fn(LeverIx) -> u64,
    best: Option<(u64, Vec<LeverIx>)>,
    /// No set may cost more.
    most: u64,
    left: u64,
}

impl Hitting<'_> {
    /// `not` was tried before.
    fn search(&mut self, chosen: &mut Vec<LeverIx>, not: &mut Vec<LeverIx>, cost: u64) {
        let dear = cost > self.most || self.best.as_ref().is_some_and(|best| cost >= best.0);
        if dear || self.left == 0 {
            return;
        }
        self.left -= 1;
        let Some(cut) = self.cuts.iter().copied().find(|cut| cut.iter().all(|l| !chosen.contains(l))) else {
            self.best = Some((cost, chosen.clone()));
            return;
        };
        let before = not.len();
        for &lever in cut.iter().filter(|lever| !not[..before].contains(lever)).collect::<Vec<_>>() {
            chosen.push(lever);
            self.search(chosen, not, cost.saturating_add((self.price)(lever)));
            chosen.pop();
            not.push(lever);
        }
        not.truncate(before);
    }
}
