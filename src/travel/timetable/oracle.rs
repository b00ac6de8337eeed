//! The slow way: every vehicle of a date looked at for each number of rides, forwards in time only. What searches answer
//! is held against it, on drawn timetables and on real ones.

use super::TimetableOptions;
use super::access::{Access, Approach, By};
use super::day::ServiceDay;
use super::feed::{StopNumber, Timetable, Transfer, TransferKind, TransitLine, TransitStop};
use super::gtfs::Gtfs;
use super::journey::{DayTime, Telling, TransitJourney};
use super::pattern::{ALIGHT, BOARD, Call, Gathering, STOP};
use super::search::{Asked, StopSearch};
use super::service::Services;
use super::walking::{StopWalk, WalkRules, Walks};
use crate::control::Control;
use crate::territory::{Mode, Way};
use crate::travel::draw::Draw;
use crate::units::{ClockTime, Metres, Position, Seconds};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::path::Path;

/// Small numbers from a seed.
struct Random(Draw);

impl Random {
    fn new(seed: u64) -> Self {
        Self(Draw(seed))
    }

    fn below(&mut self, n: u32) -> u32 {
        self.0.below(u64::from(n)) as u32
    }
}

const TODAY: Date = date(2025, 3, 11);

/// A vehicle on a date: stops, when it comes and leaves, and what may be done there.
struct Vehicle {
    calls: Vec<(u32, i64, i64, u32)>,
}

/// All vehicles of a date, from the timetable's trips, one by one.
fn vehicles(timetable: &Timetable, today: Date) -> Vec<Vehicle> {
    let mut all = Vec::new();
    for (days, shift) in [(-1, -86_400), (0, 0), (1, 86_400)] {
        let Some(day) = timetable.services.day(today + days.days()) else { continue };
        for pattern in &timetable.patterns.all {
            for trip in pattern.numbers() {
                if !timetable.services.runs(timetable.patterns.services[trip as usize], day) {
                    continue;
                }
                let calls = timetable.patterns.calls_of(pattern, trip);
                if days == 1 && calls[0].depart >= 6 * 3_600 {
                    continue;
                }
                let call = |(&code, call): (&u32, &Call)| {
                    (code & STOP, i64::from(call.arrive) + shift, i64::from(call.depart) + shift, code)
                };
                let calls = timetable.patterns.stops_of(pattern).iter().zip(calls).map(call).collect();
                all.push(Vehicle { calls });
            }
        }
    }
    all
}

/// The earliest at each stop, by the number of vehicles up to `rides`, from doors ready at these times.
fn earliest(
    vehicles: &[Vehicle],
    changes: &BTreeMap<u32, Vec<(u32, i64)>>,
    ready: &BTreeMap<u32, i64>,
    rides: u8,
) -> Vec<BTreeMap<u32, i64>> {
    let mut by_rides = Vec::new();
    let (mut ready, mut arrived) = (ready.clone(), BTreeMap::<u32, i64>::new());
    for _ in 0..rides {
        for vehicle in vehicles {
            let mut on_board = false;
            for &(stop, comes, leaves, code) in &vehicle.calls {
                if on_board && code & ALIGHT != 0 && comes <= 30 * 3_600 {
                    let known = arrived.entry(stop).or_insert(i64::MAX);
                    *known = comes.min(*known);
                }
                let may = code & BOARD != 0 && leaves >= 0;
                on_board |= may && ready.get(&stop).is_some_and(|&at| at <= leaves);
            }
        }
        for (&stop, &at) in &arrived {
            for &(to, seconds) in changes.get(&stop).into_iter().flatten() {
                let known = ready.entry(to).or_insert(i64::MAX);
                *known = (*known).min(at + seconds);
            }
        }
        by_rides.push(arrived.clone());
    }
    by_rides
}

/// A way between a door and a stop: the stop, how long, and from when until when it may be started.
type Leads = (u32, i64, (i64, i64));

