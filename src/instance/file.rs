//! The file types of instances, as `docs/instances.md` describes them.

use crate::groups::Tier;
use serde::{Deserialize, Serialize};

/// A whole number that must be told, and may be no limit.
#[cfg(feature = "schemas")]
fn count_or_null(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    generator.subschema_for::<Option<u32>>()
}

/// What every version says first.
#[derive(Deserialize)]
pub(super) struct Head {
    pub(super) format: String,
}

/// An instance of `groups/1`. Indices count from 0 in the lists of the same file.
#[derive(Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Instance"))]
#[serde(deny_unknown_fields)]
pub(super) struct First {
    /// The format that the file is of.
    #[serde(rename = "format")]
    #[cfg_attr(feature = "schemas", schemars(extend("const" = super::FIRST)))]
    _format: String,
    /// Any name.
    name: String,
    /// The programmes.
    programmes: Vec<ProgrammeFile>,
    /// The sites.
    sites: Vec<SiteFile>,
    /// The slots: two never overlap.
    slots: Vec<SlotFile>,
    /// `rooms[site][slot]`: most groups there at a time, all programmes together.
    rooms: Vec<Vec<u32>>,
    /// Most groups over all sites; null is no limit.
    #[cfg_attr(feature = "schemas", schemars(schema_with = "count_or_null"))]
    budget: Option<u32>,
    /// Most candidate sites that are opened; null is no limit.
    #[cfg_attr(feature = "schemas", schemars(schema_with = "count_or_null"))]
    max_candidates: Option<u32>,
    /// What may be held.
    options: Vec<FirstOption>,
    /// Who can attend what.
    youths: Vec<FirstYouth>,
    /// The objectives, in order, each once.
    objective: Vec<TierFile>,
}

/// A programme at a site in a slot.
#[derive(Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct FirstOption {
    /// The programme.
    p: u32,
    /// The site.
    s: u32,
    /// The slot.
    t: u32,
    /// Cost of each group.
    cost: u64,
    /// Most groups.
    kmax: u32,
}

/// A youth.
#[derive(Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct FirstYouth {
    /// A name.
    id: String,
    /// What a place counts.
    #[cfg_attr(feature = "schemas", schemars(range(min = 1)))]
    w: u32,
    /// `[option, minutes]`, ascending by option: the options within the limit, out and back.
    reach: Vec<(u32, u32)>,
}

/// An instance of `groups/2`.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Instance"))]
#[serde(deny_unknown_fields)]
pub(super) struct Second {
    /// The format that the file is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = super::SECOND)))]
    pub(super) format: String,
    /// Any name.
    pub(super) name: String,
    /// The programmes.
    pub(super) programmes: Vec<ProgrammeFile>,
    /// The sites.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) sites: Vec<SiteFile>,
    /// The slots: two never overlap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) slots: Vec<SlotFile>,
    /// `rooms[site][slot]`: most groups there at a time, all programmes together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) rooms: Vec<Vec<u32>>,
    /// Most groups over all sites; null is no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) budget: Option<u32>,
    /// Most candidate sites that are opened; null is no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) max_candidates: Option<u32>,
    /// What `reach` and the objective `minutes` count in.
    #[serde(default)]
    pub(super) time: Unit,
    /// What may be held.
    pub(super) options: Vec<OptionFile>,
    /// Who can attend what.
    pub(super) youths: Vec<YouthFile>,
    /// Paid decisions: a shuttle, a loan. The candidate sites' own come after them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) gates: Vec<GateFile>,
    /// `[gate, youth, option]` or `[gate, youth, option, gate]`: the first gate is open only while the youth is in
    /// the option, through the last gate where there is one. It enables items of `reach` to that option alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) hosts: Vec<HostFile>,
    /// Most gates of a set that are opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) gate_limits: Vec<GateLimitFile>,
    /// Most that all opened gates cost together; null is no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) gate_budget: Option<u64>,
    /// What groups share.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) capacities: Vec<CapacityFile>,
    /// Where and when somebody must lead a group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) posts: Vec<PostFile>,
    /// Who leads groups. Without teams, nobody is needed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) teams: Vec<TeamFile>,
    /// `[option, option]`: nobody holds both.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) conflicts: Vec<(u32, u32)>,
    /// `[programme, programme]`, the smaller first: nobody is in both.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) exclusive: Vec<(u32, u32)>,
    /// Rules on who is in a group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) mix: Vec<MixFile>,
    /// Decisions already made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) pins: Vec<PinFile>,
    /// The objectives, in order, each once.
    pub(super) objective: Vec<TierFile>,
}

