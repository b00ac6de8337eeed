//! The walk through a certificate.

use super::super::problem::{OptionIx, Problem, Tier, YouthIx};
use super::super::solution::Assignment;
use super::super::verify::{Broken, value, verify};
use super::base::{Base, Bounds};
use super::cut::{comers, derive, least};
use super::rows::{Context, Derived, Share, Sum};
use super::{Certificate, Claim, Cut, Node, Part, Search, TierClaim, Variable};
use std::collections::BTreeSet;

/// Why a certificate is not believed, and where.
///
/// ```
/// use maillage::groups::certificate::{Claim, Refused};
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
/// let Claim::Found { assignment, .. } = &mut certificate.claim else { panic!("it has a solution") };
/// assignment.members.pop();
/// let refused = Refused::Value { tier: 0, claimed: 3, is: 2 };
/// assert_eq!(certificate::check(&problem, &certificate), Err(refused));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A clique or set of posts that is none, by its position.
    #[error("{0}[{1}] is not what it is said to be")]
    Set(&'static str, usize),
    /// The assignment breaks a rule of the problem.
    #[error("the assignment: {0}")]
    Assignment(#[from] Broken),
    /// Tiers other than the problem's, or in another order.
    #[error("tiers are not the problem's")]
    Tiers,
    /// A tier's value is not the assignment's.
    #[error("tier {tier}: the value claimed is {claimed}, the assignment's is {is}")]
    Value {
        /// The tier's position.
        tier: usize,
        /// As claimed.
        claimed: i64,
        /// As counted.
        is: i64,
    },
    /// A tier's bound is not the sum of its parts', or is worse than its value.
    #[error("tier {0}: the bound is not the sum of its parts' or lies on the wrong side of the value")]
    Bound(usize),
    /// Parts that overlap, or leave out what counts.
    #[error("tier {0}: the parts do not share out the objective")]
    Parts(usize),
    /// A proof that does not hold.
    #[error("tier {tier:?}, part {part}, {step}: {why}")]
    Proof {
        /// The tier's position; `None` when nothing is claimed to exist.
        tier: Option<usize>,
        /// The part's position.
        part: usize,
        /// Where in its search.
        step: Step,
        /// What is wrong.
        why: Why,
    },
}

/// A place in a search.
///
/// ```
/// use maillage::groups::certificate::{Claim, Node, Refused};
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
/// let Claim::Found { tiers, .. } = &mut certificate.claim else { panic!("it has a solution") };
/// tiers[0].parts[0].search.nodes = vec![Node::Priced(99)];
/// let Err(Refused::Proof { step, .. }) = certificate::check(&problem, &certificate) else { panic!() };
/// assert_eq!(step.to_string(), "node 0");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A cut, by its position.
    Cut(usize),
    /// A node, by its position.
    Node(usize),
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Cut(i) => write!(f, "cut {i}"),
            Self::Node(i) => write!(f, "node {i}"),
        }
    }
}

/// What is wrong with a step.
///
/// ```
/// use maillage::groups::certificate::{Claim, Node, Refused};
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
/// let Claim::Found { tiers, .. } = &mut certificate.claim else { panic!("it has a solution") };
/// tiers[0].parts[0].search.nodes = vec![Node::TooFew(vec![0])];
/// let Err(Refused::Proof { why, .. }) = certificate::check(&problem, &certificate) else { panic!() };
/// assert!(!why.to_string().is_empty());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// Numbers beyond 128 bits.
    #[error("numbers too large to check")]
    TooLarge,
    /// A price below 0.
    #[error("a negative price")]
    NegativePrice,
    /// A row, price list or variable that does not exist there.
    #[error("a row, price list or variable that does not exist")]
    UnknownRow,
    /// A cut with indices or a divisor that are not allowed.
    #[error("not a derivation")]
    Cut,
    /// A negative factor of `d`, whose least the checker does not know.
    #[error("a negative factor of a distance from the target")]
    Concave,
    /// A leaf that is not empty.
    #[error("nothing contradicts this leaf")]
    NotRefuted,
    /// A tree with leaves missing, or with nodes after the last one.
    #[error("the leaves do not cover the space")]
    Uncovered,
}

/// Checks a certificate against a problem that has passed [`Problem::check`].
///
/// # Errors
/// The first thing that is not proved.
pub fn check(problem: &Problem, certificate: &Certificate) -> Result<(), Refused> {
    sets(problem, certificate)?;
    let base = Base::new(problem, certificate);
    match &certificate.claim {
        Claim::Impossible(search) => {
            let nothing = Ground { earlier: &[], better: None, full: None };
            let refused = |(step, why)| Refused::Proof { tier: None, part: 0, step, why };
            refute(&base, &nothing, search).map_err(refused)
        }
        Claim::Found { assignment, tiers } => found(&base, assignment, tiers),
    }
}

