//! Why no more places can be filled when groups are decided: crowds too small for
//! their minima, and least cuts.

use super::super::certificate::{Prices, Row};
use super::super::domain::Domain;
use super::super::dual::SCALE;
use super::super::flow::Network;
use super::super::problem::{OptionIx, Problem, ProgrammeIx, YouthIx};
use super::prices::Lister;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody in a programme, with the options open to them.
struct Wish {
    youth: YouthIx,
    programme: ProgrammeIx,
    weight: u32,
    options: Vec<OptionIx>,
}

/// Price lists that may refute decided groups, with the options that too few can fill if that is why.
pub(super) fn lists(lister: &Lister<'_>, domain: &Domain) -> Vec<(Prices, Option<Vec<OptionIx>>)> {
    let problem = &lister.part.problem;
    let groups = |o: usize| domain.least[o].min(domain.most(problem, o));
    let wishes = wishes(problem, |o| groups(o as usize) > 0);
    let row = |w: &Wish| Row::Programme(lister.part.youths[w.youth as usize], w.programme);
    let mut lists = Vec::new();
    let demand = |o: OptionIx| {
        u64::from(groups(o as usize)) * u64::from(domain.min(problem, &problem.options[o as usize]))
    };
    if let Some(short) = too_few(&wishes, demand) {
        let near = wishes.iter().filter(|w| w.options.iter().any(|o| short.contains(o)));
        let options = short.iter().map(|&o| lister.part.options[o as usize]).collect();
        lists.push((near.map(|w| (row(w), 1)).collect(), Some(options)));
    }
    let mut prices: Prices = vec![(Row::Better, SCALE)];
    let cover = least_cover(&wishes, |o| seats(problem, o, groups(o as usize))).0;
    prices.extend(wishes.iter().zip(cover).filter(|w| w.1 > 0).map(|(w, p)| (row(w), p * SCALE)));
    lists.push((prices, None));
    lists
}

/// The options that are full in a least cut when all groups are open; whoever can attend another one has a place.
pub(super) fn full(problem: &Problem) -> Vec<OptionIx> {
    let wishes = wishes(problem, |_| true);
    let seats = |o: OptionIx| seats(problem, o, problem.options[o as usize].max_groups);
    least_cover(&wishes, seats).1.into_iter().collect()
}

fn seats(problem: &Problem, o: OptionIx, groups: u32) -> u64 {
    let programme = problem.options[o as usize].programme;
    u64::from(problem.programmes[programme as usize].max) * u64::from(groups)
}

fn wishes(problem: &Problem, open: impl Fn(OptionIx) -> bool) -> Vec<Wish> {
    let mut wishes = Vec::new();
    for (y, youth) in (0..).zip(&problem.youths) {
        let mut by_programme: BTreeMap<ProgrammeIx, Vec<OptionIx>> = BTreeMap::new();
        for o in youth.arcs.iter().map(|a| a.option).filter(|&o| open(o)) {
            by_programme.entry(problem.options[o as usize].programme).or_default().push(o);
        }
        for (programme, mut options) in by_programme {
            options.dedup();
            wishes.push(Wish { youth: y, programme, weight: youth.weight, options });
        }
    }
    wishes
}

/// Wishes flow to options, options to the sink.
struct Crowd {
    net: Network,
    sources: Vec<usize>,
    nodes: BTreeMap<OptionIx, (usize, usize)>,
}

const SOURCE: usize = 0;
const SINK: usize = 1;

impl Crowd {
    fn new(wishes: &[Wish], capacity: impl Fn(OptionIx) -> u64) -> Self {
        let mut crowd = Self { net: Network::new(2), sources: Vec::new(), nodes: BTreeMap::new() };
        for wish in wishes {
            let node = crowd.net.node();
            crowd.sources.push(crowd.net.edge(SOURCE, node, 0));
            for &o in &wish.options {
                let to = match crowd.nodes.get(&o) {
                    Some(&(to, _)) => to,
                    None => {
                        let to = crowd.net.node();
                        let edge = crowd.net.edge(to, SINK, capacity(o));
                        crowd.nodes.insert(o, (to, edge));
                        to
                    }
                };
                crowd.net.edge(node, to, 1);
            }
        }
        crowd
    }

    /// Options on the source's side of a least cut.
    fn reached(&self) -> BTreeSet<OptionIx> {
        let reached = self.net.reached(SOURCE);
        self.nodes.iter().filter(|(_, node)| reached[node.0]).map(|(&o, _)| o).collect()
    }
}

/// Options whose minima those who reach them can't meet.
fn too_few(wishes: &[Wish], demand: impl Fn(OptionIx) -> u64) -> Option<BTreeSet<OptionIx>> {
    let mut crowd = Crowd::new(wishes, &demand);
    for &source in &crowd.sources {
        crowd.net.widen(source, 1);
    }
    let met = crowd.net.run(SOURCE, SINK);
    let asked: u64 = crowd.nodes.keys().map(|&o| demand(o)).sum();
    if met >= asked {
        return None;
    }
    let reached = crowd.reached();
    Some(crowd.nodes.keys().copied().filter(|o| !reached.contains(o)).collect())
}

/// What each wish pays in the least cover of all of them by wishes and seats, and the
/// options that are full when everybody comes.
///
/// The heaviest come first: at each weight, a least cut says who pays the step to the next.
fn least_cover(wishes: &[Wish], seats: impl Fn(OptionIx) -> u64) -> (Vec<i64>, BTreeSet<OptionIx>) {
    let mut weights: Vec<u32> = wishes.iter().map(|w| w.weight).filter(|&w| w > 0).collect();
    weights.sort_unstable_by(|a, b| b.cmp(a));
    weights.dedup();
    let mut crowd = Crowd::new(wishes, seats);
    let mut pays = vec![0; wishes.len()];
    let mut full = BTreeSet::new();
    for (at, &weight) in weights.iter().enumerate() {
        for (wish, &source) in wishes.iter().zip(&crowd.sources) {
            if wish.weight == weight {
                crowd.net.widen(source, 1);
            }
        }
        crowd.net.run(SOURCE, SINK);
        full = crowd.reached();
        let step = i64::from(weight - weights.get(at + 1).copied().unwrap_or(0));
        for (pay, wish) in pays.iter_mut().zip(wishes).filter(|w| w.1.weight >= weight) {
            if wish.options.iter().any(|o| !full.contains(o)) {
                *pay += step;
            }
        }
    }
    (pays, full)
}
