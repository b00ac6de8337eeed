//! From a solution to a plan in the territory's words: who is in which group,
//! why everybody else is not, what each option alone is worth.

use super::rides;
use super::{
    Alike, Beside, Bind, Further, Group, LeftOut, Lever, Member, Missed, Offer, Plan, Posed, PosedRide,
    ProgrammeAnswer, Riding, Verdict, WeeklyHoursReach,
};
use crate::control::Control;
use crate::error::Error;
use crate::groups::facts::{self, Change, Facts, Lack, Near, Room, facts};
use crate::groups::{Assignment, OptionIx, Problem, TierResult, YouthIx};
use crate::reach::{Attendance, Dates, Reach, Reason, Reasons};
use crate::territory::{Pin, ProgrammeOption, Territory};
use crate::travel::TravelTimes;
use crate::units::{Headcount, OptionId, ProgrammeId, Seconds, SiteId, YouthId};
use std::collections::{BTreeMap, BTreeSet};

/// Tells a solution of the problem posed.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn tell(
    territory: &Territory,
    (times, reach): (&TravelTimes, &Reach),
    posed: &Posed,
    assignment: &Assignment,
    tiers: Vec<TierResult>,
    control: &Control<'_>,
) -> Result<Plan, Error> {
    let facts = facts(&posed.problem, assignment, &near(territory, reach, posed), control)?;
    let teller = Teller::new(territory, reach, (posed, facts), assignment);
    let verdicts = teller.verdicts();
    let left_out = teller.left_out();
    let groups = teller.groups();
    Ok(Plan {
        programmes: teller.programmes(&verdicts, &left_out),
        missed: teller.missed(times),
        groups,
        hours: teller.hours(),
        opened: assignment.gates.iter().filter_map(|&gate| posed.gates.get(gate as usize).copied()).collect(),
        beside: teller.beside(),
        left_out,
        verdicts,
        tiers,
        assumptions: [reach.assumptions(), &territory.attendance_assumptions()].concat(),
    })
}

struct Teller<'a> {
    territory: &'a Territory,
    reach: &'a Reach,
    posed: &'a Posed,
    problem: &'a Problem,
    /// Groups opened in each of the problem's options.
    opened: Vec<u32>,
    /// Members of each of the problem's options, ascending.
    members: Vec<Vec<YouthIx>>,
    /// Options that each youth is placed in.
    placed: Vec<Vec<OptionIx>>,
    /// How many reach each of the problem's options.
    reachable: Vec<u32>,
    /// How many of them are not pinned out.
    free: Vec<u32>,
    /// Whether the rules on who is in a group can be met by those who reach each option.
    mixable: Vec<bool>,
    /// Members who take others along, or are taken.
    riding: BTreeMap<(YouthIx, OptionIx), Riding>,
    /// What holds beside the solution.
    facts: Facts,
}

impl<'a> Teller<'a> {
    fn new(
        territory: &'a Territory,
        reach: &'a Reach,
        (posed, facts): (&'a Posed, Facts),
        assignment: &Assignment,
    ) -> Self {
        let problem = &posed.problem;
        let n = problem.options.len();
        let mut teller = Self {
            territory,
            reach,
            posed,
            problem,
            opened: vec![0; n],
            members: vec![Vec::new(); n],
            placed: vec![Vec::new(); problem.youths.len()],
            reachable: vec![0; n],
            free: vec![0; n],
            mixable: Vec::new(),
            riding: BTreeMap::new(),
            facts,
        };
        for &(ix, groups) in &assignment.groups {
            teller.opened[ix as usize] = groups;
        }
        let riding = Riding::all(posed);
        for &(youth, ix, gate) in &assignment.members {
            teller.riding.extend(gate.and_then(|g| riding.get(&g)).map(|&ride| ((youth, ix), ride)));
            teller.members[ix as usize].push(youth);
            teller.placed[youth as usize].push(ix);
        }
        for (y, youth) in problem.youths.iter().enumerate() {
            // Two ways to one option are one youth.
            for arc in youth.arcs.chunk_by(|a, b| a.option == b.option).map(|own| own[0]) {
                teller.reachable[arc.option as usize] += 1;
                let programme = problem.options[arc.option as usize].programme;
                let out = crate::groups::Pin::Out { youth: y as YouthIx, programme };
                teller.free[arc.option as usize] += u32::from(!problem.pins.contains(&out));
            }
        }
        teller.mixable = teller.mixable();
        teller
    }

    /// For each option, whether each rule leaves a minimum of members among those who reach it.
    fn mixable(&self) -> Vec<bool> {
        let mut mixable = vec![true; self.problem.options.len()];
        for rule in &self.problem.mix {
            let mut with = vec![0_u32; mixable.len()];
            for youth in self.problem.youths.iter().filter(|y| y.traits >> rule.trait_bit & 1 == 1) {
                youth.arcs.iter().for_each(|arc| with[arc.option as usize] += 1);
            }
            let min = self.problem.programmes[rule.programme as usize].min;
            for (ix, option) in self.problem.options.iter().enumerate() {
                let others = self.reachable[ix] - with[ix];
                let enough =
                    with[ix] >= rule.at_least && others.saturating_add(with[ix].min(rule.at_most)) >= min;
                mixable[ix] &= option.programme != rule.programme || enough;
            }
        }
        mixable
    }

    fn option(&self, ix: OptionIx) -> &'a ProgrammeOption {
        self.territory.option(self.posed.options[ix as usize])
    }

