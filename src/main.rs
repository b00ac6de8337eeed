//! The command `maillage`: parses arguments, calls the library, prints. No logic.

mod cli;

use clap::{Args, Parser, Subcommand, ValueEnum};
use cli::compare::{self, CompareArgs};
use cli::demand::{self, DemandArgs};
use cli::equity::{self, EquityArgs};
use cli::hold::{self, HoldArgs};
use cli::levers::{self, LeversArgs};
use cli::national::{self, NationalArgs};
use cli::new::{self, NewArgs};
use cli::pool::{self, PoolArgs};
use cli::solve::{self, SolveArgs, VerifyArgs};
use cli::sweep::{self, SweepArgs};
use cli::terminal::{self, Bar, fail, fail_with, print, say, tell, watched};
use cli::times::{self, TimesArgs};
use maillage::control::Stage;
use maillage::finding::Lang;
use maillage::groups::Limits;
use maillage::plan::Plan;
use maillage::questions::Grid;
use maillage::study::{Outcome, Study};
use maillage::{Control, Error, instance, questions, read, report};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The input can't be understood. (2 is a usage error, which clap answers.)
const BAD_INPUT: u8 = 1;
/// What was asked for is not there.
const USAGE: u8 = 2;
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
  maillage levers data/chinonais --budget 2000   which change would unlock groups, at what cost
  maillage levers data/chinonais --goal 'cej>=5' --out report   the cheapest set for five groups, also on the pages
  maillage compare data/chinonais coupe        what a cut of three half-days takes away, beside today
  maillage compare data/chinonais leviers navettes --partage   two scenarios, as it may be shown
  maillage sweep data/chinonais --programme cej   where the answer flips: other travel limits and minimum sizes
  maillage demand data/chinonais --draws 1000     how often each group is possible with other youths, fewer or more
  maillage equity data/chinonais               whom the plan leaves behind, and serving the worst served first
  maillage compare data/chinonais data/tours        two territories under the same programmes: what binds in each
  maillage pool data/chinonais data/tours       with a neighbour: who gains, what each pays and would refuse
  maillage pool data/chinonais data/alencon --out report   far apart: what remains, and a page to send
  maillage national data/national --cut 10 --out run   every structure before and after a cut of half-days; goes on where it was
  maillage hold data/chinonais             will the groups hold if a quarter don't come
  maillage solve data/instances/canton.json    solve a problem with travel times of your own
  maillage verify data/instances/canton.json proof.json   check a proof without the solver
  maillage times --roads F.osm.pbf --homes H.csv --sites S.csv --mode bike   times by road, both ways
  maillage times --timetable F.zip --homes H.csv --sites S.csv --date 2025-03-11 --arrive-by 09:00 --leave-after 12:00

On a terminal, a bar shows work that takes longer. Ctrl-C stops it and leaves files as they were; a second one ends it at once.

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
    /// Nothing on standard error but errors: no bar, no warnings or notes
    #[arg(long, short, global = true)]
    quiet: bool,
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
        /// A picture for the head of the pages: PNG, JPEG, WebP or SVG, at most 200 kB
        #[arg(long, value_name = "FILE", requires = "out")]
        logo: Option<PathBuf>,
        /// How CSV files are written: fr for a French spreadsheet
        #[arg(long, value_enum, default_value_t = FileLocale::En, requires = "out")]
        locale: FileLocale,
        /// Also write the combinatorial problem, without names, as an instance file
        #[arg(long, value_name = "FILE")]
        instance: Option<PathBuf>,
    },
    /// What would make groups possible: each change by itself, the best sets for a budget and for a goal
    #[command(after_help = EXAMPLES)]
    Levers(LeversArgs),
    /// Two scenarios side by side: who gains, who loses, at what cost, and what a cut breaks first
    #[command(after_help = EXAMPLES)]
    Compare(CompareArgs),
    /// How often each programme can have a group when youths are drawn again, fewer or more of them
    #[command(after_help = EXAMPLES)]
    Demand(DemandArgs),
    /// Whom the plan leaves behind, and what serving the worst-served communes first costs
    #[command(after_help = EXAMPLES)]
    Equity(EquityArgs),
    /// Where the answer flips: other travel limits and minimum sizes, a plan each
    #[command(after_help = EXAMPLES)]
    Sweep(SweepArgs),
    /// Structures alone and together: who gains, which groups they share, who pays; far apart, what remains
    #[command(after_help = EXAMPLES)]
    Pool(PoolArgs),
    /// Hundreds of territories: what is possible in each, before and after a change, rural beside urban
    #[command(after_help = EXAMPLES)]
    National(NationalArgs),
    /// How often enough members are there, how many to invite, and how long groups take to fill
    #[command(after_help = EXAMPLES)]
    Hold(HoldArgs),
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
    let Cli { command, quiet } = Cli::parse();
    terminal::start(quiet);
    match command {
        Command::Plan { common, nodes, out, logo, locale, instance } => {
            let limits = nodes.map_or_else(Limits::default, |nodes| Limits { nodes, ..Limits::default() });
            let files = out.map(|out| Files { out, logo, locale: locale.into() });
            plan(&common, limits, files.as_ref(), instance.as_deref())
        }
        Command::Compare(args) => compare::compare(&args),
        Command::Pool(args) => pool::pool(&args),
        Command::Hold(args) => hold::hold(&args),
        Command::Levers(args) => levers::levers(args),
        Command::Demand(args) => demand::demand(&args),
        Command::Equity(args) => equity::equity(&args),
        Command::Sweep(args) => sweep::sweep(&args),
        Command::National(args) => national::national(args),
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
    logo: Option<PathBuf>,
    locale: report::Locale,
}

