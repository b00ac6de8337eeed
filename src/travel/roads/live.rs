//! A table that is kept while sites come and roads close: what a change leaves as it is, is not
//! searched again.

use super::graph::{Differing, State};
use super::network::{Place, RoadNetwork};
use super::repair::Repair;
use super::search::{Label, Search, cm};
use super::table::{Asked, Doors, Millis, Without, limit_ms};
use crate::control::{Control, Stage, each_mut};
use crate::error::Error;
use crate::territory::{RoadChanges, Way};
use crate::travel::table::{Cell, Travel, Trip};
use crate::units::{Metres, Seconds};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Trips one way between homes and sites, with metres, on roads that may change. It remembers
/// what each search found: eight bytes a junction and site.
///
/// ```
/// use maillage::territory::{RoadChanges, RoadId};
/// use maillage::travel::LiveTable;
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
/// let places: Vec<_> = [47.0, 47.072].map(|lat| network.place(at(lat))).into();
/// let mut live = LiveTable::new(&network, places.clone().into(), Way::To, Seconds::from_minutes(60));
/// live.add(&places, &control)?;
/// let usual = live.column(0).expect("a site").clone();
/// let mut closed = RoadChanges::default();
/// closed.closed.insert(RoadId::new(1));
/// live.change(&closed, &control)?;
/// assert_ne!(live.column(0), Some(&usual), "the road up the valley is closed");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct LiveTable {
    usual: Arc<RoadNetwork>,
    now: Arc<RoadNetwork>,
    changes: RoadChanges,
    homes: Arc<[Option<Place>]>,
    doors: Doors<u64>,
    /// Homes by the states that searches come to them by, were nothing closed.
    by_state: Vec<(State, u32)>,
    way: Way,
    limit: u32,
    sites: Vec<Column>,
    searches: u64,
}

/// What is known of a site.
#[derive(Clone, Debug)]
struct Column {
    site: Option<Place>,
    labels: Vec<u64>,
    cells: Arc<[Cell]>,
}

/// What a change touches.
struct Change {
    steps: Vec<Differing>,
    /// Whether something may be joined that was not, or no more.
    relinks: bool,
    edges: BTreeSet<u32>,
    /// Homes at these edges.
    homes: Vec<usize>,
}

/// What work on a column needs, kept from one to the next.
#[derive(Default)]
struct Room {
    search: Search<u64>,
    repair: Repair<u64>,
    homes: Vec<usize>,
}

impl LiveTable {
    /// A table of homes and no site yet. Trips beyond `limit` are not looked for; of equally fast
    /// ones the shortest is meant.
    pub fn new(network: &Arc<RoadNetwork>, homes: Arc<[Option<Place>]>, way: Way, limit: Seconds) -> Self {
        let doors = Doors::new(network, &homes, way, |_| true);
        Self {
            usual: Arc::clone(network),
            now: Arc::clone(network),
            changes: RoadChanges::default(),
            by_state: doors.by_state(),
            doors,
            homes,
            way,
            limit: limit_ms(Some(limit)),
            sites: Vec::new(),
            searches: 0,
        }
    }

    /// Adds sites: one search each.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when `control` says so; the table is then as it was.
    pub fn add(&mut self, sites: &[Option<Place>], control: &Control<'_>) -> Result<(), Error> {
        const BATCH: usize = 16;
        let searched = |search: &mut Search<u64>, &site: &Option<Place>| self.searched(search, site);
        let found = control.each(Stage::Travel, BATCH, sites, Search::default, searched)?;
        self.searches += found.iter().filter(|column| column.site.is_some()).count() as u64;
        self.sites.extend(found);
        Ok(())
    }

