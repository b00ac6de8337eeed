//! Trips on demand (GTFS-Flex), as adopted and as the drafts before spelt them: where they come, how they are booked, and each of
//! them put together. One that can't be understood is left out whole.

use super::said::{Defect, Told};
use super::trips::{CALLS, MOST_CALLS, Trip};
use super::zones::{ZONES, Zones};
use super::{Feed, Ids, Reading, Row, Stop, value};
use crate::territory::Booking;
use crate::travel::timetable::flex::{FlexCall, FlexPlace, FlexTrip};
use crate::travel::timetable::pattern::{ALIGHT, BOARD};
use crate::units::{ClockTime, Seconds};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

pub(super) const GROUPS: &str = "location_groups.txt";
pub(super) const MEMBERS: &str = "location_group_stops.txt";
pub(super) const RULES: &str = "booking_rules.txt";
/// Most rows of each of these files, and most rows of trips on demand.
const MOST_ROWS: usize = 1_000_000;
/// Most minutes, and days, that a ride has to be booked before: a year.
const MOST_MINUTES: u32 = 366 * 1_440;

/// Columns of `stop_times.txt`; the windows in both spellings.
pub(super) const COLUMNS: [&str; 8] = [
    "location_id",
    "location_group_id",
    "start_pickup_drop_off_window",
    "end_pickup_drop_off_window",
    "start_pickup_dropoff_window",
    "end_pickup_dropoff_window",
    "pickup_booking_rule_id",
    "drop_off_booking_rule_id",
];

/// What is known of each trip on demand, by its number in the feed, with the line of its first row.
pub(super) type Booked = BTreeMap<u32, (u32, Vec<Result<Visit, Defect>>)>;

/// To get on, to get off; or why that is not known.
type Bookings = [Result<Booking, Defect>; 2];

/// Where the trips on demand of a feed come, and how they are booked.
#[derive(Default)]
pub(super) struct OnDemand {
    zones: Zones,
    groups: HashMap<Box<[u8]>, FlexPlace>,
    /// By id; nothing where the rule can't be understood.
    rules: HashMap<Box<[u8]>, Option<Booking>>,
    trips: Booked,
    /// Of rows at fixed times, whose trips may turn out to be on demand: trip, sequence, and how they are booked.
    bookings: Vec<(u32, u32, Bookings)>,
    rows: usize,
}

/// A row of a trip on demand.
#[derive(Clone)]
pub(super) struct Visit {
    pub(super) sequence: u32,
    pub(super) place: FlexPlace,
    pub(super) from: u32,
    pub(super) to: u32,
    /// What may be done there, as patterns have it.
    pub(super) may: u32,
    /// To get on, to get off.
    pub(super) bookings: [Booking; 2],
}

/// Members of a group, while they are read.
#[derive(Default)]
struct Members {
    stops: Vec<u32>,
    zones: Vec<Arc<geo::MultiPolygon<f64>>>,
}

