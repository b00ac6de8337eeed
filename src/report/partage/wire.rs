//! The wire types of `partage.json`, documented field by field in `docs/json.md`.

use super::super::json::{
    AssumptionJson, assumptions, bind_word, document, placed_tier, status_word, turn_word,
};
use super::super::names;
use super::bands::Band;
use super::capacity::OptionBands;
use super::levers::LeversJson;
use super::people::Word;
use super::tables::Table;
#[cfg(feature = "schemas")]
use super::words;
use super::zones::Zone;
use super::{Counts, Safe, bind_shared};
use crate::finding::Lang;
use crate::groups::{Proof, TierResult};
use crate::plan::{Offer, Plan, ProgrammeAnswer};
use crate::territory::{Provenance, Territory};
use serde::Serialize;
use std::fmt;

/// The version of the schema of what can be shown.
pub const SHARED_SCHEMA: &str = "maillage/shared/1";

/// What can be shown of a plan, as JSON. `to_string` gives the document.
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let text = maillage::report::shared(study.territory(), &plan).to_string();
/// assert!(!text.contains("y01"), "no identifier of a youth");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(description = "What can be shown of a plan to anybody.")
)]
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let text = maillage::report::shared(study.territory(), &plan).to_string();
/// assert!(!text.contains("y01"), "no identifier of a youth");
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct Shared {
    /// The schema that the document is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = SHARED_SCHEMA)))]
    schema: &'static str,
    /// `partage`: can be shown to anybody.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = "partage")))]
    audience: &'static str,
    /// The territory's name.
    territory: String,
    /// Whether the youths were drawn: nobody real.
    synthetic: bool,
    /// Smaller counts of people are not told.
    threshold: u32,
    /// Youths enrolled, and what became of them.
    people: PeopleJson,
    /// How many have each outcome; empty where `people.placed` is not told.
    outcomes: Vec<OutcomeJson>,
    /// Each programme's answer.
    programmes: Vec<ProgrammeJson>,
    /// The groups.
    groups: Vec<GroupJson>,
    /// Every option alone.
    verdicts: Vec<VerdictJson>,
    /// Candidate sites that the plan opens, by identifier.
    opened: Vec<String>,
    /// How sure the number of places is.
    proof: SharedProofJson,
    /// Communes told as one.
    zones: Vec<ZoneJson>,
    /// Counts by a characteristic.
    tables: Vec<TableJson>,
    /// Figures that the answer rests on.
    assumptions: Vec<AssumptionJson>,
    /// What levers would unlock; only where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(with = "LeversJson"))]
    levers: Option<LeversJson>,
}

/// Counts that are not told are null.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "People"))]
pub(super) struct PeopleJson {
    /// Youths enrolled in at least one programme.
    pub(super) enrolled: Option<u32>,
    /// Of them, in at least one group.
    pub(super) placed: Option<u32>,
    /// Of them, in none.
    pub(super) left_out: Option<u32>,
    /// The threshold, where it may be said that fewer are enrolled.
    pub(super) fewer_than: Option<u32>,
}

/// How many youths have an outcome.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "OutcomeCount"))]
struct OutcomeJson {
    /// The outcome.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Outcome"))]
    outcome: &'static str,
    /// Youths.
    people: u32,
}

/// A programme's answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "SharedProgramme"))]
struct ProgrammeJson {
    /// The programme's identifier.
    id: String,
    /// Its name.
    name: String,
    /// Fewest youths of a group.
    min: u32,
    /// Youths of a group at best.
    target: u32,
    /// Most youths of a group.
    max: u32,
    /// Groups in the plan.
    groups: u32,
    /// Without a group, what stands in its way; else null.
    #[cfg_attr(feature = "schemas", schemars(with = "Option<super::super::words::Bind>"))]
    binds: Option<&'static str>,
    /// Without a group, the option that comes closest; else null.
    closest: Option<ClosestJson>,
}

/// An option that comes close to a group.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "SharedClosest"))]
struct ClosestJson {
    #[serde(flatten)]
    offer: OfferJson,
    /// Youths who can attend it; null where no band may be told.
    reachable: Option<Band>,
    /// Youths missing to the minimum.
    shortfall: Band,
}

/// Where and when.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Offer"))]
struct OfferJson {
    /// The site; for sites in turn each of them, in order.
    sites: Vec<String>,
    /// For sites in turn, how they change.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(with = "super::super::words::Turn"))]
    turns: Option<&'static str>,
    /// Half-days, by identifier, in the order of the week.
    slots: Vec<String>,
    /// First possible day.
    #[cfg_attr(feature = "schemas", schemars(extend("format" = "date")))]
    start: String,
}

