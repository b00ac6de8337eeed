//! The scenarios of a folder: each kind of lever, and everything that is refused, with its file and line.
#![cfg(feature = "folder")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod read_common;

use jiff::civil::Weekday;
use maillage::finding::{Finding, Lang};
use maillage::territory::{
    Area, Booking, Decider, GroupSize, Lever, LeverChange, NewTrip, Scenario, Shuttle, SiteStatus, TripAt,
    TripChange, Turn, VehicleKind, Weekdays, catalogue,
};
use maillage::units::{Cents, ClockTime, InseeCode, Key, Metres, Seconds, Speed};
use maillage::{Control, read};
use read_common::{Folder, MORE, SCENARIO, all_findings, listed, valley_dir};
use std::collections::BTreeSet;
use std::path::Path;

const FILE: &str = "scenarios/s.toml";

fn key(text: &str) -> Key {
    Key::new(text).expect("an identifier")
}

fn keys(list: &[&str]) -> Vec<Key> {
    list.iter().map(|text| key(text)).collect()
}

fn clock(text: &str) -> ClockTime {
    ClockTime::parse(text).expect("a time")
}

fn opened(folder: &Folder) -> read::Opened {
    read::territory(folder.path(), &Control::none()).unwrap_or_else(|error| panic!("{error:?}"))
}

/// The valley with a scenario of a lever of each kind, and what those name.
fn every_kind() -> Folder {
    let folder = Folder::valley();
    for (file, text, _) in MORE.iter().filter(|more| ["on_demand.csv", "zones.geojson"].contains(&more.0)) {
        // The communes of that table are as people may write them: here they have to be right.
        folder.write(file, &text.replace("37900|Bois", "37900|37902"));
    }
    folder.write(FILE, SCENARIO);
    folder
}

/// What is found in the valley with this scenario: code, file and line.
fn found(scenario: &str) -> Vec<String> {
    listed(&findings(scenario))
}

fn findings(scenario: &str) -> Vec<Finding> {
    let folder = Folder::valley();
    folder.write(FILE, scenario);
    all_findings(folder.path())
}

/// As [`found`], of one lever of this kind.
fn of(kind: &str, fields: &str) -> Vec<String> {
    found(&lever(kind, fields))
}

fn lever(kind: &str, fields: &str) -> String {
    format!("[[lever]]\nid = \"l\"\nkind = \"{kind}\"\n{fields}\n")
}

fn by_key<'s>(scenario: &'s Scenario, id: &str) -> &'s Lever {
    scenario.levers.iter().find(|lever| lever.key.as_str() == id).unwrap_or_else(|| panic!("no lever {id}"))
}

#[test]
fn a_folder_without_scenarios_has_none() {
    let opened = opened(&Folder::valley());
    assert!(opened.scenarios.is_empty());
    assert!(opened.files.iter().all(|file| !file.name.starts_with("scenarios")));
}

#[test]
fn each_kind_is_read_with_its_values() {
    let folder = every_kind();
    let opened = opened(&folder);
    assert_eq!(listed(&opened.findings), Vec::<String>::new(), "{:?}", opened.findings);
    let [scenario] = opened.scenarios.as_slice() else { panic!("{:?}", opened.scenarios) };
    assert_eq!((scenario.key.as_str(), scenario.name.as_str()), ("s", "Un levier de chaque genre"));
    let order: Vec<&str> = scenario.levers.iter().take(3).map(|lever| lever.key.as_str()).collect();
    assert_eq!(order, ["fermer", "navette", "ouvrir"], "those listed first");
    let kinds: BTreeSet<&str> = scenario.levers.iter().map(|lever| lever.change.kind()).collect();
    assert_eq!((kinds.len(), scenario.levers.len()), (25, 26));

    let first = by_key(scenario, "ouvrir");
    let expected = Lever {
        key: key("ouvrir"),
        name: "Ouvrir Haut".into(),
        change: LeverChange::OpenSite { site: key("haut"), slots: keys(&["jeu-am"]) },
        cost: Cents::new(200_000),
        decider: Decider::Structure,
        delay_weeks: Some(8),
        origin: "hypothèse".into(),
    };
    assert_eq!(*first, expected);
    let bare = by_key(scenario, "plus-de-jours");
    assert_eq!((bare.name.as_str(), bare.cost, bare.delay_weeks), ("plus-de-jours", Cents::new(0), None));
    for (id, decider) in [
        ("navette", Decider::Aom),
        ("tad", Decider::Aom),
        ("cars", Decider::Region),
        ("scolaire", Decider::Region),
        ("pret", Decider::Association),
        ("benevoles", Decider::Department),
        ("echange", Decider::Partner),
        ("salle", Decider::Structure),
    ] {
        assert_eq!(by_key(scenario, id).decider, decider, "{id}");
    }
    let lost = folder.text(FILE).replacen("croix", "nowhere", 1);
    folder.write(FILE, &lost);
    assert_eq!(listed(&all_findings(folder.path())), ["M202 scenarios/s.toml:15"]);
}

