//! Tables: rows with named columns, whatever they were saved as. CSV text, the
//! first sheet of a workbook and points in GeoJSON all answer the same [`Row`]s.

mod csv;
mod decode;
mod grid;
mod header;
pub(crate) mod headers;
mod held;
mod points;
mod sheet;

pub(super) use decode::utf8;
pub(crate) use header::is_identifying;
pub(super) use header::{Mapped, Mapping, missing_column};

use super::Limits;
use super::files::Folder;
use super::frames::Cells;
use super::report::Report;
use crate::error::Error;
use crate::finding::{Code, Phrase, Text};

/// The columns that a point is.
const LON: &str = "lon";
const LAT: &str = "lat";

/// A column that a file may have.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) required: bool,
}

/// A column that must be there.
pub(super) const fn required(name: &'static str) -> Column {
    Column { name, required: true }
}

/// A column that may be absent.
pub(super) const fn optional(name: &'static str) -> Column {
    Column { name, required: false }
}

/// What a table is saved as, by the end of its file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Workbook,
    Points,
}

impl Format {
    /// The format of a file; text with separators where the name does not say.
    pub(super) fn of(file: &str) -> Self {
        let end = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        match end.as_str() {
            "xlsx" | "xlsm" => Self::Workbook,
            "geojson" | "json" => Self::Points,
            _ => Self::Csv,
        }
    }
}

/// A table being read row by row.
pub(super) struct Table {
    rows: Rows,
    columns: &'static [Column],
    layout: Layout,
    record: Record,
    read: u64,
    /// Rows at the end were not read.
    cut: bool,
}

enum Rows {
    Csv(csv::Rows),
    Grid(grid::Rows),
    Held(held::Rows),
}

/// Which of the columns asked for each column of the file is.
struct Layout {
    /// By column of the file; `None` is not read.
    wanted: Vec<Option<usize>>,
    /// By column asked for: whether the file has it.
    has: Vec<bool>,
    /// The columns asked for that a column of points is: its longitude and its latitude.
    points: Option<[usize; 2]>,
}

/// The fields of a row that somebody asked for. The others are never copied.
#[derive(Default)]
struct Record {
    text: String,
    spans: Vec<(usize, usize)>,
}

impl Record {
    fn clear(&mut self, columns: usize) {
        self.text.clear();
        self.spans.clear();
        self.spans.resize(columns, (0, 0));
    }

    fn get(&self, column: usize) -> &str {
        let span = self.spans.get(column).copied();
        span.and_then(|(start, end)| self.text.get(start..end)).unwrap_or("").trim()
    }

    /// What was appended to `text` since `start` is the field of a column.
    fn close(&mut self, column: usize, start: usize) {
        if let Some(span) = self.spans.get_mut(column) {
            *span = (start, self.text.len());
        }
    }
}

/// What a row looked like, besides its fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Shape {
    /// Where it begins.
    line: u32,
    fields: usize,
    /// Nothing but white space.
    blank: bool,
    /// Something beyond the columns of the header.
    extra: bool,
    /// A quoted line break.
    broken: bool,
    /// Something else where there should be a point.
    no_point: bool,
    /// Bytes of the longest field, and of all.
    longest: usize,
    bytes: usize,
    /// Where a quote opens that is never closed.
    open: Option<u32>,
}

/// One row: fields by their position in the columns asked for.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    pub(super) line: u32,
    record: &'r Record,
    columns: &'static [Column],
}

impl<'r> Row<'r> {
    /// A field without white space at its ends; empty when the column is absent.
    pub(super) fn get(&self, column: usize) -> &'r str {
        self.record.get(column)
    }

    /// The name of a column.
    pub(super) fn name(&self, column: usize) -> &'static str {
        self.columns.get(column).map_or("", |c| c.name)
    }
}

/// What the reader of a table asks for.
pub(super) struct Form {
    /// The table, which its file is named after.
    pub(super) name: &'static str,
    /// Columns that are read.
    pub(super) columns: &'static [Column],
    /// Columns that are known and not read.
    pub(super) ignored: &'static [&'static str],
}

impl Table {
    /// Reads the header of a file of this format. `None` when rows can't be read
    /// at all; that was reported.
    pub(super) fn open(
        form: &Form,
        format: Format,
        bytes: Vec<u8>,
        mapping: &Mapping,
        limits: &Limits,
        report: &mut Report,
    ) -> Option<Self> {
        let (rows, names, line) = Rows::open(format, bytes, limits, report)?;
        let layout = header::layout(form, (&names, None), line, mapping, report)?;
        let columns = form.columns;
        Some(Self { rows, columns, layout, record: Record::default(), read: 0, cut: false })
    }

    /// As [`Table::open`], of a table whose columns nobody knows yet: the names of all, in
    /// the order in which [`Row::get`] has them. Those that `reads` refuses are never copied.
    pub(super) fn open_whole(
        format: Format,
        bytes: Vec<u8>,
        reads: impl Fn(&str) -> bool,
        limits: &Limits,
        report: &mut Report,
    ) -> Option<(Self, Vec<String>)> {
        let (rows, names, _) = Rows::open(format, bytes, limits, report)?;
        let wanted = names.iter().enumerate().map(|(at, name)| reads(name).then_some(at)).collect();
        let layout = Layout { wanted, has: vec![true; names.len()], points: None };
        let record = Record::default();
        Some((Self { rows, columns: &[], layout, record, read: 0, cut: false }, names))
    }

