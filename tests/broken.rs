//! Each folder of `data/broken/` has one defect, and `expected.txt` says what is
//! found: code, file and line. What can't be kept in a repository is made here.
#![cfg(feature = "folder")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may fail, and says what it skips"
)]

#[cfg(feature = "timetables")]
#[path = "common/gtfs.rs"]
mod gtfs;
#[path = "common/pbf.rs"]
mod pbf;
mod read_common;

use maillage::finding::{Code, Finding, Lang, Level};
use maillage::report;
use read_common::{Folder, all_findings, listed};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Codes that no folder nor generated case can show in this build, each with the reason.
const ELSEWHERE: [(&str, &str); 24] = [
    ("M001", "what is not a folder is no folder of data/broken: what_is_not_a_folder_is_said"),
    ("M401", "instance files are no folders: the tests of src/instance"),
    ("M502", "a folder has no profile: the_command_says_what_is_wrong, in tests/roads.rs"),
    ("M510", "told by `maillage times`: the_command_tells_what_its_times_rest_on, in tests/roads.rs"),
    ("M701", "told of exports by `maillage new`: what_no_column_says_is_said, in tests/new.rs"),
    ("M702", "corrections_that_cannot_be_followed_are_said, in tests/new.rs"),
    ("M703", "intercommunalities_are_found_by_code_or_name, in tests/new.rs"),
    ("M704", "sites_are_communes, in tests/new.rs"),
    ("M705", "what_is_not_understood_is_said_with_its_row_and_column, in tests/new.rs"),
    ("M706", "what_is_not_understood_is_said_with_its_row_and_column, in tests/new.rs"),
    ("M707", "what_is_not_understood_is_said_with_its_row_and_column, in tests/new.rs"),
    ("M708", "what_is_not_understood_is_said_with_its_row_and_column, in tests/new.rs"),
    ("M709", "what_is_not_understood_is_said_with_its_row_and_column, in tests/new.rs"),
    ("M710", "builds without the table of communes alone: a_build_without_communes_says_so, in src/prepare"),
    (
        "M801",
        "told by `maillage national`: unknown_territories_of_a_list_have_their_line, in tests/national.rs",
    ),
    ("M802", "perimeters_that_overlap_or_miss_communes_are_findings, in tests/national.rs"),
    ("M803", "perimeters_that_overlap_or_miss_communes_are_findings, in tests/national.rs"),
    ("M804", "a_structure_outside_all_perimeters_is_broken_and_the_others_go_on, in tests/national.rs"),
    ("M805", "the_nearest_seat_is_called_an_assumption_on_every_line, in tests/national.rs"),
    ("M806", "classes_are_those_of_the_density_column_or_said_to_be_none, in tests/national.rs"),
    ("M811", "told by `maillage pool`: other_terms_stay_apart_and_are_said, in tests/pool.rs"),
    ("M812", "told by `maillage pool`: other_settings_are_said, in tests/pool.rs"),
    ("M813", "told by `maillage pool`: what_is_no_territory_is_said_with_its_folder, in tests/pool.rs"),
    if cfg!(feature = "xlsx") {
        ("M023", "builds that read workbooks don't say that they read none")
    } else {
        ("M021", "builds that read no workbook know nothing of its sheets")
    },
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/broken")
}

/// The folders, in order.
fn folders() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> =
        fs::read_dir(root()).expect("data/broken").map(|entry| entry.expect("an entry").path()).collect();
    all.sort();
    all
}

/// The sentence of `expected.txt`, and what it expects; `xlsx: ` and `no xlsx: ` begin
/// what only builds with, or without, that feature find.
fn expected(folder: &Path) -> (String, Vec<String>) {
    let text = fs::read_to_string(folder.join("expected.txt"))
        .unwrap_or_else(|_| panic!("{} has no expected.txt", folder.display()));
    let (why, lines): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with('#'));
    let feature = if cfg!(feature = "xlsx") { "xlsx: " } else { "no xlsx: " };
    let here = |line: &str| match line.split_once("xlsx: ") {
        Some((_, finding)) => line.starts_with(feature).then(|| finding.to_owned()),
        None => Some(line.to_owned()),
    };
    (why.join(" "), lines.into_iter().filter_map(here).collect())
}

