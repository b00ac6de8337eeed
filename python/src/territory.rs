//! `Territory`: what was read and checked, and what is asked of it.

use crate::arrow;
use crate::cells::Frame;
use crate::edit::{Change, Further};
use crate::error::findings_table;
use crate::language::Language;
use crate::plan::Plan;
use crate::questions::{Grid, Levers, Question, Sweep};
use crate::table::Table;
use crate::watch::watched;
use maillage::finding::Finding;
use maillage::groups::Limits;
use maillage::read::{self, Frames, Opened};
use maillage::study::Study;
use maillage::{Control, Error};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// What plans and questions rest on. It never changes.
pub(crate) struct Base {
    pub(crate) opened: Opened,
    pub(crate) lang: Language,
    /// Made when it is first needed: travel times may take long.
    study: OnceLock<Study>,
}

impl Base {
    pub(crate) fn of(opened: Opened, lang: Language) -> Arc<Self> {
        Arc::new(Self { opened, lang, study: OnceLock::new() })
    }

    /// What an edit made of this one.
    pub(crate) fn edited(&self, study: Study) -> Arc<Self> {
        let mut opened = self.opened.clone();
        opened.territory = study.territory().clone();
        Arc::new(Self { opened, lang: self.lang, study: OnceLock::from(study) })
    }

    /// Territory, travel times and reach.
    pub(crate) fn study(&self, control: &Control<'_>) -> Result<&Study, Error> {
        if let Some(study) = self.study.get() {
            return Ok(study);
        }
        let made = Study::new(self.opened.territory.clone(), self.opened.providers(), control)?;
        Ok(self.study.get_or_init(|| made))
    }
}

/// A territory, checked: where young people live, how they travel, the sites and the programmes.
///
/// It never changes: `edit` answers another one. Work on it runs without the GIL, so that several threads may ask at once.
#[pyclass(frozen, module = "maillage")]
pub(crate) struct Territory {
    pub(crate) base: Arc<Base>,
}

#[pymethods]
impl Territory {
    /// Reads a territory folder and checks it.
    ///
    /// `progress(stage, done, total)` is called now and then; an exception from it stops the work.
    /// Raises `InputError` with every finding when one is an error.
    #[staticmethod]
    #[pyo3(signature = (path, *, lang="fr", progress=None))]
    fn read(
        py: Python<'_>,
        path: PathBuf,
        lang: &str,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let lang = Language::of(lang)?;
        let opened = watched(py, (progress, lang), |control| read::territory(&path, control))?;
        Ok(Self { base: Base::of(opened, lang) })
    }

