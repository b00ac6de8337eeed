//! Questions of a director that a [`Study`](crate::study::Study) and edits of its territory answer.

mod bus;
mod levers;

pub use bus::{BusHelp, bus_that_would_help};
pub use levers::*;
