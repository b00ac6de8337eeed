//! Travel times from places to sites and back, by mode and date: one provider
//! trait, one table.

mod compute;
mod links;
mod matrix;
mod near;
mod network;
mod provider;
mod straight_line;
mod table;

pub use compute::compute;
pub use links::Links;
pub use matrix::*;
pub use network::{Cost, Hop, Islands, Junction, Network, NetworkTravel};
pub use provider::*;
pub use straight_line::StraightLine;
pub use table::*;
