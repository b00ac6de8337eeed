//! Travel by the transport links that a territory declares: walk to a stop, ride,
//! change, walk. No timetable: a ride takes what its link says, on the days when it runs.

mod rides;
mod stops;

use super::network::{BATCH, Cost, Islands, Reached, Search, labels};
use super::provider::{Journey, Leg, Query, Stale, TravelProvider};
use super::table::{Cell, Column, ColumnKey, Session, Travel, Trip, When};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::finding::Text;
use crate::territory::{Assumption, Changes, Link, LinkRules, Mark, Mode, Service, Stop, Territory, Way};
use crate::units::{LinkId, Metres, PlaceId, Seconds, SiteId};
use rides::{Part, Rides};
use std::collections::BTreeMap;
use std::sync::Arc;
use stops::{Stops, Walk};

/// The provider of what links carry: coaches and trains, transport on demand, shuttles.
///
/// A trip walks to a stop, rides, changes between lines at a stop or within a walk
/// of it, and walks to the site; it rides at least once. Walks are those of the
/// straight line, each at most [`LinkRules::walk`]; who lives at a stop needs none.
/// Boarding another line costs [`LinkRules::change`].
///
/// ```
/// use maillage::travel::Links;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// assert!(Links.to_nowhere(study.territory()).is_empty(), "the valley declares no link");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Links;

impl Links {
    /// What links join, whatever the day, with the walks to them. Services are apart:
    /// a trip takes one of them.
    pub fn islands(&self, territory: &Territory) -> Islands {
        islands(territory, &components(territory))
    }

    /// The links that no path joins to any site, whatever one changes to.
    pub fn to_nowhere(&self, territory: &Territory) -> Vec<LinkId> {
        let services = components(territory);
        let with_site = islands(territory, &services).with_site();
        let joined = |link: &Link| {
            services.iter().any(|(served, island)| {
                let stop = served.stops.number(link.from).filter(|_| served.mode == link.service.mode());
                stop.is_some_and(|stop| with_site.contains(&island[stop]))
            })
        };
        territory.links().iter().filter(|(_, link)| !joined(link)).map(|(id, _)| id).collect()
    }
}

/// The services, each with the component of each of its stops.
fn components(territory: &Territory) -> Vec<(Served<'_>, Vec<usize>)> {
    let mut first = 0;
    let mut services = Vec::new();
    for mode in modes(territory) {
        let served = Served::new(territory, mode);
        let rides = served.rides(&served.links);
        let of_node = labels(rides.arcs());
        let island = |stop| first + of_node[rides.home(Way::To, stop).index()];
        let islands: Vec<usize> = (0..served.stops.len()).map(island).collect();
        first = islands.iter().max().map_or(first, |last| last + 1);
        services.push((served, islands));
    }
    services
}

