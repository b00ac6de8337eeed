//! What only shows on a sound whole: nothing here is wrong by itself, and the
//! answer would surprise.

use super::{Origins, pins};
use crate::finding::{Code, Finding, Source, Text};
use crate::territory::option::can_host;
use crate::territory::{MAX_OPTIONS, MAX_SESSIONS, Needed, Programme, Provenance, Slot, Territory};
use crate::units::{Key, ProgrammeId, Seconds, SiteId, SlotId};
use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is said of a territory whose options are known.
pub(super) fn look(territory: &Territory, origins: &Origins) -> Vec<Finding> {
    let whole = Whole { territory, origins };
    let mut findings = pins::unkept(territory, origins);
    findings.extend(whole.overlapping_slots());
    findings.extend(whole.homeless_programmes());
    findings.extend(whole.idle_sites());
    findings.extend(whole.idle_advisers());
    findings.extend(whole.closed_throughout());
    findings.extend(whole.too_many_sessions());
    findings.extend(whole.short_horizon());
    findings.extend(whole.circles());
    findings.extend(whole.enrolments());
    findings
}

/// More options than can be enumerated.
pub(super) fn too_many_options() -> Finding {
    Finding::new(
        Code::TooManyOptions,
        Source::memory(),
        Text::say(|words| words.too_many_options(MAX_OPTIONS, MAX_SESSIONS)),
        Text::say(|words| words.restrict_options()),
    )
}

struct Whole<'t> {
    territory: &'t Territory,
    origins: &'t Origins,
}

impl<'t> Whole<'t> {
    fn of_programme(&self, code: Code, key: &Key, what: Text, remedy: Text) -> Finding {
        finding(code, &self.origins.programmes, key, what, remedy)
    }

