//! One problem for all levers: a territory in which everything that a lever adds is there, behind the lever's gate.
//!
//! Levers of four kinds meet in it. Some add options (a half-day, sites in turn, youths who come): an option that is
//! only there with a lever needs its gate. Some add ways to come (a shuttle, a loan, a coach): each is tried by
//! itself on top of all options, and an arc that is only there with it goes through its gate, which has a capacity
//! where vehicles or seats are counted. Some say who may come (a longer limit, sessions by video): the programme's options stand
//! once more behind their gates, with all who can come then. Some loosen limits (rooms, advisers, minima). A trip that
//! two ways would only make together is left out, a caution. What a lever takes away stays behind a gate
//! that nobody can open together with the lever's.

use super::edits::{Applied, Whom, applied};
use super::round::Timetable;
use super::worth::Price;
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::groups::{
    Arc, Capacity, CapacityKind, Gate, GateIx, GateLimit, OptionIx, OptionSpec, Post, PostIx, Problem, Team,
    Tier,
};
use crate::plan::{Offer, Posed, Reached, pose_reached, reached};
use crate::study::Study;
use crate::territory::{Adviser, Edit, Lever, LeverChange, Meeting, ProgrammeOption, SiteStatus, Territory};
use crate::units::{OptionId, ProgrammeId, Seconds, SiteId, YouthId};
use std::collections::{BTreeMap, BTreeSet};

/// The position of a lever in the list asked about.
pub(super) type LeverIx = usize;

/// A study, levers, and the problem in which they are gates.
pub(super) struct Union<'s> {
    pub(super) study: &'s Study,
    pub(super) levers: &'s [Lever],
    pub(super) rounds: Vec<Option<Timetable>>,
    pub(super) prices: Vec<Price>,
    /// Everything that levers add is there.
    pub(super) territory: Territory,
    pub(super) posed: Posed,
    pub(super) problem: Problem,
    /// The gate of each lever; none for one that changes nothing, or is asked about otherwise.
    pub(super) gates: Vec<Option<GateIx>>,
    /// For a copy of an option, the option.
    pub(super) copies: Vec<OptionIx>,
}

/// What a lever does to the problem.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Opens a candidate site, which has a gate already.
    Site,
    /// Adds options, or youths.
    Options,
    /// Adds ways to come.
    Ways,
    /// Says who may come to a programme's groups.
    Terms,
    /// Loosens limits.
    Limits,
    /// Is no gate: a cut, or lifts that depend on who is in a group.
    Alone,
}

pub(super) fn role(change: &LeverChange) -> Role {
    match change {
        LeverChange::OpenSite { .. } => Role::Site,
        LeverChange::OpenSlots { .. }
        | LeverChange::MoveSlot { .. }
        | LeverChange::AddSlots { .. }
        | LeverChange::Alternate { .. }
        | LeverChange::Wait { .. }
        | LeverChange::Exchange { .. } => Role::Options,
        LeverChange::Shuttle(_)
        | LeverChange::Lend { .. }
        | LeverChange::Volunteers { .. }
        | LeverChange::Trips(_)
        | LeverChange::OpenCircuit { .. }
        | LeverChange::OnDemand(_)
        | LeverChange::Stay { .. } => Role::Ways,
        LeverChange::Remote { .. } | LeverChange::LongerLimit { .. } => Role::Terms,
        LeverChange::AddRooms { .. }
        | LeverChange::AddAdviser { .. }
        | LeverChange::SendAdviser { .. }
        | LeverChange::SmallerMinimum { .. }
        | LeverChange::Split { .. } => Role::Limits,
        LeverChange::CloseSite { .. }
        | LeverChange::CloseSites { .. }
        | LeverChange::FewerHalfDays { .. }
        | LeverChange::ShareLifts { .. } => Role::Alone,
    }
}

/// Most placements that come by a lever.
fn capacity(change: &LeverChange) -> Option<u32> {
    match change {
        LeverChange::Shuttle(shuttle) => Some(shuttle.carries()),
        LeverChange::Lend { count, .. } => Some(*count),
        LeverChange::Volunteers { places, .. } | LeverChange::Stay { places, .. } => Some(*places),
        _ => None,
    }
}

