//! GeoJSON points: properties are columns, the geometry is `lon` and `lat`.

use super::super::features;
use super::super::report::Report;
use super::{LAT, LON, grid};
use crate::finding::{Code, Text};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    properties: Option<Map<String, Value>>,
    #[serde(default)]
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    r#type: String,
    #[serde(default)]
    coordinates: Value,
}

/// One row a feature. `None` when the file is no collection of features.
pub(super) fn read(text: &str, report: &mut Report) -> Option<grid::Rows> {
    let features = features::of(text, report)?;
    let mut columns: BTreeMap<String, usize> = BTreeMap::new();
    let mut names = Vec::new();
    for name in [LON, LAT] {
        columns.insert(name.to_owned(), names.len());
        names.push(name.to_owned());
    }
    let mut rows: Vec<(u32, Feature)> = Vec::new();
    for (line, raw) in features {
        match serde_json::from_str::<Feature>(raw) {
            Ok(feature) => rows.push((line, feature)),
            Err(error) => features::syntax(line, &error.to_string(), report),
        }
    }
    for name in rows.iter().filter_map(|(_, f)| f.properties.as_ref()).flat_map(Map::keys) {
        if !columns.contains_key(name) {
            columns.insert(name.clone(), names.len());
            names.push(name.clone());
        }
    }
    let mut grid = grid::Rows::new(names, 1);
    for (line, feature) in rows {
        grid.begin(line);
        point(line, feature.geometry, &mut grid, report);
        for (name, value) in feature.properties.into_iter().flatten() {
            // A point has the coordinates of its geometry, whatever its properties say.
            if let (Some(&column), false) = (columns.get(&name), name == LON || name == LAT) {
                grid.push(column, &plain(&value));
            }
        }
    }
    Some(grid)
}

fn point(line: u32, geometry: Option<Geometry>, grid: &mut grid::Rows, report: &mut Report) {
    // A feature without geometry is a place that is not located.
    let Some(geometry) = geometry else { return };
    let numbers =
        geometry.coordinates.as_array().map(|all| all.iter().map(Value::as_f64).collect::<Vec<_>>());
    match (geometry.r#type.as_str(), numbers.as_deref()) {
        ("Point", Some([Some(lon), Some(lat)] | [Some(lon), Some(lat), Some(_)])) => {
            grid.push(0, &lon.to_string());
            grid.push(1, &lat.to_string());
        }
        _ => {
            report.say(
                Code::BadValue,
                line,
                Text::say(|words| words.not_a_point()),
                Text::say(|words| words.give_one_point()),
            );
            // The row is read all the same, so that what points at it is not reported too.
            report.spoil(line);
        }
    }
}

/// A property as a field of a table.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "1".to_owned(),
        Value::Bool(false) => "0".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        // A list of identifiers.
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("|"),
        Value::Object(_) => value.to_string(),
    }
}
