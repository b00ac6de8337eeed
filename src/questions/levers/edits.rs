//! What a lever changes, as edits of a territory.

use super::round::Timetable;
use crate::error::Error;
use crate::territory::{
    Adviser, Availability, Draft, Edit, GroupSize, Lever, LeverChange, Lift, LiftWays, Link, Names, Needed,
    Place, Priority, Programme, Rhythm, Service, Shuttle, Site, SiteStatus, Territory, Vehicle, VehicleKind,
    Weekdays, WeeklyHours, Youth,
};
use crate::units::{Key, Metres, Seconds, YouthId};

/// Whom a lever that serves only some is for.
#[derive(Clone, Copy)]
pub(super) enum Whom<'a> {
    /// All who could use it.
    All,
    /// Those chosen.
    These(&'a [YouthId]),
}

/// What is known of a lever beside its words.
pub(super) struct Applied<'a> {
    pub(super) lever: &'a Lever,
    /// The round of a shuttle.
    pub(super) round: Option<&'a Timetable>,
    pub(super) whom: Whom<'a>,
    /// Whether what it takes away is taken.
    pub(super) takes_away: bool,
}

impl Applied<'_> {
    /// The edits of a territory, one after another lever's.
    pub(super) fn edits(&self, territory: &Territory) -> Vec<Edit> {
        let draft = territory.to_draft();
        let lever = self.lever;
        match &lever.change {
            LeverChange::OpenSite { site, slots } => open_site(&draft, site, slots),
            LeverChange::OpenSlots { site, slots } => {
                edit_site(&draft, site, |s| s.open.extend(slots.iter().cloned()))
            }
            LeverChange::MoveSlot { site, from, to } => edit_site(&draft, site, |s| {
                if self.takes_away {
                    s.open.retain(|slot| slot != from);
                }
                s.open.push(to.clone());
            }),
            LeverChange::CloseSite { site, slots } => edit_site(&draft, site, |s| {
                s.open.retain(|slot| !slots.is_empty() && !slots.contains(slot));
            }),
            LeverChange::AddRooms { site, rooms } => {
                edit_site(&draft, site, |s| s.rooms = s.rooms.saturating_add(*rooms))
            }
            LeverChange::AddAdviser { half_days, sites, slots } => {
                add_adviser(&draft, lever.key.clone(), *half_days, sites, slots)
            }
            LeverChange::SendAdviser { adviser, site, .. } => send_adviser(&draft, adviser, site),
            LeverChange::FewerHalfDays { half_days } => fewer_half_days(territory, *half_days),
            // Which ones is a question of its own, and who rides with whom a plan's.
            LeverChange::CloseSites { .. } | LeverChange::ShareLifts { .. } => Vec::new(),
            LeverChange::Shuttle(shuttle) => self.shuttle(shuttle),
            LeverChange::Lend { vehicle, .. } => self.lend(territory, &draft, *vehicle),
            LeverChange::Volunteers { within, .. } => self.volunteers(territory, &draft, *within),
            LeverChange::Trips(changes) => changes.iter().cloned().map(Edit::ChangeTrips).collect(),
            LeverChange::OpenCircuit { line } => vec![Edit::OpenCircuit(line.clone())],
            LeverChange::OnDemand(service) => vec![Edit::PutOnDemand(OnDemandOf::clone(service))],
            LeverChange::Stay { programme, site, .. } => self.stay(territory, &draft, programme, site),
            LeverChange::Exchange { programme, site, youths } => {
                guests(&draft, &lever.key, programme, site, *youths)
            }
            LeverChange::Wait { programme, arrivals, .. } => {
                newcomers(territory, &draft, &lever.key, programme, *arrivals)
            }
            LeverChange::SmallerMinimum { .. }
            | LeverChange::Split { .. }
            | LeverChange::AddSlots { .. }
            | LeverChange::Alternate { .. }
            | LeverChange::Remote { .. }
            | LeverChange::LongerLimit { .. } => programme_edits(&draft, &lever.change),
        }
    }

    fn shuttle(&self, shuttle: &Shuttle) -> Vec<Edit> {
        let stops = self.round.iter().flat_map(|round| &round.stops);
        let both = stops.enumerate().flat_map(|(n, stop)| {
            let there = (n * 2, stop.place.clone(), shuttle.site.clone(), stop.out);
            let back = (n * 2 + 1, shuttle.site.clone(), stop.place.clone(), stop.home);
            [there, back]
        });
        both.filter_map(|(n, from, to, time)| link(&self.lever.key, n, (from, to), time, shuttle.days))
            .collect()
    }

    fn serves(&self, youth: YouthId) -> bool {
        match self.whom {
            Whom::All => true,
            Whom::These(youths) => youths.contains(&youth),
        }
    }

    /// Youths whom it serves, changed.
    fn youths(
        &self,
        territory: &Territory,
        draft: &Draft,
        change: impl Fn(YouthId, &mut Youth<Names>) -> bool,
    ) -> Vec<Edit> {
        let all =
            draft.youths.iter().filter_map(|w| Some((territory.youths().find(&w.value.key)?, &w.value)));
        let served = all.filter(|(id, _)| self.serves(*id));
        let changed = served.filter_map(|(id, youth)| {
            let mut youth = youth.clone();
            change(id, &mut youth).then_some(Edit::PutYouth(youth))
        });
        changed.collect()
    }

    fn lend(&self, territory: &Territory, draft: &Draft, kind: VehicleKind) -> Vec<Edit> {
        self.youths(territory, draft, |_, youth| {
            let lent = kind.allowed_by(&youth.licences);
            if lent {
                youth.vehicles.push(Vehicle { kind, hours: WeeklyHours::always() });
            }
            lent
        })
    }

    fn volunteers(&self, territory: &Territory, draft: &Draft, within: Metres) -> Vec<Edit> {
        let near = |id: YouthId| {
            let home = territory.youths()[id].home.and_then(|place| territory.places()[place].position);
            let sites = territory.sites().iter().filter_map(|(_, site)| site.position);
            let metres = sites.filter_map(|site| Some(site.straight_line(home?)));
            metres.into_iter().any(|metres| metres <= f64::from(within.get()))
        };
        self.youths(territory, draft, |id, youth| {
            let driven = near(id);
            if driven {
                let hours = WeeklyHours::always();
                youth.lifts.push(Lift { ways: LiftWays::Both, hours, adult_driver: true });
            }
            driven
        })
    }

    /// A coach from every home, or boarding: the trip may be as long as trips are looked at.
    fn stay(&self, territory: &Territory, draft: &Draft, programme: &Key, site: &Key) -> Vec<Edit> {
        let horizon = territory.rules().horizon;
        let mut edits = edit_programme(draft, programme, |p| p.limit = Some(horizon));
        let Some(to) = territory.sites().find(site).and_then(|id| territory.sites()[id].position) else {
            return edits;
        };
        let rules = &territory.rules().straight_line;
        let Some(pace) = rules.pace(crate::territory::Mode::Car) else { return edits };
        let homes = territory.places().iter().filter_map(|(_, place)| Some((place, place.position?)));
        for (n, (place, at)) in homes.enumerate() {
            let metres = (at.straight_line(to) * f64::from(rules.detour) / 100.0).round() as u32;
            let time = pace.speed.time_over(Metres::new(metres)).plus(pace.plus);
            if time > horizon {
                continue;
            }
            let ends = [(place.key.clone(), site.clone()), (site.clone(), place.key.clone())];
            let rides = ends.into_iter().zip([2 * n, 2 * n + 1]);
            edits.extend(rides.filter_map(|(ends, n)| link(&self.lever.key, n, ends, time, Weekdays::ALL)));
        }
        edits
    }
}

