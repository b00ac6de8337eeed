//! The French guides are true: every command in them is run, in order, in a folder of its own.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// The lines of a guide's shell blocks.
fn commands(guide: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(guide);
    let text = fs::read_to_string(path).expect("a guide");
    let blocks = text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().expect("an end"));
    blocks.flat_map(str::lines).map(str::to_owned).collect()
}

/// Words as a shell parts them; our guides quote with `"` alone.
fn words(line: &str) -> Vec<String> {
    let quoted = line.split('"').enumerate();
    let parts = quoted.flat_map(|(i, part)| match i % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    parts.collect()
}

/// A folder with what the guides find beside them.
fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    let export = "data/export/export-exemple.csv";
    fs::create_dir_all(desk.path().join("data/export")).expect("folders");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(export), desk.path().join(export))
        .expect("the export");
    desk
}

fn run(line: &str, desk: &Path) {
    let words = words(line);
    let [program, args @ ..] = words.as_slice() else { return };
    let program = match program.as_str() {
        // The command is built for this test already.
        "cargo" => return,
        "maillage" => env!("CARGO_BIN_EXE_maillage"),
        "rm" => "rm",
        other => panic!("a guide runs {other}"),
    };
    let output = Command::new(program).args(args).current_dir(desk).output().expect("it runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {told}");
}

#[test]
fn the_tutorial_and_the_data_sheet_do_what_they_say() {
    let desk = desk();
    let tutorial = commands("tutoriel.md");
    assert!(tutorial.iter().filter(|line| line.starts_with("maillage ")).count() >= 6, "{tutorial:?}");
    for line in &tutorial {
        run(line, desk.path());
    }
    for there in [
        "a-garder-chez-vous.csv",
        "mon-territoire/programmes.csv",
        "mon-territoire/sites.csv",
        "mon-territoire/youths.csv",
        "rapport/interne/index.html",
        "rapport/partage/index.html",
        "rapport/interne/fiches",
    ] {
        assert!(desk.path().join(there).exists(), "the tutorial promises {there}");
    }
    let personal = fs::read_to_string(desk.path().join("rapport/interne/index.html")).expect("a page");
    assert!(!personal.contains("DURIVAGE"), "no name of the export is anywhere");
    for line in commands("donnees.md") {
        run(&line, desk.path());
    }
    for gone in ["a-garder-chez-vous.csv", "mon-territoire", "rapport"] {
        assert!(!desk.path().join(gone).exists(), "{gone} is to be removed");
    }
}
