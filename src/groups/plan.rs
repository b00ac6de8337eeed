//! An assignment under construction: what may be added is known at once, and
//! groups are opened, filled, closed and opened again in search of a better one.

use super::advisers::{half_days, unheld};
use super::clock::Clock;
use super::problem::{Arc, GateIx, Host, OptionIx, Pin, Problem, ProgrammeIx, Tier, YouthIx};
use super::solution::Assignment;
use super::split::least_min;
use super::verify::{Broken, has_trait, value, verify};
use std::collections::{BTreeMap, VecDeque};

/// What never changes about a problem, laid out for the plan.
pub(super) struct Ground<'a> {
    problem: &'a Problem,
    /// Options of each programme.
    options: Vec<Vec<OptionIx>>,
    /// Arcs into each option, by youth.
    into: Vec<Vec<(YouthIx, Arc)>>,
    /// Capacities that each option uses, and how much; after them, half-days of the teams in each week.
    uses: Vec<Vec<(usize, u64)>>,
    /// Limits of those, with every gate open.
    limits: Vec<u64>,
    /// Whether two options exclude each other, a row an option.
    exclude: Vec<Vec<bool>>,
    /// Mix rules of each programme.
    rules: Vec<Vec<usize>>,
    /// Youths pinned apart from each youth.
    apart: Vec<Vec<YouthIx>>,
    /// Limits on open gates that count each gate.
    limited: Vec<Vec<usize>>,
    /// For each gate that is open only while somebody is there, who.
    host_of: Vec<Option<Host>>,
    /// Such gates of each youth.
    drives: Vec<Vec<Host>>,
    /// (priority, youth, programme), first placed first.
    wanted: Vec<(i64, YouthIx, ProgrammeIx)>,
    /// How many arcs each youth has.
    arcs: Vec<usize>,
    /// Youths who could follow each programme.
    wishes: Vec<u64>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        let count = problem.options.len();
        let mut into = vec![Vec::new(); count];
        for (y, youth) in problem.youths.iter().enumerate() {
            for &arc in &youth.arcs {
                into[arc.option as usize].push((y as YouthIx, arc));
            }
        }
        let mut uses = vec![Vec::new(); count];
        for (row, c) in problem.capacities.iter().enumerate() {
            for &(o, amount) in &c.uses {
                uses[o as usize].push((row, u64::from(amount)));
            }
        }
        let most =
            |c: &super::Capacity| u64::from(c.limit) + c.extra.iter().map(|e| u64::from(e.1)).sum::<u64>();
        let mut limits: Vec<u64> = problem.capacities.iter().map(most).collect();
        for (week, half_days) in half_days(problem) {
            for (o, spec) in problem.options.iter().enumerate() {
                let posts = spec.posts.iter().filter(|&&p| problem.posts[p as usize].week == week).count();
                if posts > 0 {
                    uses[o].push((limits.len(), posts as u64));
                }
            }
            limits.push(half_days);
        }
        let row = |a| (0..count as OptionIx).map(|b| problem.in_conflict(a, b)).collect();
        let exclude = (0..count as OptionIx).map(row).collect();
        let mut options = vec![Vec::new(); problem.programmes.len()];
        for (o, spec) in problem.options.iter().enumerate() {
            options[spec.programme as usize].push(o as OptionIx);
        }
        let mut rules = vec![Vec::new(); problem.programmes.len()];
        for (row, rule) in problem.mix.iter().enumerate() {
            rules[rule.programme as usize].push(row);
        }
        let mut apart = vec![Vec::new(); problem.youths.len()];
        for pin in &problem.pins {
            if let Pin::Apart(y, z) = *pin {
                apart[y as usize].push(z);
                apart[z as usize].push(y);
            }
        }
        let mut limited = vec![Vec::new(); problem.gates.len()];
        for (row, limit) in problem.gate_limits.iter().enumerate() {
            limit.gates.iter().for_each(|&g| limited[g as usize].push(row));
        }
        let mut host_of = vec![None; problem.gates.len()];
        let mut drives = vec![Vec::new(); problem.youths.len()];
        for &host in &problem.hosts {
            host_of[host.gate as usize] = Some(host);
            drives[host.youth as usize].push(host);
        }
        let arcs = problem.youths.iter().map(|y| y.arcs.len()).collect();
        let wanted = wanted(problem);
        let mut wishes = vec![0; problem.programmes.len()];
        wanted.iter().for_each(|w| wishes[w.2 as usize] += 1);
        Self {
            problem,
            options,
            into,
            uses,
            limits,
            exclude,
            rules,
            apart,
            limited,
            host_of,
            drives,
            wanted,
            arcs,
            wishes,
        }
    }

    fn programme(&self, o: OptionIx) -> ProgrammeIx {
        self.problem.options[o as usize].programme
    }

    fn max(&self, o: OptionIx) -> u32 {
        self.problem.programmes[self.programme(o) as usize].max
    }

    /// Who must be there for somebody to come by an arc.
    fn host(&self, arc: &Arc) -> Option<Host> {
        arc.gate.and_then(|g| self.host_of[g as usize])
    }

    fn mixed(&self, o: OptionIx) -> bool {
        !self.rules[self.programme(o) as usize].is_empty()
    }
}

