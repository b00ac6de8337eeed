//! A dual simplex for the relaxations of a part: every variable is bounded,
//! rows are added and bounds moved, and each solve starts from the basis of the
//! one before.
//!
//! Floating point only *proposes* here: duals become whole prices that the dual
//! (`dual.rs`) evaluates in integers, and a point is rounded and verified. So
//! tolerances are plain, costs are perturbed against ties and never put back,
//! and whatever goes wrong ends in the basis of slacks, which is always feasible
//! for the dual because every variable is bounded.
//!
//! Bound flipping ratio test: Maros, *Computational techniques of the simplex
//! method*, 2003. Steepest edge: Forrest and Goldfarb, 1992.

mod factors;

use factors::{Entries, Factors};

/// How a solve ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// The point is optimal.
    Optimal,
    /// The objective is no better than the cutoff.
    Cutoff,
    /// No point satisfies the rows: the duals prove it.
    Infeasible,
    /// The iterations allowed were not enough.
    Limit,
}

/// Where a variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Basic(u32),
    Low,
    High,
}

/// A basis to come back to.
#[derive(Clone)]
pub(super) struct Basis {
    /// For each variable: at its low bound, at its high one, or basic.
    places: Vec<u8>,
}

/// `min cost·x`, `rows·x <= right`, `low <= x <= high`.
pub(super) struct Simplex {
    columns: Vec<Entries>,
    rows: Vec<Entries>,
    right: Vec<f64>,
    cost: Vec<f64>,
    /// Bounds of the columns, then of the rows' slacks.
    low: Vec<f64>,
    high: Vec<f64>,
    place: Vec<Place>,
    /// The basic variable of each row.
    head: Vec<u32>,
    /// Its value.
    basic: Vec<f64>,
    /// Reduced costs.
    reduced: Vec<f64>,
    /// Steepest edge weights, by row.
    weights: Vec<f64>,
    factors: Factors,
    stale: bool,
    objective: f64,
    /// Iterations of all solves.
    iterations: u64,
    scratch: Scratch,
}

#[derive(Default)]
struct Scratch {
    /// Row of the basis' inverse, then of the tableau, by variable.
    row: Vec<f64>,
    pivot: Vec<f64>,
    touched: Vec<u32>,
    column: Vec<f64>,
    edge: Vec<f64>,
    flips: Vec<f64>,
    candidates: Vec<(f64, u32)>,
}

/// How far outside a bound a value may be.
const PRIMAL: f64 = 1e-7;
/// How far a reduced cost may have the wrong sign.
const DUAL: f64 = 1e-8;
/// Entries of a pivot row smaller than this never enter.
const PIVOT: f64 = 1e-7;
/// Pivots between two factorizations.
const AGE: usize = 80;

impl Simplex {
    /// A program without rows.
    pub(super) fn new(cost: Vec<f64>, bounds: &[(f64, f64)]) -> Self {
        let largest = cost.iter().map(|c| c.abs()).fold(0.0, f64::max).max(1e-9);
        let perturbed = |(j, c): (usize, f64)| c + largest * 1e-6 * (1.0 + hash(j as u64) as f64 / 1024.0);
        let mut simplex = Self {
            columns: vec![Vec::new(); cost.len()],
            rows: Vec::new(),
            right: Vec::new(),
            reduced: Vec::new(),
            low: bounds.iter().map(|b| b.0).collect(),
            high: bounds.iter().map(|b| b.1).collect(),
            place: vec![Place::Low; cost.len()],
            head: Vec::new(),
            basic: Vec::new(),
            weights: Vec::new(),
            factors: Factors::default(),
            stale: true,
            objective: 0.0,
            iterations: 0,
            scratch: Scratch::default(),
            cost: cost.into_iter().enumerate().map(perturbed).collect(),
        };
        simplex.reduced.clone_from(&simplex.cost);
        (0..simplex.cost.len()).for_each(|j| simplex.settle(j));
        simplex
    }

    fn width(&self) -> usize {
        self.cost.len()
    }

