//! Every scenario of a territory's folder, beside today: places, euros, proof, seconds on the wall and of the processor.
//!
//! `cargo run --release --example benchmark_scenarios [DIR]`; without a folder, the small valley.

#![allow(clippy::print_stdout, reason = "an example tells what it found")]

use maillage::groups::{Limits, Tier};
use maillage::questions::try_scenario;
use maillage::study::Study;
use maillage::territory::Scenario;
use maillage::{Control, Error, read};
use std::time::Instant;

fn main() -> Result<(), Error> {
    let dir = std::env::args().nth(1).unwrap_or_else(|| "data/valley".to_owned());
    let control = Control::none();
    let opened = read::territory(dir.as_ref(), &control)?;
    let study = Study::new(opened.territory.clone(), opened.providers(), &control)?;
    let today = Scenario { name: "(today)".to_owned(), ..Scenario::default() };
    println!(
        "{:<32} {:>7} {:>7} {:>7} {:>10} {:>10} {:>8} {:>8}",
        "scenario", "placed", "bound", "groups", "groups €", "levers €", "wall s", "CPU s"
    );
    for scenario in [&today].into_iter().chain(&opened.scenarios) {
        let (start, before) = (Instant::now(), processor_seconds());
        let tried = try_scenario(&study, scenario, &Limits::default(), &control)?;
        let wall = start.elapsed().as_secs_f64();
        let cpu = before.zip(processor_seconds()).map(|(before, after)| after - before);
        let cpu = cpu.map_or_else(|| "unknown".to_owned(), |seconds| format!("{seconds:.2}"));
        let name = if scenario.name.is_empty() { &scenario.key } else { &scenario.name };
        let Some(tried) = tried else {
            println!("{name:<32} no plan found {wall:>52.2} {cpu:>8}");
            continue;
        };
        let placed = tried.plan.tiers.iter().find(|tier| tier.tier == Tier::Placed);
        let (value, bound) = placed.map_or((0, 0), |tier| (tier.value, tier.bound));
        println!(
            "{name:<32} {value:>7} {:>7} {:>7} {:>10} {:>10} {wall:>8.2} {cpu:>8}",
            if bound == value { "proved".to_owned() } else { bound.to_string() },
            tried.plan.groups.len(),
            tried.groups_cost().get() / 100,
            tried.levers_cost.get() / 100,
        );
    }
    Ok(())
}

/// Processor time of this process so far, where Linux tells it, by hundredths of a second.
fn processor_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // After the name in parentheses: user and system time are the 12th and 13th.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / 100.0)
}
