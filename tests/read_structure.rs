//! Folders made from a grammar: tables with any columns in any order, cells that
//! are plausible or not, TOML fields of any type, outlines of any shape. Reading
//! answers each, and keeps its laws.
#![cfg(feature = "folder")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod read_common;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use read_common::{Folder, answers};

/// Cells that mean something in some column, and something else in the others.
const PLAUSIBLE: &[&str] = &[
    "",
    "y01",
    "y02",
    "y14",
    "37900",
    "37902",
    "moulin",
    "pont",
    "croix",
    "haut",
    "anne",
    "atelier",
    "chantier",
    "code",
    "atelier code",
    "mar-am",
    "mar-am|jeu-am",
    "*",
    "2008-01",
    "03/2007",
    "2026-09-07",
    "17/10/2026",
    "19",
    "1",
    "2",
    "12,5",
    "0.25",
    "47.05",
    "oui",
    "non",
    "F",
    "H",
    "B AM",
    "voiture",
    "velo lun 8h-18h ; vae",
    "ar lun-ven 7h-19h",
    "lun-ven 8h-12h, sam",
    "2026-10-01..2026-10-30 lun",
    "candidat",
    "existant",
    "vacances",
    "fermeture",
    "ferie",
];

/// Cells that no column wants.
const ODD: &[&str] = &[
    "NaN",
    "-1",
    "1e9",
    "99999999999999999999",
    "37000 ",
    "1004",
    "é",
    "\"",
    "a\"b",
    "x\ny",
    "x\r\ny",
    "a;b",
    "\u{202e}",
    "\u{feff}",
    "\u{a0}",
    "=1+1",
    "../x",
    "2026-13-45",
    "0000-00",
    "31/02/2026",
    "25h-26h",
    "ven-lun",
    "lun,,",
    "..",
    "2026-10-02..2026-10-01",
    "'; --",
    "ÿ\u{301}",
    "\u{0}",
    "\t",
    "|",
    "||",
    "*|*",
    "0",
    "180.0001",
    "4294967296",
    "inf",
];

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => select(PLAUSIBLE).prop_map(str::to_owned),
        3 => select(ODD).prop_map(str::to_owned),
        1 => "\\PC{0,70}",
    ]
}

/// The columns of each table; one more that nothing reads.
const TABLES: [(&str, &[&str]); 6] = [
    ("communes.csv", &["insee_code", "name", "epci_name", "population", "lon", "lat", "x"]),
    ("places.csv", &["id", "name", "insee_code", "lon", "lat", "x"]),
    (
        "sites.csv",
        &[
            "id",
            "name",
            "insee_code",
            "lon",
            "lat",
            "kind",
            "rooms",
            "slots",
            "half_days",
            "opening_eur",
            "room_eur",
        ],
    ),
    ("advisers.csv", &["id", "sites", "slots", "half_days", "x"]),
    (
        "youths.csv",
        &[
            "id",
            "place",
            "birth",
            "age",
            "age_on",
            "disability",
            "sex",
            "licences",
            "vehicles",
            "lifts",
            "available",
            "absences",
            "programmes",
            "priority",
        ],
    ),
    ("calendar.csv", &["kind", "name", "start", "end", "site", "x"]),
];

/// A table: most columns in any order, perhaps one twice, rows of about that length.
fn table(columns: &'static [&'static str]) -> impl Strategy<Value = String> {
    let most = columns.len();
    let header = subsequence(columns, most.saturating_sub(2)..=most).prop_shuffle();
    let again = proptest::option::weighted(0.05, select(columns));
    let header = (header, again).prop_map(|(mut header, again)| {
        header.extend(again);
        header
    });
    header.prop_flat_map(|header| {
        let width = header.len();
        let row = prop_oneof![
            20 => vec(cell(), width),
            1 => vec(cell(), 0..width + 3),
        ];
        (
            Just(header),
            vec(row, 0..6),
            select(&[",", ";", "\t"][..]),
            select(&["\n", "\r\n", "\r", "\n\n"][..]),
            any::<bool>(),
        )
            .prop_map(|(header, rows, mark, end, quoted)| {
                let header = header.into_iter().map(str::to_owned).collect::<Vec<_>>();
                let lines = std::iter::once(header).chain(rows);
                lines.map(|cells| line(&cells, mark, quoted) + end).collect()
            })
    })
}

fn line(cells: &[String], mark: &str, quoted: bool) -> String {
    let field =
        |cell: &String| if quoted { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() };
    cells.iter().map(field).collect::<Vec<_>>().join(mark)
}

