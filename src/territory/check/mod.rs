//! From a draft to a territory: every reference is looked up, every rule
//! between entities is checked, and all findings come back at once.

mod lever;
mod on_demand;
mod pins;
mod whole;

use super::draft::{Draft, Written};
use super::option::enumerate;
use super::refs::{Ids, Names};
use super::register::{Handle, Keyed, Register};
use super::rename::Translate;
use super::{
    Adviser, AttendanceRules, Birth, Chance, Inner, Link, Needed, Pin, Place, Priority, Programme,
    Provenance, Rhythm, SharedRide, Site, Slot, Stop, Territory, Youth,
};
use crate::error::Error;
use crate::finding::{self, Code, Finding, Level, Source, Text};
use crate::units::{
    AdviserId, InseeCode, Key, LinkId, OnDemandId, PlaceId, Position, ProgrammeId, Seconds, SiteId, SlotId,
    YouthId,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A place farther than this from every site is probably misplaced, in metres.
const FAR: f64 = 150_000.0;
/// Ages in years that somebody on the list can have.
const PLAUSIBLE: std::ops::RangeInclusive<i32> = 10..=40;
/// So few youths of an odd age tell nothing about the date that it is odd on.
const FEW: usize = 3;

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
    pub(crate) fn check_after(
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
                        inner.options = Arc::new(options);
                    }
                    findings.extend(whole::look(&territory, &origins));
                }
                Err(_) => findings.push(whole::too_many_options()),
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
    slots: BTreeMap<Key, Source>,
    programmes: BTreeMap<Key, Source>,
    sites: BTreeMap<Key, Source>,
    advisers: BTreeMap<Key, Source>,
    /// In the order of the pins, which is kept when nothing is wrong.
    pins: Vec<Source>,
}

impl Origins {
    fn of(draft: &Draft) -> Self {
        fn by_key<T: Keyed>(written: &[Written<T>]) -> BTreeMap<Key, Source> {
            written.iter().map(|w| (w.value.key().clone(), w.source.clone())).collect()
        }
        Self {
            slots: by_key(&draft.slots),
            programmes: by_key(&draft.programmes),
            sites: by_key(&draft.sites),
            advisers: by_key(&draft.advisers),
            pins: draft.pins.iter().map(|w| w.source.clone()).collect(),
        }
    }
}

/// Handles by key, old ones kept, and what was found wrong so far.
struct Checker {
    slots: BTreeMap<Key, SlotId>,
    places: BTreeMap<Key, PlaceId>,
    sites: BTreeMap<Key, SiteId>,
    advisers: BTreeMap<Key, AdviserId>,
    programmes: BTreeMap<Key, ProgrammeId>,
    youths: BTreeMap<Key, YouthId>,
    links: BTreeMap<Key, LinkId>,
    on_demand: BTreeMap<Key, OnDemandId>,
    findings: Vec<Finding>,
    /// Where the entity being translated was written.
    source: Source,
    /// The earliest first day of a programme, unless it is the day that is wrong.
    first_day: Option<jiff::civil::Date>,
    /// How often people come.
    attendance: AttendanceRules,
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
            on_demand: handles(&draft.on_demand, before.map(Territory::on_demand), &mut findings),
            findings,
            source: Source::memory(),
            first_day: None,
            attendance: draft.rules.attendance,
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
        self.check_first_day(&draft);
        self.check_youths(&draft);
        let calendar = {
            self.source = Source::file("calendar.csv");
            draft.calendar.translated::<Ids>(self)
        };
        let sites = self.translate_all(&draft.sites, |me, w| {
            me.check_repeats("slots", &w.value.open);
            me.site_of(w, &centres)
        });
        let programmes = self.translate_all(&draft.programmes, |me, w| {
            me.check_programme(w);
            w.value.translated::<Ids>(me)
        });
        let advisers = self.translate_all(&draft.advisers, |me, w| me.adviser_of(w));
        let youths = self.translate_all(&draft.youths, |me, w| me.youth_of(w));
        let links = self.translate_all(&draft.links, |me, w| {
            me.check_link(w);
            w.value.translated::<Ids>(me)
        });
        self.check_on_demand(&draft);
        let pins = self.pins(&draft.pins);
        let arrivals = self.translate_all(&draft.arrivals, |me, w| w.value.translated::<Ids>(me));
        let keep = |w: &Written<Place>| w.value.clone();
        let slot = |w: &Written<Slot>| w.value.clone();
        let on_demand = draft.on_demand.into_iter().map(|w| w.value);
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
            on_demand: register(on_demand, &self.on_demand, before.map(Territory::on_demand)),
            calendar,
            pins,
            arrivals: arrivals.into_iter().flatten().collect(),
            roads: draft.roads.clone(),
            transit: draft.transit.clone(),
            provenance: draft.provenance,
            outlines: draft.outlines,
            options: Arc::default(),
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

