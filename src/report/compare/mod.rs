//! Two scenarios side by side: exactly, for the desk of the structure, or as it may be shown.

mod json;
mod text;

pub(super) use json::word;
pub use json::{COMPARE_SCHEMA, CompareReport, compare_json};
pub use text::{compare_text, unchanged};

use super::Audience;
use super::json::placed_tier;
use super::names;
use super::partage::{names_a_youth, roughly};
use super::shown::{self, Count};
use crate::questions::{Comparison, CutStep, Group, Tried};
use crate::territory::{Scenario, Territory};
use crate::units::{Cents, Key, Seconds};
use std::collections::BTreeSet;

/// Two scenarios, tried and compared.
///
/// ```
/// use maillage::questions::{Comparison, compare, try_scenario};
/// use maillage::report::{Audience, Compared, compare_text};
/// use maillage::territory::Scenario;
/// # use maillage::{Control, finding::Lang, groups::Limits, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let tried = || try_scenario(&study, &Scenario::default(), &Limits::default(), &Control::none());
/// let (a, b) = (tried()?.expect("a plan"), tried()?.expect("a plan"));
/// let between: Comparison = compare(&a, &b);
/// let compared = Compared {
///     territory: study.territory(),
///     names: ["Aujourd'hui", "Demain"],
///     tried: [&a, &b],
///     between: &between,
///     breaks: &[],
/// };
/// assert!(compare_text(&compared, Audience::Partage, Lang::Fr).contains("Demain"));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The territory of today, for names.
    pub territory: &'a Territory,
    /// What both are called.
    pub names: [&'a str; 2],
    /// What both lead to.
    pub tried: [&'a Tried; 2],
    /// How they differ.
    pub between: &'a Comparison,
    /// What breaks first, where one of them takes half-days away.
    pub breaks: &'a [CutStep],
}

/// What two scenarios are called; to anybody, A and B where a name might be about somebody.
pub fn scenario_names(territory: &Territory, both: [&Scenario; 2], audience: Audience) -> [String; 2] {
    let name = |scenario: &Scenario, letter: &str| {
        let name = if scenario.name.is_empty() { &scenario.key } else { &scenario.name };
        if audience == Audience::Partage && names_a_youth(territory, name) {
            letter.to_owned()
        } else {
            name.clone()
        }
    };
    [name(both[0], "A"), name(both[1], "B")]
}

/// A kind of youths, and how many of it gain and lose.
type Moved = (Group, [u32; 2]);

impl Compared<'_> {
    /// How many gain and lose, by kind, communes by their names. To anybody, those alone where enough do.
    fn moved(&self, audience: Audience) -> Vec<Moved> {
        let threshold = self.territory.rules().threshold;
        let is_told = |(group, both): &Moved| match (audience, group) {
            (Audience::Partage, Group::Commune(_)) => both.iter().all(|&n| n >= threshold),
            _ => true,
        };
        let all =
            self.between.by_group.iter().map(|(group, &(gained, lost))| (group.clone(), [gained, lost]));
        let mut moved: Vec<Moved> = all.filter(is_told).collect();
        moved.sort_by_cached_key(|(group, _)| (self.commune(group), group.clone()));
        moved
    }

    /// What a commune is called, where it is one that tells youths apart.
    fn commune(&self, group: &Group) -> Option<String> {
        let Group::Commune(key) = group else { return None };
        Some(names::place(self.territory, key).to_owned())
    }

    /// Groups of each programme in both, by its name, where there are any.
    fn groups(&self) -> Vec<(String, [u32; 2])> {
        let programmes = self.territory.programmes();
        let named = |key: &Key| {
            programmes.find(key).map_or(key.as_str(), |id| names::programme(self.territory, id)).to_owned()
        };
        let all = self.between.groups.iter().filter(|(_, n)| n.0 + n.1 > 0);
        all.map(|(key, &(a, b))| (named(key), [a, b])).collect()
    }

    fn counts(&self, audience: Audience) -> [Count; 2] {
        let threshold = self.territory.rules().threshold;
        let (a, b) = self.between.places;
        [a, b].map(|n| Count::of(n.get(), audience, threshold))
    }

    /// How many places more another plan may have at most, by weight, in both; none where that is not known.
    fn gaps(&self, audience: Audience) -> [Option<i64>; 2] {
        let gap = |tried: &Tried| placed_tier(&tried.plan.tiers).map(|tier| tier.bound - tier.value);
        self.tried.map(gap).map(|gap| gap.map(|gap| shown::gap(gap, audience)))
    }

    /// What levers cost in both, as far as it may be told.
    fn levers_costs(&self, audience: Audience) -> [Cents; 2] {
        let (a, b) = self.between.levers_cost;
        [a, b].map(|cost| match audience {
            Audience::Interne => cost,
            Audience::Partage => roughly(cost),
        })
    }

    /// The mean trip in both; to anybody, roughly and only where enough travel: others have places without a trip.
    fn trips(&self, audience: Audience) -> [Option<Seconds>; 2] {
        let (threshold, trips) = (self.territory.rules().threshold, self.between.trips);
        let travel = |tried: &Tried| {
            let members = tried.plan.groups.iter().flat_map(|group| &group.members);
            // Whoever is in two groups is one person.
            let youths: BTreeSet<_> =
                members.filter(|member| member.trip.is_some()).map(|member| member.youth).collect();
            youths.len() as u32
        };
        let told = |mean: Seconds, tried: &Tried| {
            let travel = travel(tried);
            shown::trip((travel > 0).then_some(mean), travel, audience, threshold)
        };
        [told(trips.0, self.tried[0]), told(trips.1, self.tried[1])]
    }

    /// Sites that both close, where a scenario left open which.
    fn closed(&self) -> Vec<String> {
        let sites = self.territory.sites();
        let name = |key: &Key| sites.find(key).map_or_else(|| key.to_string(), |id| sites[id].name.clone());
        self.tried.iter().flat_map(|tried| tried.closed.iter().map(name)).collect()
    }
}
