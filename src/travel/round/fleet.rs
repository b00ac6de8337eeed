//! Which stops a few vehicles serve.

use super::arcs::{Arcs, SITE};
use super::exact::{Rides, Set, places};
use super::{MOST_EXACT, Round, RoundLegs, RoundRules};
use crate::units::Seconds;
use std::cmp::Reverse;

/// The vehicles of a shuttle, all alike.
///
/// ```
/// use maillage::travel::Fleet;
///
/// let fleet = Fleet { vehicles: 2, seats: 8, both_ways: true };
/// assert_eq!(fleet.vehicles * fleet.seats, 16);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fleet {
    /// How many vehicles, each for one round.
    pub vehicles: u32,
    /// Riders that one carries.
    pub seats: u32,
    /// Whether each vehicle brings its riders home too. Then a round is one out and one home through the same stops, and
    /// both keep to the rules.
    pub both_ways: bool,
}

/// What one vehicle does.
///
/// ```
/// use maillage::travel::{Fleet, RoundLegs, RoundRules, best_rounds};
/// use maillage::units::Seconds;
///
/// let ten = [Some(Seconds::from_minutes(10))];
/// let legs = RoundLegs::new(&[vec![None]], &ten, &ten).expect("one stop");
/// let rules = RoundRules { per_stop: Seconds::from_minutes(2), ride_cap: Seconds::from_minutes(60) };
/// let best = best_rounds(&legs, rules, &[11], Fleet { vehicles: 1, seats: 8, both_ways: false });
/// // Eleven wait and eight get on.
/// assert_eq!((best.rounds[0].riders, best.rounds[0].out.whole), (8, Seconds::from_minutes(22)));
/// assert_eq!(best.rounds[0].home, None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VehicleRound {
    /// How many it carries: all who wait at its stops, or as many as there are seats.
    pub riders: u32,
    /// Its way out, the shortest through its stops.
    pub out: Round,
    /// Its way home, the shortest through the same stops, where the fleet goes both ways.
    pub home: Option<Round>,
}

/// How far a choice of stops is proved.
///
/// ```
/// use maillage::travel::{Fleet, RoundLegs, RoundRules, RoundsProof, best_rounds};
/// use maillage::units::Seconds;
///
/// let legs = RoundLegs::new(&[], &[], &[]).expect("no stop");
/// let rules = RoundRules { per_stop: Seconds::ZERO, ride_cap: Seconds::from_minutes(60) };
/// let best = best_rounds(&legs, rules, &[], Fleet { vehicles: 1, seats: 8, both_ways: false });
/// assert_eq!(best.proof, RoundsProof::Best);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundsProof {
    /// No rounds carry more, nor as many in less time.
    Best,
    /// More than ten stops could be served. Nothing is better among the ten that were looked at.
    BestOfTen,
}

/// Which stops are served, by which vehicle.
///
/// ```
/// use maillage::travel::{Fleet, RoundLegs, RoundRules, best_rounds};
/// use maillage::units::Seconds;
///
/// // Two stops next to each other, and one on the other side of the site.
/// let minutes = |m| Some(Seconds::from_minutes(m));
/// let between = vec![
///     vec![None, minutes(3), minutes(40)],
///     vec![minutes(3), None, minutes(40)],
///     vec![minutes(40), minutes(40), None],
/// ];
/// let ends = [minutes(20), minutes(20), minutes(20)];
/// let legs = RoundLegs::new(&between, &ends, &ends).expect("three stops");
/// let rules = RoundRules { per_stop: Seconds::from_minutes(2), ride_cap: Seconds::from_minutes(45) };
///
/// let best = best_rounds(&legs, rules, &[3, 4, 5], Fleet { vehicles: 1, seats: 8, both_ways: true });
/// assert_eq!((best.riders(), best.riders_at_most), (7, 7));
/// assert_eq!(best.rounds[0].out.stops, [0, 1]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BestRounds {
    /// One for each vehicle that is used, in the order of their lowest stops.
    pub rounds: Vec<VehicleRound>,
    /// No rounds carry more.
    pub riders_at_most: u32,
    /// Whether all that could be served was looked at.
    pub proof: RoundsProof,
}

impl BestRounds {
    /// How many all vehicles carry.
    pub fn riders(&self) -> u32 {
        self.rounds.iter().fold(0, |riders, round| riders.saturating_add(round.riders))
    }

    /// How long all rounds take together, out and home.
    pub fn whole(&self) -> Seconds {
        let rounds = self.rounds.iter().flat_map(|round| std::iter::once(&round.out).chain(&round.home));
        rounds.fold(Seconds::ZERO, |whole, round| whole.plus(round.whole))
    }
}

