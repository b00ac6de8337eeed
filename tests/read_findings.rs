//! One folder per kind of finding: the code, the file and the line.
#![cfg(feature = "folder")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod read_common;

use maillage::finding::{Code, Finding};
use maillage::{Control, Error, read};
use read_common::{Folder, all_findings, listed};
use std::fs;

/// Asserts that the valley with one file changed gives exactly these findings.
fn check(folder: &Folder, expected: &[&str]) {
    let findings = all_findings(folder.path());
    assert_eq!(listed(&findings), expected, "{findings:#?}");
    for finding in &findings {
        let texts = [&finding.what.fr, &finding.what.en, &finding.remedy.fr, &finding.remedy.en];
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{finding:?}");
    }
}

fn with(file: &str, from: &str, to: &str) -> Folder {
    let folder = Folder::valley();
    folder.replace(file, from, to);
    folder
}

#[test]
fn m001_not_a_folder() {
    let folder = Folder::valley();
    let findings = all_findings(&folder.path().join("nowhere"));
    assert_eq!(listed(&findings), ["M001 -"]);
    assert_eq!(listed(&all_findings(&folder.path().join("youths.csv"))), ["M001 -"]);
}

#[test]
fn m002_unreadable() {
    let folder = Folder::valley();
    folder.remove("calendar.csv");
    fs::create_dir(folder.path().join("calendar.csv")).expect("a folder");
    check(&folder, &["M002 calendar.csv"]);
}

#[cfg(unix)]
#[test]
fn m002_a_link_out_of_the_folder_is_refused_and_one_within_is_followed() {
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret"), "id\n").expect("written");
    for target in [outside.path().join("secret"), "../secret".into(), "/dev/zero".into(), "nothing".into()] {
        let folder = Folder::valley();
        folder.remove("advisers.csv");
        std::os::unix::fs::symlink(&target, folder.path().join("advisers.csv")).expect("a link");
        check(&folder, &["M002 advisers.csv"]);
    }
    let folder = Folder::valley();
    fs::rename(folder.path().join("advisers.csv"), folder.path().join("real.csv")).expect("moved");
    std::os::unix::fs::symlink("real.csv", folder.path().join("advisers.csv")).expect("a link");
    check(&folder, &[]);
}

#[test]
fn m003_missing_files_and_nothing_about_what_points_into_them() {
    for file in ["territory.toml", "youths.csv", "programmes.toml", "sites.csv"] {
        let folder = Folder::valley();
        folder.remove(file);
        check(&folder, &[&format!("M003 {file}")]);
    }
    let folder = Folder::valley();
    for file in ["communes.csv", "places.csv", "communes.geojson"] {
        folder.remove(file);
    }
    // Sites without their commune are not located, which is news.
    let rows = "id,lon,lat\npont,0.25,47\ncroix,0.25,47.072\nhaut,0.25,47.18\n";
    folder.write("sites.csv", rows);
    check(&folder, &["M003 communes.csv"]);
}

#[test]
fn m004_too_large() {
    let long = "x".repeat(100_001);
    check(&with("youths.csv", "y03", &long), &["M004 youths.csv:4"]);
    let wide = format!("id,place,birth,programmes{}\n", ",x".repeat(1_000));
    let folder = Folder::valley();
    folder.write("youths.csv", &wide);
    check(&folder, &["M004 youths.csv:1"]);
}

#[test]
fn m005_bad_encoding() {
    let folder = Folder::valley();
    let mixed = "id,name,lon,lat\nsées,Sées,0.25,47.1\nx,Ch".as_bytes();
    folder.write_bytes("places.csv", &[mixed, b"\xe2teau,0.25,47.1\n"].concat());
    check(&folder, &["M005 places.csv:3"]);
    let folder = Folder::valley();
    let text = folder.text("pins.toml").into_bytes();
    folder.write_bytes("pins.toml", &[&text[..], b"# \xe9t\xe9\n"].concat());
    check(&folder, &["M005 pins.toml:5"]);
    let folder = Folder::valley();
    folder.write_bytes("youths.csv", b"PK\x03\x04\x14\x00 a workbook");
    check(&folder, &["M005 youths.csv:1"]);
}

