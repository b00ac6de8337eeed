//! `National`: many territories under many scenarios, and `Scenario`: what happens to each of them.

use crate::error::{findings_table, unknown_name};
use crate::language::Language;
use crate::table::{Kind, Table, lists};
use crate::territory::{Base, Territory, whole};
use crate::watch::watched;
use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray};
use maillage::finding::Finding;
use maillage::groups::Limits;
use maillage::national::{Asked, Member, Part};
use maillage::prepare::Drawn;
use maillage::questions::{Draws, each_territory};
use maillage::read::{self, Opened, ScenarioFile};
use maillage::report::{NationalChange, NationalValues, TerritoryRow, national_columns};
use maillage::units::Position;
use maillage::{Control, Error};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::json;
use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// Draws that one thread makes of a territory between two looks at what is left to do.
const DRAWS: u32 = 8;

/// What happens to each territory of a network.
#[pyclass(frozen, module = "maillage")]
pub(crate) struct Scenario {
    change: NationalChange,
}

#[pymethods]
impl Scenario {
    /// Nothing: as it is today.
    #[staticmethod]
    fn today() -> Self {
        Self { change: NationalChange::Nothing }
    }

    /// So many percent (1 to 100) of the half-days a week fewer, at least one, at the least loss of places.
    #[staticmethod]
    fn cut(percent: u8) -> PyResult<Self> {
        match percent {
            1..=100 => Ok(Self { change: NationalChange::Cut { percent } }),
            _ => Err(PyValueError::new_err("percent is a number from 1 to 100")),
        }
    }

    /// The levers of a scenario's file (docs/format.md), held against each territory by itself.
    #[staticmethod]
    #[pyo3(signature = (path, *, lang="fr"))]
    fn read(py: Python<'_>, path: PathBuf, lang: &str) -> PyResult<Self> {
        let lang = Language::of(lang)?;
        let file = watched(py, (None, lang), |control| ScenarioFile::open(&path, control))?;
        Ok(Self { change: NationalChange::Scenario(file) })
    }

    /// The same from the text of such a file; `file` is its name, for findings.
    #[staticmethod]
    fn of_text(file: &str, text: String) -> Self {
        Self { change: NationalChange::Scenario(ScenarioFile::of_text(file, text)) }
    }

    /// How many percent are cut; None where nothing is, and for a file's levers.
    #[getter]
    fn percent(&self) -> Option<u8> {
        if let NationalChange::Cut { percent } = self.change { Some(percent) } else { None }
    }

    /// The name of its file; None where there is none.
    #[getter]
    fn file(&self) -> Option<&str> {
        self.levers().map(|file| file.read.name.as_str())
    }

    /// The text of its file; None where there is none.
    #[getter]
    fn text(&self) -> Option<&str> {
        self.levers().map(ScenarioFile::text)
    }

    fn __repr__(&self) -> String {
        match &self.change {
            NationalChange::Nothing => "Scenario.today()".to_owned(),
            NationalChange::Cut { percent } => format!("Scenario.cut({percent})"),
            NationalChange::Scenario(file) => format!("Scenario.read({:?})", file.read.name),
        }
    }
}

impl Scenario {
    fn levers(&self) -> Option<&ScenarioFile> {
        if let NationalChange::Scenario(file) = &self.change { Some(file) } else { None }
    }
}

/// Where territories are.
enum Territories {
    Found(read::National),
    /// By identifier, read from frames or broken.
    Read(Vec<(String, Result<Opened, Vec<Finding>>)>),
}

/// Many territories, each opened when its turn comes: one that is broken is a row with its findings, and the others go on.
#[pyclass(frozen, module = "maillage")]
pub(crate) struct National {
    territories: Territories,
    drawn: Drawn,
    lang: Language,
}

#[pymethods]
impl National {
    /// Finds territories as `maillage national` does: a folder of territory folders, a file that lists some, or a folder with
    /// `structures.csv` and `communes.csv`.
    ///
    /// `perimeters` says which commune belongs to which structure; without it, the nearest seat. `youths` are drawn of each
    /// structure that says no number of its own, from `seed` on.
    /// Raises `InputError` where nothing can be asked about at all.
    #[staticmethod]
    #[pyo3(signature = (path, *, perimeters=None, youths=300, seed=1, lang="fr", progress=None))]
    fn read(
        py: Python<'_>,
        path: PathBuf,
        perimeters: Option<PathBuf>,
        youths: u32,
        seed: u64,
        lang: &str,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let lang = Language::of(lang)?;
        let found =
            watched(py, (progress, lang), |control| read::national(&path, perimeters.as_deref(), control))?;
        Ok(Self { territories: Territories::Found(found), drawn: Drawn { youths, seed }, lang })
    }

