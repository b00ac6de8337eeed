//! Every certificate written is checked, and what matters in it can't be changed.

use super::super::certificate::{Certificate, Claim, TierClaim, check};
use super::super::{Certifying, Limits, Problem, Proof, Solution, Solve, Tier, TierResult};
use crate::control::Control;
use crate::groups::tests::tiny;

/// The answer and its certificate, checked.
fn certified(problem: &Problem) -> (Solution, Option<Certificate>) {
    let mut solver = Certifying::default();
    let solution = solver.solve(problem, &Limits::default(), &Control::none()).unwrap();
    let certificate = solver.certificate();
    if let Some(certificate) = &certificate {
        assert_eq!(check(problem, certificate), Ok(()), "{problem:?}");
    }
    (solution, certificate)
}

fn claims(certificate: &Certificate) -> &[TierClaim] {
    match &certificate.claim {
        Claim::Found { tiers, .. } => tiers,
        Claim::Impossible(_) => panic!("nothing found"),
    }
}

#[test]
fn tiny_problems_are_certified() {
    let (mut first, mut all, mut some, mut none, mut count) = (0, 0, [0; 4], 0, 0);
    for seed in 0..2_000 {
        let problem = tiny(seed);
        match certified(&problem) {
            (Solution::Found { tiers, .. }, Some(certificate)) => {
                let told = claims(&certificate);
                count += 1;
                for (t, c) in tiers.iter().zip(told) { some[t.tier as usize] += i32::from(c.is_optimal()); }
                if !told[0].is_optimal() && first < 10 { first += 1; println!("seed {seed} {:?}", told[0]); println!("{problem:?}"); }
                all += i32::from(told.iter().all(|t| t.is_optimal()));
            }
            (Solution::Impossible, None) => none += 1,
            (Solution::Impossible, Some(_)) => {}
            (s, c) => panic!("seed {seed}: {s:?} {c:?}"),
        }
    }
    panic!("{count}: {some:?} all {all}, impossible without {none}");
}
