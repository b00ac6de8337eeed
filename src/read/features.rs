//! What every GeoJSON file shares: a collection whose features keep their line.

use super::report::{Report, clipped};
use crate::finding::Code;
use crate::units::Position;
use serde::Deserialize;
use serde_json::value::RawValue;

/// A collection whose features are parsed one by one.
#[derive(Deserialize)]
struct Collection<'t> {
    #[serde(borrow)]
    features: Vec<&'t RawValue>,
}

/// The features of a collection, each with its line; `None` when it is none, which was reported.
pub(super) fn of<'t>(text: &'t str, report: &mut Report) -> Option<Vec<(u32, &'t str)>> {
    let collection: Collection<'t> = match serde_json::from_str(text) {
        Ok(collection) => collection,
        Err(error) => {
            let line = u32::try_from(error.line()).unwrap_or(u32::MAX).max(1);
            syntax(line, &error.to_string(), report);
            return None;
        }
    };
    let (mut at, mut line) = (0, 1_u32);
    let placed = |raw: &'t RawValue| {
        let start = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let lines = text.get(at..start).map_or(0, |between| between.bytes().filter(|b| *b == b'\n').count());
        line = line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        at = start;
        (line, raw.get())
    };
    Some(collection.features.into_iter().map(placed).collect())
}

/// One feature; `None` when it does not parse, which was reported.
pub(super) fn parsed(raw: &str, line: u32, report: &mut Report) -> Option<geojson::Feature> {
    match serde_json::from_str(raw) {
        Ok(feature) => Some(feature),
        Err(error) => {
            syntax(line, &error.to_string(), report);
            None
        }
    }
}

/// The polygons of a feature, in degrees; `None` when it has none, which was reported.
pub(super) fn polygons(
    feature: &geojson::Feature,
    line: u32,
    name: &str,
    report: &mut Report,
) -> Option<geo::MultiPolygon<f64>> {
    let Some(geometry) = feature.geometry.as_ref() else {
        report.missing(line, "geometry");
        return None;
    };
    let Some(shape) = shape_of(geometry) else {
        let expected = (
            "un Polygon ou un MultiPolygon, chaque point avec sa longitude et sa latitude",
            "a Polygon or MultiPolygon, each point with its longitude and latitude",
        );
        report.bad(line, "geometry", geometry.value.type_name(), expected);
        return None;
    };
    if !on_earth(&shape) {
        let expected = ("des degrés WGS84", "WGS84 degrees");
        report.out_of_range(line, "coordinates", name, expected);
        return None;
    }
    Some(shape)
}

/// The polygons of a geometry; `None` when it is something else, or a point lacks
/// a number, which the conversion takes for granted.
fn shape_of(geometry: &geojson::Geometry) -> Option<geo::MultiPolygon<f64>> {
    use geojson::GeometryValue::{MultiPolygon, Polygon};
    let whole = |rings: &[Vec<geojson::Position>]| rings.iter().flatten().all(|p| p.as_slice().len() >= 2);
    let whole = match &geometry.value {
        Polygon { coordinates } => whole(coordinates),
        MultiPolygon { coordinates } => coordinates.iter().all(|rings| whole(rings)),
        _ => false,
    };
    match geo::Geometry::try_from(whole.then_some(geometry)?).ok()? {
        geo::Geometry::Polygon(polygon) => Some(polygon.into()),
        geo::Geometry::MultiPolygon(shape) => Some(shape),
        _ => None,
    }
}

fn on_earth(shape: &geo::MultiPolygon<f64>) -> bool {
    use geo::CoordsIter;
    shape.coords_iter().all(|c| Position::new(c.x, c.y).is_some())
}

pub(super) fn syntax(line: u32, why: &str, report: &mut Report) {
    let why = clipped(why);
    report.say(
        Code::Syntax,
        line,
        (&format!("ce GeoJSON ne se lit pas ({why})"), &format!("this GeoJSON does not parse ({why})")),
        (
            "il faut une FeatureCollection ; docs/format.md en décrit les propriétés",
            "a FeatureCollection is needed; docs/format.md describes its properties",
        ),
    );
}
