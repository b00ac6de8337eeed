//! The bound that does not search: Lagrangian duality.
//!
//! Rows that tie options together through youths are priced, and so is every
//! limit that does not nest; what is left is solved exactly (`forest.rs`).
//! Prices are integers, so each bound is exact arithmetic, whatever the prices:
//! how they are found can only make it weaker. Rules left out (mixes, pairs
//! apart) only relax. Values are scores: the tier's value, or its negative
//! where it is minimised, so that more is always better here.

use super::classes::{Classes, exclusive_sets};
use super::clock::Clock;
use super::cuts::{Cut, Rounding};
use super::domain::Domain;
use super::forest::{Block, Forest};
use super::problem::{GateIx, OptionIx, Pin, PostIx, Problem, Tier, YouthIx};
use super::simplex::Basis;
use super::split::least_min;
use super::verify::has_trait;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The largest price of a row that uses one unit, so that no sum overflows.
pub(super) const LARGEST_PRICE: f64 = (1i64 << 42) as f64;

/// Units of price in one unit of value.
pub(super) const SCALE: i64 = 1 << 14;

/// What a priced row stands for, in the part's numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// A capacity that the forest does not decide.
    Capacity(usize),
    /// Some options open enough groups.
    PinOpen(usize),
    /// What all open gates cost.
    GateBudget,
    /// No group behind a closed gate.
    OptionGate(OptionIx, GateIx),
    /// Somebody holds the post.
    Post(PostIx),
    /// Each member of a class follows one of these options at most.
    Exclusive { class: u32, options: Vec<OptionIx> },
    /// A youth has a place in a programme.
    PinIn(usize),
    /// A gate that is open only while its host is there, by the host's row.
    Host(usize),
    /// What a gate carries.
    Carried(GateIx),
    /// An earlier tier, by place, keeps its value.
    Kept(usize),
    /// A minimum that a gate lowers holds while the gate is shut.
    Lowered(OptionIx),
    /// A mix rule in an option: enough with the trait.
    MixLeast(usize, OptionIx),
    /// Not too many with the trait.
    MixMost(usize, OptionIx),
    /// Two youths who are not together in an option.
    Apart(usize, OptionIx),
    /// A cut.
    Cut(Rounding),
}

/// What members of an option count in a row.
#[derive(Clone, Copy)]
struct Rule {
    row: u32,
    amount: i64,
    who: Who,
}

/// Which members count.
#[derive(Clone, Copy)]
enum Who {
    All,
    /// Those with the trait of a mix rule.
    With(usize),
    Either(YouthIx, YouthIx),
}

impl Rule {
    fn amount(&self, problem: &Problem, youth: YouthIx) -> Option<(u32, i64)> {
        let counts = match self.who {
            Who::All => true,
            Who::With(rule) => has_trait(problem, &problem.mix[rule], youth),
            Who::Either(y, z) => youth == y || youth == z,
        };
        counts.then_some((self.row, self.amount))
    }
}

/// The dual of a part for one tier.
pub(super) struct Dual<'a> {
    pub(super) problem: &'a Problem,
    pub(super) tier: Tier,
    pub(super) forest: Forest,
    /// Every score is a multiple of this.
    pub(super) grain: i64,
    /// Right-hand side of each priced row.
    pub(super) right: Vec<i64>,
    /// What each priced row stands for.
    pub(super) origins: Vec<Origin>,
    /// How far one unit of each row may go: rows in cents walk as rows in groups.
    pub(super) norms: Vec<f64>,
    /// First arc of each option, and one more.
    pub(super) first: Vec<usize>,
    /// Arcs by option, then class.
    pub(super) arcs: Vec<Priced>,
    /// Rows that arcs use, and how much of them.
    pub(super) uses: Vec<(u32, i64)>,
    /// The option of each arc.
    pub(super) option_of: Vec<OptionIx>,
    /// Youths in each class, and how many.
    pub(super) members: Vec<Vec<YouthIx>>,
    pub(super) counts: Vec<u32>,
    /// Value of a group of each option, and rows with amounts.
    pub(super) groups: Vec<Item>,
    /// Value of each gate, and rows with amounts.
    pub(super) gates: Vec<Item>,
    /// For each team and week, rows of posts by moment.
    pub(super) sittings: Vec<Sitting>,
}

/// Something that can be taken, with its value and what it uses of the rows.
#[derive(Clone, Default)]
pub(super) struct Item {
    pub(super) value: i64,
    pub(super) uses: Vec<(u32, i64)>,
}

/// An arc of a class.
pub(super) struct Priced {
    pub(super) class: u32,
    pub(super) value: i64,
    /// Where its rows are in `uses`.
    pub(super) from: u32,
    pub(super) to: u32,
}

/// A team in a week.
pub(super) struct Sitting {
    pub(super) members: i64,
    pub(super) half_days: usize,
    pub(super) moments: Vec<Vec<u32>>,
}

