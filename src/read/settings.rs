//! `territory.toml`: name, figures, half-days.

use super::Unread;
use super::files::{Folder, Named, Said};
use super::hours;
use super::report::{Report, clipped};
use super::table::{self, Mapped, Mapping, headers};
use super::times::Missing;
use super::tree::{Document, Fields};
use crate::error::Error;
use crate::finding::{Code, Phrase, Source, Text};
use crate::territory::{Draft, LinkRules, Mode, Pace, Rules, Slot, StraightLineRules, TransitRules, Written};
use crate::units::{ClockTime, Speed};
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

const FILE: &str = "territory.toml";
/// The version of the format that this library reads.
const SCHEMA: u32 = 1;
/// Modes that can be estimated by straight line.
const MODES: [Mode; 6] = [Mode::Car, Mode::Lift, Mode::Moped, Mode::EBike, Mode::Bike, Mode::Walk];
/// Longest duration that a figure may have: a week.
const WEEK_MIN: u32 = 7 * 24 * 60;

/// The `[synthesis]` section as written.
pub(super) struct SynthesisTable {
    pub(super) table: toml::Table,
    pub(super) source: Source,
}

/// What other files need of this one.
#[derive(Default)]
pub(super) struct Settings {
    /// The date on which ages without one of their own were true.
    pub(super) ages_on: Option<Date>,
    /// That date may be written and was not read.
    pub(super) ages_on_unread: bool,
    pub(super) synthesis: Option<SynthesisTable>,
    /// What becomes of times that the matrix does not have.
    pub(super) missing_times: Missing,
}

pub(super) fn read(
    folder: &mut Folder<'_>,
    draft: &mut Draft,
    report: &mut Report,
    unread: &mut Unread,
) -> Result<Settings, Error> {
    let mut settings = Settings::default();
    let text = folder.needed(FILE, report)?;
    let document = text.as_deref().and_then(|text| Document::parse(text, report));
    let Some(document) = document else {
        unread.slots = true;
        settings.ages_on_unread = true;
        return Ok(settings);
    };
    let mut fields = document.fields();
    fields.require("schema", report);
    fields.require("name", report);
    fields.whole("schema", (SCHEMA, SCHEMA), report);
    draft.name = fields.text("name", report).unwrap_or_default().trim().to_owned();
    if draft.name.is_empty() && fields.has("name") {
        report.missing(fields.line_of("name"), "name");
    }
    settings.ages_on =
        fields.inside("defaults", report, |table, report| defaults(table, &mut draft.rules, report));
    let line = &mut draft.rules.straight_line;
    fields.inside("travel", report, |table, report| {
        travel(table, line, report);
        Some(())
    });
    let rules = &mut draft.rules.links;
    fields.inside("links", report, |table, report| {
        links(table, rules, report);
        Some(())
    });
    let rules = &mut draft.rules.transit;
    fields.inside("timetables", report, |table, report| {
        transit(table, rules, report);
        Some(())
    });
    let rules = &mut draft.rules.attendance;
    fields.inside("attendance", report, |table, report| {
        set(&mut rules.usual, table.chance("usual", report));
        set(&mut rules.shared_failure, table.chance_or_never("shared_failure", report));
        Some(())
    });
    let rules = &mut draft.rules.arrivals;
    fields.inside("arrivals", report, |table, report| {
        set(&mut rules.months, table.months("months", report));
        set(&mut rules.give_up, table.chance_or_never("give_up", report));
        Some(())
    });
    let choice =
        fields.inside("times", report, |table, report| table.word("missing", CHOICE, report, choice));
    settings.missing_times = choice.unwrap_or_default();
    draft.slots = fields.each("slot", report, slot);
    cap_slots(&mut draft.slots, folder.limits.slots, report);
    settings.ages_on_unread = settings.ages_on.is_none() && report.errors() > 0;
    // With a half-day that could not be read, the usual ten must not take its place.
    unread.slots = fields.count("slot") != draft.slots.len();
    folder.set_said(tables(&mut fields, report));
    if let Some((line, table)) = fields.raw("synthesis", report) {
        settings.synthesis = Some(SynthesisTable { table, source: report.at(line) });
    }
    fields.finish(report);
    Ok(settings)
}

