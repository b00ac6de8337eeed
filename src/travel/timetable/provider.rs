//! Travel by coach, train and on demand as a provider of columns: one for each dated session.

use super::edit::Changed;
use super::ends::{self, Ends, Streets};
use super::feed::{Timetable, TransitLine};
use super::journey::{AccessBy, TransitAccess, TransitJourney};
use super::table::TransitDay;
use super::visit::{Asking, Searches, Today, Visit};
use super::walking::WalkRules;
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::finding::{Code, Finding, Source, Text};
use crate::territory::{
    Assumption, Calendar, Changes, Ids, Mark, Mode, OnDemand, RoadChanges, Territory, TripAt,
};
#[cfg(feature = "roads")]
use crate::travel::RoadTravel;
use crate::travel::provider::{Journey, Leg, Query, Stale, TravelProvider};
use crate::travel::table::{Cell, Column, ColumnKey, Session, When};
use crate::units::{InseeCode, Metres, PlaceId, Position, Seconds, SiteId};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A provider for coaches and trains by the timetables of one or several feeds, and for transport on demand.
///
/// A trip walks to a stop, rides at least once, changes, and walks to the site; all stops within a walk count. Out, the latest
/// departure that arrives in time; back, the earliest arrival. A vehicle of one's own may lead to the first stop, where it waits
/// ([`Mode::MIXED`]), or somebody's car; transport on demand ([`Mode::OnDemand`]) leads to the site, or to or from a stop. The wait at the
/// site before and after the stay is told apart. Dates outside the timetable, and those at its end where it thins
/// out, are unknown.
///
/// ```
/// use maillage::travel::{TimetableTravel, TravelProvider};
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
/// let travel = TimetableTravel::new("coaches", timetable);
/// assert_eq!((travel.name(), travel.timetable().trips()), ("coaches", 5));
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct TimetableTravel {
    name: String,
    timetable: Arc<Timetable>,
    #[cfg(feature = "roads")]
    roads: Option<Arc<RoadTravel>>,
    memory: Mutex<Memory>,
}

/// What was made of the last territory.
#[derive(Default)]
struct Memory {
    changed: Option<(Changed, Arc<Timetable>)>,
    around: Option<(AroundKey, Arc<Around>)>,
}

/// Doors and stops of a territory.
struct Around {
    ends: Ends,
    /// Dates that are not believed.
    thin: BTreeSet<Date>,
}

/// What doors and stops depend on.
#[derive(PartialEq)]
struct AroundKey {
    /// By stop: whether vehicles call there.
    called: Vec<bool>,
    places: Vec<Option<(Position, Option<InseeCode>)>>,
    sites: Vec<Option<(Position, Option<InseeCode>)>>,
    walk: WalkRules,
    ride: Seconds,
    on_demand: Vec<OnDemand>,
    calendar: Calendar<Ids>,
    roads: RoadChanges,
}

impl std::fmt::Debug for TimetableTravel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TimetableTravel").field("name", &self.name).finish_non_exhaustive()
    }
}

impl TimetableTravel {
    /// Travel by `timetable`; `name` is for messages.
    pub fn new(name: impl Into<String>, timetable: Timetable) -> Self {
        Self {
            name: name.into(),
            timetable: Arc::new(timetable),
            #[cfg(feature = "roads")]
            roads: None,
            memory: Mutex::default(),
        }
    }

    /// As it is, on these roads between doors and stops.
    #[cfg(feature = "roads")]
    #[must_use]
    pub fn on_roads(mut self, roads: Arc<RoadTravel>) -> Self {
        self.roads = Some(roads);
        self
    }

    /// The timetable.
    pub fn timetable(&self) -> &Timetable {
        &self.timetable
    }

    /// What is to be told of the dates of a territory: those that the timetable does not cover.
    ///
    /// # Errors
    /// As [`TravelProvider::columns`].
    pub fn findings(&self, territory: &Territory, control: &Control<'_>) -> Result<Vec<Finding>, Error> {
        if self.timetable.trips() == 0 {
            return Ok(Vec::new());
        }
        let query = Query::of(territory);
        let dates = query.dates();
        let (first, last) = self.timetable.horizon();
        let (_, around) = self.known(territory, control)?;
        let count = |is_so: &dyn Fn(Date) -> bool| dates.iter().filter(|date| is_so(**date)).count();
        let outside = count(&|date| !self.timetable.is_known(date));
        let sparse = count(&|date| around.thin.contains(&date));
        let remedy = || Text::say(|words| words.ask_for_a_newer_timetable());
        let say = |code, what| Finding::new(code, Source::file(&self.name), what, remedy());
        let mut findings = Vec::new();
        if outside > 0 {
            findings.push(say(
                Code::OutsideTimetable,
                Text::say(|words| words.dates_outside(outside, dates.len(), first, last)),
            ));
        }
        if let Some(from) = around.thin.first().filter(|_| sparse > 0) {
            findings.push(say(Code::ThinTimetable, Text::say(|words| words.thin_from(*from, sparse))));
        }
        Ok(findings)
    }

