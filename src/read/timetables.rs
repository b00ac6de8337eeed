//! `*.zip` and the folder `timetable/`: the coaches and trains of a territory (GTFS).

use super::files::{FileRead, Folder, large_file};
use super::report::Report;
use crate::error::Error;
use crate::finding::{Code, Text};
use crate::travel::{Timetable, TimetableOptions, TimetableTravel};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

const END: &str = ".zip";
/// A feed that is not packed.
const UNPACKED: &str = "timetable";

/// Reads the folder's timetables, if there are any, as one; `around` is a date of the territory's programmes. Where something
/// comes on demand, there is an answer without timetables too.
pub(super) fn read(
    folder: &mut Folder<'_>,
    around: Option<Date>,
    on_demand: bool,
    report: &mut Report,
) -> Result<Option<TimetableTravel>, Error> {
    let mut paths: Vec<(String, PathBuf)> = Vec::new();
    for name in folder.ending(END) {
        report.enter(&name);
        let Some(path) = folder.path(&name, report) else { continue };
        if Timetable::may_be_at(&path) {
            paths.push((name, path));
        } else {
            let what = Text::say(|words| words.archive_without_timetable());
            report.say(Code::FeedIgnored, 0, what, Text::say(|words| words.nothing_to_do()));
        }
    }
    if let Some(path) = folder.below(UNPACKED) {
        paths.push((UNPACKED.to_owned(), path));
    }
    if paths.is_empty() {
        return Ok(on_demand.then(|| TimetableTravel::new("on_demand.csv", Timetable::empty())));
    }
    let (names, paths): (Vec<String>, Vec<PathBuf>) = paths.into_iter().unzip();
    let options = TimetableOptions { around, ..TimetableOptions::default() };
    let timetable = match Timetable::open(&paths, &options, folder.control()) {
        Ok(timetable) => timetable,
        Err(Error::Input(findings)) => {
            report.extend(findings);
            return Ok(None);
        }
        Err(other) => return Err(other),
    };
    for (name, path) in names.iter().zip(&paths) {
        for file in files(name, path).map_err(|source| Error::Io { path: path.clone(), source })? {
            folder.count(file);
        }
    }
    report.extend(timetable.findings().to_vec());
    Ok(Some(TimetableTravel::new(names.join(", "), timetable)))
}

/// The file, or the tables of an unpacked feed.
fn files(name: &str, path: &Path) -> std::io::Result<Vec<FileRead>> {
    if path.is_file() {
        return Ok(vec![large_file(name, path)?]);
    }
    let mut tables: Vec<PathBuf> = path.read_dir()?.flatten().map(|entry| entry.path()).collect();
    tables.retain(|table| table.is_file() && table.extension().is_some_and(|end| end == "txt"));
    tables.sort_unstable();
    let name_of =
        |table: &Path| table.file_name().map_or_else(String::new, |own| own.to_string_lossy().into_owned());
    tables.iter().map(|table| large_file(&format!("{name}/{}", name_of(table)), table)).collect()
}
