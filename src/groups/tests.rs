//! The solver against the oracle on random tiny problems, the laws that hold
//! between problems, and each rule by hand.

use super::verify::{feasible, value};
use super::*;
use crate::control::Control;
use crate::units::Seconds;

/// Splitmix64.
pub(super) struct Random(pub(super) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn within(&mut self, low: u32, high: u32) -> u32 {
        low + (self.next() % u64::from(high - low + 1)) as u32
    }

    /// True once in `n`.
    pub(super) fn once_in(&mut self, n: u32) -> bool {
        self.within(1, n) == 1
    }

    fn some<T: Copy>(&mut self, items: &[T], n: u32) -> Vec<T> {
        items.iter().copied().filter(|_| self.once_in(n)).collect()
    }
}

/// A tiny problem in which every kind of rule appears now and then.
pub(super) fn tiny(seed: u64) -> Problem {
    let r = &mut Random(seed);
    let mut p = Problem::default();
    let (programmes, options) = (r.within(1, 2), r.within(1, 4));
    let youths = r.within(2, if options > 3 { 4 } else { 5 });
    let gates: Vec<u32> = (0..if r.once_in(2) { r.within(1, 2) } else { 0 }).collect();
    for _ in 0..programmes {
        let min = r.within(1, 3);
        let target = min + r.within(0, 1);
        p.programmes.push(Sizes { min, target, max: target + r.within(0, 1) });
    }
    for _ in &gates {
        let capacity = if r.once_in(2) { Some(r.within(0, 2)) } else { None };
        p.gates.push(Gate { cost: u64::from(r.within(0, 3)) * 50, capacity });
    }
    if gates.len() == 2 && r.once_in(3) {
        p.gate_limits.push(GateLimit { gates: gates.clone(), limit: r.within(0, 1) });
    }
    if r.once_in(3) {
        for _ in 0..r.within(1, 3) {
            p.posts.push(Post { week: r.within(0, 1), moment: r.within(0, 1), site: r.within(0, 1) });
        }
        let all: Vec<u32> = (0..p.posts.len() as u32).collect();
        for _ in 0..r.within(1, 2) {
            let posts = all.iter().copied().filter(|_| !r.once_in(4)).collect();
            p.teams.push(Team { members: r.within(0, 2), half_days: r.within(0, 2), posts });
        }
    }
    let posts: Vec<u32> = (0..p.posts.len() as u32).collect();
    for _ in 0..options {
        p.options.push(OptionSpec {
            programme: r.within(0, programmes - 1),
            max_groups: if r.once_in(3) { 2 } else { r.within(0, 3).min(1) },
            cost: u64::from(r.within(0, 4)) * 50,
            gates: r.some(&gates, 4),
            lower_min: if !gates.is_empty() && r.once_in(3) {
                Some((r.within(0, gates.len() as u32 - 1), r.within(1, 2)))
            } else {
                None
            },
            posts: r.some(&posts, 2),
        });
    }
    tiny_rules(r, &mut p);
    tiny_youths(r, &mut p, youths, &gates);
    tiny_pins(r, &mut p);
    p.check().expect("well formed");
    p
}

fn tiny_rules(r: &mut Random, p: &mut Problem) {
    let (options, gates) = (p.options.len() as u32, p.gates.len() as u32);
    for _ in 0..r.within(0, 2) {
        let uses = (0..options).filter(|_| r.once_in(2)).collect::<Vec<_>>();
        let uses = uses.into_iter().map(|o| (o, r.within(0, 2))).collect();
        let extra = (0..gates).filter(|_| r.once_in(3)).map(|g| (g, 1)).collect();
        p.capacities.push(Capacity { kind: CapacityKind::Overall, limit: r.within(0, 3), uses, extra });
    }
    if r.once_in(2) {
        p.conflicts = vec![Vec::new(); options as usize];
        for a in 0..options {
            for b in a + 1..options {
                if p.options[a as usize].programme != p.options[b as usize].programme && r.once_in(2) {
                    p.conflicts[a as usize].push(b);
                    p.conflicts[b as usize].push(a);
                }
            }
        }
        p.conflicts.iter_mut().for_each(|l| l.sort_unstable());
    }
    if p.programmes.len() == 2 && r.once_in(5) {
        p.exclusive.push((0, 1));
    }
    for _ in 0..if r.once_in(3) { r.within(1, 2) } else { 0 } {
        let at_least = r.within(0, 1);
        p.mix.push(MixRule {
            programme: r.within(0, p.programmes.len() as u32 - 1),
            trait_bit: r.within(0, 1) as u8,
            at_least,
            at_most: at_least + r.within(0, 2),
        });
    }
}

