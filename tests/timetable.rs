//! Timetables from files to journeys: the valley by hand, reference answers on a real feed, feeds with defects, broken bytes.
#![cfg(feature = "cli")]
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test fails by panicking")]

#[path = "common/gtfs.rs"]
mod gtfs;

use gtfs::Gtfs;
use jiff::civil::{Date, date};
use maillage::finding::Finding;
use maillage::groups::Limits;
use maillage::reach::{Attendance, Reason};
use maillage::study::{Outcome, Study};
use maillage::territory::{Mode, Way};
use maillage::travel::{
    Asked, NoJourney, ServiceDay, StopSearch, Timetable, TimetableOptions, TransitDay, TransitDoor,
    TransitJourney, TransitStop, TransitTable, WalkRules, Walks,
};
use maillage::units::{ClockTime, Metres, OptionId, Position, Seconds};
use maillage::{Control, Error, read};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const TUESDAY: Date = date(2025, 3, 11);

fn open(path: &Path) -> Result<Timetable, Error> {
    Timetable::open(&[path], &TimetableOptions::default(), &Control::none())
}

/// A feed as a folder, read.
fn opened(feed: &Gtfs) -> Result<Timetable, Error> {
    let folder = tempfile::tempdir().expect("a folder");
    feed.write(folder.path());
    open(folder.path())
}

fn clock(text: &str) -> ClockTime {
    ClockTime::parse(text).expect("a time")
}

fn at(timetable: &Timetable, stop: &str) -> Position {
    let stop = timetable.stop_called(stop).expect("a stop");
    timetable.stop(stop).position.expect("located")
}

/// There and back between two stops on a date.
fn trip(
    timetable: &Timetable,
    (home, site): (&str, &str),
    on: Date,
    (by, after): (&str, &str),
) -> [Result<TransitJourney, NoJourney>; 2] {
    let (day, walks) = (ServiceDay::new(timetable, on), Walks::new(timetable, WalkRules::default()));
    let [home, site] = [home, site].map(|stop| [TransitDoor::new(&walks, at(timetable, stop))]);
    let stay =
        TransitDay { arrive_by: clock(by), leave_after: clock(after), limit: None, at_site: None, rides: 4 };
    Way::BOTH.map(|way| {
        let table = TransitTable::new((timetable, &day, &walks), (&home, &site), way, stay, &Control::none())
            .expect("a table");
        table.journey(0, 0).cloned()
    })
}

/// Departure and arrival, there and back; nothing where there is no journey.
fn told(journeys: &[Result<TransitJourney, NoJourney>; 2]) -> String {
    let one = |journey: &Result<TransitJourney, NoJourney>| match journey {
        Ok(journey) => format!("{}-{}", journey.depart, journey.arrive),
        Err(why) => why.as_str().to_owned(),
    };
    format!("{} {}", one(&journeys[0]), one(&journeys[1]))
}

fn codes(findings: &[Finding]) -> Vec<String> {
    let place = |f: &Finding| {
        let file =
            f.source.file.as_deref().and_then(|file| file.rsplit('/').next()).unwrap_or_default().to_owned();
        let file = if file.ends_with(".txt") { file } else { "-".to_owned() };
        let line = f.source.line.map_or_else(String::new, |line| format!(":{line}"));
        format!("{} {file}{line}", f.code.as_str())
    };
    findings.iter().map(place).collect()
}

#[test]
fn the_valley_is_as_worked_out_by_hand() {
    let valley = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/valley/horaires");
    let timetable = open(&valley).expect("the valley's feed");
    assert!(timetable.findings().iter().all(|f| f.code.as_str() == "M608"), "{:?}", timetable.findings());
    let (thursday, friday, holiday) = (date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 20));
    let day = ("9:00", "12:00");
    let go = |ends, on, hours| told(&trip(&timetable, ends, on, hours));
    assert_eq!(go(("crete", "croix"), thursday, day), "07:40:00-08:20:00 12:36:00-13:16:00");
    // The early bus still runs in the holidays, the school's don't: one comes home in the evening.
    assert_eq!(go(("croix", "pont"), holiday, day), "07:05:00-07:25:00 17:40:00-17:56:00");
    assert_eq!(go(("crete", "pont"), holiday, day), "no_bus_then 17:40:00-18:36:00");
    // By the direct bus, which has to be asked for, on Thursdays only.
    let afternoon = ("13:30", "16:30");
    assert_eq!(go(("pont", "haut"), thursday, afternoon), "13:05:00-13:30:00 no_bus_then");
    assert_eq!(go(("pont", "haut"), friday, afternoon), "12:20:00-13:00:00 no_bus_then");
    let direct = trip(&timetable, ("pont", "haut"), thursday, afternoon)[0].clone().expect("a journey");
    assert!(direct.rides[0].on_request);
    assert_eq!(timetable.line(direct.rides[0].line).map(|line| &*line.name), Some("X"));
    assert_eq!(go(("pont", "haut"), date(2028, 1, 4), day), "timetable_unknown timetable_unknown");
}

