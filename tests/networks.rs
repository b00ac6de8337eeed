//! Travel by declared links, along other tools' networks and from a matrix: by hand to the second,
//! against slow and simple searches, and by laws.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{Draw, MONDAY, at, key, link, place, programme, site, youth};
use jiff::civil::{Date, Weekday, date};
use maillage::Control;
use maillage::territory::*;
use maillage::travel::*;
use maillage::units::{Metres, NodeId, PlaceId, Position, Seconds, SiteId};
use petgraph::graph::{DiGraph, UnGraph};
use proptest::prelude::*;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

const TUESDAY: Date = date(2026, 9, 8);

fn lat(lat: f64) -> Option<Position> {
    Position::new(0.3, lat)
}

/// Places at so many degrees north, and a site. A hundredth of a degree is 1,111.95 m, × 1.3 on foot.
fn territory(places: &[(&str, Option<f64>)], seat: f64, change: impl FnOnce(&mut Draft)) -> Territory {
    let mut draft = Draft::new("links");
    for &(id, north) in places {
        draft.place(place(id, north.and_then(lat)));
    }
    draft.site(site("seat", lat(seat), &["lun-am", "mar-am"]));
    draft.programme(programme("p", 1, 3));
    draft.youth(youth("y", places[0].0, &["p"]));
    change(&mut draft);
    draft.check().expect("a territory").0
}

fn session(date: Date) -> Session {
    Session { date, arrive_by: at(9, 0), leave_after: at(12, 0) }
}

fn times(territory: &Territory, providers: &[Arc<dyn TravelProvider>]) -> TravelTimes {
    compute(territory, providers, &Query::of(territory), &Control::none()).expect("times")
}

fn linked(territory: &Territory) -> TravelTimes {
    times(territory, &[Arc::new(Links)])
}

fn trip(territory: &Territory, times: &TravelTimes, home: &str, way: Way, mode: Mode, date: Date) -> Trip {
    let home = territory.places().find_str(home).expect("a place");
    let seat = territory.sites().find_str("seat").expect("a site");
    times.trip(home, seat, way, mode, session(date))
}

fn seconds(trip: Trip) -> u32 {
    trip.time().unwrap_or_else(|| panic!("{trip:?}")).time.get()
}

/// A mill 300 s on foot from the green: 0.00259° is 288.0 m, × 1.3 = 374 m, at 4.5 km/h 299.2 s.
/// The site is as far from the square. Line A goes from the green to the cross, B from there to the square.
fn valley(change: impl FnOnce(&mut Draft)) -> Territory {
    let places = [
        ("mill", Some(47.00259)),
        ("green", Some(47.0)),
        ("cross", Some(47.15)),
        ("bridge", Some(47.15259)),
        ("square", Some(47.3)),
        ("hill", Some(46.9)),
        ("nowhere", None),
    ];
    territory(&places, 47.30259, |draft| {
        let mut a = link("a", "green", "cross", 12);
        (a.line, a.distance) = (Some(key("A")), Some(Metres::new(20_000)));
        let mut b = link("b", "cross", "square", 15);
        (b.line, b.distance) = (Some(key("B")), Some(Metres::new(18_000)));
        draft.link(a).link(b);
        change(draft);
    })
}

#[test]
fn walk_ride_change_ride_walk() {
    let t = valley(|_| {});
    let times = linked(&t);
    for way in Way::BOTH {
        let travel = trip(&t, &times, "mill", way, Mode::Bus, MONDAY).time().expect("a trip");
        // 5 min to the green + 12 + 5 to change + 15 + 5 to the site.
        assert_eq!(travel.time.get(), 300 + 720 + 300 + 900 + 300);
        assert_eq!(travel.distance.get(), 374 + 20_000 + 18_000 + 374);
        // Who lives at a stop walks only at the other end.
        assert_eq!(seconds(trip(&t, &times, "green", way, Mode::Bus, MONDAY)), 720 + 300 + 900 + 300);
        assert_eq!(seconds(trip(&t, &times, "cross", way, Mode::Bus, MONDAY)), 900 + 300);
        // From the bridge the cross is 5 min away.
        assert_eq!(seconds(trip(&t, &times, "bridge", way, Mode::Bus, MONDAY)), 300 + 900 + 300);
        // 11 km from any stop, and not on any map.
        assert_eq!(trip(&t, &times, "hill", way, Mode::Bus, MONDAY), Trip::NoLink);
        assert_eq!(trip(&t, &times, "nowhere", way, Mode::Bus, MONDAY), Trip::NotLocated);
    }
    assert_eq!(times.modes(), [Mode::Bus]);
    assert!(times.columns().all(|column| column.key.when == When::Always));
}

