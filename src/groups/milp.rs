//! A solver of [`Problem`]s by mixed integer programming.
//!
//! Dead options are dropped and the rest falls into independent parts. Each
//! part gets a plan from a heuristic, then, tier by tier, a search of the
//! whole model when it is small, and otherwise a bound from a relaxation.
//! Every plan is verified in integers; floating point only ever gives bounds,
//! rounded outwards.

use super::heuristic;
use super::model::Model;
use super::problem::{Problem, Tier};
use super::relax;
use super::solution::{Assignment, Limits, Proof, Solution, Solve, Stopped, TierResult};
use super::split::{Part, split};
use super::verify::{feasible, value};
use crate::control::{Control, Stage};
use crate::error::Error;
use microlp::{SolveOptions, SolveOutcome};

/// Largest model, in arcs, that is searched rather than relaxed.
const SEARCHED_ARCS: usize = 1_500;
/// Arcs times nodes of a tier's search, at most.
const SEARCH_EFFORT: u64 = 600_000;

/// Mixed integer programming by microlp.
#[derive(Clone, Copy, Debug, Default)]
pub struct Milp;

impl Solve for Milp {
    fn solve(
        &mut self,
        problem: &Problem,
        limits: &Limits,
        control: &Control<'_>,
    ) -> Result<Solution, Error> {
        let Some(parts) = split(problem) else { return Ok(Solution::Impossible) };
        let steps = parts.len() as u64 * (problem.tiers.len() as u64 + 1);
        let mut done = 0;
        let mut step = || {
            done += 1;
            control.step(Stage::Groups, done - 1, steps)
        };
        let mut works = Vec::with_capacity(parts.len());
        for part in &parts {
            step()?;
            works.push(match Work::start(part, limits) {
                Ok(work) => work,
                Err(no) => return Ok(no),
            });
        }
        let mut tiers = Vec::new();
        for &tier in &problem.tiers {
            let gaps: Vec<Vec<(Tier, i64)>> = works.iter().map(Work::gaps).collect();
            for (i, work) in works.iter_mut().enumerate() {
                step()?;
                work.advance(tier, &others(&gaps, i), limits);
            }
            tiers.push(total(tier, &works));
        }
        control.step(Stage::Groups, steps, steps)?;
        Ok(gather(problem, &parts, &works, tiers))
    }
}

/// By how much the parts other than `i` could still better each earlier tier:
/// what part `i` may then lose, the total being kept.
fn others(gaps: &[Vec<(Tier, i64)>], i: usize) -> Vec<i64> {
    let tiers = gaps.first().map_or(0, Vec::len);
    (0..tiers)
        .map(|t| {
            let rest = gaps.iter().enumerate().filter(|(j, _)| *j != i);
            rest.fold(0_i64, |sum, (_, g)| sum.saturating_add(g[t].1))
        })
        .collect()
}

