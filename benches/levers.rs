//! Levers on the Chinonais and on the valley: each by itself, the cheapest set for a goal, the most places for each budget. What was proved,
//! and what is left open, is printed before the times.
//!
//! `cargo bench --bench levers`; it uses all cores.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench tells what it measured, and can't go on without data"
)]

use divan::Bencher;
use maillage::finding::Lang;
use maillage::groups::Limits;
use maillage::questions::{Cheapest, Goal, LeverStudy, Step};
use maillage::study::Study;
use maillage::territory::{Lever, LeverChange, catalogue};
use maillage::units::{Cents, ProgrammeId};
use maillage::{Control, read};
use std::collections::BTreeSet;
use std::path::Path;

fn main() {
    divan::main();
}

/// A shipped territory, and how many levers are asked about.
#[derive(Clone, Copy, Debug)]
struct Case(&'static str, usize);

/// Candidates and terms of the catalogue beside the levers of the Chinonais' own scenarios.
const MORE: [&str; 16] = [
    "open_site-avoine",
    "open_site-bourgueil",
    "open_site-chateau-la-valliere",
    "open_site-ile-bouchard",
    "open_site-montbazon",
    "open_site-monts",
    "open_site-richelieu",
    "smaller_minimum-cej",
    "smaller_minimum-atelier",
    "smaller_minimum-cohorte-six-semaines",
    "longer_limit-cej",
    "longer_limit-atelier",
    "longer_limit-code-route",
    "longer_limit-prepa-apprentissage",
    "remote-atelier",
    "split-code-route",
];

/// The levers of a territory's scenarios, but for the cut; then those of [`MORE`], then the rest of the catalogue.
fn case(Case(name, count): Case) -> (Study, Vec<Lever>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    let opened = read::territory(&folder, &Control::none()).expect("a shipped territory");
    let providers = opened.providers();
    let written = opened.scenarios.iter().filter(|scenario| scenario.key != "coupe");
    let mut levers: Vec<Lever> = written.flat_map(|scenario| scenario.levers.clone()).collect();
    let mut more = catalogue(&opened.territory, Lang::En);
    more.sort_by_key(|lever| !MORE.contains(&lever.key.as_str()));
    levers.extend(more);
    // The valley's own decisions need its candidate: there it is no lever.
    levers.retain(|lever| name != "valley" || !matches!(lever.change, LeverChange::OpenSite { .. }));
    levers.truncate(count);
    (Study::new(opened.territory, providers, &Control::none()).expect("a study"), levers)
}

fn asked<'s>(study: &'s Study, levers: &'s [Lever]) -> LeverStudy<'s> {
    let asked = LeverStudy::new(study, levers, &Limits::default(), &Control::none());
    asked.expect("sound levers").expect("a plan of today")
}

/// The problem of all levers is posed, today's is solved, and each lever is tried. The target is 10 s for fifty.
#[divan::bench(args = [Case("valley", 6), Case("chinonais", 50)], sample_count = 3, sample_size = 1)]
fn singly(bencher: Bencher<'_, '_>, of: Case) {
    let (study, levers) = case(of);
    bencher.bench(|| asked(&study, &levers).singly(&Control::none()).expect("not cancelled").len());
}

/// Pairs of levers that interact: each by itself gives one and the same youth a place in one and the same programme, so that what both
/// bring is not the sum.
fn interacting(asked: &LeverStudy<'_>) -> usize {
    let single = asked.singly(&Control::none()).expect("not cancelled");
    let placed: Vec<BTreeSet<_>> = single.iter().map(|s| s.gain.placed.iter().copied().collect()).collect();
    let pairs = placed.iter().enumerate().flat_map(|(n, a)| placed[n + 1..].iter().map(move |b| (a, b)));
    pairs.filter(|(a, b)| !a.is_disjoint(b)).count()
}

/// Prints how many pairs interact; at least ten do among thirty levers.
fn tell_pairs(asked: &LeverStudy<'_>) {
    let (pairs, levers) = (interacting(asked), asked.levers().len());
    println!("\n{levers} levers, {pairs} pairs interact");
    assert!(levers < 30 || pairs >= 10, "{pairs} pairs interact");
}

fn told(step: &Step, levers: &[Lever]) -> String {
    let names: Vec<&str> = step.levers.iter().map(|&at| levers[at].key.as_str()).collect();
    let (bound, placed) = step.placed;
    format!(
        "{} €: {placed} placed, {bound} at most, gap {:.1} % {names:?}",
        step.cost.get() / 100,
        step.gap()
    )
}

/// One group more than today of a programme.
fn goal(study: &Study, asked: &LeverStudy<'_>, key: &str, more: u32) -> Goal {
    let programme: ProgrammeId = study.territory().programmes().find_str(key).expect("a programme");
    let today = asked.today().programmes.iter().find(|p| p.0 == programme).map_or(0, |p| p.1);
    Goal { programme, groups: today + more }
}

/// Of which case, and programmes with groups more than today.
#[derive(Clone, Copy, Debug)]
struct Wanted(Case, &'static [(&'static str, u32)]);

const WANTED: [Wanted; 5] = [
    Wanted(Case("valley", 6), &[("atelier", 1)]),
    Wanted(Case("chinonais", 30), &[("cej", 1)]),
    Wanted(Case("chinonais", 30), &[("cej", 2)]),
    Wanted(Case("chinonais", 30), &[("cej", 4)]),
    Wanted(Case("chinonais", 30), &[("cej", 4), ("atelier", 8)]),
];

/// The cheapest set for a goal, the problem posed before. The target is a proof, or a gap of 2 %, in 120 s.
#[divan::bench(args = WANTED, sample_count = 1, sample_size = 1)]
fn cheapest(bencher: Bencher<'_, '_>, Wanted(of, wanted): Wanted) {
    let (study, levers) = case(of);
    let asked = asked(&study, &levers);
    tell_pairs(&asked);
    let goals: Vec<Goal> = wanted.iter().map(|&(key, more)| goal(&study, &asked, key, more)).collect();
    bencher.bench_local(|| {
        let found = asked.cheapest(&goals, None, &Control::none()).expect("not cancelled");
        match &found {
            Cheapest::Set { step, at_least } => {
                println!("\n{}, at least {} €", told(step, &levers), at_least.get() / 100);
            }
            Cheapest::Never { proved } => println!("\nnever, proved {proved}"),
        }
        found
    });
}

/// The most places for each budget up to so many euros, the problem posed before.
#[divan::bench(args = [(Case("valley", 6), 100_000), (Case("chinonais", 30), 6_000)], sample_count = 1, sample_size = 1)]
fn frontier(bencher: Bencher<'_, '_>, (of, euros): (Case, u64)) {
    let (study, levers) = case(of);
    let asked = asked(&study, &levers);
    tell_pairs(&asked);
    bencher.bench_local(|| {
        let steps = asked.frontier(Some(Cents::new(euros * 100)), &Control::none()).expect("not cancelled");
        steps.iter().for_each(|step| println!("\n{}", told(step, &levers)));
        steps
    });
}