/// A group of the plan.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "SharedGroup"))]
struct GroupJson {
    /// Of which programme.
    programme: String,
    #[serde(flatten)]
    offer: OfferJson,
    /// How many members; null where no band may be told.
    size: Option<Band>,
}

/// An option alone.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "SharedVerdict"))]
struct VerdictJson {
    /// Of which programme.
    programme: String,
    #[serde(flatten)]
    offer: OfferJson,
    /// Whether enough can attend, and a room and an adviser can be had.
    viable: bool,
    /// Its groups in the plan.
    groups: u32,
    /// Youths who can attend it; null where a group of one is viable and none is.
    reachable: Option<Band>,
    /// Youths missing to the minimum.
    shortfall: Band,
}

/// How sure the number of places is.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "SharedProof"))]
struct SharedProofJson {
    /// Whether the number of places is proved.
    #[cfg_attr(feature = "schemas", schemars(with = "super::super::words::Status"))]
    status: &'static str,
    /// The gap in percent, rounded up to a multiple of five; null where there is none to tell.
    gap_percent_at_most: Option<u32>,
}

/// Communes told as one.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Zone"))]
struct ZoneJson {
    /// `Z01`, `Z02`…
    id: String,
    /// The main commune, and how many others, in French.
    name_fr: String,
    /// The same in English.
    name_en: String,
    /// The communes, the main one first.
    communes: Vec<CommuneJson>,
    /// Whether it holds the youths whose commune is not known.
    homes_without_commune: bool,
    /// Youths enrolled.
    enrolled: u32,
    /// With a place; null where it is not told of the territory.
    placed: Option<u32>,
    /// Without a place; null likewise.
    left_out: Option<u32>,
}

/// A commune.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Commune"))]
struct CommuneJson {
    /// Its INSEE code.
    insee_code: String,
    /// Its name.
    name: String,
}

/// Counts by a characteristic.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Table"))]
struct TableJson {
    /// The characteristic.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Characteristic"))]
    by: &'static str,
    /// The outcome of each column.
    #[cfg_attr(feature = "schemas", schemars(with = "Vec<words::Outcome>"))]
    columns: Vec<&'static str>,
    /// The rows.
    rows: Vec<RowJson>,
}

/// A row of a table.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "TableRow"))]
struct RowJson {
    /// Values of the characteristic that are told together.
    #[cfg_attr(feature = "schemas", schemars(with = "Vec<words::Value>"))]
    rows: Vec<&'static str>,
    /// Youths in the row.
    total: u32,
    /// Youths in each column; null for a secret.
    cells: Vec<Option<u32>>,
}

impl Shared {
    pub(super) fn of(territory: &Territory, plan: &Plan, safe: &Safe<'_>) -> Self {
        let options = &safe.capacity.options;
        let keys = Keys(territory);
        Self {
            schema: SHARED_SCHEMA,
            audience: "partage",
            territory: territory.name().to_owned(),
            synthetic: matches!(territory.provenance(), Provenance::Synthetic { .. }),
            threshold: territory.rules().threshold,
            people: PeopleJson::of(safe.counts, territory.rules().threshold),
            outcomes: safe
                .outcomes
                .iter()
                .map(|&(word, people)| OutcomeJson { outcome: word.en, people })
                .collect(),
            programmes: plan.programmes.iter().map(|answer| keys.programme(answer, options)).collect(),
            groups: options.iter().flat_map(|option| keys.groups(option)).collect(),
            verdicts: options.iter().map(|option| keys.verdict(option)).collect(),
            opened: plan.opened.iter().map(|&site| territory.sites().key_of(site).to_owned()).collect(),
            proof: SharedProofJson::of(&plan.tiers, safe),
            zones: safe.zones.iter().enumerate().map(|(i, zone)| ZoneJson::of(i, zone)).collect(),
            tables: safe.tables.iter().map(TableJson::of).collect(),
            assumptions: assumptions(territory, plan),
            levers: safe.levers.as_ref().map(|levers| levers.json(territory)),
        }
    }
}

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        document(self, f)
    }
}

/// The identifier of a zone, from its place in the list.
pub(super) fn zone_id(at: usize) -> String {
    format!("Z{:02}", at + 1)
}

struct Keys<'a>(&'a Territory);

