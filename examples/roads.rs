//! Times by road in an OpenStreetMap extract, by every mode: `cargo run --example roads -- FILE.osm.pbf`;
//! run bare, in the valley, a small network of our own drawing.

#![allow(clippy::print_stdout, reason = "an example prints")]

use maillage::territory::{Mode, Way};
use maillage::travel::{Profile, RoadMap, RoadNetwork, RoadTrip};
use maillage::units::{Metres, Position, Seconds};
use maillage::{Control, Error};
use std::path::PathBuf;
use std::sync::Arc;

fn main() -> Result<(), Error> {
    let valley = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/valley/roads/valley.osm.pbf");
    let path = std::env::args_os().nth(1).map_or_else(valley, PathBuf::from);
    let profiles: Vec<(Mode, Profile)> =
        Profile::modes().filter_map(|mode| Some((mode, Profile::shipped(mode)?))).collect();
    let rules: Vec<Profile> = profiles.iter().map(|(_, profile)| profile.clone()).collect();
    let map = Arc::new(RoadMap::open(&path, &rules, &Control::none())?);
    println!("{}: {} roads, {} points", path.display(), map.ways(), map.points());

    // A site in the middle, homes on a grid around it.
    let [west, south, east, north] = map.frame();
    let between = |a: f64, b: f64, share: f64| a + (b - a) * share;
    let at = |x: f64, y: f64| Position::new(between(west, east, x), between(south, north, y));
    let grid = (0..25).filter_map(|i| at(f64::from(i % 5) / 4.0, f64::from(i / 5) / 4.0));
    let homes: Vec<Position> = grid.collect();
    for (mode, profile) in &profiles {
        let network = RoadNetwork::new(&map, profile);
        let site = at(0.5, 0.5).and_then(|middle| network.place(middle));
        let places = network.places(&homes, &Control::none())?;
        let table = network.table(&places, &[site], Way::To, None, &Control::none())?;
        let mut minutes: Vec<u32> = table
            .column(0)
            .filter_map(|trip| match trip {
                RoadTrip::Time(time) => Some(time.to_seconds().to_minutes().get()),
                _ => None,
            })
            .collect();
        minutes.sort_unstable();
        println!(
            "{:>6}: {} junctions, {} edges; minutes to the middle: {minutes:?}",
            mode.as_str(),
            network.junctions(),
            network.edges()
        );
        let farthest = places
            .iter()
            .flatten()
            .filter_map(|home| network.path(home, site.as_ref()?))
            .max_by_key(|p| p.time);
        if let Some(path) = farthest {
            let share = 100 * path.untagged.get() / path.time.get().max(1);
            println!(
                "        the longest: {} m, {} points, {share} % of the time without a tagged limit",
                path.distance.get(),
                path.line.len()
            );
        }
        if let Some(site) = &site {
            let ground = network.isochrone(site, Way::To, Seconds::from_minutes(15), Metres::new(200));
            println!("        within 15 minutes: {} polygons", ground.0.len());
        }
    }
    Ok(())
}
