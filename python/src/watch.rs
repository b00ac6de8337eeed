//! Long work without the GIL, beside a caller who is told how far it is and may stop it.
//!
//! The work has a thread of its own and never touches Python: it leaves word of its progress, which the calling thread
//! picks up every [`LOOK`]. So Ctrl-C is heard wherever Python hears it, and a callback runs where it was given.

use crate::error::raised;
use crate::language::Language;
use maillage::Error;
use maillage::control::{Control, Progress, Stage};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How often the caller looks: soon enough for a bar and for whoever presses Ctrl-C.
const LOOK: Duration = Duration::from_millis(50);
/// As a process's first thread has.
const STACK: usize = 8 * 1024 * 1024;

/// What passes between the work and its caller.
#[derive(Default)]
struct Watch {
    stop: AtomicBool,
    /// The last progress of each stage since the caller looked.
    news: Mutex<Vec<Progress>>,
}

impl Watch {
    fn step(&self, progress: Progress) -> ControlFlow<()> {
        let mut news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        match news.last_mut() {
            Some(last) if last.stage == progress.stage => *last = progress,
            _ => news.push(progress),
        }
        match self.stop.load(Ordering::Relaxed) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// Hears signals, and tells the callback what is new.
    fn look(&self, py: Python<'_>, callback: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        py.check_signals()?;
        let news = std::mem::take(&mut *self.news.lock().unwrap_or_else(PoisonError::into_inner));
        let Some(callback) = callback else { return Ok(()) };
        for Progress { stage, done, total } in news {
            callback.call1((word(stage), done, total))?;
        }
        Ok(())
    }
}

/// The word of a stage for programs.
const fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::Reading => "reading",
        Stage::Travel => "travel",
        Stage::Reach => "reach",
        Stage::Groups => "groups",
        Stage::Questions => "questions",
        Stage::Territories => "territories",
        _ => "working",
    }
}

/// Does `work` without the GIL; `callback(stage, done, total)` is told of its progress.
pub(crate) fn watched<T: Send>(
    py: Python<'_>,
    (callback, lang): (Option<&Bound<'_, PyAny>>, Language),
    work: impl FnOnce(&Control<'_>) -> Result<T, Error> + Send,
) -> PyResult<T> {
    let watch = Watch::default();
    std::thread::scope(|scope| {
        let (send, mut answers) = channel();
        let heard = |progress| watch.step(progress);
        let all = move || {
            // Nobody waits for the answer of work that was stopped.
            let _ = send.send(work(&Control::new(&heard)));
        };
        std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, all)?;
        loop {
            let answer = wait(py, &mut answers);
            let looked = watch.look(py, callback);
            match (answer, looked) {
                (Ok(answer), Ok(())) => return answer.map_err(|error| raised(py, &error, lang)),
                (Err(RecvTimeoutError::Timeout), Ok(())) => {}
                (Err(RecvTimeoutError::Disconnected), Ok(())) => {
                    return Err(PyRuntimeError::new_err("work ended without an answer"));
                }
                (_, Err(error)) => {
                    watch.stop.store(true, Ordering::Relaxed);
                    py.detach(|| finish(&mut answers));
                    return Err(error);
                }
            }
        }
    })
}

fn wait<T: Send>(
    py: Python<'_>,
    answers: &mut Receiver<Result<T, Error>>,
) -> Result<Result<T, Error>, RecvTimeoutError> {
    py.detach(move || answers.recv_timeout(LOOK))
}

/// Waits for work that was stopped.
fn finish<T>(answers: &mut Receiver<T>) {
    let _ = answers.recv();
}
