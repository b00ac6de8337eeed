//! The schemas of `docs/schemas/` are those of the wire types, and real documents are as they say.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Writes the files in the place of comparing them.
const RENEW: &str = "RENEW_SCHEMAS=1 cargo test --locked --features schemas --test schemas";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_files_are_what_the_types_say() {
    let folder = root().join("docs/schemas");
    let renew = std::env::var_os("RENEW_SCHEMAS").is_some();
    let mut names = Vec::new();
    for schema in maillage::schemas::all() {
        let name = format!("{}.json", schema.name);
        let text = format!("{:#}\n", schema.document);
        if renew {
            fs::write(folder.join(&name), &text).expect("written");
        }
        let file = fs::read_to_string(folder.join(&name)).unwrap_or_default();
        assert!(file == text, "docs/schemas/{name} is out of date; to renew it: {RENEW}");
        names.push(name);
    }
    for entry in fs::read_dir(folder).expect("docs/schemas") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(names.contains(&name), "docs/schemas/{name} is the schema of nothing");
    }
}

/// Calls `see` with each schema in a schema, itself included.
fn each<'s>(schema: &'s Value, see: &mut dyn FnMut(&'s Value)) {
    see(schema);
    match schema {
        Value::Object(fields) => fields.values().for_each(|value| each(value, see)),
        Value::Array(items) => items.iter().for_each(|value| each(value, see)),
        _ => {}
    }
}

#[test]
fn every_field_is_described() {
    for schema in maillage::schemas::all() {
        let mut silent = Vec::new();
        each(&schema.document, &mut |part| {
            // A single field of a variant is its word, described with the variant.
            let fields = part.get("properties").and_then(Value::as_object);
            for (field, of) in fields.into_iter().flatten().filter(|_| part.get("title").is_some()) {
                if of.is_object() && of.get("description").is_none() {
                    silent.push(field.as_str());
                }
            }
        });
        assert!(silent.is_empty(), "{}: {silent:?}", schema.name);
        assert!(schema.document["description"].is_string(), "{} says not what it is", schema.name);
    }
}

/// Without what is said for later versions: no field and no word that this version does not know.
fn of_today(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.values_mut().for_each(of_today);
            if fields.contains_key("properties") && fields.get("type") == Some(&json!("object")) {
                fields.entry("additionalProperties").or_insert(json!(false));
            }
            let words = fields.get_mut("anyOf").and_then(Value::as_array_mut);
            if let Some(words) = words.filter(|of| of.len() == 2 && of[0].get("enum").is_some()) {
                words.retain(|words| words.get("enum").is_some() || words.get("type").is_some());
            }
        }
        Value::Array(items) => items.iter_mut().for_each(of_today),
        _ => {}
    }
}

struct Validator {
    schemas: Schemas,
    published: SchemaIndex,
    today: SchemaIndex,
}

impl Validator {
    fn of(name: &str) -> Self {
        let all = maillage::schemas::all();
        let schema = all.into_iter().find(|schema| schema.name == name).expect("a schema of that name");
        let mut today = schema.document.clone();
        of_today(&mut today);
        assert_ne!(today, Value::Null);
        let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
        compiler.set_default_draft(Draft::V2020_12);
        compiler.enable_format_assertions();
        let mut compile = |url: &str, schema: Value| {
            compiler.add_resource(url, schema).expect("a resource");
            compiler.compile(url, &mut schemas).unwrap_or_else(|error| panic!("{name}: {error:#}"))
        };
        let (published, today) =
            (compile("file:///published.json", schema.document), compile("file:///today.json", today));
        Self { schemas, published, today }
    }

    /// Whether the schema as published allows it.
    fn allows(&self, document: &Value) -> bool {
        self.schemas.validate(document, self.published).is_ok()
    }

    /// Whether it is all that the schema says, and nothing besides.
    fn knows(&self, document: &Value) -> bool {
        self.schemas.validate(document, self.today).is_ok()
    }