fn around(door: &[Access]) -> Vec<Leads> {
    let hours = |access: &Access| {
        access.approach.hours.map_or((i64::MIN / 2, i64::MAX / 2), |(a, b)| (i64::from(a), i64::from(b)))
    };
    door.iter().map(|a| (a.stop, i64::from(a.approach.time.get()), hours(a))).collect()
}

/// When one has made such a way who is ready at `at`.
fn past(at: i64, (_, time, (first, last)): &Leads) -> Option<i64> {
    let start = at.max(*first);
    (start <= *last).then_some(start + time)
}

fn on_foot(walks: Vec<StopWalk>) -> Vec<Access> {
    walks.into_iter().map(Access::from).collect()
}

/// What is asked of both.
struct Question<'t> {
    vehicles: &'t [Vehicle],
    changes: &'t BTreeMap<u32, Vec<(u32, i64)>>,
    home: Vec<Leads>,
    site: Vec<Leads>,
    at: i64,
    rides: u8,
}

impl Question<'_> {
    /// The earliest at the door `to` when one leaves the door `from`, and the fewest vehicles for it.
    fn forwards(&self, from: &[Leads], to: &[Leads], leaves: i64) -> Option<(i64, u8)> {
        let mut ready = BTreeMap::new();
        for way in from {
            let Some(at) = past(leaves, way) else { continue };
            let known = ready.entry(way.0).or_insert(i64::MAX);
            *known = at.min(*known);
        }
        let by_rides = earliest(self.vehicles, self.changes, &ready, self.rides);
        let arrival =
            |arrived: &BTreeMap<u32, i64>| to.iter().filter_map(|way| past(*arrived.get(&way.0)?, way)).min();
        (1..).zip(&by_rides).filter_map(|(rides, arrived)| Some((arrival(arrived)?, rides))).min()
    }

    /// The latest departure that arrives in time, and the fewest vehicles for it.
    fn latest(&self) -> Option<(i64, u8)> {
        let mut departures: Vec<i64> = Vec::new();
        for vehicle in self.vehicles {
            for &(stop, _, leaves, code) in &vehicle.calls {
                let walks =
                    self.home.iter().filter(|walk| walk.0 == stop && code & BOARD != 0 && leaves >= 0);
                // By the hours of what leads there, at the latest.
                let last = |(_, time, (first, last)): &Leads| {
                    Some((leaves - time).min(*last)).filter(|start| start >= first)
                };
                departures.extend(walks.filter_map(last));
            }
        }
        departures.sort_unstable();
        departures.dedup();
        let in_time = |&leaves: &i64| {
            self.forwards(&self.home, &self.site, leaves).is_some_and(|found| found.0 <= self.at)
        };
        // Who leaves earlier can wait.
        let latest = departures[..departures.partition_point(in_time)].last().copied()?;
        let fewest = |rides: &u8| {
            let less = Question { rides: *rides, home: self.home.clone(), site: self.site.clone(), ..*self };
            less.forwards(&self.home, &self.site, latest).is_some_and(|found| found.0 <= self.at)
        };
        Some((latest, (1..=self.rides).find(fewest)?))
    }
}

/// Asks a search and the oracle; the journey, if there is one.
fn compare(
    (timetable, day, walks): (&Timetable, &ServiceDay, &Walks),
    search: &mut StopSearch,
    question: &Question<'_>,
    (home, site): (&[Access], &[Access]),
    way: Way,
    place: &str,
) -> Option<TransitJourney> {
    let at = clock(question.at);
    let asked = Asked { way, at, within: None, rides: question.rides };
    search.run_logged(day, walks, site, asked);
    let expected = match way {
        Way::To => question.latest(),
        Way::Back => question.forwards(&question.site, &question.home, question.at),
    };
    let journey = Telling { timetable, day, walks, asked }.journey(search, site, home);
    let told = journey.as_ref().map(|journey| {
        let end = if way == Way::To { journey.depart } else { journey.arrive };
        (i64::from(end.seconds()), journey.rides.len() as u8)
    });
    assert_eq!(told, expected, "{place}, {way:?}");
    if let Some(journey) = &journey {
        check(journey, question, way, place);
    }
    journey
}

