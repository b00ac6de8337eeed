//! HiGHS beside the engine: what both prove is the same, and neither proves the other wrong.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../benches/common/groups.rs"]
#[allow(dead_code, reason = "the sizes of the benches are for the benches")]
mod cases;
#[path = "../src/groups/draw.rs"]
#[allow(dead_code, reason = "the engine's own tests draw more than whole problems")]
mod draw;

use draw::Random;
use maillage::groups::{
    Assignment, Highs, Limits, Milp, Problem, Proof, Solution, Solve, Tier, TierResult, value, verify,
};
use maillage::{Control, groups, units};
use std::path::Path;

fn solve(mut solver: impl Solve, problem: &Problem) -> Solution {
    solver.solve(problem, &Limits::default(), &Control::none()).unwrap()
}

/// The tiers of a solution that is what it says.
fn right<'a>(problem: &Problem, assignment: &Assignment, tiers: &'a [TierResult]) -> &'a [TierResult] {
    assert_eq!(verify(problem, assignment), Ok(()));
    assert!(tiers.iter().map(|t| t.tier).eq(problem.tiers.iter().copied()));
    for t in tiers {
        assert_eq!(value(problem, assignment, t.tier), t.value);
        assert!(score(t, t.value) <= score(t, t.bound), "{t:?}");
        assert_eq!(t.proof == Proof::Optimal, t.value == t.bound, "{t:?}");
    }
    tiers
}

/// More is better.
fn score(result: &TierResult, value: i64) -> i64 {
    if result.tier.maximised() { value } else { -value }
}

/// Compares the tiers up to the first that one of them has not proved, whose value later ones
/// depend on. How many both proved.
fn agree(name: &str, problem: &Problem) -> usize {
    let (ours, theirs) = (solve(Milp, problem), solve(Highs, problem));
    let (Solution::Found { assignment: a, tiers: s }, Solution::Found { assignment: b, tiers: t }) =
        (&ours, &theirs)
    else {
        assert_eq!(ours, theirs, "{name}");
        return problem.tiers.len();
    };
    let pairs = right(problem, a, s).iter().zip(right(problem, b, t));
    for (at, (s, t)) in pairs.enumerate() {
        assert!(score(s, s.value) <= score(t, t.bound), "{name}: {s:?}, {t:?}");
        assert!(score(t, t.value) <= score(s, s.bound), "{name}: {s:?}, {t:?}");
        if s.proof != Proof::Optimal || t.proof != Proof::Optimal {
            return at;
        }
        assert_eq!(s.value, t.value, "{name}");
    }
    s.len()
}

#[test]
fn on_small_problems_of_every_kind() {
    for seed in 0..1_000 {
        let problem = draw::draw(&mut Random::new(seed));
        problem.check().unwrap();
        // Both prove everything at this size.
        assert_eq!(agree(&format!("seed {seed}"), &problem), problem.tiers.len(), "seed {seed}");
    }
}

#[test]
fn on_territories() {
    let size = cases::Size { youths: 30, sites: 3, slots: 2, programmes: 2, options: 10, reach: 2_500 };
    let proved: usize = (0..20).map(|seed| agree(&format!("case {seed}"), &cases::case(size, seed))).sum();
    // Of 80 tiers: the first is what is proved most.
    assert!(proved >= 20, "{proved} tiers proved by both");
}

#[test]
fn on_the_shipped_instance() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/instances/canton.json");
    let problem = maillage::instance::open(&path).unwrap().problem;
    assert_eq!(agree("canton", &problem), problem.tiers.len());
}

#[test]
fn nothing_to_decide_is_decided() {
    let nobody = Problem { tiers: Tier::ALL.to_vec(), ..Problem::default() };
    assert_eq!(agree("nobody", &nobody), 4);
    let refused = Problem { pins: vec![groups::Pin::Open { options: Vec::new(), groups: 1 }], ..nobody };
    assert_eq!(solve(Highs, &refused), Solution::Impossible);
}

#[test]
fn limits_are_kept_and_the_same_problem_gets_the_same_answer() {
    let problem = cases::case(cases::SMALL, 1);
    let few = Limits { nodes: 1, time: None };
    let answer = || Highs.solve(&problem, &few, &Control::none()).unwrap();
    let Solution::Found { assignment, tiers } = answer() else { panic!("nobody is an answer") };
    right(&problem, &assignment, &tiers);
    assert_eq!(answer(), Solution::Found { assignment, tiers });
}
