//! Travel on roads as a provider of columns.

use super::RoadMap;
use super::live::LiveTable;
use super::network::{Place, RoadNetwork};
use super::profile::Profile;
use crate::control::Control;
use crate::error::Error;
use crate::finding::{Finding, Text};
use crate::territory::{Assumption, Changes, Mark, Mode, RoadChanges, Territory, Way};
use crate::travel::provider::{Journey, Leg, Query, Stale, TravelProvider, names};
use crate::travel::table::{Cell, Column, ColumnKey, Trip, When};
use crate::units::{PlaceId, Position, Seconds, SiteId};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};

/// A provider for the modes that travel on roads of their own, at any time of any day.
///
/// Places and sites are joined to the nearest road that the mode may use; the way there is
/// walked. Nothing is added for starting or parking. Tables are remembered: a new or moved site costs
/// one search a direction and mode, and closing a road what hangs on it.
///
/// ```
/// use maillage::travel::RoadTravel;
/// # use maillage::Control;
/// # use maillage::territory::{Mode, Way};
/// # use maillage::travel::{Profile, RoadMap, RoadNetwork};
/// # use maillage::units::{Metres, Position, Seconds};
/// # use std::sync::Arc;
/// # let control = Control::none();
/// # let profile = Profile::shipped(Mode::Car).expect("one of ours");
/// # let file = "data/valley/roads/valley.osm.pbf".as_ref();
/// # let map = Arc::new(RoadMap::open(file, std::slice::from_ref(&profile), &control)?);
/// # let network = Arc::new(RoadNetwork::new(&map, &profile));
/// # let at = |lat| Position::new(0.25, lat).expect("on the earth");
/// let travel = RoadTravel::new(&map);
/// assert!(travel.network(Mode::Car).is_some() && travel.network(Mode::Bus).is_none());
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct RoadTravel {
    name: String,
    /// By mode; a lift shares the car's.
    networks: BTreeMap<Mode, Arc<RoadNetwork>>,
    memory: Mutex<Memory>,
}

impl std::fmt::Debug for RoadTravel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RoadTravel").field("name", &self.name).field("modes", &self.networks.keys()).finish()
    }
}

/// Tables that were answered, and the homes that they are of.
#[derive(Default)]
struct Memory {
    homes: Vec<Option<Position>>,
    horizon: Seconds,
    tables: BTreeMap<(Mode, Way), Remembered>,
}

/// A table, and where each of its sites is.
struct Remembered {
    table: LiveTable,
    sites: Vec<Position>,
}

impl RoadTravel {
    /// Travel on `map` by every shipped profile, which it must have been read for.
    pub fn new(map: &Arc<RoadMap>) -> Self {
        Self::with(map, Profile::modes().filter_map(|mode| Some((mode, Profile::shipped(mode)?))))
    }

    /// Travel on `map` by these profiles, which it must have been read for.
    pub fn with(map: &Arc<RoadMap>, profiles: impl IntoIterator<Item = (Mode, Profile)>) -> Self {
        let network = |(mode, profile)| (mode, Arc::new(RoadNetwork::new(map, &profile)));
        let mut networks: BTreeMap<Mode, Arc<RoadNetwork>> = profiles.into_iter().map(network).collect();
        if let Some(car) = networks.get(&Mode::Car).cloned() {
            networks.entry(Mode::Lift).or_insert(car);
        }
        Self { name: map.name.clone(), networks, memory: Mutex::default() }
    }

    /// The network of a mode.
    pub fn network(&self, mode: Mode) -> Option<&RoadNetwork> {
        self.networks.get(&mode).map(Arc::as_ref)
    }

    /// The network of a mode, with these changes.
    pub(in crate::travel) fn network_with(
        &self,
        mode: Mode,
        changes: &RoadChanges,
    ) -> Option<Arc<RoadNetwork>> {
        let network = self.networks.get(&mode)?;
        Some(if changes.is_empty() { Arc::clone(network) } else { Arc::new(network.changed(changes)) })
    }

    /// What is to be told of where places and sites join the roads.
    pub fn findings(&self, territory: &Territory) -> Vec<Finding> {
        let Some(network) =
            self.network(Mode::Car).or_else(|| self.networks.values().next().map(Arc::as_ref))
        else {
            return Vec::new();
        };
        let places = territory.places().iter().map(|(_, place)| (place.key.as_str(), place.position));
        let sites = territory.sites().iter().map(|(_, site)| (site.key.as_str(), site.position));
        let located = places.chain(sites).filter_map(|(key, position)| Some((key, position?)));
        let doors = located.map(|(key, position)| (key, position, network.place(position)));
        let mut findings = network.told_of_doors(doors, Some(territory.rules().limit));
        findings.extend(network.told_of_tags());
        findings
    }

    /// The first mode that travels on the same network: a lift as a car.
    fn like(&self, mode: Mode, network: &Arc<RoadNetwork>) -> Mode {
        let same = self.networks.iter().find(|(_, other)| Arc::ptr_eq(other, network));
        same.map_or(mode, |(&first, _)| first)
    }
}

impl TravelProvider for RoadTravel {
    fn name(&self) -> &str {
        &self.name
    }