fn tiny_youths(r: &mut Random, p: &mut Problem, youths: u32, gates: &[u32]) {
    let weighted = r.once_in(2);
    let time = |r: &mut Random| Seconds::new(r.within(1, 5) * 60);
    for _ in 0..youths {
        let mut arcs = Vec::new();
        for option in 0..p.options.len() as u32 {
            if r.once_in(3) {
                continue;
            }
            let plain = gates.is_empty() || !r.once_in(3);
            if plain {
                arcs.push(Arc { option, time: time(r), gate: None });
            }
            if !gates.is_empty() && (!plain || r.once_in(4)) {
                let gate = Some(r.within(0, gates.len() as u32 - 1));
                arcs.push(Arc { option, time: time(r), gate });
            }
        }
        let weight = if weighted { r.within(0, 3) } else { 1 };
        p.youths.push(YouthSpec { weight, traits: r.within(0, 3), arcs });
    }
}

fn tiny_pins(r: &mut Random, p: &mut Problem) {
    let (youths, options) = (p.youths.len() as u32, p.options.len() as u32);
    if r.once_in(3) {
        for _ in 0..r.within(1, 2) {
            let (youth, option) = (r.within(0, youths - 1), r.within(0, options - 1));
            let programme = p.options[option as usize].programme;
            p.pins.push(match r.within(0, 3) {
                0 => Pin::Open(option),
                1 => Pin::In { youth, programme, option: if r.once_in(2) { Some(option) } else { None } },
                2 => Pin::Out { youth, programme },
                _ => Pin::Apart(youth, (youth + 1) % youths),
            });
        }
    }
    let mut tiers = Tier::ALL.to_vec();
    if r.once_in(4) {
        let (a, b) = (r.within(0, 3) as usize, r.within(0, 3) as usize);
        tiers.swap(a, b);
    }
    if r.once_in(5) {
        tiers.truncate(r.within(1, 3) as usize);
    }
    p.tiers = tiers;
}

pub(super) fn solve(problem: &Problem) -> Solution {
    Milp.solve(problem, &Limits::default(), &Control::none()).expect("nobody cancels")
}

/// The best values, each with the proof the solver claims.
fn values(problem: &Problem) -> Option<Vec<i64>> {
    match solve(problem) {
        Solution::Found { assignment, tiers } => {
            feasible(problem, &assignment).expect("a solution is feasible");
            for t in &tiers {
                assert_eq!(value(problem, t.tier, &assignment), t.value);
                assert_eq!((t.bound, t.proof), (t.value, Proof::Optimal), "{:?}", t.tier);
            }
            Some(tiers.iter().map(|t| t.value).collect())
        }
        Solution::Impossible => None,
        Solution::NotFound => panic!("tiny problems are decided"),
    }
}

fn agree(seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let problem = tiny(seed);
        let ours = std::panic::catch_unwind(|| values(&problem));
        let ours = ours.unwrap_or_else(|_| panic!("seed {seed}: {problem:#?}"));
        assert_eq!(ours, oracle::solve(&problem), "seed {seed}: {problem:#?}");
    }
}

#[test]
fn agrees_with_the_oracle() {
    agree(0..2_000);
}

#[test]
#[ignore = "minutes"]
fn agrees_with_the_oracle_a_hundred_thousand_times() {
    agree(1_000_000..1_100_000);
}

fn placed(problem: &Problem) -> i64 {
    let problem = Problem { tiers: vec![Tier::Placed], ..problem.clone() };
    values(&problem).map_or(-1, |v| v[0])
}

