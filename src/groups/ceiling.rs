//! A bound on what can be placed, without a plan: what many small questions can afford.

use super::clock::Countdown;
use super::coarse::Coarse;
use super::milp::{Milp, trivial_bound};
use super::problem::{Problem, Tier};
use super::solution::{Limits, Solution, Solve};
use super::split::{Part, split};
use crate::control::Control;
use crate::error::Error;

/// What no plan of the problem places more than, by weight, whatever its tiers: the best, or what bounds it, of a problem in which the
/// moments of a place are one. `None` when not even that keeps the pins, so that no plan does.
///
/// ```
/// # use maillage::groups::*;
/// # use maillage::units::Seconds;
/// # let control = maillage::Control::none();
/// # let arcs = vec![Arc { option: 0, time: Seconds::new(600), gate: None }];
/// # let mut problem = Problem {
/// #     programmes: vec![Sizes { min: 2, target: 3, max: 4 }],
/// #     options: vec![OptionSpec {
/// #         programme: 0, max_groups: 1, cost: 100, gates: Vec::new(), lower_min: None, posts: Vec::new(),
/// #     }],
/// #     youths: vec![YouthSpec { weight: 1, traits: 0, arcs }; 3],
/// #     tiers: vec![Tier::Placed],
/// #     ..Problem::default()
/// # };
/// assert_eq!(ceiling(&problem, &Limits::default(), &control)?, Some(3));
/// problem.pins.push(Pin::Open { options: vec![0], groups: 2 });
/// assert_eq!(ceiling(&problem, &Limits::default(), &control)?, None);
/// # Ok::<(), maillage::Error>(())
/// ```
///
/// # Errors
/// [`Error::Cancelled`] only.
pub fn ceiling(problem: &Problem, limits: &Limits, control: &Control<'_>) -> Result<Option<i64>, Error> {
    // Of what many levers add, most can't be used in one question: it is dropped before anything is merged.
    let Some(parts) = split(problem) else { return Ok(None) };
    let time = Countdown::new(limits);
    let mut most = 0_i64;
    for Part { problem, .. } in &parts {
        let own = match time.left() {
            Some(limits) => of_part(problem, &limits, control)?,
            None => Some(trivial_bound(problem, Tier::Placed)),
        };
        let Some(own) = own else { return Ok(None) };
        most = most.saturating_add(own);
    }
    Ok(Some(most))
}

fn of_part(problem: &Problem, limits: &Limits, control: &Control<'_>) -> Result<Option<i64>, Error> {
    let coarse = Coarse::any(problem).problem;
    Ok(match Milp.solve(&coarse, limits, control)? {
        Solution::Found { tiers, .. } => tiers.first().map(|tier| tier.bound),
        Solution::Impossible => None,
        Solution::NotFound => Some(trivial_bound(problem, Tier::Placed)),
    })
}
