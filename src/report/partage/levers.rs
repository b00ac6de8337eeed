//! What levers would unlock, as far as it may be shown: costs, names and numbers of groups as they are, places in
//! bands. Nobody is named, and where a shuttle stops is not told: people live there.

use super::capacity::Capacity;
use crate::plan::Plan;
use crate::questions::{Cheapest, LeverAnswer, Price, Step};
use crate::report::language::levers::{LeverHeading, LeverLine, LeverSentences, Money, Places, SetProof};
use crate::report::levers::{LeverSource, Levers, money, named_groups};
use crate::report::names;
use crate::report::page::{LeverRow, Part, StepRow, Words, frontier, listed, singly};
#[cfg(feature = "schemas")]
use crate::report::words;
use crate::territory::{Decider, Lever, LeverChange, Territory};
use crate::units::{Cents, ProgrammeId};
use serde::Serialize;
use std::collections::BTreeMap;

/// Numbers in a band of places, as elsewhere.
const WIDTH: i64 = 3;
/// What is paid at most depends on where people live: it is told to so many cents, rounded up.
const ROUGH: u64 = 10_000;

/// Places more than today; fewer below nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "PlacesBand"))]
pub(super) struct PlacesBand {
    /// The least; null is not told.
    from: Option<i64>,
    /// The most; null is not told.
    to: Option<i64>,
}

/// An answer about levers with everything taken out that tells of a person.
pub(super) struct SafeLevers<'a> {
    source: LeverSource<'a>,
    levers: Vec<SafeLever<'a>>,
    steps: Vec<SafeStep>,
    goal: Option<SafeGoal>,
    /// Programme, lever, groups.
    further: Vec<(ProgrammeId, usize, u32)>,
}

/// A lever as it may be told.
struct SafeLever<'a> {
    id: String,
    /// None where it might name somebody: then its kind stands for it.
    name: Option<&'a str>,
    change: &'a LeverChange,
    price: Price,
    decider: Decider,
    delay_weeks: Option<u16>,
    groups: Vec<(ProgrammeId, i64)>,
    places: PlacesBand,
    proved: bool,
}

/// A set of levers as it may be told.
struct SafeStep {
    levers: Vec<usize>,
    price: Price,
    groups: Vec<(ProgrammeId, i64)>,
    places: PlacesBand,
    proved: bool,
}

/// The groups that are wanted, and the cheapest set for them.
struct SafeGoal {
    wanted: Vec<(ProgrammeId, u32)>,
    budget: Option<Cents>,
    /// Its levers and what they cost.
    set: Option<(Vec<usize>, Price)>,
    at_least: Option<Cents>,
    proved: bool,
}

/// Between which numbers the places gained are when all that is shown of today's groups is left as open as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ruler {
    least: i64,
    most: i64,
}

impl Ruler {
    /// Of a change in groups, as whoever reads it adds it to the groups that are shown.
    fn of(territory: &Territory, today: &Shown, change: &[(ProgrammeId, i64)]) -> Self {
        let (mut least, mut most) = (-i64::from(today.least), -i64::from(today.most));
        for (&programme, &groups) in &today.groups {
            let more = change.iter().find(|one| one.0 == programme).map_or(0, |one| one.1);
            let (size, groups) = (territory.planned_size(programme), i64::from(groups) + more);
            least += groups * i64::from(size.min());
            most += groups * i64::from(size.max());
        }
        Self { least, most }
    }

    /// By threes from nothing on. What a band would say of the sizes of groups, a wider one does not: a band that
    /// begins below the least is one with the next, for of it the numbers from the least on alone would be left; so
    /// is one that ends above the most with the one before.
    fn band(self, places: i64) -> PlacesBand {
        let index = |places: i64| places.div_euclid(WIDTH);
        let (first, last) = (index(self.least + WIDTH - 1), index(self.most + 1) - 1);
        if first >= last {
            return PlacesBand { from: None, to: None };
        }
        let at = index(places).clamp(first, last);
        let from = (first != at).then_some(at * WIDTH);
        PlacesBand { from, to: (last != at).then_some(at * WIDTH + WIDTH - 1) }
    }
}

/// The groups that are shown, and between which numbers their members are in all.
struct Shown {
    groups: BTreeMap<ProgrammeId, u32>,
    least: u32,
    most: u32,
}

