//! What a national run is asked about: territory folders, or every structure of a country with the communes
//! around it. One that can't be read is a finding of its own, and the others go on.

mod country;
mod listed;

pub use country::{Catchment, CommuneOf, Country, StructureOf};
pub use listed::{OpenedAt, TerritoryAt};

use super::files::{Folder, Found, alone, hexadecimal, large_file};
use super::report::Report;
use super::scenarios;
use super::{FileRead, Limits, sorted};
use crate::control::Control;
use crate::error::Error;
use crate::finding::{Code, Finding, Source, Text};
use crate::territory::{Scenario, Territory};
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::Path;

/// Territories to be planned one by one.
///
/// ```
/// use maillage::read::{self, Territories};
/// use maillage::Control;
///
/// let national = read::national("data/national".as_ref(), None, &Control::none())?;
/// let Territories::Country(country) = &national.territories else { panic!("three structures") };
/// assert_eq!(country.structures.len(), 3);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct National {
    /// Which they are.
    pub territories: Territories,
    /// Warnings and notes, and what is wrong with some of them, sorted by file and line.
    pub findings: Vec<Finding>,
    /// The files that were found and read, in a fixed order.
    pub files: Vec<FileRead>,
}

/// Where territories come from.
///
/// ```
/// use maillage::read::{self, Territories};
/// use maillage::Control;
///
/// let national = read::national("data/valley".as_ref(), None, &Control::none())?;
/// assert!(matches!(&national.territories, Territories::Folders(one) if one.len() == 1));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub enum Territories {
    /// Folders, each opened when its turn comes.
    Folders(Vec<TerritoryAt>),
    /// Structures, whose territories are made of the communes around them.
    Country(Country),
}

/// Reads what lies in `path`: a folder with `structures.csv` and `communes.csv`, a territory folder, a folder of
/// such folders, or a file that lists them, one a line. `perimeters` says which commune belongs to which structure.
///
/// # Errors
/// [`Error::Input`] when nothing can be asked about at all, [`Error::Cancelled`] when `control` says so. What is wrong
/// with one of many is told in its own place, and in [`National::findings`].
pub fn national(path: &Path, perimeters: Option<&Path>, control: &Control<'_>) -> Result<National, Error> {
    if path.join(country::STRUCTURES).is_file() {
        return country::read(path, perimeters, control);
    }
    let (territories, files, findings) = listed::read(path)?;
    let mut findings = findings;
    findings.extend(perimeters.map(perimeters_of_folders));
    crate::finding::sort(&mut findings);
    Ok(National { territories: Territories::Folders(territories), findings, files })
}

/// Territory folders have communes of their own.
fn perimeters_of_folders(file: &Path) -> Finding {
    Finding::new(
        Code::OutsidePerimeters,
        Source::file(&name_of(file)),
        Text::say(|words| words.perimeters_of_folders()),
        Text::say(|words| words.perimeters_of_structures()),
    )
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// A scenario in a file of its own, for whichever territories.
///
/// ```
/// use maillage::read::ScenarioFile;
/// # use maillage::{Control, read};
///
/// let file = ScenarioFile::open("data/chinonais/scenarios/coupe.toml".as_ref(), &Control::none())?;
/// let valley = read::territory("data/valley".as_ref(), &Control::none())?.territory;
/// assert_eq!(file.of(&valley).expect("it names nothing of its own").levers.len(), 1);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ScenarioFile {
    /// What was read.
    pub read: FileRead,
    text: String,
}

impl ScenarioFile {
    /// Opens the file.
    ///
    /// # Errors
    /// [`Error::Io`] when there is none, [`Error::Input`] when it is no text, [`Error::Cancelled`].
    pub fn open(path: &Path, control: &Control<'_>) -> Result<Self, Error> {
        let (dir, name) = alone(path)?;
        let mut report = Report::new(Limits::default().findings);
        let mut folder = Folder::open(&dir, Limits::default(), control, &mut report);
        let text = match &mut folder {
            Some(folder) => folder.text(&name, &mut report)?,
            None => Found::Unreadable,
        };
        let read = folder.into_iter().flat_map(Folder::into_files).next();
        match (text, read) {
            (Found::Here(text), Some(read)) => Ok(Self { read, text }),
            _ => Err(Error::Input(report.into_findings())),
        }
    }

    /// The text of such a file, under a name for findings and results.
    pub fn of_text(name: &str, text: String) -> Self {
        let (bytes, sha256) = (text.len() as u64, super::sha256(text.as_bytes()));
        Self { read: FileRead { name: name.to_owned(), bytes, sha256, personal: false }, text }
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The scenario, its levers held against a territory.
    ///
    /// # Errors
    /// [`Error::Input`] with every finding, such as a lever that names what is not there.
    pub fn of(&self, territory: &Territory) -> Result<Scenario, Error> {
        let mut report = Report::new(Limits::default().findings);
        let scenario = scenarios::alone(&self.read.name, &self.text, territory, &mut report);
        sorted(report.into_findings())?;
        Ok(scenario.unwrap_or_default())
    }
}

/// A hash of all files of a folder and of those below it: whatever changes in it changes this.
///
/// # Errors
/// [`Error::Io`] when something can't be read.
fn digest(dir: &Path) -> Result<String, Error> {
    let mut hash = Sha256::new();
    add_folder(dir, "", &mut hash).map_err(|source| Error::Io { path: dir.to_owned(), source })?;
    Ok(hexadecimal(&hash.finalize()))
}

fn add_folder(dir: &Path, within: &str, hash: &mut Sha256) -> io::Result<()> {
    let mut entries = fs::read_dir(dir)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{within}{}", entry.file_name().to_string_lossy());
        // A link to a folder is not followed: it may lead back here.
        if entry.file_type()?.is_dir() {
            add_folder(&entry.path(), &format!("{name}/"), hash)?;
        } else if fs::metadata(entry.path()).is_ok_and(|meta| meta.is_file()) {
            let file = large_file(&name, &entry.path())?;
            hash.update(format!("{name}\0{}\0", file.sha256).as_bytes());
        }
    }
    Ok(())
}
