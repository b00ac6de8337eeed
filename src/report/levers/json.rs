//! The wire types of the levers' JSON, documented field by field in `docs/json.md`.

use super::super::json::{document, gap_percent, hundredths};
#[cfg(feature = "schemas")]
use super::super::words;
use super::{LeverSource, Levers};
use crate::questions::{Cheapest, FurtherGroup, Gain, Single, Step, Tally, Timetable, Unlocked};
use crate::territory::{Provenance, Territory};
use crate::units::{Cents, ProgrammeId, YouthId};
use serde::Serialize;
use std::fmt;

/// The version of the levers' schema.
pub const LEVERS_SCHEMA: &str = "maillage/levers/1";

#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(
        rename = "Levers",
        description = "What levers would unlock, at what cost. Exact, for the structure itself."
    )
)]
/// What levers would unlock, as JSON of schema `maillage/levers/1`. `to_string` gives the document.
///
/// ```
/// use maillage::questions::{LeverQuestion, LeverStudy};
/// use maillage::report::{LeversReport, levers_json};
/// # use maillage::{Control, groups, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let asked = LeverStudy::new(&study, &[], &groups::Limits::default(), &Control::none())?.expect("a plan");
/// let answer = asked.answer(&LeverQuestion::default(), &Control::none())?;
/// let document: LeversReport = levers_json(study.territory(), &answer);
/// assert!(document.to_string().contains(r#""schema": "maillage/levers/1""#));
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct LeversReport {
    /// The schema that the document is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = LEVERS_SCHEMA)))]
    schema: &'static str,
    /// `interne`: exact, with identifiers of youths, for the structure's own desk. Personal data.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = "interne")))]
    audience: &'static str,
    /// The territory's name.
    territory: String,
    /// Whether the youths were drawn: nobody real.
    synthetic: bool,
    /// Where the levers come from.
    #[cfg_attr(feature = "schemas", schemars(with = "words::LeverOrigin"))]
    from: &'static str,
    /// The scenarios that they come from, by identifier.
    scenarios: Vec<String>,
    /// The most that may be spent; null without a limit.
    budget_cents: Option<u64>,
    /// Groups that are wanted.
    goals: Vec<GroupsJson>,
    /// What can be done with nothing changed, existing sites alone.
    today: TallyJson,
    /// Candidate sites that decisions already made need, by identifier: open whatever levers say.
    decided: Vec<String>,
    /// Each lever by itself, in the order in which they are given.
    levers: Vec<LeverJson>,
    /// The most places for each amount, from nothing on.
    frontier: Vec<StepJson>,
    /// The cheapest set for the goals; null where none was asked.
    cheapest: Option<CheapestJson>,
    /// For each youth who lacks a place in a programme, the cheapest lever by which one was found.
    unlocked: Vec<UnlockedJson>,
    /// For each programme of which a lever makes one more group, the cheapest such lever.
    further: Vec<FurtherGroupJson>,
}

/// Groups of a programme.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "ProgrammeGroups"))]
struct GroupsJson {
    /// The programme.
    programme: String,
    /// How many; of a change, how many more, or fewer below nothing.
    groups: i64,
}

/// Places and groups.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Tally"))]
struct TallyJson {
    /// Places held, a youth in two programmes twice; those whom a lever brings are not counted.
    places: u32,
    /// Of each programme.
    programmes: Vec<ProgrammeTallyJson>,
}

/// Groups and places of a programme.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "ProgrammeTally"))]
struct ProgrammeTallyJson {
    /// The programme.
    programme: String,
    /// Its groups.
    groups: u32,
    /// Places in them.
    places: u32,
}

/// What a change brings.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Gain"))]
struct GainJson {
    /// Places more than today, or fewer below nothing: a plan with so many was found.
    places: i64,
    /// Groups more of each programme in which their number changes.
    groups: Vec<GroupsJson>,
    /// Who has a place that they do not have today.
    placed: Vec<PlacedJson>,
    /// Who has lost one.
    lost: Vec<PlacedJson>,
}

/// A youth and a programme.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "YouthInProgramme"))]
struct PlacedJson {
    /// The youth's identifier.
    youth: String,
    /// The programme.
    programme: String,
}

