//! The report folder: whole or not at all, the same bytes twice, hostile names,
//! CSV that reads back as the plan, GeoJSON as RFC 7946 has it, and docs that tell the truth.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{MONDAY, key, north, place, programme, site, youth};
use maillage::error::Refusal;
use maillage::groups::Limits;
use maillage::plan::Plan;
use maillage::report::{self, Document, Locale, Run};
use maillage::study::{Outcome, Study};
use maillage::territory::*;
use maillage::travel::StraightLine;
use maillage::{Control, Error, read};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn plan(mut study: Study) -> (Study, Plan) {
    match study.plan(&Limits::default(), &Control::none()).expect("not cancelled") {
        Outcome::Plan(plan) => (study, *plan),
        other => panic!("{other:?}"),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn documents_of(folder: &Path, locale: Locale) -> (Study, Plan, Vec<Document>) {
    let opened = read::territory(folder, &Control::none()).expect("sound");
    let study =
        Study::new(opened.territory, vec![Arc::new(StraightLine)], &Control::none()).expect("a study");
    let (study, plan) = plan(study);
    let run = Run { inputs: &opened.files, locale, ..Run::new(study.times()) };
    let documents = report::documents(study.territory(), &plan, &run);
    (study, plan, documents)
}

fn valley(locale: Locale) -> (Study, Plan, Vec<Document>) {
    documents_of(&root().join("data/valley"), locale)
}

fn text<'d>(documents: &'d [Document], path: &str) -> &'d str {
    let document = documents.iter().find(|d| d.path == path).unwrap_or_else(|| panic!("no {path}"));
    std::str::from_utf8(&document.bytes).expect("UTF-8")
}

type Rows = Vec<BTreeMap<String, String>>;

fn rows(documents: &[Document], path: &str) -> Rows {
    let mut reader = csv::Reader::from_reader(text(documents, path).as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// Everything below a folder, with its bytes.
fn snapshot(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.insert(path.clone(), Vec::new());
            found.extend(snapshot(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).expect("bytes"));
        }
    }
    found
}

fn refusal(result: Result<(), Error>) -> Refusal {
    match result {
        Err(Error::Refused { why, .. }) => why,
        other => panic!("{other:?}"),
    }
}

// ------------------------------------------------------ whole or not at all

#[test]
fn a_folder_is_written_and_replaced_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("report");
    let (_, _, french) = valley(Locale::Fr);
    let (_, _, english) = valley(Locale::En);
    for documents in [&french, &english, &english] {
        report::write(&out, documents, None, &Control::none()).expect("written");
        let on_disk = snapshot(&out);
        assert_eq!(on_disk.values().filter(|bytes| !bytes.is_empty()).count(), documents.len());
        for document in documents {
            assert_eq!(on_disk[&out.join(&document.path)], document.bytes, "{}", document.path);
        }
    }
    // Nothing is left beside it.
    assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 1);
}

#[test]
fn a_write_that_fails_in_the_middle_leaves_no_trace() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("report");
    let (_, _, documents) = valley(Locale::En);
    let mut broken = documents.clone();
    let too_long = Document { path: format!("interne/{}", "x".repeat(300)), bytes: b"x".to_vec() };
    broken.insert(broken.len() / 2, too_long);

    assert!(matches!(report::write(&out, &broken, None, &Control::none()), Err(Error::Io { .. })));
    assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 0);

    report::write(&out, &documents, None, &Control::none()).expect("written");
    let before = snapshot(dir.path());
    assert!(matches!(report::write(&out, &broken, None, &Control::none()), Err(Error::Io { .. })));
    assert_eq!(snapshot(dir.path()), before);
}

