//! The wire types of the JSON report, documented field by field in `docs/json.md`.
//! The model's own types never derive serialisation, so that they can change
//! while these stay.

use super::names;
use crate::finding::{self, Finding, Level};
use crate::groups::{Proof, Tier, TierResult};
use crate::plan::{
    Alike, Bind, Change, Further, Group, Lack, LeftOut, Lever, Member, Missed, Offer, Plan, ProgrammeAnswer,
    Verdict, WeeklyHoursReach,
};
use crate::territory::{Provenance, Territory, Turn};
use crate::units::{Seconds, SiteId};
use serde::Serialize;
use std::fmt;

/// The version of the plan's schema.
pub const PLAN_SCHEMA: &str = "maillage/plan/1";

/// The version of the findings' schema.
pub const FINDINGS_SCHEMA: &str = "maillage/findings/1";

/// A plan as JSON. `to_string` gives the document.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    schema: &'static str,
    audience: &'static str,
    territory: String,
    synthetic: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    draw: Option<DrawJson>,
    programmes: Vec<ProgrammeJson>,
    groups: Vec<GroupJson>,
    left_out: Vec<LeftOutJson>,
    verdicts: Vec<VerdictJson>,
    proof: ProofJson,
    hours: Vec<HoursJson>,
    opened: Vec<String>,
    levers: Vec<LeverJson>,
    interchangeable: Vec<AlikeJson>,
    assumptions: Vec<AssumptionJson>,
}

#[derive(Clone, Debug, Serialize)]
struct DrawJson {
    seed: u64,
    shares: Vec<TextJson>,
}

#[derive(Clone, Debug, Serialize)]
struct TextJson {
    text_fr: String,
    text_en: String,
}

#[derive(Clone, Debug, Serialize)]
struct ProgrammeJson {
    id: String,
    name: String,
    min: u32,
    target: u32,
    max: u32,
    groups: u32,
    placed: u32,
    enrolled: u32,
    binds: Option<&'static str>,
    closest: Option<ClosestJson>,
}

#[derive(Clone, Debug, Serialize)]
struct ClosestJson {
    #[serde(flatten)]
    place_and_time: PlaceAndTimeJson,
    reachable: u32,
    missing: u32,
}

/// Where and when, the same fields wherever an option is told.
#[derive(Clone, Debug, Serialize)]
struct PlaceAndTimeJson {
    site: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sites: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    turns: Option<&'static str>,
    slots: Vec<String>,
    start: String,
}

#[derive(Clone, Debug, Serialize)]
struct GroupJson {
    programme: String,
    #[serde(flatten)]
    place_and_time: PlaceAndTimeJson,
    members: Vec<MemberJson>,
}

#[derive(Clone, Debug, Serialize)]
struct MemberJson {
    youth: String,
    mode: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mode_back: Option<&'static str>,
    to_s: u32,
    from_s: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    median_s: Option<u32>,
    sessions: u32,
    #[serde(skip_serializing_if = "is_zero")]
    unknown: u32,
    of: u32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missed: Vec<MissedJson>,
}

/// A date that a member misses.
#[derive(Clone, Debug, Serialize)]
struct MissedJson {
    date: String,
    reason: &'static str,
}

