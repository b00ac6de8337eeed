//! Timetables: reading, a service day, searches, and the national budget.
//! `cargo bench --bench timetable`; feeds beside the project, else `skipped: no data`.

#![allow(clippy::print_stdout, reason = "a table is what it makes")]

use jiff::ToSpan;
use jiff::civil::{Date, date};
use maillage::Control;
use maillage::territory::Way;
use maillage::travel::{
    Asked, ServiceDay, StopNumber, StopSearch, StopWalk, Timetable, TimetableOptions, WalkRules, Walks,
};
use maillage::units::{ClockTime, Seconds};
use std::path::{Path, PathBuf};
use std::time::Instant;

fn main() {
    let feeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/timetables");
    let cases = [
        ("TER France", "sncf-ter-2025-01-22.zip", date(2025, 3, 25)),
        ("Transcollines", "transcollines-2026-04.zip", date(2026, 5, 12)),
    ];
    for (name, file, tuesday) in cases {
        let path = feeds.join(file);
        if path.exists() {
            measure(name, &path, tuesday);
        } else {
            println!("{name}: skipped: no data");
        }
    }
}

fn measure(name: &str, path: &PathBuf, tuesday: Date) {
    let (load, timetable) =
        median(5, || Timetable::open(&[path], &TimetableOptions::default(), &Control::none()).ok());
    let Some(timetable) = timetable else { return println!("{name}: not a timetable") };
    println!(
        "{name}: {} stops, {} trips, {} calls",
        timetable.stops().len(),
        timetable.trips(),
        timetable.calls()
    );
    println!("  read                       {:>9.1} ms", load * 1e3);
    let (day, today) = median(15, || ServiceDay::new(&timetable, tuesday));
    println!("  a service day              {:>9.2} ms  ({} trips)", day * 1e3, today.trips());
    let (walk, walks) = median(3, || Walks::new(&timetable, WalkRules::default()));
    println!("  walks                      {:>9.2} ms", walk * 1e3);
    let served: Vec<StopNumber> = served(&timetable, &walks);
    let sites: Vec<Vec<StopWalk>> =
        served.iter().step_by((served.len() / 100).max(1)).map(|&stop| walks.at(stop)).collect();
    for (told, within) in [("within 4 h", Some(Seconds::from_minutes(240))), ("all day", None)] {
        for (way, at) in [(Way::To, clock(9)), (Way::Back, clock(12))] {
            let asked = Asked { way, at, within, rides: 4 };
            let mut search = StopSearch::default();
            let (mut visits, mut reached) = (0, 0);
            let (all, ()) = median(9, || {
                (visits, reached) = (0, 0);
                for site in &sites {
                    search.run(&today, &walks, site, asked);
                    visits += search.visits();
                    reached += served.iter().filter(|&&stop| search.answer(way, stop).is_some()).count();
                }
            });
            let n = sites.len() as f64;
            println!(
                "  {way:?}, {told:<12} one to all {:>9.1} us  ({:.0} visits, {:.0} stops)",
                all / n * 1e6,
                visits as f64 / n,
                reached as f64 / n
            );
        }
    }
    national(&timetable, &walks, &sites, tuesday);
}

/// A tenth of 435 structures with 15 sites, 10 slots, 13 Tuesdays, both ways.
fn national(timetable: &Timetable, walks: &Walks, sites: &[Vec<StopWalk>], tuesday: Date) {
    let weeks = (0..13).filter_map(|week| tuesday.checked_sub((7 * week).days()).ok());
    let start = Instant::now();
    let days: Vec<ServiceDay> = weeks.map(|date| ServiceDay::new(timetable, date)).collect();
    let ready = start.elapsed().as_secs_f64();
    let mut search = StopSearch::default();
    let (start, mut count) = (Instant::now(), 0_u64);
    for site in sites {
        for day in &days {
            for slot in 0..10 {
                for way in Way::BOTH {
                    let asked = Asked {
                        way,
                        at: clock(8 + slot),
                        within: Some(Seconds::from_minutes(240)),
                        rides: 4,
                    };
                    search.run(day, walks, site, asked);
                    count += 1;
                }
            }
        }
    }
    let each = start.elapsed().as_secs_f64() / count as f64;
    println!(
        "  13 days ready in {:.1} ms; {count} searches, {:.1} us each: 1.7 million in {:.0} s on one core",
        ready * 1e3,
        each * 1e6,
        each * 1.7e6
    );
}

fn served(timetable: &Timetable, walks: &Walks) -> Vec<StopNumber> {
    timetable.stops().map(|(stop, _)| stop).filter(|&stop| !walks.at(stop).is_empty()).collect()
}

fn clock(hour: u32) -> ClockTime {
    ClockTime::new(hour, 0).unwrap_or(ClockTime::MIDNIGHT)
}

fn median<T>(times: usize, mut work: impl FnMut() -> T) -> (f64, T) {
    let mut seconds = Vec::with_capacity(times);
    loop {
        let start = Instant::now();
        let done = work();
        seconds.push(start.elapsed().as_secs_f64());
        if seconds.len() == times {
            seconds.sort_by(f64::total_cmp);
            return (seconds[times / 2], done);
        }
    }
}
