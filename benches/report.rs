//! What is told of a plan, at three sizes up to 500 communes and 5,000 youths.
//!
//! `cargo bench --bench report`; it uses one core.

#![allow(clippy::expect_used, clippy::panic, reason = "a bench that can't be set up has nothing to measure")]

use divan::Bencher;
use divan::counter::BytesCount;
use geo::{LineString, MultiPolygon, Polygon};
use jiff::civil::date;
use maillage::Control;
use maillage::groups::Limits;
use maillage::plan::Plan;
use maillage::report::{self, Audience, Locale, Run};
use maillage::study::{Outcome, Study};
use maillage::territory::*;
use maillage::travel::{StraightLine, TravelTimes};
use maillage::units::{Cents, InseeCode, Key, Position};
use std::sync::Arc;

fn main() {
    divan::main();
}

/// Communes, youths; then the largest with so few youths that zones are large.
const SIZES: [(usize, usize); 4] = [(20, 200), (109, 1_000), (500, 5_000), (500, 500)];

fn key(text: &str) -> Key {
    Key::new(text).expect("a key")
}

/// A square commune of 5 km with 64 corners, shared with its neighbours.
fn outline(x: f64, y: f64) -> MultiPolygon<f64> {
    let side = |i: usize| 0.05 * i as f64 / 16.0;
    let mut ring = Vec::new();
    ring.extend((0..16).map(|i| (x + side(i), y)));
    ring.extend((0..16).map(|i| (x + 0.05, y + side(i))));
    ring.extend((0..16).map(|i| (x + 0.05 - side(i), y + 0.05)));
    ring.extend((0..16).map(|i| (x, y + 0.05 - side(i))));
    Polygon::new(LineString::from(ring), Vec::new()).into()
}

fn territory((communes, youths): (usize, usize)) -> Territory {
    let mut draft = Draft::new("bench");
    let width = communes.isqrt().max(1);
    let mut outlines = Vec::new();
    for c in 0..communes {
        let code = InseeCode::new(&format!("37{c:03}")).expect("a code");
        let (x, y) = ((c % width) as f64 * 0.05, 46.5 + (c / width) as f64 * 0.05);
        outlines.push((code, outline(x, y)));
        draft.place(Place {
            key: key(code.as_str()),
            name: format!("Commune {c}"),
            commune: Some(code),
            position: Position::new(x + 0.025, y + 0.025),
            population: Some(100 + (c * 7_919 % 3_000) as u32),
            epci: Some(format!("CC {}", c % width / 5)),
        });
        if c % 17 == 3 {
            draft.site(site(&format!("s{c}"), Position::new(x + 0.02, y + 0.02)));
        }
    }
    draft.outlines = outlines.into_iter().collect();
    for (name, min) in [("cej", 5), ("atelier", 4), ("code", 6)] {
        draft.programme(programme(name, min));
    }
    (0..youths).for_each(|y| {
        draft.youth(youth(y, communes));
    });
    draft.check().expect("a territory").0
}

fn site(name: &str, position: Option<Position>) -> Site<Names> {
    Site {
        key: key(name),
        name: name.to_owned(),
        commune: None,
        position,
        status: SiteStatus::Existing,
        rooms: 1,
        open: ["lun-am", "mar-am", "jeu-am"].map(key).to_vec(),
        half_days: None,
        room_cost: Cents::default(),
    }
}

fn programme(name: &str, min: u32) -> Programme<Names> {
    Programme {
        key: key(name),
        name: name.to_owned(),
        size: GroupSize::new(min, min + 4, min + 8).expect("a size"),
        rhythm: Rhythm::HalfDays(1),
        slots: Vec::new(),
        sites: Vec::new(),
        alternating: Vec::new(),
        weeks: 4,
        start: StartWindow { first: date(2026, 9, 7), later_weeks: 0 },
        in_holidays: InHolidays::Runs,
        needed: Needed::All,
        limit: None,
        ages: Ages::MISSION_LOCALE,
        mix: Vec::new(),
        excludes: Vec::new(),
        max_groups: 1,
        group_cost: Cents::default(),
        attendance: None,
        hold: None,
    }
}

fn youth(y: usize, communes: usize) -> Youth<Names> {
    let car = Vehicle { kind: VehicleKind::Car, hours: WeeklyHours::always() };
    Youth {
        key: key(&format!("y{y}")),
        home: Some(key(&format!("37{:03}", y * 7 % communes))),
        birth: Birth::Age { years: 16 + (y % 10) as u8, on: date(2026, 9, 1) },
        recognised_disability: false,
        sex: Some(if y.is_multiple_of(2) { Sex::Woman } else { Sex::Man }),
        licences: vec![Licence::B],
        vehicles: if y.is_multiple_of(3) { vec![car] } else { Vec::new() },
        lifts: Vec::new(),
        rides: Vec::new(),
        availability: Availability::default(),
        programmes: if y.is_multiple_of(5) { vec![key("cej"), key("code")] } else { vec![key("atelier")] },
        priority: Priority::NONE,
        attendance: None,
    }
}

fn planned(size: (usize, usize)) -> (Territory, TravelTimes, Plan) {
    let control = Control::none();
    let mut study = Study::new(territory(size), vec![Arc::new(StraightLine)], &control).expect("a study");
    match study.plan(&Limits { nodes: 10, ..Limits::default() }, &control).expect("not cancelled") {
        Outcome::Plan(plan) => (study.territory().clone(), study.times().clone(), *plan),
        other => panic!("{other:?}"),
    }
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn shared(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let (territory, _, plan) = planned(size);
    bencher.bench(|| report::shared(&territory, &plan).to_string());
}

/// The page for the desk.
#[divan::bench(args = SIZES, sample_count = 10)]
fn page_interne(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    page(bencher, size, Audience::Interne);
}

/// The page that can be shown.
#[divan::bench(args = SIZES, sample_count = 10)]
fn page_partage(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    page(bencher, size, Audience::Partage);
}

fn page(bencher: Bencher<'_, '_>, size: (usize, usize), audience: Audience) {
    let (territory, times, plan) = planned(size);
    let run = Run::new(&times);
    let bytes = report::page(&territory, &plan, &run, audience).len();
    bencher.counter(BytesCount::new(bytes)).bench(|| report::page(&territory, &plan, &run, audience));
}

/// Both folders, in memory, with the sheets of youths.
#[divan::bench(args = SIZES, sample_count = 10)]
fn documents(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let (territory, times, plan) = planned(size);
    let run = Run { locale: Locale::Fr, ..Run::new(&times) };
    bencher.bench(|| report::documents(&territory, &plan, &run));
}
