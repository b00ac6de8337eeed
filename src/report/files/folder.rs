//! Writing a report folder, whole or not at all.

use super::beside::{self, Held};
use super::manifest::{Hashed, NAME, listed};
use super::{Audience, Document};
use crate::control::{Control, Stage};
use crate::error::{Error, Refusal};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// Writes `documents` as the folder `dir`, whole or not at all: into a folder
/// beside it, which then takes its name. A folder that maillage wrote is
/// replaced if nothing in it was added or changed; an empty one, too.
/// `input` is the folder that was read: neither lies in the other.
/// What writers that ended early left beside it is removed.
///
/// # Errors
/// [`Error::Refused`] when something would be lost or mixed up, [`Error::Io`]
/// when the system refuses, [`Error::Cancelled`]; `dir` is then as it was.
pub fn write(
    dir: &Path,
    documents: &[Document],
    input: Option<&Path>,
    control: &Control<'_>,
) -> Result<(), Error> {
    let place = Place::of(dir)?;
    place.apart_from(input)?;
    let replaces = place.replaceable()?;
    let staging = Staging::beside(&place, "new")?;
    for (done, document) in documents.iter().enumerate() {
        control.step(Stage::Writing, done as u64, documents.len() as u64)?;
        staging.write(document)?;
    }
    // The last moment at which the folder is as it was.
    control.step(Stage::Writing, documents.len() as u64, documents.len() as u64)?;
    staging.become_folder(&place, replaces)?;
    beside::sweep(&place.path);
    Ok(())
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
    let path = place.path.with_file_name(&document.path);
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
pub(super) struct Place {
    pub(super) name: String,
    pub(super) path: PathBuf,
}

impl Place {
    pub(super) fn of(dir: &Path) -> Result<Self, Error> {
        let Some(name) = dir.file_name().and_then(|name| name.to_str()) else {
            return refused(dir, Refusal::NotAName);
        };
        let parent = match dir.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let parent = fs::canonicalize(parent).map_err(at(parent))?;
        let path = parent.join(name);
        Ok(Self { name: name.to_owned(), path })
    }

    /// Refuses the folder that was read, what is in it and what is around it.
    pub(super) fn apart_from(&self, input: Option<&Path>) -> Result<(), Error> {
        let Some(input) = input.and_then(|input| fs::canonicalize(input).ok()) else { return Ok(()) };
        if self.path.starts_with(&input) || input.starts_with(&self.path) {
            return refused(&self.path, Refusal::Input);
        }
        Ok(())
    }

    /// Whether there is a folder of that name, which may then be replaced.
    pub(super) fn replaceable(&self) -> Result<bool, Error> {
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
        match beside.map(|name| self.path.with_file_name(name)) {
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
        all_listed(&entry, "", &files)?;
    }
    Ok(())
}

/// Refuses what is in a folder and not as its manifest says; `within` leads there from the manifest.
fn all_listed(dir: &Path, within: &str, files: &[Hashed]) -> Result<(), Error> {
    for path in entries(dir)? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let name = format!("{within}{name}");
        let below = format!("{name}/");
        if is_folder(&path) && files.iter().any(|file| file.file.starts_with(&below)) {
            all_listed(&path, &below, files)?;
        } else if name != NAME && !is_listed(&path, &name, files)? {
            return refused(&path, Refusal::NotOurs);
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

pub(super) fn entries(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = fs::read_dir(dir).map_err(at(dir))?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>().map_err(at(dir))?;
    paths.sort();
    Ok(paths)
}

/// A folder that is not yet, or no longer, anybody's: removed when dropped.
struct Staging {
    path: PathBuf,
    /// Says to others that somebody is at work here.
    _held: Held,
}

impl Staging {
    /// A new empty folder beside the place. Its name is hidden and free.
    fn beside(place: &Place, purpose: &str) -> Result<Self, Error> {
        let (path, _held) = beside::folder(&place.path, purpose)?;
        Ok(Self { path, _held })
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

    /// Takes the folder's name. What had it is then removed.
    fn become_folder(self, place: &Place, replaces: bool) -> Result<(), Error> {
        if !replaces {
            return fs::rename(&self.path, &place.path).map_err(at(&place.path));
        }
        if exchange(&self.path, &place.path).is_ok() {
            return removed(&self.path);
        }
        self.by_turns(place)
    }

    /// Takes the folder's name where two names can't be exchanged at once: what had it is put aside first,
    /// and comes back if that fails. For an instant, no folder has the name.
    fn by_turns(&self, place: &Place) -> Result<(), Error> {
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
        removed(&aside.path)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Gone already when it took the folder's name.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Exchanges two folders' names at once: at no instant is there none.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Removes a folder that somebody else may be removing too.
fn removed(path: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(path)(error)),
        _ => Ok(()),
    }
}

fn refused<T>(path: &Path, why: Refusal) -> Result<T, Error> {
    Err(Error::Refused { path: path.to_owned(), why })
}

pub(super) fn at(path: &Path) -> impl Fn(io::Error) -> Error + '_ {
    move |source| Error::Io { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody who looks all the time never sees nothing.
    #[cfg(target_os = "linux")]
    #[test]
    fn there_is_always_a_folder() {
        use std::sync::atomic::{AtomicBool, Ordering};
        let dir = tempfile::tempdir().unwrap();
        let place = Place::of(&dir.path().join("report")).unwrap();
        Staging::beside(&place, "new").unwrap().become_folder(&place, false).unwrap();
        let probe = Staging::beside(&place, "new").unwrap();
        if exchange(&probe.path, &place.path).is_err() {
            // A file system that knows no exchange: `by_turns` does it.
            return;
        }
        let (done, absent) = (AtomicBool::new(false), AtomicBool::new(false));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    absent.fetch_or(!place.path.exists(), Ordering::Relaxed);
                }
            });
            for _ in 0..300 {
                Staging::beside(&place, "new").unwrap().become_folder(&place, true).unwrap();
            }
            done.store(true, Ordering::Relaxed);
        });
        assert!(!absent.into_inner());
    }

    /// Where names can't be exchanged, folders are replaced all the same.
    #[test]
    fn by_turns_too_a_folder_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::of(&dir.path().join("report")).unwrap();
        let with = |text: &str| {
            let staging = Staging::beside(&place, "new").unwrap();
            let document = Document { path: "interne/plan.txt".into(), bytes: text.into() };
            staging.write(&document).unwrap();
            staging
        };
        with("one").become_folder(&place, false).unwrap();
        with("two").by_turns(&place).unwrap();
        let text = || fs::read_to_string(place.path.join("interne/plan.txt")).unwrap();
        assert_eq!(text(), "two");
        with("three").become_folder(&place, true).unwrap();
        assert_eq!(text(), "three");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
