//! The linear relaxation of a part: what the dual prices, and what its
//! subproblems hold exactly, as rows of one program. Its duals become prices,
//! its point tells where to cut and to branch.

use super::clock::Clock;
use super::cuts::Source;
use super::domain::Domain;
use super::dual::{Dual, LARGEST_PRICE, SCALE, State, Walk};
use super::problem::{GateIx, OptionIx, Tier};
use super::simplex::{Basis, Ended, Simplex};
use super::split::least_min;
use std::rc::Rc;

/// A variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// Members through an arc of a class.
    Arc(u32),
    /// Groups of an option.
    Groups(OptionIx),
    /// Whether a gate is open.
    Gate(GateIx),
    /// How far an option is off target.
    Off(OptionIx),
    /// Half-days of a team in a week, by the dual's sitting, at a post.
    Sitting(u32),
}

/// `terms <= right`, in whole numbers, by column.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) terms: Vec<(u32, i64)>,
    pub(super) right: i64,
    /// What it is, where a cut may be made of it.
    pub(super) source: Option<Source>,
}

/// The program, and the rows that it does not hold yet.
pub(super) struct Relaxation {
    lp: Simplex,
    /// What each column is.
    pub(super) columns: Vec<Column>,
    /// Rows of the program.
    pub(super) rows: Vec<Row>,
    /// Rows that are added when a point breaks them.
    waiting: Vec<Row>,
    /// First column of groups and of gates; arcs come first.
    groups: usize,
    gates: usize,
    /// How many rows of the dual the program holds.
    known: usize,
    /// The basis that the program is at, by whom it was left.
    at: Option<Rc<Basis>>,
    /// Subproblems at the last prices.
    state: State,
}

/// How far a point must be outside a waiting row.
const BROKEN: f64 = 1e-4;
/// Most iterations of a probe.
const PROBED: u64 = 40;
/// Iterations between two looks at the clock.
const UNSEEN: u64 = 1_000;
/// Most iterations a solve.
const ITERATIONS: u64 = 20_000;
/// Most rounds of waiting rows a solve.
const ROUNDS: u32 = 30;

impl Relaxation {
    pub(super) fn new(dual: &Dual<'_>, domain: &Domain, near: &Walk) -> Self {
        let mut columns: Vec<Column> = (0..dual.arcs.len() as u32).map(Column::Arc).collect();
        let groups = columns.len();
        columns.extend((0..dual.groups.len() as u32).map(Column::Groups));
        let gates = columns.len();
        columns.extend((0..dual.gates.len() as u32).map(Column::Gate));
        let off = columns.len();
        if dual.tier == Tier::OffTarget {
            columns.extend((0..dual.groups.len() as u32).map(Column::Off));
        }
        let sittings = columns.len();
        for (at, sitting) in dual.sittings.iter().enumerate() {
            columns.extend(sitting.moments.iter().flatten().map(|_| Column::Sitting(at as u32)));
        }
        let cost = columns.iter().map(|c| cost(dual, *c)).collect();
        let bounds: Vec<(f64, f64)> = columns.iter().map(|&c| bounds(dual, domain, c)).collect();
        let mut relaxation = Self {
            lp: Simplex::new(cost, &bounds),
            columns,
            rows: Vec::new(),
            waiting: Vec::new(),
            groups,
            gates,
            known: 0,
            at: None,
            state: State::new(dual),
        };
        relaxation.add_sizes(dual, domain, off);
        relaxation.add_limits(dual);
        relaxation.add_sittings(dual, sittings);
        relaxation.extend(dual);
        relaxation.add_likely(near);
        relaxation
    }

    fn add(&mut self, row: Row) {
        let terms: Vec<(u32, f64)> = row.terms.iter().map(|&(c, a)| (c, a as f64)).collect();
        self.lp.add_row(&terms, row.right as f64);
        self.rows.push(row);
    }

