//! Coaches and trains that are not as their timetable says: moved, added, gone, opened to others.

use super::hours::Weekdays;
use crate::units::{ClockTime, Position, Seconds};
use std::collections::BTreeSet;

/// What is different of coaches and trains. Lines and stops are named by their identifier in the feed or by what people
/// call them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TransitChanges {
    /// Stops that the timetable does not have.
    pub stops: Vec<NewStop>,
    /// What is different of trips, in the order in which it is to happen.
    pub trips: Vec<TripChange>,
    /// Lines for pupils that are open to others.
    pub opened: BTreeSet<String>,
}

impl TransitChanges {
    /// Whether every trip is as its timetable says.
    pub fn is_empty(&self) -> bool {
        self.stops.is_empty() && self.trips.is_empty() && self.opened.is_empty()
    }
}

/// A stop that the timetable does not have.
#[derive(Clone, Debug, PartialEq)]
pub struct NewStop {
    /// What people call it.
    pub name: String,
    /// Where it is.
    pub position: Position,
}

/// One thing that is different, on every date on which the trips run.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TripChange {
    /// A trip that the timetable does not have.
    Add(NewTrip),
    /// Trips earlier (below zero) or later by so many minutes, at most a day.
    Move {
        /// Which.
        trips: TripAt,
        /// By how much.
        minutes: i16,
    },
    /// Trips that do not run.
    Remove(TripAt),
    /// All trips of a line that end at a stop go on to another; those that begin there begin at the other.
    Extend {
        /// The line.
        line: String,
        /// Where it ends.
        end: String,
        /// Where it is to end.
        to: String,
        /// What that takes.
        ride: Seconds,
    },
}

/// The trips of a line that leave a stop at a time of day (or end there then), whatever the dates. A trip's own identifier is
/// another in each publication of a timetable; that it leaves at 12:39 people know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TripAt {
    /// The line.
    pub line: String,
    /// The stop.
    pub stop: String,
    /// When.
    pub at: ClockTime,
}

/// A trip that the timetable does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTrip {
    /// Its line, a new one where no line is called so.
    pub line: String,
    /// Where it stops, and when.
    pub calls: Vec<(String, ClockTime)>,
    /// On which days. Never on bank holidays.
    pub days: Weekdays,
    /// Whether in school holidays too.
    pub in_holidays: bool,
}
