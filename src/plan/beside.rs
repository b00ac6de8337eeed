//! Beside the plan: what one more group would take and bring, and whose place is a
//! matter of choice.

use crate::groups::facts::{Between, Change, Lack};
use crate::units::{Headcount, ProgrammeId, Seconds, SiteId, YouthId};

/// What holds beside the plan, its groups kept.
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// assert_eq!(plan.beside.levers.len(), 6);
/// # Ok::<(), maillage::Error>(())
/// ```
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
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let further = plan.beside.further.iter().find(|further| further.verdict == 6).expect("of the last option");
/// assert_eq!(further.extra.at_least, plan.verdicts[6].missing.get());
/// # Ok::<(), maillage::Error>(())
/// ```
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
///
/// ```
/// use maillage::plan::Change;
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let code = study.territory().programmes().find_str("code").expect("a programme");
/// let lever = plan.beside.levers.iter().find(|lever| lever.programme == code).expect("a lever");
/// assert_eq!((lever.change, lever.gain.get()), (Change::Minimum, 3));
/// # Ok::<(), maillage::Error>(())
/// ```
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
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// // In the valley everybody is unlike the others.
/// assert!(plan.beside.alike.is_empty());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The programme.
    pub programme: ProgrammeId,
    /// Who, in the order of their keys.
    pub youths: Vec<YouthId>,
    /// How many of them have a place in it.
    pub placed: Headcount,
}
