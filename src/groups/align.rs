//! Which row of an edited problem each row of the old one became: by content where that says it, else by
//! order. A wrong guess costs time and never an answer: what is carried over is proved anew.

use super::problem::{CapacityKind, Pin, Problem};
use super::split::Part;

/// How far ahead two lists are searched for where they agree again.
const WINDOW: usize = 40;

/// For each row of the old lists, the new one.
type Rows = Vec<Option<u32>>;

/// The rows of one problem in another.
#[derive(Debug)]
pub(super) struct Alignment {
    pub(super) options: Rows,
    pub(super) youths: Rows,
    pub(super) gates: Rows,
    pub(super) capacities: Rows,
    pub(super) posts: Rows,
    pub(super) pins: Rows,
    pub(super) hosts: Rows,
}

impl Alignment {
    pub(super) fn new(old: &Problem, new: &Problem) -> Self {
        let programmes =
            pair(old.programmes.len(), new.programmes.len(), |i, j| old.programmes[i] == new.programmes[j]);
        let (before, after) = (limits_of(old), limits_of(new));
        let options = pair(old.options.len(), new.options.len(), |i, j| {
            let (a, b) = (&old.options[i], &new.options[j]);
            programmes[a.programme as usize] == Some(b.programme) && a.cost == b.cost && before[i] == after[j]
        });
        let gates = pair(old.gates.len(), new.gates.len(), |i, j| old.gates[i] == new.gates[j]);
        let known = inverse(&options, new.options.len());
        let youths = pair(old.youths.len(), new.youths.len(), |i, j| {
            let (a, b) = (&old.youths[i], &new.youths[j]);
            let kept = a.arcs.iter().filter_map(|a| Some((options[a.option as usize]?, a.time)));
            let there = b.arcs.iter().filter(|b| known[b.option as usize].is_some());
            (a.weight, a.traits) == (b.weight, b.traits) && kept.eq(there.map(|b| (b.option, b.time)))
        });
        let capacities = pair(old.capacities.len(), new.capacities.len(), |i, j| {
            old.capacities[i].kind == new.capacities[j].kind
        });
        let posts = pair(old.posts.len(), new.posts.len(), |i, j| old.posts[i] == new.posts[j]);
        let pins = pair(old.pins.len(), new.pins.len(), |i, j| {
            let youth = |y: u32| youths[y as usize];
            let programme = |p: u32| programmes[p as usize];
            match (&old.pins[i], &new.pins[j]) {
                (Pin::Open { options: a, .. }, Pin::Open { options: b, .. }) => {
                    a.iter().filter_map(|&o| options[o as usize]).eq(b.iter().copied())
                }
                (&Pin::In { youth: y, programme: p }, &Pin::In { youth: z, programme: q })
                | (&Pin::Out { youth: y, programme: p }, &Pin::Out { youth: z, programme: q }) => {
                    (youth(y), programme(p)) == (Some(z), Some(q))
                }
                (&Pin::Apart(y, z), &Pin::Apart(v, w)) => (youth(y), youth(z)) == (Some(v), Some(w)),
                _ => false,
            }
        });
        let hosts = pair(old.hosts.len(), new.hosts.len(), |i, j| {
            let (a, b) = (&old.hosts[i], &new.hosts[j]);
            (youths[a.youth as usize], options[a.option as usize], gates[a.gate as usize])
                == (Some(b.youth), Some(b.option), Some(b.gate))
        });
        Self { options, youths, gates, capacities, posts, pins, hosts }
    }

    /// The same in the numbers of two parts.
    pub(super) fn within(&self, old: &Part, new: &Part) -> Self {
        Self {
            options: through(&old.options, &self.options, &new.options),
            youths: through(&old.youths, &self.youths, &new.youths),
            gates: through(&old.gates, &self.gates, &new.gates),
            capacities: through(&old.capacities, &self.capacities, &new.capacities),
            // Parts have every post or none.
            posts: self.posts.clone(),
            pins: through(&old.pins, &self.pins, &new.pins),
            hosts: through(&old.hosts, &self.hosts, &new.hosts),
        }
    }
}

/// What limits each option, to tell its site and slots.
fn limits_of(problem: &Problem) -> Vec<Vec<(CapacityKind, u32)>> {
    let mut of = vec![Vec::new(); problem.options.len()];
    for c in &problem.capacities {
        c.uses.iter().for_each(|&(o, amount)| of[o as usize].push((c.kind, amount)));
    }
    of.iter_mut().for_each(|own| own.sort_unstable());
    of
}

/// For each new row, the old one.
pub(super) fn inverse(rows: &[Option<u32>], len: usize) -> Rows {
    let mut back = vec![None; len];
    for (old, new) in (0..).zip(rows) {
        if let Some(place) = new.and_then(|new| back.get_mut(new as usize)) {
            *place = Some(old);
        }
    }
    back
}

/// From positions in one ascending list to positions in another.
fn through(old: &[u32], rows: &[Option<u32>], new: &[u32]) -> Rows {
    let place = |&row: &u32| {
        let there = (*rows.get(row as usize)?)?;
        new.binary_search(&there).ok().map(|at| at as u32)
    };
    old.iter().map(place).collect()
}

/// Pairs two lists in order: where they differ, the fewest rows that are gone, come or changed until they
/// agree again.
fn pair(old: usize, new: usize, same: impl Fn(usize, usize) -> bool) -> Rows {
    let mut rows: Rows = vec![None; old];
    let (mut i, mut j) = (0, 0);
    while i < old && j < new {
        if same(i, j) {
            rows[i] = Some(j as u32);
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let agree = |a: usize, b: usize| a < old && b < new && same(a, b);
        // The ends of both lists agree too.
        let ended = |a: usize, b: usize| a == old && b == new;
        let step = (1..=WINDOW).find_map(|d| {
            [(d, d), (d, 0), (0, d)].into_iter().find(|s| agree(i + s.0, j + s.1) || ended(i + s.0, j + s.1))
        });
        let (gone, come) = step.unwrap_or((1, 1));
        for at in 0..gone.min(come) {
            rows[i + at] = Some((j + at) as u32);
        }
        (i, j) = (i + gone, j + come);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::pair;

    fn paired(old: &str, new: &str) -> Vec<Option<u32>> {
        let (old, new) = (old.as_bytes(), new.as_bytes());
        pair(old.len(), new.len(), |i, j| old[i] == new[j])
    }

    #[test]
    fn rows_are_paired_by_content_and_order() {
        assert_eq!(paired("abcd", "abd"), [Some(0), Some(1), None, Some(2)]);
        assert_eq!(paired("abd", "abcd"), [Some(0), Some(1), Some(3)]);
        assert_eq!(paired("abcd", "abxd"), [Some(0), Some(1), Some(2), Some(3)]);
        assert_eq!(paired("abc", "ab"), [Some(0), Some(1), None]);
        assert_eq!(paired("abcdef", "bcxef"), [None, Some(0), Some(1), Some(2), Some(3), Some(4)]);
        assert_eq!(paired("", "ab"), []);
    }
}