impl Shown {
    fn of(plan: &Plan, capacity: &Capacity<'_>) -> Self {
        let groups = plan.programmes.iter().map(|answer| (answer.programme, answer.groups)).collect();
        let (least, most) = capacity.sums(|_| true).members();
        Self { groups, least, most }
    }
}

impl<'a> SafeLevers<'a> {
    pub(super) fn of(
        territory: &'a Territory,
        plan: &Plan,
        levers: Levers<'a>,
        capacity: &Capacity<'_>,
    ) -> Self {
        let answer = levers.answer;
        let today = Shown::of(plan, capacity);
        let prices: Vec<Price> = answer.prices.iter().map(|&price| rough(price)).collect();
        let safe = Safe { territory, answer, today: &today, prices: &prices };
        Self {
            source: levers.source,
            levers: safe.levers(),
            steps: safe.steps(),
            goal: answer.cheapest.as_ref().map(|cheapest| safe.goal(cheapest)),
            further: answer.further.iter().map(|one| (one.programme, one.lever, one.groups)).collect(),
        }
    }
}

/// What is paid at most, less exactly.
fn rough(price: Price) -> Price {
    if price.is_most { Price { total: roughly(price.total), ..price } } else { price }
}

/// An amount that may depend on where people live.
pub(in crate::report) const fn roughly(cost: Cents) -> Cents {
    Cents::new(cost.get().div_ceil(ROUGH).saturating_mul(ROUGH))
}

struct Safe<'s, 'a> {
    territory: &'a Territory,
    answer: &'a LeverAnswer,
    today: &'s Shown,
    prices: &'s [Price],
}

impl<'a> Safe<'_, 'a> {
    fn levers(&self) -> Vec<SafeLever<'a>> {
        let mut unnamed: BTreeMap<&str, u32> = BTreeMap::new();
        let lever = |single: &'a crate::questions::Single| {
            let lever = &self.answer.levers[single.lever];
            let told = self.may_be_named(lever);
            let id = if told {
                lever.key.to_string()
            } else {
                let kind = lever.change.kind();
                let nth = unnamed.entry(kind).or_default();
                *nth += 1;
                format!("{kind}-{nth}")
            };
            SafeLever {
                id,
                name: told.then_some(lever.name.as_str()).filter(|name| !name.is_empty()),
                change: &lever.change,
                price: self.prices[single.lever],
                decider: lever.decider,
                delay_weeks: lever.delay_weeks,
                groups: single.gain.groups.clone(),
                places: if lever.change.is_cut() {
                    PlacesBand { from: None, to: None }
                } else {
                    self.ruler(&single.gain.groups).band(single.gain.places)
                },
                proved: single.is_proved(),
            }
        };
        self.answer.singly.iter().map(lever).collect()
    }

    /// Whether a lever's name is about nobody. A number alone is an amount, not somebody's identifier.
    fn may_be_named(&self, lever: &Lever) -> bool {
        let names_one = |text: &str| names_a_youth(self.territory, text);
        !matches!(lever.change, LeverChange::ShareLifts { .. })
            && !names_one(&lever.name)
            && !names_one(lever.key.as_str())
    }

    fn ruler(&self, groups: &[(ProgrammeId, i64)]) -> Ruler {
        Ruler::of(self.territory, self.today, groups)
    }

    /// The steps by which the places surely rise: those between would tell more than their bands.
    fn steps(&self) -> Vec<SafeStep> {
        let mut sure = 0;
        let told = |step: &Step| {
            let places = self.ruler(&step.gain.groups).band(step.gain.places);
            let rises = places.from.filter(|&from| from > sure)?;
            sure = rises;
            Some(SafeStep {
                levers: step.levers.clone(),
                price: self.price(&step.levers),
                groups: step.gain.groups.clone(),
                places,
                proved: step.proved,
            })
        };
        self.answer.frontier.iter().filter_map(told).collect()
    }

    fn price(&self, levers: &[usize]) -> Price {
        let each = || levers.iter().map(|&lever| self.prices[lever]);
        Price {
            total: each().fold(Cents::new(0), |sum, price| sum.plus(price.total)),
            is_most: each().any(|price| price.is_most),
        }
    }

    fn goal(&self, cheapest: &Cheapest) -> SafeGoal {
        let question = &self.answer.question;
        let wanted = question.goals.iter().map(|goal| (goal.programme, goal.groups)).collect();
        let set = cheapest.step().map(|step| (step.levers.clone(), self.price(&step.levers)));
        let (at_least, proved) = match cheapest {
            Cheapest::Never { proved } => (None, *proved),
            Cheapest::Set { step, at_least } => (Some(*at_least), *at_least >= step.cost),
        };
        // Beside a cost that is told roughly, an exact bound would undo that.
        let exact = set.as_ref().is_none_or(|(_, price)| !price.is_most);
        SafeGoal { wanted, budget: question.budget, set, at_least: at_least.filter(|_| exact), proved }
    }
}

