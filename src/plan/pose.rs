//! From territory and reach to the combinatorial problem. Everything is
//! numbered by rank in the order of the keys, never by handle, so that an edited
//! territory poses the same problem as one built afresh.

use super::rides::{Offered, offered};
use crate::groups::{
    Arc, Capacity, CapacityKind, Gate, GateIx, GateLimit, Host, MixRule, OptionIx, OptionSpec,
    Pin as ProblemPin, Post, PostIx, Problem, Sizes, Team, Tier, YouthIx, YouthSpec,
};
use crate::reach::Reach;
use crate::territory::{
    Adviser, Chance, Handle, Pin, ProgrammeOption, SiteStatus, Territory, Trait, Youth, days_after,
};
use crate::units::{Cents, ClockTime, OptionId, ProgrammeId, Seconds, SiteId, SlotId, YouthId};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A problem, and what its numbers stand for.
///
/// ```
/// use maillage::plan::pose;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let posed = pose(study.territory(), study.reach());
/// assert_eq!(posed.options.len(), posed.problem.options.len());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Posed {
    /// The problem.
    pub problem: Problem,
    /// The option of each of the problem's. An option whose groups must be told
    /// apart stands several times, once a group.
    pub options: Vec<OptionId>,
    /// The youth of each of the problem's: everybody, in the order of the keys.
    pub youths: Vec<YouthId>,
    /// The programme of each of the problem's, in the order of the keys.
    pub programmes: Vec<ProgrammeId>,
    /// The candidate site that each gate opens.
    pub gates: Vec<SiteId>,
    /// Where and when each of the problem's posts is held.
    pub held_at: Vec<(SiteId, SlotId)>,
    /// The first of the problem's options for each option of the territory, if somebody reaches it.
    pub posed: Vec<Option<OptionIx>>,
    /// Rounds of members who take others along. Their gates come after those of the sites.
    pub rides: Vec<PosedRide>,
}

/// A round of a member who takes others along to an option, as two gates.
///
/// ```
/// # use maillage::{Control, plan, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let posed = plan::pose(study.territory(), study.reach());
/// assert!(posed.rides.is_empty(), "nobody shares a ride in the valley");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PosedRide {
    /// Who drives.
    pub driver: YouthIx,
    /// Where to.
    pub option: OptionIx,
    /// Which of the driver's rides.
    pub ride: usize,
    /// The gate through which the driver comes.
    pub drive: GateIx,
    /// The gate through which the others do.
    pub seats: GateIx,
}

/// Poses the problem of forming groups. Options that nobody reaches are left out.
pub fn pose(territory: &Territory, reach: &Reach) -> Posed {
    Poser::new(territory, reach).pose()
}

/// As [`pose`], where who reaches what is told: for each youth, in the order of the keys, options and times, ascending.
pub(crate) fn pose_reached(territory: &Territory, reached: Vec<Reached>) -> Posed {
    Poser::reached(territory, reached).pose()
}

/// Options that a youth can attend, and how long the trips take.
pub(crate) type Reached = Vec<(OptionId, Seconds)>;

struct Poser<'a> {
    territory: &'a Territory,
    youths: Vec<YouthId>,
    programmes: Vec<ProgrammeId>,
    sites: Ranks,
    slots: Ranks,
    options: Vec<OptionId>,
    posed: Vec<Option<OptionIx>>,
    /// Arcs of each youth, by option of the territory.
    reached: Vec<Reached>,
}

/// Posts, those of each option, who can hold them, and where and when they are.
#[derive(Default)]
struct Staffing {
    posts: Vec<Post>,
    of_option: Vec<Vec<PostIx>>,
    teams: Vec<Team>,
    held_at: Vec<(SiteId, SlotId)>,
}

/// Handle to rank in the order of the keys.
struct Ranks(Vec<u32>);

