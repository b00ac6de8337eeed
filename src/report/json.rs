//! The wire types of the JSON report, documented field by field in `docs/json.md`.
//! The model's own types never derive serialisation, so that they can change
//! while these stay.

use super::names;
#[cfg(feature = "schemas")]
use super::words;
use crate::finding::{self, Finding, Level};
use crate::groups::{Proof, Tier, TierResult};
use crate::plan::{
    Alike, Bind, Change, Further, Group, Lack, LeftOut, Lever, Member, Missed, Offer, Plan, ProgrammeAnswer,
    Riding, Verdict, WeeklyHoursReach,
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
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let text = maillage::report::json(study.territory(), &plan).to_string();
/// assert!(text.contains(r#""schema": "maillage/plan/1""#));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(
        rename = "Plan",
        description = "An answer: what is possible, for whom, and how sure that is. Exact, for the structure itself."
    )
)]
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let text = maillage::report::json(study.territory(), &plan).to_string();
/// assert!(text.contains(r#""schema": "maillage/plan/1""#));
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct Report {
    /// The schema that the document is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = PLAN_SCHEMA)))]
    schema: &'static str,
    /// `interne`: exact, with identifiers of youths, for the structure's own desk. Personal data.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = "interne")))]
    audience: &'static str,
    /// The territory's name.
    territory: String,
    /// Whether the youths were drawn: nobody real.
    synthetic: bool,
    /// How they were drawn; only when `synthetic`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(with = "DrawJson"))]
    draw: Option<DrawJson>,
    /// Each programme's answer.
    programmes: Vec<ProgrammeJson>,
    /// The groups, by programme, site, half-days, first day.
    groups: Vec<GroupJson>,
    /// Everybody whom no group of a programme holds, by programme and youth.
    left_out: Vec<LeftOutJson>,
    /// Every option alone, by programme, site, half-days, first day.
    verdicts: Vec<VerdictJson>,
    /// How sure the number of places is.
    proof: ProofJson,
    /// Each youth's collective hours a week.
    hours: Vec<HoursJson>,
    /// Candidate sites that the plan opens, by identifier.
    opened: Vec<String>,
    /// By programme, changes of one thing that let one more group be formed.
    levers: Vec<LeverJson>,
    /// By programme, youths of whom some have a place and it does not matter which.
    interchangeable: Vec<AlikeJson>,
    /// Figures that the answer rests on.
    assumptions: Vec<AssumptionJson>,
}

/// How youths were drawn.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Draw"))]
struct DrawJson {
    /// The seed: the same draw everywhere.
    seed: u64,
    /// The shares that were assumed, in words.
    shares: Vec<TextJson>,
}

/// A sentence in both languages.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Text"))]
struct TextJson {
    /// In French.
    text_fr: String,
    /// In English.
    text_en: String,
}

/// A programme's answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Programme"))]
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
    /// Youths in them.
    placed: u32,
    /// Youths enrolled.
    enrolled: u32,
    /// What stands in the way of a first or a further group; null when nothing is known to.
    #[cfg_attr(feature = "schemas", schemars(with = "Option<words::Bind>"))]
    binds: Option<&'static str>,
    /// When there is no group, the option that comes closest; else null.
    closest: Option<ClosestJson>,
}

/// An option that comes close to a group.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Closest"))]
struct ClosestJson {
    #[serde(flatten)]
    place_and_time: PlaceAndTimeJson,
    /// Youths who can attend it.
    reachable: u32,
    /// Youths missing to the minimum.
    missing: u32,
}

/// Where and when, the same fields wherever an option is told.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "PlaceAndTime"))]
struct PlaceAndTimeJson {
    /// The site; for sites in turn their identifiers joined by `+`.
    site: String,
    /// For sites in turn, each of them, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(with = "Vec<String>"))]
    sites: Option<Vec<String>>,
    /// For sites in turn, how they change.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(with = "words::Turn"))]
    turns: Option<&'static str>,
    /// Half-days, by identifier, in the order of the week.
    slots: Vec<String>,
    /// First possible day: the first session is on it or in the seven days from it, holidays and closures aside.
    #[cfg_attr(feature = "schemas", schemars(extend("format" = "date")))]
    start: String,
}

