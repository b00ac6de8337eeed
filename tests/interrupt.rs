//! Whatever ends the command, and whenever: what it writes is there whole, or as it was.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Every file below a folder, by its path; or one file.
type Tree = BTreeMap<PathBuf, Vec<u8>>;

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maillage"));
    command.args(args).current_dir(env!("CARGO_MANIFEST_DIR")).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn run(args: &[&str]) -> Output {
    command(args).output().expect("it runs")
}

fn tree(path: &Path) -> Option<Tree> {
    let mut tree = Tree::new();
    let mut open = vec![path.to_owned()];
    while let Some(next) = open.pop() {
        if next.is_dir() {
            open.extend(fs::read_dir(&next).ok()?.map(|entry| entry.expect("an entry").path()));
        } else {
            tree.insert(next.strip_prefix(path).ok()?.to_owned(), fs::read(&next).ok()?);
        }
    }
    Some(tree)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("plain names")
}

/// Drawn numbers, the same every time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most.max(1)
    }
}

/// Something that the command writes, and how.
struct Written {
    folder: tempfile::TempDir,
    /// What is written, in the folder.
    place: PathBuf,
    args: Vec<String>,
    old: Tree,
    new: Tree,
    /// How long it takes undisturbed, and from the first sign of writing on.
    takes: Duration,
    writing: Duration,
    /// Whether it is written before the work that may be stopped is over.
    early: bool,
}

impl Written {
    /// `new` and `old` are arguments that lead to two different contents; `{}` is the place.
    fn of(name: &str, new: &[&str], old: Tree, early: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join(name);
        let args: Vec<String> = new.iter().map(|arg| arg.replace("{}", text(&place))).collect();
        let mut written = Self {
            folder,
            place,
            args,
            old,
            new: Tree::new(),
            takes: Duration::ZERO,
            writing: Duration::ZERO,
            early,
        };
        let began = Instant::now();
        let mut child = written.start();
        written.wait_for_staging(&mut child);
        let seen = Instant::now();
        assert!(child.wait().expect("it ends").success());
        (written.takes, written.writing) = (began.elapsed(), seen.elapsed());
        written.new = tree(&written.place).expect("written");
        assert_ne!(written.new, written.old);
        written
    }

    fn start(&self) -> Child {
        command(&self.args.iter().map(String::as_str).collect::<Vec<_>>()).spawn().expect("it starts")
    }

    /// What lies beside the place.
    fn beside(&self) -> Vec<String> {
        let all = fs::read_dir(self.folder.path()).expect("the folder");
        let names = all.map(|entry| entry.expect("an entry").file_name().into_string().expect("plain names"));
        names.filter(|name| !self.place.ends_with(name)).collect()
    }

    /// Waits until something new lies beside the place, or the command has ended.
    fn wait_for_staging(&self, child: &mut Child) {
        let before = self.beside().len();
        while self.beside().len() <= before && child.try_wait().expect("it runs").is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
    }

