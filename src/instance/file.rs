//! The file types of instances, as `docs/instances.md` describes them.

use crate::groups::Tier;
use serde::{Deserialize, Serialize};

/// What every version says first.
#[derive(Deserialize)]
pub(super) struct Head {
    pub(super) format: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct First {
    #[serde(rename = "format")]
    _format: String,
    name: String,
    programmes: Vec<ProgrammeFile>,
    sites: Vec<SiteFile>,
    slots: Vec<SlotFile>,
    rooms: Vec<Vec<u32>>,
    budget: Option<u32>,
    max_candidates: Option<u32>,
    options: Vec<FirstOption>,
    youths: Vec<FirstYouth>,
    objective: Vec<TierFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstOption {
    p: u32,
    s: u32,
    t: u32,
    cost: u64,
    kmax: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstYouth {
    id: String,
    w: u32,
    reach: Vec<(u32, u32)>,
}

/// An instance of `groups/2`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Second {
    pub(super) format: String,
    pub(super) name: String,
    pub(super) programmes: Vec<ProgrammeFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) sites: Vec<SiteFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) slots: Vec<SlotFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) rooms: Vec<Vec<u32>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) budget: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) max_candidates: Option<u32>,
    #[serde(default)]
    pub(super) time: Unit,
    pub(super) options: Vec<OptionFile>,
    pub(super) youths: Vec<YouthFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) gates: Vec<GateFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) gate_limits: Vec<GateLimitFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) capacities: Vec<CapacityFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) posts: Vec<PostFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) teams: Vec<TeamFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) conflicts: Vec<(u32, u32)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) exclusive: Vec<(u32, u32)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) mix: Vec<MixFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) pins: Vec<PinFile>,
    pub(super) objective: Vec<TierFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProgrammeFile {
    pub(super) id: String,
    pub(super) min: u32,
    pub(super) target: u32,
    pub(super) max: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SiteFile {
    pub(super) id: String,
    pub(super) kind: SiteKind,
    pub(super) open_cost: u64,
    pub(super) budget: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SiteKind {
    Existing,
    Candidate,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SlotFile {
    pub(super) id: String,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unit {
    #[default]
    Minutes,
    Seconds,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OptionFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    pub(super) p: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) s: Option<u32>,
    #[serde(default, skip_serializing_if = "Slots::is_none")]
    pub(super) t: Slots,
    pub(super) cost: u64,
    pub(super) kmax: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) gates: Vec<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) lower_min: Option<(u32, u32)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) posts: Vec<u32>,
}

/// One slot, or a list.
#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "expected a slot or a list of slots")]
pub(super) enum Slots {
    One(u32),
    Several(Vec<u32>),
}

impl Slots {
    pub(super) fn as_slice(&self) -> &[u32] {
        match self {
            Self::One(slot) => std::slice::from_ref(slot),
            Self::Several(slots) => slots,
        }
    }

    fn is_none(&self) -> bool {
        self.as_slice().is_empty()
    }
}

impl Default for Slots {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct YouthFile {
    pub(super) id: String,
    pub(super) w: u32,
    /// Bits, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) traits: Vec<u8>,
    pub(super) reach: Vec<ArcFile>,
}

/// `[option, time]` or `[option, time, gate]`.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected [option, time] or [option, time, gate], whole numbers")]
pub(super) enum ArcFile {
    Free(u32, u32),
    Gated(u32, u32, u32),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GateFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    pub(super) cost: u64,
    pub(super) capacity: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GateLimitFile {
    pub(super) gates: Vec<u32>,
    pub(super) limit: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CapacityFile {
    pub(super) of: KindFile,
    pub(super) limit: u32,
    pub(super) uses: Vec<(u32, u32)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) extra: Vec<(u32, u32)>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum KindFile {
    Rooms(u32, u32),
    Site(u32),
    Overall,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PostFile {
    pub(super) week: u32,
    pub(super) moment: u32,
    pub(super) site: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TeamFile {
    pub(super) members: u32,
    pub(super) half_days: u32,
    pub(super) posts: Vec<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MixFile {
    pub(super) p: u32,
    #[serde(rename = "trait")]
    pub(super) trait_bit: u8,
    pub(super) at_least: u32,
    pub(super) at_most: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PinFile {
    OpenOneOf(Vec<u32>),
    In(u32, u32),
    Out(u32, u32),
    Apart(u32, u32),
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum TierFile {
    Placed,
    Cost,
    OffTarget,
    Minutes,
}

impl From<TierFile> for Tier {
    fn from(tier: TierFile) -> Self {
        match tier {
            TierFile::Placed => Self::Placed,
            TierFile::Cost => Self::Cost,
            TierFile::OffTarget => Self::OffTarget,
            TierFile::Minutes => Self::Minutes,
        }
    }
}

impl From<Tier> for TierFile {
    fn from(tier: Tier) -> Self {
        match tier {
            Tier::Placed => Self::Placed,
            Tier::Cost => Self::Cost,
            Tier::OffTarget => Self::OffTarget,
            Tier::Minutes => Self::Minutes,
        }
    }
}

impl From<First> for Second {
    fn from(first: First) -> Self {
        let option = |o: FirstOption| OptionFile {
            id: None,
            p: o.p,
            s: Some(o.s),
            t: Slots::One(o.t),
            cost: o.cost,
            kmax: o.kmax,
            gates: Vec::new(),
            lower_min: None,
            posts: Vec::new(),
        };
        let youth = |y: FirstYouth| YouthFile {
            id: y.id,
            w: y.w,
            traits: Vec::new(),
            reach: y.reach.into_iter().map(|(o, time)| ArcFile::Free(o, time)).collect(),
        };
        Self {
            format: super::FIRST.to_owned(),
            name: first.name,
            programmes: first.programmes,
            sites: first.sites,
            slots: first.slots,
            rooms: first.rooms,
            budget: first.budget,
            max_candidates: first.max_candidates,
            options: first.options.into_iter().map(option).collect(),
            youths: first.youths.into_iter().map(youth).collect(),
            objective: first.objective,
            ..Self::empty()
        }
    }
}

impl Second {
    /// An instance with nothing in it.
    pub(super) fn empty() -> Self {
        Self {
            format: super::SECOND.to_owned(),
            name: String::new(),
            programmes: Vec::new(),
            sites: Vec::new(),
            slots: Vec::new(),
            rooms: Vec::new(),
            budget: None,
            max_candidates: None,
            time: Unit::Minutes,
            options: Vec::new(),
            youths: Vec::new(),
            gates: Vec::new(),
            gate_limits: Vec::new(),
            capacities: Vec::new(),
            posts: Vec::new(),
            teams: Vec::new(),
            conflicts: Vec::new(),
            exclusive: Vec::new(),
            mix: Vec::new(),
            pins: Vec::new(),
            objective: Vec::new(),
        }
    }
}
