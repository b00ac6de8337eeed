//! Whom a plan leaves behind: counts that add up, and what serving the worst served first may cost.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::tiny;
use maillage::Control;
use maillage::groups::{Limits, Proof};
use maillage::plan::Plan;
use maillage::questions::{Group, Kind, Served, equity, worst_served_first};
use maillage::report::{Audience, Equity, equity_json};
use maillage::study::{Outcome, Study};
use maillage::territory::Draft;
use maillage::travel::{Links, StraightLine, TravelProvider};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// `None` where the draw contradicts itself.
fn drawn(draft: Draft) -> Option<Study> {
    let (territory, _) = draft.check().ok()?;
    let providers: Vec<Arc<dyn TravelProvider>> = vec![Arc::new(Links), Arc::new(StraightLine)];
    Some(Study::new(territory, providers, &Control::none()).expect("a study"))
}

fn planned(study: &mut Study) -> Option<Plan> {
    match study.plan(&Limits::default(), &Control::none()).expect("not cancelled") {
        Outcome::Plan(plan) => Some(*plan),
        Outcome::Impossible | Outcome::NotFound => None,
    }
}

fn sum(served: &BTreeMap<Kind, Served>, of: impl Fn(&Kind) -> bool) -> [u32; 3] {
    let those = served.iter().filter(|(kind, _)| of(kind)).map(|(_, served)| served);
    those.fold([0; 3], |sums, one| {
        [sums[0] + one.youths.get(), sums[1] + one.placed.get(), sums[2] + one.short.get()]
    })
}

#[test]
fn every_way_to_tell_youths_apart_counts_them_once() {
    for seed in 0..60 {
        let Some(mut study) = drawn(tiny(seed)) else { continue };
        let Some(plan) = planned(&mut study) else { continue };
        let territory = study.territory();
        let served = equity(territory, &plan);
        let enrolled = territory.youths().iter().filter(|(_, y)| !y.programmes.is_empty()).count() as u32;
        let members = plan.groups.iter().flat_map(|group| &group.members);
        let placed: BTreeSet<_> = members.map(|member| member.youth).collect();
        let [youths, with_place, short] = sum(&served, |kind| *kind == Kind::All);
        assert_eq!((youths, with_place), (enrolled, placed.len() as u32), "seed {seed}");
        let weekly = territory.rules().weekly_hours;
        let is_enrolled = |id| !territory.youths()[id].programmes.is_empty();
        let lack = plan.hours.iter().filter(|h| h.within_reach < weekly && is_enrolled(h.youth));
        assert_eq!(short as usize, lack.count(), "seed {seed}");
        let vehicle =
            |kind: &Kind| matches!(kind, Kind::Group(Group::Vehicle) | Kind::Group(Group::NoVehicle));
        let age = |kind: &Kind| matches!(kind, Kind::Group(Group::Minors) | Kind::Group(Group::Adults));
        for by in [sum(&served, vehicle), sum(&served, age)] {
            assert_eq!(by, [youths, with_place, short], "seed {seed}");
        }
        let at_home = territory.youths().iter().filter(|(_, y)| y.home.is_some() && !y.programmes.is_empty());
        let communes = sum(&served, |kind| matches!(kind, Kind::Group(Group::Commune(_))));
        assert_eq!(communes[0] as usize, at_home.count(), "seed {seed}");
    }
}

