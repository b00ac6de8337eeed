//! Several structures, alone and together: who gains, which groups they share, what each pays and would refuse.
//!
//! Alone and together are planned under the same settings and the same travel times: what is pooled is sites, advisers
//! and youths. Every plan of the structures alone is one of all together, and is kept where a search finds none better: so
//! that **pooling never places fewer**.

mod carry;
mod cost;
mod far;

pub use cost::{Bill, Split};
pub use far::{Event, ExchangeOf, FarApart, FarRates, Nearest, Sent, Stay, Visio};

use crate::control::{Control, Stage};
use crate::error::Error;
use crate::groups::{
    Assignment, Limits, Milp, Problem, Proof, Solution, Solve, Stopped, Tier, TierResult, improve, values,
    verify,
};
use crate::plan::{Offer, Plan, Posed, pose, tell};
use crate::study::Study;
use crate::territory::{Pool, PoolMember, Territory};
use crate::travel::{Pooled, TravelProvider};
use crate::units::{Headcount, Key, OptionId, Seconds};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Groups that are tried near a plan that was known before.
const ROUNDS: u32 = 4;
/// So many structures at most have each coalition looked at.
const FEW: usize = 3;

/// A structure that pools, and what its files know of travel.
///
/// ```
/// use maillage::questions::Structure;
/// use maillage::territory::PoolMember;
/// # use maillage::{Control, read};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// let member = PoolMember::new("valley", opened.territory.clone());
/// let structure = Structure { member, providers: opened.own_providers() };
/// assert!(structure.providers.is_empty(), "straight lines alone");
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct Structure {
    /// Its name and its territory.
    pub member: PoolMember,
    /// Who knows what its files say, without declared links and straight lines.
    pub providers: Vec<Arc<dyn TravelProvider>>,
}

impl std::fmt::Debug for Structure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Structure").field("name", &self.member.name).finish_non_exhaustive()
    }
}

/// A plan of some of the structures.
///
/// ```
/// # use maillage::questions::{Split, Structure, pooling};
/// # use maillage::territory::PoolMember;
/// # use maillage::{Control, groups::Limits, read};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let member = PoolMember::new("valley", opened.territory.clone());
/// # let one = vec![Structure { member, providers: Vec::new() }];
/// # let pooled = pooling(one, Split::YouthHours, &Limits::default(), &Control::none())?.expect("a plan");
/// let alone = &pooled.alone[0];
/// assert_eq!((alone.groups(), alone.places(), alone.places_of(0)), (3, 12, 12));
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct Coalition {
    /// Which, by their places in the list.
    pub of: Vec<usize>,
    /// Their territory as one, with times and reach.
    pub study: Study,
    pub(super) posed: Posed,
    pub(super) assignment: Assignment,
    /// Value and bound of each objective.
    pub tiers: Vec<TierResult>,
    /// Groups, by programme, site and half-days: those of one moment and place together.
    pub meetings: Vec<PooledGroups>,
}

impl std::fmt::Debug for Coalition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Coalition").field("of", &self.of).field("tiers", &self.tiers).finish_non_exhaustive()
    }
}

/// The groups of a programme that meet at one place and time.
///
/// ```
/// # use maillage::questions::{Pooling, Split, Structure, pooling};
/// # use maillage::territory::PoolMember;
/// # use maillage::{Control, groups::Limits, read};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let structure = |name| Structure { member: PoolMember::new(name, opened.territory.clone()), providers: Vec::new() };
/// # let both = vec![structure("amont"), structure("aval")];
/// # let pooled = pooling(both, Split::YouthHours, &Limits::default(), &Control::none())?.expect("plans");
/// let meeting = &pooled.together.meetings[0];
/// assert_eq!(meeting.members.len() as u32, meeting.from.iter().sum::<u32>());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PooledGroups {
    /// The option of the coalition's territory.
    pub option: OptionId,
    /// How many groups.
    pub groups: u32,
    /// Who is in them: youth, by key.
    pub members: Vec<Key>,
    /// How many of them each structure accompanies, by its place in the list of all.
    pub from: Vec<u32>,
    /// Whose the site is; of sites in turn, the first's.
    pub host: usize,
}

