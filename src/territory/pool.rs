//! Several structures as one territory: their sites, advisers, programmes and youths side by side, each under a key of its
//! own, and programmes of the same terms as one that youths of all may follow.

use super::draft::{Draft, Provenance, Written};
use super::refs::Names;
use super::rename::Translate;
use super::{Adviser, Calendar, Closure, Outlines, Place, Programme, Rules, Site, Slot, Territory};
use crate::error::Error;
use crate::finding::{Code, Finding, PoolTerm, Source, Text};
use crate::units::Key;
use std::collections::{BTreeMap, BTreeSet};

/// A structure that pools.
///
/// ```
/// use maillage::territory::PoolMember;
/// # use maillage::{Control, read};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// let member = PoolMember::new("valley", opened.territory.clone());
/// assert_eq!(member.name, "valley");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct PoolMember {
    /// A short name, which comes before keys that several have: its folder's.
    pub name: String,
    /// Its territory.
    pub territory: Territory,
    /// Where its programmes are written, for findings.
    pub programmes: BTreeMap<Key, Source>,
}

impl PoolMember {
    /// A structure of which nobody knows where it is written.
    pub fn new(name: &str, territory: Territory) -> Self {
        Self { name: name.to_owned(), territory, programmes: BTreeMap::new() }
    }
}

/// Structures side by side, every key given once for all that is made of them.
///
/// ```
/// use maillage::territory::{Pool, PoolMember};
/// # use maillage::{Control, read};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// let member = |name| PoolMember::new(name, opened.territory.clone());
/// let pool = Pool::new(vec![member("amont"), member("aval")]);
/// let both = pool.territory(&[0, 1])?;
/// assert_eq!((both.youths().len(), both.programmes().len()), (28, 3), "the same terms are one programme");
/// assert_eq!(pool.owner_of_youth(&both.youths().iter().next().expect("one").1.key), Some(1), "aval/y01");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Pool {
    members: Vec<PoolMember>,
    parts: Vec<Draft>,
    /// By the key of a site, whose it is.
    sites: BTreeMap<Key, usize>,
    youths: BTreeMap<Key, usize>,
    /// By the key of a programme, whose it is.
    programmes: BTreeMap<Key, BTreeSet<usize>>,
    renamed: Vec<Renamed>,
    findings: Vec<Finding>,
}

/// What a structure's places and sites are called in a pool, by their own keys.
///
/// ```
/// use maillage::territory::{Pool, PoolMember};
/// # use maillage::{Control, read};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// let member = |name| PoolMember::new(name, opened.territory.clone());
/// let pool = Pool::new(vec![member("amont"), member("aval")]);
/// let second = pool.renamed(1);
/// assert!(second.sites.values().all(|key| key.as_str().starts_with("aval/")), "each has its own sites");
/// assert!(second.places.iter().all(|(own, key)| own == key), "the same places are the same");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renamed {
    /// Places.
    pub places: BTreeMap<Key, Key>,
    /// Sites.
    pub sites: BTreeMap<Key, Key>,
}

/// The keys of a structure's entities in the pool, by its own.
#[derive(Clone, Debug, Default)]
struct Keys {
    slots: BTreeMap<Key, Key>,
    places: BTreeMap<Key, Key>,
    sites: BTreeMap<Key, Key>,
    advisers: BTreeMap<Key, Key>,
    programmes: BTreeMap<Key, Key>,
    youths: BTreeMap<Key, Key>,
    links: BTreeMap<Key, Key>,
    on_demand: BTreeMap<Key, Key>,
}

impl Translate<Names, Names> for &Keys {
    fn place(&mut self, from: &Key) -> Option<Key> {
        self.places.get(from).cloned()
    }
    fn site(&mut self, from: &Key) -> Option<Key> {
        self.sites.get(from).cloned()
    }
    fn slot(&mut self, from: &Key) -> Option<Key> {
        self.slots.get(from).cloned()
    }
    fn programme(&mut self, from: &Key) -> Option<Key> {
        self.programmes.get(from).cloned()
    }
    fn youth(&mut self, from: &Key) -> Option<Key> {
        self.youths.get(from).cloned()
    }
    fn stop(&mut self, from: &Key) -> Option<Key> {
        self.places.get(from).or_else(|| self.sites.get(from)).cloned()
    }
}

