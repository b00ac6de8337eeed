use super::super::draw::Random;
use super::*;
use microlp::{ComparisonOp, OptimizationDirection, Problem};

/// The same program, for another solver.
struct Twin {
    cost: Vec<f64>,
    bounds: Vec<(f64, f64)>,
    rows: Vec<(Entries, f64)>,
}

impl Twin {
    fn new(seed: &mut Random) -> Self {
        let n = 2 + seed.below(12) as usize;
        let cost = (0..n).map(|_| f64::from(seed.below(9)) - 5.0).collect();
        let bounds = (0..n).map(|_| (0.0, 1.0 + f64::from(seed.below(4)))).collect();
        Self { cost, bounds, rows: Vec::new() }
    }

    fn row(&mut self, seed: &mut Random) -> (Entries, f64) {
        let n = self.cost.len() as u32;
        let mut columns: Vec<u32> = (0..1 + seed.below(5)).map(|_| seed.below(n)).collect();
        columns.sort_unstable();
        columns.dedup();
        let terms: Entries = columns.into_iter().map(|c| (c, f64::from(seed.below(9)) - 3.0)).collect();
        let row = (terms, f64::from(seed.below(12)) - 2.0);
        self.rows.push(row.clone());
        row
    }

    fn solve(&self) -> Option<f64> {
        let mut lp = Problem::new(OptimizationDirection::Minimize);
        let vars: Vec<_> = self.cost.iter().zip(&self.bounds).map(|(&c, &b)| lp.add_var(c, b)).collect();
        for (terms, right) in &self.rows {
            let terms: Vec<_> = terms.iter().map(|&(c, a)| (vars[c as usize], a)).collect();
            lp.add_constraint(terms, ComparisonOp::Le, *right);
        }
        match lp.solve() {
            Ok(outcome) => outcome.solution().map(microlp::Solution::objective),
            Err(_) => None,
        }
    }
}

#[test]
fn it_agrees_with_another_solver_as_rows_come_and_bounds_move() {
    let (mut optimal, mut infeasible) = (0, 0);
    for round in 0..400u64 {
        let seed = &mut Random::new(round * 31 + 5);
        let mut twin = Twin::new(seed);
        let mut own = Simplex::new(twin.cost.clone(), &twin.bounds);
        let mut saved = None;
        for step in 0..6 {
            for _ in 0..1 + seed.below(4) {
                let (terms, right) = twin.row(seed);
                own.add_row(&terms, right);
            }
            if step > 2 {
                let column = seed.below(twin.cost.len() as u32) as usize;
                let low = f64::from(seed.below(2));
                twin.bounds[column] = (low, low + f64::from(seed.below(2)));
                own.set_bounds(column, twin.bounds[column].0, twin.bounds[column].1);
            }
            if let Some(basis) = saved.take() {
                own.restore(&basis);
            }
            let ended = own.solve(f64::INFINITY, 10_000);
            match twin.solve() {
                Some(value) => {
                    optimal += 1;
                    assert_eq!(ended, Ended::Optimal, "{round}.{step}");
                    assert!(
                        (own.objective() - value).abs() < 1e-3,
                        "{round}.{step}: {} {value}",
                        own.objective()
                    );
                    weak_duality(&twin, &own, value);
                }
                None => {
                    infeasible += 1;
                    assert_eq!(ended, Ended::Infeasible, "{round}.{step}");
                    let worst = twin.cost.iter().zip(&twin.bounds).map(|(c, b)| (c * b.0).max(c * b.1)).sum();
                    weak_duality(&twin, &own, worst);
                }
            }
            if seed.below(3) == 0 {
                saved = Some(own.basis());
            }
        }
    }
    assert!(optimal > 200 && infeasible > 200, "{optimal} {infeasible}");
}

/// The prices prove the value: the rows times their prices leave nothing better within the bounds.
fn weak_duality(twin: &Twin, own: &Simplex, value: f64) {
    let mut left = twin.cost.clone();
    let mut proved = 0.0;
    let mut largest = 1.0f64;
    for ((terms, right), price) in twin.rows.iter().zip(own.prices()) {
        terms.iter().for_each(|&(c, a)| left[c as usize] += price * a);
        proved -= price * right;
        largest = largest.max(price);
    }
    for (reduced, (low, high)) in left.iter().zip(&twin.bounds) {
        proved += if *reduced > 0.0 { reduced * low } else { reduced * high };
    }
    assert!(proved > value - 1e-3 * value.abs().max(1.0), "{proved} of {value}, prices up to {largest}");
}
