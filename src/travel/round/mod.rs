//! The pick-up round of a shuttle: in which order a vehicle calls at its stops, and which stops a few vehicles serve.
//!
//! It knows no territory: stops are numbers, times are [`Seconds`].
//!
//! 1. `arcs`: the ride times among the stops of one question, the time lost at a stop included;
//! 2. `exact`: every set of at most ten stops by dynamic programming;
//! 3. `search` and `bound`: a good order of more stops, and what no order can be shorter than;
//! 4. `fleet`: which stops to serve, and by which vehicle.
//!
//! The way home is the way out in a mirror. Turn every ride round: a round home, read backwards, is then a round out
//! of the same length, and from the site to a stop takes as long as from that stop to the site in the mirror.
//!
//! M. Held, R. M. Karp, "A dynamic programming approach to sequencing problems", J. SIAM 10 (1962), 196–210.

mod arcs;
mod bound;
mod exact;
mod fleet;
mod search;
#[cfg(test)]
mod tests;

use crate::units::Seconds;
use arcs::Arcs;
use exact::Rides;
pub use fleet::{BestRounds, Fleet, RoundsProof, VehicleRound, best_rounds};

/// Most stops whose rounds are proved to be the shortest.
const MOST_EXACT: usize = 10;

/// Ride times between the stops of a round and its site, each way by itself. `None` is a ride that can't be made.
///
/// Times are to be the shortest ones; nothing breaks where a detour is shorter, but a vehicle may then call at a stop
/// for the sake of the detour.
///
/// ```
/// use maillage::travel::RoundLegs;
/// use maillage::units::Seconds;
///
/// let minutes = |m| Some(Seconds::from_minutes(m));
/// let between = vec![vec![None, minutes(4)], vec![minutes(5), None]];
/// let legs = RoundLegs::new(&between, &[minutes(10), minutes(12)], &[minutes(10), minutes(11)]);
/// assert_eq!(legs.expect("two stops").stops(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundLegs {
    stops: usize,
    /// By from and to; the site is 0, a stop one more than its number.
    times: Vec<Option<Seconds>>,
}

impl RoundLegs {
    /// Most stops, so that what one round takes of memory and time is bounded: half a megabyte.
    pub const MOST_STOPS: usize = 256;

    /// `between[a][b]` is the ride from stop `a` to stop `b` (`between[a][a]` is not looked at), `to_site[a]` the one
    /// from `a` to the site, `from_site[a]` the one back. `None` unless all have as many rows, 256 at most.
    pub fn new(
        between: &[Vec<Option<Seconds>>],
        to_site: &[Option<Seconds>],
        from_site: &[Option<Seconds>],
    ) -> Option<Self> {
        let stops = between.len();
        let square = between.iter().all(|row| row.len() == stops);
        if !square || to_site.len() != stops || from_site.len() != stops || stops > Self::MOST_STOPS {
            return None;
        }
        let mut times = vec![None];
        times.extend(from_site);
        for (row, to_site) in between.iter().zip(to_site) {
            times.push(*to_site);
            times.extend(row);
        }
        Some(Self { stops, times })
    }

    /// How many stops there are; they are numbered from 0.
    pub const fn stops(&self) -> usize {
        self.stops
    }

    /// Every ride turned round: the way home seen as a way out.
    pub fn mirrored(&self) -> Self {
        let ends = 0..=self.stops;
        let times = ends.clone().flat_map(|from| ends.clone().map(move |to| self.time(to, from))).collect();
        Self { stops: self.stops, times }
    }

    /// The ride between two ends, 0 being the site.
    fn time(&self, from: usize, to: usize) -> Option<Seconds> {
        self.times.get(from * (self.stops + 1) + to).copied().flatten()
    }
}

/// What a round has to keep to.
///
/// ```
/// use maillage::travel::RoundRules;
/// use maillage::units::Seconds;
///
/// let rules = RoundRules { per_stop: Seconds::from_minutes(2), ride_cap: Seconds::from_minutes(60) };
/// assert!(rules.per_stop < rules.ride_cap);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundRules {
    /// Time lost at each stop. Who gets on or off there is on board meanwhile.
    pub per_stop: Seconds,
    /// Longest time on board: from when the vehicle comes to one's stop to the site, or on the way home from the site
    /// to when it leaves one's stop.
    pub ride_cap: Seconds,
}

