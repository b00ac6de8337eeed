//! From a file to a [`RoadMap`] in two passes: roads and restrictions, then the nodes that
//! they name. What is kept grows with the roads that some profile may use, not with the file.

use super::map::{Point, Restriction, RoadMap, Way, frame};
use super::pbf::{self, BlobAt, Block, Broken, Element, Header, Member, Numbers, TagNumbers, Trouble};
use super::profile::Profile;
use super::tags::{Keys, TagSets};
use crate::control::{Control, Stage, each};
use crate::error::Error;
use crate::finding::{Code, Finding, Source, Text};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// Compressed bytes that are held at a time.
const BATCH_BYTES: usize = 64 * 1024 * 1024;
const BATCH_BLOBS: usize = 64;
/// Most bytes of a value: longer ones are no figure and no word.
const MOST_VALUE: usize = 255;

impl RoadMap {
    /// Reads the roads that some of `profiles` may use from an `.osm.pbf` file.
    ///
    /// # Errors
    /// [`Error::Io`] when it can't be read, [`Error::Input`] when it is no such file or is
    /// broken, [`Error::Cancelled`] when `control` says so.
    pub fn open(path: &Path, profiles: &[Profile], control: &Control<'_>) -> Result<Self, Error> {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let file = File::open(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
        Self::read(BufReader::new(file), &name, profiles, control).map_err(|error| match error {
            Error::Io { source, .. } => Error::Io { path: path.to_owned(), source },
            other => other,
        })
    }

    /// As [`RoadMap::open`], from anything that can be read twice; `name` is for messages.
    ///
    /// # Errors
    /// As [`RoadMap::open`].
    pub fn read(
        file: impl Read + Seek,
        name: &str,
        profiles: &[Profile],
        control: &Control<'_>,
    ) -> Result<Self, Error> {
        read(file, name, profiles, control).map_err(|stop| match stop {
            Stop::Told(error) => error,
            Stop::Trouble(Trouble::System(source)) => Error::Io { path: name.into(), source },
            Stop::Trouble(Trouble::Broken(wanted)) => Error::Input(vec![broken(name, wanted)]),
        })
    }
}

/// Why reading stops.
enum Stop {
    Told(Error),
    Trouble(Trouble),
}

impl<T: Into<Trouble>> From<T> for Stop {
    fn from(trouble: T) -> Self {
        Self::Trouble(trouble.into())
    }
}

fn read(
    mut file: impl Read + Seek,
    name: &str,
    profiles: &[Profile],
    control: &Control<'_>,
) -> Result<RoadMap, Stop> {
    let blobs = pbf::blobs(&mut file)?;
    let mut frame = None;
    let data: Vec<BlobAt> = blobs.iter().copied().filter(|blob| !blob.header).collect();
    for blob in blobs.iter().filter(|blob| blob.header) {
        let bytes = bytes_of(&mut file, *blob)?;
        frame = Header::new(pbf::inflate(&bytes, &mut Vec::new())?)?.frame.or(frame);
    }
    if blobs.is_empty() {
        return Err(Broken::NoBlob.into());
    }

    let keys = Keys::new(profiles.iter().flat_map(Profile::keys));
    let mut roads = Roads { tags: TagSets::new(keys.clone()), ..Roads::default() };
    let total: u64 = 2 * data.iter().map(|blob| blob.size as u64).sum::<u64>();
    let mut progress = Progress { control, done: 0, total };
    let mut with_nodes = Vec::new();
    each_content(
        &mut file,
        &data,
        &mut progress,
        |content| roads_in(&Block::new(content)?, &keys, profiles),
        |blob, (found, nodes)| {
            if nodes {
                with_nodes.push(blob);
            }
            roads.absorb(found)
        },
    )?;

    let wanted = Wanted::new(&roads.refs);
    let mut points = vec![None; wanted.0.len()];
    let mut marks = Vec::new();
    each_content(
        &mut file,
        &with_nodes,
        &mut progress,
        |content| nodes_in(&Block::new(content)?, &keys, &wanted),
        |_, found| {
            let numbers = roads.tags.absorb(&found.tags);
            for (at, point) in found.points {
                points[at as usize] = point;
            }
            marks.extend(found.marks.into_iter().map(|(at, set)| (at, numbers[set as usize])));
            Ok(())
        },
    )?;
    Ok(roads.into_map(name, frame, &wanted, &points, marks))
}

