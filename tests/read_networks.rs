//! `links.csv` and `times.csv`: what is read, what is said of what is wrong, what an answer rests on.
#![cfg(feature = "folder")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod read_common;

use maillage::finding::Lang;
use maillage::groups::Limits;
use maillage::study::{Outcome, Study};
use maillage::territory::{Mode, Service, Stop, Way, Weekdays};
use maillage::travel::{Query, Trip, compute};
use maillage::units::{Metres, Seconds};
use maillage::{Control, read, report};
use read_common::{Folder, all_findings, listed};

fn check(folder: &Folder, expected: &[&str]) {
    let findings = all_findings(folder.path());
    assert_eq!(listed(&findings), expected, "{findings:#?}");
}

fn with(file: &str, text: &str) -> Folder {
    let folder = Folder::valley();
    folder.write(file, text);
    folder
}

fn open(folder: &Folder) -> read::Opened {
    read::territory(folder.path(), &Control::none()).expect("a territory")
}

const LINKS: &str = "\
id;from;to;mode;minutes;line;days;holidays;both_ways;metres
l1;lande;croix;autocar;12,5;A;lun-mer, ven;non;non;9000
;37905;pont;TAD;30;;;;;
";

#[test]
fn links_are_read() {
    let folder = with("links.csv", LINKS);
    // Semicolons and decimal commas are forgiven, and said.
    check(&folder, &["M012 links.csv:1", "M014 links.csv:2"]);
    let territory = open(&folder).territory;
    let links: Vec<_> = territory.links().iter().map(|(_, link)| link.clone()).collect();
    let [unnamed, l1] = links.as_slice() else { panic!("{links:?}") };
    let monday_to_friday = [
        jiff::civil::Weekday::Monday,
        jiff::civil::Weekday::Tuesday,
        jiff::civil::Weekday::Wednesday,
        jiff::civil::Weekday::Friday,
    ];
    assert_eq!(l1.key.as_str(), "l1");
    assert_eq!(l1.from, Stop::Place(territory.places().find_str("lande").expect("a place")));
    assert_eq!(l1.to, Stop::Site(territory.sites().find_str("croix").expect("a site")));
    assert_eq!(
        (l1.service, l1.time, l1.both_ways, l1.in_holidays),
        (Service::Bus, Seconds::new(750), false, false)
    );
    assert_eq!(l1.days, monday_to_friday.into_iter().fold(Weekdays::NONE, Weekdays::with));
    assert_eq!((l1.distance, l1.line.as_ref().map(|l| l.as_str())), (Some(Metres::new(9_000)), Some("A")));
    assert_eq!(unnamed.key.as_str(), "37905 pont TAD");
    assert_eq!((unnamed.service, unnamed.both_ways, unnamed.in_holidays), (Service::OnDemand, true, true));
    assert!(unnamed.runs_always() && unnamed.distance.is_none() && unnamed.line.is_none());
}

#[test]
fn what_is_wrong_with_links() {
    let rows = |rows: &str| with("links.csv", &format!("from,to,mode,minutes,days,both_ways,metres\n{rows}"));
    check(&rows("lande,croix,car,12,,,\n"), &["M102 links.csv:2"]);
    check(&rows("lande,croix,bus,0,,,\n"), &["M103 links.csv:2"]);
    check(&rows("lande,croix,bus,-3,,,\n"), &["M103 links.csv:2"]);
    check(&rows("lande,croix,bus,1e9,,,\n"), &["M102 links.csv:2"]);
    check(&rows("lande,croix,bus,NaN,,,\n"), &["M102 links.csv:2"]);
    check(&rows("lande,croix,bus,2000,,,\n"), &["M103 links.csv:2"]);
    check(&rows("lande,croix,bus,,,,\n"), &["M101 links.csv:2"]);
    check(&rows("lande,croix,,5,,,\n"), &["M101 links.csv:2"]);
    check(&rows(",croix,bus,5,,,\n"), &["M101 links.csv:2"]);
    check(&rows("lande,croix,bus,5,mar 8h-12h,,\n"), &["M102 links.csv:2"]);
    check(&rows("lande,croix,bus,5,,peut-être,\n"), &["M102 links.csv:2"]);
    check(&rows("lande,croix,bus,5,,,-7\n"), &["M102 links.csv:2"]);
    check(&rows("lande,ailleurs,bus,5,,,\n"), &["M202 links.csv:2"]);
    check(&rows("lande,croix,bus,5,,,\nlande,croix,bus,6,,,\n"), &["M201 links.csv:3"]);
    check(&rows("lande,lande,bus,5,,,\n"), &["M301 links.csv:2"]);
    // Crête is more than a walk away from every site; Bois to Croix goes on to it.
    check(&rows("crete,lande,bus,5,,,\nbois,croix,bus,5,,,\n"), &["M302 links.csv:2"]);
    check(&with("links.csv", "from,to,mode\n"), &["M007 links.csv:1"]);
}

#[test]
fn what_points_at_what_was_not_read_is_not_reported_too() {
    let folder = with("links.csv", "from,to,mode,minutes\nlande,croix,bus,12\n");
    folder.replace("places.csv", "lande,La Lande", ",La Lande");
    check(&folder, &["M101 places.csv:4"]);
    let folder = with("times.csv", "home,site,to_s,from_s\nlande,croix,60,60\n");
    folder.replace("places.csv", "lande,La Lande", ",La Lande");
    check(&folder, &["M101 places.csv:4"]);
}

const TIMES: &str = "\
home,site,to_s,from_s,mode,date,metres
moulin,croix,600,620.2,,,5000
lande,pont,900,,bus,2026-09-08,
";

