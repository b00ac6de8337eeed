//! Reads a territory folder: CSV, TOML and GeoJSON become a [`Draft`], and
//! everything that is wrong comes back at once, each with its file and line.
//!
//! The format is described column by column in `docs/format.md`, every finding
//! in `docs/findings.md`. Only the folder's own files are opened: names are
//! fixed, and a symbolic link that leads outside is refused.

mod arrivals;
mod atlas;
mod booking;
mod calendar;
mod coordinates;
#[cfg(any(feature = "roads", feature = "timetables"))]
mod doors;
mod entities;
mod export;
mod features;
mod files;
mod fold;
mod forgiven;
mod frames;
#[cfg(feature = "communes")]
mod france;
mod gazetteer;
mod hours;
mod levers;
mod links;
mod logo;
mod national;
mod on_demand;
mod outlines;
mod places;
mod programme_rows;
mod programmes;
mod reference;
mod report;
#[cfg(feature = "roads")]
mod roads;
mod scenarios;
mod settings;
mod synthesis;
mod table;
mod times;
#[cfg(feature = "timetables")]
mod timetables;
mod tree;
mod value;
mod within;
mod youths;

pub use atlas::{Atlas, Epci};
#[cfg(any(feature = "roads", feature = "timetables"))]
pub use doors::{Door, doors, doors_of};
pub use export::{Export, ExportColumn, ExportRow, export};
pub use files::FileRead;
pub(crate) use files::{sha256, sha256_of};
pub(crate) use fold::{fold, fold_name, near, slips, words};
pub use frames::{Cells, Frames, PointCell, PointColumn};
pub use logo::Logo;
pub use national::{
    Catchment, CommuneOf, Country, National, OpenedAt, ScenarioFile, StructureOf, Territories, TerritoryAt,
    national,
};
pub(crate) use report::clipped;
pub(crate) use table::headers;

/// Communes of before whose name is known, with their codes.
pub(crate) fn former_communes() -> impl Iterator<Item = (&'static str, InseeCode)> {
    let former = reference::all().filter(|commune| commune.now.is_some());
    former.filter_map(|commune| Some((commune.name, InseeCode::new(commune.code)?)))
}

/// Texts as people write them, understood as the reader of a territory does.
pub(crate) mod understood {
    pub(crate) use super::hours::{absences, week};
    pub(crate) use super::value::{decimal, month, whole, yes_or_no};
}

use crate::control::Control;
use crate::error::Error;
use crate::finding::{self, Code, Finding, Level, Source, Text};
use crate::territory::{Draft, Pin, Rhythm, Scenario, Territory};
#[cfg(feature = "roads")]
use crate::travel::RoadTravel;
#[cfg(feature = "timetables")]
use crate::travel::TimetableTravel;
use crate::travel::{Links, Matrix, StraightLine, TravelProvider};
use crate::units::{InseeCode, Key};
use files::Folder;
use report::Report;
use scenarios::Scenarios;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use times::Missing;

/// How large an input may be. Beyond a limit there is a finding, not an exhausted memory.
///
/// ```
/// use maillage::read::{self, Limits};
///
/// let mut few = Limits::default();
/// few.rows = 5;
/// assert!(read::folder_within("data/valley".as_ref(), &few, &maillage::Control::none()).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Most bytes of a file.
    pub file_bytes: u64,
    /// Most rows of a file.
    pub rows: u64,
    /// Most columns of a file.
    pub columns: usize,
    /// Most bytes of one field.
    pub field_bytes: usize,
    /// Most bytes of one row.
    pub line_bytes: usize,
    /// Most half-days of a week: every site, adviser and programme may list them all.
    pub slots: usize,
    /// Most findings listed of reading one file, and of checking the whole; beyond, only their number is said.
    pub findings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 512 * 1024 * 1024,
            rows: 5_000_000,
            columns: 1_000,
            field_bytes: 100_000,
            line_bytes: 1_000_000,
            slots: 200,
            findings: 100_000,
        }
    }
}

