//! The toy valley, to the last second: what `data/valley/README.md` works out by hand.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use maillage::finding::Lang;
use maillage::groups::{Limits, Proof, Tier};
use maillage::plan::{Between, Change, Lever, Plan};
use maillage::reach::{Reason, Reasons};
use maillage::study::{Outcome, Study};
use maillage::territory::Mode;
use maillage::travel::StraightLine;
use maillage::units::Seconds;
use maillage::{Control, read, report};
use std::path::Path;
use std::sync::Arc;

fn valley() -> Study {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/valley");
    let read::Opened { territory, findings, .. } =
        read::territory(&dir, &Control::none()).expect("the valley is sound");
    assert!(findings.iter().all(|f| f.level() != maillage::finding::Level::Error));
    Study::new(territory, vec![Arc::new(StraightLine)], &Control::none()).expect("a study")
}

fn plan(study: &mut Study) -> Plan {
    match study.plan(&Limits::default(), &Control::none()).expect("not cancelled") {
        Outcome::Plan(plan) => *plan,
        other => panic!("{other:?}"),
    }
}

/// A youth's way to an option, as the README's table tells it.
fn access(study: &Study, youth: &str, option: &str) -> Result<(Mode, u32), Reason> {
    let t = study.territory();
    let youth = t.youths().find_str(youth).expect("a youth");
    let (programme, rest) = option.split_once(' ').expect("programme site slot");
    let (site, slot) = rest.split_once(' ').expect("site slot");
    let id = t
        .option_ids()
        .find(|&id| {
            let o = t.option(id);
            t.programmes().key_of(o.programme) == programme
                && t.sites().key_of(o.venue.sites()[0]) == site
                && t.slots().key_of(o.slots[0]) == slot
        })
        .expect("an option");
    let limit = t.limit_of(t.option(id).programme);
    match study.reach().attend(t, youth, id, limit) {
        Ok(way) => {
            let trip = way.trip.expect("a trip");
            assert_eq!((trip.to, trip.mode_to), (trip.back, trip.mode_back), "the same both ways");
            assert_eq!(way.reachable, way.of);
            Ok((trip.mode_to, trip.to.get()))
        }
        Err(reasons) => Err(Reasons::first(reasons).expect("a reason")),
    }
}

#[test]
fn everybodys_way_to_every_option() {
    use Mode::{Bike, Car, EBike, Lift, Moped, Walk};
    use Reason::{Age, NoMode, NoWayBack, NotAvailable, NotEnrolled, NotLocated, TooFar};
    let study = valley();
    let [pm, pj, cm, cj] =
        ["atelier pont mar-am", "atelier pont jeu-am", "atelier croix mar-am", "atelier croix jeu-am"];
    let [cc, ch, code] = ["chantier croix jeu-am", "chantier haut jeu-am", "code pont ven-am"];
    type Way = Result<(Mode, u32), Reason>;
    let table: [(&str, &[(&str, Way)]); 14] = [
        (
            "y01",
            &[
                (pm, Ok((Walk, 0))),
                (pj, Ok((Walk, 0))),
                (cm, Err(NoMode)),
                (code, Ok((Walk, 0))),
                (cc, Err(NotEnrolled)),
            ],
        ),
        (
            "y02",
            &[
                (pm, Ok((Bike, 1339))),
                (pj, Ok((Bike, 1339))),
                (cm, Ok((Bike, 1339))),
                (cj, Ok((Bike, 1339))),
                (code, Ok((Bike, 1339))),
            ],
        ),
        ("y03", &[(pm, Err(NoMode)), (cm, Ok((Walk, 0))), (cj, Ok((Walk, 0)))]),
        (
            "y04",
            &[
                (pm, Ok((Car, 717))),
                (pj, Err(NoMode)),
                (cm, Ok((Car, 717))),
                (cc, Err(NoMode)),
                (ch, Err(NoMode)),
            ],
        ),
        (
            "y05",
            &[
                (pm, Err(NoWayBack)),
                (pj, Err(NoWayBack)),
                (cm, Err(NoWayBack)),
                (cj, Err(NoWayBack)),
                (cc, Ok((Lift, 1133))),
                (ch, Ok((Lift, 717))),
            ],
        ),
        (
            "y06",
            &[
                (pm, Ok((Moped, 1606))),
                (cj, Ok((Moped, 536))),
                (cc, Ok((Moped, 536))),
                (ch, Ok((Moped, 1071))),
            ],
        ),
        ("y07", &[(cc, Err(NoMode)), (ch, Err(NoMode))]),
        ("y08", &[(pm, Err(Age)), (cj, Err(Age))]),
        ("y09", &[(pm, Err(NotLocated)), (cm, Err(NotLocated))]),
        (
            "y10",
            &[(pm, Ok((Car, 2382))), (pj, Err(NotAvailable)), (cm, Ok((Car, 1549))), (ch, Err(NotAvailable))],
        ),
        ("y11", &[(cc, Err(NoMode)), (ch, Ok((Car, 717)))]),
        ("y12", &[(cc, Err(TooFar)), (ch, Ok((EBike, 2082)))]),
        ("y13", &[(cc, Err(NoMode)), (ch, Ok((Walk, 0)))]),
        (
            "y14",
            &[
                (pm, Ok((Bike, 2677))),
                (cm, Ok((Bike, 0))),
                (cc, Ok((Bike, 0))),
                (ch, Err(TooFar)),
                (code, Ok((Bike, 2677))),
            ],
        ),
    ];
    for (youth, row) in table {
        for (option, expected) in row {
            assert_eq!(access(&study, youth, option), *expected, "{youth} to {option}");
        }
    }
}

