//! What an option needs that is not there today: each of its half-days open where it meets, offered by its programme, at a
//! venue that the programme has; and the levers by which each of these can be had.

use super::LeverIx;
use crate::territory::{Lever, LeverChange, ProgrammeOption, Rhythm, Territory, Turn, Venue};
use crate::units::{ProgrammeId, SiteId, SlotId};
use std::collections::BTreeSet;

/// Something that an option needs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Element {
    /// The site is open then.
    Open(SiteId, SlotId),
    /// The programme may be held then.
    Offered(ProgrammeId, SlotId),
    /// The programme's list has these half-days.
    Listed(ProgrammeId, BTreeSet<SlotId>),
    /// The programme is held there.
    Held(ProgrammeId, Venue),
}

/// One way to have an option: with all of some levers, and without any of others.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way {
    pub(super) with: BTreeSet<LeverIx>,
    pub(super) without: BTreeSet<LeverIx>,
}

/// Most ways to have one option that are told apart.
const MOST_WAYS: usize = 64;

/// The ways to have each option of the territory in which all levers are applied; none for one that can't be had.
pub(super) fn ways(today: &Territory, there: &Territory, levers: &[Lever]) -> Vec<Vec<Way>> {
    let effects: Vec<Effect> = levers.iter().map(|lever| Effect::of(there, &lever.change)).collect();
    let of = |option: &ProgrammeOption| {
        let mut ways = vec![Way::default()];
        for element in elements(there, option) {
            let choices = choices(today, &effects, &element);
            let both = |way: &Way| {
                let joined = choices.iter().map(|choice| Way {
                    with: way.with.union(&choice.with).copied().collect(),
                    without: way.without.union(&choice.without).copied().collect(),
                });
                joined.collect::<Vec<_>>()
            };
            let all: BTreeSet<Way> =
                ways.iter().flat_map(both).filter(|w| w.with.is_disjoint(&w.without)).collect();
            ways = all.into_iter().take(MOST_WAYS).collect();
        }
        ways
    };
    there.options().iter().map(of).collect()
}

/// What a lever gives and takes of this.
#[derive(Default)]
struct Effect {
    gives: BTreeSet<Element>,
    takes: Option<Element>,
    /// Whether it is applied with those that take.
    moves: bool,
}

impl Effect {
    fn of(there: &Territory, change: &LeverChange) -> Self {
        let site = |key| there.sites().find(key);
        let slot = |key| there.slots().find(key);
        let mut effect = Self::default();
        match change {
            LeverChange::OpenSlots { site: at, slots } => {
                effect.gives =
                    slots.iter().filter_map(|s| Some(Element::Open(site(at)?, slot(s)?))).collect();
            }
            LeverChange::MoveSlot { site: at, from, to } => {
                let open = |s| Some(Element::Open(site(at)?, slot(s)?));
                effect.gives = open(to).into_iter().collect();
                effect.takes = open(from).filter(|_| from != to);
                effect.moves = true;
            }
            LeverChange::AddSlots { programme, slots } => {
                let Some(id) = there.programmes().find(programme) else { return effect };
                let all: Vec<SlotId> = slots.iter().filter_map(slot).collect();
                effect.gives = match there.programmes()[id].rhythm {
                    Rhythm::Listed(_) => BTreeSet::from([Element::Listed(id, all.into_iter().collect())]),
                    _ => all.into_iter().map(|slot| Element::Offered(id, slot)).collect(),
                };
            }
            LeverChange::Alternate { programme, by, sites } => {
                let all = sites.iter().filter_map(site).collect();
                let held =
                    there.programmes().find(programme).map(|id| Element::Held(id, Venue::Turns(*by, all)));
                effect.gives = held.into_iter().collect();
            }
            _ => {}
        }
        effect
    }
}

fn elements(there: &Territory, option: &ProgrammeOption) -> BTreeSet<Element> {
    let id = option.programme;
    let mut all = BTreeSet::from([Element::Held(id, option.venue.clone())]);
    match &option.venue {
        Venue::Turns(Turn::Day, _) => {
            all.extend(option.meetings.iter().filter_map(|m| Some(Element::Open(m.site?, m.slot))));
        }
        venue => {
            let everywhere =
                venue.sites().iter().flat_map(|&site| option.slots.iter().map(move |&slot| (site, slot)));
            all.extend(everywhere.map(|(site, slot)| Element::Open(site, slot)));
        }
    }
    match there.programmes()[id].rhythm {
        Rhythm::Listed(_) => _ = all.insert(Element::Listed(id, option.slots.iter().copied().collect())),
        _ => all.extend(option.slots.iter().map(|&slot| Element::Offered(id, slot))),
    }
    all
}

/// Whether something is there today.
fn is_there(today: &Territory, element: &Element) -> bool {
    match element {
        Element::Open(site, slot) => today.sites().get(*site).is_some_and(|site| site.open.contains(slot)),
        Element::Offered(id, slot) => {
            let slots = &today.programmes()[*id].slots;
            slots.is_empty() || slots.contains(slot)
        }
        Element::Listed(id, set) => match &today.programmes()[*id].rhythm {
            Rhythm::Listed(sets) => {
                sets.iter().any(|own| own.iter().copied().collect::<BTreeSet<_>>() == *set)
            }
            _ => true,
        },
        Element::Held(id, venue) => {
            let programme = &today.programmes()[*id];
            match venue {
                // A programme that only takes turns is held at no site alone.
                Venue::One(_) if programme.sites.is_empty() => programme.alternating.is_empty(),
                Venue::One(site) => programme.sites.contains(site),
                Venue::Turns(by, sites) => {
                    programme.alternating.iter().any(|a| a.by == *by && a.sites == *sites)
                }
            }
        }
    }
}

/// How something can be had: as it is today, unless a lever takes it; or by a lever that gives it. Levers
/// that take are applied before those that only give, in the order of the list.
fn choices(today: &Territory, effects: &[Effect], element: &Element) -> Vec<Way> {
    let takers = |after: Option<LeverIx>| {
        let takes = effects.iter().enumerate().filter(|(_, e)| e.takes.as_ref() == Some(element));
        takes
            .map(|(at, _)| at)
            .filter(move |&at| after.is_none_or(|after| at > after))
            .collect::<BTreeSet<_>>()
    };
    let mut all = Vec::new();
    if is_there(today, element) {
        all.push(Way { with: BTreeSet::new(), without: takers(None) });
    }
    for (at, effect) in effects.iter().enumerate().filter(|(_, e)| e.gives.contains(element)) {
        let without = if effect.moves { takers(Some(at)) } else { BTreeSet::new() };
        all.push(Way { with: BTreeSet::from([at]), without });
    }
    // Nothing is gained by a lever where nothing is lost without it.
    if all.first().is_some_and(|way| *way == Way::default()) {
        all.truncate(1);
    }
    all
}
