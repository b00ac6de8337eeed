//! A basis as sparse triangular factors and, after them, the pivots made since.
//!
//! Columns of slacks are ones and cost nothing; what is left is eliminated by
//! Markowitz's count with threshold pivoting, singletons first.

use std::collections::BTreeSet;

/// Entries of a sparse vector.
pub(super) type Entries = Vec<(u32, f64)>;

/// Sparse columns one after the other, each with the place of its pivot.
#[derive(Default)]
struct Columns {
    pivots: Vec<(u32, f64)>,
    ends: Vec<u32>,
    entries: Entries,
}

impl Columns {
    fn clear(&mut self) {
        self.pivots.clear();
        self.ends.clear();
        self.entries.clear();
    }

    fn close(&mut self, place: u32, pivot: f64) {
        self.pivots.push((place, pivot));
        self.ends.push(self.entries.len() as u32);
    }

    fn len(&self) -> usize {
        self.pivots.len()
    }

    fn get(&self, at: usize) -> (usize, f64, &[(u32, f64)]) {
        let from = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        let (place, pivot) = self.pivots[at];
        (place as usize, pivot, &self.entries[from..self.ends[at] as usize])
    }
}

/// The factors of a basis. Vectors are indexed by row; the basic variable of a
/// row is the one that the elimination pivoted there.
#[derive(Default)]
pub(super) struct Factors {
    lower: Columns,
    upper: Columns,
    updates: Columns,
    /// How often a basis was factored.
    times: u64,
}

/// A moment to go back to.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    times: u64,
    updates: usize,
    entries: usize,
}

/// Smallest pivot, against the largest entry of its column.
const THRESHOLD: f64 = 0.1;
/// Entries below this are nothing.
const NOTHING: f64 = 1e-11;

impl Factors {
    /// Factors the basis of `columns` and of the slacks of the rows in
    /// `slack`; the row that each column was pivoted on, or `None` when they
    /// depend on one another.
    pub(super) fn factor(&mut self, columns: &[&[(u32, f64)]], slack: &[bool]) -> Option<Vec<u32>> {
        self.times += 1;
        self.lower.clear();
        self.upper.clear();
        self.updates.clear();
        for row in (0..slack.len()).filter(|&r| slack[r]) {
            self.upper.close(row as u32, 1.0);
        }
        let mut active = Active::new(columns, slack);
        let mut rows = vec![u32::MAX; columns.len()];
        for _ in 0..columns.len() {
            let (row, column) = active.choose()?;
            rows[column as usize] = row;
            active.eliminate(row, column, &mut self.lower, &mut self.upper);
        }
        Some(rows)
    }

    /// Pivots made since the basis was factored.
    pub(super) fn age(&self) -> usize {
        self.updates.len()
    }

    /// Where the factors are now.
    pub(super) fn mark(&self) -> Mark {
        Mark { times: self.times, updates: self.updates.len(), entries: self.updates.entries.len() }
    }

    /// Forgets the pivots made since a moment; whether the basis was not factored anew since.
    pub(super) fn back_to(&mut self, mark: Mark) -> bool {
        self.updates.pivots.truncate(mark.updates);
        self.updates.ends.truncate(mark.updates);
        self.updates.entries.truncate(mark.entries);
        self.times == mark.times
    }

    /// Entries of the pivots made since, and those of the factors.
    pub(super) fn weight(&self) -> (usize, usize) {
        (self.updates.entries.len(), self.lower.entries.len() + self.upper.entries.len() + self.upper.len())
    }

    /// Solves `B x = x`.
    pub(super) fn forward(&self, x: &mut [f64]) {
        for at in 0..self.lower.len() {
            let (place, _, entries) = self.lower.get(at);
            let value = x[place];
            if value != 0.0 {
                entries.iter().for_each(|&(i, m)| x[i as usize] -= m * value);
            }
        }
        for at in (0..self.upper.len()).rev() {
            let (place, pivot, entries) = self.upper.get(at);
            if x[place] != 0.0 {
                let value = x[place] / pivot;
                x[place] = value;
                entries.iter().for_each(|&(i, u)| x[i as usize] -= u * value);
            }
        }
        for at in 0..self.updates.len() {
            let (place, pivot, entries) = self.updates.get(at);
            if x[place] != 0.0 {
                let value = x[place] / pivot;
                x[place] = value;
                entries.iter().for_each(|&(i, w)| x[i as usize] -= w * value);
            }
        }
    }

