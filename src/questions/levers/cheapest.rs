//! The cheapest set of levers that reaches a goal.
//!
//! A set that is refuted refutes every set within it: whatever reaches the goal has a lever from outside. So the
//! cheapest set that has one from outside each refuted set bounds the cost, and is asked about next; where it is
//! enough, it is the answer (an implicit hitting set: Moreno-Centeno and Karp 2013). A set that is refuted is widened first, cheap
//! levers before dear ones, so that what is left outside costs as much as can be.
//!
//! What does not reach half of a goal does not reach the goal: where sets are left open, smaller goals are asked about, whose
//! refutations hold for it too.

use super::LeverStudy;
use super::asking::{Asking, Enough, Set, is_small};
use super::sets::{Cheapest, Goal, Step};
use super::told::{Found, solved};
use super::union::{LeverIx, Union};
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
    let clock = Countdown::new(&asked.limits);
    let budget = budget.map_or(u64::MAX, Cents::get);
    let asking = asked.asking(goals, clock);
    let mut search = Search::new(&asking, budget);
    let whole = search.whole(control)?;
    let mut found = match (search.run(control)?, whole) {
        (None, Some(whole)) => search.affordable(whole, control)?,
        (found, _) => found,
    };
    let mut learned = false;
    for fewer in asked.smaller(goals) {
        if !search.is_open(found.as_ref()) {
            break;
        }
        let asking = asked.asking(&fewer, clock);
        let mut smaller = Search::new(&asking, budget);
        smaller.whole(control)?;
        smaller.run(control)?;
        learned |= search.learn(smaller);
    }
    if learned && search.is_open(found.as_ref()) {
        let again = search.run(control)?;
        found = found.into_iter().chain(again).min_by_key(|found| search.price(found));
    }
    match found {
        Some(found) => search.tell(found, control),
        None => Ok(Cheapest::Never { proved: search.never }),
    }
}