    /// Territories by their identifiers: of each its folder, or a dict of what `Territory.from_frames` takes, tables by their
    /// names and `documents` and `folder` where there are any.
    #[staticmethod]
    #[pyo3(signature = (territories, *, lang="fr", progress=None))]
    fn from_frames(
        py: Python<'_>,
        territories: &Bound<'_, PyDict>,
        lang: &str,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let lang = Language::of(lang)?;
        let mut all = Vec::with_capacity(territories.len());
        for (id, given) in territories {
            let id: String = id.extract()?;
            let (frames, folder) = match given.cast::<PyDict>() {
                Ok(tables) => given_frames(&id, tables)?,
                Err(_) => (read::Frames::new(), Some(given.extract()?)),
            };
            let opened = watched(py, (progress, lang), |control| {
                match frames.territory(folder.as_deref(), control) {
                    Ok(opened) => Ok(Ok(opened)),
                    Err(Error::Input(findings)) => Ok(Err(findings)),
                    Err(other) => Err(other),
                }
            })?;
            all.push((id, opened));
        }
        let drawn = Drawn::default();
        Ok(Self { territories: Territories::Read(all), drawn, lang })
    }

    /// The identifiers of the territories, in order.
    #[getter]
    fn ids(&self) -> Vec<&str> {
        self.members().iter().map(Member::id).collect()
    }

