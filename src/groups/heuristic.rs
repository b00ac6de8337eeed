//! Plans found without a model: groups opened greedily, members moved along
//! augmenting paths, then single groups closed or forced open while it helps.
//! Ties go to the smaller index; nothing is random.

use super::model::{most_groups, reach};
use super::problem::{Arc, GateIx, MixRule, OptionIx, Pin, Problem, Tier, YouthIx};
use super::solution::Assignment;
use super::verify::{feasible, has_trait, spare_posts, teams_suffice, value};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// Arcs looked at by the local search, about.
const EFFORT: usize = 5_000_000;

/// A plan that respects everything in the problem, if one was found.
pub(super) fn plan(problem: &Problem) -> Option<Assignment> {
    let fixed = Fixed::new(problem);
    let mut draft = Draft::new(&fixed);
    draft.honour_pins();
    draft.open_greedily(None);
    draft.fill_up();
    let greedy = draft.assignment();
    let empty = Assignment::default();
    let mut best = [greedy, empty]
        .into_iter()
        .filter(|a| feasible(problem, a).is_ok())
        .min_by_key(|a| score(problem, a))?;
    if draft.assignment() == best {
        best = improve(draft, best);
    }
    Some(best)
}

/// Smaller is better; compared in the order of the tiers.
fn score(problem: &Problem, assignment: &Assignment) -> Vec<i64> {
    let key = |&t: &Tier| {
        let value = value(problem, t, assignment);
        if t.maximised() { value.saturating_neg() } else { value }
    };
    problem.tiers.iter().map(key).collect()
}

/// The best plan so far, as a draft too.
struct Best<'f> {
    draft: Draft<'f>,
    plan: Assignment,
    score: Vec<i64>,
}

impl<'f> Best<'f> {
    fn offer(&mut self, trial: Draft<'f>) -> bool {
        let problem = trial.fixed.problem;
        let plan = trial.assignment();
        let at = score(problem, &plan);
        let better = at < self.score && feasible(problem, &plan).is_ok();
        if better {
            *self = Self { draft: trial, plan, score: at };
        }
        better
    }
}

/// Closes or forces open one option at a time, and keeps what is better.
fn improve(draft: Draft<'_>, plan: Assignment) -> Assignment {
    let problem = draft.fixed.problem;
    let options = problem.options.len();
    let arcs: usize = draft.fixed.takers.iter().map(Vec::len).sum();
    let mut tries = EFFORT / (arcs + 4 * options + 1_000);
    let mut best = Best { score: score(problem, &plan), draft, plan };
    let mut better = true;
    while better && tries > 0 {
        better = false;
        for o in 0..options as OptionIx {
            for victim in victims(&best.draft, o) {
                if let Some(trial) = neighbour(&best.draft, o, victim).filter(|_| tries > 0) {
                    tries -= 1;
                    better |= best.offer(trial);
                }
            }
        }
    }
    let mut trial = best.draft.clone();
    trial.tidy();
    trial.quicken();
    best.offer(trial);
    best.plan
}

/// Whom to close before `o` is forced open: nobody when there is room, else
/// one group that takes the same room, or the smallest when advisers lack.
fn victims(draft: &Draft<'_>, o: OptionIx) -> Vec<Option<OptionIx>> {
    let fixed = draft.fixed;
    let smallest = |list: &mut dyn Iterator<Item = OptionIx>| {
        list.filter(|&v| v != o && draft.k[v as usize] > 0).min_by_key(|&v| (draft.count(v), v))
    };
    if draft.k[o as usize] > 0 || draft.k[o as usize] >= fixed.most[o as usize] {
        return vec![None];
    }
    if draft.blocked(o) {
        let full = fixed.capacities[o as usize].iter();
        let users = full.flat_map(|&c| fixed.problem.capacities[c].uses.iter().map(|u| u.0));
        return vec![smallest(&mut users.into_iter())];
    }
    vec![None, smallest(&mut (0..draft.k.len() as OptionIx)).filter(|_| !fixed.problem.teams.is_empty())]
}

