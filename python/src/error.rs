//! What is raised: the exceptions of `maillage.errors`.

use crate::language::Language;
use crate::table::{Kind, Table};
use maillage::Error;
use maillage::finding::{Finding as Told, Level};
use pyo3::call::PyCallArgs;
use pyo3::prelude::*;
use serde_json::{Value, json};

/// Findings that an exception says; it has them all.
const FIRST: usize = 20;

/// Something about the input that a person should know.
#[pyclass(frozen, module = "maillage")]
pub(crate) struct Finding {
    told: Told,
    lang: Language,
}

#[pymethods]
impl Finding {
    /// Its kind, as in `docs/findings.md`: `"M201"`.
    #[getter]
    fn code(&self) -> &'static str {
        self.told.code.as_str()
    }

    /// How serious it is: `"error"`, `"warning"` or `"note"`.
    #[getter]
    fn level(&self) -> &'static str {
        match self.told.level() {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }

    /// The file of the folder or the frame (`"youths"`); None where it is about neither.
    #[getter]
    fn file(&self) -> Option<&str> {
        self.told.source.file.as_deref()
    }

    /// The line of a file, counted from 1; None for frames.
    #[getter]
    fn line(&self) -> Option<u32> {
        self.told.source.line.filter(|_| !self.is_of_a_frame())
    }

    /// The row of a frame by its position, counted from 0; None for files, and for what is about a whole column.
    #[getter]
    fn row(&self) -> Option<u32> {
        self.told.source.line.filter(|_| self.is_of_a_frame())?.checked_sub(2)
    }

    /// The column, by its name as given; None where it is about none.
    #[getter]
    fn column(&self) -> Option<&str> {
        self.told.source.column.as_deref()
    }

    /// What is wrong.
    #[getter]
    fn what(&self) -> &str {
        self.told.what.in_lang(self.lang.0)
    }

    /// What to do about it.
    #[getter]
    fn remedy(&self) -> &str {
        self.told.remedy.in_lang(self.lang.0)
    }

    fn __repr__(&self) -> String {
        format!("Finding({})", self.as_line())
    }

    fn __str__(&self) -> String {
        self.as_line()
    }
}

impl Finding {
    /// Frames are called by the names of tables; files have an ending.
    fn is_of_a_frame(&self) -> bool {
        self.file().is_some_and(|file| !file.contains('.'))
    }

    fn as_line(&self) -> String {
        let words = self.lang.pick(["ligne", "rang", "colonne"], ["line", "row", "column"]);
        let [line, row, column] = words;
        let place = [
            self.file().map(str::to_owned),
            self.line().map(|at| format!("{line} {at}")),
            self.row().map(|at| format!("{row} {at}")),
            self.column().map(|name| format!("{column} {name:?}")),
        ];
        let place = place.into_iter().flatten().collect::<Vec<_>>().join(", ");
        format!("{} {place}: {} → {}", self.code(), self.what(), self.remedy())
    }

    fn as_row(&self) -> Value {
        json!({
            "code": self.code(), "level": self.level(), "file": self.file(), "line": self.line(), "row": self.row(),
            "column": self.column(), "what": self.what(), "remedy": self.remedy(),
        })
    }
}

/// The findings, in order.
pub(crate) fn findings(list: &[Told], lang: Language) -> Vec<Finding> {
    list.iter().map(|told| Finding { told: told.clone(), lang }).collect()
}

/// The findings as a table.
pub(crate) fn findings_table(list: &[Told], lang: Language) -> PyResult<Table> {
    let columns = [
        ("code", Kind::Text),
        ("level", Kind::Text),
        ("file", Kind::Text),
        ("line", Kind::Whole),
        ("row", Kind::Whole),
        ("column", Kind::Text),
        ("what", Kind::Text),
        ("remedy", Kind::Text),
    ];
    Table::of(&columns, findings(list, lang).iter().map(Finding::as_row).collect())
}

/// The exception of `maillage.errors` of that name.
pub(crate) fn exception<'py, A: PyCallArgs<'py>>(py: Python<'py>, name: &str, arguments: A) -> PyErr {
    let class = py.import("maillage.errors").and_then(|errors| errors.getattr(name));
    class.and_then(|class| class.call1(arguments)).map_or_else(|error| error, PyErr::from_value)
}

/// What a question names and the territory does not have.
pub(crate) fn unknown_name(py: Python<'_>, what: &str) -> PyErr {
    exception(py, "UnknownName", (what,))
}

/// That there is no plan, and why: a word and a sentence.
pub(crate) fn no_plan(py: Python<'_>, why: &str, what: &str) -> PyErr {
    exception(py, "NoPlan", (what, why))
}

/// The first findings, a line each.
fn in_words(found: &[Finding]) -> String {
    let mut lines: Vec<String> = found.iter().take(FIRST).map(Finding::as_line).collect();
    if let Some(others) = found.len().checked_sub(FIRST).filter(|others| *others > 0) {
        lines.push(format!("… + {others}"));
    }
    lines.join("\n")
}

/// The exception that an error of the library is.
pub(crate) fn raised(py: Python<'_>, error: &Error, lang: Language) -> PyErr {
    let said = error.to_string();
    match error {
        Error::Input(list) => {
            let found = findings(list, lang);
            exception(py, "InputError", (in_words(&found), found))
        }
        Error::Cancelled => exception(py, "Cancelled", (said,)),
        Error::Io { .. } => exception(py, "FileError", (said,)),
        _ => exception(py, "MaillageError", (said,)),
    }
}
