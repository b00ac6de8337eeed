//! The most places for each budget.
//!
//! Where the problem of all levers is small, each step is its own proof. Where it is not, sets are grown lever by lever, each time
//! by the one that brings most for its price, and every plan on the way counts; and a set with more levers
//! places no fewer, so that what bounds a set bounds those within it: the sets that a budget affords are bounded by those that they
//! are within, the loosest taken apart first.

use super::LeverStudy;
use super::asking::{ROUNDS, Set, is_small, quick_ceiling};
use super::sets::Step;
use super::singly::alone;
use super::told::{Found, improved, solved, unproved};
use super::union::LeverIx;
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::groups::{Countdown, Problem, verify};
use crate::units::Cents;
use std::collections::{BTreeMap, BTreeSet};

/// Most steps of a frontier.
const MOST_STEPS: usize = 64;

pub(super) fn frontier(
    asked: &LeverStudy<'_>,
    budget: Option<Cents>,
    control: &Control<'_>,
) -> Result<Vec<Step>, Error> {
    let budget = budget.map_or_else(|| asked.union.all_cost(), Cents::get);
    if is_small(&asked.union.problem) {
        return one_by_one(asked, budget, control);
    }
    let clock = Countdown::new(&asked.limits);
    let mut grown = Grown { asked, budget, clock, found: Vec::new() };
    grown.grow(control)?;
    let found = grown.polished(control)?;
    Ceilings::new(asked, clock).bound(found, control)
}

/// Each step with a proof, from the whole budget down.
fn one_by_one(asked: &LeverStudy<'_>, budget: u64, control: &Control<'_>) -> Result<Vec<Step>, Error> {
    let mut problem = asked.union.problem.clone();
    let mut left = budget;
    let mut steps: Vec<Step> = Vec::new();
    let clock = Countdown::new(&asked.limits);
    while steps.len() < MOST_STEPS {
        control.step(Stage::Questions, steps.len() as u64, MOST_STEPS as u64)?;
        problem.gate_budget = Some(left);
        let Some(limits) = clock.left() else { break };
        let Some(found) = solved(&problem, &limits, control)? else { break };
        let step = Step::of(asked, found);
        let cost = step.cost.get();
        steps.push(step);
        let Some(less) = cost.checked_sub(1) else { break };
        left = less;
    }
    if steps.last().is_none_or(|step| step.cost.get() > 0) {
        steps.push(Step::of(asked, asked.today.clone()));
    }
    steps.reverse();
    // A search that was not proved may place fewer with more money: what a cheaper set does, a dearer one need not repeat.
    let mut most = i64::MIN;
    steps.retain(|step| {
        let better = step.placed.1 > most;
        most = most.max(step.placed.1);
        better
    });
    Ok(steps)
}

fn placed(found: &Found) -> i64 {
    found.first().map_or(0, |placed| placed.value)
}

/// The plans that no cheaper one equals, ascending.
fn keep_best(asked: &LeverStudy<'_>, found: Vec<Found>) -> Vec<Found> {
    let priced = |found: Found| (asked.union.cost(asked.union.used(&found.assignment.gates)), found);
    let mut all: Vec<(u64, Found)> = found.into_iter().map(priced).collect();
    all.sort_by_key(|(cost, found)| (*cost, -placed(found)));
    let mut most = i64::MIN;
    all.retain(|(_, found)| {
        let better = placed(found) > most;
        most = most.max(placed(found));
        better
    });
    all.into_iter().map(|(_, found)| found).collect()
}

/// Sets grown lever by lever.
struct Grown<'a, 's> {
    asked: &'a LeverStudy<'s>,
    budget: u64,
    clock: Countdown,
    found: Vec<Found>,
}

