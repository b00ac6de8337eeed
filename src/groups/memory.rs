//! What was found of each part, so that an edit costs little: a part that it leaves as it was is recalled, and
//! one that it touches starts from the plan, the prices and the tree of the one that it was.

use super::align::{Alignment, inverse};
use super::milp::run;
use super::problem::Problem;
use super::replay::Record;
use super::solution::{Assignment, Limits, Solution, Solve};
use super::split::Part;
use crate::control::Control;
use crate::error::Error;
use std::sync::Arc;

/// Solves as [`Milp`](super::Milp) does, and remembers the last problem. Parts that come again as they were are
/// not solved again; the search of a part that was edited starts from what is left of the old one's, each
/// bound of which is proved again. Values that are proved are the same as afresh; among plans of the same
/// value, the one that is nearest to the last may be kept. Under a time limit nothing is remembered.
///
/// ```
/// # use maillage::groups::*;
/// # use maillage::units::Seconds;
/// # let control = maillage::Control::none();
/// # let arcs = vec![Arc { option: 0, time: Seconds::new(600), gate: None }];
/// # let mut problem = Problem {
/// #     programmes: vec![Sizes { min: 2, target: 3, max: 4 }],
/// #     options: vec![OptionSpec {
/// #         programme: 0, max_groups: 1, cost: 100, gates: Vec::new(), lower_min: None, posts: Vec::new(),
/// #     }],
/// #     youths: vec![YouthSpec { weight: 1, traits: 0, arcs }; 3],
/// #     tiers: vec![Tier::Placed],
/// #     ..Problem::default()
/// # };
/// let mut solver = Warm::default();
/// let first = solver.solve(&problem, &Limits::default(), &control)?;
/// assert_eq!(solver.solve(&problem, &Limits::default(), &control)?, first);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Warm {
    memory: Memory,
}

impl Solve for Warm {
    fn solve(
        &mut self,
        problem: &Problem,
        limits: &Limits,
        control: &Control<'_>,
    ) -> Result<Solution, Error> {
        Ok(run(problem, limits, control, false, Some(&mut self.memory))?.0)
    }

    fn fork(&self) -> Box<dyn Solve> {
        Box::new(self.clone())
    }
}

/// The last problem, its answer, and its parts in its order.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    pub(super) problem: Problem,
    pub(super) answer: Assignment,
    pub(super) parts: Vec<Known>,
}

/// A part and what was found of it.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) part: Part,
    /// What else the search depended on: its limits, and how many parts shared the work.
    pub(super) limits: Limits,
    pub(super) crowd: u64,
    pub(super) found: Found,
}

/// An assignment to start from, then one after each tier.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) start: Assignment,
    pub(super) tiers: Vec<FoundTier>,
}

/// What a tier was left with.
#[derive(Clone, Debug)]
pub(super) struct FoundTier {
    /// What the other parts could make up of each earlier tier.
    pub(super) loose: Vec<i64>,
    pub(super) assignment: Assignment,
    pub(super) bound: i64,
    /// What was missing to the proof.
    pub(super) gap: i64,
    /// Branches that it took.
    pub(super) nodes: u64,
    pub(super) record: Option<Arc<Record>>,
}

/// What is left of an edited part: where to start from, and what was found of each tier.
pub(super) struct Hint {
    pub(super) start: Assignment,
    pub(super) rows: Alignment,
    pub(super) tiers: Vec<FoundTier>,
}

impl Memory {
    /// What is known of a part; `near` is where it was in the last problem if nothing moved.
    pub(super) fn recall(
        &self,
        problem: &Problem,
        near: usize,
        limits: &Limits,
        crowd: u64,
    ) -> Option<Found> {
        // A proof holds however far the search might have gone.
        let same = |k: &&Known| {
            let proved = k.found.tiers.iter().all(|t| t.gap == 0);
            (proved || (k.limits, k.crowd) == (*limits, crowd)) && k.part.problem == *problem
        };
        let around = self.parts.iter().skip(near.saturating_sub(1)).chain(&self.parts);
        around.into_iter().find(same).map(|k| k.found.clone())
    }

    /// How the rows of the last problem are found in this one, if its objectives are the same.
    pub(super) fn align(&self, problem: &Problem) -> Option<Alignment> {
        let comparable = !self.parts.is_empty() && self.problem.tiers == problem.tiers;
        comparable.then(|| Alignment::new(&self.problem, problem))
    }

