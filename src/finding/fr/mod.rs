//! French.

mod common;
mod instance;

pub(super) struct French;

impl super::words::Words for French {}