/// Asserts that exactly these are found, and that they can be told in every way.
fn check(name: &str, dir: &Path, expected: &[String]) -> Vec<Finding> {
    let findings = all_findings(dir);
    let mut found = listed(&findings);
    found.sort();
    assert_eq!(found, expected, "{name}: {findings:#?}");
    told(name, &findings);
    findings
}

/// Both languages, the page and the JSON have each finding.
fn told(name: &str, findings: &[Finding]) {
    for finding in findings {
        let texts = [&finding.what.fr, &finding.what.en, &finding.remedy.fr, &finding.remedy.en];
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{name}: {finding:?}");
    }
    for lang in [Lang::Fr, Lang::En] {
        let page = report::findings(findings, lang);
        for finding in findings {
            let what: String = finding.what.in_lang(lang).chars().filter(|c| !c.is_control()).collect();
            let told = page.lines().any(|line| line.contains(finding.code.as_str()) && line.contains(&what));
            assert!(told, "{name}: {finding:?} is not in\n{page}");
        }
    }
    let json: serde_json::Value =
        serde_json::from_str(&report::findings_json(findings).to_string()).expect("JSON");
    assert_eq!(json["findings"].as_array().map(Vec::len), Some(findings.len()), "{name}");
}

#[test]
fn each_folder_has_its_defect_and_no_other() {
    let folders = folders();
    assert!(folders.len() >= 45, "{} folders", folders.len());
    for folder in folders {
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let (why, lines) = expected(&folder);
        assert!(why.len() > 20, "{name}: expected.txt does not say what is wrong");
        assert!(!lines.is_empty(), "{name}: expected.txt expects nothing");
        assert!(lines.is_sorted(), "{name}: expected.txt is not sorted");
        check(&name, &folder, &lines);
    }
}

#[test]
fn twenty_defects_are_twenty_findings_over_all_files() {
    let (_, lines) = expected(&root().join("twenty-defects"));
    let files: BTreeSet<&str> = lines.iter().filter_map(|line| line.split([' ', ':']).nth(1)).collect();
    assert_eq!(lines.len(), 20);
    assert_eq!(files.len(), read_common::FILES.len(), "{files:?}");
}

/// A defect that a repository can't keep: made in a copy of the valley.
struct Made {
    name: &'static str,
    make: fn(&Folder),
    expected: &'static [&'static str],
}

