//! Solutions as JSON, and what an answer says of an instance besides.

use crate::groups::{Assignment, OptionIx, Problem};
use serde::Serialize;

/// Who is where, through which gate.
#[cfg(feature = "schemas")]
#[derive(schemars::JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "a schema")]
enum Member {
    /// A youth and an option.
    Free(u32, u32),
    /// A youth, an option and a gate.
    Gated(u32, u32, u32),
}

/// A solution, ascending.
#[derive(Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Solution"))]
pub(super) struct SolutionFile<'a> {
    /// `[option, groups]`.
    k: &'a [(OptionIx, u32)],
    /// `[youth, option]`, or `[youth, option, gate]`.
    #[cfg_attr(feature = "schemas", schemars(with = "Vec<Member>"))]
    x: Vec<Vec<u32>>,
    /// Gates that are open; absent for none.
    #[serde(skip_serializing_if = "<[u32]>::is_empty")]
    gates: &'a [u32],
}

/// A solution as JSON: `k` as `[option, groups]`, `x` as `[youth, option]`, with the gate of the arc when it
/// has one, and the gates that are open.
pub fn write_solution(assignment: &Assignment) -> String {
    let member = |&(youth, option, gate): &(u32, OptionIx, Option<u32>)| {
        [Some(youth), Some(option), gate].into_iter().flatten().collect()
    };
    let file = SolutionFile {
        k: &assignment.groups,
        x: assignment.members.iter().map(member).collect(),
        gates: &assignment.gates,
    };
    serde_json::to_string(&file).unwrap_or_default()
}

/// How many components the options somebody reaches fall into: no youth, capacity, team, gate
/// or pin of two of them ties one to the other.
pub fn components(problem: &Problem) -> usize {
    let mut sets = Sets((0..problem.options.len()).collect());
    let mut reached = vec![false; problem.options.len()];
    for youth in &problem.youths {
        youth.arcs.iter().for_each(|arc| reached[arc.option as usize] = true);
        sets.join(youth.arcs.iter().map(|arc| arc.option));
    }
    for capacity in &problem.capacities {
        sets.join(capacity.uses.iter().map(|u| u.0));
    }
    for gate in 0..problem.gates.len() as u32 {
        sets.join(behind(problem, &[gate]));
    }
    for limit in &problem.gate_limits {
        sets.join(behind(problem, &limit.gates));
    }
    if problem.gate_budget.is_some() {
        let gates: Vec<u32> = (0..problem.gates.len() as u32).collect();
        sets.join(behind(problem, &gates));
    }
    if !problem.teams.is_empty() {
        let posted = |o: &OptionIx| !problem.options[*o as usize].posts.is_empty();
        sets.join((0..problem.options.len() as OptionIx).filter(posted));
    }
    for pin in &problem.pins {
        if let crate::groups::Pin::Open { options, .. } = pin {
            sets.join(options.iter().copied());
        }
    }
    let roots: std::collections::BTreeSet<usize> =
        (0..reached.len()).filter(|&o| reached[o]).map(|o| sets.root(o)).collect();
    roots.len()
}

/// Options that one of the gates opens, helps or lets somebody reach.
fn behind<'a>(problem: &'a Problem, gates: &'a [u32]) -> impl Iterator<Item = OptionIx> + 'a {
    let options =
        problem.options.iter().zip(0..).filter(|(o, _)| {
            o.gates.iter().chain(o.lower_min.iter().map(|l| &l.0)).any(|g| gates.contains(g))
        });
    let arcs = problem.youths.iter().flat_map(|y| &y.arcs);
    let arcs = arcs.filter(|a| a.gate.is_some_and(|g| gates.contains(&g)));
    let extra = problem.capacities.iter().filter(|c| c.extra.iter().any(|e| gates.contains(&e.0)));
    let extra = extra.flat_map(|c| c.uses.iter().map(|u| u.0));
    options.map(|o| o.1).chain(arcs.map(|a| a.option)).chain(extra)
}

/// Disjoint sets of options.
struct Sets(Vec<usize>);

impl Sets {
    fn root(&mut self, mut of: usize) -> usize {
        while self.0[of] != of {
            self.0[of] = self.0[self.0[of]];
            of = self.0[of];
        }
        of
    }

    fn join(&mut self, mut options: impl Iterator<Item = OptionIx>) {
        let Some(first) = options.next() else { return };
        for option in options {
            let (a, b) = (self.root(first as usize), self.root(option as usize));
            self.0[a.max(b)] = a.min(b);
        }
    }
}
