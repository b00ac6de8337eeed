//! Values as people write them: numbers with a decimal comma, dates day first,
//! yes and no in two languages, lists of identifiers.

use super::coordinates;
use super::report::Report;
use super::table::Row;
use crate::finding::{Code, Phrase, Text};
use crate::territory::Chance;
use crate::units::{Cents, Key, Position};
use jiff::civil::Date;
use std::collections::HashMap;

/// A decimal number: `12,5`, `12.5`, `1 250,5`. Never NaN, infinite, or with an
/// exponent; `1.250,5` is refused, since a point and a comma can't be told apart.
pub(crate) fn decimal(text: &str) -> Option<f64> {
    const LONGEST: usize = 40;
    if text.len() > LONGEST {
        return None;
    }
    let plain: String = text.chars().filter(|c| !is_space(*c)).collect();
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let mut marks = 0;
    for c in digits.chars() {
        match c {
            '0'..='9' => {}
            '.' | ',' => marks += 1,
            _ => return None,
        }
    }
    if marks > 1 || !digits.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    plain.replace(',', ".").parse().ok().filter(|n: &f64| n.is_finite())
}

/// A whole number that is not negative: `12`, `1 250`.
pub(crate) fn whole(text: &str) -> Option<u32> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let plain: String = text.chars().filter(|c| !is_space(*c)).collect();
    plain.bytes().all(|b| b.is_ascii_digit()).then(|| plain.parse().ok()).flatten()
}

/// Spaces that a spreadsheet puts between thousands.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}')
}

/// `2026-09-03` or `03/09/2026`.
pub(super) fn date(text: &str) -> Option<Date> {
    let (year, month, day) = if text.contains('/') {
        let (day, month, year) = three(text, '/')?;
        (year, month, day)
    } else {
        three(text, '-')?
    };
    Date::new(i16::try_from(number(year, 4)?).ok()?, short(month)?, short(day)?).ok()
}

/// `2008-03`, `03/2008`, or a date of which only the month is kept.
pub(crate) fn month(text: &str) -> Option<Date> {
    if let Some(date) = date(text) {
        return Some(date.first_of_month());
    }
    let (year, month) = match text.split_once('/') {
        Some((month, year)) => (year, month),
        None => text.split_once('-')?,
    };
    Date::new(i16::try_from(number(year, 4)?).ok()?, short(month)?, 1).ok()
}

fn three(text: &str, mark: char) -> Option<(&str, &str, &str)> {
    let (first, rest) = text.split_once(mark)?;
    let (second, third) = rest.split_once(mark)?;
    Some((first, second, third))
}

fn short(text: &str) -> Option<i8> {
    let digits = if text.len() == 1 { 1 } else { 2 };
    i8::try_from(number(text, digits)?).ok()
}

/// Exactly so many digits: a year of two is refused.
fn number(text: &str, digits: usize) -> Option<u32> {
    let right = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    if right { text.parse().ok() } else { None }
}

/// `oui`, `non`, `yes`, `no`, `1`, `0`, `vrai`, `faux`, `true`, `false`.
pub(crate) fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "oui" | "o" | "yes" | "y" | "1" | "vrai" | "true" => Some(true),
        "non" | "n" | "no" | "0" | "faux" | "false" => Some(false),
        _ => None,
    }
}

/// Identifiers of a list. Where there is a `|`, only it separates, so that
/// identifiers may have spaces; otherwise white space, `,` and `;` do.
pub(super) fn items(text: &str) -> impl Iterator<Item = &str> {
    let only_bars = text.contains('|');
    let parts = text.split(move |c: char| match only_bars {
        true => c == '|',
        false => c.is_whitespace() || c == ',' || c == ';',
    });
    parts.map(str::trim).filter(|item| !item.is_empty())
}

/// Keys already met: one allocation for each, however many rows name it.
#[derive(Default)]
pub(super) struct Keys(HashMap<String, Key>);

impl Keys {
    fn get(&mut self, text: &str) -> Option<Key> {
        if let Some(key) = self.0.get(text) {
            return Some(key.clone());
        }
        let key = Key::new(text)?;
        self.0.insert(text.to_owned(), key.clone());
        Some(key)
    }

    /// The identifiers of a list; those that can't be are reported.
    pub(super) fn list(&mut self, row: &Row<'_>, column: usize, report: &mut Report) -> Vec<Key> {
        self.list_of(row.get(column), row, column, report)
    }

    /// As [`Keys::list`], of a part of the field.
    pub(super) fn list_of(
        &mut self,
        text: &str,
        row: &Row<'_>,
        column: usize,
        report: &mut Report,
    ) -> Vec<Key> {
        items(text).filter_map(|item| self.read(row, column, item, report)).collect()
    }

    /// One identifier, or nothing when the field is empty.
    pub(super) fn one(&mut self, row: &Row<'_>, column: usize, report: &mut Report) -> Option<Key> {
        match row.get(column) {
            "" => None,
            text => self.read(row, column, text, report),
        }
    }

    fn read(&mut self, row: &Row<'_>, column: usize, text: &str, report: &mut Report) -> Option<Key> {
        let key = self.get(text);
        if key.is_none() {
            report.bad(row.line, row.name(column), text, Text::say(KEY));
        }
        key
    }
}

/// What an identifier is.
pub(super) const KEY: Phrase = |words| words.a_key();
/// What a date is.
pub(super) const DATE: Phrase = |words| words.a_date();

impl<'r> Row<'r> {
    /// The identifier of the row itself, which it can't be without.
    pub(super) fn key(&self, column: usize, report: &mut Report) -> Option<Key> {
        let text = self.get(column);
        if text.is_empty() {
            report.missing(self.line, self.name(column));
            return None;
        }
        let key = Key::new(text);
        if key.is_none() {
            report.bad(self.line, self.name(column), text, Text::say(KEY));
        }
        key
    }

