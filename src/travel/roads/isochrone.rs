//! How far one gets in a time, as polygons for a map.
//!
//! Roads that are reached colour the squares of a grid, and those beside them. Where two squares
//! touch at a corner alone, a third one is coloured: then no two rings meet, and what is drawn
//! around the squares is valid by construction.

use super::graph::cost;
use super::map::{Point, Scale, between};
use super::network::{Place, RoadNetwork};
use super::search::Search;
use super::table::limit_ms;
use super::turns::Dart;
use crate::territory::Way;
use crate::units::{Metres, Seconds};
use geo::{Area, LineString, MultiPolygon, Polygon, coord};
use std::collections::{BTreeMap, BTreeSet};

/// Column and row of a square, or of a corner: the lower left one of the square of that name.
type Square = (i64, i64);

impl RoadNetwork {
    /// The ground from which one gets to `site` within `limit` ([`Way::To`]), or which one gets to
    /// from it ([`Way::Back`]): squares of `side`, at least 20 m, around the roads that are reached.
    /// Outer rings turn to the left and holes to the right, as GeoJSON wants them (RFC 7946).
    pub fn isochrone(&self, site: &Place, way: Way, limit: Seconds, side: Metres) -> MultiPolygon<f64> {
        let limit = limit_ms(Some(limit));
        let grid = Squares::around(self.middle(site), side);
        let mut squares = BTreeSet::new();
        self.each_reached(site, way, limit, |a, b| grid.colour(a, b, &mut squares));
        part_corners(&mut squares);
        grid.outline(&squares)
    }

    fn middle(&self, site: &Place) -> Point {
        self.map.points[self.chains.shape[site.index as usize] as usize]
    }

    /// Hands over the pieces of segments that are reached in time.
    fn each_reached(&self, site: &Place, way: Way, limit: u32, mut take: impl FnMut([f64; 2], [f64; 2])) {
        let mut search = Search::<u32>::default();
        let graph = self.graph(way);
        search.run(graph, &self.seeds::<u32>(site, way), limit);
        for dart in Dart::all(self.edges()) {
            let Some(&label) = search.labels.get(graph.state(dart) as usize) else { continue };
            if label <= limit {
                self.reach_along(dart, way, i64::from(limit) - i64::from(label), None, &mut take);
            }
        }
        // The site's own edge, which the search leaves.
        let left = i64::from(limit) - i64::from(site.off_ms);
        for dart in self.darts_of(site).filter(|_| left >= 0) {
            self.reach_along(dart, way, left, Some(site), &mut take);
        }
    }

    /// Pieces of a dart within `left` milliseconds of where the search enters it, or of a place on it.
    fn reach_along(
        &self,
        dart: Dart,
        way: Way,
        left: i64,
        from: Option<&Place>,
        take: &mut impl FnMut([f64; 2], [f64; 2]),
    ) {
        let shape = self.chains.shape_of(dart.edge());
        let times = if dart.is_along() { &self.chains.ahead } else { &self.chains.behind };
        // Against the order of the shape, when the dart or the search is, but not both.
        let turned = dart.is_along() == (way == Way::To);
        let whole = i64::from(cost(&self.chains, dart));
        let start = from.map_or(if turned { whole } else { 0 }, |place| i64::from(place.within(times)));
        let since = |index: usize| {
            let at = i64::from(times[index]);
            if turned { start - at } else { at - start }
        };
        for index in shape.start..shape.end - 1 {
            let (one, other) = (since(index), since(index + 1));
            let (near, far) = (one.min(other), one.max(other));
            let enter = from.map_or(if turned { shape.end - 1 } else { shape.start } as f64, Place::along);
            let leave = if turned { index } else { index + 1 } as f64;
            if far <= 0 || near >= left || !self.is_clear(dart.edge() as u32, enter, leave) {
                continue;
            }
            let [a, b] = self.segment(index);
            let at = |ms: i64| between(a, b, (ms - one) as f64 / (other - one) as f64);
            take(at(near.max(0)), at(far.min(left)));
        }
    }
}

/// What is around an island of squares, and in it.
#[derive(Default)]
struct Rings {
    outer: Vec<LineString<f64>>,
    holes: Vec<LineString<f64>>,
}

/// A grid of squares, in degrees.
struct Squares {
    lon: f64,
    lat: f64,
}

