//! Trips and their calls at stops: half a trip is worse than none, so that one that can't be is left out whole.

use super::on_demand::{self, OnDemand, Visit, Visiting};
use super::said::Defect;
use super::seated::Seats;
use super::value;
use super::{Feed, Ids, MOST_SERVICES, MOST_TRIPS, Reading, Stop};
use crate::control::{Control, Stage};
use crate::travel::timetable::feed::TransitLine;
use crate::travel::timetable::flex::FlexPlace;
use crate::travel::timetable::pattern::{ALIGHT, BOARD, Call, ON_REQUEST, STOP};
use std::collections::HashMap;

pub(super) const CALLS: &str = "stop_times.txt";
/// Most calls of all trips.
pub(super) const MOST_CALLS: usize = 20_000_000;
/// Most trips that one frequency makes.
const MOST_REPEATS: u32 = 2_000;
/// A time that is not told.
const BLANK: u32 = u32::MAX;
/// A time that is none.
const BAD: u32 = u32::MAX - 1;

/// The trips of a feed, by their number there.
#[derive(Default)]
pub(super) struct Trips {
    ids: Ids,
    all: Vec<Trip>,
}

#[derive(Clone, Copy)]
pub(super) struct Trip {
    pub(super) service: u32,
    pub(super) line: u32,
    /// Percent of the way by car, and seconds, that a ride on demand takes at most.
    pub(super) lasts: Option<(u16, u32)>,
}

/// Departures of a trip that repeats, of one that need not keep to them.
#[derive(Clone, Copy)]
pub(super) struct Frequency {
    from: u32,
    to: u32,
    headway: u32,
    exact: bool,
}

/// A row of the calls.
#[derive(Clone, Copy)]
struct RawCall {
    trip: u32,
    sequence: u32,
    stop: u32,
    arrive: u32,
    depart: u32,
    /// How far along the way, where that is told; it is asked for only where a time is missing.
    along: f32,
    line: u32,
}

impl Trips {
    pub(super) fn number(&self, id: &[u8]) -> Option<u32> {
        self.ids.get(id).copied()
    }
}

