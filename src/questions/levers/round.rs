//! A shuttle's round: where it stops, in which order, and when.

use crate::control::Control;
use crate::error::Error;
use crate::study::Study;
use crate::territory::{Edit, Lever, LeverChange, Mode, Place, Shuttle, Site, Territory, Way};
use crate::travel::{
    Column, Fleet, Query, RoundLegs, RoundRules, RoundsProof, StraightLine, Travel, TravelProvider,
    best_rounds, compute_modes, travelled,
};
use crate::units::{Key, Metres, PlaceId, Position, Seconds, SiteId, Speed, YouthId};
use std::collections::BTreeSet;

/// The timetable of a shuttle.
///
/// ```
/// use maillage::questions::Timetable;
///
/// assert!(Timetable::default().stops.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timetable {
    /// The stops, in the order of the way out, one vehicle after the other.
    pub stops: Vec<StopTime>,
    /// What all vehicles drive on a day, there and back, empty or not.
    pub distance: Metres,
    /// How long they drive.
    pub driven: Seconds,
    /// Whether no other choice or order of stops is better.
    pub proved: bool,
}

/// A stop of a shuttle.
///
/// ```
/// use maillage::questions::StopTime;
/// use maillage::units::{Key, Seconds};
///
/// let place = Key::new("pont").expect("an identifier");
/// let stop = StopTime { place, vehicle: 0, out: Seconds::from_minutes(20), home: Seconds::from_minutes(25) };
/// assert!(stop.out < stop.home);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopTime {
    /// The place.
    pub place: Key,
    /// Which vehicle stops there, from 0.
    pub vehicle: u32,
    /// Time on board to the site.
    pub out: Seconds,
    /// Time on board from the site.
    pub home: Seconds,
}

/// The timetables of those levers that are shuttles.
pub(super) fn rounds(
    study: &Study,
    levers: &[Lever],
    control: &Control<'_>,
) -> Result<Vec<Option<Timetable>>, Error> {
    let round = |lever: &Lever| match &lever.change {
        LeverChange::Shuttle(shuttle) => Ok(Some(timetable(study, shuttle, control)?)),
        _ => Ok(None),
    };
    levers.iter().map(round).collect()
}

/// Stops that many at most are looked at: those where most wait.
const MOST_STOPS: usize = 24;

fn timetable(study: &Study, shuttle: &Shuttle, control: &Control<'_>) -> Result<Timetable, Error> {
    let territory = study.territory();
    let Some(site) = territory.sites().find(&shuttle.site) else { return Ok(Timetable::default()) };
    let waiting = waiting(study, shuttle, site);
    let stops: Vec<PlaceId> = waiting.iter().map(|w| w.0).collect();
    let riders: Vec<u32> = waiting.iter().map(|w| w.1).collect();
    let drives = Drives::between(study, shuttle.speed, &stops, site, control)?;
    let Some(legs) = drives.legs() else { return Ok(Timetable::default()) };
    let rules = RoundRules { per_stop: shuttle.per_stop, ride_cap: shuttle.ride };
    let fleet = Fleet { vehicles: shuttle.vehicles, seats: shuttle.seats, both_ways: true };
    let best = best_rounds(&legs, rules, &riders, fleet);
    let all = stops.len() < MOST_STOPS && best.proof == RoundsProof::Best;
    let mut timetable = Timetable { proved: all, ..Timetable::default() };
    for (vehicle, round) in (0..).zip(&best.rounds) {
        let Some(home) = &round.home else { continue };
        timetable.driven = timetable.driven.plus(round.out.whole).plus(home.whole);
        let metres = drives.length(&round.out.stops) + drives.length(&home.stops);
        timetable.distance = Metres::new(timetable.distance.get().saturating_add(metres));
        for (&stop, &out) in round.out.stops.iter().zip(&round.out.on_board) {
            let at = home.stops.iter().position(|&s| s == stop);
            let Some(&home) = at.and_then(|at| home.on_board.get(at)) else { continue };
            let place = territory.places()[stops[stop]].key.clone();
            timetable.stops.push(StopTime { place, vehicle, out, home });
        }
    }
    Ok(timetable)
}