    fn min_of(&self, programme: ProgrammeId) -> u32 {
        self.territory.planned_size(programme).min()
    }

    fn groups(&self) -> Vec<Group> {
        let mut groups = Vec::new();
        for (ix, members) in self.members.iter().enumerate() {
            for dealt in self.dealt(ix as OptionIx, members) {
                let offer = Offer::from(self.option(ix as OptionIx));
                groups.push(Group { offer, members: self.told(ix as OptionIx, &dealt) });
            }
        }
        groups
    }

    /// Deals an option's members out to its groups, those with a trait that a
    /// rule looks at first, so that sizes and shares differ by at most one.
    fn dealt(&self, ix: OptionIx, members: &[YouthIx]) -> Vec<Vec<YouthIx>> {
        let groups = self.opened[ix as usize] as usize;
        let programme = self.problem.options[ix as usize].programme;
        let rules = self.problem.mix.iter().filter(|rule| rule.programme == programme);
        let mask = rules.fold(0u32, |mask, rule| mask | 1 << rule.trait_bit);
        let mut order = members.to_vec();
        order.sort_by_key(|&y| (self.problem.youths[y as usize].traits & mask == 0, y));
        let mut dealt = vec![Vec::new(); groups];
        for (i, youth) in order.into_iter().enumerate() {
            dealt[i % groups].push(youth);
        }
        dealt.iter_mut().for_each(|group| group.sort_unstable());
        dealt
    }

    fn told(&self, ix: OptionIx, members: &[YouthIx]) -> Vec<Member> {
        let option = self.posed.options[ix as usize];
        let limit = self.territory.limit_of(self.option(ix).programme);
        let told = |&y: &YouthIx| {
            let youth = self.posed.youths[y as usize];
            let ride = self.riding.get(&(y, ix)).copied();
            if let Some(dates) = ride.and_then(|ride| ride.dates(self.territory, option, youth)) {
                let Attendance { trip, reachable, unknown, of } = rides::attendance(&dates, self.option(ix));
                return Some(Member { youth, trip, reachable, unknown, median: dates.median(), of, ride });
            }
            let attendance = self.reach.attend(self.territory, youth, option, limit).ok()?;
            let Attendance { trip, reachable, unknown, of } = attendance;
            let median = self.reach.median(self.territory, youth, option, limit);
            Some(Member { youth, trip, reachable, unknown, median, of, ride: None })
        };
        members.iter().filter_map(told).collect()
    }

    /// The dates of their group that members miss, or that nobody knows.
    fn missed(&self, times: &TravelTimes) -> Vec<Missed> {
        let mut all = Vec::new();
        for (ix, members) in (0..).zip(&self.members) {
            let option = self.posed.options[ix as usize];
            let programme = self.option(ix).programme;
            let limit = self.territory.limit_of(programme);
            for &y in members {
                let youth = self.posed.youths[y as usize];
                let ride = self.riding.get(&(y, ix)).copied();
                if let Some(dates) = ride.and_then(|ride| ride.dates(self.territory, option, youth)) {
                    all.extend(dates.missed().map(|(date, reason)| Missed {
                        programme,
                        youth,
                        date,
                        reason,
                    }));
                    continue;
                }
                let attends = self.reach.attend(self.territory, youth, option, limit);
                if !attends.is_ok_and(|attends| attends.reachable < attends.of) {
                    continue;
                }
                let dates = Dates::of(self.territory, times, youth, option, limit);
                all.extend(dates.missed().map(|(date, reason)| Missed { programme, youth, date, reason }));
            }
        }
        all.sort_unstable();
        all
    }

