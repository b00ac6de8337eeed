//! How well groups hold, as JSON.

use super::super::Audience;
use super::super::json::{AssumptionJson, assumption, document};
use super::super::names;
use super::HoldingTold;
use crate::plan::Group;
use crate::questions::{Delay, Filling, Holding, Shared, Waiting, Weeks};
use crate::territory::{Chance, Provenance, Territory};
use serde::Serialize;
use std::fmt;

/// The version of the schema of how well groups hold.
pub const HOLDING_SCHEMA: &str = "maillage/holding/1";

#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(rename = "Holding", description = "How well groups hold, and how they fill.")
)]
/// How well groups hold and how they fill, as JSON. `to_string` gives the document. Probabilities are from 0 to 1, to
/// four decimals; weeks have one.
///
/// ```
/// use maillage::questions::{filling, holding};
/// use maillage::report::{HoldingReport, HoldingTold, holding_json};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// # let (holding, filling) = (holding(&study, &plan, &Control::none())?, filling(study.territory()));
/// # let (territory, plan) = (study.territory(), &plan);
/// let told = HoldingTold { territory, plan, holding: &holding, filling: &filling };
/// let document: HoldingReport = holding_json(&told);
/// assert!(document.to_string().contains(r#""schema": "maillage/holding/1""#));
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct HoldingReport {
    /// The schema that the document is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = HOLDING_SCHEMA)))]
    schema: &'static str,
    /// `interne`: exact, with identifiers of youths; none of it may be shown.
    audience: &'static str,
    /// The territory's name.
    territory: String,
    /// Whether the youths were drawn: nobody real.
    synthetic: bool,
    /// The plan's groups, in its order.
    groups: Vec<GroupJson>,
    /// Programmes of whose arrivals something is said.
    filling: Vec<FillingJson>,
    /// Figures that the answer rests on.
    assumptions: Vec<AssumptionJson>,
}

/// A group and how often enough are there.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "HeldGroup"))]
struct GroupJson {
    /// The programme, by identifier.
    programme: String,
    /// Its sites, by identifier.
    sites: Vec<String>,
    /// Its half-days, by identifier.
    slots: Vec<String>,
    /// Its first possible day.
    start: String,
    /// How many are in it.
    members: u32,
    /// How many must be there.
    needed: u32,
    /// How often the programme asks for that; null where it asks nothing.
    asked: Option<f64>,
    /// How often they are, over all sessions, with what members share.
    holds: f64,
    /// The same if nothing were shared and nothing failed: the optimistic case.
    independent: f64,
    /// Whether `holds` is exact; otherwise it is at least that.
    exact: bool,
    /// Sessions that can be expected to hold, one decimal, rounded down.
    sessions_expected: f64,
    /// How many youths like its members to invite, sharing nothing, for 80 %; null where a thousand are too few.
    invite_80: Option<u32>,
    /// The same for 90 %.
    invite_90: Option<u32>,
    /// What several members come by.
    together: Vec<TogetherJson>,
    /// Each session, in order.
    sessions: Vec<SessionJson>,
}

/// What several members come by.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Together"))]
struct TogetherJson {
    /// `car` of a member · `line` of coaches or trains · `service`, of which nobody knows the lines
    kind: &'static str,
    /// The driver's identifier, the line's name, or the mode.
    of: String,
    /// How many, on the day on which they are most.
    members: u32,
}

/// A session of a group.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "HeldSession"))]
struct SessionJson {
    /// The day.
    date: String,
    /// The half-day, by identifier.
    slot: String,
    /// Members who can be there.
    expected: u32,
    /// How likely enough are there, with what members share.
    holds: f64,
    /// The same if nothing were shared and nothing failed.
    independent: f64,
}

/// How the groups of a programme fill.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Filling"))]
struct FillingJson {
    /// The programme, by identifier.
    programme: String,
    /// Arrivals on a usual week, three decimals.
    per_week: f64,
    /// The day on which the list is opened, with nobody on it: the programme's first possible day.
    from: String,
    /// The smallest group that a plan forms.
    minimum: u32,
    /// The size aimed at.
    target: u32,
    /// When all wait until as many as are aimed at have come.
    cohort: WaitingJson,
    /// When it starts with the smallest group, and whoever comes later joins at once.
    rolling: WaitingJson,
}