fn islands(territory: &Territory, services: &[(Served<'_>, Vec<usize>)]) -> Islands {
    let of = |stop| {
        let walks = services.iter().flat_map(|(served, island)| {
            let walks = served.stops.walks(stop).unwrap_or_default();
            walks.into_iter().map(|walk| island[walk.stop])
        });
        let mut islands: Vec<usize> = walks.collect();
        islands.sort_unstable();
        islands.dedup();
        islands
    };
    let places = (0..territory.places().rows()).map(|row| of(Stop::Place(PlaceId::from_index(row))));
    let sites = (0..territory.sites().rows()).map(|row| of(Stop::Site(SiteId::from_index(row))));
    Islands::new(places.collect(), sites.collect())
}

fn modes(territory: &Territory) -> Vec<Mode> {
    let runs = |service: &Service| territory.links().iter().any(|(_, link)| link.service == *service);
    Service::ALL.into_iter().filter(runs).map(Service::mode).collect()
}

/// One service: its links, its stops, and who can walk to them.
struct Served<'t> {
    territory: &'t Territory,
    mode: Mode,
    links: Vec<&'t Link>,
    stops: Stops<'t>,
    /// For each stop, the others within a walk.
    between: Vec<Vec<Walk>>,
}

impl<'t> Served<'t> {
    fn new(territory: &'t Territory, mode: Mode) -> Self {
        let of_mode = |link: &&Link| link.service.mode() == mode;
        let links: Vec<&Link> = territory.links().iter().map(|(_, link)| link).filter(of_mode).collect();
        let stops = Stops::of(territory, &links);
        let between = stops.between();
        Self { territory, mode, links, stops, between }
    }

    /// The links that run on the day of a session.
    fn running(&self, session: Session) -> Vec<&'t Link> {
        let is_holiday = self.territory.calendar().is_holiday(session.date);
        self.links.iter().copied().filter(|link| link.runs(session.date, is_holiday)).collect()
    }

    fn rides(&self, links: &[&Link]) -> Rides {
        let rules = self.territory.rules();
        Rides::new(&self.stops, links, &self.between, &rules.straight_line, rules.links.change)
    }

    /// The rides of each day that is asked about. Days with the same links share them.
    fn days(&self, query: &Query) -> Days {
        let mut days = Days { rides: vec![self.rides(&self.links)], of: BTreeMap::new() };
        if self.links.iter().all(|link| link.runs_always()) {
            return days;
        }
        let mut sets = vec![self.links.clone()];
        for &session in query.sites.values().flatten() {
            let day = self.day(session);
            if days.of.contains_key(&day) {
                continue;
            }
            let links = self.running(session);
            let same = |set: &Vec<&Link>| set.iter().map(|l| &l.key).eq(links.iter().map(|l| &l.key));
            let known = sets.iter().position(same).unwrap_or_else(|| {
                days.rides.push(self.rides(&links));
                sets.push(links);
                sets.len() - 1
            });
            days.of.insert(day, known);
        }
        days
    }

    fn day(&self, session: Session) -> Day {
        (session.date.weekday().to_monday_zero_offset(), self.territory.calendar().is_holiday(session.date))
    }

    fn columns(&self, query: &Query, control: &Control<'_>) -> Result<Vec<Column>, Error> {
        let days = self.days(query);
        let mut tasks: BTreeMap<Task, Vec<When>> = BTreeMap::new();
        for (&site, sessions) in &query.sites {
            for way in Way::BOTH {
                if days.of.is_empty() {
                    tasks.insert((site, way, EVERY_DAY), vec![When::Always]);
                    continue;
                }
                for &session in sessions {
                    let task = (site, way, days.of[&self.day(session)]);
                    tasks.entry(task).or_default().push(When::Session(session));
                }
            }
        }
        let homes = self.stops.homes();
        let tasks: Vec<(Task, Vec<When>)> = tasks.into_iter().collect();
        let cells = control.each(Stage::Travel, BATCH, &tasks, Search::default, |search, (task, _)| {
            self.cells(search, &days, *task, &homes, query)
        })?;
        let column = |((site, way, _), when): (Task, When), cells: &Arc<[Cell]>| Column {
            key: ColumnKey { site, way, mode: self.mode, when },
            cells: Arc::clone(cells),
        };
        let moments = tasks.iter().zip(&cells).flat_map(|((task, moments), cells)| {
            moments.iter().map(move |&when| column((*task, when), cells))
        });
        Ok(moments.collect())
    }

    fn cells(
        &self,
        search: &mut Search,
        days: &Days,
        (site, way, day): Task,
        homes: &[Option<Vec<Walk>>],
        query: &Query,
    ) -> Arc<[Cell]> {
        let Some(around) = self.stops.walks(Stop::Site(site)) else {
            return vec![Trip::NotLocated.into(); homes.len()].into();
        };
        let mut asked = |day: usize, horizon| -> Vec<Trip> {
            let rides = &days.rides[day];
            rides.search(search, way, &around, horizon);
            let trip = |home: &Option<Vec<Walk>>| match home {
                Some(walks) => trip(search, rides, way, walks, horizon),
                None => Trip::NotLocated,
            };
            homes.iter().map(trip).collect()
        };
        let mut trips = asked(day, query.horizon);
        if day != EVERY_DAY && trips.contains(&Trip::NoLink) {
            // How long it would take on another day does not matter: only whether.
            for (trip, some_day) in trips.iter_mut().zip(asked(EVERY_DAY, Seconds::ZERO)) {
                if *trip == Trip::NoLink && some_day != Trip::NoLink {
                    *trip = Trip::NoService;
                }
            }
        }
        trips.into_iter().map(Cell::from).collect()
    }
}

/// A day of the week, from 0 on Monday, in the holidays or not.
type Day = (i8, bool);
/// What one search answers: a site, a way, and which rides run.
type Task = (SiteId, Way, usize);
/// The rides of all days together.
const EVERY_DAY: usize = 0;

/// The rides of each day; those of [`EVERY_DAY`] first.
struct Days {
    rides: Vec<Rides>,
    /// Nothing when all links run every day.
    of: BTreeMap<Day, usize>,
}

/// The best walk, after a search from the site.
fn best(search: &Search, rides: &Rides, way: Way, home: &[Walk]) -> Option<(Cost, usize)> {
    let whole = |walk: &Walk| match search.reached(rides.home(way, walk.stop)) {
        Reached::Within(cost) => Some((cost.plus(walk.cost), walk.stop)),
        Reached::Beyond | Reached::Never => None,
    };
    home.iter().filter_map(whole).min()
}