#[test]
fn reference_answers_of_a_real_feed_hold() {
    let feeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/timetables");
    let path = feeds.join("sncf-ter-2025-01-22.zip");
    if !path.exists() {
        println!("skipped: no data");
        return;
    }
    let timetable = open(&path).expect("a feed");
    let stops = ("StopPoint:OCETrain TER-87571000", "StopPoint:OCETrain TER-87571687");
    let on = |on| told(&trip(&timetable, stops, on, ("9:00", "12:00")));
    let morning = "07:40:00-08:29:00";
    for (day, back) in [
        (date(2025, 1, 28), "12:39"),
        (date(2025, 2, 4), "12:39"),
        (date(2025, 2, 11), "14:17"),
        (date(2025, 2, 18), "14:17"),
        (date(2025, 2, 25), "12:39"),
        (date(2025, 4, 1), "12:39"),
        (date(2025, 4, 8), "14:17"),
    ] {
        let told = on(day);
        assert!(told.starts_with(&format!("{morning} {back}")), "{day}: {told}");
    }
    for day in [date(2025, 4, 15), date(2025, 4, 22)] {
        let told = on(day);
        assert!(
            told.starts_with(morning) && !told.contains(" 12:") && !told.contains(" 14:"),
            "{day}: {told}"
        );
    }
}