#[test]
fn m006_syntax() {
    check(&with("programmes.toml", "min = 3", "min = = 3"), &["M006 programmes.toml:4"]);
    check(&with("youths.csv", "y03,37902", "y03,37902,more,more"), &["M006 youths.csv:4"]);
    check(&with("youths.csv", "y14,37902", "y14,\"37902"), &["M006 youths.csv:15"]);
    check(&with("communes.geojson", "\"Polygon\"", "\"Polygon"), &["M006 communes.geojson:2"]);
    check(
        &with("communes.geojson", "\"37902\"}, \"geometry\": {", "\"37902\"}, \"geometry\": {\"x"),
        &["M006 communes.geojson:3"],
    );
    let folder = Folder::valley();
    folder.write("calendar.csv", "");
    check(&folder, &["M006 calendar.csv:1"]);
}

#[test]
fn m007_m008_m009_columns() {
    check(&with("youths.csv", "id,place", "key,place"), &["M007 youths.csv:1", "M008 youths.csv:1"]);
    check(&with("advisers.csv", "slots", "bureau"), &["M008 advisers.csv:1"]);
    check(&with("advisers.csv", "slots", "sites"), &["M009 advisers.csv:1"]);
}

#[test]
fn m101_missing_value() {
    check(&with("youths.csv", "y03,", ","), &["M101 youths.csv:4"]);
    check(&with("youths.csv", "2006-11", ""), &["M101 youths.csv:4"]);
    check(&with("territory.toml", "ages_on", "# ages_on"), &["M101 youths.csv:13"]);
    check(&with("programmes.toml", "weeks = 2\n", ""), &["M101 programmes.toml:25"]);
    check(&with("calendar.csv", "2026-11-11", ""), &["M101 calendar.csv:3"]);
    check(&with("places.csv", "47.144", ""), &["M101 places.csv:4"]);
    check(&with("pins.toml", "youth = \"y13\"\n", ""), &["M101 pins.toml:2"]);
}

#[test]
fn m102_bad_value() {
    check(&with("youths.csv", "aller 8h-9h", "avion 8h-9h"), &["M102 youths.csv:6"]);
    check(&with("youths.csv", "voiture mar 8h-13h", "voiture mra"), &["M102 youths.csv:5"]);
    check(&with("sites.csv", "existing,1", "existing,-1"), &["M102 sites.csv:2"]);
    check(&with("sites.csv", "2000", "NaN"), &["M102 sites.csv:4"]);
    check(&with("sites.csv", "candidate", "future"), &["M102 sites.csv:4"]);
    check(&with("territory.toml", "limit_min = 45", "limit_mn = 45"), &["M102 territory.toml:6"]);
    check(&with("territory.toml", "limit_min = 45", "limit_min = \"45\""), &["M102 territory.toml:6"]);
    check(
        &with("programmes.toml", "full_days = 1", "full_days = 1\nhalf_days = 1"),
        &["M102 programmes.toml:19"],
    );
    check(
        &with("programmes.toml", "\"pont\", \"croix\"", "\"pont\",\n3, \"croix\""),
        &["M102 programmes.toml:10"],
    );
}

#[test]
fn m102_programmes_with_an_empty_set_or_a_site_twice() {
    check(&with("programmes.toml", "[[\"ven-am\"]]", "[[\"ven-am\"], []]"), &["M102 programmes.toml:31"]);
    let twice = "weeks = 2\nalternating = [{by = \"week\", sites = [\"pont\", \"croix\", \"pont\"]}]";
    check(&with("programmes.toml", "weeks = 2", twice), &["M102 programmes.toml:34"]);
}

#[test]
fn an_empty_programmes_file_is_one_finding() {
    let folder = Folder::valley();
    folder.write("programmes.toml", "");
    check(&folder, &["M101 programmes.toml:1"]);
}

