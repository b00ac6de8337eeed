//! Whom a plan leaves behind: by distance, commune, sex, age, vehicle; and what serving the worst served first costs.

use super::compare::{Group, commune, groups_at};
use crate::control::Control;
use crate::error::Error;
use crate::groups::{Limits, Tier, TierResult};
use crate::plan::Plan;
use crate::study::{Outcome, Study};
use crate::territory::{Edit, Names, Priority, SiteStatus, Territory, Youth};
use crate::units::{Headcount, Key, Metres, PlaceId, Position, Seconds, YouthId};
use std::collections::{BTreeMap, BTreeSet};

/// A kind of youths.
///
/// ```
/// use maillage::questions::{Far, Kind};
///
/// assert!(Kind::Distance(Far::Within5) < Kind::Distance(Far::Beyond30));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Everybody.
    All,
    /// By the way to the nearest site of today, as the crow flies; of those who live at a known place.
    Distance(Far),
    /// By the inhabitants of their place; of those who live at one that says how many.
    Inhabitants(Size),
    /// By sex, age, vehicle or commune.
    Group(Group),
}

/// As the crow flies to the nearest existing site, in kilometres.
///
/// ```
/// use maillage::{questions::Far, units::Metres};
///
/// assert_eq!(Far::of(Metres::new(5_000)), Far::Within10);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Far {
    /// Less than 5.
    Within5,
    /// From 5, less than 10.
    Within10,
    /// From 10, less than 20.
    Within20,
    /// From 20, less than 30.
    Within30,
    /// From 30 on.
    Beyond30,
}

impl Far {
    /// The class of a distance.
    pub const fn of(distance: Metres) -> Self {
        match distance.get() {
            0..5_000 => Self::Within5,
            5_000..10_000 => Self::Within10,
            10_000..20_000 => Self::Within20,
            20_000..30_000 => Self::Within30,
            _ => Self::Beyond30,
        }
    }
}

/// How many inhabit a place.
///
/// ```
/// use maillage::questions::Size;
///
/// assert_eq!(Size::of(500), Size::Below1000);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// Fewer than 500.
    Below500,
    /// From 500, fewer than 1,000.
    Below1000,
    /// From 1,000, fewer than 2,000.
    Below2000,
    /// From 2,000, fewer than 5,000.
    Below5000,
    /// From 5,000 on.
    Above,
}

impl Size {
    /// The class of a number of inhabitants.
    pub const fn of(inhabitants: u32) -> Self {
        match inhabitants {
            0..500 => Self::Below500,
            500..1_000 => Self::Below1000,
            1_000..2_000 => Self::Below2000,
            2_000..5_000 => Self::Below5000,
            _ => Self::Above,
        }
    }
}

/// How a kind of youths is served. Those who are enrolled in nothing are not counted.
///
/// ```
/// use maillage::questions::{Kind, Served, equity};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let served = equity(study.territory(), &plan);
/// let all: Served = served[&Kind::All];
/// assert!(all.placed <= all.youths && all.short <= all.youths);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Served {
    /// Youths enrolled in something.
    pub youths: Headcount,
    /// Those with a place, in one programme at least.
    pub placed: Headcount,
    /// Those with fewer collective hours a week within reach than the territory aims at.
    pub short: Headcount,
    /// Those with a place who travel to one.
    pub travelling: Headcount,
    /// Trips that they make, out and back counted apart, and the time of all.
    trips: (u32, u64),
}

impl Served {
    /// Mean time of a trip; `None` where nobody travels.
    pub fn trip(&self) -> Option<Seconds> {
        let mean = self.trips.1.checked_div(u64::from(self.trips.0))?;
        Some(Seconds::new(u32::try_from(mean).unwrap_or(u32::MAX)))
    }

    /// Placed, of a thousand.
    pub fn per_mille(&self) -> u32 {
        (u64::from(self.placed.get()) * 1_000 / u64::from(self.youths.get().max(1))) as u32
    }
}

/// How each kind of youths is served by a plan of the territory.
pub fn equity(territory: &Territory, plan: &Plan) -> BTreeMap<Kind, Served> {
    let mut served: BTreeMap<Kind, Served> = BTreeMap::new();
    let trips = trips(plan);
    let short: BTreeSet<YouthId> = plan
        .hours
        .iter()
        .filter(|hours| hours.within_reach < territory.rules().weekly_hours)
        .map(|hours| hours.youth)
        .collect();
    for (id, youth) in territory.youths().iter().filter(|(_, youth)| !youth.programmes.is_empty()) {
        for kind in kinds(territory, youth) {
            let one = served.entry(kind).or_default();
            one.youths = more(one.youths, true);
            one.placed = more(one.placed, trips.contains_key(&id));
            one.short = more(one.short, short.contains(&id));
            let (count, time) = trips.get(&id).copied().unwrap_or_default();
            one.travelling = more(one.travelling, count > 0);
            one.trips = (one.trips.0 + count, one.trips.1 + time);
        }
    }
    served
}

