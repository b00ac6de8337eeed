//! One problem for all levers: a territory in which everything that a lever adds is there, behind the lever's gate.
//!
//! Levers of five kinds meet in it. Some add options (a half-day, sites in turn, youths who come): an option that is
//! only there with a lever needs its gate. Some add ways to come (a shuttle, a loan, a coach): each is tried by
//! itself on top of all options, and an arc that is only there with it goes through its gate, which has a capacity
//! where vehicles or seats are counted. Some say who may come (a longer limit, sessions by video): the programme's options stand
//! once more behind their gates, with all who can come then. Some loosen limits (rooms, advisers, minima). Lifts among members
//! are gates that are open only while their driver is there (`lifts.rs`). A trip that
//! two ways would only make together is left out, a caution. What a lever takes away stays behind a gate
//! that nobody can open together with the lever's.

mod gated;
mod lifts;
mod limits;
mod needs;
mod there;

use super::edits::{Applied, Whom};
use super::rides::DriverRides;
use super::round::Timetable;
use super::told::solved;
use super::worth::Price;
use crate::control::Control;
use crate::error::Error;
use crate::groups::{GateIx, Limits, OptionIx, Problem, Tier};
use crate::plan::Posed;
use crate::study::Study;
use crate::territory::{Lever, LeverChange, Names, SharedRide, Territory};
use crate::units::{SiteId, YouthId};
use gated::Built;
use std::collections::{BTreeMap, BTreeSet};
use there::{Building, everybody};

/// The position of a lever in the list asked about.
pub(super) type LeverIx = usize;

/// A study, levers, and the problem in which they are gates.
pub(super) struct Union<'s> {
    pub(super) study: &'s Study,
    pub(super) levers: &'s [Lever],
    pub(super) rounds: Vec<Option<Timetable>>,
    /// The rounds of members who take others along, of each lever.
    rides: Vec<Vec<DriverRides>>,
    /// By the gate through which others come, the round.
    pub(super) shared: BTreeMap<GateIx, SharedRide<Names>>,
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

/// Which candidates may open without a lever.
#[derive(Clone, Copy)]
pub(super) enum Candidates<'a> {
    /// None of them.
    Shut,
    /// Those that no lever opens, as in a plan.
    AsPlanned,
    /// Those that decisions already made need, whatever levers say.
    Decided(&'a BTreeSet<SiteId>),
}

impl Candidates<'_> {
    pub(super) fn is_decided(self, site: SiteId) -> bool {
        matches!(self, Self::Decided(sites) if sites.contains(&site))
    }
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
    /// Lets members of a group take others along.
    Lifts,
    /// Is no gate: a cut.
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
        LeverChange::ShareLifts { .. } => Role::Lifts,
        LeverChange::CloseSite { .. }
        | LeverChange::CloseSites { .. }
        | LeverChange::FewerHalfDays { .. } => Role::Alone,
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
        (rounds, rides): (Vec<Option<Timetable>>, Vec<Vec<DriverRides>>),
        prices: Vec<Price>,
        candidates: Candidates<'_>,
        control: &Control<'_>,
    ) -> Result<Self, Error> {
        let building = Building::new(study, levers, (&rounds, &rides), control)?;
        let today = everybody(building.there.territory(), &building.there);
        let layers = building.layers(&today, control)?;
        let Built { posed, problem, gates, copies, shared } =
            building.build(&today, &layers, &building.variants()?, &prices, candidates);
        Ok(Self {
            study,
            territory: building.there.territory().clone(),
            levers,
            rounds,
            rides,
            shared,
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

    /// The same with places as the only objective.
    pub(super) fn placing_with(&self, usable: impl Fn(LeverIx) -> bool) -> Problem {
        Problem { tiers: vec![Tier::Placed], ..self.with_only(usable) }
    }

    /// The levers whose gates are open.
    pub(super) fn used(&self, gates: &[GateIx]) -> Vec<LeverIx> {
        let open = |gate: &Option<GateIx>| gate.is_some_and(|g| gates.binary_search(&g).is_ok());
        (0..self.levers.len()).filter(|&lever| open(&self.gates[lever])).collect()
    }

    /// The candidates by which decisions already made can be kept, at the least cost.
    pub(super) fn needed(&self, limits: &Limits, control: &Control<'_>) -> Result<BTreeSet<SiteId>, Error> {
        let mut problem = self.with_only(|lever| role(&self.levers[lever].change) == Role::Site);
        problem.tiers = vec![Tier::Cost];
        let found = solved(&problem, limits, control)?;
        let opened = found.iter().flat_map(|found| &found.assignment.gates);
        Ok(opened.filter_map(|&gate| self.opened_by(gate)).collect())
    }

    /// The site that a gate opens: a candidate's own gate, or that of another lever which opens it too.
    fn opened_by(&self, gate: GateIx) -> Option<SiteId> {
        if let Some(&site) = self.posed.gates.get(gate as usize) {
            return Some(site);
        }
        let lever = self.gates.iter().position(|own| *own == Some(gate))?;
        match &self.levers[lever].change {
            LeverChange::OpenSite { site, .. } => self.territory.sites().find(site),
            _ => None,
        }
    }

    /// Youths of the study, not those whom a lever brings.
    pub(super) fn is_known(&self, youth: YouthId) -> bool {
        self.study.territory().youths().get(youth).is_some()
    }

    /// What a lever costs, in cents.
    pub(super) fn price(&self, lever: LeverIx) -> u64 {
        self.prices[lever].total.get()
    }

    /// What some levers cost together.
    pub(super) fn cost(&self, levers: impl IntoIterator<Item = LeverIx>) -> u64 {
        levers.into_iter().fold(0, |sum, lever| sum.saturating_add(self.price(lever)))
    }

    /// What all levers cost together.
    pub(super) fn all_cost(&self) -> u64 {
        self.problem.gates.iter().fold(0, |sum, gate| sum.saturating_add(gate.cost))
    }

    /// A lever with what is known of it.
    pub(super) fn applied<'a>(&'a self, lever: LeverIx, whom: Whom<'a>) -> Applied<'a> {
        let rides = &self.rides[lever];
        Applied { whom, rides, ..Applied::whole(&self.levers[lever], self.rounds[lever].as_ref()) }
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
    // Nobody is taken along by whoever can't come through their gate.
    let mut shut = shut.to_vec();
    let alone = problem.hosts.iter().filter(|h| h.through.is_some_and(|g| shut[g as usize]));
    alone.map(|h| h.gate).collect::<Vec<_>>().into_iter().for_each(|g| shut[g as usize] = true);
    let is_shut = |g: &GateIx| shut[*g as usize];
    for youth in &mut problem.youths {
        youth.arcs.retain(|arc| !closed[arc.option as usize] && !arc.gate.is_some_and(|g| is_shut(&g)));
    }
    for capacity in &mut problem.capacities {
        capacity.extra.retain(|(g, _)| !is_shut(g));
    }
    problem
}
