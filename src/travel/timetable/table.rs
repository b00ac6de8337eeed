//! Journeys between many homes and sites on one day, both ways.

use super::access::{Access, Approach, By};
use super::day::ServiceDay;
use super::feed::Timetable;
use super::journey::{DayTime, Telling, TransitJourney};
use super::on_demand::Here;
use super::search::{Asked, StopSearch};
use super::walking::{StopWalk, Walks};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::territory::Way;
#[cfg(feature = "roads")]
use crate::travel::RoadNetwork;
use crate::units::{ClockTime, Position, Seconds};
use std::borrow::Cow;

/// A home or a site, and the stops around it.
///
/// ```
/// use maillage::travel::TransitDoor;
/// # use jiff::civil::date;
/// # use maillage::Control;
/// # use maillage::territory::Way;
/// # use maillage::travel::{ServiceDay, Timetable, TimetableOptions, TransitDay, WalkRules, Walks};
/// # use maillage::units::ClockTime;
/// # let control = Control::none();
/// # let timetable = Timetable::open(&["data/valley/horaires"], &TimetableOptions::default(), &control)?;
/// # let day = ServiceDay::new(&timetable, date(2026, 10, 1));
/// # let walks = Walks::new(&timetable, WalkRules::default());
/// # let clock = |hour| ClockTime::new(hour, 0).expect("a time");
/// # let (arrive_by, leave_after) = (clock(9), clock(12));
/// # let stay = TransitDay { arrive_by, leave_after, limit: None, at_site: None, rides: TransitDay::RIDES };
/// # let position = |id| timetable.stop(timetable.stop_called(id).expect("a stop")).position.expect("located");
/// let doors = TransitDoor::all(&walks, &[position("crete"), position("croix")], None, &control)?;
/// assert_eq!(doors.len(), 2);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct TransitDoor {
    pub(super) here: Here,
    /// Stops that one walks to, or from.
    pub(super) foot: Vec<Access>,
    /// What transport on demand leads to from there, and from what it leads there.
    outwards: Vec<Access>,
    inwards: Vec<Access>,
}

impl TransitDoor {
    /// A door and the stops that one can walk to from it, or ride on demand: all of them, not the nearest.
    pub fn new(walks: &Walks, position: Position) -> Self {
        Self::with(walks, Here { at: position, commune: None }, walks.around(position))
    }

    pub(super) fn with(walks: &Walks, here: Here, foot: Vec<StopWalk>) -> Self {
        let around = |outwards| walks.on_demand().around(walks, here, outwards);
        let foot = foot.into_iter().map(Access::from).collect();
        Self { here, foot, outwards: around(true), inwards: around(false) }
    }

    /// Many doors. On `roads`, where there are some, walks are those of their foot network.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when `control` says so.
    #[cfg(feature = "roads")]
    pub fn all(
        walks: &Walks,
        doors: &[Position],
        roads: Option<&RoadNetwork>,
        control: &Control<'_>,
    ) -> Result<Vec<Self>, Error> {
        let Some(roads) = roads else { return Ok(doors.iter().map(|&at| Self::new(walks, at)).collect()) };
        let on_roads = walks.on_roads(roads, doors, control)?;
        let door = |(&at, foot)| Self::with(walks, Here { at, commune: None }, foot);
        Ok(doors.iter().zip(on_roads).map(door).collect())
    }

    /// All ways to its stops, or from them, on a date on which these services run.
    pub(super) fn ways(&self, outwards: bool, running: &[bool]) -> Cow<'_, [Access]> {
        let called = if outwards { &self.outwards } else { &self.inwards };
        if called.is_empty() {
            return Cow::Borrowed(&self.foot);
        }
        let runs = |access: &&Access| match access.approach.by {
            By::OnDemand(call) => running.get(call as usize).is_some_and(|&runs| runs),
            _ => true,
        };
        Cow::Owned(self.foot.iter().chain(called.iter().filter(runs)).copied().collect())
    }

    /// Whether transport on demand ever comes there.
    pub(super) const fn is_called(&self) -> bool {
        !self.outwards.is_empty() || !self.inwards.is_empty()
    }
}

