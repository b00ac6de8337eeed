//! Roads from a file to a plan: the valley's drawing, the command, the laws of travel times.
#![cfg(feature = "cli")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "common/pbf.rs"]
mod pbf;
#[path = "common/valley_roads.rs"]
mod valley_roads;

use maillage::territory::{Mode, Way};
use maillage::travel::{Profile, RoadMap, RoadNetwork, RoadPlace, RoadTrip};
use maillage::units::Position;
use maillage::{Control, read};
use pbf::{Drawing, Tag};
use proptest::prelude::*;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn file() -> PathBuf {
    root().join("data/valley/roads/valley.osm.pbf")
}

fn network(drawing: &Drawing, profile: &Profile) -> RoadNetwork {
    let profiles = std::slice::from_ref(profile);
    let map =
        RoadMap::read(Cursor::new(drawing.bytes()), "drawn", profiles, &Control::none()).expect("a map");
    RoadNetwork::new(&Arc::new(map), profile)
}

fn shipped(mode: Mode) -> Profile {
    Profile::shipped(mode).expect("a profile")
}

fn at(lon: f64, lat: f64) -> Position {
    Position::new(lon, lat).expect("on earth")
}

/// Seconds, rounded up.
fn seconds(network: &RoadNetwork, from: Position, to: Position) -> Option<u32> {
    let places = [from, to].map(|position| network.place(position));
    let table =
        network.table(&places[..1], &places[1..], Way::To, None, &Control::none()).expect("not cancelled");
    match table.trip(0, 0) {
        RoadTrip::Time(time) => Some(time.to_seconds().get()),
        _ => None,
    }
}

#[test]
fn the_file_of_the_valley_is_its_drawing() {
    let drawn = valley_roads::valley().bytes();
    if std::env::var_os("MAILLAGE_DRAW").is_some() {
        fs::write(file(), &drawn).expect("written");
    }
    assert!(
        fs::read(file()).expect("the file") == drawn,
        "MAILLAGE_DRAW=1 cargo test --test roads draws it anew"
    );
}

#[test]
fn times_in_the_valley_are_those_worked_out_by_hand() {
    let drawing = valley_roads::valley();
    let (pont, croix, moulin) = (at(0.25, 47.0), at(0.25, 47.072), at(0.25, 47.036));
    // Half a step is 2,001.0 m of latitude and 455.9 m of longitude: 2,052.3 m; two steps 8,209 m.
    // By car at 80 × 0.8 = 64 km/h: 461.8 s; by moped at 45: 656.7 s. The bends cost next to nothing,
    // but Le Moulin on the way is a junction, passed straight: 2.9 ms by the angle of 24.5° … both.
    let car = seconds(&network(&drawing, &shipped(Mode::Car)), pont, croix).expect("a way");
    assert!((461..=464).contains(&car), "{car}");
    let moped = seconds(&network(&drawing, &shipped(Mode::Moped)), pont, croix).expect("a way");
    assert!((656..=660).contains(&moped), "{moped}");
    // On foot at 5 km/h, 2,052.3 m to the bend and as much again: 2,955.4 s.
    let walk = seconds(&network(&drawing, &shipped(Mode::Walk)), pont, moulin).expect("a way");
    assert!((2_950..=2_960).contains(&walk), "{walk}");
    // By bicycle at 18 km/h on the road: 820.9 s.
    let bike = seconds(&network(&drawing, &shipped(Mode::Bike)), pont, moulin).expect("a way");
    assert!((818..=824).contains(&bike), "{bike}");
}

#[test]
fn doors_join_the_nearest_segment_and_never_a_road_nobody_lives_at() {
    let drawing = valley_roads::valley();
    let car = network(&drawing, &shipped(Mode::Car));
    // Beside the motorroad, 300 m of it, and 1,400 m of the village road.
    let place = car.place(at(0.2675, 47.06)).expect("a road");
    assert!(place.is_far() && place.off_road().get() > 600, "{place:?}");
    // On the road between two points, not at one of them.
    let near = car.place(at(0.253, 47.009)).expect("a road");
    assert!(near.off_road().get() < 40 && !near.is_far(), "{near:?}");
    // Far from everything.
    assert_eq!(car.place(at(0.30, 47.1)), None);
}

