//! Every assignment of a tiny problem, one by one: slow and plainly right.
//! Shares no code with the solver or with `verify`.

use super::problem::{Pin, Problem, Tier};

/// The best tier values in order, or `None` when nothing respects the pins.
pub(super) fn solve(problem: &Problem) -> Option<Vec<i64>> {
    let mut oracle = Oracle { p: problem, best: None };
    for gates in 0..1_u32 << problem.gates.len() {
        let open: Vec<bool> = (0..problem.gates.len()).map(|g| gates >> g & 1 == 1).collect();
        let within =
            |l: &super::GateLimit| l.gates.iter().filter(|&&g| open[g as usize]).count() <= l.limit as usize;
        if problem.gate_limits.iter().all(within) {
            oracle.groups(&open, &mut Vec::new());
        }
    }
    oracle.best.map(|keys| {
        let sign = |(key, tier): (i64, &Tier)| if *tier == Tier::Placed { -key } else { key };
        keys.into_iter().zip(&problem.tiers).map(sign).collect()
    })
}

struct Oracle<'p> {
    p: &'p Problem,
    /// Smaller is better in every place.
    best: Option<Vec<i64>>,
}

type Members = Vec<Vec<(usize, usize)>>;

impl Oracle<'_> {
    fn groups(&mut self, open: &[bool], k: &mut Vec<u32>) {
        let o = k.len();
        if o == self.p.options.len() {
            if self.groups_allowed(open, k) {
                let members = vec![Vec::new(); o];
                self.youths(open, k, 0, members);
            }
            return;
        }
        for groups in 0..=self.p.options[o].max_groups {
            k.push(groups);
            self.groups(open, k);
            k.pop();
        }
    }

    fn groups_allowed(&self, open: &[bool], k: &[u32]) -> bool {
        let p = self.p;
        let gates =
            p.options.iter().zip(k).all(|(o, &k)| k == 0 || o.gates.iter().all(|&g| open[g as usize]));
        let capacities = p.capacities.iter().all(|c| {
            let extra: u32 = c.extra.iter().filter(|e| open[e.0 as usize]).map(|e| e.1).sum();
            c.uses.iter().map(|u| u.1 * k[u.0 as usize]).sum::<u32>() <= c.limit + extra
        });
        let pins = p.pins.iter().all(|pin| !matches!(pin, Pin::Open(o) if k[*o as usize] == 0));
        gates && capacities && pins && self.advisers(k)
    }

    /// Tries every adviser, one by one, at every post of every group.
    fn advisers(&self, k: &[u32]) -> bool {
        if self.p.teams.is_empty() {
            return true;
        }
        let mut needs = Vec::new();
        for (option, &k) in self.p.options.iter().zip(k) {
            (0..k).for_each(|_| needs.extend(&option.posts));
        }
        let people = self.p.teams.iter().enumerate().flat_map(|(t, team)| vec![t; team.members as usize]);
        let people: Vec<usize> = people.collect();
        self.hold(&needs, &people, &mut Vec::new())
    }

    fn hold(&self, needs: &[u32], people: &[usize], held: &mut Vec<(usize, u32)>) -> bool {
        let Some((&post, rest)) = needs.split_first() else { return true };
        let here = self.p.posts[post as usize];
        for (person, &team) in people.iter().enumerate() {
            let team = &self.p.teams[team];
            let mine = held.iter().filter(|h| h.0 == person).map(|h| self.p.posts[h.1 as usize]);
            let in_week = mine.clone().filter(|at| at.week == here.week).count();
            let busy = mine.filter(|at| at.week == here.week && at.moment == here.moment).count();
            if team.posts.contains(&post) && busy == 0 && in_week < team.half_days as usize {
                held.push((person, post));
                if self.hold(rest, people, held) {
                    return true;
                }
                held.pop();
            }
        }
        false
    }

    /// Tries each set of arcs of youth `y`, then the next youth.
    fn youths(&mut self, open: &[bool], k: &[u32], y: usize, members: Members) {
        if y == self.p.youths.len() {
            self.leaf(open, k, &members);
            return;
        }
        let arcs = &self.p.youths[y].arcs;
        'sets: for set in 0..1_u32 << arcs.len() {
            let chosen: Vec<usize> = (0..arcs.len()).filter(|a| set >> a & 1 == 1).collect();
            let mut members = members.clone();
            for (i, &a) in chosen.iter().enumerate() {
                let o = arcs[a].option as usize;
                let max = self.p.programmes[self.p.options[o].programme as usize].max * k[o];
                members[o].push((y, a));
                if members[o].len() > max as usize || arcs[a].gate.is_some_and(|g| !open[g as usize]) {
                    continue 'sets;
                }
                for &b in &chosen[i + 1..] {
                    if self.clash(arcs[a].option, arcs[b].option) {
                        continue 'sets;
                    }
                }
            }
            self.youths(open, k, y + 1, members);
        }
    }

    fn clash(&self, a: u32, b: u32) -> bool {
        let (p, q) = (self.p.options[a as usize].programme, self.p.options[b as usize].programme);
        let listed = self.p.conflicts.get(a as usize).is_some_and(|l| l.contains(&b));
        p == q || listed || self.p.exclusive.contains(&(p, q)) || self.p.exclusive.contains(&(q, p))
    }

    fn leaf(&mut self, open: &[bool], k: &[u32], members: &Members) {
        let p = self.p;
        for (o, option) in p.options.iter().enumerate() {
            let mut min = p.programmes[option.programme as usize].min;
            if let Some((g, low)) = option.lower_min
                && open[g as usize]
            {
                min = min.min(low);
            }
            if (members[o].len() as u32) < min * k[o] {
                return;
            }
            for rule in p.mix.iter().filter(|r| r.programme == option.programme) {
                let with = members[o].iter().filter(|m| p.youths[m.0].traits & (1 << rule.trait_bit) != 0);
                let with = with.count() as u32;
                if with < rule.at_least * k[o] || with > rule.at_most * k[o] {
                    return;
                }
            }
        }
        for (g, gate) in p.gates.iter().enumerate() {
            let through = |m: &&(usize, usize)| p.youths[m.0].arcs[m.1].gate == Some(g as u32);
            let used = members.iter().flatten().filter(through).count();
            if gate.capacity.is_some_and(|c| used > c as usize) {
                return;
            }
        }
        if !p.pins.iter().all(|pin| self.pin_holds(pin, members)) {
            return;
        }
        let key: Vec<i64> = p.tiers.iter().map(|&t| self.key(t, open, k, members)).collect();
        if self.best.as_ref().is_none_or(|best| key < *best) {
            self.best = Some(key);
        }
    }

    fn pin_holds(&self, pin: &Pin, members: &Members) -> bool {
        let has = |o: usize, y: u32| members[o].iter().any(|m| m.0 == y as usize);
        let of = |p: u32| (0..members.len()).filter(move |&o| self.p.options[o].programme == p);
        match *pin {
            Pin::Open(_) => true,
            Pin::In { youth, programme, option } => {
                of(programme).any(|o| has(o, youth) && option.is_none_or(|only| only as usize == o))
            }
            Pin::Out { youth, programme } => !of(programme).any(|o| has(o, youth)),
            Pin::Apart(a, b) => !(0..members.len()).any(|o| has(o, a) && has(o, b)),
        }
    }

    fn key(&self, tier: Tier, open: &[bool], k: &[u32], members: &Members) -> i64 {
        let p = self.p;
        let all = || members.iter().flatten();
        match tier {
            Tier::Placed => -all().map(|m| i64::from(p.youths[m.0].weight)).sum::<i64>(),
            Tier::Cost => {
                let groups: u64 = p.options.iter().zip(k).map(|(o, &k)| o.cost * u64::from(k)).sum();
                let gates: u64 = p.gates.iter().zip(open).filter(|g| *g.1).map(|g| g.0.cost).sum();
                (groups + gates) as i64
            }
            Tier::OffTarget => (p.options.iter().zip(members).zip(k))
                .map(|((o, m), &k)| {
                    let target = p.programmes[o.programme as usize].target * k;
                    (m.len() as i64 - i64::from(target)).abs()
                })
                .sum(),
            Tier::Minutes => all().map(|m| i64::from(p.youths[m.0].arcs[m.1].time.get())).sum(),
        }
    }
}
