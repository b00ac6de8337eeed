//! The checker's own view of a problem: variables in one line, and their root box.

use super::super::problem::{GateIx, OptionIx, Pin, PostIx, Problem, ProgrammeIx, Sizes, YouthIx};
use super::{Certificate, Variable};
use std::collections::BTreeSet;
use std::ops::Range;

/// The problem with its variables numbered: arcs, groups, gates, then `d`.
pub(super) struct Base<'a> {
    pub(super) problem: &'a Problem,
    pub(super) cliques: Vec<Vec<OptionIx>>,
    pub(super) posts: Vec<Vec<PostIx>>,
    /// Number of the first arc of each youth, and after the last one the number of arcs.
    first_arc: Vec<usize>,
    /// For each option, each youth who can attend and the numbers of its arcs to it.
    pub(super) reach: Vec<Vec<(YouthIx, Range<usize>)>>,
    /// Bounds at the root; `d` has none above.
    pub(super) root: Bounds,
}

/// Bounds of each variable.
#[derive(Clone)]
pub(super) struct Bounds {
    pub(super) low: Vec<i64>,
    pub(super) high: Vec<i64>,
}

impl<'a> Base<'a> {
    pub(super) fn new(problem: &'a Problem, certificate: &Certificate) -> Self {
        let mut first_arc = vec![0];
        for y in &problem.youths {
            first_arc.push(first_arc[first_arc.len() - 1] + y.arcs.len());
        }
        let mut base = Self {
            problem,
            cliques: certificate.cliques.clone(),
            posts: certificate.posts.clone(),
            first_arc,
            reach: vec![Vec::new(); problem.options.len()],
            root: Bounds { low: Vec::new(), high: Vec::new() },
        };
        base.set_reach();
        base.set_root();
        base
    }

    fn arcs(&self) -> usize {
        self.first_arc[self.problem.youths.len()]
    }

    /// How many variables there are.
    pub(super) fn variables(&self) -> usize {
        self.arcs() + 2 * self.problem.options.len() + self.problem.gates.len()
    }

    pub(super) fn groups(&self, option: OptionIx) -> usize {
        self.arcs() + option as usize
    }

    pub(super) fn gate(&self, gate: u32) -> usize {
        self.arcs() + self.problem.options.len() + gate as usize
    }

    pub(super) fn off(&self, option: OptionIx) -> usize {
        self.arcs() + self.problem.options.len() + self.problem.gates.len() + option as usize
    }

    /// Numbers of the arcs of a youth; none when it does not exist.
    pub(super) fn arcs_of(&self, youth: u32) -> Range<usize> {
        match self.first_arc.get(youth as usize..) {
            Some(&[from, to, ..]) => from..to,
            _ => 0..0,
        }
    }

    /// The number of a variable, if it exists.
    pub(super) fn number(&self, variable: Variable) -> Option<usize> {
        let option = |o: OptionIx| (o as usize) < self.problem.options.len();
        match variable {
            Variable::Arc(y, i) => self.arcs_of(y).nth(i as usize),
            Variable::Groups(o) => option(o).then(|| self.groups(o)),
            Variable::Gate(g) => ((g as usize) < self.problem.gates.len()).then(|| self.gate(g)),
            Variable::Off(o) => option(o).then(|| self.off(o)),
        }
    }

    /// The option that a variable belongs to (an arc's is where it leads), or the gate that it is.
    pub(super) fn option_of(&self, number: usize) -> Result<OptionIx, GateIx> {
        let (options, gates) = (self.problem.options.len(), self.problem.gates.len());
        match number.checked_sub(self.arcs()) {
            None => {
                let y = self.first_arc.partition_point(|&first| first <= number) - 1;
                Ok(self.problem.youths[y].arcs[number - self.first_arc[y]].option)
            }
            Some(n) if n < options => Ok(n as OptionIx),
            Some(n) if n < options + gates => Err((n - options) as GateIx),
            Some(n) => Ok((n - options - gates) as OptionIx),
        }
    }

    pub(super) fn sizes(&self, option: OptionIx) -> Sizes {
        self.problem.programmes[self.problem.options[option as usize].programme as usize]
    }

    /// The least minimum that holds in a box: a gate that is closed there lowers nothing.
    pub(super) fn least_min(&self, option: OptionIx, bounds: &Bounds) -> i64 {
        let min = self.sizes(option).min;
        i64::from(match self.problem.options[option as usize].lower_min {
            Some((gate, lower)) if bounds.high[self.gate(gate)] > 0 => lower.min(min),
            _ => min,
        })
    }

    fn pinned_out(&self) -> BTreeSet<(YouthIx, ProgrammeIx)> {
        let out = |pin: &Pin| match *pin {
            Pin::Out { youth, programme } => Some((youth, programme)),
            _ => None,
        };
        self.problem.pins.iter().filter_map(out).collect()
    }

    fn set_reach(&mut self) {
        let out = self.pinned_out();
        for (y, youth) in self.problem.youths.iter().enumerate() {
            let mut number = self.first_arc[y];
            for arcs in youth.arcs.chunk_by(|a, b| a.option == b.option) {
                let (o, y) = (arcs[0].option as usize, y as u32);
                if !out.contains(&(y, self.problem.options[o].programme)) {
                    self.reach[o].push((y, number..number + arcs.len()));
                }
                number += arcs.len();
            }
        }
    }

    fn set_root(&mut self) {
        let mut high = vec![0; self.arcs()];
        high.resize(self.arcs() + self.problem.options.len(), 0);
        high.resize(high.len() + self.problem.gates.len(), 1);
        high.resize(self.variables(), i64::MAX);
        self.root = Bounds { low: vec![0; high.len()], high };
        for (o, option) in self.problem.options.iter().enumerate() {
            let number = self.groups(o as OptionIx);
            let reach = self.reach[o].len() as i64 / self.least_min(o as OptionIx, &self.root);
            self.root.high[number] = reach.min(i64::from(option.max_groups));
        }
        for capacity in &self.problem.capacities {
            let most = i64::from(capacity.limit) + capacity.extra.iter().map(|e| i64::from(e.1)).sum::<i64>();
            for &(o, amount) in capacity.uses.iter().filter(|u| u.1 > 0) {
                let number = self.groups(o);
                self.root.high[number] = self.root.high[number].min(most / i64::from(amount));
            }
        }
        for o in 0..self.reach.len() {
            let open = i64::from(self.root.high[self.groups(o as OptionIx)] > 0);
            for number in self.reach[o].iter().flat_map(|r| r.1.clone()) {
                self.root.high[number] = open;
            }
        }
    }
}
