//! Times by road between homes and sites, as rows of CSV or in JSON.

use super::files::field;
use super::rows::json_with_rows;
use super::solved::Took;
use crate::read::Door;
use crate::territory::Way;
use crate::travel::{RoadNetwork, RoadTable, RoadTrip};
use serde::Serialize;
use std::io::{self, Write};

/// Times by road, and what computing them took.
///
/// ```
/// use maillage::report::{RoadTimes, Took, road_times_csv};
/// # use maillage::Control;
/// # use maillage::territory::{Mode, Way};
/// # use maillage::travel::{Profile, RoadMap, RoadNetwork};
/// # use maillage::units::{Metres, Position, Seconds};
/// # use std::sync::Arc;
/// # let control = Control::none();
/// # let profile = Profile::shipped(Mode::Car).expect("one of ours");
/// # let file = "data/valley/roads/valley.osm.pbf".as_ref();
/// # let map = Arc::new(RoadMap::open(file, std::slice::from_ref(&profile), &control)?);
/// # let network = Arc::new(RoadNetwork::new(&map, &profile));
/// # let at = |lat| Position::new(0.25, lat).expect("on the earth");
/// let (doors, _) = maillage::read::doors("data/valley/places.csv".as_ref(), &control)?;
/// let places: Vec<_> = doors.iter().map(|door| network.place(door.position)).collect();
/// let table = |way| network.table(&places, &places, way, None, &control);
/// let (to, from, took) = (table(Way::To)?, table(Way::Back)?, Took::default());
/// let times = RoadTimes {
///     homes: &doors, sites: &doors, to: &to, from: &from, network: &network, untagged: None,
///     unsnapped: 0, build: took, table: took, back: took, rss_mb: None,
/// };
/// let mut csv = Vec::new();
/// road_times_csv(&times, &mut csv).expect("memory is written to");
/// assert!(csv.starts_with(b"home,site,to_s,from_s\nmoulin,moulin,"));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RoadTimes<'a> {
    /// The homes, in the order of the tables.
    pub homes: &'a [Door],
    /// The sites, likewise.
    pub sites: &'a [Door],
    /// From homes to sites.
    pub to: &'a RoadTable,
    /// From sites to homes.
    pub from: &'a RoadTable,
    /// What they were asked of.
    pub network: &'a RoadNetwork,
    /// The part of the way that is on roads without a tagged limit, where the profile reads limits.
    pub untagged: Option<f64>,
    /// Homes and sites that are too far from every road.
    pub unsnapped: usize,
    /// From the file to the network.
    pub build: Took,
    /// Joining homes and sites to the network, and the times from homes to sites.
    pub table: Took,
    /// The times from sites to homes.
    pub back: Took,
    /// Most megabytes of memory held, where the system tells.
    pub rss_mb: Option<f64>,
}

impl RoadTimes<'_> {
    fn trip(&self, way: Way, home: usize, site: usize) -> Option<u32> {
        let table = match way {
            Way::To => self.to,
            Way::Back => self.from,
        };
        match table.trip(home, site) {
            RoadTrip::Time(time) => Some(time.to_seconds().get()),
            _ => None,
        }
    }

    /// Rows in the order of homes, then sites.
    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let pairs =
            (0..self.homes.len()).flat_map(|home| (0..self.sites.len()).map(move |site| (home, site)));
        pairs.map(|(home, site)| Row {
            home: self.homes[home].key.as_str(),
            site: self.sites[site].key.as_str(),
            to_s: self.trip(Way::To, home, site),
            from_s: self.trip(Way::Back, home, site),
        })
    }

    /// Trips from homes to sites that can't be made, and the sum of the others in milliseconds.
    fn sums(&self) -> (u64, u64) {
        let (mut unreachable, mut sum) = (0, 0);
        for site in 0..self.sites.len() {
            for trip in self.to.column(site) {
                match trip {
                    RoadTrip::Time(time) => sum += u64::from(time.get()),
                    _ => unreachable += 1,
                }
            }
        }
        (unreachable, sum)
    }
}

