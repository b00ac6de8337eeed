//! The command `maillage`: parses arguments, calls the library, prints. No logic.

use clap::{Args, Parser, Subcommand, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use maillage::finding::Lang;
use maillage::groups::Limits;
use maillage::plan::Plan;
use maillage::study::{Outcome, Study};
use maillage::travel::StraightLine;
use maillage::{Control, Error, Progress, read, report};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The input can't be understood. (2 is a usage error, which clap answers.)
const BAD_INPUT: u8 = 1;
/// Cancelled, or no plan found.
const NO_PLAN: u8 = 3;

const EXAMPLES: &str = "\
Examples:
  maillage check data/chinonais            what is wrong with a territory folder, line by line
  maillage plan data/chinonais             the plan, as a page in French
  maillage plan data/chinonais --lang en   the same in English
  maillage plan data/chinonais --json > plan.json
  maillage plan data/chinonais --nodes 20000   search further for a better plan or a smaller gap

Exit status:
  0  answered, also when no group is viable or the plan is proved only up to a gap
  1  the input can't be understood: every finding is told, with its file and line
  2  usage
  3  cancelled, or no plan found";

/// Can programme groups of a viable size be formed within travel-time limits:
/// where, when, with whom, and who is left out?
#[derive(Parser)]
#[command(version, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Form groups, and say who is left out and why
    #[command(after_help = EXAMPLES)]
    Plan {
        #[command(flatten)]
        common: Common,
        /// Most branch-and-bound nodes for each objective; more may prove more
        #[arg(long, value_name = "N")]
        nodes: Option<u64>,
    },
    /// Read a territory folder and say what is wrong with it
    #[command(after_help = EXAMPLES)]
    Check {
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Args)]
struct Common {
    /// The territory folder
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// Print JSON (docs/json.md) instead of a page
    #[arg(long)]
    json: bool,
    /// Language of the page and of messages
    #[arg(long, value_enum, default_value_t = Language::Fr)]
    lang: Language,
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    /// français
    Fr,
    /// English
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Fr => Self::Fr,
            Language::En => Self::En,
        }
    }
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Plan { common, nodes } => plan(&common, nodes),
        Command::Check { common } => check(&common),
    }
}

fn plan(common: &Common, nodes: Option<u64>) -> ExitCode {
    let lang = common.lang.into();
    match find_plan(common, nodes) {
        Ok((study, Outcome::Plan(plan))) => print_plan(common, &study, &plan),
        Ok((_, Outcome::Impossible)) => fail(report::impossible(lang), NO_PLAN),
        Ok((_, Outcome::NotFound)) => fail(report::not_found(lang), NO_PLAN),
        Err(error) => fail_with(&error, lang),
    }
}

fn find_plan(common: &Common, nodes: Option<u64>) -> Result<(Study, Outcome), Error> {
    let lang = common.lang.into();
    let bar = Bar::new(lang);
    let step = |progress| bar.step(progress);
    let control = Control::new(&step);
    let read::Opened { territory, findings, .. } = read::territory(&common.dir, &control)?;
    if !findings.is_empty() {
        bar.suspend(|| say(&report::findings(&findings, lang)));
    }
    let mut study = Study::new(territory, vec![Arc::new(StraightLine)], &control)?;
    let limits = nodes.map_or_else(Limits::default, |nodes| Limits { nodes, ..Limits::default() });
    let outcome = study.plan(&limits, &control)?;
    Ok((study, outcome))
}

fn print_plan(common: &Common, study: &Study, plan: &Plan) -> ExitCode {
    let lang = common.lang.into();
    if let Err(violations) = plan.check(study.territory(), study.times()) {
        for violation in violations {
            say(&format!("{violation}\n"));
        }
        return fail(report::unverified(lang), NO_PLAN);
    }
    if common.json {
        print(&format!("{}\n", report::json(study.territory(), plan)))
    } else {
        print(&report::text(study.territory(), plan, lang))
    }
}

fn check(common: &Common) -> ExitCode {
    let lang = common.lang.into();
    let bar = Bar::new(lang);
    let step = |progress| bar.step(progress);
    let (findings, code) = match read::territory(&common.dir, &Control::new(&step)) {
        Ok(opened) => (opened.findings, ExitCode::SUCCESS),
        Err(Error::Input(findings)) => (findings, ExitCode::from(BAD_INPUT)),
        Err(error) => return fail_with(&error, lang),
    };
    drop(bar);
    let printed = if common.json {
        print(&format!("{}\n", report::findings_json(&findings)))
    } else {
        print(&report::findings(&findings, lang))
    };
    if printed == ExitCode::SUCCESS { code } else { printed }
}

/// Prints an answer. A reader that has had enough (`| head`) is no failure.
fn print(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string(), BAD_INPUT),
    }
}

/// Says something beside the answer. Nobody is left to tell when this fails.
fn say(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn fail(message: &str, code: u8) -> ExitCode {
    say(&format!("{message}\n"));
    ExitCode::from(code)
}

fn fail_with(error: &Error, lang: Lang) -> ExitCode {
    match error {
        Error::Input(findings) => {
            say(&report::findings(findings, lang));
            ExitCode::from(BAD_INPUT)
        }
        Error::Io { .. } => fail(&report::error(error, lang), BAD_INPUT),
        _ => fail(&report::error(error, lang), NO_PLAN),
    }
}

/// A progress bar on a terminal, for work that takes more than half a second.
struct Bar {
    bar: ProgressBar,
    lang: Lang,
    since: Instant,
    shown: AtomicBool,
}

impl Bar {
    fn new(lang: Lang) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        Self { bar, lang, since: Instant::now(), shown: AtomicBool::new(false) }
    }

    fn step(&self, progress: Progress) -> ControlFlow<()> {
        self.show_when_long();
        self.bar.set_message(report::stage(progress.stage, self.lang));
        self.bar.set_length(progress.total);
        self.bar.set_position(progress.done);
        ControlFlow::Continue(())
    }

    fn show_when_long(&self) {
        let long = self.since.elapsed() > Duration::from_millis(500);
        if long && io::stderr().is_terminal() && !self.shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.enable_steady_tick(Duration::from_millis(200));
        }
    }

    fn suspend(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
