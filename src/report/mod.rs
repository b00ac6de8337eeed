//! What people and programs read: the plan as a page of text, in French or in
//! English, and as JSON; findings likewise; and a folder of files.
//!
//! There are two kinds, never mixed. *Interne* is exact and names youths by
//! their identifiers, which are personal data: the page, the JSON, the files of
//! `interne/`. *Partage* can be shown to anybody: `docs/partage.md`. These
//! functions answer text and bytes; `write` alone writes.

#[cfg(feature = "folder")]
mod compare;
#[cfg(feature = "folder")]
mod files;
#[cfg(feature = "folder")]
mod holding;
#[cfg(feature = "folder")]
mod interne;
mod json;
mod language;
mod levers;
mod names;
#[cfg(feature = "folder")]
mod new;
#[cfg(feature = "folder")]
mod page;
#[cfg(feature = "folder")]
mod partage;
#[cfg(all(feature = "roads", feature = "folder"))]
mod roads;
#[cfg(all(any(feature = "roads", feature = "timetables"), feature = "folder"))]
mod rows;
mod solved;
mod telling;
mod terminal;
mod text;
#[cfg(all(feature = "timetables", feature = "folder"))]
mod transit;
mod visible;
#[cfg(feature = "schemas")]
mod words;

#[cfg(test)]
mod tests;

#[cfg(feature = "folder")]
pub use compare::{
    COMPARE_SCHEMA, CompareReport, Compared, compare_json, compare_text, scenario_names, unchanged,
};
#[cfg(feature = "folder")]
pub use files::{
    Audience, Document, LINK_TABLE, Locale, Run, documents, page, territory, vacant, write, write_file,
    write_territory,
};
#[cfg(feature = "folder")]
pub use holding::{HOLDING_SCHEMA, HoldingReport, HoldingTold, holding_json, holding_text};
pub use json::*;
pub use levers::{
    LEVERS_SCHEMA, LeverSource, Levers, LeversReport, levers_json, levers_text, no_such_programme,
    no_such_scenario,
};
#[cfg(feature = "folder")]
pub use new::*;
#[cfg(feature = "folder")]
pub use partage::{SHARED_SCHEMA, Shared, shared};
#[cfg(all(feature = "roads", feature = "folder"))]
pub use roads::*;
pub use solved::*;
pub use text::*;
#[cfg(all(feature = "timetables", feature = "folder"))]
pub use transit::*;

/// The schemas of the documents of this module, by name.
#[cfg(feature = "schemas")]
pub(crate) fn schemas() -> Vec<(&'static str, schemars::Schema)> {
    use schemars::generate::SchemaSettings;
    let writes = || SchemaSettings::draft2020_12().for_serialize().into_generator();
    vec![
        ("plan-1", writes().into_root_schema_for::<Report>()),
        ("compare-1", writes().into_root_schema_for::<CompareReport>()),
        ("holding-1", writes().into_root_schema_for::<HoldingReport>()),
        ("levers-1", writes().into_root_schema_for::<LeversReport>()),
        ("findings-1", writes().into_root_schema_for::<FindingsReport>()),
        ("shared-1", writes().into_root_schema_for::<Shared>()),
        ("manifest-1", writes().into_root_schema_for::<files::Manifest>()),
        ("solved", writes().into_root_schema_for::<solved::Line<'_>>()),
        ("road-times", writes().into_root_schema_for::<roads::Whole<'_>>()),
        ("transit-times", writes().into_root_schema_for::<transit::Whole<'_>>()),
    ]
}