fn sets(problem: &Problem, certificate: &Certificate) -> Result<(), Refused> {
    let clique = |set: &Vec<OptionIx>| {
        let known =
            set.is_sorted_by(|a, b| a < b) && set.iter().all(|&o| (o as usize) < problem.options.len());
        known && (0..set.len()).all(|i| set[..i].iter().all(|&other| problem.in_conflict(other, set[i])))
    };
    if let Some(row) = certificate.cliques.iter().position(|set| !clique(set)) {
        return Err(Refused::Set("cliques", row));
    }
    let week = |set: &Vec<u32>| {
        let known = set.is_sorted_by(|a, b| a < b) && set.iter().all(|&p| (p as usize) < problem.posts.len());
        known
            && set.windows(2).all(|w| problem.posts[w[0] as usize].week == problem.posts[w[1] as usize].week)
    };
    match certificate.posts.iter().position(|set| !week(set)) {
        Some(row) => Err(Refused::Set("posts", row)),
        None => Ok(()),
    }
}

fn found(base: &Base<'_>, assignment: &Assignment, tiers: &[TierClaim]) -> Result<(), Refused> {
    verify(base.problem, assignment)?;
    if !tiers.iter().map(|t| &t.tier).eq(&base.problem.tiers) {
        return Err(Refused::Tiers);
    }
    for (row, claim) in tiers.iter().enumerate() {
        let is = value(base.problem, assignment, claim.tier);
        if is != claim.value {
            return Err(Refused::Value { tier: row, claimed: claim.value, is });
        }
        let bound: i128 = claim.parts.iter().map(|p| i128::from(p.bound)).sum();
        let sound = if claim.tier.maximised() { claim.bound >= is } else { claim.bound <= is };
        if bound != i128::from(claim.bound) || !sound {
            return Err(Refused::Bound(row));
        }
        parts_partition(base, claim).ok_or(Refused::Parts(row))?;
        for (part, spec) in claim.parts.iter().enumerate() {
            let refused = |(step, why)| Refused::Proof { tier: Some(row), part, step, why };
            let share = better(base, claim.tier, spec);
            let full = (claim.tier == Tier::Placed).then_some(spec);
            refute(base, &Ground { earlier: &tiers[..row], better: Some(&share), full }, &spec.search)
                .map_err(refused)?;
        }
    }
    Ok(())
}

/// Whether no option or gate is in two parts, and none is left out that may add to a maximum.
fn parts_partition(base: &Base<'_>, claim: &TierClaim) -> Option<()> {
    let mut options = vec![false; base.problem.options.len()];
    let mut gates = vec![false; base.problem.gates.len()];
    let take = |seen: &mut Vec<bool>, index: u32| {
        let slot = seen.get_mut(index as usize)?;
        (!std::mem::replace(slot, true)).then_some(())
    };
    for part in &claim.parts {
        part.options.iter().try_for_each(|&o| take(&mut options, o))?;
        part.gates.iter().try_for_each(|&g| take(&mut gates, g))?;
    }
    let counted = |o: usize| options[o] || base.root.high[base.groups(o as OptionIx)] == 0;
    (!claim.tier.maximised() || (0..options.len()).all(counted)).then_some(())
}

/// What better than a part's bound means: the next number that its objective can be.
pub(super) fn better<'a>(base: &Base<'_>, tier: Tier, part: &'a Part) -> Share<'a> {
    let problem = base.problem;
    let mut unit = 0u128;
    let mut count = |a: u64| unit = gcd(unit, a.into());
    match tier {
        Tier::OffTarget => count(1),
        Tier::Cost => {
            part.options.iter().for_each(|&o| count(problem.options[o as usize].cost));
            part.gates.iter().for_each(|&g| count(problem.gates[g as usize].cost));
        }
        Tier::Placed | Tier::Minutes => {
            for (y, arcs) in part.options.iter().flat_map(|&o| &base.reach[o as usize]) {
                let (youth, first) = (&problem.youths[*y as usize], base.arcs_of(*y).start);
                let times = arcs.clone().map(|arc| youth.arcs[arc - first].time.get());
                if tier == Tier::Placed {
                    count(youth.weight.into());
                } else {
                    times.for_each(|time| count(time.into()));
                }
            }
        }
    }
    // A share that is always 0 has no next number: any step above 0 says so.
    let (unit, bound) = (unit.max(1) as i128, i128::from(part.bound));
    let limit = if tier.maximised() {
        (bound.div_euclid(unit) + 1) * unit
    } else {
        (bound - 1).div_euclid(unit) * unit
    };
    Share { tier, options: &part.options, gates: &part.gates, limit }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// What a search may build on.
pub(super) struct Ground<'a> {
    pub(super) earlier: &'a [TierClaim],
    pub(super) better: Option<&'a Share<'a>>,
    /// The part, in tier `Placed`, where a minimum cut is a proof.
    pub(super) full: Option<&'a Part>,
}

