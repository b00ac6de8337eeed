//! The homes and sites of a territory, with all ways to the stops around them.

use super::access::{Access, Approach};
use super::feed::Timetable;
use super::on_demand::Here;
use super::pattern::STOP;
use super::service::weekday;
use super::table::{TransitDoor, on_demand};
use super::walking::{StopWalk, WalkRules, Walks};
use crate::control::Control;
use crate::error::Error;
use crate::territory::{Mode, Territory, Way};
#[cfg(feature = "roads")]
use crate::travel::{RoadNetwork, RoadTravel};
#[cfg(feature = "roads")]
use crate::units::Position;
use crate::units::{Metres, PlaceId, SiteId};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
#[cfg(feature = "roads")]
use std::sync::Arc;

/// Dates with less than so many hundredths of the usual trips are not believed, if none after them has more.
const THIN: usize = 80;

/// Homes and sites with the stops around them.
#[derive(Debug)]
pub(super) struct Ends {
    pub(super) walks: Walks,
    /// By row of the places.
    pub(super) homes: Vec<Option<Home>>,
    pub(super) sites: BTreeMap<SiteId, Option<Venue>>,
}

/// A site, and what comes on demand from each home and back.
#[derive(Debug)]
pub(super) struct Venue {
    pub(super) door: TransitDoor,
    /// By way, then row of the places.
    pub(super) on_demand: [Vec<Vec<Approach>>; 2],
}

/// A home, and the stops that vehicles lead to from there.
#[derive(Debug)]
pub(super) struct Home {
    pub(super) door: TransitDoor,
    /// By mixed mode, in the order of [`Mode::MIXED`].
    pub(super) ridden: [Vec<Access>; Mode::MIXED.len()],
}

impl Home {
    /// The stops that the vehicle of a mixed mode leads to; none for others.
    pub(super) fn ridden_by(&self, mode: Mode) -> &[Access] {
        let nth = Mode::MIXED.iter().position(|&mixed| mixed == mode);
        nth.map_or(&[], |nth| &self.ridden[nth])
    }
}

/// How people come to stops: by road where roads are known, else straight.
pub(super) struct Streets<'s> {
    pub(super) territory: &'s Territory,
    #[cfg(feature = "roads")]
    pub(super) roads: Option<&'s RoadTravel>,
    #[cfg_attr(not(feature = "roads"), allow(dead_code, reason = "only roads take long"))]
    pub(super) control: &'s Control<'s>,
}

impl Streets<'_> {
    fn on_foot(&self, walks: &Walks, doors: &[Here]) -> Result<Vec<Vec<StopWalk>>, Error> {
        #[cfg(feature = "roads")]
        if let Some(network) = self.network(Mode::Walk) {
            return walks.on_roads(&network, &positions(doors), self.control);
        }
        Ok(doors.iter().map(|here| walks.around(here.at)).collect())
    }

    fn driven(&self, walks: &Walks, mode: Mode, doors: &[Here]) -> Result<Vec<Vec<Access>>, Error> {
        let most = self.territory.rules().transit.ride;
        #[cfg(feature = "roads")]
        if let Some(network) = self.network(mode) {
            return walks.driven_on_roads((&network, mode), &positions(doors), most, self.control);
        }
        Ok(doors.iter().map(|here| walks.driven(here.at, mode, most)).collect())
    }

    #[cfg(feature = "roads")]
    fn network(&self, mode: Mode) -> Option<Arc<RoadNetwork>> {
        self.roads?.network_with(mode, self.territory.roads())
    }

    fn doors(&self, walks: &Walks, located: &[Here]) -> Result<Vec<TransitDoor>, Error> {
        let on_foot = self.on_foot(walks, located)?;
        Ok(located.iter().zip(on_foot).map(|(&here, foot)| TransitDoor::with(walks, here, foot)).collect())
    }

    /// For each home and mixed mode, the stops around.
    fn ridden(
        &self,
        walks: &Walks,
        located: &[Here],
    ) -> Result<Vec<[Vec<Access>; Mode::MIXED.len()]>, Error> {
        let mut all: Vec<[Vec<Access>; Mode::MIXED.len()]> = vec![Default::default(); located.len()];
        for (nth, mode) in Mode::MIXED.into_iter().enumerate() {
            for (home, stops) in all.iter_mut().zip(self.driven(walks, mode.at_home(), located)?) {
                home[nth] = stops;
            }
        }
        Ok(all)
    }
}

#[cfg(feature = "roads")]
fn positions(doors: &[Here]) -> Vec<Position> {
    doors.iter().map(|here| here.at).collect()
}

