//! Rounds beside a search that drives every order, forwards and by the clock, and the laws that they keep.

use super::*;
use crate::travel::draw::Draw;
use proptest::prelude::*;
use std::collections::BTreeMap;

type Time = Option<u32>;

/// Stops and rules as plain numbers.
#[derive(Clone, Debug)]
struct Case {
    between: Vec<Vec<Time>>,
    to_site: Vec<Time>,
    from_site: Vec<Time>,
    per_stop: u32,
    cap: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Out,
    Home,
}

impl Case {
    /// Times below `longest`, of a hundred rides so many that can't be made.
    fn drawn(draw: &mut Draw, stops: usize, longest: u64, missing: u64) -> Self {
        let times = |draw: &mut Draw| -> Vec<Time> {
            let time = |_| (draw.below(100) >= missing).then(|| draw.below(longest) as u32);
            (0..stops).map(time).collect()
        };
        let between = (0..stops).map(|_| times(draw)).collect();
        let (to_site, from_site) = (times(draw), times(draw));
        let cap = draw.below(longest * stops as u64 / 2 + 2) as u32;
        Self { between, to_site, from_site, per_stop: draw.below(longest / 4 + 1) as u32, cap }
    }

    /// Stops in a square of 40 km around the site, at 38 km/h on roads a third longer than the straight line, up to a
    /// tenth slower in one direction.
    fn country(draw: &mut Draw, stops: usize) -> Self {
        let mut at = vec![(20_000, 20_000)];
        at.extend((0..stops).map(|_| (draw.below(40_000) as i64, draw.below(40_000) as i64)));
        let mut ride = |a: usize, b: usize| {
            let (x, y) = (at[a].0 - at[b].0, at[a].1 - at[b].1);
            let metres = ((x * x + y * y) as u64).isqrt();
            Some((metres * 13 * 36 / 10 / 380 * (100 + draw.below(11)) / 100) as u32)
        };
        let between = (1..=stops).map(|a| (1..=stops).map(|b| ride(a, b)).collect()).collect();
        let to_site = (1..=stops).map(|a| ride(a, 0)).collect();
        let from_site = (1..=stops).map(|a| ride(0, a)).collect();
        Self { between, to_site, from_site, per_stop: 120, cap: 10 * 3_600 }
    }

    fn stops(&self) -> Vec<usize> {
        (0..self.between.len()).collect()
    }

    fn legs(&self) -> RoundLegs {
        let row = |row: &Vec<Time>| row.iter().map(|time| time.map(Seconds::new)).collect::<Vec<_>>();
        let between: Vec<_> = self.between.iter().map(row).collect();
        RoundLegs::new(&between, &row(&self.to_site), &row(&self.from_site)).expect("square")
    }

    fn rules(&self) -> RoundRules {
        RoundRules { per_stop: Seconds::new(self.per_stop), ride_cap: Seconds::new(self.cap) }
    }

    fn round(&self, way: Way, stops: &[usize]) -> Result<Round, NoRound> {
        match way {
            Way::Out => shortest_round(&self.legs(), self.rules(), stops),
            Way::Home => shortest_round_home(&self.legs(), self.rules(), stops),
        }
    }

    /// Drives an order by the clock: when the vehicle is back, and who was on board for how long. None where a ride
    /// can't be made.
    fn driven(&self, way: Way, order: &[usize]) -> Option<(u64, Vec<u64>)> {
        let (mut clock, mut last, mut came, mut left) = (0, None, Vec::new(), Vec::new());
        for &stop in order {
            let ride = last.map_or(self.from_site[stop], |last: usize| self.between[last][stop])?;
            clock += u64::from(ride);
            came.push(clock);
            clock += u64::from(self.per_stop);
            left.push(clock);
            last = Some(stop);
        }
        if let Some(last) = last {
            clock += u64::from(self.to_site[last]?);
        }
        let on_board = match way {
            Way::Out => came.into_iter().map(|came| clock - came).collect(),
            Way::Home => left,
        };
        Some((clock, on_board))
    }

