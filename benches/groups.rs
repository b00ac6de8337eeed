//! How long the groups of three sizes of territory take.

#[path = "common/groups.rs"]
mod cases;

use cases::{LARGE, MIDDLE, SMALL, Size};
use maillage::Control;
use maillage::groups::{Limits, Milp, Solution, Solve};

fn main() {
    divan::main();
}

#[divan::bench(args = [SMALL, MIDDLE, LARGE], sample_count = 5, sample_size = 1)]
fn solve(bencher: divan::Bencher<'_, '_>, size: Size) {
    let problem = cases::case(size, 1);
    bencher.bench(|| -> Option<Solution> { Milp.solve(&problem, &Limits::default(), &Control::none()).ok() });
}