/// The rounds that carry most of those who wait (`riders`, by stop), then take least time in all, then call at fewest
/// stops; of equals, those where lower stops ride together.
///
/// A stop is served by one vehicle at most. A vehicle takes on as many as it has seats, who finds none stays behind:
/// which of them is for whoever asks to say. Stops where nobody waits are not called at.
///
/// Up to ten stops that can be served it is exact. Of more it looks at ten: from none on, the one that lengthens a
/// single round out through those chosen by the least time per rider, whatever the cap and the seats, and of equals the
/// lowest. A stop can be served when its way to the site is within the cap, calls at others included, and there is a way
/// from the site, within the cap too where the fleet goes both ways. At most 11 · 2¹⁰ choices are kept in memory.
pub fn best_rounds(legs: &RoundLegs, rules: RoundRules, riders: &[u32], fleet: Fleet) -> BestRounds {
    let waiting = |stop: usize| u64::from(riders.get(stop).copied().unwrap_or_default());
    let stops = servable(legs, rules, (0..legs.stops()).filter(|&stop| waiting(stop) > 0).collect(), fleet);
    let proof = if stops.len() > MOST_EXACT { RoundsProof::BestOfTen } else { RoundsProof::Best };
    let seats = u64::from(fleet.seats);
    let at_most = stops.iter().map(|&stop| waiting(stop).min(seats)).sum::<u64>();
    let at_most = at_most.min(u64::from(fleet.vehicles) * seats);
    let chosen = if stops.len() > MOST_EXACT { ten(legs, rules, &stops, waiting) } else { stops };

    let ways = Ways {
        out: Direction::new(legs, rules, &chosen),
        home: fleet.both_ways.then(|| Direction::new(&legs.mirrored(), rules, &chosen)),
    };
    let riders = |set: Set| places(set).map(|place| waiting(chosen[place])).sum::<u64>().min(seats);
    let worth = |set: Set| {
        let time = Reverse(ways.whole(set)?);
        Some(Worth { riders: riders(set), time, stops: Reverse(set.count_ones()) })
    };
    let worths: Vec<Option<Worth>> = (0..1 << chosen.len()).map(worth).collect();
    let vehicles = chosen.len().min(fleet.vehicles as usize);
    let sets = share_out(&worths, vehicles);
    let rounds: Vec<_> = sets.into_iter().filter_map(|set| ways.round(set, narrow(riders(set)))).collect();
    let best = BestRounds { rounds, riders_at_most: narrow(at_most), proof };
    match proof {
        RoundsProof::Best => BestRounds { riders_at_most: best.riders(), ..best },
        RoundsProof::BestOfTen => best,
    }
}

fn narrow(riders: u64) -> u32 {
    u32::try_from(riders).unwrap_or(u32::MAX)
}

/// All rounds in one direction.
struct Direction {
    arcs: Arcs,
    rides: Rides,
    cap: Seconds,
}

impl Direction {
    fn new(legs: &RoundLegs, rules: RoundRules, stops: &[usize]) -> Self {
        let arcs = Arcs::new(legs, rules.per_stop, stops);
        Self { rides: Rides::new(&arcs), arcs, cap: rules.ride_cap }
    }

    fn whole(&self, set: Set) -> Option<Seconds> {
        self.rides.whole(&self.arcs, set, self.cap)
    }

    fn round(&self, set: Set) -> Option<Round> {
        self.rides.round(&self.arcs, set, self.cap)
    }
}

/// The ways that a vehicle goes.
struct Ways {
    out: Direction,
    home: Option<Direction>,
}

impl Ways {
    /// Seconds of both ways through a set.
    fn whole(&self, set: Set) -> Option<u64> {
        let out = u64::from(self.out.whole(set)?.get());
        match &self.home {
            Some(home) => Some(out + u64::from(home.whole(set)?.get())),
            None => Some(out),
        }
    }

    fn round(&self, set: Set, riders: u32) -> Option<VehicleRound> {
        let home = match &self.home {
            Some(home) => Some(home.round(set)?.backwards()),
            None => None,
        };
        Some(VehicleRound { riders, out: self.out.round(set)?, home })
    }
}