/// A branch that is open, with the bounds that it replaced.
struct Open {
    number: Option<usize>,
    was: (i64, i64),
}

pub(super) fn refute(base: &Base<'_>, ground: &Ground<'_>, search: &Search) -> Result<(), (Step, Why)> {
    let mut sum = Sum::new(base.variables());
    let mut cuts: Vec<Derived> = Vec::new();
    for (i, cut) in search.cuts.iter().enumerate() {
        let at = Context {
            earlier: ground.earlier,
            better: ground.better,
            cuts: &cuts,
            path: &[],
            bounds: &base.root,
        };
        let derived = derive(base, at, &mut sum, cut).map_err(|why| (Step::Cut(i), why))?;
        cuts.push(derived);
    }
    let mut walk = Walk {
        base,
        ground,
        search,
        cuts,
        sum,
        bounds: base.root.clone(),
        path: Vec::new(),
        open: Vec::new(),
    };
    walk.run()
}

struct Walk<'a> {
    base: &'a Base<'a>,
    ground: &'a Ground<'a>,
    search: &'a Search,
    cuts: Vec<Derived>,
    sum: Sum,
    bounds: Bounds,
    /// The branches on the way, as rows.
    path: Vec<(&'a [Variable], u32, bool)>,
    /// The same branches, as changes of the box.
    open: Vec<Open>,
}

impl<'a> Walk<'a> {
    fn run(&mut self) -> Result<(), (Step, Why)> {
        let search = self.search;
        for (i, node) in search.nodes.iter().enumerate() {
            let at = |why| (Step::Node(i), why);
            match node {
                Node::Branch { sum, at: most } => self.branch(sum, *most).map_err(at)?,
                leaf => {
                    self.leaf(leaf).map_err(at)?;
                    if !self.next_side() {
                        let last = i + 1 == search.nodes.len();
                        return if last { Ok(()) } else { Err((Step::Node(i + 1), Why::Uncovered)) };
                    }
                }
            }
        }
        Err((Step::Node(search.nodes.len()), Why::Uncovered))
    }

    fn branch(&mut self, sum: &'a [Variable], at: u32) -> Result<(), Why> {
        for &variable in sum {
            self.base.number(variable).ok_or(Why::UnknownRow)?;
        }
        let number = match *sum {
            [Variable::Off(_)] => None,
            [variable] => self.base.number(variable),
            _ => None,
        };
        let was = number.map_or((0, 0), |n| (self.bounds.low[n], self.bounds.high[n]));
        self.open.push(Open { number, was });
        self.path.push((sum, at, false));
        if let Some(n) = number {
            self.bounds.high[n] = was.1.min(at.into());
        }
        Ok(())
    }

    /// Leaves what is done, and goes to the nearest side that is not.
    fn next_side(&mut self) -> bool {
        while let (Some((sum, at, more)), Some(open)) = (self.path.pop(), self.open.pop()) {
            if let Some(n) = open.number {
                (self.bounds.low[n], self.bounds.high[n]) = open.was;
            }
            if !more {
                if let Some(n) = open.number {
                    self.bounds.low[n] = open.was.0.max(i64::from(at) + 1);
                }
                self.path.push((sum, at, true));
                self.open.push(open);
                return true;
            }
        }
        false
    }

    fn leaf(&mut self, leaf: &Node) -> Result<(), Why> {
        let refuted = self.emptied()
            || match leaf {
                Node::Priced(list) => self.priced(*list)?,
                Node::TooFew(options) => self.too_few(options)?,
                Node::TooFull(options) => self.too_full(options)?,
                Node::Branch { .. } => false,
            };
        if refuted { Ok(()) } else { Err(Why::NotRefuted) }
    }

    /// Whether a branch on the way left a variable without a value.
    fn emptied(&self) -> bool {
        let empty = |n: usize| self.bounds.low[n] > self.bounds.high[n];
        self.open.iter().filter_map(|open| open.number).any(empty)
    }

