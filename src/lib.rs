//! maillage

pub mod control;
pub mod error;
pub mod finding;
pub mod groups;
pub mod territory;
pub mod units;

pub use control::{Control, Progress, Stage};
pub use error::Error;
