//! A better assignment near one that is known, without a proof: what many small questions can afford.

use super::clock::Clock;
use super::plan::{Ground, key, polish, repaired};
use super::problem::Problem;
use super::solution::Assignment;
use super::split::{Part, split};
use super::verify::verify;

/// Goes on from an assignment of the problem, closing and opening groups `rounds` times in each part that nothing ties to
/// another. The answer respects the problem and is no worse in its tiers; deterministic. `None` where
/// `from` respects it neither.
///
/// ```
/// # use maillage::groups::*;
/// # use maillage::units::Seconds;
/// # let arcs = vec![Arc { option: 0, time: Seconds::new(600), gate: None }];
/// # let problem = Problem {
/// #     programmes: vec![Sizes { min: 2, target: 3, max: 4 }],
/// #     options: vec![OptionSpec {
/// #         programme: 0, max_groups: 1, cost: 100, gates: Vec::new(), lower_min: None, posts: Vec::new(),
/// #     }],
/// #     youths: vec![YouthSpec { weight: 1, traits: 0, arcs }; 3],
/// #     tiers: vec![Tier::Placed],
/// #     ..Problem::default()
/// # };
/// let better = improve(&problem, &Assignment::default(), 4).expect("nobody is pinned");
/// assert_eq!(better.members.len(), 3);
/// ```
pub fn improve(problem: &Problem, from: &Assignment, rounds: u32) -> Option<Assignment> {
    let mut whole = Assignment::default();
    for part in split(problem)? {
        let own = within(from, &part);
        part.merge_into(&better(&part.problem, own, rounds), &mut whole);
    }
    whole.groups.sort_unstable();
    whole.members.sort_unstable();
    whole.gates.sort_unstable();
    verify(problem, &whole).is_ok().then_some(whole)
}

/// Opens what can be beside an assignment, then goes on from there; the assignment itself where that is no better.
fn better(problem: &Problem, own: Assignment, rounds: u32) -> Assignment {
    let ground = Ground::new(problem);
    let found = repaired(&ground, &own).and_then(|start| polish(&ground, &start, rounds, Clock::new(None)));
    let is_better =
        |found: &Assignment| verify(problem, &own).is_err() || key(problem, found) < key(problem, &own);
    found.filter(is_better).unwrap_or(own)
}

/// An assignment's share in a part, in its numbers.
fn within(whole: &Assignment, part: &Part) -> Assignment {
    let place = |rows: &[u32], row: u32| rows.binary_search(&row).ok().map(|at| at as u32);
    let option = |o| place(&part.options, o);
    let member = |&(y, o, gate): &(u32, u32, Option<u32>)| {
        let gate = gate.map(|g| place(&part.gates, g));
        Some((place(&part.youths, y)?, option(o)?, if let Some(g) = gate { Some(g?) } else { None }))
    };
    Assignment {
        groups: whole.groups.iter().filter_map(|&(o, k)| Some((option(o)?, k))).collect(),
        members: whole.members.iter().filter_map(member).collect(),
        gates: whole.gates.iter().filter_map(|&g| place(&part.gates, g)).collect(),
    }
}