/// A round: from the site, empty, to the first stop, and in order to the last one and the site; or home, from the site
/// with everybody on board to the stops and, empty, back to the site.
///
/// ```
/// use maillage::travel::{RoundLegs, RoundRules, shortest_round};
/// use maillage::units::Seconds;
///
/// // On one road, the site at one end: 0 is 10 minutes from it, 1 is 15.
/// let minutes = |m| Some(Seconds::from_minutes(m));
/// let between = vec![vec![None, minutes(5)], vec![minutes(5), None]];
/// let ends = [minutes(10), minutes(15)];
/// let legs = RoundLegs::new(&between, &ends, &ends).expect("two stops");
/// let rules = RoundRules { per_stop: Seconds::from_minutes(2), ride_cap: Seconds::from_minutes(30) };
///
/// let round = shortest_round(&legs, rules, &[0, 1])?;
/// // Either order takes 30 minutes and two stops. From 1 by 0: 2 + 5 + 2 + 10; from 0 by 1: 2 + 5 + 2 + 15.
/// assert_eq!(round.whole, Seconds::from_minutes(34));
/// assert_eq!((&round.stops[..], round.on_board[0]), (&[0, 1][..], Seconds::from_minutes(24)));
/// assert!(round.is_shortest());
/// # Ok::<(), maillage::travel::NoRound>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The stops in the order in which the vehicle calls at them.
    pub stops: Vec<usize>,
    /// Time on board of those who get on or off at each of them, in the same order.
    pub on_board: Vec<Seconds>,
    /// The whole round, from the site to the site: the empty run and the time lost at stops included.
    pub whole: Seconds,
    /// No round through these stops is shorter. Equal to `whole` where that is proved, as it always is up to ten stops.
    pub bound: Seconds,
}

impl Round {
    /// Whether it is proved that no round through its stops is shorter.
    pub fn is_shortest(&self) -> bool {
        self.whole == self.bound
    }
}

/// Why there is no round through some stops.
///
/// ```
/// use maillage::travel::{NoRound, RoundLegs, RoundRules, shortest_round};
/// use maillage::units::Seconds;
///
/// let legs = RoundLegs::new(&[vec![None]], &[Some(Seconds::from_minutes(29))], &[Some(Seconds::ZERO)]);
/// let rules = RoundRules { per_stop: Seconds::from_minutes(2), ride_cap: Seconds::from_minutes(30) };
/// assert_eq!(shortest_round(&legs.expect("one stop"), rules, &[0]), Err(NoRound::Impossible));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRound {
    /// No order keeps to the cap, or the stops can't be ridden one after the other: proved.
    Impossible,
    /// None was found. Of more than ten stops alone, where not every order is looked at.
    NotFound,
}

/// The shortest round out through all of `stops`, in whatever order they are given, each called at once: empty from the
/// site to the first, with riders to the last and the site, nobody on board for longer than the cap.
///
/// Up to ten stops it is exact; of equally short rounds it is the first in the order of the numbers of its stops. Of
/// more stops it is the best that insertions and exchanges find, with a bound. A round that does not fit in
/// [`Seconds`], 136 years, is none. No stop at all is a round of no time.
///
/// # Errors
/// That there is no such round, or that none was found. A stop that `legs` does not know can't be reached.
pub fn shortest_round(legs: &RoundLegs, rules: RoundRules, stops: &[usize]) -> Result<Round, NoRound> {
    let mut stops = stops.to_vec();
    stops.sort_unstable();
    stops.dedup();
    if stops.last().is_some_and(|&last| last >= legs.stops) {
        return Err(NoRound::Impossible);
    }
    let arcs = Arcs::new(legs, rules.per_stop, &stops);
    if stops.len() > MOST_EXACT {
        return search::good_round(&arcs, rules.ride_cap);
    }
    Rides::new(&arcs).round(&arcs, arcs.all(), rules.ride_cap).ok_or(NoRound::Impossible)
}

/// The shortest round home through all of `stops`: from the site with everybody on board to the stops and back to the
/// site, as [`shortest_round`] in all else. It is the round out on [`RoundLegs::mirrored`], read backwards; so are ties.
///
/// ```
/// use maillage::travel::{RoundLegs, RoundRules, shortest_round_home};
/// use maillage::units::Seconds;
///
/// let minutes = |m| Some(Seconds::from_minutes(m));
/// // From 0 on to 1, as the one-way street has it; there is no way from 1 to 0.
/// let between = vec![vec![None, minutes(5)], vec![None, None]];
/// let ends = [minutes(10), minutes(10)];
/// let legs = RoundLegs::new(&between, &ends, &ends).expect("two stops");
/// let rules = RoundRules { per_stop: Seconds::from_minutes(2), ride_cap: Seconds::from_minutes(30) };
///
/// let home = shortest_round_home(&legs, rules, &[1, 0])?;
/// assert_eq!(home.stops, [0, 1]);
/// assert_eq!(home.on_board, [Seconds::from_minutes(12), Seconds::from_minutes(19)]);
/// # Ok::<(), maillage::travel::NoRound>(())
/// ```
///
/// # Errors
/// Those of [`shortest_round`].
pub fn shortest_round_home(legs: &RoundLegs, rules: RoundRules, stops: &[usize]) -> Result<Round, NoRound> {
    shortest_round(&legs.mirrored(), rules, stops).map(Round::backwards)
}

impl Round {
    fn backwards(mut self) -> Self {
        self.stops.reverse();
        self.on_board.reverse();
        self
    }
}