#[test]
fn changes_of_sites_advisers_and_programmes_are_those_written() {
    let opened = opened(&every_kind());
    let scenario = &opened.scenarios[0];
    let minutes = Seconds::from_minutes;
    let (site, programme) = (|id| key(id), |id| key(id));
    for (id, change) in [
        ("plus-de-jours", LeverChange::OpenSlots { site: site("croix"), slots: keys(&["mar-pm"]) }),
        ("autre-jour", LeverChange::MoveSlot { site: site("croix"), from: key("mar-am"), to: key("ven-am") }),
        ("fermer", LeverChange::CloseSite { site: site("croix"), slots: Vec::new() }),
        ("salle", LeverChange::AddRooms { site: site("pont"), rooms: 2 }),
        (
            "conseiller",
            LeverChange::AddAdviser {
                half_days: 2,
                sites: keys(&["pont"]),
                slots: keys(&["mar-am", "jeu-am"]),
            },
        ),
        (
            "bruno-a-pont",
            LeverChange::SendAdviser { adviser: key("bruno"), site: site("pont"), per_km: Cents::new(64) },
        ),
        ("coupe", LeverChange::FewerHalfDays { half_days: 3 }),
        ("un-site-de-moins", LeverChange::CloseSites { sites: 1 }),
        ("a-trois", LeverChange::SmallerMinimum { programme: programme("chantier"), min: 3 }),
        (
            "en-deux",
            LeverChange::Split {
                programme: programme("chantier"),
                size: GroupSize::new(2, 3, 4).expect("sizes"),
            },
        ),
        ("autres-jours", LeverChange::AddSlots { programme: programme("atelier"), slots: keys(&["ven-am"]) }),
        (
            "en-alternance",
            LeverChange::Alternate {
                programme: programme("atelier"),
                by: Turn::Week,
                sites: keys(&["pont", "croix"]),
            },
        ),
        ("visio", LeverChange::Remote { programme: programme("code"), on_site: 50 }),
        ("une-heure", LeverChange::LongerLimit { programme: programme("chantier"), limit: minutes(60) }),
        ("attendre", LeverChange::Wait { programme: programme("code"), weeks: 4, arrivals: 2 }),
        (
            "sejour",
            LeverChange::Stay {
                programme: programme("code"),
                site: site("pont"),
                places: 4,
                each: Cents::new(4_000),
            },
        ),
        ("echange", LeverChange::Exchange { programme: programme("code"), site: site("pont"), youths: 3 }),
    ] {
        assert_eq!(by_key(scenario, id).change, change, "{id}");
    }
}

