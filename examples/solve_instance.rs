//! Groups from travel times of your own: no folder, no map, only who can attend what.
//!
//! Here the times are a table in the program, as they could come from a spreadsheet or
//! another tool. `cargo run --example solve_instance`, or give it an instance file
//! (`docs/instances.md`): `cargo run --example solve_instance data/instances/canton.json`.

use maillage::finding::Lang;
use maillage::groups::{
    Arc, Capacity, CapacityKind, Limits, Milp, OptionSpec, Problem, Sizes, Solution, Solve, Tier, YouthSpec,
};
use maillage::instance::{self, Instance, Names};
use maillage::units::Seconds;
use maillage::{Control, report};
use std::io::{self, Write};
use std::path::Path;

/// Minutes out and back, summed, of seven youths to three sites; `None` is too far.
const MINUTES: [[Option<u32>; 3]; 7] = [
    [Some(20), Some(50), None],
    [Some(24), None, None],
    [Some(30), Some(36), None],
    [None, Some(18), Some(60)],
    [None, Some(22), None],
    [None, Some(40), Some(34)],
    [None, None, Some(16)],
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let instance = match std::env::args().nth(1) {
        Some(file) => instance::open(Path::new(&file))?,
        None => from_table(),
    };
    instance.problem.check()?;
    let answer = match Milp.solve(&instance.problem, &Limits::default(), &Control::none())? {
        Solution::Found { assignment, tiers } => {
            report::solved(&instance, &assignment, &tiers, None, Lang::En)
        }
        Solution::Impossible => report::impossible(Lang::En).to_owned(),
        Solution::NotFound => report::not_found(Lang::En).to_owned(),
    };
    io::stdout().write_all(answer.as_bytes())?;
    Ok(())
}

/// One programme of groups of three to five, one option a site, two groups in all.
fn from_table() -> Instance {
    let sites = ["Avoine", "Bourgueil", "Chouzé"];
    let option = OptionSpec {
        programme: 0,
        max_groups: 1,
        cost: 10_000,
        gates: Vec::new(),
        lower_min: None,
        posts: Vec::new(),
    };
    let arc = |(site, minutes): (usize, &Option<u32>)| {
        let time = Seconds::from_minutes((*minutes)?);
        Some(Arc { option: site as u32, time, gate: None })
    };
    let youth = |row: &[Option<u32>; 3]| YouthSpec {
        weight: 1,
        traits: 0,
        arcs: row.iter().enumerate().filter_map(arc).collect(),
    };
    let two_groups = Capacity {
        kind: CapacityKind::Overall,
        limit: 2,
        uses: (0..3).map(|option| (option, 1)).collect(),
        extra: Vec::new(),
    };
    Instance {
        name: "Seven youths".to_owned(),
        problem: Problem {
            programmes: vec![Sizes { min: 3, target: 4, max: 5 }],
            options: vec![option; 3],
            youths: MINUTES.iter().map(youth).collect(),
            capacities: vec![two_groups],
            tiers: Tier::ALL.to_vec(),
            ..Problem::default()
        },
        names: Names {
            programmes: vec!["workshop".to_owned()],
            options: sites.map(str::to_owned).to_vec(),
            sites: (0..3).map(Some).collect(),
            ..Names::default()
        },
        unit: Seconds::from_minutes(1),
    }
}
