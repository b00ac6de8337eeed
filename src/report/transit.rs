//! Times by coach and train between homes and sites, as rows of CSV or in JSON.

use super::files::field;
use super::rows::json_with_rows;
use super::solved::Took;
use crate::read::Door;
use crate::territory::Way;
use crate::travel::{DayTime, NoJourney, Timetable, TransitDay, TransitJourney, TransitTable};
use serde::Serialize;
use std::io::{self, Write};

/// Times by coach and train, and what computing them took.
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

#[derive(Serialize)]
struct Row<'a> {
    home: &'a str,
    site: &'a str,
    depart: Option<String>,
    arrive: Option<String>,
    back_depart: Option<String>,
    back_arrive: Option<String>,
    rides: Option<usize>,
    walk_s: Option<u32>,
    why: Option<&'static str>,
    /// At the site, before what one comes for and after it.
    wait_before_s: Option<u32>,
    wait_after_s: Option<u32>,
    /// The first moment until which something has to be booked.
    #[serde(skip_serializing_if = "Option::is_none")]
    book_before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    back_book_before: Option<String>,
}

#[derive(Serialize)]
struct Totals {
    homes: usize,
    sites: usize,
    unreachable: u64,
    checksum: i64,
    load_s: f64,
    day_s: f64,
    search_s: f64,
    stops: usize,
    trips: usize,
    stop_times: usize,
    findings: usize,
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
