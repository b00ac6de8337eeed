//! A territory that rides by timetable: bicycles, mopeds and lifts to a stop, transport on demand, and what if a trip
//! were another.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[cfg(feature = "roads")]
#[path = "common/pbf.rs"]
mod pbf;

#[path = "../benches/common/draw.rs"]
mod draw;
#[path = "common/gtfs.rs"]
#[allow(dead_code, reason = "other tests need the rest")]
mod gtfs;

use draw::Draw;
use gtfs::Gtfs;
use jiff::civil::{Date, date};
use maillage::finding::Lang;
use maillage::groups::Limits;
use maillage::plan::Plan;
use maillage::questions::{Holding, Shared, bus_that_would_help, holding};
use maillage::reach::{Attendance, Dates, DayAccess, Reason, RoundTrip};
use maillage::study::{Outcome, Study};
use maillage::territory::{
    Chance, Changes, Edit, Mode, NewStop, NewTrip, RoadId, Territory, TransitChanges, TripAt, TripChange,
    Way, Weekdays,
};
use maillage::travel::{
    Cell, Column, ColumnKey, Journey, Query, Session, Stale, TimetableTravel, TravelProvider, TravelTimes,
    Trip, When,
};
use maillage::units::{ClockTime, OptionId, PlaceId, Position, Seconds};
use maillage::{Control, Error, read, report};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::{Arc, Mutex};

/// A territory's files: who lives three kilometres from the stop A, a site at the stop C, a programme on three Tuesdays.
#[derive(Clone)]
struct Files {
    texts: BTreeMap<&'static str, String>,
    feed: Gtfs,
    roads: Option<Vec<u8>>,
}

impl Files {
    fn new(feed: Gtfs) -> Self {
        let mut texts = BTreeMap::new();
        let mut file = |name, text: &str| _ = texts.insert(name, text.to_owned());
        file("territory.toml", "schema = 1\nname = \"Ligne\"\n[defaults]\nlimit_min = 63\n");
        file(
            "communes.csv",
            "insee_code,name,population,lon,lat\n37901,Ferme,90,0.24,47.00\n37902,Bourg,400,0.20,47.10\n",
        );
        file("sites.csv", "id,name,insee_code,rooms,slots\nc,Bourg,37902,1,*\n");
        file(
            "programmes.toml",
            "[[programme]]\nid = \"p\"\nmin = 1\ntarget = 2\nmax = 4\nhalf_days = 1\nslots = [\"mar-am\"]\nweeks = 3\nstart = \"2025-03-03\"\n",
        );
        file("calendar.csv", "kind,name,start,end,site\nholiday,hiver,2025-03-10,2025-03-14,\n");
        file("youths.csv", "id,place,birth,vehicles,lifts,programmes\n");
        Self { texts, feed, roads: None }
    }

    fn with(mut self, name: &'static str, more: &str) -> Self {
        self.texts.entry(name).or_default().push_str(more);
        self
    }

    fn open(&self) -> (Territory, Arc<TimetableTravel>, Vec<Arc<dyn TravelProvider>>) {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in &self.texts {
            fs::write(folder.path().join(name), text).expect("written");
        }
        if let Some(roads) = &self.roads {
            fs::write(folder.path().join("roads.osm.pbf"), roads).expect("written");
        }
        if !self.feed.0.is_empty() {
            self.feed.write(&folder.path().join("timetable"));
        }
        let opened =
            read::territory(folder.path(), &Control::none()).unwrap_or_else(|error| panic!("{error}"));
        let provider = Arc::clone(opened.timetable.as_ref().expect("a timetable"));
        (opened.territory.clone(), provider, opened.providers())
    }

    fn study(&self) -> Study {
        let (territory, _, providers) = self.open();
        Study::new(territory, providers, &Control::none()).expect("a study")
    }
}

/// One youth at the farm with these vehicles and lifts.
fn at_the_farm(vehicles: &str, lifts: &str) -> Files {
    Files::new(Gtfs::small()).with("youths.csv", &format!("y,37901,2004-05,{vehicles},{lifts},p\n"))
}

fn attends(study: &Study, youth: &str) -> Result<Attendance, Vec<Reason>> {
    let territory = study.territory();
    let youth = territory.youths().find_str(youth).expect("a youth");
    let programme = territory.programmes().find_str("p").expect("a programme");
    let option: OptionId = study.reach().options_of(programme).next().expect("an option");
    let limit = territory.limit_of(programme);
    study.reach().attend(territory, youth, option, limit).map_err(|reasons| reasons.iter().collect())
}

/// The modes and minutes of who attends, the plan verified by code that shares nothing with the reach.
fn trip(files: &Files) -> Result<(Mode, u32, Mode, u32), Vec<Reason>> {
    let mut study = files.study();
    let Ok(Outcome::Plan(plan)) = study.plan(&Limits::default(), &Control::none()) else { panic!("no plan") };
    plan.check(study.territory(), study.times()).expect("verified");
    let found = attends(&study, "y")?;
    assert_eq!(plan.groups.len(), 1);
    let trip = found.trip.expect("a trip");
    Ok((trip.mode_to, trip.to.get(), trip.mode_back, trip.back.get()))
}

