//! Presolve: options that can never open are dropped, limits that can never
//! bind too, and what is left is cut into parts that share nothing.

use super::problem::{
    Arc, Capacity, Gate, GateIx, GateLimit, Host, MixRule, OptionIx, OptionSpec, Pin, Post, PostIx, Problem,
    ProgrammeIx, Team, YouthIx, YouthSpec,
};
use super::solution::Assignment;
use super::verify::week_short;
use petgraph::unionfind::UnionFind;

/// A part of a problem that no other part touches: a problem of its own, with
/// the whole problem's number of each of its rows.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) problem: Problem,
    pub(super) options: Vec<OptionIx>,
    pub(super) youths: Vec<YouthIx>,
    pub(super) gates: Vec<GateIx>,
    pub(super) capacities: Vec<u32>,
    pub(super) gate_limits: Vec<u32>,
    pub(super) pins: Vec<u32>,
    /// Rows of the problem's hosts.
    pub(super) hosts: Vec<u32>,
}

impl Part {
    /// Adds the part's assignment to the whole problem's.
    pub(super) fn merge_into(&self, part: &Assignment, whole: &mut Assignment) {
        let gate = |g: GateIx| self.gates[g as usize];
        whole.groups.extend(part.groups.iter().map(|&(o, k)| (self.options[o as usize], k)));
        whole.members.extend(
            part.members
                .iter()
                .map(|&(y, o, g)| (self.youths[y as usize], self.options[o as usize], g.map(gate))),
        );
        whole.gates.extend(part.gates.iter().map(|&g| gate(g)));
    }
}

/// Fewest members of a group in an option, with every gate open.
pub(super) fn least_min(problem: &Problem, option: &OptionSpec) -> u32 {
    let min = problem.programmes[option.programme as usize].min;
    option.lower_min.map_or(min, |(_, lower)| lower.min(min))
}

/// Cuts a problem into parts; `None` when its pins contradict it outright.
pub(super) fn split(problem: &Problem) -> Option<Vec<Part>> {
    let live = Live::new(problem);
    if !live.pins_possible() {
        return None;
    }
    let labels = live.labels();
    let mut roots: Vec<u32> = live.options().map(|o| labels[o as usize]).collect();
    roots.sort_unstable();
    roots.dedup();
    // A part's options and youths are found by its label, in one pass over them all.
    let mut of_root = vec![(Vec::new(), Vec::new()); labels.len()];
    for o in live.options() {
        of_root[labels[o as usize] as usize].0.push(o);
    }
    for (y, arcs) in (0..).zip(&live.arcs) {
        for a in arcs {
            let youths: &mut Vec<YouthIx> = &mut of_root[labels[a.option as usize] as usize].1;
            if youths.last() != Some(&y) {
                youths.push(y);
            }
        }
    }
    // Who takes others along is named even where they can't come: then nobody is taken.
    for h in problem.hosts.iter().filter(|h| live.carries[h.gate as usize]) {
        of_root[labels[h.option as usize] as usize].1.push(h.youth);
    }
    let part = |&root: &u32| {
        let (options, mut youths) = std::mem::take(&mut of_root[root as usize]);
        youths.sort_unstable();
        youths.dedup();
        live.part(options, youths, &labels, root)
    };
    Some(roots.iter().map(part).collect())
}

/// A problem with its live options and arcs.
struct Live<'a> {
    problem: &'a Problem,
    /// Most groups each option can have; 0 is dead.
    most: Vec<u32>,
    /// Arcs of each youth to live options, without those pinned out.
    arcs: Vec<Vec<Arc>>,
    /// Whether teams can bind at all.
    teams_bind: bool,
    /// Which capacities can bind.
    binding: Vec<bool>,
    /// Whether somebody can come through each gate.
    carries: Vec<bool>,
    /// Gates that are open only while somebody is there.
    hosted: Vec<bool>,
}