    /// Reads a territory from tables of pandas, polars, pyarrow or geopandas, whose columns are those of the CSV files.
    ///
    /// The points of a column of geometry, in WGS84, are `lon` and `lat` where a table has neither.
    /// `documents` are the texts of other files by their names (`"territory.toml"`, `"programmes.toml"`, `"pins.toml"`,
    /// `"communes.geojson"`, `"zones.geojson"`, `"scenarios/….toml"`). Without a `territory.toml` the territory is called `name` and has the
    /// usual figures. What is not given is read from `folder`, where there is one.
    /// Raises `InputError` with every finding (frame, row, column) when one is an error.
    #[staticmethod]
    #[pyo3(signature = (
        *, youths=None, sites=None, programmes=None, communes=None, places=None, advisers=None, calendar=None, links=None,
        on_demand=None, arrivals=None, times=None, documents=None, folder=None, name="territory",
        lang="fr", progress=None
    ))]
    #[allow(clippy::too_many_arguments, reason = "a keyword for each table")]
    fn from_frames(
        py: Python<'_>,
        youths: Option<&Bound<'_, PyAny>>,
        sites: Option<&Bound<'_, PyAny>>,
        programmes: Option<&Bound<'_, PyAny>>,
        communes: Option<&Bound<'_, PyAny>>,
        places: Option<&Bound<'_, PyAny>>,
        advisers: Option<&Bound<'_, PyAny>>,
        calendar: Option<&Bound<'_, PyAny>>,
        links: Option<&Bound<'_, PyAny>>,
        on_demand: Option<&Bound<'_, PyAny>>,
        arrivals: Option<&Bound<'_, PyAny>>,
        times: Option<&Bound<'_, PyAny>>,
        documents: Option<HashMap<String, String>>,
        folder: Option<PathBuf>,
        name: &str,
        lang: &str,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let lang = Language::of(lang)?;
        let tables = [
            ("youths", youths),
            ("sites", sites),
            ("programmes", programmes),
            ("communes", communes),
            ("places", places),
            ("advisers", advisers),
            ("calendar", calendar),
            ("links", links),
            ("on_demand", on_demand),
            ("arrivals", arrivals),
            ("times", times),
        ];
        let frames = whole(&tables, documents.unwrap_or_default(), folder.is_some(), name)?;
        let opened = watched(py, (progress, lang), |control| frames.territory(folder.as_deref(), control))?;
        Ok(Self { base: Base::of(opened, lang) })
    }

    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        self.base.opened.territory.name()
    }

    /// The language of messages and pages: `"fr"` or `"en"`.
    #[getter]
    fn lang(&self) -> &'static str {
        self.base.lang.as_str()
    }

    /// Warnings and notes: a table with code, level, file, line, row, column, what, remedy.
    fn check(&self) -> PyResult<Table> {
        findings_table(&self.base.opened.findings, self.base.lang)
    }

    /// Forms groups. `nodes` is the most branches for each objective; more may prove more.
    ///
    /// That no group is viable is an answer. Raises `NoPlan` when decisions already made can't be kept.
    #[pyo3(signature = (*, nodes=None, progress=None))]
    fn plan(
        &self,
        py: Python<'_>,
        nodes: Option<u64>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Plan> {
        Plan::made(py, &self.base, limits(nodes), progress)
    }

    /// Another territory: figures, sites and sizes changed, rows added or replaced by their identifiers, youths removed.
    ///
    /// `limit_min` is the longest trip one way of all programmes that have none of their own, in minutes; `limits_min` that of
    /// each programme named. `sizes` are (minimum, target, maximum) by programme. Sites named in `open_sites` are no longer
    /// candidates; those in `close_sites` have no half-day left.
    /// Then the levers of `scenario`, one of the territory's by its name or a file (`.toml`): a search chooses the sites that
    /// it closes where it left open which, and to whom it lends, as `maillage compare` does. `cut_percent`
    /// comes last: so many percent of half-days a week fewer, at least one, as `maillage national --cut` has them. A plan of
    /// the result is searched for anew: where nothing proves that there is no better one, it may place others, or more.
    /// Raises `InputError` when the result does not hold together, `UnknownName` for what is not there, `NoPlan` when no plan
    /// is found with the scenario's levers, `ValueError` for a cut where nobody told how many half-days there are.
    #[pyo3(signature = (
        *, limit_min=None, limits_min=None, sizes=None, open_sites=Vec::new(), close_sites=Vec::new(), remove_youths=Vec::new(),
        youths=None, sites=None, programmes=None, places=None, advisers=None, links=None, scenario=None, cut_percent=None,
        progress=None
    ))]
    #[allow(clippy::too_many_arguments, reason = "a keyword for each change")]
    fn edit(
        &self,
        py: Python<'_>,
        limit_min: Option<u32>,
        limits_min: Option<BTreeMap<String, u32>>,
        sizes: Option<BTreeMap<String, (u32, u32, u32)>>,
        open_sites: Vec<String>,
        close_sites: Vec<String>,
        remove_youths: Vec<String>,
        youths: Option<&Bound<'_, PyAny>>,
        sites: Option<&Bound<'_, PyAny>>,
        programmes: Option<&Bound<'_, PyAny>>,
        places: Option<&Bound<'_, PyAny>>,
        advisers: Option<&Bound<'_, PyAny>>,
        links: Option<&Bound<'_, PyAny>>,
        scenario: Option<PathBuf>,
        cut_percent: Option<i64>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let tables = [
            ("youths", youths),
            ("sites", sites),
            ("programmes", programmes),
            ("places", places),
            ("advisers", advisers),
            ("links", links),
        ];
        let frames = frames(&tables)?;
        let change = Change {
            limit_min,
            limits_min: limits_min.unwrap_or_default(),
            sizes: sizes.unwrap_or_default(),
            open_sites,
            close_sites,
            remove_youths,
        };
        let (base, territory) = (&self.base, &self.base.opened.territory);
        let changed = change.edits(py, territory, base.lang)?;
        let further = Further::of(py, base, scenario, cut_percent)?;
        let study = watched(py, (progress, base.lang), |control| {
            let mut edits = frames.edits(territory, control)?;
            edits.extend(changed);
            further.made(base.study(control)?.what_if(&edits, control)?, control)
        })?;
        Ok(Self { base: base.edited(study.map_err(|refused| refused.raised(py, base.lang))?) })
    }

    /// Which change would make groups possible: each by itself, the most places for each budget, and the cheapest set for
    /// a goal.
    ///
    /// `budget` is the most that may be spent, in euros; `goal` the groups wanted, by programme. The levers are those of
    /// `scenarios`, of all scenarios where none is named, or of the catalogue where there is none or it is asked for.
    /// Raises `UnknownName` for what is not there, `NoPlan` when decisions already made can't be kept.
    #[pyo3(signature = (*, budget=None, goal=None, scenarios=Vec::new(), catalogue=false, nodes=None, progress=None))]
    #[allow(clippy::too_many_arguments, reason = "a keyword for each part of the question")]
    fn levers(
        &self,
        py: Python<'_>,
        budget: Option<f64>,
        goal: Option<&Bound<'_, PyDict>>,
        scenarios: Vec<String>,
        catalogue: bool,
        nodes: Option<u64>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Levers> {
        let goal = goal.map(wanted).transpose()?.unwrap_or_default();
        let question = Question { budget, goal, scenarios, catalogue };
        Levers::made(py, &self.base, question, limits(nodes), progress)
    }

    /// Where the answer flips: a plan for each travel limit (minutes one way) with each minimum size (members more than
    /// today's, fewer below zero).
    ///
    /// `programme` is the only one changed. With `slower`, motor vehicles take so many percent longer.
    #[pyo3(signature = (
        *, limits=vec![30, 45, 60, 90], minimums=vec![-2, -1, 0, 1, 2], programme=None, slower=0, nodes=None, progress=None
    ))]
    #[allow(clippy::too_many_arguments, reason = "a keyword for each part of the question")]
    fn sweep(
        &self,
        py: Python<'_>,
        limits: Vec<u32>,
        minimums: Vec<i32>,
        programme: Option<&str>,
        slower: u16,
        nodes: Option<u64>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Sweep> {
        let grid = Grid { limits, minimums, programme, slower };
        Sweep::made(py, &self.base, grid, self::limits(nodes), progress)
    }

    fn __repr__(&self) -> String {
        let territory = &self.base.opened.territory;
        format!(
            "Territory({:?}: {} youths, {} sites, {} programmes)",
            territory.name(),
            territory.youths().len(),
            territory.sites().len(),
            territory.programmes().len()
        )
    }
}

