//! What no round can be shorter than.
//!
//! A round whose rides are looked at without their direction, each at the shorter one's time, is a tree on its stops
//! with two rides that join it to the site; so the least such tree is no longer. Any number added to both ends of all rides at a
//! stop lengthens every round by twice that number, and the tree by as often as it calls there: a walk looks
//! for numbers that make the tree call twice everywhere. All numbers are valid, so that the walk is not believed.
//!
//! M. Held, R. M. Karp, "The traveling-salesman problem and minimum spanning trees", Operations Research 18 (1970),
//! 1138–1162. Their step is that of B. T. Polyak 1969, in integers.

use super::arcs::{Arcs, SITE};
use crate::units::Seconds;

/// Parts of a second in which numbers are added.
const FINE: i64 = 64;
/// Steps of the walk.
const STEPS: usize = 300;
/// Steps without a better bound after which the next ones are half as long.
const PATIENCE: usize = 12;
/// Numbers further from zero help nobody, and sums of 257 of them fit.
const FARTHEST: i64 = 1 << 50;

/// A bound on all rounds, in search of one that proves a round that is known.
pub(super) fn whole(arcs: &Arcs, known: Seconds) -> Seconds {
    let rides = Undirected::new(arcs, |first| arcs.time(SITE, first));
    let bound = rides.bound(i64::from(known.get())).unwrap_or_default();
    Seconds::new(u32::try_from(bound.max(0)).unwrap_or(u32::MAX))
}

/// Whether nobody can get on first and be at the site within the cap, whatever the order.
pub(super) fn refutes(arcs: &Arcs, cap: Seconds) -> bool {
    // On the way to the first stop nobody is on board: it counts for nothing.
    let rides = Undirected::new(arcs, |first| arcs.time(SITE, first).map(|_| Seconds::ZERO));
    let cap = i64::from(cap.get());
    rides.bound(cap + 1).is_none_or(|bound| bound > cap)
}

/// Rides in parts of a second.
struct Undirected {
    stops: usize,
    /// Between stops, the shorter direction.
    between: Vec<Option<i64>>,
    /// From the site to each stop, and from each stop to the site.
    site: [Vec<Option<i64>>; 2],
}

/// A tree on the stops with two rides to the site.
struct Tree {
    length: i64,
    /// How often it calls at each stop.
    calls: Vec<i64>,
}

impl Undirected {
    fn new(arcs: &Arcs, to_first: impl Fn(usize) -> Option<Seconds>) -> Self {
        let fine = |time: Seconds| i64::from(time.get()) * FINE;
        let ends = 1..=arcs.stops();
        let shorter = |a, b| arcs.time(a, b).into_iter().chain(arcs.time(b, a)).min().map(fine);
        let between = ends.clone().flat_map(|a| ends.clone().map(move |b| (a, b)));
        let between = between.map(|(a, b)| shorter(a, b)).collect();
        let out = ends.clone().map(|first| to_first(first).map(fine)).collect();
        let back = ends.map(|last| arcs.time(last, SITE).map(fine)).collect();
        Self { stops: arcs.stops(), between, site: [out, back] }
    }

    /// In seconds, rounded up since a round takes whole seconds. None when no round can be ridden at all.
    /// The walk aims at `aim`; there it ends.
    fn bound(&self, aim: i64) -> Option<i64> {
        let mut added = vec![0_i64; self.stops];
        let (mut best, mut since, mut halved) = (i64::MIN, 0, 0_u32);
        for _ in 0..STEPS {
            let Tree { length, calls } = self.tree(&added)?;
            let bound = length - 2 * added.iter().sum::<i64>();
            if bound > best {
                (best, since) = (bound, 0);
            } else {
                since += 1;
                if since == PATIENCE {
                    (since, halved) = (0, halved + 1);
                }
            }
            let off: i64 = calls.iter().map(|calls| (calls - 2).pow(2)).sum();
            let missing = aim.saturating_mul(FINE).saturating_sub(bound);
            if off == 0 || missing <= 0 || halved > 40 {
                break;
            }
            let step = ((2 * missing / off) >> halved).max(1);
            for (added, calls) in added.iter_mut().zip(&calls) {
                *added = added.saturating_add((calls - 2).saturating_mul(step)).clamp(-FARTHEST, FARTHEST);
            }
        }
        Some(best.div_euclid(FINE) + i64::from(best.rem_euclid(FINE) > 0))
    }

    /// The least tree with these numbers added: Prim, from the first stop, then the two rides of the site, which are
    /// one out and one back at different stops.
    fn tree(&self, added: &[i64]) -> Option<Tree> {
        let (mut length, mut calls) = (0, vec![0; self.stops]);
        let mut nearest: Vec<Option<(i64, usize)>> = vec![None; self.stops];
        let mut left: Vec<usize> = (1..self.stops).collect();
        let mut last = 0;
        while !left.is_empty() {
            for &stop in &left {
                let ride = self.between[last * self.stops + stop];
                let by_last = ride.map(|ride| (ride + added[last] + added[stop], last));
                nearest[stop] = nearest[stop].into_iter().chain(by_last).min();
            }
            let near = |(at, &stop): (usize, &usize)| nearest[stop].map(|(ride, by)| (ride, stop, by, at));
            let (ride, stop, by, at) = left.iter().enumerate().filter_map(near).min()?;
            left.swap_remove(at);
            length += ride;
            calls[stop] += 1;
            calls[by] += 1;
            last = stop;
        }
        let [out, back] = [&self.site[0], &self.site[1]].map(|rides| two_least(rides, added));
        let pairs = out.iter().flat_map(|out| back.iter().map(move |back| (out.0 + back.0, out.1, back.1)));
        let (rides, first, last) = pairs.filter(|(_, first, last)| first != last).min()?;
        calls[first] += 1;
        calls[last] += 1;
        Some(Tree { length: length + rides, calls })
    }
}

/// The two least rides with the numbers of their stops, so that one is left when the other end is at the first.
fn two_least(rides: &[Option<i64>], added: &[i64]) -> Vec<(i64, usize)> {
    let with = |(stop, ride): (usize, &Option<i64>)| ride.map(|ride| (ride + added[stop], stop));
    let mut all: Vec<_> = rides.iter().enumerate().filter_map(with).collect();
    all.sort_unstable();
    all.truncate(2);
    all
}