impl<'a> Live<'a> {
    fn new(problem: &'a Problem) -> Self {
        let mut out = vec![Vec::<ProgrammeIx>::new(); problem.youths.len()];
        for pin in &problem.pins {
            if let Pin::Out { youth, programme } = *pin {
                out[youth as usize].push(programme);
            }
        }
        let programme = |o: OptionIx| problem.options[o as usize].programme;
        let usable = |a: &&Arc| a.gate.is_none_or(|g| problem.gates[g as usize].capacity != Some(0));
        let mut arcs: Vec<Vec<Arc>> = problem
            .youths
            .iter()
            .zip(&out)
            .map(|(y, out)| {
                let kept = |a: &&Arc| !out.contains(&programme(a.option));
                y.arcs.iter().filter(usable).filter(kept).copied().collect()
            })
            .collect();
        let most = most_groups(problem, &arcs);
        for own in &mut arcs {
            own.retain(|a| most[a.option as usize] > 0);
        }
        let binds = |c: &Capacity| {
            let used: u128 = c.uses.iter().map(|&(o, a)| u128::from(a) * u128::from(most[o as usize])).sum();
            used > u128::from(c.limit)
        };
        let binding = problem.capacities.iter().map(binds).collect();
        let teams_bind = week_short(problem, &most).is_some();
        let mut carries = vec![false; problem.gates.len()];
        arcs.iter().flatten().filter_map(|a| a.gate).for_each(|g| carries[g as usize] = true);
        Self { problem, most, arcs, teams_bind, binding, carries, hosted: problem.hosted() }
    }

    fn options(&self) -> impl Iterator<Item = OptionIx> {
        (0..self.most.len() as OptionIx).filter(|&o| self.lives(o))
    }

    fn lives(&self, o: OptionIx) -> bool {
        self.most[o as usize] > 0
    }

    fn pins_possible(&self) -> bool {
        let programme = |o: OptionIx| self.problem.options[o as usize].programme;
        self.problem.pins.iter().all(|pin| match *pin {
            Pin::Open { ref options, groups } => {
                let most = options.iter().map(|&o| u64::from(self.most[o as usize]));
                most.sum::<u64>() >= u64::from(groups)
            }
            Pin::In { youth, programme: p } => {
                self.arcs[youth as usize].iter().any(|a| programme(a.option) == p)
            }
            Pin::Out { .. } | Pin::Apart(..) => true,
        })
    }

    /// For each option, then each gate, the label of its part.
    fn labels(&self) -> Vec<u32> {
        let first_gate = self.problem.options.len();
        let mut sets = UnionFind::<u32>::new(first_gate + self.problem.gates.len());
        let gate = |g: GateIx| first_gate as u32 + g;
        self.tie_youths(&mut sets, gate);
        for o in self.options() {
            let spec = &self.problem.options[o as usize];
            for &g in spec.gates.iter().chain(spec.lower_min.iter().map(|l| &l.0)) {
                sets.union(o, gate(g));
            }
        }
        for (c, _) in self.problem.capacities.iter().zip(&self.binding).filter(|c| *c.1) {
            let uses = c.uses.iter().filter(|u| u.1 > 0 && self.lives(u.0)).map(|u| u.0);
            tie(&mut sets, uses.chain(c.extra.iter().map(|e| gate(e.0))));
        }
        for l in &self.problem.gate_limits {
            tie(&mut sets, l.gates.iter().map(|&g| gate(g)));
        }
        for h in &self.problem.hosts {
            tie(&mut sets, [h.gate].into_iter().chain(h.through).map(gate));
        }
        if self.problem.gate_budget.is_some() {
            tie(&mut sets, (0..self.problem.gates.len() as GateIx).map(gate));
        }
        for pin in &self.problem.pins {
            if let Pin::Open { options, .. } = pin {
                tie(&mut sets, options.iter().copied().filter(|&o| self.lives(o)));
            }
        }
        if self.teams_bind {
            self.tie_teams(&mut sets);
        }
        sets.into_labeling()
    }

    fn tie_youths(&self, sets: &mut UnionFind<u32>, gate: impl Fn(GateIx) -> u32) {
        for arcs in &self.arcs {
            for a in arcs {
                if let Some(g) = a.gate {
                    sets.union(a.option, gate(g));
                }
            }
            for (i, a) in arcs.iter().enumerate() {
                for b in &arcs[..i] {
                    if !sets.equiv(a.option, b.option) && self.problem.in_conflict(a.option, b.option) {
                        sets.union(a.option, b.option);
                    }
                }
            }
        }
        for pin in &self.problem.pins {
            if let Pin::Apart(y, z) = *pin {
                let options = |w: YouthIx| self.arcs[w as usize].iter().map(|a| a.option);
                tie(sets, options(y).filter(|&o| options(z).any(|p| p == o)));
            }
        }
    }

    fn tie_teams(&self, sets: &mut UnionFind<u32>) {
        let mut users = vec![Vec::new(); self.problem.posts.len()];
        for o in self.options() {
            for &p in &self.problem.options[o as usize].posts {
                users[p as usize].push(o);
            }
        }
        for team in &self.problem.teams {
            let mut posts: Vec<PostIx> = team.posts.clone();
            posts.sort_by_key(|&p| self.problem.posts[p as usize].week);
            for week in posts
                .chunk_by(|&p, &q| self.problem.posts[p as usize].week == self.problem.posts[q as usize].week)
            {
                tie(sets, week.iter().flat_map(|&p| users[p as usize].iter().copied()));
            }
        }
        for options in &users {
            tie(sets, options.iter().copied());
        }
    }

