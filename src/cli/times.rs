//! `maillage times`: travel times by road, or by coach and train, without a territory.

use super::clock::Clock;
use super::solve::with_threads;
use super::terminal::{Bar, fail_with, printed, watched};
use super::transit::{self, TransitArgs};
use crate::Language;
use clap::{Args, ValueEnum};
use maillage::finding::Finding;
use maillage::instance;
use maillage::read::{self, Door};
use maillage::report::{self, RoadTimes};
use maillage::territory::{Mode, Way};
use maillage::travel::{Profile, RoadMap, RoadNetwork, RoadPlace};
use maillage::units::{Position, Seconds};
use maillage::{Control, Error};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

#[derive(Args)]
pub(crate) struct TimesArgs {
    /// The roads: an OpenStreetMap extract. With a timetable, those that one walks on
    #[arg(long, value_name = "F.osm.pbf", required_unless_present = "timetable")]
    roads: Option<PathBuf>,
    /// The homes: a table with the columns id, lon, lat
    #[arg(long, value_name = "H.csv")]
    homes: PathBuf,
    /// The sites: a table with the columns id, lon, lat
    #[arg(long, value_name = "S.csv")]
    sites: PathBuf,
    /// How one travels
    #[arg(long, value_enum, required_unless_present = "timetable", conflicts_with = "timetable")]
    mode: Option<RoadMode>,
    #[command(flatten)]
    transit: TransitArgs,
    /// Rules of one's own in the place of the mode's (docs/roads.md)
    #[arg(long, value_name = "P.toml", conflicts_with = "timetable")]
    profile: Option<PathBuf>,
    /// Minutes beyond which no trip is looked for
    #[arg(long, value_name = "MINUTES")]
    limit: Option<u32>,
    /// Print one JSON object with the rows and what they took
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print rows home,site,to_s,from_s, or with a timetable
    /// home,site,depart,arrive,back_depart,back_arrive,rides,walk_s,why; so without --json too
    #[arg(long)]
    csv: bool,
    /// Threads; the answer is the same with any number. As many as there are cores by default
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: u16,
    /// Language of messages
    #[arg(long, value_enum, default_value_t = Language::Fr)]
    lang: Language,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum RoadMode {
    /// By car
    Car,
    /// By moped, at most 45 km/h and never on motorways or motorroads
    Moped,
    /// By bicycle with assistance
    Ebike,
    /// By bicycle
    Bike,
    /// On foot
    Foot,
}

impl From<RoadMode> for Mode {
    fn from(mode: RoadMode) -> Self {
        match mode {
            RoadMode::Car => Self::Car,
            RoadMode::Moped => Self::Moped,
            RoadMode::Ebike => Self::EBike,
            RoadMode::Bike => Self::Bike,
            RoadMode::Foot => Self::Walk,
        }
    }
}

pub(crate) fn times(args: &TimesArgs) -> ExitCode {
    let lang = args.lang.into();
    match watched(lang, |bar, control| with_threads(args.threads, || compute(args, (bar, control)))) {
        Ok(answer) => answer.print(args.json),
        Err(error) => fail_with(&error, lang),
    }
}

/// Who tells people what was found.
pub(super) type Told<'t> = &'t dyn Fn(&[Finding]);

/// All that is printed.
enum Answer {
    ByRoad(Box<ByRoad>),
    ByTransit(Box<transit::Answer>),
}

struct ByRoad {
    homes: Vec<Door>,
    sites: Vec<Door>,
    to: maillage::travel::RoadTable,
    from: maillage::travel::RoadTable,
    network: Arc<RoadNetwork>,
    untagged: Option<f64>,
    unsnapped: usize,
    took: [report::Took; 3],
}

fn compute(args: &TimesArgs, (bar, control): (&Bar, &Control<'_>)) -> Result<Answer, Error> {
    let tell = |findings: &[Finding]| bar.say_findings(findings);
    let doors = |path: &Path| {
        let (doors, notes) = read::doors(path, control)?;
        tell(&notes);
        Ok::<_, Error>(doors)
    };
    let doors = (doors(&args.homes)?, doors(&args.sites)?);
    if let (Some(roads), Some(mode)) = (&args.roads, args.mode) {
        return by_road(args, (roads, mode), doors, (control, &tell))
            .map(|times| Answer::ByRoad(Box::new(times)));
    }
    let answer = transit::compute(&args.transit, args.roads.as_deref(), args.limit, doors, (control, &tell))?;
    Ok(Answer::ByTransit(Box::new(answer)))
}

fn by_road(
    args: &TimesArgs,
    (roads, mode): (&Path, RoadMode),
    (homes, sites): (Vec<Door>, Vec<Door>),
    (control, tell): (&Control<'_>, Told<'_>),
) -> Result<ByRoad, Error> {
    let profile = profile(args.profile.as_deref(), mode)?;
    let clock = Clock::start();
    let map = Arc::new(RoadMap::open(roads, std::slice::from_ref(&profile), control)?);
    let network = Arc::new(RoadNetwork::new(&map, &profile));
    let build = clock.stop();
    tell(map.findings());
    tell(network.told_of_tags().as_slice());

    let clock = Clock::start();
    let [home_places, site_places] = [&homes, &sites].map(|doors| {
        let positions: Vec<Position> = doors.iter().map(|door| door.position).collect();
        network.places(&positions, control)
    });
    let (home_places, site_places) = (home_places?, site_places?);
    let limit = args.limit.map(Seconds::from_minutes);
    let table = |way| network.table(&home_places, &site_places, way, limit, control);
    let to = table(Way::To)?;
    let there = clock.stop();
    let clock = Clock::start();
    let from = table(Way::Back)?;
    let back = clock.stop();
    let joined = homes.iter().zip(&home_places).chain(sites.iter().zip(&site_places));
    let doors = joined.map(|(door, &place)| (door.key.as_str(), door.position, place));
    tell(&network.told_of_doors(doors, limit));
    let untagged = network.untagged_share(&home_places, &site_places, limit, control)?;
    tell(untagged.map(|share| network.told_of_share(share)).as_slice());
    let lost = |places: &[Option<RoadPlace>]| places.iter().filter(|place| place.is_none()).count();
    Ok(ByRoad {
        to,
        from,
        network,
        untagged,
        unsnapped: lost(&home_places) + lost(&site_places),
        took: [build, there, back],
        homes,
        sites,
    })
}

/// Most bytes of a profile: a hundred times those that are shipped.
const MOST_PROFILE: u64 = 1 << 20;

pub(super) fn profile(path: Option<&Path>, mode: RoadMode) -> Result<Profile, Error> {
    let Some(path) = path else {
        return Profile::shipped(mode.into()).ok_or_else(|| Error::Provider {
            provider: "roads".into(),
            what: "no profile of that mode".into(),
        });
    };
    let text = instance::text(path, MOST_PROFILE)?;
    Profile::parse(&text, &path.display().to_string())
}

impl Answer {
    fn print(&self, json: bool) -> ExitCode {
        let mut out = BufWriter::new(io::stdout().lock());
        let written = match self {
            Self::ByRoad(times) => times.write(json, &mut out),
            Self::ByTransit(times) => times.write(json, &mut out),
        };
        printed(written.and_then(|()| out.flush()))
    }
}

impl ByRoad {
    fn write(&self, json: bool, out: &mut impl Write) -> io::Result<()> {
        let [build, table, back] = self.took;
        let times = RoadTimes {
            homes: &self.homes,
            sites: &self.sites,
            to: &self.to,
            from: &self.from,
            network: &self.network,
            untagged: self.untagged,
            unsnapped: self.unsnapped,
            build,
            table,
            back,
            rss_mb: peak_memory(),
        };
        if json { report::road_times_json(&times, out) } else { report::road_times_csv(&times, out) }
    }
}

/// Most megabytes that this process has held, where Linux tells.
pub(super) fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string(Path::new("/proc/self/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some((kilobytes / 102.4).round() / 10.0)
}
