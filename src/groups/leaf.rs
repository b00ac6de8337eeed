//! The end of a branch: groups and gates are decided, and members are found
//! exactly, by flow where nothing else than places binds them.

use super::domain::Domain;
use super::flow::Network;
use super::problem::{GateIx, OptionIx, Pin, Problem, ProgrammeIx, YouthIx};
use super::solution::Assignment;
use std::collections::BTreeMap;

/// Whether members of decided groups are a flow: programmes don't meet, and no
/// rule looks at who is with whom.
pub(super) fn flows(problem: &Problem) -> bool {
    let arcs = || problem.youths.iter().flat_map(|y| &y.arcs);
    let meet = |y: &super::YouthSpec| {
        let pairs = y
            .arcs
            .iter()
            .enumerate()
            .flat_map(|(i, a)| y.arcs[..i].iter().map(move |b| (a.option, b.option)));
        let programme = |o: OptionIx| problem.options[o as usize].programme;
        pairs.into_iter().any(|(a, b)| programme(a) != programme(b) && problem.in_conflict(a, b))
    };
    let free = |p: &Pin| matches!(p, Pin::Open { .. } | Pin::Out { .. });
    problem.mix.is_empty()
        && problem.pins.iter().all(free)
        && problem.hosts.is_empty()
        && arcs().all(|a| a.gate.is_none())
        && !problem.youths.iter().any(meet)
}

/// The best members of decided groups, heaviest first; `None` when some
/// group can't be filled. Exact where [`flows`] holds.
///
/// Places reached by flow are a matroid, so taking the heaviest first is best;
/// and whom the best can't do without, groups short of their minimum can
/// have too (Mendelsohn and Dulmage), so minima cost nothing once they can be met.
pub(super) fn fill(problem: &Problem, domain: &Domain) -> Option<Assignment> {
    let mut net = Places::new(problem, domain);
    let heaviest = net.heaviest_first();
    let mut net = Places::new(problem, domain);
    net.fill(&heaviest).then(|| net.assignment(domain))
}

/// A youth in a programme.
struct Wish {
    youth: YouthIx,
    weight: u32,
    source: usize,
    arcs: Vec<(OptionIx, usize)>,
}

struct Places {
    net: Network,
    wishes: Vec<Wish>,
    /// Edge of each open option to the sink, fewest and most members.
    options: BTreeMap<OptionIx, (usize, u64, u64)>,
}

const SOURCE: usize = 0;
const SINK: usize = 1;

impl Places {
    fn new(problem: &Problem, domain: &Domain) -> Self {
        let mut net = Network::new(2);
        let mut options = BTreeMap::new();
        let mut nodes = BTreeMap::new();
        for (o, spec) in problem.options.iter().enumerate().filter(|o| domain.least[o.0] > 0) {
            let k = u64::from(domain.least[o]);
            let max = u64::from(problem.programmes[spec.programme as usize].max);
            let node = net.node();
            nodes.insert(o as OptionIx, node);
            let edge = net.edge(node, SINK, 0);
            options.insert(o as OptionIx, (edge, k * u64::from(domain.min(problem, spec)), k * max));
        }
        let mut wishes: Vec<Wish> = Vec::new();
        for (y, youth) in problem.youths.iter().enumerate() {
            let mut by_programme: BTreeMap<ProgrammeIx, Vec<OptionIx>> = BTreeMap::new();
            for a in youth.arcs.iter().filter(|a| nodes.contains_key(&a.option)) {
                by_programme.entry(problem.options[a.option as usize].programme).or_default().push(a.option);
            }
            for arcs in by_programme.into_values() {
                let node = net.node();
                let source = net.edge(SOURCE, node, 0);
                let arcs = arcs.into_iter().map(|o| (o, net.edge(node, nodes[&o], 1))).collect();
                wishes.push(Wish { youth: y as YouthIx, weight: youth.weight, source, arcs });
            }
        }
        Self { net, wishes, options }
    }

    /// Which wishes the heaviest choice grants.
    fn heaviest_first(&mut self) -> Vec<bool> {
        self.options.values().for_each(|&(edge, _, most)| self.net.widen(edge, most));
        let mut weights: Vec<u32> = self.wishes.iter().map(|w| w.weight).collect();
        weights.sort_unstable_by(|a, b| b.cmp(a));
        weights.dedup();
        for weight in weights {
            for wish in self.wishes.iter().filter(|w| w.weight == weight) {
                self.net.widen(wish.source, 1);
            }
            self.net.run(SOURCE, SINK);
        }
        self.wishes.iter().map(|w| self.net.flow(w.source) > 0).collect()
    }

    /// Fills minima first, then all places, with those granted; false when
    /// minima can't be met.
    fn fill(&mut self, granted: &[bool]) -> bool {
        let mut needed = 0;
        for &(edge, least, _) in self.options.values() {
            self.net.widen(edge, least);
            needed += least;
        }
        for (wish, _) in self.wishes.iter().zip(granted).filter(|w| *w.1) {
            self.net.widen(wish.source, 1);
        }
        let met = self.net.run(SOURCE, SINK);
        for &(edge, least, most) in self.options.values() {
            self.net.widen(edge, most - least);
        }
        met == needed && met + self.net.run(SOURCE, SINK) == granted.iter().filter(|g| **g).count() as u64
    }

    fn assignment(&self, domain: &Domain) -> Assignment {
        let open = |g: &GateIx| domain.gates[*g as usize].0;
        let mut members: Vec<_> = Vec::new();
        for wish in &self.wishes {
            let used = wish.arcs.iter().filter(|a| self.net.flow(a.1) > 0);
            members.extend(used.map(|a| (wish.youth, a.0, None)));
        }
        members.sort_unstable();
        Assignment {
            groups: self.options.keys().map(|&o| (o, domain.least[o as usize])).collect(),
            members,
            gates: (0..domain.gates.len() as GateIx).filter(open).collect(),
        }
    }
}
