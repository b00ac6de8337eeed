//! JSON Schemas (draft 2020-12) of every JSON document that maillage writes or reads; `docs/schemas/` has them as files.
//!
//! They say what `docs/json.md` and `docs/instances.md` say: documents that are written may gain fields and, in open
//! lists, words; files that are read have no unknown fields.

use crate::instance;
use crate::report;

/// The schema of a kind of document.
///
/// ```
/// let all = maillage::schemas::all();
/// let plan = all.iter().find(|schema| schema.name == "plan-1").expect("of maillage/plan/1");
/// assert_eq!(plan.document["properties"]["schema"]["const"], "maillage/plan/1");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// Its name, that of its file without the ending: `plan-1` for `maillage/plan/1`.
    pub name: &'static str,
    /// The schema.
    pub document: serde_json::Value,
}

/// Every schema, in the order of their names.
pub fn all() -> Vec<Schema> {
    let both = report::schemas().into_iter().chain(instance::schemas());
    let mut all: Vec<Schema> =
        both.map(|(name, schema)| Schema { name, document: schema.to_value() }).collect();
    all.sort_by_key(|schema| schema.name);
    all
}