/// Every finding of a territory folder, errors too: a table as of `Territory.check`. Nothing is raised for them.
#[pyfunction]
#[pyo3(signature = (path, *, lang="fr", progress=None))]
pub(crate) fn check(
    py: Python<'_>,
    path: PathBuf,
    lang: &str,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Table> {
    let lang = Language::of(lang)?;
    let found = watched(py, (progress, lang), |control| findings(&path, control))?;
    findings_table(&found, lang)
}

fn findings(path: &std::path::Path, control: &Control<'_>) -> Result<Vec<Finding>, Error> {
    match read::territory(path, control) {
        Ok(opened) => Ok(opened.findings),
        Err(Error::Input(findings)) => Ok(findings),
        Err(error) => Err(error),
    }
}

/// How far a search may go.
pub(crate) fn limits(nodes: Option<u64>) -> Limits {
    nodes.map_or_else(Limits::default, |nodes| Limits { nodes, ..Limits::default() })
}

/// The groups that are wanted, by programme, in the order in which they were given.
fn wanted(goal: &Bound<'_, PyDict>) -> PyResult<Vec<(String, u32)>> {
    goal.iter().map(|(programme, groups)| Ok((programme.extract()?, groups.extract()?))).collect()
}

/// The tables that were given.
fn frames(tables: &[(&str, Option<&Bound<'_, PyAny>>)]) -> PyResult<Frames> {
    let mut frames = Frames::new();
    for (name, table) in tables {
        let Some(table) = table else { continue };
        let cells = Frame::new(arrow::take(table)?);
        if !frames.table(name, Box::new(cells)) {
            return Err(PyValueError::new_err(format!("a territory has no table called {name:?}")));
        }
    }
    Ok(frames)
}

/// The tables and documents of a territory.
pub(crate) fn whole(
    tables: &[(&str, Option<&Bound<'_, PyAny>>)],
    documents: HashMap<String, String>,
    in_folder: bool,
    name: &str,
) -> PyResult<Frames> {
    let mut frames = frames(tables)?;
    for (file, text) in settled(documents, in_folder, name) {
        if !frames.text(&file, text) {
            return Err(PyValueError::new_err(format!("a territory has no document called {file:?}")));
        }
    }
    Ok(frames)
}

/// The documents, with a name and the usual figures where nothing else says them.
fn settled(mut documents: HashMap<String, String>, in_folder: bool, name: &str) -> HashMap<String, String> {
    const SETTINGS: &str = "territory.toml";
    if !in_folder && !documents.contains_key(SETTINGS) {
        // TOML has the texts of JSON.
        let name = serde_json::Value::from(name);
        documents.insert(SETTINGS.to_owned(), format!("schema = 1\nname = {name}\n"));
    }
    documents
}