/// A TOML value of some type; plausible ones more often.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        6 => select(&["1", "2", "3", "4", "5", "0", "-1", "45", "99999999999", "0x10", "1.5", "nan", "inf", "-0.0"][..])
            .prop_map(str::to_owned),
        6 => select(PLAUSIBLE).prop_map(|text| format!("{text:?}")),
        1 => select(ODD).prop_map(|text| format!("{text:?}")),
        3 => select(&["true", "false", "2026-09-07", "09:00:00", "2026-09-07T09:00:00Z", "{}", "[]", "\"\"", "'lun'", "\"week\"", "\"pauses\"", "\"all\"", "\"minor\"", "\"9h\"", "\"12h\""][..])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            3 => vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            1 => (field(&["of", "by", "sites", "at_least", "kmh", "x"]), inner)
                .prop_map(|(name, value)| format!("{{{name} = {value}}}")),
        ]
    })
}

fn field(names: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    select(names)
}

/// A TOML table: some of its fields, each with a value of any type.
fn toml_table(
    title: &'static str,
    sound: &'static [(&'static str, &'static str)],
    others: &'static [&'static str],
) -> impl Strategy<Value = String> {
    let sound = subsequence(sound, sound.len().saturating_sub(1)..=sound.len());
    let others = vec((select(others), value()), 0..3);
    (sound, others).prop_map(move |(sound, others)| {
        let mut text = format!("{title}\n");
        sound.iter().for_each(|(name, value)| text += &format!("{name} = {value}\n"));
        others.iter().for_each(|(name, value)| text += &format!("{name} = {value}\n"));
        text
    })
}

fn programmes() -> impl Strategy<Value = String> {
    let one = toml_table(
        "[[programme]]",
        &[
            ("id", "\"atelier\""),
            ("min", "1"),
            ("target", "2"),
            ("max", "3"),
            ("half_days", "1"),
            ("weeks", "2"),
            ("start", "\"2026-09-07\""),
        ],
        &[
            "id",
            "min",
            "max",
            "half_days",
            "full_days",
            "schedules",
            "slots",
            "sites",
            "alternating",
            "holidays",
            "needed",
            "needed_count",
            "needed_percent",
            "limit_min",
            "age_from",
            "age_before",
            "mix",
            "excludes",
            "max_groups",
            "cost_eur",
            "start",
            "name",
            "x",
        ],
    );
    vec(one, 0..4).prop_map(|all| all.join("\n"))
}

fn settings() -> impl Strategy<Value = String> {
    let top = toml_table(
        "",
        &[("schema", "1"), ("name", "\"Vallée\"")],
        &["schema", "name", "defaults", "travel", "slot", "x"],
    );
    let defaults = toml_table(
        "[defaults]",
        &[("limit_min", "45")],
        &[
            "limit_min",
            "horizon_min",
            "day_share_percent",
            "weekly_hours",
            "minor_lift_needs_adult",
            "max_candidates",
            "half_days",
            "threshold",
            "adviser_eur_per_hour",
            "ages_on",
            "x",
        ],
    );
    let travel = toml_table("[travel.car]", &[], &["kmh", "plus_min", "x"]);
    let slot = toml_table(
        "[[slot]]",
        &[("id", "\"mar-am\""), ("day", "\"mar\""), ("from", "\"9h\""), ("to", "\"12h\"")],
        &["id", "day", "from", "to", "x"],
    );
    let synthesis = toml_table(
        "[synthesis]",
        &[],
        &["seed", "women", "ages", "minors", "lifts", "enrolled", "weights", "reference", "x"],
    );
    let maybe = |p, table| proptest::option::weighted(p, table).prop_map(Option::unwrap_or_default);
    (top, defaults, maybe(0.5, travel.boxed()), maybe(0.5, slot.boxed()), maybe(0.2, synthesis.boxed()))
        .prop_map(|(a, b, c, d, e)| [a, b, c, d, e].join("\n"))
}

fn pins() -> impl Strategy<Value = String> {
    let names = &["youth", "programme", "site", "slots", "start", "a", "b", "x"][..];
    let one = prop_oneof![
        toml_table("[[in]]", &[("youth", "\"y01\""), ("programme", "\"atelier\"")], names),
        toml_table("[[out]]", &[("youth", "\"y02\"")], names),
        toml_table("[[apart]]", &[("a", "\"y01\""), ("b", "\"y02\"")], names),
        toml_table(
            "[[group]]",
            &[("programme", "\"atelier\""), ("site", "\"pont\""), ("slots", "[\"mar-am\"]")],
            names
        ),
    ];
    vec(one, 0..4).prop_map(|all| all.join("\n"))
}

