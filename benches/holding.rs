//! How well groups hold and how lists fill, at three sizes each.
//!
//! `cargo bench --bench holding`; it uses one core.

#![allow(clippy::expect_used, reason = "a bench that can't be set up has nothing to measure")]

#[path = "common/draw.rs"]
mod draw;

use divan::Bencher;
use draw::Draw;
use jiff::civil::date;
use maillage::questions::{Arriving, Odds, Presence, SharedIx, Waiting};
use maillage::territory::{ArrivalRules, Chance, Rate};

fn main() {
    divan::main();
}

/// Members, and things that they share.
#[derive(Clone, Copy, Debug)]
struct Size(usize, usize);

/// A group, a large one, and the largest that can be; each shares up to two of the things.
#[divan::bench(args = [Size(12, 3), Size(60, 6), Size(1_000, 8)])]
fn presence(bencher: Bencher<'_, '_>, Size(members, things): Size) {
    let mut draw = Draw(members as u64);
    let mut presence = Presence::default();
    let works = Chance::of_ten_thousand(9_500).expect("a probability");
    let shared: Vec<SharedIx> = (0..things).map(|_| presence.shares(works)).collect();
    for _ in 0..members {
        let comes = Chance::of_ten_thousand(5_000 + draw.below(5_000) as u16).expect("a probability");
        let needs: Vec<SharedIx> =
            (0..draw.below(3)).map(|_| shared[draw.below(things as u64) as usize]).collect();
        presence.expects(comes, &needs);
    }
    let min = (members * 2 / 3) as u32;
    bencher.bench(|| -> Odds { presence.at_least(min) });
}

/// A usual group, a large one, a hundred; one and a half arrive a week, some leave, the months differ.
#[divan::bench(args = [8, 30, 100])]
fn filling(bencher: Bencher<'_, '_>, size: u32) {
    let mut rules = ArrivalRules::default();
    rules.months[6] = 20;
    rules.months[7] = 0;
    rules.months[8] = 250;
    let per_week = Rate::from_decimal(f64::from(size) / 5.0).expect("not negative");
    let arriving = Arriving { per_week, rules, from: date(2026, 9, 7) };
    bencher.bench(|| -> [Waiting; 2] { [arriving.cohort(size), arriving.rolling(size / 2, size)] });
}
