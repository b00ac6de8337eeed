//! Times between few sites and many homes: one search a site and direction.

use super::graph::State;
use super::network::{Place, RoadNetwork};
use super::search::{Label, NO_LIMIT, Search};
use crate::control::{Control, Stage, each_mut};
use crate::error::Error;
use crate::territory::Way;
use crate::units::{Position, Seconds};

/// What a table says of one pair. Four different answers, never a magic number.
///
/// ```
/// use maillage::travel::RoadTrip;
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
/// let places = [network.place(at(47.0)), None];
/// let table = network.table(&places, &places[..1], Way::To, None, &control)?;
/// assert!(matches!(table.trip(0, 0), RoadTrip::Time(_)));
/// assert_eq!(table.trip(1, 0), RoadTrip::NotLocated);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoadTrip {
    /// It can be made, door to door.
    Time(Millis),
    /// It would take longer than was looked for.
    BeyondLimit,
    /// No road leads there.
    NoLink,
    /// One of the ends is too far from every road.
    NotLocated,
}

/// A time in milliseconds, as the kernel counts it.
///
/// ```
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
/// let place = |lat| network.place(at(lat)).expect("a road is near");
/// let time = network.path(&place(47.0), &place(47.036)).expect("a way").time;
/// assert_eq!(time.to_seconds().get(), time.get().div_ceil(1_000));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(u32);

impl Millis {
    pub(super) const fn new(ms: u32) -> Self {
        Self(ms)
    }

    /// The number of milliseconds.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// In whole seconds, rounded up.
    pub const fn to_seconds(self) -> Seconds {
        Seconds::new(self.0.div_ceil(1000))
    }
}

/// Times one way between sites and homes, site by site.
///
/// ```
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
/// let places = [47.0, 47.036, 47.072].map(|lat| network.place(at(lat)));
/// let table = network.table(&places, &places[..1], Way::To, None, &control)?;
/// assert_eq!(table.column(0).count(), 3);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoadTable {
    homes: usize,
    cells: Vec<u32>,
}

/// A cell that is no time, in four bytes.
const NOT_LOCATED: u32 = u32::MAX;
const NO_LINK: u32 = u32::MAX - 1;
const BEYOND: u32 = u32::MAX - 2;

impl RoadTable {
    /// The trip of a home to or from a site, each by its position in the lists asked for.
    pub fn trip(&self, home: usize, site: usize) -> RoadTrip {
        let cell = (home < self.homes).then(|| self.cells.get(site * self.homes + home)).flatten();
        match cell.copied().unwrap_or(NOT_LOCATED) {
            NOT_LOCATED => RoadTrip::NotLocated,
            NO_LINK => RoadTrip::NoLink,
            BEYOND => RoadTrip::BeyondLimit,
            ms => RoadTrip::Time(Millis(ms)),
        }
    }

    /// The trips of all homes to or from a site.
    pub fn column(&self, site: usize) -> impl Iterator<Item = RoadTrip> {
        (0..self.homes).map(move |home| self.trip(home, site))
    }
}

impl RoadNetwork {
    /// Each position's place on the network, on all cores.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when `control` says so.
    pub fn places(&self, positions: &[Position], control: &Control<'_>) -> Result<Vec<Option<Place>>, Error> {
        const BATCH: usize = 1 << 16;
        // Cell by cell: what the one finds around it is at hand for the next.
        let cell = |(number, &position): (usize, &Position)| (self.cell(position), number as u32);
        let mut order: Vec<(u32, u32)> = positions.iter().enumerate().map(cell).collect();
        order.sort_unstable();
        let placed = |(): &mut (), &(_, number): &(u32, u32)| self.place(positions[number as usize]);
        let found = control.each(Stage::Travel, BATCH, &order, || (), placed)?;
        let mut places = vec![None; positions.len()];
        for (&(_, number), place) in order.iter().zip(found) {
            places[number as usize] = place;
        }
        Ok(places)
    }

    /// Times between `homes` and `sites`: from home to site for [`Way::To`], from site to home
    /// for [`Way::Back`]; trips beyond `limit` are not looked for.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when `control` says so.
    pub fn table(
        &self,
        homes: &[Option<Place>],
        sites: &[Option<Place>],
        way: Way,
        limit: Option<Seconds>,
        control: &Control<'_>,
    ) -> Result<RoadTable, Error> {
        const BATCH: usize = 16;
        let limit = limit_ms(limit);
        let mut with_site = vec![false; self.edges()];
        sites.iter().flatten().for_each(|site| with_site[site.edge as usize] = true);
        let doors = Doors::<u32>::new(self, homes, way, |edge| with_site[edge as usize]);
        let mut cells = vec![NOT_LOCATED; homes.len() * sites.len()];
        let mut columns: Vec<_> = sites.iter().zip(cells.chunks_mut(homes.len().max(1))).collect();
        for (i, batch) in columns.chunks_mut(BATCH).enumerate() {
            control.step(Stage::Travel, (i * BATCH) as u64, sites.len() as u64)?;
            each_mut(batch, Search::default, |search, (site, column)| {
                if let Some(site) = site {
                    search.run(self.graph(way), &self.seeds(site, way), limit);
                    let asked = Asked { network: self, homes, site, limit };
                    doors.fill(&asked, &search.labels, column, |trip| trip.unwrap_or_else(none));
                }
            });
        }
        Ok(RoadTable { homes: homes.len(), cells })
    }
}

