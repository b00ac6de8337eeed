//! Which cells of a table are not told. Its margins are, so a small cell alone
//! could be computed back: a rectangle of rows and columns goes with it. What
//! is then known of a hidden cell is exactly what the rectangle's own margins
//! leave (Fréchet's bounds), since no other figure speaks of the inside.

use super::{is_open, is_small};

/// Rows and columns whose crossings are hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Hidden {
    pub(super) rows: Vec<usize>,
    pub(super) columns: Vec<usize>,
}

impl Hidden {
    pub(super) fn has(&self, row: usize, column: usize) -> bool {
        self.rows.contains(&row) && self.columns.contains(&column)
    }

    /// The fewest and the most that each hidden cell could be.
    fn bounds(&self, cells: &[Vec<u32>]) -> impl Iterator<Item = (u32, u32)> {
        let of_row = |&row: &usize| self.columns.iter().map(|&column| cells[row][column]).sum();
        let of_column = |&column: &usize| self.rows.iter().map(|&row| cells[row][column]).sum();
        let rows: Vec<u32> = self.rows.iter().map(of_row).collect();
        let columns: Vec<u32> = self.columns.iter().map(of_column).collect();
        let all: u32 = rows.iter().sum();
        let bounds = move |row: u32, column: u32| ((row + column).saturating_sub(all), row.min(column));
        rows.into_iter()
            .flat_map(move |row| columns.clone().into_iter().map(move |column| bounds(row, column)))
    }
}

/// Fewest cells to hide so that no small one is told or can be computed, and each
/// hidden one could be two numbers below the threshold at least; `None` when the
/// table has no such choice. Tables have a handful of rows and columns: all
/// rectangles are tried.
pub(super) fn hide(cells: &[Vec<u32>], threshold: u32) -> Option<Hidden> {
    let width = cells.first().map_or(0, Vec::len);
    let small = |row: usize, column: usize| is_small(cells[row][column], threshold);
    let (mut rows, mut columns) = (0, 0);
    for row in 0..cells.len() {
        for column in (0..width).filter(|&column| small(row, column)) {
            rows |= 1 << row;
            columns |= 1 << column;
        }
    }
    if (rows, columns) == (0, 0) {
        return Some(Hidden::default());
    }
    let mut best: Option<Hidden> = None;
    for rows in supersets(rows, cells.len()) {
        for columns in supersets(columns, width) {
            let hidden = Hidden { rows: members(rows), columns: members(columns) };
            let size = |hidden: &Hidden| hidden.rows.len() * hidden.columns.len();
            let smaller = best.as_ref().is_none_or(|best| size(&hidden) < size(best));
            if smaller && hidden.bounds(cells).all(|(least, most)| is_open(least, most, threshold)) {
                best = Some(hidden);
            }
        }
    }
    best
}

/// The sets of numbers below `of` that hold all of `base`, as bits.
fn supersets(base: u32, of: usize) -> impl Iterator<Item = u32> {
    (0..1_u32 << of).filter(move |set| set & base == base)
}

fn members(set: u32) -> Vec<usize> {
    (0..32).filter(|i| set >> i & 1 == 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_cell_is_hidden_with_its_complements() {
        let cells = vec![vec![100, 4, 14], vec![90, 12, 13]];
        let hidden = hide(&cells, 11).expect("a way to hide it");
        assert_eq!((hidden.rows, hidden.columns), (vec![0, 1], vec![1, 2]));
    }

    #[test]
    fn nothing_small_nothing_hidden() {
        assert_eq!(hide(&[vec![11, 12], vec![13, 14]], 11), Some(Hidden::default()));
    }

    #[test]
    fn a_zero_is_small_unless_nothing_is() {
        let cells = vec![vec![0, 40], vec![40, 0]];
        assert_eq!(hide(&cells, 1), Some(Hidden::default()));
        assert!(hide(&cells, 11).is_some());
    }

    #[test]
    fn what_cannot_be_hidden_is_refused() {
        // One column besides the small one, and the large one can't be small.
        assert_eq!(hide(&[vec![3, 300], vec![200, 200]], 11), None);
        assert_eq!(hide(&[vec![3, 300]], 11), None);
    }
}
