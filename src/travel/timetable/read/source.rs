//! The files of a feed, in a folder or in a zip.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// Most files of a zip that are looked at.
const MOST_FILES: usize = 10_000;

/// Where the files of a feed are.
pub(super) enum Source {
    /// Files by name.
    Folder(BTreeMap<String, PathBuf>),
    /// Members by name.
    Zip(Box<ZipArchive<BufReader<File>>>, BTreeMap<String, usize>),
}

/// What was not as it should be.
#[derive(Default)]
pub(super) struct Oddities {
    /// Files that lie deeper than they should.
    pub(super) nested: Option<String>,
}

impl Source {
    /// The files of a folder or of a zip. `None` when it is neither.
    pub(super) fn open(path: &Path) -> io::Result<Option<(Self, Oddities)>> {
        if path.is_dir() { Self::folder(path).map(Some) } else { Self::zip(path) }
    }

    fn folder(path: &Path) -> io::Result<(Self, Oddities)> {
        let root = path.canonicalize()?;
        let mut files = BTreeMap::new();
        for entry in path.read_dir()?.take(MOST_FILES) {
            let path = entry?.path();
            // A link may not lead out of the folder.
            let inside = path.canonicalize().is_ok_and(|whole| whole.starts_with(&root) && whole.is_file());
            if let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|_| inside) {
                files.insert(name.to_owned(), path);
            }
        }
        Ok((Self::Folder(files), Oddities::default()))
    }

    /// Members by their base name, the shallowest of each: some feeds lie in a folder of their zip, and some
    /// systems add a twin to each file.
    fn zip(path: &Path) -> io::Result<Option<(Self, Oddities)>> {
        let Ok(archive) = ZipArchive::new(BufReader::new(File::open(path)?)) else { return Ok(None) };
        let mut members: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        let mut oddities = Oddities::default();
        for (at, name) in archive.file_names().enumerate().take(MOST_FILES) {
            let Ok(name) = name else { continue };
            let parts: Vec<&str> = name.split(['/', '\\']).collect();
            let Some((&base, above)) = parts.split_last() else { continue };
            if base.is_empty() || base.starts_with("._") || above.contains(&"__MACOSX") {
                continue;
            }
            let depth = above.len();
            let known = members.entry(base.to_owned()).or_insert((depth, at));
            *known = (*known).min((depth, at));
        }
        if let Some((name, _)) = members.iter().find(|(name, at)| name.ends_with(".txt") && at.0 > 0) {
            oddities.nested = Some(name.clone());
        }
        let members = members.into_iter().map(|(name, (_, at))| (name, at)).collect();
        Ok(Some((Self::Zip(Box::new(archive), members), oddities)))
    }

    /// The names of all files.
    pub(super) fn names(&self) -> Vec<&str> {
        match self {
            Self::Folder(files) => files.keys().map(String::as_str).collect(),
            Self::Zip(_, members) => members.keys().map(String::as_str).collect(),
        }
    }

    /// One file, unpacked while it is read.
    pub(super) fn file(&mut self, name: &str) -> io::Result<Option<Box<dyn Read + '_>>> {
        match self {
            Self::Folder(files) => Ok(match files.get(name) {
                Some(path) => Some(Box::new(File::open(path)?)),
                None => None,
            }),
            Self::Zip(archive, members) => Ok(match members.get(name) {
                Some(&at) => Some(Box::new(archive.by_index(at).map_err(io::Error::other)?)),
                None => None,
            }),
        }
    }
}
