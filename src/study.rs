//! The walk in one object: territory, travel times, reach, plan; and what can be kept of it after an edit.

use crate::control::Control;
use crate::error::Error;
use crate::groups::{Limits, Solution, Solve, Warm};
use crate::instance::Instance;
use crate::plan::{Plan, pose, tell};
use crate::reach::{Dates, Reach};
use crate::territory::{Changes, Edit, Territory};
use crate::travel::{Query, Stale, TravelProvider, TravelTimes, compute, compute_again};
use crate::units::{OptionId, YouthId};
use std::sync::Arc;

/// A territory with all that can be kept of the walk.
///
/// ```
/// use maillage::study::{Outcome, Study};
/// use maillage::{Control, groups, read};
///
/// let control = Control::none();
/// let opened = read::territory("data/valley".as_ref(), &control)?;
/// let mut study = Study::new(opened.territory.clone(), opened.providers(), &control)?;
/// let Outcome::Plan(plan) = study.plan(&groups::Limits::default(), &control)? else { panic!("no plan") };
/// assert!(plan.check(study.territory(), study.times()).is_ok());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone)]
pub struct Study {
    territory: Territory,
    providers: Vec<Arc<dyn TravelProvider>>,
    query: Query,
    times: TravelTimes,
    reach: Reach,
    solver: Box<dyn Solve>,
}

impl std::fmt::Debug for Study {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let providers: Vec<&str> = self.providers.iter().map(|p| p.name()).collect();
        f.debug_struct("Study")
            .field("territory", &self.territory.name())
            .field("providers", &providers)
            .finish()
    }
}

/// What a search for a plan ended with.
///
/// ```
/// use maillage::study::Outcome;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let outcome = study.plan(&maillage::groups::Limits::default(), &Control::none())?;
/// assert!(matches!(outcome, Outcome::Plan(plan) if plan.groups.len() == 3));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A plan, possibly without any group: that too is an answer.
    Plan(Box<Plan>),
    /// The pins contradict the limits: proved, there is no plan.
    Impossible,
    /// No plan that respects the pins was found within the limits.
    NotFound,
}

impl Study {
    /// Computes travel times and reach. Earlier providers win, mode by mode.
    ///
    /// # Errors
    /// [`Error::Cancelled`], or a provider's.
    pub fn new(
        territory: Territory,
        providers: Vec<Arc<dyn TravelProvider>>,
        control: &Control<'_>,
    ) -> Result<Self, Error> {
        let query = Query::of(&territory);
        let times = compute(&territory, &providers, &query, control)?;
        let reach = Reach::new(&territory, &times, control)?;
        Ok(Self { territory, providers, query, times, reach, solver: Box::<Warm>::default() })
    }

    /// Uses another solver.
    #[must_use]
    pub fn with_solver(mut self, solver: Box<dyn Solve>) -> Self {
        self.solver = solver;
        self
    }

    /// The territory.
    pub fn territory(&self) -> &Territory {
        &self.territory
    }

    /// Who knows its travel times.
    pub fn providers(&self) -> &[Arc<dyn TravelProvider>] {
        &self.providers
    }

    /// Its travel times.
    pub fn times(&self) -> &TravelTimes {
        &self.times
    }

    /// Who can attend what.
    pub fn reach(&self) -> &Reach {
        &self.reach
    }

    /// What becomes of each date of an option for a youth, within the programme's limit.
    pub fn dates(&self, youth: YouthId, option: OptionId) -> Dates {
        let limit = self.territory.limit_of(self.territory.option(option).programme);
        Dates::of(&self.territory, &self.times, youth, option, limit)
    }

    /// The combinatorial problem that a plan solves, as an instance to be written and
    /// solved elsewhere. Youths are numbered: their identifiers stay here.
    pub fn instance(&self) -> Instance {
        pose(&self.territory, &self.reach).into_instance(&self.territory)
    }