    fn add_sizes(&mut self, dual: &Dual<'_>, domain: &Domain, off: usize) {
        for (o, spec) in dual.problem.options.iter().enumerate() {
            let most = domain.most(dual.problem, o);
            let range = dual.first[o]..dual.first[o + 1];
            if most == 0 || range.is_empty() {
                continue;
            }
            let sizes = dual.problem.programmes[spec.programme as usize];
            let k = (self.groups + o) as u32;
            let members = |sign: i64| range.clone().map(move |at| (at as u32, sign));
            let row = |own: i64, sign: i64, right, source| Row {
                terms: members(sign).chain([(k, own)]).collect(),
                right,
                source,
            };
            let o = o as OptionIx;
            let reach = i64::from(dual.reach(o));
            self.add(row(i64::from(least_min(dual.problem, spec)), -1, 0, Some(Source::SizeLeast(o))));
            if i64::from(sizes.max) < reach {
                self.add(row(-i64::from(sizes.max), 1, 0, Some(Source::SizeMost(o))));
            }
            if dual.tier == Tier::OffTarget {
                for sign in [1, -1] {
                    let mut away = row(-sign * i64::from(sizes.target), sign, 0, None);
                    away.terms.push(((off + o as usize) as u32, -1));
                    self.add(away);
                }
            }
            self.link(dual, range, k, Some(i64::from(sizes.max)));
        }
    }

    /// Nobody is in a closed option, class by class; no more than `max` a group where `k` counts groups, which a proof can tell.
    fn link(&mut self, dual: &Dual<'_>, range: std::ops::Range<usize>, k: u32, max: Option<i64>) {
        let mut next = range.start;
        for own in dual.arcs[range].chunk_by(|a, b| a.class == b.class) {
            let at = next;
            next += own.len();
            let count = i64::from(dual.counts[own[0].class as usize]);
            let most = max.map_or(count, |max| count.min(max));
            let arcs = (at..at + own.len()).map(|at| (at as u32, 1));
            let terms = arcs.chain([(k, -most)]).collect();
            let source = max.map(|_| Source::Link(at as u32));
            self.waiting.push(Row { terms, right: 0, source });
        }
    }

    /// What the forest decides: nested capacities, gates before options, limits on gates.
    fn add_limits(&mut self, dual: &Dual<'_>) {
        let problem = dual.problem;
        for (at, c) in problem.capacities.iter().enumerate() {
            if dual.forest.priced.binary_search(&at).is_err() {
                let terms = c.uses.iter().map(|&(o, a)| ((self.groups + o as usize) as u32, i64::from(a)));
                let (terms, right) = (terms.collect(), i64::from(c.limit));
                self.add(Row { terms, right, source: Some(Source::Capacity(at as u32)) });
                // All its options are behind one gate, if behind any.
                if let Some(g) = c.uses.first().and_then(|u| dual.forest.gate_of[u.0 as usize]) {
                    let mut behind = self.rows[self.rows.len() - 1].clone();
                    behind.terms.push(((self.gates + g as usize) as u32, -right));
                    self.waiting.push(Row { right: 0, source: None, ..behind });
                }
            }
        }
        for (o, spec) in problem.options.iter().enumerate() {
            if let Some(g) = dual.forest.gate_of[o] {
                let k = ((self.groups + o) as u32, 1);
                let gate = ((self.gates + g as usize) as u32, -i64::from(spec.max_groups));
                self.add(Row { terms: vec![k, gate], right: 0, source: None });
                if spec.max_groups > 1 {
                    self.link(dual, dual.first[o]..dual.first[o + 1], gate.0, None);
                }
            }
        }
        for limit in &problem.gate_limits {
            let terms = limit.gates.iter().map(|&g| ((self.gates + g as usize) as u32, 1)).collect();
            self.add(Row { terms, right: i64::from(limit.limit), source: None });
        }
    }

    /// A team's half-days in a week, and its members at each moment.
    fn add_sittings(&mut self, dual: &Dual<'_>, first: usize) {
        let mut at = first as u32;
        for sitting in &dual.sittings {
            let from = at;
            for moment in &sitting.moments {
                let to = at + moment.len() as u32;
                let terms = (at..to).map(|c| (c, 1)).collect();
                self.add(Row { terms, right: sitting.members, source: None });
                at = to;
            }
            let right = sitting.members * sitting.half_days as i64;
            self.add(Row { terms: (from..at).map(|c| (c, 1)).collect(), right, source: None });
        }
    }

