//! Whom a plan leaves behind, as JSON.

use super::super::Audience;
use super::super::json::{document, placed_tier};
use super::super::shown::{self, Count};
use super::{Equity, Way};
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
/// use maillage::report::{Audience, Equity, EquityReport, equity_json};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// # let served = equity(study.territory(), &plan);
/// let told = Equity { territory: study.territory(), plan: &plan, served: &served, worst_first: None };
/// let document: EquityReport = equity_json(&told, Audience::Interne);
/// assert!(document.to_string().contains(r#""schema": "maillage/equity/1""#));
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct EquityReport {
    /// The schema that the document is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = EQUITY_SCHEMA)))]
    schema: &'static str,
    /// `interne`: exact; `partage`: numbers in bands, classes of enough youths alone.
    audience: &'static str,
    /// The territory's name.
    territory: String,
    /// Places in the plan, a youth in two programmes twice.
    places: Count,
    /// No plan has more, by weight; null where nothing bounds them, and in what may be shown.
    bound: Option<i64>,
    /// How many places more another plan may have at most, by weight: 0 where none has, proved; rounded up to five in what may be shown.
    gap: Option<i64>,
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
    youths: Count,
    /// Those with a place.
    placed: Count,
    /// Mean time of a trip, out or back, in seconds; null where nobody travels; in what may be shown, to five minutes, and null where fewer than the threshold travel.
    trip_s: Option<u32>,
    /// Those with fewer collective hours a week within reach than aimed at.
    short_of_hours: Count,
}

/// A plan that serves the worst-served communes first.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "WorstFirst"))]
struct WorstFirstJson {
    /// What a place of those who live there counts.
    weight: u32,
    /// Communes of which a smaller share has a place than on the whole, by identifier; null in what may be shown.
    communes: Option<Vec<String>>,
    /// Places, a youth in two programmes twice.
    places: Count,
    /// Places by weight; null in what may be shown.
    placed: Option<i64>,
    /// No plan has more, by weight; null in what may be shown.
    bound: Option<i64>,
    /// How each kind of youths is served.
    served: Vec<ServedJson>,
}

/// Whom a plan leaves behind, as JSON; for [`Audience::Partage`] in bands, and of classes of enough youths alone.
pub fn equity_json(equity: &Equity<'_>, audience: Audience) -> EquityReport {
    let all = |served| {
        let told = equity.told(served, audience).into_iter();
        told.map(|(kind, served)| one(equity, kind, served, audience)).collect()
    };
    let exact = audience == Audience::Interne;
    let placed = placed_tier(&equity.plan.tiers);
    EquityReport {
        schema: EQUITY_SCHEMA,
        audience: audience.as_str(),
        territory: equity.territory.name().to_owned(),
        places: equity.count(equity.places(), audience),
        bound: placed.map(|tier| tier.bound).filter(|_| exact),
        gap: placed.map(|tier| shown::gap(tier.bound - tier.value, audience)),
        served: all(equity.served),
        worst_first: equity.worst_first.map(|worst| WorstFirstJson {
            weight: worst.weight,
            communes: exact.then(|| worst.communes.iter().map(Key::to_string).collect()),
            places: equity.count(worst.places, audience),
            placed: worst.placed().map(|tier| tier.value).filter(|_| exact),
            bound: worst.placed().map(|tier| tier.bound).filter(|_| exact),
            served: all(&worst.served),
        }),
    }
}

fn one(equity: &Equity<'_>, kind: &Kind, served: Served, audience: Audience) -> ServedJson {
    let told = equity.as_told(served, audience);
    ServedJson {
        by: way(Way::of(kind)),
        kind: class(kind).to_owned(),
        youths: told.youths,
        placed: told.placed,
        trip_s: told.trip.map(Seconds::get),
        short_of_hours: told.short,
    }
}

/// The words of JSON for the ways to tell youths apart.
const fn way(way: Way) -> &'static str {
    match way {
        Way::All => "all",
        Way::Distance => "distance",
        Way::Inhabitants => "inhabitants",
        Way::Sex => "sex",
        Way::Age => "age",
        Way::Vehicle => "vehicle",
        Way::Commune => "commune",
    }
}

/// Those for the classes.
fn class(kind: &Kind) -> &str {
    match kind {
        Kind::All => "all",
        Kind::Distance(far) => distance(*far),
        Kind::Inhabitants(size) => inhabitants(*size),
        Kind::Group(Group::Commune(key)) => key.as_str(),
        Kind::Group(group) => super::super::compare::word(group),
    }
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
