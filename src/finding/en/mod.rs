//! English.

mod common;
mod instance;

pub(super) struct English;

impl super::words::Words for English {}
