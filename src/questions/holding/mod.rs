//! Whether the groups of a plan hold: how likely it is that enough are there, session by session.
//!
//! Everybody comes as often as is said of them. On top of that, what several come by fails them all at once: the driver who
//! takes others along is away, a line or a vehicle does not run. Whoever can't be at a session is not expected there.

mod presence;

pub use presence::{Odds, Presence, SharedIx};

use crate::control::{Control, Stage};
use crate::error::Error;
use crate::plan::{Group, Member, Offer, Plan, Riding};
use crate::reach::{DayAccess, RoundTrip};
use crate::study::Study;
use crate::territory::{Chance, Mode, Stay, Territory, Way, fewest};
use crate::travel::{ColumnKey, When};
use crate::units::{OptionId, PlaceId, SlotId, YouthId};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// How well a group of a plan holds.
///
/// ```
/// use maillage::questions::{Holding, holding};
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// let all: Vec<Holding> = holding(&study, &plan, &Control::none())?;
/// assert_eq!(all.len(), plan.groups.len());
/// assert!(all.iter().all(|group| group.shared() <= group.independent()), "independence is the optimistic case");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Its position in [`Plan::groups`].
    pub group: usize,
    /// How many must be there.
    pub needed: u32,
    /// How often the programme asks for that.
    pub asked: Option<Chance>,
    /// Each session, in order.
    pub sessions: Vec<SessionOdds>,
    /// How many to invite, who come as often as its members do on average and share nothing, for the minimum to be
    /// there 80 and 90 % of the time; none where a thousand are too few.
    pub invite: [Option<u32>; 2],
    /// What several of its members come by, and how many: on the session where they are most.
    pub together: BTreeMap<Shared, u32>,
}

/// The chances for which it is told how many to invite.
pub const INVITED_FOR: [Chance; 2] = [percent(80), percent(90)];

const fn percent(n: u16) -> Chance {
    match Chance::of_ten_thousand(n * 100) {
        Some(chance) => chance,
        None => Chance::ALWAYS,
    }
}

/// One session of a group.
///
/// ```
/// # use maillage::{Control, groups::Limits, read, study::{Outcome, Study}};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// # let Outcome::Plan(plan) = study.plan(&Limits::default(), &Control::none())? else { panic!() };
/// use maillage::questions::{SessionOdds, holding};
///
/// let all = holding(&study, &plan, &Control::none())?;
/// let first: SessionOdds = all[0].sessions[0];
/// assert_eq!((first.date, first.expected), (jiff::civil::date(2026, 9, 8), 4));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionOdds {
    /// The day.
    pub date: Date,
    /// The half-day.
    pub slot: SlotId,
    /// Members who can be there.
    pub expected: u32,
    /// How likely it holds if nothing is shared and nothing fails: the optimistic case.
    pub independent: Chance,
    /// How likely it holds with what is shared.
    pub shared: Odds,
}

/// What members come by together.
///
/// ```
/// use maillage::questions::Shared;
/// use maillage::territory::Mode;
///
/// assert_ne!(Shared::Line("A".into()), Shared::Service(Mode::Bus));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shared {
    /// A member's car, by its place among their rides.
    Car(YouthId, usize),
    /// A line of coaches or trains, by its name.
    Line(String),
    /// A service of which nobody knows the lines: all who come by it are taken to share one.
    Service(Mode),
}

impl Holding {
    /// How often it holds over all sessions, if nothing is shared and nothing fails: the optimistic case.
    pub fn independent(&self) -> Chance {
        self.mean(|session| session.independent)
    }

    /// How often it holds over all sessions, with what is shared.
    pub fn shared(&self) -> Chance {
        self.mean(|session| session.shared.chance)
    }

    /// The session that holds least often.
    pub fn weakest(&self) -> Option<&SessionOdds> {
        self.sessions.iter().min_by_key(|session| (session.shared.chance, session.date, session.slot))
    }

    /// Sessions that can be expected to hold, in tenths, rounded down.
    pub fn expected_tenths(&self) -> u32 {
        (self.sum(|session| session.shared.chance) / 1_000) as u32
    }

    /// Whether everything told of it is exact.
    pub fn is_exact(&self) -> bool {
        self.sessions.iter().all(|session| session.shared.is_exact)
    }

    /// Whether it holds as often as the programme asks, by what its members do and what they share.
    pub fn holds_as_asked(&self) -> Option<bool> {
        self.asked.map(|asked| self.shared() >= asked)
    }

