//! Forming groups: pure combinatorics on indices. Knows no geography and no
//! territory; [`Problem`] in, [`Solution`] with its proof out.

mod advisers;
mod align;
mod branch;
#[cfg(feature = "highs")]
mod by_highs;
mod by_microlp;
mod ceiling;
pub mod certificate;
mod classes;
mod clock;
mod coarse;
mod cuts;
mod domain;
#[cfg(test)]
mod draw;
mod dual;
pub mod facts;
mod fixing;
mod flow;
mod forest;
mod improve;
mod leaf;
mod memory;
mod milp;
mod model;
#[cfg(test)]
mod oracle;
mod plan;
mod problem;
mod proof;
mod relax;
mod replay;
mod rounding;
mod simplex;
mod solution;
mod split;
#[cfg(test)]
pub(crate) mod tests;
mod verify;
mod whole;

#[cfg(feature = "highs")]
pub use by_highs::Highs;
pub use ceiling::ceiling;
pub(crate) use clock::Countdown;
pub use improve::improve;
pub use memory::Warm;
pub use milp::{Certifying, Milp};
pub use problem::*;
pub use solution::*;
pub use verify::{Broken, value, values, verify};