    /// How a trip goes, with lines, stops, clock times and what has to be booked; `None` when it can't be made.
    pub fn transit_journey(
        &self,
        territory: &Territory,
        place: PlaceId,
        key: ColumnKey,
    ) -> Option<TransitJourney> {
        let When::Session(session) = key.when else { return None };
        let control = Control::none();
        let (timetable, around) = self.known(territory, &control).ok()?;
        let asking = Asking {
            timetable: &timetable,
            ends: &around.ends,
            islands: Vec::new(),
            modes: vec![key.mode],
            horizon: territory.rules().horizon,
            most_at_site: territory.rules().transit.at_site,
        };
        let today = Today::new(&asking, session.date, self.is_known(&around, session.date));
        let visit = Visit { asking: &asking, today: &today, site: key.site, session };
        let journey = visit.journey(key.mode, key.way, place)?;
        (journey.time() <= asking.horizon).then_some(journey)
    }

    /// The timetable as the territory changes it, and the doors around its stops.
    fn known(
        &self,
        territory: &Territory,
        control: &Control<'_>,
    ) -> Result<(Arc<Timetable>, Arc<Around>), Error> {
        let timetable = self.timetable_of(Changed::of(territory))?;
        let key = AroundKey::of(territory, &timetable);
        if let Some((known, around)) = &self.memory().around
            && *known == key
        {
            return Ok((timetable, Arc::clone(around)));
        }
        let around = Arc::new(self.around(territory, &timetable, control)?);
        self.memory().around = Some((key, Arc::clone(&around)));
        Ok((timetable, around))
    }

    fn timetable_of(&self, changed: Changed) -> Result<Arc<Timetable>, Error> {
        if let Some((known, timetable)) = &self.memory().changed
            && *known == changed
        {
            return Ok(Arc::clone(timetable));
        }
        // Nobody waits meanwhile: several may ask what would be.
        let timetable = Arc::new(self.timetable.changed(&changed).map_err(Error::Input)?);
        self.memory().changed = Some((changed, Arc::clone(&timetable)));
        Ok(timetable)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn around(
        &self,
        territory: &Territory,
        timetable: &Timetable,
        control: &Control<'_>,
    ) -> Result<Around, Error> {
        let streets = Streets {
            territory,
            #[cfg(feature = "roads")]
            roads: self.roads.as_deref(),
            control,
        };
        let ends = Ends::new(timetable, &streets)?;
        // What an edit takes away is known to be gone.
        let thin = ends.thin_dates(&self.timetable);
        Ok(Around { ends, thin })
    }

    /// Whether something is known of a date; where there are no trips at all, that nothing runs.
    fn is_known(&self, around: &Around, date: Date) -> bool {
        self.timetable.trips() == 0 || (self.timetable.is_known(date) && !around.thin.contains(&date))
    }

    /// What is searched again once trips are others.
    fn ridden_again(&self, from: &Territory, to: &Territory) -> Stale {
        match self.leads_elsewhere(from, to) {
            Ok(false) => {
                let dates = self.timetable.touched(&Changed::of(from), &Changed::of(to));
                Stale::Dates(self.modes(to).into_iter().collect(), dates)
            }
            // What can't be is told by whoever is asked for columns.
            Ok(true) | Err(_) => Stale::Everything,
        }
    }

    /// Whether lines lead elsewhere, whatever the day, once the timetable is another.
    fn leads_elsewhere(&self, from: &Territory, to: &Territory) -> Result<bool, Error> {
        let control = Control::none();
        let partition = |territory: &Territory| -> Result<(Arc<Around>, Vec<u32>), Error> {
            let (timetable, around) = self.known(territory, &control)?;
            let islands = ends::islands(&timetable, &around.ends.walks);
            let mut first: BTreeMap<u32, u32> = BTreeMap::new();
            let number = |(stop, &island): (usize, &u32)| *first.entry(island).or_insert(stop as u32);
            Ok((around, islands.iter().enumerate().map(number).collect()))
        };
        let ((around, islands), (then, others)) = (partition(from)?, partition(to)?);
        Ok(!Arc::ptr_eq(&around, &then) || islands != others)
    }
}

impl AroundKey {
    fn of(territory: &Territory, timetable: &Timetable) -> Self {
        let rows = (0..territory.places().rows()).map(PlaceId::from_index);
        let place = |place| territory.places().get(place).and_then(|p| Some((p.position?, p.commune)));
        // By handle, as doors are kept: another territory of the same content may have other handles.
        let sites = (0..territory.sites().rows()).map(SiteId::from_index);
        let sites =
            sites.map(|site| territory.sites().get(site).and_then(|s| Some((s.position?, s.commune))));
        Self {
            called: timetable.called(),
            places: rows.map(place).collect(),
            sites: sites.collect(),
            walk: ends::rules(territory),
            ride: territory.rules().transit.ride,
            on_demand: territory.on_demand().iter().map(|(_, service)| service.clone()).collect(),
            calendar: territory.calendar().clone(),
            roads: territory.roads().clone(),
        }
    }
}

impl TravelProvider for TimetableTravel {
    fn name(&self) -> &str {
        &self.name
    }