type OnDemandOf = crate::territory::OnDemand;

/// A ride of a shuttle. Its identifier is the lever's with a number.
fn link(lever: &Key, n: usize, (from, to): (Key, Key), time: Seconds, days: Weekdays) -> Option<Edit> {
    Some(Edit::PutLink(Link {
        key: numbered(lever, n)?,
        from,
        to,
        service: Service::Shuttle,
        line: None,
        time,
        distance: None,
        both_ways: false,
        days,
        in_holidays: true,
    }))
}

/// An identifier that starts like a lever's.
fn numbered(lever: &Key, n: usize) -> Option<Key> {
    let short: String = lever.as_str().chars().take(Key::MAX_CHARS - 8).collect();
    Key::new(&format!("{short}~{n}"))
}

fn open_site(draft: &Draft, site: &Key, slots: &[Key]) -> Vec<Edit> {
    edit_site(draft, site, |s| {
        s.status = SiteStatus::Existing;
        s.open.retain(|slot| slots.is_empty() || slots.contains(slot));
    })
}

fn edit_site(draft: &Draft, key: &Key, change: impl FnOnce(&mut Site<Names>)) -> Vec<Edit> {
    let found = draft.sites.iter().find(|w| w.value.key == *key);
    let edited = found.map(|w| {
        let mut site = w.value.clone();
        change(&mut site);
        let mut seen = std::collections::BTreeSet::new();
        site.open.retain(|slot| seen.insert(slot.clone()));
        Edit::PutSite(site)
    });
    edited.into_iter().collect()
}

