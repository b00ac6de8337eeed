//! Reading and checking a folder as a French spreadsheet saves it, at three sizes.
//!
//! `cargo bench --bench read`; one core: `RAYON_NUM_THREADS=1 cargo bench --bench read`.

#![allow(clippy::expect_used, reason = "a bench that can't be set up has nothing to measure")]

use divan::Bencher;
use maillage::{Control, read};
use std::fmt::Write as _;
use std::path::Path;

fn main() {
    divan::main();
}

/// Youths; the largest is every youth that a region's Missions Locales follow.
const SIZES: [usize; 3] = [2_000, 20_000, 200_000];

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n as u64).expect("small")
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// A territory whose tables have semicolons, decimal commas, French headers,
/// dates day first, columns that identify people, in Windows-1252.
fn write(dir: &Path, youths: usize) {
    let mut draw = Draw(youths as u64);
    let places = youths / 20 + 10;
    let mut point = {
        let mut draw = Draw(1);
        move || {
            format!(
                "{},{:04};{},{:04}",
                draw.below(2),
                draw.below(10_000),
                46 + draw.below(2),
                draw.below(10_000)
            )
        }
    };
    let mut text = String::from("Identifiant;Nom;Longitude;Latitude\r\n");
    for i in 0..places {
        let _ = write!(text, "h{i};Hameau de l'été {i};{}\r\n", point());
    }
    save(&dir.join("places.csv"), &text);
    let mut text = String::from("Identifiant;Nom;Longitude;Latitude;Salles\r\n");
    for i in 0..60 {
        let _ = write!(text, "s{i};Site {i};{};2\r\n", point());
    }
    save(&dir.join("sites.csv"), &text);
    let mut text = String::from(
        "Nom;Prénom;Téléphone;Identifiant;Domicile;Date de naissance;Sexe;Permis;Véhicules;Covoiturage;Disponibilités;Absences;Dispositifs\r\n",
    );
    for i in 0..youths {
        let home = draw.below(places);
        let (day, month, year) = (1 + draw.below(28), 1 + draw.below(12), 2001 + draw.below(9));
        let how = draw.of(&[
            "B;voiture;",
            "B;\"voiture mar 8h-18h ; velo\";",
            ";;ar lun-ven 7h30-18h",
            ";velo;",
            ";;",
        ]);
        let free = draw.of(&["", "lun-ven 9h-17h", "lun,mar"]);
        let away = draw.of(&["", "", "01/10/2026..30/10/2026"]);
        let (sex, programmes) = (draw.of(&["F", "H"]), draw.of(&["cej", "atelier", "cej atelier"]));
        let _ = write!(
            text,
            "Durand{i};Zoé;06 12 34 56 78;y{i};h{home};{day:02}/{month:02}/{year};{sex};{how};{free};{away};{programmes}\r\n"
        );
    }
    save(&dir.join("youths.csv"), &text);
    let programme = |id| {
        format!(
            "[[programme]]\nid = \"{id}\"\nmin = 5\ntarget = 8\nmax = 12\nhalf_days = 1\nweeks = 8\nstart = \"2026-09-07\"\n\n"
        )
    };
    std::fs::write(dir.join("programmes.toml"), programme("cej") + &programme("atelier"))
        .expect("programmes");
    std::fs::write(dir.join("territory.toml"), "schema = 1\nname = \"bench\"\n").expect("territory");
}

/// Saves a text of Latin letters in Windows-1252.
fn save(path: &Path, text: &str) {
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin")).collect();
    std::fs::write(path, bytes).expect("saved");
}

/// The target is two seconds on one core at the largest size.
#[divan::bench(args = SIZES, sample_count = 10)]
fn read_and_check(bencher: Bencher<'_, '_>, youths: usize) {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), youths);
    bencher.bench(|| read::territory(dir.path(), &Control::none()).expect("a territory"));
}
