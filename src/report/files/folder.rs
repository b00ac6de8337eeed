//! Writing a report folder, whole or not at all.

use super::manifest::{Hashed, NAME, listed};
use super::{Audience, Document};
use crate::error::{Error, Refusal};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// Writes `documents` as the folder `dir`, whole or not at all: into a folder
/// beside it, which then takes its name. A folder that maillage wrote is
/// replaced if nothing in it was added or changed; an empty one, too.
/// `input` is the folder that was read: neither lies in the other.
///
/// # Errors
/// [`Error::Refused`] when something would be lost or mixed up, [`Error::Io`]
/// when the system refuses; `dir` is then as it was.
pub fn write(dir: &Path, documents: &[Document], input: Option<&Path>) -> Result<(), Error> {
    let place = Place::of(dir)?;
    place.apart_from(input)?;
    let replaces = place.replaceable()?;
    let staging = Staging::beside(&place, "new")?;
    for document in documents {
        staging.write(document)?;
    }
    staging.become_folder(&place, replaces)
}

/// Writes `documents` as the new folder `dir`, whole or not at all, and `beside` as a file
/// beside it, which only its owner may read. Nothing is replaced but an empty folder.
pub(super) fn write_new(dir: &Path, documents: &[Document], beside: Option<&Document>) -> Result<(), Error> {
    let place = Place::of(dir)?;
    let replaces = place.vacant(beside.map(|document| document.path.as_str()))?;
    let staging = Staging::beside(&place, "new")?;
    for document in documents {
        staging.write(document)?;
    }
    let Some(document) = beside else { return staging.become_folder(&place, replaces) };
    let path = place.parent.join(&document.path);
    put_new(&path, &document.bytes)?;
    let named = staging.become_folder(&place, replaces);
    if named.is_err() {
        // It links identifiers that nothing has.
        let _ = fs::remove_file(&path);
    }
    named
}

/// Refuses a place where something is, and a file beside it that is there.
pub(super) fn vacant(dir: &Path, beside: Option<&str>) -> Result<(), Error> {
    Place::of(dir)?.vacant(beside).map(|_| ())
}

/// A file that is not there yet, whole or not at all.
fn put_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(at(path))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written.map_err(at(path))
}

/// Where the folder is to be.
struct Place {
    parent: PathBuf,
    name: String,
    path: PathBuf,
}

impl Place {
    fn of(dir: &Path) -> Result<Self, Error> {
        let Some(name) = dir.file_name().and_then(|name| name.to_str()) else {
            return refused(dir, Refusal::NotAName);
        };
        let parent = match dir.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let parent = fs::canonicalize(parent).map_err(at(parent))?;
        let path = parent.join(name);
        Ok(Self { parent, name: name.to_owned(), path })
    }

    /// Refuses the folder that was read, what is in it and what is around it.
    fn apart_from(&self, input: Option<&Path>) -> Result<(), Error> {
        let Some(input) = input.and_then(|input| fs::canonicalize(input).ok()) else { return Ok(()) };
        if self.path.starts_with(&input) || input.starts_with(&self.path) {
            return refused(&self.path, Refusal::Input);
        }
        Ok(())
    }

    /// Whether there is a folder of that name, which may then be replaced.
    fn replaceable(&self) -> Result<bool, Error> {
        let there = self.is_folder()?;
        if there {
            ours(&self.path)?;
        }
        Ok(there)
    }

    /// Whether there is an empty folder of that name; refuses anything else that is there.
    fn vacant(&self, beside: Option<&str>) -> Result<bool, Error> {
        let there = self.is_folder()?;
        if there && !entries(&self.path)?.is_empty() {
            return refused(&self.path, Refusal::NotEmpty);
        }
        match beside.map(|name| self.parent.join(name)) {
            Some(path) if fs::symlink_metadata(&path).is_ok() => refused(&path, Refusal::LinkTable),
            _ => Ok(there),
        }
    }

