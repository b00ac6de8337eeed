//! A plain Dijkstra on raw segments, slow and obviously right, that the network must agree with
//! to the millisecond. It shares the map, the rules of tags and where doors are, and nothing else:
//! no contraction, no split junctions, no buckets, no packed records.

use super::live::LiveTable;
use super::map::{Restriction, RoadMap};
use super::network::{Place, RoadNetwork};
use super::profile::{Pace, Passing, Profile};
use super::repair::Repair;
use super::search::{Label, NO_LIMIT, Search};
use super::table::RoadTrip;
use crate::control::Control;
use crate::error::Error;
use crate::territory::{Mode, RoadChanges, RoadId, Way};
use crate::travel::draw::Draw;
use crate::units::{Position, Seconds};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Arc;

#[path = "../../../tests/common/pbf.rs"]
mod pbf;
use pbf::Drawing;

/// A segment in the one direction; number `s ^ 1` is the other one of the same two points.
struct Segment {
    from: u32,
    to: u32,
    /// `None` when it is closed that way.
    ms: Option<u32>,
    way: i64,
}

struct Oracle<'a> {
    map: &'a RoadMap,
    profile: &'a Profile,
    segments: Vec<Segment>,
    out: HashMap<u32, Vec<usize>>,
    closed: HashSet<u32>,
    /// Segments of roads that an edit closes, and how much slower an edit makes each.
    shut: HashSet<usize>,
    /// By reference: the number of the segment that starts there.
    at_ref: HashMap<usize, usize>,
}

impl<'a> Oracle<'a> {
    fn new(map: &'a RoadMap, profile: &'a Profile) -> Self {
        let mut oracle = Self {
            map,
            profile,
            segments: Vec::new(),
            out: HashMap::new(),
            closed: HashSet::new(),
            shut: HashSet::new(),
            at_ref: HashMap::new(),
        };
        let mut lost: HashMap<u32, u32> = HashMap::new();
        for &(point, tags) in &map.marks {
            match profile.node(&map.tags.get(tags), &mut Vec::new()) {
                Passing::Closed => _ = oracle.closed.insert(point),
                Passing::After(seconds) => _ = lost.insert(point, (seconds * 1000.0).round() as u32),
            }
        }
        for way in 0..map.ways.len() {
            let Some(road) = profile.road(&map.tags_of(way), &mut Vec::new()) else { continue };
            let refs = map.refs_of(way);
            let whole: f64 = map.lengths[refs.clone()].iter().map(|&mm| f64::from(mm)).sum();
            for at in refs.start..refs.end - 1 {
                let mm = f64::from(map.lengths[at]);
                let ms = |pace: Option<Pace>| {
                    let ms = match pace? {
                        Pace::Kmh(kmh) => mm * (3.6 / kmh),
                        Pace::Whole(seconds) => mm * (seconds * 1000.0 / whole.max(1.0)),
                    };
                    Some((ms.round() as u32).max(1))
                };
                let (a, b, id) = (map.refs[at], map.refs[at + 1], map.ways[way].id);
                oracle.at_ref.insert(at, oracle.segments.len());
                oracle.segments.push(Segment { from: a, to: b, ms: ms(road.forward), way: id });
                oracle.segments.push(Segment { from: b, to: a, ms: ms(road.backward), way: id });
            }
        }
        for (number, segment) in oracle.segments.iter().enumerate() {
            oracle.out.entry(segment.from).or_default().push(number);
        }
        let junction = (profile.turns.junction * 1000.0).round() as u32;
        for segment in &mut oracle.segments {
            let arms = oracle.out[&segment.to].len();
            let delay = lost.get(&segment.to).unwrap_or(&0) + if arms > 2 { junction } else { 0 };
            segment.ms = segment.ms.map(|ms| ms + delay);
        }
        oracle
    }

    /// The same with roads closed and slower; what turns are allowed stays.
    fn change(&mut self, changes: &RoadChanges) {
        let way = |id: i64| self.map.ways.iter().position(|way| way.id == id).expect("a road");
        for number in 0..self.segments.len() {
            let id = self.segments[number].way;
            if changes.closed.contains(&RoadId::new(id)) {
                self.shut.insert(number);
            }
            let class = self.map.tags_of(way(id)).get("highway").unwrap_or_default();
            if let Some(&percent) = changes.slowed.get(class) {
                let slower = |ms: u32| ((f64::from(ms) * f64::from(percent) / 100.0) + 1e-9).round() as u32;
                self.segments[number].ms = self.segments[number].ms.map(slower);
            }
        }
    }

