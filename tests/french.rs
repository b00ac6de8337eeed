//! What is told in French is told in French; and what is told in two languages says the same in both.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use maillage::finding::{Finding, Lang, Text};
use maillage::groups::{Limits, Tier};
use maillage::reach::Reason;
use maillage::study::{Outcome, Study};
use maillage::territory::{Mode, Territory, catalogue};
use maillage::{Control, Error, read, report};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// English words that carry a sentence and are no French ones.
const ENGLISH: &str = "the of and with without is are was were be been being this that these those which who whom \
    whose what when where why how not yes from to by at into out than then there their they them his her its it he \
    she we you your our have has had having will would can could should must does did done nobody nothing everybody \
    each every all some any more most less least over under between before after until while because for only other \
    another same such too very up down off one two three four five seven eight nine ten first last file files \
    line column found missing error warning group groups youth youths trip travel time day days week weeks hours \
    hour morning afternoon evening monday tuesday wednesday thursday friday saturday sunday january february march \
    april june july august september october november december unknown cancelled stopped read write written given \
    needs need called name names number value limit tier bound plan's home homes way back stop road roads bike walk \
    reach rooms advisers folder must empty size wait closed opened";

/// Words that mean something else in French.
const FRENCH_TOO: [&str; 8] = ["car", "bus", "minutes", "minimum", "sites", "ages", "plan", "on"];

/// Names of other people's things, spelt as they are.
const PROPER: [&str; 5] = ["OpenStreetMap", "GeoJSON", "MultiPolygon", "LibreOffice", "OpenDocument"];

/// Words of a text that are not French, or are meant for programs. What is between guillemets is a user's.
fn foreign(text: &str) -> BTreeSet<String> {
    let words: BTreeSet<&str> = ENGLISH.split_whitespace().collect();
    let codes = codes();
    let is_foreign = |token: &&str| {
        let lower = token.to_lowercase();
        let told = !FRENCH_TOO.contains(&lower.as_str()) && !PROPER.contains(token);
        told && (words.contains(lower.as_str()) || codes.contains(*token) || is_identifier(token))
    };
    tokens(&without_quotes(text)).into_iter().filter(|token| is_foreign(&token.as_str())).collect()
}

/// `like_this`, `LikeThis` or `likeThis`.
fn is_identifier(token: &str) -> bool {
    let letters: Vec<char> = token.chars().collect();
    let hump = letters.windows(2).any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase());
    hump || token.trim_matches('_').contains('_')
}

/// Every word by which programs know something of the model.
fn codes() -> BTreeSet<&'static str> {
    let tiers = Tier::ALL.iter().map(|tier| match tier {
        Tier::Placed => "placed",
        Tier::Cost => "cost",
        Tier::OffTarget => "off_target",
        Tier::Minutes => "minutes",
    });
    // What binds: docs/json.md.
    let binds =
        ["sites", "minimum", "reach", "ages", "rooms", "half_days", "candidates", "advisers", "youths"];
    let modes = Mode::ALL.iter().map(|mode| mode.as_str());
    modes.chain(Reason::ALL.iter().map(|reason| reason.as_str())).chain(tiers).chain(binds).collect()
}

fn tokens(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    parts.filter(|token| token.chars().any(char::is_alphabetic)).map(str::to_owned).collect()
}

fn without_quotes(text: &str) -> String {
    let mut parts = text.split('«');
    let mut left = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        left.push_str(part.split_once('»').map_or("", |(_, after)| after));
    }
    left
}

/// A text without a territory's own names and identifiers.
fn without_names(text: &str, t: &Territory) -> String {
    let names = |name: &str, key: &str| [name.to_owned(), key.to_owned()];
    let mut own = vec![t.name().to_owned()];
    own.extend(t.programmes().iter().flat_map(|(id, p)| names(&p.name, t.programmes().key_of(id))));
    own.extend(t.sites().iter().flat_map(|(id, s)| names(&s.name, t.sites().key_of(id))));
    own.extend(t.places().iter().flat_map(|(id, p)| names(&p.name, t.places().key_of(id))));
    own.extend(t.youths().ids().map(|id| t.youths().key_of(id).to_owned()));
    own.extend(t.slots().ids().map(|id| t.slots().key_of(id).to_owned()));
    own.extend(catalogue(t, Lang::Fr).iter().map(|lever| lever.key.to_string()));
    own.retain(|name| !name.is_empty());
    // Longer ones first: one may be in another.
    own.sort_by_key(|name| std::cmp::Reverse(name.len()));
    own.dedup();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    own.iter().fold(text, |text, name| text.replace(name, "·"))
}

