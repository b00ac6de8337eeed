//! What a folder was made from and what is in it. No clock time, so that the
//! same input gives the same bytes.

use super::super::json::{AssumptionJson, ProofJson, assumptions, document};
#[cfg(feature = "schemas")]
use super::super::words;
use super::{Audience, Document, Run};
use crate::plan::Plan;
use crate::read::{FileRead, sha256};
use crate::territory::{Provenance, Territory};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The version of the manifest's schema.
const SCHEMA: &str = "maillage/manifest/1";

/// The version of the schema of a national run's manifest.
pub(crate) const NATIONAL: &str = "maillage/national-manifest/1";

/// The name of the manifest in its folder.
pub(crate) const NAME: &str = "manifest.json";

/// What a folder was made from and what is in it.
#[derive(Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub(crate) struct Manifest {
    /// The schema that the document is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = SCHEMA)))]
    schema: &'static str,
    /// Whom the folder is for.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Audience"))]
    audience: &'static str,
    /// The version that wrote it.
    maillage: &'static str,
    /// The territory's name.
    territory: String,
    /// Whether the youths were drawn: nobody real.
    synthetic: bool,
    /// What was asked.
    settings: Settings,
    /// Each file read; in `partage` only those that hold nothing personal.
    inputs: Vec<Hashed>,
    /// Figures that the answer rests on.
    assumptions: Vec<AssumptionJson>,
    /// How sure the number of places is; in `interne` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(with = "ProofJson"))]
    proof: Option<ProofJson>,
    /// Each file of the folder but this one.
    files: Vec<Hashed>,
}

/// What was asked.
#[derive(Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
struct Settings {
    /// Most nodes of the search, for each objective.
    nodes: u64,
    /// Smaller counts of people are not told.
    threshold: u32,
    /// How tables are written.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Locale"))]
    locale: &'static str,
}

/// A file and its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub(crate) struct Hashed {
    /// Its name, relative to the folder.
    pub(super) file: String,
    /// Its size in bytes.
    bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    #[cfg_attr(feature = "schemas", schemars(extend("pattern" = "^[0-9a-f]{64}$")))]
    sha256: String,
}

impl Hashed {
    pub(crate) fn of(file: &str, bytes: &[u8]) -> Self {
        Self { file: file.to_owned(), bytes: bytes.len() as u64, sha256: sha256(bytes) }
    }

    /// A file that was read.
    pub(crate) fn read(file: &FileRead) -> Self {
        Self { file: file.name.clone(), bytes: file.bytes, sha256: file.sha256.clone() }
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
        inputs: inputs.map(Hashed::read).collect(),
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
    [SCHEMA, NATIONAL].contains(&known.schema.as_str()).then_some(known.files)
}
