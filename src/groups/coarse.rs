//! A coarser problem that bounds a fine one: the options of a programme at one place, whatever their moments,
//! are one. Whoever has a plan has a coarse plan of the same groups and members, so that no plan places more
//! than the best coarse one; and there are far fewer ways to make that one.
//!
//! A coarse row is a sum of fine ones, and takes for each coarse option the least of what its options take.

use super::advisers::half_days;
use super::problem::{
    Arc, Capacity, CapacityKind, GateIx, Host, OptionIx, OptionSpec, Pin, Problem, ProgrammeIx, Tier,
    YouthSpec,
};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A coarse problem and which of its options each fine one is in.
pub(super) struct Coarse {
    pub(super) problem: Problem,
    /// The coarse option of each option.
    pub(super) of: Vec<OptionIx>,
}

/// What the options of one coarse option have in common.
type Like = (ProgrammeIx, Vec<GateIx>, Option<(GateIx, u32)>, Place);

/// Where an option is: the sites of its capacities and of its posts.
type Place = (BTreeSet<u32>, BTreeSet<u32>);

/// Fine rows that one coarse row sums: those of one kind, in all weeks and moments.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sum {
    Rooms(u32),
    Site(u32),
    Overall,
    /// One row alone.
    Row(usize),
    /// Posts of a week.
    Week(u32),
}

impl Coarse {
    /// The coarse problem for tier `placed`; `None` where it would not have at most half the options.
    pub(super) fn new(problem: &Problem) -> Option<Self> {
        let opened = without_free_gates(problem);
        let (of, groups) = alike(&opened);
        (groups.len() * 2 <= problem.options.len()).then(|| Self::merging(&opened, of, &groups))
    }

    /// The coarse problem for tier `placed`, however few options it merges.
    pub(super) fn any(problem: &Problem) -> Self {
        let opened = without_free_gates(problem);
        let (of, groups) = alike(&opened);
        Self::merging(&opened, of, &groups)
    }

    fn merging(problem: &Problem, of: Vec<OptionIx>, groups: &[Vec<OptionIx>]) -> Self {
        let fine = |o: &OptionIx| &problem.options[*o as usize];
        let option = |own: &Vec<OptionIx>| OptionSpec {
            max_groups: own.iter().map(fine).fold(0, |sum, o| sum.saturating_add(o.max_groups)),
            cost: own.iter().map(|o| fine(o).cost).min().unwrap_or(0),
            posts: Vec::new(),
            ..problem.options[own[0] as usize].clone()
        };
        let coarse = Problem {
            programmes: problem.programmes.clone(),
            options: groups.iter().map(option).collect(),
            youths: problem.youths.iter().map(|y| youth(y, &of)).collect(),
            capacities: capacities(problem, &of, groups),
            posts: Vec::new(),
            teams: Vec::new(),
            gates: problem.gates.clone(),
            hosts: problem.hosts.iter().map(|h| Host { option: of[h.option as usize], ..*h }).collect(),
            gate_limits: problem.gate_limits.clone(),
            gate_budget: problem.gate_budget,
            conflicts: conflicts(problem, &of, groups),
            exclusive: problem.exclusive.clone(),
            mix: problem.mix.clone(),
            pins: problem.pins.iter().filter_map(|p| pin(p, &of)).collect(),
            tiers: vec![Tier::Placed],
        };
        debug_assert_eq!(coarse.check(), Ok(()));
        Self { problem: coarse, of }
    }
}

/// The problem in which gates that cost nothing stand open, where nothing limits how many do.
fn without_free_gates(problem: &Problem) -> Cow<'_, Problem> {
    let limited = |g: &GateIx| problem.gate_limits.iter().any(|l| l.gates.binary_search(g).is_ok());
    let free: Vec<bool> = (0..).zip(&problem.gates).map(|(g, gate)| gate.cost == 0 && !limited(&g)).collect();
    let is_free = |g: &GateIx| free[*g as usize];
    let mut opened = Cow::Borrowed(problem);
    if problem.options.iter().flat_map(|o| &o.gates).any(is_free) {
        opened.to_mut().options.iter_mut().for_each(|option| option.gates.retain(|g| !is_free(g)));
    }
    opened
}

