//! Tables that are already in memory, such as data frames, and texts of documents: read in the place of a folder's
//! files, by the same readers and with the same findings.

use super::files::{DOCUMENTS, Folder};
use super::report::Report;
use super::settings::Settings;
use super::table::headers;
use super::{
    Limits, Opened, Unread, check, entities, links, places, programme_rows, read_all, sorted, youths,
};
use crate::control::Control;
use crate::error::Error;
use crate::finding::{Code, Finding, Source, Text};
use crate::territory::{Draft, Edit, Territory, Written};
use crate::units::Key;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

/// The cells of a table in memory, as texts: what a row of the table's CSV file would say.
///
/// ```
/// use maillage::read::Cells;
///
/// struct Places(Vec<(&'static str, f64, f64)>);
///
/// impl Cells for Places {
///     fn columns(&self) -> Vec<String> {
///         ["id", "lon", "lat"].map(str::to_owned).to_vec()
///     }
///     fn rows(&self) -> usize {
///         self.0.len()
///     }
///     fn write(&self, row: usize, column: usize, into: &mut String) {
///         let (id, lon, lat) = self.0[row];
///         into.push_str(&[id.to_owned(), lon.to_string(), lat.to_string()][column]);
///     }
/// }
///
/// let mut cell = String::new();
/// Places(vec![("moulin", 0.25, 47.036)]).write(0, 2, &mut cell);
/// assert_eq!(cell, "47.036");
/// ```
pub trait Cells: Send {
    /// The names of the columns.
    fn columns(&self) -> Vec<String>;

    /// How many rows there are.
    fn rows(&self) -> usize;

    /// Appends what a cell says; nothing for one that is empty. Both are counted from 0.
    fn write(&self, row: usize, column: usize, into: &mut String);

    /// What a column holds, where that can't be written as the text of a cell.
    fn unreadable(&self, _column: usize) -> Option<String> {
        None
    }

    /// The column that holds points, if there is one: they are read as `lon` and `lat` in a table that could have those
    /// columns and has neither.
    fn points(&self) -> Option<PointColumn> {
        None
    }

    /// What that column holds in a row.
    fn point(&self, _row: usize) -> PointCell {
        PointCell::Empty
    }
}

/// A column of points, such as the geometry of a data frame.
///
/// ```
/// use maillage::read::{Cells, Frames, PointCell, PointColumn};
/// use maillage::{Control, Error, finding::Code};
///
/// struct Places;
///
/// impl Cells for Places {
///     fn columns(&self) -> Vec<String> {
///         ["id", "geometry"].map(str::to_owned).to_vec()
///     }
///     fn rows(&self) -> usize {
///         1
///     }
///     fn write(&self, _row: usize, _column: usize, into: &mut String) {
///         into.push_str("moulin");
///     }
///     fn points(&self) -> Option<PointColumn> {
///         Some(PointColumn { column: 1, system: Some("Lambert-93 (EPSG:2154)".to_owned()) })
///     }
///     fn point(&self, _row: usize) -> PointCell {
///         PointCell::At(491_000.0, 6_665_000.0)
///     }
/// }
///
/// let mut frames = Frames::new();
/// assert!(frames.table("places", Box::new(Places)));
/// let Err(Error::Input(findings)) = frames.territory(Some("data/valley".as_ref()), &Control::none()) else { panic!() };
/// assert_eq!(findings[0].code, Code::AbsurdCoordinates);
/// assert_eq!(findings[0].source.column.as_deref(), Some("geometry"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointColumn {
    /// Which one, counted from 0.
    pub column: usize,
    /// The coordinate system, where it is said to be another than degrees of WGS84.
    pub system: Option<String>,
}

/// What a column of points holds in a row.
///
/// ```
/// use maillage::read::PointCell;
///
/// let moulin = PointCell::At(0.25, 47.036);
/// assert_ne!(moulin, PointCell::Empty);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PointCell {
    /// Nothing.
    Empty,
    /// A longitude and a latitude.
    At(f64, f64),
    /// Something that is no point, such as a polygon.
    Other,
}