impl Ranks {
    fn of<I: Handle>(ids: impl Iterator<Item = I>, rows: usize) -> Self {
        let mut ranks = vec![u32::MAX; rows];
        for (rank, id) in ids.enumerate() {
            ranks[id.row()] = rank as u32;
        }
        Self(ranks)
    }

    fn get<I: Handle>(&self, id: I) -> u32 {
        self.0[id.row()]
    }
}

impl<'a> Poser<'a> {
    fn new(territory: &'a Territory, reach: &Reach) -> Self {
        let youths: Vec<YouthId> = territory.youths().ids().collect();
        Self::reached(territory, youths.iter().map(|&youth| reached(territory, reach, youth)).collect())
    }

    fn reached(territory: &'a Territory, reached: Vec<Reached>) -> Self {
        let youths: Vec<YouthId> = territory.youths().ids().collect();
        let (options, posed) = posed_options(territory, &youths, &reached);
        Self {
            territory,
            youths,
            programmes: territory.programmes().ids().collect(),
            sites: Ranks::of(territory.sites().ids(), territory.sites().rows()),
            slots: Ranks::of(territory.slots().ids(), territory.slots().rows()),
            options,
            posed,
            reached,
        }
    }

    fn pose(self) -> Posed {
        let gates = self.gates();
        let Staffing { posts, of_option: option_posts, teams, held_at } = self.staffing();
        let mut problem = Problem {
            programmes: self.programmes.iter().map(|&p| self.sizes(p)).collect(),
            options: self.option_specs(&gates, option_posts),
            youths: self.youth_specs(),
            capacities: self.capacities(),
            posts,
            teams,
            gates: gates.iter().map(|&(_, cost)| Gate { cost, capacity: None }).collect(),
            gate_limits: self.gate_limits(gates.len()),
            gate_budget: None,
            hosts: Vec::new(),
            conflicts: self.conflicts(),
            exclusive: self.exclusive(),
            mix: self.mix(),
            pins: self.pins(),
            tiers: Tier::ALL.to_vec(),
        };
        let rides = self.rides(&mut problem);
        debug_assert_eq!(problem.check(), Ok(()));
        Posed {
            problem,
            rides,
            options: self.options,
            youths: self.youths,
            programmes: self.programmes,
            gates: gates.into_iter().map(|(site, _)| site).collect(),
            held_at,
            posed: self.posed,
        }
    }

    /// Rounds of members who take others along: a gate by which the driver comes, one for those who come along.
    fn rides(&self, problem: &mut Problem) -> Vec<PosedRide> {
        let mut posed = Vec::new();
        for (driver, &id) in (0..).zip(&self.youths) {
            let rides = &self.territory.youths()[id].rides;
            for (at, ride) in rides.iter().enumerate() {
                for option in 0..self.options.len() as OptionIx {
                    let Some(offered) = offered(self.territory, self.options[option as usize], id, ride)
                    else {
                        continue;
                    };
                    let drive = free_gate(problem, None);
                    add_arc(problem, driver, Arc { option, time: offered.time(), gate: Some(drive) });
                    let seats = self.seat(problem, &offered, (driver, option, drive));
                    posed.push(PosedRide { driver, option, ride: at, drive, seats });
                }
            }
        }
        posed
    }

    fn seat(
        &self,
        problem: &mut Problem,
        offered: &Offered<'_>,
        (driver, at, drive): (YouthIx, OptionIx, GateIx),
    ) -> GateIx {
        let own = |id: YouthId| self.reached[self.youth_ix(id) as usize].as_slice();
        let option = self.options[at as usize];
        let cut_off = |taken: &&(YouthId, Seconds)| own(taken.0).iter().all(|r| r.0 != option);
        let takes = offered.takes.iter().filter(cut_off).map(|&(id, time)| (self.youth_ix(id), time));
        take_along(problem, (driver, at, drive), offered.ride.seats, takes)
    }

