//! A bound for parts too large to search: Lagrangian duality.
//!
//! Every limit that ties options together is priced; what is left is one small
//! problem an option, solved exactly. Prices are integers, so each bound is
//! exact arithmetic, whatever the prices: how they are found can only make it
//! weaker. Rules left out (mixes, pins, lexicographic off-target) only relax.

use super::problem::{GateIx, OptionIx, Problem, ProgrammeIx, Tier, YouthIx};
use super::split::least_min;
use std::collections::BTreeMap;

/// The dual of a part for one tier.
pub(super) struct Dual<'a> {
    problem: &'a Problem,
    tier: Tier,
    /// Units of price in one unit of value.
    scale: i64,
    /// Right-hand side of each priced row.
    right: Vec<i64>,
    /// Arcs into each option: youth, value, rows priced.
    arcs: Vec<Vec<Priced>>,
    /// Value of a group of each option, and rows with amounts.
    groups: Vec<Item>,
    /// Value of each gate, and rows with amounts.
    gates: Vec<Item>,
    /// Row of each post, when teams bind.
    posts: Vec<Option<usize>>,
    /// For each team and week, posts by moment.
    sittings: Vec<Sitting>,
}

/// Something that can be taken, with its value and what it uses of the rows.
#[derive(Clone, Default)]
struct Item {
    value: i64,
    uses: Vec<(usize, i64)>,
}

struct Priced {
    youth: YouthIx,
    item: Item,
}

/// A team in a week.
struct Sitting {
    members: i64,
    half_days: usize,
    moments: Vec<Vec<usize>>,
}

impl<'a> Dual<'a> {
    /// The dual of `tier` where earlier tiers are at least as good as `keep`;
    /// `None` when numbers are too large for its arithmetic.
    pub(super) fn new(problem: &'a Problem, tier: Tier, keep: &[(Tier, i64)]) -> Option<Self> {
        let mut dual = Self {
            problem,
            tier,
            scale: 1 << 12,
            right: Vec::new(),
            arcs: Vec::new(),
            groups: Vec::new(),
            gates: vec![Item::default(); problem.gates.len()],
            posts: vec![None; problem.posts.len()],
            sittings: Vec::new(),
        };
        dual.add_items();
        dual.add_youths();
        dual.add_limits();
        dual.add_gates();
        dual.add_teams();
        keep.iter().for_each(|&(kept, value)| dual.add_kept(kept, value));
        let items = dual.groups.iter().chain(&dual.gates).chain(dual.arcs.iter().flatten().map(|a| &a.item));
        let total = items.map(|i| i128::from(i.value).abs()).sum::<i128>() * 64;
        let rows = dual.right.iter().map(|r| i128::from(*r).abs()).max().unwrap_or(0);
        (total.max(rows) * i128::from(dual.scale) < 1 << 60).then_some(dual)
    }

    /// A new row `uses <= right`.
    fn row(&mut self, right: i64) -> usize {
        self.right.push(right);
        self.right.len() - 1
    }

    fn add_items(&mut self) {
        let signed = |cost: u64| -i64::try_from(cost).unwrap_or(i64::MAX);
        let cost = self.tier == Tier::Cost;
        for option in &self.problem.options {
            let value = if cost { signed(option.cost) } else { 0 };
            self.groups.push(Item { value, uses: Vec::new() });
            self.arcs.push(Vec::new());
        }
        for (item, gate) in self.gates.iter_mut().zip(&self.problem.gates) {
            item.value = if cost { signed(gate.cost) } else { 0 };
        }
    }

    fn add_youths(&mut self) {
        let problem = self.problem;
        let cliques = cliques(problem);
        for (y, youth) in problem.youths.iter().enumerate() {
            let mut rows: BTreeMap<(u8, u32), usize> = BTreeMap::new();
            let mut programmes: Vec<_> =
                youth.arcs.iter().map(|a| problem.options[a.option as usize].programme).collect();
            programmes.sort_unstable();
            programmes.dedup();
            let both = |p: ProgrammeIx, q: ProgrammeIx| {
                programmes.binary_search(&p).is_ok() && programmes.binary_search(&q).is_ok()
            };
            for arc in &youth.arcs {
                let programme = problem.options[arc.option as usize].programme;
                let mut keys = vec![(0, programme)];
                let exclusive = problem.exclusive.iter().enumerate();
                let mine =
                    exclusive.filter(|(_, e)| (e.0 == programme || e.1 == programme) && both(e.0, e.1));
                keys.extend(mine.map(|(i, _)| (1, i as u32)));
                let tied = cliques.of[arc.option as usize].iter();
                let tied = tied.filter(|&&c| both(cliques.pairs[c as usize].0, cliques.pairs[c as usize].1));
                keys.extend(tied.map(|&c| (2, c)));
                let uses = keys
                    .into_iter()
                    .map(|key| (*rows.entry(key).or_insert_with(|| self.row(1)), 1))
                    .collect();
                let value = match self.tier {
                    Tier::Placed => i64::from(youth.weight),
                    Tier::Minutes => -i64::from(arc.time.get()),
                    Tier::Cost | Tier::OffTarget => 0,
                };
                let item = Item { value, uses };
                self.arcs[arc.option as usize].push(Priced { youth: y as YouthIx, item });
            }
        }
    }

