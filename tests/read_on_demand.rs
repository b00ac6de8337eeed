//! `on_demand.csv` and `zones.geojson`: what is read, what is said of what is wrong, what an edit changes.
#![cfg(feature = "folder")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod read_common;

use jiff::civil::Weekday;
use maillage::finding::Code;
use maillage::territory::{Area, Booking, Edit, OnDemand, Territory, Weekdays};
use maillage::units::{ClockTime, InseeCode, Key, Position, Seconds, Speed};
use maillage::{Control, Error, read};
use read_common::{Folder, all_findings, listed};

fn check(folder: &Folder, expected: &[&str]) {
    let findings = all_findings(folder.path());
    assert_eq!(listed(&findings), expected, "{findings:#?}");
}

fn with(text: &str) -> Folder {
    let folder = Folder::valley();
    folder.write("on_demand.csv", text);
    folder
}

fn open(folder: &Folder) -> read::Opened {
    read::territory(folder.path(), &Control::none()).expect("a territory")
}

fn of<'t>(territory: &'t Territory, key: &str) -> &'t OnDemand {
    let services = territory.on_demand();
    &services[services.find_str(key).expect("a service")]
}

const ZONES: &str = r#"{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"zone": "nord"}, "geometry": {"type": "Polygon", "coordinates": [[[0.2, 47.0], [0.3, 47.0], [0.3, 47.1], [0.2, 47.1], [0.2, 47.0]]]}},
{"type": "Feature", "properties": {"zone": 7}, "geometry": {"type": "MultiPolygon", "coordinates": [[[[1, 47], [2, 47], [2, 48], [1, 47]]]]}}
]}
"#;

#[test]
fn services_are_read() {
    let folder = with(
        "\
id,name,communes,zone,days,from,to,holidays,booking,wait_min,speed_kmh,seats
nord,Le bus,,nord,\"mar, jeu\",8h30,17:30,non,veille 17:00,\"12,5\",40,16
bourgs,,Pont|37905,,,0:00,24:00,,,,,
",
    );
    folder.write("zones.geojson", ZONES);
    check(&folder, &["M014 on_demand.csv:2"]);
    let opened = open(&folder);
    let at = |hour, minute| ClockTime::new(hour, minute).expect("a time");
    let nord = of(&opened.territory, "nord");
    let point = |lon| Position::new(lon, 47.05);
    let outlines = opened.territory.outlines();
    assert!(nord.area.holds(None, point(0.25), outlines) && !nord.area.holds(None, point(1.2), outlines));
    assert_eq!((nord.name.as_str(), nord.from, nord.to), ("Le bus", at(8, 30), at(17, 30)));
    assert_eq!(nord.days, Weekdays::NONE.with(Weekday::Tuesday).with(Weekday::Thursday));
    assert_eq!(nord.booking, Booking::DaysBefore { days: 1, until: at(17, 0), working: false });
    assert_eq!((nord.in_holidays, nord.wait, nord.seats), (false, Seconds::new(750), 16));
    assert_eq!(Some(nord.speed), Speed::from_kmh(40.0));
    let bourgs = of(&opened.territory, "bourgs");
    let codes = ["37900", "37905"].map(|code| InseeCode::new(code).expect("a code"));
    assert_eq!(bourgs.area, Area::Communes(codes.into()));
    assert_eq!((bourgs.name.as_str(), bourgs.days, bourgs.in_holidays), ("bourgs", Weekdays::ALL, true));
    assert_eq!((bourgs.booking, bourgs.wait, bourgs.seats), (Booking::None, Seconds::new(900), 8));
    assert_eq!(Some(bourgs.speed), Speed::from_kmh(35.0));
    let files: Vec<_> =
        opened.files.iter().filter(|file| !file.personal).map(|file| file.name.as_str()).collect();
    assert!(files.contains(&"on_demand.csv") && files.contains(&"zones.geojson"), "{files:?}");
}