    /// The shortest round and the first order that has it, of all orders.
    fn by_trying_all(&self, way: Way, stops: &[usize]) -> Option<(u64, Vec<usize>)> {
        let mut best = None;
        self.try_on(way, &mut Vec::new(), stops, &mut best);
        best
    }

    fn try_on(
        &self,
        way: Way,
        order: &mut Vec<usize>,
        stops: &[usize],
        best: &mut Option<(u64, Vec<usize>)>,
    ) {
        if order.len() < stops.len() {
            for &stop in stops {
                if !order.contains(&stop) {
                    order.push(stop);
                    self.try_on(way, order, stops, best);
                    order.pop();
                }
            }
            return;
        }
        let Some((whole, on_board)) = self.driven(way, order) else { return };
        let within = on_board.iter().all(|&ride| ride <= u64::from(self.cap)) && whole <= u64::from(u32::MAX);
        if within && best.as_ref().is_none_or(|(known, _)| whole < *known) {
            *best = Some((whole, order.clone()));
        }
    }

    /// What a round says of itself is what driving it shows.
    fn holds(&self, way: Way, round: &Round, stops: &[usize]) {
        let (whole, on_board) = self.driven(way, &round.stops).expect("rides that can be made");
        assert_eq!(whole, u64::from(round.whole.get()));
        assert_eq!(on_board, round.on_board.iter().map(|ride| u64::from(ride.get())).collect::<Vec<_>>());
        assert!(round.on_board.iter().all(|ride| ride.get() <= self.cap), "{round:?}");
        assert!(round.bound <= round.whole);
        let mut called = round.stops.clone();
        called.sort_unstable();
        assert_eq!(called, stops);
    }
}

fn seconds(seconds: u32) -> Seconds {
    Seconds::new(seconds)
}

/// Few stops, whole rounds and parts; times that are often equal, and times that never are.
#[test]
fn a_round_is_the_shortest_of_all_orders() {
    let (mut found, mut none) = (0, 0);
    for seed in 0..400 {
        let mut draw = Draw(seed);
        // Seven and eight stops have thousands of orders: fewer of those.
        let most = if seed % 10 == 0 { 9 } else { 7 };
        let count = draw.index(most);
        let (longest, missing) = ([4, 30, 3_000][draw.index(3)], [0, 15, 40][draw.index(3)]);
        let case = Case::drawn(&mut draw, count, longest, missing);
        let part: Vec<usize> = case.stops().into_iter().filter(|_| draw.below(4) > 0).collect();
        for way in [Way::Out, Way::Home] {
            for stops in [&case.stops(), &part] {
                let round = case.round(way, stops);
                let Some((whole, order)) = case.by_trying_all(way, stops) else {
                    none += 1;
                    assert_eq!(round, Err(NoRound::Impossible), "{case:?}");
                    continue;
                };
                found += 1;
                let round = round.unwrap_or_else(|none| panic!("{none:?} {order:?} {case:?}"));
                case.holds(way, &round, stops);
                assert_eq!(u64::from(round.whole.get()), whole, "{case:?}");
                assert!(round.is_shortest());
                if way == Way::Out {
                    assert_eq!(round.stops, order, "the first of equals");
                }
            }
        }
    }
    assert!(found > 400 && none > 400, "{found} rounds, {none} without");
}

#[test]
fn a_way_home_is_a_way_out_in_the_mirror() {
    let case = Case::drawn(&mut Draw(7), 6, 100, 0);
    assert_eq!(case.legs().mirrored().mirrored(), case.legs());
    let case = Case { cap: u32::MAX, ..case };
    let home = case.round(Way::Home, &case.stops()).expect("a round");
    let mirror = shortest_round(&case.legs().mirrored(), case.rules(), &case.stops()).expect("a round");
    assert_eq!(home, mirror.backwards());
}

#[test]
fn of_equal_rounds_the_lowest_stops_come_first() {
    let case = Case {
        between: vec![vec![Some(5); 5]; 5],
        to_site: vec![Some(5); 5],
        from_site: vec![Some(5); 5],
        per_stop: 1,
        cap: 100,
    };
    let round = case.round(Way::Out, &[4, 2, 0, 2]).expect("a round");
    assert_eq!((&round.stops[..], round.whole), (&[0, 2, 4][..], seconds(23)));
    let fleet = Fleet { vehicles: 2, seats: 2, both_ways: false };
    let best = best_rounds(&case.legs(), case.rules(), &[1; 5], fleet);
    let served: Vec<_> = best.rounds.iter().map(|round| round.out.stops.clone()).collect();
    assert_eq!(served, [[0, 1], [2, 3]]);
}

