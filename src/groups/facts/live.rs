//! The members of one programme's groups, on the move: who comes, who changes
//! groups to make room. Nobody who has a place loses it.

use super::super::problem::{OptionIx, Problem, YouthIx};
use super::super::solution::Assignment;
use super::Near;
use super::usable::Usable;
use crate::units::Seconds;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// Who can come to each option of a programme. Options are told by their position among its own.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Arena {
    who: Vec<Vec<YouthIx>>,
    /// Who could under a looser limit, the least first.
    near: Vec<Vec<(Seconds, YouthIx)>>,
    /// Fewest and most members of a group.
    sizes: Vec<(u32, u32)>,
}

/// Who is where.
#[derive(Clone)]
pub(super) struct Live {
    /// Each youth's option.
    pub(super) at: Vec<Option<usize>>,
    /// Groups of each option.
    pub(super) groups: Vec<u32>,
    /// Members of each option.
    pub(super) load: Vec<u32>,
}

impl Live {
    /// As in an assignment.
    pub(super) fn new(problem: &Problem, assignment: &Assignment, options: &[OptionIx]) -> Self {
        let n = options.len();
        let mut live = Self { at: vec![None; problem.youths.len()], groups: vec![0; n], load: vec![0; n] };
        for &(y, o, _) in &assignment.members {
            if let Ok(v) = options.binary_search(&o) {
                live.at[y as usize] = Some(v);
                live.load[v] += 1;
            }
        }
        for &(o, groups) in &assignment.groups {
            if let Ok(v) = options.binary_search(&o) {
                live.groups[v] = groups;
            }
        }
        live
    }

    /// How many places are taken.
    pub(super) fn placed(&self) -> u64 {
        self.load.iter().map(|&n| u64::from(n)).sum()
    }
}

impl Arena {
    /// Those whom `usable` lets come.
    pub(super) fn new(problem: &Problem, options: &[OptionIx], near: &[Near], usable: &Usable<'_>) -> Self {
        let mut who = vec![Vec::new(); options.len()];
        for (y, youth) in problem.youths.iter().enumerate() {
            let y = y as YouthIx;
            for arc in youth.arcs.iter().filter(|arc| usable.arc(y, arc)) {
                let Ok(v) = options.binary_search(&arc.option) else { continue };
                if who[v].last() != Some(&y) {
                    who[v].push(y);
                }
            }
        }
        let mut beyond = vec![Vec::new(); options.len()];
        for one in near.iter().filter(|one| usable.option(one.youth, one.option)) {
            if let Ok(v) = options.binary_search(&one.option) {
                beyond[v].push((one.limit, one.youth));
            }
        }
        beyond.iter_mut().for_each(|list| list.sort_unstable());
        Self { who, near: beyond, sizes: options.iter().map(|&o| usable.sizes(o)).collect() }
    }

    /// The same where a programme's minimum is one lower, if it can be.
    pub(super) fn lowered(&self, min: u32) -> Option<Self> {
        let below = min.checked_sub(1).filter(|&below| below > 0)?;
        let sizes = self.sizes.iter().map(|size| (size.0.min(below), size.1)).collect();
        Some(Self { sizes, ..self.clone() })
    }

    fn least(&self, live: &Live, v: usize) -> u32 {
        live.groups[v].saturating_mul(self.sizes[v].0)
    }

    fn free(&self, live: &Live) -> Vec<usize> {
        let most = |v: usize| live.groups[v].saturating_mul(self.sizes[v].1);
        (0..self.who.len()).filter(|&v| live.load[v] < most(v)).collect()
    }

    /// Options that could take somebody more, members changing groups.
    pub(super) fn takes(&self, live: &Live) -> Vec<bool> {
        let mut search = Search::from(live, &self.free(live));
        while let Some(v) = search.queue.pop_front() {
            for &y in &self.who[v] {
                if let Some(u) = live.at[y as usize] {
                    search.reach(u, y, v);
                }
            }
        }
        search.seen
    }

