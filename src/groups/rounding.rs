//! Mixed-integer rounding of sums of rows.
//!
//! Rows are added up, with whole factors, so that a variable that the point
//! leaves between its bounds drops out; the sum is divided and rounded, with
//! some variables counted from their upper bound. After Marchand and Wolsey,
//! "Aggregation and mixed integer rounding to solve MIPs", 2001.

use super::cuts::{Cut, Rounding};
use super::model::gcd;
use super::relax::{Column, Relaxation, Row};
use std::collections::BTreeMap;

/// Most rows in a sum.
const DEEPEST: usize = 5;
/// Largest number in a sum: what is longer is worth nothing.
const LARGEST: i64 = 1 << 20;
/// How far outside a cut the point must be, per unit of the cut's length.
const DEPTH: f64 = 0.01;
/// How far inside its bounds a value is between them.
const BETWEEN: f64 = 1e-6;

/// Cuts that the point breaks, each with how deep.
pub(super) fn separate(relaxation: &Relaxation, most: &[i64]) -> Vec<(f64, Cut)> {
    let point: Vec<f64> = (0..relaxation.columns.len()).map(|c| relaxation.value(c)).collect();
    let usable = |row: &&Row| {
        row.source.is_some()
            && row
                .terms
                .iter()
                .all(|t| !matches!(relaxation.columns[t.0 as usize], Column::Off(_) | Column::Sitting(_)))
    };
    let rows: Vec<&Row> = relaxation.all_rows().filter(usable).collect();
    let mut of = vec![Vec::new(); point.len()];
    for (at, row) in rows.iter().enumerate() {
        row.terms.iter().for_each(|&(c, a)| of[c as usize].push((at as u32, a)));
    }
    let slack: Vec<f64> = rows.iter().map(|row| relaxation.slack(row)).collect();
    let ground = Ground { rows: &rows, of: &of, slack: &slack, point: &point, most };
    let mut found = Vec::new();
    let mut sum = Sum { terms: vec![0; point.len()], touched: Vec::new(), right: 0, rows: Vec::new() };
    for (at, &free) in slack.iter().enumerate() {
        if free < 0.5 {
            ground.grow(at, &mut sum, &mut found);
            sum.clear();
        }
    }
    found.into_iter().map(|(depth, cut)| (depth, ground.written(cut, &relaxation.columns))).collect()
}

struct Ground<'r> {
    rows: &'r [&'r Row],
    /// Rows of each column, with its factor there.
    of: &'r [Vec<(u32, i64)>],
    slack: &'r [f64],
    point: &'r [f64],
    /// Upper bound of each column.
    most: &'r [i64],
}

/// Rows added up.
struct Sum {
    terms: Vec<i64>,
    touched: Vec<u32>,
    right: i64,
    rows: Vec<(usize, i64)>,
}

/// A cut by column.
struct Found {
    terms: Vec<(u32, i64)>,
    right: i64,
    rows: Vec<(usize, i64)>,
    complemented: Vec<u32>,
    divisor: i64,
}

impl Sum {
    fn clear(&mut self) {
        self.touched.drain(..).for_each(|c| self.terms[c as usize] = 0);
        self.rows.clear();
        self.right = 0;
    }

    /// Multiplies by `own`, and adds a row `times` times; whether numbers stay small.
    fn add(&mut self, own: i64, row: &Row, at: usize, times: i64) -> bool {
        for &c in &self.touched {
            self.terms[c as usize] *= own;
        }
        self.right *= own;
        self.rows.iter_mut().for_each(|r| r.1 *= own);
        for &(c, a) in &row.terms {
            // What is touched is not nothing, and a row has each column once.
            if self.terms[c as usize] == 0 {
                self.touched.push(c);
            }
            self.terms[c as usize] += a * times;
        }
        self.right += row.right * times;
        match self.rows.iter_mut().find(|r| r.0 == at) {
            Some(r) => r.1 += times,
            None => self.rows.push((at, times)),
        }
        let terms = &self.terms;
        self.touched.retain(|&c| terms[c as usize] != 0);
        self.right.abs() < LARGEST && self.touched.iter().all(|&c| terms[c as usize].abs() < LARGEST)
    }
}