impl Feed<'_> {
    /// Everything about trips on demand besides the trips.
    pub(super) fn on_demand(&mut self, stops: &Ids, services: &Ids) -> Result<OnDemand, Stop> {
        let zones = self.zones()?;
        let groups = self.groups(stops, &zones)?;
        let rules = self.rules(services)?;
        Ok(OnDemand { zones, groups, rules, ..OnDemand::default() })
    }

    /// Groups: in the draft their members are rows of the groups' own file, and may be zones.
    fn groups(&mut self, stops: &Ids, zones: &Zones) -> Result<HashMap<Box<[u8]>, FlexPlace>, Stop> {
        let mut groups: HashMap<Box<[u8]>, Members> = HashMap::new();
        let mut count = 0;
        for (file, columns) in [
            (GROUPS, ["location_group_id", "location_id", "location_group_name"]),
            (MEMBERS, ["location_group_id", "stop_id", ""]),
        ] {
            self.each_row(file, &columns, |_, told, row, at| {
                count += 1;
                if count > MOST_ROWS {
                    return Err(Stop::TooMany);
                }
                let member = row.get(at[1]);
                if member.is_empty() {
                    return Ok(());
                }
                let group = groups.entry((&*row.get(at[0])).into()).or_default();
                match (stops.get(&*member), zones.get(&*member)) {
                    (Some(&stop), _) => group.stops.push(stop),
                    (None, Some(zone)) => group.zones.push(Arc::clone(zone)),
                    (None, None) => told.say(Defect::UnknownStop, file, Some(row.line), &member),
                }
                Ok(())
            })?;
        }
        let mut places = HashMap::new();
        for (id, members) in groups {
            let (place, whole) = members.place();
            if !whole {
                self.told.say(Defect::HalfGroup, GROUPS, None, b"");
            }
            places.extend(place.map(|place| (id, place)));
        }
        Ok(places)
    }

    fn rules(&mut self, services: &Ids) -> Result<HashMap<Box<[u8]>, Option<Booking>>, Stop> {
        let columns = [
            "booking_rule_id",
            "booking_type",
            "prior_notice_duration_min",
            "prior_notice_last_day",
            "prior_notice_last_time",
            "prior_notice_service_id",
        ];
        let working = working(self.reading);
        let mut rules = HashMap::new();
        self.each_row(RULES, &columns, |_, told, row, at| {
            let id = row.get(at[0]);
            if rules.contains_key(&*id) {
                told.say(Defect::TwoOfOneId, RULES, Some(row.line), &id);
                return Ok(());
            }
            if rules.len() == MOST_ROWS {
                return Err(Stop::TooMany);
            }
            let days = row.get(at[5]);
            let is_working = services.get(&*days).is_some_and(|service| working.contains(service));
            let rule = rule(row, at, is_working);
            if rule.is_none() {
                told.say(Defect::BadRow, RULES, Some(row.line), &id);
            } else if !days.is_empty() && !is_working {
                told.say(Defect::PlainDays, RULES, Some(row.line), &id);
            }
            rules.insert((&*id).into(), rule);
            Ok(())
        })?;
        Ok(rules)
    }
}

impl Members {
    /// The place, if there is any, and whether nothing of the group is left out.
    fn place(mut self) -> (Option<FlexPlace>, bool) {
        self.stops.sort_unstable();
        self.stops.dedup();
        let zone = self.zones.first().cloned();
        if self.stops.is_empty() {
            // Several zones would have to be copied for each group.
            let same =
                self.zones.iter().all(|other| zone.as_ref().is_some_and(|zone| Arc::ptr_eq(zone, other)));
            return (zone.map(FlexPlace::Zone), same);
        }
        (Some(FlexPlace::Stops(self.stops.into())), zone.is_none())
    }
}

/// Services that run from Monday to Friday, and only then.
fn working(reading: &Reading) -> HashSet<u32> {
    let is_working = |days: &[bool; 7]| *days == [true, true, true, true, true, false, false];
    let (yes, no): (Vec<_>, Vec<_>) = reading.weekly.iter().partition(|weekly| is_working(&weekly.days));
    let no: HashSet<u32> = no.iter().map(|weekly| weekly.service).collect();
    yes.iter().map(|weekly| weekly.service).filter(|service| !no.contains(service)).collect()
}

/// Until when one books by a rule; `None` when it can't be understood.
fn rule(row: &Row<'_>, at: &[Option<u32>], working: bool) -> Option<Booking> {
    match &*row.get(at[1]) {
        b"0" => Some(Booking::None),
        b"1" => {
            let minutes = value::number(&row.get(at[2])).filter(|&minutes| minutes <= MOST_MINUTES)?;
            Some(Booking::Ahead(Seconds::from_minutes(minutes)))
        }
        b"2" => {
            let days = u8::try_from(value::number(&row.get(at[3]))?).ok()?;
            let until = ClockTime::MIDNIGHT.later(Seconds::new(value::time(&row.get(at[4]))?))?;
            Some(Booking::DaysBefore { days, until, working })
        }
        _ => None,
    }
}

