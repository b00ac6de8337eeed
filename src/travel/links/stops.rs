//! Stops, and who can walk to them.

use crate::territory::{Link, Mode, Pace, Stop, Territory};
use crate::travel::near::Near;
use crate::travel::network::Cost;
use crate::travel::straight_line::travelled;
use crate::units::{PlaceId, Position};
use std::collections::{HashMap, HashSet};

/// A walk between a stop, by its number, and somewhere else: the same both ways.
#[derive(Clone, Copy, Debug)]
pub(super) struct Walk {
    pub(super) stop: usize,
    pub(super) cost: Cost,
}

/// The stops of some links, those near one another with near numbers: searches go faster so.
pub(super) struct Stops<'t> {
    territory: &'t Territory,
    stops: Vec<Stop>,
    numbers: HashMap<Stop, usize>,
    near: Near,
    pace: Option<Pace>,
}

impl<'t> Stops<'t> {
    pub(super) fn of(territory: &'t Territory, links: &[&Link]) -> Self {
        let mut met = HashSet::new();
        let ends = links.iter().flat_map(|link| [link.from, link.to]);
        let mut stops: Vec<Stop> = ends.filter(|&stop| met.insert(stop)).collect();
        stops.sort_by(|&a, &b| along(position(territory, a)).total_cmp(&along(position(territory, b))));
        let numbers = stops.iter().enumerate().map(|(number, &stop)| (stop, number)).collect();
        let located = stops.iter().enumerate().filter_map(|(i, &stop)| Some((i, position(territory, stop)?)));
        let near = Near::new(located);
        let pace = territory.rules().straight_line.pace(Mode::Walk);
        Self { territory, stops, numbers, near, pace }
    }

    pub(super) fn len(&self) -> usize {
        self.stops.len()
    }

    /// For each stop, the others within a walk.
    pub(super) fn between(&self) -> Vec<Vec<Walk>> {
        let others = |(i, &stop): (usize, &Stop)| {
            let walks = self.walks(stop).unwrap_or_default();
            walks.into_iter().filter(|walk| walk.stop != i).collect()
        };
        self.stops.iter().enumerate().map(others).collect()
    }

    pub(super) fn number(&self, stop: Stop) -> Option<usize> {
        self.numbers.get(&stop).copied()
    }

    pub(super) fn position(&self, stop: Stop) -> Option<Position> {
        position(self.territory, stop)
    }

    /// The stops within a walk of a place or site: itself, when it is one, without any. `None` when
    /// nobody can tell, since it is neither a stop nor located.
    pub(super) fn walks(&self, from: Stop) -> Option<Vec<Walk>> {
        let own = self.number(from);
        let at = self.position(from);
        if own.is_none() && at.is_none() {
            return None;
        }
        let mut walks: Vec<Walk> = own.map(|stop| Walk { stop, cost: Cost::ZERO }).into_iter().collect();
        let (Some(at), Some(pace)) = (at, self.pace) else { return Some(walks) };
        let others = self.near.within(at, self.radius(pace)).into_iter().filter(|&stop| Some(stop) != own);
        walks.extend(others.filter_map(|stop| self.walk(at, stop, pace)));
        Some(walks)
    }

    fn walk(&self, from: Position, stop: usize, pace: Pace) -> Option<Walk> {
        let rules = self.territory.rules();
        let metres = travelled(&rules.straight_line, from, self.position(self.stops[stop])?);
        let time = pace.speed.time_over(metres).plus(pace.plus);
        (time <= rules.links.walk).then_some(Walk { stop, cost: Cost::new(time, metres) })
    }

    /// Metres as the crow flies that no walk is longer than.
    fn radius(&self, pace: Pace) -> f64 {
        let rules = self.territory.rules();
        let metres = pace.speed.kmh() * f64::from(rules.links.walk.get()) / 3.6;
        (metres + 1.0) * 100.0 / f64::from(rules.straight_line.detour.max(1))
    }

    /// As [`Stops::walks`], of every row of the places.
    pub(super) fn homes(&self) -> Vec<Option<Vec<Walk>>> {
        let walks = |row| {
            let place = PlaceId::from_index(row);
            self.territory.places().get(place).and_then(|_| self.walks(Stop::Place(place)))
        };
        (0..self.territory.places().rows()).map(walks).collect()
    }
}

/// Where a position comes in a sweep of the country, band by band from west to east.
fn along(at: Option<Position>) -> f64 {
    const BANDS_A_DEGREE: f64 = 40.0;
    at.map_or(f64::MAX, |at| (at.lat() * BANDS_A_DEGREE).floor() * 1_000.0 + at.lon())
}

fn position(territory: &Territory, stop: Stop) -> Option<Position> {
    match stop {
        Stop::Place(place) => territory.places().get(place)?.position,
        Stop::Site(site) => territory.sites().get(site)?.position,
    }
}
