//! From the files of a feed to a [`Timetable`]. One broken row never stops a feed: it is told, with its line, and left out.

mod on_demand;
mod places;
mod rows;
mod said;
mod seated;
mod source;
mod trips;
mod value;
mod zones;

use super::feed::{StopNumber, Timetable, Transfer, TransferKind, TransitLine, TransitStop};
use super::flex::FlexTrip;
use super::pattern::Gathering;
use super::service::{MOST_DAYS, ServiceIx, Services, days_between};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::finding::{Finding, Text};
use crate::units::{Position, Seconds};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rows::{Row, Rows, Trouble};
use said::{Defect, Told, refused};
use seated::{Seated, Seats};
use source::Source;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
use trips::Trips;

/// Most bytes of one file, unpacked.
const MOST_BYTES: u64 = (1 << 31) - 1;
/// Most stops, lines, services and trips: several times those of all of France.
const MOST_STOPS: usize = 2_000_000;
const MOST_LINES: usize = 500_000;
const MOST_SERVICES: usize = 200_000;
const MOST_TRIPS: usize = 5_000_000;
/// The `route_type` of buses for pupils (extended types of Google's transit reference).
const SCHOOL_BUS: &[u8] = b"712";
/// Files that tell times; others change nothing in them.
const READ: [&str; 10] = [
    "agency.txt",
    "calendar.txt",
    "calendar_dates.txt",
    "feed_info.txt",
    "frequencies.txt",
    "routes.txt",
    "stop_times.txt",
    "stops.txt",
    "transfers.txt",
    TRIPS,
];
const TRIPS: &str = "trips.txt";
const NEEDED: [&str; 3] = ["stops.txt", TRIPS, "stop_times.txt"];

/// What a feed does not say itself.
///
/// ```
/// use maillage::Control;
/// use maillage::travel::{Timetable, TimetableOptions};
///
/// let around = Some(jiff::civil::date(2026, 10, 1));
/// let options = TimetableOptions { around, ..TimetableOptions::default() };
/// let timetable = Timetable::open(&["data/valley/horaires"], &options, &Control::none())?;
/// assert_eq!(timetable.trips(), 5);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct TimetableOptions {
    /// The time zone of feeds that name none, as in the IANA data base; `Europe/Paris` without.
    pub zone: Option<String>,
    /// A date near those that will be asked about: calendars are kept five years before and after it. Without it, from
    /// the first date on.
    pub around: Option<Date>,
}

impl Timetable {
    /// Reads one or several feeds, each a zip or a folder, as one timetable.
    ///
    /// # Errors
    /// [`Error::Io`] when a file can't be read, [`Error::Input`] when one is no feed that can be
    /// used, [`Error::Cancelled`] when `control` says so.
    pub fn open(
        paths: &[impl AsRef<Path>],
        options: &TimetableOptions,
        control: &Control<'_>,
    ) -> Result<Self, Error> {
        let mut reading = Reading::default();
        for (at, path) in paths.iter().enumerate() {
            control.step(Stage::Reading, at as u64, paths.len() as u64)?;
            reading.feed(path.as_ref(), options, control)?;
        }
        Ok(reading.timetable(options))
    }

    /// Whether a zip or a folder has any file that a feed must have, or can't be looked into.
    pub fn may_be_at(path: &Path) -> bool {
        match Source::open(path) {
            Ok(Some((source, _))) => source.names().iter().any(|name| NEEDED.contains(name)),
            Ok(None) | Err(_) => true,
        }
    }
}

/// All feeds, while they are read.
#[derive(Default)]
struct Reading {
    stops: Vec<TransitStop>,
    lines: Vec<TransitLine>,
    transfers: Vec<Transfer>,
    gathering: Gathering,
    on_demand: Vec<FlexTrip>,
    seated: Vec<Seated>,
    weekly: Vec<Weekly>,
    exceptions: Vec<(u32, Date, bool)>,
    services: u32,
    /// The first feed's, and its name.
    zone: Option<(String, TimeZone)>,
    /// What was met in each feed, with its name and its first stop.
    told: Vec<(String, usize, Told)>,
}