// From the farm to the stop A: 3,033 m as the crow flies, 3,943 with the detour. By bicycle at 14 km/h 1,014 s, two minutes to lock
// it; driven at 45 km/h 315.4 s and five minutes, two minutes to get out; on demand at 35 km/h 405.7 s and a
// quarter of an hour.
const RIDE: u32 = 40 * 60;
const BIKE: u32 = 1_014 + 120;
const LIFT: u32 = 316 + 300 + 120;
const CALLED: u32 = 406 + 900;

#[test]
fn a_bicycle_leads_to_the_bus_and_waits_for_the_way_back() {
    let by_bike = Ok((Mode::BikeBus, RIDE + BIKE, Mode::BikeBus, RIDE + BIKE));
    assert_eq!(trip(&at_the_farm("velo", "")), by_bike);
    // It is away from 7:41 until 13:09: so long it has to be free.
    assert_eq!(trip(&at_the_farm("velo mar 7h41-13h09", "")), by_bike);
    for hours in ["velo mar 7h42-13h09", "velo mar 7h41-13h08", "velo lun 7h-14h"] {
        // All the way it is 64 minutes.
        assert!(trip(&at_the_farm(hours, "")).is_err(), "{hours}");
    }
    // A moped needs its licence.
    assert!(trip(&at_the_farm("cyclomoteur", "")).is_err());
}

#[test]
fn a_lift_to_the_stop_needs_the_driver_until_there_only() {
    // B, at which one would board later, is 16 minutes away.
    let driven =
        |lifts| trip(&at_the_farm("", lifts).with("territory.toml", "[timetables]\nride_max_min = 15\n"));
    let lifts = "aller mar 7h30-8h10 ; retour mar 12h45-13h10";
    let by_lift = Ok((Mode::LiftBus, RIDE + LIFT, Mode::LiftBus, RIDE + LIFT));
    assert_eq!(driven(lifts), by_lift);
    // The driver is back at work at 8:00, before the bus has come: 13 minutes, from 7:47:44.
    assert!(driven("aller mar 7h30-8h ; retour mar 12h45-13h10").is_err());
    // Out only: no way back.
    assert_eq!(driven("aller mar 7h30-8h10").err(), Some(vec![Reason::NoWayBack]));
}

const ZONE: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"zone":"sud"},"geometry":{"type":"Polygon","coordinates":[[[0.19,46.99],[0.25,46.99],[0.25,47.01],[0.19,47.01],[0.19,46.99]]]}}]}"#;

fn on_demand(row: &str) -> Files {
    at_the_farm("", "")
        .with("zones.geojson", ZONE)
        .with("on_demand.csv", "id,name,zone,communes,days,from,to,holidays,booking\n")
        .with("on_demand.csv", row)
}

#[test]
fn transport_on_demand_leads_to_the_bus_within_its_hours() {
    let called = Ok((Mode::OnDemand, RIDE + CALLED, Mode::OnDemand, RIDE + CALLED));
    let all_day = "sud,Sud,sud,,mar,7:00,19:00,oui,veille 17:00\n";
    assert_eq!(trip(&on_demand(all_day)), called);
    // Out from 7:38 on, home by 13:12.
    assert_eq!(trip(&on_demand("sud,Sud,sud,,mar,7:38,13:12,oui,\n")), called);
    assert!(trip(&on_demand("sud,Sud,sud,,mar,7:39,13:12,oui,\n")).is_err());
    assert_eq!(trip(&on_demand("sud,Sud,sud,,mar,7:38,13:11,oui,\n")).err(), Some(vec![Reason::NoWayBack]));
    // Not in the holidays: one of three Tuesdays fails, and all are needed.
    let in_term = trip(&on_demand("sud,Sud,sud,,mar,7:00,19:00,non,\n"));
    assert!(in_term.expect_err("not always").contains(&Reason::NotInHolidays));

    let (territory, provider, _) = on_demand(all_day).open();
    let journey = |way| {
        let key = key(&territory, way, Mode::OnDemand, date(2025, 3, 4));
        provider.transit_journey(&territory, PlaceId::from_index(0), key).expect("a journey")
    };
    let booked = |way| {
        journey(way).bookings().map(|ride| (ride.name.to_string(), ride.book_before)).collect::<Vec<_>>()
    };
    let eve = Some(date(2025, 3, 3).at(17, 0, 0, 0));
    assert_eq!(booked(Way::To), [("Sud".to_owned(), eve)]);
    assert_eq!(booked(Way::Back), [("Sud".to_owned(), eve)]);
    assert_eq!(journey(Way::To).depart.to_string(), "07:38:14");
    assert_eq!(journey(Way::Back).arrive.to_string(), "13:11:46");
}

