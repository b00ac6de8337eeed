//! What was found, in the territory's words, and as a plan of the territory in which the levers are applied.

use super::edits::{Whom, applied};
use super::union::{LeverIx, Union};
use crate::control::Control;
use crate::error::Error;
use crate::groups::{
    Assignment, GateIx, Host, Limits, Milp, OptionIx, Problem, Proof, Solution, Solve, Stopped, Tier,
    TierResult, improve, values, verify,
};
use crate::plan::{Offer, Plan, Posed, PosedRide, pose, tell};
use crate::study::{Outcome, Study};
use crate::territory::{LeverChange, Names, SharedRide, Territory};
use crate::units::{Headcount, ProgrammeId, YouthId};
use std::collections::{BTreeMap, BTreeSet};

/// An assignment of the union's problem, with the proof of its tiers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) assignment: Assignment,
    pub(super) tiers: Vec<TierResult>,
}

/// Places and groups.
///
/// ```
/// use maillage::questions::Tally;
///
/// assert_eq!(Tally::default().places.get(), 0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Places held, a youth in two programmes twice; those whom a lever brings are not counted.
    pub places: Headcount,
    /// Groups and places of each programme, in the order of the keys.
    pub programmes: Vec<(ProgrammeId, u32, Headcount)>,
}

/// What a change brings.
///
/// ```
/// use maillage::questions::Gain;
///
/// assert_eq!(Gain::default().places, 0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gain {
    /// Places more than today, or fewer.
    pub places: i64,
    /// Groups more of each programme in which their number changes.
    pub groups: Vec<(ProgrammeId, i64)>,
    /// Who has a place that they do not have today, and in which programme.
    pub placed: Vec<(YouthId, ProgrammeId)>,
    /// Who has lost one.
    pub lost: Vec<(YouthId, ProgrammeId)>,
}

impl Found {
    /// The places of those who are in the study, as (youth, programme).
    fn places(&self, union: &Union<'_>) -> BTreeSet<(YouthId, ProgrammeId)> {
        let member = |&(y, o, _): &(u32, OptionIx, _)| {
            let programme = union.problem.options[o as usize].programme;
            (union.posed.youths[y as usize], union.posed.programmes[programme as usize])
        };
        self.assignment.members.iter().map(member).filter(|(youth, _)| union.is_known(*youth)).collect()
    }

    fn groups(&self, union: &Union<'_>) -> BTreeMap<ProgrammeId, u32> {
        let mut groups = BTreeMap::new();
        for &(o, k) in &self.assignment.groups {
            let programme = union.problem.options[o as usize].programme;
            *groups.entry(union.posed.programmes[programme as usize]).or_default() += k;
        }
        groups
    }

    pub(super) fn tally(&self, union: &Union<'_>) -> Tally {
        let (places, groups) = (self.places(union), self.groups(union));
        let of = |&programme: &ProgrammeId| {
            let own = places.iter().filter(|p| p.1 == programme).count();
            (programme, groups.get(&programme).copied().unwrap_or(0), Headcount::new(own as u32))
        };
        Tally {
            places: Headcount::new(places.len() as u32),
            programmes: union.posed.programmes.iter().map(of).collect(),
        }
    }

    pub(super) fn gain(&self, today: &Self, union: &Union<'_>) -> Gain {
        let (then, now) = (self.places(union), today.places(union));
        let (more, before) = (self.groups(union), today.groups(union));
        let of = |groups: &BTreeMap<ProgrammeId, u32>, id: &ProgrammeId| {
            i64::from(groups.get(id).copied().unwrap_or(0))
        };
        let change = |id: &ProgrammeId| (*id, of(&more, id) - of(&before, id));
        Gain {
            places: then.len() as i64 - now.len() as i64,
            groups: union.posed.programmes.iter().map(change).filter(|g| g.1 != 0).collect(),
            placed: then.difference(&now).copied().collect(),
            lost: now.difference(&then).copied().collect(),
        }
    }

    /// The value of the first objective, and its bound.
    pub(super) fn first(&self) -> Option<&TierResult> {
        self.tiers.first()
    }