#[test]
fn one_line_needs_no_change_and_a_change_may_need_a_walk() {
    let same = valley(|draft| draft.links[1].value.line = Some(key("A")));
    let none = valley(|draft| draft.links.iter_mut().for_each(|l| l.value.line = None));
    let apart = valley(|draft| draft.links[1].value.from = key("bridge"));
    for (t, expected) in [
        (same, 300 + 720 + 900 + 300),
        (none, 300 + 720 + 300 + 900 + 300),
        (apart, 300 + 720 + (300 + 300) + 900 + 300),
    ] {
        let times = linked(&t);
        for way in Way::BOTH {
            assert_eq!(seconds(trip(&t, &times, "mill", way, Mode::Bus, MONDAY)), expected, "{way:?}");
        }
    }
}

#[test]
fn settings_change_walks_and_changes() {
    let quick = valley(|draft| draft.rules.links.change = Seconds::ZERO);
    assert_eq!(
        seconds(trip(&quick, &linked(&quick), "mill", Way::To, Mode::Bus, MONDAY)),
        300 + 720 + 900 + 300
    );
    let lame = valley(|draft| draft.rules.links.walk = Seconds::new(299));
    assert_eq!(trip(&lame, &linked(&lame), "mill", Way::To, Mode::Bus, MONDAY), Trip::NoLink);
    // Beyond the horizon there is a link all the same: 2,520 s are 42 min.
    let near = valley(|draft| draft.rules.horizon = Seconds::new(2_519));
    assert_eq!(trip(&near, &linked(&near), "mill", Way::To, Mode::Bus, MONDAY), Trip::BeyondLimit);
    let just = valley(|draft| draft.rules.horizon = Seconds::new(2_520));
    assert_eq!(seconds(trip(&just, &linked(&just), "mill", Way::To, Mode::Bus, MONDAY)), 2_520);
    let far = valley(|draft| draft.rules.horizon = Seconds::new(100));
    assert_eq!(trip(&far, &linked(&far), "mill", Way::To, Mode::Bus, MONDAY), Trip::BeyondLimit);
}

#[test]
fn a_link_runs_on_its_days_and_ways() {
    let one_way = valley(|draft| draft.links[1].value.both_ways = false);
    let times = linked(&one_way);
    assert_eq!(seconds(trip(&one_way, &times, "mill", Way::To, Mode::Bus, MONDAY)), 2_520);
    assert_eq!(trip(&one_way, &times, "mill", Way::Back, Mode::Bus, MONDAY), Trip::NoLink);

    let market = valley(|draft| draft.links[1].value.days = Weekdays::NONE.with(Weekday::Tuesday));
    let times = linked(&market);
    assert_eq!(trip(&market, &times, "mill", Way::To, Mode::Bus, MONDAY), Trip::NoService);
    assert_eq!(seconds(trip(&market, &times, "mill", Way::Back, Mode::Bus, TUESDAY)), 2_520);
    assert_eq!(trip(&market, &times, "hill", Way::To, Mode::Bus, MONDAY), Trip::NoLink);
    // Two Mondays and two Tuesdays, two ways: eight columns share four lists of cells.
    let cells: BTreeSet<*const Cell> = times.columns().map(|column| column.cells.as_ptr()).collect();
    assert_eq!((times.columns().count(), cells.len()), (8, 4));

    let school = valley(|draft| {
        draft.links[0].value.in_holidays = false;
        let dates = DateRange::new(TUESDAY, TUESDAY).expect("a range");
        draft.calendar.holidays.push(Holidays { name: "pont".into(), dates });
    });
    let times = linked(&school);
    assert_eq!(seconds(trip(&school, &times, "mill", Way::To, Mode::Bus, MONDAY)), 2_520);
    assert_eq!(trip(&school, &times, "mill", Way::To, Mode::Bus, TUESDAY), Trip::NoService);
}

