//! A search done again on an edited problem.
//!
//! What a search leaves is its tree: what each branch decided, and the prices that bound it. Any prices bound
//! any problem, and whatever is decided on both its sides covers a box; so the tree of the old problem, in
//! the rows of the new one, is a proof to try. Each step is priced once; what its prices no longer refute is
//! searched. Nothing here is believed: not which row is which, nor that the tree was right.

use super::align::{Alignment, inverse};
use super::branch::{Branching, Cost, Node};
use super::cuts::{Cut, Rounding, Source};
use super::domain::Domain;
use super::dual::{Dual, LARGEST_PRICE, Origin, State, Walk};
use super::problem::{GateIx, OptionIx, YouthIx};
use super::proof::{Change, Tree};
use super::relax::{Column, Relaxation, most};
use super::rounding;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Most numbers of a tree that is kept: what is longer takes too much memory, and too long to try.
pub(super) const KEPT: usize = 2_000_000;
/// Largest number in a cut that is derived again.
const LARGEST: i64 = 1 << 30;

/// What a search left.
#[derive(Clone, Debug)]
pub(super) struct Record {
    /// Whether youths who are alike were one.
    pub(super) merged: bool,
    rows: Vec<Origin>,
    members: Vec<Vec<YouthIx>>,
    /// Each arc, and its value.
    arcs: Vec<(ArcName, i64)>,
    tree: Tree,
    costs: Vec<Cost>,
    /// The relaxation's point at the root: groups by option, members by arc.
    point: (Vec<f64>, Vec<f64>),
}

/// An arc of a class: its option, and which of those to that option it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct ArcName {
    class: u32,
    option: OptionIx,
    nth: u32,
}

impl Record {
    /// `None` when the tree was too long to be kept.
    pub(super) fn new(
        merged: bool,
        dual: &Dual<'_>,
        tree: Tree,
        costs: Vec<Cost>,
        root: Option<&Walk>,
    ) -> Option<Self> {
        let point = root.map(|walk| (walk.mean.clone(), walk.members.clone())).unwrap_or_default();
        let arcs = arc_names(dual).into_iter().zip(dual.arcs.iter().map(|a| a.value)).collect();
        let (rows, members) = (dual.origins.clone(), dual.members.clone());
        tree.is_whole().then_some(Self { merged, rows, members, arcs, tree, costs, point })
    }
}

fn arc_names(dual: &Dual<'_>) -> Vec<ArcName> {
    let mut names: Vec<ArcName> = Vec::with_capacity(dual.arcs.len());
    for (arc, &option) in dual.arcs.iter().zip(&dual.option_of) {
        let nth = match names.last() {
            Some(last) if (last.class, last.option) == (arc.class, option) => last.nth + 1,
            _ => 0,
        };
        names.push(ArcName { class: arc.class, option, nth });
    }
    names
}

/// A record in the rows of an edited part.
pub(super) struct Carried<'r> {
    tree: &'r Tree,
    children: Vec<Vec<usize>>,
    /// The old row of each new one.
    source: Vec<Option<u32>>,
    /// What prices rise by.
    rises: Vec<i64>,
    /// The largest price of each row.
    most: Vec<i64>,
    options: Vec<Option<u32>>,
    gates: Vec<Option<u32>>,
    /// The new arc of each old one.
    arcs: Vec<Option<u32>>,
    pub(super) costs: Vec<Cost>,
    point: (Vec<f64>, Vec<f64>),
    /// Whether a program told that point.
    told: bool,
}

