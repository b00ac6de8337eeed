//! What hangs together: why there is no link.

use super::arcs::Arcs;
use crate::territory::Territory;
use crate::units::{PlaceId, SiteId};
use petgraph::unionfind::UnionFind;
use std::collections::BTreeSet;

/// The component of each node, numbered from 0 in the order of their first nodes.
pub(in crate::travel) fn labels(arcs: &Arcs) -> Vec<usize> {
    let mut joined: UnionFind<usize> = UnionFind::new(arcs.nodes());
    for hop in arcs.hops() {
        joined.union(hop.from.index(), hop.to.index());
    }
    let mut number = vec![None; arcs.nodes()];
    let mut next = 0;
    let of = |root: usize| {
        *number[root].get_or_insert_with(|| {
            next += 1;
            next - 1
        })
    };
    joined.into_labeling().into_iter().map(of).collect()
}

/// The components of a network that places and sites are in. Two that share none are joined by
/// no path, whatever the day: that is why a trip has *no link*.
///
/// ```
/// use maillage::travel::Links;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let territory = study.territory();
/// // Nothing is declared: no place hangs together with a site.
/// assert_eq!(Links.islands(territory).cut_off(territory).len(), territory.places().len());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Islands {
    places: Vec<Vec<usize>>,
    sites: Vec<Vec<usize>>,
}

impl Islands {
    /// By row, the components that each place and each site can get to by itself.
    pub(in crate::travel) fn new(places: Vec<Vec<usize>>, sites: Vec<Vec<usize>>) -> Self {
        Self { places, sites }
    }

    /// The components within reach of a place; none when it is joined to nothing.
    pub fn of_place(&self, place: PlaceId) -> &[usize] {
        self.places.get(place.index()).map_or(&[], Vec::as_slice)
    }

    /// The components within reach of a site; none when it is joined to nothing.
    pub fn of_site(&self, site: SiteId) -> &[usize] {
        self.sites.get(site.index()).map_or(&[], Vec::as_slice)
    }

    /// The places that nothing joins to any site, in the order of their keys.
    pub fn cut_off(&self, territory: &Territory) -> Vec<PlaceId> {
        let with_site = self.with_site();
        let joined = |place| self.of_place(place).iter().any(|island| with_site.contains(island));
        territory.places().ids().filter(|&place| !joined(place)).collect()
    }

    /// Components that some site is in.
    pub(in crate::travel) fn with_site(&self) -> BTreeSet<usize> {
        self.sites.iter().flatten().copied().collect()
    }
}
