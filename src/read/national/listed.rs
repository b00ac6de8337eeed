//! Territory folders: one, those of a folder, or those of a list.

use super::super::files::Folder;
use super::super::places::with_density;
use super::super::report::Report;
use super::super::{FileRead, Limits, Opened, Unread, settings, sha256, sorted, territory};
use super::{digest, name_of};
use crate::control::Control;
use crate::error::Error;
use crate::finding::{Code, Finding, Source, Text};
use crate::territory::{Density, Draft};
use crate::units::Key;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What makes a folder a territory's.
const SETTINGS: &str = "territory.toml";
/// What begins a line of a list that names no folder.
const COMMENT: char = '#';

/// A territory folder, not opened yet.
///
/// ```
/// use maillage::read::{self, Territories};
/// use maillage::Control;
///
/// let national = read::national("data/valley".as_ref(), None, &Control::none())?;
/// let Territories::Folders(folders) = &national.territories else { panic!("a folder") };
/// let opened = folders[0].open(&Control::none())?;
/// assert_eq!(opened.opened.territory.name(), "Valley");
/// assert!(opened.density.is_empty(), "nobody said how dense its communes are");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TerritoryAt {
    /// How it is named: its path from the folder or list that was given.
    pub name: String,
    path: PathBuf,
    /// Why it can't be opened, where that is known already.
    problem: Option<Finding>,
}

/// A territory that was opened for a national run.
///
/// ```
/// # use maillage::read::{self, Territories};
/// # use maillage::Control;
/// # let national = read::national("data/valley".as_ref(), None, &Control::none())?;
/// # let Territories::Folders(folders) = &national.territories else { panic!("a folder") };
/// let opened = folders[0].open(&Control::none())?;
/// assert_eq!(opened.opened.territory.youths().len(), 14);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OpenedAt {
    /// The territory.
    pub opened: Opened,
    /// How dense its communes are, where the column `density` says so.
    pub density: BTreeMap<Key, Density>,
}

impl TerritoryAt {
    /// A hash of all that its answer depends on; of what can't be read, that it can't be: opening it tells so.
    pub fn digest(&self) -> String {
        match &self.problem {
            Some(finding) => sha256(format!("{finding:?}").as_bytes()),
            None => digest(&self.path).unwrap_or_else(|error| sha256(error.to_string().as_bytes())),
        }
    }

    /// Opens it.
    ///
    /// # Errors
    /// As [`territory`]; its files are named from where it was listed.
    pub fn open(&self, control: &Control<'_>) -> Result<OpenedAt, Error> {
        if let Some(finding) = &self.problem {
            return Err(Error::Input(vec![finding.clone()]));
        }
        let opened = territory(&self.path, control).map_err(|error| self.placed(error))?;
        let density = densities(&self.path, control).map_err(|error| self.placed(error))?;
        Ok(OpenedAt { opened, density })
    }

    /// Findings, their files named from where the folder was listed.
    fn placed(&self, error: Error) -> Error {
        let Error::Input(mut findings) = error else { return error };
        for finding in &mut findings {
            let file = finding.source.file.take();
            let file = file.map_or_else(|| self.name.clone(), |file| format!("{}/{file}", self.name));
            finding.source.file = Some(file.into());
        }
        Error::Input(findings)
    }
}

/// How dense the communes of a territory that was read are.
fn densities(dir: &Path, control: &Control<'_>) -> Result<BTreeMap<Key, Density>, Error> {
    let mut report = Report::new(Limits::default().findings);
    let Some(mut folder) = Folder::open(dir, Limits::default(), control, &mut report) else {
        return Ok(BTreeMap::new());
    };
    // What the columns are called is written there.
    settings::read(&mut folder, &mut Draft::default(), &mut report, &mut Unread::default())?;
    let communes = with_density(&mut folder, &mut report)?.unwrap_or_default();
    sorted(report.into_findings())?;
    Ok(communes.into_iter().filter_map(|(place, density)| Some((place.value.key, density?))).collect())
}

/// Folders, the file that lists them, and what is wrong with it.
type Listed = (Vec<TerritoryAt>, Vec<FileRead>, Vec<Finding>);

pub(super) fn read(path: &Path) -> Result<Listed, Error> {
    let whole = fs::canonicalize(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
    if whole.join(SETTINGS).exists() {
        return Ok((vec![found(name_of(&whole), whole)], Vec::new(), Vec::new()));
    }
    let listed = if whole.is_dir() { (below(&whole)?, Vec::new(), Vec::new()) } else { list(&whole)? };
    if listed.0.is_empty() {
        return Err(Error::Input(vec![none_there(&name_of(&whole))]));
    }
    Ok(listed)
}

const fn found(name: String, path: PathBuf) -> TerritoryAt {
    TerritoryAt { name, path, problem: None }
}

/// The territory folders of a folder, in the order of their names.
fn below(dir: &Path) -> Result<Vec<TerritoryAt>, Error> {
    let entries = fs::read_dir(dir).map_err(|source| Error::Io { path: dir.to_owned(), source })?;
    let names: BTreeSet<String> =
        entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    let all = names.into_iter().map(|name| (dir.join(&name), name));
    Ok(all.filter(|(path, _)| path.join(SETTINGS).exists()).map(|(path, name)| found(name, path)).collect())
}

/// The folders that a file names, one a line, from where it is and within it.
fn list(file: &Path) -> Result<Listed, Error> {
    let io = |source| Error::Io { path: file.to_owned(), source };
    let bytes = fs::read(file).map_err(io)?;
    let name = name_of(file);
    let read =
        FileRead { name: name.clone(), bytes: bytes.len() as u64, sha256: sha256(&bytes), personal: false };
    let text = String::from_utf8_lossy(&bytes);
    let root = file.parent().unwrap_or(Path::new("")).to_owned();
    let (mut all, mut findings) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for (line, text) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let text = text.trim();
        if text.is_empty() || text.starts_with(COMMENT) {
            continue;
        }
        let source = Source::file(&name).at(line);
        if !seen.insert(text.to_owned()) {
            findings.push(twice(source, text));
            continue;
        }
        let path = fs::canonicalize(root.join(text)).ok();
        let path = path.filter(|path| path.starts_with(&root) && path.join(SETTINGS).exists());
        let problem = path.is_none().then(|| unknown(source, text));
        findings.extend(problem.clone());
        all.push(TerritoryAt { name: text.to_owned(), path: path.unwrap_or_default(), problem });
    }
    Ok((all, vec![read], findings))
}

fn unknown(source: Source, name: &str) -> Finding {
    let name = super::super::clipped(name);
    Finding::new(
        Code::UnknownTerritory,
        source,
        Text::say(|words| words.no_such_territory(&name)),
        Text::say(|words| words.correct_the_path()),
    )
}

fn twice(source: Source, name: &str) -> Finding {
    let name = super::super::clipped(name);
    Finding::new(
        Code::RepeatedReference,
        source,
        Text::say(|words| words.territory_listed_twice(&name)),
        Text::say(|words| words.once_is_enough()),
    )
}

fn none_there(name: &str) -> Finding {
    Finding::new(
        Code::UnknownTerritory,
        Source::file(name),
        Text::say(|words| words.no_territory_there()),
        Text::say(|words| words.give_territories()),
    )
}