impl<'r> Carried<'r> {
    /// Translates a record, and gives the dual those of its cuts that can be derived again.
    pub(super) fn new(record: &'r Record, rows: &Alignment, dual: &mut Dual<'_>) -> Self {
        let classes = Classes::new(record, rows, dual);
        let arcs = classes.arcs(record, rows, dual);
        let mut source = classes.sources(record, rows, dual);
        let mut rises = classes.rises(record, dual, &arcs);
        Derivation::new(rows, dual, &classes, &arcs, &source).cuts(&record.rows, dual, &mut source);
        let mut costs = vec![Cost::default(); dual.groups.len()];
        for (&cost, new) in record.costs.iter().zip(&rows.options) {
            if let Some(new) = new {
                costs[*new as usize] = cost;
            }
        }
        let point = carried_point(record, rows, &arcs, dual);
        let mut children = vec![Vec::new(); record.tree.steps.len()];
        for (at, step) in record.tree.steps.iter().enumerate() {
            step.parent.into_iter().for_each(|parent| children[parent].push(at));
        }
        let (options, gates) = (rows.options.clone(), rows.gates.clone());
        rises.resize(source.len(), 0);
        let most = dual.norms.iter().map(|norm| (LARGEST_PRICE / norm) as i64).collect();
        let (tree, told) = (&record.tree, !record.point.0.is_empty());
        Self { tree, children, source, rises, most, options, gates, arcs, costs, point, told }
    }

    /// A step's prices in the new rows.
    fn prices(&self, step: usize) -> Option<Vec<i64>> {
        let known = self.tree.steps[step].price.as_ref()?;
        let own = |old: &u32| known.binary_search_by_key(old, |p| p.0).map_or(0, |at| known[at].1);
        let price = |((source, &rise), &most): ((&Option<u32>, &i64), &i64)| {
            // Whatever is not negative is a price; one too large for the sums is not worth it.
            source.as_ref().map_or(0, own).saturating_add(rise).clamp(0, most)
        };
        Some(self.source.iter().zip(&self.rises).zip(&self.most).map(price).collect())
    }

    /// A decision in the new rows.
    fn change(&self, change: Change) -> Option<Change> {
        let option = |o: OptionIx| self.options[o as usize];
        let gate = |g: GateIx| self.gates[g as usize];
        Some(match change {
            Change::AtMost(o, k) => Change::AtMost(option(o)?, k),
            Change::AtLeast(o, k) => Change::AtLeast(option(o)?, k),
            Change::Open(g) => Change::Open(gate(g)?),
            Change::Shut(g) => Change::Shut(gate(g)?),
            Change::Not(arc, o) => Change::Not(self.arcs[arc as usize]?, option(o)?),
            Change::Follows(arc, o) => Change::Follows(self.arcs[arc as usize]?, option(o)?),
        })
    }

    /// The steps that cover one, each with what it decides more; `None` where the tree ends.
    fn sides(&self, step: usize) -> Option<Vec<(usize, Option<Change>)>> {
        let own = |at: usize| self.tree.steps[at].decided;
        match self.children[step][..] {
            [same] if own(same).is_none() => Some(vec![(same, None)]),
            [a, b] => {
                let (x, y) = (own(a)?, own(b)?);
                if x.opposite() != y || y.opposite() != x {
                    return None;
                }
                match (self.change(x), self.change(y)) {
                    (Some(x), Some(y)) => Some(vec![(a, Some(x)), (b, Some(y))]),
                    // What it was about is gone: the side without it is all there is.
                    _ => Some(vec![(if without(x) { a } else { b }, None)]),
                }
            }
            _ => None,
        }
    }

    /// Where the search starts, if it has to: from the old root's point and prices.
    fn walk(&self, dual: &Dual<'_>, price: Vec<i64>) -> Walk {
        let mut walk = Walk::start(dual);
        walk.price = price;
        walk.mean.clone_from(&self.point.0);
        walk.members.clone_from(&self.point.1);
        walk
    }
}

/// Whether a side of a decision is the one that asks for nothing.
const fn without(change: Change) -> bool {
    matches!(change, Change::AtMost(..) | Change::Shut(_) | Change::Not(..))
}

fn carried_point(
    record: &Record,
    rows: &Alignment,
    arcs: &[Option<u32>],
    dual: &Dual<'_>,
) -> (Vec<f64>, Vec<f64>) {
    let place = |values: &[f64], rows: &[Option<u32>], len: usize| {
        let mut placed = vec![0.0; len];
        for (&value, new) in values.iter().zip(rows) {
            if let Some(new) = new {
                placed[*new as usize] = value;
            }
        }
        placed
    };
    let mean = place(&record.point.0, &rows.options, dual.groups.len());
    (mean, place(&record.point.1, arcs, dual.arcs.len()))
}

