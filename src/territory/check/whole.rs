//! What only shows on a sound whole: nothing here is wrong by itself, and the
//! answer would surprise.

use super::{Origins, pins};
use crate::finding::{Code, Finding, Source, Text};
use crate::territory::option::can_host;
use crate::territory::{MAX_OPTIONS, MAX_SESSIONS, Needed, Programme, Provenance, Slot, Territory};
use crate::units::{Key, ProgrammeId, SiteId, SlotId};
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
        Text::new(
            format!(
                "plus de {MAX_OPTIONS} options (dispositif × site × demi-journées × départ) ou de {MAX_SESSIONS} séances"
            ),
            format!(
                "more than {MAX_OPTIONS} options (programme × site × half-days × start) or {MAX_SESSIONS} sessions"
            ),
        ),
        Text::new(
            "restreignez les demi-journées ou les dates de départ, ou listez les rythmes voulus",
            "restrict the half-days or the starts, or list the rhythms wanted",
        ),
    )
}

struct Whole<'t> {
    territory: &'t Territory,
    origins: &'t Origins,
}

impl<'t> Whole<'t> {
    fn of_programme(&self, code: Code, key: &Key, what: (String, String), remedy: (&str, &str)) -> Finding {
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
            (format!("les demi-journées {a} et {b} se chevauchent"), format!("slots {a} and {b} overlap")),
            (
                "corrigez leurs heures ; sinon nul ne peut être aux deux, et chacune compte pour une demi-journée",
                "correct their hours; otherwise nobody can be in both, and each counts as a half-day",
            ),
        )
    }

    /// Programmes without a site.
    fn homeless_programmes(&self) -> Vec<Finding> {
        let held: BTreeSet<ProgrammeId> = self.territory.options().iter().map(|o| o.programme).collect();
        let homeless = self.programmes().filter(|(id, _)| !held.contains(id)).map(|(_, p)| {
            self.of_programme(
                Code::NoSiteForProgramme,
                &p.key,
                (
                    format!("aucun site n'est ouvert aux demi-journées du dispositif {}", p.key),
                    format!("no site is open in the half-days of programme {}", p.key),
                ),
                (
                    "ouvrez un site à ces demi-journées, ou changez-les",
                    "open a site then, or change the half-days",
                ),
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
                (
                    format!("aucun dispositif ne peut se tenir au site {}", site.key),
                    format!("no programme can be held at site {}", site.key),
                ),
                ("vérifiez ses salles et ses demi-journées", "check its rooms and half-days"),
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
                (
                    format!("le conseiller {} ne peut animer aucun groupe", adviser.key),
                    format!("adviser {} can lead no group", adviser.key),
                ),
                (
                    "vérifiez ses sites, ses demi-journées et leur nombre",
                    "check their sites, their half-days and how many",
                ),
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
        let remedy = ("vérifiez calendar.csv et les dates", "check calendar.csv and the dates");
        let closed = by_programme.iter().filter(|(_, meets)| !**meets).map(|(&id, _)| {
            let key = &self.territory.programmes()[id].key;
            let what = (
                format!("toutes les séances du dispositif {key} tombent sur une fermeture"),
                format!("all sessions of programme {key} fall on a closure"),
            );
            self.of_programme(Code::NoSessionLeft, key, what, remedy)
        });
        let findings: Vec<Finding> = closed.collect();
        if !findings.is_empty() {
            return findings;
        }
        let closed = by_site.iter().filter(|(_, meets)| !**meets).map(|(&id, _)| {
            let key = &self.territory.sites()[id].key;
            let what = (
                format!("toutes les séances possibles au site {key} tombent sur une fermeture"),
                format!("all sessions possible at site {key} fall on a closure"),
            );
            finding(Code::NoSessionLeft, &self.origins.sites, key, what, remedy)
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
            let what = (
                format!("le dispositif {} demande {n} séances et n'en tient que {held}", p.key),
                format!("programme {} needs {n} sessions and holds only {held}", p.key),
            );
            let remedy = ("demandez-en moins, ou toutes", "ask for fewer, or for all");
            (u32::from(n) > held).then(|| self.of_programme(Code::BadSessions, &p.key, what, remedy))
        };
        most.into_iter().filter_map(finding).collect()
    }

    /// Limits beyond the horizon: trips between the two are admitted and never found.
    fn short_horizon(&self) -> Vec<Finding> {
        let rules = self.territory.rules();
        let horizon = rules.horizon.to_minutes().get();
        let remedy = (
            "mettez horizon_min au moins aussi haut que la limite de trajet",
            "make horizon_min at least as long as the travel limit",
        );
        let what = |whose: (&str, &str), limit: u32| {
            (
                format!("la limite de trajet {} ({limit} min) dépasse l'horizon ({horizon} min)", whose.0),
                format!("the travel limit {} ({limit} min) is beyond the horizon ({horizon} min)", whose.1),
            )
        };
        let mut findings = Vec::new();
        if rules.limit > rules.horizon {
            let what = what(("du territoire", "of the territory"), rules.limit.to_minutes().get());
            findings.push(made(Code::HorizonTooShort, Source::memory(), what, remedy));
        }
        for (_, p) in self.programmes() {
            let Some(limit) = p.limit.filter(|limit| *limit > rules.horizon) else { continue };
            let whose = (format!("du dispositif {}", p.key), format!("of programme {}", p.key));
            let what = what((&whose.0, &whose.1), limit.to_minutes().get());
            findings.push(self.of_programme(Code::HorizonTooShort, &p.key, what, remedy));
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
                (
                    format!("les exclusions tournent en rond : {names}"),
                    format!("exclusions go round in a circle: {names}"),
                ),
                (
                    "une exclusion vaut dans les deux sens et n'est pas un ordre : gardez celles qui sont voulues",
                    "an exclusion holds both ways and is not an order: keep those that are meant",
                ),
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
            Provenance::Declared => (
                "inscrivez des jeunes dans youths.csv, ou retirez-le",
                "enrol youths in youths.csv, or remove it",
            ),
            Provenance::Synthetic { .. } => {
                ("donnez-lui un poids dans [synthesis.weights]", "give it a weight in [synthesis.weights]")
            }
        };
        let what = (
            format!("personne n'est inscrit au dispositif {key}"),
            format!("nobody is enrolled in programme {key}"),
        );
        self.of_programme(Code::NobodyEnrolled, key, what, remedy)
    }

    fn nobody_of_that_age(&self, p: &Programme, enrolled: u32) -> Finding {
        let key = &p.key;
        self.of_programme(
            Code::NobodyOfThatAge,
            key,
            (
                format!("les âges du dispositif {key} excluent tous ses inscrits ({enrolled})"),
                format!("the ages of programme {key} exclude all who are enrolled ({enrolled})"),
            ),
            ("vérifiez age_from, age_before et start", "check age_from, age_before and start"),
        )
    }
}

fn made(code: Code, source: Source, what: (String, String), remedy: (&str, &str)) -> Finding {
    Finding::new(code, source, Text::new(what.0, what.1), Text::new(remedy.0, remedy.1))
}

/// A finding on the entity of that key.
fn finding(
    code: Code,
    origins: &BTreeMap<Key, Source>,
    key: &Key,
    what: (String, String),
    remedy: (&str, &str),
) -> Finding {
    made(code, origins.get(key).cloned().unwrap_or_default(), what, remedy)
}
