//! The travel table: one column per site, way, mode and moment; one cell per place.

use crate::territory::{Assumption, Mode, Stay, Way};
use crate::units::{ClockTime, Metres, PlaceId, Seconds, SiteId};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a provider says of one trip. Six different answers, never a magic number.
///
/// ```
/// use maillage::travel::{Travel, Trip};
/// use maillage::units::{Metres, Seconds};
///
/// let travel = Travel::direct(Seconds::new(717), Metres::new(5_204));
/// assert_eq!(Trip::Time(travel).time(), Some(travel));
/// assert_eq!(Trip::NoLink.time(), None);
/// ```
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
///
/// ```
/// use maillage::travel::Travel;
/// use maillage::units::{Metres, Seconds};
///
/// let travel = Travel::direct(Seconds::new(717), Metres::new(5_204));
/// assert_eq!((travel.time.get(), travel.waiting), (717, Seconds::ZERO));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Travel {
    /// From leaving the one door to entering the other, waiting on the way included; at most 12 days.
    pub time: Seconds,
    /// Metres travelled, at most 16,000 kilometres.
    pub distance: Metres,
    /// Part of `time` spent waiting, at most 18 hours.
    pub waiting: Seconds,
    /// Spent at the site before the stay begins, or after it until one leaves: no part of `time`. At most 18 hours.
    pub at_site: Seconds,
    /// Where a vehicle brings one to a stop or home from it, the part of `time` that this takes. A [`Cell`] keeps it in whole
    /// minutes, rounded up, at most 4 hours.
    pub access: Seconds,
}

impl Travel {
    /// A trip without waiting.
    pub const fn direct(time: Seconds, distance: Metres) -> Self {
        let (waiting, at_site) = (Seconds::ZERO, Seconds::ZERO);
        Self { time, distance, waiting, at_site, access: Seconds::ZERO }
    }
}

/// A [`Trip`] in 12 bytes: a table of 20,000 homes × 60 sites × 6 modes × 2 ways has 14 million.
///
/// ```
/// use maillage::travel::{Cell, Travel, Trip};
/// use maillage::units::{Metres, Seconds};
///
/// let trip = Trip::Time(Travel::direct(Seconds::new(717), Metres::new(5_204)));
/// assert_eq!(Trip::from(Cell::from(trip)), trip);
/// assert_eq!(size_of::<Cell>(), 12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Seconds, and above them which answer it is.
    kind_seconds: u32,
    /// Metres, and above them the minutes of access.
    access_metres: u32,
    waiting: u16,
    at_site: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Time,
    BeyondLimit,
    NoLink,
    NoService,
    NotLocated,
    Unknown,
}

const SECOND_BITS: u32 = 20;
const METRE_BITS: u32 = 24;
const _: () = assert!(std::mem::size_of::<Cell>() <= 12);

const fn low(bits: u32) -> u32 {
    (1 << bits) - 1
}

fn short(seconds: Seconds) -> u16 {
    u16::try_from(seconds.get()).unwrap_or(u16::MAX)
}

impl From<Trip> for Cell {
    fn from(trip: Trip) -> Self {
        let with = |kind: Kind, travel: Travel| {
            let access = travel.access.to_minutes().get().min(low(u32::BITS - METRE_BITS));
            Self {
                kind_seconds: (kind as u32) << SECOND_BITS | travel.time.get().min(low(SECOND_BITS)),
                access_metres: access << METRE_BITS | travel.distance.get().min(low(METRE_BITS)),
                waiting: short(travel.waiting),
                at_site: short(travel.at_site),
            }
        };
        let bare = |kind| with(kind, Travel::default());
        match trip {
            Trip::Time(travel) => with(Kind::Time, travel),
            Trip::BeyondLimit => bare(Kind::BeyondLimit),
            Trip::NoLink => bare(Kind::NoLink),
            Trip::NoService => bare(Kind::NoService),
            Trip::NotLocated => bare(Kind::NotLocated),
            Trip::Unknown => bare(Kind::Unknown),
        }
    }
}

impl Cell {
    const fn kind(self) -> Kind {
        match self.kind_seconds >> SECOND_BITS {
            0 => Kind::Time,
            1 => Kind::BeyondLimit,
            2 => Kind::NoLink,
            3 => Kind::NoService,
            4 => Kind::NotLocated,
            _ => Kind::Unknown,
        }
    }
}

impl From<Cell> for Trip {
    fn from(cell: Cell) -> Self {
        match cell.kind() {
            Kind::Time => Self::Time(Travel {
                time: Seconds::new(cell.kind_seconds & low(SECOND_BITS)),
                distance: Metres::new(cell.access_metres & low(METRE_BITS)),
                waiting: Seconds::new(u32::from(cell.waiting)),
                at_site: Seconds::new(u32::from(cell.at_site)),
                access: Seconds::from_minutes(cell.access_metres >> METRE_BITS),
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
///
/// ```
/// use maillage::territory::Mode;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let walks = |column: &&maillage::travel::Column| column.key.mode == Mode::Walk;
/// let walk = study.times().columns().find(walks).expect("a column");
/// assert_eq!(walk.key.when, maillage::travel::When::Always);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// At any time.
    Always,
    /// For one dated session.
    Session(Session),
}

/// A dated session, or several of one day at one site: one trip out, one back.
///
/// ```
/// use maillage::territory::Way;
/// use maillage::travel::Session;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let session = Session::from(&study.territory().options()[0].stays[0]);
/// assert_eq!(session.at(Way::To).to_string(), "09:00");
/// # Ok::<(), maillage::Error>(())
/// ```
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
///
/// ```
/// use maillage::territory::{Mode, Way};
/// use maillage::travel::{ColumnKey, When};
/// use maillage::units::SiteId;
///
/// let key = |way| ColumnKey { site: SiteId::from_index(0), way, mode: Mode::Car, when: When::Always };
/// assert!(key(Way::To) < key(Way::Back));
/// ```
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
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let column = study.times().columns().next().expect("a column");
/// assert_eq!(column.cells.len(), study.territory().places().rows());
/// # Ok::<(), maillage::Error>(())
/// ```
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
///
/// ```
/// use maillage::territory::{Mode, Way};
/// use maillage::travel::Session;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let territory = study.territory();
/// let place = territory.places().find_str("moulin").expect("a place");
/// let site = territory.sites().find_str("pont").expect("a site");
/// let session = Session::from(&territory.options()[0].stays[0]);
/// let trip = study.times().trip(place, site, Way::To, Mode::Bike, session);
/// assert!(trip.time().is_some());
/// # Ok::<(), maillage::Error>(())
/// ```
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

    /// With those columns of `again` in the place of its own of the same keys.
    pub(super) fn replaced(&self, again: Self) -> Self {
        let mut columns = self.columns.clone();
        columns.extend(again.columns);
        Self { columns, modes: self.modes.clone(), assumptions: self.assumptions.clone() }
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
