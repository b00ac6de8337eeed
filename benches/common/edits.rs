//! Edits that a director asks for, drawn on any problem.

use super::draw::Draw;
use maillage::groups::{
    Arc, Capacity, CapacityKind, Gate, GateIx, GateLimit, OptionIx, OptionSpec, Pin, Problem, YouthIx,
    YouthSpec,
};
use maillage::units::Seconds;

/// What an edit changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    RemoveYouth,
    AddYouth,
    LoseReach,
    GainReach,
    RemoveOption,
    AddOption,
    Minimum,
    Maximum,
    MostGroups,
    Rooms,
    SiteBudget,
    Budget,
    Advisers,
    Gate,
    Priority,
    Pin,
}

impl Kind {
    pub(crate) const ALL: [Self; 16] = [
        Self::RemoveYouth,
        Self::AddYouth,
        Self::LoseReach,
        Self::GainReach,
        Self::RemoveOption,
        Self::AddOption,
        Self::Minimum,
        Self::Maximum,
        Self::MostGroups,
        Self::Rooms,
        Self::SiteBudget,
        Self::Budget,
        Self::Advisers,
        Self::Gate,
        Self::Priority,
        Self::Pin,
    ];
}

/// The problem after an edit; `None` when it has nothing that this kind could change.
pub(crate) fn edited(problem: &Problem, kind: Kind, r: &mut Draw) -> Option<Problem> {
    let mut p = problem.clone();
    match kind {
        Kind::RemoveYouth => remove_youth(&mut p, r),
        Kind::AddYouth => add_youth(&mut p, r),
        Kind::LoseReach => {
            let y = reaching(&p, r)?;
            let arcs = &mut p.youths[y].arcs;
            arcs.remove(pick(arcs.len(), r)?);
            Some(())
        }
        Kind::GainReach => gain_reach(&mut p, r),
        Kind::RemoveOption => remove_option(&mut p, r),
        Kind::AddOption => add_option(&mut p, r),
        Kind::Minimum => {
            let sizes = &mut p.programmes[pick(problem.programmes.len(), r)?];
            sizes.min = stepped(sizes.min, r).clamp(1, sizes.target);
            Some(())
        }
        Kind::Maximum => {
            let sizes = &mut p.programmes[pick(problem.programmes.len(), r)?];
            sizes.max = stepped(sizes.max, r).max(sizes.target);
            Some(())
        }
        Kind::MostGroups => {
            let option = &mut p.options[pick(problem.options.len(), r)?];
            option.max_groups = stepped(option.max_groups, r);
            Some(())
        }
        Kind::Rooms => change_limit(&mut p, r, |k| matches!(k, CapacityKind::Rooms { .. })),
        Kind::SiteBudget => change_limit(&mut p, r, |k| matches!(k, CapacityKind::Site(_)))
            .or_else(|| add_site_budget(&mut p, r)),
        Kind::Budget => {
            change_limit(&mut p, r, |k| k == CapacityKind::Overall).or_else(|| add_budget(&mut p, r))
        }
        Kind::Advisers => {
            let team = p.teams.get_mut(pick(problem.teams.len(), r)?)?;
            team.members = stepped(team.members, r);
            Some(())
        }
        Kind::Gate => change_gate(&mut p, r),
        Kind::Priority => {
            let y = reaching(&p, r)?;
            p.youths[y].weight = if p.youths[y].weight == 1 { 2 } else { 1 };
            Some(())
        }
        Kind::Pin => change_pin(&mut p, r),
    }?;
    (p != *problem && p.check().is_ok()).then_some(p)
}

/// A position in a list, if it has any.
fn pick(len: usize, r: &mut Draw) -> Option<usize> {
    (len > 0).then(|| r.below(len as u64) as usize)
}

/// One more or one less.
fn stepped(n: u32, r: &mut Draw) -> u32 {
    if r.below(2) == 0 { n + 1 } else { n.saturating_sub(1) }
}

/// A youth who reaches something.
fn reaching(p: &Problem, r: &mut Draw) -> Option<usize> {
    let all: Vec<usize> = (0..p.youths.len()).filter(|&y| !p.youths[y].arcs.is_empty()).collect();
    Some(all[pick(all.len(), r)?])
}

