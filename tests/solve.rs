//! `maillage solve` on instance files: answers checked by a reader and a checker of this
//! test's own, and by the format's checker where that is at hand.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it skipped"
)]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of open instances, proved optima and the format's own checker, if it is there:
/// `MAILLAGE_PEERS`, or beside the project.
fn peers() -> Option<PathBuf> {
    let beside = || root().join("../shared/peers/solver");
    let folder = std::env::var_os("MAILLAGE_PEERS").map_or_else(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no open instances at {}", folder.display());
    None
}

fn maillage(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_maillage")).args(arguments).output().unwrap()
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// Solves a file and answers the JSON line and the solution file.
fn solve(instance: &Path, more: &[&str]) -> (Value, PathBuf, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let solution = folder.path().join("solution.json");
    let (instance, out) = (text(instance), text(&solution));
    let output = maillage(&[&["solve", &instance, "--json", "--solution", &out], more].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (serde_json::from_slice(&output.stdout).unwrap(), solution, folder)
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("{value} is not a whole number"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// A limit, or none.
fn within(used: i64, limit: &Value) -> bool {
    limit.is_null() || used <= number(limit)
}

/// Verifies a solution of `groups/1` and counts its tiers, from the two files alone.
fn checked(instance: &Value, solution: &Value) -> BTreeMap<&'static str, i64> {
    let (options, programmes) = (list(&instance["options"]), list(&instance["programmes"]));
    let of = |o: i64, key: &str| number(&options[o as usize][key]);
    let mut members: BTreeMap<i64, i64> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let (mut placed, mut minutes) = (0, 0);
    for pair in list(&solution["x"]) {
        let (y, o) = (number(&pair[0]), number(&pair[1]));
        let youth = &instance["youths"][y as usize];
        let arc = list(&youth["reach"]).iter().find(|arc| number(&arc[0]) == o).expect("within reach");
        assert!(taken.insert((y, "p", of(o, "p"))), "youth {y} twice in a programme");
        assert!(taken.insert((y, "t", of(o, "t"))), "youth {y} twice in a slot");
        *members.entry(o).or_default() += 1;
        placed += number(&youth["w"]);
        minutes += number(&arc[1]);
    }
    let groups: BTreeMap<i64, i64> =
        list(&solution["k"]).iter().map(|pair| (number(&pair[0]), number(&pair[1]))).collect();
    let (mut rooms, mut sites) = (BTreeMap::new(), BTreeMap::new());
    let (mut cost, mut off_target) = (0, 0);
    for (&o, &k) in &groups {
        assert!(k <= of(o, "kmax"), "option {o}");
        *rooms.entry((of(o, "s"), of(o, "t"))).or_insert(0) += k;
        *sites.entry(of(o, "s")).or_insert(0) += k;
        cost += of(o, "cost") * k;
    }
    for &o in groups.keys().chain(members.keys()).collect::<BTreeSet<_>>() {
        let (n, k) = (members.get(&o).copied().unwrap_or(0), groups.get(&o).copied().unwrap_or(0));
        let size = |key: &str| number(&programmes[of(o, "p") as usize][key]);
        assert!(size("min") * k <= n && n <= size("max") * k, "option {o}: {n} in {k}");
        off_target += (n - size("target") * k).abs();
    }
    for ((s, t), k) in rooms {
        assert!(k <= number(&instance["rooms"][s as usize][t as usize]), "rooms of {s}, {t}");
    }
    let mut opened = 0;
    for (&s, &k) in sites.iter().filter(|s| *s.1 > 0) {
        let site = &instance["sites"][s as usize];
        assert!(within(k, &site["budget"]), "budget of {s}");
        if site["kind"] == "candidate" {
            opened += 1;
            cost += number(&site["open_cost"]);
        }
    }
    assert!(
        within(opened, &instance["max_candidates"]) && within(groups.values().sum(), &instance["budget"])
    );
    BTreeMap::from([("placed", placed), ("cost", cost), ("off_target", off_target), ("minutes", minutes)])
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Solves a file and holds the answer to the twin, and to `check.py` when it is there.
fn right(instance: &Path, more: &[&str]) -> Value {
    let (line, solution, _folder) = solve(instance, more);
    assert_eq!(line["checked"], true, "{line}");
    let counted = checked(&read(instance), &read(&solution));
    for tier in list(&line["tiers"]) {
        let name = tier[0].as_str().unwrap();
        assert_eq!(number(&tier[1]), counted[name], "{name}: {line}");
    }
    if let Some(checker) = peers().map(|p| p.join("check.py")).filter(|c| c.is_file()) {
        let output = Command::new("python3").arg(checker).arg(instance).arg(&solution).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let told: BTreeMap<String, i64> = serde_json::from_slice(&output.stdout).unwrap();
        assert!(told.iter().all(|(name, value)| counted[name.as_str()] == *value), "{told:?}, {counted:?}");
    }
    line
}

/// No value is better than what is proved, no bound on its wrong side; proved values are equal to it.
fn against(line: &Value, optima: &Value) {
    for tier in list(&line["tiers"]) {
        let name = tier[0].as_str().unwrap();
        let Some(best) = optima["tiers"][name].as_i64() else { break };
        let (value, bound) = (number(&tier[1]), number(&tier[2]));
        let sound =
            if name == "placed" { value <= best && best <= bound } else { bound <= best && best <= value };
        assert!(sound, "{name} {value} {bound}, proved {best}: {line}");
        if tier[3] != "optimal" {
            // What comes after depends on a value that is not the best.
            break;
        }
        assert_eq!(value, best);
    }
}

#[test]
fn the_shipped_instance_is_solved() {
    let line = right(&root().join("data/instances/canton.json"), &[]);
    assert_eq!(line["peer"], "maillage");
    assert_eq!(line["placed"], 44);
}

#[test]
fn small_open_instances_are_solved() {
    let Some(peers) = peers() else { return };
    let optima = read(&peers.join("open/optima.json"));
    for name in ["S-1", "weaklpS-1"] {
        let line = right(&peers.join(format!("open/{name}.json")), &["--node-limit", "50"]);
        against(&line, &optima[name]);
    }
}

#[test]
#[ignore = "minutes"]
fn every_open_instance_is_solved() {
    let Some(peers) = peers() else { return };
    let optima = read(&peers.join("open/optima.json"));
    for (name, known) in optima.as_object().unwrap() {
        let line = right(&peers.join(format!("open/{name}.json")), &["--time-limit", "60"]);
        println!("{line}");
        against(&line, known);
    }
}

#[test]
fn the_page_is_for_people() {
    let instance = text(&root().join("data/instances/canton.json"));
    let french = String::from_utf8(maillage(&["solve", &instance]).stdout).unwrap();
    assert!(french.starts_with("canton\n======\nle nombre de places : 44 (prouvé)\n"), "{french}");
    let english = String::from_utf8(maillage(&["solve", &instance, "--lang", "en"]).stdout).unwrap();
    assert!(english.contains("cej, bourg "), "{english}");
}

#[test]
fn a_territory_s_problem_is_exported_and_solved() {
    let folder = tempfile::tempdir().unwrap();
    let file = text(&folder.path().join("valley.json"));
    let valley = text(&root().join("data/valley"));
    let plan = maillage(&["plan", &valley, "--json", "--instance", &file]);
    let plan: Value = serde_json::from_slice(&plan.stdout).unwrap();
    let solved = maillage(&["solve", &file, "--json"]);
    let line: Value = serde_json::from_slice(&solved.stdout).unwrap();
    assert_eq!((&line["placed"], &line["checked"]), (&plan["proof"]["placed"], &Value::Bool(true)));
    // Youths are numbered: no identifier leaves the folder.
    let youths = read(Path::new(&file))["youths"].clone();
    assert!(list(&youths).iter().enumerate().all(|(i, y)| y["id"].as_str() == Some(&i.to_string())));
}

#[test]
fn bad_files_are_refused_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.json");
    std::fs::write(&file, "{\"format\": \"groups/1\",\n \"name\": 3}").unwrap();
    let output = maillage(&["solve", &text(&file)]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("bad.json : 1 erreur\n  ligne 2 : $.name"), "{said}");
    assert_eq!(maillage(&["solve", "no-such-file.json"]).status.code(), Some(1));
    let canton = text(&root().join("data/instances/canton.json"));
    for wrong in
        [["--time-limit", "-1"], ["--time-limit", "never"], ["--threads", "0"], ["--node-limit", "x"]]
    {
        assert_eq!(maillage(&["solve", &canton, wrong[0], wrong[1]]).status.code(), Some(2));
    }
}

/// Solves with a certificate, has it verified, and verified no more once a leaf is missing.
fn certified(instance: &Path, more: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let proof = folder.path().join("proof.json");
    let (file, written) = (text(instance), text(&proof));
    let (line, ..) = solve(instance, &[&["--certificate", &written], more].concat());
    let output = maillage(&["verify", &file, &written]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut certificate = read(&proof);
    let claim = certificate["claim"]["found"]["tiers"][0].clone();
    assert_eq!((&claim["value"], &claim["bound"]), (&line["placed"], &line["bound"]), "{line}");
    let nodes = &mut certificate["claim"]["found"]["tiers"][0]["parts"][0]["search"]["nodes"];
    nodes.as_array_mut().unwrap().pop().unwrap();
    std::fs::write(&proof, certificate.to_string()).unwrap();
    assert_eq!(maillage(&["verify", &file, &written]).status.code(), Some(3));
}

#[test]
fn a_proof_is_written_and_verified() {
    certified(&root().join("data/instances/canton.json"), &[]);
    let Some(peers) = peers() else { return };
    for name in ["S-1", "weaklpS-1"] {
        certified(&peers.join(format!("open/{name}.json")), &["--node-limit", "500"]);
    }
}

#[test]
fn a_certificate_is_verified_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let canton = text(&root().join("data/instances/canton.json"));
    let proof = folder.path().join("proof.json");
    let claim = r#"{"format":"certificate/1","instance":"canton","cliques":[],"posts":[],
        "claim":{"impossible":{"cuts":[],"prices":[],"nodes":[]}}}"#;
    std::fs::write(&proof, claim).unwrap();
    let output = maillage(&["verify", &canton, &text(&proof), "--lang", "en"]);
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("the leaves do not cover the space"), "{said}");
}