/// Who could be placed where, those pinned in first, then by weight, then
/// those with the least choice.
fn wanted(problem: &Problem) -> Vec<(i64, YouthIx, ProgrammeIx)> {
    let mut all = Vec::new();
    for (y, youth) in problem.youths.iter().enumerate() {
        let y = y as YouthIx;
        let mut programmes: Vec<_> =
            youth.arcs.iter().map(|a| problem.options[a.option as usize].programme).collect();
        programmes.sort_unstable();
        for own in programmes.chunk_by(|a, b| a == b) {
            let programme = own[0];
            let pinned = problem.pins.contains(&Pin::In { youth: y, programme });
            let priority = i64::from(youth.weight) + if pinned { 1 << 40 } else { 0 };
            all.push((own.len(), (priority, y, programme)));
        }
    }
    all.sort_by_key(|&(choice, (priority, y, p))| (-priority, choice, y, p));
    all.into_iter().map(|w| w.1).collect()
}

/// A plan and its counts.
#[derive(Clone)]
pub(super) struct Plan<'g, 'a> {
    ground: &'g Ground<'a>,
    groups: Vec<u32>,
    members: Vec<Vec<YouthIx>>,
    held: Vec<Vec<Arc>>,
    open: Vec<bool>,
    carried: Vec<u32>,
    /// What the groups take of each capacity.
    used: Vec<u64>,
    /// Youths without a place in each programme they could follow.
    waiting: Vec<u64>,
}

/// A step of a chain of moves: `who` goes through `arc`, leaving `from`.
#[derive(Clone, Copy)]
struct Step {
    who: YouthIx,
    arc: Arc,
    from: Option<OptionIx>,
}

impl<'g, 'a> Plan<'g, 'a> {
    pub(super) fn new(ground: &'g Ground<'a>) -> Self {
        let p = ground.problem;
        Self {
            ground,
            groups: vec![0; p.options.len()],
            members: vec![Vec::new(); p.options.len()],
            held: vec![Vec::new(); p.youths.len()],
            open: vec![false; p.gates.len()],
            carried: vec![0; p.gates.len()],
            used: vec![0; ground.limits.len()],
            waiting: ground.wishes.clone(),
        }
    }

    /// The plan of an assignment.
    fn of(ground: &'g Ground<'a>, assignment: &Assignment) -> Self {
        let mut plan = Self::new(ground);
        assignment.gates.iter().for_each(|&g| plan.open[g as usize] = true);
        assignment.groups.iter().for_each(|&(o, k)| plan.set_groups(o, k));
        for &(y, option, gate) in &assignment.members {
            let arcs = &ground.problem.youths[y as usize].arcs;
            if let Some(&arc) = arcs.iter().find(|a| (a.option, a.gate) == (option, gate)) {
                plan.add(y, arc);
            }
        }
        plan
    }

    pub(super) fn assignment(&self) -> Assignment {
        let counts = self.groups.iter().enumerate().filter(|g| *g.1 > 0);
        let groups = counts.map(|(o, &k)| (o as OptionIx, k)).collect();
        let held = self.held.iter().enumerate();
        let mut members: Vec<_> =
            held.flat_map(|(y, arcs)| arcs.iter().map(move |a| (y as YouthIx, a.option, a.gate))).collect();
        members.sort_unstable();
        let gates = (0..self.open.len() as GateIx).filter(|&g| self.open[g as usize]).collect();
        Assignment { groups, members, gates }
    }

    fn size(&self, o: OptionIx) -> u32 {
        self.members[o as usize].len() as u32
    }

    fn add(&mut self, y: YouthIx, arc: Arc) {
        if let Some(host) = self.ground.host(&arc) {
            self.come_through(host.youth, host.option, host.through);
        }
        if let Some(g) = arc.gate {
            self.open[g as usize] = true;
            self.carried[g as usize] += 1;
        }
        self.waiting[self.ground.programme(arc.option) as usize] -= 1;
        self.members[arc.option as usize].push(y);
        self.held[y as usize].push(arc);
    }

    fn remove(&mut self, y: YouthIx, o: OptionIx) {
        let Some(at) = self.held[y as usize].iter().position(|a| a.option == o) else { return };
        self.waiting[self.ground.programme(o) as usize] += 1;
        self.members[o as usize].retain(|&m| m != y);
        if let Some(g) = self.held[y as usize].remove(at).gate {
            self.carried[g as usize] -= 1;
        }
        // Whoever they took along stays away too.
        for gate in self.ground.drives[y as usize].iter().filter(|h| h.option == o).map(|h| h.gate) {
            let taken = |m: &YouthIx| self.arc_of(*m, o).is_some_and(|a| a.gate == Some(gate));
            let taken: Vec<YouthIx> = self.members[o as usize].iter().copied().filter(taken).collect();
            taken.into_iter().for_each(|m| self.remove(m, o));
        }
    }

    fn arc_of(&self, y: YouthIx, o: OptionIx) -> Option<Arc> {
        self.held[y as usize].iter().find(|a| a.option == o).copied()
    }

    /// Whether somebody takes others along, so that they can't go elsewhere.
    fn takes_along(&self, y: YouthIx, o: OptionIx) -> bool {
        self.ground.drives[y as usize].iter().any(|h| h.option == o && self.carried[h.gate as usize] > 0)
    }

