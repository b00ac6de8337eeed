//! When a search stops before its end: at a time limit, where one was asked for, and when whoever waits for it
//! wants no more. The one clock of the crate, looked at only where a time limit was asked for.

use super::solution::Limits;
use crate::control::{Control, Stage};
use crate::error::Error;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// When to stop, if ever.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clock<'a> {
    end: Option<Instant>,
    watch: Option<&'a Watch<'a>>,
}

impl<'a> Clock<'a> {
    /// Stops after so long; never without a limit.
    pub(super) fn new(limit: Option<Duration>) -> Self {
        Self { end: limit.and_then(|limit| Instant::now().checked_add(limit)), watch: None }
    }

    /// Stops also when the caller wants to.
    pub(super) fn watched(self, watch: &'a Watch<'a>) -> Self {
        Self { watch: Some(watch), ..self }
    }

    /// The same without its limit of time.
    pub(super) fn without_limit(self) -> Self {
        Self { end: None, ..self }
    }

    /// Whether the time is over, or nobody waits any more.
    pub(super) fn is_over(self) -> bool {
        self.end.is_some_and(|end| Instant::now() >= end) || self.check().is_err()
    }

    /// Whether somebody still waits: what a search that was told to stop has found is not an answer.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub(super) fn check(self) -> Result<(), Error> {
        self.watch.map_or(Ok(()), Watch::look)
    }

    /// What is left of the limit, if there is one.
    pub(super) fn left(self) -> Option<Duration> {
        self.end.map(|end| end.saturating_duration_since(Instant::now()))
    }
}

/// What is left of a time limit for many questions together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Countdown {
    limits: Limits,
    end: Option<Instant>,
}

impl Countdown {
    /// Starts now.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { limits: *limits, end: Clock::new(limits.time).end }
    }

    /// The limits with the time that is left; `None` when there is none.
    pub(crate) fn left(&self) -> Option<Limits> {
        let time = self.end.map(|end| end.saturating_duration_since(Instant::now()));
        let over = time.is_some_and(|time| time.is_zero());
        (!over).then_some(Limits { time, ..self.limits })
    }
}

/// Tells how far a search is, and remembers that it is to stop.
#[derive(Debug)]
pub(super) struct Watch<'a> {
    control: &'a Control<'a>,
    done: AtomicU64,
    total: u64,
    stopped: AtomicBool,
}

impl<'a> Watch<'a> {
    pub(super) fn new(control: &'a Control<'a>, total: u64) -> Self {
        Self { control, done: AtomicU64::new(0), total, stopped: AtomicBool::new(false) }
    }

    /// Notes that so much is done.
    pub(super) fn reach(&self, done: u64) {
        self.done.store(done, Ordering::Relaxed);
    }

    /// Tells the caller, who may want to stop.
    fn look(&self) -> Result<(), Error> {
        let told = self.control.step(Stage::Groups, self.done.load(Ordering::Relaxed), self.total);
        if told.is_err() || self.stopped.load(Ordering::Relaxed) {
            self.stopped.store(true, Ordering::Relaxed);
            return Err(Error::Cancelled);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::ControlFlow;

    #[test]
    fn who_stopped_once_has_stopped() {
        let calls = AtomicU64::new(0);
        let once = |_| match calls.fetch_add(1, Ordering::Relaxed) {
            1 => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        };
        let control = Control::new(&once);
        let watch = Watch::new(&control, 3);
        let clock = Clock::new(None).watched(&watch);
        assert!(!clock.is_over());
        assert!(clock.is_over());
        assert!(clock.is_over() && matches!(clock.check(), Err(Error::Cancelled)));
    }
}
