//! What a folder was made from and what is in it. No clock time, so that the
//! same input gives the same bytes.

use super::super::json::{AssumptionJson, ProofJson, assumptions, document};
use super::{Audience, Document, Run};
use crate::plan::Plan;
use crate::read::sha256;
use crate::territory::{Provenance, Territory};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The version of the manifest's schema.
const SCHEMA: &str = "maillage/manifest/1";

/// The name of the manifest in its folder.
pub(super) const NAME: &str = "manifest.json";

#[derive(Serialize)]
struct Manifest {
    schema: &'static str,
    audience: &'static str,
    maillage: &'static str,
    territory: String,
    synthetic: bool,
    settings: Settings,
    inputs: Vec<Hashed>,
    assumptions: Vec<AssumptionJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<ProofJson>,
    files: Vec<Hashed>,
}

#[derive(Serialize)]
struct Settings {
    nodes: u64,
    threshold: u32,
    locale: &'static str,
}

/// A file and its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hashed {
    pub(super) file: String,
    bytes: u64,
    sha256: String,
}

impl Hashed {
    pub(super) fn of(file: &str, bytes: &[u8]) -> Self {
        Self { file: file.to_owned(), bytes: bytes.len() as u64, sha256: sha256(bytes) }
    }
}

/// What a manifest says of what is in its folder.
pub(crate) struct Contents<'a> {
    pub(crate) audience: Audience,
    /// The proof, where it may be told.
    pub(crate) proof: Option<ProofJson>,
    pub(crate) documents: &'a [Document],
}

/// The manifest of a folder.
pub(crate) fn manifest(
    territory: &Territory,
    plan: &Plan,
    run: &Run<'_>,
    contents: Contents<'_>,
) -> Document {
    let audience = contents.audience;
    let inputs = run.inputs.iter().filter(|file| audience == Audience::Interne || !file.personal);
    let prefix = format!("{}/", audience.as_str());
    let name = |path: &str| path.strip_prefix(&prefix).unwrap_or(path).to_owned();
    let manifest = Manifest {
        schema: SCHEMA,
        audience: audience.as_str(),
        maillage: env!("CARGO_PKG_VERSION"),
        territory: territory.name().to_owned(),
        synthetic: matches!(territory.provenance(), Provenance::Synthetic { .. }),
        settings: Settings {
            nodes: run.limits.nodes,
            threshold: territory.rules().threshold,
            locale: run.locale.as_str(),
        },
        inputs: inputs
            .map(|f| Hashed { file: f.name.clone(), bytes: f.bytes, sha256: f.sha256.clone() })
            .collect(),
        assumptions: assumptions(territory, plan),
        proof: contents.proof,
        files: contents.documents.iter().map(|d| Hashed::of(&name(&d.path), &d.bytes)).collect(),
    };
    Document::new(audience, NAME, format!("{manifest}\n"))
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        document(self, f)
    }
}

/// The files that a manifest lists, if it is one of ours.
pub(super) fn listed(manifest: &[u8]) -> Option<Vec<Hashed>> {
    #[derive(Deserialize)]
    struct Known {
        schema: String,
        files: Vec<Hashed>,
    }
    let known: Known = serde_json::from_slice(manifest).ok()?;
    (known.schema == SCHEMA).then_some(known.files)
}