impl Ground<'_> {
    /// How far inside its bounds a column is.
    fn inside(&self, c: u32) -> f64 {
        let x = self.point[c as usize];
        x.min(self.most[c as usize] as f64 - x)
    }

    /// Starts from a row, rounds, and while that cuts nothing adds another row.
    fn grow(&self, at: usize, sum: &mut Sum, found: &mut Vec<(f64, Found)>) {
        if !sum.add(1, self.rows[at], at, 1) {
            return;
        }
        for depth in 1..=DEEPEST {
            if let Some(cut) = self.round(sum) {
                found.push(cut);
                return;
            }
            if depth == DEEPEST || !self.widen(sum) {
                return;
            }
        }
    }

    /// Adds a row so that the column furthest inside its bounds drops out.
    fn widen(&self, sum: &mut Sum) -> bool {
        let mut inner: Vec<(f64, u32)> =
            sum.touched.iter().map(|&c| (self.inside(c), c)).filter(|i| i.0 > BETWEEN).collect();
        inner.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, c) in inner {
            let own = sum.terms[c as usize];
            let mut best: Option<(f64, usize, i64)> = None;
            for &(at, a) in &self.of[c as usize] {
                let (at, opposite) = (at as usize, a.signum() == -own.signum());
                if opposite && !sum.rows.iter().any(|r| r.0 == at) {
                    let merit = self.slack[at] + 1e-3 * self.rows[at].terms.len() as f64;
                    if merit < best.map_or(0.5, |b| b.0) {
                        best = Some((merit, at, a));
                    }
                }
            }
            if let Some((_, at, a)) = best {
                let common = gcd(own.unsigned_abs(), a.unsigned_abs()) as i64;
                return sum.add(a.abs() / common, self.rows[at], at, own.abs() / common);
            }
        }
        false
    }

    /// The deepest rounding of a sum.
    fn round(&self, sum: &Sum) -> Option<(f64, Found)> {
        let mut complemented: Vec<u32> = sum
            .touched
            .iter()
            .copied()
            .filter(|&c| 2.0 * self.point[c as usize] > self.most[c as usize] as f64)
            .collect();
        complemented.sort_unstable();
        let mut divisors: Vec<i64> = sum
            .touched
            .iter()
            .filter(|&&c| self.inside(c) > BETWEEN)
            .map(|&c| sum.terms[c as usize].abs())
            .filter(|&a| a > 1)
            .collect();
        divisors.sort_unstable();
        divisors.dedup();
        divisors.truncate(12);
        if divisors.is_empty() && sum.rows.len() > 1 {
            divisors.push(2);
        }
        let mut best = None;
        for divisor in divisors {
            self.keep_deeper(sum, &complemented, divisor, &mut best);
        }
        let (depth, divisor) = best?;
        let mut best = Some((depth, divisor));
        for part in [2, 4, 8] {
            if divisor % part == 0 {
                self.keep_deeper(sum, &complemented, divisor / part, &mut best);
            }
        }
        let (mut depth, divisor) = best?;
        // Complement, one by one, what is near the middle, while it helps.
        let mut middle: Vec<(f64, u32)> =
            sum.touched.iter().map(|&c| (self.inside(c), c)).filter(|i| i.0 > BETWEEN).collect();
        middle.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, c) in middle.into_iter().take(10) {
            let mut other = complemented.clone();
            match other.binary_search(&c) {
                Ok(at) => drop(other.remove(at)),
                Err(at) => other.insert(at, c),
            }
            let deeper = self.depth(sum, &other, divisor);
            if deeper > depth {
                (depth, complemented) = (deeper, other);
            }
        }
        if depth < DEPTH {
            return None;
        }
        let (terms, right) = rounded(sum, &complemented, self.most, divisor);
        complemented.retain(|&c| sum.terms[c as usize] != 0);
        let found = Found { terms, right, rows: sum.rows.clone(), complemented, divisor };
        Some((depth, found))
    }

    fn keep_deeper(&self, sum: &Sum, complemented: &[u32], divisor: i64, best: &mut Option<(f64, i64)>) {
        let depth = self.depth(sum, complemented, divisor);
        if depth > best.map_or(DEPTH / 4.0, |b| b.0) {
            *best = Some((depth, divisor));
        }
    }

    /// How far the point is outside a rounding, per unit of its length.
    fn depth(&self, sum: &Sum, complemented: &[u32], divisor: i64) -> f64 {
        let (terms, right) = rounded(sum, complemented, self.most, divisor);
        let (mut left, mut length) = (-(right as f64), 0.0);
        for (c, a) in terms {
            left += a as f64 * self.point[c as usize];
            length += (a * a) as f64;
        }
        if length > 0.0 { left / length.sqrt() } else { 0.0 }
    }

    fn written(&self, found: Found, columns: &[Column]) -> Cut {
        let mut cut = Cut {
            groups: Vec::new(),
            gates: Vec::new(),
            arcs: Vec::new(),
            right: found.right,
            why: Rounding {
                rows: found
                    .rows
                    .iter()
                    .filter_map(|&(at, times)| Some((self.rows[at].source.clone()?, times)))
                    .collect(),
                complemented: found.complemented.iter().map(|&c| columns[c as usize]).collect(),
                divisor: found.divisor,
            },
        };
        for (c, a) in found.terms {
            match columns[c as usize] {
                Column::Arc(at) => cut.arcs.push((at, a)),
                Column::Groups(o) => cut.groups.push((o, a)),
                Column::Gate(g) => cut.gates.push((g, a)),
                Column::Off(_) | Column::Sitting(_) => {}
            }
        }
        cut
    }
}

