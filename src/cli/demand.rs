//! `maillage demand`: youths drawn again.

use super::terminal::{Bar, fail_with, print, watched};
use crate::Common;
use clap::Args;
use maillage::questions::{self, Draws};
use maillage::report::{self, Drawn};
use maillage::study::Study;
use maillage::{Control, Error, read};
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct DemandArgs {
    #[command(flatten)]
    common: Common,
    /// How many times youths are drawn
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    draws: u32,
    /// Where the draws begin: the same number draws the same youths
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Youths in percent of those of today
    #[arg(long, value_name = "PERCENT", value_delimiter = ',', default_values_t = [75, 100, 125], value_parser = clap::value_parser!(u16).range(1..=1000))]
    percents: Vec<u16>,
}

pub(crate) fn demand(args: &DemandArgs) -> ExitCode {
    let lang = args.common.lang.into();
    match watched(lang, |bar, control| args.make(bar, control)) {
        Ok(text) => print(&text),
        Err(error) => fail_with(&error, lang),
    }
}

impl DemandArgs {
    fn make(&self, bar: &Bar, control: &Control<'_>) -> Result<String, Error> {
        let opened = read::territory(&self.common.dir, control)?;
        bar.say_findings(&opened.findings);
        let study = Study::new(opened.territory.clone(), opened.providers(), control)?;
        let asked = |&percent| Draws { draws: self.draws, seed: self.seed, percent };
        let demands = self.percents.iter().map(|percent| questions::demand(&study, &asked(percent), control));
        let demands = demands.collect::<Result<Vec<_>, Error>>()?;
        let drawn = Drawn { territory: study.territory(), demands: &demands };
        Ok(if self.common.json {
            format!("{}\n", report::demand_json(&drawn))
        } else {
            report::demand_text(&drawn, self.common.lang.into())
        })
    }
}
