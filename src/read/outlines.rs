//! `communes.geojson`: outlines, for maps and to notice a misplaced centre.

use super::features;
use super::files::{Folder, Found};
use super::report::{Report, clipped};
use crate::error::Error;
use crate::finding::{Code, Text};
use crate::territory::Draft;
use crate::units::{InseeCode, Position};
use geo::Intersects;
use std::collections::HashMap;

/// A centre this far outside its outline is said, in metres. Outlines are simplified.
pub(super) const FAR_OUTSIDE: f64 = 1_000.0;
/// Metres in a degree of latitude.
const DEGREE: f64 = 111_195.080_2;

/// Reads `communes.geojson`, if there is one.
pub(super) fn read(
    folder: &mut Folder<'_>,
    draft: &mut Draft,
    report: &mut Report,
    places_unread: bool,
) -> Result<(), Error> {
    let Found::Here(text) = folder.text("communes.geojson", report)? else { return Ok(()) };
    let Some(all) = features::of(&text, report) else { return Ok(()) };
    let centres: HashMap<&str, Option<Position>> =
        draft.places.iter().map(|w| (w.value.key.as_str(), w.value.position)).collect();
    let centre = |code: &str| centres.get(code).copied();
    let shapes: Vec<_> =
        all.into_iter().filter_map(|(line, raw)| outline(raw, line, centre, places_unread, report)).collect();
    draft.outlines = shapes.into_iter().collect();
    Ok(())
}

fn outline(
    raw: &str,
    line: u32,
    centre: impl Fn(&str) -> Option<Option<Position>>,
    places_unread: bool,
    report: &mut Report,
) -> Option<(InseeCode, geo::MultiPolygon<f64>)> {
    let feature = features::parsed(raw, line, report)?;
    let Some(code) = feature.property("insee_code").and_then(|code| code.as_str()) else {
        report.missing(line, "insee_code");
        return None;
    };
    let Some(at) = centre(code) else {
        if !places_unread {
            unknown(line, code, report);
        }
        return None;
    };
    let shape = features::polygons(&feature, line, code, report)?;
    let metres = at.map_or(0.0, |at| outside(&shape, at));
    if metres > FAR_OUTSIDE {
        misplaced(line, code, metres, report);
    }
    Some((InseeCode::new(code)?, shape))
}

/// Metres from `at` to the outline when it is outside, else zero; in a plane
/// around `at`, which is exact enough to tell one kilometre.
pub(super) fn outside(shape: &geo::MultiPolygon<f64>, at: Position) -> f64 {
    if shape.intersects(&geo::Point::from(at)) {
        return 0.0;
    }
    let east = DEGREE * at.lat().to_radians().cos();
    let local = |c: geo::Coord<f64>| ((c.x - at.lon()) * east, (c.y - at.lat()) * DEGREE);
    let lines = shape.0.iter().flat_map(|polygon| polygon.exterior().lines());
    // An outline without a line has no inside to be out of.
    lines.map(|line| to_origin(local(line.start), local(line.end))).reduce(f64::min).unwrap_or(0.0)
}

/// Distance from the origin to a segment.
fn to_origin(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { (-(a.0 * dx + a.1 * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (a.0 + along * dx).hypot(a.1 + along * dy)
}

fn unknown(line: u32, code: &str, report: &mut Report) {
    let code = clipped(code);
    report.say(
        Code::CentreOutside,
        line,
        Text::say(|words| words.outline_of_unknown_commune(&code)),
        Text::say(|words| words.add_the_commune()),
    );
}

fn misplaced(line: u32, code: &str, metres: f64, report: &mut Report) {
    let code = clipped(code);
    let km = (metres / 1_000.0).round();
    report.say(
        Code::CentreOutside,
        line,
        Text::say(|words| words.centre_outside(&code, km)),
        Text::say(|words| words.check_lon_and_lat()),
    );
}
