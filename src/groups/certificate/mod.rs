//! Why an answer is right, written so that it can be checked without a solver.
//!
//! A [`Certificate`] carries the assignment and, for each tier, a proof that
//! nothing better than its bound exists once the earlier tiers keep their
//! values. [`check`] re-evaluates everything in integers (`i128`, checked for
//! overflow) from the [`Problem`](super::Problem) alone. It shares no code with
//! the solver, needs no search and no floating point: whoever doubts an answer
//! has these few files to read, and nothing else.
//!
//! # Variables
//! All are integers, none negative ([`Variable`]):
//! - `k[o]`: groups in option `o`, at most `high[o]`. At the root `high[o]` is the least
//!   of the option's `max_groups`; for each capacity that it uses,
//!   `(limit + Σ extra) / amount`, rounded down; and `reach / least min`, rounded down,
//!   where `reach` counts the youths with an arc to `o` who are not pinned out
//!   of its programme, and the least minimum is the smaller of the
//!   programme's and of `lower_min`'s.
//! - `z[g]`: 1 when gate `g` is open.
//! - `x[y,i]`: 1 when youth `y` uses arc `i` of its list. 0 for arcs that a
//!   [`Pin::Out`](super::Pin::Out) forbids, and for those whose option has `high` 0 at the root.
//! - `d[o]`: `|n[o] - target·k[o]|`, where `n[o]` is the sum of `x` into `o`.
//!
//! # Rows
//! Every [`Row`] reads `Σ coefficient·variable <= right`. All of them hold for
//! every assignment that the problem allows, that keeps the earlier tiers'
//! values, and, for [`Row::Better`], that is better than the bound claimed.
//!
//! # Proofs
//! A [`Search`] refutes that something better exists: a tree of branches
//! whose leaves each are a contradiction. The usual leaf is a set of [`Prices`]:
//! whole numbers, none negative, one a row. The rows times their prices
//! add up to one row `Σ a·v <= b`, and the checker takes the least that its left
//! side can be over the leaf's box, exactly, option by option:
//! `k` between its bounds, `least min·k <= n <= max·k`, every youth at most once in
//! the option, the cheapest members first; nothing in the options behind a closed gate (an option that needs
//! several is with the first; the others close it where the box does). When that least is above `b`, the leaf
//! is empty. What ties options together otherwise (youths, capacities, gates of arcs…) counts
//! only as far as it is priced; sizes need no price.
//!
//! **From a Lagrangian bound.** A multiplier of `m / D` on a row is the price `m`,
//! and [`Row::Better`] has the price `D`: the leaf is refuted exactly when the bound,
//! rounded to what the objective can be, is no better than the one claimed.
//! A subproblem that shares nested capacities out greedily, best increment first, keeps its value with
//! these prices: when a capacity became full by an increment of value `v`, its price is `v` less the
//! greatest such `v` of the capacities around it (0 when that is negative, or when it never was full);
//! where one gate is in front of all its options, price [`Row::GatedCapacity`]. A limit on open gates
//! has as its price the best block that it kept closed. **From a linear
//! program**: duals times `D`, rounded to integers, negative ones to 0; an infeasible
//! one gives its Farkas ray, without [`Row::Better`]. Rounding can only weaken the
//! proof: the solver tries `check` on what it writes and takes a larger `D`.
//!
//! # Parts
//! A tier's objective is shared out over [`Part`]s, usually the components that
//! were solved one by one; each is proved by itself and the bounds add up. Nothing needs to
//! be said about why parts are independent: every proof holds for the whole problem,
//! it only looks at less of the objective.

mod base;
mod check;
mod cut;
mod rows;
#[cfg(test)]
mod tests;
pub(super) mod trial;

pub use check::{Hall, Refused, check, hall};

use super::problem::{GateIx, OptionIx, PostIx, ProgrammeIx, Tier, YouthIx};
use super::solution::Assignment;

/// Everything that an answer rests on.
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
/// # let mut solver = Certifying::default();
/// # solver.solve(&problem, &Limits::default(), &control)?;
/// # let mut certificate = solver.certificate().expect("a proof");
/// let text = maillage::instance::write_certificate("tiny", &certificate);
/// assert_eq!(maillage::instance::read_certificate("tiny.json", &text)?, certificate);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Sets of options of which nobody holds two, ascending: any two of a set are of one programme, in
    /// conflict, or of exclusive programmes. [`Row::Clique`] points here.
    pub cliques: Vec<Vec<OptionIx>>,
    /// Sets of posts of one week, ascending. [`Row::Posts`] points here.
    pub posts: Vec<Vec<PostIx>>,
    /// What is claimed.
    pub claim: Claim,
}

/// What a certificate claims.
///
/// ```
/// use maillage::groups::certificate::Claim;
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
/// # let mut solver = Certifying::default();
/// # solver.solve(&problem, &Limits::default(), &control)?;
/// # let mut certificate = solver.certificate().expect("a proof");
/// assert!(matches!(certificate.claim, Claim::Found { .. }));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// No assignment exists. The search uses no [`Row::Better`] and no [`Row::Earlier`].
    Impossible(Search),
    /// This assignment has these values, and nothing is better than the bounds.
    Found {
        /// The assignment.
        assignment: Assignment,
        /// One claim a tier, in the problem's order.
        tiers: Vec<TierClaim>,
    },
}

