//! What was read: points, roads with their tags, marks and turn restrictions, for every mode.

use super::tags::{TagSets, Tags};
use crate::finding::Finding;
use crate::territory::RoadId;
use crate::units::Position;

/// The roads of an extract that some of the asked profiles may use. One geometry for all modes.
///
/// ```
/// # use maillage::Control;
/// # use maillage::territory::{Mode, Way};
/// # use maillage::travel::{Profile, RoadMap, RoadNetwork};
/// # use maillage::units::{Metres, Position, Seconds};
/// # use std::sync::Arc;
/// # let control = Control::none();
/// # let profile = Profile::shipped(Mode::Car).expect("one of ours");
/// # let file = "data/valley/roads/valley.osm.pbf".as_ref();
/// # let map = Arc::new(RoadMap::open(file, std::slice::from_ref(&profile), &control)?);
/// # let network = Arc::new(RoadNetwork::new(&map, &profile));
/// # let at = |lat| Position::new(0.25, lat).expect("on the earth");
/// assert!(map.roads().any(|road| road.get() == 1));
/// assert!(map.findings().is_empty());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct RoadMap {
    pub(super) points: Vec<Point>,
    pub(super) ways: Vec<Way>,
    /// The points of way `w` are `refs[ways[w].first..ways[w + 1].first]`.
    pub(super) refs: Vec<u32>,
    /// Millimetres from each of `refs` to the next of its way; 0 for the last.
    pub(super) lengths: Vec<u32>,
    pub(super) tags: TagSets,
    /// Points with tags of their own, by point.
    pub(super) marks: Vec<(u32, u32)>,
    pub(super) restrictions: Vec<Restriction>,
    /// West, south, east, north of the extract.
    pub(super) frame: [i32; 4],
    pub(super) findings: Vec<Finding>,
    /// The file, for messages.
    pub(super) name: String,
}

/// A position in units of 10⁻⁷ degrees, as OpenStreetMap keeps them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) lon: i32,
    pub(super) lat: i32,
}

/// A road of OpenStreetMap, or what is left of it between points that are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) id: i64,
    pub(super) tags: u32,
    pub(super) first: u32,
}

/// A turn restriction: coming from one of some ways, at a point, into one of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Restriction {
    /// Whether it is the only turn that is allowed, or one that is not.
    pub(super) only: bool,
    /// The key of the vehicles that it is for; `None`: all.
    pub(super) vehicle: Option<String>,
    /// Keys of the vehicles that it is not for.
    pub(super) except: Vec<String>,
    pub(super) from: Vec<i64>,
    pub(super) via: u32,
    pub(super) to: Vec<i64>,
}

impl RoadMap {
    /// How many points its roads have.
    pub fn points(&self) -> usize {
        self.points.len()
    }

    /// How many roads it has.
    pub fn ways(&self) -> usize {
        self.ways.len()
    }

    /// The ids of its roads, in the order of the file.
    pub fn roads(&self) -> impl Iterator<Item = RoadId> {
        self.ways.iter().map(|way| RoadId::new(way.id))
    }

    /// West, south, east and north of the extract, in degrees.
    pub fn frame(&self) -> [f64; 4] {
        self.frame.map(|units| f64::from(units) * 1e-7)
    }

    /// What was noted in reading.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    pub(super) fn refs_of(&self, way: usize) -> std::ops::Range<usize> {
        let end = self.ways.get(way + 1).map_or(self.refs.len(), |next| next.first as usize);
        self.ways[way].first as usize..end
    }

    pub(super) fn tags_of(&self, way: usize) -> Tags<'_> {
        self.tags.get(self.ways[way].tags)
    }
}

impl Point {
    pub(super) fn of(at: Position) -> Self {
        let units = |degrees: f64| (degrees * 1e7).round() as i32;
        Self { lon: units(at.lon()), lat: units(at.lat()) }
    }

    pub(super) fn degrees(self) -> [f64; 2] {
        [f64::from(self.lon) * 1e-7, f64::from(self.lat) * 1e-7]
    }

    /// Metres to `other`, not far, on the ellipsoid.
    pub(super) fn metres(self, other: Self) -> f64 {
        let lat = (f64::from(self.lat) + f64::from(other.lat)) * 0.5e-7;
        let scale = Scale::at(lat);
        scale.metres(f64::from(other.lon) - f64::from(self.lon), f64::from(other.lat) - f64::from(self.lat))
    }
}

/// West, south, east and north of points; inside out when there are none.
pub(super) fn frame(points: impl IntoIterator<Item = Point>) -> [i32; 4] {
    let grow = |f: [i32; 4], p: Point| [f[0].min(p.lon), f[1].min(p.lat), f[2].max(p.lon), f[3].max(p.lat)];
    points.into_iter().fold([i32::MAX, i32::MAX, i32::MIN, i32::MIN], grow)
}

/// The point at a share of the way from `a` to `b`, in degrees.
pub(super) fn between(a: [f64; 2], b: [f64; 2], share: f64) -> [f64; 2] {
    [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
}

/// Metres to a unit of 10⁻⁷ degrees at a latitude.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) lon: f64,
    pub(super) lat: f64,
}

impl Scale {
    /// Series of an ellipsoid (47 CFR 73.208, within 0.003 % of WGS84), which routing engines use
    /// too; cosines of multiples are polynomials of one cosine.
    pub(super) fn at(degrees: f64) -> Self {
        let c = degrees.to_radians().cos();
        let (c2, c3) = (2.0 * c * c - 1.0, (4.0 * c * c - 3.0) * c);
        let (c4, c5) = (2.0 * c2 * c2 - 1.0, ((16.0 * c * c - 20.0) * c * c + 5.0) * c);
        let lon = 111_415.13 * c - 94.55 * c3 + 0.12 * c5;
        let lat = 111_132.09 - 566.05 * c2 + 1.2 * c4;
        Self { lon: lon * 1e-7, lat: lat * 1e-7 }
    }

    pub(super) fn metres(self, lon: f64, lat: f64) -> f64 {
        let (x, y) = (lon * self.lon, lat * self.lat);
        (x * x + y * y).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_those_of_the_ellipsoid() {
        let at = |lon: f64, lat: f64| Point::of(Position::new(lon, lat).expect("on earth"));
        // Degrees of latitude and longitude at 45° (WGS84): 111,131.7 m and 78,846.8 m.
        assert!((at(0.0, 44.5).metres(at(0.0, 45.5)) - 111_131.7).abs() < 3.0);
        assert!((at(0.0, 45.0).metres(at(1.0, 45.0)) - 78_846.8).abs() < 3.0);
        assert_eq!(at(2.0, 45.0).metres(at(2.0, 45.0)), 0.0);
    }
}
