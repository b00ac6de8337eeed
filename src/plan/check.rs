//! A plan checked against the territory and the travel times alone. Nothing here
//! is shared with what made the plan: dates, trips and limits are worked out again
//! from what the territory says, so that a mistake made there is seen here.

use super::{Group, LeftOut, Member, Offer, Plan, Riding};
use crate::groups::{Proof, Tier};
use crate::reach::{Reason, RoundTrip};
use crate::territory::{
    Adviser, Chance, InHolidays, Keyed, MixRule, Mode, Pin, Programme, Rhythm, Sex, SharedRide, SiteStatus,
    Slot, Territory, Trait, Turn, Venue, Way, Youth,
};
use crate::travel::{Session, TravelTimes, Trip};
use crate::units::{ClockTime, Key, ProgrammeId, Seconds, SiteId, SlotId, YouthId};
use jiff::civil::{Date, Weekday};
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// What is wrong with a plan. Groups, verdicts and pins are named by their
/// positions, everything else by its handle; numbers in messages are rows.
///
/// ```
/// use maillage::plan::Violation;
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// plan.groups[0].members.truncate(2);
/// let violations = plan.check(study.territory(), study.times()).expect_err("it was spoiled");
/// assert!(violations.iter().any(|violation| matches!(violation, Violation::Group(0, _))));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[non_exhaustive]
pub enum Violation {
    /// What, where and when a group meets.
    #[error("group {0}: {1}")]
    Offer(usize, OfferFault),
    /// Who is in a group, taken together.
    #[error("group {0}: {1}")]
    Group(usize, GroupFault),
    /// One member of a group.
    #[error("group {0}, youth {row}: {2}", row = .1.index())]
    Member(usize, YouthId, MemberFault),
    /// What one person's groups are together.
    #[error("youth {row}: {1}", row = .0.index())]
    Person(YouthId, PersonFault),
    /// Rooms, half-days, advisers, candidate sites.
    #[error(transparent)]
    Limit(LimitFault),
    /// A pin of the territory, by its position, that is not respected.
    #[error("pin {0} is not respected")]
    Pin(usize),
    /// An entry of [`Plan::left_out`], or a missing one.
    #[error("left out, programme {programme}, youth {youth}: {2}", programme = .0.index(), youth = .1.index())]
    LeftOut(ProgrammeId, YouthId, LeftOutFault),
    /// An entry of [`Plan::hours`], or a missing one.
    #[error("hours of youth {row}: {1}", row = .0.index())]
    Hours(YouthId, HoursFault),
    /// An entry of [`Plan::programmes`], or a missing one.
    #[error("answer for programme {row}: {1}", row = .0.index())]
    Answer(ProgrammeId, AnswerFault),
    /// An entry of [`Plan::verdicts`].
    #[error("verdict {0}: {1}")]
    Verdict(usize, VerdictFault),
    /// An entry of [`Plan::tiers`].
    #[error("objective {0:?}: {1}")]
    Tier(Tier, TierFault),
    /// A list that is not in its order.
    #[error("{0:?} is not in the order of the keys")]
    Order(List),
}

/// What the plan says and what it is.
///
/// ```
/// use maillage::plan::{Told, Violation, AnswerFault};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// plan.programmes[0].groups = 9;
/// let violations = plan.check(study.territory(), study.times()).expect_err("it was spoiled");
/// let fault = AnswerFault::Groups(Told { told: 9, found: 2 });
/// assert!(violations.contains(&Violation::Answer(plan.programmes[0].programme, fault)));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told<T> {
    /// In the plan.
    pub told: T,
    /// Worked out again.
    pub found: T,
}

/// A number on the wrong side of a limit.
///
/// ```
/// use maillage::plan::{Against, GroupFault, Violation};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// plan.groups[0].members.truncate(2);
/// let violations = plan.check(study.territory(), study.times()).expect_err("it was spoiled");
/// let fault = GroupFault::TooSmall(Against { count: 2, limit: 3 });
/// assert!(violations.contains(&Violation::Group(0, fault)));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Against {
    /// The number.
    pub count: u32,
    /// The limit.
    pub limit: u32,
}

/// Lists that have an order.
///
/// ```
/// use maillage::plan::{List, Violation};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// plan.hours.reverse();
/// let violations = plan.check(study.territory(), study.times()).expect_err("it was spoiled");
/// assert!(violations.contains(&Violation::Order(List::Hours)));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum List {
    /// [`Plan::groups`], by programme.
    Groups,
    /// The members of the group at this position.
    Members(usize),
    /// [`Plan::left_out`].
    LeftOut,
    /// [`Plan::programmes`].
    Programmes,
    /// [`Plan::hours`].
    Hours,
    /// [`Plan::opened`].
    Opened,
}

/// What is wrong with what, where and when a group meets.
///
/// ```
/// use maillage::plan::{OfferFault, Violation};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// plan.groups[0].offer.start = jiff::civil::date(1999, 1, 1);
/// let violations = plan.check(study.territory(), study.times()).expect_err("it was spoiled");
/// assert!(violations.iter().any(|one| matches!(one, Violation::Offer(0, OfferFault::Start(_)))));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[non_exhaustive]
pub enum OfferFault {
    /// No such programme.
    #[error("there is no programme {row}", row = .0.index())]
    UnknownProgramme(ProgrammeId),
    /// No such site.
    #[error("there is no site {row}", row = .0.index())]
    UnknownSite(SiteId),
    /// No such half-day.
    #[error("there is no slot {row}", row = .0.index())]
    UnknownSlot(SlotId),
    /// The programme is not held there.
    #[error("the programme is not held at that venue")]
    Venue,
    /// The programme is not held then.
    #[error("the programme does not use slot {row}", row = .0.index())]
    SlotNotInProgramme(SlotId),
    /// The site is not open then.
    #[error("slot {slot} is not open at site {site}", slot = .0.index(), site = .1.index())]
    SlotNotOpen(SlotId, SiteId),
    /// Two of its half-days overlap.
    #[error("slots {a} and {b} overlap", a = .0.index(), b = .1.index())]
    SlotsOverlap(SlotId, SlotId),
    /// Half-days are not in the order of the week, or one is there twice.
    #[error("its slots are not in the order of the week")]
    SlotOrder,
    /// Not as many half-days or days as the programme asks, or not those.
    #[error("its slots do not follow the programme's rhythm")]
    Rhythm,
    /// Not one of the programme's first days.
    #[error("the programme cannot start on {0}")]
    Start(Date),
    /// Not one session is held.
    #[error("no session is held")]
    NothingHeld,
    /// More groups in this very offer than the programme admits; told of the first.
    #[error("{count} groups meet so, at most {limit} can", count = .0.count, limit = .0.limit)]
    TooManyGroups(Against),
}

/// What is wrong with who is in a group, taken together.
///
/// ```
/// use maillage::plan::{GroupFault, Violation};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// plan.groups[0].members.truncate(2);
/// let violations = plan.check(study.territory(), study.times()).expect_err("it was spoiled");
/// assert!(violations.iter().any(|one| matches!(one, Violation::Group(0, GroupFault::TooSmall(_)))));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[non_exhaustive]
pub enum GroupFault {
    /// Below the programme's minimum.
    #[error("{count} members, at least {limit} needed", count = .0.count, limit = .0.limit)]
    TooSmall(Against),
    /// Above the programme's maximum.
    #[error("{count} members, at most {limit} admitted", count = .0.count, limit = .0.limit)]
    TooLarge(Against),
    /// Fewer with a trait than a mix rule asks.
    #[error("{count} members are {0:?}, at least {limit} needed", count = .1.count, limit = .1.limit)]
    TooFewWith(Trait, Against),
    /// More with a trait than a mix rule admits.
    #[error("{count} members are {0:?}, at most {limit} admitted", count = .1.count, limit = .1.limit)]
    TooManyWith(Trait, Against),
    /// The programme's minimum is there too seldom, each member coming by themselves as often as is said.
    #[error("holds {chance} %, {hold} % asked", chance = .0.percent(), hold = .1.percent())]
    HoldsTooSeldom(Chance, Chance),
    /// Two who must be apart.
    #[error("youths {a} and {b} must be apart", a = .0.index(), b = .1.index())]
    Together(YouthId, YouthId),
}

