//! Seeded structures of the country: youths in villages, sites in the larger ones, few rooms. Those of
//! a village who are free at the same times for the same programmes are alike.

use super::cases::Random;
use maillage::groups::{Arc, Capacity, CapacityKind, OptionSpec, Problem, Sizes, Tier, YouthSpec};
use maillage::units::Seconds;

/// Half-days of a week in which groups meet.
const SLOTS: u32 = 4;
/// Fewest, target and most of a group of each programme.
const PROGRAMMES: [(u32, u32, u32); 3] = [(5, 10, 15), (4, 8, 12), (8, 10, 15)];
/// Sides of a structure's country, in tenths of a kilometre.
const COUNTRY: (u32, u32) = (600, 500);
/// Longest trip out and back.
const REACH: Seconds = Seconds::from_minutes(90);

/// Structures tied by nothing, each with so many youths; the objective is the number of places.
pub(crate) fn structures(count: u32, youths: u32, seed: u64) -> Problem {
    let r = &mut Random(seed);
    let mut problem = Problem { tiers: vec![Tier::Placed], ..Problem::default() };
    for _ in 0..count {
        add_structure(r, youths, &mut problem);
    }
    problem
}

/// Where and when an option meets.
struct Meeting {
    programme: u32,
    site: u32,
    slot: u32,
}

fn add_structure(r: &mut Random, youths: u32, p: &mut Problem) {
    let first = p.options.len() as u32;
    let programmes = p.programmes.len() as u32;
    p.programmes.extend(PROGRAMMES.map(|(min, target, max)| Sizes { min, target, max }));
    let villages: Vec<_> =
        (0..8.max(youths / 14)).map(|_| (r.below(COUNTRY.0), r.below(COUNTRY.1))).collect();
    let sites = 3 + youths / 60;
    let mut meetings = Vec::new();
    for site in 0..sites {
        for slot in 0..SLOTS {
            for programme in 0..PROGRAMMES.len() as u32 {
                if r.below(100) < 55 {
                    meetings.push(Meeting { programme, site, slot });
                }
            }
        }
    }
    p.options.extend(meetings.iter().map(|m| OptionSpec {
        programme: programmes + m.programme,
        max_groups: 2,
        cost: 10_000,
        gates: Vec::new(),
        lower_min: None,
        posts: Vec::new(),
    }));
    let meets = |a: &Meeting, b: &Meeting| a.slot == b.slot && a.programme != b.programme;
    for a in &meetings {
        let others = meetings.iter().zip(first..).filter(|(b, _)| meets(a, b));
        p.conflicts.push(others.map(|(_, o)| o).collect());
    }
    for _ in 0..youths {
        let youth = youth(r, &villages, &meetings, first);
        p.youths.push(youth);
    }
    add_limits(r, youths, sites, &meetings, first, p);
}

fn youth(r: &mut Random, villages: &[(u32, u32)], meetings: &[Meeting], first: u32) -> YouthSpec {
    // The first villages, where the sites are, have most of the people.
    let most = 1 + r.below(villages.len() as u32);
    let home = villages[r.below(most) as usize];
    let programme = r.below(PROGRAMMES.len() as u32);
    let second = if r.below(100) < 20 { r.below(PROGRAMMES.len() as u32) } else { programme };
    let busy = r.below(3 * SLOTS);
    let mut arcs = Vec::new();
    for (m, option) in meetings.iter().zip(first..) {
        let site = villages[m.site as usize];
        // Out and back at 45 km/h, and a quarter more for the bends.
        let time = Seconds::new(20 * (home.0.abs_diff(site.0) + home.1.abs_diff(site.1)));
        let enrolled = m.programme == programme || m.programme == second;
        if enrolled && m.slot != busy && time <= REACH {
            arcs.push(Arc { option, time, gate: None });
        }
    }
    YouthSpec { weight: 1, traits: 0, arcs }
}

fn add_limits(r: &mut Random, youths: u32, sites: u32, meetings: &[Meeting], first: u32, p: &mut Problem) {
    let mut limit = |kind, limit, keep: &dyn Fn(&Meeting) -> bool| {
        let kept = meetings.iter().zip(first..).filter(|(m, _)| keep(m));
        let uses = kept.map(|(_, o)| (o, 1)).collect();
        p.capacities.push(Capacity { kind, limit, uses, extra: Vec::new() });
    };
    for site in 0..sites {
        for slot in 0..SLOTS {
            let rooms = if r.below(100) < 65 { 1 + r.below(2) } else { 0 };
            limit(CapacityKind::Rooms { site, slot }, rooms, &|m| (m.site, m.slot) == (site, slot));
        }
    }
    limit(CapacityKind::Overall, 2 + youths / 14, &|_| true);
}