    /// Whether there is a folder of that name; refuses what is no folder.
    fn is_folder(&self) -> Result<bool, Error> {
        let meta = match fs::symlink_metadata(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            other => other.map_err(at(&self.path))?,
        };
        if meta.is_symlink() {
            return refused(&self.path, Refusal::Link);
        }
        if !meta.is_dir() {
            return refused(&self.path, Refusal::NotAFolder);
        }
        Ok(true)
    }
}

/// Refuses a folder in which anything is not as a manifest of ours says.
fn ours(dir: &Path) -> Result<(), Error> {
    for entry in entries(dir)? {
        let audiences = [Audience::Interne, Audience::Partage];
        let known = audiences.iter().any(|a| entry.file_name().is_some_and(|name| name == a.as_str()));
        if !known || !is_folder(&entry) {
            return refused(&entry, Refusal::NotOurs);
        }
        let manifest = fs::read(entry.join(NAME)).ok().and_then(|bytes| listed(&bytes));
        let Some(files) = manifest else { return refused(&entry, Refusal::NotOurs) };
        for file in entries(&entry)? {
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name != NAME && !is_listed(&file, name, &files)? {
                return refused(&file, Refusal::NotOurs);
            }
        }
    }
    Ok(())
}

fn is_listed(path: &Path, name: &str, files: &[Hashed]) -> Result<bool, Error> {
    let plain = fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file());
    let Some(listed) = files.iter().find(|file| file.file == name).filter(|_| plain) else {
        return Ok(false);
    };
    Ok(*listed == Hashed::of(name, &fs::read(path).map_err(at(path))?))
}

fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|meta| meta.is_dir())
}

fn entries(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = fs::read_dir(dir).map_err(at(dir))?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>().map_err(at(dir))?;
    paths.sort();
    Ok(paths)
}

/// A folder that is not yet, or no longer, anybody's: removed when dropped.
struct Staging {
    path: PathBuf,
}

impl Staging {
    /// A new empty folder beside the place. Its name is hidden and free.
    fn beside(place: &Place, purpose: &str) -> Result<Self, Error> {
        let mut tried = 0;
        loop {
            let id = std::process::id();
            let path = place.parent.join(format!(".{}.{purpose}-{id}-{tried}", place.name));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self { path }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tried < 1_000 => tried += 1,
                Err(error) => return Err(at(&path)(error)),
            }
        }
    }

    fn write(&self, document: &Document) -> Result<(), Error> {
        let relative = Path::new(&document.path);
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return refused(relative, Refusal::NotAName);
        }
        let path = self.path.join(relative);
        let parent = path.parent().unwrap_or(&self.path);
        fs::create_dir_all(parent).map_err(at(parent))?;
        let mut file = File::create_new(&path).map_err(at(&path))?;
        file.write_all(&document.bytes).and_then(|()| file.sync_all()).map_err(at(&path))
    }

    /// Takes the folder's name. What had it is put aside first, and comes back if that fails.
    fn become_folder(self, place: &Place, replaces: bool) -> Result<(), Error> {
        if !replaces {
            return fs::rename(&self.path, &place.path).map_err(at(&place.path));
        }
        let aside = Self::beside(place, "old")?;
        let old = aside.path.join(&place.name);
        fs::rename(&place.path, &old).map_err(at(&place.path))?;
        if let Err(error) = fs::rename(&self.path, &place.path) {
            if fs::rename(&old, &place.path).is_err() {
                // Better left aside than lost.
                std::mem::forget(aside);
            }
            return Err(at(&place.path)(error));
        }
        fs::remove_dir_all(&aside.path).map_err(at(&aside.path))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Gone already when it took the folder's name.
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn refused<T>(path: &Path, why: Refusal) -> Result<T, Error> {
    Err(Error::Refused { path: path.to_owned(), why })
}

pub(super) fn at(path: &Path) -> impl Fn(io::Error) -> Error + '_ {
    move |source| Error::Io { path: path.to_owned(), source }
}