#[test]
fn defects_are_told_and_cost_only_what_they_spoil() {
    let small = Gtfs::small;
    let bus = "08:00:00-08:40:00 12:10:00-12:50:00";
    let no_way_out = "no_bus_then 12:10:00-12:50:00";
    let times = "stop_times.txt";
    let cases: Vec<(&str, Gtfs, &[&str], &str)> = vec![
        ("nothing wrong", small(), &[], bus),
        (
            "a BOM, spaces, CRLF",
            {
                let mut feed = small().with(times, "\n", "\r\n").with(times, "trip_id,stop", "trip_id, stop");
                feed.set("stops.txt", "\u{feff}stop_id,stop_name,stop_lat,stop_lon\na,A,47.00,0.20\nb,B,47.05,0.20\nc,C,47.10,0.20");
                feed
            },
            &[],
            bus,
        ),
        ("no agency", small().without("agency.txt"), &["M607 -"], bus),
        (
            "not UTF-8",
            {
                let mut feed = small();
                let text = String::from_utf8(feed.0["stops.txt"].clone())
                    .expect("text")
                    .replace(",A,", ",\u{1}t\u{2},");
                let bytes = text
                    .bytes()
                    .map(|b| match b {
                        1 => 0xc9,
                        2 => 0xe9,
                        b => b,
                    })
                    .collect();
                feed.0.insert("stops.txt".to_owned(), bytes);
                feed
            },
            &["M607 stops.txt:2"],
            bus,
        ),
        (
            "a call of no trip",
            small().and(times, "ghost,1,a,07:00:00,07:00:00\n"),
            &["M602 stop_times.txt:8"],
            bus,
        ),
        (
            "a call at no stop",
            small().with(times, "out,2,b", "out,2,nowhere"),
            &["M602 stop_times.txt:3"],
            bus,
        ),
        ("a trip of no route", small().with("trips.txt", "out,r", "out,q"), &["M607 trips.txt:2"], bus),
        (
            "a service that no calendar knows",
            small().with("trips.txt", "out,r,w", "out,r,z"),
            &["M605 trips.txt"],
            no_way_out,
        ),
        ("a blank time", small().with(times, "08:20:00,08:21:00", ","), &["M604 stop_times.txt:2"], bus),
        (
            "no first time",
            small().with(times, "08:00:00,08:00:00", ","),
            &["M603 stop_times.txt:2"],
            no_way_out,
        ),
        (
            "back in time",
            small().with(times, "08:20:00,08:21:00", "07:20:00,07:21:00"),
            &["M603 stop_times.txt:2"],
            no_way_out,
        ),
        (
            "minutes beyond 59",
            small().with(times, "08:20:00,08:21:00", "08:75:00,08:76:00"),
            &["M603 stop_times.txt:2"],
            no_way_out,
        ),
        (
            "a negative time",
            small().with(times, "08:20:00,08:21:00", "-8:20:00,08:21:00"),
            &["M603 stop_times.txt:2"],
            no_way_out,
        ),
        ("a sequence of a thousand million", small().with(times, "out,3", "out,1000000000"), &[], bus),
        (
            "a sequence that is none",
            small().with(times, "out,3", "out,last"),
            &["M602 stop_times.txt:4"],
            no_way_out,
        ),
        (
            "rows not sorted",
            {
                let feed = small().with(times, "out,1,a,08:00:00,08:00:00\n", "");
                feed.and(times, "out,1,a,08:00:00,08:00:00\n")
            },
            &[],
            bus,
        ),
        ("a sequence twice", small().with(times, "out,3", "out,2"), &["M603 stop_times.txt:2"], no_way_out),
        ("a stop twice, alike", small().and("stops.txt", "a,A,47.00,0.20\n"), &[], bus),
        ("a stop twice, not alike", small().and("stops.txt", "a,Z,48.00,0.20\n"), &["M607 stops.txt:5"], bus),
        ("a trip twice", small().and("trips.txt", "out,r,w\n"), &["M607 trips.txt:4"], bus),
        (
            "no such station",
            {
                let feed = small().with("stops.txt", "stop_lon\n", "stop_lon,parent_station\n");
                feed.with("stops.txt", "0.20\nb", "0.20,gare\nb")
            },
            &["M607 stops.txt:2"],
            bus,
        ),
        (
            "no coordinates in the middle",
            small().with("stops.txt", "b,B,47.05,0.20", "b,B,,"),
            &["M606 stops.txt:3"],
            bus,
        ),
        ("at zero, zero", small().with("stops.txt", "b,B,47.05,0.20", "b,B,0,0"), &["M606 stops.txt:3"], bus),
        (
            "latitude and longitude exchanged",
            small().with("stops.txt", "b,B,47.05,0.20", "b,B,0.20,47.05"),
            &["M606 stops.txt"],
            bus,
        ),
        (
            "on another continent",
            small().with("stops.txt", "b,B,47.05,0.20", "b,B,-20.0,100.0"),
            &["M606 stops.txt"],
            bus,
        ),
        (
            "a calendar of years",
            small().with("calendar.txt", "20250331", "20290331"),
            &["M607 calendar.txt:2"],
            bus,
        ),
        (
            "a date that is none",
            small().and("calendar_dates.txt", "service_id,date,exception_type\nw,20251340,1\n"),
            &["M602 calendar_dates.txt:2"],
            bus,
        ),
        (
            "an empty optional file",
            small().and("calendar_dates.txt", "").and("frequencies.txt", "trip_id,start_time\n"),
            &[],
            bus,
        ),
        (
            "a day taken out",
            small().and("calendar_dates.txt", "service_id,date,exception_type\nw,20250311,2\n"),
            &[],
            "no_bus_then no_bus_then",
        ),
        ("shapes and fares", small().and("shapes.txt", "x\n").and("fare_rules.txt", "y\n"), &["M608 -"], bus),
        (
            "columns of no use",
            small()
                .with("trips.txt", "trip_id,", "bikes,trip_id,")
                .with("trips.txt", "\nout", "\n1,out")
                .with("trips.txt", "home", "1,home"),
            &["M608 -"],
            bus,
        ),
        (
            "hail and ride",
            small().with(times, "departure_time", "departure_time,continuous_pickup").with(
                times,
                "08:40:00\n",
                "08:40:00,0\n",
            ),
            &["M608 stop_times.txt:4"],
            bus,
        ),
        (
            "nobody may get on",
            small().with(times, "departure_time", "departure_time,pickup_type").with(
                times,
                "08:00:00\n",
                "08:00:00,1\n",
            ),
            &[],
            no_way_out,
        ),
        (
            "changes of one trip only",
            small().and("transfers.txt", "from_stop_id,to_stop_id,transfer_type,from_trip_id\nb,b,3,out\n"),
            &["M608 transfers.txt:2"],
            bus,
        ),
        (
            "one stays seated",
            small().and(
                "transfers.txt",
                "from_stop_id,to_stop_id,transfer_type,from_trip_id,to_trip_id\nb,b,4,out,home\n",
            ),
            &[],
            bus,
        ),
        (
            "one would stay seated on a trip that is not there",
            small().and(
                "transfers.txt",
                "from_stop_id,to_stop_id,transfer_type,from_trip_id,to_trip_id\nb,b,4,out,gone\nb,b,4,,\n",
            ),
            &["M608 transfers.txt:2"],
            bus,
        ),
        (
            "on demand in a window",
            {
                let feed =
                    small().with(times, "departure_time", "departure_time,start_pickup_drop_off_window");
                feed.with("trips.txt", "home,r,w", "home,r,w\nflex,r,w").and(times, "flex,1,a,,,08:00:00\n")
            },
            &["M603 stop_times.txt:8", "M607 stop_times.txt:8"],
            bus,
        ),
    ];
    for (name, feed, expected, journeys) in cases {
        let timetable = opened(&feed).unwrap_or_else(|error| panic!("{name}: {error}"));
        let found: Vec<String> = codes(timetable.findings());
        assert_eq!(found, expected, "{name}: {:?}", timetable.findings());
        assert_eq!(told(&trip(&timetable, ("a", "c"), TUESDAY, ("9:00", "12:00"))), journeys, "{name}");
    }
}

#[test]
fn a_feed_without_times_says_so() {
    let mut feed = Gtfs::small();
    feed.set("stop_times.txt", "trip_id,stop_sequence,stop_id,arrival_time,departure_time\n");
    let timetable = opened(&feed).expect("a feed");
    assert_eq!(codes(timetable.findings()), ["M603 trips.txt"]);
    assert_eq!(timetable.trips(), 0);
}

