//! Roads by size, and what closing one costs: `cargo bench --bench roads`. Drawn country at 1×, 4× and 16×, and the real
//! extracts that `MAILLAGE_ROADS`, or the folder beside the project, holds (`benches/peers/road/tile.py` tiles one). One
//! thread; seconds are medians of three.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench prints, and fails by panicking")]

#[path = "common/draw.rs"]
mod draw;
#[path = "../tests/common/pbf.rs"]
mod pbf;

use draw::Draw;
use maillage::Control;
use maillage::territory::{Mode, RoadChanges, RoadId, Way};
use maillage::travel::{LiveTable, Profile, RoadMap, RoadNetwork, RoadPlace};
use maillage::units::{Position, Seconds};
use pbf::Drawing;
use std::hint::black_box;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// Homes and sites of the tables, and of the large one.
const HOMES: usize = 20_000;
const SITES: usize = 20;
const MANY: [usize; 2] = [200_000, 50];

fn main() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    pool.install(|| {
        let bandwidth = bandwidth();
        println!("memory is read at {:.1} GB/s", bandwidth * 1e-9);
        println!(
            "network | profile | file to network | places of {HOMES} | table {HOMES} x {SITES} | ns a step"
        );
        for side in [90, 180, 360] {
            let bytes = country(side).bytes();
            measure(&format!("drawn, {side} x {side}"), &bytes, bandwidth);
        }
        let files = extracts();
        if files.is_empty() {
            println!("real extracts: skipped: no data");
        }
        for file in files {
            let bytes = std::fs::read(&file).expect("the file");
            measure(&file.file_name().expect("a name").to_string_lossy(), &bytes, bandwidth);
        }
    });
}

fn extracts() -> Vec<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/roads");
    let dir = std::env::var_os("MAILLAGE_ROADS").map_or_else(beside, PathBuf::from);
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.to_string_lossy().ends_with(".osm.pbf")).collect();
    files.sort();
    files
}

/// A grid of roads that bend, some of them missing or one-way.
fn country(side: i64) -> Drawing {
    let mut draw = Draw(1);
    let mut drawing = Drawing::default();
    let id = |x: i64, y: i64| 1 + y * side + x;
    let spot = |x: f64, y: f64| (x * 2.7e-3, 46.0 + y * 1.9e-3);
    for y in 0..side {
        for x in 0..side {
            let (lon, lat) = spot(x as f64 + draw.share() * 0.4, y as f64 + draw.share() * 0.4);
            drawing.nodes.push((id(x, y), lon, lat, Vec::new()));
        }
    }
    let mut next = side * side;
    for y in 0..side {
        for x in 0..side {
            for (dx, dy) in [(1, 0), (0, 1)] {
                if x + dx == side || y + dy == side || draw.index(5) == 0 {
                    continue;
                }
                let mut nodes = vec![id(x, y)];
                for bend in 1..4 {
                    next += 1;
                    let along = f64::from(bend) / 4.0;
                    let (lon, lat) = spot(
                        x as f64 + dx as f64 * along + draw.share() * 0.2,
                        y as f64 + dy as f64 * along + 0.2,
                    );
                    drawing.nodes.push((next, lon, lat, Vec::new()));
                    nodes.push(next);
                }
                nodes.push(id(x + dx, y + dy));
                let tags: &[pbf::Tag] = match draw.index(12) {
                    0 => &[("highway", "residential"), ("oneway", "yes")],
                    1 | 2 => &[("highway", "secondary"), ("maxspeed", "80")],
                    3..=5 => &[("highway", "tertiary")],
                    _ => &[("highway", "unclassified")],
                };
                drawing.ways.push((next, nodes, tags.to_vec()));
            }
        }
    }
    drawing
}

fn measure(name: &str, bytes: &[u8], bandwidth: f64) {
    let flat = include_str!("peers/road/flat.toml");
    for profile in [Profile::parse(flat, "flat.toml").ok(), Profile::shipped(Mode::Car)].into_iter().flatten()
    {
        let profiles = std::slice::from_ref(&profile);
        let open = || {
            let map = RoadMap::read(Cursor::new(bytes), name, profiles, &Control::none()).expect("a map");
            Arc::new(RoadNetwork::new(&Arc::new(map), &profile))
        };
        let (build, network) = median(open);
        let map = RoadMap::read(Cursor::new(bytes), name, profiles, &Control::none()).expect("a map");
        let [homes, sites] = [HOMES, SITES].map(|count| positions(&network, &map, count));
        let (snap, places) = median(|| network.places(&homes, &Control::none()).expect("not cancelled"));
        let site_places = network.places(&sites, &Control::none()).expect("not cancelled");
        let ask =
            || network.table(&places, &site_places, Way::To, None, &Control::none()).expect("not cancelled");
        let (table, _) = median(ask);
        // A table of one home is the searches alone.
        let (search, _) = median(|| {
            network.table(&places[..1], &site_places, Way::To, None, &Control::none()).expect("not cancelled")
        });
        let a_step = search * 1e9 / (SITES * network.steps(Way::To)) as f64;
        println!(
            "{name}: {} junctions, {} edges, {} steps | {} | {:.1} ms | {:.1} ms | {:.1} ms | {a_step:.1}",
            network.junctions(),
            network.edges(),
            network.steps(Way::To),
            profile.name(),
            build * 1e3,
            snap * 1e3,
            table * 1e3,
        );
        let streamed = network.bytes(Way::To) as f64 / bandwidth;
        println!(
            "    a search takes {:.2} ms, {:.1} times what reading its arrays once would; {} homes x {} sites with snapping: {:.3} s",
            search * 1e3 / SITES as f64,
            search / SITES as f64 / streamed,
            MANY[0],
            MANY[1],
            many(&network, &map),
        );
        closings(&network, &map, &places, &site_places, build);
    }
}

