//! The outlines of communes, for maps and for telling which commune a point is in.

use crate::units::{InseeCode, Position};
use geo::{Intersects, MultiPolygon, Point};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One outline a commune, in WGS84 degrees. Cheap to clone.
///
/// ```
/// use maillage::units::{InseeCode, Position};
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let outlines = study.territory().outlines();
/// let at = Position::new(0.25, 47.0).expect("on the earth");
/// assert_eq!(outlines.commune_at(at), InseeCode::new("37900"));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlines(Arc<BTreeMap<InseeCode, MultiPolygon<f64>>>);

impl Outlines {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The outline of a commune, if it is known.
    pub fn get(&self, commune: InseeCode) -> Option<&MultiPolygon<f64>> {
        self.0.get(&commune)
    }

    /// The commune around a position, if one's outline is; the first code on a border.
    pub fn commune_at(&self, at: Position) -> Option<InseeCode> {
        let at = Point::from(at);
        self.iter().find(|(_, shape)| shape.intersects(&at)).map(|(code, _)| code)
    }

    /// All of them, in the order of the codes.
    pub fn iter(&self) -> impl Iterator<Item = (InseeCode, &MultiPolygon<f64>)> {
        self.0.iter().map(|(code, shape)| (*code, shape))
    }
}

impl FromIterator<(InseeCode, MultiPolygon<f64>)> for Outlines {
    fn from_iter<I: IntoIterator<Item = (InseeCode, MultiPolygon<f64>)>>(shapes: I) -> Self {
        Self(Arc::new(shapes.into_iter().collect()))
    }
}
