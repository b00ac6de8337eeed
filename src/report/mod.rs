//! What people and programs read: the plan as a page of text, in French or in
//! English, and as JSON; findings likewise; and a folder of files.
//!
//! There are two kinds, never mixed. *Interne* is exact and names youths by
//! their identifiers, which are personal data: the page, the JSON, the files of
//! `interne/`. *Partage* can be shown to anybody: `docs/partage.md`. These
//! functions answer text and bytes; `write` alone writes.

#[cfg(feature = "folder")]
mod files;
#[cfg(feature = "folder")]
mod interne;
mod json;
mod language;
mod names;
#[cfg(feature = "folder")]
mod new;
#[cfg(feature = "folder")]
mod partage;
#[cfg(all(feature = "roads", feature = "folder"))]
mod roads;
#[cfg(all(any(feature = "roads", feature = "timetables"), feature = "folder"))]
mod rows;
mod solved;
mod terminal;
mod text;
#[cfg(all(feature = "timetables", feature = "folder"))]
mod transit;

#[cfg(test)]
mod tests;

#[cfg(feature = "folder")]
pub use files::{
    Audience, Document, LINK_TABLE, Locale, Run, documents, territory, vacant, write, write_file,
    write_territory,
};
pub use json::*;
#[cfg(feature = "folder")]
pub use new::*;
#[cfg(feature = "folder")]
pub use partage::{SHARED_SCHEMA, Shared, shared};
#[cfg(all(feature = "roads", feature = "folder"))]
pub use roads::*;
pub use solved::*;
pub use text::*;
#[cfg(all(feature = "timetables", feature = "folder"))]
pub use transit::*;
