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
use read_common::{Folder, MORE, answers};

/// Identifiers of the valley, by row: other files point at them.
const PLACES: &[&str] = &["moulin", "bois", "lande", "roche", "crete", "37906"];
const COMMUNES: &[&str] = &["37900", "37902", "37905", "37906", "2A004", "01004"];
const SITES: &[&str] = &["pont", "croix", "haut", "quai", "gare", "port"];
const ADVISERS: &[&str] = &["anne", "bruno", "chloe", "driss", "elise", "farid"];
const YOUTHS: &[&str] = &["y01", "y02", "y13", "y14", "y05", "y06"];

const HOMES: &[&str] = &["37900", "37902", "moulin", "bois", ""];
const ENROLLED: &[&str] = &["atelier", "atelier code", "chantier", "code|atelier", "atelier atelier", ""];
const SLOTS: &[&str] = &["", "*", "mar-am", "mar-am|jeu-am|jeu-pm", "ven-am jeu-am", "lun-pm, lun-pm"];
const FREE: &[&str] = &["", "toujours", "jamais", "lun-ven 8h-12h, sam", "mar 8h-12h, 14h-18h"];
const DATES: &[&str] = &["2026-09-07", "17/10/2026", "2026-12-31"];

/// A table: its file, its columns and what they usually hold. The first is the identifier's.
type Table = (&'static str, &'static [(&'static str, &'static [&'static str])]);

const TABLES: [Table; 9] = [
    (
        "communes.csv",
        &[
            ("insee_code", COMMUNES),
            ("name", &["Pont", ""]),
            ("population", &["", "1200", "1 200"]),
            ("lon", &["0.25", "0,26"]),
            ("lat", &["47.05", "47,10"]),
        ],
    ),
    (
        "places.csv",
        &[
            ("id", PLACES),
            ("name", &["Le Moulin", ""]),
            ("insee_code", &["37900", "37902", ""]),
            ("lon", &["0.25", "0,26"]),
            ("lat", &["47.05", "47,10"]),
        ],
    ),
    (
        "sites.csv",
        &[
            ("id", SITES),
            ("insee_code", &["37900", "37902", ""]),
            ("lon", &["0.25"]),
            ("lat", &["47.0", "47,1"]),
            ("kind", &["", "existant", "candidat", "candidate"]),
            ("rooms", &["", "0", "1", "2"]),
            ("slots", SLOTS),
            ("half_days", &["", "3"]),
            ("opening_eur", &["", "2000", "12,50"]),
        ],
    ),
    (
        "advisers.csv",
        &[
            ("id", ADVISERS),
            ("sites", &["", "*", "pont", "pont|croix", "haut haut"]),
            ("slots", SLOTS),
            ("half_days", &["0", "2", "5"]),
        ],
    ),
    (
        "youths.csv",
        &[
            ("id", YOUTHS),
            ("place", HOMES),
            ("birth", &["2008-01", "03/2007", "2001-05", "2004-12-24"]),
            ("age", &["", "19"]),
            ("disability", &["", "oui", "non"]),
            ("sex", &["", "F", "H"]),
            ("licences", &["", "B", "AM", "B AM"]),
            ("vehicles", &["", "velo", "voiture lun-ven 8h-18h ; vae"]),
            ("lifts", &["", "ar lun-ven 7h-19h", "aller mar ; retour mineur jeu 16h-19h"]),
            ("available", FREE),
            ("absences", &["", "2026-10-01..2026-10-30 lun", "2026-09-08 ; 2026-09-10 8h-12h"]),
            ("programmes", ENROLLED),
            ("priority", &["", "2"]),
        ],
    ),
    (
        "calendar.csv",
        &[
            ("kind", &["vacances", "ferie", "fermeture"]),
            ("name", &["", "Toussaint"]),
            ("start", DATES),
            ("end", &["", "2026-12-31", "31/12/2027"]),
            ("site", &["", "", "pont"]),
        ],
    ),
    (
        "links.csv",
        &[
            ("id", &["l1", "l2", "l3", "l4", "l5", "l6"]),
            ("from", &["37900", "moulin", "croix", "bois"]),
            ("to", &["pont", "haut", "37902", "lande"]),
            ("mode", &["autocar", "tad", "navette", "train"]),
            ("minutes", &["1", "12,5", "90"]),
            ("line", &["", "A"]),
            ("days", &["", "lun-ven", "mar, jeu"]),
            ("holidays", &["", "non"]),
            ("both_ways", &["", "oui", "non"]),
        ],
    ),
    (
        "on_demand.csv",
        &[
            ("id", &["t1", "t2", "t3", "t4", "t5", "t6"]),
            ("name", &["", "Le bus"]),
            ("communes", &["37900", "37900|Le Bois", "37902 37905", "Pont", ""]),
            ("zone", &["", "", "s"]),
            ("days", &["", "lun-ven", "mar, jeu"]),
            ("from", &["8h", "8:30"]),
            ("to", &["17h30", "24:00"]),
            ("holidays", &["", "non"]),
            ("booking", &["", "veille 17:00", "2 jours ouvrés 12:00", "45 min"]),
            ("wait_min", &["", "0", "12,5"]),
            ("speed_kmh", &["", "30"]),
            ("seats", &["", "8"]),
        ],
    ),
    (
        "times.csv",
        &[
            ("home", &["37900", "37902", "moulin", "bois", "lande", "crete"]),
            ("site", &["pont", "croix", "haut"]),
            ("to_s", &["0", "600", "620.2", ""]),
            ("from_s", &["60", "900", ""]),
            ("mode", &["", "voiture", "bus", "pied"]),
            ("date", &["", "2026-09-08"]),
        ],
    ),
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

fn odd() -> impl Strategy<Value = String> {
    prop_oneof![select(ODD).prop_map(str::to_owned), "\\PC{0,70}"]
}

/// What the column usually holds; now and then something else.
fn cell(usual: &'static [&'static str]) -> BoxedStrategy<String> {
    prop_oneof![150 => select(usual).prop_map(str::to_owned), 1 => odd()].boxed()
}

/// A table: its columns in any order, now and then one less or one more, and some rows.
fn table(columns: &'static [(&'static str, &'static [&'static str])]) -> impl Strategy<Value = String> {
    let all = columns.len();
    let kept = prop_oneof![
        8 => Just(columns.to_vec()),
        1 => subsequence(columns, all - 1..=all),
        1 => select(columns).prop_map(move |again| [columns, &[again]].concat()),
        1 => Just([columns, &[("x", &["", "remarque"][..])]].concat()),
    ];
    let marks = select(&[",", ";", "\t"][..]);
    let ends = select(&["\n", "\r\n", "\r", "\n\n"][..]);
    (kept.prop_shuffle(), 0..6_usize, marks, ends, proptest::bool::weighted(0.9)).prop_flat_map(
        move |(kept, rows, mark, end, quoted)| {
            let row = |row: usize| {
                let cells: Vec<BoxedStrategy<String>> = kept
                    .iter()
                    .map(|(name, usual)| {
                        let is_id = *name == columns[0].0 && usual.len() > row && *name != "kind";
                        cell(if is_id { &usual[row..=row] } else { usual })
                    })
                    .collect();
                prop_oneof![60 => cells, 1 => vec(odd(), 0..all + 2)].boxed()
            };
            let header: Vec<String> = kept.iter().map(|(name, _)| (*name).to_owned()).collect();
            let rows: Vec<_> = (0..rows).map(row).collect();
            rows.prop_map(move |rows| {
                let lines = std::iter::once(header.clone()).chain(rows);
                lines.map(|cells| line(&cells, mark, quoted) + end).collect()
            })
        },
    )
}

fn line(cells: &[String], mark: &str, quoted: bool) -> String {
    let field =
        |cell: &String| if quoted { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() };
    cells.iter().map(field).collect::<Vec<_>>().join(mark)
}

/// A TOML value of any type.
fn value() -> impl Strategy<Value = String> {
    const LEAVES: &[&str] = &[
        "1",
        "0",
        "-1",
        "45",
        "99999999999",
        "0x10",
        "1.5",
        "nan",
        "inf",
        "-0.0",
        "true",
        "2026-09-07",
        "09:00:00",
        "2026-09-07T09:00:00Z",
        "{}",
        "[]",
        "\"\"",
        "'lun'",
        "\"atelier\"",
        "\"9h\"",
    ];
    let leaf = prop_oneof![
        4 => select(LEAVES).prop_map(str::to_owned),
        1 => select(ODD).prop_map(|text| format!("{text:?}")),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            inner.prop_map(|value| format!("{{of = {value}}}")),
        ]
    })
}