/// Of eleven and twelve stops, what is exact to ten is worked out all the same.
#[test]
fn many_stops_have_a_good_round_and_a_bound() {
    let (mut missed, mut refuted, mut found) = (0, 0, 0);
    let (mut over, mut under) = (0, 0);
    for seed in 0..60 {
        let mut draw = Draw(seed);
        let stops = 11 + draw.index(2);
        let case = match seed % 3 {
            0 => Case::country(&mut draw, stops),
            1 => Case::drawn(&mut draw, stops, 1_000, 20),
            _ => {
                // Caps that the shortest round keeps to, breaks, or that no order keeps to.
                let case = Case::country(&mut draw, stops);
                Case { cap: 9_000 + draw.below(4_000) as u32, ..case }
            }
        };
        let arcs = Arcs::new(&case.legs(), case.rules().per_stop, &case.stops());
        let exact = Rides::new(&arcs).round(&arcs, arcs.all(), case.rules().ride_cap);
        match (case.round(Way::Out, &case.stops()), exact) {
            (Ok(round), Some(exact)) => {
                found += 1;
                case.holds(Way::Out, &round, &case.stops());
                assert!(round.bound <= exact.whole && exact.whole <= round.whole, "{round:?} {exact:?}");
                if seed % 3 == 0 {
                    over = over.max(1_000 * (round.whole.get() - exact.whole.get()) / exact.whole.get());
                    under = under.max(1_000 * (exact.whole.get() - round.bound.get()) / exact.whole.get());
                }
            }
            (Err(NoRound::Impossible), None) => refuted += 1,
            (Err(NoRound::NotFound), exact) => missed += u32::from(exact.is_some()),
            (round, exact) => panic!("{round:?} {exact:?}"),
        }
    }
    assert!(found > 20 && refuted > 5 && missed <= 1, "{found} found, {refuted} refuted, {missed} missed");
    assert!(over <= 25 && under <= 25, "thousandths: {over} over the shortest, its bound {under} under it");
}

/// At the tightest cap that any order keeps to, and a little above: nothing is refuted, and most rounds are found.
#[test]
fn many_stops_are_served_under_a_tight_cap() {
    let (mut missed, mut longest) = (0, 0);
    for seed in 0..40 {
        let mut draw = Draw(seed);
        let loose = Case::country(&mut draw, 11);
        let arcs = Arcs::new(&loose.legs(), loose.rules().per_stop, &loose.stops());
        let rides = Rides::new(&arcs);
        let keeps = |cap: u32| rides.whole(&arcs, arcs.all(), seconds(cap));
        let caps: Vec<u32> = (0..loose.cap).collect();
        let least = caps.partition_point(|&cap| keeps(cap).is_none()) as u32;
        assert!(!bound::refutes(&arcs, seconds(least)));
        assert!(bound::refutes(&arcs, seconds(9 * least / 10)));
        for cap in [least, least + least / 50] {
            let tight = Case { cap, ..loose.clone() };
            match tight.round(Way::Out, &tight.stops()) {
                Ok(round) => {
                    tight.holds(Way::Out, &round, &tight.stops());
                    let whole = keeps(cap).expect("a round").get();
                    longest = longest.max(1_000 * (round.whole.get() - whole) / whole);
                }
                Err(none) => {
                    assert_eq!(none, NoRound::NotFound);
                    missed += 1;
                }
            }
        }
    }
    assert!(missed <= 2 && longest <= 45, "{missed} of 80 missed, {longest} thousandths over the shortest");
}