impl PooledGroups {
    /// Whether youths of more than one structure are in them.
    pub fn is_shared(&self) -> bool {
        self.from.iter().filter(|&&n| n > 0).count() > 1
    }
}

/// What pooling leads to.
///
/// ```
/// use maillage::questions::{Pooling, Split, Structure, pooling};
/// use maillage::territory::PoolMember;
/// # use maillage::{Control, groups::Limits, read};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// let structure = |name| Structure {
///     member: PoolMember::new(name, opened.territory.clone()),
///     providers: opened.own_providers(),
/// };
/// let both = vec![structure("amont"), structure("aval")];
/// let pooled: Pooling =
///     pooling(both, Split::YouthHours, &Limits::default(), &Control::none())?.expect("plans");
/// assert!(pooled.together.places() >= pooled.alone.iter().map(|one| one.places()).sum());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Debug)]
pub struct Pooling {
    /// Structures, keys and what can't be held together.
    pub pool: Pool,
    /// Each alone.
    pub alone: Vec<Coalition>,
    /// All together.
    pub together: Coalition,
    /// Two of three, where there are three.
    pub pairs: Vec<Coalition>,
    /// How costs are split.
    pub split: Split,
    /// For each structure, how many youths of each other one could attend some group at its sites.
    pub within_reach: Vec<Vec<u32>>,
    /// What is left where nobody reaches the other's sites.
    pub far: Option<FarApart>,
}

/// What a structure has alone and together.
///
/// ```
/// use maillage::questions::Share;
/// use maillage::units::{Cents, Headcount};
///
/// let share = Share {
///     places: (Headcount::new(4), Headcount::new(6)),
///     gained: 2,
///     lost: 0,
///     cost: (Cents::new(400_00), Cents::new(450_00)),
///     hosted_seconds: 0,
///     better_with: None,
/// };
/// assert!(share.refusals().is_empty(), "more places, and each costs less");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Places of its youths, alone and together.
    pub places: (Headcount, Headcount),
    /// Places that its youths have together and not alone.
    pub gained: u32,
    /// Places that they have alone and not together.
    pub lost: u32,
    /// What it pays, alone and together.
    pub cost: (crate::units::Cents, crate::units::Cents),
    /// Seconds that youths of others spend at its sites, each counted.
    pub hosted_seconds: u64,
    /// Another structure with which alone it would place more, or as many for less.
    pub better_with: Option<usize>,
}

/// Why a structure would refuse.
///
/// ```
/// use maillage::questions::Refusal;
///
/// assert_ne!(Refusal::FewerPlaces, Refusal::DearerPlaces);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// Fewer of its youths have a place than alone.
    FewerPlaces,
    /// It pays more for a place than alone.
    DearerPlaces,
    /// With fewer structures it does better.
    SmallerCoalition,
}

impl Share {
    /// Why the structure would refuse; empty where it would not.
    pub fn refusals(&self) -> Vec<Refusal> {
        let (before, after) = (u64::from(self.places.0.get()), u64::from(self.places.1.get()));
        let (cost, then) = (self.cost.0.get(), self.cost.1.get());
        // Cents a place, compared without dividing.
        let dearer = match (before, after) {
            (_, 0) => then > cost,
            (0, _) => false,
            _ => u128::from(then) * u128::from(before) > u128::from(cost) * u128::from(after),
        };
        let all = [
            (Refusal::FewerPlaces, after < before),
            (Refusal::DearerPlaces, dearer),
            (Refusal::SmallerCoalition, self.better_with.is_some()),
        ];
        all.into_iter().filter(|(_, is)| *is).map(|(refusal, _)| refusal).collect()
    }
}

