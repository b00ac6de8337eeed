//! Gates, put into the problem of that territory.

use super::super::worth::Price;
use super::lifts::shared;
use super::needs::Way;
use super::there::{Building, Layer, Reaching};
use super::{Candidates, LeverIx, Role, capacity, role, without};
use crate::groups::{
    Arc, Capacity, CapacityKind, GateIx, GateLimit, OptionIx, OptionSpec, Pin, Problem, Tier,
};
use crate::plan::{Posed, Reached, free_gate};
use crate::territory::{LeverChange, Meeting, Names, SharedRide, SiteStatus, Territory, Trait};
use crate::units::{OptionId, Seconds, SiteId, SlotId};
use std::collections::{BTreeMap, BTreeSet};

/// What is built.
pub(super) struct Built {
    pub(super) posed: Posed,
    pub(super) problem: Problem,
    pub(super) gates: Vec<Option<GateIx>>,
    pub(super) copies: Vec<OptionIx>,
    pub(super) shared: BTreeMap<GateIx, SharedRide<Names>>,
}

/// The problem, as gates are put into it.
pub(super) struct Gated<'g, 'b, 's> {
    pub(super) building: &'g Building<'b, 's>,
    pub(super) posed: Posed,
    pub(super) problem: Problem,
    pub(super) gates: Vec<Option<GateIx>>,
    /// The gate that is open only while a lever is not used.
    pub(super) unused: BTreeMap<LeverIx, GateIx>,
    pub(super) copies: Vec<OptionIx>,
    /// The variant of each copy on other terms.
    pub(super) varied: BTreeMap<OptionIx, usize>,
    /// By the gate through which others come with a member, the round.
    pub(super) shared: BTreeMap<GateIx, SharedRide<Names>>,
}

/// An option that is to be there once more, as it will be.
pub(super) struct Copied {
    of: OptionIx,
    spec: OptionSpec,
}

impl<'g, 'b, 's> Gated<'g, 'b, 's> {
    pub(super) fn new(
        building: &'g Building<'b, 's>,
        posed: Posed,
        prices: &[Price],
        candidates: Candidates<'_>,
    ) -> Self {
        let mut problem = posed.problem.clone();
        problem.tiers = vec![Tier::Placed, Tier::Cost];
        // How many candidates a plan may open is another question: here each is a lever.
        problem.gate_limits.clear();
        // What is asked is what levers cost, not groups.
        problem.options.iter_mut().for_each(|option| option.cost = 0);
        for (gate, &site) in problem.gates.iter_mut().zip(&posed.gates) {
            if candidates.is_decided(site) {
                gate.cost = 0;
            }
        }
        let mut gates = vec![None; building.levers.len()];
        let candidate = |site: &SiteId| posed.gates.iter().position(|s| s == site).map(|g| g as GateIx);
        for (at, lever) in building.levers.iter().enumerate() {
            let cost = prices[at].total.get();
            gates[at] = match &lever.change {
                LeverChange::OpenSite { site, .. } => {
                    let site = building.there.territory().sites().find(site);
                    let gate = site.filter(|s| !candidates.is_decided(*s)).and_then(|s| candidate(&s));
                    gate.map(|g| {
                        // A second lever that opens the same site has a gate of its own.
                        let g = if gates.contains(&Some(g)) { free_gate(&mut problem, None) } else { g };
                        problem.gates[g as usize].cost = cost;
                        g
                    })
                }
                change if role(change) == Role::Alone => None,
                change => {
                    let gate = free_gate(&mut problem, capacity(change));
                    problem.gates[gate as usize].cost = cost;
                    Some(gate)
                }
            };
        }
        let copies = (0..problem.options.len() as OptionIx).collect();
        let shared = shared(building.there.territory(), &posed);
        let (unused, varied) = (BTreeMap::new(), BTreeMap::new());
        Self { building, posed, problem, gates, unused, copies, varied, shared }
    }

