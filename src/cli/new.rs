//! `maillage new`: a territory folder from an export, or drawn for an intercommunality.

use crate::{Language, NO_PLAN, fail_with, print, say};
use clap::{ArgGroup, Args, ValueEnum};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maillage::finding::{Finding, Lang};
use maillage::prepare::{self, Correction, Homes, Prepared, Request};
use maillage::read::{self, Atlas};
use maillage::{Control, Error, report};
use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
#[command(group(ArgGroup::new("whom").args(["from", "epci"]).required(true).multiple(true)))]
pub(crate) struct NewArgs {
    /// The folder to write; it must not be there, or be empty
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// An export of youths from the case software: CSV, or XLSX in builds that read workbooks
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// The intercommunality, by its code or a part of its name; alone, youths are drawn: nobody real
    #[arg(long, value_name = "CODE")]
    epci: Option<String>,
    /// Communes in the form of communes.csv, in the place of those built in
    #[arg(long, value_name = "FILE", conflicts_with = "epci")]
    communes: Option<PathBuf>,
    /// What a column is, such as "Commune de résidence=place", or "Remarque=ignore"; may be repeated
    #[arg(long, value_name = "NAME=WORD", requires = "from")]
    column: Vec<String>,
    /// How exactly homes are kept
    #[arg(long, value_enum, default_value_t = HomesArg::Commune, requires = "from")]
    homes: HomesArg,
    /// A commune with a site; may be repeated (default: the main commune)
    #[arg(long, value_name = "COMMUNE")]
    site: Vec<String>,
    /// Earliest first day of programmes (default: the first Monday in three weeks' time)
    #[arg(long, value_name = "YYYY-MM-DD")]
    start: Option<Date>,
    /// Take the columns as they were guessed, without asking
    #[arg(long)]
    yes: bool,
    /// Language of messages
    #[arg(long, value_enum, default_value_t = Language::Fr)]
    lang: Language,
}

#[derive(Clone, Copy, ValueEnum)]
enum HomesArg {
    /// The commune
    Commune,
    /// The middle of a square of 500 m, where the export has coordinates
    #[value(name = "500m")]
    Grid,
}

/// What came of it.
enum Outcome {
    Ready(Box<Prepared>),
    /// The columns were not confirmed.
    Unconfirmed,
}

pub(crate) fn new(args: &NewArgs) -> ExitCode {
    let lang = args.lang.into();
    match prepared(args, lang) {
        Ok(Outcome::Ready(prepared)) => write(args, &prepared, lang),
        Ok(Outcome::Unconfirmed) => {
            say(report::how_to_go_on(lang));
            ExitCode::from(NO_PLAN)
        }
        Err(error) => fail_with(&error, lang),
    }
}

fn write(args: &NewArgs, prepared: &Prepared, lang: Lang) -> ExitCode {
    tell(&prepared.notes, lang);
    match report::write_territory(&args.dir, prepared) {
        Ok(link) => print(&report::new_territory(&args.dir, link.as_deref(), prepared, lang)),
        Err(error) => fail_with(&error, lang),
    }
}

fn prepared(args: &NewArgs, lang: Lang) -> Result<Outcome, Error> {
    report::vacant(&args.dir, args.from.is_some())?;
    let atlas = atlas(args, lang)?;
    let epci = args.epci.as_deref().map(|asked| atlas.epci(asked)).transpose()?;
    let today = jiff::Timestamp::now().to_zoned(TimeZone::UTC).date();
    let request = Request {
        atlas: &atlas,
        epci,
        sites: &args.site,
        start: args.start.unwrap_or_else(|| prepare::usual_start(today)),
        homes: match args.homes {
            HomesArg::Commune => Homes::Commune,
            HomesArg::Grid => Homes::Grid500,
        },
    };
    match &args.from {
        Some(_) => from_export(args, &request, lang),
        None => Ok(Outcome::Ready(Box::new(prepare::drawn(&request)?))),
    }
}

fn from_export(args: &NewArgs, request: &Request<'_>, lang: Lang) -> Result<Outcome, Error> {
    let path = args.from.clone().unwrap_or_default();
    let corrections = Correction::parse(&args.column)?;
    let (export, notes) = read::export(&path, &Control::none())?;
    tell(&notes, lang);
    let columns = prepare::columns(&export, &corrections, request)?;
    if print(&(report::columns(&columns, lang) + "\n")) != ExitCode::SUCCESS {
        return Ok(Outcome::Unconfirmed);
    }
    if !args.yes && !confirmed(lang) {
        return Ok(Outcome::Unconfirmed);
    }
    let mut random = |bytes: &mut [u8]| getrandom::fill(bytes).map_err(no_randomness);
    prepare::from_export(&export, &columns, request, &mut random)
        .map(|prepared| Outcome::Ready(Box::new(prepared)))
}

/// Asks on a terminal; where nobody can answer, nothing is confirmed.
fn confirmed(lang: Lang) -> bool {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return false;
    }
    say(report::confirm(lang));
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).is_ok() && report::is_yes(&answer)
}

fn no_randomness(error: getrandom::Error) -> Error {
    Error::Provider { provider: "random".to_owned(), what: error.to_string() }
}

fn atlas(args: &NewArgs, lang: Lang) -> Result<Atlas, Error> {
    let Some(path) = &args.communes else { return france() };
    let (atlas, notes) = Atlas::file(path, &Control::none())?;
    tell(&notes, lang);
    Ok(atlas)
}

#[cfg(feature = "communes")]
fn france() -> Result<Atlas, Error> {
    Ok(Atlas::france())
}

#[cfg(not(feature = "communes"))]
fn france() -> Result<Atlas, Error> {
    Err(Error::Input(vec![prepare::no_communes()]))
}

/// Findings go beside the answer.
fn tell(findings: &[Finding], lang: Lang) {
    if !findings.is_empty() {
        say(&report::every_finding(findings, lang));
    }
}