/// The coarse option of each option, and the options of each coarse one. An option without a place is alone.
fn alike(problem: &Problem) -> (Vec<OptionIx>, Vec<Vec<OptionIx>>) {
    let mut places: Vec<Place> = vec![Place::default(); problem.options.len()];
    for c in &problem.capacities {
        if let CapacityKind::Rooms { site, .. } | CapacityKind::Site(site) = c.kind {
            c.uses.iter().for_each(|u| _ = places[u.0 as usize].0.insert(site));
        }
    }
    for (place, spec) in places.iter_mut().zip(&problem.options) {
        place.1.extend(spec.posts.iter().map(|&p| problem.posts[p as usize].site));
    }
    let mut known: BTreeMap<Like, OptionIx> = BTreeMap::new();
    let (mut of, mut groups) = (Vec::new(), Vec::<Vec<OptionIx>>::new());
    for (o, (spec, place)) in problem.options.iter().zip(places).enumerate() {
        let new = groups.len() as OptionIx;
        let somewhere = !place.0.is_empty() || !place.1.is_empty();
        let like = (spec.programme, spec.gates.clone(), spec.lower_min, place);
        let own = if somewhere { *known.entry(like).or_insert(new) } else { new };
        if own == new {
            groups.push(Vec::new());
        }
        groups[own as usize].push(o as OptionIx);
        of.push(own);
    }
    (of, groups)
}

/// The quickest arc to each coarse option by each gate, or by none.
fn youth(fine: &YouthSpec, of: &[OptionIx]) -> YouthSpec {
    let mut arcs: Vec<Arc> = fine.arcs.iter().map(|a| Arc { option: of[a.option as usize], ..*a }).collect();
    arcs.sort_unstable_by_key(|a| (a.option, a.gate, a.time));
    arcs.dedup_by_key(|a| (a.option, a.gate));
    YouthSpec { weight: fine.weight, traits: fine.traits, arcs }
}

/// Rows, each alone and summed by kind, and the posts of each week: who holds them gives so many half-days.
fn capacities(problem: &Problem, of: &[OptionIx], groups: &[Vec<OptionIx>]) -> Vec<Capacity> {
    let mut sums: BTreeMap<Sum, Total> = BTreeMap::new();
    for (at, c) in problem.capacities.iter().enumerate() {
        let kind = match c.kind {
            CapacityKind::Rooms { site, .. } => Sum::Rooms(site),
            CapacityKind::Site(site) => Sum::Site(site),
            CapacityKind::Overall => Sum::Overall,
            CapacityKind::Copies => Sum::Row(at),
        };
        for sum in BTreeSet::from([kind, Sum::Row(at)]) {
            let total = sums.entry(sum).or_insert_with(|| Total::of(c.kind));
            total.limit += u64::from(c.limit);
            total.extra.extend(c.extra.iter().map(|&(g, extra)| (g, u64::from(extra))));
            total.uses.extend(c.uses.iter().map(|&(o, amount)| (o, u64::from(amount))));
        }
    }
    for (week, limit) in half_days(problem) {
        sums.insert(Sum::Week(week), Total { limit, ..Total::of(CapacityKind::Overall) });
    }
    for (o, spec) in problem.options.iter().enumerate() {
        for week in spec.posts.iter().map(|&p| problem.posts[p as usize].week) {
            if let Some(total) = sums.get_mut(&Sum::Week(week)) {
                total.uses.push((o as OptionIx, 1));
            }
        }
    }
    sums.into_values().filter_map(|total| total.row(of, groups)).collect()
}

/// A sum of rows: all their uses, one after another.
struct Total {
    kind: CapacityKind,
    limit: u64,
    uses: Vec<(OptionIx, u64)>,
    extra: Vec<(GateIx, u64)>,
}

impl Total {
    fn of(kind: CapacityKind) -> Self {
        Self { kind, limit: 0, uses: Vec::new(), extra: Vec::new() }
    }

    /// The coarse row; `None` where it asks nothing or has numbers too large to ask anything.
    fn row(self, of: &[OptionIx], groups: &[Vec<OptionIx>]) -> Option<Capacity> {
        let uses = summed(self.uses).into_iter().map(|(o, amount)| (of[o as usize], amount));
        let mut uses: Vec<(OptionIx, u64)> = uses.collect();
        uses.sort_unstable();
        // An option that is absent takes nothing.
        let least =
            uses.chunk_by(|a, b| a.0 == b.0).filter(|own| own.len() == groups[own[0].0 as usize].len());
        let least = least.map(|own| own[0]).filter(|own| own.1 > 0);
        let small = |n: u64| u32::try_from(n).ok();
        let uses: Option<Vec<_>> = least.map(|(o, least)| Some((o, small(least)?))).collect();
        let extra = summed(self.extra).into_iter().map(|(g, extra)| Some((g, small(extra)?)));
        let row = Capacity {
            kind: self.kind,
            limit: small(self.limit)?,
            uses: uses?,
            extra: extra.collect::<Option<_>>()?,
        };
        (!row.uses.is_empty()).then_some(row)
    }
}

