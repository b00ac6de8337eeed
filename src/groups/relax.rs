//! Bounds on a tier without searching the whole model.

use super::problem::{Problem, Tier};

/// `bound`, in units of `unit`, rounded outwards to what a tier's value can be.
pub(super) fn rounded(tier: Tier, bound: f64, unit: u64) -> Option<i64> {
    // Floating point is trusted to six digits below one, and nine in all.
    let guard = 1e-6_f64.max(bound.abs() * 1e-9);
    let units = if tier.maximised() { (bound + guard).floor() } else { (bound - guard).ceil() };
    if !units.is_finite() || units.abs() > 1e15 {
        return None;
    }
    (units as i64).checked_mul(i64::try_from(unit).ok()?)
}

/// A bound by counting: placements at most one a youth and programme, each at
/// least as quick as its quickest arc.
pub(super) fn quick(problem: &Problem, tier: Tier, kept: &[(Tier, i64)]) -> i64 {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for youth in &problem.youths {
        let mut quickest = std::collections::BTreeMap::new();
        for arc in &youth.arcs {
            let programme = problem.options[arc.option as usize].programme;
            let time = arc.time.get();
            quickest.entry(programme).and_modify(|t: &mut u32| *t = time.min(*t)).or_insert(time);
        }
        pairs.extend(quickest.into_values().map(|time| (time, youth.weight)));
    }
    match tier {
        Tier::Placed => pairs.iter().map(|p| i64::from(p.1)).sum(),
        Tier::Cost | Tier::OffTarget => 0,
        Tier::Minutes => {
            let placed = kept.iter().find(|k| k.0 == Tier::Placed).map_or(0, |k| k.1);
            let heaviest = pairs.iter().map(|p| i64::from(p.1)).max().unwrap_or(1).max(1);
            let least = usize::try_from(placed.max(0).unsigned_abs().div_ceil(heaviest.unsigned_abs()));
            pairs.sort_unstable();
            pairs.iter().take(least.unwrap_or(usize::MAX)).map(|p| i64::from(p.0)).sum()
        }
    }
}

/// A bound from linear programming on options alone.
pub(super) fn bound(problem: &Problem, tier: Tier, kept: &[(Tier, i64)]) -> i64 {
    quick(problem, tier, kept)
}
