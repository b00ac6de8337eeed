//! A run as JSON.

use super::super::json::document;
use super::row::{Class, Status, TerritoryRow};
use super::tally::Tally;
use super::{NationalChange, NationalRun};
use crate::finding::Lang;
use serde::Serialize;
use std::fmt;

/// The version of the schema of a national run.
pub const NATIONAL_SCHEMA: &str = "maillage/national/1";

#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(rename = "National", description = "Territories side by side.")
)]
/// Territories side by side, as JSON. `to_string` gives the document.
///
/// ```
/// use maillage::report::{Basis, Identity, NationalChange, NationalReport, NationalRun, TerritoryRow, national_json};
///
/// let of = Identity { id: "tours", name: "Tours", position: None, class: None, basis: Basis::Own };
/// let (rows, change) = ([TerritoryRow::not_found(&of)], NationalChange::Nothing);
/// let drawn = maillage::prepare::Drawn::default();
/// let run = NationalRun { rows: &rows, change: &change, drawn, nodes: 2_000, inputs: &[], digests: &[] };
/// let document: NationalReport = national_json(&run);
/// assert!(document.to_string().contains(r#""schema": "maillage/national/1""#));
/// ```
pub struct NationalReport {
    /// The schema that the document is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = NATIONAL_SCHEMA)))]
    schema: &'static str,
    /// `interne`: exact.
    audience: &'static str,
    /// What was asked.
    asked: Asked,
    /// Sums over all territories.
    totals: Tally,
    /// The same of each class in which there is any, the dense ones first; null: not classified.
    classes: Vec<ClassTally>,
    /// What it rests on, in French.
    assumptions_fr: Vec<String>,
    /// What it rests on, in English.
    assumptions_en: Vec<String>,
    /// Each territory, in the order in which they are given.
    territories: Vec<TerritoryRow>,
}

/// What was asked.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "NationalAsked"))]
pub(super) struct Asked {
    /// Most nodes of each search, for each objective.
    nodes: u64,
    /// Percent of half-days a week that are cut; null where none are.
    cut_percent: Option<u8>,
    /// The file of the scenario that is applied; null where there is none.
    scenario: Option<String>,
    /// Youths drawn of each structure that has no folder and says no number of its own; null where every territory has a folder.
    youths: Option<u32>,
    /// Where their draws begin; null where every territory has a folder.
    seed: Option<u64>,
}

/// Sums over a class.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "NationalClass"))]
struct ClassTally {
    /// Which; null: not classified.
    class: Option<Class>,
    /// Sums over its territories.
    totals: Tally,
}

impl Asked {
    pub(super) fn of(run: &NationalRun<'_>) -> Self {
        let drawn = run.rows.iter().any(|row| row.catchment != super::Basis::Own).then_some(run.drawn);
        Self {
            nodes: run.nodes,
            cut_percent: match run.change {
                NationalChange::Cut { percent } => Some(*percent),
                _ => None,
            },
            scenario: match run.change {
                NationalChange::Scenario(file) => Some(file.read.name.clone()),
                _ => None,
            },
            youths: drawn.map(|drawn| drawn.youths),
            seed: drawn.map(|drawn| drawn.seed),
        }
    }
}

/// A run as JSON.
pub fn national_json(run: &NationalRun<'_>) -> NationalReport {
    let classes = Tally::by_class(run.rows).into_iter();
    NationalReport {
        schema: NATIONAL_SCHEMA,
        audience: "interne",
        asked: Asked::of(run),
        totals: Tally::of(run.rows),
        classes: classes.map(|(class, totals)| ClassTally { class, totals }).collect(),
        assumptions_fr: run.assumptions(Lang::Fr),
        assumptions_en: run.assumptions(Lang::En),
        territories: run.rows.to_vec(),
    }
}

impl fmt::Display for NationalReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        document(self, f)
    }
}

/// How many are of each status.
pub(super) fn of_status(rows: &[TerritoryRow], status: Status) -> u32 {
    rows.iter().filter(|row| row.status == status).count() as u32
}
