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
    // A pin needs the candidate site, which is a lever here.
    let mut draft = opened.territory.to_draft();
    draft.pins.clear();
    let territory = draft.check().expect("sound").0;
    let mut study = Study::new(territory, vec![Arc::new(StraightLine)], &Control::none()).expect("a study");
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
    insta::assert_snapshot!(report::levers_text(study.territory(), &answer, Lang::Fr), @r#"
    Ce qui débloquerait des groupes — Valley
    ========================================
    Usage interne : les identifiants des jeunes sont des données personnelles.
    Aujourd'hui, sans rien changer : 7 places, 2 groupes.

    POUR LE BUT FIXÉ
      Pour avoir 1 groupe de Code de la route : Un code de la route à 3 ; Des chantiers à 75 min ; en
      tout 60 € ; rien de moins cher n'y suffit : prouvé.

    CHAQUE LEVIER, SEUL
      - Des chantiers à 75 min : 4 places de plus, 1 groupe de Chantier de plus, sans dépense ; décide :
        la structure ; 4 semaines.
      - Prêter 2 vélos électriques : 5 places de plus, 1 groupe de Chantier de plus, 240 € (50 € par
        place) ; décide : l'association ; 4 semaines.
      - Un code de la route à 3 : 3 places de plus, 1 groupe de Code de la route de plus, 60 € (20 € par
        place) ; décide : la structure ; 4 semaines ; dominé : « Des chantiers à 75 min » apporte autant
        ou plus, sans coûter plus.
      - Ouvrir le site candidat : 5 places de plus, 1 groupe de Chantier de plus, 1 500 € (300 € par
        place) ; décide : le Département ; 4 semaines ; dominé : « Prêter 2 vélos électriques » apporte
        autant ou plus, sans coûter plus.
      - Le même, par un cabinet : 3 places de plus, 1 groupe de Code de la route de plus, 900 € (300 €
        par place) ; décide : une autre structure ; 4 semaines ; dominé : « Un code de la route à 3 »
        apporte autant ou plus, sans coûter plus.
      - N'apportent aucune place, chacun seul : Une navette ; Une salle de plus.

    LE PLUS DE PLACES POUR CHAQUE BUDGET
      - Sans dépense : 4 places de plus, 1 groupe de Chantier de plus (Des chantiers à 75 min) ; prouvé.
      - Avec 60 € : 7 places de plus, 1 groupe de Chantier de plus, 1 groupe de Code de la route de plus
        (Un code de la route à 3 ; Des chantiers à 75 min) ; prouvé.
      - Avec 300 € : 9 places de plus, 1 groupe de Chantier de plus, 1 groupe de Code de la route de
        plus (Un code de la route à 3 ; Des chantiers à 75 min ; Prêter 2 vélos électriques) ; prouvé.
      - Avec 1 560 € : 11 places de plus, 2 groupes de Chantier de plus, 1 groupe de Code de la route de
        plus (Un code de la route à 3 ; Des chantiers à 75 min ; Ouvrir le site candidat) ; prouvé.
      - Avec 1 800 € : 12 places de plus, 2 groupes de Chantier de plus, 1 groupe de Code de la route de
        plus (Un code de la route à 3 ; Des chantiers à 75 min ; Prêter 2 vélos électriques ; Ouvrir le
        site candidat) ; prouvé.

    LE MOINDRE CHANGEMENT, PAR DISPOSITIF
      - Chantier : Des chantiers à 75 min (sans dépense) : 1 groupe de plus, 4 places de plus en tout.
      - Code de la route : Un code de la route à 3 (60 €) : 1 groupe de plus, 3 places de plus en tout.
      - Atelier : aucun de ces leviers, seul, ne donne un groupe de plus.

    QUI AURAIT UNE PLACE, ET PAR QUOI
      Chantier
          4  (y04, y05, y06, y14) Des chantiers à 75 min (sans dépense), et une place pour 3 autres
             jeunes
          3  (y11, y12, y13) Ouvrir le site candidat (1 500 €), et une place pour 4 autres jeunes
          1  (y07) Prêter 2 vélos électriques (240 €), et une place pour 4 autres jeunes
      Code de la route
          3  (y01, y02, y14) Un code de la route à 3 (60 €), et une place pour 2 autres jeunes

    LES TOURNÉES DES NAVETTES
      - Une navette : Haut (aller 55 min, retour 55 min), La Lande (aller 46 min, retour 46 min), Pont
        (aller 16 min, retour 16 min) ; 105 km par jour, 2 h 31 au volant ; meilleure tournée : prouvé.

    CE SUR QUOI CELA REPOSE
      - Aujourd'hui, aucun site candidat n'est ouvert : en ouvrir un est un levier parmi d'autres.
      - « Au plus », d'un coût : tous les trajets possibles sont comptés, à vide ou non ; moins peuvent
        suffire.
      - Un trajet que seuls deux leviers ensemble rendraient possible n'est pas compté.
      - Ce qui retire des moyens n'est pas essayé ici : Fermer un site.
      - Coût d'après « hypothèse » : Un code de la route à 3 ; Le même, par un cabinet ; Des chantiers à
        75 min ; Une navette ; Prêter 2 vélos électriques ; Une salle de plus ; Fermer un site ; Ouvrir
        le site candidat.
    "#);
}

