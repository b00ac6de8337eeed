//! A scenario beside another: who gains, who loses, at what cost; and what a cut breaks first.

use super::levers::{Scene, close_site, most_placed, scene};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::groups::{Limits, Tier};
use crate::plan::{Offer, Plan, group_cost};
use crate::study::{Outcome, Study};
use crate::territory::{Lever, LeverChange, Scenario, Sex, SiteStatus, Territory, Youth};
use crate::units::{Cents, Headcount, Key, PlaceId, ProgrammeId, Seconds};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What a scenario leads to.
///
/// ```
/// use maillage::questions::{Tried, try_scenario};
/// use maillage::territory::Scenario;
/// # use maillage::{Control, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let today: Option<Tried> = try_scenario(&study, &Scenario::default(), &Limits::default(), &Control::none())?;
/// assert_eq!(today.expect("a plan").levers_cost.get(), 0);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Debug)]
pub struct Tried {
    /// The territory after its levers, with times and reach.
    pub study: Study,
    /// The plan there.
    pub plan: Plan,
    /// What its levers cost in all.
    pub levers_cost: Cents,
    /// Sites that it closes where it left open which.
    pub closed: Vec<Key>,
}

impl Tried {
    /// What the groups of the plan cost, and the candidates that it opens: levers are priced apart.
    pub fn groups_cost(&self) -> Cents {
        let (territory, plan) = (self.study.territory(), &self.plan);
        let costs: BTreeMap<Offer, Cents> =
            territory.options().iter().map(|option| (option.into(), group_cost(territory, option))).collect();
        let groups = plan.groups.iter().filter_map(|group| costs.get(&group.offer));
        let opened = plan.opened.iter().filter_map(|&site| match territory.sites()[site].status {
            SiteStatus::Candidate { opening } => Some(opening),
            _ => None,
        });
        groups.copied().chain(opened).fold(Cents::new(0), Cents::plus)
    }
}

