//! From one door to every stop, on one day: rounds of vehicles (Delling, Pajor and Werneck 2015, RAPTOR), of which each
//! looks only at lines that the round before made worth looking at, and clears only what it wrote.

use super::access::Access;
use super::day::{Boarding, DayLine, Instant, ServiceDay, Side, clock_seconds, end_of_day, instant};
use super::feed::StopNumber;
use super::journey::DayTime;
use super::pattern::{ALIGHT, BOARD, STOP};
use super::walking::{Changes, StopWalk, Walks};
use crate::territory::Way;
use crate::units::{ClockTime, Seconds};

/// No time at all.
const NEVER: Instant = Instant::MAX;
/// No entry of the log.
const NOTHING: u32 = u32::MAX;

/// What a search is asked.
///
/// ```
/// use maillage::travel::{Asked, StopSearch};
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
/// let at = position("crete");
/// let mut search = StopSearch::default();
/// let asked = Asked { way: Way::Back, at: clock(7), within: None, rides: 4 };
/// search.run(&day, &walks, &walks.around(at), asked);
/// assert!(search.answer(Way::Back, timetable.stop_called("croix").expect("a stop")).is_some());
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Towards the door of the site, or away from it.
    pub way: Way,
    /// When one must be there, or may leave.
    pub at: ClockTime,
    /// How long before or after that is looked at; all day without.
    pub within: Option<Seconds>,
    /// Most vehicles one after the other, at least one.
    pub rides: u8,
}

/// A search, with the room that it needs; it is kept from one to the next.
///
/// ```
/// use maillage::travel::{Asked, StopSearch};
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
/// let mut search = StopSearch::default();
/// let asked = Asked { way: Way::Back, at: clock(7), within: None, rides: 4 };
/// search.run(&day, &walks, &walks.around(position("crete")), asked);
/// let croix = timetable.stop_called("croix").expect("a stop");
/// let (arrives, rides) = search.answer(Way::Back, croix).expect("a bus goes there");
/// assert_eq!((arrives.to_string(), rides), ("08:20:00".into(), 1));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct StopSearch {
    states: Vec<State>,
    /// By stop: the round that last improved it.
    rides: Vec<u8>,
    /// By stop, where a log is kept: what last brought one there.
    came: Vec<u32>,
    /// By stop, likewise: what made one ready to board there.
    ready_by: Vec<u32>,
    pub(super) log: Vec<Came>,
    touched: Vec<u32>,
    marked: Vec<u32>,
    improved: Vec<u32>,
    /// By line: the first of its stops at which one may board it this round.
    from: Vec<u32>,
    lines: Vec<u32>,
    visits: u64,
}

/// Of one stop: when a vehicle brings one there, and from when on one can board another.
#[derive(Clone, Copy, Debug)]
struct State {
    arrived: Instant,
    ready: Instant,
}

const UNKNOWN: State = State { arrived: NEVER, ready: NEVER };

/// A ride, as a search found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Came {
    pub(super) line: u32,
    pub(super) vehicle: u32,
    pub(super) board: u32,
    pub(super) alight: u32,
    /// The ride before, if there was one.
    pub(super) before: Option<u32>,
}

/// Where a scan of a line is: the vehicle that one sits in, and where one boarded it.
struct Seat {
    vehicle: u32,
    board: u32,
    ready_by: u32,
}

impl StopSearch {
    /// Searches from a door with these stops around it to every stop.
    pub fn run(&mut self, day: &ServiceDay, walks: &Walks, door: &[StopWalk], asked: Asked) {
        let start = instant(asked.way, asked.at);
        let ready = door.iter().map(|walk| (walk.stop, start.saturating_add(walk.time.get())));
        self.search::<false>(day, walks, ready, asked);
    }

    /// From a door with any ways to its stops; keeps how each stop was reached.
    pub(super) fn run_logged(&mut self, day: &ServiceDay, walks: &Walks, door: &[Access], asked: Asked) {
        let start = instant(asked.way, asked.at);
        let ready = door.iter().filter_map(|a| Some((a.stop, a.approach.past(asked.way, start)?)));
        self.search::<true>(day, walks, ready, asked);
    }

    fn search<const LOG: bool>(
        &mut self,
        day: &ServiceDay,
        walks: &Walks,
        ready: impl Iterator<Item = (u32, Instant)>,
        asked: Asked,
    ) {
        let (side, changes) = (day.side(asked.way), walks.changes_for(asked.way));
        let start = instant(asked.way, asked.at);
        let within = asked.within.map_or(NEVER, Seconds::get);
        let bound = start.saturating_add(within).min(end_of_day(asked.way));
        self.clear(side);
        for (stop, at) in ready {
            self.get_ready::<LOG>(stop, at, NOTHING);
        }
        for round in 1..=asked.rides.max(1) {
            self.queue(side, bound);
            if self.lines.is_empty() {
                break;
            }
            for at in 0..self.lines.len() {
                self.ride::<LOG>(side, self.lines[at], bound, round);
            }
            if round < asked.rides {
                self.change::<LOG>(changes);
            }
        }
    }

    /// Forgets the last search.
    fn clear(&mut self, side: &Side) {
        for stop in self.touched.drain(..) {
            self.states[stop as usize] = UNKNOWN;
            self.rides[stop as usize] = 0;
        }
        let stops = side.stops_known();
        if self.states.len() != stops {
            self.states = vec![UNKNOWN; stops];
            self.rides = vec![0; stops];
            (self.came, self.ready_by) = (vec![NOTHING; stops], vec![NOTHING; stops]);
        }
        if self.from.len() < side.lines.len() {
            self.from.resize(side.lines.len(), NOTHING);
        }
        self.marked.clear();
        self.improved.clear();
        self.lines.clear();
        self.log.clear();
        self.visits = 0;
    }