    fn sum(&self, of: impl Fn(&SessionOdds) -> Chance) -> u64 {
        self.sessions.iter().map(|session| u64::from(of(session).ten_thousandths())).sum()
    }

    fn mean(&self, of: impl Fn(&SessionOdds) -> Chance) -> Chance {
        let mean = self.sum(of).checked_div(self.sessions.len() as u64).unwrap_or(0);
        Chance::of_ten_thousand(mean as u16).unwrap_or(Chance::NEVER)
    }
}

/// How well each group of a plan holds, in the plan's order.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn holding(study: &Study, plan: &Plan, control: &Control<'_>) -> Result<Vec<Holding>, Error> {
    let territory = study.territory();
    let options: BTreeMap<Offer, OptionId> =
        territory.option_ids().map(|id| (Offer::from(territory.option(id)), id)).collect();
    let mut lines = Lines { study, known: BTreeMap::new() };
    let mut all = Vec::with_capacity(plan.groups.len());
    for (at, group) in plan.groups.iter().enumerate() {
        control.step(Stage::Questions, at as u64, plan.groups.len() as u64)?;
        if let Some(&option) = options.get(&group.offer) {
            all.push(of_group(territory, (at, group, option), &mut lines));
        }
    }
    Ok(all)
}

fn of_group(
    territory: &Territory,
    (at, group, option): (usize, &Group, OptionId),
    lines: &mut Lines<'_>,
) -> Holding {
    let (offer, programme) = (territory.option(option), &territory.programmes()[group.offer.programme]);
    let needed = programme.size.min();
    let stays: BTreeMap<_, usize> = (0..).zip(&offer.stays).map(|(at, s)| ((s.date, s.site), at)).collect();
    let mut days: Vec<Day> = offer.stays.iter().map(|_| Day::default()).collect();
    for member in &group.members {
        lines.add(option, member, &mut days);
    }
    let at_home = |member: &Member| Comes { youth: member.youth, by: BTreeSet::new() };
    let remote = Day { comes: group.members.iter().map(at_home).collect() };
    let mut known: Vec<(&Day, (Chance, Odds))> = Vec::new();
    let mut sessions = Vec::with_capacity(offer.meetings.len());
    for meeting in &offer.meetings {
        let day = match meeting.site {
            Some(site) => stays.get(&(meeting.date, site)).map_or(&remote, |&at| &days[at]),
            None => &remote,
        };
        let same = known.iter().find(|(other, _)| *other == day).map(|(_, odds)| *odds);
        let (independent, shared) = same.unwrap_or_else(|| {
            let presence = day.presence(territory, group);
            let odds = (presence.independent(needed), presence.at_least(needed));
            known.push((day, odds));
            odds
        });
        let (date, slot, expected) = (meeting.date, meeting.slot, day.comes.len() as u32);
        sessions.push(SessionOdds { date, slot, expected, independent, shared });
    }
    let mean = mean_attendance(territory, group);
    Holding {
        group: at,
        needed,
        asked: programme.hold,
        sessions,
        invite: INVITED_FOR.map(|chance| fewest(needed, mean, chance, MOST_INVITED)),
        together: together(&days),
    }
}

/// Most who are said to be invited.
const MOST_INVITED: u32 = 1_000;

/// How often members come on average.
fn mean_attendance(territory: &Territory, group: &Group) -> Chance {
    let own = |member: &Member| territory.attendance_of(member.youth, group.offer.programme);
    let all: u64 = group.members.iter().map(|member| u64::from(own(member).ten_thousandths())).sum();
    let mean = all.checked_div(group.members.len() as u64).unwrap_or(0);
    Chance::of_ten_thousand(mean as u16).unwrap_or(Chance::NEVER)
}

/// How many come by each shared thing that at least two come by, at most over the days.
fn together(days: &[Day]) -> BTreeMap<Shared, u32> {
    let mut most: BTreeMap<Shared, u32> = BTreeMap::new();
    for day in days {
        let mut counts: BTreeMap<&Shared, u32> = BTreeMap::new();
        day.comes.iter().flat_map(|comes| &comes.by).for_each(|by| *counts.entry(by).or_default() += 1);
        for (by, n) in counts.into_iter().filter(|(_, n)| *n > 1) {
            let known = most.entry(by.clone()).or_default();
            *known = n.max(*known);
        }
    }
    most
}

/// Who can be there on a day, and what they come by.
#[derive(Default, PartialEq, Eq)]
struct Day {
    comes: Vec<Comes>,
}

