//! Which change would make groups possible, at what cost: each lever by itself, the cheapest set that reaches a goal, the
//! most places for each budget.
//!
//! A lever is data ([`Lever`]); here it becomes edits of a territory and a gate of one problem. Nothing here
//! knows how times or groups are computed.

mod answer;
mod asking;
mod cheapest;
mod edits;
mod frontier;
mod rides;
mod round;
mod sets;
mod singly;
mod told;
mod union;
mod worth;

pub use answer::{FurtherGroup, LeverAnswer, LeverQuestion, Unlocked};
pub(super) use asking::{is_small, quick_ceiling};
pub(super) use edits::{close_site, fewer_half_days, weekly_half_days};
pub use round::{StopTime, Timetable};
pub use sets::{Cheapest, Goal, Step};
pub use singly::Single;
pub(super) use told::most_placed;
pub use told::{Gain, Tally};
pub use worth::Price;

use crate::control::Control;
use crate::error::Error;
use crate::groups::Limits;
use crate::plan::Plan;
use crate::study::Study;
use crate::territory::{Edit, Lever, Rules};
use crate::units::{Cents, SiteId};
use std::collections::BTreeSet;
use std::sync::OnceLock;
use union::{Candidates, Union};

/// Levers, asked about together.
///
/// ```
/// use maillage::questions::{LeverStudy, Goal};
/// use maillage::territory::{Decider, Lever, LeverChange};
/// use maillage::units::{Cents, Key};
/// # use maillage::{Control, groups, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let key = |text| Key::new(text).expect("an identifier");
/// let lever = Lever {
///     key: key("smaller"),
///     name: "Des ateliers de 3".into(),
///     change: LeverChange::SmallerMinimum { programme: key("atelier"), min: 3 },
///     cost: Cents::new(0),
///     decider: Decider::Structure,
///     delay_weeks: Some(0),
///     origin: String::new(),
/// };
/// let levers = [lever];
/// let asked = LeverStudy::new(&study, &levers, &groups::Limits::default(), &Control::none())?;
/// let asked = asked.expect("a plan keeps the decisions already made");
/// assert!(asked.singly(&Control::none())?[0].gain.places >= 0);
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct LeverStudy<'s> {
    union: Union<'s>,
    limits: Limits,
    today: told::Found,
    decided: BTreeSet<SiteId>,
    alone: OnceLock<Vec<Option<told::Found>>>,
}

/// A plan in which all of some levers are used.
pub(super) struct Scene {
    pub(super) study: Study,
    pub(super) plan: Plan,
    pub(super) cost: Cents,
}

/// Plans with all these levers; candidates open as in any plan. `None` when no plan is found.
pub(super) fn scene(
    study: &Study,
    levers: &[Lever],
    limits: &Limits,
    control: &Control<'_>,
) -> Result<Option<Scene>, Error> {
    let rounds = round::rounds(study, levers, control)?;
    let prices: Vec<Price> =
        levers.iter().zip(&rounds).map(|(l, r)| worth::price(study.territory(), l, r.as_ref())).collect();
    let cost = prices.iter().fold(Cents::new(0), |sum, price| sum.plus(price.total));
    let rides = rides::rides(study, levers, control)?;
    let union = Union::new(study, levers, (rounds, rides), prices, Candidates::AsPlanned, control)?;
    let Some(found) = told::solved(&union.problem, limits, control)? else { return Ok(None) };
    let all: Vec<usize> = (0..levers.len()).collect();
    Ok(told::plan(&union, &found, &all, limits, control)?.map(|(study, plan)| Scene { study, plan, cost }))
}

/// The edits of levers whose seats and vehicles are not counted.
pub(super) fn edits_of(study: &Study, levers: &[Lever], control: &Control<'_>) -> Result<Vec<Edit>, Error> {
    let (rounds, rides) = (round::rounds(study, levers, control)?, rides::rides(study, levers, control)?);
    let each = levers.iter().zip(&rounds).zip(&rides).map(|((lever, round), rides)| edits::Applied {
        rides,
        ..edits::Applied::whole(lever, round.as_ref())
    });
    edits::applied(study.territory(), each)
}