/// A programme: `1 <= min <= target <= max`.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Programme"))]
#[serde(deny_unknown_fields)]
pub(super) struct ProgrammeFile {
    /// A name.
    pub(super) id: String,
    /// Fewest members of a group.
    #[cfg_attr(feature = "schemas", schemars(range(min = 1)))]
    pub(super) min: u32,
    /// Members of a group at best.
    pub(super) target: u32,
    /// Most members of a group.
    pub(super) max: u32,
}

/// A site.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Site"))]
#[serde(deny_unknown_fields)]
pub(super) struct SiteFile {
    /// A name.
    pub(super) id: String,
    /// Whether it is there already.
    pub(super) kind: SiteKind,
    /// Cost of opening it; 0 for an existing one.
    pub(super) open_cost: u64,
    /// Most groups at the site; null is no limit.
    #[cfg_attr(feature = "schemas", schemars(schema_with = "count_or_null"))]
    pub(super) budget: Option<u32>,
}

/// Whether a site is there already.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(super) enum SiteKind {
    /// It is there.
    Existing,
    /// It has to be opened.
    Candidate,
}

/// A slot of the week.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Slot"))]
#[serde(deny_unknown_fields)]
pub(super) struct SlotFile {
    /// A name.
    pub(super) id: String,
}

/// What times count in.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(super) enum Unit {
    /// Minutes.
    #[default]
    Minutes,
    /// Seconds.
    Seconds,
}

/// What may be held.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "OptionOfAProgramme"))]
#[serde(deny_unknown_fields)]
pub(super) struct OptionFile {
    /// Its name; otherwise its site and slots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    /// The programme.
    pub(super) p: u32,
    /// The site; none when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) s: Option<u32>,
    /// The slots that each group takes; none when left out.
    #[serde(default, skip_serializing_if = "Slots::is_none")]
    pub(super) t: Slots,
    /// Cost of each group.
    pub(super) cost: u64,
    /// Most groups.
    pub(super) kmax: u32,
    /// Gates that must all be open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) gates: Vec<u32>,
    /// `[gate, min]`: when the gate is open, the minimum is this if that is lower.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) lower_min: Option<(u32, u32)>,
    /// Posts that each group fills, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) posts: Vec<u32>,
}

