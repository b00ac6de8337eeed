//! Travel, reach and the whole walk, at three sizes: a small structure, a
//! department, and 20,000 youths with 60 sites.
//!
//! `cargo bench --bench walk`; one core: `RAYON_NUM_THREADS=1 cargo bench --bench walk`.

#![allow(clippy::expect_used, reason = "a bench that can't be set up has nothing to measure")]

#[path = "common/draw.rs"]
mod draw;

use divan::Bencher;
use draw::Draw;
use maillage::groups::Limits;
use maillage::study::Study;
use maillage::territory::Territory;
use maillage::travel::{Query, StraightLine, TravelProvider, compute};
use maillage::{Control, reach::Reach, read};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

fn main() {
    divan::main();
}

/// Youths, places, sites.
const SIZES: [(usize, usize, usize); 3] = [(600, 100, 10), (5_000, 1_000, 30), (20_000, 5_000, 60)];

/// Writes a territory of about 120 km × 120 km, youths spread over its places.
fn write(dir: &Path, (youths, places, sites): (usize, usize, usize)) {
    let mut draw = Draw(youths as u64);
    let mut point = move || {
        let (lon, lat) = (draw.below(16_000), draw.below(11_000));
        format!("{:.4},{:.4}", lon as f64 / 10_000.0, 46.5 + lat as f64 / 10_000.0)
    };
    let mut text = String::from("id,name,insee_code,lon,lat\n");
    for i in 0..places {
        let _ = writeln!(text, "h{i},hameau {i},,{}", point());
    }
    std::fs::write(dir.join("places.csv"), &text).expect("places");
    let mut text = String::from("id,name,lon,lat,kind,rooms,slots,half_days\n");
    for i in 0..sites {
        let kind = if i % 5 == 0 { "existing" } else { "candidate" };
        let slots = ["lun-am lun-pm", "mar-am mar-pm", "mer-am jeu-am", "jeu-am jeu-pm ven-am"][i % 4];
        let _ = writeln!(text, "s{i},site {i},{},{kind},1,{slots},3", point());
    }
    std::fs::write(dir.join("sites.csv"), &text).expect("sites");
    let mut draw = Draw(1 + youths as u64);
    let mut text = String::from("id,place,birth,licences,vehicles,lifts,programmes\n");
    for i in 0..youths {
        let home = draw.below(places as u64);
        let (year, month) = (2001 + draw.below(9), 1 + draw.below(12));
        let how = [
            "B,voiture,",
            "B,voiture mar 8h-18h,",
            ",,ar lun-ven",
            "AM,cyclomoteur,",
            ",velo,",
            ",,",
            ",,aller 7h-9h",
        ];
        let how = how[draw.below(how.len() as u64) as usize];
        let programmes = ["cej", "atelier", "cej atelier", "code", "atelier code"][draw.below(5) as usize];
        let _ = writeln!(text, "y{i},h{home},{year}-{month:02},{how},{programmes}");
    }
    std::fs::write(dir.join("youths.csv"), &text).expect("youths");
    let programme = |id, half_days, min| {
        format!(
            "[[programme]]\nid = \"{id}\"\nname = \"{id}\"\nmin = {min}\ntarget = {}\nmax = {}\nhalf_days = {half_days}\nweeks = 8\nstart = \"2026-09-07\"\nholidays = \"pauses\"\n\n",
            min + 3,
            min + 8
        )
    };
    let programmes = [programme("cej", 1, 5), programme("atelier", 1, 4), programme("code", 1, 6)].concat();
    std::fs::write(dir.join("programmes.toml"), programmes).expect("programmes");
    std::fs::write(dir.join("territory.toml"), "schema = 1\nname = \"bench\"\n").expect("territory");
}

fn territory(size: (usize, usize, usize)) -> Territory {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), size);
    read::territory(dir.path(), &Control::none()).expect("a territory").territory
}

#[divan::bench(args = SIZES)]
fn travel(bencher: Bencher<'_, '_>, size: (usize, usize, usize)) {
    let territory = territory(size);
    let query = Query::of(&territory);
    let providers: Vec<Arc<dyn TravelProvider>> = vec![Arc::new(StraightLine)];
    bencher.bench(|| compute(&territory, &providers, &query, &Control::none()).expect("times"));
}

#[divan::bench(args = SIZES)]
fn reach(bencher: Bencher<'_, '_>, size: (usize, usize, usize)) {
    let territory = territory(size);
    let providers: Vec<Arc<dyn TravelProvider>> = vec![Arc::new(StraightLine)];
    let times = compute(&territory, &providers, &Query::of(&territory), &Control::none()).expect("times");
    bencher.bench(|| Reach::new(&territory, &times, &Control::none()).expect("a reach"));
}

/// Files in, reach out: the target is two seconds on one core at the largest size.
#[divan::bench(args = SIZES, sample_count = 10)]
fn read_and_reach(bencher: Bencher<'_, '_>, size: (usize, usize, usize)) {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), size);
    bencher.bench(|| {
        let territory = read::territory(dir.path(), &Control::none()).expect("a territory").territory;
        Study::new(territory, vec![Arc::new(StraightLine)], &Control::none()).expect("a study")
    });
}

/// Files in, plan out. The largest size is left to the solver that is to come.
#[divan::bench(args = [(60, 20, 3), (200, 40, 6), SIZES[0]], sample_count = 3)]
fn whole(bencher: Bencher<'_, '_>, size: (usize, usize, usize)) {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), size);
    bencher.bench(|| {
        let territory = read::territory(dir.path(), &Control::none()).expect("a territory").territory;
        let mut study =
            Study::new(territory, vec![Arc::new(StraightLine)], &Control::none()).expect("a study");
        study.plan(&Limits::default(), &Control::none()).expect("a plan")
    });
}
