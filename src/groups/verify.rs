//! Whether an assignment respects a problem, in integers, apart from any solver.

use super::flow::Network;
use super::problem::{Arc, Capacity, GateIx, MixRule, OptionIx, Pin, Problem, Tier, YouthIx};
use super::solution::Assignment;
use std::collections::{BTreeMap, BTreeSet};

/// The first rule that an assignment breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{rule}[{row}]")]
pub struct Broken {
    /// Which rule.
    pub rule: &'static str,
    /// The position of the option, youth, capacity… in its list.
    pub row: usize,
}

fn need(holds: bool, rule: &'static str, row: usize) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err(Broken { rule, row }) }
}

/// Checks every rule of the problem. The problem has passed [`Problem::check`].
///
/// # Errors
/// The first rule that is broken.
pub fn feasible(problem: &Problem, assignment: &Assignment) -> Result<(), Broken> {
    let view = View::new(problem, assignment)?;
    view.gates()?;
    view.options()?;
    view.capacities()?;
    view.youths()?;
    view.mix()?;
    need(teams_suffice(problem, &view.k), "teams", 0)?;
    view.pins()
}

/// The arc of a youth to an option through a gate.
pub fn arc(problem: &Problem, youth: YouthIx, option: OptionIx, gate: Option<GateIx>) -> Option<&Arc> {
    let arcs = &problem.youths.get(youth as usize)?.arcs;
    arcs.binary_search_by_key(&(option, gate), |a| (a.option, a.gate)).ok().map(|i| &arcs[i])
}

/// The value of an objective; the largest number that fits when it is larger.
pub fn value(problem: &Problem, tier: Tier, assignment: &Assignment) -> i64 {
    let members = || assignment.members.iter();
    let total: i128 = match tier {
        Tier::Placed => members().map(|m| i128::from(problem.youths[m.0 as usize].weight)).sum(),
        Tier::Cost => {
            let groups = assignment.groups.iter();
            let gates = assignment.gates.iter();
            groups.map(|&(o, k)| i128::from(problem.options[o as usize].cost) * i128::from(k)).sum::<i128>()
                + gates.map(|&g| i128::from(problem.gates[g as usize].cost)).sum::<i128>()
        }
        Tier::OffTarget => {
            let mut off: BTreeMap<OptionIx, i128> = BTreeMap::new();
            for &(o, k) in &assignment.groups {
                let sizes = problem.programmes[problem.options[o as usize].programme as usize];
                *off.entry(o).or_default() -= i128::from(sizes.target) * i128::from(k);
            }
            members().for_each(|m| *off.entry(m.1).or_default() += 1);
            off.values().map(|d| d.abs()).sum()
        }
        Tier::Minutes => {
            members().filter_map(|m| arc(problem, m.0, m.1, m.2)).map(|a| i128::from(a.time.get())).sum()
        }
    };
    i64::try_from(total).unwrap_or(i64::MAX)
}

/// Whether one more group could be opened in `option` besides those of
/// `assignment`, as far as capacities and teams go. Gates that the option needs count as open.
pub fn room_for(problem: &Problem, assignment: &Assignment, option: OptionIx) -> bool {
    let mut groups = vec![0_u32; problem.options.len()];
    for &(o, k) in &assignment.groups {
        groups[o as usize] = k;
    }
    groups[option as usize] += 1;
    let open = |gate: &GateIx| {
        assignment.gates.binary_search(gate).is_ok() || problem.options[option as usize].gates.contains(gate)
    };
    let fits = |c: &Capacity| {
        let used: u128 = c.uses.iter().map(|u| u128::from(u.1) * u128::from(groups[u.0 as usize])).sum();
        let extra: u128 = c.extra.iter().filter(|e| open(&e.0)).map(|e| u128::from(e.1)).sum();
        used <= u128::from(c.limit) + extra
    };
    let touched = |c: &&Capacity| c.uses.binary_search_by_key(&option, |u| u.0).is_ok();
    problem.capacities.iter().filter(touched).all(fits) && teams_suffice(problem, &groups)
}

/// Whether the teams can hold the posts of `groups[o]` groups in each option `o`.
///
/// Members of a team are alike, so its work splits over them whenever no moment
/// takes more than all and no week more than all their half-days: a flow.
pub fn teams_suffice(problem: &Problem, groups: &[u32]) -> bool {
    if problem.teams.is_empty() {
        return true;
    }
    let demand = demand(problem, groups);
    let weeks: BTreeSet<u32> =
        problem.posts.iter().zip(&demand).filter(|(_, d)| **d > 0).map(|(p, _)| p.week).collect();
    weeks.into_iter().all(|week| Week::new(problem, week, &demand).suffices())
}