/// Tables and documents in memory, in the place of a folder's. A finding names a table (`youths`), and a line as if it
/// were a file: 1 has the names of the columns, 2 is the first row.
///
/// ```
/// # use maillage::read::Cells;
/// # struct Places(Vec<(&'static str, f64, f64)>);
/// # impl Cells for Places {
/// #     fn columns(&self) -> Vec<String> { ["id", "lon", "lat"].map(str::to_owned).to_vec() }
/// #     fn rows(&self) -> usize { self.0.len() }
/// #     fn write(&self, row: usize, column: usize, into: &mut String) {
/// #         let (id, lon, lat) = self.0[row];
/// #         into.push_str(&[id.to_owned(), lon.to_string(), lat.to_string()][column]);
/// #     }
/// # }
/// use maillage::read::Frames;
/// use maillage::{Control, Error};
///
/// let homes = |lat| {
///     let known = [("moulin", 47.036), ("bois", lat), ("lande", 47.144), ("roche", 47.216), ("crete", 47.252)];
///     Box::new(Places(known.map(|(id, lat)| (id, 0.25, lat)).to_vec()))
/// };
/// let mut frames = Frames::new();
/// assert!(frames.table("places", homes(47.108)));
/// // Everything else is as the folder has it: three communes are places too.
/// let opened = frames.territory(Some("data/valley".as_ref()), &Control::none())?;
/// assert_eq!(opened.territory.places().len(), 8);
///
/// let mut frames = Frames::new();
/// assert!(frames.table("places", homes(f64::NAN)));
/// let Err(Error::Input(findings)) = frames.territory(Some("data/valley".as_ref()), &Control::none()) else { panic!() };
/// let latitude = findings.iter().find(|finding| finding.source.column.as_deref() == Some("lat"));
/// assert_eq!(latitude.expect("no number").source.to_string(), "places:3");
/// # Ok::<(), Error>(())
/// ```
#[derive(Default)]
pub struct Frames {
    tables: BTreeMap<&'static str, Box<dyn Cells>>,
    texts: BTreeMap<String, String>,
}

impl fmt::Debug for Frames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (tables, texts) = (self.tables.keys(), self.texts.keys());
        f.debug_list().entries(tables).entries(texts).finish()
    }
}

impl Frames {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A table by its name, such as `youths`. Whether there is a table of that name.
    #[must_use = "a table of another name is not read"]
    pub fn table(&mut self, name: &str, cells: Box<dyn Cells>) -> bool {
        let known = headers::TABLES.iter().find(|(table, _)| *table == name);
        if let Some((table, _)) = known {
            self.tables.insert(table, cells);
        }
        known.is_some()
    }

    /// The text of a document by its file's name, such as `territory.toml` or `scenarios/today.toml`. Whether there is
    /// such a document.
    #[must_use = "a document of another name is not read"]
    pub fn text(&mut self, name: &str, text: String) -> bool {
        let scenario = name.starts_with("scenarios/") && name.ends_with(".toml");
        let known = scenario || DOCUMENTS.contains(&name);
        if known {
            self.texts.insert(name.to_owned(), text);
        }
        known
    }

    /// Reads and checks the territory; what is not in memory is the folder's, where one is given.
    ///
    /// # Errors
    /// As [`territory`](super::territory).
    pub fn territory(self, dir: Option<&Path>, control: &Control<'_>) -> Result<Opened, Error> {
        let limits = Limits::default();
        let mut report = Report::new(limits.findings);
        let folder = match dir {
            Some(dir) => Folder::open(dir, limits, control, &mut report).map(|folder| folder.holding(self)),
            None => Some(Folder::of(self.into_held(), limits, control)),
        };
        check(read_all(folder, report)?, control)
    }

