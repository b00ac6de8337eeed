//! `maillage compare`: two scenarios side by side, or two territories.

use super::audience;
use super::levers::scenario;
use super::terminal::{Bar, fail, fail_with, print, watched};
use crate::{Common, NO_PLAN, USAGE};
use clap::Args;
use maillage::finding::Lang;
use maillage::groups::Limits;
use maillage::questions::{self, CutStep, Tried};
use maillage::report::{self, Compared};
use maillage::study::Study;
use maillage::territory::{LeverChange, Scenario, Territory};
use maillage::{Control, Error, read};
use std::path::Path;
use std::process::ExitCode;

/// What stands for nothing changed, where no scenario is called so.
const TODAY: [&str; 3] = ["aujourd-hui", "today", "aujourdhui"];

/// The one of them to name.
const fn unchanged(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => TODAY[0],
        Lang::En => TODAY[1],
    }
}

#[derive(Args)]
pub(crate) struct CompareArgs {
    #[command(flatten)]
    common: Common,
    /// A scenario (scenarios/NAME.toml), or `today`; or another territory folder, under the same programmes
    a: String,
    /// The scenario beside it; without it, the first beside today
    b: Option<String>,
    /// As it may be shown: bands instead of exact numbers, nobody named
    #[arg(long)]
    partage: bool,
    /// Most branch-and-bound nodes for each objective of each search; more may prove more
    #[arg(long, value_name = "N")]
    nodes: Option<u64>,
}

/// What a search led to.
enum Made {
    Answer(String),
    /// What was asked for is not there.
    Usage(String),
    NotFound,
}

pub(crate) fn compare(args: &CompareArgs) -> ExitCode {
    let lang = args.common.lang.into();
    match watched(lang, |bar, control| args.make(bar, control)) {
        Ok(Made::Answer(text)) => print(&text),
        Ok(Made::Usage(what)) => fail(&what, USAGE),
        Ok(Made::NotFound) => fail(report::not_found(lang), NO_PLAN),
        Err(error) => fail_with(&error, lang),
    }
}

impl CompareArgs {
    fn make(&self, bar: &Bar, control: &Control<'_>) -> Result<Made, Error> {
        let lang = self.common.lang.into();
        if Path::new(&self.a).join("territory.toml").is_file() {
            return self.territories(Path::new(&self.a), bar, control);
        }
        let opened = read::territory(&self.common.dir, control)?;
        bar.say_findings(&opened.findings);
        let today = Scenario { name: report::unchanged(lang).to_owned(), ..Scenario::default() };
        let named = |name: &str| match scenario(&opened, name, Some(unchanged(lang)), lang) {
            Err(_) if TODAY.contains(&name) => Ok(&today),
            found => found,
        };
        let both = match &self.b {
            Some(b) => named(&self.a).and_then(|a| Ok([a, named(b)?])),
            None => named(&self.a).map(|b| [&today, b]),
        };
        let both = match both {
            Ok(both) => both,
            Err(what) => return Ok(Made::Usage(what)),
        };
        let limits = self.nodes.map_or_else(Limits::default, |nodes| Limits { nodes, ..Limits::default() });
        let study = Study::new(opened.territory.clone(), opened.providers(), control)?;
        let tried = |scenario| questions::try_scenario(&study, scenario, &limits, control);
        let (Some(a), Some(b)) = (tried(both[0])?, tried(both[1])?) else { return Ok(Made::NotFound) };
        let breaks = breaks(&study, both, &limits, control)?;
        Ok(Made::Answer(self.told(&study, (both, [&a, &b]), &breaks)))
    }

    /// Another territory beside this one, under the same programmes.
    fn territories(&self, other: &Path, bar: &Bar, control: &Control<'_>) -> Result<Made, Error> {
        if let Some(more) = &self.b {
            return Ok(Made::Usage(report::two_territories_alone(more, self.common.lang.into())));
        }
        let limits = self.nodes.map_or_else(Limits::default, |nodes| Limits { nodes, ..Limits::default() });
        let mut both = Vec::new();
        let mut first: Option<Territory> = None;
        for dir in [self.common.dir.as_path(), other] {
            let opened = read::territory(dir, control)?;
            bar.say_findings(&opened.findings);
            let like = first.get_or_insert_with(|| opened.territory.clone());
            let providers = opened.providers();
            let under = questions::under_programmes_of(like, &opened.territory, providers, &limits, control)?;
            let Some(under) = under else { return Ok(Made::NotFound) };
            both.push(under);
        }
        let [a, b] = both.as_slice() else { return Ok(Made::NotFound) };
        let audience = audience(self.partage);
        Ok(Made::Answer(if self.common.json {
            format!("{}\n", report::territories_json([a, b], audience))
        } else {
            report::territories_text([a, b], audience, self.common.lang.into())
        }))
    }

    fn told(
        &self,
        study: &Study,
        (both, tried): ([&Scenario; 2], [&Tried; 2]),
        breaks: &[CutStep],
    ) -> String {
        let audience = audience(self.partage);
        let between = questions::compare(tried[0], tried[1]);
        let territory = study.territory();
        let names = report::scenario_names(territory, both, audience);
        let names = [names[0].as_str(), names[1].as_str()];
        let compared = Compared { territory, names, tried, between: &between, breaks };
        if self.common.json {
            format!("{}\n", report::compare_json(&compared, audience))
        } else {
            report::compare_text(&compared, audience, self.common.lang.into())
        }
    }
}

/// The order in which things break, where a scenario takes half-days away.
fn breaks(
    study: &Study,
    both: [&Scenario; 2],
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Vec<CutStep>, Error> {
    let fewer = both.iter().flat_map(|scenario| &scenario.levers).filter_map(|lever| match lever.change {
        LeverChange::FewerHalfDays { half_days, .. } => Some(half_days),
        _ => None,
    });
    match fewer.max() {
        Some(most) => questions::fewer_half_days(study, most, limits, control),
        None => Ok(Vec::new()),
    }
}