#[test]
fn french_headers_are_known_and_said() {
    let folder =
        with("TAD;Secteur;Jours;De;Jusqu'à;Réservation;Places\nnord;7;lun-ven;8h;18h;1 jour ouvré 12h;4\n");
    folder.write("zones.geojson", ZONES);
    check(&folder, &["M012 on_demand.csv:1", "M013 on_demand.csv:1"]);
    let territory = open(&folder).territory;
    let until = ClockTime::new(12, 0).expect("a time");
    assert_eq!(of(&territory, "nord").booking, Booking::DaysBefore { days: 1, until, working: true });
    assert!(matches!(&of(&territory, "nord").area, Area::Zone(shape) if shape.0.len() == 1));
}

#[test]
fn what_is_wrong_with_services() {
    const HEADER: &str = "id,communes,zone,days,from,to,holidays,booking,wait_min,speed_kmh,seats";
    let row = |row: &str| {
        let folder = with(&format!("{HEADER}\n{row}\n"));
        folder.write("zones.geojson", ZONES);
        folder
    };
    check(&row("t,37900,,,8h,9h,,,,,"), &[]);
    for (text, code) in [
        (",37900,,,8h,9h,,,,,", "M101"),
        ("t,,,,8h,9h,,,,,", "M101"),
        ("t,37900,nord,,8h,9h,,,,,", "M102"),
        ("t,|,,,8h,9h,,,,,", "M103"),
        ("t,37900,,,,9h,,,,,", "M101"),
        ("t,37900,,,8h,,,,,,", "M101"),
        ("t,37900,,,8,9h,,,,,", "M102"),
        ("t,37900,,,9h,9h,,,,,", "M103"),
        ("t,37900,,,18h,9h,,,,,", "M103"),
        ("t,37900,,mar 8h-9h,8h,9h,,,,,", "M102"),
        ("t,37900,,,8h,9h,parfois,,,,", "M102"),
        ("t,37900,,,8h,9h,,la veille,,,", "M102"),
        ("t,37900,,,8h,9h,,,-5,,", "M103"),
        ("t,37900,,,8h,9h,,,1441,,", "M103"),
        ("t,37900,,,8h,9h,,,un quart,,", "M102"),
        ("t,37900,,,8h,9h,,,,0,", "M103"),
        ("t,37900,,,8h,9h,,,,NaN,", "M102"),
        ("t,37900,,,8h,9h,,,,,0", "M103"),
        ("t,37900,,,8h,9h,,,,,1001", "M103"),
        ("t,37900,,,8h,9h,,,,,peu", "M102"),
        // Of France, and not of the valley; of nowhere; that lost its zero; a name nearly right.
        ("t,37072,,,8h,9h,,,,,", "M202"),
        ("t,37999,,,8h,9h,,,,,", "M202"),
        ("t,1004,,,8h,9h,,,,,", "M105"),
        ("t,nulle part,,,8h,9h,,,,,", "M104"),
        ("t,,sud,,8h,9h,,,,,", "M202"),
    ] {
        let findings = all_findings(row(text).path());
        assert!(!findings.is_empty(), "{text}");
        for finding in &findings {
            let told = (finding.code.as_str(), finding.source.to_string());
            assert_eq!(told, (code, "on_demand.csv:2".to_owned()), "{text}: {finding:?}");
        }
    }
    check(&row("t,37900|Pont,,,8h,9h,,,,,"), &["M227 on_demand.csv:2"]);
    check(&row("t,37900,,,8h,9h,,,,,\nt,37905,,,8h,9h,,,,,"), &["M201 on_demand.csv:3"]);
    check(&with("id,communes,from\n"), &["M007 on_demand.csv:1"]);
}

