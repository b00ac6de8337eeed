//! Seeded problems shaped like a territory: villages around towns, rooms and
//! budgets that bind, advisers, and youths in two programmes.

use maillage::groups::{
    Arc, Capacity, CapacityKind, OptionSpec, Post, Problem, Sizes, Team, Tier, YouthSpec,
};
use maillage::units::Seconds;

/// A small generator (splitmix64): the same seed gives the same numbers everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % u64::from(n)) as u32
    }

    fn place(&mut self) -> (i64, i64) {
        (i64::from(self.below(6_000)), i64::from(self.below(6_000)))
    }
}

/// Size of a case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// Youths.
    pub(crate) youths: u32,
    /// Sites.
    pub(crate) sites: u32,
    /// Slots a week.
    pub(crate) slots: u32,
    /// Programmes.
    pub(crate) programmes: u32,
    /// Options, at most programmes × sites × slots.
    pub(crate) options: u32,
    /// Longest one-way trip, in seconds.
    pub(crate) reach: i64,
}

/// About 60 youths and 15 options.
pub(crate) const SMALL: Size =
    Size { youths: 60, sites: 4, slots: 2, programmes: 2, options: 15, reach: 2_000 };
/// About 300 youths and 100 options.
pub(crate) const MIDDLE: Size =
    Size { youths: 300, sites: 8, slots: 4, programmes: 4, options: 100, reach: 2_000 };
/// About 600 youths and 650 options.
pub(crate) const LARGE: Size =
    Size { youths: 600, sites: 18, slots: 5, programmes: 8, options: 650, reach: 3_400 };

/// A case, the same for the same size and seed.
pub(crate) fn case(size: Size, seed: u64) -> Problem {
    let r = &mut Random(seed);
    let mut p = Problem { tiers: Tier::ALL.to_vec(), ..Problem::default() };
    for _ in 0..size.programmes {
        let min = 5 + r.below(4);
        p.programmes.push(Sizes { min, target: min + 2, max: min + 4 });
    }
    let sites: Vec<_> = (0..size.sites).map(|_| r.place()).collect();
    for site in 0..size.sites {
        for slot in 0..size.slots {
            p.posts.push(Post { week: 0, moment: slot, site });
        }
    }
    let mut of = Vec::new();
    let all = size.programmes * size.sites * size.slots;
    for i in 0..size.options {
        // Spread evenly over all combinations.
        let at = (u64::from(i) * u64::from(all) / u64::from(size.options)) as u32;
        let (programme, rest) = (at / (size.sites * size.slots), at % (size.sites * size.slots));
        let (site, slot) = (rest / size.slots, rest % size.slots);
        of.push((programme, site, slot));
        p.options.push(OptionSpec {
            programme,
            max_groups: 1 + r.below(2),
            cost: 10_000 + 500 * u64::from(r.below(8)),
            gates: Vec::new(),
            lower_min: None,
            posts: vec![site * size.slots + slot],
        });
    }
    let conflict = |a: &(u32, u32, u32), b: &(u32, u32, u32)| a.0 != b.0 && a.2 == b.2;
    p.conflicts =
        of.iter().map(|a| (0..size.options).filter(|&b| conflict(a, &of[b as usize])).collect()).collect();
    for _ in 0..size.youths {
        let youth = youth(r, &size, &sites, &of);
        p.youths.push(youth);
    }
    limits(r, &size, &of, &mut p);
    p
}

fn youth(r: &mut Random, size: &Size, sites: &[(i64, i64)], of: &[(u32, u32, u32)]) -> YouthSpec {
    let home = r.place();
    let first = r.below(size.programmes);
    let second = if r.below(100) < 30 { r.below(size.programmes) } else { first };
    let busy = r.below(size.slots * 2);
    let mut arcs = Vec::new();
    for (option, &(programme, site, slot)) in of.iter().enumerate() {
        let (x, y) = sites[site as usize];
        let time = (x - home.0).abs().max((y - home.1).abs());
        if (programme == first || programme == second) && slot != busy && time <= size.reach {
            arcs.push(Arc { option: option as u32, time: Seconds::new(2 * time as u32 + 600), gate: None });
        }
    }
    YouthSpec { weight: 1, traits: 0, arcs }
}

fn limits(r: &mut Random, size: &Size, of: &[(u32, u32, u32)], p: &mut Problem) {
    let uses = |keep: &dyn Fn(&(u32, u32, u32)) -> bool| {
        let kept = of.iter().enumerate().filter(|o| keep(o.1));
        kept.map(|o| (o.0 as u32, 1)).collect::<Vec<_>>()
    };
    for site in 0..size.sites {
        for slot in 0..size.slots {
            let uses = uses(&|o| o.1 == site && o.2 == slot);
            let kind = CapacityKind::Rooms { site, slot };
            p.capacities.push(Capacity { kind, limit: 1 + r.below(2), uses, extra: Vec::new() });
        }
        let limit = 3 + r.below(3);
        let kind = CapacityKind::Site(site);
        p.capacities.push(Capacity { kind, limit, uses: uses(&|o| o.1 == site), extra: Vec::new() });
    }
    let limit = size.youths / 10;
    p.capacities.push(Capacity {
        kind: CapacityKind::Overall,
        limit,
        uses: uses(&|_| true),
        extra: Vec::new(),
    });
    for team in 0..3 {
        let posts =
            (0..p.posts.len() as u32).filter(|&i| p.posts[i as usize].site % 3 == team || r.below(3) == 0);
        let posts = posts.collect();
        p.teams.push(Team { members: 1 + size.youths / 60, half_days: 3, posts });
    }
}
