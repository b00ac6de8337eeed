//! `youths.csv`: who could come, from where, how, and when.

use super::Unread;
use super::files::{Folder, Found, missing_file};
use super::hours::{self, ABSENCES, HOURS, LIFTS, VEHICLES};
use super::report::Report;
use super::settings::Settings;
use super::table::{Column, Form, Row, missing_column, optional, required};
use super::value::{self, Keys};
use crate::error::Error;
use crate::finding::{Code, Phrase, Text};
use crate::territory::{
    Availability, Birth, Draft, Lift, Names, Priority, Sex, Vehicle, WeeklyHours, Written, Youth,
};
use jiff::civil::Date;
use std::collections::HashMap;

const COLUMNS: &[Column] = &[
    required("id"),
    required("place"),
    optional("birth"),
    optional("age"),
    optional("age_on"),
    optional("disability"),
    optional("sex"),
    optional("licences"),
    optional("vehicles"),
    optional("lifts"),
    optional("available"),
    optional("absences"),
    required("programmes"),
    optional("priority"),
    optional("attendance"),
];
const FORM: Form = Form { name: "youths", columns: COLUMNS, ignored: &[] };
const ID: usize = 0;
const PLACE: usize = 1;
const BIRTH: usize = 2;
const AGE: usize = 3;
const AGE_ON: usize = 4;
const DISABILITY: usize = 5;
const SEX: usize = 6;
const LICENCES: usize = 7;
const VEHICLES_AT: usize = 8;
const LIFTS_AT: usize = 9;
const AVAILABLE: usize = 10;
const ABSENCES_AT: usize = 11;
const PROGRAMMES: usize = 12;
const PRIORITY: usize = 13;
const ATTENDANCE: usize = 14;

/// Reads `youths.csv`, which only a folder with a `[synthesis]` section can do without.
pub(super) fn read(
    folder: &mut Folder<'_>,
    settings: &Settings,
    draft: &mut Draft,
    report: &mut Report,
    unread: &mut Unread,
) -> Result<(), Error> {
    unread.youths = true;
    let mut table = match folder.table(&FORM, report)? {
        Found::Here(table) => table,
        Found::Unreadable => return Ok(()),
        Found::Nothing => {
            unread.youths = settings.synthesis.is_none();
            if unread.youths {
                missing_file("youths.csv", report);
            }
            return Ok(());
        }
    };
    if !table.has(BIRTH) && !table.has(AGE) {
        missing_column(1, "birth", report);
        return Ok(());
    }
    unread.youths = false;
    let mut reader = Reader {
        settings,
        keys: Keys::default(),
        always: WeeklyHours::always(),
        weeks: Known(HashMap::new()),
        vehicles: Known(HashMap::new()),
        lifts: Known(HashMap::new()),
    };
    while let Some(row) = table.next(folder, report)? {
        match reader.youth(&row, report) {
            Some(value) => draft.youths.push(Written { value, source: report.at(row.line) }),
            None => unread.youths = true,
        }
    }
    unread.youths |= table.is_cut();
    Ok(())
}

/// What was already understood: most rows say one of the same few things.
struct Known<T>(HashMap<String, T>);

impl<T: Clone> Known<T> {
    /// Beyond this, texts are not remembered.
    const MOST: usize = 10_000;

    fn read(
        &mut self,
        row: &Row<'_>,
        column: usize,
        expected: Phrase,
        report: &mut Report,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = row.get(column);
        if let Some(known) = self.0.get(text) {
            return Some(known.clone());
        }
        let value = optional_of(row, column, expected, report, read)?;
        if self.0.len() < Self::MOST {
            self.0.insert(text.to_owned(), value.clone());
        }
        Some(value)
    }
}

struct Reader<'s> {
    settings: &'s Settings,
    keys: Keys,
    always: WeeklyHours,
    weeks: Known<WeeklyHours>,
    vehicles: Known<Vec<Vehicle>>,
    lifts: Known<Vec<Lift>>,
}

