//! What a lever changes, as edits of a territory.

use super::rides::DriverRides;
use super::round::Timetable;
use crate::error::Error;
use crate::territory::{
    Adviser, Availability, Draft, Edit, GroupSize, Lever, LeverChange, Lift, LiftWays, Link, Names, Needed,
    OnDemand, Place, Priority, Programme, Rhythm, Rules, Service, Shuttle, Site, SiteStatus, Territory,
    Vehicle, VehicleKind, Weekdays, WeeklyHours, Youth,
};
use crate::travel::travelled;
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
    /// The rounds of members who take others along.
    pub(super) rides: &'a [DriverRides],
    /// The round of a shuttle.
    pub(super) round: Option<&'a Timetable>,
    pub(super) whom: Whom<'a>,
    /// Whether what it takes away is taken.
    pub(super) takes_away: bool,
}

impl<'a> Applied<'a> {
    /// The whole of a lever, for all who could use it.
    pub(super) const fn whole(lever: &'a Lever, round: Option<&'a Timetable>) -> Self {
        Self { lever, rides: &[], round, whom: Whom::All, takes_away: true }
    }

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
            LeverChange::CloseSite { site, slots } => close_site(&draft, site, slots),
            LeverChange::AddRooms { site, rooms } => {
                edit_site(&draft, site, |s| s.rooms = s.rooms.saturating_add(*rooms))
            }
            LeverChange::AddAdviser { half_days, sites, slots } => {
                add_adviser(&draft, lever.key.clone(), *half_days, sites, slots)
            }
            LeverChange::SendAdviser { adviser, site, .. } => send_adviser(&draft, adviser, site),
            LeverChange::FewerHalfDays { half_days } => fewer_half_days(territory, *half_days),
            LeverChange::ShareLifts { .. } => super::rides::edits(territory, self.rides),
            // Which ones is a question of its own.
            LeverChange::CloseSites { .. } => Vec::new(),
            LeverChange::Shuttle(shuttle) => self.shuttle(shuttle),
            LeverChange::Lend { vehicle, .. } => self.lend(territory, &draft, *vehicle),
            LeverChange::Volunteers { within, .. } => self.volunteers(territory, &draft, *within),
            LeverChange::Trips(changes) => changes.iter().cloned().map(Edit::ChangeTrips).collect(),
            LeverChange::OpenCircuit { line } => vec![Edit::OpenCircuit(line.clone())],
            LeverChange::OnDemand(service) => vec![Edit::PutOnDemand(OnDemand::clone(service))],
            LeverChange::Stay { programme, site, .. } => self.stay(territory, &draft, programme, site),
            LeverChange::Exchange { programme, site, youths } => {
                guests(&draft, &lever.key, programme, site, *youths)
            }
            LeverChange::Wait { programme, arrivals: count, .. } => {
                arrivals(&draft, &lever.key, programme, *count)
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
            let time = pace.speed.time_over(travelled(rules, at, to)).plus(pace.plus);
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

/// A ride of a shuttle. Its identifier is the lever's with a number. None between a place and a site of one name: they are one spot.
fn link(lever: &Key, n: usize, (from, to): (Key, Key), time: Seconds, days: Weekdays) -> Option<Edit> {
    if from == to {
        return None;
    }
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

/// On these of its half-days; for good where none is named.
pub(in crate::questions) fn close_site(draft: &Draft, site: &Key, slots: &[Key]) -> Vec<Edit> {
    edit_site(draft, site, |s| s.open.retain(|slot| !slots.is_empty() && !slots.contains(slot)))
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
    let before = draft.rules.half_days;
    edits.extend(before.map(|before| half_days_of(&draft.rules, before.saturating_add(half_days))));
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
pub(in crate::questions) fn weekly_half_days(territory: &Territory) -> Option<u32> {
    let given = (!territory.advisers().is_empty())
        .then(|| territory.advisers().iter().map(|(_, adviser)| adviser.half_days).sum());
    [territory.rules().half_days, given].into_iter().flatten().min()
}

/// Nothing where nobody told how many there are.
pub(in crate::questions) fn fewer_half_days(territory: &Territory, fewer: u32) -> Vec<Edit> {
    let all = weekly_half_days(territory);
    all.map(|all| half_days_of(territory.rules(), all.saturating_sub(fewer))).into_iter().collect()
}

fn half_days_of(rules: &Rules, half_days: u32) -> Edit {
    Edit::SetRules(Rules { half_days: Some(half_days), ..rules.clone() })
}

/// Youths of elsewhere, who live where the programme is held and bring nothing.
fn guests(draft: &Draft, lever: &Key, programme: &Key, site: &Key, youths: u32) -> Vec<Edit> {
    let site = draft.sites.iter().map(|w| &w.value).find(|s| s.key == *site);
    let known = site.and_then(|site| Some((site, site.position?, numbered(lever, 0)?)));
    let Some((site, position, home)) = known else { return Vec::new() };
    // Somebody who may follow the programme has a likely age.
    let Some(like) = enrolled(draft, programme).next() else { return Vec::new() };
    let place = Place {
        key: home.clone(),
        name: site.name.clone(),
        commune: None,
        position: Some(position),
        population: None,
        epci: None,
    };
    let guest = |n: u32| {
        let guest = Youth {
            home: Some(home.clone()),
            vehicles: Vec::new(),
            lifts: Vec::new(),
            rides: Vec::new(),
            availability: Availability::default(),
            ..newcomer(like, numbered(lever, n as usize)?, programme)
        };
        Some(Edit::PutYouth(guest))
    };
    std::iter::once(Edit::PutPlace(place)).chain((1..=youths).filter_map(guest)).collect()
}

/// Youths who come meanwhile: they live where those enrolled live, spread over them.
fn arrivals(draft: &Draft, lever: &Key, programme: &Key, arrivals: u32) -> Vec<Edit> {
    let enrolled: Vec<&Youth<Names>> = enrolled(draft, programme).collect();
    let count = arrivals.min(MOST_NEWCOMERS) as usize;
    let comes = |n: usize| {
        let like = enrolled.get(n * enrolled.len() / count)?;
        Some(Edit::PutYouth(newcomer(like, numbered(lever, n + 1)?, programme)))
    };
    (0..count).filter_map(comes).collect()
}

/// Most youths that a lever brings.
const MOST_NEWCOMERS: u32 = 1_000;

fn enrolled<'d>(draft: &'d Draft, programme: &'d Key) -> impl Iterator<Item = &'d Youth<Names>> {
    draft.youths.iter().map(|w| &w.value).filter(move |youth| youth.programmes.contains(programme))
}

/// Somebody like another, who follows one programme.
fn newcomer(like: &Youth<Names>, key: Key, programme: &Key) -> Youth<Names> {
    Youth {
        key,
        programmes: vec![programme.clone()],
        priority: Priority::NONE,
        rides: Vec::new(),
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
