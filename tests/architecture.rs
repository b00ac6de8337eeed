//! ARCHITECTURE.md tells the truth: its table is what the code's `use crate::…` lines obey.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The layering table: a module and what it may use.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let used = cells[2].split(',').map(|m| m.trim().to_owned()).filter(|m| !m.is_empty());
        (cells[0].trim_matches('`').to_owned(), used.collect())
    })
    .collect()
}

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Modules that a source names after `crate::`, tests and comments aside.
fn used(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut modules = BTreeSet::new();
    for line in lines {
        for rest in line.split("crate::").skip(1) {
            modules.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    modules
}

#[test]
fn no_module_uses_what_its_row_does_not_allow() {
    let table = table();
    let src = root().join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut broken = Vec::new();
    for file in files {
        let relative = file.strip_prefix(&src).expect("inside src");
        let module = relative.iter().next().expect("a name").to_string_lossy().replace(".rs", "");
        if ["lib", "main", "cli"].contains(&module.as_str()) {
            continue;
        }
        let allowed = table.get(&module).unwrap_or_else(|| panic!("{module} is not in ARCHITECTURE.md"));
        let text = fs::read_to_string(&file).expect("a source");
        for other in used(&text) {
            if other != module && !allowed.contains(&other) {
                broken.push(format!("{} uses {other}", relative.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_row_of_the_table_exists() {
    for module in table().keys() {
        let (folder, file) = (root().join("src").join(module), root().join(format!("src/{module}.rs")));
        assert!(folder.is_dir() || file.is_file(), "{module} is in ARCHITECTURE.md and not in src");
    }
}

#[test]
fn the_check_trusts_neither_reach_nor_solver() {
    let text = fs::read_to_string(root().join("src/plan/check.rs")).expect("the check");
    // Names that a plan is written in, and nothing that computes.
    let names = ["use crate::groups::{Proof, Tier};", "use crate::reach::{Reason, RoundTrip};"];
    for module in ["groups::", "reach::", "pose", "tell::", "options()", ".option("] {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let naming: Vec<&str> = code.filter(|line| line.contains(module) && !names.contains(line)).collect();
        assert!(naming.is_empty(), "{module}: {naming:?}");
    }
}

#[test]
fn what_checks_answers_shares_no_code_with_the_solver() {
    let groups = root().join("src/groups");
    let mut files = vec![groups.join("verify.rs"), groups.join("problem.rs"), groups.join("solution.rs")];
    sources(&groups.join("certificate"), &mut files);
    files.retain(|file| !file.ends_with("tests.rs"));
    // What the solver asks for by another name, and the checker does not use.
    let lent = "pub(super) use super::advisers::week_short;";
    let allowed = ["problem", "solution", "verify", "certificate", "base", "check", "cut", "rows"];
    for file in files {
        let text = fs::read_to_string(&file).expect("a source");
        for line in
            text.lines().filter(|line| line.contains("super::") && !line.contains("///") && *line != lent)
        {
            let named = line.rsplit("super::").next().unwrap_or_default();
            let ours = named.starts_with(|c: char| c.is_uppercase() || c == '{');
            let known = allowed.iter().any(|module| named.starts_with(module));
            assert!(ours || known, "{}: {line}", file.display());
        }
    }
}

#[test]
fn sentences_of_findings_are_written_in_the_modules_of_their_languages() {
    let src = root().join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    files.retain(|file| !file.starts_with(src.join("finding")) && !file.ends_with("tests.rs"));
    let mut elsewhere = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a source");
        let code = text.split("mod tests {").next().unwrap_or_default();
        for (line, number) in code.lines().zip(1..) {
            if !line.trim_start().starts_with("//") && line.contains("Text::new(") {
                elsewhere.push(format!("{}:{number}", file.display()));
            }
        }
    }
    assert!(elsewhere.is_empty(), "to be a function of src/finding/words/: {elsewhere:#?}");
}

#[test]
fn the_map_stays_short() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    assert!(text.lines().count() <= 150);
}
