//! A national run: as the plan of each, one that is broken is reported and the others go on, and whoever ends it, it goes on where it was.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may fail, and says what it skips"
)]

use maillage::finding::{Code, Finding, Lang};
use maillage::groups::Tier;
use maillage::national::{Asked, Done, Member, Part};
use maillage::prepare::Drawn;
use maillage::read::{National, ScenarioFile, StructureOf, Territories};
use maillage::report::{NationalChange, national_json, national_text};
use maillage::study::{Outcome, Study};
use maillage::travel::StraightLine;
use maillage::{Control, Error, read};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn open(path: &Path) -> National {
    read::national(path, None, &Control::none()).expect("it is read")
}

fn run(asked: &Asked, national: &National) -> Done {
    asked.run(national, None, &Control::none()).expect("a run")
}

fn cut(percent: u8) -> Asked {
    Asked { change: NationalChange::Cut { percent }, ..Asked::default() }
}

/// Codes with their places, in order.
fn listed(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {}", finding.code.as_str(), finding.source)).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let place = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &place);
        } else {
            fs::copy(&path, &place).expect("copied");
        }
    }
}

/// A folder of structures and communes: three small structures, and a village nearer to the second.
struct Small(TempDir);

const STRUCTURES: &str = "id,name,insee_code,youths\na,Nord,37072,14\nb,Sud,37132,14\nc,Est,37003,14\n";
/// One workshop on three half-days: tests are many.
const PROGRAMMES: &str = "[[programme]]\nid = \"atelier\"\nname = \"Atelier\"\nmin = 3\ntarget = 4\nmax = 6\n\
    half_days = 1\nslots = [\"mar-am\", \"mar-pm\", \"jeu-am\"]\nweeks = 4\nstart = \"2026-09-28\"\nmax_groups = 2\n";
const COMMUNES: &str = "insee_code,name,population,lon,lat,density\n\
    37003,Amboise,9000,0.9829,47.4111,2\n\
    37072,Chinon,7000,0.24,47.1665,3\n\
    37132,Loches,6000,1.0,47.13,3\n\
    37001,Abilly,1100,0.7346,46.9413,3\n\
    37002,Ambillou,1700,0.4474,47.4516,3\n";

impl Small {
    fn new() -> Self {
        let small = Self(tempfile::tempdir().expect("a folder"));
        small.write("structures.csv", STRUCTURES);
        small.write("communes.csv", COMMUNES);
        small.write("programmes.toml", PROGRAMMES);
        small
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).expect("written");
    }

    fn open(&self) -> National {
        open(self.0.path())
    }

    /// With these perimeters.
    fn within(&self, perimeters: &str) -> National {
        self.write("perimeters.csv", perimeters);
        let file = self.0.path().join("perimeters.csv");
        read::national(self.0.path(), Some(&file), &Control::none()).expect("it is read")
    }
}

#[test]
fn one_territory_is_as_its_plan() {
    let opened = read::territory(&root().join("data/valley"), &Control::none()).expect("a territory");
    let mut study =
        Study::new(opened.territory.clone(), opened.providers(), &Control::none()).expect("a study");
    let Outcome::Plan(plan) = study.plan(&Asked::default().limits, &Control::none()).expect("it is planned")
    else {
        panic!("no plan")
    };
    let tier = plan.tiers.iter().find(|tier| tier.tier == Tier::Placed).expect("places");
    let done = run(&Asked::default(), &open(&root().join("data/valley")));
    assert_eq!(done.rows.len(), 1);
    assert_eq!(done.rows[0].today(), Some((plan.groups.len() as u32, tier.value, tier.bound)));
    assert_eq!(done.rows[0].id(), "valley");
}

#[test]
fn a_structure_is_as_the_plan_of_the_territory_that_is_made_of_it() {
    let national = Small::new().open();
    let Territories::Country(country) = &national.territories else { panic!("a country") };
    let done = run(&Asked::default(), &national);
    for (structure, row) in country.structures.iter().zip(&done.rows) {
        let draft = Drawn::default().territory(country, structure).expect("a territory");
        assert_eq!(draft.youths.len(), 14);
        let (territory, _) = draft.check().expect("sound");
        let mut study =
            Study::new(territory, vec![Arc::new(StraightLine)], &Control::none()).expect("a study");
        let Outcome::Plan(plan) = study.plan(&Asked::default().limits, &Control::none()).expect("planned")
        else {
            panic!("no plan")
        };
        let tier = plan.tiers.iter().find(|tier| tier.tier == Tier::Placed).expect("places");
        assert_eq!(row.today(), Some((plan.groups.len() as u32, tier.value, tier.bound)), "{}", row.id());
    }
    assert!(done.rows.iter().all(|row| row.today().is_some_and(|(groups, ..)| groups > 0)), "none is empty");
}