/// Whether a youth's identifier is in a text that somebody wrote. A number alone is an amount, not an identifier.
pub(in crate::report) fn names_a_youth(territory: &Territory, text: &str) -> bool {
    let keys = territory.youths().ids().map(|id| territory.youths().key_of(id));
    keys.filter(|key| !key.bytes().all(|b| b.is_ascii_digit())).any(|key| text.contains(key))
}

// ------------------------------------------------------------------ the JSON

/// What levers would unlock, as far as it may be shown.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "SharedLevers"))]
pub(super) struct LeversJson {
    /// Where the levers come from.
    #[cfg_attr(feature = "schemas", schemars(with = "words::LeverOrigin"))]
    from: &'static str,
    /// The scenarios that they come from, by identifier.
    scenarios: Vec<String>,
    /// Each lever by itself, in the order in which they are given.
    levers: Vec<LeverJson>,
    /// The amounts from which on the places surely rise.
    frontier: Vec<StepJson>,
    /// The cheapest set for the groups wanted; null where none were.
    cheapest: Option<GoalJson>,
    /// For each programme of which a lever makes one more group, the cheapest such lever.
    further: Vec<FurtherJson>,
}

/// A lever by itself.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "SharedLever"))]
struct LeverJson {
    /// Its identifier; its kind and a number where that might name somebody.
    id: String,
    /// What people call it; null where that might name somebody.
    name: Option<String>,
    /// What kind of change it is.
    kind: &'static str,
    /// What it costs in all; where that is paid at most, rounded up to a hundred euros.
    cost_cents: u64,
    /// Whether that is paid at most.
    cost_is_most: bool,
    /// Who decides.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Decider"))]
    decider: &'static str,
    /// Weeks before it works; null where it is not known.
    delay_weeks: Option<u16>,
    /// Groups more, or fewer, of each programme in which their number changes.
    groups: Vec<GroupsJson>,
    /// Places more than today.
    places: PlacesBand,
    /// Whether it is proved that it brings no more.
    proved: bool,
}

/// Groups of a programme.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "SharedGroups"))]
struct GroupsJson {
    /// The programme.
    programme: String,
    /// How many; of a change, how many more, or fewer below nothing.
    groups: i64,
}

/// A set of levers.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "SharedLeverSet"))]
struct StepJson {
    /// The levers, by identifier.
    levers: Vec<String>,
    /// What they cost together.
    cost_cents: u64,
    /// Whether a part of that is paid at most.
    cost_is_most: bool,
    /// Groups more.
    groups: Vec<GroupsJson>,
    /// Places more than today.
    places: PlacesBand,
    /// Whether no set that costs as much places more.
    proved: bool,
}

/// The cheapest set for the groups wanted.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "SharedGoal"))]
struct GoalJson {
    /// The groups wanted.
    wanted: Vec<GroupsJson>,
    /// The most that may be spent; null without a limit.
    budget_cents: Option<u64>,
    /// The levers, by identifier; null where no set was found.
    levers: Option<Vec<String>>,
    /// What they cost; null where no set was found.
    cost_cents: Option<u64>,
    /// Whether a part of that is paid at most.
    cost_is_most: bool,
    /// No set costs less; null where that is not told.
    at_least_cents: Option<u64>,
    /// Whether nothing cheaper does; without a set, whether none at all does.
    proved: bool,
}

/// The cheapest lever for one more group.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "SharedFurtherGroup"))]
struct FurtherJson {
    /// Of which programme.
    programme: String,
    /// The lever.
    lever: String,
    /// Groups more of it.
    groups: u32,
}

