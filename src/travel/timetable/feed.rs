//! A timetable in memory: stops, lines, the days on which services run, and trips by pattern.

use super::flex::FlexTrip;
use super::pattern::{Patterns, STOP};
use super::service::Services;
use crate::finding::{Code, Finding, Source, Text};
use crate::units::{Position, Seconds};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A number of a stop.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::Control;
/// # use maillage::territory::Way;
/// # use maillage::travel::{ServiceDay, Timetable, TimetableOptions, TransitDay, WalkRules, Walks};
/// # use maillage::units::ClockTime;
/// # let control = Control::none();
/// # let timetable = Timetable::open(&["data/valley/horaires"], &TimetableOptions::default(), &control)?;
/// # let day = ServiceDay::new(&timetable, date(2026, 10, 1));
/// # let walks = Walks::new(&timetable, WalkRules::default());
/// # let clock = |hour| ClockTime::new(hour, 0).expect("a time");
/// # let (arrive_by, leave_after) = (clock(9), clock(12));
/// # let stay = TransitDay { arrive_by, leave_after, limit: None, at_site: None, rides: TransitDay::RIDES };
/// # let position = |id| timetable.stop(timetable.stop_called(id).expect("a stop")).position.expect("located");
/// let croix = timetable.stop_called("croix").expect("a stop");
/// assert_eq!(&*timetable.stop(croix).name, "Croix, place");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StopNumber(pub(super) u32);

/// Where vehicles stop.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::Control;
/// # use maillage::territory::Way;
/// # use maillage::travel::{ServiceDay, Timetable, TimetableOptions, TransitDay, WalkRules, Walks};
/// # use maillage::units::ClockTime;
/// # let control = Control::none();
/// # let timetable = Timetable::open(&["data/valley/horaires"], &TimetableOptions::default(), &control)?;
/// # let day = ServiceDay::new(&timetable, date(2026, 10, 1));
/// # let walks = Walks::new(&timetable, WalkRules::default());
/// # let clock = |hour| ClockTime::new(hour, 0).expect("a time");
/// # let (arrive_by, leave_after) = (clock(9), clock(12));
/// # let stay = TransitDay { arrive_by, leave_after, limit: None, at_site: None, rides: TransitDay::RIDES };
/// # let position = |id| timetable.stop(timetable.stop_called(id).expect("a stop")).position.expect("located");
/// let (_, stop) = timetable.stops().find(|(_, stop)| &*stop.id == "haut").expect("a stop");
/// assert!(stop.position.is_some() && stop.station.is_none());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct TransitStop {
    /// As its feed calls it.
    pub id: Box<str>,
    /// For people.
    pub name: Box<str>,
    /// Where it is; without it nobody walks there.
    pub position: Option<Position>,
    /// The station that it is a part of.
    pub station: Option<StopNumber>,
}

/// A line, as people call it.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::Control;
/// # use maillage::territory::Way;
/// # use maillage::travel::{ServiceDay, Timetable, TimetableOptions, TransitDay, WalkRules, Walks};
/// # use maillage::units::ClockTime;
/// # let control = Control::none();
/// # let timetable = Timetable::open(&["data/valley/horaires"], &TimetableOptions::default(), &control)?;
/// # let day = ServiceDay::new(&timetable, date(2026, 10, 1));
/// # let walks = Walks::new(&timetable, WalkRules::default());
/// # let clock = |hour| ClockTime::new(hour, 0).expect("a time");
/// # let (arrive_by, leave_after) = (clock(9), clock(12));
/// # let stay = TransitDay { arrive_by, leave_after, limit: None, at_site: None, rides: TransitDay::RIDES };
/// # let position = |id| timetable.stop(timetable.stop_called(id).expect("a stop")).position.expect("located");
/// let line = timetable.line(0).expect("a line");
/// assert!(!line.name.is_empty() && !line.for_pupils);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitLine {
    /// As its feed calls it.
    pub id: Box<str>,
    /// For people: its short name, else its long one.
    pub name: Box<str>,
    /// For pupils alone: it carries nobody else unless it is opened.
    pub for_pupils: bool,
}

/// What changing from one stop to another takes, where the feed says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Transfer {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) kind: TransferKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TransferKind {
    /// As long as the walk and the usual slack take.
    Usual,
    /// At least so long, the walk included.
    AtLeast(Seconds),
    Forbidden,
}