/// A grid of two-way streets with random lengths, and one more street or one fewer.
fn grid(side: i64, jitter: &[u16], skip: Option<usize>, tags: &[Tag]) -> Drawing {
    let id = |x: i64, y: i64| 1 + y * side + x;
    let mut drawing = Drawing::default();
    for y in 0..side {
        for x in 0..side {
            let move_by = |k: i64| f64::from(jitter[((y * side + x) * 2 + k) as usize % jitter.len()]) * 1e-7;
            drawing =
                drawing.node(id(x, y), x as f64 * 0.004 + move_by(0), 47.0 + y as f64 * 0.003 + move_by(1));
        }
    }
    let mut pairs = Vec::new();
    for y in 0..side {
        for x in 0..side {
            if x + 1 < side {
                pairs.push([id(x, y), id(x + 1, y)]);
            }
            if y + 1 < side {
                pairs.push([id(x, y), id(x, y + 1)]);
            }
        }
    }
    for (number, pair) in pairs.iter().enumerate().filter(|(number, _)| Some(*number) != skip) {
        drawing = drawing.way(number as i64 + 1, pair, tags);
    }
    drawing
}

fn flat() -> Profile {
    let text = fs::read_to_string(root().join("benches/peers/road/flat.toml")).expect("flat.toml");
    Profile::parse(&text, "flat.toml").expect("a profile")
}

/// Milliseconds between the corners of a grid, which stay where they are.
fn matrix(network: &RoadNetwork, drawing: &Drawing) -> Vec<Vec<Option<u32>>> {
    let places: Vec<Option<RoadPlace>> =
        drawing.nodes.iter().map(|node| network.place(at(node.1, node.2))).collect();
    let table = network.table(&places, &places, Way::To, None, &Control::none()).expect("not cancelled");
    let ms = |trip| match trip {
        RoadTrip::Time(time) => Some(time.get()),
        _ => None,
    };
    (0..places.len()).map(|to| (0..places.len()).map(|from| ms(table.trip(from, to))).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn without_one_ways_times_are_a_metric(jitter in prop::collection::vec(0_u16..9_000, 32)) {
        let drawing = grid(4, &jitter, None, &[("highway", "residential")]);
        let times = matrix(&network(&drawing, &flat()), &drawing);
        let n = times.len();
        for a in 0..n {
            prop_assert_eq!(times[a][a], Some(0));
            for b in 0..n {
                prop_assert_eq!(times[a][b], times[b][a]);
                for c in 0..n {
                    prop_assert!(times[a][c] <= times[a][b].zip(times[b][c]).map(|(x, y)| x + y));
                }
            }
        }
    }

    #[test]
    fn a_street_more_never_lengthens_and_one_fewer_never_shortens(
        jitter in prop::collection::vec(0_u16..9_000, 32),
        street in 0_usize..24,
    ) {
        let (whole, part) = (
            grid(4, &jitter, None, &[("highway", "residential")]),
            grid(4, &jitter, Some(street), &[("highway", "residential")]),
        );
        let with = matrix(&network(&whole, &flat()), &whole);
        let without = matrix(&network(&part, &flat()), &part);
        for (more, fewer) in with.iter().flatten().zip(without.iter().flatten()) {
            prop_assert!(more.unwrap_or(u32::MAX) <= fewer.unwrap_or(u32::MAX));
        }
    }
}

fn times(dir: &Path, more: &[&str]) -> (String, String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_maillage"))
        .arg("times")
        .args(if more.contains(&"--roads") { Vec::new() } else { vec!["--roads".into(), file()] })
        .arg("--homes")
        .arg(dir.join("homes.csv"))
        .arg("--sites")
        .arg(dir.join("sites.csv"))
        .args(more)
        .output()
        .expect("the command runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr), output.status.code())
}

fn doors() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let homes = "id,lon,lat\nmoulin,0.25,47.036\nhaut,0.25,47.18\nlost,0.5,47.5\n";
    fs::write(dir.path().join("homes.csv"), homes).expect("written");
    fs::write(dir.path().join("sites.csv"), "id;lon;lat\npont;0,25;47,0\n").expect("written");
    dir
}

#[test]
fn the_command_prints_rows_and_totals() {
    let dir = doors();
    let (rows, _, code) = times(dir.path(), &["--mode", "car", "--csv"]);
    assert_eq!(code, Some(0));
    let lines: Vec<&str> = rows.lines().collect();
    assert_eq!(lines[0], "home,site,to_s,from_s");
    assert_eq!(lines.len(), 4);
    assert!(lines[1].starts_with("moulin,pont,23"), "{rows}");
    assert_eq!(lines[3], "lost,pont,,");
    let (json, _, code) = times(dir.path(), &["--mode", "foot", "--json", "--limit", "60"]);
    assert_eq!(code, Some(0));
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&json["homes"], &json["sites"], &json["unsnapped"]), (&3.into(), &1.into(), &1.into()));
    assert_eq!(json["unreachable"], 2);
    assert_eq!(json["rows"][1]["to_s"], serde_json::Value::Null);
    let to = json["rows"][0]["to_s"].as_f64().expect("seconds");
    assert!((to - json["checksum"].as_f64().expect("a sum")).abs() <= 1.0);
    for figure in ["build_s", "table_s", "nodes", "edges"] {
        assert!(json[figure].is_number(), "{figure}");
    }
}

