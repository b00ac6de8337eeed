//! English.

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

pub(super) struct English;

impl super::words::Words for English {}