impl MissedJson {
    fn of(missed: &Missed) -> Self {
        Self { date: missed.date.to_string(), reason: missed.reason.as_str() }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_zero(n: &u32) -> bool {
    *n == 0
}

#[derive(Clone, Debug, Serialize)]
struct LeftOutJson {
    youth: String,
    programme: String,
    reason: &'static str,
    reasons: Vec<&'static str>,
}

#[derive(Clone, Debug, Serialize)]
struct VerdictJson {
    programme: String,
    #[serde(flatten)]
    place_and_time: PlaceAndTimeJson,
    reachable: u32,
    viable: bool,
    missing: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    beside: Option<FurtherJson>,
}

/// One more group beside the plan.
#[derive(Clone, Debug, Serialize)]
struct FurtherJson {
    lacks: Vec<LackJson>,
    extra_at_least: u32,
    extra_at_most: Option<u32>,
    limit_at_least_s: Option<u32>,
    limit_at_most_s: Option<u32>,
}

#[derive(Clone, Debug, Serialize)]
struct LackJson {
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    amount: u32,
}

#[derive(Clone, Debug, Serialize)]
struct LeverJson {
    programme: String,
    change: LackJson,
    gain_at_least: u32,
    group: PlaceAndTimeJson,
}

#[derive(Clone, Debug, Serialize)]
struct AlikeJson {
    programme: String,
    placed: u32,
    youths: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ProofJson {
    status: &'static str,
    placed: Option<i64>,
    bound: Option<i64>,
    gap_percent: Option<f64>,
    tiers: Vec<TierJson>,
}

#[derive(Clone, Debug, Serialize)]
struct TierJson {
    tier: &'static str,
    value: i64,
    bound: i64,
    status: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct HoursJson {
    youth: String,
    weekly_hours: f64,
    planned_hours: f64,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct AssumptionJson {
    id: String,
    #[serde(flatten)]
    text: TextJson,
    mark: &'static str,
}

/// Findings as JSON. `to_string` gives the document.
#[derive(Clone, Debug, Serialize)]
pub struct FindingsReport {
    schema: &'static str,
    findings: Vec<FindingJson>,
}

#[derive(Clone, Debug, Serialize)]
struct FindingJson {
    code: &'static str,
    level: &'static str,
    file: Option<String>,
    line: Option<u32>,
    column: Option<String>,
    what_fr: String,
    what_en: String,
    remedy_fr: String,
    remedy_en: String,
}

/// The plan as JSON, for the structure's own desk: youths are named by their identifiers.
pub fn json(territory: &Territory, plan: &Plan) -> Report {
    let keys = Keys(territory);
    let draw = match territory.provenance() {
        Provenance::Declared => None,
        Provenance::Synthetic { seed, shares } => {
            Some(DrawJson { seed: *seed, shares: shares.iter().map(TextJson::of).collect() })
        }
    };
    Report {
        schema: PLAN_SCHEMA,
        audience: "interne",
        territory: territory.name().to_owned(),
        synthetic: draw.is_some(),
        programmes: plan.programmes.iter().map(|answer| keys.programme(plan, answer)).collect(),
        groups: plan.groups.iter().map(|group| keys.group(plan, group)).collect(),
        left_out: plan.left_out.iter().map(|one| keys.left_out(one)).collect(),
        verdicts: keys.verdicts(plan),
        proof: ProofJson::of(&plan.tiers),
        hours: plan.hours.iter().map(|hours| keys.hours(hours)).collect(),
        opened: plan.opened.iter().map(|&site| keys.site(site)).collect(),
        levers: plan.beside.levers.iter().filter_map(|lever| keys.lever(plan, lever)).collect(),
        interchangeable: plan.beside.alike.iter().map(|alike| keys.alike(alike)).collect(),
        assumptions: assumptions(territory, plan),
        draw,
    }
}

/// Findings as JSON, by file and line.
pub fn findings_json(list: &[Finding]) -> FindingsReport {
    let mut sorted = list.to_vec();
    finding::sort(&mut sorted);
    FindingsReport { schema: FINDINGS_SCHEMA, findings: sorted.into_iter().map(FindingJson::of).collect() }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        document(self, f)
    }
}

impl fmt::Display for FindingsReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        document(self, f)
    }
}

pub(super) fn document(value: &impl Serialize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let text = serde_json::to_string_pretty(value).map_err(|_| fmt::Error)?;
    f.write_str(&text)
}

/// How far a value is from its bound, in percent of the bound: the share of
/// what might be possible that the plan does not reach.
pub(super) fn gap_percent(value: i64, bound: i64) -> f64 {
    if bound == value || bound == 0 {
        return 0.0;
    }
    100.0 * (bound as f64 - value as f64).abs() / (bound as f64).abs()
}

/// The result on the number of places, which the proof is about.
pub(super) fn placed_tier(tiers: &[TierResult]) -> Option<&TierResult> {
    tiers.iter().find(|t| t.tier == Tier::Placed)
}

/// Looks the identifiers of a territory up.
struct Keys<'a>(&'a Territory);

impl Keys<'_> {
    fn site(&self, site: SiteId) -> String {
        self.0.sites().key_of(site).to_owned()
    }

    fn youth(&self, youth: crate::units::YouthId) -> String {
        self.0.youths().key_of(youth).to_owned()
    }

    fn programme_key(&self, programme: crate::units::ProgrammeId) -> String {
        self.0.programmes().key_of(programme).to_owned()
    }

    fn place_and_time(&self, offer: &Offer) -> PlaceAndTimeJson {
        let turns = offer.turns().map(turn_word);
        let sites = || offer.venue.sites().iter().map(|&site| self.site(site)).collect();
        PlaceAndTimeJson {
            site: names::site_keys(self.0, offer),
            sites: turns.is_some().then(sites),
            turns,
            slots: names::slot_keys(self.0, offer).into_iter().map(str::to_owned).collect(),
            start: offer.start.to_string(),
        }
    }

