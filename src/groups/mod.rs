//! Forming groups: pure combinatorics on indices. Knows no geography and no
//! territory; [`Problem`] in, [`Solution`] with its proof out.

mod advisers;
mod branch;
pub mod certificate;
mod classes;
mod clock;
mod cuts;
mod domain;
mod dual;
pub mod facts;
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
mod proof;
mod relax;
mod rounding;
mod simplex;
mod solution;
mod split;
#[cfg(test)]
pub(crate) mod tests;
mod verify;
mod whole;

pub use milp::{Certifying, Milp};
pub use problem::*;
pub use solution::*;
pub use verify::{Broken, value, values, verify};