#[test]
fn changes_of_travel_are_those_written() {
    let opened = opened(&every_kind());
    let scenario = &opened.scenarios[0];
    let tuesday_thursday = Weekdays::NONE.with(Weekday::Tuesday).with(Weekday::Thursday);
    let minutes = Seconds::from_minutes;
    let shuttle = Shuttle {
        site: key("pont"),
        stops: keys(&["lande", "37902"]),
        days: tuesday_thursday,
        vehicles: 2,
        seats: 7,
        ride: minutes(40),
        per_stop: minutes(3),
        speed: Speed::from_kmh(37.5),
        per_km: Cents::new(110),
        per_hour: Cents::new(2_000),
    };
    let trips = |stop: &str, at| TripAt { line: "V".into(), stop: stop.into(), at: clock(at) };
    let added = NewTrip {
        line: "W".into(),
        calls: vec![("crete".into(), clock("8h")), ("pont".into(), clock("9h"))],
        days: Weekdays::NONE.with(Weekday::Tuesday),
        in_holidays: false,
    };
    let extended =
        TripChange::Extend { line: "V".into(), end: "pont".into(), to: "Gare".into(), ride: minutes(6) };
    for (id, change) in [
        ("navette", LeverChange::Shuttle(shuttle)),
        (
            "partage",
            LeverChange::ShareLifts { drivers: keys(&["y10", "y04"]), detour: minutes(12), seats: 4 },
        ),
        ("pret", LeverChange::Lend { vehicle: VehicleKind::Moped, count: 2, each: Cents::new(4_500) }),
        (
            "benevoles",
            LeverChange::Volunteers { places: 3, within: Metres::new(12_500), per_km: Cents::new(30) },
        ),
        (
            "cars",
            LeverChange::Trips(vec![
                TripChange::Move { trips: trips("crete", "7h40"), minutes: -10 },
                TripChange::Remove(trips("pont", "17h40")),
                extended,
                TripChange::Add(added),
            ]),
        ),
        ("scolaire", LeverChange::OpenCircuit { line: "X".into() }),
    ] {
        assert_eq!(by_key(scenario, id).change, change, "{id}");
    }
    let LeverChange::OnDemand(service) = &by_key(scenario, "tad").change else { panic!("a service") };
    let communes = ["37900", "37902"].into_iter().filter_map(InseeCode::new).collect();
    assert_eq!((&service.area, service.key.as_str()), (&Area::Communes(communes), "nord"));
    assert_eq!((service.from, service.to, service.days), (clock("8h"), clock("18h30"), tuesday_thursday));
    let eve = Booking::DaysBefore { days: 1, until: clock("17h"), working: false };
    assert_eq!((service.booking, service.wait, service.seats), (eve, Seconds::new(750), 7));
    assert!(!service.in_holidays && service.speed.kmh() == 40.0 && service.name == "Le TAD plus large");
    let LeverChange::OnDemand(service) = &by_key(scenario, "tad-de-zone").change else { panic!("a service") };
    assert!(
        matches!(&service.area, Area::Zone(zone) if zone.0.len() == 1)
            && service.key.as_str() == "tad-de-zone"
    );
    assert_eq!((service.wait, service.seats, service.booking), (minutes(15), 8, Booking::None));
}

#[test]
fn a_lever_left_bare_has_the_usual_figures() {
    let folder = Folder::valley();
    let bare = [
        "[[lever]]\nid = \"n\"\nkind = \"shuttle\"\nsite = \"pont\"\n",
        "[[lever]]\nid = \"v\"\nkind = \"volunteers\"\nplaces = 3\nwithin_km = 25\n",
        "[[lever]]\nid = \"p\"\nkind = \"lend\"\nvehicle = \"ebike\"\n",
    ];
    folder.write(FILE, &bare.concat());
    let opened = opened(&folder);
    let scenario = &opened.scenarios[0];
    assert_eq!(scenario.name, "s");
    let LeverChange::Shuttle(shuttle) = &by_key(scenario, "n").change else { panic!("a shuttle") };
    assert_eq!((shuttle.vehicles, shuttle.seats, shuttle.per_km), (1, 8, Cents::new(120)));
    assert_eq!((shuttle.ride, shuttle.per_stop), (Seconds::from_minutes(45), Seconds::from_minutes(2)));
    assert_eq!((shuttle.speed, shuttle.days, shuttle.per_hour), (None, Weekdays::ALL, Cents::new(0)));
    let within = Metres::new(25_000);
    let volunteers = LeverChange::Volunteers { places: 3, within, per_km: Cents::new(32) };
    assert_eq!(by_key(scenario, "v").change, volunteers);
    let lend = LeverChange::Lend { vehicle: VehicleKind::EBike, count: 1, each: Cents::new(0) };
    assert_eq!(by_key(scenario, "p").change, lend);
}