const fn more(count: Headcount, one: bool) -> Headcount {
    Headcount::new(count.get() + one as u32)
}

/// Of each youth with a place, how many trips and how long all of them are.
fn trips(plan: &Plan) -> BTreeMap<YouthId, (u32, u64)> {
    let mut trips: BTreeMap<YouthId, (u32, u64)> = BTreeMap::new();
    for member in plan.groups.iter().flat_map(|group| &group.members) {
        let own = trips.entry(member.youth).or_default();
        if let Some(trip) = member.trip {
            *own = (own.0 + 2, own.1 + u64::from(trip.both().get()));
        }
    }
    trips
}

fn kinds(territory: &Territory, youth: &Youth) -> Vec<Kind> {
    let first = youth.programmes.iter().map(|&p| territory.programmes()[p].start.first).min();
    let groups = groups_at(territory, youth, first).into_iter().map(Kind::Group);
    let distance = youth.home.and_then(|home| to_nearest_site(territory, home));
    let inhabitants = youth.home.and_then(|home| territory.places()[home].population);
    let far = distance.map(|distance| Kind::Distance(Far::of(distance)));
    let size = inhabitants.map(|inhabitants| Kind::Inhabitants(Size::of(inhabitants)));
    [Some(Kind::All), far, size].into_iter().flatten().chain(groups).collect()
}

/// As the crow flies to the nearest existing site.
pub(crate) fn to_nearest_site(territory: &Territory, home: PlaceId) -> Option<Metres> {
    let home = territory.places()[home].position?;
    let existing = territory.sites().iter().filter(|(_, site)| site.status == SiteStatus::Existing);
    let metres = |site: Position| Metres::new(home.straight_line(site).round() as u32);
    existing.filter_map(|(_, site)| site.position.map(metres)).min()
}

/// A plan that serves the worst-served communes first, beside one that makes the most places.
///
/// ```
/// use maillage::questions::{WorstFirst, worst_served_first};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let fair: Option<WorstFirst> = worst_served_first(&study, &plan, 3, &Limits::default(), &Control::none())?;
/// assert!(fair.expect("a plan").places <= plan.groups.iter().map(|g| g.members.len() as u32).sum());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Debug)]
pub struct WorstFirst {
    /// What a place counts for those who live where fewer have one than on the whole; a place of others counts one.
    pub weight: u32,
    /// The communes where they live.
    pub communes: BTreeSet<Key>,
    /// The plan, of the territory in which they have that priority.
    pub plan: Plan,
    /// Places held, a youth in two programmes twice.
    pub places: u32,
    /// How each kind of youths is served.
    pub served: BTreeMap<Kind, Served>,
}

impl WorstFirst {
    /// The proof of the plan, as far as it goes: by weight.
    pub fn placed(&self) -> Option<&TierResult> {
        self.plan.tiers.iter().find(|tier| tier.tier == Tier::Placed)
    }
}

/// Plans again where a place of those who live in a commune of which a smaller share has one than on the whole counts so many times.
/// `None` when the decisions already made can't be kept, or no plan was found.
///
/// # Errors
/// [`Error::Cancelled`], or a provider's.
pub fn worst_served_first(
    study: &Study,
    plan: &Plan,
    weight: u32,
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Option<WorstFirst>, Error> {
    let territory = study.territory();
    let communes = worst_served(&equity(territory, plan));
    let lives_there =
        |youth: &Youth| youth.home.is_some_and(|home| communes.contains(&commune(territory, home)));
    let keys: BTreeSet<&Key> = territory
        .youths()
        .iter()
        .filter(|(_, youth)| lives_there(youth))
        .map(|(_, youth)| &youth.key)
        .collect();
    let youths = territory.to_draft().youths.into_iter().map(|w| w.value);
    let first = youths.filter(|youth| keys.contains(&youth.key)).map(|youth: Youth<Names>| {
        let priority = Priority::new(youth.priority.get().saturating_mul(weight).clamp(1, 1_000));
        Edit::PutYouth(Youth { priority: priority.unwrap_or(youth.priority), ..youth })
    });
    let mut there = study.what_if(&first.collect::<Vec<_>>(), control)?;
    let Outcome::Plan(plan) = there.plan(limits, control)? else { return Ok(None) };
    let places = plan.groups.iter().map(|group| group.members.len() as u32).sum();
    let served = equity(there.territory(), &plan);
    Ok(Some(WorstFirst { weight, communes, plan: *plan, places, served }))
}

/// Communes of which a smaller share has a place than on the whole.
fn worst_served(served: &BTreeMap<Kind, Served>) -> BTreeSet<Key> {
    let Some(all) = served.get(&Kind::All) else { return BTreeSet::new() };
    let below = |one: &Served| {
        u64::from(one.placed.get()) * u64::from(all.youths.get())
            < u64::from(all.placed.get()) * u64::from(one.youths.get())
    };
    let communes = served.iter().filter_map(|(kind, one)| match kind {
        Kind::Group(Group::Commune(key)) if below(one) => Some(key.clone()),
        _ => None,
    });
    communes.collect()
}
