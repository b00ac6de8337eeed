//! What `maillage new` says: the table of columns to confirm, and what was written.

use super::language;
use super::terminal::clean;
use crate::finding::Lang;
use crate::prepare::{Column, Prepared, Role, Youths};
use std::path::Path;

/// The columns of an export and what each is taken for, to be confirmed. Of columns that
/// are not read, no value is shown.
pub fn columns(columns: &[Column], lang: Lang) -> String {
    let say = language::new::of(lang);
    let mut rows: Vec<[String; 3]> = vec![say.column_headings().map(str::to_owned)];
    rows.extend(columns.iter().map(|column| {
        let role = match column.role {
            Role::Read(field) => say.field(field),
            Role::Identifying => say.identifying(),
            Role::Left => say.left(),
        };
        [column.name.clone(), role.to_owned(), column.example.clone().unwrap_or_default()]
            .map(|text| short(&text))
    }));
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let (first, second) = (width(0), width(1));
    let line = |[name, role, example]: &[String; 3]| {
        format!("  {name:first$}   {role:second$}   {example}").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

/// Widest cell of the table of columns.
const WIDEST: usize = 48;

fn short(text: &str) -> String {
    let text = clean(text);
    match text.chars().nth(WIDEST) {
        Some(_) => text.chars().take(WIDEST - 1).chain(['…']).collect(),
        None => text,
    }
}

/// The question under the table, on a terminal.
pub fn confirm(lang: Lang) -> &'static str {
    language::new::of(lang).confirm()
}

/// Whether an answer to [`confirm`] is yes.
pub fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "o" | "oui" | "y" | "yes")
}

/// What to add when the columns are right, or not: nothing was written.
pub fn how_to_go_on(lang: Lang) -> &'static str {
    language::new::of(lang).how_to_go_on()
}

/// What was written where, and what to do with it.
pub fn new_territory(dir: &Path, link: Option<&Path>, prepared: &Prepared, lang: Lang) -> String {
    let say = language::new::of(lang);
    let dir = clean(&dir.display().to_string());
    let link = link.map(|path| clean(&path.display().to_string()));
    let sites: Vec<String> = prepared.sites.iter().map(|site| clean(&site.name)).collect();
    let youths = match &prepared.youths {
        Youths::Listed(people) => Some(people.len()),
        Youths::Drawn => None,
    };
    say.written(&dir, link.as_deref(), youths, prepared.communes.len(), &sites.join(", "))
}
