//! A part as a mixed integer program: exact, for parts small enough to search.
//! Columns and rows only; who solves them is a matter of `by_microlp` and `by_highs`.

use super::domain::Domain;
use super::problem::{OptionIx, Pin, Problem, ProgrammeIx, Tier, YouthIx};
use super::solution::Assignment;
use super::split::least_min;
use super::verify::{group_counts, has_trait, verify};
use std::collections::BTreeMap;

/// What a search gave.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Proved that nothing respects the rows.
    Infeasible,
    /// The best found, if any, and a bound if any; in the tier's own units.
    Searched {
        /// Checked by [`verify`].
        best: Option<Assignment>,
        /// No assignment within the rows is better.
        bound: Option<i64>,
    },
}

/// Coefficients of a row by variable, summed where one comes twice.
type Row = BTreeMap<usize, f64>;

/// A variable of the program.
pub(super) struct Column {
    /// What one of it costs.
    pub(super) cost: f64,
    /// Its least and most.
    pub(super) range: (i32, i32),
    /// Whether it takes whole numbers only.
    pub(super) whole: bool,
}

/// On which side of a row's right is its sum?
#[derive(Clone, Copy)]
pub(super) enum Side {
    AtMost,
    AtLeast,
}

/// Variables by place, with their coefficients, and the limit of their sum.
pub(super) struct Constraint {
    pub(super) terms: Vec<(usize, f64)>,
    pub(super) side: Side,
    pub(super) right: f64,
}

/// The program of a part. Minimised, whatever the tier.
pub(super) struct Model<'a> {
    problem: &'a Problem,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Constraint>,
    /// The variable of each arc, by youth.
    arcs: Vec<Vec<usize>>,
    groups: Vec<usize>,
    gates: Vec<usize>,
    off: Vec<usize>,
    /// What the objective was divided by.
    scale: i64,
    tier: Tier,
}

impl<'a> Model<'a> {
    /// Optimises `tier` where each tier of `keep` is at least as good as its value.
    pub(super) fn new(problem: &'a Problem, tier: Tier, keep: &[(Tier, i64)]) -> Self {
        Self::within(problem, &Domain::whole(problem, std::iter::empty()), tier, keep)
    }

    /// The same, within a domain.
    pub(super) fn within(problem: &'a Problem, domain: &Domain, tier: Tier, keep: &[(Tier, i64)]) -> Self {
        let scale = coefficient_gcd(problem, tier);
        let mut model = Self {
            problem,
            columns: Vec::new(),
            rows: Vec::new(),
            arcs: Vec::new(),
            groups: Vec::new(),
            gates: Vec::new(),
            off: Vec::new(),
            scale,
            tier,
        };
        model.add_variables(domain, keep.iter().any(|k| k.0 == Tier::OffTarget));
        model.add_youth_rows();
        model.add_option_rows();
        model.add_limit_rows();
        model.add_teams();
        model.add_pins();
        for &(kept, value) in keep {
            model.keep(kept, value);
        }
        model
    }

    fn add_variables(&mut self, domain: &Domain, off_kept: bool) {
        let problem = self.problem;
        for youth in &problem.youths {
            let mut own = Vec::new();
            for arc in &youth.arcs {
                let cost = match self.tier {
                    Tier::Placed => -f64::from(youth.weight),
                    Tier::Minutes => f64::from(arc.time.get()),
                    Tier::Cost | Tier::OffTarget => 0.0,
                };
                let open = domain.most(problem, arc.option as usize) > 0;
                own.push(self.integer(cost, 0, u32::from(open)));
            }
            self.arcs.push(own);
        }
        for (o, option) in problem.options.iter().enumerate() {
            let cost = if self.tier == Tier::Cost { option.cost as f64 } else { 0.0 };
            let var = self.integer(cost, domain.least[o], domain.most(problem, o));
            self.groups.push(var);
        }
        for (gate, &(least, most)) in problem.gates.iter().zip(&domain.gates) {
            let cost = if self.tier == Tier::Cost { gate.cost as f64 } else { 0.0 };
            let var = self.integer(cost, u32::from(least), u32::from(most));
            self.gates.push(var);
        }
        if self.tier == Tier::OffTarget || off_kept {
            let cost = if self.tier == Tier::OffTarget { 1.0 } else { 0.0 };
            for _ in &problem.options {
                let var = self.integer(cost, 0, i32::MAX as u32);
                self.off.push(var);
            }
        }
    }