#[test]
fn the_nearest_seat_is_called_an_assumption_on_every_line() {
    let national = Small::new().open();
    let Territories::Country(country) = &national.territories else { panic!("a country") };
    // Abilly is nearest to Loches; Ambillou, 34 km from Chinon and 41 km from Amboise, to Chinon.
    let of = |at: usize| {
        let communes = country.structures[at].communes.iter();
        communes.map(|&at| country.communes[at].place.key.as_str()).collect::<Vec<_>>()
    };
    assert_eq!((of(0), of(1), of(2)), (vec!["37002", "37072"], vec!["37001", "37132"], vec!["37003"]));
    assert_eq!(listed(&national.findings), ["M805 structures.csv"]);
    let (asked, mut lines) = (Asked::default(), 0);
    let done = run(&asked, &national);
    let run = asked.told(&national, &done);
    for (lang, word) in [(Lang::Fr, "(hypothèse)"), (Lang::En, "(assumption)")] {
        let text = national_text(&run, lang).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(text.matches(word).count(), 3, "{text}");
        lines += 3;
    }
    let json: Value = serde_json::from_str(&national_json(&run).to_string()).expect("JSON");
    let territories = json["territories"].as_array().expect("a list");
    lines += territories.iter().filter(|one| one["catchment"] == "nearest_seat").count();
    assert_eq!(lines, 9);
}

#[test]
fn perimeters_that_overlap_or_miss_communes_are_findings() {
    let small = Small::new();
    let national = small.within(
        "insee_code,structure\n37072,a\n37002,a\n37002,b\n37132,b\n37003,c\n37003,c\n37999,c\n37001,nowhere\n",
    );
    assert_eq!(
        listed(&national.findings),
        ["M803 communes.csv:5", "M802 perimeters.csv:4", "M202 perimeters.csv:8", "M801 perimeters.csv:9"]
    );
    let overlap = &national.findings[1];
    assert!(overlap.what.fr.contains("Ambillou") && overlap.what.en.contains("line 3"), "{overlap:?}");
    assert!(national.findings[0].what.en.contains("Abilly, 1100 inhabitants"), "{:?}", national.findings[0]);
    let Territories::Country(country) = &national.territories else { panic!("a country") };
    // It stays where it was said first.
    let many: Vec<usize> = country.structures.iter().map(|structure| structure.communes.len()).collect();
    assert_eq!(many, [2, 1, 1]);
    let asked = Asked::default();
    let done = run(&asked, &national);
    let text = national_text(&asked.told(&national, &done), Lang::Fr);
    assert!(!text.contains("(hypothèse)"), "{text}");
}

#[test]
fn a_structure_outside_all_perimeters_is_broken_and_the_others_go_on() {
    let national = Small::new().within("insee_code,structure\n37072,a\n37002,a\n37001,a\n37003,c\n");
    assert_eq!(listed(&national.findings), ["M803 communes.csv:4", "M804 structures.csv:3"]);
    let done = run(&Asked::default(), &national);
    let broken: Vec<bool> = done.rows.iter().map(|row| row.is_broken()).collect();
    assert_eq!(broken, [false, true, false]);
}

#[test]
fn lines_that_cannot_be_read_are_findings_of_one_structure() {
    let small = Small::new();
    small.write(
        "structures.csv",
        "id,name,insee_code\na,Nord,37072\nb,Sud,3713\na,Encore,37132\n,Sans nom,37003\nc,Est,37999\n",
    );
    let national = small.open();
    let places: Vec<String> = listed(&national.findings);
    assert_eq!(
        places,
        [
            "M805 structures.csv",
            "M105 structures.csv:3",
            "M201 structures.csv:4",
            "M101 structures.csv:5",
            "M202 structures.csv:6"
        ]
    );
    let done = run(&Asked::default(), &national);
    let answered: Vec<&str> = done.rows.iter().filter(|row| !row.is_broken()).map(|row| row.id()).collect();
    assert_eq!((answered, done.rows.len()), (vec!["a"], 5));
}

