//! The container of OpenStreetMap data, and nothing of what it means.

mod blob;
mod block;
mod wire;

pub(super) use blob::{BlobAt, Trouble, blobs, inflate};
pub(super) use block::{Block, Element, Header, Member, Relation, TagNumbers};
pub(super) use wire::{Broken, Numbers};
