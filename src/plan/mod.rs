//! The plan, in the territory's words: groups with their members, everybody
//! else with a reason, a verdict on every option, and the proof.

mod beside;
mod check;
mod export;
mod pose;
mod rides;
mod tell;

pub use beside::*;
pub use check::*;
pub use pose::*;
pub(crate) use pose::{add_arc, free_gate, group_cost, reached, take_along};
pub(crate) use rides::offered;
pub use tell::*;

use crate::groups::TierResult;
pub use crate::groups::facts::{Between, Change, Lack};
pub use crate::reach::RoundTrip;
use crate::reach::{Reason, Reasons};
use crate::territory::{Assumption, ProgrammeOption, Turn, Venue};
use crate::units::{Headcount, ProgrammeId, Seconds, SiteId, SlotId, YouthId};
use jiff::civil::Date;

/// An answer: what is possible, for whom, and how sure that is.
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// assert_eq!(plan.groups.iter().map(|group| group.members.len()).sum::<usize>(), 12);
/// assert_eq!(plan.left_out.len(), 30);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Groups, by programme, site, half-days, first day.
    pub groups: Vec<Group>,
    /// The dates of their group that members miss, or of which nobody knows: by programme, youth and date.
    pub missed: Vec<Missed>,
    /// Who is not in a group, by programme and youth: exactly those that no group of the programme holds.
    pub left_out: Vec<LeftOut>,
    /// Every option alone, in the territory's order.
    pub verdicts: Vec<Verdict>,
    /// Each programme's answer, in the order of the keys.
    pub programmes: Vec<ProgrammeAnswer>,
    /// Each youth's weekly hours, in the order of the keys.
    pub hours: Vec<WeeklyHoursReach>,
    /// Candidate sites that the plan opens, in the order of the keys.
    pub opened: Vec<SiteId>,
    /// What more groups would take and bring.
    pub beside: Beside,
    /// Value and bound of each objective.
    pub tiers: Vec<TierResult>,
    /// What its travel times rest on, besides the territory's own figures.
    pub assumptions: Vec<Assumption>,
}

impl Plan {
    /// The dates of a programme's group that a member misses, or of which nobody knows, in order.
    pub fn missed_by(&self, programme: ProgrammeId, youth: YouthId) -> &[Missed] {
        let from = self.missed.partition_point(|m| (m.programme, m.youth) < (programme, youth));
        let until = self.missed.partition_point(|m| (m.programme, m.youth) <= (programme, youth));
        self.missed.get(from..until).unwrap_or_default()
    }
}

/// Where and when a group meets, apart from any list of options.
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let offer = &plan.groups[0].offer;
/// assert_eq!(study.territory().sites().key_of(offer.venue.sites()[0]), "croix");
/// assert_eq!(offer.turns(), None, "one site");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offer {
    /// The programme.
    pub programme: ProgrammeId,
    /// Where.
    pub venue: Venue,
    /// Its half-days, in the order of the week.
    pub slots: Vec<SlotId>,
    /// Its first possible day.
    pub start: Date,
}

/// A group of a viable size.
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let size = study.territory().programmes()[plan.groups[0].offer.programme].size;
/// assert!((size.min()..=size.max()).contains(&(plan.groups[0].members.len() as u32)));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What, where and when.
    pub offer: Offer,
    /// Its members, in the order of their keys.
    pub members: Vec<Member>,
}

/// A member of a group and how they come.
///
/// For each stay the trip taken is the one whose longer way is shortest, then
/// the shorter in all, then the first in the order of modes, out before back. What is told is
/// the stay with the longest such way among the stays within the limit.
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let member = &plan.groups[0].members[1];
/// assert_eq!(study.territory().youths().key_of(member.youth), "y06");
/// assert_eq!(member.trip.expect("not by video").to.get(), 536);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The youth.
    pub youth: YouthId,
    /// How they travel; `None` when they attend by video only.
    pub trip: Option<RoundTrip>,
    /// Sessions that they can attend, by video included.
    pub reachable: u32,
    /// Sessions of which no timetable knows what runs: they count neither way.
    pub unknown: u32,
    /// The middle of the longer ways of the sessions they travel to, the lower one where two are.
    pub median: Option<Seconds>,
    /// Sessions held.
    pub of: u32,
    /// How they come when a member takes others along, or they are taken.
    pub ride: Option<Riding>,
}

