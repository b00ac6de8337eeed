//! Who is near whom on the earth.

use crate::units::Position;
use rstar::RTree;
use rstar::primitives::GeomWithData;

/// Mean radius of the earth in metres (IUGG), that of [`Position::straight_line`].
const RADIUS: f64 = 6_371_008.8;

/// Numbered points. They are kept as points of the unit sphere, where near is
/// near at the poles and across the 180th meridian too.
pub(super) struct Near(RTree<GeomWithData<[f64; 3], usize>>);

impl Near {
    pub(super) fn new(points: impl IntoIterator<Item = (usize, Position)>) -> Self {
        let points = points.into_iter().map(|(i, at)| GeomWithData::new(on_sphere(at), i));
        Self(RTree::bulk_load(points.collect()))
    }

    /// The points at most about `metres` away, by number. A little more is
    /// found rather than less: whoever asks measures again.
    pub(super) fn within(&self, at: Position, metres: f64) -> Vec<usize> {
        let angle = (metres.max(0.0) + 1.0) / RADIUS;
        let chord = 2.0 * (angle / 2.0).min(std::f64::consts::FRAC_PI_2).sin();
        let found = self.0.locate_within_distance(on_sphere(at), chord * chord);
        let mut found: Vec<usize> = found.map(|point| point.data).collect();
        found.sort_unstable();
        found
    }

    /// The nearest point; of several equally near, the first.
    pub(super) fn nearest(&self, at: Position) -> Option<usize> {
        let all = self.0.nearest_neighbors(&on_sphere(at));
        all.into_iter().map(|point| point.data).min()
    }
}

fn on_sphere(at: Position) -> [f64; 3] {
    let (lon, lat) = (at.lon().to_radians(), at.lat().to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_is_near_everywhere() {
        let at = |lon, lat| Position::new(lon, lat).expect("on earth");
        let points = [at(0.0, 47.0), at(0.0, 47.01), at(179.999, 0.0), at(90.0, 89.999)];
        let near = Near::new(points.into_iter().enumerate());
        assert_eq!(near.within(at(0.0, 47.005), 560.0), [0, 1]);
        assert_eq!(near.within(at(0.0, 47.0), 1_000.0), [0]);
        assert_eq!(near.within(at(-179.999, 0.0), 300.0), [2]);
        assert_eq!(near.nearest(at(-90.0, 89.999)), Some(3));
        assert_eq!(near.nearest(at(0.0, 47.006)), Some(1));
    }
}
