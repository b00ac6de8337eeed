//! GeoJSON of a territory's folder: what can't be read of it is reported.

use super::report::{Report, clipped};
use crate::features;
use crate::finding::{Code, Text};

/// The features of a collection, each with its line; `None` when it is none, which was reported.
pub(super) fn of<'t>(text: &'t str, report: &mut Report) -> Option<Vec<(u32, &'t str)>> {
    match features::features(text.as_bytes()) {
        Ok(all) => Some(all.collect()),
        Err(error) => {
            syntax(features::line_of(&error), &error.to_string(), report);
            None
        }
    }
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
    let Some(shape) = features::polygons(geometry) else {
        let expected = Text::say(|words| words.a_polygon());
        report.bad(line, "geometry", geometry.value.type_name(), expected);
        return None;
    };
    if !features::is_on_earth(&shape) {
        let expected = Text::say(|words| words.wgs84_degrees());
        report.out_of_range(line, "coordinates", name, expected);
        return None;
    }
    Some(shape)
}

pub(super) fn syntax(line: u32, why: &str, report: &mut Report) {
    let why = clipped(why);
    report.say(
        Code::Syntax,
        line,
        Text::say(|words| words.geojson_does_not_parse(&why)),
        Text::say(|words| words.a_feature_collection()),
    );
}