/// Old classes of new ones and the other way round, by their members.
struct Classes {
    /// For each new class, the old one of its first member who had one.
    old: Vec<Option<u32>>,
    /// For each old class, the new one of its first member who has one.
    new: Vec<Option<u32>>,
}

impl Classes {
    fn new(record: &Record, rows: &Alignment, dual: &Dual<'_>) -> Self {
        let back = inverse(&rows.youths, dual.problem.youths.len());
        let class_of = |members: &[Vec<YouthIx>], len: usize| {
            let mut of = vec![None; len];
            for (class, own) in (0..).zip(members) {
                own.iter().for_each(|&y| of[y as usize] = Some(class));
            }
            of
        };
        let before: Vec<Option<u32>> = class_of(&record.members, rows.youths.len());
        let after: Vec<Option<u32>> = class_of(&dual.members, back.len());
        let first = |members: &[YouthIx], rows: &[Option<u32>], of: &[Option<u32>]| {
            members.iter().find_map(|&y| of[rows[y as usize]? as usize])
        };
        Self {
            old: dual.members.iter().map(|m| first(m, &back, &before)).collect(),
            new: record.members.iter().map(|m| first(m, &rows.youths, &after)).collect(),
        }
    }

    fn arcs(&self, record: &Record, rows: &Alignment, dual: &Dual<'_>) -> Vec<Option<u32>> {
        let names: BTreeMap<ArcName, u32> = arc_names(dual).into_iter().zip(0..).collect();
        let new = |(a, _): &(ArcName, i64)| {
            let (class, option) = (self.new[a.class as usize]?, rows.options[a.option as usize]?);
            names.get(&ArcName { class, option, nth: a.nth }).copied()
        };
        record.arcs.iter().map(new).collect()
    }

    /// The old row of each new one.
    fn sources(&self, record: &Record, rows: &Alignment, dual: &Dual<'_>) -> Vec<Option<u32>> {
        let mut plain: BTreeMap<Origin, u32> = BTreeMap::new();
        let mut of_class: Vec<Vec<(u32, Vec<OptionIx>)>> = vec![Vec::new(); record.members.len()];
        for (row, origin) in (0..).zip(&record.rows) {
            if let Origin::Exclusive { class, options } = origin {
                let options = options.iter().filter_map(|&o| rows.options[o as usize]).collect();
                of_class[*class as usize].push((row, options));
            } else if let Some(origin) = translated(origin, rows) {
                plain.insert(origin, row);
            }
        }
        let mut taken = BTreeSet::new();
        let source = |origin: &Origin| {
            let Origin::Exclusive { class, options } = origin else { return plain.get(origin).copied() };
            let shared = |own: &[OptionIx]| own.iter().filter(|o| options.binary_search(o).is_ok()).count();
            let own = of_class[self.old[*class as usize]? as usize].iter();
            // Of the sets of the class, the one most like this.
            let likest = own
                .filter(|(row, own)| shared(own) > 0 && !taken.contains(&(*class, *row)))
                .max_by_key(|(row, own)| (2 * shared(own), std::cmp::Reverse((own.len(), *row))))?;
            taken.insert((*class, likest.0));
            Some(likest.0)
        };
        dual.origins.iter().map(source).collect()
    }