#[test]
fn more_freedom_never_places_fewer() {
    for seed in 5_000..5_300 {
        let problem = tiny(seed);
        let before = placed(&problem);
        let larger = |change: &dyn Fn(&mut Problem)| {
            let mut changed = problem.clone();
            change(&mut changed);
            changed.check().expect("well formed");
            assert!(placed(&changed) >= before, "seed {seed}: {problem:#?}");
        };
        larger(&|p| p.programmes.iter_mut().for_each(|s| s.min = 1));
        larger(&|p| p.programmes.iter_mut().for_each(|s| s.max += 1));
        larger(&|p| p.capacities.iter_mut().for_each(|c| c.limit += 1));
        larger(&|p| p.teams.iter_mut().for_each(|t| t.members += 1));
        larger(&|p| p.conflicts.clear());
        larger(&|p| p.pins.clear());
        larger(&|p| {
            let o = p.options.len() as u32;
            p.options.push(OptionSpec { gates: vec![], posts: vec![], ..p.options[0].clone() });
            if !p.conflicts.is_empty() {
                p.conflicts.push(vec![]);
            }
            p.youths.iter_mut().for_each(|y| y.arcs.push(Arc { option: o, time: Seconds::ZERO, gate: None }));
        });
        larger(&|p| {
            let arc = Arc { option: 0, time: Seconds::ZERO, gate: None };
            let arcs = &mut p.youths[0].arcs;
            if arcs.first().is_none_or(|a| (a.option, a.gate) > (0, None)) {
                arcs.insert(0, arc);
            }
        });
    }
}

#[test]
fn the_order_of_youths_changes_no_value() {
    for seed in 6_000..6_300 {
        let problem = tiny(seed);
        let many = problem.youths.len() as u32;
        let turn = |y: u32| many - 1 - y;
        let mut turned = problem.clone();
        turned.youths.reverse();
        for pin in &mut turned.pins {
            match pin {
                Pin::In { youth, .. } | Pin::Out { youth, .. } => *youth = turn(*youth),
                Pin::Apart(a, b) => (*a, *b) = (turn(*a), turn(*b)),
                Pin::Open(_) => {}
            }
        }
        assert_eq!(values(&problem), values(&turned), "seed {seed}");
    }
}

#[test]
fn the_same_problem_has_the_same_answer() {
    (7_000..7_100).for_each(|seed| assert_eq!(solve(&tiny(seed)), solve(&tiny(seed))));
}

#[test]
fn relaxed_bounds_hold() {
    for seed in 8_000..9_000 {
        let problem = tiny(seed);
        let Some(best) = oracle::solve(&problem) else { continue };
        let mut kept = Vec::new();
        for (&tier, &best) in problem.tiers.iter().zip(&best) {
            let bounds =
                [super::relax::quick(&problem, tier, &kept), super::relax::bound(&problem, tier, &kept)];
            for bound in bounds {
                let holds = if tier.maximised() { bound >= best } else { bound <= best };
                assert!(holds, "seed {seed}, {tier:?}: {bound} and {best} {problem:#?}");
            }
            kept.push((tier, best));
        }
    }
}

#[test]
fn heuristic_plans_are_feasible() {
    let found = (9_000..10_000).filter(|&seed| {
        let problem = tiny(seed);
        let plan = super::heuristic::plan(&problem);
        plan.iter().for_each(|plan| feasible(&problem, plan).expect("feasible"));
        plan.is_some()
    });
    assert!(found.count() > 700);
}

/// Six youths within reach of one option of groups of 3 to 4, and what a test adds.
fn plain() -> Problem {
    let option =
        OptionSpec { programme: 0, max_groups: 1, cost: 100, gates: vec![], lower_min: None, posts: vec![] };
    let arcs = vec![Arc { option: 0, time: Seconds::new(60), gate: None }];
    Problem {
        programmes: vec![Sizes { min: 3, target: 3, max: 4 }],
        options: vec![option],
        youths: vec![YouthSpec { weight: 1, traits: 0, arcs }; 6],
        tiers: vec![Tier::Placed],
        ..Problem::default()
    }
}

