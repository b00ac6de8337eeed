//! Tables in memory are read as the folder's files are, and what is wrong with them has its place.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use maillage::finding::{Code, Finding};
use maillage::groups::Limits;
use maillage::read::{self, Cells, Frames, PointCell, PointColumn};
use maillage::study::{Outcome, Study};
use maillage::territory::Edit;
use maillage::{Control, Error, report};
use std::fs;
use std::path::Path;

const VALLEY: &str = "data/valley";
const TABLES: [&str; 6] = ["youths", "sites", "communes", "places", "advisers", "calendar"];
const DOCUMENTS: [&str; 5] =
    ["territory.toml", "programmes.toml", "pins.toml", "communes.geojson", "scenarios/haut.toml"];

/// A table of texts; a column may hold something else.
struct Texts {
    rows: Vec<Vec<String>>,
    unreadable: Option<usize>,
}

impl Texts {
    fn of_file(table: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_path(Path::new(VALLEY).join(format!("{table}.csv")))
            .expect("a file of the valley");
        let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
        Self { rows: rows.collect(), unreadable: None }
    }

    fn column(&self, name: &str) -> usize {
        self.rows[0].iter().position(|column| column == name).expect("a column")
    }

    fn set(mut self, row: usize, column: &str, text: &str) -> Self {
        let column = self.column(column);
        self.rows[row + 1][column] = text.to_owned();
        self
    }

    fn without(mut self, column: &str) -> Self {
        let column = self.column(column);
        self.rows.iter_mut().for_each(|row| _ = row.remove(column));
        self
    }
}

impl Cells for Texts {
    fn columns(&self) -> Vec<String> {
        self.rows[0].clone()
    }

    fn rows(&self) -> usize {
        self.rows.len() - 1
    }

    fn write(&self, row: usize, column: usize, into: &mut String) {
        into.push_str(&self.rows[row + 1][column]);
    }

    fn unreadable(&self, column: usize) -> Option<String> {
        (self.unreadable == Some(column)).then(|| "Struct".to_owned())
    }
}

fn plan(opened: &read::Opened) -> String {
    let control = Control::none();
    let mut study = Study::new(opened.territory.clone(), opened.providers(), &control).expect("a study");
    let Outcome::Plan(plan) = study.plan(&Limits::default(), &control).expect("no one cancels") else {
        panic!()
    };
    report::json(study.territory(), &plan).to_string()
}

fn whole() -> Frames {
    let mut frames = Frames::new();
    for table in TABLES {
        assert!(frames.table(table, Box::new(Texts::of_file(table))), "{table}");
    }
    for document in DOCUMENTS {
        let text = fs::read_to_string(Path::new(VALLEY).join(document)).expect("a file of the valley");
        assert!(frames.text(document, text), "{document}");
    }
    frames
}

/// What is found with these youths in the place of the valley's.
fn found(youths: Texts) -> Vec<Finding> {
    let mut frames = whole();
    assert!(frames.table("youths", Box::new(youths)));
    match frames.territory(None, &Control::none()) {
        Err(Error::Input(findings)) => findings,
        other => panic!("{:?}", other.map(|opened| opened.findings)),
    }
}

#[test]
fn frames_are_the_folder() {
    let folder = read::territory(Path::new(VALLEY), &Control::none()).expect("the valley");
    let frames = whole().territory(None, &Control::none()).expect("the valley");
    assert_eq!(frames.territory.to_draft(), folder.territory.to_draft());
    assert_eq!(frames.scenarios, folder.scenarios);
    assert_eq!(plan(&frames), plan(&folder));
}

#[test]
fn a_frame_takes_the_place_of_one_file() {
    let mut frames = Frames::new();
    let mut youths = Texts::of_file("youths");
    youths.rows.retain(|row| row[0] != "y01");
    assert!(frames.table("youths", Box::new(youths)));
    let opened = frames.territory(Some(Path::new(VALLEY)), &Control::none()).expect("the valley");
    assert_eq!(opened.territory.youths().len(), 13);
    assert_eq!(opened.scenarios.len(), 1, "the folder's own");
}

#[test]
fn what_is_wrong_has_its_frame_line_and_column() {
    let youths = || Texts::of_file("youths");
    let place = |finding: &Finding| {
        (finding.code, finding.source.to_string(), finding.source.column.as_deref().map(str::to_owned))
    };
    let expect = |youths: Texts, code, at: &str, column: Option<&str>| {
        let all = found(youths);
        let expected = (code, at.to_owned(), column.map(str::to_owned));
        assert!(all.iter().any(|finding| place(finding) == expected), "{expected:?} in {all:?}");
    };
    expect(youths().set(2, "birth", "NaN"), Code::BadValue, "youths:4", Some("birth"));
    expect(youths().set(0, "id", ""), Code::MissingValue, "youths:2", Some("id"));
    expect(youths().set(3, "id", "y01"), Code::DuplicateId, "youths:5", Some("id"));
    expect(youths().without("place"), Code::MissingColumn, "youths:1", None);
    let mut structs = youths();
    structs.unreadable = Some(structs.column("programmes"));
    expect(structs, Code::BadValue, "youths:1", Some("programmes"));
}

/// The places of the valley, their points in a column of geometry.
struct Points {
    texts: Texts,
    points: Vec<PointCell>,
    system: Option<String>,
}

