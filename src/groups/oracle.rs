//! Brute force, slow and plainly right, for problems of a few youths.
//!
//! It shares nothing with the solver or with `verify`: every combination of
//! gates, groups and placements is tried, and advisers are sat one by one.

use super::problem::{Arc, OptionIx, Pin, Problem, Tier};

/// Gates and groups that respect every limit, before anybody is placed.
struct Frame {
    open: u32,
    groups: Vec<u32>,
    cost: i64,
}

/// The best value of each tier, in lexicographic order; `None` when nothing is allowed.
pub(super) fn best(problem: &Problem) -> Option<Vec<i64>> {
    let mut frames = Vec::new();
    for open in 0..1u32 << problem.gates.len() {
        let mut groups = vec![0; problem.options.len()];
        frames_from(problem, open, 0, &mut groups, &mut frames);
    }
    let mut best = None;
    let mut chosen = vec![Vec::new(); problem.youths.len()];
    place(problem, 0, &mut chosen, &frames, &mut best);
    let sign = |(value, tier): (i64, &Tier)| if *tier == Tier::Placed { -value } else { value };
    best.map(|b: Vec<i64>| b.into_iter().zip(&problem.tiers).map(sign).collect())
}

/// How many ways there are to place everybody, closely enough to refuse too many.
pub(super) fn ways(problem: &Problem) -> u64 {
    let of = |y: usize| choices(problem, y, &mut Vec::new(), 0);
    (0..problem.youths.len()).map(|y| of(y).len() as u64).product()
}

fn opened(open: u32, gate: u32) -> bool {
    open >> gate & 1 == 1
}

fn frames_from(problem: &Problem, open: u32, o: usize, groups: &mut Vec<u32>, frames: &mut Vec<Frame>) {
    if o == problem.options.len() {
        if frame_fits(problem, open, groups) {
            let gates = problem.gates.iter().enumerate().filter(|g| opened(open, g.0 as u32));
            let groups_cost: u64 =
                groups.iter().zip(&problem.options).map(|(&k, o)| u64::from(k) * o.cost).sum();
            let cost = (groups_cost + gates.map(|g| g.1.cost).sum::<u64>()) as i64;
            frames.push(Frame { open, groups: groups.clone(), cost });
        }
        return;
    }
    for k in 0..=problem.options[o].max_groups {
        groups[o] = k;
        frames_from(problem, open, o + 1, groups, frames);
    }
    groups[o] = 0;
}

fn frame_fits(problem: &Problem, open: u32, groups: &[u32]) -> bool {
    let gated =
        problem.options.iter().zip(groups).all(|(o, &k)| k == 0 || o.gates.iter().all(|&g| opened(open, g)));
    let capacities = problem.capacities.iter().all(|c| {
        let used: u32 = c.uses.iter().map(|&(o, a)| a * groups[o as usize]).sum();
        let extra: u32 = c.extra.iter().filter(|e| opened(open, e.0)).map(|e| e.1).sum();
        used <= c.limit + extra
    });
    let limits = problem
        .gate_limits
        .iter()
        .all(|l| l.gates.iter().filter(|&&g| opened(open, g)).count() <= l.limit as usize);
    let cost: u64 = (0..).zip(&problem.gates).filter(|g| opened(open, g.0)).map(|g| g.1.cost).sum();
    let paid = problem.gate_budget.is_none_or(|budget| cost <= budget);
    let pinned = problem.pins.iter().all(|p| match p {
        Pin::Open { options, groups: least } => {
            options.iter().map(|&o| groups[o as usize]).sum::<u32>() >= *least
        }
        _ => true,
    });
    gated && capacities && limits && paid && pinned && (problem.teams.is_empty() || staffed(problem, groups))
}

/// Tries every adviser for every post in turn.
fn staffed(problem: &Problem, groups: &[u32]) -> bool {
    let mut needs = Vec::new();
    for (o, &k) in problem.options.iter().zip(groups) {
        for &p in &o.posts {
            needs.extend((0..k).map(|_| p));
        }
    }
    let people: Vec<usize> =
        problem.teams.iter().enumerate().flat_map(|(t, team)| vec![t; team.members as usize]).collect();
    sit(problem, &needs, &people, &mut vec![Vec::new(); people.len()])
}

fn sit(problem: &Problem, needs: &[u32], people: &[usize], held: &mut Vec<Vec<u32>>) -> bool {
    let Some((&need, rest)) = needs.split_first() else { return true };
    let post = problem.posts[need as usize];
    for who in 0..people.len() {
        let team = &problem.teams[people[who]];
        let at = |&p: &u32| problem.posts[p as usize];
        let free = held[who].iter().map(at).all(|p| (p.week, p.moment) != (post.week, post.moment));
        let week = held[who].iter().map(at).filter(|p| p.week == post.week).count();
        if team.posts.contains(&need) && free && week < team.half_days as usize {
            held[who].push(need);
            if sit(problem, rest, people, held) {
                return true;
            }
            held[who].pop();
        }
    }
    false
}

