//! Whether an assignment respects a problem, in integers and without a solver:
//! what every answer is checked with before it is given.

pub(super) use super::advisers::week_short;
use super::problem::{Capacity, GateIx, Host, MixRule, OptionIx, Pin, PostIx, Problem, Tier, YouthIx};
use super::solution::Assignment;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The first rule that an assignment breaks.
///
/// ```
/// # use maillage::groups::*;
/// # use maillage::units::Seconds;
/// # let control = maillage::Control::none();
/// # let arcs = vec![Arc { option: 0, time: Seconds::new(600), gate: None }];
/// # let mut problem = Problem {
/// #     programmes: vec![Sizes { min: 2, target: 3, max: 4 }],
/// #     options: vec![OptionSpec {
/// #         programme: 0, max_groups: 1, cost: 100, gates: Vec::new(), lower_min: None, posts: Vec::new(),
/// #     }],
/// #     youths: vec![YouthSpec { weight: 1, traits: 0, arcs }; 3],
/// #     tiers: vec![Tier::Placed],
/// #     ..Problem::default()
/// # };
/// let alone = Assignment { groups: vec![(0, 1)], members: vec![(0, 0, None)], gates: Vec::new() };
/// assert_eq!(verify(&problem, &alone), Err(Broken::Size(0)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A list that does not ascend, a zero count, or an index that does not exist.
    #[error("the assignment's lists ascend and name what exists")]
    Shape,
    /// Members in an option without a group, or groups of no viable size.
    #[error("option {0}: sizes")]
    Size(OptionIx),
    /// More groups than the option takes.
    #[error("option {0}: too many groups")]
    TooManyGroups(OptionIx),
    /// A group in an option one of whose gates is closed.
    #[error("option {0}: closed gate")]
    ClosedOption(OptionIx),
    /// A placement without a usable arc.
    #[error("youth {0} can't reach option {1}")]
    NoArc(YouthIx, OptionIx),
    /// A placement through an arc whose gate is closed.
    #[error("youth {0}, option {1}: closed gate")]
    ClosedArc(YouthIx, OptionIx),
    /// Two placements that one person can't hold: conflicting, exclusive, or
    /// of one programme.
    #[error("youth {0}: options {1} and {2} exclude each other")]
    Conflict(YouthIx, OptionIx, OptionIx),
    /// A capacity exceeded, by its row.
    #[error("capacity {0}")]
    Capacity(usize),
    /// More placements through a gate than it carries.
    #[error("gate {0}: capacity")]
    GateCapacity(GateIx),
    /// An open gate whose host is not there, by the host's row.
    #[error("host {0} is not there")]
    Host(usize),
    /// More gates of a set than allowed, by the limit's row.
    #[error("gate limit {0}")]
    GateLimit(usize),
    /// Gates that cost more than their budget.
    #[error("gate budget")]
    GateBudget,
    /// A week whose posts the teams can't hold.
    #[error("week {0}: not enough advisers")]
    Teams(u32),
    /// A mix rule broken in an option.
    #[error("mix rule {0}, option {1}")]
    Mix(usize, OptionIx),
    /// A pin not kept, by its row.
    #[error("pin {0}")]
    Pin(usize),
}

/// Checks an assignment against everything in the problem.
///
/// # Errors
/// The first rule broken.
pub fn verify(problem: &Problem, assignment: &Assignment) -> Result<(), Broken> {
    shape(problem, assignment)?;
    let groups = group_counts(problem, assignment);
    let open = open_gates(problem, assignment);
    options(problem, assignment, &groups, &open)?;
    members(problem, assignment, &open)?;
    limits(problem, assignment, &groups, &open)?;
    mix(problem, assignment)?;
    pins(problem, assignment, &groups)
}

/// The value of each of the problem's tiers, in their order.
pub fn values(problem: &Problem, assignment: &Assignment) -> Vec<(Tier, i64)> {
    problem.tiers.iter().map(|&tier| (tier, value(problem, assignment, tier))).collect()
}

