//! TOML files field by field: every value keeps its line, every field that
//! nothing reads is an error, and one bad field does not hide the next.

use super::report::{Report, clipped};
use super::value::{self, DATE, KEY};
use crate::finding::{Code, Phrase, Text};
use crate::territory::Chance;
use crate::units::{Cents, ClockTime, Key, Seconds};
use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A parsed file.
pub(super) struct Document<'t> {
    table: Spanned<DeTable<'t>>,
    lines: Lines,
}

/// Where each line begins.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Self {
        let after = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(after).collect())
    }

    fn of(&self, at: usize) -> u32 {
        u32::try_from(self.0.partition_point(|&start| start <= at)).unwrap_or(u32::MAX)
    }
}

impl<'t> Document<'t> {
    /// Parses a file; every syntax error is reported.
    pub(super) fn parse(text: &'t str, report: &mut Report) -> Option<Self> {
        let lines = Lines::new(text);
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut last = None;
        for error in &errors {
            // An error of the whole file, such as tables nested without end, has no line.
            let line = error.span().map_or(0, |span| lines.of(span.start));
            // The parser stumbles more than once over the same line.
            if last.replace(line) == Some(line) {
                continue;
            }
            let why = clipped(error.message());
            report.say(
                Code::Syntax,
                line,
                Text::say(|words| words.toml_does_not_parse(&why)),
                Text::say(|words| words.correct_this_line()),
            );
        }
        errors.is_empty().then_some(Self { table, lines })
    }

    pub(super) fn fields(&self) -> Fields<'_> {
        Fields {
            table: self.table.get_ref(),
            lines: &self.lines,
            line: 1,
            name: "",
            seen: Vec::new(),
            passed_over: false,
        }
    }
}

/// The fields of one table.
pub(super) struct Fields<'d> {
    table: &'d DeTable<'d>,
    lines: &'d Lines,
    /// Where the table begins.
    pub(super) line: u32,
    name: &'static str,
    seen: Vec<&'static str>,
    passed_over: bool,
}

impl<'d> Fields<'d> {
    fn get(&mut self, field: &'static str) -> Option<(u32, &'d DeValue<'d>)> {
        self.seen.push(field);
        let value = self.table.get(field)?;
        Some((self.lines.of(value.span().start), value.get_ref()))
    }

    /// Whether the field is written.
    pub(super) fn has(&self, field: &str) -> bool {
        self.table.contains_key(field)
    }

    /// How many tables `[[field]]` has; one when it is something else.
    pub(super) fn count(&self, field: &str) -> usize {
        let value = self.table.get(field).map(|value| value.get_ref());
        value.map_or(0, |value| value.as_array().map_or(1, |list| list.len()))
    }

    /// The line of a field, or of its table.
    pub(super) fn line_of(&self, field: &str) -> u32 {
        self.table.get(field).map_or(self.line, |value| self.lines.of(value.span().start))
    }

    /// A field read by `read`, reported when it can't be.
    fn one<T>(
        &mut self,
        field: &'static str,
        expected: Phrase,
        report: &mut Report,
        read: impl Fn(&'d DeValue<'d>) -> Option<T>,
    ) -> Option<T> {
        let (line, value) = self.get(field)?;
        let read = read(value);
        if read.is_none() {
            report.bad(line, field, &shown(value), Text::say(expected));
        }
        read
    }

    /// Reports a required field that is not written.
    pub(super) fn require(&self, field: &str, report: &mut Report) {
        if !self.has(field) {
            report.missing(self.line, field);
        }
    }

    /// A whole number from `least` to `most`, which may be below zero.
    pub(super) fn signed(
        &mut self,
        field: &'static str,
        (least, most): (i16, i16),
        report: &mut Report,
    ) -> Option<i16> {
        let number = self.integer_within(field, (least.into(), most.into()), report)?;
        i16::try_from(number).ok()
    }

