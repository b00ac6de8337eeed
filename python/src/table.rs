//! A table as an answer: Arrow for those who have a library of frames, dicts for all.

use crate::arrow;
use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray,
};
use arrow_schema::{DataType, Field, Schema};
use jiff::civil::Date;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyList};
use serde_json::Value;
use std::sync::Arc;

/// What a column holds; any of it may be null.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Text,
    Texts,
    Whole,
    Real,
    Flag,
    Date,
}

/// Rows with named columns.
#[pyclass(frozen, module = "maillage")]
pub(crate) struct Table {
    batch: RecordBatch,
}

impl Table {
    /// The rows, which are objects: of each, the fields that `columns` name.
    pub(crate) fn of(columns: &[(&str, Kind)], rows: Vec<Value>) -> PyResult<Self> {
        Self::of_arrays(columns.iter().map(|&(name, kind)| (name, array(kind, name, &rows))))
    }

    /// Columns of the same length.
    pub(crate) fn of_arrays<'c>(columns: impl Iterator<Item = (&'c str, ArrayRef)>) -> PyResult<Self> {
        let (names, arrays): (Vec<&str>, Vec<ArrayRef>) = columns.unzip();
        let field = |(name, array): (&&str, &ArrayRef)| Field::new(*name, array.data_type().clone(), true);
        let fields: Vec<Field> = names.iter().zip(&arrays).map(field).collect();
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays);
        Ok(Self { batch: batch.map_err(|error| PyValueError::new_err(error.to_string()))? })
    }
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The rows as dicts; dates as texts `YYYY-MM-DD`.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let schema = self.batch.schema();
        let named = || schema.fields().iter().zip(self.batch.columns());
        let cells = |row| named().map(move |(field, array)| (field.name().clone(), cell(array, row)));
        let rows = (0..self.batch.num_rows()).map(|row| Value::Object(cells(row).collect()));
        Ok(loads(py, &Value::Array(rows.collect()).to_string())?.cast_into::<PyList>()?)
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("Table({} rows: {})", self.batch.num_rows(), self.columns().join(", "))
    }

    /// The Arrow C stream interface, by which pandas, polars and pyarrow take the table.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a table answer with its own types whatever is asked for.
        let _ = requested_schema;
        arrow::give(py, &self.batch)
    }

    /// The Arrow C schema interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        arrow::give_schema(py, &self.batch)
    }
}

/// A JSON document as Python's own values.
pub(crate) fn loads<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (text,))
}

fn array(kind: Kind, name: &str, rows: &[Value]) -> ArrayRef {
    let cells = rows.iter().map(|row| &row[name]);
    match kind {
        Kind::Text => Arc::new(cells.map(Value::as_str).collect::<StringArray>()),
        Kind::Whole => Arc::new(cells.map(Value::as_i64).collect::<Int64Array>()),
        Kind::Real => Arc::new(cells.map(Value::as_f64).collect::<Float64Array>()),
        Kind::Flag => Arc::new(cells.map(Value::as_bool).collect::<BooleanArray>()),
        Kind::Date => Arc::new(cells.map(days).collect::<Date32Array>()),
        Kind::Texts => texts(cells),
    }
}

/// What a cell of one of these kinds says; null of any other.
fn cell(array: &ArrayRef, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).into(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into(),
        DataType::Boolean => array.as_boolean().value(row).into(),
        DataType::Date32 => date(array.as_primitive::<Date32Type>().value(row)),
        DataType::List(_) => {
            let items = array.as_list::<i32>().value(row);
            (0..items.len()).map(|at| cell(&items, at)).collect()
        }
        _ => Value::Null,
    }
}

/// The date so many days after the first of 1970.
fn date(days: i32) -> Value {
    let span = jiff::Span::new().try_days(days);
    let date = span.and_then(|days| Date::constant(1970, 1, 1).checked_add(days));
    date.map_or(Value::Null, |date| date.to_string().into())
}

/// Days since 1970 of a date.
fn days(cell: &Value) -> Option<i32> {
    let date: Date = cell.as_str()?.parse().ok()?;
    date.since(Date::constant(1970, 1, 1)).ok().map(|span| span.get_days())
}

fn texts<'v>(cells: impl Iterator<Item = &'v Value>) -> ArrayRef {
    lists(cells.map(|cell| {
        let texts = cell.as_array()?.iter().map(|text| text.as_str().map(str::to_owned));
        Some(texts.collect::<Vec<_>>())
    }))
}

/// A list of texts a row.
pub(crate) fn lists(rows: impl Iterator<Item = Option<Vec<Option<String>>>>) -> ArrayRef {
    let item = Field::new("item", DataType::Utf8, true);
    let mut lists = ListBuilder::new(StringBuilder::new()).with_field(item);
    for row in rows {
        let there = row.is_some();
        row.into_iter().flatten().for_each(|text| lists.values().append_option(text));
        lists.append(there);
    }
    Arc::new(lists.finish())
}
