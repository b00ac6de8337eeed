//! `Plan`: the groups that are possible, and who is left out.

use crate::error::no_plan;
use crate::table::{Kind, Table, loads};
use crate::territory::Base;
use crate::watch::watched;
use maillage::groups::Limits;
use maillage::report::{self, Audience, MapLayer, Run};
use maillage::study::Outcome;
use maillage::{Control, Error, plan};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::{Value, json};
use std::sync::Arc;

/// An answer: what is possible, for whom, and how sure that is. Exact: it names youths by their identifiers.
#[pyclass(frozen, module = "maillage")]
pub(crate) struct Plan {
    base: Arc<Base>,
    plan: Box<plan::Plan>,
    limits: Limits,
    json: String,
}

/// What a search led to.
enum Made {
    Plan(Box<plan::Plan>, String),
    Unverified(String),
    Impossible,
    NotFound,
}

fn make(base: &Base, limits: &Limits, control: &Control<'_>) -> Result<Made, Error> {
    // Each search starts afresh: the same question has the same bytes, whatever was asked before.
    let mut study = base.study(control)?.what_if(&[], control)?;
    let plan = match study.plan(limits, control)? {
        Outcome::Plan(plan) => plan,
        Outcome::Impossible => return Ok(Made::Impossible),
        Outcome::NotFound => return Ok(Made::NotFound),
    };
    if let Err(violations) = plan.check(study.territory(), study.times()) {
        let all: Vec<String> = violations.iter().map(ToString::to_string).collect();
        return Ok(Made::Unverified(all.join("\n")));
    }
    let json = format!("{}\n", report::json(study.territory(), &plan));
    Ok(Made::Plan(plan, json))
}

impl Plan {
    pub(crate) fn made(
        py: Python<'_>,
        base: &Arc<Base>,
        limits: Limits,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let lang = base.lang.0;
        match watched(py, (progress, base.lang), |control| make(base, &limits, control))? {
            Made::Plan(plan, json) => Ok(Self { base: Arc::clone(base), plan, limits, json }),
            Made::Unverified(what) => {
                Err(no_plan(py, "unverified", &format!("{}\n{what}", report::unverified(lang))))
            }
            Made::Impossible => Err(no_plan(py, "impossible", report::impossible(lang))),
            Made::NotFound => Err(no_plan(py, "not_found", report::not_found(lang))),
        }
    }

    /// The rows of a list of the document.
    fn rows(&self, list: &str) -> PyResult<Vec<Value>> {
        let document = document(&self.json)?;
        Ok(document[list].as_array().cloned().unwrap_or_default())
    }
}

#[pymethods]
impl Plan {
    /// The document `maillage/plan/1` (docs/json.md): the bytes that `maillage plan DIR --json` prints.
    fn json(&self) -> &str {
        &self.json
    }

