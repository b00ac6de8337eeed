//! Problems of the size of a territory: valid, bounded, and the same each time.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../benches/common/groups.rs"]
mod cases;

use maillage::Control;
use maillage::groups::{Limits, Milp, Problem, Solution, Solve, Tier, value, verify};

fn solve(problem: &Problem) -> Solution {
    problem.check().unwrap();
    Milp.solve(problem, &Limits::default(), &Control::none()).unwrap()
}

#[test]
fn territories_are_solved_and_bounded() {
    for size in [cases::SMALL, cases::MIDDLE, cases::LARGE] {
        let problem = cases::case(size, 1);
        let Solution::Found { assignment, tiers } = solve(&problem) else { panic!("{size:?}") };
        assert_eq!(verify(&problem, &assignment), Ok(()));
        for t in &tiers {
            assert_eq!(value(&problem, &assignment, t.tier), t.value);
            assert!(if t.tier.maximised() { t.value <= t.bound } else { t.value >= t.bound }, "{t:?}");
        }
        let placed = tiers.iter().find(|t| t.tier == Tier::Placed).unwrap();
        // Within a tenth of the bound: not a promise, but a drop would show.
        assert!(placed.value * 10 >= placed.bound * 9, "{placed:?}");
    }
}

#[test]
fn the_same_territory_gets_the_same_answer() {
    let problem = cases::case(cases::MIDDLE, 2);
    assert_eq!(solve(&problem), solve(&problem));
}

#[test]
fn a_watcher_can_cancel() {
    let problem = cases::case(cases::SMALL, 1);
    let stop = |_| std::ops::ControlFlow::Break(());
    assert!(Milp.solve(&problem, &Limits::default(), &Control::new(&stop)).is_err());
}