#[test]
fn m103_out_of_range() {
    check(&with("places.csv", "47.144", "6689000"), &["M103 places.csv:4"]);
    check(&with("territory.toml", "detour = 1.3", "detour = 0.9"), &["M103 territory.toml:10"]);
    check(&with("territory.toml", "kmh = 45", "kmh = 4500"), &["M103 territory.toml:13"]);
    check(&with("territory.toml", "schema = 1", "schema = 2"), &["M103 territory.toml:2"]);
    check(&with("youths.csv", ",19,", ",9,"), &["M103 youths.csv:13"]);
    check(&with("calendar.csv", "2026-11-01", "2026-10-01"), &["M103 calendar.csv:2"]);
    let slot = "[[slot]]\nid = \"mar-am\"\nday = \"mar\"\nfrom = \"9h\"\nto = 08:00:00\n";
    let folder = Folder::valley();
    folder.append("territory.toml", slot);
    let found = all_findings(folder.path());
    assert!(listed(&found).contains(&"M103 territory.toml:15".to_owned()), "{found:?}");
}

#[test]
fn m104_bad_insee_code() {
    check(&with("sites.csv", "37902", "379020"), &["M104 sites.csv:3"]);
    // Nothing is said of the youths, the site and the outline of that commune.
    check(&with("communes.csv", "37902", "3790Z"), &["M104 communes.csv:3"]);
}

/// The first finding of the valley with one file changed: its place and its remedy in French.
fn remedy(folder: &Folder, expected: &str) -> String {
    check(folder, &[expected]);
    all_findings(folder.path())[0].remedy.fr.clone()
}

#[test]
fn m105_lost_zero() {
    assert!(remedy(&with("sites.csv", "37902", "7902"), "M105 sites.csv:3").contains("07902"));
    let found = remedy(&with("youths.csv", "y03,37902", "y03,1004"), "M105 youths.csv:4");
    assert!(found.contains("01004 (Ambérieu-en-Bugey, absente de communes.csv)"), "{found}");
    let found = remedy(&with("communes.csv", "37902", "20004"), "M105 communes.csv:3");
    assert!(found.contains("2A004 (Ajaccio"), "{found}");
    let folder = with("communes.csv", "37902", "01004");
    folder.replace("communes.geojson", "37902", "01004");
    folder.write("sites.csv", &folder.text("sites.csv").replace("37902", "01004"));
    folder.write("places.csv", &folder.text("places.csv").replace("37902", "01004"));
    folder.write("youths.csv", &folder.text("youths.csv").replace("37902", "1004"));
    let findings = all_findings(folder.path());
    assert!(findings.len() > 1 && findings.iter().all(|f| f.code == Code::LostZero), "{findings:#?}");
    assert!(findings[0].remedy.fr.contains("01004 (Croix) si c'est bien elle"), "{findings:#?}");
}

#[test]
fn m106_postcode() {
    let found = remedy(&with("youths.csv", "y03,37902", "y03,37500"), "M106 youths.csv:4");
    assert!(found.contains("37072 (Chinon, absente de communes.csv)"), "{found}");
    remedy(&with("communes.csv", "37902", "37500"), "M106 communes.csv:3");
    remedy(&with("places.csv", "moulin,Le Moulin,37900", "moulin,Le Moulin,37500"), "M106 places.csv:2");
}

#[test]
fn m107_merged_commune() {
    let found = remedy(&with("youths.csv", "y03,37902", "y03,49149"), "M107 youths.csv:4");
    assert!(found.contains("49261 (Gennes-Val-de-Loire"), "{found}");
    remedy(&with("sites.csv", "37902", "49149"), "M107 sites.csv:3");
    // A list of communes may keep those of before.
    let folder = Folder::valley();
    folder.append("communes.csv", "49149,Gennes,,,,0.25,47.0,\n");
    check(&folder, &[]);
}

#[test]
fn m108_m109_coordinates_that_are_no_place() {
    let found = remedy(&with("places.csv", "0.25,47.144", "47.144,0.25"), "M108 places.csv:4");
    assert!(found.contains("lon 0.25 et lat 47.144"), "{found}");
    remedy(&with("places.csv", "0.25,47.144", "0,0"), "M109 places.csv:4");
    let folder = with("communes.csv", "0.25,47.072", "490000,6689000");
    check(&folder, &["M109 communes.csv:3"]);
    assert!(all_findings(folder.path())[0].what.fr.contains("Lambert-93"));
}

