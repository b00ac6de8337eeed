//! A good order of many stops: cheapest insertion from a few first stops, then the best exchange again and again:
//! a stretch turned round (2-opt), or a stretch of at most three stops moved (or-opt).

use super::arcs::{Arcs, SITE};
use super::{NoRound, Round, bound};
use crate::units::Seconds;

/// Longest stretch that is moved (I. Or 1976).
const LONGEST_MOVED: usize = 3;

/// Price of a ride that can't be made: more than all rides of a round together, of which there are at most 257 of 2³²
/// seconds each.
const MISSING: u64 = 1 << 44;

/// How bad an order is: rides missing, seconds over the cap, seconds. The least is the best.
type Badness = (u64, u64, u64);

/// The best round found, with a bound on all.
pub(super) fn good_round(arcs: &Arcs, cap: Seconds) -> Result<Round, NoRound> {
    let search = Search { arcs, cap: u64::from(cap.get()) };
    // The fewer the stops, the more first stops are tried: their work grows with the cube.
    let starts = (400 / arcs.stops()).clamp(1, 16);
    let firsts = (0..starts).map(|start| 1 + start * arcs.stops() / starts);
    let orders = firsts.map(|first| search.improved(search.inserted(first)));
    let best = orders.min_by_key(|order| search.badness(order)).unwrap_or_default();
    let found = arcs.round(&best).filter(|round| round.on_board.first().is_none_or(|&ride| ride <= cap));
    let Some(round) = found else {
        return Err(if bound::refutes(arcs, cap) { NoRound::Impossible } else { NoRound::NotFound });
    };
    Ok(Round { bound: bound::whole(arcs, round.whole), ..round })
}

struct Search<'a> {
    arcs: &'a Arcs,
    cap: u64,
}

/// Prices along an order with the site at both ends, summed up: forwards, and of each ride turned round.
struct Sums {
    ends: Vec<usize>,
    on: Vec<u64>,
    back: Vec<u64>,
}

impl Search<'_> {
    fn price(&self, from: usize, to: usize) -> u64 {
        self.arcs.time(from, to).map_or(MISSING, |time| u64::from(time.get()))
    }

    /// Of a round by its whole price and that of its first ride, on which nobody is on board.
    fn rated(&self, whole: u64, first: u64) -> Badness {
        (whole / MISSING, (whole - first).saturating_sub(self.cap), whole)
    }

    fn badness(&self, order: &[usize]) -> Badness {
        let sums = self.sums(order);
        let first = self.price(SITE, sums.ends[1]);
        self.rated(sums.on.last().copied().unwrap_or_default(), first)
    }

    fn sums(&self, order: &[usize]) -> Sums {
        let mut ends = vec![SITE];
        ends.extend(order);
        ends.push(SITE);
        let (mut on, mut back) = (vec![0], vec![0]);
        for (at, ride) in ends.windows(2).enumerate() {
            on.push(on[at] + self.price(ride[0], ride[1]));
            back.push(back[at] + self.price(ride[1], ride[0]));
        }
        Sums { ends, on, back }
    }

    /// The order that grows from one stop by what lengthens it least; of equals the lowest stop, in the first place.
    fn inserted(&self, first: usize) -> Vec<usize> {
        let mut order = vec![first];
        let mut left: Vec<usize> = (1..=self.arcs.stops()).filter(|&end| end != first).collect();
        while !left.is_empty() {
            let sums = self.sums(&order);
            let whole = sums.on[order.len() + 1];
            let put = |stop: usize, after: usize| {
                let (from, to) = (sums.ends[after], sums.ends[after + 1]);
                let longer = whole - self.price(from, to) + self.price(from, stop) + self.price(stop, to);
                let first = if after == 0 { stop } else { sums.ends[1] };
                self.rated(longer, self.price(SITE, first))
            };
            let places = (0..left.len()).flat_map(|at| (0..=order.len()).map(move |after| (at, after)));
            let Some((at, after)) = places.min_by_key(|&(at, after)| put(left[at], after)) else { break };
            order.insert(after, left.remove(at));
        }
        order
    }

    /// What exchanges make of an order. Each makes it better, so that they end; their number is bounded all the same.
    fn improved(&self, mut order: Vec<usize>) -> Vec<usize> {
        for _ in 0..8 * order.len() {
            let sums = self.sums(&order);
            let known = self.badness(&order);
            let moved = exchanges(order.len()).map(|exchange| (self.after(&sums, &exchange), exchange));
            let Some((best, exchange)) = moved.min_by_key(|(badness, _)| *badness) else { break };
            if best >= known {
                break;
            }
            match exchange {
                Exchange::Turn { from, to } => order[from - 1..to - 1].reverse(),
                Exchange::Swap { from, middle, to } => order[from - 1..to - 1].rotate_left(middle - from),
            }
        }
        order
    }

    /// How bad the order is after an exchange, from its sums alone.
    fn after(&self, sums: &Sums, exchange: &Exchange) -> Badness {
        let Sums { ends, on, back } = sums;
        // The stretch that changes, the stop that is then its first, and its price with the rides to and from it.
        let (from, to, first, part) = match *exchange {
            Exchange::Turn { from, to } => {
                let within = back[to - 1] - back[from];
                let joined = self.price(ends[from - 1], ends[to - 1]) + self.price(ends[from], ends[to]);
                (from, to, ends[to - 1], within + joined)
            }
            Exchange::Swap { from, middle, to } => {
                let within = on[to - 1] - on[middle] + on[middle - 1] - on[from];
                let joined = self.price(ends[from - 1], ends[middle])
                    + self.price(ends[to - 1], ends[from])
                    + self.price(ends[middle - 1], ends[to]);
                (from, to, ends[middle], within + joined)
            }
        };
        let whole = on[from - 1] + part + on[ends.len() - 1] - on[to];
        let first = if from == 1 { first } else { ends[1] };
        self.rated(whole, self.price(SITE, first))
    }
}

/// A change of an order of stops in the places 1 to n; stretches end before their last number.
enum Exchange {
    /// The stretch `from..to` is called at the other way round.
    Turn { from: usize, to: usize },
    /// The stretches `from..middle` and `middle..to` change places.
    Swap { from: usize, middle: usize, to: usize },
}

fn exchanges(stops: usize) -> impl Iterator<Item = Exchange> {
    let ends = move |from: usize| from + 1..=stops + 1;
    let turns = (1..=stops).flat_map(move |from| ends(from + 1).map(move |to| Exchange::Turn { from, to }));
    let swaps = (1..=stops).flat_map(move |from| ends(from).map(move |middle| (from, middle)));
    let swaps = swaps.flat_map(move |(from, middle)| {
        let moved = ends(middle).filter(move |to| (middle - from).min(to - middle) <= LONGEST_MOVED);
        moved.map(move |to| Exchange::Swap { from, middle, to })
    });
    turns.chain(swaps)
}
