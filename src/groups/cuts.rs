//! Cuts: what whole groups can't do although halves could.
//!
//! Let `S` be options of which each youth holds one at most, and `W` some of
//! those who reach them. Members of `S` outside `W` aside, minima ask
//! `sum min k <= |W|`. Dividing by `d` and rounding (mixed-integer rounding),
//! with `|W| = t d + r` and `min = q d + s`, gives
//!
//! `sum (q (d - r) + max(0, s - r)) k - (members outside W) <= t (d - r)`
//!
//! in whole numbers. With everybody in `W` it says that so many youths fill so
//! many groups: Hall's condition, rounded down.

use super::dual::{Dual, Walk};
use super::problem::{GateIx, OptionIx};
use super::relax::Column;
use std::collections::BTreeMap;

/// A row that holds for whole groups: what each group, gate and member counts in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cut {
    pub(super) groups: Vec<(OptionIx, i64)>,
    pub(super) gates: Vec<(GateIx, i64)>,
    /// Positions in the dual's arcs.
    pub(super) arcs: Vec<(u32, i64)>,
    pub(super) right: i64,
    pub(super) why: Rounding,
}

/// Rows that, added up and rounded, are the cut.
/// Columns listed are counted from their upper bound.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rounding {
    pub(super) rows: Vec<(Source, i64)>,
    pub(super) complemented: Vec<Column>,
    pub(super) divisor: i64,
}

/// A row that a cut may be made of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// A row of the dual.
    Row(u32),
    /// Groups ask for their minimum: `min·k - n <= 0`.
    SizeLeast(OptionIx),
    /// Groups hold no more than their most: `n - max·k <= 0`.
    SizeMost(OptionIx),
    /// Nobody of a class is in a closed option: `x - most·k <= 0`, by the class's first arc to it.
    Link(u32),
    /// A capacity that the forest decides, by its row in the part.
    Capacity(u32),
    /// Each member of a class follows one of these options, which exclude each other, at most.
    Together { class: u32, options: Vec<OptionIx> },
}

/// Most options in a cut.
const WIDEST: usize = 12;
/// Most cuts a round.
const MOST: usize = 60;
/// How far outside a cut an average must be, per unit of the cut's length.
const DEPTH: f64 = 0.02;

