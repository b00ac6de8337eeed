//! Tables in XLSX workbooks, written here by hand.
#![cfg(feature = "xlsx")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod read_common;
#[path = "common/workbook.rs"]
mod workbook_by_hand;

use maillage::{Control, Error, read};
use read_common::{Folder, all_findings, listed};
use workbook_by_hand::{rows, sheet, workbook};

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
