//! Communes joined until every count of a zone may be told.

use super::super::interne::communes;
use super::is_small;
use super::people::Person;
use super::tables::Columns;
use crate::territory::{Outlines, Place, Territory};
use crate::units::{InseeCode, Position};
use geo::{CoordsIter, MultiPolygon};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Communes that are told as one.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    /// The main commune first, then by code.
    pub(super) communes: Vec<Commune>,
    /// Whether it holds the people whose commune is not known.
    pub(super) unknown: bool,
    /// By coarse column: with a place and without, or all.
    pub(super) counts: Vec<u32>,
}

/// A commune in a zone.
#[derive(Clone, Debug)]
pub(super) struct Commune {
    pub(super) code: InseeCode,
    pub(super) name: String,
}

impl Zone {
    /// « Chinon et 3 communes voisines »
    pub(super) fn name_fr(&self) -> String {
        let unknown = if self.unknown { "domiciles non situés" } else { "" };
        let communes = match self.communes.as_slice() {
            [] => return unknown.to_owned(),
            [only] => only.name.clone(),
            [main, _] => format!("{} et 1 commune voisine", main.name),
            [main, others @ ..] => format!("{} et {} communes voisines", main.name, others.len()),
        };
        if self.unknown { format!("{communes}, {unknown}") } else { communes }
    }

    /// "Chinon and 3 neighbouring communes"
    pub(super) fn name_en(&self) -> String {
        let unknown = if self.unknown { "homes without a commune" } else { "" };
        let communes = match self.communes.as_slice() {
            [] => return unknown.to_owned(),
            [only] => only.name.clone(),
            [main, _] => format!("{} and 1 neighbouring commune", main.name),
            [main, others @ ..] => format!("{} and {} neighbouring communes", main.name, others.len()),
        };
        if self.unknown { format!("{communes}, {unknown}") } else { communes }
    }

    /// How many people are enrolled.
    pub(super) fn enrolled(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// With a place and without, where both are told.
    pub(super) fn outcomes(&self) -> [Option<u32>; 2] {
        match *self.counts {
            [placed, left_out] => [Some(placed), Some(left_out)],
            _ => [None; 2],
        }
    }

    /// Its outline, empty when no commune of it has one.
    pub(super) fn outline(&self, outlines: &Outlines) -> MultiPolygon<f64> {
        let shapes: Vec<&MultiPolygon<f64>> =
            self.communes.iter().filter_map(|commune| outlines.get(commune.code)).collect();
        match shapes.as_slice() {
            [one] => (*one).clone(),
            several => geo::unary_union(several.iter().copied()),
        }
    }
}

/// The zones, by the code of their main commune.
pub(super) fn zones(territory: &Territory, people: &[Person], columns: &Columns, threshold: u32) -> Vec<Zone> {
    let mut joiner = Joiner::new(territory, people, &columns.coarse());
    while let Some(smallest) = joiner.smallest_small(threshold) {
        let Some(other) = joiner.neighbour_of(smallest, threshold) else { break };
        joiner.join(smallest, other);
    }
    joiner.finish()
}

/// Zones under construction, by the place of their first commune.
struct Joiner<'a> {
    parts: BTreeMap<usize, Part<'a>>,
}

struct Part<'a> {
    communes: Vec<(InseeCode, Option<&'a Place>)>,
    unknown: bool,
    counts: Vec<u32>,
    /// Parts that share a border with it.
    neighbours: BTreeSet<usize>,
    centres: Vec<Position>,
    epci: Option<&'a str>,
}

impl<'a> Joiner<'a> {
    fn new(territory: &'a Territory, people: &[Person], columns: &Columns) -> Self {
        let mut of: BTreeMap<Option<InseeCode>, Vec<&Person>> = BTreeMap::new();
        people.iter().for_each(|person| of.entry(person.commune).or_default().push(person));
        let communes = communes(territory);
        let mut neighbours = neighbours(territory.outlines(), communes.keys().copied());
        let count = |code: Option<InseeCode>| {
            columns.count(of.get(&code).into_iter().flatten().copied())
        };
        let part = |(at, (&code, &place)): (usize, (&InseeCode, &Option<&'a Place>))| {
            let part = Part {
                communes: vec![(code, place)],
                unknown: false,
                counts: count(Some(code)),
                neighbours: neighbours.remove(&at).unwrap_or_default(),
                centres: place.and_then(|place| place.position).into_iter().collect(),
                epci: place.and_then(|place| place.epci.as_deref()),
            };
            (at, part)
        };
        let mut parts: BTreeMap<usize, Part<'a>> = communes.iter().enumerate().map(part).collect();
        if of.contains_key(&None) {
            let unknown = Part {
                communes: Vec::new(),
                unknown: true,
                counts: count(None),
                neighbours: BTreeSet::new(),
                centres: Vec::new(),
                epci: None,
            };
            parts.insert(communes.len(), unknown);
        }
        Self { parts }
    }

    fn smallest_small(&self, threshold: u32) -> Option<usize> {
        let small = self.parts.iter().filter(|(_, part)| part.is_small(threshold));
        small.min_by_key(|(at, part)| (part.people(), **at)).map(|(&at, _)| at)
    }

    /// Whom a part joins: a neighbour if it has any, of its own intercommunality
    /// rather than of another, small itself rather than not, and then the nearest.
    fn neighbour_of(&self, at: usize, threshold: u32) -> Option<usize> {
        let part = self.parts.get(&at)?;
        let others = self.parts.iter().filter(|&(&other, _)| other != at);
        let near = |other: &usize| part.neighbours.is_empty() || part.neighbours.contains(other);
        let key = |other: &Part<'_>| {
            let elsewhere = part.epci.is_none() || part.epci != other.epci;
            // Homes nowhere have no neighbour: they blur the largest zone least.
            let people = if part.unknown { other.people() } else { 0 };
            (Reverse(people), elsewhere, !other.is_small(threshold), part.metres_to(other))
        };
        others.filter(|(other, _)| near(other)).min_by_key(|(other, part)| (key(part), **other)).map(|(&at, _)| at)
    }

