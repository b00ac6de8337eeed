//! English.

mod assumptions;
mod common;
mod draw;
mod instance;
mod modes;
mod roads;
mod territory;
mod timetable;

pub(super) struct English;

impl super::words::Words for English {}
