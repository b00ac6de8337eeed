//! Vertices where nothing is decided are taken out: a chain of segments becomes one edge,
//! whose times are the exact sums of those of its segments.

use super::map::{Point, RoadMap, frame};
use super::usage::{MOST_MS, Rates, Usage, ms};

/// A chain of segments between two junctions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) from: u32,
    pub(super) to: u32,
    /// Where its points start in [`Chains::shape`].
    pub(super) first: u32,
    pub(super) forward: bool,
    pub(super) backward: bool,
}

/// Junctions and edges of one profile, along the curve of Hilbert, so that what is near is
/// near in memory too.
#[derive(Clone, Debug, Default)]
pub(super) struct Chains {
    pub(super) edges: Vec<Edge>,
    /// Points of the map, edge by edge.
    pub(super) shape: Vec<u32>,
    /// From the edge's start to each point of the shape: milliseconds one way and the other,
    /// and centimetres.
    pub(super) ahead: Vec<u32>,
    pub(super) behind: Vec<u32>,
    pub(super) along: Vec<u32>,
    /// Which road the shape is of, from an index on.
    pub(super) spans: Vec<(u32, u32)>,
    /// The point where each junction is, and how many segments meet there.
    pub(super) junctions: Vec<(u32, u8)>,
}

impl Chains {
    /// Indices of the shape of an edge.
    pub(super) fn shape_of(&self, edge: usize) -> std::ops::Range<usize> {
        let end = self.edges.get(edge + 1).map_or(self.shape.len(), |next| next.first as usize);
        self.edges[edge].first as usize..end
    }

    /// Makes segments of an edge, by the indices where they start, take `percent` of their time.
    pub(super) fn slow(&mut self, edge: usize, segments: std::ops::Range<u32>, percent: u16) {
        let shape = self.shape_of(edge);
        let slower = |ms: u32| ((u64::from(ms) * u64::from(percent) + 50) / 100).min(MOST_MS.into()) as u32;
        for list in [&mut self.ahead, &mut self.behind] {
            let (mut last, mut sum) = (list[shape.start], list[shape.start]);
            for (at, end) in (shape.start as u32..).zip(&mut list[shape.start + 1..shape.end]) {
                let ms = *end - std::mem::replace(&mut last, *end);
                sum = (sum + if segments.contains(&at) { slower(ms) } else { ms }).min(MOST_MS);
                *end = sum;
            }
        }
    }

    /// The road of the segment that starts at an index of the shape.
    pub(super) fn way_at(&self, index: usize) -> usize {
        let span = self.spans.partition_point(|&(first, _)| first as usize <= index);
        self.spans[span.saturating_sub(1)].1 as usize
    }
}

/// How many segments meet at a point, and whether it must stay for another reason.
#[derive(Clone, Copy, Default)]
struct Meeting(u8);

impl Meeting {
    const STAYS: u8 = 0x80;
    const COUNT: u8 = 0x7f;

    fn add(&mut self) {
        self.0 += u8::from(self.count() < Self::COUNT);
    }

    const fn count(self) -> u8 {
        self.0 & Self::COUNT
    }

    const fn is_junction(self) -> bool {
        self.0 != 2
    }
}

/// Part of a road without a junction inside: `refs[first..=last]`.
#[derive(Clone, Copy)]
struct Piece {
    way: u32,
    first: u32,
    last: u32,
}

/// The end of a piece: twice its number, and one more for its last point. As a step of a
/// chain, the end where it is entered.
type End = u32;
const FREE: End = End::MAX;

const fn is_last(end: End) -> bool {
    end & 1 == 1
}

/// Takes out what is not needed; points in `keep` stay, and so do closed ones.
pub(super) fn contract(usage: &Usage<'_>, keep: &[u32], junction_ms: u32) -> Chains {
    let map = usage.map;
    let rates = &usage.rates;
    let meetings = meetings(usage, keep);
    let pieces = pieces(map, rates, &meetings);
    let links = links(map, rates, &pieces, &meetings);
    let (steps, starts) = trace(&links);
    let delays = Delays { of: &usage.delays, meetings: &meetings, junction_ms };
    Laying { map, rates, pieces: &pieces, steps: &steps, delays }.lay(starts)
}

fn meetings(usage: &Usage<'_>, keep: &[u32]) -> Vec<Meeting> {
    let map = usage.map;
    let mut meetings = vec![Meeting::default(); map.points.len()];
    for way in open(&usage.rates) {
        let refs = &map.refs[map.refs_of(way)];
        for pair in refs.windows(2) {
            meetings[pair[0] as usize].add();
            meetings[pair[1] as usize].add();
        }
    }
    for &point in keep.iter().chain(&usage.closed) {
        meetings[point as usize].0 |= Meeting::STAYS;
    }
    meetings
}