/// A journey is made of vehicles that run, with time to change, and in time.
fn check(journey: &TransitJourney, question: &Question<'_>, way: Way, place: &str) {
    let time = |at: DayTime| i64::from(at.seconds());
    for ride in &journey.rides {
        let carries = |vehicle: &&Vehicle| {
            let gets_on = vehicle.calls.iter().position(|&(stop, _, leaves, code)| {
                (stop, leaves) == (ride.from.0, time(ride.depart)) && code & BOARD != 0
            });
            let gets_off = |&(stop, comes, _, code): &(u32, i64, i64, u32)| {
                (stop, comes) == (ride.to.0, time(ride.arrive)) && code & ALIGHT != 0
            };
            gets_on.is_some_and(|at| vehicle.calls[at + 1..].iter().any(gets_off))
        };
        assert!(question.vehicles.iter().any(|vehicle| carries(&vehicle)), "{place}: {journey:?}");
    }
    for pair in journey.rides.windows(2) {
        let change = question.changes[&pair[0].to.0].iter().find(|change| change.0 == pair[1].from.0);
        let change = change.expect("a change that is there").1;
        assert!(time(pair[0].arrive) + change <= time(pair[1].depart), "{place}: {journey:?}");
    }
    let (first, last) = match way {
        Way::To => (&question.home, &question.site),
        Way::Back => (&question.site, &question.home),
    };
    let ends = [(first, journey.rides[0].from), (last, journey.rides[journey.rides.len() - 1].to)];
    assert!(ends.iter().all(|(door, stop)| door.iter().any(|walk| walk.0 == stop.0)), "{place}");
    match way {
        Way::To => assert!(time(journey.arrive) <= question.at, "{place}: {journey:?}"),
        Way::Back => assert!(time(journey.depart) >= question.at, "{place}: {journey:?}"),
    }
    assert!(journey.waiting() <= journey.time());
}

fn clock(seconds: i64) -> ClockTime {
    let seconds = u32::try_from(seconds).expect("a time of the day");
    ClockTime::new(seconds / 3_600, seconds / 60 % 60).expect("a time of the day")
}

/// Changes, each worked out from the rules and what the feed says.
fn changes(timetable: &Timetable, walks: &Walks) -> BTreeMap<u32, Vec<(u32, i64)>> {
    let stops = 0..timetable.stops.len() as u32;
    let of = |stop: u32| {
        let all = walks.changes_for(Way::Back).of(stop).iter().map(|&(to, s)| (to, i64::from(s))).collect();
        (stop, all)
    };
    stops.map(of).collect()
}