fn bytes_of(file: &mut (impl Read + Seek), blob: BlobAt) -> Result<Vec<u8>, Trouble> {
    file.seek(SeekFrom::Start(blob.offset))?;
    let mut bytes = vec![0; blob.size];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Bytes read, of both passes.
struct Progress<'a> {
    control: &'a Control<'a>,
    done: u64,
    total: u64,
}

impl Progress<'_> {
    fn step(&mut self, bytes: u64) -> Result<(), Stop> {
        self.done += bytes;
        self.control.step(Stage::Reading, self.done.min(self.total), self.total).map_err(Stop::Told)
    }
}

/// Works on the content of each blob, on all cores, and takes what comes out in order.
fn each_content<T: Send>(
    file: &mut (impl Read + Seek),
    blobs: &[BlobAt],
    progress: &mut Progress<'_>,
    work: impl Fn(&[u8]) -> Result<T, Broken> + Send + Sync,
    mut take: impl FnMut(BlobAt, T) -> Result<(), Broken>,
) -> Result<(), Stop> {
    let mut rest = blobs;
    while !rest.is_empty() {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while let Some((&blob, after)) = rest.split_first() {
            if batch.len() == BATCH_BLOBS || (bytes > 0 && bytes + blob.size > BATCH_BYTES) {
                break;
            }
            bytes += blob.size;
            batch.push(bytes_of(file, blob)?);
            rest = after;
        }
        let first = blobs.len() - rest.len() - batch.len();
        let unpacked = |room: &mut Vec<u8>, bytes: &Vec<u8>| work(pbf::inflate(bytes, room)?);
        for (found, &blob) in each(&batch, Vec::new, unpacked).into_iter().zip(&blobs[first..]) {
            take(blob, found?)?;
        }
        progress.step(bytes as u64)?;
    }
    Ok(())
}

/// A restriction as its relation says it; `via` is a node's id.
struct Said {
    restriction: Restriction,
    via: i64,
}

/// Roads as they are read: points are ids of nodes still.
#[derive(Default)]
struct Roads {
    tags: TagSets,
    /// Id, tags, and the end of its refs.
    ways: Vec<(i64, u32, usize)>,
    refs: Vec<i64>,
    restrictions: Vec<Said>,
    /// Restrictions that are not obeyed, for they lead by way of a road.
    by_roads: u64,
}

impl Roads {
    fn absorb(&mut self, found: Self) -> Result<(), Broken> {
        let (numbers, before) = (self.tags.absorb(&found.tags), self.refs.len());
        // Points and roads are numbered by 32 bits.
        if before + found.refs.len() >= u32::MAX as usize / 2 {
            return Err(Broken::ManyPoints);
        }
        let ways = found.ways.into_iter();
        self.ways.extend(ways.map(|(id, set, end)| (id, numbers[set as usize], before + end)));
        self.refs.extend(found.refs);
        self.restrictions.extend(found.restrictions);
        self.by_roads += found.by_roads;
        Ok(())
    }

