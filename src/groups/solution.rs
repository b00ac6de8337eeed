//! What a solver answers: groups, members, and for each tier a value with its bound.

use super::certificate::Certificate;
use super::problem::{GateIx, OptionIx, Problem, Tier, YouthIx};
use crate::control::Control;
use crate::error::Error;
use std::time::Duration;

/// How far a solver may go. By default nodes, not clocks, so that the same input gives
/// the same answer on every machine.
///
/// ```
/// use maillage::groups::Limits;
/// use std::time::Duration;
///
/// assert_eq!(Limits::default().time, None, "the same answer on any machine");
/// let hurried = Limits { time: Some(Duration::from_secs(5)), ..Limits::default() };
/// assert_eq!(hurried.nodes, Limits::default().nodes);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most branch-and-bound nodes a tier.
    pub nodes: u64,
    /// Most time in all. The answer then depends on the machine, and [`Stopped::TimeLimit`] says so.
    pub time: Option<Duration>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { nodes: 2_000, time: None }
    }
}

/// Whether a tier's value is proved.
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
/// let Solution::Found { tiers, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert_eq!(tiers[0].proof, Proof::Optimal);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Nothing better exists: value and bound are equal.
    Optimal,
    /// Nothing better than the bound exists.
    Bounded,
}

/// Why the search ended.
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
/// let Solution::Found { tiers, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert_eq!(tiers[0].stopped, Stopped::Finished);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The proof was complete.
    Finished,
    /// The node limit was reached, or the problem was too large to search.
    NodeLimit,
    /// The time limit was reached.
    TimeLimit,
}

/// What was reached for one objective.
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
/// let Solution::Found { tiers, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert_eq!((tiers[0].tier, tiers[0].value, tiers[0].bound), (Tier::Placed, 3, 3));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierResult {
    /// The objective.
    pub tier: Tier,
    /// Its value in the solution.
    pub value: i64,
    /// No solution that keeps the earlier tiers' values is better than this.
    pub bound: i64,
    /// Whether they meet.
    pub proof: Proof,
    /// Why the search ended.
    pub stopped: Stopped,
    /// Branches looked at when it was found, in all parts; those of a general solver at their ends are not counted.
    pub nodes: u64,
}

/// Groups and members.
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
/// let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert_eq!(assignment.groups, [(0, 1)]);
/// assert_eq!(assignment.members, [(0, 0, None), (1, 0, None), (2, 0, None)]);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// Options with at least one group, and how many; ascending.
    pub groups: Vec<(OptionIx, u32)>,
    /// Placements, ascending by youth, then option, with the gate of the arc used.
    pub members: Vec<(YouthIx, OptionIx, Option<GateIx>)>,
    /// Gates opened, ascending.
    pub gates: Vec<GateIx>,
}

/// A solver's answer.
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
/// problem.pins = vec![Pin::In { youth: 0, programme: 0 }, Pin::Out { youth: 0, programme: 0 }];
/// let solution = Milp.solve(&problem, &Limits::default(), &control)?;
/// assert_eq!(solution, Solution::Impossible);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Solution {
    /// The best assignment found (an empty one when nothing is viable), with
    /// one result a tier, in the problem's order.
    Found {
        /// The assignment.
        assignment: Assignment,
        /// Values and bounds.
        tiers: Vec<TierResult>,
    },
    /// The pins contradict the limits: proved, no assignment exists.
    Impossible,
    /// No assignment that respects the pins was found within the limits, and
    /// none was proved not to exist.
    NotFound,
}

/// A solver of [`Problem`]s. It may keep what it learnt between calls.
///
/// ```
/// use maillage::Control;
/// use maillage::groups::{Limits, Milp, Problem, Solution, Solve};
///
/// /// Counts what it is asked.
/// #[derive(Clone)]
/// struct Counting(u32);
///
/// impl Solve for Counting {
///     fn solve(
///         &mut self,
///         problem: &Problem,
///         limits: &Limits,
///         control: &Control<'_>,
///     ) -> Result<Solution, maillage::Error> {
///         self.0 += 1;
///         Milp.solve(problem, limits, control)
///     }
///
///     fn fork(&self) -> Box<dyn Solve> {
///         Box::new(self.clone())
///     }
/// }
///
/// let mut solver = Counting(0);
/// solver.solve(&Problem::default(), &Limits::default(), &Control::none())?;
/// assert_eq!(solver.0, 1);
/// # Ok::<(), maillage::Error>(())
/// ```
pub trait Solve: Send + Sync {
    /// Solves within the limits. The problem has passed [`Problem::check`].
    ///
    /// # Errors
    /// [`Error::Cancelled`] only.
    fn solve(&mut self, problem: &Problem, limits: &Limits, control: &Control<'_>)
    -> Result<Solution, Error>;

    /// Another that knows what this one knows, for what is asked beside it.
    fn fork(&self) -> Box<dyn Solve>;

    /// The certificate of the last answer, from a solver that writes them.
    fn certificate(&mut self) -> Option<Certificate> {
        None
    }
}

impl Clone for Box<dyn Solve> {
    fn clone(&self) -> Self {
        self.as_ref().fork()
    }
}