    pub(super) fn territory(&self) -> &'g Territory {
        self.building.there.territory()
    }

    /// All options as they are now.
    pub(super) fn all(&self) -> std::ops::Range<OptionIx> {
        0..self.problem.options.len() as OptionIx
    }

    /// The territory's option that an option is, or is a copy of.
    pub(super) fn option(&self, ix: OptionIx) -> OptionId {
        self.posed.options[self.copies[ix as usize] as usize]
    }

    pub(super) fn gate(&self, lever: LeverIx) -> Option<GateIx> {
        self.gates[lever]
    }

    /// The gate that excludes a lever's: it stands for things as they are today.
    pub(super) fn unless(&mut self, lever: LeverIx) -> GateIx {
        if let Some(&gate) = self.unused.get(&lever) {
            return gate;
        }
        let gate = free_gate(&mut self.problem, None);
        if let Some(own) = self.gates[lever] {
            self.problem.gate_limits.push(GateLimit { gates: vec![own, gate], limit: 1 });
        }
        self.unused.insert(lever, gate);
        gate
    }

    /// Those who come by a lever count nothing: they help others.
    pub(super) fn weigh_newcomers(&mut self) {
        for (y, id) in self.posed.youths.iter().enumerate() {
            if self.building.brought.contains_key(id) {
                self.problem.youths[y].weight = 0;
            }
        }
    }

    /// Who comes by what.
    pub(super) fn arcs(&mut self, today: &[Reached], layers: &[Layer]) {
        let twins = self.twins();
        let ways: Vec<(LeverIx, &[Reached])> =
            layers.iter().map(|l| (l.lever, l.reached.as_slice())).collect();
        for (y, reached) in today.iter().enumerate() {
            let mut arcs = self.arcs_of(y, reached, &ways, &twins);
            // Rounds that are shared today.
            arcs.extend(self.problem.youths[y].arcs.iter().filter(|arc| arc.gate.is_some()));
            self.problem.youths[y].arcs = quickest(arcs);
        }
    }

    /// A programme's options once more, on the terms of a variant, behind its gates.
    pub(super) fn vary(&mut self, (variant, on): (usize, &Reaching<'_>), layers: &[Layer]) {
        let gates: Vec<GateIx> = on.variant.levers.iter().filter_map(|&lever| self.gate(lever)).collect();
        let is_own =
            |ix: &OptionIx| self.territory().option(self.option(*ix)).programme == on.variant.programme;
        let own = self.all().filter(|ix| is_own(ix) && !self.varied.contains_key(ix));
        let own = own.map(|ix| self.changed(ix, |copy| copy.gates.extend(&gates))).collect();
        let new = self.add(own);
        let mut twins: BTreeMap<OptionId, Vec<OptionIx>> = BTreeMap::new();
        for ix in new.clone() {
            self.varied.insert(ix, variant);
            twins.entry(self.option(ix)).or_default().push(ix);
        }
        let ways: Vec<(LeverIx, &[Reached])> =
            layers.iter().zip(&on.layers).map(|(layer, reached)| (layer.lever, reached.as_slice())).collect();
        for y in 0..self.problem.youths.len() {
            let own = self.arcs_of(y, &on.today[y], &ways, &twins);
            let mut arcs = std::mem::take(&mut self.problem.youths[y].arcs);
            arcs.retain(|arc| !new.contains(&arc.option));
            arcs.extend(own);
            self.problem.youths[y].arcs = quickest(arcs);
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
        let brought = self.building.brought.get(&self.posed.youths[y]).and_then(|&lever| self.gate(lever));
        let mut arcs: Vec<(OptionId, Seconds, Option<GateIx>)> = Vec::new();
        for &(option, time) in today {
            let lost = ways.iter().find(|(_, reached)| !has(&reached[y], option));
            let gate = lost.map(|&(lever, _)| self.unless(lever));
            arcs.push((option, time, gate.or(brought)));
        }
        for &(lever, reached) in ways.iter().filter(|_| brought.is_none()) {
            let gate = self.gate(lever);
            let fresh =
                reached[y].iter().filter(|(o, _)| !has(today, *o) && !self.is_told_apart(lever, y, *o));
            arcs.extend(fresh.map(|&(option, time)| (option, time, gate)));
        }
        let mut own: Vec<Arc> = Vec::new();
        for (option, time, gate) in arcs {
            let posed = twins.get(&option).into_iter().flatten();
            own.extend(posed.map(|&option| Arc { option, time, gate }));
        }
        own
    }

    /// Whether a loan changes what a rule on the option's groups counts: whoever borrows a vehicle is no longer without
    /// one. Such a loan is left out, a caution.
    fn is_told_apart(&self, lever: LeverIx, y: usize, option: OptionId) -> bool {
        let territory = self.territory();
        let programme = &territory.programmes()[territory.option(option).programme];
        matches!(self.building.levers[lever].change, LeverChange::Lend { .. })
            && territory.youths()[self.posed.youths[y]].vehicles.is_empty()
            && programme.mix.iter().any(|rule| rule.of == Trait::NoVehicle)
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
    pub(super) fn options(&mut self) {
        let mut copies = Vec::new();
        for ix in self.all() {
            let ways = &self.building.ways[self.option(ix).index()];
            let gates: Vec<Vec<GateIx>> = ways.iter().map(|way| self.gates_of(way)).collect();
            let Some((first, others)) = gates.split_first() else { continue };
            copies.extend(others.iter().map(|gates| self.changed(ix, |copy| copy.gates.extend(gates))));
            self.problem.options[ix as usize].gates.extend(first);
        }
        self.add(copies);
        let open: Vec<(LeverIx, SiteId, BTreeSet<SlotId>)> = self.partly_open();
        self.open_again();
        for (lever, site, slots) in open {
            let Some(gate) = self.gate(lever) else { continue };
            for ix in self.all() {
                let option = self.territory().option(self.option(ix));
                let elsewhen = |m: &Meeting| m.site == Some(site) && !slots.contains(&m.slot);
                let spec = &mut self.problem.options[ix as usize];
                if spec.gates.contains(&gate) && option.meetings.iter().any(elsewhen) {
                    spec.max_groups = 0;
                }
            }
        }
    }

    fn gates_of(&mut self, way: &Way) -> Vec<GateIx> {
        let with = way.with.iter().filter_map(|&lever| self.gate(lever));
        let mut gates: Vec<GateIx> = with.collect();
        for &lever in &way.without {
            gates.push(self.unless(lever));
        }
        gates
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
            let behind = self.all().filter(|&ix| self.problem.options[ix as usize].gates.contains(&first));
            let again = |copy: &mut OptionSpec| {
                copy.gates.retain(|g| *g != first);
                copy.gates.push(own);
            };
            let copies = behind.map(|ix| self.changed(ix, again)).collect();
            self.add(copies);
        }
    }

    /// Candidates that a lever opens on some of their half-days only.
    fn partly_open(&self) -> Vec<(LeverIx, SiteId, BTreeSet<SlotId>)> {
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

    /// An option once more, changed.
    pub(super) fn changed(&self, of: OptionIx, change: impl FnOnce(&mut OptionSpec)) -> Copied {
        let mut spec = self.problem.options[of as usize].clone();
        change(&mut spec);
        Copied { of, spec }
    }

    /// Options more, each with the arcs of the one that it is like and a place in the same rows; their numbers, in order.
    ///
    /// All at once: there are thousands of copies, and each pass goes over everybody's arcs.
    pub(super) fn add(&mut self, new: Vec<Copied>) -> std::ops::Range<OptionIx> {
        let first = self.problem.options.len() as OptionIx;
        let mut like: Vec<Vec<OptionIx>> = vec![Vec::new(); first as usize];
        for (ix, Copied { of, spec }) in (first..).zip(new) {
            like[of as usize].push(ix);
            self.problem.options.push(spec);
            self.copies.push(self.copies[of as usize]);
            if let Some(&variant) = self.varied.get(&of) {
                self.varied.insert(ix, variant);
            }
            if !self.problem.conflicts.is_empty() {
                let own = self.problem.conflicts[of as usize].clone();
                own.iter().for_each(|&other| self.problem.conflicts[other as usize].push(ix));
                self.problem.conflicts.push(own);
            }
        }
        let end = self.problem.options.len() as OptionIx;
        if end > first {
            self.join(&like);
        }
        first..end
    }

    /// Gives new options the arcs, the rows and the pins of the one that each is like.
    fn join(&mut self, like: &[Vec<OptionIx>]) {
        // A member takes others along to their own copy alone.
        let hosted = self.problem.hosted();
        for youth in &mut self.problem.youths {
            let own = youth.arcs.iter().filter(|arc| !arc.gate.is_some_and(|g| hosted[g as usize]));
            let own =
                own.flat_map(|&arc| like[arc.option as usize].iter().map(move |&o| Arc { option: o, ..arc }));
            let own: Vec<Arc> = own.collect();
            youth.arcs.extend(own);
        }
        for capacity in &mut self.problem.capacities {
            let own = capacity
                .uses
                .iter()
                .flat_map(|&(o, amount)| like[o as usize].iter().map(move |&o| (o, amount)));
            let own: Vec<(OptionIx, u32)> = own.collect();
            capacity.uses.extend(own);
        }
        for pin in &mut self.problem.pins {
            if let Pin::Open { options, .. } = pin {
                let mut own: Vec<OptionIx> = options.iter().flat_map(|&o| like[o as usize].clone()).collect();
                own.sort_unstable();
                options.extend(own);
            }
        }
    }

    pub(super) fn finish(mut self, candidates: Candidates<'_>) -> Built {
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
        let stays = |gate: usize| match (candidates, self.posed.gates.get(gate)) {
            (Candidates::AsPlanned, _) | (_, None) => true,
            (_, Some(&site)) => candidates.is_decided(site) || self.gates.contains(&Some(gate as GateIx)),
        };
        let shut: Vec<bool> = (0..self.problem.gates.len()).map(|gate| !stays(gate)).collect();
        self.problem = without(&self.problem, &shut);
        debug_assert_eq!(self.problem.check(), Ok(()));
        let Self { posed, problem, gates, copies, shared, .. } = self;
        Built { posed, problem, gates, copies, shared }
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

/// The quickest arc to each option by each gate, in their order.
fn quickest(mut arcs: Vec<Arc>) -> Vec<Arc> {
    arcs.sort_unstable_by_key(|arc| (arc.option, arc.gate, arc.time));
    arcs.dedup_by_key(|arc| (arc.option, arc.gate));
    arcs
}

fn has(reached: &Reached, option: OptionId) -> bool {
    reached.binary_search_by_key(&option, |r| r.0).is_ok()
}