/// How a member comes by a shared ride ([`SharedRide`](crate::territory::SharedRide)), by its place among the driver's.
///
/// ```
/// use maillage::plan::Riding;
/// use maillage::units::YouthId;
///
/// let with = Riding::With { driver: YouthId::from_index(0), ride: 1 };
/// assert_ne!(with, Riding::Drives { ride: 1 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Riding {
    /// They drive it.
    Drives {
        /// Which of their rides.
        ride: usize,
    },
    /// A member of a group that meets with theirs takes them along.
    With {
        /// The driver.
        driver: YouthId,
        /// Which of the driver's rides.
        ride: usize,
    },
}

/// A date of their group on which a member can't be there, or nobody knows whether.
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// assert!(plan.missed.is_empty(), "every session is needed in the valley");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missed {
    /// The group's programme.
    pub programme: ProgrammeId,
    /// The member.
    pub youth: YouthId,
    /// The date.
    pub date: Date,
    /// Why; [`Reason::TimetableUnknown`] where nobody knows.
    pub reason: Reason,
}

/// Somebody whom no group of a programme holds.
///
/// ```
/// use maillage::reach::Reason;
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let one = &plan.left_out[0];
/// assert_eq!(study.territory().youths().key_of(one.youth), "y05");
/// assert_eq!(one.reason, Reason::NoWayBack);
/// assert!(one.reasons.has(Reason::SlotClash));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The programme.
    pub programme: ProgrammeId,
    /// The youth.
    pub youth: YouthId,
    /// The one reason to tell.
    pub reason: Reason,
    /// All that blocks, over all options.
    pub reasons: Reasons,
}

/// One option alone: could a group be formed there and then?
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let code = plan.verdicts.last().expect("an option");
/// assert_eq!((code.reachable.get(), code.viable, code.missing.get()), (3, false, 1));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What, where and when.
    pub offer: Offer,
    /// Who can attend it.
    pub reachable: Headcount,
    /// Whether they are enough, and a room and an adviser can be had.
    pub viable: bool,
    /// How many are missing to the minimum.
    pub missing: Headcount,
}

/// A programme's answer.
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let atelier = &plan.programmes[0];
/// assert_eq!((atelier.groups, atelier.placed.get(), atelier.enrolled.get()), (2, 7, 10));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeAnswer {
    /// The programme.
    pub programme: ProgrammeId,
    /// Groups in the plan.
    pub groups: u32,
    /// Youths in them.
    pub placed: Headcount,
    /// Youths enrolled.
    pub enrolled: Headcount,
    /// The verdict that comes closest when there is no group: its position in [`Plan::verdicts`].
    pub closest: Option<usize>,
    /// What binds when there is no group, or somebody enrolled is left out.
    pub binds: Option<Bind>,
}

/// What stands in the way of a (further) group.
///
/// ```
/// use maillage::plan::Bind;
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// assert_eq!(plan.programmes[2].binds, Some(Bind::Minimum), "three are enrolled, and four needed");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Bind {
    /// No session is held: no site is open in its half-days, or all are closed.
    Sites,
    /// Those who wait are too young or too old.
    Ages,
    /// Fewer are enrolled and of age than a group needs.
    Minimum,
    /// Enough are enrolled, too few of them can reach any one option.
    Reach,
    /// Enough can reach an option, and no room is left.
    Rooms,
    /// There would be a room, and the half-days that sites are staffed for are used up.
    HalfDays,
    /// There would be a room and a half-day, and no adviser is left.
    Advisers,
    /// No further candidate site may be opened.
    Candidates,
    /// There would be a room and an adviser; the youths are in other groups, or a rule or a decision stands in the way.
    Youths,
}

/// Collective hours a week.
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let y01 = &plan.hours[0];
/// assert_eq!((y01.within_reach.get(), y01.planned.get()), (6 * 3_600, 3 * 3_600));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeeklyHoursReach {
    /// The youth.
    pub youth: YouthId,
    /// The most that a set of options within reach adds up to, one a programme, none in conflict.
    pub within_reach: Seconds,
    /// In the plan.
    pub planned: Seconds,
}

impl From<&ProgrammeOption> for Offer {
    fn from(option: &ProgrammeOption) -> Self {
        Self {
            programme: option.programme,
            venue: option.venue.clone(),
            slots: option.slots.clone(),
            start: option.start,
        }
    }
}

impl Offer {
    /// Whether the sites take turns by week or by day.
    pub const fn turns(&self) -> Option<Turn> {
        match self.venue {
            Venue::One(_) => None,
            Venue::Turns(turn, _) => Some(turn),
        }
    }
}
