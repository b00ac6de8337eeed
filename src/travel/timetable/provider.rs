//! Travel by coach and train as a provider of columns: one for each dated session.

use super::day::ServiceDay;
use super::feed::Timetable;
use super::journey::{Telling, TransitJourney};
use super::pattern::STOP;
use super::search::{Asked, StopSearch};
use super::service::weekday;
use super::table::{TransitDay, TransitDoor};
use super::walking::{WalkRules, Walks};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::finding::{Code, Finding, Source, Text};
use crate::territory::{Assumption, Mark, Mode, Territory, Way};
use crate::travel::provider::{Journey, Leg, Query, TravelProvider};
use crate::travel::table::{Cell, Column, ColumnKey, Session, Travel, Trip, When};
use crate::units::{ClockTime, Metres, PlaceId, Position, Seconds, SiteId};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Dates with less than so many hundredths of the usual trips are not believed, if none after them has more.
const THIN: usize = 80;

/// A provider for coaches and trains, by the timetables of one or several feeds.
///
/// A trip walks to a stop, rides at least once, changes, and walks to the site; all stops within a walk count. Out, the latest
/// departure that arrives in time; back, the earliest arrival. The wait at the site before and after the stay is not
/// part of it. Dates outside the timetable, and those at its end where it thins out, are unknown.
#[derive(Debug)]
pub struct TimetableTravel {
    name: String,
    timetable: Timetable,
}

/// A search: to a site or from it, until or from when.
type Task = (SiteId, Way, ClockTime);

impl TimetableTravel {
    /// Travel by `timetable`; `name` is for messages.
    pub fn new(name: impl Into<String>, timetable: Timetable) -> Self {
        Self { name: name.into(), timetable }
    }

    /// The timetable.
    pub const fn timetable(&self) -> &Timetable {
        &self.timetable
    }

    /// What is to be told of the dates of a territory: those that the timetable does not cover.
    pub fn findings(&self, territory: &Territory) -> Vec<Finding> {
        let query = Query::of(territory);
        let dates: BTreeSet<Date> = query.sites.values().flatten().map(|session| session.date).collect();
        let (first, last) = self.timetable.horizon();
        let thin = self.thin_dates(&self.ends(territory));
        let count = |is_so: &dyn Fn(Date) -> bool| dates.iter().filter(|date| is_so(**date)).count();
        let outside = count(&|date| !self.timetable.is_known(date));
        let sparse = count(&|date| thin.contains(&date));
        let remedy = || Text::new("demandez un horaire plus récent", "ask for a newer timetable");
        let say = |code, what| Finding::new(code, Source::file(&self.name), what, remedy());
        let mut findings = Vec::new();
        if outside > 0 {
            findings.push(say(Code::OutsideTimetable, Text::new(
                format!("{outside} des {} jours de séances sont hors de l'horaire, qui va du {first} au {last} : ces jours-là, on ne sait pas ce qui circule", dates.len()),
                format!("{outside} of the {} days with sessions are outside the timetable, which goes from {first} to {last}: what runs then is not known", dates.len()),
            )));
        }
        if let Some(from) = thin.first().filter(|_| sparse > 0) {
            findings.push(say(Code::ThinTimetable, Text::new(
                format!("l'horaire est sans doute incomplet à partir du {from} : {sparse} jours de séances y sont comptés comme inconnus"),
                format!("the timetable is probably incomplete from {from}: {sparse} days with sessions count as unknown"),
            )));
        }
        findings
    }

    fn rules(territory: &Territory) -> WalkRules {
        let rules = territory.rules();
        let mut walk = WalkRules { straight_line: rules.straight_line.clone(), ..WalkRules::default() };
        if let Some(speed) = walk.speed() {
            let metres = f64::from(rules.links.walk.get()) * speed.kmh() / 3.6;
            walk.most = Metres::new(metres as u32);
        }
        walk
    }

    fn ends(&self, territory: &Territory) -> Ends {
        let walks = Walks::new(&self.timetable, Self::rules(territory));
        let door = |at: Option<Position>| at.map(|at| TransitDoor::new(&walks, at));
        let homes = (0..territory.places().rows()).map(|row| {
            door(territory.places().get(PlaceId::from_index(row)).and_then(|place| place.position))
        });
        let homes = homes.collect();
        let sites = territory.sites().iter().map(|(id, site)| (id, door(site.position))).collect();
        let islands = islands(&self.timetable, &walks);
        Ends { walks, islands, homes, sites }
    }

