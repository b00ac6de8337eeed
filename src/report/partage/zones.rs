//! Communes joined until every count of a zone may be told.

use super::super::interne::communes;
use super::super::language;
use super::is_small;
use super::people::Person;
use super::tables::Columns;
use crate::finding::Lang;
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
    /// "Chinon et 3 communes voisines"
    pub(super) fn name(&self, lang: Lang) -> String {
        let main = self.communes.first().map(|commune| commune.name.as_str());
        language::page::of(lang).zone(main, self.communes.len().saturating_sub(1), self.unknown)
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

/// The zones, by the code of their main commune: what lacks least joins a neighbour
/// until all are large enough, then what can be parted again is.
pub(super) fn zones(
    territory: &Territory,
    people: &[Person],
    columns: &Columns,
    threshold: u32,
) -> Vec<Zone> {
    let ground = Ground::new(territory, people, &columns.coarse(), threshold);
    let mut zones = ground.parted(ground.joined());
    zones.sort();
    let mut zones: Vec<Zone> = zones.iter().map(|zone| ground.told(zone)).collect();
    zones.sort_by_key(|zone| zone.communes.first().map_or((true, None), |main| (false, Some(main.code))));
    zones
}

/// A commune, or all people whose commune is not known.
struct Unit<'a> {
    code: Option<InseeCode>,
    place: Option<&'a Place>,
    counts: Vec<u32>,
    neighbours: BTreeSet<usize>,
}

/// Units by code, the one of unknown communes last.
struct Ground<'a> {
    units: Vec<Unit<'a>>,
    threshold: u32,
}

/// Units of a zone, ascending.
type Part = Vec<usize>;