    /// No more than this can be placed either.
    pub(super) fn bounded(mut self, most: i64) -> Self {
        if let Some(first) = self.tiers.first_mut() {
            first.bound = first.bound.min(most).max(first.value);
            first.proof = if first.bound == first.value { Proof::Optimal } else { Proof::Bounded };
        }
        self
    }

    pub(super) fn is_proved(&self) -> bool {
        self.tiers.iter().all(|tier| tier.proof == Proof::Optimal)
    }
}

/// Solves a problem of the union; `None` when its pins can't be kept, or no plan that keeps them was found.
pub(super) fn solved(
    problem: &Problem,
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Option<Found>, Error> {
    Ok(match Milp.solve(problem, limits, control)? {
        Solution::Found { assignment, tiers } => Some(Found { assignment, tiers }),
        Solution::Impossible | Solution::NotFound => None,
    })
}

/// A plan near another, no worse in this problem, without a proof; `None` where the other does not respect the problem.
pub(super) fn improved(problem: &Problem, from: &Found, rounds: u32) -> Option<Found> {
    improve(problem, &from.assignment, rounds).map(|assignment| unproved(problem, assignment))
}

/// A plan without a proof.
pub(super) fn unproved(problem: &Problem, assignment: Assignment) -> Found {
    let told = values(problem, &assignment).into_iter().map(|(tier, value)| TierResult {
        tier,
        value,
        bound: i64::MAX,
        proof: Proof::Bounded,
        stopped: Stopped::NodeLimit,
        nodes: 0,
    });
    Found { tiers: told.collect(), assignment }
}

/// The most places of a study, the first objective alone; `None` when no plan is found.
pub(in crate::questions) fn most_placed(
    study: &Study,
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Option<i64>, Error> {
    let mut problem = study.instance().problem;
    problem.tiers = vec![Tier::Placed];
    Ok(solved(&problem, limits, control)?.and_then(|found| found.first().map(|tier| tier.value)))
}

/// The territory with the levers that are used, and the plan there.
pub(super) fn plan(
    union: &Union<'_>,
    found: &Found,
    used: &[LeverIx],
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Option<(Study, Plan)>, Error> {
    let served: Vec<(LeverIx, Vec<YouthId>)> =
        used.iter().map(|&lever| (lever, served(union, found, lever))).collect();
    let base = union.study.territory();
    let with = served.iter().map(|(lever, youths)| {
        let counted =
            matches!(union.levers[*lever].change, LeverChange::Lend { .. } | LeverChange::Volunteers { .. });
        union.applied(*lever, if counted { Whom::These(youths) } else { Whom::All })
    });
    let mut study = union.study.what_if(&applied(base, with)?, control)?;
    let posed = pose(study.territory(), study.reach());
    let assignment = carried(union, found, study.territory(), &posed);
    let tiers = found.tiers.clone();
    if let Some(assignment) = assignment.filter(|a| verify(&posed.problem, a).is_ok()) {
        let walk = (study.times(), study.reach());
        let plan = tell(study.territory(), walk, &posed, &assignment, tiers, control)?;
        return Ok(Some((study, plan)));
    }
    // A youth of two levers may have a way that neither gives alone: then the plan is made anew.
    match study.plan(limits, control)? {
        Outcome::Plan(plan) => Ok(Some((study, *plan))),
        Outcome::Impossible | Outcome::NotFound => Ok(None),
    }
}

/// Who comes by a lever.
fn served(union: &Union<'_>, found: &Found, lever: LeverIx) -> Vec<YouthId> {
    let gate = union.gates[lever];
    let by = found.assignment.members.iter().filter(|m| m.2.is_some() && m.2 == gate);
    let mut youths: Vec<YouthId> = by.map(|m| union.posed.youths[m.0 as usize]).collect();
    youths.dedup();
    youths
}

/// An assignment of the union's problem as one of the problem that the edited territory poses.
fn carried(union: &Union<'_>, found: &Found, territory: &Territory, posed: &Posed) -> Option<Assignment> {
    let mut places: BTreeMap<Offer, Vec<OptionIx>> = BTreeMap::new();
    for (ix, &option) in posed.options.iter().enumerate() {
        places.entry(territory.option(option).into()).or_default().push(ix as OptionIx);
    }
    // An option's copies are one again; one that stands several times keeps its place among its like.
    let mut among: BTreeMap<Offer, Vec<OptionIx>> = BTreeMap::new();
    let place = |o: OptionIx, among: &mut BTreeMap<Offer, Vec<OptionIx>>| {
        let of = union.copies[o as usize];
        let offer = Offer::from(union.territory.option(union.posed.options[of as usize]));
        let own = places.get(&offer)?;
        let seen = among.entry(offer).or_default();
        let at = seen.iter().position(|&s| s == of).unwrap_or_else(|| {
            seen.push(of);
            seen.len() - 1
        });
        own.get(at.min(own.len() - 1)).copied()
    };
    let mut groups: BTreeMap<OptionIx, u32> = BTreeMap::new();
    for &(o, k) in &found.assignment.groups {
        *groups.entry(place(o, &mut among)?).or_default() += k;
    }
    let youths: BTreeMap<YouthId, u32> = posed.youths.iter().copied().zip(0..).collect();
    let mut members = Vec::new();
    for &(y, o, gate) in &found.assignment.members {
        let youth = union.posed.youths[y as usize];
        let key = &union.territory.youths()[youth].key;
        let there = territory.youths().find(key)?;
        let (y, option) = (*youths.get(&there)?, place(o, &mut among)?);
        let riding = found.riding(union, youth, o, gate);
        let through = riding.map(|riding| riding.gate(union, territory, posed, option));
        members.push((y, option, if let Some(gate) = through { Some(gate?) } else { None }));
    }
    members.sort_unstable();
    let open = |site| {
        groups.keys().any(|&o| territory.option(posed.options[o as usize]).venue.sites().contains(site))
    };
    let mut gates: Vec<_> = (0..).zip(&posed.gates).filter(|g| open(g.1)).map(|g| g.0).collect();
    gates.extend(members.iter().filter_map(|m| m.2));
    gates.sort_unstable();
    gates.dedup();
    Some(Assignment { groups: groups.into_iter().collect(), members, gates })
}

/// A round that is shared in an assignment of the union's problem.
struct Riding<'u> {
    driver: YouthId,
    ride: &'u SharedRide<Names>,
    drives: bool,
}

impl Found {
    /// The round by which a member comes, as its driver or taken along.
    fn riding<'u>(
        &self,
        union: &'u Union<'_>,
        youth: YouthId,
        option: OptionIx,
        gate: Option<GateIx>,
    ) -> Option<Riding<'u>> {
        let gate = gate?;
        let own = |h: &&Host| union.posed.youths[h.youth as usize] == youth && h.through == Some(gate);
        let used = |h: &&Host| self.assignment.members.iter().any(|m| m.2 == Some(h.gate));
        let hosts = || union.problem.hosts.iter().filter(|h| h.option == option);
        let (host, drives) = match hosts().find(|h| h.gate == gate) {
            Some(host) => (host, false),
            None => (hosts().filter(own).find(used)?, true),
        };
        let driver = union.posed.youths[host.youth as usize];
        Some(Riding { driver, ride: union.shared.get(&host.gate)?, drives })
    }
}

impl Riding<'_> {
    /// The gate of the same round where it is driven to an option of an edited territory.
    fn gate(
        &self,
        union: &Union<'_>,
        territory: &Territory,
        posed: &Posed,
        option: OptionIx,
    ) -> Option<GateIx> {
        let driver = territory.youths().find(&union.territory.youths()[self.driver].key)?;
        let rides = &territory.youths()[driver].rides;
        let same = |ride: &&PosedRide| {
            posed.youths[ride.driver as usize] == driver
                && ride.option == option
                && rides.get(ride.ride).and_then(|known| territory.named_ride(known)).as_ref()
                    == Some(self.ride)
        };
        let ride = posed.rides.iter().find(same)?;
        Some(if self.drives { ride.drive } else { ride.seats })
    }
}