/// What is wrong with a member.
///
/// ```
/// use maillage::plan::{MemberFault, Told, Violation};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// plan.groups[0].members[1].reachable = 1;
/// let violations = plan.check(study.territory(), study.times()).expect_err("it was spoiled");
/// let youth = plan.groups[0].members[1].youth;
/// let fault = MemberFault::Reachable(Told { told: 1, found: 3 });
/// assert!(violations.contains(&Violation::Member(0, youth, fault)));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[non_exhaustive]
pub enum MemberFault {
    /// No such youth.
    #[error("there is no such youth")]
    Unknown,
    /// More than once in the group.
    #[error("is in the group twice")]
    Twice,
    /// Not enrolled in the programme.
    #[error("is not enrolled")]
    NotEnrolled,
    /// Pinned out of the programme.
    #[error("is pinned out")]
    PinnedOut,
    /// A shared ride that is not as told.
    #[error("{0}")]
    Ride(RideFault),
    /// Too young or too old, told of the first such date.
    #[error("is not of age on {0}")]
    Age(Date),
    /// Fewer sessions within reach than the programme needs.
    #[error("can attend {count} sessions, {limit} needed", count = .0.count, limit = .0.limit)]
    TooFewSessions(Against),
    /// Why a stay can't be attended; told where too few can.
    #[error("cannot attend on {0}: {1}")]
    Cannot(Date, Obstacle),
    /// Another number of sessions within reach.
    #[error("sessions within reach: {told} told, {found} found", told = .0.told, found = .0.found)]
    Reachable(Told<u32>),
    /// Another number of sessions of which nobody knows.
    #[error("sessions of which nobody knows: {told} told, {found} found", told = .0.told, found = .0.found)]
    NobodyKnows(Told<u32>),
    /// Another middle of the times.
    #[error("{told:?} told as the middle of the times, {found:?} found", told = .0.told, found = .0.found)]
    Median(Told<Option<Seconds>>),
    /// Other dates missed.
    #[error("other dates are missed than those told, the first: {0}")]
    MissedDate(Date),
    /// Another number of sessions held.
    #[error("sessions held: {told} told, {found} found", told = .0.told, found = .0.found)]
    Held(Told<u32>),
    /// Other modes of travel, out and back.
    #[error("travels by {told:?}, should be {found:?}", told = .0.told, found = .0.found)]
    Modes(Told<(Mode, Mode)>),
    /// A trip is told of somebody who attends by video only.
    #[error("a trip told, all sessions by video")]
    StaysHome,
    /// No trip is told of somebody who travels.
    #[error("no trip told, and some session to travel to")]
    Travels,
    /// Another time out.
    #[error("{told} s out told, {found} s found", told = .0.told.get(), found = .0.found.get())]
    TimeOut(Told<Seconds>),
    /// Another time back.
    #[error("{told} s back told, {found} s found", told = .0.told.get(), found = .0.found.get())]
    TimeBack(Told<Seconds>),
}

/// What is wrong with a shared ride.
///
/// ```
/// use maillage::plan::RideFault;
///
/// assert_eq!(RideFault::DriverAway.to_string(), "their driver is in no group that meets with theirs");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[non_exhaustive]
pub enum RideFault {
    /// There is no such ride to that site.
    #[error("there is no such ride to the group")]
    Unknown,
    /// It does not stop at their home.
    #[error("the ride does not stop at their home")]
    NoStop,
    /// The driver does not come, or not by this ride.
    #[error("their driver is in no group that meets with theirs")]
    DriverAway,
    /// The driver can't be at every session.
    #[error("the driver cannot drive it to every session")]
    NotAlways,
    /// More passengers than free seats.
    #[error("{count} come along, for {limit} seats", count = .0.count, limit = .0.limit)]
    Seats(Against),
    /// The way round is longer than accepted.
    #[error("the way round is longer than accepted")]
    Detour,
}

/// Why a stay can't be attended.
///
/// ```
/// use maillage::plan::{MemberFault, Obstacle, Violation};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// // Pont in the place of Croix: y03 walks, and it is too far.
/// plan.groups[0].offer.venue = plan.groups[1].offer.venue.clone();
/// let violations = plan.check(study.territory(), study.times()).expect_err("it was spoiled");
/// let far = |one: &Violation| matches!(one, Violation::Member(0, _, MemberFault::Cannot(_, Obstacle::BeyondLimit)));
/// assert!(violations.iter().any(far));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[non_exhaustive]
pub enum Obstacle {
    /// Not available during all of it.
    #[error("not available")]
    Away,
    /// No way out and back at those hours.
    #[error("no way there and back")]
    NoTrip,
    /// Every trip takes too much of the day.
    #[error("travel takes too much of the day")]
    DayTooLong,
    /// The best trip is longer than the limit.
    #[error("too far")]
    BeyondLimit,
}

/// What is wrong with a person's groups together. Groups are told by their positions.
///
/// ```
/// use maillage::plan::{PersonFault, Violation};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let twice = plan.groups[0].members[0].clone();
/// let youth = twice.youth;
/// plan.groups[1].members.push(twice);
/// let violations = plan.check(study.territory(), study.times()).expect_err("it was spoiled");
/// assert!(violations.contains(&Violation::Person(youth, PersonFault::SameProgramme(0, 1))));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[non_exhaustive]
pub enum PersonFault {
    /// Two groups of one programme.
    #[error("groups {0} and {1} are of one programme")]
    SameProgramme(usize, usize),
    /// Two programmes that exclude one another.
    #[error("the programmes of groups {0} and {1} exclude one another")]
    Excluded(usize, usize),
    /// Sessions at one time, told of the first such date.
    #[error("groups {0} and {1} meet at the same time on {2}")]
    SameTime(usize, usize, Date),
    /// Two sites on one day, told of the first such date.
    #[error("groups {0} and {1} meet at different sites on {2}")]
    TwoSites(usize, usize, Date),
}

/// A limit that the groups together pass. Weeks are told by their Monday.
///
/// ```
/// use maillage::plan::{LimitFault, Violation};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let haut = plan.opened.pop().expect("the plan opens a site");
/// let violations = plan.check(study.territory(), study.times()).expect_err("it was spoiled");
/// assert!(violations.contains(&Violation::Limit(LimitFault::NotOpened(haut))));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[non_exhaustive]
pub enum LimitFault {
    /// More groups at a site than rooms when this half-day begins.
    #[error("site {site}, {1}, slot {slot}: {count} groups for {limit} rooms", site = .0.index(), slot = .2.index(), count = .3.count, limit = .3.limit)]
    Rooms(SiteId, Date, SlotId, Against),
    /// More group half-days at a site than it has in a week.
    #[error("site {site}, week of {1}: {count} group half-days of {limit}", site = .0.index(), count = .2.count, limit = .2.limit)]
    SiteHalfDays(SiteId, Date, Against),
    /// More group half-days than the territory has in a week.
    #[error("week of {0}: {count} group half-days of {limit}", count = .1.count, limit = .1.limit)]
    HalfDays(Date, Against),
    /// More sessions in a week than advisers can lead: counted are the sessions,
    /// the limit is how many of them were shown to find an adviser.
    #[error("week of {0}: {count} sessions, advisers for {limit}", count = .1.count, limit = .1.limit)]
    Advisers(Date, Against),
    /// A candidate site where a group meets is not listed as opened.
    #[error("candidate site {row} is used but not opened", row = .0.index())]
    NotOpened(SiteId),
    /// What is listed as opened is no candidate site.
    #[error("site {row} is opened but is no candidate", row = .0.index())]
    NotACandidate(SiteId),
    /// A site is listed as opened twice.
    #[error("site {row} is opened twice", row = .0.index())]
    OpenedTwice(SiteId),
    /// More candidate sites than may be opened.
    #[error("{count} candidate sites opened, at most {limit} may be", count = .0.count, limit = .0.limit)]
    TooManyCandidates(Against),
}

/// What is wrong with who is said to be left out.
///
/// ```
/// use maillage::plan::{LeftOutFault, Violation};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let one = plan.left_out.remove(0);
/// let violations = plan.check(study.territory(), study.times()).expect_err("it was spoiled");
/// assert!(violations.contains(&Violation::LeftOut(one.programme, one.youth, LeftOutFault::Missing)));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[non_exhaustive]
pub enum LeftOutFault {
    /// In no group of the programme, and not listed.
    #[error("is in no group and not listed")]
    Missing,
    /// Listed more than once.
    #[error("is listed twice")]
    Twice,
    /// No such youth or programme.
    #[error("there is no such youth or programme")]
    Unknown,
    /// Listed, and in a group of the programme.
    #[error("is listed and in a group")]
    Member,
    /// No reason at all.
    #[error("no reason is given")]
    NoReason,
    /// The reason told is not one of the reasons.
    #[error("the reason told, {0:?}, is not among the reasons")]
    NotAmong(Reason),
    /// Said not to be enrolled and is, or not enrolled and not said so.
    #[error("whether it is for want of enrolment is wrong")]
    Enrolment,
    /// Said to be pinned out, and is not.
    #[error("is not pinned out")]
    NotPinnedOut,
}

/// What is wrong with a youth's weekly hours.
///
/// ```
/// use maillage::plan::{HoursFault, Violation};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let one = plan.hours.remove(0);
/// let violations = plan.check(study.territory(), study.times()).expect_err("it was spoiled");
/// assert!(violations.contains(&Violation::Hours(one.youth, HoursFault::Missing)));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[non_exhaustive]
pub enum HoursFault {
    /// Not listed.
    #[error("are missing")]
    Missing,
    /// Listed more than once.
    #[error("are listed twice")]
    Twice,
    /// No such youth.
    #[error("there is no such youth")]
    Unknown,
    /// Another sum than that of the groups' half-days.
    #[error("{told} s planned told, {found} s found", told = .0.told.get(), found = .0.found.get())]
    Planned(Told<Seconds>),
    /// More planned than is said to be within reach.
    #[error("more planned than is within reach")]
    BeyondReach,
}

