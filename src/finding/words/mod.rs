//! Every sentence of findings, figures and shares, one function each. To add one: its signature in the trait
//! of its area, its words in `fr/` and in `en/`, and where it is said `Text::say(|words| words.…)`.
//!
//! Arguments are names, numbers, dates and keys as they are; what is itself a sentence, or a piece of one in
//! both languages, is a [`Text`](super::Text).

#![cfg_attr(
    not(all(feature = "folder", feature = "roads", feature = "timetables", feature = "xlsx")),
    allow(dead_code, reason = "a sentence of what is not built is said by nobody")
)]

mod assumptions;
mod common;
mod draw;
mod expected;
mod export;
mod instance;
mod levers;
mod modes;
mod national;
mod pool;
mod roads;
mod rows;
mod tables;
mod territory;
mod timetable;

pub(super) use assumptions::Assumptions;
pub(super) use common::Common;
pub(super) use draw::Draw;
pub(super) use expected::Expected;
pub(super) use export::Export;
pub(super) use instance::Instance;
pub(super) use levers::Levers;
pub(super) use modes::Modes;
pub(super) use national::National;
pub(super) use pool::Pool;
pub(crate) use pool::PoolTerm;
pub(super) use roads::Roads;
pub(super) use rows::Rows;
pub(super) use tables::Tables;
pub(super) use territory::Territory;
pub(super) use timetable::Timetable;

/// A language: all sentences of all areas.
pub(crate) trait Words:
    Common
    + Expected
    + Tables
    + Rows
    + Territory
    + Draw
    + Modes
    + Pool
    + National
    + Roads
    + Timetable
    + Instance
    + Levers
    + Export
    + Assumptions
{
}

/// A piece of a sentence that needs nothing to be said, by its function: `|words| words.a_date()`.
pub(crate) type Phrase = fn(&dyn Words) -> &'static str;
