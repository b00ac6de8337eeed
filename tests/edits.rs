//! A solver that remembers answers edited problems as one that starts afresh: the same proved values, by
//! assignments that hold.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../benches/common/groups.rs"]
#[allow(dead_code, reason = "the sizes of the benches are for the benches")]
mod cases;
#[path = "../benches/common/draw.rs"]
mod draw;
#[path = "../benches/common/edits.rs"]
mod edits;
#[path = "../benches/common/rural.rs"]
mod rural;
#[path = "../src/groups/draw.rs"]
#[allow(dead_code, reason = "the engine's own tests draw more than whole problems")]
mod small;

use draw::Draw;
use edits::{Kind, edited};
use maillage::groups::{
    Limits, Milp, Problem, Proof, Solution, Solve, Tier, TierResult, Warm, value, verify,
};
use maillage::{Control, groups, units};
use std::collections::BTreeMap;

fn solve(solver: &mut impl Solve, problem: &Problem) -> Solution {
    problem.check().unwrap();
    let solution = solver.solve(problem, &Limits::default(), &Control::none()).unwrap();
    if let Solution::Found { assignment, tiers } = &solution {
        assert_eq!(verify(problem, assignment), Ok(()));
        for t in tiers {
            assert_eq!(value(problem, assignment, t.tier), t.value);
            assert!(score(t, t.value) <= score(t, t.bound), "{t:?}");
            assert_eq!(t.proof == Proof::Optimal, t.value == t.bound, "{t:?}");
        }
    }
    solution
}

/// More is better.
fn score(result: &TierResult, value: i64) -> i64 {
    if result.tier.maximised() { value } else { -value }
}

/// What was compared.
#[derive(Default)]
struct Told {
    kinds: BTreeMap<Kind, u32>,
    /// Objectives that both proved, and those that only one did.
    both: u32,
    fresh_only: u32,
}

/// Both say the same as far as both prove it, and neither proves the other wrong.
fn compare(told: &mut Told, warm: &Solution, fresh: &Solution, place: &str) {
    let (Solution::Found { tiers: a, .. }, Solution::Found { tiers: b, .. }) = (warm, fresh) else {
        let refused = |s: &Solution| matches!(s, Solution::Impossible);
        let found = |s: &Solution| matches!(s, Solution::Found { .. });
        assert!(!(refused(warm) && found(fresh) || found(warm) && refused(fresh)), "{place}");
        return;
    };
    for (a, b) in a.iter().zip(b) {
        assert!(score(a, a.value) <= score(b, b.bound), "{place}: {a:?} {b:?}");
        assert!(score(b, b.value) <= score(a, a.bound), "{place}: {a:?} {b:?}");
        match (a.proof, b.proof) {
            (Proof::Optimal, Proof::Optimal) => told.both += 1,
            (Proof::Bounded, Proof::Optimal) => {
                assert_ne!(a.tier, Tier::Placed, "{place}: {a:?} {b:?}");
                told.fresh_only += 1;
                return;
            }
            _ => return,
        }
    }
}

/// Edits a problem time after time.
fn walk(told: &mut Told, problem: Problem, steps: u64, seed: u64) {
    let (mut problem, mut warm, r) = (problem, Warm::default(), &mut Draw(seed));
    solve(&mut warm, &problem);
    for step in 0..steps {
        let kind = Kind::ALL[r.below(Kind::ALL.len() as u64) as usize];
        let Some(after) = edited(&problem, kind, r) else { continue };
        let place = format!("seed {seed}, step {step}, {kind:?}");
        compare(told, &solve(&mut warm, &after), &solve(&mut Milp, &after), &place);
        *told.kinds.entry(kind).or_default() += 1;
        problem = after;
    }
}

#[test]
fn small_problems_of_every_kind() {
    let mut told = Told::default();
    for seed in 0..1_000 {
        walk(&mut told, small::draw(&mut small::Random::new(seed)), 12, seed);
    }
    // Rooms are what structures have.
    let kinds = Kind::ALL.iter().filter(|&&k| k != Kind::Rooms);
    assert!(kinds.copied().all(|k| told.kinds.get(&k).is_some_and(|&n| n > 50)), "{:?}", told.kinds);
    assert!(told.both > 10_000 && told.fresh_only * 50 < told.both, "{} {}", told.both, told.fresh_only);
}

#[test]
fn structures_and_territories() {
    let mut told = Told::default();
    for seed in 0..6 {
        walk(&mut told, rural::structures(1, 60, seed), 12, seed);
        walk(&mut told, rural::structures(3, 40, seed), 12, seed);
        walk(&mut told, cases::case(cases::SMALL, seed), 6, seed);
    }
    assert!(told.kinds.contains_key(&Kind::Rooms), "{:?}", told.kinds);
    assert!(told.both > 120, "{} {}", told.both, told.fresh_only);
}

#[test]
fn the_same_calls_get_the_same_answers() {
    let answers = || {
        let (mut problem, mut warm, r) = (rural::structures(2, 60, 3), Warm::default(), &mut Draw(3));
        let mut answers = vec![solve(&mut warm, &problem)];
        for kind in Kind::ALL {
            problem = edited(&problem, kind, r).unwrap_or(problem);
            answers.push(solve(&mut warm, &problem));
        }
        answers
    };
    assert_eq!(answers(), answers());
}