impl Grown<'_, '_> {
    fn grow(&mut self, control: &Control<'_>) -> Result<(), Error> {
        let union = &self.asked.union;
        let price = |lever: LeverIx| union.price(lever);
        let usable = || (0..union.levers.len()).filter(|&lever| union.gates[lever].is_some());
        let mut set: Set = usable().filter(|&lever| price(lever) == 0).collect();
        let today = Found {
            tiers: unproved(&self.problem(&set), self.asked.today.assignment.clone()).tiers,
            ..self.asked.today.clone()
        };
        let mut best = self.with(&set, None, &today).unwrap_or_else(|| today.clone());
        self.found.extend([today, best.clone()]);
        let alone = alone(self.asked, control)?.iter().enumerate();
        let alone = alone.filter(|(lever, _)| price(*lever) <= self.budget);
        self.found.extend(alone.filter_map(|(_, found)| found.clone()));
        loop {
            let spent = union.cost(set.iter().copied());
            let affordable = |lever: &LeverIx| spent.saturating_add(price(*lever)) <= self.budget;
            let next: Vec<LeverIx> = usable().filter(|l| !set.contains(l)).filter(affordable).collect();
            if next.is_empty() || self.clock.left().is_none() {
                return Ok(());
            }
            let one = |_: &mut (), &lever: &LeverIx| self.with(&set, Some(lever), &best);
            let tried = control.each(Stage::Questions, BATCH, &next, || (), one)?;
            let tried: Vec<(LeverIx, Found)> =
                next.into_iter().zip(tried).filter_map(|(lever, found)| Some((lever, found?))).collect();
            let worth = |found: &Found| i128::from(placed(found) - placed(&best));
            let most = tried.iter().filter(|(_, found)| worth(found) > 0).max_by(|(a, x), (b, y)| {
                let (left, right) = (worth(x) * i128::from(price(*b)), worth(y) * i128::from(price(*a)));
                left.cmp(&right).then(b.cmp(a))
            });
            let Some((lever, found)) = most.cloned() else {
                return Ok(());
            };
            self.found.extend(tried.into_iter().map(|(_, found)| found));
            set.insert(lever);
            best = found;
        }
    }

    /// The plans that no cheaper one equals, each gone on from for longer, and from the one before it.
    fn polished(mut self, control: &Control<'_>) -> Result<Vec<Found>, Error> {
        let kept = keep_best(self.asked, std::mem::take(&mut self.found));
        let union = &self.asked.union;
        let one = |_: &mut (), found: &Found| {
            let is_used: Set = union.used(&found.assignment.gates).into_iter().collect();
            let set =
                (0..union.levers.len()).filter(|&l| union.price(l) == 0 || is_used.contains(&l)).collect();
            self.near(&set, found, POLISHED).map(|found| self.without_idle(found))
        };
        let better = control.each(Stage::Questions, BATCH, &kept, || (), one)?;
        self.found = better.into_iter().flatten().chain(kept).collect();
        Ok(keep_best(self.asked, self.found))
    }

    /// The same plan without the gates that it does not need: some cost nothing, and nothing shut them.
    fn without_idle(&self, mut found: Found) -> Found {
        for gate in found.assignment.gates.clone() {
            let mut without = found.assignment.clone();
            without.gates.retain(|&open| open != gate);
            if verify(&self.asked.union.problem, &without).is_ok() {
                found.assignment = without;
            }
        }
        found
    }

    fn problem(&self, set: &Set) -> Problem {
        self.asked.union.placing_with(|lever| set.contains(&lever))
    }

    /// A plan near another with a set and one lever more.
    fn with(&self, set: &Set, more: Option<LeverIx>, from: &Found) -> Option<Found> {
        let set: Set = set.iter().copied().chain(more).collect();
        self.near(&set, from, ROUNDS)
    }

    fn near(&self, set: &Set, from: &Found, rounds: u32) -> Option<Found> {
        improved(&self.problem(set), from, rounds)
    }
}

/// Levers tried between two looks at whoever waits.
const BATCH: usize = 8;
/// Rounds from a plan that is told.
const POLISHED: u32 = 60;
/// Most sets bounded.
const MOST_BOUNDED: usize = 160;

/// Bounds on what sets of levers place.
struct Ceilings<'a, 's> {
    asked: &'a LeverStudy<'s>,
    clock: Countdown,
    /// Of each set asked about, the levers that cost nothing left out.
    known: BTreeMap<Set, i64>,
}