#[test]
fn transport_on_demand_leads_from_door_to_door_without_any_timetable() {
    let mut files = on_demand("tout,Tout,,Ferme|Bourg,mar,8:00,12:30,oui,2 h\n");
    files.feed.0.clear();
    // 11,525 m as the crow flies, 14,983 on the way: 1,541.1 s and a quarter of an hour.
    let took = 1_542 + 900;
    assert_eq!(trip(&files).err(), Some(vec![Reason::NoWayBack]), "12:00 and 41 minutes is too late");
    files.texts.get_mut("on_demand.csv").unwrap().clear();
    let files = files.with("on_demand.csv", "id,communes,days,from,to\ntout,Ferme|Bourg,mar,8:00,13:00\n");
    assert_eq!(trip(&files), Ok((Mode::OnDemand, took, Mode::OnDemand, took)));
}

#[test]
fn a_feed_s_trip_on_demand_leads_to_its_bus() {
    let mut files = at_the_farm("", "");
    let zone =
        ZONE.replace(r#""type":"Feature","properties""#, r#""type":"Feature","id":"sud","properties""#);
    files.feed.set("locations.geojson", &zone);
    files.feed.set("booking_rules.txt", "booking_rule_id,booking_type,prior_notice_duration_min\nb,1,90\n");
    let stop_times = "stop_times.txt";
    let text = String::from_utf8(files.feed.0[stop_times].clone()).unwrap();
    let header = "trip_id,stop_sequence,stop_id,arrival_time,departure_time";
    let more = "location_id,start_pickup_drop_off_window,end_pickup_drop_off_window,pickup_type,drop_off_type,pickup_booking_rule_id";
    let rows: String = text.lines().skip(1).map(|row| format!("{row},,,,0,0,\n")).collect();
    let flex = "flex,1,,,,sud,07:00:00,19:00:00,2,1,b\nflex,2,,,,sud,07:00:00,19:00:00,1,2,b\n";
    files.feed.set(stop_times, &format!("{header},{more}\n{rows}{flex}"));
    files.feed = files.feed.and("trips.txt", "flex,r,w\n");
    assert_eq!(trip(&files), Ok((Mode::OnDemand, RIDE + CALLED, Mode::OnDemand, RIDE + CALLED)));
    let (territory, provider, _) = files.open();
    let key = key(&territory, Way::To, Mode::OnDemand, date(2025, 3, 4));
    let journey = provider.transit_journey(&territory, PlaceId::from_index(0), key).expect("a journey");
    let before: Vec<_> = journey.bookings().map(|ride| ride.book_before).collect();
    assert_eq!(before, [Some(date(2025, 3, 4).at(6, 8, 14, 0))]);
}

#[test]
#[cfg(feature = "roads")]
fn one_comes_to_a_stop_by_road_where_there_are_roads() {
    // From the farm to the stop A round by the south: 4.4 km more than straight, and the only road.
    let map = pbf::Drawing::default()
        .node(1, 0.24, 47.0)
        .node(2, 0.24, 46.99)
        .node(3, 0.20, 46.99)
        .node(4, 0.20, 47.0)
        .node(5, 0.20, 47.1)
        .node(6, 0.21, 47.1)
        .way(7, &[1, 2, 3, 4], &[("highway", "tertiary")])
        .way(8, &[5, 6], &[("highway", "tertiary")]);
    let mut files = at_the_farm("velo", "");
    let straight = trip(&files).expect("attends").1;
    files.roads = Some(map.bytes());
    let (mode, by_road, ..) = trip(&files).expect("attends");
    assert_eq!(mode, Mode::BikeBus);
    // 5,258 m at 18 km/h, where 3,943 m were counted at 14.
    assert!((1_045..=1_060).contains(&(by_road - RIDE - 120)), "{by_road}, straight {straight}");
    let mut study = files.study();
    study.apply(&[Edit::CloseRoad(RoadId::new(7))], &Control::none()).expect("an edit");
    assert!(attends(&study, "y").is_err());
    study.apply(&[Edit::OpenRoad(RoadId::new(7))], &Control::none()).expect("an edit");
    assert_eq!(cells(study.times()), cells(files.study().times()));
}

#[test]
fn a_longest_wait_at_the_site_is_a_rule() {
    let at_most = |minutes: u32| {
        trip(
            &at_the_farm("velo", "")
                .with("territory.toml", &format!("[timetables]\nwait_at_site_max_min = {minutes}\n")),
        )
    };
    // 20 minutes before the stay, 10 after it.
    assert!(at_most(20).is_ok());
    assert_eq!(at_most(19).err(), Some(vec![Reason::TooFar]));
}

fn key(territory: &Territory, way: Way, mode: Mode, on: Date) -> ColumnKey {
    let query = Query::of(territory);
    let (&site, sessions) = query.sites.iter().next().expect("a site");
    let session = *sessions.iter().find(|session| session.date == on).expect("a session");
    ColumnKey { site, way, mode, when: When::Session(session) }
}

fn cells(times: &TravelTimes) -> Vec<(ColumnKey, Vec<Cell>)> {
    times.columns().map(|column| (column.key, column.cells.to_vec())).collect()
}

fn trips(line: &str, stop: &str, at: &str) -> TripAt {
    TripAt { line: line.into(), stop: stop.into(), at: ClockTime::parse(at).expect("a time") }
}

fn earlier(minutes: i16) -> Edit {
    Edit::ChangeTrips(TripChange::Move { trips: trips("7", "A", "8:00"), minutes: -minutes })
}

#[test]
fn a_trip_that_is_moved_is_as_one_that_was_published_so() {
    let files = at_the_farm("velo", "");
    let mut study = files.study();
    study.apply(&[earlier(12)], &Control::none()).expect("an edit");
    let mut published = files.clone();
    for (was, is) in [
        ("08:00:00", "07:48:00"),
        ("08:20:00", "08:08:00"),
        ("08:21:00", "08:09:00"),
        ("08:40:00", "08:28:00"),
    ] {
        published.feed = published.feed.with("stop_times.txt", was, is);
    }
    assert_eq!(cells(study.times()), cells(published.study().times()));
    let back = Edit::SetTransit(TransitChanges::default());
    study.apply(&[back], &Control::none()).expect("an edit");
    assert_eq!(cells(study.times()), cells(files.study().times()));
}

#[test]
fn trips_are_removed_added_and_extended() {
    let mut study = at_the_farm("velo", "").study();
    let mut now = |edit: Edit| {
        study.apply(&[edit], &Control::none()).expect("an edit");
        attends(&study, "y").map(|found| found.trip.map(|trip| (trip.mode_to, trip.to.get())))
    };
    let removed = Edit::ChangeTrips(TripChange::Remove(trips("7", "A", "8:00")));
    assert_eq!(now(removed), Err(vec![Reason::TooFar]));
    // A new one on Tuesdays, from a new stop at the farm.
    let farm = Position::new(0.24, 47.0).expect("on earth");
    now(Edit::AddStop(NewStop { name: "La Ferme".into(), position: farm })).expect_err("nothing calls there");
    let new = NewTrip {
        line: "nouvelle".into(),
        calls: vec![
            ("La Ferme".into(), ClockTime::parse("8:10").unwrap()),
            ("C".into(), ClockTime::parse("8:50").unwrap()),
        ],
        days: Weekdays::ALL,
        in_holidays: true,
    };
    assert_eq!(now(Edit::ChangeTrips(TripChange::Add(new))), Err(vec![Reason::TooFar]));
    // The line 7 home goes on to the farm: ten minutes more.
    let extended = TripChange::Extend {
        line: "7".into(),
        end: "A".into(),
        to: "La Ferme".into(),
        ride: Seconds::from_minutes(10),
    };
    assert_eq!(now(Edit::ChangeTrips(extended)), Ok(Some((Mode::Bus, RIDE))));
}

#[test]
fn a_circuit_for_pupils_carries_others_once_it_is_open() {
    let mut files = at_the_farm("velo", "");
    files.feed =
        files.feed.with("routes.txt", "route_short_name\nr,7", "route_short_name,route_type\nr,7,712");
    let mut study = files.study();
    assert_eq!(attends(&study, "y").err(), Some(vec![Reason::TooFar]));
    study.apply(&[Edit::OpenCircuit("7".into())], &Control::none()).expect("an edit");
    assert!(attends(&study, "y").is_ok());
    // As the territory says of a line that the feed is silent about.
    let files = at_the_farm("velo", "").with("territory.toml", "[timetables]\nfor_pupils = [\"7\"]\n");
    assert!(attends(&files.study(), "y").is_err());
}

#[test]
fn what_is_not_there_is_told_and_nothing_changes() {
    let mut study = at_the_farm("velo", "").study();
    let before = cells(study.times());
    let tell = |edit: Edit, study: &mut Study| match study.apply(&[edit], &Control::none()) {
        Err(Error::Input(findings)) => findings[0].what.fr.to_string(),
        other => panic!("{other:?}"),
    };
    let remove = |line, stop, at| Edit::ChangeTrips(TripChange::Remove(trips(line, stop, at)));
    assert_eq!(
        tell(remove("7", "A", "8:05"), &mut study),
        "aucune course de 7 ne passe à A à 08:05 ; elle y passe à : 08:00, 12:50"
    );
    assert_eq!(tell(remove("8", "A", "8:00"), &mut study), "aucune ligne ne s'appelle 8");
    assert_eq!(tell(remove("7", "Z", "8:00"), &mut study), "aucun arrêt ne s'appelle Z");
    assert_eq!(tell(Edit::OpenCircuit("8".into()), &mut study), "aucune ligne ne s'appelle 8");
    let too_early = tell(earlier(9 * 60), &mut study);
    assert!(too_early.contains("avant minuit"), "{too_early}");
    assert_eq!(cells(study.times()), before);
    assert!(study.territory().transit().is_empty());
}

/// A provider that writes down what it was asked.
struct Watched {
    inner: Arc<TimetableTravel>,
    asked: Mutex<BTreeSet<Date>>,
}

impl TravelProvider for Watched {
    fn name(&self) -> &str {
        self.inner.name()
    }
    fn modes(&self, territory: &Territory) -> Vec<Mode> {
        self.inner.modes(territory)
    }
    fn columns(
        &self,
        territory: &Territory,
        modes: &[Mode],
        query: &Query,
        control: &Control<'_>,
    ) -> Result<Vec<Column>, Error> {
        let dates = query.sites.values().flatten().map(|session| session.date);
        self.asked.lock().unwrap().extend(dates);
        self.inner.columns(territory, modes, query, control)
    }
    fn stale(&self, from: &Territory, to: &Territory, changes: &Changes) -> Stale {
        self.inner.stale(from, to, changes)
    }
    fn journey(&self, territory: &Territory, place: PlaceId, key: ColumnKey) -> Option<Journey> {
        self.inner.journey(territory, place, key)
    }
}

/// Some trips between five stops, on some Tuesdays each; homes near each stop and between them.
fn drawn(seed: u64, trips: u64) -> Files {
    let r = &mut Draw(seed);
    let mut feed = Gtfs::small();
    feed.set("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\n");
    let mut stops = Vec::new();
    for (id, name) in [("a", "A"), ("b", "B"), ("c", "C"), ("d", "D"), ("e", "E")] {
        let place = if id == "c" { (0, 100) } else { (r.below(80), r.below(100)) };
        stops.push(place);
        let row = format!(
            "{id},{name},{:.3},{:.3}\n",
            47.0 + place.1 as f64 / 1_000.0,
            0.2 + place.0 as f64 / 1_000.0
        );
        feed = feed.and("stops.txt", &row);
    }
    feed.set("calendar.txt", "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nall,1,1,1,1,1,1,1,20250224,20250331\n");
    feed.set(
        "calendar_dates.txt",
        "service_id,date,exception_type\none,20250304,1\ntwo,20250311,1\nthree,20250318,1\n",
    );
    feed.set("trips.txt", "trip_id,route_id,service_id\n");
    feed.set("stop_times.txt", "trip_id,stop_sequence,stop_id,arrival_time,departure_time\n");
    for trip in 0..trips {
        let service = ["all", "all", "all", "one", "two", "three"][r.below(6) as usize];
        feed = feed.and("trips.txt", &format!("t{trip},r,{service}\n"));
        let mut at = if r.below(2) == 0 { 7 * 60 + 20 + r.below(100) } else { 11 * 60 + 40 + r.below(60) };
        // Mornings lead to the site, afternoons from it.
        let calls = 2 + r.below(3);
        for nth in 0..calls {
            let at_site = if at < 11 * 60 { nth + 1 == calls } else { nth == 0 };
            let stop = if at_site { "c" } else { ["a", "b", "d", "e"][r.below(4) as usize] };
            let time = format!("{:02}:{:02}:00", at / 60, at % 60);
            feed = feed.and("stop_times.txt", &format!("t{trip},{nth},{stop},{time},{time}\n"));
            at += 3 + r.below(15);
        }
    }
    let mut files = Files::new(feed);
    files
        .texts
        .insert("communes.csv", "insee_code,name,population,lon,lat\n37902,Bourg,400,0.20,47.10\n".into());
    for home in 0..6 {
        let (east, north) = stops[home % stops.len()];
        let at = (0.2 + (east + r.below(8)) as f64 / 1_000.0, 47.0 + (north + r.below(8)) as f64 / 1_000.0);
        files = files.with("communes.csv", &format!("3791{home},Lieu{home},9,{:.3},{:.3}\n", at.0, at.1));
        let vehicle = ["", "velo", "velo lun-ven 7h-18h", "cyclomoteur"][r.below(4) as usize];
        let lift = ["", "ar", "aller lun-ven 7h-9h", "retour"][r.below(4) as usize];
        files = files.with("youths.csv", &format!("y{home},3791{home},2004-05,{vehicle},{lift},p\n"));
    }
    files
}

/// Something else, of a trip of the feed.
fn drawn_edit(r: &mut Draw, files: &Files) -> Edit {
    let text = String::from_utf8(files.feed.0["stop_times.txt"].clone()).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|row| row.split(',').collect()).collect();
    let row = &rows[r.below(rows.len() as u64) as usize];
    let which = trips("r", row[2], row[4]);
    match r.below(5) {
        0 => Edit::ChangeTrips(TripChange::Remove(which)),
        1 => Edit::ChangeTrips(TripChange::Extend {
            line: "7".into(),
            end: row[2].into(),
            to: "c".into(),
            ride: Seconds::from_minutes(9),
        }),
        _ => Edit::ChangeTrips(TripChange::Move { trips: which, minutes: r.below(61) as i16 - 30 }),
    }
}