impl Feed<'_> {
    pub(super) fn trips(&mut self, services: &Ids, lines: &Ids) -> Result<Trips, Stop> {
        const FILE: &str = "trips.txt";
        let mut trips = Trips::default();
        let mut nameless = None;
        let first_service = self.reading.services;
        let mut other_services = Ids::new();
        let columns = ["trip_id", "route_id", "service_id", "safe_duration_factor", "safe_duration_offset"];
        self.each_row(FILE, &columns, |reading, told, row, at| {
            let id = row.get(at[0]);
            if trips.ids.contains_key(&*id) {
                told.say(Defect::TwoOfOneId, FILE, Some(row.line), &id);
                return Ok(());
            }
            let route = row.get(at[1]);
            let line = lines.get(&*route).copied().unwrap_or_else(|| {
                told.say(Defect::NoSuchLine, FILE, Some(row.line), &route);
                *nameless.get_or_insert_with(|| {
                    reading.lines.push(TransitLine { id: "?".into(), name: "?".into(), for_pupils: false });
                    reading.lines.len() as u32 - 1
                })
            });
            // A service that no calendar knows never runs.
            let service = row.get(at[2]);
            let service = services
                .get(&*service)
                .copied()
                .unwrap_or_else(|| first_service + super::number_of(&mut other_services, &service));
            if trips.all.len() >= MOST_TRIPS || other_services.len() >= MOST_SERVICES {
                return Err(Stop::TooMany);
            }
            trips.ids.insert((&*id).into(), trips.all.len() as u32);
            let lasts = lasts(&row.get(at[3]), &row.get(at[4])).unwrap_or_else(|| {
                told.say(Defect::BadDuration, FILE, Some(row.line), &id);
                None
            });
            trips.all.push(Trip { service, line, lasts });
            Ok(())
        })?;
        self.reading.services += other_services.len() as u32;
        Ok(trips)
    }

    pub(super) fn frequencies(&mut self, trips: &Trips) -> Result<HashMap<u32, Vec<Frequency>>, Stop> {
        const FILE: &str = "frequencies.txt";
        let mut frequencies: HashMap<u32, Vec<Frequency>> = HashMap::new();
        let columns = ["trip_id", "start_time", "end_time", "headway_secs", "exact_times"];
        self.each_row(FILE, &columns, |_, told, row, at| {
            let id = row.get(at[0]);
            let Some(&trip) = trips.ids.get(&*id) else {
                told.say(Defect::UnknownTrip, FILE, Some(row.line), &id);
                return Ok(());
            };
            let [from, to] = [at[1], at[2]].map(|column| value::time(&row.get(column)));
            let headway = value::number(&row.get(at[3])).filter(|&seconds| seconds > 0);
            match (from, to, headway) {
                (Some(from), Some(to), Some(headway))
                    if from <= to && (to - from) / headway < MOST_REPEATS =>
                {
                    let exact = *row.get(at[4]) == *b"1";
                    frequencies.entry(trip).or_default().push(Frequency { from, to, headway, exact });
                }
                _ => told.say(Defect::BadRow, FILE, Some(row.line), &id),
            }
            Ok(())
        })?;
        Ok(frequencies)
    }

    pub(super) fn calls(
        &mut self,
        trips: Trips,
        stops: &Ids,
        frequencies: &HashMap<u32, Vec<Frequency>>,
        (mut on_demand, mut seats): (OnDemand, Seats),
        control: &Control<'_>,
    ) -> Result<(), Stop> {
        let (rows, mut flags) = self.rows(&trips, stops, &mut on_demand, control)?;
        let Trips { ids, all } = trips;
        let mut names: Vec<&[u8]> = vec![b""; all.len()];
        ids.iter().for_each(|(id, &trip)| names[trip as usize] = id);
        let mut whole = Whole::default();
        let mut booked = on_demand.trips();
        for (number, own) in (0..).zip(by_trip(rows, all.len(), &mut flags)) {
            if let Some((line, mut visits)) = booked.remove(&number) {
                visits.extend(own.iter().map(|call| fixed(call, &on_demand)));
                self.booked(all[number as usize], names[number as usize], line, visits);
                continue;
            }
            let Some(first) = own.first() else { continue };
            let (trip, name) = (all[first.0.trip as usize], names[first.0.trip as usize]);
            let line = first.0.line;
            match whole.take(&own) {
                Ok(interpolated) => {
                    for _ in 0..interpolated {
                        self.told.say(Defect::Interpolated, CALLS, Some(line), name);
                    }
                    let repeats = frequencies.get(&first.0.trip);
                    whole.add(self.reading, trip, repeats.map_or(&[], Vec::as_slice))?;
                    if repeats.is_none() {
                        seats.keep(number, trip, &whole.stops, &whole.calls);
                    }
                }
                Err(defect) => self.told.say(defect, CALLS, Some(line), name),
            }
        }
        self.reading.seated.extend(seats.all(&mut self.told));
        Ok(())
    }

    /// Keeps a trip on demand, or says why not.
    fn booked(&mut self, trip: Trip, name: &[u8], line: u32, visits: Vec<Result<Visit, Defect>>) {
        let line = Some(line);
        match on_demand::trip(trip, visits) {
            Ok(trip) => {
                self.told.say(Defect::OnDemand, CALLS, line, name);
                self.reading.on_demand.push(trip);
            }
            Err(defect) => self.told.say(defect, CALLS, line, name),
        }
    }

    /// All calls at fixed times, with what may be done at each.
    fn rows(
        &mut self,
        trips: &Trips,
        stops: &Ids,
        on_demand: &mut OnDemand,
        control: &Control<'_>,
    ) -> Result<(Vec<RawCall>, Vec<u32>), Stop> {
        const COLUMNS: [&str; 10] = [
            "trip_id",
            "arrival_time",
            "departure_time",
            "stop_id",
            "stop_sequence",
            "pickup_type",
            "drop_off_type",
            "shape_dist_traveled",
            "continuous_pickup",
            "continuous_drop_off",
        ];
        let columns: Vec<&str> = COLUMNS.into_iter().chain(on_demand::COLUMNS).collect();
        let (mut rows, mut flags): (Vec<RawCall>, Vec<u32>) = (Vec::new(), Vec::new());
        // Rows of a trip mostly follow one another.
        let mut last: (Vec<u8>, Option<u32>) = (Vec::new(), None);
        self.each_row(CALLS, &columns, |_, told, row, at| {
            let id = row.get(at[0]);
            if last.1.is_none() || *last.0 != *id {
                last.0.clear();
                last.0.extend_from_slice(&id);
                last.1 = trips.ids.get(&*id).copied();
            }
            let Some(trip) = last.1 else {
                told.say(Defect::UnknownTrip, CALLS, Some(row.line), &id);
                return Ok(());
            };
            let may = |bit, column| match &*row.get(column) {
                b"1" => 0,
                b"2" | b"3" => bit | ON_REQUEST,
                _ => bit,
            };
            let may = may(BOARD, at[5]) | may(ALIGHT, at[6]);
            let stop = row.get(at[3]);
            let visiting = Visiting {
                row,
                at: &at[10..],
                trip,
                stop: &stop,
                sequence: value::number(&row.get(at[4])),
                may,
                is_timed: !row.get(at[1]).is_empty() || !row.get(at[2]).is_empty(),
            };
            if on_demand.take(&visiting, stops, told)? {
                return Ok(());
            }
            let Some(&stop) = stops.get(&*stop) else {
                told.say(Defect::UnknownStop, CALLS, Some(row.line), &stop);
                return Ok(());
            };
            let Some(sequence) = visiting.sequence else {
                told.say(Defect::BadRow, CALLS, Some(row.line), &row.get(at[4]));
                return Ok(());
            };
            if [at[8], at[9]].iter().any(|&column| matches!(&*row.get(column), b"0" | b"2" | b"3")) {
                told.say(Defect::HailAndRide, CALLS, Some(row.line), &id);
            }
            let told_time = |column| match &*row.get(column) {
                b"" => BLANK,
                bytes => value::time(bytes).unwrap_or(BAD),
            };
            let (arrive, depart) = (told_time(at[1]), told_time(at[2]));
            let along = value::decimal(&row.get(at[7])).map_or(f32::NAN, |along| along as f32);
            if rows.len() == MOST_CALLS {
                return Err(Stop::TooMany);
            }
            if rows.len().is_multiple_of(1 << 16) {
                control.step(Stage::Reading, 0, 1)?;
            }
            rows.push(RawCall { trip, sequence, stop, arrive, depart, along, line: row.line });
            flags.push(may);
            Ok(())
        })?;
        Ok((rows, flags))
    }
}

