//! Every certificate written is checked, and what matters in it can't be changed.

use super::super::branch::tests::territory;
use super::super::certificate::{Certificate, Claim, Node, Row, TierClaim, check};
use super::super::leaf::flows;
use super::super::split::split;
use super::super::tests::tiny;
use super::super::{Certifying, Limits, Milp, Problem, Proof, Solution, Solve, Tier};
use crate::control::Control;

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

fn tiers(certificate: &mut Certificate) -> &mut Vec<TierClaim> {
    match &mut certificate.claim {
        Claim::Found { tiers, .. } => tiers,
        Claim::Impossible(_) => panic!("nothing found"),
    }
}

/// Whether the engine's first tier is proved, and whether the certificate says so too.
fn first_tier(seed: u64, problem: &Problem) -> Option<(bool, bool)> {
    let (solution, certificate) = certified(problem);
    let Solution::Found { tiers: results, .. } = solution else { return None };
    let mut certificate = certificate.unwrap();
    let claims = tiers(&mut certificate).clone();
    for (claim, result) in claims.iter().zip(&results) {
        assert_eq!(claim.value, result.value, "seed {seed}");
    }
    if claims[0].is_optimal() {
        refused_once_changed(seed, problem, &certificate);
    }
    Some((results[0].proof == Proof::Optimal, claims[0].is_optimal()))
}

/// Each change that matters is refused: a leaf less, prices under which the claim itself
/// would be refuted, a better bound.
fn refused_once_changed(seed: u64, problem: &Problem, certificate: &Certificate) {
    let refused = |change: &dyn Fn(&mut TierClaim)| {
        let mut changed = certificate.clone();
        change(&mut tiers(&mut changed)[0]);
        assert!(check(problem, &changed).is_err(), "seed {seed}: {changed:?}");
    };
    let step = if problem.tiers[0].maximised() { -1 } else { 1 };
    refused(&|claim| {
        claim.bound += step;
        claim.parts.iter_mut().take(1).for_each(|p| p.bound += step);
        // Nobody placed and no part: one must be too many.
        claim.value += if claim.parts.is_empty() { 1 } else { step };
    });
    let parts = &tiers(&mut certificate.clone())[0].parts.clone();
    for (at, part) in parts.iter().enumerate() {
        refused(&|claim| {
            claim.parts[at].search.nodes.pop();
        });
        // Without the objective, the prices would say that the assignment itself does not exist.
        if !part.search.nodes.iter().any(|n| matches!(n, Node::TooFull(_))) {
            refused(&|claim| {
                let prices = claim.parts[at].search.prices.iter_mut().flatten();
                prices.filter(|p| p.0 == Row::Better).for_each(|p| p.1 = 0);
            });
        }
    }
}

#[test]
fn tiny_problems_are_certified() {
    let (mut proved, mut certified) = (0, 0);
    for seed in 0..5_000 {
        let problem = tiny(seed);
        let Some((engine, certificate)) = first_tier(seed, &problem) else { continue };
        proved += u32::from(engine);
        certified += u32::from(certificate);
        if engine && problem.tiers[0] == Tier::Placed && flows(&problem) {
            assert!(certificate, "seed {seed}: {problem:?}");
        }
    }
    // Mixes and pairs apart are in no row of the dual.
    assert!(proved > 4_000 && certified * 20 >= proved * 19, "{certified} of {proved}");
}

#[test]
fn territories_are_certified() {
    let (mut proved, mut certified) = (0, 0);
    for seed in 0..120 {
        let Some((engine, certificate)) = first_tier(seed, &territory(seed)) else { continue };
        proved += u32::from(engine);
        certified += u32::from(certificate);
    }
    assert!(proved > 100 && certified * 20 >= proved * 19, "{certified} of {proved}");
}

#[test]
fn asking_for_a_certificate_changes_no_answer() {
    for problem in (0..20).map(territory) {
        let (solution, certificate) = certified(&problem);
        assert_eq!(Milp.solve(&problem, &Limits::default(), &Control::none()).unwrap(), solution);
        assert_eq!(certified(&problem), (solution, certificate));
    }
}

#[test]
fn later_tiers_are_certified_as_far_as_the_dual_proves_them() {
    let (mut optimal, mut count) = (0, 0);
    for seed in 0..500 {
        let (_, Some(mut certificate)) = certified(&tiny(seed)) else { continue };
        let Claim::Found { .. } = certificate.claim else { continue };
        let claims = tiers(&mut certificate);
        count += claims.len() - 1;
        optimal += claims[1..].iter().filter(|c| c.is_optimal()).count();
    }
    assert!(optimal * 10 >= count * 9, "{optimal} of {count}");
}

#[test]
fn what_pins_rule_out_is_certified() {
    let mut told = 0;
    for problem in (0..5_000).map(tiny).filter(|p| split(p).is_none()) {
        let (solution, certificate) = certified(&problem);
        assert_eq!(solution, Solution::Impossible);
        assert!(matches!(certificate.unwrap().claim, Claim::Impossible(_)));
        told += 1;
    }
    assert!(told > 50, "{told}");
}