fn edit_programme(draft: &Draft, key: &Key, change: impl FnOnce(&mut Programme<Names>)) -> Vec<Edit> {
    let found = draft.programmes.iter().find(|w| w.value.key == *key);
    let edited = found.map(|w| {
        let mut programme = w.value.clone();
        change(&mut programme);
        Edit::PutProgramme(programme)
    });
    edited.into_iter().collect()
}

fn programme_edits(draft: &Draft, change: &LeverChange) -> Vec<Edit> {
    match change {
        LeverChange::SmallerMinimum { programme, min } => edit_programme(draft, programme, |p| {
            let smaller = GroupSize::new(*min.min(&p.size.min()), p.size.target(), p.size.max());
            p.size = smaller.unwrap_or(p.size);
        }),
        LeverChange::Split { programme, size } => edit_programme(draft, programme, |p| {
            p.size = split_size(p.size, *size);
            p.max_groups = p.max_groups.saturating_add(1);
        }),
        LeverChange::AddSlots { programme, slots } => {
            edit_programme(draft, programme, |p| add_slots(p, slots))
        }
        LeverChange::Alternate { programme, by, sites } => edit_programme(draft, programme, |p| {
            let turns = crate::territory::Alternating { by: *by, sites: sites.clone() };
            // A programme that names no site is held at each: taking turns comes beside that.
            if p.sites.is_empty() && p.alternating.is_empty() {
                p.sites = draft.sites.iter().map(|w| w.value.key.clone()).collect();
            }
            p.alternating.push(turns);
        }),
        LeverChange::Remote { programme, on_site } => {
            edit_programme(draft, programme, |p| p.needed = Needed::Percent(*on_site))
        }
        LeverChange::LongerLimit { programme, limit } => {
            edit_programme(draft, programme, |p| p.limit = Some(*limit))
        }
        _ => Vec::new(),
    }
}

/// The smaller groups' least, and the larger groups' most: both stay viable.
pub(super) fn split_size(usual: GroupSize, smaller: GroupSize) -> GroupSize {
    let min = smaller.min().min(usual.min());
    GroupSize::new(min, usual.target().min(smaller.target()).max(min), usual.max()).unwrap_or(usual)
}

fn add_slots(programme: &mut Programme<Names>, slots: &[Key]) {
    match &mut programme.rhythm {
        Rhythm::Listed(sets) => sets.push(slots.to_vec()),
        // Without a list, every half-day is offered already.
        Rhythm::HalfDays(_) | Rhythm::FullDays(_) if programme.slots.is_empty() => {}
        Rhythm::HalfDays(_) | Rhythm::FullDays(_) => {
            let more =
                slots.iter().filter(|slot| !programme.slots.contains(slot)).cloned().collect::<Vec<_>>();
            programme.slots.extend(more);
        }
    }
}

fn add_adviser(draft: &Draft, key: Key, half_days: u32, sites: &[Key], slots: &[Key]) -> Vec<Edit> {
    let mut edits = Vec::new();
    // Without any adviser on the list, advisers never bind.
    if !draft.advisers.is_empty() {
        let adviser = Adviser { key, sites: sites.to_vec(), slots: slots.to_vec(), half_days };
        edits.push(Edit::PutAdviser(adviser));
    }
    for w in &draft.sites {
        let here = sites.is_empty() || sites.contains(&w.value.key);
        if let (true, Some(before)) = (here, w.value.half_days) {
            let half_days = Some(before.saturating_add(half_days));
            edits.push(Edit::PutSite(Site { half_days, ..w.value.clone() }));
        }
    }
    if let Some(before) = draft.rules.half_days {
        let half_days = Some(before.saturating_add(half_days));
        edits.push(Edit::SetRules(crate::territory::Rules { half_days, ..draft.rules.clone() }));
    }
    edits
}