#[test]
fn feeds_that_cannot_be_used_are_refused() {
    let small = Gtfs::small;
    let two_zones = "agency_timezone\nEurope/Paris\nAmerica/Montreal\n";
    let wide = format!("{}\n", ",".repeat(5_000));
    for (name, feed) in [
        ("no stops", small().without("stops.txt")),
        ("no trips", small().without("trips.txt")),
        ("no times", small().without("stop_times.txt")),
        ("no calendar", small().without("calendar.txt")),
        ("two zones", small().with("agency.txt", "agency_timezone\nEurope/Paris\n", two_zones)),
        ("no such zone", small().with("agency.txt", "Europe/Paris", "Europe/Chinon")),
        ("thousands of columns", small().with("routes.txt", "route_id,route_short_name\n", &wide)),
        ("a row without end", small().with("routes.txt", "r,7", &"x".repeat(2_000_000))),
    ] {
        let Err(Error::Input(findings)) = opened(&feed) else { panic!("{name} is not refused") };
        assert!(findings.iter().all(|f| f.code.as_str() == "M601"), "{name}: {findings:?}");
    }
    // Zones of one clock are one.
    assert!(opened(&small().with("agency.txt", "Europe/Paris\n", "Europe/Paris\nEurope/Berlin\n")).is_ok());
}

#[test]
fn a_zip_is_read_wherever_its_files_lie_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("feed.zip");
    for (prefix, expected) in [
        ("", vec![]),
        ("export/2025/", vec!["M607 -"]),
        ("../../", vec!["M607 -"]),
        ("/etc/", vec!["M607 -"]),
    ] {
        let mut feed = Gtfs::small();
        // Twins that some systems add.
        feed.set("__MACOSX/._stops.txt", "rubbish");
        fs::write(&path, feed.zip(prefix)).expect("written");
        let timetable = open(&path).unwrap_or_else(|error| panic!("{prefix}: {error}"));
        assert_eq!(codes(timetable.findings()), expected, "{prefix}");
        assert_eq!(timetable.trips(), 2);
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    // A hundred million zeros in a few kilobytes.
    let mut bomb = Gtfs::small();
    bomb.0.insert("stop_times.txt".to_owned(), vec![b'0'; 100_000_000]);
    let bytes = bomb.zip("");
    assert!(bytes.len() < 1_000_000);
    fs::write(&path, bytes).expect("written");
    assert!(matches!(open(&path), Err(Error::Input(_))));
}

#[test]
fn broken_bytes_never_panic() {
    let folder = tempfile::tempdir().expect("a folder");
    let small = Gtfs::small()
        .and("frequencies.txt", "trip_id,start_time,end_time,headway_secs\nhome,12:00:00,14:00:00,1800\n")
        .and("transfers.txt", "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nb,b,2,300\n")
        .and("calendar_dates.txt", "service_id,date,exception_type\nw,20250311,1\n");
    // Every other feed has trips on demand, and some on which one stays seated.
    let chained = "from_stop_id,to_stop_id,transfer_type,from_trip_id,to_trip_id\n,,4,out,home\n,,4,home,out\n,,5,out,out\n";
    let booked = Gtfs::on_demand().and("transfers.txt", chained);
    let mut seed = 1_u64;
    let mut below = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    let (mut read_all, mut refused, mut on_demand) = (0, 0, [0; 5]);
    for round in 0..3_000 {
        let mut feed = if round % 2 == 0 { small.clone() } else { booked.clone() };
        let names: Vec<String> = feed.0.keys().cloned().collect();
        let path = folder.path().join("feed.zip");
        let bytes = if round % 3 == 0 {
            let mut bytes = feed.zip("");
            for _ in 0..1 + below(4) {
                let at = below(bytes.len());
                bytes[at] ^= 1 << below(8);
            }
            bytes.truncate(if below(5) == 0 { below(bytes.len()) } else { bytes.len() });
            bytes
        } else {
            for _ in 0..1 + below(3) {
                let bytes = feed.0.get_mut(&names[below(names.len())]).expect("a file");
                let at = below(bytes.len().max(1)).min(bytes.len());
                match below(4) {
                    0 => drop(bytes.splice(at..at, *b"\"")),
                    1 => bytes.truncate(at),
                    2 => drop(bytes.splice(at..at, b"99999999999".iter().copied())),
                    _ if !bytes.is_empty() => {
                        let at = at.min(bytes.len() - 1);
                        bytes[at] = below(256) as u8;
                    }
                    _ => {}
                }
            }
            feed.zip("")
        };
        fs::write(&path, bytes).expect("written");
        match open(&path) {
            Ok(timetable) => {
                read_all += 1;
                on_demand[timetable.on_demand()] += 1;
                let (day, walks) =
                    (ServiceDay::new(&timetable, TUESDAY), Walks::new(&timetable, WalkRules::default()));
                let mut search = StopSearch::default();
                for (stop, _) in timetable.stops() {
                    for way in Way::BOTH {
                        let asked = Asked {
                            way,
                            at: clock("9:00"),
                            within: Some(Seconds::from_minutes(240)),
                            rides: 3,
                        };
                        search.run(&day, &walks, &walks.at(stop), asked);
                    }
                }
            }
            Err(Error::Input(_) | Error::Io { .. }) => refused += 1,
            Err(other) => panic!("round {round}: {other}"),
        }
    }
    assert!(read_all > 1_000 && refused > 200, "{read_all} read, {refused} refused");
    assert!(on_demand.iter().all(|&count| count > 5), "{on_demand:?} with so many trips on demand");
}