#[test]
fn m110_a_name_in_the_place_of_a_code() {
    for (written, proposed) in [
        ("Croix", "37902 (Croix)"),
        ("LA CRETE", "crete (La Crête)"),
        ("le moulain", "moulin (Le Moulin)"),
        ("Moulin", "moulin (Le Moulin)"),
        ("37500 chinon", "37072 (Chinon, absente de communes.csv)"),
        ("Saint Epain", "37216 (Saint-Épain, absente de communes.csv)"),
    ] {
        let folder = with("youths.csv", "y03,37902", &format!("y03,{written}"));
        let found = remedy(&folder, "M110 youths.csv:4");
        assert!(found.contains(proposed), "{written}: {found}");
    }
    remedy(&with("sites.csv", "37902", "Croix"), "M110 sites.csv:3");
    // Too far from anything to be taken for it.
    check(&with("youths.csv", "y03,37902", "y03,ailleurs"), &["M202 youths.csv:4"]);
}

#[test]
fn m201_duplicate_id() {
    check(&with("youths.csv", "y03,", "y02,"), &["M201 youths.csv:4"]);
    check(&with("advisers.csv", "bruno", "anne"), &["M201 advisers.csv:3"]);
    check(
        &with("places.csv", "crete,La Crête", "crete,La Crête,37905,0.25,47.2\ncrete,"),
        &["M201 places.csv:7"],
    );
}

#[test]
fn m202_unknown_reference() {
    check(&with("youths.csv", "y03,37902", "y03,37999"), &["M202 youths.csv:4"]);
    check(&with("youths.csv", "atelier code", "atelier codes"), &["M202 youths.csv:2"]);
    check(&with("sites.csv", "jeu-pm,,2000", "jeu-soir,,2000"), &["M202 sites.csv:4"]);
    check(&with("advisers.csv", "croix|haut", "croix|bas"), &["M202 advisers.csv:3"]);
    check(&with("programmes.toml", "[\"croix\", \"haut\"]", "[\"haute\"]"), &["M202 programmes.toml:13"]);
    check(&with("calendar.csv", ",pont", ",ponte"), &["M202 calendar.csv:4"]);
    check(&with("pins.toml", "y13", "y99"), &["M202 pins.toml:2"]);
}

#[test]
fn m203_to_m205_and_m211_m215_programmes() {
    check(&with("programmes.toml", "max = 5", "max = 2"), &["M203 programmes.toml:4"]);
    check(&with("programmes.toml", "weeks = 2", "weeks = 2\nage_from = 30"), &["M204 programmes.toml:25"]);
    check(
        &with("programmes.toml", "weeks = 2", "weeks = 2\nexcludes = [\"code\"]"),
        &["M205 programmes.toml:25"],
    );
    let mix = "weeks = 2\nmix = [{of = \"minor\", at_least = 9}]";
    check(&with("programmes.toml", "weeks = 2", mix), &["M211 programmes.toml:25"]);
    let both = "weeks = 2\nneeded_count = 1\nneeded_percent = 50";
    check(&with("programmes.toml", "weeks = 2", both), &["M215 programmes.toml:35"]);
}

#[test]
fn m206_m207_nothing_can_be_held() {
    let folder = with("programmes.toml", "[[\"ven-am\"]]", "[[\"ven-am\", \"ven-pm\"]]");
    folder.replace("sites.csv", "existing,1,*", "existing,1,mar-am");
    check(&folder, &["M206 programmes.toml:25"]);
    check(&with("sites.csv", "existing,1,*", "existing,0,*"), &["M207 sites.csv:2"]);
}

#[test]
fn m208_centre_outside() {
    check(&with("communes.csv", "0.25,47.072", "0.32,47.072"), &["M208 communes.geojson:3"]);
    check(&with("communes.csv", "0.25,47.072", "0.305,47.072"), &[]);
    check(&with("communes.geojson", "\"37902\"", "\"37903\""), &["M208 communes.geojson:3"]);
}