    fn integer(&mut self, cost: f64, least: u32, most: u32) -> usize {
        let cost = cost / self.scale as f64;
        self.column(Column { cost, range: (bounded(least), bounded(most)), whole: true })
    }

    fn real(&mut self, most: u32) -> usize {
        self.column(Column { cost: 0.0, range: (0, bounded(most)), whole: false })
    }

    fn column(&mut self, column: Column) -> usize {
        self.columns.push(column);
        self.columns.len() - 1
    }

    fn row(&mut self, row: &Row, side: Side, right: f64) {
        let terms = row.iter().filter(|t| *t.1 != 0.0).map(|(&v, &c)| (v, c)).collect();
        self.rows.push(Constraint { terms, side, right });
    }

    fn at_most(&mut self, row: &Row, right: f64) {
        self.row(row, Side::AtMost, right);
    }

    /// Arcs of a youth in a programme, 1 each.
    fn in_programme(&self, y: usize, p: ProgrammeIx) -> Row {
        let arcs = self.problem.youths[y].arcs.iter().zip(&self.arcs[y]);
        let mine = arcs.filter(|a| self.problem.options[a.0.option as usize].programme == p);
        mine.map(|a| (*a.1, 1.0)).collect()
    }

    fn add_youth_rows(&mut self) {
        let problem = self.problem;
        for (y, youth) in problem.youths.iter().enumerate() {
            let mut programmes: Vec<_> =
                youth.arcs.iter().map(|a| problem.options[a.option as usize].programme).collect();
            programmes.sort_unstable();
            programmes.dedup();
            for &p in &programmes {
                let row = self.in_programme(y, p);
                self.at_most(&row, 1.0);
            }
            for &(p, q) in &problem.exclusive {
                let mut row = self.in_programme(y, p);
                row.extend(self.in_programme(y, q));
                self.at_most(&row, 1.0);
            }
            self.add_conflicts(y, &programmes);
            self.add_open_rows(y);
        }
    }

    /// For each option, the youth's arcs to it and to what it excludes in
    /// another programme: one of them, since a programme is followed once.
    fn add_conflicts(&mut self, y: usize, programmes: &[ProgrammeIx]) {
        let problem = self.problem;
        let arcs = &problem.youths[y].arcs;
        for own in arcs.chunk_by(|a, b| a.option == b.option) {
            let option = own[0].option;
            let Some(listed) = problem.conflicts.get(option as usize) else { return };
            for &p in programmes {
                let mut row = Row::new();
                let mut meets = false;
                for (a, &var) in arcs.iter().zip(&self.arcs[y]) {
                    let other = problem.options[a.option as usize].programme == p
                        && listed.binary_search(&a.option).is_ok();
                    meets |= other;
                    if other || a.option == option {
                        row.insert(var, 1.0);
                    }
                }
                if meets {
                    self.at_most(&row, 1.0);
                }
            }
        }
    }

    /// Nobody is in a closed option or uses a closed gate.
    fn add_open_rows(&mut self, y: usize) {
        let arcs = &self.problem.youths[y].arcs;
        let mut at = 0;
        for own in arcs.chunk_by(|a, b| a.option == b.option) {
            let mut row: Row = (at..at + own.len()).map(|i| (self.arcs[y][i], 1.0)).collect();
            row.insert(self.groups[own[0].option as usize], -1.0);
            self.at_most(&row, 0.0);
            for (i, a) in own.iter().enumerate() {
                if let Some(g) = a.gate {
                    let row = Row::from([(self.arcs[y][at + i], 1.0), (self.gates[g as usize], -1.0)]);
                    self.at_most(&row, 0.0);
                }
            }
            at += own.len();
        }
    }

