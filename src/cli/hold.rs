//! `maillage hold`: how well the groups of a plan hold, and how lists fill.

use super::terminal::{Bar, fail, fail_with, print, tell, watched};
use crate::{Common, NO_PLAN};
use clap::Args;
use maillage::groups::Limits;
use maillage::plan::Plan;
use maillage::questions;
use maillage::report::{self, HoldingTold};
use maillage::study::{Outcome, Study};
use maillage::{Control, Error, read};
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct HoldArgs {
    #[command(flatten)]
    common: Common,
    /// Most branch-and-bound nodes for each objective of the plan; more may prove more
    #[arg(long, value_name = "N")]
    nodes: Option<u64>,
}

/// What a search led to.
enum Made {
    Answer(String),
    Unverified(Vec<String>),
    Impossible,
    NotFound,
}

pub(crate) fn hold(args: &HoldArgs) -> ExitCode {
    let lang = args.common.lang.into();
    match watched(lang, |bar, control| args.make(bar, control)) {
        Ok(Made::Answer(text)) => print(&text),
        Ok(Made::Unverified(violations)) => {
            violations.iter().for_each(|violation| tell(&format!("{violation}\n")));
            fail(report::unverified(lang), NO_PLAN)
        }
        Ok(Made::Impossible) => fail(report::impossible(lang), NO_PLAN),
        Ok(Made::NotFound) => fail(report::not_found(lang), NO_PLAN),
        Err(error) => fail_with(&error, lang),
    }
}

impl HoldArgs {
    fn make(&self, bar: &Bar, control: &Control<'_>) -> Result<Made, Error> {
        let opened = read::territory(&self.common.dir, control)?;
        bar.say_findings(&opened.findings);
        let limits = self.nodes.map_or_else(Limits::default, |nodes| Limits { nodes, ..Limits::default() });
        let mut study = Study::new(opened.territory.clone(), opened.providers(), control)?;
        let plan = match study.plan(&limits, control)? {
            Outcome::Plan(plan) => plan,
            Outcome::Impossible => return Ok(Made::Impossible),
            Outcome::NotFound => return Ok(Made::NotFound),
        };
        if let Err(violations) = plan.check(study.territory(), study.times()) {
            return Ok(Made::Unverified(violations.iter().map(ToString::to_string).collect()));
        }
        self.told(&study, &plan, control).map(Made::Answer)
    }

    fn told(&self, study: &Study, plan: &Plan, control: &Control<'_>) -> Result<String, Error> {
        let holding = questions::holding(study, plan, control)?;
        let filling = questions::filling(study.territory());
        let told = HoldingTold { territory: study.territory(), plan, holding: &holding, filling: &filling };
        Ok(match self.common.json {
            true => format!("{}\n", report::holding_json(&told)),
            false => report::holding_text(&told, self.common.lang.into()),
        })
    }
}