impl SafeLevers<'_> {
    pub(super) fn json(&self, territory: &Territory) -> LeversJson {
        let key = |id: ProgrammeId| territory.programmes().key_of(id).to_owned();
        let groups = |groups: &[(ProgrammeId, i64)]| -> Vec<GroupsJson> {
            groups.iter().map(|&(id, groups)| GroupsJson { programme: key(id), groups }).collect()
        };
        let ids = |levers: &[usize]| levers.iter().map(|&lever| self.levers[lever].id.clone()).collect();
        let lever = |lever: &SafeLever<'_>| LeverJson {
            id: lever.id.clone(),
            name: lever.name.map(str::to_owned),
            kind: lever.change.kind(),
            cost_cents: lever.price.total.get(),
            cost_is_most: lever.price.is_most,
            decider: lever.decider.as_str(),
            delay_weeks: lever.delay_weeks,
            groups: groups(&lever.groups),
            places: lever.places,
            proved: lever.proved,
        };
        let step = |step: &SafeStep| StepJson {
            levers: ids(&step.levers),
            cost_cents: step.price.total.get(),
            cost_is_most: step.price.is_most,
            groups: groups(&step.groups),
            places: step.places,
            proved: step.proved,
        };
        let wanted = |goal: &SafeGoal| {
            let wanted = goal.wanted.iter();
            wanted.map(|&(id, n)| GroupsJson { programme: key(id), groups: n.into() }).collect()
        };
        let goal = |goal: &SafeGoal| GoalJson {
            wanted: wanted(goal),
            budget_cents: goal.budget.map(Cents::get),
            levers: goal.set.as_ref().map(|(levers, _)| ids(levers)),
            cost_cents: goal.set.as_ref().map(|(_, price)| price.total.get()),
            cost_is_most: goal.set.as_ref().is_some_and(|(_, price)| price.is_most),
            at_least_cents: goal.at_least.map(Cents::get),
            proved: goal.proved,
        };
        let scenarios = match self.source {
            LeverSource::Scenarios(scenarios) => scenarios.iter().map(|one| one.key.clone()).collect(),
            _ => Vec::new(),
        };
        let further = self.further.iter().map(|&(programme, lever, groups)| FurtherJson {
            programme: key(programme),
            lever: self.levers[lever].id.clone(),
            groups,
        });
        LeversJson {
            from: self.source.word(),
            scenarios,
            levers: self.levers.iter().map(lever).collect(),
            frontier: self.steps.iter().map(step).collect(),
            cheapest: self.goal.as_ref().map(goal),
            further: further.collect(),
        }
    }

    /// The section of the page.
    pub(super) fn parts(&self, territory: &Territory, words: Words) -> Vec<Part> {
        let shown = Told { safe: self, territory, say: words.levers() };
        let text = |text: String| Part::Text(words.set(text));
        let source = crate::report::levers::source(self.source, shown.say);
        let mut parts: Vec<Part> = source.into_iter().map(text).collect();
        parts.push(text(shown.say.levers_shared().to_owned()));
        parts.extend(self.goal.as_ref().map(|goal| text(shown.goal(goal))));
        parts.extend(singly(words, self.levers.iter().map(|lever| shown.lever(lever))));
        parts.extend(frontier(words, self.steps.iter().map(|step| shown.step(step))));
        let further = self.further.iter().map(|&(programme, lever, groups)| {
            let (programme, name) = (names::programme(territory, programme), shown.name(lever));
            let cost = money(self.levers[lever].price);
            shown.say.further_shared(programme, &name, cost, i64::from(groups))
        });
        parts.extend(listed(words, LeverHeading::Further, further.collect()));
        parts
    }
}

struct Told<'s> {
    safe: &'s SafeLevers<'s>,
    territory: &'s Territory,
    say: &'static dyn LeverSentences,
}

