//! Where the command meets who runs it: answers, messages, a bar, and Ctrl-C.

use crate::{BAD_INPUT, NO_PLAN};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use maillage::finding::{Finding, Lang, Level};
use maillage::{Control, Error, Progress, report};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// Added to a signal's number where it ends the process, as shells do.
const ENDED_BY: i32 = 128;

/// A process has one terminal and one set of signals.
static RUN: OnceLock<Run> = OnceLock::new();

/// How this process was started, and whether it was told to stop.
#[derive(Default)]
struct Run {
    quiet: bool,
    stop: Arc<AtomicBool>,
}

/// Says whether only errors are told.
pub(crate) fn start(quiet: bool) {
    RUN.get_or_init(|| Run { quiet, ..Run::default() });
}

/// Listens to Ctrl-C, from when there is work that can be told to stop: the first time it is, the second
/// time the process ends at once.
fn listen() {
    let run = RUN.get_or_init(Run::default);
    for signal in [SIGINT, SIGTERM] {
        // Looked at before it is set: a first signal does not end the process. Where a signal can't be listened to, it does.
        let _ = flag::register_conditional_shutdown(signal, ENDED_BY + signal, Arc::clone(&run.stop))
            .and_then(|_| flag::register(signal, Arc::clone(&run.stop)));
    }
}

fn is_quiet() -> bool {
    RUN.get().is_some_and(|run| run.quiet)
}

fn is_stopped() -> bool {
    RUN.get().is_some_and(|run| run.stop.load(Ordering::Relaxed))
}

/// Prints an answer. A reader that has had enough (`| head`) is no failure.
pub(crate) fn print(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    printed(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// The exit status of what was printed.
pub(crate) fn printed(written: io::Result<()>) -> ExitCode {
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string(), BAD_INPUT),
    }
}

/// Says something beside the answer, unless only errors are told.
pub(crate) fn say(text: &str) {
    if !is_quiet() {
        tell(text);
    }
}

/// Says what is wrong. Nobody is left to tell when this fails.
pub(crate) fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

pub(crate) fn fail(message: &str, code: u8) -> ExitCode {
    tell(&format!("{message}\n"));
    ExitCode::from(code)
}

pub(crate) fn fail_with(error: &Error, lang: Lang) -> ExitCode {
    match error {
        Error::Input(findings) => {
            tell(&report::findings(&told(findings), lang));
            ExitCode::from(BAD_INPUT)
        }
        Error::Io { .. } | Error::Refused { .. } => fail(&report::error(error, lang), BAD_INPUT),
        _ => fail(&report::error(error, lang), NO_PLAN),
    }
}

/// Those that are told: the errors alone when nothing else is.
fn told(findings: &[Finding]) -> Vec<Finding> {
    findings.iter().filter(|one| !is_quiet() || one.level() == Level::Error).cloned().collect()
}

/// Work that may take long: a bar on a terminal once it takes more than half a second, until this is dropped;
/// and whether to go on.
pub(crate) struct Bar {
    bar: ProgressBar,
    lang: Lang,
    since: Instant,
    /// Whether there is anybody to show a bar to.
    watched: bool,
    shown: AtomicBool,
    /// Milliseconds at which the bar last moved.
    moved: AtomicU64,
}

impl Bar {
    /// Nothing is shown sooner.
    const LONG: Duration = Duration::from_millis(500);
    /// Between two moves of the bar: steps are many more.
    const STILL: u64 = 50;

    pub(crate) fn new(lang: Lang) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        Self {
            bar,
            lang,
            since: Instant::now(),
            watched: !is_quiet() && io::stderr().is_terminal(),
            shown: AtomicBool::new(false),
            moved: AtomicU64::new(0),
        }
    }

    /// Shows how far work is, and whether it is to go on.
    pub(crate) fn step(&self, progress: Progress) -> ControlFlow<()> {
        if is_stopped() {
            return ControlFlow::Break(());
        }
        if self.watched && self.since.elapsed() > Self::LONG {
            self.show(progress);
        }
        ControlFlow::Continue(())
    }

    fn show(&self, progress: Progress) {
        let now = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX);
        let last = self.moved.load(Ordering::Relaxed);
        if now.saturating_sub(last) < Self::STILL
            || self.moved.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_err()
        {
            return;
        }
        if !self.shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.enable_steady_tick(Duration::from_millis(200));
        }
        self.bar.set_message(report::stage(progress.stage, self.lang));
        self.bar.set_length(progress.total);
        self.bar.set_position(progress.done);
    }

    /// Says something without the bar in between.
    pub(crate) fn say(&self, text: &str) {
        self.bar.suspend(|| say(text));
    }

    /// Says findings beside the answer, if there are any.
    pub(crate) fn say_findings(&self, findings: &[Finding]) {
        if !findings.is_empty() {
            self.say(&report::findings(findings, self.lang));
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Does what may take long, with a bar and Ctrl-C.
pub(crate) fn watched<T>(
    lang: Lang,
    work: impl FnOnce(&Bar, &Control<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    listen();
    let bar = Bar::new(lang);
    let step = |progress| bar.step(progress);
    work(&bar, &Control::new(&step))
}