/// A text without what users write in files, as docs/format.md spells it: names of files, of columns and fields.
/// What a parser or the system says in parentheses is in its own words.
fn without_columns(text: &str) -> String {
    let theirs = ["ne se lit pas (", "ne peut pas être lu ("].into_iter().find_map(|start| text.find(start));
    let text = theirs.map_or(text, |at| &text[..at]);
    let ends = ["csv", "xlsx", "toml", "geojson", "pbf", "zip", "json"];
    let is_file = |word: &&str| {
        let word = word.trim_end_matches([',', '.', ')', ';', ':']);
        word.rsplit_once('.').is_some_and(|(_, end)| ends.contains(&end))
    };
    let text = text.split(' ').filter(|word| !is_file(word)).collect::<Vec<_>>().join(" ");
    static FORMAT: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let format = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/format.md");
        let text = std::fs::read_to_string(format).expect("docs/format.md");
        // Between backticks; words that carry sentences are told apart by nothing, and stay.
        let english: BTreeSet<&str> = ENGLISH.split_whitespace().collect();
        let spelt = text.split('`').skip(1).step_by(2).flat_map(tokens);
        spelt.filter(|token| !english.contains(token.as_str()) || is_column(token)).collect()
    });
    let kept = text.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '_'));
    kept.filter(|part| !FORMAT.contains(part.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '_'))))
        .collect()
}

/// Columns that are English words.
fn is_column(token: &str) -> bool {
    ["name", "rooms", "home", "file", "files", "day", "limit", "size", "bike", "missing"].contains(&token)
}

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(path)
}

/// A territory of ours, its findings, and its plan.
fn planned(folder: &str) -> (Study, Vec<Finding>, Vec<read::FileRead>, Box<maillage::plan::Plan>) {
    let control = Control::none();
    let opened = read::territory(&data(folder), &control).expect("it is read");
    let mut study = Study::new(opened.territory.clone(), opened.providers(), &control).expect("times");
    let limits = Limits { nodes: 20, ..Limits::default() };
    let Outcome::Plan(plan) = study.plan(&limits, &control).expect("a plan") else { panic!("a plan") };
    (study, opened.findings, opened.files, plan)
}

/// The findings of every folder of `data/broken`.
fn broken() -> BTreeMap<String, Vec<Finding>> {
    let folders = std::fs::read_dir(data("broken")).expect("the folders");
    let findings = |path: &Path| match read::territory(path, &Control::none()) {
        Ok(opened) => opened.findings,
        Err(Error::Input(findings)) => findings,
        Err(error) => panic!("{}: {error}", path.display()),
    };
    let folders = folders.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir());
    folders.map(|path| (path.display().to_string(), findings(&path))).collect()
}

fn said(args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maillage"));
    let output = command.args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("it runs");
    String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8")
}

/// Texts that are not French throughout, and where.
#[derive(Default)]
struct Foreign(Vec<String>);

impl Foreign {
    fn look(&mut self, place: &str, text: &str) {
        let found = foreign(text);
        if !found.is_empty() {
            let start: String = text.chars().take(300).collect();
            self.0.push(format!("{place}: {found:?} in: {start}"));
        }
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.0.is_empty(), "{}", self.0.join("\n"));
        }
    }
}

#[test]
fn a_word_that_is_not_french_is_seen() {
    let seen = |text| foreign(text).into_iter().collect::<Vec<_>>();
    assert_eq!(seen("Il manque 2 jeunes at Chinon."), ["at"]);
    assert_eq!(seen("motif : TooFar ; off_target, e-bike"), ["TooFar", "bike", "off_target"]);
    assert_eq!(seen("l'écart ; un car passe sur le plan « the file_name of »"), Vec::<String>::new());
    assert_eq!(seen("No such file or directory"), ["file", "such"]);
    assert_eq!(seen("HalfDays"), ["HalfDays"]);
}

