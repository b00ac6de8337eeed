//! Each fact against brute force on tiny problems, and by hand.

use super::super::draw::Random;
use super::super::tests::tiny;
use super::super::*;
use super::*;
use crate::control::Control;
use std::collections::BTreeMap;

/// Most placements with exactly these groups, every gate open, by trying everything.
fn most(problem: &Problem, groups: &[u32]) -> Option<u32> {
    let listed = (0..).zip(groups.iter().copied()).filter(|g| g.1 > 0);
    let mut all = Assignment {
        groups: listed.collect(),
        members: Vec::new(),
        gates: (0..problem.gates.len() as GateIx).collect(),
    };
    let mut best = None;
    place(problem, 0, 0, &mut all, &mut best);
    best
}

fn place(problem: &Problem, y: usize, from: usize, all: &mut Assignment, best: &mut Option<u32>) {
    let Some(youth) = problem.youths.get(y) else {
        // A gate that needs its host is open where somebody comes through it.
        let idle = |g: GateIx| {
            problem.hosts.iter().any(|h| h.gate == g) && !all.members.iter().any(|m| m.2 == Some(g))
        };
        let gates = all.gates.iter().copied().filter(|&g| !idle(g)).collect();
        if verify(problem, &Assignment { gates, ..all.clone() }).is_ok() {
            *best = (*best).max(Some(all.members.len() as u32));
        }
        return;
    };
    place(problem, y + 1, 0, all, best);
    for (i, arc) in youth.arcs.iter().enumerate().skip(from) {
        let held = all
            .members
            .iter()
            .filter(|m| m.0 as usize == y)
            .any(|m| m.1 == arc.option || problem.in_conflict(m.1, arc.option));
        if !held {
            all.members.push((y as YouthIx, arc.option, arc.gate));
            place(problem, y, i + 1, all, best);
            all.members.pop();
        }
    }
}

/// The problem without anything that limits groups but members.
fn roomy(problem: &Problem) -> Problem {
    let mut p = problem.clone();
    (p.capacities, p.teams, p.gate_limits) = (Vec::new(), Vec::new(), Vec::new());
    p.options.iter_mut().for_each(|o| o.max_groups = 9);
    p
}

/// With `n` newcomers who can reach one option only.
fn with_newcomers(problem: &Problem, option: OptionIx, n: u32) -> Problem {
    let arcs = vec![Arc { option, time: Seconds::ZERO, gate: None }];
    let mut p = problem.clone();
    p.youths.extend((0..n).map(|_| YouthSpec { weight: 1, traits: 0, arcs: arcs.clone() }));
    p
}

/// With the programme's limit at `limit`.
fn with_limit(problem: &Problem, near: &[Near], programme: ProgrammeIx, limit: Seconds) -> Problem {
    let mut p = problem.clone();
    let mine = |n: &&Near| problem.options[n.option as usize].programme == programme && n.limit <= limit;
    for one in near.iter().filter(mine) {
        let arcs = &mut p.youths[one.youth as usize].arcs;
        arcs.push(Arc { option: one.option, time: one.limit, gate: None });
        arcs.sort_by_key(|a| (a.option, a.gate));
    }
    p.check().unwrap();
    p
}

/// With more of what a lever asks for.
fn changed(problem: &Problem, near: &[Near], lever: &Lever) -> Problem {
    let mut p = problem.clone();
    let programme = p.options[lever.option as usize].programme;
    let mut widen = |more: u32, of: &dyn Fn(CapacityKind) -> bool| {
        p.capacities.iter_mut().filter(|c| of(c.kind)).for_each(|c| c.limit += more);
    };
    match lever.change {
        Change::More(Lack::Rooms { site, rooms }) => {
            widen(rooms, &|kind| matches!(kind, CapacityKind::Rooms { site: s, .. } if s == site));
        }
        Change::More(Lack::Site { site, half_days }) => {
            widen(half_days, &|kind| kind == CapacityKind::Site(site));
        }
        Change::More(Lack::Overall(half_days)) => widen(half_days, &|kind| kind == CapacityKind::Overall),
        Change::More(Lack::Groups) => p.options[lever.option as usize].max_groups += 1,
        Change::More(Lack::Advisers(members)) => {
            p.teams.push(Team { members, half_days: 1, posts: (0..p.posts.len() as PostIx).collect() });
        }
        Change::More(Lack::Gates(more)) => p.gate_limits.iter_mut().for_each(|l| l.limit += more),
        Change::Minimum => p.programmes[programme as usize].min -= 1,
        Change::Limit(limit) => p = with_limit(&p, near, programme, limit),
        Change::Youths(n) => p = with_newcomers(&p, lever.option, n),
    }
    p
}

