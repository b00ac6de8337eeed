//! How long the groups of territories take: all objectives, and the number of places alone.

#[path = "common/groups.rs"]
mod cases;
#[path = "common/rural.rs"]
mod rural;

use cases::{LARGE, MIDDLE, SMALL, Size};
use divan::Bencher;
use maillage::Control;
use maillage::groups::{Limits, Milp, Problem, Solution, Solve};

fn main() {
    divan::main();
}

#[divan::bench(args = [SMALL, MIDDLE, LARGE], sample_count = 5, sample_size = 1)]
fn solve(bencher: Bencher<'_, '_>, size: Size) {
    measure(bencher, &cases::case(size, 1));
}

/// Structures, and youths of each.
#[derive(Clone, Copy, Debug)]
struct Country(u32, u32);

#[divan::bench(args = [Country(1, 60), Country(1, 400), Country(60, 83)], sample_count = 3, sample_size = 1)]
fn placed(bencher: Bencher<'_, '_>, Country(structures, youths): Country) {
    measure(bencher, &rural::structures(structures, youths, 1));
}

fn measure(bencher: Bencher<'_, '_>, problem: &Problem) {
    bencher.bench(|| -> Option<Solution> { Milp.solve(problem, &Limits::default(), &Control::none()).ok() });
}
