//! The cells of a table as the library reads them: as the texts that a CSV file would have.

use crate::geometry;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Date32Type, Date64Type, Float16Type, Float32Type, Float64Type, Int8Type,
    Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, SchemaRef, TimeUnit};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maillage::read::{Cells, PointCell, PointColumn};
use std::fmt::{Display, Write};

/// What separates identifiers of a list.
const BAR: char = '|';
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// A table that Python gave.
pub(crate) struct Frame {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    /// By batch, the row after its last.
    ends: Vec<usize>,
    points: Option<PointColumn>,
}

impl Frame {
    pub(crate) fn new((schema, batches): (SchemaRef, Vec<RecordBatch>)) -> Self {
        let ends = batches.iter().scan(0, |end, batch| {
            *end += batch.num_rows();
            Some(*end)
        });
        Self { points: geometry::column(&schema), schema, ends: ends.collect(), batches }
    }

    /// A row by the values of a column in its batch, and its place there.
    fn cell(&self, row: usize, column: usize) -> Option<(&ArrayRef, usize)> {
        let at = self.ends.partition_point(|&end| end <= row);
        let first = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        Some((self.batches.get(at)?.column(column), row - first))
    }
}

impl Cells for Frame {
    fn columns(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    fn rows(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    fn write(&self, row: usize, column: usize, into: &mut String) {
        if let Some((values, row)) = self.cell(row, column) {
            write_cell(values, row, into);
        }
    }

    fn unreadable(&self, column: usize) -> Option<String> {
        let kind = self.schema.field(column).data_type();
        (!is_value(kind) && !is_list(kind)).then(|| kind.to_string())
    }

    fn points(&self) -> Option<PointColumn> {
        self.points.clone()
    }

    fn point(&self, row: usize) -> PointCell {
        let cell = self.points.as_ref().and_then(|points| self.cell(row, points.column));
        cell.map_or(PointCell::Empty, |(values, row)| geometry::point(values, row))
    }
}

fn is_list(kind: &DataType) -> bool {
    match kind {
        DataType::List(item) | DataType::LargeList(item) => is_value(item.data_type()),
        _ => false,
    }
}

fn is_value(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_value(values),
        DataType::Null
        | DataType::Boolean
        | DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Date32
        | DataType::Date64
        | DataType::Timestamp(..) => true,
        other => other.is_integer() || other.is_floating(),
    }
}

/// Nothing for what is null, or of a type that is not read.
fn write_cell(array: &ArrayRef, row: usize, into: &mut String) {
    if array.is_null(row) {
        return;
    }
    match array.data_type() {
        DataType::Utf8 => into.push_str(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => into.push_str(array.as_string::<i64>().value(row)),
        DataType::Utf8View => into.push_str(array.as_string_view().value(row)),
        DataType::Boolean => into.push_str(if array.as_boolean().value(row) { "true" } else { "false" }),
        DataType::Int8 => show(array.as_primitive::<Int8Type>().value(row), into),
        DataType::Int16 => show(array.as_primitive::<Int16Type>().value(row), into),
        DataType::Int32 => show(array.as_primitive::<Int32Type>().value(row), into),
        DataType::Int64 => show(array.as_primitive::<Int64Type>().value(row), into),
        DataType::UInt8 => show(array.as_primitive::<UInt8Type>().value(row), into),
        DataType::UInt16 => show(array.as_primitive::<UInt16Type>().value(row), into),
        DataType::UInt32 => show(array.as_primitive::<UInt32Type>().value(row), into),
        DataType::UInt64 => show(array.as_primitive::<UInt64Type>().value(row), into),
        // As short as they can be read back, and without `.0`: pandas has whole numbers with gaps as floats.
        DataType::Float16 => show(array.as_primitive::<Float16Type>().value(row).to_f32(), into),
        DataType::Float32 => show(array.as_primitive::<Float32Type>().value(row), into),
        DataType::Float64 => show(array.as_primitive::<Float64Type>().value(row), into),
        DataType::Date32 => write_day(array.as_primitive::<Date32Type>().value(row).into(), into),
        DataType::Date64 => write_day(array.as_primitive::<Date64Type>().value(row).div_euclid(DAY_MS), into),
        DataType::Timestamp(unit, zone) => write_moment(moment(array, *unit, row), zone.as_deref(), into),
        DataType::Dictionary(keys, _) => write_word(keys, array, row, into),
        DataType::List(_) => write_list(&array.as_list::<i32>().value(row), into),
        DataType::LargeList(_) => write_list(&array.as_list::<i64>().value(row), into),
        _ => {}
    }
}

fn show(value: impl Display, into: &mut String) {
    // A string takes all that is written.
    let _ = write!(into, "{value}");
}

/// A category.
fn write_word(keys: &DataType, array: &ArrayRef, row: usize, into: &mut String) {
    match keys {
        DataType::Int8 => write_keyed::<Int8Type>(array, row, into),
        DataType::Int16 => write_keyed::<Int16Type>(array, row, into),
        DataType::Int32 => write_keyed::<Int32Type>(array, row, into),
        DataType::Int64 => write_keyed::<Int64Type>(array, row, into),
        DataType::UInt8 => write_keyed::<UInt8Type>(array, row, into),
        DataType::UInt16 => write_keyed::<UInt16Type>(array, row, into),
        DataType::UInt32 => write_keyed::<UInt32Type>(array, row, into),
        _ => write_keyed::<UInt64Type>(array, row, into),
    }
}

fn write_keyed<K: ArrowDictionaryKeyType>(array: &ArrayRef, row: usize, into: &mut String) {
    let words = array.as_dictionary::<K>();
    if let Some(key) = words.key(row) {
        write_cell(words.values(), key, into);
    }
}

fn write_list(items: &ArrayRef, into: &mut String) {
    for at in 0..items.len() {
        if at > 0 {
            into.push(BAR);
        }
        write_cell(items, at, into);
    }
}

/// A date by its days since 1970.
fn write_day(days: i64, into: &mut String) {
    let date = jiff::Span::new().try_days(days).and_then(|days| Date::constant(1970, 1, 1).checked_add(days));
    match date {
        Ok(date) => show(date, into),
        Err(_) => show(days, into),
    }
}

/// A moment of that unit, in nanoseconds since 1970.
fn moment(array: &ArrayRef, unit: TimeUnit, row: usize) -> i128 {
    let (value, factor) = match unit {
        TimeUnit::Second => (array.as_primitive::<TimestampSecondType>().value(row), 1_000_000_000),
        TimeUnit::Millisecond => (array.as_primitive::<TimestampMillisecondType>().value(row), 1_000_000),
        TimeUnit::Microsecond => (array.as_primitive::<TimestampMicrosecondType>().value(row), 1_000),
        TimeUnit::Nanosecond => (array.as_primitive::<TimestampNanosecondType>().value(row), 1),
    };
    i128::from(value) * factor
}

/// The date alone at midnight, as pandas has dates; else with the time, which no reader takes for a date.
fn write_moment(nanoseconds: i128, zone: Option<&str>, into: &mut String) {
    let zone = zone.and_then(|zone| TimeZone::get(zone).ok()).unwrap_or(TimeZone::UTC);
    match Timestamp::from_nanosecond(nanoseconds).map(|moment| zone.to_datetime(moment)) {
        Ok(moment) if moment.time() == jiff::civil::Time::midnight() => show(moment.date(), into),
        Ok(moment) => show(moment, into),
        Err(_) => show(nanoseconds, into),
    }
}
