//! A program solved by `microlp`: small, pure Rust, always there.

use super::clock::Clock;
use super::model::{Column, Model, Outcome, Side};
use super::solution::Assignment;
use microlp::{
    ComparisonOp, OptimizationDirection, Problem, SolutionStatus, SolveOptions, SolveOutcome, Variable,
};

impl Model<'_> {
    /// Searches at most `nodes` nodes, from an assignment if there is one.
    pub(super) fn search(&self, nodes: u64, start: Option<&Assignment>, clock: Clock<'_>) -> Outcome {
        let (program, variables) = load(self);
        let mut options = SolveOptions::default();
        options.node_limit = Some(nodes);
        options.time_limit = clock.left();
        options.warm_start = start.map(|a| variables.iter().copied().zip(self.hint(a)).collect());
        match program.solve_with(options) {
            Err(microlp::Error::Infeasible) => Outcome::Infeasible,
            Err(_) => Outcome::Searched { best: None, bound: None },
            Ok(outcome) => read(self, &outcome, &variables),
        }
    }
}

fn load(model: &Model<'_>) -> (Problem, Vec<Variable>) {
    let mut program = Problem::new(OptimizationDirection::Minimize);
    let mut variable = |column: &Column| {
        let (least, most) = column.range;
        if column.whole {
            program.add_integer_var(column.cost, column.range)
        } else {
            program.add_var(column.cost, (least.into(), most.into()))
        }
    };
    let variables: Vec<_> = model.columns.iter().map(&mut variable).collect();
    for row in &model.rows {
        let terms: Vec<_> = row.terms.iter().map(|&(v, c)| (variables[v], c)).collect();
        let side = match row.side {
            Side::AtMost => ComparisonOp::Le,
            Side::AtLeast => ComparisonOp::Ge,
        };
        program.add_constraint(terms, side, row.right);
    }
    (program, variables)
}

fn read(model: &Model<'_>, outcome: &SolveOutcome, variables: &[Variable]) -> Outcome {
    let solution = outcome.solution();
    let optimal = solution.filter(|s| outcome.is_optimal() && s.status() == SolutionStatus::Optimal);
    let bound = optimal.map_or(outcome.stats().best_bound, |s| Some(s.objective()));
    match solution {
        Some(s) => model.searched(Some(&|v| s.var_value(variables[v])), bound),
        None => model.searched(None, bound),
    }
}