#[test]
fn classes_are_those_of_the_density_column_or_said_to_be_none() {
    let small = Small::new();
    let class = |small: &Small| {
        let (asked, national) = (Asked::default(), small.open());
        let done = run(&asked, &national);
        let run = asked.told(&national, &done);
        let json: Value = serde_json::from_str(&national_json(&run).to_string()).expect("JSON");
        let territories = json["territories"].as_array().expect("a list");
        let classes: Vec<Value> = territories.iter().map(|one| one["class"].clone()).collect();
        (classes, national_text(&run, Lang::Fr), listed(&national.findings))
    };
    let (classes, text, _) = class(&small);
    assert_eq!(classes, ["rural", "rural", "intermediate"].map(Value::from));
    assert!(text.contains("LE RURAL À CÔTÉ DE L'URBAIN") && !text.contains("sans classe"), "{text}");
    let bare: String =
        COMMUNES.lines().map(|line| line.rsplit_once(',').expect("a column").0.to_owned() + "\n").collect();
    small.write("communes.csv", &bare);
    let (classes, text, findings) = class(&small);
    assert_eq!(classes, [Value::Null, Value::Null, Value::Null]);
    assert!(text.contains("3 territoires sur 3 sans classe"), "{text}");
    assert_eq!(findings, ["M806 communes.csv", "M805 structures.csv"]);
    small.write("communes.csv", &COMMUNES.replace(",3\n", ",7\n"));
    assert!(class(&small).2.contains(&"M102 communes.csv:3".to_owned()));
}

/// A folder with a sound territory, a broken one and one that is none, and a list of them.
fn folders() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&root().join("data/valley"), &dir.path().join("vallee"));
    copy(&root().join("data/broken/duplicate-youth"), &dir.path().join("cassee"));
    fs::create_dir(dir.path().join("autre")).expect("a folder");
    fs::write(dir.path().join("liste.txt"), "# deux\nvallee\n\nnulle-part\ncassee\nvallee\n../vallee\n")
        .expect("written");
    dir
}

#[test]
fn one_that_is_broken_is_reported_and_the_others_go_on() {
    let dir = folders();
    let asked = Asked::default();
    let national = open(dir.path());
    let done = run(&asked, &national);
    let rows: Vec<_> = done.rows.iter().map(|row| (row.id(), row.today())).collect();
    assert_eq!(rows, [("cassee", None), ("vallee", Some((3, 12, 12)))]);
    let text = national_text(&asked.told(&national, &done), Lang::Fr);
    assert!(text.contains("1 territoire avec une réponse ; 1 illisible"), "{text}");
    assert!(text.contains("cassee/youths.csv:"), "{text}");
    let english = national_text(&asked.told(&national, &done), Lang::En);
    assert!(
        english.contains("1 territory with an answer; 1 broken") && english.contains("M201"),
        "{english}"
    );
}

#[test]
fn unknown_territories_of_a_list_have_their_line() {
    let dir = folders();
    let national = open(&dir.path().join("liste.txt"));
    assert_eq!(
        listed(&national.findings),
        ["M801 liste.txt:4", "M227 liste.txt:6", "M801 liste.txt:7"],
        "not there, listed twice, outside"
    );
    let done = run(&Asked::default(), &national);
    let rows: Vec<_> = done.rows.iter().map(|row| (row.id(), row.is_broken())).collect();
    assert_eq!(rows, [("vallee", false), ("nulle-part", true), ("cassee", true), ("../vallee", true)]);
    let error = read::national(&dir.path().join("autre"), None, &Control::none()).expect_err("nothing there");
    let Error::Input(findings) = error else { panic!("{error}") };
    assert_eq!(findings[0].code, Code::UnknownTerritory);
}

