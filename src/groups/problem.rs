//! The combinatorial problem: indices only, no geography, no territory.
//!
//! A programme's groups are formed in *options*. `k[o]` groups are opened in
//! option `o`, with `n[o]` members in all, so that
//! `k·min <= n <= k·max`: then `n` members always split into `k` groups of a
//! viable size. Every index is a position in the list it names; a
//! [`Problem`] is checked once by [`Problem::check`] and trusted after.

use crate::units::Seconds;

/// Position in [`Problem::programmes`].
pub type ProgrammeIx = u32;
/// Position in [`Problem::options`].
pub type OptionIx = u32;
/// Position in [`Problem::youths`].
pub type YouthIx = u32;
/// Position in [`Problem::gates`].
pub type GateIx = u32;
/// Position in [`Problem::posts`].
pub type PostIx = u32;

/// Everything the solver knows.
///
/// ```
/// use maillage::groups::{Arc, OptionSpec, Problem, Sizes, Tier, YouthSpec};
/// use maillage::units::Seconds;
///
/// let arc = Arc { option: 0, time: Seconds::new(600), gate: None };
/// let youth = YouthSpec { weight: 1, traits: 0, arcs: vec![arc] };
/// let option = OptionSpec {
///     programme: 0, max_groups: 1, cost: 100, gates: Vec::new(), lower_min: None, posts: Vec::new(),
/// };
/// let mut problem = Problem {
///     programmes: vec![Sizes { min: 2, target: 3, max: 4 }],
///     options: vec![option],
///     youths: vec![youth; 3],
///     tiers: vec![Tier::Placed],
///     ..Problem::default()
/// };
/// assert!(problem.check().is_ok());
/// problem.options[0].programme = 7;
/// assert!(problem.check().is_err(), "there is no such programme");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// Group sizes.
    pub programmes: Vec<Sizes>,
    /// Where and when groups can be opened.
    pub options: Vec<OptionSpec>,
    /// Who can be placed, each with the options within reach.
    pub youths: Vec<YouthSpec>,
    /// Limits on how many groups some options open together: rooms, budgets.
    pub capacities: Vec<Capacity>,
    /// Places and moments that need an adviser.
    pub posts: Vec<Post>,
    /// Those who can hold the posts; empty means that advisers do not bind.
    pub teams: Vec<Team>,
    /// Paid decisions that enable options or arcs, or relax a limit.
    pub gates: Vec<Gate>,
    /// Gates that are open only while somebody is somewhere: lifts that members give to others.
    pub hosts: Vec<Host>,
    /// Limits on how many gates of a set are opened.
    pub gate_limits: Vec<GateLimit>,
    /// Most that all open gates cost together, in cents; none is no limit.
    pub gate_budget: Option<u64>,
    /// For each option, those that the same person can't hold with it
    /// (overlapping times, two sites on one day), ascending, symmetric, and
    /// never of the same programme: nobody is twice in one programme anyway.
    pub conflicts: Vec<Vec<OptionIx>>,
    /// Pairs of programmes that nobody follows together; the smaller first.
    pub exclusive: Vec<(ProgrammeIx, ProgrammeIx)>,
    /// Rules on who is in each group.
    pub mix: Vec<MixRule>,
    /// Decisions already made.
    pub pins: Vec<Pin>,
    /// Objectives in order, each optimised after the earlier ones are fixed.
    pub tiers: Vec<Tier>,
}

/// Group sizes of a programme, `1 <= min <= target <= max`.
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
/// problem.programmes[0] = Sizes { min: 3, target: 2, max: 4 };
/// assert!(problem.check().is_err(), "the target is below the minimum");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Fewest members of a viable group.
    pub min: u32,
    /// The size aimed at.
    pub target: u32,
    /// Most members.
    pub max: u32,
}

