//! Holidays and closures.

use super::hours::{DateRange, Weekdays};
use super::refs::{Ids, Refs};
use jiff::civil::Date;

/// What makes one week unlike another.
///
/// ```
/// use jiff::civil::date;
/// use maillage::territory::{Calendar, DateRange, Holidays, Names};
///
/// let dates = DateRange::new(date(2026, 10, 17), date(2026, 11, 1)).expect("in order");
/// let holidays = vec![Holidays { name: "Toussaint".into(), dates }];
/// let calendar = Calendar::<Names> { holidays, ..Calendar::default() };
/// assert!(calendar.is_holiday(date(2026, 10, 20)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar<R: Refs = Ids> {
    /// School holidays.
    pub holidays: Vec<Holidays>,
    /// Days when nothing is held.
    pub closures: Vec<Closure<R>>,
}

impl<R: Refs> Default for Calendar<R> {
    fn default() -> Self {
        Self { holidays: Vec::new(), closures: Vec::new() }
    }
}

impl<R: Refs> Calendar<R> {
    /// Whether `date` is in the school holidays.
    pub fn is_holiday(&self, date: Date) -> bool {
        self.holidays.iter().any(|h| h.dates.contains(date))
    }

    /// Whether everything is closed on `date`: a bank holiday.
    pub fn is_bank_holiday(&self, date: Date) -> bool {
        self.closures.iter().any(|c| c.site.is_none() && c.dates.contains(date))
    }

    /// Whether transport that runs on these days, and in school holidays too or not, runs on `date`; never on bank holidays.
    pub fn has_transport(&self, date: Date, days: Weekdays, in_holidays: bool) -> bool {
        days.contains(date.weekday())
            && (in_holidays || !self.is_holiday(date))
            && !self.is_bank_holiday(date)
    }

    /// Whether `site` is closed on `date`.
    pub fn is_closed(&self, site: &R::Site, date: Date) -> bool {
        let here = |c: &Closure<R>| c.site.as_ref().is_none_or(|s| s == site);
        self.closures.iter().any(|c| c.dates.contains(date) && here(c))
    }
}

/// A stretch of school holidays: first and last day without class.
///
/// ```
/// use jiff::civil::date;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let toussaint = &study.territory().calendar().holidays[0];
/// assert_eq!(toussaint.dates.first(), date(2026, 10, 17));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holidays {
    /// Their name.
    pub name: String,
    /// Their days.
    pub dates: DateRange,
}

/// A bank holiday or a closed site. A session that falls on it is not held.
///
/// ```
/// use jiff::civil::date;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let territory = study.territory();
/// let pont = territory.sites().find_str("pont").expect("a site");
/// assert!(territory.calendar().is_closed(&pont, date(2026, 12, 22)));
/// assert!(territory.calendar().closures.iter().any(|closure| closure.site == Some(pont)));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure<R: Refs = Ids> {
    /// Its name.
    pub name: String,
    /// The site, or all of them.
    pub site: Option<R::Site>,
    /// Its days.
    pub dates: DateRange,
}
