//! Plans of structures apart, as one of them together.

use super::Coalition;
use crate::groups::{Assignment, GateIx, OptionIx, YouthIx};
use crate::plan::Posed;
use crate::territory::{ProgrammeOption, Territory, Turn, Venue};
use crate::units::{Key, YouthId};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Where and when a programme's groups meet, by keys: handles of two territories don't mean the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    programme: Key,
    turns: Option<Turn>,
    sites: Vec<Key>,
    slots: Vec<Key>,
    start: Date,
}

impl Named {
    fn of(territory: &Territory, option: &ProgrammeOption) -> Self {
        let sites = option.venue.sites().iter();
        let mut slots: Vec<Key> =
            option.slots.iter().map(|&slot| territory.slots()[slot].key.clone()).collect();
        slots.sort_unstable();
        Self {
            programme: territory.programmes()[option.programme].key.clone(),
            turns: match option.venue {
                Venue::One(_) => None,
                Venue::Turns(turn, _) => Some(turn),
            },
            sites: sites.map(|&site| territory.sites()[site].key.clone()).collect(),
            slots,
            start: option.start,
        }
    }
}

/// The plans of structures apart in the problem of all of them; `None` where something is not there.
pub(super) fn carried(apart: &[&Coalition], territory: &Territory, posed: &Posed) -> Option<Assignment> {
    let mut copies: BTreeMap<Named, Vec<OptionIx>> = BTreeMap::new();
    for (ix, &option) in posed.options.iter().enumerate() {
        copies.entry(Named::of(territory, territory.option(option))).or_default().push(ix as OptionIx);
    }
    let youths: BTreeMap<YouthId, YouthIx> = posed.youths.iter().copied().zip(0..).collect();
    let mut groups: BTreeMap<OptionIx, u32> = BTreeMap::new();
    let mut members = Vec::new();
    for &one in apart {
        for &(from, count) in &one.assignment.groups {
            let own: Vec<YouthIx> = one
                .assignment
                .members
                .iter()
                .filter(|member| member.1 == from && member.2.is_none())
                .map(|member| there(one, member.0, territory, &youths))
                .collect::<Option<_>>()?;
            place(one, (from, count), &copies, (&own, &mut groups, &mut members))?;
        }
    }
    members.sort_unstable();
    let gates = gates(territory, posed, groups.keys().copied());
    Some(Assignment { groups: groups.into_iter().collect(), members, gates })
}

/// A youth of one of them, among all.
fn there(
    one: &Coalition,
    youth: YouthIx,
    territory: &Territory,
    youths: &BTreeMap<YouthId, YouthIx>,
) -> Option<YouthIx> {
    let key = &one.study.territory().youths()[one.posed.youths[youth as usize]].key;
    youths.get(&territory.youths().find(key)?).copied()
}

type Placing<'a> =
    (&'a [YouthIx], &'a mut BTreeMap<OptionIx, u32>, &'a mut Vec<(YouthIx, OptionIx, Option<GateIx>)>);

/// The groups of an option where it is in the problem of all, told apart where it stands several times there.
fn place(
    one: &Coalition,
    (from, count): (OptionIx, u32),
    copies: &BTreeMap<Named, Vec<OptionIx>>,
    (own, groups, members): Placing<'_>,
) -> Option<()> {
    let (here, option) = (one.study.territory(), one.posed.options[from as usize]);
    let twins = copies.get(&Named::of(here, here.option(option)))?;
    let first = one.posed.options.iter().position(|&o| o == option)?;
    let nth = from as usize - first;
    let free: Vec<OptionIx> = match twins.as_slice() {
        [only] => vec![*only],
        several => several.iter().copied().skip(nth).take(count as usize).collect(),
    };
    let each = own.len().div_ceil(free.len().max(1));
    match free.as_slice() {
        [] => return None,
        [only] => *groups.entry(*only).or_default() += count,
        several => several.iter().for_each(|&o| *groups.entry(o).or_default() += 1),
    }
    for (at, &youth) in own.iter().enumerate() {
        members.push((youth, *free.get(at / each.max(1))?, None));
    }
    Some(())
}

/// Candidates that the groups need.
fn gates(territory: &Territory, posed: &Posed, options: impl Iterator<Item = OptionIx>) -> Vec<GateIx> {
    let used: BTreeSet<_> = options
        .flat_map(|o| territory.option(posed.options[o as usize]).venue.sites().iter().copied())
        .collect();
    (0..).zip(&posed.gates).filter(|(_, site)| used.contains(site)).map(|(gate, _)| gate).collect()
}
