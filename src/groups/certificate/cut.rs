//! Deriving cuts, and the least that a priced sum can be over a box.

use super::super::problem::{GateIx, OptionIx};
use super::base::{Base, Bounds};
use super::check::Why;
use super::rows::{Context, Derived, Sum};
use super::{Cut, Variable};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Derives a cut; `at` holds the root's bounds, no path, and the cuts before it.
pub(super) fn derive(base: &Base<'_>, at: Context<'_>, sum: &mut Sum, cut: &Cut) -> Result<Derived, Why> {
    match cut {
        Cut::Hall { options, divisor } => hall(base, options, *divisor),
        Cut::Rounded { prices, complemented, divisor } => {
            sum.clear();
            prices.iter().try_for_each(|&(row, price)| sum.add(base, at, row, price))?;
            rounded(base, sum, complemented, *divisor)
        }
    }
}

/// Those who can attend one of the options, each counted once a programme, in a box.
pub(super) fn comers(base: &Base<'_>, options: &[OptionIx], bounds: &Bounds) -> BTreeSet<(u32, u32)> {
    let of = |&o: &OptionIx| {
        let programme = base.problem.options[o as usize].programme;
        let free = |r: &&(u32, Range<usize>)| r.1.clone().any(|arc| bounds.high[arc] > 0);
        base.reach[o as usize].iter().filter(free).map(move |r| (r.0, programme))
    };
    options.iter().flat_map(of).collect()
}

fn hall(base: &Base<'_>, options: &[OptionIx], divisor: u32) -> Result<Derived, Why> {
    let known = options.iter().all(|&o| (o as usize) < base.problem.options.len());
    if !known || !options.is_sorted_by(|a, b| a < b) || divisor == 0 {
        return Err(Why::Cut);
    }
    let divisor = i128::from(divisor);
    let term = |&o: &OptionIx| (base.groups(o), i128::from(base.least_min(o, &base.root)) / divisor);
    let right = comers(base, options, &base.root).len() as i128 / divisor;
    Ok(Derived { left: options.iter().map(term).collect(), right })
}

fn rounded(base: &Base<'_>, sum: &mut Sum, complemented: &[Variable], divisor: i64) -> Result<Derived, Why> {
    let allowed = |v: &Variable| !matches!(v, Variable::Off(_));
    if divisor < 1 || !complemented.is_sorted_by(|a, b| a < b) || !complemented.iter().all(allowed) {
        return Err(Why::Cut);
    }
    let divisor = i128::from(divisor);
    let mut replaced = BTreeSet::new();
    for &variable in complemented {
        let number = base.number(variable).ok_or(Why::Cut)?;
        let most = i128::from(base.root.high[number]);
        let part = sum.left[number].checked_mul(most).ok_or(Why::TooLarge)?;
        sum.right = sum.right.checked_sub(part).ok_or(Why::TooLarge)?;
        replaced.insert(number);
    }
    let (floor, rest) = (sum.right.div_euclid(divisor), sum.right.rem_euclid(divisor));
    let mut right = floor.checked_mul(divisor - rest).ok_or(Why::TooLarge)?;
    sum.touched.sort_unstable();
    sum.touched.dedup();
    let mut left = Vec::with_capacity(sum.touched.len());
    for &number in &sum.touched {
        let back = replaced.contains(&number);
        let a = if back { -sum.left[number] } else { sum.left[number] };
        let whole = a.div_euclid(divisor).checked_mul(divisor - rest).ok_or(Why::TooLarge)?;
        let a = whole.checked_add((a.rem_euclid(divisor) - rest).max(0)).ok_or(Why::TooLarge)?;
        if back {
            let part = a.checked_mul(base.root.high[number].into()).ok_or(Why::TooLarge)?;
            right = right.checked_sub(part).ok_or(Why::TooLarge)?;
        }
        left.push((number, if back { -a } else { a }));
    }
    Ok(Derived { left, right })
}

/// The least of `Σ a·v` over a box, or `None` when the box is empty.
pub(super) fn least(base: &Base<'_>, bounds: &Bounds, sum: &Sum) -> Result<Option<i128>, Why> {
    let mut total = 0i128;
    for (gate, options) in blocks(base, sum) {
        let Some(part) = least_of_block(base, bounds, sum, gate, &options)? else { return Ok(None) };
        total = total.checked_add(part).ok_or(Why::TooLarge)?;
    }
    Ok(Some(total))
}

/// What the sum touches: gates, each with the options behind it, and options behind none.
/// An option behind several is with the first.
pub(super) fn blocks(base: &Base<'_>, sum: &Sum) -> BTreeMap<Option<GateIx>, BTreeSet<OptionIx>> {
    let mut blocks: BTreeMap<_, BTreeSet<OptionIx>> = BTreeMap::new();
    let mut touched = sum.touched.clone();
    touched.sort_unstable();
    touched.dedup();
    for number in touched {
        match base.option_of(number) {
            Ok(option) => {
                let gate = base.problem.options[option as usize].gates.first().copied();
                blocks.entry(gate).or_default().insert(option);
            }
            Err(gate) => {
                blocks.entry(Some(gate)).or_default();
            }
        }
    }
    blocks
}

