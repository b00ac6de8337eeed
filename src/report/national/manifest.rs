//! What a run was made from and what is in its folder. No clock time, so that the same input gives the same bytes.

use super::super::files::{Audience, Document, Hashed, Locale, MANIFEST, NATIONAL_MANIFEST};
use super::super::json::{document, gap_percent};
use super::NationalRun;
use super::json::{Asked, of_status};
use super::row::Status;
use super::tally::Tally;
use serde::Serialize;
use std::fmt;

/// What a run was made from and what is in its folder.
#[derive(Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub(in crate::report) struct NationalManifest {
    /// The schema that the document is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = NATIONAL_MANIFEST)))]
    schema: &'static str,
    /// Whom the folder is for: `interne`.
    audience: &'static str,
    /// The version that wrote it.
    maillage: &'static str,
    /// What was asked.
    asked: Asked,
    /// How tables are written.
    #[cfg_attr(feature = "schemas", schemars(with = "super::super::words::Locale"))]
    locale: &'static str,
    /// Each file read for all territories.
    inputs: Vec<Hashed>,
    /// What each territory was made from.
    territories: Vec<MadeFrom>,
    /// How many there are, and what came of them.
    counts: Counts,
    /// How far the numbers of places are proved.
    proof: Proved,
    /// Each file of the folder but this one.
    files: Vec<Hashed>,
}

/// What a territory was made from.
#[derive(Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "NationalInput"))]
struct MadeFrom {
    /// Its identifier.
    id: String,
    /// The seed of its draw; null where its youths are its own.
    seed: Option<u64>,
    /// SHA-256 of all that it was made from, in hexadecimal.
    #[cfg_attr(feature = "schemas", schemars(extend("pattern" = "^[0-9a-f]{64}$")))]
    sha256: String,
}

/// What came of territories.
#[derive(Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "NationalCounts"))]
struct Counts {
    /// In all.
    territories: u32,
    /// With an answer.
    answered: u32,
    /// That can't be read.
    broken: u32,
    /// Without any plan.
    not_found: u32,
}

/// How far the numbers of places are proved.
#[derive(Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "NationalProof"))]
struct Proved {
    /// Territories of which it is proved that no plan has more places.
    proved: u32,
    /// Percent of those with an answer.
    proved_percent: f64,
    /// Places in all.
    placed: i64,
    /// No plans have more in all.
    bound: i64,
    /// The difference, in percent of the bound.
    gap_percent: f64,
}

pub(super) fn manifest(run: &NationalRun<'_>, locale: Locale, documents: &[Document]) -> Document {
    let all = Tally::of(run.rows);
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let manifest = NationalManifest {
        schema: NATIONAL_MANIFEST,
        audience: Audience::Interne.as_str(),
        maillage: env!("CARGO_PKG_VERSION"),
        asked: Asked::of(run),
        locale: locale.as_str(),
        inputs: run.inputs.iter().map(Hashed::read).collect(),
        territories: run
            .rows
            .iter()
            .zip(run.digests)
            .map(|(row, sha256)| MadeFrom {
                id: row.id.clone(),
                seed: row.demand.as_ref().and_then(|demand| demand.seed),
                sha256: sha256.clone(),
            })
            .collect(),
        counts: Counts {
            territories: all.territories,
            answered: all.answered,
            broken: of_status(run.rows, Status::Broken),
            not_found: of_status(run.rows, Status::NotFound),
        },
        proof: Proved {
            proved: all.before.proved,
            proved_percent: 100.0 * f64::from(all.before.proved) / f64::from(all.answered.max(1)),
            placed: all.before.placed,
            bound: all.before.bound,
            gap_percent: gap_percent(all.before.placed, all.before.bound),
        },
        files: documents.iter().map(|d| Hashed::of(&name(&d.path), &d.bytes)).collect(),
    };
    Document::new(Audience::Interne, MANIFEST, format!("{manifest}\n"))
}

impl fmt::Display for NationalManifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        document(self, f)
    }
}