    fn priced(&mut self, list: u32) -> Result<bool, Why> {
        let prices = self.search.prices.get(list as usize).ok_or(Why::UnknownRow)?;
        self.sum.clear();
        let at = Context {
            earlier: self.ground.earlier,
            better: self.ground.better,
            cuts: &self.cuts,
            path: &self.path,
            bounds: &self.bounds,
        };
        prices.iter().try_for_each(|&(row, price)| self.sum.add(self.base, at, row, price))?;
        let least = least(self.base, &self.bounds, &self.sum)?;
        Ok(least.is_none_or(|least| least > self.sum.right))
    }

    fn set(&self, options: &[OptionIx]) -> Result<BTreeSet<OptionIx>, Why> {
        let known = options.iter().all(|&o| (o as usize) < self.base.problem.options.len());
        if known { Ok(options.iter().copied().collect()) } else { Err(Why::UnknownRow) }
    }

    fn too_few(&self, options: &[OptionIx]) -> Result<bool, Why> {
        let options: Vec<OptionIx> = self.set(options)?.into_iter().collect();
        let needs = options.iter().map(|&o| {
            let low = self.bounds.low[self.base.groups(o)];
            i128::from(self.base.least_min(o, &self.bounds)) * i128::from(low)
        });
        Ok(needs.sum::<i128>() > comers(self.base, &options, &self.bounds).len() as i128)
    }

    fn too_full(&self, options: &[OptionIx]) -> Result<bool, Why> {
        let part = self.ground.full.ok_or(Why::UnknownRow)?;
        let full = self.set(options)?;
        let (inside, outside): (Vec<OptionIx>, Vec<OptionIx>) =
            part.options.iter().partition(|&o| full.contains(o));
        let open = |o: &OptionIx| self.bounds.high[self.base.groups(*o)] > 0;
        let weight = |y: YouthIx| i128::from(self.base.problem.youths[y as usize].weight);
        let seats = inside.iter().map(|&o| {
            let places =
                i128::from(self.base.sizes(o).max) * i128::from(self.bounds.high[self.base.groups(o)]);
            let mut weights: Vec<i128> =
                comers(self.base, &[o], &self.bounds).into_iter().map(|c| weight(c.0)).collect();
            weights.sort_unstable_by(|a, b| b.cmp(a));
            weights.into_iter().take(usize::try_from(places.max(0)).unwrap_or(usize::MAX)).sum::<i128>()
        });
        let outside: Vec<OptionIx> = outside.into_iter().filter(open).collect();
        let others = comers(self.base, &outside, &self.bounds).into_iter().map(|c| weight(c.0));
        Ok(seats.sum::<i128>() + others.sum::<i128>() <= i128::from(part.bound))
    }
}

/// A Hall cut in the numbers that people count in.
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
/// let told = hall(&problem, &Cut::Hall { options: vec![0], divisor: 2 }).expect("a Hall cut");
/// assert_eq!((told.youths.len(), told.groups), (3, 1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hall {
    /// Options of one programme, with one minimum.
    pub options: Vec<OptionIx>,
    /// Those who can attend one of them.
    pub youths: Vec<YouthIx>,
    /// Whether none of them can attend another option of the programme.
    pub only: bool,
    /// What each group asks for.
    pub min: u32,
    /// Most groups that can be made there: `youths / min`.
    pub groups: u32,
}

/// What a cut says to people, when it is as simple as that: some options of one
/// programme, who can attend them, and how many groups that makes at most.
pub fn hall(problem: &Problem, cut: &Cut) -> Option<Hall> {
    let Cut::Hall { options, divisor } = cut else { return None };
    let nothing =
        Certificate { cliques: Vec::new(), posts: Vec::new(), claim: Claim::Impossible(Search::default()) };
    let base = Base::new(problem, &nothing);
    let first = problem.options.get(*options.first()? as usize)?;
    let alike = |&o: &OptionIx| {
        let option = problem.options.get(o as usize);
        option.is_some_and(|spec| spec.programme == first.programme)
            && base.least_min(o, &base.root) == i64::from(*divisor)
    };
    if !options.iter().all(alike) {
        return None;
    }
    let youths: Vec<YouthIx> = comers(&base, options, &base.root).into_iter().map(|c| c.0).collect();
    let elsewhere =
        |o: OptionIx| problem.options[o as usize].programme == first.programme && !options.contains(&o);
    let only = youths.iter().all(|&y| !problem.youths[y as usize].arcs.iter().any(|a| elsewhere(a.option)));
    let groups = youths.len() as u32 / divisor;
    Some(Hall { options: options.clone(), youths, only, min: *divisor, groups })
}