/// `[files]` and `[columns]`: names of files and of columns that are not the usual ones.
fn tables(fields: &mut Fields<'_>, report: &mut Report) -> BTreeMap<&'static str, Said> {
    let mut said: BTreeMap<&'static str, Said> = BTreeMap::new();
    fields.inside("files", report, |files, report| {
        for (table, _) in headers::TABLES {
            let Some(name) = files.text(table, report) else { continue };
            let file = match is_within(name) {
                true => Named::File(name.to_owned()),
                false => {
                    outside(files.line_of(table), name, report);
                    Named::Refused
                }
            };
            said.entry(table).or_default().file = Some(file);
        }
        Some(())
    });
    fields.inside("columns", report, |tables, report| {
        for (table, columns) in headers::TABLES {
            let mapped = tables.inside(table, report, |fields, report| Some(mapped(fields, columns, report)));
            if let Some(mapped) = mapped {
                said.entry(table).or_default().columns = Mapping(mapped);
            }
        }
        Some(())
    });
    said
}

fn mapped(fields: &mut Fields<'_>, columns: &[headers::Names], report: &mut Report) -> Vec<Mapped> {
    let mut all = Vec::new();
    for (column, _) in columns {
        let Some(header) = fields.text(column, report) else { continue };
        let line = fields.line_of(column);
        if table::is_identifying(header) {
            let expected = Text::say(|words| words.a_column_of_nobody());
            report.bad(line, column, header, expected);
            continue;
        }
        all.push(Mapped { column, header: header.to_owned(), source: report.at(line) });
    }
    all
}

/// Whether a name is that of a file in the folder itself, on any system.
fn is_within(name: &str) -> bool {
    let plain = !name.contains(['/', '\\', ':', '\0']) && !name.chars().any(char::is_control);
    // Windows takes a dot or a space at the end away; a dot at the beginning hides a file.
    plain && name.trim() == name && !name.is_empty() && !name.starts_with('.') && !name.ends_with('.')
}

fn outside(line: u32, name: &str, report: &mut Report) {
    let name = clipped(name);
    report.say(
        Code::Unreadable,
        line,
        Text::say(|words| words.no_name_of_a_file(&name)),
        Text::say(|words| words.a_name_alone()),
    );
}

fn cap_slots(slots: &mut Vec<Written<Slot>>, most: usize, report: &mut Report) {
    let Some(beyond) = slots.get(most) else { return };
    report.say(
        Code::TooLarge,
        beyond.source.line.unwrap_or(0),
        Text::say(|words| words.too_many_slots(most)),
        Text::say(|words| words.a_usual_week()),
    );
    slots.truncate(most);
}

fn defaults(fields: &mut Fields<'_>, rules: &mut Rules, report: &mut Report) -> Option<Date> {
    const ANY: (u32, u32) = (0, u32::MAX);
    set(&mut rules.limit, fields.minutes("limit_min", WEEK_MIN, report));
    set(&mut rules.horizon, fields.minutes("horizon_min", WEEK_MIN, report));
    let share = fields.whole("day_share_percent", (1, 1000), report);
    rules.day_share = share.and_then(|n| u16::try_from(n).ok());
    let hours = fields.whole("weekly_hours", (0, 7 * 24), report);
    set(&mut rules.weekly_hours, hours.map(|n| crate::units::Seconds::from_minutes(n * 60)));
    set(&mut rules.minor_lift_needs_adult, fields.flag("minor_lift_needs_adult", report));
    rules.max_candidates = fields.whole("max_candidates", ANY, report);
    rules.half_days = fields.whole("half_days", ANY, report);
    set(&mut rules.threshold, fields.whole("threshold", ANY, report));
    set(&mut rules.adviser_hour, fields.euros("adviser_eur_per_hour", report));
    fields.date("ages_on", report)
}

fn set<T>(figure: &mut T, written: Option<T>) {
    if let Some(written) = written {
        *figure = written;
    }
}

fn travel(fields: &mut Fields<'_>, rules: &mut StraightLineRules, report: &mut Report) {
    if let Some(factor) = fields.decimal("detour", report) {
        if (1.0..=10.0).contains(&factor) {
            // Rounded to a percent, at most 1,000: it fits.
            rules.detour = (factor * 100.0).round() as u16;
        } else {
            let expected = Text::say(|words| words.a_detour());
            report.out_of_range(fields.line_of("detour"), "detour", &factor.to_string(), expected);
        }
    }
    for mode in MODES {
        let known = rules.pace(mode);
        if let Some(pace) = fields.inside(mode.as_str(), report, |table, report| pace(table, known, report)) {
            rules.modes.retain(|(m, _)| *m != mode);
            rules.modes.push((mode, pace));
        }
    }
    rules.modes.sort_by_key(|(mode, _)| mode.index());
}

fn links(fields: &mut Fields<'_>, rules: &mut LinkRules, report: &mut Report) {
    set(&mut rules.walk, fields.minutes("walk_max_min", WEEK_MIN, report));
    set(&mut rules.change, fields.minutes("change_min", WEEK_MIN, report));
}

fn transit(fields: &mut Fields<'_>, rules: &mut TransitRules, report: &mut Report) {
    set(&mut rules.ride, fields.minutes("ride_max_min", WEEK_MIN, report));
    rules.at_site = fields.minutes("wait_at_site_max_min", WEEK_MIN, report);
    rules.for_pupils =
        fields.keys("for_pupils", report).iter().map(|line| line.as_str().to_owned()).collect();
}

const CHOICE: Phrase = |words| words.complete_or_refuse();

fn choice(word: &str) -> Option<Missing> {
    match word {
        "complete" => Some(Missing::Complete),
        "refuse" => Some(Missing::Refuse),
        _ => None,
    }
}

/// What is written, and for what is not, the default.
fn pace(fields: &mut Fields<'_>, known: Option<Pace>, report: &mut Report) -> Option<Pace> {
    let kmh = fields.decimal("kmh", report);
    let speed = kmh.and_then(Speed::from_kmh);
    if let (Some(kmh), None) = (kmh, speed) {
        let expected = Text::say(|words| words.a_speed());
        report.out_of_range(fields.line_of("kmh"), "kmh", &kmh.to_string(), expected);
    }
    let plus = fields.minutes("plus_min", WEEK_MIN, report);
    let speed = speed.or(known.map(|k| k.speed))?;
    Some(Pace { speed, plus: plus.or(known.map(|k| k.plus)).unwrap_or_default() })
}

fn slot(fields: &mut Fields<'_>, report: &mut Report) -> Option<Written<Slot>> {
    const DAY: Phrase = |words| words.a_day();
    for field in ["id", "day", "from", "to"] {
        fields.require(field, report);
    }
    let source = report.at(fields.line);
    let key = fields.key("id", report);
    let day = fields.word("day", DAY, report, hours::day);
    let from = fields.clock("from", report);
    let to = fields.clock("to", report);
    let value = Slot {
        key: key?,
        day: day.unwrap_or(Weekday::Monday),
        from: from.unwrap_or(ClockTime::MIDNIGHT),
        to: to.unwrap_or(ClockTime::END_OF_DAY),
    };
    Some(Written { value, source })
}
