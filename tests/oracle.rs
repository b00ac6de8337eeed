//! Plans of tiny random territories against trying everything, and the laws of tier `placed`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{Draw, car, key, north, oracle::most_placed, tiny};
use maillage::groups::{Limits, Proof, Tier, TierResult};
use maillage::study::{Outcome, Study};
use maillage::territory::*;
use maillage::travel::StraightLine;
use maillage::units::Seconds;
use maillage::{Control, plan::Plan};
use std::sync::Arc;

fn study(draft: Draft) -> Study {
    let (territory, _) = draft.check().expect("a territory");
    Study::new(territory, vec![Arc::new(StraightLine)], &Control::none()).expect("a study")
}

fn plan(study: &mut Study) -> Option<Plan> {
    match study.plan(&Limits::default(), &Control::none()).expect("not cancelled") {
        Outcome::Plan(plan) => Some(*plan),
        Outcome::Impossible => None,
        Outcome::NotFound => panic!("a tiny territory is decided"),
    }
}

fn placed(plan: &Plan) -> TierResult {
    *plan.tiers.iter().find(|t| t.tier == Tier::Placed).expect("a first tier")
}

/// Small enough to try everything.
fn triable(draft: &Draft) -> bool {
    draft.clone().check().is_ok_and(|(territory, _)| territory.options().len() <= 12)
}

fn compare(seeds: std::ops::Range<u64>) {
    let (mut compared, mut impossible, mut with_groups, mut mixed) = (0, 0, 0, 0);
    for seed in seeds {
        let draft = tiny(seed);
        if !triable(&draft) {
            continue;
        }
        compared += 1;
        let mut study = study(draft);
        let expected = most_placed(study.territory(), study.times());
        let found = plan(&mut study);
        let value = found.as_ref().map(|p| placed(p).value as u64);
        assert_eq!(value, expected, "seed {seed}");
        let Some(found) = found else {
            impossible += 1;
            continue;
        };
        assert_eq!(placed(&found).proof, Proof::Optimal, "seed {seed}");
        let checked = found.check(study.territory(), study.times());
        assert!(checked.is_ok(), "seed {seed}: {checked:#?}");
        with_groups += u32::from(!found.groups.is_empty());
        mixed += u32::from(
            found
                .groups
                .iter()
                .flat_map(|g| &g.members)
                .filter_map(|m| m.trip)
                .any(|t| t.mode_to != t.mode_back),
        );
    }
    // The draws must try something: most have a group, some mix modes, some pins contradict.
    assert!(
        with_groups * 3 > compared && mixed > 0 && impossible > 0,
        "{with_groups} {mixed} {impossible} of {compared}"
    );
}

#[test]
fn plans_place_as_many_as_trying_everything() {
    compare(0..2_600);
}

#[test]
#[ignore = "long: run by `just long`"]
fn plans_place_as_many_as_trying_everything_long() {
    compare(1_000_000..1_130_000);
}

/// Without pins, which a change may contradict.
fn free(seed: u64) -> Draft {
    let mut draft = tiny(seed);
    draft.pins.clear();
    draft
}

fn worth(draft: Draft) -> i64 {
    let plan = plan(&mut study(draft)).expect("no pins, so always a plan");
    let tier = placed(&plan);
    assert_eq!(tier.proof, Proof::Optimal);
    tier.value
}

fn never_fewer(seeds: std::ops::Range<u64>, law: &str, change: impl Fn(&mut Draft, &mut Draw)) {
    let mut gained = 0;
    for seed in seeds {
        let (before, mut after) = (free(seed), free(seed));
        change(&mut after, &mut Draw(seed ^ 0xabcd));
        let (few, many) = (worth(before), worth(after));
        assert!(many >= few, "{law}, seed {seed}: {few} then {many}");
        gained += i32::from(many > few);
    }
    assert!(gained > 0, "{law}: never made a difference, so tried nothing");
}

const CASES: std::ops::Range<u64> = 50_000..50_150;

#[test]
fn a_lower_minimum_never_places_fewer() {
    never_fewer(CASES, "a lower minimum", |draft, _| {
        for p in &mut draft.programmes {
            let size = p.value.size;
            p.value.size =
                GroupSize::new((size.min() - 1).max(1), size.target(), size.max()).expect("a size");
        }
    });
}

#[test]
fn a_higher_limit_never_places_fewer() {
    never_fewer(CASES, "a higher limit", |draft, _| {
        draft.rules.limit = Seconds::from_minutes(75);
        for p in &mut draft.programmes {
            p.value.limit = p.value.limit.map(|limit| limit.plus(Seconds::from_minutes(30)));
        }
    });
}

#[test]
fn one_more_site_never_places_fewer() {
    never_fewer(CASES, "one more site", |draft, draw| {
        draft.site(common::site("s9", north(draw.below(40)), &["lun-am", "mar-am"]));
    });
}

#[test]
fn one_more_mode_never_places_fewer() {
    never_fewer(CASES, "one more mode", |draft, _| {
        // Not for those whom a rule on vehicles looks at.
        let ruled = draft.programmes.iter().any(|p| p.value.mix.iter().any(|m| m.of == Trait::NoVehicle));
        for y in draft.youths.iter_mut().filter(|_| !ruled) {
            y.value.licences.push(Licence::B);
            y.value.vehicles.push(car());
        }
    });
}

#[test]
fn one_more_youth_never_places_fewer() {
    never_fewer(CASES, "one more youth", |draft, _| {
        let mut y = common::youth("y9", "h0", &["p0", "p1"]);
        y.licences.push(Licence::B);
        y.vehicles.push(car());
        draft.youth(y);
    });
}

#[test]
fn an_adviser_more_never_places_fewer() {
    never_fewer(CASES, "an adviser more", |draft, _| {
        if !draft.advisers.is_empty() {
            draft.adviser(Adviser { key: key("a9"), sites: Vec::new(), slots: Vec::new(), half_days: 3 });
        }
    });
}