#[test]
fn services_are_apart_and_nobody_only_walks() {
    let t = valley(|draft| draft.links[1].value.service = Service::Shuttle);
    let times = linked(&t);
    assert_eq!(times.modes(), [Mode::Bus, Mode::Shuttle]);
    assert_eq!(trip(&t, &times, "mill", Way::To, Mode::Bus, MONDAY), Trip::NoLink);
    assert_eq!(seconds(trip(&t, &times, "cross", Way::To, Mode::Shuttle, MONDAY)), 900 + 300);
    // The square is 5 min on foot from the site; by coach one would first have to go away, and stay seated.
    let t = valley(|_| {});
    assert_eq!(seconds(trip(&t, &linked(&t), "square", Way::To, Mode::Bus, MONDAY)), 900 + 900 + 300);
}

#[test]
fn a_journey_is_told_leg_by_leg() {
    let t = valley(|_| {});
    let (mill, seat) =
        (t.places().find_str("mill").expect("a place"), t.sites().find_str("seat").expect("a site"));
    let journey = |way| {
        let key = ColumnKey { site: seat, way, mode: Mode::Bus, when: When::Session(session(MONDAY)) };
        let legs = Links.journey(&t, mill, key).expect("a journey").legs;
        legs.iter().map(|leg| (leg.mode, leg.time.get(), leg.distance.get())).collect::<Vec<_>>()
    };
    let walk = (Mode::Walk, 300, 374);
    assert_eq!(journey(Way::To), [walk, (Mode::Bus, 720, 20_000), (Mode::Bus, 300 + 900, 18_000), walk]);
    assert_eq!(journey(Way::Back), [walk, (Mode::Bus, 900, 18_000), (Mode::Bus, 300 + 720, 20_000), walk]);
}

#[test]
fn islands_say_who_is_joined_to_nothing() {
    let t = valley(|draft| {
        draft.link(link("away", "hill", "nowhere", 10));
    });
    let islands = Links.islands(&t);
    let names =
        |places: Vec<PlaceId>| places.iter().map(|&p| t.places().key_of(p).to_owned()).collect::<Vec<_>>();
    assert_eq!(names(islands.cut_off(&t)), ["hill", "nowhere"]);
    let seat = t.sites().find_str("seat").expect("a site");
    let mill = t.places().find_str("mill").expect("a place");
    assert_eq!(islands.of_site(seat), islands.of_place(mill));
    let nowhere: Vec<&str> = Links.to_nowhere(&t).into_iter().map(|id| t.links().key_of(id)).collect();
    assert_eq!(nowhere, ["away"]);
}

#[test]
fn links_are_checked() {
    let codes = |change: fn(&mut Draft)| {
        let mut draft = Draft::new("wrong");
        draft.place(place("a", lat(47.0))).place(place("b", lat(47.1)));
        draft.site(site("seat", lat(47.0), &["lun-am"]));
        draft.programme(programme("p", 1, 2)).youth(youth("y", "a", &["p"]));
        draft.link(link("l", "a", "seat", 5));
        change(&mut draft);
        match draft.check() {
            Ok(_) => Vec::new(),
            Err(maillage::Error::Input(findings)) => findings.iter().map(|f| f.code.as_str()).collect(),
            Err(other) => panic!("{other}"),
        }
    };
    assert_eq!(codes(|_| {}), [""; 0]);
    assert_eq!(codes(|d| d.links[0].value.to = key("a")), ["M301"]);
    assert_eq!(codes(|d| d.links[0].value.time = Seconds::ZERO), ["M103"]);
    assert_eq!(codes(|d| d.links[0].value.time = Seconds::from_minutes(1441)), ["M103"]);
    assert_eq!(codes(|d| d.links[0].value.days = Weekdays::NONE), ["M103"]);
    assert_eq!(
        codes(|d| (d.links[0].value.from, d.links[0].value.to) = (key("x"), key("z"))),
        ["M202", "M202"]
    );
    assert_eq!(codes(|d| _ = d.link(link("l", "b", "a", 5))), ["M201"]);
}