/// Sets within `usable` that have all of `kept`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Between {
    most: i64,
    usable: Set,
    kept: Set,
}

impl<'a, 's> Ceilings<'a, 's> {
    fn new(asked: &'a LeverStudy<'s>, clock: Countdown) -> Self {
        Self { asked, clock, known: BTreeMap::new() }
    }

    /// Plans as steps, each with what bounds its budget.
    fn bound(mut self, found: Vec<Found>, control: &Control<'_>) -> Result<Vec<Step>, Error> {
        let union = &self.asked.union;
        let mut steps: Vec<Step> = Vec::new();
        let costs: Vec<u64> = found.iter().map(|f| union.cost(union.used(&f.assignment.gates))).collect();
        for (at, found) in found.into_iter().enumerate() {
            let value = placed(&found);
            let share = (MOST_BOUNDED.saturating_sub(self.known.len())) / (costs.len() - at);
            let most = self.within(costs[at], value, share, control)?;
            // No cheaper set places as many.
            let alone = most <= value
                && match costs[at].checked_sub(1) {
                    Some(less) => self.within(less, value - 1, share, control)? < value,
                    None => true,
                };
            let mut step = Step::of(self.asked, found.bounded(most));
            step.proved &= alone;
            steps.push(step);
        }
        // What bounds a budget bounds a smaller one.
        let mut most = i64::MAX;
        for step in steps.iter_mut().rev() {
            most = most.min(step.placed.0);
            step.placed.0 = most.max(step.placed.1);
        }
        Ok(steps)
    }

    /// What no set that costs at most so much places more than; `aim` is good enough.
    fn within(&mut self, budget: u64, aim: i64, share: usize, control: &Control<'_>) -> Result<i64, Error> {
        let union = &self.asked.union;
        let price = |lever: LeverIx| union.price(lever);
        let paid =
            |lever: &LeverIx| union.gates[*lever].is_some() && price(*lever) > 0 && price(*lever) <= budget;
        let usable: Set = (0..union.levers.len()).filter(paid).collect();
        let before = self.known.len();
        let most = self.ceiling(&usable, control)?;
        let mut open = BTreeSet::from([Between { most, usable, kept: Set::new() }]);
        while let Some(widest) = open.pop_last() {
            let spent = union.cost(widest.kept.iter().copied());
            let fits = union.cost(widest.usable.iter().copied()) <= budget;
            if widest.most <= aim || fits || self.known.len() - before >= share || self.clock.left().is_none()
            {
                return Ok(widest.most);
            }
            // The dearest lever is either used, and leaves less for the others, or not.
            let free = widest.usable.difference(&widest.kept).copied();
            let Some(lever) = free.max_by_key(|&lever| (price(lever), lever)) else { return Ok(widest.most) };
            let mut without = widest.clone();
            without.usable.remove(&lever);
            without.most = self.ceiling(&without.usable, control)?.min(widest.most);
            open.insert(without);
            let mut with = widest;
            let left = budget - spent - price(lever);
            with.kept.insert(lever);
            let lost: Vec<LeverIx> =
                with.usable.difference(&with.kept).copied().filter(|&l| price(l) > left).collect();
            lost.iter().for_each(|lever| _ = with.usable.remove(lever));
            if !lost.is_empty() {
                with.most = self.ceiling(&with.usable, control)?.min(with.most);
            }
            open.insert(with);
        }
        Ok(aim)
    }

    /// What no plan with these levers, and those that cost nothing, places more than.
    fn ceiling(&mut self, set: &Set, control: &Control<'_>) -> Result<i64, Error> {
        if let Some(&known) = self.known.get(set) {
            return Ok(known);
        }
        control.step(Stage::Questions, self.known.len() as u64, MOST_BOUNDED as u64)?;
        let union = &self.asked.union;
        let is_usable = |lever: LeverIx| union.price(lever) == 0 || set.contains(&lever);
        let limits = self.clock.left().unwrap_or(self.asked.limits);
        let most = quick_ceiling(&union.with_only(is_usable), &limits, control)?.unwrap_or(i64::MIN);
        self.known.insert(set.clone(), most);
        Ok(most)
    }
}
