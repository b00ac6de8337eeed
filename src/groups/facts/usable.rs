//! Which placements of a programme may change while the others' stay.

use super::super::problem::{Arc, GateIx, OptionIx, Pin, Problem, YouthIx};
use super::super::solution::Assignment;
use std::collections::BTreeSet;

/// Who may come to which option.
pub(super) struct Usable<'a> {
    problem: &'a Problem,
    /// Where each youth has a place.
    places: Vec<Vec<OptionIx>>,
    gates: &'a [GateIx],
    /// Gates that are open only while somebody is there.
    hosted: Vec<bool>,
    /// Those kept apart from somebody: they neither come nor move.
    apart: BTreeSet<YouthIx>,
    out: BTreeSet<(YouthIx, u32)>,
    /// Whether the rest of the plan is kept.
    strict: bool,
}

impl<'a> Usable<'a> {
    /// What the rest of the plan allows: what moves then is a plan that can be shown.
    pub(super) fn beside(problem: &'a Problem, assignment: &'a Assignment) -> Self {
        let mut places = vec![Vec::new(); problem.youths.len()];
        assignment.members.iter().for_each(|m| places[m.0 as usize].push(m.1));
        let (mut apart, mut out) = (BTreeSet::new(), BTreeSet::new());
        for pin in &problem.pins {
            match *pin {
                Pin::Apart(y, z) => apart.extend([y, z]),
                Pin::Out { youth, programme } => {
                    out.insert((youth, programme));
                }
                Pin::In { .. } | Pin::Open { .. } => {}
            }
        }
        // Whoever takes others along, or is taken, stays where they are.
        for h in problem.hosts.iter().filter(|h| assignment.gates.binary_search(&h.gate).is_ok()) {
            apart.insert(h.youth);
            apart.extend(assignment.members.iter().filter(|m| m.2 == Some(h.gate)).map(|m| m.0));
        }
        let hosted = problem.hosted();
        Self { problem, places, gates: &assignment.gates, hosted, apart, out, strict: true }
    }

    /// Whatever the rest of the plan: what can't move then can't in any plan.
    pub(super) fn whatever(self) -> Self {
        Self { strict: false, ..self }
    }

    /// Whether a youth may come by an arc.
    pub(super) fn arc(&self, youth: YouthIx, arc: &Arc) -> bool {
        let open = |g: GateIx| {
            let open = self.gates.binary_search(&g).is_ok() && !self.hosted[g as usize];
            open && self.problem.gates[g as usize].capacity.is_none()
        };
        (!self.strict || arc.gate.is_none_or(open)) && self.option(youth, arc.option)
    }

    /// Whether a youth may come to an option, were there a way.
    pub(super) fn option(&self, youth: YouthIx, option: OptionIx) -> bool {
        let programme = self.problem.options[option as usize].programme;
        !self.out.contains(&(youth, programme)) && (!self.strict || self.free(youth, option))
    }

    /// Whether nothing in the other programmes, and nobody to be kept apart from, holds a youth.
    fn free(&self, youth: YouthIx, option: OptionIx) -> bool {
        let programme = |o: OptionIx| self.problem.options[o as usize].programme;
        let clear = |&o: &OptionIx| programme(o) == programme(option) || !self.problem.in_conflict(o, option);
        !self.apart.contains(&youth) && self.places[youth as usize].iter().all(clear)
    }

    /// Fewest and most members of a group: any gate may lower the minimum where the plan is not kept.
    pub(super) fn sizes(&self, option: OptionIx) -> (u32, u32) {
        let spec = &self.problem.options[option as usize];
        let sizes = self.problem.programmes[spec.programme as usize];
        let min = match spec.lower_min {
            Some((gate, lower)) if !self.strict || self.gates.binary_search(&gate).is_ok() => {
                lower.min(sizes.min)
            }
            _ => sizes.min,
        };
        (min, sizes.max)
    }
}