/// Cuts that the averages of a walk break.
pub(super) fn separate(dual: &Dual<'_>, walk: &Walk) -> Vec<Cut> {
    let reach = Reach::new(dual);
    let mut found: BTreeMap<Cut, f64> = BTreeMap::new();
    for o in 0..walk.mean.len() as OptionIx {
        if walk.mean[o as usize] > 0.02 {
            grow(dual, walk, &reach, o, &mut found);
        }
    }
    let mut ranked: Vec<(f64, Cut)> = found.into_iter().map(|(cut, depth)| (depth, cut)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    ranked.truncate(MOST);
    ranked.into_iter().map(|r| r.1).collect()
}

/// Arcs of each class, as (option, arc).
struct Reach(Vec<Vec<(OptionIx, u32)>>);

impl Reach {
    fn new(dual: &Dual<'_>) -> Self {
        let mut of = vec![Vec::new(); dual.counts.len()];
        for o in 0..dual.groups.len() {
            for at in dual.first[o]..dual.first[o + 1] {
                of[dual.arcs[at].class as usize].push((o as OptionIx, at as u32));
            }
        }
        Self(of)
    }
}

/// Grows a set of options from one, each time with the one that adds the most
/// demand over new youths, and keeps the deepest cut of each size.
fn grow(dual: &Dual<'_>, walk: &Walk, reach: &Reach, start: OptionIx, found: &mut BTreeMap<Cut, f64>) {
    let min = |o: OptionIx| f64::from(dual.least(o));
    let mut set = vec![start];
    let mut inside: BTreeMap<u32, f64> = BTreeMap::new();
    let join = |o: OptionIx, inside: &mut BTreeMap<u32, f64>| {
        for at in dual.first[o as usize]..dual.first[o as usize + 1] {
            *inside.entry(dual.arcs[at].class).or_default() += walk.members[at];
        }
    };
    join(start, &mut inside);
    while set.len() < WIDEST {
        // Near options: those that somebody inside reaches too.
        let mut shared: BTreeMap<OptionIx, f64> = BTreeMap::new();
        for &c in inside.keys() {
            for &(o, _) in &reach.0[c as usize] {
                *shared.entry(o).or_default() += f64::from(dual.counts[c as usize]);
            }
        }
        let gain = |(&o, &common): (&OptionIx, &f64)| {
            let k = walk.mean[o as usize];
            let apart = set.iter().all(|&s| s != o && dual.problem.in_conflict(s, o));
            let new = f64::from(dual.reach(o)) - common;
            (k > 0.02 && apart).then_some((min(o) * k - new, o))
        };
        let best = shared.iter().filter_map(gain).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some((_, o)) = best else { return };
        set.push(o);
        join(o, &mut inside);
        round(dual, walk, reach, &set, &inside, found);
    }
}

/// The deepest cut of a set of options.
fn round(
    dual: &Dual<'_>,
    walk: &Walk,
    reach: &Reach,
    set: &[OptionIx],
    inside: &BTreeMap<u32, f64>,
    found: &mut BTreeMap<Cut, f64>,
) {
    let mut heads: Vec<(f64, u32)> =
        inside.iter().map(|(&c, &x)| (x / f64::from(dual.counts[c as usize]), c)).collect();
    heads.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut divisors: Vec<i64> = set.iter().map(|&o| i64::from(dual.least(o))).collect();
    divisors.sort_unstable();
    divisors.dedup();
    let mut best: Option<(f64, usize, i64, i64)> = None;
    for &d in &divisors {
        let (mut within, mut outside) = (0, inside.values().sum::<f64>());
        let mut arcs_out: usize = heads.iter().map(|h| arcs_within(reach, h.1, set).count()).sum();
        for (place, &(x, c)) in heads.iter().enumerate() {
            let count = i64::from(dual.counts[c as usize]);
            within += count;
            outside -= x * count as f64;
            arcs_out -= arcs_within(reach, c, set).count();
            let (t, r) = (within.div_euclid(d), within.rem_euclid(d));
            let mut left = -outside - (t * (d - r)) as f64;
            let mut length = arcs_out as f64;
            for &o in set {
                let amount = amount(i64::from(dual.least(o)), d, r) as f64;
                left += amount * walk.mean[o as usize];
                length += amount * amount;
            }
            let depth = left / length.max(1.0).sqrt();
            if depth > best.map_or(DEPTH, |b| b.0) {
                best = Some((depth, place, d, r));
            }
        }
    }
    let Some((depth, place, d, r)) = best else { return };
    let within: i64 = heads[..=place].iter().map(|h| i64::from(dual.counts[h.1 as usize])).sum();
    let mut groups: Vec<(OptionIx, i64)> =
        set.iter().map(|&o| (o, amount(i64::from(dual.least(o)), d, r))).filter(|g| g.1 > 0).collect();
    groups.sort_unstable();
    let outside = heads[place + 1..].iter().flat_map(|h| arcs_within(reach, h.1, set));
    let mut arcs: Vec<(u32, i64)> = outside.map(|at| (at, -1)).collect();
    arcs.sort_unstable();
    let why = derivation(set, heads[..=place].iter().map(|h| h.1), d);
    let right = within.div_euclid(d) * (d - r);
    found.insert(Cut { groups, gates: Vec::new(), arcs, right, why }, depth);
}

fn derivation(set: &[OptionIx], classes: impl Iterator<Item = u32>, divisor: i64) -> Rounding {
    let mut options = set.to_vec();
    options.sort_unstable();
    let mut classes: Vec<u32> = classes.collect();
    classes.sort_unstable();
    let minima = options.iter().map(|&o| (Source::SizeLeast(o), 1));
    let together = classes.iter().map(|&class| (Source::Together { class, options: options.clone() }, 1));
    Rounding { rows: minima.chain(together).collect(), complemented: Vec::new(), divisor }
}

fn arcs_within<'r>(reach: &'r Reach, class: u32, set: &'r [OptionIx]) -> impl Iterator<Item = u32> + 'r {
    reach.0[class as usize].iter().filter(move |a| set.contains(&a.0)).map(|a| a.1)
}

/// What a group of minimum `min` counts in a cut.
fn amount(min: i64, d: i64, r: i64) -> i64 {
    min.div_euclid(d) * (d - r) + (min.rem_euclid(d) - r).max(0)
}

#[cfg(test)]
mod tests {
    use super::amount;

    /// Whatever the groups and members that minima allow, the cut allows them.
    #[test]
    fn rounding_keeps_every_whole_choice() {
        for (a, b, d, within) in (1..6).flat_map(|a| {
            (a..7).flat_map(move |b| (1..7).flat_map(move |d| (0..15).map(move |within| (a, b, d, within))))
        }) {
            let (t, r) = (within / d, within % d);
            for (j, k, outside) in
                (0..4).flat_map(|j| (0..4).flat_map(move |k| (0..6).map(move |x| (j, k, x))))
            {
                if a * j + b * k <= within + outside {
                    let left = amount(a, d, r) * j + amount(b, d, r) * k - outside;
                    assert!(left <= t * (d - r), "{a} {b} {d} {within}: {j} {k} {outside}");
                }
            }
        }
    }
}
