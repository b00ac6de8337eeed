//! Territories side by side: a page, JSON, and files. Exact, for whoever may see every structure's numbers.

#[cfg(feature = "parquet")]
mod geoparquet;
mod json;
mod manifest;
mod row;
mod sheet;
mod tally;
mod text;

pub use json::{NATIONAL_SCHEMA, NationalReport, national_json};
#[cfg(feature = "schemas")]
pub(super) use manifest::NationalManifest;
pub(super) use row::Class;
pub use row::{Basis, Identity, TerritoryRow};
pub use sheet::{NationalColumn, NationalValues, national_columns};
pub use text::national_text;

use super::files::{Audience, Document, Locale};
use super::language::national::{NationalSentences, of};
use crate::error::Error;
use crate::finding::Lang;
use crate::prepare::Drawn;
use crate::questions::Change;
use crate::read::{FileRead, ScenarioFile};
use crate::territory::Territory;

/// What happens to every territory of a run.
///
/// ```
/// use maillage::report::NationalChange;
///
/// assert!(matches!(NationalChange::default(), NationalChange::Nothing));
/// ```
#[derive(Clone, Debug, Default)]
pub enum NationalChange {
    /// Nothing: as it is today.
    #[default]
    Nothing,
    /// So many percent of half-days fewer, at the least loss.
    Cut {
        /// How many percent.
        percent: u8,
    },
    /// A scenario, held against each territory.
    Scenario(ScenarioFile),
}

impl NationalChange {
    /// What is done to one territory.
    ///
    /// # Errors
    /// [`Error::Input`] when a lever of the scenario names what is not there.
    pub(crate) fn to(&self, territory: &Territory) -> Result<Change, Error> {
        Ok(match self {
            Self::Nothing => Change::Nothing,
            Self::Cut { percent } => Change::Cut { percent: *percent },
            Self::Scenario(file) => Change::Levers(file.of(territory)?),
        })
    }

    /// What tells it from any other.
    pub(crate) fn told(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Cut { percent } => format!("{percent} %"),
            Self::Scenario(file) => file.read.sha256.clone(),
        }
    }
}

/// A run that is over.
///
/// ```
/// use maillage::report::{Basis, Identity, Locale, NationalChange, NationalRun, TerritoryRow, national_documents};
/// use maillage::prepare::Drawn;
///
/// let of = Identity { id: "tours", name: "Tours", position: None, class: None, basis: Basis::Own };
/// let run = NationalRun {
///     rows: &[TerritoryRow::not_found(&of)],
///     change: &NationalChange::Nothing,
///     drawn: Drawn::default(),
///     nodes: 2_000,
///     inputs: &[],
///     digests: &[],
/// };
/// let documents = national_documents(&run, Locale::Fr);
/// assert!(documents.iter().any(|document| document.path == "interne/structures.csv"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct NationalRun<'a> {
    /// One a territory, in the order in which they are given.
    pub rows: &'a [TerritoryRow],
    /// What happened to each.
    pub change: &'a NationalChange,
    /// How youths were drawn, where they were.
    pub drawn: Drawn,
    /// Most nodes of each search.
    pub nodes: u64,
    /// Files that were read for all of them.
    pub inputs: &'a [FileRead],
    /// A hash of what each was made from, in the order of the rows.
    pub digests: &'a [String],
}

/// The documents of a run: a table, a layer of seats, everything as JSON, and the manifest; with feature `parquet` seats as GeoParquet too. The same input gives the same bytes.
pub fn national_documents(run: &NationalRun<'_>, locale: Locale) -> Vec<Document> {
    let mut all = vec![
        Document::new(Audience::Interne, "structures.csv", sheet::sheet(run.rows, locale)),
        Document::new(Audience::Interne, "structures.geojson", sheet::layer(run.rows)),
        Document::new(Audience::Interne, "national.json", format!("{}\n", national_json(run))),
    ];
    #[cfg(feature = "parquet")]
    all.extend(
        geoparquet::table(run.rows)
            .map(|bytes| Document::new(Audience::Interne, "structures.parquet", bytes)),
    );
    all.push(manifest::manifest(run, locale, &all));
    all
}

impl NationalRun<'_> {
    /// What all of it rests on.
    fn assumptions(&self, lang: Lang) -> Vec<String> {
        let say: &dyn NationalSentences = of(lang);
        let drawn = self.rows.iter().filter(|row| row.catchment != Basis::Own).count();
        let nearest = self.rows.iter().filter(|row| row.catchment == Basis::NearestSeat).count();
        let unclassified = self.rows.iter().filter(|row| row.class.is_none()).count();
        let mut all = Vec::new();
        if nearest > 0 {
            all.push(say.nearest_seats(nearest as u32));
        }
        if drawn > 0 {
            all.push(say.drawn_youths(self.drawn.youths, self.drawn.seed));
            all.push(say.made_territories(crate::prepare::MOST_SITES as u32, crate::prepare::HALF_DAYS));
        }
        if unclassified > 0 {
            all.push(say.not_classified(unclassified as u32, self.rows.len() as u32));
        }
        match self.change {
            NationalChange::Cut { percent } => all.push(say.of_the_cut(*percent)),
            NationalChange::Scenario(file) => all.push(say.of_the_scenario(&file.read.name)),
            NationalChange::Nothing => {}
        }
        all.push(say.two_plans_as_good().to_owned());
        all
    }
}
