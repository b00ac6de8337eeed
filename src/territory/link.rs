//! Transport links that people declare: a coach from here to there, so many minutes.

use super::hours::Weekdays;
use super::mode::Mode;
use super::refs::{Ids, Refs};
use crate::units::{Key, Metres, PlaceId, Seconds, SiteId};
use jiff::civil::Date;

/// A ride from one stop to another. Several make a line, or a network.
///
/// ```
/// use jiff::civil::date;
/// use maillage::territory::{Link, Names, Service, Weekdays};
/// use maillage::units::{Key, Seconds};
///
/// let key = |text| Key::new(text).expect("an identifier");
/// let bus = Link::<Names> {
///     key: key("bus"),
///     from: key("crete"),
///     to: key("croix"),
///     service: Service::Bus,
///     line: None,
///     time: Seconds::from_minutes(40),
///     distance: None,
///     both_ways: true,
///     days: Weekdays::ALL,
///     in_holidays: false,
/// };
/// assert!(bus.runs(date(2026, 9, 8), false));
/// assert!(!bus.runs(date(2026, 10, 20), true), "not in the holidays");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link<R: Refs = Ids> {
    /// The identifier.
    pub key: Key,
    /// Where it starts.
    pub from: R::Stop,
    /// Where it leads.
    pub to: R::Stop,
    /// What rides.
    pub service: Service,
    /// The line: links of one line follow one another without a change. Without it, each is its own.
    pub line: Option<Key>,
    /// How long the ride takes, the wait that people count with included.
    pub time: Seconds,
    /// How far; where it is not told, the straight line × detour.
    pub distance: Option<Metres>,
    /// Whether it also runs from `to` to `from`.
    pub both_ways: bool,
    /// The days on which it runs.
    pub days: Weekdays,
    /// Whether it runs in school holidays.
    pub in_holidays: bool,
}

impl<R: Refs> Link<R> {
    /// Whether it runs on a date that is in the school holidays, or not.
    pub fn runs(&self, date: Date, is_holiday: bool) -> bool {
        self.days.contains(date.weekday()) && (self.in_holidays || !is_holiday)
    }

    /// Whether it runs every day of the year.
    pub fn runs_always(&self) -> bool {
        self.days == Weekdays::ALL && self.in_holidays
    }
}

/// An end of a link.
///
/// ```
/// use maillage::territory::Stop;
/// use maillage::units::{PlaceId, SiteId};
///
/// // A place and a site are two stops, even in the first row of each.
/// let (place, site) = (PlaceId::from_index(0), SiteId::from_index(0));
/// assert_ne!(Stop::Place(place), Stop::Site(site));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stop {
    /// A place.
    Place(PlaceId),
    /// A site.
    Site(SiteId),
}

/// What carries anybody who comes to its stop.
///
/// ```
/// use maillage::territory::{Mode, Service};
///
/// assert_eq!(Service::OnDemand.mode(), Mode::OnDemand);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// A coach or a train.
    Bus,
    /// Transport on demand.
    OnDemand,
    /// A vehicle on a pick-up round.
    Shuttle,
}

impl Service {
    /// Every service.
    pub const ALL: [Self; 3] = [Self::Bus, Self::OnDemand, Self::Shuttle];

    /// How one travels with it.
    pub const fn mode(self) -> Mode {
        match self {
            Self::Bus => Mode::Bus,
            Self::OnDemand => Mode::OnDemand,
            Self::Shuttle => Mode::Shuttle,
        }
    }
}
