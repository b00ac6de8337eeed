//! How well groups hold, as the command and the page tell it.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use maillage::groups::Limits;
use maillage::questions::holding;
use maillage::report::{self, Run};
use maillage::study::{Outcome, Study};
use maillage::{Control, read};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn said(args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maillage"));
    let output = command.args(args).arg("-q").current_dir(root()).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The valley with what more is written in some of its files.
fn valley(more: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(root().join("data/valley")).expect("the valley") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            fs::copy(&path, dir.path().join(path.file_name().expect("a name"))).expect("copied");
        }
    }
    for (file, text) in more {
        let path = dir.path().join(file);
        let before = fs::read_to_string(&path).unwrap_or_default();
        fs::write(path, before + text).expect("written");
    }
    dir
}

const ARRIVALS: (&str, &str) =
    ("arrivals.csv", "lieu,dispositif,arrivées par semaine\nmoulin,atelier,1\ncrete,atelier,0.5\n");

#[test]
fn the_command_tells_of_each_group_and_of_each_list() {
    let nobody_leaves = ("territory.toml", "\n[arrivals]\ngive_up = 0\n");
    let dir = valley(&[ARRIVALS, nobody_leaves]);
    let dir = dir.path().to_str().expect("UTF-8");
    let told = said(&["hold", dir]).replace("\n    ", " ");
    for sentence in [
        "4 membres, dont 3 au moins doivent être là. C'est le cas à 73 % des séances (2,2 sur 3).",
        "inviter 5 jeunes suffit dans 80 % des cas, 6 dans 90 % des cas",
        "Atelier : 1,5 jeune arrive par semaine.",
        "En attendant d'être 4 : 2,7 semaines en moyenne",
        "En commençant à 3, puis au fil de l'eau : 2 semaines en moyenne",
        "0 % renoncent",
        "chacun vient à 75 % des séances [hypothèse]",
    ] {
        assert!(told.contains(sentence), "{sentence} in {told}");
    }
    let english = said(&["hold", dir, "--lang", "en"]);
    assert!(
        english.contains("the optimistic case") && english.contains("1.5 youths arrive a week"),
        "{english}"
    );
    let json: Value = serde_json::from_str(&said(&["hold", dir, "--json"])).expect("JSON");
    let groups = json["groups"].as_array().expect("groups");
    // Four come, each three times of four: at least three of them 0.7383 of the time.
    assert_eq!((groups.len(), groups[0]["independent"].as_f64()), (3, Some(0.7383)));
    assert_eq!((groups[0]["invite_80"].as_u64(), groups[0]["invite_90"].as_u64()), (Some(5), Some(6)));
    assert_eq!(json["filling"][0]["cohort"]["starts"]["mean_weeks"].as_f64(), Some(2.7));
    assert_eq!(json["filling"][0]["cohort"]["gives_up"].as_f64(), Some(0.0));
    assert!(groups.iter().all(|group| group["holds"].as_f64() <= group["independent"].as_f64()), "{json}");
}

/// A plan that asks for groups that hold is told with the larger minimum, and its groups as holding.
#[test]
fn a_programme_that_asks_to_hold_is_told_so() {
    let dir = valley(&[]);
    let path = dir.path().join("programmes.toml");
    let text = fs::read_to_string(&path).expect("programmes");
    fs::write(&path, text.replacen("weeks =", "hold = 0.7\nweeks =", 1)).expect("written");
    let dir = dir.path().to_str().expect("UTF-8");
    let json: Value = serde_json::from_str(&said(&["hold", dir, "--json"])).expect("JSON");
    let groups = json["groups"].as_array().expect("groups");
    let asked: Vec<&Value> = groups.iter().filter(|group| group["asked"].is_number()).collect();
    assert!(!asked.is_empty(), "{json}");
    assert!(asked.iter().all(|group| group["independent"].as_f64() >= Some(0.7)), "{json}");
    let plan: Value = serde_json::from_str(&said(&["plan", dir, "--json"])).expect("JSON");
    let programme = plan["programmes"].as_array().expect("some").iter().find(|p| p["id"] == "atelier");
    assert_eq!(programme.expect("the workshop")["min"].as_u64(), Some(4), "of four, three are there 73 %");
    assert!(said(&["hold", dir]).contains("Le dispositif demande 70 %"));
}

/// The page of the desk tells how often each group holds; what may be shown tells nothing of it.
#[test]
fn only_the_desk_is_told_how_well_groups_hold() {
    let opened = read::territory(&root().join("data/valley"), &Control::none()).expect("sound");
    let control = Control::none();
    let mut study = Study::new(opened.territory.clone(), opened.providers(), &control).expect("a study");
    let Outcome::Plan(plan) = study.plan(&Limits::default(), &control).expect("not cancelled") else {
        panic!("a plan")
    };
    let all = holding(&study, &plan, &control).expect("not cancelled");
    let plain = Run::of(&opened, study.times());
    let told = Run { holding: Some(&all), ..plain };
    let documents = |run: &Run<'_>| report::documents(study.territory(), &plan, run);
    let (without, with) = (documents(&plain), documents(&told));
    let differ: Vec<&str> = without
        .iter()
        .zip(&with)
        .filter(|(a, b)| a.bytes != b.bytes && !a.path.ends_with("manifest.json"))
        .map(|(a, _)| a.path.as_str())
        .collect();
    assert_eq!(differ, ["interne/index.html"]);
    let page = with.iter().find(|document| document.path == differ[0]).expect("the page");
    let page = String::from_utf8_lossy(&page.bytes).replace(['\u{a0}', '\u{202f}'], " ");
    assert!(page.contains("3 présents au moins à 73 % des séances"), "{page}");
    assert!(page.contains("chacun vient à 75 % des séances"));
}
