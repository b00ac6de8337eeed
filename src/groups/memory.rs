//! What was found of each part, so that an edit costs only the parts that it touches.

use super::milp::run;
use super::problem::Problem;
use super::solution::{Assignment, Limits, Solution, Solve};
use crate::control::Control;
use crate::error::Error;

/// Solves as [`Milp`](super::Milp) does, and remembers the parts of the last problem: those that come again as
/// they were are not solved again. The answer is the same. Under a time limit nothing is remembered.
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
}

/// The parts of a problem, in its order.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory(pub(super) Vec<Known>);

/// A part and what was found of it.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) problem: Problem,
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
    /// Branches that it took.
    pub(super) nodes: u64,
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
        let same = |k: &&Known| k.limits == *limits && k.crowd == crowd && k.problem == *problem;
        let Self(parts) = self;
        let around = parts.iter().skip(near.saturating_sub(1)).chain(parts);
        around.into_iter().find(same).map(|k| k.found.clone())
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
                assert_eq!(again, Milp.solve(&problem, &limits, &control).unwrap(), "seed {seed}");
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
