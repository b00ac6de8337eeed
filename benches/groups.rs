//! Forming groups at three sizes.

#[path = "../tests/rural/mod.rs"]
mod rural;

use divan::Bencher;
use maillage::control::Control;
use maillage::groups::{Limits, Milp, Solve};
use rural::{LARGE, MEDIUM, SMALL, Shape};

fn main() {
    divan::main();
}

fn solve(bencher: Bencher<'_, '_>, shape: &Shape) {
    let problem = rural::rural(1, shape);
    bencher.bench(|| Milp.solve(&problem, &Limits::default(), &Control::none()));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn small_60_youths_15_options(bencher: Bencher<'_, '_>) {
    solve(bencher, &SMALL);
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn medium_300_youths_100_options(bencher: Bencher<'_, '_>) {
    solve(bencher, &MEDIUM);
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn large_600_youths_650_options(bencher: Bencher<'_, '_>) {
    solve(bencher, &LARGE);
}
