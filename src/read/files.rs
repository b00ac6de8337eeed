//! The folder: which files may be opened, and how much of them.

use super::Limits;
use super::frames::{Frames, Held};
use super::report::Report;
use super::table::{Form, Format, Mapping, Table, headers, utf8};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::finding::{Code, Text};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Files that are no tables.
pub(super) const DOCUMENTS: [&str; 5] =
    ["territory.toml", "communes.geojson", "programmes.toml", "pins.toml", "zones.geojson"];

/// Ends of the names that a table's file may have. Points are for what has a place.
const ENDS: [&str; 2] = [".csv", ".xlsx"];
const POINTS: &str = ".geojson";
const WITH_POINTS: [&str; 2] = ["places", "sites"];

/// Tables and documents that say nothing of a person: what is not listed does.
const PUBLIC: [&str; 10] = [
    "territory.toml",
    "communes",
    "communes.geojson",
    "sites",
    "programmes.toml",
    "programmes",
    "calendar",
    "links",
    "on_demand",
    "zones.geojson",
];

/// A file that was read.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let youths = opened.files.iter().find(|file| file.name == "youths.csv").expect("it was read");
/// assert!(youths.personal && youths.sha256.len() == 64);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// Its name in the folder.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Whether it may say something of a person: then its hash, of few possible
    /// bytes, is as telling as the bytes.
    pub personal: bool,
}

/// The folder of a file that is in no territory's, and its name there.
///
/// # Errors
/// [`Error::Io`] when there is no such file.
pub(super) fn alone(path: &Path) -> Result<(PathBuf, String), Error> {
    let io = |source| Error::Io { path: path.to_owned(), source };
    let whole = fs::canonicalize(path).map_err(io)?;
    match (whole.parent(), whole.file_name()) {
        (Some(dir), Some(name)) => Ok((dir.to_owned(), name.to_string_lossy().into_owned())),
        _ => Err(io(std::io::ErrorKind::IsADirectory.into())),
    }
}

/// The SHA-256 of `bytes`, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The same of what is told of a value, which is never held as a whole.
pub(crate) fn sha256_of(told: fmt::Arguments<'_>) -> String {
    struct Hashed(Sha256);
    impl fmt::Write for Hashed {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.update(text.as_bytes());
            Ok(())
        }
    }
    let mut hashed = Hashed(Sha256::new());
    // A hash takes all that is written.
    let _ = fmt::Write::write_fmt(&mut hashed, told);
    hexadecimal(&hashed.0.finalize())
}

/// What is told of a public file that is too large to be held.
pub(super) fn large_file(name: &str, path: &Path) -> std::io::Result<FileRead> {
    let (mut file, mut hash, mut bytes) = (File::open(path)?, Sha256::new(), 0);
    let mut room = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut room)?;
        if read == 0 {
            let sha256 = hexadecimal(&hash.finalize());
            return Ok(FileRead { name: name.to_owned(), bytes, sha256, personal: false });
        }
        hash.update(&room[..read]);
        bytes += read as u64;
    }
}

