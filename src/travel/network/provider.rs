//! Travel by one mode along another tool's network.

use super::{BATCH, Cost, Islands, Network, Reached, Search};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::territory::{Assumption, Mode, Pace, Territory, Way};
use crate::travel::near::Near;
use crate::travel::provider::{Journey, Leg, Query, TravelProvider, provided};
use crate::travel::straight_line::travelled;
use crate::travel::table::{Cell, Column, ColumnKey, Travel, Trip, When};
use crate::units::{Key, Metres, NodeId, PlaceId, Position, Seconds, SiteId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A provider for one mode, at any time of any day.
///
/// A place or site stands at the node that has its key, or else at the nearest node
/// not farther than [`NetworkTravel::within`]; the way there is a straight line × detour
/// at the pace of the mode, or on foot for a mode without one. Times are those of
/// the network and of that way: nothing is added for starting or parking.
///
/// ```
/// use maillage::territory::Mode;
/// use maillage::travel::{NetworkTravel, TravelProvider};
/// # use maillage::travel::{Cost, Hop, Junction, Network};
/// # use maillage::units::{Key, Metres, NodeId, Seconds};
/// # let [from, to] = [0, 1].map(NodeId::from_index);
/// # let junctions = ["a", "b"].map(|key| Junction::of(Key::new(key).expect("an identifier")));
/// # let cost = Cost::new(Seconds::new(60), Metres::new(900));
/// # let network = Network::new(junctions.into(), [Hop { from, to, cost }]);
/// let provider = NetworkTravel::new("paths", Mode::Bike, network).within(Metres::new(200));
/// assert_eq!((provider.name(), provider.network().nodes()), ("paths", 2));
/// ```
pub struct NetworkTravel {
    name: String,
    mode: Mode,
    network: Network,
    by_key: BTreeMap<Key, NodeId>,
    near: Near,
    within: Metres,
}

/// Where a place or a site joins the network.
#[derive(Clone, Copy)]
enum Joined {
    At(NodeId, Cost),
    /// Every node is too far.
    TooFar,
    NotLocated,
}

impl NetworkTravel {
    /// Travel by `mode` along `network`, joined from at most 2 km.
    pub fn new(name: &str, mode: Mode, network: Network) -> Self {
        let nodes = || network.junctions.iter().enumerate();
        // Of nodes with the same key, the first.
        let by_key =
            nodes().rev().filter_map(|(i, j)| Some((j.key.clone()?, NodeId::from_index(i)))).collect();
        let near = Near::new(nodes().filter_map(|(i, j)| Some((i, j.position?))));
        Self { name: name.to_owned(), mode, network, by_key, near, within: Metres::new(2_000) }
    }

    /// Joins places and sites from at most so far, as the crow flies.
    #[must_use]
    pub fn within(mut self, metres: Metres) -> Self {
        self.within = metres;
        self
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Which places and sites the network joins.
    pub fn islands(&self, territory: &Territory) -> Islands {
        let components = self.network.components();
        let of = |joined| match joined {
            Joined::At(node, _) => vec![components[node.index()]],
            Joined::TooFar | Joined::NotLocated => Vec::new(),
        };
        let places =
            (0..territory.places().rows()).map(|row| self.place(territory, PlaceId::from_index(row)));
        let sites = (0..territory.sites().rows()).map(|row| self.site(territory, SiteId::from_index(row)));
        Islands::new(places.map(of).collect(), sites.map(of).collect())
    }

    fn place(&self, territory: &Territory, place: PlaceId) -> Joined {
        match territory.places().get(place) {
            Some(place) => self.join(territory, &place.key, place.position),
            None => Joined::NotLocated,
        }
    }

    fn site(&self, territory: &Territory, site: SiteId) -> Joined {
        match territory.sites().get(site) {
            Some(site) => self.join(territory, &site.key, site.position),
            None => Joined::NotLocated,
        }
    }

    fn join(&self, territory: &Territory, key: &Key, position: Option<Position>) -> Joined {
        if let Some(&node) = self.by_key.get(key) {
            return Joined::At(node, Cost::ZERO);
        }
        let Some(at) = position else { return Joined::NotLocated };
        let nearest = self.near.nearest(at).and_then(|i| Some((i, self.network.junctions[i].position?)));
        let near = nearest.filter(|(_, node)| at.straight_line(*node) <= f64::from(self.within.get()));
        let (Some((node, to)), Some(pace)) = (near, self.pace(territory)) else { return Joined::TooFar };
        let metres = travelled(&territory.rules().straight_line, at, to);
        Joined::At(NodeId::from_index(node), Cost::new(pace.speed.time_over(metres), metres))
    }

    fn pace(&self, territory: &Territory) -> Option<Pace> {
        let rules = &territory.rules().straight_line;
        rules.pace(self.mode).or_else(|| rules.pace(Mode::Walk))
    }

    /// Searches from a site and says what may be asked for any place.
    fn search(&self, search: &mut Search, site: Joined, way: Way, horizon: Seconds) {
        let seed = match site {
            Joined::At(node, cost) => vec![(node, cost)],
            Joined::TooFar | Joined::NotLocated => Vec::new(),
        };
        search.run(&self.network.arcs, way, &seed, horizon);
    }
}

/// The trip between two ends, after a search from the site.
fn trip(search: &Search, home: Joined, site: Joined, horizon: Seconds) -> Trip {
    let (Joined::At(node, walk), Joined::At(..)) = (home, site) else {
        let located = !matches!(home, Joined::NotLocated) && !matches!(site, Joined::NotLocated);
        return if located { Trip::NoLink } else { Trip::NotLocated };
    };
    match search.reached(node) {
        Reached::Never => Trip::NoLink,
        Reached::Beyond => Trip::BeyondLimit,
        Reached::Within(cost) => {
            let cost = cost.plus(walk);
            if cost.time > horizon {
                Trip::BeyondLimit
            } else {
                Trip::Time(Travel::direct(cost.time, cost.distance))
            }
        }
    }
}

impl TravelProvider for NetworkTravel {
    fn name(&self) -> &str {
        &self.name
    }

    fn modes(&self, _territory: &Territory) -> Vec<Mode> {
        vec![self.mode]
    }

    fn columns(
        &self,
        territory: &Territory,
        modes: &[Mode],
        query: &Query,
        control: &Control<'_>,
    ) -> Result<Vec<Column>, Error> {
        if !modes.contains(&self.mode) {
            return Ok(Vec::new());
        }
        let places = (0..territory.places().rows()).map(PlaceId::from_index);
        let homes: Vec<Joined> = places.map(|place| self.place(territory, place)).collect();
        let tasks: Vec<(SiteId, Way)> =
            query.sites.keys().flat_map(|&site| Way::BOTH.map(|way| (site, way))).collect();
        control.each(Stage::Travel, BATCH, &tasks, Search::default, |search, &(site, way)| {
            let end = self.site(territory, site);
            self.search(search, end, way, query.horizon);
            let cells: Arc<[Cell]> =
                homes.iter().map(|&home| trip(search, home, end, query.horizon).into()).collect();
            Column { key: ColumnKey { site, way, mode: self.mode, when: When::Always }, cells }
        })
    }

    /// The times of the network, and those of the way there.
    fn assumptions(&self, territory: &Territory, modes: &[Mode]) -> Vec<Assumption> {
        let rules = &territory.rules().straight_line;
        let there = if rules.pace(self.mode).is_some() { self.mode } else { Mode::Walk };
        let mut list = vec![provided(self.name(), modes)];
        list.extend(rules.assumptions(&[there]));
        list
    }

    fn journey(&self, territory: &Territory, place: PlaceId, key: ColumnKey) -> Option<Journey> {
        let (home, site) = (self.place(territory, place), self.site(territory, key.site));
        let horizon = territory.rules().horizon;
        let mut search = Search::default();
        self.search(&mut search, site, key.way, horizon);
        let travel = trip(&search, home, site, horizon).time()?;
        Some(Journey { legs: vec![Leg { mode: self.mode, time: travel.time, distance: travel.distance }] })
    }
}