#[derive(PartialEq, Eq)]
struct Comes {
    youth: YouthId,
    by: BTreeSet<Shared>,
}

impl Comes {
    /// Whose car they come in, among members: their own, when they take others along.
    fn driver(&self) -> Option<YouthId> {
        self.by.iter().find_map(|by| if let Shared::Car(driver, _) = by { Some(*driver) } else { None })
    }
}

impl Day {
    fn presence(&self, territory: &Territory, group: &Group) -> Presence {
        let works = territory.rules().attendance.shared_failure.not();
        let mut presence = Presence::default();
        let mut shared: BTreeMap<&Shared, SharedIx> = BTreeMap::new();
        for by in self.comes.iter().flat_map(|comes| &comes.by) {
            shared.entry(by).or_insert_with(|| presence.shares(works));
        }
        let own = |youth| territory.attendance_of(youth, group.offer.programme);
        let needs = |comes: &Comes| -> Vec<SharedIx> { comes.by.iter().map(|by| shared[by]).collect() };
        let mut drivers: BTreeMap<YouthId, SharedIx> = BTreeMap::new();
        for comes in self.comes.iter().filter(|comes| comes.driver() == Some(comes.youth)) {
            drivers.insert(comes.youth, presence.drives(own(comes.youth), &needs(comes)));
        }
        for comes in self.comes.iter().filter(|comes| comes.driver() != Some(comes.youth)) {
            let mut needs = needs(comes);
            if let Some(driver) = comes.driver() {
                // A driver of another group that meets with this one is away as often.
                needs.push(*drivers.entry(driver).or_insert_with(|| presence.shares(own(driver))));
            }
            presence.expects(own(comes.youth), &needs);
        }
        presence
    }
}

/// What trips are by, asked once.
struct Lines<'s> {
    study: &'s Study,
    known: BTreeMap<(PlaceId, ColumnKey), BTreeSet<Shared>>,
}

impl Lines<'_> {
    /// Adds a member to the days on which they can be there; where nobody knows what runs, as on others.
    fn add(&mut self, option: OptionId, member: &Member, days: &mut [Day]) {
        let territory = self.study.territory();
        let dates = member.ridden(territory, option);
        let dates = dates.unwrap_or_else(|| self.study.dates(member.youth, option));
        let offer = territory.option(option);
        for ((stay, dated), day) in offer.stays.iter().zip(&dates.stays).zip(days) {
            let by = match dated.access {
                DayAccess::Missed(_) => continue,
                DayAccess::Unknown => BTreeSet::new(),
                DayAccess::Reached(trip) => match member.ride {
                    Some(Riding::Drives { ride }) => [Shared::Car(member.youth, ride)].into(),
                    Some(Riding::With { driver, ride }) => [Shared::Car(driver, ride)].into(),
                    None => self.of_trip(member.youth, stay, trip),
                },
            };
            day.comes.push(Comes { youth: member.youth, by });
        }
    }

    fn of_trip(&mut self, youth: YouthId, stay: &Stay, trip: RoundTrip) -> BTreeSet<Shared> {
        let Some(home) = self.study.territory().youths()[youth].home else { return BTreeSet::new() };
        let ways = [(Way::To, trip.mode_to), (Way::Back, trip.mode_back)];
        let served = ways.into_iter().filter(|(_, mode)| service(*mode).is_some());
        served.flat_map(|(way, mode)| self.of_way(home, stay, (way, mode)).clone()).collect()
    }

    fn of_way(&mut self, home: PlaceId, stay: &Stay, (way, mode): (Way, Mode)) -> &BTreeSet<Shared> {
        let key = ColumnKey { site: stay.site, way, mode, when: When::Session(stay.into()) };
        let study = self.study;
        self.known.entry((home, key)).or_insert_with(|| {
            let lines = study.providers().iter().find_map(|p| p.lines(study.territory(), home, key));
            match lines {
                Some(lines) => lines.into_iter().map(Shared::Line).collect(),
                None => service(mode).map(Shared::Service).into_iter().collect(),
            }
        })
    }
}

/// What runs for everybody, of a way to come.
const fn service(mode: Mode) -> Option<Mode> {
    match mode {
        Mode::Bus | Mode::LiftBus | Mode::MopedBus | Mode::EBikeBus | Mode::BikeBus => Some(Mode::Bus),
        Mode::OnDemand => Some(Mode::OnDemand),
        Mode::Shuttle => Some(Mode::Shuttle),
        _ => None,
    }
}