    /// What is known of the part that this one was.
    pub(super) fn hint(&self, alignment: &Alignment, problem: &Problem, part: &Part) -> Option<Hint> {
        let back = inverse(&alignment.options, problem.options.len());
        let here: Vec<u32> = part.options.iter().filter_map(|&o| back[o as usize]).collect();
        let shared = |k: &Known| here.iter().filter(|o| k.part.options.binary_search(o).is_ok()).count();
        let (_, _, known) = (0..)
            .zip(&self.parts)
            .map(|(at, k)| (shared(k), std::cmp::Reverse(at), k))
            .filter(|(shared, ..)| *shared > 0)
            .max_by_key(|&(shared, at, _): &(usize, std::cmp::Reverse<u32>, _)| (shared, at))?;
        let (rows, start) = (alignment.within(&known.part, part), self.start(alignment, part));
        Some(Hint { start, rows, tiers: known.found.tiers.clone() })
    }

    /// What the last answer was in a part: it may break anything there.
    fn start(&self, alignment: &Alignment, part: &Part) -> Assignment {
        let place = |rows: &[Option<u32>], at: u32, own: &[u32]| {
            let there = rows[at as usize]?;
            own.binary_search(&there).ok().map(|at| at as u32)
        };
        let option = |o| place(&alignment.options, o, &part.options);
        let youth = |y| place(&alignment.youths, y, &part.youths);
        let gate = |g| place(&alignment.gates, g, &part.gates);
        let member = |&(y, o, g): &(u32, u32, Option<u32>)| {
            Some((youth(y)?, option(o)?, if let Some(g) = g { Some(gate(g)?) } else { None }))
        };
        Assignment {
            groups: self.answer.groups.iter().filter_map(|&(o, k)| Some((option(o)?, k))).collect(),
            members: self.answer.members.iter().filter_map(member).collect(),
            gates: self.answer.gates.iter().filter_map(|&g| gate(g)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::draw::{Random, draw};
    use super::super::*;
    use crate::control::Control;

    /// Several problems side by side, tied by nothing.
    fn beside(parts: &[Problem]) -> Problem {
        let mut whole = Problem { tiers: Tier::ALL.to_vec(), ..Problem::default() };
        for p in parts {
            let (first, programmes) = (whole.options.len() as u32, whole.programmes.len() as u32);
            whole.programmes.extend(&p.programmes);
            whole.options.extend(p.options.iter().map(|o| OptionSpec {
                programme: o.programme + programmes,
                gates: Vec::new(),
                lower_min: None,
                posts: Vec::new(),
                ..*o
            }));
            whole.youths.extend(p.youths.iter().cloned().map(|mut y| {
                y.arcs.retain(|a| a.gate.is_none());
                y.arcs.iter_mut().for_each(|a| a.option += first);
                y
            }));
        }
        whole.check().unwrap();
        whole
    }

    /// What was found, but for the branches that it took.
    fn found(solution: Solution) -> Option<(Assignment, Vec<TierResult>)> {
        let Solution::Found { assignment, tiers } = solution else { return None };
        Some((assignment, tiers.into_iter().map(|tier| TierResult { nodes: 0, ..tier }).collect()))
    }

    #[test]
    fn an_edited_problem_is_answered_as_if_it_were_new() {
        let (mut kept, mut changed) = (0, 0);
        for seed in 0..40u64 {
            let random = &mut Random::new(seed);
            let parts: Vec<Problem> = (0..4).map(|_| draw(random)).collect();
            let mut problem = beside(&parts);
            let mut warm = Warm::default();
            for _ in 0..6 {
                let (limits, control) = (Limits::default(), Control::none());
                let again = warm.solve(&problem, &limits, &control).unwrap();
                let fresh = Milp.solve(&problem, &limits, &control).unwrap();
                assert_eq!(found(again), found(fresh), "seed {seed}");
                let crowd = milp::crowd(&split::split(&problem).unwrap());
                let y = random.below(problem.youths.len() as u32) as usize;
                problem.youths.remove(y);
                if problem.youths.is_empty() {
                    break;
                }
                for (at, part) in split::split(&problem).unwrap().iter().enumerate() {
                    let known = warm.memory.recall(&part.problem, at, &limits, crowd);
                    if known.is_some() { kept += 1 } else { changed += 1 }
                }
            }
        }
        assert!(kept > 100 && changed > 50, "{kept} kept, {changed} changed");
    }
}
