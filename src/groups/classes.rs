//! Youths who are alike: same weight, same options within reach, no pin of
//! their own. A bound needs to look at one of them only.

use super::problem::{Arc, OptionIx, Pin, Problem, YouthIx};

/// Youths of a problem by class.
pub(super) struct Classes {
    /// Members of each class, ascending; classes by their first member.
    pub(super) members: Vec<Vec<YouthIx>>,
}

impl Classes {
    /// Classes; travel times tell youths apart only when `timed`.
    pub(super) fn new(problem: &Problem, timed: bool) -> Self {
        let mut own = vec![None; problem.youths.len()];
        for pin in &problem.pins {
            match *pin {
                Pin::In { youth, .. } | Pin::Out { youth, .. } => own[youth as usize] = Some(youth),
                Pin::Apart(y, z) => [y, z].into_iter().for_each(|w| own[w as usize] = Some(w)),
                Pin::Open { .. } => {}
            }
        }
        // Whoever takes others along is like nobody else.
        problem.hosts.iter().for_each(|h| own[h.youth as usize] = Some(h.youth));
        let arc = move |a: &Arc| (a.option, a.gate, if timed { a.time.get() } else { 0 });
        let key = |y: YouthIx| {
            let youth = &problem.youths[y as usize];
            (own[y as usize], youth.weight, youth.traits, youth.arcs.len())
        };
        let arcs = |y: YouthIx| problem.youths[y as usize].arcs.iter().map(arc);
        let order = |&a: &YouthIx, &b: &YouthIx| key(a).cmp(&key(b)).then_with(|| arcs(a).cmp(arcs(b)));
        let mut sorted: Vec<YouthIx> = (0..problem.youths.len() as YouthIx).collect();
        sorted.sort_by(order);
        let alike = |a: &YouthIx, b: &YouthIx| order(a, b).is_eq();
        let mut members: Vec<Vec<YouthIx>> = sorted.chunk_by(alike).map(<[YouthIx]>::to_vec).collect();
        members.sort_unstable_by_key(|m| m[0]);
        Self { members }
    }

    /// Everybody a class.
    pub(super) fn single(problem: &Problem) -> Self {
        Self { members: (0..problem.youths.len() as YouthIx).map(|y| vec![y]).collect() }
    }
}

/// Sets of a youth's arcs of which they can follow one: everything that two
/// arcs exclude is in some set. Positions in `options`, each option once.
pub(super) fn exclusive_sets(problem: &Problem, options: &[OptionIx]) -> Vec<Vec<usize>> {
    let n = options.len();
    let excludes: Vec<bool> =
        (0..n * n).map(|at| problem.in_conflict(options[at / n], options[at % n])).collect();
    let mut covered: Vec<bool> = excludes.iter().map(|e| !e).collect();
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for at in 0..n * n {
        let (a, b) = (at / n, at % n);
        if covered[at] || a >= b {
            continue;
        }
        let mut set = vec![a, b];
        for c in 0..n {
            if set.iter().all(|&s| excludes[s * n + c]) {
                set.push(c);
            }
        }
        set.sort_unstable();
        set.iter().for_each(|&s| set.iter().for_each(|&t| covered[s * n + t] = true));
        sets.push(set);
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::groups::{OptionSpec, Sizes};

    #[test]
    fn conflicts_grow_into_the_sets_of_a_slot() {
        let option = |programme| OptionSpec {
            programme,
            max_groups: 1,
            cost: 0,
            gates: Vec::new(),
            lower_min: None,
            posts: Vec::new(),
        };
        // Three programmes in one slot, and one of them in another slot too.
        let p = Problem {
            programmes: vec![Sizes { min: 1, target: 1, max: 1 }; 3],
            options: vec![option(0), option(1), option(2), option(0)],
            conflicts: vec![vec![1, 2], vec![0, 2], vec![0, 1], vec![]],
            ..Problem::default()
        };
        assert_eq!(exclusive_sets(&p, &[0, 1, 2, 3]), [vec![0, 1, 2], vec![0, 3]]);
    }
}
