//! The solver against brute force, and laws that hold whatever the problem.

use super::draw::{Random, draw, draw_arcs};
use super::*;
use super::{oracle, verify::verify};
use crate::control::Control;
use crate::units::Seconds;

/// A tiny problem with, now and then, each part of [`Problem`].
pub(crate) fn tiny(seed: u64) -> Problem {
    let mut attempt = 0;
    loop {
        let p = draw(&mut Random::new(seed.wrapping_mul(1_000).wrapping_add(attempt)));
        attempt += 1;
        if oracle::ways(&p) <= 4_000 {
            p.check().unwrap();
            return p;
        }
    }
}

fn solve(problem: &Problem) -> Solution {
    problem.check().unwrap();
    Milp.solve(problem, &Limits::default(), &Control::none()).unwrap()
}

/// Solves and compares with brute force, tier by tier.
fn agree(seed: u64) {
    let problem = tiny(seed);
    let expected = oracle::best(&problem);
    match (solve(&problem), expected) {
        (Solution::Impossible, None) => {}
        (Solution::Found { assignment, tiers }, Some(best)) => {
            assert_eq!(verify(&problem, &assignment), Ok(()), "seed {seed}");
            let found: Vec<_> = tiers.iter().map(|t| t.value).collect();
            assert_eq!(found, best, "seed {seed}: {problem:?}");
            assert!(tiers.iter().all(|t| t.proof == Proof::Optimal), "seed {seed}: {tiers:?}");
            let values: Vec<_> = values(&problem, &assignment).into_iter().map(|v| v.1).collect();
            assert_eq!(values, best, "seed {seed}");
        }
        (found, expected) => panic!("seed {seed}: {found:?}, expected {expected:?}"),
    }
}

#[test]
fn oracle_short() {
    (0..5_000).for_each(agree);
}

#[test]
#[ignore = "minutes"]
fn oracle_long() {
    (0..200_000).for_each(agree);
}

fn arc(option: u32) -> Arc {
    Arc { option, time: Seconds::new(600), gate: None }
}

fn option(programme: u32) -> OptionSpec {
    OptionSpec { programme, max_groups: 1, cost: 100, gates: Vec::new(), lower_min: None, posts: Vec::new() }
}

/// `youths` youths who reach all of `options` options of one programme each.
fn plain(youths: usize, options: u32, sizes: (u32, u32, u32)) -> Problem {
    let youth = YouthSpec { weight: 1, traits: 0, arcs: (0..options).map(arc).collect() };
    Problem {
        programmes: vec![Sizes { min: sizes.0, target: sizes.1, max: sizes.2 }; options as usize],
        options: (0..options).map(option).collect(),
        youths: vec![youth; youths],
        tiers: Tier::ALL.to_vec(),
        ..Problem::default()
    }
}

/// The values of the tiers, all proved.
fn proved(problem: &Problem) -> Vec<i64> {
    let Solution::Found { tiers, assignment } = solve(problem) else { panic!("nothing found") };
    assert_eq!(verify(problem, &assignment), Ok(()));
    assert!(tiers.iter().all(|t| t.proof == Proof::Optimal), "{tiers:?}");
    tiers.iter().map(|t| t.value).collect()
}

#[test]
fn nobody_is_no_group() {
    assert_eq!(proved(&Problem { tiers: Tier::ALL.to_vec(), ..Problem::default() }), [0; 4]);
    assert_eq!(proved(&plain(2, 1, (3, 3, 4))), [0; 4]);
}

#[test]
fn a_group_is_between_its_sizes() {
    assert_eq!(proved(&plain(3, 1, (3, 4, 4))), [3, 100, 1, 1800]);
    assert_eq!(proved(&plain(9, 1, (3, 4, 4)))[0], 4);
}

#[test]
fn two_groups_need_twice_the_minimum() {
    let mut p = plain(5, 1, (3, 3, 4));
    p.options[0].max_groups = 2;
    assert_eq!(proved(&p)[0], 4);
    p.youths.push(p.youths[0].clone());
    assert_eq!(proved(&p)[..2], [6, 200]);
}

#[test]
fn conflicts_and_exclusions_keep_people_apart() {
    let mut p = plain(4, 2, (2, 2, 4));
    assert_eq!(proved(&p)[0], 8);
    p.conflicts = vec![vec![1], vec![0]];
    assert_eq!(proved(&p)[0], 4);
    p.conflicts = Vec::new();
    p.exclusive = vec![(0, 1)];
    assert_eq!(proved(&p)[0], 4);
}