/// What is worth most riders for its time is looked at: here all take the same time.
#[test]
fn the_ten_are_those_of_most_riders_for_their_time() {
    let five = vec![Some(5); 12];
    let case = Case {
        between: vec![five.clone(); 12],
        to_site: five.clone(),
        from_site: five,
        per_stop: 1,
        cap: 1_000,
    };
    let riders: Vec<u32> = (1..=12).collect();
    let best =
        best_rounds(&case.legs(), case.rules(), &riders, Fleet { vehicles: 1, seats: 90, both_ways: false });
    assert_eq!(
        (best.riders(), best.riders_at_most, best.proof),
        ((3..=12).sum(), 78, RoundsProof::BestOfTen)
    );
}

/// A round of several stops can't start and end at the only one that is joined to the site.
#[test]
fn one_way_in_and_out_is_not_enough() {
    let mut only = vec![None; 12];
    only[3] = Some(5);
    let (to_site, from_site) = (only.clone(), only);
    let case = Case { between: vec![vec![Some(5); 12]; 12], to_site, from_site, per_stop: 1, cap: 1_000 };
    assert_eq!(case.round(Way::Out, &case.stops()), Err(NoRound::Impossible));
}

/// What the best choice is worth, of every way to give each stop to a vehicle or to none: riders, time, stops.
fn by_giving_all(case: &Case, riders: &[u32], fleet: Fleet) -> (u64, u64, usize) {
    let mut known = BTreeMap::new();
    let mut worth = |stops: &[usize]| {
        let ways = [Some(Way::Out), fleet.both_ways.then_some(Way::Home)];
        let whole = |way| case.by_trying_all(way, stops).map(|(whole, _)| whole);
        let time = known.entry(stops.to_vec());
        *time.or_insert_with(|| ways.into_iter().flatten().map(whole).sum::<Option<u64>>())
    };
    let vehicles = fleet.vehicles as usize;
    let mut best = (0, 0, 0);
    for number in 0..(vehicles + 1).pow(riders.len() as u32) {
        let mut given = vec![Vec::new(); vehicles + 1];
        let mut digits = number;
        for stop in 0..riders.len() {
            given[digits % (vehicles + 1)].push(stop);
            digits /= vehicles + 1;
        }
        let served = &given[1..];
        if served.iter().flatten().any(|&stop| riders[stop] == 0) {
            continue;
        }
        let Some(time) = served.iter().map(|stops| worth(stops)).sum::<Option<u64>>() else { continue };
        let on = |stops: &Vec<usize>| {
            stops.iter().map(|&stop| u64::from(riders[stop])).sum::<u64>().min(u64::from(fleet.seats))
        };
        let (on, stops) = (served.iter().map(on).sum::<u64>(), served.iter().map(Vec::len).sum::<usize>());
        if (on, std::cmp::Reverse((time, stops))) > (best.0, std::cmp::Reverse((best.1, best.2))) {
            best = (on, time, stops);
        }
    }
    best
}

/// A choice's rounds hold, and are disjoint.
fn choice_holds(case: &Case, riders: &[u32], fleet: Fleet, best: &BestRounds) {
    assert!(best.rounds.len() <= fleet.vehicles as usize);
    let mut called = Vec::new();
    for round in &best.rounds {
        let mut stops = round.out.stops.clone();
        stops.sort_unstable();
        case.holds(Way::Out, &round.out, &stops);
        assert_eq!(round.home.is_some(), fleet.both_ways);
        round.home.iter().for_each(|home| case.holds(Way::Home, home, &stops));
        assert_eq!(round.riders, stops.iter().map(|&stop| riders[stop]).sum::<u32>().min(fleet.seats));
        assert!(stops.iter().all(|&stop| riders[stop] > 0));
        called.extend(stops);
    }
    let calls = called.len();
    called.sort_unstable();
    called.dedup();
    assert_eq!(called.len(), calls, "each stop once");
    assert!(best.riders() <= best.riders_at_most);
}

