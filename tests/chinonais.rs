//! The shipped Chinonais: a hard and honest case, verified, and the same bytes at any thread count.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use maillage::groups::{Limits, Tier};
use maillage::study::{Outcome, Study};
use maillage::travel::StraightLine;
use maillage::{Control, plan::Plan, read, report};
use std::path::Path;
use std::sync::Arc;

fn chinonais() -> (Study, Plan) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/chinonais");
    let read::Opened { territory, findings, .. } =
        read::territory(&dir, &Control::none()).expect("the folder is sound");
    assert!(findings.is_empty(), "{findings:#?}");
    let mut study = Study::new(territory, vec![Arc::new(StraightLine)], &Control::none()).expect("a study");
    match study.plan(&Limits::default(), &Control::none()).expect("not cancelled") {
        Outcome::Plan(plan) => (study, *plan),
        other => panic!("{other:?}"),
    }
}

fn on(threads: usize) -> (Study, Plan, String) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| {
        let (study, plan) = chinonais();
        let json = report::json(study.territory(), &plan).to_string();
        (study, plan, json)
    })
}

#[test]
fn it_is_a_hard_and_honest_case() {
    let (study, plan, json) = on(1);
    let t = study.territory();
    assert!((590..=610).contains(&t.youths().len()));
    let in_two = t.youths().iter().filter(|(_, y)| y.programmes.len() >= 2).count();
    assert!(in_two * 10 >= t.youths().len() * 3, "{in_two} of {} in two programmes", t.youths().len());
    assert!(t.programmes().len() >= 8);
    let live = plan.verdicts.iter().filter(|v| v.missing.get() == 0).count();
    assert!(live >= 600, "{live} live options");

    let missing = |id: &str| {
        let programme = t.programmes().find_str(id).expect("a programme");
        let answer = plan.programmes.iter().find(|a| a.programme == programme).expect("an answer");
        plan.verdicts[answer.closest.expect("no group")].missing.get()
    };
    assert!(missing("epide-section") >= 10, "impossible");
    assert!((1..=2).contains(&missing("chantier-equipe")), "just misses");

    let placed = plan.tiers.iter().find(|tier| tier.tier == Tier::Placed).expect("a tier");
    assert!(placed.value >= 313 && placed.value <= placed.bound, "{placed:?}");
    assert!(placed.bound * 100 <= placed.value * 105, "a gap of a twentieth at most: {placed:?}");
    let checked = plan.check(t, study.times());
    assert!(checked.is_ok(), "{checked:#?}");

    let (_, _, with_eight) = on(8);
    assert!(json == with_eight, "the same bytes with 1 and 8 threads");
}
