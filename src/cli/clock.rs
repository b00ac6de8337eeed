//! The command's clocks: the library has none.

use maillage::report::Took;
use maillage::{Progress, Stage};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Watches a search: in all, the processor, and each tier.
pub(crate) struct Clock {
    since: Instant,
    cpu: Option<f64>,
    /// When each tier began, in seconds.
    tiers: Mutex<Vec<f64>>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { since: Instant::now(), cpu: cpu(), tiers: Mutex::new(Vec::new()) }
    }

    /// Notes that a tier begins, when a step says so.
    pub(crate) fn step(&self, progress: Progress, tiers: usize) {
        if progress.stage == Stage::Groups && progress.total == tiers as u64 {
            let mut begun = self.tiers.lock().unwrap_or_else(PoisonError::into_inner);
            if begun.len() <= progress.done as usize {
                begun.push(self.since.elapsed().as_secs_f64());
            }
        }
    }

    pub(crate) fn stop(&self) -> Took {
        let seconds = self.since.elapsed().as_secs_f64();
        let begun = self.tiers.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let ends = begun.iter().skip(1).copied().chain([seconds]);
        let tiers = begun.iter().zip(ends).map(|(begin, end)| end - begin).collect();
        let cpu = self.cpu.zip(cpu()).map(|(before, after)| after - before);
        Took { seconds, cpu, tiers }
    }
}

/// Processor seconds of this process.
#[cfg(unix)]
fn cpu() -> Option<f64> {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(now.tv_sec as f64 + now.tv_nsec as f64 / 1e9)
}

#[cfg(not(unix))]
fn cpu() -> Option<f64> {
    None
}
