//! Small road maps in the PBF format of OpenStreetMap, written from scratch for tests: nothing of the reader is used.

#![allow(dead_code, reason = "each test binary uses a part of it")]

/// A map: nodes, ways and relations in the order in which they are written.
#[derive(Clone, Debug, Default)]
pub struct Osm {
    pub nodes: Vec<Node>,
    pub ways: Vec<Way>,
    pub relations: Vec<Relation>,
}

#[derive(Clone, Debug)]
pub struct Node {
    pub id: i64,
    /// In 10⁻⁷ degrees.
    pub lon: i64,
    pub lat: i64,
    pub tags: Vec<(&'static str, &'static str)>,
}

#[derive(Clone, Debug)]
pub struct Way {
    pub id: i64,
    pub refs: Vec<i64>,
    pub tags: Vec<(&'static str, &'static str)>,
}

#[derive(Clone, Debug)]
pub struct Relation {
    pub id: i64,
    pub members: Vec<(Kind, i64, &'static str)>,
    pub tags: Vec<(&'static str, &'static str)>,
}

#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Node = 0,
    Way = 1,
    Relation = 2,
}

impl Osm {
    /// Adds a node at a position in degrees.
    pub fn node(&mut self, id: i64, lon: f64, lat: f64, tags: &[(&'static str, &'static str)]) -> &mut Self {
        let units = |degrees: f64| (degrees * 1e7).round() as i64;
        self.nodes.push(Node { id, lon: units(lon), lat: units(lat), tags: tags.to_vec() });
        self
    }

    pub fn way(&mut self, id: i64, refs: &[i64], tags: &[(&'static str, &'static str)]) -> &mut Self {
        self.ways.push(Way { id, refs: refs.to_vec(), tags: tags.to_vec() });
        self
    }

    /// Adds a turn restriction.
    pub fn turn(&mut self, id: i64, what: &'static str, from: i64, via: i64, to: i64) -> &mut Self {
        let members = vec![(Kind::Way, from, "from"), (Kind::Node, via, "via"), (Kind::Way, to, "to")];
        self.relations.push(Relation { id, members, tags: vec![("type", "restriction"), ("restriction", what)] });
        self
    }

    /// The file: a header and a block each of nodes, ways and relations, not compressed.
    pub fn bytes(&self) -> Vec<u8> {
        let mut file = blob("OSMHeader", &self.header());
        for group in [self.node_block(), self.way_block(), self.relation_block()].into_iter().flatten() {
            file.extend(blob("OSMData", &group));
        }
        file
    }

    fn header(&self) -> Vec<u8> {
        let mut frame = Vec::new();
        let edge = |of: fn(&Node) -> i64, most: bool| {
            let all = self.nodes.iter().map(of);
            if most { all.max() } else { all.min() }.unwrap_or(0) * 100
        };
        let edges = [edge(|n| n.lon, false), edge(|n| n.lon, true), edge(|n| n.lat, true), edge(|n| n.lat, false)];
        for (at, value) in edges.into_iter().enumerate() {
            number(&mut frame, at as u64 + 1, zigzag(value));
        }
        let mut header = Vec::new();
        bytes(&mut header, 1, &frame);
        bytes(&mut header, 4, b"OsmSchema-V0.6");
        bytes(&mut header, 4, b"DenseNodes");
        header
    }

    fn node_block(&self) -> Option<Vec<u8>> {
        let mut words = Words::default();
        let mut tags = Vec::new();
        for node in &self.nodes {
            for &(key, value) in &node.tags {
                varint(&mut tags, words.number(key));
                varint(&mut tags, words.number(value));
            }
            varint(&mut tags, 0);
        }
        let mut dense = Vec::new();
        bytes(&mut dense, 1, &deltas(self.nodes.iter().map(|n| n.id)));
        bytes(&mut dense, 8, &deltas(self.nodes.iter().map(|n| n.lat)));
        bytes(&mut dense, 9, &deltas(self.nodes.iter().map(|n| n.lon)));
        bytes(&mut dense, 10, &tags);
        let mut group = Vec::new();
        bytes(&mut group, 2, &dense);
        (!self.nodes.is_empty()).then(|| words.block(&group))
    }

    fn way_block(&self) -> Option<Vec<u8>> {
        let mut words = Words::default();
        let mut group = Vec::new();
        for way in &self.ways {
            let mut one = Vec::new();
            number(&mut one, 1, way.id as u64);
            words.tags(&mut one, &way.tags);
            bytes(&mut one, 8, &deltas(way.refs.iter().copied()));
            bytes(&mut group, 3, &one);
        }
        (!self.ways.is_empty()).then(|| words.block(&group))
    }

    fn relation_block(&self) -> Option<Vec<u8>> {
        let mut words = Words::default();
        let mut group = Vec::new();
        for relation in &self.relations {
            let mut one = Vec::new();
            number(&mut one, 1, relation.id as u64);
            words.tags(&mut one, &relation.tags);
            let (mut roles, mut kinds) = (Vec::new(), Vec::new());
            for &(kind, _, role) in &relation.members {
                varint(&mut roles, words.number(role));
                varint(&mut kinds, kind as u64);
            }
            bytes(&mut one, 8, &roles);
            bytes(&mut one, 9, &deltas(relation.members.iter().map(|m| m.1)));
            bytes(&mut one, 10, &kinds);
            bytes(&mut group, 4, &one);
        }
        (!self.relations.is_empty()).then(|| words.block(&group))
    }
}

/// A block's strings; the first is empty.
struct Words(Vec<&'static str>);

impl Default for Words {
    fn default() -> Self {
        Self(vec![""])
    }
}

impl Words {
    fn number(&mut self, word: &'static str) -> u64 {
        let known = self.0.iter().position(|w| *w == word);
        known.unwrap_or_else(|| {
            self.0.push(word);
            self.0.len() - 1
        }) as u64
    }

    fn tags(&mut self, into: &mut Vec<u8>, tags: &[(&'static str, &'static str)]) {
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        for &(key, value) in tags {
            varint(&mut keys, self.number(key));
            varint(&mut values, self.number(value));
        }
        bytes(into, 2, &keys);
        bytes(into, 3, &values);
    }

    fn block(&self, group: &[u8]) -> Vec<u8> {
        let mut table = Vec::new();
        self.0.iter().for_each(|word| bytes(&mut table, 1, word.as_bytes()));
        let mut block = Vec::new();
        bytes(&mut block, 1, &table);
        bytes(&mut block, 2, group);
        block
    }
}

/// A blob with its header, as it stands in a file.
pub fn blob(kind: &str, content: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    bytes(&mut body, 1, content);
    let mut header = Vec::new();
    bytes(&mut header, 1, kind.as_bytes());
    number(&mut header, 3, body.len() as u64);
    let mut out = (header.len() as u32).to_be_bytes().to_vec();
    out.extend(header);
    out.extend(body);
    out
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

fn varint(into: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        into.push(value as u8 | 0x80);
        value >>= 7;
    }
    into.push(value as u8);
}

fn deltas(values: impl Iterator<Item = i64>) -> Vec<u8> {
    let (mut out, mut before) = (Vec::new(), 0i64);
    for value in values {
        varint(&mut out, zigzag(value.wrapping_sub(before)));
        before = value;
    }
    out
}

/// A field that is a number.
fn number(into: &mut Vec<u8>, field: u64, value: u64) {
    varint(into, field << 3);
    varint(into, value);
}

/// A field that is bytes.
fn bytes(into: &mut Vec<u8>, field: u64, content: &[u8]) {
    varint(into, field << 3 | 2);
    varint(into, content.len() as u64);
    into.extend(content);
}
