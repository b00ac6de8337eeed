//! Every public type has an example in its documentation, which `cargo test --doc` runs.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

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

/// The name of the type that a line declares as `pub`, whether in a module or in a macro.
fn declared(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("pub ")?;
    let rest = ["struct ", "enum ", "trait "].iter().find_map(|kind| rest.strip_prefix(kind))?;
    Some(&rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').unwrap_or(rest.len())])
}

/// The comments and attributes right above a line, from the nearest on.
fn above<'t>(lines: &'t [&'t str]) -> impl Iterator<Item = &'t str> {
    let rest = lines.iter().rev().map(|line| line.trim());
    rest.take_while(|line| line.starts_with("///") || line.starts_with('#') || line.ends_with(")]"))
}

/// Public types without an example, and how many types there are.
fn without_example(text: &str) -> (Vec<String>, usize) {
    let lines: Vec<&str> = text.lines().collect();
    let types = lines.iter().enumerate().filter_map(|(at, line)| Some((at, declared(line)?)));
    let (mut silent, mut count) = (Vec::new(), 0);
    for (at, name) in types {
        count += 1;
        let fences = above(&lines[..at]).filter(|line| line.starts_with("/// ```"));
        // Code that is run: no `text`, no `no_run`, no `ignore`.
        if fences.filter(|fence| *fence == "/// ```").count() < 2 {
            silent.push(name.to_owned());
        }
    }
    (silent, count)
}

/// `unreachable_pub` is a warning, and warnings are errors: what is `pub` can be reached from outside the crate.
#[test]
fn every_public_type_has_an_example() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let (mut silent, mut count) = (Vec::new(), 0);
    for file in files {
        let text = fs::read_to_string(&file).expect("a source");
        let (names, of_file) = without_example(&text);
        let relative = file.strip_prefix(&src).expect("inside src").display().to_string();
        silent.extend(names.into_iter().map(|name| format!("{relative}: {name}")));
        count += of_file;
    }
    silent.sort();
    assert!(silent.is_empty(), "{} of {count} have none: {silent:#?}", silent.len());
    assert!(count > 200, "{count} types");
}

#[test]
fn a_type_without_an_example_is_seen() {
    let with =
        "/// A thing.\n///\n/// ```\n/// assert!(true);\n/// ```\n#[derive(Debug)]\npub struct Thing;\n";
    assert_eq!(without_example(with), (Vec::new(), 1));
    for silent in [
        "/// A thing.\npub struct Thing;\n".to_owned(),
        with.replacen("/// ```", "/// ```no_run", 1),
        with.replacen("#[derive(Debug)]", "struct Other;\n\n/// Another.", 1),
    ] {
        assert_eq!(without_example(&silent), (vec!["Thing".to_owned()], 1), "{silent}");
    }
    assert_eq!(without_example("pub(crate) struct Ours;\nstruct Mine;\n").1, 0);
}
