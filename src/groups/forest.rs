//! Limits that need no price: capacities that nest (room within site within
//! territory) and gates with limits on how many open are decided exactly,
//! best first, in each subproblem of the dual.

use super::problem::{Capacity, GateIx, OptionIx, Problem};

/// The limits decided exactly, and what they tie together.
pub(super) struct Forest {
    /// Nested capacities above each option, the innermost first.
    pub(super) above: Vec<Vec<u32>>,
    /// Most groups in each nested capacity.
    pub(super) limits: Vec<i64>,
    /// The problem's row of each nested capacity.
    pub(super) nested: Vec<usize>,
    /// Capacities that are not in the forest, by row of the problem.
    pub(super) priced: Vec<usize>,
    /// Options decided together, with the gate that they all need, if any.
    pub(super) blocks: Vec<Block>,
    /// Options that nothing here ties.
    pub(super) free: Vec<OptionIx>,
    /// The block of each gate that is decided here.
    pub(super) gated: Vec<Option<usize>>,
    /// The gate of each option that is decided here with it; its other gates are priced.
    pub(super) gate_of: Vec<Option<GateIx>>,
    /// Gates that are open only while somebody is there.
    pub(super) hosted: Vec<bool>,
    /// Limits on gates decided here: blocks and how many of them.
    pub(super) choices: Vec<(Vec<usize>, usize)>,
}

/// Options decided together.
pub(super) struct Block {
    pub(super) options: Vec<OptionIx>,
    pub(super) gate: Option<GateIx>,
}

impl Forest {
    pub(super) fn new(problem: &Problem) -> Self {
        let count = problem.options.len();
        let plain = plain_gates(problem);
        let opened = opened(problem);
        let widest = |o: &super::OptionSpec| {
            let own = o.gates.iter().copied().filter(|&g| plain[g as usize]);
            own.max_by_key(|&g| (opened[g as usize], std::cmp::Reverse(g)))
        };
        let gate_of: Vec<Option<GateIx>> = problem.options.iter().map(widest).collect();
        let mut above: Vec<Vec<u32>> = vec![Vec::new(); count];
        let mut limits: Vec<i64> = Vec::new();
        let (mut sizes, mut nested): (Vec<usize>, Vec<usize>) = Default::default();
        let mut rows: Vec<usize> = (0..problem.capacities.len()).collect();
        rows.sort_by_key(|&r| (problem.capacities[r].uses.len(), r));
        let mut priced = Vec::new();
        for row in rows {
            let c = &problem.capacities[row];
            let Some(limit) = plain_limit(c).filter(|_| nests(c, &above, &sizes, &gate_of)) else {
                priced.push(row);
                continue;
            };
            c.uses.iter().for_each(|u| above[u.0 as usize].push(limits.len() as u32));
            limits.push(limit);
            sizes.push(c.uses.len());
            nested.push(row);
        }
        priced.sort_unstable();
        let mut forest = Self {
            above,
            limits,
            nested,
            priced,
            blocks: Vec::new(),
            free: Vec::new(),
            gated: vec![None; problem.gates.len()],
            gate_of: Vec::new(),
            hosted: problem.hosted(),
            choices: Vec::new(),
        };
        forest.tie(&gate_of);
        forest.gate_of = gate_of;
        let mut alone = vec![true; forest.blocks.len()];
        for limit in problem.gate_limits.iter().filter(|l| l.gates.iter().all(|&g| plain[g as usize])) {
            let blocks: Vec<usize> = limit.gates.iter().filter_map(|&g| forest.gated[g as usize]).collect();
            blocks.iter().for_each(|&b| alone[b] = false);
            if !blocks.is_empty() {
                forest.choices.push((blocks, limit.limit as usize));
            }
        }
        forest.choices.extend((0..alone.len()).filter(|&b| alone[b]).map(|b| (vec![b], 1)));
        forest
    }

    /// Blocks: a gate's options, or those under one outermost capacity.
    fn tie(&mut self, gate_of: &[Option<GateIx>]) {
        let mut by_root: Vec<Option<usize>> = vec![None; self.limits.len()];
        for (o, &gate) in gate_of.iter().enumerate() {
            let place = match (gate, self.above[o].last()) {
                (Some(g), _) => &mut self.gated[g as usize],
                (None, Some(&root)) => &mut by_root[root as usize],
                (None, None) => {
                    self.free.push(o as OptionIx);
                    continue;
                }
            };
            let block = *place.get_or_insert(self.blocks.len());
            if block == self.blocks.len() {
                self.blocks.push(Block { options: Vec::new(), gate });
            }
            self.blocks[block].options.push(o as OptionIx);
        }
    }
}

/// The limit of a capacity whose groups all take the same of it.
fn plain_limit(c: &Capacity) -> Option<i64> {
    let amount = c.uses.first()?.1;
    let plain = amount > 0 && c.extra.is_empty() && c.uses.iter().all(|u| u.1 == amount);
    plain.then(|| i64::from(c.limit / amount))
}

/// Whether a capacity holds each smaller one that it meets, and crosses no gate.
fn nests(c: &Capacity, above: &[Vec<u32>], sizes: &[usize], gate_of: &[Option<GateIx>]) -> bool {
    let gate = |o: OptionIx| gate_of[o as usize];
    let one_gate = c.uses.iter().all(|u| gate(u.0) == gate(c.uses[0].0));
    let mut met = std::collections::BTreeMap::new();
    for &(o, _) in &c.uses {
        if let Some(&outer) = above[o as usize].last() {
            *met.entry(outer).or_insert(0) += 1;
        }
    }
    one_gate && met.into_iter().all(|(outer, count)| sizes[outer as usize] == count)
}

/// How many options each gate opens.
fn opened(problem: &Problem) -> Vec<usize> {
    let mut opened = vec![0; problem.gates.len()];
    problem.options.iter().flat_map(|o| &o.gates).for_each(|&g| opened[g as usize] += 1);
    opened
}

/// Gates that do nothing else than open options, and each limit on which is on gates like it.
fn plain_gates(problem: &Problem) -> Vec<bool> {
    let mut plain = vec![true; problem.gates.len()];
    let mut limited = vec![0; problem.gates.len()];
    for option in &problem.options {
        option.lower_min.iter().for_each(|l| plain[l.0 as usize] = false);
    }
    let arcs = problem.youths.iter().flat_map(|y| &y.arcs).filter_map(|a| a.gate);
    let extras = problem.capacities.iter().flat_map(|c| &c.extra).map(|e| e.0);
    arcs.chain(extras).for_each(|g| plain[g as usize] = false);
    problem.gate_limits.iter().flat_map(|l| &l.gates).for_each(|&g| limited[g as usize] += 1);
    plain.iter_mut().zip(limited).for_each(|(plain, limited)| *plain &= limited <= 1);
    for limit in &problem.gate_limits {
        if !limit.gates.iter().all(|&g| plain[g as usize]) {
            limit.gates.iter().for_each(|&g| plain[g as usize] = false);
        }
    }
    plain
}
