//! The first row: which column of the file is which.

use super::super::fold::{fold, words};
use super::super::report::{Report, clipped};
use super::{Column, Form, LAT, LON, Layout, headers};
use crate::finding::{Code, Finding, Source, Text};

/// What `territory.toml` says of the columns of a table.
#[derive(Default)]
pub(in crate::read) struct Mapping(pub(in crate::read) Vec<Mapped>);

/// A column and the name that it has in the file.
pub(in crate::read) struct Mapped {
    pub(in crate::read) column: &'static str,
    pub(in crate::read) header: String,
    pub(in crate::read) source: Source,
}

/// Tables of people, in which columns may tell who somebody is.
const OF_PEOPLE: [&str; 2] = ["youths", "advisers"];

/// Which of the columns asked for each column of the file is, by its name; one may hold points. `None` when a
/// column is missing or twice there.
pub(super) fn layout(
    form: &Form,
    (names, points): (&[String], Option<usize>),
    line: u32,
    mapping: &Mapping,
    report: &mut Report,
) -> Option<Layout> {
    let mut header = Header {
        form,
        names,
        folded: names.iter().map(|name| fold(name)).collect(),
        line,
        wanted: vec![None; names.len()],
        points: None,
        twice: Vec::new(),
        sound: true,
    };
    header.take_mapped(mapping, report);
    header.take_named(mapping, report);
    header.take_points(points);
    let has: Vec<bool> = (0..form.columns.len()).map(|column| header.has(column)).collect();
    if !has.contains(&true) {
        no_names(line, form.columns, report);
        return None;
    }
    header.tell_others(report);
    for (name, wanted) in names.iter().zip(&header.wanted) {
        if let Some(column) = wanted.and_then(|at| form.columns.get(at)) {
            report.set_header(column.name, name);
        }
    }
    if let Some(name) = header.points.and_then(|points| names.get(points.place)) {
        for column in [LON, LAT] {
            report.set_header(column, name);
        }
    }
    for (column, _) in form.columns.iter().zip(&has).filter(|(column, has)| column.required && !**has) {
        // What a mapping says is missing was said there.
        if !mapping.0.iter().any(|mapped| mapped.column == column.name) {
            missing_column(line, column.name, report);
        }
        header.sound = false;
    }
    let points = header.points.map(|points| points.columns);
    header.sound.then_some(Layout { wanted: header.wanted, has, points })
}

struct Header<'h> {
    form: &'h Form,
    names: &'h [String],
    folded: Vec<String>,
    line: u32,
    wanted: Vec<Option<usize>>,
    points: Option<Points>,
    /// Folded names that were said to be there twice.
    twice: Vec<String>,
    sound: bool,
}

/// A column of points that is read.
#[derive(Clone, Copy)]
struct Points {
    /// Where it is in the file.
    place: usize,
    /// Which of the columns asked for it is.
    columns: [usize; 2],
}

