//! Who can attend which option, by which mode, in how long, and if not, why.
//!
//! Minutes are kept; the limit is a threshold applied when a [`Reach`] is asked
//! ([`Reach::attend`]), so that a sweep over limits is one reach.

mod dates;
mod reason;
mod trip;

pub use dates::{DatedStay, Dates, DayAccess, dates_of};
pub use reason::*;
pub use trip::RoundTrip;

use crate::control::{Control, Stage};
use crate::error::Error;
use crate::territory::{Assumption, Needed, ProgrammeOption, Stay, Territory, Way, Youth};
use crate::travel::{Session, TravelTimes};
use crate::units::{ClockTime, OptionId, ProgrammeId, Seconds, SiteId, YouthId};
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;
use std::ops::Range;
use trip::{Attempt, Modes};

/// Access of every youth to every option of the programmes they are enrolled in.
///
/// ```
/// use maillage::reach::Reach;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let (territory, times) = (study.territory(), study.times());
/// let reach = Reach::new(territory, times, &Control::none())?;
/// let programme = territory.programmes().find_str("atelier").expect("a programme");
/// assert_eq!(reach.options_of(programme).count(), 4);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reach {
    /// By youth handle.
    rows: Vec<Option<Row>>,
    /// The options of each programme, contiguous in the territory's list; by programme handle.
    options: Vec<Range<usize>>,
    assumptions: Vec<Assumption>,
}

/// One youth's access: a cell for each option of each of their programmes, one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
struct Row {
    programmes: Vec<(ProgrammeId, usize)>,
    cells: Vec<Cell>,
    trips: Vec<StayTrip>,
}

/// Access to one option.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cell {
    /// Its trips, a range of the row's.
    first: u32,
    count: u32,
    /// What blocks at any limit, some session at least.
    blocked: Reasons,
    /// Sessions without a trip at any limit of which nobody knows what runs.
    unknown: u32,
}

/// A trip that can be made if the limit admits it, and for how many sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct StayTrip {
    trip: RoundTrip,
    sessions: u16,
    /// Whether the person is free then.
    available: bool,
    /// Whether there may be a better trip that nobody knows of.
    unknown: bool,
    /// What to say when the way out is longer than the limit.
    if_out_too_long: Reason,
}

/// Somebody can attend an option.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let territory = study.territory();
/// let option = territory.option_ids().next().expect("an option");
/// let youth = territory.youths().find_str("y03").expect("a youth");
/// let limit = territory.limit_of(territory.option(option).programme);
/// let attendance = study.reach().attend(territory, youth, option, limit).expect("she can");
/// assert_eq!((attendance.reachable, attendance.of), (3, 3));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// The trip of the stay that takes longest, among those within the limit;
    /// `None` for who attends by video only.
    pub trip: Option<RoundTrip>,
    /// Sessions within reach, those by video included.
    pub reachable: u32,
    /// Sessions of which nobody knows what runs: they count neither way.
    pub unknown: u32,
    /// Sessions held.
    pub of: u32,
}