/// A lever and what it brings by itself.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "LeverByItself"))]
struct LeverJson {
    /// Its identifier.
    id: String,
    /// What people call it.
    name: String,
    /// What kind of change it is.
    kind: &'static str,
    /// What it costs in all, for the time of the programmes.
    cost_cents: u64,
    /// Whether that is paid at most: fewer runs or kilometres may do.
    cost_is_most: bool,
    /// Where the cost comes from; empty where nobody said.
    origin: String,
    /// Who decides.
    #[cfg_attr(feature = "schemas", schemars(with = "words::Decider"))]
    decider: &'static str,
    /// Weeks before it works; null where it is not known.
    delay_weeks: Option<u16>,
    /// What it brings at least.
    gain: GainJson,
    /// The most places more that it can bring; null where that is not known.
    places_at_most: Option<i64>,
    /// Cost of each place gained, rounded up; null where it brings none.
    cents_per_place: Option<u64>,
    /// Another lever that costs no more and brings no less, and one of both strictly; null where there is none.
    dominated_by: Option<String>,
    /// Of a shuttle, its round.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(with = "RoundJson"))]
    round: Option<RoundJson>,
}

/// A shuttle's round.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Round"))]
struct RoundJson {
    /// The stops in the order of the way out, one vehicle after the other.
    stops: Vec<StopJson>,
    /// Metres that all vehicles drive on a day, there and back.
    metres_a_day: u32,
    /// Seconds that they drive on a day.
    driven_s: u32,
    /// Whether no other choice or order of stops is better.
    proved: bool,
}

/// A stop of a shuttle.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Stop"))]
struct StopJson {
    /// The place.
    place: String,
    /// Which vehicle, from 1.
    vehicle: u32,
    /// Seconds on board to the site.
    out_s: u32,
    /// Seconds on board from the site.
    home_s: u32,
}

/// A set of levers.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "LeverSet"))]
struct StepJson {
    /// The levers, by identifier.
    levers: Vec<String>,
    /// What they cost together.
    cost_cents: u64,
    /// Whether a part of that is paid at most.
    cost_is_most: bool,
    /// What they bring.
    gain: GainJson,
    /// What there is then.
    tally: TallyJson,
    /// Whether no set that costs as much places more, and none that costs less as many.
    proved: bool,
    /// Places, by weight.
    placed: i64,
    /// The most that any set within as much could place, by weight.
    bound: i64,
    /// How far the one is from the other, in percent.
    gap_percent: f64,
}

/// The cheapest way to the goals.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "CheapestSet"))]
struct CheapestJson {
    /// A set that reaches them and places no fewer than today; null where none was found.
    set: Option<StepJson>,
    /// No set that reaches them costs less; null where none was found.
    at_least_cents: Option<u64>,
    /// Whether nothing cheaper does; without a set, whether none at all does.
    proved: bool,
}

/// The cheapest lever for a youth.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "Unlocked"))]
struct UnlockedJson {
    /// The youth's identifier.
    youth: String,
    /// In which programme.
    programme: String,
    /// The lever.
    lever: String,
    /// How many others it brings a place.
    others: u32,
}

/// The cheapest lever for one more group.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "FurtherGroup"))]
struct FurtherGroupJson {
    /// Of which programme.
    programme: String,
    /// The lever.
    lever: String,
    /// Groups more of it.
    groups: u32,
    /// Places more over all programmes.
    places: i64,
}

/// The answer as JSON.
pub fn levers_json<'a>(territory: &Territory, levers: impl Into<Levers<'a>>) -> LeversReport {
    let levers = levers.into();
    let (answer, keys) = (levers.answer, Keys { territory, levers });
    let scenarios = match levers.source {
        LeverSource::Scenarios(scenarios) => scenarios.iter().map(|one| one.key.clone()).collect(),
        _ => Vec::new(),
    };
    let goals = answer.question.goals.iter();
    LeversReport {
        schema: LEVERS_SCHEMA,
        audience: "interne",
        territory: territory.name().to_owned(),
        synthetic: matches!(territory.provenance(), Provenance::Synthetic { .. }),
        from: levers.source.word(),
        scenarios,
        budget_cents: answer.question.budget.map(Cents::get),
        goals: goals.map(|goal| keys.groups(goal.programme, i64::from(goal.groups))).collect(),
        today: keys.tally(&answer.today),
        decided: answer.decided.iter().map(|&site| territory.sites().key_of(site).to_owned()).collect(),
        levers: answer.singly.iter().map(|single| keys.single(single)).collect(),
        frontier: answer.frontier.iter().map(|step| keys.step(step)).collect(),
        cheapest: answer.cheapest.as_ref().map(|cheapest| keys.cheapest(cheapest)),
        unlocked: answer.unlocked.iter().map(|one| keys.unlocked(one)).collect(),
        further: answer.further.iter().map(|one| keys.further(one)).collect(),
    }
}

impl fmt::Display for LeversReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        document(self, f)
    }
}