impl<'s> Union<'s> {
    pub(super) fn new(
        study: &'s Study,
        levers: &'s [Lever],
        rounds: Vec<Option<Timetable>>,
        prices: Vec<Price>,
        control: &Control<'_>,
    ) -> Result<Self, Error> {
        let building = Building::new(study, levers, &rounds, control)?;
        let layers = building.layers(control)?;
        let Built { posed, problem, gates, copies } = building.build(&layers, &building.variants()?, &prices);
        Ok(Self {
            study,
            territory: building.there.territory().clone(),
            levers,
            rounds,
            prices,
            posed,
            problem,
            gates,
            copies,
        })
    }

    /// The problem in which only these levers can be used.
    pub(super) fn with_only(&self, usable: impl Fn(LeverIx) -> bool) -> Problem {
        let mut shut = vec![false; self.problem.gates.len()];
        for (lever, gate) in self.gates.iter().enumerate() {
            if let Some(gate) = gate {
                shut[*gate as usize] = !usable(lever);
            }
        }
        without(&self.problem, &shut)
    }

    /// The levers whose gates are open.
    pub(super) fn used(&self, gates: &[GateIx]) -> Vec<LeverIx> {
        let open = |gate: &Option<GateIx>| gate.is_some_and(|g| gates.binary_search(&g).is_ok());
        (0..self.levers.len()).filter(|&lever| open(&self.gates[lever])).collect()
    }

    /// A lever with what is known of it.
    pub(super) fn applied<'a>(&'a self, lever: LeverIx, whom: Whom<'a>) -> Applied<'a> {
        Applied { lever: &self.levers[lever], round: self.rounds[lever].as_ref(), whom, takes_away: true }
    }
}

/// The problem without what needs a gate that is shut.
fn without(problem: &Problem, shut: &[bool]) -> Problem {
    let is_shut = |g: &GateIx| shut[*g as usize];
    let mut problem = problem.clone();
    for option in &mut problem.options {
        if option.gates.iter().any(is_shut) {
            option.max_groups = 0;
        }
        option.lower_min = option.lower_min.filter(|(g, _)| !is_shut(g));
    }
    let closed: Vec<bool> = problem.options.iter().map(|o| o.max_groups == 0).collect();
    for youth in &mut problem.youths {
        youth.arcs.retain(|arc| !closed[arc.option as usize] && !arc.gate.is_some_and(|g| is_shut(&g)));
    }
    for capacity in &mut problem.capacities {
        capacity.extra.retain(|(g, _)| !is_shut(g));
    }
    problem
}

/// Who reaches what with one way more.
struct Layer {
    lever: LeverIx,
    study: Study,
    reached: Vec<Reached>,
}

/// A programme on other terms.
struct Variant {
    programme: ProgrammeId,
    levers: Vec<LeverIx>,
    /// The territory with these terms; times and reach are those of the other.
    terms: Territory,
}

/// The union while it is built.
struct Building<'b, 's> {
    levers: &'s [Lever],
    rounds: &'b [Option<Timetable>],
    /// With everything that adds options.
    there: Study,
    /// For each option of that territory, the levers that it needs; none when it can't be had by single levers.
    needs: Vec<Option<Needs>>,
    /// Levers that each youth of that territory is there by.
    brought: Vec<Option<LeverIx>>,
}

/// What an option needs.
#[derive(Clone, Default)]
struct Needs {
    /// All of these.
    all: Vec<LeverIx>,
    /// One of these.
    one: Vec<LeverIx>,
    /// None of these.
    none: Vec<LeverIx>,
}

/// What is built.
struct Built {
    posed: Posed,
    problem: Problem,
    gates: Vec<Option<GateIx>>,
    copies: Vec<OptionIx>,
}

fn offers(territory: &Territory) -> BTreeSet<Offer> {
    territory.options().iter().map(offer).collect()
}

fn offer(option: &ProgrammeOption) -> Offer {
    let ProgrammeOption { programme, venue, slots, start, .. } = option;
    Offer { programme: *programme, venue: venue.clone(), slots: slots.clone(), start: *start }
}