/// Posts where the teams can hold one group more, all others staying.
pub(super) fn spare_posts(problem: &Problem, groups: &[u32]) -> Vec<bool> {
    let mut spare = vec![problem.teams.is_empty(); problem.posts.len()];
    let demand = demand(problem, groups);
    let weeks: BTreeSet<u32> = problem.posts.iter().map(|p| p.week).collect();
    for week in weeks.into_iter().filter(|_| !problem.teams.is_empty()) {
        let mut flow = Week::new(problem, week, &demand);
        let side = if flow.suffices() { flow.network.source_side(flow.source) } else { Vec::new() };
        for (p, _) in problem.posts.iter().enumerate().filter(|(_, post)| post.week == week) {
            spare[p] = side.get(p).copied().unwrap_or(false);
        }
    }
    spare
}

fn demand(problem: &Problem, groups: &[u32]) -> Vec<u64> {
    let mut demand = vec![0_u64; problem.posts.len()];
    for (option, &k) in problem.options.iter().zip(groups) {
        option.posts.iter().for_each(|&p| demand[p as usize] += u64::from(k));
    }
    demand
}

/// Team members' way to the posts of a week: team, then moment, then post.
struct Week {
    network: Network,
    source: usize,
    sink: usize,
    wanted: u64,
}

impl Week {
    fn new(problem: &Problem, week: u32, demand: &[u64]) -> Self {
        let posts = problem.posts.len();
        let mut moments: BTreeMap<(usize, u32), usize> = BTreeMap::new();
        let mut edges = Vec::new();
        let mut nodes = posts + 2;
        let (source, sink) = (posts, posts + 1);
        for (t, team) in problem.teams.iter().enumerate() {
            let (mine, members) = (nodes, u64::from(team.members));
            nodes += 1;
            edges.push((source, mine, members * u64::from(team.half_days)));
            for &p in team.posts.iter().filter(|&&p| problem.posts[p as usize].week == week) {
                let moment = problem.posts[p as usize].moment;
                let node = *moments.entry((t, moment)).or_insert_with(|| {
                    edges.push((mine, nodes, members));
                    nodes += 1;
                    nodes - 1
                });
                edges.push((node, p as usize, members));
            }
        }
        let mut network = Network::new(nodes);
        edges.into_iter().for_each(|(a, b, c)| network.edge(a, b, c));
        let mut wanted = 0;
        for (p, _) in problem.posts.iter().enumerate().filter(|(_, post)| post.week == week) {
            network.edge(p, sink, demand[p]);
            wanted += demand[p];
        }
        Self { network, source, sink, wanted }
    }

    fn suffices(&mut self) -> bool {
        self.network.maximise(self.source, self.sink) == self.wanted
    }
}

/// An assignment by position, its indices checked.
struct View<'p> {
    problem: &'p Problem,
    assignment: &'p Assignment,
    k: Vec<u32>,
    open: Vec<bool>,
    members: Vec<Vec<YouthIx>>,
}

impl<'p> View<'p> {
    fn new(problem: &'p Problem, assignment: &'p Assignment) -> Result<Self, Broken> {
        let options = problem.options.len();
        let mut view = Self {
            problem,
            assignment,
            k: vec![0; options],
            open: vec![false; problem.gates.len()],
            members: vec![Vec::new(); options],
        };
        need(assignment.groups.is_sorted_by(|a, b| a.0 < b.0), "groups ascend", 0)?;
        need(assignment.gates.is_sorted_by(|a, b| a < b), "gates ascend", 0)?;
        need(assignment.members.is_sorted_by(|a, b| (a.0, a.1) < (b.0, b.1)), "members ascend", 0)?;
        for (row, &(o, k)) in assignment.groups.iter().enumerate() {
            need((o as usize) < options && k > 0, "groups", row)?;
            view.k[o as usize] = k;
        }
        for (row, &g) in assignment.gates.iter().enumerate() {
            need((g as usize) < problem.gates.len(), "gates", row)?;
            view.open[g as usize] = true;
        }
        for (row, &(y, o, gate)) in assignment.members.iter().enumerate() {
            need(arc(problem, y, o, gate).is_some(), "members have an arc", row)?;
            view.members[o as usize].push(y);
        }
        Ok(view)
    }

