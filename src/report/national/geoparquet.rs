//! One line a territory as GeoParquet 1.1 (<https://geoparquet.org/releases/v1.1.0/>): the columns of the layer, and seats as points.

use super::super::files::Audience;
use super::row::TerritoryRow;
use super::sheet::{NationalColumn, NationalValues as Values, national_columns};
use crate::finding::Lang;
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
    let columns = national_columns(rows, Lang::En);
    let mut group = file.next_row_group()?;
    let mut left = columns.into_iter();
    while let Some(mut column) = group.next_column()? {
        let values = left.next().map(|column| column.values);
        match (column.untyped(), values) {
            (ColumnWriter::ByteArrayColumnWriter(writer), None) => put(writer, rows.iter().map(seat)),
            (ColumnWriter::ByteArrayColumnWriter(writer), Some(Values::Text(all))) => {
                put(writer, all.iter().map(|text| text.as_deref().map(ByteArray::from)))
            }
            (ColumnWriter::Int64ColumnWriter(writer), Some(Values::Whole(all))) => put(writer, all),
            (ColumnWriter::DoubleColumnWriter(writer), Some(Values::Decimal(all))) => put(writer, all),
            (ColumnWriter::BoolColumnWriter(writer), Some(Values::YesNo(all))) => put(writer, all),
            _ => Err(ParquetError::General("a type that no column has".to_owned())),
        }?;
        column.close()?;
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
    let of_no_rows = national_columns(&[], Lang::En);
    let named = of_no_rows.iter().map(|NationalColumn { name, values }| match values {
        Values::Text(_) => column(name, Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Values::Whole(_) => column(name, Physical::INT64, None),
        Values::Decimal(_) => column(name, Physical::DOUBLE, None),
        Values::YesNo(_) => column(name, Physical::BOOLEAN, None),
    });
    let fields = named.chain([column(SEATS, Physical::BYTE_ARRAY, None)]).collect::<Result<_>>()?;
    Type::group_type_builder("structures").with_fields(fields).build()
}

/// A point in well-known binary, little-endian: longitude and latitude in degrees (OGC:CRS84).
fn seat(row: &TerritoryRow) -> Option<ByteArray> {
    const LITTLE_ENDIAN_POINT: [u8; 5] = [1, 1, 0, 0, 0];
    let (lon, lat) = row.lon.zip(row.lat)?;
    Some(ByteArray::from([&LITTLE_ENDIAN_POINT[..], &lon.to_le_bytes(), &lat.to_le_bytes()].concat()))
}

/// A column, row by row.
fn put<D: DataType>(
    writer: &mut ColumnWriterImpl<'_, D>,
    values: impl IntoIterator<Item = Option<D::T>>,
) -> Result<usize> {
    let values: Vec<Option<D::T>> = values.into_iter().collect();
    // 1 where a row has a value, 0 where it has none.
    let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let present: Vec<D::T> = values.into_iter().flatten().collect();
    writer.write_batch(&present, Some(&levels), None)
}
