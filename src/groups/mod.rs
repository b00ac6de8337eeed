//! Forming groups: pure combinatorics on indices. Knows no geography and no
//! territory; [`Problem`] in, [`Solution`] with its proof out.

mod advisers;
mod branch;
#[cfg(feature = "highs")]
mod by_highs;
mod by_microlp;
pub mod certificate;
mod classes;
mod clock;
mod cuts;
mod domain;
#[cfg(test)]
mod draw;
mod dual;
mod fixing;
mod flow;
mod forest;
mod leaf;
mod milp;
mod model;
#[cfg(test)]
mod oracle;
mod plan;
mod problem;
mod relax;
mod rounding;
mod simplex;
mod solution;
mod split;
#[cfg(test)]
pub(crate) mod tests;
mod verify;

#[cfg(feature = "highs")]
pub use by_highs::Highs;
pub use milp::Milp;
pub use problem::*;
pub use solution::*;
pub use verify::{Broken, room_for, value, values, verify};
