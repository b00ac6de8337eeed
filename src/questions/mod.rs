//! Questions of a director that a [`Study`](crate::study::Study) and edits of its territory answer.

mod bus;
mod compare;
mod filling;
mod holding;
mod levers;

pub use bus::{BusHelp, bus_that_would_help};
pub use compare::{Comparison, CutStep, Group, Tried, compare, fewer_half_days, try_scenario};
pub use filling::*;
pub use holding::*;
pub use levers::*;