/// 200 roads closed, one after the other, beside building the network and the table again.
fn closings(
    network: &Arc<RoadNetwork>,
    map: &RoadMap,
    homes: &[Option<RoadPlace>],
    sites: &[Option<RoadPlace>],
    build: f64,
) {
    let homes: Arc<[Option<RoadPlace>]> = homes.into();
    let horizon = Seconds::from_minutes(90);
    let (fill, table) = median(|| {
        let mut table = LiveTable::new(network, Arc::clone(&homes), Way::To, horizon);
        table.add(sites, &Control::none()).expect("not cancelled");
        table
    });
    let roads: Vec<RoadId> = map.roads().collect();
    let mut draw = Draw(7);
    let mut took = Vec::new();
    let mut searches = 0;
    for _ in 0..200 {
        let mut table = table.clone();
        let before = table.searches();
        let closed = [roads[draw.index(roads.len())]].into();
        let start = Instant::now();
        table
            .change(&RoadChanges { closed, ..RoadChanges::default() }, &Control::none())
            .expect("not cancelled");
        took.push(start.elapsed().as_secs_f64());
        searches += table.searches() - before;
    }
    took.sort_by(f64::total_cmp);
    let middle = took[took.len() / 2];
    println!(
        "    a closed road: {:.2} ms (median of 200), {:.1} sites of {SITES} searched again; {:.0} times cheaper than \
         building anew ({:.1} ms), {:.1} times than the table alone",
        middle * 1e3,
        searches as f64 / 200.0,
        (build + fill) / middle,
        (build + fill) * 1e3,
        fill / middle,
    );
}

/// Seconds for the large table, homes to sites, with snapping.
fn many(network: &RoadNetwork, map: &RoadMap) -> f64 {
    let [homes, sites] = MANY.map(|count| positions(network, map, count));
    let (took, _) = median(|| {
        let [homes, sites] =
            [&homes, &sites].map(|doors| network.places(doors, &Control::none()).expect("not cancelled"));
        network.table(&homes, &sites, Way::To, None, &Control::none()).expect("not cancelled")
    });
    took
}

/// Positions within some 200 m of a road: around a few that are within 100 m.
fn positions(network: &RoadNetwork, map: &RoadMap, count: usize) -> Vec<Position> {
    let [west, south, east, north] = map.frame();
    let mut draw = Draw(3);
    let at = |a: f64, b: f64, share: f64| a + (b - a) * share;
    let anywhere =
        std::iter::from_fn(|| Position::new(at(west, east, draw.share()), at(south, north, draw.share())));
    let near =
        |position: &Position| network.place(*position).is_some_and(|place| place.off_road().get() <= 100);
    let few: Vec<Position> = anywhere.filter(near).take(count.min(2_000)).collect();
    let mut draw = Draw(5);
    let off = |draw: &mut Draw| at(-0.0009, 0.0009, draw.share());
    let around = (0..count).map(|i| few[i % few.len()]);
    around.filter_map(|p| Position::new(p.lon() + off(&mut draw), p.lat() + off(&mut draw))).collect()
}

/// Bytes a second that one core reads of what is far larger than its caches.
fn bandwidth() -> f64 {
    let list: Vec<u64> = (0..1 << 25).collect();
    let (took, _) = median(|| black_box(black_box(&list).iter().fold(0, |sum: u64, &number| sum ^ number)));
    (list.len() * size_of::<u64>()) as f64 / took
}

fn median<T>(mut work: impl FnMut() -> T) -> (f64, T) {
    let mut took = Vec::new();
    let mut last = None;
    for _ in 0..3 {
        let start = Instant::now();
        last = Some(work());
        took.push(start.elapsed().as_secs_f64());
    }
    took.sort_by(f64::total_cmp);
    (took[1], last.expect("done three times"))
}