fn send_adviser(draft: &Draft, adviser: &Key, site: &Key) -> Vec<Edit> {
    let found = draft.advisers.iter().find(|w| w.value.key == *adviser);
    // Who is tied to no site goes everywhere already.
    let sent = found.filter(|w| !w.value.sites.is_empty() && !w.value.sites.contains(site)).map(|w| {
        let mut adviser = w.value.clone();
        adviser.sites.push(site.clone());
        Edit::PutAdviser(adviser)
    });
    sent.into_iter().collect()
}

/// Half-days a week that all advisers give, or that the rules allow.
pub(super) fn weekly_half_days(territory: &Territory) -> Option<u32> {
    let given = (!territory.advisers().is_empty())
        .then(|| territory.advisers().iter().map(|(_, adviser)| adviser.half_days).sum());
    [territory.rules().half_days, given].into_iter().flatten().min()
}

fn fewer_half_days(territory: &Territory, fewer: u32) -> Vec<Edit> {
    let limited = weekly_half_days(territory).map(|all| {
        let half_days = Some(all.saturating_sub(fewer));
        Edit::SetRules(crate::territory::Rules { half_days, ..territory.rules().clone() })
    });
    limited.into_iter().collect()
}

/// Youths of elsewhere, who live where the programme is held.
fn guests(draft: &Draft, lever: &Key, programme: &Key, site: &Key, youths: u32) -> Vec<Edit> {
    let Some(site) = draft.sites.iter().find(|w| w.value.key == *site).map(|w| &w.value) else {
        return Vec::new();
    };
    let Some(position) = site.position else { return Vec::new() };
    let Some(home) = numbered(lever, 0) else { return Vec::new() };
    let Some(like) = model(draft, programme) else { return Vec::new() };
    let place = Place {
        key: home.clone(),
        name: site.name.clone(),
        commune: None,
        position: Some(position),
        population: None,
        epci: None,
    };
    let guest = |n: u32| Some(newcomer(like, numbered(lever, n as usize)?, Some(home.clone()), programme));
    std::iter::once(Edit::PutPlace(place)).chain((1..=youths).filter_map(guest).map(Edit::PutYouth)).collect()
}

/// Youths who come meanwhile: they live where those enrolled live, spread over them.
fn newcomers(territory: &Territory, draft: &Draft, lever: &Key, programme: &Key, arrivals: u32) -> Vec<Edit> {
    let Some(id) = territory.programmes().find(programme) else { return Vec::new() };
    let enrolled: Vec<&Youth<Names>> =
        draft.youths.iter().map(|w| &w.value).filter(|y| y.programmes.contains(programme)).collect();
    let count = arrivals.min(MOST_NEWCOMERS) as usize;
    if enrolled.is_empty() || !territory.programmes().ids().any(|p| p == id) {
        return Vec::new();
    }
    let comes = |n: usize| {
        let like = enrolled[n * enrolled.len() / count];
        let key = numbered(lever, n + 1)?;
        let newcomer =
            Youth { key, programmes: vec![programme.clone()], priority: Priority::NONE, ..like.clone() };
        Some(Edit::PutYouth(newcomer))
    };
    (0..count).filter_map(comes).collect()
}

/// Most youths that a lever brings.
const MOST_NEWCOMERS: u32 = 1_000;

/// Somebody who may follow the programme, to take a likely age from.
fn model<'d>(draft: &'d Draft, programme: &Key) -> Option<&'d Youth<Names>> {
    draft.youths.iter().map(|w| &w.value).find(|y| y.programmes.contains(programme))
}

fn newcomer(like: &Youth<Names>, key: Key, home: Option<Key>, programme: &Key) -> Youth<Names> {
    Youth {
        key,
        home,
        vehicles: Vec::new(),
        lifts: Vec::new(),
        availability: Availability::default(),
        programmes: vec![programme.clone()],
        priority: Priority::NONE,
        ..like.clone()
    }
}

/// Applies levers one after another, those that take something away first: what another gives stays.
pub(super) fn applied<'a>(
    territory: &Territory,
    levers: impl IntoIterator<Item = Applied<'a>>,
) -> Result<Vec<Edit>, Error> {
    let mut now = territory.clone();
    let mut all = Vec::new();
    let mut levers: Vec<Applied<'a>> = levers.into_iter().collect();
    levers.sort_by_key(|applied| !matches!(applied.lever.change, LeverChange::MoveSlot { .. }));
    for lever in levers {
        let edits = lever.edits(&now);
        now = now.edit(&edits)?.0;
        all.extend(edits);
    }
    Ok(all)
}