impl LeverSource<'_> {
    /// The words of JSON.
    #[cfg(feature = "schemas")]
    pub(in crate::report) const WORDS: [&'static str; 3] = ["given", "catalogue", "scenarios"];

    pub(in crate::report) const fn word(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Catalogue => "catalogue",
            Self::Scenarios(_) => "scenarios",
        }
    }
}

struct Keys<'a> {
    territory: &'a Territory,
    levers: Levers<'a>,
}

impl Keys<'_> {
    fn programme(&self, id: ProgrammeId) -> String {
        self.territory.programmes().key_of(id).to_owned()
    }

    fn youth(&self, id: YouthId) -> String {
        self.territory.youths().key_of(id).to_owned()
    }

    fn lever(&self, lever: usize) -> String {
        self.levers.answer.levers[lever].key.to_string()
    }

    fn groups(&self, programme: ProgrammeId, groups: i64) -> GroupsJson {
        GroupsJson { programme: self.programme(programme), groups }
    }

    fn tally(&self, tally: &Tally) -> TallyJson {
        let of = tally.programmes.iter().map(|&(programme, groups, places)| ProgrammeTallyJson {
            programme: self.programme(programme),
            groups,
            places: places.get(),
        });
        TallyJson { places: tally.places.get(), programmes: of.collect() }
    }

    fn gain(&self, gain: &Gain) -> GainJson {
        let pairs = |pairs: &[(YouthId, ProgrammeId)]| {
            let pair = |&(youth, programme): &(YouthId, ProgrammeId)| PlacedJson {
                youth: self.youth(youth),
                programme: self.programme(programme),
            };
            pairs.iter().map(pair).collect()
        };
        GainJson {
            places: gain.places,
            groups: gain.groups.iter().map(|&(programme, groups)| self.groups(programme, groups)).collect(),
            placed: pairs(&gain.placed),
            lost: pairs(&gain.lost),
        }
    }

    fn single(&self, single: &Single) -> LeverJson {
        let lever = &self.levers.answer.levers[single.lever];
        let round = self.levers.answer.timetables[single.lever].as_ref();
        LeverJson {
            id: lever.key.to_string(),
            name: lever.name.clone(),
            kind: lever.change.kind(),
            cost_cents: single.price.total.get(),
            cost_is_most: single.price.is_most,
            origin: lever.origin.clone(),
            decider: lever.decider.as_str(),
            delay_weeks: lever.delay_weeks,
            gain: self.gain(&single.gain),
            places_at_most: single.most,
            cents_per_place: single.per_place().map(Cents::get),
            dominated_by: single.dominated_by.map(|by| self.lever(by)),
            round: round.map(RoundJson::of),
        }
    }

    fn step(&self, step: &Step) -> StepJson {
        let (bound, placed) = step.placed;
        StepJson {
            levers: step.levers.iter().map(|&lever| self.lever(lever)).collect(),
            cost_cents: step.cost.get(),
            cost_is_most: step.levers.iter().any(|&lever| self.levers.answer.prices[lever].is_most),
            gain: self.gain(&step.gain),
            tally: self.tally(&step.tally),
            proved: step.proved,
            placed,
            bound,
            gap_percent: hundredths(gap_percent(placed, bound)),
        }
    }

    fn cheapest(&self, cheapest: &Cheapest) -> CheapestJson {
        match cheapest {
            Cheapest::Never { proved } => CheapestJson { set: None, at_least_cents: None, proved: *proved },
            Cheapest::Set { step, at_least } => CheapestJson {
                set: Some(self.step(step)),
                at_least_cents: Some(at_least.get()),
                proved: *at_least >= step.cost,
            },
        }
    }

    fn unlocked(&self, one: &Unlocked) -> UnlockedJson {
        UnlockedJson {
            youth: self.youth(one.youth),
            programme: self.programme(one.programme),
            lever: self.lever(one.lever),
            others: one.others,
        }
    }

    fn further(&self, one: &FurtherGroup) -> FurtherGroupJson {
        FurtherGroupJson {
            programme: self.programme(one.programme),
            lever: self.lever(one.lever),
            groups: one.groups,
            places: one.places,
        }
    }
}

impl RoundJson {
    fn of(round: &Timetable) -> Self {
        let stops = round.stops.iter().map(|stop| StopJson {
            place: stop.place.to_string(),
            vehicle: stop.vehicle + 1,
            out_s: stop.out.get(),
            home_s: stop.home.get(),
        });
        Self {
            stops: stops.collect(),
            metres_a_day: round.distance.get(),
            driven_s: round.driven.get(),
            proved: round.proved,
        }
    }
}
