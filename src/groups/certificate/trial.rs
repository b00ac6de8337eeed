//! The checker's own arithmetic, for a writer that tries its proofs before it writes them.

use super::super::problem::{GateIx, OptionIx, PostIx, Problem, Tier};
use super::base::{Base, Bounds};
use super::check::{Ground, better, refute};
use super::cut::{blocks, derive, least_of_block};
use super::rows::{Context, Derived, Share, Sum};
use super::{Certificate, Claim, Cut, Part, Prices, Search, TierClaim, Variable};
use std::collections::{BTreeMap, BTreeSet};

/// A problem with the sets that its certificate lists so far.
pub(in crate::groups) struct Trial<'a> {
    base: Base<'a>,
    sum: Sum,
}

/// What is to be refuted, and what may be built on.
pub(in crate::groups) struct Scene<'t> {
    earlier: &'t [TierClaim],
    better: Option<Share<'t>>,
    cuts: Vec<Derived>,
}

/// A box.
#[derive(Clone)]
pub(in crate::groups) struct Case {
    bounds: Bounds,
    empty: bool,
}

/// Variables whose least is worked out together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::groups) enum Block {
    /// A gate and what is behind it.
    Gate(GateIx),
    /// An option behind none.
    Option(OptionIx),
}

/// What a priced sum is at least over a box, block by block (`None`: nothing is there), and what it must not exceed.
pub(in crate::groups) struct Weight {
    pub(in crate::groups) least: BTreeMap<Block, Option<i128>>,
    pub(in crate::groups) right: i128,
    empty: bool,
}

impl Weight {
    /// By how much the least is above what is allowed, less one; below 0 when it is not.
    pub(in crate::groups) fn margin(&self) -> Option<i128> {
        let total = self.least.values().try_fold(0i128, |sum, part| sum.checked_add((*part)?));
        if self.empty { None } else { total.map(|t| t.saturating_sub(self.right).saturating_sub(1)) }
    }

    /// Whether the box is refuted.
    pub(in crate::groups) fn refutes(&self) -> bool {
        self.margin().is_none_or(|margin| margin >= 0)
    }
}

impl<'a> Trial<'a> {
    pub(in crate::groups) fn new(problem: &'a Problem) -> Self {
        let claim = Claim::Impossible(Search::default());
        let base = Base::new(problem, &Certificate { cliques: Vec::new(), posts: Vec::new(), claim });
        let sum = Sum::new(base.variables());
        Self { base, sum }
    }

    /// The position of a set of options in the certificate.
    pub(in crate::groups) fn clique(&mut self, set: Vec<OptionIx>) -> u32 {
        position(&mut self.base.cliques, set)
    }

    /// The position of a set of posts.
    pub(in crate::groups) fn posts(&mut self, set: Vec<PostIx>) -> u32 {
        position(&mut self.base.posts, set)
    }

    pub(in crate::groups) fn certificate(self, claim: Claim) -> Certificate {
        Certificate { cliques: self.base.cliques, posts: self.base.posts, claim }
    }

    pub(in crate::groups) fn root(&self) -> Case {
        Case { bounds: self.base.root.clone(), empty: false }
    }

    /// Whether the option can open at all.
    pub(in crate::groups) fn lives(&self, o: OptionIx) -> bool {
        self.base.root.high[self.base.groups(o)] > 0
    }

    /// Narrows a box.
    pub(in crate::groups) fn restrict(
        &self,
        case: &mut Case,
        v: Variable,
        least: Option<i64>,
        most: Option<i64>,
    ) {
        let Some(n) = self.base.number(v) else { return };
        let (low, high) = (&mut case.bounds.low[n], &mut case.bounds.high[n]);
        *low = least.map_or(*low, |least| least.max(*low));
        *high = most.map_or(*high, |most| most.min(*high));
        case.empty |= *low > *high;
    }

    /// `None` when a cut is no derivation.
    pub(in crate::groups) fn scene<'t>(
        &mut self,
        earlier: &'t [TierClaim],
        claimed: Option<(Tier, &'t Part)>,
        cuts: &[Cut],
    ) -> Option<Scene<'t>> {
        let better = claimed.map(|(tier, part)| better(&self.base, tier, part));
        let mut scene = Scene { earlier, better, cuts: Vec::new() };
        for cut in cuts {
            let (sum, bounds) = (&mut self.sum, &self.base.root);
            let at = Context { earlier, better: scene.better.as_ref(), cuts: &scene.cuts, path: &[], bounds };
            let derived = derive(&self.base, at, sum, cut).ok()?;
            scene.cuts.push(derived);
        }
        Some(scene)
    }

    /// What prices say in a box; `None` when numbers are too large or a row does not exist.
    pub(in crate::groups) fn weigh(
        &mut self,
        scene: &Scene<'_>,
        prices: &Prices,
        case: &Case,
    ) -> Option<Weight> {
        let (base, sum, bounds) = (&self.base, &mut self.sum, &case.bounds);
        sum.clear();
        let (earlier, better) = (scene.earlier, scene.better.as_ref());
        let at = Context { earlier, better, cuts: &scene.cuts, path: &[], bounds };
        prices.iter().try_for_each(|&(row, price)| sum.add(base, at, row, price)).ok()?;
        let mut least = BTreeMap::new();
        for (gate, options) in blocks(base, sum) {
            let mut one = |block, options: &BTreeSet<OptionIx>| {
                least.insert(block, least_of_block(base, bounds, sum, gate, options).ok()?);
                Some(())
            };
            match gate {
                Some(g) => one(Block::Gate(g), &options)?,
                None => options.iter().try_for_each(|&o| one(Block::Option(o), &BTreeSet::from([o])))?,
            }
        }
        Some(Weight { least, right: sum.right, empty: case.empty })
    }

    /// The block that an option is in.
    pub(in crate::groups) fn block(&self, o: OptionIx) -> Block {
        self.base.problem.options[o as usize].gates.first().map_or(Block::Option(o), |&g| Block::Gate(g))
    }

    /// Whether a part's search, which builds on no earlier tier, proves its bound.
    pub(in crate::groups) fn proves(&self, tier: Tier, part: &Part) -> bool {
        let share = better(&self.base, tier, part);
        let full = (tier == Tier::Placed).then_some(part);
        refute(&self.base, &Ground { earlier: &[], better: Some(&share), full }, &part.search).is_ok()
    }
}

fn position(sets: &mut Vec<Vec<u32>>, set: Vec<u32>) -> u32 {
    let at = sets.iter().position(|s| *s == set).unwrap_or(sets.len());
    if at == sets.len() {
        sets.push(set);
    }
    at as u32
}