/// A small timetable: a few stops of which some are near one another, and vehicles that overtake, run past
/// midnight, and don't let everybody on and off.
fn drawn(r: &mut Random) -> Timetable {
    let count = 3 + r.below(6);
    let stop = |at: u32, r: &mut Random| {
        let position =
            Position::new(0.2 + f64::from(r.below(30)) * 0.001, 47.0 + f64::from(r.below(10)) * 0.001);
        TransitStop { id: format!("s{at}").into(), name: "".into(), position, station: None }
    };
    let stops: Vec<TransitStop> = (0..count).map(|at| stop(at, r)).collect();
    let mut services = Services::new(TODAY - 1.days(), TODAY + 1.days(), 4);
    for (service, days) in [(0, vec![0]), (1, vec![-1, 0, 1]), (2, vec![-1]), (3, vec![1])] {
        days.iter().for_each(|&day| services.set(service, TODAY + day.days(), true));
    }
    let mut gathering = Gathering::default();
    for line in 0..2 + r.below(4) {
        let len = 2 + r.below(4);
        let codes: Vec<u32> = (0..len)
            .map(|at| {
                let board = if at + 1 == len || r.below(10) == 0 { 0 } else { BOARD };
                let alight = if at == 0 || r.below(10) == 0 { 0 } else { ALIGHT };
                r.below(count) | board | alight
            })
            .collect();
        for _ in 0..1 + r.below(5) {
            let mut at = 60 * r.below(26 * 60);
            let mut calls = Vec::new();
            for _ in 0..len {
                let arrive = at;
                at += 60 * r.below(3);
                calls.push(Call { arrive, depart: at });
                at += 60 * (r.below(25) + u32::from(r.below(4) > 0));
            }
            gathering.add([0, 0, 0, 1, 1, 2, 3][r.below(7) as usize], line, &codes, &calls);
        }
    }
    let transfer = |r: &mut Random| Transfer {
        from: r.below(count),
        to: r.below(count),
        kind: match r.below(3) {
            0 => TransferKind::Usual,
            1 => TransferKind::Forbidden,
            _ => TransferKind::AtLeast(Seconds::new(60 * r.below(10))),
        },
    };
    Timetable {
        stops,
        lines: (0..9)
            .map(|at| TransitLine { id: format!("{at}").into(), name: "".into(), for_pupils: false })
            .collect(),
        patterns: gathering.patterns(),
        services,
        transfers: (0..r.below(3)).map(|_| transfer(r)).collect(),
        on_demand: Vec::new(),
        zone: TimeZone::UTC,
        findings: Vec::new(),
    }
}

/// Something that comes within hours, and leads to a stop.
fn called(r: &mut Random, stops: u32) -> Access {
    let first = 60 * r.below(20 * 60);
    let approach = Approach {
        by: By::Vehicle(Mode::Car),
        time: Seconds::from_minutes(1 + r.below(40)),
        distance: Metres::default(),
        hours: Some((first, first + 60 * r.below(8 * 60))),
    };
    Access { stop: r.below(stops), approach }
}

/// Half a kilometre of walking, so that few stops are near.
fn rules() -> WalkRules {
    WalkRules { most: Metres::new(500), ..WalkRules::default() }
}

#[test]
fn drawn_timetables_are_searched_as_the_slow_way_does() {
    let (mut found, mut changed, mut none) = (0, 0, 0);
    for seed in 0..2_000 {
        let r = &mut Random::new(seed);
        let timetable = drawn(r);
        let (day, walks) = (ServiceDay::new(&timetable, TODAY), Walks::new(&timetable, rules()));
        let (vehicles, changes) = (vehicles(&timetable, TODAY), changes(&timetable, &walks));
        let mut search = StopSearch::default();
        for ask in 0..4 {
            let door = |r: &mut Random| {
                let stop = StopNumber(r.below(timetable.stops.len() as u32));
                let at = timetable.stop(stop).position.expect("located");
                let mut door = on_foot(walks.around(at));
                // Now and then something comes on demand, and leads to some stops.
                for _ in 0..r.below(12) / 9 {
                    door.push(called(r, timetable.stops.len() as u32));
                }
                door
            };
            let (home, site) = (door(r), door(r));
            let question = Question {
                vehicles: &vehicles,
                changes: &changes,
                home: around(&home),
                site: around(&site),
                at: i64::from(60 * (r.below(24 * 60))),
                rides: 1 + r.below(4) as u8,
            };
            for way in Way::BOTH {
                let place = format!("seed {seed}, {ask}");
                let of = (&timetable, &day, &walks);
                match compare(of, &mut search, &question, (&home, &site), way, &place) {
                    Some(journey) if journey.rides.len() > 1 => changed += 1,
                    Some(_) => found += 1,
                    None => none += 1,
                }
            }
        }
    }
    assert!(found > 2_000 && changed > 500 && none > 2_000, "{found} direct, {changed} with changes, {none}");
}

