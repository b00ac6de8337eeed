//! How many come, when some depend on the same thing: an exact mixture over what is shared.

use crate::territory::{Chance, at_least, counts};
use std::collections::BTreeMap;

/// Something that several people depend on: whoever needs it is away when it fails.
///
/// ```
/// use maillage::questions::Presence;
/// use maillage::territory::Chance;
///
/// let mut presence = Presence::default();
/// let coach = presence.shares(Chance::ALWAYS);
/// presence.expects(Chance::ALWAYS, &[coach]);
/// assert_eq!(presence.at_least(1).chance, Chance::ALWAYS);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SharedIx(usize);

/// Who is expected at a session, how often each comes, and what they depend on together.
///
/// ```
/// use maillage::questions::Presence;
/// use maillage::territory::Chance;
///
/// let often = Chance::from_decimal(0.75).expect("a probability");
/// let mut presence = Presence::default();
/// // She drives two others: when she is away, so are they.
/// let with_her = presence.drives(often, &[]);
/// presence.expects(often, &[with_her]).expects(often, &[with_her]);
/// assert_eq!(presence.independent(2).percent(), 84);
/// assert_eq!(presence.at_least(2).chance.percent(), 70);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    people: Vec<Expected>,
    /// How often each shared thing works.
    works: Vec<Chance>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Expected {
    /// How often they come.
    own: Chance,
    /// How often they come when all that they need works; a driver then always does.
    then: Chance,
    needs: Vec<SharedIx>,
}

/// How likely something is, and whether that is the whole truth.
///
/// ```
/// use maillage::questions::{Odds, Presence};
///
/// let nobody: Odds = Presence::default().at_least(1);
/// assert!(nobody.is_exact && nobody.chance.percent() == 0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Odds {
    /// The probability; where it is not exact, it is at least that.
    pub chance: Chance,
    /// Whether it is exact: it is unless very many things are shared crosswise.
    pub is_exact: bool,
}

impl Presence {
    /// Something that is shared, and how often it works.
    pub fn shares(&mut self, works: Chance) -> SharedIx {
        self.works.push(works);
        SharedIx(self.works.len() - 1)
    }

    /// Somebody who comes so often, if all that they need works.
    pub fn expects(&mut self, chance: Chance, needs: &[SharedIx]) -> &mut Self {
        self.people.push(Expected { own: chance, then: chance, needs: needs.to_vec() });
        self
    }

    /// Somebody who comes so often and takes others along: what these need.
    pub fn drives(&mut self, chance: Chance, needs: &[SharedIx]) -> SharedIx {
        let comes = self.shares(chance);
        let needs = [needs, &[comes]].concat();
        self.people.push(Expected { own: chance, then: Chance::ALWAYS, needs });
        comes
    }

    /// How many are expected.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether nobody is.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// How likely it is that so many or more come, each by themselves as if nothing were shared and nothing failed:
    /// the optimistic case, which what is shared never exceeds.
    pub fn independent(&self, min: u32) -> Chance {
        Chance::nearest(at_least(&counts(self.people.iter().map(|one| one.own.get())), min))
    }

    /// How likely it is that so many or more come.
    pub fn at_least(&self, min: u32) -> Odds {
        let mut mixture = Mixture { works: &self.works, left: MOST_STEPS };
        let people: Vec<One> = self.people.iter().map(|one| (one.then.get(), one.needs.clone())).collect();
        match mixture.counts(people) {
            Some(counts) => Odds { chance: Chance::nearest(at_least(&counts, min)), is_exact: true },
            None => Odds { chance: Chance::nearest(self.when_all_works(min)), is_exact: false },
        }
    }

    /// How likely it is that all works and so many come then: never more than the truth.
    fn when_all_works(&self, min: u32) -> f64 {
        let all: f64 = self.works.iter().map(|works| works.get()).product();
        all * at_least(&counts(self.people.iter().map(|one| one.then.get())), min)
    }
}

/// Most additions before it is left at a bound: a fraction of a second.
const MOST_STEPS: u64 = 50_000_000;

/// How often somebody comes, and what they still depend on.
type One = (f64, Vec<SharedIx>);

struct Mixture<'a> {
    works: &'a [Chance],
    left: u64,
}

impl Mixture<'_> {
    /// How likely each number of people is; none where that takes too long. People who share nothing are put
    /// together; of those who do, what most depend on works or fails, and each case is looked at.
    fn counts(&mut self, people: Vec<One>) -> Option<Vec<f64>> {
        let (free, bound): (Vec<One>, Vec<One>) = people.into_iter().partition(|one| one.1.is_empty());
        self.take(free.len() * free.len())?;
        let mut all = counts(free.into_iter().map(|one| one.0));
        for together in apart(bound) {
            let mixed = self.mixed(&together)?;
            self.take(all.len() * mixed.len())?;
            all = sum(&all, &mixed);
        }
        Some(all)
    }

    fn mixed(&mut self, together: &[One]) -> Option<Vec<f64>> {
        let Some(shared) = most_needed(together) else { return self.counts(together.to_vec()) };
        let works = self.works[shared.0].get();
        let without = |one: &One| (one.0, one.1.iter().copied().filter(|need| *need != shared).collect());
        let mut if_works = self.counts(together.iter().map(without).collect())?;
        let spared = together.iter().filter(|one| !one.1.contains(&shared)).cloned();
        let if_fails = self.counts(spared.collect())?;
        if_works.iter_mut().for_each(|n| *n *= works);
        if_works.iter_mut().zip(&if_fails).for_each(|(n, fails)| *n += fails * (1.0 - works));
        Some(if_works)
    }

    fn take(&mut self, steps: usize) -> Option<()> {
        self.left = self.left.checked_sub(1 + steps as u64)?;
        Some(())
    }
}

/// What most of them need, the first of several.
fn most_needed(people: &[One]) -> Option<SharedIx> {
    let mut needed: BTreeMap<SharedIx, usize> = BTreeMap::new();
    people.iter().flat_map(|one| &one.1).for_each(|need| *needed.entry(*need).or_default() += 1);
    needed.into_iter().max_by_key(|&(shared, n)| (n, std::cmp::Reverse(shared))).map(|(shared, _)| shared)
}

/// People in lots that share nothing with one another.
fn apart(people: Vec<One>) -> Vec<Vec<One>> {
    let mut lots: Vec<Vec<One>> = Vec::new();
    for one in people {
        let shares = |lot: &Vec<One>| lot.iter().any(|other| other.1.iter().any(|need| one.1.contains(need)));
        let (joined, others): (Vec<_>, Vec<_>) = lots.into_iter().partition(shares);
        lots = others;
        lots.push(joined.into_iter().flatten().chain([one]).collect());
    }
    lots
}

/// How likely each number is of two crowds together.
fn sum(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut both = vec![0.0; a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            both[i + j] += x * y;
        }
    }
    both
}
