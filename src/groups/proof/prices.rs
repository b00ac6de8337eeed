//! Prices of a dual, as rows of a certificate.

use super::super::certificate::trial::Trial;
use super::super::certificate::{Cut, Prices, Row, Variable};
use super::super::cuts::{Rounding, Source};
use super::super::domain::Domain;
use super::super::dual::{Dual, Origin, SCALE, State};
use super::super::model::gcd;
use super::super::problem::{GateIx, OptionIx, PostIx, Problem, YouthIx};
use super::super::relax::Column;
use super::super::split::Part;
use std::collections::BTreeMap;

/// A price that nothing outweighs, for what can't be.
pub(super) const HUGE: i64 = 1 << 50;

/// A part's dual, and what its rows are in the whole problem.
pub(super) struct Lister<'a> {
    pub(super) whole: &'a Problem,
    pub(super) part: &'a Part,
    pub(super) dual: &'a Dual<'a>,
    /// Cuts that price lists refer to.
    pub(super) cuts: Vec<Cut>,
    /// What each priced row is.
    rows: Vec<Meaning>,
    /// Each nested capacity's row, in which a group counts so much.
    nested: Vec<(Row, i64)>,
    /// Rows of what can't be used at all.
    barred: Vec<Row>,
}

/// What a priced row is.
enum Meaning {
    /// These rows, at so many times the price.
    Rows(Vec<(Row, i64)>),
    /// A post, priced with the others of its week.
    Post(PostIx),
}

impl<'a> Lister<'a> {
    /// `place` is the part's position in its tier's claim.
    pub(super) fn new(
        whole: &'a Problem,
        part: &'a Part,
        place: u32,
        dual: &'a Dual<'a>,
        trial: &mut Trial<'_>,
    ) -> Self {
        let barred = barred(whole, &part.options, trial);
        let mut lister =
            Self { whole, part, dual, cuts: Vec::new(), rows: Vec::new(), nested: Vec::new(), barred };
        lister.nested = (0..dual.forest.nested.len()).map(|c| lister.nested_row(c)).collect();
        for origin in &dual.origins {
            let meaning = lister.meaning(origin, place, trial);
            lister.rows.push(meaning);
        }
        lister
    }

    fn option(&self, o: OptionIx) -> OptionIx {
        self.part.options[o as usize]
    }

    fn gate(&self, g: GateIx) -> GateIx {
        self.part.gates[g as usize]
    }

    fn meaning(&mut self, origin: &Origin, place: u32, trial: &mut Trial<'_>) -> Meaning {
        let one = |row| Meaning::Rows(vec![(row, 1)]);
        match origin {
            Origin::Capacity(row) => one(Row::Capacity(self.part.capacities[*row])),
            Origin::PinOpen(pin) => one(Row::PinOpen(self.part.pins[*pin])),
            Origin::GateBudget => one(Row::GateBudget),
            Origin::PinIn(pin) => one(Row::PinIn(self.part.pins[*pin])),
            Origin::Host(host) => one(Row::Host(self.part.hosts[*host])),
            Origin::OptionGate(o, g) => one(Row::OptionGate(self.option(*o), self.gate(*g))),
            Origin::Post(p) => Meaning::Post(*p),
            Origin::Lowered(o) => one(Row::LoweredMin(self.option(*o))),
            Origin::MixLeast(rule, o) => one(Row::MixLeast(*rule as u32, self.option(*o))),
            Origin::MixMost(rule, o) => one(Row::MixMost(*rule as u32, self.option(*o))),
            Origin::Apart(pin, o) => one(Row::PinApart(self.part.pins[*pin], self.option(*o))),
            Origin::Kept(tier) => one(Row::Earlier(*tier as u32, place)),
            Origin::Exclusive { class, options } => {
                let rows = self.together(*class, options, trial);
                Meaning::Rows(rows.into_iter().map(|row| (row, 1)).collect())
            }
            Origin::Carried(g) => Meaning::Rows(self.carried(*g).into_iter().map(|row| (row, 1)).collect()),
            Origin::Cut(why) => {
                let (cut, factor) = self.cut(why, trial);
                self.cuts.push(cut);
                Meaning::Rows(vec![(Row::Cut(self.cuts.len() as u32 - 1), factor)])
            }
        }
    }