/// A programme at a site in its weekly slots.
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
/// problem.options[0].max_groups = 0;
/// let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert!(assignment.groups.is_empty(), "no group is held there");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionSpec {
    /// The programme.
    pub programme: ProgrammeIx,
    /// Most groups opened here; 0 closes the option.
    pub max_groups: u32,
    /// Cost of each group, in cents.
    pub cost: u64,
    /// Gates that must all be open.
    pub gates: Vec<GateIx>,
    /// A gate that lowers the minimum, and the minimum it lowers it to.
    pub lower_min: Option<(GateIx, u32)>,
    /// Posts that each group fills, ascending.
    pub posts: Vec<PostIx>,
}

/// A youth.
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
/// problem.youths[0].weight = 5;
/// let Solution::Found { tiers, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert_eq!(tiers[0].value, 7, "5 + 1 + 1");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YouthSpec {
    /// What each placement counts in tier `placed`; 1 is no priority.
    pub weight: u32,
    /// Traits that mix rules look at: bit `i` is [`MixRule::trait_bit`] `i`.
    pub traits: u32,
    /// Options within reach, ascending by option, then gate.
    pub arcs: Vec<Arc>,
}

/// A youth can reach an option.
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
/// problem.youths[0].arcs[0].option = 9;
/// assert!(problem.check().is_err(), "there is no such option");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// The option.
    pub option: OptionIx,
    /// Out and back, summed, in the slowest of the sessions counted.
    pub time: Seconds,
    /// A gate without which this arc does not exist; its capacity counts it.
    pub gate: Option<GateIx>,
}

/// `Σ amount·k[option] <= limit + Σ extra of the open gates`.
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
/// let uses = vec![(0, 1)];
/// problem.capacities.push(Capacity { kind: CapacityKind::Overall, limit: 0, uses, extra: Vec::new() });
/// let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert!(assignment.groups.is_empty(), "there is no room for the group");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// What it stands for, to say what binds.
    pub kind: CapacityKind,
    /// The limit.
    pub limit: u32,
    /// Options and how much each of their groups takes, ascending by option.
    pub uses: Vec<(OptionIx, u32)>,
    /// Gates that add to the limit, and how much.
    pub extra: Vec<(GateIx, u32)>,
}

/// What a capacity stands for. The numbers are the caller's own.
///
/// ```
/// use maillage::groups::CapacityKind;
///
/// assert_ne!(CapacityKind::Rooms { site: 0, slot: 1 }, CapacityKind::Site(0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CapacityKind {
    /// Rooms of a site in a slot.
    Rooms {
        /// The site.
        site: u32,
        /// The slot.
        slot: u32,
    },
    /// Half-days a week at a site.
    Site(u32),
    /// Half-days a week over all sites.
    Overall,
    /// Groups of options that stand several times, each behind another gate.
    Copies,
}

/// A site and moment where each group needs an adviser.
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
/// problem.posts.push(Post { week: 0, moment: 3, site: 0 });
/// problem.options[0].posts.push(0);
/// problem.teams.push(Team { members: 1, half_days: 1, posts: vec![0] });
/// let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert_eq!(assignment.groups, [(0, 1)]);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Post {
    /// The week pattern it belongs to: team members' half-days are counted per week.
    pub week: u32,
    /// The moment within the week; somebody is at one post per moment.
    pub moment: u32,
    /// The site, in the caller's numbers.
    pub site: u32,
}

/// Advisers who are alike.
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
/// problem.posts.push(Post { week: 0, moment: 3, site: 0 });
/// problem.options[0].posts.push(0);
/// problem.teams.push(Team { members: 1, half_days: 0, posts: vec![0] });
/// let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert!(assignment.groups.is_empty(), "nobody has the time to lead it");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// How many they are.
    pub members: u32,
    /// Half-days a week each of them gives.
    pub half_days: u32,
    /// Posts they can hold, ascending.
    pub posts: Vec<PostIx>,
}

