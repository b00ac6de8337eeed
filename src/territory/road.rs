//! Roads that are not as their map says: closed, or slower for a season.

use std::collections::{BTreeMap, BTreeSet};

/// A road of OpenStreetMap, by the id of its way.
///
/// ```
/// use maillage::territory::RoadId;
///
/// assert_eq!(RoadId::new(4_711).get(), 4_711);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoadId(i64);

impl RoadId {
    /// The road of that way.
    pub const fn new(way: i64) -> Self {
        Self(way)
    }

    /// The id of its way.
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// What is different on the roads. An id or a class that no road has changes nothing.
///
/// ```
/// use maillage::territory::{RoadChanges, RoadId};
///
/// let mut changes = RoadChanges::default();
/// assert!(changes.is_empty());
/// changes.closed.insert(RoadId::new(4_711));
/// assert!(!changes.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoadChanges {
    /// Closed to everybody, both ways.
    pub closed: BTreeSet<RoadId>,
    /// By class (the value of `highway`): percent of the usual time, 100 to 1,000.
    pub slowed: BTreeMap<String, u16>,
}

impl RoadChanges {
    /// Whether every road is as its map says.
    pub fn is_empty(&self) -> bool {
        self.closed.is_empty() && self.slowed.is_empty()
    }
}
