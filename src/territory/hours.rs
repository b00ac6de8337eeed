//! Weekly hours and date ranges.

use crate::units::ClockTime;
use jiff::civil::{Date, Weekday};
use std::sync::Arc;

/// Hours of a week, one list of intervals a weekday. A place is open, a car is
/// free, a youth is available *during* them.
///
/// ```
/// use jiff::civil::Weekday;
/// use maillage::territory::WeeklyHours;
/// use maillage::units::ClockTime;
///
/// let at = |hour| ClockTime::new(hour, 0).expect("a time");
/// let mut hours = WeeklyHours::never();
/// hours.add(Weekday::Tuesday, at(8), at(13));
/// assert!(hours.covers(Weekday::Tuesday, at(9), at(12)));
/// assert!(!hours.covers(Weekday::Tuesday, at(9), at(14)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WeeklyHours {
    /// Shared: thousands of youths have the same few weeks.
    days: Arc<[Vec<(ClockTime, ClockTime)>; 7]>,
}

impl WeeklyHours {
    /// Never.
    pub fn never() -> Self {
        Self::default()
    }

    /// All day, every day.
    pub fn always() -> Self {
        let day = vec![(ClockTime::MIDNIGHT, ClockTime::END_OF_DAY)];
        Self { days: Arc::new(std::array::from_fn(|_| day.clone())) }
    }

    /// Adds `from`–`to` on `day`, joined with what touches it. Nothing is added
    /// when `from` is not before `to`.
    pub fn add(&mut self, day: Weekday, from: ClockTime, to: ClockTime) {
        if from >= to {
            return;
        }
        let list = &mut Arc::make_mut(&mut self.days)[row(day)];
        let (mut from, mut to) = (from, to);
        list.retain(|&(a, b)| {
            let apart = b < from || to < a;
            if !apart {
                from = from.min(a);
                to = to.max(b);
            }
            apart
        });
        list.push((from, to));
        list.sort_unstable();
    }

    /// Adds all of `day`.
    pub fn add_day(&mut self, day: Weekday) {
        self.add(day, ClockTime::MIDNIGHT, ClockTime::END_OF_DAY);
    }

    /// Whether one interval of `day` holds all of `from`–`to`.
    pub fn covers(&self, day: Weekday, from: ClockTime, to: ClockTime) -> bool {
        self.days[row(day)].iter().any(|&(a, b)| a <= from && to <= b)
    }

    /// Whether some interval of `day` meets `from`–`to` for more than an instant.
    pub fn meets(&self, day: Weekday, from: ClockTime, to: ClockTime) -> bool {
        self.days[row(day)].iter().any(|&(a, b)| a < to && from < b)
    }

    /// The intervals of `day`, ascending and apart.
    pub fn on(&self, day: Weekday) -> &[(ClockTime, ClockTime)] {
        &self.days[row(day)]
    }

    /// Whether there is no interval at all.
    pub fn is_never(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }
}

/// Days of the week.
///
/// ```
/// use jiff::civil::Weekday;
/// use maillage::territory::Weekdays;
///
/// let days = Weekdays::NONE.with(Weekday::Tuesday).with(Weekday::Thursday);
/// assert!(days.contains(Weekday::Thursday) && !days.contains(Weekday::Friday));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weekdays(u8);

impl Weekdays {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// All seven.
    pub const ALL: Self = Self(0b111_1111);

    /// With this one too.
    #[must_use]
    pub fn with(self, day: Weekday) -> Self {
        Self(self.0 | 1 << row(day))
    }

    /// Whether `day` is one of them.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & 1 << row(day) != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

fn row(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs())
}

/// Days from `first` to `last`, both included.
///
/// ```
/// use jiff::civil::date;
/// use maillage::territory::DateRange;
///
/// let range = DateRange::new(date(2026, 9, 16), date(2026, 9, 18)).expect("in order");
/// assert!(range.contains(date(2026, 9, 18)));
/// assert!(DateRange::new(range.last(), range.first()).is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateRange {
    first: Date,
    last: Date,
}

impl DateRange {
    /// `None` when `last` is before `first`.
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The first day.
    pub const fn first(self) -> Date {
        self.first
    }

    /// The last day.
    pub const fn last(self) -> Date {
        self.last
    }

    /// Whether `date` is one of the days.
    pub fn contains(self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }
}

/// `date` and `days` more; the last day that can be written when beyond it.
pub(crate) fn days_after(date: Date, days: i32) -> Date {
    date.saturating_add(jiff::Span::new().days(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: u32) -> ClockTime {
        ClockTime::new(hour, 0).expect("a time of day")
    }

    #[test]
    fn touching_intervals_join() {
        let mut hours = WeeklyHours::never();
        hours.add(Weekday::Tuesday, at(8), at(10));
        hours.add(Weekday::Tuesday, at(12), at(14));
        assert!(!hours.covers(Weekday::Tuesday, at(9), at(13)));
        assert!(hours.meets(Weekday::Tuesday, at(9), at(13)));
        assert!(!hours.meets(Weekday::Tuesday, at(10), at(12)));
        hours.add(Weekday::Tuesday, at(10), at(12));
        assert!(hours.covers(Weekday::Tuesday, at(9), at(13)));
        assert_eq!(hours.on(Weekday::Tuesday), [(at(8), at(14))]);
        assert!(!hours.covers(Weekday::Monday, at(9), at(10)));
    }

    #[test]
    fn always_covers_the_last_instant() {
        assert!(WeeklyHours::always().covers(Weekday::Sunday, at(0), ClockTime::END_OF_DAY));
        assert!(WeeklyHours::never().is_never());
    }
}
