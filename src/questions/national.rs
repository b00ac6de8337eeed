//! The same of every territory: what is possible today, what is left after a change, and who loses.

use super::compare::{Comparison, Group, Tried, compare, try_scenario};
use super::levers::{fewer_half_days, weekly_half_days};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::groups::{Limits, Tier};
use crate::plan::Plan;
use crate::reach::Reason;
use crate::study::{Outcome, Study};
use crate::territory::{Edit, Provenance, Scenario, Territory};
use crate::units::{Cents, Seconds};
use std::collections::BTreeMap;

/// What happens to every territory.
///
/// ```
/// use maillage::questions::{Change, survey};
/// # use maillage::{Control, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let survey = survey(study, &Change::Nothing, &Limits::default(), &Control::none())?;
/// assert!(survey.expect("a plan").after.is_none());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Change {
    /// Nothing: as it is today.
    #[default]
    Nothing,
    /// So many percent of the half-days a week fewer, at least one, at the least loss of places.
    Cut {
        /// How many percent.
        percent: u8,
    },
    /// The levers of a scenario.
    Levers(Scenario),
}

/// What is possible in a territory.
///
/// ```
/// use maillage::questions::{Change, Situation, survey};
/// # use maillage::{Control, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let survey = survey(study, &Change::Nothing, &Limits::default(), &Control::none())?.expect("a plan");
/// let today: &Situation = &survey.before;
/// assert_eq!((today.groups, today.placed, today.is_proved()), (3, 12, true));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situation {
    /// Groups in all.
    pub groups: u32,
    /// Places, by weight.
    pub placed: i64,
    /// No plan has more.
    pub bound: i64,
    /// Half-days a week that all sites are staffed for, where that is told.
    pub half_days: Option<u32>,
    /// Mean time of a trip, out or back, of those who travel.
    pub trip: Option<Seconds>,
    /// Enrolments whose main reason for having no place is the way there or back.
    pub out_of_reach: u32,
    /// The reason that most of those enrolled and without a place have.
    pub reason: Option<Reason>,
}

impl Situation {
    /// Whether no plan has more places.
    pub const fn is_proved(&self) -> bool {
        self.placed == self.bound
    }

    fn of(territory: &Territory, plan: &Plan) -> Self {
        let tier = plan.tiers.iter().find(|tier| tier.tier == Tier::Placed);
        let mut reasons: BTreeMap<Reason, u32> = BTreeMap::new();
        for one in plan.left_out.iter().filter(|one| one.reason != Reason::NotEnrolled) {
            *reasons.entry(one.reason).or_default() += 1;
        }
        let trip = super::compare::mean_trip(plan);
        let far = reasons.iter().filter(|(reason, _)| is_of_travel(**reason));
        Self {
            groups: plan.groups.len() as u32,
            placed: tier.map_or(0, |tier| tier.value),
            bound: tier.map_or(0, |tier| tier.bound),
            half_days: weekly_half_days(territory),
            trip: (trip > Seconds::ZERO).then_some(trip),
            out_of_reach: far.map(|(_, count)| count).sum(),
            // The first in the order of the telling, of as many.
            reason: reasons.into_iter().rev().max_by_key(|&(_, count)| count).map(|(reason, _)| reason),
        }
    }
}

/// Whether a reason is about the way, not about the offer.
const fn is_of_travel(reason: Reason) -> bool {
    use Reason::{
        NoBusThen, NoMode, NoWayBack, NotInHolidays, NotLocated, TimetableUnknown, TooFar, TooLongADay,
    };
    matches!(
        reason,
        NotLocated | NoMode | TooFar | NoBusThen | NotInHolidays | NoWayBack | TimetableUnknown | TooLongADay
    )
}

/// Who has a place in one of two situations alone, as numbers of places.
///
/// ```
/// use maillage::questions::{Change, Moved, survey};
/// # use maillage::{Control, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut draft = opened.territory.to_draft();
/// # draft.pins.clear();
/// # let study = Study::new(draft.check()?.0, opened.providers(), &Control::none())?;
/// let change = Change::Cut { percent: 50 };
/// let survey = survey(study, &change, &Limits::default(), &Control::none())?.expect("a plan");
/// let moved: Moved = survey.after.expect("advisers have half-days").1;
/// assert!(moved.lost >= moved.gained);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Places that some have only after the change.
    pub gained: u32,
    /// Places that some had only before.
    pub lost: u32,
    /// How many gain and lose, of each kind of youths in which somebody does but for communes.
    pub by_kind: BTreeMap<Group, (u32, u32)>,
}

impl From<Comparison> for Moved {
    fn from(between: Comparison) -> Self {
        let kinds = between.by_group.into_iter().filter(|(kind, _)| !matches!(kind, Group::Commune(_)));
        Self {
            gained: between.gained.len() as u32,
            lost: between.lost.len() as u32,
            by_kind: kinds.collect(),
        }
    }
}

/// What is told of a territory among many.
///
/// ```
/// use maillage::questions::{Change, Survey, survey};
/// # use maillage::{Control, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let survey: Option<Survey> = survey(study, &Change::Nothing, &Limits::default(), &Control::none())?;
/// assert_eq!(survey.map(|survey| (survey.youths, survey.programmes)), Some((14, 3)));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Youths in all.
    pub youths: u32,
    /// Programmes on offer.
    pub programmes: u32,
    /// Places that are wanted: a youth in two programmes twice.
    pub enrolled: u32,
    /// The seed of the draw, where the youths were drawn: nobody real.
    pub seed: Option<u64>,
    /// Today.
    pub before: Situation,
    /// After the change, and who gains and loses; none where nothing is changed, half-days are cut that nobody told, or no
    /// plan keeps the decisions made then.
    pub after: Option<(Situation, Moved)>,
}