impl Reach {
    /// Computes who can attend what.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn new(territory: &Territory, times: &TravelTimes, control: &Control<'_>) -> Result<Self, Error> {
        Self::by_shapes(territory, times, &Shapes::of(territory, times, None), control)
    }

    /// As [`Reach::new`], by the shapes of the same options and times: only who is enrolled may be another.
    pub(crate) fn by_shapes(
        territory: &Territory,
        times: &TravelTimes,
        shapes: &Shapes,
        control: &Control<'_>,
    ) -> Result<Self, Error> {
        let youths: Vec<YouthId> = territory.youths().ids().collect();
        let mut rows = vec![None; territory.youths().rows()];
        const BATCH: usize = 512;
        let scratch = || Scratch::new(shapes);
        let row = |scratch: &mut Scratch, &y: &YouthId| row(territory, times, shapes, y, scratch);
        let found = control.each(Stage::Reach, BATCH, &youths, scratch, row)?;
        for (youth, row) in youths.iter().zip(found) {
            rows[youth.index()] = Some(row);
        }
        control.step(Stage::Reach, youths.len() as u64, youths.len() as u64)?;
        Ok(Self { rows, options: shapes.options.clone(), assumptions: times.assumptions().to_vec() })
    }

    /// What the travel times rest on, besides the territory's own figures.
    pub fn assumptions(&self) -> &[Assumption] {
        &self.assumptions
    }

    /// Whether somebody's trips are the same as in another reach of the same options, whatever the limit.
    pub(crate) fn is_same_for(&self, other: &Self, youth: YouthId) -> bool {
        self.rows.get(youth.index()) == other.rows.get(youth.index())
    }

    /// The options of a programme.
    pub fn options_of(&self, programme: ProgrammeId) -> impl Iterator<Item = OptionId> + use<> {
        self.options.get(programme.index()).cloned().unwrap_or_default().map(OptionId::from_index)
    }

    /// Whether a youth can attend an option with trips of at most `limit` each
    /// way, or all that blocks.
    pub fn attend(
        &self,
        territory: &Territory,
        youth: YouthId,
        option: OptionId,
        limit: Seconds,
    ) -> Result<Attendance, Reasons> {
        let offer = territory.option(option);
        let Some((cell, trips)) = self.trips(youth, option, offer.programme) else {
            return Err(Reasons::only(Reason::NotEnrolled));
        };
        Asked::of(territory, offer).admit(cell, trips, limit)
    }

    /// The middle of the longer ways of the sessions within `limit`, the lower one where two are; of who travels.
    pub fn median(
        &self,
        territory: &Territory,
        youth: YouthId,
        option: OptionId,
        limit: Seconds,
    ) -> Option<Seconds> {
        let (_, trips) = self.trips(youth, option, territory.option(option).programme)?;
        let reached = trips.iter().filter(|stay| stay.available && stay.trip.longer() <= limit);
        let times = reached.map(|stay| (stay.trip.longer(), u32::from(stay.sessions))).collect();
        dates::lower_median(times)
    }

    /// The least limit with which a youth could attend an option, if any would do.
    pub fn least_limit(&self, territory: &Territory, youth: YouthId, option: OptionId) -> Option<Seconds> {
        let offer = territory.option(option);
        let (cell, trips) = self.trips(youth, option, offer.programme)?;
        let asked = Asked::of(territory, offer);
        let mut limits: Vec<Seconds> =
            trips.iter().filter(|stay| stay.available).map(|stay| stay.trip.longer()).collect();
        limits.push(Seconds::ZERO);
        limits.sort_unstable();
        limits.dedup();
        limits.into_iter().find(|&limit| asked.admit(cell, trips, limit).is_ok())
    }

    /// A youth's access to an option of a programme they are enrolled in.
    fn trips(
        &self,
        youth: YouthId,
        option: OptionId,
        programme: ProgrammeId,
    ) -> Option<(&Cell, &[StayTrip])> {
        let row = self.rows.get(youth.index())?.as_ref()?;
        let (_, base) = row.programmes.iter().find(|(p, _)| *p == programme)?;
        let nth = option.index() - self.options[programme.index()].start;
        let cell = row.cells.get(base + nth)?;
        let first = cell.first as usize;
        Some((cell, &row.trips[first..first + cell.count as usize]))
    }
}

/// Which of `youths` could attend an option of a programme that they are enrolled in, with trips of at most `limit` each way: as
/// [`Reach::attend`] says, of that option alone.
pub fn attending(
    territory: &Territory,
    times: &TravelTimes,
    option: OptionId,
    youths: &[YouthId],
    limit: Seconds,
) -> Vec<bool> {
    let asked = Asked::of(territory, territory.option(option));
    of_option(territory, times, option, youths, |traveller| {
        let mut trips = Vec::new();
        let (blocked, unknown) = traveller.stays(option.index(), &mut trips);
        let cell = Cell { first: 0, count: trips.len() as u32, blocked, unknown };
        asked.admit(&cell, &trips, limit).is_ok()
    })
}

