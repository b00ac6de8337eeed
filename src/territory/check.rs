//! From a draft to a territory: every reference is looked up, every rule
//! between entities is checked, and all findings come back at once.

use super::draft::{Draft, Written};
use super::option::{can_host, enumerate};
use super::refs::{Ids, Names};
use super::register::{Handle, Keyed, Register};
use super::rename::Translate;
use super::{Inner, Link, Pin, Place, Programme, Rhythm, Site, Slot, Stop, Territory, Youth};
use crate::error::Error;
use crate::finding::{self, Code, Finding, Level, Source, Text};
use crate::units::{
    InseeCode, Key, LinkId, PlaceId, Position, ProgrammeId, Seconds, SiteId, SlotId, YouthId,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A place farther than this from every site is probably misplaced, in metres.
const FAR: f64 = 150_000.0;

impl Draft {
    /// Looks every reference up and checks what holds between entities.
    /// Answers the territory with its warnings and notes.
    ///
    /// # Errors
    /// [`Error::Input`] with every finding, warnings included, when one of them is an error.
    pub fn check(self) -> Result<(Territory, Vec<Finding>), Error> {
        self.check_after(None)
    }

    /// As [`Draft::check`], keeping the handles that `before` gave.
    pub(super) fn check_after(
        mut self,
        before: Option<&Territory>,
    ) -> Result<(Territory, Vec<Finding>), Error> {
        if self.slots.is_empty() {
            let written = |value| Written { value, source: Source::memory() };
            self.slots = Slot::ten_half_days().into_iter().map(written).collect();
        }
        let origins = Origins::of(&self);
        let mut checker = Checker::new(&self, before);
        let inner = checker.inner(self, before);
        let mut findings = checker.findings;
        let mut territory = Territory(Arc::new(inner));
        if !findings.iter().any(|f| f.level() == Level::Error) {
            match enumerate(&territory) {
                Ok(options) => {
                    if let Some(inner) = Arc::get_mut(&mut territory.0) {
                        inner.options = options;
                    }
                    findings.extend(unusable(&territory, &origins));
                    findings.extend(pinned_nowhere(&territory, &origins));
                    findings.extend(too_many_sessions(&territory, &origins));
                }
                Err(_) => findings.push(too_many_options()),
            }
        }
        finding::sort(&mut findings);
        if findings.iter().any(|f| f.level() == Level::Error) {
            return Err(Error::Input(findings));
        }
        Ok((territory, findings))
    }
}

/// Where what a finished territory is asked about was written.
struct Origins {
    programmes: BTreeMap<Key, Source>,
    sites: BTreeMap<Key, Source>,
    /// In the order of the pins, which is kept when nothing is wrong.
    pins: Vec<Source>,
}

impl Origins {
    fn of(draft: &Draft) -> Self {
        fn by_key<T: Keyed>(written: &[Written<T>]) -> BTreeMap<Key, Source> {
            written.iter().map(|w| (w.value.key().clone(), w.source.clone())).collect()
        }
        Self {
            programmes: by_key(&draft.programmes),
            sites: by_key(&draft.sites),
            pins: draft.pins.iter().map(|w| w.source.clone()).collect(),
        }
    }
}

/// Handles by key, old ones kept, and what was found wrong so far.
struct Checker {
    slots: BTreeMap<Key, SlotId>,
    places: BTreeMap<Key, PlaceId>,
    sites: BTreeMap<Key, SiteId>,
    advisers: BTreeMap<Key, crate::units::AdviserId>,
    programmes: BTreeMap<Key, ProgrammeId>,
    youths: BTreeMap<Key, YouthId>,
    links: BTreeMap<Key, LinkId>,
    findings: Vec<Finding>,
    /// Where the entity being translated was written.
    source: Source,
    /// The earliest first day of a programme.
    earliest: Option<jiff::civil::Date>,
}

impl Checker {
    fn new(draft: &Draft, before: Option<&Territory>) -> Self {
        let mut findings = Vec::new();
        Self {
            slots: handles(&draft.slots, before.map(Territory::slots), &mut findings),
            places: handles(&draft.places, before.map(Territory::places), &mut findings),
            sites: handles(&draft.sites, before.map(Territory::sites), &mut findings),
            advisers: handles(&draft.advisers, before.map(Territory::advisers), &mut findings),
            programmes: handles(&draft.programmes, before.map(Territory::programmes), &mut findings),
            youths: handles(&draft.youths, before.map(Territory::youths), &mut findings),
            links: handles(&draft.links, before.map(Territory::links), &mut findings),
            findings,
            source: Source::memory(),
            earliest: draft.programmes.iter().map(|w| w.value.start.first).min(),
        }
    }

    fn inner(&mut self, draft: Draft, before: Option<&Territory>) -> Inner {
        let centres: BTreeMap<InseeCode, Position> = draft
            .places
            .iter()
            .filter_map(|w| Some((InseeCode::new(w.value.key.as_str())?, w.value.position?)))
            .collect();
        for w in &draft.slots {
            self.check_slot(w);
        }
        for w in &draft.places {
            self.check_place(w);
        }
        let site_points = site_points(&draft, &centres);
        self.check_far(&draft, &site_points);
        if draft.youths.is_empty() {
            self.say(
                Code::NobodyAtAll,
                Source::memory(),
                ("aucun jeune", "no youth at all"),
                ("remplissez youths.csv ou décrivez un tirage", "fill youths.csv or describe a draw"),
            );
        }
        let calendar = {
            self.source = Source::file("calendar.csv");
            draft.calendar.translated::<Ids>(self)
        };
        let sites = self.translate_all(&draft.sites, |me, w| me.site_of(w, &centres));
        let programmes = self.translate_all(&draft.programmes, |me, w| {
            me.check_programme(w);
            w.value.translated::<Ids>(me)
        });
        let advisers = self.translate_all(&draft.advisers, |me, w| w.value.translated::<Ids>(me));
        let youths = self.translate_all(&draft.youths, |me, w| {
            me.check_youth(w);
            w.value.translated::<Ids>(me)
        });
        let links = self.translate_all(&draft.links, |me, w| {
            me.check_link(w);
            w.value.translated::<Ids>(me)
        });
        let pins = self.pins(&draft.pins);
        let keep = |w: &Written<Place>| w.value.clone();
        let slot = |w: &Written<Slot>| w.value.clone();
        Inner {
            name: draft.name,
            rules: draft.rules,
            slots: register(draft.slots.iter().map(slot), &self.slots, before.map(Territory::slots)),
            places: register(draft.places.iter().map(keep), &self.places, before.map(Territory::places)),
            sites: register(sites.into_iter(), &self.sites, before.map(Territory::sites)),
            advisers: register(advisers.into_iter(), &self.advisers, before.map(Territory::advisers)),
            programmes: register(programmes.into_iter(), &self.programmes, before.map(Territory::programmes)),
            youths: register(youths.into_iter(), &self.youths, before.map(Territory::youths)),
            links: register(links.into_iter().flatten(), &self.links, before.map(Territory::links)),
            calendar,
            pins,
            provenance: draft.provenance,
            outlines: draft.outlines,
            options: Vec::new(),
        }
    }

    fn translate_all<T, U>(
        &mut self,
        written: &[Written<T>],
        mut one: impl FnMut(&mut Self, &Written<T>) -> U,
    ) -> Vec<U> {
        written
            .iter()
            .map(|w| {
                self.source = w.source.clone();
                one(self, w)
            })
            .collect()
    }

    fn say(&mut self, code: Code, source: Source, what: (&str, &str), remedy: (&str, &str)) {
        let text = |(fr, en): (&str, &str)| Text::new(fr, en);
        self.findings.push(Finding::new(code, source, text(what), text(remedy)));
    }

    fn check_slot(&mut self, w: &Written<Slot>) {
        if w.value.from >= w.value.to {
            let key = &w.value.key;
            self.say(
                Code::OutOfRange,
                w.source.clone(),
                (
                    &format!("la demi-journée {key} finit avant de commencer"),
                    &format!("slot {key} ends before it begins"),
                ),
                ("corrigez ses heures", "correct its hours"),
            );
        }
    }

    fn check_place(&mut self, w: &Written<Place>) {
        if w.value.position.is_none() {
            let key = &w.value.key;
            self.say(
                Code::NotLocated,
                w.source.clone(),
                (
                    &format!("le lieu {key} n'a pas de coordonnées"),
                    &format!("place {key} has no coordinates"),
                ),
                (
                    "ajoutez lon et lat ; sinon ses jeunes seront « non localisés »",
                    "add lon and lat; otherwise its youths will be 'not located'",
                ),
            );
        }
    }

    /// Places far from every site, by the nearest site.
    fn check_far(&mut self, draft: &Draft, sites: &[Position]) {
        let tree = rstar::RTree::bulk_load(
            sites.iter().map(|&at| geo::Point::from(at)).collect::<Vec<geo::Point<f64>>>(),
        );
        for w in &draft.places {
            let Some(at) = w.value.position else { continue };
            // Nearest in degrees, which is near enough to tell a place from another continent.
            let Some(nearest) = tree.nearest_neighbor(&geo::Point::from(at)) else { continue };
            let Some(site) = Position::new(nearest.x(), nearest.y()) else { continue };
            let metres = at.straight_line(site);
            if metres > FAR {
                let (key, km) = (&w.value.key, (metres / 1000.0).round());
                self.say(
                    Code::FarPlace,
                    w.source.clone(),
                    (
                        &format!("le lieu {key} est à {km} km du site le plus proche"),
                        &format!("place {key} is {km} km from the nearest site"),
                    ),
                    ("vérifiez lon et lat : peut-être inversés", "check lon and lat: perhaps swapped"),
                );
            }
        }
    }

    fn site_of(&mut self, w: &Written<Site<Names>>, centres: &BTreeMap<InseeCode, Position>) -> Site {
        let mut site = w.value.translated::<Ids>(self);
        site.position = site.position.or_else(|| centres.get(&site.commune?).copied());
        if site.position.is_none() {
            let key = &site.key;
            self.say(
                Code::NotLocated,
                w.source.clone(),
                (&format!("le site {key} n'est pas localisé"), &format!("site {key} is not located")),
                (
                    "ajoutez lon et lat, ou le code INSEE d'une commune du territoire",
                    "add lon and lat, or the INSEE code of a commune of the territory",
                ),
            );
        }
        site
    }

    fn check_programme(&mut self, w: &Written<Programme<Names>>) {
        let p = &w.value;
        let key = &p.key;
        if p.excludes.contains(key) {
            self.say(
                Code::SelfExclusion,
                w.source.clone(),
                (
                    &format!("le dispositif {key} s'exclut lui-même"),
                    &format!("programme {key} excludes itself"),
                ),
                ("retirez-le de sa propre liste", "take it off its own list"),
            );
        }
        let before = p.ages.before_if_disabled.unwrap_or(0).max(p.ages.before);
        if p.ages.from >= before {
            self.say(
                Code::BadAges,
                w.source.clone(),
                (
                    &format!("les âges du dispositif {key} n'admettent personne"),
                    &format!("the ages of programme {key} admit nobody"),
                ),
                ("l'âge de début doit être sous l'âge de fin", "the first age must be below the last"),
            );
        }
        for rule in &p.mix {
            if rule.at_least > rule.at_most || rule.at_least > p.size.max() {
                self.say(
                    Code::BadMixRule,
                    w.source.clone(),
                    (
                        &format!("aucun groupe du dispositif {key} ne peut respecter une de ses règles de composition"),
                        &format!("no group of programme {key} can satisfy one of its mix rules"),
                    ),
                    ("au moins ≤ au plus, et au moins ≤ taille maximale", "at least <= at most, and at least <= largest size"),
                );
            }
        }
        let in_range = (1..=104).contains(&p.weeks)
            && p.start.later_weeks <= 52
            && p.max_groups >= 1
            && match &p.rhythm {
                Rhythm::HalfDays(n) => (1..=3).contains(n),
                Rhythm::FullDays(n) => (1..=5).contains(n),
                Rhythm::Listed(sets) => sets.len() <= 200 && sets.iter().any(|set| !set.is_empty()),
            }
            && p.alternating.iter().all(|a| (2..=10).contains(&a.sites.len()));
        if !in_range {
            self.say(
                Code::OutOfRange,
                w.source.clone(),
                (&format!("le rythme du dispositif {key} sort des bornes"), &format!("the rhythm of programme {key} is out of range")),
                (
                    "1 à 104 semaines, départ repoussé de 52 au plus, 1 à 3 demi-journées ou 1 à 5 jours, 2 à 10 sites en alternance, au moins un groupe",
                    "1 to 104 weeks, put off by at most 52, 1 to 3 half-days or 1 to 5 days, 2 to 10 sites in turn, at least one group",
                ),
            );
        }
        let needs = match p.needed {
            super::Needed::All => true,
            super::Needed::Count(n) => n >= 1,
            super::Needed::Percent(n) => (1..=100).contains(&n),
        };
        if !needs {
            self.say(
                Code::BadSessions,
                w.source.clone(),
                (
                    &format!("le dispositif {key} demande un nombre de séances impossible"),
                    &format!("programme {key} needs an impossible number of sessions"),
                ),
                ("au moins une séance, au plus 100 %", "at least one session, at most 100%"),
            );
        }
    }

    fn check_link(&mut self, w: &Written<Link<Names>>) {
        const LONGEST: Seconds = Seconds::from_minutes(24 * 60);
        let key = &w.value.key;
        if w.value.from == w.value.to {
            self.say(
                Code::LinkToItself,
                w.source.clone(),
                (
                    &format!("la liaison {key} mène d'un arrêt à lui-même"),
                    &format!("link {key} leads from a stop to itself"),
                ),
                ("corrigez son départ ou son arrivée", "correct where it starts or where it leads"),
            );
        }
        if w.value.time == Seconds::ZERO || w.value.time > LONGEST || w.value.days.is_empty() {
            self.say(
                Code::OutOfRange,
                w.source.clone(),
                (
                    &format!("la liaison {key} ne dure pas, dure plus d'un jour ou ne circule jamais"),
                    &format!("link {key} takes no time, more than a day, or never runs"),
                ),
                ("de 1 seconde à 24 heures, au moins un jour", "1 second to 24 hours, at least one day"),
            );
        }
    }

    fn check_youth(&mut self, w: &Written<Youth<Names>>) {
        let years = match (w.value.birth, self.earliest) {
            (super::Birth::Age { years, .. }, _) => i32::from(years),
            (birth @ super::Birth::Month(_), Some(start)) => birth.age_on(start),
            (super::Birth::Month(_), None) => return,
        };
        if !(10..=40).contains(&years) {
            let key = &w.value.key;
            self.say(
                Code::OutOfRange,
                w.source.clone(),
                (
                    &format!("le jeune {key} aurait {years} ans"),
                    &format!("youth {key} would be {years} years old"),
                ),
                ("corrigez l'âge ou la naissance : de 10 à 40 ans", "correct the age or the birth: 10 to 40"),
            );
        }
    }

    fn pins(&mut self, written: &[Written<Pin<Names>>]) -> Vec<Pin> {
        let mut decided = BTreeMap::new();
        let mut pins = Vec::new();
        for w in written {
            self.source = w.source.clone();
            let Some(pin) = w.value.translated::<Ids>(self) else { continue };
            let contradicts = match &pin {
                Pin::In { youth, programme } => {
                    decided.insert((*youth, Some(*programme)), true) == Some(false)
                }
                Pin::Out { youth, programme } => decided.insert((*youth, *programme), false) == Some(true),
                Pin::Apart { a, b } => a == b,
                Pin::Group { .. } => false,
            };
            if contradicts {
                self.say(
                    Code::PinsConflict,
                    w.source.clone(),
                    (
                        "cette épingle en contredit une autre, ou elle-même",
                        "this pin contradicts another, or itself",
                    ),
                    ("gardez une seule des deux décisions", "keep one of the two decisions"),
                );
            }
            pins.push(pin);
        }
        let all_out: BTreeSet<YouthId> =
            decided.iter().filter(|((_, p), kept)| p.is_none() && !**kept).map(|((y, _), _)| *y).collect();
        if decided.iter().any(|((youth, _), kept)| *kept && all_out.contains(youth)) {
            self.say(
                Code::PinsConflict,
                Source::memory(),
                ("un jeune est épinglé dedans et dehors", "a youth is pinned in and out"),
                ("gardez une seule des deux décisions", "keep one of the two decisions"),
            );
        }
        pins
    }

    fn unknown(&mut self, key: &Key, fr: &str, en: &str) {
        self.say(
            Code::UnknownReference,
            self.source.clone(),
            (&format!("{fr} {key} n'existe pas"), &format!("there is no {en} {key}")),
            (
                "corrigez l'identifiant ou ajoutez ce qui manque",
                "correct the identifier or add what is missing",
            ),
        );
    }
}

impl Translate<Names, Ids> for Checker {
    fn place(&mut self, from: &Key) -> Option<PlaceId> {
        let found = self.places.get(from).copied();
        if found.is_none() {
            self.unknown(from, "le lieu", "place");
        }
        found
    }
    fn site(&mut self, from: &Key) -> Option<SiteId> {
        let found = self.sites.get(from).copied();
        if found.is_none() {
            self.unknown(from, "le site", "site");
        }
        found
    }
    fn slot(&mut self, from: &Key) -> Option<SlotId> {
        let found = self.slots.get(from).copied();
        if found.is_none() {
            self.unknown(from, "la demi-journée", "slot");
        }
        found
    }
    fn programme(&mut self, from: &Key) -> Option<ProgrammeId> {
        let found = self.programmes.get(from).copied();
        if found.is_none() {
            self.unknown(from, "le dispositif", "programme");
        }
        found
    }
    fn youth(&mut self, from: &Key) -> Option<YouthId> {
        let found = self.youths.get(from).copied();
        if found.is_none() {
            self.unknown(from, "le jeune", "youth");
        }
        found
    }
    /// An identifier that a place and a site share is the place's.
    fn stop(&mut self, from: &Key) -> Option<Stop> {
        let place = self.places.get(from).copied().map(Stop::Place);
        let found = place.or_else(|| self.sites.get(from).copied().map(Stop::Site));
        if found.is_none() {
            self.unknown(from, "le lieu ou le site", "place or site");
        }
        found
    }
}

/// Gives a handle to every key: the one it had, or a new one.
fn handles<I: Handle, T: Keyed, U: Keyed>(
    written: &[Written<T>],
    before: Option<&Register<I, U>>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<Key, I> {
    let mut next = before.map_or(0, Register::rows);
    let mut all: BTreeMap<Key, I> = BTreeMap::new();
    for w in written {
        let key = w.value.key();
        if all.contains_key(key) {
            findings.push(Finding::new(
                Code::DuplicateId,
                w.source.clone(),
                Text::new(
                    format!("l'identifiant {key} est déjà pris"),
                    format!("identifier {key} is already taken"),
                ),
                Text::new("donnez un identifiant à chacun", "give each its own identifier"),
            ));
            continue;
        }
        let kept = before.and_then(|register| register.find(key));
        let id = kept.unwrap_or_else(|| {
            next += 1;
            I::of(next - 1)
        });
        all.insert(key.clone(), id);
    }
    all
}

/// Puts entities at their handles. What did not change stays the same allocation.
fn register<I: Handle, T: Keyed + PartialEq>(
    entities: impl Iterator<Item = T>,
    ids: &BTreeMap<Key, I>,
    before: Option<&Register<I, T>>,
) -> Register<I, T> {
    let highest = ids.values().map(|id| id.row() + 1).max().unwrap_or(0);
    let mut rows: Vec<Option<Arc<T>>> = vec![None; highest.max(before.map_or(0, Register::rows))];
    for entity in entities {
        let Some(&id) = ids.get(entity.key()) else { continue };
        let kept = before.and_then(|b| b.shared(id)).filter(|old| ***old == entity).cloned();
        if let Some(row @ None) = rows.get_mut(id.row()) {
            *row = Some(kept.unwrap_or_else(|| Arc::new(entity)));
        }
    }
    Register::new(rows, ids.iter().map(|(key, id)| (key.clone(), id.row())).collect())
}

fn site_points(draft: &Draft, centres: &BTreeMap<InseeCode, Position>) -> Vec<Position> {
    let point =
        |w: &Written<Site<Names>>| w.value.position.or_else(|| centres.get(&w.value.commune?).copied());
    draft.sites.iter().filter_map(point).collect()
}

/// Programmes without a site, and sites without a programme.
fn unusable(territory: &Territory, origins: &Origins) -> Vec<Finding> {
    let origin = |of: &BTreeMap<Key, Source>, key| of.get(key).cloned().unwrap_or_default();
    let held: BTreeSet<ProgrammeId> = territory.options().iter().map(|o| o.programme).collect();
    let homeless = territory.programmes().iter().filter(|(id, _)| !held.contains(id)).map(|(_, p)| {
        Finding::new(
            Code::NoSiteForProgramme,
            origin(&origins.programmes, &p.key),
            Text::new(
                format!("aucun site n'est ouvert aux demi-journées du dispositif {}", p.key),
                format!("no site is open in the half-days of programme {}", p.key),
            ),
            Text::new(
                "ouvrez un site à ces demi-journées, ou changez-les",
                "open a site then, or change the half-days",
            ),
        )
    });
    let idle = territory.sites().iter().filter(|(id, site)| {
        let hosts = territory.programmes().iter().any(|(_, p)| can_host(p, *id, site));
        site.rooms == 0 || !hosts
    });
    let idle = idle.map(|(_, site)| {
        Finding::new(
            Code::UselessSite,
            origin(&origins.sites, &site.key),
            Text::new(
                format!("aucun dispositif ne peut se tenir au site {}", site.key),
                format!("no programme can be held at site {}", site.key),
            ),
            Text::new("vérifiez ses salles et ses demi-journées", "check its rooms and half-days"),
        )
    });
    homeless.chain(idle).collect()
}

/// Programmes that need more sessions than any option holds.
fn too_many_sessions(territory: &Territory, origins: &Origins) -> Vec<Finding> {
    let mut most: BTreeMap<ProgrammeId, u32> = BTreeMap::new();
    for option in territory.options().iter().filter(|o| !o.meetings.is_empty()) {
        let sessions = most.entry(option.programme).or_default();
        *sessions = option.sessions().max(*sessions);
    }
    let finding = |(id, held): (ProgrammeId, u32)| {
        let p = &territory.programmes()[id];
        let super::Needed::Count(n) = p.needed else { return None };
        (u32::from(n) > held).then(|| {
            Finding::new(
                Code::BadSessions,
                origins.programmes.get(&p.key).cloned().unwrap_or_default(),
                Text::new(
                    format!("le dispositif {} demande {n} séances et n'en tient que {held}", p.key),
                    format!("programme {} needs {n} sessions and holds only {held}", p.key),
                ),
                Text::new("demandez-en moins, ou toutes", "ask for fewer, or for all"),
            )
        })
    };
    most.into_iter().filter_map(finding).collect()
}

/// Pinned groups that no option allows.
fn pinned_nowhere(territory: &Territory, origins: &Origins) -> Vec<Finding> {
    let unknown = |(_, pin): &(usize, &Pin)| match pin {
        Pin::Group { .. } => territory.pinned_option(pin).is_none(),
        _ => false,
    };
    let finding = |(at, _): (usize, &Pin)| {
        Finding::new(
            Code::UnknownOption,
            origins.pins.get(at).cloned().unwrap_or_default(),
            Text::new(
                "un groupe épinglé n'est possible à aucune demi-journée de ce site",
                "a pinned group is possible in no half-day of that site",
            ),
            Text::new(
                "vérifiez le site, les demi-journées et le dispositif",
                "check the site, the half-days and the programme",
            ),
        )
    };
    territory.pins().iter().enumerate().filter(unknown).map(finding).collect()
}

fn too_many_options() -> Finding {
    Finding::new(
        Code::TooManyOptions,
        Source::memory(),
        Text::new(
            format!("plus de {} options : dispositif × site × demi-journées × départ", super::MAX_OPTIONS),
            format!("more than {} options: programme × site × half-days × start", super::MAX_OPTIONS),
        ),
        Text::new(
            "restreignez les demi-journées ou les dates de départ, ou listez les rythmes voulus",
            "restrict the half-days or the starts, or list the rhythms wanted",
        ),
    )
}

impl Territory {
    /// The draft that this territory was checked from, in the order of the keys.
    pub fn to_draft(&self) -> Draft {
        let mut names = Namer(self);
        let inner = &self.0;
        fn written<T>(values: impl Iterator<Item = T>) -> Vec<Written<T>> {
            values.map(|value| Written { value, source: Source::memory() }).collect()
        }
        Draft {
            name: inner.name.clone(),
            rules: inner.rules.clone(),
            slots: written(inner.slots.iter().map(|(_, s)| s.clone())),
            places: written(inner.places.iter().map(|(_, p)| p.clone())),
            sites: written(inner.sites.iter().map(|(_, s)| s.translated::<Names>(&mut names))),
            advisers: written(inner.advisers.iter().map(|(_, a)| a.translated::<Names>(&mut names))),
            programmes: written(inner.programmes.iter().map(|(_, p)| p.translated::<Names>(&mut names))),
            youths: written(inner.youths.iter().map(|(_, y)| y.translated::<Names>(&mut names))),
            links: written(inner.links.iter().filter_map(|(_, l)| l.translated::<Names>(&mut names))),
            calendar: inner.calendar.translated::<Names>(&mut names),
            pins: written(inner.pins.iter().filter_map(|p| p.translated::<Names>(&mut names))),
            provenance: inner.provenance.clone(),
            outlines: inner.outlines.clone(),
        }
    }
}

/// Handles back to keys.
struct Namer<'a>(&'a Territory);

impl Translate<Ids, Names> for Namer<'_> {
    fn place(&mut self, from: &PlaceId) -> Option<Key> {
        Some(self.0.places().get(*from)?.key.clone())
    }
    fn site(&mut self, from: &SiteId) -> Option<Key> {
        Some(self.0.sites().get(*from)?.key.clone())
    }
    fn slot(&mut self, from: &SlotId) -> Option<Key> {
        Some(self.0.slots().get(*from)?.key.clone())
    }
    fn programme(&mut self, from: &ProgrammeId) -> Option<Key> {
        Some(self.0.programmes().get(*from)?.key.clone())
    }
    fn youth(&mut self, from: &YouthId) -> Option<Key> {
        Some(self.0.youths().get(*from)?.key.clone())
    }
    fn stop(&mut self, from: &Stop) -> Option<Key> {
        match from {
            Stop::Place(place) => self.place(place),
            Stop::Site(site) => self.site(site),
        }
    }
}
