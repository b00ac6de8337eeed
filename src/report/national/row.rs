//! What is told of one territory among many: one line of every result, and what a run that goes on again finds done.

use super::super::json::level_word;
use crate::finding::{Finding, Lang};
use crate::questions::{Group, Moved, Situation, Survey};
use crate::reach::Reason;
use crate::territory::Density;
use crate::units::{Position, Seconds};
use serde::{Deserialize, Serialize};

/// Which territory it is.
///
/// ```
/// use maillage::report::{Basis, Identity, TerritoryRow};
///
/// let of = Identity { id: "tours", name: "Tours", position: None, class: None, basis: Basis::Own };
/// assert_eq!(TerritoryRow::not_found(&of).id(), "tours");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Identity<'a> {
    /// Its identifier.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Where its seat is.
    pub position: Option<Position>,
    /// How dense the communes are where most of its youths live; none where nobody said.
    pub class: Option<Density>,
    /// Why its communes are its own.
    pub basis: Basis,
}

/// Why communes are those of a territory.
///
/// ```
/// use maillage::report::Basis;
///
/// assert_ne!(Basis::NearestSeat, Basis::Perimeter);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub enum Basis {
    /// Its own folder says so.
    Own,
    /// A file of perimeters says so.
    Perimeter,
    /// Its seat is the nearest as the crow flies: an assumption.
    NearestSeat,
}

/// What came of a territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub(crate) enum Status {
    /// There is an answer.
    Answered,
    /// It can't be read: its findings say why.
    Broken,
    /// No plan was found that respects the decisions made.
    NotFound,
}

/// How dense the communes are where most youths live: INSEE's grid in three levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub(crate) enum Class {
    Dense,
    Intermediate,
    Rural,
}

impl From<Density> for Class {
    fn from(density: Density) -> Self {
        match density {
            Density::Dense => Self::Dense,
            Density::Intermediate => Self::Intermediate,
            Density::Rural => Self::Rural,
        }
    }
}

/// One territory of a national run.
///
/// ```
/// use maillage::report::{Basis, Identity, TerritoryRow};
///
/// let of = Identity { id: "tours", name: "Tours", position: None, class: None, basis: Basis::NearestSeat };
/// let kept = TerritoryRow::broken(&of, &[]).kept();
/// assert_eq!(TerritoryRow::again(&kept).map(|row| row.kept()), Some(kept));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "NationalTerritory"))]
pub struct TerritoryRow {
    /// Its identifier.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// Whether there is an answer.
    pub(crate) status: Status,
    /// How dense the communes are where most of its youths live; null: not classified.
    pub(crate) class: Option<Class>,
    /// Why its communes are its own; `nearest_seat` is an assumption.
    pub(crate) catchment: Basis,
    /// Longitude of its seat, in degrees.
    pub(crate) lon: Option<f64>,
    /// Latitude of its seat, in degrees.
    pub(crate) lat: Option<f64>,
    /// Youths and what they are offered; null without an answer.
    pub(crate) demand: Option<Demand>,
    /// Today; null without an answer.
    pub(crate) before: Option<Then>,
    /// After the change; null without one, where half-days are cut that nobody told, or where no plan was found then.
    pub(crate) after: Option<After>,
    /// What is wrong with it.
    pub(crate) findings: Vec<RowFinding>,
}

/// Youths and what they are offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "NationalDemand"))]
pub(crate) struct Demand {
    /// Youths in all.
    pub(crate) youths: u32,
    /// The seed of the draw, where the youths were drawn: nobody real; null where they are the structure's own.
    pub(crate) seed: Option<u64>,
    /// Programmes on offer.
    pub(crate) programmes: u32,
    /// Places that are wanted: a youth in two programmes twice.
    pub(crate) enrolled: u32,
    /// The travel limit one way, in seconds.
    pub(crate) limit_s: u32,
}

