//! The rows of a table, one at a time, from bytes that are read once.
//!
//! A row must not cost more memory than it has bytes, and keeps its line: 300,000 rows of stop times are most of a
//! feed, and hardly any of them is ever told.

use std::borrow::Cow;
use std::io::{self, Read};

/// Most bytes of a row.
const LONGEST: usize = 1 << 20;
/// Most lines of a row.
const MOST_LINES: u32 = 20;
/// Most columns of a table.
const MOST_COLUMNS: usize = 1_000;
/// Bytes that are read at a time.
const CHUNK: usize = 1 << 16;

/// Why a table is not read to its end.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The system's.
    System(io::Error),
    /// A row that is too long, at this line.
    LongRow(u32),
    /// More bytes than a table may have.
    LongTable,
    /// More columns than a table may have.
    ManyColumns,
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// Reads rows.
pub(super) struct Rows<R> {
    reader: R,
    buffer: Vec<u8>,
    /// What of the buffer is not read yet.
    start: usize,
    end: usize,
    /// Bytes that may still be read.
    left: u64,
    /// The line of the row at hand, from 1, and that of the next.
    line: u32,
    next_line: u32,
    fields: Vec<Field>,
}

/// A part of a row, and whether it stood in quotes.
#[derive(Clone, Copy)]
struct Field {
    start: u32,
    end: u32,
    quoted: bool,
}

impl<R: Read> Rows<R> {
    pub(super) fn new(reader: R, most_bytes: u64) -> Self {
        Self {
            reader,
            buffer: vec![0; CHUNK],
            start: 0,
            end: 0,
            left: most_bytes,
            line: 0,
            next_line: 1,
            fields: Vec::new(),
        }
    }

    /// The next row that is not empty.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_>>, Trouble> {
        loop {
            let Some((from, to, breaks)) = self.whole_row()? else { return Ok(None) };
            self.line = self.next_line;
            self.next_line = self.line.saturating_add(breaks);
            let bytes = trimmed(&self.buffer[from..to]);
            if !bytes.is_empty() {
                split(bytes, &mut self.fields);
                // The borrow checker wants the slice anew.
                let bytes = trimmed(&self.buffer[from..to]);
                return Ok(Some(Row { line: self.line, bytes, fields: &self.fields }));
            }
        }
    }

    /// Where the next row is in the buffer, and how many lines it takes.
    fn whole_row(&mut self) -> Result<Option<(usize, usize, u32)>, Trouble> {
        let (mut seen, mut breaks, mut first_line) = (0, 0, None);
        loop {
            let found = self.buffer[self.start + seen..self.end].iter().position(|&b| b == b'\n');
            seen = found.map_or(self.end - self.start, |at| seen + at + 1);
            if seen > LONGEST {
                return Err(Trouble::LongRow(self.next_line));
            }
            if found.is_some() {
                breaks += 1;
                let first = *first_line.get_or_insert(seen);
                if !is_open(&self.buffer[self.start..self.start + seen - 1]) {
                    return Ok(Some(self.take(seen, 1, breaks)));
                }
                // A quote that is never closed costs its own line, not the rest of the file.
                if breaks == MOST_LINES {
                    return Ok(Some(self.take(first, 1, 1)));
                }
            } else if !self.fill()? {
                return Ok(match first_line {
                    Some(first) => Some(self.take(first, 1, 1)),
                    None if seen > 0 => Some(self.take(seen, 0, 1)),
                    None => None,
                });
            }
        }
    }

    /// Goes on by so many bytes, of which the last few are the line's end.
    const fn take(&mut self, bytes: usize, end: usize, breaks: u32) -> (usize, usize, u32) {
        let from = self.start;
        self.start += bytes;
        (from, self.start - end, breaks)
    }

    /// Reads more; whether there was any.
    fn fill(&mut self) -> Result<bool, Trouble> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.buffer.len() < self.end + CHUNK {
            self.buffer.resize(self.end + CHUNK, 0);
        }
        let read = self.reader.read(&mut self.buffer[self.end..])?;
        self.end += read;
        self.left = self.left.checked_sub(read as u64).ok_or(Trouble::LongTable)?;
        Ok(read > 0)
    }

    /// Reads the header: the place of each of these columns, and the names of the others.
    pub(super) fn header(&mut self, known: &[&str]) -> Result<Option<Header>, Trouble> {
        let Some(row) = self.next()? else { return Ok(None) };
        if row.fields.len() > MOST_COLUMNS {
            return Err(Trouble::ManyColumns);
        }
        let mut header = Header { columns: vec![None; known.len()], others: Vec::new() };
        for at in 0..row.fields.len() {
            let name = row.get(Some(at as u32));
            let name = name.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&name);
            match known.iter().position(|k| k.as_bytes() == name) {
                Some(column) => {
                    header.columns[column].get_or_insert(at as u32);
                }
                None => header.others.push(String::from_utf8_lossy(name).chars().take(60).collect()),
            }
        }
        Ok(Some(header))
    }
}