    /// Puts points in the place of nodes. Nodes that are missing leave a gap in their roads.
    fn into_map(
        self,
        name: &str,
        frame: Option<[i64; 4]>,
        wanted: &Wanted,
        found: &[Option<Point>],
        mut marks: Vec<(u32, u32)>,
    ) -> RoadMap {
        let mut number = vec![u32::MAX; found.len()];
        let mut points = Vec::with_capacity(found.len());
        for (at, point) in found.iter().enumerate() {
            if let Some(point) = point {
                number[at] = points.len() as u32;
                points.push(*point);
            }
        }
        marks.retain_mut(|(at, _)| {
            *at = number[*at as usize];
            *at != u32::MAX
        });
        marks.sort_unstable();
        let (mut ways, mut refs) = (Vec::with_capacity(self.ways.len()), Vec::with_capacity(self.refs.len()));
        let mut missing = 0_u64;
        let (mut start, mut hint) = (0, 0);
        for (id, tags, end) in self.ways {
            let mut open = false;
            for &node in &self.refs[start..end] {
                let at = wanted.find(node, hint);
                hint = at.unwrap_or(hint);
                let Some(point) = at.map(|at| number[at]).filter(|&point| point != u32::MAX) else {
                    (missing, open) = (missing + 1, false);
                    continue;
                };
                if !open {
                    ways.push(Way { id, tags, first: refs.len() as u32 });
                    open = true;
                }
                // A node named twice in a row is one point.
                if ways.last().is_some_and(|way: &Way| way.first as usize == refs.len())
                    || refs.last() != Some(&point)
                {
                    refs.push(point);
                }
            }
            start = end;
        }
        let restrictions = self.restrictions.into_iter().filter_map(|said| {
            let via = wanted.find(said.via, 0).map(|at| number[at]).filter(|&point| point != u32::MAX)?;
            Some(Restriction { via, ..said.restriction })
        });
        let restrictions = restrictions.collect();
        let mut map = RoadMap {
            lengths: Vec::new(),
            frame: frame_of(frame, &points),
            points,
            ways,
            refs,
            tags: self.tags,
            marks,
            restrictions,
            findings: Vec::new(),
            name: name.to_owned(),
        };
        map.lengths = lengths(&map);
        map.findings = notes(name, missing, self.by_roads);
        map
    }
}

/// Where the extract ends: as its header says, or around its roads.
fn frame_of(said: Option<[i64; 4]>, points: &[Point]) -> [i32; 4] {
    if let Some([west, south, east, north]) = said.map(|f| f.map(|side| i32::try_from(side).unwrap_or(0)))
        && west < east
        && south < north
    {
        return [west, south, east, north];
    }
    frame(points.iter().copied())
}

fn lengths(map: &RoadMap) -> Vec<u32> {
    let mut lengths = vec![0; map.refs.len()];
    for way in 0..map.ways.len() {
        let range = map.refs_of(way);
        for (length, pair) in lengths[range.clone()].iter_mut().zip(map.refs[range].windows(2)) {
            let [a, b] = [pair[0], pair[1]].map(|point| map.points[point as usize]);
            *length = (a.metres(b) * 1000.0).round() as u32;
        }
    }
    lengths
}

/// The ids that roads name, ascending.
struct Wanted(Vec<i64>);

impl Wanted {
    fn new(refs: &[i64]) -> Self {
        let mut ids = refs.to_vec();
        ids.sort_unstable();
        ids.dedup();
        Self(ids)
    }

    /// Where an id is, looked for around `hint` first: ids of one road are near one another.
    fn find(&self, id: i64, hint: usize) -> Option<usize> {
        let ids = &self.0;
        let mut reach = 1;
        if ids.get(hint).is_some_and(|&known| known <= id) {
            while ids.get(hint + reach).is_some_and(|&known| known <= id) {
                reach *= 2;
            }
            let end = ids.len().min(hint + reach);
            return ids[hint..end].binary_search(&id).ok().map(|at| hint + at);
        }
        let hint = hint.min(ids.len());
        while hint >= reach && ids[hint - reach] > id {
            reach *= 2;
        }
        let start = hint.saturating_sub(reach);
        ids[start..hint].binary_search(&id).ok().map(|at| start + at)
    }
}

/// The numbers of strings that are keys, found when they are first met.
struct KeyNumbers<'a> {
    keys: &'a Keys,
    strings: &'a [&'a [u8]],
    known: Vec<Option<Option<u16>>>,
}

impl<'a> KeyNumbers<'a> {
    fn new(keys: &'a Keys, strings: &'a [&'a [u8]]) -> Self {
        Self { keys, strings, known: vec![None; strings.len()] }
    }

    fn string(&self, number: u64) -> Result<&'a [u8], Broken> {
        let string = usize::try_from(number).ok().and_then(|number| self.strings.get(number));
        string.copied().ok_or(Broken::NoSuchString)
    }