/// What `each` says of the youths one by one, as far as one option alone goes.
fn of_option<T>(
    territory: &Territory,
    times: &TravelTimes,
    option: OptionId,
    youths: &[YouthId],
    mut each: impl FnMut(&mut Traveller<'_>) -> T,
) -> Vec<T> {
    let shapes = Shapes::of(territory, times, Some(option));
    let mut scratch = Scratch::new(&shapes);
    let of_youth = |&youth: &YouthId| {
        scratch.attempts.fill(None);
        let youth = &territory.youths()[youth];
        each(&mut Traveller { territory, times, shapes: &shapes, youth, scratch: &mut scratch })
    };
    youths.iter().map(of_youth).collect()
}

/// Too young or too old, or nothing held: no limit and no number of sessions makes up for it.
const fn never(blocked: Reasons) -> bool {
    blocked.has(Reason::Age) || blocked.has(Reason::SiteClosed)
}

/// What an option asks of whoever attends.
struct Asked {
    /// Sessions by video, and all of them.
    remote: u32,
    of: u32,
    needed: Needed,
}

impl Asked {
    fn of(territory: &Territory, offer: &ProgrammeOption) -> Self {
        let needed = territory.programmes()[offer.programme].needed;
        Self { remote: offer.remote_sessions(), of: offer.sessions(), needed }
    }

    /// Applies the limit. Sessions of which nobody knows what runs count neither as reached nor as missed; one at least must be
    /// reached besides.
    fn admit(&self, cell: &Cell, trips: &[StayTrip], limit: Seconds) -> Result<Attendance, Reasons> {
        let mut reasons = cell.blocked;
        let (mut reachable, mut unknown) = (self.remote, cell.unknown);
        let mut slowest: Option<RoundTrip> = None;
        for stay in trips {
            if !stay.available {
                reasons = reasons.with(Reason::NotAvailable);
            }
            if stay.trip.longer() > limit {
                reasons = reasons.with(too_long(stay, limit));
            }
            match DayAccess::within(stay, limit) {
                DayAccess::Missed(_) => {}
                DayAccess::Unknown => unknown += u32::from(stay.sessions),
                DayAccess::Reached(trip) => {
                    reachable += u32::from(stay.sessions);
                    let slower = |s: &RoundTrip| (trip.longer(), trip.both()) > (s.longer(), s.both());
                    if slowest.as_ref().is_none_or(slower) {
                        slowest = Some(trip);
                    }
                }
            }
        }
        let enough = reachable >= self.needed.of(self.of.saturating_sub(unknown));
        if never(cell.blocked) || !enough || (unknown > 0 && slowest.is_none()) {
            return Err(reasons);
        }
        Ok(Attendance { trip: slowest, reachable, unknown, of: self.of })
    }
}

fn too_long(stay: &StayTrip, limit: Seconds) -> Reason {
    use crate::territory::Mode::Walk;
    let walks_back_only = stay.trip.mode_back == Walk && stay.trip.mode_to != Walk;
    match (stay.trip.to > limit, walks_back_only) {
        (true, _) => stay.if_out_too_long,
        (false, true) if stay.unknown => Reason::TimetableUnknown,
        (false, true) => Reason::NoWayBack,
        (false, false) => Reason::TooFar,
    }
}

/// What trips of a stay depend on, besides the youth. Many dates are alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pattern {
    site: SiteId,
    day: i8,
    arrive_by: ClockTime,
    leave_after: ClockTime,
    /// Where something runs by the date.
    dated: Option<Dated>,
}

/// What is different on a date.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Dated {
    is_holiday: bool,
    /// The cells of each mode and way: dates on which the same runs share them.
    columns: Vec<Option<*const crate::travel::Cell>>,
}

/// What all youths share: options by programme, and each option's stays by pattern.
pub(crate) struct Shapes {
    options: Vec<Range<usize>>,
    /// One dated stay that stands for each pattern.
    patterns: Vec<Stay>,
    /// For each option the patterns of its stays, with the sessions of each.
    by_pattern: Vec<Vec<(u32, u16)>>,
    /// For each option and stay, its pattern.
    of_stay: Vec<Vec<u32>>,
    modes: Modes,
}