    /// Solves `y B = y`.
    pub(super) fn backward(&self, y: &mut [f64]) {
        for at in (0..self.updates.len()).rev() {
            let (place, pivot, entries) = self.updates.get(at);
            y[place] = entries.iter().fold(y[place], |sum, &(i, w)| sum - w * y[i as usize]) / pivot;
        }
        for at in 0..self.upper.len() {
            let (place, pivot, entries) = self.upper.get(at);
            y[place] = entries.iter().fold(y[place], |sum, &(i, u)| sum - u * y[i as usize]) / pivot;
        }
        for at in (0..self.lower.len()).rev() {
            let (place, _, entries) = self.lower.get(at);
            y[place] = entries.iter().fold(y[place], |sum, &(i, m)| sum - m * y[i as usize]);
        }
    }

    /// Notes that the variable whose column solves to `column` became basic in `row`.
    pub(super) fn update(&mut self, row: usize, column: &[f64]) {
        let kept = column.iter().enumerate().filter(|&(i, w)| i != row && w.abs() > NOTHING);
        self.updates.entries.extend(kept.map(|(i, &w)| (i as u32, w)));
        self.updates.close(row as u32, column[row]);
    }
}

/// What is left to eliminate.
struct Active {
    /// Entries of each row, by column.
    rows: Vec<Entries>,
    /// Rows of each column; those that are done stay listed.
    columns: Vec<Vec<u32>>,
    /// Entries of each column in rows that are done.
    above: Vec<Entries>,
    done: Vec<bool>,
    counts: Vec<u32>,
    /// Columns by how many rows they still have.
    by_count: BTreeSet<(u32, u32)>,
    /// Rows that may have a single entry.
    single: Vec<u32>,
    scratch: Vec<f64>,
}

impl Active {
    fn new(columns: &[&[(u32, f64)]], slack: &[bool]) -> Self {
        let mut active = Self {
            rows: vec![Vec::new(); slack.len()],
            columns: vec![Vec::new(); columns.len()],
            above: vec![Vec::new(); columns.len()],
            done: slack.to_vec(),
            counts: vec![0; columns.len()],
            by_count: BTreeSet::new(),
            single: Vec::new(),
            scratch: vec![0.0; columns.len()],
        };
        for (c, entries) in columns.iter().enumerate() {
            for &(row, value) in *entries {
                if slack[row as usize] {
                    active.above[c].push((row, value));
                } else {
                    active.rows[row as usize].push((c as u32, value));
                    active.columns[c].push(row);
                }
            }
            active.counts[c] = active.columns[c].len() as u32;
            active.by_count.insert((active.counts[c], c as u32));
        }
        active.single = (0..slack.len() as u32)
            .filter(|&r| !slack[r as usize] && active.rows[r as usize].len() == 1)
            .collect();
        active
    }

    /// The next pivot: few entries beside it in its row and column, and not small.
    fn choose(&mut self) -> Option<(u32, u32)> {
        if let Some(&(count, c)) = self.by_count.first()
            && count <= 1
        {
            let row = self.columns[c as usize].iter().copied().find(|&r| !self.done[r as usize])?;
            return Some((row, c));
        }
        while let Some(row) = self.single.pop() {
            if !self.done[row as usize]
                && let [(c, value)] = self.rows[row as usize][..]
                && value.abs() > 1e-7
            {
                return Some((row, c));
            }
        }
        let mut best: Option<(u64, u32, u32)> = None;
        for &(count, c) in self.by_count.iter().take(4) {
            let entries: Entries = self.live(c).collect();
            let largest = entries.iter().map(|e| e.1.abs()).fold(0.0, f64::max);
            for (row, value) in entries {
                let fill = u64::from(count - 1) * (self.rows[row as usize].len() as u64 - 1);
                if value.abs() >= THRESHOLD * largest && value.abs() > 1e-7 && best.is_none_or(|b| fill < b.0)
                {
                    best = Some((fill, row, c));
                }
            }
        }
        best.map(|b| (b.1, b.2))
    }

    /// Entries of a column in rows that are not done.
    fn live(&self, c: u32) -> impl Iterator<Item = (u32, f64)> {
        self.columns[c as usize]
            .iter()
            .filter(|&&r| !self.done[r as usize])
            .filter_map(move |&r| self.rows[r as usize].iter().find(|e| e.0 == c).map(|e| (r, e.1)))
    }

    fn recount(&mut self, c: u32, change: i32) {
        let count = self.counts[c as usize];
        self.by_count.remove(&(count, c));
        self.counts[c as usize] = count.wrapping_add_signed(change);
        self.by_count.insert((self.counts[c as usize], c));
    }