/// `plain` with a second programme like the first; each youth reaches both.
fn twice() -> Problem {
    let mut p = plain();
    p.programmes.push(p.programmes[0]);
    p.options.push(OptionSpec { programme: 1, ..p.options[0].clone() });
    let arc = Arc { option: 1, time: Seconds::new(60), gate: None };
    p.youths.iter_mut().for_each(|y| y.arcs.push(arc));
    p
}

fn with(mut p: Problem, change: impl FnOnce(&mut Problem)) -> Problem {
    change(&mut p);
    p.check().expect("well formed");
    p
}

#[test]
fn sizes_and_several_groups() {
    assert_eq!(placed(&plain()), 4);
    assert_eq!(placed(&with(plain(), |p| p.options[0].max_groups = 2)), 6);
    assert_eq!(placed(&with(plain(), |p| p.youths.truncate(2))), 0);
    assert_eq!(placed(&with(plain(), |p| p.options[0].max_groups = 0)), 0);
}

#[test]
fn gates_lower_the_minimum_and_have_capacities() {
    let lowered = with(plain(), |p| {
        p.youths.truncate(2);
        p.gates.push(Gate { cost: 70, capacity: None });
        p.options[0].lower_min = Some((0, 2));
        p.tiers = vec![Tier::Placed, Tier::Cost];
    });
    assert_eq!(values(&lowered), Some(vec![2, 170]));
    let shut = with(lowered, |p| p.gate_limits.push(GateLimit { gates: vec![0], limit: 0 }));
    assert_eq!(values(&shut), Some(vec![0, 0]));
    let shuttle = |capacity| {
        with(plain(), |p| {
            p.gates.push(Gate { cost: 70, capacity });
            p.youths[2..].iter_mut().for_each(|y| y.arcs[0].gate = Some(0));
        })
    };
    assert_eq!(placed(&shuttle(None)), 4);
    assert_eq!(placed(&shuttle(Some(1))), 3);
    assert_eq!(placed(&shuttle(Some(0))), 0);
}

#[test]
fn rooms_and_loans() {
    let one = with(twice(), |p| {
        let uses = vec![(0, 1), (1, 1)];
        p.capacities.push(Capacity { kind: CapacityKind::Overall, limit: 1, uses, extra: vec![] });
    });
    assert_eq!((placed(&twice()), placed(&one)), (8, 4));
    let lent = with(one, |p| {
        p.gates.push(Gate { cost: 5, capacity: None });
        p.capacities[0].extra.push((0, 1));
        p.tiers.push(Tier::Cost);
    });
    assert_eq!(values(&lent), Some(vec![8, 205]));
}

#[test]
fn advisers_are_at_one_post_a_moment_and_give_half_days() {
    let staffed = |moments: [u32; 2], members, half_days| {
        with(twice(), |p| {
            p.posts = moments.map(|moment| Post { week: 0, moment, site: moment }).to_vec();
            p.posts[1].site = 9;
            (p.options[0].posts, p.options[1].posts) = (vec![0], vec![1]);
            p.teams.push(Team { members, half_days, posts: vec![0, 1] });
        })
    };
    assert_eq!(placed(&staffed([0, 1], 1, 2)), 8);
    assert_eq!(placed(&staffed([0, 1], 1, 1)), 4);
    assert_eq!(placed(&staffed([0, 0], 1, 2)), 4);
    assert_eq!(placed(&staffed([0, 0], 2, 1)), 8);
    let both = with(staffed([0, 1], 1, 1), |p| p.options[0].posts = vec![0, 1]);
    assert_eq!(values(&with(both, |p| p.options[1].max_groups = 0)), Some(vec![0]));
}

#[test]
fn conflicts_and_exclusive_programmes() {
    let clash = with(twice(), |p| p.conflicts = vec![vec![1], vec![0]]);
    let exclusive = with(twice(), |p| p.exclusive.push((0, 1)));
    assert_eq!((placed(&clash), placed(&exclusive)), (6, 6));
}