    fn obeys(&self, r: &Restriction) -> bool {
        let Some(vehicles) = &self.profile.turns.restrictions else { return false };
        r.vehicle.as_ref().is_none_or(|v| vehicles.contains(v))
            && !r.except.iter().any(|v| vehicles.contains(v))
    }

    /// What turning from segment `r` into `s` costs.
    fn turn(&self, r: usize, s: usize) -> Option<u32> {
        let turns = &self.profile.turns;
        let (point, back) = (self.segments[r].to, s == r ^ 1);
        let u_turn = (turns.u_turn * 1000.0).round() as u32;
        if self.closed.contains(&point) {
            return back.then_some(u_turn);
        }
        let out = &self.out[&point];
        let open = |s: usize| self.segments[s].ms.is_some();
        let (from, to) = (self.segments[r].way, self.segments[s].way);
        for rule in self.map.restrictions.iter().filter(|rule| rule.via == point && self.obeys(rule)) {
            if !rule.from.contains(&from) {
                continue;
            }
            let named = rule.to.contains(&to);
            if rule.only && !named && out.iter().any(|&s| open(s) && rule.to.contains(&self.segments[s].way))
            {
                return None;
            }
            if !rule.only && named && (from != to || back) {
                return None;
            }
        }
        if back {
            let goes_on = out.len() == 2 && out.iter().any(|&other| other != s && open(other));
            return (!goes_on).then_some(u_turn);
        }
        if out.len() <= 2 || (turns.penalty == 0.0 && turns.u_turn == 0.0) {
            return Some(0);
        }
        let mut angle = i32::from(self.bearing(s)) - i32::from(self.bearing(r ^ 1)) + 180;
        while angle >= 180 {
            angle -= 360;
        }
        while angle < -180 {
            angle += 360;
        }
        let degrees = f64::from(angle);
        let exponent = if angle >= 0 {
            -(13.0 / turns.bias * (degrees / 180.0) - 6.5 * turns.bias)
        } else {
            -(13.0 * turns.bias * (-degrees / 180.0) - 6.5 / turns.bias)
        };
        Some((turns.penalty * 1000.0 / (1.0 + exponent.exp())).round() as u32)
    }

    fn bearing(&self, s: usize) -> i16 {
        let [a, b] = [self.segments[s].from, self.segments[s].to].map(|p| self.map.points[p as usize]);
        super::turns::bearing([a.lon, a.lat], [b.lon, b.lat])
    }

    /// The segment of a place, and how many milliseconds it is along it and back.
    fn place(&self, network: &RoadNetwork, place: &Place) -> (usize, [u32; 2]) {
        let [a, b] = [0, 1].map(|i| network.chains.shape[place.index as usize + i]);
        let way = network.chains.way_at(place.index as usize);
        let refs = self.map.refs_of(way);
        let found = refs.clone().take(refs.len() - 1).find_map(|at| {
            let (c, d) = (self.map.refs[at], self.map.refs[at + 1]);
            let segment = self.at_ref[&at];
            if (c, d) == (a, b) { Some(segment) } else { ((c, d) == (b, a)).then_some(segment + 1) }
        });
        let segment = found.expect("a segment of the road");
        let part = |ms: Option<u32>| (f64::from(ms.unwrap_or(0)) * place.share).round() as u32;
        (segment, [part(self.segments[segment].ms), part(self.segments[segment ^ 1].ms)])
    }