    /// Each member of a class follows one of these options, which exclude each other, at most.
    fn together(&self, class: u32, options: &[OptionIx], trial: &mut Trial<'_>) -> Vec<Row> {
        let members = &self.dual.members[class as usize];
        let problem = &self.part.problem;
        let programme = |o: OptionIx| problem.options[o as usize].programme;
        let first = programme(options[0]);
        let arcs = &problem.youths[members[0] as usize].arcs;
        let all = arcs.iter().filter(|a| programme(a.option) == first).all(|a| options.contains(&a.option));
        let youths = members.iter().map(|&y| self.part.youths[y as usize]);
        if all && options.iter().all(|&o| programme(o) == first) {
            return youths.map(|y| Row::Programme(y, first)).collect();
        }
        self.together_all(class, options, trial)
    }

    /// What a gate carries: its capacity, or each arc through it where more can't come anyway.
    fn carried(&self, gate: GateIx) -> Vec<Row> {
        let through = |y: &YouthIx| {
            let youth = self.part.youths[*y as usize];
            let own = self.whole.youths[youth as usize].arcs.iter().zip(0..);
            let mine = |o: OptionIx| self.part.options.binary_search(&o).is_ok();
            let gated = own.filter(move |(a, _)| a.gate == Some(self.gate(gate)) && mine(a.option));
            gated.map(move |(_, at)| Row::ArcGate(youth, at)).collect::<Vec<_>>()
        };
        let youths = 0..self.part.youths.len() as YouthIx;
        let arcs: Vec<Row> = youths.flat_map(|y| through(&y)).collect();
        let capacity = self.part.problem.gates[gate as usize].capacity;
        match capacity {
            Some(most) if (most as usize) < arcs.len() => vec![Row::GateCapacity(self.gate(gate))],
            _ => arcs,
        }
    }

    /// A cut's derivation, and how many times the certificate's cut the dual's is.
    fn cut(&self, why: &Rounding, trial: &mut Trial<'_>) -> (Cut, i64) {
        if let Some(hall) = self.hall(why) {
            return hall;
        }
        let mut prices = Prices::new();
        for (source, price) in &why.rows {
            match source {
                Source::SizeLeast(o) => prices.push((Row::SizeLeast(self.option(*o)), *price)),
                Source::SizeMost(o) => prices.push((Row::SizeMost(self.option(*o)), *price)),
                Source::Capacity(row) => {
                    prices.push((Row::Capacity(self.part.capacities[*row as usize]), *price));
                }
                Source::Row(row) => {
                    if let Meaning::Rows(rows) = &self.rows[*row as usize] {
                        prices.extend(rows.iter().map(|&(row, factor)| (row, price.saturating_mul(factor))));
                    }
                }
                Source::Link(arc) => {
                    prices.extend(self.link(*arc).into_iter().map(|row| (row, *price)));
                }
                Source::Together { class, options } => {
                    let rows = self.together_all(*class, options, trial);
                    prices.extend(rows.into_iter().map(|row| (row, *price)));
                }
            }
        }
        let mut complemented: Vec<Variable> =
            why.complemented.iter().flat_map(|&column| self.variables(column)).collect();
        complemented.sort_unstable();
        (Cut::Rounded { prices, complemented, divisor: why.divisor }, 1)
    }

    /// Nobody of a class is in a closed option. A class larger than a group is held by the size of
    /// the group, without the others.
    fn link(&self, arc: u32) -> Vec<Row> {
        let dual = self.dual;
        let (o, class) = (dual.option_of[arc as usize], dual.arcs[arc as usize].class);
        let programme = self.part.problem.options[o as usize].programme;
        let option = self.option(o);
        if dual.counts[class as usize] <= self.part.problem.programmes[programme as usize].max {
            let members = dual.members[class as usize].iter();
            return members.map(|&y| Row::Link(self.part.youths[y as usize], option)).collect();
        }
        let into = dual.first[o as usize]..dual.first[o as usize + 1];
        let others = into.filter(|&at| dual.arcs[at].class != class);
        let unused = others.flat_map(|at| self.variables(Column::Arc(at as u32))).map(Row::Least);
        unused.chain([Row::SizeMost(option)]).collect()
    }

    /// The whole problem's variables of a column; an arc of a class is one of each member.
    pub(super) fn variables(&self, column: Column) -> Vec<Variable> {
        match column {
            Column::Groups(o) => vec![Variable::Groups(self.option(o))],
            Column::Gate(g) => vec![Variable::Gate(self.gate(g))],
            Column::Arc(at) => {
                let members = self.dual.members[self.dual.arcs[at as usize].class as usize].iter();
                members.filter_map(|&y| self.arc(y, at)).collect()
            }
            Column::Off(_) | Column::Sitting(_) => Vec::new(),
        }
    }

