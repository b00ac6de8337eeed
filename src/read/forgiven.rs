//! What is understood though it is not as documented, said once a file.

use crate::finding::{Code, Text};

/// What was forgiven, so many times, and what can be done about it.
pub(super) fn wording(code: Code, times: u64) -> (Text, Text) {
    let (fr, en) = match code {
        Code::DecimalCommas => ("nombres à virgule", "numbers with a decimal comma"),
        Code::DayFirstDates => ("dates au format jour/mois/année", "dates written day/month/year"),
        Code::BlankLines => ("lignes vides, passées", "blank lines, skipped"),
        Code::LineBreaks => (
            "lignes dont un champ contient un saut de ligne, lu comme un espace",
            "rows with a line break in a field, read as a space",
        ),
        Code::SpacedNumbers => ("nombres avec des espaces", "numbers with spaces"),
        Code::EmptyColumns => (
            "lignes avec des colonnes sans nom, qui ne sont pas lues",
            "lines with columns without a name, which are not read",
        ),
        Code::BirthDays => (
            "dates de naissance complètes, dont seul le mois est gardé",
            "whole dates of birth, of which only the month is kept",
        ),
        _ => ("autres écritures", "other ways of writing"),
    };
    let what = Text::new(format!("{fr} : {times}, à partir d'ici"), format!("{en}: {times}, the first here"));
    let remedy = match code {
        Code::BirthDays => Text::new(
            "rien à faire ; mieux, n'exportez que le mois",
            "nothing to do; better, export the month only",
        ),
        _ => Text::new("rien à faire", "nothing to do"),
    };
    (what, remedy)
}
