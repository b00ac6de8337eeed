//! Progress and cancellation: one callback, called on the caller's threads.

use crate::error::Error;
use std::ops::ControlFlow;

/// What long work is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Reading files.
    Reading,
    /// Computing travel times; counted in columns.
    Travel,
    /// Deciding who can attend what; counted in youths.
    Reach,
    /// Forming groups; counted in tiers.
    Groups,
}

/// How far a stage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The stage.
    pub stage: Stage,
    /// Units of work done.
    pub done: u64,
    /// Units of work in all.
    pub total: u64,
}

/// Hands progress to the caller and stops when the caller says so.
#[derive(Clone, Copy, Default)]
pub struct Control<'a> {
    callback: Option<&'a (dyn Fn(Progress) -> ControlFlow<()> + Sync)>,
}

impl<'a> Control<'a> {
    /// Nobody watches, nobody cancels.
    pub const fn none() -> Self {
        Self { callback: None }
    }

    /// Calls `callback` now and then; work stops soon after it answers `Break`.
    pub fn new(callback: &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync)) -> Self {
        Self { callback: Some(callback) }
    }

    /// Says that `done` of `total` units of `stage` are done.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when the caller wants to stop.
    pub fn step(&self, stage: Stage, done: u64, total: u64) -> Result<(), Error> {
        match self.callback.map(|call| call(Progress { stage, done, total })) {
            Some(ControlFlow::Break(())) => Err(Error::Cancelled),
            _ => Ok(()),
        }
    }
}

impl std::fmt::Debug for Control<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control").field("watched", &self.callback.is_some()).finish()
    }
}
