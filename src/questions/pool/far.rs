//! Structures of which nobody reaches the other's sites: no weekly trip, and what remains. What a proposal needs is
//! counted of those who have no place; several proposals may count on the same youths.

use super::{Coalition, Pooling};
use crate::control::Control;
use crate::error::Error;
use crate::plan::{Change, Lack, Offer, group_cost};
use crate::territory::{
    Edit, GroupSize, InHolidays, MixRule, Mode, Needed, Programme, ProgrammeOption, Rhythm, Shuttle, Site,
    Slot, StartWindow, Territory, Youth,
};
use crate::travel::travelled;
use crate::units::{
    Cents, ClockTime, Headcount, Key, Metres, OptionId, Position, ProgrammeId, Seconds, YouthId,
};
use jiff::civil::{Date, Weekday};
use std::collections::{BTreeMap, BTreeSet};

/// A night's boarding: assumed.
pub(super) const NIGHT: Cents = Cents::new(40_00);
/// A youth in a group by video: assumed.
pub(super) const VISIO: Cents = Cents::new(10_00);
/// A kilometre of a coach with its driver: assumed.
pub(super) const COACH_KM: Cents = Cents::new(2_50);
/// A kilometre of a car: official scale, 5 CV.
pub(super) const CAR_KM: Cents = Cents::new(64);
/// Passengers of a coach: assumed.
pub(super) const COACH_SEATS: u32 = 50;
/// A coach on a long way, in kilometres an hour: assumed.
pub(super) const COACH_KMH: u32 = 60;
/// When a coach leaves its first meeting point and is back, at most.
const DAY: ((u32, u32), (u32, u32)) = ((7, 30), (18, 30));
/// A day is worth its drive with so much time there.
const LEAST_THERE: Seconds = Seconds::from_minutes(180);
/// A coach stops at so many meeting points at most.
const STOPS: usize = 2;
/// A stay takes so many days at most: a week.
const STAY_DAYS: u32 = 5;
/// Farther than this, a stay begins the evening before.
const EVE: Seconds = Seconds::from_minutes(120);
/// An adviser is sent for programmes of so many weeks at most.
const ADVISER_WEEKS: u32 = 2;

/// What proposals between structures far apart are counted with, each assumed but for the kilometre by car.
///
/// ```
/// use maillage::questions::FarRates;
///
/// assert_eq!(FarRates::default().night.get(), 40_00);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FarRates {
    /// A night's boarding.
    pub night: Cents,
    /// A youth in a group by video.
    pub visio: Cents,
    /// A kilometre of a coach with its driver.
    pub coach_km: Cents,
    /// A kilometre of a minibus.
    pub minibus_km: Cents,
    /// A kilometre of a car: official scale, 5 CV.
    pub car_km: Cents,
    /// Passengers of a coach.
    pub coach_seats: u32,
    /// A coach on a long way, in kilometres an hour.
    pub coach_kmh: u32,
}

impl Default for FarRates {
    fn default() -> Self {
        Self {
            night: NIGHT,
            visio: VISIO,
            coach_km: COACH_KM,
            minibus_km: Shuttle::KM,
            car_km: CAR_KM,
            coach_seats: COACH_SEATS,
            coach_kmh: COACH_KMH,
        }
    }
}

/// How near two structures come.
///
/// ```
/// use maillage::questions::Nearest;
/// use maillage::units::{Metres, Seconds};
///
/// let nearest = Nearest { home: 0, site: 1, distance: Metres::new(120_000), drive: Some(Seconds::from_minutes(165)) };
/// assert_ne!(nearest.home, nearest.site);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// Whose youths.
    pub home: usize,
    /// Whose site.
    pub site: usize,
    /// The shortest way between such a home and such a site.
    pub distance: Metres,
    /// Its time by car at the territory's pace; none where it has none.
    pub drive: Option<Seconds>,
}