#[test]
fn a_gate_extends_a_capacity() {
    let mut p = plain(4, 2, (2, 2, 4));
    let uses = vec![(0, 1), (1, 1)];
    p.capacities.push(Capacity { kind: CapacityKind::Overall, limit: 1, uses, extra: Vec::new() });
    assert_eq!(proved(&p)[0], 4);
    p.gates.push(Gate { cost: 50, capacity: None });
    p.capacities[0].extra.push((0, 1));
    assert_eq!(proved(&p)[..2], [8, 250]);
    p.gate_limits.push(GateLimit { gates: vec![0], limit: 0 });
    assert_eq!(proved(&p)[0], 4);
}

#[test]
fn a_gate_lowers_a_minimum_and_opens_an_option() {
    let mut p = plain(2, 1, (3, 3, 4));
    p.gates.push(Gate { cost: 50, capacity: None });
    p.options[0].lower_min = Some((0, 2));
    assert_eq!(proved(&p)[..2], [2, 150]);
    let mut p = plain(3, 1, (3, 3, 4));
    p.gates.push(Gate { cost: 50, capacity: None });
    p.options[0].gates = vec![0];
    assert_eq!(proved(&p)[..2], [3, 150]);
}

#[test]
fn a_shuttle_carries_so_many() {
    let mut p = plain(4, 1, (1, 1, 4));
    p.gates.push(Gate { cost: 50, capacity: Some(2) });
    p.youths.iter_mut().for_each(|y| y.arcs[0].gate = Some(0));
    assert_eq!(proved(&p)[..2], [2, 150]);
}

#[test]
fn a_member_takes_others_along_who_is_there() {
    let mut p = plain(4, 1, (1, 1, 4));
    // Whoever drives comes through a gate that is paid for, and has two free seats.
    p.gates = vec![Gate { cost: 50, capacity: None }, Gate { cost: 0, capacity: Some(2) }];
    p.youths[0].arcs.push(Arc { gate: Some(0), ..arc(0) });
    p.youths[1..].iter_mut().for_each(|y| y.arcs[0].gate = Some(1));
    p.hosts.push(Host { gate: 1, youth: 0, option: 0, through: Some(0) });
    assert_eq!(proved(&p)[..2], [3, 150]);
    p.gate_budget = Some(40);
    assert_eq!(proved(&p)[..2], [1, 100], "nobody pays for the lifts");
    p.gate_budget = None;
    p.pins.push(Pin::Out { youth: 0, programme: 0 });
    assert_eq!(proved(&p)[..2], [0, 0], "the driver is not there");
    p.hosts.push(p.hosts[0]);
    assert!(p.check().is_err(), "a gate has one host");
    p.hosts = vec![Host { gate: 1, youth: 0, option: 0, through: Some(1) }];
    assert!(p.check().is_err(), "nobody is their own passenger");
}

#[test]
fn advisers_are_at_one_post_a_moment_and_give_so_many_half_days() {
    let mut p = plain(4, 2, (2, 2, 4));
    p.posts = vec![Post { week: 0, moment: 0, site: 0 }, Post { week: 0, moment: 0, site: 1 }];
    p.options[0].posts = vec![0];
    p.options[1].posts = vec![1];
    p.teams = vec![Team { members: 1, half_days: 2, posts: vec![0, 1] }];
    assert_eq!(proved(&p)[0], 4);
    p.posts[1].moment = 1;
    assert_eq!(proved(&p)[0], 8);
    p.teams[0].half_days = 1;
    assert_eq!(proved(&p)[0], 4);
    p.posts[1].week = 1;
    assert_eq!(proved(&p)[0], 8);
    p.teams[0].posts = vec![0];
    assert_eq!(proved(&p)[0], 4);
}

#[test]
fn a_mix_rule_bounds_a_trait() {
    let mut p = plain(4, 1, (2, 2, 4));
    p.youths[0].traits = 1;
    p.mix.push(MixRule { programme: 0, trait_bit: 0, at_least: 0, at_most: 0 });
    assert_eq!(proved(&p)[0], 3);
    p.mix[0] = MixRule { programme: 0, trait_bit: 0, at_least: 2, at_most: 4 };
    assert_eq!(proved(&p)[0], 0);
}

