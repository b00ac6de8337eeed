//! CSV that a spreadsheet opens without harm.

use super::{Audience, Locale};
use crate::report::visible::visible;
use std::borrow::Cow;

/// A column's names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) en: &'static str,
    pub(crate) fr: &'static str,
}

impl Column {
    pub(crate) const fn new(en: &'static str, fr: &'static str) -> Self {
        Self { en, fr }
    }

    /// The last column of every sheet.
    const AUDIENCE: Self = Self::new("diffusion", "diffusion");
}

/// What is in a cell.
#[derive(Clone, Debug)]
pub(crate) enum Cell<'a> {
    Text(Cow<'a, str>),
    Whole(i64),
    Decimal(f64),
    YesNo(bool),
    Nothing,
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<u32> for Cell<'_> {
    fn from(n: u32) -> Self {
        Self::Whole(n.into())
    }
}

impl From<bool> for Cell<'_> {
    fn from(yes: bool) -> Self {
        Self::YesNo(yes)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

/// A CSV file under construction. Lines end as RFC 4180 says.
pub(crate) struct Sheet {
    /// The last cell of each row; none in a territory's own files.
    audience: Option<Audience>,
    locale: Locale,
    text: String,
}

impl Sheet {
    pub(crate) fn new<'c>(
        audience: Audience,
        locale: Locale,
        columns: impl IntoIterator<Item = &'c Column>,
    ) -> Self {
        let names = columns.into_iter().chain([&Column::AUDIENCE]).map(|c| locale.pick(c.en, c.fr));
        Self::headed(Some(audience), locale, names)
    }

    /// A sheet of a territory's folder, for a French spreadsheet.
    pub(crate) fn of_territory(headers: &[&str]) -> Self {
        Self::headed(None, Locale::Fr, headers.iter().copied())
    }

    fn headed<'c>(audience: Option<Audience>, locale: Locale, names: impl Iterator<Item = &'c str>) -> Self {
        // A spreadsheet takes UTF-8 for Windows-1252 without the mark.
        let text = locale.pick("", "\u{feff}").to_owned();
        let mut sheet = Self { audience, locale, text };
        sheet.line(names.map(Cell::from));
        sheet
    }

    /// Adds a row; the column `diffusion` is added to it.
    pub(crate) fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        let audience = self.audience.map(|audience| Cell::from(audience.as_str()));
        self.line(cells.into_iter().chain(audience));
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    fn line<'a>(&mut self, cells: impl Iterator<Item = Cell<'a>>) {
        for (i, cell) in cells.enumerate() {
            if i > 0 {
                self.text.push(self.locale.pick(',', ';'));
            }
            self.cell(cell);
        }
        self.text.push_str("\r\n");
    }

    fn cell(&mut self, cell: Cell<'_>) {
        match cell {
            Cell::Nothing => {}
            Cell::Whole(n) => self.text.push_str(&n.to_string()),
            Cell::Decimal(x) => self.text.push_str(&x.to_string().replace('.', self.locale.pick(".", ","))),
            Cell::YesNo(true) => self.text.push_str(self.locale.pick("yes", "oui")),
            Cell::YesNo(false) => self.text.push_str(self.locale.pick("no", "non")),
            Cell::Text(text) => self.text.push_str(&field(&text)),
        }
    }
}

/// Text as a field: no formula, and quoted where need be.
pub(in crate::report) fn field(text: &str) -> String {
    quoted(&harmless(text)).into_owned()
}

/// Quotes what another separator than ours would part, too.
fn quoted(text: &str) -> Cow<'_, str> {
    let edges = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    if edges || text.contains([',', ';', '\t', '"']) {
        format!("\"{}\"", text.replace('"', "\"\"")).into()
    } else {
        text.into()
    }
}

/// Text that no spreadsheet takes for a formula: an apostrophe stands before
/// what would begin one, also where another separator would begin a cell.
/// Controls and marks that turn the direction of writing are made visible.
fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut at_start = !is_plain_number(text);
    for c in text.chars() {
        let c = match c {
            '\n' | '\r' | '\t' => ' ',
            c => visible(c),
        };
        if at_start && begins_formula(c) {
            safe.push('\'');
        }
        at_start = matches!(c, ',' | ';' | '|') || (at_start && is_skipped(c));
        safe.push(c);
    }
    safe
}

/// Signs that begin a formula, and their full-width forms, which some spreadsheets fold.
const fn begins_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '−' | '＠')
}

/// What a spreadsheet may skip, or an attacker put, before a formula.
fn is_skipped(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\u{fffd}' | '\u{feff}' | '\u{200b}'..='\u{200d}')
}

/// `-0.24` and `-0,24` are numbers and stay so.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_a_formula() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("  @SUM(A1)", "  '@SUM(A1)"),
            ("\u{a0}+33 6", "\u{a0}'+33 6"),
            ("\t-2+3", " '-2+3"),
            ("\r=2", " '=2"),
            ("＝1", "'＝1"),
            ("\u{200b}=1", "\u{200b}'=1"),
            ("\"=1", "\"'=1"),
            ("x;=1", "x;'=1"),
            ("x\n=1", "x =1"),
            ("-0.24", "-0.24"),
            ("-0,24", "-0,24"),
            ("-12", "-12"),
            ("-1-1", "'-1-1"),
            ("Azay-le-Rideau", "Azay-le-Rideau"),
            ("a\u{202e}b\u{1b}", "a\u{fffd}b\u{fffd}"),
        ] {
            assert_eq!(harmless(text), safe, "{text:?}");
        }
    }

    #[test]
    fn a_french_spreadsheet_has_its_signs() {
        let columns = [Column::new("name", "nom"), Column::new("share", "part")];
        let sheet = |locale| {
            let mut sheet = Sheet::new(Audience::Interne, locale, &columns);
            sheet.row(["L'Île; \"Bouchard\"".into(), Cell::Decimal(-0.24)]);
            String::from_utf8(sheet.finish()).expect("UTF-8")
        };
        assert_eq!(
            sheet(Locale::Fr),
            "\u{feff}nom;part;diffusion\r\n\"L'Île; \"\"Bouchard\"\"\";-0,24;interne\r\n"
        );
        assert_eq!(
            sheet(Locale::En),
            "name,share,diffusion\r\n\"L'Île; \"\"Bouchard\"\"\",-0.24,interne\r\n"
        );
    }
}
