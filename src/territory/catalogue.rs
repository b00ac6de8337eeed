//! The levers to try where nobody wrote any. Costs are the defaults of the field, each a hypothesis that a file of levers
//! overrides.

use super::{
    GroupSize, Lever, LeverChange, Needed, Programme, Shuttle, Site, SiteStatus, Territory, Turn,
    VehicleKind, Weekdays,
};
use crate::finding::{Lang, Text};
use crate::units::{Cents, Key, Metres, ProgrammeId, Seconds, SiteId, Speed};
use jiff::civil::Weekday;

/// Smallest minimum that is tried: two are no group.
const LEAST: u32 = 3;
/// A minimum from which on groups are split in two.
const SPLIT_FROM: u32 = 6;
/// Half-days a week of the adviser who is added.
const ADVISER_HALF_DAYS: u32 = 2;
/// How many vehicles of a kind are lent.
const LENT: u32 = 2;
/// A vehicle's loan for a week: assumed.
const LOAN_WEEK: Cents = Cents::new(15_00);
/// A room for a half-day where the site says nothing: assumed, the middle of 0 to 30 €.
const ROOM: Cents = Cents::new(15_00);
/// How fast a minibus is where no road network is loaded: assumed.
const SHUTTLE_KMH: f64 = 38.0;
/// Whom volunteers drive, and from how far.
const DRIVEN: u32 = 3;
const DRIVEN_WITHIN: Metres = Metres::new(25_000);
/// What following by video costs for each youth: assumed.
const VIDEO: Cents = Cents::new(10_00);
/// Sessions that are attended on site where the others are by video, in percent.
const ON_SITE: u8 = 50;
/// By how much a limit is longer.
const LONGER: Seconds = Seconds::from_minutes(15);

/// The levers to try where nobody wrote any: each candidate site; for each programme a smaller minimum, a split, a longer limit,
/// half of the sessions by video; an adviser, rooms, vehicles lent, a shuttle to each existing site, volunteers, two sites in turn.
/// Their names are in `lang`; their costs are hypotheses, for the longest programme of all.
///
/// ```
/// use maillage::finding::Lang;
/// use maillage::territory::catalogue;
/// # use maillage::{Control, read};
/// # let territory = read::territory("data/valley".as_ref(), &Control::none())?.territory;
/// let levers = catalogue(&territory, Lang::Fr);
/// assert!(levers.iter().any(|lever| lever.name == "Ouvrir le site Salle des fêtes de Haut"));
/// assert!(levers.iter().all(|lever| lever.origin == "hypothèse"));
/// # Ok::<(), maillage::Error>(())
/// ```
pub fn catalogue(territory: &Territory, lang: Lang) -> Vec<Lever> {
    let mut catalogue = Catalogue { territory, lang, levers: Vec::new() };
    catalogue.sites();
    catalogue.programmes();
    catalogue.advisers();
    catalogue.vehicles();
    catalogue.driven();
    catalogue.in_turn();
    catalogue.levers
}

struct Catalogue<'t> {
    territory: &'t Territory,
    lang: Lang,
    levers: Vec<Lever>,
}

/// After how many weeks, at what cost.
struct Terms(u16, Cents);

impl<'t> Catalogue<'t> {
    fn add(&mut self, of: &str, name: Text, change: LeverChange, terms: Terms) {
        let Some(key) = self.key(change.kind(), of) else { return };
        let Terms(delay, cost) = terms;
        let decider = change.usual_decider();
        let origin = Text::say(|words| words.an_assumption()).in_lang(self.lang).to_owned();
        let name = name.in_lang(self.lang).to_owned();
        self.levers.push(Lever { key, name, change, cost, decider, delay_weeks: Some(delay), origin });
    }

    /// The kind and what it is about, or a number where that is too long or taken.
    fn key(&self, kind: &str, of: &str) -> Option<Key> {
        let said = Key::new(&if of.is_empty() { kind.to_owned() } else { format!("{kind}-{of}") });
        let free = |key: &Key| {
            let taken = self.levers.iter().any(|lever| lever.key == *key);
            !taken && self.territory.advisers().find(key).is_none()
        };
        let numbered = (1..).map_while(|n: u32| Key::new(&format!("{kind}-{n}")));
        said.into_iter().chain(numbered).find(free)
    }