    fn touch(touched: &mut Vec<u32>, state: &State, stop: u32) {
        if state.arrived == NEVER && state.ready == NEVER {
            touched.push(stop);
        }
    }

    fn get_ready<const LOG: bool>(&mut self, stop: u32, at: Instant, by: u32) {
        let state = &mut self.states[stop as usize];
        if at < state.ready {
            Self::touch(&mut self.touched, state, stop);
            state.ready = at;
            self.marked.push(stop);
            if LOG {
                self.ready_by[stop as usize] = by;
            }
        }
    }

    /// The lines that can be boarded anew, each from the first of its stops where it can.
    fn queue(&mut self, side: &Side, bound: Instant) {
        self.lines.clear();
        for stop in self.marked.drain(..) {
            let ready = self.states[stop as usize].ready;
            for &Boarding { line, place, first, last } in side.boarding(stop) {
                if last < ready || first > bound {
                    continue;
                }
                let from = &mut self.from[line as usize];
                if *from == NOTHING {
                    self.lines.push(line);
                }
                *from = (*from).min(place);
            }
        }
    }

    /// Rides a line to its end, in the earliest vehicle that one can board on the way.
    fn ride<const LOG: bool>(&mut self, side: &Side, number: u32, bound: Instant, round: u8) {
        let line: DayLine = side.lines[number as usize];
        let start = std::mem::replace(&mut self.from[number as usize], NOTHING);
        let mut seat = Seat { vehicle: line.vehicles, board: 0, ready_by: NOTHING };
        let stops = side.stops_of(&line);
        self.visits += u64::from(line.len - start);
        for (place, &code) in (start..).zip(&stops[start as usize..]) {
            let stop = code & STOP;
            let state = &mut self.states[stop as usize];
            if code & ALIGHT != 0 && seat.vehicle < line.vehicles {
                let at = side.comes(&line, seat.vehicle, place);
                if at < state.arrived && at <= bound {
                    Self::touch(&mut self.touched, state, stop);
                    state.arrived = at;
                    if std::mem::replace(&mut self.rides[stop as usize], round) != round {
                        self.improved.push(stop);
                    }
                    if LOG {
                        self.came[stop as usize] = self.log.len() as u32;
                        let before = (seat.ready_by != NOTHING).then_some(seat.ready_by);
                        let (vehicle, board) = (seat.vehicle, seat.board);
                        self.log.push(Came { line: number, vehicle, board, alight: place, before });
                    }
                }
            }
            if code & BOARD != 0 && state.ready != NEVER {
                let leaving = &side.leaving(&line, place)[..seat.vehicle as usize];
                if leaving.last().is_some_and(|&last| last >= state.ready) {
                    let vehicle = leaving.partition_point(|&leaves| leaves < state.ready) as u32;
                    seat = Seat { vehicle, board: place, ready_by: NOTHING };
                    if LOG {
                        seat.ready_by = self.ready_by[stop as usize];
                    }
                }
            }
        }
    }

    /// Walks from where vehicles brought one to where others leave.
    fn change<const LOG: bool>(&mut self, changes: &Changes) {
        let improved = std::mem::take(&mut self.improved);
        for &stop in &improved {
            let arrived = self.states[stop as usize].arrived;
            let by = if LOG { self.came[stop as usize] } else { NOTHING };
            for &(to, seconds) in changes.of(stop) {
                self.get_ready::<LOG>(to, arrived.saturating_add(seconds), by);
            }
        }
        self.improved = improved;
        self.improved.clear();
    }

    /// When a vehicle leaves the stop for the door, or brings one there from it, and how many one takes.
    pub fn answer(&self, way: Way, stop: StopNumber) -> Option<(DayTime, u8)> {
        let state = self.states.get(stop.0 as usize).filter(|state| state.arrived != NEVER)?;
        Some((DayTime::new(clock_seconds(way, state.arrived)), self.rides[stop.0 as usize]))
    }

    /// The best of the ways between a door and its stops: the earliest, with the fewest vehicles, then the
    /// shortest, then the first stop.
    pub(super) fn best(&self, way: Way, door: &[Access]) -> Option<Best> {
        let whole = |(nth, access): (usize, &Access)| {
            let state = self.states.get(access.stop as usize).filter(|state| state.arrived != NEVER)?;
            Some(Best {
                at: access.approach.past(way, state.arrived)?,
                rides: self.rides[access.stop as usize],
                time: access.approach.time,
                stop: access.stop,
                nth,
            })
        };
        door.iter().enumerate().filter_map(whole).min()
    }

    /// When one is at a door, by that way from its stop, as searches of a way see time.
    pub(super) fn past(&self, way: Way, access: &Access) -> Option<Instant> {
        let state = self.states.get(access.stop as usize).filter(|state| state.arrived != NEVER)?;
        access.approach.past(way, state.arrived)
    }

    /// What last brought one to a stop, when a log was kept.
    pub(super) fn came_to(&self, stop: u32) -> Option<&Came> {
        self.log
            .get(self.came[stop as usize] as usize)
            .filter(|_| self.states[stop as usize].arrived != NEVER)
    }

    /// Stops of lines that the last search looked at.
    pub const fn visits(&self) -> u64 {
        self.visits
    }
}

/// How a door is best reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Best {
    pub(super) at: Instant,
    pub(super) rides: u8,
    pub(super) time: Seconds,
    pub(super) stop: u32,
    /// Which of the door's ways.
    pub(super) nth: usize,
}
