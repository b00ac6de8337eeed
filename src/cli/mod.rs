//! One file a verb, for those that came after `plan` and `check`.

pub(crate) mod clock;
pub(crate) mod new;
pub(crate) mod solve;
pub(crate) mod times;
pub(crate) mod transit;
