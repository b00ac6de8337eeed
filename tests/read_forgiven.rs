//! What spreadsheets make of a table is read as the table, and said.
#![cfg(feature = "folder")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod read_common;

use maillage::finding::Level;
use maillage::territory::Draft;
use maillage::{Control, read};
use read_common::{Folder, all_findings, listed, valley_dir};

/// Tables of the valley.
const TABLES: [&str; 6] =
    ["communes.csv", "places.csv", "sites.csv", "advisers.csv", "youths.csv", "calendar.csv"];

fn draft(folder: &Folder) -> Draft {
    read::territory(folder.path(), &Control::none()).expect("sound").territory.to_draft()
}

/// Asserts that a folder reads as the valley does, with these findings.
fn same(folder: &Folder, expected: &[&str]) {
    let found = all_findings(folder.path());
    assert_eq!(listed(&found), expected, "{found:#?}");
    assert!(found.iter().all(|f| f.level() == Level::Note));
    assert_eq!(draft(folder), draft(&Folder::valley()));
}

/// The valley with every table saved anew.
fn saved(save: impl Fn(&str, &str) -> Vec<u8>) -> Folder {
    let folder = Folder::valley();
    for file in TABLES {
        folder.write_bytes(file, &save(file, &folder.text(file)));
    }
    folder
}

/// The rows of a text whose fields hold no quotes.
fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// Fields put together again, those with something to hide between quotes.
fn joined(rows: &[Vec<String>], mark: &str, end: &str) -> String {
    let field = |text: &String| match text.contains([';', '\t', ',', '\n']) {
        true => format!("\"{text}\""),
        false => text.clone(),
    };
    let line = |row: &Vec<String>| row.iter().map(field).collect::<Vec<_>>().join(mark) + end;
    rows.iter().map(line).collect()
}

/// As a French spreadsheet writes it: semicolons, commas in numbers, the day first.
fn french(text: &str) -> Vec<Vec<String>> {
    let mut rows = rows(text);
    for field in rows.iter_mut().skip(1).flatten() {
        let number = field.contains('.') && field.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let parts: Vec<&str> = field.split('-').collect();
        let date = parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        if number {
            *field = field.replace('.', ",");
        } else if let ([year, month, day], true) = (parts.as_slice(), date) {
            *field = format!("{day}/{month}/{year}");
        }
    }
    rows
}

fn windows(text: &str) -> Vec<u8> {
    let byte = |c: char| u8::try_from(u32::from(c)).expect("Latin-1");
    text.chars().map(byte).collect()
}

