//! What a branch of the search has decided: groups of each option between two
//! numbers, gates that must be open or can't be.

use super::problem::{OptionSpec, Problem};

/// The decisions of a branch.
#[derive(Clone, Debug)]
pub(super) struct Domain {
    /// Fewest groups of each option.
    pub(super) least: Vec<u32>,
    /// Most groups of each option, its gates aside.
    pub(super) most: Vec<u32>,
    /// Whether each gate must be open, and whether it may be.
    pub(super) gates: Vec<(bool, bool)>,
    /// Fewest and most members through each arc of a class.
    pub(super) members: Vec<(u32, u32)>,
}

impl Domain {
    /// Nothing decided; `members` are the most of each class's arc.
    pub(super) fn whole(problem: &Problem, members: impl Iterator<Item = u32>) -> Self {
        Self {
            least: vec![0; problem.options.len()],
            most: problem.options.iter().map(|o| o.max_groups).collect(),
            gates: vec![(false, true); problem.gates.len()],
            members: members.map(|most| (0, most)).collect(),
        }
    }

    /// Most groups of an option: none while a gate of it is shut.
    pub(super) fn most(&self, problem: &Problem, o: usize) -> u32 {
        let shut = problem.options[o].gates.iter().any(|&g| !self.gates[g as usize].1);
        if shut { 0 } else { self.most[o] }
    }

    /// Fewest members of a group, with every gate open that may be.
    pub(super) fn min(&self, problem: &Problem, option: &OptionSpec) -> u32 {
        let min = problem.programmes[option.programme as usize].min;
        match option.lower_min {
            Some((g, lower)) if self.gates[g as usize].1 => lower.min(min),
            _ => min,
        }
    }

    /// At least `k` groups, which need the option's gates.
    pub(super) fn raise(&mut self, problem: &Problem, o: usize, k: u32) {
        self.least[o] = self.least[o].max(k);
        if self.least[o] > 0 {
            problem.options[o].gates.iter().for_each(|&g| self.gates[g as usize].0 = true);
        }
    }

    /// At most `k` groups.
    pub(super) fn lower(&mut self, o: usize, k: u32) {
        self.most[o] = self.most[o].min(k);
    }
}