    fn verdicts(&self) -> Vec<Verdict> {
        let nothing = Assignment::default();
        let alone = Room::beside(self.problem, &nothing);
        let verdict = |id: OptionId| {
            let option = self.territory.option(id);
            let min = self.min_of(option.programme);
            let ix = self.posed.posed[id.index()];
            let reachable = ix.map_or(0, |ix| self.reachable[ix as usize]);
            // What there is room for beside the plan, there is room for alone.
            let openable = |&ix: &OptionIx| self.lacks(ix).is_empty() || alone.lacks(ix).is_empty();
            Verdict {
                offer: option.into(),
                reachable: Headcount::new(reachable),
                viable: reachable >= min && ix.as_ref().is_some_and(openable),
                missing: Headcount::new(min.saturating_sub(reachable)),
            }
        };
        self.territory.option_ids().map(verdict).collect()
    }

    fn left_out(&self) -> Vec<LeftOut> {
        let mut all = Vec::new();
        for (p, &programme) in self.posed.programmes.iter().enumerate() {
            for (y, &youth) in self.posed.youths.iter().enumerate() {
                let in_it = |ix: &OptionIx| self.problem.options[*ix as usize].programme == p as u32;
                if self.placed[y].iter().any(in_it) {
                    continue;
                }
                let (reason, reasons) = self.why_not(programme, youth, y);
                all.push(LeftOut { programme, youth, reason, reasons });
            }
        }
        all
    }

    /// The main reason is that of the option that got furthest down the list; where one is full,
    /// that others have no place in a better plan is not what is told.
    fn why_not(&self, programme: ProgrammeId, youth: YouthId, y: usize) -> (Reason, Reasons) {
        if !self.territory.youths()[youth].programmes.contains(&programme) {
            return (Reason::NotEnrolled, Reasons::only(Reason::NotEnrolled));
        }
        let decided = self.decided(programme, youth, y);
        let limit = self.territory.limit_of(programme);
        let (mut main, mut full) = (None, false);
        let mut all = Reasons::NONE;
        for option in self.reach.options_of(programme) {
            let access = self.reach.attend(self.territory, youth, option, limit);
            let mut reasons = decided.or(access.err().unwrap_or_default());
            if let Some(ix) = self.posed.posed[option.index()] {
                if self.clashes(ix, y) {
                    reasons = reasons.with(Reason::SlotClash);
                }
                if access.is_ok() {
                    reasons = self.copies(option, ix).fold(reasons, |r, ix| r.or(self.full_or_small(ix, y)));
                }
            }
            if reasons.is_empty() {
                reasons = Reasons::only(Reason::BetterPlan);
            }
            all = all.or(reasons);
            main = main.max(reasons.first());
            full |= reasons.first() == Some(Reason::Full);
        }
        match main {
            Some(Reason::BetterPlan) if full => (Reason::Full, all),
            Some(reason) => (reason, all),
            None => (Reason::SiteClosed, decided.with(Reason::SiteClosed)),
        }
    }

    /// Reasons that hold for every option of the programme.
    fn decided(&self, programme: ProgrammeId, youth: YouthId, y: usize) -> Reasons {
        let mut reasons = Reasons::NONE;
        let excludes = |ix: &OptionIx| self.territory.exclusive(programme, self.option(*ix).programme);
        if self.placed[y].iter().any(excludes) {
            reasons = reasons.with(Reason::Excluded);
        }
        let out = |pin: &Pin| match pin {
            Pin::Out { youth: y, programme: p } => *y == youth && p.is_none_or(|p| p == programme),
            _ => false,
        };
        if self.territory.pins().iter().any(out) {
            reasons = reasons.with(Reason::PinnedOut);
        }
        reasons
    }

    fn copies(&self, option: OptionId, first: OptionIx) -> impl Iterator<Item = OptionIx> {
        (first..self.problem.options.len() as OptionIx)
            .take_while(move |&ix| self.posed.options[ix as usize] == option)
    }

