//! The command `maillage`: parses arguments, calls the library, prints. No logic.

mod cli;

use clap::{Args, Parser, Subcommand, ValueEnum};
use cli::new::{self, NewArgs};
use cli::solve::{self, SolveArgs, VerifyArgs};
use cli::times::{self, TimesArgs};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use maillage::finding::Lang;
use maillage::groups::Limits;
use maillage::plan::Plan;
use maillage::study::{Outcome, Study};
use maillage::{Control, Error, Progress, instance, read, report};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The input can't be understood. (2 is a usage error, which clap answers.)
const BAD_INPUT: u8 = 1;
/// Cancelled, or no plan found.
const NO_PLAN: u8 = 3;

const EXAMPLES: &str = "\
Examples:
  maillage new mon-territoire --from export.csv  a territory folder from an export, names left out
  maillage new essai --epci 200043081           one with youths that are drawn: nobody real
  maillage check data/chinonais            what is wrong with a territory folder, line by line
  maillage plan data/chinonais             the plan, as a page in French
  maillage plan data/chinonais --lang en   the same in English
  maillage plan data/chinonais --json > plan.json
  maillage plan data/chinonais --out report --locale fr   also files, for a French spreadsheet and QGIS
  maillage plan data/chinonais --nodes 20000   search further for a better plan or a smaller gap
  maillage plan data/chinonais --instance problem.json   also write the problem alone (docs/instances.md)
  maillage solve data/instances/canton.json    solve a problem with travel times of your own
  maillage verify data/instances/canton.json proof.json   check a proof without the solver
  maillage times --roads F.osm.pbf --homes H.csv --sites S.csv --mode bike   times by road, both ways
  maillage times --timetable F.zip --homes H.csv --sites S.csv --date 2025-03-11 --arrive-by 09:00 --leave-after 12:00

Exit status:
  0  answered, also when no group is viable or the plan is proved only up to a gap
  1  the input can't be understood: every finding is told, with its file and line; or REPORT can't be written
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
    /// Write a territory folder from an export of the case software, or with youths that are drawn
    #[command(after_help = EXAMPLES)]
    New(NewArgs),
    /// Form groups, and say who is left out and why
    #[command(after_help = EXAMPLES)]
    Plan {
        #[command(flatten)]
        common: Common,
        /// Most branch-and-bound nodes for each objective; more may prove more
        #[arg(long, value_name = "N")]
        nodes: Option<u64>,
        /// Also write the plan as files: REPORT/interne, exact, and REPORT/partage, to be shown
        #[arg(long, value_name = "REPORT")]
        out: Option<PathBuf>,
        /// How CSV files are written: fr for a French spreadsheet
        #[arg(long, value_enum, default_value_t = FileLocale::En, requires = "out")]
        locale: FileLocale,
        /// Also write the combinatorial problem, without names, as an instance file
        #[arg(long, value_name = "FILE")]
        instance: Option<PathBuf>,
    },
    /// Form groups from an instance file: who can attend what is already known
    #[command(after_help = EXAMPLES)]
    Solve(SolveArgs),
    /// Check a certificate against its instance, without the solver
    #[command(after_help = EXAMPLES)]
    Verify(VerifyArgs),
    /// Travel times between homes and sites, both ways: by road, or by coach and train
    #[command(after_help = EXAMPLES)]
    Times(TimesArgs),
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

#[derive(Clone, Copy, ValueEnum)]
enum FileLocale {
    /// For programs: commas, decimal points, English names
    En,
    /// Pour un tableur français : BOM, points-virgules, virgules décimales
    Fr,
}

impl From<FileLocale> for report::Locale {
    fn from(locale: FileLocale) -> Self {
        match locale {
            FileLocale::En => Self::En,
            FileLocale::Fr => Self::Fr,
        }
    }
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Plan { common, nodes, out, locale, instance } => {
            let limits = nodes.map_or_else(Limits::default, |nodes| Limits { nodes, ..Limits::default() });
            let files = out.map(|out| Files { out, locale: locale.into() });
            plan(&common, limits, files.as_ref(), instance.as_deref())
        }
        Command::Solve(args) => solve::solve(&args),
        Command::Verify(args) => solve::verify(&args),
        Command::Times(args) => times::times(&args),
        Command::Check { common } => check(&common),
        Command::New(args) => new::new(&args),
    }
}

/// Where files are written, and how.
struct Files {
    out: PathBuf,
    locale: report::Locale,
}

fn plan(common: &Common, limits: Limits, files: Option<&Files>, instance: Option<&Path>) -> ExitCode {
    let lang = common.lang.into();
    match find_plan(common, limits, instance) {
        Ok(Found { outcome: Outcome::Plan(plan), study, inputs }) => {
            let run = |locale| report::Run { inputs: &inputs, limits, locale };
            let write = files.map(|files| (files.out.as_path(), run(files.locale)));
            print_plan(common, &study, &plan, write)
        }
        Ok(Found { outcome: Outcome::Impossible, .. }) => fail(report::impossible(lang), NO_PLAN),
        Ok(Found { outcome: Outcome::NotFound, .. }) => fail(report::not_found(lang), NO_PLAN),
        Err(error) => fail_with(&error, lang),
    }
}

/// What was searched, what came out, and what was read for it.
struct Found {
    study: Study,
    outcome: Outcome,
    inputs: Vec<read::FileRead>,
}

fn find_plan(common: &Common, limits: Limits, instance: Option<&Path>) -> Result<Found, Error> {
    let lang = common.lang.into();
    let bar = Bar::new(lang);
    let step = |progress| bar.step(progress);
    let control = Control::new(&step);
    let opened = read::territory(&common.dir, &control)?;
    if !opened.findings.is_empty() {
        bar.suspend(|| say(&report::findings(&opened.findings, lang)));
    }
    let mut study = Study::new(opened.territory.clone(), opened.providers(), &control)?;
    let inputs = opened.files;
    if let Some(path) = instance {
        report::write_file(path, &(instance::write(&study.instance()) + "\n"))?;
    }
    let outcome = study.plan(&limits, &control)?;
    Ok(Found { study, outcome, inputs })
}

fn print_plan(
    common: &Common,
    study: &Study,
    plan: &Plan,
    write: Option<(&Path, report::Run<'_>)>,
) -> ExitCode {
    let lang = common.lang.into();
    if let Err(violations) = plan.check(study.territory(), study.times()) {
        for violation in violations {
            say(&format!("{violation}\n"));
        }
        return fail(report::unverified(lang), NO_PLAN);
    }
    if let Some((out, run)) = &write {
        let documents = report::documents(study.territory(), plan, run);
        if let Err(error) = report::write(out, &documents, Some(&common.dir)) {
            return fail_with(&error, lang);
        }
    }
    let printed = if common.json {
        print(&format!("{}\n", report::json(study.territory(), plan)))
    } else {
        print(&report::text(study.territory(), plan, lang))
    };
    if let Some((out, _)) = write {
        say(&format!("{}\n", report::written(out, lang)));
    }
    printed
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
        Error::Io { .. } | Error::Refused { .. } => fail(&report::error(error, lang), BAD_INPUT),
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
