//! The whole plan, a grid of twenty plans beside it, and youths drawn again, on three shipped territories.
//!
//! `cargo bench --bench sweep`; it uses all cores.

#![allow(clippy::expect_used, reason = "a bench that can't be set up has nothing to measure")]

use divan::{Bencher, black_box};
use maillage::groups::Limits;
use maillage::questions::{Draws, Grid, demand, sweep};
use maillage::study::Study;
use maillage::{Control, read};
use std::path::{Path, PathBuf};

fn main() {
    divan::main();
}

const TERRITORIES: [&str; 3] = ["valley", "tours", "chinonais"];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

fn study(name: &str) -> Study {
    let opened = read::territory(&folder(name), &Control::none()).expect("a shipped territory");
    Study::new(opened.territory.clone(), opened.providers(), &Control::none()).expect("a study")
}

/// Files in, plan out.
#[divan::bench(args = TERRITORIES, sample_count = 3, sample_size = 1)]
fn plan(bencher: Bencher<'_, '_>, name: &str) {
    bencher.bench(|| study(name).plan(&Limits::default(), &Control::none()).expect("not cancelled"));
}

/// Files in, twenty cells out.
#[divan::bench(args = TERRITORIES, sample_count = 3, sample_size = 1)]
fn twenty_cells(bencher: Bencher<'_, '_>, name: &str) {
    bencher.bench(|| {
        let study = study(name);
        sweep(&study, &Grid::default(), &Limits::default(), &Control::none()).expect("not cancelled")
    });
}

/// A hundred draws of as many youths as today.
#[divan::bench(args = TERRITORIES, sample_count = 3, sample_size = 1)]
fn hundred_draws(bencher: Bencher<'_, '_>, name: &str) {
    let study = study(name);
    let draws = Draws { draws: 100, ..Draws::default() };
    bencher.bench(|| demand(black_box(&study), &draws, &Control::none()).expect("not cancelled"));
}
