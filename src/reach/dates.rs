//! One youth and one option, date by date.

use super::{Asked, Reason, RoundTrip, StayTrip, of_option, too_long};
use crate::territory::{Stay, Territory};
use crate::travel::TravelTimes;
use crate::units::{OptionId, Seconds, YouthId};
use jiff::civil::Date;

/// What becomes of each stay of an option, as one youth sees it.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let territory = study.territory();
/// let option = territory.option_ids().next().expect("an option");
/// let youth = territory.youths().find_str("y03").expect("a youth");
/// let dates = study.dates(youth, option);
/// assert_eq!((dates.reachable(), dates.sessions()), (3, 3));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dates {
    /// Its stays, in the order of their dates.
    pub stays: Vec<DatedStay>,
    /// Sessions by video, which everybody can attend.
    pub remote: u32,
}

/// One stay.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let territory = study.territory();
/// let option = territory.option_ids().next().expect("an option");
/// let youth = territory.youths().find_str("y03").expect("a youth");
/// let stays = study.dates(youth, option).stays;
/// assert!(stays.iter().all(|stay| stay.date.weekday() == jiff::civil::Weekday::Tuesday));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatedStay {
    /// Its day.
    pub date: Date,
    /// Sessions of that stay.
    pub sessions: u32,
    /// Whether it can be attended.
    pub access: DayAccess,
}

/// Whether a stay can be attended.
///
/// ```
/// use maillage::reach::DayAccess;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let territory = study.territory();
/// let option = territory.option_ids().next().expect("an option");
/// let youth = territory.youths().find_str("y03").expect("a youth");
/// assert!(matches!(study.dates(youth, option).stays[0].access, DayAccess::Reached(_)));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayAccess {
    /// By this trip.
    Reached(RoundTrip),
    /// Nobody knows what runs that day: it counts neither way.
    Unknown,
    /// No, for this one reason.
    Missed(Reason),
}

impl Dates {
    /// The dates of an option for a youth, with trips of at most `limit` each way. Age and enrolment are not looked at.
    pub fn of(
        territory: &Territory,
        times: &TravelTimes,
        youth: YouthId,
        option: OptionId,
        limit: Seconds,
    ) -> Self {
        let of_one = dates_of(territory, times, option, &[youth], limit).pop();
        of_one.unwrap_or_else(|| Self { stays: Vec::new(), remote: 0 })
    }

    /// Sessions held.
    pub fn sessions(&self) -> u32 {
        self.remote + self.stays.iter().map(|stay| stay.sessions).sum::<u32>()
    }

    /// Sessions that can be attended, those by video included.
    pub fn reachable(&self) -> u32 {
        self.remote + self.count(|access| matches!(access, DayAccess::Reached(_)))
    }

    /// Sessions of which nobody knows.
    pub fn unknown(&self) -> u32 {
        self.count(|access| access == DayAccess::Unknown)
    }

    fn count(&self, is: impl Fn(DayAccess) -> bool) -> u32 {
        self.stays.iter().filter(|stay| is(stay.access)).map(|stay| stay.sessions).sum()
    }

    /// The longest way of any stay that is reached.
    pub fn worst(&self) -> Option<Seconds> {
        self.longer_ways().map(|way| way.0).max()
    }

    /// The middle of the longer ways of the sessions that are reached; the lower one where two are.
    pub fn median(&self) -> Option<Seconds> {
        lower_median(self.longer_ways().collect())
    }

    fn longer_ways(&self) -> impl Iterator<Item = (Seconds, u32)> {
        self.stays.iter().filter_map(|stay| match stay.access {
            DayAccess::Reached(trip) => Some((trip.longer(), stay.sessions)),
            _ => None,
        })
    }

    /// The dates that fail or are not known, each with why.
    pub fn missed(&self) -> impl Iterator<Item = (Date, Reason)> {
        self.stays.iter().filter_map(|stay| match stay.access {
            DayAccess::Reached(_) => None,
            DayAccess::Unknown => Some((stay.date, Reason::TimetableUnknown)),
            DayAccess::Missed(reason) => Some((stay.date, reason)),
        })
    }
}

/// As [`Dates::of`], for several youths.
pub fn dates_of(
    territory: &Territory,
    times: &TravelTimes,
    option: OptionId,
    youths: &[YouthId],
    limit: Seconds,
) -> Vec<Dates> {
    let offer = territory.option(option);
    let remote = Asked::of(territory, offer).remote;
    of_option(territory, times, option, youths, |traveller| {
        let shapes = traveller.shapes;
        let dated = |(stay, &pattern): (&Stay, &u32)| DatedStay {
            date: stay.date,
            sessions: u32::from(stay.sessions),
            access: traveller.access(stay, pattern, limit),
        };
        Dates { stays: offer.stays.iter().zip(&shapes.of_stay[option.index()]).map(dated).collect(), remote }
    })
}

/// Of times that so many sessions take.
pub(super) fn lower_median(mut times: Vec<(Seconds, u32)>) -> Option<Seconds> {
    times.sort_unstable();
    let all: u32 = times.iter().map(|time| time.1).sum();
    let mut before = 0;
    times.into_iter().find_map(|(time, sessions)| {
        before += sessions;
        (2 * before >= all).then_some(time)
    })
}

impl DayAccess {
    /// A trip that can be made, once the limit is known.
    pub(super) fn within(stay: &StayTrip, limit: Seconds) -> Self {
        match (stay.available, stay.trip.longer() <= limit) {
            (false, _) => Self::Missed(Reason::NotAvailable),
            (true, true) => Self::Reached(stay.trip),
            (true, false) if stay.unknown => Self::Unknown,
            (true, false) => Self::Missed(too_long(stay, limit)),
        }
    }
}