impl<'a> Dual<'a> {
    /// The dual of `tier` where earlier tiers are at least as good as `keep`;
    /// `None` when numbers are too large for its arithmetic. Youths who are alike are one where `merged`.
    pub(super) fn new(problem: &'a Problem, tier: Tier, keep: &[(Tier, i64)], merged: bool) -> Option<Self> {
        let timed = tier == Tier::Minutes || keep.iter().any(|k| k.0 == Tier::Minutes);
        let classes = if merged { Classes::new(problem, timed) } else { Classes::single(problem) };
        let mut dual = Self {
            problem,
            tier,
            forest: Forest::new(problem),
            grain: super::model::coefficient_gcd(problem, tier),
            right: Vec::new(),
            origins: Vec::new(),
            norms: Vec::new(),
            first: Vec::new(),
            arcs: Vec::new(),
            uses: Vec::new(),
            option_of: Vec::new(),
            members: Vec::new(),
            counts: classes.members.iter().map(|m| m.len() as u32).collect(),
            groups: Vec::new(),
            gates: Vec::new(),
            sittings: Vec::new(),
        };
        dual.add_items();
        dual.add_limits();
        dual.add_gates();
        dual.add_teams();
        dual.add_arcs(&classes, keep);
        let kept = keep.iter().enumerate().filter(|k| k.1.0 == Tier::Cost);
        kept.for_each(|(place, k)| dual.keep_cost(place, k.1));
        dual.members = classes.members;
        dual.fits().then_some(dual)
    }

    /// Whether every sum stays far from overflow.
    fn fits(&self) -> bool {
        let size = |value: i64| i128::from(value).abs();
        let arcs = self.arcs.iter().map(|a| size(a.value) * i128::from(self.counts[a.class as usize]));
        let items = self.groups.iter().chain(&self.gates).map(|i| size(i.value) * i128::from(SCALE));
        let rows = self.right.iter().map(|&r| size(r) * i128::from(SCALE));
        (arcs.sum::<i128>() + items.sum::<i128>()) * 64 + rows.max().unwrap_or(0) < 1 << 60
    }

    /// A new row `uses <= right`.
    fn row(&mut self, origin: Origin, right: i64) -> u32 {
        self.origins.push(origin);
        self.right.push(right);
        self.norms.push(1.0);
        self.right.len() as u32 - 1
    }

    fn group_uses(&mut self, o: OptionIx, row: u32, amount: i64) {
        self.widen(row, amount);
        self.groups[o as usize].uses.push((row, amount));
    }

    fn gate_uses(&mut self, g: u32, row: u32, amount: i64) {
        self.widen(row, amount);
        self.gates[g as usize].uses.push((row, amount));
    }

    fn widen(&mut self, row: u32, amount: i64) {
        let norm = &mut self.norms[row as usize];
        *norm = norm.max(amount.abs() as f64);
    }

    fn add_items(&mut self) {
        let cost = self.tier == Tier::Cost;
        let item = |price: u64| Item {
            value: if cost { -i64::try_from(price).unwrap_or(i64::MAX) } else { 0 },
            uses: Vec::new(),
        };
        self.groups = self.problem.options.iter().map(|o| item(o.cost)).collect();
        self.gates = self.problem.gates.iter().map(|g| item(g.cost)).collect();
    }

    fn add_limits(&mut self) {
        let problem = self.problem;
        for at in self.forest.priced.clone() {
            let c = &problem.capacities[at];
            let row = self.row(Origin::Capacity(at), i64::from(c.limit));
            c.uses.iter().for_each(|&(o, amount)| self.group_uses(o, row, i64::from(amount)));
            c.extra.iter().for_each(|&(g, extra)| self.gate_uses(g, row, -i64::from(extra)));
        }
        let amount = |cost: u64| i64::try_from(cost).unwrap_or(i64::MAX / 2);
        if let Some(budget) = problem.gate_budget {
            let row = self.row(Origin::GateBudget, amount(budget));
            (0..).zip(&problem.gates).for_each(|(g, gate)| self.gate_uses(g, row, amount(gate.cost)));
        }
        for (at, pin) in problem.pins.iter().enumerate() {
            if let Pin::Open { options, groups } = pin {
                let row = self.row(Origin::PinOpen(at), -i64::from(*groups));
                options.iter().for_each(|&o| self.group_uses(o, row, -1));
            }
        }
    }

    /// Fewest members of a group, with every gate open.
    pub(super) fn least(&self, o: OptionIx) -> u32 {
        least_min(self.problem, &self.problem.options[o as usize])
    }

    /// Nothing decided.
    pub(super) fn whole(&self) -> Domain {
        Domain::whole(self.problem, self.arcs.iter().map(|a| self.counts[a.class as usize]))
    }