    fn offer(&self, ix: usize) -> &'a ProgrammeOption {
        self.territory.option(self.options[ix])
    }

    fn offers(&self) -> impl Iterator<Item = (OptionIx, &'a ProgrammeOption)> + '_ {
        (0..self.options.len()).map(|ix| (ix as OptionIx, self.offer(ix)))
    }

    fn programme_ix(&self, id: ProgrammeId) -> u32 {
        self.programmes.iter().position(|&p| p == id).map_or(u32::MAX, |ix| ix as u32)
    }

    fn youth_ix(&self, id: YouthId) -> YouthIx {
        self.youths.iter().position(|&y| y == id).map_or(u32::MAX, |ix| ix as u32)
    }

    fn sizes(&self, id: ProgrammeId) -> Sizes {
        let size = self.territory.planned_size(id);
        Sizes { min: size.min(), target: size.target(), max: size.max() }
    }

    /// Candidate sites that some option uses, with the cost of opening them.
    fn gates(&self) -> Vec<(SiteId, u64)> {
        let used: BTreeSet<u32> = self
            .offers()
            .flat_map(|(_, offer)| offer.venue.sites().iter().map(|&site| self.sites.get(site)))
            .collect();
        let candidate = |(id, site): (SiteId, &crate::territory::Site)| match site.status {
            SiteStatus::Candidate { opening } if used.contains(&self.sites.get(id)) => {
                Some((id, opening.get()))
            }
            _ => None,
        };
        self.territory.sites().iter().filter_map(candidate).collect()
    }

    fn gate_limits(&self, gates: usize) -> Vec<GateLimit> {
        let limit = self.territory.rules().max_candidates;
        let all = || (0..gates as u32).collect();
        limit.map(|limit| GateLimit { gates: all(), limit }).into_iter().collect()
    }

    fn option_specs(&self, gates: &[(SiteId, u64)], mut posts: Vec<Vec<PostIx>>) -> Vec<OptionSpec> {
        let spec = |(ix, offer): (OptionIx, &ProgrammeOption)| {
            let programme = &self.territory.programmes()[offer.programme];
            let gate = |site: &SiteId| gates.iter().position(|(g, _)| g == site).map(|g| g as u32);
            let needed: BTreeSet<u32> = offer.venue.sites().iter().filter_map(gate).collect();
            let ix = ix as usize;
            // Copies of an option stand side by side.
            let copy = |other: usize| self.options.get(other) == Some(&self.options[ix]);
            let told_apart = copy(ix + 1) || ix.checked_sub(1).is_some_and(copy);
            OptionSpec {
                programme: self.programme_ix(offer.programme),
                max_groups: if told_apart { 1 } else { programme.max_groups },
                cost: group_cost(self.territory, offer).get(),
                gates: needed.into_iter().collect(),
                lower_min: None,
                posts: std::mem::take(&mut posts[ix]),
            }
        };
        self.offers().map(spec).collect()
    }

    fn youth_specs(&self) -> Vec<YouthSpec> {
        let rules = self.mix_traits();
        let spec = |(id, reached): (&YouthId, &Reached)| {
            let youth = &self.territory.youths()[*id];
            let copies = |&(option, time): &(OptionId, Seconds)| {
                let first = self.posed[option.index()].unwrap_or(u32::MAX);
                let twins = self.options[first as usize..].iter().take_while(move |&&o| o == option).count();
                (first..first + twins as u32).map(move |option| Arc { option, time, gate: None })
            };
            let bit =
                |traits, (bit, counted): (usize, &Counted)| traits | u32::from(counted.is(youth)) << bit;
            YouthSpec {
                weight: youth.priority.get(),
                traits: rules.iter().enumerate().fold(0, bit),
                arcs: reached.iter().flat_map(copies).collect(),
            }
        };
        self.youths.iter().zip(&self.reached).map(spec).collect()
    }

    /// What some rule looks at: at most 32 things.
    fn mix_traits(&self) -> Vec<Counted> {
        let mut traits: Vec<Counted> = Vec::new();
        for (id, programme) in self.territory.programmes().iter() {
            traits.extend(programme.mix.iter().map(|rule| Counted::by(rule.of, programme.start.first)));
            traits.extend(self.territory.steady_from(id).map(Counted::Steady));
        }
        traits.sort_unstable();
        traits.dedup();
        traits
    }

    fn mix(&self) -> Vec<MixRule> {
        let traits = self.mix_traits();
        let of = |(p, &id): (usize, &ProgrammeId)| {
            let programme = &self.territory.programmes()[id];
            let rule = |rule: &crate::territory::MixRule| {
                let of = Counted::by(rule.of, programme.start.first);
                self.rule(p, (&traits, of), (rule.at_least, rule.at_most))
            };
            let steady = self.territory.steady_from(id).and_then(|counted| {
                let size = self.territory.planned_size(id);
                self.rule(p, (&traits, Counted::Steady(counted)), (size.min(), size.max()))
            });
            programme.mix.iter().filter_map(rule).chain(steady).collect::<Vec<_>>()
        };
        self.programmes.iter().enumerate().flat_map(of).collect()
    }

    fn rule(
        &self,
        programme: usize,
        (traits, of): (&[Counted], Counted),
        (at_least, at_most): (u32, u32),
    ) -> Option<MixRule> {
        let trait_bit = u8::try_from(traits.binary_search(&of).ok()?).ok()?;
        Some(MixRule { programme: programme as u32, trait_bit, at_least, at_most })
    }

    fn exclusive(&self) -> Vec<(u32, u32)> {
        let n = self.programmes.len();
        let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
        let excludes =
            |&(a, b): &(usize, usize)| self.territory.exclusive(self.programmes[a], self.programmes[b]);
        pairs.filter(excludes).map(|(a, b)| (a as u32, b as u32)).collect()
    }

    fn pins(&self) -> Vec<ProblemPin> {
        let mut pins = Vec::new();
        for pin in self.territory.pins() {
            match pin {
                Pin::Group { .. } => {
                    let option = self.territory.pinned_option(pin);
                    let posed = option.and_then(|id| self.posed[id.index()]);
                    pins.push(ProblemPin::Open { options: posed.into_iter().collect(), groups: 1 });
                }
                Pin::In { youth, programme } => pins.push(ProblemPin::In {
                    youth: self.youth_ix(*youth),
                    programme: self.programme_ix(*programme),
                }),
                Pin::Out { youth, programme } => {
                    let out = programme.map_or_else(|| self.programmes.clone(), |p| vec![p]);
                    pins.extend(out.into_iter().map(|p| ProblemPin::Out {
                        youth: self.youth_ix(*youth),
                        programme: self.programme_ix(p),
                    }));
                }
                Pin::Apart { a, b } => pins.push(ProblemPin::Apart(self.youth_ix(*a), self.youth_ix(*b))),
            }
        }
        pins
    }

    /// Pairs of options that nobody can hold together, between programmes that
    /// somebody is enrolled in together.
    fn conflicts(&self) -> Vec<Vec<OptionIx>> {
        let shared = self.shared_programmes();
        let shapes: Vec<Shape<'_>> =
            self.offers().map(|(_, offer)| Shape::of(self.territory, offer)).collect();
        let mut lists = vec![Vec::new(); shapes.len()];
        for b in 0..shapes.len() {
            for a in 0..b {
                let (p, q) = (shapes[a].offer.programme, shapes[b].offer.programme);
                if p != q && shared.contains(&(p.min(q), p.max(q))) && shapes[a].clashes(&shapes[b]) {
                    lists[a].push(b as OptionIx);
                    lists[b].push(a as OptionIx);
                }
            }
        }
        lists.iter_mut().for_each(|list| list.sort_unstable());
        lists
    }

    fn shared_programmes(&self) -> BTreeSet<(ProgrammeId, ProgrammeId)> {
        let mut pairs = BTreeSet::new();
        for (_, youth) in self.territory.youths().iter() {
            for (i, &a) in youth.programmes.iter().enumerate() {
                pairs.extend(youth.programmes[..i].iter().map(|&b| (a.min(b), a.max(b))));
            }
        }
        pairs
    }

    fn capacities(&self) -> Vec<Capacity> {
        let mut capacities = self.rooms();
        let weeks = self.by_week();
        let site_of: Vec<SiteId> = self.territory.sites().ids().collect();
        for (rank, &site) in site_of.iter().enumerate() {
            let Some(limit) = self.territory.sites()[site].half_days else { continue };
            let counts = weeks.iter().map(|week| count(week.iter().filter(|held| held.1 == rank as u32)));
            capacities.extend(undominated(counts).into_iter().map(|uses| Capacity {
                kind: CapacityKind::Site(rank as u32),
                limit,
                uses,
                extra: Vec::new(),
            }));
        }
        if let Some(limit) = self.territory.rules().half_days {
            let counts = weeks.iter().map(|week| count(week.iter()));
            capacities.extend(undominated(counts).into_iter().map(|uses| Capacity {
                kind: CapacityKind::Overall,
                limit,
                uses,
                extra: Vec::new(),
            }));
        }
        capacities
    }

    /// Groups that meet at one site at one instant, for every instant when a session begins.
    fn rooms(&self) -> Vec<Capacity> {
        /// From, to, slot, option.
        type Held = (ClockTime, ClockTime, SlotId, OptionIx);
        let mut at: BTreeMap<(u32, Date), Vec<Held>> = BTreeMap::new();
        for (ix, offer) in self.offers() {
            for meeting in &offer.meetings {
                let Some(site) = meeting.site else { continue };
                let slot = &self.territory.slots()[meeting.slot];
                let held = (slot.from, slot.to, meeting.slot, ix);
                at.entry((self.sites.get(site), meeting.date)).or_default().push(held);
            }
        }
        let mut together: BTreeMap<(u32, u32), BTreeSet<Vec<OptionIx>>> = BTreeMap::new();
        for ((site, _), held) in &at {
            let begins: BTreeSet<(ClockTime, u32)> =
                held.iter().map(|&(from, _, slot, _)| (from, self.slots.get(slot))).collect();
            for (instant, slot) in begins {
                let now = held.iter().filter(|h| h.0 <= instant && instant < h.1).map(|h| h.3);
                together
                    .entry((*site, slot))
                    .or_default()
                    .insert(now.collect::<BTreeSet<_>>().into_iter().collect());
            }
        }
        let site_of: Vec<SiteId> = self.territory.sites().ids().collect();
        let capacity = |((site, slot), sets): ((u32, u32), BTreeSet<Vec<OptionIx>>)| {
            let limit = self.territory.sites()[site_of[site as usize]].rooms;
            let counts = sets.into_iter().map(|set| set.into_iter().map(|ix| (ix, 1)).collect());
            undominated(counts).into_iter().map(move |uses| Capacity {
                kind: CapacityKind::Rooms { site, slot },
                limit,
                uses,
                extra: Vec::new(),
            })
        };
        together.into_iter().flat_map(capacity).collect()
    }

    /// Sessions on site of each week that is not part of another: (slot, site, option), by rank.
    fn by_week(&self) -> Vec<Vec<(u32, u32, OptionIx)>> {
        let mut weeks: BTreeMap<Date, Vec<(u32, u32, OptionIx)>> = BTreeMap::new();
        for (ix, offer) in self.offers() {
            for meeting in &offer.meetings {
                let Some(site) = meeting.site else { continue };
                let monday =
                    days_after(meeting.date, -i32::from(meeting.date.weekday().to_monday_zero_offset()));
                let held = (self.slots.get(meeting.slot), self.sites.get(site), ix);
                weeks.entry(monday).or_default().push(held);
            }
        }
        let mut distinct: Vec<Vec<(u32, u32, OptionIx)>> = weeks
            .into_values()
            .map(|mut week| {
                week.sort_unstable();
                week
            })
            .collect();
        distinct.sort();
        distinct.dedup();
        maximal(distinct, |small, large| contains_all(large, small))
    }

    /// Posts of every distinct week, those of each option, who can hold them, and where and when they are.
    fn staffing(&self) -> Staffing {
        let mut of_option = vec![Vec::new(); self.options.len()];
        if self.territory.advisers().is_empty() {
            return Staffing { of_option, ..Staffing::default() };
        }
        let moments = self.moments();
        let site_of: Vec<SiteId> = self.territory.sites().ids().collect();
        let slot_of: Vec<SlotId> = self.territory.slots().ids().collect();
        let mut posts = Vec::new();
        let mut held_at = Vec::new();
        for (week, held) in self.by_week().into_iter().enumerate() {
            let mut known: BTreeMap<(u32, u32), PostIx> = BTreeMap::new();
            for (slot, site, ix) in held {
                let post = *known.entry((slot, site)).or_insert_with(|| {
                    posts.push(Post { week: week as u32, moment: moments[slot as usize], site });
                    held_at.push((site_of[site as usize], slot_of[slot as usize]));
                    posts.len() as PostIx - 1
                });
                of_option[ix as usize].push(post);
            }
        }
        for list in &mut of_option {
            list.sort_unstable();
            list.dedup();
        }
        let teams = self.teams(&held_at);
        Staffing { posts, of_option, teams, held_at }
    }

    /// A moment for each slot, by rank. Slots that overlap, directly or through
    /// others, are one moment: an adviser is at one place all along, a caution.
    fn moments(&self) -> Vec<u32> {
        let slots: Vec<&crate::territory::Slot> = self.territory.slots().iter().map(|(_, s)| s).collect();
        let mut joined = petgraph::unionfind::UnionFind::new(slots.len());
        for (i, a) in slots.iter().enumerate() {
            for (j, b) in slots[..i].iter().enumerate() {
                if a.overlaps(b) {
                    joined.union(i, j);
                }
            }
        }
        // The lowest rank names the moment, whatever the structure's own representative.
        let find = |i: usize| (0..=i).find(|&j| joined.equiv(i, j)).unwrap_or(i);
        (0..slots.len()).map(|i| find(i) as u32).collect()
    }

    fn teams(&self, held_at: &[(SiteId, SlotId)]) -> Vec<Team> {
        let mut alike: BTreeMap<(Vec<PostIx>, u32), u32> = BTreeMap::new();
        for (_, adviser) in self.territory.advisers().iter() {
            *alike.entry((posts_of(adviser, held_at), adviser.half_days)).or_default() += 1;
        }
        alike.into_iter().map(|((posts, half_days), members)| Team { members, half_days, posts }).collect()
    }
}

