//! Progress and cancellation: one callback, called on the caller's threads; and tasks on all cores.

use crate::error::Error;
use std::ops::ControlFlow;

/// What long work is doing.
///
/// ```
/// use maillage::{Control, Stage, read};
/// use std::ops::ControlFlow;
/// use std::sync::atomic::{AtomicU32, Ordering};
///
/// let seen = AtomicU32::new(0);
/// let watch = |progress: maillage::Progress| {
///     seen.fetch_add(u32::from(progress.stage == Stage::Reading), Ordering::Relaxed);
///     ControlFlow::Continue(())
/// };
/// read::territory("data/valley".as_ref(), &Control::new(&watch))?;
/// assert!(seen.into_inner() > 0);
/// # Ok::<(), maillage::Error>(())
/// ```
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
    /// Answering a question on top of that; counted in what is tried.
    Questions,
    /// Writing files; counted in documents.
    Writing,
}

/// How far a stage is.
///
/// ```
/// use maillage::{Progress, Stage};
///
/// let halfway = Progress { stage: Stage::Travel, done: 30, total: 60 };
/// assert_eq!(2 * halfway.done, halfway.total);
/// ```
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
///
/// ```
/// use maillage::{Control, Error, Stage};
/// use std::ops::ControlFlow;
///
/// assert!(Control::none().step(Stage::Groups, 0, 4).is_ok());
/// let stop = |_| ControlFlow::Break(());
/// assert!(matches!(Control::new(&stop).step(Stage::Groups, 0, 4), Err(Error::Cancelled)));
/// ```
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

    /// As [`each`], `size` tasks at a time, told before each batch.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when the caller wants to stop.
    pub(crate) fn each<T: Sync, R: Send, S>(
        &self,
        stage: Stage,
        size: usize,
        tasks: &[T],
        room: impl Fn() -> S + Send + Sync,
        answer: impl Fn(&mut S, &T) -> R + Send + Sync,
    ) -> Result<Vec<R>, Error> {
        let mut answers = Vec::with_capacity(tasks.len());
        for batch in tasks.chunks(size) {
            self.step(stage, answers.len() as u64, tasks.len() as u64)?;
            answers.extend(each(batch, &room, &answer));
        }
        Ok(answers)
    }
}

/// One answer for each task, in their order, on all cores, with one room a thread.
#[cfg(feature = "parallel")]
pub(crate) fn each<T: Sync, R: Send, S>(
    tasks: &[T],
    room: impl Fn() -> S + Send + Sync,
    answer: impl Fn(&mut S, &T) -> R + Send + Sync,
) -> Vec<R> {
    use rayon::prelude::*;
    tasks.par_iter().map_init(room, answer).collect()
}

/// One answer for each task, in their order.
#[cfg(not(feature = "parallel"))]
pub(crate) fn each<T: Sync, R: Send, S>(
    tasks: &[T],
    room: impl Fn() -> S + Send + Sync,
    answer: impl Fn(&mut S, &T) -> R + Send + Sync,
) -> Vec<R> {
    let mut room = room();
    tasks.iter().map(|task| answer(&mut room, task)).collect()
}

/// As [`each`], of tasks that are changed where they are.
#[cfg(all(feature = "parallel", feature = "roads"))]
pub(crate) fn each_mut<T: Send, R: Send, S>(
    tasks: &mut [T],
    room: impl Fn() -> S + Send + Sync,
    answer: impl Fn(&mut S, &mut T) -> R + Send + Sync,
) -> Vec<R> {
    use rayon::prelude::*;
    tasks.par_iter_mut().map_init(room, answer).collect()
}

/// As [`each`], of tasks that are changed where they are.
#[cfg(all(not(feature = "parallel"), feature = "roads"))]
pub(crate) fn each_mut<T: Send, R: Send, S>(
    tasks: &mut [T],
    room: impl Fn() -> S + Send + Sync,
    answer: impl Fn(&mut S, &mut T) -> R + Send + Sync,
) -> Vec<R> {
    let mut room = room();
    tasks.iter_mut().map(|task| answer(&mut room, task)).collect()
}

impl std::fmt::Debug for Control<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control").field("watched", &self.callback.is_some()).finish()
    }
}
