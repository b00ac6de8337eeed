//! The options of a territory: each programme at each site in each set of
//! half-days, from each first day, with every session dated.

use super::hours::days_after;
use super::{InHolidays, Programme, Rhythm, Site, Slot, Territory, Turn};
use crate::units::{ClockTime, ProgrammeId, Seconds, SiteId, SlotId};
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// A programme at a site (or several in turn) in its weekly half-days.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let option = &study.territory().options()[0];
/// assert_eq!(option.sessions(), 3);
/// assert_eq!(option.weekly_time(study.territory()).get(), 3 * 3_600);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeOption {
    /// The programme.
    pub programme: ProgrammeId,
    /// Where it meets.
    pub venue: Venue,
    /// Its half-days, in the order of the week.
    pub slots: Vec<SlotId>,
    /// Its first possible day; a week of the group begins on this weekday.
    pub start: Date,
    /// Its sessions, in order; empty when closures leave none.
    pub meetings: Vec<Meeting>,
    /// Its stays: what has to be travelled, in order.
    pub stays: Vec<Stay>,
}

/// Where a group meets.
///
/// ```
/// use maillage::territory::{Turn, Venue};
/// use maillage::units::SiteId;
///
/// let sites = [0, 1].map(SiteId::from_index);
/// assert_eq!(Venue::One(sites[0]).sites(), &sites[..1]);
/// assert_eq!(Venue::Turns(Turn::Week, sites.to_vec()).sites(), sites);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Venue {
    /// At one site.
    One(SiteId),
    /// At several sites in turn.
    Turns(Turn, Vec<SiteId>),
}

impl Venue {
    /// The sites, in order.
    pub fn sites(&self) -> &[SiteId] {
        match self {
            Self::One(site) => std::slice::from_ref(site),
            Self::Turns(_, sites) => sites,
        }
    }
}

/// One session of an option.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let meeting = &study.territory().options()[0].meetings[0];
/// assert_eq!(meeting.date, jiff::civil::date(2026, 9, 8));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meeting {
    /// The day.
    pub date: Date,
    /// The half-day.
    pub slot: SlotId,
    /// The site; `None` when it is held by video.
    pub site: Option<SiteId>,
}

/// Sessions of one day at one site: one trip out, one trip back.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// // A full day is two sessions and one trip.
/// let full_day = study.territory().options().iter().find(|option| option.slots.len() == 2).expect("a day");
/// assert_eq!(full_day.stays[0].sessions, 2);
/// assert_eq!(full_day.stays[0].duration().get(), 7 * 3_600 + 1_800);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stay {
    /// The day.
    pub date: Date,
    /// The site.
    pub site: SiteId,
    /// When the first session begins.
    pub arrive_by: ClockTime,
    /// When the last session ends.
    pub leave_after: ClockTime,
    /// How many sessions it holds.
    pub sessions: u16,
}

impl Stay {
    /// Time on site.
    pub const fn duration(&self) -> Seconds {
        self.arrive_by.until(self.leave_after)
    }
}

impl ProgrammeOption {
    /// Sessions held in all, those by video included.
    pub fn sessions(&self) -> u32 {
        u32::try_from(self.meetings.len()).unwrap_or(u32::MAX)
    }

    /// Sessions held by video.
    pub fn remote_sessions(&self) -> u32 {
        u32::try_from(self.meetings.iter().filter(|m| m.site.is_none()).count()).unwrap_or(u32::MAX)
    }

    /// Collective time of a usual week.
    pub fn weekly_time(&self, territory: &Territory) -> Seconds {
        self.slots.iter().fold(Seconds::ZERO, |sum, &slot| sum.plus(territory.slots()[slot].duration()))
    }
}

/// Most options that one territory may have.
pub const MAX_OPTIONS: usize = 200_000;

/// Most dated sessions that the options of one territory may have in all.
pub const MAX_SESSIONS: usize = 10_000_000;

/// Too many options: more than [`MAX_OPTIONS`], or than [`MAX_SESSIONS`] in all.
pub(super) struct TooMany;

/// Every option, by programme, site, half-days and first day, in the order of their keys.
pub(super) fn enumerate(territory: &Territory) -> Result<Vec<ProgrammeOption>, TooMany> {
    let mut options = Vec::new();
    let mut sessions = 0;
    for (id, programme) in territory.programmes().iter() {
        for venue in venues(territory, programme) {
            for slots in slot_sets(territory, programme, &venue)? {
                for start in programme.first_days() {
                    if options.len() == MAX_OPTIONS || sessions > MAX_SESSIONS {
                        return Err(TooMany);
                    }
                    let option = dated(territory, id, venue.clone(), slots.clone(), start);
                    sessions += option.meetings.len();
                    options.push(option);
                }
            }
        }
    }
    Ok(options)
}