/// Plans structures alone and together. `None` when some decisions already made can't be kept, or no plan was found.
///
/// # Errors
/// [`Error::Input`] when a structure is named twice or the whole does not hold together, [`Error::Cancelled`], or a
/// provider's.
pub fn pooling(
    structures: Vec<Structure>,
    split: Split,
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Option<Pooling>, Error> {
    let pooler = Pooler::new(structures, *limits)?;
    let n = pooler.pool.members().len();
    let total = if n == FEW { 2 * n as u64 + 1 } else { n as u64 + 1 };
    let mut alone = Vec::new();
    for at in 0..n {
        control.step(Stage::Questions, at as u64, total)?;
        let Some(one) = pooler.coalition(&[at], &[], control)? else { return Ok(None) };
        alone.push(one);
    }
    let mut pairs = Vec::new();
    if n == FEW {
        for (step, (a, b)) in [(0, 1), (0, 2), (1, 2)].into_iter().enumerate() {
            control.step(Stage::Questions, (n + step) as u64, total)?;
            let known = [vec![&alone[a], &alone[b]]];
            pairs.extend(pooler.coalition(&[a, b], &known, control)?);
        }
    }
    control.step(Stage::Questions, total - 1, total)?;
    let mut known: Vec<Vec<&Coalition>> = Vec::new();
    known.extend((n > 1).then(|| alone.iter().collect()));
    for pair in &pairs {
        known.push(
            [pair].into_iter().chain(alone.iter().filter(|one| !pair.of.contains(&one.of[0]))).collect(),
        );
    }
    let all: Vec<usize> = (0..n).collect();
    let Some(together) = pooler.coalition(&all, &known, control)? else { return Ok(None) };
    let within_reach = pooler.within_reach(&together.study);
    let apart = n > 1 && within_reach.iter().flatten().all(|&youths| youths == 0);
    let mut pooled = Pooling { pool: pooler.pool, alone, together, pairs, split, within_reach, far: None };
    if apart {
        pooled.far = far::far(&pooled, control)?;
    }
    Ok(Some(pooled))
}

struct Pooler {
    pool: Pool,
    providers: Vec<Arc<dyn TravelProvider>>,
    limits: Limits,
}

impl Pooler {
    fn new(structures: Vec<Structure>, limits: Limits) -> Result<Self, Error> {
        let (members, own): (Vec<PoolMember>, Vec<_>) =
            structures.into_iter().map(|one| (one.member, one.providers)).unzip();
        Pool::named_once(&members)?;
        let pool = Pool::new(members);
        let own = own.into_iter().enumerate().map(|(at, own)| {
            let keys = pool.renamed(at);
            own.into_iter().map(|provider| provider.renamed(&keys).unwrap_or(provider)).collect()
        });
        let provider = Pooled::new(own.collect(), pool.sites().map(|(key, at)| (key.clone(), at)).collect());
        Ok(Self { pool, providers: vec![Arc::new(provider)], limits })
    }

    /// The plan of some structures; the best of those `known`, each of structures apart, is kept unless a better one is found.
    fn coalition(
        &self,
        of: &[usize],
        known: &[Vec<&Coalition>],
        control: &Control<'_>,
    ) -> Result<Option<Coalition>, Error> {
        let study = Study::new(self.pool.territory(of)?, self.providers.clone(), control)?;
        let posed = pose(study.territory(), study.reach());
        let starts: Vec<Assignment> = known
            .iter()
            .filter_map(|apart| carry::carried(apart, study.territory(), &posed))
            .filter(|start| verify(&posed.problem, start).is_ok())
            .collect();
        let found = if self.is_apart(&study, &posed) && !starts.is_empty() {
            // Nothing ties them: what is best for each is best for all.
            let apart = known.iter().flatten().copied().collect::<Vec<_>>();
            starts.into_iter().next().map(|start| side_by_side(&posed.problem, start, &apart))
        } else {
            best(&posed.problem, starts, &self.limits, control)?
        };
        let Some((assignment, tiers)) = found else { return Ok(None) };
        let meetings = self.meetings(&study, &posed, &assignment);
        Ok(Some(Coalition { of: of.to_vec(), study, posed, assignment, tiers, meetings }))
    }

    /// Whether nobody reaches a site of another structure, and nothing is counted over the sites of all.
    fn is_apart(&self, study: &Study, posed: &Posed) -> bool {
        let rules = study.territory().rules();
        let youths = (0..).zip(&posed.problem.youths);
        let mut arcs = youths.flat_map(|(y, spec)| spec.arcs.iter().map(move |arc| (y, arc.option)));
        rules.half_days.is_none()
            && rules.max_candidates.is_none()
            && arcs.all(|(y, option): (usize, u32)| {
                let territory = study.territory();
                let owner = self.owner(territory, posed.youths[y]);
                let venue = &territory.option(posed.options[option as usize]).venue;
                venue
                    .sites()
                    .iter()
                    .all(|&site| self.pool.owner_of_site(&territory.sites()[site].key) == owner)
            })
    }

    fn owner(&self, territory: &Territory, youth: crate::units::YouthId) -> Option<usize> {
        self.pool.owner_of_youth(&territory.youths()[youth].key)
    }

    fn meetings(&self, study: &Study, posed: &Posed, assignment: &Assignment) -> Vec<PooledGroups> {
        let territory = study.territory();
        let structures = self.pool.members().len();
        let mut all: BTreeMap<OptionId, PooledGroups> = BTreeMap::new();
        for &(ix, groups) in &assignment.groups {
            let option = posed.options[ix as usize];
            let site = territory.option(option).venue.sites().first();
            let host = site.and_then(|&site| self.pool.owner_of_site(&territory.sites()[site].key));
            let empty = PooledGroups {
                option,
                groups: 0,
                members: Vec::new(),
                from: vec![0; structures],
                host: host.unwrap_or(0),
            };
            let meeting = all.entry(option).or_insert(empty);
            meeting.groups += groups;
            for &(y, ..) in assignment.members.iter().filter(|member| member.1 == ix) {
                let youth = posed.youths[y as usize];
                meeting.members.push(territory.youths()[youth].key.clone());
                if let Some(owner) = self.owner(territory, youth) {
                    meeting.from[owner] += 1;
                }
            }
        }
        all.into_values().collect()
    }

    /// How many youths of each structure could attend some group at the sites of each other one.
    fn within_reach(&self, study: &Study) -> Vec<Vec<u32>> {
        let (territory, n) = (study.territory(), self.pool.members().len());
        let mut counts = vec![vec![0; n]; n];
        for (id, youth) in territory.youths().iter() {
            let Some(owner) = self.pool.owner_of_youth(&youth.key) else { continue };
            let mut hosts = BTreeSet::new();
            for &programme in &youth.programmes {
                let limit = territory.limit_of(programme);
                let options = study.reach().options_of(programme);
                for option in options.filter(|&o| study.reach().attend(territory, id, o, limit).is_ok()) {
                    let sites = territory.option(option).venue.sites().iter();
                    hosts.extend(sites.filter_map(|&s| self.pool.owner_of_site(&territory.sites()[s].key)));
                }
            }
            hosts.into_iter().filter(|&host| host != owner).for_each(|host| counts[host][owner] += 1);
        }
        counts
    }
}

/// The best of a search and of what was known, which is no worse than any of them.
fn best(
    problem: &Problem,
    starts: Vec<Assignment>,
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Option<(Assignment, Vec<TierResult>)>, Error> {
    let found = match Milp.solve(problem, limits, control)? {
        Solution::Found { assignment, tiers } => Some((assignment, tiers)),
        Solution::Impossible => return Ok(None),
        Solution::NotFound => None,
    };
    let most = found.as_ref().and_then(|(_, tiers)| tiers.first()).map_or(i64::MAX, |tier| tier.bound);
    let better = |start: Assignment| improve(problem, &start, ROUNDS).unwrap_or(start);
    let known = starts.into_iter().map(better).min_by_key(|start| worth(problem, start));
    Ok(match (found, known) {
        (Some(found), Some(known)) if worth(problem, &known) < worth(problem, &found.0) => {
            Some((known.clone(), told(problem, &known, most)))
        }
        (Some(found), _) => Some(found),
        (None, Some(known)) => Some((known.clone(), told(problem, &known, most))),
        (None, None) => None,
    })
}

/// Tiers in their order, less is better.
fn worth(problem: &Problem, assignment: &Assignment) -> Vec<i64> {
    let value = |(tier, value): (Tier, i64)| if tier == Tier::Placed { -value } else { value };
    values(problem, assignment).into_iter().map(value).collect()
}

/// Values of an assignment that no search found: of what comes after the first, nothing is proved.
fn told(problem: &Problem, assignment: &Assignment, most: i64) -> Vec<TierResult> {
    let result = |(tier, value): (Tier, i64)| {
        let bound = if tier == Tier::Placed { most.max(value) } else { 0 };
        let proof = if bound == value { Proof::Optimal } else { Proof::Bounded };
        let stopped = if bound == value { Stopped::Finished } else { Stopped::NodeLimit };
        TierResult { tier, value, bound, proof, stopped, nodes: 0 }
    };
    values(problem, assignment).into_iter().map(result).collect()
}

/// Plans that nothing ties, as one: values and bounds add up.
fn side_by_side(
    problem: &Problem,
    assignment: Assignment,
    apart: &[&Coalition],
) -> (Assignment, Vec<TierResult>) {
    let bound = apart.iter().filter_map(|one| one.tiers.first()).map(|tier| tier.bound);
    let tiers = told(problem, &assignment, bound.fold(0, i64::saturating_add));
    (assignment, tiers)
}

impl Coalition {
    /// The plan in the territory's words, with a reason for everybody who is left out.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn plan(&self, control: &Control<'_>) -> Result<Plan, Error> {
        let walk = (self.study.times(), self.study.reach());
        tell(self.study.territory(), walk, &self.posed, &self.assignment, self.tiers.clone(), control)
    }

    /// Places in all, a youth in two programmes twice.
    pub fn places(&self) -> u32 {
        self.meetings.iter().map(|meeting| meeting.members.len() as u32).sum()
    }

    /// Groups in all.
    pub fn groups(&self) -> u32 {
        self.meetings.iter().map(|meeting| meeting.groups).sum()
    }

    /// Places of the youths of a structure.
    pub fn places_of(&self, structure: usize) -> u32 {
        self.meetings.iter().map(|meeting| meeting.from[structure]).sum()
    }

    /// Places by weight, and the most that any plan has.
    pub fn placed(&self) -> Option<&TierResult> {
        self.tiers.iter().find(|tier| tier.tier == Tier::Placed)
    }

    /// The key of the programme of some groups.
    pub fn programme(&self, meeting: &PooledGroups) -> &Key {
        let territory = self.study.territory();
        &territory.programmes()[territory.option(meeting.option).programme].key
    }

    /// What, where and when.
    pub fn offer(&self, meeting: &PooledGroups) -> Offer {
        self.study.territory().option(meeting.option).into()
    }

    /// Time that a member spends in some groups.
    pub(super) fn held(&self, meeting: &PooledGroups) -> Seconds {
        let territory = self.study.territory();
        let meetings = territory.option(meeting.option).meetings.iter();
        meetings.fold(Seconds::ZERO, |sum, m| sum.plus(territory.slots()[m.slot].duration()))
    }

    /// Who has which place, youth and programme by their keys.
    fn taken(&self) -> BTreeSet<(&Key, &Key)> {
        let of = |meeting| {
            let programme = self.programme(meeting);
            meeting.members.iter().map(move |youth| (youth, programme))
        };
        self.meetings.iter().flat_map(of).collect()
    }
}

impl Pooling {
    /// What each structure has alone and together.
    pub fn shares(&self) -> Vec<Share> {
        let bill = self.bill();
        let after = self.together.taken();
        let share = |at: usize| {
            let alone = &self.alone[at];
            let before = alone.taken();
            let own = |places: &&(&Key, &Key)| self.pool.owner_of_youth(places.0) == Some(at);
            Share {
                places: (Headcount::new(alone.places_of(at)), Headcount::new(self.together.places_of(at))),
                gained: after.difference(&before).filter(own).count() as u32,
                lost: before.difference(&after).filter(own).count() as u32,
                cost: (cost::total(alone), bill.of[at]),
                hosted_seconds: self.hosted(at),
                better_with: self.better_with(at, &bill),
            }
        };
        (0..self.alone.len()).map(share).collect()
    }

    /// What the plan of all costs, and who pays what.
    pub fn bill(&self) -> Bill {
        cost::bill(&self.together, self.alone.len(), self.split)
    }

    /// Seconds that youths of others spend at the sites of a structure.
    fn hosted(&self, host: usize) -> u64 {
        let at_home = self.together.meetings.iter().filter(|meeting| meeting.host == host);
        let seconds = at_home.map(|meeting| {
            let guests = meeting.members.len() as u64 - u64::from(meeting.from[host]);
            guests * u64::from(self.together.held(meeting).get())
        });
        seconds.sum()
    }

    /// Another with which alone a structure would place more, or as many for less a place.
    fn better_with(&self, at: usize, all: &Bill) -> Option<usize> {
        let together = (self.together.places_of(at), all.of[at].get());
        let better = |pair: &&Coalition| {
            let bill = cost::bill(pair, self.alone.len(), self.split);
            let (places, cost) = (pair.places_of(at), bill.of[at].get());
            places > together.0 || (places == together.0 && cost < together.1)
        };
        let pair = self.pairs.iter().filter(|pair| pair.of.contains(&at)).find(better)?;
        pair.of.iter().copied().find(|&other| other != at)
    }

    /// Groups whose members several structures accompany.
    pub fn shared(&self) -> impl Iterator<Item = &PooledGroups> {
        self.together.meetings.iter().filter(|meeting| meeting.is_shared())
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::read;

    /// Structures apart, and whether their plans are one of all of them.
    fn carried(folders: &[(&str, &str)]) {
        let structures = folders.iter().map(|(name, folder)| {
            let opened = read::territory(folder.as_ref(), &Control::none()).expect("sound");
            let providers = opened.own_providers();
            Structure { member: PoolMember::new(name, opened.territory), providers }
        });
        let limits = Limits { nodes: 0, ..Limits::default() };
        let pooler = Pooler::new(structures.collect(), limits).expect("each once");
        let alone = (0..folders.len()).map(|at| {
            pooler.coalition(&[at], &[], &Control::none()).expect("not cancelled").expect("a plan")
        });
        let alone: Vec<Coalition> = alone.collect();
        let all: Vec<usize> = (0..folders.len()).collect();
        let territory = pooler.pool.territory(&all).expect("sound");
        let study = Study::new(territory, pooler.providers.clone(), &Control::none()).expect("times");
        let posed = pose(study.territory(), study.reach());
        let apart: Vec<&Coalition> = alone.iter().collect();
        let start = carry::carried(&apart, study.territory(), &posed).expect("everything is there");
        assert_eq!(verify(&posed.problem, &start), Ok(()));
        let places: u32 = alone.iter().map(Coalition::places).sum();
        assert_eq!(start.members.len() as u32, places);
    }

    #[test]
    fn plans_apart_are_one_of_all() {
        carried(&[("a", "data/valley"), ("b", "data/valley")]);
    }

    /// With trains, on demand, and a site that has another place in its file than by its key.
    #[test]
    #[ignore = "long: two searches"]
    fn the_plans_of_real_communes_are_too() {
        carried(&[("a", "data/chinonais"), ("b", "data/alencon")]);
        carried(&[("a", "data/chinonais"), ("b", "data/tours")]);
    }
}
