//! What a data blob holds: nodes, ways and relations, sharing a table of strings.

use super::wire::{Broken, Deltas, Fields, Numbers, zigzag};

/// More strings than any writer puts in a block, and few enough to be kept.
const MOST_STRINGS: usize = 1 << 21;

/// A data blob.
#[derive(Debug)]
pub(in crate::travel::roads) struct Block<'a> {
    strings: Vec<&'a [u8]>,
    groups: Vec<&'a [u8]>,
    /// Nanodegrees to a unit, and the degrees of zero.
    granularity: i64,
    lat_offset: i64,
    lon_offset: i64,
}

/// One of a group's elements; dense nodes are all of a group's together.
pub(in crate::travel::roads) enum Element<'a> {
    Node(Node<'a>),
    Dense(Dense<'a>),
    Way(Way<'a>),
    Relation(Relation<'a>),
}

/// Keys and values by their number in the strings.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::travel::roads) struct TagNumbers<'a> {
    keys: Numbers<'a>,
    values: Numbers<'a>,
}

impl TagNumbers<'_> {
    #[inline]
    pub(in crate::travel::roads) fn next(&mut self) -> Result<Option<(u64, u64)>, Broken> {
        Ok(match self.keys.next()? {
            Some(key) => Some((key, self.values.needed()?)),
            None => None,
        })
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub(in crate::travel::roads) struct Node<'a> {
    pub(in crate::travel::roads) id: i64,
    pub(in crate::travel::roads) tags: TagNumbers<'a>,
    lat: i64,
    lon: i64,
}

#[derive(Clone, Copy, Debug, Default)]
pub(in crate::travel::roads) struct Dense<'a> {
    pub(in crate::travel::roads) ids: Deltas<'a>,
    pub(in crate::travel::roads) lats: Deltas<'a>,
    pub(in crate::travel::roads) lons: Deltas<'a>,
    /// Key, value, key, value … 0 for each node in turn; empty when none has a tag.
    pub(in crate::travel::roads) tags: Numbers<'a>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(in crate::travel::roads) struct Way<'a> {
    pub(in crate::travel::roads) id: i64,
    pub(in crate::travel::roads) tags: TagNumbers<'a>,
    pub(in crate::travel::roads) refs: Deltas<'a>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(in crate::travel::roads) struct Relation<'a> {
    pub(in crate::travel::roads) tags: TagNumbers<'a>,
    roles: Numbers<'a>,
    ids: Deltas<'a>,
    kinds: Numbers<'a>,
}

/// What a relation is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::travel::roads) enum Member {
    Node(i64),
    Way(i64),
    Other,
}

impl<'a> Relation<'a> {
    /// The next member and the number of its role.
    pub(in crate::travel::roads) fn next_member(&mut self) -> Result<Option<(Member, u64)>, Broken> {
        let Some(id) = self.ids.next()? else { return Ok(None) };
        let member = match self.kinds.needed()? {
            0 => Member::Node(id),
            1 => Member::Way(id),
            _ => Member::Other,
        };
        Ok(Some((member, self.roles.needed()?)))
    }
}

impl<'a> Block<'a> {
    pub(in crate::travel::roads) fn new(content: &'a [u8]) -> Result<Self, Broken> {
        let mut block =
            Self { strings: Vec::new(), groups: Vec::new(), granularity: 100, lat_offset: 0, lon_offset: 0 };
        let mut fields = Fields(content);
        while let Some((tag, value)) = fields.next()? {
            match tag {
                1 => block.add_strings(value.bytes()?)?,
                2 => block.groups.push(value.bytes()?),
                17 => block.granularity = value.number()? as i64,
                19 => block.lat_offset = value.number()? as i64,
                20 => block.lon_offset = value.number()? as i64,
                _ => {}
            }
        }
        Ok(block)
    }

    fn add_strings(&mut self, table: &'a [u8]) -> Result<(), Broken> {
        let mut fields = Fields(table);
        while let Some((tag, value)) = fields.next()? {
            if tag == 1 {
                if self.strings.len() == MOST_STRINGS {
                    return Err(Broken::ManyStrings);
                }
                self.strings.push(value.bytes()?);
            }
        }
        Ok(())
    }

    pub(in crate::travel::roads) fn strings(&self) -> &[&'a [u8]] {
        &self.strings
    }

    /// Hands every element over, in order.
    pub(in crate::travel::roads) fn each(
        &self,
        mut take: impl FnMut(Element<'a>) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        for &group in &self.groups {
            let mut fields = Fields(group);
            while let Some((tag, value)) = fields.next()? {
                take(match tag {
                    1 => Element::Node(node(value.bytes()?)?),
                    2 => Element::Dense(dense(value.bytes()?)?),
                    3 => Element::Way(way(value.bytes()?)?),
                    4 => Element::Relation(relation(value.bytes()?)?),
                    _ => continue,
                })?;
            }
        }
        Ok(())
    }

    /// Longitude and latitude in units of 10⁻⁷ degrees; nothing outside the earth.
    #[inline]
    pub(in crate::travel::roads) fn position(&self, lon: i64, lat: i64) -> Option<(i32, i32)> {
        let lon = self.nano(lon, self.lon_offset) / 100;
        let lat = self.nano(lat, self.lat_offset) / 100;
        let inside =
            (-1_800_000_000..=1_800_000_000).contains(&lon) && (-900_000_000..=900_000_000).contains(&lat);
        inside.then_some((lon as i32, lat as i32))
    }

    pub(in crate::travel::roads) fn position_of(&self, node: &Node<'_>) -> Option<(i32, i32)> {
        self.position(node.lon, node.lat)
    }

    #[inline]
    fn nano(&self, units: i64, offset: i64) -> i64 {
        offset.saturating_add(self.granularity.saturating_mul(units))
    }
}

fn node(message: &[u8]) -> Result<Node<'_>, Broken> {
    let mut node = Node::default();
    let mut fields = Fields(message);
    while let Some((tag, value)) = fields.next()? {
        match tag {
            1 => node.id = zigzag(value.number()?),
            2 => node.tags.keys = Numbers(value.bytes()?),
            3 => node.tags.values = Numbers(value.bytes()?),
            8 => node.lat = zigzag(value.number()?),
            9 => node.lon = zigzag(value.number()?),
            _ => {}
        }
    }
    Ok(node)
}

fn dense(message: &[u8]) -> Result<Dense<'_>, Broken> {
    let mut dense = Dense::default();
    let mut fields = Fields(message);
    while let Some((tag, value)) = fields.next()? {
        match tag {
            1 => dense.ids = Deltas::new(value.bytes()?),
            8 => dense.lats = Deltas::new(value.bytes()?),
            9 => dense.lons = Deltas::new(value.bytes()?),
            10 => dense.tags = Numbers(value.bytes()?),
            _ => {}
        }
    }
    Ok(dense)
}

