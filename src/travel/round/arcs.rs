//! The rides of one question, and the round that an order makes of them.

use super::{Round, RoundLegs};
use crate::units::Seconds;

/// The site's place among the ends of an arc; a stop's is one more than its place among the stops asked for.
pub(super) const SITE: usize = 0;

/// What it takes from coming to one end to coming to the next: the time lost at the former, and the ride.
pub(super) struct Arcs {
    /// What the stops asked for are called, ascending.
    names: Vec<usize>,
    times: Vec<Option<Seconds>>,
}

impl Arcs {
    /// `stops` ascending, each once.
    pub(super) fn new(legs: &RoundLegs, per_stop: Seconds, stops: &[usize]) -> Self {
        let names = stops.to_vec();
        let node = |end: usize| if end == SITE { SITE } else { names[end - 1] + 1 };
        let time = |from: usize, to: usize| {
            let ride = legs.time(node(from), node(to))?;
            if from == SITE { Some(ride) } else { sum(per_stop, ride) }
        };
        let ends = 0..=names.len();
        let times = ends.clone().flat_map(|from| ends.clone().map(move |to| (from, to)));
        let times = times.map(|(from, to)| time(from, to)).collect();
        Self { names, times }
    }

    /// How many stops were asked for.
    pub(super) fn stops(&self) -> usize {
        self.names.len()
    }

    /// What an end is called; the site has no name.
    pub(super) fn name(&self, end: usize) -> Option<usize> {
        self.names.get(end.checked_sub(1)?).copied()
    }

    /// The set of all stops, where they are few.
    pub(super) fn all(&self) -> usize {
        (1 << self.stops()) - 1
    }

    pub(super) fn time(&self, from: usize, to: usize) -> Option<Seconds> {
        self.times[from * (self.stops() + 1) + to]
    }

    /// The round through `ends` in this order, with its own length for a bound.
    pub(super) fn round(&self, ends: &[usize]) -> Option<Round> {
        let mut on_board = Vec::with_capacity(ends.len());
        let (mut ridden, mut next) = (Seconds::ZERO, SITE);
        for &end in ends.iter().rev() {
            ridden = sum(self.time(end, next)?, ridden)?;
            on_board.push(ridden);
            next = end;
        }
        on_board.reverse();
        let whole = if next == SITE { Seconds::ZERO } else { sum(self.time(SITE, next)?, ridden)? };
        let stops = ends.iter().filter_map(|&end| self.name(end)).collect();
        Some(Round { stops, on_board, whole, bound: whole })
    }

    /// The least time from coming to each stop to the site, by way of others where that is shorter; none where there
    /// is no way. By the stops' places.
    pub(super) fn least_rides(&self) -> Vec<Option<Seconds>> {
        let stops = 1..=self.stops();
        let mut least: Vec<_> = stops.clone().map(|from| self.time(from, SITE)).collect();
        // Bellman and Ford: no way has more rides than there are stops.
        for _ in stops.clone() {
            let mut shorter = false;
            for from in stops.clone() {
                let by = |to: usize| sum(self.time(from, to)?, least[to - 1]?);
                let best = stops.clone().filter(|&to| to != from).filter_map(by).min();
                if best.is_some_and(|best| least[from - 1].is_none_or(|known| best < known)) {
                    least[from - 1] = best;
                    shorter = true;
                }
            }
            if !shorter {
                break;
            }
        }
        least
    }
}

/// The sum; none where it does not fit, so that no round is told shorter than it is.
pub(super) fn sum(a: Seconds, b: Seconds) -> Option<Seconds> {
    a.get().checked_add(b.get()).map(Seconds::new)
}
