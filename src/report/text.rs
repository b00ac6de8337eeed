//! The plan as a page for a director, in a terminal: first the answer, then the
//! groups, who is left out and why, and what the answer rests on.

use super::language::{self, Heading, Sentences};
use super::names;
use super::telling::{LeftTold, Telling, options_of};
use super::terminal::{Page, clean};
use crate::control::Stage;
use crate::error::Error;
use crate::finding::{self, Code, Finding, Lang, Level};
use crate::plan::Plan;
use crate::territory::{Provenance, Territory};
use std::collections::BTreeMap;

/// The plan as a page of at most 100 columns, for the structure's own desk.
pub fn text(territory: &Territory, plan: &Plan, lang: Lang) -> String {
    let telling = Telling { territory, plan, say: language::of(lang), lang };
    let mut writer = Writer { telling, page: Page::default() };
    writer.top();
    writer.answer();
    writer.groups();
    writer.left_out();
    writer.section(Heading::Hours, "", &telling.hours());
    writer.section(Heading::Opened, "- ", &telling.opened());
    writer.section(Heading::Trust, "", &[telling.proved()]);
    writer.assumptions();
    writer.page.finish()
}

/// Findings of one kind shown for a file; the JSON has them all.
const FIRST_OF_A_KIND: usize = 5;

/// Findings by file, line and column: a heading a file, then `line, column: what →
/// remedy (level code)`, the first of each kind, and at the end how many there are.
pub fn findings(list: &[Finding], lang: Lang) -> String {
    findings_page(list, lang, FIRST_OF_A_KIND)
}

/// As [`findings`], each of them, however many there are of a kind.
pub fn every_finding(list: &[Finding], lang: Lang) -> String {
    findings_page(list, lang, usize::MAX)
}

fn findings_page(list: &[Finding], lang: Lang, first: usize) -> String {
    let say = language::of(lang);
    if list.is_empty() {
        return format!("{}\n", say.nothing_found());
    }
    let mut sorted: Vec<&Finding> = list.iter().collect();
    finding::sort(&mut sorted);
    let mut text = String::new();
    for of_file in sorted.chunk_by(|a, b| a.source.file == b.source.file) {
        let file = of_file.first().and_then(|one| one.source.file.as_deref());
        let file = file.map_or_else(|| say.no_file().to_owned(), |file| named_file(file, lang));
        let colon = say.colon();
        text.push_str(&format!("{}{colon} {}\n", clean(&file), counts(of_file, say)));
        text.push_str(&file_findings(of_file, lang, say, first));
        text.push('\n');
    }
    text + &format!("{}.\n", counts(&sorted, say))
}

fn counts(list: &[&Finding], say: &dyn Sentences) -> String {
    let count = |level| list.iter().filter(|f| f.level() == level).count();
    say.finding_counts(count(Level::Error), count(Level::Warning), count(Level::Note))
}

/// The findings of one file; of a kind that repeats itself, the first ones.
fn file_findings(list: &[&Finding], lang: Lang, say: &dyn Sentences, first: usize) -> String {
    let mut text = String::new();
    let mut kinds: BTreeMap<Code, (usize, u32)> = BTreeMap::new();
    for one in list {
        let (times, last) = kinds.entry(one.code).or_default();
        (*times, *last) = (*times + 1, one.source.line.unwrap_or(0));
        if *times <= first {
            text.push_str(&finding_line(one, lang, say));
        }
    }
    for (code, (times, last)) in kinds {
        let more = times.saturating_sub(first);
        if more > 0 {
            text.push_str(&format!("  {}\n", say.more_of_a_kind(code.as_str(), more, last)));
        }
    }
    text
}

/// A file and what it holds, where its name says so.
fn named_file(file: &str, lang: Lang) -> String {
    let say = language::new::of(lang);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    say.file(file, say.sheet(stem))
}

fn finding_line(one: &Finding, lang: Lang, say: &dyn Sentences) -> String {
    let place = |line| language::new::of(lang).place(line, one.source.column.as_deref());
    let place = one.source.line.map_or_else(String::new, place);
    let (level, code) = (say.level(one.level()), one.code.as_str());
    let (what, remedy) = (one.what.in_lang(lang), one.remedy.in_lang(lang));
    format!("  {} ({level} {code})\n", clean(&format!("{place}{what} → {remedy}")))
}