/// What is wrong with a programme's answer.
///
/// ```
/// use maillage::plan::{AnswerFault, Violation};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let code = plan.programmes.pop().expect("a programme").programme;
/// let violations = plan.check(study.territory(), study.times()).expect_err("it was spoiled");
/// assert!(violations.contains(&Violation::Answer(code, AnswerFault::Missing)));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[non_exhaustive]
pub enum AnswerFault {
    /// Not listed.
    #[error("is missing")]
    Missing,
    /// Listed more than once.
    #[error("is listed twice")]
    Twice,
    /// No such programme.
    #[error("there is no such programme")]
    Unknown,
    /// Another number of groups.
    #[error("{told} groups told, {found} found", told = .0.told, found = .0.found)]
    Groups(Told<u32>),
    /// Another number of youths placed.
    #[error("{told} placed told, {found} found", told = .0.told, found = .0.found)]
    Placed(Told<u32>),
    /// Another number of youths enrolled.
    #[error("{told} enrolled told, {found} found", told = .0.told, found = .0.found)]
    Enrolled(Told<u32>),
    /// The closest verdict is none of this programme's.
    #[error("verdict {0} is not one of the programme")]
    Closest(usize),
}

/// What is wrong with a verdict.
///
/// ```
/// use maillage::plan::{VerdictFault, Violation};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// plan.verdicts[6].viable = true;
/// let violations = plan.check(study.territory(), study.times()).expect_err("it was spoiled");
/// assert!(violations.iter().any(|one| matches!(one, Violation::Verdict(6, VerdictFault::ViableWithTooFew(_)))));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[non_exhaustive]
pub enum VerdictFault {
    /// No such programme.
    #[error("there is no programme {row}", row = .0.index())]
    UnknownProgramme(ProgrammeId),
    /// Said to be viable with fewer than the minimum.
    #[error("viable with {count} youths, {limit} needed", count = .0.count, limit = .0.limit)]
    ViableWithTooFew(Against),
    /// Another number missing to the minimum.
    #[error("{told} missing told, {found} found", told = .0.told, found = .0.found)]
    Missing(Told<u32>),
}

/// What is wrong with the value or the proof of an objective.
///
/// ```
/// use maillage::groups::Tier;
/// use maillage::plan::{TierFault, Told, Violation};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(mut plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// plan.tiers[0].value = 13;
/// let violations = plan.check(study.territory(), study.times()).expect_err("it was spoiled");
/// let fault = TierFault::Value(Told { told: 13, found: 12 });
/// assert!(violations.contains(&Violation::Tier(Tier::Placed, fault)));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
#[non_exhaustive]
pub enum TierFault {
    /// Told more than once.
    #[error("is there twice")]
    Twice,
    /// Not the sum of the priorities of those placed.
    #[error("value {told} told, {found} found", told = .0.told, found = .0.found)]
    Value(Told<i64>),
    /// The value is better than the bound.
    #[error("the value is better than its bound")]
    BetterThanBound,
    /// Said to be proved best with a gap, or not proved without one.
    #[error("the proof does not agree with value and bound")]
    Proof,
}

impl Plan {
    /// Checks the plan against the territory and the travel times alone: every
    /// date, trip, size, limit and count is worked out again, and neither the
    /// territory's list of options nor what made the plan is looked at.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of [`Violation`]. A plan may be any
    /// nonsense: handles that mean nothing are told, not followed.
    pub fn check(&self, territory: &Territory, times: &TravelTimes) -> Result<(), Vec<Violation>> {
        let of = |(index, group)| View::of(index, group, territory);
        let views: Vec<View<'_>> = self.groups.iter().enumerate().map(of).collect();
        let mut checker = Checker { plan: self, territory, times, views: &views, found: BTreeSet::new() };
        checker.groups();
        checker.people();
        checker.pins();
        checker.rooms();
        checker.half_days();
        checker.candidates();
        checker.advisers();
        checker.left_out();
        checker.hours();
        checker.answers();
        checker.verdicts();
        checker.tiers();
        if checker.found.is_empty() { Ok(()) } else { Err(checker.found.into_iter().collect()) }
    }
}

/// Weeks after which a programme that pauses is taken never to end.
const MOST_WEEKS: i32 = 208;

/// A session that is held.
#[derive(Clone, Copy)]
struct Held<'a> {
    date: Date,
    id: SlotId,
    slot: &'a Slot,
    /// `None` by video.
    site: Option<SiteId>,
}

impl Held<'_> {
    fn meets(&self, other: &Self) -> bool {
        self.date == other.date && self.slot.from < other.slot.to && other.slot.from < self.slot.to
    }
}

/// Sessions of one date at one site.
struct Visit {
    site: SiteId,
    session: Session,
    sessions: u32,
}

/// A group with its dates.
struct View<'a> {
    index: usize,
    group: &'a Group,
    programme: Option<&'a Programme>,
    /// Its half-days that exist.
    slots: Vec<(SlotId, &'a Slot)>,
    /// Its sessions, by date and time.
    held: Vec<Held<'a>>,
    /// What has to be travelled, by date.
    visits: Vec<Visit>,
}

impl<'a> View<'a> {
    fn of(index: usize, group: &'a Group, territory: &'a Territory) -> Self {
        let offer = &group.offer;
        let programme = territory.programmes().get(offer.programme);
        let known = |&id: &SlotId| Some((id, territory.slots().get(id)?));
        let slots: Vec<(SlotId, &Slot)> = offer.slots.iter().filter_map(known).collect();
        let held = programme.map(|p| held(territory, p, offer, &slots)).unwrap_or_default();
        let visits = visits(&held);
        Self { index, group, programme, slots, held, visits }
    }

    fn offer(&self) -> &'a Offer {
        &self.group.offer
    }

    /// Its members, each once.
    fn youths(&self) -> BTreeSet<YouthId> {
        self.group.members.iter().map(|m| m.youth).collect()
    }

    fn on_site(&self) -> impl Iterator<Item = (SiteId, &Held<'a>)> {
        self.held.iter().filter_map(|held| Some((held.site?, held)))
    }

    /// Sites where the half-day must be open: all, unless each has a day of its own.
    fn sites_of(&self, slot: &Slot) -> Vec<SiteId> {
        match &self.offer().venue {
            Venue::Turns(Turn::Day, _) => turn(self.offer(), &self.slots, slot, 0).into_iter().collect(),
            venue => venue.sites().to_vec(),
        }
    }
}

/// The sessions of an offer that are held, by date and time.
fn held<'a>(
    territory: &Territory,
    programme: &Programme,
    offer: &Offer,
    slots: &[(SlotId, &'a Slot)],
) -> Vec<Held<'a>> {
    let calendar = territory.calendar();
    let mut planned = 0;
    let mut held = Vec::new();
    // In the order of the group's own week, which begins on its first day.
    let mut in_turn = slots.to_vec();
    in_turn.sort_by_key(|(_, slot)| date_of(offer.start, 0, slot.day));
    for week in 0..MOST_WEEKS {
        for &(id, slot) in &in_turn {
            if planned == usize::from(programme.weeks) * slots.len() {
                break;
            }
            let Some(date) = date_of(offer.start, week, slot.day) else { continue };
            let holiday = calendar.is_holiday(date);
            if holiday && programme.in_holidays == InHolidays::Pauses {
                continue;
            }
            planned += 1;
            let Some(site) = turn(offer, slots, slot, week.unsigned_abs() as usize) else { continue };
            let remote = holiday && programme.in_holidays == InHolidays::Visio;
            if !calendar.is_closed(&site, date) {
                held.push(Held { date, id, slot, site: (!remote).then_some(site) });
            }
        }
    }
    held.sort_by_key(|h| (h.date, h.slot.from, h.id));
    held
}

/// The day of that name in the group's week; `None` at the end of the calendar.
fn date_of(start: Date, week: i32, day: Weekday) -> Option<Date> {
    (0..7).map(|ahead| shifted(start, 7 * week + ahead)).find(|date| date.weekday() == day)
}

/// The site of a session; `None` when the venue has none.
fn turn(offer: &Offer, slots: &[(SlotId, &Slot)], slot: &Slot, week: usize) -> Option<SiteId> {
    let sites = offer.venue.sites();
    let rank = match offer.venue {
        Venue::One(_) => 0,
        Venue::Turns(Turn::Week, _) => week,
        Venue::Turns(Turn::Day, _) => {
            let days: BTreeSet<i8> = slots.iter().map(|(_, s)| monday_zero(s)).collect();
            days.range(..monday_zero(slot)).count()
        }
    };
    sites.get(rank.checked_rem(sites.len())?).copied()
}

/// One stay a date and site.
fn visits(held: &[Held<'_>]) -> Vec<Visit> {
    let mut visits: BTreeMap<(Date, SiteId), Visit> = BTreeMap::new();
    for h in held {
        let Some(site) = h.site else { continue };
        let (from, to) = (h.slot.from, h.slot.to);
        let fresh = Session { date: h.date, arrive_by: from, leave_after: to };
        let visit =
            visits.entry((h.date, site)).or_insert_with(|| Visit { site, session: fresh, sessions: 0 });
        visit.session.arrive_by = visit.session.arrive_by.min(from);
        visit.session.leave_after = visit.session.leave_after.max(to);
        visit.sessions += 1;
    }
    visits.into_values().collect()
}

fn shifted(date: Date, days: i32) -> Date {
    date.saturating_add(jiff::Span::new().days(days))
}

fn monday_zero(slot: &Slot) -> i8 {
    slot.day.to_monday_zero_offset()
}

fn monday_of(date: Date) -> Date {
    shifted(date, -i32::from(date.weekday().to_monday_zero_offset()))
}

fn count(items: usize) -> u32 {
    u32::try_from(items).unwrap_or(u32::MAX)
}

/// A number and the limit that it may be beyond.
fn above(number: usize, limit: u32) -> Option<Against> {
    (count(number) > limit).then_some(Against { count: count(number), limit })
}

fn below(number: usize, limit: u32) -> Option<Against> {
    (count(number) < limit).then_some(Against { count: count(number), limit })
}

/// What the plan says, when it is something else.
fn differs<T: PartialEq>(told: T, found: T) -> Option<Told<T>> {
    (told != found).then_some(Told { told, found })
}

struct Checker<'a> {
    plan: &'a Plan,
    territory: &'a Territory,
    times: &'a TravelTimes,
    views: &'a [View<'a>],
    found: BTreeSet<Violation>,
}