impl Shapes {
    /// Of all options, or of one alone.
    pub(crate) fn of(territory: &Territory, times: &TravelTimes, only: Option<OptionId>) -> Self {
        let mut options = vec![0..0; territory.programmes().rows()];
        let mut known: BTreeMap<Pattern, u32> = BTreeMap::new();
        let mut shapes = Self {
            options: Vec::new(),
            patterns: Vec::new(),
            by_pattern: Vec::new(),
            of_stay: Vec::new(),
            modes: Modes::of(times),
        };
        for (i, option) in territory.options().iter().enumerate() {
            let range = &mut options[option.programme.index()];
            *range = if range.start == range.end { i..i + 1 } else { range.start..i + 1 };
            let is_asked = only.is_none_or(|only| only.index() == i);
            let (by_pattern, of_stay) = if is_asked {
                shapes.stays(option, (territory, times), &mut known)
            } else {
                Default::default()
            };
            shapes.by_pattern.push(by_pattern);
            shapes.of_stay.push(of_stay);
        }
        shapes.options = options;
        shapes
    }

    fn stays(
        &mut self,
        option: &ProgrammeOption,
        (territory, times): (&Territory, &TravelTimes),
        known: &mut BTreeMap<Pattern, u32>,
    ) -> (Vec<(u32, u16)>, Vec<u32>) {
        let mut by_pattern: Vec<(u32, u16)> = Vec::new();
        let mut of_stay = Vec::with_capacity(option.stays.len());
        for stay in &option.stays {
            let pattern = Pattern {
                site: stay.site,
                day: stay.date.weekday().to_monday_zero_offset(),
                arrive_by: stay.arrive_by,
                leave_after: stay.leave_after,
                dated: Dated::of(stay, territory, times),
            };
            let id = *known.entry(pattern).or_insert_with(|| {
                self.patterns.push(*stay);
                self.patterns.len() as u32 - 1
            });
            of_stay.push(id);
            match by_pattern.iter_mut().find(|(p, _)| *p == id) {
                Some((_, sessions)) => *sessions += stay.sessions,
                None => by_pattern.push((id, stay.sessions)),
            }
        }
        (by_pattern, of_stay)
    }
}

impl Dated {
    fn of(stay: &Stay, territory: &Territory, times: &TravelTimes) -> Option<Self> {
        let trips = || times.modes().iter().flat_map(|&mode| Way::BOTH.map(|way| (way, mode)));
        if !trips().any(|(way, mode)| times.is_dated(stay.site, way, mode)) {
            return None;
        }
        let session = Session::from(stay);
        let cells = |(way, mode)| Some(times.column(stay.site, way, mode, session)?.cells.as_ptr());
        Some(Self {
            is_holiday: territory.calendar().is_holiday(stay.date),
            columns: trips().map(cells).collect(),
        })
    }
}

/// Attempts of the current youth, by pattern and by whether a minor travels.
struct Scratch {
    attempts: Vec<Option<Attempt>>,
}

impl Scratch {
    fn new(shapes: &Shapes) -> Self {
        Self { attempts: vec![None; 2 * shapes.patterns.len()] }
    }
}

fn row(
    territory: &Territory,
    times: &TravelTimes,
    shapes: &Shapes,
    id: YouthId,
    scratch: &mut Scratch,
) -> Row {
    scratch.attempts.fill(None);
    let youth = &territory.youths()[id];
    let mut traveller = Traveller { territory, times, shapes, youth, scratch };
    let mut row = Row::default();
    for &programme in &youth.programmes {
        if row.programmes.iter().any(|(p, _)| *p == programme) {
            continue;
        }
        row.programmes.push((programme, row.cells.len()));
        for option in shapes.options[programme.index()].clone() {
            let mut trips = Vec::new();
            let (blocked, unknown) = traveller.stays(option, &mut trips);
            let (first, count) = (row.trips.len() as u32, trips.len() as u32);
            row.cells.push(Cell { first, count, blocked, unknown });
            row.trips.append(&mut trips);
        }
    }
    row
}

/// One youth on the way.
struct Traveller<'a> {
    territory: &'a Territory,
    times: &'a TravelTimes,
    shapes: &'a Shapes,
    youth: &'a Youth,
    scratch: &'a mut Scratch,
}