/// A gate that nobody pays for.
pub(crate) fn free_gate(problem: &mut Problem, capacity: Option<u32>) -> GateIx {
    problem.gates.push(Gate { cost: 0, capacity });
    problem.gates.len() as GateIx - 1
}

pub(crate) fn add_arc(problem: &mut Problem, youth: YouthIx, arc: Arc) {
    let arcs = &mut problem.youths[youth as usize].arcs;
    arcs.push(arc);
    arcs.sort_unstable_by_key(|a| (a.option, a.gate));
}

/// The gate through which so many come to an option while somebody drives there, who comes through a gate of their own.
pub(crate) fn take_along(
    problem: &mut Problem,
    (driver, option, drive): (YouthIx, OptionIx, GateIx),
    seats: u32,
    takes: impl Iterator<Item = (YouthIx, Seconds)>,
) -> GateIx {
    let gate = free_gate(problem, Some(seats));
    problem.hosts.push(Host { gate, youth: driver, option, through: Some(drive) });
    for (youth, time) in takes {
        add_arc(problem, youth, Arc { option, time, gate: Some(gate) });
    }
    gate
}

fn posts_of(adviser: &Adviser, held_at: &[(SiteId, SlotId)]) -> Vec<PostIx> {
    let can = |(_, (site, slot)): &(usize, &(SiteId, SlotId))| adviser.can_be_at(*site, *slot);
    held_at.iter().enumerate().filter(can).map(|(post, _)| post as PostIx).collect()
}