#[test]
fn scenarios_combine_the_levers_of_all_files() {
    let folder = Folder::valley();
    folder.write("scenarios/a.toml", "levers = [\"y\", \"x\"]\n");
    folder.write(
        "scenarios/b.toml",
        "[[lever]]\nid = \"x\"\nkind = \"open_site\"\nsite = \"haut\"\n[[lever]]\nid = \"y\"\nkind = \"add_rooms\"\nsite = \"pont\"\n",
    );
    folder.write("scenarios/c.toml", "name = \"Comme aujourd'hui\"\n");
    folder.write("scenarios/note.txt", "not read");
    folder.write("scenarios/.hidden.toml", "not = read");
    let opened = opened(&folder);
    assert_eq!(listed(&opened.findings), Vec::<String>::new());
    let told: Vec<(&str, Vec<&str>)> = opened
        .scenarios
        .iter()
        .map(|s| (s.key.as_str(), s.levers.iter().map(|lever| lever.key.as_str()).collect()))
        .collect();
    assert_eq!(told, [("a", vec!["y", "x"]), ("b", vec!["x", "y"]), ("c", vec![])]);
    assert_eq!(opened.scenarios[2].name, "Comme aujourd'hui");
    let read: Vec<&str> = opened.files.iter().map(|f| f.name.as_str()).filter(|n| n.contains('/')).collect();
    assert_eq!(read, ["scenarios/a.toml", "scenarios/b.toml", "scenarios/c.toml"]);
    let loaded = read::folder(folder.path(), &Control::none()).expect("sound");
    assert_eq!(loaded.scenarios, opened.scenarios);
}

#[test]
fn what_a_file_says_wrongly_is_refused_at_its_line() {
    let two = "[[lever]]\nid = \"x\"\nkind = \"add_rooms\"\nsite = \"pont\"\n";
    assert_eq!(found(&two.repeat(2)), ["M201 scenarios/s.toml:5"]);
    assert_eq!(
        found("levers = [\n\"x\",\n\"z\"]\n[[lever]]\nid = \"x\"\nkind = \"add_rooms\"\nsite = \"pont\"\n"),
        ["M202 scenarios/s.toml:3"]
    );
    assert_eq!(found(&format!("levers = [\"x\", \"x\"]\n{two}")), ["M227 scenarios/s.toml:1"]);
    assert_eq!(found("levers = [3, \"\"]\n"), ["M102 scenarios/s.toml:1", "M102 scenarios/s.toml:1"]);
    assert_eq!(found("levers = \"x\"\n"), ["M102 scenarios/s.toml:1"]);
    assert_eq!(found("nom = \"x\"\n"), ["M102 scenarios/s.toml:1"]);
    assert_eq!(found("[[lever]\n"), ["M006 scenarios/s.toml:1"]);
    assert_eq!(found("[[lever]]\nkind = \"add_rooms\"\nsite = \"pont\"\n"), ["M101 scenarios/s.toml:1"]);
    assert_eq!(found("[[lever]]\nid = \"x\"\n"), ["M101 scenarios/s.toml:1"]);
    // Which fields belong to a kind that nobody knows, nobody can say.
    assert_eq!(of("opensite", "site = \"haut\"\nanything = 1"), ["M102 scenarios/s.toml:3"]);
    assert_eq!(of("add_rooms", "site = \"pont\"\nroom = 1"), ["M102 scenarios/s.toml:5"]);
    assert_eq!(of("add_rooms", "site = \"pont\"\ncost_eur = -5"), ["M103 scenarios/s.toml:5"]);
    assert_eq!(of("add_rooms", "site = \"pont\"\ndelay_weeks = 521"), ["M103 scenarios/s.toml:5"]);
    assert_eq!(of("add_rooms", "site = \"pont\"\ndecided_by = \"roi\""), ["M102 scenarios/s.toml:5"]);
    assert_eq!(of("add_rooms", "site = \"pont\"\nrooms = 0"), ["M103 scenarios/s.toml:5"]);
}