#[test]
fn m209_far_place_and_m214_not_located() {
    check(&with("places.csv", "37902,0.25,47.144", ",4.25,47.144"), &["M209 places.csv:4"]);
    check(&with("places.csv", "0.25,47.144", "4.25,47.144"), &["M305 places.csv:4"]);
    check(&with("places.csv", "lande,La Lande,37902", "lande,La Lande,"), &["M306 places.csv:4"]);
    check(&with("places.csv", "0.25,47.144", ","), &["M214 places.csv:4"]);
}

#[test]
fn m210_and_m216_pins() {
    let out = "[[out]]\nyouth = \"y13\"\nprogramme = \"chantier\"\n";
    let folder = Folder::valley();
    folder.append("pins.toml", out);
    check(&folder, &["M210 pins.toml:5"]);
    let folder = Folder::valley();
    folder.append("pins.toml", "[[group]]\nprogramme = \"code\"\nsite = \"croix\"\n");
    check(&folder, &["M101 pins.toml:5"]);
    let folder = Folder::valley();
    folder.append("pins.toml", "[[group]]\nprogramme = \"code\"\nsite = \"croix\"\nslots = [\"mar-am\"]\n");
    check(&folder, &["M216 pins.toml:5"]);
}

#[test]
fn m212_too_many_options() {
    let folder =
        with("programmes.toml", "schedules = [[\"ven-am\"]]", "half_days = 3\nstart_weeks_later = 52");
    let mut slots = String::new();
    for day in ["lun", "mar", "mer", "jeu", "ven"] {
        for hour in 8..16 {
            let id = match hour {
                9 => format!("{day}-am"),
                14 => format!("{day}-pm"),
                _ => format!("{day}-{hour}"),
            };
            slots += &format!(
                "[[slot]]\nid = \"{id}\"\nday = \"{day}\"\nfrom = \"{hour}h\"\nto = \"{hour}h30\"\n"
            );
        }
    }
    folder.append("territory.toml", &slots);
    check(&folder, &["M212 programmes.toml"]);
}

#[test]
fn m213_nobody() {
    let folder = Folder::valley();
    folder.write("youths.csv", "id,place,birth,programmes\n");
    folder.remove("pins.toml");
    check(&folder, &["M213 youths.csv"]);
}

#[test]
fn several_defects_come_back_at_once_and_sorted() {
    let folder = Folder::valley();
    folder.replace("territory.toml", "limit_min", "limite");
    folder.replace("youths.csv", "2006-11", "novembre");
    folder.replace("youths.csv", "crete,", "creux,");
    folder.replace("youths.csv", "ar jeu mineur", "ar jeudi-mardi");
    folder.replace("sites.csv", "37905", "ABCDE");
    folder.replace("programmes.toml", "max = 8", "max = 1");
    folder.replace("pins.toml", "chantier", "chantiers");
    check(
        &folder,
        &[
            "M202 pins.toml:2",
            "M203 programmes.toml:28",
            "M104 sites.csv:4",
            "M102 territory.toml:6",
            "M102 youths.csv:4",
            "M102 youths.csv:8",
            "M202 youths.csv:13",
        ],
    );
    let Err(Error::Input(found)) = read::folder(folder.path(), &Control::none()) else { panic!("an error") };
    assert_eq!(found.len(), 5, "reading alone looks no reference up");
}

#[test]
fn a_spoilt_row_is_still_pointed_at() {
    let folder = Folder::valley();
    folder.replace("youths.csv", "y13,37905,2005-12", "y13,37905,2005-13");
    folder.replace(
        "sites.csv",
        "pont,Siège de Pont,37900,,,existing,1",
        "pont,Siège de Pont,37900,,,existing,x",
    );
    folder.replace("programmes.toml", "min = 3", "min = 0");
    folder.replace("places.csv", "lande,La Lande,37902,0.25", "lande,La Lande,37902,x");
    check(
        &folder,
        &["M102 places.csv:4", "M103 programmes.toml:4", "M102 sites.csv:2", "M102 youths.csv:14"],
    );
}