/// A paid decision: a candidate site, a shuttle, a loan, a smaller minimum.
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
/// problem.gates.push(Gate { cost: 2_000, capacity: None });
/// problem.options[0].gates.push(0);
/// let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert_eq!(assignment.gates, [0], "it is opened for the group");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// Cost of opening it, in cents.
    pub cost: u64,
    /// Most placements through arcs that need it; `None` is no limit.
    pub capacity: Option<u32>,
}

/// A gate that is open only while somebody holds a place: they drive, and take others along through the
/// gate. Such a gate enables arcs alone, all to the host's own option; the host comes through no such gate.
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
/// problem.gates.push(Gate { cost: 0, capacity: Some(2) });
/// problem.hosts.push(Host { gate: 0, youth: 0, option: 0, through: None });
/// problem.youths[1].arcs[0].gate = Some(0);
/// problem.pins.push(Pin::Out { youth: 0, programme: 0 });
/// let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert!(assignment.groups.is_empty(), "without the driver, the second youth can't come");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Host {
    /// The gate.
    pub gate: GateIx,
    /// Who must be there.
    pub youth: YouthIx,
    /// Where.
    pub option: OptionIx,
    /// The gate of the arc by which they are there.
    pub through: Option<GateIx>,
}

/// At most `limit` gates of the set are opened.
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
/// problem.gates.push(Gate { cost: 2_000, capacity: None });
/// problem.options[0].gates.push(0);
/// problem.gate_limits.push(GateLimit { gates: vec![0], limit: 0 });
/// let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert!(assignment.groups.is_empty(), "the gate may not be opened");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateLimit {
    /// The gates, ascending.
    pub gates: Vec<GateIx>,
    /// Most of them open.
    pub limit: u32,
}

/// In each group of the programme, the members with a trait are between two
/// numbers. With several groups in one option the rule is on their sum
/// (`k·at_least <= members with it <= k·at_most`), which is exact for one rule,
/// or for rules on disjoint traits; the builder gives options of its
/// own (`max_groups` 1) to programmes with rules that overlap.
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
/// problem.mix.push(MixRule { programme: 0, trait_bit: 0, at_least: 1, at_most: 4 });
/// let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert!(assignment.groups.is_empty(), "nobody has the trait");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MixRule {
    /// The programme.
    pub programme: ProgrammeIx,
    /// Which bit of [`YouthSpec::traits`].
    pub trait_bit: u8,
    /// Fewest members with it in a group.
    pub at_least: u32,
    /// Most members with it in a group.
    pub at_most: u32,
}

/// A decision already made.
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
/// problem.pins.push(Pin::Out { youth: 0, programme: 0 });
/// let Solution::Found { assignment, .. } = Milp.solve(&problem, &Limits::default(), &control)? else { panic!() };
/// assert_eq!(assignment.members.len(), 2);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pin {
    /// At least so many groups are opened in these options together.
    Open {
        /// The options.
        options: Vec<OptionIx>,
        /// How many groups.
        groups: u32,
    },
    /// This youth is placed in this programme.
    In {
        /// The youth.
        youth: YouthIx,
        /// The programme.
        programme: ProgrammeIx,
    },
    /// This youth is not placed in this programme.
    Out {
        /// The youth.
        youth: YouthIx,
        /// The programme.
        programme: ProgrammeIx,
    },
    /// These two are never in the same group: both in one option needs
    /// `max_groups` 1 there, which the builder sees to, so never in one option.
    Apart(YouthIx, YouthIx),
}

/// An objective.
///
/// ```
/// use maillage::groups::Tier;
///
/// assert!(Tier::Placed.maximised());
/// assert_eq!(Tier::ALL.iter().filter(|tier| tier.maximised()).count(), 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Most placements, by weight. Maximised; the others are minimised.
    Placed,
    /// Least cost of groups and gates, in cents.
    Cost,
    /// Least `Σ |n[o] - target·k[o]|`.
    OffTarget,
    /// Least time, out and back, in seconds.
    Minutes,
}

impl Tier {
    /// All four, in the usual order.
    pub const ALL: [Self; 4] = [Self::Placed, Self::Cost, Self::OffTarget, Self::Minutes];