    /// Adds `terms <= right`; its slack is basic.
    pub(super) fn add_row(&mut self, terms: &[(u32, f64)], right: f64) {
        let row = self.rows.len() as u32;
        for &(column, value) in terms {
            self.columns[column as usize].push((row, value));
        }
        self.rows.push(terms.to_vec());
        self.right.push(right);
        self.low.push(0.0);
        self.high.push(f64::INFINITY);
        self.reduced.push(0.0);
        self.head.push((self.width() + row as usize) as u32);
        self.place.push(Place::Basic(row));
        self.basic.push(0.0);
        self.weights.push(1.0);
        self.stale = true;
    }

    /// Moves the bounds of a column.
    pub(super) fn set_bounds(&mut self, column: usize, low: f64, high: f64) {
        if (self.low[column], self.high[column]) != (low, high) {
            (self.low[column], self.high[column]) = (low, high);
            self.stale = true;
        }
    }

    /// Value of a column.
    pub(super) fn value(&self, column: usize) -> f64 {
        self.at(column)
    }

    /// The price of each row: by how much one unit more of its right side would
    /// lower the objective.
    pub(super) fn prices(&self) -> impl Iterator<Item = f64> {
        self.reduced[self.width()..].iter().map(|d| d.max(0.0))
    }

    /// The objective at the basis: a bound from below while it is not optimal.
    pub(super) const fn objective(&self) -> f64 {
        self.objective
    }

    /// The basis, to come back to with [`Self::restore`].
    pub(super) fn basis(&self) -> Basis {
        let code = |p: &Place| match p {
            Place::Basic(_) => 2,
            Place::Low => 0,
            Place::High => 1,
        };
        Basis { places: self.place.iter().map(code).collect() }
    }

    /// Goes back to a basis; rows that have come since have a basic slack.
    pub(super) fn restore(&mut self, basis: &Basis) {
        let mut row = 0;
        for (variable, place) in self.place.iter_mut().enumerate() {
            let code = basis.places.get(variable).copied().unwrap_or(2);
            *place = match code {
                0 => Place::Low,
                1 => Place::High,
                _ => {
                    // Which row it pivots on, the factors will tell.
                    if let Some(head) = self.head.get_mut(row) {
                        *head = variable as u32;
                    }
                    row += 1;
                    Place::Basic(row as u32 - 1)
                }
            };
        }
        self.weights.fill(1.0);
        self.factors = Factors::default();
        self.stale = true;
        self.refactor();
    }

    /// What the objective would be at least with other bounds for a column, as far as some iterations
    /// tell; everything is left as it was.
    pub(super) fn probe(&mut self, column: usize, low: f64, high: f64, cutoff: f64, iterations: u64) -> f64 {
        let saved = (
            self.place.clone(),
            self.head.clone(),
            self.basic.clone(),
            self.reduced.clone(),
            self.weights.clone(),
            self.objective,
            (self.low[column], self.high[column]),
        );
        let mark = self.factors.mark();
        self.set_bounds(column, low, high);
        let ended = self.solve(cutoff, iterations);
        let reached = if ended == Ended::Infeasible { f64::INFINITY } else { self.objective };
        (self.place, self.head, self.basic, self.reduced, self.weights, self.objective) =
            (saved.0, saved.1, saved.2, saved.3, saved.4, saved.5);
        (self.low[column], self.high[column]) = saved.6;
        self.stale = false;
        if !self.factors.back_to(mark) {
            self.refactor();
            self.recompute();
        }
        reached
    }

    fn at(&self, variable: usize) -> f64 {
        match self.place[variable] {
            Place::Basic(row) => self.basic[row as usize],
            Place::Low | Place::High => self.at_bound(variable),
        }
    }

    /// Puts a variable that is not basic where its reduced cost clearly wants it.
    fn settle(&mut self, variable: usize) {
        let reduced = self.reduced[variable];
        match self.place[variable] {
            Place::Low if reduced < -DUAL && self.high[variable].is_finite() => {
                self.place[variable] = Place::High;
            }
            Place::High if reduced > DUAL => self.place[variable] = Place::Low,
            _ => {}
        }
    }

