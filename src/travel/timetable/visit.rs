//! Everybody's ways to one stay at one site and home again, by all modes that ride by timetable or on demand.

use super::access::Access;
use super::day::{ServiceDay, instant};
use super::ends::{Ends, Home, Venue};
use super::feed::Timetable;
use super::journey::{AccessBy, DayTime, Telling, TransitJourney};
use super::search::{Asked, StopSearch};
use super::table::{TransitDay, TransitDoor, better};
use crate::territory::{Mode, Way};
use crate::travel::table::{Cell, Session, Travel, Trip};
use crate::units::{PlaceId, Seconds, SiteId};
use jiff::civil::Date;
use std::borrow::Cow;

/// What is the same for all visits.
pub(super) struct Asking<'a> {
    pub(super) timetable: &'a Timetable,
    pub(super) ends: &'a Ends,
    /// By stop: which hang together, whatever the day.
    pub(super) islands: Vec<u32>,
    pub(super) modes: Vec<Mode>,
    pub(super) horizon: Seconds,
    pub(super) most_at_site: Option<Seconds>,
}

/// A search a way, with the room that it needs.
#[derive(Default)]
pub(super) struct Searches([StopSearch; 2]);

/// What runs on a date.
pub(super) struct Today {
    day: ServiceDay,
    /// Whether anybody knows.
    is_known: bool,
    /// Which services on demand do.
    running: Vec<bool>,
}

impl Today {
    pub(super) fn new(asking: &Asking<'_>, date: Date, is_known: bool) -> Self {
        let timetable = asking.timetable;
        let day = if is_known { ServiceDay::new(timetable, date) } else { ServiceDay::idle(timetable, date) };
        let running = asking.ends.walks.on_demand().running(&timetable.services, date);
        Self { day, is_known, running }
    }
}

/// A stay at a site.
pub(super) struct Visit<'a> {
    pub(super) asking: &'a Asking<'a>,
    pub(super) today: &'a Today,
    pub(super) site: SiteId,
    pub(super) session: Session,
}

/// There and back.
type Both<T> = [T; 2];

/// From the site, by which ways to its stops, on a day.
struct FromSite<'v> {
    venue: &'v Venue,
    tellings: Both<Telling<'v>>,
    stops: Both<Cow<'v, [Access]>>,
}

impl<'a> Visit<'a> {
    /// The cells of all homes, by way and mode.
    pub(super) fn columns(&self, searches: &mut Searches) -> Vec<(Way, Mode, Vec<Cell>)> {
        let (on_demand, by_stop): (Vec<Mode>, Vec<Mode>) =
            self.asking.modes.iter().partition(|mode| **mode == Mode::OnDemand);
        let mut columns = self.of_modes(&by_stop, searches);
        columns.extend(self.of_modes(&on_demand, searches));
        columns
    }

    /// The columns of modes that search alike.
    fn of_modes(&self, modes: &[Mode], searches: &mut Searches) -> Vec<(Way, Mode, Vec<Cell>)> {
        let Some(&first) = modes.first() else { return Vec::new() };
        let Some(from) = self.from(first == Mode::OnDemand) else {
            let nowhere = || vec![Trip::NotLocated.into(); self.asking.ends.homes.len()];
            let each = modes.iter().flat_map(|&mode| Way::BOTH.map(|way| (way, mode, nowhere())));
            return each.collect();
        };
        from.search(searches);
        let mut columns = Vec::new();
        for &mode in modes {
            let mut cells: Both<Vec<Cell>> = Default::default();
            for (row, home) in self.asking.ends.homes.iter().enumerate() {
                let trips = match home {
                    None => [Trip::NotLocated; 2],
                    Some(home) => self.trips(mode, &from, searches, (row, home)),
                };
                for (cells, trip) in cells.iter_mut().zip(trips) {
                    cells.push(trip.into());
                }
            }
            let [to, back] = cells;
            columns.extend([(Way::To, mode, to), (Way::Back, mode, back)]);
        }
        columns
    }

    /// How one home's trip goes.
    pub(super) fn journey(&self, mode: Mode, way: Way, place: PlaceId) -> Option<TransitJourney> {
        let home = self.asking.ends.homes.get(place.index())?.as_ref()?;
        let from = self.from(mode == Mode::OnDemand)?;
        let mut searches = Searches::default();
        from.search(&mut searches);
        let [to, back] = self.journeys(mode, &from, &searches, (place.index(), home));
        let journey = match way {
            Way::To => to,
            Way::Back => back,
        };
        journey.filter(|journey| !self.stays_too_long(way, journey))
    }

