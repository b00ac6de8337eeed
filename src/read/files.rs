//! The folder: which files may be opened, and how much of them.

use super::Limits;
use super::report::Report;
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::finding::Code;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Every file that is ever opened.
const NAMES: [&str; 12] = [
    "territory.toml",
    "communes.csv",
    "places.csv",
    "communes.geojson",
    "sites.csv",
    "programmes.toml",
    "advisers.csv",
    "youths.csv",
    "calendar.csv",
    "links.csv",
    "times.csv",
    "pins.toml",
];

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// Its name in the folder.
    pub name: String,
    /// Its size.
    pub bytes: u64,
}

/// What is in a file of the folder.
pub(super) enum Found {
    /// There is no such file.
    Nothing,
    /// It is there and can't be read: that was reported.
    Unreadable,
    /// Its text.
    Text(String),
}

/// A folder being read.
pub(super) struct Folder<'a> {
    root: PathBuf,
    pub(super) limits: Limits,
    control: &'a Control<'a>,
    files: Vec<FileRead>,
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
                ("ce dossier n'existe pas ou n'est pas un dossier", "no such folder, or not a folder"),
                ("indiquez le dossier d'un territoire", "give the folder of a territory"),
            );
            return None;
        };
        let size = |name: &&str| fs::metadata(root.join(name)).map_or(0, |m| m.len());
        let total = NAMES.iter().map(size).fold(0, u64::saturating_add);
        Some(Self { root, limits, control, files: Vec::new(), done: 0, total })
    }

    pub(super) fn into_files(self) -> Vec<FileRead> {
        self.files
    }

    /// Whether there is something of that name, readable or not.
    pub(super) fn has(&self, name: &str) -> bool {
        fs::symlink_metadata(self.root.join(name)).is_ok()
    }

    /// Says how far reading is, `within` bytes into the last file.
    pub(super) fn step(&self, within: u64) -> Result<(), Error> {
        let before = self.done - self.files.last().map_or(0, |f| f.bytes);
        self.control.step(Stage::Reading, (before + within).min(self.total), self.total)
    }

    /// The text of a file. What follows is reported of it.
    pub(super) fn text(&mut self, name: &'static str, report: &mut Report) -> Result<Found, Error> {
        report.enter(name);
        if !self.has(name) {
            return Ok(Found::Nothing);
        }
        let Some(bytes) = self.bytes(name, report) else { return Ok(Found::Unreadable) };
        let size = bytes.len() as u64;
        self.files.push(FileRead { name: name.to_owned(), bytes: size });
        self.done = self.done.saturating_add(size);
        self.step(0)?;
        Ok(match super::csv::decoded(bytes, report) {
            Some(text) => Found::Text(text),
            None => Found::Unreadable,
        })
    }

    /// As [`Folder::text`], for a file that a territory needs.
    pub(super) fn needed(
        &mut self,
        name: &'static str,
        report: &mut Report,
    ) -> Result<Option<String>, Error> {
        Ok(match self.text(name, report)? {
            Found::Text(text) => Some(text),
            Found::Unreadable => None,
            Found::Nothing => {
                missing_file(name, report);
                None
            }
        })
    }

    fn bytes(&self, name: &str, report: &mut Report) -> Option<Vec<u8>> {
        let path = match fs::canonicalize(self.root.join(name)) {
            Ok(path) => path,
            Err(error) => return unreadable(&error.to_string(), report),
        };
        if !path.starts_with(&self.root) {
            report.say(
                Code::Unreadable,
                0,
                ("ce lien mène hors du dossier", "this link leads outside the folder"),
                ("copiez le fichier lui-même dans le dossier", "copy the file itself into the folder"),
            );
            return None;
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

pub(super) fn missing_file(name: &str, report: &mut Report) {
    report.enter(name);
    report.say(
        Code::MissingFile,
        0,
        ("ce fichier manque dans le dossier", "this file is missing from the folder"),
        ("ajoutez-le ; docs/format.md décrit ses colonnes", "add it; docs/format.md describes its columns"),
    );
}

fn unreadable<T>(why: &str, report: &mut Report) -> Option<T> {
    report.say(
        Code::Unreadable,
        0,
        (&format!("ce fichier ne peut pas être lu ({why})"), &format!("this file can't be read ({why})")),
        ("vérifiez que c'est un fichier et vos droits sur lui", "check that it is a file that you may read"),
    );
    None
}

fn too_large<T>(most: u64, report: &mut Report) -> Option<T> {
    let megabytes = most / (1024 * 1024);
    report.say(
        Code::TooLarge,
        0,
        (
            &format!("ce fichier dépasse {most} octets ({megabytes} Mo)"),
            &format!("this file is larger than {most} bytes ({megabytes} MB)"),
        ),
        ("découpez le territoire", "split the territory"),
    );
    None
}
