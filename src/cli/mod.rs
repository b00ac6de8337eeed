//! One file a verb, for those that came after `plan` and `check`; and what all of them say and how they are stopped.

pub(crate) mod clock;
pub(crate) mod compare;
pub(crate) mod demand;
pub(crate) mod equity;
pub(crate) mod hold;
pub(crate) mod levers;
pub(crate) mod national;
pub(crate) mod new;
pub(crate) mod pool;
pub(crate) mod solve;
pub(crate) mod sweep;
pub(crate) mod terminal;
pub(crate) mod times;
pub(crate) mod transit;

use maillage::report::Audience;

/// Who may see what is printed.
const fn audience(partage: bool) -> Audience {
    if partage { Audience::Partage } else { Audience::Interne }
}
