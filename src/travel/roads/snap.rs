//! Where a door joins the network: the nearest point of a segment that the mode may use.
//! Each door is looked at alone.

use super::contract::Chains;
use super::map::{Point, RoadMap, Scale, frame};

/// A door on the network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Snapped {
    pub(super) edge: u32,
    /// The point of the shape before it, and how far it is from there to the next, from 0 to 1.
    pub(super) index: u32,
    pub(super) share: f64,
    /// Straight metres from the door.
    pub(super) metres: f64,
}

/// A segment that doors may be at.
#[derive(Clone, Copy, Debug)]
struct Segment {
    a: Point,
    b: Point,
    index: u32,
    edge: u32,
}

/// Side of a cell, where the roads are not too few for so many cells.
const CELL_METRES: f64 = 150.0;
/// Most cells for each segment.
const MOST_CELLS: f64 = 4.0;

/// Segments by cell of a grid.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    west: i32,
    south: i32,
    /// Sides of a cell, in units of 10⁻⁷ degrees.
    lon: f64,
    lat: f64,
    columns: i64,
    rows: i64,
    /// Segments that touch cell `c` are `segments[first[c]..first[c + 1]]`.
    first: Vec<u32>,
    segments: Vec<Segment>,
}

impl Grid {
    /// Segments are given by edge and index of its shape.
    pub(super) fn new(map: &RoadMap, chains: &Chains, segments: &[(u32, u32)]) -> Self {
        let segment = |&(edge, index): &(u32, u32)| {
            let point = |index: u32| map.points[chains.shape[index as usize] as usize];
            Segment { a: point(index), b: point(index + 1), index, edge }
        };
        let mut grid = Self::around(segments.iter().map(segment), segments.len());
        let cells = (grid.columns * grid.rows) as usize;
        let mut first = vec![0_u32; cells + 2];
        for segment in segments.iter().map(segment) {
            grid.cells_of(&segment, |cell| first[cell + 2] += 1);
        }
        for cell in 2..first.len() {
            first[cell] += first[cell - 1];
        }
        let nothing = Segment { a: Point { lon: 0, lat: 0 }, b: Point { lon: 0, lat: 0 }, index: 0, edge: 0 };
        let mut placed = vec![nothing; first.last().map_or(0, |&last| last as usize)];
        for segment in segments.iter().map(segment) {
            grid.cells_of(&segment, |cell| {
                let place = &mut first[cell + 1];
                placed[*place as usize] = segment;
                *place += 1;
            });
        }
        first.pop();
        (grid.first, grid.segments) = (first, placed);
        grid
    }

    /// An empty grid around the segments.
    fn around(segments: impl Iterator<Item = Segment>, count: usize) -> Self {
        let frame = frame(segments.flat_map(|s| [s.a, s.b]));
        let [west, south, east, north] = if count == 0 { [0; 4] } else { frame };
        let (width, height) = (f64::from(east) - f64::from(west), f64::from(north) - f64::from(south));
        let scale = Scale::at((f64::from(south) + f64::from(north)) * 0.5e-7);
        let area = width * scale.lon * height * scale.lat;
        let side = CELL_METRES.max((area / (MOST_CELLS * count.max(1) as f64)).sqrt());
        // Near the poles a cell is as wide as need be.
        let lon = (side / scale.lon.max(1e-6)).max(width / 1e6).max(1.0);
        let lat = (side / scale.lat).max(height / 1e6).max(1.0);
        let (columns, rows) = ((width / lon) as i64 + 1, (height / lat) as i64 + 1);
        Self { west, south, lon, lat, columns, rows, first: Vec::new(), segments: Vec::new() }
    }

    fn cells_of(&self, segment: &Segment, mut take: impl FnMut(usize)) {
        let x = |p: Point| f64::from(p.lon) - f64::from(self.west);
        let y = |p: Point| f64::from(p.lat) - f64::from(self.south);
        let (low, high) =
            if segment.a.lat <= segment.b.lat { (segment.a, segment.b) } else { (segment.b, segment.a) };
        let (x0, y0, dx, dy) = (x(low), y(low), x(high) - x(low), y(high) - y(low));
        let (first, last) = (self.row(y0), self.row(y0 + dy));
        for row in first..=last {
            let at = |row: i64| {
                let share = (row as f64 * self.lat - y0) / dy;
                x0 + dx * if dy > 0.0 { share.clamp(0.0, 1.0) } else { 0.0 }
            };
            let (enter, leave) = if first == last { (x0, x0 + dx) } else { (at(row), at(row + 1)) };
            // A unit wider, for what rounding takes away.
            let columns = self.column(enter.min(leave) - 1.0)..=self.column(enter.max(leave) + 1.0);
            for column in columns {
                take((row * self.columns + column) as usize);
            }
        }
    }