/// Options that a youth can attend, ascending.
pub(crate) fn reached(territory: &Territory, reach: &Reach, youth: YouthId) -> Reached {
    let enrolled: BTreeSet<ProgrammeId> = territory.youths()[youth].programmes.iter().copied().collect();
    let of = |programme| reached_in(territory, reach, youth, programme);
    let mut arcs: Reached = enrolled.into_iter().flat_map(of).collect();
    arcs.sort_unstable();
    arcs
}

/// Those of one programme, ascending.
pub(crate) fn reached_in(
    territory: &Territory,
    reach: &Reach,
    youth: YouthId,
    programme: ProgrammeId,
) -> Reached {
    let limit = territory.limit_of(programme);
    let attended = |option| {
        let attendance = reach.attend(territory, youth, option, limit).ok()?;
        Some((option, attendance.trip.map_or(Seconds::ZERO, |trip| trip.both())))
    };
    reach.options_of(programme).filter_map(attended).collect()
}

/// The options that somebody reaches, or that are pinned. One whose groups must be told apart, since
/// several rules or a pair kept apart bear on each, stands once a group.
fn posed_options(
    territory: &Territory,
    youths: &[YouthId],
    reached: &[Reached],
) -> (Vec<OptionId>, Vec<Option<OptionIx>>) {
    let mut reachable = vec![false; territory.options().len()];
    for &(option, _) in reached.iter().flatten() {
        reachable[option.index()] = true;
    }
    // A pinned group that nobody reaches is posed too: the solver then says that it can't be.
    for option in territory.pins().iter().filter_map(|pin| territory.pinned_option(pin)) {
        reachable[option.index()] = true;
    }
    let apart = apart_options(territory, youths, reached);
    let several_rules: BTreeSet<ProgrammeId> = territory
        .programmes()
        .iter()
        .filter(|(id, p)| p.mix.len() + usize::from(territory.steady_from(*id).is_some()) > 1)
        .map(|(id, _)| id)
        .collect();
    let mut options = Vec::new();
    let mut posed = vec![None; reachable.len()];
    for option in territory.option_ids().filter(|o| reachable[o.index()]) {
        let programme = territory.option(option).programme;
        let told_apart = several_rules.contains(&programme) || apart.contains(&option);
        let copies = if told_apart { territory.programmes()[programme].max_groups } else { 1 };
        posed[option.index()] = Some(options.len() as OptionIx);
        options.extend((0..copies).map(|_| option));
    }
    (options, posed)
}