    /// A whole number, or nothing when empty.
    pub(crate) fn whole(&self, column: usize, report: &mut Report) -> Option<u32> {
        let text = self.get(column);
        if text.is_empty() {
            return None;
        }
        let number = whole(text);
        match number {
            Some(_) => self.forgive_spaces(text, report),
            None => {
                let expected = Text::say(|words| words.a_large_whole_number());
                report.bad(self.line, self.name(column), text, expected);
            }
        }
        number
    }

    /// An amount in euros; zero when empty.
    pub(super) fn euros(&self, column: usize, report: &mut Report) -> Cents {
        let text = self.get(column);
        if text.is_empty() {
            return Cents::default();
        }
        let amount = self.decimal(text, report).and_then(Cents::from_euros);
        if amount.is_none() {
            let expected = Text::say(|words| words.euros());
            report.bad(self.line, self.name(column), text, expected);
        }
        amount.unwrap_or_default()
    }

    /// A probability above zero, or nothing when empty.
    pub(super) fn chance(&self, column: usize, report: &mut Report) -> Option<Chance> {
        let text = self.get(column);
        if text.is_empty() {
            return None;
        }
        let expected = || Text::say(|words| words.a_chance());
        let Some(number) = self.decimal(text, report) else {
            report.bad(self.line, self.name(column), text, expected());
            return None;
        };
        let chance = Chance::from_decimal(number).filter(|chance| *chance != Chance::NEVER);
        if chance.is_none() {
            report.out_of_range(self.line, self.name(column), text, expected());
        }
        chance
    }

    /// Yes or no; yes when empty.
    pub(super) fn flag_or_yes(&self, column: usize, report: &mut Report) -> bool {
        self.get(column).is_empty() || self.flag(column, report)
    }

    /// Yes or no; no when empty.
    pub(super) fn flag(&self, column: usize, report: &mut Report) -> bool {
        let text = self.get(column);
        if text.is_empty() {
            return false;
        }
        let told = yes_or_no(text);
        if told.is_none() {
            report.bad(self.line, self.name(column), text, Text::say(|words| words.yes_or_no()));
        }
        told.unwrap_or(false)
    }

    /// A date, or nothing when empty.
    pub(super) fn date(&self, column: usize, report: &mut Report) -> Option<Date> {
        let text = self.get(column);
        if text.is_empty() {
            return None;
        }
        let read = date(text);
        match read {
            Some(_) => self.forgive_date(text, report),
            None => report.bad(self.line, self.name(column), text, Text::say(DATE)),
        }
        read
    }

    /// A point from two columns, or nothing when both are empty.
    pub(super) fn position(&self, lon: usize, lat: usize, report: &mut Report) -> Option<Position> {
        match (self.get(lon).is_empty(), self.get(lat).is_empty()) {
            (true, true) => return None,
            (false, true) => report.missing(self.line, self.name(lat)),
            (true, false) => report.missing(self.line, self.name(lon)),
            (false, false) => {}
        }
        let names = (self.name(lon), self.name(lat));
        let (lon, lat) = (self.degrees(lon, report), self.degrees(lat, report));
        coordinates::position(lon?, lat?, self.line, names, report)
    }

    fn degrees(&self, column: usize, report: &mut Report) -> Option<f64> {
        let text = self.get(column);
        if text.is_empty() {
            return None;
        }
        let value = self.decimal(text, report);
        if value.is_none() {
            let expected = Text::say(|words| words.degrees());
            report.bad(self.line, self.name(column), text, expected);
        }
        value
    }

    /// A decimal number, what is forgiven in it counted.
    pub(crate) fn decimal(&self, text: &str, report: &mut Report) -> Option<f64> {
        let value = decimal(text)?;
        if text.contains(',') {
            report.forgive(Code::DecimalCommas, self.line);
        }
        self.forgive_spaces(text, report);
        Some(value)
    }

    fn forgive_spaces(&self, text: &str, report: &mut Report) {
        if text.contains(is_space) {
            report.forgive(Code::SpacedNumbers, self.line);
        }
    }

    /// Counts a date written day first.
    pub(super) fn forgive_date(&self, text: &str, report: &mut Report) {
        if text.contains('/') {
            report.forgive(Code::DayFirstDates, self.line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, value) in [("12,5", 12.5), ("12.5", 12.5), ("-0,25", -0.25), ("1\u{202f}250,5", 1250.5)] {
            assert_eq!(decimal(text), Some(value), "{text}");
        }
        for text in ["", "-", ".", "NaN", "inf", "1e3", "1.250,5", "--1", "1-2", "٣"] {
            assert_eq!(decimal(text), None, "{text}");
        }
        assert_eq!(whole("1 250"), Some(1250));
        for text in ["", "-1", "1,5", "4294967296", "٣"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_day_first_and_years_have_four_digits() {
        let third = jiff::civil::date(2026, 9, 3);
        for text in ["2026-09-03", "03/09/2026", "3/9/2026"] {
            assert_eq!(date(text), Some(third), "{text}");
        }
        for text in ["03/09/26", "2026-02-30", "13/13/2026", "2026-9", "", "2026-09-03T00", "-2026-09-03"] {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(month("2008-03"), Some(jiff::civil::date(2008, 3, 1)));
        assert_eq!(month("03/2008"), month("17/03/2008"));
    }

    #[test]
    fn a_bar_lets_identifiers_have_spaces() {
        assert_eq!(items("a b, c;d").collect::<Vec<_>>(), ["a", "b", "c", "d"]);
        assert_eq!(items("tiers-lieu de Sées | b|").collect::<Vec<_>>(), ["tiers-lieu de Sées", "b"]);
    }
}