impl<'s> LeverStudy<'s> {
    fn asking<'a>(&'a self, goals: &[Goal], clock: Countdown) -> Asking<'a, 's> {
        let least = self.today.first().map_or(0, |tier| tier.value);
        Asking { asked: self, pins: goals.iter().map(|goal| self.pin(goal)).collect(), least, clock }
    }

    /// Goals that are reached wherever these are: each alone, then all of them half as far from today, and half of that.
    fn smaller(&self, goals: &[Goal]) -> Vec<Vec<Goal>> {
        let today = self.today();
        let now = |goal: &Goal| today.programmes.iter().find(|p| p.0 == goal.programme).map_or(0, |p| p.1);
        let half = |goal: &Goal| {
            let more = goal.groups.saturating_sub(now(goal)) / 2;
            (more > 0).then(|| Goal { groups: now(goal) + more, ..*goal })
        };
        let halved = |goals: &Vec<Goal>| {
            let halves: Vec<Goal> = goals.iter().filter_map(half).collect();
            (!halves.is_empty()).then_some(halves)
        };
        let alone = goals.iter().filter(|_| goals.len() > 1).map(|goal| vec![*goal]);
        let less = std::iter::successors(halved(&goals.to_vec()), halved);
        alone.chain(less).collect()
    }

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
    /// Of each of these every set that is enough has one: proved.
    refuted: Vec<Vec<LeverIx>>,
    /// Levers outside sets that were neither found to be enough nor refuted.
    open: Vec<Vec<LeverIx>>,
    /// No set that costs less is enough: proved.
    at_least: u64,
    /// No set that the budget affords is enough: proved.
    never: bool,
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
        let (refuted, open) = (Vec::new(), Vec::new());
        Self { asking, budget, free, paid, refuted, open, at_least: 0, never: false }
    }

    fn cost(&self, set: &Set) -> u64 {
        self.asking.asked.union.cost(set.iter().copied())
    }

    fn price(&self, found: &Found) -> u64 {
        self.cost(&self.used(found))
    }

    /// Whether a cheaper set, or any at all, may be enough.
    fn is_open(&self, found: Option<&Found>) -> bool {
        !self.never && found.is_none_or(|found| self.price(found) > self.at_least)
    }

    /// A plan with all levers; `None` where none is found.
    fn whole(&mut self, control: &Control<'_>) -> Result<Option<Found>, Error> {
        let all: Set = self.free.iter().chain(&self.paid).copied().collect();
        Ok(match self.asking.enough(&all, &self.asking.asked.today, control)? {
            Enough::Yes(found) => Some(found),
            Enough::No => {
                self.never = true;
                None
            }
            Enough::Open => None,
        })
    }

    /// A plan with the cheapest set that is enough, where it is come upon; goes on from what was asked before.
    fn run(&mut self, control: &Control<'_>) -> Result<Option<Found>, Error> {
        let mut unproved = 0;
        for round in 0..MOST_ROUNDS {
            control.step(Stage::Questions, round, MOST_ROUNDS)?;
            if self.never || self.asking.clock.left().is_none() || unproved > MOST_OPEN {
                break;
            }
            let Some(set) = self.next() else { break };
            match self.asking.enough(&set, &self.asking.asked.today, control)? {
                Enough::Yes(found) => {
                    self.bound();
                    return Ok(Some(found));
                }
                Enough::No => {
                    let wide = self.widened(set, control)?;
                    self.refuted.push(self.outside(&wide));
                }
                Enough::Open => self.open.push(self.outside(&set)),
            }
            unproved += u64::from(!self.open.is_empty());
        }
        self.bound();
        Ok(None)
    }

    /// What a plan with all levers does, less the levers that it can spare, or change for cheaper ones; `None` where
    /// those cost too much.
    fn affordable(&self, whole: Found, control: &Control<'_>) -> Result<Option<Found>, Error> {
        let mut found = self.spared(whole, self.asking.least, control)?;
        while self.asking.clock.left().is_some()
            && let Some(cheaper) = self.changed(&found, control)?
        {
            found = cheaper;
        }
        Ok((self.price(&found) <= self.budget).then_some(found))
    }

    /// A cheaper plan without one of its levers, with what costs less than that lever instead: the dear ones first.
    fn changed(&self, found: &Found, control: &Control<'_>) -> Result<Option<Found>, Error> {
        let used = self.used(found);
        for (at, lever) in self.paid.iter().enumerate().rev().filter(|(_, lever)| used.contains(lever)) {
            control.step(Stage::Questions, 0, MOST_ROUNDS)?;
            let mut set: Set = used.iter().chain(&self.paid[..at]).copied().collect();
            set.remove(lever);
            let Some(near) = self.asking.found_near(&set, found, control)? else { continue };
            let near = self.spared(near, self.asking.least, control)?;
            if self.price(&near) < self.price(found) {
                return Ok(Some(near));
            }
        }
        Ok(None)
    }

    /// Takes over what refutes a goal that is reached wherever this one is; whether that is anything.
    fn learn(&mut self, smaller: Search<'_, '_, '_>) -> bool {
        let before = (self.refuted.len(), self.never);
        self.never |= smaller.never;
        self.refuted.extend(smaller.refuted);
        self.bound();
        (self.refuted.len(), self.never) != before
    }

    fn used(&self, found: &Found) -> Set {
        self.asking.asked.union.used(&found.assignment.gates).into_iter().collect()
    }

    fn outside(&self, set: &Set) -> Vec<LeverIx> {
        self.paid.iter().filter(|lever| !set.contains(lever)).copied().collect()
    }

    /// The cheapest set that has a lever of each cut, with all that is free. `None` when the budget affords none, or none is found.
    fn next(&self) -> Option<Set> {
        let (_, set) = self.hitting(self.refuted.iter().chain(&self.open)).best?;
        Some(self.free.iter().copied().chain(set).collect())
    }

    /// What every set costs that has a lever of each proved cut.
    fn bound(&mut self) {
        let hitting = self.hitting(self.refuted.iter());
        if hitting.left > 0 {
            match hitting.best {
                Some((cost, _)) => self.at_least = self.at_least.max(cost),
                None => self.never = true,
            }
        }
    }

    fn hitting<'h>(&'h self, cuts: impl Iterator<Item = &'h Vec<LeverIx>>) -> Hitting<'h> {
        let mut cuts: Vec<&[LeverIx]> = cuts.map(Vec::as_slice).collect();
        cuts.sort_by_key(|cut| cut.len());
        let prices = &self.asking.asked.union;
        let mut hitting = Hitting { cuts, prices, best: None, most: self.budget, left: MOST_STEPS };
        hitting.search(&mut Vec::new(), &mut Vec::new(), 0);
        hitting
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

    /// A plan that places so many with no lever that it can do without, the dear ones given up first.
    fn spared(&self, mut found: Found, least: i64, control: &Control<'_>) -> Result<Found, Error> {
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
        let (least, bound) =
            found.first().map_or((self.asking.least, i64::MAX), |placed| (placed.value, placed.bound));
        let found = self.spared(found, least, control)?.bounded(bound);
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
    prices: &'h Union<'h>,
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
            self.search(chosen, not, cost.saturating_add(self.prices.price(lever)));
            chosen.pop();
            not.push(lever);
        }
        not.truncate(before);
    }
}
