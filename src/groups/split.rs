//! What a problem comes down to: dead options dropped, then independent parts.

use super::model::{most_groups, reach};
use super::problem::{
    Arc, Capacity, GateIx, GateLimit, OptionIx, Pin, Post, Problem, Team, YouthIx, YouthSpec,
};
use super::solution::Assignment;
use petgraph::unionfind::UnionFind;
use std::collections::{BTreeMap, BTreeSet};

/// A problem of its own, and where its rows are in the whole one.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) problem: Problem,
    options: Vec<OptionIx>,
    youths: Vec<YouthIx>,
    gates: Vec<GateIx>,
}

impl Part {
    /// Adds this part's assignment to that of the whole.
    pub(super) fn put(&self, from: &Assignment, into: &mut Assignment) {
        into.groups.extend(from.groups.iter().map(|&(o, k)| (self.options[o as usize], k)));
        into.gates.extend(from.gates.iter().map(|&g| self.gates[g as usize]));
        let gate = |g: Option<GateIx>| g.map(|g| self.gates[g as usize]);
        let members = from.members.iter();
        into.members
            .extend(members.map(|&(y, o, g)| (self.youths[y as usize], self.options[o as usize], gate(g))));
    }
}

/// Independent parts whose solutions together solve `problem`; `None` when a
/// pin can't be respected whatever the rest.
pub(super) fn split(problem: &Problem) -> Option<Vec<Part>> {
    let live = Live::new(problem)?;
    let mut sets = live.link();
    let mut parts: BTreeMap<usize, (Vec<OptionIx>, Vec<GateIx>)> = BTreeMap::new();
    let options = problem.options.len();
    for o in (0..options).filter(|&o| live.most[o] > 0) {
        parts.entry(sets.find_mut(o)).or_default().0.push(o as OptionIx);
    }
    for g in 0..problem.gates.len() {
        // A gate without a live option serves nothing and stays closed.
        if let Some(part) = parts.get_mut(&sets.find_mut(options + g)) {
            part.1.push(g as GateIx);
        }
    }
    // In the order of their first options, so that the answer does not hang on set numbers.
    let mut parts: Vec<_> = parts.into_values().collect();
    parts.sort();
    Some(parts.into_iter().map(|(options, gates)| live.part(options, gates)).collect())
}

struct Live<'p> {
    problem: &'p Problem,
    youths: Vec<YouthSpec>,
    most: Vec<u32>,
}

impl<'p> Live<'p> {
    fn new(problem: &'p Problem) -> Option<Self> {
        let mut live = Self { problem, youths: problem.youths.clone(), most: Vec::new() };
        live.apply_pins();
        live.find_dead();
        for youth in &mut live.youths {
            youth.arcs.retain(|a| live.most[a.option as usize] > 0);
        }
        live.pins_can_hold().then_some(live)
    }

    /// A youth out of a programme, or in one option of it, has no other arcs to it.
    fn apply_pins(&mut self) {
        let options = &self.problem.options;
        for pin in &self.problem.pins {
            let (youth, programme, only) = match *pin {
                Pin::Out { youth, programme } => (youth, programme, None),
                Pin::In { youth, programme, option: Some(o) } => (youth, programme, Some(o)),
                _ => continue,
            };
            self.youths[youth as usize]
                .arcs
                .retain(|a| options[a.option as usize].programme != programme || only == Some(a.option));
        }
    }

    fn find_dead(&mut self) {
        let p = self.problem;
        let reduced = Problem { youths: std::mem::take(&mut self.youths), ..shell(p) };
        let reach = reach(&reduced);
        self.most = most_groups(&reduced, &reach);
        self.youths = reduced.youths;
        for rule in &p.mix {
            let mut with = vec![0_u32; p.options.len()];
            for youth in self.youths.iter().filter(|y| y.traits >> rule.trait_bit & 1 == 1) {
                let arcs = youth.arcs.chunk_by(|a, b| a.option == b.option);
                arcs.for_each(|c| with[c[0].option as usize] += 1);
            }
            for (o, option) in p.options.iter().enumerate() {
                if option.programme == rule.programme && rule.at_least > 0 {
                    self.most[o] = self.most[o].min(with[o] / rule.at_least);
                }
            }
        }
        if !p.teams.is_empty() {
            let held: BTreeSet<_> =
                p.teams.iter().filter(|t| t.members > 0 && t.half_days > 0).flat_map(|t| &t.posts).collect();
            for (o, option) in p.options.iter().enumerate() {
                if !option.posts.iter().all(|post| held.contains(post)) {
                    self.most[o] = 0;
                }
            }
        }
    }