/// A stay on a date.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::Control;
/// # use maillage::territory::Way;
/// # use maillage::travel::{ServiceDay, Timetable, TimetableOptions, TransitDay, WalkRules, Walks};
/// # use maillage::units::ClockTime;
/// # let control = Control::none();
/// # let timetable = Timetable::open(&["data/valley/horaires"], &TimetableOptions::default(), &control)?;
/// # let day = ServiceDay::new(&timetable, date(2026, 10, 1));
/// # let walks = Walks::new(&timetable, WalkRules::default());
/// # let clock = |hour| ClockTime::new(hour, 0).expect("a time");
/// # let (arrive_by, leave_after) = (clock(9), clock(12));
/// # let stay = TransitDay { arrive_by, leave_after, limit: None, at_site: None, rides: TransitDay::RIDES };
/// # let position = |id| timetable.stop(timetable.stop_called(id).expect("a stop")).position.expect("located");
/// assert_eq!(stay.at(Way::To), clock(9), "to be there by");
/// assert_eq!(stay.at(Way::Back), clock(12), "to leave after");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransitDay {
    /// One must be there by then.
    pub arrive_by: ClockTime,
    /// One may leave then.
    pub leave_after: ClockTime,
    /// Longest trip from door to door.
    pub limit: Option<Seconds>,
    /// Longest wait at the site, before and after.
    pub at_site: Option<Seconds>,
    /// Most vehicles one after the other.
    pub rides: u8,
}

impl TransitDay {
    /// Vehicles one after the other, unless something else is asked for: three changes.
    pub const RIDES: u8 = 4;

    /// When one must be there, or may leave.
    pub const fn at(&self, way: Way) -> ClockTime {
        match way {
            Way::To => self.arrive_by,
            Way::Back => self.leave_after,
        }
    }
}

/// Why there is no journey.
///
/// ```
/// use maillage::travel::NoJourney;
///
/// assert_eq!(NoJourney::NoBusThen.as_str(), "no_bus_then");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoJourney {
    /// No stop is within a walk of the home.
    NoStopAtHome,
    /// No stop is within a walk of the site.
    NoStopAtSite,
    /// The timetable says nothing of that date.
    Unknown,
    /// Nothing leads there at that moment of that day.
    NoBusThen,
    /// Something does, and takes too long.
    BeyondLimit,
}

impl NoJourney {
    /// The word used in files and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoStopAtHome => "no_stop_at_home",
            Self::NoStopAtSite => "no_stop_at_site",
            Self::Unknown => "timetable_unknown",
            Self::NoBusThen => "no_bus_then",
            Self::BeyondLimit => "beyond_limit",
        }
    }
}

/// Journeys of one way, by site, then home.
///
/// ```
/// use maillage::travel::{TransitDoor, TransitTable};
/// # use jiff::civil::date;
/// # use maillage::Control;
/// # use maillage::territory::Way;
/// # use maillage::travel::{ServiceDay, Timetable, TimetableOptions, TransitDay, WalkRules, Walks};
/// # use maillage::units::ClockTime;
/// # let control = Control::none();
/// # let timetable = Timetable::open(&["data/valley/horaires"], &TimetableOptions::default(), &control)?;
/// # let day = ServiceDay::new(&timetable, date(2026, 10, 1));
/// # let walks = Walks::new(&timetable, WalkRules::default());
/// # let clock = |hour| ClockTime::new(hour, 0).expect("a time");
/// # let (arrive_by, leave_after) = (clock(9), clock(12));
/// # let stay = TransitDay { arrive_by, leave_after, limit: None, at_site: None, rides: TransitDay::RIDES };
/// # let position = |id| timetable.stop(timetable.stop_called(id).expect("a stop")).position.expect("located");
/// let [homes, sites] = ["crete", "croix"].map(|id| [TransitDoor::new(&walks, position(id))]);
/// let table = TransitTable::new((&timetable, &day, &walks), (&homes, &sites), Way::To, stay, &control)?;
/// assert_eq!(table.journey(0, 0).expect("the morning bus").rides.len(), 1);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct TransitTable {
    columns: Vec<Vec<Result<TransitJourney, NoJourney>>>,
}