/// One slot, or a list.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "expected a slot or a list of slots")]
pub(super) enum Slots {
    /// One slot.
    One(u32),
    /// Slots, ascending.
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

/// A youth.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Youth"))]
#[serde(deny_unknown_fields)]
pub(super) struct YouthFile {
    /// A name.
    pub(super) id: String,
    /// What a place counts.
    pub(super) w: u32,
    /// Traits, ascending, from 0 to 31.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) traits: Vec<u8>,
    /// The options within the limit, out and back, ascending by option.
    pub(super) reach: Vec<ArcFile>,
}

/// `[option, time]` or `[option, time, gate]`.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Arc"))]
#[serde(untagged, expecting = "expected [option, time] or [option, time, gate], whole numbers")]
pub(super) enum ArcFile {
    /// The option, the time.
    Free(u32, u32),
    /// Only when the gate is open.
    Gated(u32, u32, u32),
}

/// `[gate, youth, option]` or `[gate, youth, option, gate]`.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Host"))]
#[serde(untagged, expecting = "expected [gate, youth, option] or [gate, youth, option, gate], whole numbers")]
pub(super) enum HostFile {
    /// The gate, who must be there, where.
    Plain(u32, u32, u32),
    /// And the gate through which they come.
    Through(u32, u32, u32, u32),
}

/// A paid decision.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Gate"))]
#[serde(deny_unknown_fields)]
pub(super) struct GateFile {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    /// What opening it costs.
    pub(super) cost: u64,
    /// Most places through `reach` items that need it; null is no limit.
    #[cfg_attr(feature = "schemas", schemars(schema_with = "count_or_null"))]
    pub(super) capacity: Option<u32>,
}

/// A limit on open gates.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "GateLimit"))]
#[serde(deny_unknown_fields)]
pub(super) struct GateLimitFile {
    /// The gates.
    pub(super) gates: Vec<u32>,
    /// Most of them that are opened.
    pub(super) limit: u32,
}

/// `Σ amount·groups <= limit + Σ extra` of the open gates.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Capacity"))]
#[serde(deny_unknown_fields)]
pub(super) struct CapacityFile {
    /// What it stands for.
    pub(super) of: KindFile,
    /// The limit without gates.
    pub(super) limit: u32,
    /// `[option, amount]`, ascending.
    pub(super) uses: Vec<(u32, u32)>,
    /// `[gate, more]`, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) extra: Vec<(u32, u32)>,
}

/// What a capacity stands for.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "CapacityKind"))]
#[serde(rename_all = "snake_case")]
pub(super) enum KindFile {
    /// The rooms of a site in a slot.
    Rooms(u32, u32),
    /// A site's budget.
    Site(u32),
    /// The budget over all sites.
    Overall,
    /// Options that are one, each behind another gate.
    Copies,
}

/// Where and when somebody must lead each group; the numbers are the file's own.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Post"))]
#[serde(deny_unknown_fields)]
pub(super) struct PostFile {
    /// The week.
    pub(super) week: u32,
    /// The moment of the week.
    pub(super) moment: u32,
    /// The place.
    pub(super) site: u32,
}

/// Advisers who are alike.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Team"))]
#[serde(deny_unknown_fields)]
pub(super) struct TeamFile {
    /// How many.
    pub(super) members: u32,
    /// Posts of each a week.
    pub(super) half_days: u32,
    /// The posts that each can hold, one at a moment.
    pub(super) posts: Vec<u32>,
}

/// In an option with `k` groups, `k·at_least <=` members with the trait `<= k·at_most`.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Mix"))]
#[serde(deny_unknown_fields)]
pub(super) struct MixFile {
    /// The programme.
    pub(super) p: u32,
    /// The trait, from 0 to 31.
    #[serde(rename = "trait")]
    #[cfg_attr(feature = "schemas", schemars(range(max = 31)))]
    pub(super) trait_bit: u8,
    /// Fewest in each group.
    pub(super) at_least: u32,
    /// Most in each group.
    pub(super) at_most: u32,
}

/// A decision already made.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Pin"))]
#[serde(rename_all = "snake_case")]
pub(super) enum PinFile {
    /// There is a group in one of these options.
    OpenOneOf(Vec<u32>),
    /// There are so many groups in these options together.
    Open(Vec<u32>, u32),
    /// This youth is in this programme.
    In(u32, u32),
    /// This youth is not in this programme.
    Out(u32, u32),
    /// These two youths are never in one option.
    Apart(u32, u32),
}

/// An objective.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Tier"))]
#[serde(rename_all = "snake_case")]
pub(super) enum TierFile {
    /// Most places.
    Placed,
    /// Least cost.
    Cost,
    /// Least distance from the target sizes.
    OffTarget,
    /// Least time travelled.
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
            hosts: Vec::new(),
            gate_limits: Vec::new(),
            gate_budget: None,
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
