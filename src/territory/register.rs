//! Entities by handle and by key.

use crate::units::{AdviserId, Key, LinkId, OnDemandId, PlaceId, ProgrammeId, SiteId, SlotId, YouthId};
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;

/// A handle to a row.
///
/// ```
/// use maillage::territory::Handle;
/// use maillage::units::SiteId;
///
/// assert_eq!(<SiteId as Handle>::of(2).row(), 2);
/// ```
pub trait Handle: Copy + Ord {
    /// The handle of a row.
    fn of(row: usize) -> Self;
    /// The row of the handle.
    fn row(self) -> usize;
}

macro_rules! handles {
    ($($id:ident),*) => {$(
        impl Handle for $id {
            fn of(row: usize) -> Self { Self::from_index(row) }
            fn row(self) -> usize { self.index() }
        }
    )*};
}
handles!(PlaceId, SiteId, SlotId, ProgrammeId, YouthId, AdviserId, LinkId, OnDemandId);

/// The entities of one kind. A handle keeps its meaning through edits; those
/// of removed entities are never given again within a lineage. Iteration is
/// always in the order of the keys, so that an edited territory reads like one
/// built afresh.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let sites = study.territory().sites();
/// let haut = sites.find_str("haut").expect("a site");
/// assert_eq!((sites.key_of(haut), sites[haut].rooms), ("haut", 1));
/// let keys: Vec<&str> = sites.ids().map(|site| sites.key_of(site)).collect();
/// assert_eq!(keys, ["croix", "haut", "pont"]);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Register<I, T> {
    rows: Vec<Option<Arc<T>>>,
    order: Arc<BTreeMap<Key, usize>>,
    id: PhantomData<I>,
}

impl<I: Handle, T> Register<I, T> {
    pub(super) fn new(rows: Vec<Option<Arc<T>>>, order: BTreeMap<Key, usize>) -> Self {
        Self { rows, order: Arc::new(order), id: PhantomData }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Rows to reserve in a table indexed by handle, removed ones included.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The entity, if it was not removed.
    pub fn get(&self, id: I) -> Option<&T> {
        self.rows.get(id.row())?.as_deref()
    }

    /// The handle of the entity that people call `key`.
    pub fn find(&self, key: &Key) -> Option<I> {
        self.order.get(key).map(|&row| I::of(row))
    }

    /// The handle of the entity that people call `text`.
    pub fn find_str(&self, text: &str) -> Option<I> {
        self.find(&Key::new(text)?)
    }

    /// All of them, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (I, &T)> {
        self.order.values().filter_map(|&row| Some((I::of(row), self.rows.get(row)?.as_deref()?)))
    }

    /// Their handles, in the order of their keys.
    pub fn ids(&self) -> impl Iterator<Item = I> {
        self.order.values().map(|&row| I::of(row))
    }

    /// The key of an entity; empty text for a removed one.
    pub fn key_of(&self, id: I) -> &str
    where
        T: Keyed,
    {
        self.get(id).map_or("", |entity| entity.key().as_str())
    }

    pub(super) fn shared(&self, id: I) -> Option<&Arc<T>> {
        self.rows.get(id.row())?.as_ref()
    }
}

impl<I: Handle, T> std::ops::Index<I> for Register<I, T> {
    type Output = T;

    /// # Panics
    /// When the handle is of another lineage, or of an entity removed since: a
    /// mistake of the program, never of its input.
    fn index(&self, id: I) -> &T {
        match self.get(id) {
            Some(entity) => entity,
            None => foreign_handle(),
        }
    }
}

#[cold]
#[allow(
    clippy::panic,
    reason = "a handle of another territory is a bug of the caller, like an index out of range"
)]
fn foreign_handle() -> ! {
    panic!("a handle of another territory, or of an entity that was removed")
}

/// Entities that people name.
///
/// ```
/// use maillage::territory::{Keyed, Slot};
///
/// let keys: Vec<String> = Slot::ten_half_days().iter().map(|slot| slot.key().to_string()).collect();
/// assert_eq!(keys[..2], ["lun-am", "lun-pm"]);
/// ```
pub trait Keyed {
    /// The name.
    fn key(&self) -> &Key;
}

macro_rules! keyed {
    ($($entity:ty),*) => {$(
        impl Keyed for $entity {
            fn key(&self) -> &Key { &self.key }
        }
    )*};
}
use super::refs::{Ids, Names};
keyed!(
    super::Place,
    super::Slot,
    super::Site<Ids>,
    super::Site<Names>,
    super::Programme<Ids>,
    super::Programme<Names>,
    super::Youth<Ids>,
    super::Youth<Names>,
    super::Adviser<Ids>,
    super::Adviser<Names>,
    super::Link<Ids>,
    super::Link<Names>,
    super::OnDemand
);