fn plan(common: &Common, limits: Limits, files: Option<&Files>, instance: Option<&Path>) -> ExitCode {
    let lang = common.lang.into();
    match watched(lang, |bar, control| make_plan(common, limits, files, instance, (bar, control))) {
        Ok(Made::Plan(study, plan)) => print_plan(common, files, &study, &plan),
        Ok(Made::Unverified(violations)) => {
            violations.iter().for_each(|violation| tell(&format!("{violation}\n")));
            fail(report::unverified(lang), NO_PLAN)
        }
        Ok(Made::Impossible) => fail(report::impossible(lang), NO_PLAN),
        Ok(Made::NotFound) => fail(report::not_found(lang), NO_PLAN),
        Err(error) => fail_with(&error, lang),
    }
}

/// What a search for a plan led to; its files are written then.
enum Made {
    Plan(Box<Study>, Box<Plan>),
    Unverified(Vec<String>),
    Impossible,
    NotFound,
}

fn make_plan(
    common: &Common,
    limits: Limits,
    files: Option<&Files>,
    instance: Option<&Path>,
    (bar, control): (&Bar, &Control<'_>),
) -> Result<Made, Error> {
    // Before the search: nobody waits for a picture that can't be taken.
    let logo = files.and_then(|files| files.logo.as_deref()).map(read::Logo::open).transpose()?;
    let opened = read::territory(&common.dir, control)?;
    bar.say_findings(&opened.findings);
    let mut study = Study::new(opened.territory.clone(), opened.providers(), control)?;
    if let Some(path) = instance {
        report::write_file(path, &(instance::write(&study.instance()) + "\n"))?;
    }
    let plan = match study.plan(&limits, control)? {
        Outcome::Plan(plan) => plan,
        Outcome::Impossible => return Ok(Made::Impossible),
        Outcome::NotFound => return Ok(Made::NotFound),
    };
    if let Err(violations) = plan.check(study.territory(), study.times()) {
        return Ok(Made::Unverified(violations.iter().map(ToString::to_string).collect()));
    }
    control.step(Stage::Writing, 0, 1)?;
    if let Some(files) = files {
        let lang = common.lang.into();
        let run =
            report::Run { limits, lang, logo: logo.as_ref(), ..report::Run::of(&opened, study.times()) };
        write_report(files, &common.dir, (&study, &plan), run, control)?;
    }
    Ok(Made::Plan(Box::new(study), plan))
}

/// The folder of a plan: with how well its groups hold, and where the answer flips.
fn write_report(
    files: &Files,
    dir: &Path,
    (study, plan): (&Study, &Plan),
    run: report::Run<'_>,
    control: &Control<'_>,
) -> Result<(), Error> {
    let holding = questions::holding(study, plan, control)?;
    let sweep = questions::sweep(study, &Grid::default(), &run.limits, control)?;
    let run = report::Run { locale: files.locale, holding: Some(&holding), sweep: Some(&sweep), ..run };
    let documents = report::documents(study.territory(), plan, &run);
    report::write(&files.out, &documents, Some(dir), control)
}

fn print_plan(common: &Common, files: Option<&Files>, study: &Study, plan: &Plan) -> ExitCode {
    let lang = common.lang.into();
    let printed = if common.json {
        print(&format!("{}\n", report::json(study.territory(), plan)))
    } else {
        print(&report::text(study.territory(), plan, lang))
    };
    if let Some(files) = files {
        say(&format!("{}\n", report::written(&files.out, lang)));
    }
    printed
}

fn check(common: &Common) -> ExitCode {
    let lang = common.lang.into();
    let (findings, code) = match watched(lang, |_, control| read::territory(&common.dir, control)) {
        Ok(opened) => (opened.findings, ExitCode::SUCCESS),
        Err(Error::Input(findings)) => (findings, ExitCode::from(BAD_INPUT)),
        Err(error) => return fail_with(&error, lang),
    };
    let printed = if common.json {
        print(&format!("{}\n", report::findings_json(&findings)))
    } else {
        print(&report::findings(&findings, lang))
    };
    if printed == ExitCode::SUCCESS { code } else { printed }
}
