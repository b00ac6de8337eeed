//! Questions of a director that a [`Study`](crate::study::Study) and edits of its territory answer.

mod bus;
mod compare;
mod levers;
mod national;

pub use bus::{BusHelp, bus_that_would_help};
pub use compare::{Comparison, CutStep, Group, Tried, compare, fewer_half_days, try_scenario};
pub use levers::*;
pub use national::{Change, Moved, Situation, Survey, each_territory, survey};