/// A group by video of those who wait in several structures.
///
/// ```
/// use maillage::questions::Visio;
/// # use maillage::units::{Cents, Headcount, Key};
/// # use jiff::civil::date;
/// # let programme = Key::new("atelier").expect("an identifier");
/// let visio = Visio {
///     programme, slots: Vec::new(), start: date(2026, 9, 14), from: vec![3, 2], groups: 1,
///     apart: Headcount::new(0), cost: Cents::new(0),
/// };
/// assert_eq!(visio.gain(), 5, "neither structure has enough by itself");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visio {
    /// The programme, by its key.
    pub programme: Key,
    /// Its half-days, by their keys.
    pub slots: Vec<Key>,
    /// Its first day.
    pub start: Date,
    /// How many of each structure would be in it.
    pub from: Vec<u32>,
    /// Groups.
    pub groups: u32,
    /// Places that groups by video of each structure by itself would have.
    pub apart: Headcount,
    /// Video, advisers and the programme's own cost, of all groups.
    pub cost: Cents,
}

impl Visio {
    /// Places.
    pub fn places(&self) -> u32 {
        self.from.iter().sum()
    }

    /// Places more than by video in each structure by itself.
    pub fn gain(&self) -> u32 {
        self.places().saturating_sub(self.apart.get())
    }
}

/// A programme held on days that follow one another, guests boarding.
///
/// ```
/// use maillage::questions::Stay;
/// # use maillage::units::{Cents, Key};
/// # use jiff::civil::date;
/// # let key = |text| Key::new(text).expect("an identifier");
/// let stay = Stay {
///     programme: key("atelier"), site: key("pont"), host: 0, first: date(2026, 9, 14), days: 3, nights: 2,
///     hosts: 2, guests: 4, guest: 1, groups: 1, cost: Cents::new(0),
/// };
/// assert_eq!(stay.hosts + stay.guests, 6);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// The programme, by its key.
    pub programme: Key,
    /// Where.
    pub site: Key,
    /// Whose site.
    pub host: usize,
    /// Whose youths board.
    pub guest: usize,
    /// The first day.
    pub first: Date,
    /// Days.
    pub days: u32,
    /// Nights of each guest.
    pub nights: u32,
    /// Youths of the host.
    pub hosts: u32,
    /// Youths who board.
    pub guests: u32,
    /// Groups.
    pub groups: u32,
    /// Boarding, the way there and back, rooms, advisers and the programme's own cost.
    pub cost: Cents,
}

/// A day at another structure's, by coach from meeting points: the limit holds from home to the meeting point.
///
/// ```
/// use maillage::questions::Event;
/// # use maillage::units::{Cents, Metres, Seconds};
/// # use jiff::civil::date;
/// let event = Event {
///     host: 0, guest: 1, date: date(2026, 9, 15), stops: Vec::new(), guests: 40,
///     distance: Metres::new(180_000), ride: Seconds::from_minutes(180), there: Seconds::from_minutes(300),
///     coaches: 1, cost: Cents::new(900_00),
/// };
/// assert_eq!(event.per_seat(), Cents::new(22_50));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Who receives.
    pub host: usize,
    /// Whose youths come.
    pub guest: usize,
    /// A day on which it was counted.
    pub date: Date,
    /// Meeting points, in the coach's order, and how many more youths each lets come.
    pub stops: Vec<(Key, u32)>,
    /// Youths who can be at a meeting point within their limit, as many as there are seats.
    pub guests: u32,
    /// The coach's way there.
    pub distance: Metres,
    /// Its time there.
    pub ride: Seconds,
    /// What is left of the day there.
    pub there: Seconds,
    /// Coaches.
    pub coaches: u32,
    /// All coaches, there and back.
    pub cost: Cents,
}

impl Event {
    /// The cost of a seat that is taken.
    pub fn per_seat(&self) -> Cents {
        Cents::new(self.cost.get().div_ceil(u64::from(self.guests.max(1))))
    }
}

/// What is sent.
///
/// ```
/// use maillage::questions::Sent;
///
/// assert_ne!(Sent::Youths(2), Sent::AdviserDays(2));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// So many youths, for the time of a programme.
    Youths(u32),
    /// An adviser, for so many days a week of a programme.
    AdviserDays(u32),
}