    fn part(&self, options: Vec<OptionIx>, youths: Vec<YouthIx>, labels: &[u32], root: u32) -> Part {
        let problem = self.problem;
        let first_gate = problem.options.len();
        let new_option = positions(&options, problem.options.len());
        let idle = |g: GateIx| self.hosted[g as usize] && !self.carries[g as usize];
        let gates: Vec<GateIx> = (0..problem.gates.len() as GateIx)
            .filter(|&g| labels[first_gate + g as usize] == root && !idle(g))
            .collect();
        let new_gate = positions(&gates, problem.gates.len());
        let renumber = Renumber { live: self, option: &new_option, gate: &new_gate };
        let (capacities, capacity_rows) = renumber.capacities();
        let (gate_limits, limit_rows) = renumber.gate_limits();
        let (pins, pin_rows) = renumber.pins(&youths);
        let (hosts, host_rows) = renumber.hosts(&youths);
        let sub = renumber.problem(&options, &gates, &youths);
        Part {
            problem: Problem { capacities, gate_limits, pins, hosts, ..sub },
            options,
            youths,
            gates,
            capacities: capacity_rows,
            gate_limits: limit_rows,
            pins: pin_rows,
            hosts: host_rows,
        }
    }
}

/// Most groups of each option, by its own limits, its reach and the capacities.
fn most_groups(problem: &Problem, arcs: &[Vec<Arc>]) -> Vec<u32> {
    let mut reach = vec![0u32; problem.options.len()];
    for own in arcs {
        // Two arcs to one option are one youth.
        for a in own.chunk_by(|a, b| a.option == b.option) {
            reach[a[0].option as usize] += 1;
        }
    }
    let held = |p: PostIx| {
        problem.teams.iter().any(|t| t.members > 0 && t.half_days > 0 && t.posts.binary_search(&p).is_ok())
    };
    let most = |(spec, &reach): (&OptionSpec, &u32)| {
        let staffed = problem.teams.is_empty() || spec.posts.iter().all(|&p| held(p));
        if staffed { spec.max_groups.min(reach / least_min(problem, spec)) } else { 0 }
    };
    let mut most: Vec<u32> = problem.options.iter().zip(&reach).map(most).collect();
    for c in &problem.capacities {
        let limit = u64::from(c.limit) + c.extra.iter().map(|e| u64::from(e.1)).sum::<u64>();
        for &(o, amount) in c.uses.iter().filter(|u| u.1 > 0) {
            let fits = u32::try_from(limit / u64::from(amount)).unwrap_or(u32::MAX);
            most[o as usize] = most[o as usize].min(fits);
        }
    }
    most
}

/// One set of all these.
fn tie(sets: &mut UnionFind<u32>, mut items: impl Iterator<Item = u32>) {
    if let Some(first) = items.next() {
        for item in items {
            sets.union(first, item);
        }
    }
}

/// The position of each number in an ascending list, or `None`.
fn positions(list: &[u32], len: usize) -> Vec<Option<u32>> {
    let mut at = vec![None; len];
    for (i, &x) in list.iter().enumerate() {
        at[x as usize] = Some(i as u32);
    }
    at
}

fn has(positions: &[Option<u32>], x: u32) -> bool {
    positions[x as usize].is_some()
}

/// Writes a part's rows in its own numbers.
struct Renumber<'a> {
    live: &'a Live<'a>,
    option: &'a [Option<u32>],
    gate: &'a [Option<u32>],
}

