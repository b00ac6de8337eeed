//! Timetables: reading, a service day, searches, and the national budget.
//! `cargo bench --bench timetable`; feeds beside the project, else `skipped: no data`.

#![allow(clippy::print_stdout, reason = "a table is what it makes")]

#[path = "common/cpu.rs"]
mod cpu;

use cpu::cpu;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use maillage::questions::bus_that_would_help;
use maillage::study::Study;
use maillage::territory::{Edit, TransitChanges, TripAt, TripChange, Way};
use maillage::travel::{
    Asked, ServiceDay, StopNumber, StopSearch, StopWalk, Timetable, TimetableOptions, WalkRules, Walks,
};
use maillage::units::{ClockTime, OptionId, Seconds};
use maillage::{Control, Error, read};
use rayon::prelude::*;
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
    if let Err(error) = what_if() {
        println!("{error}");
    }
}

/// The shipped territory: a trip moved and put back, beside all that is built afresh; and which trip, moved, would help.
fn what_if() -> Result<(), Error> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/chinonais");
    let control = Control::none();
    let study = || {
        let opened = read::territory(&folder, &control)?;
        Study::new(opened.territory.clone(), opened.providers(), &control)
    };
    let (afresh, known) = median(5, study);
    let mut known = known?;
    let by = |at: &str, minutes| {
        let at = ClockTime::parse(at).unwrap_or(ClockTime::MIDNIGHT);
        let trips = TripAt { line: "P21".into(), stop: "tours".into(), at };
        Edit::ChangeTrips(TripChange::Move { trips, minutes })
    };
    println!("data/chinonais");
    println!("  read, travel, reach        {:>9.1} ms", afresh * 1e3);
    for (told, at) in [("of school days", "6:27"), ("of holidays", "6:32")] {
        let (edit, done) = median(5, || {
            known.apply(&[by(at, 5)], &control)?;
            known.apply(&[Edit::SetTransit(TransitChanges::default())], &control)
        });
        done?;
        println!("  a trip {told:<15} moved {:>5.1} ms", edit / 2.0 * 1e3);
    }
    let option = OptionId::from_index(0);
    let (asked, found) = median(3, || bus_that_would_help(&known, option, 10, &control));
    println!("  which bus, by 10 minutes   {:>9.1} ms  ({} help)", asked * 1e3, found?.len());
    Ok(())
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
    national(&timetable, &walks, &served, tuesday);
}

/// A tenth of 435 structures with 15 sites each, 10 slots, 13 Tuesdays, both ways, on all cores.
fn national(timetable: &Timetable, walks: &Walks, served: &[StopNumber], tuesday: Date) {
    const SITES: usize = 435 * 15 / 10;
    let weeks = (0..13).filter_map(|week| tuesday.checked_sub((7 * week).days()).ok());
    let start = Clocks::start();
    let days: Vec<ServiceDay> = weeks.map(|date| ServiceDay::new(timetable, date)).collect();
    println!("  13 days ready in {}", start.told());
    // Spread over the whole feed; a small one has fewer stops than that.
    let site = |at: usize| walks.at(served[at * served.len() / SITES]);
    let sites: Vec<Vec<StopWalk>> = (0..SITES).map(site).collect();
    let start = Clocks::start();
    let visits: u64 = sites
        .par_iter()
        .map_init(StopSearch::default, |search, site| {
            let mut visits = 0;
            for (day, slot) in days.iter().flat_map(|day| (0..10).map(move |slot| (day, slot))) {
                for way in Way::BOTH {
                    let within = Some(Seconds::from_minutes(240));
                    search.run(day, walks, site, Asked { way, at: clock(8 + slot), within, rides: 4 });
                    visits += search.visits();
                }
            }
            visits
        })
        .sum();
    let count = SITES * days.len() * 10 * 2;
    println!(
        "  a tenth of the national budget, {count} searches on {} cores: {}, {:.1} us of a processor and {:.0} visits each",
        rayon::current_num_threads(),
        start.told(),
        start.processor() / count as f64 * 1e6,
        visits as f64 / count as f64
    );
    println!("  so the whole would take {:.0} s here, by the clock", start.wall() * 10.0);
}

/// The clock on the wall, and the processors' time: what others do beside changes the first.
struct Clocks {
    wall: Instant,
    processor: f64,
}

impl Clocks {
    fn start() -> Self {
        Self { wall: Instant::now(), processor: cpu() }
    }

    fn wall(&self) -> f64 {
        self.wall.elapsed().as_secs_f64()
    }

    fn processor(&self) -> f64 {
        cpu() - self.processor
    }

    fn told(&self) -> String {
        format!("{:.2} s ({:.2} s of processors)", self.wall(), self.processor())
    }
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
