//! What every GeoJSON file shares: a collection whose features keep their line, and polygons in degrees.

use crate::units::Position;
use geo::{CoordsIter, MultiPolygon};
use geojson::{Geometry, GeometryValue};
use serde::Deserialize;
use serde_json::value::RawValue;

/// A collection whose features are parsed one by one.
#[derive(Deserialize)]
struct Collection<'t> {
    #[serde(borrow)]
    features: Vec<&'t RawValue>,
}

/// The features of a collection, each with its line.
///
/// # Errors
/// When it is none.
pub(crate) fn features(text: &[u8]) -> serde_json::Result<impl Iterator<Item = (u32, &str)>> {
    let collection: Collection<'_> = serde_json::from_slice(text)?;
    let (mut at, mut line) = (0, 1_u32);
    Ok(collection.features.into_iter().map(move |raw| {
        let start = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let breaks = text.get(at..start).map_or(0, |between| between.iter().filter(|&&b| b == b'\n').count());
        line = line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        at = start;
        (line, raw.get())
    }))
}

/// The line of an error; at least the first.
pub(crate) fn line_of(error: &serde_json::Error) -> u32 {
    u32::try_from(error.line()).unwrap_or(u32::MAX).max(1)
}

/// The polygons of a geometry; `None` when it is something else, or a point lacks
/// a number, which the conversion takes for granted.
pub(crate) fn polygons(geometry: &Geometry) -> Option<MultiPolygon<f64>> {
    let whole = |rings: &[Vec<geojson::Position>]| rings.iter().flatten().all(|p| p.as_slice().len() >= 2);
    let whole = match &geometry.value {
        GeometryValue::Polygon { coordinates } => whole(coordinates),
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().all(|rings| whole(rings)),
        _ => false,
    };
    match geo::Geometry::try_from(whole.then_some(geometry)?).ok()? {
        geo::Geometry::Polygon(polygon) => Some(polygon.into()),
        geo::Geometry::MultiPolygon(shape) => Some(shape),
        _ => None,
    }
}

/// Whether every point is one of the earth, in degrees.
pub(crate) fn is_on_earth(shape: &MultiPolygon<f64>) -> bool {
    shape.coords_iter().all(|c| Position::new(c.x, c.y).is_some())
}
