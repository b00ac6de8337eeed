//! Travel times that you computed elsewhere, pair by pair; what they do not say is asked of
//! the next provider, here a declared link.

mod shared;

use maillage::Control;
use maillage::groups::Limits;
use maillage::study::{Outcome, Study};
use maillage::territory::{Draft, Link, Mode, Service, Weekdays};
use maillage::travel::{Links, Matrix, PairTimes, Query};
use maillage::units::{Key, Seconds};
use std::io::{self, Write};
use std::sync::Arc;

/// Home, site, seconds there, seconds back; no seconds where there is no way. Of heath and
/// the market town nothing is said.
const TIMES: [(&str, &str, Option<u32>, Option<u32>); 7] = [
    ("mill", "market-town", Some(600), Some(660)),
    ("mill", "crossroads", Some(2_100), Some(2_100)),
    ("ridge", "market-town", Some(1_800), Some(1_740)),
    ("ridge", "crossroads", Some(1_200), Some(1_200)),
    ("ford", "market-town", Some(3_000), Some(3_000)),
    ("ford", "crossroads", None, None),
    ("heath", "crossroads", Some(1_500), None),
];

fn matrix() -> Option<Matrix> {
    let mut matrix = Matrix::builder();
    for (home, site, to, back) in TIMES {
        let times = PairTimes {
            mode: Mode::Bus,
            date: None,
            to: to.map(Seconds::new),
            back: back.map(Seconds::new),
            distance: None,
        };
        matrix.pair(&Key::new(home)?, &Key::new(site)?, times);
    }
    matrix.build("my matrix").ok()
}

fn draft() -> Option<Draft> {
    let mut draft = shared::draft()?;
    draft.link(Link {
        key: Key::new("market-coach")?,
        from: Key::new("heath")?,
        to: Key::new("market-town")?,
        service: Service::Bus,
        line: None,
        time: Seconds::from_minutes(35),
        distance: None,
        both_ways: true,
        days: Weekdays::ALL,
        in_holidays: true,
    });
    Some(draft)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (territory, _warnings) = draft().ok_or("a key or a size is wrong")?.check()?;
    let matrix = matrix().ok_or("a key is wrong, or a pair is there twice")?;
    let mut out = io::stdout();
    for pair in matrix.missing(&territory, &Query::of(&territory)) {
        let (home, site) = (territory.places().key_of(pair.home), territory.sites().key_of(pair.site));
        writeln!(out, "not in the matrix: {home} to {site}")?;
    }
    let control = Control::none();
    let mut study = Study::new(territory, vec![Arc::new(matrix), Arc::new(Links)], &control)?;
    let Outcome::Plan(plan) = study.plan(&Limits::default(), &control)? else {
        return Err("no plan".into());
    };
    shared::print(study.territory(), &plan)?;
    for assumption in &plan.assumptions {
        writeln!(out, "rests on: {}", assumption.text.en)?;
    }
    Ok(())
}