/// Youths or an adviser of one structure, sent to another: one more group is formed there.
///
/// ```
/// use maillage::questions::{ExchangeOf, Sent};
/// # use maillage::units::{Cents, Headcount, Key};
/// # let key = |text| Key::new(text).expect("an identifier");
/// let sent = ExchangeOf {
///     from: 1, to: 0, sent: Sent::Youths(2), programme: key("atelier"), site: key("pont"),
///     places: Headcount::new(5), weeks: 6, cost: Cents::new(0),
/// };
/// assert!(sent.places.get() > 2, "others gain too");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeOf {
    /// Who sends.
    pub from: usize,
    /// Who receives.
    pub to: usize,
    /// What.
    pub sent: Sent,
    /// The programme of which there is one more group.
    pub programme: Key,
    /// Where it meets.
    pub site: Key,
    /// Places more, guests included, at least.
    pub places: Headcount,
    /// Weeks that it lasts.
    pub weeks: u32,
    /// Boarding and the way, of the whole time.
    pub cost: Cents,
}

/// What remains of structures far apart.
///
/// ```
/// use maillage::questions::FarApart;
///
/// assert!(FarApart::default().events.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FarApart {
    /// How near each comes to the sites of each other one.
    pub nearest: Vec<Nearest>,
    /// Groups by video, of programmes that are held by half-days.
    pub visio: Vec<Visio>,
    /// Stays with boarding.
    pub stays: Vec<Stay>,
    /// Days by coach.
    pub events: Vec<Event>,
    /// Exchanges of youths and of advisers.
    pub exchanges: Vec<ExchangeOf>,
}

/// All that remains; none where a site is near enough, and it is something else that keeps them apart.
pub(super) fn far(pooled: &Pooling, control: &Control<'_>) -> Result<Option<FarApart>, Error> {
    let waiting = Waiting::of(pooled);
    let n = pooled.alone.len();
    let pairs = || (0..n).flat_map(|a| (0..n).map(move |b| (a, b))).filter(|(a, b)| a != b);
    let mut far = FarApart {
        nearest: pairs().filter_map(|(home, site)| waiting.nearest(home, site)).collect(),
        visio: waiting.visio(),
        stays: pairs().flat_map(|(guest, host)| waiting.stays(guest, host)).collect(),
        ..FarApart::default()
    };
    let limits = waiting.territory.programmes().ids().map(|id| waiting.territory.limit_of(id));
    let longest = limits.max().unwrap_or_default();
    if far.nearest.iter().any(|near| near.drive.is_some_and(|drive| drive <= longest)) {
        return Ok(None);
    }
    for guest in 0..n {
        let meeting = meeting_points(&pooled.alone[guest], control)?;
        for host in (0..n).filter(|&host| host != guest) {
            far.events.extend(meeting.as_ref().and_then(|points| waiting.event(points, guest, host)));
        }
    }
    for to in 0..n {
        let plan = pooled.alone[to].plan(control)?;
        for from in (0..n).filter(|&from| from != to) {
            far.exchanges.extend(waiting.exchanges(&plan, from, to));
        }
    }
    Ok(Some(far))
}

/// Who has no place, in the territory of all.
struct Waiting<'a> {
    pooled: &'a Pooling,
    territory: &'a Territory,
    /// Options that each youth has a place in.
    held: BTreeMap<YouthId, Vec<OptionId>>,
}

impl<'a> Waiting<'a> {
    fn of(pooled: &'a Pooling) -> Self {
        let territory = pooled.together.study.territory();
        let mut held: BTreeMap<YouthId, Vec<OptionId>> = BTreeMap::new();
        for meeting in &pooled.together.meetings {
            for youth in meeting.members.iter().filter_map(|key| territory.youths().find(key)) {
                held.entry(youth).or_default().push(meeting.option);
            }
        }
        Self { pooled, territory, held }
    }

    fn held(&self, youth: YouthId) -> &[OptionId] {
        self.held.get(&youth).map_or(&[], Vec::as_slice)
    }

    /// Youths of a structure who follow a programme and have no place in it, nor in one that excludes it.
    fn wait(&self, structure: usize, programme: ProgrammeId) -> Vec<YouthId> {
        let is_free = |youth: YouthId| {
            self.held(youth).iter().all(|&option| {
                let other = self.territory.option(option).programme;
                other != programme && !self.territory.exclusive(other, programme)
            })
        };
        let own = self.territory.youths().iter().filter(|(id, youth)| {
            youth.programmes.contains(&programme)
                && self.pooled.pool.owner_of_youth(&youth.key) == Some(structure)
                && is_free(*id)
        });
        own.map(|(id, _)| id).collect()
    }