#[test]
fn a_choice_of_stops_is_the_best_of_all() {
    let (mut several, mut none) = (0, 0);
    for seed in 0..300 {
        let mut draw = Draw(seed);
        let (stops, vehicles) = [(4, 3), (5, 2), (6, 2), (6, 1)][draw.index(4)];
        let missing = [0, 20, 50][draw.index(3)];
        let case = Case::drawn(&mut draw, stops, [5, 1_000][seed as usize % 2], missing);
        let riders: Vec<u32> = (0..stops).map(|_| draw.below(6) as u32).collect();
        let fleet = Fleet { vehicles, seats: draw.below(9) as u32, both_ways: seed % 3 == 0 };
        let best = best_rounds(&case.legs(), case.rules(), &riders, fleet);
        choice_holds(&case, &riders, fleet, &best);
        let calls = best.rounds.iter().map(|round| round.out.stops.len()).sum::<usize>();
        let worth = (u64::from(best.riders()), u64::from(best.whole().get()), calls);
        assert_eq!(worth, by_giving_all(&case, &riders, fleet), "{case:?} {riders:?} {fleet:?}");
        assert_eq!((best.proof, best.riders_at_most), (RoundsProof::Best, best.riders()));
        several += u32::from(best.rounds.len() > 1);
        none += u32::from(best.rounds.is_empty());
    }
    assert!(several > 30 && none > 10, "{several} with several vehicles, {none} without any");
}

/// What lies beyond the cap is not counted among the ten; and of more than ten, the rest is not looked at.
#[test]
fn of_many_stops_ten_are_looked_at() {
    let mut draw = Draw(5);
    let case = Case::country(&mut draw, 24);
    let riders: Vec<u32> = (0..24).map(|stop| 1 + stop % 4).collect();
    let fleet = Fleet { vehicles: 4, seats: 8, both_ways: true };
    let best = best_rounds(&case.legs(), case.rules(), &riders, fleet);
    choice_holds(&case, &riders, fleet, &best);
    assert_eq!((best.proof, best.riders_at_most), (RoundsProof::BestOfTen, 32));
    let calls = best.rounds.iter().map(|round| round.out.stops.len()).sum::<usize>();
    assert!((1..=10).contains(&calls));

    // Within a cap that ten of them keep to by themselves.
    let mut lone: Vec<u32> = case.to_site.iter().flatten().copied().collect();
    lone.sort_unstable();
    let near = Case { cap: lone[7] + case.per_stop, ..case };
    let best = best_rounds(&near.legs(), near.rules(), &riders, Fleet { both_ways: false, ..fleet });
    choice_holds(&near, &riders, Fleet { both_ways: false, ..fleet }, &best);
    assert_eq!(best.proof, RoundsProof::Best);
    assert!(best.riders() > 0);
}

#[test]
fn what_is_degenerate_has_an_answer() {
    let nothing = RoundLegs::new(&[], &[], &[]).expect("no stop");
    let rules = RoundRules { per_stop: seconds(120), ride_cap: seconds(3_600) };
    let stays = Round { stops: Vec::new(), on_board: Vec::new(), whole: seconds(0), bound: seconds(0) };
    assert_eq!(shortest_round(&nothing, rules, &[]), Ok(stays.clone()));
    assert_eq!(shortest_round_home(&nothing, rules, &[]), Ok(stays));
    assert_eq!(shortest_round(&nothing, rules, &[0]), Err(NoRound::Impossible));

    let fleet = Fleet { vehicles: 2, seats: 8, both_ways: true };
    for stops in [1, 5, 12, RoundLegs::MOST_STOPS] {
        let none = vec![None; stops];
        let cut_off = RoundLegs::new(&vec![none.clone(); stops], &none, &none).expect("square");
        let all: Vec<usize> = (0..stops).collect();
        assert_eq!(shortest_round(&cut_off, rules, &all), Err(NoRound::Impossible), "{stops}");
        let best = best_rounds(&cut_off, rules, &vec![3; stops], fleet);
        assert_eq!((best.riders(), best.riders_at_most, best.proof), (0, 0, RoundsProof::Best));
    }

    let case = Case::country(&mut Draw(1), 6);
    let (legs, rules) = (case.legs(), case.rules());
    for idle in [Fleet { vehicles: 0, ..fleet }, Fleet { seats: 0, ..fleet }] {
        let best = best_rounds(&legs, rules, &[2; 6], idle);
        assert_eq!((best.rounds.len(), best.riders_at_most), (0, 0));
    }
    let everybody = Fleet { vehicles: u32::MAX, seats: u32::MAX, both_ways: false };
    assert_eq!(best_rounds(&legs, rules, &[u32::MAX; 6], everybody).rounds.len(), 6);
    assert_eq!(best_rounds(&legs, rules, &[2; 3], fleet).riders(), 6, "nobody is said to wait at the others");
    assert_eq!(best_rounds(&legs, rules, &[2; 90], fleet).riders(), 12);
}

