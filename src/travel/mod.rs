//! Travel times from places to sites and back, by mode and date: one provider
//! trait, one table.

mod provider;
mod straight_line;
mod table;

pub use provider::*;
pub use straight_line::StraightLine;
pub use table::*;
