//! A table as an answer: Arrow for those who have a library of frames, dicts for all.

use crate::arrow;
use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
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
    rows: Value,
}

impl Table {
    /// The rows, which are objects: of each, the fields that `columns` name.
    pub(crate) fn of(columns: &[(&str, Kind)], rows: Vec<Value>) -> PyResult<Self> {
        let arrays: Vec<ArrayRef> = columns.iter().map(|(name, kind)| array(*kind, name, &rows)).collect();
        let field = |((name, _), array): (&(&str, Kind), &ArrayRef)| {
            Field::new(*name, array.data_type().clone(), true)
        };
        let fields: Vec<Field> = columns.iter().zip(&arrays).map(field).collect();
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
            .map_err(|error| PyValueError::new_err(error.to_string()))?;
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let only = |row: &Value| names.iter().map(|&name| (name.to_owned(), row[name].clone())).collect();
        let rows = rows.iter().map(|row| Value::Object(only(row))).collect();
        Ok(Self { batch, rows: Value::Array(rows) })
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
        Ok(loads(py, &self.rows.to_string())?.cast_into::<PyList>()?)
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

/// Days since 1970 of a date.
fn days(cell: &Value) -> Option<i32> {
    let date: Date = cell.as_str()?.parse().ok()?;
    date.since(Date::constant(1970, 1, 1)).ok().map(|span| span.get_days())
}

fn texts<'v>(cells: impl Iterator<Item = &'v Value>) -> ArrayRef {
    let item = Field::new("item", DataType::Utf8, true);
    let mut lists = ListBuilder::new(StringBuilder::new()).with_field(item);
    for cell in cells {
        let list = cell.as_array();
        for text in list.into_iter().flatten() {
            lists.values().append_option(text.as_str());
        }
        lists.append(list.is_some());
    }
    Arc::new(lists.finish())
}
