//! What a further group lacks besides members.

use super::super::advisers::unheld;
use super::super::problem::{CapacityKind, GateIx, OptionIx, Problem};
use super::super::solution::Assignment;
use super::super::verify::group_counts;
use std::collections::BTreeMap;

/// What a further group of an option would need more of than there is. Sites are
/// as [`CapacityKind`] numbers them, or as the caller tells them.
///
/// ```
/// use maillage::groups::facts::Lack;
///
/// let rooms = Lack::Rooms { site: 4, rooms: 1 };
/// assert_eq!(rooms.tell(|site: u32| Some(site + 1)), Some(Lack::Rooms { site: 5, rooms: 1 }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lack<S = u32> {
    /// The option has as many groups as it takes.
    Groups,
    /// Rooms of a site, at some moment at which the group meets.
    Rooms {
        /// The site.
        site: S,
        /// How many.
        rooms: u32,
    },
    /// Half-days a week of a site.
    Site {
        /// The site.
        site: S,
        /// How many.
        half_days: u32,
    },
    /// Half-days a week over all sites.
    Overall(u32),
    /// Half-days a week of advisers, where and when the group meets.
    Advisers(u32),
    /// Gates of a set of which so many more are needed than may be opened.
    Gates(u32),
}

impl<S> Lack<S> {
    /// The same, with the site told otherwise; `None` for a site that can't be.
    pub fn tell<T>(self, told: impl Fn(S) -> Option<T>) -> Option<Lack<T>> {
        Some(match self {
            Self::Groups => Lack::Groups,
            Self::Rooms { site, rooms } => Lack::Rooms { site: told(site)?, rooms },
            Self::Site { site, half_days } => Lack::Site { site: told(site)?, half_days },
            Self::Overall(half_days) => Lack::Overall(half_days),
            Self::Advisers(half_days) => Lack::Advisers(half_days),
            Self::Gates(gates) => Lack::Gates(gates),
        })
    }
}

/// The limits of a problem and what an assignment's groups leave of them.
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
/// use maillage::groups::facts::{Lack, Room};
///
/// assert_eq!(Room::beside(&problem, &assignment).lacks(0), [Lack::Groups]);
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct Room<'a> {
    problem: &'a Problem,
    groups: Vec<u32>,
    gates: &'a [GateIx],
    /// What is used of each capacity.
    used: Vec<u64>,
    /// Capacities that each option takes something of, and how much.
    rows: Vec<Vec<(usize, u32)>>,
}

impl<'a> Room<'a> {
    /// Beside the groups of an assignment that respects the problem.
    pub fn beside(problem: &'a Problem, assignment: &'a Assignment) -> Self {
        let groups = group_counts(problem, assignment);
        let mut rows = vec![Vec::new(); problem.options.len()];
        let mut used = vec![0; problem.capacities.len()];
        for (row, capacity) in problem.capacities.iter().enumerate() {
            for &(o, amount) in &capacity.uses {
                rows[o as usize].push((row, amount));
                used[row] += u64::from(amount) * u64::from(groups[o as usize]);
            }
        }
        Self { problem, groups, gates: &assignment.gates, used, rows }
    }

    /// All that one more group of an option lacks, its gates opened with it.
    pub fn lacks(&self, option: OptionIx) -> Vec<Lack> {
        let spec = &self.problem.options[option as usize];
        let full = self.groups[option as usize] >= spec.max_groups;
        let mut lacks: Vec<Lack> = full.then_some(Lack::Groups).into_iter().collect();
        lacks.extend(self.capacities(option));
        let mut groups = self.groups.clone();
        groups[option as usize] += 1;
        lacks.extend(some(unheld(self.problem, &groups, option)).map(Lack::Advisers));
        let over = self.problem.gate_limits.iter().map(|limit| {
            let opened = limit.gates.iter().filter(|g| self.opened(option, **g)).count() as u64;
            opened.saturating_sub(u64::from(limit.limit))
        });
        lacks.extend(some(over.max().unwrap_or(0)).map(Lack::Gates));
        lacks
    }

    fn opened(&self, option: OptionIx, gate: GateIx) -> bool {
        self.gates.contains(&gate) || self.problem.options[option as usize].gates.contains(&gate)
    }

    /// The most that is lacking of each kind: several weeks may lack the same.
    fn capacities(&self, option: OptionIx) -> impl Iterator<Item = Lack> {
        let mut most: BTreeMap<(u8, u32), u64> = BTreeMap::new();
        for &(row, amount) in &self.rows[option as usize] {
            let capacity = &self.problem.capacities[row];
            let extra = capacity.extra.iter().filter(|e| self.opened(option, e.0)).map(|e| u64::from(e.1));
            let limit = u64::from(capacity.limit) + extra.sum::<u64>();
            let kind = match capacity.kind {
                CapacityKind::Rooms { site, .. } => (0, site),
                CapacityKind::Site(site) => (1, site),
                CapacityKind::Overall => (2, 0),
                CapacityKind::Copies => (3, 0),
            };
            let lacking = (self.used[row] + u64::from(amount)).saturating_sub(limit);
            let kept = most.entry(kind).or_default();
            *kept = lacking.max(*kept);
        }
        most.into_iter().filter_map(|((kind, site), lacking)| {
            let lacking = some(lacking)?;
            Some(match kind {
                0 => Lack::Rooms { site, rooms: lacking },
                1 => Lack::Site { site, half_days: lacking },
                2 => Lack::Overall(lacking),
                _ => Lack::Groups,
            })
        })
    }
}

/// A number of things, if there are any.
fn some(n: u64) -> Option<u32> {
    (n > 0).then(|| u32::try_from(n).unwrap_or(u32::MAX))
}
