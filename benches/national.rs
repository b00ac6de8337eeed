//! A national run of 10, 100 and 435 structures: every structure of metropolitan France with up to 6 sites, 10 half-days, 300 drawn
//! youths, 3 programmes and straight-line times. What was proved, and what is left open, is printed before the times.
//!
//! `cargo bench --bench national`; it uses all cores. The data is not shipped: without it, it says so.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench tells what it measured, and can't go on without data"
)]

use maillage::finding::Lang;
use maillage::national::Asked;
use maillage::read::{National, Territories};
use maillage::report::{NationalChange, national_json, national_text};
use maillage::{Control, read};
use std::path::PathBuf;
use std::time::Instant;

/// How many structures, spread over the list.
const SIZES: [usize; 3] = [10, 100, usize::MAX];

/// Where the data lies, where it does.
fn data() -> Option<PathBuf> {
    let beside = std::env::var_os("MAILLAGE_NATIONAL").map(PathBuf::from);
    let usual = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/national");
    Some(beside.unwrap_or_else(usual)).filter(|dir| dir.join("structures.csv").is_file())
}

fn main() {
    let Some(dir) = data() else {
        println!("national: skipped: no data (../shared/data/national)");
        return;
    };
    let began = Instant::now();
    let national = read::national(&dir, None, &Control::none()).expect("structures and communes");
    println!("read in {:.2} s", began.elapsed().as_secs_f64());
    for size in SIZES {
        let some = spread(&national, size);
        let small =
            if size == SIZES[0] { NationalChange::Cut { percent: 10 } } else { NationalChange::Nothing };
        run(&some, NationalChange::Nothing);
        if let NationalChange::Cut { .. } = small {
            run(&some, small);
        }
    }
}

fn run(national: &National, change: NationalChange) {
    let asked = Asked { change, ..Asked::default() };
    let began = Instant::now();
    let done = asked.run(national, None, &Control::none()).expect("a run");
    let seconds = began.elapsed().as_secs_f64();
    let run = asked.told(national, &done);
    let text = national_text(&run, Lang::En);
    let answer =
        text.lines().skip_while(|line| !line.contains("ANSWER")).skip(1).take_while(|line| !line.is_empty());
    println!(
        "\n{} structures in {seconds:.1} s ({} bytes of JSON)",
        done.rows.len(),
        national_json(&run).to_string().len()
    );
    answer.for_each(|line| println!("{line}"));
}

/// So many structures, spread evenly over all.
fn spread(national: &National, size: usize) -> National {
    let mut some = national.clone();
    if let Territories::Country(country) = &mut some.territories {
        let all = country.structures.len();
        let size = size.min(all);
        country.structures = (0..size).map(|n| country.structures[n * all / size].clone()).collect();
    }
    some
}