    fn add_limits(&mut self) {
        for c in &self.problem.capacities {
            let row = self.row(i64::from(c.limit));
            for &(o, amount) in &c.uses {
                self.groups[o as usize].uses.push((row, i64::from(amount)));
            }
            for &(g, extra) in &c.extra {
                self.gates[g as usize].uses.push((row, -i64::from(extra)));
            }
        }
    }

    /// Closed gates: no group, and no more arcs than they carry.
    fn add_gates(&mut self) {
        let problem = self.problem;
        for (o, spec) in problem.options.iter().enumerate() {
            for &g in &spec.gates {
                let row = self.row(0);
                self.groups[o].uses.push((row, 1));
                self.gates[g as usize].uses.push((row, -i64::from(spec.max_groups)));
            }
        }
        let mut through: Vec<Vec<(OptionIx, usize)>> = vec![Vec::new(); problem.gates.len()];
        let mut at = vec![0; problem.options.len()];
        for youth in &problem.youths {
            for arc in &youth.arcs {
                if let Some(g) = arc.gate {
                    through[g as usize].push((arc.option, at[arc.option as usize]));
                }
                at[arc.option as usize] += 1;
            }
        }
        for (g, arcs) in through.iter().enumerate().filter(|t| !t.1.is_empty()) {
            let most = problem.gates[g].capacity.unwrap_or(u32::MAX).min(arcs.len() as u32);
            let row = self.row(0);
            self.gates[g].uses.push((row, -i64::from(most)));
            for &(o, i) in arcs {
                self.arcs[o as usize][i].item.uses.push((row, 1));
            }
        }
    }