/// A group of the plan.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Group"))]
struct GroupJson {
    /// Of which programme.
    programme: String,
    #[serde(flatten)]
    place_and_time: PlaceAndTimeJson,
    /// Who is in it.
    members: Vec<MemberJson>,
}

/// A member of a group, and how they come and go.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Member"))]
struct MemberJson {
    /// The youth's identifier.
    youth: String,
    /// How they come; `visio` for who attends by video only.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Mode"))]
    mode: &'static str,
    /// The member of a group that meets with theirs who takes them along. Absent for nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(with = "String"))]
    with: Option<String>,
    /// How they go home, when it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(with = "words::Mode"))]
    mode_back: Option<&'static str>,
    /// Seconds there, of the longest trip that they take to it; 0 by video.
    to_s: u32,
    /// Seconds back, of the same trip; 0 by video.
    from_s: u32,
    /// The middle of the longer ways, in seconds, of the sessions that they travel to, where it is not that of the longest trip.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(with = "u32"))]
    median_s: Option<u32>,
    /// Sessions within reach, those by video included.
    sessions: u32,
    /// Sessions of which no timetable knows what runs: they count neither way. Absent for none.
    #[serde(skip_serializing_if = "is_zero")]
    unknown: u32,
    /// Sessions held.
    of: u32,
    /// Dates that they miss. Absent for none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missed: Vec<MissedJson>,
}