#[test]
fn what_maillage_did_not_write_is_never_lost() {
    let dir = tempfile::tempdir().expect("a folder");
    let (_, _, documents) = valley(Locale::En);
    let write = |out: &Path| report::write(out, &documents, None, &Control::none());

    let mine = dir.path().join("mine");
    fs::create_dir(&mine).expect("a folder");
    write(&mine).expect("an empty folder has nothing to lose");
    fs::write(mine.join("interne/projet.qgz"), "my map").expect("a file");
    assert_eq!(refusal(write(&mine)), Refusal::NotOurs);
    fs::remove_file(mine.join("interne/projet.qgz")).expect("removed");
    fs::write(mine.join("interne/groups.csv"), "my notes").expect("a file");
    assert_eq!(refusal(write(&mine)), Refusal::NotOurs);

    let other = dir.path().join("other");
    fs::create_dir(&other).expect("a folder");
    fs::write(other.join("thesis.txt"), "years").expect("a file");
    assert_eq!(refusal(write(&other)), Refusal::NotOurs);
    let file = dir.path().join("file");
    fs::write(&file, "a file").expect("a file");
    assert_eq!(refusal(write(&file)), Refusal::NotAFolder);
    assert_eq!(refusal(write(&dir.path().join("x/.."))), Refusal::NotAName);
    assert!(matches!(write(&dir.path().join("nowhere/report")), Err(Error::Io { .. })));
    assert_eq!(fs::read_to_string(other.join("thesis.txt")).expect("text"), "years");
}

#[test]
fn the_folder_that_was_read_is_never_written() {
    let dir = tempfile::tempdir().expect("a folder");
    let input = dir.path().join("territory");
    fs::create_dir_all(input.join("sub")).expect("folders");
    let (_, _, documents) = valley(Locale::En);
    for out in [input.clone(), input.join("report"), input.join("sub/report"), dir.path().to_owned()] {
        assert_eq!(
            refusal(report::write(&out, &documents, Some(&input), &Control::none())),
            Refusal::Input,
            "{}",
            out.display()
        );
    }
    report::write(&dir.path().join("report"), &documents, Some(&input), &Control::none()).expect("beside it");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let dir = tempfile::tempdir().expect("a folder");
    let (real, link) = (dir.path().join("real"), dir.path().join("link"));
    let (_, _, documents) = valley(Locale::En);
    report::write(&real, &documents, None, &Control::none()).expect("written");
    std::os::unix::fs::symlink(&real, &link).expect("a link");
    assert_eq!(refusal(report::write(&link, &documents, None, &Control::none())), Refusal::Link);
    let listed = real.join("interne/groups.csv");
    fs::rename(&listed, dir.path().join("elsewhere")).expect("moved");
    std::os::unix::fs::symlink(dir.path().join("elsewhere"), &listed).expect("a link");
    assert_eq!(refusal(report::write(&real, &documents, None, &Control::none())), Refusal::NotOurs);
}

#[test]
fn a_document_stays_in_the_folder() {
    let dir = tempfile::tempdir().expect("a folder");
    for path in ["../escaped.csv", "/tmp/escaped.csv", "interne/../../escaped.csv"] {
        let document = Document { path: path.to_owned(), bytes: Vec::new() };
        assert_eq!(
            refusal(report::write(&dir.path().join("out"), &[document], None, &Control::none())),
            Refusal::NotAName,
            "{path}"
        );
    }
    assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 0);
}

// ------------------------------------------------------------ the same bytes

#[test]
fn the_same_bytes_twice_and_at_any_thread_count() {
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| documents_of(&root().join("data/chinonais"), Locale::Fr).2)
    };
    let once = on(1);
    assert!(once == on(8), "the same bytes with 1 and 8 threads");
    assert!(once.iter().all(|d| d.path.starts_with("interne/") || d.path.starts_with("partage/")));
}

#[test]
fn an_edited_territory_is_written_as_one_read_afresh() {
    let (mut study, _, _) = valley(Locale::En);
    let t = study.territory();
    let mut moved = (*t.youths().iter().next().expect("a youth").1).clone();
    moved.vehicles.clear();
    let named = Youth::<Names> {
        key: moved.key.clone(),
        home: moved.home.map(|home| key(t.places().key_of(home))),
        birth: moved.birth,
        recognised_disability: false,
        sex: moved.sex,
        licences: moved.licences.clone(),
        vehicles: Vec::new(),
        lifts: Vec::new(),
        rides: Vec::new(),
        availability: Availability::default(),
        programmes: moved.programmes.iter().map(|&p| key(t.programmes().key_of(p))).collect(),
        priority: Priority::NONE,
        attendance: None,
    };
    let written =
        |study: &Study, plan: &Plan| report::documents(study.territory(), plan, &Run::new(study.times()));
    study.apply(&[Edit::PutYouth(named.clone())], &Control::none()).expect("an edit");
    let (study, edited) = plan(study);
    let again = Study::new(study.territory().clone(), vec![Arc::new(StraightLine)], &Control::none());
    let (again, afresh) = plan(again.expect("a study"));
    assert!(written(&study, &edited) == written(&again, &afresh));
}

