//! Collects findings while files are read: one place for the wordings that
//! every file shares.

use super::forgiven;
use crate::finding::{Code, Finding, Level, Source, Text};
use std::collections::{BTreeMap, BTreeSet};

/// Findings so far, and the file being read.
pub(super) struct Report {
    found: Vec<Finding>,
    file: Source,
    /// Lines with an error.
    spoiled: BTreeSet<Source>,
    /// A line of which all has been said.
    muted: u32,
    /// Lines of another shape: their fields may be those of other columns.
    garbled: BTreeSet<Source>,
    in_file: usize,
    errors: usize,
    most: usize,
    /// What was forgiven in the file: where first, and how often.
    forgiven: Vec<(Code, u32, u64)>,
    /// By file and column that is read: its name as it stands there.
    headers: BTreeMap<(Source, &'static str), String>,
}

impl Report {
    pub(super) fn new(most: usize) -> Self {
        Self {
            found: Vec::new(),
            file: Source::memory(),
            spoiled: BTreeSet::new(),
            muted: 0,
            garbled: BTreeSet::new(),
            in_file: 0,
            errors: 0,
            most,
            forgiven: Vec::new(),
            headers: BTreeMap::new(),
        }
    }

    /// The file being read has this column, under a name of its own.
    pub(super) fn set_header(&mut self, column: &'static str, header: &str) {
        self.headers.insert((self.file.clone(), column), clipped(header.trim()));
    }

    /// A line of the file being read, and of its column when it is a table that has it.
    fn cell(&self, line: u32, column: &str) -> Source {
        self.column_of(self.at(line), column)
    }

    /// The place of a column in a line of any file that was read.
    pub(super) fn column_of(&self, source: Source, column: &str) -> Source {
        let file = source.file.as_deref().map_or_else(Source::memory, Source::file);
        let headers = self.headers.iter().filter(|((of, _), _)| *of == file);
        let header = headers.into_iter().find(|((_, name), _)| *name == column);
        header.map_or_else(|| source.clone(), |(_, header)| source.column(header))
    }

    /// What follows is said of this file.
    pub(super) fn enter(&mut self, file: &str) {
        self.close_file();
        self.muted = 0;
        self.file = Source::file(file);
    }

    /// The file being read, at a line; line 0 is the whole file.
    pub(super) fn at(&self, line: u32) -> Source {
        if line == 0 { self.file.clone() } else { self.file.at(line) }
    }

    pub(super) fn is_spoiled(&self, source: &Source) -> bool {
        self.spoiled.contains(&source.row())
    }

    /// Whether what stands on this line can't be trusted at all.
    pub(super) fn is_garbled(&self, source: &Source) -> bool {
        self.garbled.contains(&source.row())
    }

    /// Whether a line of this file has an error.
    pub(super) fn is_spoiled_in(&self, file: &str) -> bool {
        let from = Source::file(file);
        self.spoiled.range(from..).next().is_some_and(|source| source.file.as_deref() == Some(file))
    }

    /// Most findings listed for one file.
    pub(super) fn most(&self) -> usize {
        self.most
    }

    /// How many errors were reported in all.
    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    /// Counts what was understood though it is not as documented. Said once a file.
    pub(super) fn forgive(&mut self, code: Code, line: u32) {
        if line == self.muted {
            return;
        }
        match self.forgiven.iter_mut().find(|(known, ..)| *known == code) {
            Some((_, _, times)) => *times += 1,
            None => self.forgiven.push((code, line, 1)),
        }
    }

    /// A placeholder stands for what was read from this line.
    pub(super) fn spoil(&mut self, line: u32) {
        self.spoil_at(self.at(line));
    }

    /// All that is worth saying of what was read there has been said.
    pub(super) fn spoil_at(&mut self, source: Source) {
        self.spoiled.insert(source.row());
    }

    pub(super) fn into_findings(mut self) -> Vec<Finding> {
        self.close_file();
        self.found
    }

