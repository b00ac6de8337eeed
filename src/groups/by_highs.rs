//! HiGHS on the same programs: a second opinion that shares no search with the engine.

use super::clock::Clock;
use super::model::{Column, Constraint, Model, Outcome, Side};
use super::plan::key;
use super::problem::{Problem, Tier};
use super::solution::{Assignment, Limits, Proof, Solution, Solve, Stopped, TierResult};
use super::verify::{value, verify};
use crate::control::{Control, Stage};
use crate::error::Error;
use highs::{
    Col, HighsModelStatus, HighsSolutionStatus, HighsStatus, RowProblem, Sense, SolvedModel,
    TrySetOptionError,
};

/// Solves with HiGHS: the whole problem at once, tier by tier, on one thread.
///
/// Nothing is shared with [`Milp`](super::Milp) but the rows of small parts. Assignments are
/// checked by [`verify`]; bounds, and so [`Solution::Impossible`], rest on the floating point of
/// HiGHS, rounded outwards: an opinion, no certificate. A search under way can't be cancelled.
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
/// let Solution::Found { tiers, .. } = Highs.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert_eq!(tiers[0].value, 3);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Highs;

impl Solve for Highs {
    fn solve(
        &mut self,
        problem: &Problem,
        limits: &Limits,
        control: &Control<'_>,
    ) -> Result<Solution, Error> {
        let total = problem.tiers.len() as u64 + 1;
        let clock = Clock::new(limits.time);
        control.step(Stage::Groups, 0, total)?;
        let mut found = match start(problem, limits, clock) {
            Outcome::Infeasible => return Ok(Solution::Impossible),
            Outcome::Searched { best: None, .. } => return Ok(Solution::NotFound),
            Outcome::Searched { best: Some(best), .. } => best,
        };
        let mut bounds = Vec::new();
        for (at, &tier) in problem.tiers.iter().enumerate() {
            control.step(Stage::Groups, at as u64 + 1, total)?;
            let keep: Vec<_> = problem.tiers[..at].iter().map(|&t| (t, value(problem, &found, t))).collect();
            let outcome = search(&Model::new(problem, tier, &keep), limits, clock);
            // What was found keeps the tiers, whatever HiGHS makes of them.
            let Outcome::Searched { best, bound } = outcome else {
                bounds.push(weakest(problem, tier));
                continue;
            };
            let better = |a: &Assignment| key(problem, a)[..=at] < key(problem, &found)[..=at];
            if let Some(best) = best.filter(better) {
                found = best;
            }
            bounds.push(bound.unwrap_or_else(|| weakest(problem, tier)));
        }
        let told = problem.tiers.iter().zip(bounds);
        let tiers = told.map(|(&tier, bound)| result(problem, &found, tier, bound, clock)).collect();
        Ok(Solution::Found { assignment: found, tiers })
    }

    fn fork(&self) -> Box<dyn Solve> {
        Box::new(*self)
    }
}

/// An assignment to begin with: the empty one, unless pins refuse it.
fn start(problem: &Problem, limits: &Limits, clock: Clock<'_>) -> Outcome {
    let nobody = Assignment::default();
    if verify(problem, &nobody).is_ok() {
        return Outcome::Searched { best: Some(nobody), bound: None };
    }
    search(&Model::new(problem, Tier::Placed, &[]), limits, clock)
}

fn search(model: &Model<'_>, limits: &Limits, clock: Clock<'_>) -> Outcome {
    // HiGHS looks at no row of a program without columns.
    if model.rows.iter().any(broken) {
        return Outcome::Infeasible;
    }
    match run(model, limits, clock) {
        Ok(solved) if solved.status() == HighsModelStatus::Infeasible => Outcome::Infeasible,
        Ok(solved) => read(model, &solved),
        Err(_) => Outcome::Searched { best: None, bound: None },
    }
}

/// Whether a row of nothing asks for something.
fn broken(row: &Constraint) -> bool {
    row.terms.is_empty()
        && match row.side {
            Side::AtMost => row.right < 0.0,
            Side::AtLeast => row.right > 0.0,
        }
}

/// HiGHS refused an option or the program, or it is too large for its integers.
struct Refused;

impl From<TrySetOptionError> for Refused {
    fn from(_: TrySetOptionError) -> Self {
        Self
    }
}

impl From<HighsStatus> for Refused {
    fn from(_: HighsStatus) -> Self {
        Self
    }
}

fn run(model: &Model<'_>, limits: &Limits, clock: Clock<'_>) -> Result<SolvedModel, Refused> {
    let mut program = load(model)?.try_optimise(Sense::Minimise)?;
    program.try_set_option("threads", 1)?;
    program.try_set_option("parallel", "off")?;
    program.try_set_option("mip_rel_gap", 0.0)?;
    // Scaled objectives are whole: less than 1 apart is nothing apart.
    program.try_set_option("mip_abs_gap", 0.99)?;
    program.try_set_option("mip_max_nodes", i32::try_from(limits.nodes).unwrap_or(i32::MAX))?;
    if let Some(left) = clock.left() {
        program.try_set_option("time_limit", left.as_secs_f64())?;
    }
    Ok(program.try_solve()?)
}

fn load(model: &Model<'_>) -> Result<RowProblem, Refused> {
    let terms = model.rows.iter().map(|row| row.terms.len()).sum::<usize>();
    let most = [terms, model.columns.len(), model.rows.len()].into_iter().max();
    if most.is_some_and(|n| i32::try_from(n).is_err()) {
        return Err(Refused);
    }
    let mut program = RowProblem::new();
    let column = |c: &Column| program.add_column_with_integrality(c.cost, c.range.0..=c.range.1, c.whole);
    let columns: Vec<Col> = model.columns.iter().map(column).collect();
    for row in &model.rows {
        let terms = row.terms.iter().map(|&(v, c)| (columns[v], c));
        match row.side {
            Side::AtMost => program.add_row(..=row.right, terms),
            Side::AtLeast => program.add_row(row.right.., terms),
        }
    }
    Ok(program)
}

fn read(model: &Model<'_>, solved: &SolvedModel) -> Outcome {
    // Asked by its number, which is negative when HiGHS knows nothing, as without a column: the
    // typed question panics then, and the bound is whatever stood there.
    let status = solved.int_info_value(c"primal_solution_status").ok().filter(|s| *s >= 0);
    let Some(status) = status else { return model.searched(None, None) };
    let bound = solved.double_info_value(c"mip_dual_bound").ok();
    if status != HighsSolutionStatus::Feasible as i64 {
        return model.searched(None, bound);
    }
    let values = solved.get_solution();
    model.searched(Some(&|v| values.columns()[v]), bound)
}

/// A bound that needs no search: every arc used.
fn weakest(problem: &Problem, tier: Tier) -> i64 {
    if !tier.maximised() {
        return 0;
    }
    let most = problem.youths.iter().map(|y| i64::from(y.weight).saturating_mul(y.arcs.len() as i64));
    most.fold(0, i64::saturating_add)
}

fn result(problem: &Problem, found: &Assignment, tier: Tier, bound: i64, clock: Clock<'_>) -> TierResult {
    let value = value(problem, found, tier);
    let (proof, stopped) = if value == bound {
        (Proof::Optimal, Stopped::Finished)
    } else if clock.is_over() {
        (Proof::Bounded, Stopped::TimeLimit)
    } else {
        (Proof::Bounded, Stopped::NodeLimit)
    };
    TierResult { tier, value, bound, proof, stopped, nodes: 0 }
}