    /// Adds cuts as rows.
    pub(super) fn add_cuts(&mut self, cuts: &[Cut]) {
        let mut added: Vec<Vec<(u32, i64)>> = vec![Vec::new(); self.arcs.len()];
        for cut in cuts {
            let row = self.row(Origin::Cut(cut.why.clone()), cut.right);
            cut.groups.iter().for_each(|&(o, amount)| self.group_uses(o, row, amount));
            cut.gates.iter().for_each(|&(g, amount)| self.gate_uses(g, row, amount));
            for &(at, amount) in &cut.arcs {
                self.widen(row, amount);
                added[at as usize].push((row, amount));
            }
        }
        let before = std::mem::take(&mut self.uses);
        for (arc, added) in self.arcs.iter_mut().zip(added) {
            let from = self.uses.len() as u32;
            self.uses.extend(&before[arc.from as usize..arc.to as usize]);
            self.uses.extend(added);
            (arc.from, arc.to) = (from, self.uses.len() as u32);
        }
    }

    /// The gate of an arc.
    pub(super) fn gate_of(&self, at: usize) -> Option<GateIx> {
        let (o, class) = (self.option_of[at], self.arcs[at].class);
        let from = self.first[o as usize];
        let before = self.arcs[from..at].iter().filter(|a| a.class == class).count();
        let youth = &self.problem.youths[self.members[class as usize][0] as usize];
        youth.arcs.iter().filter(|a| a.option == o).nth(before).and_then(|a| a.gate)
    }

    /// Youths who reach an option.
    pub(super) fn reach(&self, o: OptionIx) -> u32 {
        self.arcs[self.first[o as usize]..self.first[o as usize + 1]]
            .chunk_by(|a, b| a.class == b.class)
            .map(|own| self.counts[own[0].class as usize])
            .sum()
    }

    /// Closed gates, where the forest does not decide them: no group.
    fn add_gates(&mut self) {
        let problem = self.problem;
        for (o, spec) in problem.options.iter().enumerate() {
            for &g in &spec.gates {
                if self.forest.gate_of[o] != Some(g) {
                    let row = self.row(Origin::OptionGate(o as OptionIx, g), 0);
                    self.group_uses(o as OptionIx, row, 1);
                    self.gate_uses(g, row, -i64::from(spec.max_groups));
                }
            }
        }
    }

    fn add_teams(&mut self) {
        let problem = self.problem;
        if problem.teams.is_empty() {
            return;
        }
        let mut rows: BTreeMap<PostIx, u32> = BTreeMap::new();
        for (o, spec) in problem.options.iter().enumerate() {
            for &p in &spec.posts {
                let row = *rows.entry(p).or_insert_with(|| self.row(Origin::Post(p), 0));
                self.group_uses(o as OptionIx, row, 1);
            }
        }
        for team in &problem.teams {
            let mut weeks: BTreeMap<u32, BTreeMap<u32, Vec<u32>>> = BTreeMap::new();
            for p in &team.posts {
                let post = problem.posts[*p as usize];
                if let Some(&row) = rows.get(p) {
                    weeks.entry(post.week).or_default().entry(post.moment).or_default().push(row);
                }
            }
            self.sittings.extend(weeks.into_values().map(|moments| Sitting {
                members: i64::from(team.members),
                half_days: team.half_days as usize,
                moments: moments.into_values().collect(),
            }));
        }
    }

    /// Arcs of each class, the sets of which a youth follows one, what gates
    /// carry, and the earlier tiers' values.
    fn add_arcs(&mut self, classes: &Classes, keep: &[(Tier, i64)]) {
        let problem = self.problem;
        let kept: Vec<(Tier, u32)> = keep
            .iter()
            .enumerate()
            .filter(|(_, k)| matches!(k.0, Tier::Placed | Tier::Minutes))
            .map(|(place, &(tier, value))| {
                let right = if tier == Tier::Placed { -value } else { value };
                (tier, self.row(Origin::Kept(place), right))
            })
            .collect();
        let through = self.gate_rows();
        let hosts: Vec<u32> = (0..problem.hosts.len()).map(|at| self.row(Origin::Host(at), 0)).collect();
        let mut held: BTreeMap<(YouthIx, OptionIx, Option<GateIx>), Vec<u32>> = BTreeMap::new();
        for (h, &row) in problem.hosts.iter().zip(&hosts) {
            self.gate_uses(h.gate, row, 1);
            held.entry((h.youth, h.option, h.through)).or_default().push(row);
        }
        let rules = self.rule_rows();
        let mut by_option: Vec<Vec<(u32, Item)>> = vec![Vec::new(); problem.options.len()];
        for (c, members) in classes.members.iter().enumerate() {
            let youth = &problem.youths[members[0] as usize];
            let rows = self.class_rows(c as u32, members[0], members.len() as i64);
            for arc in &youth.arcs {
                let mut uses = rows.get(&arc.option).cloned().unwrap_or_default();
                uses.extend(arc.gate.map(|g| (through[g as usize], 1)));
                let own = held.get(&(members[0], arc.option, arc.gate)).into_iter().flatten();
                uses.extend(own.map(|&row| (row, -1)));
                uses.extend(rules[arc.option as usize].iter().filter_map(|r| r.amount(problem, members[0])));
                let (weight, time) = (i64::from(youth.weight), i64::from(arc.time.get()));
                for &(tier, row) in &kept {
                    uses.push((row, if tier == Tier::Placed { -weight } else { time }));
                }
                let value = match self.tier {
                    Tier::Placed => weight,
                    Tier::Minutes => -time,
                    Tier::Cost | Tier::OffTarget => 0,
                };
                uses.iter().for_each(|&(row, amount)| self.widen(row, amount));
                by_option[arc.option as usize].push((c as u32, Item { value, uses }));
            }
        }
        for (o, arcs) in by_option.into_iter().enumerate() {
            self.first.push(self.arcs.len());
            self.option_of.extend(arcs.iter().map(|_| o as OptionIx));
            for (class, item) in arcs {
                let from = self.uses.len() as u32;
                self.uses.extend(item.uses);
                self.arcs.push(Priced { class, value: item.value * SCALE, from, to: self.uses.len() as u32 });
            }
        }
        self.first.push(self.arcs.len());
    }

