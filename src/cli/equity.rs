//! `maillage equity`: whom the plan leaves behind.

use super::audience;
use super::terminal::{Bar, fail, fail_with, print, watched};
use crate::{Common, NO_PLAN};
use clap::Args;
use maillage::groups::Limits;
use maillage::questions;
use maillage::report::{self, Equity};
use maillage::study::{Outcome, Study};
use maillage::{Control, Error, read};
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct EquityArgs {
    #[command(flatten)]
    common: Common,
    /// Also plan with places in the worst-served communes counting so many times
    #[arg(long, value_name = "TIMES", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=1000))]
    weight: u32,
    /// As it may be shown: bands instead of exact numbers, classes of enough youths alone
    #[arg(long)]
    partage: bool,
    /// Most branch-and-bound nodes for each objective of each plan; more may prove more
    #[arg(long, value_name = "N")]
    nodes: Option<u64>,
}

pub(crate) fn equity(args: &EquityArgs) -> ExitCode {
    let lang = args.common.lang.into();
    match watched(lang, |bar, control| args.make(bar, control)) {
        Ok(Some(text)) => print(&text),
        Ok(None) => fail(report::not_found(lang), NO_PLAN),
        Err(error) => fail_with(&error, lang),
    }
}

impl EquityArgs {
    fn make(&self, bar: &Bar, control: &Control<'_>) -> Result<Option<String>, Error> {
        let opened = read::territory(&self.common.dir, control)?;
        bar.say_findings(&opened.findings);
        let limits = self.nodes.map_or_else(Limits::default, |nodes| Limits { nodes, ..Limits::default() });
        let mut study = Study::new(opened.territory.clone(), opened.providers(), control)?;
        let Outcome::Plan(plan) = study.plan(&limits, control)? else { return Ok(None) };
        let served = questions::equity(study.territory(), &plan);
        let worst = questions::worst_served_first(&study, &plan, self.weight, &limits, control)?;
        let told = Equity {
            territory: study.territory(),
            plan: &plan,
            served: &served,
            worst_first: worst.as_ref(),
        };
        let audience = audience(self.partage);
        Ok(Some(if self.common.json {
            format!("{}\n", report::equity_json(&told, audience))
        } else {
            report::equity_text(&told, audience, self.common.lang.into())
        }))
    }
}
