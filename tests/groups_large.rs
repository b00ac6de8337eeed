//! Problems of the size of a whole territory.

mod rural;

use maillage::control::Control;
use maillage::groups::*;
use rural::{LARGE, MEDIUM, SMALL, Shape, rural};

fn solve(problem: &Problem) -> Solution {
    Milp.solve(problem, &Limits::default(), &Control::none()).expect("nobody cancels")
}

fn holds(shape: &Shape, seed: u64) {
    let problem = rural(seed, shape);
    problem.check().expect("well formed");
    let arcs: usize = problem.youths.iter().map(|y| y.arcs.len()).sum();
    let start = std::time::Instant::now();
    let Solution::Found { assignment, tiers } = solve(&problem) else { panic!("nothing is pinned") };
    println!("{} options, {arcs} arcs, {:?}: {tiers:?}", problem.options.len(), start.elapsed());
    verify::feasible(&problem, &assignment).expect("feasible");
    for t in tiers {
        assert_eq!(verify::value(&problem, t.tier, &assignment), t.value);
        assert!(if t.tier.maximised() { t.value <= t.bound } else { t.value >= t.bound });
    }
}

#[test]
fn small_problems_hold() {
    (1..6).for_each(|seed| holds(&SMALL, seed));
}

#[test]
fn medium_problems_hold() {
    (1..4).for_each(|seed| holds(&MEDIUM, seed));
}

#[test]
fn large_problems_hold() {
    (1..3).for_each(|seed| holds(&LARGE, seed));
}