impl<'b, 's> Building<'b, 's> {
    fn new(
        study: &'s Study,
        levers: &'s [Lever],
        rounds: &'b [Option<Timetable>],
        control: &Control<'_>,
    ) -> Result<Self, Error> {
        let adding: Vec<LeverIx> = of_role(levers, Role::Options).collect();
        let lever = |at: LeverIx, takes_away| Applied {
            lever: &levers[at],
            round: rounds[at].as_ref(),
            whom: Whom::All,
            takes_away,
        };
        let base = study.territory();
        let with = |some: &[LeverIx], takes_away: bool| -> Result<Vec<Edit>, Error> {
            applied(base, some.iter().map(|&at| lever(at, takes_away)))
        };
        let there = study.what_if(&with(&adding, false)?, control)?;
        let today = offers(base);
        let mut needs: Vec<Needs> = vec![Needs::default(); there.territory().options().len()];
        let mut brought = vec![None; there.territory().youths().rows()];
        let here: Vec<Offer> = there.territory().options().iter().map(offer).collect();
        for &at in &adding {
            let others: Vec<LeverIx> = adding.iter().copied().filter(|&other| other != at).collect();
            let without = base.edit(&with(&others, false)?)?.0;
            let alone = base.edit(&with(&[at], false)?)?.0;
            let after = base.edit(&with(&[at], true)?)?.0;
            let (left, single, after) = (offers(&without), offers(&alone), offers(&after));
            for (needs, offer) in needs.iter_mut().zip(&here) {
                match (left.contains(offer), today.contains(offer)) {
                    (false, _) => needs.all.push(at),
                    (true, false) if single.contains(offer) => needs.one.push(at),
                    (true, true) if !after.contains(offer) => needs.none.push(at),
                    _ => {}
                }
            }
            let newcomers = alone.youths().ids().filter(|&id| base.youths().get(id).is_none());
            let keys = newcomers.map(|id| alone.youths()[id].key.clone());
            for id in keys.filter_map(|key| there.territory().youths().find(&key)) {
                brought[id.index()] = Some(at);
            }
        }
        let had = |(needs, offer): (Needs, &Offer)| {
            let known = today.contains(offer) || !needs.all.is_empty() || !needs.one.is_empty();
            known.then_some(needs)
        };
        let needs = needs.into_iter().zip(&here).map(had).collect();
        Ok(Self { levers, rounds, there, needs, brought })
    }

    /// Who reaches what without any lever that adds ways, then with each.
    fn layers(&self, control: &Control<'_>) -> Result<Vec<Layer>, Error> {
        let one = |at: LeverIx| -> Result<Layer, Error> {
            let round = self.rounds[at].as_ref();
            let lever = Applied { lever: &self.levers[at], round, whom: Whom::All, takes_away: true };
            let study = self.there.what_if(&lever.edits(self.there.territory()), control)?;
            let reached = everybody(study.territory(), &study);
            Ok(Layer { lever: at, study, reached })
        };
        let levers: Vec<LeverIx> = of_role(self.levers, Role::Ways).collect();
        control.each(Stage::Questions, BATCH, &levers, || (), |(), &at| one(at))?.into_iter().collect()
    }

    /// Each programme on all other terms that levers offer, of as many levers together as are few enough.
    fn variants(&self) -> Result<Vec<Variant>, Error> {
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
                let lever = |&at: &LeverIx| Applied {
                    lever: &self.levers[at],
                    round: None,
                    whom: Whom::All,
                    takes_away: true,
                };
                let terms = territory.edit(&applied(territory, levers.iter().map(lever))?)?.0;
                variants.push(Variant { programme, levers, terms });
            }
        }
        Ok(variants)
    }

    fn build(&self, layers: &[Layer], variants: &[Variant], prices: &[Price]) -> Built {
        let today = everybody(self.there.territory(), &self.there);
        let variants: Vec<Reaching<'_>> =
            variants.iter().map(|v| Reaching::of(v, &self.there, layers)).collect();
        let union = (0..today.len()).map(|y| {
            let all = layers.iter().map(|layer| &layer.reached[y]).chain([&today[y]]);
            let on_terms =
                variants.iter().flat_map(|v| v.layers.iter().chain([&v.today]).map(|reached| &reached[y]));
            let all = all.chain(on_terms).flatten();
            quickest(all.filter(|(o, _)| self.needs[o.index()].is_some()).copied())
        });
        let posed = pose_reached(self.there.territory(), union.collect());
        let mut gated = Gated::new(self, posed, prices);
        gated.weigh_newcomers();
        gated.arcs(&today, layers);
        gated.options();
        variants.iter().for_each(|variant| gated.vary(variant, layers));
        gated.limits();
        gated.finish()
    }
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
struct Reaching<'v> {
    variant: &'v Variant,
    today: Vec<Reached>,
    layers: Vec<Vec<Reached>>,
}