/// What waiting for a group is like.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Waiting"))]
struct WaitingJson {
    /// Weeks until the group starts.
    starts: DelayJson,
    /// Weeks until it is complete.
    complete: DelayJson,
    /// Weeks that somebody waits on average, those who give up included; null where it may never start.
    wait_weeks: Option<f64>,
    /// The share of those who come that gives up before the group starts; null likewise.
    gives_up: Option<f64>,
}

/// How long something takes, in weeks.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Delay"))]
struct DelayJson {
    /// On average; null where it may take more than ten years.
    mean_weeks: Option<f64>,
    /// At most so long in four cases of five; null beyond ten years.
    p80_weeks: Option<f64>,
}

/// How well groups hold and how they fill, as JSON.
pub fn holding_json(told: &HoldingTold<'_>) -> HoldingReport {
    let territory = told.territory;
    HoldingReport {
        schema: HOLDING_SCHEMA,
        audience: Audience::Interne.as_str(),
        territory: territory.name().to_owned(),
        synthetic: matches!(territory.provenance(), Provenance::Synthetic { .. }),
        groups: told.groups().map(|(group, holding)| group_json(territory, group, holding)).collect(),
        filling: told.filling.iter().map(|filling| filling_json(territory, filling)).collect(),
        assumptions: told.assumptions().iter().map(assumption).collect(),
    }
}

fn group_json(territory: &Territory, group: &Group, holding: &Holding) -> GroupJson {
    let offer = &group.offer;
    let sites = offer.venue.sites().iter().map(|&site| territory.sites().key_of(site).to_owned());
    let together = holding.together.iter().map(|(by, &members)| {
        let (kind, of) = match by {
            Shared::Car(driver, _) => ("car", territory.youths().key_of(*driver).to_owned()),
            Shared::Line(line) => ("line", line.clone()),
            Shared::Service(mode) => ("service", mode.as_str().to_owned()),
        };
        TogetherJson { kind, of, members }
    });
    let session = |session: &crate::questions::SessionOdds| SessionJson {
        date: session.date.to_string(),
        slot: territory.slots().key_of(session.slot).to_owned(),
        expected: session.expected,
        holds: session.shared.chance.get(),
        independent: session.independent.get(),
    };
    GroupJson {
        programme: territory.programmes().key_of(offer.programme).to_owned(),
        sites: sites.collect(),
        slots: names::slot_keys(territory, offer).into_iter().map(str::to_owned).collect(),
        start: offer.start.to_string(),
        members: group.members.len() as u32,
        needed: holding.needed,
        asked: holding.asked.map(Chance::get),
        holds: holding.shared().get(),
        independent: holding.independent().get(),
        exact: holding.is_exact(),
        sessions_expected: f64::from(holding.expected_tenths()) / 10.0,
        invite_80: holding.invite[0],
        invite_90: holding.invite[1],
        together: together.collect(),
        sessions: holding.sessions.iter().map(session).collect(),
    }
}

fn filling_json(territory: &Territory, filling: &Filling) -> FillingJson {
    FillingJson {
        programme: territory.programmes().key_of(filling.programme).to_owned(),
        per_week: filling.arriving.per_week.per_week(),
        from: filling.arriving.from.to_string(),
        minimum: filling.minimum,
        target: filling.target,
        cohort: waiting(&filling.cohort),
        rolling: waiting(&filling.rolling),
    }
}

fn waiting(waiting: &Waiting) -> WaitingJson {
    let delay =
        |delay: Delay| DelayJson { mean_weeks: delay.mean.map(weeks), p80_weeks: delay.p80.map(weeks) };
    WaitingJson {
        starts: delay(waiting.starts),
        complete: delay(waiting.complete),
        wait_weeks: waiting.wait.map(weeks),
        gives_up: waiting.gives_up.map(Chance::get),
    }
}

fn weeks(weeks: Weeks) -> f64 {
    f64::from(weeks.tenths()) / 10.0
}

impl fmt::Display for HoldingReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        document(self, f)
    }
}