#[test]
fn a_cut_takes_what_loses_least() {
    let national = Small::new().open();
    let done = run(&cut(90), &national);
    let (mut lost, mut told) = (0, 0);
    for row in &done.rows {
        let json: Value = serde_json::from_str(&row.kept()).expect("JSON");
        let (before, after) = (&json["before"], &json["after"]);
        let half_days = |then: &Value| then["half_days"].as_u64().expect("told");
        // One site has 10 half-days, of which 9 are nine tenths; two have 12, of which 11 nearly are.
        assert_eq!(half_days(&after["then"]), 1);
        assert_eq!(half_days(before), if row.id() == "c" { 10 } else { 12 });
        let places = |then: &Value| then["placed"].as_i64().expect("places");
        let proved = |then: &Value| then["placed"] == then["bound"];
        if proved(before) && proved(&after["then"]) {
            assert!(places(&after["then"]) <= places(before));
        }
        let net = places(before) - places(&after["then"]);
        assert_eq!(net, after["lost"].as_i64().expect("lost") - after["gained"].as_i64().expect("gained"));
        lost += after["lost"].as_i64().expect("lost");
        told += after["by"]
            .as_array()
            .expect("kinds")
            .iter()
            .filter(|one| one["kind"] == "vehicle" || one["kind"] == "no_vehicle")
            .map(|one| one["lost"].as_i64().expect("lost"))
            .sum::<i64>();
    }
    assert_eq!(lost, told, "whoever loses has a vehicle or has none");
    assert!(lost > 0);
    let none = run(&cut(1), &national);
    let fewer = none.rows.iter().filter_map(|row| row.lost()).sum::<u32>();
    assert!(i64::from(fewer) < lost, "one half-day loses less than nine tenths");
}

#[test]
fn a_scenario_is_held_against_each_territory() {
    let asked = |path: &Path| {
        let file = ScenarioFile::open(path, &Control::none()).expect("a scenario");
        Asked { change: NationalChange::Scenario(file), ..Asked::default() }
    };
    let dir = tempfile::tempdir().expect("a folder");
    copy(&root().join("data/valley"), dir.path());
    // A decision that the cut would contradict.
    fs::remove_file(dir.path().join("pins.toml")).expect("removed");
    let national = open(dir.path());
    // Of seven half-days a week, one is left; it names nothing of its own.
    let cut = "[[lever]]\nid = \"moins\"\nkind = \"fewer_half_days\"\nhalf_days = 6\n";
    fs::write(dir.path().join("moins.toml"), cut).expect("written");
    let done = run(&asked(&dir.path().join("moins.toml")), &national);
    assert!(done.rows[0].lost().is_some_and(|lost| lost > 0), "{:?}", done.rows[0]);
    // Levers that name sites of the Chinonais.
    let done = run(&asked(&root().join("data/chinonais/scenarios/leviers.toml")), &national);
    assert!(done.rows[0].is_broken());
    assert!(done.rows[0].kept().contains("leviers.toml"), "{}", done.rows[0].kept());
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maillage"));
    command.args(args);
    command
}

fn ran(args: &[&str]) -> Output {
    command(args).output().expect("it runs")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("plain names")
}

/// Every file of a folder.
fn tree(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut tree = BTreeMap::new();
    let mut open = vec![dir.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                tree.insert(
                    path.strip_prefix(dir).expect("below").to_owned(),
                    fs::read(&path).expect("read"),
                );
            }
        }
    }
    tree
}