/// The value of one tier, at most what fits. The assignment names what exists.
pub fn value(problem: &Problem, assignment: &Assignment, tier: Tier) -> i64 {
    let sum = match tier {
        Tier::Placed => {
            assignment.members.iter().map(|m| u128::from(problem.youths[m.0 as usize].weight)).sum()
        }
        Tier::Cost => {
            let groups =
                |&(o, k): &(OptionIx, u32)| u128::from(problem.options[o as usize].cost) * u128::from(k);
            let gates = assignment.gates.iter().map(|&g| u128::from(problem.gates[g as usize].cost));
            assignment.groups.iter().map(groups).sum::<u128>() + gates.sum::<u128>()
        }
        Tier::OffTarget => off_target(problem, assignment),
        Tier::Minutes => assignment
            .members
            .iter()
            .filter_map(|&(y, o, gate)| {
                let mut arcs = problem.youths[y as usize].arcs.iter();
                arcs.find(|a| a.option == o && a.gate == gate)
            })
            .map(|a| u128::from(a.time.get()))
            .sum(),
    };
    i64::try_from(sum).unwrap_or(i64::MAX)
}

fn off_target(problem: &Problem, assignment: &Assignment) -> u128 {
    let sizes = member_counts(problem, assignment);
    let off = |&(o, k): &(OptionIx, u32)| {
        let target = problem.programmes[problem.options[o as usize].programme as usize].target;
        u128::from(sizes[o as usize].abs_diff(u64::from(target) * u64::from(k)))
    };
    assignment.groups.iter().map(off).sum()
}

/// Groups in each option.
pub(super) fn group_counts(problem: &Problem, assignment: &Assignment) -> Vec<u32> {
    let mut counts = vec![0; problem.options.len()];
    for &(o, k) in &assignment.groups {
        counts[o as usize] = k;
    }
    counts
}

fn member_counts(problem: &Problem, assignment: &Assignment) -> Vec<u64> {
    let mut counts = vec![0; problem.options.len()];
    for m in &assignment.members {
        counts[m.1 as usize] += 1;
    }
    counts
}

fn open_gates(problem: &Problem, assignment: &Assignment) -> Vec<bool> {
    let mut open = vec![false; problem.gates.len()];
    for &g in &assignment.gates {
        open[g as usize] = true;
    }
    open
}

fn shape(problem: &Problem, a: &Assignment) -> Result<(), Broken> {
    let (options, gates) = (problem.options.len(), problem.gates.len());
    let groups = a.groups.is_sorted_by(|x, y| x.0 < y.0)
        && a.groups.iter().all(|&(o, k)| (o as usize) < options && k > 0);
    let members = a.members.is_sorted_by(|x, y| (x.0, x.1) < (y.0, y.1))
        && a.members.iter().all(|&(y, o, g)| {
            (y as usize) < problem.youths.len()
                && (o as usize) < options
                && g.is_none_or(|g| (g as usize) < gates)
        });
    let opened = a.gates.is_sorted_by(|x, y| x < y) && a.gates.iter().all(|&g| (g as usize) < gates);
    if groups && members && opened { Ok(()) } else { Err(Broken::Shape) }
}

fn options(problem: &Problem, a: &Assignment, groups: &[u32], open: &[bool]) -> Result<(), Broken> {
    let sizes = member_counts(problem, a);
    for (o, spec) in problem.options.iter().enumerate() {
        let (ix, k) = (o as OptionIx, u64::from(groups[o]));
        let programme = &problem.programmes[spec.programme as usize];
        let min = match spec.lower_min {
            Some((gate, lower)) if open[gate as usize] => lower.min(programme.min),
            _ => programme.min,
        };
        if sizes[o] < k * u64::from(min) || sizes[o] > k * u64::from(programme.max) {
            return Err(Broken::Size(ix));
        }
        if groups[o] > spec.max_groups {
            return Err(Broken::TooManyGroups(ix));
        }
        if k > 0 && !spec.gates.iter().all(|&g| open[g as usize]) {
            return Err(Broken::ClosedOption(ix));
        }
    }
    Ok(())
}