/// The sum of what stands under each number.
fn summed(mut amounts: Vec<(u32, u64)>) -> Vec<(u32, u64)> {
    // Rows are sorted: this joins runs.
    amounts.sort_by_key(|amount| amount.0);
    let sum = |own: &[(u32, u64)]| (own[0].0, own.iter().map(|amount| amount.1).sum());
    amounts.chunk_by(|a, b| a.0 == b.0).map(sum).collect()
}

/// Coarse options exclude each other where all their options do.
fn conflicts(problem: &Problem, of: &[OptionIx], groups: &[Vec<OptionIx>]) -> Vec<Vec<OptionIx>> {
    if problem.conflicts.is_empty() {
        return vec![Vec::new(); groups.len()];
    }
    let mut count = vec![0; groups.len()];
    let excluded = |own: &Vec<OptionIx>| {
        let mut met = Vec::new();
        for &other in own.iter().flat_map(|&o| &problem.conflicts[o as usize]) {
            let coarse = of[other as usize];
            if count[coarse as usize] == 0 {
                met.push(coarse);
            }
            count[coarse as usize] += 1;
        }
        met.sort_unstable();
        let all = |&other: &OptionIx| {
            let pairs = std::mem::take(&mut count[other as usize]);
            pairs == own.len() * groups[other as usize].len()
        };
        met.into_iter().filter(all).collect()
    };
    groups.iter().map(excluded).collect()
}

/// The coarse pin; two who are kept apart may be in one coarse option.
fn pin(fine: &Pin, of: &[OptionIx]) -> Option<Pin> {
    match fine {
        Pin::Open { options, groups } => {
            let options: BTreeSet<OptionIx> = options.iter().map(|&o| of[o as usize]).collect();
            Some(Pin::Open { options: options.into_iter().collect(), groups: *groups })
        }
        Pin::Apart(..) => None,
        Pin::In { .. } | Pin::Out { .. } => Some(fine.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::branch::tests::territory;
    use super::super::draw::{Random, draw};
    use super::super::verify::{value, verify};
    use super::super::{Assignment, Limits, Milp, Solution, Solve};
    use super::*;
    use crate::control::Control;

    /// A plan, in the coarse problem's numbers.
    fn image(plan: &Assignment, of: &[OptionIx]) -> Assignment {
        let mut groups: BTreeMap<OptionIx, u32> = BTreeMap::new();
        plan.groups.iter().for_each(|&(o, k)| *groups.entry(of[o as usize]).or_default() += k);
        let mut members: Vec<_> = plan.members.iter().map(|&(y, o, g)| (y, of[o as usize], g)).collect();
        members.sort_unstable();
        Assignment { groups: groups.into_iter().collect(), members, gates: plan.gates.clone() }
    }

    #[test]
    fn every_plan_is_a_coarse_plan_that_places_as_many() {
        let (mut merged, mut asked) = (0, 0);
        let mut random = Random::new(17);
        let drawn = (0..3_000).map(|_| draw(&mut random));
        for p in (0..150).map(territory).chain(drawn) {
            let (of, groups) = alike(&p);
            let coarse = Coarse::merging(&p, of, &groups);
            let limits = Limits { nodes: 20, ..Limits::default() };
            let found = Milp.solve(&p, &limits, &Control::none()).unwrap();
            let Solution::Found { assignment, .. } = found else { continue };
            let image = image(&assignment, &coarse.of);
            assert_eq!(verify(&coarse.problem, &image), Ok(()), "{p:?}");
            assert_eq!(value(&p, &assignment, Tier::Placed), value(&coarse.problem, &image, Tier::Placed));
            merged += u32::from(groups.len() < p.options.len() && !assignment.groups.is_empty());
            asked += u32::from(!coarse.problem.capacities.is_empty());
        }
        assert!(merged > 200 && asked > 200, "{merged} merged, {asked} with rows");
    }

    #[test]
    fn weeks_ask_for_the_half_days_that_the_teams_give() {
        let post = |week, moment| super::super::Post { week, moment, site: 3 };
        let option = |posts: &[u32]| OptionSpec {
            programme: 0,
            max_groups: 1,
            cost: 0,
            gates: Vec::new(),
            lower_min: None,
            posts: posts.to_vec(),
        };
        let problem = Problem {
            programmes: vec![super::super::Sizes { min: 1, target: 1, max: 1 }],
            options: vec![option(&[0, 1, 2]), option(&[1, 2])],
            posts: vec![post(0, 0), post(0, 1), post(1, 0)],
            teams: vec![super::super::Team { members: 2, half_days: 5, posts: vec![0, 1, 2] }],
            ..Problem::default()
        };
        let coarse = Coarse::new(&problem).unwrap();
        let rows: Vec<_> = coarse.problem.capacities.iter().map(|c| (c.limit, c.uses.clone())).collect();
        assert_eq!(rows, [(4, vec![(0, 1)]), (2, vec![(0, 1)])]);
    }
}
