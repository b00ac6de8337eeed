//! `times`: travel times between homes and sites, by road or by coach and train.

use crate::arrow;
use crate::cells::Frame;
use crate::error::{exception, findings_table};
use crate::language::Language;
use crate::plan::document;
use crate::table::{Kind, Table};
use crate::watch::watched;
use jiff::civil::Date;
use maillage::finding::Finding;
use maillage::read::{self, Cells, Door};
use maillage::report::{self, RoadTimes, Took, TransitTimes};
use maillage::territory::{Mode, Way};
use maillage::travel::{
    Profile, RoadMap, RoadNetwork, ServiceDay, Timetable, TimetableOptions, TransitDay, TransitDoor,
    TransitTable, WalkRules, Walks,
};
use maillage::units::{ClockTime, Metres, Position, Seconds};
use maillage::{Control, Error, instance};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Most bytes of a profile, as for the command.
const MOST_PROFILE: u64 = 1 << 20;
/// Longest walk that may be asked for, in kilometres.
const MOST_WALK_KM: f64 = 20.0;

/// Travel times between every home and every site, both ways.
#[pyclass(frozen, module = "maillage")]
pub(crate) struct Times {
    csv: String,
    json: String,
    by_road: bool,
    findings: Vec<Finding>,
    lang: Language,
}

#[pymethods]
impl Times {
    /// The bytes that `maillage times … --csv` prints.
    fn csv(&self) -> &str {
        &self.csv
    }

    /// What is worth knowing of roads, timetables, homes and sites: a table as of `Territory.check`.
    fn check(&self) -> PyResult<Table> {
        findings_table(&self.findings, self.lang)
    }

    /// One row a home and a site. By road: home, site, to_s, from_s (seconds; null where there is no time). By timetable:
    /// home, site, depart, arrive, back_depart, back_arrive (`HH:MM:SS`), rides, walk_s, why.
    #[getter]
    fn rows(&self) -> PyResult<Table> {
        let by_road: &[(&str, Kind)] =
            &[("home", Kind::Text), ("site", Kind::Text), ("to_s", Kind::Whole), ("from_s", Kind::Whole)];
        let by_transit: &[(&str, Kind)] = &[
            ("home", Kind::Text),
            ("site", Kind::Text),
            ("depart", Kind::Text),
            ("arrive", Kind::Text),
            ("back_depart", Kind::Text),
            ("back_arrive", Kind::Text),
            ("rides", Kind::Whole),
            ("walk_s", Kind::Whole),
            ("why", Kind::Text),
        ];
        let columns = if self.by_road { by_road } else { by_transit };
        Table::of(columns, document(&self.json)?["rows"].as_array().cloned().unwrap_or_default())
    }
}

/// Homes or sites as given: a file, or a table.
enum Doors {
    File(PathBuf),
    Frame(&'static str, Frame),
}

impl Doors {
    fn of(name: &'static str, value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if arrow::is_table(value)? {
            return Ok(Self::Frame(name, Frame::new(arrow::take(value)?)));
        }
        Ok(Self::File(value.extract()?))
    }

    fn read(self, findings: &mut Vec<Finding>, control: &Control<'_>) -> Result<Vec<Door>, Error> {
        let (doors, notes) = match self {
            Self::File(path) => read::doors(&path, control)?,
            Self::Frame(name, cells) => read::doors_of(name, Box::new(cells) as Box<dyn Cells>, control)?,
        };
        findings.extend(notes);
        Ok(doors)
    }
}

/// How one travels.
enum By {
    Road {
        roads: PathBuf,
        mode: Mode,
        profile: Option<PathBuf>,
    },
    Transit {
        timetables: Vec<PathBuf>,
        roads: Option<PathBuf>,
        date: Date,
        stay: TransitDay,
        walk: Option<Metres>,
    },
}