    /// Programmes that several structures offer, in the order of the keys.
    fn shared(&self) -> impl Iterator<Item = (ProgrammeId, &'a Programme)> + '_ {
        let several = |key: &Key| self.pooled.pool.owners_of_programme(key).count() > 1;
        self.territory.programmes().iter().filter(move |(_, programme)| several(&programme.key))
    }

    /// The first site of a structure that is open, else its first.
    fn seat(&self, structure: usize) -> Option<&'a Site> {
        let own = |site: &&Site| self.pooled.pool.owner_of_site(&site.key) == Some(structure);
        let sites = || self.territory.sites().iter().map(|(_, site)| site).filter(own);
        let open = sites().find(|site| site.status == crate::territory::SiteStatus::Existing);
        open.or_else(|| sites().next())
    }

    fn way(&self, a: Option<Position>, b: Option<Position>) -> Option<Metres> {
        Some(travelled(&self.territory.rules().straight_line, a?, b?))
    }

    fn between_seats(&self, a: usize, b: usize) -> Option<Metres> {
        self.way(self.seat(a)?.position, self.seat(b)?.position)
    }

    fn nearest(&self, home: usize, site: usize) -> Option<Nearest> {
        let youths = self.territory.youths().iter().map(|(_, youth)| youth);
        let own = |youth: &&Youth| self.pooled.pool.owner_of_youth(&youth.key) == Some(home);
        let homes: BTreeSet<_> = youths.filter(own).filter_map(|youth| youth.home).collect();
        let theirs = |s: &&Site| self.pooled.pool.owner_of_site(&s.key) == Some(site);
        let sites: Vec<&Site> = self.territory.sites().iter().map(|(_, s)| s).filter(theirs).collect();
        let ways = homes.iter().flat_map(|&home| {
            sites.iter().filter_map(move |s| self.way(self.territory.places()[home].position, s.position))
        });
        let distance = ways.min()?;
        let pace = self.territory.rules().straight_line.pace(Mode::Car);
        let drive = pace.map(|pace| pace.speed.time_over(distance).plus(pace.plus));
        Some(Nearest { home, site, distance, drive })
    }

    /// Whether somebody could follow an option by video.
    fn could_follow(&self, id: YouthId, option: &ProgrammeOption) -> bool {
        let (territory, youth) = (self.territory, &self.territory.youths()[id]);
        let programme = &territory.programmes()[option.programme];
        let of_age = option
            .meetings
            .iter()
            .all(|m| programme.ages.admit(youth.birth.age_on(m.date), youth.recognised_disability));
        let busy: Vec<_> = self.held(id).iter().flat_map(|&o| &territory.option(o).meetings).collect();
        let is_free = |meeting: &&crate::territory::Meeting| {
            let slot = &territory.slots()[meeting.slot];
            let clash = |other: &&crate::territory::Meeting| {
                other.date == meeting.date && territory.slots()[other.slot].overlaps(slot)
            };
            youth.availability.allows(meeting.date, slot.from, slot.to) && !busy.iter().any(clash)
        };
        let free = option.meetings.iter().filter(is_free).count() as u32;
        of_age && free > 0 && free >= programme.needed.of(option.sessions())
    }

    /// Groups by video, best half-days of each programme.
    fn visio(&self) -> Vec<Visio> {
        let by_half_days = |(_, programme): &(ProgrammeId, &Programme)| {
            !matches!(programme.rhythm, Rhythm::FullDays(_)) && programme.mix.is_empty()
        };
        self.shared().filter(by_half_days).filter_map(|(id, _)| self.visio_of(id)).collect()
    }

