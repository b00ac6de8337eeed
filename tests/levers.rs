//! Levers against trying every set of them on tiny random territories, and their laws.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{Draw, SLOTS, car, key, tiny};
use maillage::Control;
use maillage::groups::{Limits, Milp, OptionIx, Pin as ProblemPin, Problem, Solution, Solve, Tier};
use maillage::questions::{Cheapest, Goal, LeverStudy, with_levers};
use maillage::study::Study;
use maillage::territory::*;
use maillage::travel::{Links, StraightLine, TravelProvider};
use maillage::units::{Cents, Key, Seconds};
use std::sync::Arc;

fn study(draft: Draft) -> Study {
    let (territory, _) = draft.check().expect("a territory");
    let providers: Vec<Arc<dyn TravelProvider>> = vec![Arc::new(Links), Arc::new(StraightLine)];
    Study::new(territory, providers, &Control::none()).expect("a study")
}

/// A lever of any kind that is a gate.
fn draw_lever(draw: &mut Draw, at: usize, draft: &Draft) -> Lever {
    let site = key(&format!("s{}", draw.below(2)));
    let programme = key(&format!("p{}", draw.below(2)));
    let slot = |draw: &mut Draw| key(SLOTS[draw.below(3) as usize]);
    let candidate = draft.sites.iter().find(|w| matches!(w.value.status, SiteStatus::Candidate { .. }));
    let change = match draw.below(10) {
        0 | 1 if candidate.is_some() => LeverChange::OpenSite {
            site: candidate.expect("a candidate").value.key.clone(),
            slots: Vec::new(),
        },
        0 | 2 => LeverChange::OpenSlots { site, slots: vec![slot(draw)] },
        1 => LeverChange::MoveSlot { site, from: slot(draw), to: slot(draw) },
        3 => LeverChange::AddRooms { site, rooms: 1 },
        4 => LeverChange::SmallerMinimum { programme, min: 1 + draw.below(2) as u32 },
        5 => LeverChange::LongerLimit { programme, limit: Seconds::from_minutes(60) },
        // A vehicle is counted once a programme: here nobody follows two. Nor is one lent to whoever counts as without one.
        6 if draft.youths.iter().all(|w| w.value.programmes.len() < 2) && !counts_vehicles(draft) => {
            LeverChange::Lend {
                vehicle: *draw.pick(&[VehicleKind::Bike, VehicleKind::Moped]),
                count: 1,
                each: Cents::new(100),
            }
        }
        7 => LeverChange::Shuttle(shuttle(site, vec![key("h0"), key("h1")])),
        6 | 8 => LeverChange::Remote { programme, on_site: 50 },
        _ => LeverChange::Alternate {
            programme,
            by: *draw.pick(&[Turn::Week, Turn::Day]),
            sites: vec![key("s1"), key("s0")],
        },
    };
    Lever {
        key: key(&format!("lever{at}")),
        name: format!("lever {at}"),
        change,
        cost: Cents::new(100 * draw.below(6)),
        decider: Decider::Structure,
        delay_weeks: None,
        origin: String::new(),
    }
}

/// One vehicle every day, an hour on board at most, for nothing.
fn shuttle(site: Key, stops: Vec<Key>) -> Shuttle {
    Shuttle {
        site,
        stops,
        days: Weekdays::ALL,
        vehicles: 1,
        seats: 8,
        ride: Seconds::from_minutes(60),
        per_stop: Shuttle::PER_STOP,
        speed: None,
        per_km: Cents::new(0),
        per_hour: Cents::new(0),
    }
}

/// Whether a rule on groups looks at who has no vehicle.
fn counts_vehicles(draft: &Draft) -> bool {
    draft.programmes.iter().flat_map(|w| &w.value.mix).any(|rule| rule.of == Trait::NoVehicle)
}

/// What is placed at most in a study, with so many groups of each programme.
fn most(study: &Study, goals: &[(u32, u32)]) -> Option<i64> {
    let mut problem: Problem = study.instance().problem;
    problem.tiers = vec![Tier::Placed];
    for &(programme, groups) in goals {
        let own = |o: &OptionIx| problem.options[*o as usize].programme == programme;
        let options = (0..problem.options.len() as OptionIx).filter(own).collect();
        problem.pins.push(ProblemPin::Open { options, groups });
    }
    match Milp.solve(&problem, &Limits::default(), &Control::none()).expect("not cancelled") {
        Solution::Found { tiers, .. } => {
            assert_eq!(tiers[0].value, tiers[0].bound, "a tiny problem is decided");
            Some(tiers[0].value)
        }
        Solution::Impossible => None,
        Solution::NotFound => panic!("a tiny problem is decided"),
    }
}

