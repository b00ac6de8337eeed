//! `programmes.toml`, or the table in its place, and `pins.toml`.

use super::Unread;
use super::files::{Folder, Found, two_files};
use super::programme_rows;
use super::report::Report;
use super::tree::{Document, Fields};
use crate::error::Error;
use crate::finding::{Code, Phrase, Text};
use crate::territory::{
    Ages, Alternating, Draft, GroupSize, InHolidays, MixRule, Names, Needed, Pin, Programme, Rhythm,
    StartWindow, Trait, Turn, Written,
};
use crate::units::Key;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Longest travel limit of a programme: a day.
pub(super) const DAY_MIN: u32 = 24 * 60;

const FILE: &str = "programmes.toml";

/// The file that programmes are in.
pub(super) fn file(folder: &Folder<'_>) -> String {
    let table = !folder.has(FILE) && folder.has_table(programme_rows::TABLE);
    if table { folder.name_of(programme_rows::TABLE) } else { FILE.to_owned() }
}

/// Reads `programmes.toml`, or the table of programmes in its place.
pub(super) fn read(
    folder: &mut Folder<'_>,
    draft: &mut Draft,
    report: &mut Report,
    unread: &mut Unread,
) -> Result<(), Error> {
    if folder.has_table(programme_rows::TABLE) {
        if folder.has(FILE) {
            let table = folder.name_of(programme_rows::TABLE);
            report.enter(&table);
            two_files(FILE, &table, report);
            unread.programmes = true;
            return Ok(());
        }
        return programme_rows::read(folder, draft, report, unread);
    }
    let text = folder.needed(FILE, report)?;
    let document = text.as_deref().and_then(|text| Document::parse(text, report));
    unread.programmes = document.is_none();
    let Some(document) = document else { return Ok(()) };
    let mut fields = document.fields();
    fields.require("programme", report);
    draft.programmes = fields.each("programme", report, programme);
    // Nothing is said of those who are enrolled where none is written.
    unread.programmes = draft.programmes.is_empty() || fields.count("programme") != draft.programmes.len();
    fields.finish(report);
    Ok(())
}

fn programme(fields: &mut Fields<'_>, report: &mut Report) -> Option<Written<Programme<Names>>> {
    let source = report.at(fields.line);
    fields.require("id", report);
    let key = fields.key("id", report);
    let name = fields.text("name", report).unwrap_or_default().trim().to_owned();
    let size = size(fields, report);
    let rhythm = rhythm(fields, report);
    let slots = fields.keys("slots", report);
    let sites = fields.keys("sites", report);
    let alternating = fields.each("alternating", report, alternating);
    fields.require("weeks", report);
    let weeks = small(fields, "weeks", (1, 104), report).unwrap_or(1);
    fields.require("start", report);
    let first = fields.date("start", report).unwrap_or(Date::constant(2000, 1, 3));
    let later_weeks = small(fields, "start_weeks_later", (0, 52), report).unwrap_or(0);
    let in_holidays = fields.word("holidays", HOLIDAYS, report, in_holidays).unwrap_or(InHolidays::Runs);
    let needed = needed(fields, report);
    let limit = fields.minutes("limit_min", DAY_MIN, report);
    let ages = ages(fields, report);
    let mix = fields.each("mix", report, mix_rule);
    let excludes = fields.keys("excludes", report);
    let max_groups = fields.whole("max_groups", (1, 1000), report).unwrap_or(1);
    let group_cost = fields.euros("cost_eur", report).unwrap_or_default();
    let attendance = fields.chance("attendance", report);
    let hold = fields.chance("hold", report);
    let key = key?;
    let name = super::places::named(&name, &key);
    let start = StartWindow { first, later_weeks };
    let value = Programme {
        key,
        name,
        size,
        rhythm,
        slots,
        sites,
        alternating,
        weeks,
        start,
        in_holidays,
        needed,
        limit,
        ages,
        mix,
        excludes,
        max_groups,
        group_cost,
        attendance,
        hold,
    };
    Some(Written { value, source })
}

pub(super) fn small(
    fields: &mut Fields<'_>,
    field: &'static str,
    range: (u32, u32),
    report: &mut Report,
) -> Option<u16> {
    u16::try_from(fields.whole(field, range, report)?).ok()
}