fn members(problem: &Problem, a: &Assignment, open: &[bool]) -> Result<(), Broken> {
    for &(y, o, gate) in &a.members {
        if !problem.youths[y as usize].arcs.iter().any(|arc| arc.option == o && arc.gate == gate) {
            return Err(Broken::NoArc(y, o));
        }
        if gate.is_some_and(|g| !open[g as usize]) {
            return Err(Broken::ClosedArc(y, o));
        }
    }
    for own in a.members.chunk_by(|m, n| m.0 == n.0) {
        for (i, m) in own.iter().enumerate() {
            if let Some(n) = own[..i].iter().find(|n| problem.in_conflict(n.1, m.1)) {
                return Err(Broken::Conflict(m.0, n.1, m.1));
            }
        }
    }
    Ok(())
}

fn limits(problem: &Problem, a: &Assignment, groups: &[u32], open: &[bool]) -> Result<(), Broken> {
    if let Some(row) = problem.capacities.iter().position(|c| !capacity_fits(c, groups, open)) {
        return Err(Broken::Capacity(row));
    }
    let mut carried = vec![0u32; problem.gates.len()];
    for gate in a.members.iter().filter_map(|m| m.2) {
        carried[gate as usize] += 1;
    }
    let over = |g: &usize| problem.gates[*g].capacity.is_some_and(|most| carried[*g] > most);
    if let Some(g) = (0..problem.gates.len()).find(over) {
        return Err(Broken::GateCapacity(g as GateIx));
    }
    let there = |h: &Host| a.members.binary_search(&(h.youth, h.option, h.through)).is_ok();
    if let Some(row) = problem.hosts.iter().position(|h| open[h.gate as usize] && !there(h)) {
        return Err(Broken::Host(row));
    }
    let many =
        |l: &super::GateLimit| l.gates.iter().filter(|&&g| open[g as usize]).count() > l.limit as usize;
    if let Some(row) = problem.gate_limits.iter().position(many) {
        return Err(Broken::GateLimit(row));
    }
    let cost: u128 = a.gates.iter().map(|&g| u128::from(problem.gates[g as usize].cost)).sum();
    if problem.gate_budget.is_some_and(|budget| cost > u128::from(budget)) {
        return Err(Broken::GateBudget);
    }
    short_week(problem, groups).map_or(Ok(()), |week| Err(Broken::Teams(week)))
}

/// Whether a capacity holds.
pub(super) fn capacity_fits(c: &Capacity, groups: &[u32], open: &[bool]) -> bool {
    let used: u128 =
        c.uses.iter().map(|&(o, amount)| u128::from(amount) * u128::from(groups[o as usize])).sum();
    let extra: u128 = c.extra.iter().filter(|e| open[e.0 as usize]).map(|e| u128::from(e.1)).sum();
    used <= u128::from(c.limit) + extra
}

/// The first week whose posts the teams can't hold, if there are teams at all.
///
/// Counts are enough: when a team's placements fit `members` a moment and
/// `members * half_days` a week, an edge colouring shares them out so that
/// nobody is twice at one moment or above their half-days.
fn short_week(problem: &Problem, groups: &[u32]) -> Option<u32> {
    if problem.teams.is_empty() {
        return None;
    }
    let mut demand = vec![0u64; problem.posts.len()];
    for (o, spec) in problem.options.iter().enumerate() {
        for &p in &spec.posts {
            demand[p as usize] += u64::from(groups[o]);
        }
    }
    let mut weeks: BTreeMap<u32, u64> = BTreeMap::new();
    for (p, &d) in demand.iter().enumerate().filter(|d| *d.1 > 0) {
        *weeks.entry(problem.posts[p].week).or_default() += d;
    }
    weeks.into_iter().find(|&(week, total)| held(problem, week, &demand) < total).map(|w| w.0)
}