fn total(tier: Tier, works: &[Work<'_>]) -> TierResult {
    let mut sum = TierResult { tier, value: 0, bound: 0, proof: Proof::Optimal, stopped: Stopped::Finished };
    for result in works.iter().filter_map(|w| w.results.last()) {
        sum.value = sum.value.saturating_add(result.value);
        sum.bound = sum.bound.saturating_add(result.bound);
    }
    if sum.value != sum.bound {
        (sum.proof, sum.stopped) = (Proof::Bounded, Stopped::NodeLimit);
    }
    sum
}

fn gather(problem: &Problem, parts: &[Part], works: &[Work<'_>], tiers: Vec<TierResult>) -> Solution {
    let mut assignment = Assignment::default();
    parts.iter().zip(works).for_each(|(part, work)| part.put(&work.plan, &mut assignment));
    assignment.groups.sort_unstable();
    assignment.members.sort_unstable();
    assignment.gates.sort_unstable();
    match feasible(problem, &assignment) {
        Ok(()) => Solution::Found { assignment, tiers },
        Err(_) => Solution::NotFound,
    }
}

/// One part being solved.
struct Work<'p> {
    problem: &'p Problem,
    plan: Assignment,
    results: Vec<TierResult>,
}

/// What a search says.
struct Searched {
    plan: Option<Assignment>,
    bound: Option<i64>,
    infeasible: bool,
}

impl<'p> Work<'p> {
    fn start(part: &'p Part, limits: &Limits) -> Result<Self, Solution> {
        let problem = &part.problem;
        let plan = match heuristic::plan(problem) {
            Some(plan) => plan,
            None => {
                // A tier to steer by finds plans no slower, and the later searches start from it.
                let searched = search(problem, problem.tiers.first().copied(), &[], None, limits.nodes);
                let no = if searched.infeasible { Solution::Impossible } else { Solution::NotFound };
                searched.plan.ok_or(no)?
            }
        };
        Ok(Self { problem, plan, results: Vec::new() })
    }

    /// How far the value of each tier so far may be from the best.
    fn gaps(&self) -> Vec<(Tier, i64)> {
        self.results.iter().map(|r| (r.tier, (r.bound.saturating_sub(r.value)).saturating_abs())).collect()
    }

    /// Improves one tier, the earlier ones kept, and bounds it. `slack` is what
    /// this part may lose of the earlier tiers to the other parts.
    fn advance(&mut self, tier: Tier, slack: &[i64], limits: &Limits) {
        let kept: Vec<(Tier, i64)> = self.results.iter().map(|r| (r.tier, r.value)).collect();
        let loose: Vec<(Tier, i64)> = (kept.iter().zip(slack))
            .map(|(&(t, v), &s)| (t, if t.maximised() { v.saturating_sub(s) } else { v.saturating_add(s) }))
            .collect();
        let tight = loose == kept;
        let mut bound = relax::quick(self.problem, tier, &loose);
        let mut now = value(self.problem, tier, &self.plan);
        let arcs: usize = self.problem.youths.iter().map(|y| y.arcs.len()).sum();
        let searched = arcs <= SEARCHED_ARCS;
        if now != bound && searched {
            let nodes = limits.nodes.min(SEARCH_EFFORT / (arcs as u64 + 50));
            let found = search(self.problem, Some(tier), &kept, Some(&self.plan), nodes);
            if let Some(plan) = found.plan {
                let theirs = value(self.problem, tier, &plan);
                if theirs != now && best(tier, theirs, now) == now {
                    (self.plan, now) = (plan, theirs);
                }
            }
            if let Some(found) = found.bound.filter(|_| tight) {
                bound = best(tier, bound, found);
            }
        }
        if now != bound && (!searched || !tight) {
            let relaxed = relax::bound(self.problem, tier, &loose);
            bound = best(tier, bound, relaxed);
        }
        // A bound beyond the value would be a numerical error; the value is certain.
        bound = if tier.maximised() { bound.max(now) } else { bound.min(now) };
        let (proof, stopped) = if bound == now {
            (Proof::Optimal, Stopped::Finished)
        } else {
            (Proof::Bounded, Stopped::NodeLimit)
        };
        self.results.push(TierResult { tier, value: now, bound, proof, stopped });
    }
}

/// The stronger of two bounds.
fn best(tier: Tier, a: i64, b: i64) -> i64 {
    if tier.maximised() { a.min(b) } else { a.max(b) }
}

/// Branch and bound on the whole model.
fn search(
    problem: &Problem,
    tier: Option<Tier>,
    kept: &[(Tier, i64)],
    from: Option<&Assignment>,
    nodes: u64,
) -> Searched {
    let mut model = Model::full(problem, tier, true);
    kept.iter().for_each(|&(t, v)| model.keep(t, v));
    let mut searched = Searched { plan: None, bound: None, infeasible: model.contradiction };
    if model.contradiction {
        return searched;
    }
    let mut options = SolveOptions::default();
    options.node_limit = Some(nodes.max(1));
    options.warm_start = from.map(|plan| model.start(plan));
    let outcome = match model.lp.solve_with(options) {
        Ok(outcome) => outcome,
        Err(error) => {
            searched.infeasible = matches!(error, microlp::Error::Infeasible);
            return searched;
        }
    };
    let unit = tier.map_or(1, |t| model.unit(t));
    searched.bound = tier.and_then(|t| relax::rounded(t, outcome.stats().best_bound?, unit));
    if let SolveOutcome::Solution(solution) = outcome {
        let plan = model.assignment(&solution);
        let keeps = |&(t, v): &(Tier, i64)| best(t, value(problem, t, &plan), v) == v;
        if feasible(problem, &plan).is_ok() && kept.iter().all(keeps) {
            searched.plan = Some(plan);
        }
    }
    searched
}