    /// What prices rise by: whoever is worth more than before pays it, in each programme once, and so does
    /// whoever was not there.
    fn rises(&self, record: &Record, dual: &Dual<'_>, arcs: &[Option<u32>]) -> Vec<i64> {
        let back = inverse(arcs, dual.arcs.len());
        let mut worth: BTreeMap<(u32, OptionIx), i64> = BTreeMap::new();
        for ((arc, &option), old) in dual.arcs.iter().zip(&dual.option_of).zip(back) {
            let rise = match old {
                Some(old) => arc.value - record.arcs[old as usize].1,
                None if self.old[arc.class as usize].is_none() => arc.value,
                None => 0,
            };
            worth.insert((arc.class, option), rise);
        }
        let mut rises = vec![0; dual.right.len()];
        for (row, origin) in dual.origins.iter().enumerate() {
            let Origin::Exclusive { class, options } = origin else { continue };
            let own = options.iter().filter_map(|&o| worth.remove(&(*class, o)));
            rises[row] = own.max().unwrap_or(0);
        }
        rises
    }
}

/// A row that is no cut and of no class, in the new numbers.
fn translated(origin: &Origin, rows: &Alignment) -> Option<Origin> {
    let option = |o: OptionIx| rows.options[o as usize];
    let gate = |g: GateIx| rows.gates[g as usize];
    let row = |rows: &[Option<u32>], at: usize| rows[at].map(|at| at as usize);
    Some(match *origin {
        Origin::Capacity(at) => Origin::Capacity(row(&rows.capacities, at)?),
        Origin::PinOpen(at) => Origin::PinOpen(row(&rows.pins, at)?),
        Origin::GateBudget => Origin::GateBudget,
        Origin::PinIn(at) => Origin::PinIn(row(&rows.pins, at)?),
        Origin::Host(at) => Origin::Host(row(&rows.hosts, at)?),
        Origin::OptionGate(o, g) => Origin::OptionGate(option(o)?, gate(g)?),
        Origin::Post(p) => Origin::Post(rows.posts[p as usize]?),
        Origin::Carried(g) => Origin::Carried(gate(g)?),
        Origin::Kept(place) => Origin::Kept(place),
        Origin::Lowered(o) => Origin::Lowered(option(o)?),
        Origin::MixLeast(rule, o) => Origin::MixLeast(rule, option(o)?),
        Origin::MixMost(rule, o) => Origin::MixMost(rule, option(o)?),
        Origin::Apart(at, o) => Origin::Apart(row(&rows.pins, at)?, option(o)?),
        Origin::Exclusive { .. } | Origin::Cut(_) => return None,
    })
}

/// A row of a sum: what it counts, and its right side.
type Terms = (Vec<(Column, i64)>, i64);

/// Derives cuts again, from the rows of the new problem.
struct Derivation<'d> {
    rows: &'d Alignment,
    classes: &'d Classes,
    arcs: &'d [Option<u32>],
    /// The new row of each old one.
    row: BTreeMap<u32, u32>,
    /// What each new row counts; `None` for those that no cut is made of.
    terms: Vec<Option<Terms>>,
}

impl<'d> Derivation<'d> {
    fn new(
        rows: &'d Alignment,
        dual: &Dual<'_>,
        classes: &'d Classes,
        arcs: &'d [Option<u32>],
        source: &[Option<u32>],
    ) -> Self {
        let mut row = BTreeMap::new();
        for (new, old) in (0..).zip(source) {
            if let Some(old) = old {
                row.entry(*old).or_insert(new);
            }
        }
        Self { rows, classes, arcs, row, terms: Vec::new() }.with_terms(dual)
    }

    fn with_terms(mut self, dual: &Dual<'_>) -> Self {
        let mut terms: Vec<Vec<(Column, i64)>> = vec![Vec::new(); dual.right.len()];
        let mut note = |column: Column, uses: &[(u32, i64)]| {
            uses.iter().for_each(|&(row, amount)| terms[row as usize].push((column, amount)));
        };
        for (at, arc) in (0..).zip(&dual.arcs) {
            note(Column::Arc(at), &dual.uses[arc.from as usize..arc.to as usize]);
        }
        (0..).zip(&dual.groups).for_each(|(o, item)| note(Column::Groups(o), &item.uses));
        (0..).zip(&dual.gates).for_each(|(g, item)| note(Column::Gate(g), &item.uses));
        let rows = dual.origins.iter().zip(terms).zip(&dual.right);
        self.terms = rows
            .map(|((origin, terms), &right)| {
                // Half-days count in these too.
                (!matches!(origin, Origin::Post(_))).then_some((terms, right))
            })
            .collect();
        self
    }