    /// Forms groups.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn plan(&mut self, limits: &Limits, control: &Control<'_>) -> Result<Outcome, Error> {
        let posed = pose(&self.territory, &self.reach);
        Ok(match self.solver.solve(&posed.problem, limits, control)? {
            Solution::Found { assignment, tiers } => Outcome::Plan(Box::new(tell(
                &self.territory,
                (&self.times, &self.reach),
                &posed,
                &assignment,
                tiers,
                control,
            )?)),
            Solution::Impossible => Outcome::Impossible,
            Solution::NotFound => Outcome::NotFound,
        })
    }

    /// Applies `edits`, keeping what they do not touch. Travel times and reach are then those of a study built
    /// afresh from the edited territory, byte for byte, and so is a plan if none was made before. Otherwise the
    /// solver goes on from what it found: the values that it proves are the same, and among plans of the same
    /// value it may keep the one nearest to the last.
    ///
    /// # Errors
    /// [`Error::Input`] with every finding, [`Error::Cancelled`], or a provider's;
    /// the study is then as it was.
    pub fn apply(&mut self, edits: &[Edit], control: &Control<'_>) -> Result<Changes, Error> {
        let (walk, changes) = self.walk(edits, control)?;
        if let Some(walk) = walk {
            if let Some(times) = walk.times {
                self.times = times;
            }
            (self.territory, self.query, self.reach) = (walk.territory, walk.query, walk.reach);
        }
        Ok(changes)
    }

    /// Another study, of the territory after `edits`, which knows nothing of this one's plans: what [`Study::apply`]
    /// would make of it. What the edits do not touch is shared.
    ///
    /// # Errors
    /// As [`Study::apply`].
    pub fn what_if(&self, edits: &[Edit], control: &Control<'_>) -> Result<Self, Error> {
        let (walk, _) = self.walk(edits, control)?;
        let walk = walk.unwrap_or_else(|| Walk {
            territory: self.territory.clone(),
            query: self.query.clone(),
            times: None,
            reach: self.reach.clone(),
        });
        Ok(Self {
            territory: walk.territory,
            providers: self.providers.clone(),
            query: walk.query,
            times: walk.times.unwrap_or_else(|| self.times.clone()),
            reach: walk.reach,
            solver: Box::<Warm>::default(),
        })
    }

    /// As [`Study::what_if`], of a territory of which only who the youths are and where they live is another: travel times are
    /// kept as they are.
    pub(crate) fn of_others(&self, territory: Territory, reach: Reach) -> Self {
        Self {
            territory,
            providers: self.providers.clone(),
            query: self.query.clone(),
            times: self.times.clone(),
            reach,
            solver: Box::<Warm>::default(),
        }
    }

    /// Territory, travel times and reach after `edits`; none when nothing changes.
    fn walk(&self, edits: &[Edit], control: &Control<'_>) -> Result<(Option<Walk>, Changes), Error> {
        let (territory, changes) = self.territory.edit(edits)?;
        if changes.is_empty() {
            return Ok((None, changes));
        }
        let query = Query::of(&territory);
        let stale = self.providers.iter().map(|p| p.stale(&self.territory, &territory, &changes));
        let stale =
            if query == self.query { stale.fold(Stale::Nothing, Stale::and) } else { Stale::Everything };
        let times = match stale {
            Stale::Nothing => None,
            Stale::Everything => Some(compute(&territory, &self.providers, &query, control)?),
            Stale::Dates(modes, dates) => {
                let which = (&modes, &dates);
                Some(compute_again(&self.times, &territory, &self.providers, &query, which, control)?)
            }
        };
        let reach = Reach::new(&territory, times.as_ref().unwrap_or(&self.times), control)?;
        Ok((Some(Walk { territory, query, times, reach }), changes))
    }
}

/// What an edit leads to.
struct Walk {
    territory: Territory,
    query: Query,
    /// None when they are as they were.
    times: Option<TravelTimes>,
    reach: Reach,
}
