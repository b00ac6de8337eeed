//! Text split into rows and fields (RFC 4180, and what spreadsheets make of it).
//!
//! Written here rather than taken from a crate because a row must never cost
//! more memory than its limits, keeps its line, and leaves the columns that
//! nobody asked for where they are. A test compares it with the `csv` crate.

use super::super::report::Report;
use super::{Limits, Record, Shape, empty, too_large, unclosed};
use crate::finding::{Code, Text};

/// A text and how far it was read.
pub(super) struct Rows {
    text: String,
    at: usize,
    line: u32,
    separator: u8,
}

/// What stands after a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Field,
    Row,
}

/// A field as it was met.
struct Met {
    end: End,
    content: bool,
    broken: bool,
    bytes: usize,
    open: Option<u32>,
}

impl Rows {
    /// A text to be split; says when its separator is not the comma.
    pub(super) fn new(text: String, report: &mut Report) -> Self {
        let mut rows = Self { text, at: 0, line: 1, separator: b',' };
        rows.skip_blank();
        rows.separator = separator(&rows.text.as_bytes()[rows.at..]);
        if rows.separator != b',' {
            other_separator(rows.line, rows.separator, report);
        }
        rows
    }

    pub(super) fn bytes_read(&self) -> usize {
        self.at
    }

    /// The names of the columns and their line.
    pub(super) fn names(&mut self, limits: &Limits, report: &mut Report) -> Option<(Vec<String>, u32)> {
        let line = self.line;
        if self.at >= self.text.len() {
            empty(report);
            return None;
        }
        let mut names = Vec::new();
        loop {
            let mut name = String::new();
            let met = self.field(Some(&mut name), limits.field_bytes);
            if let Some(line) = met.open {
                unclosed(line, report);
                return None;
            }
            if met.bytes > limits.field_bytes {
                too_large(line, |words| words.bytes_in_a_field(), limits.field_bytes as u64, report);
                return None;
            }
            names.push(name);
            if names.len() > limits.columns {
                too_large(line, |words| words.columns(), limits.columns as u64, report);
                return None;
            }
            if met.end == End::Row {
                return Some((names, line));
            }
        }
    }

    /// The next row: the fields that are wanted go into `record`.
    pub(super) fn next(
        &mut self,
        wanted: &[Option<usize>],
        record: &mut Record,
        limits: &Limits,
    ) -> Option<Shape> {
        if self.at >= self.text.len() {
            return None;
        }
        let begin = self.at;
        let mut shape = Shape { line: self.line, blank: true, ..Shape::default() };
        loop {
            let column = wanted.get(shape.fields).copied().flatten();
            let start = record.text.len();
            // What a row may have in all bounds what is copied of it.
            let room = limits.line_bytes.saturating_sub(start).min(limits.field_bytes);
            let met = match column {
                Some(column) => {
                    let met = self.field(Some(&mut record.text), room);
                    record.close(column, start);
                    met
                }
                None => self.field(None, room),
            };
            shape.extra |= met.content && shape.fields >= wanted.len();
            shape.blank &= !met.content;
            shape.broken |= met.broken;
            shape.longest = shape.longest.max(met.bytes);
            shape.open = shape.open.or(met.open);
            shape.fields += 1;
            if met.end == End::Row {
                shape.bytes = self.at - begin;
                return Some(shape);
            }
        }
    }

    /// Reads a field and what ends it; at most `room` bytes of it are appended to `into`.
    fn field(&mut self, mut into: Option<&mut String>, room: usize) -> Met {
        let full = into.as_ref().map_or(0, |text| text.len()).saturating_add(room);
        let mut met = Met { end: End::Row, content: false, broken: false, bytes: 0, open: None };
        let begin = self.at;
        if self.peek() == Some(b'"') {
            self.quoted(&mut into, full, &mut met);
        }
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        let mark = self.separator;
        let length = rest.iter().position(|&b| b == mark || b == b'\n' || b == b'\r').unwrap_or(rest.len());
        self.at = start + length;
        append(&mut into, &self.text[start..self.at], full, &mut met);
        met.bytes = self.at - begin;
        met.end = self.end();
        met
    }

    /// The part between quotes: a doubled quote is one, a line end is a space.
    fn quoted(&mut self, into: &mut Option<&mut String>, full: usize, met: &mut Met) {
        let opened = self.line;
        self.at += 1;
        loop {
            let start = self.at;
            let rest = &self.text.as_bytes()[start..];
            let stop = rest.iter().position(|&b| matches!(b, b'"' | b'\n' | b'\r'));
            self.at = start + stop.unwrap_or(rest.len());
            append(into, &self.text[start..self.at], full, met);
            match self.peek() {
                None => {
                    met.open = Some(opened);
                    return;
                }
                Some(b'"') => {
                    self.at += 1;
                    if self.peek() != Some(b'"') {
                        return;
                    }
                    self.at += 1;
                    append(into, "\"", full, met);
                }
                Some(_) => {
                    self.line_end();
                    met.broken = true;
                    append(into, " ", full, met);
                }
            }
        }
    }

