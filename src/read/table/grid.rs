//! Cells read as a whole before the first row: what workbooks and points become.

use super::super::report::Report;
use super::{Limits, Record, Shape, empty, too_large};

/// Cells by row, then by column.
#[derive(Default)]
pub(super) struct Rows {
    names: Vec<String>,
    names_line: u32,
    text: String,
    /// Each row's line and first cell.
    rows: Vec<(u32, usize)>,
    cells: Vec<Cell>,
    at: usize,
}

struct Cell {
    column: u32,
    /// Where its text ends; it begins where that of the cell before ends.
    end: usize,
}

impl Rows {
    /// Cells whose columns are `names`, which stand on `line`.
    pub(super) fn new(names: Vec<String>, line: u32) -> Self {
        Self { names, names_line: line, ..Self::default() }
    }

    /// What is pushed from here on is of a new row.
    pub(super) fn begin(&mut self, line: u32) {
        self.rows.push((line, self.cells.len()));
    }

    /// Adds a cell to the last row.
    pub(super) fn push(&mut self, column: usize, text: &str) {
        let column = u32::try_from(column).unwrap_or(u32::MAX);
        self.text.push_str(text);
        self.cells.push(Cell { column, end: self.text.len() });
    }

    pub(super) fn names_line(&self) -> u32 {
        self.names_line
    }

    /// The names of the columns.
    pub(super) fn names(&mut self, limits: &Limits, report: &mut Report) -> Option<Vec<String>> {
        if self.names.is_empty() {
            empty(report);
            return None;
        }
        if self.names.len() > limits.columns {
            too_large(self.names_line, |words| words.columns(), limits.columns as u64, report);
            return None;
        }
        Some(std::mem::take(&mut self.names))
    }

    /// The next row: the fields that are wanted go into `record`.
    pub(super) fn next(&mut self, wanted: &[Option<usize>], record: &mut Record) -> Option<Shape> {
        let &(line, first) = self.rows.get(self.at)?;
        self.at += 1;
        let last = self.rows.get(self.at).map_or(self.cells.len(), |row| row.1);
        let width = wanted.len();
        let mut shape = Shape { line, fields: width, blank: true, ..Shape::default() };
        let mut begin = first.checked_sub(1).and_then(|at| self.cells.get(at)).map_or(0, |cell| cell.end);
        for cell in self.cells.get(first..last).unwrap_or_default() {
            let text = self.text.get(begin..cell.end).unwrap_or_default();
            begin = cell.end;
            let column = cell.column as usize;
            let content = text.bytes().any(|b| !b.is_ascii_whitespace());
            shape.blank &= !content;
            shape.extra |= content && column >= width;
            shape.longest = shape.longest.max(text.len());
            shape.bytes += text.len();
            if let Some(column) = wanted.get(column).copied().flatten() {
                shape.broken |= text.contains(['\r', '\n']);
                let start = record.text.len();
                record.text.extend(text.chars().map(|c| if matches!(c, '\r' | '\n') { ' ' } else { c }));
                record.close(column, start);
            }
        }
        Some(shape)
    }
}