    fn say(&mut self, code: Code, source: Source, what: Text, remedy: Text) {
        self.findings.push(Finding::new(code, source, what, remedy));
    }

    fn check_slot(&mut self, w: &Written<Slot>) {
        if w.value.from >= w.value.to {
            let key = &w.value.key;
            self.say(
                Code::OutOfRange,
                w.source.clone(),
                Text::say(|words| words.slot_ends_before_it_begins(key)),
                Text::say(|words| words.correct_its_hours()),
            );
        }
    }

    fn check_place(&mut self, w: &Written<Place>) {
        if w.value.position.is_none() {
            let key = &w.value.key;
            self.say(
                Code::NotLocated,
                w.source.clone(),
                Text::say(|words| words.place_without_coordinates(key)),
                Text::say(|words| words.add_coordinates_of_place()),
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
                    Text::say(|words| words.place_far_from_sites(key, km)),
                    Text::say(|words| words.perhaps_swapped()),
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
                Text::say(|words| words.site_not_located(key)),
                Text::say(|words| words.add_coordinates_of_site()),
            );
        }
        site
    }

    fn adviser_of(&mut self, w: &Written<Adviser<Names>>) -> Adviser {
        self.check_repeats("sites", &w.value.sites);
        self.check_repeats("slots", &w.value.slots);
        w.value.translated::<Ids>(self)
    }

    fn youth_of(&mut self, w: &Written<Youth<Names>>) -> Youth {
        self.check_youth(w);
        let mut youth = w.value.translated::<Ids>(self);
        if self.check_repeats("programmes", &w.value.programmes) {
            let mut known = BTreeSet::new();
            youth.programmes.retain(|&programme| known.insert(programme));
        }
        youth
    }

    /// Whether a list names something twice, which is said. Once is enough.
    fn check_repeats(&mut self, field: &str, list: &[Key]) -> bool {
        let mut known = BTreeSet::new();
        let Some(key) = list.iter().find(|key| !known.insert(*key)) else { return false };
        self.say(
            Code::RepeatedReference,
            self.source.clone(),
            Text::say(|words| words.named_more_than_once(field, key.as_str())),
            Text::say(|words| words.once_is_enough()),
        );
        true
    }