    /// Makes the roads as their map says but for `changes`, whatever they were before. The labels of a
    /// site are put right where its tree of fastest paths takes a road that is slower now, or would
    /// take one that is faster; others stay.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when `control` says so; the table is then as it was.
    pub fn change(&mut self, changes: &RoadChanges, control: &Control<'_>) -> Result<(), Error> {
        if *changes == self.changes {
            return Ok(());
        }
        control.step(Stage::Travel, 0, 1)?;
        let next =
            if changes.is_empty() { Arc::clone(&self.usual) } else { Arc::new(self.usual.changed(changes)) };
        let steps = self.now.graph(self.way).differing(next.graph(self.way));
        let graphs = [&self.now, &next].map(|network| network.graph(self.way));
        let relinks = steps.iter().any(|step| step.may_relink(graphs[0], graphs[1]));
        let mut edges: BTreeSet<u32> = steps.iter().map(|step| step.edge).collect();
        edges.extend(self.now.edges_closed().chain(next.edges_closed()));
        self.now = next;
        let homes: Vec<usize> = edges.iter().flat_map(|&edge| self.doors.at_edge(edge)).collect();
        for &home in &homes {
            self.doors.renew(&self.now, &self.homes, home);
        }
        let change = Change { steps, relinks, edges, homes };
        let mut sites = std::mem::take(&mut self.sites);
        let searched = each_mut(&mut sites, Room::default, |room, column| self.renew(room, column, &change));
        self.searches += searched.into_iter().filter(|&searched| searched).count() as u64;
        (self.sites, self.changes) = (sites, changes.clone());
        Ok(())
    }

    /// How many whole searches it took so far: one a site, and one where a site's own road changed.
    pub fn searches(&self) -> u64 {
        self.searches
    }

    /// The trips of all homes to or from a site, by its position among those added.
    pub fn column(&self, site: usize) -> Option<&Arc<[Cell]>> {
        self.sites.get(site).map(|column| &column.cells)
    }

    /// The homes.
    pub(super) fn homes(&self) -> &Arc<[Option<Place>]> {
        &self.homes
    }

    fn searched(&self, search: &mut Search<u64>, site: Option<Place>) -> Column {
        let mut cells: Vec<Cell> = self.homes.iter().map(|_| Trip::NotLocated.into()).collect();
        let Some(place) = &site else {
            return Column { site, labels: Vec::new(), cells: cells.into() };
        };
        search.run(self.now.graph(self.way), &self.now.seeds(place, self.way), self.limit);
        self.doors.fill(&self.asked(place), &search.labels, &mut cells, told);
        Column { site, labels: search.labels.clone(), cells: cells.into() }
    }

    /// Puts a column right, and says whether that took a whole search.
    fn renew(&self, room: &mut Room, column: &mut Column, change: &Change) -> bool {
        let Some(site) = column.site else { return false };
        if change.edges.contains(&site.edge) {
            *column = self.searched(&mut room.search, column.site);
            return true;
        }
        let graph = self.now.graph(self.way);
        let seeds = self.now.seeds(&site, self.way);
        room.repair.run(graph, &seeds, &change.steps, self.limit, &mut column.labels);
        // Homes at roads that changed are looked at again, those by states that changed, and where
        // something is joined or parted those that were not reached.
        room.homes.clear();
        room.homes.extend(&change.homes);
        room.homes.extend(room.repair.changed.iter().flat_map(|&state| self.at_state(state)));
        if change.relinks {
            let unreached = |cell: &Cell| matches!(Trip::from(*cell), Trip::BeyondLimit | Trip::NoLink);
            let cells = column.cells.iter().enumerate();
            room.homes.extend(cells.filter(|(_, cell)| unreached(cell)).map(|(home, _)| home));
        }
        if !room.homes.is_empty() {
            let (asked, mut joined) = (self.asked(&site), None);
            let mut cells = column.cells.to_vec();
            for &home in &room.homes {
                cells[home] = told(self.doors.trip(&asked, &column.labels, home, &mut joined));
            }
            column.cells = cells.into();
        }
        false
    }

    fn at_state(&self, state: State) -> impl Iterator<Item = usize> {
        let start = self.by_state.partition_point(|&(at, _)| at < state);
        self.by_state[start..].iter().take_while(move |&&(at, _)| at == state).map(|&(_, home)| home as usize)
    }

    fn asked<'a>(&'a self, site: &'a Place) -> Asked<'a> {
        Asked { network: &self.now, homes: &self.homes, site, limit: self.limit }
    }
}

fn told(trip: Result<u64, Without>) -> Cell {
    let trip = match trip {
        Ok(label) => {
            let metres = Metres::new(cm(label).div_ceil(100));
            Trip::Time(Travel::direct(Millis::new(label.ms()).to_seconds(), metres))
        }
        Err(Without::NotLocated) => Trip::NotLocated,
        Err(Without::NoLink) => Trip::NoLink,
        Err(Without::BeyondLimit) => Trip::BeyondLimit,
    };
    trip.into()
}