/// A service that runs on days of the week, from one date to another.
struct Weekly {
    service: u32,
    days: [bool; 7],
    from: Date,
    to: Date,
}

/// One feed, while it is read.
struct Feed<'r> {
    name: String,
    source: Source,
    told: Told,
    reading: &'r mut Reading,
}

type Ids = HashMap<Box<[u8]>, u32>;

/// Why a feed is not read to its end.
enum Stop {
    Told(Error),
    Refused(Box<Finding>),
    /// A file has more than may be kept.
    TooMany,
    Io(std::io::Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Told(error)
    }
}

impl Reading {
    fn feed(&mut self, path: &Path, options: &TimetableOptions, control: &Control<'_>) -> Result<(), Error> {
        let io = |source| Error::Io { path: path.to_owned(), source };
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let Some((source, oddities)) = Source::open(path).map_err(io)? else {
            let finding = refused(
                &name,
                None,
                Text::say(|words| words.neither_folder_nor_zip()),
                Text::say(|words| words.fetch_it_again()),
            );
            return Err(Error::Input(vec![finding]));
        };
        let mut told = Told::default();
        if let Some(file) = oddities.nested {
            told.say(Defect::Nested, "", None, file.as_bytes());
        }
        let first_stop = self.stops.len();
        let mut feed = Feed { name, source, told, reading: self };
        let read = feed.read(options, control);
        let Feed { name, told, .. } = feed;
        self.told.push((name, first_stop, told));
        read.map_err(|stop| match stop {
            Stop::Told(error) => error,
            Stop::TooMany => Error::Input(vec![too_many(path, "")]),
            Stop::Refused(finding) => Error::Input(vec![*finding]),
            Stop::Io(source) => Error::Io { path: path.to_owned(), source },
        })
    }

    fn timetable(mut self, options: &TimetableOptions) -> Timetable {
        let (from, to) = self.dates(options);
        let mut services = Services::new(from, to, self.services as usize);
        for weekly in &self.weekly {
            services.set_weekly(weekly.service, weekly.days, weekly.from, weekly.to);
        }
        for &(service, date, runs) in &self.exceptions {
            services.set(service, date, runs);
        }
        self.stay_seated(&mut services);
        let patterns = self.gathering.patterns();
        places::put_right(&mut self.stops, &patterns, &mut self.told);
        let all = patterns.services.iter().copied().chain(self.on_demand.iter().map(|trip| trip.service));
        let idle = all.filter(|&service| !services.ever_runs(service)).count();
        let mut findings: Vec<Finding> = Vec::new();
        for (name, _, told) in self.told {
            findings.extend(told.findings(&name));
        }
        findings.extend((idle > 0).then(|| said::never_run(idle)));
        findings.extend((patterns.trips() == 0 && self.on_demand.is_empty()).then(said::no_trips));
        crate::finding::sort(&mut findings);
        let Self { stops, lines, transfers, on_demand, zone, .. } = self;
        let zone = zone.map_or(TimeZone::UTC, |zone| zone.1);
        Timetable { stops, lines, patterns, services, transfers, on_demand, zone, findings }
    }

    /// Adds the trips in which one stays seated, on the dates on which all that they consist of run.
    fn stay_seated(&mut self, services: &mut Services) {
        let mut known: HashMap<Vec<ServiceIx>, Option<ServiceIx>> = HashMap::new();
        for Seated { services: own, line, stops, calls } in std::mem::take(&mut self.seated) {
            let service = match own.as_slice() {
                &[only] => Some(only),
                _ => *known.entry(own).or_insert_with_key(|own| services.add_common(own)),
            };
            if let Some(service) = service {
                self.gathering.add(service, line, &stops, &calls);
            }
        }
    }