fn apart_options(territory: &Territory, youths: &[YouthId], reached: &[Reached]) -> BTreeSet<OptionId> {
    let of = |id: &YouthId| {
        let ix = youths.iter().position(|y| y == id);
        ix.map(|ix| reached[ix].iter().map(|(o, _)| *o).collect::<BTreeSet<_>>()).unwrap_or_default()
    };
    let mut options = BTreeSet::new();
    for pin in territory.pins() {
        if let Pin::Apart { a, b } = pin {
            options.extend(of(a).intersection(&of(b)));
        }
    }
    options
}

/// What a rule counts members by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Counted {
    /// A trait on a date.
    Trait(Trait, Date),
    /// Coming at least so often: so many of those make a group hold, whoever else joins.
    Steady(Chance),
}

impl Counted {
    /// The date on which a trait is looked at matters for minors only.
    fn by(of: Trait, first: Date) -> Self {
        if of == Trait::Minor { Self::Trait(of, first) } else { Self::Trait(of, Date::MIN) }
    }

    fn is(self, youth: &Youth) -> bool {
        match self {
            Self::Trait(of, on) => has_trait(youth, of, on),
            Self::Steady(counted) => youth.is_steady(counted),
        }
    }
}

fn has_trait(youth: &Youth, of: Trait, on: Date) -> bool {
    use crate::territory::Sex;
    match of {
        Trait::Minor => youth.birth.age_on(on) < 18,
        Trait::Woman => youth.sex == Some(Sex::Woman),
        Trait::Man => youth.sex == Some(Sex::Man),
        Trait::Disabled => youth.recognised_disability,
        Trait::NoVehicle => youth.vehicles.is_empty(),
    }
}

