//! Two territories under the same programmes, as a page for a terminal and as JSON.

use super::Audience;
use super::json::{document, placed_tier};
use super::language::Obstacle;
use super::language::territories::{InTold, TerritoriesSentences, of};
use super::names;
use super::shown::Count;
use super::terminal::Page;
use crate::finding::Lang;
use crate::groups::Proof;
use crate::plan::Bind;
use crate::questions::{InTerritory, Under};
use crate::territory::Provenance;
use serde::Serialize;
use std::fmt;

/// The version of the schema of two territories.
pub const TERRITORIES_SCHEMA: &str = "maillage/compare-territories/1";

/// Two territories under the same programmes, as a page of at most 100 columns; for [`Audience::Partage`] in bands.
pub fn territories_text(both: [&Under; 2], audience: Audience, lang: Lang) -> String {
    let (say, mut page) = (of(lang), Page::default());
    let sides = both.map(|under| Side { under, audience, say, all: under.programmes() });
    page.title(&say.territories_title(sides[0].name(), sides[1].name()));
    let exact = audience == Audience::Interne;
    page.paragraph(0, "", if exact { say.internal() } else { say.territories_shared() });
    for side in &sides {
        if let Provenance::Synthetic(synthesis) = side.under.study.territory().provenance() {
            page.paragraph(
                0,
                "",
                &format!("{}{} {}", side.name(), say.colon(), say.synthetic(synthesis.seed)),
            );
        }
    }
    page.heading(say.territories_in_all());
    for side in &sides {
        page.paragraph(2, "- ", &side.in_all());
    }
    for at in 0..sides[0].all.len() {
        let Some(told) = sides[1].all.get(at).map(|_| [0, 1].map(|side: usize| sides[side].told(at))) else {
            continue;
        };
        page.heading(sides[0].programme(at));
        told.iter().for_each(|one| page.paragraph(2, "- ", &say.in_territory(one)));
        if told.iter().all(|one| one.enrolled != (0, 0)) {
            page.paragraph(2, "- ", &say.why([&told[0], &told[1]]));
        }
    }
    page.heading(say.territories_rests_on());
    say.territories_rest().iter().for_each(|line| page.paragraph(2, "- ", line));
    page.finish()
}

/// That two territories are compared by themselves, without a scenario.
pub fn two_territories_alone(more: &str, lang: Lang) -> String {
    of(lang).two_territories_alone(more)
}

struct Side<'a> {
    under: &'a Under,
    audience: Audience,
    say: &'static dyn TerritoriesSentences,
    all: Vec<InTerritory>,
}

impl<'a> Side<'a> {
    /// Without what stands in parentheses.
    fn name(&self) -> &'a str {
        names::short(self.under.study.territory())
    }

    fn is_exact(&self) -> bool {
        self.audience == Audience::Interne
    }

    fn count(&self, n: u32) -> (u32, u32) {
        Count::of(n, self.audience, self.under.study.territory().rules().threshold).both()
    }

    fn programme(&self, at: usize) -> &str {
        let territory = self.under.study.territory();
        let id = territory.programmes().find(&self.all[at].programme);
        id.map_or("", |id| names::programme(territory, id))
    }

    /// To anybody, what binds is told of programmes without a group alone: that nothing does says that everybody has a place.
    fn binds(&self, one: &InTerritory) -> Option<Bind> {
        one.binds.filter(|&bind| self.is_exact() || (one.groups == 0 && bind != Bind::Ages))
    }

    fn in_all(&self) -> String {
        let (placed, enrolled) = (self.under.places().get(), self.under.enrolled().get());
        let most = placed_tier(&self.under.plan.tiers).filter(|tier| tier.proof == Proof::Bounded);
        let share = self.is_exact().then(|| percent(placed, enrolled));
        let most = most.map(|tier| tier.bound);
        self.say.places_of_enrolled(self.name(), self.count(placed), self.count(enrolled), share, most)
    }

    fn told(&self, at: usize) -> InTold<'a> {
        let (one, territory) = (&self.all[at], self.under.study.territory());
        let limit = territory.programmes().find(&one.programme).map(|id| territory.limit_of(id));
        let out: u32 = one.reasons.iter().map(|reason| reason.1).sum();
        let reason = one.reasons.first().filter(|_| self.is_exact()).zip(limit);
        let bind = self.binds(one).map(|bind| self.say.obstacle(Obstacle { bind, hours_too: false }));
        InTold {
            name: self.name(),
            groups: one.groups,
            placed: self.count(one.placed.get()),
            enrolled: self.count(one.enrolled.get()),
            percent: self.is_exact().then(|| percent(one.placed.get(), one.enrolled.get())),
            at_once: self.count(one.most_at_once.get()),
            min: one.min,
            trip: one.trip.filter(|_| self.is_exact()),
            binds: bind,
            reason: reason.map(|(&(reason, n), limit)| (self.say.reason(reason, limit), percent(n, out))),
        }
    }
}