    /// The arcs to each option, 1 each, of the youths that pass.
    fn members(&self, passes: impl Fn(YouthIx) -> bool) -> Vec<Row> {
        let mut rows = vec![Row::new(); self.problem.options.len()];
        for (y, youth) in self.problem.youths.iter().enumerate().filter(|y| passes(y.0 as YouthIx)) {
            for (a, &var) in youth.arcs.iter().zip(&self.arcs[y]) {
                rows[a.option as usize].insert(var, 1.0);
            }
        }
        rows
    }

    fn add_option_rows(&mut self) {
        let problem = self.problem;
        let members = self.members(|_| true);
        for (o, spec) in problem.options.iter().enumerate() {
            let sizes = problem.programmes[spec.programme as usize];
            let k = self.groups[o];
            let mut upper = members[o].clone();
            // More than can come is no limit, and large numbers blunt the program.
            upper.insert(k, -f64::from(sizes.max.min(members[o].len() as u32)));
            self.at_most(&upper, 0.0);
            let mut lower = members[o].clone();
            lower.insert(k, -f64::from(sizes.min));
            if let Some((gate, _)) = spec.lower_min {
                let lowered = self.lowered_groups(k, self.gates[gate as usize], spec.max_groups);
                lower.insert(lowered, f64::from(sizes.min - least_min(problem, spec)));
            }
            self.row(&lower, Side::AtLeast, 0.0);
            for &g in &spec.gates {
                let open = (self.gates[g as usize], -f64::from(spec.max_groups));
                self.at_most(&Row::from([(k, 1.0), open]), 0.0);
            }
            if !self.off.is_empty() {
                self.add_off_target(o, &members[o]);
            }
        }
        for rule in &problem.mix {
            let with = self.members(|y| has_trait(problem, rule, y));
            for o in (0..problem.options.len()).filter(|&o| problem.options[o].programme == rule.programme) {
                let mut row = with[o].clone();
                row.insert(self.groups[o], -f64::from(rule.at_most.min(with[o].len() as u32)));
                self.at_most(&row, 0.0);
                row.insert(self.groups[o], -f64::from(rule.at_least));
                self.row(&row, Side::AtLeast, 0.0);
            }
        }
    }

    /// A variable that is at most `k`, and 0 while the gate is closed.
    fn lowered_groups(&mut self, k: usize, gate: usize, most: u32) -> usize {
        let var = self.real(most);
        self.at_most(&Row::from([(var, 1.0), (k, -1.0)]), 0.0);
        self.at_most(&Row::from([(var, 1.0), (gate, -f64::from(most))]), 0.0);
        var
    }

    fn add_off_target(&mut self, o: usize, members: &Row) {
        let target = self.problem.programmes[self.problem.options[o].programme as usize].target;
        for sign in [1.0, -1.0] {
            let mut row: Row = members.keys().map(|&v| (v, sign)).collect();
            row.insert(self.groups[o], -sign * f64::from(target));
            row.insert(self.off[o], -1.0);
            self.at_most(&row, 0.0);
        }
    }

    fn add_limit_rows(&mut self) {
        let problem = self.problem;
        for c in &problem.capacities {
            let mut row: Row = c.uses.iter().map(|&(o, a)| (self.groups[o as usize], f64::from(a))).collect();
            for &(g, extra) in &c.extra {
                *row.entry(self.gates[g as usize]).or_default() -= f64::from(extra);
            }
            self.at_most(&row, f64::from(c.limit));
        }
        for l in &problem.gate_limits {
            let row = l.gates.iter().map(|&g| (self.gates[g as usize], 1.0)).collect();
            self.at_most(&row, f64::from(l.limit));
        }
        if let Some(budget) = problem.gate_budget {
            // Costs are counted in their common measure, so that rows stay near one.
            let scale = problem.gates.iter().fold(0, |all, gate| gcd(all, gate.cost)).max(1);
            let costs = problem.gates.iter().map(|gate| (gate.cost / scale) as f64);
            self.at_most(&self.gates.iter().copied().zip(costs).collect(), (budget / scale) as f64);
        }
        for h in &problem.hosts {
            let own = problem.youths[h.youth as usize].arcs.iter().zip(&self.arcs[h.youth as usize]);
            let there = own.filter(|a| (a.0.option, a.0.gate) == (h.option, h.through)).map(|a| (*a.1, -1.0));
            let row = there.chain([(self.gates[h.gate as usize], 1.0)]).collect();
            self.at_most(&row, 0.0);
        }
        for (g, gate) in problem.gates.iter().enumerate() {
            let Some(most) = gate.capacity else { continue };
            let mut row = Row::from([(self.gates[g], -f64::from(most))]);
            for (youth, vars) in problem.youths.iter().zip(&self.arcs) {
                let through = youth.arcs.iter().zip(vars).filter(|a| a.0.gate == Some(g as u32));
                row.extend(through.map(|a| (*a.1, 1.0)));
            }
            self.at_most(&row, 0.0);
        }
    }