    /// Adds to the dual what can be derived of the old cuts.
    fn cuts(mut self, origins: &[Origin], dual: &mut Dual<'_>, source: &mut Vec<Option<u32>>) {
        let mut cuts = Vec::new();
        for (old, origin) in (0..).zip(origins) {
            let Origin::Cut(why) = origin else { continue };
            let Some(cut) = self.cut(why, dual) else { continue };
            let groups = cut.groups.iter().map(|&(o, a)| (Column::Groups(o), a));
            let gates = cut.gates.iter().map(|&(g, a)| (Column::Gate(g), a));
            let arcs = cut.arcs.iter().map(|&(at, a)| (Column::Arc(at), a));
            self.row.insert(old, self.terms.len() as u32);
            self.terms.push(Some((groups.chain(gates).chain(arcs).collect(), cut.right)));
            source.push(Some(old));
            cuts.push(cut);
        }
        dual.add_cuts(&cuts);
    }

    fn cut(&self, why: &Rounding, dual: &Dual<'_>) -> Option<Cut> {
        let mut sources = Vec::new();
        let (mut sum, mut right) = (BTreeMap::<Column, i64>::new(), 0i64);
        for (source, times) in &why.rows {
            let source = self.source(source)?;
            let (terms, limit) = self.row_of(&source, dual)?;
            for (column, amount) in terms {
                let own = sum.entry(column).or_default();
                *own = own.checked_add(amount.checked_mul(*times)?).filter(|a| a.abs() < LARGEST)?;
            }
            right = right.checked_add(limit.checked_mul(*times)?).filter(|r| r.abs() < LARGEST)?;
            // Only what is added keeps the sum's direction.
            if *times < 0 {
                return None;
            }
            sources.push((source, *times));
        }
        let complemented = why.complemented.iter().map(|&c| self.column(c)).collect::<Option<Vec<_>>>()?;
        let most = |c: Column| most(dual, c);
        let (terms, right) = rounding::derived(&sum, right, &complemented, most, why.divisor)?;
        let why = Rounding { rows: sources, complemented, divisor: why.divisor };
        let mut cut = Cut { groups: Vec::new(), gates: Vec::new(), arcs: Vec::new(), right, why };
        for (column, amount) in terms {
            match column {
                Column::Arc(at) => cut.arcs.push((at, amount)),
                Column::Groups(o) => cut.groups.push((o, amount)),
                Column::Gate(g) => cut.gates.push((g, amount)),
                Column::Off(_) | Column::Sitting(_) => return None,
            }
        }
        Some(cut)
    }

    fn column(&self, column: Column) -> Option<Column> {
        Some(match column {
            Column::Arc(at) => Column::Arc(self.arcs[at as usize]?),
            Column::Groups(o) => Column::Groups(self.rows.options[o as usize]?),
            Column::Gate(g) => Column::Gate(self.rows.gates[g as usize]?),
            Column::Off(_) | Column::Sitting(_) => return None,
        })
    }

    /// A row of a sum in the new numbers.
    fn source(&self, source: &Source) -> Option<Source> {
        let option = |o: OptionIx| self.rows.options[o as usize];
        Some(match source {
            Source::Row(row) => Source::Row(*self.row.get(row)?),
            Source::SizeLeast(o) => Source::SizeLeast(option(*o)?),
            Source::SizeMost(o) => Source::SizeMost(option(*o)?),
            Source::Link(at) => Source::Link(self.arcs[*at as usize]?),
            Source::Capacity(row) => Source::Capacity(self.rows.capacities[*row as usize]?),
            Source::Together { class, options } => {
                let class = self.classes.new[*class as usize]?;
                let mut options: Vec<OptionIx> = options.iter().filter_map(|&o| option(o)).collect();
                options.sort_unstable();
                Source::Together { class, options }
            }
        })
    }

