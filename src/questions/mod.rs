//! Questions of a director that a [`Study`](crate::study::Study) and edits of its territory answer.

mod bus;
mod compare;
mod demand;
mod equity;
mod filling;
mod holding;
mod levers;
mod national;
mod pool;
mod sweep;
mod territories;

pub use bus::{BusHelp, bus_that_would_help};
pub use compare::{
    Comparison, CutStep, Group, Tried, compare, fewer_half_days, fewer_half_days_by, try_scenario,
};
pub use demand::{Demand, DrawnFrom, Draws, Often, demand, redraw};
#[cfg(feature = "folder")]
pub(crate) use equity::to_nearest_site;
pub use equity::{Far, Kind, Served, Size, WorstFirst, equity, worst_served_first};
pub use filling::*;
pub use holding::*;
pub use levers::*;
pub use national::{Baseline, Change, Moved, Situation, Survey, each_territory, survey};
pub use pool::*;
pub use sweep::{Cell, CellPlan, Grid, Sweep, Viable, slower_roads, sweep};
pub use territories::{InTerritory, Under, under_programmes_of};