pub(super) fn hexadecimal(digest: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(64);
    for byte in digest {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// What is in a file of the folder.
pub(super) enum Found<T> {
    /// There is no such file.
    Nothing,
    /// It is there and can't be read: that was reported.
    Unreadable,
    /// What it holds.
    Here(T),
}

/// What `territory.toml` says of a table.
#[derive(Default)]
pub(super) struct Said {
    /// Its file, when it has a name of its own.
    pub(super) file: Option<Named>,
    /// Its columns that have a name of their own.
    pub(super) columns: Mapping,
}

/// A file's name in `territory.toml`.
pub(super) enum Named {
    /// A name within the folder.
    File(String),
    /// A name that was refused.
    Refused,
}

/// Which file a table is in.
enum Which {
    Nothing,
    One(String),
    Several(String, String),
    /// The one that `territory.toml` names is not there.
    Absent(String),
    /// The one that `territory.toml` names is not to be opened.
    Refused,
}

/// A folder being read.
pub(super) struct Folder<'a> {
    /// None where all there is to read is in memory.
    root: Option<PathBuf>,
    /// What is read in the place of its files.
    held: Held,
    pub(super) limits: Limits,
    control: &'a Control<'a>,
    files: Vec<FileRead>,
    /// By table.
    said: BTreeMap<&'static str, Said>,
    done: u64,
    total: u64,
}

impl<'a> Folder<'a> {
    pub(super) fn open(
        dir: &Path,
        limits: Limits,
        control: &'a Control<'a>,
        report: &mut Report,
    ) -> Option<Self> {
        let root = fs::canonicalize(dir).ok().filter(|root| root.is_dir());
        let Some(root) = root else {
            report.say(
                Code::NotAFolder,
                0,
                Text::say(|words| words.no_such_folder()),
                Text::say(|words| words.give_a_folder()),
            );
            return None;
        };
        Some(Self { root: Some(root), ..Self::of(Held::default(), limits, control) }.measured())
    }

    /// No folder: what is held in memory is all there is.
    pub(super) fn of(held: Held, limits: Limits, control: &'a Control<'a>) -> Self {
        let (files, said) = (Vec::new(), BTreeMap::new());
        Self { root: None, held, limits, control, files, said, done: 0, total: 0 }.measured()
    }

    /// This folder, with what is held in memory in the place of its files.
    pub(super) fn holding(mut self, frames: Frames) -> Self {
        self.held = frames.into_held();
        self.measured()
    }

    fn measured(mut self) -> Self {
        self.measure();
        self
    }

    /// Where a file of that name would be.
    fn at(&self, name: &str) -> Option<PathBuf> {
        self.root.as_ref().map(|root| root.join(name))
    }

    /// What `territory.toml` says of tables.
    pub(super) fn set_said(&mut self, said: BTreeMap<&'static str, Said>) {
        self.said = said;
        self.measure();
    }

    /// How many bytes there are to read.
    fn measure(&mut self) {
        let tables = headers::TABLES.iter().map(|(table, _)| self.name_of(table));
        let names = DOCUMENTS.iter().map(|name| (*name).to_owned()).chain(tables);
        let size = |name: String| {
            let text = self.held.text(&name).map(|text| text.len() as u64);
            text.unwrap_or_else(|| {
                self.at(&name).and_then(|path| fs::metadata(path).ok()).map_or(0, |m| m.len())
            })
        };
        self.total = names.map(size).fold(0, u64::saturating_add);
    }

    /// Which file a table is in.
    fn which(&self, table: &str) -> Which {
        if let Some(name) = self.held.name_of(table) {
            return Which::One(name.to_owned());
        }
        match self.said.get(table).and_then(|said| said.file.as_ref()) {
            Some(Named::Refused) => return Which::Refused,
            Some(Named::File(name)) if self.has(name) => return Which::One(name.clone()),
            Some(Named::File(name)) => return Which::Absent(name.clone()),
            None => {}
        }
        let points = WITH_POINTS.contains(&table).then_some(POINTS);
        let usual = ENDS.into_iter().chain(points).map(|end| format!("{table}{end}"));
        let mut there = usual.filter(|name| self.has(name));
        match (there.next(), there.next()) {
            (None, _) => Which::Nothing,
            (Some(one), None) => Which::One(one),
            (Some(one), Some(other)) => Which::Several(one, other),
        }
    }

    /// Whether there is a file for a table, readable or not, or one was named.
    pub(super) fn has_table(&self, table: &str) -> bool {
        !matches!(self.which(table), Which::Nothing)
    }

    /// The name of a table's file, or the one that it would have.
    pub(super) fn name_of(&self, table: &str) -> String {
        match self.which(table) {
            Which::One(name) | Which::Absent(name) | Which::Several(name, _) => name,
            Which::Nothing | Which::Refused => format!("{table}.csv"),
        }
    }

    pub(super) fn into_files(self) -> Vec<FileRead> {
        self.files
    }

    /// Whether there is something of that name, readable or not.
    pub(super) fn has(&self, name: &str) -> bool {
        self.held.text(name).is_some() || self.at(name).is_some_and(|path| fs::symlink_metadata(path).is_ok())
    }

    /// Says how far reading is, `within` bytes into the last file.
    pub(super) fn step(&self, within: u64) -> Result<(), Error> {
        let before = self.done - self.files.last().map_or(0, |f| f.bytes);
        self.control.step(Stage::Reading, before.saturating_add(within).min(self.total), self.total)
    }

    /// A table, its header read. What follows is reported of its file.
    pub(super) fn table(&mut self, form: &Form, report: &mut Report) -> Result<Found<Table>, Error> {
        let name = self.name_of(form.name);
        report.enter(&name);
        match self.which(form.name) {
            Which::Nothing => return Ok(Found::Nothing),
            Which::Refused => return Ok(Found::Unreadable),
            Which::Absent(name) => {
                missing_file(&name, report);
                return Ok(Found::Unreadable);
            }
            Which::Several(one, other) => {
                two_files(&one, &other, report);
                return Ok(Found::Unreadable);
            }
            Which::One(_) => {}
        }
        let none = Mapping::default();
        if let Some(cells) = self.held.take(form.name) {
            let mapping = self.said.get(form.name).map_or(&none, |said| &said.columns);
            let table = Table::held(form, cells, mapping, &self.limits, report);
            return Ok(table.map_or(Found::Unreadable, Found::Here));
        }
        let Some(bytes) = self.read(form.name, &name, report)? else { return Ok(Found::Unreadable) };
        let mapping = self.said.get(form.name).map_or(&none, |said| &said.columns);
        let table = Table::open(form, Format::of(&name), bytes, mapping, &self.limits, report);
        Ok(table.map_or(Found::Unreadable, Found::Here))
    }

    /// A table whose columns nobody knows yet, in a file of any name: [`Table::open_whole`].
    pub(super) fn whole_table(
        &mut self,
        name: &str,
        reads: impl Fn(&str) -> bool,
        report: &mut Report,
    ) -> Result<Option<(Table, Vec<String>)>, Error> {
        report.enter(name);
        let Some(bytes) = self.read("", name, report)? else { return Ok(None) };
        Ok(Table::open_whole(Format::of(name), bytes, reads, &self.limits, report))
    }

    /// The text of a document, in UTF-8. What follows is reported of it.
    pub(super) fn text(&mut self, name: &str, report: &mut Report) -> Result<Found<String>, Error> {
        report.enter(name);
        if !self.has(name) {
            return Ok(Found::Nothing);
        }
        let bytes = self.read(name, name, report)?;
        let text = bytes.and_then(|bytes| utf8(bytes, report));
        Ok(text.map_or(Found::Unreadable, Found::Here))
    }

    /// The bytes of a file, which is counted among those read.
    fn read(&mut self, what: &str, name: &str, report: &mut Report) -> Result<Option<Vec<u8>>, Error> {
        let Some(bytes) = self.bytes(name, report) else { return Ok(None) };
        let size = bytes.len() as u64;
        self.files.push(FileRead {
            name: name.to_owned(),
            bytes: size,
            sha256: sha256(&bytes),
            personal: !PUBLIC.contains(&what),
        });
        self.done = self.done.saturating_add(size);
        self.step(0)?;
        Ok(Some(bytes))
    }

    /// Names of the folder's own that end so, in order.
    #[cfg(any(feature = "roads", feature = "timetables"))]
    pub(super) fn ending(&self, end: &str) -> Vec<String> {
        let root = self.root.iter();
        root.flat_map(|root| ending_in(root, end)).collect::<BTreeSet<String>>().into_iter().collect()
    }

    /// Names that end so of the files in a folder of this one, in order, with that folder's before them, and at most so many;
    /// whether there are more. `None`, reported, where the folder can't be read.
    pub(super) fn ending_below(
        &self,
        below: &str,
        end: &str,
        most: usize,
        report: &mut Report,
    ) -> Option<(Vec<String>, bool)> {
        let mut first = self.held.below(below, end);
        let Some(root) = self.root.as_ref().filter(|_| self.has(below)) else {
            let more = first.len() > most;
            return Some((first.into_iter().take(most).collect(), more));
        };
        report.enter(below);
        let dir = match fs::canonicalize(root.join(below)) {
            Ok(dir) if !dir.starts_with(root) => return leads_outside(report),
            Ok(dir) => dir,
            Err(error) => return unreadable(&error.to_string(), report),
        };
        if let Err(error) = fs::read_dir(&dir) {
            return unreadable(&error.to_string(), report);
        }
        // A hidden file is a system's or an editor's own.
        let visible = ending_in(&dir, end).filter(|name| !name.starts_with('.'));
        let mut more = false;
        for name in visible {
            first.insert(format!("{below}/{name}"));
            if first.len() > most {
                first.pop_last();
                more = true;
            }
        }
        Some((first.into_iter().collect(), more))
    }

    /// As [`Folder::text`], of at most so many bytes.
    pub(super) fn short_text(
        &mut self,
        name: &str,
        most: u64,
        report: &mut Report,
    ) -> Result<Found<String>, Error> {
        let usual = self.limits.file_bytes;
        self.limits.file_bytes = usual.min(most);
        let text = self.text(name, report);
        self.limits.file_bytes = usual;
        text
    }

    /// Where a file is that is not read into memory; `None`, reported, when it can't be opened.
    #[cfg(any(feature = "roads", feature = "timetables"))]
    pub(super) fn path(&self, name: &str, report: &mut Report) -> Option<PathBuf> {
        let root = self.root.as_ref()?;
        match fs::canonicalize(root.join(name)) {
            Ok(path) if !path.starts_with(root) => leads_outside(report),
            Ok(path) if !path.is_file() => unreadable("not a file", report),
            Ok(path) => Some(path),
            Err(error) => unreadable(&error.to_string(), report),
        }
    }

    /// A folder in this one, if it is there and leads nowhere else.
    #[cfg(feature = "timetables")]
    pub(super) fn below(&self, name: &str) -> Option<PathBuf> {
        let root = self.root.as_ref()?;
        let path = fs::canonicalize(root.join(name)).ok()?;
        (path.starts_with(root) && path.is_dir()).then_some(path)
    }

    /// Counts a file that was read elsewhere.
    #[cfg(any(feature = "roads", feature = "timetables"))]
    pub(super) fn count(&mut self, file: FileRead) {
        self.files.push(file);
    }

    pub(super) const fn control(&self) -> &'a Control<'a> {
        self.control
    }

    /// As [`Folder::text`], for a file that a territory needs.
    pub(super) fn needed(
        &mut self,
        name: &'static str,
        report: &mut Report,
    ) -> Result<Option<String>, Error> {
        Ok(match self.text(name, report)? {
            Found::Here(text) => Some(text),
            Found::Unreadable => None,
            Found::Nothing => {
                missing_file(name, report);
                None
            }
        })
    }

    fn bytes(&self, name: &str, report: &mut Report) -> Option<Vec<u8>> {
        if let Some(text) = self.held.text(name) {
            return Some(text.to_owned().into_bytes());
        }
        let root = self.root.as_ref()?;
        let path = match fs::canonicalize(root.join(name)) {
            Ok(path) => path,
            Err(error) => return unreadable(&error.to_string(), report),
        };
        if !path.starts_with(root) {
            return leads_outside(report);
        }
        // Asked before opening: opening a pipe would wait for ever.
        match fs::metadata(&path) {
            Ok(meta) if !meta.is_file() => return unreadable("not a file", report),
            Ok(meta) if meta.len() > self.limits.file_bytes => {
                return too_large(self.limits.file_bytes, report);
            }
            Ok(_) => {}
            Err(error) => return unreadable(&error.to_string(), report),
        }
        let mut bytes = Vec::new();
        let most = self.limits.file_bytes;
        let read = File::open(&path).and_then(|f| f.take(most.saturating_add(1)).read_to_end(&mut bytes));
        match read {
            Err(error) => unreadable(&error.to_string(), report),
            Ok(_) if bytes.len() as u64 > most => too_large(most, report),
            Ok(_) => Some(bytes),
        }
    }
}

/// Names of a folder's own that end so.
fn ending_in<'e>(dir: &Path, end: &'e str) -> impl Iterator<Item = String> + use<'e> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(move |name| name.ends_with(end))
}