impl Pool {
    /// Gives every key. What can't be held together is found: programmes of one name on other terms stay apart, and
    /// settings and holidays are those of the first.
    pub fn new(members: Vec<PoolMember>) -> Self {
        let mut namer = Namer::default();
        let keys: Vec<Keys> = members.iter().map(|member| namer.keys(member)).collect();
        let mut pool = Self {
            parts: members.iter().zip(&keys).map(|(member, keys)| renamed(&member.territory, keys)).collect(),
            sites: BTreeMap::new(),
            youths: BTreeMap::new(),
            programmes: BTreeMap::new(),
            findings: namer.findings,
            renamed: keys
                .into_iter()
                .map(|keys| Renamed { places: keys.places, sites: keys.sites })
                .collect(),
            members,
        };
        for (at, part) in pool.parts.iter().enumerate() {
            pool.sites.extend(part.sites.iter().map(|w| (w.value.key.clone(), at)));
            pool.youths.extend(part.youths.iter().map(|w| (w.value.key.clone(), at)));
            for w in &part.programmes {
                pool.programmes.entry(w.value.key.clone()).or_default().insert(at);
            }
        }
        pool.findings.extend(differing(&pool.members));
        pool
    }

    /// Whether each of the structures has a name of its own.
    ///
    /// # Errors
    /// [`Error::Input`] with those that are named again.
    pub fn named_once(members: &[PoolMember]) -> Result<(), Error> {
        let again = |(at, member): (usize, &PoolMember)| {
            let known = members[..at].iter().any(|before| before.name == member.name);
            known.then(|| {
                Finding::new(
                    Code::PooledTwice,
                    Source::file(&member.name),
                    Text::say(|words| words.pooled_twice(&member.name)),
                    Text::say(|words| words.name_each_once()),
                )
            })
        };
        let twice: Vec<Finding> = members.iter().enumerate().filter_map(again).collect();
        if twice.is_empty() { Ok(()) } else { Err(Error::Input(twice)) }
    }

    /// The structures.
    pub fn members(&self) -> &[PoolMember] {
        &self.members
    }

    /// What can't be held together, and what was taken for all.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What the places and sites of a structure are called here; nothing where there is no such structure.
    pub fn renamed(&self, member: usize) -> Renamed {
        self.renamed.get(member).cloned().unwrap_or_default()
    }

    /// Every site with whose it is, in the order of the keys.
    pub fn sites(&self) -> impl Iterator<Item = (&Key, usize)> {
        self.sites.iter().map(|(key, &at)| (key, at))
    }

    /// Whose site a key is.
    pub fn owner_of_site(&self, site: &Key) -> Option<usize> {
        self.sites.get(site).copied()
    }

    /// Who accompanies a youth.
    pub fn owner_of_youth(&self, youth: &Key) -> Option<usize> {
        self.youths.get(youth).copied()
    }

