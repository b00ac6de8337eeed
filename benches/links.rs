//! Declared links at three sizes: every place to every site and back, one set of links.
//! Beside it, the same network searched by `petgraph`'s own `dijkstra`.
//!
//! `cargo bench --bench links`; one core: `RAYON_NUM_THREADS=1 cargo bench --bench links`.

#![allow(clippy::expect_used, reason = "a bench that can't be set up has nothing to measure")]

#[path = "common/draw.rs"]
mod draw;

use divan::Bencher;
use draw::Draw;
use maillage::Control;
use maillage::territory::{Draft, Link, Names, Place, Service, Site, SiteStatus, Slot, Territory, Weekdays};
use maillage::travel::{Cost, Hop, Junction, Links, Network, NetworkTravel, Query, TravelProvider};
use maillage::units::{Cents, Key, Metres, NodeId, Position, Seconds, SiteId};
use std::collections::{BTreeMap, BTreeSet};

fn main() {
    divan::main();
}

/// Links, places, sites.
const SIZES: [(usize, usize, usize); 3] = [(1_000, 500, 10), (10_000, 4_000, 30), (100_000, 20_000, 60)];

/// Links of a line, one after the other. Of four lines, three run both ways.
const LINE: usize = 20;

fn key(text: &str) -> Key {
    Key::new(text).expect("a key")
}

/// Places on a square grid about 1.5 km apart, so that each walks to its neighbours.
struct Grid {
    side: usize,
    draw: Draw,
}

impl Grid {
    fn new(places: usize) -> Self {
        Self { side: places.isqrt().max(1), draw: Draw(places as u64) }
    }

    fn position(&self, i: usize) -> Option<Position> {
        let (row, column) = (i / self.side, i % self.side);
        Position::new(column as f64 * 0.0145, 46.0 + row as f64 * 0.01)
    }

    fn anywhere(&mut self, places: usize) -> usize {
        self.draw.below(places as u64) as usize
    }

    /// Adds the grid's places to a draft.
    fn places(&self, draft: &mut Draft, places: usize) {
        for i in 0..places {
            let key = key(&format!("h{i}"));
            let name = key.to_string();
            draft.place(Place {
                key,
                name,
                commune: None,
                position: self.position(i),
                population: None,
                epci: None,
            });
        }
    }

    /// A ride from one place to another a few steps away, and how many minutes it takes.
    fn ride(&mut self, from: usize, places: usize) -> (usize, usize, u32) {
        let (row, column) = (1 + self.draw.below(6) as usize, 1 + self.draw.below(6) as usize);
        let to = (from + row * self.side + column) % places;
        (from, to, 2 * (row + column) as u32)
    }
}

fn territory((links, places, sites): (usize, usize, usize)) -> Territory {
    let mut grid = Grid::new(places);
    let mut draft = Draft::new("bench");
    grid.places(&mut draft, places);
    for i in 0..sites {
        draft.site(site(i, grid.position(i * places / sites)));
    }
    let mut stop = 0;
    for i in 0..links {
        if i % LINE == 0 {
            stop = grid.anywhere(places);
        }
        let (from, to, minutes) = grid.ride(stop, places);
        stop = to;
        draft.link(Link::<Names> {
            key: key(&format!("l{i}")),
            from: key(&format!("h{from}")),
            to: key(&format!("h{to}")),
            service: Service::Bus,
            line: Some(key(&format!("line{}", i / LINE))),
            time: Seconds::from_minutes(minutes),
            distance: Some(Metres::new(600 * minutes)),
            both_ways: !(i / LINE).is_multiple_of(4),
            days: Weekdays::ALL,
            in_holidays: true,
        });
    }
    draft.check().expect("a territory").0
}

fn site(i: usize, position: Option<Position>) -> Site<Names> {
    Site {
        key: key(&format!("s{i}")),
        name: format!("site {i}"),
        commune: None,
        position,
        status: SiteStatus::Existing,
        rooms: 1,
        open: vec![Slot::ten_half_days().remove(0).key],
        half_days: None,
        room_cost: Cents::default(),
    }
}

/// Every site, whether a programme uses it or not.
fn query(territory: &Territory) -> Query {
    let sites = territory.sites().ids().map(|site| (site, BTreeSet::new())).collect();
    Query { sites, horizon: territory.rules().horizon }
}

/// The target is one second at the largest size.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn links(bencher: Bencher<'_, '_>, size: (usize, usize, usize)) {
    let territory = territory(size);
    let (query, modes) = (query(&territory), Links.modes(&territory));
    bencher.bench(|| Links.columns(&territory, &modes, &query, &Control::none()).expect("columns"));
}

/// The rides alone, without walks or changes, for a comparison of kernels on one graph.
fn network((links, places, _): (usize, usize, usize)) -> Network {
    let mut grid = Grid::new(places);
    let junctions = (0..places).map(|i| Junction::of(key(&format!("h{i}")))).collect();
    let mut hops = Vec::new();
    for _ in 0..links {
        let from = grid.anywhere(places);
        let (from, to, minutes) = grid.ride(from, places);
        let cost = Cost::new(Seconds::from_minutes(minutes), Metres::new(600 * minutes));
        let (from, to) = (NodeId::from_index(from), NodeId::from_index(to));
        hops.extend([Hop { from, to, cost }, Hop { from: to, to: from, cost }]);
    }
    Network::new(junctions, hops)
}

/// As many sites as the size has, each at a place: all with the key of a place of the grid.
fn at_places(size: (usize, usize, usize)) -> Territory {
    let (_, places, sites) = size;
    let mut draft = Draft::new("kernel");
    let grid = Grid::new(places);
    grid.places(&mut draft, places);
    for i in 0..sites {
        let at = i * places / sites;
        draft.site(Site { key: key(&format!("h{at}")), ..site(i, grid.position(at)) });
    }
    draft.check().expect("a territory").0
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn kernel(bencher: Bencher<'_, '_>, size: (usize, usize, usize)) {
    let (territory, network) = (at_places(size), network(size));
    let query = query(&territory);
    let travel = NetworkTravel::new("rides", maillage::territory::Mode::Bus, network);
    let modes = travel.modes(&territory);
    bencher.bench(|| travel.columns(&territory, &modes, &query, &Control::none()).expect("columns"));
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn petgraph_dijkstra(bencher: Bencher<'_, '_>, size: (usize, usize, usize)) {
    let (_, places, sites) = size;
    let graph = network(size).to_petgraph();
    let mut reversed = graph.clone();
    reversed.reverse();
    bencher.bench(|| {
        let mut reached: BTreeMap<SiteId, usize> = BTreeMap::new();
        for i in 0..sites {
            let from = ((i * places / sites) as u32).into();
            for graph in [&graph, &reversed] {
                let cost = |e: petgraph::graph::EdgeReference<'_, Cost>| {
                    u64::from(e.weight().time.get()) << 32 | u64::from(e.weight().distance.get())
                };
                *reached.entry(SiteId::from_index(i)).or_default() +=
                    petgraph::algo::dijkstra(graph, from, None, cost).len();
            }
        }
        reached
    });
}