    /// Changes the arc by which somebody comes where they are.
    fn come_through(&mut self, y: YouthIx, o: OptionIx, gate: Option<GateIx>) {
        let arcs = &self.ground.problem.youths[y as usize].arcs;
        let to = arcs.iter().find(|a| (a.option, a.gate) == (o, gate)).copied();
        let at = self.held[y as usize].iter().position(|a| a.option == o);
        let (Some(to), Some(at)) = (to, at) else { return };
        let before = std::mem::replace(&mut self.held[y as usize][at], to);
        before.gate.iter().for_each(|&g| self.carried[g as usize] -= 1);
        to.gate.iter().for_each(|&g| {
            self.open[g as usize] = true;
            self.carried[g as usize] += 1;
        });
    }

    /// Whether a host is there, or may come so that they take somebody along through `gate`.
    fn may_ride(&self, host: Host) -> bool {
        let Some(held) = self.arc_of(host.youth, host.option) else { return false };
        let room = |g: GateIx| {
            let most = self.ground.problem.gates[g as usize].capacity.unwrap_or(u32::MAX);
            self.carried[g as usize] < most
        };
        if held.gate == host.through {
            return self.may_open(&[host.gate]);
        }
        let mut arcs = self.ground.problem.youths[host.youth as usize].arcs.iter();
        let gates: Vec<GateIx> = [host.gate].into_iter().chain(host.through).collect();
        !self.takes_along(host.youth, host.option)
            && arcs.any(|a| (a.option, a.gate) == (host.option, host.through))
            && host.through.is_none_or(room)
            && self.may_open(&gates)
    }

    /// Takes along whom a member of an option can.
    fn fill_cars(&mut self, o: OptionIx) {
        let ground = self.ground;
        if ground.problem.hosts.is_empty() {
            return;
        }
        for (y, arc) in ground.into[o as usize].iter().filter(|c| ground.host(&c.1).is_some()) {
            if self.has_place(o) && self.suits(*y, arc, None) {
                self.add(*y, *arc);
            }
        }
    }

    fn may_open(&self, gates: &[GateIx]) -> bool {
        let new = || gates.iter().copied().filter(|&g| !self.open[g as usize]);
        let room = |row: &usize| {
            let limit = &self.ground.problem.gate_limits[*row];
            let more = new().filter(|g| limit.gates.binary_search(g).is_ok()).count();
            let open = limit.gates.iter().filter(|&&h| self.open[h as usize]).count();
            open + more <= limit.limit as usize
        };
        new().flat_map(|g| &self.ground.limited[g as usize]).all(room) && self.within_budget(new())
    }

    /// Whether the open gates and these cost no more than they may.
    fn within_budget(&self, new: impl Iterator<Item = GateIx>) -> bool {
        let problem = self.ground.problem;
        let (Some(budget), mut new) = (problem.gate_budget, new.peekable()) else { return true };
        if new.peek().is_none() {
            return true;
        }
        let open = problem.gates.iter().zip(&self.open).filter(|g| *g.1).map(|g| u128::from(g.0.cost));
        let more = new.map(|g| u128::from(problem.gates[g as usize].cost));
        open.chain(more).sum::<u128>() <= u128::from(budget)
    }

    fn min(&self, o: OptionIx) -> u32 {
        let spec = &self.ground.problem.options[o as usize];
        let min = self.ground.problem.programmes[spec.programme as usize].min;
        match spec.lower_min {
            Some((g, lower)) if self.open[g as usize] => lower.min(min),
            _ => min,
        }
    }

    /// Whether the option takes one more member.
    fn has_place(&self, o: OptionIx) -> bool {
        u64::from(self.size(o)) < u64::from(self.groups[o as usize]) * u64::from(self.ground.max(o))
    }

    /// Whether the option can lose a member.
    fn can_spare(&self, o: OptionIx) -> bool {
        !self.ground.mixed(o)
            && u64::from(self.size(o)) > u64::from(self.groups[o as usize]) * u64::from(self.min(o))
    }

    /// Whether `y` could follow `arc` once they have left `from`, places aside.
    fn suits(&self, y: YouthIx, arc: &Arc, from: Option<OptionIx>) -> bool {
        let ground = self.ground;
        let o = arc.option as usize;
        let free = self.held[y as usize].iter().all(|h| {
            Some(h.option) == from || (h.option != arc.option && !ground.exclude[o][h.option as usize])
        });
        let carries = |g: GateIx| {
            let most = ground.problem.gates[g as usize].capacity.unwrap_or(u32::MAX);
            self.carried[g as usize] < most && self.may_open(&[g])
        };
        free && arc.gate.is_none_or(carries)
            && ground.host(arc).is_none_or(|host| host.youth != y && self.may_ride(host))
            && ground.apart[y as usize].iter().all(|z| !self.members[o].contains(z))
            && self.mix_admits(y, arc.option)
    }

    fn with(&self, rule: usize, o: OptionIx) -> u32 {
        let rule = &self.ground.problem.mix[rule];
        let members = self.members[o as usize].iter();
        members.filter(|&&m| has_trait(self.ground.problem, rule, m)).count() as u32
    }

    fn mix_admits(&self, y: YouthIx, o: OptionIx) -> bool {
        let problem = self.ground.problem;
        self.ground.rules[self.ground.programme(o) as usize].iter().all(|&r| {
            let most = u64::from(problem.mix[r].at_most) * u64::from(self.groups[o as usize]);
            !has_trait(problem, &problem.mix[r], y) || u64::from(self.with(r, o)) < most
        })
    }

