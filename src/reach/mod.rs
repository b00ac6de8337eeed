//! Who can attend which option, by which mode, in how long, and if not, why.

mod reason;

pub use reason::*;
