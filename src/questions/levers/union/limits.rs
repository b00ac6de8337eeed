//! Limits that a gate loosens: rooms, half-days, advisers, minima.

use super::super::edits::Applied;
use super::LeverIx;
use super::gated::Gated;
use crate::groups::{CapacityKind, GateIx, OptionIx, PostIx, Team};
use crate::territory::{Adviser, LeverChange, ProgrammeOption};
use crate::units::Key;
use std::collections::BTreeMap;

impl Gated<'_, '_, '_> {
    /// Rooms, half-days, advisers, minima.
    pub(super) fn limits(&mut self) {
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

    fn site_rank(&self, site: &Key) -> Option<u32> {
        let id = self.territory().sites().find(site)?;
        self.territory().sites().ids().position(|s| s == id).map(|rank| rank as u32)
    }

    fn add_rooms(&mut self, site: &Key, rooms: u32, gate: GateIx) {
        let Some(rank) = self.site_rank(site) else { return };
        for capacity in &mut self.problem.capacities {
            if matches!(capacity.kind, CapacityKind::Rooms { site, .. } if site == rank) {
                capacity.extra.push((gate, rooms));
            }
        }
    }

    fn add_half_days(&mut self, sites: &[Key], half_days: u32, gate: GateIx) {
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
        let lever = Applied::whole(&self.building.levers[at], None);
        let Ok((after, _)) = before.edit(&lever.edits(before)) else { return };
        let changed =
            after.advisers().iter().find(|(id, adviser)| before.advisers().get(*id) != Some(*adviser));
        let Some((id, adviser)) = changed else { return };
        let known = before.advisers().get(id);
        let leads = |adviser: &Adviser, option: &ProgrammeOption| {
            let held = option.meetings.iter().filter_map(|m| Some((m.site?, m.slot)));
            held.into_iter().all(|(site, slot)| adviser.can_be_at(site, slot))
        };
        let leads_newly = |ix: &OptionIx| {
            let option = self.territory().option(self.option(*ix));
            leads(adviser, option) && !known.is_some_and(|known| leads(known, option))
        };
        let options: Vec<OptionIx> = self.all().filter(leads_newly).collect();
        let mut posts: BTreeMap<PostIx, PostIx> = BTreeMap::new();
        let mut copies = Vec::new();
        for ix in options {
            let own: Vec<PostIx> = self.problem.options[ix as usize].posts.clone();
            for &post in &own {
                posts.entry(post).or_insert_with(|| {
                    let same = self.problem.posts[post as usize];
                    self.problem.posts.push(same);
                    self.problem.posts.len() as PostIx - 1
                });
            }
            let mut held: Vec<PostIx> = own.iter().map(|post| posts[post]).collect();
            held.sort_unstable();
            copies.push(self.changed(ix, |copy| {
                copy.posts = held;
                copy.gates.push(gate);
            }));
        }
        self.add(copies);
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
    fn lower(&mut self, programme: &Key, min: u32, more: u32, gate: GateIx) {
        let Some(id) = self.territory().programmes().find(programme) else { return };
        let Some(p) = self.posed.programmes.iter().position(|&known| known == id) else { return };
        // Where some come less often than is counted on, as many steady ones are needed as today: a caution.
        let min = self.territory().planned_size_from(id, min).min();
        let is_own = |ix: &OptionIx| self.problem.options[*ix as usize].programme == p as u32;
        let own: Vec<OptionIx> = self.all().filter(is_own).collect();
        let mut copies = Vec::new();
        for ix in own {
            let first = self.problem.options[ix as usize].lower_min.is_none() && more == 0;
            if first {
                self.problem.options[ix as usize].lower_min = Some((gate, min));
            } else {
                copies.push(self.changed(ix, |copy| {
                    copy.lower_min = Some((gate, min));
                    copy.gates.push(gate);
                    copy.max_groups = if more > 0 { more } else { copy.max_groups };
                }));
            }
        }
        self.add(copies);
    }
}
