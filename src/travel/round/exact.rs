//! Every set of a few stops: the least time from each of its stops through all the others to the site.
//!
//! Held and Karp, from the site backwards. Who gets on first rides longest, so that the cap is looked at for the first
//! stop alone; and for each first stop the least ride is both the shortest and the one that best keeps to the cap.

use super::Round;
use super::arcs::{Arcs, SITE, sum};
use crate::units::Seconds;

/// A set of stops, a bit a place.
pub(super) type Set = usize;

/// The least rides by set and first stop: `2ⁿ n` cells.
pub(super) struct Rides {
    stops: usize,
    least: Vec<Option<Seconds>>,
}

/// The places of a set, ascending.
pub(super) fn places(set: Set) -> impl Iterator<Item = usize> {
    let next = |&left: &Set| Some(left & (left - 1)).filter(|&left| left != 0);
    let from = Some(set).filter(|&set| set != 0);
    std::iter::successors(from, next).map(|left| left.trailing_zeros() as usize)
}

impl Rides {
    /// Of all sets of the stops of `arcs`, which are to be few.
    pub(super) fn new(arcs: &Arcs) -> Self {
        let stops = arcs.stops();
        let mut rides = Self { stops, least: vec![None; stops << stops] };
        for set in 1..=arcs.all() {
            for first in places(set) {
                let on = rides.on(arcs, set, first).map(|(_, time)| time);
                rides.least[set * stops + first] = on.min();
            }
        }
        rides
    }

    fn least(&self, set: Set, first: usize) -> Option<Seconds> {
        self.least[set * self.stops + first]
    }

    /// The places to go on to from the first stop of a set, ascending, and the rides by each; after the last stop there
    /// is the site.
    fn on(&self, arcs: &Arcs, set: Set, first: usize) -> impl Iterator<Item = (Option<usize>, Seconds)> {
        let rest = set & !(1 << first);
        let last = (rest == 0).then(|| Some((None, arcs.time(first + 1, SITE)?))).flatten();
        let by = move |next| {
            let ride = sum(arcs.time(first + 1, next + 1)?, self.least(rest, next)?)?;
            Some((Some(next), ride))
        };
        last.into_iter().chain(places(rest).filter_map(by))
    }

    /// How long the shortest round through a set is, and its first stop.
    fn shortest(&self, arcs: &Arcs, set: Set, cap: Seconds) -> Option<(Seconds, usize)> {
        let from = |first: usize| {
            let ride = self.least(set, first).filter(|&ride| ride <= cap)?;
            Some((sum(arcs.time(SITE, first + 1)?, ride)?, first))
        };
        places(set).filter_map(from).min()
    }

    /// How long the shortest round through a set is.
    pub(super) fn whole(&self, arcs: &Arcs, set: Set, cap: Seconds) -> Option<Seconds> {
        if set == 0 { Some(Seconds::ZERO) } else { Some(self.shortest(arcs, set, cap)?.0) }
    }

    /// The shortest round through a set, the first of equals.
    pub(super) fn round(&self, arcs: &Arcs, set: Set, cap: Seconds) -> Option<Round> {
        let mut ends = Vec::with_capacity(self.stops);
        let mut at = if set == 0 { None } else { Some(self.shortest(arcs, set, cap)?.1) };
        let mut left = set;
        while let Some(first) = at {
            ends.push(first + 1);
            // Of equally short ones the first is kept: the lowest place.
            at = self.on(arcs, left, first).min_by_key(|&(_, ride)| ride)?.0;
            left &= !(1 << first);
        }
        arcs.round(&ends)
    }
}