    fn join(&mut self, from: usize, into: usize) {
        let Some(gone) = self.parts.remove(&from) else { return };
        for &neighbour in &gone.neighbours {
            if let Some(part) = self.parts.get_mut(&neighbour) {
                part.neighbours.remove(&from);
                if neighbour != into {
                    part.neighbours.insert(into);
                }
            }
        }
        let Some(part) = self.parts.get_mut(&into) else { return };
        part.neighbours.extend(gone.neighbours.into_iter().filter(|&neighbour| neighbour != into));
        part.communes.extend(gone.communes);
        part.centres.extend(gone.centres);
        part.unknown |= gone.unknown;
        part.counts.iter_mut().zip(gone.counts).for_each(|(count, more)| *count += more);
    }

    fn finish(self) -> Vec<Zone> {
        let mut zones: Vec<Zone> = self.parts.into_values().map(Part::finish).collect();
        zones.sort_by_key(|zone| zone.communes.first().map_or((true, None), |main| (false, Some(main.code))));
        zones
    }
}

impl Part<'_> {
    fn is_small(&self, threshold: u32) -> bool {
        self.counts.iter().any(|&count| is_small(count, threshold))
    }

    fn people(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// Metres between the middles of the centres; the most there are when one has none.
    fn metres_to(&self, other: &Self) -> u64 {
        let metres = self.middle().zip(other.middle()).map(|(a, b)| a.straight_line(b));
        metres.map_or(u64::MAX, |metres| metres as u64)
    }

    fn middle(&self) -> Option<Position> {
        let n = self.centres.len() as f64;
        let (lon, lat) = self.centres.iter().fold((0.0, 0.0), |(lon, lat), at| (lon + at.lon(), lat + at.lat()));
        Position::new(lon / n, lat / n)
    }

    fn finish(mut self) -> Zone {
        self.communes.sort_by_key(|&(code, _)| code);
        let population = |&(_, place): &(InseeCode, Option<&Place>)| place.and_then(|place| place.population);
        let main = (0..self.communes.len()).min_by_key(|&i| (Reverse(population(&self.communes[i])), i));
        if let Some(main) = main {
            self.communes[..=main].rotate_right(1);
        }
        let commune = |(code, place): (InseeCode, Option<&Place>)| Commune {
            code,
            name: place.map_or_else(|| code.to_string(), |place| place.name.clone()),
        };
        Zone {
            communes: self.communes.into_iter().map(commune).collect(),
            unknown: self.unknown,
            counts: self.counts,
        }
    }
}

/// Which communes share a border: at least two corners of their outlines, to a decimetre.
fn neighbours(
    outlines: &Outlines,
    communes: impl Iterator<Item = InseeCode>,
) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut corners: HashMap<(i64, i64), BTreeSet<usize>> = HashMap::new();
    for (at, code) in communes.enumerate() {
        for corner in outlines.get(code).into_iter().flat_map(CoordsIter::coords_iter) {
            let cell = ((corner.x * 1e6).round() as i64, (corner.y * 1e6).round() as i64);
            corners.entry(cell).or_default().insert(at);
        }
    }
    let mut shared: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    // In any order: sums do not depend on it.
    for around in corners.values().filter(|around| around.len() > 1) {
        for &a in around {
            for &b in around.range(a + 1..) {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    let mut neighbours: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for ((a, b), _) in shared.into_iter().filter(|&(_, corners)| corners > 1) {
        neighbours.entry(a).or_default().insert(b);
        neighbours.entry(b).or_default().insert(a);
    }
    neighbours
}