/// How often each option is held, ascending.
fn count<'a>(held: impl Iterator<Item = &'a (u32, u32, OptionIx)>) -> Vec<(OptionIx, u32)> {
    let mut counts: BTreeMap<OptionIx, u32> = BTreeMap::new();
    for (_, _, ix) in held {
        *counts.entry(*ix).or_default() += 1;
    }
    counts.into_iter().collect()
}

/// Rows that no other row implies.
fn undominated(rows: impl Iterator<Item = Vec<(OptionIx, u32)>>) -> Vec<Vec<(OptionIx, u32)>> {
    let distinct: BTreeSet<_> = rows.filter(|row| !row.is_empty()).collect();
    let implied = |small: &Vec<(OptionIx, u32)>, large: &Vec<(OptionIx, u32)>| {
        small
            .iter()
            .all(|(ix, n)| large.binary_search_by_key(ix, |use_| use_.0).is_ok_and(|at| large[at].1 >= *n))
    };
    maximal(distinct.into_iter().collect(), implied)
}

/// Those of distinct `items` that are within no other.
fn maximal<T>(items: Vec<T>, within: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let inside = |i: usize| (0..items.len()).any(|j| i != j && within(&items[i], &items[j]));
    let keep: Vec<bool> = (0..items.len()).map(|i| !inside(i)).collect();
    items.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(item, _)| item).collect()
}

