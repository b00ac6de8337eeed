//! National runs as GeoParquet: read back by Apache's own reader, cell for cell what the layer of seats says.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use maillage::national::Asked;
use maillage::report::{Locale, national_documents};
use maillage::{Control, read};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// The layer and the table of a run over the shipped structures, with a cut.
fn documents() -> BTreeMap<String, Vec<u8>> {
    let national = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/national");
    let national = read::national(&national, None, &Control::none()).expect("it is read");
    let asked = Asked::default();
    let done = asked.run(&national, None, &Control::none()).expect("a run");
    let all = national_documents(&asked.told(&national, &done), Locale::En);
    all.into_iter().map(|document| (document.path, document.bytes)).collect()
}

fn json(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Str(text) => Value::from(text.as_str()),
        Field::Long(n) => Value::from(*n),
        Field::Double(x) => Value::from(*x),
        Field::Bool(yes) => Value::from(*yes),
        other => Value::from(format!("a type that no column has: {other}")),
    }
}

#[test]
fn the_table_says_what_the_layer_says() {
    let documents = documents();
    let layer: Value = serde_json::from_slice(&documents["interne/structures.geojson"]).expect("JSON");
    let features = layer["features"].as_array().expect("features");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("structures.parquet");
    std::fs::write(&path, &documents["interne/structures.parquet"]).expect("written");
    let file = SerializedFileReader::new(std::fs::File::open(&path).expect("opened")).expect("read");

    let marks = file.metadata().file_metadata().key_value_metadata().expect("marks");
    let mark = |key: &str| marks.iter().find(|mark| mark.key == key).and_then(|mark| mark.value.clone());
    assert_eq!(mark("diffusion").as_deref(), Some("interne"));
    let geo: Value = serde_json::from_str(&mark("geo").expect("the mark of GeoParquet")).expect("JSON");
    assert_eq!(geo["columns"]["geometry"]["encoding"], "WKB");

    let rows: Vec<_> = file.get_row_iter(None).expect("rows").map(|row| row.expect("a row")).collect();
    assert_eq!((rows.len(), features.len()), (3, 3));
    for (row, feature) in rows.iter().zip(features) {
        let properties = feature["properties"].as_object().expect("properties");
        let mut compared = 0;
        for (name, field) in row.get_column_iter().filter(|column| column.0 != "geometry") {
            assert_eq!(Some(&json(field)), properties.get(name), "{name}");
            compared += 1;
        }
        // `diffusion` marks the whole file, not each row.
        assert_eq!(compared, properties.len() - 1);
        let point = row.get_column_iter().find(|column| column.0 == "geometry").expect("seats").1;
        let Field::Bytes(point) = point else { unreachable!("{point}") };
        let degrees =
            |at: usize| f64::from_le_bytes(point.data()[at..at + 8].try_into().expect("eight bytes"));
        assert_eq!(point.data()[..5], [1, 1, 0, 0, 0]);
        assert_eq!(feature["geometry"]["coordinates"], serde_json::json!([degrees(5), degrees(13)]));
    }
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    assert_eq!(documents()["interne/structures.parquet"], documents()["interne/structures.parquet"]);
}
