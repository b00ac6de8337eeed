//! What is told of sets of levers: the cheapest that reaches a goal, and the most places for each budget.

use super::LeverStudy;
use super::told::{Found, Gain, Tally};
use crate::groups::Tier;
use crate::units::{Cents, ProgrammeId};

/// Groups that are wanted.
///
/// ```
/// use maillage::questions::Goal;
/// use maillage::units::ProgrammeId;
///
/// let goal = Goal { programme: ProgrammeId::from_index(0), groups: 2 };
/// assert_eq!(goal.groups, 2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Of which programme.
    pub programme: ProgrammeId,
    /// How many.
    pub groups: u32,
}

/// A set of levers and what it brings.
///
/// ```
/// use maillage::questions::LeverStudy;
/// # use maillage::{Control, groups, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let asked = LeverStudy::new(&study, &[], &groups::Limits::default(), &Control::none())?.expect("a plan");
/// let steps = asked.frontier(None, &Control::none())?;
/// assert!(steps.len() == 1 && steps[0].levers.is_empty(), "without levers there is today alone");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The levers, by their places in the list.
    pub levers: Vec<usize>,
    /// What they cost together.
    pub cost: Cents,
    /// What can be done with them.
    pub tally: Tally,
    /// What that is more than today.
    pub gain: Gain,
    /// Whether no other set that costs as much places more, and no cheaper one as many.
    pub proved: bool,
    /// The most that any set within the same budget could place, by weight, and what this one places.
    pub placed: (i64, i64),
    found: Found,
}

impl Step {
    pub(super) fn of(asked: &LeverStudy<'_>, found: Found) -> Self {
        let union = &asked.union;
        let levers = union.used(&found.assignment.gates);
        let cost = Cents::new(union.cost(levers.iter().copied()));
        let placed = found.tiers.iter().find(|tier| tier.tier == Tier::Placed);
        Self {
            levers,
            cost,
            tally: found.tally(union),
            gain: found.gain(&asked.today, union),
            proved: found.is_proved(),
            placed: placed.map_or((0, 0), |tier| (tier.bound, tier.value)),
            found,
        }
    }

    pub(super) fn found(&self) -> &Found {
        &self.found
    }

    /// How far the places may be from the most, in percent of it; 0 when they are the most.
    pub fn gap(&self) -> f64 {
        let (bound, value) = self.placed;
        if bound > 0 { (bound - value) as f64 * 100.0 / bound as f64 } else { 0.0 }
    }
}

/// The cheapest way to a goal.
///
/// ```
/// use maillage::questions::Cheapest;
///
/// assert!(Cheapest::Never { proved: true }.step().is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cheapest {
    /// A set that reaches it; no set that costs less than the lower bound does.
    Set {
        /// The set.
        step: Box<Step>,
        /// The least that any set which reaches the goal may cost.
        at_least: Cents,
    },
    /// No set of these levers reaches it within the budget.
    Never {
        /// Whether that is proved, or none was found.
        proved: bool,
    },
}

impl Cheapest {
    /// The set, if there is one.
    pub fn step(&self) -> Option<&Step> {
        match self {
            Self::Set { step, .. } => Some(step),
            Self::Never { .. } => None,
        }
    }
}