// Groups: what, where, when, and who.
impl<'a> Checker<'a> {
    fn say(&mut self, violation: Violation) {
        self.found.insert(violation);
    }

    fn groups(&mut self) {
        let key = |view: &View<'a>| view.programme.map(Keyed::key);
        if !self.views.iter().filter_map(key).is_sorted() {
            self.say(Violation::Order(List::Groups));
        }
        for view in self.views {
            let faults = match view.programme {
                Some(programme) => self.offer_faults(view, programme),
                None => vec![OfferFault::UnknownProgramme(view.offer().programme)],
            };
            self.found.extend(faults.into_iter().map(|fault| Violation::Offer(view.index, fault)));
            self.members(view);
        }
        self.same_offers();
    }

    fn offer_faults(&self, view: &View<'_>, programme: &Programme) -> Vec<OfferFault> {
        let offer = view.offer();
        let (sites, slots) = (self.territory.sites(), self.territory.slots());
        let mut faults = Vec::new();
        let nowhere = offer.venue.sites().iter().filter(|&&site| sites.get(site).is_none());
        faults.extend(nowhere.map(|&site| OfferFault::UnknownSite(site)));
        let never = offer.slots.iter().filter(|&&slot| slots.get(slot).is_none());
        faults.extend(never.map(|&slot| OfferFault::UnknownSlot(slot)));
        if !venue_allowed(programme, &offer.venue) {
            faults.push(OfferFault::Venue);
        }
        self.slot_faults(view, programme, &mut faults);
        if !self.follows_rhythm(view, programme) {
            faults.push(OfferFault::Rhythm);
        }
        if !may_start(programme, offer.start) {
            faults.push(OfferFault::Start(offer.start));
        }
        if view.held.is_empty() {
            faults.push(OfferFault::NothingHeld);
        }
        faults
    }

    fn slot_faults(&self, view: &View<'_>, programme: &Programme, faults: &mut Vec<OfferFault>) {
        for &(id, slot) in &view.slots {
            if !programme.slots.is_empty() && !programme.slots.contains(&id) {
                faults.push(OfferFault::SlotNotInProgramme(id));
            }
            let shut =
                |site: &SiteId| self.territory.sites().get(*site).is_some_and(|s| !s.open.contains(&id));
            let shut_sites = view.sites_of(slot).into_iter().filter(shut);
            faults.extend(shut_sites.map(|site| OfferFault::SlotNotOpen(id, site)));
        }
        for (i, &(a, first)) in view.slots.iter().enumerate() {
            let overlapping = view.slots.iter().take(i).filter(|(_, second)| first.overlaps(second));
            faults.extend(overlapping.map(|&(b, _)| OfferFault::SlotsOverlap(b, a)));
        }
        let place = |slot: &'a Slot| (monday_zero(slot), slot.from, slot.to, &slot.key);
        let places = view.offer().slots.iter().filter_map(|&id| self.territory.slots().get(id)).map(place);
        if !places.is_sorted_by(|a, b| a < b) {
            faults.push(OfferFault::SlotOrder);
        }
    }

    fn follows_rhythm(&self, view: &View<'_>, programme: &Programme) -> bool {
        let mine: BTreeSet<SlotId> = view.offer().slots.iter().copied().collect();
        match &programme.rhythm {
            Rhythm::HalfDays(n) => mine.len() == usize::from(*n),
            Rhythm::FullDays(n) => {
                let days: BTreeMap<i8, &Slot> =
                    view.slots.iter().map(|&(_, s)| (monday_zero(s), s)).collect();
                let full = days.values().all(|slot| self.is_full_day(view, programme, slot, &mine));
                days.len() == usize::from(*n) && full
            }
            Rhythm::Listed(sets) => {
                sets.iter().any(|set| set.iter().copied().collect::<BTreeSet<SlotId>>() == mine)
            }
        }
    }

    /// Whether the group has all that could be used on the day of `slot`, and that is at least two half-days.
    fn is_full_day(
        &self,
        view: &View<'_>,
        programme: &Programme,
        slot: &Slot,
        mine: &BTreeSet<SlotId>,
    ) -> bool {
        let sites = view.sites_of(slot);
        let open = |id| {
            sites.iter().all(|&site| self.territory.sites().get(site).is_some_and(|s| s.open.contains(&id)))
        };
        let of_the_day = self.territory.slots().iter().filter(|(_, s)| s.day == slot.day);
        let usable: Vec<SlotId> = of_the_day
            .map(|(id, _)| id)
            .filter(|&id| (programme.slots.is_empty() || programme.slots.contains(&id)) && open(id))
            .collect();
        usable.len() >= 2 && usable.iter().all(|id| mine.contains(id))
    }

    /// Groups of the very same offer, told of the first.
    fn same_offers(&mut self) {
        let mut same: BTreeMap<&Offer, Vec<&View<'_>>> = BTreeMap::new();
        for view in self.views {
            same.entry(view.offer()).or_default().push(view);
        }
        for views in same.values() {
            let Some((first, programme)) = views.first().and_then(|v| Some((v, v.programme?))) else {
                continue;
            };
            if let Some(over) = above(views.len(), programme.max_groups) {
                self.say(Violation::Offer(first.index, OfferFault::TooManyGroups(over)));
            }
        }
    }

    fn members(&mut self, view: &View<'_>) {
        let mut seen = BTreeSet::new();
        for member in &view.group.members {
            let mut faults = Vec::new();
            match self.territory.youths().get(member.youth) {
                None => faults.push(MemberFault::Unknown),
                Some(youth) => self.member_faults(view, member, youth, &mut faults),
            }
            if !seen.insert(member.youth) {
                faults.push(MemberFault::Twice);
            }
            let faults = faults.into_iter().map(|fault| Violation::Member(view.index, member.youth, fault));
            self.found.extend(faults);
        }
        let key = |member: &Member| self.territory.youths().get(member.youth).map(Keyed::key);
        if !view.group.members.iter().filter_map(key).is_sorted() {
            self.say(Violation::Order(List::Members(view.index)));
        }
        if let Some(programme) = view.programme {
            self.composition(view, programme);
        }
    }

    fn member_faults(&self, view: &View<'_>, member: &Member, youth: &Youth, faults: &mut Vec<MemberFault>) {
        let id = view.offer().programme;
        if self.is_pinned_out(id, member.youth) {
            faults.push(MemberFault::PinnedOut);
        }
        let Some(programme) = view.programme else { return };
        if !youth.programmes.contains(&id) {
            faults.push(MemberFault::NotEnrolled);
        }
        let admitted =
            |h: &&Held<'_>| programme.ages.admit(youth.birth.age_on(h.date), youth.recognised_disability);
        if let Some(h) = view.held.iter().find(|h| !admitted(h)) {
            faults.push(MemberFault::Age(h.date));
        }
        self.attendance(view, programme, member, youth, faults);
    }

    /// Sizes and rules on who is in the group.
    fn composition(&mut self, view: &View<'_>, programme: &Programme) {
        let mut faults = Vec::new();
        let members = view.group.members.len();
        faults.extend(below(members, programme.size.min()).map(GroupFault::TooSmall));
        faults.extend(above(members, programme.size.max()).map(GroupFault::TooLarge));
        faults.extend(self.holds_too_seldom(view, programme));
        let youths: Vec<&Youth> =
            view.youths().into_iter().filter_map(|id| self.territory.youths().get(id)).collect();
        for rule in &programme.mix {
            let with = youths.iter().filter(|youth| has_trait(youth, rule, programme.start.first)).count();
            faults.extend(below(with, rule.at_least).map(|n| GroupFault::TooFewWith(rule.of, n)));
            faults.extend(above(with, rule.at_most).map(|n| GroupFault::TooManyWith(rule.of, n)));
        }
        self.found.extend(faults.into_iter().map(|fault| Violation::Group(view.index, fault)));
    }
}

impl Checker<'_> {
    fn holds_too_seldom(&self, view: &View<'_>, programme: &Programme) -> Option<GroupFault> {
        let hold = programme.hold?;
        let known = view.youths().into_iter().filter(|&id| self.territory.youths().get(id).is_some());
        // How likely it is that so many or more are there, of those looked at so far.
        let mut there = vec![0.0; programme.size.min() as usize + 1];
        there[0] = 1.0;
        for chance in known.map(|id| self.territory.attendance_of(id, view.offer().programme).get()) {
            for n in (1..there.len()).rev() {
                there[n] = there[n] * (1.0 - chance) + there[n - 1] * chance;
            }
        }
        let often = there.last().copied().unwrap_or_default();
        (!hold.is_met_by(often)).then(|| GroupFault::HoldsTooSeldom(Chance::nearest(often), hold))
    }
}

