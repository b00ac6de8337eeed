//! Sets of levers: the cheapest that reaches a goal, and the most places for each budget.

use super::LeverStudy;
use super::told::{Found, Gain, Tally, solved};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::groups::{OptionIx, Pin, Problem, Tier};
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
    fn of(asked: &LeverStudy<'_>, found: Found) -> Self {
        let union = &asked.union;
        let levers = union.used(&found.assignment.gates);
        let cost = levers.iter().fold(Cents::new(0), |sum, &lever| sum.plus(union.prices[lever].total));
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

/// Most steps of a frontier.
const MOST_STEPS: usize = 64;

pub(super) fn frontier(
    asked: &LeverStudy<'_>,
    budget: Option<Cents>,
    control: &Control<'_>,
) -> Result<Vec<Step>, Error> {
    let union = &asked.union;
    let mut problem = union.problem.clone();
    let mut left = budget.map_or_else(|| union.all_cost(), Cents::get);
    let mut steps: Vec<Step> = Vec::new();
    while steps.len() < MOST_STEPS {
        control.step(Stage::Questions, steps.len() as u64, MOST_STEPS as u64)?;
        problem.gate_budget = Some(left);
        let Some(found) = solved(&problem, &asked.limits, control)? else { break };
        let step = Step::of(asked, found);
        let cost = step.cost.get();
        steps.push(step);
        let Some(less) = cost.checked_sub(1) else { break };
        left = less;
    }
    steps.reverse();
    keep_best(&mut steps);
    Ok(steps)
}

/// A search that was not proved may place fewer with more money: what a cheaper set does, a dearer one need not repeat.
fn keep_best(steps: &mut Vec<Step>) {
    let mut most = i64::MIN;
    steps.retain(|step| {
        let better = step.placed.1 > most;
        most = most.max(step.placed.1);
        better
    });
}

pub(super) fn cheapest(
    asked: &LeverStudy<'_>,
    goals: &[Goal],
    budget: Option<Cents>,
    control: &Control<'_>,
) -> Result<Cheapest, Error> {
    let mut problem = asked.union.problem.clone();
    problem.gate_budget = budget.map(Cents::get);
    problem.pins.extend(goals.iter().map(|goal| asked.pin(goal)));
    // First the least cost at which the goals are reached, whoever has a place.
    problem.tiers = vec![Tier::Cost, Tier::Placed];
    let Some(found) = solved(&problem, &asked.limits, control)? else {
        return Ok(Cheapest::Never { proved: false });
    };
    let at_least = found.tiers.first().map_or(0, |tier| tier.bound.unsigned_abs());
    let today = asked.today.first().map_or(0, |tier| tier.value);
    let step = Step::of(asked, found);
    if step.placed.1 >= today {
        return Ok(Cheapest::Set { step: Box::new(step), at_least: Cents::new(at_least) });
    }
    asked.no_fewer(problem, today, step.cost.get(), control)
}

impl LeverStudy<'_> {
    fn pin(&self, goal: &Goal) -> Pin {
        let union = &self.union;
        let programme = union.posed.programmes.iter().position(|&p| p == goal.programme);
        let own = |o: &OptionIx| Some(union.problem.options[*o as usize].programme as usize) == programme;
        let options = (0..union.problem.options.len() as OptionIx).filter(own).collect();
        Pin::Open { options, groups: goal.groups }
    }

    /// The least budget at which the goals are reached and no fewer are placed than `today`, between what
    /// the goals cost alone and what all levers do, by halves.
    fn no_fewer(
        &self,
        mut problem: Problem,
        today: i64,
        least: u64,
        control: &Control<'_>,
    ) -> Result<Cheapest, Error> {
        problem.tiers = vec![Tier::Placed, Tier::Cost];
        let (mut below, mut proved) = (least, true);
        let mut best: Option<Step> = None;
        let mut most = problem.gate_budget.unwrap_or_else(|| self.union.all_cost());
        loop {
            let budget = if best.is_none() { most } else { below + (most - below) / 2 };
            problem.gate_budget = Some(budget);
            let found = solved(&problem, &self.limits, control)?;
            let step = found.map(|found| Step::of(self, found));
            match step {
                Some(step) if step.placed.1 >= today => {
                    most = step.cost.get();
                    best = Some(step);
                }
                other => {
                    proved &= other.is_some_and(|step| step.placed.0 < today);
                    if best.is_none() {
                        return Ok(Cheapest::Never { proved });
                    }
                    below = budget + 1;
                }
            }
            if most <= below {
                break;
            }
        }
        let at_least = Cents::new(if proved { below } else { least });
        Ok(best.map_or(Cheapest::Never { proved }, |step| Cheapest::Set { step: Box::new(step), at_least }))
    }
}
