//! Times by coach and train between homes and sites, as rows of CSV or in JSON.

use super::files::field;
use super::rows::json_with_rows;
use super::solved::Took;
#[cfg(feature = "schemas")]
use super::words;
use crate::read::Door;
use crate::territory::Way;
use crate::travel::{DayTime, NoJourney, Timetable, TransitDay, TransitJourney, TransitTable};
use serde::Serialize;
use std::io::{self, Write};

/// Times by coach and train, and what computing them took.
///
/// ```
/// use maillage::report::{Took, TransitTimes, transit_times_csv};
/// use maillage::travel::{TransitDoor, TransitTable};
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
/// let (doors, _) = maillage::read::doors("data/valley/places.csv".as_ref(), &control)?;
/// let ends: Vec<_> = doors.iter().map(|door| TransitDoor::new(&walks, door.position)).collect();
/// let table = |way| TransitTable::new((&timetable, &day, &walks), (&ends, &ends), way, stay, &control);
/// let (to, back, took) = (table(Way::To)?, table(Way::Back)?, Took::default());
/// let times = TransitTimes {
///     timetable: &timetable, homes: &doors, sites: &doors, to: &to, back: &back, stay,
///     load: took, day: took, search: took, rss_mb: None,
/// };
/// let mut csv = Vec::new();
/// transit_times_csv(&times, &mut csv).expect("memory is written to");
/// assert_eq!(csv.iter().filter(|&&byte| byte == b'\n').count(), 1 + 5 * 5);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TransitTimes<'a> {
    /// What they were looked up in.
    pub timetable: &'a Timetable,
    /// The homes, in the order of the tables.
    pub homes: &'a [Door],
    /// The sites, likewise.
    pub sites: &'a [Door],
    /// From homes to sites.
    pub to: &'a TransitTable,
    /// From sites home.
    pub back: &'a TransitTable,
    /// What was asked.
    pub stay: TransitDay,
    /// Reading the timetable.
    pub load: Took,
    /// Laying out the day.
    pub day: Took,
    /// Walks, searches and journeys.
    pub search: Took,
    /// Most megabytes of memory held, where the system tells.
    pub rss_mb: Option<f64>,
}

/// From a home to a site and back.
#[derive(Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "TransitRow"))]
struct Row<'a> {
    /// The home's identifier.
    home: &'a str,
    /// The site's identifier.
    site: &'a str,
    /// Leaves home, `HH:MM:SS`, beyond 24 hours after midnight; null where there is no journey there.
    #[cfg_attr(feature = "schemas", schemars(extend("pattern" = "^[0-9]{2,}:[0-9]{2}:[0-9]{2}$")))]
    depart: Option<String>,
    /// Arrives at the site, likewise.
    #[cfg_attr(feature = "schemas", schemars(extend("pattern" = "^[0-9]{2,}:[0-9]{2}:[0-9]{2}$")))]
    arrive: Option<String>,
    /// Leaves the site; null where there is no journey back.
    #[cfg_attr(feature = "schemas", schemars(extend("pattern" = "^[0-9]{2,}:[0-9]{2}:[0-9]{2}$")))]
    back_depart: Option<String>,
    /// Arrives home, likewise.
    #[cfg_attr(feature = "schemas", schemars(extend("pattern" = "^[0-9]{2,}:[0-9]{2}:[0-9]{2}$")))]
    back_arrive: Option<String>,
    /// Vehicles of the way there; null where there is none.
    rides: Option<usize>,
    /// Seconds on foot of the way there; null where there is none.
    walk_s: Option<u32>,
    /// Why there is no journey there or back; null where there are both.
    #[cfg_attr(feature = "schemas", schemars(with = "Option<words::NoJourney>"))]
    why: Option<&'static str>,
    /// Seconds at the site before what one comes for.
    wait_before_s: Option<u32>,
    /// Seconds at the site after it.
    wait_after_s: Option<u32>,
    /// The first moment until which something has to be booked on the way there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(with = "String"))]
    book_before: Option<String>,
    /// The same on the way back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(with = "String"))]
    back_book_before: Option<String>,
}

/// What is told besides the rows.
#[derive(Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "TransitTotals"))]
struct Totals {
    /// Homes.
    homes: usize,
    /// Sites.
    sites: usize,
    /// Pairs without a journey there or back.
    unreachable: u64,
    /// Of the others, the sum of the departures and of the arrivals home, in seconds from midnight.
    checksum: i64,
    /// Processor seconds to read the timetable.
    load_s: f64,
    /// Processor seconds to lay out the day.
    day_s: f64,
    /// Processor seconds to search.
    search_s: f64,
    /// Stops of the timetable.
    stops: usize,
    /// Trips of the timetable.
    trips: usize,
    /// Calls of its trips at its stops.
    stop_times: usize,
    /// Findings about the timetable.
    findings: usize,
    /// Most megabytes of memory held; null where the system does not tell.
    rss_mb: Option<f64>,
}