    fn clashes(&self, ix: OptionIx, y: usize) -> bool {
        let list = &self.problem.conflicts[ix as usize];
        self.placed[y].iter().any(|other| list.binary_search(other).is_ok())
    }

    /// What an option within reach lacks: people, a place, or a rule's leave.
    fn full_or_small(&self, ix: OptionIx, y: usize) -> Reasons {
        let spec = &self.problem.options[ix as usize];
        let sizes = self.problem.programmes[spec.programme as usize];
        if self.free[ix as usize] < sizes.min {
            return Reasons::only(Reason::GroupTooSmall);
        }
        if !self.mixable[ix as usize] {
            return Reasons::only(Reason::MixRule);
        }
        let opened = self.opened[ix as usize];
        let members = self.members[ix as usize].len() as u32;
        if opened > 0 && members < opened * sizes.max {
            let ruled_out = !self.admits(ix, y);
            return if ruled_out { Reasons::only(Reason::MixRule) } else { Reasons::NONE };
        }
        if self.is_full(ix) { Reasons::only(Reason::Full) } else { Reasons::NONE }
    }

    /// Whether no group of an option could take anybody more, even if members changed groups; or
    /// whether enough could come for one more, beside the plan, and there is no room for it.
    fn is_full(&self, ix: OptionIx) -> bool {
        let groups = self.opened[ix as usize] > 0 && !self.facts.takes[ix as usize];
        let extra = self.facts.further[ix as usize].extra;
        groups || (extra.at_most.unwrap_or(extra.at_least) == 0 && !self.lacks(ix).is_empty())
    }

    /// Whether the rules on who is in a group leave a place for one more.
    fn admits(&self, ix: OptionIx, y: usize) -> bool {
        let programme = self.problem.options[ix as usize].programme;
        let opened = self.opened[ix as usize];
        let traits = self.problem.youths[y].traits;
        let with = |bit: u8| {
            let has = |&&m: &&YouthIx| self.problem.youths[m as usize].traits >> bit & 1 == 1;
            self.members[ix as usize].iter().filter(has).count() as u32 + (traits >> bit & 1)
        };
        let fits = |rule: &crate::groups::MixRule| {
            rule.programme != programme || with(rule.trait_bit) <= opened.saturating_mul(rule.at_most)
        };
        let apart = |pin: &crate::groups::Pin| match *pin {
            crate::groups::Pin::Apart(a, b) => {
                let other = if a as usize == y {
                    Some(b)
                } else if b as usize == y {
                    Some(a)
                } else {
                    None
                };
                other.is_some_and(|other| self.members[ix as usize].contains(&other))
            }
            _ => false,
        };
        self.problem.mix.iter().all(fits) && !self.problem.pins.iter().any(apart)
    }

    fn programmes(&self, verdicts: &[Verdict], left_out: &[LeftOut]) -> Vec<ProgrammeAnswer> {
        let answer = |(p, &id): (usize, &ProgrammeId)| {
            let mine = |ix: &usize| self.problem.options[*ix].programme == p as u32;
            let options: Vec<usize> = (0..self.problem.options.len()).filter(mine).collect();
            let groups = options.iter().map(|&ix| self.opened[ix]).sum();
            let placed: usize = options.iter().map(|&ix| self.members[ix].len()).sum();
            let enrolled = self.territory.youths().iter().filter(|(_, y)| y.programmes.contains(&id)).count();
            ProgrammeAnswer {
                programme: id,
                groups,
                placed: Headcount::new(placed as u32),
                enrolled: Headcount::new(enrolled as u32),
                closest: if groups == 0 { closest(verdicts, id) } else { None },
                binds: self.binds(id, &options, groups, left_out),
            }
        };
        self.posed.programmes.iter().enumerate().map(answer).collect()
    }

    fn binds(&self, id: ProgrammeId, options: &[usize], groups: u32, left_out: &[LeftOut]) -> Option<Bind> {
        let waiting: Vec<&LeftOut> =
            left_out.iter().filter(|l| l.programme == id && l.reason != Reason::NotEnrolled).collect();
        if groups > 0 {
            return self.binds_the_others(id, options, &waiting);
        }
        let held = |o: &ProgrammeOption| o.programme == id && !o.meetings.is_empty();
        if !self.territory.options().iter().any(held) {
            return Some(Bind::Sites);
        }
        let of_age = waiting.iter().filter(|l| l.reason != Reason::Age).count();
        Some(if (of_age as u32) < self.min_of(id) { Bind::Minimum } else { self.stops(id, options) })
    }