    fn number(&mut self, string: u64) -> Result<Option<u16>, Broken> {
        let name = self.string(string)?;
        Ok(*self.known[string as usize].get_or_insert_with(|| self.keys.number(name)))
    }

    /// The tags that are asked for, their values as strings' numbers.
    fn tags(&mut self, mut tags: TagNumbers<'_>, found: &mut Vec<(u16, u32)>) -> Result<(), Broken> {
        found.clear();
        while let Some((key, value)) = tags.next()? {
            if let Some(key) = self.number(key)? {
                self.string(value)?;
                found.push((key, value as u32));
            }
        }
        Ok(())
    }

    fn value(&self, string: u32) -> Option<&'a str> {
        let value = self.strings[string as usize];
        std::str::from_utf8(value).ok().filter(|value| value.len() <= MOST_VALUE)
    }
}

/// The roads and restrictions of a block, and whether it has nodes.
fn roads_in(block: &Block<'_>, keys: &Keys, profiles: &[Profile]) -> Result<(Roads, bool), Broken> {
    let mut names = KeyNumbers::new(keys, block.strings());
    let mut roads = Roads { tags: TagSets::new(keys.clone()), ..Roads::default() };
    let mut nodes = false;
    // By tags as strings' numbers: the set, and whether some profile may use it.
    let mut known: HashMap<Vec<(u16, u32)>, (u32, bool)> = HashMap::new();
    let mut tags = Vec::new();
    block.each(|element| {
        match element {
            Element::Node(_) | Element::Dense(_) => nodes = true,
            Element::Relation(relation) => restriction(relation, &names, &mut roads)?,
            Element::Way(mut way) => {
                names.tags(way.tags, &mut tags)?;
                let (set, used) = match known.get_mut(tags.as_slice()) {
                    Some(known) => *known,
                    None => {
                        let values = tags.iter().filter_map(|&(key, value)| Some((key, names.value(value)?)));
                        let set = roads.tags.add(values, 0);
                        let used = profiles.iter().any(|profile| profile.uses(&roads.tags.get(set)));
                        known.insert(tags.clone(), (set, used));
                        (set, used)
                    }
                };
                roads.tags.count(set);
                if used {
                    while let Some(node) = way.refs.next()? {
                        roads.refs.push(node);
                    }
                    roads.ways.push((way.id, set, roads.refs.len()));
                }
            }
        }
        Ok(())
    })?;
    Ok((roads, nodes))
}

/// Adds a relation, if it is a turn restriction that can be obeyed.
fn restriction(
    mut relation: super::pbf::Relation<'_>,
    names: &KeyNumbers<'_>,
    roads: &mut Roads,
) -> Result<(), Broken> {
    let (mut is_restriction, mut except) = (false, Vec::new());
    let mut rules: Vec<(bool, Option<String>)> = Vec::new();
    while let Some((key, value)) = relation.tags.next()? {
        let (key, value) = (names.string(key)?, String::from_utf8_lossy(names.string(value)?));
        let only = value.starts_with("only_");
        match (key, only || value.starts_with("no_")) {
            (b"type", _) => is_restriction = value == "restriction",
            (b"except", _) => except = value.split(';').map(|one| one.trim().to_owned()).collect(),
            (b"restriction", true) => rules.push((only, None)),
            // Of a time of day: not always, so not counted.
            (b"restriction:conditional", _) => {}
            (key, true) => {
                let vehicle = key.strip_prefix(b"restriction:").filter(|vehicle| !vehicle.contains(&b':'));
                rules.extend(vehicle.map(|v| (only, Some(String::from_utf8_lossy(v).into_owned()))));
            }
            _ => {}
        }
    }
    if !is_restriction || rules.is_empty() {
        return Ok(());
    }
    let (mut from, mut to, mut via, mut by_road) = (Vec::new(), Vec::new(), None, false);
    while let Some((member, role)) = relation.next_member()? {
        match (names.string(role)?, member) {
            (b"from", Member::Way(id)) => from.push(id),
            (b"to", Member::Way(id)) => to.push(id),
            (b"via", Member::Node(id)) => via = Some(id),
            (b"via", _) => by_road = true,
            _ => {}
        }
    }
    if by_road {
        roads.by_roads += 1;
        return Ok(());
    }
    let Some(via) = via.filter(|_| !from.is_empty() && !to.is_empty()) else { return Ok(()) };
    roads.restrictions.extend(rules.into_iter().map(|(only, vehicle)| Said {
        restriction: Restriction {
            only,
            vehicle,
            except: except.clone(),
            from: from.clone(),
            via: 0,
            to: to.clone(),
        },
        via,
    }));
    Ok(())
}