#[test]
fn legs_are_square_and_not_too_many() {
    let none = |stops: usize| vec![None; stops];
    assert_eq!(RoundLegs::new(&[none(2), none(1)], &none(2), &none(2)), None);
    assert_eq!(RoundLegs::new(&vec![none(2); 2], &none(1), &none(2)), None);
    assert_eq!(RoundLegs::new(&vec![none(2); 2], &none(2), &none(3)), None);
    let many = RoundLegs::MOST_STOPS + 1;
    assert_eq!(RoundLegs::new(&vec![none(many); many], &none(many), &none(many)), None);
}

/// The longest times there are do not wrap round to short ones.
#[test]
fn what_does_not_fit_is_no_round() {
    for stops in [1, 3, 10, 14] {
        let longest = vec![Some(u32::MAX); stops];
        let between = vec![longest.clone(); stops];
        let huge =
            Case { between, to_site: longest.clone(), from_site: longest, per_stop: u32::MAX, cap: u32::MAX };
        assert!(huge.round(Way::Out, &huge.stops()).is_err(), "{stops}");
        let fleet = Fleet { vehicles: 3, seats: 8, both_ways: true };
        assert!(best_rounds(&huge.legs(), huge.rules(), &vec![1; stops], fleet).rounds.is_empty());
        // All fits but the empty run.
        let near = Case { per_stop: 0, to_site: vec![Some(1); stops], ..huge };
        let near = Case { between: vec![vec![Some(0); stops]; stops], ..near };
        assert!(near.round(Way::Out, &near.stops()).is_err(), "{stops}");
        let fits = Case { from_site: vec![Some(u32::MAX - 1); stops], ..near };
        assert_eq!(fits.round(Way::Out, &fits.stops()).expect("a round").whole, seconds(u32::MAX));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_looser_cap_never_lengthens_a_round(seed: u64, stops in 0_usize..=10, more in 0_u32..2_000) {
        let case = Case::drawn(&mut Draw(seed), stops, 1_000, 10);
        let looser = Case { cap: case.cap + more, ..case.clone() };
        for way in [Way::Out, Way::Home] {
            if let Ok(round) = case.round(way, &case.stops()) {
                let loose = looser.round(way, &case.stops()).expect("the same round at least");
                prop_assert!(loose.whole <= round.whole);
            }
        }
    }

    #[test]
    fn more_vehicles_or_seats_never_carry_fewer(seed: u64, stops in 0_usize..=16, vehicles in 0_u32..4, seats in 0_u32..9) {
        let mut draw = Draw(seed);
        let case = Case::drawn(&mut draw, stops, 1_000, 10);
        let riders: Vec<u32> = (0..stops).map(|_| draw.below(6) as u32).collect();
        let both_ways = draw.below(2) == 0;
        let carried = |vehicles, seats| {
            let fleet = Fleet { vehicles, seats, both_ways };
            let best = best_rounds(&case.legs(), case.rules(), &riders, fleet);
            choice_holds(&case, &riders, fleet, &best);
            best.riders()
        };
        let known = carried(vehicles, seats);
        prop_assert!(carried(vehicles + 1, seats) >= known);
        prop_assert!(carried(vehicles, seats + 1) >= known);
    }

    #[test]
    fn above_ten_stops_a_round_holds_and_is_no_shorter_than_its_bound(seed: u64, stops in 11_usize..=30) {
        let mut draw = Draw(seed);
        let case = match draw.below(3) {
            0 => Case::drawn(&mut draw, stops, 1_000, 10),
            1 => Case { cap: 9_000 + draw.below(9_000) as u32, ..Case::country(&mut draw, stops) },
            _ => Case::country(&mut draw, stops),
        };
        for way in [Way::Out, Way::Home] {
            if let Ok(round) = case.round(way, &case.stops()) {
                case.holds(way, &round, &case.stops());
            }
        }
    }
}
