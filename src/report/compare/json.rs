//! The comparison as JSON.

use super::super::Audience;
use super::super::json::{document, placed_tier};
use super::super::shown::Count;
use super::Compared;
use crate::questions::Group;
use crate::territory::Provenance;
use crate::units::{Key, Seconds};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// The version of the schema of a comparison.
pub const COMPARE_SCHEMA: &str = "maillage/compare/1";

#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(rename = "Compare", description = "Two scenarios side by side.")
)]
/// Two scenarios side by side, as JSON. `to_string` gives the document.
///
/// ```
/// use maillage::report::{Audience, CompareReport, Compared, compare_json};
/// # use maillage::questions::{compare, try_scenario};
/// # use maillage::territory::Scenario;
/// # use maillage::{Control, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let tried = || try_scenario(&study, &Scenario::default(), &Limits::default(), &Control::none());
/// # let (a, b) = (tried()?.expect("a plan"), tried()?.expect("a plan"));
/// # let between = compare(&a, &b);
/// # let (territory, tried) = (study.territory(), [&a, &b]);
/// let compared = Compared { territory, names: ["a", "b"], tried, between: &between, breaks: &[] };
/// let document: CompareReport = compare_json(&compared, Audience::Interne);
/// assert!(document.to_string().contains(r#""schema": "maillage/compare/1""#));
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct CompareReport {
    /// The schema that the document is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = COMPARE_SCHEMA)))]
    schema: &'static str,
    /// `interne`: exact, with identifiers of youths; `partage`: numbers in bands, nobody named.
    audience: &'static str,
    /// The territory's name.
    territory: String,
    /// Whether the youths were drawn: nobody real.
    synthetic: bool,
    /// The first and the second.
    scenarios: [SideJson; 2],
    /// Groups of each programme in both, where there are any.
    groups: Vec<GroupsThenJson>,
    /// Places that some have in the second and not in the first.
    gained: Count,
    /// Places that some have in the first and not in the second.
    lost: Count,
    /// The same by kinds of youths: of a person with two places, both count.
    by: Vec<MovedJson>,
    /// Who gains a place; null in what may be shown.
    gained_places: Option<Vec<PlaceJson>>,
    /// Who loses one; null in what may be shown.
    lost_places: Option<Vec<PlaceJson>>,
    /// What is left after each half-day a week fewer, where one of them takes half-days away.
    breaks: Vec<BreakJson>,
}

/// A scenario and what it leads to.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "ComparedScenario"))]
struct SideJson {
    /// What it is called.
    name: String,
    /// Places, a youth in two programmes twice.
    places: Count,
    /// No plan has more places, by weight; null in what may be shown.
    bound: Option<i64>,
    /// How many places more another plan may have at most, by weight: 0 where none has, proved; rounded up to five in what may be shown.
    gap: Option<i64>,
    /// Groups in all.
    groups: u32,
    /// Mean time of a trip, out or back, in seconds; null where nobody travels; in what may be shown, to five minutes, and null where fewer than the threshold travel.
    trip_s: Option<u32>,
    /// What groups and openings cost.
    groups_cost_cents: u64,
    /// What its levers cost; rounded up to a hundred euros in what may be shown.
    levers_cost_cents: u64,
    /// Sites that it closes where it left open which, in order.
    closed: Vec<String>,
}

/// Groups of a programme in both.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "GroupsThen"))]
struct GroupsThenJson {
    /// The programme, by its name.
    programme: String,
    /// In the first.
    before: u32,
    /// In the second.
    after: u32,
}

/// A kind of youths.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Moved"))]
struct MovedJson {
    /// `women` · `men` · `minors` · `adults` · `vehicle` · `no_vehicle` · `commune`
    kind: &'static str,
    /// The commune's name, of `commune`.
    commune: Option<String>,
    /// Places gained.
    gained: Count,
    /// Places lost.
    lost: Count,
}

/// A place of somebody.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "MovedPlace"))]
struct PlaceJson {
    /// The youth, by identifier.
    youth: String,
    /// The programme, by identifier.
    programme: String,
}