impl<'v> Reaching<'v> {
    fn of(variant: &'v Variant, there: &Study, layers: &[Layer]) -> Self {
        let own = |study: &Study| {
            let mut all = everybody(&variant.terms, study);
            let is_own = |option: OptionId| variant.terms.option(option).programme == variant.programme;
            all.iter_mut().for_each(|reached| reached.retain(|&(option, _)| is_own(option)));
            all
        };
        Self { variant, today: own(there), layers: layers.iter().map(|layer| own(&layer.study)).collect() }
    }
}

/// Who reaches what by the trips of a study, on the terms of a territory.
fn everybody(territory: &Territory, study: &Study) -> Vec<Reached> {
    territory.youths().ids().map(|youth| reached(territory, study.reach(), youth)).collect()
}

/// The least time to each option, ascending.
fn quickest(all: impl Iterator<Item = (OptionId, Seconds)>) -> Reached {
    let mut least: Reached = all.collect();
    least.sort_unstable();
    least.dedup_by_key(|(option, _)| *option);
    least
}

/// The problem, as gates are put into it.
struct Gated<'g, 'b, 's> {
    building: &'g Building<'b, 's>,
    posed: Posed,
    problem: Problem,
    gates: Vec<Option<GateIx>>,
    /// The gate that is open only while a lever is not used.
    unused: BTreeMap<LeverIx, GateIx>,
    copies: Vec<OptionIx>,
    /// Copies on other terms.
    varied: BTreeSet<OptionIx>,
}

impl<'g, 'b, 's> Gated<'g, 'b, 's> {
    fn new(building: &'g Building<'b, 's>, posed: Posed, prices: &[Price]) -> Self {
        let mut problem = posed.problem.clone();
        problem.tiers = vec![Tier::Placed, Tier::Cost];
        // How many candidates a plan may open is another question: here each is a lever.
        problem.gate_limits.clear();
        // What is asked is what levers cost, not groups.
        problem.options.iter_mut().for_each(|option| option.cost = 0);
        let mut gates = vec![None; building.levers.len()];
        let candidate = |site: &SiteId| posed.gates.iter().position(|s| s == site).map(|g| g as GateIx);
        for (at, lever) in building.levers.iter().enumerate() {
            let cost = prices[at].total.get();
            gates[at] = match &lever.change {
                LeverChange::OpenSite { site, .. } => {
                    let gate = building.there.territory().sites().find(site).and_then(|s| candidate(&s));
                    gate.map(|g| {
                        // A second lever that opens the same site has a gate of its own.
                        let g = if gates.contains(&Some(g)) { another(&mut problem) } else { g };
                        problem.gates[g as usize].cost = cost;
                        g
                    })
                }
                change if role(change) == Role::Alone => None,
                change => {
                    problem.gates.push(Gate { cost, capacity: capacity(change) });
                    Some(problem.gates.len() as GateIx - 1)
                }
            };
        }
        let copies = (0..problem.options.len() as OptionIx).collect();
        Self { building, posed, problem, gates, unused: BTreeMap::new(), copies, varied: BTreeSet::new() }
    }

