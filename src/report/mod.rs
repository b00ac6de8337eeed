//! What people and programs read: the plan as a page of text, in French or in
//! English, and as JSON; findings likewise; and a folder of files.
//!
//! There are two kinds, never mixed. *Interne* is exact and names youths by
//! their identifiers, which are personal data: the page, the JSON, the files of
//! `interne/`. *Partage* can be shown to anybody: `docs/partage.md`. These
//! functions answer text and bytes; `write` alone writes.

#[cfg(feature = "folder")]
mod compare;
mod demand;
#[cfg(feature = "folder")]
mod equity;
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
mod national;
#[cfg(feature = "folder")]
mod new;
#[cfg(feature = "folder")]
mod page;
#[cfg(feature = "folder")]
mod partage;
#[cfg(feature = "folder")]
mod pool;
#[cfg(all(feature = "roads", feature = "folder"))]
mod roads;
#[cfg(all(any(feature = "roads", feature = "timetables"), feature = "folder"))]
mod rows;
#[cfg(feature = "folder")]
mod shown;
mod solved;
mod sweep;
mod telling;
mod terminal;
#[cfg(feature = "folder")]
mod territories;
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
pub use demand::{DEMAND_SCHEMA, DemandReport, Drawn, demand_json, demand_text};
#[cfg(feature = "folder")]
pub use equity::{EQUITY_SCHEMA, Equity, EquityReport, equity_json, equity_text};
#[cfg(feature = "folder")]
pub use files::{
    Audience, Document, Kept, LINK_TABLE, Locale, Run, documents, page, territory, vacant, write, write_file,
    write_territory,
};
#[cfg(feature = "folder")]
pub use holding::{HOLDING_SCHEMA, HoldingReport, HoldingTold, holding_json, holding_text};
#[cfg(feature = "folder")]
pub use interne::{MapLayer, map_layer};
pub use json::*;
pub use levers::{
    LEVERS_SCHEMA, LeverSource, Levers, LeversReport, levers_json, levers_text, no_such_programme,
    no_such_scenario,
};
#[cfg(feature = "folder")]
pub use national::{
    Basis, Identity, NATIONAL_SCHEMA, NationalChange, NationalColumn, NationalReport, NationalRun,
    NationalValues, TerritoryRow, national_columns, national_documents, national_json, national_text,
};
#[cfg(feature = "folder")]
pub use new::*;
#[cfg(feature = "folder")]
pub use partage::{SHARED_SCHEMA, Shared, shared};
#[cfg(feature = "folder")]
pub use pool::{POOL_SCHEMA, PoolReport, pool_documents, pool_json, pool_text};
#[cfg(all(feature = "roads", feature = "folder"))]
pub use roads::*;
pub use solved::*;
pub use sweep::{SWEEP_SCHEMA, SweepReport, Swept, sweep_json, sweep_text};
#[cfg(feature = "folder")]
pub use territories::*;
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
        ("compare-territories-1", writes().into_root_schema_for::<TerritoriesReport>()),
        ("pool-1", writes().into_root_schema_for::<PoolReport>()),
        ("holding-1", writes().into_root_schema_for::<HoldingReport>()),
        ("levers-1", writes().into_root_schema_for::<LeversReport>()),
        ("demand-1", writes().into_root_schema_for::<DemandReport>()),
        ("equity-1", writes().into_root_schema_for::<EquityReport>()),
        ("sweep-1", writes().into_root_schema_for::<SweepReport>()),
        ("national-1", writes().into_root_schema_for::<NationalReport>()),
        ("national-manifest-1", writes().into_root_schema_for::<national::NationalManifest>()),
        ("findings-1", writes().into_root_schema_for::<FindingsReport>()),
        ("shared-1", writes().into_root_schema_for::<Shared>()),
        ("manifest-1", writes().into_root_schema_for::<files::Manifest>()),
        ("solved", writes().into_root_schema_for::<solved::Line<'_>>()),
        ("road-times", writes().into_root_schema_for::<roads::Whole<'_>>()),
        ("transit-times", writes().into_root_schema_for::<transit::Whole<'_>>()),
    ]
}