/// The timetables of one run: all that was read of one or several feeds.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::Control;
/// # use maillage::territory::Way;
/// # use maillage::travel::{ServiceDay, Timetable, TimetableOptions, TransitDay, WalkRules, Walks};
/// # use maillage::units::ClockTime;
/// # let control = Control::none();
/// # let timetable = Timetable::open(&["data/valley/horaires"], &TimetableOptions::default(), &control)?;
/// # let day = ServiceDay::new(&timetable, date(2026, 10, 1));
/// # let walks = Walks::new(&timetable, WalkRules::default());
/// # let clock = |hour| ClockTime::new(hour, 0).expect("a time");
/// # let (arrive_by, leave_after) = (clock(9), clock(12));
/// # let stay = TransitDay { arrive_by, leave_after, limit: None, at_site: None, rides: TransitDay::RIDES };
/// # let position = |id| timetable.stop(timetable.stop_called(id).expect("a stop")).position.expect("located");
/// assert_eq!((timetable.stops().len(), timetable.trips()), (8, 5));
/// assert!(timetable.is_known(date(2026, 10, 1)) && !timetable.is_known(date(1999, 1, 1)));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Timetable {
    pub(super) stops: Vec<TransitStop>,
    pub(super) lines: Vec<TransitLine>,
    pub(super) patterns: Patterns,
    pub(super) services: Services,
    pub(super) transfers: Vec<Transfer>,
    pub(super) on_demand: Vec<FlexTrip>,
    pub(super) zone: TimeZone,
    pub(super) findings: Vec<Finding>,
}

impl Timetable {
    /// One without stops, where all that comes is booked.
    pub fn empty() -> Self {
        Self {
            stops: Vec::new(),
            lines: Vec::new(),
            patterns: Patterns::default(),
            services: Services::new(Date::ZERO, Date::ZERO, 0),
            transfers: Vec::new(),
            on_demand: Vec::new(),
            zone: TimeZone::UTC,
            findings: Vec::new(),
        }
    }

    /// Where vehicles stop, stations included.
    pub fn stops(&self) -> impl ExactSizeIterator<Item = (StopNumber, &TransitStop)> {
        self.stops.iter().enumerate().map(|(at, stop)| (StopNumber(at as u32), stop))
    }

    /// A stop.
    pub fn stop(&self, stop: StopNumber) -> &TransitStop {
        &self.stops[stop.0 as usize]
    }

    /// The stop that a feed calls so; the first, where several do.
    pub fn stop_called(&self, id: &str) -> Option<StopNumber> {
        self.stops.iter().position(|stop| &*stop.id == id).map(|at| StopNumber(at as u32))
    }

    /// A line, as journeys number it.
    pub fn line(&self, line: u32) -> Option<&TransitLine> {
        self.lines.get(line as usize)
    }

    /// Trips by a timetable, whatever the day; those of a frequency are one each, and so is each pair in which one stays seated.
    pub fn trips(&self) -> usize {
        self.patterns.trips()
    }

    /// By stop: whether vehicles call there.
    pub(super) fn called(&self) -> Vec<bool> {
        let mut called = vec![false; self.stops.len()];
        for pattern in self.patterns.all.iter().filter(|pattern| pattern.trips > 0) {
            for code in self.patterns.stops_of(pattern) {
                called[(code & STOP) as usize] = true;
            }
        }
        called
    }

    /// Trips on demand, whatever the day.
    pub const fn on_demand(&self) -> usize {
        self.on_demand.len()
    }

    /// Calls of all trips at stops.
    pub fn calls(&self) -> usize {
        self.patterns.calls()
    }

    /// The first and the last date that something is said of.
    pub fn horizon(&self) -> (Date, Date) {
        (self.services.first(), self.services.last())
    }

    /// Whether it says anything of a date: from its first to its last.
    pub fn is_known(&self, date: Date) -> bool {
        self.services.day(date).is_some()
    }

    /// What is to be told of a date: that it lies outside the timetable.
    pub fn doubts(&self, date: Date) -> Vec<Finding> {
        if self.is_known(date) {
            return Vec::new();
        }
        let (first, last) = self.horizon();
        let what = Text::say(|words| words.date_outside(first, last, date));
        let remedy = Text::say(|words| words.ask_for_that_date());
        vec![Finding::new(Code::OutsideTimetable, Source::memory(), what, remedy)]
    }

    /// What was repaired or left out, and why.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}
