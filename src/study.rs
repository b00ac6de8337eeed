//! The walk in one object: territory, travel times, reach, plan.

use crate::control::Control;
use crate::error::Error;
use crate::groups::Limits;
use crate::plan::Plan;
use crate::territory::Territory;
use crate::travel::{TravelProvider, TravelTimes};
use std::sync::Arc;

/// A territory with all that can be kept of the walk.
pub struct Study {
    territory: Territory,
    times: TravelTimes,
}

/// What a search for a plan ended with.
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
        let query = crate::travel::Query::of(&territory);
        let times = crate::travel::compute(&territory, &providers, &query, control)?;
        Ok(Self { territory, times })
    }

    /// The territory.
    pub fn territory(&self) -> &Territory {
        &self.territory
    }

    /// Its travel times.
    pub fn times(&self) -> &TravelTimes {
        &self.times
    }

    /// Forms groups.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn plan(&self, _limits: &Limits, _control: &Control<'_>) -> Result<Outcome, Error> {
        Ok(Outcome::NotFound)
    }
}
