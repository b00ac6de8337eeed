//! Names beside a place, hidden and free, for what is to take it whole; and what writers that ended early left there.
//!
//! Whoever writes holds a lock on what it writes to, which the system lets go of when the process ends, however it
//! ends: what nobody holds is nobody's. Where the system knows no such locks, nothing is swept.

use super::folder::at;
use crate::error::{Error, Refusal};
use std::fs::{self, File, FileType, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Most names that are tried.
const NAMES: u32 = 1_000;

/// A lock, where the system has them, as long as this lives.
pub(super) struct Held(#[expect(dead_code, reason = "held, never looked at")] Option<File>);

/// A new empty folder beside `place`, and its lock.
///
/// # Errors
/// [`Error::Refused`] when `place` is no name, [`Error::Io`] when the system refuses.
pub(super) fn folder(place: &Path, purpose: &str) -> Result<(PathBuf, Held), Error> {
    free(place, purpose, |path| {
        fs::create_dir(path)?;
        Ok(match File::open(path) {
            Ok(folder) => hold(&folder, path).then_some(Held(Some(folder))),
            // Some systems open no folders.
            Err(_) => path.exists().then_some(Held(None)),
        })
    })
}

/// A new empty file beside `place`, locked.
///
/// # Errors
/// As [`folder`].
pub(super) fn file(place: &Path) -> Result<(PathBuf, File), Error> {
    free(place, "new", |path| {
        let file = File::create_new(path)?;
        Ok(hold(&file, path).then_some(file))
    })
}

/// The first free name for which `make` makes something.
fn free<T>(
    place: &Path,
    purpose: &str,
    make: impl Fn(&Path) -> io::Result<Option<T>>,
) -> Result<(PathBuf, T), Error> {
    let Some(name) = place.file_name().and_then(|name| name.to_str()) else {
        return Err(Error::Refused { path: place.to_owned(), why: Refusal::NotAName });
    };
    let mut tried = 0;
    loop {
        let path = place.with_file_name(format!("{}{purpose}-{}-{tried}", prefix(name), std::process::id()));
        match make(&path) {
            Ok(Some(made)) => return Ok((path, made)),
            Ok(None) if tried < NAMES => {}
            Ok(None) => return Err(at(&path)(io::ErrorKind::AlreadyExists.into())),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tried < NAMES => {}
            Err(error) => return Err(at(&path)(error)),
        }
        tried += 1;
    }
}

fn prefix(name: &str) -> String {
    format!(".{name}.")
}

/// Locks what was just made; not if somebody swept it meanwhile. No lock is no hindrance.
fn hold(made: &File, path: &Path) -> bool {
    match made.try_lock() {
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => true,
        Ok(()) => path.exists(),
    }
}

/// Removes what writers of `place` that live no more left beside it. What can't be removed stays.
pub(super) fn sweep(place: &Path) {
    let (Some(name), Some(parent)) = (place.file_name().and_then(|name| name.to_str()), place.parent())
    else {
        return;
    };
    let parent = if parent == Path::new("") { Path::new(".") } else { parent };
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let staged = entry.file_name().to_str().is_some_and(|other| is_staging(other, name));
        if staged && let Ok(kind) = entry.file_type() {
            remove_if_nobodys(&entry.path(), kind);
        }
    }
}

/// Whether a name is one that [`free`] gives for `name`.
fn is_staging(other: &str, name: &str) -> bool {
    let Some(rest) = other.strip_prefix(&prefix(name)) else { return false };
    let parts: Vec<&str> = rest.split('-').collect();
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    matches!(parts[..], ["new" | "old", process, tried] if number(process) && number(tried))
}

fn remove_if_nobodys(path: &Path, kind: FileType) {
    let ours = kind.is_dir() || kind.is_file();
    let Some(opened) = ours.then(|| File::open(path).ok()).flatten() else { return };
    if opened.try_lock().is_ok() {
        // Nothing is lost when it stays.
        let _ = if kind.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_nobody_holds_is_swept() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("report");
        let (mine, _held) = folder(&place, "new").unwrap();
        let (written, _file) = file(&place).unwrap();
        let dead = [".report.new-1-0", ".report.old-12345-7"].map(|name| dir.path().join(name));
        dead.iter().for_each(|path| fs::create_dir_all(path.join("interne")).unwrap());
        let others = ["report", ".report.new-1", ".report.new-1-0-0", ".report.new-x-0", ".other.new-1-0"];
        let others = others.map(|name| dir.path().join(name));
        others.iter().for_each(|path| fs::write(path, "").unwrap());
        sweep(&place);
        assert!(mine.exists() && written.exists() && others.iter().all(|path| path.exists()));
        assert!(dead.iter().all(|path| !path.exists()));
    }

    #[test]
    fn names_are_hidden_and_free() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("report");
        let (one, _held) = folder(&place, "new").unwrap();
        let (two, _also) = folder(&place, "new").unwrap();
        assert_ne!(one, two);
        for path in [one, two] {
            assert!(is_staging(path.file_name().unwrap().to_str().unwrap(), "report"), "{}", path.display());
        }
    }
}
