//! The vehicles of one date, laid out for searches in both directions.
//!
//! A search backwards in time is a search forwards over the same day in a mirror: the last stop of a line
//! comes first, and every time is told from the end. So there is one search.

use super::feed::Timetable;
use super::pattern::{ALIGHT, BOARD, Call, Pattern, Patterns, STOP, TripIx};
use super::service::Services;
use crate::territory::Way;
use crate::units::ClockTime;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Seconds of a day without a change of clocks.
pub(super) const DAY: u32 = 86_400;
/// How long after midnight a journey of a day may still start a vehicle of the next.
const NEXT_DAY: u32 = 6 * 3_600;
/// A time in a mirror is this less the time itself.
pub(super) const MIRROR: u32 = 8 * DAY;

/// An instant of a day: seconds, one day added, so that yesterday's late vehicles are not negative.
pub(super) type Instant = u32;

/// The vehicles that run on one date, those of the night before and of the night after included.
///
/// ```
/// # use jiff::civil::date;
/// # use maillage::Control;
/// # use maillage::territory::Way;
/// # use maillage::travel::{ServiceDay, Timetable, TimetableOptions, TransitDay, WalkRules, Walks};
/// # use maillage::units::ClockTime;
/// # let control = Control::none();
/// # let timetable = Timetable::open(&["data/valley/horaires"], &TimetableOptions::default(), &control)?;
/// # let day = ServiceDay::new(&timetable, date(2026, 10, 1));
/// # let walks = Walks::new(&timetable, WalkRules::default());
/// # let clock = |hour| ClockTime::new(hour, 0).expect("a time");
/// # let (arrive_by, leave_after) = (clock(9), clock(12));
/// # let stay = TransitDay { arrive_by, leave_after, limit: None, at_site: None, rides: TransitDay::RIDES };
/// # let position = |id| timetable.stop(timetable.stop_called(id).expect("a stop")).position.expect("located");
/// assert!(day.trips() > 0);
/// assert_eq!(day.date(), date(2026, 10, 1));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ServiceDay {
    date: Date,
    sides: [Side; 2],
    /// The trips of each line, in the order of those away from the site.
    vehicles: Vec<TripIx>,
    trips: usize,
}

/// The vehicles, seen in one direction.
#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    pub(super) lines: Vec<DayLine>,
    /// Stops of the lines, with what may be done there.
    pub(super) stops: Vec<u32>,
    /// By line, stop of the line, vehicle: when it leaves.
    pub(super) board: Vec<Instant>,
    /// By line, vehicle, stop of the line: when it comes.
    pub(super) alight: Vec<Instant>,
    /// By stop, in `at`: lines that one may board there.
    first: Vec<u32>,
    at: Vec<Boarding>,
}

/// A line that one may board at a stop.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Boarding {
    pub(super) line: u32,
    /// At which of its stops.
    pub(super) place: u32,
    /// When its first vehicle leaves there, and its last.
    pub(super) first: Instant,
    pub(super) last: Instant,
}

/// Vehicles that stop at the same stops and never overtake one another.
#[derive(Clone, Copy, Debug)]
pub(super) struct DayLine {
    pub(super) first_stop: u32,
    pub(super) len: u32,
    pub(super) vehicles: u32,
    pub(super) first_vehicle: u32,
    /// Where its times start, in both arrays.
    pub(super) times: u32,
}

impl Side {
    pub(super) fn stops_of(&self, line: &DayLine) -> &[u32] {
        &self.stops[line.first_stop as usize..][..line.len as usize]
    }

    /// Lines that one may board at a stop.
    pub(super) fn boarding(&self, stop: u32) -> &[Boarding] {
        &self.at[self.first[stop as usize] as usize..self.first[stop as usize + 1] as usize]
    }

    /// When the vehicles of a line leave one of its stops, ascending.
    pub(super) fn leaving(&self, line: &DayLine, place: u32) -> &[Instant] {
        &self.board[(line.times + place * line.vehicles) as usize..][..line.vehicles as usize]
    }

    pub(super) fn comes(&self, line: &DayLine, vehicle: u32, place: u32) -> Instant {
        self.alight[(line.times + vehicle * line.len + place) as usize]
    }

    /// How many stops there are, those where nothing stops that day included.
    pub(super) const fn stops_known(&self) -> usize {
        self.first.len().saturating_sub(1)
    }