/// Where somebody may wait for it, and how many: those who live there, or walk there, and reach nothing at the site today.
/// The order is that of the keys.
fn waiting(study: &Study, shuttle: &Shuttle, site: SiteId) -> Vec<(PlaceId, u32)> {
    let territory = study.territory();
    let named: Vec<PlaceId> = shuttle.stops.iter().filter_map(|stop| territory.places().find(stop)).collect();
    let candidates: Vec<(PlaceId, Position)> = territory
        .places()
        .iter()
        .filter(|(id, _)| named.is_empty() || named.contains(id))
        .filter_map(|(id, place)| Some((id, place.position?)))
        .collect();
    let mut riders = vec![0u32; candidates.len()];
    for home in
        territory.youths().iter().filter(|(id, _)| is_cut_off(study, *id, site)).filter_map(|(_, y)| y.home)
    {
        let Some(at) = territory.places()[home].position else { continue };
        let walks = candidates.iter().map(|(id, stop)| walk(territory, (home, at), (*id, *stop)));
        let nearest = walks.enumerate().filter_map(|(stop, walk)| Some((walk?, stop))).min();
        if let Some((_, stop)) = nearest {
            riders[stop] += 1;
        }
    }
    let mut all: Vec<(u32, PlaceId)> =
        riders.into_iter().zip(candidates.iter().map(|c| c.0)).filter(|r| r.0 > 0).collect();
    all.sort_by_key(|&(riders, place)| (std::cmp::Reverse(riders), place));
    all.truncate(MOST_STOPS);
    let mut kept: Vec<(PlaceId, u32)> = all.into_iter().map(|(riders, place)| (place, riders)).collect();
    kept.sort_by(|a, b| territory.places()[a.0].key.cmp(&territory.places()[b.0].key));
    kept
}

/// Whether somebody enrolled in what is held at the site reaches none of it today.
fn is_cut_off(study: &Study, youth: YouthId, site: SiteId) -> bool {
    let territory = study.territory();
    let mut held = false;
    for &programme in &territory.youths()[youth].programmes {
        let limit = territory.limit_of(programme);
        let options = study.reach().options_of(programme);
        for option in options.filter(|&o| territory.option(o).venue.sites().contains(&site)) {
            held = true;
            if study.reach().attend(territory, youth, option, limit).is_ok() {
                return false;
            }
        }
    }
    held
}

/// How far it is from a home to a stop, where it is no longer than one walks to a link. Who lives there needs not walk.
fn walk(
    territory: &Territory,
    (home, from): (PlaceId, Position),
    (stop, to): (PlaceId, Position),
) -> Option<Metres> {
    if home == stop {
        return Some(Metres::new(0));
    }
    let rules = territory.rules();
    let pace = rules.straight_line.pace(Mode::Walk)?;
    let metres = travelled(&rules.straight_line, from, to);
    (pace.speed.time_over(metres).plus(pace.plus) <= rules.links.walk).then_some(metres)
}

/// Rides between the stops and the site, the site last.
pub(super) struct Drives(Vec<Vec<Option<Travel>>>);

impl Drives {
    /// By car where a network, a table or a matrix knows it; else in a straight line at the shuttle's speed, or a car's.
    /// `speed` is the vehicle's where drives are straight; `None` is that of a car.
    pub(super) fn between(
        study: &Study,
        speed: Option<Speed>,
        stops: &[PlaceId],
        site: SiteId,
        control: &Control<'_>,
    ) -> Result<Self, Error> {
        let territory = study.territory();
        let knows = study.providers().iter().find(|p| p.modes(territory).contains(&Mode::Car));
        let by_car = knows.is_some_and(|provider| provider.name() != StraightLine.name());
        if by_car {
            Self::by_car(study, stops, site, control)
        } else {
            Ok(Self::straight(territory, speed, stops, site))
        }
    }

