//! Coaches and trains that are not as their timetable says: moved, added, gone, opened to others.

use super::hours::Weekdays;
use crate::units::{ClockTime, Position, Seconds};
use std::collections::BTreeSet;

/// What is different of coaches and trains. Lines and stops are named by their identifier in the feed or by what people
/// call them.
///
/// ```
/// use maillage::territory::TransitChanges;
///
/// let mut changes = TransitChanges::default();
/// changes.opened.insert("scolaire 12".into());
/// assert!(!changes.is_empty());
/// ```
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
///
/// ```
/// use maillage::territory::{Edit, NewStop};
/// use maillage::units::Position;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let position = Position::new(0.25, 47.05).expect("on the earth");
/// let (edited, _) = study.territory().edit(&[Edit::AddStop(NewStop { name: "Gué".into(), position })])?;
/// assert_eq!(edited.transit().stops[0].name, "Gué");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NewStop {
    /// What people call it.
    pub name: String,
    /// Where it is.
    pub position: Position,
}

/// One thing that is different, on every date on which the trips run.
///
/// ```
/// use maillage::territory::{TripAt, TripChange};
/// use maillage::units::ClockTime;
///
/// let at = ClockTime::new(7, 40).expect("a time");
/// let trips = TripAt { line: "V".into(), stop: "crete".into(), at };
/// let earlier = TripChange::Move { trips, minutes: -10 };
/// assert!(matches!(earlier, TripChange::Move { minutes: -10, .. }));
/// ```
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
///
/// ```
/// use maillage::territory::TripAt;
/// use maillage::units::ClockTime;
///
/// let at = ClockTime::new(7, 40).expect("a time");
/// let trips = TripAt { line: "V".into(), stop: "crete".into(), at };
/// assert_eq!(trips.at.to_string(), "07:40");
/// ```
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
///
/// ```
/// use maillage::territory::{NewTrip, Weekdays};
/// use maillage::units::ClockTime;
///
/// let at = |hour| ClockTime::new(hour, 0).expect("a time");
/// let calls = vec![("crete".to_owned(), at(8)), ("pont".to_owned(), at(9))];
/// let trip = NewTrip { line: "V".into(), calls, days: Weekdays::ALL, in_holidays: false };
/// assert!(trip.calls.is_sorted_by_key(|call| call.1));
/// ```
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
