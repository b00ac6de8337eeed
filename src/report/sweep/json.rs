//! The grid as JSON.

use super::super::json::document;
use super::Swept;
use crate::questions::{Cell, Viable};
use crate::territory::Provenance;
use crate::units::ProgrammeId;
use serde::Serialize;
use std::fmt;

/// The version of the schema of a grid.
pub const SWEEP_SCHEMA: &str = "maillage/sweep/1";

#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(rename = "Sweep", description = "Limits and minimum sizes around today's, a plan each.")
)]
/// Limits and minimum sizes around today's, a plan each, as JSON. `to_string` gives the document.
///
/// ```
/// use maillage::questions::{Grid, sweep};
/// use maillage::report::{SweepReport, Swept, sweep_json};
/// # use maillage::{Control, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let sweep = sweep(&study, &Grid::default(), &Limits::default(), &Control::none())?;
/// let document: SweepReport = sweep_json(&Swept { territory: study.territory(), sweep: &sweep, slower: 0 });
/// assert!(document.to_string().contains(r#""schema": "maillage/sweep/1""#));
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct SweepReport {
    /// The schema that the document is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = SWEEP_SCHEMA)))]
    schema: &'static str,
    /// Always `interne`: at which minimum a group is lost tells how many can come.
    audience: &'static str,
    /// The territory's name.
    territory: String,
    /// Whether the youths were drawn: nobody real.
    synthetic: bool,
    /// The only programme that is changed, by identifier; null where all are.
    programme: Option<String>,
    /// Motor vehicles take so many percent longer than today.
    slower_percent: u16,
    /// Limits first, minimums within.
    cells: Vec<CellJson>,
}

/// A limit and a minimum.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "SweepCell"))]
struct CellJson {
    /// Longest trip one way, in seconds.
    limit_s: u32,
    /// Members more than the minimum of today; fewer below zero.
    minimum: i32,
    /// The best plan found; null when the decisions already made can't be kept, or no plan that keeps them was found.
    plan: Option<PlanJson>,
    /// Every programme.
    programmes: Vec<ViableJson>,
}

/// The most places, and what holds them.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "SweepPlan"))]
struct PlanJson {
    /// Places, by weight.
    placed: i64,
    /// No plan places more, by weight.
    bound: i64,
    /// Whether both are the same.
    proved: bool,
    /// Places held, a youth in two programmes twice.
    places: u32,
    /// Youths who have one at least.
    youths: u32,
}

/// A programme with this limit and minimum.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "SweepProgramme"))]
struct ViableJson {
    /// By identifier.
    programme: String,
    /// Its minimum here.
    min: u32,
    /// Most youths who can attend one of its options.
    attending: u32,
    /// Groups in the plan.
    groups: u32,
    /// `yes`: the plan has a group · `not_beside_others`: enough can come at some moment, and the plan has none · `no`: proved, at no moment can enough come
    viable: &'static str,
}

/// The grid as JSON.
pub fn sweep_json(swept: &Swept<'_>) -> SweepReport {
    let (territory, sweep) = (swept.territory, swept.sweep);
    let key = |id: ProgrammeId| territory.programmes().key_of(id).to_owned();
    SweepReport {
        schema: SWEEP_SCHEMA,
        audience: "interne",
        territory: territory.name().to_owned(),
        synthetic: matches!(territory.provenance(), Provenance::Synthetic { .. }),
        programme: sweep.grid.programme.map(key),
        slower_percent: swept.slower,
        cells: sweep.cells.iter().map(|cell| told(cell, territory.programmes().ids(), &key)).collect(),
    }
}

fn told(
    cell: &Cell,
    programmes: impl Iterator<Item = ProgrammeId>,
    key: &impl Fn(ProgrammeId) -> String,
) -> CellJson {
    let plan = cell.found.as_ref();
    let programme = |id: ProgrammeId| ViableJson {
        programme: key(id),
        min: cell.least.get(&id).map_or(0, |n| n.get()),
        attending: cell.attending.get(&id).map_or(0, |n| n.get()),
        groups: plan.and_then(|plan| plan.groups.get(&id).copied()).unwrap_or(0),
        viable: match cell.viable(id) {
            Viable::Yes => "yes",
            Viable::NotBesideOthers => "not_beside_others",
            Viable::No => "no",
        },
    };
    CellJson {
        limit_s: cell.limit.get(),
        minimum: cell.minimum,
        plan: plan.map(|plan| PlanJson {
            placed: plan.placed,
            bound: plan.bound,
            proved: plan.is_proved(),
            places: plan.places.get(),
            youths: plan.youths.get(),
        }),
        programmes: programmes.map(programme).collect(),
    }
}

impl fmt::Display for SweepReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        document(self, f)
    }
}