    /// What most of those who wait for a further group wait for.
    fn binds_the_others(&self, id: ProgrammeId, options: &[usize], waiting: &[&LeftOut]) -> Option<Bind> {
        let bind = |left: &&LeftOut| match left.reason {
            Reason::Age => Bind::Ages,
            Reason::SiteClosed => Bind::Sites,
            Reason::Full => self.stops(id, options),
            Reason::SlotClash
            | Reason::MixRule
            | Reason::Excluded
            | Reason::PinnedOut
            | Reason::BetterPlan => Bind::Youths,
            _ => Bind::Reach,
        };
        most_common(waiting.iter().map(bind))
    }

    /// What stops a further group where enough youths can come.
    fn stops(&self, id: ProgrammeId, options: &[usize]) -> Bind {
        let min = self.min_of(id);
        let alive: Vec<usize> = options.iter().copied().filter(|&ix| self.reachable[ix] >= min).collect();
        if alive.is_empty() {
            return Bind::Reach;
        }
        // Where as many groups meet as may at once, another half-day or site is what is looked for.
        let further = |&&ix: &&usize| self.opened[ix] < self.problem.options[ix].max_groups;
        let mut further: Vec<usize> = alive.iter().filter(further).copied().collect();
        if further.is_empty() {
            further = alive;
        }
        let stops: Option<Vec<Bind>> = further.iter().map(|&ix| self.stop(ix as OptionIx)).collect();
        stops.and_then(|all| most_common(all.into_iter())).unwrap_or(Bind::Youths)
    }

    /// What one more group of this option lacks besides members.
    fn lacks(&self, ix: OptionIx) -> &[Lack] {
        &self.facts.further[ix as usize].lacks
    }

    /// The first limit that a further group of this option would break.
    fn stop(&self, ix: OptionIx) -> Option<Bind> {
        self.lacks(ix).first().map(|lack| match lack {
            Lack::Groups | Lack::Rooms { .. } => Bind::Rooms,
            Lack::Site { .. } | Lack::Overall(_) => Bind::HalfDays,
            Lack::Advisers(_) => Bind::Advisers,
            Lack::Gates(_) => Bind::Candidates,
        })
    }

    fn beside(&self) -> Beside {
        let sites: Vec<SiteId> = self.territory.sites().ids().collect();
        let told = |lack: Lack| lack.tell(|rank| sites.get(rank as usize).copied());
        let further = |first: OptionIx| {
            let option = self.posed.options[first as usize];
            // Of an option's copies, the first that is not a group already.
            let unused = self.copies(option, first).find(|&ix| self.opened[ix as usize] == 0);
            let fact = &self.facts.further[unused.unwrap_or(first) as usize];
            Further {
                verdict: option.index(),
                lacks: fact.lacks.iter().filter_map(|&lack| told(lack)).collect(),
                extra: fact.extra,
                limit: fact.limit,
            }
        };
        let lever = |lever: &facts::Lever| {
            Some(Lever {
                programme: self.option(lever.option).programme,
                verdict: self.posed.options[lever.option as usize].index(),
                change: match lever.change {
                    Change::More(lack) => Change::More(told(lack)?),
                    Change::Minimum => Change::Minimum,
                    Change::Limit(limit) => Change::Limit(limit),
                    Change::Youths(youths) => Change::Youths(youths),
                },
                gain: Headcount::new(lever.gain),
            })
        };
        let alike = |alike: &facts::Alike| Alike {
            programme: self.posed.programmes[alike.programme as usize],
            youths: alike.youths.iter().map(|&y| self.posed.youths[y as usize]).collect(),
            placed: Headcount::new(alike.placed),
        };
        Beside {
            further: self.posed.posed.iter().flatten().copied().map(further).collect(),
            levers: self.facts.levers.iter().filter_map(lever).collect(),
            alike: self.facts.alike.iter().map(alike).collect(),
        }
    }

