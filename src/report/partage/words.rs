//! The words of `partage.json` as schemas, each list from the type that the words are of.

use super::people::{Characteristic as By, Outcome as Became};
use super::tables::{Column, LEFT_OUT, OTHER};
use crate::report::words::words;

words! {
    /// What became of people.
    open Outcome = [Became::Placed].into_iter().chain(Became::LEFT_OUT).map(Became::word)
        .chain([OTHER, LEFT_OUT, Column::ENROLLED])
        .map(|word| word.en);
    /// What a table is by.
    open Characteristic = By::ALL.into_iter().chain(By::OF_ZONES).map(|by| by.word().en);
    /// A value of a characteristic.
    open Value = By::ALL.into_iter().chain(By::OF_ZONES).flat_map(By::rows).map(|word| word.en);
}