#[test]
fn fields_of_each_kind_are_refused_at_their_line() {
    let line_4 = |code: &str| vec![format!("{code} scenarios/s.toml:4")];
    let line_1 = |code: &str| vec![format!("{code} scenarios/s.toml:1")];
    for (kind, fields, expected) in [
        ("open_slots", "site = \"pont\"", line_1("M101")),
        ("open_slots", "slots = []\nsite = \"pont\"", line_4("M101")),
        ("move_slot", "site = \"croix\"\nfrom = \"mar-am\"", line_1("M101")),
        ("add_adviser", "half_days = 0", line_4("M103")),
        ("fewer_half_days", "", line_1("M101")),
        ("close_sites", "sites = [\"pont\"]", line_4("M102")),
        ("shuttle", "days = \"lundredi\"\nsite = \"pont\"", line_4("M102")),
        ("shuttle", "seats = 0\nsite = \"pont\"", line_4("M103")),
        ("shuttle", "ride_min = 0\nsite = \"pont\"", line_4("M103")),
        ("shuttle", "speed_kmh = 500\nsite = \"pont\"", line_4("M103")),
        ("shuttle", "per_km_eur = -1\nsite = \"pont\"", line_4("M103")),
        ("share_lifts", "", line_1("M101")),
        ("lend", "", line_1("M101")),
        ("lend", "vehicle = \"trottinette\"", line_4("M102")),
        ("volunteers", "within_km = 101\nplaces = 3", line_4("M103")),
        ("volunteers", "per_km_eur = 0.33\nplaces = 3\nwithin_km = 25", line_4("M103")),
        ("trips", "", line_1("M101")),
        (
            "trips",
            "move = [{ line = \"V\", stop = \"crete\", at = \"7h40\", minutes = 1441 }]",
            line_4("M103"),
        ),
        ("trips", "remove = [{ line = \"V\", stop = \"crete\", at = \"25h\" }]", line_4("M102")),
        ("trips", "extend = [{ line = \"V\", end = \"pont\", ride_min = 5 }]", line_4("M101")),
        (
            "trips",
            "add = [{ line = \"W\", calls = [{ stop = \"a\", at = \"9h\" }, { stop = \"b\", at = \"8h\" }] }]",
            line_4("M102"),
        ),
        ("trips", "add = [{ line = \"W\", calls = [{ stop = \"a\", at = \"9h\" }] }]", line_4("M102")),
        ("open_circuit", "line = \"\"", line_4("M101")),
        ("on_demand", "to = \"8h\"\nfrom = \"9h\"\ncommunes = [\"37900\"]", line_4("M103")),
        ("on_demand", "from = \"8h\"\nto = \"9h\"", line_1("M101")),
        ("on_demand", "zone = \"nord\"\nfrom = \"8h\"\nto = \"9h\"", line_4("M202")),
        ("on_demand", "communes = [\"Tombouctou\"]\nfrom = \"8h\"\nto = \"9h\"", line_4("M104")),
        ("on_demand", "communes = [\"37900\"]\nfrom = \"8h\"\nto = \"9h\"\nzone = \"s\"", line_1("M102")),
        ("on_demand", "communes = [\"75056\"]\nfrom = \"8h\"\nto = \"9h\"", line_1("M202")),
        (
            "on_demand",
            "booking = \"hier\"\ncommunes = [\"37900\"]\nfrom = \"8h\"\nto = \"9h\"",
            line_4("M102"),
        ),
        ("smaller_minimum", "min = 0\nprogramme = \"code\"", line_4("M103")),
        ("split", "min = 5\ntarget = 4\nmax = 6\nprogramme = \"code\"", line_4("M203")),
        ("alternate", "sites = [\"pont\"]\nby = \"week\"\nprogramme = \"atelier\"", line_4("M103")),
        (
            "alternate",
            "by = \"month\"\nsites = [\"pont\", \"croix\"]\nprogramme = \"atelier\"",
            line_4("M102"),
        ),
        ("remote", "on_site_percent = 100\nprogramme = \"code\"", line_4("M103")),
        ("wait", "weeks = 105\narrivals = 2\nprogramme = \"code\"", line_4("M103")),
        ("stay", "places = 0\nprogramme = \"code\"\nsite = \"pont\"", line_4("M103")),
        ("exchange", "youths = 0\nprogramme = \"code\"\nsite = \"pont\"", line_4("M103")),
    ] {
        assert_eq!(of(kind, fields), expected, "{kind}: {fields}");
    }
}

