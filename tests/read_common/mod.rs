//! Copies of the valley that a test may spoil.
#![allow(dead_code, reason = "each test file uses its part")]

use maillage::finding::{Finding, Level};
use maillage::{Control, Error, read};
use std::fs;
use std::path::{Path, PathBuf};

/// The files of the valley.
pub(crate) const FILES: [&str; 10] = [
    "territory.toml",
    "communes.csv",
    "places.csv",
    "communes.geojson",
    "sites.csv",
    "programmes.toml",
    "advisers.csv",
    "youths.csv",
    "calendar.csv",
    "pins.toml",
];

/// Files that the valley does without, with something in them, and the one whose place they take.
pub(crate) const MORE: [(&str, &str, Option<&str>); 8] = [
    (
        "links.csv",
        "id,from,to,mode,minutes,line,days,holidays,both_ways,metres\n\
         l1,lande,croix,autocar,12,A,lun-mer,non,non,9000\nl2,37905,pont,tad,30,,,,,\n",
        None,
    ),
    (
        "on_demand.csv",
        "id,name,communes,zone,days,from,to,holidays,booking,wait_min,speed_kmh,seats\n\
         nord,Le bus,37900|Bois,,\"mar, jeu\",8h30,17:30,non,veille 17:00,10,35.5,8\n\
         sud,,,s,,0:00,24:00,oui,1 jour ouvré 12h,,,\n",
        None,
    ),
    (
        "zones.geojson",
        "{\"type\": \"FeatureCollection\", \"features\": [\n\
         {\"type\": \"Feature\", \"properties\": {\"zone\": \"s\"}, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": \
         [[[0.2, 46.9], [0.3, 46.9], [0.3, 47.1], [0.2, 46.9]]]}}\n]}\n",
        None,
    ),
    (
        "times.csv",
        "home,site,to_s,from_s,mode,date,metres\nmoulin,croix,600,620.2,,,5000\nlande,pont,900,,bus,2026-09-08,\n",
        None,
    ),
    (
        "places.geojson",
        "{\"type\": \"FeatureCollection\", \"features\": [\n\
         {\"type\": \"Feature\", \"properties\": {\"id\": \"moulin\"}, \"geometry\": {\"type\": \"Point\", \"coordinates\": [0.25, 47.036]}},\n\
         {\"type\": \"Feature\", \"properties\": {\"id\": \"lande\", \"insee_code\": 37902}, \"geometry\": null}\n]}\n",
        Some("places.csv"),
    ),
    (
        "sites.geojson",
        "{\"type\": \"FeatureCollection\", \"features\": [\n\
         {\"type\": \"Feature\", \"properties\": {\"id\": \"pont\", \"rooms\": 1}, \"geometry\": {\"type\": \"Point\", \"coordinates\": [0.25, 47.0]}}\n]}\n",
        Some("sites.csv"),
    ),
    ("programmes.csv", PROGRAMMES, Some("programmes.toml")),
    ("scenarios/scenarios.toml", SCENARIO, None),
];

/// A scenario with a lever of each kind.
pub(crate) const SCENARIO: &str = include_str!("../corpus/scenarios.toml/every-kind");

/// The valley's programmes as a sheet.
pub(crate) const PROGRAMMES: &str = "id,name,min,target,max,half_days,full_days,schedules,slots,sites,weeks,start\n\
     atelier,Atelier,3,4,5,1,,,mar-am jeu-am,pont croix,3,2026-09-07\n\
     chantier,Chantier,4,5,6,,1,,jeu-am jeu-pm,croix haut,3,2026-09-07\n\
     code,Code de la route,4,6,8,,,ven-am,,pont,2,2026-09-07\n";

pub(crate) fn valley_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/valley")
}

/// A folder that is removed after the test.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn valley() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        for file in FILES {
            fs::copy(valley_dir().join(file), dir.path().join(file)).expect("copied");
        }
        Self(dir)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        self.write_bytes(file, text.as_bytes());
    }

    pub(crate) fn write_bytes(&self, file: &str, bytes: &[u8]) {
        if let Some(dir) = self.path().join(file).parent() {
            fs::create_dir_all(dir).expect("a folder");
        }
        fs::write(self.path().join(file), bytes).expect("written");
    }

    pub(crate) fn remove(&self, file: &str) {
        fs::remove_file(self.path().join(file)).expect("removed");
    }

    pub(crate) fn text(&self, file: &str) -> String {
        fs::read_to_string(self.path().join(file)).expect("read")
    }

    pub(crate) fn append(&self, file: &str, more: &str) {
        self.write(file, &(self.text(file) + more));
    }

    /// Replaces the first occurrence, which must be there.
    pub(crate) fn replace(&self, file: &str, from: &str, to: &str) {
        let text = self.text(file);
        assert!(text.contains(from), "{file} has no {from}");
        self.write(file, &text.replacen(from, to, 1));
    }
}

/// What holds of every folder, whatever is in it: reading answers, twice the
/// same; there are errors or a territory; and each finding has its file and both languages.
pub(crate) fn answers(folder: &Folder) -> Vec<Finding> {
    let read = read::territory(folder.path(), &Control::none());
    let (sound, findings) = match read {
        Ok(opened) => (true, opened.findings),
        Err(Error::Input(found)) => (false, found),
        Err(other) => panic!("{other}"),
    };
    assert_eq!(sound, findings.iter().all(|f| f.level() != Level::Error), "{findings:?}");
    for finding in &findings {
        let texts = [&finding.what.fr, &finding.what.en, &finding.remedy.fr, &finding.remedy.en];
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{finding:?}");
        assert!(finding.source.file.is_some(), "{finding:?}");
    }
    assert_eq!(all_findings(folder.path()), findings, "reading twice is not the same");
    findings
}

/// Findings of any level.
pub(crate) fn all_findings(dir: &Path) -> Vec<Finding> {
    match read::territory(dir, &Control::none()) {
        Ok(opened) => opened.findings,
        Err(Error::Input(findings)) => findings,
        Err(other) => panic!("{other}"),
    }
}

/// Codes and places.
pub(crate) fn listed(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|f| format!("{} {}", f.code.as_str(), f.source)).collect()
}