impl Ends {
    pub(super) fn new(timetable: &Timetable, streets: &Streets<'_>) -> Result<Self, Error> {
        let territory = streets.territory;
        let walks = Walks::new(timetable, rules(territory)).and_on_demand_of(territory);
        let places = (0..territory.places().rows()).map(PlaceId::from_index);
        let homes: Vec<Option<Here>> = places
            .map(|place| {
                let place = territory.places().get(place)?;
                Some(Here { at: place.position?, commune: place.commune })
            })
            .collect();
        let sites = territory.sites().iter();
        let sites: Vec<(SiteId, Option<Here>)> = sites
            .map(|(id, site)| (id, site.position.map(|at| Here { at, commune: site.commune })))
            .collect();
        let located: Vec<Here> = homes.iter().copied().flatten().collect();
        let mut at_home = streets.doors(&walks, &located)?.into_iter();
        let mut ridden = streets.ridden(&walks, &located)?.into_iter();
        let homes: Vec<Option<Home>> = homes
            .iter()
            .map(|home| home.and_then(|_| Some(Home { door: at_home.next()?, ridden: ridden.next()? })))
            .collect();
        let located: Vec<Here> = sites.iter().filter_map(|site| site.1).collect();
        let mut at_sites = streets.doors(&walks, &located)?.into_iter();
        let venue = |door: TransitDoor| {
            let of = |way, home: &Option<Home>| {
                home.as_ref().map_or_else(Vec::new, |home| on_demand(&walks, &home.door, &door, way))
            };
            let on_demand = Way::BOTH.map(|way| homes.iter().map(|home| of(way, home)).collect());
            Venue { door, on_demand }
        };
        let sites =
            sites.iter().map(|&(id, here)| (id, here.and_then(|_| at_sites.next()).map(venue))).collect();
        Ok(Self { walks, homes, sites })
    }

    /// The stops that one walks to from some door.
    pub(super) fn stops(&self) -> BTreeSet<u32> {
        let homes = self.homes.iter().flatten().map(|home| &home.door);
        let doors = homes.chain(self.sites.values().flatten().map(|site| &site.door));
        doors.flat_map(|door| door.foot.iter().map(|access| access.stop)).collect()
    }

    /// Those, and the stops that vehicles lead to from some home.
    pub(super) fn stops_ridden(&self) -> BTreeSet<u32> {
        let ridden = self.homes.iter().flatten().flat_map(|home| home.ridden.iter().flatten());
        let mut stops = self.stops();
        stops.extend(ridden.map(|access| access.stop));
        stops
    }

    /// The dates at the end of the timetable on which less runs around the territory than is usual on their day of
    /// the week, and never as much again.
    pub(super) fn thin_dates(&self, timetable: &Timetable) -> BTreeSet<Date> {
        let services = trips_around(timetable, &self.stops());
        let (first, last) = timetable.horizon();
        let on = |date: Date| {
            let day = timetable.services.day(date)?;
            let runs = services.iter().filter(|s| timetable.services.runs(*s.0, day));
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
}

/// How many trips of each service call at some of these stops.
fn trips_around(timetable: &Timetable, stops: &BTreeSet<u32>) -> BTreeMap<u32, usize> {
    let patterns = &timetable.patterns;
    let calls_there = |codes: &[u32]| codes.iter().any(|code| stops.contains(&(code & STOP)));
    let mut of_service: BTreeMap<u32, usize> = BTreeMap::new();
    for pattern in patterns.all.iter().filter(|pattern| calls_there(patterns.stops_of(pattern))) {
        for trip in pattern.numbers() {
            *of_service.entry(patterns.services[trip as usize]).or_default() += 1;
        }
    }
    of_service
}

/// Walking as the territory says.
pub(super) fn rules(territory: &Territory) -> WalkRules {
    let rules = territory.rules();
    let mut walk = WalkRules { straight_line: rules.straight_line.clone(), ..WalkRules::default() };
    if let Some(speed) = walk.speed() {
        let metres = f64::from(rules.links.walk.get()) * speed.kmh() / 3.6;
        walk.most = Metres::new(metres as u32);
    }
    walk
}

/// For each stop, a number that all have that lines join it with, whatever the day.
pub(super) fn islands(timetable: &Timetable, walks: &Walks) -> Vec<u32> {
    let mut joined = petgraph::unionfind::UnionFind::<u32>::new(timetable.stops.len());
    for pattern in timetable.patterns.all.iter().filter(|pattern| pattern.trips > 0) {
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