/// The draft with one option closed, or forced open, and repaired.
fn neighbour<'f>(draft: &Draft<'f>, o: OptionIx, victim: Option<OptionIx>) -> Option<Draft<'f>> {
    let open = draft.k[o as usize] > 0;
    if !open && draft.fixed.takers[o as usize].is_empty() {
        return None;
    }
    let mut trial = draft.clone();
    victim.into_iter().for_each(|v| trial.close(v));
    if open {
        trial.close(o);
        trial.open_greedily(Some(o));
    } else {
        (!trial.blocked(o) && trial.force(o)).then_some(())?;
        trial.open_greedily(None);
    }
    trial.fill_up();
    trial.tidy();
    Some(trial)
}

/// What does not change while a plan is made.
struct Fixed<'p> {
    problem: &'p Problem,
    most: Vec<u32>,
    /// Per option, the youths within reach and the position of the arc, the
    /// heaviest first, then those with the fewest options.
    takers: Vec<Vec<(YouthIx, usize)>>,
    rules: Vec<Vec<&'p MixRule>>,
    apart: Vec<Vec<YouthIx>>,
    capacities: Vec<Vec<usize>>,
    pinned: Vec<bool>,
    /// A bit for each pair of options that nobody holds together.
    clash: Vec<u64>,
}

impl<'p> Fixed<'p> {
    fn new(problem: &'p Problem) -> Self {
        let options = problem.options.len();
        let mut takers = vec![Vec::new(); options];
        let mut apart = vec![Vec::new(); problem.youths.len()];
        let mut pinned = vec![false; problem.youths.len()];
        for pin in &problem.pins {
            match *pin {
                Pin::Apart(a, b) => {
                    apart[a as usize].push(b);
                    apart[b as usize].push(a);
                }
                Pin::In { youth, .. } => pinned[youth as usize] = true,
                _ => {}
            }
        }
        for (y, youth) in problem.youths.iter().enumerate() {
            for (a, arc) in youth.arcs.iter().enumerate() {
                takers[arc.option as usize].push((y as YouthIx, a));
            }
        }
        for list in &mut takers {
            list.sort_by_key(|&(y, a)| {
                let youth = &problem.youths[y as usize];
                let gated = youth.arcs[a].gate.is_some();
                (!pinned[y as usize], Reverse(youth.weight), youth.arcs.len(), y, gated)
            });
        }
        let rules = |o: usize| {
            let programme = problem.options[o].programme;
            problem.mix.iter().filter(|r| r.programme == programme).collect()
        };
        let mut capacities = vec![Vec::new(); options];
        for (c, capacity) in problem.capacities.iter().enumerate() {
            capacity.uses.iter().for_each(|u| capacities[u.0 as usize].push(c));
        }
        let words = options.div_ceil(64);
        let mut clash = vec![0; options * words];
        for (a, b) in (0..options).flat_map(|a| (0..options).map(move |b| (a, b))) {
            let bit = a == b || problem.in_conflict(a as OptionIx, b as OptionIx);
            clash[a * words + b / 64] |= u64::from(bit) << (b % 64);
        }
        Self {
            problem,
            clash,
            most: most_groups(problem, &reach(problem)),
            takers,
            rules: (0..options).map(rules).collect(),
            apart,
            capacities,
            pinned,
        }
    }
}

impl Fixed<'_> {
    fn clashes(&self, a: OptionIx, b: OptionIx) -> bool {
        let words = self.most.len().div_ceil(64);
        self.clash[a as usize * words + b as usize / 64] >> (b % 64) & 1 == 1
    }
}

/// A plan being made. Between calls it breaks no rule but pins.
#[derive(Clone)]
struct Draft<'f> {
    fixed: &'f Fixed<'f>,
    k: Vec<u32>,
    members: Vec<Vec<(YouthIx, usize)>>,
    /// Per youth, the arcs used.
    held: Vec<Vec<usize>>,
    open: Vec<bool>,
    through: Vec<u32>,
    /// Taken of each capacity.
    taken: Vec<u64>,
}