/// A drawn feed with vehicles that go on as other trips; and its vehicles of today, each chain ridden to its end.
fn drawn_chains(r: &mut Random) -> (Gtfs, Vec<Vehicle>) {
    let stops = 4 + r.below(4);
    let mut feed = Gtfs::small();
    let mut rows = "stop_id,stop_name,stop_lat,stop_lon\n".to_owned();
    for stop in 0..stops {
        rows += &format!("s{stop},S,47.{:03},0.{:03}\n", r.below(10), 200 + r.below(30));
    }
    feed.set("stops.txt", &rows);
    let calendar = "m,1,0,0,0,0,0,0,20250301,20250331\nx,1,1,1,1,1,1,1,20250301,20250331\n";
    feed = feed.and("calendar.txt", calendar);
    let clock = |time: u32| format!("{:02}:{:02}:{:02}", time / 3_600, time / 60 % 60, time % 60);
    let mut trips = "trip_id,route_id,service_id\n".to_owned();
    let mut rows =
        "trip_id,stop_sequence,stop_id,arrival_time,departure_time,pickup_type,drop_off_type\n".to_owned();
    let mut all: Vec<Option<Vehicle>> = Vec::new();
    for trip in 0..4 + r.below(5) {
        let service = ["w", "w", "x", "m"][r.below(4) as usize];
        trips += &format!("t{trip},r,{service}\n");
        let (len, mut time, mut calls) = (2 + r.below(3), 6 * 3_600 + 300 * r.below(100), Vec::new());
        for place in 0..len {
            let stop = r.below(stops);
            let [no_on, no_off] = [0, 1].map(|_| r.below(8) == 0);
            let (arrive, depart) = (time, time + 60 * r.below(3));
            time = depart + 60 * (1 + r.below(20));
            let (on, off) = (u8::from(no_on), u8::from(no_off));
            rows += &format!("t{trip},{place},s{stop},{},{},{on},{off}\n", clock(arrive), clock(depart));
            // Nobody gets off where a trip begins, nor on where it ends.
            let board = if no_on || place + 1 == len { 0 } else { BOARD };
            let alight = if no_off || place == 0 { 0 } else { ALIGHT };
            calls.push((stop, i64::from(arrive), i64::from(depart), board | alight));
        }
        // TODAY is a Tuesday.
        all.push((service != "m").then_some(Vehicle { calls }));
    }
    let mut transfers = "transfer_type,from_trip_id,to_trip_id\n".to_owned();
    let mut pairs: BTreeMap<(u32, u32), bool> = BTreeMap::new();
    for _ in 0..r.below(7) {
        let [from, to] = [0, 1].map(|_| r.below(all.len() as u32));
        let kind = if r.below(5) == 0 { 5 } else { 4 };
        transfers += &format!("{kind},t{from},t{to}\n");
        *pairs.entry((from, to)).or_insert(true) &= kind == 4;
    }
    for (file, text) in [("trips.txt", trips), ("stop_times.txt", rows), ("transfers.txt", transfers)] {
        feed.set(file, &text);
    }
    let mut vehicles = Vec::new();
    let mut open: Vec<(u32, Vehicle)> = Vec::new();
    for (trip, own) in (0..).zip(&all) {
        open.extend(own.as_ref().map(|own| (trip, Vehicle { calls: own.calls.clone() })));
    }
    while let Some((last, Vehicle { calls })) = open.pop() {
        for (&(_, next), _) in pairs.iter().filter(|(pair, stays)| pair.0 == last && **stays) {
            let Some(own) = &all[next as usize] else { continue };
            if calls[calls.len() - 1].1 <= own.calls[0].2 {
                open.push((next, Vehicle { calls: calls.iter().chain(&own.calls).copied().collect() }));
            }
        }
        vehicles.push(Vehicle { calls });
    }
    (feed, vehicles)
}