    /// What an arc of the class to each option uses of the rows of its own.
    fn class_rows(&mut self, class: u32, youth: YouthIx, count: i64) -> BTreeMap<OptionIx, Vec<(u32, i64)>> {
        let problem = self.problem;
        let arcs = &problem.youths[youth as usize].arcs;
        let mut rows: BTreeMap<OptionIx, Vec<(u32, i64)>> =
            arcs.iter().map(|a| (a.option, Vec::new())).collect();
        let options: Vec<OptionIx> = rows.keys().copied().collect();
        for set in exclusive_sets(problem, &options) {
            let set: Vec<OptionIx> = set.into_iter().map(|at| options[at]).collect();
            let row = self.row(Origin::Exclusive { class, options: set.clone() }, count);
            set.into_iter().for_each(|o| rows.entry(o).or_default().push((row, 1)));
        }
        for (at, pin) in problem.pins.iter().enumerate() {
            let Pin::In { youth: pinned, programme } = *pin else { continue };
            if pinned == youth {
                let row = self.row(Origin::PinIn(at), -1);
                let within = options.iter().filter(|&&o| problem.options[o as usize].programme == programme);
                within.for_each(|&o| rows.entry(o).or_default().push((row, -1)));
            }
        }
        rows
    }

    /// Rows of each option on who its members are.
    fn rule_rows(&mut self) -> Vec<Vec<Rule>> {
        let problem = self.problem;
        let mut rules: Vec<Vec<Rule>> = vec![Vec::new(); problem.options.len()];
        for (o, spec) in problem.options.iter().enumerate() {
            let at = o as OptionIx;
            if let Some((gate, lower)) = spec.lower_min {
                let min = problem.programmes[spec.programme as usize].min;
                let row = self.row(Origin::Lowered(at), 0);
                self.group_uses(at, row, i64::from(min));
                let less = i64::from(min.saturating_sub(lower)) * i64::from(spec.max_groups);
                self.gate_uses(gate, row, -less);
                rules[o].push(Rule { row, amount: -1, who: Who::All });
            }
            for (r, rule) in problem.mix.iter().enumerate().filter(|r| r.1.programme == spec.programme) {
                let row = self.row(Origin::MixLeast(r, at), 0);
                self.group_uses(at, row, i64::from(rule.at_least));
                rules[o].push(Rule { row, amount: -1, who: Who::With(r) });
                let row = self.row(Origin::MixMost(r, at), 0);
                self.group_uses(at, row, -i64::from(rule.at_most));
                rules[o].push(Rule { row, amount: 1, who: Who::With(r) });
            }
        }
        for (at, pin) in problem.pins.iter().enumerate() {
            let Pin::Apart(y, z) = *pin else { continue };
            let reaches = |w: YouthIx, o| problem.youths[w as usize].arcs.iter().any(|a| a.option == o);
            for (o, rules) in rules.iter_mut().enumerate() {
                let o = o as OptionIx;
                if reaches(y, o) && reaches(z, o) {
                    let row = self.row(Origin::Apart(at, o), 1);
                    rules.push(Rule { row, amount: 1, who: Who::Either(y, z) });
                }
            }
        }
        rules
    }

    /// A row a gate for what it carries.
    fn gate_rows(&mut self) -> Vec<u32> {
        let problem = self.problem;
        let mut through = vec![0u32; problem.gates.len()];
        for gate in problem.youths.iter().flat_map(|y| &y.arcs).filter_map(|a| a.gate) {
            through[gate as usize] += 1;
        }
        let mut rows = Vec::new();
        for (g, arcs) in through.into_iter().enumerate() {
            let row = if arcs > 0 { self.row(Origin::Carried(g as GateIx), 0) } else { 0 };
            if arcs > 0 {
                let most = problem.gates[g].capacity.unwrap_or(u32::MAX).min(arcs);
                self.gate_uses(g as GateIx, row, -i64::from(most));
            }
            rows.push(row);
        }
        rows
    }

