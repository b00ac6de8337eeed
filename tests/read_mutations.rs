//! Whatever the bytes, reading answers: a territory or findings, never a panic.
#![cfg(feature = "folder")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod read_common;

use maillage::{Control, read};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use read_common::{FILES, Folder, MORE, answers};
use std::fs;
use std::path::{Path, PathBuf};

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

/// The valley with each file that can be spoilt in turn, the rest as it was.
fn each_file(mut spoil: impl FnMut(&Folder, &str, &[u8])) {
    for file in FILES {
        let folder = Folder::valley();
        spoil(&folder, file, &fs::read(folder.path().join(file)).expect("read"));
    }
    for (file, text, instead_of) in MORE {
        let folder = Folder::valley();
        // One of these may be read for another's sake.
        MORE.iter().filter(|more| more.2.is_none()).for_each(|more| folder.write(more.0, more.1));
        instead_of.into_iter().for_each(|other| folder.remove(other));
        spoil(&folder, file, text.as_bytes());
    }
    if cfg!(feature = "xlsx") {
        let folder = Folder::valley();
        folder.remove("youths.csv");
        spoil(&folder, "youths.xlsx", &fs::read(workbook()).expect("read"));
    }
}

fn workbook() -> PathBuf {
    root().join("data/broken/workbook-of-two-sheets/youths.xlsx")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn mutated_bytes_are_answered() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    each_file(|folder, file, original| {
        for _ in 0..80 {
            let mut bytes = original.to_vec();
            mutate(&mut bytes, &mut dice);
            folder.write_bytes(file, &bytes);
            answers(folder);
        }
    });
}

#[test]
fn any_text_in_a_cell_is_answered() {
    let folder = Folder::valley();
    let header = "id,place,birth,age,age_on,disability,sex,licences,vehicles,lifts,available,absences,programmes,priority";
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner =
        TestRunner::new_with_rng(Config { cases: 200, failure_persistence: None, ..Config::default() }, rng);
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

/// Inputs that were broken once, or that each reader must know: `tests/corpus/FILE/NAME`
/// stands in the place of that file.
#[test]
fn the_corpus_is_answered() {
    each_file(|folder, file, _| {
        for input in corpus(file) {
            folder.write_bytes(file, &input);
            answers(folder);
        }
    });
}

fn corpus(file: &str) -> Vec<Vec<u8>> {
    if file.ends_with(".xlsx") {
        return vec![fs::read(workbook()).expect("read")];
    }
    let dir = root().join("tests/corpus").join(Path::new(file).file_name().expect("a name"));
    let entries = fs::read_dir(dir).unwrap_or_else(|_| panic!("no corpus of {file}"));
    let mut inputs: Vec<_> =
        entries.map(|entry| fs::read(entry.expect("an entry").path()).expect("read")).collect();
    inputs.sort();
    inputs
}

/// That file of every folder of `data/broken/`, as far as they differ.
fn broken(file: &str) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(root().join("data/broken")).expect("a folder");
    let files = entries.map(|entry| entry.expect("an entry").path().join(file));
    let mut inputs: Vec<_> = files.filter_map(|path| fs::read(path).ok()).collect();
    inputs.sort();
    inputs.dedup();
    inputs
}

#[test]
#[ignore = "minutes: as mutated_bytes_are_answered, from every broken folder and the corpus"]
fn mutated_bytes_of_everything_are_answered() {
    let mut dice = Dice(0x5DEE_CE66_D1CE_4E5B);
    each_file(|folder, file, _| {
        for seed in [corpus(file), broken(file)].concat() {
            for _ in 0..100 {
                let mut bytes = seed.clone();
                mutate(&mut bytes, &mut dice);
                folder.write_bytes(file, &bytes);
                answers(folder);
            }
        }
    });
}

#[test]
fn a_column_more_changes_nothing() {
    let valley = Folder::valley();
    let expected = read::folder(valley.path(), &Control::none()).expect("sound");
    let mut dice = Dice(3);
    for file in FILES.iter().filter(|file| file.ends_with(".csv")) {
        let folder = Folder::valley();
        let text = folder.text(file);
        let at = dice.roll(text.lines().next().map_or(0, |header| header.split(',').count()) + 1);
        let with_one_more = text.lines().enumerate().map(|(row, line)| {
            let mut cells: Vec<&str> = line.split(',').collect();
            cells.insert(at, if row == 0 { "remarque" } else { "à revoir" });
            cells.join(",") + "\n"
        });
        folder.write(file, &with_one_more.collect::<String>());
        let read = read::folder(folder.path(), &Control::none()).expect("sound");
        assert_eq!(read.draft, expected.draft, "{file}");
        let said: Vec<String> = read_common::listed(&read.notes);
        assert_eq!(said, [format!("M008 {file}:1")]);
    }
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