/// What is left after so many half-days fewer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Break"))]
struct BreakJson {
    /// Half-days a week fewer.
    half_days: u32,
    /// Places left, by weight; null in what may be shown.
    placed: Option<i64>,
    /// No plan leaves more; null in what may be shown.
    bound: Option<i64>,
    /// Groups left of each programme, by identifier.
    groups: Vec<LeftJson>,
}

/// Groups left of a programme.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "GroupsLeft"))]
struct LeftJson {
    /// The programme, by identifier.
    programme: String,
    /// How many.
    groups: u32,
}

/// The comparison as JSON; for [`Audience::Partage`] in bands, and nobody named.
pub fn compare_json(compared: &Compared<'_>, audience: Audience) -> CompareReport {
    let (territory, between) = (compared.territory, compared.between);
    let exact = audience == Audience::Interne;
    let count = |n: usize| Count::of(n as u32, audience, territory.rules().threshold);
    let places = |places: &BTreeSet<(Key, Key)>| {
        let one = |(youth, programme): &(Key, Key)| PlaceJson {
            youth: youth.to_string(),
            programme: programme.to_string(),
        };
        exact.then(|| places.iter().map(one).collect())
    };
    let moved = |(group, [gained, lost]): super::Moved| MovedJson {
        kind: word(&group),
        commune: compared.commune(&group),
        gained: count(gained as usize),
        lost: count(lost as usize),
    };
    let groups = compared.groups().into_iter();
    CompareReport {
        schema: COMPARE_SCHEMA,
        audience: audience.as_str(),
        territory: territory.name().to_owned(),
        synthetic: matches!(territory.provenance(), Provenance::Synthetic { .. }),
        scenarios: [0, 1].map(|at| side(compared, at, audience)),
        groups: groups
            .map(|(programme, [before, after])| GroupsThenJson { programme, before, after })
            .collect(),
        gained: count(between.gained.len()),
        lost: count(between.lost.len()),
        by: compared.moved(audience).into_iter().map(moved).collect(),
        gained_places: places(&between.gained),
        lost_places: places(&between.lost),
        breaks: breaks(compared, exact),
    }
}

fn side(compared: &Compared<'_>, at: usize, audience: Audience) -> SideJson {
    let (tried, between) = (compared.tried[at], compared.between);
    let one = |both: (u64, u64)| if at == 0 { both.0 } else { both.1 };
    let places = compared.counts(audience)[at];
    let placed = placed_tier(&tried.plan.tiers);
    SideJson {
        name: compared.names[at].to_owned(),
        places,
        bound: placed.map(|tier| tier.bound).filter(|_| audience == Audience::Interne),
        gap: compared.gaps(audience)[at],
        groups: tried.plan.groups.len() as u32,
        trip_s: compared.trips(audience)[at].map(Seconds::get),
        groups_cost_cents: one((between.groups_cost.0.get(), between.groups_cost.1.get())),
        levers_cost_cents: compared.levers_costs(audience)[at].get(),
        closed: tried.closed.iter().map(Key::to_string).collect(),
    }
}

fn breaks(compared: &Compared<'_>, exact: bool) -> Vec<BreakJson> {
    let programmes = compared.territory.programmes();
    let one = |step: &crate::questions::CutStep| BreakJson {
        half_days: step.half_days,
        placed: exact.then_some(step.placed),
        bound: exact.then_some(step.bound),
        groups: step
            .groups
            .iter()
            .map(|(&id, &groups)| LeftJson { programme: programmes.key_of(id).to_owned(), groups })
            .collect(),
    };
    compared.breaks.iter().map(one).collect()
}

/// The words of JSON.
pub(in crate::report) const fn word(group: &Group) -> &'static str {
    match group {
        Group::Women => "women",
        Group::Men => "men",
        Group::Minors => "minors",
        Group::Adults => "adults",
        Group::Vehicle => "vehicle",
        Group::NoVehicle => "no_vehicle",
        Group::Commune(_) => "commune",
    }
}

impl fmt::Display for CompareReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        document(self, f)
    }
}
