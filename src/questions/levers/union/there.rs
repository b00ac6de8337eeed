//! The territory with everything that adds options, what each option needs there, and who reaches what by each way more.

use super::super::edits::{Applied, applied};
use super::super::rides::DriverRides;
use super::super::round::Timetable;
use super::super::worth::Price;
use super::gated::{Built, Gated};
use super::needs::{Way, ways};
use super::{Candidates, LeverIx, Role, role};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::plan::{Reached, pose_reached, reached, reached_in};
use crate::study::Study;
use crate::territory::{Edit, Lever, LeverChange, Territory};
use crate::units::{OptionId, ProgrammeId, Seconds, YouthId};
use std::collections::BTreeMap;

/// Who reaches what with one way more.
pub(super) struct Layer {
    pub(super) lever: LeverIx,
    pub(super) study: Study,
    pub(super) reached: Vec<Reached>,
}

/// A programme on other terms.
pub(super) struct Variant {
    pub(super) programme: ProgrammeId,
    pub(super) levers: Vec<LeverIx>,
    /// The territory with these terms; times and reach are those of the other.
    pub(super) terms: Territory,
}

/// The union while it is built.
pub(super) struct Building<'b, 's> {
    pub(super) levers: &'s [Lever],
    pub(super) rounds: &'b [Option<Timetable>],
    pub(super) rides: &'b [Vec<DriverRides>],
    /// With everything that adds options.
    pub(super) there: Study,
    /// For each option of that territory, the ways to have it.
    pub(super) ways: Vec<Vec<Way>>,
    /// The lever by which each youth of that territory is there.
    pub(super) brought: BTreeMap<YouthId, LeverIx>,
}

impl<'b, 's> Building<'b, 's> {
    pub(super) fn new(
        study: &'s Study,
        levers: &'s [Lever],
        (rounds, rides): (&'b [Option<Timetable>], &'b [Vec<DriverRides>]),
        control: &Control<'_>,
    ) -> Result<Self, Error> {
        let base = study.territory();
        let lever =
            |at: LeverIx| Applied { takes_away: false, ..Applied::whole(&levers[at], rounds[at].as_ref()) };
        let edits = applied(base, of_role(levers, Role::Options).map(lever))?;
        let there = study.what_if(&edits, control)?;
        let ways = ways(base, there.territory(), levers);
        let each = of_role(levers, Role::Options).map(|at| (at, lever(at)));
        let brought = brought(base, there.territory(), each);
        Ok(Self { levers, rounds, rides, there, ways, brought })
    }

    /// Who reaches what without any lever that adds ways, then with each.
    pub(super) fn layers(&self, today: &[Reached], control: &Control<'_>) -> Result<Vec<Layer>, Error> {
        let one = |at: LeverIx| -> Result<Layer, Error> {
            let lever = Applied::whole(&self.levers[at], self.rounds[at].as_ref());
            let study = self.there.what_if(&lever.edits(self.there.territory()), control)?;
            let reached =
                changed(study.territory(), &study, (&self.there, today), |territory, study, youth| {
                    reached(territory, study.reach(), youth)
                });
            Ok(Layer { lever: at, study, reached })
        };
        let levers: Vec<LeverIx> = of_role(self.levers, Role::Ways).collect();
        control.each(Stage::Questions, BATCH, &levers, || (), |(), &at| one(at))?.into_iter().collect()
    }

    /// Each programme on all other terms that levers offer, of as many levers together as are few enough.
    pub(super) fn variants(&self) -> Result<Vec<Variant>, Error> {
        let territory = self.there.territory();
        let mut variants = Vec::new();
        for (programme, spec) in territory.programmes().iter() {
            let about = |at: &LeverIx| match &self.levers[*at].change {
                LeverChange::Remote { programme, .. } | LeverChange::LongerLimit { programme, .. } => {
                    *programme == spec.key
                }
                _ => false,
            };
            let own: Vec<LeverIx> = of_role(self.levers, Role::Terms).filter(about).collect();
            for levers in together(&own) {
                let lever = |&at: &LeverIx| Applied::whole(&self.levers[at], None);
                let terms = territory.edit(&applied(territory, levers.iter().map(lever))?)?.0;
                variants.push(Variant { programme, levers, terms });
            }
        }
        Ok(variants)
    }

