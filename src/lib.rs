//! maillage

pub mod control;
pub mod error;
pub mod finding;
pub mod groups;
pub mod plan;
pub mod reach;
pub mod report;
pub mod study;
pub mod territory;
pub mod travel;
pub mod units;

pub use control::{Control, Progress, Stage};
pub use error::Error;

/// The README's example is a test.
#[cfg(all(doctest, feature = "folder"))]
#[doc = include_str!("../README.md")]
struct Readme;

/// TEMPORARY STAND-IN, to be replaced by `pub mod read;`: an empty territory.
#[cfg(feature = "folder")]
pub mod read {
    use crate::finding::Finding;
    use crate::territory::{Draft, Territory};
    use crate::{Control, Error};
    use std::path::Path;

    /// Stand-in.
    ///
    /// # Errors
    /// None.
    pub fn territory(dir: &Path, _control: &Control<'_>) -> Result<(Territory, Vec<Finding>), Error> {
        Draft::new(&dir.display().to_string()).check()
    }
}

/// TEMPORARY STAND-IN, to be removed: `Plan::check` and `Violation`.
mod stand_in {
    use crate::plan::Plan;
    use crate::territory::Territory;
    use crate::travel::TravelTimes;

    /// Stand-in.
    #[derive(Debug)]
    pub struct Violation;

    impl Plan {
        /// Stand-in.
        ///
        /// # Errors
        /// None.
        pub fn check(&self, _: &Territory, _: &TravelTimes) -> Result<(), Vec<Violation>> {
            Ok(())
        }
    }
}