/// A folder that was read without errors.
///
/// ```
/// use maillage::{Control, read};
///
/// let mut loaded = read::folder("data/valley".as_ref(), &Control::none())?;
/// loaded.draft.youths.retain(|youth| youth.value.key.as_str() != "y13");
/// loaded.draft.pins.clear();
/// assert_eq!(loaded.draft.check()?.0.youths().len(), 13);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Loaded {
    /// The territory as written, not yet checked.
    pub draft: Draft,
    /// The travel times of `times.csv`.
    pub times: Option<Arc<Matrix>>,
    /// Travel on the roads of `*.osm.pbf`.
    #[cfg(feature = "roads")]
    pub roads: Option<Arc<RoadTravel>>,
    /// Travel by the timetables of `*.zip` and `timetable/`.
    #[cfg(feature = "timetables")]
    pub timetable: Option<Arc<TimetableTravel>>,
    /// The scenarios of `scenarios/`, in the order of their names, not yet checked either.
    pub scenarios: Vec<Scenario>,
    /// Warnings and notes, sorted by file and line.
    pub notes: Vec<Finding>,
    /// The files that were found and read, in a fixed order.
    pub files: Vec<FileRead>,
}

/// Reads the folder `dir` with the default [`Limits`], without checking what
/// holds between entities.
///
/// # Errors
/// [`Error::Input`] with every finding when one is an error;
/// [`Error::Cancelled`] when `control` says so.
pub fn folder(dir: &Path, control: &Control<'_>) -> Result<Loaded, Error> {
    folder_within(dir, &Limits::default(), control)
}

/// As [`folder`], with other limits.
///
/// # Errors
/// As [`folder`].
pub fn folder_within(dir: &Path, limits: &Limits, control: &Control<'_>) -> Result<Loaded, Error> {
    let mut report = Report::new(limits.findings);
    let folder = Folder::open(dir, *limits, control, &mut report);
    let read = read_all(folder, report)?;
    let notes = sorted(read.report.into_findings())?;
    Ok(Loaded {
        draft: read.draft,
        times: read.times,
        #[cfg(feature = "roads")]
        roads: read.roads,
        #[cfg(feature = "timetables")]
        timetable: read.timetable,
        scenarios: read.scenarios.list,
        notes,
        files: read.files,
    })
}

/// A territory that was read and checked, with what was said of it.
///
/// ```
/// use maillage::{Control, read};
///
/// let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// assert_eq!(opened.territory.name(), "Valley");
/// assert!(opened.files.iter().any(|file| file.name == "youths.csv"));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Opened {
    /// The territory.
    pub territory: Territory,
    /// The travel times of `times.csv`.
    pub times: Option<Arc<Matrix>>,
    /// Travel on the roads of `*.osm.pbf`.
    #[cfg(feature = "roads")]
    pub roads: Option<Arc<RoadTravel>>,
    /// Travel by the timetables of `*.zip` and `timetable/`.
    #[cfg(feature = "timetables")]
    pub timetable: Option<Arc<TimetableTravel>>,
    /// Where each programme is written.
    pub programmes: BTreeMap<Key, Source>,
    /// The scenarios of `scenarios/`, in the order of their names.
    pub scenarios: Vec<Scenario>,
    /// Warnings and notes, sorted by file and line.
    pub findings: Vec<Finding>,
    /// The files that were found and read, in a fixed order.
    pub files: Vec<FileRead>,
}

impl Opened {
    /// A territory that is in no folder.
    pub fn of(territory: Territory) -> Self {
        Self {
            territory,
            times: None,
            #[cfg(feature = "roads")]
            roads: None,
            #[cfg(feature = "timetables")]
            timetable: None,
            programmes: BTreeMap::new(),
            scenarios: Vec::new(),
            findings: Vec::new(),
            files: Vec::new(),
        }
    }

    /// The scenario of that name.
    pub fn scenario(&self, key: &str) -> Option<&Scenario> {
        self.scenarios.iter().find(|scenario| scenario.key == key)
    }

    /// Who knows travel times: `times.csv`, then roads, then timetables, then the declared links, then straight lines.
    pub fn providers(&self) -> Vec<Arc<dyn TravelProvider>> {
        let mut providers = self.own_providers();
        providers.push(Arc::new(Links));
        providers.push(Arc::new(StraightLine));
        providers
    }

    /// Those of [`Opened::providers`] that know what the folder's files say, in the same order.
    pub fn own_providers(&self) -> Vec<Arc<dyn TravelProvider>> {
        let mut providers: Vec<Arc<dyn TravelProvider>> = Vec::new();
        if let Some(times) = &self.times {
            providers.push(Arc::clone(times) as Arc<dyn TravelProvider>);
        }
        #[cfg(feature = "roads")]
        if let Some(roads) = &self.roads {
            providers.push(Arc::clone(roads) as Arc<dyn TravelProvider>);
        }
        #[cfg(feature = "timetables")]
        if let Some(timetable) = &self.timetable {
            providers.push(Arc::clone(timetable) as Arc<dyn TravelProvider>);
        }
        providers
    }
}

