//! Columns of geometry, as geopandas, GDAL and PostGIS hand them out: their points, and what coordinate system these are in.

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef, StructArray};
use arrow_schema::{DataType, Field, Schema};
use maillage::read::{PointCell, PointColumn};
use serde_json::{Value, json};

/// Degrees of WGS84, longitude first, whichever authority says so.
const DEGREES: [&str; 2] = ["EPSG:4326", "OGC:CRS84"];

/// The first column of geometry.
pub(crate) fn column(schema: &Schema) -> Option<PointColumn> {
    let (column, field) = schema.fields().iter().enumerate().find(|(_, field)| is_geometry(field))?;
    Some(PointColumn { column, system: field.extension_type_metadata().and_then(system) })
}

/// Whether a column says that it holds geometry, other than as texts.
fn is_geometry(field: &Field) -> bool {
    let name = field.extension_type_name().unwrap_or_default();
    name == "ogc.wkb" || (name.starts_with("geoarrow.") && name != "geoarrow.wkt")
}

/// The coordinate system that the metadata of a column name; none where they name none, or degrees.
fn system(metadata: &str) -> Option<String> {
    // What does not parse may be a system all the same.
    let told = serde_json::from_str(metadata).unwrap_or_else(|_| json!({ "crs": metadata }));
    let crs = &told["crs"];
    let (code, name) = (code(crs), crs["name"].as_str());
    let is_degrees = |code: &str| code.is_empty() || DEGREES.iter().any(|own| own.eq_ignore_ascii_case(code));
    if crs.is_null() || code.as_deref().is_some_and(is_degrees) {
        return None;
    }
    Some(match (name, code) {
        (Some(name), Some(code)) => format!("{name} ({code})"),
        (Some(name), None) => name.to_owned(),
        (None, Some(code)) => code,
        (None, None) => crs.to_string(),
    })
}

/// What an authority calls a system, such as `EPSG:2154`: a text alone, or the `id` of PROJJSON.
fn code(crs: &Value) -> Option<String> {
    if let Some(text) = crs.as_str() {
        return Some(text.trim().to_owned());
    }
    let (authority, code) = (crs["id"]["authority"].as_str()?, &crs["id"]["code"]);
    // A number as a rule; a text without its quotes.
    let code = code.as_str().map_or_else(|| code.to_string(), str::to_owned);
    Some(format!("{authority}:{code}"))
}

/// What a column of geometry holds in a row.
pub(crate) fn point(array: &ArrayRef, row: usize) -> PointCell {
    if array.is_null(row) {
        return PointCell::Empty;
    }
    let coordinates = match array.data_type() {
        DataType::Binary => of_wkb(array.as_binary::<i32>().value(row)),
        DataType::LargeBinary => of_wkb(array.as_binary::<i64>().value(row)),
        DataType::BinaryView => of_wkb(array.as_binary_view().value(row)),
        DataType::FixedSizeList(..) => first_two(&array.as_fixed_size_list().value(row)),
        DataType::Struct(_) => x_and_y(array.as_struct(), row),
        // What GeoArrow has for all that is no point.
        _ => None,
    };
    match coordinates {
        // An empty point has no other form.
        Some([x, y]) if x.is_nan() && y.is_nan() => PointCell::Empty,
        Some([x, y]) => PointCell::At(x, y),
        None => PointCell::Other,
    }
}

/// A point of GeoArrow, its coordinates side by side.
fn first_two(coordinates: &ArrayRef) -> Option<[f64; 2]> {
    coordinates.as_primitive_opt::<Float64Type>()?.values().first_chunk().copied()
}

/// A point of GeoArrow, each coordinate in a column of its own.
fn x_and_y(columns: &StructArray, row: usize) -> Option<[f64; 2]> {
    let value =
        |name| columns.column_by_name(name)?.as_primitive_opt::<Float64Type>()?.values().get(row).copied();
    Some([value("x")?, value("y")?])
}

/// Well-known binary is a byte that tells the order of all others, a kind, and the coordinates of a point.
fn of_wkb(bytes: &[u8]) -> Option<[f64; 2]> {
    /// Flags that PostGIS adds to the kind: heights, measures, the number of a coordinate system that comes first.
    const HEIGHT: u32 = 1 << 31;
    const MEASURE: u32 = 1 << 30;
    const NUMBERED: u32 = 1 << 29;
    /// What ISO adds to it for heights, measures and both.
    const WITH_MORE: [u32; 4] = [0, 1_000, 2_000, 3_000];
    const POINT: u32 = 1;

    let (order, bytes) = bytes.split_first()?;
    let is_little = match order {
        0 => false,
        1 => true,
        _ => return None,
    };
    let (kind, bytes) = bytes.split_first_chunk()?;
    let kind = if is_little { u32::from_le_bytes(*kind) } else { u32::from_be_bytes(*kind) };
    let bytes = if kind & NUMBERED == 0 { bytes } else { bytes.get(4..)? };
    let plain = kind & !(HEIGHT | MEASURE | NUMBERED);
    if !WITH_MORE.iter().any(|more| plain == POINT + more) {
        return None;
    }
    let number =
        |bytes: &[u8; 8]| if is_little { f64::from_le_bytes(*bytes) } else { f64::from_be_bytes(*bytes) };
    let (x, bytes) = bytes.split_first_chunk()?;
    Some([number(x), number(bytes.first_chunk()?)])
}
