//! Writes the certificate of an answer, from what the search did.

mod flows;
mod prices;
mod refute;
#[cfg(test)]
mod tests;
mod tree;
mod trim;

pub(super) use tree::{Change, MOST as KEPT, Recorder, Tree};

use super::certificate::trial::Trial;
use super::certificate::{Certificate, Claim, Node, Part, Prices, Row, Search, TierClaim};
use super::clock::Clock;
use super::domain::Domain;
use super::dual::{Dual, Walk};
use super::problem::{Pin, Problem, Tier, YouthIx};
use super::solution::Assignment;
use super::split;
use super::verify::value;
use crate::error::Error;
use prices::{HUGE, Lister, barred};
use refute::Refutation;
use std::collections::BTreeMap;

/// Most steps of a search that is written in full; of a longer one, the root is.
const MOST: usize = 20_000;
/// Steps of the dual where a linear program left no proof.
const LONGER: u32 = 1_000;
/// How often they start again.
const AGAIN: u32 = 8;

/// What a search of one part for one tier left behind.
pub(super) struct Trace<'a> {
    pub(super) dual: Dual<'a>,
    pub(super) tree: Tree,
    /// What the search proved, as a score.
    pub(super) bound: i64,
}

/// A part, what it was bounded by in each tier, and how, where something was searched.
pub(super) struct Evidence<'w, 'a> {
    pub(super) part: &'a split::Part,
    pub(super) bounds: &'w [i64],
    pub(super) traces: &'w [Option<Trace<'a>>],
}

/// The certificate of an assignment. It takes the time that it takes.
///
/// # Errors
/// [`Error::Cancelled`].
pub(super) fn found<'a>(
    problem: &'a Problem,
    parts: &[Evidence<'_, 'a>],
    assignment: &Assignment,
    clock: Clock<'_>,
) -> Result<Certificate, Error> {
    let clock = clock.without_limit();
    let mut trial = Trial::new(problem);
    let mut tiers: Vec<TierClaim> = Vec::new();
    for (at, &tier) in problem.tiers.iter().enumerate() {
        let mut claims: Vec<Part> = (0..)
            .zip(parts)
            .map(|(place, part)| {
                clock.check()?;
                Ok(Writing { problem, part, place, at, tier, earlier: &tiers, clock }.part(&mut trial))
            })
            .collect::<Result<_, Error>>()?;
        if tier.maximised() {
            claims.extend(rest(problem, &claims, &mut trial));
        }
        let value = value(problem, assignment, tier);
        let bound = claims.iter().map(|p| p.bound).fold(0, i64::saturating_add);
        tiers.push(TierClaim { tier, value, bound, parts: claims });
    }
    // A search that was told to stop proves less than it could.
    clock.check()?;
    let mut certificate = trial.certificate(Claim::Found { assignment: assignment.clone(), tiers });
    trim::sets(&mut certificate);
    Ok(certificate)
}

/// The certificate that no assignment exists, where one row says so.
pub(super) fn impossible(problem: &Problem) -> Option<Certificate> {
    let mut trial = Trial::new(problem);
    let scene = trial.scene(&[], None, &[])?;
    let options: Vec<u32> = (0..problem.options.len() as u32).collect();
    let barred = barred(problem, &options, &mut trial);
    let case = trial.root();
    let row = |pin: &Pin, at: u32| match pin {
        Pin::Open { .. } => Some(Row::PinOpen(at)),
        Pin::In { .. } => Some(Row::PinIn(at)),
        Pin::Out { .. } | Pin::Apart(..) => None,
    };
    for row in problem.pins.iter().zip(0..).filter_map(|(pin, at)| row(pin, at)) {
        let mut prices: Prices = vec![(row, 1)];
        prices.extend(barred.iter().map(|&row| (row, HUGE)));
        if trial.weigh(&scene, &prices, &case).is_some_and(|w| w.refutes()) {
            let search = one(Node::Priced(0), vec![prices]);
            let mut certificate = trial.certificate(Claim::Impossible(search));
            trim::sets(&mut certificate);
            return Some(certificate);
        }
    }
    None
}

/// Writes one part's claim for one tier.
struct Writing<'w, 'a> {
    problem: &'a Problem,
    part: &'w Evidence<'w, 'a>,
    place: u32,
    at: usize,
    tier: Tier,
    earlier: &'w [TierClaim],
    clock: Clock<'w>,
}

