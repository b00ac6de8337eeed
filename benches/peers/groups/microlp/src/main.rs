//! microlp on the rows of a file: `peer ROWS.json SECONDS`. Prints one line of JSON.

use microlp::{ComparisonOp, OptimizationDirection, Problem};
use serde::Deserialize;
use std::time::Duration;

#[derive(Deserialize)]
struct Rows {
    high: Vec<i32>,
    objective: Vec<(usize, f64)>,
    rows: Vec<(Vec<(usize, f64)>, Option<f64>, Option<f64>)>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let rows: Rows = serde_json::from_str(&std::fs::read_to_string(&arguments[1])?)?;
    let mut values = vec![0.0; rows.high.len()];
    rows.objective.iter().for_each(|&(v, a)| values[v] = a);
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let variables: Vec<_> =
        rows.high.iter().zip(values).map(|(&high, value)| problem.add_integer_var(value, (0, high))).collect();
    for (terms, low, high) in rows.rows {
        let terms: Vec<_> = terms.into_iter().map(|(v, a)| (variables[v], a)).collect();
        if let Some(low) = low {
            problem.add_constraint(&terms, ComparisonOp::Ge, low);
        }
        if let Some(high) = high {
            problem.add_constraint(&terms, ComparisonOp::Le, high);
        }
    }
    problem.set_time_limit(Duration::from_secs_f64(arguments[2].parse()?));
    let before = cpu();
    let outcome = problem.solve()?;
    let spent = cpu() - before;
    let status = if outcome.is_optimal() { "optimal" } else { "feasible" };
    let value = outcome.solution().map(|solution| solution.objective().round() as i64);
    let line = serde_json::json!({ "status": status, "value": value, "cpu": spent });
    println!("{line}");
    Ok(())
}

/// Processor seconds of this process, all threads.
fn cpu() -> f64 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}
