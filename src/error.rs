//! The one error of the library. That no group is viable is an answer, not an error.

use crate::finding::Finding;
use std::path::PathBuf;

/// Why something could not be done.
///
/// ```
/// use maillage::{Control, Error, read};
///
/// let error = read::territory("data/broken/duplicate-youth".as_ref(), &Control::none()).unwrap_err();
/// let Error::Input(findings) = error else { panic!("{error}") };
/// assert_eq!(findings[0].code.as_str(), "M201");
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input can't be understood: every finding at once, sorted by file and line.
    #[error("{} finding(s) in the input, the first: {}", .0.len(), .0.first().map_or("", |f| f.what.en.as_str()))]
    Input(Vec<Finding>),
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A folder is not written where something would be lost or mixed up.
    #[error("{}: {why}", path.display())]
    Refused {
        /// The folder, or what is in its way.
        path: PathBuf,
        /// Why.
        why: Refusal,
    },
    /// The caller's callback asked to stop.
    #[error("cancelled")]
    Cancelled,
    /// A travel provider failed.
    #[error("travel provider '{provider}': {what}")]
    Provider {
        /// Its name.
        provider: String,
        /// What it said.
        what: String,
    },
}

/// Why a folder is not written, or a picture not taken.
///
/// ```
/// use maillage::error::Refusal;
/// use maillage::{Control, Error, report};
///
/// let error = report::write("..".as_ref(), &[], None, &Control::none()).unwrap_err();
/// assert!(matches!(error, Error::Refused { why: Refusal::NotAName, .. }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The path has no last name of its own, such as `..`.
    #[error("not the name of a folder")]
    NotAName,
    /// It is a symbolic link.
    #[error("a symbolic link; name the folder itself")]
    Link,
    /// Something that is no folder has that name.
    #[error("not a folder")]
    NotAFolder,
    /// It is the folder that was read, in it, or around it.
    #[error("the folder that was read, in it or around it; choose another place")]
    Input,
    /// It holds something that maillage did not write, or that was changed since.
    #[error("not as maillage wrote it, and it would be lost; move it away or choose another folder")]
    NotOurs,
    /// It is not a picture that pages take.
    #[error("not a PNG, JPEG, WebP or SVG picture of at most 200 kB")]
    NotALogo,
    /// A new territory is written into nothing: something is there.
    #[error("something is there already; choose another folder")]
    NotEmpty,
    /// A table of links is never written over: it can't be made again.
    #[error("a table that links identifiers to people is there already; put it away first")]
    LinkTable,
}
