//! `scenarios/*.toml`: levers, and which of them are tried together.

use super::files::{Folder, Found};
use super::fold::near;
use super::gazetteer::Gazetteer;
use super::levers::{self, Around, Told};
use super::on_demand::{self, Zones};
use super::report::{Report, clipped};
use super::tree::{Document, Fields};
use super::value::KEY;
use crate::error::Error;
use crate::finding::{Code, Finding, Source, Text};
use crate::territory::{Draft, Lever, Scenario, Territory, Written};
use crate::units::Key;
use std::collections::{BTreeMap, BTreeSet};

const FOLDER: &str = "scenarios";
const END: &str = ".toml";
/// Most files of scenarios.
const MOST_FILES: usize = 100;
/// Most bytes of one.
const MOST_BYTES: u64 = 1024 * 1024;
/// Most levers in all.
const MOST_LEVERS: usize = 1_000;
/// Unknown identifiers for which one that is nearly the same is looked for.
const NEARLY: usize = 100;

/// The scenarios of a folder.
#[derive(Default)]
pub(super) struct Scenarios {
    /// In the order of their files' names.
    pub(super) list: Vec<Scenario>,
    /// All levers, with where they are written.
    levers: Vec<Written<Lever>>,
    /// Whether everything was sound before these files were read: they can be held against it.
    checkable: bool,
}

impl Scenarios {
    /// What is wrong with levers in a territory that was read without errors.
    pub(super) fn findings(&self, territory: &Territory, report: &Report) -> Vec<Finding> {
        if !self.checkable {
            return Vec::new();
        }
        let whole = self.levers.iter().filter(|lever| !report.is_spoiled(&lever.source)).cloned();
        territory.check_levers(&whole.collect::<Vec<_>>())
    }
}

/// What one file says.
struct Of {
    key: String,
    name: String,
    /// The levers that it lists.
    listed: Vec<(Source, Key)>,
    /// The levers that it describes.
    own: Vec<Key>,
}

/// Reads the files of `scenarios/`, if there are any. `zones` are those of `zones.geojson`, if it was read already.
pub(super) fn read(
    folder: &mut Folder<'_>,
    draft: &Draft,
    zones: Option<Zones>,
    report: &mut Report,
) -> Result<Scenarios, Error> {
    let mut reading = Reading { checkable: report.errors() == 0, all: true, ..Reading::default() };
    let texts = reading.texts(folder, report)?;
    let zones = match zones {
        Some(zones) => zones,
        // Not opened without a lever that may name one.
        None if texts.iter().any(|(_, text)| text.contains("zone")) => on_demand::zones(folder, report)?,
        None => Zones::none(),
    };
    let gazetteer = Gazetteer::new(&draft.places);
    let around = Around { gazetteer: &gazetteer, zones: &zones, limit: draft.rules.limit };
    for (name, text) in &texts {
        report.enter(name);
        reading.file(name, text, &around, report);
    }
    Ok(reading.scenarios(report))
}

/// The scenario of a file that is in no territory's folder, its levers held against this one.
pub(super) fn alone(name: &str, text: &str, territory: &Territory, report: &mut Report) -> Option<Scenario> {
    let draft = territory.to_draft();
    let gazetteer = Gazetteer::new(&draft.places);
    let around = Around { gazetteer: &gazetteer, zones: &Zones::none(), limit: draft.rules.limit };
    let mut reading = Reading { checkable: true, all: true, ..Reading::default() };
    report.enter(name);
    reading.file(name, text, &around, report);
    let read = reading.scenarios(report);
    let findings = read.findings(territory, report);
    report.extend(findings);
    read.list.into_iter().next()
}

#[derive(Default)]
struct Reading {
    checkable: bool,
    /// Whether each identifier that is written was read.
    all: bool,
    files: Vec<Of>,
    /// Where each lever is, and what it is where that could be read.
    levers: BTreeMap<Key, Option<Written<Lever>>>,
    unknown: usize,
}

impl Reading {
    fn texts(
        &mut self,
        folder: &mut Folder<'_>,
        report: &mut Report,
    ) -> Result<Vec<(String, String)>, Error> {
        let Some((names, more)) = folder.ending_below(FOLDER, END, MOST_FILES, report) else {
            return Ok(Vec::new());
        };
        if more {
            too_many(Text::say(|words| words.more_scenarios(MOST_FILES, FOLDER)), report);
        }
        let mut texts = Vec::new();
        for name in names {
            match folder.short_text(&name, MOST_BYTES, report)? {
                Found::Here(text) => texts.push((name, text)),
                Found::Nothing | Found::Unreadable => self.all = false,
            }
        }
        Ok(texts)
    }