    fn territory(&self) -> &'g Territory {
        self.building.there.territory()
    }

    fn gate(&self, lever: LeverIx) -> Option<GateIx> {
        self.gates[lever]
    }

    /// The gate that excludes a lever's: it stands for things as they are today.
    fn unless(&mut self, lever: LeverIx) -> GateIx {
        if let Some(&gate) = self.unused.get(&lever) {
            return gate;
        }
        let gate = self.problem.gates.len() as GateIx;
        self.problem.gates.push(Gate { cost: 0, capacity: None });
        if let Some(own) = self.gates[lever] {
            self.problem.gate_limits.push(GateLimit { gates: vec![own, gate], limit: 1 });
        }
        self.unused.insert(lever, gate);
        gate
    }

    /// Those who come by a lever count nothing: they help others.
    fn weigh_newcomers(&mut self) {
        for (y, id) in self.posed.youths.iter().enumerate() {
            if self.building.brought[id.index()].is_some() {
                self.problem.youths[y].weight = 0;
            }
        }
    }

    /// Who comes by what.
    fn arcs(&mut self, today: &[Reached], layers: &[Layer]) {
        let twins = self.twins();
        let ways: Vec<(LeverIx, &[Reached])> =
            layers.iter().map(|l| (l.lever, l.reached.as_slice())).collect();
        for y in 0..self.problem.youths.len() {
            let mut own = self.arcs_of(y, &today[y], &ways, &twins);
            own.sort_unstable_by_key(|arc| (arc.option, arc.gate, arc.time));
            own.dedup_by_key(|arc| (arc.option, arc.gate));
            self.problem.youths[y].arcs = own;
        }
    }

    /// A programme's options once more, on the terms of a variant, behind its gates.
    fn vary(&mut self, on: &Reaching<'_>, layers: &[Layer]) {
        let gates: Vec<GateIx> = on.variant.levers.iter().filter_map(|&lever| self.gate(lever)).collect();
        let mut twins: BTreeMap<OptionId, Vec<OptionIx>> = BTreeMap::new();
        for ix in 0..self.problem.options.len() as OptionIx {
            let option = self.posed.options[self.copies[ix as usize] as usize];
            let is_own = self.territory().option(option).programme == on.variant.programme;
            let is_varied = self.varied.contains(&ix);
            if is_own && !is_varied {
                let new = self.copy(ix, |copy| copy.gates.extend(&gates));
                self.varied.insert(new);
                twins.entry(option).or_default().push(new);
            }
        }
        let ways: Vec<(LeverIx, &[Reached])> =
            layers.iter().zip(&on.layers).map(|(layer, reached)| (layer.lever, reached.as_slice())).collect();
        let new: BTreeSet<OptionIx> = twins.values().flatten().copied().collect();
        for y in 0..self.problem.youths.len() {
            let own = self.arcs_of(y, &on.today[y], &ways, &twins);
            let arcs = &mut self.problem.youths[y].arcs;
            arcs.retain(|arc| !new.contains(&arc.option));
            arcs.extend(own);
            arcs.sort_unstable_by_key(|arc| (arc.option, arc.gate, arc.time));
            arcs.dedup_by_key(|arc| (arc.option, arc.gate));
        }
    }

    /// The arcs of a youth: there today, or by a way more, or until a lever is used.
    fn arcs_of(
        &mut self,
        y: usize,
        today: &Reached,
        ways: &[(LeverIx, &[Reached])],
        twins: &BTreeMap<OptionId, Vec<OptionIx>>,
    ) -> Vec<Arc> {
        let brought = self.building.brought[self.posed.youths[y].index()].and_then(|lever| self.gate(lever));
        let mut arcs: Vec<(OptionId, Seconds, Option<GateIx>)> = Vec::new();
        for &(option, time) in today {
            let lost = ways.iter().find(|(_, reached)| !has(&reached[y], option));
            let gate = lost.map(|&(lever, _)| self.unless(lever));
            arcs.push((option, time, gate.or(brought)));
        }
        for &(lever, reached) in ways.iter().filter(|_| brought.is_none()) {
            let gate = self.gate(lever);
            let fresh = reached[y].iter().filter(|(o, _)| !has(today, *o));
            arcs.extend(fresh.map(|&(option, time)| (option, time, gate)));
        }
        let mut own: Vec<Arc> = Vec::new();
        for (option, time, gate) in arcs {
            let posed = twins.get(&option).into_iter().flatten();
            own.extend(posed.map(|&option| Arc { option, time, gate }));
        }
        own
    }

    /// The problem's options of each of the territory's.
    fn twins(&self) -> BTreeMap<OptionId, Vec<OptionIx>> {
        let mut twins: BTreeMap<OptionId, Vec<OptionIx>> = BTreeMap::new();
        for (ix, &option) in self.posed.options.iter().enumerate() {
            twins.entry(option).or_default().push(ix as OptionIx);
        }
        twins
    }

    /// What each option needs.
    fn options(&mut self) {
        for ix in 0..self.posed.options.len() as OptionIx {
            let option = self.posed.options[ix as usize];
            let Some(needs) = self.building.needs[option.index()].clone() else { continue };
            let mut gates: Vec<GateIx> = needs.all.iter().filter_map(|&lever| self.gate(lever)).collect();
            for &lever in &needs.none {
                gates.push(self.unless(lever));
            }
            self.problem.options[ix as usize].gates.extend(gates);
            // One of several: a copy behind each of the others.
            let ways: Vec<GateIx> = needs.one.iter().filter_map(|&lever| self.gate(lever)).collect();
            for &gate in ways.iter().skip(1) {
                self.copy(ix, |copy| copy.gates.push(gate));
            }
            self.problem.options[ix as usize].gates.extend(ways.first());
        }
        let open: Vec<(LeverIx, SiteId, BTreeSet<crate::units::SlotId>)> = self.partly_open();
        self.open_again();
        for (lever, site, slots) in open {
            let Some(gate) = self.gate(lever) else { continue };
            for ix in 0..self.problem.options.len() {
                let option = self.territory().option(self.posed.options[self.copies[ix] as usize]);
                let elsewhen = |m: &Meeting| m.site == Some(site) && !slots.contains(&m.slot);
                if self.problem.options[ix].gates.contains(&gate) && option.meetings.iter().any(elsewhen) {
                    self.problem.options[ix].max_groups = 0;
                }
            }
        }
    }

    /// Copies behind the gates of those levers that open a site which another opens too.
    fn open_again(&mut self) {
        for (at, lever) in self.building.levers.iter().enumerate() {
            let LeverChange::OpenSite { site, .. } = &lever.change else { continue };
            let site = self.territory().sites().find(site);
            let first = self.posed.gates.iter().position(|s| Some(*s) == site).map(|g| g as GateIx);
            let (Some(own), Some(first)) = (self.gates[at], first) else { continue };
            if own == first {
                continue;
            }
            for ix in 0..self.problem.options.len() as OptionIx {
                if self.problem.options[ix as usize].gates.contains(&first) {
                    self.copy(ix, |copy| {
                        copy.gates.retain(|g| *g != first);
                        copy.gates.push(own);
                    });
                }
            }
        }
    }

    /// Candidates that a lever opens on some of their half-days only.
    fn partly_open(&self) -> Vec<(LeverIx, SiteId, BTreeSet<crate::units::SlotId>)> {
        let territory = self.territory();
        let levers = self.building.levers.iter().enumerate();
        let open = levers.filter_map(|(at, lever)| match &lever.change {
            LeverChange::OpenSite { site, slots } if !slots.is_empty() => {
                let slots = slots.iter().filter_map(|slot| territory.slots().find(slot)).collect();
                Some((at, territory.sites().find(site)?, slots))
            }
            _ => None,
        });
        open.filter(|(_, site, _)| matches!(territory.sites()[*site].status, SiteStatus::Candidate { .. }))
            .collect()
    }

    /// Another option that is the same but for `change`, with the same arcs and a place in the same rows.
    fn copy(&mut self, of: OptionIx, change: impl FnOnce(&mut OptionSpec)) -> OptionIx {
        let new = self.problem.options.len() as OptionIx;
        let mut spec = self.problem.options[of as usize].clone();
        change(&mut spec);
        self.problem.options.push(spec);
        self.copies.push(self.copies[of as usize]);
        for youth in &mut self.problem.youths {
            let own: Vec<Arc> = youth.arcs.iter().filter(|arc| arc.option == of).copied().collect();
            youth.arcs.extend(own.into_iter().map(|arc| Arc { option: new, ..arc }));
        }
        for capacity in &mut self.problem.capacities {
            let amount = capacity.uses.iter().find(|u| u.0 == of).map(|u| u.1);
            capacity.uses.extend(amount.map(|amount| (new, amount)));
        }
        for pin in &mut self.problem.pins {
            if let crate::groups::Pin::Open { options, .. } = pin
                && options.contains(&of)
            {
                options.push(new);
            }
        }
        if !self.problem.conflicts.is_empty() {
            let own = self.problem.conflicts[of as usize].clone();
            own.iter().for_each(|&other| self.problem.conflicts[other as usize].push(new));
            self.problem.conflicts.push(own);
        }
        new
    }

    /// Rooms, half-days, advisers, minima.
    fn limits(&mut self) {
        let levers = self.building.levers;
        for (at, lever) in levers.iter().enumerate() {
            let Some(gate) = self.gates[at] else { continue };
            match &lever.change {
                LeverChange::AddRooms { site, rooms } => self.add_rooms(site, *rooms, gate),
                LeverChange::AddAdviser { half_days, sites, .. } => {
                    self.add_half_days(sites, *half_days, gate);
                    self.add_adviser(at, gate);
                }
                LeverChange::SendAdviser { .. } => self.add_adviser(at, gate),
                LeverChange::SmallerMinimum { programme, min } => self.lower(programme, *min, 0, gate),
                LeverChange::Split { programme, size } => self.lower(programme, size.min(), 1, gate),
                _ => {}
            }
        }
    }

    fn site_rank(&self, site: &crate::units::Key) -> Option<u32> {
        let id = self.territory().sites().find(site)?;
        self.territory().sites().ids().position(|s| s == id).map(|rank| rank as u32)
    }

    fn add_rooms(&mut self, site: &crate::units::Key, rooms: u32, gate: GateIx) {
        let Some(rank) = self.site_rank(site) else { return };
        for capacity in &mut self.problem.capacities {
            if matches!(capacity.kind, CapacityKind::Rooms { site, .. } if site == rank) {
                capacity.extra.push((gate, rooms));
            }
        }
    }

    fn add_half_days(&mut self, sites: &[crate::units::Key], half_days: u32, gate: GateIx) {
        let ranks: Vec<u32> = sites.iter().filter_map(|site| self.site_rank(site)).collect();
        for capacity in &mut self.problem.capacities {
            let widened = match capacity.kind {
                CapacityKind::Site(site) => sites.is_empty() || ranks.contains(&site),
                CapacityKind::Overall => true,
                CapacityKind::Rooms { .. } | CapacityKind::Copies => false,
            };
            if widened {
                capacity.extra.push((gate, half_days));
            }
        }
    }

    /// Groups that an adviser can lead with the lever and not without: copies with posts of their own.
    fn add_adviser(&mut self, at: LeverIx, gate: GateIx) {
        if self.problem.teams.is_empty() {
            return;
        }
        let before = self.territory();
        let lever =
            Applied { lever: &self.building.levers[at], round: None, whom: Whom::All, takes_away: true };
        let Ok((after, _)) = before.edit(&lever.edits(before)) else { return };
        let changed =
            after.advisers().iter().find(|(id, adviser)| before.advisers().get(*id) != Some(*adviser));
        let Some((id, adviser)) = changed else { return };
        let known = before.advisers().get(id);
        let leads = |adviser: &Adviser, option: &ProgrammeOption| {
            let held = option.meetings.iter().filter_map(|m| Some((m.site?, m.slot)));
            held.into_iter().all(|(site, slot)| adviser.can_be_at(site, slot))
        };
        let options: Vec<OptionIx> = (0..self.problem.options.len() as OptionIx)
            .filter(|&ix| {
                let option = self.territory().option(self.posed.options[self.copies[ix as usize] as usize]);
                leads(adviser, option) && !known.is_some_and(|known| leads(known, option))
            })
            .collect();
        let mut posts: BTreeMap<PostIx, PostIx> = BTreeMap::new();
        for ix in options {
            let own: Vec<PostIx> = self.problem.options[ix as usize].posts.clone();
            for &post in &own {
                if !posts.contains_key(&post) {
                    let same: Post = self.problem.posts[post as usize];
                    self.problem.posts.push(same);
                    posts.insert(post, self.problem.posts.len() as PostIx - 1);
                }
            }
            let mut held: Vec<PostIx> = own.iter().map(|post| posts[post]).collect();
            held.sort_unstable();
            self.copy(ix, |copy| {
                copy.posts = held;
                copy.gates.push(gate);
            });
        }
        let new: Vec<PostIx> = posts.into_values().collect();
        self.seat(known, adviser, new);
    }

    /// Gives posts to one adviser: a team of their own.
    fn seat(&mut self, known: Option<&Adviser>, adviser: &Adviser, mut posts: Vec<PostIx>) {
        if let Some(known) = known {
            let own = self.posts_of(known);
            let team = self
                .problem
                .teams
                .iter_mut()
                .find(|team| team.members > 0 && team.half_days == known.half_days && team.posts == own);
            if let Some(team) = team {
                team.members -= 1;
                posts.extend(own);
            }
        }
        posts.sort_unstable();
        self.problem.teams.push(Team { members: 1, half_days: adviser.half_days, posts });
    }

    /// The posts that an adviser can hold today.
    fn posts_of(&self, adviser: &Adviser) -> Vec<PostIx> {
        let held = (0..).zip(&self.posed.held_at);
        held.filter(|(_, (site, slot))| adviser.can_be_at(*site, *slot)).map(|(post, _)| post).collect()
    }

    /// A smaller minimum, and so many groups more.
    fn lower(&mut self, programme: &crate::units::Key, min: u32, more: u32, gate: GateIx) {
        let Some(id) = self.territory().programmes().find(programme) else { return };
        let Some(p) = self.posed.programmes.iter().position(|&known| known == id) else { return };
        let own: Vec<OptionIx> = (0..self.problem.options.len() as OptionIx)
            .filter(|&ix| self.problem.options[ix as usize].programme == p as u32)
            .collect();
        for ix in own {
            let first = self.problem.options[ix as usize].lower_min.is_none() && more == 0;
            if first {
                self.problem.options[ix as usize].lower_min = Some((gate, min));
            } else {
                self.copy(ix, |copy| {
                    copy.lower_min = Some((gate, min));
                    copy.gates.push(gate);
                    copy.max_groups = if more > 0 { more } else { copy.max_groups };
                });
            }
        }
    }

    fn finish(mut self) -> Built {
        self.limit_copies();
        for option in &mut self.problem.options {
            option.gates.sort_unstable();
            option.gates.dedup();
        }
        for youth in &mut self.problem.youths {
            youth.arcs.sort_unstable_by_key(|arc| (arc.option, arc.gate));
        }
        for capacity in &mut self.problem.capacities {
            capacity.uses.sort_unstable();
        }
        self.problem.conflicts.iter_mut().for_each(|list| list.sort_unstable());
        // A candidate that no lever opens stays shut.
        let claimed = |gate: usize| self.gates.contains(&Some(gate as GateIx));
        let shut: Vec<bool> =
            (0..self.problem.gates.len()).map(|g| g < self.posed.gates.len() && !claimed(g)).collect();
        self.problem = without(&self.problem, &shut);
        debug_assert_eq!(self.problem.check(), Ok(()));
        let Self { posed, problem, gates, copies, .. } = self;
        Built { posed, problem, gates, copies }
    }

    /// Copies of an option have no more groups together than the option has.
    fn limit_copies(&mut self) {
        let mut alike: BTreeMap<OptionIx, Vec<OptionIx>> = BTreeMap::new();
        for (ix, &of) in self.copies.iter().enumerate() {
            alike.entry(of).or_default().push(ix as OptionIx);
        }
        for own in alike.into_values().filter(|own| own.len() > 1) {
            let limit = own.iter().map(|&o| self.problem.options[o as usize].max_groups);
            // A split brings groups of its own.
            let (most, sum) = (limit.clone().max().unwrap_or(0), limit.sum::<u32>());
            let limit = if self.splits(&own) { sum.min(most + 1) } else { most };
            let uses = own.into_iter().map(|o| (o, 1)).collect();
            self.problem.capacities.push(Capacity {
                kind: CapacityKind::Copies,
                limit,
                uses,
                extra: Vec::new(),
            });
        }
    }

    fn splits(&self, options: &[OptionIx]) -> bool {
        let levers = self.building.levers.iter().enumerate();
        let gates: Vec<GateIx> = levers
            .filter(|(_, lever)| matches!(lever.change, LeverChange::Split { .. }))
            .filter_map(|(at, _)| self.gates[at])
            .collect();
        options.iter().any(|&o| self.problem.options[o as usize].gates.iter().any(|g| gates.contains(g)))
    }
}

/// One more gate.
fn another(problem: &mut Problem) -> GateIx {
    problem.gates.push(Gate { cost: 0, capacity: None });
    problem.gates.len() as GateIx - 1
}

fn has(reached: &Reached, option: OptionId) -> bool {
    reached.binary_search_by_key(&option, |r| r.0).is_ok()
}

impl Union<'_> {
    /// Youths of the study, not those whom a lever brings.
    pub(super) fn is_known(&self, youth: YouthId) -> bool {
        self.study.territory().youths().get(youth).is_some()
    }
}