/// Whether sorted `large` holds all of sorted `small`.
fn contains_all<T: Ord>(large: &[T], small: &[T]) -> bool {
    small.len() <= large.len() && small.iter().all(|item| large.binary_search(item).is_ok())
}

/// When and where an option's sessions are, to tell clashes.
struct Shape<'a> {
    offer: &'a ProgrammeOption,
    days: u8,
    held: Vec<(Date, ClockTime, ClockTime, Option<SiteId>)>,
}

impl<'a> Shape<'a> {
    fn of(territory: &Territory, offer: &'a ProgrammeOption) -> Self {
        let mut days = 0;
        let held = offer.meetings.iter().map(|m| {
            let slot = &territory.slots()[m.slot];
            days |= 1 << slot.day.to_monday_zero_offset();
            (m.date, slot.from, slot.to, m.site)
        });
        let held = held.collect();
        Self { offer, days, held }
    }

    /// Whether some day has sessions of both that overlap, or at two sites.
    fn clashes(&self, other: &Self) -> bool {
        if self.days & other.days == 0 {
            return false;
        }
        let mut rest = other.held.as_slice();
        for &(date, from, to, site) in &self.held {
            rest = &rest[rest.partition_point(|h| h.0 < date)..];
            let that_day = rest.iter().take_while(|h| h.0 == date);
            let clash = |h: &(Date, ClockTime, ClockTime, Option<SiteId>)| {
                (h.1 < to && from < h.2) || (h.3.is_some() && site.is_some() && h.3 != site)
            };
            if that_day.into_iter().any(clash) {
                return true;
            }
        }
        false
    }
}

/// What a group costs: its own, its rooms, its adviser's hours.
pub(crate) fn group_cost(territory: &Territory, offer: &ProgrammeOption) -> Cents {
    let mut cents = territory.programmes()[offer.programme].group_cost;
    let mut seconds = 0u64;
    for meeting in &offer.meetings {
        seconds += u64::from(territory.slots()[meeting.slot].duration().get());
        if let Some(site) = meeting.site {
            cents = cents.plus(territory.sites()[site].room_cost);
        }
    }
    cents.plus(Cents::new(territory.rules().adviser_hour.times(seconds).get() / 3600))
}