    fn existing(&self) -> impl Iterator<Item = (SiteId, &'t Site)> + use<'t> {
        self.territory.sites().iter().filter(|(_, site)| site.status == SiteStatus::Existing)
    }

    /// Weeks of the longest programme.
    fn weeks(&self) -> u64 {
        self.territory.programmes().iter().map(|(_, p)| u64::from(p.weeks)).max().unwrap_or(0)
    }

    fn sites(&mut self) {
        for (_, site) in self.territory.sites().iter() {
            let SiteStatus::Candidate { opening } = site.status else { continue };
            let name = Text::say(|words| words.open_site(&site.name));
            let change = LeverChange::OpenSite { site: site.key.clone(), slots: Vec::new() };
            self.add(site.key.as_str(), name, change, Terms(8, opening));
        }
        for (_, site) in self.existing().filter(|(_, site)| site.rooms == 1) {
            let half_days = site.half_days.map_or(site.open.len() as u64, u64::from);
            let each = if site.room_cost.get() > 0 { site.room_cost } else { ROOM };
            let cost = each.times(half_days).times(self.weeks());
            let name = Text::say(|words| words.one_more_room(&site.name));
            let change = LeverChange::AddRooms { site: site.key.clone(), rooms: 1 };
            self.add(site.key.as_str(), name, change, Terms(4, cost));
        }
    }

    fn programmes(&mut self) {
        for (id, programme) in self.territory.programmes().iter() {
            self.sizes(programme);
            self.limit(id, programme);
            self.video(programme);
        }
    }

    fn sizes(&mut self, programme: &Programme) {
        let (key, called, size) = (&programme.key, &programme.name, programme.size);
        if size.min() > LEAST {
            let min = size.min() - 1;
            let name = Text::say(|words| words.groups_from(called, min));
            let change = LeverChange::SmallerMinimum { programme: key.clone(), min };
            self.add(key.as_str(), name, change, Terms(0, Cents::new(0)));
        }
        let half = |n: u32| n.div_ceil(2).max(LEAST);
        let halves = GroupSize::new(half(size.min()), half(size.target()), half(size.max()));
        if let Some(halves) = halves.filter(|_| size.min() >= SPLIT_FROM) {
            let (min, max) = (halves.min(), halves.max());
            let name = Text::say(|words| words.two_groups(called, min, max));
            let change = LeverChange::Split { programme: key.clone(), size: halves };
            // What a group costs comes once more.
            self.add(key.as_str(), name, change, Terms(4, programme.group_cost));
        }
    }

    fn limit(&mut self, id: ProgrammeId, programme: &Programme) {
        let (key, called) = (&programme.key, &programme.name);
        let limit = self.territory.limit_of(id).plus(LONGER);
        if limit > self.territory.rules().horizon {
            return;
        }
        let minutes = limit.to_minutes().get();
        let name = Text::say(|words| words.trips_at_most(called, minutes));
        let change = LeverChange::LongerLimit { programme: key.clone(), limit };
        self.add(key.as_str(), name, change, Terms(0, Cents::new(0)));
    }

    fn video(&mut self, programme: &Programme) {
        let needs_more = match programme.needed {
            Needed::All => true,
            Needed::Percent(percent) => percent > ON_SITE,
            Needed::Count(_) => false,
        };
        if !needs_more {
            return;
        }
        let (key, called) = (&programme.key, &programme.name);
        let name = Text::say(|words| words.half_by_video(called));
        let change = LeverChange::Remote { programme: key.clone(), on_site: ON_SITE };
        let cost = VIDEO.times(u64::from(programme.size.target()));
        self.add(key.as_str(), name, change, Terms(4, cost));
    }

    fn advisers(&mut self) {
        let of_sites = self.territory.sites().iter().any(|(_, site)| site.half_days.is_some());
        let counted =
            of_sites || !self.territory.advisers().is_empty() || self.territory.rules().half_days.is_some();
        if !counted {
            return;
        }
        let slots = self.territory.slots();
        let week: u64 = slots.iter().map(|(_, slot)| u64::from(slot.duration().get())).sum();
        let half_days = u64::from(ADVISER_HALF_DAYS) * self.weeks();
        let seconds = week.checked_div(slots.len() as u64).unwrap_or(0).saturating_mul(half_days);
        let cost = Cents::new(self.territory.rules().adviser_hour.times(seconds).get() / 3600);
        let name = Text::say(|words| words.one_more_adviser(ADVISER_HALF_DAYS));
        let change =
            LeverChange::AddAdviser { half_days: ADVISER_HALF_DAYS, sites: Vec::new(), slots: Vec::new() };
        self.add("", name, change, Terms(12, cost));
    }

    fn vehicles(&mut self) {
        let each = LOAN_WEEK.times(self.weeks());
        let lent = [
            (VehicleKind::Moped, "moped", Text::say(|words| words.lend_mopeds(LENT))),
            (VehicleKind::EBike, "ebike", Text::say(|words| words.lend_ebikes(LENT))),
        ];
        for (vehicle, word, name) in lent {
            let allowed = |licences: &[_]| vehicle.allowed_by(licences);
            if !self.territory.youths().iter().any(|(_, youth)| allowed(&youth.licences)) {
                continue;
            }
            let change = LeverChange::Lend { vehicle, count: LENT, each };
            self.add(word, name, change, Terms(4, Cents::new(0)));
        }
    }

    fn driven(&mut self) {
        for (_, site) in self.existing() {
            let shuttle = Shuttle {
                site: site.key.clone(),
                stops: Vec::new(),
                days: Weekdays::NONE.with(Weekday::Tuesday).with(Weekday::Thursday),
                vehicles: 1,
                seats: Shuttle::SEATS,
                ride: self.territory.rules().limit,
                per_stop: Shuttle::PER_STOP,
                speed: Speed::from_kmh(SHUTTLE_KMH),
                per_km: Shuttle::KM,
                per_hour: Cents::new(0),
            };
            let name = Text::say(|words| words.a_shuttle_to(&site.name));
            let change = LeverChange::Shuttle(shuttle);
            self.add(site.key.as_str(), name, change, Terms(12, Cents::new(0)));
        }
        let (places, km) = (DRIVEN, DRIVEN_WITHIN.get() / 1000);
        let name = Text::say(|words| words.volunteers_for(places, km));
        let change =
            LeverChange::Volunteers { places, within: DRIVEN_WITHIN, per_km: LeverChange::VOLUNTEER_KM };
        self.add("", name, change, Terms(6, Cents::new(0)));
    }

    /// Programmes that may be held at two existing sites, at the two that are nearest to one another.
    fn in_turn(&mut self) {
        for (_, programme) in self.territory.programmes().iter().filter(|(_, p)| p.alternating.is_empty()) {
            let may = |id: &SiteId| programme.sites.is_empty() || programme.sites.contains(id);
            let sites: Vec<&Site> = self.existing().filter(|(id, _)| may(id)).map(|(_, site)| site).collect();
            let Some((a, b)) = nearest_pair(&sites) else { continue };
            let name = Text::say(|words| words.one_week_each(&programme.name, &a.name, &b.name));
            let sites = vec![a.key.clone(), b.key.clone()];
            let change = LeverChange::Alternate { programme: programme.key.clone(), by: Turn::Week, sites };
            self.add(programme.key.as_str(), name, change, Terms(4, Cents::new(0)));
        }
    }
}

/// Sites that are compared for the nearest pair; beyond, those whose identifiers come first.
const MOST_PAIRED: usize = 100;

fn nearest_pair<'s>(sites: &[&'s Site]) -> Option<(&'s Site, &'s Site)> {
    let located: Vec<_> =
        sites.iter().filter_map(|site| Some((*site, site.position?))).take(MOST_PAIRED).collect();
    let pairs = located.iter().enumerate().flat_map(|(n, a)| located[n + 1..].iter().map(move |b| (a, b)));
    let nearest = pairs.min_by(|(a, b), (c, d)| a.1.straight_line(b.1).total_cmp(&c.1.straight_line(d.1)))?;
    Some((nearest.0.0, nearest.1.0))
}