    /// A whole number from `least` to `most`.
    pub(super) fn whole(
        &mut self,
        field: &'static str,
        (least, most): (u32, u32),
        report: &mut Report,
    ) -> Option<u32> {
        let number = self.integer_within(field, (least.into(), most.into()), report)?;
        u32::try_from(number).ok()
    }

    fn integer_within(
        &mut self,
        field: &'static str,
        (least, most): (i64, i64),
        report: &mut Report,
    ) -> Option<i64> {
        let expected = || Text::say(|words| words.a_whole_number(least, most));
        let (line, value) = self.get(field)?;
        let Some(number) = integer(value) else {
            report.bad(line, field, &shown(value), expected());
            return None;
        };
        let fits = (least..=most).contains(&number);
        if !fits {
            report.out_of_range(line, field, &number.to_string(), expected());
        }
        fits.then_some(number)
    }

    /// A number from `least` to `most`, whole or decimal.
    pub(super) fn within(
        &mut self,
        field: &'static str,
        (least, most): (f64, f64),
        report: &mut Report,
    ) -> Option<f64> {
        let number = self.decimal(field, report)?;
        let fits = (least..=most).contains(&number);
        if !fits {
            let expected = Text::say(|words| words.a_number_within(least, most));
            report.out_of_range(self.line_of(field), field, &number.to_string(), expected);
        }
        fits.then_some(number)
    }

    /// A number, whole or decimal.
    pub(super) fn decimal(&mut self, field: &'static str, report: &mut Report) -> Option<f64> {
        const NUMBER: Phrase = |words| words.a_decimal();
        self.one(field, NUMBER, report, number)
    }

    /// A probability above zero.
    pub(super) fn chance(&mut self, field: &'static str, report: &mut Report) -> Option<Chance> {
        self.probability(field, |words| words.a_chance(), false, report)
    }

    /// A probability, zero included.
    pub(super) fn chance_or_never(&mut self, field: &'static str, report: &mut Report) -> Option<Chance> {
        self.probability(field, |words| words.a_chance_or_zero(), true, report)
    }

    fn probability(
        &mut self,
        field: &'static str,
        expected: Phrase,
        zero: bool,
        report: &mut Report,
    ) -> Option<Chance> {
        let number = self.decimal(field, report)?;
        let chance = Chance::from_decimal(number).filter(|chance| zero || *chance != Chance::NEVER);
        if chance.is_none() {
            report.out_of_range(self.line_of(field), field, &number.to_string(), Text::say(expected));
        }
        chance
    }