    fn is_open(&self, gate: GateIx) -> bool {
        self.open[gate as usize]
    }

    fn gates(&self) -> Result<(), Broken> {
        for (row, limit) in self.problem.gate_limits.iter().enumerate() {
            let open = limit.gates.iter().filter(|&&g| self.is_open(g)).count() as u64;
            need(open <= u64::from(limit.limit), "gate limits", row)?;
        }
        let mut used = vec![0_u64; self.open.len()];
        for gate in self.assignment.members.iter().filter_map(|m| m.2) {
            need(self.is_open(gate), "arcs through closed gates", gate as usize)?;
            used[gate as usize] += 1;
        }
        for (row, (gate, used)) in self.problem.gates.iter().zip(used).enumerate() {
            need(gate.capacity.is_none_or(|c| used <= u64::from(c)), "gate capacities", row)?;
        }
        Ok(())
    }

    fn options(&self) -> Result<(), Broken> {
        for (row, option) in self.problem.options.iter().enumerate() {
            let (k, n) = (u64::from(self.k[row]), self.members[row].len() as u64);
            let sizes = self.problem.programmes[option.programme as usize];
            let lowered = option.lower_min.filter(|&(g, _)| self.is_open(g));
            let min = lowered.map_or(sizes.min, |(_, low)| low.min(sizes.min));
            need(k <= u64::from(option.max_groups), "most groups", row)?;
            need(k == 0 || option.gates.iter().all(|&g| self.is_open(g)), "option gates", row)?;
            need(n >= u64::from(min) * k, "fewest members", row)?;
            need(n <= u64::from(sizes.max) * k, "most members", row)?;
        }
        Ok(())
    }

    fn capacities(&self) -> Result<(), Broken> {
        for (row, c) in self.problem.capacities.iter().enumerate() {
            let used: u128 = c.uses.iter().map(|u| u128::from(u.1) * u128::from(self.k[u.0 as usize])).sum();
            let extra: u128 = c.extra.iter().filter(|e| self.is_open(e.0)).map(|e| u128::from(e.1)).sum();
            need(used <= u128::from(c.limit) + extra, "capacities", row)?;
        }
        Ok(())
    }

    fn youths(&self) -> Result<(), Broken> {
        for mine in self.assignment.members.chunk_by(|a, b| a.0 == b.0) {
            for (i, a) in mine.iter().enumerate() {
                let clash = mine[i + 1..].iter().any(|b| self.problem.in_conflict(a.1, b.1));
                need(!clash, "conflicts", a.0 as usize)?;
            }
        }
        Ok(())
    }

    fn mix(&self) -> Result<(), Broken> {
        for (row, rule) in self.problem.mix.iter().enumerate() {
            let options = self.problem.options.iter().enumerate();
            for (o, _) in options.filter(|(_, o)| o.programme == rule.programme) {
                let with = self.members[o].iter().filter(|&&y| has_trait(self.problem, rule, y)).count();
                let (k, with) = (u64::from(self.k[o]), with as u64);
                need(with >= k * u64::from(rule.at_least), "mix, at least", row)?;
                need(with <= k * u64::from(rule.at_most), "mix, at most", row)?;
            }
        }
        Ok(())
    }

    fn pins(&self) -> Result<(), Broken> {
        let in_programme = |y: YouthIx, p| {
            let mine = self.assignment.members.iter().filter(move |m| m.0 == y).map(|m| m.1);
            mine.filter(move |&o| self.problem.options[o as usize].programme == p)
        };
        for (row, pin) in self.problem.pins.iter().enumerate() {
            let holds = match *pin {
                Pin::Open(o) => self.k[o as usize] > 0,
                Pin::In { youth, programme, option } => {
                    in_programme(youth, programme).any(|o| option.is_none_or(|only| only == o))
                }
                Pin::Out { youth, programme } => in_programme(youth, programme).next().is_none(),
                Pin::Apart(a, b) => !self.members.iter().any(|m| m.contains(&a) && m.contains(&b)),
            };
            need(holds, "pins", row)?;
        }
        Ok(())
    }
}

/// Whether a mix rule counts this youth.
pub(super) fn has_trait(problem: &Problem, rule: &MixRule, youth: YouthIx) -> bool {
    problem.youths[youth as usize].traits >> rule.trait_bit & 1 == 1
}
