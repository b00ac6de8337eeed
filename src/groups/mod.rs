//! Forming groups: pure combinatorics on indices. Knows no geography and no
//! territory; [`Problem`] in, [`Solution`] with its proof out.

mod advisers;
pub mod certificate;
mod dual;
mod flow;
mod milp;
mod model;
#[cfg(test)]
mod oracle;
mod plan;
mod problem;
mod solution;
mod split;
#[cfg(test)]
pub(crate) mod tests;
mod verify;

pub use milp::Milp;
pub use problem::*;
pub use solution::*;
pub use verify::{Broken, room_for, value, values, verify};
