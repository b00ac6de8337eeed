//! From a relaxation's point whose numbers are whole to an assignment: members
//! of a class share out its arcs among them.

use super::dual::{Dual, Walk};
use super::problem::{GateIx, OptionIx, YouthIx};
use super::solution::Assignment;

/// How far from a whole number a value may be.
const NEAR: f64 = 1e-5;
/// Most steps to share one class's arcs out.
const STEPS: u32 = 2_000;

/// The assignment that a point is; `None` when it is not whole.
pub(super) fn assignment(dual: &Dual<'_>, point: &Walk) -> Option<Assignment> {
    let mut found = Assignment::default();
    for (o, &k) in (0..).zip(&point.mean) {
        let k = whole(k)?;
        found.groups.extend((k > 0).then_some((o, k)));
    }
    for (g, &open) in (0..).zip(&point.gates) {
        found.gates.extend((whole(open)? > 0).then_some(g as GateIx));
    }
    let mut taken: Vec<Vec<(OptionIx, Option<GateIx>)>> = vec![Vec::new(); dual.members.len()];
    for (at, &come) in point.members.iter().enumerate() {
        let (o, class) = (dual.option_of[at], dual.arcs[at].class as usize);
        for _ in 0..whole(come)? {
            taken[class].push((o, dual.gate_of(at)));
        }
    }
    for (members, arcs) in dual.members.iter().zip(&taken) {
        share(dual, members, arcs, &mut found.members)?;
    }
    found.members.sort_unstable();
    Some(found)
}

fn whole(value: f64) -> Option<u32> {
    let rounded = value.round();
    ((value - rounded).abs() < NEAR && rounded >= 0.0).then_some(rounded as u32)
}

/// Gives each arc to a member who can follow it beside the others; with several programmes and slots
/// that is a colouring of edges, which exists (Koenig), and which going back over a few choices finds.
fn share(
    dual: &Dual<'_>,
    members: &[YouthIx],
    arcs: &[(OptionIx, Option<GateIx>)],
    into: &mut Vec<(YouthIx, OptionIx, Option<GateIx>)>,
) -> Option<()> {
    let mut held: Vec<Vec<OptionIx>> = vec![Vec::new(); members.len()];
    let mut chosen: Vec<usize> = Vec::new();
    let mut next = 0;
    for _ in 0..STEPS {
        let Some(&(o, _)) = arcs.get(chosen.len()) else {
            let given = chosen.iter().zip(arcs).map(|(&m, &(o, gate))| (members[m], o, gate));
            into.extend(given);
            return Some(());
        };
        let free = |m: &usize| held[*m].iter().all(|&h| h != o && !dual.problem.in_conflict(h, o));
        if let Some(m) = (next..members.len()).find(free) {
            held[m].push(o);
            chosen.push(m);
            next = 0;
        } else {
            let last = chosen.pop()?;
            held[last].pop();
            next = last + 1;
        }
    }
    None
}