impl Reader<'_> {
    fn youth(&mut self, row: &Row<'_>, report: &mut Report) -> Option<Youth<Names>> {
        let key = row.key(ID, report);
        let home = self.keys.one(row, PLACE, report);
        let birth = self.birth(row, report);
        let recognised_disability = row.flag(DISABILITY, report);
        let sex = optional_of(row, SEX, |words| words.f_or_m(), report, sex);
        let licences = list(row, LICENCES, |words| words.some_licences(), report, hours::licences);
        let vehicles = self.vehicles.read(row, VEHICLES_AT, VEHICLES, report, hours::vehicles);
        let lifts = self.lifts.read(row, LIFTS_AT, LIFTS, report, hours::lifts);
        let week = self.weeks.read(row, AVAILABLE, HOURS, report, hours::week);
        let absences = list(row, ABSENCES_AT, ABSENCES, report, hours::absences);
        if !absences.is_empty() {
            row.forgive_date(row.get(ABSENCES_AT), report);
        }
        let programmes = self.keys.list(row, PROGRAMMES, report);
        let priority = priority(row, report);
        let attendance = row.chance(ATTENDANCE, report);
        Some(Youth {
            key: key?,
            home,
            birth,
            recognised_disability,
            sex,
            licences,
            vehicles: vehicles.unwrap_or_default(),
            lifts: lifts.unwrap_or_default(),
            rides: Vec::new(),
            availability: Availability { week: week.unwrap_or_else(|| self.always.clone()), absences },
            programmes,
            priority,
            attendance,
        })
    }

    /// The month of birth, else the age; where neither can be read, any date.
    fn birth(&self, row: &Row<'_>, report: &mut Report) -> Birth {
        const MONTH: Phrase = |words| words.a_month();
        let placeholder = Birth::Month(Date::constant(2008, 1, 1));
        let (born, age) = (row.get(BIRTH), row.get(AGE));
        if born.is_empty() && age.is_empty() {
            report.missing(row.line, row.name(BIRTH));
            return placeholder;
        }
        if !born.is_empty() {
            let month = optional_of(row, BIRTH, MONTH, report, value::month);
            if month.is_some() {
                row.forgive_date(born, report);
            }
            if value::date(born).is_some() {
                report.forgive(Code::BirthDays, row.line);
            }
            return month.map_or(placeholder, Birth::Month);
        }
        self.age(row, report).unwrap_or(placeholder)
    }

    fn age(&self, row: &Row<'_>, report: &mut Report) -> Option<Birth> {
        const YEARS: Phrase = |words| words.an_age();
        let years = optional_of(row, AGE, YEARS, report, |text| {
            value::whole(text).and_then(|n| u8::try_from(n).ok()).filter(|n| *n <= 120)
        });
        if !row.get(AGE_ON).is_empty() {
            let on = row.date(AGE_ON, report);
            return Some(Birth::Age { years: years?, on: on? });
        }
        if self.settings.ages_on.is_none() && !self.settings.ages_on_unread {
            // An age without its date would change with the day the file is read.
            report.missing(row.line, "age_on (ou [defaults] ages_on)");
        }
        Some(Birth::Age { years: years?, on: self.settings.ages_on? })
    }
}

fn sex(text: &str) -> Option<Sex> {
    match text.to_lowercase().as_str() {
        "f" | "femme" | "mme" | "madame" | "woman" | "female" => Some(Sex::Woman),
        "h" | "m" | "m." | "homme" | "monsieur" | "man" | "male" => Some(Sex::Man),
        _ => None,
    }
}

fn priority(row: &Row<'_>, report: &mut Report) -> Priority {
    let Some(weight) = row.whole(PRIORITY, report) else { return Priority::NONE };
    let priority = Priority::new(weight);
    if priority.is_none() {
        let expected = Text::say(|words| words.a_weight());
        report.out_of_range(row.line, row.name(PRIORITY), row.get(PRIORITY), expected);
    }
    priority.unwrap_or_default()
}

/// A field that `read` understands, or nothing when it is empty.
fn optional_of<T>(
    row: &Row<'_>,
    column: usize,
    expected: Phrase,
    report: &mut Report,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let text = row.get(column);
    if text.is_empty() {
        return None;
    }
    let value = read(text);
    if value.is_none() {
        report.bad(row.line, row.name(column), text, Text::say(expected));
    }
    value
}

fn list<T>(
    row: &Row<'_>,
    column: usize,
    expected: Phrase,
    report: &mut Report,
    read: impl Fn(&str) -> Option<Vec<T>>,
) -> Vec<T> {
    optional_of(row, column, expected, report, read).unwrap_or_default()
}
