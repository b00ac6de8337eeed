//! Forming groups: pure combinatorics on indices. Knows no geography and no
//! territory; [`Problem`] in, [`Solution`] with its proof out.

mod flow;
mod heuristic;
mod milp;
mod model;
#[cfg(test)]
mod oracle;
mod problem;
mod relax;
mod solution;
mod split;
#[cfg(test)]
mod tests;
pub mod verify;

pub use milp::Milp;
pub use problem::*;
pub use solution::*;