    /// Who offers a programme.
    pub fn owners_of_programme(&self, programme: &Key) -> impl Iterator<Item = usize> + '_ {
        self.programmes.get(programme).into_iter().flatten().copied()
    }

    /// The territory of some of the structures, by their places in the list: of one alone, of all together.
    ///
    /// # Errors
    /// [`Error::Input`] when it does not hold together: more options than can be looked at.
    pub fn territory(&self, of: &[usize]) -> Result<Territory, Error> {
        let drafts: Vec<&Draft> = of.iter().filter_map(|&at| self.parts.get(at)).collect();
        let mut whole = Draft { rules: self.rules(&drafts), calendar: self.calendar(of), ..Draft::default() };
        whole.name = drafts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>().join(" + ");
        let staffed = drafts.iter().any(|part| !part.advisers.is_empty());
        for part in &drafts {
            add_new(&mut whole.slots, &part.slots);
            add_new(&mut whole.places, &part.places);
            add_new(&mut whole.links, &part.links);
            add_new(&mut whole.on_demand, &part.on_demand);
            whole.sites.extend_from_slice(&part.sites);
            whole.youths.extend_from_slice(&part.youths);
            whole.pins.extend_from_slice(&part.pins);
            whole.advisers.extend_from_slice(&part.advisers);
            if staffed && part.advisers.is_empty() {
                whole.advisers.extend(unbound(&part.sites));
            }
            part.programmes.iter().for_each(|w| join(&mut whole.programmes, w));
            whole.roads.closed.extend(&part.roads.closed);
            whole.roads.slowed.extend(part.roads.slowed.clone());
            whole.transit.stops.extend_from_slice(&part.transit.stops);
            whole.transit.trips.extend_from_slice(&part.transit.trips);
            whole.transit.opened.extend(part.transit.opened.clone());
        }
        whole.outlines = outlines(&drafts);
        whole.provenance = provenance(&drafts);
        Ok(whole.check()?.0)
    }

    /// Those of the first structure, but for what is counted over all sites, and the most careful of what protects.
    fn rules(&self, drafts: &[&Draft]) -> Rules {
        let first = self.parts.first().map(|part| part.rules.clone()).unwrap_or_default();
        let sum = |limit: fn(&Rules) -> Option<u32>| drafts.iter().map(|part| limit(&part.rules)).sum();
        let rules = || self.parts.iter().map(|part| &part.rules);
        Rules {
            half_days: sum(|r| r.half_days),
            max_candidates: sum(|r| r.max_candidates),
            horizon: rules().map(|r| r.horizon).max().unwrap_or(first.horizon),
            // Nobody shows more of the other's youths than the other would.
            threshold: rules().map(|r| r.threshold).max().unwrap_or(first.threshold),
            ..first
        }
    }

    /// Holidays of the first structure; bank holidays that all have, and closures of each at its own sites.
    fn calendar(&self, of: &[usize]) -> Calendar<Names> {
        let holidays = self.parts.first().map(|part| part.calendar.holidays.clone()).unwrap_or_default();
        let everywhere = |closure: &Closure<Names>| {
            closure.site.is_none() && self.parts.iter().all(|part| is_closed_everywhere(part, closure))
        };
        let mut closures: Vec<Closure<Names>> = Vec::new();
        for part in of.iter().filter_map(|&at| self.parts.get(at)) {
            for closure in &part.calendar.closures {
                if everywhere(closure) {
                    let known = closures.iter().any(|c| c.site.is_none() && c.dates == closure.dates);
                    closures.extend((!known).then(|| closure.clone()));
                } else if closure.site.is_some() {
                    closures.push(closure.clone());
                } else {
                    let at = |w: &Written<Site<Names>>| Closure {
                        site: Some(w.value.key.clone()),
                        ..closure.clone()
                    };
                    closures.extend(part.sites.iter().map(at));
                }
            }
        }
        Calendar { holidays, closures }
    }
}

fn is_closed_everywhere(part: &Draft, closure: &Closure<Names>) -> bool {
    part.calendar.closures.iter().any(|c| c.site.is_none() && c.dates == closure.dates)
}

/// Those whose key is not there yet: what several have is one.
fn add_new<T: super::Keyed + Clone>(whole: &mut Vec<Written<T>>, part: &[Written<T>]) {
    let known: BTreeSet<Key> = whole.iter().map(|w| w.value.key().clone()).collect();
    whole.extend(part.iter().filter(|w| !known.contains(w.value.key())).cloned());
}

/// A programme that several offer is held at the sites of all of them.
fn join(whole: &mut Vec<Written<Programme<Names>>>, part: &Written<Programme<Names>>) {
    let Some(known) = whole.iter_mut().find(|w| w.value.key == part.value.key) else {
        whole.push(part.clone());
        return;
    };
    let (known, part) = (&mut known.value, &part.value);
    known.sites.extend_from_slice(&part.sites);
    known.alternating.extend_from_slice(&part.alternating);
    let more = part.excludes.iter().filter(|other| !known.excludes.contains(other)).cloned();
    known.excludes.extend(more.collect::<Vec<_>>());
}

/// Advisers of a structure that tells none, where others tell theirs: so many that they never bind.
fn unbound(sites: &[Written<Site<Names>>]) -> impl Iterator<Item = Written<Adviser<Names>>> + '_ {
    sites.iter().flat_map(|w| {
        let (site, week) = (&w.value, w.value.open.len() as u32);
        (0..site.rooms.saturating_mul(week)).filter_map(move |n| {
            let key = shortened(site.key.as_str(), &format!("~{n}"))?;
            let adviser = Adviser { key, sites: vec![site.key.clone()], slots: Vec::new(), half_days: week };
            Some(in_memory(adviser))
        })
    })
}

