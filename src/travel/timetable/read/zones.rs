//! `locations.geojson`: zones, each by its id. A feature that is broken costs itself alone.

use super::said::{Defect, Told};
use super::{Feed, Stop, too_many, troubled};
use crate::travel::timetable::read::rows::Trouble;
use crate::units::Position;
use geo::{CoordsIter, MultiPolygon};
use geojson::feature::Id;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

pub(super) const ZONES: &str = "locations.geojson";
/// Most bytes of the file, and most points of all its zones: an outline of every commune of France has fewer.
const MOST_BYTES: u64 = 128 << 20;
const MOST_POINTS: usize = 4_000_000;

/// Zones by their id.
pub(super) type Zones = HashMap<Box<[u8]>, Arc<MultiPolygon<f64>>>;

/// A collection whose features are parsed one by one.
#[derive(Deserialize)]
struct Collection<'t> {
    #[serde(borrow)]
    features: Vec<&'t RawValue>,
}

impl Feed<'_> {
    pub(super) fn zones(&mut self) -> Result<Zones, Stop> {
        let mut zones = Zones::new();
        let Some(bytes) = self.zone_file()? else { return Ok(zones) };
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        let collection = serde_json::from_slice::<Collection<'_>>(bytes);
        let features = match collection {
            Ok(collection) => collection.features,
            Err(error) => {
                let line = u32::try_from(error.line()).unwrap_or(u32::MAX).max(1);
                self.told.say(Defect::NoZones, ZONES, Some(line), b"");
                return Ok(zones);
            }
        };
        let (mut at, mut line, mut points) = (0, 1_u32, 0);
        for raw in features {
            let start = (raw.get().as_ptr() as usize).saturating_sub(bytes.as_ptr() as usize);
            let breaks = bytes[at..start].iter().filter(|&&byte| byte == b'\n').count();
            line = line.saturating_add(breaks as u32);
            at = start;
            points += add(&mut zones, &mut self.told, raw.get(), line);
            if points > MOST_POINTS {
                return Err(Stop::Refused(Box::new(too_many(Path::new(&self.name), ZONES))));
            }
        }
        Ok(zones)
    }

    fn zone_file(&mut self) -> Result<Option<Vec<u8>>, Stop> {
        let trouble = |error| troubled(&self.name, ZONES, Trouble::System(error));
        let Some(file) = self.source.file(ZONES).map_err(trouble)? else { return Ok(None) };
        let mut bytes = Vec::new();
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(trouble)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Stop::Refused(Box::new(too_many(Path::new(&self.name), ZONES))));
        }
        Ok(Some(bytes))
    }
}

/// Adds a feature's zone; how many points it has.
fn add(zones: &mut Zones, told: &mut Told, raw: &str, line: u32) -> usize {
    let feature = serde_json::from_str::<geojson::Feature>(raw).ok();
    let id = match feature.as_ref().and_then(|feature| feature.id.as_ref()) {
        Some(Id::String(id)) => id.clone(),
        Some(Id::Number(id)) => id.to_string(),
        None => String::new(),
    };
    let zone = feature.and_then(|feature| zone_of(&feature.geometry?));
    match zone {
        Some(zone) if !id.is_empty() => {
            if zones.contains_key(id.as_bytes()) {
                told.say(Defect::TwoOfOneId, ZONES, Some(line), id.as_bytes());
                return 0;
            }
            let points = zone.coords_count();
            zones.insert(id.into_bytes().into(), Arc::new(zone));
            points
        }
        _ => {
            told.say(Defect::BadZone, ZONES, Some(line), id.as_bytes());
            0
        }
    }
}

/// The polygons of a geometry, in degrees; `None` when it is something else.
fn zone_of(geometry: &geojson::Geometry) -> Option<MultiPolygon<f64>> {
    use geojson::GeometryValue;
    // Converting takes for granted that a point has two numbers.
    let whole = |rings: &[Vec<geojson::Position>]| rings.iter().flatten().all(|p| p.as_slice().len() >= 2);
    let whole = match &geometry.value {
        GeometryValue::Polygon { coordinates } => whole(coordinates),
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().all(|rings| whole(rings)),
        _ => false,
    };
    let zone: MultiPolygon<f64> = match geo::Geometry::try_from(whole.then_some(geometry)?).ok()? {
        geo::Geometry::Polygon(polygon) => polygon.into(),
        geo::Geometry::MultiPolygon(zone) => zone,
        _ => return None,
    };
    let has_inside = zone.0.iter().any(|polygon| polygon.exterior().0.len() >= 4);
    let on_earth = zone.coords_iter().all(|c| Position::new(c.x, c.y).is_some());
    (has_inside && on_earth).then_some(zone)
}