    /// The arc of one youth that is in an arc of a class.
    fn arc(&self, youth: YouthIx, at: u32) -> Option<Variable> {
        let o = self.dual.option_of[at as usize];
        let first = self.dual.arcs[..at as usize].iter().rev();
        let class = self.dual.arcs[at as usize].class;
        // A class has several arcs to an option where gates differ: in the order of the youth's own.
        let nth = first
            .zip(self.dual.option_of[..at as usize].iter().rev())
            .take_while(|(a, own)| a.class == class && **own == o)
            .count();
        let youth = self.part.youths[youth as usize];
        let arcs = self.whole.youths[youth as usize].arcs.iter().zip(0..);
        let mine = arcs.filter(|(a, _)| {
            let usable = a.gate.is_none_or(|g| self.whole.gates[g as usize].capacity != Some(0));
            a.option == self.option(o) && usable
        });
        mine.map(|(_, place)| Variable::Arc(youth, place)).nth(nth)
    }

    /// The same as [`Self::together`] where the class may not reach all of them.
    fn together_all(&self, class: u32, options: &[OptionIx], trial: &mut Trial<'_>) -> Vec<Row> {
        let clique = trial.clique(options.iter().map(|&o| self.option(o)).collect());
        let members = self.dual.members[class as usize].iter();
        members.map(|&y| Row::Clique(self.part.youths[y as usize], clique)).collect()
    }

    /// A cut that is Hall's condition: equal minima of one programme, and all who can come.
    fn hall(&self, why: &Rounding) -> Option<(Cut, i64)> {
        let problem = &self.part.problem;
        if !why.complemented.is_empty() {
            return None;
        }
        let mut options = Vec::new();
        let mut within = 0;
        let mut classes = Vec::new();
        for (source, _) in &why.rows {
            match source {
                Source::SizeLeast(o) => options.push(*o),
                Source::Together { class, .. } => {
                    within += i64::from(self.dual.counts[*class as usize]);
                    classes.push(*class);
                }
                _ => return None,
            }
        }
        let first = problem.options[*options.first()? as usize].programme;
        let alike = |o: &OptionIx| {
            problem.options[*o as usize].programme == first && i64::from(self.dual.least(*o)) == why.divisor
        };
        let come = |o: &OptionIx| {
            let arcs = &self.dual.arcs[self.dual.first[*o as usize]..self.dual.first[*o as usize + 1]];
            arcs.iter().all(|a| classes.contains(&a.class))
        };
        if !options.iter().all(|o| alike(o) && come(o)) {
            return None;
        }
        let mut named: Vec<OptionIx> = options.iter().map(|&o| self.option(o)).collect();
        named.sort_unstable();
        let divisor = u32::try_from(why.divisor).ok()?;
        Some((Cut::Hall { options: named, divisor }, why.divisor - within.rem_euclid(why.divisor)))
    }

    /// A nested capacity, where one gate is in front of it only when that is open.
    fn nested_row(&mut self, nested: usize) -> (Row, i64) {
        let forest = &self.dual.forest;
        let row = self.part.capacities[forest.nested[nested]];
        let capacity = &self.whole.capacities[row as usize];
        let inside = |b: &&super::super::forest::Block| {
            b.options.iter().any(|&o| forest.above[o as usize].contains(&(nested as u32)))
        };
        let gate = forest.blocks.iter().find(inside).and_then(|b| b.gate).map(|g| self.gate(g));
        let behind =
            |g: &GateIx| capacity.uses.iter().all(|u| self.whole.options[u.0 as usize].gates.contains(g));
        let gate = gate.filter(behind);
        let own = gate.map_or(Row::Capacity(row), |g| Row::GatedCapacity(row, g));
        let amount = self.part.problem.capacities[forest.nested[nested]].uses.first().map_or(1, |u| u.1);
        let rest = i64::from(capacity.limit % amount);
        if rest == 0 {
            return (own, i64::from(amount));
        }
        // What is left over by whole groups serves nobody.
        let complemented = gate.map(Variable::Gate).into_iter().collect();
        let divisor = i64::from(amount);
        self.cuts.push(Cut::Rounded { prices: vec![(own, 1)], complemented, divisor });
        (Row::Cut(self.cuts.len() as u32 - 1), divisor - rest)
    }