    fn straight(territory: &Territory, speed: Option<Speed>, stops: &[PlaceId], site: SiteId) -> Self {
        let places = stops.iter().map(|&stop| territory.places()[stop].position);
        let ends: Vec<Option<Position>> = places.chain([territory.sites()[site].position]).collect();
        let rules = &territory.rules().straight_line;
        let speed = speed.or_else(|| rules.pace(Mode::Car).map(|pace| pace.speed));
        let ride = |from: &Option<Position>, to: &Option<Position>| {
            let distance = travelled(rules, (*from)?, (*to)?);
            Some(Travel::direct(speed?.time_over(distance), distance))
        };
        Self(ends.iter().map(|from| ends.iter().map(|to| ride(from, to)).collect()).collect())
    }

    /// A stop is a site of another territory for as long as its rides are asked.
    fn by_car(study: &Study, stops: &[PlaceId], site: SiteId, control: &Control<'_>) -> Result<Self, Error> {
        let territory = study.territory();
        let names = territory.to_draft();
        let Some(like) =
            names.sites.iter().find(|w| w.value.key == territory.sites()[site].key).map(|w| &w.value)
        else {
            return Ok(Self(Vec::new()));
        };
        let home = |n: usize| Key::new(&format!("~stop {n}"));
        let ends: Vec<Option<Position>> = stops
            .iter()
            .map(|&stop| territory.places()[stop].position)
            .chain([territory.sites()[site].position])
            .collect();
        let mut edits = Vec::new();
        for (n, position) in ends.iter().enumerate() {
            let Some(key) = home(n) else { continue };
            let place = Place {
                key: key.clone(),
                name: key.to_string(),
                commune: None,
                position: *position,
                population: None,
                epci: None,
            };
            edits.push(Edit::PutPlace(place));
            edits.push(Edit::PutSite(Site { key, position: *position, open: Vec::new(), ..like.clone() }));
        }
        let there = territory.edit(&edits)?.0;
        let sites: Vec<Option<SiteId>> = (0..ends.len()).map(|n| there.sites().find(&home(n)?)).collect();
        let places: Vec<Option<PlaceId>> = (0..ends.len()).map(|n| there.places().find(&home(n)?)).collect();
        let query = Query {
            sites: sites.iter().flatten().map(|&site| (site, BTreeSet::new())).collect(),
            horizon: territory.rules().horizon,
        };
        let only = BTreeSet::from([Mode::Car]);
        let times = compute_modes(&there, study.providers(), &query, Some(&only), control)?;
        let column = |site: SiteId| {
            let own = |c: &&Column| c.key.site == site && c.key.way == Way::To && c.key.mode == Mode::Car;
            times.columns().find(own)
        };
        let ride = |from: &Option<PlaceId>, to: &Option<SiteId>| column((*to)?)?.trip((*from)?).time();
        Ok(Self(places.iter().map(|from| sites.iter().map(|to| ride(from, to)).collect()).collect()))
    }

    /// The drive between two ends: stops by their numbers, then the site.
    pub(super) fn time(&self, from: usize, to: usize) -> Option<Seconds> {
        self.0.get(from)?.get(to)?.map(|travel| travel.time)
    }

    fn legs(&self) -> Option<RoundLegs> {
        let stops = self.0.len().checked_sub(1)?;
        let time = |from: usize, to: usize| self.time(from, to);
        let between: Vec<Vec<Option<Seconds>>> =
            (0..stops).map(|from| (0..stops).map(|to| time(from, to)).collect()).collect();
        let to_site: Vec<_> = (0..stops).map(|stop| time(stop, stops)).collect();
        let from_site: Vec<_> = (0..stops).map(|stop| time(stops, stop)).collect();
        RoundLegs::new(&between, &to_site, &from_site)
    }

    /// Metres of a round from the site and back to it.
    fn length(&self, stops: &[usize]) -> u32 {
        let site = self.0.len() - 1;
        let ends: Vec<usize> = std::iter::once(site).chain(stops.iter().copied()).chain([site]).collect();
        ends.windows(2).filter_map(|w| self.0[w[0]][w[1]]).map(|travel| travel.distance.get()).sum()
    }
}