/// How many of a week's demands the teams can hold: a flow, by shortest paths.
/// The solver has its own; this one is here so that the two are not wrong together.
fn held(problem: &Problem, week: u32, demand: &[u64]) -> u64 {
    let mut left: BTreeMap<Place, BTreeMap<Place, u64>> = BTreeMap::new();
    let mut edge = |from: Place, to: Place, most: u64| {
        left.entry(from).or_default().insert(to, most);
        left.entry(to).or_default().entry(from).or_insert(0);
    };
    for (t, team) in problem.teams.iter().enumerate() {
        let members = u64::from(team.members);
        edge(Place::Source, Place::Team(t), members * u64::from(team.half_days));
        for &p in team.posts.iter().filter(|&&p| problem.posts[p as usize].week == week) {
            let moment = Place::Moment(t, problem.posts[p as usize].moment);
            edge(Place::Team(t), moment, members);
            edge(moment, Place::Post(p), members);
            edge(Place::Post(p), Place::Sink, demand[p as usize]);
        }
    }
    let mut total = 0;
    while let Some(path) = way(&left) {
        let steps = || path.windows(2).map(|w| (w[0], w[1]));
        let most = steps().map(|(a, b)| left[&a][&b]).min().unwrap_or(0);
        for (a, b) in steps() {
            left.entry(a).or_default().entry(b).and_modify(|n| *n -= most);
            left.entry(b).or_default().entry(a).and_modify(|n| *n += most);
        }
        total += most;
    }
    total
}

/// A node of the flow: a team, one of its moments, a post.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Source,
    Team(usize),
    Moment(usize, u32),
    Post(PostIx),
    Sink,
}

/// A shortest way from source to sink on which something is left.
fn way(left: &BTreeMap<Place, BTreeMap<Place, u64>>) -> Option<Vec<Place>> {
    let mut from = BTreeMap::from([(Place::Source, Place::Source)]);
    let mut queue = VecDeque::from([Place::Source]);
    while let Some(at) = queue.pop_front() {
        for (&to, _) in left.get(&at)?.iter().filter(|e| *e.1 > 0) {
            from.entry(to).or_insert_with(|| {
                queue.push_back(to);
                at
            });
        }
    }
    let mut path = vec![Place::Sink];
    while *path.last()? != Place::Source {
        path.push(*from.get(path.last()?)?);
    }
    path.reverse();
    Some(path)
}

fn mix(problem: &Problem, a: &Assignment) -> Result<(), Broken> {
    for (row, rule) in problem.mix.iter().enumerate() {
        let mut with = vec![0u64; problem.options.len()];
        for m in a.members.iter().filter(|m| has_trait(problem, rule, m.0)) {
            with[m.1 as usize] += 1;
        }
        for &(o, k) in &a.groups {
            let k = u64::from(k);
            let range = k * u64::from(rule.at_least)..=k * u64::from(rule.at_most);
            if problem.options[o as usize].programme == rule.programme && !range.contains(&with[o as usize]) {
                return Err(Broken::Mix(row, o));
            }
        }
    }
    Ok(())
}

/// Whether a youth has the trait a rule looks at.
pub(super) fn has_trait(problem: &Problem, rule: &MixRule, youth: YouthIx) -> bool {
    problem.youths[youth as usize].traits >> rule.trait_bit & 1 == 1
}

fn pins(problem: &Problem, a: &Assignment, groups: &[u32]) -> Result<(), Broken> {
    let is_in =
        |y: YouthIx, p| a.members.iter().any(|m| m.0 == y && problem.options[m.1 as usize].programme == p);
    let together = |y: YouthIx, z: YouthIx| {
        let of = |who| a.members.iter().filter(move |m| m.0 == who).map(|m| m.1);
        of(y).any(|o| of(z).any(|p| p == o))
    };
    let kept = |pin: &Pin| match *pin {
        Pin::Open { ref options, groups: least } => {
            let options: BTreeSet<_> = options.iter().collect();
            options.iter().map(|o| u64::from(groups[**o as usize])).sum::<u64>() >= u64::from(least)
        }
        Pin::In { youth, programme } => is_in(youth, programme),
        Pin::Out { youth, programme } => !is_in(youth, programme),
        Pin::Apart(y, z) => !together(y, z),
    };
    problem.pins.iter().position(|pin| !kept(pin)).map_or(Ok(()), |row| Err(Broken::Pin(row)))
}
