//! tmp
use maillage::*;
use std::time::Instant;
#[allow(clippy::all)]
fn main() {
    let t0 = Instant::now();
    let dir = std::env::args().nth(1).unwrap();
    let (t, notes) = match read::territory(std::path::Path::new(&dir), &Control::none()) {
        Ok(x) => x,
        Err(Error::Input(f)) => {
            for f in f {
                println!("{} {} {} -> {}", f.source, f.code.as_str(), f.what.fr, f.remedy.fr);
            }
            return;
        }
        Err(e) => panic!("{e}"),
    };
    for f in &notes {
        println!("{} {} {}", f.source, f.code.as_str(), f.what.fr);
    }
    println!("read {:?}: {} youths {} options", t0.elapsed(), t.youths().len(), t.options().len());
    let t1 = Instant::now();
    let mut s =
        study::Study::new(t, vec![std::sync::Arc::new(travel::StraightLine)], &Control::none()).unwrap();
    println!("travel+reach {:?}", t1.elapsed());
    let t1 = Instant::now();
    let posed = plan::pose(s.territory(), s.reach());
    let arcs: usize = posed.problem.youths.iter().map(|y| y.arcs.len()).sum();
    let mut reach = vec![0u32; posed.problem.options.len()];
    for y in &posed.problem.youths {
        for a in &y.arcs {
            reach[a.option as usize] += 1;
        }
    }
    let live = posed
        .problem
        .options
        .iter()
        .zip(&reach)
        .filter(|(o, r)| **r >= posed.problem.programmes[o.programme as usize].min)
        .count();
    println!(
        "pose {:?}: {} options posed, {live} live, {arcs} arcs, {} capacities, {} posts, {} teams, {} conflicts",
        t1.elapsed(),
        posed.options.len(),
        posed.problem.capacities.len(),
        posed.problem.posts.len(),
        posed.problem.teams.len(),
        posed.problem.conflicts.iter().map(Vec::len).sum::<usize>()
    );
    for (p, &id) in posed.programmes.iter().enumerate() {
        let best = posed
            .problem
            .options
            .iter()
            .zip(&reach)
            .filter(|(o, _)| o.programme == p as u32)
            .map(|(_, r)| *r)
            .max();
        println!(
            "  {} min {} best reach {:?} enrolled {}",
            s.territory().programmes().key_of(id),
            posed.problem.programmes[p].min,
            best,
            s.territory().youths().iter().filter(|(_, y)| y.programmes.contains(&id)).count()
        );
    }
    let t1 = Instant::now();
    let out = s.plan(&groups::Limits::default(), &Control::none()).unwrap();
    println!("plan {:?}", t1.elapsed());
    if let study::Outcome::Plan(p) = out {
        println!("{} groups, {:?}", p.groups.len(), p.tiers);
        for a in &p.programmes {
            println!(
                "{} {} groups {} placed of {} binds {:?} closest {:?}",
                s.territory().programmes().key_of(a.programme),
                a.groups,
                a.placed.get(),
                a.enrolled.get(),
                a.binds,
                a.closest.map(|c| (p.verdicts[c].reachable, p.verdicts[c].missing))
            );
        }
        let mut by = std::collections::BTreeMap::new();
        for l in &p.left_out {
            *by.entry(l.reason.as_str()).or_insert(0) += 1;
        }
        println!("{by:?}");
    }
    println!("total {:?}", t0.elapsed());
}