/// Travel times between homes and sites: files or tables with the columns id, lon, lat, or points in the place of these.
///
/// By road: `roads` (an OpenStreetMap extract, `.osm.pbf`) and `mode` (`"car"`, `"moped"`, `"ebike"`, `"bike"`, `"foot"`), with the rules of
/// `profile` (a file) in the place of the mode's. By coach and train: `timetable` (a GTFS zip or folder, or several), `date`
/// (`"2026-10-01"`), `arrive_by` and `leave_after` (`"09:00"`), on the `roads` where they are given; `walk_km`, `wait_min`, `rides` are the longest
/// walk, the longest wait at the site and the most vehicles. `limit_min`: minutes beyond which no trip is looked for.
/// Raises `InputError` with every finding.
#[pyfunction]
#[pyo3(signature = (
    homes, sites, *, roads=None, mode=None, profile=None, timetable=None, date=None, arrive_by=None, leave_after=None,
    walk_km=None, wait_min=None, rides=None, limit_min=None, lang="fr", progress=None
))]
#[allow(clippy::too_many_arguments, reason = "a keyword for each option of the command")]
pub(crate) fn times(
    py: Python<'_>,
    homes: &Bound<'_, PyAny>,
    sites: &Bound<'_, PyAny>,
    roads: Option<PathBuf>,
    mode: Option<&str>,
    profile: Option<PathBuf>,
    timetable: Option<&Bound<'_, PyAny>>,
    date: Option<&str>,
    arrive_by: Option<&str>,
    leave_after: Option<&str>,
    walk_km: Option<f64>,
    wait_min: Option<u32>,
    rides: Option<u8>,
    limit_min: Option<u32>,
    lang: &str,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Times> {
    let lang = Language::of(lang)?;
    let doors = (Doors::of("homes", homes)?, Doors::of("sites", sites)?);
    let limit = limit_min.map(Seconds::from_minutes);
    let by = match (timetable, roads, mode) {
        (Some(timetable), roads, None) => By::Transit {
            timetables: paths(timetable)?,
            roads,
            date: needed("date", date, |text| text.parse().ok())?,
            stay: TransitDay {
                arrive_by: needed("arrive_by", arrive_by, ClockTime::parse)?,
                leave_after: needed("leave_after", leave_after, ClockTime::parse)?,
                limit,
                at_site: wait_min.map(Seconds::from_minutes),
                rides: rides.unwrap_or(TransitDay::RIDES),
            },
            walk: walk_km.map(metres).transpose()?,
        },
        (None, Some(roads), Some(mode)) => By::Road { roads, mode: road_mode(mode)?, profile },
        _ => return Err(PyValueError::new_err("give either roads and mode, or a timetable without a mode")),
    };
    watched(py, (progress, lang), |control| compute(doors, by, limit, lang, control))?
        .map_err(|error| exception(py, "MaillageError", (error.to_string(),)))
}

/// A value that must be there, understood by `read`.
fn needed<T>(name: &str, value: Option<&str>, read: impl Fn(&str) -> Option<T>) -> PyResult<T> {
    let value = value.ok_or_else(|| PyValueError::new_err(format!("a timetable needs {name}")))?;
    read(value).ok_or_else(|| PyValueError::new_err(format!("{name}={value:?} is not understood")))
}

fn paths(value: &Bound<'_, PyAny>) -> PyResult<Vec<PathBuf>> {
    value.extract::<PathBuf>().map(|path| vec![path]).or_else(|_| value.extract())
}

fn metres(km: f64) -> PyResult<Metres> {
    match (0.0..=MOST_WALK_KM).contains(&km) {
        // At most 20,000: it fits.
        true => Ok(Metres::new((km * 1_000.0).round() as u32)),
        false => Err(PyValueError::new_err(format!("walk_km is between 0 and {MOST_WALK_KM}"))),
    }
}

fn road_mode(word: &str) -> PyResult<Mode> {
    match word {
        "car" => Ok(Mode::Car),
        "moped" => Ok(Mode::Moped),
        "ebike" => Ok(Mode::EBike),
        "bike" => Ok(Mode::Bike),
        "foot" => Ok(Mode::Walk),
        _ => Err(PyValueError::new_err(format!(
            "mode is 'car', 'moped', 'ebike', 'bike' or 'foot', not {word:?}"
        ))),
    }
}

/// What is written to memory fails only when there is none.
type Written = std::io::Result<Times>;

fn compute(
    (homes, sites): (Doors, Doors),
    by: By,
    limit: Option<Seconds>,
    lang: Language,
    control: &Control<'_>,
) -> Result<Written, Error> {
    let mut findings = Vec::new();
    let doors = (homes.read(&mut findings, control)?, sites.read(&mut findings, control)?);
    let times = Times {
        csv: String::new(),
        json: String::new(),
        by_road: matches!(by, By::Road { .. }),
        findings,
        lang,
    };
    match by {
        By::Road { roads, mode, profile } => {
            by_road(times, (&roads, &rules(profile.as_deref(), mode)?), &doors, limit, control)
        }
        By::Transit { timetables, roads, date, stay, walk } => {
            by_transit(times, (&timetables, roads.as_deref()), (date, stay, walk), &doors, control)
        }
    }
}

/// The rules of a mode, or one's own.
fn rules(path: Option<&Path>, mode: Mode) -> Result<Profile, Error> {
    match path {
        Some(path) => Profile::parse(&instance::text(path, MOST_PROFILE)?, &path.display().to_string()),
        None => Profile::shipped(mode).ok_or_else(|| Error::Provider {
            provider: "roads".into(),
            what: "no profile of that mode".into(),
        }),
    }
}

fn network(
    path: &Path,
    profile: &Profile,
    control: &Control<'_>,
) -> Result<(Arc<RoadMap>, Arc<RoadNetwork>), Error> {
    let map = Arc::new(RoadMap::open(path, std::slice::from_ref(profile), control)?);
    let network = Arc::new(RoadNetwork::new(&map, profile));
    Ok((map, network))
}

fn positions(doors: &[Door]) -> Vec<Position> {
    doors.iter().map(|door| door.position).collect()
}

fn by_road(
    mut times: Times,
    (roads, profile): (&Path, &Profile),
    (homes, sites): &(Vec<Door>, Vec<Door>),
    limit: Option<Seconds>,
    control: &Control<'_>,
) -> Result<Written, Error> {
    let (map, network) = network(roads, profile, control)?;
    times.findings.extend(map.findings().iter().cloned());
    times.findings.extend(network.told_of_tags());
    let home_places = network.places(&positions(homes), control)?;
    let site_places = network.places(&positions(sites), control)?;
    let table = |way| network.table(&home_places, &site_places, way, limit, control);
    let (to, from) = (table(Way::To)?, table(Way::Back)?);
    let joined = homes.iter().zip(&home_places).chain(sites.iter().zip(&site_places));
    let doors = joined.map(|(door, &place)| (door.key.as_str(), door.position, place));
    times.findings.extend(network.told_of_doors(doors, limit));
    let untagged = network.untagged_share(&home_places, &site_places, limit, control)?;
    times.findings.extend(untagged.map(|share| network.told_of_share(share)));
    let lost = home_places.iter().chain(&site_places).filter(|place| place.is_none()).count();
    let took = Took::default();
    let told = RoadTimes {
        homes,
        sites,
        to: &to,
        from: &from,
        network: &network,
        untagged,
        unsnapped: lost,
        build: took,
        table: took,
        back: took,
        rss_mb: None,
    };
    let (mut csv, mut json) = (Vec::new(), Vec::new());
    let written =
        report::road_times_csv(&told, &mut csv).and_then(|()| report::road_times_json(&told, &mut json));
    Ok(written.and_then(|()| filled(times, csv, json)))
}

fn by_transit(
    mut times: Times,
    (timetables, roads): (&[PathBuf], Option<&Path>),
    (date, stay, walk): (Date, TransitDay, Option<Metres>),
    (homes, sites): &(Vec<Door>, Vec<Door>),
    control: &Control<'_>,
) -> Result<Written, Error> {
    let options = TimetableOptions { around: Some(date), ..TimetableOptions::default() };
    let timetable = Timetable::open(timetables, &options, control)?;
    times.findings.extend(timetable.findings().iter().cloned());
    times.findings.extend(timetable.doubts(date));
    let day = ServiceDay::new(&timetable, date);
    let mut rules = WalkRules::default();
    rules.most = walk.unwrap_or(rules.most);
    let walks = Walks::new(&timetable, rules);
    let on_foot = roads.map(|path| on_foot(path, &mut times.findings, control)).transpose()?;
    if let Some(network) = &on_foot {
        let doors = homes.iter().chain(sites);
        let doors = doors.map(|door| (door.key.as_str(), door.position, network.place(door.position)));
        times.findings.extend(network.told_of_doors(doors, None));
    }
    let doors = |doors: &[Door]| TransitDoor::all(&walks, &positions(doors), on_foot.as_deref(), control);
    let (home_doors, site_doors) = (doors(homes)?, doors(sites)?);
    let table =
        |way| TransitTable::new((&timetable, &day, &walks), (&home_doors, &site_doors), way, stay, control);
    let (to, back) = (table(Way::To)?, table(Way::Back)?);
    let took = Took::default();
    let told = TransitTimes {
        timetable: &timetable,
        homes,
        sites,
        to: &to,
        back: &back,
        stay,
        load: took,
        day: took,
        search: took,
        rss_mb: None,
    };
    let (mut csv, mut json) = (Vec::new(), Vec::new());
    let written = report::transit_times_csv(&told, &mut csv)
        .and_then(|()| report::transit_times_json(&told, &mut json));
    Ok(written.and_then(|()| filled(times, csv, json)))
}

/// The roads for people on foot.
fn on_foot(
    path: &Path,
    findings: &mut Vec<Finding>,
    control: &Control<'_>,
) -> Result<Arc<RoadNetwork>, Error> {
    let (map, network) = network(path, &rules(None, Mode::Walk)?, control)?;
    findings.extend(map.findings().iter().cloned());
    Ok(network)
}

fn filled(times: Times, csv: Vec<u8>, json: Vec<u8>) -> Written {
    let text = |bytes| String::from_utf8(bytes).map_err(std::io::Error::other);
    Ok(Times { csv: text(csv)?, json: text(json)?, ..times })
}
