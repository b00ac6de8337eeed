//! From a problem to a file of `groups/2`.

use super::file::{
    ArcFile, CapacityFile, GateFile, GateLimitFile, HostFile, KindFile, MixFile, OptionFile, PinFile,
    PostFile, ProgrammeFile, Second, Slots, TeamFile, Unit, YouthFile,
};
use super::{Instance, Names};
use crate::groups::{
    Arc, Capacity, CapacityKind, Gate, GateLimit, Host, MixRule, OptionIx, OptionSpec, Pin, Post, Problem,
    Sizes, Team, YouthSpec,
};

/// An instance as JSON of `groups/2`, times in seconds: reading it gives the same problem and names.
///
/// Rooms, sites and budgets are written as the capacities that they are.
pub fn write(instance: &Instance) -> String {
    serde_json::to_string(&file(instance)).unwrap_or_default()
}

fn file(instance: &Instance) -> Second {
    let (problem, names) = (&instance.problem, &instance.names);
    let name = |list: &[String], row: usize| list.get(row).cloned().unwrap_or_else(|| row.to_string());
    let programme = |(row, p): (usize, &Sizes)| ProgrammeFile {
        id: name(&names.programmes, row),
        min: p.min,
        target: p.target,
        max: p.max,
    };
    let youth = |(row, y): (usize, &YouthSpec)| YouthFile {
        id: name(&names.youths, row),
        w: y.weight,
        traits: (0..32).filter(|bit| y.traits >> bit & 1 == 1).collect(),
        reach: y.arcs.iter().map(arc).collect(),
    };
    Second {
        name: instance.name.clone(),
        time: Unit::Seconds,
        programmes: problem.programmes.iter().enumerate().map(programme).collect(),
        options: problem.options.iter().enumerate().map(|(row, o)| option(names, row, o)).collect(),
        youths: problem.youths.iter().enumerate().map(youth).collect(),
        conflicts: conflicts(problem),
        exclusive: problem.exclusive.clone(),
        objective: problem.tiers.iter().map(|&t| t.into()).collect(),
        ..limits(problem, names)
    }
}

fn arc(arc: &Arc) -> ArcFile {
    match arc.gate {
        None => ArcFile::Free(arc.option, arc.time.get()),
        Some(gate) => ArcFile::Gated(arc.option, arc.time.get(), gate),
    }
}

fn option(names: &Names, row: usize, option: &OptionSpec) -> OptionFile {
    OptionFile {
        id: names.options.get(row).cloned(),
        p: option.programme,
        s: None,
        t: Slots::default(),
        cost: option.cost,
        kmax: option.max_groups,
        gates: option.gates.clone(),
        lower_min: option.lower_min,
        posts: option.posts.clone(),
    }
}

/// Each pair once.
fn conflicts(problem: &Problem) -> Vec<(OptionIx, OptionIx)> {
    let of = |(o, list): (usize, &Vec<OptionIx>)| {
        let o = o as OptionIx;
        list.iter().filter(move |&&other| o < other).map(move |&other| (o, other)).collect::<Vec<_>>()
    };
    problem.conflicts.iter().enumerate().flat_map(of).collect()
}

/// The parts that limit and rule.
fn limits(problem: &Problem, names: &Names) -> Second {
    let kind = |kind| match kind {
        CapacityKind::Rooms { site, slot } => KindFile::Rooms(site, slot),
        CapacityKind::Site(site) => KindFile::Site(site),
        CapacityKind::Overall => KindFile::Overall,
        CapacityKind::Copies => KindFile::Copies,
    };
    let gate = |(row, g): (usize, &Gate)| GateFile {
        id: names.gates.get(row).cloned(),
        cost: g.cost,
        capacity: g.capacity,
    };
    let capacity = |c: &Capacity| CapacityFile {
        of: kind(c.kind),
        limit: c.limit,
        uses: c.uses.clone(),
        extra: c.extra.clone(),
    };
    let mix = |m: &MixRule| MixFile {
        p: m.programme,
        trait_bit: m.trait_bit,
        at_least: m.at_least,
        at_most: m.at_most,
    };
    let gate_limit = |l: &GateLimit| GateLimitFile { gates: l.gates.clone(), limit: l.limit };
    let host = |h: &Host| match h.through {
        None => HostFile::Plain(h.gate, h.youth, h.option),
        Some(gate) => HostFile::Through(h.gate, h.youth, h.option, gate),
    };
    let post = |p: &Post| PostFile { week: p.week, moment: p.moment, site: p.site };
    let team = |t: &Team| TeamFile { members: t.members, half_days: t.half_days, posts: t.posts.clone() };
    Second {
        gates: problem.gates.iter().enumerate().map(gate).collect(),
        hosts: problem.hosts.iter().map(host).collect(),
        gate_limits: problem.gate_limits.iter().map(gate_limit).collect(),
        gate_budget: problem.gate_budget,
        capacities: problem.capacities.iter().map(capacity).collect(),
        posts: problem.posts.iter().map(post).collect(),
        teams: problem.teams.iter().map(team).collect(),
        mix: problem.mix.iter().map(mix).collect(),
        pins: problem.pins.iter().map(pin).collect(),
        ..Second::empty()
    }
}

fn pin(pin: &Pin) -> PinFile {
    match *pin {
        Pin::Open { ref options, groups: 1 } => PinFile::OpenOneOf(options.clone()),
        Pin::Open { ref options, groups } => PinFile::Open(options.clone(), groups),
        Pin::In { youth, programme } => PinFile::In(youth, programme),
        Pin::Out { youth, programme } => PinFile::Out(youth, programme),
        Pin::Apart(a, b) => PinFile::Apart(a, b),
    }
}
