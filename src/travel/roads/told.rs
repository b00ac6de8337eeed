//! What is to be told of doors and trips on a network.

use super::contract::Chains;
use super::live::LiveTable;
use super::network::{Place, RoadNetwork};
use super::table::limit_ms;
use crate::control::Control;
use crate::error::Error;
use crate::finding::{Code, Finding, Source, Text};
use crate::territory::Way;
use crate::travel::table::Trip;
use crate::units::{Position, Seconds};
use std::sync::Arc;

/// Most homes whose trips are measured for the share without a tagged limit.
const SAMPLE: usize = 2_000;

impl RoadNetwork {
    /// What is to be told of where doors join the roads: M505, M506, and M507 of those nearer to the
    /// extract's edge than one gets within `limit`.
    pub fn told_of_doors<'a>(
        &self,
        doors: impl IntoIterator<Item = (&'a str, Position, Option<Place>)>,
        limit: Option<Seconds>,
    ) -> Vec<Finding> {
        let (mut far, mut lost, mut at_edge) = (Vec::new(), Vec::new(), 0_u64);
        for (key, position, place) in doors {
            match place {
                None => lost.push(key),
                Some(place) if place.is_far() => far.push(key),
                Some(_) => {}
            }
            at_edge += u64::from(limit.is_some_and(|limit| self.is_near_edge(position, limit)));
        }
        let source = || Source::file(&self.map.name);
        let mut findings = Vec::new();
        if !lost.is_empty() {
            findings.push(lost_doors(source(), &lost));
        }
        if !far.is_empty() {
            findings.push(far_doors(source(), &far));
        }
        if at_edge > 0 {
            findings.push(doors_at_edge(source(), at_edge));
        }
        findings
    }

    /// M509, when the roads have tags with values that the profile does not know.
    pub fn told_of_tags(&self) -> Option<Finding> {
        let mut values: Vec<(&str, &str, u64)> = self.unknown().collect();
        values.sort_by_key(|&(key, value, count)| (std::cmp::Reverse(count), key, value));
        let total: u64 = values.iter().map(|(_, _, count)| count).sum();
        let named: Vec<String> = values.iter().map(|(key, value, count)| named(key, value, *count)).collect();
        let shown = some(&named.iter().map(String::as_str).collect::<Vec<_>>());
        (total > 0).then(|| {
            Finding::new(
                Code::UnknownTags,
                Source::file(&self.map.name),
                Text::say(|words| words.unknown_values(total, &shown)),
                Text::say(|words| words.a_profile_that_knows_them()),
            )
        })
    }

    /// The part, from 0 to 1, of the way from homes to sites that is on roads without a tagged limit, whose speed
    /// is that of their class. Measured on at most 2,000 homes, evenly chosen; what is walked off the roads does
    /// not count. `None` when the profile reads no limit, or when there is no trip.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when `control` says so.
    pub fn untagged_share(
        self: &Arc<Self>,
        homes: &[Option<Place>],
        sites: &[Option<Place>],
        limit: Option<Seconds>,
        control: &Control<'_>,
    ) -> Result<Option<f64>, Error> {
        if !self.reads_limits() {
            return Ok(None);
        }
        let on_road = |place: &Option<Place>| place.map(|place| Place { off_cm: 0, ..place });
        let homes: Arc<[Option<Place>]> =
            homes.iter().step_by(homes.len().div_ceil(SAMPLE).max(1)).map(on_road).collect();
        let untagged = Arc::new(self.measuring(untagged_lengths(self)));
        let (mut part, mut whole) = (0, 0);
        for site in sites.iter().map(on_road) {
            let metres = |network: &Arc<Self>| -> Result<u64, Error> {
                let limit = Seconds::new(limit_ms(limit) / 1000);
                let mut table = LiveTable::new(network, Arc::clone(&homes), Way::To, limit);
                table.add(&[site], control)?;
                let cells = table.column(0).into_iter().flat_map(|cells| cells.iter());
                let trips = cells.filter_map(|&cell| Trip::from(cell).time());
                Ok(trips.map(|travel| u64::from(travel.distance.get())).sum())
            };
            part += metres(&untagged)?;
            whole += metres(self)?;
        }
        Ok((whole > 0).then(|| (part as f64 / whole as f64).min(1.0)))
    }

    /// M510: that this share of the trips is on roads without a tagged limit.
    pub fn told_of_share(&self, share: f64) -> Finding {
        let percent = (share * 100.0).round();
        Finding::new(
            Code::UntaggedSpeeds,
            Source::file(&self.map.name),
            Text::say(|words| words.share_without_limit(percent)),
            Text::say(|words| words.keep_a_margin()),
        )
    }
}

/// Centimetres without a tagged limit from each edge's start to each point of its shape.
fn untagged_lengths(network: &RoadNetwork) -> Chains {
    let mut chains = Chains::clone(&network.chains);
    for edge in 0..chains.edges.len() {
        let (mut last, mut sum) = (0, 0);
        for index in chains.shape_of(edge).skip(1) {
            let cm = chains.along[index] - std::mem::replace(&mut last, chains.along[index]);
            sum += if network.is_tagged(index - 1) { 0 } else { cm };
            chains.along[index] = sum;
        }
    }
    chains
}

fn named(key: &str, value: &str, count: u64) -> String {
    let tag = if value.contains('=') { value.to_owned() } else { format!("{key}={value}") };
    format!("{tag} ({count})")
}

/// The first few of a list, and how many there are.
fn some(keys: &[&str]) -> String {
    let shown = keys.iter().take(5).copied().collect::<Vec<_>>().join(", ");
    if keys.len() > 5 { format!("{shown}, …") } else { shown }
}

fn lost_doors(source: Source, keys: &[&str]) -> Finding {
    let (count, shown) = (keys.len(), some(keys));
    Finding::new(
        Code::OffTheRoads,
        source,
        Text::say(|words| words.doors_off_the_roads(count, &shown)),
        Text::say(|words| words.check_doors_or_larger_extract()),
    )
}

fn far_doors(source: Source, keys: &[&str]) -> Finding {
    let (count, shown) = (keys.len(), some(keys));
    Finding::new(
        Code::FarFromRoads,
        source,
        Text::say(|words| words.doors_far_from_roads(count, &shown)),
        Text::say(|words| words.check_doors()),
    )
}

fn doors_at_edge(source: Source, count: u64) -> Finding {
    Finding::new(
        Code::NearTheEdge,
        source,
        Text::say(|words| words.doors_near_the_edge(count)),
        Text::say(|words| words.larger_extract()),
    )
}