impl Keys<'_> {
    fn offer(&self, offer: &Offer) -> OfferJson {
        let sites = offer.venue.sites().iter().map(|&site| self.0.sites().key_of(site).to_owned());
        OfferJson {
            sites: sites.collect(),
            turns: offer.turns().map(turn_word),
            slots: names::slot_keys(self.0, offer).into_iter().map(str::to_owned).collect(),
            start: offer.start.to_string(),
        }
    }

    fn programme(&self, answer: &ProgrammeAnswer, options: &[OptionBands<'_>]) -> ProgrammeJson {
        let programme = &self.0.programmes()[answer.programme];
        let size = self.0.planned_size(answer.programme);
        let closest = answer.closest.and_then(|at| options.get(at));
        ProgrammeJson {
            id: programme.key.as_str().to_owned(),
            name: names::programme(self.0, answer.programme).to_owned(),
            min: size.min(),
            target: size.target(),
            max: size.max(),
            groups: answer.groups,
            binds: bind_shared(answer, size).map(bind_word),
            closest: closest.map(|option| ClosestJson {
                offer: self.offer(option.offer),
                reachable: option.reachable,
                shortfall: option.shortfall,
            }),
        }
    }

    fn programme_key(&self, offer: &Offer) -> String {
        self.0.programmes().key_of(offer.programme).to_owned()
    }

    fn groups(&self, option: &OptionBands<'_>) -> impl Iterator<Item = GroupJson> {
        let group = GroupJson {
            programme: self.programme_key(option.offer),
            offer: self.offer(option.offer),
            size: option.size,
        };
        std::iter::repeat_n(group, option.groups as usize)
    }

    fn verdict(&self, option: &OptionBands<'_>) -> VerdictJson {
        VerdictJson {
            programme: self.programme_key(option.offer),
            offer: self.offer(option.offer),
            viable: option.viable,
            groups: option.groups,
            reachable: option.reachable,
            shortfall: option.shortfall,
        }
    }
}

impl PeopleJson {
    fn of(counts: Counts, threshold: u32) -> Self {
        let nothing = Self { enrolled: None, placed: None, left_out: None, fewer_than: None };
        match counts {
            Counts::Nothing { fewer } => Self { fewer_than: fewer.then_some(threshold), ..nothing },
            Counts::Enrolled(enrolled) => Self { enrolled: Some(enrolled), ..nothing },
            Counts::Outcomes { placed, left_out } => Self {
                enrolled: Some(placed + left_out),
                placed: Some(placed),
                left_out: Some(left_out),
                fewer_than: None,
            },
        }
    }
}

impl SharedProofJson {
    fn of(tiers: &[TierResult], safe: &Safe<'_>) -> Self {
        let placed = placed_tier(tiers);
        let proof = placed.map_or(Proof::Bounded, |tier| tier.proof);
        Self { status: status_word(proof), gap_percent_at_most: gap_at_most(tiers, safe) }
    }
}

/// How far a plan is from its bound, where that may be told.
pub(super) fn gap_at_most(tiers: &[TierResult], safe: &Safe<'_>) -> Option<u32> {
    let placed = placed_tier(tiers)?;
    let told = placed.proof == Proof::Bounded && safe.capacity.gap_is_blind();
    if told { fives(placed.value, placed.bound) } else { None }
}

/// The gap in percent of the bound, rounded up to a multiple of five.
fn fives(value: i64, bound: i64) -> Option<u32> {
    let gap = i128::from(bound) - i128::from(value);
    if bound <= 0 || gap < 0 {
        return None;
    }
    // The least k with gap / bound <= 5k / 100.
    let (gap, bound) = (gap.unsigned_abs(), i128::from(bound).unsigned_abs());
    u32::try_from((gap * 20).div_ceil(bound) * 5).ok()
}

impl ZoneJson {
    fn of(at: usize, zone: &Zone) -> Self {
        let [placed, left_out] = zone.outcomes();
        Self {
            id: zone_id(at),
            name_fr: zone.name(Lang::Fr),
            name_en: zone.name(Lang::En),
            communes: zone
                .communes
                .iter()
                .map(|c| CommuneJson { insee_code: c.code.to_string(), name: c.name.clone() })
                .collect(),
            homes_without_commune: zone.unknown,
            enrolled: zone.enrolled(),
            placed,
            left_out,
        }
    }
}

impl TableJson {
    fn of(table: &Table) -> Self {
        let words = |words: &[Word]| words.iter().map(|word| word.en).collect();
        Self {
            by: table.by.word().en,
            columns: table.columns.0.iter().map(|column| column.word.en).collect(),
            rows: table
                .rows
                .iter()
                .map(|row| RowJson { rows: words(&row.words), total: row.total, cells: row.cells.clone() })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fives;

    #[test]
    fn the_gap_is_told_by_fives_rounded_up() {
        assert_eq!(fives(313, 361), Some(15));
        assert_eq!(fives(95, 100), Some(5));
        assert_eq!(fives(949, 1000), Some(10));
        assert_eq!(fives(0, 0), None);
    }
}