#[test]
fn frequencies_count_the_worst_wait_and_their_trip_does_not_run() {
    let every = |exact: &str| {
        let rows = format!(
            "trip_id,start_time,end_time,headway_secs,exact_times\nout,07:00:00,09:00:00,1200,{exact}\n"
        );
        let timetable = opened(&Gtfs::small().and("frequencies.txt", &rows)).expect("a feed");
        told(&trip(&timetable, ("a", "c"), TUESDAY, ("9:00", "12:00")))
    };
    assert_eq!(every("1"), "08:20:00-09:00:00 12:10:00-12:50:00");
    // One that may come 20 minutes later has to be the one before.
    assert_eq!(every("0"), "08:00:00-09:00:00 12:10:00-12:50:00");
}

/// From c, where the first bus ends, at once to d and then to e, by vehicles that one stays seated in.
fn chained(transfers: &str) -> Timetable {
    let feed = Gtfs::small()
        .and("stops.txt", "d,D,47.20,0.20\ne,E,47.30,0.20\n")
        .and("routes.txt", "q,8\n")
        .and("calendar.txt", "m,1,0,0,0,0,0,0,20250301,20250331\n")
        .and("trips.txt", "on,q,w\nlast,q,w\nmonday,q,m\n")
        .and("stop_times.txt", "on,1,c,08:40:00,08:40:00\non,2,d,08:50:00,08:50:00\n")
        .and("stop_times.txt", "last,1,d,08:50:00,08:50:00\nlast,2,e,08:58:00,08:58:00\n")
        .and("stop_times.txt", "monday,1,c,08:41:00,08:41:00\nmonday,2,e,08:55:00,08:55:00\n")
        .and("transfers.txt", &format!("transfer_type,from_trip_id,to_trip_id\n{transfers}"));
    opened(&feed).expect("a feed")
}

#[test]
fn who_stays_seated_rides_once() {
    let go = |transfers: &str, ends, on| {
        let timetable = chained(transfers);
        let [out, _] = trip(&timetable, ends, on, ("9:00", "12:00"));
        let told = out.map_or_else(
            |none| none.as_str().to_owned(),
            |journey| format!("{}-{} {}", journey.depart, journey.arrive, journey.rides.len()),
        );
        (told, timetable.trips(), codes(timetable.findings()).join(" "))
    };
    let told = |journey: &str, trips: usize, codes: &str| (journey.to_owned(), trips, codes.to_owned());
    let monday = date(2025, 3, 10);
    assert_eq!(go("", ("a", "d"), TUESDAY), told("no_bus_then", 5, ""));
    assert_eq!(go("4,out,on\n", ("a", "d"), TUESDAY), told("08:00:00-08:50:00 1", 6, ""));
    // A chain: one trip more for each pair, and one for the whole.
    assert_eq!(go("4,out,on\n4,on,last\n", ("a", "e"), TUESDAY), told("08:00:00-08:58:00 1", 8, ""));
    assert_eq!(go("4,out,on\n4,on,last\n", ("c", "d"), TUESDAY), told("08:40:00-08:50:00 1", 8, ""));
    // Another pair, the other order, one that must get off, and what is there on Mondays only.
    assert_eq!(go("4,on,last\n", ("a", "e"), TUESDAY).0, "no_bus_then");
    assert_eq!(go("4,on,out\n", ("a", "d"), TUESDAY), told("no_bus_then", 5, "M608 transfers.txt:2"));
    assert_eq!(go("4,out,on\n5,out,on\n", ("a", "d"), TUESDAY), told("no_bus_then", 5, ""));
    assert_eq!(go("4,out,monday\n", ("a", "e"), TUESDAY).0, "no_bus_then");
    assert_eq!(go("4,out,monday\n", ("a", "e"), monday), told("08:00:00-08:55:00 1", 6, ""));
    // A vehicle that becomes itself, and a pair twice.
    assert_eq!(
        go("4,out,out\n4,out,on\n4,out,on\n", ("a", "d"), TUESDAY),
        told("08:00:00-08:50:00 1", 6, "M608 transfers.txt:2")
    );
}

#[test]
fn chains_without_end_are_cut_short() {
    // Forty trips that take no time, each of which becomes each.
    let mut feed = Gtfs::small();
    let mut transfers = "transfer_type,from_trip_id,to_trip_id\n".to_owned();
    for trip in 0..40 {
        feed = feed.and("trips.txt", &format!("t{trip},r,w\n")).and(
            "stop_times.txt",
            &format!("t{trip},1,a,09:00:00,09:00:00\nt{trip},2,b,09:00:00,09:00:00\n"),
        );
        (0..40).for_each(|next| transfers += &format!("4,t{trip},t{next}\n"));
    }
    let timetable = opened(&feed.and("transfers.txt", &transfers)).expect("a feed");
    assert_eq!(codes(timetable.findings()), ["M608 transfers.txt:18"]);
    assert_eq!(timetable.trips(), 2 + 40 + 40 * 32);
}

