//! `maillage pool`: several structures, alone and together.

use super::terminal::{Bar, fail, fail_with, print, say, watched};
use crate::{Language, NO_PLAN};
use clap::{Args, ValueEnum};
use maillage::groups::Limits;
use maillage::questions::{self, Pooling, Split, Structure};
use maillage::territory::PoolMember;
use maillage::{Control, Error, read, report};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct PoolArgs {
    /// The territory folders, each a structure's
    #[arg(value_name = "DIR", required = true, num_args = 2..)]
    dirs: Vec<PathBuf>,
    /// How the cost of shared groups is split
    #[arg(long, value_enum, default_value_t = SplitBy::YouthHours)]
    split: SplitBy,
    /// Print JSON (docs/json.md) instead of a page
    #[arg(long)]
    json: bool,
    /// Also write a page that may be sent to the other structures: REPORT/partage
    #[arg(long, value_name = "REPORT")]
    out: Option<PathBuf>,
    /// Most branch-and-bound nodes for each objective of each search; more may prove more
    #[arg(long, value_name = "N")]
    nodes: Option<u64>,
    /// Language of the page and of messages
    #[arg(long, value_enum, default_value_t = Language::Fr)]
    lang: Language,
}

#[derive(Clone, Copy, ValueEnum)]
enum SplitBy {
    /// Pro rata to the hours that each one's youths spend there
    YouthHours,
    /// Pro rata to places
    Places,
    /// In equal parts
    Half,
}

impl From<SplitBy> for Split {
    fn from(by: SplitBy) -> Self {
        match by {
            SplitBy::YouthHours => Self::YouthHours,
            SplitBy::Places => Self::Places,
            SplitBy::Half => Self::Half,
        }
    }
}

pub(crate) fn pool(args: &PoolArgs) -> ExitCode {
    let lang = args.lang.into();
    match watched(lang, |bar, control| args.make(bar, control)) {
        Ok(Some(pooling)) => {
            let printed = if args.json {
                print(&format!("{}\n", report::pool_json(&pooling)))
            } else {
                print(&report::pool_text(&pooling, lang))
            };
            if let Some(out) = &args.out {
                say(&format!("{}\n", report::written(out, lang)));
            }
            printed
        }
        Ok(None) => fail(report::not_found(lang), NO_PLAN),
        Err(error) => fail_with(&error, lang),
    }
}

impl PoolArgs {
    fn make(&self, bar: &Bar, control: &Control<'_>) -> Result<Option<Pooling>, Error> {
        let structures = structures(&self.dirs, bar, control)?;
        let limits = self.nodes.map_or_else(Limits::default, |nodes| Limits { nodes, ..Limits::default() });
        let Some(pooling) = questions::pooling(structures, self.split.into(), &limits, control)? else {
            return Ok(None);
        };
        bar.say_findings(pooling.pool.findings());
        if let Some(out) = &self.out {
            let documents = report::pool_documents(&pooling, self.lang.into());
            report::write(out, &documents, self.dirs.first().map(PathBuf::as_path), control)?;
        }
        Ok(Some(pooling))
    }
}

/// Reads all folders, and says what is wrong with any of them.
fn structures(dirs: &[PathBuf], bar: &Bar, control: &Control<'_>) -> Result<Vec<Structure>, Error> {
    let mut structures = Vec::new();
    let mut wrong = Vec::new();
    for dir in dirs {
        let name = name(dir);
        match read::territory(dir, control) {
            Ok(opened) => {
                bar.say_findings(&within(opened.findings.clone(), &name));
                let programmes = opened.programmes.clone();
                let member = PoolMember { programmes, ..PoolMember::new(&name, opened.territory.clone()) };
                structures.push(Structure { member, providers: opened.own_providers() });
            }
            Err(Error::Input(findings)) => wrong.extend(within(findings, &name)),
            Err(other) => return Err(other),
        }
    }
    if wrong.is_empty() { Ok(structures) } else { Err(Error::Input(wrong)) }
}

/// Findings of one folder of several: its name comes before the file's.
fn within(mut findings: Vec<maillage::finding::Finding>, name: &str) -> Vec<maillage::finding::Finding> {
    for finding in &mut findings {
        let file = finding.source.file.take().filter(|file| **file != *name);
        finding.source.file = Some(file.map_or_else(|| name.into(), |file| format!("{name}/{file}").into()));
    }
    findings
}

/// What a folder is called, wherever it lies.
fn name(dir: &Path) -> String {
    let last = dir.file_name().or_else(|| dir.components().next_back().map(|c| c.as_os_str()));
    let own = last.map(|name| name.to_string_lossy().into_owned()).filter(|name| name != "." && name != "..");
    own.or_else(|| Some(dir.canonicalize().ok()?.file_name()?.to_string_lossy().into_owned()))
        .unwrap_or_else(|| dir.display().to_string())
}