    /// Twelve factors, one a month, in percent; not all zero.
    pub(super) fn months(&mut self, field: &'static str, report: &mut Report) -> Option<[u16; 12]> {
        self.one(
            field,
            |words| words.twelve_months(),
            report,
            |value| {
                let factor = |value: &DeValue<'_>| match number(value) {
                    // A hundred times in percent: it fits.
                    Some(n) if (0.0..=100.0).contains(&n) => Some((n * 100.0).round() as u16),
                    _ => None,
                };
                let factors: Option<Vec<u16>> =
                    value.as_array()?.iter().map(|v| factor(v.get_ref())).collect();
                let months: [u16; 12] = factors?.try_into().ok()?;
                (months != [0; 12]).then_some(months)
            },
        )
    }

    /// Minutes, as a duration.
    pub(super) fn minutes(&mut self, field: &'static str, most: u32, report: &mut Report) -> Option<Seconds> {
        self.whole(field, (0, most), report).map(Seconds::from_minutes)
    }

    /// An amount in euros.
    pub(super) fn euros(&mut self, field: &'static str, report: &mut Report) -> Option<Cents> {
        let amount = self.decimal(field, report)?;
        let cents = Cents::from_euros(amount);
        if cents.is_none() {
            let expected = Text::say(|words| words.an_amount());
            report.out_of_range(self.line_of(field), field, &amount.to_string(), expected);
        }
        cents
    }

    pub(super) fn flag(&mut self, field: &'static str, report: &mut Report) -> Option<bool> {
        self.one(field, |words| words.true_or_false(), report, DeValue::as_bool)
    }

    pub(super) fn text(&mut self, field: &'static str, report: &mut Report) -> Option<&'d str> {
        self.one(field, |words| words.a_text(), report, DeValue::as_str)
    }

    /// A text that `read` understands.
    pub(super) fn word<T>(
        &mut self,
        field: &'static str,
        expected: Phrase,
        report: &mut Report,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.one(field, expected, report, |value| read(value.as_str()?.trim()))
    }

    pub(super) fn key(&mut self, field: &'static str, report: &mut Report) -> Option<Key> {
        self.one(field, KEY, report, |value| Key::new(value.as_str()?))
    }

    /// A date, as text or as TOML's own.
    pub(super) fn date(&mut self, field: &'static str, report: &mut Report) -> Option<Date> {
        self.one(field, DATE, report, |value| match value {
            DeValue::Datetime(toml) if toml.time.is_none() && toml.offset.is_none() => {
                value::date(&toml.date?.to_string())
            }
            _ => value::date(value.as_str()?.trim()),
        })
    }

    /// A time of day, as text or as TOML's own.
    pub(super) fn clock(&mut self, field: &'static str, report: &mut Report) -> Option<ClockTime> {
        const TIME: Phrase = |words| words.a_clock_time();
        self.one(field, TIME, report, |value| match value {
            DeValue::Datetime(toml) if toml.date.is_none() && toml.offset.is_none() => {
                let time = toml.time?;
                ClockTime::parse(&format!(
                    "{:02}:{:02}:{:02}",
                    time.hour,
                    time.minute,
                    time.second.unwrap_or(0)
                ))
            }
            _ => ClockTime::parse(value.as_str()?),
        })
    }

    /// A list of identifiers; those that can't be are reported, each at its line.
    pub(super) fn keys(&mut self, field: &'static str, report: &mut Report) -> Vec<Key> {
        match self.get(field) {
            Some((line, value)) => self.keys_in(field, line, value, report),
            None => Vec::new(),
        }
    }

    /// A list of texts; what is none is reported at its line.
    pub(super) fn texts(&mut self, field: &'static str, report: &mut Report) -> Vec<(u32, &'d str)> {
        const TEXTS: Phrase = |words| words.some_texts();
        let Some((line, value)) = self.get(field) else { return Vec::new() };
        let Some(list) = value.as_array() else {
            report.bad(line, field, &shown(value), Text::say(TEXTS));
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(list.len());
        for item in list.iter() {
            let line = self.lines.of(item.span().start);
            match item.get_ref().as_str() {
                Some(text) => texts.push((line, text.trim())),
                None => report.bad(line, field, &shown(item.get_ref()), Text::say(TEXTS)),
            }
        }
        texts
    }

    /// Takes every field as read: there is no telling which belong here.
    pub(super) fn pass_over(&mut self) {
        self.passed_over = true;
    }

    /// A list of lists of identifiers.
    pub(super) fn sets(&mut self, field: &'static str, report: &mut Report) -> Vec<Vec<Key>> {
        let Some((line, value)) = self.get(field) else { return Vec::new() };
        let Some(sets) = value.as_array() else {
            report.bad(line, field, &shown(value), Text::say(SETS));
            return Vec::new();
        };
        let mut all = Vec::with_capacity(sets.len());
        for set in sets.iter() {
            let (line, value) = (self.lines.of(set.span().start), set.get_ref());
            if value.as_array().is_some_and(|set| set.is_empty()) {
                report.bad(line, field, "[]", Text::say(SETS));
            }
            all.push(self.keys_in(field, line, value, report));
        }
        all
    }

    fn keys_in(&self, field: &'static str, line: u32, value: &DeValue<'_>, report: &mut Report) -> Vec<Key> {
        let Some(list) = value.as_array() else {
            let expected = Text::say(|words| words.some_keys());
            report.bad(line, field, &shown(value), expected);
            return Vec::new();
        };
        let mut keys = Vec::with_capacity(list.len());
        for item in list.iter() {
            let (line, value) = (self.lines.of(item.span().start), item.get_ref());
            match value.as_str().and_then(Key::new) {
                Some(key) => keys.push(key),
                None => report.bad(line, field, &shown(value), Text::say(KEY)),
            }
        }
        keys
    }

    /// What `read` makes of each table of `[[field]]`, or of a list of inline tables.
    pub(super) fn each<T>(
        &mut self,
        field: &'static str,
        report: &mut Report,
        mut read: impl FnMut(&mut Fields<'d>, &mut Report) -> Option<T>,
    ) -> Vec<T> {
        let Some((line, value)) = self.get(field) else { return Vec::new() };
        let Some(list) = value.as_array() else {
            let expected = Text::say(|words| words.some_tables(field));
            report.bad(line, field, &shown(value), expected);
            return Vec::new();
        };
        let mut all = Vec::with_capacity(list.len());
        for item in list.iter() {
            let line = self.lines.of(item.span().start);
            all.extend(self.nested(field, line, item.get_ref(), report, &mut read));
        }
        all
    }

    /// What `read` makes of the table `[field]`.
    pub(super) fn inside<T>(
        &mut self,
        field: &'static str,
        report: &mut Report,
        read: impl FnOnce(&mut Fields<'d>, &mut Report) -> Option<T>,
    ) -> Option<T> {
        let (line, value) = self.get(field)?;
        self.nested(field, line, value, report, read)
    }

    fn nested<T>(
        &self,
        name: &'static str,
        line: u32,
        value: &'d DeValue<'d>,
        report: &mut Report,
        read: impl FnOnce(&mut Fields<'d>, &mut Report) -> Option<T>,
    ) -> Option<T> {
        let Some(table) = value.as_table() else {
            report.bad(line, name, &shown(value), Text::say(|words| words.a_table()));
            return None;
        };
        let before = report.errors();
        let mut fields =
            Fields { table, lines: self.lines, line, name, seen: Vec::new(), passed_over: false };
        let answer = read(&mut fields, report);
        fields.finish(report);
        if report.errors() > before {
            // Errors are at the lines of fields; the entity is at the line of its table.
            report.spoil(line);
        }
        answer
    }

    /// A table kept as written, for a reader elsewhere.
    pub(super) fn raw(&mut self, field: &'static str, report: &mut Report) -> Option<(u32, toml::Table)> {
        use serde::Deserialize;
        let (line, value) = self.get(field)?;
        if value.as_table().is_none() {
            report.bad(line, field, &shown(value), Text::say(|words| words.a_table()));
            return None;
        }
        let value = self.table.get(field)?.clone();
        match toml::Table::deserialize(toml::de::ValueDeserializer::from(value)) {
            Ok(table) => Some((line, table)),
            Err(error) => {
                report.bad(line, field, error.message(), Text::say(|words| words.a_table()));
                None
            }
        }
    }

    /// Reports the fields that nothing read.
    pub(super) fn finish(self, report: &mut Report) {
        if self.passed_over {
            return;
        }
        let known = self.seen.join(", ");
        let whose = if self.name.is_empty() { String::new() } else { format!(" [{}]", self.name) };
        for field in self.table.keys() {
            let name: &str = field.get_ref();
            if self.seen.contains(&name) {
                continue;
            }
            let name = clipped(name);
            report.say(
                Code::BadValue,
                self.lines.of(field.span().start),
                Text::say(|words| words.not_a_field(&name, &whose)),
                Text::say(|words| words.known_fields(&known)),
            );
        }
    }
}

const SETS: Phrase = |words| words.some_sets();

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(float) => float.as_str().parse().ok().filter(|n: &f64| n.is_finite()),
        DeValue::Integer(_) => Some(integer(value)? as f64),
        _ => None,
    }
}

fn integer(value: &DeValue<'_>) -> Option<i64> {
    let integer = value.as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

/// A value for a sentence.
fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(integer) => integer.to_string(),
        DeValue::Float(float) => float.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(when) => when.to_string(),
        DeValue::Array(_) => "[…]".to_owned(),
        DeValue::Table(_) => "{…}".to_owned(),
    }
}
