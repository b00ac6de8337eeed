//! What is told of levers: what each brings and costs, who decides, and the best sets.

use super::en::English;
use super::fr::French;
use crate::finding::Lang;
use crate::territory::{Decider, LeverChange};
use crate::units::{Cents, Metres, Seconds};

/// The sentences of `lang`.
pub(in crate::report) fn of(lang: Lang) -> &'static dyn LeverSentences {
    match lang {
        Lang::Fr => &French,
        Lang::En => &English,
    }
}

/// What is told, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum LeverHeading {
    Singly,
    Goal,
    Frontier,
    Further,
    Unlocked,
    Timetables,
    Rests,
}

/// Places more than today; fewer below nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Places {
    Exactly(i64),
    /// A plan with so many was found, and there may be a better one.
    AtLeast(i64),
    /// As far as it may be shown; open where nothing is said.
    #[cfg(feature = "folder")]
    Within(Option<i64>, Option<i64>),
}

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Money {
    Exactly(Cents),
    AtMost(Cents),
    #[cfg(feature = "folder")]
    AtLeast(Cents),
    #[cfg(feature = "folder")]
    Between(Cents, Cents),
}

impl Money {
    /// Whether nothing is paid.
    pub(in crate::report) const fn is_free(self) -> bool {
        matches!(self, Self::Exactly(cost) | Self::AtMost(cost) if cost.get() == 0)
    }
}

/// A lever that changes something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::report) struct LeverLine {
    pub(in crate::report) name: String,
    pub(in crate::report) places: Places,
    /// Groups more or fewer, by the name of the programme.
    pub(in crate::report) groups: Vec<(String, i64)>,
    pub(in crate::report) cost: Money,
    pub(in crate::report) per_place: Option<Money>,
    pub(in crate::report) decider: Decider,
    pub(in crate::report) delay_weeks: Option<u16>,
}

/// How sure a set of levers is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) enum SetProof {
    /// No set places more for as much, and none as many for less.
    All,
    /// None places more for as much.
    Places,
    /// So many percent more, at most.
    Gap(f64),
    /// Not told, or not known.
    #[cfg(feature = "folder")]
    Open,
}

/// What an answer about levers rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum LeverRest {
    /// Gains that are not proved to be the most.
    AtLeast,
    /// Prices that count every run.
    AtMost,
    /// Those whom a lever brings are not counted.
    Newcomers,
    /// No candidate site is open today.
    Closed,
    /// Ways that need two levers at once are not counted.
    Two,
}

/// A heading of a table's column.
#[cfg(feature = "folder")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum LeverLabel {
    Lever,
    Places,
    Groups,
    Cost,
    PerPlace,
    Decider,
    Delay,
    Note,
    Spent,
    Levers,
    Proof,
    Others,
}

/// A language, on levers.
pub(in crate::report) trait LeverSentences: super::Sentences {
    fn levers_title(&self, territory: &str) -> String;
    fn lever_heading(&self, heading: LeverHeading) -> &'static str;
    /// The levers are those that the territory's own figures suggest.
    fn by_catalogue(&self) -> &'static str;
    fn by_scenarios(&self, names: &[String]) -> String;
    fn today(&self, places: u32, groups: u32) -> String;

    /// What kind of change it is: "ouverture d'un site"
    fn lever_kind(&self, change: &LeverChange) -> &'static str;
    fn decider(&self, decider: Decider) -> &'static str;
    /// "4 semaines"
    fn delay(&self, weeks: Option<u16>) -> String;
    /// "4 places de plus"
    fn places(&self, places: Places) -> String;
    /// "1 groupe d'Atelier de plus"
    fn groups_more(&self, programme: &str, groups: i64) -> String;
    /// "240 €", "au plus 240 €"
    fn money(&self, money: Money) -> String;
    /// "60 € par place"
    fn per_place(&self, money: Money) -> String;
    fn lever(&self, line: &LeverLine) -> String;
    /// Another lever costs no more and brings no less.
    fn dominated(&self, by: &str) -> String;
    /// What these levers bring by themselves.
    fn bring_nothing(&self, names: &[String]) -> String;
    /// What these levers may bring was not found.
    fn nothing_found_alone(&self, names: &[String]) -> String;
    fn no_lever(&self) -> &'static str;

    /// "Avec 300 € : 6 places de plus (…) ; prouvé"
    fn step(&self, cost: Money, brings: &[String], levers: &[String], proof: SetProof) -> String;
    fn set_proof(&self, proof: SetProof) -> String;
    fn nothing_better(&self) -> &'static str;

    /// "2 groupes d'Atelier et 1 groupe de CEJ"
    fn goal(&self, wanted: &[(String, u32)]) -> String;
    /// The cheapest set for a goal; the least that any may cost, where that is less.
    fn reached(&self, goal: &str, levers: &[String], cost: Money, at_least: Option<Cents>) -> String;
    fn never_reached(&self, goal: &str, budget: Option<Cents>, proved: bool) -> String;

    /// The cheapest lever that gives one more group.
    fn further(&self, programme: &str, lever: &str, cost: Money, groups: i64, places: Places) -> String;
    #[cfg(feature = "folder")]
    fn further_shared(&self, programme: &str, lever: &str, cost: Money, groups: i64) -> String;
    fn no_further(&self, programmes: &[String]) -> String;
    /// The cheapest lever for these youths, and how many others it places.
    fn unlocked(&self, ids: &str, lever: &str, cost: Money, others: u32) -> String;

    /// "véhicule 2"
    fn vehicle(&self, number: u32) -> String;
    /// "Avoine (aller 38 min, retour 40 min)"
    fn stop(&self, name: &str, out: Seconds, home: Seconds) -> String;
    fn round(&self, lever: &str, stops: &str, distance: Metres, driven: Seconds, proved: bool) -> String;
    fn no_round(&self, lever: &str) -> String;

    fn lever_rest(&self, rest: LeverRest) -> &'static str;
    /// The candidates that decisions already made need.
    fn already_decided(&self, sites: &[String]) -> String;
    /// What takes away on purpose.
    fn cuts_not_counted(&self, levers: &[String]) -> String;
    /// Where the costs of some levers come from; empty where nobody said.
    fn origin(&self, origin: &str, levers: &[String]) -> String;

    /// What was asked for is not there, but these are.
    fn no_such_programme(&self, name: &str, known: &[String]) -> String;
    fn no_such_scenario(&self, name: &str, known: &[String]) -> String;

    /// An amount alone, at the end of a scale.
    #[cfg(feature = "folder")]
    fn amount_of(&self, cost: Cents) -> String;
    /// "3 à 5"
    #[cfg(feature = "folder")]
    fn band(&self, from: i64, to: i64) -> String;
    #[cfg(feature = "folder")]
    fn lever_label(&self, label: LeverLabel) -> &'static str;
    /// The caption of the table of all levers.
    #[cfg(feature = "folder")]
    fn levers_table(&self) -> &'static str;
    #[cfg(feature = "folder")]
    fn frontier_table(&self) -> &'static str;
    /// What somebody hears who does not see the chart.
    #[cfg(feature = "folder")]
    fn frontier_told(&self, steps: usize) -> String;
    #[cfg(feature = "folder")]
    fn unlocked_table(&self, programme: &str) -> String;
    /// Why there is less here than the structure knows.
    #[cfg(feature = "folder")]
    fn levers_shared(&self) -> &'static str;
}