/// A row of `stop_times.txt`, as far as it is understood before one knows whether its trip is on demand.
pub(super) struct Visiting<'r> {
    pub(super) row: &'r Row<'r>,
    /// Those of [`COLUMNS`].
    pub(super) at: &'r [Option<u32>],
    pub(super) trip: u32,
    pub(super) stop: &'r [u8],
    pub(super) sequence: Option<u32>,
    pub(super) may: u32,
    /// Whether it has a time besides.
    pub(super) is_timed: bool,
}

impl OnDemand {
    /// Keeps the row if its trip is on demand by it; whether it is.
    pub(super) fn take(
        &mut self,
        visiting: &Visiting<'_>,
        stops: &Ids,
        told: &mut Told,
    ) -> Result<bool, Stop> {
        let Visiting { row, at, trip, sequence, .. } = *visiting;
        let has = |columns: &[Option<u32>]| columns.iter().any(|&column| !row.get(column).is_empty());
        let is_on_demand = has(&at[..6]);
        if !is_on_demand && !has(&at[6..]) {
            return Ok(false);
        }
        self.rows += usize::from(is_on_demand);
        if self.rows > MOST_ROWS || self.bookings.len() >= MOST_CALLS {
            return Err(Stop::TooMany);
        }
        let bookings = [(BOARD, at[6]), (ALIGHT, at[7])].map(|(may, column)| {
            let id = row.get(column);
            match self.rules.get(&*id) {
                // Nobody books what nobody may do.
                _ if visiting.may & may == 0 => Ok(Booking::None),
                Some(&rule) => rule.ok_or(Defect::NoSuchRule),
                None if id.is_empty() => {
                    if is_on_demand {
                        told.say(Defect::NoRule, CALLS, Some(row.line), b"");
                    }
                    Ok(Booking::None)
                }
                None => Err(Defect::NoSuchRule),
            }
        });
        if is_on_demand {
            let visit = self.visit(visiting, bookings, stops);
            self.trips.entry(trip).or_insert_with(|| (row.line, Vec::new())).1.push(visit);
        } else if let Some(sequence) = sequence {
            self.bookings.push((trip, sequence, bookings));
        }
        Ok(is_on_demand)
    }

    fn visit(
        &self,
        visiting: &Visiting<'_>,
        [board, alight]: Bookings,
        stops: &Ids,
    ) -> Result<Visit, Defect> {
        let Visiting { row, at, sequence, may, is_timed, .. } = *visiting;
        let time = |adopted: usize, draft: usize| {
            let told = row.get(at[adopted]);
            value::time(&if told.is_empty() { row.get(at[draft]) } else { told })
        };
        let (Some(from), Some(to), Some(sequence), false) = (time(2, 4), time(3, 5), sequence, is_timed)
        else {
            return Err(Defect::BadWindow);
        };
        if from > to {
            return Err(Defect::BadWindow);
        }
        let place = self.place(row, at, visiting.stop, stops).ok_or(Defect::NoSuchPlace)?;
        Ok(Visit { sequence, place, from, to, may, bookings: [board?, alight?] })
    }

    /// In the draft the stop may be a group or a zone.
    fn place(&self, row: &Row<'_>, at: &[Option<u32>], stop: &[u8], stops: &Ids) -> Option<FlexPlace> {
        let zone = |id: &[u8]| self.zones.get(id).map(|zone| FlexPlace::Zone(Arc::clone(zone)));
        let group = |id: &[u8]| self.groups.get(id).cloned();
        let (location, located_group) = (row.get(at[0]), row.get(at[1]));
        if !located_group.is_empty() {
            return group(&located_group);
        }
        if !location.is_empty() {
            return zone(&location);
        }
        let fixed = stops.get(stop).map(|&stop| FlexPlace::Stops([stop].into()));
        fixed.or_else(|| group(stop)).or_else(|| zone(stop))
    }

    /// The trips on demand.
    pub(super) fn trips(&mut self) -> Booked {
        let trips = std::mem::take(&mut self.trips);
        self.bookings.retain(|(trip, ..)| trips.contains_key(trip));
        self.bookings.sort_by_key(|&(trip, sequence, _)| (trip, sequence));
        trips
    }