fn venue_allowed(programme: &Programme, venue: &Venue) -> bool {
    match venue {
        // Without a list of sites, any will do, unless the programme only alternates.
        Venue::One(_) if programme.sites.is_empty() => programme.alternating.is_empty(),
        Venue::One(site) => programme.sites.contains(site),
        Venue::Turns(by, sites) => programme.alternating.iter().any(|a| a.by == *by && a.sites == *sites),
    }
}

fn may_start(programme: &Programme, start: Date) -> bool {
    let window = programme.start;
    (0..=i32::from(window.later_weeks)).any(|week| shifted(window.first, 7 * week) == start)
}

fn has_trait(youth: &Youth, rule: &MixRule, first: Date) -> bool {
    match rule.of {
        Trait::Minor => youth.birth.age_on(first) < 18,
        Trait::Woman => youth.sex == Some(Sex::Woman),
        Trait::Man => youth.sex == Some(Sex::Man),
        Trait::Disabled => youth.recognised_disability,
        Trait::NoVehicle => youth.vehicles.is_empty(),
    }
}

// Trips: which stays a member can attend, and how.
impl Checker<'_> {
    fn attendance(
        &self,
        view: &View<'_>,
        programme: &Programme,
        member: &Member,
        youth: &Youth,
        faults: &mut Vec<MemberFault>,
    ) {
        let limit = programme.limit.unwrap_or(self.territory.rules().limit);
        let mut reachable = count(view.held.iter().filter(|h| h.site.is_none()).count());
        let mut longest: Option<RoundTrip> = None;
        let (mut missed, mut unknown) = (Vec::new(), 0);
        let (mut dates, mut times) = (BTreeSet::new(), Vec::new());
        for visit in &view.visits {
            let trip = match member.ride {
                None => self.best_trip(youth, visit, limit),
                Some(riding) => self.ridden(member.youth, riding, visit, limit),
            };
            match trip {
                Ok(trip) => {
                    reachable += visit.sessions;
                    times.extend((0..visit.sessions).map(|_| trip.longer()));
                    let longer = |l: RoundTrip| (trip.longer(), trip.both()) > (l.longer(), l.both());
                    if longest.is_none_or(longer) {
                        longest = Some(trip);
                    }
                }
                Err(why) => {
                    let may = member.ride.is_none() && self.may_be_there(youth, visit, why);
                    unknown += if may { visit.sessions } else { 0 };
                    missed.push(MemberFault::Cannot(visit.session.date, why));
                    dates.insert(visit.session.date);
                }
            }
        }
        let of = count(view.held.len());
        faults.extend(self.ride_faults(view, member, reachable == of).map(MemberFault::Ride));
        // What nobody knows counts neither way, where anything is known.
        let needed = programme.needed.of(of.saturating_sub(if longest.is_some() { unknown } else { 0 }));
        if reachable < needed {
            faults.push(MemberFault::TooFewSessions(Against { count: reachable, limit: needed }));
            faults.extend(missed);
        }
        faults.extend(differs(member.of, of).map(MemberFault::Held));
        faults.extend(differs(member.reachable, reachable).map(MemberFault::Reachable));
        if reachable >= needed {
            faults.extend(differs(member.unknown, unknown).map(MemberFault::NobodyKnows));
            times.sort_unstable();
            let median = times.get(times.len().saturating_sub(1) / 2).copied();
            faults.extend(differs(member.median, median).map(MemberFault::Median));
            let programme = view.group.offer.programme;
            let told =
                self.plan.missed.iter().filter(|m| (m.programme, m.youth) == (programme, member.youth));
            let told: BTreeSet<Date> = told.map(|m| m.date).collect();
            let first = told.symmetric_difference(&dates).next();
            faults.extend(first.map(|&date| MemberFault::MissedDate(date)));
        }
        // Of somebody who can't attend, no trip is right, and that has been said.
        if longest.is_some() || (of > 0 && reachable >= needed) {
            faults.extend(trip_faults(member.trip, longest));
        }
    }

    /// The trip that is taken for a stay, or why there is none.
    fn best_trip(&self, youth: &Youth, visit: &Visit, limit: Seconds) -> Result<RoundTrip, Obstacle> {
        let Session { date, arrive_by, leave_after } = visit.session;
        if !youth.availability.allows(date, arrive_by, leave_after) {
            return Err(Obstacle::Away);
        }
        let all = self.round_trips(youth, visit);
        if all.is_empty() {
            return Err(Obstacle::NoTrip);
        }
        let fits_the_day = |trip: &RoundTrip| match self.territory.rules().day_share {
            None => true,
            Some(percent) => {
                let travel = u64::from(trip.to.get()) + u64::from(trip.back.get());
                travel * 100 <= u64::from(percent) * u64::from(arrive_by.until(leave_after).get())
            }
        };
        let order = |t: &RoundTrip| (t.longer(), t.both(), t.mode_to, t.mode_back);
        let best = all.into_iter().filter(fits_the_day).min_by_key(order).ok_or(Obstacle::DayTooLong)?;
        if best.longer() <= limit { Ok(best) } else { Err(Obstacle::BeyondLimit) }
    }

    /// Whether somebody who has no trip that is known might have one by a mode that they can take.
    fn may_be_there(&self, youth: &Youth, visit: &Visit, why: Obstacle) -> bool {
        let Some(home) = youth.home.filter(|_| why != Obstacle::Away) else { return false };
        let day = visit.session.date.weekday();
        let takes = |mode: Mode, way: Way| match mode {
            mode if mode.at_home() == Mode::Lift => self.is_offered_lift(youth, visit.session.date, way),
            mode if mode.brings_vehicle() => youth.vehicles.iter().any(|v| {
                v.kind.mode() == mode.at_home()
                    && v.kind.allowed_by(&youth.licences)
                    && !v.hours.on(day).is_empty()
            }),
            _ => true,
        };
        let ways = || Mode::ALL.into_iter().flat_map(|mode| Way::BOTH.map(|way| (mode, way)));
        ways().any(|(mode, way)| {
            takes(mode, way) && self.times.trip(home, visit.site, way, mode, visit.session) == Trip::Unknown
        })
    }

    fn is_offered_lift(&self, youth: &Youth, date: Date, way: Way) -> bool {
        let needs_adult = self.territory.rules().minor_lift_needs_adult && youth.birth.age_on(date) < 18;
        youth.lifts.iter().any(|lift| lift.ways.includes(way) && (lift.adult_driver || !needs_adult))
    }

    /// Every way to be there for all of a stay and be home again the same day.
    fn round_trips(&self, youth: &Youth, visit: &Visit) -> Vec<RoundTrip> {
        let mut trips = Vec::new();
        for mode in Mode::ALL.into_iter().filter(|mode| mode.brings_vehicle()) {
            let ways = (self.ride(youth, visit, Way::To, mode), self.ride(youth, visit, Way::Back, mode));
            let (Some(out), Some(back)) = ways else { continue };
            if has_vehicle(youth, mode, visit.session.date.weekday(), out.from, back.to) {
                trips.push(RoundTrip { mode_to: mode, mode_back: mode, to: out.time, back: back.time });
            }
        }
        let (outs, backs) = (self.passenger(youth, visit, Way::To), self.passenger(youth, visit, Way::Back));
        for &(mode_to, to) in &outs {
            let with = |&(mode_back, back): &(Mode, Seconds)| RoundTrip { mode_to, mode_back, to, back };
            trips.extend(backs.iter().map(with));
        }
        trips
    }

    /// Modes that leave nothing behind, with their times one way.
    fn passenger(&self, youth: &Youth, visit: &Visit, way: Way) -> Vec<(Mode, Seconds)> {
        let usable = |mode: Mode| {
            let ride = self.ride(youth, visit, way, mode)?;
            let by_lift = mode.at_home() == Mode::Lift;
            let can = !by_lift || self.has_lift(youth, visit.session.date, way, &ride);
            can.then_some((mode, ride.time))
        };
        Mode::ALL.into_iter().filter(|mode| !mode.brings_vehicle()).filter_map(usable).collect()
    }

    /// One way within the day, whoever drives.
    fn ride(&self, youth: &Youth, visit: &Visit, way: Way, mode: Mode) -> Option<Ride> {
        let session = visit.session;
        let travel = self.times.trip(youth.home?, visit.site, way, mode, session).time()?;
        let (time, waits) = (travel.time, travel.at_site);
        let (from, to) = match way {
            Way::To => {
                let there = session.arrive_by.earlier(waits)?;
                (there.earlier(time)?, there)
            }
            Way::Back => {
                let away = session.leave_after.later(waits)?;
                (away, away.later(time)?)
            }
        };
        // Who is driven to a stop needs the driver until then only.
        let driven = match (mode, way) {
            (Mode::LiftBus, Way::To) => (from, from.later(travel.access)?),
            (Mode::LiftBus, Way::Back) => (to.earlier(travel.access)?, to),
            _ => (from, to),
        };
        Some(Ride { time, from, to, driven })
    }

    fn has_lift(&self, youth: &Youth, date: Date, way: Way, ride: &Ride) -> bool {
        let needs_adult = self.territory.rules().minor_lift_needs_adult && youth.birth.age_on(date) < 18;
        youth.lifts.iter().any(|lift| {
            lift.ways.includes(way)
                && lift.hours.covers(date.weekday(), ride.driven.0, ride.driven.1)
                && (lift.adult_driver || !needs_adult)
        })
    }
}