impl Points {
    fn of_places() -> Self {
        let mut texts = Texts::of_file("places");
        let (lon, lat) = (texts.column("lon"), texts.column("lat"));
        let number = |text: &str| text.parse().expect("degrees");
        let point = |row: &Vec<String>| PointCell::At(number(&row[lon]), number(&row[lat]));
        let points = texts.rows.iter().skip(1).map(point).collect();
        texts = texts.without("lon").without("lat");
        for (at, row) in texts.rows.iter_mut().enumerate() {
            row.push(if at == 0 { "position" } else { "" }.to_owned());
        }
        Self { texts, points, system: None }
    }
}

impl Cells for Points {
    fn columns(&self) -> Vec<String> {
        self.texts.columns()
    }

    fn rows(&self) -> usize {
        self.texts.rows()
    }

    fn write(&self, row: usize, column: usize, into: &mut String) {
        self.texts.write(row, column, into);
    }

    fn points(&self) -> Option<PointColumn> {
        Some(PointColumn { column: self.texts.column("position"), system: self.system.clone() })
    }

    fn point(&self, row: usize) -> PointCell {
        self.points[row]
    }
}

#[test]
fn points_are_lon_and_lat() {
    let read = |places: Points| {
        let mut frames = Frames::new();
        assert!(frames.table("places", Box::new(places)));
        frames.territory(Some(Path::new(VALLEY)), &Control::none())
    };
    let opened = read(Points::of_places()).expect("the valley");
    let folder = read::territory(Path::new(VALLEY), &Control::none()).expect("the valley");
    assert_eq!(plan(&opened), plan(&folder));
    assert!(opened.findings.is_empty(), "{:?}", opened.findings);

    let mut empty = Points::of_places();
    empty.points[1] = PointCell::Empty;
    let opened = read(empty).expect("a place that is not located");
    let places = opened.territory.places();
    assert_eq!(places[places.find_str("bois").expect("a place")].position, None);

    let wrong = |places: Points| {
        let Err(Error::Input(findings)) = read(places) else { panic!("read") };
        assert!(findings.iter().all(|finding| finding.source.column.as_deref() == Some("position")));
        findings.into_iter().map(|f| (f.code, f.source.line)).collect::<Vec<_>>()
    };
    let mut spoiled = Points::of_places();
    spoiled.points[1] = PointCell::Other;
    spoiled.points[2] = PointCell::At(0.25, 95.0);
    assert_eq!(wrong(spoiled), [(Code::BadValue, Some(3)), (Code::OutOfRange, Some(4))]);
    let projected = Points { system: Some("EPSG:2154".to_owned()), ..Points::of_places() };
    assert_eq!(wrong(projected), [(Code::AbsurdCoordinates, Some(1))]);
}

#[test]
fn columns_of_their_own_come_before_points() {
    let mut places = Points::of_places();
    places.system = Some("EPSG:2154".to_owned());
    let own = Texts::of_file("places");
    let columns = ["lon", "lat"].map(|name| own.column(name));
    for (row, from) in places.texts.rows.iter_mut().zip(&own.rows) {
        row.extend(columns.map(|column| from[column].clone()));
    }
    let first = places.texts.rows[0].len() - 2;
    places.texts.rows[0].splice(first.., ["Longitude", "Y"].map(str::to_owned));
    let mut frames = Frames::new();
    assert!(frames.table("places", Box::new(places)));
    let opened = frames.territory(Some(Path::new(VALLEY)), &Control::none()).expect("the valley");
    let codes: Vec<Code> = opened.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::UnknownColumn, Code::OtherHeaders]);
}

#[test]
fn a_line_end_is_a_space() {
    let mut frames = Frames::new();
    let sites = Texts::of_file("sites").set(0, "name", "Siège\r\nde Pont");
    assert!(frames.table("sites", Box::new(sites)));
    let opened = frames.territory(Some(Path::new(VALLEY)), &Control::none()).expect("the valley");
    let sites = opened.territory.sites();
    assert_eq!(sites[sites.find_str("pont").expect("a site")].name, "Siège  de Pont");
}

#[test]
fn rows_become_edits() {
    let opened = read::territory(Path::new(VALLEY), &Control::none()).expect("the valley");
    let edits = |youths: Texts| {
        let mut frames = Frames::new();
        assert!(frames.table("youths", Box::new(youths)));
        frames.edits(&opened.territory, &Control::none())
    };
    let mut two = Texts::of_file("youths").set(1, "id", "y99");
    two.rows.truncate(3);
    let edits_of_two = edits(two).expect("two youths");
    assert!(matches!(edits_of_two.as_slice(), [Edit::PutYouth(_), Edit::PutYouth(_)]));
    let (after, _) = opened.territory.edit(&edits_of_two).expect("a territory");
    assert_eq!(after.youths().len(), 15);
    let twice = edits(Texts::of_file("youths").set(1, "id", "y01"));
    let Err(Error::Input(findings)) = twice else { panic!("{twice:?}") };
    assert_eq!((findings[0].code, findings[0].source.line), (Code::DuplicateId, Some(3)));
}

#[test]
fn only_what_a_territory_has_is_taken() {
    let mut frames = Frames::new();
    assert!(!frames.table("pupils", Box::new(Texts::of_file("youths"))));
    assert!(!frames.text("../territory.toml", String::new()));
    assert!(!frames.text("youths.csv", String::new()));
    assert!(matches!(frames.territory(None, &Control::none()), Err(Error::Input(_))));
}
