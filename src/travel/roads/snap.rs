//! Where a door joins the network: the nearest point of a segment that the mode may use.
//! Each door is looked at alone.
//!
//! Segments around a door are looked at eight at a time in single precision, and only those that may be the nearest exactly.

use super::contract::Chains;
use super::map::{Point, RoadMap, Scale, frame};
use std::ops::{Range, RangeInclusive};

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
const CELL_METRES: f64 = 75.0;
/// Most cells for each segment.
const MOST_CELLS: f64 = 8.0;
/// How many segments are looked at together.
const LANES: usize = 8;

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
    /// Segments that touch cell `c` are those from `first[c]` to `first[c + 1]`.
    first: Vec<u32>,
    segments: Segments,
}

/// Segments, field by field, so that a field of several is read at once. The last is there [`LANES`]
/// times more: there are always so many to look at.
#[derive(Clone, Debug, Default)]
struct Segments {
    a_lon: Vec<i32>,
    a_lat: Vec<i32>,
    b_lon: Vec<i32>,
    b_lat: Vec<i32>,
    of: Vec<(u32, u32)>,
}

impl Segments {
    fn push(&mut self, segment: &Segment) {
        self.a_lon.push(segment.a.lon);
        self.a_lat.push(segment.a.lat);
        self.b_lon.push(segment.b.lon);
        self.b_lat.push(segment.b.lat);
        self.of.push((segment.index, segment.edge));
    }

    #[inline]
    fn get(&self, at: usize) -> Segment {
        let a = Point { lon: self.a_lon[at], lat: self.a_lat[at] };
        let b = Point { lon: self.b_lon[at], lat: self.b_lat[at] };
        let (index, edge) = self.of[at];
        Segment { a, b, index, edge }
    }

    /// The ends of some that stand one after the other.
    #[inline]
    fn lanes(&self, start: usize) -> Option<Lanes<'_>> {
        Some(Lanes {
            a_lon: self.a_lon.get(start..)?.first_chunk()?,
            a_lat: self.a_lat.get(start..)?.first_chunk()?,
            b_lon: self.b_lon.get(start..)?.first_chunk()?,
            b_lat: self.b_lat.get(start..)?.first_chunk()?,
        })
    }
}

/// The ends of some segments.
#[derive(Clone, Copy)]
struct Lanes<'a> {
    a_lon: &'a [i32; LANES],
    a_lat: &'a [i32; LANES],
    b_lon: &'a [i32; LANES],
    b_lat: &'a [i32; LANES],
}

/// Cells of a grid, by columns and rows.
type Cells = (RangeInclusive<i64>, RangeInclusive<i64>);

