//! maillage

pub mod control;
pub mod error;
pub mod finding;
pub mod groups;
#[cfg(feature = "folder")]
pub mod read;
pub mod territory;
pub mod units;

pub use control::{Control, Progress, Stage};
pub use error::Error;