    fn keep_cost(&mut self, place: usize, value: i64) {
        let row = self.row(Origin::Kept(place), value);
        let amount = |cost: u64| i64::try_from(cost).unwrap_or(i64::MAX / 2);
        for (o, option) in self.problem.options.iter().enumerate() {
            self.group_uses(o as OptionIx, row, amount(option.cost));
        }
        for (g, gate) in self.problem.gates.iter().enumerate() {
            self.gate_uses(g as GateIx, row, amount(gate.cost));
        }
    }

    /// The best score that a total leaves possible.
    pub(super) fn score(&self, total: i64) -> i64 {
        total.div_euclid(SCALE.saturating_mul(self.grain)).saturating_mul(self.grain)
    }

    /// Walks from `price` to better ones, in at most `steps` steps, until the
    /// bound is no better than `aim`.
    ///
    /// The volume algorithm (Barahona and Anbil): each step goes from the best
    /// prices, along what the average of the subproblems takes too much of.
    pub(super) fn walk(&self, domain: &Domain, from: &Walk, steps: u32, aim: i64, clock: Clock<'_>) -> Walk {
        let mut walk = from.clone();
        let fresh = walk.used.is_empty();
        self.extend(&mut walk);
        walk.total = None;
        let mut state = State::new(self);
        let Some(total) = self.evaluate(domain, &walk.price, &mut state) else { return walk };
        walk.total = Some(total);
        walk.groups.clone_from(&state.groups);
        self.average(&mut walk, &state, if fresh { 1.0 } else { 0.1 });
        let mut best = total;
        let mut at = walk.price.clone();
        let mut excess = vec![0f64; at.len()];
        let (mut step, mut stalls, mut share) = (if fresh { 1.0f64 } else { 0.1 }, 0, 0.1f64);
        let patience = if fresh { 20 } else { 10 };
        let mut checked = best;
        for i in 1..steps {
            if self.score(best) <= aim || clock.is_over() {
                break;
            }
            let target = aim.saturating_mul(SCALE).max(best - best.abs() / 20);
            for ((e, used), &right) in excess.iter_mut().zip(&walk.used).zip(&self.right) {
                *e = used - right as f64;
            }
            self.advance(&mut at, &walk.price, &excess, (best - target).max(SCALE / 2) as f64 * step);
            let Some(total) = self.evaluate(domain, &at, &mut state) else {
                walk.total = None;
                return walk;
            };
            let along: f64 = (0..at.len())
                .map(|r| excess[r] * (state.used[r] - self.right[r]) as f64 / (self.norms[r] * self.norms[r]))
                .sum();
            self.average(&mut walk, &state, share);
            if total < best {
                stalls = 0;
                if along >= 0.0 {
                    step = (step * 1.1).min(2.0);
                }
                best = total;
                walk.total = Some(total);
                walk.price.clone_from(&at);
                walk.groups.clone_from(&state.groups);
            } else {
                stalls += 1;
                if stalls >= patience {
                    stalls = 0;
                    step *= 0.66;
                    if step < 0.0005 {
                        break;
                    }
                }
            }
            if i % 100 == 0 {
                if checked - best < best.abs() / 500 {
                    share = (share / 2.0).max(0.005);
                }
                checked = best;
            }
        }
        walk
    }

    /// Rows that have come since: priced at nothing, used as the averages do.
    fn extend(&self, walk: &mut Walk) {
        let old = walk.price.len();
        walk.price.resize(self.right.len(), 0);
        if walk.used.is_empty() || old == self.right.len() {
            return;
        }
        walk.used.resize(self.right.len(), 0.0);
        let arcs = self
            .arcs
            .iter()
            .zip(&walk.members)
            .map(|(a, &x)| (&self.uses[a.from as usize..a.to as usize], x));
        let groups = self.groups.iter().zip(&walk.mean).map(|(g, &k)| (&g.uses[..], k));
        for (uses, x) in arcs.chain(groups) {
            for &(row, amount) in uses.iter().filter(|u| u.0 as usize >= old) {
                walk.used[row as usize] += amount as f64 * x;
            }
        }
    }

    fn average(&self, walk: &mut Walk, state: &State, share: f64) {
        walk.used.resize(self.right.len(), 0.0);
        for (mean, &used) in walk.used.iter_mut().zip(&state.used) {
            *mean += share * (used as f64 - *mean);
        }
        for (mean, &k) in walk.mean.iter_mut().zip(&state.groups) {
            *mean += share * (f64::from(k) - *mean);
        }
        walk.members.iter_mut().for_each(|mean| *mean -= share * *mean);
        for &(arc, come) in &state.taken {
            walk.members[arc as usize] += share * come as f64;
        }
    }

    /// Prices a step further from `from`.
    fn advance(&self, at: &mut [i64], from: &[i64], excess: &[f64], gap: f64) {
        let mut length = 0.0;
        for (row, e) in excess.iter().enumerate() {
            // A price of nothing can't fall.
            if from[row] > 0 || *e > 0.0 {
                let e = e / self.norms[row];
                length += e * e;
            }
        }
        if length <= 0.0 {
            return;
        }
        for (row, e) in excess.iter().enumerate() {
            let norm = self.norms[row];
            let moved = from[row] as f64 + gap / length * e / (norm * norm);
            at[row] = moved.clamp(0.0, LARGEST_PRICE / norm).round() as i64;
        }
    }

