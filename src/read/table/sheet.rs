//! The first sheet of an XLSX workbook, where the feature `xlsx` is there.

use super::super::report::Report;
use super::{Limits, grid};
use crate::finding::{Code, Text};

#[cfg(not(feature = "xlsx"))]
pub(super) fn read(_: &[u8], _: &Limits, report: &mut Report) -> Option<grid::Rows> {
    report.say(
        Code::NoWorkbooks,
        0,
        Text::say(|words| words.no_workbooks()),
        Text::say(|words| words.save_the_sheet()),
    );
    None
}

#[cfg(feature = "xlsx")]
pub(super) use with_calamine::read;

#[cfg(feature = "xlsx")]
mod with_calamine {
    use super::super::super::report::clipped;
    use super::{Code, Limits, Report, Text, grid};
    use calamine::{Cell, DataRef, Reader, Xlsx};
    use std::io::{Cursor, Read};

    /// The cells of the first sheet; its first row that is not empty names the columns.
    pub(in super::super) fn read(bytes: &[u8], limits: &Limits, report: &mut Report) -> Option<grid::Rows> {
        match unpacked(bytes, limits.file_bytes) {
            Ok(true) => {}
            Ok(false) => {
                let most = limits.file_bytes;
                super::super::too_large(0, |words| words.bytes_once_unpacked(), most, report);
                return None;
            }
            Err(error) => return unreadable(&error.to_string(), report),
        }
        let mut workbook = match Xlsx::new(Cursor::new(bytes)) {
            Ok(workbook) => workbook,
            Err(error) => return unreadable(&error.to_string(), report),
        };
        let sheets = workbook.sheet_names();
        let Some(first) = sheets.first() else { return unreadable("no sheet", report) };
        if sheets.len() > 1 {
            other_sheets(first, sheets.len() - 1, report);
        }
        match cells(&mut workbook, first) {
            Ok(grid) => Some(grid),
            Err(error) => unreadable(&error.to_string(), report),
        }
    }

    /// Whether everything in the archive unpacks to no more than so many bytes: a few
    /// kilobytes may hold gigabytes, and what the archive says of itself may be a lie.
    fn unpacked(bytes: &[u8], most: u64) -> Result<bool, zip::result::ZipError> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
        let mut left = most;
        for at in 0..archive.len() {
            let file = archive.by_index(at)?;
            let size = std::io::copy(&mut file.take(left.saturating_add(1)), &mut std::io::sink())?;
            let Some(rest) = left.checked_sub(size) else { return Ok(false) };
            left = rest;
        }
        Ok(true)
    }

    /// Cell by cell: a sheet whose last cell is far out costs no more than its cells.
    fn cells(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<grid::Rows, calamine::XlsxError> {
        let mut reader = workbook.worksheet_cells_reader(sheet)?;
        let (mut names, mut names_line) = (Vec::new(), 0);
        let mut next = reader.next_cell()?;
        while let Some(cell) = &next {
            let (row, column) = cell.get_position();
            if !names.is_empty() && row + 1 != names_line {
                break;
            }
            let text = plain(cell);
            if !text.trim().is_empty() {
                names_line = row + 1;
                // A sheet has at most 16,384 columns.
                names.resize((column as usize).min(20_000), String::new());
                names.push(text);
            }
            next = reader.next_cell()?;
        }
        let mut grid = grid::Rows::new(names, names_line);
        let mut last = names_line;
        while let Some(cell) = next {
            let (row, column) = cell.get_position();
            let text = plain(&cell);
            if !text.is_empty() {
                if row + 1 != last {
                    last = row + 1;
                    grid.begin(last);
                }
                grid.push(column as usize, &text);
            }
            next = reader.next_cell()?;
        }
        Ok(grid)
    }

    /// A cell as somebody would have typed it.
    fn plain(cell: &Cell<DataRef<'_>>) -> String {
        match cell.get_value() {
            DataRef::Empty => String::new(),
            DataRef::Int(number) => number.to_string(),
            DataRef::Float(number) => number.to_string(),
            DataRef::Bool(yes) => u8::from(*yes).to_string(),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::Error(error) => error.to_string(),
            DataRef::DateTime(when) => {
                let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
                if when.is_duration() || when.as_f64() < 1.0 {
                    format!("{hour:02}:{minute:02}:{second:02}")
                } else {
                    format!("{year:04}-{month:02}-{day:02}")
                }
            }
        }
    }

    fn other_sheets(first: &str, others: usize, report: &mut Report) {
        let first = clipped(first);
        report.say(
            Code::OtherSheets,
            0,
            Text::say(|words| words.other_sheets(&first, others)),
            Text::say(|words| words.put_it_first()),
        );
    }

    fn unreadable<T>(why: &str, report: &mut Report) -> Option<T> {
        let why = clipped(why);
        report.say(
            Code::Syntax,
            0,
            Text::say(|words| words.workbook_unreadable(&why)),
            Text::say(|words| words.save_it_again()),
        );
        None
    }
}
