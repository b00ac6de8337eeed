//! Transport on demand: a vehicle that comes when it is booked, within a zone and hours.

use super::Outlines;
use super::hours::Weekdays;
use crate::finding::Text;
use crate::units::{ClockTime, InseeCode, Key, Position, Seconds, Speed};
use geo::{Intersects, MultiPolygon, Point};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};
use std::collections::BTreeSet;

/// A service on demand: from anywhere to anywhere in its area, stops of other lines included.
///
/// ```
/// use jiff::civil::date;
/// use maillage::territory::{Area, Booking, OnDemand, Weekdays};
/// use maillage::units::{ClockTime, Key, Seconds, Speed};
///
/// let service = OnDemand {
///     key: Key::new("tad").expect("an identifier"),
///     name: "Transport à la demande".into(),
///     area: Area::Communes([].into()),
///     days: Weekdays::ALL,
///     in_holidays: true,
///     from: ClockTime::new(8, 0).expect("a time"),
///     to: ClockTime::new(18, 0).expect("a time"),
///     booking: Booking::Ahead(Seconds::from_minutes(60)),
///     wait: Seconds::from_minutes(10),
///     speed: Speed::from_kmh(40.0).expect("a speed"),
///     seats: 8,
/// };
/// let deadline = service.booking.deadline(date(2026, 9, 8).at(9, 0, 0, 0), |_| false);
/// assert_eq!(deadline, Some(date(2026, 9, 8).at(8, 0, 0, 0)));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct OnDemand {
    /// The identifier.
    pub key: Key,
    /// What people call it.
    pub name: String,
    /// Where it comes.
    pub area: Area,
    /// The days on which it runs.
    pub days: Weekdays,
    /// Whether it runs in school holidays. It never runs on bank holidays.
    pub in_holidays: bool,
    /// From when on it comes.
    pub from: ClockTime,
    /// Until when one must have got off.
    pub to: ClockTime,
    /// Until when it has to be booked.
    pub booking: Booking,
    /// What a ride takes besides its way: it comes late, or for others first.
    pub wait: Seconds,
    /// How fast it is along the way.
    pub speed: Speed,
    /// Seats of a vehicle.
    pub seats: u16,
}

/// Where a service on demand comes.
///
/// ```
/// use maillage::territory::{Area, Outlines};
/// use maillage::units::InseeCode;
///
/// let pont = InseeCode::new("37900");
/// let area = Area::Communes(pont.into_iter().collect());
/// assert!(area.holds(pont, None, &Outlines::default()));
/// assert!(!area.holds(InseeCode::new("37902"), None, &Outlines::default()));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Area {
    /// These communes.
    Communes(BTreeSet<InseeCode>),
    /// Within these outlines.
    Zone(MultiPolygon<f64>),
}

/// Until when a ride has to be booked.
///
/// ```
/// use jiff::civil::date;
/// use maillage::territory::Booking;
/// use maillage::units::ClockTime;
///
/// let until = ClockTime::new(17, 0).expect("a time");
/// let eve = Booking::DaysBefore { days: 1, until, working: true };
/// let (monday, friday) = (date(2026, 9, 7), date(2026, 9, 4));
/// assert_eq!(eve.deadline(monday.at(9, 0, 0, 0), |_| false), Some(friday.at(17, 0, 0, 0)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Booking {
    /// One need not.
    None,
    /// So long before.
    Ahead(Seconds),
    /// So many days before, until an hour of that day.
    DaysBefore {
        /// Days, of the kind that `working` says.
        days: u8,
        /// Until then.
        until: ClockTime,
        /// Only days from Monday to Friday that are no bank holidays count.
        working: bool,
    },
}

impl Area {
    /// Whether a door in a commune, or at a position, lies in it. Where only the position is known, the outlines tell the commune.
    pub fn holds(&self, commune: Option<InseeCode>, position: Option<Position>, outlines: &Outlines) -> bool {
        match self {
            Self::Communes(communes) => {
                let told = || position.and_then(|at| outlines.commune_at(at));
                commune.or_else(told).is_some_and(|commune| communes.contains(&commune))
            }
            Self::Zone(zone) => position.is_some_and(|at| zone.intersects(&Point::from(at))),
        }
    }
}

impl Booking {
    /// The last moment to book a ride that starts at `ride`; `None` where one need not.
    pub fn deadline(self, ride: DateTime, is_bank_holiday: impl Fn(Date) -> bool) -> Option<DateTime> {
        match self {
            Self::None => None,
            Self::Ahead(by) => ride.checked_sub(i64::from(by.get()).seconds()).ok(),
            Self::DaysBefore { days, until, working } => {
                let counts = |date: Date| {
                    let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
                    !working || (!weekend && !is_bank_holiday(date))
                };
                let mut date = ride.date();
                let mut left = days;
                while left > 0 {
                    date = date.yesterday().ok()?;
                    left -= u8::from(counts(date));
                }
                date.at(0, 0, 0, 0).checked_add(i64::from(until.seconds()).seconds()).ok()
            }
        }
    }
}

impl Booking {
    /// What to do, in words.
    pub fn text(self) -> Text {
        match self {
            Self::None => Text::say(|words| words.no_booking()),
            Self::Ahead(by) => {
                let minutes = by.to_minutes().get();
                Text::say(|words| words.booked_ahead(minutes))
            }
            Self::DaysBefore { days, until, working } => {
                Text::say(|words| words.booked_days_before(days, working, until))
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_deadline_needs_the_date_of_the_ride() {
        let none = |_: Date| false;
        let monday = date(2026, 3, 9).at(0, 30, 0, 0);
        let ahead = Booking::Ahead(Seconds::from_minutes(120));
        assert_eq!(ahead.deadline(monday, none), Some(date(2026, 3, 8).at(22, 30, 0, 0)));
        let until = ClockTime::new(17, 0).expect("a clock time");
        let eve = Booking::DaysBefore { days: 1, until, working: false };
        assert_eq!(eve.deadline(monday, none), Some(date(2026, 3, 8).at(17, 0, 0, 0)));
        let working = Booking::DaysBefore { days: 1, until, working: true };
        assert_eq!(working.deadline(monday, none), Some(date(2026, 3, 6).at(17, 0, 0, 0)));
        let friday_off = |day: Date| day == date(2026, 3, 6);
        assert_eq!(working.deadline(monday, friday_off), Some(date(2026, 3, 5).at(17, 0, 0, 0)));
        assert_eq!(Booking::None.deadline(monday, none), None);
    }
}