const MADE: &[Made] = &[
    Made {
        name: "a million columns",
        make: |folder| folder.write("youths.csv", &(",x".repeat(1_000_000) + "\n")),
        expected: &["M004 youths.csv:1"],
    },
    Made {
        name: "a line of 20 MB in one field",
        make: |folder| {
            folder.append("youths.csv", &format!("y99,{},2008-01\n", "x".repeat(20_000_000)));
        },
        expected: &["M004 youths.csv:16"],
    },
    Made {
        name: "a line of ten million fields",
        make: |folder| folder.append("youths.csv", &(",".repeat(10_000_000) + "x\n")),
        expected: &["M004 youths.csv:16"],
    },
    Made {
        name: "a half-day for each minute of the week",
        make: |folder| {
            let slot = |n| format!("[[slot]]\nid = \"s{n}\"\nday = \"lun\"\nfrom = \"8h\"\nto = \"9h\"\n");
            folder.append("territory.toml", &(0..10_080).map(slot).collect::<String>());
        },
        expected: &["M004 territory.toml:1015"],
    },
    Made {
        name: "three of two hundred half-days",
        make: |folder| {
            let slot = |n: u32| {
                let (hour, minute) = (n / 12, n % 12 * 5);
                format!(
                    "[[slot]]\nid = \"s{n}\"\nday = \"lun\"\nfrom = \"{hour}h{minute:02}\"\nto = \"{hour}h{:02}\"\n",
                    minute + 5
                )
            };
            folder
                .append("territory.toml", &(0..200).map(slot).collect::<String>().replace("h60\"", "h59\""));
            folder.write("sites.csv", "id,name,insee_code\npont,Siège,37900\n");
            folder.write("advisers.csv", "id,half_days\nanne,4\n");
            folder.write(
                "programmes.toml",
                "[[programme]]\nid = \"atelier\"\nmin = 3\ntarget = 4\nmax = 5\nhalf_days = 3\nweeks = 3\nstart = \"2026-09-07\"\n",
            );
            folder.write("youths.csv", "id,place,birth,programmes\ny01,37900,2008-01,atelier\n");
            folder.remove("pins.toml");
        },
        expected: &["M212 programmes.toml"],
    },
    Made {
        name: "sessions of two years, from each of fifty weeks, at thousands of sites",
        make: |folder| {
            let sites: String = (0..3_700).map(|n| format!("s{n},37900\n")).collect();
            folder.write("sites.csv", &format!("id,insee_code\n{sites}"));
            folder.remove("advisers.csv");
            folder.remove("calendar.csv");
            folder.remove("pins.toml");
            folder.write(
                "programmes.toml",
                "[[programme]]\nid = \"atelier\"\nmin = 3\ntarget = 4\nmax = 5\nfull_days = 5\nweeks = 104\nstart = \"2026-09-07\"\nstart_weeks_later = 52\n",
            );
            folder.write("youths.csv", "id,place,birth,programmes\ny01,37900,2008-01,atelier\n");
        },
        expected: &["M212 programmes.toml"],
    },
    Made {
        name: "JSON within JSON, a hundred thousand deep",
        make: |folder| folder.write("communes.geojson", &"[".repeat(100_000)),
        expected: &["M006 communes.geojson:1"],
    },
    Made {
        name: "a property a hundred thousand deep",
        make: |folder| {
            let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
            let feature = format!("{{\"type\": \"Feature\", \"properties\": {{\"x\": {open}{close}}}}}");
            folder.write("communes.geojson", &format!("{{\"features\": [\n{feature}\n]}}"));
        },
        expected: &["M006 communes.geojson:2"],
    },
    Made {
        name: "a geometry of geometries, a hundred thousand deep",
        make: |folder| {
            let open = "{\"type\": \"GeometryCollection\", \"geometries\": [".repeat(100_000);
            let feature = format!("{{\"type\": \"Feature\", \"geometry\": {open}{}}}", "]}".repeat(100_000));
            folder.write("communes.geojson", &format!("{{\"features\": [\n{feature}\n]}}"));
        },
        expected: &["M006 communes.geojson:2"],
    },
    Made {
        name: "TOML arrays, a hundred thousand deep",
        make: |folder| folder.append("pins.toml", &format!("in = {}", "[".repeat(100_000))),
        expected: &["M006 pins.toml:5"],
    },
    Made {
        name: "TOML tables, a hundred thousand deep",
        make: |folder| folder.append("pins.toml", &format!("{}x = 1\n", "a.".repeat(100_000))),
        expected: &["M006 pins.toml"],
    },
    Made {
        name: "a TOML header, a hundred thousand deep",
        make: |folder| folder.append("pins.toml", &format!("[{}a]\nx = 1\n", "a.".repeat(100_000))),
        expected: &["M006 pins.toml"],
    },
    Made {
        name: "a TOML table within a table, a hundred thousand deep",
        make: |folder| folder.append("pins.toml", &format!("x = {}", "{a=".repeat(100_000))),
        expected: &["M006 pins.toml:5"],
    },
];