    /// Milliseconds from one place to each of others, doors counted.
    fn times(&self, network: &RoadNetwork, from: &Place, to: &[Place]) -> Vec<Option<u64>> {
        const NEVER: u64 = u64::MAX;
        // When a segment is entered at its start, and when it is left at its end.
        let (mut enter, mut end) = (vec![NEVER; self.segments.len()], vec![NEVER; self.segments.len()]);
        let mut heap = BinaryHeap::new();
        let (start, [along, back]) = self.place(network, from);
        if let Some(ms) = self.segments[start].ms.filter(|_| !self.shut.contains(&start)) {
            heap.push((Reverse(u64::from(ms - along)), start, false));
        }
        if self.segments[start ^ 1].ms.is_some() && !self.shut.contains(&start) {
            heap.push((Reverse(u64::from(back)), start ^ 1, false));
        }
        while let Some((Reverse(at), s, whole)) = heap.pop() {
            let ms = u64::from(self.segments[s].ms.expect("open"));
            if whole {
                enter[s] = enter[s].min(at - ms);
            }
            if at >= end[s] {
                continue;
            }
            end[s] = at;
            for &next in &self.out[&self.segments[s].to] {
                let (Some(ms), Some(turn)) = (self.segments[next].ms, self.turn(s, next)) else { continue };
                if self.shut.contains(&next) {
                    continue;
                }
                let then = at + u64::from(turn) + u64::from(ms);
                if then < end[next] || enter[next] == NEVER {
                    heap.push((Reverse(then), next, true));
                    // What is entered later than now has been entered for good only when it is taken.
                }
            }
        }
        let arrive = |place: &Place| {
            let (s, [ahead, behind]) = self.place(network, place);
            if self.shut.contains(&s) {
                return None;
            }
            let by = |s: usize, part: u32| (enter[s] != NEVER).then(|| enter[s] + u64::from(part));
            let open = |s: usize| s ^ start < 2 && self.segments[s].ms.is_some();
            let (on, here) = (from.along(), place.along());
            let ways = [
                by(s, ahead),
                self.segments[s ^ 1].ms.and_then(|ms| by(s ^ 1, ms - behind)),
                (open(s) && s == start && here >= on).then(|| u64::from(ahead - along)),
                (open(s ^ 1) && s == start && here <= on).then(|| u64::from(back - behind)),
            ];
            let best = ways.into_iter().flatten().min()?;
            Some(best + u64::from(place.off_ms) + u64::from(from.off_ms))
        };
        to.iter().map(arrive).collect()
    }
}

fn doors(map: &RoadMap, network: &RoadNetwork, count: usize, draw: &mut Draw) -> Vec<Place> {
    let mut places = Vec::new();
    for _ in 0..20 * count {
        let [lon, lat] = map.points[draw.index(map.points.len())].degrees();
        let jitter = |draw: &mut Draw| (draw.index(2001) as f64 - 1000.0) * 1e-6;
        let at = Position::new(lon + jitter(draw), lat + jitter(draw)).expect("on earth");
        places.extend(network.place(at));
        if places.len() == count {
            break;
        }
    }
    places
}

/// Compares the network with the oracle: from few to many, and from many to few.
fn agree(map: &Arc<RoadMap>, profile: &Profile, few: usize, many: usize, seed: u64) -> usize {
    let network = RoadNetwork::new(map, profile);
    let oracle = Oracle::new(map, profile);
    let mut draw = Draw(seed);
    let sites = doors(map, &network, few, &mut draw);
    let homes = doors(map, &network, many, &mut draw);
    let control = Control::none();
    let told = |places: &[Place]| places.iter().copied().map(Some).collect::<Vec<_>>();
    let table =
        |way| network.table(&told(&homes), &told(&sites), way, None, &control).expect("not cancelled");
    let mut compared = 0;
    let mut check = |trip: RoadTrip, right: Option<u64>, what: &str| {
        let ours = match trip {
            RoadTrip::Time(time) => Some(u64::from(time.get())),
            RoadTrip::NoLink => None,
            other => panic!("{}: {other:?} {what}", profile.name()),
        };
        assert_eq!(ours, right, "{}: {what}", profile.name());
        compared += usize::from(right.is_some());
    };
    let back = table(Way::Back);
    for (site, place) in sites.iter().enumerate() {
        for (home, right) in oracle.times(&network, place, &homes).into_iter().enumerate() {
            check(back.trip(home, site), right, &format!("from {place:?} to {:?}", homes[home]));
        }
    }
    let to = table(Way::To);
    for (home, place) in homes.iter().enumerate().take(few) {
        for (site, right) in oracle.times(&network, place, &sites).into_iter().enumerate() {
            check(to.trip(home, site), right, &format!("from {place:?} to {:?}", sites[site]));
        }
    }
    compared
}

fn profiles() -> Vec<Profile> {
    let flat = include_str!("../../../benches/peers/road/flat.toml");
    let shipped = Profile::modes().filter_map(Profile::shipped);
    shipped.chain([Profile::parse(flat, "flat.toml").expect("a profile")]).collect()
}