    fn programme(&self, plan: &Plan, answer: &ProgrammeAnswer) -> ProgrammeJson {
        let programme = &self.0.programmes()[answer.programme];
        let closest = answer.closest.and_then(|i| plan.verdicts.get(i)).map(|verdict| ClosestJson {
            place_and_time: self.place_and_time(&verdict.offer),
            reachable: verdict.reachable.get(),
            missing: verdict.missing.get(),
        });
        ProgrammeJson {
            id: self.programme_key(answer.programme),
            name: programme.name.clone(),
            min: programme.size.min(),
            target: programme.size.target(),
            max: programme.size.max(),
            groups: answer.groups,
            placed: answer.placed.get(),
            enrolled: answer.enrolled.get(),
            binds: answer.binds.map(bind_word),
            closest,
        }
    }

    fn group(&self, plan: &Plan, group: &Group) -> GroupJson {
        GroupJson {
            programme: self.programme_key(group.offer.programme),
            place_and_time: self.place_and_time(&group.offer),
            members: group.members.iter().map(|member| self.member(plan, group, member)).collect(),
        }
    }

    fn member(&self, plan: &Plan, group: &Group, member: &Member) -> MemberJson {
        let trip = member.trip;
        let back = trip.filter(|t| t.mode_back != t.mode_to).map(|t| t.mode_back);
        let missed = plan.missed_by(group.offer.programme, member.youth);
        MemberJson {
            youth: self.youth(member.youth),
            mode: trip.map_or("visio", |t| t.mode_to.as_str()),
            mode_back: back.map(|mode| mode.as_str()),
            to_s: trip.map_or(0, |t| t.to.get()),
            from_s: trip.map_or(0, |t| t.back.get()),
            median_s: member
                .median
                .filter(|&median| trip.is_some_and(|t| t.longer() != median))
                .map(Seconds::get),
            sessions: member.reachable,
            unknown: member.unknown,
            of: member.of,
            missed: missed.iter().map(MissedJson::of).collect(),
        }
    }

    fn left_out(&self, one: &LeftOut) -> LeftOutJson {
        LeftOutJson {
            youth: self.youth(one.youth),
            programme: self.programme_key(one.programme),
            reason: one.reason.as_str(),
            reasons: one.reasons.iter().map(|reason| reason.as_str()).collect(),
        }
    }

    fn verdicts(&self, plan: &Plan) -> Vec<VerdictJson> {
        let mut verdicts: Vec<VerdictJson> = plan.verdicts.iter().map(|one| self.verdict(one)).collect();
        for further in &plan.beside.further {
            if let Some(verdict) = verdicts.get_mut(further.verdict) {
                verdict.beside = Some(self.further(further));
            }
        }
        verdicts
    }

    fn verdict(&self, verdict: &Verdict) -> VerdictJson {
        VerdictJson {
            programme: self.programme_key(verdict.offer.programme),
            place_and_time: self.place_and_time(&verdict.offer),
            reachable: verdict.reachable.get(),
            viable: verdict.viable,
            missing: verdict.missing.get(),
            beside: None,
        }
    }

    fn further(&self, further: &Further) -> FurtherJson {
        let limit = further.limit;
        FurtherJson {
            lacks: further.lacks.iter().map(|&lack| self.lack(lack)).collect(),
            extra_at_least: further.extra.at_least,
            extra_at_most: further.extra.at_most,
            limit_at_least_s: limit.map(|limit| limit.at_least.get()),
            limit_at_most_s: limit.and_then(|limit| limit.at_most).map(Seconds::get),
        }
    }

    fn lack(&self, lack: Lack<SiteId>) -> LackJson {
        let (what, site, amount) = match lack {
            Lack::Groups => ("groups", None, 1),
            Lack::Rooms { site, rooms } => ("rooms", Some(site), rooms),
            Lack::Site { site, half_days } => ("site_half_days", Some(site), half_days),
            Lack::Overall(half_days) => ("half_days", None, half_days),
            Lack::Advisers(half_days) => ("adviser_half_days", None, half_days),
            Lack::Gates(sites) => ("candidates", None, sites),
        };
        LackJson { what, at: site.map(|site| self.site(site)), amount }
    }