    /// Solves from the basis of the last solve, until the objective reaches `cutoff`.
    pub(super) fn solve(&mut self, cutoff: f64, iterations: u64) -> Ended {
        if self.factors.age() == 0 && self.factors.weight().1 == 0
            || self.head.len() != self.scratch.edge.len()
        {
            self.refactor();
        }
        if self.stale {
            self.recompute();
        }
        let last = self.iterations + iterations;
        let mut trouble = 0;
        loop {
            if self.objective >= cutoff {
                return Ended::Cutoff;
            }
            let Some((row, above)) = self.leaving() else { return Ended::Optimal };
            if self.iterations >= last {
                return Ended::Limit;
            }
            self.iterations += 1;
            match self.pivot(row, above) {
                Pivoted::Done => {}
                Pivoted::Infeasible => return Ended::Infeasible,
                Pivoted::Imprecise => {
                    trouble += 1;
                    if trouble > 20 {
                        self.slacks();
                        return Ended::Limit;
                    }
                    self.refactor();
                    self.recompute();
                }
            }
            let (fresh, whole) = self.factors.weight();
            if self.factors.age() >= AGE || fresh > 2 * whole + 2_000 {
                self.refactor();
                self.recompute();
            }
        }
    }

    /// The row whose basic variable is furthest outside its bounds, and whether above.
    fn leaving(&self) -> Option<(usize, bool)> {
        let mut best: Option<(f64, usize, bool)> = None;
        for (row, (&variable, &value)) in self.head.iter().zip(&self.basic).enumerate() {
            let (low, high) = (self.low[variable as usize], self.high[variable as usize]);
            let (outside, above) = if value > high { (value - high, true) } else { (low - value, false) };
            if outside > PRIMAL {
                let merit = outside * outside / self.weights[row];
                if best.is_none_or(|b| merit > b.0) {
                    best = Some((merit, row, above));
                }
            }
        }
        best.map(|b| (b.1, b.2))
    }

    fn pivot(&mut self, row: usize, above: bool) -> Pivoted {
        let mut s = std::mem::take(&mut self.scratch);
        let pivoted = self.pivot_with(row, above, &mut s);
        self.scratch = s;
        pivoted
    }

    fn pivot_with(&mut self, row: usize, above: bool, s: &mut Scratch) -> Pivoted {
        let m = self.head.len();
        s.row.clear();
        s.row.resize(m, 0.0);
        s.row[row] = 1.0;
        self.factors.backward(&mut s.row);
        let sign = if above { 1.0 } else { -1.0 };
        self.price_row(sign, s);
        let leaving = self.head[row] as usize;
        let bound = if above { self.high[leaving] } else { self.low[leaving] };
        let outside = (self.basic[row] - bound).abs();
        let (entering, step) = match self.ratio(outside, s) {
            Ok(entering) => entering,
            Err(slope) => {
                self.blame(leaving, sign, slope, s);
                return Pivoted::Infeasible;
            }
        };
        s.column.clear();
        s.column.resize(m, 0.0);
        self.add_column(entering, 1.0, &mut s.column);
        self.factors.forward(&mut s.column);
        let pivot = s.column[row];
        let expected = sign * s.pivot[entering];
        if (pivot - expected).abs() > 1e-6 * (1.0 + pivot.abs()) && self.factors.age() > 0
            || pivot.abs() < PIVOT / 10.0
        {
            self.forget(s);
            return Pivoted::Imprecise;
        }
        self.flip(s);
        self.move_reduced(step, entering, s);
        let length = (self.basic[row] - bound) / pivot;
        self.objective += self.reduced[entering] * length;
        self.steepest(row, pivot, s);
        for (value, w) in self.basic.iter_mut().zip(&s.column) {
            *value -= length * w;
        }
        let value = self.at_bound(entering) + length;
        self.factors.update(row, &s.column);
        self.place[leaving] = if above { Place::High } else { Place::Low };
        self.reduced[leaving] = -sign * step;
        self.place[entering] = Place::Basic(row as u32);
        self.reduced[entering] = 0.0;
        self.head[row] = entering as u32;
        self.basic[row] = value;
        self.forget(s);
        Pivoted::Done
    }

    fn at_bound(&self, variable: usize) -> f64 {
        if self.place[variable] == Place::High { self.high[variable] } else { self.low[variable] }
    }

    /// The pivot row, times `sign`, over the variables that are not basic.
    fn price_row(&self, sign: f64, s: &mut Scratch) {
        let width = self.width();
        s.pivot.resize(width + self.rows.len(), 0.0);
        for (row, &value) in s.row.iter().enumerate() {
            if value.abs() < 1e-12 {
                continue;
            }
            let value = value * sign;
            for &(column, a) in &self.rows[row] {
                let entry = &mut s.pivot[column as usize];
                if *entry == 0.0 {
                    s.touched.push(column);
                }
                *entry += value * a;
                if *entry == 0.0 {
                    *entry = f64::MIN_POSITIVE;
                }
            }
            s.pivot[width + row] = value;
            s.touched.push((width + row) as u32);
        }
    }