/// Every way to lend the vehicles of some levers: one each, to somebody or to nobody.
fn loans(study: &Study, kinds: &[VehicleKind], ask: &mut impl FnMut(&Study)) {
    let Some((&kind, rest)) = kinds.split_first() else { return ask(study) };
    loans(study, rest, ask);
    let youths: Vec<Youth<Names>> =
        study.territory().to_draft().youths.into_iter().map(|w| w.value).collect();
    for mut youth in youths.into_iter().filter(|y| kind.allowed_by(&y.licences)) {
        youth.vehicles.push(Vehicle { kind, hours: WeeklyHours::always() });
        let lent = study.what_if(&[Edit::PutYouth(youth)], &Control::none()).expect("a study");
        loans(&lent, rest, ask);
    }
}

/// The best of each set of levers, found by applying it to the territory.
fn tried(study: &Study, levers: &[Lever], goals: &[(u32, u32)]) -> Vec<Option<i64>> {
    let of = |set: u32| {
        let chosen =
            || levers.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, l)| l.clone());
        let lends = |lever: &Lever| {
            if let LeverChange::Lend { vehicle, .. } = lever.change { Some(vehicle) } else { None }
        };
        let plain: Vec<Lever> = chosen().filter(|lever| lends(lever).is_none()).collect();
        let kinds: Vec<VehicleKind> = chosen().filter_map(|lever| lends(&lever)).collect();
        let there = with_levers(study, &plain, &Control::none()).expect("levers of this territory");
        let mut best = None;
        loans(&there, &kinds, &mut |study| best = best.max(most(study, goals)));
        best
    };
    (0..1 << levers.len()).map(of).collect()
}

fn cost(prices: &[u64], set: u32) -> u64 {
    prices.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, price)| price).sum()
}

/// Least cost for each number of places that no cheaper set reaches.
fn frontier(best: &[Option<i64>], prices: &[u64]) -> Vec<(u64, i64)> {
    let mut sets: Vec<(u64, i64)> =
        best.iter().zip(0..).filter_map(|(best, set)| Some((cost(prices, set), (*best)?))).collect();
    sets.sort_by_key(|&(cost, places)| (cost, -places));
    let mut steps: Vec<(u64, i64)> = Vec::new();
    for (cost, places) in sets {
        if steps.last().is_none_or(|last| places > last.1) {
            steps.push((cost, places));
        }
    }
    steps
}

/// Two who drive by car, and the lever by which they take others along.
fn sharing(draw: &mut Draw, draft: &mut Draft) -> Lever {
    for w in draft.youths.iter_mut().take(2) {
        let driver = &mut w.value;
        (driver.licences, driver.vehicles) = (vec![Licence::B], vec![car()]);
    }
    // Others come by themselves from near only.
    draft
        .youths
        .iter_mut()
        .skip(2)
        .for_each(|w| (w.value.vehicles, w.value.lifts) = (Vec::new(), Vec::new()));
    let drivers = draft.youths.iter().take(2).map(|w| w.value.key.clone()).collect();
    Lever {
        key: key("sharing"),
        name: "sharing".into(),
        change: LeverChange::ShareLifts {
            drivers,
            detour: Seconds::from_minutes(5 + 5 * draw.below(3) as u32),
            seats: 1 + draw.below(3) as u32,
        },
        cost: Cents::new(100 * draw.below(3)),
        decider: Decider::Structure,
        delay_weeks: None,
        origin: String::new(),
    }
}

/// Compares the frontier, each lever by itself and a goal with what trying every set finds.
fn compare(seeds: std::ops::Range<u64>, count: usize, shared: bool) {
    let (mut compared, mut longer, mut reached, mut never, mut taken) = (0, 0, 0, 0, 0);
    for seed in seeds {
        let mut draft = tiny(seed);
        draft.advisers.clear();
        draft.pins.clear();
        let sharing = shared.then(|| sharing(&mut Draw(seed + 5), &mut draft));
        if seed % 2 == 0 {
            draft.youths.iter_mut().for_each(|w| w.value.programmes.truncate(1));
        }
        let mut draw = Draw(seed + 77);
        let mut levers: Vec<Lever> = (0..count).map(|at| draw_lever(&mut draw, at, &draft)).collect();
        levers.extend(sharing);
        if draft.clone().check().is_err() {
            continue;
        }
        let study = study(draft);
        let asked = LeverStudy::new(&study, &levers, &Limits::default(), &Control::none()).expect("levers");
        let Some(asked) = asked else { continue };
        let prices: Vec<u64> = asked.prices().iter().map(|price| price.total.get()).collect();
        let best = tried(&study, &levers, &[]);
        let expected = frontier(&best, &prices);
        let steps = asked.frontier(None, &Control::none()).expect("not cancelled");
        let found: Vec<(u64, i64)> = steps.iter().map(|s| (s.cost.get(), s.placed.1)).collect();
        assert_eq!(found, expected, "seed {seed}: {levers:?}");
        assert!(steps.iter().all(|s| s.proved), "seed {seed}");
        for (at, single) in asked.singly(&Control::none()).expect("not cancelled").iter().enumerate() {
            let (Some(with), Some(without)) = (best[1 << at], best[0]) else { continue };
            assert!(
                single.gain.places >= 0 || !levers[at].change.only_adds(),
                "seed {seed}: {:?}",
                levers[at]
            );
            assert!(with >= without || !levers[at].change.only_adds(), "seed {seed}: {:?}", levers[at]);
            let shares = matches!(levers[at].change, LeverChange::ShareLifts { .. });
            taken += usize::from(shares && with > without);
        }
        compared += 1;
        longer += usize::from(expected.len() > 1);
        let (r, n) = goals(seed, &study, &levers, &asked, &prices, best[0]);
        (reached, never) = (reached + r, never + n);
    }
    assert!(compared >= 10 && longer * 6 > compared, "{compared} compared, {longer} with more than one step");
    assert!(reached > 0 && never > 0, "{reached} goals reached, {never} not");
    assert!(!shared || taken > 3, "{taken} times a lift brings somebody a place");
}