impl<'f> Draft<'f> {
    fn new(fixed: &'f Fixed<'f>) -> Self {
        let p = fixed.problem;
        Self {
            fixed,
            k: vec![0; p.options.len()],
            members: vec![Vec::new(); p.options.len()],
            held: vec![Vec::new(); p.youths.len()],
            open: vec![false; p.gates.len()],
            through: vec![0; p.gates.len()],
            taken: vec![0; p.capacities.len()],
        }
    }

    fn assignment(&self) -> Assignment {
        let k = self.k.iter().enumerate().filter(|(_, k)| **k > 0);
        let mut members: Vec<_> = (self.held.iter().enumerate())
            .flat_map(|(y, held)| held.iter().map(move |&a| (y as YouthIx, self.arc(y as YouthIx, a))))
            .map(|(y, arc)| (y, arc.option, arc.gate))
            .collect();
        members.sort_unstable();
        let gates = self.open.iter().enumerate().filter(|(_, open)| **open);
        Assignment {
            groups: k.map(|(o, &k)| (o as OptionIx, k)).collect(),
            members,
            gates: gates.map(|(g, _)| g as GateIx).collect(),
        }
    }

    fn arc(&self, y: YouthIx, a: usize) -> &'f Arc {
        &self.fixed.problem.youths[y as usize].arcs[a]
    }

    fn programme(&self, o: OptionIx) -> u32 {
        self.fixed.problem.options[o as usize].programme
    }

    fn min(&self, o: OptionIx) -> u32 {
        let option = &self.fixed.problem.options[o as usize];
        let min = self.fixed.problem.programmes[option.programme as usize].min;
        match option.lower_min {
            Some((g, low)) if self.open[g as usize] => low.min(min),
            _ => min,
        }
    }

    fn count(&self, o: OptionIx) -> u64 {
        self.members[o as usize].len() as u64
    }

    fn has_room(&self, o: OptionIx) -> bool {
        let max = self.fixed.problem.programmes[self.programme(o) as usize].max;
        self.count(o) < u64::from(max) * u64::from(self.k[o as usize])
    }

    fn with(&self, o: OptionIx, rule: &MixRule) -> u64 {
        let members = self.members[o as usize].iter();
        members.filter(|m| has_trait(self.fixed.problem, rule, m.0)).count() as u64
    }

    /// Whether a gate is open, or may be opened.
    fn openable(&self, gate: GateIx) -> bool {
        let limits = self.fixed.problem.gate_limits.iter().filter(|l| l.gates.contains(&gate));
        let room = |l: &super::problem::GateLimit| {
            (l.gates.iter().filter(|&&g| self.open[g as usize]).count() as u64) < u64::from(l.limit)
        };
        self.open[gate as usize] || limits.into_iter().all(room)
    }

    fn open_gate(&mut self, gate: GateIx) -> bool {
        let may = self.openable(gate);
        self.open[gate as usize] |= may;
        may
    }

    /// Whether a youth can use an arc as far as the gate, their other
    /// placements (`but` one option) and those to keep apart are concerned.
    fn free(&self, y: YouthIx, a: usize, but: Option<OptionIx>) -> bool {
        let arc = self.arc(y, a);
        let p = self.fixed.problem;
        let passes = arc.gate.is_none_or(|g| {
            let within = p.gates[g as usize].capacity.is_none_or(|c| self.through[g as usize] < c);
            within && self.openable(g)
        });
        let mut others = self.held[y as usize].iter().map(|&h| self.arc(y, h).option);
        let clear = others.all(|o| Some(o) == but || !self.fixed.clashes(o, arc.option));
        let apart = &self.fixed.apart[y as usize];
        passes
            && clear
            && (apart.is_empty() || !self.members[arc.option as usize].iter().any(|m| apart.contains(&m.0)))
    }

    /// Whether the mix rules let one more member in.
    fn mixes(&self, o: OptionIx, y: YouthIx) -> bool {
        self.fixed.rules[o as usize].iter().all(|r| {
            !has_trait(self.fixed.problem, r, y)
                || self.with(o, r) < u64::from(r.at_most) * u64::from(self.k[o as usize])
        })
    }

    fn add(&mut self, y: YouthIx, a: usize) {
        let arc = self.arc(y, a);
        if let Some(g) = arc.gate {
            self.open[g as usize] = true;
            self.through[g as usize] += 1;
        }
        self.members[arc.option as usize].push((y, a));
        self.held[y as usize].push(a);
    }

    fn remove(&mut self, y: YouthIx, a: usize) {
        let arc = self.arc(y, a);
        if let Some(g) = arc.gate {
            self.through[g as usize] -= 1;
        }
        self.members[arc.option as usize].retain(|m| m.0 != y);
        self.held[y as usize].retain(|&h| h != a);
    }

    /// Whether an option can lose a member.
    fn can_lose(&self, o: OptionIx, y: YouthIx) -> bool {
        let k = u64::from(self.k[o as usize]);
        let rules = &self.fixed.rules[o as usize];
        self.count(o) > u64::from(self.min(o)) * k
            && rules
                .iter()
                .all(|r| !has_trait(self.fixed.problem, r, y) || self.with(o, r) > u64::from(r.at_least) * k)
    }

    fn close(&mut self, o: OptionIx) {
        for (y, a) in self.members[o as usize].clone() {
            self.remove(y, a);
        }
        self.take(o, -i64::from(self.k[o as usize]));
    }

    fn take(&mut self, o: OptionIx, groups: i64) {
        self.k[o as usize] = (i64::from(self.k[o as usize]) + groups) as u32;
        for &c in &self.fixed.capacities[o as usize] {
            let uses = &self.fixed.problem.capacities[c].uses;
            if let Ok(i) = uses.binary_search_by_key(&o, |u| u.0) {
                self.taken[c] = (self.taken[c] as i64 + groups * i64::from(uses[i].1)) as u64;
            }
        }
    }

    /// Whether gates and capacities leave room for one more group, opening
    /// the gates this takes.
    fn make_room(&mut self, o: OptionIx) -> bool {
        let p = self.fixed.problem;
        if self.k[o as usize] >= self.fixed.most[o as usize] {
            return false;
        }
        let gates = p.options[o as usize].gates.iter();
        if !gates.copied().all(|g| self.open_gate(g)) {
            return false;
        }
        self.fixed.capacities[o as usize].iter().all(|&c| {
            let capacity = &p.capacities[c];
            let amount = capacity.uses.binary_search_by_key(&o, |u| u.0).map_or(0, |i| capacity.uses[i].1);
            let wanted = self.taken[c] + u64::from(amount);
            let limit = |draft: &Self| {
                let extra = capacity.extra.iter().filter(|e| draft.open[e.0 as usize]);
                u64::from(capacity.limit) + extra.map(|e| u64::from(e.1)).sum::<u64>()
            };
            for &(g, _) in &capacity.extra {
                if wanted > limit(self) {
                    self.open_gate(g);
                }
            }
            wanted <= limit(self)
        })
    }

    /// Opens one more group and fills it; `false` leaves the draft broken.
    /// With `steal`, members are taken from groups that they may leave unviable.
    fn open_more(&mut self, o: OptionIx, steal: bool) -> bool {
        let p = self.fixed.problem;
        if !self.make_room(o) {
            return false;
        }
        self.take(o, 1);
        let held = p.options[o as usize].posts.is_empty() || teams_suffice(p, &self.k);
        held && self.fill(o, steal)
    }

    fn fill(&mut self, o: OptionIx, steal: bool) -> bool {
        let fixed = self.fixed;
        let k = u64::from(self.k[o as usize]);
        for rule in &fixed.rules[o as usize] {
            for &(y, a) in &fixed.takers[o as usize] {
                let lacks = self.with(o, rule) < u64::from(rule.at_least) * k;
                if lacks && has_trait(fixed.problem, rule, y) {
                    self.join(y, a);
                }
            }
        }
        for &(y, a) in &fixed.takers[o as usize] {
            self.join(y, a);
        }
        for strength in 0..=u8::from(steal) {
            for &(y, a) in &fixed.takers[o as usize] {
                if self.count(o) < u64::from(self.min(o)) * k {
                    self.pull(y, a, strength > 0);
                }
            }
        }
        if let Some((g, _)) = fixed.problem.options[o as usize].lower_min
            && self.count(o) < u64::from(self.min(o)) * k
        {
            self.open_gate(g);
        }
        let mixed = fixed.rules[o as usize].iter().all(|r| self.with(o, r) >= u64::from(r.at_least) * k);
        mixed && self.count(o) >= u64::from(self.min(o)) * k
    }

    /// Places a youth when nothing stands against it.
    fn join(&mut self, y: YouthIx, a: usize) -> bool {
        let o = self.arc(y, a).option;
        let can = self.has_room(o) && self.free(y, a, None) && self.mixes(o, y);
        if can {
            self.add(y, a);
        }
        can
    }

    /// Takes a youth from another option of the programme.
    fn pull(&mut self, y: YouthIx, a: usize, steal: bool) {
        let o = self.arc(y, a).option;
        let held = &self.held[y as usize];
        let from = held.iter().copied().find(|&h| self.programme(self.arc(y, h).option) == self.programme(o));
        let Some(h) = from else { return };
        let other = self.arc(y, h).option;
        let may_leave = other != o && (steal || self.can_lose(other, y));
        if may_leave && self.has_room(o) && self.free(y, a, Some(other)) && self.mixes(o, y) {
            self.remove(y, h);
            self.add(y, a);
        }
    }

    /// Opens a group with youths of other groups, and closes those that
    /// are no longer viable.
    fn force(&mut self, o: OptionIx) -> bool {
        if !self.open_more(o, true) {
            return false;
        }
        for other in 0..self.k.len() as OptionIx {
            let k = u64::from(self.k[other as usize]);
            let rules = &self.fixed.rules[other as usize];
            let mixed = rules.iter().all(|r| self.with(other, r) >= u64::from(r.at_least) * k);
            if k > 0 && (!mixed || self.count(other) < k * u64::from(self.min(other))) {
                self.close(other);
            }
        }
        true
    }

    /// What one more group would place, about: weights of the free youths up
    /// to the most members. Nothing when they are far from enough.
    fn promise(&self, o: OptionIx) -> u64 {
        let fixed = self.fixed;
        let sizes = fixed.problem.programmes[self.programme(o) as usize];
        let room = u64::from(sizes.max) * (u64::from(self.k[o as usize]) + 1) - self.count(o);
        let (mut free, mut weight, mut last) = (0, 0, None);
        for &(y, a) in &fixed.takers[o as usize] {
            if free == room {
                break;
            }
            if last != Some(y) && self.free(y, a, None) {
                free += 1;
                weight += u64::from(fixed.problem.youths[y as usize].weight);
                last = Some(y);
            }
        }
        let smallest = super::model::smallest_min(fixed.problem, o as usize);
        if (free + self.count(o)) * 2 < u64::from(smallest) { 0 } else { weight }
    }

    /// Whether a capacity without gates is used up: no use to look closer.
    fn blocked(&self, o: OptionIx) -> bool {
        self.k[o as usize] >= self.fixed.most[o as usize]
            || self.fixed.capacities[o as usize].iter().any(|&c| {
                let c_ = &self.fixed.problem.capacities[c];
                let amount = c_.uses.binary_search_by_key(&o, |u| u.0).map_or(0, |i| c_.uses[i].1);
                c_.extra.is_empty() && self.taken[c] + u64::from(amount) > u64::from(c_.limit)
            })
    }

    /// Whether team members are left for one more group.
    fn staffed(&self, o: OptionIx, spare: &[bool]) -> bool {
        let p = self.fixed.problem;
        p.teams.is_empty() || p.options[o as usize].posts.iter().all(|&post| spare[post as usize])
    }

    /// Opens the most promising group while any places somebody.
    fn open_greedily(&mut self, but: Option<OptionIx>) {
        let mut heap = BinaryHeap::new();
        let mut spare = spare_posts(self.fixed.problem, &self.k);
        let options = (0..self.k.len() as OptionIx).filter(|&o| but != Some(o));
        for o in options.filter(|&o| !self.blocked(o) && self.staffed(o, &spare)) {
            heap.push((self.promise(o), Reverse(o)));
        }
        while let Some((promise, Reverse(o))) = heap.pop() {
            if promise == 0 {
                return;
            }
            // Groups only become more, so what has no room now has none later.
            if self.blocked(o) || !self.staffed(o, &spare) {
                continue;
            }
            let now = self.promise(o);
            if now < promise {
                heap.push((now, Reverse(o)));
                continue;
            }
            let mut trial = self.clone();
            if trial.open_more(o, false) {
                *self = trial;
                spare = spare_posts(self.fixed.problem, &self.k);
                heap.push((self.promise(o), Reverse(o)));
            }
        }
    }

    /// Opens and fills what the pins ask for, as far as it goes.
    fn honour_pins(&mut self) {
        let p = self.fixed.problem;
        for pin in &p.pins {
            match *pin {
                Pin::Open(o) if self.k[o as usize] == 0 => self.attempt(|d| d.open_more(o, true)),
                Pin::In { youth, programme, .. } => self.place(youth, programme),
                _ => {}
            }
        }
    }

    fn attempt(&mut self, change: impl FnOnce(&mut Self) -> bool) {
        let mut trial = self.clone();
        if change(&mut trial) {
            *self = trial;
        }
    }

    fn place(&mut self, y: YouthIx, programme: u32) {
        let arcs = &self.fixed.problem.youths[y as usize].arcs;
        let fits: Vec<usize> =
            (0..arcs.len()).filter(|&a| self.programme(arcs[a].option) == programme).collect();
        let placed = |d: &Self| d.held[y as usize].iter().any(|h| fits.contains(h));
        if placed(self) || fits.iter().any(|&a| self.join(y, a)) {
            return;
        }
        for &a in &fits {
            self.attempt(|d| d.open_more(arcs[a].option, false) && placed(d));
            if placed(self) {
                return;
            }
        }
    }

    /// Places whoever can still be placed, directly or by moving others of
    /// the programme along a path to an option with room.
    fn fill_up(&mut self) {
        let fixed = self.fixed;
        // Options from which no path leads to room, until somebody moves.
        let mut stuck = vec![false; self.k.len()];
        let mut more = true;
        while std::mem::take(&mut more) {
            for o in (0..self.k.len()).filter(|&o| self.k[o] > 0).collect::<Vec<_>>() {
                for &(y, a) in &fixed.takers[o] {
                    if self.join(y, a) || (!stuck[o] && self.push_through(y, a, &mut stuck)) {
                        stuck.fill(false);
                        more = true;
                    }
                }
            }
        }
    }

    /// Whether paths may move this youth through this arc: no rule but
    /// conflicts and sizes is then at stake.
    fn plain(&self, y: YouthIx, a: usize) -> bool {
        let arc = self.arc(y, a);
        arc.gate.is_none() && self.fixed.apart[y as usize].is_empty() && !self.fixed.pinned[y as usize]
    }

    fn push_through(&mut self, y: YouthIx, a: usize, stuck: &mut [bool]) -> bool {
        let start = self.arc(y, a).option;
        let rules = &self.fixed.rules[start as usize];
        if !rules.is_empty() || !self.plain(y, a) || self.has_room(start) || !self.free(y, a, None) {
            return false;
        }
        let programme = self.programme(start);
        // For each option reached, who moves there from where, and by which arc.
        let mut came: Vec<Option<(YouthIx, usize, usize)>> = vec![None; self.k.len()];
        let mut queue = VecDeque::from([start]);
        while let Some(o) = queue.pop_front() {
            for &(m, from) in &self.members[o as usize] {
                for to in 0..self.fixed.problem.youths[m as usize].arcs.len() {
                    let target = self.arc(m, to).option;
                    let new = target != start && came[target as usize].is_none();
                    let open = self.k[target as usize] > 0 && self.programme(target) == programme;
                    if !open
                        || !new
                        || stuck[target as usize]
                        || !self.plain(m, to)
                        || !self.free(m, to, Some(o))
                    {
                        continue;
                    }
                    came[target as usize] = Some((m, from, to));
                    if self.has_room(target) {
                        self.shift(target, &came);
                        self.add(y, a);
                        return true;
                    }
                    queue.push_back(target);
                }
            }
            stuck[o as usize] = true;
        }
        false
    }

    fn shift(&mut self, end: OptionIx, came: &[Option<(YouthIx, usize, usize)>]) {
        let mut at = end;
        while let Some((m, from, to)) = came[at as usize] {
            at = self.arc(m, from).option;
            self.remove(m, from);
            self.add(m, to);
        }
    }

    /// Gives back groups and gates that nobody needs.
    fn tidy(&mut self) {
        let p = self.fixed.problem;
        for o in 0..self.k.len() as OptionIx {
            let max = u64::from(p.programmes[self.programme(o) as usize].max);
            while self.k[o as usize] > 0 && self.count(o) <= max * u64::from(self.k[o as usize] - 1) {
                let k = u64::from(self.k[o as usize] - 1);
                let rules = &self.fixed.rules[o as usize];
                let pinned = k == 0 && p.pins.contains(&Pin::Open(o));
                if pinned || rules.iter().any(|r| self.with(o, r) > u64::from(r.at_most) * k) {
                    break;
                }
                self.take(o, -1);
            }
        }
        for g in (0..self.open.len()).filter(|&g| self.through[g] == 0) {
            if self.open[g] {
                self.open[g] = false;
                self.open[g] = !self.manages_without(g as GateIx);
            }
        }
    }

    fn manages_without(&self, gate: GateIx) -> bool {
        let p = self.fixed.problem;
        let options = p.options.iter().enumerate().all(|(o, option)| {
            let k = u64::from(self.k[o]);
            k == 0
                || (!option.gates.contains(&gate)
                    && self.count(o as u32) >= k * u64::from(self.min(o as u32)))
        });
        options
            && p.capacities.iter().zip(&self.taken).all(|(c, &taken)| {
                let extra = c.extra.iter().filter(|e| self.open[e.0 as usize]).map(|e| u64::from(e.1));
                taken <= u64::from(c.limit) + extra.sum::<u64>()
            })
    }

    /// Moves single youths to quicker options with room, and swaps pairs of a
    /// programme, while the travel time falls.
    fn quicken(&mut self) {
        if !self.fixed.problem.tiers.contains(&Tier::Minutes) {
            return;
        }
        for _ in 0..3 {
            let mut better = false;
            for o in 0..self.k.len() as OptionIx {
                for (y, a) in self.members[o as usize].clone() {
                    better |= self.swap(y, a, o);
                }
            }
            if !better {
                return;
            }
        }
    }

    /// Swaps a youth with one of another option when both together are quicker.
    fn swap(&mut self, y: YouthIx, a: usize, o: OptionIx) -> bool {
        if !self.fixed.rules[o as usize].is_empty() {
            return false;
        }
        let time = |d: &Self, y, a| u64::from(d.arc(y, a).time.get());
        for to in 0..self.fixed.problem.youths[y as usize].arcs.len() {
            let target = self.arc(y, to).option;
            let same = target != o && self.programme(target) == self.programme(o);
            if !same || self.k[target as usize] == 0 || !self.plain(y, to) || !self.free(y, to, Some(o)) {
                continue;
            }
            for &(m, from) in &self.members[target as usize] {
                let arcs = &self.fixed.problem.youths[m as usize].arcs;
                let Ok(back) = arcs.binary_search_by_key(&(o, None), |x| (x.option, x.gate)) else {
                    continue;
                };
                let before = time(self, y, a) + time(self, m, from);
                let after = time(self, y, to) + time(self, m, back);
                if after < before && self.plain(m, back) && self.free(m, back, Some(target)) {
                    self.remove(y, a);
                    self.remove(m, from);
                    self.add(y, to);
                    self.add(m, back);
                    return true;
                }
            }
        }
        false
    }
}