impl TransitTable {
    /// Journeys between `homes` and `sites`, towards these or back home.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when `control` says so.
    pub fn new(
        (timetable, day, walks): (&Timetable, &ServiceDay, &Walks),
        (homes, sites): (&[TransitDoor], &[TransitDoor]),
        way: Way,
        stay: TransitDay,
        control: &Control<'_>,
    ) -> Result<Self, Error> {
        // No window: a sparse service could fall out of it. The limit is of the journey, not of the wait after it.
        let asked = Asked { way, at: stay.at(way), within: None, rides: stay.rides };
        let telling = Telling { timetable, day, walks, asked };
        let columns = control.each(Stage::Travel, 64, sites, StopSearch::default, |search, site| {
            telling.column(search, site, homes, stay)
        })?;
        Ok(Self { columns })
    }

    /// The journey of a home and a site, by their places in what was asked.
    pub fn journey(&self, home: usize, site: usize) -> Result<&TransitJourney, NoJourney> {
        self.columns[site][home].as_ref().map_err(|&none| none)
    }
}

impl Telling<'_> {
    fn column(
        &self,
        search: &mut StopSearch,
        site: &TransitDoor,
        homes: &[TransitDoor],
        stay: TransitDay,
    ) -> Vec<Result<TransitJourney, NoJourney>> {
        let way = self.asked.way;
        let is_known = self.timetable.is_known(self.day.date());
        let running = self.walks.on_demand().running(&self.timetable.services, self.day.date());
        let at_site = site.ways(way == Way::Back, &running);
        if is_known {
            self.search(search, &at_site);
        }
        let journey = |home: &TransitDoor| {
            let on_foot = self.walks.rules().direct(home.here.at, site.here.at);
            let on_foot =
                on_foot.map(|walk| TransitJourney::on_foot(way, DayTime::from(self.asked.at), walk));
            let at_home = home.ways(way == Way::To, &running);
            let riding = is_known.then(|| self.journey(search, &at_site, &at_home)).flatten();
            let on_demand = on_demand(self.walks, home, site, way);
            let called = self.called(&on_demand, &running);
            let found = better(way, better(way, on_foot, riding), called);
            let found = found.ok_or_else(|| {
                let never = |stops: &[Access]| stops.is_empty() && on_demand.is_empty();
                none((never(&at_site), never(&at_home)), is_known)
            })?;
            let at_site = found.at_site(way, DayTime::from(self.asked.at));
            if stay.limit.is_some_and(|limit| found.time() > limit) {
                Err(NoJourney::BeyondLimit)
            } else if stay.at_site.is_some_and(|most| at_site > most) {
                Err(NoJourney::NoBusThen)
            } else {
                Ok(found)
            }
        };
        homes.iter().map(journey).collect()
    }

    /// The best of the rides on demand from door to door.
    pub(super) fn called(&self, all: &[Approach], running: &[bool]) -> Option<TransitJourney> {
        let runs = |approach: &&Approach| match approach.by {
            By::OnDemand(call) => running.get(call as usize).is_some_and(|&runs| runs),
            _ => true,
        };
        let rides = all.iter().filter(runs).filter_map(|approach| self.direct(approach));
        rides.fold(None, |best, found| better(self.asked.way, best, Some(found)))
    }
}

/// What comes on demand from a home to a site, or back.
pub(super) fn on_demand(walks: &Walks, home: &TransitDoor, site: &TransitDoor, way: Way) -> Vec<Approach> {
    let (from, to) = match way {
        Way::To => (home.here, site.here),
        Way::Back => (site.here, home.here),
    };
    walks.on_demand().direct(walks, from, to)
}

fn none((at_site, at_home): (bool, bool), is_known: bool) -> NoJourney {
    match (is_known, at_site, at_home) {
        (_, true, _) => NoJourney::NoStopAtSite,
        (_, _, true) => NoJourney::NoStopAtHome,
        (false, ..) => NoJourney::Unknown,
        _ => NoJourney::NoBusThen,
    }
}

/// The later departure there, or the earlier arrival back; the first where both are the same.
pub(super) fn better(
    way: Way,
    first: Option<TransitJourney>,
    second: Option<TransitJourney>,
) -> Option<TransitJourney> {
    match (first, second) {
        (Some(first), Some(second)) => {
            let is_better = match way {
                Way::To => second.depart > first.depart,
                Way::Back => second.arrive < first.arrive,
            };
            Some(if is_better { second } else { first })
        }
        (first, second) => first.or(second),
    }
}