    fn lever(&self, plan: &Plan, lever: &Lever) -> Option<LeverJson> {
        let other = |what, amount| LackJson { what, at: None, amount };
        Some(LeverJson {
            programme: self.programme_key(lever.programme),
            change: match lever.change {
                Change::More(lack) => self.lack(lack),
                Change::Minimum => other("minimum", 1),
                Change::Limit(limit) => other("limit_s", limit.get()),
                Change::Youths(youths) => other("youths", youths),
            },
            gain_at_least: lever.gain.get(),
            group: self.place_and_time(&plan.verdicts.get(lever.verdict)?.offer),
        })
    }

    fn alike(&self, alike: &Alike) -> AlikeJson {
        AlikeJson {
            programme: self.programme_key(alike.programme),
            placed: alike.placed.get(),
            youths: alike.youths.iter().map(|&youth| self.youth(youth)).collect(),
        }
    }

    fn hours(&self, hours: &WeeklyHoursReach) -> HoursJson {
        HoursJson {
            youth: self.youth(hours.youth),
            weekly_hours: decimal_hours(hours.within_reach),
            planned_hours: decimal_hours(hours.planned),
        }
    }
}

impl TextJson {
    fn of(text: &finding::Text) -> Self {
        Self { text_fr: text.fr.clone(), text_en: text.en.clone() }
    }
}

impl ProofJson {
    pub(super) fn of(tiers: &[TierResult]) -> Self {
        let placed = placed_tier(tiers);
        Self {
            status: placed.map_or("bounded", |t| status_word(t.proof)),
            placed: placed.map(|t| t.value),
            bound: placed.map(|t| t.bound),
            gap_percent: placed.map(|t| hundredths(gap_percent(t.value, t.bound))),
            tiers: tiers.iter().map(TierJson::of).collect(),
        }
    }
}

impl TierJson {
    fn of(tier: &TierResult) -> Self {
        Self {
            tier: tier_word(tier.tier),
            value: tier.value,
            bound: tier.bound,
            status: status_word(tier.proof),
        }
    }
}

impl FindingJson {
    fn of(finding: Finding) -> Self {
        Self {
            code: finding.code.as_str(),
            level: level_word(finding.level()),
            file: finding.source.file.as_deref().map(str::to_owned),
            line: finding.source.line,
            column: finding.source.column.as_deref().map(str::to_owned),
            what_fr: finding.what.fr,
            what_en: finding.what.en,
            remedy_fr: finding.remedy.fr,
            remedy_en: finding.remedy.en,
        }
    }
}

pub(super) fn assumptions(territory: &Territory, plan: &Plan) -> Vec<AssumptionJson> {
    let figures = territory.rules().assumptions();
    let rules = figures.iter().chain(&plan.assumptions).map(|a| AssumptionJson {
        id: a.id.to_owned(),
        text: TextJson::of(&a.text),
        mark: a.mark.as_str(),
    });
    let drawn = shares(territory).iter().enumerate().map(|(i, share)| AssumptionJson {
        id: format!("draw_{}", i + 1),
        text: TextJson::of(share),
        mark: crate::territory::Mark::Assumed.as_str(),
    });
    rules.chain(drawn).collect()
}

/// The shares of a draw; none when the youths are the structure's own list.
pub(super) fn shares(territory: &Territory) -> &[finding::Text] {
    match territory.provenance() {
        Provenance::Declared => &[],
        Provenance::Synthetic { shares, .. } => shares,
    }
}

pub(super) const fn turn_word(turn: Turn) -> &'static str {
    match turn {
        Turn::Week => "week",
        Turn::Day => "day",
    }
}

pub(super) const fn bind_word(bind: Bind) -> &'static str {
    match bind {
        Bind::Sites => "sites",
        Bind::Minimum => "minimum",
        Bind::Reach => "reach",
        Bind::Ages => "ages",
        Bind::Rooms => "rooms",
        Bind::HalfDays => "half_days",
        Bind::Candidates => "candidates",
        Bind::Advisers => "advisers",
        Bind::Youths => "youths",
    }
}

pub(super) const fn tier_word(tier: Tier) -> &'static str {
    match tier {
        Tier::Placed => "placed",
        Tier::Cost => "cost",
        Tier::OffTarget => "off_target",
        Tier::Minutes => "minutes",
    }
}

pub(super) const fn status_word(proof: Proof) -> &'static str {
    match proof {
        Proof::Optimal => "optimal",
        Proof::Bounded => "bounded",
    }
}

const fn level_word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

pub(super) fn decimal_hours(time: Seconds) -> f64 {
    hundredths(f64::from(time.get()) / 3600.0)
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
