//! Sites by half-days: which groups meet there, and what each programme could do there.

use super::Words;
use crate::plan::Offer;
use crate::report::language::DayPart;
use crate::report::language::page::{Amount, Label};
use crate::report::{names, telling};
use crate::territory::Territory;
use crate::units::{ProgrammeId, SiteId, SlotId};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// An option as far as it may be told.
#[derive(Clone, Copy)]
pub(in crate::report) struct Told<'a> {
    pub(in crate::report) offer: &'a Offer,
    pub(in crate::report) viable: bool,
    pub(in crate::report) groups: u32,
    /// Who can attend it.
    pub(in crate::report) reachable: Option<Amount>,
    /// How many are missing to the minimum, if any are.
    pub(in crate::report) missing: Option<Amount>,
}

/// A table of sites by half-days.
pub(in crate::report) struct Grid {
    pub(super) caption: String,
    /// What rows are.
    pub(super) corner: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<(String, Vec<GridCell>)>,
}

/// What is so at a site in a half-day.
#[derive(Clone, Default)]
pub(in crate::report) struct GridCell {
    pub(super) held: Held,
    pub(super) lines: Vec<String>,
}

/// The same in a word, which the style sheet and a sign tell besides the text.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::report) enum Held {
    #[default]
    Nothing,
    Groups,
    Possible,
    Missing,
}

impl Held {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Nothing => "g0",
            Self::Groups => "g1",
            Self::Possible => "g2",
            Self::Missing => "g3",
        }
    }

    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Nothing => "–",
            Self::Groups => "●",
            Self::Possible => "○",
            Self::Missing => "△",
        }
    }
}

/// The options of a plan, programme by programme.
pub(in crate::report) struct Options<'a> {
    pub(in crate::report) territory: &'a Territory,
    pub(in crate::report) words: Words,
    pub(in crate::report) all: Vec<Told<'a>>,
}