    /// The same as Python's own values.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(loads(py, &self.json)?.cast_into::<PyDict>()?)
    }

    /// One row a programme: id, name, min, target, max, groups, placed, enrolled, binds.
    #[getter]
    fn programmes(&self) -> PyResult<Table> {
        let columns = [
            ("id", Kind::Text),
            ("name", Kind::Text),
            ("min", Kind::Whole),
            ("target", Kind::Whole),
            ("max", Kind::Whole),
            ("groups", Kind::Whole),
            ("placed", Kind::Whole),
            ("enrolled", Kind::Whole),
            ("binds", Kind::Text),
        ];
        Table::of(&columns, self.rows("programmes")?)
    }

    /// One row a group: group (from 0), programme, site, slots (list), start (date), members (count).
    #[getter]
    fn groups(&self) -> PyResult<Table> {
        let columns = [
            ("group", Kind::Whole),
            ("programme", Kind::Text),
            ("site", Kind::Text),
            ("slots", Kind::Texts),
            ("start", Kind::Date),
            ("members", Kind::Whole),
        ];
        let counted = |(at, mut group): (usize, Value)| {
            group["group"] = at.into();
            group["members"] = group["members"].as_array().map_or(0, Vec::len).into();
            group
        };
        Table::of(&columns, self.rows("groups")?.into_iter().enumerate().map(counted).collect())
    }

    /// One row a member: group (as in `groups`), programme, youth, mode, mode_back, with, to_s and from_s (seconds one
    /// way), sessions, unknown, of.
    #[getter]
    fn members(&self) -> PyResult<Table> {
        let columns = [
            ("group", Kind::Whole),
            ("programme", Kind::Text),
            ("youth", Kind::Text),
            ("mode", Kind::Text),
            ("mode_back", Kind::Text),
            ("with", Kind::Text),
            ("to_s", Kind::Whole),
            ("from_s", Kind::Whole),
            ("sessions", Kind::Whole),
            ("unknown", Kind::Whole),
            ("of", Kind::Whole),
        ];
        let mut rows = Vec::new();
        for (at, group) in self.rows("groups")?.into_iter().enumerate() {
            for mut member in group["members"].as_array().cloned().unwrap_or_default() {
                member["group"] = at.into();
                member["programme"] = group["programme"].clone();
                // The document leaves out what is usual.
                for (field, usual) in [("mode_back", member["mode"].clone()), ("unknown", json!(0))] {
                    if member[field].is_null() {
                        member[field] = usual;
                    }
                }
                rows.push(member);
            }
        }
        Table::of(&columns, rows)
    }

    /// One row a youth and programme without a place: youth, programme, reason, reasons (list).
    #[getter]
    fn left_out(&self) -> PyResult<Table> {
        let columns = [
            ("youth", Kind::Text),
            ("programme", Kind::Text),
            ("reason", Kind::Text),
            ("reasons", Kind::Texts),
        ];
        Table::of(&columns, self.rows("left_out")?)
    }

    /// One row an option, alone: programme, site, slots (list), start (date), reachable, viable, missing.
    #[getter]
    fn verdicts(&self) -> PyResult<Table> {
        let columns = [
            ("programme", Kind::Text),
            ("site", Kind::Text),
            ("slots", Kind::Texts),
            ("start", Kind::Date),
            ("reachable", Kind::Whole),
            ("viable", Kind::Flag),
            ("missing", Kind::Whole),
        ];
        Table::of(&columns, self.rows("verdicts")?)
    }

    /// One row a youth: youth, weekly_hours (within reach), planned_hours.
    #[getter]
    fn hours(&self) -> PyResult<Table> {
        let columns = [("youth", Kind::Text), ("weekly_hours", Kind::Real), ("planned_hours", Kind::Real)];
        Table::of(&columns, self.rows("hours")?)
    }

    /// A layer of the plan as GeoJSON, in WGS84: `"communes"` (outlines, with counts), `"sites"` or `"places"` (points).
    #[pyo3(signature = (layer="communes"))]
    fn geojson(&self, py: Python<'_>, layer: &str) -> PyResult<String> {
        let layer = match layer {
            "communes" => MapLayer::Communes,
            "sites" => MapLayer::Sites,
            "places" => MapLayer::Places,
            other => {
                let what = format!("layer is 'communes', 'sites' or 'places', not {other:?}");
                return Err(PyValueError::new_err(what));
            }
        };
        let territory = &self.base.opened.territory;
        let bytes = py.detach(|| report::map_layer(territory, &self.plan, layer));
        Ok(String::from_utf8(bytes)?)
    }

    /// The page as one HTML file that needs nothing else, for the structure's own desk; with `shared`, what may be shown.
    #[pyo3(signature = (*, shared=false))]
    fn html(&self, py: Python<'_>, shared: bool) -> PyResult<String> {
        let audience = if shared { Audience::Partage } else { Audience::Interne };
        let (base, territory) = (&self.base, &self.base.opened.territory);
        watched(py, (None, base.lang), |control| {
            let study = base.study(control)?;
            let run = Run { limits: self.limits, lang: base.lang.0, ..Run::of(&base.opened, study.times()) };
            Ok(report::page(territory, &self.plan, &run, audience))
        })
    }

    /// The page's first screen: the answer of each programme, without youths.
    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        Ok(framed(&first_screen(&self.html(py, false)?)))
    }

    fn __repr__(&self) -> String {
        let members: usize = self.plan.groups.iter().map(|group| group.members.len()).sum();
        let name = self.base.opened.territory.name();
        format!("Plan({name:?}: {} groups, {members} places)", self.plan.groups.len())
    }
}

/// A document of the library as values.
pub(crate) fn document(json: &str) -> PyResult<Value> {
    serde_json::from_str(json).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// The head of a page and its first section, without what leads to the others.
fn first_screen(page: &str) -> String {
    const END: &str = "</section>";
    let (first, _) = page.split_once(END).unwrap_or((page, ""));
    let before = first.split_once("<nav").map_or(first, |(before, _)| before);
    let after = first.split_once("</nav>").map_or("", |(_, after)| after);
    format!("{before}{after}{END}</main></body></html>")
}

/// A page within another: its style is its own, and nothing in it runs.
fn framed(page: &str) -> String {
    let escaped = page.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        r#"<iframe sandbox="" title="maillage" style="width:100%;height:30em;border:0" srcdoc="{escaped}"></iframe>"#
    )
}