/// The road of the valley, so wide that nothing is near its edge, and what else is drawn.
fn road(more: impl Fn(pbf::Drawing) -> pbf::Drawing) -> Vec<u8> {
    let street = &[("highway", "residential")];
    let drawing = pbf::Drawing::default()
        .node(1, 0.25, 47.0)
        .node(2, 0.25, 47.252)
        .node(3, -1.0, 46.0)
        .node(4, 1.5, 48.2)
        .way(1, &[1, 2], street)
        .way(2, &[3, 1], street)
        .way(3, &[2, 4], street);
    more(drawing).bytes()
}

/// Defects of road files.
const ROADS: &[Made] = &[
    Made {
        name: "roads that are no roads",
        make: |folder| folder.write("a.osm.pbf", "not a map"),
        expected: &["M501 a.osm.pbf"],
    },
    Made {
        name: "a road with a node that is missing",
        make: |folder| {
            let drawn = road(|d| d.way(9, &[1, 99], &[("highway", "service")]));
            folder.write_bytes("a.osm.pbf", &drawn);
        },
        expected: &["M503 a.osm.pbf"],
    },
    Made {
        name: "a turn restriction by way of a road",
        make: |folder| {
            let drawn = road(|mut d| {
                let members = vec![(1, 2, "from"), (1, 1, "via"), (1, 3, "to")];
                d.relations.push((1, members, vec![("type", "restriction"), ("restriction", "no_u_turn")]));
                d
            });
            folder.write_bytes("a.osm.pbf", &drawn);
        },
        expected: &["M504 a.osm.pbf"],
    },
    Made {
        name: "a site beyond every road",
        make: |folder| {
            folder.write_bytes("a.osm.pbf", &road(|d| d));
            folder.append("places.csv", "loin,Loin,37900,0.29,47.0\n");
        },
        expected: &["M505 a.osm.pbf"],
    },
    Made {
        name: "a place far from the road",
        make: |folder| {
            folder.write_bytes("a.osm.pbf", &road(|d| d));
            folder.append("places.csv", "ferme,Ferme,37900,0.26,47.0\n");
        },
        expected: &["M506 a.osm.pbf"],
    },
    Made {
        name: "a map that ends where the valley does",
        make: |folder| {
            let street = &[("highway", "residential")];
            let drawing = pbf::Drawing::default().node(1, 0.25, 47.0).node(2, 0.25, 47.252);
            folder.write_bytes("a.osm.pbf", &drawing.way(1, &[1, 2], street).bytes());
        },
        expected: &["M507 a.osm.pbf"],
    },
    Made {
        name: "a road with a limit that is none",
        make: |folder| {
            let tags = &[("highway", "service"), ("maxspeed", "brisk")];
            folder.write_bytes("a.osm.pbf", &road(|d| d.way(9, &[1, 2], tags)));
        },
        expected: &["M509 a.osm.pbf"],
    },
    Made {
        name: "two maps",
        make: |folder| {
            folder.write_bytes("a.osm.pbf", &road(|d| d));
            folder.write_bytes("b.osm.pbf", &road(|d| d));
        },
        expected: &["M508 b.osm.pbf"],
    },
];

/// The small feed, at other dates and with something wrong, as the territory's timetable.
#[cfg(feature = "timetables")]
fn timetable(folder: &Folder, change: impl Fn(gtfs::Gtfs) -> gtfs::Gtfs) {
    let feed = gtfs::Gtfs::small().with("calendar.txt", "20250301,20250331", "20260801,20270731");
    change(feed).write(&folder.path().join("timetable"));
}

