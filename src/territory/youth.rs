//! Places and youths.

use super::attendance::Chance;
use super::hours::{DateRange, WeeklyHours};
use super::mode::{Licence, VehicleKind, Way};
use super::refs::{Ids, Refs};
use crate::units::{ClockTime, InseeCode, Key, Position, Seconds};
use jiff::civil::Date;

/// Where trips start: a commune's centre or a hamlet.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let places = study.territory().places();
/// let moulin = &places[places.find_str("moulin").expect("a place")];
/// assert_eq!(moulin.position.map(|at| at.lat()), Some(47.036));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The identifier; a commune's is its INSEE code.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// The commune it lies in.
    pub commune: Option<InseeCode>,
    /// Where it is; without it, who lives there is *not located*.
    pub position: Option<Position>,
    /// Inhabitants, when it is a commune.
    pub population: Option<u32>,
    /// The intercommunality's name, when it is a commune.
    pub epci: Option<String>,
}

/// A person whom the structure accompanies. Personal data.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let youths = study.territory().youths();
/// let y04 = &youths[youths.find_str("y04").expect("a youth")];
/// assert_eq!((y04.vehicles.len(), y04.programmes.len()), (1, 2));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Youth<R: Refs = Ids> {
    /// The structure's own random identifier.
    pub key: Key,
    /// Home, if known.
    pub home: Option<R::Place>,
    /// Month of birth, or an age.
    pub birth: Birth,
    /// Recognised disability (RQTH): some age limits are later.
    pub recognised_disability: bool,
    /// Sex, if told; only mix rules and equity tables look at it.
    pub sex: Option<Sex>,
    /// Licences held.
    pub licences: Vec<Licence>,
    /// Vehicles, with the hours when they are free.
    pub vehicles: Vec<Vehicle>,
    /// Lifts, with their hours and direction.
    pub lifts: Vec<Lift>,
    /// Rounds by car on which they take along members of their own group.
    pub rides: Vec<SharedRide<R>>,
    /// When the person can come.
    pub availability: Availability,
    /// Programmes enrolled in.
    pub programmes: Vec<R::Programme>,
    /// What a placement counts, 1 to 1,000; 1 is no priority.
    pub priority: Priority,
    /// How often they come to a session; `None` as often as the programme counts on.
    pub attendance: Option<Chance>,
}

/// When somebody was born, as far as a structure needs to tell.
///
/// ```
/// use jiff::civil::date;
/// use maillage::territory::Birth;
///
/// let birth = Birth::Month(date(2008, 1, 1));
/// assert_eq!(birth.age_on(date(2026, 9, 7)), 18);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Birth {
    /// The first day of the month of birth: the birthday is taken to be that day.
    Month(Date),
    /// So many years old on a date, and taken to turn older a year after it.
    Age {
        /// Years.
        years: u8,
        /// The date on which it was true.
        on: Date,
    },
}

impl Birth {
    /// Age in whole years on `date`, negative before birth.
    pub fn age_on(self, date: Date) -> i32 {
        let (years, since) = match self {
            Self::Month(first) => (0, first),
            Self::Age { years, on } => (i32::from(years), on),
        };
        let passed = i32::from(date.year()) - i32::from(since.year());
        let before = (date.month(), date.day()) < (since.month(), since.day());
        years + passed - i32::from(before)
    }
}

/// Sex, as registered.
///
/// ```
/// use maillage::territory::Sex;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let youths = study.territory().youths();
/// let y01 = &youths[youths.find_str("y01").expect("a youth")];
/// assert_eq!(y01.sex, Some(Sex::Woman));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// A woman.
    Woman,
    /// A man.
    Man,
}

/// What a placement counts.
///
/// ```
/// use maillage::territory::Priority;
///
/// assert_eq!(Priority::default(), Priority::NONE);
/// assert_eq!(Priority::new(3).map(Priority::get), Some(3));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Priority(u32);

impl Priority {
    /// No priority.
    pub const NONE: Self = Self(1);

    /// `None` outside 1 to 1,000.
    pub fn new(weight: u32) -> Option<Self> {
        (1..=1000).contains(&weight).then_some(Self(weight))
    }

    /// The weight.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl Default for Priority {
    fn default() -> Self {
        Self::NONE
    }
}

/// A vehicle and when it is free: from leaving home to being home again.
///
/// ```
/// use maillage::territory::{Mode, Vehicle, VehicleKind, WeeklyHours};
///
/// let moped = Vehicle { kind: VehicleKind::Moped, hours: WeeklyHours::always() };
/// assert_eq!(moped.kind.mode(), Mode::Moped);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vehicle {
    /// What it is.
    pub kind: VehicleKind,
    /// When it is free.
    pub hours: WeeklyHours,
}

/// Somebody's car, with a seat. The whole ride lies within the hours.
///
/// ```
/// use maillage::territory::{Lift, LiftWays, Way, WeeklyHours};
///
/// let lift = Lift { ways: LiftWays::To, hours: WeeklyHours::always(), adult_driver: true };
/// assert!(!lift.ways.includes(Way::Back));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lift {
    /// Directions offered.
    pub ways: LiftWays,
    /// When.
    pub hours: WeeklyHours,
    /// Whether the driver is an adult, which a minor's lift needs by the house rule.
    pub adult_driver: bool,
}