fn read(bytes: Vec<u8>, profiles: &[Profile]) -> Arc<RoadMap> {
    Arc::new(RoadMap::read(Cursor::new(bytes), "drawn", profiles, &Control::none()).expect("a map"))
}

/// A grid of streets of many kinds, with all that can make a turn or a way back differ.
fn town(seed: u64) -> Drawing {
    const SIDE: i64 = 9;
    let mut draw = Draw(seed);
    let mut drawing = Drawing::default();
    let id = |x: i64, y: i64| 1 + y * SIDE + x;
    for y in 0..SIDE {
        for x in 0..SIDE {
            let jitter = |draw: &mut Draw| draw.index(1000) as f64 * 1e-6;
            let (lon, lat) =
                (x as f64 * 3e-3 + jitter(&mut draw), 47.0 + y as f64 * 2e-3 + jitter(&mut draw));
            let tags: &[pbf::Tag] = match draw.index(24) {
                0 => &[("highway", "traffic_signals")],
                1 => &[("barrier", "gate")],
                2 => &[("barrier", "bollard")],
                3 => &[("barrier", "fence")],
                _ => &[],
            };
            drawing = drawing.marked(id(x, y), lon, lat, tags);
        }
    }
    const KINDS: [&[pbf::Tag]; 9] = [
        &[("highway", "residential")],
        &[("highway", "residential"), ("oneway", "yes")],
        &[("highway", "tertiary"), ("maxspeed", "50")],
        &[("highway", "unclassified"), ("oneway", "-1")],
        &[("highway", "track"), ("tracktype", "grade3"), ("motor_vehicle", "yes")],
        &[("highway", "residential"), ("oneway", "yes"), ("oneway:bicycle", "no")],
        &[("highway", "footway")],
        &[("highway", "secondary"), ("maxspeed:forward", "70"), ("maxspeed", "50")],
        &[("route", "ferry"), ("duration", "00:10")],
    ];
    let mut way = 0;
    let mut street = |drawing: &mut Drawing, draw: &mut Draw, nodes: Vec<i64>| {
        way += 1;
        drawing.ways.push((way, nodes, KINDS[draw.index(KINDS.len())].to_vec()));
    };
    for line in 0..SIDE {
        let (mut along, mut across) = (vec![id(0, line)], vec![id(line, 0)]);
        for step in 1..SIDE {
            for (nodes, next) in [(&mut along, id(step, line)), (&mut across, id(line, step))] {
                nodes.push(next);
                if draw.index(3) == 0 || step == SIDE - 1 {
                    let done = std::mem::replace(nodes, vec![next]);
                    // Some streets are missing: what is left between is a chain to contract.
                    if draw.index(5) > 0 {
                        street(&mut drawing, &mut draw, done);
                    }
                }
            }
        }
    }
    for _ in 0..40 {
        let kind = ["no_left_turn", "no_straight_on", "only_right_turn", "no_u_turn"][draw.index(4)];
        let via = 1 + draw.index((SIDE * SIDE) as usize) as i64;
        let at: Vec<i64> = drawing.ways.iter().filter(|w| w.1.contains(&via)).map(|w| w.0).collect();
        if at.len() > 1 {
            let (from, to) = (at[draw.index(at.len())], at[draw.index(at.len())]);
            let except: &[pbf::Tag] = if draw.index(4) == 0 { &[("except", "bicycle")] } else { &[] };
            drawing = drawing.restriction(kind, [from, via, to], except);
        }
    }
    drawing
}

#[test]
fn the_network_agrees_with_plain_dijkstra_on_drawn_towns() {
    let profiles = profiles();
    let mut compared = 0;
    for seed in 0..40 {
        let map = read(town(seed).bytes(), &profiles);
        for profile in &profiles {
            compared += agree(&map, profile, 6, 40, seed);
        }
    }
    assert!(compared > 20_000, "{compared}");
}

/// Where real extracts are, if they are anywhere.
fn extracts() -> Vec<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/roads");
    let dir = std::env::var_os("MAILLAGE_ROADS").map_or_else(beside, PathBuf::from);
    let files = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.to_string_lossy().ends_with(".osm.pbf")).collect();
    files.sort();
    files
}

