//! Text and tables: decoding, separators, headers, rows with their lines.

use super::files::Folder;
use super::report::{Report, clipped};
use crate::error::Error;
use crate::finding::Code;

/// The text of a file's bytes, a byte order mark left out. The one place where
/// encodings are told apart.
pub(super) fn decoded(bytes: Vec<u8>, report: &mut Report) -> Option<String> {
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Some(text)
        }
        Err(error) => {
            let upto = error.utf8_error().valid_up_to();
            let line = 1 + count_lines(&error.as_bytes()[..upto]);
            report.say(
                Code::BadEncoding,
                line,
                ("ce texte n'est pas en UTF-8", "this text is not UTF-8"),
                ("enregistrez le fichier en « CSV UTF-8 »", "save the file as 'CSV UTF-8'"),
            );
            None
        }
    }
}

/// Line ends in `bytes`, however they are written.
fn count_lines(bytes: &[u8]) -> u32 {
    let mut count = 0_u32;
    let mut previous = 0;
    for &byte in bytes {
        let ends = byte == b'\r' || (byte == b'\n' && previous != b'\r');
        count = count.saturating_add(u32::from(ends));
        previous = byte;
    }
    count
}

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

/// A table being read row by row.
pub(super) struct Table<'t> {
    text: &'t [u8],
    reader: ::csv::Reader<&'t [u8]>,
    columns: &'static [Column],
    /// Where each of `columns` is in a row.
    places: Vec<Option<usize>>,
    width: usize,
    record: ::csv::StringRecord,
    counted: (usize, u32),
    rows: u64,
    /// Rows at the end were not read.
    cut: bool,
}

/// One row: fields by their position in the columns asked for.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    pub(super) line: u32,
    record: &'r ::csv::StringRecord,
    places: &'r [Option<usize>],
    columns: &'static [Column],
}

impl<'r> Row<'r> {
    /// A field without white space at its ends; empty when the column is absent.
    pub(super) fn get(&self, column: usize) -> &'r str {
        let place = self.places.get(column).copied().flatten();
        place.and_then(|at| self.record.get(at)).unwrap_or("").trim()
    }

    /// The name of a column.
    pub(super) fn name(&self, column: usize) -> &'static str {
        self.columns.get(column).map_or("", |c| c.name)
    }
}

impl<'t> Table<'t> {
    /// Reads the header. `ignored` columns are known and not read. `None` when
    /// rows can't be read at all; that was reported.
    pub(super) fn open(
        text: &'t str,
        columns: &'static [Column],
        ignored: &[&str],
        folder: &Folder<'_>,
        report: &mut Report,
    ) -> Option<Self> {
        let reader = ::csv::ReaderBuilder::new()
            .delimiter(separator(text))
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut table = Self {
            text: text.as_bytes(),
            reader,
            columns,
            places: vec![None; columns.len()],
            width: 0,
            record: ::csv::StringRecord::new(),
            counted: (0, 1),
            rows: 0,
            cut: false,
        };
        let line = match table.advance(report) {
            Some(line) => line,
            None => {
                report.say(
                    Code::Syntax,
                    1,
                    ("ce fichier est vide", "this file is empty"),
                    (
                        "écrivez au moins la ligne des noms de colonnes",
                        "write at least the line of column names",
                    ),
                );
                return None;
            }
        };
        table.width = table.record.len();
        table.header(line, ignored, folder, report)?;
        Some(table)
    }

    fn header(
        &mut self,
        line: u32,
        ignored: &[&str],
        folder: &Folder<'_>,
        report: &mut Report,
    ) -> Option<()> {
        if self.width > folder.limits.columns {
            too_large(line, "columns", "colonnes", folder.limits.columns as u64, report);
            return None;
        }
        for (at, name) in self.record.iter().enumerate() {
            let name = name.trim().to_ascii_lowercase();
            match self.columns.iter().position(|c| c.name == name) {
                Some(column) => match self.places.get_mut(column) {
                    Some(place @ None) => *place = Some(at),
                    _ => duplicate_column(line, &name, report),
                },
                None if name.is_empty() || ignored.contains(&name.as_str()) => {}
                None => unknown_column(line, &name, self.columns, report),
            }
        }
        let mut complete = true;
        for (column, place) in self.columns.iter().zip(&self.places) {
            if column.required && place.is_none() {
                missing_column(line, column.name, report);
                complete = false;
            }
        }
        complete.then_some(())
    }

    /// Whether rows at the end were left out, which was reported.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// Whether the header has the column.
    pub(super) fn has(&self, column: usize) -> bool {
        self.places.get(column).is_some_and(Option::is_some)
    }

