//! Tags as roads have them: few different sets, shared by many roads.

use std::collections::HashMap;
use std::hash::Hash;

/// The keys that some profile asks for, in order. What no profile asks for is not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Keys(Vec<String>);

impl Keys {
    pub(super) fn new(names: impl IntoIterator<Item = String>) -> Self {
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort_unstable();
        names.dedup();
        Self(names)
    }

    /// The number of a key.
    pub(super) fn number(&self, name: &[u8]) -> Option<u16> {
        let at = self.0.binary_search_by(|known| known.as_bytes().cmp(name)).ok()?;
        u16::try_from(at).ok()
    }
}

/// A set of tags by numbers of keys and values, in the order of the keys.
pub(super) type Numbered = Vec<(u16, u32)>;

/// The different sets of tags, and how many roads have each.
#[derive(Clone, Debug, Default)]
pub(super) struct TagSets {
    keys: Keys,
    values: Table<String>,
    sets: Table<Numbered>,
    roads: Vec<u32>,
}

/// Things numbered in the order in which they came.
#[derive(Clone, Debug)]
pub(super) struct Table<T> {
    numbers: HashMap<T, u32>,
    things: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { numbers: HashMap::new(), things: Vec::new() }
    }
}

impl<T: Clone + Eq + Hash> Table<T> {
    pub(super) fn number(&mut self, thing: T) -> u32 {
        let next = self.things.len() as u32;
        let number = *self.numbers.entry(thing.clone()).or_insert(next);
        if number == next {
            self.things.push(thing);
        }
        number
    }

    pub(super) fn things(&self) -> &[T] {
        &self.things
    }
}

impl TagSets {
    pub(super) fn new(keys: Keys) -> Self {
        Self { keys, ..Self::default() }
    }

    /// The number of a set of so many roads, told as keys' numbers and values.
    pub(super) fn add<'t>(&mut self, tags: impl Iterator<Item = (u16, &'t str)>, roads: u32) -> u32 {
        let mut set: Numbered =
            tags.map(|(key, value)| (key, self.values.number(value.to_owned()))).collect();
        set.sort_unstable();
        set.dedup_by_key(|(key, _)| *key);
        let number = self.sets.number(set);
        self.roads.resize(self.sets.things().len(), 0);
        self.roads[number as usize] = self.roads[number as usize].saturating_add(roads);
        number
    }

    /// Counts one more road of set `number`.
    pub(super) fn count(&mut self, number: u32) {
        let roads = &mut self.roads[number as usize];
        *roads = roads.saturating_add(1);
    }

    pub(super) fn len(&self) -> usize {
        self.sets.things().len()
    }

    /// Set `number`.
    pub(super) fn get(&self, number: u32) -> Tags<'_> {
        Tags { of: self, set: &self.sets.things()[number as usize] }
    }

    /// How many roads have set `number`.
    pub(super) fn roads(&self, number: u32) -> u32 {
        self.roads[number as usize]
    }

    /// Adds the sets of `other`, of the same keys, and says which number each has here.
    pub(super) fn absorb(&mut self, other: &Self) -> Vec<u32> {
        let numbers = 0..other.len() as u32;
        numbers
            .map(|number| {
                let tags = other.sets.things()[number as usize].iter();
                let named = tags.map(|&(key, value)| (key, other.values.things()[value as usize].as_str()));
                self.add(named, other.roads(number))
            })
            .collect()
    }
}

/// The tags of a road or of a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tags<'a> {
    of: &'a TagSets,
    set: &'a [(u16, u32)],
}

impl<'a> Tags<'a> {
    pub(super) fn get(&self, key: &str) -> Option<&'a str> {
        self.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let of = self.of;
        self.set.iter().map(|&(key, value)| {
            (of.keys.0[usize::from(key)].as_str(), of.values.things()[value as usize].as_str())
        })
    }

    /// The first of these keys that is there, and its value: the most specific one, when
    /// they are told so.
    pub(super) fn first<'k>(&self, keys: &'k [String]) -> Option<(&'k str, &'a str)> {
        keys.iter().find_map(|key| Some((key.as_str(), self.get(key)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_shared_and_merged() {
        let keys = Keys::new(["surface".to_owned(), "highway".to_owned()]);
        let (highway, surface) =
            (keys.number(b"highway").expect("asked"), keys.number(b"surface").expect("asked"));
        assert_eq!(keys.number(b"name"), None);
        let mut sets = TagSets::new(keys.clone());
        let track = sets.add([(surface, "gravel"), (highway, "track")].into_iter(), 1);
        assert_eq!(track, sets.add([(highway, "track"), (surface, "gravel")].into_iter(), 1));
        let mut all = TagSets::new(keys);
        all.add([(highway, "service")].into_iter(), 1);
        let number = all.absorb(&sets)[track as usize];
        assert_eq!(all.roads(number), 2);
        assert_eq!(all.get(number).get("surface"), Some("gravel"));
        assert_eq!(all.get(number).get("oneway"), None);
    }
}