    fn file(&mut self, name: &str, text: &str, around: &Around<'_, '_>, report: &mut Report) {
        let stem = name.trim_start_matches(FOLDER).trim_start_matches('/').trim_end_matches(END);
        let key = Key::new(stem).filter(|key| key.as_str() == stem);
        if key.is_none() {
            bad_name(stem, report);
        }
        let Some(document) = Document::parse(text, report) else {
            self.all = false;
            return;
        };
        let mut fields = document.fields();
        let title = fields.text("name", report).unwrap_or_default().trim();
        let title = if title.is_empty() { stem } else { title };
        let listed = listed(&mut fields, report);
        let told = fields.each("lever", report, |table, report| Some(levers::lever(table, around, report)));
        fields.finish(report);
        let own = told.into_iter().filter_map(|told| self.add(told, report)).collect();
        self.files.push(Of { key: stem.to_owned(), name: title.to_owned(), listed, own });
    }

    /// Adds a lever; its identifier, where it is its own.
    fn add(&mut self, told: Told, report: &mut Report) -> Option<Key> {
        let Some(key) = told.key else {
            self.all = false;
            return None;
        };
        if self.levers.len() == MOST_LEVERS {
            // Said once.
            if std::mem::replace(&mut self.all, false) {
                too_many(Text::say(|words| words.more_levers(MOST_LEVERS, FOLDER)), report);
            }
            return None;
        }
        if self.levers.contains_key(&key) {
            let what = Text::say(|words| words.lever_called_already(&key, FOLDER));
            let remedy = Text::say(|words| words.each_its_identifier());
            report.spoil_at(told.source.clone());
            report.add(Finding::new(Code::DuplicateId, told.source, what, remedy));
            return None;
        }
        let Told { lever, source, .. } = told;
        self.levers.insert(key.clone(), lever.map(|value| Written { value, source }));
        Some(key)
    }

    fn scenarios(mut self, report: &mut Report) -> Scenarios {
        let files = std::mem::take(&mut self.files);
        let list = files.into_iter().map(|file| self.scenario(file, report)).collect();
        let levers = self.levers.into_values().flatten().collect();
        Scenarios { list, levers, checkable: self.checkable }
    }

    /// The levers that a file lists, in its order, then those that it describes and does not list.
    fn scenario(&mut self, file: Of, report: &mut Report) -> Scenario {
        let mut named = BTreeSet::new();
        let mut levers = Vec::new();
        for (source, key) in file.listed {
            match self.levers.get(&key) {
                Some(_) if !named.insert(key.clone()) => repeated(source, &key, report),
                Some(lever) => levers.extend(lever.as_ref().map(|lever| lever.value.clone())),
                // It may be among those that were not read.
                None if self.all => self.unknown(source, &key, report),
                None => {}
            }
        }
        let own = file.own.iter().filter(|key| !named.contains(*key));
        let described = own.filter_map(|key| self.levers.get(key)?.as_ref());
        levers.extend(described.map(|lever| lever.value.clone()));
        Scenario { key: file.key, name: file.name, levers }
    }

    fn unknown(&mut self, source: Source, key: &Key, report: &mut Report) {
        self.unknown += 1;
        let text = key.as_str();
        let slips = if text.chars().count() < 8 { 1 } else { 2 };
        let mut alike = self.levers.keys().filter(|other| near(other.as_str(), text, slips));
        let meant = if self.unknown <= NEARLY { alike.next() } else { None };
        let remedy = match meant {
            Some(other) => Text::say(|words| words.write_this_one(other)),
            None => Text::say(|words| words.correct_or_describe_lever(FOLDER)),
        };
        let what = Text::say(|words| words.no_such_lever(key));
        report.add(Finding::new(Code::UnknownReference, source, what, remedy));
    }
}

/// `levers`: identifiers, each with its line.
fn listed(fields: &mut Fields<'_>, report: &mut Report) -> Vec<(Source, Key)> {
    let mut listed = Vec::new();
    for (line, text) in fields.texts("levers", report) {
        match Key::new(text) {
            Some(key) => listed.push((report.at(line), key)),
            None => report.bad(line, "levers", text, Text::say(KEY)),
        }
    }
    listed
}

fn repeated(source: Source, key: &Key, report: &mut Report) {
    let what = Text::say(|words| words.named_more_than_once("levers", key.as_str()));
    let remedy = Text::say(|words| words.once_is_enough());
    report.add(Finding::new(Code::RepeatedReference, source, what, remedy));
}

fn too_many(what: Text, report: &mut Report) {
    report.say(Code::TooLarge, 0, what, Text::say(|words| words.keep_those_compared()));
}

fn bad_name(stem: &str, report: &mut Report) {
    let stem = clipped(stem);
    report.say(
        Code::BadValue,
        0,
        Text::say(|words| words.no_name_of_a_scenario(&stem)),
        Text::say(|words| words.rename_the_scenario()),
    );
}