    fn modes(&self, territory: &Territory) -> Vec<Mode> {
        let mut modes = Vec::new();
        if self.timetable.trips() > 0 {
            modes.push(Mode::Bus);
            modes.extend(Mode::MIXED);
        }
        if !self.timetable.on_demand.is_empty() || !territory.on_demand().is_empty() {
            modes.push(Mode::OnDemand);
        }
        modes
    }

    fn columns(
        &self,
        territory: &Territory,
        modes: &[Mode],
        query: &Query,
        control: &Control<'_>,
    ) -> Result<Vec<Column>, Error> {
        let (timetable, around) = self.known(territory, control)?;
        let mut by_date: BTreeMap<Date, Vec<(SiteId, Session)>> = BTreeMap::new();
        for (&site, sessions) in &query.sites {
            for &session in sessions {
                by_date.entry(session.date).or_default().push((site, session));
            }
        }
        let dates: Vec<(Date, Vec<(SiteId, Session)>)> = by_date.into_iter().collect();
        let asking = Asking {
            timetable: &timetable,
            ends: &around.ends,
            islands: ends::islands(&timetable, &around.ends.walks),
            modes: [Mode::Bus, Mode::OnDemand]
                .into_iter()
                .chain(Mode::MIXED)
                .filter(|m| modes.contains(m))
                .collect(),
            horizon: query.horizon,
            most_at_site: territory.rules().transit.at_site,
        };
        // Many dates are alike: their cells are kept once.
        let known: Mutex<HashSet<Arc<[Cell]>>> = Mutex::default();
        let keep = |cells: Vec<Cell>| -> Arc<[Cell]> {
            let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
            match known.get(&cells[..]) {
                Some(cells) => Arc::clone(cells),
                None => {
                    let cells: Arc<[Cell]> = cells.into();
                    known.insert(Arc::clone(&cells));
                    cells
                }
            }
        };
        // A date at a time: the vehicles of all dates at once would be much.
        let answers =
            control.each(Stage::Travel, 16, &dates, Searches::default, |searches, (date, visits)| {
                let today = Today::new(&asking, *date, self.is_known(&around, *date));
                let mut columns = Vec::new();
                for &(site, session) in visits {
                    let visit = Visit { asking: &asking, today: &today, site, session };
                    let cells = visit.columns(searches);
                    columns.extend(cells.into_iter().map(|(way, mode, cells)| Column {
                        key: ColumnKey { site, way, mode, when: When::Session(session) },
                        cells: keep(cells),
                    }));
                }
                columns
            })?;
        Ok(answers.into_iter().flatten().collect())
    }

    fn stale(&self, from: &Territory, to: &Territory, changes: &Changes) -> Stale {
        let moved =
            !changes.places.is_empty() || !changes.sites.is_empty() || changes.rules || changes.calendar;
        #[cfg(feature = "roads")]
        let moved = moved || (changes.roads && self.roads.is_some());
        if moved {
            return Stale::Everything;
        }
        if self.modes(from) != self.modes(to) {
            return Stale::Everything;
        }
        let called = if changes.on_demand.is_empty() { Stale::Nothing } else { called_again(to) };
        if changes.transit { self.ridden_again(from, to).and(called) } else { called }
    }