impl TransitTimes<'_> {
    fn row(&self, home: usize, site: usize) -> Row<'_> {
        let (there, back) = (self.to.journey(home, site), self.back.journey(home, site));
        let clock = |journey: Result<&TransitJourney, NoJourney>, of: fn(&TransitJourney) -> String| {
            journey.ok().map(of)
        };
        let why = match (there, back) {
            (Err(why), _) => Some(why.as_str()),
            (_, Err(NoJourney::NoBusThen)) => Some("no_way_back"),
            (_, Err(why)) => Some(why.as_str()),
            _ => None,
        };
        Row {
            home: self.homes[home].key.as_str(),
            site: self.sites[site].key.as_str(),
            depart: clock(there, |journey| journey.depart.to_string()),
            arrive: clock(there, |journey| journey.arrive.to_string()),
            back_depart: clock(back, |journey| journey.depart.to_string()),
            back_arrive: clock(back, |journey| journey.arrive.to_string()),
            rides: there.ok().map(|journey| journey.rides.len()),
            walk_s: there.ok().map(|journey| journey.walk.get()),
            why,
            wait_before_s: self.wait(Way::To, there),
            wait_after_s: self.wait(Way::Back, back),
            book_before: booking(there),
            back_book_before: booking(back),
        }
    }

    fn wait(&self, way: Way, journey: Result<&TransitJourney, NoJourney>) -> Option<u32> {
        Some(journey.ok()?.at_site(way, DayTime::from(self.stay.at(way))).get())
    }

    /// Rows in the order of homes, then sites.
    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let pairs =
            (0..self.homes.len()).flat_map(|home| (0..self.sites.len()).map(move |site| (home, site)));
        pairs.map(|(home, site)| self.row(home, site))
    }

    /// Pairs without a journey there or back, and the sum of the seconds from midnight of the others'
    /// departures there and arrivals home.
    fn sums(&self) -> (u64, i64) {
        let (mut none, mut sum) = (0, 0);
        for (home, site) in (0..self.homes.len()).flat_map(|h| (0..self.sites.len()).map(move |s| (h, s))) {
            match (self.to.journey(home, site), self.back.journey(home, site)) {
                (Ok(there), Ok(back)) => {
                    sum += i64::from(there.depart.seconds()) + i64::from(back.arrive.seconds());
                }
                _ => none += 1,
            }
        }
        (none, sum)
    }
}

fn booking(journey: Result<&TransitJourney, NoJourney>) -> Option<String> {
    Some(journey.ok()?.bookings().filter_map(|ride| ride.book_before).min()?.to_string())
}

/// The object as a whole, for its schema.
#[cfg(feature = "schemas")]
#[derive(schemars::JsonSchema)]
#[schemars(rename = "TransitTimes")]
#[expect(dead_code, reason = "a schema")]
pub(super) struct Whole<'a> {
    #[schemars(flatten)]
    totals: Totals,
    /// Rows in the order of homes, then sites.
    rows: Vec<Row<'a>>,
}

/// Writes rows `home,site,depart,arrive,back_depart,back_arrive,rides,walk_s,why`: clock times `HH:MM:SS`, beyond 24 hours
/// after midnight; empty where there is none, and then why. Vehicles and walks are those of the way there.
///
/// # Errors
/// Those of `out`.
pub fn transit_times_csv(times: &TransitTimes<'_>, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"home,site,depart,arrive,back_depart,back_arrive,rides,walk_s,why\n")?;
    let sites: Vec<String> = times.sites.iter().map(|site| field(site.key.as_str())).collect();
    for (home, door) in times.homes.iter().enumerate() {
        let name = field(door.key.as_str());
        for (site, site_name) in sites.iter().enumerate() {
            let row = times.row(home, site);
            let clocks =
                [row.depart, row.arrive, row.back_depart, row.back_arrive].map(Option::unwrap_or_default);
            let [rides, walk] = [row.rides.map(|n| n.to_string()), row.walk_s.map(|n| n.to_string())]
                .map(Option::unwrap_or_default);
            let (clocks, why) = (clocks.join(","), row.why.unwrap_or_default());
            writeln!(out, "{name},{site_name},{clocks},{rides},{walk},{why}")?;
        }
    }
    Ok(())
}

/// Writes one JSON object: `rows` as in the CSV, and what `docs/timetables.md` lists besides.
///
/// # Errors
/// Those of `out`.
pub fn transit_times_json(times: &TransitTimes<'_>, out: &mut impl Write) -> io::Result<()> {
    let (unreachable, checksum) = times.sums();
    let cpu = |took: Took| (took.cpu.unwrap_or(took.seconds) * 1e6).round() / 1e6;
    let totals = Totals {
        homes: times.homes.len(),
        sites: times.sites.len(),
        unreachable,
        checksum,
        load_s: cpu(times.load),
        day_s: cpu(times.day),
        search_s: cpu(times.search),
        stops: times.timetable.stops().len(),
        trips: times.timetable.trips(),
        stop_times: times.timetable.calls(),
        findings: times.timetable.findings().len(),
        rss_mb: times.rss_mb,
    };
    json_with_rows(&totals, times.rows(), out)
}
