//! Whom a plan leaves behind, as JSON.

use super::super::json::{document, placed_tier};
use super::Equity;
use crate::questions::{Far, Group, Kind, Served, Size};
use crate::units::{Key, Seconds};
use serde::Serialize;
use std::fmt;

/// The version of the schema of who is served how.
pub const EQUITY_SCHEMA: &str = "maillage/equity/1";

#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(rename = "Equity", description = "Whom a plan leaves behind.")
)]
/// Whom a plan leaves behind, as JSON. `to_string` gives the document.
///
/// ```
/// use maillage::questions::equity;
/// use maillage::report::{Equity, EquityReport, equity_json};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// # let served = equity(study.territory(), &plan);
/// let told = Equity { territory: study.territory(), plan: &plan, served: &served, worst_first: None };
/// let document: EquityReport = equity_json(&told);
/// assert!(document.to_string().contains(r#""schema": "maillage/equity/1""#));
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct EquityReport {
    /// The schema that the document is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = EQUITY_SCHEMA)))]
    schema: &'static str,
    /// Always `interne`.
    audience: &'static str,
    /// The territory's name.
    territory: String,
    /// Places in the plan, a youth in two programmes twice.
    places: u32,
    /// No plan has more, by weight; null where nothing bounds them.
    bound: Option<i64>,
    /// How each kind of youths is served.
    served: Vec<ServedJson>,
    /// A plan that serves the worst-served communes first; null where none was asked for.
    worst_first: Option<WorstFirstJson>,
}

/// How a kind of youths is served.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Served"))]
struct ServedJson {
    /// `all` · `distance` to the nearest existing site · `inhabitants` of the place · `sex` · `age` · `vehicle` · `commune`
    by: &'static str,
    /// Which: of a distance in kilometres and of inhabitants the class, of a commune its place's identifier.
    kind: String,
    /// Youths enrolled in something.
    youths: u32,
    /// Those with a place.
    placed: u32,
    /// Mean time of a trip, out or back, in seconds; null where nobody travels.
    trip_s: Option<u32>,
    /// Those with fewer collective hours a week within reach than aimed at.
    short_of_hours: u32,
}

/// A plan that serves the worst-served communes first.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "WorstFirst"))]
struct WorstFirstJson {
    /// What a place of those who live there counts.
    weight: u32,
    /// Communes of which a smaller share has a place than on the whole, by identifier.
    communes: Vec<String>,
    /// Places, a youth in two programmes twice.
    places: u32,
    /// Places by weight.
    placed: Option<i64>,
    /// No plan has more, by weight.
    bound: Option<i64>,
    /// How each kind of youths is served.
    served: Vec<ServedJson>,
}

/// Whom a plan leaves behind, as JSON.
pub fn equity_json(equity: &Equity<'_>) -> EquityReport {
    let all = |served: &std::collections::BTreeMap<Kind, Served>| {
        served.iter().map(|(kind, served)| one(kind, *served)).collect()
    };
    EquityReport {
        schema: EQUITY_SCHEMA,
        audience: "interne",
        territory: equity.territory.name().to_owned(),
        places: equity.places(),
        bound: placed_tier(&equity.plan.tiers).map(|tier| tier.bound),
        served: all(equity.served),
        worst_first: equity.worst_first.map(|worst| WorstFirstJson {
            weight: worst.weight,
            communes: worst.communes.iter().map(Key::to_string).collect(),
            places: worst.places,
            placed: worst.placed().map(|tier| tier.value),
            bound: worst.placed().map(|tier| tier.bound),
            served: all(&worst.served),
        }),
    }
}

fn one(kind: &Kind, served: Served) -> ServedJson {
    let (by, kind) = words(kind);
    ServedJson {
        by,
        kind,
        youths: served.youths.get(),
        placed: served.placed.get(),
        trip_s: served.trip().map(Seconds::get),
        short_of_hours: served.short.get(),
    }
}

/// The words of JSON.
fn words(kind: &Kind) -> (&'static str, String) {
    let (by, kind) = match kind {
        Kind::All => ("all", "all"),
        Kind::Distance(far) => ("distance", distance(*far)),
        Kind::Inhabitants(size) => ("inhabitants", inhabitants(*size)),
        Kind::Group(Group::Women) => ("sex", "women"),
        Kind::Group(Group::Men) => ("sex", "men"),
        Kind::Group(Group::Minors) => ("age", "minors"),
        Kind::Group(Group::Adults) => ("age", "adults"),
        Kind::Group(Group::Vehicle) => ("vehicle", "vehicle"),
        Kind::Group(Group::NoVehicle) => ("vehicle", "no_vehicle"),
        Kind::Group(Group::Commune(key)) => ("commune", key.as_str()),
    };
    (by, kind.to_owned())
}

const fn distance(far: Far) -> &'static str {
    match far {
        Far::Within5 => "0-5",
        Far::Within10 => "5-10",
        Far::Within20 => "10-20",
        Far::Within30 => "20-30",
        Far::Beyond30 => "30+",
    }
}

const fn inhabitants(size: Size) -> &'static str {
    match size {
        Size::Below500 => "0-499",
        Size::Below1000 => "500-999",
        Size::Below2000 => "1000-1999",
        Size::Below5000 => "2000-4999",
        Size::Above => "5000+",
    }
}

impl fmt::Display for EquityReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        document(self, f)
    }
}