#[test]
fn a_feed_that_ends_before_its_calendars_is_unknown_after() {
    let horizon = |info: &str| {
        let header = "feed_publisher_name,feed_start_date,feed_end_date\n";
        let timetable =
            opened(&Gtfs::small().and("feed_info.txt", &format!("{header}us,{info}\n"))).expect("a feed");
        let ((first, last), told) = (timetable.horizon(), codes(timetable.findings()));
        (format!("{first} {last}"), told[1..].join(" "))
    };
    let told = |dates: &str, codes: &str| (dates.to_owned(), codes.to_owned());
    let whole = "2025-03-01 2025-03-31";
    assert_eq!(horizon(","), told(whole, ""));
    assert_eq!(horizon("20250101,20251231"), told(whole, ""));
    assert_eq!(horizon("20250303,20250312"), told("2025-03-03 2025-03-12", ""));
    assert_eq!(horizon(",20250312"), told("2025-03-01 2025-03-12", ""));
    assert_eq!(horizon("20240101,20241231"), told(whole, "M607 feed_info.txt"));
    assert_eq!(horizon("20250312,20250303"), told(whole, "M607 feed_info.txt"));
    assert_eq!(horizon("20250303,20251340"), told("2025-03-03 2025-03-31", "M602 feed_info.txt:2"));
}

#[test]
fn what_is_misplaced_is_told_of_its_own_feed() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths: Vec<PathBuf> = ["one", "two"].map(|name| folder.path().join(name)).into();
    Gtfs::small().with("stops.txt", "b,B,47.05,0.20", "b,B,0.20,47.05").write(&paths[0]);
    Gtfs::small().write(&paths[1]);
    let timetable =
        Timetable::open(&paths, &TimetableOptions::default(), &Control::none()).expect("two feeds");
    let files: Vec<_> = timetable.findings().iter().filter_map(|f| f.source.file.clone()).collect();
    assert_eq!(files.iter().map(|file| &**file).collect::<Vec<_>>(), ["one/stops.txt"]);
}

/// Small numbers from a seed.
fn draw(seed: &mut u64, below: u32) -> u32 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as u32 % below
}

/// A drawn feed, and the same in a mirror: stops and times of each vehicle from the other end, where one got on one gets off.
fn drawn_and_mirrored(seed: &mut u64) -> [Gtfs; 2] {
    const NOON: u32 = 12 * 3_600;
    let stops = 4 + draw(seed, 5);
    let mut stop_rows = "stop_id,stop_name,stop_lat,stop_lon\n".to_owned();
    for stop in 0..stops {
        // Some are near one another.
        let (lat, lon) = (47_000 + draw(seed, 6), 200 + draw(seed, 20));
        stop_rows += &format!("s{stop},S,{}.{:03},0.{lon:03}\n", lat / 1_000, lat % 1_000);
    }
    let clock = |time: u32| format!("{:02}:{:02}:{:02}", time / 3_600, time / 60 % 60, time % 60);
    let mut trips = "trip_id,route_id,service_id\n".to_owned();
    let header = "trip_id,stop_sequence,stop_id,arrival_time,departure_time,pickup_type,drop_off_type\n";
    let mut rows = [header.to_owned(), header.to_owned()];
    for trip in 0..6 + draw(seed, 14) {
        trips += &format!("t{trip},r,w\n");
        let mut time = 6 * 3_600 + 60 * draw(seed, 600);
        for place in 0..2 + draw(seed, 3) {
            let (stop, arrive) = (draw(seed, stops), time);
            let depart = arrive + 60 * draw(seed, 3);
            time = depart + 60 * (1 + draw(seed, 20));
            let [on, off] = [0, 1].map(|_| u32::from(draw(seed, 8) == 0));
            rows[0] += &format!("t{trip},{place},s{stop},{},{},{on},{off}\n", clock(arrive), clock(depart));
            let (place, arrive, depart) = (9 - place, 2 * NOON - depart, 2 * NOON - arrive);
            rows[1] += &format!("t{trip},{place},s{stop},{},{},{off},{on}\n", clock(arrive), clock(depart));
        }
    }
    let header = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\n";
    let mut changes = [header.to_owned(), header.to_owned()];
    for _ in 0..draw(seed, 4) {
        let ([from, to], kind, least) =
            ([0, 1].map(|_| draw(seed, stops)), draw(seed, 4), 60 * draw(seed, 10));
        changes[0] += &format!("s{from},s{to},{kind},{least}\n");
        changes[1] += &format!("s{to},s{from},{kind},{least}\n");
    }
    [0, 1].map(|side| {
        let mut feed = Gtfs::small();
        let own = [
            ("stops.txt", &stop_rows),
            ("trips.txt", &trips),
            ("stop_times.txt", &rows[side]),
            ("transfers.txt", &changes[side]),
        ];
        own.iter().for_each(|(file, text)| feed.set(file, text));
        feed
    })
}