#[test]
fn lines_are_right_after_blank_lines_quoted_line_ends_and_any_line_end() {
    for end in ["\n", "\r\n", "\r"] {
        let rows =
            ["id,place,birth,programmes,vehicles", "", "a,,2007-01,,", "\"b\nb\",,2007-01,,", "", "c,,x,,"];
        let folder = Folder::valley();
        folder.remove("pins.toml");
        folder.write("youths.csv", &(rows.join(end) + end));
        check(&folder, &["M016 youths.csv:2", "M017 youths.csv:4", "M102 youths.csv:7"]);
    }
}

#[test]
fn other_separators_a_byte_order_mark_and_decimal_commas() {
    for mark in [";", "\t"] {
        let folder = Folder::valley();
        let rows = "\u{feff}lat,id,lon,name,insee_code\n\"47,036\",moulin,\"0,25\",Le Moulin,37900\n\
                    \"47,108\",bois,\"0,25\",Le Bois,37902\n\"47,144\",lande,\"0,25\",La Lande,37902\n\
                    \"47,216\",roche,\"0,25\",La Roche,37905\n\"47,252\",crete,\"0,25\",La Crête,37905\n";
        let quoted = rows.replace("\"47,", "\"47.").replace("\"0,", "\"0.").replace(',', mark);
        folder.write("places.csv", &quoted.replace('.', ",").replace('"', ""));
        check(&folder, &["M012 places.csv:1", "M014 places.csv:2"]);
        let same = read::territory(folder.path(), &Control::none()).expect("sound").territory.to_draft();
        let valley = Folder::valley();
        assert_eq!(
            same,
            read::territory(valley.path(), &Control::none()).expect("sound").territory.to_draft()
        );
    }
}

#[test]
fn cancelling_is_cancelled() {
    let folder = Folder::valley();
    let stop = |_| std::ops::ControlFlow::Break(());
    let read = read::territory(folder.path(), &Control::new(&stop));
    assert!(matches!(read, Err(Error::Cancelled)));
}

#[test]
fn limits_hold() {
    let folder = Folder::valley();
    let limits = |change: fn(&mut read::Limits)| {
        let mut limits = read::Limits::default();
        change(&mut limits);
        match read::folder_within(folder.path(), &limits, &Control::none()) {
            Err(Error::Input(found)) => listed(&found),
            other => panic!("{other:?}"),
        }
    };
    assert!(limits(|l| l.rows = 3).contains(&"M004 youths.csv:5".to_owned()));
    assert!(limits(|l| l.file_bytes = 500).contains(&"M004 youths.csv".to_owned()));
    assert!(limits(|l| l.columns = 5).contains(&"M004 youths.csv:1".to_owned()));
    assert!(limits(|l| l.field_bytes = 20).contains(&"M004 youths.csv:6".to_owned()));
}

#[test]
fn a_synthesis_section_draws_the_youths() {
    let folder = Folder::valley();
    folder.append("territory.toml", "[synthesis]\nseed = 7\nfollowed_per_1000 = 20.0\n");
    folder.remove("youths.csv");
    folder.remove("pins.toml");
    let territory = read::territory(folder.path(), &Control::none()).expect("sound").territory;
    assert!(territory.youths().len() > 20);
    let seed = match territory.provenance() {
        maillage::territory::Provenance::Synthetic(synthesis) => synthesis.seed,
        maillage::territory::Provenance::Declared => panic!("drawn"),
    };
    assert_eq!(seed, 7);
}

#[test]
fn a_wrong_synthesis_section_is_a_finding_of_its_line() {
    let folder = Folder::valley();
    folder.append("territory.toml", "[synthesis]\nseeds = 7\n");
    folder.remove("youths.csv");
    folder.remove("pins.toml");
    check(&folder, &["M102 territory.toml:15"]);
}

