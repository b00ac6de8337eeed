//! Youths drawn again: what is counted is what a territory of those youths says, and the same on any number of threads.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::tiny;
use maillage::groups::Limits;
use maillage::questions::{Demand, DrawnFrom, Draws, demand, redraw};
use maillage::study::{Outcome, Study};
use maillage::territory::{Draft, Names, Provenance, Synthesis, Written, Youth, synthesise};
use maillage::travel::{Links, StraightLine, TravelProvider};
use maillage::{Control, Error, finding, read};
use std::sync::Arc;

fn study(draft: Draft) -> Study {
    let (territory, _) = draft.check().expect("a territory");
    let providers: Vec<Arc<dyn TravelProvider>> = vec![Arc::new(Links), Arc::new(StraightLine)];
    Study::new(territory, providers, &Control::none()).expect("a study")
}

fn asked(study: &Study, draws: Draws) -> Demand {
    demand(study, &draws, &Control::none()).expect("not cancelled")
}

/// A drawn territory whose youths come from counts.
fn counted(seed: u64) -> Draft {
    let mut draft = tiny(seed);
    draft.pins.clear();
    draft.places.iter_mut().for_each(|w| w.value.population = Some(400));
    let synthesis = Synthesis { seed, followed_per_100_000: 2_000, ..Synthesis::default() };
    drawn(&mut draft, synthesis);
    draft
}

fn drawn(draft: &mut Draft, synthesis: Synthesis) {
    let youths = synthesise(draft, &synthesis).expect("figures that are sound");
    let written = |value| Written { value, source: finding::Source::memory() };
    draft.youths = youths.into_iter().map(written).collect();
    draft.provenance = Provenance::Synthetic(Box::new(synthesis));
}

/// Whether enough can come to some option of a programme, asked of a study of these youths alone.
fn is_viable(study: &Study, programme: &str) -> bool {
    let territory = study.territory();
    let id = territory.programmes().find_str(programme).expect("a programme");
    let coming = |option| {
        let limit = territory.limit_of(id);
        let attends = |&youth: &_| study.reach().attend(territory, youth, option, limit).is_ok();
        territory.youths().ids().filter(attends).count() as u32
    };
    study.reach().options_of(id).any(|option| coming(option) >= territory.programmes()[id].size.min())
}

#[test]
fn a_draw_counts_what_a_territory_of_those_youths_says() {
    let (mut yes, mut no) = (0, 0);
    for seed in 0..40 {
        let draft = counted(seed);
        let there = study(draft.clone());
        let one = asked(&there, Draws { draws: 1, seed, percent: 100 });
        assert_eq!(one.from, DrawnFrom::Shares);
        // The first draw of a seed is the one that a folder with the stream's first number has.
        let mut again = draft.clone();
        let Provenance::Synthetic(synthesis) = &draft.provenance else { panic!("drawn") };
        drawn(&mut again, Synthesis { seed: first_of(seed), ..(**synthesis).clone() });
        let cold = study(again);
        assert_eq!(one.youths.get() as usize, cold.territory().youths().ids().count());
        for often in &one.programmes {
            let key = there.territory().programmes().key_of(often.programme);
            assert_eq!(often.times == 1, is_viable(&cold, key), "seed {seed}, {key}");
            yes += often.times;
            no += 1 - often.times;
        }
    }
    assert!(yes > 5 && no > 5, "{yes} viable, {no} not");
}

/// SplitMix64's first number of a seed, written once more.
fn first_of(seed: u64) -> u64 {
    common::Draw(seed).next()
}

#[test]
fn the_same_seed_draws_the_same_whatever_the_threads() {
    let there = study(counted(3));
    let draws = Draws { draws: 40, ..Draws::default() };
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let three = rayon::ThreadPoolBuilder::new().num_threads(3).build().expect("a pool");
    let alone = one.install(|| asked(&there, draws));
    assert_eq!(alone, three.install(|| asked(&there, draws)));
    assert_ne!(alone, asked(&there, Draws { seed: 2, ..draws }), "another seed draws others");
}

#[test]
fn own_youths_are_drawn_with_replacement() {
    let there = study({
        let mut draft = tiny(5);
        draft.pins.clear();
        draft
    });
    let today = there.territory().youths().ids().count() as u32;
    let half = asked(&there, Draws { draws: 30, seed: 9, percent: 50 });
    assert_eq!((half.from, half.youths.get()), (DrawnFrom::Youths, (today * 50 + 50) / 100));
    let double = asked(&there, Draws { draws: 30, seed: 9, percent: 200 });
    let most = |demand: &Demand| demand.programmes.iter().map(|often| often.most[1]).max();
    assert!(most(&double) > most(&half), "twice as many come, and half");
}