/// The study of a territory in which these levers are applied, one after another, and no other candidate opens. Vehicles
/// and seats are not counted here: everybody who could use them does.
///
/// ```
/// use maillage::questions::with_levers;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let today = with_levers(&study, &[], &Control::none())?;
/// assert_eq!(today.territory().rules().max_candidates, Some(0));
/// # Ok::<(), maillage::Error>(())
/// ```
///
/// # Errors
/// [`Error::Input`] when a lever names what is not there, [`Error::Cancelled`], or a provider's.
pub fn with_levers(study: &Study, levers: &[Lever], control: &Control<'_>) -> Result<Study, Error> {
    let mut edits = edits_of(study, levers, control)?;
    let rules = Rules { max_candidates: Some(0), ..study.territory().rules().clone() };
    edits.insert(0, Edit::SetRules(rules));
    study.what_if(&edits, control)
}

impl std::fmt::Debug for LeverStudy<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let levers: Vec<&str> = self.union.levers.iter().map(|lever| lever.key.as_str()).collect();
        f.debug_struct("LeverStudy").field("levers", &levers).finish_non_exhaustive()
    }
}

impl<'s> LeverStudy<'s> {
    /// Works out what each lever adds, and what can be done without any. A candidate that no lever opens stays shut, unless
    /// the decisions already made need it: those are [`LeverStudy::decided`]. `None` when they can't be kept even so.
    ///
    /// # Errors
    /// [`Error::Input`] when a lever names what is not there, [`Error::Cancelled`], or a provider's.
    pub fn new(
        study: &'s Study,
        levers: &'s [Lever],
        limits: &Limits,
        control: &Control<'_>,
    ) -> Result<Option<Self>, Error> {
        let rounds = round::rounds(study, levers, control)?;
        let priced = levers.iter().zip(&rounds);
        let prices: Vec<Price> =
            priced.map(|(lever, round)| worth::price(study.territory(), lever, round.as_ref())).collect();
        let rides = rides::rides(study, levers, control)?;
        let walk = |candidates| {
            let worked = (rounds.clone(), rides.clone());
            Union::new(study, levers, worked, prices.clone(), candidates, control)
        };
        let today = |union: &Union<'_>| told::solved(&union.with_only(|_| false), limits, control);
        let (mut union, mut decided) = (walk(Candidates::Shut)?, BTreeSet::new());
        let mut found = today(&union)?;
        if found.is_none() {
            decided = walk(Candidates::AsPlanned)?.needed(limits, control)?;
            union = walk(Candidates::Decided(&decided))?;
            found = today(&union)?;
        }
        Ok(found.map(|today| Self { union, limits: *limits, today, decided, alone: OnceLock::new() }))
    }

    /// The candidates that decisions already made need, chosen at the least cost: they are open whatever levers say.
    pub fn decided(&self) -> impl Iterator<Item = SiteId> + '_ {
        self.decided.iter().copied()
    }

    /// The levers.
    pub fn levers(&self) -> &'s [Lever] {
        self.union.levers
    }

    /// The study that is asked.
    pub fn study(&self) -> &'s Study {
        self.union.study
    }

    /// What each lever costs in all.
    pub fn prices(&self) -> &[Price] {
        &self.union.prices
    }

    /// The timetable of each lever that is a shuttle.
    pub fn timetables(&self) -> &[Option<Timetable>] {
        &self.union.rounds
    }

    /// What can be done without any of the levers, existing sites alone.
    pub fn today(&self) -> Tally {
        self.today.tally(&self.union)
    }

    /// Each lever by itself, in their order.
    ///
    /// # Errors
    /// [`Error::Cancelled`], or a provider's.
    pub fn singly(&self, control: &Control<'_>) -> Result<Vec<Single>, Error> {
        singly::singly(self, control)
    }

    /// The most places for each budget up to `budget`, from nothing on: each step is the cheapest set that places as
    /// many.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn frontier(&self, budget: Option<Cents>, control: &Control<'_>) -> Result<Vec<Step>, Error> {
        frontier::frontier(self, budget, control)
    }

    /// The cheapest set that reaches the goals and places no fewer than today; `None` when no set does.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn cheapest(
        &self,
        goals: &[Goal],
        budget: Option<Cents>,
        control: &Control<'_>,
    ) -> Result<Cheapest, Error> {
        cheapest::cheapest(self, goals, budget, control)
    }

    /// The territory in which the levers of a step are applied, and its plan, told like any other; `None` when none is
    /// found there.
    ///
    /// # Errors
    /// [`Error::Cancelled`], or a provider's.
    pub fn plan(&self, step: &Step, control: &Control<'_>) -> Result<Option<(Study, Plan)>, Error> {
        told::plan(&self.union, step.found(), &step.levers, &self.limits, control)
    }
}
