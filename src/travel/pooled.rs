//! What the files of several structures know, asked for all of them: each of its own sites first.

use super::compute::{compute_modes, quickest};
use super::provider::{Journey, Query, Stale, TravelProvider};
use super::table::{Column, ColumnKey, TravelTimes};
use super::{Links, StraightLine};
use crate::control::Control;
use crate::error::Error;
use crate::territory::{Assumption, Changes, Mode, Territory, TripAt};
use crate::units::{Key, PlaceId, Seconds};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The providers of several structures as one. To a site, the files of its own structure are asked first; ways of one's own
/// that they don't know are the others', then straight lines. Of what runs to a timetable, the quickest that anybody
/// knows counts: whose file a coach is in makes no difference to who may take it.
///
/// ```
/// use maillage::travel::{Pooled, TravelProvider};
/// # use maillage::{Control, read};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// let pooled = Pooled::new(vec![opened.own_providers()], Default::default());
/// assert!(pooled.modes(&opened.territory).contains(&maillage::territory::Mode::Walk));
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct Pooled {
    own: Vec<Vec<Arc<dyn TravelProvider>>>,
    /// By the key of a site, whose it is.
    sites: BTreeMap<Key, usize>,
}

impl std::fmt::Debug for Pooled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<Vec<&str>> =
            self.own.iter().map(|own| own.iter().map(|provider| provider.name()).collect()).collect();
        f.debug_struct("Pooled").field("own", &names).finish()
    }
}

impl Pooled {
    /// Of what each structure's files know, and whose each site is.
    pub fn new(own: Vec<Vec<Arc<dyn TravelProvider>>>, sites: BTreeMap<Key, usize>) -> Self {
        Self { own, sites }
    }

    fn owner(&self, territory: &Territory, site: crate::units::SiteId) -> usize {
        territory.sites().get(site).and_then(|site| self.sites.get(&site.key)).copied().unwrap_or(0)
    }

    /// What a structure's files know, then the others'.
    fn from(&self, owner: usize) -> Vec<Arc<dyn TravelProvider>> {
        let others = self.own.iter().enumerate().filter(|(at, _)| *at != owner).flat_map(|(_, own)| own);
        self.own.get(owner).into_iter().flatten().chain(others).cloned().collect()
    }

    /// Own ways, all files together.
    fn private(&self, owner: usize) -> Vec<Arc<dyn TravelProvider>> {
        let mut chain = self.from(owner);
        chain.push(Arc::new(StraightLine));
        chain
    }

    /// What one structure knows of what runs to a timetable.
    fn scheduled(&self, owner: usize) -> Vec<Arc<dyn TravelProvider>> {
        let mut chain: Vec<Arc<dyn TravelProvider>> = self.own.get(owner).cloned().unwrap_or_default();
        chain.push(Arc::new(Links));
        chain
    }

    fn all(&self) -> Vec<Arc<dyn TravelProvider>> {
        let mut all = self.private(0);
        all.push(Arc::new(Links));
        all
    }

    /// To the sites of a structure.
    fn times(
        &self,
        territory: &Territory,
        (owner, modes): (usize, &BTreeSet<Mode>),
        query: &Query,
        control: &Control<'_>,
    ) -> Result<Vec<TravelTimes>, Error> {
        let (private, scheduled): (BTreeSet<Mode>, BTreeSet<Mode>) =
            modes.iter().copied().partition(|&mode| is_own_way(mode));
        let own = compute_modes(territory, &self.private(owner), query, Some(&private), control)?;
        let of = |structure| {
            compute_modes(territory, &self.scheduled(structure), query, Some(&scheduled), control)
        };
        let mut best = of(owner)?;
        for other in (0..self.own.len()).filter(|&other| other != owner && !self.own[other].is_empty()) {
            best = quickest(best, of(other)?, query);
        }
        Ok(vec![own, best])
    }
}

/// Whether a mode keeps to nobody's timetable.
const fn is_own_way(mode: Mode) -> bool {
    matches!(mode, Mode::Car | Mode::Lift | Mode::Moped | Mode::EBike | Mode::Bike | Mode::Walk)
}

impl TravelProvider for Pooled {
    fn name(&self) -> &str {
        "pooled"
    }

    fn modes(&self, territory: &Territory) -> Vec<Mode> {
        let modes: BTreeSet<Mode> =
            self.all().iter().flat_map(|provider| provider.modes(territory)).collect();
        modes.into_iter().collect()
    }

    fn columns(
        &self,
        territory: &Territory,
        modes: &[Mode],
        query: &Query,
        control: &Control<'_>,
    ) -> Result<Vec<Column>, Error> {
        let modes: BTreeSet<Mode> = modes.iter().copied().collect();
        let mut columns = Vec::new();
        for owner in 0..self.own.len().max(1) {
            let mut own = query.clone();
            own.sites.retain(|&site, _| self.owner(territory, site) == owner);
            if own.sites.is_empty() {
                continue;
            }
            let times = self.times(territory, (owner, &modes), &own, control)?;
            columns.extend(times.iter().flat_map(TravelTimes::columns).cloned());
        }
        Ok(columns)
    }

    fn stale(&self, from: &Territory, to: &Territory, changes: &Changes) -> Stale {
        self.all().iter().map(|provider| provider.stale(from, to, changes)).fold(Stale::Nothing, Stale::and)
    }

    fn trips_around(
        &self,
        territory: &Territory,
        query: &Query,
        within: Seconds,
        control: &Control<'_>,
    ) -> Result<BTreeSet<TripAt>, Error> {
        let mut trips = BTreeSet::new();
        for provider in self.all() {
            trips.extend(provider.trips_around(territory, query, within, control)?);
        }
        Ok(trips)
    }

    fn journey(&self, territory: &Territory, place: PlaceId, key: ColumnKey) -> Option<Journey> {
        let owner = self.owner(territory, key.site);
        let mut chain = self.private(owner);
        chain.push(Arc::new(Links));
        chain.iter().find_map(|provider| provider.journey(territory, place, key))
    }

    fn assumptions(&self, territory: &Territory, modes: &[Mode]) -> Vec<Assumption> {
        let of = |provider: &Arc<dyn TravelProvider>| {
            let mut known = provider.modes(territory);
            known.retain(|mode| modes.contains(mode));
            if known.is_empty() { Vec::new() } else { provider.assumptions(territory, &known) }
        };
        self.all().iter().flat_map(of).collect()
    }
}