    fn add_teams(&mut self) {
        let problem = self.problem;
        if problem.teams.is_empty() {
            return;
        }
        for (o, spec) in problem.options.iter().enumerate() {
            for &p in &spec.posts {
                let row = match self.posts[p as usize] {
                    Some(row) => row,
                    None => self.row(0),
                };
                self.posts[p as usize] = Some(row);
                self.groups[o].uses.push((row, 1));
            }
        }
        for team in &problem.teams {
            let mut weeks: BTreeMap<u32, BTreeMap<u32, Vec<usize>>> = BTreeMap::new();
            for &p in &team.posts {
                let post = problem.posts[p as usize];
                if let Some(row) = self.posts[p as usize] {
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

    fn add_kept(&mut self, tier: Tier, value: i64) {
        let problem = self.problem;
        match tier {
            Tier::Placed | Tier::Minutes => {
                let row = self.row(if tier == Tier::Placed { -value } else { value });
                let mut at = vec![0; problem.options.len()];
                for youth in &problem.youths {
                    for arc in &youth.arcs {
                        let o = arc.option as usize;
                        let amount = if tier == Tier::Placed {
                            -i64::from(youth.weight)
                        } else {
                            i64::from(arc.time.get())
                        };
                        self.arcs[o][at[o]].item.uses.push((row, amount));
                        at[o] += 1;
                    }
                }
            }
            Tier::Cost => {
                let row = self.row(value);
                let amount = |cost: u64| i64::try_from(cost).unwrap_or(i64::MAX / 2);
                for (item, option) in self.groups.iter_mut().zip(&problem.options) {
                    item.uses.push((row, amount(option.cost)));
                }
                for (item, gate) in self.gates.iter_mut().zip(&problem.gates) {
                    item.uses.push((row, amount(gate.cost)));
                }
            }
            Tier::OffTarget => {}
        }
    }

    /// Looks for good prices in `steps` steps, knowing the value of an
    /// assignment; the bound they prove.
    pub(super) fn run(&self, value: i64, steps: u32) -> i64 {
        let sign = if self.tier.maximised() { 1 } else { -1 };
        let aim = (sign * value).saturating_mul(self.scale);
        let norms = self.norms();
        let mut price = vec![0i64; self.right.len()];
        let mut best = (i64::MAX, price.clone());
        let mut direction = vec![0f64; price.len()];
        let mut state = State::new(self);
        let (mut step, mut stalls) = (1.0f64, 0);
        for _ in 0..steps {
            let total = self.evaluate(&price, &mut state);
            if total < best.0 {
                stalls = if best.0 - total > total.abs() / 5_000 { 0 } else { stalls + 1 };
                best = (total, price.clone());
            } else {
                stalls += 1;
            }
            if best.0.div_euclid(self.scale) <= sign * value {
                break;
            }
            if stalls >= 10 {
                (step, stalls) = (step / 2.0, 0);
                price.clone_from(&best.1);
                direction.fill(0.0);
                continue;
            }
            self.walk(
                &mut price,
                &mut direction,
                &state,
                &norms,
                (total - aim).max(self.scale) as f64 * step,
            );
        }
        sign * best.0.div_euclid(self.scale)
    }

    /// Rows in cents or seconds walk as far as rows in groups.
    fn norms(&self) -> Vec<f64> {
        let mut norm = vec![1f64; self.right.len()];
        let arcs = self.arcs.iter().flatten().map(|a| &a.item);
        for &(row, amount) in self.groups.iter().chain(&self.gates).chain(arcs).flat_map(|i| &i.uses) {
            norm[row] = norm[row].max(amount.abs() as f64);
        }
        norm
    }

    fn walk(&self, price: &mut [i64], direction: &mut [f64], state: &State, norms: &[f64], gap: f64) {
        let mut length = 0.0;
        for (row, d) in direction.iter_mut().enumerate() {
            let excess = (state.used[row] - self.right[row]) as f64 / norms[row];
            *d = 0.3 * *d + excess;
            // A price of nothing can't fall.
            if price[row] > 0 || *d > 0.0 {
                length += *d * *d;
            }
        }
        if length <= 0.0 {
            return;
        }
        let most = (1i64 << 40) as f64;
        for (row, d) in direction.iter().enumerate() {
            let moved = price[row] as f64 + gap / length * d / norms[row];
            price[row] = moved.clamp(0.0, most / norms[row]).round() as i64;
        }
    }

    /// The bound that these prices prove, and what it would take of each row.
    fn evaluate(&self, price: &[i64], state: &mut State) -> i64 {
        state.used.fill(0);
        let mut total: i64 = self.right.iter().zip(price).map(|(r, p)| r * p).sum();
        for o in 0..self.groups.len() {
            total += self.best_option(o, price, state);
        }
        total + self.best_gates(price, state) + self.best_sittings(price, state)
    }

    fn net(&self, item: &Item, price: &[i64]) -> i64 {
        item.value * self.scale - item.uses.iter().map(|&(row, amount)| amount * price[row]).sum::<i64>()
    }

    /// The best groups and members of one option, exactly.
    fn best_option(&self, o: usize, price: &[i64], state: &mut State) -> i64 {
        let spec = &self.problem.options[o];
        let sizes = self.problem.programmes[spec.programme as usize];
        let least = least_min(self.problem, spec) as usize;
        state.rank.clear();
        for (i, arc) in self.arcs[o].iter().enumerate() {
            let net = self.net(&arc.item, price);
            match state.rank.last_mut() {
                // Two arcs of one youth, one after the other: the better one.
                Some(last) if self.arcs[o][last.1].youth == arc.youth => {
                    if net > last.0 {
                        *last = (net, i);
                    }
                }
                _ => state.rank.push((net, i)),
            }
        }
        let most = (sizes.max as usize).saturating_mul(spec.max_groups as usize).min(state.rank.len());
        let order = |a: &(i64, usize), b: &(i64, usize)| b.0.cmp(&a.0).then(a.1.cmp(&b.1));
        if most < state.rank.len() && most > 0 {
            state.rank.select_nth_unstable_by(most - 1, order);
        }
        state.rank.truncate(most);
        state.rank.sort_unstable_by(order);
        let group = self.net(&self.groups[o], price);
        let (value, k, n) = self.best_sizes(o, group, least, &state.rank);
        if k > 0 {
            for &(row, amount) in &self.groups[o].uses {
                state.used[row] += amount * k;
            }
            for &(_, i) in &state.rank[..n] {
                for &(row, amount) in &self.arcs[o][i].item.uses {
                    state.used[row] += amount;
                }
            }
        }
        value
    }

    /// The best (value, groups, members) with members' values in order.
    fn best_sizes(&self, o: usize, group: i64, least: usize, rank: &[(i64, usize)]) -> (i64, i64, usize) {
        let spec = &self.problem.options[o];
        let sizes = self.problem.programmes[spec.programme as usize];
        let off_target = self.tier == Tier::OffTarget;
        let mut best = (0, 0, 0);
        let (mut sum, mut n) = (0, 0);
        for k in 1..=i64::from(spec.max_groups) {
            let (from, to) = (least * k as usize, (sizes.max as usize * k as usize).min(rank.len()));
            if from > to {
                break;
            }
            while n < from {
                sum += rank[n].0;
                n += 1;
            }
            let aim = i64::from(sizes.target) * k;
            let (mut sum, mut n) = (sum, n);
            loop {
                let off = if off_target { (n as i64 - aim).abs() * self.scale } else { 0 };
                let value = group * k + sum - off;
                if value > best.0 {
                    best = (value, k, n);
                }
                if n == to || (rank[n].0 <= 0 && !off_target) {
                    break;
                }
                sum += rank[n].0;
                n += 1;
            }
        }
        best
    }

    /// The best gates; of each limited set the best few.
    fn best_gates(&self, price: &[i64], state: &mut State) -> i64 {
        let mut total = 0;
        let mut done = vec![false; self.gates.len()];
        let sets = self.problem.gate_limits.iter().map(|l| (l.gates.clone(), l.limit as usize));
        let all = (0..self.gates.len() as GateIx).collect::<Vec<_>>();
        for (gates, limit) in sets.chain([(all, usize::MAX)]) {
            let mut ranked = Vec::new();
            for g in gates {
                if !std::mem::replace(&mut done[g as usize], true) {
                    ranked.push((-self.net(&self.gates[g as usize], price), g));
                }
            }
            ranked.sort_unstable();
            for (loss, g) in ranked.into_iter().take(limit).filter(|r| r.0 < 0) {
                total -= loss;
                for &(row, amount) in &self.gates[g as usize].uses {
                    state.used[row] += amount;
                }
            }
        }
        total
    }

    /// Where each team earns most: its best post of each of its best moments.
    fn best_sittings(&self, price: &[i64], state: &mut State) -> i64 {
        let mut total = 0;
        for sitting in &self.sittings {
            let dearest = |rows: &Vec<usize>| rows.iter().map(|&r| (price[r], r)).max();
            let mut moments: Vec<_> = sitting.moments.iter().filter_map(dearest).collect();
            moments.sort_unstable_by_key(|m| std::cmp::Reverse(*m));
            for (earned, row) in moments.into_iter().take(sitting.half_days).filter(|m| m.0 > 0) {
                total += earned * sitting.members;
                state.used[row] -= sitting.members;
            }
        }
        total
    }
}

/// What the last subproblems took.
struct State {
    used: Vec<i64>,
    rank: Vec<(i64, usize)>,
}

impl State {
    fn new(dual: &Dual<'_>) -> Self {
        Self { used: vec![0; dual.right.len()], rank: Vec::new() }
    }
}

/// Sets of options of two programmes that all exclude each other.
struct Cliques {
    pairs: Vec<(ProgrammeIx, ProgrammeIx)>,
    of: Vec<Vec<u32>>,
}

/// Options of a programme with the same conflicts in another one make a clique
/// with them: of each programme a person takes one option at most anyway.
fn cliques(problem: &Problem) -> Cliques {
    let mut found: BTreeMap<Vec<OptionIx>, (ProgrammeIx, ProgrammeIx)> = BTreeMap::new();
    let programme = |o: OptionIx| problem.options[o as usize].programme;
    let mut alike: BTreeMap<(ProgrammeIx, ProgrammeIx, Vec<OptionIx>), Vec<OptionIx>> = BTreeMap::new();
    for (a, listed) in problem.conflicts.iter().enumerate() {
        let mut by_programme: BTreeMap<ProgrammeIx, Vec<OptionIx>> = BTreeMap::new();
        listed.iter().for_each(|&b| by_programme.entry(programme(b)).or_default().push(b));
        for (q, others) in by_programme {
            alike.entry((programme(a as OptionIx), q, others)).or_default().push(a as OptionIx);
        }
    }
    for ((p, q, others), own) in alike {
        let mut all = own;
        all.extend(others);
        all.sort_unstable();
        found.insert(all, (p.min(q), p.max(q)));
    }
    let mut of = vec![Vec::new(); problem.options.len()];
    for (i, options) in found.keys().enumerate() {
        options.iter().for_each(|&o| of[o as usize].push(i as u32));
    }
    Cliques { pairs: found.into_values().collect(), of }
}