    /// What the row is in the new problem; `None` where it does not hold there.
    fn row_of(&self, source: &Source, dual: &Dual<'_>) -> Option<Terms> {
        let problem = dual.problem;
        let range = |o: OptionIx| dual.first[o as usize]..dual.first[o as usize + 1];
        let sizes = |o: OptionIx| problem.programmes[problem.options[o as usize].programme as usize];
        let size = |o: OptionIx, k: i64, sign: i64| {
            let members = range(o).map(|at| (Column::Arc(at as u32), sign));
            (members.chain([(Column::Groups(o), k)]).collect(), 0)
        };
        match source {
            Source::Row(row) => self.terms[*row as usize].clone(),
            Source::SizeLeast(o) => Some(size(*o, i64::from(dual.least(*o)), -1)),
            Source::SizeMost(o) => Some(size(*o, -i64::from(sizes(*o).max), 1)),
            Source::Link(at) => {
                let (o, class) = (dual.option_of[*at as usize], dual.arcs[*at as usize].class);
                let own = range(o).filter(|&at| dual.arcs[at].class == class);
                let most = i64::from(dual.counts[class as usize].min(sizes(o).max));
                let arcs = own.map(|at| (Column::Arc(at as u32), 1));
                Some((arcs.chain([(Column::Groups(o), -most)]).collect(), 0))
            }
            Source::Capacity(row) => {
                let c = &problem.capacities[*row as usize];
                let uses = c.uses.iter().map(|&(o, a)| (Column::Groups(o), i64::from(a))).collect();
                c.extra.is_empty().then(|| (uses, i64::from(c.limit)))
            }
            Source::Together { class, options } => {
                let apart =
                    |(i, &a): (usize, &OptionIx)| options[..i].iter().all(|&b| problem.in_conflict(a, b));
                if !options.iter().enumerate().all(apart) {
                    return None;
                }
                let within = |o: &OptionIx| range(*o).filter(|&at| dual.arcs[at].class == *class);
                let arcs = options.iter().flat_map(within).map(|at| (Column::Arc(at as u32), 1));
                Some((arcs.collect(), i64::from(dual.counts[*class as usize])))
            }
        }
    }
}

/// A step to try.
struct Trying {
    step: usize,
    /// Its place in the new record.
    at: usize,
    domain: Domain,
    /// The last prices on the way to it.
    price: Rc<Vec<i64>>,
}

impl Branching<'_, '_> {
    /// Searches as an earlier search did, and what that leaves; the bound as a score.
    pub(super) fn resume(&mut self, carried: &Carried<'_>) -> i64 {
        self.costs.clone_from(&carried.costs);
        let first = (0..carried.tree.steps.len()).find_map(|at| carried.prices(at));
        let Some(first) = first else { return self.run() };
        let root = self.recorder.step(None, None);
        let open = self.replay(carried, root, Rc::new(first));
        if let Some(node) = open.first().filter(|_| self.linear && carried.told) {
            // Where the program stood tells which rows it needs.
            self.program = Some(Relaxation::new(self.dual, &self.dual.whole(), &node.from));
        }
        match &open[..] {
            [node] if node.step == root => {
                let open = self.root((*node.from).clone(), Some(root)).into_iter().collect();
                self.search(open)
            }
            _ => {
                self.rooted = open.first().map(|node| (*node.from).clone());
                self.search(open)
            }
        }
    }

