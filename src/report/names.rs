//! What entities are called on pages and in files.

use crate::plan::Offer;
use crate::territory::Territory;
#[cfg(feature = "folder")]
use crate::units::Key;
use crate::units::{ProgrammeId, SiteId};

/// A territory's name without what stands in parentheses.
#[cfg(feature = "folder")]
pub(super) fn short(territory: &Territory) -> &str {
    territory.name().split(" (").next().unwrap_or_default()
}

/// The name, or the identifier of a programme without one.
pub(super) fn programme(territory: &Territory, id: ProgrammeId) -> &str {
    let name = territory.programmes().get(id).map_or("", |p| p.name.as_str());
    if name.is_empty() { territory.programmes().key_of(id) } else { name }
}

/// The name, or the identifier of a site without one.
pub(super) fn site(territory: &Territory, id: SiteId) -> &str {
    let name = territory.sites().get(id).map_or("", |s| s.name.as_str());
    if name.is_empty() { territory.sites().key_of(id) } else { name }
}

/// The name of the place of an identifier, or that.
#[cfg(feature = "folder")]
pub(super) fn place<'t>(territory: &'t Territory, key: &'t Key) -> &'t str {
    let named = territory.places().find(key).map(|id| territory.places()[id].name.as_str());
    named.filter(|name| !name.is_empty()).unwrap_or(key.as_str())
}

/// The identifiers of an offer's sites, joined by `+`.
pub(super) fn site_keys(territory: &Territory, offer: &Offer) -> String {
    let keys: Vec<&str> = offer.venue.sites().iter().map(|&site| territory.sites().key_of(site)).collect();
    keys.join("+")
}

/// The identifiers of an offer's half-days.
pub(super) fn slot_keys<'t>(territory: &'t Territory, offer: &Offer) -> Vec<&'t str> {
    offer.slots.iter().map(|&slot| territory.slots().key_of(slot)).collect()
}