fn open(rates: &[Option<Rates>]) -> impl Iterator<Item = usize> {
    rates.iter().enumerate().filter_map(|(way, rates)| rates.map(|_| way))
}

fn pieces(map: &RoadMap, rates: &[Option<Rates>], meetings: &[Meeting]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for way in open(rates) {
        let range = map.refs_of(way);
        let mut first = range.start;
        for at in range.start + 1..range.end {
            if at + 1 == range.end || meetings[map.refs[at] as usize].is_junction() {
                pieces.push(Piece { way: way as u32, first: first as u32, last: at as u32 });
                first = at;
            }
        }
    }
    pieces
}

/// Which end each end goes on to, where that is the only thing that can be done.
fn links(map: &RoadMap, rates: &[Option<Rates>], pieces: &[Piece], meetings: &[Meeting]) -> Vec<End> {
    let mut links = vec![FREE; 2 * pieces.len()];
    let mut ends: Vec<(u32, End)> = Vec::new();
    for (number, piece) in pieces.iter().enumerate() {
        for (end, at) in [(0, piece.first), (1, piece.last)] {
            let point = map.refs[at as usize];
            if !meetings[point as usize].is_junction() {
                ends.push((point, 2 * number as End + end));
            }
        }
    }
    ends.sort_unstable();
    // Whether one can come to the point by an end, and leave it by the end.
    let through = |end: End| {
        let rates = rates[pieces[end as usize / 2].way as usize];
        let (forward, backward) =
            rates.map_or((false, false), |r| (r.forward.is_some(), r.backward.is_some()));
        if is_last(end) { (forward, backward) } else { (backward, forward) }
    };
    for pair in ends.chunk_by(|a, b| a.0 == b.0) {
        let &[(_, one), (_, other)] = pair else { continue };
        let (come, leave) = through(one);
        if one / 2 != other / 2 && (leave, come) == through(other) {
            (links[one as usize], links[other as usize]) = (other, one);
        }
    }
    links
}

/// The chains: steps in order, and where each chain starts among them.
fn trace(links: &[End]) -> (Vec<End>, Vec<u32>) {
    let mut done = vec![false; links.len() / 2];
    let (mut steps, mut starts) = (Vec::with_capacity(done.len()), Vec::new());
    let mut follow = |start: End, done: &mut Vec<bool>| {
        starts.push(steps.len() as u32);
        let mut enter = start;
        while enter != FREE && !done[enter as usize / 2] {
            done[enter as usize / 2] = true;
            steps.push(enter);
            enter = links[(enter ^ 1) as usize];
        }
    };
    for end in 0..links.len() as End {
        if links[end as usize] == FREE && !done[end as usize / 2] {
            follow(end, &mut done);
        }
    }
    // Circles that nothing joins: anywhere will do.
    for end in (0..links.len() as End).step_by(2) {
        if !done[end as usize / 2] {
            follow(end, &mut done);
        }
    }
    (steps, starts)
}

/// What passing a point costs.
struct Delays<'a> {
    of: &'a [(u32, u32)],
    meetings: &'a [Meeting],
    junction_ms: u32,
}

impl Delays<'_> {
    fn at(&self, point: u32) -> u32 {
        let own = self.of.binary_search_by_key(&point, |&(point, _)| point).map_or(0, |at| self.of[at].1);
        own + if self.meetings[point as usize].count() > 2 { self.junction_ms } else { 0 }
    }

    fn any(&self) -> bool {
        !self.of.is_empty() || self.junction_ms > 0
    }
}

/// Lays chains out as edges.
struct Laying<'a> {
    map: &'a RoadMap,
    rates: &'a [Option<Rates>],
    pieces: &'a [Piece],
    steps: &'a [End],
    delays: Delays<'a>,
}