/// Reads the folder `dir` with the default [`Limits`] and checks the territory.
///
/// # Errors
/// [`Error::Input`] with the findings of reading and of checking together, when
/// one is an error; [`Error::Cancelled`] when `control` says so.
pub fn territory(dir: &Path, control: &Control<'_>) -> Result<Opened, Error> {
    territory_within(dir, &Limits::default(), control)
}

/// As [`territory`], with other limits.
///
/// # Errors
/// As [`territory`].
pub fn territory_within(dir: &Path, limits: &Limits, control: &Control<'_>) -> Result<Opened, Error> {
    let mut report = Report::new(limits.findings);
    let folder = Folder::open(dir, *limits, control, &mut report);
    check(read_all(folder, report)?, control)
}

#[cfg_attr(not(feature = "timetables"), allow(unused_variables, reason = "only timetables take long"))]
fn check(mut read: Read, control: &Control<'_>) -> Result<Opened, Error> {
    if read.unread.everything {
        return Err(Error::Input(read.report.into_findings()));
    }
    read.unread.forget(&mut read.draft);
    let synthetic = read.synthetic;
    let explained =
        if read.unread.places { Vec::new() } else { places::explain_homes(&mut read.draft, &read.report) };
    let lines = read.draft.links.iter().map(|w| (w.value.key.clone(), w.source.clone())).collect();
    let programmes = read.draft.programmes.iter().map(|w| (w.value.key.clone(), w.source.clone())).collect();
    let (checked, found) = match read.draft.check() {
        Ok((territory, mut notes)) => {
            notes.extend(read.scenarios.findings(&territory, &read.report));
            // What could not be read is not missing.
            if read.report.errors() == 0 {
                notes.extend(to_nowhere(&territory, &lines));
                let missing = |times: &Arc<Matrix>| times::missing(&territory, times, read.missing_times);
                notes.extend(read.times.as_ref().and_then(missing));
                #[cfg(feature = "roads")]
                notes.extend(read.roads.iter().flat_map(|roads| roads.findings(&territory)));
                #[cfg(feature = "timetables")]
                if let Some(timetable) = &read.timetable {
                    notes.extend(timetable.findings(&territory, control)?);
                }
            }
            (Some(territory), notes)
        }
        Err(Error::Input(found)) => (None, found),
        Err(other) => return Err(other),
    };
    let (report, unread) = (&read.report, &read.unread);
    let of_places = |f: &Finding| read.place_files.iter().any(|file| is_in(f, file));
    let places_unsure = unread.places || read.place_files.iter().any(|file| report.is_spoiled_in(file));
    let news = |f: &Finding| match f.code {
        _ if report.is_garbled(&f.source) => false,
        Code::NobodyAtAll => !unread.youths && !synthetic,
        // A line with an error holds a placeholder: what the check says of it is not news.
        Code::DuplicateId | Code::UnknownReference => true,
        // A site's commune may be the row that was not read; a place has only its own.
        Code::NotLocated if places_unsure && !of_places(f) => false,
        code if is_of_the_whole(code) => report.errors() == 0,
        _ => !report.is_spoiled(&f.source),
    };
    let placed = |mut finding: Finding| {
        if let Some(column) = finding.source.column.take() {
            finding.source = report.column_of(finding.source, &column);
        } else if finding.code == Code::DuplicateId {
            finding.source = identifier_of(finding.source, report);
        }
        placed(finding, &read.youths_file, &read.programmes_file)
    };
    let mut all: Vec<Finding> = found.into_iter().filter(news).map(placed).collect();
    all.extend(explained.into_iter().filter(|f| !report.is_garbled(&f.source)));
    // What was found in reading is capped file by file.
    cap(&mut all, read.report.most());
    all.extend(read.report.into_findings());
    let findings = sorted(all)?;
    match checked {
        Some(territory) => Ok(Opened {
            territory,
            times: read.times,
            #[cfg(feature = "roads")]
            roads: read.roads,
            #[cfg(feature = "timetables")]
            timetable: read.timetable,
            programmes,
            scenarios: read.scenarios.list,
            findings,
            files: read.files,
        }),
        None => Err(Error::Input(findings)),
    }
}

/// The column of what a row is known by: its identifier, or a commune's code.
fn identifier_of(row: Source, report: &Report) -> Source {
    let columns = ["id", "insee_code"].map(|column| report.column_of(row.clone(), column));
    columns.into_iter().find(|source| source.column.is_some()).unwrap_or(row)
}

