//! A day there and back by coach: `cargo run --example timetable -- FEED DATE HOME SITE ARRIVE_BY LEAVE_AFTER`, where home and site
//! are stops; run bare, in the valley.

#![allow(clippy::print_stdout, reason = "an example prints")]

use jiff::civil::Date;
use maillage::territory::Way;
use maillage::travel::{
    DayTime, ServiceDay, Timetable, TimetableOptions, TransitDay, TransitDoor, TransitJourney, TransitTable,
    WalkRules, Walks,
};
use maillage::units::ClockTime;
use maillage::{Control, Error};
use std::path::PathBuf;

const BARE: [&str; 5] = ["2026-10-01", "crete", "croix", "09:00", "12:00"];

fn main() -> Result<(), Error> {
    let mut args = std::env::args_os().skip(1);
    let valley = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/valley/horaires");
    let feed = args.next().map_or_else(valley, PathBuf::from);
    let given: Vec<String> = args.filter_map(|arg| arg.into_string().ok()).collect();
    let mut words = BARE.map(str::to_owned);
    for (word, given) in words.iter_mut().zip(given) {
        *word = given;
    }
    let [date, home, site, by, after] = words;
    let (Ok(date), Some(arrive_by), Some(leave_after)) =
        (date.parse::<Date>(), ClockTime::parse(&by), ClockTime::parse(&after))
    else {
        println!("a date is written 2026-10-01, a time 09:00");
        return Ok(());
    };

    let control = Control::none();
    let timetable = Timetable::open(&[&feed], &TimetableOptions::default(), &control)?;
    let (first, last) = timetable.horizon();
    println!(
        "{}: {} stops, {} trips, {first} to {last}",
        feed.display(),
        timetable.stops().len(),
        timetable.trips()
    );
    let walks = Walks::new(&timetable, WalkRules::default());
    let door = |id: &str| {
        let position = timetable.stop_called(id).and_then(|stop| timetable.stop(stop).position);
        position.map(|at| [TransitDoor::new(&walks, at)])
    };
    let (Some(homes), Some(sites)) = (door(&home), door(&site)) else {
        println!("no stop is called {home} or {site}, or it is nowhere");
        return Ok(());
    };
    let day = ServiceDay::new(&timetable, date);
    let stay = TransitDay { arrive_by, leave_after, limit: None, at_site: None, rides: TransitDay::RIDES };
    for way in Way::BOTH {
        let table = TransitTable::new((&timetable, &day, &walks), (&homes, &sites), way, stay, &control)?;
        match table.journey(0, 0) {
            Ok(journey) => {
                print(&timetable, journey);
                let wait = journey.at_site(way, DayTime::from(stay.at(way))).to_minutes().get();
                println!("  {wait} min at the site {}", if way == Way::To { "before" } else { "after" });
            }
            Err(why) => println!("{way:?}: {}", why.as_str()),
        }
    }
    Ok(())
}

fn print(timetable: &Timetable, journey: &TransitJourney) {
    let minutes = journey.time().to_minutes().get();
    println!("{} - {}: {minutes} min, {} s on foot", journey.depart, journey.arrive, journey.walk.get());
    for ride in &journey.rides {
        let line = timetable.line(ride.line).map_or("?", |line| &line.name);
        let [from, to] = [ride.from, ride.to].map(|stop| &*timetable.stop(stop).name);
        let asked = if ride.on_request { ", on request" } else { "" };
        println!("  {} {from} -> {} {to}, line {line}{asked}", ride.depart, ride.arrive);
    }
    for ride in journey.bookings() {
        let before = ride.book_before.map_or_else(|| "any time".to_owned(), |before| before.to_string());
        println!("  {}, to be booked before {before}", ride.name);
    }
}
