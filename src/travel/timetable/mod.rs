//! Door-to-door times by coach and train, from timetables, on every date.
//!
//! Feeds become one [`Timetable`]; a [`ServiceDay`] is what runs on a date; a [`StopSearch`] goes from the door of a site to
//! every stop at once, against the time or with it.
//!
//! 1. `read` takes the files of a feed (GTFS, <https://gtfs.org>) and says what is wrong with them; `feed` is what it makes;
//! 2. `service` knows the dates, `pattern` the trips that stop at the same stops; `day` lays out those of a date for searches;
//! 3. `walking` goes between doors and stops, and from stop to stop; `search` rides; `journey` tells how;
//!    `table` asks for many doors, `provider` answers a territory.

mod access;
mod day;
mod edit;
mod ends;
mod feed;
mod flex;
#[cfg(test)]
#[path = "../../../tests/common/gtfs.rs"]
#[allow(
    dead_code,
    clippy::expect_used,
    clippy::panic,
    reason = "other tests take the rest, and fail by panicking"
)]
mod gtfs;
mod journey;
mod on_demand;
#[cfg(test)]
#[allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test fails by panicking")]
mod oracle;
mod pattern;
mod provider;
mod read;
mod search;
mod service;
mod table;
mod visit;
mod walking;

pub use day::ServiceDay;
pub use feed::{StopNumber, Timetable, TransitLine, TransitStop};
pub use journey::{AccessBy, DayTime, OnDemandRide, Ride as TransitRide, TransitAccess, TransitJourney};
pub use provider::TimetableTravel;
pub use read::TimetableOptions;
pub use search::{Asked, StopSearch};
pub use table::{NoJourney, TransitDay, TransitDoor, TransitTable};
pub use walking::{StopWalk, WalkRules, Walks};
