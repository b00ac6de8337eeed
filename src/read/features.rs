//! What every GeoJSON file shares: a collection whose features keep their line.

use super::report::{Report, clipped};
use crate::finding::Code;
use serde::Deserialize;
use serde_json::value::RawValue;

/// A collection whose features are parsed one by one.
#[derive(Deserialize)]
struct Collection<'t> {
    #[serde(borrow)]
    features: Vec<&'t RawValue>,
}

/// The features of a collection, each with its line; `None` when it is none, which was reported.
pub(super) fn of<'t>(text: &'t str, report: &mut Report) -> Option<Vec<(u32, &'t str)>> {
    let collection: Collection<'t> = match serde_json::from_str(text) {
        Ok(collection) => collection,
        Err(error) => {
            let line = u32::try_from(error.line()).unwrap_or(u32::MAX).max(1);
            syntax(line, &error.to_string(), report);
            return None;
        }
    };
    let (mut at, mut line) = (0, 1_u32);
    let placed = |raw: &'t RawValue| {
        let start = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let lines = text.get(at..start).map_or(0, |between| between.bytes().filter(|b| *b == b'\n').count());
        line = line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        at = start;
        (line, raw.get())
    };
    Some(collection.features.into_iter().map(placed).collect())
}

pub(super) fn syntax(line: u32, why: &str, report: &mut Report) {
    let why = clipped(why);
    report.say(
        Code::Syntax,
        line,
        (&format!("ce GeoJSON ne se lit pas ({why})"), &format!("this GeoJSON does not parse ({why})")),
        (
            "il faut une FeatureCollection ; docs/format.md en décrit les propriétés",
            "a FeatureCollection is needed; docs/format.md describes its properties",
        ),
    );
}