/// Of a hundred, to the nearest, halves up.
fn percent(n: u32, of: u32) -> u32 {
    let of = u64::from(of.max(1));
    u32::try_from((u64::from(n) * 200 + of) / (2 * of)).unwrap_or(u32::MAX)
}

#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(rename = "CompareTerritories", description = "Two territories under the same programmes.")
)]
/// Two territories under the same programmes, as JSON. `to_string` gives the document.
///
/// ```
/// use maillage::questions::under_programmes_of;
/// use maillage::report::{Audience, TerritoriesReport, territories_json};
/// # use maillage::{Control, groups::Limits, read};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let valley = &opened.territory;
/// # let under = under_programmes_of(valley, valley, opened.providers(), &Limits::default(), &Control::none())?.expect("a plan");
/// let document: TerritoriesReport = territories_json([&under, &under], Audience::Interne);
/// assert!(document.to_string().contains("maillage/compare-territories/1"));
/// # Ok::<(), maillage::Error>(())
/// ```
pub struct TerritoriesReport {
    /// The schema that the document is of.
    #[cfg_attr(feature = "schemas", schemars(extend("const" = TERRITORIES_SCHEMA)))]
    schema: &'static str,
    /// `interne`: exact; `partage`: numbers of youths in bands.
    audience: &'static str,
    /// The first, whose programmes hold, and the second.
    territories: [TerritoryJson; 2],
}

/// A territory.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "ComparedTerritory"))]
struct TerritoryJson {
    /// Its name.
    name: String,
    /// Whether its youths are drawn: nobody real.
    synthetic: bool,
    /// Places, a youth in two programmes twice.
    places: BandJson,
    /// No plan has more places, by weight; null in what may be shown.
    bound: Option<i64>,
    /// Enrolments.
    enrolled: BandJson,
    /// The programmes, in the order of their identifiers.
    programmes: Vec<InJson>,
}

/// A number; in what may be shown, a band.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "TerritoryCount"))]
struct BandJson {
    /// The least.
    from: u32,
    /// The most.
    to: u32,
}

/// A programme in a territory.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "InTerritory"))]
struct InJson {
    /// The programme, by identifier.
    programme: String,
    /// Its name.
    name: String,
    /// Groups.
    groups: u32,
    /// Youths in them.
    placed: BandJson,
    /// Youths enrolled.
    enrolled: BandJson,
    /// The most who could come to one place at one time.
    most_at_once: BandJson,
    /// Fewest members of a group.
    min: u32,
    /// What stands in the way of a further group, as in `maillage/plan/1`; null where nothing does.
    binds: Option<&'static str>,
    /// Why those without a place have none, the commonest first; null in what may be shown.
    reasons: Option<Vec<WhyJson>>,
    /// Mean time of a trip, out or back; null where nobody travels, and in what may be shown.
    trip_s: Option<u32>,
}

/// A reason and how many it is the main one of.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "TerritoryReason"))]
struct WhyJson {
    /// The word, as in `maillage/plan/1`.
    reason: &'static str,
    /// How many youths.
    youths: u32,
}

/// Two territories as JSON; for [`Audience::Partage`] in bands.
pub fn territories_json(both: [&Under; 2], audience: Audience) -> TerritoriesReport {
    TerritoriesReport {
        schema: TERRITORIES_SCHEMA,
        audience: audience.as_str(),
        territories: both.map(|under| {
            let side = Side { under, audience, say: of(Lang::En), all: under.programmes() };
            side.json()
        }),
    }
}

impl Side<'_> {
    fn band(&self, n: u32) -> BandJson {
        let (from, to) = self.count(n);
        BandJson { from, to }
    }

    fn json(&self) -> TerritoryJson {
        let territory = self.under.study.territory();
        let bound = placed_tier(&self.under.plan.tiers).map(|tier| tier.bound);
        TerritoryJson {
            name: self.name().to_owned(),
            synthetic: matches!(territory.provenance(), Provenance::Synthetic { .. }),
            places: self.band(self.under.places().get()),
            bound: bound.filter(|_| self.is_exact()),
            enrolled: self.band(self.under.enrolled().get()),
            programmes: (0..self.all.len()).map(|at| self.programme_json(at)).collect(),
        }
    }

    fn programme_json(&self, at: usize) -> InJson {
        let one = &self.all[at];
        let reasons = one.reasons.iter().map(|&(reason, youths)| WhyJson { reason: reason.as_str(), youths });
        InJson {
            programme: one.programme.to_string(),
            name: self.programme(at).to_owned(),
            groups: one.groups,
            placed: self.band(one.placed.get()),
            enrolled: self.band(one.enrolled.get()),
            most_at_once: self.band(one.most_at_once.get()),
            min: one.min,
            binds: self.binds(one).map(super::json::bind_word),
            reasons: self.is_exact().then(|| reasons.collect()),
            trip_s: one.trip.filter(|_| self.is_exact()).map(|trip| trip.get()),
        }
    }
}

impl fmt::Display for TerritoriesReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        document(self, f)
    }
}