#[test]
fn levers_are_told_in_english() {
    let (study, _) = valley();
    let answer = of_valley(&study);
    let levers = Levers { source: LeverSource::Catalogue, ..Levers::from(&answer) };
    insta::assert_snapshot!(report::levers_text(study.territory(), levers, Lang::En), @r#"
    What would unlock groups — Valley
    =================================
    Internal use: youths' identifiers are personal data.
    Levers of the catalogue, made from the territory. Their costs are to be checked.
    Today, with nothing changed: 7 places, 2 groups.

    FOR THE GOAL
      For 1 group of Code de la route: Un code de la route à 3; Des chantiers à 75 min; in all €60;
      nothing cheaper is enough: proved.

    EACH LEVER BY ITSELF
      - Des chantiers à 75 min: 4 more places, 1 more group of Chantier, at no cost; decided by the
        structure; 4 weeks.
      - Prêter 2 vélos électriques: 5 more places, 1 more group of Chantier, €240 (€50 a place); decided
        by the association; 4 weeks.
      - Un code de la route à 3: 3 more places, 1 more group of Code de la route, €60 (€20 a place);
        decided by the structure; 4 weeks; dominated: "Des chantiers à 75 min" brings as much or more
        and costs no more.
      - Ouvrir le site candidat: 5 more places, 1 more group of Chantier, €1,500 (€300 a place); decided
        by the Département; 4 weeks; dominated: "Prêter 2 vélos électriques" brings as much or more and
        costs no more.
      - Le même, par un cabinet: 3 more places, 1 more group of Code de la route, €900 (€300 a place);
        decided by another structure; 4 weeks; dominated: "Un code de la route à 3" brings as much or
        more and costs no more.
      - Bring no place, each by itself: Une navette; Une salle de plus.

    THE MOST PLACES FOR EACH BUDGET
      - At no cost: 4 more places, 1 more group of Chantier (Des chantiers à 75 min); proved.
      - With €60: 7 more places, 1 more group of Chantier, 1 more group of Code de la route (Un code de
        la route à 3; Des chantiers à 75 min); proved.
      - With €300: 9 more places, 1 more group of Chantier, 1 more group of Code de la route (Un code de
        la route à 3; Des chantiers à 75 min; Prêter 2 vélos électriques); proved.
      - With €1,560: 11 more places, 2 more groups of Chantier, 1 more group of Code de la route (Un
        code de la route à 3; Des chantiers à 75 min; Ouvrir le site candidat); proved.
      - With €1,800: 12 more places, 2 more groups of Chantier, 1 more group of Code de la route (Un
        code de la route à 3; Des chantiers à 75 min; Prêter 2 vélos électriques; Ouvrir le site
        candidat); proved.

    THE SMALLEST CHANGE, BY PROGRAMME
      - Chantier: Des chantiers à 75 min (at no cost): 1 more group, 4 more places in all.
      - Code de la route: Un code de la route à 3 (€60): 1 more group, 3 more places in all.
      - Atelier: none of these levers by itself gives one more group.

    WHO WOULD HAVE A PLACE, AND BY WHAT
      Chantier
          4  (y04, y05, y06, y14) Des chantiers à 75 min (at no cost), and a place for 3 other youths
          3  (y11, y12, y13) Ouvrir le site candidat (€1,500), and a place for 4 other youths
          1  (y07) Prêter 2 vélos électriques (€240), and a place for 4 other youths
      Code de la route
          3  (y01, y02, y14) Un code de la route à 3 (€60), and a place for 2 other youths

    THE ROUNDS OF SHUTTLES
      - Une navette: Haut (out 55 min, home 55 min), La Lande (out 46 min, home 46 min), Pont (out
        16 min, home 16 min); 105 km a day, 2 h 31 at the wheel; no better round: proved.

    WHAT THIS RESTS ON
      - Today no candidate site is open: opening one is a lever like others.
      - "At most", of a cost: every possible run is counted, empty or not; fewer may do.
      - A trip that only two levers together would make possible is not counted.
      - What takes means away is not tried here: Fermer un site.
      - Cost from "hypothèse": Un code de la route à 3; Le même, par un cabinet; Des chantiers à 75 min;
        Une navette; Prêter 2 vélos électriques; Une salle de plus; Fermer un site; Ouvrir le site
        candidat.
    "#);
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
    assert_eq!(json["cheapest"]["set"]["levers"], serde_json::json!(["plus-petit", "plus-loin"]));
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
        let tried = !answer.levers[single.lever].change.is_cut();
        let places = if tried { single.gain.places.to_string() } else { String::new() };
        assert_eq!(row["places_at_least"], places);
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

/// The folder of the valley without decisions already made: one needs the candidate site.
fn free_valley(dir: &Path) -> String {
    common::copied_without(&root().join("data/valley"), &dir.join("valley"), "pins.toml")
}

fn said(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn the_command_answers_and_writes() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("report");
    let path = out.to_str().expect("plain");
    let valley = free_valley(dir.path());
    let told = run(&[&valley, "--budget", "2000", "--goal", "Code de la route>=1", "--out", path]);
    assert!(told.status.success(), "{}", said(&told.stderr));
    let page = said(&told.stdout);
    assert!(page.contains("CHAQUE LEVIER, SEUL") && page.contains("catalogue"), "{page}");
    assert!(page.contains("Pour avoir 1 groupe de Code de la route"), "{page}");
    for file in ["interne/leviers.csv", "interne/leviers.json", "partage/partage.json"] {
        assert!(out.join(file).is_file(), "{file}");
    }
    let json = run(&[&valley, "--json", "--lang", "en", "-q"]);
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
