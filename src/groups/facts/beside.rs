//! A programme beside the rest of a plan.

use super::super::problem::{OptionIx, Problem, ProgrammeIx, YouthSpec};
use super::super::solution::Assignment;
use super::live::{Arena, Live};
use super::usable::Usable;
use super::{Between, Change, Further, Lack, Lever, Near};
use crate::units::Seconds;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A programme's options, and who may move between them.
pub(super) struct Beside<'a> {
    problem: &'a Problem,
    programme: ProgrammeIx,
    pub(super) options: Vec<OptionIx>,
    plan: Live,
    /// The plan, and everybody placed for whom its groups have a place.
    filled: Live,
    /// What can be shown.
    shown: Arena,
    /// The same with a minimum one lower, if it can be.
    lowered: Option<Arena>,
    /// What can't be excluded, where that is more than what can be shown.
    whatever: Option<Arena>,
}

impl<'a> Beside<'a> {
    pub(super) fn new(
        problem: &'a Problem,
        assignment: &Assignment,
        near: &[Near],
        programme: ProgrammeIx,
    ) -> Self {
        let mine = |o: &OptionIx| problem.options[*o as usize].programme == programme;
        let options: Vec<OptionIx> = (0..problem.options.len() as OptionIx).filter(mine).collect();
        let usable = Usable::beside(problem, assignment);
        let shown = Arena::new(problem, &options, near, &usable);
        let whatever = Arena::new(problem, &options, near, &usable.whatever());
        let ruled = problem.mix.iter().any(|rule| rule.programme == programme);
        let plan = Live::new(problem, assignment, &options);
        let mut beside = Self {
            problem,
            programme,
            lowered: shown.lowered(problem.programmes[programme as usize].min),
            whatever: (ruled || shown != whatever).then_some(whatever),
            filled: plan.clone(),
            options,
            shown,
            plan,
        };
        beside.fill();
        beside
    }

    fn fill(&mut self) {
        let mut filled = self.plan.clone();
        self.shown.fill(&mut filled, None);
        if self.mixed(&filled) {
            self.filled = filled;
        }
    }

    /// For each option, whether its groups could take somebody more, members changing groups.
    pub(super) fn takes(&self) -> impl Iterator<Item = (OptionIx, bool)> {
        self.options.iter().copied().zip(self.shown.takes(&self.plan))
    }

    /// What one more group of an option takes, and the levers that it offers.
    pub(super) fn further(&self, v: usize, lacks: Vec<Lack>, levers: &mut Levers) -> Further {
        let (missing, gain) = self.opened(&self.shown, v, None);
        let limit = if missing > 0 { self.limit(v) } else { None };
        let mut offer = |change, gain: Option<u32>| {
            levers.offer(Lever { option: self.options[v], change, gain: gain.unwrap_or(0) });
        };
        match (lacks.as_slice(), missing) {
            (&[lack], 0) => offer(Change::More(lack), gain),
            (&[], 1..) => {
                offer(Change::Youths(missing), gain);
                offer(Change::Minimum, self.lowered.as_ref().and_then(|arena| self.made(arena, v, None)));
                if let Some(at_most) = limit.and_then(|limit| limit.at_most) {
                    offer(Change::Limit(at_most), self.made(&self.shown, v, Some(at_most)));
                }
            }
            _ => {}
        }
        let at_least = match &self.whatever {
            Some(arena) => arena.open(&mut self.plan.clone(), v, None).0,
            None => missing,
        };
        Further { lacks, extra: Between { at_least, at_most: gain.map(|_| missing) }, limit }
    }

    /// The least limit with which nobody is missing.
    fn limit(&self, v: usize) -> Option<Between<Seconds>> {
        let open = |arena: &Arena, live: &mut Live| {
            let (missing, limit) = arena.open(live, v, Some(Seconds::new(u32::MAX)));
            (missing == 0).then_some(limit)
        };
        let mut live = self.filled.clone();
        let at_most = open(&self.shown, &mut live).filter(|_| self.mixed(&live));
        let at_least = match &self.whatever {
            Some(arena) => open(arena, &mut self.plan.clone())?,
            None => at_most?,
        };
        Some(Between { at_least, at_most })
    }

    /// What one more group gains, if it can be made without newcomers.
    fn made(&self, arena: &Arena, v: usize, limit: Option<Seconds>) -> Option<u32> {
        let (missing, gain) = self.opened(arena, v, limit);
        gain.filter(|_| missing == 0)
    }

    /// How many newcomers one more group takes, and how many more places are then taken;
    /// `None` when the rules on who is in a group don't allow it.
    fn opened(&self, arena: &Arena, v: usize, limit: Option<Seconds>) -> (u32, Option<u32>) {
        let mut live = self.filled.clone();
        let (missing, _) = arena.open(&mut live, v, limit);
        live.load[v] += missing;
        let mut full = live.clone();
        arena.fill(&mut full, limit);
        let gain = |live: &Live| live.placed().saturating_sub(self.filled.placed());
        let gain = [full, live].iter().find(|live| self.mixed(live)).map(gain);
        (missing, gain.map(|n| u32::try_from(n).unwrap_or(u32::MAX)))
    }

    /// Whether the rules on who is in a group hold. Newcomers have no trait.
    fn mixed(&self, live: &Live) -> bool {
        let rules = self.problem.mix.iter().filter(|rule| rule.programme == self.programme);
        rules.into_iter().all(|rule| {
            let mut with = vec![0_u32; self.options.len()];
            let traits = |m: &(&Option<usize>, &YouthSpec)| m.1.traits >> rule.trait_bit & 1 == 1;
            for at in live.at.iter().zip(&self.problem.youths).filter(traits).filter_map(|m| *m.0) {
                with[at] += 1;
            }
            let kept = |(&n, &k): (&u32, &u32)| {
                k.saturating_mul(rule.at_least) <= n && n <= k.saturating_mul(rule.at_most)
            };
            with.iter().zip(&live.groups).all(kept)
        })
    }
}

/// The best of each kind of change: the least, then that which brings most, then the first option.
#[derive(Default)]
pub(super) struct Levers(BTreeMap<Change, Lever>);

impl Levers {
    fn offer(&mut self, lever: Lever) {
        if lever.gain == 0 {
            return;
        }
        let rank = |lever: &Lever| (kind(lever.change).1, Reverse(lever.gain), lever.option);
        let best = self.0.entry(kind(lever.change).0).or_insert(lever);
        if rank(&lever) < rank(best) {
            *best = lever;
        }
    }

    /// In the order of [`Change`].
    pub(super) fn best(self) -> impl Iterator<Item = Lever> {
        self.0.into_values()
    }
}

/// A change of none, and of how much it is.
const fn kind(change: Change) -> (Change, u32) {
    match change {
        Change::More(Lack::Groups) => (change, 1),
        Change::More(Lack::Rooms { site, rooms }) => (Change::More(Lack::Rooms { site, rooms: 0 }), rooms),
        Change::More(Lack::Site { site, half_days }) => {
            (Change::More(Lack::Site { site, half_days: 0 }), half_days)
        }
        Change::More(Lack::Overall(half_days)) => (Change::More(Lack::Overall(0)), half_days),
        Change::More(Lack::Advisers(half_days)) => (Change::More(Lack::Advisers(0)), half_days),
        Change::More(Lack::Gates(gates)) => (Change::More(Lack::Gates(0)), gates),
        Change::Minimum => (change, 1),
        Change::Limit(limit) => (Change::Limit(Seconds::ZERO), limit.get()),
        Change::Youths(youths) => (Change::Youths(0), youths),
    }
}