    fn visio_of(&self, id: ProgrammeId) -> Option<Visio> {
        let programme = &self.territory.programmes()[id];
        let n = self.pooled.alone.len();
        let waiting: Vec<Vec<YouthId>> = (0..n).map(|structure| self.wait(structure, id)).collect();
        let mut seen = BTreeSet::new();
        let options = self.pooled.together.study.reach().options_of(id);
        let options = options.map(|o| self.territory.option(o)).filter(|o| !o.meetings.is_empty());
        let mut best: Option<(u32, Vec<u32>, &ProgrammeOption)> = None;
        let mut apart = vec![0; n];
        for option in options.filter(|o| seen.insert((o.slots.clone(), o.start))) {
            let come = |youths: &Vec<YouthId>| {
                youths.iter().filter(|&&youth| self.could_follow(youth, option)).count() as u32
            };
            let from: Vec<u32> = waiting.iter().map(come).collect();
            for (most, &come) in apart.iter_mut().zip(&from) {
                *most = (*most).max(formed(programme.size, come).1);
            }
            let places = formed(programme.size, from.iter().sum()).1;
            if best.as_ref().is_none_or(|(most, ..)| places > *most) {
                best = Some((places, from, option));
            }
        }
        let (places, mut from, option) = best.filter(|best| best.0 > 0)?;
        let groups = formed(programme.size, places).0;
        take(&mut from, places);
        let hours =
            option.meetings.iter().map(|m| u64::from(self.territory.slots()[m.slot].duration().get()));
        let led = self.territory.rules().adviser_hour.times(hours.sum()).get() / 3600;
        let each = Cents::new(led).plus(programme.group_cost);
        Some(Visio {
            programme: programme.key.clone(),
            slots: option.slots.iter().map(|&slot| self.territory.slots()[slot].key.clone()).collect(),
            start: option.start,
            from,
            groups,
            apart: Headcount::new(apart.iter().sum()),
            cost: VISIO.times(u64::from(places)).plus(each.times(u64::from(groups))),
        })
    }

    /// Programmes that take two to five days in a row, at the seat of the host.
    fn stays(&self, guest: usize, host: usize) -> Vec<Stay> {
        let Some(seat) = self.seat(host) else { return Vec::new() };
        let Some(way) = self.between_seats(guest, host) else { return Vec::new() };
        self.shared()
            .filter_map(|(id, programme)| self.stay(id, programme, (guest, host), (seat, way)))
            .collect()
    }

    fn stay(
        &self,
        id: ProgrammeId,
        programme: &Programme,
        (guest, host): (usize, usize),
        (seat, way): (&Site, Metres),
    ) -> Option<Stay> {
        let reach = self.pooled.together.study.reach();
        let mut options = reach.options_of(id).map(|o| (o, self.territory.option(o)));
        let (_, option) = options.find(|(_, option)| !option.meetings.is_empty())?;
        let days = option.sessions().div_ceil(2);
        if !(2..=STAY_DAYS).contains(&days) || !programme.mix.is_empty() {
            return None;
        }
        let dates = days_in_a_row(option.start, days);
        let limit = self.territory.limit_of(id);
        let comes_daily = |youth: &YouthId| {
            let here = |o: &OptionId| {
                let sites = self.territory.option(*o).venue.sites();
                sites.iter().all(|&s| self.territory.sites()[s].key == seat.key)
            };
            let own = reach.options_of(id).filter(here);
            own.into_iter().any(|o| reach.attend(self.territory, *youth, o, limit).is_ok())
        };
        let is_free = |youth: &YouthId| self.is_free_on(*youth, programme, &dates);
        let guests = self.wait(guest, id).into_iter().filter(is_free).count() as u32;
        let hosts = self.wait(host, id).into_iter().filter(is_free).filter(comes_daily).count() as u32;
        let (groups, places) = formed(programme.size, guests + hosts);
        let mut both = vec![hosts, guests];
        take(&mut both, places);
        let (hosts, guests) = (both[0], both[1]);
        if guests == 0 {
            return None;
        }
        let nights = days - u32::from(ride(way) <= EVE);
        let boarding = NIGHT.times(u64::from(guests) * u64::from(nights));
        let cost = group_cost(self.territory, option).times(u64::from(groups));
        Some(Stay {
            programme: programme.key.clone(),
            site: seat.key.clone(),
            host,
            guest,
            first: dates.first().copied()?,
            days,
            nights,
            hosts,
            guests,
            groups,
            cost: boarding.plus(there_and_back(guests, way)).plus(cost),
        })
    }

