//! The shipped Chinonais: a hard and honest case, verified, and the same bytes at any thread count.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use maillage::finding::Level;
use maillage::groups::{Limits, Tier};
use maillage::study::{Outcome, Study};
use maillage::{Control, plan::Plan, read, report};
use std::path::Path;

fn chinonais() -> (Study, Plan) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/chinonais");
    let opened = read::territory(&dir, &Control::none()).expect("the folder is sound");
    // A timetable always has columns that tell no times: that is noted.
    let findings = &opened.findings;
    let of_columns = |f: &maillage::finding::Finding| f.code.as_str() == "M608" && f.level() == Level::Note;
    assert!(findings.iter().all(of_columns) && findings.len() <= 1, "{findings:#?}");
    let providers = opened.providers();
    let mut study = Study::new(opened.territory, providers, &Control::none()).expect("a study");
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
    assert_eq!(t.on_demand().len(), 1, "a service that is assumed");
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

/// What was found by hand in the published timetable, on dates of this school year: `data/README.md`.
#[cfg(feature = "cli")]
mod trains {
    use std::fs;
    use std::process::Command;

    const SCHOOL_TUESDAY: &str = "2026-11-10";
    const HOLIDAY_TUESDAY: &str = "2026-10-20";

    /// From one door to another, each at a station, and back.
    fn row(doors: [&str; 2], date: &str, by: &str, after: &str) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, station: &str| {
            let at = match station {
                "Chinon" => "0.25165,47.16307",
                "Azay-le-Rideau" => "0.44760,47.26615",
                _ => "0.69283,47.38987",
            };
            let path = folder.path().join(name);
            fs::write(&path, format!("id,lon,lat\n{station},{at}\n")).expect("written");
            path
        };
        let (homes, sites) = (write("h.csv", doors[0]), write("s.csv", doors[1]));
        let timetable = concat!(env!("CARGO_MANIFEST_DIR"), "/data/chinonais/timetable");
        let out = Command::new(env!("CARGO_BIN_EXE_maillage"))
            .args([
                "times",
                "--timetable",
                timetable,
                "--date",
                date,
                "--arrive-by",
                by,
                "--leave-after",
                after,
            ])
            .arg("--homes")
            .arg(&homes)
            .arg("--sites")
            .arg(&sites)
            .output()
            .expect("it runs");
        assert!(out.status.success(), "{out:?}");
        let text = String::from_utf8(out.stdout).expect("text");
        text.lines().nth(1).expect("a row").to_owned()
    }

    #[test]
    fn the_answers_found_by_hand_hold() {
        let there = ["Tours", "Chinon"];
        let hand = |date, by, expected: &str| {
            assert_eq!(row(there, date, by, "12:00"), format!("Tours,Chinon,{expected}"), "{date} {by}");
        };
        hand(SCHOOL_TUESDAY, "09:00", "07:40:00,08:29:00,12:39:00,13:28:00,1,0,");
        hand(SCHOOL_TUESDAY, "08:00", "06:27:00,07:21:00,12:39:00,13:28:00,1,0,");
        // In the holidays the 12:39 does not run, and the first train leaves later.
        hand(HOLIDAY_TUESDAY, "09:00", "07:40:00,08:29:00,14:17:00,15:05:00,1,0,");
        hand(HOLIDAY_TUESDAY, "08:00", "06:32:00,07:21:00,14:17:00,15:05:00,1,0,");
        // After the summer, to which sessions may be put off.
        hand("2027-09-14", "09:00", "07:40:00,08:29:00,12:39:00,13:28:00,1,0,");
        let azay = row(["Chinon", "Azay-le-Rideau"], SCHOOL_TUESDAY, "09:00", "16:30");
        assert_eq!(azay, "Chinon,Azay-le-Rideau,08:40:00,08:59:00,16:54:00,17:14:00,1,0,");
    }

    #[test]
    fn no_train_runs_on_bank_holidays_and_at_weekends() {
        for date in ["2026-11-11", "2026-12-25", "2026-11-14", "2026-11-15"] {
            let none = row(["Tours", "Chinon"], date, "09:00", "12:00");
            assert_eq!(none, "Tours,Chinon,,,,,,,no_bus_then", "{date}");
        }
    }
}