/// The cheapest set for a goal is that of all sets.
fn goals(
    seed: u64,
    study: &Study,
    levers: &[Lever],
    asked: &LeverStudy<'_>,
    prices: &[u64],
    today: Option<i64>,
) -> (usize, usize) {
    let (programme, groups) = ((seed % 2) as u32, 1 + (seed / 2 % 2) as u32);
    let id = study.territory().programmes().ids().nth(programme as usize).expect("a programme");
    let best = tried(study, levers, &[(programme, groups)]);
    let sets = best.iter().zip(0..).filter(|(best, _)| best.is_some() && **best >= today);
    let expected = sets.map(|(_, set)| cost(prices, set)).min();
    let found =
        asked.cheapest(&[Goal { programme: id, groups }], None, &Control::none()).expect("not cancelled");
    assert_eq!(found.step().map(|step| step.cost.get()), expected, "seed {seed}: {levers:?}");
    match found {
        Cheapest::Set { step, at_least } => {
            assert_eq!(at_least, step.cost, "seed {seed}: proved");
            let set = step.levers.iter().fold(0, |set, at| set | 1 << at);
            for &lever in &step.levers {
                let without = best[set & !(1 << lever)];
                assert!(
                    without.is_none_or(|places| places < step.placed.1),
                    "seed {seed}: {lever} of {:?} can be spared: {without:?}, {:?}; {levers:?}",
                    step.levers,
                    step.placed
                );
            }
            let (there, plan) =
                asked.plan(&step, &Control::none()).expect("not cancelled").expect("a plan was found");
            let checked = plan.check(there.territory(), there.times());
            assert!(checked.is_ok(), "seed {seed}: {checked:#?}");
            (1, 0)
        }
        Cheapest::Never { .. } => (0, 1),
    }
}

#[test]
fn the_cheapest_sets_are_those_of_trying_all_sets() {
    compare(0..120, 5, false);
}

#[test]
#[ignore = "long: run by `just long`"]
fn the_cheapest_sets_are_those_of_trying_all_sets_long() {
    compare(1_000..1_200, 12, false);
}

#[test]
fn lifts_among_members_are_those_of_trying_all_sets() {
    compare(2_000..2_120, 3, true);
}

/// The study of a tiny territory without pins, where its draft is sound.
fn drawn(seed: u64) -> Option<Study> {
    let mut draft = tiny(seed);
    draft.pins.clear();
    draft.clone().check().is_ok().then(|| study(draft))
}

#[test]
fn applying_levers_is_editing_and_building_afresh() {
    let mut applied = 0;
    for seed in 0..80 {
        let Some(study) = drawn(seed) else { continue };
        let draft = study.territory().to_draft();
        let mut draw = Draw(seed);
        let lever = draw_lever(&mut draw, 0, &draft);
        let there = with_levers(&study, std::slice::from_ref(&lever), &Control::none()).expect("a lever");
        let fresh = self::study(there.territory().to_draft());
        assert_eq!(most(&there, &[]), most(&fresh, &[]), "seed {seed}: {lever:?}");
        assert_eq!(there.instance().problem, fresh.instance().problem, "seed {seed}: {lever:?}");
        let today = with_levers(&study, &[], &Control::none()).expect("no lever");
        applied += usize::from(there.instance().problem != today.instance().problem);
    }
    assert!(applied > 10, "{applied} levers changed something");
}

