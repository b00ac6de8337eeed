//! The travel table: one column per site, way, mode and moment; one cell per place.

use crate::territory::{Assumption, Mode, Stay, Way};
use crate::units::{ClockTime, Metres, PlaceId, Seconds, SiteId};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a provider says of one trip. Six different answers, never a magic number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trip {
    /// It can be made.
    Time(Travel),
    /// It would take longer than was looked for.
    BeyondLimit,
    /// No way leads there by this mode.
    NoLink,
    /// A way leads there, but nothing runs at that moment.
    NoService,
    /// One of the ends has no known position.
    NotLocated,
    /// Whoever was asked does not know: the timetable says nothing of that date, the
    /// matrix has no such pair.
    Unknown,
}

impl Trip {
    /// The travel, when the trip can be made.
    pub const fn time(self) -> Option<Travel> {
        match self {
            Self::Time(travel) => Some(travel),
            _ => None,
        }
    }
}

/// A trip that can be made, from door to door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Travel {
    /// From leaving the one door to entering the other, waiting included.
    pub time: Seconds,
    /// Metres travelled.
    pub distance: Metres,
    /// Part of `time` spent waiting, at most 18 hours.
    pub waiting: Seconds,
}

impl Travel {
    /// A trip without waiting.
    pub const fn direct(time: Seconds, distance: Metres) -> Self {
        Self { time, distance, waiting: Seconds::ZERO }
    }
}

/// A [`Trip`] in 12 bytes: a table of 20,000 homes × 60 sites × 6 modes × 2 ways has 14 million.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    seconds: u32,
    metres: u32,
    waiting: u16,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Kind {
    Time,
    BeyondLimit,
    NoLink,
    NoService,
    NotLocated,
    Unknown,
}

const _: () = assert!(std::mem::size_of::<Cell>() <= 12);

impl From<Trip> for Cell {
    fn from(trip: Trip) -> Self {
        let bare = |kind| Self { seconds: 0, metres: 0, waiting: 0, kind };
        match trip {
            Trip::Time(t) => Self {
                seconds: t.time.get(),
                metres: t.distance.get(),
                waiting: u16::try_from(t.waiting.get()).unwrap_or(u16::MAX),
                kind: Kind::Time,
            },
            Trip::BeyondLimit => bare(Kind::BeyondLimit),
            Trip::NoLink => bare(Kind::NoLink),
            Trip::NoService => bare(Kind::NoService),
            Trip::NotLocated => bare(Kind::NotLocated),
            Trip::Unknown => bare(Kind::Unknown),
        }
    }
}

impl From<Cell> for Trip {
    fn from(cell: Cell) -> Self {
        match cell.kind {
            Kind::Time => Self::Time(Travel {
                time: Seconds::new(cell.seconds),
                distance: Metres::new(cell.metres),
                waiting: Seconds::new(u32::from(cell.waiting)),
            }),
            Kind::BeyondLimit => Self::BeyondLimit,
            Kind::NoLink => Self::NoLink,
            Kind::NoService => Self::NoService,
            Kind::NotLocated => Self::NotLocated,
            Kind::Unknown => Self::Unknown,
        }
    }
}

/// When a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// At any time.
    Always,
    /// For one dated session.
    Session(Session),
}

/// A dated session, or several of one day at one site: one trip out, one back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Session {
    /// The day.
    pub date: Date,
    /// Who comes must be there by then.
    pub arrive_by: ClockTime,
    /// Who goes home leaves after it.
    pub leave_after: ClockTime,
}

impl Session {
    /// When one must be there, or may leave.
    pub const fn at(&self, way: Way) -> ClockTime {
        match way {
            Way::To => self.arrive_by,
            Way::Back => self.leave_after,
        }
    }
}

impl From<&Stay> for Session {
    fn from(stay: &Stay) -> Self {
        Self { date: stay.date, arrive_by: stay.arrive_by, leave_after: stay.leave_after }
    }
}