#[test]
fn nobody_and_nothing_are_answers() {
    let empty = study(Draft { youths: Vec::new(), pins: Vec::new(), ..tiny(1) });
    let none = asked(&empty, Draws::default());
    assert!(none.youths.get() == 0 && none.programmes.iter().all(|often| often.times == 0));
    let no_draw = asked(&study(counted(1)), Draws { draws: 0, ..Draws::default() });
    assert!(no_draw.programmes.iter().all(|often| often.times == 0));
}

#[test]
fn too_many_youths_are_refused() {
    let mut draft = counted(1);
    draft.places.iter_mut().for_each(|w| w.value.population = Some(4_000_000));
    let youths = std::mem::take(&mut draft.youths);
    draft.youths = youths.into_iter().take(1).collect();
    let refused = demand(&study(draft), &Draws { draws: 1, seed: 1, percent: 60_000 }, &Control::none());
    assert!(matches!(refused, Err(Error::Input(findings)) if !findings.is_empty()));
}

#[test]
fn the_chinonais_is_drawn_from_its_shares() {
    let opened = read::territory("data/chinonais".as_ref(), &Control::none()).expect("a territory");
    let there = Study::new(opened.territory.clone(), opened.providers(), &Control::none()).expect("a study");
    let few = asked(&there, Draws { draws: 2, seed: 1, percent: 75 });
    let many = asked(&there, Draws { draws: 2, seed: 1, percent: 125 });
    assert_eq!((few.from, few.youths.get(), many.youths.get()), (DrawnFrom::Shares, 452, 753));
    assert!(
        few.programmes.iter().any(|often| often.times == 2),
        "some programme can be held with fewer youths too"
    );
}

#[test]
fn a_draw_that_is_planned_is_the_draw_that_is_counted() {
    let control = Control::none();
    for there in [study(counted(3)), study(tiny(3))] {
        let asked = Draws { draws: 12, seed: 5, percent: 80 };
        let demand = demand(&there, &asked, &control).expect("not cancelled");
        let mut most = vec![Vec::new(); demand.programmes.len()];
        for nth in 0..asked.draws {
            let mut drawn = redraw(&there, &asked, nth, &control).expect("drawn");
            assert_eq!(drawn.territory().youths().len() as u32, demand.youths.get());
            assert!(drawn.territory().options() == there.territory().options());
            let Outcome::Plan(plan) = drawn.plan(&Limits::default(), &control).expect("not cancelled") else {
                panic!("nobody is pinned")
            };
            assert!(plan.check(drawn.territory(), drawn.times()).is_ok());
            for (of, most) in demand.programmes.iter().zip(&mut most) {
                let its = plan.verdicts.iter().filter(|verdict| verdict.offer.programme == of.programme);
                most.push(its.map(|verdict| verdict.reachable).max().unwrap_or_default());
            }
        }
        for (of, mut most) in demand.programmes.iter().zip(most) {
            most.sort_unstable();
            // The tenth, fiftieth and ninetieth of a hundred, of twelve.
            assert_eq!(of.most, [most[1], most[5], most[10]]);
        }
    }
}

#[test]
fn a_draw_is_its_own_territory() {
    let control = Control::none();
    let there = study(counted(4));
    let asked = Draws { seed: 8, ..Draws::default() };
    let drawn = redraw(&there, &asked, 2, &control).expect("drawn");
    let Provenance::Synthetic(of) = drawn.territory().provenance() else { panic!("drawn from shares") };
    assert_eq!(of.seed, asked.seed_of(2));
    // As a territory built afresh from the same counts and that seed.
    let mut afresh = there.territory().to_draft();
    drawn_again(&mut afresh, (**of).clone());
    let afresh = study(afresh);
    assert_eq!(youths(&drawn), youths(&afresh));
    assert_eq!(afresh.instance().problem, drawn.instance().problem);
    assert_ne!(youths(&redraw(&there, &asked, 3, &control).expect("drawn")), youths(&drawn));
}

fn youths(study: &Study) -> Vec<Youth<Names>> {
    study.territory().to_draft().youths.into_iter().map(|written| written.value).collect()
}

fn drawn_again(draft: &mut Draft, synthesis: Synthesis) {
    draft.pins.clear();
    drawn(draft, synthesis);
}