    /// Whether more is better.
    pub const fn maximised(self) -> bool {
        matches!(self, Self::Placed)
    }
}

/// A problem that contradicts its own rules, with the list and the row at fault.
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
/// problem.options[0].programme = 7;
/// let malformed = problem.check().expect_err("there is no programme 7");
/// assert_eq!((malformed.list, malformed.row), ("options", 0));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{list}[{row}]: {what}")]
pub struct Malformed {
    /// The list of [`Problem`].
    pub list: &'static str,
    /// The position in it.
    pub row: usize,
    /// What is wrong.
    pub what: &'static str,
}

impl Problem {
    /// Checks that indices exist, sizes are in order and lists ascend.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), Malformed> {
        let bad = |list, row, what| Err(Malformed { list, row, what });
        let (options, gates, posts) = (self.options.len(), self.gates.len(), self.posts.len());
        for (row, s) in self.programmes.iter().enumerate() {
            if s.min == 0 || s.min > s.target || s.target > s.max {
                return bad("programmes", row, "needs 1 <= min <= target <= max");
            }
        }
        for (row, o) in self.options.iter().enumerate() {
            if o.programme as usize >= self.programmes.len() {
                return bad("options", row, "unknown programme");
            }
            if o.gates.iter().chain(o.lower_min.iter().map(|(g, _)| g)).any(|&g| g as usize >= gates) {
                return bad("options", row, "unknown gate");
            }
            if o.lower_min.is_some_and(|(_, min)| min == 0) {
                return bad("options", row, "a lowered minimum is still at least 1");
            }
            if !ascends(o.posts.iter()) || o.posts.last().is_some_and(|&p| p as usize >= posts) {
                return bad("options", row, "posts ascend and exist");
            }
        }
        for (row, y) in self.youths.iter().enumerate() {
            if !ascends(y.arcs.iter().map(|a| (a.option, a.gate))) {
                return bad("youths", row, "arcs ascend by option, then gate");
            }
            if y.arcs
                .iter()
                .any(|a| a.option as usize >= options || a.gate.is_some_and(|g| g as usize >= gates))
            {
                return bad("youths", row, "an arc to an unknown option or gate");
            }
        }
        for (row, c) in self.capacities.iter().enumerate() {
            let known = c.uses.iter().all(|u| (u.0 as usize) < options)
                && c.extra.iter().all(|e| (e.0 as usize) < gates);
            if !known || !ascends(c.uses.iter().map(|u| u.0)) {
                return bad("capacities", row, "options ascend, options and gates exist");
            }
        }
        for (row, t) in self.teams.iter().enumerate() {
            if !ascends(t.posts.iter()) || t.posts.last().is_some_and(|&p| p as usize >= posts) {
                return bad("teams", row, "posts ascend and exist");
            }
        }
        for (row, l) in self.gate_limits.iter().enumerate() {
            if !ascends(l.gates.iter()) || l.gates.last().is_some_and(|&g| g as usize >= gates) {
                return bad("gate_limits", row, "gates ascend and exist");
            }
        }
        self.check_hosts()?;
        self.check_relations()
    }

    fn check_hosts(&self) -> Result<(), Malformed> {
        let bad = |row, what| Err(Malformed { list: "hosts", row, what });
        let known = |g: GateIx| (g as usize) < self.gates.len();
        let mut host_of: Vec<Option<usize>> = vec![None; self.gates.len()];
        for (row, h) in self.hosts.iter().enumerate() {
            let exists = (h.youth as usize) < self.youths.len() && (h.option as usize) < self.options.len();
            if !exists || !known(h.gate) || !h.through.is_none_or(known) {
                return bad(row, "unknown gate, youth or option");
            }
            if host_of[h.gate as usize].replace(row).is_some() {
                return bad(row, "a gate has one host");
            }
        }
        let through = self.hosts.iter().enumerate().filter_map(|(row, h)| Some((row, h.through?)));
        if let Some((row, _)) = through.into_iter().find(|t| host_of[t.1 as usize].is_some()) {
            return bad(row, "a host comes through no such gate");
        }
        let options =
            self.options.iter().flat_map(|o| o.gates.iter().chain(o.lower_min.iter().map(|l| &l.0)));
        let extras = self.capacities.iter().flat_map(|c| c.extra.iter().map(|e| &e.0));
        let paid = options.chain(extras).find_map(|&g| host_of[g as usize]);
        let arcs = self.youths.iter().flat_map(|y| &y.arcs);
        let mut hosted = arcs.filter_map(|a| Some((a.option, host_of[a.gate? as usize]?)));
        let elsewhere = hosted.find(|(option, row)| self.hosts[*row].option != *option).map(|found| found.1);
        match paid.or(elsewhere) {
            Some(row) => bad(row, "the gate enables arcs to the host's option alone"),
            None => Ok(()),
        }
    }

    /// Which gates are open only while somebody is there.
    pub(crate) fn hosted(&self) -> Vec<bool> {
        let mut hosted = vec![false; self.gates.len()];
        self.hosts.iter().for_each(|h| hosted[h.gate as usize] = true);
        hosted
    }

    fn check_relations(&self) -> Result<(), Malformed> {
        let bad = |list, row, what| Err(Malformed { list, row, what });
        if !self.conflicts.is_empty() && self.conflicts.len() != self.options.len() {
            return bad("conflicts", 0, "one list an option, or none at all");
        }
        for (row, list) in self.conflicts.iter().enumerate() {
            let mine = row as OptionIx;
            let symmetric = |&other: &OptionIx| {
                self.conflicts.get(other as usize).is_some_and(|l| l.binary_search(&mine).is_ok())
                    && self.options[other as usize].programme != self.options[row].programme
            };
            if !ascends(list.iter()) || !list.iter().all(symmetric) {
                return bad("conflicts", row, "ascends, symmetric, between programmes");
            }
        }
        let programmes = self.programmes.len() as ProgrammeIx;
        for (row, &(a, b)) in self.exclusive.iter().enumerate() {
            if a >= b || b >= programmes {
                return bad("exclusive", row, "two programmes, the smaller first");
            }
        }
        for (row, m) in self.mix.iter().enumerate() {
            if m.programme >= programmes || m.trait_bit >= 32 || m.at_least > m.at_most {
                return bad("mix", row, "a known programme, a bit below 32, at_least <= at_most");
            }
        }
        for (row, pin) in self.pins.iter().enumerate() {
            if !self.knows(pin) {
                return bad("pins", row, "unknown option, youth or programme");
            }
        }
        Ok(())
    }

    fn knows(&self, pin: &Pin) -> bool {
        let youth = |y: YouthIx| (y as usize) < self.youths.len();
        let programme = |p: ProgrammeIx| (p as usize) < self.programmes.len();
        let option = |o: OptionIx| (o as usize) < self.options.len();
        match *pin {
            Pin::Open { ref options, .. } => options.iter().all(|&o| option(o)),
            Pin::In { youth: y, programme: p } => youth(y) && programme(p),
            Pin::Out { youth: y, programme: p } => youth(y) && programme(p),
            Pin::Apart(a, b) => youth(a) && youth(b) && a != b,
        }
    }

    /// Whether one person can't hold both options.
    pub fn in_conflict(&self, a: OptionIx, b: OptionIx) -> bool {
        let listed = self.conflicts.get(a as usize).is_some_and(|l| l.binary_search(&b).is_ok());
        let (p, q) = (self.options[a as usize].programme, self.options[b as usize].programme);
        listed || (a != b && p == q) || self.exclusive.contains(&(p.min(q), p.max(q)))
    }
}

fn ascends<T: PartialOrd>(items: impl Iterator<Item = T>) -> bool {
    items.is_sorted_by(|a, b| a < b)
}
