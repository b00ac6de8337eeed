//! What one edit costs: a solver that remembers beside one that starts afresh, on the same problems in the
//! same run, in processor time. `cargo bench --bench edits -- NAME` takes the problems whose name has `NAME`.

#![allow(clippy::print_stdout, reason = "a table is what it makes")]

#[path = "common/groups.rs"]
#[allow(dead_code, reason = "other benches take the other sizes")]
mod cases;
#[path = "common/cpu.rs"]
mod cpu;
#[path = "common/draw.rs"]
mod draw;
#[path = "common/edits.rs"]
mod edits;
#[path = "common/rural.rs"]
mod rural;

use cpu::cpu;
use draw::Draw;
use edits::{Kind, edited};
use maillage::Control;
use maillage::groups::{Limits, Milp, Problem, Proof, Solution, Solve, Tier, Warm};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Edits of each problem.
const EDITS: usize = 200;

fn main() {
    let only: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let asked = |name: &str| only.is_empty() || only.iter().any(|o| name.contains(o.as_str()));
    for (name, problem) in drawn().into_iter().filter(|d| asked(d.0)) {
        measure(name, &problem);
    }
    let files = files();
    if files.is_empty() {
        println!("instances of other solvers: skipped: no data");
    }
    for path in files {
        let name = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        if asked(name)
            && let Ok(instance) = maillage::instance::open(&path)
        {
            measure(name, &Problem { tiers: vec![Tier::Placed], ..instance.problem });
        }
    }
}

fn drawn() -> Vec<(&'static str, Problem)> {
    let placed = |p: Problem| Problem { tiers: vec![Tier::Placed], ..p };
    vec![
        ("one structure, 60 youths", rural::structures(1, 60, 1)),
        ("20 structures", rural::structures(20, 83, 1)),
        ("territory, 300 youths", placed(cases::case(cases::MIDDLE, 1))),
    ]
}

/// Instances beside the project, of the families that are measured, and those of the folder that `EDITS_OF` names.
fn files() -> Vec<PathBuf> {
    let open = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/peers/solver/open");
    let mut files: Vec<PathBuf> = ["Lone-1", "nat-1"].map(|n| open.join(format!("{n}.json"))).into();
    if let Some(folder) = std::env::var_os("EDITS_OF") {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        files.extend(entries.map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "json")));
    }
    files.retain(|f| f.exists());
    files.sort();
    files
}

/// How much longer fresh solves took, by kind.
#[derive(Default)]
struct Told {
    ratios: BTreeMap<Kind, Vec<f64>>,
    fresh: f64,
    warm: f64,
    /// Edits that only one of both proved.
    unequal: [u32; 2],
}

fn measure(name: &str, problem: &Problem) {
    let mut base = Warm::default();
    solve(&mut base, problem);
    let (mut r, mut told) = (Draw(1), Told::default());
    for i in 0..EDITS {
        // Kinds in turn; one that this problem has nothing for gives way to the next.
        let kinds = (i..i + Kind::ALL.len()).map(|k| Kind::ALL[k % Kind::ALL.len()]);
        let drawn = |kind| (0..8).find_map(|_| edited(problem, kind, &mut r)).map(|p| (kind, p));
        let Some((kind, after)) = { kinds }.find_map(drawn) else { continue };
        told.edit(kind, &after, &mut base.clone());
    }
    told.print(name);
}

impl Told {
    fn edit(&mut self, kind: Kind, after: &Problem, warm: &mut Warm) {
        let (warm_seconds, answer) = solve(warm, after);
        let (fresh_seconds, fresh) = solve(&mut Milp, after);
        if std::env::var_os("EDITS_EACH").is_some() {
            println!(
                "  {kind:?}: fresh {fresh_seconds:.4} s, warm {warm_seconds:.4} s; {fresh:?}, {answer:?}"
            );
        }
        match (proved(&answer), proved(&fresh)) {
            (Some(value), Some(expected)) => assert_eq!(value, expected, "{kind:?}"),
            (Some(_), None) => self.unequal[0] += 1,
            (None, Some(_)) => self.unequal[1] += 1,
            (None, None) => {}
        }
        self.ratios.entry(kind).or_default().push(fresh_seconds / warm_seconds.max(1e-6));
        self.fresh += fresh_seconds;
        self.warm += warm_seconds;
    }

    fn print(self, name: &str) {
        let mut all: Vec<f64> = self.ratios.values().flatten().copied().collect();
        let count = all.len();
        println!("\n{name}: {count} edits, fresh {:.2} s, remembering {:.2} s", self.fresh, self.warm);
        let [warm, fresh] = self.unequal;
        println!("  proved only by the one that remembers {warm}, only afresh {fresh}");
        for (kind, mut ratios) in self.ratios {
            println!("  {:<14}{:>8.1}", format!("{kind:?}"), median(&mut ratios));
        }
        println!("  {:<14}{:>8.1}", "all", median(&mut all));
        println!("  {:<14}{:>8.1}", "least", all.first().copied().unwrap_or(0.0));
    }
}

/// The value of the first objective, if it is proved; what is impossible is.
fn proved(answer: &Option<(i64, i64, bool)>) -> Option<i64> {
    match answer {
        Some((value, _, true)) => Some(*value),
        Some(_) => None,
        None => Some(-1),
    }
}

/// Seconds, and the value and bound of the first objective, and whether it is proved.
fn solve(solver: &mut impl Solve, problem: &Problem) -> (f64, Option<(i64, i64, bool)>) {
    let before = cpu();
    let solution = solver.solve(problem, &Limits::default(), &Control::none());
    let seconds = cpu() - before;
    let told = match solution {
        Ok(Solution::Found { tiers, .. }) => {
            tiers.first().map(|t| (t.value, t.bound, t.proof == Proof::Optimal))
        }
        _ => None,
    };
    (seconds, told)
}

fn median(ratios: &mut [f64]) -> f64 {
    ratios.sort_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or(0.0)
}