// ------------------------------------------------------------- reads back

#[test]
fn the_sheets_read_back_as_the_plan() {
    let (study, plan, documents) = valley(Locale::En);
    let t = study.territory();
    let youth = |id| t.youths().key_of(id).to_owned();

    let members: BTreeSet<(String, String, String)> = rows(&documents, "interne/members.csv")
        .into_iter()
        .map(|row| (row["group"].clone(), row["youth"].clone(), row["sessions"].clone()))
        .collect();
    let expected = plan.groups.iter().enumerate().flat_map(|(i, group)| {
        group.members.iter().map(move |m| ((i + 1).to_string(), m.youth, m.reachable.to_string()))
    });
    assert_eq!(members, expected.map(|(group, id, sessions)| (group, youth(id), sessions)).collect());

    let groups = rows(&documents, "interne/groups.csv");
    let sizes: Vec<String> = plan.groups.iter().map(|g| g.members.len().to_string()).collect();
    assert_eq!(groups.iter().map(|row| row["size"].clone()).collect::<Vec<_>>(), sizes);

    let left_out = rows(&documents, "interne/left_out.csv");
    let expected: Vec<(String, &str)> = plan
        .left_out
        .iter()
        .filter(|one| one.reason.as_str() != "NotEnrolled")
        .map(|one| (youth(one.youth), one.reason.as_str()))
        .collect();
    assert_eq!(
        left_out.iter().map(|r| (r["youth"].clone(), r["reason"].as_str())).collect::<Vec<_>>(),
        expected
    );

    let verdicts = rows(&documents, "interne/verdicts.csv");
    let told: Vec<(String, &str)> = plan
        .verdicts
        .iter()
        .map(|v| (v.reachable.get().to_string(), if v.viable { "yes" } else { "no" }))
        .collect();
    assert_eq!(
        verdicts.iter().map(|r| (r["reachable"].clone(), r["viable"].as_str())).collect::<Vec<_>>(),
        told
    );

    let hours = rows(&documents, "interne/hours.csv");
    for (row, hours) in hours.iter().zip(&plan.hours) {
        let told: f64 = row["weekly_hours"].parse().expect("a number");
        assert!((told * 3600.0 - f64::from(hours.within_reach.get())).abs() <= 18.0, "{row:?}");
    }
    assert_eq!(hours.len(), plan.hours.len());
}

#[test]
fn every_row_says_whom_it_is_for() {
    let (_, _, documents) = documents_of(&root().join("data/chinonais"), Locale::En);
    for document in &documents {
        let audience = document.path.split('/').next().expect("a folder");
        if document.path.ends_with(".csv") {
            let header = text(&documents, &document.path).lines().next().expect("a header");
            assert!(header.ends_with(",diffusion"), "{}", document.path);
            assert!(rows(&documents, &document.path).iter().all(|row| row["diffusion"] == audience));
        } else if document.path.ends_with(".html") {
            let marked = format!("<meta name=\"diffusion\" content=\"{audience}\">");
            assert!(text(&documents, &document.path).contains(&marked), "{}", document.path);
        } else {
            let json: Value = serde_json::from_slice(&document.bytes).expect("JSON");
            let field = if document.path.ends_with(".geojson") { "diffusion" } else { "audience" };
            assert_eq!(json[field], audience, "{}", document.path);
        }
    }
}

