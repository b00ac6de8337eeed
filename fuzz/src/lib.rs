//! What most targets do: some bytes take the place of a file of the valley, and reading the folder must answer.
//! [`read_roads`] and [`read_timetable`] read a file or a feed alone, and what they make of it must be searchable.

use maillage::finding::{Finding, Level};
use maillage::territory::{Mode, Way};
use maillage::travel::{
    Asked, Profile, RoadMap, RoadNetwork, ServiceDay, StopSearch, Timetable, TimetableOptions, WalkRules,
    Walks,
};
use maillage::units::{ClockTime, Position};
use maillage::{Control, Error, read};
use std::cell::OnceCell;
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

/// The files of a territory; the first byte of a part of the target `folder` chooses among them.
const FILES: [&str; 18] = [
    "territory.toml",
    "communes.csv",
    "places.csv",
    "communes.geojson",
    "sites.csv",
    "programmes.toml",
    "advisers.csv",
    "youths.csv",
    "calendar.csv",
    "pins.toml",
    "links.csv",
    "times.csv",
    "places.geojson",
    "sites.geojson",
    "youths.xlsx",
    "on_demand.csv",
    "zones.geojson",
    SCENARIO,
];

/// The scenario that takes bytes.
pub const SCENARIO: &str = "scenarios/scenarios.toml";

/// Zones are opened only for a service that may name one.
const SERVICES: &str = "id,zone,from,to\ns,s,8:30,17:30\n";

thread_local! {
    static FOLDER: OnceCell<tempfile::TempDir> = const { OnceCell::new() };
}

/// A folder in memory, where there is one: the disk would be the slowest part.
fn temporary() -> tempfile::TempDir {
    let shm = Path::new("/dev/shm");
    let made = if shm.is_dir() { tempfile::tempdir_in(shm) } else { tempfile::tempdir() };
    let dir = made.expect("a folder");
    fs::create_dir(dir.path().join("scenarios")).expect("a folder");
    FILES.iter().for_each(|file| restore(dir.path(), file));
    dir
}

/// The valley's file, or none.
fn restore(dir: &Path, file: &str) {
    let valley = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/valley");
    if fs::copy(valley.join(file), dir.join(file)).is_err() {
        drop(fs::remove_file(dir.join(file)));
    }
    if file == "zones.geojson" {
        drop(fs::remove_file(dir.join("on_demand.csv")));
    }
    if let Some(other) = instead_of(file) {
        fs::copy(valley.join(other), dir.join(other)).expect("copied");
    }
}

/// The file whose place another one takes: two for one table are an error, and hide the rest.
fn instead_of(file: &str) -> Option<&'static str> {
    match file {
        "places.geojson" => Some("places.csv"),
        "sites.geojson" => Some("sites.csv"),
        "youths.xlsx" => Some("youths.csv"),
        _ => None,
    }
}

fn put(dir: &Path, file: &str, bytes: &[u8]) {
    if let Some(other) = instead_of(file) {
        drop(fs::remove_file(dir.join(other)));
    }
    if file == "zones.geojson" && !dir.join("on_demand.csv").exists() {
        fs::write(dir.join("on_demand.csv"), SERVICES).expect("written");
    }
    fs::write(dir.join(file), bytes).expect("written");
}

/// Reads the valley with `bytes` for `file`.
pub fn read_with(file: &str, bytes: &[u8]) {
    FOLDER.with(|folder| {
        let dir = folder.get_or_init(temporary).path();
        put(dir, file, bytes);
        answers(dir);
    });
}

/// Reads the valley with several files changed: each part, up to a byte 0xFF that no
/// text has, begins with the byte that chooses its file.
pub fn read_several(bytes: &[u8]) {
    FOLDER.with(|folder| {
        let dir = folder.get_or_init(temporary).path();
        let parts = bytes.split(|byte| *byte == 0xFF).filter_map(|part| part.split_first());
        let parts: Vec<(&str, &[u8])> =
            parts.map(|(which, text)| (FILES[usize::from(*which) % FILES.len()], text)).collect();
        parts.iter().for_each(|(file, text)| put(dir, file, text));
        answers(dir);
        parts.iter().for_each(|(file, _)| restore(dir, file));
    });
}

