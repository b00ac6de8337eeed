//! Files out, opened by others: GDAL, which QGIS reads with, and a headless
//! spreadsheet. Runs with `MAILLAGE_INTEROP=1` (`just interop`); else says so.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it skips"
)]

use maillage::groups::Limits;
use maillage::report::{self, Locale, Run};
use maillage::study::{Outcome, Study};
use maillage::travel::StraightLine;
use maillage::{Control, read};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// Whether to go on, with the tool that is needed; says why not.
fn wanted(tool: &str) -> bool {
    if std::env::var_os("MAILLAGE_INTEROP").is_none() {
        eprintln!("skipped: set MAILLAGE_INTEROP=1, or run `just interop`, to open the files with {tool}");
        return false;
    }
    let there = Command::new(tool).arg("--version").output().is_ok();
    if !there {
        eprintln!("skipped: {tool} is not installed");
    }
    there
}

/// The Chinonais' report folder.
fn written(dir: &Path) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/chinonais");
    let opened = read::territory(&folder, &Control::none()).expect("sound");
    let mut study =
        Study::new(opened.territory, vec![Arc::new(StraightLine)], &Control::none()).expect("a study");
    let limits = Limits::default();
    let Outcome::Plan(plan) = study.plan(&limits, &Control::none()).expect("not cancelled") else {
        panic!("no plan")
    };
    let run = Run { inputs: &opened.files, limits, locale: Locale::Fr, ..Run::new(study.times()) };
    let out = dir.join("rapport");
    let documents = report::documents(study.territory(), &plan, &run);
    report::write(&out, &documents, None, &Control::none()).expect("written");
    out
}

fn run(tool: &str, args: &[&str]) -> String {
    let output = Command::new(tool).args(args).output().expect("the tool runs");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{tool} {args:?}: {out}{err}");
    assert!(!err.contains("ERROR") && !err.contains("Warning"), "{tool} {args:?}: {err}");
    out.into_owned()
}

#[test]
fn gdal_opens_every_map_with_its_counts_and_names() {
    if !wanted("ogrinfo") {
        return;
    }
    let dir = tempfile::tempdir().expect("a folder");
    let out = written(dir.path());
    for layer in ["interne/sites", "interne/communes", "interne/places", "partage/sites", "partage/zones"] {
        let path = out.join(format!("{layer}.geojson"));
        let text = fs::read_to_string(&path).expect("text");
        let features = text.matches("{\"type\":\"Feature\",").count();
        let name = layer.split_once('/').expect("a name").1;
        let told = run("ogrinfo", &["-so", path.to_str().expect("UTF-8"), name]);
        assert!(told.contains(&format!("Feature Count: {features}")), "{layer}: {told}");
        assert!(told.contains("WGS 84"), "{layer}: {told}");
        // Through another format and back, GDAL counts as many and finds every shape valid.
        let packed = dir.path().join(format!("{}.gpkg", layer.replace('/', "-")));
        let (packed, path) = (packed.to_str().expect("UTF-8"), path.to_str().expect("UTF-8"));
        run("ogr2ogr", &["-f", "GPKG", packed, path]);
        let invalid = format!("SELECT COUNT(*) AS n FROM \"{name}\" WHERE NOT ST_IsValid(geom)");
        let told = run("ogrinfo", &["-q", packed, "-dialect", "SQLITE", "-sql", &invalid]);
        assert!(told.contains("n (Integer) = 0"), "{layer}: {told}");
    }
    let communes = out.join("interne/communes.geojson");
    let told = run(
        "ogrinfo",
        &["-al", "-geom=NO", "-where", "name = 'L''Île-Bouchard'", communes.to_str().expect("UTF-8")],
    );
    assert!(told.contains("name (String) = L'Île-Bouchard"), "{told}");
    let text = fs::read_to_string(&communes).expect("text");
    let counts = text
        .split("\"enrolled\":")
        .skip(1)
        .map(|rest| rest.split(',').next().and_then(|n| n.parse::<u32>().ok()).expect("a count"));
    let sum: u32 = counts.sum();
    let told = run(
        "ogrinfo",
        &["-q", communes.to_str().expect("UTF-8"), "-sql", "SELECT SUM(enrolled) AS n FROM communes"],
    );
    assert!(told.contains(&format!("= {sum}")), "{told}");
}

#[test]
fn a_french_spreadsheet_reads_the_sheets_and_writes_them_back() {
    if !wanted("soffice") {
        return;
    }
    let dir = tempfile::tempdir().expect("a folder");
    let out = written(dir.path());
    // Semicolon, quotes, UTF-8, from line 1, French.
    let french = "CSV:59,34,76,1,,1036";
    for sheet in ["interne/hours", "interne/programmes", "interne/groups", "partage/zones", "partage/tables"]
    {
        let path = out.join(format!("{sheet}.csv"));
        let profile = format!("-env:UserInstallation=file://{}/profile", dir.path().display());
        let (ods, back) = (dir.path().join("ods"), dir.path().join("back"));
        let convert = |to: &str, into: &Path, from: &Path| {
            let args =
                [&profile, "--headless", &format!("--infilter={french}"), "--convert-to", to, "--outdir"];
            let mut args: Vec<&str> = args.into_iter().map(AsRef::as_ref).collect();
            args.extend([into.to_str().expect("UTF-8"), from.to_str().expect("UTF-8")]);
            let output = Command::new("soffice").args(&args).output().expect("the spreadsheet runs");
            assert!(output.status.success(), "{output:?}");
        };
        let name = path.file_stem().expect("a name").to_str().expect("UTF-8").to_owned();
        convert("ods", &ods, &path);
        convert("csv:Text - txt - csv (StarCalc):59,34,76,1,,1036", &back, &ods.join(format!("{name}.ods")));
        let returned = fs::read_to_string(back.join(format!("{name}.csv"))).expect("a CSV file");
        assert_eq!(cells(&returned), cells(&fs::read_to_string(&path).expect("text")), "{sheet}");
    }
}

/// Cells as a person sees them: dates may be written otherwise.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new();
    reader.delimiter(b';').has_headers(false).flexible(true);
    let rows = reader.from_reader(text.trim_start_matches('\u{feff}').as_bytes()).into_records();
    rows.map(|row| row.expect("a row").iter().map(seen).collect()).collect()
}

fn seen(cell: &str) -> String {
    let date: Vec<&str> = cell.split('/').collect();
    match date.as_slice() {
        [day, month, year] if year.len() == 4 => format!("{year}-{month}-{day}"),
        _ => cell.to_owned(),
    }
}