/// What is possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "NationalSituation"))]
pub(crate) struct Then {
    /// Groups in all.
    pub(crate) groups: u32,
    /// Places, by weight.
    pub(crate) placed: i64,
    /// No plan has more.
    pub(crate) bound: i64,
    /// Half-days a week that all sites are staffed for; null where nobody told.
    pub(crate) half_days: Option<u32>,
    /// Mean time of a trip, out or back, in seconds; null where nobody travels.
    pub(crate) trip_s: Option<u32>,
    /// Enrolments whose main reason for having no place is the way there or back.
    pub(crate) out_of_reach: u32,
    /// The reason that most of those without a place have; null where everybody has one.
    #[cfg_attr(feature = "schemas", schemars(with = "Option<super::super::words::Reason>"))]
    pub(crate) reason: Option<String>,
}

impl Then {
    /// Whether no plan has more places.
    pub(crate) const fn is_proved(&self) -> bool {
        self.placed == self.bound
    }

    pub(crate) fn reason(&self) -> Option<Reason> {
        Reason::ALL.into_iter().find(|reason| Some(reason.as_str()) == self.reason.as_deref())
    }
}

/// What is left after the change, and who gains and loses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "NationalAfter"))]
pub(crate) struct After {
    /// What is possible then.
    pub(crate) then: Then,
    /// Places that some have only then.
    pub(crate) gained: u32,
    /// Places that some had only before.
    pub(crate) lost: u32,
    /// The same by kinds of youths: each youth is of several.
    pub(crate) by: Vec<ByKind>,
}

/// A kind of youths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "NationalMoved"))]
pub(crate) struct ByKind {
    /// Which.
    pub(crate) kind: Kind,
    /// Places gained.
    pub(crate) gained: u32,
    /// Places lost.
    pub(crate) lost: u32,
}

/// How youths are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub(crate) enum Kind {
    Women,
    Men,
    /// On the first day of the programme.
    Minors,
    /// On the first day of the programme.
    Adults,
    /// With a vehicle of their own.
    Vehicle,
    /// Without one.
    NoVehicle,
}

impl Kind {
    pub(crate) const ALL: [Self; 6] =
        [Self::Women, Self::Men, Self::Minors, Self::Adults, Self::Vehicle, Self::NoVehicle];

    pub(crate) const fn group(self) -> Group {
        match self {
            Self::Women => Group::Women,
            Self::Men => Group::Men,
            Self::Minors => Group::Minors,
            Self::Adults => Group::Adults,
            Self::Vehicle => Group::Vehicle,
            Self::NoVehicle => Group::NoVehicle,
        }
    }
}

/// Something that a person should know of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "NationalFinding"))]
pub(crate) struct RowFinding {
    /// What kind of finding, as in `docs/findings.md`.
    pub(crate) code: String,
    /// How serious it is.
    pub(crate) level: String,
    /// The file; null when it is about none.
    pub(crate) file: Option<String>,
    /// The line, from 1; null when it is about none.
    pub(crate) line: Option<u32>,
    /// The column of a table, by its name as it stands in the file; null when it is about none.
    pub(crate) column: Option<String>,
    /// What is wrong, in French.
    pub(crate) what_fr: String,
    /// What is wrong, in English.
    pub(crate) what_en: String,
    /// What to do, in French.
    pub(crate) remedy_fr: String,
    /// What to do, in English.
    pub(crate) remedy_en: String,
}

impl RowFinding {
    fn of(finding: &Finding) -> Self {
        Self {
            code: finding.code.as_str().to_owned(),
            level: level_word(finding.level()).to_owned(),
            file: finding.source.file.as_deref().map(str::to_owned),
            line: finding.source.line,
            column: finding.source.column.as_deref().map(str::to_owned),
            what_fr: finding.what.fr.clone(),
            what_en: finding.what.en.clone(),
            remedy_fr: finding.remedy.fr.clone(),
            remedy_en: finding.remedy.en.clone(),
        }
    }

    /// `structures.csv:7`; nothing where it is about no file.
    pub(crate) fn place(&self) -> String {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => format!("{file}:{line}"),
            (Some(file), None) => file.clone(),
            (None, _) => String::new(),
        }
    }

    /// What to do.
    fn remedy(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.remedy_fr,
            Lang::En => &self.remedy_en,
        }
    }

    /// What is wrong.
    pub(crate) fn what(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.what_fr,
            Lang::En => &self.what_en,
        }
    }
}