    /// What is missing to the rule's least number.
    fn mix_missing(&self, rule: usize, o: OptionIx) -> u32 {
        let least = self.ground.problem.mix[rule].at_least.saturating_mul(self.groups[o as usize]);
        least.saturating_sub(self.with(rule, o))
    }

    /// Opens what one more group needs: gates, capacity, advisers. May leave
    /// the plan half changed when it answers no.
    fn make_room(&mut self, o: OptionIx) -> bool {
        let problem = self.ground.problem;
        let spec = &problem.options[o as usize];
        if self.groups[o as usize] >= spec.max_groups {
            return false;
        }
        for &g in &spec.gates {
            if !self.may_open(&[g]) {
                return false;
            }
            self.open[g as usize] = true;
        }
        self.set_groups(o, self.groups[o as usize] + 1);
        let rows = self.ground.uses[o as usize].iter();
        rows.map(|u| u.0).all(|row| self.fit_capacity(row)) && unheld(problem, &self.groups, o) == 0
    }

    fn set_groups(&mut self, o: OptionIx, k: u32) {
        let before = u64::from(self.groups[o as usize]);
        for &(row, amount) in &self.ground.uses[o as usize] {
            self.used[row] = self.used[row] + amount * u64::from(k) - amount * before;
        }
        self.groups[o as usize] = k;
    }

    /// Whether the capacities could take one more group, whatever gates it needs.
    fn could_fit(&self, o: OptionIx) -> bool {
        self.groups[o as usize] < self.ground.problem.options[o as usize].max_groups
            && self.ground.uses[o as usize]
                .iter()
                .all(|&(row, amount)| self.used[row] + amount <= self.ground.limits[row])
    }

    fn fit_capacity(&mut self, row: usize) -> bool {
        let used = self.used[row];
        let Some(c) = self.ground.problem.capacities.get(row) else { return used <= self.ground.limits[row] };
        let limit = |open: &[bool]| {
            let extra = c.extra.iter().filter(|e| open[e.0 as usize]).map(|e| u64::from(e.1));
            u64::from(c.limit) + extra.sum::<u64>()
        };
        for &(g, _) in &c.extra {
            if used > limit(&self.open) && self.may_open(&[g]) {
                self.open[g as usize] = true;
            }
        }
        used <= limit(&self.open)
    }

    /// This plan with one more group in the option, or `None`.
    fn with_group(&self, o: OptionIx) -> Option<Self> {
        let mut plan = self.clone();
        if !plan.make_room(o) {
            return None;
        }
        plan.fill(o);
        if !plan.is_viable(o) {
            let lower = self.ground.problem.options[o as usize].lower_min;
            let gate = lower.map(|l| l.0).filter(|&g| plan.may_open(&[g]))?;
            plan.open[gate as usize] = true;
        }
        plan.is_viable(o).then_some(plan)
    }

    fn is_viable(&self, o: OptionIx) -> bool {
        let rules = &self.ground.rules[self.ground.programme(o) as usize];
        u64::from(self.size(o)) >= u64::from(self.groups[o as usize]) * u64::from(self.min(o))
            && rules.iter().all(|&r| self.mix_missing(r, o) == 0)
    }

    /// Takes in those who are free, then, up to the minimum, members that
    /// other options can spare.
    fn fill(&mut self, o: OptionIx) {
        let ground = self.ground;
        let mut free: Vec<_> =
            ground.into[o as usize].iter().filter(|(y, a)| self.suits(*y, a, None)).collect();
        let weight = |y: YouthIx| ground.problem.youths[y as usize].weight;
        let pinned = |y: YouthIx| self.pinned_in(y, o);
        free.sort_by_key(|c| (!pinned(c.0), u32::MAX - weight(c.0), ground.arcs[c.0 as usize], c.0));
        for &rule in &ground.rules[ground.programme(o) as usize] {
            for (y, arc) in &free {
                let needed = has_trait(ground.problem, &ground.problem.mix[rule], *y);
                if needed && self.has_place(o) && self.mix_missing(rule, o) > 0 && self.suits(*y, arc, None) {
                    self.add(*y, *arc);
                }
            }
        }
        for (y, arc) in free {
            if self.has_place(o) && self.suits(*y, arc, None) {
                self.add(*y, *arc);
            }
        }
        self.fill_cars(o);
        let needs = self.groups[o as usize].saturating_mul(self.min(o));
        while self.size(o) < needs && self.pull(o) {}
        self.fill_cars(o);
    }

