//! Embedding: another tool's network gives the travel times, a territory is built
//! in memory, groups come out. No file is read.

mod shared;

use maillage::groups::Limits;
use maillage::study::{Outcome, Study};
use maillage::territory::{Changes, Mode, Territory, Way};
use maillage::travel::{Cell, Column, ColumnKey, Journey, Query, Stale, Travel, TravelProvider, Trip, When};
use maillage::units::{Metres, PlaceId, Seconds, SiteId};
use maillage::{Control, Error};
use shared::SITES;
use std::sync::Arc;

/// Minutes by coach from each hamlet to each of `SITES`, and back; none where no coach goes.
const MINUTES: [(&str, [Option<u32>; 2]); 4] = [
    ("mill", [Some(10), Some(35)]),
    ("ridge", [Some(30), Some(20)]),
    ("ford", [Some(50), None]),
    ("heath", [None, Some(25)]),
];

/// The network's answer, as a tool would look it up in its own graph.
struct Network;

impl Network {
    fn trip(territory: &Territory, place: PlaceId, site: SiteId) -> Trip {
        let (place, site) = (territory.places().key_of(place), territory.sites().key_of(site));
        let row = MINUTES.iter().find(|(name, _)| *name == place);
        let column = SITES.iter().position(|&name| name == site);
        match row.zip(column).and_then(|((_, minutes), column)| minutes[column]) {
            Some(minutes) => Trip::Time(Travel::direct(Seconds::from_minutes(minutes), Metres::new(0))),
            None => Trip::NoLink,
        }
    }
}

impl TravelProvider for Network {
    fn name(&self) -> &str {
        "my network"
    }

    fn modes(&self, _territory: &Territory) -> Vec<Mode> {
        vec![Mode::Bus]
    }

    /// One column a site and way, with one cell a place. `When::Session` would date it.
    fn columns(
        &self,
        territory: &Territory,
        _modes: &[Mode],
        query: &Query,
        _control: &Control<'_>,
    ) -> Result<Vec<Column>, Error> {
        let mut columns = Vec::new();
        for &site in query.sites.keys() {
            let places = (0..territory.places().rows()).map(PlaceId::from_index);
            let cells: Arc<[Cell]> = places.map(|p| Self::trip(territory, p, site).into()).collect();
            columns.extend(Way::BOTH.map(|way| Column {
                key: ColumnKey { site, way, mode: Mode::Bus, when: When::Always },
                cells: Arc::clone(&cells),
            }));
        }
        Ok(columns)
    }

    fn stale(&self, _from: &Territory, _to: &Territory, _changes: &Changes) -> Stale {
        Stale::Everything
    }

    fn journey(&self, _: &Territory, _: PlaceId, _: ColumnKey) -> Option<Journey> {
        None
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (territory, _warnings) = shared::draft().ok_or("a key or a size is wrong")?.check()?;
    let control = Control::none();
    let mut study = Study::new(territory, vec![Arc::new(Network)], &control)?;
    let Outcome::Plan(plan) = study.plan(&Limits::default(), &control)? else {
        return Err("no plan".into());
    };
    shared::print(study.territory(), &plan)?;
    Ok(())
}