    fn row(&self, y: f64) -> i64 {
        ((y / self.lat) as i64).clamp(0, self.rows - 1)
    }

    fn column(&self, x: f64) -> i64 {
        ((x / self.lon) as i64).clamp(0, self.columns - 1)
    }

    /// The nearest segment within `limit` metres. Of several equally near, the one of the
    /// road with the lowest id, as `way` tells it, and of that road the first.
    pub(super) fn nearest(&self, at: Point, limit: f64, way: impl Fn(u32) -> i64) -> Option<Snapped> {
        let scale = Scale::at(f64::from(at.lat) * 1e-7);
        let (x, y) = (f64::from(at.lon) - f64::from(self.west), f64::from(at.lat) - f64::from(self.south));
        let (column, row) = ((x / self.lon).floor() as i64, (y / self.lat).floor() as i64);
        let mut best = Best { distance: limit * limit, found: None };
        for ring in self.first_ring(column, row).. {
            self.ring(column, row, ring, |segment| best.look(segment, at, scale, &way));
            // What is not seen yet is beyond the square of the rings seen.
            let sides = [
                (x - (column - ring) as f64 * self.lon) * scale.lon,
                ((column + ring + 1) as f64 * self.lon - x) * scale.lon,
                (y - (row - ring) as f64 * self.lat) * scale.lat,
                ((row + ring + 1) as f64 * self.lat - y) * scale.lat,
            ];
            let seen = sides.into_iter().fold(f64::INFINITY, f64::min);
            let all = column - ring <= 0
                && row - ring <= 0
                && column + ring + 1 >= self.columns
                && row + ring + 1 >= self.rows;
            if all || seen * seen > best.distance {
                break;
            }
        }
        best.found.map(|(segment, share)| Snapped {
            edge: segment.edge,
            index: segment.index,
            share,
            metres: best.distance.sqrt(),
        })
    }

    /// The first ring around a cell that meets the grid.
    fn first_ring(&self, column: i64, row: i64) -> i64 {
        let outside = |at: i64, count: i64| (-at).max(at - (count - 1)).max(0);
        outside(column, self.columns).max(outside(row, self.rows))
    }

    fn ring<'a>(&'a self, column: i64, row: i64, ring: i64, mut look: impl FnMut(&'a Segment)) {
        let columns = (column - ring).max(0)..=(column + ring).min(self.columns - 1);
        for r in (row - ring).max(0)..=(row + ring).min(self.rows - 1) {
            if (r - row).abs() == ring {
                // Cells of a row stand one after the other.
                self.look(r * self.columns + columns.start(), columns.end() - columns.start() + 1, &mut look);
                continue;
            }
            for c in [column - ring, column + ring] {
                if columns.contains(&c) {
                    self.look(r * self.columns + c, 1, &mut look);
                }
            }
        }
    }

    #[inline]
    fn look<'a>(&'a self, cell: i64, count: i64, look: &mut impl FnMut(&'a Segment)) {
        if count > 0 {
            let (start, end) = (self.first[cell as usize], self.first[(cell + count) as usize]);
            self.segments[start as usize..end as usize].iter().for_each(look);
        }
    }
}

/// The nearest segment so far, and its squared distance.
struct Best<'a> {
    distance: f64,
    found: Option<(&'a Segment, f64)>,
}

impl<'a> Best<'a> {
    #[inline]
    fn look(&mut self, segment: &'a Segment, at: Point, scale: Scale, way: impl Fn(u32) -> i64) {
        let (ax, ay) = (f64::from(segment.a.lon - at.lon), f64::from(segment.a.lat - at.lat));
        let (bx, by) = (f64::from(segment.b.lon - at.lon), f64::from(segment.b.lat - at.lat));
        let (ax, ay, bx, by) = (ax * scale.lon, ay * scale.lat, bx * scale.lon, by * scale.lat);
        let (dx, dy) = (bx - ax, by - ay);
        let length = dx * dx + dy * dy;
        let share = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
        // From the nearer end, so that a point that segments share is equally far by each.
        let (px, py) = if share < 0.5 {
            (ax + share * dx, ay + share * dy)
        } else {
            (bx - (1.0 - share) * dx, by - (1.0 - share) * dy)
        };
        let distance = px * px + py * py;
        let nearer = distance < self.distance || (distance == self.distance && self.wins_tie(segment, way));
        if nearer {
            (self.distance, self.found) = (distance, Some((segment, share)));
        }
    }

    fn wins_tie(&self, segment: &Segment, way: impl Fn(u32) -> i64) -> bool {
        let key = |s: &Segment| (way(s.index), s.index);
        self.found.is_none_or(|(found, _)| key(segment) < key(found))
    }
}