    fn programmes(&self) -> impl Iterator<Item = (ProgrammeId, &'t Programme)> + use<'t> {
        self.territory.programmes().iter()
    }

    /// Half-days that share time with one before them: whoever is in one can't be
    /// in the other, and each counts as one.
    fn overlapping_slots(&self) -> Vec<Finding> {
        let mut slots: Vec<&Slot> = self.territory.slots().iter().map(|(_, slot)| slot).collect();
        slots.sort_by_key(|slot| (slot.day.to_monday_zero_offset(), slot.from, slot.to));
        let mut findings = Vec::new();
        let mut last: Option<&Slot> = None;
        for slot in slots {
            if let Some(before) = last.filter(|before| before.overlaps(slot)) {
                findings.push(self.overlap(before, slot));
            }
            // The one that ends last is what the next may share time with.
            last = last.filter(|before| before.day == slot.day && before.to > slot.to).or(Some(slot));
        }
        findings
    }

    fn overlap(&self, a: &Slot, b: &Slot) -> Finding {
        let (a, b) = (&a.key, &b.key);
        finding(
            Code::SlotsOverlap,
            &self.origins.slots,
            b,
            Text::say(|words| words.slots_overlap(a, b)),
            Text::say(|words| words.correct_their_hours()),
        )
    }

    /// Programmes without a site.
    fn homeless_programmes(&self) -> Vec<Finding> {
        let held: BTreeSet<ProgrammeId> = self.territory.options().iter().map(|o| o.programme).collect();
        let homeless = self.programmes().filter(|(id, _)| !held.contains(id)).map(|(_, p)| {
            self.of_programme(
                Code::NoSiteForProgramme,
                &p.key,
                Text::say(|words| words.no_site_for_programme(&p.key)),
                Text::say(|words| words.open_a_site()),
            )
        });
        homeless.collect()
    }

    /// Sites without a programme.
    fn idle_sites(&self) -> Vec<Finding> {
        let idle = self.territory.sites().iter().filter(|(id, site)| {
            let hosts = self.programmes().any(|(_, p)| can_host(p, *id, site));
            site.rooms == 0 || !hosts
        });
        let finding = |(_, site): (SiteId, &super::Site)| {
            finding(
                Code::UselessSite,
                &self.origins.sites,
                &site.key,
                Text::say(|words| words.no_programme_for_site(&site.key)),
                Text::say(|words| words.check_rooms()),
            )
        };
        idle.map(finding).collect()
    }

    /// Advisers who are never where and when something can be held.
    fn idle_advisers(&self) -> Vec<Finding> {
        let held: BTreeSet<(SiteId, SlotId)> = self
            .territory
            .options()
            .iter()
            .flat_map(|o| o.venue.sites().iter().flat_map(|&site| o.slots.iter().map(move |&s| (site, s))))
            .collect();
        let idle = self.territory.advisers().iter().filter(|(_, adviser)| {
            adviser.half_days == 0 || !held.iter().any(|&(site, slot)| adviser.can_be_at(site, slot))
        });
        let finding = |(_, adviser): (_, &super::Adviser)| {
            finding(
                Code::IdleAdviser,
                &self.origins.advisers,
                &adviser.key,
                Text::say(|words| words.idle_adviser(&adviser.key)),
                Text::say(|words| words.check_adviser()),
            )
        };
        idle.map(finding).collect()
    }

    /// Programmes, or else sites, of which every session falls on a closure.
    fn closed_throughout(&self) -> Vec<Finding> {
        let mut by_programme: BTreeMap<ProgrammeId, bool> = BTreeMap::new();
        let mut by_site: BTreeMap<SiteId, bool> = BTreeMap::new();
        for option in self.territory.options() {
            let meets = !option.meetings.is_empty();
            *by_programme.entry(option.programme).or_default() |= meets;
            option.venue.sites().iter().for_each(|&site| *by_site.entry(site).or_default() |= meets);
        }
        let remedy = || Text::say(|words| words.check_calendar());
        let closed = by_programme.iter().filter(|(_, meets)| !**meets).map(|(&id, _)| {
            let key = &self.territory.programmes()[id].key;
            let what = Text::say(|words| words.programme_closed_throughout(key));
            self.of_programme(Code::NoSessionLeft, key, what, remedy())
        });
        let findings: Vec<Finding> = closed.collect();
        if !findings.is_empty() {
            return findings;
        }
        let closed = by_site.iter().filter(|(_, meets)| !**meets).map(|(&id, _)| {
            let key = &self.territory.sites()[id].key;
            let what = Text::say(|words| words.site_closed_throughout(key));
            finding(Code::NoSessionLeft, &self.origins.sites, key, what, remedy())
        });
        closed.collect()
    }

    /// Programmes that need more sessions than any option holds.
    fn too_many_sessions(&self) -> Vec<Finding> {
        let mut most: BTreeMap<ProgrammeId, u32> = BTreeMap::new();
        for option in self.territory.options().iter().filter(|o| !o.meetings.is_empty()) {
            let sessions = most.entry(option.programme).or_default();
            *sessions = option.sessions().max(*sessions);
        }
        let finding = |(id, held): (ProgrammeId, u32)| {
            let p = &self.territory.programmes()[id];
            let Needed::Count(n) = p.needed else { return None };
            let what = Text::say(|words| words.too_few_sessions_held(&p.key, n, held));
            let remedy = Text::say(|words| words.ask_for_fewer_sessions());
            (u32::from(n) > held).then(|| self.of_programme(Code::BadSessions, &p.key, what, remedy))
        };
        most.into_iter().filter_map(finding).collect()
    }

    /// Limits beyond the horizon: trips between the two are admitted and never found.
    fn short_horizon(&self) -> Vec<Finding> {
        let rules = self.territory.rules();
        let horizon = rules.horizon.to_minutes().get();
        let remedy = || Text::say(|words| words.longer_horizon());
        let what = |programme: Option<&Key>, limit: Seconds| {
            let limit = limit.to_minutes().get();
            Text::say(|words| words.limit_beyond_horizon(programme, limit, horizon))
        };
        let mut findings = Vec::new();
        if rules.limit > rules.horizon {
            let what = what(None, rules.limit);
            findings.push(Finding::new(Code::HorizonTooShort, Source::memory(), what, remedy()));
        }
        for (_, p) in self.programmes() {
            let Some(limit) = p.limit.filter(|limit| *limit > rules.horizon) else { continue };
            findings.push(self.of_programme(
                Code::HorizonTooShort,
                &p.key,
                what(Some(&p.key), limit),
                remedy(),
            ));
        }
        findings
    }

    /// Exclusions that go round: each said one way, they read like an order, and are none.
    fn circles(&self) -> Vec<Finding> {
        let mut graph = DiGraph::<ProgrammeId, ()>::new();
        let nodes: BTreeMap<_, _> = self.programmes().map(|(id, _)| (id, graph.add_node(id))).collect();
        for (id, p) in self.programmes() {
            // Said from both sides, an exclusion is plainly meant.
            let one_way = |other: &&ProgrammeId| !self.territory.programmes()[**other].excludes.contains(&id);
            for other in p.excludes.iter().filter(one_way) {
                graph.update_edge(nodes[&id], nodes[other], ());
            }
        }
        let circles = tarjan_scc(&graph).into_iter().filter(|circle| circle.len() > 1);
        let finding = |circle: Vec<petgraph::graph::NodeIndex>| {
            let mut keys: Vec<&Key> =
                circle.iter().map(|&node| &self.territory.programmes()[graph[node]].key).collect();
            keys.sort_unstable();
            let first = *keys.first()?;
            let names = keys.iter().map(|key| key.as_str()).collect::<Vec<_>>().join(", ");
            Some(self.of_programme(
                Code::ExclusionCircle,
                first,
                Text::say(|words| words.exclusions_in_a_circle(&names)),
                Text::say(|words| words.exclusions_hold_both_ways()),
            ))
        };
        circles.filter_map(finding).collect()
    }

    /// Programmes that nobody is enrolled in, or nobody of the right age.
    fn enrolments(&self) -> Vec<Finding> {
        if self.territory.youths().is_empty() {
            return Vec::new();
        }
        let mut counts: BTreeMap<ProgrammeId, (u32, bool)> = BTreeMap::new();
        for (_, youth) in self.territory.youths().iter() {
            for &programme in &youth.programmes {
                let (enrolled, admitted) = counts.entry(programme).or_default();
                *enrolled += 1;
                *admitted = *admitted || self.territory.programmes()[programme].admits(youth);
            }
        }
        let finding = |(id, p): (ProgrammeId, &Programme)| match counts.get(&id) {
            None => Some(self.nobody_enrolled(&p.key)),
            Some(&(enrolled, false)) => Some(self.nobody_of_that_age(p, enrolled)),
            Some(_) => None,
        };
        self.programmes().filter_map(finding).collect()
    }

    fn nobody_enrolled(&self, key: &Key) -> Finding {
        let remedy = match self.territory.provenance() {
            Provenance::Declared => Text::say(|words| words.enrol_youths()),
            Provenance::Synthetic { .. } => Text::say(|words| words.give_it_a_weight()),
        };
        let what = Text::say(|words| words.nobody_enrolled(key));
        self.of_programme(Code::NobodyEnrolled, key, what, remedy)
    }

    fn nobody_of_that_age(&self, p: &Programme, enrolled: u32) -> Finding {
        let key = &p.key;
        self.of_programme(
            Code::NobodyOfThatAge,
            key,
            Text::say(|words| words.nobody_of_that_age(key, enrolled)),
            Text::say(|words| words.check_ages_and_start()),
        )
    }
}

/// A finding on the entity of that key.
fn finding(code: Code, origins: &BTreeMap<Key, Source>, key: &Key, what: Text, remedy: Text) -> Finding {
    Finding::new(code, origins.get(key).cloned().unwrap_or_default(), what, remedy)
}