#[test]
fn files_are_the_same_at_any_number_of_threads() {
    let small = Small::new();
    let outs = ["1", "2", "5"].map(|threads| {
        let out = small.0.path().with_extension(threads);
        let args = ["national", text(small.0.path()), "--cut", "10%", "--out", text(&out), "--quiet"];
        let done = command(&args).env("RAYON_NUM_THREADS", threads).output().expect("it runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let (tree, told) = (tree(&out), done.stdout);
        fs::remove_dir_all(&out).expect("removed");
        (tree, told)
    });
    assert_eq!(outs[0], outs[1]);
    assert_eq!(outs[0], outs[2]);
    let names: Vec<&str> = outs[0].0.keys().map(|path| text(path)).collect();
    assert_eq!(
        names,
        [
            "interne/manifest.json",
            "interne/national.json",
            "interne/structures.csv",
            "interne/structures.geojson"
        ]
    );
}

/// Sixty structures, in as many communes of Touraine.
fn sixty() -> Small {
    let small = Small::new();
    let communes = fs::read_to_string(root().join("data/national/communes.csv")).expect("communes");
    let codes = communes.lines().skip(1).filter_map(|line| line.split(',').next());
    let lines: Vec<String> = codes.step_by(3).take(60).map(|code| format!("s{code},{code},14\n")).collect();
    small.write("structures.csv", &format!("id,insee_code,youths\n{}", lines.concat()));
    small.write("communes.csv", &communes);
    small
}

#[test]
fn a_run_that_is_killed_goes_on_where_it_was_and_gives_the_same_bytes() {
    let small = sixty();
    let dir = tempfile::tempdir().expect("a folder");
    let (whole, out) = (dir.path().join("whole"), dir.path().join("run"));
    let run = |out: &Path| {
        let mut run =
            command(&["national", text(small.0.path()), "--cut", "50", "--quiet", "--out", text(out)]);
        run.env("RAYON_NUM_THREADS", "2").stdout(std::process::Stdio::null());
        run
    };
    assert!(run(&whole).status().expect("it runs").success());
    let expected = tree(&whole);
    let resume = dir.path().join("run.resume");
    let kept = || {
        let all = fs::read_dir(&resume).map_or_else(|_| Vec::new(), |all| all.flatten().collect::<Vec<_>>());
        all.iter().filter(|entry| entry.path().extension().is_some_and(|end| end == "json")).count()
    };
    let mut halfway = 0;
    for wanted in [0, 1, 7, 20, 41, 59] {
        let mut child = run(&out).spawn().expect("it starts");
        while kept() < wanted && child.try_wait().expect("it runs").is_none() {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        child.kill().expect("killed");
        child.wait().expect("it ends");
        let done = kept();
        halfway += usize::from(done > 0 && done < 60);
        assert!(run(&out).status().expect("it runs").success());
        assert!(tree(&out) == expected, "ended with {done} done, it gives other bytes");
        assert!(!resume.exists(), "nothing is left behind");
        fs::remove_dir_all(&out).expect("removed");
    }
    assert!(halfway > 2, "{halfway} were ended halfway");
}

#[test]
fn what_is_done_is_not_asked_again_unless_it_changed() {
    let small = Small::new();
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("run");
    let kept = || maillage::report::Kept::beside(&out, None).expect("beside");
    let count = || fs::read_dir(dir.path().join("run.resume")).expect("kept").count();
    let asked = Asked::default();
    let national = small.open();
    let first = asked.run(&national, Some(&kept()), &Control::none()).expect("a run");
    assert_eq!(count(), 3);
    // Found again: what is kept is what is told, whatever it says.
    for entry in fs::read_dir(dir.path().join("run.resume")).expect("kept") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("kept").replace("Nord", "Midi");
        fs::write(&path, text).expect("written");
    }
    let again = asked.run(&national, Some(&kept()), &Control::none()).expect("a run");
    assert!(again.rows[0].kept().contains("Midi") && again.rows[1..] == first.rows[1..]);
    // Torn: asked again.
    for entry in fs::read_dir(dir.path().join("run.resume")).expect("kept") {
        let path = entry.expect("an entry").path();
        let bytes = fs::read(&path).expect("kept");
        fs::write(&path, &bytes[..bytes.len() / 2]).expect("written");
    }
    assert_eq!(asked.run(&national, Some(&kept()), &Control::none()).expect("a run"), first);
    // Another question, and another commune: those that it touches.
    let other = Asked { drawn: Drawn { seed: 2, ..Drawn::default() }, ..asked.clone() };
    other.run(&national, Some(&kept()), &Control::none()).expect("a run");
    assert_eq!(count(), 6);
    small.write("communes.csv", &COMMUNES.replace("9000", "9001"));
    asked.run(&small.open(), Some(&kept()), &Control::none()).expect("a run");
    assert_eq!(count(), 7);
}

#[test]
fn parts_are_the_run_and_each_change_is_held_against_today() {
    let national = Small::new().open();
    let changes =
        [NationalChange::Cut { percent: 50 }, NationalChange::Nothing, NationalChange::Cut { percent: 20 }];
    let whole: Vec<Done> = changes
        .iter()
        .map(|change| run(&Asked { change: change.clone(), ..Asked::default() }, &national))
        .collect();
    let asked = Asked::default();
    for (at, member) in Member::all(&national).into_iter().enumerate() {
        let part = Part { changes: &changes, draws: 0..3, ..Part::of(&asked) };
        let rows = part.rows(member, &Control::none()).expect("rows");
        assert_eq!(rows.len(), 9);
        for (row, done) in rows.iter().zip(&whole) {
            assert_eq!(*row, done.rows[at], "the first draw is as it is, whatever else is asked");
        }
        let later = Part { draws: 1..3, ..part.clone() }.rows(member, &Control::none()).expect("rows");
        assert_eq!(later, rows[3..], "a draw does not depend on those before it");
        let other = Part { seed: 2, draws: 1..3, ..part }.rows(member, &Control::none()).expect("rows");
        assert_ne!(other, later);
    }
    let [a, b, ..] = Member::all(&national)[..] else { panic!("three") };
    assert_ne!(Part::of(&asked).redrawn(a), Part::of(&asked).redrawn(b), "each has draws of its own");
}

#[test]
fn what_was_read_elsewhere_is_asked_as_a_folder_is() {
    let dir = root().join("data/valley");
    let opened = read::territory(&dir, &Control::none()).expect("a territory");
    let changes = [NationalChange::Cut { percent: 50 }];
    let asked = Asked::default();
    let part = Part { changes: &changes, ..Part::of(&asked) };
    let national = open(&dir);
    let folder = part.rows(Member::all(&national)[0], &Control::none()).expect("rows");
    let given = Member::Read("valley", Ok(&opened));
    assert_eq!(part.rows(given, &Control::none()).expect("rows")[0].today(), folder[0].today());
    assert_eq!(given.size(asked.drawn, &Control::none()).expect("a size").map(|size| size.1), Some(14));
    let broken = read::territory(&root().join("data/broken/duplicate-youth"), &Control::none());
    let Err(Error::Input(findings)) = broken else { panic!("broken") };
    let member = Member::Read("broken", Err(&findings));
    let rows = part.rows(member, &Control::none()).expect("rows");
    assert!(rows[0].is_broken() && rows[0].findings(Lang::En)[0].contains("M201"));
    assert_eq!(member.size(asked.drawn, &Control::none()).expect("told"), None);
    assert_ne!(member.digest(asked.drawn), given.digest(asked.drawn));
}

#[test]
fn the_manifest_lists_what_there_is() {
    let small = Small::new();
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("run");
    let args = ["national", text(small.0.path()), "--out", text(&out), "--locale", "fr", "--lang", "en"];
    let done = ran(&args);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(String::from_utf8_lossy(&done.stderr).contains("nearest seat"), "it is said beside the answer");
    let manifest: Value =
        serde_json::from_slice(&fs::read(out.join("interne/manifest.json")).expect("a manifest"))
            .expect("JSON");
    assert_eq!(manifest["counts"]["answered"], 3);
    let inputs: Vec<&str> =
        manifest["inputs"].as_array().expect("inputs").iter().filter_map(|f| f["file"].as_str()).collect();
    assert_eq!(inputs, ["communes.csv", "structures.csv", "programmes.toml"]);
    let territories = manifest["territories"].as_array().expect("territories");
    assert!(
        territories
            .iter()
            .all(|one| one["seed"].is_u64() && one["sha256"].as_str().is_some_and(|s| s.len() == 64))
    );
    let sheet = fs::read_to_string(out.join("interne/structures.csv")).expect("a sheet");
    assert_eq!(sheet.matches("siège le plus proche (hypothèse)").count(), 3, "{sheet}");
    let layer: Value =
        serde_json::from_slice(&fs::read(out.join("interne/structures.geojson")).expect("a layer"))
            .expect("JSON");
    let features = layer["features"].as_array().expect("features");
    assert!(features.iter().all(|one| one["geometry"]["type"] == "Point"));
    assert_eq!(features[0]["properties"]["structure"], "a");
    // It is ours, and replaced; with something added to it, it is not.
    assert!(ran(&args).status.success());
    fs::write(out.join("interne/notes.txt"), "mine").expect("written");
    assert_eq!(ran(&args).status.code(), Some(1));
}

#[test]
fn the_real_country_is_read_where_it_lies() {
    let dir = root().join("../shared/data/national");
    if !dir.join("structures.csv").is_file() {
        eprintln!("skipped: no data");
        return;
    }
    let national = open(&dir);
    let Territories::Country(country) = &national.territories else { panic!("a country") };
    assert_eq!((country.structures.len(), country.communes.len()), (435, 34_741));
    let file = dir.join("communes-structures.csv");
    let within = read::national(&dir, Some(&file), &Control::none()).expect("it is read");
    let Territories::Country(told) = &within.territories else { panic!("a country") };
    // Theirs is the nearest seat of the same department: most communes have the same.
    let kept = |(a, b): (&StructureOf, &StructureOf)| {
        a.communes.iter().filter(|commune| b.communes.contains(commune)).count()
    };
    let same: usize = country.structures.iter().zip(&told.structures).map(kept).sum();
    assert!(
        same * 4 > country.communes.len() * 3,
        "{same} communes have the seat that another program gives them"
    );
}