#[test]
fn a_mirror_swaps_the_two_searches() {
    let (mut seed, mut direct, mut changed, mut none) = (7, 0, 0, 0);
    for round in 0..300 {
        let feeds = drawn_and_mirrored(&mut seed).map(|feed| opened(&feed).expect("a feed"));
        let hour = 7 + draw(&mut seed, 10);
        let stays = [hour, 24 - hour].map(|hour| {
            let at = ClockTime::new(hour, 0).expect("a time");
            TransitDay { arrive_by: at, leave_after: at, limit: None, at_site: None, rides: 4 }
        });
        let rules = || WalkRules { most: Metres::new(500), ..WalkRules::default() };
        // By side, way, home and site: when one leaves there or is home, and by how many vehicles.
        let answers: Vec<Vec<_>> = feeds
            .iter()
            .zip(stays)
            .map(|(timetable, stay)| {
                let (day, walks) = (ServiceDay::new(timetable, TUESDAY), Walks::new(timetable, rules()));
                let door =
                    |(_, stop): (_, &TransitStop)| TransitDoor::new(&walks, stop.position.expect("located"));
                let doors: Vec<TransitDoor> = timetable.stops().map(door).collect();
                let mut all = Vec::new();
                for way in Way::BOTH {
                    let table = TransitTable::new(
                        (timetable, &day, &walks),
                        (&doors, &doors),
                        way,
                        stay,
                        &Control::none(),
                    )
                    .expect("a table");
                    for pair in 0..doors.len() * doors.len() {
                        all.push(table.journey(pair / doors.len(), pair % doors.len()).cloned());
                    }
                }
                all
            })
            .collect();
        let half = answers[0].len() / 2;
        for (at, found) in answers[0].iter().enumerate() {
            let mirrored = &answers[1][(at + half) % (2 * half)];
            let (mine, its) = match (found, mirrored) {
                (Ok(found), Ok(mirrored)) if at < half => (found.depart, mirrored.arrive),
                (Ok(found), Ok(mirrored)) => (found.arrive, mirrored.depart),
                _ => {
                    assert_eq!(found.as_ref().err(), mirrored.as_ref().err(), "round {round}, {at}");
                    none += 1;
                    continue;
                }
            };
            let rides =
                [found, mirrored].map(|found| found.as_ref().map_or(0, |journey| journey.rides.len()));
            assert_eq!((mine.seconds(), rides[0]), (86_400 - its.seconds(), rides[1]), "round {round}, {at}");
            direct += usize::from(rides[0] == 1);
            changed += usize::from(rides[0] > 1);
        }
    }
    assert!(
        direct > 2_000 && changed > 300 && none > 2_000,
        "{direct} direct, {changed} with changes, {none} none"
    );
}

#[test]
fn nights_and_changed_clocks() {
    let times = "stop_times.txt";
    let late = Gtfs::small()
        .with(times, "08:00:00,08:00:00", "24:30:00,24:30:00")
        .with(times, "08:20:00,08:21:00", "24:50:00,24:50:00")
        .with(times, "08:40:00,08:40:00", "25:10:00,25:10:00");
    let timetable = opened(&late).expect("a feed");
    // Monday's night bus is on the road on Tuesday.
    assert!(told(&trip(&timetable, ("a", "c"), TUESDAY, ("9:00", "12:00"))).starts_with("00:30:00-01:10:00"));
    assert!(told(&trip(&timetable, ("c", "a"), TUESDAY, ("9:00", "23:00"))).ends_with("24:30:00-25:10:00"));
    // In the night to Sunday 30 March 2025 clocks go from 2 to 3: what is told from Saturday's noon comes an hour later.
    let spring = late
        .with("calendar.txt", "1,1,1,1,1,0,0", "1,1,1,1,1,1,1")
        .with(times, "24:50:00,24:50:00", "26:50:00,26:50:00")
        .with(times, "25:10:00,25:10:00", "27:10:00,27:10:00");
    let timetable = opened(&spring).expect("a feed");
    let sunday = told(&trip(&timetable, ("a", "c"), date(2025, 3, 30), ("9:00", "12:00")));
    assert!(sunday.contains("-04:10:00"), "{sunday}");
}

#[test]
fn several_feeds_are_one_timetable() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths: Vec<PathBuf> = ["one", "two"].map(|name| folder.path().join(name)).into();
    Gtfs::small().write(&paths[0]);
    // From where the first one ends to a fourth stop, by another operator.
    let second = Gtfs::small()
        .with("stops.txt", "a,A,47.00,0.20\nb,B,47.05,0.20\n", "d,D,47.20,0.20\ne,E,47.15,0.20\n")
        .with(
            "stop_times.txt",
            "out,1,a,08:00:00,08:00:00\nout,2,b,08:20:00,08:21:00\nout,3,c,08:40:00,08:40:00",
            "out,1,c,08:45:00,08:45:00\nout,2,e,08:50:00,08:50:00\nout,3,d,08:55:00,08:55:00",
        )
        .with("stop_times.txt", "home,2,b", "home,2,e")
        .with("stop_times.txt", "home,3,a", "home,3,d");
    second.write(&paths[1]);
    let timetable =
        Timetable::open(&paths, &TimetableOptions::default(), &Control::none()).expect("two feeds");
    let [out, _] = trip(&timetable, ("a", "d"), TUESDAY, ("9:00", "12:00"));
    let out = out.expect("a journey");
    assert_eq!(
        (out.depart.to_string(), out.arrive.to_string(), out.rides.len()),
        ("08:00:00".into(), "08:55:00".into(), 2)
    );
    assert_eq!(out.waiting(), Seconds::new(300));
}