    /// Advisers as a flow; with whole groups it has whole solutions, so its
    /// variables are real.
    fn add_teams(&mut self) {
        let problem = self.problem;
        let mut demand = vec![Row::new(); problem.posts.len()];
        for (o, spec) in problem.options.iter().enumerate() {
            for &p in &spec.posts {
                demand[p as usize].insert(self.groups[o], 1.0);
            }
        }
        if problem.teams.is_empty() {
            return;
        }
        for team in &problem.teams {
            let mut weeks: BTreeMap<u32, Row> = BTreeMap::new();
            let mut moments: BTreeMap<(u32, u32), Row> = BTreeMap::new();
            for &p in &team.posts {
                if demand[p as usize].is_empty() {
                    continue;
                }
                let post = problem.posts[p as usize];
                let var = self.real(team.members);
                demand[p as usize].insert(var, -1.0);
                weeks.entry(post.week).or_default().insert(var, 1.0);
                moments.entry((post.week, post.moment)).or_default().insert(var, 1.0);
            }
            let half_days = f64::from(team.members) * f64::from(team.half_days);
            weeks.values().for_each(|row| self.at_most(row, half_days));
            moments.values().for_each(|row| self.at_most(row, f64::from(team.members)));
        }
        demand.iter().filter(|row| !row.is_empty()).for_each(|row| self.at_most(row, 0.0));
    }

    fn add_pins(&mut self) {
        for pin in &self.problem.pins {
            match *pin {
                Pin::Open { ref options, groups } => {
                    let row = options.iter().map(|&o| (self.groups[o as usize], 1.0)).collect();
                    self.row(&row, Side::AtLeast, f64::from(groups));
                }
                Pin::In { youth, programme } => {
                    let row = self.in_programme(youth as usize, programme);
                    self.row(&row, Side::AtLeast, 1.0);
                }
                Pin::Out { youth, programme } => {
                    let row = self.in_programme(youth as usize, programme);
                    self.at_most(&row, 0.0);
                }
                Pin::Apart(y, z) => self.keep_apart(y as usize, z as usize),
            }
        }
    }

    fn keep_apart(&mut self, y: usize, z: usize) {
        let [of_y, of_z] = [y, z].map(|w| self.members(|v| v as usize == w));
        for (mut row, other) in of_y.into_iter().zip(of_z) {
            if !row.is_empty() && !other.is_empty() {
                row.extend(other);
                self.at_most(&row, 1.0);
            }
        }
    }

    fn keep(&mut self, tier: Tier, value: i64) {
        let scale = coefficient_gcd(self.problem, tier);
        let mut row = Row::new();
        for (youth, vars) in self.problem.youths.iter().zip(&self.arcs) {
            for (a, &var) in youth.arcs.iter().zip(vars) {
                match tier {
                    Tier::Placed => {
                        row.insert(var, f64::from(youth.weight) / scale as f64);
                    }
                    Tier::Minutes => {
                        row.insert(var, f64::from(a.time.get()) / scale as f64);
                    }
                    Tier::Cost | Tier::OffTarget => {}
                }
            }
        }
        if tier == Tier::Cost {
            let options = self.groups.iter().zip(self.problem.options.iter().map(|o| o.cost));
            let gates = self.gates.iter().zip(self.problem.gates.iter().map(|g| g.cost));
            row.extend(options.chain(gates).map(|(&v, cost)| (v, cost as f64 / scale as f64)));
        }
        if tier == Tier::OffTarget {
            row.extend(self.off.iter().map(|&v| (v, 1.0)));
        }
        if tier.maximised() {
            self.row(&row, Side::AtLeast, (value as f64 / scale as f64).ceil());
        } else {
            self.row(&row, Side::AtMost, (value as f64 / scale as f64).floor());
        }
    }