/// Applies all levers of a scenario, those that take away first, and plans: candidates open as they do in a
/// plan of today. `None` when the decisions already made can't be kept then, or no plan was found.
///
/// ```
/// use maillage::questions::try_scenario;
/// use maillage::territory::Scenario;
/// # use maillage::{Control, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let today = try_scenario(&study, &Scenario::default(), &Limits::default(), &Control::none())?;
/// assert_eq!(today.expect("a plan").plan.groups.len(), 3);
/// # Ok::<(), maillage::Error>(())
/// ```
///
/// # Errors
/// [`Error::Input`] when a lever names what is not there, [`Error::Cancelled`], or a provider's.
pub fn try_scenario(
    study: &Study,
    scenario: &Scenario,
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Option<Tried>, Error> {
    let (cuts, levers): (Vec<Lever>, Vec<Lever>) =
        scenario.levers.iter().cloned().partition(|lever| lever.change.is_cut());
    let (base, closed) = cut(study, &cuts, limits, control)?;
    let Some(Scene { study, plan, cost }) = scene(&base, &levers, limits, control)? else { return Ok(None) };
    let fixed = cuts.iter().fold(Cents::new(0), |sum, lever| sum.plus(lever.cost));
    Ok(Some(Tried { study, plan, levers_cost: cost.plus(fixed), closed }))
}

/// The study after cuts, and the sites that were chosen to close.
fn cut(
    study: &Study,
    cuts: &[Lever],
    limits: &Limits,
    control: &Control<'_>,
) -> Result<(Study, Vec<Key>), Error> {
    let mut now = study.what_if(&super::levers::edits_of(study, cuts, control)?, control)?;
    let mut closed = Vec::new();
    let sites = cuts.iter().filter_map(|cut| {
        if let LeverChange::CloseSites { sites } = cut.change { Some(sites) } else { None }
    });
    for _ in 0..sites.sum::<u32>() {
        let Some((key, without)) = least_missed(&now, limits, control)? else { break };
        closed.push(key);
        now = without;
    }
    Ok((now, closed))
}

/// The site whose closing costs the fewest places, and the study without it; every site is tried.
fn least_missed(
    study: &Study,
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Option<(Key, Study)>, Error> {
    let mut best: Option<(i64, Key, Study)> = None;
    let sites: Vec<Key> = study
        .territory()
        .sites()
        .iter()
        .filter(|(_, s)| !s.open.is_empty())
        .map(|(_, s)| s.key.clone())
        .collect();
    let draft = study.territory().to_draft();
    for (done, key) in sites.iter().enumerate() {
        control.step(Stage::Questions, done as u64, sites.len() as u64)?;
        let without = study.what_if(&close_site(&draft, key, &[]), control)?;
        let placed = most_placed(&without, limits, control)?.unwrap_or(i64::MIN);
        if best.as_ref().is_none_or(|(most, ..)| placed > *most) {
            best = Some((placed, key.clone(), without));
        }
    }
    Ok(best.map(|(_, key, without)| (key, without)))
}

/// What is left after so many half-days a week fewer.
///
/// ```
/// use maillage::questions::{CutStep, fewer_half_days};
/// # use maillage::{Control, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let steps: Vec<CutStep> = fewer_half_days(&study, 2, &Limits::default(), &Control::none())?;
/// assert!(steps.windows(2).all(|two| two[1].placed <= two[0].placed), "a further half-day saves nobody");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutStep {
    /// How many half-days fewer; 0 is today.
    pub half_days: u32,
    /// Places that are left, by weight.
    pub placed: i64,
    /// No plan leaves more.
    pub bound: i64,
    /// Groups that are left of each programme.
    pub groups: BTreeMap<ProgrammeId, u32>,
}

impl CutStep {
    /// Whether no plan leaves more places.
    pub const fn is_proved(&self) -> bool {
        self.placed == self.bound
    }
}

/// The order in which things break: the most places left after one half-day a week fewer, two, and so on to `most`. Empty
/// where nobody told how many there are (advisers, or `half_days`).
///
/// # Errors
/// [`Error::Cancelled`], or a provider's.
pub fn fewer_half_days(
    study: &Study,
    most: u32,
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Vec<CutStep>, Error> {
    let Some(all) = super::levers::weekly_half_days(study.territory()) else { return Ok(Vec::new()) };
    let mut steps = Vec::new();
    for fewer in 0..=most.min(all) {
        control.step(Stage::Questions, u64::from(fewer), u64::from(most) + 1)?;
        let edits = super::levers::fewer_half_days(study.territory(), fewer);
        let mut there = study.what_if(&edits, control)?;
        let Outcome::Plan(plan) = there.plan(limits, control)? else { break };
        let Some(tier) = plan.tiers.iter().find(|tier| tier.tier == Tier::Placed) else { break };
        let groups = plan.programmes.iter().map(|p| (p.programme, p.groups)).collect();
        steps.push(CutStep { half_days: fewer, placed: tier.value, bound: tier.bound, groups });
    }
    Ok(steps)
}

/// The study of a territory with so many percent of its half-days a week fewer, at least one, as [`survey`] cuts them. None
/// where nobody told how many there are.
///
/// ```
/// use maillage::questions::fewer_half_days_by;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let half = fewer_half_days_by(&study, 50, &Control::none())?.expect("advisers have half-days");
/// assert_eq!(half.territory().rules().half_days, Some(3));
/// # Ok::<(), maillage::Error>(())
/// ```
///
/// # Errors
/// [`Error::Cancelled`], or a provider's.
///
/// [`survey`]: super::survey
pub fn fewer_half_days_by(study: &Study, percent: u8, control: &Control<'_>) -> Result<Option<Study>, Error> {
    let edits = super::national::cut(study.territory(), percent);
    edits.map(|edits| study.what_if(&edits, control)).transpose()
}

/// A way to tell youths apart.
///
/// ```
/// use maillage::questions::Group;
///
/// assert_ne!(Group::Minors, Group::NoVehicle);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Group {
    /// Women.
    Women,
    /// Men.
    Men,
    /// Minors, on the first day of the programme.
    Minors,
    /// Of age on that day.
    Adults,
    /// Those with a vehicle of their own.
    Vehicle,
    /// Those without.
    NoVehicle,
    /// Those who live in a commune, by the key of its place; of a place that says none, at the place.
    Commune(Key),
}

/// How a plan differs from another.
///
/// ```
/// use maillage::questions::{compare, try_scenario};
/// use maillage::territory::Scenario;
/// # use maillage::{Control, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let today = || try_scenario(&study, &Scenario::default(), &Limits::default(), &Control::none());
/// let (a, b) = (today()?.expect("a plan"), today()?.expect("a plan"));
/// let same = compare(&a, &b);
/// assert!(same.gained.is_empty() && same.lost.is_empty());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Places in the first and in the second.
    pub places: (Headcount, Headcount),
    /// Groups of each programme, by its key, in both.
    pub groups: BTreeMap<Key, (u32, u32)>,
    /// Who has a place in the second and not in the first: youth and programme, by their keys.
    pub gained: BTreeSet<(Key, Key)>,
    /// Who has lost one.
    pub lost: BTreeSet<(Key, Key)>,
    /// How many gain and lose of each group of youths in which somebody does.
    pub by_group: BTreeMap<Group, (u32, u32)>,
    /// Mean time of a trip, out or back, of those who travel.
    pub trips: (Seconds, Seconds),
    /// What groups and openings cost.
    pub groups_cost: (Cents, Cents),
    /// What levers cost.
    pub levers_cost: (Cents, Cents),
}

