//! A seeded generator of rural group problems, for tests and benchmarks.

use maillage::groups::*;
use maillage::units::Seconds;

/// What to make.
pub(crate) struct Shape {
    pub(crate) youths: u32,
    pub(crate) sites: u32,
    pub(crate) slots: u32,
    pub(crate) programmes: u32,
    /// Programmes a youth is interested in, at most.
    pub(crate) wishes: u32,
    /// Advisers, each five half-days a week.
    pub(crate) advisers: u32,
    /// How far a youth travels, in hundreds of metres.
    pub(crate) limit: u32,
}

pub(crate) const SMALL: Shape =
    Shape { youths: 60, sites: 3, slots: 3, programmes: 2, wishes: 1, advisers: 2, limit: 200 };
pub(crate) const MEDIUM: Shape =
    Shape { youths: 300, sites: 5, slots: 7, programmes: 4, wishes: 2, advisers: 5, limit: 220 };
pub(crate) const LARGE: Shape =
    Shape { youths: 600, sites: 10, slots: 10, programmes: 8, wishes: 5, advisers: 10, limit: 300 };

struct Random(u64);

impl Random {
    fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % u64::from(n)) as u32
    }
}

/// Programmes at sites in slots over 60 km by 50 km, one room a site and slot.
pub(crate) fn rural(seed: u64, shape: &Shape) -> Problem {
    let r = &mut Random(seed);
    let sizes = [
        (5, 10, 15),
        (4, 8, 12),
        (8, 10, 15),
        (6, 10, 12),
        (8, 12, 15),
        (6, 10, 12),
        (3, 6, 10),
        (8, 12, 18),
    ];
    let mut p = Problem { tiers: Tier::ALL.to_vec(), ..Problem::default() };
    for i in 0..shape.programmes as usize {
        let (min, target, max) = sizes[i % sizes.len()];
        p.programmes.push(Sizes { min, target, max });
    }
    let place = |r: &mut Random| (i64::from(r.below(600)), i64::from(r.below(500)));
    let sites: Vec<_> = (0..shape.sites).map(|_| place(r)).collect();
    let mut at = Vec::new();
    for site in 0..shape.sites {
        for slot in 0..shape.slots {
            p.posts.push(Post { week: 0, moment: slot, site });
            let mut uses = Vec::new();
            for programme in 0..shape.programmes {
                if r.below(10) < 8 {
                    uses.push((p.options.len() as u32, 1));
                    at.push((site, slot));
                    p.options.push(OptionSpec {
                        programme,
                        max_groups: 1,
                        cost: u64::from(105 + 10 * r.below(4)) * 100,
                        gates: vec![],
                        lower_min: None,
                        posts: vec![p.posts.len() as u32 - 1],
                    });
                }
            }
            p.capacities.push(Capacity {
                kind: CapacityKind::Rooms { site, slot },
                limit: 1,
                uses,
                extra: vec![],
            });
        }
    }
    for _ in 0..shape.advisers {
        let posts = (0..p.posts.len() as u32).filter(|_| r.below(10) < 7).collect();
        p.teams.push(Team { members: 1, half_days: 5, posts });
    }
    for a in 0..at.len() {
        let clash = |b: &usize| at[a].1 == at[*b].1 && p.options[a].programme != p.options[*b].programme;
        p.conflicts.push((0..at.len()).filter(clash).map(|b| b as u32).collect());
    }
    let villages: Vec<_> = (0..shape.youths / 12 + 4).map(|_| place(r)).collect();
    for _ in 0..shape.youths {
        let home = villages[r.below(villages.len() as u32) as usize];
        let wishes: Vec<u32> = (0..1 + r.below(shape.wishes)).map(|_| r.below(shape.programmes)).collect();
        let away: Vec<bool> = (0..shape.slots).map(|_| r.below(5) == 0).collect();
        let mut arcs = Vec::new();
        for (o, option) in p.options.iter().enumerate() {
            let site = sites[at[o].0 as usize];
            let distance = (((site.0 - home.0).pow(2) + (site.1 - home.1).pow(2)) as f64).sqrt() as u32;
            if distance <= shape.limit && wishes.contains(&option.programme) && !away[at[o].1 as usize] {
                arcs.push(Arc { option: o as u32, time: Seconds::new(600 + distance * 14), gate: None });
            }
        }
        p.youths.push(YouthSpec { weight: 1, traits: 0, arcs });
    }
    p
}
