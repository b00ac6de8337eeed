//! French.

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

pub(super) struct French;

impl super::words::Words for French {}

/// A number with a decimal comma.
fn decimal(value: f64) -> String {
    value.to_string().replace('.', ",")
}