impl<'a> Options<'a> {
    fn of(&self, programme: ProgrammeId) -> impl Iterator<Item = &Told<'a>> {
        self.all.iter().filter(move |told| told.offer.programme == programme)
    }

    /// Where and when fewest are missing for a first group, of those options that somebody can attend.
    pub(in crate::report) fn nearest(&self, programme: ProgrammeId) -> Option<&Told<'a>> {
        let near = self.of(programme).filter(|told| !told.viable && told.groups == 0);
        let near = near.filter(|told| told.reachable.is_some_and(|people| people.most() > 0));
        near.filter(|told| told.missing.is_some()).min_by_key(|told| told.missing.map(Amount::least))
    }

    /// « à Richelieu le mardi matin, il manque 2 jeunes »
    pub(in crate::report) fn lacking(&self, programme: ProgrammeId) -> Option<String> {
        let told = self.nearest(programme)?;
        let (at, days) = self.place(told.offer);
        Some(self.words.say.lacking(&at, &days, told.missing?))
    }

    /// « à Richelieu le mardi matin, 8 ou plus peuvent venir »: of what is viable and has no group, where most can.
    pub(in crate::report) fn could(&self, programme: ProgrammeId) -> Option<String> {
        let viable = self.of(programme).filter(|told| told.viable && told.groups == 0);
        let least = |told: &&Told<'_>| Reverse(told.reachable.map_or(0, Amount::least));
        let told = viable.min_by_key(least)?;
        let (at, days) = self.place(told.offer);
        Some(self.words.say.could_come_there(&at, &days, told.reachable?))
    }

    /// Where and when an option is, to be put in a sentence.
    pub(in crate::report) fn place(&self, offer: &Offer) -> (String, Vec<DayPart>) {
        let at = telling::at(self.territory, self.words.say, &offer.venue);
        (at, telling::day_parts(self.territory, &offer.slots))
    }

    /// The groups of all programmes, then what each of those could do that has any option.
    pub(in crate::report) fn grids(&self) -> Vec<Grid> {
        let programmes: BTreeSet<ProgrammeId> = self.all.iter().map(|told| told.offer.programme).collect();
        let in_order = self.territory.programmes().ids().filter(|id| programmes.contains(id));
        [self.of_groups()].into_iter().chain(in_order.map(|id| self.of_programme(id))).collect()
    }

    fn of_groups(&self) -> Grid {
        let mut cells: BTreeMap<(SiteId, SlotId), BTreeMap<&str, u32>> = BTreeMap::new();
        for told in self.all.iter().filter(|told| told.groups > 0) {
            let name = names::programme(self.territory, told.offer.programme);
            for at in whereabouts(told.offer) {
                *cells.entry(at).or_default().entry(name).or_default() += told.groups;
            }
        }
        let line = |(name, groups): (&str, u32)| {
            let text = match groups {
                1 => name.to_owned(),
                n => format!("{name} ({})", self.words.say.groups_here(n)),
            };
            self.words.set(text)
        };
        let cell = |names: BTreeMap<&str, u32>| GridCell {
            held: Held::Groups,
            lines: names.into_iter().map(line).collect(),
        };
        let cells = cells.into_iter().map(|(at, names)| (at, cell(names))).collect();
        self.grid(self.words.say.grid_of_all().to_owned(), &cells)
    }

    fn of_programme(&self, programme: ProgrammeId) -> Grid {
        let mut best: BTreeMap<(SiteId, SlotId), (u32, &Told<'a>)> = BTreeMap::new();
        for told in self.of(programme) {
            for at in whereabouts(told.offer) {
                let (groups, known) = best.entry(at).or_insert((0, told));
                *groups += told.groups;
                if rank(told) < rank(known) {
                    *known = told;
                }
            }
        }
        let cells = best.into_iter().map(|(at, (groups, told))| (at, self.cell(groups, told))).collect();
        self.grid(self.words.say.grid_of(names::programme(self.territory, programme)), &cells)
    }

    fn cell(&self, groups: u32, told: &Told<'_>) -> GridCell {
        let say = self.words.say;
        let could = || told.reachable.map(|people| say.could_come(people));
        let (held, line) = match told.missing {
            _ if groups > 0 => (Held::Groups, Some(say.groups_here(groups))),
            Some(missing) if !told.viable => (Held::Missing, Some(say.missing(missing))),
            _ => (Held::Possible, could()),
        };
        GridCell { held, lines: line.map(|line| self.words.set(line)).into_iter().collect() }
    }

    fn grid(&self, caption: String, cells: &BTreeMap<(SiteId, SlotId), GridCell>) -> Grid {
        let territory = self.territory;
        let sites: BTreeSet<SiteId> = cells.keys().map(|at| at.0).collect();
        let slots: BTreeSet<SlotId> = cells.keys().map(|at| at.1).collect();
        let mut slots: Vec<SlotId> = slots.into_iter().collect();
        slots.sort_by_key(|&id| {
            let slot = &territory.slots()[id];
            (slot.day.to_monday_zero_offset(), slot.from, slot.to)
        });
        let half_day = |slot: &SlotId| {
            let part =
                telling::day_parts(territory, &[*slot]).first().map(|&day| self.words.say.half_day(day));
            self.words.set(part.unwrap_or_default())
        };
        let row = |site: SiteId| {
            let cell = |&slot: &SlotId| cells.get(&(site, slot)).cloned().unwrap_or_default();
            (names::site(territory, site).to_owned(), slots.iter().map(cell).collect())
        };
        Grid {
            caption: self.words.set(caption),
            corner: self.words.set(self.words.say.label(Label::Site)),
            columns: slots.iter().map(half_day).collect(),
            rows: territory.sites().ids().filter(|site| sites.contains(site)).map(row).collect(),
        }
    }
}

/// Every site and half-day that an offer takes.
fn whereabouts(offer: &Offer) -> impl Iterator<Item = (SiteId, SlotId)> {
    let sites = offer.venue.sites().iter();
    sites.flat_map(|&site| offer.slots.iter().map(move |&slot| (site, slot)))
}

/// What is viable for most people comes first, then what lacks fewest.
fn rank(told: &Told<'_>) -> (bool, u32, Reverse<u32>) {
    let missing = told.missing.map_or(0, Amount::least);
    (!told.viable, missing, Reverse(told.reachable.map_or(0, Amount::least)))
}
