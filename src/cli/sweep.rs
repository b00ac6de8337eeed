//! `maillage sweep`: limits and minimum sizes around today's.

use super::terminal::{Bar, fail, fail_with, print, watched};
use crate::{Common, USAGE};
use clap::Args;
use maillage::groups::Limits;
use maillage::questions::{self, Grid};
use maillage::report::{self, Swept};
use maillage::study::Study;
use maillage::units::Seconds;
use maillage::{Control, Error, read};
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct SweepArgs {
    #[command(flatten)]
    common: Common,
    /// Longest trips one way, in minutes
    #[arg(long, value_name = "MINUTES", value_delimiter = ',', default_values_t = [30, 45, 60, 90], value_parser = clap::value_parser!(u32).range(1..=600))]
    limits: Vec<u32>,
    /// Members more than today's minimum, fewer below zero
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = [-2, -1, 0, 1, 2], allow_hyphen_values = true, value_parser = clap::value_parser!(i32).range(-100..=100))]
    minimums: Vec<i32>,
    /// Change this programme alone, by identifier
    #[arg(long, value_name = "ID")]
    programme: Option<String>,
    /// Motor vehicles take so many percent longer, as in winter: 10 or 20, say
    #[arg(long, value_name = "PERCENT", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=200))]
    slower: u16,
    /// Most branch-and-bound nodes for each cell; more may prove more
    #[arg(long, value_name = "N")]
    nodes: Option<u64>,
}

/// What a search led to.
enum Made {
    Answer(String),
    /// What was asked for is not there.
    Usage(String),
}

pub(crate) fn sweep(args: &SweepArgs) -> ExitCode {
    let lang = args.common.lang.into();
    match watched(lang, |bar, control| args.make(bar, control)) {
        Ok(Made::Answer(text)) => print(&text),
        Ok(Made::Usage(what)) => fail(&what, USAGE),
        Err(error) => fail_with(&error, lang),
    }
}

impl SweepArgs {
    fn make(&self, bar: &Bar, control: &Control<'_>) -> Result<Made, Error> {
        let lang = self.common.lang.into();
        let opened = read::territory(&self.common.dir, control)?;
        bar.say_findings(&opened.findings);
        let programmes = opened.territory.programmes();
        let programme = match &self.programme {
            Some(key) => match programmes.find_str(key) {
                Some(id) => Some(id),
                None => return Ok(Made::Usage(report::no_such_programme(&opened.territory, key, lang))),
            },
            None => None,
        };
        let minutes = self.limits.iter().map(|&minutes| Seconds::from_minutes(minutes));
        let grid = Grid::new(minutes.collect(), self.minimums.clone(), programme);
        let limits = self.nodes.map_or_else(Limits::default, |nodes| Limits { nodes, ..Limits::default() });
        let mut study = Study::new(opened.territory.clone(), opened.providers(), control)?;
        if self.slower > 0 {
            study = questions::slower_roads(&study, self.slower, control)?;
        }
        let sweep = questions::sweep(&study, &grid, &limits, control)?;
        let swept = Swept { territory: &opened.territory, sweep: &sweep, slower: self.slower };
        Ok(Made::Answer(if self.common.json {
            format!("{}\n", report::sweep_json(&swept))
        } else {
            report::sweep_text(&swept, lang)
        }))
    }
}