    fn modes(&self, _territory: &Territory) -> Vec<Mode> {
        self.networks.keys().copied().collect()
    }

    fn columns(
        &self,
        territory: &Territory,
        modes: &[Mode],
        query: &Query,
        control: &Control<'_>,
    ) -> Result<Vec<Column>, Error> {
        let rows = (0..territory.places().rows()).map(PlaceId::from_index);
        let homes: Vec<Option<Position>> =
            rows.map(|place| territory.places().get(place).and_then(|place| place.position)).collect();
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        memory.keep_for(&homes, query.horizon);
        let nowhere: Arc<[Cell]> = homes.iter().map(|_| Trip::NotLocated.into()).collect();
        let position = |site: SiteId| territory.sites()[site].position;
        let mut columns = Vec::new();
        for &mode in modes {
            let Some(network) = self.networks.get(&mode) else { continue };
            for way in Way::BOTH {
                let known = memory.table(network, self.like(mode, network), way, control)?;
                known.table.change(territory.roads(), control)?;
                known.add(network, query.sites.keys().filter_map(|&site| position(site)), control)?;
                columns.extend(query.sites.keys().map(|&site| Column {
                    key: ColumnKey { site, way, mode, when: When::Always },
                    cells:
                        position(site).and_then(|at| known.get(at)).unwrap_or_else(|| Arc::clone(&nowhere)),
                }));
            }
        }
        Ok(columns)
    }

    fn stale(&self, _from: &Territory, _to: &Territory, changes: &Changes) -> Stale {
        if changes.places.is_empty() && changes.sites.is_empty() && !changes.rules && !changes.roads {
            Stale::Nothing
        } else {
            Stale::Everything
        }
    }

    fn journey(&self, territory: &Territory, place: PlaceId, key: ColumnKey) -> Option<Journey> {
        let network = self.network_with(key.mode, territory.roads())?;
        let home = network.place(territory.places().get(place)?.position?)?;
        let site = site_place(&network, territory, key.site)?;
        let (from, to) = match key.way {
            Way::To => (home, site),
            Way::Back => (site, home),
        };
        let path = network.path(&from, &to)?;
        let (time, distance) = (path.time.to_seconds(), path.distance);
        let within = time <= territory.rules().horizon;
        within.then(|| Journey { legs: vec![Leg { mode: key.mode, time, distance }] })
    }

    fn assumptions(&self, _territory: &Territory, modes: &[Mode]) -> Vec<Assumption> {
        let text = Text::say(|words| words.travel_by_road(&self.name, &names(modes)));
        vec![Assumption { id: "roads", text, mark: Mark::Source }]
    }
}

fn site_place(network: &RoadNetwork, territory: &Territory, site: SiteId) -> Option<Place> {
    network.place(territory.sites().get(site)?.position?)
}

/// The places of homes, of which some have no position.
fn places_of(
    network: &RoadNetwork,
    homes: &[Option<Position>],
    control: &Control<'_>,
) -> Result<Vec<Option<Place>>, Error> {
    let located: Vec<Position> = homes.iter().copied().flatten().collect();
    let mut places = network.places(&located, control)?.into_iter();
    Ok(homes.iter().map(|home| home.and_then(|_| places.next().flatten())).collect())
}

impl Memory {
    /// Forgets what was answered of other homes or within another horizon.
    fn keep_for(&mut self, homes: &[Option<Position>], horizon: Seconds) {
        if self.homes != homes || self.horizon != horizon {
            *self = Self { homes: homes.to_vec(), horizon, tables: BTreeMap::new() };
        }
    }

    /// The table of a mode and way. Those of both ways share their homes' places.
    fn table(
        &mut self,
        network: &Arc<RoadNetwork>,
        mode: Mode,
        way: Way,
        control: &Control<'_>,
    ) -> Result<&mut Remembered, Error> {
        let other = Way::BOTH.into_iter().find_map(|way| self.tables.get(&(mode, way)));
        let places = other.map(|known| Arc::clone(known.table.homes()));
        Ok(match self.tables.entry((mode, way)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let places = match places {
                    Some(places) => places,
                    None => places_of(network, &self.homes, control)?.into(),
                };
                let table = LiveTable::new(network, places, way, self.horizon);
                new.insert(Remembered { table, sites: Vec::new() })
            }
        })
    }
}

impl Remembered {
    /// Adds the sites that are not there.
    fn add(
        &mut self,
        network: &RoadNetwork,
        sites: impl Iterator<Item = Position>,
        control: &Control<'_>,
    ) -> Result<(), Error> {
        let mut missing: Vec<Position> = Vec::new();
        for site in sites {
            if !self.sites.contains(&site) && !missing.contains(&site) {
                missing.push(site);
            }
        }
        let places: Vec<Option<Place>> = missing.iter().map(|&site| network.place(site)).collect();
        self.table.add(&places, control)?;
        self.sites.extend(missing);
        Ok(())
    }

    fn get(&self, site: Position) -> Option<Arc<[Cell]>> {
        let at = self.sites.iter().position(|&known| known == site)?;
        self.table.column(at).cloned()
    }
}
