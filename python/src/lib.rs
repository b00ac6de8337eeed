//! The library maillage for Python: the classes of the package `maillage`, which lists and documents them.
//!
//! Python is left alone while work is done ([`watch`]); tables come and go by the Arrow C interface ([`arrow`]), so
//! that pandas, polars and pyarrow give and take them and none is needed.

mod arrow;
mod cells;
mod edit;
mod error;
mod geometry;
mod language;
mod national;
mod plan;
mod questions;
mod solve;
mod table;
mod territory;
mod times;
mod watch;

use pyo3::prelude::*;

/// The compiled part of the package `maillage`.
#[pymodule]
mod _maillage {
    #[pymodule_export]
    use crate::error::Finding;
    #[pymodule_export]
    use crate::national::{National, Scenario};
    #[pymodule_export]
    use crate::plan::Plan;
    #[pymodule_export]
    use crate::questions::{Levers, Sweep};
    #[pymodule_export]
    use crate::solve::{Solved, solve};
    #[pymodule_export]
    use crate::table::Table;
    #[pymodule_export]
    use crate::territory::{Territory, check};
    #[pymodule_export]
    use crate::times::{Times, times};
}
