//! Tables over the Arrow C stream interface. All unsafe code of the crate is here.

use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::ffi::CStr;

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
/// What gives a table.
const METHOD: &str = "__arrow_c_stream__";
/// What tables of geopandas have instead: the method that they take from pandas fails for geometry.
const TO_ARROW: &str = "to_arrow";
/// What tells them from those of polars.
const TO_CRS: &str = "to_crs";

/// Whether a value gives a table.
pub(crate) fn is_table(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    value.hasattr(METHOD)
}

/// Takes a table over, without copying what it holds.
pub(crate) fn take(value: &Bound<'_, PyAny>) -> PyResult<(SchemaRef, Vec<RecordBatch>)> {
    if !is_table(value)? {
        let kind = value.get_type().name()?;
        let what =
            format!("a table of pandas, polars, pyarrow or geopandas was expected ({METHOD}), not {kind}");
        return Err(PyTypeError::new_err(what));
    }
    let capsule = plain(value)?.call_method0(METHOD)?.cast_into::<PyCapsule>()?;
    let stream = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: the interface promises that a capsule of that name points to a stream, which whoever takes it moves out of
    // it; the capsule lives until the end of this function.
    let reader = unsafe { RecordBatchStreamReader::from_raw(stream.as_ptr()) }.map_err(unreadable)?;
    let schema = arrow_array::RecordBatchReader::schema(&reader);
    let batches = reader.collect::<Result<_, _>>().map_err(unreadable)?;
    Ok((schema, batches))
}

/// The table itself; of geopandas, one whose geometry is well-known binary.
fn plain<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    // Asked of the class: a table's columns are its attributes too.
    let class = value.get_type();
    match class.hasattr(TO_ARROW)? && class.hasattr(TO_CRS)? {
        true => value.call_method0(TO_ARROW),
        false => Ok(value.clone()),
    }
}

/// Hands a table out, without copying what it holds.
pub(crate) fn give<'py>(py: Python<'py>, batch: &RecordBatch) -> PyResult<Bound<'py, PyCapsule>> {
    let reader = RecordBatchIterator::new([Ok(batch.clone())], batch.schema());
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), STREAM)
}

/// Hands the types of a table's columns out.
pub(crate) fn give_schema<'py>(py: Python<'py>, batch: &RecordBatch) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(batch.schema().as_ref()).map_err(unreadable)?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}

fn unreadable(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}