#[test]
fn who_stays_seated_is_carried_as_the_slow_way_does() {
    let (mut found, mut seated) = (0, 0);
    for seed in 0..400 {
        let r = &mut Random::new(seed);
        let (feed, vehicles) = drawn_chains(r);
        let folder = tempfile::tempdir().expect("a folder");
        feed.write(folder.path());
        let timetable = Timetable::open(&[folder.path()], &TimetableOptions::default(), &Control::none())
            .expect("a feed");
        let (day, walks) = (ServiceDay::new(&timetable, TODAY), Walks::new(&timetable, rules()));
        let changes = changes(&timetable, &walks);
        let mut search = StopSearch::default();
        for ask in 0..6 {
            let [home, site] = [0, 1].map(|_| {
                let stop = StopNumber(r.below(timetable.stops.len() as u32));
                on_foot(walks.around(timetable.stop(stop).position.expect("located")))
            });
            let question = Question {
                vehicles: &vehicles,
                changes: &changes,
                home: around(&home),
                site: around(&site),
                at: i64::from(60 * (8 * 60 + r.below(8 * 60))),
                rides: 1 + r.below(3) as u8,
            };
            for way in Way::BOTH {
                let place = format!("seed {seed}, {ask}");
                let of = (&timetable, &day, &walks);
                let journey = compare(of, &mut search, &question, (&home, &site), way, &place);
                // A ride that no trip alone makes.
                let is_seated = |ride: &super::journey::Ride| {
                    let of_one =
                        |vehicle: &&Vehicle| {
                            vehicle.calls.iter().any(|call| {
                                (call.0, call.2) == (ride.from.0, i64::from(ride.depart.seconds()))
                            }) && vehicle
                                .calls
                                .iter()
                                .any(|call| (call.0, call.1) == (ride.to.0, i64::from(ride.arrive.seconds())))
                        };
                    !vehicles
                        .iter()
                        .filter(|vehicle| vehicle.calls.len() <= 4)
                        .any(|vehicle| of_one(&vehicle))
                };
                found += usize::from(journey.is_some());
                seated += usize::from(journey.is_some_and(|journey| journey.rides.iter().any(is_seated)));
            }
        }
    }
    assert!(found > 500 && seated > 20, "{found} journeys, {seated} with a ride through two trips");
}

/// Real feeds, beside the project; the number of pairs that were asked.
fn real(file: &str, today: Date, pairs: u32) -> Option<u32> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/timetables").join(file);
    if !path.exists() {
        println!("skipped: no data");
        return None;
    }
    let timetable = Timetable::open(&[path], &TimetableOptions::default(), &Control::none()).expect("a feed");
    let (day, walks) = (ServiceDay::new(&timetable, today), Walks::new(&timetable, WalkRules::default()));
    let (vehicles, changes) = (vehicles(&timetable, today), changes(&timetable, &walks));
    let served: Vec<StopNumber> =
        timetable.stops().map(|(stop, _)| stop).filter(|&stop| !walks.at(stop).is_empty()).collect();
    let (r, mut search, mut found) = (&mut Random::new(7), StopSearch::default(), 0);
    for pair in 0..pairs {
        let mut door = || walks.at(served[r.below(served.len() as u32) as usize]);
        let site = door();
        // Half the homes are where something leads: pairs drawn at random are mostly far apart.
        let asked = Asked { way: Way::To, at: clock(9 * 3_600), within: None, rides: 4 };
        search.run(&day, &walks, &site, asked);
        let joined: Vec<StopNumber> =
            served.iter().copied().filter(|&stop| search.answer(Way::To, stop).is_some()).collect();
        let near = pair % 2 == 0 && !joined.is_empty();
        let home = if near {
            walks.at(joined[r.below(joined.len() as u32) as usize])
        } else {
            walks.at(served[r.below(served.len() as u32) as usize])
        };
        let (home, site) = (on_foot(home), on_foot(site));
        for (way, at) in [(Way::To, 9), (Way::Back, 12)] {
            let question = Question {
                vehicles: &vehicles,
                changes: &changes,
                home: around(&home),
                site: around(&site),
                at: at * 3_600,
                rides: 4,
            };
            let of = (&timetable, &day, &walks);
            let journey =
                compare(of, &mut search, &question, (&home, &site), way, &format!("{file}, pair {pair}"));
            found += u32::from(journey.is_some());
        }
    }
    Some(found)
}