    fn trips_around(
        &self,
        territory: &Territory,
        query: &Query,
        within: Seconds,
        control: &Control<'_>,
    ) -> Result<BTreeSet<TripAt>, Error> {
        let (timetable, around) = self.known(territory, control)?;
        let mut stops = around.ends.stops_ridden();
        let sites = query.sites.keys().filter_map(|site| around.ends.sites.get(site)?.as_ref());
        stops.extend(sites.flat_map(|site| site.door.foot.iter().map(|access| access.stop)));
        let sessions: BTreeSet<Session> = query.sites.values().flatten().copied().collect();
        let reach = query.horizon.plus(within).get();
        let hours = |session: &Session| {
            let (by, after) = (session.arrive_by.seconds(), session.leave_after.seconds());
            let (far, near) = (reach, within.get());
            [(by.saturating_sub(far), by + near), (after.saturating_sub(near), after + far)]
        };
        let hours: BTreeSet<(u32, u32)> = sessions.iter().flat_map(hours).collect();
        let dates = sessions.iter().map(|session| session.date).collect();
        Ok(timetable.trips_at(&stops, &hours, &dates))
    }

    fn journey(&self, territory: &Territory, place: PlaceId, key: ColumnKey) -> Option<Journey> {
        let journey = self.transit_journey(territory, place, key)?;
        Some(Journey { legs: legs(&journey) })
    }

    /// None of a trip that only a service on demand makes, which has no line.
    fn lines(&self, territory: &Territory, place: PlaceId, key: ColumnKey) -> Option<BTreeSet<String>> {
        let journey = self.transit_journey(territory, place, key).filter(|known| !known.rides.is_empty())?;
        let (timetable, _) = self.known(territory, &Control::none()).ok()?;
        let lines = journey.rides.iter().filter_map(|ride| timetable.line(ride.line));
        let name = |line: &TransitLine| if line.name.is_empty() { &line.id } else { &line.name }.to_string();
        Some(lines.map(name).collect())
    }

    fn assumptions(&self, territory: &Territory, modes: &[Mode]) -> Vec<Assumption> {
        let mut all = Vec::new();
        if modes.contains(&Mode::Bus) {
            all.push(self.by_timetable(territory));
        }
        if modes.iter().any(|mode| Mode::MIXED.contains(mode)) {
            let most = territory.rules().transit.ride.to_minutes().get();
            let text = Text::say(|words| words.ride_to_stop(most));
            all.push(Assumption { id: "ride_to_stop", text, mark: Mark::Assumed });
        }
        if modes.contains(&Mode::OnDemand) {
            let text = Text::say(|words| words.on_demand_figures());
            all.push(Assumption { id: "on_demand", text, mark: Mark::Declared });
            all.extend(territory.on_demand().iter().map(|(_, service)| booked(service)));
        }
        all
    }
}

impl TimetableTravel {
    fn by_timetable(&self, territory: &Territory) -> Assumption {
        let rules = ends::rules(territory);
        let (walk, slack) = (territory.rules().links.walk.to_minutes().get(), rules.slack.to_minutes().get());
        let (horizon, rides) = (self.timetable.horizon(), TransitDay::RIDES);
        let name = &self.name;
        let most = territory.rules().transit.at_site.map(|most| most.to_minutes().get());
        let wait = Text::say(|words| words.wait_at_site(most));
        let text = Text::say(|words| words.by_timetable(name, horizon, walk, slack, rides, &wait));
        Assumption { id: "timetable", text, mark: Mark::Source }
    }
}

/// When a service comes, and until when it has to be booked.
fn booked(service: &OnDemand) -> Assumption {
    let OnDemand { name, from, to, .. } = service;
    let booking = service.booking.text();
    let text = Text::say(|words| words.service_on_demand(name, *from, *to, &booking));
    Assumption { id: "booking", text, mark: Mark::Declared }
}

/// What is searched again once services on demand are others: nobody else rides them.
fn called_again(territory: &Territory) -> Stale {
    Stale::Dates([Mode::OnDemand].into(), Query::of(territory).dates())
}

/// What leads to the first stop, each vehicle with the wait for it, and what leads on from the last.
fn legs(journey: &TransitJourney) -> Vec<Leg> {
    let access = |access: &TransitAccess| Leg {
        mode: match access.by {
            AccessBy::Foot => Mode::Walk,
            AccessBy::Vehicle(mode) => mode,
            AccessBy::OnDemand(_) => Mode::OnDemand,
        },
        time: access.arrive.since(access.depart),
        distance: access.distance,
    };
    let mut legs = vec![access(&journey.start)];
    let mut at = journey.start.arrive;
    for ride in &journey.rides {
        legs.push(Leg { mode: Mode::Bus, time: ride.arrive.since(at), distance: ride.distance });
        at = ride.arrive;
    }
    if let Some(end) = &journey.end {
        // The wait for what was booked is its own.
        legs.push(Leg { time: end.arrive.since(at), ..access(end) });
    }
    legs.retain(|leg| leg.time > Seconds::ZERO || leg.distance > Metres::default());
    legs
}
