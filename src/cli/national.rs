//! `maillage national`: hundreds of territories, one after another on all cores.

use super::terminal::{Bar, fail_with, print, say, watched};
use crate::{BAD_INPUT, FileLocale, Language};
use clap::Args;
use maillage::groups::Limits;
use maillage::national::{Asked, Done};
use maillage::prepare::Drawn;
use maillage::read::{National, ScenarioFile};
use maillage::report::{Kept, NationalChange};
use maillage::{Control, Error, read, report};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct NationalArgs {
    /// A folder of territory folders, a file that lists some, one a line, or a folder with structures.csv and communes.csv
    #[arg(value_name = "DIR|LIST")]
    place: PathBuf,
    /// Which commune belongs to which structure (insee_code, structure); without it the nearest seat, an assumption
    #[arg(long, value_name = "FILE")]
    perimeters: Option<PathBuf>,
    /// Also after the levers of this scenario, in each territory
    #[arg(long, value_name = "S.toml", conflicts_with = "cut")]
    scenario: Option<PathBuf>,
    /// Also after a cut of so many percent of half-days a week, at the least loss
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    cut: Option<u8>,
    /// Also write files: RUN/interne. What is done is kept in RUN.resume until then: the same command goes on where it was
    #[arg(long, value_name = "RUN")]
    out: Option<PathBuf>,
    /// How CSV files are written: fr for a French spreadsheet
    #[arg(long, value_enum, default_value_t = FileLocale::En, requires = "out")]
    locale: FileLocale,
    /// Most branch-and-bound nodes for each objective of each search, 20 by default; more may prove more
    #[arg(long, value_name = "N")]
    nodes: Option<u64>,
    /// Youths to be drawn of each structure of structures.csv that says no number of its own
    #[arg(long, value_name = "N", default_value_t = Drawn::default().youths)]
    youths: u32,
    /// Where their draws begin
    #[arg(long, value_name = "N", default_value_t = Drawn::default().seed)]
    seed: u64,
    /// Print JSON (docs/json.md) instead of a page
    #[arg(long)]
    json: bool,
    /// Language of the page and of messages
    #[arg(long, value_enum, default_value_t = Language::Fr)]
    lang: Language,
}

/// `10` or `10%`.
fn percent(text: &str) -> Result<u8, String> {
    let number = text.trim().trim_end_matches('%').trim_end().parse().ok();
    number
        .filter(|n| (1..=100).contains(n))
        .ok_or_else(|| "a percentage from 1 to 100, such as 10%".to_owned())
}

pub(crate) fn national(args: NationalArgs) -> ExitCode {
    let lang = args.lang.into();
    match watched(lang, |bar, control| args.made(bar, control)) {
        Ok((text, all_broken)) => {
            let printed = print(&text);
            if let Some(out) = &args.out {
                say(&format!("{}\n", report::written(out, lang)));
            }
            // Of many, some may be broken.
            if all_broken { ExitCode::from(BAD_INPUT) } else { printed }
        }
        Err(error) => fail_with(&error, lang),
    }
}

impl NationalArgs {
    /// The answer, and whether every territory is broken.
    fn made(&self, bar: &Bar, control: &Control<'_>) -> Result<(String, bool), Error> {
        let asked = self.asked(control)?;
        let national = read::national(&self.place, self.perimeters.as_deref(), control)?;
        bar.say_findings(&national.findings);
        let kept = self.out.as_deref().map(|out| Kept::beside(out, self.input())).transpose()?;
        let done = asked.run(&national, kept.as_ref(), control)?;
        if let (Some(out), Some(kept)) = (&self.out, kept) {
            self.write(out, (&asked, &national, &done), control)?;
            kept.finish()?;
        }
        let run = asked.told(&national, &done);
        let text = match self.json {
            true => format!("{}\n", report::national_json(&run)),
            false => report::national_text(&run, self.lang.into()),
        };
        Ok((text, done.rows.iter().all(report::TerritoryRow::is_broken)))
    }

    fn asked(&self, control: &Control<'_>) -> Result<Asked, Error> {
        let usual = Asked::default().limits;
        let limits = self.nodes.map_or(usual, |nodes| Limits { nodes, ..usual });
        let change = match (&self.scenario, self.cut) {
            (Some(file), _) => NationalChange::Scenario(ScenarioFile::open(file, control)?),
            (None, Some(percent)) => NationalChange::Cut { percent },
            (None, None) => NationalChange::Nothing,
        };
        Ok(Asked { limits, change, drawn: Drawn { youths: self.youths, seed: self.seed } })
    }

    fn write(
        &self,
        out: &Path,
        (asked, national, done): (&Asked, &National, &Done),
        control: &Control<'_>,
    ) -> Result<(), Error> {
        let run = asked.told(national, done);
        // The scenario was read for all of them, too.
        let mut inputs = national.files.clone();
        if let NationalChange::Scenario(file) = &asked.change {
            inputs.push(file.read.clone());
        }
        let run = report::NationalRun { inputs: &inputs, ..run };
        let documents = report::national_documents(&run, self.locale.into());
        report::write(out, &documents, self.input(), control)
    }

    /// The folder that is read; a list may lie beside what is written.
    fn input(&self) -> Option<&Path> {
        self.place.is_dir().then_some(self.place.as_path())
    }
}
