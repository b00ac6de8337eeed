//! Journeys between many homes and sites on one day, both ways.

use super::day::ServiceDay;
use super::feed::Timetable;
use super::journey::{DayTime, Telling, TransitJourney};
use super::search::{Asked, StopSearch};
use super::walking::{StopWalk, Walks};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::territory::Way;
#[cfg(feature = "roads")]
use crate::travel::RoadNetwork;
use crate::units::{ClockTime, Position, Seconds};

/// A home or a site, and the stops around it.
#[derive(Clone, Debug)]
pub struct TransitDoor {
    position: Position,
    pub(super) stops: Vec<StopWalk>,
}

impl TransitDoor {
    /// A door and the stops that one can walk to from it: all of them, not the nearest.
    pub fn new(walks: &Walks, position: Position) -> Self {
        Self { position, stops: walks.around(position) }
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
        let door = |(&position, stops): (&Position, Vec<StopWalk>)| Self { position, stops };
        Ok(doors.iter().zip(on_roads).map(door).collect())
    }
}

/// A stay on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransitDay {
    /// One must be there by then.
    pub arrive_by: ClockTime,
    /// One may leave then.
    pub leave_after: ClockTime,
    /// Longest trip from door to door.
    pub limit: Option<Seconds>,
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
            telling.column(search, site, homes, stay.limit)
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
        limit: Option<Seconds>,
    ) -> Vec<Result<TransitJourney, NoJourney>> {
        let is_known = self.timetable.is_known(self.day.date());
        if is_known {
            self.search(search, &site.stops);
        }
        let journey = |home: &TransitDoor| {
            let on_foot = self.walks.rules().direct(home.position, site.position);
            let on_foot = on_foot
                .map(|walk| TransitJourney::on_foot(self.asked.way, DayTime::from(self.asked.at), walk));
            let riding = is_known.then(|| self.journey(search, &site.stops, &home.stops)).flatten();
            let found = better(self.asked.way, on_foot, riding);
            let found = found.ok_or_else(|| self.none(site, home, is_known))?;
            if limit.is_some_and(|limit| found.time() > limit) {
                Err(NoJourney::BeyondLimit)
            } else {
                Ok(found)
            }
        };
        homes.iter().map(journey).collect()
    }

    fn none(&self, site: &TransitDoor, home: &TransitDoor, is_known: bool) -> NoJourney {
        match (is_known, site.stops.is_empty(), home.stops.is_empty()) {
            (_, true, _) => NoJourney::NoStopAtSite,
            (_, _, true) => NoJourney::NoStopAtHome,
            (false, ..) => NoJourney::Unknown,
            _ => NoJourney::NoBusThen,
        }
    }
}

/// The later departure there, or the earlier arrival back; on foot where both are the same.
fn better(
    way: Way,
    on_foot: Option<TransitJourney>,
    riding: Option<TransitJourney>,
) -> Option<TransitJourney> {
    match (on_foot, riding) {
        (Some(walk), Some(ride)) => {
            let rides = match way {
                Way::To => ride.depart > walk.depart,
                Way::Back => ride.arrive < walk.arrive,
            };
            Some(if rides { ride } else { walk })
        }
        (walk, ride) => walk.or(ride),
    }
}
