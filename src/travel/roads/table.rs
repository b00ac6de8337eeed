//! Times between few sites and many homes: one search a site and direction.

use super::network::{Place, RoadNetwork};
use super::search::{Label, NO_LIMIT, Search, cm};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::territory::Way;
use crate::units::{Metres, Position, Seconds};

/// What a table says of one pair. Four different answers, never a magic number.
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

/// A trip with the metres of it, for columns of a travel table.
pub(super) type Measured = Result<(Millis, Metres), RoadTrip>;

impl RoadNetwork {
    /// Each position's place on the network, on all cores.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when `control` says so.
    pub fn places(&self, positions: &[Position], control: &Control<'_>) -> Result<Vec<Option<Place>>, Error> {
        const BATCH: usize = 1 << 16;
        let mut places = Vec::with_capacity(positions.len());
        for batch in positions.chunks(BATCH) {
            control.step(Stage::Travel, places.len() as u64, positions.len() as u64)?;
            places.extend(each(batch, || (), |(), &position| self.place(position)));
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
        let cell = |trip: Result<u32, u32>| trip.unwrap_or_else(|none| none);
        let columns = self.columns::<u32, u32>(homes, sites, way, limit, control, cell)?;
        Ok(RoadTable { homes: homes.len(), cells: columns.concat() })
    }

    /// As [`RoadNetwork::table`], with metres: of equally fast paths, those of the shortest.
    pub(super) fn measured(
        &self,
        homes: &[Option<Place>],
        sites: &[Option<Place>],
        way: Way,
        limit: Seconds,
        control: &Control<'_>,
    ) -> Result<Vec<Vec<Measured>>, Error> {
        let cell = |trip: Result<u64, u32>| match trip {
            Ok(label) => Ok((Millis(label.ms()), Metres::new(cm(label).div_ceil(100)))),
            Err(NO_LINK) => Err(RoadTrip::NoLink),
            Err(BEYOND) => Err(RoadTrip::BeyondLimit),
            Err(_) => Err(RoadTrip::NotLocated),
        };
        self.columns(homes, sites, way, Some(limit), control, cell)
    }

    fn columns<L: Label + Send + Sync, C: Send>(
        &self,
        homes: &[Option<Place>],
        sites: &[Option<Place>],
        way: Way,
        limit: Option<Seconds>,
        control: &Control<'_>,
        cell: impl Fn(Result<L, u32>) -> C + Send + Sync,
    ) -> Result<Vec<Vec<C>>, Error> {
        const BATCH: usize = 16;
        let limit = limit.map_or(NO_LIMIT, |limit| limit.get().saturating_mul(1000).min(NO_LIMIT));
        let doors = Doors::<L>::new(self, homes, way);
        let mut columns = Vec::with_capacity(sites.len());
        for batch in sites.chunks(BATCH) {
            control.step(Stage::Travel, columns.len() as u64, sites.len() as u64)?;
            columns.extend(each(batch, Search::default, |search, site| match site {
                Some(site) => doors.column(search, site, limit, &cell),
                None => homes.iter().map(|_| cell(Err(NOT_LOCATED))).collect(),
            }));
        }
        Ok(columns)
    }
}

/// The homes of a table, packed as the searches of one direction meet them.
struct Doors<'a, L> {
    network: &'a RoadNetwork,
    homes: &'a [Option<Place>],
    way: Way,
    entries: Vec<[(u32, L); 2]>,
    /// Homes by their edge, for sites on the same one.
    by_edge: Vec<(u32, u32)>,
}

impl<'a, L: Label + Send + Sync> Doors<'a, L> {
    fn new(network: &'a RoadNetwork, homes: &'a [Option<Place>], way: Way) -> Self {
        let nowhere = [(network.graph(way).states() as u32, L::new(0, 0)); 2];
        let entries = |home: &Option<Place>| home.as_ref().map_or(nowhere, |home| network.entries(home, way));
        let edge = |(i, home): (usize, &Option<Place>)| Some((home.as_ref()?.edge, i as u32));
        let mut by_edge: Vec<(u32, u32)> = homes.iter().enumerate().filter_map(edge).collect();
        by_edge.sort_unstable();
        Self { network, homes, way, entries: homes.iter().map(entries).collect(), by_edge }
    }

    fn column<C>(
        &self,
        search: &mut Search<L>,
        site: &Place,
        limit: u32,
        cell: impl Fn(Result<L, u32>) -> C,
    ) -> Vec<C> {
        let (network, way) = (self.network, self.way);
        search.run(network.graph(way), &network.seeds(site, way), limit);
        let labels = &search.labels;
        let via = |(state, left): (u32, L)| {
            let label = labels[state as usize];
            if label == L::NEVER { label } else { label.join(left) }
        };
        let mut unreached = Unreached { doors: self, site, joined: None };
        let mut column: Vec<C> = Vec::with_capacity(self.entries.len());
        column.extend(self.entries.iter().enumerate().map(|(home, &[one, other])| {
            let label = via(one).min(via(other));
            cell(if label.ms() <= limit { Ok(label) } else { Err(unreached.why(home)) })
        }));
        let start = self.by_edge.partition_point(|&(edge, _)| edge < site.edge);
        for &(_, home) in self.by_edge[start..].iter().take_while(|&&(edge, _)| edge == site.edge) {
            let [one, other] = self.entries[home as usize];
            let label = via(one).min(via(other)).min(self.direct(home as usize, site));
            if label.ms() <= limit {
                column[home as usize] = cell(Ok(label));
            }
        }
        column
    }

    /// Along the edge that home and site share.
    fn direct(&self, home: usize, site: &Place) -> L {
        let direct = self.homes[home].as_ref().and_then(|home| match self.way {
            Way::To => self.network.direct(home, site),
            Way::Back => self.network.direct(site, home),
        });
        direct.unwrap_or(L::NEVER)
    }
}

/// Why homes were not reached.
struct Unreached<'a, L> {
    doors: &'a Doors<'a, L>,
    site: &'a Place,
    joined: Option<Vec<bool>>,
}

impl<L: Label + Send + Sync> Unreached<'_, L> {
    fn why(&mut self, home: usize) -> u32 {
        let (network, way) = (self.doors.network, self.doors.way);
        let Some(place) = &self.doors.homes[home] else { return NOT_LOCATED };
        let joined = self.joined.get_or_insert_with(|| network.joined(self.site, way));
        let linked = network.parts_of(place, way).into_iter().any(|part| joined[part as usize])
            || self.doors.direct(home, self.site) != L::NEVER;
        if linked { BEYOND } else { NO_LINK }
    }
}

/// One answer for each task, in their order, with one room a thread.
#[cfg(feature = "parallel")]
fn each<T: Sync, R: Send, S>(
    tasks: &[T],
    room: impl Fn() -> S + Send + Sync,
    answer: impl Fn(&mut S, &T) -> R + Send + Sync,
) -> Vec<R> {
    use rayon::prelude::*;
    tasks.par_iter().map_init(room, answer).collect()
}

#[cfg(not(feature = "parallel"))]
fn each<T: Sync, R: Send, S>(
    tasks: &[T],
    room: impl Fn() -> S + Send + Sync,
    answer: impl Fn(&mut S, &T) -> R + Send + Sync,
) -> Vec<R> {
    let mut room = room();
    tasks.iter().map(|task| answer(&mut room, task)).collect()
}
