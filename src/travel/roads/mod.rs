//! Door-to-door times on the roads of OpenStreetMap, both ways, by every mode.
//!
//! A file becomes a [`RoadMap`]; a [`Profile`] makes a [`RoadNetwork`] of it; places on it
//! have times to few sites and back.
//!
//! 1. `pbf` is the container; `read` takes roads, restrictions and the nodes they name from it;
//! 2. `profile` says who may use a road of these `tags`, which way and how fast; `usage` says so of a whole `map`;
//! 3. `contract` takes out the vertices where nothing is decided; `turns` says what may be done at the
//!    junctions that stay; `graph` is what searches run on, and `parts` what hangs together;
//! 4. `snap` finds the nearest segment of a door; `search` goes from one site to everywhere; `table` asks for many pairs,
//!    `live` keeps them while roads change (`repair`), `path` draws one and `isochrone` how far one gets; `provider`
//!    answers a territory, and `told` says what is to be known of all that.

mod contract;
mod graph;
mod isochrone;
mod live;
mod map;
mod network;
#[cfg(test)]
#[allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test fails by panicking")]
mod oracle;
mod parts;
mod path;
mod pbf;
mod profile;
mod provider;
mod read;
mod repair;
mod search;
mod snap;
mod table;
mod tags;
mod told;
mod turns;
mod usage;

pub use live::LiveTable;
pub use map::RoadMap;
pub use network::{Place as RoadPlace, RoadNetwork};
pub use path::RoadPath;
pub use profile::Profile;
pub use provider::RoadTravel;
pub use table::{Millis, RoadTable, RoadTrip};