    pub(super) fn net(&self, item: &Item, price: &[i64]) -> i64 {
        let paid: i64 = item.uses.iter().map(|&(row, amount)| amount * price[row as usize]).sum();
        item.value * SCALE - paid
    }

    /// The bound that these prices prove, and what it would take of each row;
    /// `None` when the domain holds nothing.
    pub(super) fn evaluate(&self, domain: &Domain, price: &[i64], state: &mut State) -> Option<i64> {
        state.used.clear();
        state.used.resize(self.right.len(), 0);
        state.members.clear();
        state.taken.clear();
        state.gains.clear();
        let mut total: i64 = self.right.iter().zip(price).map(|(r, p)| r * p).sum();
        for o in 0..self.groups.len() {
            self.rank_option(o, domain, price, state)?;
            state.first_gain[o + 1] = state.gains.len();
            state.first_member[o + 1] = state.members.len();
        }
        total += self.choose_free(domain, state);
        total += self.choose_blocks(domain, price, state)?;
        total += self.choose_gates(domain, price, state);
        for o in 0..self.groups.len() {
            self.take(o, state);
        }
        Some(total + self.choose_sittings(price, state))
    }

    /// Ranks an option's members and works out the gain of each group, the
    /// largest first. `None` when its least groups can't be filled.
    fn rank_option(&self, o: usize, domain: &Domain, price: &[i64], state: &mut State) -> Option<()> {
        let spec = &self.problem.options[o];
        let most = domain.most(self.problem, o);
        if domain.least[o] > most {
            return None;
        }
        if most == 0 {
            return Some(());
        }
        self.list_members(o, domain, price, state);
        let members = &mut state.members[state.first_member[o]..];
        members.sort_unstable_by(|a, b| (b.must, b.net).cmp(&(a.must, a.net)).then(a.class.cmp(&b.class)));
        let sizes = Sizing {
            least: i64::from(domain.min(self.problem, spec)),
            target: i64::from(self.problem.programmes[spec.programme as usize].target),
            max: i64::from(self.problem.programmes[spec.programme as usize].max),
            off: if self.tier == Tier::OffTarget { SCALE } else { 0 },
        };
        let group = self.net(&self.groups[o], price);
        sizes.gains(group, most, members, &mut state.gains);
        let found = state.gains.len() - state.first_gain[o];
        (found >= domain.least[o] as usize).then_some(())
    }

    /// Who could come to an option, and at what net worth.
    fn list_members(&self, o: usize, domain: &Domain, price: &[i64], state: &mut State) {
        for at in self.first[o]..self.first[o + 1] {
            let arc = &self.arcs[at];
            let uses = &self.uses[arc.from as usize..arc.to as usize];
            let net = arc.value - uses.iter().map(|&(row, amount)| amount * price[row as usize]).sum::<i64>();
            let (least, most) = domain.members[at];
            let (must, come) = (least > 0, i64::from(if least > 0 { least } else { most }));
            let member =
                Member { net, come, must, arc: at as u32, class: arc.class, from: arc.from, to: arc.to };
            match state.members[state.first_member[o]..].last_mut() {
                // Two arcs of one class, one after the other: the better one, and no decision on either.
                Some(last) if last.class == arc.class => {
                    let better = if net > last.net { member } else { *last };
                    *last =
                        Member { come: i64::from(self.counts[arc.class as usize]), must: false, ..better };
                }
                _ => state.members.push(member),
            }
            if must && most > least {
                let more = Member { come: i64::from(most - least), must: false, ..member };
                state.members.push(more);
            }
        }
    }

    fn choose_free(&self, domain: &Domain, state: &mut State) -> i64 {
        let mut total = 0;
        for &o in &self.forest.free {
            let least = domain.least[o as usize] as usize;
            let gains = state.gains_of(o as usize);
            let taken = gains.iter().enumerate().take_while(|(j, g)| *j < least || g.value > 0);
            let (mut k, mut sum) = (0, 0);
            taken.for_each(|(_, g)| (k, sum) = (k + 1, sum + g.value));
            state.groups[o as usize] = k;
            total += sum;
        }
        total
    }