/// What is possible in a territory, and what is left after a change. None where no plan was found, or one that its own
/// check refuses.
///
/// # Errors
/// [`Error::Input`] when a lever names what is not there, [`Error::Cancelled`], or a provider's.
pub fn survey(
    study: Study,
    change: &Change,
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Option<Survey>, Error> {
    let Some(baseline) = Baseline::new(study, limits, control)? else { return Ok(None) };
    baseline.after(change, limits, control).map(Some)
}

/// A territory that was planned as it is, for changes to be held against: each by itself.
///
/// ```
/// use maillage::questions::{Baseline, Change, survey};
/// # use maillage::{Control, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let (limits, control) = (Limits::default(), Control::none());
/// let valley = Baseline::new(study.clone(), &limits, &control)?.expect("a plan");
/// let cuts = [Change::Cut { percent: 50 }, Change::Cut { percent: 10 }];
/// for cut in &cuts {
///     assert_eq!(Some(valley.after(cut, &limits, &control)?), survey(study.clone(), cut, &limits, &control)?);
/// }
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Debug)]
pub struct Baseline {
    today: Tried,
    survey: Survey,
}

impl Baseline {
    /// Plans it. None where no plan was found, or one that its own check refuses.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn new(mut study: Study, limits: &Limits, control: &Control<'_>) -> Result<Option<Self>, Error> {
        let Some(plan) = checked(&mut study, limits, control)? else { return Ok(None) };
        let territory = study.territory();
        let survey = Survey {
            youths: territory.youths().len() as u32,
            programmes: territory.programmes().len() as u32,
            enrolled: plan.programmes.iter().map(|programme| programme.enrolled.get()).sum(),
            seed: match territory.provenance() {
                Provenance::Synthetic(synthesis) => Some(synthesis.seed),
                Provenance::Declared => None,
            },
            before: Situation::of(territory, &plan),
            after: None,
        };
        Ok(Some(Self { today: tried(study, plan), survey }))
    }

    /// The territory as it is.
    pub fn territory(&self) -> &Territory {
        self.today.study.territory()
    }

    /// What is left after a change.
    ///
    /// # Errors
    /// As [`survey`].
    pub fn after(&self, change: &Change, limits: &Limits, control: &Control<'_>) -> Result<Survey, Error> {
        let there = match change {
            Change::Nothing => None,
            Change::Cut { percent } => self.after_cut(*percent, limits, control)?,
            Change::Levers(scenario) => try_scenario(&self.today.study, scenario, limits, control)?
                .filter(|there| is_sound(&there.study, &there.plan)),
        };
        let after = there.map(|there| {
            (Situation::of(there.study.territory(), &there.plan), compare(&self.today, &there).into())
        });
        Ok(Survey { after, ..self.survey.clone() })
    }

    /// None where nobody told how many half-days there are, or no plan is left.
    fn after_cut(&self, percent: u8, limits: &Limits, control: &Control<'_>) -> Result<Option<Tried>, Error> {
        let Some(edits) = cut(self.territory(), percent) else { return Ok(None) };
        // It goes on from the plan of today: of cuts at the same loss, the one nearest to it.
        let mut study = self.today.study.clone();
        study.apply(&edits, control)?;
        Ok(checked(&mut study, limits, control)?.map(|plan| tried(study, plan)))
    }
}

const fn tried(study: Study, plan: Plan) -> Tried {
    Tried { study, plan, levers_cost: Cents::new(0), closed: Vec::new() }
}

/// A plan that its own check agrees with.
fn checked(study: &mut Study, limits: &Limits, control: &Control<'_>) -> Result<Option<Plan>, Error> {
    let Outcome::Plan(plan) = study.plan(limits, control)? else { return Ok(None) };
    Ok(is_sound(study, &plan).then_some(*plan))
}

fn is_sound(study: &Study, plan: &Plan) -> bool {
    plan.check(study.territory(), study.times()).is_ok()
}

/// What takes so many percent of the half-days away, to the nearest and at least one; none where nobody told how many there are.
pub(super) fn cut(territory: &Territory, percent: u8) -> Option<Vec<Edit>> {
    let all = weekly_half_days(territory)?;
    let fewer = (u64::from(all) * u64::from(percent) + 50) / 100;
    Some(fewer_half_days(territory, u32::try_from(fewer).unwrap_or(u32::MAX).max(1)))
}

/// Asks about each of many, on all cores, each by one thread alone, so that only as many are open at a time; `ask` opens one and
/// answers, `done` is given each answer with its place as soon as it is there, in whatever order.
///
/// ```
/// use maillage::questions::each_territory;
///
/// let mut squares = vec![0; 3];
/// each_territory(&[1, 2, 3], |n, _| Ok(n * n), |at, square| Ok(squares[at] = square), &maillage::Control::none())?;
/// assert_eq!(squares, [1, 4, 9]);
/// # Ok::<(), maillage::Error>(())
/// ```
///
/// # Errors
/// The first of `ask` or `done`; [`Error::Cancelled`].
pub fn each_territory<T: Sync, R: Send>(
    all: &[T],
    ask: impl Fn(&T, &Control<'_>) -> Result<R, Error> + Sync,
    done: impl FnMut(usize, R) -> Result<(), Error>,
    control: &Control<'_>,
) -> Result<(), Error> {
    control.as_they_come(Stage::Territories, all, ask, done)
}