fn way(message: &[u8]) -> Result<Way<'_>, Broken> {
    let mut way = Way::default();
    let mut fields = Fields(message);
    while let Some((tag, value)) = fields.next()? {
        match tag {
            1 => way.id = value.number()? as i64,
            2 => way.tags.keys = Numbers(value.bytes()?),
            3 => way.tags.values = Numbers(value.bytes()?),
            8 => way.refs = Deltas::new(value.bytes()?),
            _ => {}
        }
    }
    Ok(way)
}

fn relation(message: &[u8]) -> Result<Relation<'_>, Broken> {
    let mut relation = Relation::default();
    let mut fields = Fields(message);
    while let Some((tag, value)) = fields.next()? {
        match tag {
            2 => relation.tags.keys = Numbers(value.bytes()?),
            3 => relation.tags.values = Numbers(value.bytes()?),
            8 => relation.roles = Numbers(value.bytes()?),
            9 => relation.ids = Deltas::new(value.bytes()?),
            10 => relation.kinds = Numbers(value.bytes()?),
            _ => {}
        }
    }
    Ok(relation)
}

/// What the header says: features that a reader must know, and the extract's frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::travel::roads) struct Header {
    /// West, south, east, north in units of 10⁻⁷ degrees.
    pub(in crate::travel::roads) frame: Option<[i64; 4]>,
}

impl Header {
    pub(in crate::travel::roads) fn new(content: &[u8]) -> Result<Self, Broken> {
        let mut header = Self::default();
        let mut fields = Fields(content);
        while let Some((tag, value)) = fields.next()? {
            match tag {
                1 => header.frame = Some(frame(value.bytes()?)?),
                4 if !matches!(value.bytes()?, b"OsmSchema-V0.6" | b"DenseNodes") => {
                    return Err(Broken::Feature);
                }
                _ => {}
            }
        }
        Ok(header)
    }
}

fn frame(message: &[u8]) -> Result<[i64; 4], Broken> {
    let mut frame = [0; 4];
    let mut fields = Fields(message);
    while let Some((tag, value)) = fields.next()? {
        let side = match tag {
            1 => 0,
            2 => 2,
            3 => 3,
            4 => 1,
            _ => continue,
        };
        frame[side] = zigzag(value.number()?) / 100;
    }
    Ok(frame)
}
