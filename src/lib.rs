//! maillage

pub mod control;
pub mod error;
pub mod finding;
pub mod groups;
pub mod plan;
pub mod reach;
pub mod study;
pub mod territory;
pub mod travel;
pub mod units;

pub use control::{Control, Progress, Stage};
pub use error::Error;