    fn eliminate(&mut self, row: u32, column: u32, lower: &mut Columns, upper: &mut Columns) {
        let below: Entries = self.live(column).filter(|e| e.0 != row).collect();
        self.done[row as usize] = true;
        let pivot_row = std::mem::take(&mut self.rows[row as usize]);
        let pivot = pivot_row.iter().find(|e| e.0 == column).map_or(1.0, |e| e.1);
        upper.entries.extend(std::mem::take(&mut self.above[column as usize]));
        upper.close(row, pivot);
        self.by_count.remove(&(self.counts[column as usize], column));
        for &(c, value) in pivot_row.iter().filter(|e| e.0 != column) {
            self.above[c as usize].push((row, value));
            self.recount(c, -1);
        }
        for &(r, value) in &below {
            let factor = value / pivot;
            lower.entries.push((r, factor));
            self.subtract(r, column, factor, &pivot_row);
        }
        if !below.is_empty() {
            lower.close(row, 1.0);
        }
    }

    /// Row `r` less `factor` times the pivot's row.
    fn subtract(&mut self, r: u32, column: u32, factor: f64, pivot_row: &Entries) {
        let mut own = std::mem::take(&mut self.rows[r as usize]);
        own.retain(|e| e.0 != column);
        for &(c, value) in pivot_row.iter().filter(|e| e.0 != column) {
            self.scratch[c as usize] = factor * value;
        }
        for e in &mut own {
            e.1 -= std::mem::take(&mut self.scratch[e.0 as usize]);
        }
        let before = own.len();
        for &(c, _) in pivot_row.iter().filter(|e| e.0 != column) {
            let value = std::mem::take(&mut self.scratch[c as usize]);
            if value != 0.0 {
                own.push((c, -value));
                self.columns[c as usize].push(r);
                self.recount(c, 1);
            }
        }
        for at in (0..before).rev() {
            if own[at].1.abs() < NOTHING {
                let (c, _) = own.swap_remove(at);
                self.columns[c as usize].retain(|&s| s != r);
                self.recount(c, -1);
            }
        }
        if own.len() == 1 {
            self.single.push(r);
        }
        self.rows[r as usize] = own;
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::draw::Random;
    use super::*;

    #[test]
    fn both_solves_undo_the_basis() {
        let mut solved = 0;
        for seed in 0..200 {
            let state = &mut Random::new(seed * 7 + 1);
            let m = 2 + state.below(14) as usize;
            let columns: Vec<Entries> = (0..m)
                .map(|_| {
                    let mut rows: Vec<u32> = (0..1 + state.below(4)).map(|_| state.below(m as u32)).collect();
                    rows.sort_unstable();
                    rows.dedup();
                    rows.into_iter().map(|r| (r, f64::from(state.below(9)) - 4.5)).collect()
                })
                .collect();
            let slack: Vec<bool> = (0..m).map(|_| state.below(3) == 0).collect();
            let taken = slack.iter().filter(|s| !**s).count();
            let chosen: Vec<&[(u32, f64)]> = columns[..taken].iter().map(|c| &c[..]).collect();
            let mut factors = Factors::default();
            let Some(rows) = factors.factor(&chosen, &slack) else { continue };
            solved += 1;
            // What each row's basic column is.
            let mut basis = vec![vec![0.0; m]; m];
            (0..m).filter(|&r| slack[r]).for_each(|r| basis[r][r] = 1.0);
            for (c, &row) in rows.iter().enumerate() {
                chosen[c].iter().for_each(|&(r, v)| basis[row as usize][r as usize] = v);
            }
            let x: Vec<f64> = (0..m).map(|i| i as f64 - 2.0).collect();
            let mut right = vec![0.0; m];
            for (column, value) in basis.iter().zip(&x) {
                column.iter().zip(&mut right).for_each(|(a, r)| *r += a * value);
            }
            factors.forward(&mut right);
            assert!(right.iter().zip(&x).all(|(a, b)| (a - b).abs() < 1e-6), "seed {seed}");
            let mut left: Vec<f64> =
                basis.iter().map(|column| column.iter().zip(&x).map(|(a, y)| a * y).sum()).collect();
            factors.backward(&mut left);
            assert!(left.iter().zip(&x).all(|(a, b)| (a - b).abs() < 1e-6), "seed {seed}");
        }
        assert!(solved > 40, "{solved}");
    }
}