/// The laws that `tests/read_mutations.rs` holds reading to.
fn answers(dir: &Path) {
    let (sound, findings) = read(dir);
    let errors = findings.iter().any(|f| f.level() == Level::Error);
    assert_ne!(sound, errors, "{findings:?}");
    for finding in &findings {
        let texts = [&finding.what.fr, &finding.what.en, &finding.remedy.fr, &finding.remedy.en];
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{finding:?}");
        assert!(finding.source.file.is_some(), "{finding:?}");
    }
    assert_eq!(read(dir), (sound, findings), "reading twice is not the same");
}

fn read(dir: &Path) -> (bool, Vec<Finding>) {
    match read::territory(dir, &Control::none()) {
        Ok(opened) => (true, opened.findings),
        Err(Error::Input(found)) => (false, found),
        Err(other) => panic!("{other}"),
    }
}

/// Reads a road file; a network of what is read has a table, and roads may close on it.
pub fn read_roads(bytes: &[u8]) {
    let Some(profile) = Profile::shipped(Mode::Car) else { return };
    let profiles = std::slice::from_ref(&profile);
    match RoadMap::read(Cursor::new(bytes), "fuzzed", profiles, &Control::none()) {
        Ok(map) => {
            let network = RoadNetwork::new(&Arc::new(map), &profile);
            let doors = [(0.25, 47.0), (0.25, 47.036)].map(|(lon, lat)| Position::new(lon, lat));
            let places = doors.map(|door| network.place(door.expect("on earth")));
            for way in Way::BOTH {
                network.table(&places, &places, way, None, &Control::none()).expect("not cancelled");
            }
        }
        Err(Error::Input(findings)) => assert!(!findings.is_empty()),
        Err(other) => panic!("{other}"),
    }
}

/// The files of a feed; the first byte of the target `timetable` chooses among them, and the zip.
const FEED: [&str; 14] = [
    "agency.txt",
    "calendar.txt",
    "calendar_dates.txt",
    "routes.txt",
    "stop_times.txt",
    "stops.txt",
    "trips.txt",
    "frequencies.txt",
    "transfers.txt",
    "feed_info.txt",
    "locations.geojson",
    "location_groups.txt",
    "location_group_stops.txt",
    "booking_rules.txt",
];

/// Reads the valley's feed with some bytes for one of its files, or as a zip; what is read can be searched.
pub fn read_timetable(bytes: &[u8]) {
    let Some((&which, bytes)) = bytes.split_first() else { return };
    let folder = temporary();
    let feed = folder.path().join("feed");
    let valley = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/valley/horaires");
    match FEED.get(usize::from(which) % (FEED.len() + 1)) {
        None => fs::write(&feed, bytes).expect("written"),
        Some(changed) => {
            fs::create_dir(&feed).expect("a folder");
            for file in FEED.iter().filter(|file| valley.join(file).exists()) {
                fs::copy(valley.join(file), feed.join(file)).expect("copied");
            }
            fs::write(feed.join(changed), bytes).expect("written");
        }
    }
    let timetable = match Timetable::open(&[&feed], &TimetableOptions::default(), &Control::none()) {
        Ok(timetable) => timetable,
        Err(Error::Input(findings)) => return assert!(!findings.is_empty()),
        Err(Error::Io { .. }) => return,
        Err(other) => panic!("{other}"),
    };
    let (day, walks) =
        (ServiceDay::new(&timetable, timetable.horizon().0), Walks::new(&timetable, WalkRules::default()));
    let mut search = StopSearch::default();
    for (stop, _) in timetable.stops().take(20) {
        for way in Way::BOTH {
            let at = ClockTime::new(9, 0).expect("a time");
            search.run(&day, &walks, &walks.at(stop), Asked { way, at, within: None, rides: 3 });
        }
    }
}