impl Renumber<'_> {
    /// All but the lists of limits and pins.
    fn problem(&self, options: &[OptionIx], gates: &[GateIx], youths: &[YouthIx]) -> Problem {
        let whole = self.live.problem;
        let bind = self.live.teams_bind;
        Problem {
            programmes: whole.programmes.clone(),
            options: options.iter().map(|&o| self.spec(o)).collect(),
            youths: youths.iter().map(|&y| self.youth(y)).collect(),
            capacities: Vec::new(),
            posts: if bind { whole.posts.clone() } else { Vec::<Post>::new() },
            teams: if bind { whole.teams.clone() } else { Vec::<Team>::new() },
            gates: gates.iter().map(|&g| -> Gate { whole.gates[g as usize].clone() }).collect(),
            hosts: Vec::new(),
            gate_limits: Vec::new(),
            gate_budget: whole.gate_budget.filter(|_| !gates.is_empty()),
            conflicts: self.conflicts(options),
            exclusive: whole.exclusive.clone(),
            mix: Vec::<MixRule>::clone(&whole.mix),
            pins: Vec::new(),
            tiers: whole.tiers.clone(),
        }
    }

    fn spec(&self, o: OptionIx) -> OptionSpec {
        let spec = &self.live.problem.options[o as usize];
        let gate = |g: &GateIx| self.gate[*g as usize];
        OptionSpec {
            max_groups: self.live.most[o as usize],
            gates: spec.gates.iter().filter_map(gate).collect(),
            lower_min: spec.lower_min.and_then(|(g, min)| gate(&g).map(|g| (g, min))),
            posts: if self.live.teams_bind { spec.posts.clone() } else { Vec::new() },
            ..*spec
        }
    }

    fn youth(&self, y: YouthIx) -> YouthSpec {
        let arc = |a: &Arc| {
            let option = self.option[a.option as usize]?;
            Some(Arc { option, time: a.time, gate: a.gate.and_then(|g| self.gate[g as usize]) })
        };
        let arcs = self.live.arcs[y as usize].iter().filter_map(arc).collect();
        YouthSpec { arcs, ..self.live.problem.youths[y as usize] }
    }

    /// Capacities that bind here, each with its row in the whole problem.
    fn capacities(&self) -> (Vec<Capacity>, Vec<u32>) {
        let rows = self.live.problem.capacities.iter().zip(0..).zip(&self.live.binding).filter(|c| *c.1);
        rows.filter_map(|((c, row), _)| {
            let uses: Vec<_> = c
                .uses
                .iter()
                .filter(|u| u.1 > 0)
                .filter_map(|u| Some((self.option[u.0 as usize]?, u.1)))
                .collect();
            let extra = c.extra.iter().filter_map(|e| Some((self.gate[e.0 as usize]?, e.1))).collect();
            (!uses.is_empty()).then_some((Capacity { uses, extra, ..*c }, row))
        })
        .unzip()
    }

    fn gate_limits(&self) -> (Vec<GateLimit>, Vec<u32>) {
        let rows = self.live.problem.gate_limits.iter().zip(0..);
        rows.filter_map(|(l, row)| {
            let gates: Vec<_> = l.gates.iter().filter_map(|&g| self.gate[g as usize]).collect();
            (!gates.is_empty()).then_some((GateLimit { gates, limit: l.limit }, row))
        })
        .unzip()
    }

    fn hosts(&self, youths: &[YouthIx]) -> (Vec<Host>, Vec<u32>) {
        let host = |h: &Host| {
            Some(Host {
                gate: self.gate[h.gate as usize]?,
                youth: youths.binary_search(&h.youth).ok()? as YouthIx,
                option: self.option[h.option as usize]?,
                through: if let Some(g) = h.through { Some(self.gate[g as usize]?) } else { None },
            })
        };
        let rows = self.live.problem.hosts.iter().zip(0..);
        rows.filter_map(|(h, row)| Some((host(h)?, row))).unzip()
    }

    fn conflicts(&self, options: &[OptionIx]) -> Vec<Vec<OptionIx>> {
        let whole = &self.live.problem.conflicts;
        if whole.is_empty() {
            return Vec::new();
        }
        let own = |&o: &OptionIx| whole[o as usize].iter().filter_map(|&p| self.option[p as usize]).collect();
        options.iter().map(own).collect()
    }

    fn pins(&self, youths: &[YouthIx]) -> (Vec<Pin>, Vec<u32>) {
        let whole = self.live.problem;
        let new_youth = positions(youths, whole.youths.len());
        let here = |y: YouthIx, p: ProgrammeIx| {
            self.live.arcs[y as usize]
                .iter()
                .any(|a| has(self.option, a.option) && whole.options[a.option as usize].programme == p)
        };
        let pin = |pin: &Pin| match *pin {
            Pin::Open { ref options, groups } => {
                let options: Vec<_> = options.iter().filter_map(|&o| self.option[o as usize]).collect();
                (!options.is_empty()).then_some(Pin::Open { options, groups })
            }
            Pin::In { youth, programme } if here(youth, programme) => {
                Some(Pin::In { youth: new_youth[youth as usize]?, programme })
            }
            Pin::Apart(y, z) => Some(Pin::Apart(new_youth[y as usize]?, new_youth[z as usize]?)),
            // Those arcs are gone.
            Pin::In { .. } | Pin::Out { .. } => None,
        };
        whole.pins.iter().zip(0..).filter_map(|(p, row)| Some((pin(p)?, row))).unzip()
    }
}