#[test]
fn what_a_lever_names_has_to_be_there() {
    for (kind, fields, fr, remedy) in [
        ("open_site", "site = \"Haute\"", "le site Haute n'existe pas", "écrivez haut"),
        (
            "add_rooms",
            "site = \"Antenne de Croix\"",
            "le site Antenne de Croix n'existe pas",
            "écrivez croix",
        ),
        ("add_rooms", "site = \"CROIX\"", "le site CROIX n'existe pas", "écrivez croix"),
        (
            "open_slots",
            "site = \"croix\"\nslots = [\"mardi\"]",
            "la demi-journée mardi n'existe pas",
            "corrigez",
        ),
        (
            "send_adviser",
            "adviser = \"brunno\"\nsite = \"pont\"",
            "le conseiller brunno n'existe pas",
            "écrivez bruno",
        ),
        (
            "shuttle",
            "site = \"pont\"\nstops = [\"landes\"]",
            "l'arrêt landes n'est pas un lieu du territoire",
            "écrivez lande",
        ),
        ("share_lifts", "drivers = [\"y99\"]", "le jeune y99 n'existe pas", "corrigez"),
        (
            "smaller_minimum",
            "programme = \"ateleir\"\nmin = 2",
            "le dispositif ateleir n'existe pas",
            "écrivez atelier",
        ),
        (
            "alternate",
            "programme = \"atelier\"\nby = \"week\"\nsites = [\"pont\", \"croi\"]",
            "le site croi n'existe pas",
            "écrivez croix",
        ),
        (
            "stay",
            "programme = \"code\"\nsite = \"poont\"\nplaces = 3",
            "le site poont n'existe pas",
            "écrivez pont",
        ),
    ] {
        let findings = findings(&lever(kind, fields));
        assert_eq!(listed(&findings), ["M202 scenarios/s.toml:1"], "{kind}: {fields}");
        let told = (findings[0].what.in_lang(Lang::Fr), findings[0].remedy.in_lang(Lang::Fr));
        assert_eq!(told.0, fr);
        assert!(told.1.starts_with(remedy), "{kind}: {}", told.1);
    }
    let folder = Folder::valley();
    folder.remove("advisers.csv");
    folder.write(FILE, &lever("send_adviser", "adviser = \"bruno\"\nsite = \"pont\""));
    let found = all_findings(folder.path());
    assert_eq!(listed(&found), ["M202 scenarios/s.toml:1"]);
    assert_eq!(found[0].what.fr, "le conseiller bruno n'existe pas : advisers.csv n'en décrit aucun");
}

#[test]
fn a_lever_that_changes_nothing_is_told() {
    for (kind, fields, fr) in [
        ("open_site", "site = \"pont\"", "le site pont est déjà ouvert : ce n'est pas un candidat"),
        (
            "open_site",
            "site = \"haut\"\nslots = [\"lun-am\"]",
            "le site haut ne peut ouvrir à aucune de ces demi-journées",
        ),
        (
            "open_slots",
            "site = \"pont\"\nslots = [\"lun-am\"]",
            "le site pont est déjà ouvert à ces demi-journées",
        ),
        (
            "move_slot",
            "site = \"croix\"\nfrom = \"lun-am\"\nto = \"ven-am\"",
            "le site croix n'est pas ouvert à ces demi-journées",
        ),
        (
            "close_site",
            "site = \"croix\"\nslots = [\"lun-am\"]",
            "le site croix n'est pas ouvert à ces demi-journées",
        ),
        (
            "send_adviser",
            "adviser = \"anne\"\nsite = \"haut\"",
            "le conseiller anne travaille déjà au site haut",
        ),
        (
            "lend",
            "vehicle = \"quadricycle\"",
            "prêt à personne qui ait le permis : aucun jeune ne peut conduire ce véhicule",
        ),
        ("share_lifts", "drivers = [\"y01\"]", "aucun de ces jeunes n'a de voiture pour en emmener d'autres"),
        (
            "smaller_minimum",
            "programme = \"code\"\nmin = 4",
            "un minimum de 4 n'est pas plus petit : celui du dispositif code est 4",
        ),
        (
            "split",
            "programme = \"code\"\nmin = 5\ntarget = 5\nmax = 5",
            "un minimum de 5 n'est pas plus petit : celui du dispositif code est 4",
        ),
        (
            "add_slots",
            "programme = \"atelier\"\nslots = [\"mar-am\"]",
            "le dispositif atelier peut déjà se tenir à ces demi-journées",
        ),
        (
            "longer_limit",
            "programme = \"code\"\nlimit_min = 45",
            "une limite de 45 min n'est pas plus longue : celle du dispositif code est de 45 min",
        ),
    ] {
        let folder = Folder::valley();
        // Nobody has B1 or B but two.
        folder.replace("youths.csv", "y04,moulin,2004-05,,,H,B,", "y04,moulin,2004-05,,,H,,");
        folder.replace("youths.csv", "y10,37905,2003-10,,,H,B,", "y10,37905,2003-10,,,H,,");
        folder.replace("youths.csv", "y11,roche,2005-02,,,F,B,", "y11,roche,2005-02,,,F,,");
        folder.write(FILE, &lever(kind, fields));
        let found = all_findings(folder.path());
        assert_eq!(listed(&found), ["M229 scenarios/s.toml:1"], "{kind}: {fields}: {found:?}");
        assert_eq!(found[0].what.fr, fr, "{kind}");
    }
}

