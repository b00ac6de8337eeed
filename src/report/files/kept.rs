//! What a long run has done so far, one small file each, beside the folder that it will write: whoever ends it, and
//! whenever, it goes on from there.

use super::folder::{Place, at, entries};
use super::single::write_file;
use crate::error::{Error, Refusal};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The end of the folder's name.
const RESUME: &str = ".resume";

/// Answers that are kept until a run is over, by the hash of all that they depend on. Only whole files are found again.
///
/// ```
/// use maillage::report::Kept;
///
/// let dir = tempfile::tempdir().expect("a folder");
/// let kept = Kept::beside(&dir.path().join("run"), None)?;
/// let key = "0".repeat(64);
/// kept.put(&key, "done\n")?;
/// assert_eq!(Kept::beside(&dir.path().join("run"), None)?.get(&key).as_deref(), Some("done\n"));
/// kept.finish()?;
/// assert_eq!(std::fs::read_dir(dir.path()).expect("the folder").count(), 0);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Debug)]
pub struct Kept {
    dir: PathBuf,
}

impl Kept {
    /// Beside `out`, which is not written yet and may be replaced; what an earlier run kept there is found again. `input` is
    /// what is read: neither lies in the other.
    ///
    /// # Errors
    /// [`Error::Refused`] when `out` would not be replaced, or something that maillage did not write is in the way;
    /// [`Error::Io`] when the system refuses.
    pub fn beside(out: &Path, input: Option<&Path>) -> Result<Self, Error> {
        let place = Place::of(out)?;
        place.apart_from(input)?;
        place.replaceable()?;
        let dir = place.path.with_file_name(format!("{}{RESUME}", place.name));
        match fs::create_dir(&dir) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            other => other.map_err(at(&dir))?,
        }
        for entry in entries(&dir)? {
            if !is_kept(&entry) && !is_staged(&entry) {
                return Err(Error::Refused { path: entry, why: Refusal::NotOurs });
            }
        }
        Ok(Self { dir })
    }

    /// What was kept under a hash.
    pub fn get(&self, hash: &str) -> Option<String> {
        fs::read_to_string(self.place(hash)).ok()
    }

    /// Keeps something, whole or not at all.
    ///
    /// # Errors
    /// [`Error::Io`] when the system refuses.
    pub fn put(&self, hash: &str, text: &str) -> Result<(), Error> {
        write_file(&self.place(hash), text)
    }

    /// Removes all: the run is over, and what it led to is written.
    ///
    /// # Errors
    /// [`Error::Io`] when the system refuses.
    pub fn finish(self) -> Result<(), Error> {
        match fs::remove_dir_all(&self.dir) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(&self.dir)(error)),
            _ => Ok(()),
        }
    }

    fn place(&self, hash: &str) -> PathBuf {
        self.dir.join(format!("{hash}.json"))
    }
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

fn is_kept(path: &Path) -> bool {
    let hash = name(path).strip_suffix(".json").unwrap_or_default();
    hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What a writer that was ended left: it is hidden, and named after what it would have been.
fn is_staged(path: &Path) -> bool {
    let kept = name(path).strip_prefix('.').and_then(|rest| rest.split_once(".json.new-"));
    kept.is_some_and(|(hash, _)| is_kept(Path::new(&format!("{hash}.json"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ours_is_not_touched() {
        let dir = tempfile::tempdir().unwrap();
        let (out, hash) = (dir.path().join("run"), "a".repeat(64));
        let theirs = dir.path().join("run.resume/notes.txt");
        Kept::beside(&out, None).unwrap().put(&hash, "one").unwrap();
        // Of a writer that was ended.
        fs::write(dir.path().join(format!("run.resume/.{hash}.json.new-1-0")), "on").unwrap();
        assert_eq!(Kept::beside(&out, None).unwrap().get(&hash).as_deref(), Some("one"));
        assert_eq!(Kept::beside(&out, None).unwrap().get(&"b".repeat(64)), None);
        fs::write(&theirs, "theirs").unwrap();
        let refused = Kept::beside(&out, None).unwrap_err();
        assert!(
            matches!(&refused, Error::Refused { path, why: Refusal::NotOurs } if path.ends_with("notes.txt")),
            "{refused}"
        );
        assert!(theirs.exists());
    }

    #[test]
    fn it_is_refused_where_the_run_could_not_be_written() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("run");
        assert!(matches!(
            Kept::beside(&out, Some(dir.path())),
            Err(Error::Refused { why: Refusal::Input, .. })
        ));
        fs::create_dir(&out).unwrap();
        fs::write(out.join("notes.txt"), "theirs").unwrap();
        assert!(matches!(Kept::beside(&out, None), Err(Error::Refused { why: Refusal::NotOurs, .. })));
        assert!(!dir.path().join("run.resume").exists(), "nothing is left behind");
    }
}
