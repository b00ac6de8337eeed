//! `Levers` and `Sweep`: what would be.

use crate::error::{no_plan, unknown_name};
use crate::plan::document;
use crate::table::{Kind, Table, loads};
use crate::territory::Base;
use crate::watch::watched;
use maillage::groups::Limits;
use maillage::questions::{self, Goal, LeverQuestion, LeverStudy};
use maillage::report::{self, LeverSource, Swept};
use maillage::territory::{Scenario, catalogue, levers_of};
use maillage::units::{Cents, ProgrammeId, Seconds};
use maillage::{Control, Error};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::sync::Arc;

/// What is asked about levers.
pub(crate) struct Question {
    pub(crate) budget: Option<f64>,
    pub(crate) goal: Vec<(String, u32)>,
    pub(crate) scenarios: Vec<String>,
    pub(crate) catalogue: bool,
}

impl Question {
    fn asked(&self, py: Python<'_>, base: &Base) -> PyResult<LeverQuestion> {
        let euros = |euros: f64| {
            Cents::from_euros(euros).ok_or_else(|| PyValueError::new_err("budget is an amount in euros"))
        };
        let goal = |(name, groups): &(String, u32)| match groups {
            0 => Err(PyValueError::new_err(format!("goal[{name:?}] is at least one group"))),
            &groups => Ok(Goal { programme: programme(py, base, name)?, groups }),
        };
        Ok(LeverQuestion {
            budget: self.budget.map(euros).transpose()?,
            goals: self.goal.iter().map(goal).collect::<PyResult<_>>()?,
        })
    }

    /// The scenarios that are named; all there are where none is.
    fn scenarios<'o>(&self, py: Python<'_>, base: &'o Base) -> PyResult<Vec<&'o Scenario>> {
        let all = &base.opened.scenarios;
        if self.catalogue || self.scenarios.is_empty() {
            return Ok(all.iter().filter(|_| !self.catalogue).collect());
        }
        let named = |name: &String| {
            let unknown = || unknown_name(py, &report::no_such_scenario(all, None, name, base.lang.0));
            base.opened.scenario(name).ok_or_else(unknown)
        };
        self.scenarios.iter().map(named).collect()
    }
}

fn programme(py: Python<'_>, base: &Base, name: &str) -> PyResult<ProgrammeId> {
    let territory = &base.opened.territory;
    let found = territory.programmes().find_str(name);
    found.ok_or_else(|| unknown_name(py, &report::no_such_programme(territory, name, base.lang.0)))
}

/// What levers would unlock: each by itself, the most places for each budget, the cheapest set for a goal.
#[pyclass(frozen, module = "maillage")]
pub(crate) struct Levers {
    json: String,
}

impl Levers {
    pub(crate) fn made(
        py: Python<'_>,
        base: &Arc<Base>,
        question: Question,
        limits: Limits,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let (asked, scenarios) = (question.asked(py, base)?, question.scenarios(py, base)?);
        let made =
            watched(py, (progress, base.lang), |control| answer(base, &asked, &scenarios, &limits, control))?;
        let json = made.ok_or_else(|| no_plan(py, "impossible", report::impossible(base.lang.0)))?;
        Ok(Self { json })
    }
}

fn answer(
    base: &Base,
    asked: &LeverQuestion,
    scenarios: &[&Scenario],
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Option<String>, Error> {
    let study = base.study(control)?;
    let (levers, source) = match scenarios {
        [] => (catalogue(study.territory(), base.lang.0), LeverSource::Catalogue),
        _ => (levers_of(scenarios.iter().copied()), LeverSource::Scenarios(scenarios)),
    };
    let Some(together) = LeverStudy::new(study, &levers, limits, control)? else { return Ok(None) };
    let answer = together.answer(asked, control)?;
    let told = report::Levers { answer: &answer, source };
    Ok(Some(format!("{}\n", report::levers_json(study.territory(), told))))
}

#[pymethods]
impl Levers {
    /// The document `maillage/levers/1` (docs/json.md): the bytes that `maillage levers DIR --json` prints.
    fn json(&self) -> &str {
        &self.json
    }

    /// The same as Python's own values.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(loads(py, &self.json)?.cast_into::<PyDict>()?)
    }
}

/// The travel limits and minimum sizes that are tried.
pub(crate) struct Grid<'a> {
    pub(crate) limits: Vec<u32>,
    pub(crate) minimums: Vec<i32>,
    pub(crate) programme: Option<&'a str>,
    pub(crate) slower: u16,
}

impl Grid<'_> {
    fn asked(self, py: Python<'_>, base: &Base) -> PyResult<questions::Grid> {
        self.bounded()?;
        let programme = self.programme.map(|name| programme(py, base, name)).transpose()?;
        let limits = self.limits.into_iter().map(Seconds::from_minutes).collect();
        Ok(questions::Grid::new(limits, self.minimums, programme))
    }

    /// The ranges of the command.
    fn bounded(&self) -> PyResult<()> {
        let wrong = if self.limits.iter().any(|limit| !(1..=600).contains(limit)) {
            "limits are minutes from 1 to 600"
        } else if self.minimums.iter().any(|minimum| !(-100..=100).contains(minimum)) {
            "minimums are members from -100 to 100"
        } else if self.slower > 200 {
            "slower is a percentage from 0 to 200"
        } else {
            return Ok(());
        };
        Err(PyValueError::new_err(wrong))
    }
}

/// A plan for each travel limit with each minimum size.
#[pyclass(frozen, module = "maillage")]
pub(crate) struct Sweep {
    json: String,
}

impl Sweep {
    pub(crate) fn made(
        py: Python<'_>,
        base: &Arc<Base>,
        grid: Grid<'_>,
        limits: Limits,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let slower = grid.slower;
        let asked = grid.asked(py, base)?;
        let json = watched(py, (progress, base.lang), |control| {
            let study = base.study(control)?;
            let slowed = (slower > 0).then(|| questions::slower_roads(study, slower, control)).transpose()?;
            let sweep = questions::sweep(slowed.as_ref().unwrap_or(study), &asked, &limits, control)?;
            let swept = Swept { territory: study.territory(), sweep: &sweep, slower };
            Ok(format!("{}\n", report::sweep_json(&swept)))
        })?;
        Ok(Self { json })
    }
}

#[pymethods]
impl Sweep {
    /// The document `maillage/sweep/1` (docs/json.md): the bytes that `maillage sweep DIR --json` prints.
    fn json(&self) -> &str {
        &self.json
    }

    /// The same as Python's own values.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(loads(py, &self.json)?.cast_into::<PyDict>()?)
    }

    /// One row a limit, a minimum and a programme: limit_s (seconds one way), minimum (members more than today's),
    /// programme, min, attending (most who can attend one option), groups, viable.
    #[getter]
    fn cells(&self) -> PyResult<Table> {
        let columns = [
            ("limit_s", Kind::Whole),
            ("minimum", Kind::Whole),
            ("programme", Kind::Text),
            ("min", Kind::Whole),
            ("attending", Kind::Whole),
            ("groups", Kind::Whole),
            ("viable", Kind::Text),
        ];
        let mut rows = Vec::new();
        for cell in document(&self.json)?["cells"].as_array().into_iter().flatten() {
            for programme in cell["programmes"].as_array().into_iter().flatten() {
                let mut row = programme.clone();
                row["limit_s"] = cell["limit_s"].clone();
                row["minimum"] = cell["minimum"].clone();
                rows.push(row);
            }
        }
        Table::of(&columns, rows)
    }
}
