//! Whom a plan leaves behind, for the desk of the structure. What may be shown of people is in `partage/`: classes of distance or
//! size, put beside its zones, would tell of communes with few youths.

mod json;
mod text;

pub use json::{EQUITY_SCHEMA, EquityReport, equity_json};
pub use text::equity_text;

use crate::plan::Plan;
use crate::questions::{Group, Kind, Served, WorstFirst};
use crate::territory::Territory;
use crate::units::Key;
use std::collections::BTreeMap;

/// Who is served how by a plan, and by one that serves the worst served first.
///
/// ```
/// use maillage::questions::equity;
/// use maillage::report::{Equity, equity_text};
/// # use maillage::{Control, finding::Lang, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let served = equity(study.territory(), &plan);
/// let told = Equity { territory: study.territory(), plan: &plan, served: &served, worst_first: None };
/// assert!(equity_text(&told, Lang::En).contains("BY DISTANCE TO THE NEAREST SITE"));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Equity<'a> {
    /// The territory.
    pub territory: &'a Territory,
    /// The plan that makes the most places.
    pub plan: &'a Plan,
    /// How it serves each kind of youths.
    pub served: &'a BTreeMap<Kind, Served>,
    /// A plan that serves the worst-served communes first, where one was asked for.
    pub worst_first: Option<&'a WorstFirst>,
}

impl Equity<'_> {
    /// Communes, the worst served first, then those with more youths.
    fn communes(&self) -> Vec<(&Key, Served)> {
        let mut communes: Vec<(&Key, Served)> = self
            .served
            .iter()
            .filter_map(|(kind, served)| match kind {
                Kind::Group(Group::Commune(key)) => Some((key, *served)),
                _ => None,
            })
            .collect();
        communes.sort_by_key(|(key, served)| (served.per_mille(), u32::MAX - served.youths.get(), *key));
        communes
    }

    /// What a commune is called.
    fn commune(&self, key: &Key) -> String {
        let places = self.territory.places();
        let named = places.find(key).map(|id| places[id].name.clone());
        named.filter(|name| !name.is_empty()).unwrap_or_else(|| key.to_string())
    }

    /// Youths of the communes served first: with a place in this plan, in the other, and all.
    fn of_the_worst(&self, worst_first: &WorstFirst) -> ([u32; 2], u32) {
        let kinds = worst_first.communes.iter().map(|key| Kind::Group(Group::Commune(key.clone())));
        let mut sums = ([0, 0], 0);
        for kind in kinds {
            let of = |served: &BTreeMap<Kind, Served>| served.get(&kind).copied().unwrap_or_default();
            let (before, after) = (of(self.served), of(&worst_first.served));
            sums = (
                [sums.0[0] + before.placed.get(), sums.0[1] + after.placed.get()],
                sums.1 + before.youths.get(),
            );
        }
        sums
    }

    fn places(&self) -> u32 {
        self.plan.groups.iter().map(|group| group.members.len() as u32).sum()
    }
}
