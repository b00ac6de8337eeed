//! The toy valley is read as its README says.
#![cfg(feature = "folder")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use jiff::civil::{Weekday, date};
use maillage::Control;
use maillage::finding::Source;
use maillage::read;
use maillage::territory::{
    Birth, Draft, Licence, LiftWays, Mode, Needed, Rhythm, SiteStatus, Territory, VehicleKind, Venue,
};
use maillage::units::{Cents, ClockTime, Metres, Seconds};
use std::path::Path;

fn valley() -> Territory {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/valley");
    let read::Opened { territory, findings: notes, .. } =
        read::territory(&dir, &Control::none()).expect("the valley is sound");
    assert!(notes.is_empty(), "{notes:?}");
    territory
}

fn at(text: &str) -> ClockTime {
    ClockTime::parse(text).expect("a time")
}

#[test]
fn everything_is_there() {
    let valley = valley();
    assert_eq!(valley.name(), "Valley");
    assert_eq!(valley.slots().len(), 10);
    assert_eq!(valley.places().len(), 8);
    assert_eq!(valley.sites().len(), 3);
    assert_eq!(valley.advisers().len(), 2);
    assert_eq!(valley.programmes().len(), 3);
    assert_eq!(valley.youths().len(), 14);
    assert_eq!(valley.calendar().holidays.len(), 1);
    assert_eq!(valley.calendar().closures.len(), 2);
    assert_eq!(valley.pins().len(), 1);
}

#[test]
fn youths_keep_their_means_and_hours() {
    let valley = valley();
    let youth = |key: &str| &valley.youths()[valley.youths().find_str(key).expect("a youth")];
    let car = &youth("y04").vehicles[0];
    assert_eq!(car.kind, VehicleKind::Car);
    assert!(car.hours.covers(Weekday::Tuesday, at("8h"), at("13h")));
    assert!(!car.hours.meets(Weekday::Thursday, at("0h"), at("24h")));
    let lifts = &youth("y05").lifts;
    assert_eq!([lifts[0].ways, lifts[1].ways], [LiftWays::To, LiftWays::Back]);
    assert!(lifts.iter().all(|lift| lift.adult_driver));
    assert!(!youth("y07").lifts[0].adult_driver);
    assert_eq!(youth("y06").licences, [Licence::Am]);
    assert_eq!(youth("y06").birth, Birth::Month(date(2010, 6, 1)));
    assert_eq!(youth("y12").birth, Birth::Age { years: 19, on: date(2026, 9, 1) });
    assert_eq!(youth("y09").home, None);
    assert!(youth("y13").recognised_disability);
    let absence = &youth("y10").availability.absences[0];
    assert!(absence.dates.contains(date(2026, 9, 17)) && !absence.dates.contains(date(2026, 9, 15)));
    let home = youth("y10").home.expect("a home");
    assert_eq!(valley.places().key_of(home), "37905");
}

#[test]
fn sites_and_programmes_are_as_written() {
    let valley = valley();
    let site = |key: &str| &valley.sites()[valley.sites().find_str(key).expect("a site")];
    assert_eq!(site("pont").open.len(), 10);
    assert_eq!(site("haut").open.len(), 2);
    assert_eq!(site("haut").status, SiteStatus::Candidate { opening: Cents::new(200_000) });
    let programme = |key: &str| &valley.programmes()[valley.programmes().find_str(key).expect("a programme")];
    assert_eq!(programme("chantier").rhythm, Rhythm::FullDays(1));
    assert_eq!(programme("atelier").needed, Needed::All);
    assert_eq!(programme("code").size.min(), 4);
    assert_eq!(programme("atelier").name, "Atelier");
}

#[test]
fn the_options_are_the_seven_of_the_readme() {
    let valley = valley();
    let named = |option: &maillage::territory::ProgrammeOption| {
        let Venue::One(site) = option.venue else { panic!("nothing alternates") };
        let slots: Vec<_> = option.slots.iter().map(|&s| valley.slots().key_of(s)).collect();
        let programme = valley.programmes().key_of(option.programme);
        format!("{programme} {} {} {}", valley.sites().key_of(site), slots.join("+"), option.stays.len())
    };
    let mut options: Vec<String> = valley.options().iter().map(named).collect();
    options.sort();
    assert_eq!(
        options,
        [
            "atelier croix jeu-am 3",
            "atelier croix mar-am 3",
            "atelier pont jeu-am 3",
            "atelier pont mar-am 3",
            "chantier croix jeu-am+jeu-pm 3",
            "chantier haut jeu-am+jeu-pm 3",
            "code pont ven-am 2",
        ]
    );
    let day = valley.options().iter().find(|o| o.slots.len() == 2).expect("a full day");
    assert_eq!(day.stays[0].date, date(2026, 9, 10));
    assert_eq!((day.stays[0].arrive_by, day.stays[0].leave_after), (at("9:00"), at("16:30")));
}

/// The table of travel times of the README, by the rule that it states.
#[test]
fn the_table_of_travel_times_is_right() {
    let valley = valley();
    let steps = ["37900", "moulin", "37902", "bois", "lande", "37905", "roche"];
    let table = [
        (0, [300, 0, 0, 0, 0]),
        (5204, [717, 536, 1041, 1339, 4164]),
        (10408, [1133, 1071, 2082, 2677, 8327]),
        (15612, [1549, 1606, 3123, 4015, 12490]),
        (20816, [1966, 2142, 4164, 5353, 16653]),
        (26020, [2382, 2677, 5204, 6691, 20816]),
        (31224, [2798, 3212, 6245, 8030, 24980]),
    ];
    let modes = [Mode::Car, Mode::Moped, Mode::EBike, Mode::Bike, Mode::Walk];
    let point = |key: &str| {
        let id = valley.places().find_str(key).expect("a place");
        valley.places()[id].position.expect("located")
    };
    let rules = &valley.rules().straight_line;
    for (key, (metres, seconds)) in steps.iter().zip(table) {
        let line = point("37900").straight_line(point(key));
        let rounded = Metres::new((line * f64::from(rules.detour) / 100.0).round() as u32);
        assert_eq!(rounded.get(), metres, "{key}");
        for (mode, expected) in modes.iter().zip(seconds) {
            let pace = rules.pace(*mode).expect("a pace");
            let time = pace.speed.time_over(rounded).plus(pace.plus);
            assert_eq!(time, Seconds::new(expected), "{key} {mode:?}");
        }
    }
}

#[test]
fn every_value_knows_its_line() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/valley");
    let loaded = read::folder(&dir, &Control::none()).expect("the valley is sound");
    let draft: &Draft = &loaded.draft;
    assert_eq!(draft.youths[0].source, Source::file("youths.csv").at(2));
    assert_eq!(draft.youths[13].source, Source::file("youths.csv").at(15));
    assert_eq!(draft.programmes[1].source, Source::file("programmes.toml").at(13));
    assert_eq!(draft.pins[0].source, Source::file("pins.toml").at(2));
    assert_eq!(draft.sites[2].source, Source::file("sites.csv").at(4));
    assert_eq!(loaded.files.len(), 11);
    assert_eq!(loaded.draft.provenance, maillage::territory::Provenance::Declared);
}