/// A random territory on one meridian: places and two sites, links of two lines, of some days.
fn random(seed: u64) -> Draft {
    let mut draw = Draw(seed);
    let mut draft = Draft::new("random");
    let here = |draw: &mut Draw| lat(47.0 + draw.below(600) as f64 / 10_000.0);
    let stops = ["h0", "h1", "h2", "h3", "h4", "s0", "s1"];
    for id in &stops[..5] {
        let position = here(&mut draw).filter(|_| draw.chance(90));
        draft.place(place(id, position));
    }
    for id in &stops[5..] {
        draft.site(site(id, here(&mut draw), &["lun-am", "mar-am"]));
    }
    draft.programme(programme("p", 1, 3));
    draft.youth(youth("y", "h0", &["p"]));
    draft.rules.links.change = Seconds::new(60 * draw.below(6) as u32);
    draft.rules.horizon = Seconds::from_minutes(10 + draw.below(90) as u32);
    for i in 0..1 + draw.below(9) {
        let (from, to) = (draw.below(7), draw.below(6));
        let to = (from + 1 + to) % 7;
        let mut link =
            link(&format!("l{i}"), stops[from as usize], stops[to as usize], 1 + draw.below(20) as u32);
        link.line = [None, Some(key("A")), Some(key("B"))][draw.below(3) as usize].clone();
        link.both_ways = draw.chance(60);
        link.distance = Some(Metres::new(draw.below(9_000) as u32));
        if draw.chance(30) {
            link.days = Weekdays::NONE.with(Weekday::Monday);
        }
        draft.link(link);
    }
    draft
}

/// The slow way: the best of each last ride, until nothing gets better. Knows no nodes, no buckets.
fn slow(t: &Territory, home: PlaceId, site: SiteId, way: Way, date: Option<Date>) -> Option<(u32, u32)> {
    let rules = t.rules();
    let position = |stop| match stop {
        Stop::Place(p) => t.places()[p].position,
        Stop::Site(s) => t.sites()[s].position,
    };
    let walk = |a: Stop, b: Stop| -> Option<(u32, u32)> {
        if a == b {
            return Some((0, 0));
        }
        let metres = (position(a)?.straight_line(position(b)?) * 1.3).round() as u32;
        let time = (metres * 3600).div_ceil(4500);
        (time <= rules.links.walk.get()).then_some((time, metres))
    };
    let add = |a: (u32, u32), b: (u32, u32)| (a.0 + b.0, a.1 + b.1);
    let mut rides = Vec::new();
    for (_, link) in t.links().iter().filter(|(_, l)| date.is_none_or(|d| l.runs(d, false))) {
        let cost = (link.time.get(), link.distance.expect("declared").get());
        rides.push((link.from, link.to, link.line.clone(), cost));
        if link.both_ways {
            rides.push((link.to, link.from, link.line.clone(), cost));
        }
    }
    let (start, end) = match way {
        Way::To => (Stop::Place(home), Stop::Site(site)),
        Way::Back => (Stop::Site(site), Stop::Place(home)),
    };
    let mut best: Vec<Option<(u32, u32)>> =
        rides.iter().map(|ride| Some(add(walk(start, ride.0)?, ride.3))).collect();
    loop {
        let before = best.clone();
        for (i, last) in rides.iter().enumerate() {
            let Some(so_far) = best[i] else { continue };
            for (j, next) in rides.iter().enumerate() {
                let goes_on = last.2.is_some() && last.2 == next.2 && last.1 == next.0;
                let change = (rules.links.change.get(), 0);
                let between =
                    if goes_on { Some((0, 0)) } else { walk(last.1, next.0).map(|w| add(w, change)) };
                let Some(between) = between else { continue };
                let whole = add(add(so_far, between), next.3);
                best[j] = Some(best[j].map_or(whole, |known| known.min(whole)));
            }
        }
        if best == before {
            break;
        }
    }
    let at_end = |(ride, so_far): (&(Stop, Stop, _, _), &Option<(u32, u32)>)| {
        Some(add((*so_far)?, walk(ride.1, end)?))
    };
    rides.iter().zip(&best).filter_map(at_end).min()
}