/// Milliseconds of a limit, or as far as a search goes.
pub(super) fn limit_ms(limit: Option<Seconds>) -> u32 {
    limit.map_or(NO_LIMIT, |limit| limit.get().saturating_mul(1000).min(NO_LIMIT))
}

/// Why there is no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Without {
    NotLocated,
    NoLink,
    BeyondLimit,
}

fn none(why: Without) -> u32 {
    match why {
        Without::NotLocated => NOT_LOCATED,
        Without::NoLink => NO_LINK,
        Without::BeyondLimit => BEYOND,
    }
}

/// The homes of a table, packed as the searches of one direction meet them.
#[derive(Clone, Debug)]
pub(super) struct Doors<L> {
    way: Way,
    entries: Vec<[(State, L); 2]>,
    /// Homes by their edge, for sites on the same one: those of the edges asked for.
    by_edge: Vec<(u32, u32)>,
}

/// What a column is asked of, after a search from its site.
pub(super) struct Asked<'a> {
    pub(super) network: &'a RoadNetwork,
    pub(super) homes: &'a [Option<Place>],
    pub(super) site: &'a Place,
    pub(super) limit: u32,
}

impl<L: Label> Doors<L> {
    pub(super) fn new(
        network: &RoadNetwork,
        homes: &[Option<Place>],
        way: Way,
        is_asked: impl Fn(u32) -> bool,
    ) -> Self {
        let nowhere = [(network.graph(way).states() as State, L::new(0, 0)); 2];
        let entries = |home: &Option<Place>| home.as_ref().map_or(nowhere, |home| network.entries(home, way));
        let edge = |(i, home): (usize, &Option<Place>)| Some((home.as_ref()?.edge, i as u32));
        let mut by_edge: Vec<(u32, u32)> =
            homes.iter().enumerate().filter_map(edge).filter(|&(edge, _)| is_asked(edge)).collect();
        by_edge.sort_unstable();
        Self { way, entries: homes.iter().map(entries).collect(), by_edge }
    }

    /// Homes at an edge.
    pub(super) fn at_edge(&self, edge: u32) -> impl Iterator<Item = usize> {
        let start = self.by_edge.partition_point(|&(at, _)| at < edge);
        self.by_edge[start..].iter().take_while(move |&&(at, _)| at == edge).map(|&(_, home)| home as usize)
    }

    /// Homes by the states that searches come to them by, in order.
    pub(super) fn by_state(&self) -> Vec<(State, u32)> {
        let homes = self.entries.iter().zip(0..);
        let pairs = homes.flat_map(|(entries, home)| entries.map(|(state, _)| (state, home)));
        let mut pairs: Vec<(State, u32)> = pairs.collect();
        pairs.sort_unstable();
        pairs
    }

    /// Looks again at how searches come to a home.
    pub(super) fn renew(&mut self, network: &RoadNetwork, homes: &[Option<Place>], home: usize) {
        if let Some(place) = &homes[home] {
            self.entries[home] = network.entries(place, self.way);
        }
    }

    /// Each home's cell of a column.
    pub(super) fn fill<C>(
        &self,
        asked: &Asked<'_>,
        labels: &[L],
        column: &mut [C],
        cell: impl Fn(Result<L, Without>) -> C,
    ) {
        let mut joined = None;
        for (home, (entries, slot)) in self.entries.iter().zip(column.iter_mut()).enumerate() {
            let label = reached(labels, entries);
            *slot = cell(if label.ms() <= asked.limit {
                Ok(label)
            } else {
                Err(self.why(asked, home, &mut joined))
            });
        }
        for home in self.at_edge(asked.site.edge) {
            column[home] = cell(self.trip(asked, labels, home, &mut joined));
        }
    }

    /// The trip of one home. What hangs together with the site is found when it is asked for.
    pub(super) fn trip(
        &self,
        asked: &Asked<'_>,
        labels: &[L],
        home: usize,
        joined: &mut Option<Vec<bool>>,
    ) -> Result<L, Without> {
        let label = reached(labels, &self.entries[home]).min(self.direct(asked, home));
        if label.ms() <= asked.limit { Ok(label) } else { Err(self.why(asked, home, joined)) }
    }

    /// Along the edge that home and site share.
    fn direct(&self, asked: &Asked<'_>, home: usize) -> L {
        let direct = asked.homes[home].as_ref().and_then(|home| match self.way {
            Way::To => asked.network.direct(home, asked.site),
            Way::Back => asked.network.direct(asked.site, home),
        });
        direct.unwrap_or(L::NEVER)
    }

    /// Why a home was not reached.
    fn why(&self, asked: &Asked<'_>, home: usize, joined: &mut Option<Vec<bool>>) -> Without {
        let (network, way) = (asked.network, self.way);
        let Some(place) = &asked.homes[home] else { return Without::NotLocated };
        let joined = joined.get_or_insert_with(|| network.joined(asked.site, way));
        let linked = network.parts_of(place, way).into_iter().any(|part| joined[part as usize])
            || self.direct(asked, home) != L::NEVER;
        if linked { Without::BeyondLimit } else { Without::NoLink }
    }
}

/// What labels say of a home.
#[inline]
fn reached<L: Label>(labels: &[L], entries: &[(State, L); 2]) -> L {
    let [one, other] = entries;
    labels[one.0 as usize].join(one.1).min(labels[other.0 as usize].join(other.1))
}