fn trip(search: &Search, rides: &Rides, way: Way, home: &[Walk], horizon: Seconds) -> Trip {
    match best(search, rides, way, home) {
        Some((cost, _)) if cost.time <= horizon => Trip::Time(Travel::direct(cost.time, cost.distance)),
        Some(_) => Trip::BeyondLimit,
        None => {
            let joined = |walk: &Walk| search.reached(rides.home(way, walk.stop)) == Reached::Beyond;
            if home.iter().any(joined) { Trip::BeyondLimit } else { Trip::NoLink }
        }
    }
}

impl TravelProvider for Links {
    fn name(&self) -> &str {
        "links"
    }

    fn modes(&self, territory: &Territory) -> Vec<Mode> {
        modes(territory)
    }

    fn columns(
        &self,
        territory: &Territory,
        modes: &[Mode],
        query: &Query,
        control: &Control<'_>,
    ) -> Result<Vec<Column>, Error> {
        let mut columns = Vec::new();
        for &mode in modes {
            columns.extend(Served::new(territory, mode).columns(query, control)?);
        }
        Ok(columns)
    }

    fn stale(&self, _from: &Territory, _to: &Territory, changes: &Changes) -> Stale {
        let moved = !changes.places.is_empty() || !changes.sites.is_empty() || !changes.links.is_empty();
        if moved || changes.rules || changes.calendar { Stale::Everything } else { Stale::Nothing }
    }

    fn journey(&self, territory: &Territory, place: PlaceId, key: ColumnKey) -> Option<Journey> {
        let served = Served::new(territory, key.mode);
        let rides = match key.when {
            When::Always => served.rides(&served.links),
            When::Session(session) => served.rides(&served.running(session)),
        };
        let (home, site) =
            (served.stops.walks(Stop::Place(place))?, served.stops.walks(Stop::Site(key.site))?);
        let mut search = Search::default();
        let horizon = territory.rules().horizon;
        rides.search(&mut search, key.way, &site, horizon);
        let (_, stop) = best(&search, &rides, key.way, &home).filter(|(cost, _)| cost.time <= horizon)?;
        let at_home = home.iter().find(|walk| walk.stop == stop)?.cost;
        let (parts, at_site) = rides.parts(&search, key.way, &site, rides.home(key.way, stop))?;
        let (first, last) = if key.way == Way::To { (at_home, at_site) } else { (at_site, at_home) };
        Some(Journey { legs: legs(first, &parts, last, key.mode, territory.rules().links.change) })
    }

    fn assumptions(&self, territory: &Territory, modes: &[Mode]) -> Vec<Assumption> {
        let (rules, usual) = (territory.rules().links, LinkRules::default());
        let count = territory.links().iter().filter(|(_, link)| modes.contains(&link.service.mode())).count();
        let mark = |same| if same { Mark::Assumed } else { Mark::Declared };
        let [walk, change] = [rules.walk, rules.change].map(|time| time.to_minutes().get());
        let say = |id, mark, text| Assumption { id, text, mark };
        let mut list = vec![
            say("links", Mark::Declared, Text::say(|words| words.links(count))),
            say("links_walk", mark(rules.walk == usual.walk), Text::say(|words| words.walk_to_a_stop(walk))),
            say(
                "links_change",
                mark(rules.change == usual.change),
                Text::say(|words| words.change_of_line(change)),
            ),
        ];
        list.extend(territory.rules().straight_line.assumptions(&[Mode::Walk]));
        list
    }
}

/// Legs in the order of travel. What a change takes is told with the ride that it leads to.
fn legs(first: Cost, parts: &[Part], last: Cost, mode: Mode, change: Seconds) -> Vec<Leg> {
    let leg = |mode, cost: Cost| Leg { mode, time: cost.time, distance: cost.distance };
    let on_foot = |cost: Cost| (cost != Cost::ZERO).then(|| leg(Mode::Walk, cost));
    let mut legs: Vec<Leg> = on_foot(first).into_iter().collect();
    let mut boarding = Cost::ZERO;
    for part in parts {
        match *part {
            Part::Change(cost) => {
                let walk = Seconds::new(cost.time.get().saturating_sub(change.get()));
                legs.extend(on_foot(Cost::new(walk, cost.distance)));
                boarding = Cost::new(change, Metres::default());
            }
            Part::Ride { cost, sits } => {
                let cost = cost.plus(std::mem::take(&mut boarding));
                match legs.last_mut().filter(|_| sits) {
                    Some(ride) => {
                        let both = cost.plus(Cost::new(ride.time, ride.distance));
                        *ride = leg(mode, both);
                    }
                    None => legs.push(leg(mode, cost)),
                }
            }
        }
    }
    legs.extend(on_foot(last));
    legs
}