/// Defects of timetables.
#[cfg(feature = "timetables")]
const TIMETABLES: &[Made] = &[
    Made {
        name: "a zip that is none",
        make: |folder| folder.write("bus.zip", "not a zip"),
        expected: &["M601 bus.zip"],
    },
    Made {
        name: "a call at a stop that is not there",
        make: |folder| timetable(folder, |feed| feed.with("stop_times.txt", "out,2,b", "out,2,x")),
        expected: &["M602 timetable/stop_times.txt:3"],
    },
    Made {
        name: "a trip that goes back in time",
        make: |folder| timetable(folder, |feed| feed.with("stop_times.txt", "08:20:00", "07:20:00")),
        expected: &["M603 timetable/stop_times.txt:2"],
    },
    Made {
        name: "a time that is blank",
        make: |folder| timetable(folder, |feed| feed.with("stop_times.txt", "08:20:00,08:21:00", ",")),
        expected: &["M604 timetable/stop_times.txt:2"],
    },
    Made {
        name: "a trip of a service that never runs",
        make: |folder| timetable(folder, |feed| feed.with("trips.txt", "out,r,w", "out,r,never")),
        expected: &["M605 trips.txt"],
    },
    Made {
        name: "a stop without coordinates",
        make: |folder| timetable(folder, |feed| feed.with("stops.txt", "b,B,47.05,0.20", "b,B,,")),
        expected: &["M606 timetable/stops.txt:3"],
    },
    Made {
        name: "a timetable without a time zone",
        make: |folder| timetable(folder, |feed| feed.without("agency.txt")),
        expected: &["M607 timetable"],
    },
    Made {
        name: "a timetable with shapes",
        make: |folder| timetable(folder, |feed| feed.and("shapes.txt", "shape_id")),
        expected: &["M608 timetable"],
    },
    Made {
        name: "a zip of something else",
        make: |folder| {
            let mut other = gtfs::Gtfs(BTreeMap::new());
            other.set("youths.csv", "id\n");
            folder.write_bytes("copie.zip", &other.zip(""));
        },
        expected: &["M608 copie.zip"],
    },
    Made {
        name: "a timetable of another year",
        make: |folder| {
            timetable(folder, |feed| feed.with("calendar.txt", "20260801,20270731", "20250801,20260731"));
        },
        expected: &["M609 timetable"],
    },
    Made {
        name: "a timetable that thins out from September",
        make: |folder| {
            // Half of the services end.
            let thin = |feed: gtfs::Gtfs| {
                feed.with("trips.txt", "home,r,w", "home,r,v")
                    .and("calendar.txt", "v,1,1,1,1,1,0,0,20260101,20260831\n")
                    .with("calendar.txt", "20260801,20270731", "20260101,20261231")
                    .with("stops.txt", "47.00,0.20", "47.00,0.25")
            };
            timetable(folder, thin);
        },
        expected: &["M610 timetable"],
    },
    Made {
        name: "a timetable with trips on demand",
        make: |folder| {
            let feed =
                |_| gtfs::Gtfs::on_demand().with("calendar.txt", "20250301,20250331", "20260801,20270731");
            timetable(folder, feed);
        },
        expected: &[
            "M607 timetable/booking_rules.txt:6",
            "M607 timetable/stop_times.txt:16",
            "M611 timetable/stop_times.txt:8",
        ],
    },
];
#[cfg(not(feature = "timetables"))]
const TIMETABLES: &[Made] = &[];

/// All that are made.
fn made() -> impl Iterator<Item = &'static Made> {
    MADE.iter().chain(ROADS.iter().filter(|_| cfg!(feature = "roads"))).chain(TIMETABLES)
}

#[test]
fn what_a_repository_cannot_keep_is_found_too() {
    for made in made() {
        let folder = Folder::valley();
        (made.make)(&folder);
        let expected: Vec<String> = made.expected.iter().map(|&line| line.to_owned()).collect();
        check(made.name, folder.path(), &expected);
    }
}