/// What is claimed of one tier.
///
/// ```
/// use maillage::groups::certificate::Claim;
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
/// # let mut solver = Certifying::default();
/// # solver.solve(&problem, &Limits::default(), &control)?;
/// # let mut certificate = solver.certificate().expect("a proof");
/// let Claim::Found { tiers, .. } = &certificate.claim else { panic!("it has a solution") };
/// assert!(tiers[0].is_optimal());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierClaim {
    /// The objective.
    pub tier: Tier,
    /// The assignment's value.
    pub value: i64,
    /// The sum of the parts' bounds; equal to the value when it is proved optimal.
    pub bound: i64,
    /// A partition of the objective.
    pub parts: Vec<Part>,
}

impl TierClaim {
    /// Whether nothing better exists.
    pub const fn is_optimal(&self) -> bool {
        self.value == self.bound
    }
}

/// Some options and gates, what their share of the objective is at best, and why.
///
/// No option or gate is in two parts of a tier. For `Placed` every option whose root `high` is not 0
/// is in one; for the other tiers what is in none counts as nothing, which is the
/// least that it can be.
///
/// ```
/// use maillage::groups::certificate::Claim;
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
/// # let mut solver = Certifying::default();
/// # solver.solve(&problem, &Limits::default(), &control)?;
/// # let mut certificate = solver.certificate().expect("a proof");
/// let Claim::Found { tiers, .. } = &certificate.claim else { panic!("it has a solution") };
/// assert_eq!(tiers[0].parts.iter().map(|part| part.bound).sum::<i64>(), tiers[0].bound);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Options whose members, groups and sizes count here, ascending.
    pub options: Vec<OptionIx>,
    /// Gates whose cost counts here, ascending.
    pub gates: Vec<GateIx>,
    /// No assignment's share is better: at most this for `Placed`, at least this for the others.
    pub bound: i64,
    /// The proof.
    pub search: Search,
}

/// A refutation: branches in the order of a walk, each leaf a contradiction.
///
/// ```
/// use maillage::groups::certificate::Claim;
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
/// # let mut solver = Certifying::default();
/// # solver.solve(&problem, &Limits::default(), &control)?;
/// # let mut certificate = solver.certificate().expect("a proof");
/// let Claim::Found { tiers, .. } = &certificate.claim else { panic!("it has a solution") };
/// assert!(!tiers[0].parts[0].search.nodes.is_empty(), "a leaf at least");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Further rows, each derived from the problem's and those before it.
    pub cuts: Vec<Cut>,
    /// Price lists, which several leaves may use.
    pub prices: Vec<Prices>,
    /// The tree: a branch, then all of its side *at most*, then all of its side *more*.
    pub nodes: Vec<Node>,
}

/// Rows and their prices, none negative. A row may be listed twice: prices add up.
pub type Prices = Vec<(Row, i64)>;

/// A step of the walk through a tree.
///
/// ```
/// use maillage::groups::certificate::{Claim, Node};
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
/// # let mut solver = Certifying::default();
/// # solver.solve(&problem, &Limits::default(), &control)?;
/// # let mut certificate = solver.certificate().expect("a proof");
/// // Without its leaf nothing is refuted.
/// let Claim::Found { tiers, .. } = &mut certificate.claim else { panic!("it has a solution") };
/// tiers[0].parts[0].search.nodes = vec![Node::Priced(99)];
/// assert!(certificate::check(&problem, &certificate).is_err());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Two sides: the sum of these variables is at most `at`, or at least `at + 1`. With a single
    /// variable other than `d` the box is cut; in any case [`Row::Branch`] can be priced below.
    Branch {
        /// The variables, each with factor 1.
        sum: Vec<Variable>,
        /// The side walked first is `sum <= at`.
        at: u32,
    },
    /// A leaf refuted by a price list, by its position.
    Priced(u32),
    /// A leaf where these options must open groups (`Σ least min·low`) for which
    /// too few can come: those with an arc to one of them, once a programme. Hall's condition.
    TooFew(Vec<OptionIx>),
    /// A leaf of tier `Placed` where these options hold no more than
    /// their `high` groups and the reach of each, and whoever can attend another of the part's options is
    /// counted once a programme, placed: no better than the bound. A minimum cut.
    TooFull(Vec<OptionIx>),
}

/// A variable.
///
/// ```
/// use maillage::groups::certificate::{Node, Variable};
///
/// let branch = Node::Branch { sum: vec![Variable::Groups(0)], at: 0 };
/// assert!(matches!(branch, Node::Branch { at: 0, .. }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variable {
    /// `x`: the youth uses the arc at this position of its list.
    Arc(YouthIx, u32),
    /// `k`: groups of the option.
    Groups(OptionIx),
    /// `z`: the gate is open.
    Gate(GateIx),
    /// `d`: how far the option's members are from the target of its groups.
    Off(OptionIx),
}

