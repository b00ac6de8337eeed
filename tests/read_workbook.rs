//! Tables in XLSX workbooks, written here by hand.
#![cfg(feature = "xlsx")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod read_common;

use maillage::{Control, Error, read};
use read_common::{Folder, all_findings, listed};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const SPREADSHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The letters of a column, from 0.
fn letters(column: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).expect("a letter"));
    match column {
        0..26 => letter(column).to_string(),
        _ => format!("{}{}", letter(column / 26 - 1), letter(column)),
    }
}

/// A cell: numbers and dates as such, the rest as text.
fn cell(row: usize, column: usize, text: &str) -> String {
    let at = format!("{}{row}", letters(column));
    let date = text.parse::<jiff::civil::Date>().ok();
    if text.is_empty() {
        String::new()
    } else if let Some(date) = date {
        // Days since 30 December 1899, in the style of a date.
        let days = date.since(jiff::civil::date(1899, 12, 30)).expect("days").get_days();
        format!("<c r=\"{at}\" s=\"1\"><v>{days}</v></c>")
    } else if text.parse::<f64>().is_ok() {
        format!("<c r=\"{at}\"><v>{text}</v></c>")
    } else {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    }
}

fn sheet(rows: &[Vec<String>]) -> String {
    let row = |(at, cells): (usize, &Vec<String>)| {
        let cells: String =
            cells.iter().enumerate().map(|(column, text)| cell(at + 1, column, text)).collect();
        format!("<row r=\"{}\">{cells}</row>", at + 1)
    };
    let rows: String = rows.iter().enumerate().map(row).collect();
    format!("<worksheet xmlns=\"{SPREADSHEET}\"><sheetData>{rows}</sheetData></worksheet>")
}

/// A workbook with these sheets.
fn workbook(sheets: &[String]) -> Vec<u8> {
    let (mut list, mut relations, mut types) = (String::new(), String::new(), String::new());
    for n in 1..=sheets.len() {
        list += &format!("<sheet name=\"Feuille {n}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>");
        relations += &format!(
            "<Relationship Id=\"rId{n}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
        );
        types += &format!(
            "<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
        );
    }
    relations += &format!("<Relationship Id=\"rIdS\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/>");
    let mut parts = vec![
        (
            "[Content_Types].xml".to_owned(),
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>{types}</Types>"
            ),
        ),
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                "<workbook xmlns=\"{SPREADSHEET}\" xmlns:r=\"{RELATIONS}\"><sheets>{list}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{relations}</Relationships>"),
        ),
        (
            "xl/styles.xml".to_owned(),
            format!(
                "<styleSheet xmlns=\"{SPREADSHEET}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
    ];
    parts.extend(
        sheets
            .iter()
            .enumerate()
            .map(|(n, sheet)| (format!("xl/worksheets/sheet{}.xml", n + 1), sheet.clone())),
    );
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn a_valley_of_workbooks_is_the_valley() {
    let folder = Folder::valley();
    for table in ["communes", "places", "sites", "advisers", "youths", "calendar"] {
        let csv = format!("{table}.csv");
        folder.write_bytes(&format!("{table}.xlsx"), &workbook(&[sheet(&rows(&folder.text(&csv)))]));
        folder.remove(&csv);
    }
    assert_eq!(listed(&all_findings(folder.path())), [""; 0]);
    let draft = |folder: &Folder| {
        read::territory(folder.path(), &Control::none()).expect("sound").territory.to_draft()
    };
    assert_eq!(draft(&folder), draft(&Folder::valley()));
}

#[test]
fn findings_have_the_row_of_the_sheet() {
    let folder = Folder::valley();
    let mut youths = rows(&folder.text("youths.csv"));
    youths.insert(0, Vec::new());
    youths[3][1] = "1004".to_owned();
    youths.push(Vec::new());
    folder.write_bytes("youths.xlsx", &workbook(&[sheet(&youths), sheet(&[])]));
    folder.remove("youths.csv");
    assert_eq!(listed(&all_findings(folder.path())), ["M021 youths.xlsx", "M105 youths.xlsx:4"]);
}

#[test]
fn a_cell_far_out_costs_no_more_than_a_cell() {
    let folder = Folder::valley();
    let far = "<c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
    let sheet = sheet(&rows(&folder.text("advisers.csv")))
        .replace("</row></sheetData>", &format!("</row><row r=\"1048576\">{far}"));
    folder.write_bytes("advisers.xlsx", &workbook(&[sheet]));
    folder.remove("advisers.csv");
    assert_eq!(listed(&all_findings(folder.path())), ["M006 advisers.xlsx:1048576"]);
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused() {
    let folder = Folder::valley();
    let padded = sheet(&rows(&folder.text("advisers.csv"))) + &" ".repeat(2_000_000);
    folder.write_bytes("advisers.xlsx", &workbook(&[padded]));
    folder.remove("advisers.csv");
    let mut limits = read::Limits::default();
    limits.file_bytes = 1_000_000;
    let Err(Error::Input(found)) = read::territory_within(folder.path(), &limits, &Control::none()) else {
        panic!("refused")
    };
    assert_eq!(listed(&found), ["M004 advisers.xlsx"]);
}

#[test]
fn damaged_workbooks_are_findings() {
    let folder = Folder::valley();
    let whole = workbook(&[sheet(&rows(&folder.text("advisers.csv")))]);
    folder.remove("advisers.csv");
    for bytes in [&b"PK\x03\x04"[..], &whole[..whole.len() / 2], b"id,half_days\n", b""] {
        folder.write_bytes("advisers.xlsx", bytes);
        assert_eq!(listed(&all_findings(folder.path())), ["M006 advisers.xlsx"]);
    }
    folder.write_bytes("advisers.xlsx", &workbook(&[sheet(&[])]));
    assert_eq!(listed(&all_findings(folder.path())), ["M006 advisers.xlsx:1"]);
}
