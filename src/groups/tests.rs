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
