//! maillage answers whether programme groups of a viable size can be formed
//! within travel-time limits in the country: where, when, with whom, and who is
//! left out for which main reason.
//!
//! The walk, in the order of the modules:
//!
//! 1. `read` a folder, or build a [`territory::Draft`] in memory;
//! 2. [`territory::Draft::check`] it: an immutable [`territory::Territory`], or every finding at once;
//! 3. [`travel`] times from [`travel::TravelProvider`]s, both ways, by mode and date;
//! 4. [`reach`]: who can attend which option, by which mode, in how long, and if not, why;
//! 5. [`groups`]: the combinatorial problem and its solution with a proof;
//! 6. [`plan`]: the solution in the territory's words, checked by code that trusts neither;
//! 7. [`report`] it, in French or English, as text or JSON.
//!
//! [`instance`] reads and writes the combinatorial problem alone, for those who have their own travel times.
//! [`study::Study`] holds the walk in one object and applies edits; [`questions`] ask what would be.
//!
//! All quantities are types of their own ([`units`]). *No viable group* is an
//! answer; an [`Error`] is for input that can't be understood.

pub mod control;
pub mod error;
#[cfg(any(feature = "folder", feature = "timetables"))]
mod features;
pub mod finding;
pub mod groups;
pub mod instance;
#[cfg(feature = "folder")]
pub mod national;
pub mod plan;
#[cfg(feature = "folder")]
pub mod prepare;
pub mod questions;
pub mod reach;
#[cfg(feature = "folder")]
pub mod read;
pub mod report;
#[cfg(feature = "schemas")]
pub mod schemas;
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

/// So are those of the guide for who embeds it.
#[cfg(all(doctest, feature = "folder"))]
#[doc = include_str!("../docs/embedding.md")]
struct Embedding;
