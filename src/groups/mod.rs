//! Forming groups: pure combinatorics on indices. Knows no geography and no
//! territory; [`Problem`] in, [`Solution`] with its proof out.

mod problem;
mod solution;

pub use problem::*;
pub use solution::*;