/// GeoJSON features: outlines, and everything that is none.
fn outlines() -> impl Strategy<Value = String> {
    let code = select(&["\"37900\"", "\"37902\"", "\"37999\"", "37900", "null", "\"\"", "[1]"][..]);
    let geometry = select(
        &[
            r#"{"type": "Polygon", "coordinates": [[[0.2, 46.9], [0.3, 46.9], [0.3, 47.1], [0.2, 46.9]]]}"#,
            r#"{"type": "MultiPolygon", "coordinates": [[[[0.2, 46.9], [0.3, 46.9], [0.3, 47.1], [0.2, 46.9]]]]}"#,
            r#"{"type": "Polygon", "coordinates": [[[0.2, 46.9], [0.3, 46.9]]]}"#,
            r#"{"type": "Polygon", "coordinates": [[]]}"#,
            r#"{"type": "Polygon", "coordinates": []}"#,
            r#"{"type": "MultiPolygon", "coordinates": []}"#,
            r#"{"type": "Polygon", "coordinates": [[[0.2], [0.3, 46.9], [0.2]]]}"#,
            r#"{"type": "Polygon", "coordinates": [[[1e308, -1e308], [0.3, 46.9], [1e308, -1e308]]]}"#,
            r#"{"type": "Polygon", "coordinates": [[[490000, 6689000, 3], [0, 0, 1], [490000, 6689000, 3]]]}"#,
            r#"{"type": "Point", "coordinates": [0.25, 47.0]}"#,
            r#"{"type": "LineString", "coordinates": [[0.25, 47.0], [0.3, 47.0]]}"#,
            r#"{"type": "GeometryCollection", "geometries": []}"#,
            r#"{"type": "Polygon"}"#,
            r#"{"type": "Nothing", "coordinates": []}"#,
            "null",
            "3",
        ][..],
    );
    let feature = (code, geometry, any::<u8>()).prop_map(|(code, geometry, odd)| match odd {
        0..8 => geometry.to_owned(),
        8..16 => format!(r#"{{"type": "Feature", "properties": null, "geometry": {geometry}}}"#),
        16..24 => format!(r#"{{"properties": {{"insee_code": {code}}}, "geometry": {geometry}}}"#),
        24..32 => format!(r#"{{"type": "Feature", "properties": {{"insee_code": {code}}}}}"#),
        _ => format!(
            r#"{{"type": "Feature", "properties": {{"insee_code": {code}}}, "geometry": {geometry}}}"#
        ),
    });
    (vec(feature, 0..4), 0..8_u8).prop_map(|(features, odd)| {
        let list = features.join(",\n");
        match odd {
            0 => format!("[{list}]"),
            1 => format!(r#"{{"type": "Feature", "features": [{list}]}}"#),
            _ => format!(r#"{{"type": "FeatureCollection", "features": [{list}]}}"#),
        }
    })
}

/// One file of the folder: its name, and its text when it is there.
type File = (&'static str, Option<String>);

fn file(name: &'static str, text: BoxedStrategy<String>) -> BoxedStrategy<File> {
    proptest::option::weighted(0.97, text).prop_map(move |text| (name, text)).boxed()
}

/// One to three files made anew; the rest is the valley's.
fn files() -> impl Strategy<Value = Vec<File>> {
    let mut all: Vec<BoxedStrategy<File>> =
        TABLES.into_iter().map(|(name, columns)| file(name, table(columns).boxed())).collect();
    all.push(file("programmes.toml", programmes().boxed()));
    all.push(file("territory.toml", settings().boxed()));
    all.push(file("pins.toml", pins().boxed()));
    all.push(file("communes.geojson", outlines().boxed()));
    vec(proptest::strategy::Union::new(all), 1..4)
}

fn hold_for(cases: u32, seed: u8) {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, rng);
    let run = runner.run(&files(), |files| {
        let folder = Folder::valley();
        for (name, text) in files {
            match text {
                Some(text) => folder.write(name, &text),
                None => drop(std::fs::remove_file(folder.path().join(name))),
            }
        }
        answers(&folder);
        Ok(())
    });
    run.expect("every folder is answered");
}

#[test]
fn folders_of_the_grammar_are_answered() {
    hold_for(1_000, 11);
}

#[test]
#[ignore = "minutes"]
fn many_folders_of_the_grammar_are_answered() {
    hold_for(100_000, 12);
}