impl Told<'_> {
    fn name(&self, lever: usize) -> String {
        let lever = &self.safe.levers[lever];
        lever.name.map_or_else(|| self.say.lever_kind(lever.change).to_owned(), str::to_owned)
    }

    fn names(&self, levers: &[usize]) -> Vec<String> {
        levers.iter().map(|&lever| self.name(lever)).collect()
    }

    fn lever(&self, lever: &SafeLever<'_>) -> LeverRow {
        let line = LeverLine {
            name: lever.name.map_or_else(|| self.say.lever_kind(lever.change).to_owned(), str::to_owned),
            places: lever.places.told(),
            groups: named_groups(self.territory, &lever.groups),
            cost: money(lever.price),
            per_place: lever.places.per_place(lever.price.total),
            decider: lever.decider,
            delay_weeks: lever.delay_weeks,
        };
        LeverRow { note: self.say.places(line.places), line, places: self.bar(lever.places) }
    }

    fn step(&self, step: &SafeStep) -> StepRow {
        StepRow {
            spent: money(step.price),
            cost: step.price.total,
            places: self.bar(step.places),
            groups: named_groups(self.territory, &step.groups),
            levers: self.names(&step.levers),
            proof: if step.proved { SetProof::All } else { SetProof::Open },
        }
    }

    /// The band at a bar, as long as its least.
    fn bar(&self, band: PlacesBand) -> (String, u32) {
        let shown = match (band.from, band.to) {
            (None, None) => "?".to_owned(),
            (Some(from), None) => format!("{from}+"),
            (None, Some(to)) => format!("≤ {to}"),
            (Some(from), Some(to)) => self.say.band(from, to),
        };
        (shown, u32::try_from(band.from.unwrap_or(0)).unwrap_or(0))
    }

    fn goal(&self, goal: &SafeGoal) -> String {
        let wanted = goal.wanted.iter();
        let wanted = wanted.map(|&(id, groups)| (names::programme(self.territory, id).to_owned(), groups));
        let told = self.say.goal(&wanted.collect::<Vec<_>>());
        match &goal.set {
            None => self.say.never_reached(&told, goal.budget, goal.proved),
            Some((levers, price)) => {
                let at_least = (!goal.proved).then(|| goal.at_least.unwrap_or_default());
                self.say.reached(&told, &self.names(levers), money(*price), at_least)
            }
        }
    }
}

impl PlacesBand {
    const fn told(self) -> Places {
        Places::Within(self.from, self.to)
    }

    /// What a place costs: the exact amount would tell how many there are.
    fn per_place(self, cost: Cents) -> Option<Money> {
        let each = |places: Option<i64>| {
            let places = u64::try_from(places?).ok().filter(|&places| places > 0)?;
            Some(Cents::new(cost.get().div_ceil(places)))
        };
        let (most, least) = (each(self.from), each(self.to));
        match (least, most) {
            _ if cost.get() == 0 => None,
            (Some(least), Some(most)) => Some(Money::Between(least, most)),
            (Some(least), None) => Some(Money::AtLeast(least)),
            (None, Some(most)) => Some(Money::AtMost(most)),
            (None, None) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(from: i64, to: i64) -> PlacesBand {
        PlacesBand { from: Some(from), to: Some(to) }
    }

    #[test]
    fn places_are_told_by_threes_and_nothing_is_among_few() {
        let of = |places| Ruler { least: -99, most: 99 }.band(places);
        assert_eq!([0, 2, 3, 5, 11].map(of), [band(0, 2), band(0, 2), band(3, 5), band(3, 5), band(9, 11)]);
        assert_eq!(of(-1), band(-3, -1));
    }

    /// Three groups of five or six, and one more: that two places came would say that today's are all of six.
    #[test]
    fn a_band_that_would_tell_sizes_is_wider() {
        let nothing = PlacesBand { from: None, to: None };
        assert_eq!(Ruler { least: 5, most: 6 }.band(5), nothing);
        let ruler = Ruler { least: 5, most: 12 };
        let few = PlacesBand { from: None, to: Some(8) };
        assert_eq!([0, 2, 5, 8].map(|places| ruler.band(places)), [few; 4]);
        assert_eq!(ruler.band(9), PlacesBand { from: Some(9), to: None });
        // A new group of at least two, beside one of eight: that two came would be its size.
        let ruler = Ruler { least: 2, most: 10 };
        assert_eq!(ruler.band(2), PlacesBand { from: None, to: Some(5) });
    }

    #[test]
    fn what_a_place_costs_is_in_a_band_too() {
        let cost = Cents::new(30_000);
        assert_eq!(band(3, 5).per_place(cost), Some(Money::Between(Cents::new(6_000), Cents::new(10_000))));
        assert_eq!(band(0, 2).per_place(cost), Some(Money::AtLeast(Cents::new(15_000))));
    }
}