/// The valley with its buses until a date: what y05, who lives at La Lande, can attend of the workshop on Thursday mornings
/// at Croix.
fn workshop_with_buses_until(last: &str) -> Result<Attendance, Vec<Reason>> {
    let folder = tempfile::tempdir().expect("a folder");
    let valley = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/valley");
    let feed = folder.path().join("timetable");
    fs::create_dir(&feed).expect("a folder");
    for (from, to) in [(valley.clone(), folder.path()), (valley.join("horaires"), &feed)] {
        for entry in fs::read_dir(from).expect("a folder").flatten().filter(|entry| entry.path().is_file()) {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
        }
    }
    let calendar = fs::read_to_string(feed.join("calendar.txt")).expect("text").replace("20270702", last);
    fs::write(feed.join("calendar.txt"), calendar).expect("written");
    fs::write(feed.join("calendar_dates.txt"), "").expect("written");
    let opened = read::territory(folder.path(), &Control::none()).expect("a territory");
    let mut study =
        Study::new(opened.territory.clone(), opened.providers(), &Control::none()).expect("a study");
    // What is planned is verified by code that shares nothing with the reach.
    let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none()).expect("a plan") else {
        panic!("no plan")
    };
    plan.check(study.territory(), study.times()).expect("verified");
    let territory = study.territory();
    let youth = territory.youths().find_str("y05").expect("a youth");
    let programme = territory.programmes().find_str("atelier").expect("a programme");
    let limit = territory.rules().limit;
    let on_thursday = |option: &OptionId| {
        let stay = territory.option(*option).stays[0];
        territory.sites().key_of(stay.site) == "croix" && stay.date == date(2026, 9, 10)
    };
    let option = study.reach().options_of(programme).find(on_thursday).expect("an option");
    study.reach().attend(territory, youth, option, limit).map_err(|reasons| reasons.iter().collect())
}

#[test]
fn dates_that_nobody_knows_count_neither_way() {
    let attends = |last| workshop_with_buses_until(last).map(|found| (found.reachable, found.of));
    assert_eq!(attends("20270702"), Ok((3, 3)));
    assert_eq!(attends("20260918"), Ok((2, 3)));
    assert_eq!(attends("20260910"), Ok((1, 3)));
    assert_eq!(attends("20260909"), Err(vec![Reason::TimetableUnknown]));
    let trip = workshop_with_buses_until("20260918").expect("attends").trip.expect("a trip");
    assert_eq!((trip.mode_to, trip.to, trip.back), (Mode::Bus, Seconds::new(960), Seconds::new(960)));
}

fn maillage(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_maillage")).args(args).output().expect("it runs")
}

#[test]
fn the_command_prints_rows_or_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let valley = format!("{}/data/valley/horaires", env!("CARGO_MANIFEST_DIR"));
    fs::write(path("h.csv"), "id,lon,lat\ncrete,0.25,47.252\npont,0.25,47.0\nloin,0.5,47.1\n")
        .expect("written");
    fs::write(path("s.csv"), "id,lon,lat\ncroix,0.25,47.072\n").expect("written");
    let (homes, sites) = (path("h.csv"), path("s.csv"));
    let base = [
        "times",
        "--timetable",
        &valley,
        "--homes",
        &homes,
        "--sites",
        &sites,
        "--date",
        "2026-10-01",
        "--arrive-by",
        "09:00",
        "--leave-after",
        "12:00",
    ];
    let out = maillage(&base);
    assert!(out.status.success(), "{out:?}");
    let rows = String::from_utf8(out.stdout).expect("text");
    assert_eq!(
        rows,
        "home,site,depart,arrive,back_depart,back_arrive,rides,walk_s,why\n\
         crete,croix,07:40:00,08:20:00,12:36:00,13:16:00,1,0,\n\
         pont,croix,,,,,,,no_bus_then\n\
         loin,croix,,,,,,,no_stop_at_home\n"
    );
    let out = maillage(&[&base[..], &["--json", "--walk-km", "1,5", "--limit", "30"]].concat());
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    for field in
        ["load_s", "day_s", "search_s", "stops", "trips", "stop_times", "findings", "rss_mb", "checksum"]
    {
        assert!(!json[field].is_null() || field == "rss_mb", "{field}");
    }
    assert_eq!(json["rows"][0]["why"], "beyond_limit");
    assert_eq!(json["unreachable"], 3);
    // On foot by roads that lead nowhere near: said, not silent.
    let roads = format!("{}/data/valley/roads/valley.osm.pbf", env!("CARGO_MANIFEST_DIR"));
    let out = maillage(&[&base[..], &["--roads", &roads]].concat());
    assert!(
        String::from_utf8(out.stdout).expect("text").contains("crete,croix,07:"),
        "walks on the valley's roads"
    );
    assert!(String::from_utf8(out.stderr).expect("text").contains("M505"), "loin is off the roads");
    for wrong in [&["--date", "tomorrow"][..], &["--mode", "car"], &["--walk-km", "-1"]] {
        assert_eq!(maillage(&[&base[..7], wrong].concat()).status.code(), Some(2), "{wrong:?}");
    }
}
