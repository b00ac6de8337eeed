//! One JSON object with many rows in it.

use serde::Serialize;
use std::io::{self, Write};

/// Writes `totals`, and in it `rows`, one by one: they are many.
pub(super) fn json_with_rows(
    totals: &impl Serialize,
    rows: impl Iterator<Item = impl Serialize>,
    out: &mut impl Write,
) -> io::Result<()> {
    let totals = serde_json::to_string(totals)?;
    write!(out, "{},\"rows\":[", totals.trim_end_matches('}'))?;
    for (i, row) in rows.enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &row)?;
    }
    out.write_all(b"\n]}\n")
}