/// A row that holds: `left <= right`.
///
/// ```
/// use maillage::groups::certificate::{Prices, Row};
///
/// let prices: Prices = vec![(Row::Better, 1), (Row::Programme(0, 0), 1)];
/// assert!(prices.is_sorted());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    /// The part's objective is better than its bound, by at least the greatest common divisor of its
    /// coefficients. `Placed`: `-Σ w·x <= -(least multiple above bound)`; others:
    /// `objective <= greatest multiple below bound`.
    Better,
    /// An earlier tier, by its position, keeps its value: the share of one of its parts is
    /// at least as good as the value less what the other parts' bounds allow.
    /// `Placed`: `-Σ w·x <= Σ other bounds - value`; others: `objective <= value - Σ other bounds`.
    Earlier(u32, u32),
    /// A youth once in a programme: `Σ x <= 1`, over the arcs to its options.
    Programme(YouthIx, ProgrammeIx),
    /// A youth in one option of a clique, by its position: `Σ x <= 1`.
    Clique(YouthIx, u32),
    /// A capacity, by its position: `Σ amount·k - Σ extra·z <= limit`.
    Capacity(u32),
    /// A capacity all of whose options need this gate: `Σ amount·k - Σ extra·z - limit·z[gate] <= 0`.
    GatedCapacity(u32, GateIx),
    /// A set of posts, by its position: `Σ (posts of o in the set)·k <= Σ over teams of
    /// min(members·half_days, members·moments of the set that the team can hold)`.
    Posts(u32),
    /// A gate limit, by its position: `Σ z <= limit`.
    GateLimit(u32),
    /// What all open gates cost: `Σ cost·z <= budget`.
    GateBudget,
    /// A gate that is open only while its host is there, by the host's position: `z - Σ x <= 0`, over the host's arc.
    Host(u32),
    /// A gate of an option: `k - high·z <= 0`, with the `high` of the box.
    OptionGate(OptionIx, GateIx),
    /// The gate of an arc, by its position in the youth's list: `x - z <= 0`.
    ArcGate(YouthIx, u32),
    /// A gate's capacity: `Σ x - capacity·z <= 0`, over the arcs through it.
    GateCapacity(GateIx),
    /// A minimum that a gate lowers: `min·k - n - (min - lowered)·high·z <= 0`.
    LoweredMin(OptionIx),
    /// A mix rule, by its position, in an option: `at_least·k - Σ x <= 0`, over members with the trait.
    MixLeast(u32, OptionIx),
    /// The other side: `Σ x - at_most·k <= 0`.
    MixMost(u32, OptionIx),
    /// [`Pin::Open`](super::Pin::Open), by its position: `-Σ k <= -groups`.
    PinOpen(u32),
    /// [`Pin::In`](super::Pin::In), by its position: `-Σ x <= -1`, over the youth's arcs into the programme.
    PinIn(u32),
    /// [`Pin::Apart`](super::Pin::Apart), by its position, in an option: `Σ x <= 1`, over arcs of both.
    PinApart(u32, OptionIx),
    /// A branch on the way to the leaf, the root's is 0: `Σ v <= at`, or `-Σ v <= -(at + 1)`.
    Branch(u32),
    /// A cut, by its position.
    Cut(u32),
    /// Sizes: `least min·k - n <= 0`. Prices hold it already; cuts need it.
    SizeLeast(OptionIx),
    /// Sizes: `n - max·k <= 0`.
    SizeMost(OptionIx),
    /// Nobody is in an option without a group: `Σ x - k <= 0`, over the youth's arcs to it.
    Link(YouthIx, OptionIx),
    /// `v <= high`.
    Most(Variable),
    /// `-v <= -low`.
    Least(Variable),
}

/// A row derived from others by rounding. It holds everywhere: it is derived in the root's box,
/// without [`Row::Branch`], from cuts before it.
///
/// ```
/// use maillage::groups::certificate::{Cut, hall};
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
/// let cut = Cut::Hall { options: vec![0], divisor: 2 };
/// assert_eq!(hall(&problem, &cut).map(|told| told.min), Some(2));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// `Σ (least min of o / divisor)·k[o] <= N / divisor`, both rounded down, where `N` counts those who can
    /// attend one of the options, once a programme. With equal minima and the minimum as divisor:
    /// so many groups for so many youths.
    Hall {
        /// The options.
        options: Vec<OptionIx>,
        /// At least 1.
        divisor: u32,
    },
    /// Mixed-integer rounding of priced rows. They add up to `Σ a·v <= b`; variables
    /// listed are replaced by `high - v'`; with `r = b mod divisor` the cut is
    /// `Σ ((divisor - r)·⌊a / divisor⌋ + max(0, a mod divisor - r))·v <= (divisor - r)·⌊b / divisor⌋`,
    /// and replaced variables are put back. `r = 0` is Chvátal's and Gomory's rounding.
    Rounded {
        /// The rows.
        prices: Prices,
        /// Variables replaced by their complement, ascending; no `d` among them.
        complemented: Vec<Variable>,
        /// At least 1.
        divisor: i64,
    },
}