#[test]
fn the_command_tells_what_its_times_rest_on() {
    let dir = doors();
    // 1,112 m without a limit and as much with one; 760 m more, to the second home, with one that nobody knows.
    let drawing = Drawing::default()
        .node(1, 0.25, 47.0)
        .node(2, 0.25, 47.01)
        .node(3, 0.25, 47.02)
        .node(4, 0.27, 47.02)
        .way(1, &[1, 2], &[("highway", "residential")])
        .way(2, &[2, 3], &[("highway", "residential"), ("maxspeed", "50")])
        .way(3, &[3, 4], &[("highway", "residential"), ("maxspeed", "brisk")]);
    fs::write(dir.path().join("a.osm.pbf"), drawing.bytes()).expect("written");
    fs::write(dir.path().join("homes.csv"), "id,lon,lat\n=1+1,0.25,47.02\nafar,0.26,47.03\n")
        .expect("written");
    fs::write(dir.path().join("sites.csv"), "id,lon,lat\n@pont,0.25,47.0\n").expect("written");
    let roads = dir.path().join("a.osm.pbf");
    let run =
        |more: &[&str]| times(dir.path(), &[&["--roads", roads.to_str().expect("UTF-8")], more].concat());
    let (rows, said, code) = run(&["--mode", "car", "--limit", "30", "--lang", "en"]);
    assert_eq!(code, Some(0), "{said}");
    // No cell begins a formula.
    assert!(rows.lines().nth(1).is_some_and(|line| line.starts_with("'=1+1,'@pont,")), "{rows}");
    for told in ["M506", "M507", "M509", "maxspeed=brisk (1)", "M510", "57% of the length"] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let (json, _, _) = run(&["--mode", "car", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["unknown"][0], serde_json::json!({ "key": "maxspeed", "value": "brisk", "count": 1 }));
    let share = json["untagged_share"].as_f64().expect("a share");
    assert!((share - 0.573).abs() < 0.005, "{share}");
    // Who walks has no limit to look at.
    let (json, said, _) = run(&["--mode", "foot", "--json"]);
    assert!(!said.contains("M510") && json.contains("\"untagged_share\":null"), "{said}");
}

#[test]
fn what_is_no_road_file_is_said_in_the_reader_s_language() {
    let dir = doors();
    fs::write(dir.path().join("cut.osm.pbf"), &fs::read(file()).expect("the file")[..300]).expect("written");
    let roads = dir.path().join("cut.osm.pbf");
    for (lang, told) in [("fr", "un fichier entier : il est coupé"), ("en", "a whole file: it is cut")] {
        let more = ["--roads", roads.to_str().expect("UTF-8"), "--mode", "car", "--lang", lang];
        let (_, said, code) = times(dir.path(), &more);
        assert!(code == Some(1) && said.contains("M501") && said.contains(told), "{said}");
    }
}

#[test]
fn the_command_says_what_is_wrong() {
    let dir = doors();
    assert_eq!(times(dir.path(), &["--mode", "rocket"]).2, Some(2));
    fs::write(dir.path().join("bad.toml"), "name = \"bad\"\nspeed = 3\n").expect("written");
    let bad = dir.path().join("bad.toml");
    let (_, said, code) = times(dir.path(), &["--mode", "car", "--profile", bad.to_str().expect("UTF-8")]);
    assert_eq!(code, Some(1));
    assert!(said.contains("M502") && said.contains("speed"), "{said}");
    fs::write(dir.path().join("homes.csv"), "id,lon,lat\na,0.25,47\na,0.25,91\n").expect("written");
    let (_, said, code) = times(dir.path(), &["--mode", "car"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("M201") && said.contains("M103"), "{said}");
}

#[test]
fn a_territory_with_a_road_file_plans_by_road() {
    let dir = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(root().join("data/valley")).expect("the valley").flatten() {
        if entry.path().is_file() {
            fs::copy(entry.path(), dir.path().join(entry.file_name())).expect("copied");
        }
    }
    fs::copy(file(), dir.path().join("valley.osm.pbf")).expect("copied");
    // One beside the road, one beyond all roads.
    let places = dir.path().join("places.csv");
    let more =
        fs::read_to_string(&places).expect("places") + "ecart,,37902,0.262,47.09\nloin,,37905,0.6,47.5\n";
    fs::write(&places, more).expect("written");
    let opened = read::territory(dir.path(), &Control::none()).expect("a territory");
    assert!(opened.files.iter().any(|file| file.name == "valley.osm.pbf" && !file.personal));
    let mut study =
        maillage::study::Study::new(opened.territory.clone(), opened.providers(), &Control::none())
            .expect("times");
    let assumptions = study.times().assumptions();
    assert!(
        assumptions.iter().any(|a| a.id == "roads" && a.text.en.contains("OpenStreetMap")),
        "{assumptions:?}"
    );
    // Nobody travels in a straight line any more.
    assert!(!assumptions.iter().any(|a| a.id == "detour" || a.id.starts_with("speed_")), "{assumptions:?}");
    let codes: Vec<&str> = opened.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert!(["M505", "M506", "M507"].iter().all(|code| codes.contains(code)), "{codes:?}");
    let plan = study.plan(&maillage::groups::Limits::default(), &Control::none()).expect("a plan");
    let maillage::study::Outcome::Plan(plan) = plan else { panic!("no plan") };
    plan.check(study.territory(), study.times()).expect("verified");
    // An edit of a site asks one search a direction and mode, and answers as a study built afresh.
    let site = opened.territory.sites().iter().next().expect("a site").1.key.clone();
    let edit = maillage::territory::Edit::RemoveSite(site);
    if study.apply(&[edit], &Control::none()).is_ok() {
        let fresh =
            maillage::study::Study::new(study.territory().clone(), opened.providers(), &Control::none())
                .expect("times");
        let cells = |study: &maillage::study::Study| {
            study.times().columns().map(|column| (column.key, column.cells.clone())).collect::<Vec<_>>()
        };
        assert_eq!(cells(&study), cells(&fresh));
    }
}