/// A call at a fixed time of a trip that is else on demand.
fn fixed((call, may): &(RawCall, u32), on_demand: &OnDemand) -> Result<Visit, Defect> {
    let or = |a, b| if a == BLANK { b } else { a };
    let (from, to) = (or(call.arrive, call.depart), or(call.depart, call.arrive));
    if from > to || to >= BAD {
        return Err(Defect::BadWindow);
    }
    let place = FlexPlace::Stops([call.stop & STOP].into());
    let bookings = on_demand.bookings(call.trip, call.sequence)?;
    Ok(Visit { sequence: call.sequence, place, from, to, may: *may, bookings })
}

/// How long a ride on demand takes at most; `None` where that can't be understood.
fn lasts(factor: &[u8], offset: &[u8]) -> Option<Option<(u16, u32)>> {
    if factor.is_empty() && offset.is_empty() {
        return Some(None);
    }
    let number = |bytes: &[u8], without: f64, most: f64| {
        let told = if bytes.is_empty() { Some(without) } else { value::decimal(bytes) };
        told.filter(|number| (0.0..=most).contains(number))
    };
    let (factor, offset) = (number(factor, 1.0, 100.0)?, number(offset, 0.0, 86_400.0)?);
    Some(Some(((factor * 100.0).round() as u16, offset.round() as u32)))
}

/// The calls of each trip, in the order of their sequence.
fn by_trip(
    rows: Vec<RawCall>,
    trips: usize,
    flags: &mut Vec<u32>,
) -> impl Iterator<Item = Vec<(RawCall, u32)>> {
    let flags = std::mem::take(flags);
    let mut first = vec![0_u32; trips + 2];
    rows.iter().for_each(|row| first[row.trip as usize + 2] += 1);
    for trip in 2..first.len() {
        first[trip] += first[trip - 1];
    }
    let mut order = vec![0_u32; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        let place = &mut first[row.trip as usize + 1];
        order[*place as usize] = at as u32;
        *place += 1;
    }
    (0..trips).map(move |trip| {
        let own = &order[first[trip] as usize..first[trip + 1] as usize];
        let mut own: Vec<(RawCall, u32)> =
            own.iter().map(|&at| (rows[at as usize], flags[at as usize])).collect();
        // Stable: of calls with one sequence the first row comes first.
        own.sort_by_key(|call| call.0.sequence);
        own
    })
}

