//! One line a territory as GeoParquet 1.1 (<https://geoparquet.org/releases/v1.1.0/>): the columns of the layer, and seats as points.

use super::super::files::{Audience, Cell, Locale};
use super::row::TerritoryRow;
use super::sheet::{COLUMNS, cells};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::column::writer::{ColumnWriter, ColumnWriterImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::sync::Arc;

/// The name of the column of seats.
const SEATS: &str = "geometry";
/// What the column of seats holds, for those that read the format.
const GEO: &str = r#"{"version":"1.1.0","primary_column":"geometry","columns":{"geometry":{"encoding":"WKB","geometry_types":["Point"]}}}"#;

/// The file, in one group of rows. Written to memory, there is nothing to fail at; nothing is kept of what failed all the same.
pub(super) fn table(rows: &[TerritoryRow]) -> Option<Vec<u8>> {
    write(rows).ok()
}

fn write(rows: &[TerritoryRow]) -> Result<Vec<u8>> {
    let told = |key: &str, value: &str| KeyValue::new(key.to_owned(), value.to_owned());
    let marks = vec![told("geo", GEO), told("diffusion", Audience::Interne.as_str())];
    let properties = WriterProperties::builder().set_key_value_metadata(Some(marks)).build();
    let mut file = SerializedFileWriter::new(Vec::new(), Arc::new(schema()?), Arc::new(properties))?;
    let all: Vec<_> = rows.iter().map(|row| cells(row, Locale::En)).collect();
    let mut group = file.next_row_group()?;
    let mut at = 0;
    while let Some(mut column) = group.next_column()? {
        match column.untyped() {
            ColumnWriter::ByteArrayColumnWriter(writer) if at == COLUMNS.len() => put(writer, rows, seat),
            ColumnWriter::ByteArrayColumnWriter(writer) => put(writer, &all, |row| text(&row[at])),
            ColumnWriter::Int64ColumnWriter(writer) => {
                put(writer, &all, |row| if let Cell::Whole(n) = row[at] { Some(n) } else { None })
            }
            ColumnWriter::DoubleColumnWriter(writer) => {
                put(writer, &all, |row| if let Cell::Decimal(x) = row[at] { Some(x) } else { None })
            }
            ColumnWriter::BoolColumnWriter(writer) => {
                put(writer, &all, |row| if let Cell::YesNo(yes) = row[at] { Some(yes) } else { None })
            }
            _ => Err(ParquetError::General("a type that no column has".to_owned())),
        }?;
        column.close()?;
        at += 1;
    }
    group.close()?;
    file.into_inner()
}

/// The columns of the layer, by name, each as what its cells are; then seats.
fn schema() -> Result<Type> {
    let column = |name: &str, physical, logical| {
        let column = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        column.with_logical_type(logical).build().map(Arc::new)
    };
    let named = COLUMNS.iter().map(|names| match holds(names.en) {
        Physical::BYTE_ARRAY => column(names.en, Physical::BYTE_ARRAY, Some(LogicalType::String)),
        other => column(names.en, other, None),
    });
    let fields = named.chain([column(SEATS, Physical::BYTE_ARRAY, None)]).collect::<Result<_>>()?;
    Type::group_type_builder("structures").with_fields(fields).build()
}

/// What the cells of a column are, even where no row has any.
fn holds(column: &str) -> Physical {
    match column {
        "structure" | "name" | "status" | "class" | "catchment" | "main_reason" | "finding_at"
        | "finding" => Physical::BYTE_ARRAY,
        "drawn_youths" | "proved" | "proved_after" => Physical::BOOLEAN,
        "out_of_reach_percent" => Physical::DOUBLE,
        _ => Physical::INT64,
    }
}

fn text(cell: &Cell<'_>) -> Option<ByteArray> {
    if let Cell::Text(text) = cell { Some(ByteArray::from(text.as_ref())) } else { None }
}

/// A point in well-known binary, little-endian: longitude and latitude in degrees (OGC:CRS84).
fn seat(row: &TerritoryRow) -> Option<ByteArray> {
    const LITTLE_ENDIAN_POINT: [u8; 5] = [1, 1, 0, 0, 0];
    let (lon, lat) = row.lon.zip(row.lat)?;
    Some(ByteArray::from([&LITTLE_ENDIAN_POINT[..], &lon.to_le_bytes(), &lat.to_le_bytes()].concat()))
}

/// A column, row by row.
fn put<D: DataType, R>(
    writer: &mut ColumnWriterImpl<'_, D>,
    rows: &[R],
    value: impl Fn(&R) -> Option<D::T>,
) -> Result<usize> {
    let values: Vec<Option<D::T>> = rows.iter().map(value).collect();
    // 1 where a row has a value, 0 where it has none.
    let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let present: Vec<D::T> = values.into_iter().flatten().collect();
    writer.write_batch(&present, Some(&levels), None)
}
