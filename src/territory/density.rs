//! How densely a commune is peopled: INSEE's grid, in three levels.

use std::collections::BTreeMap;

/// A level of the grid of densities; whoever has none is not classified.
///
/// ```
/// use maillage::territory::Density;
///
/// assert_eq!(Density::parse("3"), Some(Density::Rural));
/// let homes = [Some(Density::Rural), None, Some(Density::Rural), Some(Density::Dense)];
/// assert_eq!(Density::of_most(homes), Some(Density::Rural));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Density {
    /// Dense: 1.
    Dense,
    /// Of intermediate density: 2.
    Intermediate,
    /// Rural: 3.
    Rural,
}

impl Density {
    /// The levels, in their order.
    pub const ALL: [Self; 3] = [Self::Dense, Self::Intermediate, Self::Rural];

    /// The word in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dense => "dense",
            Self::Intermediate => "intermediate",
            Self::Rural => "rural",
        }
    }

    /// The level that a text means: its number in the grid, or its word in either language.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "1" | "dense" | "urbain dense" => Some(Self::Dense),
            "2" | "intermediate" | "intermédiaire" | "urbain intermédiaire" => Some(Self::Intermediate),
            "3" | "rural" => Some(Self::Rural),
            _ => None,
        }
    }

    /// The level of most of those that have one, the less dense where two have as many; none where nobody has one.
    pub fn of_most(all: impl IntoIterator<Item = Option<Self>>) -> Option<Self> {
        let mut counts: BTreeMap<Self, u64> = BTreeMap::new();
        all.into_iter().flatten().for_each(|level| *counts.entry(level).or_default() += 1);
        counts.into_iter().max_by_key(|&(level, count)| (count, level)).map(|(level, _)| level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_read_as_it_is_written() {
        for level in Density::ALL {
            assert_eq!(Density::parse(level.as_str()), Some(level));
        }
        assert_eq!(
            [" 2 ", "Rural", "4", ""].map(Density::parse),
            [Some(Density::Intermediate), Some(Density::Rural), None, None]
        );
    }

    #[test]
    fn of_as_many_the_less_dense_counts() {
        let [dense, middle, rural] = Density::ALL.map(Some);
        assert_eq!(Density::of_most([dense, rural, rural, dense, middle]), rural);
        assert_eq!(Density::of_most([None, dense, None]), dense);
        assert_eq!(Density::of_most([None, None]), None);
    }
}