#[test]
fn what_is_edited_is_as_built_afresh_and_only_what_changes_is_searched_again() {
    let (mut edited, mut refused, mut spared) = (0, 0, 0);
    for seed in 0..150 {
        let files = drawn(seed, 20);
        let (territory, provider, _) = files.open();
        let watched = Arc::new(Watched { inner: provider, asked: Mutex::default() });
        let providers: Vec<Arc<dyn TravelProvider>> = vec![Arc::clone(&watched) as _];
        let mut study = Study::new(territory, providers, &Control::none()).expect("a study");
        let r = &mut Draw(seed + 1_000);
        for _ in 0..4 {
            watched.asked.lock().unwrap().clear();
            match study.apply(&[drawn_edit(r, &files)], &Control::none()) {
                Ok(_) => edited += 1,
                // The trip was moved or removed before.
                Err(Error::Input(_)) => {
                    refused += 1;
                    continue;
                }
                Err(other) => panic!("{other}"),
            }
            let asked = watched.asked.lock().unwrap().len();
            spared += usize::from(asked < 3);
            let (_, fresh, _) = files.open();
            let afresh =
                Study::new(study.territory().clone(), vec![fresh as _], &Control::none()).expect("a study");
            assert_eq!(cells(study.times()), cells(afresh.times()), "seed {seed}");
        }
    }
    assert!(
        edited > 250 && refused > 20 && spared > 60,
        "{edited} edited, {refused} refused, {spared} spared"
    );
}