    /// Puts what was there before in its place.
    fn reset(&self, existing: bool) {
        if self.place.is_dir() {
            fs::remove_dir_all(&self.place).expect("removed");
        }
        let _ = fs::remove_file(&self.place);
        for (path, bytes) in self.old.iter().filter(|_| existing) {
            let path = if path == Path::new("") { self.place.clone() } else { self.place.join(path) };
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, bytes).expect("put back");
        }
    }

    /// Ends the command in one way at one moment, and looks at what is left.
    fn end_once(&self, signal: Signal, draw: &mut Draw) {
        let existing = draw.below(2) == 0;
        self.reset(existing);
        let left_before = self.beside();
        let mut child = self.start();
        let span = if draw.below(2) == 0 {
            self.takes
        } else {
            self.wait_for_staging(&mut child);
            self.writing
        };
        let span = u64::try_from(span.as_micros()).expect("short") * 11 / 10;
        std::thread::sleep(Duration::from_micros(draw.below(span)));
        let pid = Pid::from_raw(i32::try_from(child.id()).expect("a process")).expect("a process");
        // Gone already: nothing to end.
        let _ = kill_process(pid, signal);
        let ended = child.wait_with_output().expect("it ends");
        let before = existing.then_some(&self.old);
        let after = fs::symlink_metadata(&self.place).ok().and_then(|_| tree(&self.place));
        let (after, told) = (after.as_ref(), String::from_utf8_lossy(&ended.stderr).into_owned());
        match ended.status.code() {
            Some(0) => assert!(after == Some(&self.new), "{signal:?}"),
            Some(3) => {
                assert!(after == before || self.early && after == Some(&self.new), "{signal:?}");
                assert!(told.ends_with("Arrêté.\n"), "{told}");
            }
            // Sooner than it listens, or by what can't be listened to.
            None if signal == Signal::KILL => assert!(after == before || after == Some(&self.new)),
            None => assert!(after == before, "{signal:?}"),
            other => panic!("{signal:?}: {other:?}, {told}"),
        }
        let name = self.place.file_name().and_then(|name| name.to_str()).expect("plain names");
        let left = self.beside();
        assert!(left.iter().all(|other| other.starts_with(&format!(".{name}."))), "{left:?}");
        // What was killed leaves something behind; what was stopped does not.
        let new = left.iter().filter(|name| !left_before.contains(name)).count();
        assert!(signal == Signal::KILL || new == 0, "{signal:?} left {left:?}");
        if draw.below(8) == 0 || signal != Signal::KILL {
            self.tidy();
        }
    }

    /// The next run is not hindered by what a killed one left, and removes it.
    fn tidy(&self) {
        if !self.beside().is_empty() {
            assert!(self.start().wait().expect("it ends").success());
            assert_eq!(tree(&self.place).as_ref(), Some(&self.new));
            assert_eq!(self.beside(), Vec::<String>::new());
        }
    }

    fn end_often(&self, times: u32) {
        let mut draw = Draw(0x5eed);
        for at in 0..times {
            let signal = match at % 4 {
                0 | 2 => Signal::KILL,
                1 => Signal::INT,
                _ => Signal::TERM,
            };
            self.end_once(signal, &mut draw);
        }
        self.tidy();
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every file is as its manifest says, and there is no other.
fn is_whole(report: &Tree) {
    for part in ["interne", "partage"] {
        let manifest = &report[&PathBuf::from(part).join("manifest.json")];
        let manifest: Value = serde_json::from_slice(manifest).expect("JSON");
        let files = manifest["files"].as_array().expect("files");
        for file in files {
            let bytes = &report[&PathBuf::from(part).join(file["file"].as_str().expect("a name"))];
            assert_eq!(file["bytes"], bytes.len());
            assert_eq!(file["sha256"], sha256(bytes));
        }
        assert_eq!(report.keys().filter(|path| path.starts_with(part)).count(), files.len() + 1);
    }
}

#[test]
fn a_report_is_whole_or_as_it_was_whenever_the_command_ends() {
    let before = tempfile::tempdir().expect("a folder");
    let out = before.path().join("report");
    assert!(run(&["plan", "data/valley", "--out", text(&out)]).status.success());
    let old = tree(&out).expect("written");
    let new = ["plan", "data/valley", "--out", "{}", "--locale", "fr", "--quiet"];
    let report = Written::of("report", &new, old, false);
    is_whole(&report.old);
    is_whole(&report.new);
    report.end_often(200);
}

#[test]
fn a_file_is_whole_or_as_it_was_whenever_the_command_ends() {
    let old = || Tree::from([(PathBuf::new(), b"old".to_vec())]);
    let instance = ["plan", "data/valley", "--instance", "{}", "-q"];
    Written::of("problem.json", &instance, old(), true).end_often(40);
    let certificate = ["solve", "data/instances/canton.json", "--certificate", "{}"];
    Written::of("proof.json", &certificate, old(), false).end_often(40);
}

#[test]
fn quiet_is_silent_but_for_errors() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("report");
    let told = |args: &[&str]| {
        let output = run(args);
        (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
    };
    for args in [
        &["plan", "data/broken/names-and-telephones", "--out", text(&out)][..],
        &["check", "data/valley"],
        &["solve", "data/instances/canton.json"],
    ] {
        let (code, loud) = told(args);
        assert_eq!(told(&[args, &["--quiet"]].concat()), (code, String::new()), "{loud}");
    }
    assert_ne!(
        told(&["plan", "data/broken/names-and-telephones"]).1,
        "",
        "there is something to be silent of"
    );
    let (code, twenty) = told(&["plan", "data/broken/twenty-defects"]);
    let (same, errors) = told(&["--quiet", "plan", "data/broken/twenty-defects"]);
    assert_eq!((code, same), (Some(1), Some(1)));
    assert!(errors.contains("(erreur ") && !errors.contains("(attention ") && !errors.contains("(note "));
    assert!(errors.len() < twenty.len() || !twenty.contains("(attention "), "warnings are silent too");
}