/// What the first row says.
pub(super) struct Header {
    /// The place of each known column, where it is there.
    pub(super) columns: Vec<Option<u32>>,
    pub(super) others: Vec<String>,
}

/// One row.
pub(super) struct Row<'r> {
    pub(super) line: u32,
    bytes: &'r [u8],
    fields: &'r [Field],
}

impl Row<'_> {
    /// A field without the spaces around it; empty when it is not there.
    pub(super) fn get(&self, column: Option<u32>) -> Cow<'_, [u8]> {
        let Some(&field) = column.and_then(|at| self.fields.get(at as usize)) else {
            return Cow::Borrowed(b"");
        };
        let bytes = &self.bytes[field.start as usize..field.end as usize];
        if field.quoted && bytes.contains(&b'"') {
            return Cow::Owned(unquoted(bytes));
        }
        Cow::Borrowed(bytes)
    }
}

fn trimmed(mut bytes: &[u8]) -> &[u8] {
    while let [rest @ .., b' ' | b'\t' | b'\r'] = bytes {
        bytes = rest;
    }
    while let [b' ' | b'\t', rest @ ..] = bytes {
        bytes = rest;
    }
    bytes
}

/// Whether a row ends within quotes: those that begin a field, not one in its middle.
fn is_open(row: &[u8]) -> bool {
    if !row.contains(&b'"') {
        return false;
    }
    let mut at = 0;
    loop {
        let quote = at + row[at..].iter().take_while(|&&b| b == b' ').count();
        if row.get(quote) == Some(&b'"') {
            let Some(end) = closing(row, quote + 1) else { return true };
            at = end + 1;
        }
        let Some(len) = row[at..].iter().position(|&b| b == b',') else { return false };
        at += len + 1;
    }
}

/// Where the quotes end that began before `start`.
fn closing(row: &[u8], start: usize) -> Option<usize> {
    let mut end = start;
    loop {
        end += row[end..].iter().position(|&b| b == b'"')?;
        if row.get(end + 1) != Some(&b'"') {
            return Some(end);
        }
        end += 2;
    }
}

/// Cuts a row at its commas.
fn split(bytes: &[u8], fields: &mut Vec<Field>) {
    fields.clear();
    let mut at = 0;
    loop {
        let quote = at + bytes[at..].iter().take_while(|&&b| b == b' ').count();
        let quoted = bytes.get(quote) == Some(&b'"');
        let (start, end, next) = if quoted { quoted_field(bytes, quote + 1) } else { plain_field(bytes, at) };
        let own = trimmed(&bytes[start..end]);
        let start = own.as_ptr() as usize - bytes.as_ptr() as usize;
        fields.push(Field { start: start as u32, end: (start + own.len()) as u32, quoted });
        if fields.len() > MOST_COLUMNS {
            return;
        }
        match next {
            Some(next) => at = next,
            None => return,
        }
    }
}

/// Where a field ends, and where the next starts.
fn plain_field(bytes: &[u8], start: usize) -> (usize, usize, Option<usize>) {
    match bytes[start..].iter().position(|&b| b == b',') {
        Some(len) => (start, start + len, Some(start + len + 1)),
        None => (start, bytes.len(), None),
    }
}