#[test]
fn links_agree_with_the_slow_way() {
    let mut kinds = HashSet::new();
    for seed in 0..300 {
        let (t, _) = random(seed).check().expect("a territory");
        let times = linked(&t);
        for (home, site) in t.places().ids().flat_map(|h| t.sites().ids().map(move |s| (h, s))) {
            for (way, date) in Way::BOTH.into_iter().flat_map(|w| [MONDAY, TUESDAY].map(|d| (w, d))) {
                let told = times.trip(home, site, way, Mode::Bus, session(date));
                let that_day = slow(&t, home, site, way, Some(date));
                let is_stop = t.links().iter().any(|(_, l)| [l.from, l.to].contains(&Stop::Place(home)));
                let expected = match that_day {
                    _ if t.places()[home].position.is_none() && !is_stop => Trip::NotLocated,
                    Some((time, metres)) if time <= t.rules().horizon.get() => {
                        Trip::Time(Travel::direct(Seconds::new(time), Metres::new(metres)))
                    }
                    Some(_) => Trip::BeyondLimit,
                    None if slow(&t, home, site, way, None).is_some() => Trip::NoService,
                    None => Trip::NoLink,
                };
                assert_eq!(told, expected, "seed {seed}, {home:?} {site:?} {way:?} {date}");
                kinds.insert(std::mem::discriminant(&told));
                check_journey(
                    &t,
                    told,
                    home,
                    ColumnKey { site, way, mode: Mode::Bus, when: When::Session(session(date)) },
                );
            }
        }
    }
    assert_eq!(kinds.len(), 5, "every kind of answer was met");
}

/// Legs add up to the trip, and there is a journey exactly when there is a trip.
fn check_journey(t: &Territory, trip: Trip, home: PlaceId, key: ColumnKey) {
    let journey = Links.journey(t, home, key);
    let Some(travel) = trip.time() else { return assert_eq!(journey, None) };
    let legs = journey.expect("a journey").legs;
    let sum = legs.iter().fold((0, 0), |s, leg| (s.0 + leg.time.get(), s.1 + leg.distance.get()));
    assert_eq!(sum, (travel.time.get(), travel.distance.get()), "{legs:?}");
    assert!(legs.iter().any(|leg| leg.mode == Mode::Bus));
}

fn all_cells(times: &TravelTimes) -> Vec<(ColumnKey, Vec<Cell>)> {
    times.columns().map(|column| (column.key, column.cells.to_vec())).collect()
}

