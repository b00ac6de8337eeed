//! `maillage levers`: which change would make groups possible, and at what cost.

use super::terminal::{Bar, fail, fail_with, print, say, tell, watched};
use crate::{Common, FileLocale, Files, NO_PLAN, USAGE, write_report};
use clap::Args;
use maillage::finding::Lang;
use maillage::groups::Limits;
use maillage::plan::Plan;
use maillage::questions::{Goal, LeverQuestion, LeverStudy};
use maillage::report::{LeverSource, Levers};
use maillage::study::{Outcome, Study};
use maillage::territory::{Scenario, Territory, catalogue, levers_of};
use maillage::units::Cents;
use maillage::{Control, Error, read, report};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct LeversArgs {
    #[command(flatten)]
    common: Common,
    /// The most that may be spent, in euros
    #[arg(long, value_name = "EUR", value_parser = euros)]
    budget: Option<Cents>,
    /// Groups that are wanted of a programme, by its identifier or name; may be given several times
    #[arg(long, value_name = "PROGRAMME>=K", value_parser = wanted)]
    goal: Vec<Wanted>,
    /// Only the levers of this scenario (scenarios/NAME.toml); may be given several times
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// The levers that the territory suggests, whatever its scenarios say
    #[arg(long, conflicts_with = "scenario")]
    catalogue: bool,
    /// Most branch-and-bound nodes for each objective of each search; more may prove more
    #[arg(long, value_name = "N")]
    nodes: Option<u64>,
    /// Also write the plan and the levers as files: REPORT/interne, exact, and REPORT/partage, to be shown
    #[arg(long, value_name = "REPORT")]
    out: Option<PathBuf>,
    /// A picture for the head of the pages: PNG, JPEG, WebP or SVG, at most 200 kB
    #[arg(long, value_name = "FILE", requires = "out")]
    logo: Option<PathBuf>,
    /// How CSV files are written: fr for a French spreadsheet
    #[arg(long, value_enum, default_value_t = FileLocale::En, requires = "out")]
    locale: FileLocale,
}

/// Groups that are wanted, of a programme that is not looked up yet.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    programme: String,
    groups: u32,
}

fn euros(text: &str) -> Result<Cents, String> {
    let number = text.replace(',', ".").parse().ok().and_then(Cents::from_euros);
    number.ok_or_else(|| "an amount in euros, such as 1500".to_owned())
}

fn wanted(text: &str) -> Result<Wanted, String> {
    let how = || "written PROGRAMME>=K, such as \"atelier>=2\"".to_owned();
    let (programme, groups) = text.rsplit_once(">=").or_else(|| text.rsplit_once('≥')).ok_or_else(how)?;
    let groups = groups.trim().parse().ok().filter(|&groups| groups > 0).ok_or_else(how)?;
    match programme.trim() {
        "" => Err(how()),
        programme => Ok(Wanted { programme: programme.to_owned(), groups }),
    }
}

/// What a search led to; its files are written then.
enum Made {
    Answer(String),
    /// What was asked for is not there.
    Usage(String),
    Unverified(Vec<String>),
    Impossible,
    NotFound,
}

pub(crate) fn levers(args: LeversArgs) -> ExitCode {
    let lang = args.common.lang.into();
    let LeversArgs { common, budget, goal, scenario, catalogue, nodes, out, logo, locale } = args;
    let files = out.map(|out| Files { out, logo, locale: locale.into() });
    let limits = nodes.map_or_else(Limits::default, |nodes| Limits { nodes, ..Limits::default() });
    let asked = Asked { common: &common, budget, goals: &goal, scenarios: &scenario, catalogue, limits };
    match watched(lang, |bar, control| asked.make(files.as_ref(), (bar, control))) {
        Ok(Made::Answer(text)) => {
            let printed = print(&text);
            if let Some(files) = &files {
                say(&format!("{}\n", report::written(&files.out, lang)));
            }
            printed
        }
        Ok(Made::Usage(what)) => fail(&what, USAGE),
        Ok(Made::Unverified(violations)) => {
            violations.iter().for_each(|violation| tell(&format!("{violation}\n")));
            fail(report::unverified(lang), NO_PLAN)
        }
        Ok(Made::Impossible) => fail(report::impossible(lang), NO_PLAN),
        Ok(Made::NotFound) => fail(report::not_found(lang), NO_PLAN),
        Err(error) => fail_with(&error, lang),
    }
}

struct Asked<'a> {
    common: &'a Common,
    budget: Option<Cents>,
    goals: &'a [Wanted],
    scenarios: &'a [String],
    catalogue: bool,
    limits: Limits,
}