#[test]
fn the_network_agrees_with_plain_dijkstra_on_real_extracts() {
    let (files, profiles) = (extracts(), profiles());
    if files.is_empty() {
        println!("skipped: no data");
    }
    for file in files {
        let map = Arc::new(RoadMap::open(&file, &profiles, &Control::none()).expect("a map"));
        for profile in &profiles {
            assert!(agree(&map, profile, 4, 400, 20_261_122) > 400, "{}: {}", file.display(), profile.name());
        }
    }
}

#[test]
fn beyond_the_limit_is_not_without_a_link() {
    let profiles = profiles();
    let map = read(town(3).bytes(), &profiles);
    for profile in &profiles {
        let network = RoadNetwork::new(&map, profile);
        let places = doors(&map, &network, 60, &mut Draw(5));
        let places: Vec<Option<Place>> = places.into_iter().map(Some).chain([None]).collect();
        for way in Way::BOTH {
            let table =
                |limit| network.table(&places, &places, way, limit, &Control::none()).expect("not cancelled");
            let (all, near) = (table(None), table(Some(Seconds::new(120))));
            for (home, site) in (0..61).flat_map(|home| (0..61).map(move |site| (home, site))) {
                let expected = match all.trip(home, site) {
                    RoadTrip::Time(time) if time.get() > 120_000 => RoadTrip::BeyondLimit,
                    same => same,
                };
                assert_eq!(near.trip(home, site), expected, "{} {way:?} {home} {site}", profile.name());
            }
        }
    }
    assert!(Profile::shipped(Mode::Car).is_some());
}

#[test]
fn a_path_takes_what_the_table_says_and_an_isochrone_holds_whom_it_reaches() {
    use geo::{Contains, Validation};
    let profiles = profiles();
    for seed in 0..20 {
        let map = read(town(seed).bytes(), &profiles);
        for profile in &profiles {
            let network = RoadNetwork::new(&map, profile);
            let places = doors(&map, &network, 30, &mut Draw(seed));
            let told: Vec<Option<Place>> = places.iter().copied().map(Some).collect();
            let table =
                network.table(&told, &told[..3], Way::Back, None, &Control::none()).expect("not cancelled");
            let limit = Seconds::new(150);
            for site in 0..3 {
                let ground =
                    network.isochrone(&places[site], Way::Back, limit, crate::units::Metres::new(40));
                assert!(ground.is_valid(), "{:?}", ground.validation_errors());
                for (home, place) in places.iter().enumerate() {
                    let path = network.path(&places[site], place);
                    let RoadTrip::Time(time) = table.trip(home, site) else {
                        assert_eq!(path, None);
                        continue;
                    };
                    let path = path.expect("a path");
                    assert_eq!(path.time, time);
                    assert!(path.untagged <= path.time);
                    let drawn: f64 = path.line.windows(2).map(|pair| pair[0].straight_line(pair[1])).sum();
                    let off = f64::from(place.off_cm + places[site].off_cm) / 100.0;
                    let told = f64::from(path.distance.get());
                    assert!((drawn + off - told).abs() <= 2.0 + told * 0.006, "{drawn} + {off}: {told}");
                    if time.get() - place.off_ms <= limit.get() * 1000 {
                        let at = path.line.last().copied().expect("an end");
                        assert!(ground.contains(&geo::Point::from(at)), "{} {time:?}", profile.name());
                    }
                }
            }
        }
    }
}

#[test]
fn nothing_that_is_spoiled_makes_reading_panic_or_grow() {
    let profiles = profiles();
    let sound = town(1).bytes();
    let try_to = |bytes: Vec<u8>| RoadMap::read(Cursor::new(bytes), "spoiled", &profiles, &Control::none());
    assert!(try_to(sound.clone()).is_ok());
    let mut draw = Draw(7);
    let mut refused = 0;
    for _ in 0..3_000 {
        let mut bytes = sound.clone();
        match draw.index(3) {
            0 => bytes.truncate(draw.index(sound.len())),
            1 => (0..=draw.index(4)).for_each(|_| {
                let at = draw.index(bytes.len());
                bytes[at] ^= 1 << draw.index(8);
            }),
            _ => {
                let (from, to) = (draw.index(bytes.len()), draw.index(bytes.len()));
                let piece = bytes[from.min(to)..from.max(to)].to_vec();
                bytes.splice(from..from, piece);
            }
        }
        match try_to(bytes) {
            // What is read all the same can be searched all the same.
            Ok(map) => {
                let map = Arc::new(map);
                let network = RoadNetwork::new(&map, &profiles[0]);
                let home = network.place(Position::new(0.01, 47.01).expect("on earth"));
                let _ = network.table(&[home], &[home], Way::To, None, &Control::none());
            }
            Err(error) => {
                assert!(matches!(error, Error::Input(_)), "{error}");
                refused += 1;
            }
        }
    }
    assert!(refused > 1_000, "{refused}");
}