    /// Brings one more member to an option, along a chain of moves that ends
    /// with somebody who had no place or whose group can spare them.
    fn pull(&mut self, o: OptionIx) -> bool {
        let ground = self.ground;
        if ground.mixed(o) {
            return self.pull_directly(o);
        }
        let programme = ground.programme(o);
        let mut next: BTreeMap<OptionIx, Step> = BTreeMap::new();
        let mut queue = VecDeque::from([o]);
        while let Some(to) = queue.pop_front() {
            for (who, arc) in &ground.into[to as usize] {
                let from = self.place_of(*who, programme);
                let plain = arc.gate.is_none() && from.is_none_or(|f| f != o && !next.contains_key(&f));
                let stays = from.is_some_and(|f| self.takes_along(*who, f));
                if !plain || stays || !self.suits(*who, arc, from) {
                    continue;
                }
                let step = Step { who: *who, arc: *arc, from };
                match from {
                    Some(f) if !self.can_spare(f) => {
                        next.insert(f, step);
                        queue.push_back(f);
                    }
                    _ => {
                        self.shift(step, &next);
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Moves somebody, then who takes the place left by each one moved on.
    fn shift(&mut self, last: Step, next: &BTreeMap<OptionIx, Step>) {
        let mut step = Some(last);
        while let Some(Step { who, arc, from }) = step {
            if let Some(from) = from {
                self.remove(who, from);
            }
            self.add(who, arc);
            step = next.get(&arc.option).copied();
        }
    }

    /// Brings in somebody whose group can spare them.
    fn pull_directly(&mut self, o: OptionIx) -> bool {
        let ground = self.ground;
        for (who, arc) in &ground.into[o as usize] {
            let from =
                self.place_of(*who, ground.programme(o)).filter(|&f| f != o && !self.takes_along(*who, f));
            if let Some(from) = from.filter(|&f| self.can_spare(f) && self.suits(*who, arc, Some(f))) {
                self.remove(*who, from);
                self.add(*who, *arc);
                return true;
            }
        }
        false
    }

    fn pinned_in(&self, youth: YouthIx, o: OptionIx) -> bool {
        let pins = &self.ground.problem.pins;
        !pins.is_empty() && pins.contains(&Pin::In { youth, programme: self.ground.programme(o) })
    }

    /// Where the youth follows a programme.
    fn place_of(&self, y: YouthIx, programme: ProgrammeIx) -> Option<OptionIx> {
        self.held[y as usize].iter().map(|a| a.option).find(|&o| self.ground.programme(o) == programme)
    }

    /// Members that groups of a programme have above their minimum.
    fn spare(&self, programme: ProgrammeIx) -> u64 {
        let own = self.ground.options[programme as usize].iter().filter(|&&o| self.can_spare(o));
        let above = |&o: &OptionIx| {
            u64::from(self.size(o)) - u64::from(self.groups[o as usize]) * u64::from(self.min(o))
        };
        own.map(above).sum()
    }

    /// Whether the gate of an arc may open, and who must be there is or can come.
    fn may_come(&self, y: YouthIx, arc: &Arc) -> bool {
        let there = |host: Host| {
            let held = &self.held[host.youth as usize];
            let clash = |h: &Arc| {
                h.option != host.option && self.ground.exclude[host.option as usize][h.option as usize]
            };
            host.youth != y && !held.iter().any(clash)
        };
        arc.gate.is_none_or(|g| self.may_open(&[g])) && self.ground.host(arc).is_none_or(there)
    }

    /// Weight that one more group would place at most; 0 when too few come.
    fn promise(&self, o: OptionIx) -> u64 {
        let ground = self.ground;
        if !self.could_fit(o) {
            return 0;
        }
        let (mut total, mut come) = (0, 0);
        let k = u64::from(self.groups[o as usize] + 1);
        let mut left = (k * u64::from(ground.max(o))).saturating_sub(u64::from(self.size(o)));
        let mut counted = None;
        for (y, arc) in &ground.into[o as usize] {
            let free = self.held[*y as usize]
                .iter()
                .all(|h| h.option != o && !ground.exclude[o as usize][h.option as usize]);
            // Several ways to come are one youth.
            let new = counted != Some(*y) && self.may_come(*y, arc);
            if left > 0 && free && new {
                counted = Some(*y);
                left -= 1;
                come += 1;
                total += u64::from(ground.problem.youths[*y as usize].weight);
            }
        }
        let least = k * u64::from(least_min(ground.problem, &ground.problem.options[o as usize]));
        let missing = least.saturating_sub(come + u64::from(self.size(o)));
        let programme = ground.programme(o);
        let others = || self.spare(programme) + self.waiting[programme as usize].saturating_sub(come);
        if missing == 0 || missing <= others() { total } else { 0 }
    }

    /// Opens groups, the most promising first, while any can be; what is
    /// tabu stays closed. `noise` shuffles equal or nearly equal promises.
    fn construct(&mut self, tabu: &[OptionIx], noise: &mut dyn FnMut() -> u64) {
        let count = self.groups.len() as OptionIx;
        let mut refused: Vec<bool> = (0..count).map(|o| tabu.contains(&o)).collect();
        let mut promise: Vec<u64> = vec![u64::MAX; count as usize];
        loop {
            // Promises only shrink as places are taken: an old one is an upper
            // bound, so only those that could win are worked out again.
            let mut best: Option<(u64, OptionIx)> = None;
            let mut order: Vec<OptionIx> = (0..count).filter(|&o| !refused[o as usize]).collect();
            order.sort_by_key(|&o| (u64::MAX - promise[o as usize], o));
            for o in order {
                if best.is_some_and(|b| promise[o as usize] < b.0) {
                    break;
                }
                let now = self.promise(o);
                promise[o as usize] = now * 4 + if now > 0 { noise() % 8 } else { 0 };
                if now > 0 && best.is_none_or(|b| promise[o as usize] > b.0) {
                    best = Some((promise[o as usize], o));
                }
            }
            let Some((_, o)) = best else { return };
            match self.with_group(o) {
                Some(plan) => *self = plan,
                None => refused[o as usize] = true,
            }
        }
    }

    /// Places everybody who can be placed in the open groups, along chains of
    /// moves; a heavier youth may take a lighter one's place.
    fn augment(&mut self) {
        let ground = self.ground;
        // Where a search in vain has been, the next one needs not go.
        let mut vain = vec![false; self.groups.len()];
        for &(priority, y, programme) in &ground.wanted {
            if self.place_of(y, programme).is_none() {
                self.augment_one(priority, y, programme, &mut vain);
            }
        }
        for o in 0..self.groups.len() as OptionIx {
            self.fill_cars(o);
        }
    }

    fn augment_one(&mut self, priority: i64, y: YouthIx, programme: ProgrammeIx, vain: &mut [bool]) {
        let ground = self.ground;
        let mut reached: Vec<Option<Step>> = vec![None; self.groups.len()];
        let mut queue = VecDeque::new();
        self.spread(y, programme, None, vain, &mut reached, &mut queue);
        let mut seen = Vec::new();
        while let Some(o) = queue.pop_front() {
            if self.has_place(o) {
                self.follow(o, &reached);
                return;
            }
            seen.push(o);
            // Chains could break a mix rule midway: direct placements only.
            if !ground.mixed(o) {
                let members = self.members[o as usize].iter().copied();
                for m in members.filter(|&m| !self.takes_along(m, o)) {
                    self.spread(m, programme, Some(o), vain, &mut reached, &mut queue);
                }
            }
        }
        let rank = |m: YouthIx, o: OptionIx| {
            let weight = i64::from(ground.problem.youths[m as usize].weight);
            weight + if self.pinned_in(m, o) { 1 << 40 } else { 0 }
        };
        let lighter = seen
            .iter()
            .filter(|&&o| !ground.mixed(o))
            .flat_map(|&o| self.members[o as usize].iter().map(move |&m| (rank(m, o), m, o)))
            .filter(|l| !self.takes_along(l.1, l.2))
            .min()
            .filter(|l| l.0 < priority);
        if let Some((_, m, o)) = lighter {
            self.remove(m, o);
            self.follow(o, &reached);
        } else {
            seen.iter().for_each(|&o| vain[o as usize] = true);
        }
    }

    /// Notes every open option that `who` could go to.
    fn spread(
        &self,
        who: YouthIx,
        programme: ProgrammeIx,
        from: Option<OptionIx>,
        vain: &[bool],
        reached: &mut [Option<Step>],
        queue: &mut VecDeque<OptionIx>,
    ) {
        for &arc in &self.ground.problem.youths[who as usize].arcs {
            let o = arc.option;
            let fits =
                self.groups[o as usize] > 0 && !vain[o as usize] && self.ground.programme(o) == programme;
            // Several steps of one chain must not count on the same gate.
            let plain = arc.gate.is_none() || (from.is_none() && self.ground.host(&arc).is_none());
            if fits && plain && reached[o as usize].is_none() && self.suits(who, &arc, from) {
                reached[o as usize] = Some(Step { who, arc, from });
                queue.push_back(o);
            }
        }
    }

    fn follow(&mut self, end: OptionIx, reached: &[Option<Step>]) {
        let mut at = Some(end);
        while let Some(step) = at.and_then(|o| reached[o as usize]) {
            if let Some(from) = step.from {
                self.remove(step.who, from);
            }
            self.add(step.who, step.arc);
            at = step.from;
        }
    }

    /// Opens what is pinned open and is not.
    fn open_pinned(&mut self) {
        for pin in &self.ground.problem.pins {
            let Pin::Open { options, groups } = pin else { continue };
            let opened = |plan: &Self| options.iter().map(|&o| plan.groups[o as usize]).sum::<u32>();
            while opened(self) < *groups {
                let mut by_promise = options.clone();
                by_promise.sort_by_key(|&o| u64::MAX - self.promise(o));
                let Some(next) = by_promise.iter().find_map(|&o| self.with_group(o)) else { break };
                *self = next;
            }
        }
    }

    /// Takes in whom an option's groups lack, and gives up those that stay too small.
    fn shrink(&mut self, o: OptionIx) {
        self.fill(o);
        while self.groups[o as usize] > 0 && !self.is_viable(o) {
            let k = self.groups[o as usize] - 1;
            // Whom fewer groups could keep under a mix rule is not plain.
            if k == 0 || self.ground.mixed(o) {
                return self.close(o);
            }
            self.set_groups(o, k);
            let most = k as usize * self.ground.max(o) as usize;
            let over: Vec<YouthIx> = self.members[o as usize].iter().skip(most).copied().collect();
            over.into_iter().for_each(|m| self.remove(m, o));
        }
    }

    fn close(&mut self, o: OptionIx) {
        for m in self.members[o as usize].clone() {
            self.remove(m, o);
        }
        self.set_groups(o, 0);
    }

    /// Shuts the gates that nothing uses any more, as far as that is plain.
    fn shut_idle_gates(&mut self) {
        let problem = self.ground.problem;
        for h in &problem.hosts {
            let idle = !self.takes_along(h.youth, h.option);
            let arc = self.arc_of(h.youth, h.option).filter(|a| a.gate.is_some() && a.gate == h.through);
            if idle && arc.is_some() {
                self.come_through(h.youth, h.option, None);
            }
        }
        let mut needed: Vec<bool> = self.carried.iter().map(|&n| n > 0).collect();
        problem.capacities.iter().flat_map(|c| &c.extra).for_each(|e| needed[e.0 as usize] = true);
        for (option, _) in problem.options.iter().zip(&self.groups).filter(|o| *o.1 > 0) {
            let gates = option.gates.iter().chain(option.lower_min.iter().map(|l| &l.0));
            gates.for_each(|&g| needed[g as usize] = true);
        }
        self.open.iter_mut().zip(needed).for_each(|(open, needed)| *open &= needed);
    }

    /// Moves and swaps members while that saves time and changes no size
    /// for the worse.
    fn shorten(&mut self) {
        for _ in 0..4 {
            let mut changed = false;
            for y in 0..self.held.len() as YouthIx {
                changed |= self.shorten_one(y);
            }
            if !changed {
                return;
            }
        }
    }

    fn shorten_one(&mut self, y: YouthIx) -> bool {
        for held in self.held[y as usize].clone() {
            let from = held.option;
            if self.ground.mixed(from) || held.gate.is_some() || self.takes_along(y, from) {
                continue;
            }
            for &arc in &self.ground.problem.youths[y as usize].arcs {
                let o = arc.option;
                let same = self.ground.programme(o) == self.ground.programme(from) && o != from;
                let quicker = arc.time < held.time && arc.gate.is_none();
                if !same || !quicker || self.groups[o as usize] == 0 || !self.suits(y, &arc, Some(from)) {
                    continue;
                }
                if self.can_move(from, o) {
                    self.remove(y, from);
                    self.add(y, arc);
                    return true;
                }
                if self.swap(y, held, arc) {
                    return true;
                }
            }
        }
        false
    }

    /// Whether one member less here and more there keeps sizes viable and no
    /// further from the target.
    fn can_move(&self, from: OptionIx, to: OptionIx) -> bool {
        let off = |o: OptionIx, change: i64| {
            let target = self.ground.problem.programmes[self.ground.programme(o) as usize].target;
            let aim = i64::from(target) * i64::from(self.groups[o as usize]);
            (i64::from(self.size(o)) + change - aim).abs()
        };
        self.can_spare(from) && self.has_place(to) && off(from, -1) + off(to, 1) <= off(from, 0) + off(to, 0)
    }

    /// Swaps `y` with the member of `to` that saves the most.
    fn swap(&mut self, y: YouthIx, held: Arc, to: Arc) -> bool {
        let saved = i64::from(held.time.get()) - i64::from(to.time.get());
        let back = |m: YouthIx| {
            let arcs = &self.ground.problem.youths[m as usize].arcs;
            let there = arcs.iter().find(|a| a.option == held.option && a.gate.is_none())?;
            let here = self.held[m as usize].iter().find(|a| a.option == to.option && a.gate.is_none())?;
            let loss = i64::from(there.time.get()) - i64::from(here.time.get());
            (loss < saved && !self.takes_along(m, to.option) && self.suits(m, there, Some(to.option)))
                .then_some((loss, m, *there))
        };
        let members = self.members[to.option as usize].iter();
        let Some((_, m, there)) = members.filter_map(|&m| back(m)).min_by_key(|b| (b.0, b.1)) else {
            return false;
        };
        self.remove(y, held.option);
        self.remove(m, to.option);
        self.add(y, to);
        self.add(m, there);
        true
    }
}

/// Finds an assignment in `rounds` rounds of [`wander`]. Deterministic. The answer respects the problem.
pub(super) fn search(ground: &Ground<'_>, rounds: u32, clock: Clock<'_>) -> Option<Assignment> {
    let mut plan = first(ground);
    plan.construct(&[], &mut || 0);
    wander(plan, rounds, clock)
}

/// As [`search`], from the groups of a coarse plan, the largest first; `of` is the coarse option of each option.
pub(super) fn realise(
    ground: &Ground<'_>,
    of: &[OptionIx],
    coarse: &Assignment,
    rounds: u32,
    clock: Clock<'_>,
) -> Option<Assignment> {
    let mut size: BTreeMap<OptionIx, u32> = BTreeMap::new();
    coarse.members.iter().for_each(|m| *size.entry(m.1).or_default() += 1);
    let mut wanted = coarse.groups.clone();
    wanted.sort_by_key(|(c, k)| std::cmp::Reverse(size.get(c).copied().unwrap_or(0) / k));
    let mut plan = first(ground);
    for (c, k) in wanted {
        let mut own: Vec<OptionIx> = (0..of.len() as OptionIx).filter(|&o| of[o as usize] == c).collect();
        for _ in 0..k {
            own.sort_by_cached_key(|&o| (u64::MAX - plan.promise(o), o));
            let next = own.iter().take_while(|&&o| plan.promise(o) > 0).find_map(|&o| plan.with_group(o));
            plan = next.unwrap_or(plan);
        }
    }
    plan.construct(&[], &mut || 0);
    wander(plan, rounds, clock)
}

/// As [`search`], from an assignment.
pub(super) fn polish(
    ground: &Ground<'_>,
    found: &Assignment,
    rounds: u32,
    clock: Clock<'_>,
) -> Option<Assignment> {
    wander(Plan::of(ground, found), rounds, clock)
}

/// Closes a few groups and opens others, round after round, from a plan that may be one unit behind the best
/// (record-to-record travel, Dueck 1993): from the best alone it gets stuck.
fn wander(mut plan: Plan<'_, '_>, rounds: u32, clock: Clock<'_>) -> Option<Assignment> {
    let problem = plan.ground.problem;
    let mut best = None;
    let mut seed = 1;
    plan.augment();
    consider(plan.clone(), &mut best);
    for _ in 0..rounds {
        let open: Vec<_> =
            (0..plan.groups.len() as OptionIx).filter(|&o| plan.groups[o as usize] > 0).collect();
        if open.is_empty() || clock.is_over() {
            break;
        }
        let mut next = plan.clone();
        let picked: Vec<_> = (0..1 + random(&mut seed) % 3)
            .map(|_| open[(random(&mut seed) % open.len() as u64) as usize])
            .collect();
        picked.iter().for_each(|&o| next.close(o));
        next.shut_idle_gates();
        let tabu = &picked[..usize::from(!random(&mut seed).is_multiple_of(4))];
        // Sometimes the groups left open take in whom they can first.
        if random(&mut seed).is_multiple_of(2) {
            next.augment();
        }
        next.construct(tabu, &mut || random(&mut seed));
        next.augment();
        let reached = problem.tiers.first().map(|&t| signed(problem, &next.assignment(), t));
        if best.as_ref().is_none_or(|b| reached <= b.0.first().map(|record| record + 1)) {
            plan = next.clone();
        }
        consider(next, &mut best);
    }
    best.map(|b| b.1.assignment())
}

/// What an assignment of another problem can be here: groups that are still viable, with whom they can keep,
/// then what else can be. The answer respects the problem.
pub(super) fn repaired(ground: &Ground<'_>, old: &Assignment) -> Option<Assignment> {
    let mut plan = Plan::new(ground);
    for &g in &old.gates {
        plan.open[g as usize] = plan.may_open(&[g]);
    }
    for &(o, k) in &old.groups {
        for _ in 0..k {
            let mut next = plan.clone();
            if !next.make_room(o) {
                break;
            }
            plan = next;
        }
    }
    // Those who drive before those whom they take along.
    let taken = |gate: Option<GateIx>| gate.is_some_and(|g| ground.host_of[g as usize].is_some());
    let mut members = old.members.clone();
    members.sort_by_key(|m| taken(m.2));
    for (y, o, gate) in members {
        let arcs = &ground.problem.youths[y as usize].arcs;
        let arc = arcs.iter().find(|a| (a.option, a.gate) == (o, gate));
        if let Some(arc) = arc.filter(|arc| plan.has_place(o) && plan.suits(y, arc, None)) {
            plan.add(y, *arc);
        }
    }
    for &(o, _) in &old.groups {
        plan.shrink(o);
    }
    plan.open_pinned();
    plan.augment();
    plan.construct(&[], &mut || 0);
    let mut best = None;
    consider(plan, &mut best);
    best.map(|b| b.1.assignment())
}

/// A plan whose groups follow a relaxation's: those it has opened, the surest
/// first, then what else can be.
pub(super) fn guided(ground: &Ground<'_>, groups: &[u32], mean: &[f64]) -> Option<Assignment> {
    let mut plan = first(ground);
    let mut order: Vec<OptionIx> =
        (0..groups.len() as OptionIx).filter(|&o| mean[o as usize] > 0.3).collect();
    order.sort_by(|&a, &b| mean[b as usize].total_cmp(&mean[a as usize]).then(a.cmp(&b)));
    for o in order {
        while f64::from(plan.groups[o as usize]) + 0.3 < mean[o as usize] {
            match plan.with_group(o) {
                Some(next) => plan = next,
                None => break,
            }
        }
    }
    plan.augment();
    plan.construct(&[], &mut || 0);
    plan.augment();
    let mut best = None;
    consider(plan, &mut best);
    best.map(|b| b.1.assignment())
}

/// A plan that opens first what is pinned open.
fn first<'g, 'a>(ground: &'g Ground<'a>) -> Plan<'g, 'a> {
    let mut plan = Plan::new(ground);
    plan.open_pinned();
    plan
}

/// Tidies a plan in which everybody is placed who can be, and keeps it if it is valid and better.
fn consider<'g, 'a>(mut plan: Plan<'g, 'a>, best: &mut Option<(Vec<i64>, Plan<'g, 'a>)>) {
    plan.shut_idle_gates();
    let problem = plan.ground.problem;
    // Shortening changes no tier but the sizes and times: not worth it for a
    // plan that is already behind.
    let places = key(problem, &plan.assignment());
    let last = problem.tiers.iter().position(|t| matches!(t, Tier::OffTarget | Tier::Minutes));
    let decided = last.unwrap_or(places.len());
    if best.as_ref().is_some_and(|b| places[..decided] > b.0[..decided]) {
        return;
    }
    plan.shorten();
    let assignment = plan.assignment();
    let new = key(problem, &assignment);
    if best.as_ref().is_none_or(|b| new < b.0) {
        let valid = verify(problem, &assignment);
        debug_assert!(matches!(valid, Ok(()) | Err(Broken::Pin(_))), "{valid:?}");
        if valid.is_ok() {
            *best = Some((new, plan));
        }
    }
}

/// Values in the order of the tiers, all minimised.
pub(super) fn key(problem: &Problem, a: &Assignment) -> Vec<i64> {
    problem.tiers.iter().map(|&tier| signed(problem, a, tier)).collect()
}

/// The value of a tier, minimised.
fn signed(problem: &Problem, a: &Assignment, tier: Tier) -> i64 {
    let value = value(problem, a, tier);
    if tier.maximised() { -value } else { value }
}

/// Splitmix64: the same steps on every machine.
fn random(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *seed;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) >> 16
}