#[test]
fn another_link_never_worsens_a_time() {
    for seed in 0..150 {
        let mut draft = random(seed);
        let last = draft.links.pop().expect("a link").value;
        let (fewer, _) = draft.check().expect("a territory");
        let (more, _) = fewer.edit(&[Edit::PutLink(last)]).expect("an edit");
        let (before, after) = (linked(&fewer), linked(&more));
        for home in fewer.places().ids() {
            for site in fewer.sites().ids() {
                for (way, date) in Way::BOTH.into_iter().flat_map(|w| [MONDAY, TUESDAY].map(|d| (w, d))) {
                    let of =
                        |times: &TravelTimes| times.trip(home, site, way, Mode::Bus, session(date)).time();
                    if let Some(travel) = of(&before) {
                        assert!(of(&after).expect("still there").time <= travel.time, "seed {seed}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_link_taken_away_and_put_back_changes_no_byte() {
    for seed in 0..60 {
        let draft = random(seed);
        let link = draft.links[0].value.clone();
        let (t, _) = draft.check().expect("a territory");
        let (without, changes) = t.edit(&[Edit::RemoveLink(link.key.clone())]).expect("an edit");
        assert_eq!(changes.links.len(), 1);
        assert_eq!(Links.stale(&t, &without, &changes), Stale::Everything);
        let (back, _) = without.edit(&[Edit::PutLink(link)]).expect("an edit");
        assert_eq!(all_cells(&linked(&back)), all_cells(&linked(&t)), "seed {seed}");
    }
}

#[test]
fn threads_change_no_byte() {
    for seed in 0..20 {
        let (t, _) = random(seed).check().expect("a territory");
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| all_cells(&linked(&t)))
        };
        assert_eq!(with(1), with(8), "seed {seed}");
    }
}

/// Arcs between at most eight nodes.
fn arcs() -> impl Strategy<Value = Vec<(usize, usize, u32, u32)>> {
    prop::collection::vec((0..8_usize, 0..8_usize, 0..2_000_u32, 0..40_u32), 0..30)
}

fn hop((from, to, time, metres): (usize, usize, u32, u32)) -> Hop {
    let cost = Cost::new(Seconds::new(time), Metres::new(metres));
    Hop { from: NodeId::from_index(from), to: NodeId::from_index(to), cost }
}

fn directed(arcs: &[(usize, usize, u32, u32)]) -> DiGraph<(), (u32, u32)> {
    let mut graph = DiGraph::new();
    (0..8).for_each(|_| _ = graph.add_node(()));
    for &(a, b, time, metres) in arcs {
        graph.add_edge((a as u32).into(), (b as u32).into(), (time, metres));
    }
    graph
}

/// Floyd and Warshall's three loops.
fn all_pairs(arcs: &[(usize, usize, u32, u32)]) -> Vec<Vec<Option<(u32, u32)>>> {
    let mut best = vec![vec![None; 8]; 8];
    (0..8).for_each(|i| best[i][i] = Some((0, 0)));
    for &(a, b, time, metres) in arcs {
        best[a][b] = Some(best[a][b].map_or((time, metres), |known: (u32, u32)| known.min((time, metres))));
    }
    for k in 0..8 {
        for i in 0..8 {
            for j in 0..8 {
                if let (Some(a), Some(b)) = (best[i][k], best[k][j]) {
                    let through = (a.0 + b.0, a.1 + b.1);
                    best[i][j] = Some(best[i][j].map_or(through, |known| known.min(through)));
                }
            }
        }
    }
    best
}

/// A territory with a place at each of the first seven nodes and the site at the last.
fn at_nodes(horizon: u32) -> (Territory, Vec<Junction>) {
    let names = ["n0", "n1", "n2", "n3", "n4", "n5", "n6"];
    let t = territory(&names.map(|name| (name, None)), 47.0, |d| d.rules.horizon = Seconds::new(horizon));
    (t, names.into_iter().chain(["seat"]).map(|name| Junction::of(key(name))).collect())
}

proptest! {
    #[test]
    fn the_kernel_agrees_with_three_loops_and_with_petgraph(arcs in arcs(), horizon in 0..6_000_u32) {
        let best = all_pairs(&arcs);
        let (t, junctions) = at_nodes(horizon);
        let network = Network::new(junctions, arcs.iter().copied().map(hop));
        for (i, row) in best.iter().enumerate() {
            let told = |costs: Vec<Option<Cost>>| -> Vec<Option<(u32, u32)>> {
                costs.iter().map(|c| c.map(|c| (c.time.get(), c.distance.get()))).collect()
            };
            let column: Vec<_> = best.iter().map(|row| row[i]).collect();
            prop_assert_eq!(&told(network.costs_from(NodeId::from_index(i))), row);
            prop_assert_eq!(told(network.costs_to(NodeId::from_index(i))), column);
            let peer = petgraph::algo::dijkstra(&directed(&arcs), (i as u32).into(), None, |e| {
                u64::from(e.weight().0) << 32 | u64::from(e.weight().1)
            });
            for (j, &best) in row.iter().enumerate() {
                let peer = peer.get(&petgraph::graph::NodeIndex::<u32>::new(j));
                prop_assert_eq!(peer.map(|&c| ((c >> 32) as u32, c as u32)), best);
            }
        }
        let times = times(&t, &[Arc::new(NetworkTravel::new("test", Mode::Car, network))]);
        for (i, name) in ["n0", "n1", "n2", "n3", "n4", "n5", "n6"].into_iter().enumerate() {
            for (way, best) in [(Way::To, best[i][7]), (Way::Back, best[7][i])] {
                let expected = match best {
                    None => Trip::NoLink,
                    Some((time, _)) if time > horizon => Trip::BeyondLimit,
                    Some((time, metres)) => Trip::Time(Travel::direct(Seconds::new(time), Metres::new(metres))),
                };
                prop_assert_eq!(trip(&t, &times, name, way, Mode::Car, MONDAY), expected);
            }
        }
    }

    #[test]
    fn a_petgraph_comes_back_as_it_went(arcs in arcs()) {
        let graph = directed(&arcs);
        let network = Network::from_petgraph(
            &graph,
            |i, ()| Junction::at(Position::new(i.index() as f64, 47.0).expect("on earth")),
            |_, &(time, metres)| Some(Cost::new(Seconds::new(time), Metres::new(metres))),
        );
        prop_assert_eq!(network.hops().count(), arcs.len());
        let again = Network::from_petgraph(&network.to_petgraph(), |_, j| j.clone(), |_, &cost| Some(cost));
        prop_assert_eq!(again, network);
    }

    #[test]
    fn an_undirected_network_is_the_same_both_ways(arcs in arcs()) {
        let (t, junctions) = at_nodes(3_000);
        let mut graph = UnGraph::<Junction, Cost>::new_undirected();
        let nodes: Vec<_> = junctions.into_iter().map(|junction| graph.add_node(junction)).collect();
        for arc in arcs {
            graph.add_edge(nodes[arc.0], nodes[arc.1], hop(arc).cost);
        }
        let network = Network::from_petgraph(&graph, |_, j| j.clone(), |_, &cost| Some(cost));
        let components = network.components();
        let times = times(&t, &[Arc::new(NetworkTravel::new("test", Mode::Car, network))]);
        for (i, name) in ["n0", "n1", "n2", "n3", "n4", "n5", "n6"].into_iter().enumerate() {
            let [to, back] = Way::BOTH.map(|way| trip(&t, &times, name, way, Mode::Car, MONDAY));
            prop_assert_eq!(to, back);
            prop_assert_eq!(to == Trip::NoLink, components[i] != components[7]);
        }
    }
}

#[test]
fn a_network_is_joined_at_the_nearest_node() {
    // 0.00259° are 374 m with the detour: 30 s at 45 km/h.
    let t = territory(&[("near", Some(47.00259)), ("far", Some(47.1)), ("none", None)], 47.5, |_| {});
    let junctions = [47.0, 47.5].map(|north| Junction::at(lat(north).expect("on earth")));
    let cost = Cost::new(Seconds::new(1_000), Metres::new(40_000));
    let hops = [Hop { from: NodeId::from_index(0), to: NodeId::from_index(1), cost }];
    let car = NetworkTravel::new("roads", Mode::Car, Network::new(junctions.to_vec(), hops));
    let joined = car.islands(&t);
    let times = times(&t, &[Arc::new(car)]);
    let travel = trip(&t, &times, "near", Way::To, Mode::Car, MONDAY).time().expect("a trip");
    assert_eq!((travel.time.get(), travel.distance.get()), (1_000 + 30, 40_000 + 374));
    assert_eq!(trip(&t, &times, "near", Way::Back, Mode::Car, MONDAY), Trip::NoLink);
    assert_eq!(trip(&t, &times, "far", Way::To, Mode::Car, MONDAY), Trip::NoLink);
    assert_eq!(trip(&t, &times, "none", Way::To, Mode::Car, MONDAY), Trip::NotLocated);
    let cut_off: Vec<&str> = joined.cut_off(&t).into_iter().map(|p| t.places().key_of(p)).collect();
    assert_eq!(cut_off, ["far", "none"]);
}

fn pair(mode: Mode, date: Option<Date>, to: Option<u32>, back: Option<u32>) -> PairTimes {
    PairTimes {
        mode,
        date,
        to: to.map(Seconds::new),
        back: back.map(Seconds::new),
        distance: Some(Metres::new(7)),
    }
}

#[test]
fn a_partial_matrix_is_completed_by_the_next_provider() {
    let t = valley(|draft| _ = draft.youth(youth("z", "hill", &["p"])));
    let mut builder = Matrix::builder();
    builder.pair(&key("mill"), &key("seat"), pair(Mode::Car, None, Some(777), None));
    builder.pair(&key("green"), &key("seat"), pair(Mode::Bus, None, Some(5), Some(6)));
    builder.pair(&key("elsewhere"), &key("seat"), pair(Mode::Car, None, Some(1), Some(1)));
    let matrix = builder.build("mine").expect("no pair twice");
    let missing = matrix.missing(&t, &Query::of(&t));
    let told: Vec<_> = missing.iter().map(|m| (m.mode, t.places().key_of(m.home))).collect();
    assert_eq!(told, [(Mode::Car, "hill"), (Mode::Bus, "hill"), (Mode::Bus, "mill")]);

    let alone = times(&t, &[Arc::new(matrix.clone())]);
    assert_eq!(trip(&t, &alone, "hill", Way::To, Mode::Car, MONDAY), Trip::Unknown);
    let all: [Arc<dyn TravelProvider>; 3] = [Arc::new(matrix), Arc::new(Links), Arc::new(StraightLine)];
    let (whole, line) = (times(&t, &all), times(&t, &[Arc::new(StraightLine)]));
    assert_eq!(seconds(trip(&t, &whole, "mill", Way::To, Mode::Car, MONDAY)), 777);
    // An empty time is an answer: no link, which nobody completes.
    assert_eq!(trip(&t, &whole, "mill", Way::Back, Mode::Car, MONDAY), Trip::NoLink);
    let car = |times| trip(&t, times, "green", Way::To, Mode::Car, MONDAY);
    assert_eq!(car(&whole), car(&line));
    assert_eq!(seconds(trip(&t, &whole, "green", Way::Back, Mode::Bus, MONDAY)), 6);
    assert_eq!(seconds(trip(&t, &whole, "mill", Way::To, Mode::Bus, MONDAY)), 2_520);
    let ids: Vec<&str> = whole.assumptions().iter().map(|a| a.id).collect();
    // Links are walked to in a straight line, and cars complete the matrix: each figure once.
    assert_eq!(ids[..6], ["times", "links", "links_walk", "links_change", "detour", "speed_walk"]);
    assert!(ids.contains(&"speed_car") && ids.iter().filter(|&&id| id == "detour").count() == 1, "{ids:?}");
}

#[test]
fn dates_of_matrix_and_links_mix() {
    // The matrix dates the coach on Tuesday; the links run on Mondays only.
    let t = valley(|draft| {
        draft.links.iter_mut().for_each(|l| l.value.days = Weekdays::NONE.with(Weekday::Monday));
    });
    let mut builder = Matrix::builder();
    builder.pair(&key("mill"), &key("seat"), pair(Mode::Bus, Some(TUESDAY), Some(60), Some(70)));
    builder.pair(&key("green"), &key("seat"), pair(Mode::Bus, None, Some(80), Some(90)));
    let matrix = builder.build("mine").expect("no pair twice");
    let times = times(&t, &[Arc::new(matrix), Arc::new(Links)]);
    let to = |home, date| trip(&t, &times, home, Way::To, Mode::Bus, date);
    assert_eq!(seconds(to("mill", TUESDAY)), 60);
    assert_eq!(seconds(to("mill", MONDAY)), 2_520);
    assert_eq!((seconds(to("green", MONDAY)), seconds(to("green", TUESDAY))), (80, 80));
    assert_eq!((seconds(to("cross", MONDAY)), to("cross", TUESDAY)), (1_200, Trip::NoService));
    assert!(times.is_dated(t.sites().find_str("seat").expect("a site"), Way::To, Mode::Bus));
}

#[test]
fn a_pair_twice_is_refused() {
    let mut builder = Matrix::builder();
    for (home, date) in
        [("a", None), ("b", None), ("a", Some(MONDAY)), ("a", None), ("b", None), ("a", Some(MONDAY))]
    {
        builder.pair(&key(home), &key("s"), pair(Mode::Car, date, Some(1), Some(1)));
    }
    assert_eq!(builder.build("twice").expect_err("pairs twice"), [3, 4, 5]);
}