    /// The steps of the old search that its prices no longer refute.
    fn replay(&mut self, carried: &Carried<'_>, root: usize, price: Rc<Vec<i64>>) -> Vec<Node> {
        let mut state = State::new(self.dual);
        let mut trying = vec![Trying { step: 0, at: root, domain: self.dual.whole(), price }];
        let mut open = Vec::new();
        while let Some(Trying { step, at, mut domain, price }) = trying.pop() {
            let price = carried.prices(step).map_or(price, Rc::new);
            self.recorder.priced(at, &price);
            let total = self.dual.evaluate(&domain, &price, &mut state);
            let Some(bound) = total.map(|t| self.dual.score(t)).filter(|&b| b > self.score()) else {
                continue;
            };
            let wide = self.recorder.before(&domain);
            self.dual.narrow(&mut domain, &price, self.score());
            self.recorder.narrowed(at, wide, &domain);
            let Some(sides) = carried.sides(step) else {
                let from = Rc::new(carried.walk(self.dual, price.to_vec()));
                open.push(Node { domain, from, bound, step: at, moved: None });
                continue;
            };
            for (side, decided) in sides {
                let mut domain = domain.clone();
                // The same box looked at again is the same step here.
                let at = if decided.is_some() { self.recorder.step(Some(at), decided) } else { at };
                decided.iter().for_each(|c| c.apply(self.problem, &mut domain));
                trying.push(Trying { step: side, at, domain, price: Rc::clone(&price) });
            }
        }
        open
    }
}

#[cfg(test)]
mod tests {
    use super::super::draw::{Random, draw};
    use super::super::*;
    use super::*;
    use crate::control::Control;

    /// Spoils what a record says, at random.
    fn spoil(record: &mut Record, r: &mut Random) {
        let (rows, arcs, steps) =
            (record.rows.len() as u32, record.arcs.len() as u32, record.tree.steps.len() as u32);
        for step in &mut record.tree.steps {
            for (row, price) in step.price.iter_mut().flatten() {
                match r.below(6) {
                    0 => *price = -*price,
                    1 => *price = i64::from(r.below(1 << 20)) << r.below(40),
                    2 => *row = r.below(rows.max(1)),
                    _ => {}
                }
            }
            if r.chance(30) {
                step.decided = match step.decided {
                    Some(Change::AtMost(o, k)) => Some(Change::AtMost(o, k.saturating_sub(1))),
                    Some(Change::AtLeast(o, k)) => Some(Change::AtLeast(o, k + 1)),
                    Some(Change::Open(_) | Change::Shut(_)) => None,
                    Some(Change::Not(arc, o)) => Some(Change::Follows(arc, o)),
                    other => other,
                };
            }
            if r.chance(10) {
                step.parent = step.parent.map(|parent| r.below(parent as u32 + 1) as usize);
            }
        }
        if steps > 1 && r.chance(30) {
            record.tree.steps.truncate(1 + r.below(steps) as usize);
        }
        for origin in &mut record.rows {
            if let Origin::Cut(why) = origin {
                why.divisor += i64::from(r.below(3)) - 1;
                why.rows.iter_mut().for_each(|row| row.1 *= i64::from(r.below(4)) - 1);
            }
        }
        for _ in 0..arcs / 3 {
            let (a, b) = (r.below(arcs) as usize, r.below(arcs) as usize);
            record.arcs.swap(a, b);
        }
        for _ in 0..rows / 3 {
            let (a, b) = (r.below(rows) as usize, r.below(rows) as usize);
            record.rows.swap(a, b);
        }
    }

    /// A small change of a problem.
    fn changed(problem: &Problem, r: &mut Random) -> Problem {
        let mut p = problem.clone();
        let youth = r.below(p.youths.len() as u32) as usize;
        match r.below(5) {
            0 => {
                p.youths.remove(youth);
                p.hosts.retain(|h| h.youth as usize != youth);
                p.hosts.iter_mut().for_each(|h| h.youth -= u32::from(h.youth as usize > youth));
            }
            1 => {
                p.youths.insert(youth, p.youths[youth].clone());
                p.hosts.iter_mut().for_each(|h| h.youth += u32::from(h.youth as usize > youth));
            }
            2 => p.youths[youth].weight += 1,
            3 => p.programmes[0].max += 1,
            _ => p.options[0].max_groups += 1,
        }
        p
    }