    /// Finds the lines of each stop; places are those of its sort by counting.
    fn index(&mut self, stops: usize) {
        let boards = |code: &&u32| **code & BOARD != 0;
        let mut first = vec![0; stops + 2];
        // Lines don't share their stops: each stands in `stops` once.
        for &code in self.stops.iter().filter(boards) {
            first[(code & STOP) as usize + 2] += 1;
        }
        for stop in 2..first.len() {
            first[stop] += first[stop - 1];
        }
        let mut at = vec![Boarding::default(); first[stops + 1] as usize];
        for (number, line) in (0..).zip(&self.lines) {
            for (place, &code) in (0..).zip(self.stops_of(line)).filter(|(_, code)| boards(code)) {
                let next = &mut first[(code & STOP) as usize + 1];
                let leaving = self.leaving(line, place);
                let (first, last) = (leaving[0], leaving[leaving.len() - 1]);
                at[*next as usize] = Boarding { line: number, place, first, last };
                *next += 1;
            }
        }
        first.pop();
        (self.first, self.at) = (first, at);
    }
}

impl ServiceDay {
    /// The vehicles of `date`.
    pub fn new(timetable: &Timetable, date: Date) -> Self {
        let Timetable { patterns, services, zone, stops, .. } = timetable;
        let running = Running::around(services, zone, date);
        let mut day = Self { date, sides: Default::default(), vehicles: Vec::new(), trips: 0 };
        let [back, there] = &mut day.sides;
        let mut chains = Chains::default();
        for pattern in &patterns.all {
            day.trips += chains.split(patterns, pattern, &running);
            for chain in &chains.all[..chains.used] {
                add_line([&mut *back, &mut *there], &mut day.vehicles, patterns, pattern, chain);
            }
        }
        back.index(stops.len());
        there.index(stops.len());
        day
    }

    /// A date of which nobody knows what runs.
    pub(super) fn idle(timetable: &Timetable, date: Date) -> Self {
        let mut day = Self { date, sides: Default::default(), vehicles: Vec::new(), trips: 0 };
        day.sides.iter_mut().for_each(|side| side.index(timetable.stops.len()));
        day
    }

    /// Its date.
    pub const fn date(&self) -> Date {
        self.date
    }

    /// Trips whose service day it is.
    pub const fn trips(&self) -> usize {
        self.trips
    }

    /// As searches of a way see it: those towards a site go from there back in time.
    pub(super) const fn side(&self, way: Way) -> &Side {
        let [back, there] = &self.sides;
        match way {
            Way::To => back,
            Way::Back => there,
        }
    }

    /// The trip of a vehicle of a line, as searches of a way number it.
    pub(super) fn trip(&self, way: Way, line: &DayLine, vehicle: u32) -> TripIx {
        let own = match way {
            Way::To => line.vehicles - 1 - vehicle,
            Way::Back => vehicle,
        };
        self.vehicles[(line.first_vehicle + own) as usize]
    }
}

/// The instant of a clock time, as searches of a way see it.
pub(super) const fn instant(way: Way, clock: ClockTime) -> Instant {
    seen(way, clock.seconds() + DAY)
}

/// The last instant of searches of a way: nobody leaves before midnight, and nobody is home after six the
/// next morning.
pub(super) const fn end_of_day(way: Way) -> Instant {
    match way {
        Way::To => seen(way, DAY),
        Way::Back => seen(way, 2 * DAY + NEXT_DAY),
    }
}

/// An instant as searches of a way see it, and back.
pub(super) const fn seen(way: Way, instant: Instant) -> Instant {
    match way {
        Way::To => MIRROR - instant,
        Way::Back => instant,
    }
}

/// Seconds from the midnight of the day, where a search of a way says `instant`.
pub(super) fn clock_seconds(way: Way, instant: Instant) -> i64 {
    i64::from(seen(way, instant)) - i64::from(DAY)
}

/// Service days whose vehicles may be on the road on a date: their numbers, and what is added to
/// their times.
struct Running<'t> {
    services: &'t Services,
    before: Option<(usize, i64)>,
    today: Option<(usize, i64)>,
    after: Option<(usize, i64)>,
}

impl<'t> Running<'t> {
    fn around(services: &'t Services, zone: &TimeZone, date: Date) -> Self {
        // Times count from noon minus 12 hours: on days when clocks change that is not midnight.
        let noon =
            |date: Date| Some(date.at(12, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp().as_second());
        let shift = |other: Option<Date>| {
            let other = other?;
            Some((services.day(other)?, noon(other)? - noon(date)? + i64::from(DAY)))
        };
        let (before, after) = (shift(date.yesterday().ok()), shift(date.tomorrow().ok()));
        Self { services, before, today: shift(Some(date)), after }
    }

    /// A pattern's vehicles on the road, and how many of them are of the day itself.
    fn vehicles(&self, patterns: &Patterns, pattern: &Pattern, into: &mut Vec<Vehicle>) -> usize {
        let trips = || pattern.numbers();
        let runs = |trip: TripIx, day: usize| self.services.runs(patterns.services[trip as usize], day);
        let mut add = |day: Option<(usize, i64)>, is_here: &dyn Fn(&[Call]) -> bool| {
            let Some((day, shift)) = day else { return 0 };
            let own = trips().filter(|&trip| runs(trip, day) && is_here(patterns.calls_of(pattern, trip)));
            let before = into.len();
            into.extend(own.map(|trip| Vehicle { trip, shift }));
            into.len() - before
        };
        if pattern.latest > DAY - NEXT_DAY {
            let until_today = |calls: &[Call]| calls.last().is_some_and(|call| call.arrive >= DAY);
            add(self.before, &until_today);
        }
        let today = add(self.today, &|_| true);
        add(self.after, &|calls: &[Call]| calls.first().is_some_and(|call| call.depart < NEXT_DAY));
        today
    }
}

/// A trip on a service day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Vehicle {
    trip: TripIx,
    shift: i64,
}