#[test]
fn pins_are_kept_or_refused() {
    let mut p = plain(4, 2, (2, 2, 4));
    p.exclusive = vec![(0, 1)];
    p.pins = vec![Pin::Open { options: vec![1], groups: 1 }, Pin::In { youth: 3, programme: 0 }];
    let Solution::Found { assignment, .. } = solve(&p) else { panic!() };
    assert_eq!(assignment.groups, [(0, 1), (1, 1)]);
    p.pins.push(Pin::Out { youth: 3, programme: 0 });
    assert_eq!(solve(&p), Solution::Impossible);
    p.pins = vec![Pin::Open { options: Vec::new(), groups: 1 }];
    assert_eq!(solve(&p), Solution::Impossible);
    let mut p = plain(4, 1, (2, 2, 4));
    p.pins = vec![Pin::Apart(0, 1)];
    assert_eq!(proved(&p)[0], 3);
}

#[test]
fn weights_decide_who_comes() {
    let mut p = plain(3, 1, (1, 2, 2));
    p.youths[2].weight = 5;
    assert_eq!(proved(&p)[0], 6);
}

/// What is placed, by weight; nothing when pins refuse everything.
fn placed(problem: &Problem) -> i64 {
    match solve(problem) {
        Solution::Found { assignment, .. } => value(problem, &assignment, Tier::Placed),
        _ => -1,
    }
}

#[test]
fn more_freedom_never_places_fewer() {
    for seed in 10_000..10_150 {
        let mut p = tiny(seed);
        p.tiers = Tier::ALL.to_vec();
        let before = placed(&p);
        let mut looser = p.clone();
        looser.programmes.iter_mut().for_each(|s| s.min = 1.max(s.min - 1));
        assert!(placed(&looser) >= before, "min, seed {seed}");
        let mut looser = p.clone();
        looser.programmes.iter_mut().for_each(|s| s.max += 1);
        assert!(placed(&looser) >= before, "max, seed {seed}");
        let mut looser = p.clone();
        looser.capacities.iter_mut().for_each(|c| c.limit += 1);
        looser.teams.iter_mut().for_each(|t| t.members += 1);
        assert!(placed(&looser) >= before, "capacity, seed {seed}");
        let missing = |o: &u32| p.youths[0].arcs.iter().all(|a| a.option != *o);
        if let Some(o) = (0..p.options.len() as u32).find(missing) {
            let mut looser = p.clone();
            looser.youths[0].arcs.push(arc(o));
            looser.youths[0].arcs.sort_by_key(|a| (a.option, a.gate));
            assert!(placed(&looser) >= before, "arc, seed {seed}");
        }
    }
}

#[test]
fn one_more_youth_never_places_fewer() {
    for seed in 15_000..15_300 {
        let mut p = tiny(seed);
        p.tiers = vec![Tier::Placed];
        let before = proved_placed(&p);
        let mut arcs = draw_arcs(&mut Random::new(seed), p.options.len() as u32, p.gates.len() as u32);
        arcs.retain(|a| !p.hosts.iter().any(|h| Some(h.gate) == a.gate && h.option != a.option));
        arcs.truncate(2);
        p.youths.push(YouthSpec { weight: 1, traits: 0, arcs });
        // Nobody has to be placed, so whoever comes can only help.
        assert!(proved_placed(&p) >= before, "seed {seed}");
    }
}

/// What is placed at best, proved; -1 when it is proved that nothing is allowed.
fn proved_placed(problem: &Problem) -> i64 {
    match solve(problem) {
        Solution::Found { tiers, .. } => {
            assert!(tiers.iter().all(|t| t.proof == Proof::Optimal), "{tiers:?}");
            tiers[0].value
        }
        Solution::Impossible => -1,
        Solution::NotFound => panic!("not found"),
    }
}

/// New numbers for `0..n`.
fn shuffled(r: &mut Random, n: usize) -> Vec<u32> {
    let mut numbers: Vec<u32> = (0..n as u32).collect();
    (1..n).rev().for_each(|i| numbers.swap(i, r.below(i as u32 + 1) as usize));
    numbers
}

/// The list in the order of its new numbers.
fn moved<T: Clone>(list: &[T], numbers: &[u32]) -> Vec<T> {
    let mut old: Vec<usize> = (0..list.len()).collect();
    old.sort_by_key(|&i| numbers[i]);
    old.into_iter().map(|i| list[i].clone()).collect()
}

