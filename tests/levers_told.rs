//! What levers would unlock, as it is told: text, JSON, a sheet, the pages, and the command.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::key;
use maillage::finding::Lang;
use maillage::groups::Limits;
use maillage::plan::Plan;
use maillage::questions::{Goal, LeverAnswer, LeverQuestion, LeverStudy};
use maillage::report::{self, Audience, Document, LeverSource, Levers, Locale, Run};
use maillage::study::{Outcome, Study};
use maillage::territory::*;
use maillage::travel::StraightLine;
use maillage::units::{Cents, Seconds};
use maillage::{Control, read};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The valley by straight lines, and its plan.
fn valley() -> (Study, Plan) {
    let opened = read::territory(&root().join("data/valley"), &Control::none()).expect("sound");
    let mut study =
        Study::new(opened.territory, vec![Arc::new(StraightLine)], &Control::none()).expect("a study");
    let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none()).expect("not cancelled") else {
        panic!("a plan")
    };
    (study, *plan)
}

fn lever(id: &str, name: &str, change: LeverChange, euros: u64, decider: Decider) -> Lever {
    Lever {
        key: key(id),
        name: name.to_owned(),
        change,
        cost: Cents::new(euros * 100),
        decider,
        delay_weeks: Some(4),
        origin: "hypothèse".to_owned(),
    }
}

/// Levers of several kinds; one costs more than another that does the same, some bring nothing.
fn levers(t: &Territory) -> Vec<Lever> {
    let programme = |id: &str| key(id);
    let candidate = t.sites().iter().find(|(_, site)| matches!(site.status, SiteStatus::Candidate { .. }));
    let open = t.sites().iter().find(|(_, site)| site.status == SiteStatus::Existing).expect("a site").1;
    let limit = |minutes| LeverChange::LongerLimit {
        programme: programme("chantier"),
        limit: Seconds::from_minutes(minutes),
    };
    let smaller = LeverChange::SmallerMinimum { programme: programme("code"), min: 3 };
    let shuttle = LeverChange::Shuttle(Shuttle {
        site: open.key.clone(),
        stops: Vec::new(),
        days: Weekdays::ALL,
        vehicles: 1,
        seats: Shuttle::SEATS,
        ride: Seconds::from_minutes(60),
        per_stop: Shuttle::PER_STOP,
        speed: None,
        per_km: Cents::new(120),
        per_hour: Cents::new(3_500),
    });
    let mut all = vec![
        lever("plus-petit", "Un code de la route à 3", smaller.clone(), 60, Decider::Structure),
        lever("plus-petit-cher", "Le même, par un cabinet", smaller, 900, Decider::Partner),
        lever("plus-loin", "Des chantiers à 75 min", limit(75), 0, Decider::Structure),
        lever("navette", "Une navette", shuttle, 150, Decider::Aom),
        lever(
            "velos",
            "Prêter 2 vélos électriques",
            LeverChange::Lend { vehicle: VehicleKind::EBike, count: 2, each: Cents::new(12_000) },
            0,
            Decider::Association,
        ),
        lever(
            "salles",
            "Une salle de plus",
            LeverChange::AddRooms { site: open.key.clone(), rooms: 1 },
            300,
            Decider::Structure,
        ),
        lever(
            "fermer",
            "Fermer un site",
            LeverChange::CloseSite { site: open.key.clone(), slots: Vec::new() },
            0,
            Decider::Structure,
        ),
    ];
    if let Some((_, site)) = candidate {
        let change = LeverChange::OpenSite { site: site.key.clone(), slots: Vec::new() };
        all.push(lever("ouvrir", "Ouvrir le site candidat", change, 1_500, Decider::Department));
    }
    all
}

fn answer(study: &Study, levers: &[Lever], goals: Vec<Goal>) -> LeverAnswer {
    let asked = LeverStudy::new(study, levers, &Limits::default(), &Control::none()).expect("levers");
    let question = LeverQuestion { budget: Some(Cents::new(500_000)), goals };
    asked.expect("a plan").answer(&question, &Control::none()).expect("not cancelled")
}

fn of_valley(study: &Study) -> LeverAnswer {
    let t = study.territory();
    let code = t.programmes().find_str("code").expect("the programme");
    answer(study, &levers(t), vec![Goal { programme: code, groups: 1 }])
}

