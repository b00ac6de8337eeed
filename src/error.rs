//! The one error of the library. That no group is viable is an answer, not an error.

use crate::finding::Finding;
use std::path::PathBuf;

/// Why something could not be done.
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
