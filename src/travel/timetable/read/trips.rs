//! Trips and their calls at stops: half a trip is worse than none, so that one that can't be is left out whole.

use super::said::Defect;
use super::value;
use super::{Feed, Ids, Reading, Stop};
use crate::control::{Control, Stage};
use crate::travel::timetable::feed::TransitLine;
use crate::travel::timetable::pattern::{ALIGHT, BOARD, Call, ON_REQUEST};
use std::collections::HashMap;

const CALLS: &str = "stop_times.txt";
/// Most calls of all trips.
const MOST_CALLS: usize = 50_000_000;
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
struct Trip {
    service: u32,
    line: u32,
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

impl Feed<'_> {
    pub(super) fn trips(&mut self, services: &Ids, lines: &Ids) -> Result<Trips, Stop> {
        const FILE: &str = "trips.txt";
        let mut trips = Trips::default();
        let mut nameless = None;
        let first_service = self.reading.services;
        let mut other_services = Ids::new();
        self.each_row(FILE, &["trip_id", "route_id", "service_id"], |reading, told, row, at| {
            let id = row.get(at[0]);
            if trips.ids.contains_key(&*id) {
                told.say(Defect::TwoOfOneId, FILE, Some(row.line), &id);
                return Ok(());
            }
            let route = row.get(at[1]);
            let line = lines.get(&*route).copied().unwrap_or_else(|| {
                told.say(Defect::NoSuchLine, FILE, Some(row.line), &route);
                *nameless.get_or_insert_with(|| {
                    reading.lines.push(TransitLine { id: "?".into(), name: "?".into() });
                    reading.lines.len() as u32 - 1
                })
            });
            // A service that no calendar knows never runs.
            let service = row.get(at[2]);
            let service = services
                .get(&*service)
                .copied()
                .unwrap_or_else(|| first_service + super::number_of(&mut other_services, &service));
            trips.ids.insert((&*id).into(), trips.all.len() as u32);
            trips.all.push(Trip { service, line });
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
        control: &Control<'_>,
    ) -> Result<(), Stop> {
        let (rows, mut flags) = self.rows(&trips, stops, control)?;
        let Trips { ids, all } = trips;
        let mut names: Vec<&[u8]> = vec![b""; all.len()];
        ids.iter().for_each(|(id, &trip)| names[trip as usize] = id);
        let mut whole = Whole::default();
        for own in by_trip(rows, all.len(), &mut flags) {
            let Some(first) = own.first() else { continue };
            let (trip, name) = (all[first.0.trip as usize], names[first.0.trip as usize]);
            let line = first.0.line;
            match whole.take(&own) {
                Ok(interpolated) => {
                    for _ in 0..interpolated {
                        self.told.say(Defect::Interpolated, CALLS, Some(line), name);
                    }
                    let repeats = frequencies.get(&first.0.trip);
                    whole.add(self.reading, trip, repeats.map_or(&[], Vec::as_slice));
                }
                Err(defect) => self.told.say(defect, CALLS, Some(line), name),
            }
        }
        Ok(())
    }

    /// All calls, with what may be done at each.
    fn rows(
        &mut self,
        trips: &Trips,
        stops: &Ids,
        control: &Control<'_>,
    ) -> Result<(Vec<RawCall>, Vec<u32>), Stop> {
        const COLUMNS: [&str; 15] = [
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
            "location_id",
            "location_group_id",
            "start_pickup_drop_off_window",
            "start_pickup_dropoff_window",
            "end_pickup_dropoff_window",
        ];
        let (mut rows, mut flags): (Vec<RawCall>, Vec<u32>) = (Vec::new(), Vec::new());
        // Rows of a trip mostly follow one another.
        let mut last: (Vec<u8>, Option<u32>) = (Vec::new(), None);
        self.each_row(CALLS, &COLUMNS, |_, told, row, at| {
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
            if at[10..].iter().any(|&column| column.is_some() && !row.get(column).is_empty()) {
                told.say(Defect::OnDemand, CALLS, Some(row.line), &id);
                return Ok(());
            }
            let stop = row.get(at[3]);
            let Some(&stop) = stops.get(&*stop) else {
                told.say(Defect::UnknownStop, CALLS, Some(row.line), &stop);
                return Ok(());
            };
            let sequence = row.get(at[4]);
            let Some(sequence) = value::number(&sequence) else {
                told.say(Defect::BadRow, CALLS, Some(row.line), &sequence);
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
                return Err(Stop::Io(std::io::ErrorKind::FileTooLarge.into()));
            }
            if rows.len().is_multiple_of(1 << 16) {
                control.step(Stage::Reading, 0, 1)?;
            }
            rows.push(RawCall { trip, sequence, stop, arrive, depart, along, line: row.line });
            let may = |bit, column| match &*row.get(column) {
                b"1" => 0,
                b"2" | b"3" => bit | ON_REQUEST,
                _ => bit,
            };
            flags.push(may(BOARD, at[5]) | may(ALIGHT, at[6]));
            Ok(())
        })?;
        Ok((rows, flags))
    }
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
    fn add(&mut self, reading: &mut Reading, trip: Trip, frequencies: &[Frequency]) {
        if frequencies.is_empty() {
            reading.gathering.add(trip.service, trip.line, &self.stops, &self.calls);
            return;
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
                leaves += frequency.headway;
            }
        }
    }
}