#[test]
fn a_rural_feed_is_searched_as_the_slow_way_does() {
    if let Some(found) = real("transcollines-2026-04.zip", date(2026, 5, 12), 1_000) {
        assert!(found > 300, "{found}");
    }
}

#[test]
fn a_feed_of_a_country_is_searched_as_the_slow_way_does() {
    if let Some(found) = real("sncf-ter-2025-01-22.zip", date(2025, 3, 25), 20) {
        assert!(found > 10, "{found}");
    }
}

#[test]
#[ignore = "minutes: `just long` runs it"]
fn a_feed_of_a_country_in_a_thousand_pairs() {
    if let Some(found) = real("sncf-ter-2025-01-22.zip", date(2025, 3, 25), 1_000) {
        assert!(found > 500, "{found}");
    }
}

/// What a timetable answers for every pair of stops: the departure there, or the arrival back.
fn answers(timetable: &Timetable, way: Way, at: ClockTime) -> BTreeMap<(u32, u32), DayTime> {
    let (day, walks) = (ServiceDay::new(timetable, TODAY), Walks::new(timetable, rules()));
    let (mut search, mut all) = (StopSearch::default(), BTreeMap::new());
    for (site, _) in timetable.stops() {
        search.run(&day, &walks, &walks.at(site), Asked { way, at, within: None, rides: 4 });
        for (home, _) in timetable.stops() {
            if let Some((time, _)) = search.answer(way, home) {
                all.insert((home.0, site.0), time);
            }
        }
    }
    all
}

/// Whether each answer of `before` is there in `after`, and no worse.
fn no_worse(way: Way, before: &BTreeMap<(u32, u32), DayTime>, after: &BTreeMap<(u32, u32), DayTime>) -> bool {
    before.iter().all(|(pair, then)| {
        after.get(pair).is_some_and(|now| if way == Way::To { now >= then } else { now <= then })
    })
}

#[test]
fn one_more_trip_and_more_time_never_make_anything_worse() {
    let mut better = 0;
    for seed in 0..300 {
        let r = &mut Random::new(seed);
        let timetable = drawn(r);
        // One trip of some pattern twice, half an hour later.
        let mut more = Gathering::default();
        for pattern in &timetable.patterns.all {
            for trip in pattern.numbers() {
                let (service, line) =
                    (timetable.patterns.services[trip as usize], timetable.patterns.lines[trip as usize]);
                let (stops, calls) =
                    (timetable.patterns.stops_of(pattern), timetable.patterns.calls_of(pattern, trip));
                more.add(service, line, stops, calls);
                if r.below(8) == 0 {
                    let later =
                        |call: &Call| Call { arrive: call.arrive + 1_800, depart: call.depart + 1_800 };
                    more.add(service, line, stops, &calls.iter().map(later).collect::<Vec<_>>());
                }
            }
        }
        let richer = Timetable { patterns: more.patterns(), ..timetable.clone() };
        for (way, early, late) in [(Way::To, 8, 11), (Way::Back, 15, 12)] {
            let [early, late] = [early, late].map(|hour| clock(hour * 3_600));
            let known = answers(&timetable, way, early);
            let with_more = answers(&richer, way, early);
            assert!(no_worse(way, &known, &with_more), "seed {seed}, {way:?}: one more trip");
            assert!(
                no_worse(way, &known, &answers(&timetable, way, late)),
                "seed {seed}, {way:?}: more time"
            );
            better += usize::from(known != with_more);
        }
    }
    assert!(better > 50, "{better}");
}