#[test]
fn a_service_on_demand_that_comes_farther_is_as_one_that_was_written_so() {
    let row = |to: &str| format!("sud,Sud,sud,,mar,7:00,{to},oui,\n");
    let (short, long) = (on_demand(&row("12:30")), on_demand(&row("19:00")));
    let mut study = short.study();
    assert_eq!(attends(&study, "y").err(), Some(vec![Reason::NoWayBack]));
    let (wider, _, _) = long.open();
    let service = wider.on_demand().iter().next().expect("a service").1.clone();
    study.apply(&[Edit::PutOnDemand(service.clone())], &Control::none()).expect("an edit");
    assert_eq!(cells(study.times()), cells(long.study().times()));
    assert!(attends(&study, "y").is_ok());
    // Only that mode is asked for again; without any service everything is.
    let (territory, provider, _) = short.open();
    let stale = |edit: Edit| {
        let (to, changes) = territory.edit(&[edit]).expect("an edit");
        provider.stale(&territory, &to, &changes)
    };
    let dates = [4, 11, 18].map(|day| date(2025, 3, day)).into();
    assert_eq!(stale(Edit::PutOnDemand(service.clone())), Stale::Dates([Mode::OnDemand].into(), dates));
    assert_eq!(stale(Edit::RemoveOnDemand(service.key.clone())), Stale::Everything);
    study.apply(&[Edit::RemoveOnDemand(service.key)], &Control::none()).expect("an edit");
    assert!(study.times().columns().all(|column| column.key.mode != Mode::OnDemand));
    assert!(attends(&study, "y").is_err());
}