impl Vehicle {
    fn at(self, seconds: u32) -> Instant {
        // Readers hold times below four days.
        (i64::from(seconds) + self.shift).clamp(0, i64::from(MIRROR)) as Instant
    }
}

/// Chains that a vehicle is tried in, before it starts a new one.
const CHAINS: usize = 64;

/// A pattern's vehicles, split where one overtakes another.
#[derive(Default)]
struct Chains {
    vehicles: Vec<Vehicle>,
    all: Vec<Vec<Vehicle>>,
    used: usize,
}

impl Chains {
    /// How many of the vehicles are of the day itself.
    fn split(&mut self, patterns: &Patterns, pattern: &Pattern, running: &Running<'_>) -> usize {
        self.used = 0;
        self.vehicles.clear();
        let today = running.vehicles(patterns, pattern, &mut self.vehicles);
        let first = |v: &Vehicle| patterns.calls_of(pattern, v.trip).first().map(|call| v.at(call.depart));
        self.vehicles.sort_by_key(first);
        for at in 0..self.vehicles.len() {
            self.place(patterns, pattern, self.vehicles[at]);
        }
        today
    }

    fn place(&mut self, patterns: &Patterns, pattern: &Pattern, next: Vehicle) {
        let calls = |v: Vehicle| patterns.calls_of(pattern, v.trip);
        let follows = |last: Vehicle| {
            calls(last).iter().zip(calls(next)).all(|(a, b)| {
                last.at(a.arrive) <= next.at(b.arrive) && last.at(a.depart) <= next.at(b.depart)
            })
        };
        let free = |chain: &Vec<Vehicle>| chain.last().is_none_or(|&last| follows(last));
        let at = self.all[..self.used].iter().take(CHAINS).position(free).unwrap_or(self.used);
        if at == self.used {
            self.used += 1;
            if self.all.len() < self.used {
                self.all.push(Vec::new());
            }
            self.all[at].clear();
        }
        self.all[at].push(next);
    }
}

/// Lays out a chain of vehicles in both directions.
fn add_line(
    [back, there]: [&mut Side; 2],
    vehicles: &mut Vec<TripIx>,
    patterns: &Patterns,
    pattern: &Pattern,
    chain: &[Vehicle],
) {
    let line = DayLine {
        first_stop: there.stops.len() as u32,
        len: pattern.len,
        vehicles: chain.len() as u32,
        first_vehicle: vehicles.len() as u32,
        times: there.board.len() as u32,
    };
    let stops = patterns.stops_of(pattern);
    there.lines.push(line);
    back.lines.push(line);
    there.stops.extend(stops);
    back.stops.extend(stops.iter().rev().map(|&code| swapped(code)));
    vehicles.extend(chain.iter().map(|v| v.trip));
    let calls: Vec<&[Call]> = chain.iter().map(|v| patterns.calls_of(pattern, v.trip)).collect();
    for place in 0..stops.len() {
        there.board.extend(chain.iter().zip(&calls).map(|(v, calls)| v.at(calls[place].depart)));
    }
    for (v, calls) in chain.iter().zip(&calls) {
        there.alight.extend(calls.iter().map(|call| v.at(call.arrive)));
    }
    for place in (0..stops.len()).rev() {
        let late = chain.iter().zip(&calls).rev();
        back.board.extend(late.map(|(v, calls)| MIRROR - v.at(calls[place].arrive)));
    }
    for (v, calls) in chain.iter().zip(&calls).rev() {
        back.alight.extend(calls.iter().rev().map(|call| MIRROR - v.at(call.depart)));
    }
}

/// What may be done at a stop, in the mirror.
const fn swapped(code: u32) -> u32 {
    let (board, alight) = (code & BOARD, code & ALIGHT);
    code & !(BOARD | ALIGHT) | board >> 1 | alight << 1
}