#[test]
fn what_is_meant_is_not_said() {
    let folder = Folder::valley();
    folder.replace("programmes.toml", "weeks = 2", "weeks = 2\nexcludes = [\"atelier\", \"chantier\"]");
    check(&folder, &[]);
    // Three that exclude one another, each said on both sides.
    folder.replace("programmes.toml", "weeks = 3", "weeks = 3\nexcludes = [\"chantier\", \"code\"]");
    folder.replace(
        "programmes.toml",
        "sites = [\"croix\", \"haut\"]",
        "sites = [\"croix\", \"haut\"]\nexcludes = [\"atelier\", \"code\"]",
    );
    check(&folder, &[]);
    // Half-days that touch.
    let folder = Folder::valley();
    let mut slots = String::new();
    for (id, day, from, to) in [
        ("mar-am", "mar", "9h", "12h"),
        ("jeu-am", "jeu", "9h", "12h30"),
        ("jeu-pm", "jeu", "12h30", "16h30"),
        ("ven-am", "ven", "9h", "12h"),
    ] {
        slots += &format!("[[slot]]\nid = \"{id}\"\nday = \"{day}\"\nfrom = \"{from}\"\nto = \"{to}\"\n");
    }
    folder.append("territory.toml", &slots);
    check(&folder, &[]);
    // Two who have a programme in common, and one who is out of theirs.
    let folder = Folder::valley();
    folder.append(
        "pins.toml",
        "[[apart]]\na = \"y01\"\nb = \"y02\"\n[[out]]\nyouth = \"y14\"\nprogramme = \"code\"\n",
    );
    check(&folder, &[]);
}

#[test]
fn one_odd_birth_is_a_birth_and_most_are_a_date() {
    check(&with("youths.csv", "2006-11", "2016-11"), &["M103 youths.csv:4"]);
    let folder = Folder::valley();
    folder.replace("programmes.toml", "start = \"2026", "start = \"2003");
    check(&folder, &["M103 programmes.toml:1"]);
}

#[test]
fn nested_half_days_are_each_told_once() {
    let folder = Folder::valley();
    let mut slots = String::new();
    for (id, day, from, to) in [
        ("mar-am", "mar", "9h", "12h"),
        ("jeu-am", "jeu", "9h", "12h"),
        ("jeu-jour", "jeu", "9h", "16h30"),
        ("jeu-pm", "jeu", "13h30", "16h30"),
        ("ven-am", "ven", "9h", "12h"),
    ] {
        slots += &format!("[[slot]]\nid = \"{id}\"\nday = \"{day}\"\nfrom = \"{from}\"\nto = \"{to}\"\n");
    }
    folder.append("territory.toml", &slots);
    check(&folder, &["M217 territory.toml:25", "M217 territory.toml:30"]);
}

#[test]
fn findings_are_sorted() {
    let folder = with("youths.csv", "2006-11", "x");
    let findings: Vec<Finding> = all_findings(folder.path());
    let mut sorted = findings.clone();
    maillage::finding::sort(&mut sorted);
    assert_eq!(findings, sorted);
}

/// Names in quotes after `before` in the reader's sources.
fn names_after(before: &str) -> Vec<String> {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/read");
    let mut names = Vec::new();
    let entries = fs::read_dir(dir).expect("sources").map(|entry| entry.expect("an entry").path());
    for path in entries.filter(|path| path.is_file()) {
        let text = fs::read_to_string(path).expect("a source");
        let after = text.split(before).skip(1);
        names.extend(after.filter_map(|rest| rest.split_once('"')).map(|(name, _)| name.to_owned()));
    }
    names
}

#[test]
fn every_column_and_field_is_documented() {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/format.md")).expect("docs");
    let mut names = names_after("required(\"");
    names.extend(names_after("optional(\""));
    for read in
        ["whole", "decimal", "minutes", "euros", "flag", "text", "word", "key", "keys", "date", "clock"]
    {
        names.extend(names_after(&format!("fields.{read}(\"")));
    }
    assert!(names.len() > 60, "{names:?}");
    for name in names {
        assert!(text.contains(&format!("`{name}")), "docs/format.md lacks '{name}'");
    }
}
