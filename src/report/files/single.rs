//! Writing one file, whole or not at all.

use super::beside;
use super::folder::at;
use crate::error::Error;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file, whole or not at all: beside its place, of which it then takes the name.
/// What isn't a plain file, as a pipe, is written to directly.
///
/// # Errors
/// [`Error::Refused`] when `path` names no file, [`Error::Io`] when the system refuses; a file
/// that was there is then as it was. What writers that ended early left beside it is removed.
pub fn write_file(path: &Path, text: &str) -> Result<(), Error> {
    // A link is followed: it is its file that is written.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
        return fs::write(path, text).map_err(at(path));
    }
    let (beside, mut file) = beside::file(path)?;
    let written = put(&mut file, text).map_err(at(&beside));
    let named = written.and_then(|()| fs::rename(&beside, path).map_err(at(path)));
    match &named {
        Ok(()) => beside::sweep(path),
        // Nothing more can be done about it.
        Err(_) => fs::remove_file(&beside).unwrap_or_default(),
    }
    named
}

fn put(file: &mut File, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_left_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("answer.json");
        write_file(&path, "one").unwrap();
        write_file(&path, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        let folder = dir.path().join("folder");
        fs::create_dir_all(folder.join("full")).unwrap();
        assert!(matches!(write_file(&folder, "three"), Err(Error::Io { .. })));
        assert!(matches!(write_file(&dir.path().join("absent/answer.json"), "four"), Err(Error::Io { .. })));
        assert!(matches!(write_file(Path::new("/"), "five"), Err(Error::Refused { .. })));
        let mut left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["answer.json", "folder"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let (real, link) = (dir.path().join("real"), dir.path().join("link"));
        write_file(&real, "one").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write_file(&link, "two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "two");
        write_file(Path::new("/dev/null"), "three").unwrap();
    }
}