#[test]
fn a_manifest_hashes_what_was_read_and_written() {
    let (_, _, documents) = valley(Locale::En);
    let manifest = |audience: &str| -> Value {
        serde_json::from_str(text(&documents, &format!("{audience}/manifest.json"))).expect("JSON")
    };
    let names = |manifest: &Value, list: &str| -> BTreeSet<String> {
        manifest[list]
            .as_array()
            .expect("a list")
            .iter()
            .map(|f| f["file"].as_str().expect("a name").into())
            .collect()
    };
    let (internal, shared) = (manifest("interne"), manifest("partage"));
    assert!(names(&internal, "inputs").contains("youths.csv"));
    for private in ["youths.csv", "pins.toml", "places.csv", "advisers.csv"] {
        assert!(!names(&shared, "inputs").contains(private), "{private}");
    }
    assert!(names(&shared, "inputs").contains("communes.csv"));
    assert!(shared["proof"].is_null() && internal["proof"]["status"].is_string());
    let written: BTreeSet<String> =
        documents.iter().filter_map(|d| d.path.strip_prefix("interne/")).map(str::to_owned).collect();
    let listed: BTreeSet<String> =
        names(&internal, "files").into_iter().chain(["manifest.json".into()]).collect();
    assert_eq!(listed, written);
    let hash = internal["files"][0]["sha256"].as_str().expect("a hash");
    assert!(hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()));
}

// --------------------------------------------------------------- the maps

#[test]
fn maps_are_as_rfc_7946_has_them() {
    let (study, plan, documents) = documents_of(&root().join("data/chinonais"), Locale::En);
    for document in documents.iter().filter(|d| d.path.ends_with(".geojson")) {
        let path = &document.path;
        let json: Value = serde_json::from_slice(&document.bytes).expect("JSON");
        let parsed: geojson::FeatureCollection = text(&documents, path).parse().expect("GeoJSON");
        assert!(json.get("crs").is_none(), "{path}");
        let bounds: Vec<f64> = parsed.bbox.clone().expect("a box");
        for feature in &parsed.features {
            let geometry = feature.geometry.as_ref().expect("a geometry");
            let shape = geo::Geometry::<f64>::try_from(geometry).expect("a shape");
            check_shape(&shape, &bounds, path);
        }
        let decimals = |number: &str| number.split_once('.').map_or(0, |(_, d)| d.len());
        let numbers = text(&documents, path).split(['[', ']', ',']).filter(|n| n.parse::<f64>().is_ok());
        assert!(numbers.clone().count() > 0 && numbers.map(decimals).all(|d| d <= 7), "{path}");
    }
    let communes: Value = serde_json::from_str(text(&documents, "interne/communes.geojson")).expect("JSON");
    let sum = |field: &str| -> u64 {
        communes["features"]
            .as_array()
            .expect("features")
            .iter()
            .map(|f| f["properties"][field].as_u64().expect("a count"))
            .sum()
    };
    let enrolled = study.territory().youths().iter().filter(|(_, y)| !y.programmes.is_empty()).count() as u64;
    let placed: BTreeSet<_> = plan.groups.iter().flat_map(|g| g.members.iter().map(|m| m.youth)).collect();
    assert_eq!((sum("enrolled"), sum("placed")), (enrolled, placed.len() as u64));
}

fn check_shape(shape: &geo::Geometry<f64>, bounds: &[f64], path: &str) {
    use geo::{BoundingRect, Winding};
    let around = shape.bounding_rect().expect("a box");
    assert!(bounds[0] <= around.min().x && around.max().x <= bounds[2], "{path}");
    assert!(bounds[1] <= around.min().y && around.max().y <= bounds[3], "{path}");
    if let geo::Geometry::MultiPolygon(polygons) = shape {
        for polygon in polygons {
            assert!(polygon.exterior().is_closed() && polygon.exterior().is_ccw(), "{path}");
            assert!(polygon.interiors().iter().all(|hole| hole.is_closed() && hole.is_cw()), "{path}");
        }
    }
}

// --------------------------------------------------------------- hostile names