impl<'a> Ground<'a> {
    fn new(territory: &'a Territory, people: &[Person], columns: &Columns, threshold: u32) -> Self {
        let mut of: BTreeMap<Option<InseeCode>, Vec<&Person>> = BTreeMap::new();
        people.iter().for_each(|person| of.entry(person.commune).or_default().push(person));
        let communes = communes(territory);
        let mut neighbours = neighbours(territory.outlines(), communes.keys().copied());
        let unit = |(at, (code, place)): (usize, (Option<InseeCode>, Option<&'a Place>))| Unit {
            code,
            place,
            counts: columns.count(of.get(&code).into_iter().flatten().copied()),
            neighbours: neighbours.remove(&at).unwrap_or_default(),
        };
        let known = communes.into_iter().map(|(code, place)| (Some(code), place));
        let unknown = of.contains_key(&None).then_some((None, None));
        Self { units: known.chain(unknown).enumerate().map(unit).collect(), threshold }
    }

    /// Every unit in a zone that is large enough, if there are enough people at all.
    fn joined(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = (0..self.units.len()).map(|unit| vec![unit]).collect();
        loop {
            let small = (0..parts.len()).filter(|&i| self.is_small(&parts[i]));
            let Some(nearly) = small.min_by_key(|&i| (self.lacking(&parts[i]), parts[i][0])) else { break };
            let part = parts.swap_remove(nearly);
            let Some(other) = self.partner_of(&part, &parts) else {
                parts.push(part);
                break;
            };
            parts[other].extend(part);
            parts[other].sort_unstable();
        }
        parts
    }

    /// Whom a part joins: a neighbour if it has any, small itself rather than not,
    /// of its intercommunality rather than of another, and the one with which the
    /// least is lacking still; then the nearest.
    fn partner_of(&self, part: &Part, parts: &[Part]) -> Option<usize> {
        let near: Vec<usize> = (0..parts.len()).filter(|&i| self.touch(part, &parts[i])).collect();
        let key = |&i: &usize| {
            let other = &parts[i];
            let together: Part = part.iter().chain(other).copied().collect();
            // Homes nowhere have no neighbour: they blur the largest zone least.
            let blurred = if self.is_unknown(part) { Reverse(self.people(other)) } else { Reverse(0) };
            let elsewhere = self.epci(part).is_none() || self.epci(part) != self.epci(other);
            let lacking = self.lacking(&together);
            let metres = self.metres(part, other);
            (blurred, !self.is_small(other), elsewhere, lacking, self.people(other), metres, other[0])
        };
        let all = if near.is_empty() { (0..parts.len()).collect() } else { near };
        all.into_iter().min_by_key(key)
    }

    /// The parts, each in as many as are large enough and hold together.
    fn parted(&self, mut open: Vec<Part>) -> Vec<Part> {
        let mut done = Vec::new();
        while let Some(part) = open.pop() {
            match self.halves(&part) {
                Some(halves) => open.extend(halves),
                None => done.push(part),
            }
        }
        done
    }

    /// The smallest large enough piece that leaves one: grown from each unit in
    /// turn, the nearest of those around first.
    fn halves(&self, part: &Part) -> Option<[Part; 2]> {
        if self.counts(part).into_iter().any(|count| is_small(count / 2, self.threshold)) {
            return None;
        }
        let pieces = part.iter().filter_map(|&seed| {
            let piece = self.grown(seed, part)?;
            let rest: Part = part.iter().copied().filter(|unit| !piece.contains(unit)).collect();
            (!self.is_small(&rest) && self.holds_together(&rest)).then(|| [piece.into_iter().collect(), rest])
        });
        pieces.min_by_key(|[piece, _]: &[Part; 2]| (self.people(piece), piece[0]))
    }

    fn grown(&self, seed: usize, within: &Part) -> Option<BTreeSet<usize>> {
        let mut piece = BTreeSet::new();
        let mut counts = vec![0; self.units[seed].counts.len()];
        let mut around = BTreeSet::from([(0, seed)]);
        let mut waiting: BTreeSet<usize> = within.iter().copied().filter(|&unit| unit != seed).collect();
        loop {
            let (_, unit) = around.pop_first()?;
            piece.insert(unit);
            counts.iter_mut().zip(&self.units[unit].counts).for_each(|(count, more)| *count += more);
            if !counts.iter().any(|&count| is_small(count, self.threshold)) {
                return Some(piece);
            }
            for next in waiting.extract_if(.., |&other| self.adjacent(unit, other)) {
                around.insert((self.metres(&[seed], &[next]), next));
            }
        }
    }

    /// Whether a part is connected, and not empty.
    fn holds_together(&self, part: &Part) -> bool {
        let mut waiting: BTreeSet<usize> = part.iter().copied().collect();
        let Some(first) = waiting.pop_first() else { return false };
        let mut open = vec![first];
        while let Some(unit) = open.pop() {
            open.extend(waiting.extract_if(.., |&other| self.adjacent(unit, other)));
        }
        waiting.is_empty()
    }

    /// Whether two units share a border; where outlines are not known, that is not held against them.
    fn adjacent(&self, a: usize, b: usize) -> bool {
        let (a_near, b_near) = (&self.units[a].neighbours, &self.units[b].neighbours);
        a_near.contains(&b) || a_near.is_empty() || b_near.is_empty()
    }

    fn touch(&self, a: &[usize], b: &[usize]) -> bool {
        a.iter().any(|&a| b.iter().any(|b| self.units[a].neighbours.contains(b)))
    }

    fn counts(&self, part: &[usize]) -> Vec<u32> {
        let width = self.units.first().map_or(0, |unit| unit.counts.len());
        (0..width).map(|i| part.iter().map(|&unit| self.units[unit].counts[i]).sum()).collect()
    }

    fn is_small(&self, part: &[usize]) -> bool {
        self.counts(part).into_iter().any(|count| is_small(count, self.threshold))
    }

    /// How many people are missing for every count to be told.
    fn lacking(&self, part: &[usize]) -> u32 {
        self.counts(part).into_iter().map(|count| self.threshold.saturating_sub(count)).sum()
    }

    fn people(&self, part: &[usize]) -> u32 {
        self.counts(part).into_iter().sum()
    }

    fn is_unknown(&self, part: &[usize]) -> bool {
        part.iter().all(|&unit| self.units[unit].code.is_none())
    }

    /// The intercommunality of a part: of its first commune, and so of most that it joined.
    fn epci(&self, part: &[usize]) -> Option<&str> {
        part.first().and_then(|&unit| self.units[unit].place?.epci.as_deref())
    }

    /// Metres between the middles of the centres; the most there are when one has none.
    fn metres(&self, a: &[usize], b: &[usize]) -> u64 {
        let metres = self.middle(a).zip(self.middle(b)).map(|(a, b)| a.straight_line(b));
        metres.map_or(u64::MAX, |metres| metres as u64)
    }

    fn middle(&self, part: &[usize]) -> Option<Position> {
        let centres = || part.iter().filter_map(|&unit| self.units[unit].place?.position);
        let n = centres().count() as f64;
        let (lon, lat) = centres().fold((0.0, 0.0), |(lon, lat), at| (lon + at.lon(), lat + at.lat()));
        Position::new(lon / n, lat / n)
    }

    fn told(&self, part: &Part) -> Zone {
        let population = |unit: usize| self.units[unit].place.and_then(|place| place.population);
        let mut units = part.clone();
        // Units are by code: of two of a size the first.
        let main = (0..units.len()).min_by_key(|&i| (Reverse(population(units[i])), i));
        if let Some(main) = main {
            units[..=main].rotate_right(1);
        }
        let commune = |unit: usize| {
            let Unit { code, place, .. } = self.units[unit];
            let code = code?;
            Some(Commune { code, name: place.map_or_else(|| code.to_string(), |place| place.name.clone()) })
        };
        Zone {
            communes: units.into_iter().filter_map(commune).collect(),
            unknown: part.iter().any(|&unit| self.units[unit].code.is_none()),
            counts: self.counts(part),
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