    fn from(&self, on_demand: bool) -> Option<FromSite<'_>> {
        let Asking { timetable, ends, .. } = *self.asking;
        let venue = ends.sites.get(&self.site)?.as_ref()?;
        let telling = |way| {
            let asked = Asked { way, at: self.session.at(way), within: None, rides: TransitDay::RIDES };
            Telling { timetable, day: &self.today.day, walks: &ends.walks, asked }
        };
        let stops = |way| match on_demand {
            true => venue.door.ways(way == Way::Back, &self.today.running),
            false => Cow::Borrowed(&venue.door.foot[..]),
        };
        Some(FromSite { venue, tellings: Way::BOTH.map(telling), stops: Way::BOTH.map(stops) })
    }

    fn trips(
        &self,
        mode: Mode,
        from: &FromSite<'_>,
        searches: &Searches,
        home: (usize, &Home),
    ) -> Both<Trip> {
        let [to, back] = self.journeys(mode, from, searches, home);
        [(Way::To, to), (Way::Back, back)].map(|(way, journey)| match journey {
            Some(journey) if journey.time() > self.asking.horizon => Trip::BeyondLimit,
            Some(journey) if self.stays_too_long(way, &journey) => Trip::NoService,
            Some(journey) => Trip::Time(self.travel(way, &journey)),
            None => self.none(mode, way, from, home),
        })
    }

    fn journeys(
        &self,
        mode: Mode,
        from: &FromSite<'_>,
        searches: &Searches,
        (row, home): (usize, &Home),
    ) -> Both<Option<TransitJourney>> {
        let by = |stops: &[Access]| Way::BOTH.map(|way| from.journey(searches, way, stops));
        match mode {
            Mode::OnDemand => Way::BOTH.map(|way| {
                let stops = home.door.ways(way == Way::To, &self.today.running);
                let by_stop = from.journey(searches, way, &stops);
                let by_stop = by_stop.filter(|journey| journey.bookings().next().is_some());
                let called = &from.venue.on_demand[way as usize][row];
                better(way, from.tellings[way as usize].called(called, &self.today.running), by_stop)
            }),
            Mode::Bus => by(&home.door.foot),
            mode => {
                let stops = home.ridden_by(mode);
                if mode.brings_vehicle() { from.there_and_back(searches, stops) } else { by(stops) }
            }
        }
    }

    fn stays_too_long(&self, way: Way, journey: &TransitJourney) -> bool {
        let at_site = journey.at_site(way, DayTime::from(self.session.at(way)));
        self.asking.most_at_site.is_some_and(|most| at_site > most)
    }

    fn travel(&self, way: Way, journey: &TransitJourney) -> Travel {
        let at_home = match way {
            Way::To => Some(&journey.start),
            Way::Back => journey.end.as_ref(),
        };
        let driven = at_home.filter(|access| matches!(access.by, AccessBy::Vehicle(_)));
        Travel {
            time: journey.time(),
            distance: journey.distance,
            waiting: journey.waiting(),
            at_site: journey.at_site(way, DayTime::from(self.session.at(way))),
            access: driven.map_or(Seconds::ZERO, |access| access.arrive.since(access.depart)),
        }
    }

    /// Why there is none: nobody knows, nothing runs then, or nothing ever leads there.
    fn none(&self, mode: Mode, way: Way, from: &FromSite<'_>, (row, home): (usize, &Home)) -> Trip {
        let (at_home, at_site) = match mode {
            Mode::Bus => (Cow::Borrowed(&home.door.foot[..]), Cow::Borrowed(&from.venue.door.foot[..])),
            Mode::OnDemand => {
                let all = vec![true; self.today.running.len()];
                (home.door.ways(way == Way::To, &all), from.venue.door.ways(way == Way::Back, &all))
            }
            mode => (Cow::Borrowed(home.ridden_by(mode)), Cow::Borrowed(&from.venue.door.foot[..])),
        };
        let is_called = |door: &TransitDoor| door.is_called();
        let by_stop = mode != Mode::OnDemand || is_called(&home.door) || is_called(&from.venue.door);
        let joined = by_stop && self.joined(&at_home, &at_site);
        let direct = mode == Mode::OnDemand && !from.venue.on_demand[way as usize][row].is_empty();
        if !self.today.is_known && (mode != Mode::OnDemand || joined) {
            Trip::Unknown
        } else if joined || direct {
            Trip::NoService
        } else {
            Trip::NoLink
        }
    }

    /// Whether lines lead from one to the other, whatever the day.
    fn joined(&self, home: &[Access], site: &[Access]) -> bool {
        let island = |access: &Access| self.asking.islands.get(access.stop as usize).copied();
        home.iter().any(|a| site.iter().any(|b| island(a).is_some() && island(a) == island(b)))
    }
}

impl FromSite<'_> {
    fn search(&self, Searches(searches): &mut Searches) {
        for ((telling, stops), search) in self.tellings.iter().zip(&self.stops).zip(searches) {
            telling.search(search, stops);
        }
    }

    fn journey(&self, Searches(searches): &Searches, way: Way, home: &[Access]) -> Option<TransitJourney> {
        let nth = way as usize;
        self.tellings[nth].journey(&searches[nth], &self.stops[nth], home)
    }

    /// With a vehicle that waits at the stop: both ways by the same, that which leaves the shortest time until the stay and
    /// after it, the longer first. Where there is none both ways, the best each way.
    fn there_and_back(&self, all: &Searches, home: &[Access]) -> Both<Option<TransitJourney>> {
        let Searches(searches) = all;
        let spans = |access: &Access| {
            let span = |way: Way| {
                let start = instant(way, self.tellings[way as usize].asked.at);
                Some(searches[way as usize].past(way, access)? - start)
            };
            Some((span(Way::To)?, span(Way::Back)?))
        };
        let both = home.iter().filter_map(|access| Some((spans(access)?, access)));
        let best = both.min_by_key(|((to, back), access)| (*to.max(back), to + back, access.stop));
        let via = |way: Way, access: &Access| {
            self.tellings[way as usize].via(&searches[way as usize], &self.stops[way as usize], access)
        };
        match best {
            Some((_, access)) => Way::BOTH.map(|way| via(way, access)),
            None => {
                // Out, and no way back by the vehicle: it stays where it is.
                [self.journey(all, Way::To, home), None]
            }
        }
    }
}