    fn pins_can_hold(&self) -> bool {
        self.problem.pins.iter().all(|pin| match *pin {
            Pin::Open(o) => self.most[o as usize] > 0,
            Pin::In { youth, programme, .. } => {
                let arcs = &self.youths[youth as usize].arcs;
                arcs.iter().any(|a| self.problem.options[a.option as usize].programme == programme)
            }
            Pin::Out { .. } | Pin::Apart(..) => true,
        })
    }

    /// Whether a capacity can bind.
    fn binds(&self, c: &Capacity) -> bool {
        let most: u128 = c.uses.iter().map(|u| u128::from(u.1) * u128::from(self.most[u.0 as usize])).sum();
        most > u128::from(c.limit)
    }

    /// Options, then gates, joined when one decides about the other.
    fn link(&self) -> UnionFind<usize> {
        let p = self.problem;
        let options = p.options.len();
        let gate = |g: GateIx| options + g as usize;
        let alive = |o: &OptionIx| self.most[*o as usize] > 0;
        let mut sets = UnionFind::new(options + p.gates.len());
        let mut chain = |items: &[usize]| items.windows(2).for_each(|w| _ = sets.union(w[0], w[1]));
        for (o, option) in p.options.iter().enumerate().filter(|(o, _)| self.most[*o] > 0) {
            for &g in option.gates.iter().chain(option.lower_min.iter().map(|(g, _)| g)) {
                chain(&[o, gate(g)]);
            }
        }
        for youth in &self.youths {
            for (i, a) in youth.arcs.iter().enumerate() {
                a.gate.iter().for_each(|&g| chain(&[a.option as usize, gate(g)]));
                let clashing = youth.arcs[i + 1..].iter().filter(|b| p.in_conflict(a.option, b.option));
                clashing.for_each(|b| chain(&[a.option as usize, b.option as usize]));
            }
        }
        for c in p.capacities.iter().filter(|c| self.binds(c)) {
            let users = c.uses.iter().filter(|u| u.1 > 0).map(|u| u.0).filter(alive).map(|o| o as usize);
            chain(&users.chain(c.extra.iter().map(|e| gate(e.0))).collect::<Vec<_>>());
        }
        for l in p.gate_limits.iter().filter(|l| l.gates.len() as u64 > u64::from(l.limit)) {
            chain(&l.gates.iter().map(|&g| gate(g)).collect::<Vec<_>>());
        }
        if !p.teams.is_empty() {
            let mut users: Vec<Vec<usize>> = vec![Vec::new(); p.posts.len()];
            for (o, option) in p.options.iter().enumerate().filter(|(o, _)| self.most[*o] > 0) {
                option.posts.iter().for_each(|&post| users[post as usize].push(o));
            }
            users.iter().for_each(|u| chain(u));
            for team in &p.teams {
                let mut weeks: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
                for &post in &team.posts {
                    let first = users[post as usize].first();
                    weeks.entry(p.posts[post as usize].week).or_default().extend(first);
                }
                weeks.values().for_each(|w| chain(w));
            }
        }
        sets
    }