// Rides that members share: who drives, who comes along, and the seats.
impl Checker<'_> {
    /// Who drives and which ride of theirs, as far as both exist.
    fn shared(&self, youth: YouthId, riding: Riding) -> Option<(YouthId, &SharedRide)> {
        let (driver, ride) = match riding {
            Riding::Drives { ride } => (youth, ride),
            Riding::With { driver, ride } => (driver, ride),
        };
        Some((driver, self.territory.youths().get(driver)?.rides.get(ride)?))
    }

    /// The trip by a shared ride for a stay, or why there is none.
    fn ridden(
        &self,
        id: YouthId,
        riding: Riding,
        visit: &Visit,
        limit: Seconds,
    ) -> Result<RoundTrip, Obstacle> {
        let Session { date, arrive_by, leave_after } = visit.session;
        let youths = self.territory.youths();
        let known = self.shared(id, riding).filter(|(_, ride)| ride.site == visit.site);
        let (driver, ride) = known.ok_or(Obstacle::NoTrip)?;
        let (driver, youth) = (&youths[driver], &youths[id]);
        let alone = matches!(riding, Riding::Drives { .. });
        let stop = youth.home.and_then(|home| ride.stops.iter().find(|stop| stop.place == home));
        let times = if alone { Some((ride.out, ride.home)) } else { stop.map(|stop| (stop.out, stop.home)) };
        let (to, back) = times.ok_or(Obstacle::NoTrip)?;
        if !youth.availability.allows(date, arrive_by, leave_after) {
            return Err(Obstacle::Away);
        }
        let mode = if alone { Mode::Car } else { Mode::Lift };
        let trip = RoundTrip { mode_to: mode, mode_back: mode, to, back };
        let on_site = u64::from(arrive_by.until(leave_after).get());
        let share = self.territory.rules().day_share.map_or(u64::MAX, u64::from);
        if u64::from(to.plus(back).get()) * 100 > share.saturating_mul(on_site) {
            return Err(Obstacle::DayTooLong);
        }
        let (Some(leaves), Some(returns)) = (arrive_by.earlier(to), leave_after.later(back)) else {
            return Err(Obstacle::NoTrip);
        };
        let minor = |who: &Youth| who.birth.age_on(date) < 18;
        let refused = self.territory.rules().minor_lift_needs_adult && minor(youth) && minor(driver);
        if alone && !has_vehicle(youth, Mode::Car, date.weekday(), leaves, returns) || !alone && refused {
            return Err(Obstacle::NoTrip);
        }
        if trip.longer() <= limit { Ok(trip) } else { Err(Obstacle::BeyondLimit) }
    }

    /// What is wrong with the ride by which a member comes; `always` says whether they are at every session.
    fn ride_faults(&self, view: &View<'_>, member: &Member, always: bool) -> Option<RideFault> {
        let riding = member.ride?;
        let shared = self.shared(member.youth, riding);
        let Some((driver, ride)) = shared.filter(|s| view.offer().venue == Venue::One(s.1.site)) else {
            return Some(RideFault::Unknown);
        };
        // Groups of the very same offer meet together.
        let together = self.plan.groups.iter().filter(|group| group.offer == view.group.offer);
        let members: Vec<&Member> = together.flat_map(|group| &group.members).collect();
        match riding {
            Riding::With { ride: at, .. } => {
                let home = self.territory.youths().get(member.youth)?.home;
                let drives = |m: &&Member| m.youth == driver && m.ride == Some(Riding::Drives { ride: at });
                if driver == member.youth || !members.iter().any(drives) {
                    return Some(RideFault::DriverAway);
                }
                let stops = ride.stops.iter().any(|stop| Some(stop.place) == home);
                (!stops).then_some(RideFault::NoStop)
            }
            Riding::Drives { ride: at } => {
                let along = |m: &&&Member| m.ride == Some(Riding::With { driver, ride: at });
                let seats = above(members.iter().filter(along).count(), ride.seats).map(RideFault::Seats);
                let round = || (!self.within_detour(view, driver, ride)).then_some(RideFault::Detour);
                seats.or((!always).then_some(RideFault::NotAlways)).or_else(round)
            }
        }
    }

    /// Whether the way round is no longer than what was accepted, out and home, whenever they drive.
    fn within_detour(&self, view: &View<'_>, driver: YouthId, ride: &SharedRide) -> bool {
        let Some(home) = self.territory.youths().get(driver).and_then(|youth| youth.home) else {
            return false;
        };
        let within = |visit: &Visit, way: Way, time: Seconds| {
            let direct = self.times.trip(home, visit.site, way, Mode::Car, visit.session).time();
            direct.is_some_and(|direct| time <= direct.time.plus(ride.detour))
        };
        view.visits.iter().all(|v| within(v, Way::To, ride.out) && within(v, Way::Back, ride.home))
    }
}

/// One way, and when.
#[derive(Clone, Copy)]
struct Ride {
    time: Seconds,
    from: ClockTime,
    to: ClockTime,
    /// When a driver is needed, if one is.
    driven: (ClockTime, ClockTime),
}

/// Whether a vehicle of that mode may be driven and is free from leaving home to being home again.
fn has_vehicle(youth: &Youth, mode: Mode, day: Weekday, from: ClockTime, to: ClockTime) -> bool {
    youth.vehicles.iter().any(|vehicle| {
        vehicle.kind.mode() == mode.at_home()
            && vehicle.kind.allowed_by(&youth.licences)
            && vehicle.hours.covers(day, from, to)
    })
}

fn trip_faults(told: Option<RoundTrip>, found: Option<RoundTrip>) -> Vec<MemberFault> {
    let (told, found) = match (told, found) {
        (None, None) => return Vec::new(),
        (Some(told), Some(found)) => (told, found),
        (Some(_), None) => return vec![MemberFault::StaysHome],
        (None, Some(_)) => return vec![MemberFault::Travels],
    };
    let modes = differs((told.mode_to, told.mode_back), (found.mode_to, found.mode_back));
    let out = differs(told.to, found.to).map(MemberFault::TimeOut);
    let back = differs(told.back, found.back).map(MemberFault::TimeBack);
    modes.map(MemberFault::Modes).into_iter().chain(out).chain(back).collect()
}

// People and decisions.
impl<'a> Checker<'a> {
    fn people(&mut self) {
        let mut groups: BTreeMap<YouthId, Vec<usize>> = BTreeMap::new();
        for view in self.views {
            for youth in view.youths() {
                groups.entry(youth).or_default().push(view.index);
            }
        }
        // Many share a pair of groups, whose dates are compared once.
        let mut known: BTreeMap<(usize, usize), Vec<PersonFault>> = BTreeMap::new();
        for (youth, mine) in groups {
            for (i, &b) in mine.iter().enumerate() {
                for &a in mine.iter().take(i) {
                    let faults = known.entry((a, b)).or_insert_with(|| self.pair_faults(a, b));
                    self.found.extend(faults.iter().map(|&fault| Violation::Person(youth, fault)));
                }
            }
        }
    }

    fn pair_faults(&self, a: usize, b: usize) -> Vec<PersonFault> {
        let (Some(first), Some(second)) = (self.views.get(a), self.views.get(b)) else { return Vec::new() };
        let (p, q) = (first.offer().programme, second.offer().programme);
        let excludes = |view: &View<'_>, other| view.programme.is_some_and(|p| p.excludes.contains(&other));
        let mut faults = Vec::new();
        if p == q {
            faults.push(PersonFault::SameProgramme(a, b));
        } else if excludes(first, q) || excludes(second, p) {
            faults.push(PersonFault::Excluded(a, b));
        }
        let pairs = || {
            let same_day =
                |x: &'a Held<'a>| second.held.iter().filter(move |y| x.date == y.date).map(move |y| (x, y));
            first.held.iter().flat_map(same_day)
        };
        let together = pairs().find(|(x, y)| x.meets(y));
        faults.extend(together.map(|(x, _)| PersonFault::SameTime(a, b, x.date)));
        let elsewhere = |x: &Held<'_>, y: &Held<'_>| x.site.is_some() && y.site.is_some() && x.site != y.site;
        let apart = pairs().find(|(x, y)| elsewhere(x, y));
        faults.extend(apart.map(|(x, _)| PersonFault::TwoSites(a, b, x.date)));
        faults
    }

    fn is_pinned_out(&self, programme: ProgrammeId, youth: YouthId) -> bool {
        self.territory.pins().iter().any(|pin| match pin {
            Pin::Out { youth: y, programme: p } => *y == youth && p.is_none_or(|p| p == programme),
            _ => false,
        })
    }

    /// Pins that ask for something; members pinned out are told with the members.
    fn pins(&mut self) {
        for (index, pin) in self.territory.pins().iter().enumerate() {
            match pin {
                Pin::Group { programme, site, slots, start } => {
                    let first = self.territory.programmes().get(*programme).map(|p| p.start.first);
                    let start = start.or(first);
                    let is_it = |view: &View<'_>| {
                        is_pinned_group(view.offer(), *programme, *site, slots)
                            && Some(view.offer().start) == start
                    };
                    if !self.views.iter().any(is_it) {
                        self.say(Violation::Pin(index));
                    }
                }
                Pin::In { youth, programme } => {
                    let holds =
                        |v: &View<'_>| v.offer().programme == *programme && v.youths().contains(youth);
                    if !self.views.iter().any(holds) {
                        self.say(Violation::Pin(index));
                    }
                }
                Pin::Out { .. } => {}
                Pin::Apart { a, b } => self.apart(*a, *b),
            }
        }
    }

    fn apart(&mut self, a: YouthId, b: YouthId) {
        for view in self.views {
            let youths = view.youths();
            if youths.contains(&a) && youths.contains(&b) {
                self.say(Violation::Group(view.index, GroupFault::Together(a.min(b), a.max(b))));
            }
        }
    }
}