    /// A real document: all of it is known, and each way to spoil it is noticed.
    fn hold(&self, document: &Value) {
        if let Err(error) = self.schemas.validate(document, self.today) {
            panic!("{error:#}");
        }
        assert!(self.allows(document));
        for field in document.as_object().expect("an object").keys() {
            let mut other = document.clone();
            other[field] = json!({ "of another": "type" });
            assert!(!self.allows(&other), "{field} of another type");
            let mut more = document.clone();
            more["not_a_field"] = json!(1);
            assert!(!self.knows(&more));
        }
        for field in document.as_object().expect("an object").keys() {
            let mut less = document.clone();
            less.as_object_mut().expect("an object").remove(field);
            let optional = ["draw", "gates", "proof"].contains(&field.as_str());
            let optional = optional || (field == "levers" && document["audience"] == "partage");
            assert!(!self.allows(&less) || optional || may_be_left_out(document), "without {field}");
        }
    }
}

/// Only what is read may be: a problem's lists.
fn may_be_left_out(document: &Value) -> bool {
    document["format"] == "groups/2"
}

/// Runs the command, which must answer; its output.
fn maillage(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_maillage")).args(arguments).output().expect("it runs");
    let known = output.status.code().is_some_and(|code| code == 0 || arguments[0] == "check");
    assert!(known, "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn parsed(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("JSON")
}

fn file(path: &Path) -> Value {
    parsed(&fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// The report folder of a territory, and the problem that it poses.
fn report_of(territory: &str) -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let (report, instance) = (folder.path().join("report"), folder.path().join("instance.json"));
    let territory = root().join("data").join(territory);
    maillage(&["plan", text(&territory), "--out", text(&report), "--instance", text(&instance)]);
    (folder, report, instance)
}

#[test]
fn report_folders_are_as_their_schemas_say() {
    let [plan, shared, manifest, groups] =
        ["plan-1", "shared-1", "manifest-1", "groups-2"].map(Validator::of);
    for territory in ["valley", "chinonais"] {
        let (_folder, report, instance) = report_of(territory);
        plan.hold(&file(&report.join("interne/plan.json")));
        shared.hold(&file(&report.join("partage/partage.json")));
        manifest.hold(&file(&report.join("interne/manifest.json")));
        manifest.hold(&file(&report.join("partage/manifest.json")));
        groups.hold(&file(&instance));
    }
}

#[test]
fn levers_are_as_their_schemas_say() {
    let [levers, shared] = ["levers-1", "shared-1"].map(Validator::of);
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report");
    let (from, to) = (root().join("data/valley"), folder.path().join("valley"));
    let valley = common::copied_without(&from, &to, "pins.toml");
    let goal = ["--goal", "code>=1", "--budget", "3000"];
    let printed = maillage(&[&["levers", &valley, "--json", "--out", text(&report)], &goal[..]].concat());
    let document = parsed(&printed);
    levers.hold(&document);
    assert_eq!(document, file(&report.join("interne/leviers.json")));
    let partage = file(&report.join("partage/partage.json"));
    assert!(partage["levers"]["levers"].as_array().is_some_and(|levers| !levers.is_empty()));
    shared.hold(&partage);
    let spoils: [Spoil<'_>; 3] = [
        ("another schema", &|document| document["schema"] = "maillage/levers/2".into()),
        ("a lever without its cost", &|document| {
            document["levers"][0].as_object_mut().expect("a lever").remove("cost_cents");
        }),
        ("a text for an amount", &|document| document["frontier"][0]["cost_cents"] = "0".into()),
    ];
    refuses(&levers, &document, &spoils);
}

#[test]
fn comparisons_are_as_their_schema_says() {
    let compare = Validator::of("compare-1");
    let folder = tempfile::tempdir().expect("a folder");
    let (from, to) = (root().join("data/valley"), folder.path().join("valley"));
    let valley = common::copied_without(&from, &to, "pins.toml");
    let scenarios = Path::new(&valley).join("scenarios");
    std::fs::create_dir_all(&scenarios).expect("a folder");
    let cut = "name = \"Moins\"\n[[lever]]\nid = \"moins\"\nkind = \"fewer_half_days\"\nhalf_days = 1\n";
    std::fs::write(scenarios.join("moins.toml"), cut).expect("written");
    for more in [&["--json"][..], &["--json", "--partage"]] {
        let document = parsed(&maillage(&[&["compare", &valley, "moins"], more].concat()));
        compare.hold(&document);
        assert!(document["breaks"].as_array().is_some_and(|steps| steps.len() == 2));
        let spoils: [Spoil<'_>; 2] = [
            ("another schema", &|document| document["schema"] = "maillage/compare/2".into()),
            ("a scenario without its cost", &|document| {
                document["scenarios"][0].as_object_mut().expect("one").remove("levers_cost_cents");
            }),
        ];
        refuses(&compare, &document, &spoils);
    }
}

#[test]
fn grids_and_draws_are_as_their_schemas_say() {
    let valley = root().join("data/valley").display().to_string();
    let grid = parsed(&maillage(&["sweep", &valley, "--json", "--programme", "atelier"]));
    let sweep = Validator::of("sweep-1");
    sweep.hold(&grid);
    assert_eq!(grid["cells"].as_array().map(Vec::len), Some(20));
    let spoils: [Spoil<'_>; 2] = [
        ("another schema", &|document| document["schema"] = "maillage/sweep/2".into()),
        ("a cell without its limit", &|document| {
            document["cells"][0].as_object_mut().expect("a cell").remove("limit_s");
        }),
    ];
    refuses(&sweep, &grid, &spoils);
    let served = parsed(&maillage(&["equity", &valley, "--json"]));
    let equity = Validator::of("equity-1");
    equity.hold(&served);
    assert!(served["worst_first"].is_object());
    let shown = parsed(&maillage(&["equity", &valley, "--json", "--partage"]));
    equity.hold(&shown);
    assert!(shown["worst_first"]["communes"].is_null() && shown["gap"].is_i64(), "{shown}");
    let spoils: [Spoil<'_>; 2] = [
        ("another schema", &|document| document["schema"] = "maillage/equity/2".into()),
        ("a kind without its youths", &|document| {
            document["served"][0].as_object_mut().expect("a kind").remove("youths");
        }),
    ];
    refuses(&equity, &served, &spoils);
    let draws = parsed(&maillage(&["demand", &valley, "--json", "--draws", "5"]));
    let demand = Validator::of("demand-1");
    demand.hold(&draws);
    assert_eq!(draws["demands"].as_array().map(Vec::len), Some(3));
    let spoils: [Spoil<'_>; 2] = [
        ("another schema", &|document| document["schema"] = "maillage/demand/2".into()),
        ("draws of nobody knows how many", &|document| {
            document["demands"][0].as_object_mut().expect("draws").remove("youths");
        }),
    ];
    refuses(&demand, &draws, &spoils);
}

#[test]
fn structures_and_territories_side_by_side_hold_to_their_schemas() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = text(&root().join("data/valley")).to_owned();
    // 140 km north, so that nothing is left but what remains of structures far apart.
    let there = folder.path().join("nord");
    let there = common::copied_without(&root().join("data/valley"), &there, "communes.geojson");
    for file in ["communes.csv", "places.csv", "sites.csv"] {
        let path = Path::new(&there).join(file);
        let moved = std::fs::read_to_string(&path).expect("a table").replace("47.", "48.3");
        std::fs::write(path, moved).expect("written");
    }
    let near = common::copied_without(&root().join("data/valley"), &folder.path().join("aval"), "");
    let pool = Validator::of("pool-1");
    for other in [&there, &near] {
        let document = parsed(&maillage(&["pool", &here, other, "--json"]));
        pool.hold(&document);
        assert_eq!(document["far"].is_null(), *other == near, "{document}");
        let spoils: [Spoil<'_>; 2] = [
            ("another schema", &|document| document["schema"] = "maillage/pool/2".into()),
            ("a structure without its cost", &|document| {
                document["structures"][0].as_object_mut().expect("one").remove("cost_alone_cents");
            }),
        ];
        refuses(&pool, &document, &spoils);
    }
    let territories = Validator::of("compare-territories-1");
    for more in [&["--json"][..], &["--json", "--partage"]] {
        let document = parsed(&maillage(&[&["compare", &here, &near], more].concat()));
        territories.hold(&document);
        let spoils: [Spoil<'_>; 1] =
            [("another schema", &|document| document["schema"] = "maillage/compare/1".into())];
        refuses(&territories, &document, &spoils);
    }
}

#[test]
fn national_runs_are_as_their_schemas_say() {
    let [national, manifest] = ["national-1", "national-manifest-1"].map(Validator::of);
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("run");
    let place = folder.path().join("valley");
    common::copied_without(&root().join("data/valley"), &place, "pins.toml");
    let printed = maillage(&["national", text(&place), "--cut", "50", "--json", "--out", text(&report)]);
    let document = parsed(&printed);
    national.hold(&document);
    assert_eq!(document, file(&report.join("interne/national.json")));
    assert!(document["territories"][0]["after"]["by"].as_array().is_some_and(|kinds| !kinds.is_empty()));
    manifest.hold(&file(&report.join("interne/manifest.json")));
    let spoils: [Spoil<'_>; 2] = [
        ("another schema", &|document| document["schema"] = "maillage/national/2".into()),
        ("a territory without its basis", &|document| {
            document["territories"][0].as_object_mut().expect("one").remove("catchment");
        }),
    ];
    refuses(&national, &document, &spoils);
}

#[test]
fn how_well_groups_hold_is_as_its_schema_says() {
    let holding = Validator::of("holding-1");
    let folder = tempfile::tempdir().expect("a folder");
    let (from, to) = (root().join("data/valley"), folder.path().join("valley"));
    let valley = common::copied_without(&from, &to, "pins.toml");
    let arrivals = "place,programme,per_week\nmoulin,atelier,1.5\n";
    std::fs::write(Path::new(&valley).join("arrivals.csv"), arrivals).expect("written");
    let document = parsed(&maillage(&["hold", &valley, "--json"]));
    holding.hold(&document);
    assert!(document["filling"].as_array().is_some_and(|all| all.len() == 1));
    let spoils: [Spoil<'_>; 2] = [
        ("another schema", &|document| document["schema"] = "maillage/holding/2".into()),
        ("a group without how often it holds", &|document| {
            document["groups"][0].as_object_mut().expect("one").remove("holds");
        }),
    ];
    refuses(&holding, &document, &spoils);
}

/// What one does to a document, and the field that one does it to.
type Spoil<'s> = (&'s str, &'s dyn Fn(&mut Value));

/// Each of these makes the document one that its schema refuses.
fn refuses(validator: &Validator, document: &Value, spoils: &[Spoil<'_>]) {
    for (what, spoil) in spoils {
        let mut spoiled = document.clone();
        spoil(&mut spoiled);
        assert_ne!(&spoiled, document, "{what}");
        assert!(!validator.allows(&spoiled), "{what} is not noticed");
    }
}

#[test]
fn a_spoiled_plan_is_refused_wherever_it_is_spoiled() {
    let output = maillage(&["plan", text(&root().join("data/valley")), "--json"]);
    let (validator, plan) = (Validator::of("plan-1"), parsed(&output));
    validator.hold(&plan);
    refuses(
        &validator,
        &plan,
        &[
            ("another schema", &|plan| plan["schema"] = json!("maillage/plan/2")),
            ("a group without members", &|plan| {
                plan["groups"][0].as_object_mut().expect("a group").remove("members");
            }),
            ("a group without its site", &|plan| {
                plan["groups"][0].as_object_mut().expect("a group").remove("site");
            }),
            ("a date that is none", &|plan| plan["groups"][0]["start"] = json!("2025-02-30")),
            ("seconds in words", &|plan| plan["groups"][0]["members"][0]["to_s"] = json!("600")),
            ("seconds below zero", &|plan| plan["groups"][0]["members"][0]["to_s"] = json!(-1)),
            ("half a place", &|plan| plan["programmes"][0]["placed"] = json!(0.5)),
            ("a null that is not told", &|plan| plan["territory"] = json!(null)),
            ("an unknown status", &|plan| plan["proof"]["status"] = json!("nearly")),
            ("an unknown mark", &|plan| plan["assumptions"][0]["mark"] = json!("guessed")),
            ("a reason that is no word", &|plan| plan["left_out"][0]["reason"] = json!(3)),
        ],
    );
    // A later version may have this field and this word; this one has not.
    for later in ["/left_out/0/reason", "/proof/tiers/0/tier", "/groups/0/members/0/mode"] {
        let mut plan = plan.clone();
        *plan.pointer_mut(later).expect("it is there") = json!("of_tomorrow");
        assert!(validator.allows(&plan) && !validator.knows(&plan), "{later}");
    }
}

#[test]
fn findings_are_as_their_schema_says() {
    let validator = Validator::of("findings-1");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root().join("data/broken")).expect("a folder").map(|e| e.expect("one").path()).collect();
    folders.sort();
    let mut told = 0;
    for folder in folders {
        let findings = parsed(&maillage(&["check", text(&folder), "--json"]));
        validator.hold(&findings);
        told += findings["findings"].as_array().expect("a list").len();
        if let Some(one) = findings["findings"].get(0) {
            assert!(one["level"].is_string());
            refuses(
                &validator,
                &findings,
                &[
                    ("an unknown level", &|all| all["findings"][0]["level"] = json!("fatal")),
                    ("a line in words", &|all| all["findings"][0]["line"] = json!("7")),
                ],
            );
        }
    }
    assert!(told > 100, "{told} findings");
}

#[test]
fn instances_and_what_answers_them_are_as_their_schemas_say() {
    let canton = root().join("data/instances/canton.json");
    let folder = tempfile::tempdir().expect("a folder");
    let (solution, proof) = (folder.path().join("solution.json"), folder.path().join("proof.json"));
    let line = maillage(&[
        "solve",
        text(&canton),
        "--json",
        "--solution",
        text(&solution),
        "--certificate",
        text(&proof),
    ]);
    let [groups, solved] = ["groups-1", "solved"].map(Validator::of);
    let (instance, line) = (file(&canton), parsed(&line));
    groups.hold(&instance);
    solved.hold(&line);
    Validator::of("solution").hold(&file(&solution));
    Validator::of("certificate-1").hold(&file(&proof));
    refuses(
        &groups,
        &instance,
        &[
            ("an unknown field", &|all| all["gates"] = json!([])),
            ("an unknown kind of site", &|all| all["sites"][0]["kind"] = json!("mobile")),
            ("a reach without its minutes", &|all| all["youths"][0]["reach"][0] = json!([0])),
            ("an objective that is none", &|all| all["objective"][0] = json!("kindness")),
            ("a youth without a name", &|all| {
                all["youths"][0].as_object_mut().expect("a youth").remove("id");
            }),
        ],
    );
    refuses(
        &solved,
        &line,
        &[
            ("an unknown status", &|line| line["status"] = json!("fine")),
            ("a tier cut short", &|line| line["tiers"][0] = json!(["placed", 1, 1])),
        ],
    );
}

/// Solves an instance that can't be answered: the line, and the proof if there is one.
fn impossible(instance: &Value) -> (Value, Option<Value>) {
    let folder = tempfile::tempdir().expect("a folder");
    let [path, proof] = ["instance.json", "proof.json"].map(|name| folder.path().join(name));
    fs::write(&path, instance.to_string()).expect("written");
    let arguments = ["solve", text(&path), "--json", "--certificate", text(&proof)];
    let output = Command::new(env!("CARGO_BIN_EXE_maillage")).args(arguments).output().expect("it runs");
    let line = parsed(&output.stdout);
    assert_eq!(line["status"], "impossible", "{line}");
    (line, proof.exists().then(|| file(&proof)))
}

#[test]
fn an_instance_with_all_that_there_can_be_is_as_its_schema_says() {
    let instance = json!({
        "format": "groups/2", "name": "pinned", "time": "seconds",
        "programmes": [{ "id": "p", "min": 1, "target": 2, "max": 3 }],
        "sites": [{ "id": "s", "kind": "candidate", "open_cost": 5, "budget": null }],
        "slots": [{ "id": "t" }], "rooms": [[1]], "budget": null, "max_candidates": 1,
        "options": [{ "id": "o", "p": 0, "s": 0, "t": [0], "cost": 1, "kmax": 1, "gates": [0],
            "lower_min": [0, 1], "posts": [0] }],
        "youths": [
            { "id": "a", "w": 1, "traits": [0], "reach": [[0, 60], [0, 30, 0]] },
            { "id": "b", "w": 1, "reach": [[0, 60], [0, 20, 1], [0, 20, 2]] },
        ],
        "gates": [{ "id": "shuttle", "cost": 3, "capacity": null }, { "cost": 0, "capacity": 3 },
            { "cost": 0, "capacity": 1 }],
        "hosts": [[1, 0, 0], [2, 0, 0, 0]],
        "gate_limits": [{ "gates": [0], "limit": 1 }],
        "capacities": [{ "of": "overall", "limit": 1, "uses": [[0, 1]], "extra": [[0, 1]] },
            { "of": { "rooms": [0, 0] }, "limit": 1, "uses": [[0, 1]] }],
        "posts": [{ "week": 0, "moment": 0, "site": 0 }],
        "teams": [{ "members": 1, "half_days": 1, "posts": [0] }],
        "mix": [{ "p": 0, "trait": 0, "at_least": 0, "at_most": 3 }],
        "pins": [{ "in": [0, 0] }, { "in": [1, 0] }, { "apart": [0, 1] }],
        "objective": ["placed"],
    });
    let (groups, solved) = (Validator::of("groups-2"), Validator::of("solved"));
    groups.hold(&instance);
    solved.hold(&impossible(&instance).0);
    refuses(
        &groups,
        &instance,
        &[
            ("a pin that is none", &|all| all["pins"][0] = json!({ "near": [0, 1] })),
            ("an unknown field", &|all| all["sites"][0]["colour"] = json!("red")),
            ("an unknown unit", &|all| all["time"] = json!("hours")),
        ],
    );
}

#[test]
fn a_proof_that_there_is_no_answer_is_as_its_schema_says() {
    let instance = json!({
        "format": "groups/2", "name": "alone", "objective": ["placed"],
        "programmes": [{ "id": "p", "min": 2, "target": 2, "max": 3 }],
        "options": [{ "p": 0, "cost": 1, "kmax": 1 }],
        "youths": [{ "id": "a", "w": 1, "reach": [[0, 60]] }],
        "pins": [{ "open_one_of": [0] }],
    });
    Validator::of("groups-2").hold(&instance);
    let proof = impossible(&instance).1.expect("a proof");
    let certificate = Validator::of("certificate-1");
    certificate.hold(&proof);
    refuses(
        &certificate,
        &proof,
        &[
            ("an unknown row", &|proof| proof["claim"]["impossible"]["prices"] = json!([[["nicer", 1]]])),
            ("a node that is none", &|proof| proof["claim"]["impossible"]["nodes"] = json!([{ "sure": 1 }])),
        ],
    );
}

#[test]
fn times_are_as_their_schemas_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let [homes, sites] = ["homes.csv", "sites.csv"].map(|name| folder.path().join(name));
    fs::write(&homes, "id,lon,lat\nnear,0.25,47.036\nfar,3.0,44.0\n").expect("written");
    fs::write(&sites, "id,lon,lat\ntown,0.25,47.18\n").expect("written");
    let doors = ["--json", "--homes", text(&homes), "--sites", text(&sites)];
    let valley = root().join("data/valley");
    let roads = valley.join("roads/valley.osm.pbf");
    let by_road = [&["times", "--roads", text(&roads), "--mode", "car"], &doors[..]].concat();
    let (validator, times) = (Validator::of("road-times"), parsed(&maillage(&by_road)));
    validator.hold(&times);
    assert!(times["rows"][0]["to_s"].is_u64() && times["rows"][1]["to_s"].is_null());
    refuses(&validator, &times, &[("half a second", &|all| all["rows"][0]["to_s"] = json!(0.5))]);

    let horaires = valley.join("horaires");
    let asked = ["--date", "2025-03-11", "--arrive-by", "09:00", "--leave-after", "12:00"];
    let by_bus = [&["times", "--timetable", text(&horaires)], &asked[..], &doors[..]].concat();
    let (validator, times) = (Validator::of("transit-times"), parsed(&maillage(&by_bus)));
    validator.hold(&times);
    assert!(times["rows"][1]["why"].is_string(), "{times}");
    refuses(
        &validator,
        &times,
        &[
            ("an unknown reason", &|all| all["rows"][1]["why"] = json!("strike")),
            ("hours without seconds", &|all| all["rows"][0]["depart"] = json!("08:00")),
        ],
    );
}