#[test]
fn the_worst_served_first_costs_no_less_than_nothing() {
    let (mut lifted, mut paid) = (0, 0);
    for seed in 0..150 {
        let Some(mut study) = drawn(tiny(seed)) else { continue };
        let Some(plan) = planned(&mut study) else { continue };
        let fair = worst_served_first(&study, &plan, 4, &Limits::default(), &Control::none());
        let fair = fair.expect("not cancelled").expect("what could be planned can be");
        let proved = |plan: &Plan| plan.tiers.iter().all(|tier| tier.proof == Proof::Optimal);
        assert!(proved(&plan) && proved(&fair.plan), "seed {seed}: tiny problems are proved");
        // By the weights of today, nothing beats the plan of today.
        let weight = |plan: &Plan| -> u64 {
            let members = plan.groups.iter().flat_map(|group| &group.members);
            members.map(|m| u64::from(study.territory().youths()[m.youth].priority.get())).sum()
        };
        assert!(weight(&fair.plan) <= weight(&plan), "seed {seed}");
        let there = |served: &BTreeMap<Kind, Served>| {
            sum(
                served,
                |kind| matches!(kind, Kind::Group(Group::Commune(key)) if fair.communes.contains(key)),
            )[1]
        };
        let today = equity(study.territory(), &plan);
        lifted += usize::from(there(&fair.served) > there(&today));
        paid += usize::from(weight(&fair.plan) < weight(&plan));
    }
    assert!(lifted > 1, "{lifted} plans place more of the worst served");
    assert!(paid > 0, "it never has a price");
}

/// A number told as a band, and the one that it is.
fn is_within(band: &Value, exact: &Value) -> bool {
    let (number, ends) = (exact["from"].as_u64(), [band["from"].as_u64(), band["to"].as_u64()]);
    exact["to"].as_u64() == number && ends[0] <= number && number <= ends[1]
}

#[test]
fn what_is_shown_tells_of_no_few() {
    const THRESHOLD: u64 = 3;
    let (mut classes, mut trips, mut withheld) = (0, 0, 0);
    for seed in 0..200 {
        let mut draft = tiny(seed);
        draft.rules.threshold = THRESHOLD as u32;
        let Some(mut study) = drawn(draft) else { continue };
        let Some(plan) = planned(&mut study) else { continue };
        let served = equity(study.territory(), &plan);
        let told = Equity { territory: study.territory(), plan: &plan, served: &served, worst_first: None };
        let document = |audience| -> Value {
            serde_json::from_str(&equity_json(&told, audience).to_string()).expect("JSON")
        };
        let (exact, shown) = (document(Audience::Interne), document(Audience::Partage));
        let kinds = |of: &Value| of["served"].as_array().expect("kinds").clone();
        let (exact_kinds, shown_kinds) = (kinds(&exact), kinds(&shown));
        assert!(shown["bound"].is_null() && is_within(&shown["places"], &exact["places"]), "seed {seed}");
        let all = exact_kinds.iter().find(|kind| kind["by"] == "all").map_or(0, number);
        for by in ["all", "distance", "inhabitants", "sex", "age", "vehicle", "commune"] {
            let mut sum = 0;
            for class in shown_kinds.iter().filter(|kind| kind["by"] == by) {
                let own = exact_kinds.iter().find(|k| k["by"] == by && k["kind"] == class["kind"]);
                let own = own.expect("it is there exactly too");
                assert!(by != "commune" && number(own) >= THRESHOLD, "seed {seed}: {class}");
                for of in ["youths", "placed", "short_of_hours"] {
                    assert!(is_within(&class[of], &own[of]), "seed {seed}: {of} of {class}, {own}");
                    assert_ne!(class[of]["from"], class[of]["to"], "seed {seed}: {of} of {class} is exact");
                }
                if let Some(trip) = class["trip_s"].as_u64() {
                    assert!(trip.is_multiple_of(300) && own["placed"]["from"].as_u64() >= Some(THRESHOLD));
                    trips += 1;
                }
                withheld += usize::from(class["trip_s"].is_null() && !own["trip_s"].is_null());
                sum += number(own);
                classes += 1;
            }
            let left = all - sum;
            assert!(sum == 0 || left == 0 || left >= THRESHOLD, "seed {seed}: {left} are left of {by}");
        }
    }
    assert!(classes > 200 && trips > 15 && withheld > 20, "{classes} classes, {trips} trips, {withheld} not");
}

fn number(kind: &Value) -> u64 {
    kind["youths"]["from"].as_u64().expect("youths")
}