fn in_memory<T>(value: T) -> Written<T> {
    Written { value, source: Source::memory() }
}

/// A key that begins and ends so, as much of the beginning as there is room for.
fn shortened(start: &str, end: &str) -> Option<Key> {
    let room = Key::MAX_CHARS.saturating_sub(end.chars().count());
    Key::new(&format!("{}{end}", start.chars().take(room).collect::<String>()))
}

fn outlines(drafts: &[&Draft]) -> Outlines {
    drafts.iter().flat_map(|part| part.outlines.iter().map(|(code, shape)| (code, shape.clone()))).collect()
}

/// Nobody is real only where nobody of any structure is.
fn provenance(drafts: &[&Draft]) -> Provenance {
    let real = drafts.iter().any(|part| part.provenance == Provenance::Declared);
    drafts.first().filter(|_| !real).map(|part| part.provenance.clone()).unwrap_or_default()
}

/// A structure in the keys of the pool, nothing left to be meant: all its sites are named where none was.
fn renamed(territory: &Territory, keys: &Keys) -> Draft {
    let mut draft = territory.to_draft();
    let mut by = keys;
    let all: Vec<Key> = keys.sites.values().cloned().collect();
    for w in &mut draft.slots {
        set(&mut w.value.key, &keys.slots);
    }
    for w in &mut draft.places {
        set(&mut w.value.key, &keys.places);
    }
    for w in &mut draft.sites {
        w.value = w.value.translated(&mut by);
        set(&mut w.value.key, &keys.sites);
    }
    for w in &mut draft.advisers {
        w.value = w.value.translated(&mut by);
        set(&mut w.value.key, &keys.advisers);
        if w.value.sites.is_empty() {
            w.value.sites.clone_from(&all);
        }
    }
    for w in &mut draft.programmes {
        w.value.limit = Some(w.value.limit.unwrap_or(draft.rules.limit));
        w.value = w.value.translated(&mut by);
        set(&mut w.value.key, &keys.programmes);
        if w.value.sites.is_empty() && w.value.alternating.is_empty() {
            w.value.sites.clone_from(&all);
        }
    }
    for w in &mut draft.youths {
        w.value = w.value.translated(&mut by);
        set(&mut w.value.key, &keys.youths);
    }
    for w in &mut draft.on_demand {
        set(&mut w.value.key, &keys.on_demand);
    }
    let links = draft.links.iter().filter_map(|w| {
        let mut value = w.value.translated(&mut by)?;
        set(&mut value.key, &keys.links);
        Some(in_memory(value))
    });
    draft.links = links.collect();
    draft.calendar = draft.calendar.translated(&mut by);
    draft.pins = draft.pins.iter().filter_map(|w| Some(in_memory(w.value.translated(&mut by)?))).collect();
    draft
}

fn set(key: &mut Key, keys: &BTreeMap<Key, Key>) {
    if let Some(new) = keys.get(key) {
        *key = new.clone();
    }
}

/// Gives keys, one structure after another.
#[derive(Default)]
struct Namer {
    slots: BTreeMap<Key, Slot>,
    places: BTreeMap<Key, Place>,
    /// What is neither a slot nor a programme is never one with another's, but for places; links' ends may be either.
    taken: [BTreeSet<Key>; 5],
    programmes: Vec<Offered>,
    findings: Vec<Finding>,
}

/// A programme of the pool, and the terms of whoever offered it first.
struct Offered {
    key: Key,
    programme: Programme<Names>,
    /// Whom it can't be followed with, in its structure's keys.
    exclusive: BTreeSet<Key>,
    all: BTreeSet<Key>,
    name: String,
}