/// What a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnKey {
    /// The site.
    pub site: SiteId,
    /// From home, or back.
    pub way: Way,
    /// By which mode.
    pub mode: Mode,
    /// When.
    pub when: When,
}

/// Trips of all places to or from one site: `cells[place.index()]`. Columns that are
/// the same both ways share their cells.
#[derive(Clone, Debug)]
pub struct Column {
    /// What it is about.
    pub key: ColumnKey,
    /// One cell a row of the territory's places.
    pub cells: Arc<[Cell]>,
}

impl Column {
    /// The same column for one session.
    pub(super) fn at(self, session: Session) -> Self {
        Self { key: ColumnKey { when: When::Session(session), ..self.key }, cells: self.cells }
    }

    /// The trip of a place; [`Trip::NotLocated`] for one that the column does not know.
    pub fn trip(&self, place: PlaceId) -> Trip {
        self.cells.get(place.index()).map_or(Trip::NotLocated, |&cell| cell.into())
    }
}

/// All columns of a query.
#[derive(Clone, Debug, Default)]
pub struct TravelTimes {
    columns: BTreeMap<ColumnKey, Column>,
    modes: Vec<Mode>,
    assumptions: Vec<Assumption>,
}

impl TravelTimes {
    pub(super) fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        let columns: BTreeMap<ColumnKey, Column> = columns.into_iter().map(|c| (c.key, c)).collect();
        let mut modes: Vec<Mode> = columns.keys().map(|key| key.mode).collect();
        modes.sort_unstable();
        modes.dedup();
        Self { columns, modes, assumptions: Vec::new() }
    }

    pub(super) fn resting_on(mut self, assumptions: Vec<Assumption>) -> Self {
        // Two providers may walk at the same pace: once is enough.
        for assumption in assumptions {
            if !self.assumptions.contains(&assumption) {
                self.assumptions.push(assumption);
            }
        }
        self
    }

    /// What the times rest on, besides the territory's own figures.
    pub fn assumptions(&self) -> &[Assumption] {
        &self.assumptions
    }

    /// Modes that some column is about, in their order.
    pub fn modes(&self) -> &[Mode] {
        &self.modes
    }

    /// The column for a moment: the one of that very session, or the one that always holds.
    pub fn column(&self, site: SiteId, way: Way, mode: Mode, session: Session) -> Option<&Column> {
        let key = |when| ColumnKey { site, way, mode, when };
        self.columns.get(&key(When::Session(session))).or_else(|| self.columns.get(&key(When::Always)))
    }

    /// Whether trips that way by that mode depend on the date.
    pub fn is_dated(&self, site: SiteId, way: Way, mode: Mode) -> bool {
        let trip = (site, way, mode);
        self.has(trip) && self.always(trip).is_none()
    }

    /// Sites, ways and modes that some column is about, in order.
    pub(super) fn trips(&self) -> impl Iterator<Item = (SiteId, Way, Mode)> {
        let mut last = None;
        let trips = self.columns.keys().map(|key| (key.site, key.way, key.mode));
        trips.filter(move |&trip| last.replace(trip) != Some(trip))
    }

    pub(super) fn has(&self, (site, way, mode): (SiteId, Way, Mode)) -> bool {
        let first = ColumnKey { site, way, mode, when: When::Always };
        let next = self.columns.range(first..).next();
        next.is_some_and(|(key, _)| (key.site, key.way, key.mode) == (site, way, mode))
    }

    pub(super) fn always(&self, (site, way, mode): (SiteId, Way, Mode)) -> Option<&Column> {
        self.columns.get(&ColumnKey { site, way, mode, when: When::Always })
    }

    /// The trip of a place at a moment; [`Trip::NoLink`] when no column is about it.
    pub fn trip(&self, place: PlaceId, site: SiteId, way: Way, mode: Mode, session: Session) -> Trip {
        self.column(site, way, mode, session).map_or(Trip::NoLink, |column| column.trip(place))
    }

    /// All columns, in the order of their keys.
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        self.columns.values()
    }
}