/// A date that a member misses.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Missed"))]
struct MissedJson {
    /// The date.
    #[cfg_attr(feature = "schemas", schemars(extend("format" = "date")))]
    date: String,
    /// Why; `TimetableUnknown` where nobody knows.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Reason"))]
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

/// Somebody whom no group of a programme holds.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "LeftOut"))]
struct LeftOutJson {
    /// The youth's identifier.
    youth: String,
    /// From which programme.
    programme: String,
    /// The one to tell.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Reason"))]
    reason: &'static str,
    /// All that blocks, over all options, in the order of the words.
    #[cfg_attr(feature = "schemas", schemars(with = "Vec<words::Reason>"))]
    reasons: Vec<&'static str>,
}

/// An option alone, as if nothing else were held.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Verdict"))]
struct VerdictJson {
    /// Of which programme.
    programme: String,
    #[serde(flatten)]
    place_and_time: PlaceAndTimeJson,
    /// Youths who can attend it.
    reachable: u32,
    /// Whether they are enough, and a room and an adviser can be had.
    viable: bool,
    /// Youths missing to the minimum.
    missing: u32,
    /// One more group of it beside all groups of the plan; absent where nobody can attend.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(with = "FurtherJson"))]
    beside: Option<FurtherJson>,
}

/// One more group beside the plan.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Further"))]
struct FurtherJson {
    /// What there is too little of for it.
    lacks: Vec<LackJson>,
    /// Fewest youths more, who can attend it, that can make it viable.
    extra_at_least: u32,
    /// So many more are enough; null where that is not known.
    extra_at_most: Option<u32>,
    /// The least travel limit of the programme, in seconds, with which it can need nobody more; null where it needs nobody or no limit does it.
    limit_at_least_s: Option<u32>,
    /// A travel limit, in seconds, that is enough; null likewise, or where that is not known.
    limit_at_most_s: Option<u32>,
}

/// So much of one thing.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Amount"))]
struct LackJson {
    /// Of what.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Change"))]
    what: &'static str,
    /// At which site, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(with = "String"))]
    at: Option<String>,
    /// So many more; for `minimum` so much lower; for `limit_s` the limit, in seconds.
    amount: u32,
}

/// A change of one thing with which there is one more group, everybody with a place keeping one.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Lever"))]
struct LeverJson {
    /// Of which programme.
    programme: String,
    /// What is changed.
    change: LackJson,
    /// Places more, those of new youths included.
    gain_at_least: u32,
    /// Where and when the group would be.
    group: PlaceAndTimeJson,
}

/// Youths alike in all that the plan looks at: exchanging them gives a plan just as good.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Interchangeable"))]
struct AlikeJson {
    /// In which programme.
    programme: String,
    /// How many of them have a place in it.
    placed: u32,
    /// Who, by identifier.
    youths: Vec<String>,
}

/// How sure the number of places is.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Proof"))]
pub(super) struct ProofJson {
    /// Whether the number of places is proved.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Status"))]
    status: &'static str,
    /// Places, each counted by the youth's priority; null when they were no objective.
    placed: Option<i64>,
    /// No plan has more; null likewise.
    bound: Option<i64>,
    /// (`bound` - `placed`) / `bound`, in percent, two decimals; null likewise.
    gap_percent: Option<f64>,
    /// Each objective, in order: a later one is looked at once the earlier ones keep their values.
    tiers: Vec<TierJson>,
}

/// What was reached for one objective.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "TierReached"))]
struct TierJson {
    /// The objective.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Tier"))]
    tier: &'static str,
    /// Its value: places, cents, youths or seconds.
    value: i64,
    /// None that keeps the earlier values is better.
    bound: i64,
    /// Whether the value is proved.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Status"))]
    status: &'static str,
}

/// A youth's collective hours a week.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Hours"))]
struct HoursJson {
    /// The youth's identifier.
    youth: String,
    /// The most within reach, one group a programme, none in conflict; hours, two decimals.
    weekly_hours: f64,
    /// In the plan; hours, two decimals.
    planned_hours: f64,
}

/// A figure that the answer rests on.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Assumption"))]
pub(super) struct AssumptionJson {
    /// What it is: `limit`, `weekly_hours`, `roads`, `draw_1`… More may come.
    id: String,
    #[serde(flatten)]
    text: TextJson,
    /// Where it comes from.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Mark"))]
    mark: &'static str,
}

/// Findings as JSON. `to_string` gives the document.
///
/// ```
/// use maillage::{Control, Error, read, report};
///
/// let broken = read::territory("data/broken/duplicate-youth".as_ref(), &Control::none());
/// let Err(Error::Input(findings)) = broken else { panic!("it is broken") };
/// assert!(report::findings_json(&findings).to_string().contains(r#""code": "M201""#));
/// ```
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(rename = "Findings", description = "What is wrong with an input, or worth knowing.")
)]
///
/// ```
/// use maillage::{Control, Error, read, report};
///
/// let broken = read::territory("data/broken/duplicate-youth".as_ref(), &Control::none());
/// let Err(Error::Input(findings)) = broken else { panic!("it is broken") };
/// assert!(report::findings_json(&findings).to_string().contains(r#""code": "M201""#));
/// ```
pub struct FindingsReport {
    /// The schema that the document is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = FINDINGS_SCHEMA)))]
    schema: &'static str,
    /// The findings, by file and line.
    findings: Vec<FindingJson>,
}

/// Something about the input that a person should know.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Finding"))]
struct FindingJson {
    /// What kind of finding, as in `docs/findings.md`.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Code"))]
    code: &'static str,
    /// How serious it is.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Level"))]
    level: &'static str,
    /// The file, relative to the folder; null when it is about no file.
    file: Option<String>,
    /// The line, from 1; null when it is about no line.
    line: Option<u32>,
    /// The column, by its name as it stands in the file; null when it is about none.
    column: Option<String>,
    /// What is wrong, in French.
    what_fr: String,
    /// What is wrong, in English.
    what_en: String,
    /// What to do, in French.
    remedy_fr: String,
    /// What to do, in English.
    remedy_en: String,
}