/// What a stage does, for a progress bar.
pub fn stage(stage: Stage, lang: Lang) -> &'static str {
    language::of(lang).stage(stage)
}

/// Said when pins contradict the limits.
pub fn impossible(lang: Lang) -> &'static str {
    language::of(lang).impossible()
}

/// Said when no plan was found.
pub fn not_found(lang: Lang) -> &'static str {
    language::of(lang).not_found()
}

/// Said when the files of a plan are written.
pub fn written(folder: &std::path::Path, lang: Lang) -> String {
    clean(&language::of(lang).written(&folder.display().to_string()))
}

/// Said when a plan does not pass its verification.
pub fn unverified(lang: Lang) -> &'static str {
    language::of(lang).unverified()
}

/// An error; the findings of [`Error::Input`] are for [`findings`] to tell.
pub fn error(error: &Error, lang: Lang) -> String {
    clean(&language::of(lang).error(error))
}

struct Writer<'a> {
    telling: Telling<'a>,
    page: Page,
}

impl Writer<'_> {
    fn top(&mut self) {
        let Telling { territory, say, .. } = self.telling;
        self.page.title(&say.title(territory.name()));
        self.page.paragraph(0, "", say.internal());
        if let Provenance::Synthetic(synthesis) = territory.provenance() {
            self.page.paragraph(0, "", &say.synthetic(synthesis.seed));
        }
    }

    fn answer(&mut self) {
        self.heading(Heading::Answer);
        for answer in &self.telling.plan.programmes {
            self.page.paragraph(2, "- ", &self.telling.programme_in_short(answer));
            if let Some(next) = self.telling.next(answer) {
                self.page.paragraph(4, "", &next);
            }
        }
        self.page.paragraph(2, "", &self.telling.in_all());
    }

    fn groups(&mut self) {
        let Telling { territory, plan, say, .. } = self.telling;
        self.heading(Heading::Groups);
        if plan.groups.is_empty() {
            self.page.paragraph(2, "", say.no_group_at_all());
        }
        let options = options_of(territory, &plan.groups);
        let mut programme = None;
        for (i, group) in plan.groups.iter().enumerate() {
            if programme.replace(group.offer.programme) != Some(group.offer.programme) {
                self.page.paragraph(2, "", names::programme(territory, group.offer.programme));
            }
            let Some(&option) = options.get(&group.offer) else { continue };
            let told = self.telling.group(group, territory.option(option));
            self.page.paragraph(2, &format!("{:>3}. ", i + 1), &told.place);
            for line in [told.course].iter().chain(&told.notes) {
                self.page.paragraph(7, "", line);
            }
        }
    }

    fn left_out(&mut self) {
        self.heading(Heading::LeftOut);
        let left_out = self.telling.left_out();
        if left_out.is_empty() {
            self.page.paragraph(2, "", self.telling.say.nobody_left_out());
        }
        for LeftTold { programme, title, reasons } in left_out {
            self.page.paragraph(2, "", &title);
            for (reason, youths) in reasons {
                let (why, ids) = (self.telling.reason(programme, reason), self.telling.first_ids(&youths));
                self.page.paragraph(2, &format!("{:>5}  ", youths.len()), &format!("{why} {ids}"));
            }
            for choice in self.telling.choices(programme) {
                self.page.paragraph(9, "", &choice);
            }
        }
    }

    /// A heading and its lines, where there are any.
    fn section(&mut self, heading: Heading, mark: &str, lines: &[String]) {
        if !lines.is_empty() {
            self.heading(heading);
        }
        for line in lines {
            self.page.paragraph(2, mark, line);
        }
    }

    fn assumptions(&mut self) {
        self.heading(Heading::Assumptions);
        for (text, mark) in self.telling.assumptions() {
            self.page.paragraph(2, "- ", &format!("{text} {mark}"));
        }
    }

    fn heading(&mut self, heading: Heading) {
        self.page.heading(self.telling.say.heading(heading));
    }
}