impl TerritoryRow {
    /// A territory with an answer; `limit` is its travel limit.
    pub fn answered(of: &Identity<'_>, survey: &Survey, limit: Seconds) -> Self {
        Self {
            demand: Some(Demand {
                youths: survey.youths,
                seed: survey.seed,
                programmes: survey.programmes,
                enrolled: survey.enrolled,
                limit_s: limit.get(),
            }),
            before: Some(then(&survey.before)),
            after: survey.after.as_ref().map(|(there, moved)| after(there, moved)),
            ..Self::without(of, Status::Answered)
        }
    }

    /// A territory that can't be read.
    pub fn broken(of: &Identity<'_>, findings: &[Finding]) -> Self {
        Self { findings: findings.iter().map(RowFinding::of).collect(), ..Self::without(of, Status::Broken) }
    }

    /// A territory without any plan.
    pub fn not_found(of: &Identity<'_>) -> Self {
        Self::without(of, Status::NotFound)
    }

    fn without(of: &Identity<'_>, status: Status) -> Self {
        Self {
            id: of.id.to_owned(),
            name: of.name.to_owned(),
            status,
            class: of.class.map(Class::from),
            catchment: of.basis,
            lon: of.position.map(Position::lon),
            lat: of.position.map(Position::lat),
            demand: None,
            before: None,
            after: None,
            findings: Vec::new(),
        }
    }

    /// Its identifier.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Where its seat is.
    pub fn position(&self) -> Option<Position> {
        self.lon.zip(self.lat).and_then(|(lon, lat)| Position::new(lon, lat))
    }

    /// Groups, places and the bound on places of today, where there is an answer.
    pub fn today(&self) -> Option<(u32, i64, i64)> {
        self.before.as_ref().map(|then| (then.groups, then.placed, then.bound))
    }

    /// Places that are lost by the change, where there is one.
    pub fn lost(&self) -> Option<u32> {
        self.after.as_ref().map(|after| after.lost)
    }

    /// What is wrong with it, a sentence each: where, what, and what to do.
    pub fn findings(&self, lang: Lang) -> Vec<String> {
        let sentence = |finding: &RowFinding| {
            let place = [finding.code.clone(), finding.place(), finding.column.clone().unwrap_or_default()];
            let place: Vec<String> = place.into_iter().filter(|part| !part.is_empty()).collect();
            format!("{}: {} → {}", place.join(" "), finding.what(lang), finding.remedy(lang))
        };
        self.findings.iter().map(sentence).collect()
    }

    pub(super) fn first_finding(&self, lang: Lang) -> Option<String> {
        self.findings.first().map(|finding| finding.what(lang).to_owned())
    }

    /// The seed of the draw of its youths, where they were drawn.
    pub fn seed(&self) -> Option<u64> {
        self.demand.as_ref()?.seed
    }

    /// Whether it can't be read.
    pub fn is_broken(&self) -> bool {
        self.status == Status::Broken
    }

    /// What is kept of it until the run is over.
    pub fn kept(&self) -> String {
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    /// What was kept; none where that is not what [`TerritoryRow::kept`] wrote.
    pub fn again(kept: &str) -> Option<Self> {
        serde_json::from_str::<Self>(kept).ok().filter(|row| row.kept() == kept)
    }
}

fn then(situation: &Situation) -> Then {
    Then {
        groups: situation.groups,
        placed: situation.placed,
        bound: situation.bound,
        half_days: situation.half_days,
        trip_s: situation.trip.map(Seconds::get),
        out_of_reach: situation.out_of_reach,
        reason: situation.reason.map(|reason| reason.as_str().to_owned()),
    }
}

fn after(there: &Situation, moved: &Moved) -> After {
    let by = Kind::ALL.into_iter().filter_map(|kind| {
        let &(gained, lost) = moved.by_kind.get(&kind.group())?;
        Some(ByKind { kind, gained, lost })
    });
    After { then: then(there), gained: moved.gained, lost: moved.lost, by: by.collect() }
}