/// The plan as JSON, for the structure's own desk: youths are named by their identifiers.
pub fn json(territory: &Territory, plan: &Plan) -> Report {
    let keys = Keys(territory);
    let draw = match territory.provenance() {
        Provenance::Declared => None,
        Provenance::Synthetic(synthesis) => {
            let shares = synthesis.shares();
            Some(DrawJson { seed: synthesis.seed, shares: shares.iter().map(TextJson::of).collect() })
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
        let size = self.0.planned_size(answer.programme);
        let closest = answer.closest.and_then(|i| plan.verdicts.get(i)).map(|verdict| ClosestJson {
            place_and_time: self.place_and_time(&verdict.offer),
            reachable: verdict.reachable.get(),
            missing: verdict.missing.get(),
        });
        ProgrammeJson {
            id: self.programme_key(answer.programme),
            name: programme.name.clone(),
            min: size.min(),
            target: size.target(),
            max: size.max(),
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
            with: match member.ride {
                Some(Riding::With { driver, .. }) => Some(self.youth(driver)),
                Some(Riding::Drives { .. }) | None => None,
            },
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
        let (site, amount) = match lack {
            Lack::Groups => (None, 1),
            Lack::Rooms { site, rooms } => (Some(site), rooms),
            Lack::Site { site, half_days } => (Some(site), half_days),
            Lack::Overall(half_days) | Lack::Advisers(half_days) => (None, half_days),
            Lack::Gates(sites) => (None, sites),
        };
        let what = change_word(&Change::More(lack));
        LackJson { what, at: site.map(|site| self.site(site)), amount }
    }

    fn lever(&self, plan: &Plan, lever: &Lever) -> Option<LeverJson> {
        let other = |amount| LackJson { what: change_word(&lever.change), at: None, amount };
        Some(LeverJson {
            programme: self.programme_key(lever.programme),
            change: match lever.change {
                Change::More(lack) => self.lack(lack),
                Change::Minimum => other(1),
                Change::Limit(limit) => other(limit.get()),
                Change::Youths(youths) => other(youths),
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

pub(super) fn assumption(figure: &crate::territory::Assumption) -> AssumptionJson {
    let text = TextJson::of(&figure.text);
    AssumptionJson { id: figure.id.to_owned(), text, mark: figure.mark.as_str() }
}

pub(super) fn assumptions(territory: &Territory, plan: &Plan) -> Vec<AssumptionJson> {
    let figures = territory.rules().assumptions();
    let rules = figures.iter().chain(&plan.assumptions).map(assumption);
    let drawn = shares(territory).into_iter().enumerate().map(|(i, share)| AssumptionJson {
        id: format!("draw_{}", i + 1),
        text: TextJson::of(&share),
        mark: crate::territory::Mark::Assumed.as_str(),
    });
    rules.chain(drawn).collect()
}

/// The shares of a draw; none when the youths are the structure's own list.
pub(super) fn shares(territory: &Territory) -> Vec<finding::Text> {
    match territory.provenance() {
        Provenance::Declared => Vec::new(),
        Provenance::Synthetic(synthesis) => synthesis.shares(),
    }
}

pub(super) const fn turn_word(turn: Turn) -> &'static str {
    match turn {
        Turn::Week => "week",
        Turn::Day => "day",
    }
}

pub(super) const fn change_word<S>(change: &Change<S>) -> &'static str {
    match change {
        Change::More(Lack::Groups) => "groups",
        Change::More(Lack::Rooms { .. }) => "rooms",
        Change::More(Lack::Site { .. }) => "site_half_days",
        Change::More(Lack::Overall(_)) => "half_days",
        Change::More(Lack::Advisers(_)) => "adviser_half_days",
        Change::More(Lack::Gates(_)) => "candidates",
        Change::Minimum => "minimum",
        Change::Limit(_) => "limit_s",
        Change::Youths(_) => "youths",
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

pub(super) const fn level_word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

pub(super) fn decimal_hours(time: Seconds) -> f64 {
    hundredths(f64::from(time.get()) / 3600.0)
}

pub(super) fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
