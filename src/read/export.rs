//! An export of a case software as it is: a table whose columns nobody knows yet.

use super::Limits;
use super::files::{Folder, alone};
use super::fold::words;
use super::report::Report;
use super::sorted;
use super::table::is_identifying;
use crate::control::Control;
use crate::error::Error;
use crate::finding::{Finding, Source};
use std::path::Path;

/// A table as it was exported. Columns that say who somebody is were never copied.
///
/// ```
/// use maillage::{Control, read};
///
/// let (export, _) = read::export("data/export/export-exemple.csv".as_ref(), &Control::none())?;
/// assert!(export.len() > 50 && !export.is_empty());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Export {
    pub(crate) file: Source,
    /// Its columns, in order.
    pub columns: Vec<ExportColumn>,
    pub(crate) rows: Vec<ExportRow>,
}

/// A column of an export.
///
/// ```
/// use maillage::{Control, read};
///
/// let (export, _) = read::export("data/export/export-exemple.csv".as_ref(), &Control::none())?;
/// assert!(export.columns.iter().any(|column| column.identifying && column.name == "Courriel"));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportColumn {
    /// Its name in the file.
    pub name: String,
    /// Whether that says who somebody is: nothing of it was read.
    pub identifying: bool,
}

/// A row of an export.
///
/// ```
/// use maillage::{Control, read};
///
/// // Rows are counted; what is in them is for `prepare` alone.
/// let (export, _) = read::export("data/export/export-exemple.csv".as_ref(), &Control::none())?;
/// assert_eq!(export.len(), 60);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRow {
    pub(crate) line: u32,
    pub(crate) cells: Vec<String>,
}

impl Export {
    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// A Mission Locale follows some thousands; beyond, it is another file.
const MOST_ROWS: u64 = 100_000;
const MOST_COLUMNS: usize = 300;
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Words of a column's name that make it one of communes, though it has a word as `nom` or `adresse`.
const OF_COMMUNES: [&str; 6] = ["commune", "ville", "insee", "postal", "cp", "localite"];
/// Identifying words that a column of communes may have: `Nom de la commune`, `Adresse : ville`.
const BESIDE: [&str; 3] = ["nom", "adresse", "name"];

/// Reads the export at `path`, in any form that a territory's tables may have; with what was forgiven.
///
/// # Errors
/// [`Error::Io`] when there is no such file, [`Error::Input`] with every finding when one is
/// an error, [`Error::Cancelled`] when `control` says so.
pub fn export(path: &Path, control: &Control<'_>) -> Result<(Export, Vec<Finding>), Error> {
    let (dir, name) = alone(path)?;
    let limits =
        Limits { rows: MOST_ROWS, columns: MOST_COLUMNS, file_bytes: MOST_BYTES, ..Limits::default() };
    let mut report = Report::new(limits.findings);
    let mut export = Export { file: Source::file(&name), columns: Vec::new(), rows: Vec::new() };
    if let Some(mut folder) = Folder::open(&dir, limits, control, &mut report) {
        let reads = |name: &str| !identifies(name);
        if let Some((mut table, names)) = folder.whole_table(&name, reads, &mut report)? {
            export.columns = names.into_iter().map(ExportColumn::new).collect();
            let width = export.columns.len();
            while let Some(row) = table.next(&folder, &mut report)? {
                let cells = (0..width).map(|at| row.get(at).to_owned()).collect();
                export.rows.push(ExportRow { line: row.line, cells });
            }
        }
    }
    Ok((export, sorted(report.into_findings())?))
}

impl ExportColumn {
    fn new(name: String) -> Self {
        let name = name.trim().to_owned();
        Self { identifying: identifies(&name), name }
    }
}

/// Whether a column's name says that it tells who somebody is.
fn identifies(name: &str) -> bool {
    if !is_identifying(name) {
        return false;
    }
    let words: Vec<String> = words(name).collect();
    let of_communes = words.iter().any(|word| OF_COMMUNES.contains(&word.as_str()));
    let only_beside =
        words.iter().filter(|word| is_identifying(word)).all(|word| BESIDE.contains(&word.as_str()));
    !(of_communes && only_beside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_are_told_from_names_of_communes() {
        for name in
            ["Nom", "NOM D'USAGE", "Prénom", "N° de tél.", "Adresse", "Adresse mail", "Mail (ville)", "NIR"]
        {
            assert!(identifies(name), "{name}");
        }
        for name in
            ["Commune", "Nom de la commune", "Adresse : ville", "Code postal de l'adresse", "Mobilité"]
        {
            assert!(!identifies(name), "{name}");
        }
    }
}
