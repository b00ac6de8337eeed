//! A national run: every territory of a folder, before and after a cut of 10 % of half-days, with the line of the one that
//! loses most. Bare, the three structures of `data/national`.
//!
//! `cargo run --release --example national [DIR]`

#![allow(clippy::print_stdout, reason = "an example shows its answer")]

use maillage::finding::Lang;
use maillage::national::Asked;
use maillage::report::{NationalChange, findings, national_text};
use maillage::{Control, Error, read};
use std::path::Path;

fn main() -> Result<(), Error> {
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/data/national");
    let dir = std::env::args().nth(1).unwrap_or_else(|| shipped.to_owned());
    let control = Control::none();
    let national = read::national(Path::new(&dir), None, &control)?;
    print!("{}", findings(&national.findings, Lang::Fr));
    let asked = Asked { change: NationalChange::Cut { percent: 10 }, ..Asked::default() };
    let done = asked.run(&national, None, &control)?;
    println!("{}", national_text(&asked.told(&national, &done), Lang::Fr));
    let worst = done.rows.iter().max_by_key(|row| row.lost());
    if let Some((row, lost)) = worst.and_then(|row| Some((row, row.lost()?))) {
        println!("{} perd le plus : {lost}", row.id());
    }
    Ok(())
}