    /// The dates at the end of the timetable on which less runs around the territory than is usual on their day of
    /// the week, and never as much again.
    fn thin_dates(&self, ends: &Ends) -> BTreeSet<Date> {
        let services = self.trips_around(&ends.stops());
        let (first, last) = self.timetable.horizon();
        let on = |date: Date| {
            let day = self.timetable.services.day(date)?;
            let runs = services.iter().filter(|s| self.timetable.services.runs(*s.0, day));
            Some((date, runs.map(|s| s.1).sum::<usize>()))
        };
        let mut of_weekday: [Vec<(Date, usize)>; 7] = Default::default();
        for (date, trips) in first.series(1.day()).take_while(|date| *date <= last).filter_map(on) {
            of_weekday[weekday(date)].push((date, trips));
        }
        let mut thin = BTreeSet::new();
        for dates in of_weekday {
            let mut sorted: Vec<usize> = dates.iter().map(|date| date.1).collect();
            sorted.sort_unstable();
            let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
            let is_thin = |date: &&(Date, usize)| date.1 * 100 < usual * THIN;
            thin.extend(dates.iter().rev().take_while(is_thin).map(|date| date.0));
        }
        thin
    }

    /// How many trips of each service call at some of these stops.
    fn trips_around(&self, stops: &BTreeSet<u32>) -> BTreeMap<u32, usize> {
        let patterns = &self.timetable.patterns;
        let calls_there = |codes: &[u32]| codes.iter().any(|code| stops.contains(&(code & STOP)));
        let mut of_service: BTreeMap<u32, usize> = BTreeMap::new();
        for pattern in patterns.all.iter().filter(|pattern| calls_there(patterns.stops_of(pattern))) {
            for trip in pattern.first_trip..pattern.first_trip + pattern.trips {
                *of_service.entry(patterns.services[trip as usize]).or_default() += 1;
            }
        }
        of_service
    }

    fn cells(
        &self,
        ends: &Ends,
        (day, search): (&ServiceDay, &mut StopSearch),
        task: Task,
        horizon: Seconds,
    ) -> Arc<[Cell]> {
        let (site, way, at) = task;
        let Some(site) = ends.sites.get(&site).and_then(Option::as_ref) else {
            return ends.homes.iter().map(|_| Trip::NotLocated.into()).collect();
        };
        let asked = asked(way, at);
        let telling = Telling { timetable: &self.timetable, day, walks: &ends.walks, asked };
        telling.search(search, &site.stops);
        let trip = |home: &Option<TransitDoor>| match home {
            None => Trip::NotLocated,
            Some(home) => match telling.journey(search, &site.stops, &home.stops) {
                Some(journey) if journey.time() > horizon => Trip::BeyondLimit,
                Some(journey) => Trip::Time(travel(&journey)),
                None if ends.joined(home, site) => Trip::NoService,
                None => Trip::NoLink,
            },
        };
        ends.homes.iter().map(|home| trip(home).into()).collect()
    }
}

fn asked(way: Way, at: ClockTime) -> Asked {
    Asked { way, at, within: None, rides: TransitDay::RIDES }
}

fn travel(journey: &TransitJourney) -> Travel {
    Travel { time: journey.time(), distance: journey.distance, waiting: journey.waiting() }
}

/// Homes and sites with the stops around them.
struct Ends {
    walks: Walks,
    /// By stop: which hang together, whatever the day.
    islands: Vec<u32>,
    /// By row of the places.
    homes: Vec<Option<TransitDoor>>,
    sites: BTreeMap<SiteId, Option<TransitDoor>>,
}

impl Ends {
    fn stops(&self) -> BTreeSet<u32> {
        let doors = self.homes.iter().chain(self.sites.values()).flatten();
        doors.flat_map(|door| door.stops.iter().map(|walk| walk.stop)).collect()
    }

    /// Whether lines lead from one to the other, whatever the day.
    fn joined(&self, home: &TransitDoor, site: &TransitDoor) -> bool {
        let of = |door: &TransitDoor| -> BTreeSet<u32> {
            door.stops.iter().map(|walk| self.islands[walk.stop as usize]).collect()
        };
        !of(home).is_disjoint(&of(site))
    }
}

/// For each stop, a number that all have that lines join it with.
fn islands(timetable: &Timetable, walks: &Walks) -> Vec<u32> {
    let mut joined = petgraph::unionfind::UnionFind::<u32>::new(timetable.stops.len());
    for pattern in &timetable.patterns.all {
        let stops = timetable.patterns.stops_of(pattern);
        for pair in stops.windows(2) {
            joined.union(pair[0] & STOP, pair[1] & STOP);
        }
    }
    for stop in 0..timetable.stops.len() as u32 {
        for &(to, _) in walks.changes_for(Way::Back).of(stop) {
            joined.union(stop, to);
        }
    }
    joined.into_labeling()
}

impl TravelProvider for TimetableTravel {
    fn name(&self) -> &str {
        &self.name
    }