    fn check_programme(&mut self, w: &Written<Programme<Names>>) {
        let p = &w.value;
        let key = &p.key;
        self.check_repeats("slots", &p.slots);
        self.check_repeats("sites", &p.sites);
        self.check_repeats("excludes", &p.excludes);
        if p.excludes.contains(key) {
            self.say(
                Code::SelfExclusion,
                w.source.clone(),
                Text::say(|words| words.excludes_itself(key)),
                Text::say(|words| words.take_it_off_its_list()),
            );
        }
        let before = p.ages.before_if_disabled.unwrap_or(0).max(p.ages.before);
        if p.ages.from >= before {
            self.say(
                Code::BadAges,
                w.source.clone(),
                Text::say(|words| words.ages_admit_nobody(key)),
                Text::say(|words| words.first_age_below_last()),
            );
        }
        if p.size_that_holds(p.size.min(), self.attendance).is_none() {
            let [counted, hold] = [p.counted_on(self.attendance), p.hold.unwrap_or(Chance::ALWAYS)];
            let (min, max) = (p.size.min(), p.size.max());
            self.say(
                Code::BadGroupSize,
                w.source.clone(),
                Text::say(|words| words.never_holds(key, (min, max), counted.percent(), hold.percent())),
                Text::say(|words| words.raise_max_or_lower_hold()),
            );
        }
        for rule in &p.mix {
            if rule.at_least > rule.at_most || rule.at_least > p.size.max() {
                self.say(
                    Code::BadMixRule,
                    w.source.clone(),
                    Text::say(|words| words.mix_rule_never_met(key)),
                    Text::say(|words| words.mix_rule_bounds()),
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
                Text::say(|words| words.rhythm_out_of_range(key)),
                Text::say(|words| words.rhythm_range()),
            );
        }
        let needs = match p.needed {
            Needed::All => true,
            Needed::Count(n) => n >= 1,
            Needed::Percent(n) => (1..=100).contains(&n),
        };
        if !needs {
            self.say(
                Code::BadSessions,
                w.source.clone(),
                Text::say(|words| words.impossible_sessions(key)),
                Text::say(|words| words.sessions_range()),
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
                Text::say(|words| words.link_to_itself(key)),
                Text::say(|words| words.correct_its_ends()),
            );
        }
        if w.value.time == Seconds::ZERO || w.value.time > LONGEST || w.value.days.is_empty() {
            self.say(
                Code::OutOfRange,
                w.source.clone(),
                Text::say(|words| words.link_never_runs(key)),
                Text::say(|words| words.link_range()),
            );
        }
    }

    fn check_youth(&mut self, w: &Written<Youth<Names>>) {
        let years = match (w.value.birth, self.first_day) {
            (Birth::Age { years, .. }, _) => i32::from(years),
            (birth @ Birth::Month(_), Some(start)) => birth.age_on(start),
            (Birth::Month(_), None) => return,
        };
        if !PLAUSIBLE.contains(&years) {
            let key = &w.value.key;
            self.say(
                Code::OutOfRange,
                w.source.clone(),
                Text::say(|words| words.youth_of_odd_age(key, years)),
                Text::say(|words| words.correct_age_or_birth()),
            );
        }
    }

    /// Whether most youths would be of no plausible age on the first day of all:
    /// then the day is wrong, and not they.
    fn check_first_day(&mut self, draft: &Draft) {
        let Some(first) = draft.programmes.iter().min_by_key(|w| w.value.start.first) else { return };
        let day = first.value.start.first;
        let ages = draft.youths.iter().filter(|w| matches!(w.value.birth, Birth::Month(_)));
        let (all, odd) = ages.fold((0_usize, 0_usize), |(all, odd), w| {
            (all + 1, odd + usize::from(!PLAUSIBLE.contains(&w.value.birth.age_on(day))))
        });
        if odd < FEW || 2 * odd <= all {
            self.first_day = Some(day);
            return;
        }
        let key = &first.value.key;
        self.say(
            Code::OutOfRange,
            first.source.clone(),
            Text::say(|words| words.youths_of_odd_age(key, day, odd)),
            Text::say(|words| words.correct_year_of_start()),
        );
    }

    /// What is said of the whole list of youths.
    fn check_youths(&mut self, draft: &Draft) {
        if draft.youths.is_empty() {
            self.say(
                Code::NobodyAtAll,
                Source::memory(),
                Text::say(|words| words.no_youth()),
                Text::say(|words| words.fill_youths_or_draw()),
            );
        }
        if draft.provenance == Provenance::Declared {
            self.check_enrolled(&draft.youths);
            self.check_priorities(&draft.youths);
        }
    }

    /// One note for all who are enrolled in nothing: an export of everybody followed has many.
    fn check_enrolled(&mut self, youths: &[Written<Youth<Names>>]) {
        let mut none = youths.iter().filter(|w| w.value.programmes.is_empty());
        let Some(first) = none.next() else { return };
        let (key, n) = (&first.value.key, 1 + none.count());
        let what = match n {
            1 => Text::say(|words| words.youth_enrolled_in_nothing(key)),
            _ => Text::say(|words| words.youths_enrolled_in_nothing(n, key)),
        };
        let remedy = Text::say(|words| words.fill_programmes_if_not_meant());
        self.findings.push(Finding::new(Code::EnrolledInNothing, first.source.clone(), what, remedy));
    }

    /// A priority that everybody has is none.
    fn check_priorities(&mut self, youths: &[Written<Youth<Names>>]) {
        let [first, others @ ..] = youths else { return };
        let priority = first.value.priority;
        let same = !others.is_empty() && others.iter().all(|w| w.value.priority == priority);
        if priority == Priority::NONE || !same {
            return;
        }
        let weight = priority.get();
        self.say(
            Code::PriorityWithoutEffect,
            first.source.clone(),
            Text::say(|words| words.same_priority(weight)),
            Text::say(|words| words.priority_for_some()),
        );
    }

    fn pins(&mut self, written: &[Written<Pin<Names>>]) -> Vec<Pin> {
        let mut decided = pins::Decided::default();
        let mut all = Vec::new();
        for w in written {
            self.source = w.source.clone();
            let Some(pin) = w.value.translated::<Ids>(self) else { continue };
            if decided.contradicts(&pin) {
                let remedy = Text::say(|words| words.keep_one_decision());
                let what = pins::contradiction(&w.value);
                self.findings.push(Finding::new(Code::PinsConflict, w.source.clone(), what, remedy));
            }
            all.push(pin);
        }
        all
    }

    /// `column` is where such a reference stands in a table: the reader gives it the name that it has there.
    fn unknown(&mut self, column: &str, what: Text) {
        let in_a_file = self.source.file.is_some();
        self.say(
            Code::UnknownReference,
            if in_a_file { self.source.column(column) } else { self.source.clone() },
            what,
            Text::say(|words| words.correct_or_add()),
        );
    }
}

impl Translate<Names, Ids> for Checker {
    fn place(&mut self, from: &Key) -> Option<PlaceId> {
        let found = self.places.get(from).copied();
        if found.is_none() {
            self.unknown("place", Text::say(|words| words.no_such_place(from)));
        }
        found
    }
    fn site(&mut self, from: &Key) -> Option<SiteId> {
        let found = self.sites.get(from).copied();
        if found.is_none() {
            self.unknown("sites", Text::say(|words| words.no_such_site(from)));
        }
        found
    }
    fn slot(&mut self, from: &Key) -> Option<SlotId> {
        let found = self.slots.get(from).copied();
        if found.is_none() {
            self.unknown("slots", Text::say(|words| words.no_such_slot(from)));
        }
        found
    }
    fn programme(&mut self, from: &Key) -> Option<ProgrammeId> {
        let found = self.programmes.get(from).copied();
        if found.is_none() {
            self.unknown("programmes", Text::say(|words| words.no_such_programme(from)));
        }
        found
    }
    fn youth(&mut self, from: &Key) -> Option<YouthId> {
        let found = self.youths.get(from).copied();
        if found.is_none() {
            self.unknown("youth", Text::say(|words| words.no_such_youth(from)));
        }
        found
    }
    /// An identifier that a place and a site share is the place's.
    fn stop(&mut self, from: &Key) -> Option<Stop> {
        let place = self.places.get(from).copied().map(Stop::Place);
        let found = place.or_else(|| self.sites.get(from).copied().map(Stop::Site));
        if found.is_none() {
            self.unknown("from", Text::say(|words| words.no_such_stop(from)));
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
                Text::say(|words| words.identifier_taken(key)),
                Text::say(|words| words.each_its_identifier()),
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
            on_demand: written(inner.on_demand.iter().map(|(_, service)| service.clone())),
            calendar: inner.calendar.translated::<Names>(&mut names),
            roads: inner.roads.clone(),
            transit: inner.transit.clone(),
            arrivals: written(inner.arrivals.iter().filter_map(|a| a.translated::<Names>(&mut names))),
            pins: written(inner.pins.iter().filter_map(|p| p.translated::<Names>(&mut names))),
            provenance: inner.provenance.clone(),
            outlines: inner.outlines.clone(),
        }
    }

    /// A round in this territory's keys.
    pub(crate) fn named_ride(&self, ride: &SharedRide) -> Option<SharedRide<Names>> {
        ride.translated(&mut Namer(self))
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
