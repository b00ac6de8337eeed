//! Two scenarios side by side, as the command tells them.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use maillage::finding::Lang;
use maillage::groups::Limits;
use maillage::questions::{compare, fewer_half_days, try_scenario};
use maillage::report::{self, Audience, Compared};
use maillage::study::Study;
use maillage::territory::Scenario;
use maillage::{Control, read};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn maillage(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maillage"));
    command.args(args).arg("-q").current_dir(root()).output().expect("it runs")
}

fn said(args: &[&str]) -> String {
    let output = maillage(args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&said(args)).expect("JSON")
}

#[test]
fn what_a_scenario_brings_is_told_beside_today() {
    let told = said(&["compare", "data/valley", "haut"]);
    for sentence in [
        "Aujourd'hui : 12 places (pas une de plus possible : prouvé), 3 groupes",
        "Ouvrir Haut : 13 places (pas une de plus possible : prouvé), 3 groupes",
        "En tout : 1 place gagnée, 0 place perdue.",
        "Sans véhicule : 1 place gagnée",
    ] {
        assert!(told.contains(sentence), "{sentence} in {told}");
    }
    let english = said(&["compare", "data/valley", "today", "haut", "--lang", "en"]);
    assert!(english.contains("In all: 1 place gained, 0 places lost."), "{english}");
    // The other way round, who gained loses.
    let back = json(&["compare", "data/valley", "haut", "today", "--json"]);
    assert_eq!((back["gained"]["to"].as_u64(), back["lost"]["to"].as_u64()), (Some(0), Some(1)));
    // A lever's price is not told among the groups' too: today a candidate is opened for 2,000 euros, then a lever does that.
    let cost = |at: usize, of: &str| back["scenarios"][at][of].as_i64().expect("cents");
    assert_eq!(cost(1, "groups_cost_cents") - cost(0, "groups_cost_cents"), 200_000);
    assert_eq!((cost(0, "levers_cost_cents"), cost(1, "levers_cost_cents")), (204_500, 0));
}

#[test]
fn a_scenario_that_is_not_there_is_said_with_those_that_are() {
    for (lang, said) in
        [("fr", "Aucun scénario « absent ». Il y a : haut et aujourd-hui."), ("en", "haut and today")]
    {
        let output = maillage(&["compare", "data/valley", "absent", "--lang", lang]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains(said), "{output:?}");
    }
}