/// Whether the offer is that of a pinned group: that site alone, those half-days and no other.
fn is_pinned_group(offer: &Offer, programme: ProgrammeId, site: SiteId, slots: &[SlotId]) -> bool {
    let set = |slots: &[SlotId]| slots.iter().copied().collect::<BTreeSet<SlotId>>();
    offer.programme == programme && offer.venue == Venue::One(site) && set(slots) == set(&offer.slots)
}

/// How many groups meet in each half-day at each site, in one week from Monday.
type Week = BTreeMap<(SlotId, SiteId), u32>;

// What groups share: rooms, half-days, candidate sites, advisers.
impl<'a> Checker<'a> {
    fn on_site(&self) -> impl Iterator<Item = (SiteId, &'a Held<'a>)> + use<'a> {
        self.views.iter().flat_map(View::on_site)
    }

    /// Sessions need as many rooms as there are at the beginning of one of them.
    fn rooms(&mut self) {
        let mut days: BTreeMap<(SiteId, Date), Vec<&Held<'_>>> = BTreeMap::new();
        for (site, held) in self.on_site() {
            days.entry((site, held.date)).or_default().push(held);
        }
        for ((site, date), held) in days {
            let Some(rooms) = self.territory.sites().get(site).map(|s| s.rooms) else { continue };
            let slots: BTreeMap<SlotId, ClockTime> = held.iter().map(|h| (h.id, h.slot.from)).collect();
            for (slot, begins) in slots {
                let then = held.iter().filter(|h| h.slot.from <= begins && begins < h.slot.to).count();
                if let Some(over) = above(then, rooms) {
                    self.say(Violation::Limit(LimitFault::Rooms(site, date, slot, over)));
                }
            }
        }
    }

    fn half_days(&mut self) {
        let mut sites: BTreeMap<(SiteId, Date), usize> = BTreeMap::new();
        let mut weeks: BTreeMap<Date, usize> = BTreeMap::new();
        for (site, held) in self.on_site() {
            let week = monday_of(held.date);
            *sites.entry((site, week)).or_default() += 1;
            *weeks.entry(week).or_default() += 1;
        }
        for ((site, week), sessions) in sites {
            let limit = self.territory.sites().get(site).and_then(|s| s.half_days);
            if let Some(over) = limit.and_then(|limit| above(sessions, limit)) {
                self.say(Violation::Limit(LimitFault::SiteHalfDays(site, week, over)));
            }
        }
        for (week, sessions) in weeks {
            if let Some(over) = self.territory.rules().half_days.and_then(|limit| above(sessions, limit)) {
                self.say(Violation::Limit(LimitFault::HalfDays(week, over)));
            }
        }
    }

    /// A candidate may be opened for nothing, but not used without being opened.
    fn candidates(&mut self) {
        let sites = self.territory.sites();
        let is_candidate =
            |site: SiteId| sites.get(site).is_some_and(|s| matches!(s.status, SiteStatus::Candidate { .. }));
        let venues = self.views.iter().flat_map(|view| view.offer().venue.sites());
        let used: BTreeSet<SiteId> = venues.copied().filter(|&site| is_candidate(site)).collect();
        let mut opened = BTreeSet::new();
        for &site in &self.plan.opened {
            if !is_candidate(site) {
                self.say(Violation::Limit(LimitFault::NotACandidate(site)));
            }
            if !opened.insert(site) {
                self.say(Violation::Limit(LimitFault::OpenedTwice(site)));
            }
        }
        self.found.extend(used.difference(&opened).map(|&s| Violation::Limit(LimitFault::NotOpened(s))));
        let most = self.territory.rules().max_candidates;
        if let Some(over) = most.and_then(|most| above(used.union(&opened).count(), most)) {
            self.say(Violation::Limit(LimitFault::TooManyCandidates(over)));
        }
        let keys = self.plan.opened.iter().filter_map(|&site| sites.get(site).map(Keyed::key));
        if !keys.is_sorted() {
            self.say(Violation::Order(List::Opened));
        }
    }

    fn advisers(&mut self) {
        if self.territory.advisers().is_empty() {
            return;
        }
        let mut weeks: BTreeMap<Date, Week> = BTreeMap::new();
        for (site, held) in self.on_site() {
            *weeks.entry(monday_of(held.date)).or_default().entry((held.id, site)).or_default() += 1;
        }
        // Weeks are mostly alike: each kind of week is led once.
        let mut known: BTreeMap<Week, u32> = BTreeMap::new();
        for (monday, week) in weeks {
            let sessions = week.values().sum();
            let led = *known.entry(week).or_insert_with_key(|week| self.led(week));
            if led < sessions {
                let short = Against { count: sessions, limit: led };
                self.say(Violation::Limit(LimitFault::Advisers(monday, short)));
            }
        }
    }

    /// How many of a week's sessions advisers are shown to lead: all of them, or fewer when they can't lead all.
    ///
    /// Where half-days do not overlap that is a flow. Where some do, overlaps taken
    /// for one moment give a number that can be led, no overlap at all one that can't
    /// be passed; between the two, assignments are tried.
    fn led(&self, week: &Week) -> u32 {
        let all = week.values().sum();
        let moments = self.moments(week);
        let sure = self.flow(week, |slot| moments.get(&slot).copied().unwrap_or(slot));
        let overlap = moments.iter().any(|(slot, moment)| slot != moment);
        if sure == all || !overlap || self.flow(week, |slot| slot) < all {
            return sure;
        }
        if Roster::new(self.territory, week).can_lead_all() { all } else { sure }
    }

    /// For each half-day of the week the first of those that it overlaps with, directly or through others.
    fn moments(&self, week: &Week) -> BTreeMap<SlotId, SlotId> {
        let slot = |&(id, _): &(SlotId, SiteId)| Some((id, self.territory.slots().get(id)?));
        let mut slots: Vec<(SlotId, &Slot)> = week.keys().filter_map(slot).collect();
        slots.sort_by_key(|(id, slot)| (monday_zero(slot), slot.from, *id));
        let mut moments = BTreeMap::new();
        let mut current: Option<(SlotId, i8, ClockTime)> = None;
        for (id, slot) in slots {
            let day = monday_zero(slot);
            let (first, end) = match current {
                Some((first, d, end)) if d == day && slot.from < end => (first, end.max(slot.to)),
                _ => (id, slot.to),
            };
            current = Some((first, day, end));
            moments.insert(id, first);
        }
        moments
    }

    /// Most sessions led when an adviser is at one place a moment: half-days of an
    /// adviser flow through their moments to sessions.
    fn flow(&self, week: &Week, moment: impl Fn(SlotId) -> SlotId) -> u32 {
        let mut graph: DiGraph<(), u32> = DiGraph::new();
        let (source, sink) = (graph.add_node(()), graph.add_node(()));
        let mut posts: Vec<(SlotId, SiteId, NodeIndex)> = Vec::new();
        for (&(slot, site), &groups) in week {
            let post = graph.add_node(());
            graph.add_edge(post, sink, groups);
            posts.push((slot, site, post));
        }
        for (_, adviser) in self.territory.advisers().iter() {
            let person = graph.add_node(());
            graph.add_edge(source, person, adviser.half_days);
            let mut at: BTreeMap<SlotId, NodeIndex> = BTreeMap::new();
            for &(slot, site, post) in &posts {
                if !adviser.can_be_at(site, slot) {
                    continue;
                }
                let then = *at.entry(moment(slot)).or_insert_with(|| {
                    let then = graph.add_node(());
                    graph.add_edge(person, then, 1);
                    then
                });
                graph.add_edge(then, post, 1);
            }
        }
        petgraph::algo::ford_fulkerson(&graph, source, sink).0
    }
}

/// Advisers tried one after the other, for weeks whose half-days overlap.
struct Roster<'a> {
    /// Every session of the week.
    sessions: Vec<(SlotId, SiteId, &'a Slot)>,
    people: Vec<OnDuty<'a>>,
    /// Trials left. What can't be shown within them counts as not shown.
    trials: u32,
}

impl<'a> Roster<'a> {
    fn new(territory: &'a Territory, week: &Week) -> Self {
        let mut sessions = Vec::new();
        for (&(id, site), &groups) in week {
            let Some(slot) = territory.slots().get(id) else { continue };
            sessions.extend((0..groups).map(|_| (id, site, slot)));
        }
        sessions.sort_by_key(|(id, site, slot)| (monday_zero(slot), slot.from, *id, *site));
        let on_duty =
            |(_, adviser): (_, &'a Adviser)| OnDuty { adviser, left: adviser.half_days, led: Vec::new() };
        let people = territory.advisers().iter().map(on_duty).collect();
        Self { sessions, people, trials: 200_000 }
    }

    /// Depth first without recursion: one choice of adviser a session, in order.
    fn can_lead_all(mut self) -> bool {
        let mut chosen: Vec<usize> = Vec::new();
        let mut from = 0;
        while chosen.len() < self.sessions.len() {
            if self.trials == 0 {
                return false;
            }
            self.trials -= 1;
            if let Some(adviser) = self.next_free(chosen.len(), from) {
                self.take(chosen.len(), adviser);
                chosen.push(adviser);
                from = 0;
            } else {
                let Some(last) = chosen.pop() else { return false };
                self.give_back(last);
                from = last + 1;
            }
        }
        true
    }

    fn next_free(&self, session: usize, from: usize) -> Option<usize> {
        let &(id, site, slot) = self.sessions.get(session)?;
        let free = |p: &OnDuty<'_>| {
            p.left > 0 && p.adviser.can_be_at(site, id) && !p.led.iter().any(|other| other.overlaps(slot))
        };
        self.people.iter().enumerate().skip(from).find(|(_, person)| free(person)).map(|(index, _)| index)
    }