    fn forget(&self, s: &mut Scratch) {
        s.touched.drain(..).for_each(|v| s.pivot[v as usize] = 0.0);
    }

    /// The variable to enter and the dual step; those passed on the way, to be
    /// flipped, stay in the candidates. When none can enter, what the dual still gains by each step.
    fn ratio(&self, outside: f64, s: &mut Scratch) -> Result<(usize, f64), f64> {
        s.candidates.clear();
        for &v in &s.touched {
            let a = s.pivot[v as usize];
            let d = self.reduced[v as usize];
            let ratio = match self.place[v as usize] {
                Place::Low if a > PIVOT => d.max(0.0) / a,
                Place::High if a < -PIVOT => d.min(0.0) / a,
                _ => continue,
            };
            // A fixed one never enters: its price may have any sign.
            if self.low[v as usize] < self.high[v as usize] {
                s.candidates.push((ratio, v));
            }
        }
        s.candidates.sort_unstable_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)));
        let mut slope = outside;
        let mut at = 0;
        while at < s.candidates.len() {
            let v = s.candidates[at].1 as usize;
            let less = slope - s.pivot[v].abs() * (self.high[v] - self.low[v]);
            if less < PRIMAL {
                break;
            }
            slope = less;
            at += 1;
        }
        if at == s.candidates.len() {
            return Err(slope);
        }
        // Among nearly equal ratios, the largest pivot is the safest.
        let limit = s.candidates[at].0 + 1e-9;
        let mut best = at;
        for next in at + 1..s.candidates.len() {
            if s.candidates[next].0 > limit {
                break;
            }
            if s.pivot[s.candidates[next].1 as usize].abs() > s.pivot[s.candidates[best].1 as usize].abs() {
                best = next;
            }
        }
        let (ratio, entering) = s.candidates[best];
        s.candidates.truncate(at);
        Ok((entering as usize, ratio))
    }

    /// Duals that prove that a row can't be satisfied: far along the pivot row.
    /// As far as the whole range of the objective asks.
    fn blame(&mut self, leaving: usize, sign: f64, slope: f64, s: &mut Scratch) {
        let ranges = self.cost.iter().zip(self.high.iter().zip(&self.low));
        let range: f64 = ranges.map(|(c, (high, low))| c.abs() * (high - low)).sum();
        let far = 1.0 + 2.0 * range / slope;
        for &v in &s.touched {
            if !matches!(self.place[v as usize], Place::Basic(_)) {
                self.reduced[v as usize] -= far * s.pivot[v as usize];
            }
        }
        self.reduced[leaving] = -sign * far;
        self.forget(s);
        self.stale = true;
    }

    /// Flips the candidates that the step passes.
    fn flip(&mut self, s: &mut Scratch) {
        if s.candidates.is_empty() {
            return;
        }
        s.flips.clear();
        s.flips.resize(self.head.len(), 0.0);
        for &(_, v) in &s.candidates {
            let v = v as usize;
            let range = self.high[v] - self.low[v];
            let (place, change) =
                if self.place[v] == Place::Low { (Place::High, range) } else { (Place::Low, -range) };
            self.place[v] = place;
            self.objective += self.reduced[v] * change;
            self.add_column(v, change, &mut s.flips);
        }
        self.factors.forward(&mut s.flips);
        for (value, change) in self.basic.iter_mut().zip(&s.flips) {
            *value -= change;
        }
    }

    fn move_reduced(&mut self, step: f64, entering: usize, s: &Scratch) {
        for &v in &s.touched {
            let v = v as usize;
            if v != entering && !matches!(self.place[v], Place::Basic(_)) {
                self.reduced[v] -= step * s.pivot[v];
            }
        }
    }

    fn steepest(&mut self, row: usize, pivot: f64, s: &mut Scratch) {
        s.edge.clone_from(&s.row);
        self.factors.forward(&mut s.edge);
        // What is known exactly replaces what was kept up to date.
        let own: f64 = s.row.iter().map(|r| r * r).sum();
        for (at, (weight, &w)) in self.weights.iter_mut().zip(&s.column).enumerate() {
            if w != 0.0 && at != row {
                let ratio = w / pivot;
                *weight = (*weight - 2.0 * ratio * s.edge[at] + ratio * ratio * own).max(1e-4);
            }
        }
        self.weights[row] = (own / (pivot * pivot)).max(1e-4);
    }

    fn add_column(&self, variable: usize, times: f64, into: &mut [f64]) {
        match self.columns.get(variable) {
            Some(entries) => entries.iter().for_each(|&(row, a)| into[row as usize] += times * a),
            None => into[variable - self.width()] += times,
        }
    }

    /// Factors the basis anew; the basis of slacks when it can't be.
    fn refactor(&mut self) {
        let m = self.rows.len();
        let width = self.width();
        let mut slack = vec![false; m];
        let mut basics: Vec<u32> = Vec::new();
        for &v in &self.head {
            match (v as usize).checked_sub(width) {
                Some(row) => slack[row] = true,
                None => basics.push(v),
            }
        }
        basics.sort_unstable();
        let columns: Vec<&[(u32, f64)]> = basics.iter().map(|&v| &self.columns[v as usize][..]).collect();
        let Some(rows) = self.factors.factor(&columns, &slack) else { return self.slacks() };
        // Weights follow their variables.
        let mut weight_of = vec![1.0; width + m];
        self.head.iter().zip(&self.weights).for_each(|(&v, &w)| weight_of[v as usize] = w);
        for row in (0..m).filter(|&r| slack[r]) {
            self.seat(width + row, row, &weight_of);
        }
        for (&v, &row) in basics.iter().zip(&rows) {
            self.seat(v as usize, row as usize, &weight_of);
        }
        self.scratch.edge.resize(m, 0.0);
        self.stale = true;
    }

    fn seat(&mut self, variable: usize, row: usize, weight_of: &[f64]) {
        self.head[row] = variable as u32;
        self.place[variable] = Place::Basic(row as u32);
        self.weights[row] = weight_of[variable];
    }

    /// Back to the basis of slacks.
    fn slacks(&mut self) {
        let width = self.width();
        for v in 0..width {
            self.place[v] = Place::Low;
        }
        for row in 0..self.rows.len() {
            self.head[row] = (width + row) as u32;
            self.place[width + row] = Place::Basic(row as u32);
        }
        self.weights.fill(1.0);
        let all = vec![true; self.rows.len()];
        self.factors.factor(&[], &all);
        self.scratch.edge.resize(self.rows.len(), 0.0);
        self.stale = true;
    }

    /// Reduced costs, values and the objective from the factors.
    fn recompute(&mut self) {
        let (m, width) = (self.rows.len(), self.width());
        let mut y = vec![0.0; m];
        for (row, &v) in self.head.iter().enumerate() {
            y[row] = self.cost.get(v as usize).copied().unwrap_or(0.0);
        }
        self.factors.backward(&mut y);
        for v in 0..width {
            let priced: f64 = self.columns[v].iter().map(|&(row, a)| y[row as usize] * a).sum();
            self.reduced[v] = self.cost[v] - priced;
        }
        for (row, price) in y.iter().enumerate() {
            self.reduced[width + row] = -price;
        }
        let mut right = self.right.clone();
        self.objective = 0.0;
        for v in 0..width + m {
            if matches!(self.place[v], Place::Basic(_)) {
                self.reduced[v] = 0.0;
                continue;
            }
            self.settle(v);
            let value = self.at_bound(v);
            if value != 0.0 {
                self.add_column(v, -value, &mut right);
                self.objective += self.cost.get(v).map_or(0.0, |c| c * value);
            }
        }
        self.factors.forward(&mut right);
        self.basic = right;
        for (&v, value) in self.head.iter().zip(&self.basic) {
            self.objective += self.cost.get(v as usize).map_or(0.0, |c| c * value);
        }
        self.stale = false;
    }
}

enum Pivoted {
    Done,
    Infeasible,
    /// The factors have lost too much: factor again.
    Imprecise,
}

/// A number below 1024 that looks random.
const fn hash(x: u64) -> u64 {
    let z = x.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (z ^ (z >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 54
}

#[cfg(test)]
mod tests;
