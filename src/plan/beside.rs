//! Beside the plan: what one more group would take and bring, and whose place is a
//! matter of choice.

use crate::groups::facts::{Between, Change, Lack};
use crate::units::{Headcount, ProgrammeId, Seconds, SiteId, YouthId};

/// What holds beside the plan, its groups kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// One more group of each option that somebody reaches, in the order of the verdicts.
    pub further: Vec<Further>,
    /// By programme, the changes of one thing that let one more group be formed.
    pub levers: Vec<Lever>,
    /// By programme, youths of whom some have a place and it does not matter which.
    pub alike: Vec<Alike>,
}

/// One more group of an option beside all groups of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Further {
    /// The position of the option's verdict in [`Plan::verdicts`](super::Plan::verdicts).
    pub verdict: usize,
    /// What it lacks besides members.
    pub lacks: Vec<Lack<SiteId>>,
    /// Fewest youths more that it needs, who can come to this option.
    pub extra: Between<u32>,
    /// The least limit of the programme with which it needs nobody more, where it needs
    /// somebody and a limit does it.
    pub limit: Option<Between<Seconds>>,
}

/// A change of one thing that lets one more group be formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lever {
    /// The programme.
    pub programme: ProgrammeId,
    /// Where and when the group would be, as [`Further::verdict`].
    pub verdict: usize,
    /// The change.
    pub change: Change<SiteId>,
    /// How many more places are taken then, at least, everybody else keeping one.
    pub gain: Headcount,
}

/// Youths whom nothing that the plan looks at tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The programme.
    pub programme: ProgrammeId,
    /// Who, in the order of their keys.
    pub youths: Vec<YouthId>,
    /// How many of them have a place in it.
    pub placed: Headcount,
}