impl Traveller<'_> {
    /// Adds the trips of one option's stays; answers what blocks at any limit, and of how many sessions nobody
    /// knows.
    fn stays(&mut self, option: usize, trips: &mut Vec<StayTrip>) -> (Reasons, u32) {
        let offer = &self.territory.options()[option];
        let (Some(first), Some(last)) = (offer.meetings.first(), offer.meetings.last()) else {
            return (Reasons::only(Reason::SiteClosed), 0);
        };
        let (mut blocked, mut unknown) = (Reasons::NONE, 0);
        let ages = self.territory.programmes()[offer.programme].ages;
        let age = |date: Date| self.youth.birth.age_on(date);
        // Ages only rise: the first and the last date tell for all.
        if ![first.date, last.date].iter().all(|&d| ages.admit(age(d), self.youth.recognised_disability)) {
            blocked = blocked.with(Reason::Age);
        }
        let of_age_all_along = (age(first.date) < 18) == (age(last.date) < 18);
        let by_pattern = &self.shapes.by_pattern[option];
        if of_age_all_along && self.youth.availability.absences.is_empty() {
            let minor = age(first.date) < 18;
            for &(pattern, sessions) in by_pattern {
                let stay = Stay { sessions, ..self.shapes.patterns[pattern as usize] };
                let attempt = self.cached(pattern, minor);
                let (reasons, of_them) = self.note(stay, attempt, trips);
                (blocked, unknown) = (blocked.or(reasons), unknown + of_them);
            }
        } else {
            for (stay, &pattern) in offer.stays.iter().zip(&self.shapes.of_stay[option]) {
                let minor = age(stay.date) < 18;
                let attempt = self.cached(pattern, minor);
                let (reasons, of_them) = self.note(*stay, attempt, trips);
                (blocked, unknown) = (blocked.or(reasons), unknown + of_them);
            }
        }
        (blocked, unknown)
    }

    /// Whether one stay can be attended.
    fn access(&mut self, stay: &Stay, pattern: u32, limit: Seconds) -> DayAccess {
        let attempt = self.cached(pattern, self.youth.birth.age_on(stay.date) < 18);
        let mut trips = Vec::new();
        let (blocked, unknown) = self.note(*stay, attempt, &mut trips);
        match trips.first() {
            Some(trip) => DayAccess::within(trip, limit),
            None if unknown > 0 => DayAccess::Unknown,
            None => DayAccess::Missed(blocked.first().unwrap_or(Reason::NoMode)),
        }
    }

    fn note(&self, stay: Stay, attempt: Attempt, trips: &mut Vec<StayTrip>) -> (Reasons, u32) {
        let available = self.youth.availability.allows(stay.date, stay.arrive_by, stay.leave_after);
        match attempt {
            Attempt::Trip { trip, if_out_too_long, unknown } => {
                push(trips, StayTrip { trip, sessions: stay.sessions, available, unknown, if_out_too_long });
                (Reasons::NONE, 0)
            }
            Attempt::None { why, unknown } if available => {
                (why, if unknown { u32::from(stay.sessions) } else { 0 })
            }
            Attempt::None { why, .. } => (why.with(Reason::NotAvailable), 0),
        }
    }

    fn cached(&mut self, pattern: u32, minor: bool) -> Attempt {
        let slot = 2 * pattern as usize + usize::from(minor);
        if let Some(attempt) = self.scratch.attempts[slot] {
            return attempt;
        }
        let stay = self.shapes.patterns[pattern as usize];
        let attempt = self.attempt(&stay, minor);
        self.scratch.attempts[slot] = Some(attempt);
        attempt
    }

    fn attempt(&self, stay: &Stay, minor: bool) -> Attempt {
        let day: Weekday = stay.date.weekday();
        let going = trip::Going {
            territory: self.territory,
            times: self.times,
            youth: self.youth,
            site: stay.site,
            session: Session::from(stay),
            day,
            on_site: stay.duration(),
            minor,
        };
        going.attempt(&self.shapes.modes)
    }
}

/// Joins stays of one option that are alike, which most of a programme's are.
fn push(trips: &mut Vec<StayTrip>, stay: StayTrip) {
    if let Some(last) = trips.last_mut() {
        let alike = StayTrip { sessions: last.sessions, ..stay } == *last;
        if let (true, Some(sum)) = (alike, last.sessions.checked_add(stay.sessions)) {
            last.sessions = sum;
            return;
        }
    }
    trips.push(stay);
}