    /// Takes over the rows of the dual that have come since.
    pub(super) fn extend(&mut self, dual: &Dual<'_>) {
        if self.known == dual.right.len() {
            return;
        }
        let mut terms: Vec<Vec<(u32, i64)>> = vec![Vec::new(); dual.right.len() - self.known];
        let known = self.known;
        let mut note = |column: usize, uses: &[(u32, i64)]| {
            for &(row, amount) in uses.iter().filter(|u| u.0 as usize >= known) {
                let own = &mut terms[row as usize - known];
                // A column may use a row in several ways.
                match own.last_mut() {
                    Some(last) if last.0 == column as u32 => last.1 += amount,
                    _ => own.push((column as u32, amount)),
                }
            }
        };
        for (at, arc) in dual.arcs.iter().enumerate() {
            note(at, &dual.uses[arc.from as usize..arc.to as usize]);
        }
        for (o, item) in dual.groups.iter().enumerate() {
            note(self.groups + o, &item.uses);
        }
        for (g, item) in dual.gates.iter().enumerate() {
            note(self.gates + g, &item.uses);
        }
        let moments = dual.sittings.iter().flat_map(|s| &s.moments).flatten();
        let sittings = self.columns.len() - moments.clone().count();
        for (at, &row) in moments.enumerate() {
            note(sittings + at, &[(row, -1)]);
        }
        for (at, terms) in terms.into_iter().enumerate() {
            let row = known + at;
            self.add(Row { terms, right: dual.right[row], source: Some(Source::Row(row as u32)) });
        }
        self.known = dual.right.len();
    }

    /// Bounds a domain, until nothing better than `aim` is left; from the basis of `from`.
    pub(super) fn bound(
        &mut self,
        dual: &Dual<'_>,
        domain: &Domain,
        from: &Walk,
        aim: i64,
        clock: Clock<'_>,
    ) -> Walk {
        if let Some(basis) = from.basis.as_ref()
            && !self.at.as_ref().is_some_and(|at| Rc::ptr_eq(at, basis))
        {
            self.lp.restore(basis);
        }
        self.at = None;
        let mut walk = from.clone();
        walk.total = None;
        walk.basis = None;
        for (column, &kind) in self.columns.iter().enumerate() {
            let (low, high) = bounds(dual, domain, kind);
            if low > high {
                return walk;
            }
            self.lp.set_bounds(column, low, high);
        }
        let mut cutoff = cutoff(dual, aim);
        for round in 1..=ROUNDS {
            let ended = self.solve(cutoff, clock);
            // Without an evaluation there would be no bound: rows still missing in the last round only weaken it.
            if ended == Ended::Optimal && round < ROUNDS && self.add_broken() {
                continue;
            }
            let price = self.prices(dual);
            let Some(total) = dual.evaluate(domain, &price, &mut self.state) else {
                walk.total = None;
                return walk;
            };
            // The bound and the prices that prove it stay together.
            if walk.total.is_none_or(|best| total <= best) {
                (walk.total, walk.price) = (Some(total), price);
            }
            match ended {
                // The prices say more than the program's own objective did: go on to its optimum.
                Ended::Cutoff if dual.score(total) > aim => cutoff = f64::INFINITY,
                Ended::Cutoff | Ended::Infeasible => return walk,
                Ended::Optimal | Ended::Limit => break,
            }
        }
        walk.groups.clone_from(&self.state.groups);
        self.read_point(&mut walk);
        let basis = Rc::new(self.lp.basis());
        walk.basis = Some(Rc::clone(&basis));
        self.at = Some(basis);
        walk
    }

