//! What people and programs read: the plan as a page of text, in French or in
//! English, and as JSON; findings likewise.
//!
//! Everything here is *interne*: youths appear by their identifiers, which are
//! personal data. Nothing is written anywhere: these functions answer text.

mod en;
mod fr;
mod json;
mod page;
mod sentences;
mod solved;
mod text;

#[cfg(test)]
mod tests;

pub use json::*;
pub use solved::*;
pub use text::*;