fn quoted_field(bytes: &[u8], start: usize) -> (usize, usize, Option<usize>) {
    match closing(bytes, start) {
        Some(end) => (start, end, plain_field(bytes, end).2),
        None => (start, bytes.len(), None),
    }
}

/// A field in which quotes are doubled.
fn unquoted(bytes: &[u8]) -> Vec<u8> {
    let mut own = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter().copied();
    while let Some(b) = rest.next() {
        own.push(b);
        if b == b'"' {
            rest.next();
        }
    }
    own
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn rows(text: &[u8]) -> Vec<(u32, Vec<String>)> {
        let mut rows = Rows::new(text, 1 << 30);
        let mut all = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            let field = |at| String::from_utf8_lossy(&row.get(Some(at as u32))).into_owned();
            all.push((row.line, (0..row.fields.len()).map(field).collect()));
        }
        all
    }

    #[test]
    fn rows_keep_their_lines() {
        let text = b"a, b ,c\r\n\r\n1,\"x, \"\"y\"\"\",3\n\"two\nlines\",,\n4,5";
        let expected = [(1, "a|b|c"), (3, "1|x, \"y\"|3"), (4, "two\nlines||"), (6, "4|5")];
        let told: Vec<(u32, String)> = rows(text).into_iter().map(|(at, own)| (at, own.join("|"))).collect();
        assert_eq!(told, expected.map(|(at, own)| (at, own.to_owned())));
    }

    #[test]
    fn a_quote_out_of_place_costs_no_other_row() {
        let told = |text: &str| -> Vec<(u32, String)> {
            rows(text.as_bytes()).into_iter().map(|(at, own)| (at, own.join("|"))).collect()
        };
        let expected = |rows: &[(u32, &str)]| -> Vec<(u32, String)> {
            rows.iter().map(|&(at, own)| (at, own.to_owned())).collect()
        };
        let middle = told("a,le 12\" rond,c\n\"x\ny\",z\ng,h,i");
        assert_eq!(middle, expected(&[(1, "a|le 12\" rond|c"), (2, "x\ny|z"), (4, "g|h|i")]));
        assert_eq!(told("k,\"l\nm,n,o\np"), expected(&[(1, "k|l"), (2, "m|n|o"), (3, "p")]));
        let long = format!("d,\"e\n{}", "f,g\n".repeat(50));
        assert_eq!(told(&long).len(), 51);
    }

    #[test]
    fn the_same_rows_however_the_bytes_come() {
        struct Slow<'a>(&'a [u8]);
        impl Read for Slow<'_> {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                let n = self.0.len().min(1 + self.0.len() % 3).min(into.len());
                into[..n].copy_from_slice(&self.0[..n]);
                self.0 = &self.0[n..];
                Ok(n)
            }
        }
        let text: String = (0..5_000).map(|i| format!("{i},\"a\nb\",c{i}\n")).collect();
        let (mut slow, whole) = (Rows::new(Slow(text.as_bytes()), 1 << 30), rows(text.as_bytes()));
        for (line, own) in whole {
            let row = slow.next().unwrap().unwrap();
            assert_eq!(
                (row.line, String::from_utf8_lossy(&row.get(Some(0))).into_owned()),
                (line, own[0].clone())
            );
        }
        assert!(slow.next().unwrap().is_none());
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let long = vec![b'x'; LONGEST + 10];
        assert!(matches!(Rows::new(&long[..], 1 << 30).next(), Err(Trouble::LongRow(1))));
        let wide = vec![b','; 2_000];
        assert!(matches!(Rows::new(&wide[..], 1 << 30).header(&["a"]), Err(Trouble::ManyColumns)));
        let table = b"a,b\n".repeat(1_000_000);
        let mut rows = Rows::new(&table[..], 1_000_000);
        let stopped = std::iter::from_fn(|| match rows.next() {
            Ok(row) => row.map(|_| None),
            Err(trouble) => Some(Some(trouble)),
        });
        assert!(matches!(stopped.flatten().next(), Some(Trouble::LongTable)));
    }
}