#[test]
fn bombs_are_refused_before_they_inflate() {
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    (0..200).for_each(|_| zlib.write_all(&[0; 1 << 20]).expect("written"));
    let zlib = zlib.finish().expect("written");
    for size in [10, 32 << 20, 200 << 20, u64::MAX] {
        let mut bytes = Drawing::default().bytes();
        bytes.extend(pbf::compressed("OSMData", &zlib, size));
        let read = RoadMap::read(Cursor::new(bytes), "bomb", &[], &Control::none());
        assert!(matches!(read, Err(Error::Input(_))), "{size}");
    }
}

#[test]
fn what_is_missing_or_off_the_earth_cuts_a_road_and_is_told() {
    let road = [("highway", "residential")];
    let drawing = Drawing::default()
        .node(1, 0.0, 47.0)
        .node(2, 0.01, 47.0)
        .node(1 << 62, 0.02, 47.0)
        .node(-(1 << 62), 0.03, 47.0)
        .node(5, 0.04, 147.0)
        .way(1, &[1, 2, 99, 1 << 62, -(1 << 62), 5], &road)
        .way(i64::MAX, &[1, 1, 1], &road)
        .way(i64::MIN, &[2], &road)
        .way(4, &[], &road);
    let mut drawing = drawing;
    // A restriction by way of a road, and one of a node that is missing.
    let members = vec![(1, 1, "from"), (1, i64::MAX, "via"), (1, 1, "to")];
    drawing.relations.push((1, members, vec![("type", "restriction"), ("restriction", "no_u_turn")]));
    let drawing = drawing.restriction("no_left_turn", [1, 77, 1], &[]);
    let profiles = profiles();
    let map = read(drawing.bytes(), &profiles);
    assert_eq!(map.points(), 4);
    assert!(map.restrictions.is_empty());
    let codes: Vec<&str> = map.findings().iter().map(|f| f.code.as_str()).collect();
    assert_eq!(codes, ["M503", "M504"]);
    let network = RoadNetwork::new(&map, &profiles[0]);
    assert_eq!((network.junctions(), network.edges()), (4, 2));
}

/// Some roads of a map closed, and sometimes a class slower.
fn some_changes(map: &RoadMap, draw: &mut Draw) -> RoadChanges {
    let mut changes = RoadChanges::default();
    for _ in 0..draw.index(4) {
        changes.closed.insert(RoadId::new(map.ways[draw.index(map.ways.len())].id));
    }
    for class in ["residential", "secondary", "footway"] {
        if draw.index(4) == 0 {
            changes.slowed.insert(class.to_owned(), 110 + draw.index(300) as u16);
        }
    }
    changes
}