/// A field and what it usually holds.
type Field = (&'static str, &'static [&'static str]);

/// A TOML table: its needed fields, and some others.
fn toml_table(
    title: &'static str,
    needed: &'static [Field],
    others: &'static [Field],
) -> impl Strategy<Value = String> {
    let kept = prop_oneof![
        20 => Just(needed.to_vec()),
        1 => subsequence(needed, 0..=needed.len()),
    ];
    let others = subsequence(others, 0..=others.len().min(4));
    (kept, others).prop_flat_map(move |(kept, others)| {
        let lines: Vec<_> = kept.into_iter().chain(others).map(written).collect();
        lines.prop_map(move |lines| format!("{title}\n{}\n", lines.join("\n")))
    })
}

fn written((name, usual): Field) -> BoxedStrategy<String> {
    let value = prop_oneof![100 => select(usual).prop_map(str::to_owned), 1 => value()];
    let name = prop_oneof![100 => Just(name), 1 => Just("x")];
    (name, value).prop_map(|(name, value)| format!("{name} = {value}")).boxed()
}

/// Programmes with the valley's names, so that others point at them.
fn programmes() -> impl Strategy<Value = String> {
    const OTHERS: &[Field] = &[
        ("slots", &["[\"mar-am\"]", "[\"jeu-am\", \"ven-am\"]", "[]"]),
        ("sites", &["[\"pont\"]", "[\"pont\", \"haut\"]", "[\"croix\", \"croix\"]"]),
        (
            "alternating",
            &["[{by = \"week\", sites = [\"pont\", \"haut\"]}]", "[{by = \"day\", sites = [\"pont\"]}]"],
        ),
        ("start_weeks_later", &["1", "3"]),
        ("holidays", &["\"pauses\"", "\"visio\"", "\"runs\""]),
        ("needed_count", &["1", "9"]),
        ("limit_min", &["30", "600"]),
        ("age_from", &["16", "18", "25"]),
        ("age_before", &["26", "20"]),
        ("mix", &["[{of = \"minor\", at_most = 1}]", "[{of = \"woman\", at_least = 5}]"]),
        ("excludes", &["[\"code\"]", "[\"chantier\"]", "[\"atelier\"]"]),
        ("max_groups", &["2"]),
        ("cost_eur", &["400", "12.5"]),
    ];
    macro_rules! programme {
        ($id:literal) => {
            toml_table(
                "[[programme]]",
                &[
                    ("id", &[$id]),
                    ("min", &["1", "2"]),
                    ("target", &["2"]),
                    ("max", &["2", "3", "9"]),
                    ("half_days", &["1", "2"]),
                    ("weeks", &["1", "2", "6"]),
                    ("start", &["\"2026-09-07\"", "\"09/09/2026\"", "2026-12-14"]),
                ],
                OTHERS,
            )
        };
    }
    (programme!("\"atelier\""), programme!("\"chantier\""), programme!("\"code\""))
        .prop_map(|(a, b, c)| [a, b, c].join("\n"))
}

fn settings() -> impl Strategy<Value = String> {
    macro_rules! slot {
        ($id:literal, $day:literal) => {
            toml_table(
                "[[slot]]",
                &[
                    ("id", &[$id]),
                    ("day", &[$day, "\"mar\""]),
                    ("from", &["\"9h\"", "08:30:00"]),
                    ("to", &["\"12h\"", "\"16h30\""]),
                ],
                &[],
            )
        };
    }
    let top = toml_table("", &[("schema", &["1"]), ("name", &["\"Vallée\""])], &[]);
    let defaults = toml_table(
        "[defaults]",
        &[("ages_on", &["\"2026-09-01\"", "2026-09-01"])],
        &[
            ("limit_min", &["30", "45"]),
            ("horizon_min", &["20", "120"]),
            ("day_share_percent", &["50"]),
            ("minor_lift_needs_adult", &["true", "false"]),
            ("max_candidates", &["0", "2"]),
            ("threshold", &["11"]),
        ],
    );
    let travel = toml_table("[travel.car]", &[], &[("kmh", &["45", "50.5"]), ("plus_min", &["3"])]);
    let slots = (
        slot!("\"mar-am\"", "\"mar\""),
        slot!("\"jeu-am\"", "\"jeu\""),
        slot!("\"jeu-pm\"", "\"ven\""),
        slot!("\"ven-am\"", "\"ven\""),
    )
        .prop_map(|(a, b, c, d)| [a, b, c, d].join("\n"));
    let synthesis = toml_table(
        "[synthesis]",
        &[],
        &[
            ("seed", &["1", "7"]),
            ("followed_per_1000", &["4.4", "20.0"]),
            ("women", &["50", "100", "101"]),
            ("enrolled", &["[10, 50, 30, 10]", "[100, 0, 0, 0]", "[1, 2, 3, 4]"]),
            ("weights", &["{atelier = 1}", "{nothing = 1}", "{code = 0}"]),
        ],
    );
    let maybe = |p, table| proptest::option::weighted(p, table).prop_map(Option::unwrap_or_default);
    (top, defaults, maybe(0.5, travel.boxed()), maybe(0.4, slots.boxed()), maybe(0.2, synthesis.boxed()))
        .prop_map(|(a, b, c, d, e)| [a, b, c, d, e].join("\n"))
}

fn pins() -> impl Strategy<Value = String> {
    const WHO: &[&str] = &["\"y01\"", "\"y02\"", "\"y13\"", "\"y14\""];
    const WHAT: &[&str] = &["\"atelier\"", "\"chantier\"", "\"code\""];
    let one = prop_oneof![
        toml_table("[[in]]", &[("youth", WHO), ("programme", WHAT)], &[]),
        toml_table("[[out]]", &[("youth", WHO)], &[("programme", WHAT)]),
        toml_table("[[apart]]", &[("a", WHO), ("b", WHO)], &[]),
        toml_table(
            "[[group]]",
            &[
                ("programme", WHAT),
                ("site", &["\"pont\"", "\"croix\""]),
                ("slots", &["[\"mar-am\"]", "[\"ven-am\"]", "[]"]),
            ],
            &[("start", &["\"2026-09-07\"", "2026-09-14"])],
        ),
    ];
    vec(one, 0..4).prop_map(|all| all.join("\n"))
}

/// GeoJSON features: outlines that a property names, and everything that is none.
fn outlines(property: &'static str, names: &'static [&'static str]) -> impl Strategy<Value = String> {
    let code = select(names);
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
    let feature = (code, geometry, any::<u8>()).prop_map(move |(code, geometry, odd)| match odd {
        0..8 => geometry.to_owned(),
        8..16 => format!(r#"{{"type": "Feature", "properties": null, "geometry": {geometry}}}"#),
        16..24 => format!(r#"{{"properties": {{"{property}": {code}}}, "geometry": {geometry}}}"#),
        24..32 => format!(r#"{{"type": "Feature", "properties": {{"{property}": {code}}}}}"#),
        _ => format!(
            r#"{{"type": "Feature", "properties": {{"{property}": {code}}}, "geometry": {geometry}}}"#
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
    const CODES: &[&str] = &["\"37900\"", "\"37902\"", "\"37999\"", "37900", "null", "\"\"", "[1]"];
    const ZONES: &[&str] = &["\"s\"", "\"s\"", "\"n\"", "1", "null", "\"\"", "[1]"];
    all.push(file("communes.geojson", outlines("insee_code", CODES).boxed()));
    all.push(file("zones.geojson", outlines("zone", ZONES).boxed()));
    vec(proptest::strategy::Union::new(all), 1..4)
}

fn hold_for(cases: u32, seed: u8) {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, rng);
    let run = runner.run(&files(), |files| {
        let folder = Folder::valley();
        // Zones are read for its sake.
        let services = MORE.iter().filter(|more| ["on_demand.csv", "zones.geojson"].contains(&more.0));
        services.for_each(|(name, text, _)| folder.write(name, text));
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
    hold_for(600, 11);
}

#[test]
#[ignore = "minutes"]
fn many_folders_of_the_grammar_are_answered() {
    hold_for(100_000, 12);
}