/// A tiny problem with its plan, and who could reach more under a looser limit.
struct Case {
    problem: Problem,
    plan: Assignment,
    near: Vec<Near>,
    facts: Facts,
}

impl Case {
    fn draw(seed: u64) -> Option<Self> {
        let mut r = Random::new(seed);
        let mut problem = tiny(seed);
        problem.youths.iter_mut().for_each(|y| y.weight = 1);
        // Facts are told of plans without a budget.
        problem.gate_budget = None;
        if r.chance(50) {
            problem.tiers = vec![Tier::Placed];
        }
        for (row, capacity) in problem.capacities.iter_mut().enumerate() {
            match r.below(3) {
                0 => capacity.kind = CapacityKind::Overall,
                1 => capacity.kind = CapacityKind::Rooms { site: r.below(2), slot: row as u32 },
                _ => {}
            }
        }
        let Solution::Found { assignment: plan, .. } =
            Milp.solve(&problem, &Limits::default(), &Control::none()).unwrap()
        else {
            return None;
        };
        let mut near = Vec::new();
        for (y, youth) in problem.youths.iter().enumerate() {
            for option in 0..problem.options.len() as OptionIx {
                if r.chance(40) && youth.arcs.iter().all(|a| a.option != option) {
                    let limit = Seconds::from_minutes(60 + r.below(5));
                    near.push(Near { youth: y as YouthIx, option, limit });
                }
            }
        }
        let small = oracle::ways(&with_all(&problem, &near)) <= 2_000;
        let facts = facts(&problem, &plan, &near, &Control::none()).unwrap();
        small.then_some(Self { problem, plan, near, facts })
    }

    /// The plan's groups and one more.
    fn further(&self, option: OptionIx) -> Vec<u32> {
        let mut groups = verify::group_counts(&self.problem, &self.plan);
        groups[option as usize] += 1;
        groups
    }

    fn programme(&self, option: OptionIx) -> ProgrammeIx {
        self.problem.options[option as usize].programme
    }

    fn least_newcomers(&self, option: OptionIx) -> u32 {
        let groups = self.further(option);
        let open = |n: &u32| most(&with_newcomers(&roomy(&self.problem), option, *n), &groups).is_some();
        (0..9).find(open).unwrap()
    }

    fn least_limit(&self, option: OptionIx) -> Option<Seconds> {
        let groups = self.further(option);
        let limits: BTreeSet<Seconds> = self.near.iter().map(|n| n.limit).collect();
        let open = |limit: &Seconds| {
            let p = with_limit(&roomy(&self.problem), &self.near, self.programme(option), *limit);
            most(&p, &groups).is_some()
        };
        limits.into_iter().find(open)
    }
}

/// With everybody within reach of all that is near.
fn with_all(problem: &Problem, near: &[Near]) -> Problem {
    let longest = Seconds::new(u32::MAX);
    let programmes = 0..problem.programmes.len() as ProgrammeIx;
    programmes.fold(problem.clone(), |p, programme| with_limit(&p, near, programme, longest))
}