    fn take(&mut self, session: usize, adviser: usize) {
        let slot = self.sessions.get(session).map(|s| s.2);
        if let (Some(slot), Some(person)) = (slot, self.people.get_mut(adviser)) {
            person.left -= 1;
            person.led.push(slot);
        }
    }

    fn give_back(&mut self, adviser: usize) {
        if let Some(person) = self.people.get_mut(adviser) {
            person.left += 1;
            person.led.pop();
        }
    }
}

/// An adviser in a week.
struct OnDuty<'a> {
    adviser: &'a Adviser,
    /// Half-days not yet used.
    left: u32,
    /// Half-days of the sessions led.
    led: Vec<&'a Slot>,
}

// What the plan says of everybody and every programme.
impl<'a> Checker<'a> {
    /// Members that exist, with their programmes, each once.
    fn placed(&self) -> BTreeSet<(ProgrammeId, YouthId)> {
        let of = |view: &View<'a>| {
            let programme = view.offer().programme;
            view.youths().into_iter().map(move |youth| (programme, youth))
        };
        self.views.iter().flat_map(of).filter(|&(p, y)| self.exist(p, y)).collect()
    }

    fn exist(&self, programme: ProgrammeId, youth: YouthId) -> bool {
        self.territory.programmes().get(programme).is_some() && self.territory.youths().get(youth).is_some()
    }

    fn left_out(&mut self) {
        let placed = self.placed();
        let mut seen = BTreeSet::new();
        for entry in &self.plan.left_out {
            let pair = (entry.programme, entry.youth);
            let mut faults = self.left_out_faults(entry);
            if placed.contains(&pair) {
                faults.push(LeftOutFault::Member);
            }
            if !seen.insert(pair) {
                faults.push(LeftOutFault::Twice);
            }
            self.found.extend(faults.into_iter().map(|fault| Violation::LeftOut(pair.0, pair.1, fault)));
        }
        for programme in self.territory.programmes().ids() {
            for youth in self.territory.youths().ids() {
                if !seen.contains(&(programme, youth)) && !placed.contains(&(programme, youth)) {
                    self.say(Violation::LeftOut(programme, youth, LeftOutFault::Missing));
                }
            }
        }
        let keys = |entry: &LeftOut| -> Option<(&'a Key, &'a Key)> {
            let programme = self.territory.programmes().get(entry.programme)?;
            Some((&programme.key, &self.territory.youths().get(entry.youth)?.key))
        };
        if !self.plan.left_out.iter().filter_map(keys).is_sorted() {
            self.say(Violation::Order(List::LeftOut));
        }
    }

    fn left_out_faults(&self, entry: &LeftOut) -> Vec<LeftOutFault> {
        let LeftOut { programme, youth, reason, reasons } = *entry;
        let mut faults = Vec::new();
        if reasons.is_empty() {
            faults.push(LeftOutFault::NoReason);
        } else if !reasons.has(reason) {
            faults.push(LeftOutFault::NotAmong(reason));
        }
        if !self.exist(programme, youth) {
            faults.push(LeftOutFault::Unknown);
            return faults;
        }
        let enrolled = self.territory.youths().get(youth).is_some_and(|y| y.programmes.contains(&programme));
        if enrolled == (reason == Reason::NotEnrolled) || enrolled == reasons.has(Reason::NotEnrolled) {
            faults.push(LeftOutFault::Enrolment);
        }
        let says_out = reason == Reason::PinnedOut || reasons.has(Reason::PinnedOut);
        if says_out && !self.is_pinned_out(programme, youth) {
            faults.push(LeftOutFault::NotPinnedOut);
        }
        faults
    }

    fn hours(&mut self) {
        let mut planned: BTreeMap<YouthId, Seconds> = BTreeMap::new();
        for view in self.views {
            let week = view.slots.iter().fold(Seconds::ZERO, |sum, (_, slot)| sum.plus(slot.duration()));
            for youth in view.youths() {
                let sum = planned.entry(youth).or_default();
                *sum = sum.plus(week);
            }
        }
        let mut seen = BTreeSet::new();
        for entry in &self.plan.hours {
            let mut faults = Vec::new();
            let found = planned.get(&entry.youth).copied().unwrap_or_default();
            faults.extend(differs(entry.planned, found).map(HoursFault::Planned));
            if entry.planned > entry.within_reach {
                faults.push(HoursFault::BeyondReach);
            }
            if self.territory.youths().get(entry.youth).is_none() {
                faults.push(HoursFault::Unknown);
            }
            if !seen.insert(entry.youth) {
                faults.push(HoursFault::Twice);
            }
            self.found.extend(faults.into_iter().map(|fault| Violation::Hours(entry.youth, fault)));
        }
        let missing = self.territory.youths().ids().filter(|youth| !seen.contains(youth));
        self.found.extend(missing.map(|youth| Violation::Hours(youth, HoursFault::Missing)));
        let key = |youth| self.territory.youths().get(youth).map(Keyed::key);
        if !self.plan.hours.iter().filter_map(|entry| key(entry.youth)).is_sorted() {
            self.say(Violation::Order(List::Hours));
        }
    }

    fn answers(&mut self) {
        let placed = self.placed();
        let mut seen = BTreeSet::new();
        for answer in &self.plan.programmes {
            let id = answer.programme;
            let groups = self.views.iter().filter(|view| view.offer().programme == id).count();
            let members = placed.iter().filter(|(programme, _)| *programme == id).count();
            let enrolled =
                self.territory.youths().iter().filter(|(_, youth)| youth.programmes.contains(&id)).count();
            let mut faults = Vec::new();
            faults.extend(differs(answer.groups, count(groups)).map(AnswerFault::Groups));
            faults.extend(differs(answer.placed.get(), count(members)).map(AnswerFault::Placed));
            faults.extend(differs(answer.enrolled.get(), count(enrolled)).map(AnswerFault::Enrolled));
            let own = |at: usize| self.plan.verdicts.get(at).is_some_and(|v| v.offer.programme == id);
            faults.extend(answer.closest.filter(|&at| !own(at)).map(AnswerFault::Closest));
            if self.territory.programmes().get(id).is_none() {
                faults.push(AnswerFault::Unknown);
            }
            if !seen.insert(id) {
                faults.push(AnswerFault::Twice);
            }
            self.found.extend(faults.into_iter().map(|fault| Violation::Answer(id, fault)));
        }
        let missing = self.territory.programmes().ids().filter(|id| !seen.contains(id));
        self.found.extend(missing.map(|id| Violation::Answer(id, AnswerFault::Missing)));
        let key = |id| self.territory.programmes().get(id).map(Keyed::key);
        if !self.plan.programmes.iter().filter_map(|answer| key(answer.programme)).is_sorted() {
            self.say(Violation::Order(List::Programmes));
        }
    }

    fn verdicts(&mut self) {
        for (index, verdict) in self.plan.verdicts.iter().enumerate() {
            let id = verdict.offer.programme;
            if self.territory.programmes().get(id).is_none() {
                self.say(Violation::Verdict(index, VerdictFault::UnknownProgramme(id)));
                continue;
            }
            let (reachable, min) = (verdict.reachable.get(), self.territory.planned_size(id).min());
            if verdict.viable && reachable < min {
                let few = Against { count: reachable, limit: min };
                self.say(Violation::Verdict(index, VerdictFault::ViableWithTooFew(few)));
            }
            if let Some(told) = differs(verdict.missing.get(), min.saturating_sub(reachable)) {
                self.say(Violation::Verdict(index, VerdictFault::Missing(told)));
            }
        }
    }

    fn tiers(&mut self) {
        let weight = |&(_, youth): &(ProgrammeId, YouthId)| {
            self.territory.youths().get(youth).map_or(0, |y| i64::from(y.priority.get()))
        };
        let placed: i64 = self.placed().iter().map(weight).sum();
        let mut seen = BTreeSet::new();
        for result in &self.plan.tiers {
            let (value, bound) = (result.value, result.bound);
            let mut faults = Vec::new();
            if result.tier == Tier::Placed {
                faults.extend(differs(value, placed).map(TierFault::Value));
            }
            // More is better for the people placed, less for all others.
            let better = if result.tier == Tier::Placed { value > bound } else { value < bound };
            if better {
                faults.push(TierFault::BetterThanBound);
            }
            if (result.proof == Proof::Optimal) != (value == bound) {
                faults.push(TierFault::Proof);
            }
            if !seen.insert(result.tier) {
                faults.push(TierFault::Twice);
            }
            self.found.extend(faults.into_iter().map(|fault| Violation::Tier(result.tier, fault)));
        }
    }
}