    /// Rows of the program and those that wait.
    pub(super) fn all_rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().chain(&self.waiting)
    }

    /// What the point leaves free of a row.
    pub(super) fn slack(&self, row: &Row) -> f64 {
        -self.excess(row)
    }

    /// The point's value of a column.
    pub(super) fn value(&self, column: usize) -> f64 {
        self.lp.value(column)
    }

    /// Adds the waiting rows that are tight at a point near the optimum.
    fn add_likely(&mut self, near: &Walk) {
        let at = |c: u32| match self.columns[c as usize] {
            Column::Arc(at) => near.members[at as usize],
            Column::Groups(o) => near.mean[o as usize],
            _ => 0.0,
        };
        let tight = |row: &Row| {
            let (above, below) = row.terms.iter().fold((0.0, 0.0), |(above, below), &(c, a)| {
                let value = a as f64 * at(c);
                if value > 0.0 { (above + value, below) } else { (above, below - value) }
            });
            below > 0.01 && above > 0.7 * below
        };
        let waiting = std::mem::take(&mut self.waiting);
        let (likely, waiting): (Vec<Row>, Vec<Row>) = waiting.into_iter().partition(tight);
        self.waiting = waiting;
        likely.into_iter().for_each(|row| self.add(row));
    }

    /// Solves, looking at the clock now and then.
    fn solve(&mut self, cutoff: f64, clock: Clock<'_>) -> Ended {
        for _ in 0..ITERATIONS / UNSEEN {
            let ended = self.lp.solve(cutoff, UNSEEN);
            if ended != Ended::Limit || clock.is_over() {
                return ended;
            }
        }
        Ended::Limit
    }

    /// Adds the waiting rows that the point breaks; whether there are any.
    fn add_broken(&mut self) -> bool {
        let waiting = std::mem::take(&mut self.waiting);
        let (broken, waiting): (Vec<Row>, Vec<Row>) =
            waiting.into_iter().partition(|row| self.excess(row) > BROKEN);
        self.waiting = waiting;
        let any = !broken.is_empty();
        broken.into_iter().for_each(|row| self.add(row));
        any
    }

    /// How far the point is outside a row.
    fn excess(&self, row: &Row) -> f64 {
        row.terms.iter().map(|&(c, a)| a as f64 * self.lp.value(c as usize)).sum::<f64>() - row.right as f64
    }

    fn prices(&self, dual: &Dual<'_>) -> Vec<i64> {
        let mut price = vec![0; dual.right.len()];
        for (row, value) in self.rows.iter().zip(self.lp.prices()) {
            if let Some(Source::Row(at)) = row.source {
                let most = LARGEST_PRICE / dual.norms[at as usize];
                price[at as usize] = (value * SCALE as f64).min(most).round() as i64;
            }
        }
        price
    }

    fn read_point(&self, walk: &mut Walk) {
        for (column, kind) in self.columns.iter().enumerate() {
            let value = self.lp.value(column);
            match *kind {
                Column::Arc(at) => walk.members[at as usize] = value,
                Column::Groups(o) => walk.mean[o as usize] = value,
                Column::Gate(g) => walk.gates[g as usize] = value,
                Column::Off(_) | Column::Sitting(_) => {}
            }
        }
    }

    /// How much the bound falls when an option's groups are at most `k`, and when they are more; what a
    /// few iterations tell, infinite where nothing better than `aim` is left.
    pub(super) fn probe(
        &mut self,
        dual: &Dual<'_>,
        domain: &Domain,
        o: OptionIx,
        k: u32,
        aim: i64,
    ) -> (f64, f64) {
        let column = self.groups + o as usize;
        let (low, high) = bounds(dual, domain, Column::Groups(o));
        let (cutoff, before) = (cutoff(dual, aim), self.lp.objective());
        let k = f64::from(k);
        let fall = |reached: f64| if reached >= cutoff { f64::INFINITY } else { (reached - before).max(0.0) };
        let down = self.lp.probe(column, low, k, cutoff, PROBED);
        let up = self.lp.probe(column, k + 1.0, high, cutoff, PROBED);
        (fall(down), fall(up))
    }
}

/// Upper bound of a column where nothing is decided.
pub(super) fn most(dual: &Dual<'_>, column: Column) -> i64 {
    match column {
        Column::Arc(at) => i64::from(dual.counts[dual.arcs[at as usize].class as usize]),
        Column::Groups(o) => i64::from(dual.problem.options[o as usize].max_groups),
        Column::Gate(_) | Column::Off(_) | Column::Sitting(_) => 1,
    }
}

/// The objective from which on nothing better than `aim` is left.
fn cutoff(dual: &Dual<'_>, aim: i64) -> f64 {
    1e-3 * dual.grain as f64 - aim.saturating_add(dual.grain) as f64
}

fn cost(dual: &Dual<'_>, column: Column) -> f64 {
    match column {
        Column::Arc(at) => -(dual.arcs[at as usize].value as f64) / SCALE as f64,
        Column::Groups(o) => -(dual.groups[o as usize].value as f64),
        Column::Gate(g) => -(dual.gates[g as usize].value as f64),
        Column::Off(_) => 1.0,
        Column::Sitting(_) => 0.0,
    }
}

fn bounds(dual: &Dual<'_>, domain: &Domain, column: Column) -> (f64, f64) {
    let problem = dual.problem;
    match column {
        Column::Arc(at) => {
            let (least, most) = domain.members[at as usize];
            let closed = domain.most(problem, dual.option_of[at as usize] as usize) == 0;
            (f64::from(least), if closed { 0.0 } else { f64::from(most) })
        }
        Column::Groups(o) => {
            (f64::from(domain.least[o as usize]), f64::from(domain.most(problem, o as usize)))
        }
        Column::Gate(g) => {
            let (must, may) = domain.gates[g as usize];
            (f64::from(u8::from(must)), f64::from(u8::from(may)))
        }
        Column::Off(o) => {
            let spec = &problem.options[o as usize];
            let target = problem.programmes[spec.programme as usize].target;
            (0.0, f64::from(dual.reach(o)) + f64::from(target) * f64::from(spec.max_groups))
        }
        Column::Sitting(at) => (0.0, dual.sittings[at as usize].members as f64),
    }
}
