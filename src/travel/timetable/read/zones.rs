//! `locations.geojson`: zones, each by its id. A feature that is broken costs itself alone.

use super::said::{Defect, Told};
use super::{Feed, Stop, too_many, troubled};
use crate::features;
use crate::travel::timetable::read::rows::Trouble;
use geo::{CoordsIter, MultiPolygon};
use geojson::feature::Id;
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

impl Feed<'_> {
    pub(super) fn zones(&mut self) -> Result<Zones, Stop> {
        let mut zones = Zones::new();
        let Some(bytes) = self.zone_file()? else { return Ok(zones) };
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        let features = match features::features(bytes) {
            Ok(features) => features,
            Err(error) => {
                self.told.say(Defect::NoZones, ZONES, Some(features::line_of(&error)), b"");
                return Ok(zones);
            }
        };
        let mut points = 0;
        for (line, raw) in features {
            points += add(&mut zones, &mut self.told, raw, line);
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
    let zone = features::polygons(geometry)?;
    let has_inside = zone.0.iter().any(|polygon| polygon.exterior().0.len() >= 4);
    (has_inside && features::is_on_earth(&zone)).then_some(zone)
}