/// What is made of the whole: with a placeholder in it, it means nothing.
fn is_of_the_whole(code: Code) -> bool {
    matches!(
        code,
        Code::NoSiteForProgramme
            | Code::UselessSite
            | Code::UnknownOption
            | Code::TooManyOptions
            | Code::SlotsOverlap
            | Code::NobodyOfThatAge
            | Code::ExclusionCircle
            | Code::NobodyEnrolled
            | Code::EnrolledInNothing
            | Code::IdleAdviser
            | Code::NoSessionLeft
            | Code::PinCannotHold
            | Code::PinWithoutEffect
            | Code::PriorityWithoutEffect
            | Code::HorizonTooShort
    )
}

/// Links that nobody can go to a site with.
fn to_nowhere(territory: &Territory, lines: &BTreeMap<Key, Source>) -> Vec<Finding> {
    let finding = |id| {
        let key = &territory.links()[id].key;
        Finding::new(
            Code::LinkToNowhere,
            lines.get(key).cloned().unwrap_or_default(),
            Text::say(|words| words.link_to_nowhere(key)),
            Text::say(|words| words.check_its_stops()),
        )
    };
    Links.to_nowhere(territory).into_iter().map(finding).collect()
}

/// Lists as many findings as a file may have, and says how many there are besides.
fn cap(findings: &mut Vec<Finding>, most: usize) {
    let hidden = findings.len().saturating_sub(most);
    if hidden == 0 {
        return;
    }
    // Errors first: a cut must not make an input look sound.
    finding::sort(findings);
    findings.sort_by_key(Finding::level);
    let first_hidden = findings.get(most).and_then(|f| f.source.file.clone());
    findings.truncate(most);
    findings.push(Finding::new(
        Code::TooLarge,
        first_hidden.as_deref().map_or_else(Source::memory, Source::file),
        Text::say(|words| words.more_findings(hidden)),
        Text::say(|words| words.correct_those_shown()),
    ));
}

fn is_in(finding: &Finding, file: &str) -> bool {
    finding.source.file.as_deref() == Some(file)
}

/// What is said of the whole territory, placed in the file that it is about.
fn placed(mut finding: Finding, youths_file: &str, programmes_file: &str) -> Finding {
    if finding.source.file.is_none() {
        finding.source = Source::file(match finding.code {
            Code::NobodyAtAll => youths_file,
            Code::PinsConflict | Code::UnknownOption => "pins.toml",
            Code::TooManyOptions => programmes_file,
            _ => "territory.toml",
        });
    }
    finding
}

/// The findings in order, or an error with all of them when one is an error.
fn sorted(mut findings: Vec<Finding>) -> Result<Vec<Finding>, Error> {
    finding::sort(&mut findings);
    if findings.iter().any(|f| f.level() == Level::Error) {
        return Err(Error::Input(findings));
    }
    Ok(findings)
}

/// Everything that could be read. Where the report has an error, placeholders
/// stand in the draft so that what points there is not reported too.
struct Read {
    draft: Draft,
    report: Report,
    files: Vec<FileRead>,
    /// Where communes and places are written, where youths are, and programmes.
    place_files: [String; 2],
    youths_file: String,
    programmes_file: String,
    times: Option<Arc<Matrix>>,
    #[cfg(feature = "roads")]
    roads: Option<Arc<RoadTravel>>,
    #[cfg(feature = "timetables")]
    timetable: Option<Arc<TimetableTravel>>,
    scenarios: Scenarios,
    missing_times: Missing,
    /// Whether the youths are drawn.
    synthetic: bool,
    unread: Unread,
}

