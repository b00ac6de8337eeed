//! Draws small road networks and writes them as `.osm.pbf`, for tests and examples.

#![allow(dead_code, unreachable_pub, reason = "each test draws with a part of it")]

/// Key and value.
pub type Tag = (&'static str, &'static str);

/// What a relation is of: kind (0 node, 1 way), id and role.
pub type Member = (u64, i64, &'static str);

/// A drawing: nodes, ways and relations with ids of one's own.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    pub nodes: Vec<(i64, f64, f64, Vec<Tag>)>,
    pub ways: Vec<(i64, Vec<i64>, Vec<Tag>)>,
    pub relations: Vec<(i64, Vec<Member>, Vec<Tag>)>,
}

impl Drawing {
    pub fn node(mut self, id: i64, lon: f64, lat: f64) -> Self {
        self.nodes.push((id, lon, lat, Vec::new()));
        self
    }

    pub fn marked(mut self, id: i64, lon: f64, lat: f64, tags: &[Tag]) -> Self {
        self.nodes.push((id, lon, lat, tags.to_vec()));
        self
    }

    pub fn way(mut self, id: i64, nodes: &[i64], tags: &[Tag]) -> Self {
        self.ways.push((id, nodes.to_vec(), tags.to_vec()));
        self
    }

    /// From way, via node, to way.
    pub fn restriction(mut self, kind: &'static str, [from, via, to]: [i64; 3], more: &[Tag]) -> Self {
        let tags = [("type", "restriction"), ("restriction", kind)].into_iter().chain(more.iter().copied());
        let members = vec![(1, from, "from"), (0, via, "via"), (1, to, "to")];
        self.relations.push((self.relations.len() as i64 + 1, members, tags.collect()));
        self
    }

    /// The file, its blobs stored as they are, 8,000 elements in each.
    pub fn bytes(&self) -> Vec<u8> {
        const MOST: usize = 8_000;
        let mut file = blob("OSMHeader", &header());
        for nodes in self.nodes.chunks(MOST) {
            file.extend(block(|strings| dense(nodes, strings)));
        }
        for ways in self.ways.chunks(MOST) {
            file.extend(block(|strings| group_of_ways(ways, strings)));
        }
        for relations in self.relations.chunks(MOST) {
            file.extend(block(|strings| group_of_relations(relations, strings)));
        }
        file
    }
}

fn block(group: impl FnOnce(&mut Strings) -> Vec<u8>) -> Vec<u8> {
    let mut strings = Strings(vec![String::new()]);
    let group = group(&mut strings);
    let mut table = Vec::new();
    strings.0.iter().for_each(|string| bytes(&mut table, 1, string.as_bytes()));
    let mut block = Vec::new();
    bytes(&mut block, 1, &table);
    bytes(&mut block, 2, &group);
    blob("OSMData", &block)
}

fn dense(nodes: &[(i64, f64, f64, Vec<Tag>)], strings: &mut Strings) -> Vec<u8> {
    let units = |degrees: f64| (degrees * 1e7).round() as i64;
    let mut dense = Vec::new();
    bytes(&mut dense, 1, &deltas(nodes.iter().map(|n| n.0)));
    bytes(&mut dense, 8, &deltas(nodes.iter().map(|n| units(n.2))));
    bytes(&mut dense, 9, &deltas(nodes.iter().map(|n| units(n.1))));
    let mut tags = Vec::new();
    for (key, value) in nodes.iter().flat_map(|n| n.3.iter().chain([&("", "")])) {
        let numbers = if key.is_empty() { vec![0] } else { vec![strings.number(key), strings.number(value)] };
        tags.extend(packed(numbers.into_iter()));
    }
    bytes(&mut dense, 10, &tags);
    let mut group = Vec::new();
    bytes(&mut group, 2, &dense);
    group
}

fn group_of_ways(ways: &[(i64, Vec<i64>, Vec<Tag>)], strings: &mut Strings) -> Vec<u8> {
    let mut group = Vec::new();
    for (id, refs, tags) in ways {
        let mut way = Vec::new();
        number(&mut way, 1, *id as u64);
        tagged(&mut way, strings, tags);
        bytes(&mut way, 8, &deltas(refs.iter().copied()));
        bytes(&mut group, 3, &way);
    }
    group
}

fn group_of_relations(relations: &[(i64, Vec<Member>, Vec<Tag>)], strings: &mut Strings) -> Vec<u8> {
    let mut group = Vec::new();
    for (id, members, tags) in relations {
        let mut relation = Vec::new();
        number(&mut relation, 1, *id as u64);
        tagged(&mut relation, strings, tags);
        bytes(&mut relation, 8, &packed(members.iter().map(|m| strings.number(m.2))));
        bytes(&mut relation, 9, &deltas(members.iter().map(|m| m.1)));
        bytes(&mut relation, 10, &packed(members.iter().map(|m| m.0)));
        bytes(&mut group, 4, &relation);
    }
    group
}

struct Strings(Vec<String>);

impl Strings {
    fn number(&mut self, string: &str) -> u64 {
        let known = self.0.iter().position(|known| known == string);
        known.unwrap_or_else(|| {
            self.0.push(string.to_owned());
            self.0.len() - 1
        }) as u64
    }
}

fn header() -> Vec<u8> {
    let mut header = Vec::new();
    bytes(&mut header, 4, b"OsmSchema-V0.6");
    bytes(&mut header, 4, b"DenseNodes");
    header
}

/// A blob of this content, stored as it is.
pub fn blob(kind: &str, content: &[u8]) -> Vec<u8> {
    let mut blob = Vec::new();
    bytes(&mut blob, 1, content);
    framed(kind, &blob)
}

/// A blob that says that its content, compressed, is of `size` bytes.
pub fn compressed(kind: &str, zlib: &[u8], size: u64) -> Vec<u8> {
    let mut blob = Vec::new();
    number(&mut blob, 2, size);
    bytes(&mut blob, 3, zlib);
    framed(kind, &blob)
}

fn framed(kind: &str, blob: &[u8]) -> Vec<u8> {
    let mut header = Vec::new();
    bytes(&mut header, 1, kind.as_bytes());
    number(&mut header, 3, blob.len() as u64);
    let mut framed = (header.len() as u32).to_be_bytes().to_vec();
    framed.extend(header);
    framed.extend(blob);
    framed
}

fn tagged(message: &mut Vec<u8>, strings: &mut Strings, tags: &[Tag]) {
    bytes(message, 2, &packed(tags.iter().map(|tag| strings.number(tag.0))));
    bytes(message, 3, &packed(tags.iter().map(|tag| strings.number(tag.1))));
}

fn number(message: &mut Vec<u8>, tag: u64, value: u64) {
    varint(message, tag << 3);
    varint(message, value);
}

fn bytes(message: &mut Vec<u8>, tag: u64, value: &[u8]) {
    varint(message, tag << 3 | 2);
    varint(message, value.len() as u64);
    message.extend(value);
}

fn packed(numbers: impl Iterator<Item = u64>) -> Vec<u8> {
    let mut list = Vec::new();
    numbers.for_each(|n| varint(&mut list, n));
    list
}

fn deltas(numbers: impl Iterator<Item = i64>) -> Vec<u8> {
    let mut last = 0_i64;
    packed(numbers.map(|n| {
        let delta = n.wrapping_sub(std::mem::replace(&mut last, n));
        (delta << 1 ^ delta >> 63) as u64
    }))
}

fn varint(list: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        list.push(n as u8 | 0x80);
        n >>= 7;
    }
    list.push(n as u8);
}