    fn modes(&self, _territory: &Territory) -> Vec<Mode> {
        vec![Mode::Bus]
    }

    fn columns(
        &self,
        territory: &Territory,
        modes: &[Mode],
        query: &Query,
        control: &Control<'_>,
    ) -> Result<Vec<Column>, Error> {
        if !modes.contains(&Mode::Bus) {
            return Ok(Vec::new());
        }
        let ends = self.ends(territory);
        let thin = self.thin_dates(&ends);
        let mut by_date: BTreeMap<Date, BTreeMap<Task, Vec<Session>>> = BTreeMap::new();
        for (&site, sessions) in &query.sites {
            for &session in sessions {
                let own = by_date.entry(session.date).or_default();
                for way in Way::BOTH {
                    own.entry((site, way, session.at(way))).or_default().push(session);
                }
            }
        }
        let unknown: Arc<[Cell]> = ends.homes.iter().map(|_| Trip::Unknown.into()).collect();
        let dates: Vec<(Date, BTreeMap<Task, Vec<Session>>)> = by_date.into_iter().collect();
        // A date at a time: the vehicles of all dates at once would be much.
        let answers =
            control.each(Stage::Travel, 16, &dates, StopSearch::default, |search, (date, tasks)| {
                let is_known = self.timetable.is_known(*date) && !thin.contains(date);
                let day = is_known.then(|| ServiceDay::new(&self.timetable, *date));
                let cells = |&task: &Task| match &day {
                    Some(day) => self.cells(&ends, (day, search), task, query.horizon),
                    None => Arc::clone(&unknown),
                };
                tasks.keys().map(cells).collect::<Vec<_>>()
            })?;
        let mut columns = Vec::new();
        for ((_, tasks), answers) in dates.iter().zip(answers) {
            for ((&(site, way, _), sessions), cells) in tasks.iter().zip(answers) {
                columns.extend(sessions.iter().map(|&session| Column {
                    key: ColumnKey { site, way, mode: Mode::Bus, when: When::Session(session) },
                    cells: Arc::clone(&cells),
                }));
            }
        }
        Ok(columns)
    }

    fn journey(&self, territory: &Territory, place: PlaceId, key: ColumnKey) -> Option<Journey> {
        let When::Session(session) = key.when else { return None };
        if !self.timetable.is_known(session.date) {
            return None;
        }
        let walks = Walks::new(&self.timetable, Self::rules(territory));
        let home = TransitDoor::new(&walks, territory.places().get(place)?.position?);
        let site = TransitDoor::new(&walks, territory.sites().get(key.site)?.position?);
        let day = ServiceDay::new(&self.timetable, session.date);
        let asked = asked(key.way, session.at(key.way));
        let telling = Telling { timetable: &self.timetable, day: &day, walks: &walks, asked };
        let mut search = StopSearch::default();
        telling.search(&mut search, &site.stops);
        let journey = telling.journey(&search, &site.stops, &home.stops)?;
        (journey.time() <= territory.rules().horizon).then(|| Journey { legs: legs(&journey) })
    }

    fn assumptions(&self, territory: &Territory, _modes: &[Mode]) -> Vec<Assumption> {
        let rules = Self::rules(territory);
        let (walk, slack) = (territory.rules().links.walk.to_minutes().get(), rules.slack.to_minutes().get());
        let ((first, last), rides) = (self.timetable.horizon(), TransitDay::RIDES);
        let text = Text::new(
            format!(
                "horaires de « {} », du {first} au {last} : au plus {walk} min à pied jusqu'à un arrêt, {slack} min pour changer, au plus {rides} véhicules ; l'attente au site n'est pas comptée",
                self.name
            ),
            format!(
                "timetable of '{}', from {first} to {last}: at most {walk} min on foot to a stop, {slack} min to change, at most {rides} vehicles; the wait at the site is not counted",
                self.name
            ),
        );
        vec![Assumption { id: "timetable", text, mark: Mark::Source }]
    }
}

/// What is walked, then each vehicle with the wait for it; what is walked last.
fn legs(journey: &TransitJourney) -> Vec<Leg> {
    let (Some(first), Some(last)) = (journey.rides.first(), journey.rides.last()) else { return Vec::new() };
    let leg = |mode, time| Leg { mode, time, distance: Metres::default() };
    let mut legs = vec![leg(Mode::Walk, first.depart.since(journey.depart))];
    let mut at = first.depart;
    for ride in &journey.rides {
        legs.push(leg(Mode::Bus, ride.arrive.since(at)));
        at = ride.arrive;
    }
    legs.push(leg(Mode::Walk, journey.arrive.since(last.arrive)));
    legs.retain(|leg| leg.time > Seconds::ZERO);
    legs
}