    pub(super) fn build(
        &self,
        today: &[Reached],
        layers: &[Layer],
        variants: &[Variant],
        prices: &[Price],
        candidates: Candidates<'_>,
    ) -> Built {
        let variants: Vec<Reaching<'_>> =
            variants.iter().map(|v| Reaching::of(v, &self.there, layers)).collect();
        let union = (0..today.len()).map(|y| {
            let all = layers.iter().map(|layer| &layer.reached[y]).chain([&today[y]]);
            let on_terms =
                variants.iter().flat_map(|v| v.layers.iter().chain([&v.today]).map(|reached| &reached[y]));
            let all = all.chain(on_terms).flatten();
            quickest(all.filter(|(o, _)| !self.ways[o.index()].is_empty()).copied())
        });
        let posed = pose_reached(self.there.territory(), union.collect());
        let mut gated = Gated::new(self, posed, prices, candidates);
        gated.weigh_newcomers();
        gated.arcs(today, layers);
        gated.options();
        for (at, variant) in variants.iter().enumerate() {
            gated.vary((at, variant), layers);
        }
        gated.limits();
        gated.lifts(&variants);
        gated.finish(candidates)
    }
}

/// The youths whom each lever brings.
fn brought<'a>(
    base: &Territory,
    there: &Territory,
    levers: impl Iterator<Item = (LeverIx, Applied<'a>)>,
) -> BTreeMap<YouthId, LeverIx> {
    let mut brought = BTreeMap::new();
    for (at, lever) in levers {
        let edits = lever.edits(base);
        let keys = edits
            .iter()
            .filter_map(|edit| if let Edit::PutYouth(youth) = edit { Some(&youth.key) } else { None });
        brought.extend(keys.filter_map(|key| Some((there.youths().find(key)?, at))));
    }
    brought
}

fn of_role(levers: &[Lever], wanted: Role) -> impl Iterator<Item = LeverIx> + '_ {
    (0..levers.len()).filter(move |&at| role(&levers[at].change) == wanted)
}

/// Sets of levers of one programme that are tried: all where they are few, else each alone and all pairs.
fn together(levers: &[LeverIx]) -> Vec<Vec<LeverIx>> {
    let most = if levers.len() <= 4 { levers.len() } else { 2 };
    let sets = (1u32..1 << levers.len().min(MOST_TERMS)).filter(|set| set.count_ones() as usize <= most);
    let chosen = |set: u32| (0..levers.len()).filter(|at| set >> at & 1 == 1).map(|at| levers[at]).collect();
    sets.map(chosen).collect()
}

/// Most levers that say who may come to one programme.
const MOST_TERMS: usize = 12;
/// Levers tried between two looks at whoever waits.
const BATCH: usize = 4;

/// Who reaches a programme on other terms, today and with each way more.
pub(super) struct Reaching<'v> {
    pub(super) variant: &'v Variant,
    pub(super) today: Vec<Reached>,
    pub(super) layers: Vec<Vec<Reached>>,
}

impl<'v> Reaching<'v> {
    fn of(variant: &'v Variant, there: &Study, layers: &[Layer]) -> Self {
        let own = |terms: &Territory, study: &Study, youth: YouthId| match terms.youths()[youth]
            .programmes
            .contains(&variant.programme)
        {
            true => reached_in(terms, study.reach(), youth, variant.programme),
            false => Reached::new(),
        };
        let terms = &variant.terms;
        let today: Vec<Reached> = terms.youths().ids().map(|youth| own(terms, there, youth)).collect();
        let with = |layer: &Layer| changed(terms, &layer.study, (there, &today), own);
        let layers = layers.iter().map(with).collect();
        Self { variant, today, layers }
    }
}

/// Who reaches what by the trips of a study, on the terms of a territory: as in another one for those whose trips are the same.
fn changed(
    terms: &Territory,
    study: &Study,
    (other, known): (&Study, &[Reached]),
    reached: impl Fn(&Territory, &Study, YouthId) -> Reached,
) -> Vec<Reached> {
    let of = |(youth, known): (YouthId, &Reached)| {
        let same = study.reach().is_same_for(other.reach(), youth);
        if same { known.clone() } else { reached(terms, study, youth) }
    };
    terms.youths().ids().zip(known).map(of).collect()
}

/// Who reaches what by the trips of a study, on the terms of a territory.
pub(super) fn everybody(territory: &Territory, study: &Study) -> Vec<Reached> {
    territory.youths().ids().map(|youth| reached(territory, study.reach(), youth)).collect()
}

/// The least time to each option, ascending.
fn quickest(all: impl Iterator<Item = (OptionId, Seconds)>) -> Reached {
    let mut least: Reached = all.collect();
    least.sort_unstable();
    least.dedup_by_key(|(option, _)| *option);
    least
}
