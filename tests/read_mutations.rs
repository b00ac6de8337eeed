//! Whatever the bytes, reading answers: a territory or findings, never a panic.
#![cfg(feature = "folder")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod read_common;

use maillage::finding::Level;
use maillage::{Control, Error, read};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use read_common::{FILES, Folder};
use std::fs;

/// A small generator of its own: the cases are the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).expect("small")
    }
}

/// Bytes that mean something to a parser.
const TELLING: &[u8] = b"\",;\t\n\r[]{}=.-:0123456789eE+hN\\#'|*\x00\xff\xc3 ";

fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len() + 1);
        match dice.roll(5) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            1 => bytes.insert(at, TELLING[dice.roll(TELLING.len())]),
            2 if at < bytes.len() => {
                let end = (at + 1 + dice.roll(20)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 if at < bytes.len() => bytes[at] = TELLING[dice.roll(TELLING.len())],
            _ => {
                let end = (at + dice.roll(60)).min(bytes.len());
                let copied = bytes[at..end].to_vec();
                bytes.splice(at..at, copied);
            }
        }
    }
}

/// Every answer is a territory without errors, or findings with one, all placed.
fn answers(folder: &Folder) {
    match read::territory(folder.path(), &Control::none()) {
        Ok(opened) => assert!(opened.findings.iter().all(|f| f.level() != Level::Error)),
        Err(Error::Input(found)) => {
            assert!(found.iter().any(|f| f.level() == Level::Error));
            assert!(found.iter().all(|f| f.source.file.is_some()), "{found:?}");
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn mutated_bytes_are_answered() {
    let folder = Folder::valley();
    for (seed, file) in FILES.iter().enumerate() {
        let original = fs::read(folder.path().join(file)).expect("read");
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (seed as u64 + 1));
        for _ in 0..250 {
            let mut bytes = original.clone();
            mutate(&mut bytes, &mut dice);
            folder.write_bytes(file, &bytes);
            answers(&folder);
        }
        folder.write_bytes(file, &original);
    }
}

#[test]
fn any_text_in_a_cell_is_answered() {
    let folder = Folder::valley();
    let header = "id,place,birth,age,age_on,disability,sex,licences,vehicles,lifts,available,absences,programmes,priority";
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner =
        TestRunner::new_with_rng(Config { cases: 400, failure_persistence: None, ..Config::default() }, rng);
    let cells = proptest::collection::vec("[a-z0-9 ;,|.:/h-]{0,16}|\\PC{0,8}", 14);
    runner
        .run(&cells, |cells| {
            let quoted: Vec<String> =
                cells.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect();
            folder.write("youths.csv", &format!("{header}\n{}\n", quoted.join(",")));
            answers(&folder);
            Ok(())
        })
        .expect("no panic");
}

#[test]
fn the_order_of_rows_and_columns_does_not_matter() {
    let original = Folder::valley();
    let expected = read::territory(original.path(), &Control::none()).expect("sound").territory.to_draft();
    let mut dice = Dice(42);
    for _ in 0..20 {
        let folder = Folder::valley();
        for file in FILES.iter().filter(|file| file.ends_with(".csv")) {
            folder.write(file, &shuffled(&folder.text(file), &mut dice));
        }
        let programmes = folder.text("programmes.toml");
        let mut parts: Vec<&str> = programmes.split("\n\n").collect();
        shuffle(&mut parts, &mut dice);
        folder.write("programmes.toml", &parts.join("\n\n"));
        let again = read::territory(folder.path(), &Control::none()).expect("sound").territory.to_draft();
        assert_eq!(again, expected);
    }
}

fn shuffle<T>(items: &mut [T], dice: &mut Dice) {
    for i in (1..items.len()).rev() {
        items.swap(i, dice.roll(i + 1));
    }
}

/// The rows and the columns in another order; the valley's cells hold no comma.
fn shuffled(text: &str, dice: &mut Dice) -> String {
    let mut lines = text.lines();
    let header = lines.next().expect("a header");
    let mut rows: Vec<&str> = lines.collect();
    shuffle(&mut rows, dice);
    let mut order: Vec<usize> = (0..header.split(',').count()).collect();
    shuffle(&mut order, dice);
    let permuted = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        order.iter().map(|&i| cells[i]).collect::<Vec<_>>().join(",")
    };
    std::iter::once(header).chain(rows).map(|line| permuted(line) + "\n").collect()
}