#[test]
fn closing_and_slowing_roads_answers_as_a_table_made_afresh_and_as_the_oracle() {
    use crate::travel::table::Trip;
    let profiles = profiles();
    let (control, horizon) = (Control::none(), Seconds::new(400));
    let (mut kept, mut all, mut compared) = (0, 0, 0);
    for seed in 0..30 {
        let map = read(town(seed).bytes(), &profiles);
        for profile in &profiles {
            let network = Arc::new(RoadNetwork::new(&map, profile));
            let mut draw = Draw(seed);
            let places = doors(&map, &network, 40, &mut draw);
            let homes: Arc<[Option<Place>]> = places.iter().copied().map(Some).collect();
            for way in Way::BOTH {
                let mut table = LiveTable::new(&network, Arc::clone(&homes), way, horizon);
                table.add(&homes[..6], &control).expect("not cancelled");
                for _ in 0..6 {
                    let (changes, before) = (some_changes(&map, &mut draw), table.searches());
                    table.change(&changes, &control).expect("not cancelled");
                    (kept, all) = (kept + 6 - (table.searches() - before), all + 6);
                    let mut fresh = LiveTable::new(&network, Arc::clone(&homes), way, horizon);
                    fresh.change(&changes, &control).expect("not cancelled");
                    fresh.add(&homes[..6], &control).expect("not cancelled");
                    let mut oracle = Oracle::new(&map, profile);
                    oracle.change(&changes);
                    for site in 0..6 {
                        assert_eq!(table.column(site), fresh.column(site), "{} {changes:?}", profile.name());
                        let right = match way {
                            Way::Back => oracle.times(&network, &places[site], &places),
                            Way::To => continue,
                        };
                        let column = table.column(site).expect("a column");
                        for (cell, right) in column.iter().zip(right) {
                            let told = right.map(|ms| ms.div_ceil(1000));
                            match Trip::from(*cell) {
                                Trip::Time(t) => {
                                    assert_eq!(Some(u64::from(t.time.get())), told, "{changes:?}")
                                }
                                Trip::BeyondLimit => {
                                    assert!(told > Some(u64::from(horizon.get())), "{told:?}")
                                }
                                other => assert_eq!(
                                    (other, told),
                                    (Trip::NoLink, None),
                                    "{} {changes:?}",
                                    profile.name()
                                ),
                            }
                            compared += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(compared > 10_000 && kept * 2 > all, "{compared} compared, {kept} of {all} not searched again");
}

/// Labels carried through a walk of changes by repairs are those of whole searches, in both label types.
fn labels_stay_right<L: Label + std::fmt::Debug>(
    network: &RoadNetwork,
    places: &[Place],
    walk: &[RoadChanges],
    way: Way,
    limit: u32,
) -> usize {
    let (mut search, mut repair) = (Search::<L>::default(), Repair::<L>::default());
    let mut moved = 0;
    for site in places {
        let mut now = network.clone();
        search.run(now.graph(way), &now.seeds(site, way), limit);
        let mut labels = search.labels.clone();
        for changes in walk {
            let next = network.changed(changes);
            let (seeds, steps) = (next.seeds(site, way), now.graph(way).differing(next.graph(way)));
            search.run(next.graph(way), &seeds, limit);
            // A site whose own road changed has other seeds: it is searched again, not repaired.
            if seeds == now.seeds(site, way) {
                repair.run(next.graph(way), &seeds, &steps, limit, &mut labels);
                assert_eq!(labels, search.labels, "{way:?} {limit} {changes:?}");
                moved += usize::from(!repair.changed.is_empty());
            } else {
                labels.clone_from(&search.labels);
            }
            now = next;
        }
    }
    moved
}

#[test]
fn repaired_labels_are_those_of_a_whole_search() {
    let profiles = profiles();
    let mut moved = 0;
    for seed in 0..25 {
        let map = read(town(seed).bytes(), &profiles);
        let mut draw = Draw(1_000 + seed);
        for profile in &profiles {
            let network = RoadNetwork::new(&map, profile);
            let places = doors(&map, &network, 4, &mut draw);
            let mut walk: Vec<RoadChanges> = (0..8).map(|_| some_changes(&map, &mut draw)).collect();
            walk.push(RoadChanges::default());
            for (way, limit) in
                Way::BOTH.into_iter().flat_map(|way| [45_000, 200_000, NO_LIMIT].map(|l| (way, l)))
            {
                moved += labels_stay_right::<u32>(&network, &places, &walk, way, limit);
                moved += labels_stay_right::<u64>(&network, &places, &walk, way, limit);
            }
        }
    }
    assert!(moved > 5_000, "{moved}");
}

#[test]
fn repaired_labels_are_those_of_a_whole_search_on_real_extracts() {
    let (files, profile) = (extracts(), Profile::shipped(Mode::Car).expect("a profile"));
    if files.is_empty() {
        println!("skipped: no data");
    }
    for file in files {
        let map = RoadMap::open(&file, std::slice::from_ref(&profile), &Control::none()).expect("a map");
        let (map, mut draw) = (Arc::new(map), Draw(9));
        let network = RoadNetwork::new(&map, &profile);
        let places = doors(&map, &network, 2, &mut draw);
        let walk: Vec<RoadChanges> = (0..6).map(|_| some_changes(&map, &mut draw)).collect();
        for way in Way::BOTH {
            labels_stay_right::<u64>(&network, &places, &walk, way, 1_800_000);
        }
    }
}
