//! Whether what is wanted can be had with a set of levers: more levers never make that harder.

use super::LeverStudy;
use super::told::{Found, improved};
use super::union::LeverIx;
use crate::control::Control;
use crate::error::Error;
use crate::groups::{Countdown, Limits, Milp, Pin, Problem, Solution, Solve, ceiling};
use std::collections::BTreeSet;

/// Levers by their places in the list.
pub(super) type Set = BTreeSet<LeverIx>;

/// Whether a set is enough.
pub(super) enum Enough {
    Yes(Found),
    /// Proved: neither it nor any set within it is.
    No,
    /// Neither found nor refuted.
    Open,
}

/// From so many arcs on, a plan near a known one is asked for before the best.
const SMALL: usize = 1_500;
/// Rounds of that search.
pub(super) const ROUNDS: u32 = 12;
/// Branches of a bound that is asked for often.
const QUICK: u64 = 250;

/// Groups that are pinned open, and the places that are wanted with them.
pub(super) struct Asking<'a, 's> {
    pub(super) asked: &'a LeverStudy<'s>,
    pub(super) pins: Vec<Pin>,
    pub(super) least: i64,
    pub(super) clock: Countdown,
}

impl Asking<'_, '_> {
    /// What can be had with these levers.
    pub(super) fn enough(&self, set: &Set, near: &Found, control: &Control<'_>) -> Result<Enough, Error> {
        let problem = self.problem(set);
        if !is_small(&problem) {
            if let Some(found) = self.better(&problem, near) {
                return Ok(Enough::Yes(found));
            }
            if self.is_refuted_quickly(&problem, control)? {
                return Ok(Enough::No);
            }
        }
        let Some(limits) = self.clock.left() else { return Ok(Enough::Open) };
        Ok(match Milp.solve(&problem, &limits, control)? {
            Solution::Impossible => Enough::No,
            Solution::NotFound => Enough::Open,
            Solution::Found { assignment, tiers } => match tiers.first() {
                Some(placed) if placed.value >= self.least => Enough::Yes(Found { assignment, tiers }),
                Some(placed) if placed.bound < self.least => Enough::No,
                _ => Enough::Open,
            },
        })
    }

    /// Whether a set is refuted, as far as a small effort tells.
    pub(super) fn is_refuted(&self, set: &Set, control: &Control<'_>) -> Result<bool, Error> {
        let problem = self.problem(set);
        if is_small(&problem) {
            let near = &self.asked.today;
            return Ok(matches!(self.enough(set, near, control)?, Enough::No));
        }
        self.is_refuted_quickly(&problem, control)
    }

    /// A plan near another that places as many as are wanted, with these levers.
    pub(super) fn found_near(
        &self,
        set: &Set,
        near: &Found,
        control: &Control<'_>,
    ) -> Result<Option<Found>, Error> {
        let problem = self.problem(set);
        if !is_small(&problem) {
            return Ok(self.better(&problem, near));
        }
        match self.enough(set, near, control)? {
            Enough::Yes(found) => Ok(Some(found)),
            Enough::No | Enough::Open => Ok(None),
        }
    }

    fn problem(&self, set: &Set) -> Problem {
        let mut problem = self.asked.union.placing_with(|lever| set.contains(&lever));
        problem.pins.extend(self.pins.iter().cloned());
        problem
    }

    fn better(&self, problem: &Problem, from: &Found) -> Option<Found> {
        let found = improved(problem, from, ROUNDS)?;
        found.first().is_some_and(|placed| placed.value >= self.least).then_some(found)
    }

    fn is_refuted_quickly(&self, problem: &Problem, control: &Control<'_>) -> Result<bool, Error> {
        let Some(limits) = self.clock.left() else { return Ok(false) };
        Ok(quick_ceiling(problem, &limits, control)?.is_none_or(|most| most < self.least))
    }
}

/// Whether a problem is small enough to be solved for every question.
pub(in crate::questions) fn is_small(problem: &Problem) -> bool {
    problem.youths.iter().map(|youth| youth.arcs.len()).sum::<usize>() <= SMALL
}

/// What no plan places more than, as far as a small effort tells; `None` when there is no plan.
pub(in crate::questions) fn quick_ceiling(
    problem: &Problem,
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Option<i64>, Error> {
    ceiling(problem, &Limits { nodes: limits.nodes.min(QUICK), ..*limits }, control)
}