#[test]
fn plans_are_told_in_french() {
    let mut seen = Foreign::default();
    for folder in ["valley", "chinonais"] {
        let (study, findings, files, plan) = planned(folder);
        let t = study.territory();
        let plain = |text: &str| without_names(text, t);
        seen.look(folder, &plain(&report::text(t, &plan, Lang::Fr)));
        for finding in &findings {
            seen.look(folder, &without_columns(&plain(&finding.what.fr)));
            seen.look(folder, &without_columns(&plain(&finding.remedy.fr)));
        }
        let run =
            report::Run { inputs: &files, locale: report::Locale::Fr, ..report::Run::new(study.times()) };
        for document in report::documents(t, &plan, &run) {
            let text = String::from_utf8(document.bytes).expect("UTF-8");
            if document.path.ends_with(".csv") {
                // Words of a column's name are joined by `_`, of a key by whoever wrote it.
                seen.look(&document.path, &plain(&text).replace('_', " "));
            } else if document.path.ends_with(".html") {
                // What is between tags and is neither style nor script, with its marks read.
                let body = text.split("</style>").nth(1).and_then(|rest| rest.split("<script>").next());
                let words = body.expect("a page").split('<').filter_map(|piece| piece.split_once('>'));
                let words = words.map(|(_, text)| text.replace("&#39;", "'")).collect::<Vec<_>>().join(" \n");
                seen.look(&document.path, &plain(&words));
            } else if document.path.ends_with(".json") {
                let json = serde_json::from_str(&text).expect("JSON");
                french_of(&json).iter().for_each(|text| seen.look(&document.path, &plain(text)));
            }
        }
    }
}