fn documents(study: &Study, plan: &Plan, answer: &LeverAnswer, lang: Lang) -> Vec<Document> {
    let levers = Levers { source: LeverSource::Catalogue, ..Levers::from(answer) };
    let locale = if lang == Lang::Fr { Locale::Fr } else { Locale::En };
    let run = Run { levers: Some(levers), lang, locale, ..Run::new(study.times()) };
    report::documents(study.territory(), plan, &run)
}

fn text<'d>(documents: &'d [Document], path: &str) -> &'d str {
    let document = documents.iter().find(|d| d.path == path).unwrap_or_else(|| panic!("no {path}"));
    std::str::from_utf8(&document.bytes).expect("UTF-8")
}

#[test]
fn levers_are_told_in_french() {
    let (study, _) = valley();
    let answer = of_valley(&study);
    insta::assert_snapshot!(report::levers_text(study.territory(), &answer, Lang::Fr), @"");
}

#[test]
fn levers_are_told_in_english() {
    let (study, _) = valley();
    let answer = of_valley(&study);
    let levers = Levers { source: LeverSource::Catalogue, ..Levers::from(&answer) };
    insta::assert_snapshot!(report::levers_text(study.territory(), levers, Lang::En), @"");
}

#[test]
fn the_json_tells_what_the_answer_says() {
    let (study, _) = valley();
    let answer = of_valley(&study);
    let json: Value =
        serde_json::from_str(&report::levers_json(study.territory(), &answer).to_string()).expect("JSON");
    assert_eq!((&json["schema"], &json["audience"]), (&"maillage/levers/1".into(), &"interne".into()));
    for (told, single) in json["levers"].as_array().expect("levers").iter().zip(&answer.singly) {
        assert_eq!(told["id"], answer.levers[single.lever].key.as_str());
        assert_eq!(told["cost_cents"], single.price.total.get());
        assert_eq!(told["gain"]["places"], single.gain.places);
        assert_eq!(told["gain"]["placed"].as_array().expect("youths").len(), single.gain.placed.len());
    }
    assert_eq!(json["frontier"].as_array().expect("steps").len(), answer.frontier.len());
    assert_eq!(json["cheapest"]["set"]["levers"], serde_json::json!(["plus-petit"]));
    assert_eq!(json["goals"][0]["programme"], "code");
    assert!(json["levers"][3]["round"]["stops"].is_array(), "{}", json["levers"][3]);
}

#[test]
fn the_sheet_has_a_row_a_lever() {
    let (study, plan) = valley();
    let answer = of_valley(&study);
    let all = documents(&study, &plan, &answer, Lang::En);
    let mut reader = csv::Reader::from_reader(text(&all, "interne/leviers.csv").as_bytes());
    let rows: Vec<std::collections::BTreeMap<String, String>> =
        reader.deserialize().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), answer.levers.len());
    for (row, single) in rows.iter().zip(&answer.singly) {
        assert_eq!(row["places_at_least"], single.gain.places.to_string());
        assert_eq!(row["cost_eur"].parse::<f64>().expect("euros") * 100.0, single.price.total.get() as f64);
        assert_eq!(row["diffusion"], "interne");
        assert_eq!(row["source"], "hypothèse");
    }
    assert_eq!(rows[1]["dominated_by"], "plus-petit");
    let french = documents(&study, &plan, &answer, Lang::Fr);
    assert!(text(&french, "interne/leviers.csv").contains("l'association"));
}

/// docs/files.md describes the sheet's columns in their order, with both names.
#[test]
fn the_docs_name_every_column_of_the_sheet() {
    let docs = std::fs::read_to_string(root().join("docs/files.md")).expect("docs/files.md");
    let (study, plan) = valley();
    let answer = of_valley(&study);
    let names = |lang, mark: char| -> Vec<String> {
        let all = documents(&study, &plan, &answer, lang);
        let head = text(&all, "interne/leviers.csv").lines().next().expect("a header").to_owned();
        head.trim_start_matches('\u{feff}').split(mark).map(str::to_owned).collect()
    };
    let section = docs.split("\n## ").find(|s| s.starts_with("`interne/leviers.csv`")).expect("its section");
    let told: Vec<(String, String)> = section
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
            (cells[1].to_owned(), cells[2].to_owned())
        })
        .collect();
    let both: Vec<_> = names(Lang::En, ',').into_iter().zip(names(Lang::Fr, ';')).collect();
    assert_eq!(told, both);
}