#[test]
fn a_further_group_needs_no_fewer_youths_and_no_smaller_limit() {
    let (mut exact, mut open) = (0, 0);
    for (seed, case) in (0..1_500).filter_map(|seed| Some((seed, Case::draw(seed)?))) {
        for (option, further) in (0..).zip(&case.facts.further) {
            // A mix rule may ask for a trait that no newcomer here has.
            let ruled =
                case.problem.mix.iter().any(|m| m.programme == case.programme(option) && m.at_least > 0);
            if ruled {
                continue;
            }
            let least = case.least_newcomers(option);
            let Between { at_least, at_most } = further.extra;
            assert!(
                at_least <= least && at_most.is_none_or(|most| least <= most),
                "{seed} {option}: {least} {further:?}"
            );
            exact += u32::from(at_most == Some(at_least) && least > 0);
            open += u32::from(at_most != Some(at_least));
            if least == 0 {
                continue;
            }
            let limit = case.least_limit(option);
            match further.limit {
                Some(Between { at_least, at_most }) => {
                    assert!(
                        limit.is_none_or(|limit| at_least <= limit),
                        "{seed} {option}: {limit:?} {further:?}"
                    );
                    let reached = |most| limit.is_some_and(|limit| limit <= most);
                    assert!(at_most.is_none_or(reached), "{seed} {option}: {limit:?} {further:?}");
                }
                // Enough can come, and a rule on who is in a group stands in the way.
                None if at_least == 0 => {}
                None => assert_eq!(limit, None, "{seed} {option}: {further:?}"),
            }
        }
    }
    assert!(exact > 500 && open > 50, "{exact} {open}");
}