    /// The best groups of each block, and the best blocks where gates are limited.
    fn choose_blocks(&self, domain: &Domain, price: &[i64], state: &mut State) -> Option<i64> {
        let mut total = 0;
        state.room.clone_from(&self.forest.limits);
        for (blocks, limit) in &self.forest.choices {
            let mut worth: Vec<(bool, i64, usize)> = Vec::with_capacity(blocks.len());
            for &b in blocks {
                let block = &self.forest.blocks[b];
                let value = self.fill_block(block, domain, state)?;
                let gate = block.gate.map_or(0, |g| self.net(&self.gates[g as usize], price));
                let forced = block.gate.is_none_or(|g| domain.gates[g as usize].0);
                state.worth[b] = value + gate;
                worth.push((forced, value + gate, b));
            }
            worth.sort_unstable_by(|x, y| (y.0, y.1).cmp(&(x.0, x.1)).then(x.2.cmp(&y.2)));
            let gated = self.forest.blocks[blocks[0]].gate.is_some();
            for (place, &(forced, value, b)) in worth.iter().enumerate() {
                if forced && gated && place >= *limit {
                    return None;
                }
                state.chosen[b] = forced || (place < *limit && value > 0);
                if state.chosen[b] {
                    total += value;
                    if let Some(g) = self.forest.blocks[b].gate {
                        for &(row, amount) in &self.gates[g as usize].uses {
                            state.used[row as usize] += amount;
                        }
                    }
                } else {
                    self.forest.blocks[b].options.iter().for_each(|&o| state.groups[o as usize] = 0);
                }
            }
        }
        Some(total)
    }

    /// Opens groups of a block best first while there is room: exact, since the
    /// limits nest and each option's gains fall.
    fn fill_block(&self, block: &Block, domain: &Domain, state: &mut State) -> Option<i64> {
        let mut total = 0;
        let mut offers = std::mem::take(&mut state.offers);
        offers.clear();
        for &o in &block.options {
            let least = domain.least[o as usize];
            let gains = state.gains_of(o as usize);
            total += gains[..least as usize].iter().map(|g| g.value).sum::<i64>();
            offers.extend(gains[least as usize..].iter().filter(|g| g.value > 0).map(|g| (g.value, o)));
            state.groups[o as usize] = least;
            for &c in &self.forest.above[o as usize] {
                state.room[c as usize] -= i64::from(least);
                if state.room[c as usize] < 0 {
                    return None;
                }
            }
        }
        offers.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        for &(value, o) in &offers {
            let above = &self.forest.above[o as usize];
            if above.iter().all(|&c| state.room[c as usize] > 0) {
                above.iter().for_each(|&c| state.room[c as usize] -= 1);
                state.groups[o as usize] += 1;
                total += value;
            }
        }
        state.offers = offers;
        Some(total)
    }

    /// The best of the gates that the forest does not decide.
    fn choose_gates(&self, domain: &Domain, price: &[i64], state: &mut State) -> i64 {
        let mut total = 0;
        let mut done: Vec<bool> = self.forest.gated.iter().map(Option::is_some).collect();
        let sets = self.problem.gate_limits.iter().map(|l| (l.gates.clone(), l.limit as usize));
        let all = (0..self.gates.len() as GateIx).collect::<Vec<_>>();
        for (gates, limit) in sets.chain([(all, usize::MAX)]) {
            let mut ranked = Vec::new();
            for g in gates {
                if !std::mem::replace(&mut done[g as usize], true) && domain.gates[g as usize].1 {
                    let forced = domain.gates[g as usize].0;
                    ranked.push((!forced, -self.net(&self.gates[g as usize], price), g));
                }
            }
            ranked.sort_unstable();
            for (_, loss, g) in ranked.into_iter().take(limit).filter(|r| !r.0 || r.1 < 0) {
                total -= loss;
                for &(row, amount) in &self.gates[g as usize].uses {
                    state.used[row as usize] += amount;
                }
            }
        }
        total
    }

    /// Where each team earns most: its best post of each of its best moments.
    fn choose_sittings(&self, price: &[i64], state: &mut State) -> i64 {
        let mut total = 0;
        for sitting in &self.sittings {
            let dearest = |rows: &Vec<u32>| rows.iter().map(|&r| (price[r as usize], r)).max();
            let mut moments: Vec<_> = sitting.moments.iter().filter_map(dearest).collect();
            moments.sort_unstable_by_key(|m| std::cmp::Reverse(*m));
            for (earned, row) in moments.into_iter().take(sitting.half_days).filter(|m| m.0 > 0) {
                total += earned * sitting.members;
                state.used[row as usize] -= sitting.members;
            }
        }
        total
    }

    /// Counts what an option's groups and members take of the rows.
    fn take(&self, o: usize, state: &mut State) {
        let k = state.groups[o];
        if k == 0 {
            return;
        }
        for &(row, amount) in &self.groups[o].uses {
            state.used[row as usize] += amount * i64::from(k);
        }
        let mut left = state.gains[state.first_gain[o] + k as usize - 1].members;
        for member in &state.members[state.first_member[o]..] {
            let come = left.min(member.come);
            for &(row, amount) in &self.uses[member.from as usize..member.to as usize] {
                state.used[row as usize] += amount * come;
            }
            state.taken.push((member.arc, come));
            left -= come;
            if left == 0 {
                return;
            }
        }
    }
}

/// Sizes of an option's groups in the subproblem.
struct Sizing {
    least: i64,
    target: i64,
    max: i64,
    /// What each member off target costs.
    off: i64,
}