/// Compares what two scenarios lead to. Those whom a lever brings are in neither.
pub fn compare(a: &Tried, b: &Tried) -> Comparison {
    let (before, after) = (places(a), places(b));
    let known = |(youth, _): &&(Key, Key)| {
        a.study.territory().youths().find(youth).is_some()
            && b.study.territory().youths().find(youth).is_some()
    };
    let gained: BTreeSet<(Key, Key)> = after.difference(&before).filter(known).cloned().collect();
    let lost: BTreeSet<(Key, Key)> = before.difference(&after).filter(known).cloned().collect();
    let mut by_group: BTreeMap<Group, (u32, u32)> = BTreeMap::new();
    for (key, programme) in &gained {
        groups_of(a, key, programme).into_iter().for_each(|group| by_group.entry(group).or_default().0 += 1);
    }
    for (key, programme) in &lost {
        groups_of(a, key, programme).into_iter().for_each(|group| by_group.entry(group).or_default().1 += 1);
    }
    let counted = |places: &BTreeSet<(Key, Key)>| Headcount::new(places.iter().filter(known).count() as u32);
    let mut groups: BTreeMap<Key, (u32, u32)> = BTreeMap::new();
    for (key, n) in programmes(a) {
        groups.entry(key).or_default().0 = n;
    }
    for (key, n) in programmes(b) {
        groups.entry(key).or_default().1 = n;
    }
    Comparison {
        places: (counted(&before), counted(&after)),
        groups,
        gained,
        lost,
        by_group,
        trips: (mean_trip(&a.plan), mean_trip(&b.plan)),
        groups_cost: (a.groups_cost(), b.groups_cost()),
        levers_cost: (a.levers_cost, b.levers_cost),
    }
}

fn places(tried: &Tried) -> BTreeSet<(Key, Key)> {
    let territory = tried.study.territory();
    let group = |group: &crate::plan::Group| {
        let programme = territory.programmes()[group.offer.programme].key.clone();
        let member = |m: &crate::plan::Member| (territory.youths()[m.youth].key.clone(), programme.clone());
        group.members.iter().map(member).collect::<Vec<_>>()
    };
    tried.plan.groups.iter().flat_map(group).collect()
}

fn programmes(tried: &Tried) -> impl Iterator<Item = (Key, u32)> + '_ {
    let territory = tried.study.territory();
    tried.plan.programmes.iter().map(|p| (territory.programmes()[p.programme].key.clone(), p.groups))
}

fn groups_of(tried: &Tried, youth: &Key, programme: &Key) -> Vec<Group> {
    let territory = tried.study.territory();
    let Some(id) = territory.youths().find(youth) else { return Vec::new() };
    let first = territory.programmes().find(programme).map(|p| territory.programmes()[p].start.first);
    groups_at(territory, &territory.youths()[id], first)
}

/// The kinds that a youth is of, on a day if one is told.
pub(super) fn groups_at(territory: &Territory, youth: &Youth, day: Option<Date>) -> Vec<Group> {
    let home = youth.home.map(|place| Group::Commune(commune(territory, place)));
    let sex = youth.sex.map(|sex| if sex == Sex::Woman { Group::Women } else { Group::Men });
    let is_minor = |day| youth.birth.age_on(day) < 18;
    let age = day.map(|day| if is_minor(day) { Group::Minors } else { Group::Adults });
    let vehicle = if youth.vehicles.is_empty() { Group::NoVehicle } else { Group::Vehicle };
    [home, sex, age, Some(vehicle)].into_iter().flatten().collect()
}

/// The commune of a place; of a place that says none, the place.
pub(super) fn commune(territory: &Territory, place: PlaceId) -> Key {
    let (places, own) = (territory.places(), &territory.places()[place]);
    let commune = own.commune.and_then(|code| places.find_str(code.as_str()));
    commune.map_or(own, |id| &places[id]).key.clone()
}

pub(super) fn mean_trip(plan: &Plan) -> Seconds {
    let trips = plan.groups.iter().flat_map(|group| &group.members).filter_map(|member| member.trip);
    let (count, sum) = trips.fold((0u64, 0u64), |(n, sum), trip| (n + 2, sum + u64::from(trip.both().get())));
    Seconds::new(u32::try_from(sum.checked_div(count).unwrap_or(0)).unwrap_or(u32::MAX))
}