    /// The language of messages: `"fr"` or `"en"`.
    #[getter]
    fn lang(&self) -> &'static str {
        self.lang.as_str()
    }

    /// What is worth knowing of structures, communes and perimeters: a table as of `Territory.check`.
    fn check(&self) -> PyResult<Table> {
        let findings = match &self.territories {
            Territories::Found(found) => found.findings.clone(),
            Territories::Read(all) => {
                all.iter().filter_map(|(_, opened)| opened.as_ref().err()).flatten().cloned().collect()
            }
        };
        findings_table(&findings, self.lang)
    }

    /// One of the territories, to be asked by itself. Raises `InputError` where it is broken.
    #[pyo3(signature = (id, *, progress=None))]
    fn territory(
        &self,
        py: Python<'_>,
        id: &str,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Territory> {
        let member = self.member(py, id)?;
        let at = watched(py, (progress, self.lang), |control| member.open(self.drawn, control))?;
        Ok(Territory { base: Base::of(at.opened, self.lang) })
    }

    /// A hash of all that a territory is made of, in hexadecimal; but not of a frame of travel times.
    fn digest(&self, py: Python<'_>, id: &str) -> PyResult<String> {
        let member = self.member(py, id)?;
        watched(py, (None, self.lang), |_| Ok(member.digest(self.drawn)))
    }

    /// How large each is: structure, youths, options and work, their product; nothing where it is broken.
    #[pyo3(signature = (*, structures=None, progress=None))]
    fn sizes(
        &self,
        py: Python<'_>,
        structures: Option<Vec<String>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Table> {
        let members = self.those(py, structures.as_deref())?;
        let sizes = watched(py, (progress, self.lang), |control| {
            let ask = |one: &Member<'_>, control: &Control<'_>| one.size(self.drawn, control);
            answers(&members, ask, control)
        })?;
        let row = |(member, size): (&Member<'_>, &Option<(usize, usize)>)| {
            let (options, youths) = (size.map(|size| size.0), size.map(|size| size.1));
            let work = size.map(|(options, youths)| options.saturating_mul(youths));
            json!({ "structure": member.id(), "youths": youths, "options": options, "work": work })
        };
        let columns = [
            ("structure", Kind::Text),
            ("youths", Kind::Whole),
            ("options", Kind::Whole),
            ("work", Kind::Whole),
        ];
        Table::of(&columns, members.iter().zip(&sizes).map(row).collect())
    }

    /// Each territory under each scenario in each draw, on all cores: a row each, in this order.
    ///
    /// The columns are those of `structures.csv` (docs/files.md), with `scenario`, `draw`, `seed`, the seat's `lon` and `lat`, and `findings`. Draw 0 is the
    /// territory as it is; in each other one its youths are drawn again from `seed` on, as `maillage demand` does. `nodes` is the most
    /// branches for each objective of each search. With `structures`, of those alone.
    #[pyo3(signature = (scenarios, *, draws=1, seed=1, nodes=None, structures=None, progress=None))]
    #[allow(clippy::too_many_arguments, reason = "a keyword for each part of the question")]
    fn run(
        &self,
        py: Python<'_>,
        scenarios: &Bound<'_, PyDict>,
        draws: u32,
        seed: u64,
        nodes: Option<u64>,
        structures: Option<Vec<String>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Table> {
        let scenarios = Scenarios::of(scenarios)?;
        let members = self.those(py, structures.as_deref())?;
        let chunks =
            |member| (0..draws).step_by(DRAWS as usize).map(move |at| (member, at..draws.min(at + DRAWS)));
        let tasks: Vec<(Member<'_>, Range<u32>)> =
            members.iter().flat_map(|&member| chunks(member)).collect();
        let part = self.part_of(&scenarios, seed, nodes);
        let rows = watched(py, (progress, self.lang), |control| {
            let ask = |(member, draws): &(Member<'_>, Range<u32>), control: &Control<'_>| {
                Part { draws: draws.clone(), ..part.clone() }.rows(*member, control)
            };
            answers(&tasks, ask, control)
        })?;
        let parts = tasks.into_iter().zip(rows).map(|((member, draws), rows)| Answered {
            draws,
            redrawn: part.redrawn(member),
            rows,
        });
        scenarios.table(parts, self.lang)
    }

    /// One territory under each scenario in draws from `first` on: the rows that `run` has of them, by one thread alone.
    #[pyo3(signature = (id, scenarios, *, first=0, draws=1, seed=1, nodes=None, progress=None))]
    #[allow(clippy::too_many_arguments, reason = "a keyword for each part of the question")]
    fn part(
        &self,
        py: Python<'_>,
        id: &str,
        scenarios: &Bound<'_, PyDict>,
        first: u32,
        draws: u32,
        seed: u64,
        nodes: Option<u64>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Table> {
        let scenarios = Scenarios::of(scenarios)?;
        let draws = first..first.saturating_add(draws);
        let part = Part { draws: draws.clone(), ..self.part_of(&scenarios, seed, nodes) };
        let member = self.member(py, id)?;
        let rows = watched(py, (progress, self.lang), |control| {
            let ask = |one: &Member<'_>, control: &Control<'_>| part.rows(*one, control);
            answers(&[member], ask, control)
        })?;
        let redrawn = part.redrawn(member);
        scenarios
            .table(rows.into_iter().map(|rows| Answered { draws: draws.clone(), redrawn, rows }), self.lang)
    }

    fn __len__(&self) -> usize {
        self.members().len()
    }

    fn __repr__(&self) -> String {
        format!("National({} territories)", self.members().len())
    }
}

impl National {
    fn members(&self) -> Vec<Member<'_>> {
        match &self.territories {
            Territories::Found(found) => Member::all(found),
            Territories::Read(all) => all
                .iter()
                .map(|(id, opened)| Member::Read(id, opened.as_ref().map_err(Vec::as_slice)))
                .collect(),
        }
    }

    fn member(&self, py: Python<'_>, id: &str) -> PyResult<Member<'_>> {
        self.members().into_iter().find(|member| member.id() == id).ok_or_else(|| self.no_such(py, id))
    }

    fn no_such(&self, py: Python<'_>, id: &str) -> PyErr {
        let (fr, en) =
            (format!("il n'y a pas de structure « {id} »"), format!("there is no structure '{id}'"));
        unknown_name(py, &self.lang.pick(fr, en))
    }

    /// Those that are named, in order; all where none is.
    fn those(&self, py: Python<'_>, named: Option<&[String]>) -> PyResult<Vec<Member<'_>>> {
        let all = self.members();
        let Some(named) = named else { return Ok(all) };
        if let Some(unknown) = named.iter().find(|id| all.iter().all(|member| member.id() != *id)) {
            return Err(self.no_such(py, unknown));
        }
        Ok(all.into_iter().filter(|member| named.iter().any(|id| id == member.id())).collect())
    }

    fn part_of<'s>(&self, scenarios: &'s Scenarios, seed: u64, nodes: Option<u64>) -> Part<'s> {
        let usual = Asked::default().limits;
        Part {
            limits: nodes.map_or(usual, |nodes| Limits { nodes, ..usual }),
            drawn: self.drawn,
            changes: &scenarios.changes,
            draws: 0..1,
            seed,
        }
    }
}

/// What is asked of each, in their order, on all cores.
fn answers<T: Sync, R: Clone + Default + Send>(
    all: &[T],
    ask: impl Fn(&T, &Control<'_>) -> Result<R, Error> + Sync,
    control: &Control<'_>,
) -> Result<Vec<R>, Error> {
    let mut answers = vec![R::default(); all.len()];
    let done = |at: usize, answer| {
        if let Some(place) = answers.get_mut(at) {
            *place = answer;
        }
        Ok(())
    };
    each_territory(all, ask, done, control)?;
    Ok(answers)
}

/// Scenarios by their names, in order.
struct Scenarios {
    names: Vec<String>,
    changes: Vec<NationalChange>,
}

impl Scenarios {
    fn of(given: &Bound<'_, PyDict>) -> PyResult<Self> {
        let (mut names, mut changes) = (Vec::new(), Vec::new());
        for (name, scenario) in given {
            names.push(name.extract()?);
            changes.push(scenario.cast::<Scenario>()?.get().change.clone());
        }
        match names.is_empty() {
            true => Err(PyValueError::new_err("at least one scenario: {'today': Scenario.today()}")),
            false => Ok(Self { names, changes }),
        }
    }

    /// The rows of parts: all scenarios of one draw, then those of the next.
    fn table(&self, parts: impl Iterator<Item = Answered>, lang: Language) -> PyResult<Table> {
        let (mut names, mut draws, mut seeds, mut rows) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for part in parts {
            let drawn = part.draws.clone().flat_map(|draw| self.names.iter().map(move |name| (draw, name)));
            for ((draw, name), row) in drawn.zip(&part.rows) {
                names.push(name.as_str());
                draws.push(i64::from(draw));
                // That of the structure's own draw; else of the draw that came after it.
                let seed =
                    draw.checked_sub(1).map_or_else(|| row.seed(), |nth| Some(part.redrawn.seed_of(nth)));
                seeds.push(seed.map(|seed| seed.to_string()));
            }
            rows.extend(part.rows);
        }
        let findings = rows.iter().map(|row| Some(row.findings(lang.0).into_iter().map(Some).collect()));
        let mut columns: Vec<(&str, ArrayRef)> = vec![
            ("scenario", Arc::new(StringArray::from(names))),
            ("draw", Arc::new(Int64Array::from(draws))),
            ("seed", Arc::new(StringArray::from(seeds))),
        ];
        let others = national_columns(&rows, lang.0).into_iter();
        columns.extend(others.map(|column| (column.name, array(column.values))));
        let seats = |of: fn(Position) -> f64| -> ArrayRef {
            Arc::new(rows.iter().map(|row| row.position().map(of)).collect::<Float64Array>())
        };
        columns.push(("lon", seats(Position::lon)));
        columns.push(("lat", seats(Position::lat)));
        columns.push(("findings", lists(findings)));
        Table::of_arrays(columns.into_iter())
    }
}

/// What was answered of a territory in some draws.
struct Answered {
    draws: Range<u32>,
    redrawn: Draws,
    rows: Vec<TerritoryRow>,
}

fn array(values: NationalValues) -> ArrayRef {
    match values {
        NationalValues::Text(all) => Arc::new(StringArray::from(all)),
        NationalValues::Whole(all) => Arc::new(Int64Array::from(all)),
        NationalValues::Decimal(all) => Arc::new(Float64Array::from(all)),
        NationalValues::YesNo(all) => Arc::new(BooleanArray::from(all)),
    }
}

/// The tables and documents of one territory, and the folder of what is in none of them.
fn given_frames(id: &str, given: &Bound<'_, PyDict>) -> PyResult<(read::Frames, Option<PathBuf>)> {
    let (mut tables, mut folder, mut documents) = (Vec::new(), None, HashMap::new());
    for (name, value) in given {
        match name.extract::<String>()?.as_str() {
            "folder" => folder = value.extract::<Option<PathBuf>>()?,
            "documents" => documents = value.extract()?,
            table => tables.push((table.to_owned(), value)),
        }
    }
    let named: Vec<_> = tables.iter().map(|(name, table)| (name.as_str(), Some(table))).collect();
    let frames = whole(&named, documents, folder.is_some(), id)?;
    Ok((frames, folder))
}