#[test]
fn times_are_read_and_completed() {
    let folder = with("times.csv", TIMES);
    check(&folder, &["M304 times.csv"]);
    let opened = open(&folder);
    let t = &opened.territory;
    let times = compute(t, &opened.providers(), &Query::of(t), &Control::none()).expect("times");
    let session = |date| {
        let stays = t.options().iter().flat_map(|o| &o.stays);
        let on = stays.filter(|stay| date == stay.date).map(|stay| stay.into()).next();
        on.expect("a session that day")
    };
    let (tuesday, thursday) =
        (session(jiff::civil::date(2026, 9, 8)), session(jiff::civil::date(2026, 9, 10)));
    let trip = |home, site, way, mode, session| {
        let (home, site) =
            (t.places().find_str(home).expect("a place"), t.sites().find_str(site).expect("a site"));
        times.trip(home, site, way, mode, session)
    };
    let time = |trip: Trip| trip.time().map(|travel| (travel.time.get(), travel.distance.get()));
    assert_eq!(time(trip("moulin", "croix", Way::To, Mode::Car, thursday)), Some((600, 5_000)));
    // A fifth of a second over a limit is over it.
    assert_eq!(time(trip("moulin", "croix", Way::Back, Mode::Car, thursday)), Some((621, 5_000)));
    // Estimated, as the valley's README works out.
    assert_eq!(time(trip("moulin", "pont", Way::To, Mode::Car, thursday)).map(|t| t.0), Some(717));
    assert_eq!(time(trip("lande", "pont", Way::To, Mode::Bus, tuesday)).map(|t| t.0), Some(900));
    assert_eq!(trip("lande", "pont", Way::Back, Mode::Bus, tuesday), Trip::NoLink);
    assert_eq!(trip("lande", "pont", Way::To, Mode::Bus, thursday), Trip::Unknown);
}

#[test]
fn missing_times_are_refused_by_choice() {
    let folder = with("times.csv", TIMES);
    folder.append("territory.toml", "\n[times]\nmissing = \"refuse\"\n");
    check(&folder, &["M303 times.csv"]);
    let finding = &all_findings(folder.path())[0];
    // Eleven homes of youths and three sites by car and by coach, less the one pair by car: the coach of
    // one day is not that of all.
    assert!(finding.what.fr.contains("37900–croix (car), 37902–croix (car)"), "{finding:#?}");
    folder.replace("territory.toml", "\"refuse\"", "\"perhaps\"");
    let line = folder.text("territory.toml").lines().count();
    check(&folder, &[&format!("M102 territory.toml:{line}")]);
}

#[test]
fn what_is_wrong_with_times() {
    let rows = |rows: &str| with("times.csv", &format!("home,site,to_s,from_s,mode,date\n{rows}"));
    check(&rows("ailleurs,croix,60,60,,\n"), &["M202 times.csv:2"]);
    check(&rows("lande,ailleurs,60,60,,\n"), &["M202 times.csv:2"]);
    check(&rows(",croix,60,60,,\n"), &["M101 times.csv:2"]);
    for value in ["-60", "604801", "99999999999999999999"] {
        check(&rows(&format!("lande,croix,{value},60,,\n")), &["M103 times.csv:2"]);
    }
    for value in ["NaN", "inf", "1e3", "12 min"] {
        check(&rows(&format!("lande,croix,60,{value},,\n")), &["M102 times.csv:2"]);
    }
    check(&rows("lande,croix,60,60,fusée,\n"), &["M102 times.csv:2"]);
    check(&rows("lande,croix,60,60,,demain\n"), &["M102 times.csv:2"]);
    let twice =
        "lande,croix,60,60,,\nlande,croix,60,60,bus,\nlande,croix,60,60,,2026-09-08\nlande,croix,1,1,car,\n";
    check(&rows(twice), &["M201 times.csv:5"]);
    check(&with("times.csv", "home,site,to_s\n"), &["M007 times.csv:1"]);
}

#[test]
fn an_answer_says_what_its_times_rest_on() {
    let folder = with("links.csv", LINKS);
    folder.write("times.csv", TIMES);
    folder.append("territory.toml", "\n[links]\nwalk_max_min = 15\nchange_min = 0\n");
    let opened = open(&folder);
    let mut study =
        Study::new(opened.territory.clone(), opened.providers(), &Control::none()).expect("a study");
    let outcome = study.plan(&Limits::default(), &Control::none()).expect("not cancelled");
    let Outcome::Plan(plan) = outcome else { panic!("a plan") };
    assert_eq!(plan.check(study.territory(), study.times()), Ok(()));
    let page = report::text(study.territory(), &plan, Lang::Fr).replace("\n    ", " ");
    for sentence in [
        "temps fournis dans times.csv : 2 (voiture, car ou train) [fichier]",
        "liaisons de transport : 2, avec les minutes déclarées, attente non ajoutée [fichier]",
        "au plus 15 min à pied jusqu'à un arrêt, ou d'un arrêt au site [fichier]",
        "0 min pour changer de ligne [fichier]",
    ] {
        assert!(page.contains(sentence), "{sentence}\n{page}");
    }
    let json = report::json(study.territory(), &plan).to_string();
    for id in ["times", "links", "links_walk", "links_change"] {
        assert!(json.contains(&format!("\"id\": \"{id}\"")), "{id}");
    }
    // Without the files nothing is said but of straight lines.
    let opened = open(&Folder::valley());
    let mut study =
        Study::new(opened.territory.clone(), opened.providers(), &Control::none()).expect("a study");
    let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none()).expect("not cancelled") else {
        panic!("a plan")
    };
    let of_lines = |id: &str| id == "detour" || id.starts_with("speed_");
    assert!(!plan.assumptions.is_empty() && plan.assumptions.iter().all(|a| of_lines(a.id)));
}