impl Namer {
    fn keys(&mut self, member: &PoolMember) -> Keys {
        let (territory, prefix) = (&member.territory, member.name.as_str());
        let draft = territory.to_draft();
        let mut keys = Keys::default();
        for w in &draft.slots {
            let same = |known: &Slot| *known == w.value;
            keys.slots
                .insert(w.value.key.clone(), shared(&mut self.slots, prefix, &w.value, (same, |_| false)));
        }
        for w in &draft.places {
            let same = |known: &Place| known.position == w.value.position;
            // A link's end is a place or a site: neither has the key of another's other.
            let is_site = |key: &Key| self.taken[0].contains(key);
            keys.places
                .insert(w.value.key.clone(), shared(&mut self.places, prefix, &w.value, (same, is_site)));
        }
        let [sites, advisers, youths, links, on_demand] = &mut self.taken;
        let is_place =
            |key: &Key| self.places.contains_key(key) && !draft.places.iter().any(|w| w.value.key == *key);
        keys.sites = own(draft.sites.iter().map(|w| &w.value.key), prefix, sites, is_place);
        keys.advisers = own(draft.advisers.iter().map(|w| &w.value.key), prefix, advisers, |_| false);
        keys.youths = own(draft.youths.iter().map(|w| &w.value.key), prefix, youths, |_| false);
        keys.links = own(draft.links.iter().map(|w| &w.value.key), prefix, links, |_| false);
        keys.on_demand = own(draft.on_demand.iter().map(|w| &w.value.key), prefix, on_demand, |_| false);
        self.programmes(member, &draft, &mut keys);
        keys
    }

    fn programmes(&mut self, member: &PoolMember, draft: &Draft, keys: &mut Keys) {
        let all: BTreeSet<Key> = draft.programmes.iter().map(|w| w.value.key.clone()).collect();
        for w in &draft.programmes {
            let mut programme = w.value.clone();
            programme.limit = Some(programme.limit.unwrap_or(draft.rules.limit));
            let programme = Programme { key: programme.key.clone(), ..programme.translated(&mut &*keys) };
            let exclusive = exclusive(draft, &w.value.key);
            let same_key = |known: &&Offered| known.programme.key == programme.key;
            let same_name = |known: &&Offered| {
                let (a, b) = (&known.programme, &programme);
                !a.name.is_empty() && a.name == b.name && a.size == b.size
            };
            let alike: Vec<&Offered> = self.programmes.iter().filter(same_key).collect();
            let alike =
                if alike.is_empty() { self.programmes.iter().filter(same_name).collect() } else { alike };
            let one = alike.iter().find(|known| {
                terms(known, &programme, (&exclusive, &all)).is_empty() && known.name != member.name
            });
            if let Some(one) = one {
                keys.programmes.insert(w.value.key.clone(), one.key.clone());
                continue;
            }
            if let Some(first) = alike.first() {
                let differ = terms(first, &programme, (&exclusive, &all));
                self.findings.push(apart(member, &w.value.key, &first.name, &differ));
            }
            let taken = |key: &Key| self.programmes.iter().any(|known| known.key == *key);
            let key = fresh(&w.value.key, &member.name, taken);
            keys.programmes.insert(w.value.key.clone(), key.clone());
            self.programmes.push(Offered {
                key,
                programme,
                exclusive,
                all: all.clone(),
                name: member.name.clone(),
            });
        }
    }
}

/// The key of an entity that may be another's too.
fn shared<T: super::Keyed + Clone>(
    known: &mut BTreeMap<Key, T>,
    prefix: &str,
    value: &T,
    (same, taken): (impl Fn(&T) -> bool, impl Fn(&Key) -> bool),
) -> Key {
    let own = value.key();
    if known.get(own).is_some_and(same) {
        return own.clone();
    }
    let key = fresh(own, prefix, |key| known.contains_key(key) || taken(key));
    known.insert(key.clone(), value.clone());
    key
}

fn own<'k>(
    keys: impl Iterator<Item = &'k Key>,
    prefix: &str,
    taken: &mut BTreeSet<Key>,
    also: impl Fn(&Key) -> bool,
) -> BTreeMap<Key, Key> {
    let mut given = BTreeMap::new();
    for key in keys {
        let new = fresh(key, prefix, |key| taken.contains(key) || also(key));
        taken.insert(new.clone());
        given.insert(key.clone(), new);
    }
    given
}

/// The key itself, or where it is taken, the structure's name before it; then with a number.
fn fresh(key: &Key, prefix: &str, taken: impl Fn(&Key) -> bool) -> Key {
    if !taken(key) {
        return key.clone();
    }
    let numbered = |n: usize| {
        let number = if n == 0 { String::new() } else { format!("~{n}") };
        shortened(prefix, &shortened("", &format!("/{key}{number}")).map(|k| k.to_string()).unwrap_or(number))
    };
    (0..).find_map(|n| numbered(n).filter(|key| !taken(key))).unwrap_or_else(|| key.clone())
}