/// New numbers for youths, options and programmes.
struct Permutation {
    youths: Vec<u32>,
    options: Vec<u32>,
    programmes: Vec<u32>,
}

impl Permutation {
    fn new(r: &mut Random, p: &Problem) -> Self {
        Self {
            youths: shuffled(r, p.youths.len()),
            options: shuffled(r, p.options.len()),
            programmes: shuffled(r, p.programmes.len()),
        }
    }

    fn option(&self, o: u32) -> u32 {
        self.options[o as usize]
    }

    fn problem(&self, p: &Problem) -> Problem {
        let mut q = p.clone();
        let programme = |p: u32| self.programmes[p as usize];
        let youth = |y: u32| self.youths[y as usize];
        q.programmes = moved(&p.programmes, &self.programmes);
        q.options.iter_mut().for_each(|o| o.programme = programme(o.programme));
        q.options = moved(&q.options, &self.options);
        for y in &mut q.youths {
            y.arcs.iter_mut().for_each(|a| a.option = self.option(a.option));
            y.arcs.sort_by_key(|a| (a.option, a.gate));
        }
        q.youths = moved(&q.youths, &self.youths);
        q.hosts.iter_mut().for_each(|h| (h.youth, h.option) = (youth(h.youth), self.option(h.option)));
        for c in &mut q.capacities {
            c.uses.iter_mut().for_each(|u| u.0 = self.option(u.0));
            c.uses.sort_unstable();
        }
        for list in &mut q.conflicts {
            list.iter_mut().for_each(|o| *o = self.option(*o));
            list.sort_unstable();
        }
        if !q.conflicts.is_empty() {
            q.conflicts = moved(&q.conflicts, &self.options);
        }
        for (a, b) in &mut q.exclusive {
            let (x, y) = (programme(*a), programme(*b));
            (*a, *b) = (x.min(y), x.max(y));
        }
        q.mix.iter_mut().for_each(|m| m.programme = programme(m.programme));
        for pin in &mut q.pins {
            *pin = match pin.clone() {
                Pin::Open { options, groups } => {
                    Pin::Open { options: options.into_iter().map(|o| self.option(o)).collect(), groups }
                }
                Pin::In { youth: y, programme: p } => Pin::In { youth: youth(y), programme: programme(p) },
                Pin::Out { youth: y, programme: p } => Pin::Out { youth: youth(y), programme: programme(p) },
                Pin::Apart(a, b) => Pin::Apart(youth(a), youth(b)),
            };
        }
        q
    }

    fn assignment(&self, a: &Assignment) -> Assignment {
        let mut b = a.clone();
        b.groups.iter_mut().for_each(|g| g.0 = self.option(g.0));
        b.groups.sort_unstable();
        b.members.iter_mut().for_each(|m| (m.0, m.1) = (self.youths[m.0 as usize], self.option(m.1)));
        b.members.sort_unstable();
        b
    }
}

#[test]
fn other_numbers_are_the_same_problem() {
    for seed in 20_000..20_400 {
        let p = tiny(seed);
        let permutation = Permutation::new(&mut Random::new(seed), &p);
        let q = permutation.problem(&p);
        match (solve(&p), solve(&q)) {
            (Solution::Found { assignment, tiers }, Solution::Found { tiers: others, .. }) => {
                let told = |t: &TierResult| TierResult { nodes: 0, ..*t };
                let [told, others] = [&tiers, &others].map(|all| all.iter().map(told).collect::<Vec<_>>());
                assert_eq!(told, others, "seed {seed}");
                // The answer in the new numbers answers the new problem, with the same values.
                let renamed = permutation.assignment(&assignment);
                assert_eq!(verify(&q, &renamed), Ok(()), "seed {seed}");
                assert_eq!(values(&q, &renamed), values(&p, &assignment), "seed {seed}");
            }
            (first, second) => assert_eq!(first, second, "seed {seed}"),
        }
    }
}