    /// As [`Table::open`], of cells that are in memory.
    pub(super) fn held(
        form: &Form,
        cells: Box<dyn Cells>,
        mapping: &Mapping,
        limits: &Limits,
        report: &mut Report,
    ) -> Option<Self> {
        let rows = held::Rows::new(cells);
        let names = rows.names(limits, report)?;
        let layout = header::layout(form, (&names, rows.points()), held::HEADER, mapping, report)?;
        let columns = form.columns;
        rows.are_readable(&layout, columns, report).then(|| Self {
            rows: Rows::Held(rows),
            columns,
            layout,
            record: Record::default(),
            read: 0,
            cut: false,
        })
    }

    /// Whether rows at the end were left out, which was reported.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// Whether the header has the column.
    pub(super) fn has(&self, column: usize) -> bool {
        self.layout.has.get(column).copied().unwrap_or(false)
    }

    /// The next row that can be read; rows that can't are reported and left out.
    pub(super) fn next(
        &mut self,
        folder: &Folder<'_>,
        report: &mut Report,
    ) -> Result<Option<Row<'_>>, Error> {
        let shape = loop {
            self.record.clear(self.layout.has.len());
            let wanted = &self.layout.wanted;
            let next = match &mut self.rows {
                Rows::Csv(csv) => csv.next(wanted, &mut self.record, &folder.limits),
                Rows::Grid(grid) => grid.next(wanted, &mut self.record),
                Rows::Held(held) => held.next(&self.layout, &mut self.record),
            };
            let Some(shape) = next else { return Ok(None) };
            self.read += 1;
            if self.read.is_multiple_of(8192) {
                folder.step(self.rows.bytes_read())?;
            }
            if let Some(line) = shape.open {
                unclosed(line, report);
                self.cut = true;
                return Ok(None);
            }
            if self.read > folder.limits.rows {
                too_large(shape.line, |words| words.rows(), folder.limits.rows, report);
                self.cut = true;
                return Ok(None);
            }
            let too_large = tell_too_large(&shape, &folder.limits, report);
            if !shape.blank || too_large {
                break shape;
            }
            report.forgive(Code::BlankLines, shape.line);
        };
        self.check_shape(&shape, report);
        Ok(Some(Row { line: shape.line, record: &self.record, columns: self.columns }))
    }

    /// Reports a row of another shape. It is read all the same, so that what
    /// points at it is not reported too, but nothing more is said of its line.
    fn check_shape(&self, shape: &Shape, report: &mut Report) {
        let line = shape.line;
        if shape.broken {
            report.forgive(Code::LineBreaks, line);
        }
        if shape.no_point {
            report.say_of(
                Code::BadValue,
                line,
                LON,
                Text::say(|words| words.not_a_point()),
                Text::say(|words| words.give_one_point()),
            );
        }
        let width = self.layout.wanted.len();
        if shape.extra || shape.fields < width {
            another_width(line, shape.fields, width, report);
            report.mute(line);
        } else if shape.fields > width {
            report.forgive(Code::EmptyColumns, line);
        }
    }
}

impl Rows {
    /// The rows of a file, the names of its columns and their line.
    fn open(
        format: Format,
        bytes: Vec<u8>,
        limits: &Limits,
        report: &mut Report,
    ) -> Option<(Self, Vec<String>, u32)> {
        let mut rows = match format {
            Format::Csv => Self::Csv(csv::Rows::new(decode::table(bytes, report)?, report)),
            Format::Workbook => Self::Grid(sheet::read(&bytes, limits, report)?),
            Format::Points => Self::Grid(points::read(&utf8(bytes, report)?, report)?),
        };
        let (names, line) = match &mut rows {
            Self::Csv(csv) => csv.names(limits, report)?,
            Self::Grid(grid) => (grid.names(limits, report)?, grid.names_line()),
            Self::Held(held) => (held.names(limits, report)?, held::HEADER),
        };
        Some((rows, names, line))
    }

    fn bytes_read(&self) -> u64 {
        match self {
            Self::Csv(csv) => csv.bytes_read() as u64,
            // Read as a whole before its first row.
            Self::Grid(_) | Self::Held(_) => u64::MAX,
        }
    }
}

/// Reports a row beyond a limit, of which nothing more is said.
fn tell_too_large(shape: &Shape, limits: &Limits, report: &mut Report) -> bool {
    let (line, Limits { field_bytes, line_bytes, .. }) = (shape.line, *limits);
    let beyond = if shape.longest > field_bytes {
        too_large(line, |words| words.bytes_in_a_field(), field_bytes as u64, report);
        true
    } else if shape.bytes > line_bytes {
        too_large(line, |words| words.bytes_in_a_row(), line_bytes as u64, report);
        true
    } else {
        false
    };
    if beyond {
        report.mute(line);
    }
    beyond
}

fn another_width(line: u32, has: usize, wants: usize, report: &mut Report) {
    report.say(
        Code::Syntax,
        line,
        Text::say(|words| words.another_width(has, wants)),
        Text::say(|words| words.quote_the_separator()),
    );
}

fn unclosed(line: u32, report: &mut Report) {
    report.say(
        Code::Syntax,
        line,
        Text::say(|words| words.quote_never_closed()),
        Text::say(|words| words.close_the_quote()),
    );
}

fn empty(report: &mut Report) {
    report.say(
        Code::Syntax,
        1,
        Text::say(|words| words.file_empty()),
        Text::say(|words| words.write_a_header()),
    );
}

fn too_large(line: u32, what: Phrase, most: u64, report: &mut Report) {
    let what = Text::say(what);
    report.say(
        Code::TooLarge,
        line,
        Text::say(|words| words.more_than_so_many(most, &what)),
        Text::say(|words| words.split_the_file()),
    );
}