/// The rounding of a sum, terms by column; see `certificate::Cut::Rounded`.
fn rounded(sum: &Sum, complemented: &[u32], most: &[i64], divisor: i64) -> (Vec<(u32, i64)>, i64) {
    let back = |c: u32| complemented.binary_search(&c).is_ok();
    let taken: i64 = complemented.iter().map(|&c| sum.terms[c as usize] * most[c as usize]).sum();
    let right = sum.right - taken;
    let (floor, rest) = (right.div_euclid(divisor), right.rem_euclid(divisor));
    let mut right = floor * (divisor - rest);
    let mut terms: Vec<(u32, i64)> = Vec::with_capacity(sum.touched.len());
    for &c in &sum.touched {
        let replaced = back(c);
        let a = if replaced { -sum.terms[c as usize] } else { sum.terms[c as usize] };
        let a = a.div_euclid(divisor) * (divisor - rest) + (a.rem_euclid(divisor) - rest).max(0);
        if replaced {
            right -= a * most[c as usize];
        }
        if a != 0 {
            terms.push((c, if replaced { -a } else { a }));
        }
    }
    terms.sort_unstable();
    (terms, right)
}

/// The rounding of a sum of rows, by column; `None` where its numbers grow too large.
pub(super) fn derived(
    sum: &BTreeMap<Column, i64>,
    right: i64,
    complemented: &[Column],
    most: impl Fn(Column) -> i64,
    divisor: i64,
) -> Option<(Vec<(Column, i64)>, i64)> {
    let (columns, terms): (Vec<Column>, Vec<i64>) = sum.iter().filter(|t| *t.1 != 0).unzip();
    let limits: Vec<i64> = columns.iter().map(|&c| most(c)).collect();
    let small = |n: &i64| n.abs() < LARGEST;
    if !(1..LARGEST).contains(&divisor) || !terms.iter().chain(&limits).chain([&right]).all(small) {
        return None;
    }
    let mut back: Vec<u32> =
        complemented.iter().filter_map(|c| columns.binary_search(c).ok()).map(|at| at as u32).collect();
    back.sort_unstable();
    let touched = (0..columns.len() as u32).collect();
    let sum = Sum { terms, touched, right, rows: Vec::new() };
    let (terms, right) = rounded(&sum, &back, &limits, divisor);
    Some((terms.into_iter().map(|(c, a)| (columns[c as usize], a)).collect(), right))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever whole point a sum allows, its rounding allows.
    #[test]
    fn rounding_keeps_every_whole_point() {
        let most = [2, 3, 1];
        let mut refused = 0;
        for (a, b, c, right) in (-3..5i64).flat_map(|a| {
            (-3..5).flat_map(move |b| (-2..4).flat_map(move |c| (-4..9).map(move |right| (a, b, c, right))))
        }) {
            let touched = (0..3).filter(|&i| [a, b, c][i as usize] != 0).collect();
            let sum = Sum { terms: vec![a, b, c], touched, right, rows: Vec::new() };
            for (complemented, divisor) in (0..8u32).flat_map(|mask| (1..5).map(move |d| (mask, d))) {
                let complemented: Vec<u32> = (0..3).filter(|i| complemented >> i & 1 == 1).collect();
                let (terms, limit) = rounded(&sum, &complemented, &most, divisor);
                for (x, y, z) in
                    (0..=2).flat_map(|x| (0..=3).flat_map(move |y| (0..=1).map(move |z| (x, y, z))))
                {
                    let left: i64 = terms.iter().map(|t| t.1 * [x, y, z][t.0 as usize]).sum();
                    let allowed = a * x + b * y + c * z <= right;
                    assert!(!allowed || left <= limit, "{a} {b} {c} <= {right} / {divisor} at {x} {y} {z}");
                    refused += u32::from(!allowed && left > limit);
                }
            }
        }
        assert!(refused > 1_000);
    }
}