/// Sizes; where they can't be, any size at all stands in their place.
pub(super) fn size(fields: &mut Fields<'_>, report: &mut Report) -> GroupSize {
    const RANGE: (u32, u32) = (1, GroupSize::LARGEST);
    for field in ["min", "target", "max"] {
        fields.require(field, report);
    }
    let min = fields.whole("min", RANGE, report);
    let target = fields.whole("target", RANGE, report);
    let max = fields.whole("max", RANGE, report);
    if let (Some(min), Some(target), Some(max)) = (min, target, max) {
        if let Some(size) = GroupSize::new(min, target, max) {
            return size;
        }
        report.say(
            Code::BadGroupSize,
            fields.line_of("min"),
            Text::say(|words| words.sizes_out_of_order(min, target, max)),
            Text::say(|words| words.sizes_of_a_programme_ascend()),
        );
    }
    GroupSize::any()
}

const RHYTHMS: [&str; 3] = ["half_days", "full_days", "schedules"];

fn rhythm(fields: &mut Fields<'_>, report: &mut Report) -> Rhythm<Names> {
    let half_days = fields.whole("half_days", (1, 3), report);
    let full_days = fields.whole("full_days", (1, 5), report);
    let listed = fields.sets("schedules", report);
    let written: Vec<&str> = RHYTHMS.into_iter().filter(|field| fields.has(field)).collect();
    match written.as_slice() {
        ["half_days"] => {}
        ["full_days"] => return Rhythm::FullDays(byte(full_days)),
        ["schedules"] => return Rhythm::Listed(listed),
        [] => only_one(Code::MissingValue, fields.line, |words| words.none_is_written(), report),
        [.., last] => {
            only_one(Code::BadValue, fields.line_of(last), |words| words.several_are_written(), report);
        }
    }
    Rhythm::HalfDays(byte(half_days))
}

fn byte(number: Option<u32>) -> u8 {
    number.and_then(|n| u8::try_from(n).ok()).unwrap_or(1)
}

fn only_one(code: Code, line: u32, written: Phrase, report: &mut Report) {
    let written = Text::say(written);
    report.say(
        code,
        line,
        Text::say(|words| words.rhythm_fields(&written)),
        Text::say(|words| words.write_one_of_three()),
    );
}

pub(super) fn alternating(fields: &mut Fields<'_>, report: &mut Report) -> Option<Alternating<Names>> {
    const BY: Phrase = |words| words.week_or_day();
    fields.require("by", report);
    fields.require("sites", report);
    let by = fields.word("by", BY, report, |word| match word {
        "week" | "semaine" => Some(Turn::Week),
        "day" | "jour" => Some(Turn::Day),
        _ => None,
    });
    let sites = fields.keys("sites", report);
    let mut seen = BTreeSet::new();
    if let Some(twice) = sites.iter().find(|site| !seen.insert(*site)) {
        report.say(
            Code::BadValue,
            fields.line_of("sites"),
            Text::say(|words| words.site_twice_in_turn(twice)),
            Text::say(|words| words.keep_it_once()),
        );
    }
    Some(Alternating { by: by.unwrap_or(Turn::Week), sites })
}

pub(super) const HOLIDAYS: Phrase = |words| words.in_holidays();

pub(super) fn in_holidays(word: &str) -> Option<InHolidays> {
    match word {
        "runs" | "continue" => Some(InHolidays::Runs),
        "pauses" | "pause" => Some(InHolidays::Pauses),
        "visio" => Some(InHolidays::Visio),
        _ => None,
    }
}

fn needed(fields: &mut Fields<'_>, report: &mut Report) -> Needed {
    let all = fields.word(
        "needed",
        |words| words.sessions_needed(),
        report,
        |word| matches!(word, "all" | "toutes").then_some(()),
    );
    let count = small(fields, "needed_count", (1, 65_535), report);
    let percent = fields.whole("needed_percent", (1, 100), report);
    if usize::from(all.is_some()) + usize::from(count.is_some()) + usize::from(percent.is_some()) > 1 {
        report.say(
            Code::BadSessions,
            fields.line_of("needed_percent"),
            Text::say(|words| words.sessions_contradict()),
            Text::say(|words| words.keep_one_field()),
        );
    }
    match (count, percent) {
        (Some(count), _) => Needed::Count(count),
        (None, Some(percent)) => Needed::Percent(byte(Some(percent))),
        (None, None) => Needed::All,
    }
}

