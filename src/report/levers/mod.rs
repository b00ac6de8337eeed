//! What levers would unlock, sentence by sentence, for the desk of the structure: a page in a
//! terminal and one in a browser lay out the same.

mod json;
#[cfg(feature = "folder")]
mod sheet;
mod text;

pub use json::{LEVERS_SCHEMA, LeversReport, levers_json};
#[cfg(feature = "folder")]
pub(super) use sheet::sheet;
pub use text::{levers_text, no_such_programme, no_such_scenario};

use super::language;
use super::language::levers::{LeverLine, LeverRest, LeverSentences, Money, Places, SetProof};
use super::names;
use crate::finding::Lang;
use crate::questions::{Cheapest, Gain, LeverAnswer, Price, Single, Step, Timetable, Unlocked};
use crate::territory::{LeverChange, Scenario, Site, SiteStatus, Territory};
use crate::units::{Cents, Key, ProgrammeId, SiteId, YouthId};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// An answer about levers, and where they come from.
///
/// ```
/// use maillage::questions::{LeverQuestion, LeverStudy};
/// use maillage::report::{self, LeverSource, Levers};
/// # use maillage::{Control, finding::Lang, groups, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let asked = LeverStudy::new(&study, &[], &groups::Limits::default(), &Control::none())?.expect("a plan");
/// let answer = asked.answer(&LeverQuestion::default(), &Control::none())?;
/// let levers = Levers { source: LeverSource::Catalogue, ..Levers::from(&answer) };
/// assert!(report::levers_text(study.territory(), levers, Lang::En).contains("catalogue"));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Levers<'a> {
    /// The answer.
    pub answer: &'a LeverAnswer,
    /// Where its levers come from.
    pub source: LeverSource<'a>,
}

/// Where levers come from.
///
/// ```
/// use maillage::report::LeverSource;
///
/// assert_eq!(LeverSource::default(), LeverSource::Given);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum LeverSource<'a> {
    /// From whoever asks; nothing is told.
    #[default]
    Given,
    /// From what the territory's own figures suggest.
    Catalogue,
    /// From these scenarios.
    Scenarios(&'a [&'a Scenario]),
}

impl<'a> From<&'a LeverAnswer> for Levers<'a> {
    fn from(answer: &'a LeverAnswer) -> Self {
        Self { answer, source: LeverSource::default() }
    }
}

/// An answer and the language to tell it in.
#[derive(Clone, Copy)]
pub(super) struct Telling<'a> {
    pub(super) territory: &'a Territory,
    pub(super) levers: Levers<'a>,
    pub(super) say: &'static dyn LeverSentences,
}

/// Youths for whom one lever is the cheapest.
pub(super) struct UnlockedTold {
    pub(super) programme: ProgrammeId,
    pub(super) lever: usize,
    pub(super) youths: Vec<YouthId>,
    pub(super) others: u32,
}

/// What a programme brings more or less of groups, by its name.
pub(super) fn named_groups(territory: &Territory, groups: &[(ProgrammeId, i64)]) -> Vec<(String, i64)> {
    groups.iter().map(|&(id, n)| (names::programme(territory, id).to_owned(), n)).collect()
}

/// Where levers come from, in a sentence.
pub(super) fn source(source: LeverSource<'_>, say: &dyn LeverSentences) -> Option<String> {
    match source {
        LeverSource::Given => None,
        LeverSource::Catalogue => Some(say.by_catalogue().to_owned()),
        LeverSource::Scenarios(scenarios) => {
            let name = |one: &&Scenario| if one.name.is_empty() { one.key.clone() } else { one.name.clone() };
            Some(say.by_scenarios(&scenarios.iter().map(name).collect::<Vec<_>>()))
        }
    }
}

/// A price in words.
pub(super) const fn money(price: Price) -> Money {
    if price.is_most { Money::AtMost(price.total) } else { Money::Exactly(price.total) }
}