impl Laying<'_> {
    fn lay(&self, starts: Vec<u32>) -> Chains {
        let ends = |chain: usize| {
            let end = starts.get(chain + 1).map_or(self.steps.len(), |&next| next as usize);
            starts[chain] as usize..end
        };
        let mut order: Vec<(u32, u32, u32)> = (0..starts.len())
            .map(|chain| {
                let steps = &self.steps[ends(chain)];
                let last = steps.last().map_or(0, |step| step ^ 1);
                (self.point(steps[0]), self.point(last), chain as u32)
            })
            .collect();
        let mut chains = Chains { junctions: self.junctions(&order), ..Chains::default() };
        let number = self.numbers(&chains.junctions);
        for (from, to, _) in &mut order {
            (*from, *to) = (number[*from as usize], number[*to as usize]);
        }
        order.sort_unstable_by_key(|&(from, to, chain)| (from.min(to), from.max(to), chain));
        let points = self.pieces.iter().map(|p| (p.last - p.first) as usize).sum::<usize>() + order.len();
        for list in [&mut chains.shape, &mut chains.ahead, &mut chains.behind, &mut chains.along] {
            list.reserve_exact(points);
        }
        chains.edges.reserve_exact(order.len());
        for (from, to, chain) in order {
            self.edge(&mut chains, from, to, &self.steps[ends(chain as usize)]);
        }
        chains
    }

    /// The point at an end.
    fn point(&self, end: End) -> u32 {
        let piece = self.pieces[end as usize / 2];
        self.map.refs[if is_last(end) { piece.last } else { piece.first } as usize]
    }

    fn junctions(&self, chains: &[(u32, u32, u32)]) -> Vec<(u32, u8)> {
        let curve = Curve::around(&self.map.points);
        let mut points: Vec<u32> = chains.iter().flat_map(|&(from, to, _)| [from, to]).collect();
        points.sort_unstable();
        points.dedup();
        points.sort_by_cached_key(|&point| (curve.at(self.map.points[point as usize]), point));
        points.into_iter().map(|point| (point, self.delays.meetings[point as usize].count())).collect()
    }

    /// The junction at each point that is one.
    fn numbers(&self, junctions: &[(u32, u8)]) -> Vec<u32> {
        let mut number = vec![0; self.map.points.len()];
        for (junction, &(point, _)) in junctions.iter().enumerate() {
            number[point as usize] = junction as u32;
        }
        number
    }

    fn edge(&self, chains: &mut Chains, from: u32, to: u32, steps: &[End]) {
        let first = chains.shape.len() as u32;
        let mut cost = [0_u32; 2];
        let mut mm = 0_u64;
        let mut open = (false, false);
        chains.shape.push(self.point(steps[0]));
        chains.ahead.push(0);
        chains.behind.push(0);
        chains.along.push(0);
        for &step in steps {
            let piece = self.pieces[step as usize / 2];
            let Some(rates) = self.rates[piece.way as usize] else { continue };
            chains.spans.push((chains.shape.len() as u32 - 1, piece.way));
            let (range, turned) = (piece.first as usize..piece.last as usize, is_last(step));
            let paces =
                if turned { [rates.backward, rates.forward] } else { [rates.forward, rates.backward] };
            open = (paces[0].is_some(), paces[1].is_some());
            let mut lay = |at: usize| {
                let point = self.map.refs[if turned { at } else { at + 1 }];
                let length = self.map.lengths[at];
                mm += u64::from(length);
                let mut taken = paces.map(|pace| pace.map_or(0, |rate| ms(length, rate)));
                if self.delays.any() {
                    let before = chains.shape.last().map_or(0, |&point| self.delays.at(point));
                    taken = [taken[0] + self.delays.at(point), taken[1] + before];
                }
                cost = [0, 1].map(|way| (cost[way] + taken[way]).min(MOST_MS));
                chains.shape.push(point);
                chains.ahead.push(cost[0]);
                chains.behind.push(cost[1]);
                chains.along.push(u32::try_from(mm / 10).unwrap_or(u32::MAX));
            };
            if turned { range.rev().for_each(&mut lay) } else { range.for_each(&mut lay) }
        }
        chains.edges.push(Edge { from, to, first, forward: open.0, backward: open.1 });
    }
}

/// The curve of Hilbert over a frame.
struct Curve {
    west: i32,
    south: i32,
    side: u64,
}

impl Curve {
    fn around(points: &[Point]) -> Self {
        let [west, south, east, north] = frame(points.iter().copied());
        let side = (i64::from(east) - i64::from(west)).max(i64::from(north) - i64::from(south));
        Self { west, south, side: side.max(1) as u64 }
    }

    /// How far along the curve a point is, of 2³².
    fn at(&self, point: Point) -> u32 {
        let cell =
            |units: i32, from: i32| ((i64::from(units) - i64::from(from)) as u64 * 0xffff / self.side) as u32;
        let (mut x, mut y) = (cell(point.lon, self.west), cell(point.lat, self.south));
        let mut along = 0;
        for bit in (0..16).rev() {
            let (right, up) = (x >> bit & 1, y >> bit & 1);
            along = along << 2 | (3 * right) ^ up;
            if up == 0 {
                if right == 1 {
                    (x, y) = (!x, !y);
                }
                (x, y) = (y, x);
            }
        }
        along
    }
}