fn holds((columns, rows): &Cells, inner: &Cells) -> bool {
    let all = |outer: &RangeInclusive<i64>, inner: &RangeInclusive<i64>| {
        outer.contains(inner.start()) && outer.contains(inner.end())
    };
    all(columns, &inner.0) && all(rows, &inner.1)
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
        let mut placed = vec![0_u32; first.last().map_or(0, |&last| last as usize)];
        for (number, segment) in segments.iter().map(segment).enumerate() {
            grid.cells_of(&segment, |cell| {
                let place = &mut first[cell + 1];
                placed[*place as usize] = number as u32;
                *place += 1;
            });
        }
        first.pop();
        let more = placed.last().map_or(0..0, |_| 0..LANES).filter_map(|_| placed.last());
        for &number in placed.iter().chain(more) {
            grid.segments.push(&segment(&segments[number as usize]));
        }
        grid.first = first;
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
        Self { west, south, lon, lat, columns, rows, first: Vec::new(), segments: Segments::default() }
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
        let door = Door { at, scale: Scale::at(f64::from(at.lat) * 1e-7) };
        let mut best = Best { distance: limit * limit, radius: limit as f32, found: None };
        // Farther and farther until there is one, then as far as a nearer one may be.
        let (mut reach, mut seen) = (0.0, self.cells_within(door, 0.0));
        loop {
            for run in self.runs(&seen) {
                self.look(run, door, &mut best, &way);
            }
            let needed = self.cells_within(door, best.distance.sqrt());
            if holds(&seen, &needed) {
                break;
            }
            reach = 2.0 * reach + self.lat * door.scale.lat;
            let farther = self.cells_within(door, reach);
            seen = if best.found.is_some() || holds(&farther, &needed) { needed } else { farther };
        }
        best.found.map(|(segment, share)| Snapped {
            edge: segment.edge,
            index: segment.index,
            share,
            metres: best.distance.sqrt(),
        })
    }

    /// Cells that are not farther than so many metres; for a door outside, those at the border.
    fn cells_within(&self, door: Door, metres: f64) -> Cells {
        // A unit more, for what rounding takes away.
        let (dx, dy) = (metres / door.scale.lon + 1.0, metres / door.scale.lat + 1.0);
        let x = f64::from(door.at.lon) - f64::from(self.west);
        let y = f64::from(door.at.lat) - f64::from(self.south);
        (self.column(x - dx)..=self.column(x + dx), self.row(y - dy)..=self.row(y + dy))
    }

    /// The cell at a point, or at the border where it is outside.
    pub(super) fn cell(&self, at: Point) -> u32 {
        let x = f64::from(at.lon) - f64::from(self.west);
        let y = f64::from(at.lat) - f64::from(self.south);
        (self.row(y) * self.columns + self.column(x)) as u32
    }

    /// The segments of cells, row by row: cells of a row stand one after the other.
    fn runs(&self, (columns, rows): &Cells) -> impl Iterator<Item = Range<usize>> {
        let (start, end) = (*columns.start(), columns.end() + 1);
        rows.clone().map(move |row| {
            let first = |column: i64| self.first[(row * self.columns + column) as usize] as usize;
            first(start)..first(end)
        })
    }

    #[inline]
    fn look(&self, run: Range<usize>, door: Door, best: &mut Best, way: &impl Fn(u32) -> i64) {
        for start in run.step_by(LANES) {
            let Some(lanes) = self.segments.lanes(start) else { return };
            let (distances, slacks) = door.roughly(lanes);
            for (at, (distance, slack)) in (start..).zip(distances.into_iter().zip(slacks)) {
                let within = best.radius + slack;
                if distance <= within * within {
                    best.look(self.segments.get(at), door, way);
                }
            }
        }
    }
}

/// Whom a segment is looked for.
#[derive(Clone, Copy)]
struct Door {
    at: Point,
    scale: Scale,
}

impl Door {
    /// The squared distance of each segment in single precision, and how many metres that may be wrong.
    /// Ends that are half the earth away come out wrong, and are far away all the same.
    #[inline]
    fn roughly(self, ends: Lanes<'_>) -> ([f32; LANES], [f32; LANES]) {
        let (mut distances, mut slacks) = ([0.0; LANES], [0.0; LANES]);
        let x = |lon: i32| lon.wrapping_sub(self.at.lon) as f32 * self.scale.lon as f32;
        let y = |lat: i32| lat.wrapping_sub(self.at.lat) as f32 * self.scale.lat as f32;
        for i in 0..LANES {
            let (ax, ay, bx, by) = (x(ends.a_lon[i]), y(ends.a_lat[i]), x(ends.b_lon[i]), y(ends.b_lat[i]));
            let (dx, dy) = (bx - ax, by - ay);
            let share = (-(ax * dx + ay * dy) / (dx * dx + dy * dy).max(1e-12)).clamp(0.0, 1.0);
            let (px, py) = (ax + share * dx, ay + share * dy);
            distances[i] = px * px + py * py;
            // Some ten roundings of 6·10⁻⁸ each.
            slacks[i] = 4e-6 * (ax.abs() + ay.abs() + bx.abs() + by.abs());
        }
        (distances, slacks)
    }
}

/// The nearest segment so far, its squared distance, and about how far that is.
struct Best {
    distance: f64,
    radius: f32,
    found: Option<(Segment, f64)>,
}

impl Best {
    fn look(&mut self, segment: Segment, Door { at, scale }: Door, way: &impl Fn(u32) -> i64) {
        let x = |p: Point| (f64::from(p.lon) - f64::from(at.lon)) * scale.lon;
        let y = |p: Point| (f64::from(p.lat) - f64::from(at.lat)) * scale.lat;
        let (ax, ay, bx, by) = (x(segment.a), y(segment.a), x(segment.b), y(segment.b));
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
            self.radius = distance.sqrt() as f32;
        }
    }

    fn wins_tie(&self, segment: Segment, way: impl Fn(u32) -> i64) -> bool {
        let key = |s: Segment| (way(s.index), s.index);
        self.found.is_none_or(|(found, _)| key(segment) < key(found))
    }
}