fn remove_youth(p: &mut Problem, r: &mut Draw) -> Option<()> {
    let gone = reaching(p, r)? as YouthIx;
    p.youths.remove(gone as usize);
    let about = |pin: &Pin| match *pin {
        Pin::In { youth, .. } | Pin::Out { youth, .. } => youth == gone,
        Pin::Apart(y, z) => y == gone || z == gone,
        Pin::Open { .. } => false,
    };
    p.pins.retain(|pin| !about(pin));
    renumber_youths(p, |y| if y > gone { y - 1 } else { y });
    Some(())
}

/// Somebody who reaches about what somebody else does.
fn add_youth(p: &mut Problem, r: &mut Draw) -> Option<()> {
    let near = reaching(p, r)?;
    let mut arcs = p.youths[near].arcs.clone();
    arcs.retain(|_| r.below(10) > 0);
    arcs.iter_mut().for_each(|a| a.time = Seconds::new(a.time.get() + 60 * r.below(5) as u32));
    let at = r.below(p.youths.len() as u64 + 1) as YouthIx;
    renumber_youths(p, |y| if y >= at { y + 1 } else { y });
    p.youths.insert(at as usize, YouthSpec { arcs, ..p.youths[near] });
    Some(())
}

fn renumber_youths(p: &mut Problem, new: impl Fn(YouthIx) -> YouthIx) {
    for pin in &mut p.pins {
        match pin {
            Pin::In { youth, .. } | Pin::Out { youth, .. } => *youth = new(*youth),
            Pin::Apart(y, z) => (*y, *z) = (new(*y), new(*z)),
            Pin::Open { .. } => {}
        }
    }
}

/// One more option for somebody, of a programme that they follow or of any.
fn gain_reach(p: &mut Problem, r: &mut Draw) -> Option<()> {
    let y = reaching(p, r)?;
    let arcs = &p.youths[y].arcs;
    let programme = |o: OptionIx| p.options[o as usize].programme;
    let free = |o: &OptionIx| {
        arcs.iter().all(|a| a.option != *o) && arcs.iter().any(|a| programme(a.option) == programme(*o))
    };
    let free: Vec<OptionIx> = (0..p.options.len() as OptionIx).filter(free).collect();
    let option = free[pick(free.len(), r)?];
    let time = arcs[pick(arcs.len(), r)?].time;
    p.youths[y].arcs.push(Arc { option, time, gate: None });
    p.youths[y].arcs.sort_by_key(|a| (a.option, a.gate));
    Some(())
}

fn remove_option(p: &mut Problem, r: &mut Draw) -> Option<()> {
    let gone = pick(p.options.len(), r)? as OptionIx;
    p.options.remove(gone as usize);
    if !p.conflicts.is_empty() {
        p.conflicts.remove(gone as usize);
    }
    renumber_options(p, |o| (o != gone).then(|| if o > gone { o - 1 } else { o }));
    Some(())
}

/// A programme at a site where it is, at a time when it meets elsewhere.
fn add_option(p: &mut Problem, r: &mut Draw) -> Option<()> {
    let place = pick(p.options.len(), r)?;
    let like = |o: &usize| p.options[*o].programme == p.options[place].programme;
    let alike: Vec<usize> = (0..p.options.len()).filter(like).collect();
    let time = alike[pick(alike.len(), r)?];
    let at = r.below(p.options.len() as u64 + 1) as OptionIx;
    renumber_options(p, |o| Some(if o >= at { o + 1 } else { o }));
    let moved = |o: usize| if o as OptionIx >= at { o as OptionIx + 1 } else { o as OptionIx };
    let (spec, place, time): (OptionSpec, _, _) = (p.options[place].clone(), moved(place), moved(time));
    p.options.insert(at as usize, spec);
    if !p.conflicts.is_empty() {
        let others = p.conflicts[time as usize - usize::from(time > at)].clone();
        others.iter().for_each(|&o| {
            let list = &mut p.conflicts[o as usize - usize::from(o > at)];
            list.push(at);
            list.sort_unstable();
        });
        p.conflicts.insert(at as usize, others);
    }
    for y in &mut p.youths {
        let arc = y.arcs.iter().find(|a| a.option == place).copied().filter(|_| r.below(10) > 1);
        y.arcs.extend(arc.map(|a| Arc { option: at, ..a }));
        y.arcs.sort_by_key(|a| (a.option, a.gate));
    }
    for c in p.capacities.iter_mut().filter(|c| !matches!(c.kind, CapacityKind::Rooms { .. })) {
        let amount = c.uses.iter().find(|u| u.0 == place).map(|u| u.1);
        c.uses.extend(amount.map(|amount| (at, amount)));
        c.uses.sort_unstable();
    }
    Some(())
}