    /// Whether somebody is of age, away from nothing and in no other group on these days.
    fn is_free_on(&self, id: YouthId, programme: &Programme, dates: &[Date]) -> bool {
        let youth = &self.territory.youths()[id];
        let (Some(from), Some(to)) = (ClockTime::new(9, 0), ClockTime::new(16, 30)) else { return false };
        let busy = |date: Date| {
            self.held(id).iter().any(|&o| self.territory.option(o).meetings.iter().any(|m| m.date == date))
        };
        dates.iter().all(|&date| {
            programme.ages.admit(youth.birth.age_on(date), youth.recognised_disability)
                && youth.availability.allows(date, from, to)
                && !busy(date)
        })
    }

    /// A day by coach, from the meeting points that let the most come.
    fn event(&self, points: &MeetingPoints, guest: usize, host: usize) -> Option<Event> {
        let (seat, sites) = (self.seat(host)?, self.territory.sites());
        let at = |key: &Key| sites.find(key).and_then(|id| sites[id].position);
        let mut left = points.reached.clone();
        let mut stops: Vec<(Key, u32)> = Vec::new();
        let mut gone: BTreeSet<YouthId> = BTreeSet::new();
        while stops.len() < STOPS && (gone.len() as u32) < COACH_SEATS {
            let more = |youths: &BTreeSet<YouthId>| youths.difference(&gone).count() as u32;
            // The most; ties by the first key.
            let best = left.iter().map(|(key, youths)| (more(youths), std::cmp::Reverse(key.clone()))).max();
            let Some((count, key)) = best.filter(|best| best.0 > 0) else { break };
            gone.extend(left.remove(&key.0).unwrap_or_default());
            stops.push((key.0, count));
        }
        // The coach comes from the farthest.
        stops.sort_by_key(|(key, _)| std::cmp::Reverse(self.way(at(key), seat.position)));
        let along: Vec<Option<Position>> =
            stops.iter().map(|(key, _)| at(key)).chain([seat.position]).collect();
        let legs: Option<Vec<Metres>> = along.windows(2).map(|two| self.way(two[0], two[1])).collect();
        let distance = Metres::new(legs?.iter().map(|leg| leg.get()).sum());
        let ride = ride(distance);
        let there = Seconds::new(points.day.get().checked_sub(2 * ride.get())?);
        let guests = (gone.len() as u32).min(COACH_SEATS);
        if guests == 0 || there < LEAST_THERE {
            return None;
        }
        let coaches = guests.div_ceil(COACH_SEATS);
        let cost = per_km(COACH_KM, distance, 2 * u64::from(coaches));
        Some(Event { host, guest, date: points.date, stops, guests, distance, ride, there, coaches, cost })
    }

    /// What one more group of the host takes, where another structure can send it.
    fn exchanges(&self, plan: &crate::plan::Plan, from: usize, to: usize) -> Vec<ExchangeOf> {
        let host = &self.pooled.alone[to];
        let (there, way) = (host.study.territory(), self.between_seats(from, to).unwrap_or_default());
        let sent = plan.beside.levers.iter().filter_map(|lever| {
            let verdict = plan.verdicts.get(lever.verdict)?;
            let key = &there.programmes()[lever.programme].key;
            let id = self.territory.programmes().find(key)?;
            self.pooled.pool.owners_of_programme(key).find(|&owner| owner == from)?;
            let option = option_of(there, &verdict.offer)?;
            let weeks = weeks_of(option);
            let (sent, nights, travel) = match lever.change {
                Change::Youths(k) => {
                    let ready =
                        self.wait(from, id).into_iter().filter(|&y| self.could_follow_as(y, there, option));
                    if (ready.count() as u32) < k {
                        return None;
                    }
                    // Nobody comes every week: they live there from the first day to the last.
                    (Sent::Youths(k), u64::from(k) * u64::from(weeks) * 7, there_and_back(k, way))
                }
                // Who came back every week for longer would have a weekly trip again.
                Change::More(Lack::Advisers(half_days)) if weeks <= ADVISER_WEEKS => {
                    let days =
                        option.slots.iter().map(|&slot| there.slots()[slot].day.to_monday_zero_offset());
                    let held: BTreeSet<i8> = days.collect();
                    let days = half_days.min(held.len() as u32);
                    let nights = u64::from(weeks) * u64::from(days);
                    (Sent::AdviserDays(days), nights, per_km(CAR_KM, way, 2 * u64::from(weeks)))
                }
                _ => return None,
            };
            let site = verdict.offer.venue.sites().first()?;
            Some(ExchangeOf {
                from,
                to,
                sent,
                programme: key.clone(),
                site: there.sites()[*site].key.clone(),
                places: lever.gain,
                weeks,
                cost: NIGHT.times(nights).plus(travel),
            })
        });
        // One of each kind and programme: what costs least for a place.
        let mut best: BTreeMap<(bool, Key), ExchangeOf> = BTreeMap::new();
        for one in sent {
            let kind = (matches!(one.sent, Sent::AdviserDays(_)), one.programme.clone());
            let worth =
                |e: &ExchangeOf| (e.cost.get().div_ceil(u64::from(e.places.get().max(1))), e.site.clone());
            let known = best.entry(kind).or_insert_with(|| one.clone());
            if worth(&one) < worth(known) {
                *known = one;
            }
        }
        best.into_values().collect()
    }