#[test]
fn hostile_names_do_no_harm() {
    let nasty = "=HYPERLINK(\"http://x\";\"y\")";
    let mut draft = Draft::new("<script>alert(1)</script>\u{202e}");
    draft.place(Place { name: "@SUM(1)\n=2".into(), ..place("=h0", north(0)) });
    draft.site(Site { name: "＋33;=1\t".into(), ..site("-s0", north(1), &["lun-am"]) });
    let mut p = programme("+p0", 2, 4);
    p.name = nasty.to_owned();
    p.start.first = MONDAY;
    draft.programme(p);
    for id in ["=cmd|' /C calc'!A0", "-2+3", "\u{200b}=y", "<img src=x>"] {
        draft.youth(youth(id, "=h0", &["+p0"]));
    }
    let (territory, _) = draft.check().expect("a territory");
    let study = Study::new(territory, vec![Arc::new(StraightLine)], &Control::none()).expect("a study");
    let (study, plan) = plan(study);
    assert_eq!(plan.groups.len(), 1);
    for locale in [Locale::En, Locale::Fr] {
        let run = Run { locale, ..Run::new(study.times()) };
        for document in report::documents(study.territory(), &plan, &run) {
            if document.path.ends_with("json") {
                let _: Value = serde_json::from_slice(&document.bytes).expect("JSON");
            } else if document.path.ends_with(".csv") {
                no_formula(&document);
            }
        }
    }
}

/// Whatever a spreadsheet takes for the separator, no cell begins a formula.
fn no_formula(document: &Document) {
    let text = std::str::from_utf8(&document.bytes).expect("UTF-8").trim_start_matches('\u{feff}');
    for delimiter in [b',', b';', b'\t'] {
        let mut reader = csv::ReaderBuilder::new();
        reader.delimiter(delimiter).has_headers(false).flexible(true);
        for row in reader.from_reader(text.as_bytes()).records() {
            for cell in row.expect("a row").iter() {
                let start =
                    cell.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\u{200b}'));
                let number = cell.replace(',', ".").parse::<f64>().is_ok();
                let formula = start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
                assert!(number || !formula, "{}: {cell:?} by {:?}", document.path, char::from(delimiter));
                assert!(!cell.contains(['\u{202e}', '\n', '\r']), "{}: {cell:?}", document.path);
            }
        }
    }
}

// ------------------------------------------------------------------- the docs

/// docs/files.md describes each file and column, in the order of the file, with both names.
#[test]
fn the_docs_name_every_file_and_column() {
    let docs = fs::read_to_string(root().join("docs/files.md")).expect("docs/files.md");
    let (_, _, english) = valley(Locale::En);
    let (_, _, french) = valley(Locale::Fr);
    for document in &english {
        // One section for the sheets of all groups.
        let (folder, sheet) = document.path.rsplit_once('/').expect("a folder");
        let name = if sheet.starts_with("groupe-") { format!("{folder}/") } else { document.path.clone() };
        let section = docs.split("\n## ").find(|s| s.starts_with(&format!("`{name}`")));
        let section = section.unwrap_or_else(|| panic!("{} is not in docs/files.md", document.path));
        let told: Vec<(String, String)> = section
            .lines()
            .filter(|line| line.starts_with("| `"))
            .map(|line| {
                let cells: Vec<&str> = line.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
                (cells[1].to_owned(), cells[2].to_owned())
            })
            .collect();
        if document.path.ends_with(".csv") {
            let first = |documents: &[Document]| {
                text(documents, &document.path)
                    .lines()
                    .next()
                    .expect("a header")
                    .trim_start_matches('\u{feff}')
                    .to_owned()
            };
            let (en, fr) = (first(&english), first(&french));
            let columns: Vec<(String, String)> =
                en.split(',').zip(fr.split(';')).map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
            assert_eq!(told, columns, "{}", document.path);
        } else if document.path.ends_with(".geojson") {
            let map: Value = serde_json::from_slice(&document.bytes).expect("JSON");
            for feature in map["features"].as_array().expect("features") {
                let names: BTreeSet<&str> = feature["properties"]
                    .as_object()
                    .expect("properties")
                    .keys()
                    .map(String::as_str)
                    .collect();
                assert_eq!(told.iter().map(|(name, _)| name.as_str()).collect::<BTreeSet<_>>(), names);
            }
        }
    }
}
