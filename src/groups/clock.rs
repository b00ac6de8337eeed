//! The one clock of the crate: looked at only when a time limit was asked for.

use std::time::{Duration, Instant};

/// When to stop, if ever.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock(Option<Instant>);

impl Clock {
    /// Stops after so long; never without a limit.
    pub(super) fn new(limit: Option<Duration>) -> Self {
        Self(limit.and_then(|limit| Instant::now().checked_add(limit)))
    }

    /// Whether the time is over.
    pub(super) fn is_over(self) -> bool {
        self.0.is_some_and(|end| Instant::now() >= end)
    }

    /// What is left of the limit, if there is one.
    pub(super) fn left(self) -> Option<Duration> {
        self.0.map(|end| end.saturating_duration_since(Instant::now()))
    }
}
