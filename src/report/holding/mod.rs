//! How well groups hold and how they fill: exactly, for the structure's own desk. What members do by themselves is
//! nobody else's, so that nothing of it is in what may be shown.

mod json;
mod text;

pub use json::{HOLDING_SCHEMA, HoldingReport, holding_json};
pub use text::holding_text;

use crate::plan::{Group, Plan};
use crate::questions::{Filling, Holding};
use crate::territory::{Assumption, Territory};

/// How well the groups of a plan hold, and how lists fill.
///
/// ```
/// use maillage::finding::Lang;
/// use maillage::questions::{filling, holding};
/// use maillage::report::{HoldingTold, holding_text};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let (holding, filling) = (holding(&study, &plan, &Control::none())?, filling(study.territory()));
/// let territory = study.territory();
/// let told = HoldingTold { territory, plan: &plan, holding: &holding, filling: &filling };
/// assert!(holding_text(&told, Lang::Fr).contains("doivent être là"));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct HoldingTold<'a> {
    /// The territory.
    pub territory: &'a Territory,
    /// The plan.
    pub plan: &'a Plan,
    /// How well its groups hold.
    pub holding: &'a [Holding],
    /// How lists fill.
    pub filling: &'a [Filling],
}

impl<'a> HoldingTold<'a> {
    fn groups(&self) -> impl Iterator<Item = (&'a Group, &'a Holding)> {
        let plan = self.plan;
        self.holding.iter().filter_map(|holding| Some((plan.groups.get(holding.group)?, holding)))
    }

    /// The figures that it rests on: those of filling where something is said of arrivals.
    fn assumptions(&self) -> Vec<Assumption> {
        let rules = self.territory.rules();
        let mut all = rules.holding_assumptions();
        if !self.filling.is_empty() {
            all.extend(rules.filling_assumptions());
        }
        all
    }
}