    /// Opens one more group, members coming from among those without a place or out of
    /// groups above their minimum. Answers how many are missing, and the limit it takes:
    /// as little as there must be, `most` at the most.
    pub(super) fn open(&self, live: &mut Live, v: usize, most: Option<Seconds>) -> (u32, Seconds) {
        live.groups[v] += 1;
        let spare = |live: &Live, u: usize| live.load[u] > self.least(live, u);
        let mut limit = Seconds::ZERO;
        while live.load[v] < self.least(live, v) {
            let Some(used) = self.augment(live, &[v], most, spare) else { break };
            limit = limit.max(used);
        }
        (self.least(live, v).saturating_sub(live.load[v]), limit)
    }

    /// Gives a place to everybody without one for whom there is one within the limit.
    pub(super) fn fill(&self, live: &mut Live, limit: Option<Seconds>) {
        while self.augment(live, &self.free(live), limit, |_, _| false).is_some() {}
    }

    /// One more member in one of the options that want one, found by going back from
    /// them, beyond today's reach only when that must be: the limit it takes.
    fn augment(
        &self,
        live: &mut Live,
        wanting: &[usize],
        most: Option<Seconds>,
        spare: impl Fn(&Live, usize) -> bool,
    ) -> Option<Seconds> {
        let mut search = Search::from(live, wanting);
        // Of each option's list the next one, so that a long list costs nothing until it is needed.
        let mut later = BinaryHeap::new();
        let next = |v: usize, nth: usize| {
            let &(time, y) = self.near[v].get(nth).filter(|one| Some(one.0) <= most)?;
            Some(Reverse((time, y, v, nth)))
        };
        let mut limit = Seconds::ZERO;
        loop {
            while let Some(v) = search.queue.pop_front() {
                later.extend(next(v, 0));
                if self.who[v].iter().any(|&y| search.ends(live, y, v, &spare)) {
                    return Some(limit);
                }
            }
            let Reverse((time, y, v, nth)) = later.pop()?;
            later.extend(next(v, nth + 1));
            limit = limit.max(time);
            if search.ends(live, y, v, &spare) {
                return Some(limit);
            }
        }
    }
}

/// Options reached backwards: some member of each would make room by moving on.
struct Search {
    seen: Vec<bool>,
    /// Who would move on, and where to.
    on: Vec<Option<(YouthIx, usize)>>,
    queue: VecDeque<usize>,
}

impl Search {
    fn from(live: &Live, wanting: &[usize]) -> Self {
        let n = live.load.len();
        let mut seen = vec![false; n];
        wanting.iter().for_each(|&v| seen[v] = true);
        Self { seen, on: vec![None; n], queue: wanting.iter().copied().collect() }
    }

    /// Notes that `y`, a member of `u`, can move on to `v`; whether that is new.
    fn reach(&mut self, u: usize, y: YouthIx, v: usize) -> bool {
        if self.seen[u] {
            return false;
        }
        self.seen[u] = true;
        self.on[u] = Some((y, v));
        self.queue.push_back(u);
        true
    }

    /// Whether `y` coming to `v` ends the search: they had no place, or can be
    /// spared where they were. Everybody on the way then moves.
    fn ends(&mut self, live: &mut Live, y: YouthIx, v: usize, spare: impl Fn(&Live, usize) -> bool) -> bool {
        match live.at[y as usize] {
            None => {
                live.at[y as usize] = Some(v);
                self.shift(live, v);
                true
            }
            Some(u) if self.reach(u, y, v) && spare(live, u) => {
                live.load[u] -= 1;
                self.shift(live, u);
                true
            }
            Some(_) => false,
        }
    }

    fn shift(&self, live: &mut Live, from: usize) {
        let mut u = from;
        while let Some((y, v)) = self.on[u] {
            live.at[y as usize] = Some(v);
            u = v;
        }
        live.load[u] += 1;
    }
}