/// Every text of a file that says that it is French.
fn french_of(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(french_of).collect(),
        Value::Object(fields) => {
            let own = fields.iter().filter(|(name, _)| name.ends_with("_fr")).filter_map(|(_, v)| v.as_str());
            own.map(str::to_owned).chain(fields.values().flat_map(french_of)).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn levers_on_pages_are_told_in_french() {
    let mut seen = Foreign::default();
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("report");
    let t = read::territory(&data("valley"), &Control::none()).expect("it is read").territory;
    let free = common::copied_without(&data("valley"), &folder.path().join("valley"), "pins.toml");
    said(&["levers", &free, "-q", "--locale", "fr", "--out", out.to_str().expect("plain")]);
    for audience in ["interne", "partage"] {
        let page = std::fs::read_to_string(out.join(audience).join("index.html")).expect("a page");
        let section =
            page.split("<section id=\"leviers\"").nth(1).and_then(|rest| rest.split("</section>").next());
        let words = section.expect("the section").split('<').filter_map(|piece| piece.split_once('>'));
        let words = words.map(|(_, text)| text.replace("&#39;", "'")).collect::<Vec<_>>().join(" \n");
        assert!(words.contains("Qui décide"), "{audience}");
        seen.look(audience, &without_names(&words, &t));
    }
    let sheet = std::fs::read_to_string(out.join("interne/leviers.csv")).expect("a sheet");
    seen.look("leviers.csv", &without_names(&sheet, &t).replace(['_', '-'], " "));
}

#[test]
fn what_is_wrong_is_told_in_french() {
    let mut seen = Foreign::default();
    for (folder, findings) in broken() {
        for finding in findings {
            seen.look(&folder, &without_columns(&finding.what.fr));
            seen.look(&folder, &without_columns(&finding.remedy.fr));
        }
    }
    use maillage::control::Stage;
    for stage in
        [Stage::Reading, Stage::Travel, Stage::Reach, Stage::Groups, Stage::Questions, Stage::Writing]
    {
        seen.look("stage", report::stage(stage, Lang::Fr));
    }
    for kind in [
        std::io::ErrorKind::NotFound,
        std::io::ErrorKind::PermissionDenied,
        std::io::ErrorKind::StorageFull,
        std::io::ErrorKind::Other,
    ] {
        let error = Error::Io { path: "x".into(), source: kind.into() };
        seen.look("error", &report::error(&error, Lang::Fr));
    }
    let error = Error::Io { path: "x".into(), source: std::io::Error::from_raw_os_error(28) };
    assert_eq!(report::error(&error, Lang::Fr), "x : il n'y a plus de place");
}

#[test]
fn the_command_answers_in_french() {
    let mut seen = Foreign::default();
    let folder = tempfile::tempdir().expect("a folder");
    let proof = folder.path().join("preuve.json");
    let (proof, canton) = (proof.to_str().expect("plain"), "data/instances/canton.json");
    let of_canton =
        |text: String| ["cej", "atelier", "Atelier"].iter().fold(text, |t, name| t.replace(name, "·"));
    seen.look("solve", &of_canton(said(&["solve", canton, "--certificate", proof])));
    seen.look("verify", &of_canton(said(&["verify", canton, proof])));
    // The file's own name is told in front.
    let told = |text: String| text.split_once(" : ").expect("where").1.to_owned();
    // Names are the territory's own.
    let valley = read::territory(&data("valley"), &Control::none()).expect("it is read").territory;
    let free = common::copied_without(&data("valley"), &folder.path().join("valley"), "pins.toml");
    let levers = said(&["levers", &free, "-q", "--goal", "code>=1", "--budget", "3000"]);
    seen.look("levers", &without_names(&levers, &valley));
    seen.look(
        "no programme",
        &without_names(&said(&["levers", "data/valley", "-q", "--goal", "danse>=1"]), &valley),
    );
    let aval = common::copied_without(&data("valley"), &folder.path().join("aval"), "");
    seen.look("pool", &without_names(&said(&["pool", "data/valley", &aval, "-q"]), &valley));
    seen.look("territories", &without_names(&said(&["compare", "data/valley", &aval, "-q"]), &valley));
    let questions =
        [&["sweep"][..], &["hold"], &["demand", "--draws", "5"], &["equity"], &["equity", "--partage"]];
    for question in questions {
        let said = said(&[question, &["data/valley", "-q"]].concat());
        seen.look(question[0], &without_names(&said, &valley));
    }
    let national = said(&["national", "data/national", "-q", "--cut", "10%"]);
    seen.look(
        "national",
        &["Chinon", "Tours", "Alençon"].iter().fold(national, |t, name| t.replace(name, "·")),
    );
    seen.look("no scenario", &said(&["levers", "data/valley", "-q", "--scenario", "rien"]));
    seen.look("nowhere", &told(said(&["plan", "/nowhere/at/all"])));
    seen.look("no instance", &told(said(&["solve", "/nowhere/at/all.json"])));
    seen.look("not written", &told(said(&["plan", "data/valley", "-q", "--out", "/nowhere/report"])));
    seen.look("refused", &told(said(&["plan", "data/valley", "-q", "--out", "data/valley"])));
}

/// Numbers as they are said, in order of size: `1 204`, `1,204` and `1204` are one, so are `4,4` and `4.4`.
fn numbers(text: &str, lang: Lang) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let mut plain = String::new();
    for (at, &letter) in letters.iter().enumerate() {
        let within = at > 0 && digit(at - 1) && digit(at + 1);
        let thousands = within && (1..=3).all(|n| digit(at + n)) && !digit(at + 4);
        match letter {
            '\u{202F}' | '\u{A0}' if within => {}
            ',' if lang == Lang::En && thousands => {}
            ',' | '.' if within => plain.push('.'),
            letter => plain.push(letter),
        }
    }
    let parts = plain.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    let parts = parts.map(|part| part.trim_matches('.')).filter(|part| !part.is_empty());
    let mut found: Vec<String> = parts.map(|part| part.trim_start_matches('0').to_owned()).collect();
    found.sort();
    found
}

fn says_the_same(place: &str, text: &Text) {
    assert!(!text.fr.is_empty() && !text.en.is_empty(), "{place}: {text:?}");
    assert_eq!(numbers(&text.fr, Lang::Fr), numbers(&text.en, Lang::En), "{place}: {text:?}");
    // A name alone may be the same in both.
    let words = tokens(&without_quotes(&text.fr)).len();
    assert!(text.fr != text.en || words < 2, "{place}: {text:?}");
}

#[test]
fn numbers_are_found_however_they_are_written() {
    assert_eq!(numbers("1\u{202F}204 jeunes, 4,4 % ; à 09:05", Lang::Fr), ["1204", "4.4", "5", "9"]);
    assert_eq!(numbers("1,204 youths, 4.4%; at 9:05", Lang::En), ["1204", "4.4", "5", "9"]);
}

#[test]
fn both_languages_say_the_same() {
    for (folder, findings) in broken() {
        assert!(!findings.is_empty(), "{folder}");
        for finding in findings {
            says_the_same(&folder, &finding.what);
            says_the_same(&folder, &finding.remedy);
        }
    }
    for folder in ["valley", "chinonais"] {
        let (study, findings, _, plan) = planned(folder);
        findings.iter().for_each(|one| says_the_same(folder, &one.what));
        let assumptions = study.territory().rules().assumptions();
        assumptions.iter().chain(&plan.assumptions).for_each(|one| says_the_same(folder, &one.text));
    }
}