    /// Steps over what ends a field.
    fn end(&mut self) -> End {
        match self.peek() {
            Some(byte) if byte == self.separator => {
                self.at += 1;
                End::Field
            }
            Some(_) => {
                self.line_end();
                End::Row
            }
            None => End::Row,
        }
    }

    /// Steps over `\n`, `\r\n` or `\r`.
    fn line_end(&mut self) {
        let both = self.text.as_bytes()[self.at..].starts_with(b"\r\n");
        self.at += if both { 2 } else { 1 };
        self.line = self.line.saturating_add(1);
    }

    fn skip_blank(&mut self) {
        while matches!(self.peek(), Some(b'\r' | b'\n')) {
            self.line_end();
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

/// Appends `part` as far as there is room.
fn append(into: &mut Option<&mut String>, part: &str, full: usize, met: &mut Met) {
    met.content |= part.bytes().any(|b| !b.is_ascii_whitespace());
    let Some(into) = into else { return };
    let room = full.saturating_sub(into.len());
    into.push_str(match part.len() <= room {
        true => part,
        false => &part[..part.floor_char_boundary(room)],
    });
}

/// The most frequent of `,` `;` and tab in the header, outside quotes; a comma when there is none.
fn separator(text: &[u8]) -> u8 {
    let mut counts = [(b'\t', 0_usize), (b';', 0), (b',', 0)];
    let mut quoted = false;
    for &byte in text {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|c| c.0 == byte).for_each(|c| c.1 += 1),
        }
    }
    counts.into_iter().max_by_key(|c| c.1).map_or(b',', |c| c.0)
}

fn other_separator(line: u32, separator: u8, report: &mut Report) {
    report.say(
        Code::OtherSeparator,
        line,
        Text::say(|words| if separator == b';' { words.semicolons() } else { words.tabs() }),
        Text::say(|words| words.nothing_to_do()),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WIDE: Limits = Limits {
        file_bytes: u64::MAX,
        rows: u64::MAX,
        columns: usize::MAX,
        field_bytes: usize::MAX,
        slots: 0,
        line_bytes: usize::MAX,
        findings: usize::MAX,
    };

    /// Rows with their lines; blank ones and breaks as the `csv` crate tells them.
    fn ours(text: &str) -> Vec<Vec<String>> {
        let mut rows = Rows { text: text.to_owned(), at: 0, line: 1, separator: b',' };
        let wanted: Vec<Option<usize>> = (0..40).map(Some).collect();
        let mut all = Vec::new();
        let mut record = Record::default();
        loop {
            record.clear(wanted.len());
            let Some(shape) = rows.next(&wanted, &mut record, &WIDE) else { return all };
            let field = |at| record.spans.get(at).map(|&(a, b)| record.text[a..b].to_owned());
            let fields: Vec<String> = (0..shape.fields).filter_map(field).collect();
            if fields != [""] {
                all.push(fields);
            }
        }
    }

    fn theirs(text: &str) -> Vec<Vec<String>> {
        let mut reader =
            ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let plain = |field: &str| field.replace("\r\n", " ").replace(['\r', '\n'], " ");
        let rows = reader.records().map(|row| row.expect("text").iter().map(plain).collect::<Vec<_>>());
        rows.filter(|row| row != &[""]).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn rows_are_split_as_the_csv_crate_does(text in "([a-z é]|,|\"|\"\"|\n|\r\n|\r){0,30}") {
            prop_assert_eq!(ours(&text), theirs(&text));
        }
    }

    #[test]
    fn lines_are_those_of_an_editor() {
        let mut rows = Rows { text: "a\r\n\"b\nb\"\r\r\nc\n".to_owned(), at: 0, line: 1, separator: b',' };
        let mut record = Record::default();
        let mut lines = Vec::new();
        while let Some(shape) = rows.next(&[], &mut record, &WIDE) {
            lines.push((shape.line, shape.blank));
        }
        assert_eq!(lines, [(1, false), (2, false), (4, true), (5, false)]);
    }

    #[test]
    fn no_more_is_copied_than_a_limit_allows() {
        let limits = Limits { field_bytes: 10, line_bytes: 15, ..WIDE };
        let mut rows =
            Rows { text: format!("{},{}", "é".repeat(50), "x".repeat(50)), at: 0, line: 1, separator: b',' };
        let mut record = Record::default();
        record.clear(2);
        let shape = rows.next(&[Some(0), Some(1)], &mut record, &limits).expect("a row");
        assert_eq!((shape.longest, shape.bytes, record.text.len()), (100, 151, 15));
    }
}
