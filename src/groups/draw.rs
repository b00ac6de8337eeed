//! Small problems drawn from a seed, for tests: `tests/second_opinion.rs` has this file too.

use crate::groups::{
    Arc, Capacity, CapacityKind, Gate, GateLimit, Host, MixRule, OptionSpec, Pin, Post, Problem, Sizes, Team,
    Tier, YouthSpec,
};
use crate::units::Seconds;

/// A small generator (splitmix64): the same seed gives the same problem everywhere.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `n`.
    pub(crate) fn below(&mut self, n: u32) -> u32 {
        (self.next() % u64::from(n)) as u32
    }

    /// `percent` times in a hundred.
    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    fn subset(&mut self, n: u32, percent: u32) -> Vec<u32> {
        (0..n).filter(|_| self.chance(percent)).collect()
    }
}

/// A problem with, now and then, each part of [`Problem`].
pub(crate) fn draw(r: &mut Random) -> Problem {
    let (programmes, options, youths) = (1 + r.below(2), 1 + r.below(4), 1 + r.below(6));
    let gates = if r.chance(50) { r.below(3) } else { 0 };
    let posts = if r.chance(30) { 1 + r.below(3) } else { 0 };
    let mut p = Problem { tiers: Tier::ALL.to_vec(), ..Problem::default() };
    if r.chance(15) {
        p.tiers.swap(0, 1 + r.below(3) as usize);
    }
    for _ in 0..programmes {
        let min = 1 + r.below(3);
        let target = min + r.below(2);
        p.programmes.push(Sizes { min, target, max: target + r.below(2) });
    }
    for g in 0..gates {
        let capacity = r.chance(40).then(|| r.below(3));
        p.gates.push(Gate { cost: u64::from(r.below(4)) * 50, capacity });
        if g > 0 && r.chance(40) {
            p.gate_limits.push(GateLimit { gates: (0..=g).collect(), limit: 1 });
        }
    }
    for _ in 0..posts {
        p.posts.push(Post { week: r.below(2), moment: r.below(2), site: 0 });
    }
    for _ in 0..options {
        let gate = (gates > 0).then(|| r.below(gates));
        p.options.push(OptionSpec {
            programme: r.below(programmes),
            max_groups: r.below(3),
            cost: u64::from(r.below(4)) * 100,
            gates: gate.filter(|_| r.chance(30)).into_iter().collect(),
            lower_min: gate.filter(|_| r.chance(30)).map(|_| (r.below(gates), 1 + r.below(2))),
            posts: r.subset(posts, 50),
        });
    }
    if r.chance(60) {
        p.conflicts = vec![Vec::new(); options as usize];
        for a in 0..options {
            for b in 0..a {
                let apart = p.options[a as usize].programme != p.options[b as usize].programme;
                if apart && r.chance(50) {
                    p.conflicts[a as usize].push(b);
                    p.conflicts[b as usize].push(a);
                }
            }
        }
        p.conflicts.iter_mut().for_each(|l| l.sort_unstable());
    }
    if programmes == 2 && r.chance(15) {
        p.exclusive.push((0, 1));
    }
    let weighted = r.chance(40);
    for _ in 0..youths {
        let arcs = draw_arcs(r, options, gates);
        let weight = if weighted { r.below(4) } else { 1 };
        p.youths.push(YouthSpec { weight, traits: r.below(4), arcs });
    }
    draw_limits(r, &mut p);
    draw_goals(Random(r.0), &mut p);
    draw_lifts(Random(!r.0), &mut p);
    p
}

/// What a youth reaches.
pub(crate) fn draw_arcs(r: &mut Random, options: u32, gates: u32) -> Vec<Arc> {
    let mut arcs = Vec::new();
    for option in 0..options {
        let time = Seconds::new(60 * (1 + r.below(9)));
        if r.chance(65) {
            arcs.push(Arc { option, time, gate: None });
        }
        if gates > 0 && r.chance(25) {
            let time = Seconds::new(60 * (1 + r.below(9)));
            arcs.push(Arc { option, time, gate: Some(r.below(gates)) });
        }
    }
    arcs
}

/// A budget and goals, from a stream of their own: what is drawn beside them stays as it was.
fn draw_goals(mut r: Random, p: &mut Problem) {
    if !p.gates.is_empty() && r.chance(30) {
        p.gate_budget = Some(u64::from(r.below(6)) * 50);
    }
    for pin in &mut p.pins {
        if let Pin::Open { groups, .. } = pin {
            *groups += r.below(2);
        }
    }
}

/// Youths who take others along, from a stream of their own.
fn draw_lifts(mut r: Random, p: &mut Problem) {
    if p.youths.len() < 2 || !r.chance(30) {
        return;
    }
    for _ in 0..1 + r.below(2) {
        let youth = r.below(p.youths.len() as u32);
        let arcs = &p.youths[youth as usize].arcs;
        let plain = |a: &&Arc| !p.hosts.iter().any(|h| Some(h.gate) == a.gate);
        let own: Vec<Arc> = arcs.iter().filter(plain).copied().collect();
        if own.is_empty() {
            continue;
        }
        let with = own[r.below(own.len() as u32) as usize];
        let gate = p.gates.len() as u32;
        p.gates.push(Gate { cost: u64::from(r.below(2)) * 50, capacity: Some(1 + r.below(2)) });
        p.hosts.push(Host { gate, youth, option: with.option, through: with.gate });
        for other in (0..p.youths.len() as u32).filter(|&other| other != youth) {
            if r.chance(60) {
                let arcs = &mut p.youths[other as usize].arcs;
                arcs.push(Arc {
                    option: with.option,
                    time: Seconds::new(60 * (1 + r.below(9))),
                    gate: Some(gate),
                });
                arcs.sort_unstable_by_key(|a| (a.option, a.gate));
            }
        }
    }
    if p.hosts.len() > 1 && r.chance(50) {
        let gates = p.hosts.iter().map(|h| h.gate).collect();
        p.gate_limits.push(GateLimit { gates, limit: 1 });
    }
}

fn draw_limits(r: &mut Random, p: &mut Problem) {
    let (programmes, options) = (p.programmes.len() as u32, p.options.len() as u32);
    let (youths, gates, posts) = (p.youths.len() as u32, p.gates.len() as u32, p.posts.len() as u32);
    for site in 0..r.below(3) {
        let uses = r.subset(options, 60).into_iter().map(|o| (o, 1 + r.below(2))).collect();
        let extra =
            if gates > 0 && r.chance(30) { vec![(r.below(gates), 1 + r.below(2))] } else { Vec::new() };
        p.capacities.push(Capacity { kind: CapacityKind::Site(site), limit: r.below(5), uses, extra });
    }
    if posts > 0 {
        for _ in 0..1 + r.below(2) {
            let posts = r.subset(posts, 75);
            p.teams.push(Team { members: r.below(3), half_days: r.below(3), posts });
        }
    }
    if r.chance(25) {
        let at_least = r.below(2);
        let rule = MixRule {
            programme: r.below(programmes),
            trait_bit: r.below(2) as u8,
            at_least,
            at_most: at_least + r.below(3),
        };
        p.mix.push(rule);
    }
    if r.chance(25) {
        let (youth, programme) = (r.below(youths), r.below(programmes));
        p.pins.push(match r.below(4) {
            0 => Pin::Open { options: r.subset(options, 60), groups: 1 },
            1 => Pin::In { youth, programme },
            2 => Pin::Out { youth, programme },
            _ if youths > 1 => Pin::Apart(youth, (youth + 1) % youths),
            _ => Pin::Out { youth, programme },
        });
    }
}
