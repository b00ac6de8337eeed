//! `maillage times --timetable`: travel times by coach and train without a territory.

use super::clock::Clock;
use super::times::{RoadMode, Told, peak_memory, profile};
use clap::Args;
use jiff::civil::Date;
use maillage::read::Door;
use maillage::report::{self, TransitTimes};
use maillage::territory::Way;
use maillage::travel::{
    RoadMap, RoadNetwork, ServiceDay, Timetable, TimetableOptions, TransitDay, TransitDoor, TransitTable,
    WalkRules, Walks,
};
use maillage::units::{ClockTime, Metres, Position, Seconds};
use maillage::{Control, Error};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Args)]
pub(crate) struct TransitArgs {
    /// A timetable (GTFS, zip or folder), in the place of a mode; several are one
    #[arg(long, value_name = "F.zip", requires_all = ["date", "arrive_by", "leave_after"])]
    pub(super) timetable: Vec<PathBuf>,
    /// The date
    #[arg(long, value_name = "YYYY-MM-DD", requires = "timetable")]
    date: Option<Date>,
    /// When one must be there
    #[arg(long, value_name = "HH:MM", value_parser = clock, requires = "timetable")]
    arrive_by: Option<ClockTime>,
    /// When one may leave
    #[arg(long, value_name = "HH:MM", value_parser = clock, requires = "timetable")]
    leave_after: Option<ClockTime>,
    /// Longest walk to a stop or from it, in kilometres
    #[arg(long, value_name = "KM", value_parser = kilometres, requires = "timetable")]
    walk_km: Option<Metres>,
    /// Longest wait at the site, before and after, in minutes
    #[arg(long, value_name = "MIN", requires = "timetable")]
    wait: Option<u32>,
    /// Most vehicles one after the other
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=16), requires = "timetable")]
    rides: Option<u8>,
}

fn clock(text: &str) -> Result<ClockTime, String> {
    ClockTime::parse(text).ok_or_else(|| "a time is written 09:00".to_owned())
}

fn kilometres(text: &str) -> Result<Metres, String> {
    let km = text.replace(',', ".").parse().ok().filter(|km| (0.0..=20.0).contains(km));
    km.map(|km: f64| Metres::new((km * 1_000.0).round() as u32))
        .ok_or_else(|| "kilometres between 0 and 20".to_owned())
}

/// All that is printed.
pub(super) struct Answer {
    timetable: Timetable,
    homes: Vec<Door>,
    sites: Vec<Door>,
    to: TransitTable,
    back: TransitTable,
    stay: TransitDay,
    took: [report::Took; 3],
}

pub(super) fn compute(
    args: &TransitArgs,
    roads: Option<&Path>,
    limit: Option<u32>,
    (homes, sites): (Vec<Door>, Vec<Door>),
    (control, tell): (&Control<'_>, Told<'_>),
) -> Result<Answer, Error> {
    let (Some(date), Some(arrive_by), Some(leave_after)) = (args.date, args.arrive_by, args.leave_after)
    else {
        let what = "a timetable needs --date, --arrive-by and --leave-after".to_owned();
        return Err(Error::Provider { provider: "timetable".into(), what });
    };
    let clock = Clock::start();
    let options = TimetableOptions { around: Some(date), ..TimetableOptions::default() };
    let timetable = Timetable::open(&args.timetable, &options, control)?;
    let load = clock.stop();
    tell(timetable.findings());
    tell(timetable.doubts(date).as_slice());

    let clock = Clock::start();
    let day = ServiceDay::new(&timetable, date);
    let ready = clock.stop();

    let clock = Clock::start();
    let mut rules = WalkRules::default();
    rules.most = args.walk_km.unwrap_or(rules.most);
    let walks = Walks::new(&timetable, rules);
    let on_roads = match roads {
        Some(path) => Some(foot(path, (control, tell))?),
        None => None,
    };
    if let Some(network) = &on_roads {
        let doors = homes.iter().chain(&sites);
        let doors = doors.map(|door| (door.key.as_str(), door.position, network.place(door.position)));
        tell(&network.told_of_doors(doors, None));
    }
    let doors = |doors: &[Door]| {
        let positions: Vec<Position> = doors.iter().map(|door| door.position).collect();
        TransitDoor::all(&walks, &positions, on_roads.as_ref(), control)
    };
    let (home_doors, site_doors) = (doors(&homes)?, doors(&sites)?);
    let limit = limit.map(Seconds::from_minutes);
    let (rides, at_site) = (args.rides.unwrap_or(TransitDay::RIDES), args.wait.map(Seconds::from_minutes));
    let stay = TransitDay { arrive_by, leave_after, limit, at_site, rides };
    let table =
        |way| TransitTable::new((&timetable, &day, &walks), (&home_doors, &site_doors), way, stay, control);
    let (to, back) = (table(Way::To)?, table(Way::Back)?);
    let search = clock.stop();
    Ok(Answer { timetable, homes, sites, to, back, stay, took: [load, ready, search] })
}

/// The roads for people on foot.
fn foot(path: &Path, (control, tell): (&Control<'_>, Told<'_>)) -> Result<RoadNetwork, Error> {
    let profile = profile(None, RoadMode::Foot)?;
    let map = Arc::new(RoadMap::open(path, std::slice::from_ref(&profile), control)?);
    tell(map.findings());
    Ok(RoadNetwork::new(&map, &profile))
}

impl Answer {
    pub(super) fn write(&self, json: bool, out: &mut impl Write) -> io::Result<()> {
        let [load, day, search] = self.took;
        let times = TransitTimes {
            timetable: &self.timetable,
            homes: &self.homes,
            sites: &self.sites,
            to: &self.to,
            back: &self.back,
            stay: self.stay,
            load,
            day,
            search,
            rss_mb: peak_memory(),
        };
        if json { report::transit_times_json(&times, out) } else { report::transit_times_csv(&times, out) }
    }
}
