//! `maillage solve` and `maillage verify`: instances without a territory.

use super::clock::Clock;
use super::terminal::{fail, fail_with, print, tell, watched};
use crate::{Language, NO_PLAN};
use clap::Args;
use maillage::control::Stage;
use maillage::groups::certificate::{self, Certificate};
use maillage::groups::{Certifying, Limits, Milp, Solution, Solve};
use maillage::instance::{self, Instance};
use maillage::report::{self, Took};
use maillage::{Control, Error, Progress};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

#[derive(Args)]
pub(crate) struct SolveArgs {
    /// The instance, of format groups/1 or groups/2 (docs/instances.md)
    #[arg(value_name = "INSTANCE.json")]
    instance: PathBuf,
    /// Most seconds; the answer then depends on the machine, and says that the limit stopped it
    #[arg(long, value_name = "S", value_parser = seconds)]
    time_limit: Option<Duration>,
    /// Most branch-and-bound nodes for each objective; 2,000 unless time is limited
    #[arg(long, value_name = "N")]
    node_limit: Option<u64>,
    /// Threads; the answer is the same with any number
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    threads: u16,
    /// Write the groups and members to this file
    #[arg(long, value_name = "FILE")]
    solution: Option<PathBuf>,
    /// Write the proof to this file, for `maillage verify`
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
    /// Print one line of JSON instead of a page
    #[arg(long)]
    json: bool,
    /// Language of the page and of messages
    #[arg(long, value_enum, default_value_t = Language::Fr)]
    lang: Language,
}

#[derive(Args)]
pub(crate) struct VerifyArgs {
    /// The instance
    #[arg(value_name = "INSTANCE.json")]
    instance: PathBuf,
    /// The certificate that `maillage solve --certificate` wrote
    #[arg(value_name = "CERTIFICATE.json")]
    certificate: PathBuf,
    /// Language of messages
    #[arg(long, value_enum, default_value_t = Language::Fr)]
    lang: Language,
}

/// What a search gave.
struct Answer {
    instance: Instance,
    solution: Solution,
    certificate: Option<Certificate>,
    took: Took,
    /// Seconds of each tier.
    each: Vec<f64>,
}

pub(crate) fn solve(args: &SolveArgs) -> ExitCode {
    let lang = args.lang.into();
    let usual = if args.time_limit.is_some() { u64::MAX } else { Limits::default().nodes };
    let limits = Limits { nodes: args.node_limit.unwrap_or(usual), time: args.time_limit };
    let answer = watched(lang, |_, control| {
        let certify = args.certificate.is_some();
        let answer = with_threads(args.threads, || search(&args.instance, &limits, certify, control))?;
        write(args, &answer)?;
        Ok(answer)
    });
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return fail_with(&error, lang),
    };
    let printed = print_answer(args, &answer);
    match &answer.solution {
        Solution::Impossible => fail(report::impossible(lang), NO_PLAN),
        Solution::NotFound => fail(report::not_found(lang), NO_PLAN),
        Solution::Found { .. } if args.certificate.is_some() && answer.certificate.is_none() => {
            fail(report::no_certificate(lang), NO_PLAN)
        }
        Solution::Found { .. } => printed,
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let number: f64 = text.parse().map_err(|_| format!("'{text}' is not a number of seconds"))?;
    Duration::try_from_secs_f64(number).map_err(|error| error.to_string())
}

fn search(path: &Path, limits: &Limits, certify: bool, control: &Control<'_>) -> Result<Answer, Error> {
    let instance = instance::open(path)?;
    let mut solver: Box<dyn Solve> = if certify { Box::new(Certifying::default()) } else { Box::new(Milp) };
    let clock = Clock::start();
    let watch = |progress: Progress| {
        clock.see(progress);
        control
            .step(progress.stage, progress.done, progress.total)
            .map_or(ControlFlow::Break(()), ControlFlow::Continue)
    };
    let solution = solver.solve(&instance.problem, limits, &Control::new(&watch))?;
    let (took, each) = (clock.stop(), clock.tiers());
    let certificate = solver.certificate();
    Ok(Answer { instance, solution, certificate, took, each })
}

#[cfg(feature = "parallel")]
pub(crate) fn with_threads<T: Send>(threads: u16, work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

#[cfg(not(feature = "parallel"))]
pub(crate) fn with_threads<T>(_: u16, work: impl FnOnce() -> T) -> T {
    work()
}

fn write(args: &SolveArgs, answer: &Answer) -> Result<(), Error> {
    let put = |path: &Path, text: String| report::write_file(path, &(text + "\n"));
    if let (Some(path), Solution::Found { assignment, .. }) = (&args.solution, &answer.solution) {
        put(path, instance::write_solution(assignment))?;
    }
    if let (Some(path), Some(certificate)) = (&args.certificate, &answer.certificate) {
        put(path, instance::write_certificate(&answer.instance.name, certificate))?;
    }
    Ok(())
}

fn print_answer(args: &SolveArgs, answer: &Answer) -> ExitCode {
    if args.json {
        return print(&format!(
            "{}\n",
            report::solved_json(&answer.instance, &answer.solution, &answer.took, &answer.each)
        ));
    }
    match &answer.solution {
        Solution::Found { assignment, tiers } => {
            let proof = answer.certificate.as_ref();
            print(&report::solved(&answer.instance, assignment, tiers, proof, args.lang.into()))
        }
        Solution::Impossible | Solution::NotFound => ExitCode::SUCCESS,
    }
}

pub(crate) fn verify(args: &VerifyArgs) -> ExitCode {
    let lang = args.lang.into();
    let checked = watched(lang, |_, control| {
        let instance = instance::open(&args.instance)?;
        let text = instance::text(&args.certificate, instance::Limits::default().bytes)?;
        let name = args.certificate.display().to_string();
        let proof = instance::read_certificate(&name, &text)?;
        control.step(Stage::Groups, 0, 1)?;
        let checked = certificate::check(&instance.problem, &proof);
        Ok((instance, proof, checked))
    });
    match checked {
        Err(error) => fail_with(&error, lang),
        Ok((instance, proof, Ok(()))) => print(&report::certified(&instance, &proof, lang)),
        Ok((.., Err(refused))) => {
            tell(&format!("{refused}\n"));
            fail(report::not_certified(lang), NO_PLAN)
        }
    }
}
