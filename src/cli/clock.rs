//! The command's clocks: the library has none.

use maillage::report::Took;
use std::time::Instant;

/// Times a search: in all, and the processor.
pub(crate) struct Clock {
    since: Instant,
    cpu: Option<f64>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { since: Instant::now(), cpu: cpu() }
    }

    pub(crate) fn stop(&self) -> Took {
        let cpu = self.cpu.zip(cpu()).map(|(before, after)| after - before);
        Took { seconds: self.since.elapsed().as_secs_f64(), cpu }
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