impl Asked<'_> {
    fn make(&self, files: Option<&Files>, (bar, control): (&Bar, &Control<'_>)) -> Result<Made, Error> {
        let lang = self.common.lang.into();
        // Before the search: nobody waits for a picture that can't be taken.
        let logo = files.and_then(|files| files.logo.as_deref()).map(read::Logo::open).transpose()?;
        let opened = read::territory(&self.common.dir, control)?;
        bar.say_findings(&opened.findings);
        let asked = self
            .question(&opened.territory, lang)
            .and_then(|question| Ok((question, self.scenarios(&opened, lang)?)));
        let (question, scenarios) = match asked {
            Ok(asked) => asked,
            Err(what) => return Ok(Made::Usage(what)),
        };
        // Without any, those of the catalogue.
        let (levers, source) = match scenarios.as_slice() {
            [] => (catalogue(&opened.territory, lang), LeverSource::Catalogue),
            some => (levers_of(some.iter().copied()), LeverSource::Scenarios(some)),
        };
        let mut study = Study::new(opened.territory.clone(), opened.providers(), control)?;
        let plan = match self.plan(files, &mut study, control)? {
            Ok(plan) => plan,
            Err(made) => return Ok(made),
        };
        let Some(asked) = LeverStudy::new(&study, &levers, &self.limits, control)? else {
            return Ok(Made::Impossible);
        };
        let answer = asked.answer(&question, control)?;
        let told = Levers { answer: &answer, source };
        if let (Some(files), Some(plan)) = (files, plan) {
            let run = report::Run {
                limits: self.limits,
                lang,
                logo: logo.as_ref(),
                levers: Some(told),
                ..report::Run::of(&opened, study.times())
            };
            write_report(files, &self.common.dir, (&study, &plan), run, control)?;
        }
        Ok(Made::Answer(self.told(&study, told)))
    }

    /// The plan of today, which only files tell.
    fn plan(
        &self,
        files: Option<&Files>,
        study: &mut Study,
        control: &Control<'_>,
    ) -> Result<Result<Option<Box<Plan>>, Made>, Error> {
        if files.is_none() {
            return Ok(Ok(None));
        }
        let plan = match study.plan(&self.limits, control)? {
            Outcome::Plan(plan) => plan,
            Outcome::Impossible => return Ok(Err(Made::Impossible)),
            Outcome::NotFound => return Ok(Err(Made::NotFound)),
        };
        Ok(match plan.check(study.territory(), study.times()) {
            Ok(()) => Ok(Some(plan)),
            Err(violations) => Err(Made::Unverified(violations.iter().map(ToString::to_string).collect())),
        })
    }

    /// What is asked, of programmes that there are.
    fn question(&self, territory: &Territory, lang: Lang) -> Result<LeverQuestion, String> {
        let goal = |wanted: &Wanted| {
            let programmes = territory.programmes();
            let by_key = programmes.find_str(&wanted.programme);
            let named = || programmes.iter().find(|(_, one)| one.name == wanted.programme).map(|one| one.0);
            let programme = by_key.or_else(named);
            let goal = programme.map(|programme| Goal { programme, groups: wanted.groups });
            goal.ok_or_else(|| report::no_such_programme(territory, &wanted.programme, lang))
        };
        let goals = self.goals.iter().map(goal).collect::<Result<_, _>>()?;
        Ok(LeverQuestion { budget: self.budget, goals })
    }

    /// The scenarios that are named; all there are where none is.
    fn scenarios<'o>(&self, opened: &'o read::Opened, lang: Lang) -> Result<Vec<&'o Scenario>, String> {
        if self.catalogue || self.scenarios.is_empty() {
            return Ok(opened.scenarios.iter().filter(|_| !self.catalogue).collect());
        }
        self.scenarios.iter().map(|name| scenario(opened, name, None, lang)).collect()
    }

    fn told(&self, study: &Study, levers: Levers<'_>) -> String {
        if self.common.json {
            format!("{}\n", report::levers_json(study.territory(), levers))
        } else {
            report::levers_text(study.territory(), levers, self.common.lang.into())
        }
    }
}

/// The scenario of a name, or what to say where there is none: those that there are, and `more`.
pub(crate) fn scenario<'o>(
    opened: &'o read::Opened,
    name: &str,
    more: Option<&str>,
    lang: Lang,
) -> Result<&'o Scenario, String> {
    opened.scenario(name).ok_or_else(|| report::no_such_scenario(&opened.scenarios, more, name, lang))
}
