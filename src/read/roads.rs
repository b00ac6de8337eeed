//! `*.osm.pbf`: the roads of a territory.

use super::files::{Folder, large_file};
use super::report::Report;
use crate::error::Error;
use crate::finding::{Code, Level, Text};
use crate::travel::{Profile, RoadMap, RoadTravel};
use std::sync::Arc;

const END: &str = ".osm.pbf";

/// Reads the folder's road file, if there is one, for every mode.
pub(super) fn read(folder: &mut Folder<'_>, report: &mut Report) -> Result<Option<Arc<RoadTravel>>, Error> {
    let names = folder.ending(END);
    let name = match names.as_slice() {
        [] => return Ok(None),
        [name] => name,
        [first, second, ..] => {
            report.enter(second);
            report.say(
                Code::TwoRoadFiles,
                0,
                Text::say(|words| words.there_too(first)),
                Text::say(|words| words.keep_one_or_join()),
            );
            return Ok(None);
        }
    };
    report.enter(name);
    let Some(path) = folder.path(name, report) else { return Ok(None) };
    let profiles: Vec<Profile> = Profile::modes().filter_map(Profile::shipped).collect();
    let map = match RoadMap::open(&path, &profiles, folder.control()) {
        Ok(map) => map,
        Err(Error::Input(findings)) => {
            report.extend(findings);
            return Ok(None);
        }
        Err(other) => return Err(other),
    };
    folder.count(large_file(name, &path).map_err(|source| Error::Io { path: path.clone(), source })?);
    debug_assert!(map.findings().iter().all(|finding| finding.level() != Level::Error));
    report.extend(map.findings().to_vec());
    Ok(Some(Arc::new(RoadTravel::new(&Arc::new(map)))))
}