fn venues(territory: &Territory, programme: &Programme) -> Vec<Venue> {
    let only_in_turns = programme.sites.is_empty() && !programme.alternating.is_empty();
    let allowed = |site: &SiteId| programme.sites.is_empty() || programme.sites.contains(site);
    let mut venues = Vec::new();
    if !only_in_turns {
        venues.extend(territory.sites().ids().filter(allowed).map(Venue::One));
    }
    venues.extend(programme.alternating.iter().map(|a| Venue::Turns(a.by, a.sites.clone())));
    venues
}

/// Sets of half-days in which the venue is open, each in the order of the week.
fn slot_sets(
    territory: &Territory,
    programme: &Programme,
    venue: &Venue,
) -> Result<Vec<Vec<SlotId>>, TooMany> {
    let in_week = in_week_order(territory);
    let everywhere = |slot: &SlotId| venue.sites().iter().all(|&s| territory.sites()[s].open.contains(slot));
    let somewhere = |slot: &SlotId| venue.sites().iter().any(|&s| territory.sites()[s].open.contains(slot));
    let by_day = matches!(venue, Venue::Turns(Turn::Day, _));
    let usable: Vec<SlotId> = in_week
        .into_iter()
        .filter(|slot| programme.slots.is_empty() || programme.slots.contains(slot))
        .filter(|slot| if by_day { somewhere(slot) } else { everywhere(slot) })
        .collect();
    let sets = match &programme.rhythm {
        Rhythm::HalfDays(n) => choose(&usable, usize::from(*n))?,
        Rhythm::FullDays(n) => {
            let days = choose(&by_day_of_week(territory, &usable), usize::from(*n))?;
            days.iter().filter_map(|days| full_days(territory, venue, days)).collect()
        }
        Rhythm::Listed(sets) => listed(territory, sets, &usable),
    };
    let can_be = |set: &Vec<SlotId>| apart(territory, set) && open_in_turn(territory, venue, set);
    Ok(sets.into_iter().filter(can_be).collect())
}

/// When sites take turns by day, each must be open on its own day.
fn open_in_turn(territory: &Territory, venue: &Venue, set: &[SlotId]) -> bool {
    match venue {
        Venue::Turns(Turn::Day, sites) => set.iter().all(|&slot| {
            let site = sites[day_rank(territory, set, slot) % sites.len()];
            territory.sites()[site].open.contains(&slot)
        }),
        _ => true,
    }
}

/// How many distinct days of `set` come before that of `slot`.
fn day_rank(territory: &Territory, set: &[SlotId], slot: SlotId) -> usize {
    let offset = |s: SlotId| territory.slots()[s].day.to_monday_zero_offset();
    let mut days: Vec<_> = set.iter().map(|&s| offset(s)).filter(|&d| d < offset(slot)).collect();
    days.sort_unstable();
    days.dedup();
    days.len()
}

fn in_week_order(territory: &Territory) -> Vec<SlotId> {
    let mut slots: Vec<(i8, &Slot, SlotId)> =
        territory.slots().iter().map(|(id, s)| (s.day.to_monday_zero_offset(), s, id)).collect();
    slots.sort_by(|a, b| (a.0, a.1.from, a.1.to, &a.1.key).cmp(&(b.0, b.1.from, b.1.to, &b.1.key)));
    slots.into_iter().map(|(_, _, id)| id).collect()
}

/// All half-days of each day that are open at the day's site; none when some day has fewer than two.
fn full_days(territory: &Territory, venue: &Venue, days: &[Vec<SlotId>]) -> Option<Vec<SlotId>> {
    let mut set = Vec::new();
    for (rank, slots) in days.iter().enumerate() {
        let site = match venue {
            Venue::Turns(Turn::Day, sites) => sites[rank % sites.len()],
            Venue::Turns(Turn::Week, sites) => sites[0],
            Venue::One(site) => *site,
        };
        let open = slots.iter().copied().filter(|slot| territory.sites()[site].open.contains(slot));
        let before = set.len();
        set.extend(open);
        if set.len() < before + 2 {
            return None;
        }
    }
    Some(set)
}

fn by_day_of_week(territory: &Territory, usable: &[SlotId]) -> Vec<Vec<SlotId>> {
    let mut days: BTreeMap<i8, Vec<SlotId>> = BTreeMap::new();
    for &slot in usable {
        days.entry(territory.slots()[slot].day.to_monday_zero_offset()).or_default().push(slot);
    }
    days.into_values().collect()
}

fn listed(territory: &Territory, sets: &[Vec<SlotId>], usable: &[SlotId]) -> Vec<Vec<SlotId>> {
    let order = in_week_order(territory);
    let open = sets.iter().filter(|set| !set.is_empty() && set.iter().all(|slot| usable.contains(slot)));
    let mut sets: Vec<Vec<SlotId>> =
        open.map(|set| order.iter().copied().filter(|slot| set.contains(slot)).collect()).collect();
    sets.sort_by_key(|set: &Vec<SlotId>| set.iter().map(|&s| rank(&order, s)).collect::<Vec<_>>());
    sets.dedup();
    sets
}