/// Every set of arcs that one youth can hold.
fn choices(problem: &Problem, y: usize, taken: &mut Vec<Arc>, from: usize) -> Vec<Vec<Arc>> {
    let mut all = vec![taken.clone()];
    let arcs = &problem.youths[y].arcs;
    for (i, arc) in arcs.iter().enumerate().skip(from) {
        if taken.iter().all(|t| compatible(problem, t.option, arc.option)) {
            taken.push(*arc);
            all.extend(choices(problem, y, taken, i + 1));
            taken.pop();
        }
    }
    all
}

fn compatible(problem: &Problem, a: OptionIx, b: OptionIx) -> bool {
    let (p, q) = (problem.options[a as usize].programme, problem.options[b as usize].programme);
    let listed = problem.conflicts.get(a as usize).is_some_and(|l| l.contains(&b));
    let exclusive = problem.exclusive.iter().any(|&e| e == (p, q) || e == (q, p));
    p != q && !listed && !exclusive
}

fn place(
    problem: &Problem,
    y: usize,
    chosen: &mut Vec<Vec<Arc>>,
    frames: &[Frame],
    best: &mut Option<Vec<i64>>,
) {
    if y == problem.youths.len() {
        if pins_kept(problem, chosen) {
            frames.iter().filter(|f| fits(problem, f, chosen)).for_each(|f| keep(problem, f, chosen, best));
        }
        return;
    }
    for choice in choices(problem, y, &mut Vec::new(), 0) {
        chosen[y] = choice;
        place(problem, y + 1, chosen, frames, best);
    }
    chosen[y] = Vec::new();
}

fn pins_kept(problem: &Problem, chosen: &[Vec<Arc>]) -> bool {
    let programme = |a: &Arc| problem.options[a.option as usize].programme;
    problem.pins.iter().all(|pin| match *pin {
        Pin::Open { .. } => true,
        Pin::In { youth, programme: p } => chosen[youth as usize].iter().any(|a| programme(a) == p),
        Pin::Out { youth, programme: p } => chosen[youth as usize].iter().all(|a| programme(a) != p),
        Pin::Apart(y, z) => {
            let z = &chosen[z as usize];
            chosen[y as usize].iter().all(|a| z.iter().all(|b| a.option != b.option))
        }
    })
}

fn fits(problem: &Problem, frame: &Frame, chosen: &[Vec<Arc>]) -> bool {
    let arcs = || chosen.iter().flatten();
    let gates_open = arcs().all(|a| a.gate.is_none_or(|g| opened(frame.open, g)));
    let carried = problem.gates.iter().enumerate().all(|(g, gate)| {
        let through = arcs().filter(|a| a.gate == Some(g as u32)).count();
        gate.capacity.is_none_or(|most| through <= most as usize)
    });
    let hosted = problem.hosts.iter().all(|h| {
        let own = chosen[h.youth as usize].iter();
        !opened(frame.open, h.gate) || own.into_iter().any(|a| (a.option, a.gate) == (h.option, h.through))
    });
    gates_open && carried && hosted && (0..problem.options.len()).all(|o| viable(problem, frame, chosen, o))
}

fn viable(problem: &Problem, frame: &Frame, chosen: &[Vec<Arc>], o: usize) -> bool {
    let spec = &problem.options[o];
    let here = |arcs: &[Arc]| arcs.iter().any(|a| a.option as usize == o);
    let members: Vec<usize> = (0..chosen.len()).filter(|&y| here(&chosen[y])).collect();
    let (n, k) = (members.len() as u32, frame.groups[o]);
    let sizes = problem.programmes[spec.programme as usize];
    let min = match spec.lower_min {
        Some((g, lower)) if opened(frame.open, g) => lower.min(sizes.min),
        _ => sizes.min,
    };
    let mixed = problem.mix.iter().filter(|m| m.programme == spec.programme).all(|m| {
        let with =
            members.iter().filter(|&&y| problem.youths[y].traits >> m.trait_bit & 1 == 1).count() as u32;
        k * m.at_least <= with && with <= k * m.at_most
    });
    k * min <= n && n <= k * sizes.max && mixed
}

/// Keeps the frame and choices if they are better than the best so far.
fn keep(problem: &Problem, frame: &Frame, chosen: &[Vec<Arc>], best: &mut Option<Vec<i64>>) {
    let value = |tier: &Tier| match tier {
        Tier::Placed => {
            let weights = chosen.iter().zip(&problem.youths);
            -weights.map(|(c, y)| c.len() as i64 * i64::from(y.weight)).sum::<i64>()
        }
        Tier::Cost => frame.cost,
        Tier::OffTarget => (0..problem.options.len())
            .map(|o| {
                let n = chosen.iter().flatten().filter(|a| a.option as usize == o).count() as i64;
                let target = problem.programmes[problem.options[o].programme as usize].target;
                (n - i64::from(target) * i64::from(frame.groups[o])).abs()
            })
            .sum(),
        Tier::Minutes => chosen.iter().flatten().map(|a| i64::from(a.time.get())).sum(),
    };
    let new: Vec<i64> = problem.tiers.iter().map(value).collect();
    if best.as_ref().is_none_or(|b| new < *b) {
        *best = Some(new);
    }
}