/// What a block says of the wanted nodes.
struct Nodes {
    points: Vec<(u32, Option<Point>)>,
    tags: TagSets,
    marks: Vec<(u32, u32)>,
}

fn nodes_in(block: &Block<'_>, keys: &Keys, wanted: &Wanted) -> Result<Nodes, Broken> {
    let mut names = KeyNumbers::new(keys, block.strings());
    let mut found = Nodes { points: Vec::new(), tags: TagSets::new(keys.clone()), marks: Vec::new() };
    let (mut hint, mut tags) = (0, Vec::new());
    let point = |at: Option<(i32, i32)>| at.map(|(lon, lat)| Point { lon, lat });
    block.each(|element| {
        match element {
            Element::Node(node) => {
                if let Some(at) = wanted.find(node.id, hint) {
                    found.points.push((at as u32, point(block.position_of(&node))));
                    names.tags(node.tags, &mut tags)?;
                    found.mark(at, &tags, &names);
                    hint = at;
                }
            }
            Element::Dense(mut dense) => {
                while let Some(id) = dense.ids.next()? {
                    let (lat, lon) = (dense.lats.needed()?, dense.lons.needed()?);
                    let at = wanted.find(id, hint);
                    if let Some(at) = at {
                        found.points.push((at as u32, point(block.position(lon, lat))));
                        hint = at;
                    }
                    if !dense.tags.is_empty() {
                        dense_tags(&mut dense.tags, &mut names, &mut tags)?;
                        if let Some(at) = at {
                            found.mark(at, &tags, &names);
                        }
                    }
                }
            }
            Element::Way(_) | Element::Relation(_) => {}
        }
        Ok(())
    })?;
    Ok(found)
}

/// The tags of the next dense node, which end with a zero.
fn dense_tags(
    numbers: &mut Numbers<'_>,
    names: &mut KeyNumbers<'_>,
    found: &mut Vec<(u16, u32)>,
) -> Result<(), Broken> {
    found.clear();
    loop {
        let key = numbers.needed()?;
        if key == 0 {
            return Ok(());
        }
        let value = numbers.needed()?;
        if let Some(key) = names.number(key)? {
            names.string(value)?;
            found.push((key, value as u32));
        }
    }
}

impl Nodes {
    fn mark(&mut self, at: usize, tags: &[(u16, u32)], names: &KeyNumbers<'_>) {
        if !tags.is_empty() {
            let values = tags.iter().filter_map(|&(key, value)| Some((key, names.value(value)?)));
            self.marks.push((at as u32, self.tags.add(values, 0)));
        }
    }
}

fn broken(name: &str, broken: Broken) -> Finding {
    Finding::new(
        Code::BadRoads,
        Source::file(name),
        Text::say(|words| words.not_a_whole_pbf(&broken.expected())),
        Text::say(|words| words.download_again()),
    )
}

/// What is told of a file that could be read.
fn notes(name: &str, missing: u64, by_roads: u64) -> Vec<Finding> {
    let mut notes = Vec::new();
    if missing > 0 {
        notes.push(Finding::new(
            Code::RoadsCut,
            Source::file(name),
            Text::say(|words| words.points_missing(missing)),
            Text::say(|words| words.extract_whole_roads()),
        ));
    }
    if by_roads > 0 {
        notes.push(Finding::new(
            Code::TurnsNotObeyed,
            Source::file(name),
            Text::say(|words| words.turns_not_obeyed(by_roads)),
            Text::say(|words| words.nothing_to_do()),
        ));
    }
    notes
}