    fn hours(&self) -> Vec<WeeklyHoursReach> {
        let weekly: Vec<Seconds> = (0..self.posed.options.len())
            .map(|ix| self.option(ix as OptionIx).weekly_time(self.territory))
            .collect();
        let add = |sum: Seconds, ix: &OptionIx| sum.plus(weekly[*ix as usize]);
        let hours = |(y, &youth): (usize, &YouthId)| WeeklyHoursReach {
            youth,
            within_reach: self.most_hours(y, &weekly),
            planned: self.placed[y].iter().fold(Seconds::ZERO, add),
        };
        self.posed.youths.iter().enumerate().map(hours).collect()
    }

    /// The most that options within reach add up to, one a programme, none in conflict.
    fn most_hours(&self, y: usize, weekly: &[Seconds]) -> Seconds {
        let mut by_programme: BTreeMap<u32, BTreeSet<(std::cmp::Reverse<Seconds>, OptionIx)>> =
            BTreeMap::new();
        for arc in &self.problem.youths[y].arcs {
            let programme = self.problem.options[arc.option as usize].programme;
            let longest_first = (std::cmp::Reverse(weekly[arc.option as usize]), arc.option);
            by_programme.entry(programme).or_default().insert(longest_first);
        }
        let choices: Vec<Vec<(Seconds, OptionIx)>> = by_programme
            .into_values()
            .map(|set| set.into_iter().map(|(time, ix)| (time.0, ix)).collect())
            .collect();
        let mut best = Seconds::ZERO;
        self.extend(&choices, &mut Vec::new(), Seconds::ZERO, &mut best);
        best
    }

    fn extend(
        &self,
        choices: &[Vec<(Seconds, OptionIx)>],
        held: &mut Vec<OptionIx>,
        sum: Seconds,
        best: &mut Seconds,
    ) {
        *best = sum.max(*best);
        let Some((first, rest)) = choices.split_first() else { return };
        let most = |list: &Vec<(Seconds, OptionIx)>| list.first().map_or(Seconds::ZERO, |l| l.0);
        let beyond = rest.iter().map(most).fold(Seconds::ZERO, Seconds::plus);
        for &(time, ix) in first {
            if sum.plus(time).plus(beyond) <= *best {
                break;
            }
            if held.iter().all(|&other| !self.problem.in_conflict(ix, other)) {
                held.push(ix);
                self.extend(rest, held, sum.plus(time), best);
                held.pop();
            }
        }
        if sum.plus(beyond) > *best {
            self.extend(rest, held, sum, best);
        }
    }
}

/// Who would reach which of the problem's options under a looser limit.
impl Riding {
    /// What coming through each gate of a ride means.
    fn all(posed: &Posed) -> BTreeMap<u32, Self> {
        let both = |ride: &PosedRide| {
            let driver = posed.youths[ride.driver as usize];
            [
                (ride.drive, Self::Drives { ride: ride.ride }),
                (ride.seats, Self::With { driver, ride: ride.ride }),
            ]
        };
        posed.rides.iter().flat_map(both).collect()
    }
}

fn near(territory: &Territory, reach: &Reach, posed: &Posed) -> Vec<Near> {
    let mut near = Vec::new();
    for (option, &id) in (0..).zip(&posed.options) {
        let within = territory.limit_of(territory.option(id).programme);
        for (youth, &who) in (0..).zip(&posed.youths) {
            let limit = reach.least_limit(territory, who, id).filter(|&limit| limit > within);
            near.extend(limit.map(|limit| Near { youth, option, limit }));
        }
    }
    near
}

/// Where a programme comes closest to a group: fewest missing, then most within reach, then first.
fn closest(verdicts: &[Verdict], programme: ProgrammeId) -> Option<usize> {
    let mine = verdicts.iter().enumerate().filter(|(_, v)| v.offer.programme == programme);
    mine.min_by_key(|(i, v)| (v.missing, std::cmp::Reverse(v.reachable), *i)).map(|(i, _)| i)
}

/// The most common, the first of those that are as common.
fn most_common(binds: impl Iterator<Item = Bind>) -> Option<Bind> {
    let mut counts: BTreeMap<Bind, usize> = BTreeMap::new();
    binds.for_each(|bind| *counts.entry(bind).or_default() += 1);
    counts.into_iter().max_by_key(|&(bind, n)| (n, std::cmp::Reverse(bind))).map(|(bind, _)| bind)
}