/// A problem with everything in it, and an assignment that it accepts.
fn rich() -> (Problem, Assignment) {
    let mut p = plain(4, 2, (2, 2, 3));
    p.gates = vec![Gate { cost: 5, capacity: Some(1) }, Gate { cost: 5, capacity: None }];
    p.gate_limits.push(GateLimit { gates: vec![0, 1], limit: 1 });
    p.options[1].gates = vec![0];
    p.youths[0].arcs[0].gate = Some(0);
    p.posts = vec![Post { week: 3, moment: 0, site: 0 }];
    p.options.iter_mut().for_each(|o| o.posts = vec![0]);
    p.teams = vec![Team { members: 2, half_days: 1, posts: vec![0] }];
    let uses = vec![(0, 1), (1, 1)];
    p.capacities.push(Capacity { kind: CapacityKind::Overall, limit: 2, uses, extra: Vec::new() });
    p.youths[0].traits = 1;
    p.mix.push(MixRule { programme: 0, trait_bit: 0, at_least: 1, at_most: 1 });
    p.exclusive = vec![(0, 1)];
    p.pins =
        vec![Pin::Open { options: vec![0], groups: 1 }, Pin::In { youth: 0, programme: 0 }, Pin::Apart(0, 2)];
    let a = Assignment {
        groups: vec![(0, 1), (1, 1)],
        members: vec![(0, 0, Some(0)), (1, 0, None), (2, 1, None), (3, 1, None)],
        gates: vec![0],
    };
    p.check().unwrap();
    assert_eq!(verify(&p, &a), Ok(()));
    (p, a)
}

#[test]
fn verify_refuses_each_kind_of_fault() {
    let refused = |broken: Broken, change: &dyn Fn(&mut Problem, &mut Assignment)| {
        let (mut p, mut a) = rich();
        change(&mut p, &mut a);
        assert_eq!(verify(&p, &a), Err(broken));
    };
    refused(Broken::Shape, &|_, a| a.groups.reverse());
    refused(Broken::Shape, &|_, a| a.members[0].1 = 9);
    refused(Broken::Shape, &|_, a| a.gates = vec![7]);
    refused(Broken::Size(1), &|_, a| a.members.truncate(3));
    refused(Broken::Size(0), &|_, a| a.groups = vec![(1, 1)]);
    refused(Broken::Size(0), &|p, _| p.programmes[0].max = 1);
    refused(Broken::TooManyGroups(1), &|p, _| p.options[1].max_groups = 0);
    refused(Broken::ClosedOption(1), &|_, a| a.gates.clear());
    refused(Broken::ClosedArc(0, 0), &|p, a| {
        a.gates.clear();
        p.options[1].gates.clear();
    });
    refused(Broken::NoArc(0, 0), &|_, a| a.members[0].2 = None);
    refused(Broken::Conflict(3, 0, 1), &|_, a| a.members.insert(3, (3, 0, None)));
    refused(Broken::Capacity(0), &|p, _| p.capacities[0].limit = 1);
    refused(Broken::GateCapacity(0), &|p, _| p.gates[0].capacity = Some(0));
    refused(Broken::GateLimit(0), &|_, a| a.gates = vec![0, 1]);
    refused(Broken::Host(0), &|p, _| p.hosts.push(Host { gate: 0, youth: 3, option: 0, through: None }));
    refused(Broken::Teams(3), &|p, _| p.teams[0].members = 1);
    refused(Broken::Mix(0, 0), &|p, _| p.youths[1].traits = 1);
    refused(Broken::Pin(0), &|p, _| p.pins[0] = Pin::Open { options: vec![0], groups: 2 });
    refused(Broken::Pin(1), &|p, _| p.pins[1] = Pin::In { youth: 0, programme: 1 });
    refused(Broken::Pin(1), &|p, _| p.pins[1] = Pin::Out { youth: 0, programme: 0 });
    refused(Broken::Pin(2), &|p, _| p.pins[2] = Pin::Apart(0, 1));
}

#[test]
fn room_is_what_capacities_and_teams_leave() {
    let (mut p, a) = rich();
    let lacks = |p: &Problem| facts::Room::beside(p, &a).lacks(0);
    use facts::Lack::{Advisers, Groups, Overall};
    assert_eq!(lacks(&p), [Groups, Overall(1), Advisers(1)]);
    p.options[0].max_groups = 3;
    p.capacities[0].limit = 3;
    assert_eq!(lacks(&p), [Advisers(1)]);
    p.teams[0].members = 3;
    assert_eq!(lacks(&p), []);
}

#[test]
fn the_same_problem_gets_the_same_answer() {
    (30_000..30_100).for_each(|seed| assert_eq!(solve(&tiny(seed)), solve(&tiny(seed))));
}