pub(super) fn missing_file(name: &str, report: &mut Report) {
    report.enter(name);
    report.say(
        Code::MissingFile,
        0,
        Text::say(|words| words.file_not_there()),
        Text::say(|words| words.add_the_file()),
    );
}

pub(super) fn two_files(one: &str, other: &str, report: &mut Report) {
    report.say(
        Code::TwoFiles,
        0,
        Text::say(|words| words.both_are_there(one, other)),
        Text::say(|words| words.keep_one_file()),
    );
}

fn leads_outside<T>(report: &mut Report) -> Option<T> {
    report.say(
        Code::Unreadable,
        0,
        Text::say(|words| words.leads_outside()),
        Text::say(|words| words.copy_the_file()),
    );
    None
}

fn unreadable<T>(why: &str, report: &mut Report) -> Option<T> {
    report.say(
        Code::Unreadable,
        0,
        Text::say(|words| words.file_unreadable(why)),
        Text::say(|words| words.check_the_rights()),
    );
    None
}

fn too_large<T>(most: u64, report: &mut Report) -> Option<T> {
    let megabytes = most / (1024 * 1024);
    report.say(
        Code::TooLarge,
        0,
        Text::say(|words| words.file_too_large(most, megabytes)),
        Text::say(|words| words.split_it_or_the_territory()),
    );
    None
}