    /// How a row at a fixed time of a trip on demand is booked.
    pub(super) fn bookings(&self, trip: u32, sequence: u32) -> Result<[Booking; 2], Defect> {
        let at =
            self.bookings.binary_search_by_key(&(trip, sequence), |&(trip, sequence, _)| (trip, sequence));
        match at.map(|at| self.bookings[at].2) {
            Ok([board, alight]) => Ok([board?, alight?]),
            Err(_) => Ok([Booking::None; 2]),
        }
    }
}

/// A trip on demand from its rows.
pub(super) fn trip(trip: Trip, rows: Vec<Result<Visit, Defect>>) -> Result<FlexTrip, Defect> {
    let mut visits = rows.into_iter().collect::<Result<Vec<Visit>, Defect>>()?;
    visits.sort_by_key(|visit| visit.sequence);
    if visits.windows(2).any(|pair| pair[0].sequence == pair[1].sequence) {
        return Err(Defect::TwiceAtOnce);
    }
    // A trip of the draft has one row for a place that it rides about in.
    if let [only] = visits.as_slice() {
        if matches!(&only.place, FlexPlace::Stops(stops) if stops.len() < 2) {
            return Err(Defect::OneStop);
        }
        visits.push(only.clone());
    }
    let calls = calls(&visits);
    let boards = calls.iter().position(|call| call.board);
    let alights = calls.iter().rposition(|call| call.alight);
    if boards.is_none_or(|boards| alights.is_none_or(|alights| alights < boards)) {
        return Err(Defect::NobodyRides);
    }
    Ok(FlexTrip { line: trip.line, service: trip.service, calls, lasts: trip.lasts })
}

/// Where one gets off, then where one gets on: each has its own booking, and nobody rides within one row.
fn calls(visits: &[Visit]) -> Vec<FlexCall> {
    let mut calls = Vec::with_capacity(2 * visits.len());
    for (at, visit) in visits.iter().enumerate() {
        let call = |board: bool| FlexCall {
            place: visit.place.clone(),
            from: visit.from,
            to: visit.to,
            board,
            alight: !board,
            booking: visit.bookings[usize::from(!board)],
        };
        calls.extend((at > 0 && visit.may & ALIGHT != 0).then(|| call(false)));
        calls.extend((at + 1 < visits.len() && visit.may & BOARD != 0).then(|| call(true)));
    }
    calls
}

/// Files of trips on demand, none of which a feed must have.
pub(super) const FILES: [&str; 4] = [RULES, GROUPS, MEMBERS, ZONES];