/// Every number of people, as it may be shown: fewer than the threshold, or a band that begins there or above.
#[test]
fn what_may_be_shown_tells_of_nobody() {
    let opened = read::territory(&root().join("data/chinonais"), &Control::none()).expect("sound");
    let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none()).expect("a study");
    let limits = Limits { nodes: 40, ..Limits::default() };
    let tried = |scenario: &Scenario| {
        try_scenario(&study, scenario, &limits, &Control::none()).expect("not cancelled").expect("a plan")
    };
    let cut = opened.scenarios.iter().find(|scenario| scenario.key == "coupe").expect("it is shipped");
    let named = Scenario {
        name: format!("Pour {}", study.territory().youths().iter().next().expect("one").1.key),
        ..cut.clone()
    };
    let (a, b) = (tried(&Scenario::default()), tried(cut));
    let between = compare(&a, &b);
    let breaks = fewer_half_days(&study, 1, &limits, &Control::none()).expect("not cancelled");
    let told = |audience| {
        let names = report::scenario_names(study.territory(), [&Scenario::default(), &named], audience);
        let names = [names[0].as_str(), names[1].as_str()];
        let (territory, tried) = (study.territory(), [&a, &b]);
        let compared = Compared { territory, names, tried, between: &between, breaks: &breaks };
        let text = report::compare_text(&compared, audience, Lang::Fr);
        (text, report::compare_json(&compared, audience).to_string())
    };
    let threshold = u64::from(study.territory().rules().threshold);
    let (text, shared) = told(Audience::Partage);
    let (_, exact) = told(Audience::Interne);
    let keys = || study.territory().youths().iter().map(|(_, youth)| youth.key.as_str());
    assert!(keys().any(|key| exact.contains(key)), "the structure sees who");
    assert!(!keys().any(|key| shared.contains(key) || text.contains(key)), "{text}");
    let (shared, exact): (Value, Value) =
        (serde_json::from_str(&shared).expect("JSON"), serde_json::from_str(&exact).expect("JSON"));
    let mut bands = vec![shared["gained"].clone(), shared["lost"].clone()];
    for by in shared["by"].as_array().expect("kinds") {
        bands.extend([by["gained"].clone(), by["lost"].clone()]);
    }
    bands.extend(shared["scenarios"].as_array().expect("two").iter().map(|one| one["places"].clone()));
    for band in &bands {
        let (from, to) = (band["from"].as_u64().expect("a number"), band["to"].as_u64().expect("a number"));
        assert!((from, to) == (0, threshold - 1) || (from >= threshold && to == from + 9), "{band}");
    }
    // The exact numbers are within their bands, and some kinds are too few to be told.
    let within = |band: &Value, n: &Value| {
        band["from"].as_u64() <= n["from"].as_u64() && n["to"].as_u64() <= band["to"].as_u64()
    };
    assert!(within(&shared["lost"], &exact["lost"]) && within(&shared["gained"], &exact["gained"]));
    assert!(exact["by"].as_array().expect("kinds").len() > shared["by"].as_array().expect("kinds").len());
    // What is missing to the proof is told by fives, and not from where.
    for (shared, exact) in [0, 1].map(|at| (&shared["scenarios"][at], &exact["scenarios"][at])) {
        let gap = |of: &Value| of["gap"].as_i64().expect("a gap");
        let (missing, placed) = (gap(exact), exact["places"]["from"].as_i64().expect("places"));
        assert_eq!(Some(placed + missing), exact["bound"].as_i64(), "every place counts one here");
        assert!(gap(shared) % 5 == 0 && (missing..missing + 5).contains(&gap(shared)), "{missing}");
    }
    assert!(shared["gained_places"].is_null() && shared["scenarios"][0]["bound"].is_null());
    assert!(shared["breaks"].as_array().expect("steps").iter().all(|step| step["placed"].is_null()));
}

/// What a lever costs may depend on where people live: the exact amount stays inside.
#[test]
fn what_levers_cost_is_shown_roughly() {
    let cost = |more: &[&str]| {
        let told = json(&[&["compare", "data/valley", "haut", "--json"], more].concat());
        told["scenarios"][1]["levers_cost_cents"].as_u64()
    };
    assert_eq!((cost(&[]), cost(&["--partage"])), (Some(204_500), Some(210_000)));
}

/// Places without a trip are not trips: below the threshold of those who travel, no mean is shown.
#[test]
fn the_mean_of_few_trips_is_not_shown() {
    let opened = read::territory(&root().join("data/valley"), &Control::none()).expect("sound");
    let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none()).expect("a study");
    let tried = || {
        let today = try_scenario(&study, &Scenario::default(), &Limits::default(), &Control::none());
        today.expect("not cancelled").expect("a plan")
    };
    let (a, mut b) = (tried(), tried());
    let mut trips = b.plan.groups.iter_mut().flat_map(|group| &mut group.members);
    trips.by_ref().skip(1).for_each(|member| member.trip = None);
    let between = compare(&a, &b);
    let compared = Compared {
        territory: study.territory(),
        names: ["A", "B"],
        tried: [&a, &b],
        between: &between,
        breaks: &[],
    };
    let shown: Value =
        serde_json::from_str(&report::compare_json(&compared, Audience::Partage).to_string()).expect("JSON");
    assert!(shown["scenarios"][0]["trip_s"].is_u64() && shown["scenarios"][1]["trip_s"].is_null(), "{shown}");
}