    /// The next row that can be read; rows that can't are reported and left out.
    pub(super) fn next(
        &mut self,
        folder: &Folder<'_>,
        report: &mut Report,
    ) -> Result<Option<Row<'_>>, Error> {
        loop {
            let Some(line) = self.advance(report) else { return Ok(None) };
            self.rows += 1;
            if self.rows.is_multiple_of(8192) {
                folder.step(self.counted.0 as u64)?;
            }
            if self.rows > folder.limits.rows {
                too_large(line, "rows", "lignes", folder.limits.rows, report);
                self.cut = true;
                return Ok(None);
            }
            if self.record.iter().all(|field| field.trim().is_empty()) {
                continue;
            }
            self.check_shape(line, folder, report);
            break;
        }
        let line = self.counted.1;
        Ok(Some(Row { line, record: &self.record, places: &self.places, columns: self.columns }))
    }

    /// Reports a row of another shape. It is read all the same, so that what
    /// points at it is not reported too, but nothing more is said of its line.
    fn check_shape(&self, line: u32, folder: &Folder<'_>, report: &mut Report) {
        let most = folder.limits.field_bytes;
        if self.record.as_slice().len() > most && self.record.iter().any(|field| field.len() > most) {
            too_large(line, "bytes in a field", "octets dans un champ", most as u64, report);
            report.mute(line);
        }
        let extra = self.record.iter().skip(self.width).any(|field| !field.trim().is_empty());
        if !extra && self.record.len() >= self.width {
            return;
        }
        let (has, wants) = (self.record.len(), self.width);
        report.say(
            Code::Syntax,
            line,
            (
                &format!("cette ligne a {has} champs, l'en-tête {wants}"),
                &format!("this line has {has} fields, the header {wants}"),
            ),
            (
                "mettez entre guillemets un champ qui contient le séparateur",
                "put a field that contains the separator between quotes",
            ),
        );
        report.mute(line);
    }

    /// Reads a record and answers its line; `None` at the end.
    fn advance(&mut self, report: &mut Report) -> Option<u32> {
        let before = byte(&self.reader);
        // The text is UTF-8 as a whole and is cut at ASCII characters: no record fails.
        if !matches!(self.reader.read_record(&mut self.record), Ok(true)) {
            return None;
        }
        let blank = |b: &u8| matches!(b, b'\r' | b'\n');
        let skipped = self.text.get(before..)?.iter().take_while(|b| blank(b)).count();
        let start = before + skipped;
        let (at, line) = self.counted;
        // From the byte before, so that a line end cut in two is counted once.
        let lines = self.text.get(at..start).map_or(0, |bytes| count_from(bytes, at, self.text));
        self.counted = (start, line.saturating_add(lines));
        let raw = self.text.get(start..byte(&self.reader))?;
        if byte(&self.reader) >= self.text.len() && is_open(raw) {
            self.unclosed(report);
            self.cut = true;
            return None;
        }
        Some(self.counted.1)
    }

    fn unclosed(&self, report: &mut Report) {
        report.say(
            Code::Syntax,
            self.counted.1,
            ("un guillemet ouvert ici n'est jamais fermé", "a quote opened here is never closed"),
            (
                "fermez-le, ou doublez-le s'il fait partie du texte",
                "close it, or double it if it is part of the text",
            ),
        );
    }
}

fn byte(reader: &::csv::Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

/// Line ends in `bytes`, which begin at `at` of `text`.
fn count_from(bytes: &[u8], at: usize, text: &[u8]) -> u32 {
    let cut = at > 0 && text.get(at - 1) == Some(&b'\r') && bytes.first() == Some(&b'\n');
    count_lines(bytes).saturating_sub(u32::from(cut))
}

/// Whether the last record ends within quotes.
fn is_open(raw: &[u8]) -> bool {
    raw.iter().filter(|&&b| b == b'"').count() % 2 == 1
}

/// The most frequent of `,` `;` and tab in the header, outside quotes; a comma when there is none.
fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|c| c.0 == byte).for_each(|c| c.1 += 1),
        }
    }
    let best = counts.into_iter().rev().max_by_key(|c| c.1);
    best.map_or(b',', |c| c.0)
}

fn too_large(line: u32, en: &str, fr: &str, most: u64, report: &mut Report) {
    report.say(
        Code::TooLarge,
        line,
        (&format!("plus de {most} {fr}"), &format!("more than {most} {en}")),
        ("découpez le fichier, ou vérifiez ses guillemets", "split the file, or check its quotes"),
    );
}

pub(super) fn missing_column(line: u32, name: &str, report: &mut Report) {
    report.say(
        Code::MissingColumn,
        line,
        (&format!("la colonne « {name} » manque"), &format!("column '{name}' is missing")),
        ("ajoutez-la à la première ligne", "add it to the first line"),
    );
}

fn duplicate_column(line: u32, name: &str, report: &mut Report) {
    report.say(
        Code::DuplicateColumn,
        line,
        (&format!("la colonne « {name} » est écrite deux fois"), &format!("column '{name}' appears twice")),
        ("gardez-en une", "keep one of them"),
    );
}

fn unknown_column(line: u32, name: &str, columns: &[Column], report: &mut Report) {
    let name = clipped(name);
    let known: Vec<&str> = columns.iter().map(|c| c.name).collect();
    let known = known.join(", ");
    report.say(
        Code::UnknownColumn,
        line,
        (&format!("la colonne « {name} » n'est pas lue"), &format!("column '{name}' is not read")),
        (
            &format!("rien à faire si c'est voulu ; colonnes lues : {known}"),
            &format!("nothing to do if that is meant; columns read: {known}"),
        ),
    );
}