#[cfg(test)]
#[allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::control::Control;
    use crate::travel::timetable::gtfs::Gtfs;
    use crate::travel::timetable::{Timetable, TimetableOptions};
    use std::path::Path;

    fn opened(feed: &Gtfs) -> Timetable {
        let folder = tempfile::tempdir().expect("a folder");
        feed.write(folder.path());
        open(folder.path())
    }

    fn open(path: &Path) -> Timetable {
        Timetable::open(&[path], &TimetableOptions::default(), &Control::none()).expect("a feed")
    }

    /// A trip in words: its line and service, then each call with its place, its window, what one may do and how one books.
    fn told(timetable: &Timetable, trip: &FlexTrip) -> String {
        let call = |call: &FlexCall| {
            let stop = |stop: &u32| timetable.stops[*stop as usize].id.to_string();
            let place = match &call.place {
                FlexPlace::Stops(stops) => stops.iter().map(stop).collect::<Vec<_>>().join("+"),
                FlexPlace::Zone(zone) => {
                    format!("zone of {}", zone.0.iter().map(|p| p.exterior().0.len() - 1).sum::<usize>())
                }
            };
            let does = if call.board { "on" } else { "off" };
            let booking = match call.booking {
                Booking::None => "any".to_owned(),
                Booking::Ahead(by) => format!("{} s", by.get()),
                Booking::DaysBefore { days, until, working } => {
                    format!(
                        "{days} {} {}",
                        if working { "working" } else { "plain" },
                        until.seconds() / 3_600
                    )
                }
            };
            format!("{does} {place} {}-{} {booking}", call.from / 60, call.to / 60)
        };
        let calls: Vec<String> = trip.calls.iter().map(call).collect();
        format!("{}: {}", timetable.lines[trip.line as usize].name, calls.join(", "))
    }

    fn all(timetable: &Timetable) -> Vec<String> {
        timetable.on_demand.iter().map(|trip| told(timetable, trip)).collect()
    }

    fn codes(timetable: &Timetable) -> Vec<String> {
        let place = |f: &crate::finding::Finding| {
            let file = f.source.file.as_deref().and_then(|file| file.rsplit('/').next()).unwrap_or("-");
            format!("{} {file}:{}", f.code.as_str(), f.source.line.unwrap_or(0))
        };
        timetable.findings().iter().map(place).collect()
    }

    #[test]
    fn the_adopted_spelling_by_hand() {
        let timetable = opened(&Gtfs::on_demand());
        assert_eq!(
            all(&timetable),
            [
                "7: on a+c 480-600 3600 s, off a+c 480-600 3600 s",
                "7: on zone of 3 540-720 1 plain 17, off zone of 4 570-750 2 working 12",
                "7: on a 600-602 3600 s, off zone of 3 610-650 1 plain 17, on zone of 3 610-650 any, off c 660-660 any",
                "7: on b 840-900 any, off c 850-910 any",
            ]
        );
        assert_eq!((timetable.trips(), timetable.on_demand()), (2, 4));
        // The rule that counts a week of six days, the last call that names no rule, and the four that are read.
        assert_eq!(
            codes(&timetable),
            ["M607 booking_rules.txt:6", "M611 stop_times.txt:8", "M607 stop_times.txt:16"]
        );
    }

    #[test]
    fn the_draft_spelling_by_hand() {
        let columns = "start_pickup_dropoff_window,end_pickup_dropoff_window,pickup_type,drop_off_type,pickup_booking_rule_id,drop_off_booking_rule_id";
        let rows =
            "about,1,g,,,17:30:00,22:00:00,2,2,hour,hour\nalone,1,b,,,17:30:00,22:00:00,2,2,hour,hour\n";
        let feed = Gtfs::small()
            .with_trips("about,r,w\nalone,r,w\n", columns, rows)
            .and(
                "location_groups.txt",
                "location_group_id,location_id,location_group_name\ng,b,Area\ng,a,\ng,gone,\n",
            )
            .and("booking_rules.txt", "booking_rule_id,booking_type,prior_notice_duration_min\nhour,1,60\n");
        let timetable = opened(&feed);
        assert_eq!(all(&timetable), ["7: on a+b 1050-1320 3600 s, off a+b 1050-1320 3600 s"]);
        assert_eq!(
            codes(&timetable),
            ["M602 location_groups.txt:4", "M611 stop_times.txt:8", "M603 stop_times.txt:9"]
        );
    }

    #[test]
    fn what_cannot_be_understood_costs_its_own_trip() {
        let read = |feed: Gtfs| {
            let timetable = opened(&feed);
            assert_eq!(timetable.trips(), 2);
            let own = codes(&timetable)
                .into_iter()
                .filter(|code| !code.starts_with("M607") && !code.starts_with("M611"));
            (timetable.on_demand(), own.collect::<Vec<_>>().join(" "))
        };
        let times = "stop_times.txt";
        let told = |read: usize, codes: &str| (read, codes.to_owned());
        assert_eq!(read(Gtfs::on_demand()), told(4, ""));
        assert_eq!(
            read(Gtfs::on_demand().with(times, "g,,08:00:00,10:00:00,2", "g,,08:00:00,,2")),
            told(3, "M603 stop_times.txt:8")
        );
        assert_eq!(
            read(Gtfs::on_demand().with(times, "08:00:00,10:00:00,1", "08:00:00,07:00:00,1")),
            told(3, "M603 stop_times.txt:8")
        );
        assert_eq!(
            read(Gtfs::on_demand().with(times, "group,2,,,,g", "group,2,,,,empty")),
            told(3, "M603 stop_times.txt:8")
        );
        assert_eq!(
            read(Gtfs::on_demand().with(times, "group,2,,,,g", "group,1,,,,g")),
            told(3, "M603 stop_times.txt:8")
        );
        assert_eq!(
            read(Gtfs::on_demand().with(times, "group,2,,,,g", "group,x,,,,g")),
            told(3, "M603 stop_times.txt:8")
        );
        assert_eq!(
            read(Gtfs::on_demand().with(times, "zones,2,,", "zones,2,,09:40:00")),
            told(3, "M603 stop_times.txt:10")
        );
        assert_eq!(
            read(Gtfs::on_demand().with(times, "1,2,,workday", "1,2,,nobody")),
            told(3, "M603 stop_times.txt:10")
        );
        assert_eq!(
            read(Gtfs::on_demand().with(times, "1,2,,workday", "1,1,,workday")),
            told(3, "M603 stop_times.txt:10")
        );
        assert_eq!(
            read(Gtfs::on_demand().with("booking_rules.txt", "workday,2,,2,", "workday,2,,,")),
            told(3, "M602 booking_rules.txt:5 M603 stop_times.txt:10")
        );
        // The second zone is broken: the first is there all the same.
        let zones = "locations.geojson";
        let own = told(3, "M602 locations.geojson:3 M603 stop_times.txt:10");
        assert_eq!(read(Gtfs::on_demand().with(zones, "\"id\": \"y\", ", "")), own);
        assert_eq!(read(Gtfs::on_demand().with(zones, "MultiPolygon", "LineString")), own);
        assert_eq!(
            read(Gtfs::on_demand().with(zones, "[0.3, 47.2], [0.1, 47.2]", "[0.3], [0.1, 47.2]")),
            own
        );
        assert_eq!(
            read(Gtfs::on_demand().with(zones, "[0.3, 47.2], [0.1, 47.2]", "[0.3, 4720], [0.1, 47.2]")),
            own
        );
        assert_eq!(
            read(Gtfs::on_demand().with(zones, "}}\n]}", "}}")),
            told(2, "M602 locations.geojson:3 M603 stop_times.txt:10")
        );
    }

    #[test]
    fn a_trip_that_is_booked_tells_how_long_it_may_take() {
        let lasts = |factor: &str, offset: &str| {
            let feed = Gtfs::on_demand()
                .with(
                    "trips.txt",
                    "trip_id,route_id,service_id",
                    "trip_id,route_id,service_id,safe_duration_factor,safe_duration_offset",
                )
                .with("trips.txt", "group,r,w", &format!("group,r,w,{factor},{offset}"));
            let timetable = opened(&feed);
            (timetable.on_demand[0].lasts, codes(&timetable).iter().any(|code| code == "M607 trips.txt:4"))
        };
        assert_eq!(lasts("1.5", "600"), (Some((150, 600)), false));
        assert_eq!(lasts("", "90.4"), (Some((100, 90)), false));
        assert_eq!(lasts("", ""), (None, false));
        assert_eq!(lasts("-1", "600"), (None, true));
    }

    #[test]
    fn a_real_feed_of_five_lines() {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/timetables/bbnavi-flex-2023.zip");
        if !path.exists() {
            return println!("skipped: no data");
        }
        let timetable = open(&path);
        assert_eq!((timetable.lines.len(), timetable.trips(), timetable.on_demand()), (5, 0, 8));
        for trip in &timetable.on_demand {
            assert_eq!(trip.calls.len(), 2);
            for call in &trip.calls {
                assert_eq!(call.booking, Booking::Ahead(Seconds::from_minutes(60)));
                assert!(matches!(&call.place, FlexPlace::Stops(stops) if stops.len() > 10), "{call:?}");
            }
        }
        let first = &timetable.on_demand[0].calls[0];
        assert_eq!((first.from, first.to), (17 * 3_600 + 1_800, 22 * 3_600));
    }
}
