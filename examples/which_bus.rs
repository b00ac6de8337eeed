//! Which coach or train, moved by how few minutes, would bring whom: `cargo run --release --example which_bus -- DIR MINUTES`; run
//! bare, in the valley, whose morning bus was put off.

#![allow(clippy::print_stdout, reason = "an example prints")]

use maillage::questions::{BusHelp, bus_that_would_help};
use maillage::study::Study;
use maillage::territory::{Edit, TripAt, TripChange};
use maillage::travel::{StraightLine, Timetable, TimetableOptions, TimetableTravel, TravelProvider};
use maillage::units::{ClockTime, OptionId, ProgrammeId, YouthId};
use maillage::{Control, Error, read};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// So many of a programme's options are asked about: those that most can attend.
const OPTIONS: usize = 3;

fn main() -> Result<(), Error> {
    let mut args = std::env::args().skip(1);
    let control = Control::none();
    let study = match args.next() {
        Some(folder) => {
            let opened = read::territory(&PathBuf::from(folder), &control)?;
            Study::new(opened.territory.clone(), opened.providers(), &control)?
        }
        None => valley(&control)?,
    };
    let minutes: u16 = args.next().and_then(|n| n.parse().ok()).unwrap_or(45);
    let territory = study.territory();
    for (programme, known) in territory.programmes().iter() {
        for (count, option) in most_attended(&study, programme).into_iter().take(OPTIONS) {
            let offer = territory.option(option);
            let slots: Vec<&str> = offer.slots.iter().map(|&slot| territory.slots().key_of(slot)).collect();
            let sites: BTreeSet<&str> =
                offer.stays.iter().map(|stay| territory.sites().key_of(stay.site)).collect();
            println!("{}, {sites:?}, {}: {count} can attend", known.name, slots.join(" "));
            let found = bus_that_would_help(&study, option, minutes, &control)?;
            for help in found.iter().take(5) {
                let BusHelp { trips, minutes, gained, .. } = help;
                let who: Vec<&str> = gained.iter().map(|&youth| territory.youths().key_of(youth)).collect();
                println!(
                    "  line {} from {} at {}, {minutes:+} min: {} more, with {}",
                    trips.line,
                    trips.stop,
                    trips.at,
                    help.more(),
                    who.join(", ")
                );
            }
            if found.is_empty() {
                println!("  no trip moved by at most {minutes} min brings anybody more");
            }
        }
    }
    Ok(())
}

/// The valley on the buses of `horaires/` alone, with the morning bus three quarters of an hour later than it is.
fn valley(control: &Control<'_>) -> Result<Study, Error> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/valley");
    let opened = read::territory(&folder, control)?;
    let buses = Timetable::open(&[folder.join("horaires")], &TimetableOptions::default(), control)?;
    let travel: Vec<Arc<dyn TravelProvider>> =
        vec![Arc::new(TimetableTravel::new("horaires", buses)), Arc::new(StraightLine)];
    let mut study = Study::new(opened.territory.clone(), travel, control)?;
    let morning = TripAt {
        line: "V".into(),
        stop: "crete".into(),
        at: ClockTime::parse("7:40").unwrap_or(ClockTime::MIDNIGHT),
    };
    study.apply(&[Edit::ChangeTrips(TripChange::Move { trips: morning, minutes: 45 })], control)?;
    Ok(study)
}

/// The options of a programme, with how many can attend.
fn most_attended(study: &Study, programme: ProgrammeId) -> Vec<(usize, OptionId)> {
    let (territory, reach) = (study.territory(), study.reach());
    let limit = territory.limit_of(programme);
    let attend = |option: OptionId| {
        let can = |youth: &YouthId| reach.attend(territory, *youth, option, limit).is_ok();
        territory.youths().ids().filter(can).count()
    };
    let mut options: Vec<(usize, OptionId)> =
        reach.options_of(programme).map(|option| (attend(option), option)).collect();
    options.sort_by_key(|&(count, option)| (Reverse(count), option));
    options
}
