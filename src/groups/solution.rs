//! What a solver answers: groups, members, and for each tier a value with its bound.

use super::certificate::Certificate;
use super::problem::{GateIx, OptionIx, Problem, Tier, YouthIx};
use crate::control::Control;
use crate::error::Error;
use std::time::Duration;

/// How far a solver may go. By default nodes, not clocks, so that the same input gives
/// the same answer on every machine.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Nothing better exists: value and bound are equal.
    Optimal,
    /// Nothing better than the bound exists.
    Bounded,
}

/// Why the search ended.
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
pub trait Solve: Send {
    /// Solves within the limits. The problem has passed [`Problem::check`].
    ///
    /// # Errors
    /// [`Error::Cancelled`] only.
    fn solve(&mut self, problem: &Problem, limits: &Limits, control: &Control<'_>)
    -> Result<Solution, Error>;

    /// The certificate of the last answer, from a solver that writes them.
    fn certificate(&mut self) -> Option<Certificate> {
        None
    }
}