/// What is in a folder; without one, which was reported, nothing.
fn read_all(folder: Option<Folder<'_>>, mut report: Report) -> Result<Read, Error> {
    let mut unread = Unread::default();
    let Some(mut folder) = folder else {
        unread.everything = true;
        return Ok(Read {
            draft: Draft::default(),
            report,
            files: Vec::new(),
            place_files: Default::default(),
            youths_file: String::new(),
            programmes_file: String::new(),
            times: None,
            #[cfg(feature = "roads")]
            roads: None,
            #[cfg(feature = "timetables")]
            timetable: None,
            scenarios: Scenarios::default(),
            missing_times: Missing::default(),
            synthetic: false,
            unread,
        });
    };
    let mut draft = Draft::default();
    let settings = settings::read(&mut folder, &mut draft, &mut report, &mut unread)?;
    places::read(&mut folder, &mut draft, &mut report, &mut unread)?;
    outlines::read(&mut folder, &mut draft, &mut report, unread.places)?;
    entities::sites(&mut folder, &mut draft, &mut report, &mut unread)?;
    within::assign(&mut draft, &mut report);
    programmes::read(&mut folder, &mut draft, &mut report, &mut unread)?;
    entities::advisers(&mut folder, &mut draft, &mut report)?;
    youths::read(&mut folder, &settings, &mut draft, &mut report, &mut unread)?;
    calendar::read(&mut folder, &mut draft, &mut report, unread.sites)?;
    links::read(&mut folder, &mut draft, &mut report, &unread)?;
    arrivals::read(&mut folder, &mut draft, &mut report, &unread)?;
    let zones = on_demand::read(&mut folder, &mut draft, &mut report, &unread)?;
    let times = times::read(&mut folder, &draft, &mut report, &unread)?.map(Arc::new);
    #[cfg(feature = "roads")]
    let roads = roads::read(&mut folder, &mut report)?;
    #[cfg(feature = "timetables")]
    let timetable =
        timetables::read(&mut folder, first_date(&draft), !draft.on_demand.is_empty(), &mut report)?;
    #[cfg(all(feature = "timetables", feature = "roads"))]
    let timetable = timetable.map(|timetable| match &roads {
        Some(roads) => timetable.on_roads(Arc::clone(roads)),
        None => timetable,
    });
    #[cfg(feature = "timetables")]
    let timetable = timetable.map(Arc::new);
    programmes::pins(&mut folder, &mut draft, &mut report)?;
    let synthetic = settings.synthesis.is_some();
    if let Some(table) = &settings.synthesis {
        // Counts and programmes with an error would draw others than those meant.
        let drawn = if report.errors() == 0 { table.draw(&mut draft) } else { table.synthesis().map(|_| ()) };
        report.extend(drawn.err().unwrap_or_default());
    }
    let scenarios = scenarios::read(&mut folder, &draft, zones, &mut report)?;
    let place_files = ["communes", "places"].map(|table| folder.name_of(table));
    let youths_file = folder.name_of("youths");
    let programmes_file = programmes::file(&folder);
    Ok(Read {
        draft,
        report,
        files: folder.into_files(),
        place_files,
        youths_file,
        programmes_file,
        times,
        #[cfg(feature = "roads")]
        roads,
        #[cfg(feature = "timetables")]
        timetable,
        scenarios,
        missing_times: settings.missing_times,
        synthetic,
        unread,
    })
}

/// The first date on which a programme may start.
#[cfg(feature = "timetables")]
fn first_date(draft: &Draft) -> Option<jiff::civil::Date> {
    draft.programmes.iter().map(|programme| programme.value.start.first).min()
}

/// Kinds of entities whose file, or some identifier in it, could not be read:
/// references to them can't be looked up, and are not to be reported one by one.
#[derive(Default)]
struct Unread {
    everything: bool,
    slots: bool,
    places: bool,
    sites: bool,
    programmes: bool,
    youths: bool,
}

impl Unread {
    /// Takes references to what was not read out of the draft.
    fn forget(&self, draft: &mut Draft) {
        if self.slots {
            forget_slots(draft);
        }
        if self.places {
            draft.youths.iter_mut().for_each(|w| w.value.home = None);
        }
        if self.sites {
            draft.advisers.iter_mut().for_each(|w| w.value.sites.clear());
            for w in &mut draft.programmes {
                w.value.sites.clear();
                w.value.alternating.clear();
            }
        }
        if self.programmes {
            draft.youths.iter_mut().for_each(|w| w.value.programmes.clear());
        }
        let (sites, programmes, youths) = (self.sites, self.programmes, self.youths);
        draft.pins.retain(|w| match &w.value {
            Pin::Group { .. } => !sites && !programmes,
            Pin::In { .. } | Pin::Out { programme: Some(_), .. } => !youths && !programmes,
            Pin::Out { programme: None, .. } | Pin::Apart { .. } => !youths,
        });
    }
}

fn forget_slots(draft: &mut Draft) {
    draft.sites.iter_mut().for_each(|w| w.value.open.clear());
    draft.advisers.iter_mut().for_each(|w| w.value.slots.clear());
    for w in &mut draft.programmes {
        w.value.slots.clear();
        if matches!(w.value.rhythm, Rhythm::Listed(_)) {
            w.value.rhythm = Rhythm::HalfDays(1);
        }
    }
    for w in &mut draft.pins {
        if let Pin::Group { slots, .. } = &mut w.value {
            slots.clear();
        }
    }
}
