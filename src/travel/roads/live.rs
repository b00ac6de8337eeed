//! A table that is kept while sites come and roads close: what a change leaves as it is, is not
//! searched again.

use super::network::{Place, RoadNetwork};
use super::search::{Label, Search, cm};
use super::table::{Asked, Doors, Millis, Without, limit_ms};
use crate::control::{Control, Stage, each};
use crate::error::Error;
use crate::territory::{RoadChanges, Way};
use crate::travel::table::{Cell, Travel, Trip};
use crate::units::{Metres, Seconds};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Trips one way between homes and sites, with metres, on roads that may change. It remembers
/// what each search found: eight bytes a junction and site.
#[derive(Clone, Debug)]
pub struct LiveTable {
    usual: Arc<RoadNetwork>,
    now: Arc<RoadNetwork>,
    changes: RoadChanges,
    homes: Arc<[Option<Place>]>,
    doors: Doors<u64>,
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

impl LiveTable {
    /// A table of homes and no site yet. Trips beyond `limit` are not looked for; of equally fast
    /// ones the shortest is meant.
    pub fn new(network: &Arc<RoadNetwork>, homes: Arc<[Option<Place>]>, way: Way, limit: Seconds) -> Self {
        Self {
            usual: Arc::clone(network),
            now: Arc::clone(network),
            changes: RoadChanges::default(),
            doors: Doors::new(network, &homes, way),
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

    /// Makes the roads as their map says but for `changes`, whatever they were before. Only sites whose
    /// tree of fastest paths takes a road that is slower now, or would take one that is faster, are
    /// searched again: no other label can change (Bellman's conditions still hold).
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
        let mut edges: BTreeSet<u32> = steps.iter().map(|step| step.edge).collect();
        edges.extend(self.now.edges_closed().chain(next.edges_closed()));
        self.now = next;
        let touched: Vec<usize> = edges.iter().flat_map(|&edge| self.doors.at_edge(edge)).collect();
        for &home in &touched {
            self.doors.renew(&self.now, &self.homes, home);
        }
        let is_stale = |column: &Column| {
            let on_edge = column.site.is_some_and(|site| edges.contains(&site.edge));
            on_edge || steps.iter().any(|step| step.matters(&column.labels, self.limit))
        };
        let renewed = each(&self.sites, Search::default, |search, column| {
            if is_stale(column) {
                (self.searched(search, column.site), true)
            } else {
                (self.patched(column, &touched), false)
            }
        });
        self.searches += renewed.iter().filter(|(_, searched)| *searched).count() as u64;
        self.sites = renewed.into_iter().map(|(column, _)| column).collect();
        self.changes = changes.clone();
        Ok(())
    }

    /// How many searches were made since it was made.
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
        let Some(place) = &site else {
            let cells = self.homes.iter().map(|_| Trip::NotLocated.into()).collect();
            return Column { site, labels: Vec::new(), cells };
        };
        search.run(self.now.graph(self.way), &self.now.seeds(place, self.way), self.limit);
        let cells = self.doors.column(&self.asked(place), &search.labels, told);
        Column { site, labels: search.labels.clone(), cells: cells.into() }
    }

    /// A column whose labels still hold: homes at roads that changed are looked at again, and
    /// those that were not reached, for what joins them may be closed or open now.
    fn patched(&self, column: &Column, touched: &[usize]) -> Column {
        let Some(place) = &column.site else { return column.clone() };
        let unreached = |cell: Cell| matches!(Trip::from(cell), Trip::BeyondLimit | Trip::NoLink);
        let waiting = column.cells.iter().enumerate().filter(|(_, cell)| unreached(**cell));
        let again: Vec<usize> = touched.iter().copied().chain(waiting.map(|(home, _)| home)).collect();
        if again.is_empty() {
            return column.clone();
        }
        let (asked, mut joined) = (self.asked(place), None);
        let mut cells = column.cells.to_vec();
        for home in again {
            cells[home] = told(self.doors.trip(&asked, &column.labels, home, &mut joined));
        }
        Column { cells: cells.into(), ..column.clone() }
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