fn rank(order: &[SlotId], slot: SlotId) -> usize {
    order.iter().position(|&s| s == slot).unwrap_or(order.len())
}

/// Whether nobody would have to be in two sessions of the set at once.
fn apart(territory: &Territory, set: &[SlotId]) -> bool {
    let slot = |id: SlotId| &territory.slots()[id];
    set.iter().enumerate().all(|(i, &a)| set[..i].iter().all(|&b| !slot(a).overlaps(slot(b))))
}

/// All sub-lists of `n` items, in lexicographic order of position; counted before they are made.
fn choose<T: Clone>(items: &[T], n: usize) -> Result<Vec<Vec<T>>, TooMany> {
    // Exact at every step: a product of k neighbours is divisible by k.
    let count = (0..n)
        .try_fold(1_usize, |count, k| Some(count.checked_mul(items.len().saturating_sub(k))? / (k + 1)));
    match count {
        Some(count) if count <= MAX_OPTIONS => Ok(sub_lists(items, n)),
        _ => Err(TooMany),
    }
}

fn sub_lists<T: Clone>(items: &[T], n: usize) -> Vec<Vec<T>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (i, first) in items.iter().enumerate() {
        for mut rest in sub_lists(&items[i + 1..], n - 1) {
            rest.insert(0, first.clone());
            all.push(rest);
        }
    }
    all
}

/// Weeks looked at before a programme that pauses is taken never to end.
const MOST_WEEKS: u16 = 208;

fn dated(
    territory: &Territory,
    programme: ProgrammeId,
    venue: Venue,
    slots: Vec<SlotId>,
    start: Date,
) -> ProgrammeOption {
    let spec = &territory.programmes()[programme];
    let calendar = territory.calendar();
    let wanted = usize::from(spec.weeks) * slots.len();
    let mut meetings = Vec::with_capacity(wanted);
    // Sessions planned, whether held or cancelled by a closure: a closure is not made up for, a pause is.
    let mut planned = 0;
    // A group's week begins on its first day: its half-days follow from there.
    let mut in_turn = slots.clone();
    in_turn.sort_by_key(|&slot| date_in_week(start, 0, territory.slots()[slot].day));
    for week in 0..MOST_WEEKS {
        for &slot in &in_turn {
            if planned == wanted {
                break;
            }
            let date = date_in_week(start, week, territory.slots()[slot].day);
            let holiday = calendar.is_holiday(date);
            if holiday && spec.in_holidays == InHolidays::Pauses {
                continue;
            }
            planned += 1;
            let site = site_of(territory, &venue, &slots, slot, week);
            let remote = holiday && spec.in_holidays == InHolidays::Visio;
            if !calendar.is_closed(&site, date) {
                meetings.push(Meeting { date, slot, site: (!remote).then_some(site) });
            }
        }
    }
    meetings.sort_by_key(|m| (m.date, territory.slots()[m.slot].from));
    let stays = stays(territory, &meetings);
    ProgrammeOption { programme, venue, slots, start, meetings, stays }
}

fn date_in_week(start: Date, week: u16, day: Weekday) -> Date {
    let ahead = (day.to_monday_zero_offset() - start.weekday().to_monday_zero_offset()).rem_euclid(7);
    days_after(start, 7 * i32::from(week) + i32::from(ahead))
}

fn site_of(territory: &Territory, venue: &Venue, set: &[SlotId], slot: SlotId, week: u16) -> SiteId {
    match venue {
        Venue::One(site) => *site,
        Venue::Turns(Turn::Week, sites) => sites[usize::from(week) % sites.len()],
        Venue::Turns(Turn::Day, sites) => sites[day_rank(territory, set, slot) % sites.len()],
    }
}

fn stays(territory: &Territory, meetings: &[Meeting]) -> Vec<Stay> {
    let mut stays: Vec<Stay> = Vec::new();
    for meeting in meetings {
        let Some(site) = meeting.site else { continue };
        let slot = &territory.slots()[meeting.slot];
        match stays.last_mut() {
            Some(last) if last.date == meeting.date && last.site == site => {
                last.leave_after = last.leave_after.max(slot.to);
                last.sessions += 1;
            }
            _ => stays.push(Stay {
                date: meeting.date,
                site,
                arrive_by: slot.from,
                leave_after: slot.to,
                sessions: 1,
            }),
        }
    }
    stays
}

/// Whether a site could hold some session of the programme.
pub(super) fn can_host(programme: &Programme, id: SiteId, site: &Site) -> bool {
    let in_turns = programme.alternating.iter().any(|a| a.sites.contains(&id));
    let anywhere = programme.sites.is_empty() && programme.alternating.is_empty();
    let alone = anywhere || programme.sites.contains(&id);
    let open = site.open.iter().any(|s| programme.slots.is_empty() || programme.slots.contains(s));
    (in_turns || alone) && open
}