impl Header<'_> {
    /// Columns whose name in the file `territory.toml` tells.
    fn take_mapped(&mut self, mapping: &Mapping, report: &mut Report) {
        for mapped in &mapping.0 {
            let Some(column) = self.form.columns.iter().position(|c| c.name == mapped.column) else {
                continue;
            };
            if !self.take(column, &fold(&mapped.header), report) {
                report.add(no_such_header(mapped));
                self.sound = false;
            }
        }
    }

    /// Columns under their own name or another that they go by.
    fn take_named(&mut self, mapping: &Mapping, report: &mut Report) {
        let mut others = Vec::new();
        for (at, column) in self.form.columns.iter().enumerate() {
            if mapping.0.iter().any(|mapped| mapped.column == column.name) {
                continue;
            }
            let taken = self.names_of(column.name).find(|name| self.take(at, name, report));
            if taken.is_none() {
                continue;
            }
            let place = self.wanted.iter().position(|wanted| *wanted == Some(at));
            let written = place.and_then(|place| self.names.get(place)).map_or("", |name| name.trim());
            if !written.eq_ignore_ascii_case(column.name) {
                others.push((clipped(written), column.name));
            }
        }
        if !others.is_empty() {
            other_headers(self.line, &others, report);
        }
    }

    /// A column of points is a longitude and a latitude, where no column by name is either.
    fn take_points(&mut self, place: Option<usize>) {
        let at = |name| self.form.columns.iter().position(|column| column.name == name);
        if let (Some(place), Some(lon), Some(lat)) = (place, at(LON), at(LAT))
            && !self.has(lon)
            && !self.has(lat)
        {
            self.points = Some(Points { place, columns: [lon, lat] });
        }
    }

    /// Whether the file has a column asked for.
    fn has(&self, column: usize) -> bool {
        let is_point = self.points.is_some_and(|points| points.columns.contains(&column));
        is_point || self.wanted.contains(&Some(column))
    }

    /// A column's own name and its synonyms, folded, in the order of their rank.
    fn names_of(&self, column: &'static str) -> impl Iterator<Item = String> + use<> {
        let others = headers::of(self.form.name).iter().find(|(name, _)| *name == column);
        let others = others.map_or(&[][..], |(_, others)| others);
        std::iter::once(&column).chain(others).map(|name| fold(name)).collect::<Vec<_>>().into_iter()
    }

    /// Whether a column of that name was there to be taken.
    fn take(&mut self, column: usize, folded: &str, report: &mut Report) -> bool {
        let free = |at: &usize| self.folded[*at] == folded && self.wanted[*at].is_none();
        let mut places = (0..self.folded.len()).filter(free);
        let (Some(first), second) = (places.next(), places.next()) else { return false };
        if second.is_some() {
            let name = &self.names[first];
            duplicate_column(self.line, &clipped(name.trim()), report);
            self.twice.push(folded.to_owned());
            self.sound = false;
        }
        self.wanted[first] = Some(column);
        true
    }

    /// Says what is not read: unnamed, identifying, unknown.
    fn tell_others(&self, report: &mut Report) {
        let mut identifying = Vec::new();
        let mut unnamed = false;
        let points = self.points.map(|points| points.place);
        for (place, (name, folded)) in self.names.iter().zip(&self.folded).enumerate() {
            if self.wanted[place].is_some() || points == Some(place) {
                continue;
            }
            let name = name.trim();
            let ignored = self.form.ignored.contains(&name.to_ascii_lowercase().as_str());
            if ignored || self.twice.contains(folded) {
                continue;
            }
            if name.is_empty() {
                unnamed = true;
            } else if OF_PEOPLE.contains(&self.form.name) && is_identifying(name) {
                identifying.push(clipped(name));
            } else {
                self.unknown_column(name, report);
            }
        }
        if unnamed {
            report.forgive(Code::EmptyColumns, self.line);
        }
        if !identifying.is_empty() {
            identifying_columns(self.line, &identifying, report);
        }
    }

    fn unknown_column(&self, name: &str, report: &mut Report) {
        let folded = fold(name);
        let instead = self.form.columns.iter().find(|c| self.names_of(c.name).any(|other| other == folded));
        let name = clipped(name);
        let known: Vec<&str> = self.form.columns.iter().map(|c| c.name).collect();
        let remedy = match instead {
            Some(column) => Text::say(|words| words.read_from_another_column(column.name)),
            None => Text::say(|words| words.columns_that_are_read(&known.join(", "))),
        };
        report.say(Code::UnknownColumn, self.line, Text::say(|words| words.column_not_read(&name)), remedy);
    }
}

/// Whether a column's name says that it tells who somebody is.
pub(crate) fn is_identifying(name: &str) -> bool {
    words(name).any(|word| headers::IDENTIFYING.contains(&word.as_str()))
}

fn no_names(line: u32, columns: &[Column], report: &mut Report) {
    let known: Vec<&str> = columns.iter().map(|c| c.name).collect();
    let known = known.join(", ");
    report.say(
        Code::MissingColumn,
        line,
        // The line may be somebody's: it is not repeated.
        Text::say(|words| words.no_known_column()),
        Text::say(|words| words.write_names_of_columns(&known)),
    );
}

pub(in crate::read) fn missing_column(line: u32, name: &str, report: &mut Report) {
    report.say(
        Code::MissingColumn,
        line,
        Text::say(|words| words.column_missing(name)),
        Text::say(|words| words.add_the_column()),
    );
}

fn duplicate_column(line: u32, name: &str, report: &mut Report) {
    report.say(
        Code::DuplicateColumn,
        line,
        Text::say(|words| words.column_twice(name)),
        Text::say(|words| words.keep_one_column()),
    );
}

fn other_headers(line: u32, others: &[(String, &str)], report: &mut Report) {
    report.say(
        Code::OtherHeaders,
        line,
        Text::say(|words| words.other_headers(others)),
        Text::say(|words| words.nothing_to_do_if_right()),
    );
}

fn identifying_columns(line: u32, names: &[String], report: &mut Report) {
    report.say(
        Code::IdentifyingColumns,
        line,
        Text::say(|words| words.identifying_columns(names)),
        Text::say(|words| words.remove_identifying_columns()),
    );
}

fn no_such_header(mapped: &Mapped) -> Finding {
    let header = clipped(&mapped.header);
    Finding::new(
        Code::UnknownHeader,
        mapped.source.clone(),
        Text::say(|words| words.no_free_column(&header)),
        Text::say(|words| words.write_name_of_column(mapped.column)),
    )
}