impl Sizing {
    /// The gain of each group after the other, with members in order, as far
    /// as groups can be filled.
    fn gains(&self, group: i64, most: u32, members: &[Member], gains: &mut Vec<Gain>) {
        let above =
            |least: i64| members.iter().take_while(|m| m.must || m.net > least).map(|m| m.come).sum::<i64>();
        let all: i64 = members.iter().map(|m| m.come).sum();
        let must: i64 = members.iter().take_while(|m| m.must).map(|m| m.come).sum();
        let (surely, maybe) = (above(self.off), above(-self.off));
        let start = gains.len();
        let mut filled = Filled { members, at: 0, within: 0, n: 0, sum: 0 };
        let mut before = 0;
        for k in 1..=i64::from(most) {
            let (from, to) = ((self.least * k).max(must), (self.max * k).max(must).min(all));
            if from > to {
                break;
            }
            let aim = self.target * k;
            let n = aim.clamp(surely, maybe).clamp(from, to);
            let value = group * k + filled.up_to(n) - self.off * (n - aim).abs();
            gains.push(Gain { value: value - before, members: n });
            before = value;
            flatten(&mut gains[start..]);
        }
    }
}

/// Where a gain grew, the two are averaged: what is concave bounds what is not.
fn flatten(gains: &mut [Gain]) {
    let mut at = gains.len() - 1;
    while at > 0 && gains[at].value > gains[at - 1].value {
        // Rounded up in both, so that partial sums stay bounds.
        let mean = (gains[at].value + gains[at - 1].value).div_euclid(2) + 1;
        gains[at].value = mean;
        gains[at - 1].value = mean;
        at -= 1;
    }
}

/// Members taken in order, and their sum.
struct Filled<'m> {
    members: &'m [Member],
    at: usize,
    within: i64,
    n: i64,
    sum: i64,
}

impl Filled<'_> {
    fn up_to(&mut self, n: i64) -> i64 {
        while self.n < n {
            let member = &self.members[self.at];
            let left = member.come - self.within;
            let come = left.min(n - self.n);
            self.sum += member.net * come;
            self.n += come;
            self.within += come;
            if come == left {
                (self.at, self.within) = (self.at + 1, 0);
            }
        }
        self.sum
    }
}

/// A class that could come, at what its arc is worth.
#[derive(Clone, Copy)]
struct Member {
    net: i64,
    /// How many come, and whether the domain says that they must.
    come: i64,
    must: bool,
    arc: u32,
    class: u32,
    from: u32,
    to: u32,
}

/// What one more group is worth, and how many members come to all so far.
#[derive(Clone, Copy)]
pub(super) struct Gain {
    pub(super) value: i64,
    members: i64,
}

/// What the last subproblems took.
pub(super) struct State {
    used: Vec<i64>,
    pub(super) groups: Vec<u32>,
    members: Vec<Member>,
    /// Members taken through each arc.
    taken: Vec<(u32, i64)>,
    first_member: Vec<usize>,
    gains: Vec<Gain>,
    first_gain: Vec<usize>,
    pub(super) room: Vec<i64>,
    /// What each block is worth, and whether it was taken.
    pub(super) worth: Vec<i64>,
    pub(super) chosen: Vec<bool>,
    offers: Vec<(i64, OptionIx)>,
}

impl State {
    pub(super) fn new(dual: &Dual<'_>) -> Self {
        let options = dual.groups.len();
        Self {
            used: vec![0; dual.right.len()],
            groups: vec![0; options],
            members: Vec::new(),
            taken: Vec::new(),
            first_member: vec![0; options + 1],
            gains: Vec::new(),
            first_gain: vec![0; options + 1],
            room: Vec::new(),
            worth: vec![0; dual.forest.blocks.len()],
            chosen: vec![false; dual.forest.blocks.len()],
            offers: Vec::new(),
        }
    }

    pub(super) fn gains_of(&self, o: usize) -> &[Gain] {
        &self.gains[self.first_gain[o]..self.first_gain[o + 1]]
    }
}

/// Where a walk got to.
#[derive(Clone)]
pub(super) struct Walk {
    /// The best bound, before rounding; `None` when the domain holds nothing.
    pub(super) total: Option<i64>,
    /// The prices that prove it.
    pub(super) price: Vec<i64>,
    /// Groups of the subproblem at those prices.
    pub(super) groups: Vec<u32>,
    /// Groups averaged over the walk: near the relaxation's own.
    pub(super) mean: Vec<f64>,
    /// Members through each arc, averaged too.
    pub(super) members: Vec<f64>,
    /// How far each gate is open, where a program told.
    pub(super) gates: Vec<f64>,
    /// What the average takes of each row.
    used: Vec<f64>,
    /// The basis of the program that told all this.
    pub(super) basis: Option<Rc<Basis>>,
}

impl Walk {
    /// Before the first step.
    pub(super) fn start(dual: &Dual<'_>) -> Self {
        let options = dual.groups.len();
        Self {
            total: None,
            price: Vec::new(),
            groups: vec![0; options],
            mean: vec![0.0; options],
            members: vec![0.0; dual.arcs.len()],
            gates: vec![0.0; dual.gates.len()],
            used: Vec::new(),
            basis: None,
        }
    }
}
