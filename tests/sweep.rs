//! Limits and minimum sizes: each cell against a plan made afresh, and the laws between cells.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::tiny;
use maillage::Control;
use maillage::groups::{Limits, Milp, Problem, Solution, Solve, Tier};
use maillage::questions::{Cell, Grid, Sweep, Viable, slower_roads, sweep};
use maillage::study::Study;
use maillage::territory::{Draft, GroupSize, Territory};
use maillage::travel::{Links, StraightLine, TravelProvider};
use maillage::units::{ProgrammeId, Seconds};
use std::sync::Arc;

/// `None` where the draw contradicts itself.
fn drawn(draft: Draft) -> Option<Study> {
    let (territory, _) = draft.check().ok()?;
    let providers: Vec<Arc<dyn TravelProvider>> = vec![Arc::new(Links), Arc::new(StraightLine)];
    Some(Study::new(territory, providers, &Control::none()).expect("a study"))
}

fn swept(study: &Study, grid: &Grid) -> Sweep {
    sweep(study, grid, &Limits::default(), &Control::none()).expect("not cancelled")
}

/// The territory of a cell, written anew.
fn written(draft: &Draft, cell: &Cell, only: Option<&str>) -> Draft {
    let mut draft = draft.clone();
    for programme in draft.programmes.iter_mut().map(|w| &mut w.value) {
        if only.is_none_or(|only| programme.key.as_str() == only) {
            let size = programme.size;
            let min = size.min().saturating_add_signed(cell.minimum).clamp(1, size.max());
            programme.size = GroupSize::new(min, size.target().max(min), size.max()).expect("sizes");
            programme.limit = Some(cell.limit);
        }
    }
    draft
}

/// The most places, when its pins can be kept.
fn most(study: &Study) -> Option<i64> {
    let problem = Problem { tiers: vec![Tier::Placed], ..study.instance().problem };
    match Milp.solve(&problem, &Limits::default(), &Control::none()).expect("not cancelled") {
        Solution::Found { tiers, .. } => {
            assert_eq!(tiers[0].value, tiers[0].bound, "a tiny problem is proved");
            Some(tiers[0].value)
        }
        Solution::Impossible => None,
        Solution::NotFound => panic!("a tiny problem is decided"),
    }
}

/// Whether one group of a programme can be formed when nobody else's count.
fn alone(territory: &Territory, study: &Study, programme: ProgrammeId) -> bool {
    let limit = territory.limit_of(programme);
    let coming = |option| {
        let attends = |&youth: &_| study.reach().attend(territory, youth, option, limit).is_ok();
        territory.youths().ids().filter(attends).count() as u32
    };
    study.reach().options_of(programme).map(coming).max().unwrap_or(0)
        >= territory.programmes()[programme].size.min()
}

#[test]
fn every_cell_is_as_a_plan_made_afresh() {
    let (mut placed, mut kept, mut flips) = (0, 0, 0);
    for seed in 0..120 {
        let draft = tiny(seed);
        let Some(study) = drawn(draft.clone()) else { continue };
        let only = (seed % 3 == 0).then_some("p1");
        let programme = only.map(|key| study.territory().programmes().find_str(key).expect("a programme"));
        let grid = Grid {
            limits: [10, 25, 45, 130].map(Seconds::from_minutes).to_vec(),
            minimums: vec![-2, -1, 0, 1, 2],
            programme,
        };
        let swept = swept(&study, &grid);
        assert_eq!(swept.cells.len(), 20);
        for cell in &swept.cells {
            let mut cold = written(&draft, cell, only);
            cold.rules.horizon = cold.rules.horizon.max(cell.limit);
            let cold = drawn(cold).expect("as sound as it was");
            let found = cell.found.as_ref();
            assert_eq!(found.map(|found| found.placed), most(&cold), "seed {seed}, {cell:?}");
            assert!(found.is_none_or(|found| found.is_proved()), "seed {seed}, {cell:?}");
            for id in study.territory().programmes().ids() {
                let key = study.territory().programmes().key_of(id);
                let there = cold.territory().programmes().find_str(key).expect("the same programme");
                let could = alone(cold.territory(), &cold, there);
                match cell.viable(id) {
                    Viable::Yes => assert!(could, "seed {seed}, {key}, {cell:?}"),
                    Viable::NotBesideOthers => assert!(could, "seed {seed}, {key}, {cell:?}"),
                    Viable::No => assert!(!could, "seed {seed}, {key}, {cell:?}"),
                }
                flips += usize::from(!could);
            }
            kept += usize::from(found.is_none());
            placed += usize::from(found.is_some_and(|found| found.placed > 0));
        }
    }
    assert!(placed > 500 && flips > 100, "{placed} cells with places, {flips} programmes without enough");
    assert!(kept > 0, "no decision ever stands in the way");
}

#[test]
fn asking_for_less_never_places_fewer() {
    for seed in 200..230 {
        let Some(study) = drawn(tiny(seed)) else { continue };
        let swept = swept(&study, &Grid::default());
        for a in &swept.cells {
            for b in swept.cells.iter().filter(|b| b.limit <= a.limit && b.minimum >= a.minimum) {
                let (Some(more), Some(less)) = (&a.found, &b.found) else { continue };
                assert!(more.placed >= less.placed && more.bound >= less.bound, "seed {seed}");
            }
        }
    }
}

#[test]
fn slower_roads_reach_no_farther() {
    let mut fewer = 0;
    for seed in 300..500 {
        let Some(study) = drawn(tiny(seed)) else { continue };
        let winter = slower_roads(&study, 100, &Control::none()).expect("a study");
        let (Some(usual), Some(slow)) = (most(&study), most(&winter)) else { continue };
        assert!(slow <= usual, "seed {seed}");
        fewer += usize::from(slow < usual);
    }
    assert!(fewer > 0, "winter never costs a place");
}