fn ages(fields: &mut Fields<'_>, report: &mut Report) -> Ages {
    const RANGE: (u32, u32) = (0, 120);
    let usual = Ages::MISSION_LOCALE;
    let mut age = |field| fields.whole(field, RANGE, report).and_then(|n| u8::try_from(n).ok());
    Ages {
        from: age("age_from").unwrap_or(usual.from),
        before: age("age_before").unwrap_or(usual.before),
        before_if_disabled: age("age_before_if_disabled").or(usual.before_if_disabled),
    }
}

fn mix_rule(fields: &mut Fields<'_>, report: &mut Report) -> Option<MixRule> {
    const OF: Phrase = |words| words.a_trait();
    const RANGE: (u32, u32) = (0, GroupSize::LARGEST);
    fields.require("of", report);
    let of = fields.word("of", OF, report, |word| match word {
        "minor" => Some(Trait::Minor),
        "woman" => Some(Trait::Woman),
        "man" => Some(Trait::Man),
        "disabled" => Some(Trait::Disabled),
        "no_vehicle" => Some(Trait::NoVehicle),
        _ => None,
    });
    let at_least = fields.whole("at_least", RANGE, report).unwrap_or(0);
    let at_most = fields.whole("at_most", RANGE, report).unwrap_or(GroupSize::LARGEST);
    Some(MixRule { of: of?, at_least, at_most })
}

/// Reads `pins.toml`, if there is one.
pub(super) fn pins(folder: &mut Folder<'_>, draft: &mut Draft, report: &mut Report) -> Result<(), Error> {
    let Found::Here(text) = folder.text("pins.toml", report)? else { return Ok(()) };
    let Some(document) = Document::parse(&text, report) else { return Ok(()) };
    let mut fields = document.fields();
    draft.pins = fields.each("group", report, group);
    for (field, read) in [("in", inside as ReadPin), ("out", outside), ("apart", apart)] {
        draft.pins.extend(fields.each(field, report, read));
    }
    fields.finish(report);
    Ok(())
}

type ReadPin = fn(&mut Fields<'_>, &mut Report) -> Option<Written<Pin<Names>>>;

pub(super) fn needed_key(fields: &mut Fields<'_>, field: &'static str, report: &mut Report) -> Option<Key> {
    fields.require(field, report);
    fields.key(field, report)
}

fn written(fields: &Fields<'_>, value: Pin<Names>, report: &Report) -> Option<Written<Pin<Names>>> {
    Some(Written { value, source: report.at(fields.line) })
}

fn group(fields: &mut Fields<'_>, report: &mut Report) -> Option<Written<Pin<Names>>> {
    let programme = needed_key(fields, "programme", report);
    let site = needed_key(fields, "site", report);
    fields.require("slots", report);
    let slots = fields.keys("slots", report);
    let start = fields.date("start", report);
    written(fields, Pin::Group { programme: programme?, site: site?, slots, start }, report)
}

fn inside(fields: &mut Fields<'_>, report: &mut Report) -> Option<Written<Pin<Names>>> {
    let youth = needed_key(fields, "youth", report);
    let programme = needed_key(fields, "programme", report);
    written(fields, Pin::In { youth: youth?, programme: programme? }, report)
}

fn outside(fields: &mut Fields<'_>, report: &mut Report) -> Option<Written<Pin<Names>>> {
    let youth = needed_key(fields, "youth", report);
    let programme = fields.key("programme", report);
    written(fields, Pin::Out { youth: youth?, programme }, report)
}

fn apart(fields: &mut Fields<'_>, report: &mut Report) -> Option<Written<Pin<Names>>> {
    let a = needed_key(fields, "a", report);
    let b = needed_key(fields, "b", report);
    written(fields, Pin::Apart { a: a?, b: b? }, report)
}