/// Programmes that nobody follows together with this one.
fn exclusive(draft: &Draft, key: &Key) -> BTreeSet<Key> {
    let of = |w: &&Written<Programme<Names>>| w.value.key == *key;
    let own = draft.programmes.iter().filter(of).flat_map(|w| &w.value.excludes);
    let others = draft.programmes.iter().filter(|w| w.value.excludes.contains(key)).map(|w| &w.value.key);
    own.chain(others).cloned().collect()
}

fn terms(
    known: &Offered,
    b: &Programme<Names>,
    (exclusive, all): (&BTreeSet<Key>, &BTreeSet<Key>),
) -> Vec<PoolTerm> {
    let a = &known.programme;
    let set = |slots: &[Key]| slots.iter().cloned().collect::<BTreeSet<Key>>();
    let both = |of: &BTreeSet<Key>| -> BTreeSet<Key> {
        of.iter().filter(|k| all.contains(*k) && known.all.contains(*k)).cloned().collect()
    };
    let pairs = [
        (PoolTerm::Size, a.size == b.size),
        (PoolTerm::Rhythm, a.rhythm == b.rhythm && set(&a.slots) == set(&b.slots)),
        (PoolTerm::Dates, (a.weeks, a.start) == (b.weeks, b.start)),
        (PoolTerm::Holidays, a.in_holidays == b.in_holidays),
        (PoolTerm::Needed, a.needed == b.needed),
        (PoolTerm::Limit, a.limit == b.limit),
        (PoolTerm::Ages, a.ages == b.ages),
        (PoolTerm::Mix, a.mix == b.mix),
        (PoolTerm::Excludes, both(&known.exclusive) == both(exclusive)),
        (PoolTerm::Groups, a.max_groups == b.max_groups),
        (PoolTerm::Cost, a.group_cost == b.group_cost),
    ];
    pairs.into_iter().filter(|(_, same)| !same).map(|(term, _)| term).collect()
}

/// Two programmes of one name that stay two.
fn apart(member: &PoolMember, key: &Key, first: &str, differ: &[PoolTerm]) -> Finding {
    let source = member.programmes.get(key).cloned().unwrap_or_else(|| Source::file("programmes.toml"));
    Finding::new(
        Code::TermsDiffer,
        within(member, source),
        Text::say(|words| words.programme_stays_apart(key, first, differ)),
        Text::say(|words| words.write_the_same_terms()),
    )
}

/// Where something is written, the structure's folder before it.
fn within(member: &PoolMember, mut source: Source) -> Source {
    source.file = source.file.map(|file| format!("{}/{file}", member.name).into());
    source
}

/// What the first structure's settings and holidays stand for.
fn differing(members: &[PoolMember]) -> Vec<Finding> {
    let Some((first, others)) = members.split_first() else { return Vec::new() };
    let mut findings = Vec::new();
    for other in others {
        if own_rules(first) != own_rules(other) {
            findings.push(Finding::new(
                Code::SettingsDiffer,
                within(other, Source::file("territory.toml")),
                Text::say(|words| words.settings_of_another(&first.name)),
                Text::say(|words| words.write_the_same_settings()),
            ));
        }
        if dates(first) != dates(other) {
            findings.push(Finding::new(
                Code::SettingsDiffer,
                within(other, Source::file("calendar.csv")),
                Text::say(|words| words.holidays_of_another(&first.name)),
                Text::say(|words| words.write_the_same_holidays()),
            ));
        }
    }
    findings
}

/// The settings that one territory can have only once: limits go with programmes, and what is counted is added up.
fn own_rules(member: &PoolMember) -> Rules {
    let none = Rules::default();
    Rules {
        limit: none.limit,
        half_days: None,
        max_candidates: None,
        horizon: none.horizon,
        threshold: none.threshold,
        ..member.territory.rules().clone()
    }
}

fn dates(member: &PoolMember) -> BTreeSet<super::DateRange> {
    member.territory.calendar().holidays.iter().map(|h| h.dates).collect()
}