/// The least of a gate and the options behind it: closed, they have no groups.
pub(super) fn least_of_block(
    base: &Base<'_>,
    bounds: &Bounds,
    sum: &Sum,
    gate: Option<GateIx>,
    options: &BTreeSet<OptionIx>,
) -> Result<Option<i128>, Why> {
    let number = gate.map(|g| base.gate(g));
    let may = |value: i64| number.is_none_or(|n| (bounds.low[n]..=bounds.high[n]).contains(&value));
    let empty = |o: &OptionIx| {
        let must = |r: &(u32, Range<usize>)| r.1.clone().any(|arc| bounds.low[arc] > 0);
        bounds.low[base.groups(*o)] <= 0 && !base.reach[*o as usize].iter().any(must)
    };
    let closed = (gate.is_some() && may(0) && options.iter().all(empty)).then_some(0);
    if !may(1) {
        return Ok(closed);
    }
    let mut open = number.map_or(0, |n| sum.left[n]);
    for &option in options {
        let Some(part) = least_of(base, bounds, sum, option)? else { return Ok(closed) };
        open = open.checked_add(part).ok_or(Why::TooLarge)?;
    }
    Ok(Some(closed.map_or(open, |closed: i128| closed.min(open))))
}

/// The least of one option's variables.
fn least_of(base: &Base<'_>, bounds: &Bounds, sum: &Sum, o: OptionIx) -> Result<Option<i128>, Why> {
    let k = base.groups(o);
    let (a, off) = (sum.left[k], sum.left[base.off(o)]);
    if off < 0 {
        return Err(Why::Concave);
    }
    let Some(members) = Members::new(base, bounds, sum, o)? else { return Ok(None) };
    let (least, sizes) = (base.least_min(o, bounds), base.sizes(o));
    let mut best: Option<i128> = None;
    let shut = base.problem.options[o as usize].gates.iter().any(|&g| bounds.high[base.gate(g)] < 1);
    let most = if shut { 0 } else { bounds.high[k] };
    for k in bounds.low[k]..=most {
        let (from, to) = (least.checked_mul(k), i64::from(sizes.max).checked_mul(k));
        let (Some(from), Some(to)) = (from, to) else { return Err(Why::TooLarge) };
        let target = i64::from(sizes.target).checked_mul(k).ok_or(Why::TooLarge)?;
        let Some(inside) = members.least(from, to, target, off)? else { continue };
        let value = a.checked_mul(k.into()).and_then(|v| v.checked_add(inside)).ok_or(Why::TooLarge)?;
        best = Some(best.map_or(value, |b| b.min(value)));
    }
    Ok(best)
}

/// An option's possible members, those who must come first, then the cheapest.
struct Members {
    /// How many must come.
    forced: i64,
    /// What each of the others costs, ascending.
    costs: Vec<i128>,
    /// `sums[n]`: what the first `n` members cost, forced ones included.
    sums: Vec<i128>,
}

impl Members {
    /// `None` when somebody must come by two ways.
    fn new(base: &Base<'_>, bounds: &Bounds, sum: &Sum, o: OptionIx) -> Result<Option<Self>, Why> {
        let (mut forced, mut costs) = (Vec::new(), Vec::new());
        for (_, arcs) in &base.reach[o as usize] {
            let mut must = arcs.clone().filter(|&arc| bounds.low[arc] > 0).map(|arc| sum.left[arc]);
            let may = arcs.clone().filter(|&arc| bounds.high[arc] > 0).map(|arc| sum.left[arc]).min();
            match (must.next(), must.next(), may) {
                (Some(_), Some(_), _) => return Ok(None),
                (Some(cost), None, _) => forced.push(cost),
                (None, _, Some(cost)) => costs.push(cost),
                (None, _, None) => {}
            }
        }
        costs.sort_unstable();
        let mut sums = vec![0i128];
        let mut total = 0i128;
        for cost in forced.iter().chain(&costs) {
            total = total.checked_add(*cost).ok_or(Why::TooLarge)?;
            sums.push(total);
        }
        Ok(Some(Self { forced: forced.len() as i64, costs, sums }))
    }

    /// The least of `cost of n members + off·|n - target|` for `n` between two numbers.
    ///
    /// It is convex in `n`: a member pays while he costs less than `off` saves,
    /// below the target, or than `-off`, above it.
    fn least(&self, from: i64, to: i64, target: i64, off: i128) -> Result<Option<i128>, Why> {
        let (from, to) = (from.max(self.forced), to.min(self.sums.len() as i64 - 1));
        if from > to {
            return Ok(None);
        }
        let paying = |limit: i128| self.forced + self.costs.partition_point(|&c| c < limit) as i64;
        let n = target.clamp(paying(-off), paying(off)).clamp(from, to);
        let away = off.checked_mul(i128::from(n.abs_diff(target))).ok_or(Why::TooLarge)?;
        self.sums[n as usize].checked_add(away).map(Some).ok_or(Why::TooLarge)
    }
}