    /// As [`Waiting::could_follow`], of an option of the host's own territory.
    fn could_follow_as(&self, youth: YouthId, there: &Territory, option: &ProgrammeOption) -> bool {
        let own = |slot| self.territory.slots().find(&there.slots()[slot].key);
        let programme = self.territory.programmes().find(&there.programmes()[option.programme].key);
        let (Some(programme), Some(slots)) =
            (programme, option.slots.iter().map(|&slot| own(slot)).collect::<Option<Vec<_>>>())
        else {
            return false;
        };
        let same = |o: &&ProgrammeOption| o.slots == slots && o.start == option.start;
        let options = self.pooled.together.study.reach().options_of(programme);
        options.map(|o| self.territory.option(o)).find(same).is_some_and(|o| self.could_follow(youth, o))
    }
}

/// The option of an offer.
fn option_of<'t>(territory: &'t Territory, offer: &Offer) -> Option<&'t ProgrammeOption> {
    territory.options().iter().find(|option| Offer::from(*option) == *offer)
}

/// Weeks from the first session to the last, begun ones too.
fn weeks_of(option: &ProgrammeOption) -> u32 {
    let ends = (option.meetings.first(), option.meetings.last());
    let (Some(first), Some(last)) = ends else { return 0 };
    let days = first.date.until(last.date).map_or(0, |span| span.get_days());
    (days.unsigned_abs() + 1).div_ceil(7)
}

/// Groups that so many youths make, and how many of them have a place.
fn formed(size: GroupSize, youths: u32) -> (u32, u32) {
    let groups = (youths / size.min()).min(youths.div_ceil(size.max()));
    (groups, youths.min(groups.saturating_mul(size.max())))
}

/// Leaves so many, taken from the last first.
fn take(from: &mut [u32], places: u32) {
    let mut over = from.iter().sum::<u32>().saturating_sub(places);
    for count in from.iter_mut().rev() {
        let less = over.min(*count);
        *count -= less;
        over -= less;
    }
}

/// Working days from a day on, none at a weekend.
fn days_in_a_row(first: Date, days: u32) -> Vec<Date> {
    // In the week of the first day, or the next where it would not fit.
    let monday = first.saturating_sub(jiff::Span::new().days(first.weekday().to_monday_zero_offset()));
    let begins = if first.weekday() == Weekday::Monday { monday } else { days_after(monday, 7) };
    (0..days).map(|day| days_after(begins, day)).collect()
}

fn days_after(date: Date, days: u32) -> Date {
    date.saturating_add(jiff::Span::new().days(i64::from(days)))
}

fn ride(distance: Metres) -> Seconds {
    Seconds::new((u64::from(distance.get()) * 3600 / (u64::from(COACH_KMH) * 1000)) as u32)
}

