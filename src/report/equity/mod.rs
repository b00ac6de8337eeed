//! Whom a plan leaves behind: exactly, for the desk of the structure, or as it may be shown: classes of enough youths, in bands.

mod json;
mod text;

pub use json::{EQUITY_SCHEMA, EquityReport, equity_json};
pub use text::equity_text;

use super::Audience;
use super::shown::{self, Count};
use crate::plan::Plan;
use crate::questions::{Group, Kind, Served, WorstFirst};
use crate::territory::Territory;
use crate::units::{Headcount, Key, Seconds};
use std::collections::BTreeMap;

/// Who is served how by a plan, and by one that serves the worst served first.
///
/// ```
/// use maillage::questions::equity;
/// use maillage::report::{Audience, Equity, equity_text};
/// # use maillage::{Control, finding::Lang, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let served = equity(study.territory(), &plan);
/// let told = Equity { territory: study.territory(), plan: &plan, served: &served, worst_first: None };
/// assert!(equity_text(&told, Audience::Interne, Lang::En).contains("BY DISTANCE TO THE NEAREST SITE"));
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

/// How a kind of youths is served, as far as it may be told.
struct Told {
    youths: Count,
    placed: Count,
    short: Count,
    trip: Option<Seconds>,
}

impl Equity<'_> {
    /// The kinds that are told: to anybody, no communes, and of each way to tell youths apart the classes that are large enough,
    /// as is what is left beside them.
    fn told<'k>(&self, served: &'k BTreeMap<Kind, Served>, audience: Audience) -> Vec<(&'k Kind, Served)> {
        let threshold = self.territory.rules().threshold;
        let all = served.get(&Kind::All).map_or(0, |all| all.youths.get());
        let mut told: Vec<(&Kind, Served)> = Vec::new();
        let kinds: Vec<(&Kind, Served)> = served.iter().map(|(kind, served)| (kind, *served)).collect();
        for own in kinds.chunk_by(|a, b| Way::of(a.0) == Way::of(b.0)) {
            told.extend(match (audience, Way::of(own[0].0)) {
                (Audience::Interne, _) => own.to_vec(),
                (Audience::Partage, Way::Commune) => Vec::new(),
                (Audience::Partage, _) => large(own, all, threshold),
            });
        }
        told
    }

    fn as_told(&self, served: Served, audience: Audience) -> Told {
        let threshold = self.territory.rules().threshold;
        let count = |n: Headcount| self.count(n.get(), audience);
        Told {
            youths: count(served.youths),
            placed: count(served.placed),
            short: count(served.short),
            trip: shown::trip(served.trip(), served.travelling.get(), audience, threshold),
        }
    }

    /// A number of youths or of places, as far as it may be told.
    fn count(&self, n: u32, audience: Audience) -> Count {
        Count::of(n, audience, self.territory.rules().threshold)
    }

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

/// A way to tell youths apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    All,
    Distance,
    Inhabitants,
    Sex,
    Age,
    Vehicle,
    Commune,
}

impl Way {
    const fn of(kind: &Kind) -> Self {
        match kind {
            Kind::All => Self::All,
            Kind::Distance(_) => Self::Distance,
            Kind::Inhabitants(_) => Self::Inhabitants,
            Kind::Group(Group::Women | Group::Men) => Self::Sex,
            Kind::Group(Group::Minors | Group::Adults) => Self::Age,
            Kind::Group(Group::Vehicle | Group::NoVehicle) => Self::Vehicle,
            Kind::Group(Group::Commune(_)) => Self::Commune,
        }
    }
}

/// The classes of at least so many, and beside them nobody or as many: what is left of all is nobody's secret.
fn large<'k>(classes: &[(&'k Kind, Served)], all: u32, threshold: u32) -> Vec<(&'k Kind, Served)> {
    let youths = |class: &(&Kind, Served)| class.1.youths.get();
    let mut told: Vec<(&Kind, Served)> = classes.to_vec();
    told.retain(|class| youths(class) >= threshold);
    loop {
        let left = all.saturating_sub(told.iter().map(youths).sum());
        let smallest = (0..told.len()).min_by_key(|&at| youths(&told[at]));
        match smallest.filter(|_| left > 0 && left < threshold) {
            Some(at) => _ = told.remove(at),
            None => return told,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::Far;

    fn shown(youths: &[u32], all: u32) -> Vec<u32> {
        let far = [Far::Within5, Far::Within10, Far::Within20, Far::Within30, Far::Beyond30];
        let kinds: Vec<Kind> = far.into_iter().map(Kind::Distance).collect();
        let served = |&n: &u32| {
            let mut served = Served::default();
            served.youths = Headcount::new(n);
            served
        };
        let classes: Vec<(&Kind, Served)> = kinds.iter().zip(youths.iter().map(served)).collect();
        large(&classes, all, 11).iter().map(|class| class.1.youths.get()).collect()
    }

    #[test]
    fn no_few_are_left_beside_the_classes_that_are_told() {
        assert_eq!(shown(&[20, 30, 11], 61), [20, 30, 11]);
        assert_eq!(shown(&[20, 30, 6, 5], 61), [20, 30], "eleven are left");
        assert_eq!(
            shown(&[20, 30, 3], 53),
            [30],
            "three would be left: the smaller class is not told either"
        );
        assert_eq!(shown(&[20, 30], 52), [30], "two of whom nothing is known");
        assert_eq!(shown(&[12, 3], 15), [] as [u32; 0]);
    }
}