    /// The price list that refutes what these prices, with the forest's own in that domain, bound;
    /// `None` when nothing is in the domain or numbers are too large.
    pub(super) fn list(
        &self,
        domain: &Domain,
        price: &[(u32, i64)],
        trial: &mut Trial<'_>,
    ) -> Option<Prices> {
        let mut dense = vec![0; self.dual.right.len()];
        price.iter().for_each(|&(row, p)| dense[row as usize] = p);
        let mut state = State::new(self.dual);
        self.dual.evaluate(domain, &dense, &mut state)?;
        let mut parts: Vec<(Row, i64, i64)> = vec![(Row::Better, SCALE, 1)];
        let mut posts = Vec::new();
        for &(row, p) in price {
            match &self.rows[row as usize] {
                Meaning::Rows(rows) => {
                    for &(row, factor) in rows {
                        parts.push((row, p.checked_mul(factor)?, 1));
                    }
                }
                Meaning::Post(post) => posts.push((*post, p)),
            }
        }
        parts.extend(self.posts(posts, trial).into_iter().map(|(row, p)| (row, p, 1)));
        parts.extend(self.forest(domain, &dense, &state));
        whole_numbers(parts, self.barred.iter().map(|&row| (row, HUGE)))
    }

    /// Layers of posts: those above each price, at what it is above the next one.
    fn posts(&self, mut priced: Vec<(PostIx, i64)>, trial: &mut Trial<'_>) -> Vec<(Row, i64)> {
        let week = |p: PostIx| self.whole.posts[p as usize].week;
        priced.sort_unstable_by_key(|&(p, price)| (week(p), std::cmp::Reverse(price), p));
        let mut rows = Vec::new();
        for own in priced.chunk_by(|a, b| week(a.0) == week(b.0)) {
            for (at, &(_, price)) in own.iter().enumerate() {
                let next = own.get(at + 1).map_or(0, |n| n.1);
                if price > next {
                    let mut set: Vec<PostIx> = own[..=at].iter().map(|p| p.0).collect();
                    set.sort_unstable();
                    rows.push((Row::Posts(trial.posts(set)), price - next));
                }
            }
        }
        rows
    }

    /// Prices of nested capacities and of limits on gates, as (row, price, what a group counts in it).
    fn forest(&self, domain: &Domain, price: &[i64], state: &State) -> Vec<(Row, i64, i64)> {
        let forest = &self.dual.forest;
        let mut full: Vec<Option<i64>> = vec![None; forest.limits.len()];
        for block in &forest.blocks {
            self.fill(&block.options, domain, state, &mut full);
        }
        let mut rows = Vec::new();
        let mut done = vec![false; full.len()];
        for above in &forest.above {
            let mut around = 0;
            for &c in above.iter().rev() {
                let value = full[c as usize].unwrap_or(0);
                if !std::mem::replace(&mut done[c as usize], true) && value > around {
                    let (row, amount) = self.nested[c as usize];
                    rows.push((row, value - around, amount));
                }
                around = around.max(value);
            }
        }
        rows.extend(self.limits(domain, price, state).into_iter().map(|(row, p)| (row, p, 1)));
        rows
    }

    /// Shares nested capacities out, best increment first, and tells by which increment each became full.
    fn fill(&self, options: &[OptionIx], domain: &Domain, state: &State, full: &mut [Option<i64>]) {
        let forest = &self.dual.forest;
        let mut room: BTreeMap<u32, i64> = BTreeMap::new();
        let mut offers = Vec::new();
        for &o in options {
            let least = domain.least[o as usize];
            for &c in &forest.above[o as usize] {
                *room.entry(c).or_insert(forest.limits[c as usize]) -= i64::from(least);
            }
            let gains = state.gains_of(o as usize).iter().skip(least as usize);
            offers.extend(gains.filter(|g| g.value > 0).map(|g| (g.value, o)));
        }
        offers.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        for &(value, o) in &offers {
            let above = &forest.above[o as usize];
            if above.iter().any(|c| room[c] <= 0) {
                // What was full from the start refuses even the best.
                for c in above.iter().filter(|c| room[c] <= 0) {
                    full[*c as usize].get_or_insert(value);
                }
                continue;
            }
            for c in above {
                let left = room.entry(*c).or_default();
                *left -= 1;
                if *left == 0 {
                    full[*c as usize] = Some(value);
                }
            }
        }
    }