    fn part(&self, options: Vec<OptionIx>, gates: Vec<GateIx>) -> Part {
        let p = self.problem;
        let option_at = positions(&options);
        let gate_at = positions(&gates);
        let youths: Vec<YouthIx> = (0..self.youths.len() as YouthIx)
            .filter(|&y| self.youths[y as usize].arcs.iter().any(|a| option_at.contains_key(&a.option)))
            .collect();
        let youth_at = positions(&youths);
        let mut problem = Problem {
            programmes: p.programmes.clone(),
            exclusive: p.exclusive.clone(),
            mix: p.mix.clone(),
            tiers: p.tiers.clone(),
            ..Problem::default()
        };
        problem.options = options.iter().map(|&o| p.options[o as usize].clone()).collect();
        let gate = |g: &GateIx| gate_at.get(g).copied();
        for (option, &o) in problem.options.iter_mut().zip(&options) {
            option.max_groups = self.most[o as usize];
            option.gates = option.gates.iter().filter_map(gate).collect();
            option.lower_min = option.lower_min.and_then(|(g, low)| Some((gate(&g)?, low)));
        }
        let local = |a: &Arc| {
            Some(Arc { option: *option_at.get(&a.option)?, gate: a.gate.and_then(|g| gate(&g)), ..*a })
        };
        problem.youths = (youths.iter().map(|&y| &self.youths[y as usize]))
            .map(|y| YouthSpec { arcs: y.arcs.iter().filter_map(local).collect(), ..*y })
            .collect();
        problem.gates = gates.iter().map(|&g| p.gates[g as usize].clone()).collect();
        for c in p.capacities.iter().filter(|c| self.binds(c)) {
            let uses: Vec<_> = c
                .uses
                .iter()
                .filter_map(|&(o, a)| Some((*option_at.get(&o)?, a)))
                .filter(|u| u.1 > 0)
                .collect();
            let extra = c.extra.iter().filter_map(|&(g, a)| Some((gate(&g)?, a))).collect();
            if !uses.is_empty() {
                problem.capacities.push(Capacity { uses, extra, ..*c });
            }
        }
        for l in &p.gate_limits {
            let mine: Vec<_> = l.gates.iter().filter_map(gate).collect();
            problem.gate_limits.push(GateLimit { gates: mine, limit: l.limit });
        }
        if !p.conflicts.is_empty() {
            let mine =
                |o: &OptionIx| p.conflicts[*o as usize].iter().filter_map(|c| option_at.get(c).copied());
            problem.conflicts = options.iter().map(|o| mine(o).collect()).collect();
        }
        self.put_teams(&mut problem);
        self.put_pins(&mut problem, &option_at, &youth_at);
        Part { problem, options, youths, gates }
    }

    /// Only the posts that this part uses.
    fn put_teams(&self, problem: &mut Problem) {
        let p = self.problem;
        if p.teams.is_empty() {
            problem.options.iter_mut().for_each(|o| o.posts.clear());
            return;
        }
        let used: BTreeSet<u32> = problem.options.iter().flat_map(|o| o.posts.iter().copied()).collect();
        let used: Vec<u32> = used.into_iter().collect();
        let at = positions(&used);
        let local = |posts: &[u32]| posts.iter().filter_map(|p| at.get(p).copied()).collect::<Vec<_>>();
        problem.posts = used.iter().map(|&post| -> Post { p.posts[post as usize] }).collect();
        problem.options.iter_mut().for_each(|o| o.posts = local(&o.posts));
        problem.teams = p.teams.iter().map(|t| Team { posts: local(&t.posts), ..*t }).collect();
    }

    fn put_pins(
        &self,
        problem: &mut Problem,
        options: &BTreeMap<OptionIx, u32>,
        youths: &BTreeMap<YouthIx, u32>,
    ) {
        for pin in &self.problem.pins {
            let local = match *pin {
                Pin::Open(o) => options.get(&o).map(|&o| Pin::Open(o)),
                Pin::In { youth, programme, option } => youths.get(&youth).and_then(|&youth| {
                    let arcs = &problem.youths[youth as usize].arcs;
                    let here = |a: &Arc| problem.options[a.option as usize].programme == programme;
                    let option = option.and_then(|o| options.get(&o).copied());
                    arcs.iter().any(here).then_some(Pin::In { youth, programme, option })
                }),
                // Its arcs are gone.
                Pin::Out { .. } => None,
                Pin::Apart(a, b) => youths.get(&a).and_then(|&a| Some(Pin::Apart(a, *youths.get(&b)?))),
            };
            problem.pins.extend(local);
        }
    }
}

/// What the counts of reach and groups look at, youths apart.
fn shell(p: &Problem) -> Problem {
    Problem {
        programmes: p.programmes.clone(),
        options: p.options.clone(),
        capacities: p.capacities.clone(),
        ..Problem::default()
    }
}

fn positions(rows: &[u32]) -> BTreeMap<u32, u32> {
    rows.iter().enumerate().map(|(i, &row)| (row, i as u32)).collect()
}