#[test]
fn more_money_never_places_fewer() {
    for seed in 0..40 {
        let Some(study) = drawn(seed) else { continue };
        let draft = study.territory().to_draft();
        let mut draw = Draw(seed + 5);
        let levers: Vec<Lever> = (0..4).map(|at| draw_lever(&mut draw, at, &draft)).collect();
        let asked = LeverStudy::new(&study, &levers, &Limits::default(), &Control::none()).expect("levers");
        let Some(asked) = asked else { continue };
        let mut before = i64::MIN;
        for euros in [0, 2, 5, 9, 30] {
            let steps =
                asked.frontier(Some(Cents::new(100 * euros)), &Control::none()).expect("not cancelled");
            let placed = steps.last().expect("today at least").placed.1;
            assert!(placed >= before, "seed {seed}: {placed} with {euros} euros, {before} with fewer");
            assert!(steps.iter().all(|step| step.cost.get() <= 100 * euros), "seed {seed}");
            before = placed;
        }
    }
}

#[test]
fn a_shuttle_s_timetable_carries_those_who_could_not_come() {
    let mut stops = 0;
    for seed in 0..60 {
        let Some(study) = drawn(seed) else { continue };
        let draft = study.territory().to_draft();
        let mut draw = Draw(seed);
        let mut lever = draw_lever(&mut draw, 0, &draft);
        lever.change = LeverChange::Shuttle(Shuttle {
            ride: Seconds::from_minutes(40),
            per_km: Cents::new(120),
            ..shuttle(key("s1"), Vec::new())
        });
        let levers = [lever];
        let asked = LeverStudy::new(&study, &levers, &Limits::default(), &Control::none()).expect("levers");
        let Some(asked) = asked else { continue };
        let timetable = asked.timetables()[0].as_ref().expect("a shuttle has one");
        stops += timetable.stops.len();
        assert!(timetable.stops.iter().all(|s| s.out <= Seconds::from_minutes(40)), "seed {seed}");
        assert!(timetable.stops.iter().all(|s| s.home <= Seconds::from_minutes(40)), "seed {seed}");
        assert_eq!(timetable.stops.is_empty(), timetable.distance.get() == 0, "seed {seed}");
        let single = &asked.singly(&Control::none()).expect("not cancelled")[0];
        assert!(single.gain.places >= 0, "seed {seed}: a shuttle takes nobody's place");
    }
    assert!(stops > 5, "{stops} stops");
}

/// In a territory made of communes, a site and a home are of one name.
#[test]
fn a_shuttle_stops_at_the_home_where_its_site_is() {
    let mut posed = 0;
    for seed in 0..20 {
        let mut draft = tiny(seed);
        draft.pins.clear();
        let Some(position) = draft.sites.iter().find(|w| w.value.key == key("s1")).map(|w| w.value.position)
        else {
            continue;
        };
        draft.place(common::place("s1", position));
        let stops = vec![key("s1"), key("h0"), key("h1")];
        let Some(first) = draft.youths.first_mut() else { continue };
        first.value.home = Some(key("s1"));
        let mut lever = draw_lever(&mut Draw(seed), 0, &draft);
        lever.change = LeverChange::Shuttle(shuttle(key("s1"), stops));
        let there = study(draft);
        let asked =
            LeverStudy::new(&there, std::slice::from_ref(&lever), &Limits::default(), &Control::none());
        let Some(asked) = asked.expect("a lever that holds together") else { continue };
        let stops = &asked.timetables()[0].as_ref().expect("a shuttle has one").stops;
        posed += usize::from(stops.iter().any(|stop| stop.place == key("s1")));
        assert!(asked.singly(&Control::none()).expect("not cancelled")[0].gain.places >= 0, "seed {seed}");
    }
    assert!(posed > 0, "nobody lives where the site is");
}

/// Twelve levers, five of which open the same site: so many copies of the options that a relaxation once ran out of rounds, and that was
/// taken for a proof that no set reaches the goal.
#[test]
fn many_copies_are_no_proof_that_nothing_does() {
    let seed = 1_141;
    let mut draft = tiny(seed);
    draft.advisers.clear();
    draft.pins.clear();
    let mut draw = Draw(seed + 77);
    let levers: Vec<Lever> = (0..12).map(|at| draw_lever(&mut draw, at, &draft)).collect();
    let study = study(draft);
    let asked = LeverStudy::new(&study, &levers, &Limits::default(), &Control::none()).expect("levers");
    let asked = asked.expect("a plan of today");
    let id = study.territory().programmes().find_str("p1").expect("a programme");
    let found = asked.cheapest(&[Goal { programme: id, groups: 1 }], None, &Control::none());
    let Cheapest::Set { step, at_least } = found.expect("not cancelled") else {
        panic!("it is reached today")
    };
    assert_eq!((step.cost.get(), at_least.get()), (0, 0));
}