/// Those of `stops` that some round may serve: what it leaves out, none can.
fn servable(legs: &RoundLegs, rules: RoundRules, stops: Vec<usize>, fleet: Fleet) -> Vec<usize> {
    let out = Arcs::new(legs, rules.per_stop, &stops).least_rides();
    // In the mirror, what it takes from the site to each stop.
    let home = Arcs::new(&legs.mirrored(), rules.per_stop, &stops).least_rides();
    let within = |ride: Option<Seconds>| ride.is_some_and(|ride| ride <= rules.ride_cap);
    let rides = out.into_iter().zip(home);
    let served =
        rides.map(|(out, home)| within(out) && if fleet.both_ways { within(home) } else { home.is_some() });
    stops.into_iter().zip(served).filter(|&(_, served)| served).map(|(stop, _)| stop).collect()
}

/// Ten of many stops, by the rule that [`best_rounds`] states; ascending.
fn ten(legs: &RoundLegs, rules: RoundRules, stops: &[usize], waiting: impl Fn(usize) -> u64) -> Vec<usize> {
    let arcs = Arcs::new(legs, rules.per_stop, stops);
    let riders = |end: usize| arcs.name(end).map_or(0, |stop| i128::from(waiting(stop)));
    // A ride that can't be made is longer than any that can.
    let price = |from: usize, to: usize| arcs.time(from, to).map_or(1 << 33, |time| i128::from(time.get()));
    let mut order = vec![SITE, SITE];
    while order.len() < MOST_EXACT + 2 {
        let longer = |stop: usize, (from, to): (usize, usize)| {
            let before = if from == to { 0 } else { price(from, to) };
            price(from, stop) + price(stop, to) - before
        };
        let put = |stop: usize| {
            let places = order.windows(2).map(|ride| longer(stop, (ride[0], ride[1]))).enumerate();
            places.min_by_key(|&(_, longer)| longer).map(|(after, longer)| (stop, after, longer))
        };
        let left = (1..=arcs.stops()).filter(|stop| !order.contains(stop)).filter_map(put);
        // Seconds per rider, compared without a division; of equals the first is kept.
        let best = left.min_by(|a, b| (a.2 * riders(b.0)).cmp(&(b.2 * riders(a.0))));
        let Some((stop, after, _)) = best else { break };
        order.insert(after + 1, stop);
    }
    let mut chosen: Vec<usize> = order.into_iter().filter_map(|end| arcs.name(end)).collect();
    chosen.sort_unstable();
    chosen
}

/// What rounds are worth. The greatest is the best.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Worth {
    riders: u64,
    time: Reverse<u64>,
    stops: Reverse<u32>,
}

impl Worth {
    fn and(self, other: Self) -> Self {
        Self {
            riders: self.riders + other.riders,
            time: Reverse(self.time.0 + other.time.0),
            stops: Reverse(self.stops.0 + other.stops.0),
        }
    }
}

/// The best disjoint sets, one a vehicle, by what a round through each set is worth.
///
/// For each number of vehicles and each set of stops: either its lowest stop is not served, or it is by one vehicle
/// with some of the others, and the rest by the other vehicles. That looks at `3ⁿ` pairs of sets a vehicle.
fn share_out(worths: &[Option<Worth>], vehicles: usize) -> Vec<Set> {
    let mut best = vec![vec![(Worth::default(), 0); worths.len()]];
    for _ in 0..vehicles {
        let others = &best[best.len() - 1];
        let mut with_one_more = vec![(Worth::default(), 0)];
        for stops in 1..worths.len() {
            let lowest = stops & stops.wrapping_neg();
            let served = subsets(stops ^ lowest).filter_map(|with| {
                let set = lowest | with;
                Some((worths[set]?.and(others[stops ^ set].0), set))
            });
            let unserved = (with_one_more[stops ^ lowest].0, 0);
            // The first of equals: served rather than not, and with the lowest ones.
            let better = |a: (Worth, Set), b: (Worth, Set)| if b.0 > a.0 { b } else { a };
            let found = served.chain([unserved]).reduce(better).unwrap_or_default();
            with_one_more.push(found);
        }
        best.push(with_one_more);
    }
    taken(&best, worths.len() - 1)
}

/// The sets that were chosen, walked back from all vehicles and all stops.
fn taken(best: &[Vec<(Worth, Set)>], all: Set) -> Vec<Set> {
    let (mut left, mut vehicles, mut sets) = (all, best.len() - 1, Vec::new());
    while left != 0 && vehicles > 0 {
        match best[vehicles][left].1 {
            0 => left &= left - 1,
            set => {
                sets.push(set);
                left ^= set;
                vehicles -= 1;
            }
        }
    }
    sets
}

/// All subsets, ascending, the empty one first.
fn subsets(set: Set) -> impl Iterator<Item = Set> {
    std::iter::successors(Some(0), move |&subset: &Set| {
        let next = subset.wrapping_sub(set) & set;
        (next != 0).then_some(next)
    })
}