impl Squares {
    fn around(point: Point, side: Metres) -> Self {
        let [_, lat] = point.degrees();
        let scale = Scale::at(lat);
        let side = f64::from(side.get().max(20)) * 1e-7;
        Self { lon: side / scale.lon.max(1e-6), lat: side / scale.lat }
    }

    /// Colours the squares of a line and those around them.
    fn colour(&self, a: [f64; 2], b: [f64; 2], squares: &mut BTreeSet<Square>) {
        let [ax, bx] = [a, b].map(|p| p[0] / self.lon);
        let [ay, by] = [a, b].map(|p| p[1] / self.lat);
        let pieces = ((bx - ax).abs().max((by - ay).abs()) * 2.0).ceil().max(1.0);
        for piece in 0..=pieces as u32 {
            let share = f64::from(piece) / pieces;
            let (x, y) = ((ax + (bx - ax) * share).floor() as i64, (ay + (by - ay) * share).floor() as i64);
            for (dx, dy) in [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)] {
                squares.insert((x + dx, y + dy));
            }
        }
    }

    fn outline(&self, squares: &BTreeSet<Square>) -> MultiPolygon<f64> {
        let islands = islands(squares);
        // Each corner that a border passes, where it goes next, and the square that it goes around.
        let mut next: BTreeMap<Square, (Square, Square)> = BTreeMap::new();
        for &(x, y) in squares {
            let sides = [
                ((x, y - 1), (x, y), (x + 1, y)),
                ((x + 1, y), (x + 1, y), (x + 1, y + 1)),
                ((x, y + 1), (x + 1, y + 1), (x, y + 1)),
                ((x - 1, y), (x, y + 1), (x, y)),
            ];
            for (beside, from, to) in sides {
                if !squares.contains(&beside) {
                    next.insert(from, (to, (x, y)));
                }
            }
        }
        let mut islands_of: BTreeMap<usize, Rings> = BTreeMap::new();
        while let Some((start, (mut at, square))) = next.pop_first() {
            let mut corners = vec![start];
            while let Some((after, _)) = next.remove(&at) {
                corners.push(at);
                at = after;
            }
            corners.push(start);
            let ring = self.ring(&corners);
            let left = Polygon::new(ring.clone(), Vec::new()).signed_area() > 0.0;
            let of = islands_of.entry(islands[&square]).or_default();
            if left { of.outer.push(ring) } else { of.holes.push(ring) }
        }
        let polygons = islands_of.into_values().flat_map(|Rings { outer, holes }| {
            let outer = outer.into_iter().next()?;
            Some(Polygon::new(outer, holes))
        });
        MultiPolygon::new(polygons.collect())
    }

    /// The ring around corners, those that are passed straight left out.
    fn ring(&self, corners: &[Square]) -> LineString<f64> {
        let last = corners.len() - 1;
        let turns = |&at: &usize| {
            let (before, after) = (corners[if at == 0 { last - 1 } else { at - 1 }], corners[at + 1]);
            before.0 != after.0 && before.1 != after.1
        };
        let mut kept: Vec<Square> = (0..last).filter(turns).map(|at| corners[at]).collect();
        kept.extend(kept.first().copied());
        kept.into_iter().map(|(x, y)| coord! { x: x as f64 * self.lon, y: y as f64 * self.lat }).collect()
    }
}

/// Colours squares until no two touch at a corner alone.
fn part_corners(squares: &mut BTreeSet<Square>) {
    let mut look: Vec<Square> = squares.iter().copied().collect();
    while let Some((x, y)) = look.pop() {
        for (dx, dy) in [(1, 1), (1, -1), (-1, 1), (-1, -1)] {
            let alone = squares.contains(&(x + dx, y + dy))
                && !squares.contains(&(x + dx, y))
                && !squares.contains(&(x, y + dy));
            if alone {
                squares.insert((x + dx, y));
                look.push((x + dx, y));
            }
        }
    }
}

/// Which squares hang together, by sides.
fn islands(squares: &BTreeSet<Square>) -> BTreeMap<Square, usize> {
    let mut of = BTreeMap::new();
    let mut count = 0;
    for &first in squares {
        let mut look = vec![first];
        let mut any = false;
        while let Some((x, y)) = look.pop() {
            if !squares.contains(&(x, y)) || of.contains_key(&(x, y)) {
                continue;
            }
            of.insert((x, y), count);
            any = true;
            look.extend([(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]);
        }
        count += usize::from(any);
    }
    of
}