#[test]
fn mix_rules_bound_each_group() {
    let rule = |at_least, at_most| MixRule { programme: 0, trait_bit: 3, at_least, at_most };
    let marked = |n: usize, rule| {
        with(plain(), |p| {
            p.youths[..n].iter_mut().for_each(|y| y.traits = 8);
            p.mix.push(rule);
        })
    };
    assert_eq!(placed(&marked(1, rule(2, 4))), 0);
    assert_eq!(placed(&marked(2, rule(2, 4))), 4);
    assert_eq!(placed(&marked(6, rule(0, 2))), 0);
    assert_eq!(placed(&marked(3, rule(0, 0))), 3);
}

#[test]
fn pins_hold_or_are_impossible() {
    let pinned = |pins: &[Pin]| with(twice(), |p| p.pins = pins.to_vec());
    let inside = |youth, programme| Pin::In { youth, programme, option: None };
    let outside = |youth, programme| Pin::Out { youth, programme };
    let out: Vec<_> = (0..4).map(|y| outside(y, 0)).collect();
    assert_eq!(placed(&pinned(&out)), 4);
    assert_eq!(placed(&pinned(&[Pin::Open(1), inside(5, 0)])), 8);
    assert_eq!(solve(&pinned(&[inside(0, 0), outside(0, 0)])), Solution::Impossible);
    let five: Vec<_> = (0..5).map(|y| inside(y, 1)).collect();
    assert_eq!(solve(&pinned(&five)), Solution::Impossible);
    let closed = with(plain(), |p| (p.options[0].max_groups, p.pins) = (0, vec![Pin::Open(0)]));
    assert_eq!(solve(&closed), Solution::Impossible);
    let apart = with(plain(), |p| p.pins = (1..6).map(|y| Pin::Apart(0, y)).collect());
    assert_eq!(placed(&apart), 4);
    let few = with(apart, |p| p.pins.push(inside(0, 0)));
    assert_eq!(solve(&few), Solution::Impossible);
}

#[test]
fn each_tier_is_optimised_in_turn() {
    let p = with(plain(), |p| {
        p.options[0].max_groups = 2;
        p.tiers = Tier::ALL.to_vec();
        p.youths.truncate(5);
    });
    assert_eq!(values(&p), Some(vec![4, 100, 1, 240]));
    let cheap = with(p, |p| p.tiers = vec![Tier::Cost, Tier::Placed]);
    assert_eq!(values(&cheap), Some(vec![0, 0]));
}

#[test]
fn verification_refuses_what_breaks_a_rule() {
    for seed in 10_000..10_400 {
        let problem = tiny(seed);
        let Solution::Found { assignment, .. } = solve(&problem) else { continue };
        let refuses = |what: &str, change: &dyn Fn(&mut Assignment)| {
            let mut broken = assignment.clone();
            change(&mut broken);
            assert!(broken == assignment || feasible(&problem, &broken).is_err(), "{what}, seed {seed}");
        };
        refuses("members without a group", &|a| {
            if !a.members.is_empty() {
                a.groups.clear();
            }
        });
        refuses("groups without members", &|a| {
            if !a.groups.is_empty() {
                a.members.clear();
            }
        });
        refuses("twice the same member", &|a| a.members.extend(a.members.last().copied()));
        refuses("too many groups", &|a| a.groups.iter_mut().for_each(|g| g.1 += 5));
        refuses("unknown option", &|a| a.groups.push((99, 1)));
        refuses("unknown gate", &|a| a.gates.push(99));
        refuses("unknown youth", &|a| a.members.push((99, 0, None)));
        refuses("gate closed under an arc", &|a| {
            if a.members.iter().any(|m| m.2.is_some()) {
                a.gates.clear();
            }
        });
        refuses("out of order", &|a| a.members.reverse());
    }
}

#[test]
fn a_cancelled_solve_says_so() {
    let stop = |_| std::ops::ControlFlow::Break(());
    let answer = Milp.solve(&plain(), &Limits::default(), &Control::new(&stop));
    assert!(matches!(answer, Err(crate::Error::Cancelled)));
}