    /// The best that each limit on gates kept closed.
    fn limits(&self, domain: &Domain, price: &[i64], state: &State) -> Vec<(Row, i64)> {
        let (forest, problem) = (&self.dual.forest, &self.part.problem);
        let mut best = vec![0; problem.gate_limits.len()];
        for (blocks, _) in &forest.choices {
            let gate = blocks.first().and_then(|&b| forest.blocks[b].gate);
            let within = |g: GateIx| problem.gate_limits.iter().position(|l| l.gates.contains(&g));
            if let Some(limit) = gate.and_then(within) {
                let closed = blocks.iter().filter(|&&b| !state.chosen[b]).map(|&b| state.worth[b]);
                best[limit] = closed.max().unwrap_or(0).max(0);
            }
        }
        let mut done: Vec<bool> = forest.gated.iter().map(Option::is_some).collect();
        for (limit, best) in problem.gate_limits.iter().zip(&mut best) {
            let free = limit.gates.iter().filter(|&&g| !std::mem::replace(&mut done[g as usize], true));
            let may = free.filter(|&&g| domain.gates[g as usize].1);
            let mut nets: Vec<(bool, i64)> = may
                .map(|&g| (domain.gates[g as usize].0, self.dual.net(&self.dual.gates[g as usize], price)))
                .collect();
            nets.sort_unstable_by(|a, b| b.cmp(a));
            *best = nets.iter().skip(limit.limit as usize).map(|n| n.1).fold(*best, i64::max);
        }
        (0..)
            .zip(best)
            .filter(|b| b.1 > 0)
            .map(|(l, p)| (Row::GateLimit(self.part.gate_limits[l as usize]), p))
            .collect()
    }

    /// Lists that refute a domain in which nothing is, whatever its worth.
    pub(super) fn emptiness(&self, domain: &Domain) -> Vec<Prices> {
        let (problem, forest) = (&self.part.problem, &self.dual.forest);
        let mut lists = Vec::new();
        let mut used = vec![0; forest.limits.len()];
        for (o, spec) in problem.options.iter().enumerate().filter(|o| domain.least[o.0] > 0) {
            let least = domain.least[o];
            forest.above[o].iter().for_each(|&c| used[c as usize] += i64::from(least));
            let needed = u64::from(least) * u64::from(domain.min(problem, spec));
            let reach = self.dual.reach(o as OptionIx);
            if least > domain.most(problem, o) || needed > u64::from(reach) {
                lists.push(vec![(Row::SizeMost(self.option(o as OptionIx)), 1)]);
            }
        }
        let over = (0..used.len()).filter(|&c| used[c] > forest.limits[c]);
        lists.extend(over.map(|c| vec![(self.nested[c].0, 1)]));
        for (limit, &row) in problem.gate_limits.iter().zip(&self.part.gate_limits) {
            let forced = limit.gates.iter().filter(|&&g| domain.gates[g as usize].0).count();
            if forced > limit.limit as usize {
                lists.push(vec![(Row::GateLimit(row), 1)]);
            }
        }
        if domain.gates.iter().any(|g| g.0 && !g.1) {
            lists.push(Vec::new());
        }
        lists
    }
}

/// Rows that bar what can't be used: arcs through gates that carry nobody, posts that nobody holds.
pub(super) fn barred(whole: &Problem, options: &[OptionIx], trial: &mut Trial<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    if whole.gates.iter().any(|g| g.capacity == Some(0)) {
        let into = |o: OptionIx| options.binary_search(&o).is_ok();
        let arcs = whole.youths.iter().flat_map(|y| &y.arcs).filter(|a| into(a.option));
        let mut gates: Vec<GateIx> = arcs.filter_map(|a| a.gate).collect();
        gates.sort_unstable();
        gates.dedup();
        gates.retain(|&g| whole.gates[g as usize].capacity == Some(0));
        rows.extend(gates.into_iter().map(Row::GateCapacity));
    }
    if !whole.teams.is_empty() {
        let held = |p: &PostIx| {
            whole.teams.iter().any(|t| t.members > 0 && t.half_days > 0 && t.posts.binary_search(p).is_ok())
        };
        let mut posts: Vec<PostIx> =
            options.iter().flat_map(|&o| &whole.options[o as usize].posts).copied().collect();
        posts.sort_unstable();
        posts.dedup();
        rows.extend(posts.into_iter().filter(|p| !held(p)).map(|p| Row::Posts(trial.posts(vec![p]))));
    }
    rows
}

/// Prices of rows in which a group counts several times, all multiplied until they are whole.
fn whole_numbers(parts: Vec<(Row, i64, i64)>, more: impl Iterator<Item = (Row, i64)>) -> Option<Prices> {
    let common = parts.iter().try_fold(1i64, |common, &(_, _, amount)| {
        (common / gcd(common.unsigned_abs(), amount.unsigned_abs()) as i64)
            .checked_mul(amount)
            .filter(|c| *c < 1 << 20)
    })?;
    let scaled = |(row, price, amount): (Row, i64, i64)| Some((row, price.checked_mul(common / amount)?));
    let mut prices = parts.into_iter().map(scaled).collect::<Option<Prices>>()?;
    prices.extend(more);
    Some(prices)
}