fn per_km(km: Cents, distance: Metres, times: u64) -> Cents {
    Cents::new(km.times(u64::from(distance.get()) * times).get().div_ceil(1000))
}

/// A minibus for eight, a coach for more.
fn there_and_back(people: u32, way: Metres) -> Cents {
    if people <= Shuttle::SEATS {
        per_km(Shuttle::KM, way, 2)
    } else {
        per_km(COACH_KM, way, 2 * u64::from(people.div_ceil(COACH_SEATS)))
    }
}

/// Who can be at which site of their own structure when a coach leaves and comes back.
struct MeetingPoints {
    date: Date,
    day: Seconds,
    reached: BTreeMap<Key, BTreeSet<YouthId>>,
}

/// Counts who can be at each meeting point: the day is a session there, from when the coach leaves until it is back.
fn meeting_points(alone: &Coalition, control: &Control<'_>) -> Result<Option<MeetingPoints>, Error> {
    let Some((edits, programme, date, day)) = day_out(alone.study.territory()) else { return Ok(None) };
    let study = alone.study.what_if(&edits, control)?;
    let (territory, reach) = (study.territory(), study.reach());
    let Some(id) = territory.programmes().find(&programme) else { return Ok(None) };
    let limit = territory.limit_of(id);
    let mut reached = BTreeMap::new();
    for option in reach.options_of(id) {
        let Some(&site) = territory.option(option).venue.sites().first() else { continue };
        let come = territory.youths().ids().filter(|&y| reach.attend(territory, y, option, limit).is_ok());
        reached.insert(territory.sites()[site].key.clone(), come.collect());
    }
    Ok(Some(MeetingPoints { date, day, reached }))
}

/// The day as a programme that everybody follows, at every site.
fn day_out(territory: &Territory) -> Option<(Vec<Edit>, Key, Date, Seconds)> {
    let (key, slot) = (Key::new("~jour")?, Key::new("~journee")?);
    let ((h0, m0), (h1, m1)) = DAY;
    let (from, to) = (ClockTime::new(h0, m0)?, ClockTime::new(h1, m1)?);
    let date = a_tuesday(territory)?;
    let draft = territory.to_draft();
    let sites: Vec<Key> = draft.sites.iter().map(|w| w.value.key.clone()).collect();
    let programme = Programme {
        key: key.clone(),
        name: String::new(),
        size: GroupSize::any(),
        rhythm: Rhythm::Listed(vec![vec![slot.clone()]]),
        slots: Vec::new(),
        sites,
        alternating: Vec::new(),
        weeks: 1,
        start: StartWindow { first: date, later_weeks: 0 },
        in_holidays: InHolidays::Runs,
        needed: Needed::All,
        limit: Some(territory.rules().limit),
        ages: crate::territory::Ages::CEJ,
        mix: Vec::<MixRule>::new(),
        excludes: Vec::new(),
        max_groups: 1,
        group_cost: Cents::new(0),
        attendance: None,
        hold: None,
    };
    let mut edits = vec![
        Edit::PutSlot(Slot { key: slot.clone(), day: date.weekday(), from, to }),
        Edit::PutProgramme(programme),
    ];
    edits.extend(draft.programmes.iter().map(|w| Edit::RemoveProgramme(w.value.key.clone())));
    edits.push(Edit::SetPins(Vec::new()));
    edits.extend(draft.sites.iter().map(|w| {
        let mut site = w.value.clone();
        site.open.push(slot.clone());
        Edit::PutSite(site)
    }));
    edits.extend(draft.youths.iter().map(|w| {
        Edit::PutYouth(Youth { programmes: vec![key.clone()], rides: Vec::new(), ..w.value.clone() })
    }));
    Some((edits, key, date, from.until(to)))
}

/// The first Tuesday out of the holidays on which something is held, or after.
fn a_tuesday(territory: &Territory) -> Option<Date> {
    let first = territory.programmes().iter().map(|(_, programme)| programme.start.first).min()?;
    let calendar = territory.calendar();
    let days = (0..60).map(|day| days_after(first, day));
    let mut held = days.filter(|&day| {
        day.weekday() == Weekday::Tuesday && !calendar.is_holiday(day) && !calendar.is_bank_holiday(day)
    });
    held.next()
}
