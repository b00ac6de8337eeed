//! The wire types of `partage.json`, documented field by field in `docs/json.md`.

use super::super::json::{
    AssumptionJson, assumptions, bind_word, document, placed_tier, status_word, turn_word,
};
use super::super::names;
use super::bands::Band;
use super::capacity::OptionBands;
use super::people::Word;
use super::tables::Table;
use super::zones::Zone;
use super::{Counts, Safe, bind_shared};
use crate::groups::{Proof, TierResult};
use crate::plan::{Offer, Plan, ProgrammeAnswer};
use crate::territory::{Provenance, Territory};
use serde::Serialize;
use std::fmt;

/// The version of the schema of what can be shown.
pub const SHARED_SCHEMA: &str = "maillage/shared/1";

/// What can be shown of a plan, as JSON. `to_string` gives the document.
#[derive(Clone, Debug, Serialize)]
pub struct Shared {
    schema: &'static str,
    audience: &'static str,
    territory: String,
    synthetic: bool,
    threshold: u32,
    people: PeopleJson,
    outcomes: Vec<OutcomeJson>,
    programmes: Vec<ProgrammeJson>,
    groups: Vec<GroupJson>,
    verdicts: Vec<VerdictJson>,
    opened: Vec<String>,
    proof: SharedProofJson,
    zones: Vec<ZoneJson>,
    tables: Vec<TableJson>,
    assumptions: Vec<AssumptionJson>,
}

/// Counts that are not told are null.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct PeopleJson {
    pub(super) enrolled: Option<u32>,
    pub(super) placed: Option<u32>,
    pub(super) left_out: Option<u32>,
    /// Said of those enrolled.
    pub(super) fewer_than: Option<u32>,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct OutcomeJson {
    outcome: &'static str,
    people: u32,
}

#[derive(Clone, Debug, Serialize)]
struct ProgrammeJson {
    id: String,
    name: String,
    min: u32,
    target: u32,
    max: u32,
    groups: u32,
    binds: Option<&'static str>,
    closest: Option<ClosestJson>,
}

#[derive(Clone, Debug, Serialize)]
struct ClosestJson {
    #[serde(flatten)]
    offer: OfferJson,
    reachable: Option<Band>,
    shortfall: Band,
}

#[derive(Clone, Debug, Serialize)]
struct OfferJson {
    sites: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    turns: Option<&'static str>,
    slots: Vec<String>,
    start: String,
}

#[derive(Clone, Debug, Serialize)]
struct GroupJson {
    programme: String,
    #[serde(flatten)]
    offer: OfferJson,
    size: Option<Band>,
}

#[derive(Clone, Debug, Serialize)]
struct VerdictJson {
    programme: String,
    #[serde(flatten)]
    offer: OfferJson,
    viable: bool,
    groups: u32,
    reachable: Option<Band>,
    shortfall: Band,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct SharedProofJson {
    status: &'static str,
    gap_percent_at_most: Option<u32>,
}

#[derive(Clone, Debug, Serialize)]
struct ZoneJson {
    id: String,
    name_fr: String,
    name_en: String,
    communes: Vec<CommuneJson>,
    homes_without_commune: bool,
    enrolled: u32,
    placed: Option<u32>,
    left_out: Option<u32>,
}

#[derive(Clone, Debug, Serialize)]
struct CommuneJson {
    insee_code: String,
    name: String,
}

#[derive(Clone, Debug, Serialize)]
struct TableJson {
    by: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<RowJson>,
}

#[derive(Clone, Debug, Serialize)]
struct RowJson {
    rows: Vec<&'static str>,
    total: u32,
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
        let closest = answer.closest.and_then(|at| options.get(at));
        ProgrammeJson {
            id: programme.key.as_str().to_owned(),
            name: names::programme(self.0, answer.programme).to_owned(),
            min: programme.size.min(),
            target: programme.size.target(),
            max: programme.size.max(),
            groups: answer.groups,
            binds: bind_shared(answer, programme.size).map(bind_word),
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
            name_fr: zone.name_fr(),
            name_en: zone.name_en(),
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