#[test]
fn what_is_wrong_with_zones() {
    let drawn = |features: &str| {
        let folder = with("id,zone,from,to\nt,nord,8h,9h\n");
        folder.write("zones.geojson", &format!("{{\"features\": [\n{features}\n]}}"));
        folder
    };
    let feature = |properties: &str, geometry: &str| {
        format!("{{\"type\": \"Feature\", \"properties\": {properties}, \"geometry\": {geometry}}}")
    };
    const SHAPE: &str = r#"{"type": "Polygon", "coordinates": [[[0, 47], [1, 47], [1, 48], [0, 47]]]}"#;
    let nord = feature(r#"{"zone": "nord"}"#, SHAPE);
    check(&drawn(&nord), &[]);
    check(&drawn(&format!("{nord},\n{nord}")), &["M201 zones.geojson:3"]);
    check(&drawn(&feature(r#"{"zone": "sud"}"#, SHAPE)), &["M202 on_demand.csv:2"]);
    check(&with("id,zone,from,to\nt,nord,8h,9h\n"), &["M202 on_demand.csv:2"]);
    // What could not be read is not missing too.
    for (properties, geometry, code) in [
        ("{}", SHAPE, "M101"),
        (r#"{"zone": null}"#, SHAPE, "M101"),
        (r#"{"zone": "nord"}"#, "null", "M101"),
        (r#"{"zone": "nord"}"#, r#"{"type": "Point", "coordinates": [0, 47]}"#, "M102"),
        (r#"{"zone": "nord"}"#, r#"{"type": "Polygon", "coordinates": [[[0], [1]]]}"#, "M102"),
        (r#"{"zone": "nord"}"#, r#"{"type": "MultiPolygon", "coordinates": []}"#, "M101"),
        (
            r#"{"zone": "nord"}"#,
            r#"{"type": "Polygon", "coordinates": [[[490000, 6689000], [500000, 6689000], [490000, 6689000]]]}"#,
            "M103",
        ),
    ] {
        check(&drawn(&feature(properties, geometry)), &[&format!("{code} zones.geojson:2")]);
    }
    let folder = with("id,zone,from,to\nt,nord,8h,9h\n");
    folder.write("zones.geojson", "[");
    check(&folder, &["M006 zones.geojson:1"]);
    // Nobody asks for zones: the file is not opened.
    folder.remove("on_demand.csv");
    check(&folder, &[]);
}

#[test]
fn what_points_at_what_was_not_read_is_not_reported_too() {
    let folder = with("id,communes,from,to\nt,37905,8h,9h\n");
    folder.replace("communes.csv", "37905,", ",");
    let findings = all_findings(folder.path());
    assert!(findings.iter().all(|f| f.source.file.as_deref() != Some("on_demand.csv")), "{findings:#?}");
}

#[test]
fn edits_put_and_remove_services() {
    let territory = open(&with("id,communes,from,to\nt,37905,8h,9h\n")).territory;
    let id = territory.on_demand().find_str("t").expect("a service");
    let mut later = of(&territory, "t").clone();
    later.to = ClockTime::new(18, 0).expect("a time");
    let (after, changes) = territory.edit(&[Edit::PutOnDemand(later.clone())]).expect("an edit");
    assert_eq!((after.on_demand().find_str("t"), &after.on_demand()[id]), (Some(id), &later));
    assert_eq!(changes.on_demand, [id].into());
    assert!(changes.links.is_empty() && !changes.calendar);
    let (none, changes) = after.edit(&[Edit::RemoveOnDemand(later.key.clone())]).expect("an edit");
    assert!(none.on_demand().is_empty());
    assert_eq!(changes.on_demand, [id].into());
    // A handle is never given again.
    let (back, _) = none.edit(&[Edit::PutOnDemand(later.clone())]).expect("an edit");
    assert_ne!(back.on_demand().find_str("t"), Some(id));

    let code_of = |edit: Edit| match territory.edit(&[edit]) {
        Err(Error::Input(findings)) => findings.iter().map(|f| f.code).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let key = Key::new("nobody").expect("a key");
    assert_eq!(code_of(Edit::RemoveOnDemand(key)), [Code::UnknownReference]);
    let changed = |change: fn(&mut OnDemand)| {
        let mut service = later.clone();
        change(&mut service);
        Edit::PutOnDemand(service)
    };
    for change in [
        (|s| s.to = s.from) as fn(&mut OnDemand),
        |s| s.days = Weekdays::NONE,
        |s| s.seats = 0,
        |s| s.wait = Seconds::from_minutes(24 * 60 + 1),
        |s| s.area = Area::Communes([].into()),
        |s| s.area = Area::Zone(geo::MultiPolygon(Vec::new())),
        |s| s.booking = Booking::Ahead(Seconds::ZERO),
    ] {
        assert_eq!(code_of(changed(change)), [Code::OutOfRange]);
    }
    let elsewhere = |s: &mut OnDemand| s.area = Area::Communes(InseeCode::new("37072").into_iter().collect());
    assert_eq!(code_of(changed(elsewhere)), [Code::UnknownReference]);
}