#[test]
fn the_bus_that_would_help_is_found_with_the_fewest_minutes() {
    // It comes five minutes late, or half an hour and one.
    let late = |by: u32| {
        let mut files = at_the_farm("velo", "");
        for (was, minutes) in [("08:00:00", 0), ("08:20:00", 20), ("08:21:00", 21), ("08:40:00", 40)] {
            let at = 8 * 60 + 20 + by + minutes;
            files.feed = files.feed.with("stop_times.txt", was, &format!("{:02}:{:02}:00", at / 60, at % 60));
        }
        files
    };
    let help = |files: &Files| {
        let study = files.study();
        let option = OptionId::from_index(0);
        bus_that_would_help(&study, option, 30, &Control::none()).expect("an answer")
    };
    let found = help(&late(5));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].minutes, found[0].gained.len(), found[0].lost.len()), (-5, 1, 0));
    assert_eq!(found[0].trips, trips("r", "a", "8:25"));
    // Nothing is to be done for who can come already, nor where half an hour is not enough.
    assert_eq!(help(&at_the_farm("velo", "")), []);
    assert_eq!(help(&late(31)), []);
}

#[test]
fn the_bus_that_would_help_is_that_of_trying_them_all() {
    let mut helped = 0;
    for seed in 200..240 {
        let files = drawn(seed, 12);
        let study = files.study();
        let option = OptionId::from_index(0);
        let most = 20;
        let told = bus_that_would_help(&study, option, most, &Control::none()).expect("an answer");
        let attending = |study: &Study| -> BTreeSet<String> {
            let youths = study.territory().youths().iter().map(|(_, youth)| youth.key.as_str().to_owned());
            youths.filter(|youth| attends(study, youth).is_ok()).collect()
        };
        let today = attending(&study);
        let text = String::from_utf8(files.feed.0["stop_times.txt"].clone()).unwrap();
        let firsts: BTreeSet<TripAt> = text
            .lines()
            .skip(1)
            .map(|row| row.split(',').collect::<Vec<_>>())
            .filter(|row| row[1] == "0")
            .map(|row| trips("r", row[2], row[4]))
            .collect();
        let mut best: BTreeMap<TripAt, BTreeMap<usize, u16>> = BTreeMap::new();
        let mut then = files.study();
        for which in firsts {
            for minutes in (-(most as i16)..=most as i16).filter(|&minutes| minutes != 0) {
                let moved = TripChange::Move { trips: which.clone(), minutes };
                if then.apply(&[Edit::ChangeTrips(moved)], &Control::none()).is_err() {
                    continue;
                }
                let now = attending(&then);
                then.apply(&[Edit::SetTransit(TransitChanges::default())], &Control::none())
                    .expect("as it was");
                let (gained, lost) = (now.difference(&today).count(), today.difference(&now).count());
                if gained > lost {
                    let fewest =
                        best.entry(which.clone()).or_default().entry(gained - lost).or_insert(u16::MAX);
                    *fewest = (*fewest).min(minutes.unsigned_abs());
                }
            }
        }
        let mut found: BTreeMap<TripAt, BTreeMap<usize, u16>> = BTreeMap::new();
        for help in &told {
            found.entry(help.trips.clone()).or_default().insert(help.more(), help.minutes.unsigned_abs());
        }
        // More youths for as few minutes: the smaller number is not told.
        for of_trip in best.values_mut() {
            let all = of_trip.clone();
            of_trip.retain(|more, minutes| !all.iter().any(|(n, m)| n > more && m <= minutes));
        }
        assert_eq!(found, best, "seed {seed}");
        helped += told.len();
    }
    assert!(helped > 4, "{helped}");
}