/// One trip, put together.
#[derive(Default)]
struct Whole {
    stops: Vec<u32>,
    calls: Vec<Call>,
    shifted: Vec<Call>,
}

impl Whole {
    /// Takes a trip's calls; how many times were interpolated, or what is wrong.
    fn take(&mut self, own: &[(RawCall, u32)]) -> Result<u32, Defect> {
        self.stops.clear();
        self.calls.clear();
        if own.len() < 2 {
            return Err(Defect::OneStop);
        }
        if own.windows(2).any(|pair| pair[0].0.sequence == pair[1].0.sequence) {
            return Err(Defect::TwiceAtOnce);
        }
        if own.iter().any(|(call, _)| call.arrive == BAD || call.depart == BAD) {
            return Err(Defect::BadTime);
        }
        let last = own.len() - 1;
        for (at, (call, may)) in own.iter().enumerate() {
            let useless = if at == 0 { ALIGHT } else { 0 } | if at == last { BOARD } else { 0 };
            self.stops.push(call.stop | may & !useless);
            let arrive = if call.arrive == BLANK { call.depart } else { call.arrive };
            let depart = if call.depart == BLANK { call.arrive } else { call.depart };
            self.calls.push(Call { arrive, depart });
        }
        let is_blank = |call: &Call| call.arrive == BLANK;
        if is_blank(&self.calls[0]) || is_blank(&self.calls[last]) {
            return Err(Defect::EndsBlank);
        }
        let blank = self.calls.iter().filter(|call| is_blank(call)).count() as u32;
        self.interpolate(own);
        let flows = self.calls.iter().all(|call| call.arrive <= call.depart)
            && self.calls.windows(2).all(|pair| pair[0].depart <= pair[1].arrive);
        if flows { Ok(blank) } else { Err(Defect::BackInTime) }
    }

    /// Fills times that are not told from those around them: by distance where all of them tell one,
    /// else by rank.
    fn interpolate(&mut self, own: &[(RawCall, u32)]) {
        let mut before = 0;
        for next in 1..self.calls.len() {
            if self.calls[next].arrive == BLANK {
                continue;
            }
            let (from, to) = (self.calls[before].depart, self.calls[next].arrive);
            let (start, whole) = (own[before].0.along, own[next].0.along - own[before].0.along);
            let by_distance = own[before..=next].windows(2).all(|pair| pair[0].0.along <= pair[1].0.along);
            for (at, call) in self.calls.iter_mut().enumerate().take(next).skip(before + 1) {
                let part = if by_distance && whole > 0.0 {
                    f64::from((own[at].0.along - start) / whole)
                } else {
                    (at - before) as f64 / (next - before) as f64
                };
                let time = from + (f64::from(to.saturating_sub(from)) * part).round() as u32;
                *call = Call { arrive: time, depart: time };
            }
            before = next;
        }
    }

    /// Adds the trip, or the trips that its frequencies make of it; then it does not run itself.
    fn add(&mut self, reading: &mut Reading, trip: Trip, frequencies: &[Frequency]) -> Result<(), Stop> {
        if frequencies.is_empty() {
            reading.gathering.add(trip.service, trip.line, &self.stops, &self.calls);
            return Ok(());
        }
        let start = self.calls[0].depart;
        for frequency in frequencies {
            let mut leaves = frequency.from;
            while leaves < frequency.to {
                // Who only knows how often one comes waits a whole headway at worst.
                let late = if frequency.exact { 0 } else { frequency.headway };
                let move_to = |time: u32| (time + leaves).saturating_sub(start);
                self.shifted.clear();
                self.shifted.extend(
                    self.calls.iter().map(|call| Call {
                        arrive: move_to(call.arrive) + late,
                        depart: move_to(call.depart),
                    }),
                );
                reading.gathering.add(trip.service, trip.line, &self.stops, &self.shifted);
                if reading.gathering.calls() > MOST_CALLS {
                    return Err(Stop::TooMany);
                }
                leaves += frequency.headway;
            }
        }
        Ok(())
    }
}