#[test]
fn the_groups_and_the_reasons() {
    let mut study = valley();
    let plan = plan(&mut study);
    let t = study.territory();
    let told: Vec<(String, Vec<&str>)> = plan
        .groups
        .iter()
        .map(|g| {
            let slots: Vec<&str> = g.offer.slots.iter().map(|&s| t.slots().key_of(s)).collect();
            let site = t.sites().key_of(g.offer.venue.sites()[0]);
            let members = g.members.iter().map(|m| t.youths().key_of(m.youth)).collect();
            (format!("{} {site} {}", t.programmes().key_of(g.offer.programme), slots.join("+")), members)
        })
        .collect();
    let expected = [
        ("atelier croix mar-am", vec!["y03", "y06", "y10", "y14"]),
        ("atelier pont mar-am", vec!["y01", "y02", "y04"]),
        ("chantier haut jeu-am+jeu-pm", vec!["y05", "y06", "y11", "y12", "y13"]),
    ];
    assert_eq!(told, expected.map(|(offer, members)| (offer.to_owned(), members)));

    let left: Vec<(&str, &str, Reason)> = plan
        .left_out
        .iter()
        .filter(|l| l.reason != Reason::NotEnrolled)
        .map(|l| (t.programmes().key_of(l.programme), t.youths().key_of(l.youth), l.reason))
        .collect();
    use Reason::{Age, GroupTooSmall, NoMode, NoWayBack, NotAvailable, NotLocated};
    let expected = [
        ("atelier", "y05", NoWayBack),
        ("atelier", "y08", Age),
        ("atelier", "y09", NotLocated),
        ("chantier", "y04", NoMode),
        ("chantier", "y07", NoMode),
        ("chantier", "y10", NotAvailable),
        ("chantier", "y14", GroupTooSmall),
        ("code", "y01", GroupTooSmall),
        ("code", "y02", GroupTooSmall),
        ("code", "y14", GroupTooSmall),
    ];
    assert_eq!(left, expected);

    assert!(plan.tiers.iter().all(|tier| tier.proof == Proof::Optimal), "{:?}", plan.tiers);
    assert_eq!((plan.tiers[0].tier, plan.tiers[0].value), (Tier::Placed, 12));
    let one_way: u32 =
        plan.groups.iter().flat_map(|g| &g.members).filter_map(|m| m.trip).map(|trip| trip.to.get()).sum();
    assert_eq!(one_way, 8_728);
    assert_eq!(plan.tiers[3].value, 2 * 8_728);
    let code = t.programmes().find_str("code").expect("code");
    let answer = plan.programmes.iter().find(|a| a.programme == code).expect("an answer");
    let closest = &plan.verdicts[answer.closest.expect("an option")];
    assert_eq!((closest.reachable.get(), closest.missing.get(), closest.viable), (3, 1, false));
    assert_eq!(
        plan.hours.iter().find(|h| t.youths().key_of(h.youth) == "y06").expect("hours").planned,
        Seconds::from_minutes(9 * 60)
    );
    assert_eq!(plan.check(t, study.times()), Ok(()));
}

#[test]
fn beside_the_plan() {
    let mut study = valley();
    let plan = plan(&mut study);
    let t = study.territory();
    let told = |lever: &Lever| {
        let offer = &plan.verdicts[lever.verdict].offer;
        let (programme, site) =
            (t.programmes().key_of(lever.programme), t.sites().key_of(offer.venue.sites()[0]));
        (programme.to_owned(), site.to_owned(), lever.change, lever.gain.get())
    };
    let levers: Vec<_> = plan.beside.levers.iter().map(told).collect();
    let lever = |p: &str, site: &str, change, gain| (p.to_owned(), site.to_owned(), change, gain);
    let on_foot = Seconds::new(4_164);
    let expected = [
        lever("atelier", "croix", Change::Youths(2), 2),
        lever("chantier", "croix", Change::Minimum, 1),
        lever("chantier", "croix", Change::Limit(on_foot), 3),
        lever("chantier", "croix", Change::Youths(2), 3),
        lever("code", "pont", Change::Minimum, 3),
        lever("code", "pont", Change::Youths(1), 4),
    ];
    assert_eq!(levers, expected);
    let croix = plan.beside.further.iter().find(|f| {
        let offer = &plan.verdicts[f.verdict].offer;
        t.programmes().key_of(offer.programme) == "chantier"
            && t.sites().key_of(offer.venue.sites()[0]) == "croix"
    });
    let exactly = |limit| Some(Between { at_least: limit, at_most: Some(limit) });
    assert_eq!(croix.expect("somebody reaches it").limit, exactly(on_foot));
    assert!(plan.beside.alike.is_empty());
}

#[test]
fn the_page_in_french() {
    let mut study = valley();
    let plan = plan(&mut study);
    insta::assert_snapshot!("valley_fr", report::text(study.territory(), &plan, Lang::Fr));
}

#[test]
fn the_page_in_english() {
    let mut study = valley();
    let plan = plan(&mut study);
    insta::assert_snapshot!("valley_en", report::text(study.territory(), &plan, Lang::En));
}

#[test]
fn the_json() {
    let mut study = valley();
    let plan = plan(&mut study);
    insta::assert_snapshot!("valley_json", report::json(study.territory(), &plan).to_string());
}
