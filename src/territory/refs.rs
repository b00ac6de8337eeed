//! How entities point at one another: by the keys of a file in a [`Draft`](super::Draft),
//! by handles in a checked [`Territory`](super::Territory). One set of types serves both.

use super::link::Stop;
use crate::units::{Key, PlaceId, ProgrammeId, SiteId, SlotId, YouthId};
use std::fmt::Debug;
use std::hash::Hash;

/// A reference to an entity.
///
/// ```
/// use maillage::territory::Ref;
///
/// fn distinct<R: Ref>(references: &[R]) -> usize {
///     references.iter().collect::<std::collections::BTreeSet<_>>().len()
/// }
/// assert_eq!(distinct(&["pont", "croix", "pont"]), 2);
/// ```
pub trait Ref: Clone + Debug + PartialEq + Eq + PartialOrd + Ord + Hash + Send + Sync {}
impl<T: Clone + Debug + PartialEq + Eq + PartialOrd + Ord + Hash + Send + Sync> Ref for T {}

/// What entities point at one another with.
///
/// ```
/// use maillage::territory::{Calendar, Ids, Names, Refs};
///
/// fn closures<R: Refs>(calendar: &Calendar<R>) -> usize {
///     calendar.closures.len()
/// }
/// assert_eq!(closures(&Calendar::<Names>::default()), closures(&Calendar::<Ids>::default()));
/// ```
pub trait Refs: Clone + Debug + PartialEq + Eq + Send + Sync {
    /// A place.
    type Place: Ref;
    /// A site.
    type Site: Ref;
    /// A slot.
    type Slot: Ref;
    /// A programme.
    type Programme: Ref;
    /// A youth.
    type Youth: Ref;
    /// An end of a transport link: a place or a site.
    type Stop: Ref;
}

/// By handle: what is pointed at exists.
///
/// ```
/// use maillage::territory::{Ids, Pin};
/// use maillage::units::YouthId;
///
/// let pin = Pin::<Ids>::Apart { a: YouthId::from_index(0), b: YouthId::from_index(1) };
/// assert!(matches!(pin, Pin::Apart { .. }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ids {}

impl Refs for Ids {
    type Place = PlaceId;
    type Site = SiteId;
    type Slot = SlotId;
    type Programme = ProgrammeId;
    type Youth = YouthId;
    type Stop = Stop;
}

/// By the identifier that people wrote, not yet looked up.
///
/// ```
/// use maillage::territory::{Names, Pin};
/// use maillage::units::Key;
///
/// let key = |text| Key::new(text).expect("an identifier");
/// let pin = Pin::<Names>::Apart { a: key("y01"), b: key("y02") };
/// assert!(matches!(pin, Pin::Apart { a, .. } if a.as_str() == "y01"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {}

impl Refs for Names {
    type Place = Key;
    type Site = Key;
    type Slot = Key;
    type Programme = Key;
    type Youth = Key;
    type Stop = Key;
}
