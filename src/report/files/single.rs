//! Writing one file, whole or not at all.

use super::folder::at;
use crate::error::{Error, Refusal};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file, whole or not at all: beside its place, of which it then takes the name.
/// What isn't a plain file, as a pipe, is written to directly.
///
/// # Errors
/// [`Error::Refused`] when `path` names no file, [`Error::Io`] when the system refuses; a file
/// that was there is then as it was.
pub fn write_file(path: &Path, text: &str) -> Result<(), Error> {
    // A link is followed: it is its file that is written.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
        return fs::write(path, text).map_err(at(path));
    }
    let (file, beside) = beside(path)?;
    let written = put(file, text).map_err(at(&beside));
    let named = written.and_then(|()| fs::rename(&beside, path).map_err(at(path)));
    if named.is_err() {
        // Nothing more can be done about it.
        let _ = fs::remove_file(&beside);
    }
    named
}

fn put(mut file: File, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// A new file beside a path. Its name is hidden and free.
fn beside(path: &Path) -> Result<(File, PathBuf), Error> {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return Err(Error::Refused { path: path.to_owned(), why: Refusal::NotAName });
    };
    let mut tried = 0;
    loop {
        let beside = path.with_file_name(format!(".{name}.new-{}-{tried}", std::process::id()));
        match File::create_new(&beside) {
            Ok(file) => return Ok((file, beside)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tried < 1_000 => tried += 1,
            Err(error) => return Err(at(path)(error)),
        }
    }
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