#[test]
fn beyond_a_limit_findings_are_counted_and_not_listed() {
    let folder = Folder::valley();
    folder.append("places.csv", &"x,,,here,there\n".repeat(100_000));
    let most = maillage::read::Limits::default().findings;
    let findings = all_findings(folder.path());
    assert!(findings.len() <= 2 * most + 2, "{}", findings.len());
    let hidden = findings.iter().find(|f| f.code == Code::TooLarge).expect("said");
    assert_eq!(hidden.source.to_string(), "places.csv");
    assert!(hidden.what.en.starts_with("100000 more findings"), "{}", hidden.what.en);
}

#[test]
fn what_is_not_a_folder_is_said() {
    let folder = Folder::valley();
    for path in [folder.path().join("nowhere"), folder.path().join("youths.csv")] {
        check("not a folder", &path, &["M001 -".to_owned()]);
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let folder = Folder::valley();
    folder.remove("calendar.csv");
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("calendar.csv")).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: mkfifo is not here");
        return;
    }
    check("a pipe", folder.path(), &["M002 calendar.csv".to_owned()]);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::valley();
    let path = folder.path().join("calendar.csv");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("no rights");
    if fs::File::open(&path).is_ok() {
        eprintln!("skipped: whoever runs this test may read everything");
        return;
    }
    check("no rights", folder.path(), &["M002 calendar.csv".to_owned()]);
}

#[test]
fn every_code_is_shown_by_some_folder_or_made_case() {
    let lines = folders().into_iter().flat_map(|folder| expected(&folder).1);
    let made = made().flat_map(|made| made.expected).map(|&line| line.to_owned());
    let shown: BTreeSet<String> =
        lines.chain(made).filter_map(|line| line.split(' ').next().map(str::to_owned)).collect();
    let elsewhere: BTreeMap<&str, &str> = ELSEWHERE.into_iter().collect();
    let hidden: Vec<_> = Code::ALL
        .iter()
        .filter(|code| cfg!(feature = "roads") || !code.as_str().starts_with("M5"))
        .filter(|code| cfg!(feature = "timetables") || !code.as_str().starts_with("M6"))
        .filter(|code| !shown.contains(code.as_str()) && !elsewhere.contains_key(code.as_str()))
        .collect();
    assert!(hidden.is_empty(), "no folder of data/broken shows {hidden:?}");
    let settled: Vec<_> = elsewhere.keys().filter(|code| shown.contains(**code)).collect();
    assert!(settled.is_empty(), "{settled:?} are shown: take them off ELSEWHERE");
    assert!(shown.iter().all(|code| Code::ALL.iter().any(|c| c.as_str() == code)), "{shown:?}");
}

/// Number, name and level of each entry of `docs/findings.md`, in its order.
fn documented() -> Vec<(String, String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings.md");
    let text = fs::read_to_string(path).expect("docs/findings.md");
    let titles = text.lines().filter_map(|line| line.strip_prefix("### "));
    titles
        .map(|title| {
            let words: Vec<&str> = title.split(' ').collect();
            let [number, name, level] = words.as_slice() else { panic!("### {title}") };
            let level = level.trim_matches(['(', ')']);
            ((*number).to_owned(), (*name).to_owned(), level.to_owned())
        })
        .collect()
}

#[test]
fn the_document_and_the_codes_are_the_same_list() {
    let codes: Vec<_> = Code::ALL
        .iter()
        .map(|code| {
            let level = match code.level() {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note => "note",
            };
            (code.as_str().to_owned(), format!("{code:?}"), level.to_owned())
        })
        .collect();
    assert_eq!(documented(), codes);
}

#[test]
fn each_entry_of_the_document_says_what_why_and_remedy() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings.md");
    let text = fs::read_to_string(path).expect("docs/findings.md");
    for entry in text.split("### ").skip(1) {
        let title = entry.lines().next().unwrap_or_default();
        for part in ["\n*What.* ", "\n*Why.* ", "\n*Remedy.* "] {
            let said = entry.split(part).nth(1).unwrap_or_else(|| panic!("{title} has no{part}"));
            assert!(said.lines().next().is_some_and(|line| line.len() > 5), "{title}:{part}");
        }
    }
}