impl<'a> Telling<'a> {
    pub(super) fn new(territory: &'a Territory, levers: Levers<'a>, lang: Lang) -> Self {
        Self { territory, levers, say: language::levers::of(lang) }
    }

    fn answer(&self) -> &'a LeverAnswer {
        self.levers.answer
    }

    pub(super) fn source(&self) -> Option<String> {
        source(self.levers.source, self.say)
    }

    pub(super) fn today(&self) -> String {
        let today = &self.answer().today;
        let groups = today.programmes.iter().map(|programme| programme.1).sum();
        self.say.today(today.places.get(), groups)
    }

    /// Of those that change something: what nothing dominates first, then by the cost of a place; those that close last.
    pub(super) fn ordered(&self) -> Vec<&'a Single> {
        let mut all: Vec<&Single> = self.answer().singly.iter().filter(|s| s.gain.places != 0).collect();
        all.sort_by_key(|single| {
            let per_place = single.per_place().map_or((true, Cents::new(0)), |cost| (false, cost));
            (single.dominated_by.is_some(), per_place, Reverse(single.gain.places), single.lever)
        });
        all
    }

    /// Those that change nothing, surely or as far as was found.
    pub(super) fn idle(&self) -> Vec<String> {
        let is_idle =
            |single: &&Single| single.gain.places == 0 && !self.answer().levers[single.lever].change.is_cut();
        let idle = self.answer().singly.iter().filter(is_idle);
        let (surely, others): (Vec<&Single>, Vec<&Single>) = idle.partition(|single| single.is_proved());
        let names = |list: &[&Single]| list.iter().map(|one| self.name(one.lever)).collect::<Vec<_>>();
        let surely = (!surely.is_empty()).then(|| self.say.bring_nothing(&names(&surely)));
        let others = (!others.is_empty()).then(|| self.say.nothing_found_alone(&names(&others)));
        surely.into_iter().chain(others).collect()
    }

    pub(super) fn line(&self, single: &Single) -> LeverLine {
        let (lever, places) = (&self.answer().levers[single.lever], single.gain.places);
        let per_place = single.per_place().filter(|cost| cost.get() > 0);
        let surely = single.is_proved() && !single.price.is_most;
        LeverLine {
            name: self.name(single.lever),
            places: if single.is_proved() { Places::Exactly(places) } else { Places::AtLeast(places) },
            groups: named_groups(self.territory, &single.gain.groups),
            cost: money(single.price),
            per_place: per_place.map(|cost| if surely { Money::Exactly(cost) } else { Money::AtMost(cost) }),
            decider: lever.decider,
            delay_weeks: lever.delay_weeks,
        }
    }

    pub(super) fn dominated(&self, single: &Single) -> Option<String> {
        single.dominated_by.map(|by| self.say.dominated(&self.name(by)))
    }

    pub(super) fn lever(&self, single: &Single) -> String {
        let told = self.say.lever(&self.line(single));
        match self.dominated(single) {
            Some(dominated) => format!("{told}{}{dominated}.", self.say.semicolon()),
            None => format!("{told}."),
        }
    }

    /// The steps that bring more than today.
    pub(super) fn steps(&self) -> Vec<&'a Step> {
        self.answer().frontier.iter().filter(|step| step.gain.places > 0).collect()
    }

    pub(super) fn step(&self, step: &Step) -> String {
        let levers = self.names(&step.levers);
        format!("{}.", self.say.step(self.cost(step), &self.gained(&step.gain), &levers, proof(step)))
    }

    /// What a set costs, at most where a part of it does.
    pub(super) fn cost(&self, step: &Step) -> Money {
        let is_most = step.levers.iter().any(|&lever| self.answer().prices[lever].is_most);
        money(Price { total: step.cost, is_most })
    }

    /// The places and groups that a set brings: exactly, for that set was found.
    fn gained(&self, gain: &Gain) -> Vec<String> {
        let groups = named_groups(self.territory, &gain.groups);
        let groups = groups.iter().map(|(programme, n)| self.say.groups_more(programme, *n));
        [self.say.places(Places::Exactly(gain.places))].into_iter().chain(groups).collect()
    }

    /// The cheapest set for the goals, where some were asked.
    pub(super) fn goal(&self) -> Option<String> {
        let question = &self.answer().question;
        let cheapest = self.answer().cheapest.as_ref()?;
        let wanted = question.goals.iter();
        let wanted =
            wanted.map(|goal| (names::programme(self.territory, goal.programme).to_owned(), goal.groups));
        let goal = self.say.goal(&wanted.collect::<Vec<_>>());
        Some(match cheapest {
            Cheapest::Never { proved } => self.say.never_reached(&goal, question.budget, *proved),
            Cheapest::Set { step, at_least } => {
                let at_least = Some(*at_least).filter(|least| *least < step.cost);
                self.say.reached(&goal, &self.names(&step.levers), self.cost(step), at_least)
            }
        })
    }

    /// The smallest change of each programme, then those that no lever helps.
    pub(super) fn further(&self) -> Vec<String> {
        let further = |one: &crate::questions::FurtherGroup| {
            let (programme, lever) = (names::programme(self.territory, one.programme), self.name(one.lever));
            let cost = money(self.answer().prices[one.lever]);
            let places = Places::Exactly(one.places);
            format!("{}.", self.say.further(programme, &lever, cost, i64::from(one.groups), places))
        };
        let lines = self.answer().further.iter().map(further);
        lines.chain(self.no_further()).collect()
    }

    fn no_further(&self) -> Option<String> {
        let helped = |id: &ProgrammeId| self.answer().further.iter().any(|one| one.programme == *id);
        let asked = self.answer().today.programmes.iter().map(|programme| programme.0);
        let left = asked.filter(|id| !helped(id)).map(|id| names::programme(self.territory, id).to_owned());
        let left: Vec<String> = left.collect();
        let told = !left.is_empty() && !self.answer().levers.is_empty();
        told.then(|| self.say.no_further(&left))
    }

    /// Youths by programme and lever, the most first.
    pub(super) fn unlocked(&self) -> Vec<UnlockedTold> {
        let mut told: BTreeMap<(ProgrammeId, usize), Vec<&Unlocked>> = BTreeMap::new();
        for one in &self.answer().unlocked {
            told.entry((one.programme, one.lever)).or_default().push(one);
        }
        let of = |((programme, lever), ones): ((ProgrammeId, usize), Vec<&Unlocked>)| UnlockedTold {
            programme,
            lever,
            youths: ones.iter().map(|one| one.youth).collect(),
            others: ones.iter().map(|one| one.others).max().unwrap_or(0),
        };
        let mut all: Vec<UnlockedTold> = told.into_iter().map(of).collect();
        all.sort_by_key(|one| (one.programme, Reverse(one.youths.len()), one.lever));
        all
    }

    /// The rounds of the shuttles.
    pub(super) fn timetables(&self) -> Vec<String> {
        let all = self.answer().timetables.iter().enumerate();
        all.filter_map(|(lever, round)| Some(self.round(lever, round.as_ref()?))).collect()
    }

    fn round(&self, lever: usize, round: &Timetable) -> String {
        let name = self.name(lever);
        if round.stops.is_empty() {
            return self.say.no_round(&name);
        }
        let mut vehicles: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for stop in &round.stops {
            let told = self.say.stop(self.place(&stop.place), stop.out, stop.home);
            vehicles.entry(stop.vehicle).or_default().push(told);
        }
        let several = vehicles.len() > 1;
        let stops = vehicles.into_iter().map(|(vehicle, stops)| {
            let head = format!("{}{} ", self.say.vehicle(vehicle + 1), self.say.colon());
            format!("{}{}", if several { head } else { String::new() }, stops.join(", "))
        });
        let stops = stops.collect::<Vec<_>>().join(self.say.semicolon());
        self.say.round(&name, &stops, round.distance, round.driven, round.proved)
    }

    fn place<'t>(&'t self, key: &'t Key) -> &'t str {
        let place = self.territory.places().find(key).map(|id| self.territory.places()[id].name.as_str());
        place.filter(|name| !name.is_empty()).unwrap_or_else(|| key.as_str())
    }

    /// What the answer rests on.
    pub(super) fn rests(&self) -> Vec<String> {
        let answer = self.answer();
        let newcomers =
            |change: &LeverChange| matches!(change, LeverChange::Wait { .. } | LeverChange::Exchange { .. });
        let rests = [
            (LeverRest::Closed, answer.decided.is_empty() && self.territory.sites().iter().any(is_candidate)),
            (LeverRest::AtLeast, answer.singly.iter().any(|one| one.gain.places != 0 && !one.is_proved())),
            (LeverRest::AtMost, answer.prices.iter().any(|price| price.is_most)),
            (LeverRest::Newcomers, answer.levers.iter().any(|lever| newcomers(&lever.change))),
            (LeverRest::Two, answer.levers.len() > 1),
        ];
        let rests =
            rests.into_iter().filter(|rest| rest.1).map(|rest| self.say.lever_rest(rest.0).to_owned());
        self.decided().into_iter().chain(rests).chain(self.cuts()).chain(self.origins()).collect()
    }

    /// The candidates that decisions already made need.
    fn decided(&self) -> Option<String> {
        let decided = &self.answer().decided;
        let names: Vec<String> =
            decided.iter().map(|&site| self.territory.sites()[site].name.clone()).collect();
        (!names.is_empty()).then(|| self.say.already_decided(&names))
    }

    /// What takes away on purpose is not asked what it brings.
    fn cuts(&self) -> Option<String> {
        let levers = self.answer().levers.iter().enumerate();
        let cuts: Vec<String> =
            levers.filter(|lever| lever.1.change.is_cut()).map(|lever| self.name(lever.0)).collect();
        (!cuts.is_empty()).then(|| self.say.cuts_not_counted(&cuts))
    }

    /// Where the costs come from, the levers of an origin together; what costs nothing needs none.
    fn origins(&self) -> Vec<String> {
        let mut origins: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (at, lever) in self.answer().levers.iter().enumerate() {
            if !lever.origin.is_empty() || self.answer().prices[at].total.get() > 0 {
                origins.entry(&lever.origin).or_default().push(self.name(at));
            }
        }
        origins.into_iter().map(|(origin, levers)| self.say.origin(origin, &levers)).collect()
    }

    pub(super) fn names(&self, levers: &[usize]) -> Vec<String> {
        levers.iter().map(|&lever| self.name(lever)).collect()
    }

    /// What a lever is called; its kind where nobody named it.
    pub(super) fn name(&self, lever: usize) -> String {
        let lever = &self.answer().levers[lever];
        if lever.name.is_empty() { self.say.lever_kind(&lever.change).to_owned() } else { lever.name.clone() }
    }
}

fn is_candidate((_, site): (SiteId, &Site)) -> bool {
    matches!(site.status, SiteStatus::Candidate { .. })
}

/// Groups more and fewer, in one text.
#[cfg(feature = "folder")]
pub(super) fn groups_told(say: &dyn LeverSentences, groups: &[(String, i64)]) -> String {
    groups.iter().map(|(programme, n)| say.groups_more(programme, *n)).collect::<Vec<_>>().join(", ")
}

/// How sure a step is.
pub(super) fn proof(step: &Step) -> SetProof {
    match step.gap() {
        _ if step.proved => SetProof::All,
        gap if gap > 0.0 => SetProof::Gap(gap),
        _ => SetProof::Places,
    }
}