/// The files with a feed that ends on 12 March and a bus home that does not run on the fourth.
fn ends_early() -> Files {
    let lifts = "aller mar 7h30-8h10 ; retour mar 12h45-13h10";
    let mut files = at_the_farm("", lifts).with("territory.toml", "[timetables]\nride_max_min = 15\n");
    files.feed = files
        .feed
        .with("calendar.txt", "20250331", "20250312")
        .with("trips.txt", "home,r,w", "home,r,v")
        .and("calendar.txt", "v,1,1,1,1,1,0,0,20250301,20250312\n");
    files.feed.set("calendar_dates.txt", "service_id,date,exception_type\nv,20250304,2\n");
    let programme = files.texts.get_mut("programmes.toml").unwrap();
    *programme = programme.replace("weeks = 3\n", "weeks = 3\nneeded_percent = 50\n");
    files
}

#[test]
fn every_date_is_told_by_itself() {
    let mut study = ends_early().study();
    let youth = study.territory().youths().find_str("y").expect("a youth");
    let dates = study.dates(youth, OptionId::from_index(0));
    let told: Vec<(Date, DayAccess)> = dates.stays.iter().map(|stay| (stay.date, stay.access)).collect();
    let seconds = Seconds::new(RIDE + LIFT);
    let driven = RoundTrip { mode_to: Mode::LiftBus, mode_back: Mode::LiftBus, to: seconds, back: seconds };
    assert_eq!(
        told,
        [
            (date(2025, 3, 4), DayAccess::Missed(Reason::NoWayBack)),
            (date(2025, 3, 11), DayAccess::Reached(driven)),
            (date(2025, 3, 18), DayAccess::Unknown),
        ]
    );
    assert_eq!((dates.reachable(), dates.unknown(), dates.sessions()), (1, 1, 3));
    assert_eq!((dates.worst(), dates.median()), (Some(seconds), Some(seconds)));
    // One of the two that are known is the half that is needed.
    let found = attends(&study, "y").expect("attends");
    assert_eq!((found.reachable, found.unknown, found.of), (1, 1, 3));

    let Ok(Outcome::Plan(plan)) = study.plan(&Limits::default(), &Control::none()) else { panic!("no plan") };
    plan.check(study.territory(), study.times()).expect("verified");
    let page = report::text(study.territory(), &plan, Lang::Fr);
    assert!(
        page.contains(
            "1 des 3 dates est hors de l'horaire connu des cars et des trains : comptée ni pour ni"
        ),
        "{page}"
    );
    assert!(page.contains("sans trajet pour un jeune au moins : 4 mars 2025"), "{page}");
    let json = report::json(study.territory(), &plan).to_string();
    let member: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let member = &member["groups"][0]["members"][0];
    assert_eq!(member["unknown"], 1);
    assert_eq!(member["missed"][0], serde_json::json!({"date": "2025-03-04", "reason": "NoWayBack"}));
    assert_eq!(member["missed"][1], serde_json::json!({"date": "2025-03-18", "reason": "TimetableUnknown"}));

    // What is told of dates is verified too.
    let spoilt = |spoil: fn(&mut Plan)| {
        let mut plan = (*plan).clone();
        spoil(&mut plan);
        plan.check(study.territory(), study.times()).is_err()
    };
    assert!(spoilt(|plan| plan.groups[0].members[0].unknown = 0));
    assert!(spoilt(|plan| plan.groups[0].members[0].median = None));
    assert!(spoilt(|plan| plan.missed.clear()));
}