    /// The first and the last date that are kept.
    fn dates(&self, options: &TimetableOptions) -> (Date, Date) {
        let weekly = self.weekly.iter().flat_map(|weekly| [weekly.from, weekly.to]);
        let all = || weekly.clone().chain(self.exceptions.iter().map(|e| e.1));
        let (Some(first), Some(last)) = (all().min(), all().max()) else {
            return (Date::ZERO, Date::ZERO);
        };
        if days_between(first, last) < MOST_DAYS {
            return (first, last);
        }
        let half = (MOST_DAYS / 2).days();
        let around = options.around.unwrap_or_else(|| first.saturating_add(half));
        (around.saturating_sub(half).max(first), around.saturating_add(half).min(last))
    }
}

impl Feed<'_> {
    fn read(&mut self, options: &TimetableOptions, control: &Control<'_>) -> Result<(), Stop> {
        for file in NEEDED {
            if !self.source.names().contains(&file) {
                return Err(self.lacks(file));
            }
        }
        self.other_files();
        self.zone(options)?;
        let known = (self.reading.weekly.len(), self.reading.exceptions.len());
        let services = self.services()?;
        self.horizon(known)?;
        let lines = self.lines()?;
        let stops = self.stops()?;
        let on_demand = self.on_demand(&stops, &services)?;
        let trips = self.trips(&services, &lines)?;
        let seats = self.transfers(&stops, &trips)?;
        let frequencies = self.frequencies(&trips)?;
        control.step(Stage::Reading, 0, 1)?;
        self.calls(trips, &stops, &frequencies, (on_demand, seats), control)
    }

    fn lacks(&self, file: &str) -> Stop {
        let what = Text::say(|words| words.file_missing(file));
        let remedy = Text::say(|words| words.ask_for_a_whole_feed());
        Stop::Refused(Box::new(refused(&self.name, None, what, remedy)))
    }

    fn other_files(&mut self) {
        let is_other = |name: &&&str| !READ.contains(*name) && !on_demand::FILES.contains(*name);
        let names = self.source.names();
        for name in names.iter().filter(is_other) {
            self.told.say(Defect::OtherFiles, "", None, name.as_bytes());
        }
    }

    /// Walks through a file, if it is there, by these columns; whether it is.
    fn each_row(
        &mut self,
        file: &'static str,
        columns: &[&str],
        mut take: impl FnMut(&mut Reading, &mut Told, &Row<'_>, &[Option<u32>]) -> Result<(), Stop>,
    ) -> Result<bool, Stop> {
        let Some(bytes) = self.source.file(file).map_err(Stop::Io)? else { return Ok(false) };
        let mut rows = Rows::new(bytes, MOST_BYTES);
        let stop = |trouble| troubled(&self.name, file, trouble);
        let Some(header) = rows.header(columns).map_err(stop)? else { return Ok(true) };
        for other in header.others.iter().filter(|name| !name.is_empty()) {
            self.told.say(Defect::OtherColumns, "", None, format!("{file} : {other}").as_bytes());
        }
        while let Some(row) = rows.next().map_err(stop)? {
            take(self.reading, &mut self.told, &row, &header.columns).map_err(|stop| match stop {
                Stop::TooMany => Stop::Refused(Box::new(too_many(Path::new(&self.name), file))),
                other => other,
            })?;
        }
        Ok(true)
    }

    /// The time zone: one for all feeds.
    fn zone(&mut self, options: &TimetableOptions) -> Result<(), Stop> {
        let mut named: Vec<String> = Vec::new();
        self.each_row("agency.txt", &["agency_timezone"], |_, _, row, at| {
            let zone = String::from_utf8_lossy(&row.get(at[0])).into_owned();
            if !zone.is_empty() && !named.contains(&zone) && named.len() < 100 {
                named.push(zone);
            }
            Ok(())
        })?;
        if named.is_empty() {
            named.extend(options.zone.clone());
        }
        if named.is_empty() {
            self.told.say(Defect::NoZone, "", None, b"");
            named.push("Europe/Paris".to_owned());
        }
        for name in named {
            let zone = TimeZone::get(&name).ok();
            let Some(zone) = zone else { return Err(self.bad_zone(&name, None)) };
            match &self.reading.zone {
                None => self.reading.zone = Some((name, zone)),
                Some((first, known)) if !same_clock(known, &zone) => {
                    let first = first.clone();
                    return Err(self.bad_zone(&name, Some(&first)));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    fn bad_zone(&self, name: &str, first: Option<&str>) -> Stop {
        let place = format!("{}/agency.txt", self.name);
        let name: String = name.chars().take(60).collect();
        let what = match first {
            None => Text::say(|words| words.unknown_zone(&name)),
            Some(first) => Text::say(|words| words.two_zones(first, &name)),
        };
        let remedy = Text::say(|words| words.give_one_zone());
        Stop::Refused(Box::new(refused(&place, None, what, remedy)))
    }

    fn services(&mut self) -> Result<Ids, Stop> {
        const DAYS: [&str; 7] =
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let mut ids = Ids::new();
        let first = self.reading.services;
        let columns: Vec<&str> = ["service_id", "start_date", "end_date"].into_iter().chain(DAYS).collect();
        let weekly = self.each_row("calendar.txt", &columns, |reading, told, row, at| {
            let Some(from) = date(told, "calendar.txt", row, at[1]) else { return Ok(()) };
            let Some(to) = date(told, "calendar.txt", row, at[2]) else { return Ok(()) };
            let id = row.get(at[0]);
            if days_between(from, to) > 2 * 366 {
                told.say(Defect::LongCalendar, "calendar.txt", Some(row.line), &id);
            }
            if ids.len() >= MOST_SERVICES {
                return Err(Stop::TooMany);
            }
            let days = std::array::from_fn(|day| *row.get(at[3 + day]) == *b"1");
            let service = first + number_of(&mut ids, &id);
            reading.weekly.push(Weekly { service, days, from, to });
            Ok(())
        })?;
        let columns = ["service_id", "date", "exception_type"];
        let dates = self.each_row("calendar_dates.txt", &columns, |reading, told, row, at| {
            let Some(day) = date(told, "calendar_dates.txt", row, at[1]) else { return Ok(()) };
            if ids.len() >= MOST_SERVICES {
                return Err(Stop::TooMany);
            }
            let service = first + number_of(&mut ids, &row.get(at[0]));
            match &*row.get(at[2]) {
                b"1" => reading.exceptions.push((service, day, true)),
                b"2" => reading.exceptions.push((service, day, false)),
                other => told.say(Defect::BadRow, "calendar_dates.txt", Some(row.line), other),
            }
            Ok(())
        })?;
        if !weekly && !dates {
            return Err(self.lacks("calendar.txt, calendar_dates.txt"));
        }
        self.reading.services = first + ids.len() as u32;
        ids.values_mut().for_each(|service| *service += first);
        Ok(ids)
    }

    /// Dates that the feed does not answer for are as if they were not in its calendars, which begin at these places.
    fn horizon(&mut self, (weekly, exceptions): (usize, usize)) -> Result<(), Stop> {
        const FILE: &str = "feed_info.txt";
        let mut ends: Option<[Option<Date>; 2]> = None;
        self.each_row(FILE, &["feed_start_date", "feed_end_date"], |_, told, row, at| {
            let mut end =
                |column| if row.get(column).is_empty() { None } else { date(told, FILE, row, column) };
            if ends.is_none() {
                ends = Some([end(at[0]), end(at[1])]);
            }
            Ok(())
        })?;
        let [from, to] = ends.unwrap_or_default();
        let (from, to) = (from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX));
        let mut own_weekly = self.reading.weekly.split_off(weekly);
        let mut own_exceptions = self.reading.exceptions.split_off(exceptions);
        let is_within = |weekly: &Weekly| weekly.from.max(from) <= weekly.to.min(to);
        let runs = |exception: &(u32, Date, bool)| (from..=to).contains(&exception.1);
        if own_weekly.iter().any(is_within) || own_exceptions.iter().any(|e| e.2 && runs(e)) {
            own_weekly.retain(is_within);
            own_exceptions.retain(runs);
            for weekly in &mut own_weekly {
                (weekly.from, weekly.to) = (weekly.from.max(from), weekly.to.min(to));
            }
        } else if ends.is_some_and(|ends| ends.iter().any(Option::is_some)) {
            self.told.say(Defect::OtherHorizon, FILE, None, b"");
        }
        self.reading.weekly.extend(own_weekly);
        self.reading.exceptions.extend(own_exceptions);
        Ok(())
    }

    fn lines(&mut self) -> Result<Ids, Stop> {
        let mut ids = Ids::new();
        let columns = ["route_id", "route_short_name", "route_long_name", "route_type"];
        self.each_row("routes.txt", &columns, |reading, told, row, at| {
            let id = row.get(at[0]);
            if ids.contains_key(&*id) {
                told.say(Defect::TwoOfOneId, "routes.txt", Some(row.line), &id);
                return Ok(());
            }
            if reading.lines.len() >= MOST_LINES {
                return Err(Stop::TooMany);
            }
            ids.insert((&*id).into(), reading.lines.len() as u32);
            let mut name = row.get(at[1]);
            if name.is_empty() {
                name = row.get(at[2]);
            }
            let for_pupils = &*row.get(at[3]) == SCHOOL_BUS;
            let mut told = |bytes: &[u8]| text(told, "routes.txt", row.line, bytes);
            reading.lines.push(TransitLine { id: told(&id), name: told(&name), for_pupils });
            Ok(())
        })?;
        Ok(ids)
    }

    fn stops(&mut self) -> Result<Ids, Stop> {
        let mut ids = Ids::new();
        let mut stations: Vec<(u32, Box<[u8]>, u32)> = Vec::new();
        let columns = ["stop_id", "stop_name", "stop_lat", "stop_lon", "parent_station"];
        self.each_row("stops.txt", &columns, |reading, told, row, at| {
            let id = row.get(at[0]);
            let stop = stop(told, row, at);
            if let Some(&known) = ids.get(&*id) {
                // The same row again is no harm.
                let first = &reading.stops[known as usize];
                if (&first.name, first.position) != (&stop.name, stop.position) {
                    told.say(Defect::TwoOfOneId, "stops.txt", Some(row.line), &id);
                }
                return Ok(());
            }
            let number = reading.stops.len() as u32;
            if number as usize >= MOST_STOPS {
                return Err(Stop::TooMany);
            }
            ids.insert((&*id).into(), number);
            let station = row.get(at[4]);
            if !station.is_empty() {
                stations.push((number, (&*station).into(), row.line));
            }
            reading.stops.push(stop);
            Ok(())
        })?;
        for (stop, station, line) in stations {
            match ids.get(&station) {
                Some(&station) => {
                    self.reading.stops[stop as usize].station = Some(StopNumber(station));
                }
                None => self.told.say(Defect::NoSuchStation, "stops.txt", Some(line), &station),
            }
        }
        Ok(ids)
    }

    fn transfers(&mut self, stops: &Ids, trips: &Trips) -> Result<Seats, Stop> {
        const FILE: &str = seated::TRANSFERS;
        let mut seats = Seats::default();
        let columns = [
            "from_stop_id",
            "to_stop_id",
            "transfer_type",
            "min_transfer_time",
            "from_trip_id",
            "to_trip_id",
            "from_route_id",
            "to_route_id",
        ];
        self.each_row(FILE, &columns, |reading, told, row, at| {
            let kind = row.get(at[2]);
            if matches!(&*kind, b"4" | b"5") {
                let pair = [at[4], at[5]].map(|column| trips.number(&row.get(column)));
                match (pair, &*kind) {
                    ([Some(from), Some(to)], b"4") => seats.stay(from, to, row.line, told),
                    ([Some(from), Some(to)], _) => seats.leave(from, to),
                    (_, b"4") => told.say(Defect::InSeat, FILE, Some(row.line), b""),
                    _ => {}
                }
                return Ok(());
            }
            if at[4..].iter().any(|&column| !row.get(column).is_empty()) {
                told.say(Defect::ByTrip, FILE, Some(row.line), b"");
                return Ok(());
            }
            let ends = [at[0], at[1]].map(|column| stops.get(&*row.get(column)).copied());
            let [Some(from), Some(to)] = ends else {
                told.say(Defect::UnknownStop, FILE, Some(row.line), &row.get(at[0]));
                return Ok(());
            };
            let kind = match &*kind {
                b"" | b"0" | b"1" => TransferKind::Usual,
                b"2" => TransferKind::AtLeast(value::seconds(&row.get(at[3])).unwrap_or(Seconds::ZERO)),
                b"3" => TransferKind::Forbidden,
                other => {
                    told.say(Defect::BadRow, FILE, Some(row.line), other);
                    return Ok(());
                }
            };
            reading.transfers.push(Transfer { from, to, kind });
            Ok(())
        })?;
        Ok(seats)
    }
}

/// Whether two zones show the same time, as far as anybody plans: at noon of each month of 20 years.
fn same_clock(a: &TimeZone, b: &TimeZone) -> bool {
    let noons =
        (2020..2040).flat_map(|year| (1..=12).filter_map(move |month| Date::new(year, month, 15).ok()));
    noons
        .filter_map(|date| TimeZone::UTC.to_timestamp(date.at(12, 0, 0, 0)).ok())
        .all(|noon| a.to_offset(noon) == b.to_offset(noon))
}

/// The number of an id, a new one if it is not known.
fn number_of(ids: &mut Ids, id: &[u8]) -> u32 {
    match ids.get(id) {
        Some(&number) => number,
        None => {
            let number = ids.len() as u32;
            ids.insert(id.into(), number);
            number
        }
    }
}

fn date(told: &mut Told, file: &'static str, row: &Row<'_>, column: Option<u32>) -> Option<Date> {
    let bytes = row.get(column);
    let date = value::date(&bytes);
    if date.is_none() {
        told.say(Defect::BadDate, file, Some(row.line), &bytes);
    }
    date
}

/// A text for people, which should be UTF-8.
fn text(told: &mut Told, file: &'static str, line: u32, bytes: &[u8]) -> Box<str> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
            told.say(Defect::OtherEncoding, file, Some(line), text.as_bytes());
            text
        }
    };
    text.into()
}

fn stop(told: &mut Told, row: &Row<'_>, at: &[Option<u32>]) -> TransitStop {
    const FILE: &str = "stops.txt";
    let id = row.get(at[0]);
    let position = value::position(&row.get(at[2]), &row.get(at[3]));
    // Latitudes beyond 90 are longitudes: what is exchanged can still be told from its neighbours.
    let exchanged = || value::position(&row.get(at[3]), &row.get(at[2]));
    let position: Option<Position> = position.or_else(exchanged);
    if position.is_none() {
        told.say(Defect::NoPosition, FILE, Some(row.line), &id);
    }
    let mut own = |bytes: &[u8]| text(told, FILE, row.line, bytes);
    TransitStop { id: own(&id), name: own(&row.get(at[1])), position, station: None }
}

fn too_many(feed: &Path, file: &str) -> Finding {
    let name = feed.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let place = if file.is_empty() { name } else { format!("{name}/{file}") };
    refused(
        &place,
        None,
        Text::say(|words| words.too_many_rows()),
        Text::say(|words| words.keep_the_region()),
    )
}

/// Why a file is not read to its end.
fn troubled(feed: &str, file: &str, trouble: Trouble) -> Stop {
    let place = format!("{feed}/{file}");
    let refused = |line, what| {
        let remedy = Text::say(|words| words.ask_for_a_whole_feed());
        Stop::Refused(Box::new(refused(&place, line, what, remedy)))
    };
    match trouble {
        Trouble::System(error) if error.kind() == std::io::ErrorKind::Other => {
            refused(None, Text::say(|words| words.cannot_be_unpacked()))
        }
        Trouble::System(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            refused(None, Text::say(|words| words.cannot_be_unpacked()))
        }
        Trouble::System(error) => Stop::Io(error),
        Trouble::LongRow(line) => refused(Some(line), Text::say(|words| words.row_too_long())),
        Trouble::LongTable => refused(None, Text::say(|words| words.table_too_long())),
        Trouble::ManyColumns => refused(Some(1), Text::say(|words| words.too_many_columns())),
    }
}
