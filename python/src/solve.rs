//! `solve`: groups from a problem whose travel times somebody else knows.

use crate::error::no_plan;
use crate::language::Language;
use crate::plan::document;
use crate::table::{Kind, Table, loads};
use crate::territory::limits;
use crate::watch::watched;
use maillage::groups::{Assignment, Limits, Milp, Solution, Solve};
use maillage::instance::{self, Instance};
use maillage::report::{self, Took};
use maillage::{Control, Error};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What findings call a problem that is no file.
const GIVEN: &str = "problem";

/// A problem as given: a file, or the text of one.
enum Problem {
    File(PathBuf),
    Text(String),
}

impl Problem {
    fn of(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(dict) = value.cast::<PyDict>() {
            let text = value.py().import("json")?.call_method1("dumps", (dict,))?;
            return Ok(Self::Text(text.extract()?));
        }
        Ok(Self::File(value.extract()?))
    }

    fn read(&self) -> Result<Instance, Error> {
        match self {
            Self::File(path) => instance::open(Path::new(path)),
            Self::Text(text) => instance::parse(GIVEN, text, &instance::Limits::default()),
        }
    }
}

/// Groups and members, with a bound for each objective.
#[pyclass(frozen, module = "maillage")]
pub(crate) struct Solved {
    instance: Instance,
    assignment: Assignment,
    json: String,
}

#[pymethods]
impl Solved {
    /// The line that `maillage solve FILE --json` prints (docs/instances.md): objectives with value and bound, and what
    /// they took. Only the seconds differ from one run to the next.
    fn json(&self) -> &str {
        &self.json
    }

    /// The same as Python's own values.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(loads(py, &self.json)?.cast_into::<PyDict>()?)
    }

    /// The bytes that `maillage solve FILE --solution` writes: groups of each option, members.
    fn solution(&self) -> String {
        instance::write_solution(&self.assignment) + "\n"
    }

    /// Whether every objective is proved.
    #[getter]
    fn proved(&self) -> PyResult<bool> {
        Ok(document(&self.json)?["status"] == "optimal")
    }

    /// One row an option that has groups: option (from 0), name, groups.
    #[getter]
    fn groups(&self) -> PyResult<Table> {
        let columns = [("option", Kind::Whole), ("name", Kind::Text), ("groups", Kind::Whole)];
        let row = |&(option, groups): &(u32, u32)| json!({ "option": option, "name": self.instance.names.options.get(option as usize), "groups": groups });
        Table::of(&columns, self.assignment.groups.iter().map(row).collect())
    }

    /// One row a member: youth (from 0), name, option (from 0).
    #[getter]
    fn members(&self) -> PyResult<Table> {
        let columns = [("youth", Kind::Whole), ("name", Kind::Text), ("option", Kind::Whole)];
        let row = |&(youth, option, _): &(u32, u32, Option<u32>)| json!({ "youth": youth, "name": self.instance.names.youths.get(youth as usize), "option": option });
        Table::of(&columns, self.assignment.members.iter().map(row).collect())
    }

    fn __repr__(&self) -> String {
        let groups: u32 = self.assignment.groups.iter().map(|(_, groups)| groups).sum();
        let members = self.assignment.members.len();
        format!("Solved({:?}: {groups} groups, {members} places)", self.instance.name)
    }
}

/// Solves a problem (docs/instances.md) given as a dict, or as the path of its file.
///
/// `nodes` is the most branches for each objective; more may prove more.
/// Raises `InputError` with every finding, `NoPlan` when there is no answer.
#[pyfunction]
#[pyo3(signature = (problem, *, nodes=None, lang="fr", progress=None))]
pub(crate) fn solve(
    py: Python<'_>,
    problem: &Bound<'_, PyAny>,
    nodes: Option<u64>,
    lang: &str,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Solved> {
    let lang = Language::of(lang)?;
    let (problem, limits) = (Problem::of(problem)?, limits(nodes));
    let (instance, solution, json) =
        watched(py, (progress, lang), |control| search(&problem, &limits, control))?;
    match solution {
        Solution::Found { assignment, .. } => Ok(Solved { instance, assignment, json }),
        Solution::Impossible => Err(no_plan(py, "impossible", report::impossible(lang.0))),
        Solution::NotFound => Err(no_plan(py, "not_found", report::not_found(lang.0))),
    }
}

fn search(
    problem: &Problem,
    limits: &Limits,
    control: &Control<'_>,
) -> Result<(Instance, Solution, String), Error> {
    let instance = problem.read()?;
    let since = Instant::now();
    let solution = Milp.solve(&instance.problem, limits, control)?;
    let took = Took { seconds: since.elapsed().as_secs_f64(), cpu: None };
    let json = report::solved_json(&instance, &solution, &took, &[]) + "\n";
    Ok((instance, solution, json))
}