/// From a home to a site and back.
#[derive(Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "RoadRow"))]
struct Row<'a> {
    /// The home's identifier.
    home: &'a str,
    /// The site's identifier.
    site: &'a str,
    /// Whole seconds there, rounded up; null where there is no time.
    to_s: Option<u32>,
    /// Whole seconds back, likewise.
    from_s: Option<u32>,
}

/// What is told besides the rows.
#[derive(Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "RoadTotals"))]
struct Totals<'a> {
    /// Homes.
    homes: usize,
    /// Sites.
    sites: usize,
    /// Trips from homes to sites without a time: not located, no link, or beyond the limit.
    unreachable: u64,
    /// The sum of the others, in seconds, to the tenth.
    checksum: f64,
    /// Processor seconds from the file to the network.
    build_s: f64,
    /// Processor seconds to join homes and sites to it, and for the times from homes to sites.
    table_s: f64,
    /// Processor seconds for the times from sites to homes.
    back_s: f64,
    /// Junctions of the network.
    nodes: usize,
    /// What joins them.
    edges: usize,
    /// Homes and sites that are not located.
    unsnapped: usize,
    /// Part, from 0 to 1, of the way from homes to sites on roads without a tagged limit; null where the profile reads no limit.
    untagged_share: Option<f64>,
    /// Values that the profile does not know.
    unknown: Vec<UnknownJson<'a>>,
    /// Most megabytes of memory held; null where the system does not tell.
    rss_mb: Option<f64>,
}

/// A value that the profile does not know, and how many roads or nodes have it.
#[derive(Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "UnknownValue"))]
struct UnknownJson<'a> {
    /// The tag's key.
    key: &'a str,
    /// Its value.
    value: &'a str,
    /// Roads or nodes that have it.
    count: u64,
}

/// The object as a whole, for its schema.
#[cfg(feature = "schemas")]
#[derive(schemars::JsonSchema)]
#[schemars(rename = "RoadTimes")]
#[expect(dead_code, reason = "a schema")]
pub(super) struct Whole<'a> {
    #[schemars(flatten)]
    totals: Totals<'a>,
    /// Rows in the order of homes, then sites.
    rows: Vec<Row<'a>>,
}

/// Writes rows `home,site,to_s,from_s`: whole seconds, rounded up; empty where there is no time. An identifier that a
/// spreadsheet would take for a formula has an apostrophe before it.
///
/// # Errors
/// Those of `out`.
pub fn road_times_csv(times: &RoadTimes<'_>, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"home,site,to_s,from_s\n")?;
    let sites: Vec<String> = times.sites.iter().map(|site| field(site.key.as_str())).collect();
    let number = |seconds: Option<u32>| seconds.map_or_else(String::new, |seconds| seconds.to_string());
    for (home, door) in times.homes.iter().enumerate() {
        let name = field(door.key.as_str());
        for (site, site_name) in sites.iter().enumerate() {
            let [to, from] = Way::BOTH.map(|way| number(times.trip(way, home, site)));
            writeln!(out, "{name},{site_name},{to},{from}")?;
        }
    }
    Ok(())
}

/// Writes one JSON object: `rows` as in the CSV, and what `docs/roads.md` lists besides.
///
/// # Errors
/// Those of `out`.
pub fn road_times_json(times: &RoadTimes<'_>, out: &mut impl Write) -> io::Result<()> {
    let (unreachable, sum) = times.sums();
    let cpu = |took: Took| (took.cpu.unwrap_or(took.seconds) * 1e5).round() / 1e5;
    let totals = Totals {
        homes: times.homes.len(),
        sites: times.sites.len(),
        unreachable,
        checksum: (sum as f64 / 100.0).round() / 10.0,
        build_s: cpu(times.build),
        table_s: cpu(times.table),
        back_s: cpu(times.back),
        nodes: times.network.junctions(),
        edges: times.network.edges(),
        unsnapped: times.unsnapped,
        untagged_share: times.untagged.map(|share| (share * 1e4).round() / 1e4),
        unknown: times
            .network
            .unknown()
            .map(|(key, value, count)| UnknownJson { key, value, count })
            .collect(),
        rss_mb: times.rss_mb,
    };
    json_with_rows(&totals, times.rows(), out)
}
