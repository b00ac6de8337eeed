//! What one profile makes of a whole map: speeds of roads, delays and barriers at points.

use super::map::{RoadMap, Way};
use super::profile::{Pace, Passing, Profile, Unknown, Use};
use std::collections::BTreeMap;

/// Longest that anything takes, in milliseconds: three days. Labels stay far from the end of 32 bits.
pub(super) const MOST_MS: u32 = 1 << 28;

/// How a profile uses the roads of a map.
pub(super) struct Usage<'a> {
    pub(super) map: &'a RoadMap,
    /// How fast each road of the map is; nothing where it is closed.
    pub(super) rates: Vec<Option<Rates>>,
    /// Points that delay, in milliseconds, and those that are closed; each by point.
    pub(super) delays: Vec<(u32, u32)>,
    pub(super) closed: Vec<u32>,
}

/// How fast a road is: milliseconds a millimetre, each way that is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rates {
    pub(super) forward: Option<f64>,
    pub(super) backward: Option<f64>,
    pub(super) snap: bool,
    pub(super) tagged: bool,
}

/// Values that a profile does not know, and how many roads or nodes have each.
pub(super) type Unknowns = BTreeMap<Unknown, u64>;

impl<'a> Usage<'a> {
    pub(super) fn new(map: &'a RoadMap, profile: &Profile) -> (Self, Unknowns) {
        let mut unknowns = Unknowns::new();
        let mut count = |found: Vec<Unknown>, roads: u64| {
            for unknown in found.into_iter().filter(|_| roads > 0) {
                *unknowns.entry(unknown).or_default() += roads;
            }
        };
        let roads = (0..map.tags.len() as u32).map(|set| {
            let mut unknown = Vec::new();
            let road = profile.road(&map.tags.get(set), &mut unknown);
            unknown.sort_unstable();
            unknown.dedup();
            count(unknown, map.tags.roads(set).into());
            road
        });
        let roads: Vec<Option<Use>> = roads.collect();
        let of = |(way, road): (usize, &Way)| roads[road.tags as usize].map(|used| rates(map, way, used));
        let rates = map.ways.iter().enumerate().map(of).collect();
        let (mut delays, mut closed) = (Vec::new(), Vec::new());
        for &(point, set) in &map.marks {
            let mut unknown = Vec::new();
            match profile.node(&map.tags.get(set), &mut unknown) {
                Passing::Closed => closed.push(point),
                Passing::After(seconds) if seconds > 0.0 => {
                    delays.push((point, (seconds * 1000.0).round() as u32))
                }
                Passing::After(_) => {}
            }
            count(unknown, 1);
        }
        (Self { map, rates, delays, closed }, unknowns)
    }
}

/// How fast a road is that is used so.
fn rates(map: &RoadMap, way: usize, road: Use) -> Rates {
    let rate = |pace: Pace| match pace {
        Pace::Kmh(kmh) => 3.6 / kmh,
        Pace::Whole(seconds) => {
            let mm: u64 = map.lengths[map.refs_of(way)].iter().map(|&mm| u64::from(mm)).sum();
            seconds * 1000.0 / (mm.max(1) as f64)
        }
    };
    let (forward, backward) = (road.forward.map(rate), road.backward.map(rate));
    Rates { forward, backward, snap: road.snap, tagged: road.tagged }
}

/// Milliseconds for so many millimetres. Never nothing: no circle is free.
#[inline]
pub(super) fn ms(mm: u32, rate: f64) -> u32 {
    ((f64::from(mm) * rate).round() as u32).clamp(1, MOST_MS)
}
