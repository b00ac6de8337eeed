//! The command's clocks: the library has none.

use maillage::control::Progress;
use maillage::report::Took;
use std::sync::Mutex;
use std::time::Instant;

/// Times a search: in all, and the processor.
pub(crate) struct Clock {
    since: Instant,
    cpu: Option<f64>,
    /// When each tier began.
    tiers: Mutex<Vec<Instant>>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { since: Instant::now(), cpu: cpu(), tiers: Mutex::default() }
    }

    /// Notes when a tier begins: tier `n` has done `n`, and what comes before the first is its own.
    pub(crate) fn see(&self, progress: Progress) {
        if let Ok(mut tiers) = self.tiers.lock() {
            while (tiers.len() as u64) < progress.done {
                let first = tiers.is_empty();
                tiers.push(if first { self.since } else { Instant::now() });
            }
        }
    }

    pub(crate) fn stop(&self) -> Took {
        let cpu = self.cpu.zip(cpu()).map(|(before, after)| after - before);
        Took { seconds: self.since.elapsed().as_secs_f64(), cpu }
    }

    /// Seconds of each tier, the last one until now.
    pub(crate) fn tiers(&self) -> Vec<f64> {
        let mut begun = self.tiers.lock().map(|tiers| tiers.clone()).unwrap_or_default();
        begun.push(Instant::now());
        begun.windows(2).map(|pair| (pair[1] - pair[0]).as_secs_f64()).collect()
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
