//! Whoever knows travel times: the one trait that road networks, timetables,
//! matrices and other tools' networks implement.

use super::table::{Column, ColumnKey, Session, TravelTimes};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::territory::{Changes, Mode, Territory};
use crate::units::{Metres, PlaceId, Seconds, SiteId};
use std::collections::{BTreeMap, BTreeSet};

/// What is asked of a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Sites with the dated sessions held there, ascending. Undated modes need only the site.
    pub sites: BTreeMap<SiteId, BTreeSet<Session>>,
    /// Trips longer than this are [`Trip::BeyondLimit`](super::Trip::BeyondLimit).
    pub horizon: Seconds,
}

impl Query {
    /// Every site that an option of the territory uses, with its sessions.
    pub fn of(territory: &Territory) -> Self {
        let mut sites: BTreeMap<SiteId, BTreeSet<Session>> = BTreeMap::new();
        for option in territory.options() {
            for stay in &option.stays {
                sites.entry(stay.site).or_default().insert(stay.into());
            }
        }
        Self { sites, horizon: territory.rules().horizon }
    }
}

/// What an edit makes a provider's earlier answers worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stale {
    /// Every column asked for again would be the same.
    Nothing,
    /// Columns have to be asked for again.
    Everything,
}

/// Somebody who knows travel times.
pub trait TravelProvider: Send + Sync {
    /// Its name, for messages.
    fn name(&self) -> &str;

    /// The modes that it knows, of this territory.
    fn modes(&self, territory: &Territory) -> Vec<Mode>;

    /// The columns of `modes` for every site and both ways: one that always
    /// holds, or one for each of the site's sessions.
    ///
    /// # Errors
    /// [`Error::Cancelled`], or [`Error::Provider`] with what went wrong.
    fn columns(
        &self,
        territory: &Territory,
        modes: &[Mode],
        query: &Query,
        control: &Control<'_>,
    ) -> Result<Vec<Column>, Error>;

    /// What `changes` makes earlier columns worth, the query being the same.
    fn stale(&self, changes: &Changes) -> Stale;

    /// How a trip goes, leg by leg; `None` when it can't be made.
    fn journey(&self, territory: &Territory, place: PlaceId, key: ColumnKey) -> Option<Journey>;
}

/// A trip, leg by leg.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey {
    /// Its legs, in order.
    pub legs: Vec<Leg>,
}

/// One leg of a trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// By which mode.
    pub mode: Mode,
    /// How long.
    pub time: Seconds,
    /// How far.
    pub distance: Metres,
}

/// Asks the providers, each for the modes that none before it knows.
///
/// # Errors
/// Those of the providers; [`Error::Provider`] when one answers a column of the wrong length.
pub fn compute(
    territory: &Territory,
    providers: &[std::sync::Arc<dyn TravelProvider>],
    query: &Query,
    control: &Control<'_>,
) -> Result<TravelTimes, Error> {
    let mut known = BTreeSet::new();
    let mut columns = Vec::new();
    for (i, provider) in providers.iter().enumerate() {
        control.step(Stage::Travel, i as u64, providers.len() as u64)?;
        let modes: Vec<Mode> =
            provider.modes(territory).into_iter().filter(|&mode| known.insert(mode)).collect();
        if modes.is_empty() {
            continue;
        }
        let answer = provider.columns(territory, &modes, query, control)?;
        let rows = territory.places().rows();
        if let Some(short) = answer.iter().find(|column| column.cells.len() < rows) {
            return Err(Error::Provider {
                provider: provider.name().to_owned(),
                what: format!("a column has {} cells for {rows} places", short.cells.len()),
            });
        }
        columns.extend(answer);
    }
    control.step(Stage::Travel, 1, 1)?;
    Ok(TravelTimes::new(columns))
}
