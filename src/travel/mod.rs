//! Travel times from places to sites and back, by mode and date: one provider
//! trait, one table.

mod compute;
#[cfg(test)]
#[path = "../../benches/common/draw.rs"]
mod draw;
mod links;
mod matrix;
mod near;
mod network;
mod pooled;
mod provider;
#[cfg(feature = "roads")]
mod roads;
mod round;
mod straight_line;
mod table;
#[cfg(feature = "timetables")]
mod timetable;

pub(crate) use compute::compute_modes;
pub use compute::{compute, compute_again};
pub use links::Links;
pub use matrix::*;
pub use network::{Cost, Hop, Islands, Junction, Network, NetworkTravel};
pub use pooled::Pooled;
pub use provider::*;
#[cfg(feature = "roads")]
pub use roads::*;
pub use round::{
    BestRounds, Fleet, NoRound, Round, RoundLegs, RoundRules, RoundsProof, VehicleRound, best_rounds,
    shortest_round, shortest_round_home,
};
pub use straight_line::StraightLine;
pub(crate) use straight_line::travelled;
pub use table::*;
#[cfg(feature = "timetables")]
pub use timetable::*;