fn utf16(text: &str, mark: bool) -> Vec<u8> {
    let mark = mark.then_some(0xfeff);
    mark.into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn the_valley_itself_needs_no_forgiving() {
    same(&Folder::valley(), &[]);
}

#[test]
fn line_ends_and_a_byte_order_mark_are_nothing_to_speak_of() {
    for end in ["\n", "\r\n", "\r"] {
        same(&saved(|_, text| joined(&rows(text), ",", end).into_bytes()), &[]);
        same(&saved(|_, text| format!("\u{feff}{}", joined(&rows(text), ",", end)).into_bytes()), &[]);
    }
    same(&saved(|_, text| text.trim_end().as_bytes().to_vec()), &[]);
}

#[test]
fn a_french_spreadsheet_s_csv() {
    same(
        &saved(|_, text| joined(&french(text), ";", "\r\n").into_bytes()),
        &[
            "M012 advisers.csv:1",
            "M012 calendar.csv:1",
            "M015 calendar.csv:2",
            "M012 communes.csv:1",
            "M014 communes.csv:2",
            "M012 places.csv:1",
            "M014 places.csv:2",
            "M012 sites.csv:1",
            "M012 youths.csv:1",
        ],
    );
}

#[test]
fn windows_1252() {
    let folder = saved(|_, text| windows(text));
    // The other tables have no accent: they are UTF-8 all the same.
    same(&folder, &["M011 communes.csv:2", "M011 places.csv:6", "M011 sites.csv:2"]);
}

#[test]
fn utf_16_with_its_mark_and_without() {
    let mut expected: Vec<String> =
        TABLES.iter().flat_map(|file| [format!("M011 {file}:1"), format!("M012 {file}:1")]).collect();
    expected.sort_by_key(|line| (line[5..].to_owned(), line[..4].to_owned()));
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    for mark in [true, false] {
        same(&saved(|_, text| utf16(&joined(&rows(text), "\t", "\r\n"), mark)), &expected);
    }
}

#[test]
fn french_headers() {
    let folder = Folder::valley();
    for (file, from, to) in [
        ("communes.csv", "insee_code,name", "Code INSEE,Commune"),
        ("places.csv", "id,name,insee_code,lon,lat", "Identifiant,Lieu-dit,code_commune,LONGITUDE,Latitude"),
        ("sites.csv", "kind,rooms,slots,half_days", "Type,Salles,Demi-journées,demi journées par semaine"),
        ("advisers.csv", "id,sites,slots", "Conseillère,Antennes,Créneaux"),
        (
            "youths.csv",
            "id,place,birth,age,disability,sex,licences,vehicles",
            "N° jeune,Domicile,Mois de naissance,Âge,RQTH,Sexe,Permis,Véhicules",
        ),
        (
            "youths.csv",
            "available,absences,programmes,priority",
            "Disponibilités,Absences,Dispositifs,Priorité",
        ),
        ("calendar.csv", "kind,name,start,end,site", "Nature,Libellé,Début,Fin,Lieu"),
    ] {
        folder.replace(file, from, to);
    }
    folder.replace("youths.csv", "N° jeune", "Code jeune");
    let expected: Vec<String> = ["advisers", "calendar", "communes", "places", "sites", "youths"]
        .iter()
        .map(|table| format!("M013 {table}.csv:1"))
        .collect();
    same(&folder, &expected.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn the_first_of_two_names_counts_and_the_other_is_not_read() {
    let folder = Folder::valley();
    let youths =
        folder.text("youths.csv").replace("\n", ",\n").replacen("priority,\n", "priority,Commune\n", 1);
    folder.write("youths.csv", &youths);
    same(&folder, &["M008 youths.csv:1"]);
}

#[test]
fn columns_may_be_told_in_territory_toml() {
    let folder = Folder::valley();
    folder.replace("youths.csv", "id,place", "Numéro interne,Où");
    folder.append("territory.toml", "[columns.youths]\nid = \"numéro INTERNE\"\nplace = \"Où\"\n");
    same(&folder, &[]);
    folder.replace("territory.toml", "\"Où\"", "\"Ici\"");
    assert_eq!(listed(&all_findings(folder.path())), ["M024 territory.toml:17", "M008 youths.csv:1"]);
}

#[test]
fn files_may_be_told_in_territory_toml() {
    let folder = Folder::valley();
    folder.write("Export 2026.txt", &folder.text("youths.csv"));
    folder.remove("youths.csv");
    folder.append("territory.toml", "[files]\nyouths = \"Export 2026.txt\"\n");
    let before = read::folder(&valley_dir(), &Control::none()).expect("sound").draft;
    let after = read::folder(folder.path(), &Control::none()).expect("sound");
    assert_eq!(after.draft.youths.len(), before.youths.len());
    assert_eq!(after.draft.youths[0].source.file.as_deref(), Some("Export 2026.txt"));
    assert!(after.files.iter().any(|file| file.name == "Export 2026.txt"));
    same(&folder, &[]);
    folder.replace("territory.toml", "2026.txt", "2027.txt");
    assert_eq!(listed(&all_findings(folder.path())), ["M003 Export 2027.txt"]);
}

#[test]
fn a_file_out_of_the_folder_is_refused_by_its_name() {
    for name in [
        "../youths.csv",
        "/etc/passwd",
        "..",
        ".",
        "a/b.csv",
        "C:youths.csv",
        "a\\\\b.csv",
        "",
        " x.csv",
        "x.",
    ] {
        let folder = Folder::valley();
        folder.append("territory.toml", &format!("[files]\nyouths = \"{name}\"\n"));
        assert_eq!(listed(&all_findings(folder.path())), ["M002 territory.toml:16"], "{name}");
    }
}

#[test]
fn two_files_for_one_table_are_one_too_many() {
    let folder = Folder::valley();
    folder.write("places.geojson", "{}");
    assert_eq!(listed(&all_findings(folder.path())), ["M022 places.csv"]);
}

#[test]
fn what_spreadsheets_leave_behind() {
    // Trailing columns and lines, a blank line within, thousands with a space.
    let folder = Folder::valley();
    let trailing = folder.text("sites.csv").replace('\n', ",,\n") + ",,,,,,,,,,,,\n\n\n";
    folder.write("sites.csv", &trailing.replace(",2000,", ",2 000,"));
    same(&folder, &["M019 sites.csv:1", "M018 sites.csv:4", "M016 sites.csv:5"]);
    // Rows with more empty fields than the header.
    let folder = Folder::valley();
    folder.replace("places.csv", "0.25,47.036", "0.25,47.036,,,");
    same(&folder, &["M019 places.csv:2"]);
    // Line breaks within quotes.
    let folder = Folder::valley();
    folder.replace("youths.csv", "voiture mar 8h-13h", "\"voiture\r\nmar 8h-13h\"");
    same(&folder, &["M017 youths.csv:5"]);
    // Whole dates of birth.
    let folder = Folder::valley();
    folder.replace("youths.csv", "2008-01", "2008-01-17");
    folder.replace("youths.csv", "2007-05", "05/2007");
    same(&folder, &["M020 youths.csv:2", "M015 youths.csv:3"]);
}

#[test]
fn what_identifies_people_is_never_read_nor_repeated() {
    let folder = Folder::valley();
    let mut lines: Vec<String> = folder.text("youths.csv").lines().map(str::to_owned).collect();
    for (at, line) in lines.iter_mut().enumerate() {
        let more = if at == 0 {
            "Nom de famille,Prénom,N° de sécurité sociale,Tél. portable,E-mail,Adresse,"
        } else {
            "Durand,Zoé,2 08 01 37,06 12,z@x.fr,\"3, rue X\","
        };
        line.insert_str(0, more);
    }
    folder.write("youths.csv", &(lines.join("\n") + "\n"));
    same(&folder, &["M010 youths.csv:1"]);
    // Not even through a mapping, nor when the rest is wrong.
    folder.append("territory.toml", "[columns.youths]\nid = \"Nom de famille\"\n");
    folder.replace("youths.csv", "2008-01", "bientôt");
    let found = all_findings(folder.path());
    assert_eq!(listed(&found), ["M102 territory.toml:16", "M010 youths.csv:1", "M102 youths.csv:2"]);
    for finding in &found {
        let all = format!("{finding:?}");
        assert!(
            !["Durand", "Zoé", "2 08 01", "06 12", "z@x", "rue X"].iter().any(|said| all.contains(said)),
            "{all}"
        );
    }
}

#[test]
fn a_file_without_a_header_repeats_nobody_s_name() {
    let folder = Folder::valley();
    folder.write("youths.csv", "Durand,Zoé,Chinon\nMartin,Léo,Avoine\n");
    let found = all_findings(folder.path());
    assert_eq!(listed(&found), ["M007 youths.csv:1"]);
    assert!(!format!("{found:?}").contains("Durand"));
}

#[test]
fn points_of_homes_and_sites() {
    let folder = Folder::valley();
    let point = |id: &str, more: &str, at: &str| {
        format!("{{\"type\": \"Feature\", \"properties\": {{\"id\": \"{id}\"{more}}}, \"geometry\": {at}}}")
    };
    let at = |lon: f64, lat: f64| format!("{{\"type\": \"Point\", \"coordinates\": [{lon}, {lat}]}}");
    let mut features = Vec::new();
    for row in rows(&folder.text("places.csv")).iter().skip(1) {
        let more = format!(", \"nom\": \"{}\"", row[1]);
        let number = |text: &str| text.parse::<f64>().expect("a number");
        features.push(point(&row[0], &more, &at(number(&row[3]), number(&row[4]))));
    }
    let collection = |features: &[String]| {
        format!("{{\"type\": \"FeatureCollection\", \"features\": [\n{}\n]}}\n", features.join(",\n"))
    };
    folder.write("places.geojson", &collection(&features));
    folder.remove("places.csv");
    // Their communes come from the outlines.
    same(&folder, &["M013 places.geojson:1", "M306 places.geojson:2"]);
    features[1] = point("bois", "", "{\"type\": \"LineString\", \"coordinates\": [[0, 1], [1, 1]]}");
    features[2] = point("lande", "", &at(47.1, 0.25));
    features[3] = point("roche", ", \"insee_code\": 7905", &at(0.25, 47.216));
    folder.write("places.geojson", &collection(&features));
    let expected = ["M013", "M306", "M102", "M108", "M105"];
    let found = listed(&all_findings(folder.path()));
    for (code, line) in expected.iter().zip([1, 2, 3, 4, 5]) {
        assert!(found.contains(&format!("{code} places.geojson:{line}")), "{found:?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:?}");
    folder.write("places.geojson", "{\"features\": 3}");
    assert_eq!(listed(&all_findings(folder.path())), ["M006 places.geojson:1"]);
}

#[test]
fn a_point_outside_its_commune_is_a_warning() {
    let folder = Folder::valley();
    folder.replace("places.csv", "bois,Le Bois,37902", "bois,Le Bois,37900");
    let found = all_findings(folder.path());
    assert_eq!(listed(&found), ["M305 places.csv:3"]);
    assert!(found[0].what.fr.contains("6 km") && found[0].what.fr.contains("37902"), "{found:?}");
}

#[test]
fn lines_that_are_too_long_are_refused_whatever_is_in_them() {
    for (row, code) in
        [(",".repeat(2_000_000), "M004"), ("x,".repeat(600_000), "M004"), (";".repeat(500), "M006")]
    {
        let folder = Folder::valley();
        folder.append("sites.csv", &row);
        let found = all_findings(folder.path());
        assert_eq!(listed(&found), [format!("{code} sites.csv:5")], "{found:?}");
    }
}

#[cfg(not(feature = "xlsx"))]
#[test]
fn a_workbook_is_not_read_by_this_build() {
    let folder = Folder::valley();
    folder.remove("advisers.csv");
    folder.write_bytes("advisers.xlsx", b"PK");
    assert_eq!(listed(&all_findings(folder.path())), ["M023 advisers.xlsx"]);
}
