//! Documents of a report folder. What makes them answers bytes in memory;
//! [`write`] and [`write_file`] alone touch the disk.

mod beside;
mod folder;
mod kept;
mod layer;
mod manifest;
mod sheet;
mod single;
mod territory;

pub use folder::write;
pub use kept::Kept;
pub(crate) use layer::Layer;
#[cfg(feature = "schemas")]
pub(crate) use manifest::Manifest;
pub(crate) use manifest::{Contents, Hashed, NAME as MANIFEST, NATIONAL as NATIONAL_MANIFEST, manifest};
pub(super) use sheet::field;
pub(crate) use sheet::{Cell, Column, Sheet};
pub use single::write_file;
pub use territory::{LINK_TABLE, territory, vacant, write_territory};

use super::Levers;
use crate::finding::Lang;
use crate::groups::Limits;
use crate::plan::Plan;
use crate::questions::{Holding, Sweep};
use crate::read::{FileRead, Logo, Opened};
use crate::territory::Territory;
#[cfg(feature = "roads")]
use crate::travel::RoadTravel;
#[cfg(feature = "timetables")]
use crate::travel::TimetableTravel;
use crate::travel::TravelTimes;

/// A file to be written.
///
/// ```
/// use maillage::report::{self, Locale, Run};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let run = Run { locale: Locale::En, ..Run::of(&opened, study.times()) };
/// let documents = report::documents(study.territory(), &plan, &run);
/// assert!(documents.iter().any(|document| document.path == "partage/partage.json"));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Where, relative to the report folder, with `/` between names.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Document {
    pub(crate) fn new(audience: Audience, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: format!("{}/{name}", audience.as_str()), bytes: bytes.into() }
    }
}

/// Who a document is for. The two are never mixed in one file.
///
/// ```
/// use maillage::report::Audience;
///
/// assert_eq!(Audience::Partage.as_str(), "partage");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// The structure's own desk: exact, with identifiers of youths. Personal data.
    Interne,
    /// Anybody: bands, counts that are large enough, never a person.
    Partage,
}

impl Audience {
    /// The word in files, and the name of the folder.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Interne => "interne",
            Self::Partage => "partage",
        }
    }
}

/// How CSV files are written.
///
/// ```
/// use maillage::report::Locale;
///
/// assert_eq!(Locale::default(), Locale::En);
/// assert_eq!(Locale::Fr.as_str(), "fr");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// For programs: `,` between cells, a decimal point, English names.
    #[default]
    En,
    /// For a French spreadsheet: byte order mark, `;`, a decimal comma, French names.
    Fr,
}

impl Locale {
    /// The word in the manifest.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The language of its names.
    pub(crate) const fn lang(self) -> Lang {
        match self {
            Self::En => Lang::En,
            Self::Fr => Lang::Fr,
        }
    }

    /// One of two words.
    pub(crate) fn pick<T>(self, en: T, fr: T) -> T {
        match self {
            Self::En => en,
            Self::Fr => fr,
        }
    }
}

/// How a plan came about, and how it is to be told.
///
/// ```
/// use maillage::report::{self, Locale, Run};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let run = Run { locale: Locale::Fr, ..Run::of(&opened, study.times()) };
/// let documents = report::documents(study.territory(), &plan, &run);
/// let manifest = documents.iter().find(|document| document.path == "interne/manifest.json").expect("one");
/// assert!(String::from_utf8_lossy(&manifest.bytes).contains(r#""locale": "fr""#));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// What was read.
    pub inputs: &'a [FileRead],
    /// How far the search could go.
    pub limits: Limits,
    /// How CSV files are written.
    pub locale: Locale,
    /// The language of pages.
    pub lang: Lang,
    /// Stands at the head of pages.
    pub logo: Option<&'a Logo>,
    /// What levers would unlock, where that was asked.
    pub levers: Option<Levers<'a>>,
    /// How well the groups hold, where that was asked: only the structure's own page tells it.
    pub holding: Option<&'a [Holding]>,
    /// Other limits and minimum sizes, where that was asked: only the structure's own page tells it.
    pub sweep: Option<&'a Sweep>,
    /// The travel times that the plan rests on.
    pub times: &'a TravelTimes,
    /// The roads, where there are any: pages show what is within reach of each site.
    #[cfg(feature = "roads")]
    pub roads: Option<&'a RoadTravel>,
    /// The timetables, where there are any: sheets of youths name lines and stops.
    #[cfg(feature = "timetables")]
    pub timetable: Option<&'a TimetableTravel>,
}

impl<'a> Run<'a> {
    /// A run with nothing to tell but its travel times.
    pub fn new(times: &'a TravelTimes) -> Self {
        Self {
            inputs: &[],
            limits: Limits::default(),
            locale: Locale::default(),
            lang: Lang::default(),
            logo: None,
            levers: None,
            holding: None,
            sweep: None,
            times,
            #[cfg(feature = "roads")]
            roads: None,
            #[cfg(feature = "timetables")]
            timetable: None,
        }
    }

    /// As [`Run::new`], with what a folder held beside the territory.
    pub fn of(opened: &'a Opened, times: &'a TravelTimes) -> Self {
        Self {
            inputs: &opened.files,
            #[cfg(feature = "roads")]
            roads: opened.roads.as_deref(),
            #[cfg(feature = "timetables")]
            timetable: opened.timetable.as_deref(),
            ..Self::new(times)
        }
    }
}

/// Every document of a report folder: `interne/`, then `partage/`. The same
/// input gives the same bytes.
pub fn documents(territory: &Territory, plan: &Plan, run: &Run<'_>) -> Vec<Document> {
    let mut all = super::interne::documents(territory, plan, run);
    all.extend(super::partage::documents(territory, plan, run));
    all
}

/// The page alone, of either kind: one HTML file that needs nothing else.
pub fn page(territory: &Territory, plan: &Plan, run: &Run<'_>, audience: Audience) -> String {
    match audience {
        Audience::Interne => super::page::interne(territory, plan, run),
        Audience::Partage => super::partage::page(territory, plan, run),
    }
}