    /// A search of a whole problem from an assignment, anew or from a record: its bound and what it leaves.
    fn searched(problem: &Problem, found: &Assignment, from: Option<(&Record, &Alignment)>) -> (i64, Record) {
        let merged = true;
        let mut dual = Dual::new(problem, Tier::Placed, &[], merged).unwrap();
        let carried = from.map(|(record, rows)| Carried::new(record, rows, &mut dual));
        let mut branching = Branching {
            linear: true,
            known: None,
            program: None,
            costs: vec![Cost::default(); problem.options.len()],
            shared: false,
            problem,
            at: 0,
            dual: &mut dual,
            ground: &plan::Ground::new(problem),
            found: &mut found.clone(),
            nodes: 60,
            steps: 100,
            keep: Some(&[]),
            clock: clock::Clock::new(None),
            recorder: proof::Recorder::new(Some(KEPT)),
            rooted: None,
        };
        let score = match &carried {
            Some(carried) => branching.resume(carried),
            None => branching.run(),
        };
        let Branching { recorder, costs, rooted, .. } = branching;
        let tree = recorder.into_tree().unwrap();
        (score, Record::new(merged, &dual, tree, costs, rooted.as_ref()).unwrap())
    }

    /// The optimum, and an assignment that is just short of it; `None` where there is none.
    fn short_of_best(problem: &Problem) -> Option<(i64, Assignment)> {
        let solution = Milp.solve(problem, &Limits::default(), &Control::none()).unwrap();
        let Solution::Found { assignment, tiers } = solution else { return None };
        let without = |at: usize| {
            let mut less = assignment.clone();
            less.members.remove(at);
            less
        };
        let less = (0..assignment.members.len()).map(without).find(|a| verify(problem, a).is_ok());
        let empty = Some(Assignment::default()).filter(|a| verify(problem, a).is_ok());
        (tiers[0].proof == Proof::Optimal).then_some((tiers[0].value, less.or(empty)?))
    }

    #[test]
    fn a_record_that_is_wrong_proves_nothing_wrong() {
        let (mut tried, mut proved) = (0, 0);
        for seed in 0..300u64 {
            let r = &mut Random::new(seed);
            let problem = if seed % 8 > 0 { draw(r) } else { branch::tests::territory(seed) };
            let placed = Problem { tiers: vec![Tier::Placed], pins: Vec::new(), ..problem };
            let Some((_, found)) = short_of_best(&placed) else { continue };
            let (_, record) = searched(&placed, &found, None);
            for spoiling in 0..6 {
                let after = changed(&placed, r);
                let Some((best, found)) = short_of_best(&after) else { continue };
                let mut record = record.clone();
                if spoiling > 0 {
                    spoil(&mut record, r);
                }
                let rows = Alignment::new(&placed, &after);
                let (bound, _) = searched(&after, &found, Some((&record, &rows)));
                assert!(bound >= best, "seed {seed}, {spoiling}: {bound} but {best}");
                tried += 1;
                proved += u32::from(bound == best);
            }
        }
        assert!(tried > 800 && proved * 10 > tried * 9, "{tried} tried, {proved} proved");
    }

    #[test]
    fn sides_that_do_not_cover_a_box_are_not_taken() {
        let mut refused = 0;
        for seed in 0..40 {
            let problem = branch::tests::territory(seed);
            let Some((_, found)) = short_of_best(&problem) else { continue };
            let (_, mut record) = searched(&problem, &found, None);
            let rows = Alignment::new(&problem, &problem);
            let parents = |record: &Record, whole: bool| {
                let mut dual = Dual::new(&problem, Tier::Placed, &[], true).unwrap();
                let carried = Carried::new(record, &rows, &mut dual);
                let two = |at: &usize| carried.children[*at].len() == 2;
                let branches = (0..record.tree.steps.len()).filter(two);
                branches.map(|at| assert_eq!(carried.sides(at).is_some(), whole)).count()
            };
            parents(&record, true);
            for step in &mut record.tree.steps {
                step.decided = match step.decided {
                    Some(Change::AtMost(o, k)) => Some(Change::AtMost(o, k + 1)),
                    Some(Change::Open(g)) => Some(Change::Shut(g)),
                    Some(Change::Not(arc, o)) => Some(Change::Follows(arc, o)),
                    other => other,
                };
            }
            refused += parents(&record, false);
        }
        assert!(refused > 10, "{refused}");
    }
}