#[test]
fn dates_add_up_to_what_is_attended() {
    let (mut compared, mut attended) = (0, 0);
    for seed in 300..360 {
        let study = drawn(seed, 14).study();
        let territory = study.territory();
        for (youth, _) in territory.youths().iter() {
            for option in study.reach().options_of(territory.programmes().find_str("p").expect("p")) {
                for minutes in [20, 40, 63, 120] {
                    let limit = Seconds::from_minutes(minutes);
                    let dates = Dates::of(territory, study.times(), youth, option, limit);
                    compared += 1;
                    let Ok(found) = study.reach().attend(territory, youth, option, limit) else { continue };
                    attended += 1;
                    let told =
                        (dates.reachable(), dates.unknown(), dates.sessions(), dates.worst(), dates.median());
                    let longest = found.trip.map(|trip| trip.longer());
                    let median = study.reach().median(territory, youth, option, limit);
                    assert_eq!(
                        told,
                        (found.reachable, found.unknown, found.of, longest, median),
                        "seed {seed}"
                    );
                }
            }
        }
    }
    assert!(compared > 1_000 && attended > 200, "{compared}, {attended}");
}

#[test]
fn a_wait_at_the_site_is_told_apart() {
    let (territory, provider, providers) = at_the_farm("velo", "").open();
    let study = Study::new(territory.clone(), providers, &Control::none()).expect("a study");
    let session: Session = match key(&territory, Way::To, Mode::BikeBus, date(2025, 3, 4)).when {
        When::Session(session) => session,
        When::Always => panic!("dated"),
    };
    let site = *Query::of(&territory).sites.keys().next().expect("a site");
    let told = |way| {
        let Trip::Time(travel) =
            study.times().trip(PlaceId::from_index(0), site, way, Mode::BikeBus, session)
        else {
            panic!("no trip")
        };
        (travel.time.get(), travel.at_site.get(), travel.access.get())
    };
    // The way with the bicycle is kept in whole minutes.
    assert_eq!(told(Way::To), (RIDE + BIKE, 20 * 60, BIKE.div_ceil(60) * 60));
    assert_eq!(told(Way::Back), (RIDE + BIKE, 10 * 60, BIKE.div_ceil(60) * 60));
    let legs = provider
        .journey(
            &territory,
            PlaceId::from_index(0),
            key(&territory, Way::To, Mode::BikeBus, date(2025, 3, 4)),
        )
        .expect("a journey")
        .legs;
    let modes: Vec<(Mode, u32)> = legs.iter().map(|leg| (leg.mode, leg.time.get())).collect();
    assert_eq!(modes, [(Mode::Bike, BIKE), (Mode::Bus, RIDE)]);
    assert!(legs.iter().all(|leg| leg.distance.get() > 3_000));
}

/// So many youths with a bicycle at the farm and one who walks, a group of two at least: how the group holds.
fn held(by_bus: usize, feed: Gtfs) -> Holding {
    let mut files = Files::new(feed).with("youths.csv", "w,37902,2004-05,,,p\n");
    for at in 0..by_bus {
        files = files.with("youths.csv", &format!("y{at},37901,2004-05,velo,,p\n"));
    }
    let least = files.texts["programmes.toml"].replace("min = 1", "min = 2");
    files.texts.insert("programmes.toml", least);
    let mut study = files.study();
    let Ok(Outcome::Plan(plan)) = study.plan(&Limits::default(), &Control::none()) else { panic!("no plan") };
    assert_eq!((plan.groups.len(), plan.groups[0].members.len()), (1, by_bus + 1));
    holding(&study, &plan, &Control::none()).expect("not cancelled").remove(0)
}

/// Everybody comes three times in four, and a line runs nineteen times in twenty.
#[test]
fn a_line_that_does_not_run_keeps_all_who_come_by_it_away() {
    let close = |chance: Chance, exact: f64| (chance.get() - exact).abs() <= 0.5e-4 + 1e-9;
    let line = |name: &str| Shared::Line(name.to_owned());
    // Two who come by bus, one on foot: without the line too few are left.
    let two = held(2, Gtfs::small());
    assert_eq!(two.together, BTreeMap::from([(line("7"), 2)]));
    assert!(close(two.independent(), 0.84375) && close(two.shared(), 0.95 * 0.84375), "{two:?}");
    // Out by one line and home by another: both have to run.
    let other_home =
        Gtfs::small().with("routes.txt", "r,7\n", "r,7\ns,8\n").with("trips.txt", "home,r", "home,s");
    let both = held(2, other_home);
    assert_eq!(both.together, BTreeMap::from([(line("7"), 2), (line("8"), 2)]));
    assert!(close(both.shared(), 0.95 * 0.95 * 0.84375), "{both:?}");
    // One alone shares the line with nobody: it may fail for them, and is told for nobody together.
    let one = held(1, Gtfs::small());
    assert!(one.together.is_empty() && close(one.independent(), 0.5625), "{one:?}");
    assert!(close(one.shared(), 0.95 * 0.5625), "{one:?}");
}