#[test]
fn members_of_one_programme_are_a_flow_and_facts_exact() {
    let mut seen = 0;
    for (seed, case) in (0..3_000).filter_map(|seed| Some((seed, Case::draw(seed)?))) {
        if !leaf::flows(&with_all(&case.problem, &case.near)) || !case.problem.gates.is_empty() {
            continue;
        }
        let now = most(&roomy(&case.problem), &verify::group_counts(&case.problem, &case.plan)).unwrap();
        for (option, further) in (0..).zip(&case.facts.further) {
            assert_eq!(further.extra.at_most, Some(further.extra.at_least), "{seed} {option}");
            assert_eq!(further.extra.at_least, case.least_newcomers(option), "{seed} {option}");
            if further.extra.at_least > 0 {
                let limit = case.least_limit(option).map(|l| Between { at_least: l, at_most: Some(l) });
                assert_eq!(further.limit, limit, "{seed} {option}");
            }
        }
        for lever in &case.facts.levers {
            let p = roomy(&changed(&case.problem, &case.near, lever));
            let then = most(&p, &case.further(lever.option)).unwrap();
            assert_eq!(then - now, lever.gain, "{seed}: {lever:?}");
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen}");
}

#[test]
fn a_lever_brings_what_it_says() {
    let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
    for (seed, case) in (0..2_000).filter_map(|seed| Some((seed, Case::draw(seed)?))) {
        for lever in &case.facts.levers {
            let p = Problem { tiers: vec![Tier::Placed], ..changed(&case.problem, &case.near, lever) };
            let best = oracle::best(&p).unwrap()[0];
            assert!(best >= case.plan.members.len() as i64 + i64::from(lever.gain), "{seed}: {lever:?}");
            let kind = format!("{:?}", lever.change);
            *kinds.entry(kind.split(char::is_numeric).next().unwrap().to_owned()).or_default() += 1;
        }
    }
    assert!(kinds.len() >= 9 && kinds.values().all(|&n| n > 0), "{kinds:?}");
}

#[test]
fn alike_is_who_can_be_exchanged() {
    let mut seen = 0;
    for (seed, case) in (0..2_000).filter_map(|seed| Some((seed, Case::draw(seed)?))) {
        for Alike { programme, youths, placed } in &case.facts.alike {
            let has = |y: &YouthIx| {
                case.plan.members.iter().any(|m| m.0 == *y && case.programme(m.1) == *programme)
            };
            let (with, without): (Vec<YouthIx>, Vec<YouthIx>) = youths.iter().partition(|y| has(y));
            assert_eq!(with.len(), *placed as usize);
            let mut other = case.plan.clone();
            for member in &mut other.members {
                member.0 = match member.0 {
                    y if y == with[0] => without[0],
                    y if y == without[0] => with[0],
                    y => y,
                };
            }
            other.members.sort_unstable();
            assert_eq!(verify(&case.problem, &other), Ok(()), "{seed}");
            assert_eq!(values(&case.problem, &other), values(&case.problem, &case.plan), "{seed}");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

fn option(programme: ProgrammeIx) -> OptionSpec {
    OptionSpec { programme, max_groups: 1, cost: 0, gates: Vec::new(), lower_min: None, posts: Vec::new() }
}

/// Youths who reach these options, groups of two or three.
fn plain(options: u32, reach: &[&[OptionIx]]) -> Problem {
    let arc = |&option: &OptionIx| Arc { option, time: Seconds::ZERO, gate: None };
    let youth =
        |reach: &&[OptionIx]| YouthSpec { weight: 1, traits: 0, arcs: reach.iter().map(arc).collect() };
    let p = Problem {
        programmes: vec![Sizes { min: 2, target: 2, max: 3 }],
        options: (0..options).map(|_| option(0)).collect(),
        youths: reach.iter().map(youth).collect(),
        tiers: vec![Tier::Placed],
        ..Problem::default()
    };
    p.check().unwrap();
    p
}

fn placed(members: &[(YouthIx, OptionIx)], groups: &[OptionIx]) -> Assignment {
    Assignment {
        groups: groups.iter().map(|&o| (o, 1)).collect(),
        members: members.iter().map(|&(y, o)| (y, o, None)).collect(),
        gates: Vec::new(),
    }
}

#[test]
fn one_room_more_moves_a_member_and_places_another() {
    // Three in the one group; the fourth reaches the other option only, with one of the three.
    let mut p = plain(2, &[&[0, 1], &[0], &[0], &[1]]);
    let rooms = CapacityKind::Rooms { site: 7, slot: 0 };
    p.capacities.push(Capacity { kind: rooms, limit: 1, uses: vec![(0, 1), (1, 1)], extra: Vec::new() });
    let plan = placed(&[(0, 0), (1, 0), (2, 0)], &[0]);
    let facts = facts(&p, &plan, &[], &Control::none()).unwrap();
    let lack = Lack::Rooms { site: 7, rooms: 1 };
    assert_eq!(facts.further[1].lacks, [lack]);
    assert_eq!(facts.further[1].extra, Between { at_least: 0, at_most: Some(0) });
    assert_eq!(facts.levers, [Lever { option: 1, change: Change::More(lack), gain: 1 }]);
    assert_eq!(facts.takes, [false, false]);
}

#[test]
fn a_limit_is_raised_for_who_makes_room_too() {
    // The third can't come to the other option under any limit, but to the first, from which another then moves.
    let p = plain(2, &[&[0, 1], &[0], &[], &[1]]);
    let near = [
        Near { youth: 2, option: 0, limit: Seconds::new(50) },
        Near { youth: 1, option: 1, limit: Seconds::new(60) },
    ];
    let facts = facts(&p, &placed(&[(0, 0), (1, 0)], &[0]), &near, &Control::none()).unwrap();
    let limit = Seconds::new(50);
    assert_eq!(facts.further[1].limit, Some(Between { at_least: limit, at_most: Some(limit) }));
    let lever = |change, gain| Lever { option: 1, change, gain };
    let told = [lever(Change::Minimum, 1), lever(Change::Limit(limit), 2), lever(Change::Youths(1), 2)];
    assert_eq!(facts.levers, told);
}

#[test]
fn room_is_told_by_what_is_lacking() {
    let mut p = plain(1, &[]);
    let nothing = Assignment::default();
    let lacks = |p: &Problem| Room::beside(p, &nothing).lacks(0);
    assert_eq!(lacks(&p), []);
    p.posts = vec![Post { week: 0, moment: 0, site: 0 }];
    p.options[0].posts = vec![0];
    p.teams = vec![Team { members: 1, half_days: 1, posts: Vec::new() }];
    assert_eq!(lacks(&p), [Lack::Advisers(1)]);
    p.gates = vec![Gate { cost: 0, capacity: None }];
    p.gate_limits = vec![GateLimit { gates: vec![0], limit: 0 }];
    p.options[0].gates = vec![0];
    let uses = vec![(0, 2)];
    p.capacities = vec![Capacity { kind: CapacityKind::Site(3), limit: 0, uses, extra: vec![(0, 1)] }];
    p.options[0].max_groups = 0;
    let site = Lack::Site { site: 3, half_days: 1 };
    assert_eq!(lacks(&p), [Lack::Groups, site, Lack::Advisers(1), Lack::Gates(1)]);
}
