//! Beside a plan: what one more group would need, what that would bring, and whose
//! place is a matter of choice.
//!
//! Everything is asked with the plan's groups kept. A programme's members may change
//! groups as long as nobody loses their place; other programmes stay as they are. So what
//! is told can be shown: [`Lever::gain`] counts places of a plan that respects
//! everything. Where programmes meet, or rules look at who is with whom, other
//! programmes' members might have to move too, and a number is then told as
//! [`Between`] what nothing can do without and what is enough.

mod beside;
mod live;
mod room;
#[cfg(test)]
mod tests;
mod usable;

pub use room::{Lack, Room};

use super::classes::Classes;
use super::problem::{OptionIx, Problem, ProgrammeIx, Tier, YouthIx};
use super::solution::Assignment;
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::units::Seconds;
use beside::{Beside, Levers};
use std::collections::BTreeSet;

/// Somebody who could reach an option if the programme's limit were looser.
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
/// # use maillage::groups::facts::facts;
/// # let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// use maillage::groups::facts::Near;
///
/// // A fourth youth could come if the limit were 50 minutes.
/// problem.youths.push(YouthSpec { weight: 1, traits: 0, arcs: Vec::new() });
/// let near = Near { youth: 3, option: 0, limit: Seconds::from_minutes(50) };
/// assert_eq!(facts(&problem, &assignment, &[near], &control)?.further.len(), 1);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// Who.
    pub youth: YouthIx,
    /// Where and when.
    pub option: OptionIx,
    /// The least limit with which they could.
    pub limit: Seconds,
}

/// A number known to be between two.
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
/// # use maillage::groups::facts::facts;
/// # let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// let extra = facts(&problem, &assignment, &[], &control)?.further[0].extra;
/// assert_eq!((extra.at_least, extra.at_most), (1, Some(1)));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between<T> {
    /// Nothing less can do.
    pub at_least: T,
    /// This does; `None` when that is not known of any.
    pub at_most: Option<T>,
}

/// One more group of an option, beside all groups of the plan.
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
/// # use maillage::groups::facts::facts;
/// # let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// use maillage::groups::facts::Lack;
///
/// let further = &facts(&problem, &assignment, &[], &control)?.further[0];
/// assert_eq!(further.lacks, [Lack::Groups], "one group is as many as the option takes");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Further {
    /// What it lacks besides members.
    pub lacks: Vec<Lack>,
    /// Fewest youths more that it needs, who can reach this option.
    pub extra: Between<u32>,
    /// The least limit of the programme with which it needs nobody more, if
    /// it does need somebody and any limit does.
    pub limit: Option<Between<Seconds>>,
}

/// A change of one thing that lets one more group be formed.
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
/// # use maillage::groups::facts::facts;
/// # let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// problem.options[0].max_groups = 2;
/// for lever in facts(&problem, &assignment, &[], &control)?.levers {
///     assert_eq!(lever.option, 0);
/// }
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lever {
    /// Where the group would be.
    pub option: OptionIx,
    /// The change.
    pub change: Change,
    /// How many more places are then taken, at least: so many in a plan with this one's
    /// groups and one more, in which everybody keeps a place.
    pub gain: u32,
}

/// What is changed. The order is that of the telling.
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
/// # use maillage::groups::facts::facts;
/// # let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// use maillage::groups::facts::Change;
///
/// problem.options[0].max_groups = 2;
/// let levers = facts(&problem, &assignment, &[], &control)?.levers;
/// assert!(levers.iter().any(|lever| lever.change == Change::Youths(1)), "four make two groups");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change<S = u32> {
    /// There is more of what was lacking.
    More(Lack<S>),
    /// The programme's minimum is one lower.
    Minimum,
    /// The programme's limit is this.
    Limit(Seconds),
    /// So many youths more can reach the option; they count among those who gain a place.
    Youths(u32),
}

/// Youths who are alike in all that the plan looks at, of whom some have a place in
/// a programme: which ones means nothing.
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
/// # use maillage::groups::facts::facts;
/// # let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// problem.programmes[0].max = 2;
/// let two = Assignment { members: assignment.members[..2].to_vec(), ..assignment.clone() };
/// let alike = &facts(&problem, &two, &[], &control)?.alike[0];
/// assert_eq!((alike.youths.len(), alike.placed), (3, 2));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The programme.
    pub programme: ProgrammeIx,
    /// Who, ascending.
    pub youths: Vec<YouthIx>,
    /// How many of them have a place.
    pub placed: u32,
}

/// What holds beside a plan.
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
/// # use maillage::groups::facts::facts;
/// # let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert_eq!(facts(&problem, &assignment, &[], &control)?.takes, [true], "the group has a place left");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// For each option, one more group of it.
    pub further: Vec<Further>,
    /// For each option, whether its groups could take somebody more, members changing groups.
    pub takes: Vec<bool>,
    /// For each programme and each thing that can be changed, the least change and the most it brings.
    pub levers: Vec<Lever>,
    /// Whose place is a matter of choice.
    pub alike: Vec<Alike>,
}

/// What holds beside an assignment that respects the problem, whose [`Problem::gate_budget`] is not looked at.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn facts(
    problem: &Problem,
    assignment: &Assignment,
    near: &[Near],
    control: &Control<'_>,
) -> Result<Facts, Error> {
    let done = problem.tiers.len() as u64 + 1;
    let room = Room::beside(problem, assignment);
    let mut further: Vec<Option<Further>> = vec![None; problem.options.len()];
    let mut facts = Facts { takes: vec![false; problem.options.len()], ..Facts::default() };
    for programme in 0..problem.programmes.len() as ProgrammeIx {
        let beside = Beside::new(problem, assignment, near, programme);
        for (option, takes) in beside.takes() {
            facts.takes[option as usize] = takes;
        }
        let mut levers = Levers::default();
        for v in 0..beside.options.len() {
            control.step(Stage::Groups, done, done)?;
            let one = beside.further(v, room.lacks(beside.options[v]), &mut levers);
            further[beside.options[v] as usize] = Some(one);
        }
        facts.levers.extend(levers.best());
    }
    facts.further = further.into_iter().flatten().collect();
    facts.alike = alike(problem, assignment);
    Ok(facts)
}

/// Classes of like youths of whom a programme has some and not others.
fn alike(problem: &Problem, assignment: &Assignment) -> Vec<Alike> {
    let timed = problem.tiers.contains(&Tier::Minutes);
    let programme_of = |o: OptionIx| problem.options[o as usize].programme;
    let placed: BTreeSet<(YouthIx, ProgrammeIx)> =
        assignment.members.iter().map(|m| (m.0, programme_of(m.1))).collect();
    let mut alike = Vec::new();
    for class in Classes::new(problem, timed).members.iter().filter(|class| class.len() > 1) {
        let arcs = &problem.youths[class[0] as usize].arcs;
        let programmes: BTreeSet<ProgrammeIx> = arcs.iter().map(|a| programme_of(a.option)).collect();
        for programme in programmes {
            let n = class.iter().filter(|&&y| placed.contains(&(y, programme))).count();
            if n > 0 && n < class.len() {
                alike.push(Alike { programme, youths: class.clone(), placed: n as u32 });
            }
        }
    }
    alike.sort_by(|a, b| (a.programme, &a.youths).cmp(&(b.programme, &b.youths)));
    alike
}