#[test]
fn levers_are_held_against_limits_advisers_and_enrolments() {
    assert_eq!(of("longer_limit", "programme = \"code\"\nlimit_min = 200"), ["M228 scenarios/s.toml:1"]);
    let adviser = "[[lever]]\nid = \"anne\"\nkind = \"add_adviser\"\nhalf_days = 2\n";
    assert_eq!(found(adviser), ["M201 scenarios/s.toml:1"]);
    for kind in ["add_adviser", "fewer_half_days"] {
        let folder = Folder::valley();
        folder.remove("advisers.csv");
        folder.write(FILE, &lever(kind, "half_days = 2"));
        assert_eq!(listed(&all_findings(folder.path())), ["M229 scenarios/s.toml:1"], "{kind}");
    }
    let folder = Folder::valley();
    folder.replace("programmes.toml", "id = \"code\"", "needed_percent = 50\nid = \"code\"");
    folder.write(FILE, &lever("remote", "programme = \"code\"\non_site_percent = 50"));
    assert_eq!(listed(&all_findings(folder.path())), ["M229 scenarios/s.toml:1"]);
}

#[test]
fn what_follows_from_an_error_is_not_told_too() {
    // The lever that is listed may be the one without an identifier.
    let text = "levers = [\"x\"]\n[[lever]]\nid = \"\"\nkind = \"add_rooms\"\nsite = \"pont\"\n";
    assert_eq!(found(text), ["M102 scenarios/s.toml:3"]);
    // A lever that can't be read is one all the same.
    assert_eq!(found("levers = [\"x\"]\n[[lever]]\nid = \"x\"\nkind = \"?\"\n"), ["M102 scenarios/s.toml:4"]);
    let folder = Folder::valley();
    folder.replace("sites.csv", "pont,", "pnot,");
    folder.write(FILE, &lever("add_rooms", "site = \"pont\""));
    assert!(listed(&all_findings(folder.path())).iter().all(|line| !line.contains("scenarios")));
}

#[test]
fn files_are_bounded_in_number_and_size() {
    let folder = Folder::valley();
    folder.write(FILE, &format!("# {}\n", "x".repeat(1024 * 1024)));
    assert_eq!(listed(&all_findings(folder.path())), ["M004 scenarios/s.toml"]);
    let folder = Folder::valley();
    (0..=100).for_each(|n| folder.write(&format!("scenarios/{n:03}.toml"), ""));
    assert_eq!(listed(&all_findings(folder.path())), ["M004 scenarios"]);
    folder.remove("scenarios/050.toml");
    assert_eq!(opened(&folder).scenarios.len(), 100);
    let lever = |n| format!("[[lever]]\nid = \"l{n}\"\nkind = \"add_rooms\"\nsite = \"pont\"\n");
    assert_eq!(found(&(0..1_001).map(lever).collect::<String>()), ["M004 scenarios/s.toml"]);
    let folder = Folder::valley();
    folder.write(&format!("scenarios/{}.toml", "x".repeat(65)), "");
    assert_eq!(listed(&all_findings(folder.path())), [format!("M102 scenarios/{}.toml", "x".repeat(65))]);
    let folder = Folder::valley();
    folder.write("scenarios", "a file");
    assert_eq!(listed(&all_findings(folder.path())), ["M002 scenarios"]);
}

#[cfg(unix)]
#[test]
fn links_that_leave_the_folder_are_refused() {
    let link = |from: &Path, to| std::os::unix::fs::symlink(from, to);
    let elsewhere = tempfile::tempdir().expect("a folder");
    std::fs::write(elsewhere.path().join("s.toml"), "").expect("written");
    let folder = Folder::valley();
    link(elsewhere.path(), folder.path().join("scenarios")).expect("a link");
    assert_eq!(listed(&all_findings(folder.path())), ["M002 scenarios"]);
    let folder = Folder::valley();
    folder.write("scenarios/a.toml", "");
    link(&elsewhere.path().join("s.toml"), folder.path().join(FILE)).expect("a link");
    assert_eq!(listed(&all_findings(folder.path())), ["M002 scenarios/s.toml"]);
    let folder = Folder::valley();
    folder.write("kept/s.toml", "name = \"Dedans\"\n");
    link(&folder.path().join("kept"), folder.path().join("scenarios")).expect("a link");
    assert_eq!(opened(&folder).scenarios[0].name, "Dedans");
}