    /// Arcs and options, from which the cost of a search is judged.
    pub(super) fn size(problem: &Problem) -> usize {
        problem.youths.iter().map(|y| y.arcs.len()).sum::<usize>() + problem.options.len()
    }

    /// What a search gave, in the tier's own units: values by column, and a bound.
    pub(super) fn searched(&self, value: Option<&dyn Fn(usize) -> f64>, bound: Option<f64>) -> Outcome {
        let best = value.map(|value| self.assignment(value));
        Outcome::Searched {
            best: best.filter(|a| verify(self.problem, a).is_ok()),
            bound: bound.filter(|b| b.is_finite()).map(|b| self.outward(b)),
        }
    }

    /// The best whole value that a bound of the program leaves possible.
    fn outward(&self, bound: f64) -> i64 {
        let guard = 1e-6 * bound.abs().max(1.0);
        let least = (bound - guard).ceil() as i64;
        let value = least.saturating_mul(self.scale);
        if self.tier.maximised() { value.saturating_neg() } else { value }
    }

    fn assignment(&self, value: &dyn Fn(usize) -> f64) -> Assignment {
        let whole = |v: usize| value(v).round() as u32;
        let mut a = Assignment::default();
        for (o, &var) in self.groups.iter().enumerate().filter(|g| whole(*g.1) > 0) {
            a.groups.push((o as OptionIx, whole(var)));
        }
        for (y, vars) in self.arcs.iter().enumerate() {
            let arcs = self.problem.youths[y].arcs.iter().zip(vars);
            a.members.extend(
                arcs.filter(|x| whole(*x.1) > 0).map(|(arc, _)| (y as YouthIx, arc.option, arc.gate)),
            );
        }
        a.gates = (0..self.gates.len() as u32).filter(|&g| whole(self.gates[g as usize]) > 0).collect();
        a
    }

    /// The first columns' values in an assignment: arcs, groups, gates.
    pub(super) fn hint(&self, a: &Assignment) -> Vec<f64> {
        let mut values =
            vec![0.0; self.arcs.iter().map(Vec::len).sum::<usize>() + self.groups.len() + self.gates.len()];
        for (o, &k) in group_counts(self.problem, a).iter().enumerate() {
            values[self.groups[o]] = f64::from(k);
        }
        for &g in &a.gates {
            values[self.gates[g as usize]] = 1.0;
        }
        for &(y, o, gate) in &a.members {
            let arcs = self.problem.youths[y as usize].arcs.iter().zip(&self.arcs[y as usize]);
            for (_, &var) in arcs.filter(|x| x.0.option == o && x.0.gate == gate) {
                values[var] = 1.0;
            }
        }
        values
    }
}

/// More than this is no limit.
fn bounded(x: u32) -> i32 {
    i32::try_from(x).unwrap_or(i32::MAX)
}

/// What all the coefficients of a tier are multiples of; 1 when there is none.
pub(super) fn coefficient_gcd(problem: &Problem, tier: Tier) -> i64 {
    let arcs = || problem.youths.iter().flat_map(|y| &y.arcs);
    let gcd = match tier {
        Tier::Placed => problem.youths.iter().map(|y| u64::from(y.weight)).fold(0, gcd),
        Tier::Cost => {
            let gates = problem.gates.iter().map(|g| g.cost);
            problem.options.iter().map(|o| o.cost).chain(gates).fold(0, gcd)
        }
        Tier::OffTarget => 1,
        Tier::Minutes => arcs().map(|a| u64::from(a.time.get())).fold(0, gcd),
    };
    i64::try_from(gcd).unwrap_or(1).max(1)
}

/// The greatest common divisor.
pub(super) const fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
