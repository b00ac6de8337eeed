//! Lifts among members: rounds that stand behind the gate of the lever by which they are driven.
//!
//! The driver's own arc stands once more, through the lever's gate; each of their rounds is a gate that is open only while
//! they come by that arc, and one round a driver and option is. Who is brought by a lever drives nobody and rides with
//! nobody; nor does anybody change from one copy of an option to another's round: both only make the lever do less.

use super::super::rides::DriverRides;
use super::LeverIx;
use super::gated::Gated;
use super::there::Reaching;
use crate::groups::{Arc, GateIx, GateLimit, OptionIx, YouthIx};
use crate::plan::{Posed, add_arc, offered, take_along};
use crate::territory::{Names, SharedRide, Territory};
use crate::units::{Seconds, YouthId};
use std::collections::BTreeMap;

/// The rounds that are shared already, by the gate through which others come.
pub(super) fn shared(territory: &Territory, posed: &Posed) -> BTreeMap<GateIx, SharedRide<Names>> {
    let of = |ride: &crate::plan::PosedRide| {
        let driver = posed.youths[ride.driver as usize];
        Some((ride.seats, territory.named_ride(territory.youths()[driver].rides.get(ride.ride)?)?))
    };
    posed.rides.iter().filter_map(of).collect()
}

impl Gated<'_, '_, '_> {
    /// The rounds of every lever, to every copy of an option on its own terms.
    pub(super) fn lifts(&mut self, variants: &[Reaching<'_>]) {
        for (lever, drivers) in self.building.rides.iter().enumerate() {
            for own in drivers {
                for option in 0..self.problem.options.len() as OptionIx {
                    let variant = self.varied.get(&option);
                    let terms = variant.map_or(self.territory(), |&at| &variants[at].variant.terms);
                    self.share(lever, own, option, terms);
                }
            }
        }
    }

    fn share(&mut self, lever: LeverIx, own: &DriverRides, option: OptionIx, terms: &Territory) {
        let Some((gate, driver)) = self.gates[lever].zip(terms.youths().find(&own.driver)) else { return };
        let Some(driver_ix) = self.youth_ix(driver) else { return };
        let arcs = &self.problem.youths[driver_ix as usize].arcs;
        // Who can drive there can be there by themselves.
        let Some(alone) = arcs.iter().find(|a| a.option == option && a.gate.is_none()).copied() else {
            return;
        };
        let id = self.option(option);
        let mut rounds = Vec::new();
        for ride in &own.rides {
            let Some(known) = own.known(terms, ride) else { continue };
            let Some(offered) = offered(terms, id, driver, &known) else { continue };
            let takes: Vec<(YouthIx, Seconds)> = offered
                .takes
                .iter()
                .filter_map(|&(id, time)| Some((self.cut_off(id, option)?, time)))
                .collect();
            if !takes.is_empty() {
                let drives = (driver_ix, option, gate);
                let seats = take_along(&mut self.problem, drives, known.seats, takes.into_iter());
                self.shared.insert(seats, ride.clone());
                rounds.push(seats);
            }
        }
        if rounds.is_empty() {
            return;
        }
        add_arc(&mut self.problem, driver_ix, Arc { gate: Some(gate), ..alone });
        if rounds.len() > 1 {
            self.problem.gate_limits.push(GateLimit { gates: rounds, limit: 1 });
        }
    }

    /// Somebody who can't come by themselves, and is here whatever levers do.
    fn cut_off(&self, id: YouthId, option: OptionIx) -> Option<YouthIx> {
        let y = self.youth_ix(id)?;
        let arcs = &self.problem.youths[y as usize].arcs;
        let comes = arcs.iter().any(|a| a.option == option && a.gate.is_none());
        (!comes && !self.building.brought.contains_key(&id)).then_some(y)
    }

    fn youth_ix(&self, id: YouthId) -> Option<YouthIx> {
        self.posed.youths.iter().position(|&known| known == id).map(|y| y as YouthIx)
    }
}
