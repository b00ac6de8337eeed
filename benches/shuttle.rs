//! Pick-up rounds of a shuttle at three sizes: up to ten stops exact, of more a good one with a bound.
//!
//! `cargo bench --bench shuttle`; it uses one core.

#![allow(clippy::expect_used, reason = "a bench that can't be set up has nothing to measure")]

#[path = "common/draw.rs"]
mod draw;

use divan::Bencher;
use draw::Draw;
use maillage::travel::{
    BestRounds, Fleet, NoRound, Round, RoundLegs, RoundRules, best_rounds, shortest_round,
    shortest_round_home,
};
use maillage::units::Seconds;

fn main() {
    divan::main();
}

/// Stops.
const SIZES: [usize; 3] = [5, 10, 20];

/// No cap that a round of twenty stops breaks, so that each size has one; an hour for the choice of stops.
const RULES: RoundRules =
    RoundRules { per_stop: Seconds::from_minutes(2), ride_cap: Seconds::from_minutes(600) };

/// Stops in a square of 40 km around the site, at 38 km/h on roads a third longer than the straight line, up to a
/// tenth slower in one direction.
fn legs(stops: usize) -> RoundLegs {
    let mut draw = Draw(stops as u64);
    let mut at = vec![(20_000, 20_000)];
    at.extend((0..stops).map(|_| (draw.below(40_000) as i64, draw.below(40_000) as i64)));
    let mut ride = |a: usize, b: usize| {
        let (x, y) = (at[a].0 - at[b].0, at[a].1 - at[b].1);
        let metres = ((x * x + y * y) as u64).isqrt();
        Some(Seconds::new((metres * 13 * 36 / 10 / 380 * (100 + draw.below(11)) / 100) as u32))
    };
    let between: Vec<Vec<_>> = (1..=stops).map(|a| (1..=stops).map(|b| ride(a, b)).collect()).collect();
    let to_site: Vec<_> = (1..=stops).map(|a| ride(a, 0)).collect();
    let from_site: Vec<_> = (1..=stops).map(|a| ride(0, a)).collect();
    RoundLegs::new(&between, &to_site, &from_site).expect("square")
}

/// The target is 50 ms at ten stops.
#[divan::bench(args = SIZES)]
fn round_out(bencher: Bencher<'_, '_>, stops: usize) {
    let (legs, all): (_, Vec<usize>) = (legs(stops), (0..stops).collect());
    bencher.bench(|| -> Result<Round, NoRound> { shortest_round(&legs, RULES, &all) });
}

#[divan::bench(args = SIZES)]
fn round_home(bencher: Bencher<'_, '_>, stops: usize) {
    let (legs, all): (_, Vec<usize>) = (legs(stops), (0..stops).collect());
    bencher.bench(|| -> Result<Round, NoRound> { shortest_round_home(&legs, RULES, &all) });
}

/// One to three riders a stop, three vehicles, both ways, an hour on board at most. The target is 50 ms at ten stops.
#[divan::bench(args = SIZES)]
fn stops_for_three_vehicles(bencher: Bencher<'_, '_>, stops: usize) {
    let legs = legs(stops);
    let riders: Vec<u32> = (0..stops as u32).map(|stop| 1 + stop % 3).collect();
    let rules = RoundRules { ride_cap: Seconds::from_minutes(60), ..RULES };
    let fleet = Fleet { vehicles: 3, seats: 8, both_ways: true };
    bencher.bench(|| -> BestRounds { best_rounds(&legs, rules, &riders, fleet) });
}
