//! Rows of a table that is already in memory, such as a data frame.

use super::super::frames::{Cells, PointCell};
use super::super::report::{Report, clipped};
use super::{Column, LON, Layout, Limits, Record, Shape, empty, too_large};
use crate::finding::{Code, Text};
use std::fmt::Write;

/// The line of the columns' names, as if the table were written as CSV; its first row is on the next.
pub(super) const HEADER: u32 = 1;

/// Cells and how far they were read.
pub(super) struct Rows {
    cells: Box<dyn Cells>,
    at: usize,
}

impl Rows {
    pub(super) fn new(cells: Box<dyn Cells>) -> Self {
        Self { cells, at: 0 }
    }

    /// The names of the columns.
    pub(super) fn names(&self, limits: &Limits, report: &mut Report) -> Option<Vec<String>> {
        let names = self.cells.columns();
        if names.is_empty() {
            empty(report);
            return None;
        }
        if names.len() > limits.columns {
            too_large(HEADER, |words| words.columns(), limits.columns as u64, report);
            return None;
        }
        Some(names)
    }

    /// The column that holds points.
    pub(super) fn points(&self) -> Option<usize> {
        self.cells.points().map(|points| points.column)
    }

    /// Whether each column that is wanted has values, and points degrees; those that do not are reported.
    pub(super) fn are_readable(&self, layout: &Layout, columns: &[Column], report: &mut Report) -> bool {
        let mut all = true;
        for (at, wanted) in layout.wanted.iter().enumerate() {
            let column = wanted.and_then(|wanted| columns.get(wanted));
            let Some((column, kind)) = column.zip(self.cells.unreadable(at)) else { continue };
            let expected = Text::say(|words| words.a_column_of_values());
            report.bad(HEADER, column.name, &kind, expected);
            all = false;
        }
        let system = layout.points.and_then(|_| self.cells.points()?.system);
        if let Some(system) = &system {
            not_in_degrees(system, report);
        }
        all && system.is_none()
    }

    /// The next row: the fields that are wanted go into `record`.
    pub(super) fn next(&mut self, layout: &Layout, record: &mut Record) -> Option<Shape> {
        let row = self.at;
        if row >= self.cells.rows() {
            return None;
        }
        self.at += 1;
        let line = u32::try_from(self.at).unwrap_or(u32::MAX).saturating_add(HEADER);
        let mut shape = Shape { line, fields: layout.wanted.len(), ..Shape::default() };
        for (at, column) in layout.wanted.iter().enumerate() {
            let Some(column) = *column else { continue };
            let start = record.text.len();
            self.cells.write(row, at, &mut record.text);
            shape.broken |= on_one_line(&mut record.text, start);
            let length = record.text.len() - start;
            shape.longest = shape.longest.max(length);
            shape.bytes += length;
            record.close(column, start);
        }
        if let Some(columns) = layout.points {
            shape.no_point = !write_point(self.cells.point(row), columns, record);
        }
        Some(shape)
    }
}

/// Writes a longitude and a latitude; whether there is a point or nothing.
fn write_point(point: PointCell, columns: [usize; 2], record: &mut Record) -> bool {
    if let PointCell::At(lon, lat) = point {
        for (column, value) in columns.into_iter().zip([lon, lat]) {
            let start = record.text.len();
            // A string takes all that is written.
            let _ = write!(record.text, "{value}");
            record.close(column, start);
        }
    }
    point != PointCell::Other
}

fn not_in_degrees(system: &str, report: &mut Report) {
    let system = clipped(system);
    report.say_of(
        Code::AbsurdCoordinates,
        HEADER,
        LON,
        Text::say(|words| words.points_not_in_degrees(&system)),
        Text::say(|words| words.convert_points()),
    );
}

/// Makes a space of each line end since `start`; whether there was one.
fn on_one_line(text: &mut String, start: usize) -> bool {
    let broken = text.get(start..).is_some_and(|cell| cell.contains(['\r', '\n']));
    if broken {
        let cell = text.split_off(start);
        text.push_str(&cell.replace(['\r', '\n'], " "));
    }
    broken
}