impl<'a> Writing<'_, 'a> {
    /// The strongest claim that can be proved, told as simply as can be.
    fn part(&self, trial: &mut Trial<'a>) -> Part {
        let trivial = self.trivial();
        if let Some(simple) = self.simple(trial, &trivial) {
            return simple;
        }
        let trace = self.part.traces[self.at].as_ref();
        // Where the search got no further than its root, the root says as much.
        let no_further = trace.is_some_and(|t| t.tree.root.is_none_or(|root| root <= t.bound));
        let ways = if no_further { [true, false] } else { [false, true] };
        ways.into_iter().find_map(|root_only| self.searched(trial, &trivial, root_only)).unwrap_or(trivial)
    }

    /// What needs no search: everybody once in each programme; nothing below nothing.
    fn trivial(&self) -> Part {
        let part = self.part.part;
        let (bound, search) = if self.tier.maximised() {
            let placements = |y: YouthIx| {
                let youth = &self.problem.youths[y as usize];
                let mine = youth.arcs.iter().filter(|a| part.options.binary_search(&a.option).is_ok());
                let mut programmes: Vec<_> =
                    mine.map(|a| self.problem.options[a.option as usize].programme).collect();
                programmes.sort_unstable();
                programmes.dedup();
                i64::from(youth.weight).saturating_mul(programmes.len() as i64)
            };
            // Whoever only reaches the part in ways that carry nobody is not one of its youths.
            let all = self.problem.gates.iter().any(|g| g.capacity == Some(0));
            let everybody: Vec<YouthIx> = (0..self.problem.youths.len() as YouthIx).collect();
            let youths = if all { &everybody } else { &part.youths };
            let bound = youths.iter().map(|&y| placements(y)).fold(0, i64::saturating_add);
            (bound, one(Node::TooFull(Vec::new()), Vec::new()))
        } else {
            (0, one(Node::Priced(0), vec![vec![(Row::Better, 1)]]))
        };
        Part { options: part.options.clone(), gates: part.gates.clone(), bound, search }
    }

    /// The engine's bound by a least cut at the root, which can be told in words.
    fn simple(&self, trial: &Trial<'a>, trivial: &Part) -> Option<Part> {
        let bound = self.part.bounds[self.at];
        if trivial.bound == bound && (!self.tier.maximised() || trial.proves(self.tier, trivial)) {
            return Some(trivial.clone());
        }
        if !self.tier.maximised() {
            return None;
        }
        let part = self.part.part;
        let full = flows::full(&part.problem).into_iter().map(|o| part.options[o as usize]).collect();
        let claim = Part { bound, search: one(Node::TooFull(full), Vec::new()), ..trivial.clone() };
        trial.proves(self.tier, &claim).then_some(claim)
    }

    /// What the search proved, or its root alone.
    fn searched(&self, trial: &mut Trial<'a>, trivial: &Part, root_only: bool) -> Option<Part> {
        let trace = self.part.traces[self.at].as_ref()?;
        let tree = &trace.tree;
        let (mut score, mut longer) = (tree.root?.max(trace.bound), BTreeMap::new());
        if !root_only {
            let short = tree.is_whole() && tree.steps.len() <= MOST;
            (score, longer) = short.then(|| settle(trace, self.clock))?;
        }
        let bound = if self.tier.maximised() { score } else { -score };
        let claim = Part { bound, ..trivial.clone() };
        let lister = Lister::new(self.problem, self.part.part, self.place, &trace.dual, trial);
        let scene = trial.scene(self.earlier, Some((self.tier, &claim)), &lister.cuts)?;
        let (longer, clock) = (&longer, self.clock);
        let search =
            Refutation { lister: &lister, trial, scene: &scene, tree, longer, root_only, clock }.search()?;
        Some(Part { search, ..claim })
    }
}

/// What can be proved of a search, as a score: a step that a linear program settled is bounded again, by a
/// longer walk, whose prices are given too.
fn settle(trace: &Trace<'_>, clock: Clock<'_>) -> (i64, BTreeMap<usize, Vec<(u32, i64)>>) {
    let (dual, tree) = (&trace.dual, &trace.tree);
    let (mut score, mut longer) = (trace.bound, BTreeMap::new());
    for (at, step) in tree.steps.iter().enumerate() {
        let Some(bound) = step.settled.filter(|&bound| bound > trace.bound) else { continue };
        let mut price = vec![0; dual.right.len()];
        let known = tree.source(at).and_then(|source| tree.steps[source].price.as_ref());
        known.into_iter().flatten().for_each(|&(row, p)| price[row as usize] = p);
        // Where nothing is in the domain, no price is needed.
        let Some(walk) = walk_on(dual, &tree.domain(dual, at), price, (trace.bound, clock)) else { continue };
        score = score.max(walk.total.map_or(bound, |total| dual.score(total).min(bound)));
        longer.insert(at, (0..).zip(walk.price).filter(|p| p.1 > 0).collect());
    }
    (score, longer)
}

/// Walks from prices, anew from each best ones, while that helps; `None` when nothing is in the domain.
fn walk_on(
    dual: &Dual<'_>,
    domain: &Domain,
    price: Vec<i64>,
    (aim, clock): (i64, Clock<'_>),
) -> Option<Walk> {
    let mut best: Option<Walk> = None;
    for _ in 0..AGAIN {
        let mut from = Walk::start(dual);
        from.price = best.as_ref().map_or_else(|| price.clone(), |walk| walk.price.clone());
        let walk = dual.walk(domain, &from, LONGER, aim, clock);
        let (total, before) = (walk.total?, best.as_ref().and_then(|w| w.total));
        let helped = before.is_none_or(|before| total < before);
        if helped {
            best = Some(walk);
        }
        if !helped || dual.score(total) <= aim {
            break;
        }
    }
    best
}

/// Options that presolve dropped although the root's box has groups in them: nothing can be there.
fn rest(problem: &Problem, claims: &[Part], trial: &mut Trial<'_>) -> Option<Part> {
    let mut taken = vec![false; problem.options.len()];
    claims.iter().flat_map(|p| &p.options).for_each(|&o| taken[o as usize] = true);
    let left = (0..problem.options.len() as u32).filter(|&o| !taken[o as usize] && trial.lives(o));
    let options: Vec<u32> = left.collect();
    if options.is_empty() {
        return None;
    }
    let mut prices: Prices = vec![(Row::Better, 1)];
    prices.extend(barred(problem, &options, trial).into_iter().map(|row| (row, HUGE)));
    let search = one(Node::Priced(0), vec![prices]);
    Some(Part { options, gates: Vec::new(), bound: 0, search })
}

/// A search of one leaf.
fn one(leaf: Node, prices: Vec<Prices>) -> Search {
    Search { cuts: Vec::new(), prices, nodes: vec![leaf] }
}