/// Writes every option's number anew; those without one go. The lists of options themselves stay.
fn renumber_options(p: &mut Problem, new: impl Fn(OptionIx) -> Option<OptionIx>) {
    for list in &mut p.conflicts {
        *list = list.iter().filter_map(|&o| new(o)).collect();
    }
    for y in &mut p.youths {
        y.arcs = y.arcs.iter().filter_map(|a| Some(Arc { option: new(a.option)?, ..*a })).collect();
    }
    for c in &mut p.capacities {
        c.uses = c.uses.iter().filter_map(|u| Some((new(u.0)?, u.1))).collect();
    }
    for pin in &mut p.pins {
        if let Pin::Open { options, .. } = pin {
            *options = options.iter().filter_map(|&o| new(o)).collect();
        }
    }
    p.pins.retain(|pin| !matches!(pin, Pin::Open { options, .. } if options.is_empty()));
}

fn change_limit(p: &mut Problem, r: &mut Draw, kind: impl Fn(CapacityKind) -> bool) -> Option<()> {
    let rows: Vec<usize> = (0..p.capacities.len()).filter(|&c| kind(p.capacities[c].kind)).collect();
    let limit = &mut p.capacities[rows[pick(rows.len(), r)?]].limit;
    *limit = stepped(*limit, r);
    Some(())
}

/// The site of a capacity.
fn site_of(c: &Capacity) -> Option<u32> {
    match c.kind {
        CapacityKind::Rooms { site, .. } | CapacityKind::Site(site) => Some(site),
        CapacityKind::Overall | CapacityKind::Copies => None,
    }
}

/// A site with its options.
fn site(p: &Problem, r: &mut Draw) -> Option<(u32, Vec<OptionIx>)> {
    let mut sites: Vec<u32> = p.capacities.iter().filter_map(site_of).collect();
    sites.sort_unstable();
    sites.dedup();
    let site = sites[pick(sites.len(), r)?];
    let own = p.capacities.iter().filter(|c| site_of(c) == Some(site)).flat_map(|c| &c.uses);
    let mut options: Vec<OptionIx> = own.map(|u| u.0).collect();
    options.sort_unstable();
    options.dedup();
    (!options.is_empty()).then_some((site, options))
}

fn add_site_budget(p: &mut Problem, r: &mut Draw) -> Option<()> {
    let (site, options) = site(p, r)?;
    let uses = options.into_iter().map(|o| (o, 1)).collect();
    let limit = 1 + r.below(4) as u32;
    p.capacities.push(Capacity { kind: CapacityKind::Site(site), limit, uses, extra: Vec::new() });
    Some(())
}

fn add_budget(p: &mut Problem, r: &mut Draw) -> Option<()> {
    // Every option at once ties all there is: a budget of one structure, those of a few sites.
    let (_, mut options) = site(p, r)?;
    for _ in 0..3 {
        options.extend(site(p, r)?.1);
    }
    options.sort_unstable();
    options.dedup();
    let limit = options.len() as u32 / 2;
    let uses = options.into_iter().map(|o| (o, 1)).collect();
    p.capacities.push(Capacity { kind: CapacityKind::Overall, limit, uses, extra: Vec::new() });
    Some(())
}

/// One more or less of some gates; where there are none, a site becomes a candidate, refused or not.
fn change_gate(p: &mut Problem, r: &mut Draw) -> Option<()> {
    if let Some(at) = pick(p.gate_limits.len(), r) {
        p.gate_limits[at].limit = stepped(p.gate_limits[at].limit, r);
        return Some(());
    }
    let (_, options) = site(p, r)?;
    let gate = p.gates.len() as GateIx;
    p.gates.push(Gate { cost: 50_000, capacity: None });
    options.iter().for_each(|&o| p.options[o as usize].gates.push(gate));
    p.gate_limits.push(GateLimit { gates: vec![gate], limit: r.below(2) as u32 });
    Some(())
}

fn change_pin(p: &mut Problem, r: &mut Draw) -> Option<()> {
    let youth = reaching(p, r)?;
    let arcs = &p.youths[youth].arcs;
    let option = arcs[pick(arcs.len(), r)?].option;
    let (youth, programme) = (youth as YouthIx, p.options[option as usize].programme);
    p.pins.push(match r.below(3) {
        0 => Pin::Open { options: vec![option], groups: 1 },
        1 => Pin::In { youth, programme },
        _ => Pin::Out { youth, programme },
    });
    Some(())
}