/// Directions that a lift is offered in.
///
/// ```
/// use maillage::territory::{LiftWays, Way};
///
/// assert!(Way::BOTH.into_iter().all(|way| LiftWays::Both.includes(way)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiftWays {
    /// To the site only.
    To,
    /// Home only.
    Back,
    /// Both.
    Both,
}

/// A round by car that a youth drives to a group that they are a member of: who lives at one of its stops and is
/// in a group that meets with theirs can come along. Times are those of the whole round.
///
/// ```
/// use maillage::territory::{Names, RideStop, SharedRide};
/// use maillage::units::{Key, Seconds};
///
/// let key = |text| Key::new(text).expect("an identifier");
/// let minutes = Seconds::from_minutes;
/// let stop = RideStop { place: key("pont"), out: minutes(9), home: minutes(9) };
/// let ride = SharedRide::<Names> {
///     site: key("bourg"),
///     seats: 3,
///     detour: minutes(10),
///     out: minutes(21),
///     home: minutes(22),
///     stops: vec![stop],
/// };
/// assert!(ride.stop(&key("pont")).is_some());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedRide<R: Refs = Ids> {
    /// Where it leads.
    pub site: R::Site,
    /// Most who come along.
    pub seats: u32,
    /// The longest way round that was accepted, each way.
    pub detour: Seconds,
    /// The driver's time out, by all stops.
    pub out: Seconds,
    /// The driver's time home, by all stops.
    pub home: Seconds,
    /// Where it stops: each a home.
    pub stops: Vec<RideStop<R>>,
}

/// A home at which a shared ride stops.
///
/// ```
/// use maillage::territory::{Names, RideStop};
/// use maillage::units::{Key, Seconds};
///
/// let place = Key::new("pont").expect("an identifier");
/// let stop = RideStop::<Names> { place, out: Seconds::new(540), home: Seconds::new(600) };
/// assert!(stop.out < stop.home);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RideStop<R: Refs = Ids> {
    /// The home.
    pub place: R::Place,
    /// Time on board from there to the site.
    pub out: Seconds,
    /// Time on board from the site to there.
    pub home: Seconds,
}

impl<R: Refs> SharedRide<R> {
    /// The stop at a home, if there is one.
    pub fn stop(&self, home: &R::Place) -> Option<&RideStop<R>> {
        self.stops.iter().find(|stop| stop.place == *home)
    }
}

impl LiftWays {
    /// Whether `way` is one of them.
    pub const fn includes(self, way: Way) -> bool {
        matches!((self, way), (Self::Both, _) | (Self::To, Way::To) | (Self::Back, Way::Back))
    }
}

/// When a person can come: weekly hours, less absences.
///
/// ```
/// use jiff::civil::date;
/// use maillage::territory::Availability;
/// use maillage::units::ClockTime;
///
/// let at = |hour| ClockTime::new(hour, 0).expect("a time");
/// assert!(Availability::default().allows(date(2026, 9, 8), at(9), at(12)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Availability {
    /// The usual week.
    pub week: WeeklyHours,
    /// Exceptions: a season's work, an immersion, childcare.
    pub absences: Vec<Absence>,
}

impl Default for Availability {
    fn default() -> Self {
        Self { week: WeeklyHours::always(), absences: Vec::new() }
    }
}

impl Availability {
    /// Whether the person can be there on `date` from `from` to `to`.
    pub fn allows(&self, date: Date, from: ClockTime, to: ClockTime) -> bool {
        let day = date.weekday();
        let away = |a: &Absence| a.dates.contains(date) && a.hours.meets(day, from, to);
        self.week.covers(day, from, to) && !self.absences.iter().any(away)
    }
}

/// Not there, in these hours of each day of the range.
///
/// ```
/// use jiff::civil::date;
/// use maillage::territory::{Absence, Availability, DateRange, WeeklyHours};
/// use maillage::units::ClockTime;
///
/// let dates = DateRange::new(date(2026, 9, 16), date(2026, 9, 18)).expect("in order");
/// let absences = vec![Absence { dates, hours: WeeklyHours::always() }];
/// let available = Availability { absences, ..Availability::default() };
/// let at = |hour| ClockTime::new(hour, 0).expect("a time");
/// assert!(!available.allows(date(2026, 9, 17), at(9), at(12)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The days.
    pub dates: DateRange,
    /// The hours of those days.
    pub hours: WeeklyHours,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn age_changes_on_the_birthday() {
        let born = Birth::Month(date(2008, 9, 1));
        assert_eq!(born.age_on(date(2026, 8, 31)), 17);
        assert_eq!(born.age_on(date(2026, 9, 1)), 18);
        let told = Birth::Age { years: 25, on: date(2026, 3, 10) };
        assert_eq!(told.age_on(date(2026, 3, 10)), 25);
        assert_eq!(told.age_on(date(2027, 3, 9)), 25);
        assert_eq!(told.age_on(date(2027, 3, 10)), 26);
        assert_eq!(told.age_on(date(2026, 3, 9)), 24);
    }
}