#[test]
fn the_shipped_scenarios_are_sound() {
    let read = |dir: &Path| read::territory(dir, &Control::none()).expect("sound");
    let valley = read(&valley_dir());
    assert_eq!(valley.scenarios.len(), 1);
    assert_eq!(valley.scenarios[0].key, "haut");
    let chinonais = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/chinonais"));
    let told: Vec<(&str, usize)> =
        chinonais.scenarios.iter().map(|s| (s.key.as_str(), s.levers.len())).collect();
    assert_eq!(told, [("coupe", 1), ("leviers", 12), ("navettes", 2)]);
    let of_levers = |f: &&Finding| f.source.file.as_deref().is_some_and(|f| f.starts_with("scenarios"));
    assert_eq!(chinonais.findings.iter().find(of_levers), None);
    let all = valley.scenarios.iter().chain(&chinonais.scenarios).flat_map(|s| &s.levers);
    assert!(
        all.into_iter().all(|lever| lever.origin.starts_with("hypothèse") && lever.delay_weeks.is_some())
    );
}

#[test]
fn the_catalogue_of_the_chinonais_has_fifty_levers_that_hold() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/chinonais");
    let territory = read::territory(&dir, &Control::none()).expect("sound").territory;
    let levers = catalogue(&territory, Lang::Fr);
    assert!(levers.len() >= 50, "{}", levers.len());
    let ids: BTreeSet<&Key> = levers.iter().map(|lever| &lever.key).collect();
    assert_eq!(ids.len(), levers.len());
    let written = levers.iter().map(|value| maillage::territory::Written {
        value: value.clone(),
        source: maillage::finding::Source::memory(),
    });
    assert_eq!(territory.check_levers(&written.collect::<Vec<_>>()), Vec::new());
    let candidates = territory.sites().iter().filter(|(_, site)| site.status != SiteStatus::Existing).count();
    let opening = |lever: &&Lever| matches!(lever.change, LeverChange::OpenSite { .. });
    assert_eq!(levers.iter().filter(opening).count(), candidates);
    let adviser = levers.iter().find(|lever| lever.change.kind() == "add_adviser").expect("an adviser");
    // 35 €/h × 3 h × 2 half-days × 32 weeks.
    assert_eq!(adviser.cost, Cents::new(672_000));
    let english = catalogue(&territory, Lang::En);
    let same = |(fr, en): (&Lever, &Lever)| fr.key == en.key && fr.change == en.change && fr.cost == en.cost;
    assert!(levers.iter().zip(&english).all(same) && levers.len() == english.len());
    assert!(english.iter().all(|lever| lever.origin == "assumption"));
}

#[test]
fn the_catalogue_of_the_valley_is_told_by_name() {
    let territory = opened(&Folder::valley()).territory;
    let names: Vec<String> = catalogue(&territory, Lang::Fr).into_iter().map(|lever| lever.name).collect();
    insta::assert_snapshot!(names.join("\n"), @r"
    Ouvrir le site Salle des fêtes de Haut
    Une salle de plus à Antenne de Croix
    Une salle de plus à Siège de Pont
    Atelier : 60 min de trajet au plus
    Atelier : une séance sur deux en visio
    Chantier : des groupes à partir de 3
    Chantier : 60 min de trajet au plus
    Chantier : une séance sur deux en visio
    Code de la route : des groupes à partir de 3
    Code de la route : 60 min de trajet au plus
    Code de la route : une séance sur deux en visio
    Un conseiller de plus, 2 demi-journées par semaine
    Prêter 2 cyclomoteurs
    Prêter 2 vélos électriques
    Une navette vers Antenne de Croix, le mardi et le jeudi
    Une navette vers Siège de Pont, le mardi et le jeudi
    Des bénévoles pour 3 jeunes, jusqu'à 25 km
    Atelier : une semaine à Antenne de Croix, l'autre à Siège de Pont
    ");
}