#[test]
fn a_report_without_levers_says_nothing_of_them() {
    let (study, plan) = valley();
    let plain = report::documents(study.territory(), &plan, &Run::new(study.times()));
    assert!(plain.iter().all(|d| !d.path.contains("leviers")));
    for audience in ["interne", "partage"] {
        let page = text(&plain, &format!("{audience}/index.html"));
        assert!(!page.contains("leviers") && !page.contains("class=\"steps\""), "{audience}");
    }
    assert!(!text(&plain, "partage/partage.json").contains("\"levers\""));
}

#[test]
fn what_can_be_shown_names_nobody_and_no_stop() {
    let (study, plan) = valley();
    let answer = of_valley(&study);
    assert!(answer.timetables.iter().flatten().any(|round| !round.stops.is_empty()), "there is a round");
    let all = documents(&study, &plan, &answer, Lang::Fr);
    let t = study.territory();
    for path in ["partage/partage.json", "partage/index.html"] {
        let told = text(&all, path);
        assert!(told.contains("navette"), "{path}");
        for id in t.youths().ids() {
            assert!(!told.contains(t.youths().key_of(id)), "{path}");
        }
        for (_, place) in t.places().iter().filter(|(_, p)| p.commune.is_none()) {
            assert!(!told.contains(&place.name), "{path}: {}", place.name);
        }
    }
    let page = report::page(
        t,
        &plan,
        &Run { levers: Some((&answer).into()), ..Run::new(study.times()) },
        Audience::Partage,
    );
    assert!(page.contains("id=\"leviers\""));
}

#[test]
fn a_lever_s_name_stays_text() {
    let (study, plan) = valley();
    let mut levers = levers(study.territory());
    levers[0].name = "<script>alert(1)</script>\u{202e}".into();
    levers[1].name = "</title><img src=x onerror=alert(1)>".into();
    levers[2].name = "=HYPERLINK(\"http://x\";\"y\")".into();
    levers[2].origin = "@SUM(1)".into();
    let answer = answer(&study, &levers, Vec::new());
    let all = documents(&study, &plan, &answer, Lang::Fr);
    for path in ["interne/index.html", "partage/index.html"] {
        let page = text(&all, path);
        assert!(!page.contains("<script>alert") && !page.contains("<img"), "{path}");
        assert!(page.contains("alert(1)"), "{path}: the name is there, as text");
        assert!(!page.contains('\u{202e}'), "{path}");
    }
    let sheet = text(&all, "interne/leviers.csv");
    assert!(sheet.contains("'=HYPERLINK") && sheet.contains("'@SUM"), "{sheet}");
    let told = report::levers_text(study.territory(), &answer, Lang::Fr);
    assert!(!told.contains('\u{202e}'), "{told}");
}

// --------------------------------------------------------------- the command

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maillage"));
    command.arg("levers").args(args).current_dir(root()).output().expect("it runs")
}

fn said(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn the_command_answers_and_writes() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("report");
    let path = out.to_str().expect("plain");
    let told = run(&["data/valley", "--budget", "2000", "--goal", "Code de la route>=1", "--out", path]);
    assert!(told.status.success(), "{}", said(&told.stderr));
    let page = said(&told.stdout);
    assert!(page.contains("CHAQUE LEVIER, SEUL") && page.contains("catalogue"), "{page}");
    assert!(page.contains("Pour avoir 1 groupe de Code de la route"), "{page}");
    for file in ["interne/leviers.csv", "interne/leviers.json", "partage/partage.json"] {
        assert!(out.join(file).is_file(), "{file}");
    }
    let json = run(&["data/valley", "--json", "--lang", "en", "-q"]);
    let json: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["from"], "catalogue");
}

#[test]
fn a_bad_goal_or_scenario_is_a_usage_error() {
    let none = run(&["data/valley", "-q", "--goal", "danse>=2"]);
    assert_eq!(none.status.code(), Some(2));
    let what = said(&none.stderr);
    assert!(what.contains("danse") && what.contains("atelier") && what.contains("code"), "{what}");
    for bad in ["atelier", "atelier>=0", "atelier>=x", ">=2"] {
        let told = run(&["data/valley", "-q", "--goal", bad]);
        assert_eq!(told.status.code(), Some(2), "{bad}");
        assert!(said(&told.stderr).contains("PROGRAMME>=K"), "{bad}");
    }
    assert_eq!(run(&["data/valley", "-q", "--budget", "beaucoup"]).status.code(), Some(2));
    let none = run(&["data/valley", "-q", "--scenario", "inconnu"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(said(&none.stderr).contains("inconnu"));
    assert_eq!(run(&["/nowhere/at/all", "-q"]).status.code(), Some(1));
}