    /// What puts the rows of places, sites, advisers, programmes, youths and links into a territory: each is added, or
    /// replaces what has its identifier.
    ///
    /// # Errors
    /// [`Error::Input`] with every finding when one is an error, [`Error::Cancelled`] when `control` says so.
    pub fn edits(self, territory: &Territory, control: &Control<'_>) -> Result<Vec<Edit>, Error> {
        let limits = Limits::default();
        let (mut report, mut unread) = (Report::new(limits.findings), Unread::default());
        let Draft { slots, places, .. } = territory.to_draft();
        let known = places.len();
        let mut draft = Draft { slots, places, ..Draft::default() };
        let mut folder = Folder::of(self.into_held(), limits, control);
        let settings = Settings::default();
        places::places(&mut folder, &mut draft, &mut report)?;
        entities::advisers(&mut folder, &mut draft, &mut report)?;
        links::read(&mut folder, &mut draft, &mut report, &unread)?;
        if folder.has_table("sites") {
            entities::sites(&mut folder, &mut draft, &mut report, &mut unread)?;
        }
        if folder.has_table(programme_rows::TABLE) {
            programme_rows::read(&mut folder, &mut draft, &mut report, &mut unread)?;
        }
        if folder.has_table("youths") {
            youths::read(&mut folder, &settings, &mut draft, &mut report, &mut unread)?;
        }
        let added = draft.places.split_off(known);
        let mut edits = Vec::new();
        put(added, |place| &place.key, Edit::PutPlace, &mut edits, &mut report);
        put(draft.sites, |site| &site.key, Edit::PutSite, &mut edits, &mut report);
        put(draft.advisers, |adviser| &adviser.key, Edit::PutAdviser, &mut edits, &mut report);
        put(draft.programmes, |programme| &programme.key, Edit::PutProgramme, &mut edits, &mut report);
        put(draft.youths, |youth| &youth.key, Edit::PutYouth, &mut edits, &mut report);
        put(draft.links, |link| &link.key, Edit::PutLink, &mut edits, &mut report);
        sorted(report.into_findings()).map(|_| edits)
    }

    pub(super) fn into_held(self) -> Held {
        let held = |(table, cells)| (table, HeldTable { name: table, cells: Some(cells) });
        Held { tables: self.tables.into_iter().map(held).collect(), texts: self.texts }
    }
}

/// Puts each value once; an identifier that is there already is reported.
fn put<T>(
    values: Vec<Written<T>>,
    key: impl Fn(&T) -> &Key,
    edit: impl Fn(T) -> Edit,
    edits: &mut Vec<Edit>,
    report: &mut Report,
) {
    let mut known = BTreeSet::new();
    for Written { value, source } in values {
        if known.insert(key(&value).clone()) {
            edits.push(edit(value));
        } else {
            let source = report.column_of(source, "id");
            report.add(there_already(key(&value), source));
        }
    }
}

fn there_already(key: &Key, source: Source) -> Finding {
    Finding::new(
        Code::DuplicateId,
        source,
        Text::say(|words| words.there_already(key)),
        Text::say(|words| words.another_identifier()),
    )
}

/// A table that is held.
struct HeldTable {
    /// What findings call it.
    name: &'static str,
    /// Until they are read.
    cells: Option<Box<dyn Cells>>,
}

/// What is read in the place of files.
#[derive(Default)]
pub(super) struct Held {
    /// By table.
    tables: BTreeMap<&'static str, HeldTable>,
    /// By file.
    texts: BTreeMap<String, String>,
}

impl Held {
    /// One table, which findings call `name`.
    #[cfg(any(feature = "roads", feature = "timetables"))]
    pub(super) fn one(table: &'static str, name: &'static str, cells: Box<dyn Cells>) -> Self {
        let held = HeldTable { name, cells: Some(cells) };
        Self { tables: BTreeMap::from([(table, held)]), texts: BTreeMap::new() }
    }

    /// What findings call a table that is held.
    pub(super) fn name_of(&self, table: &str) -> Option<&'static str> {
        self.tables.get(table).map(|held| held.name)
    }

    /// The cells of a table, once.
    pub(super) fn take(&mut self, table: &str) -> Option<Box<dyn Cells>> {
        self.tables.get_mut(table).and_then(|held| held.cells.take())
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }

    /// The names of texts in a folder of that name that end so.
    pub(super) fn below(&self, below: &str, end: &str) -> BTreeSet<String> {
        let inside = |name: &&String| {
            name.strip_prefix(below).is_some_and(|rest| rest.starts_with('/')) && name.ends_with(end)
        };
        self.texts.keys().filter(inside).cloned().collect()
    }
}