    /// Adds findings made elsewhere, each with its own source.
    pub(super) fn extend(&mut self, findings: Vec<Finding>) {
        findings.into_iter().for_each(|finding| self.add(finding));
    }

    /// Adds a finding made elsewhere.
    pub(super) fn add(&mut self, finding: Finding) {
        if finding.level() == Level::Error {
            self.errors += 1;
        }
        self.in_file += 1;
        if self.in_file <= self.most {
            self.found.push(finding);
        }
    }

    /// Nothing more is said of this line, whose fields may be those of other columns.
    pub(super) fn mute(&mut self, line: u32) {
        self.muted = line;
        let source = self.at(line);
        self.garbled.insert(source);
    }

    pub(super) fn say(&mut self, code: Code, line: u32, what: Text, remedy: Text) {
        self.say_at(code, self.at(line), what, remedy);
    }

    /// As [`Report::say`], of a field: where it is a column, that is part of the place,
    /// elsewhere its name comes before what is said.
    pub(super) fn say_of(&mut self, code: Code, line: u32, field: &str, what: Text, remedy: Text) {
        let source = self.cell(line, field);
        match source.column {
            Some(_) => self.say_at(code, source, what, remedy),
            None => {
                let what = Text::say(|words| words.of_field(field, &what));
                self.say_at(code, source, what, remedy);
            }
        }
    }

    fn say_at(&mut self, code: Code, source: Source, what: Text, remedy: Text) {
        if source.line.is_some_and(|line| line == self.muted) {
            return;
        }
        if code.level() == Level::Error {
            self.errors += 1;
            self.spoiled.insert(source.row());
        }
        self.in_file += 1;
        if self.in_file <= self.most {
            self.found.push(Finding::new(code, source, what, remedy));
        }
    }

    /// Says what was forgiven in the file, and how many findings were not listed.
    fn close_file(&mut self) {
        self.muted = 0;
        for (code, line, times) in std::mem::take(&mut self.forgiven) {
            let (what, remedy) = forgiven::wording(code, times);
            self.say(code, line, what, remedy);
        }
        let hidden = self.in_file.saturating_sub(self.most);
        self.in_file = 0;
        if hidden == 0 {
            return;
        }
        self.found.push(Finding::new(
            Code::TooLarge,
            self.file.clone(),
            Text::say(|words| words.more_findings_in_file(hidden)),
            Text::say(|words| words.correct_those_shown()),
        ));
    }

    pub(super) fn missing(&mut self, line: u32, field: &str) {
        self.say_of(
            Code::MissingValue,
            line,
            field,
            Text::say(|words| words.nothing_written()),
            Text::say(|words| words.write_what_is_expected()),
        );
    }

    pub(super) fn bad(&mut self, line: u32, field: &str, value: &str, expected: Text) {
        self.unfit(Code::BadValue, line, field, value, expected);
    }

    pub(super) fn out_of_range(&mut self, line: u32, field: &str, value: &str, expected: Text) {
        let value = clipped(value);
        self.say_of(
            Code::OutOfRange,
            line,
            field,
            Text::say(|words| words.out_of_range(&value)),
            Text::say(|words| words.write(&expected)),
        );
    }

    pub(super) fn bad_code(&mut self, line: u32, field: &str, value: &str) {
        let expected = Text::say(|words| words.an_insee_code());
        self.unfit(Code::BadInseeCode, line, field, value, expected);
    }

    fn unfit(&mut self, code: Code, line: u32, field: &str, value: &str, expected: Text) {
        let value = clipped(value);
        self.say_of(
            code,
            line,
            field,
            Text::say(|words| words.not_understood(&value)),
            Text::say(|words| words.write(&expected)),
        );
    }
}

/// A value short enough for a sentence, on one line.
pub(crate) fn clipped(value: &str) -> String {
    const MOST: usize = 60;
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let mut short: String = value.chars().take(MOST).map(plain).collect();
    if value.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}
