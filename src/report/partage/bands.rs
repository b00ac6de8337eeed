//! Bands in place of exact sizes. The edges depend on the programme's minimum
//! and maximum alone, and are the same for all its options, so that one band
//! never narrows another.

use crate::territory::GroupSize;
use serde::Serialize;

/// Whole numbers from one to another, both included; without an end, *or more*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub(super) struct Band {
    /// The least.
    pub(super) from: u32,
    /// The most; null is *or more*.
    pub(super) to: Option<u32>,
}

/// Numbers in a band, where nothing forbids it.
const WIDTH: u32 = 3;

impl Band {
    /// Nothing is missing.
    pub(super) const NONE: Self = Self { from: 0, to: Some(0) };

    /// The band of `value` among those from `first` to `last`: by threes, a last
    /// one of a single number joined to the one before.
    fn among(value: u32, first: u32, last: u32) -> Self {
        let value = value.clamp(first, last);
        let mut from = first + (value - first) / WIDTH * WIDTH;
        let mut to = (from + WIDTH - 1).min(last);
        if last - to == 1 {
            to = last;
        } else if from == last && from > first {
            from -= WIDTH;
        }
        Self { from, to: Some(to) }
    }

    /// The band of the sizes of an option's groups. They are dealt out evenly:
    /// one band for all of them, by the smallest, which the largest exceeds by one at most.
    pub(super) fn of_sizes(sizes: &[u32], size: GroupSize) -> Option<Self> {
        let (&least, &most) = (sizes.iter().min()?, sizes.iter().max()?);
        let band = Self::among(least, size.min(), size.max());
        if sizes.len() < 2 {
            return Some(band);
        }
        let to = band.to.map(|to| to.saturating_add(1).max(most).min(size.max()));
        Some(Self { to, ..band })
    }

    /// The band of how many can come. From twice the minimum on it is open: how
    /// many groups there are says more than that anyway.
    pub(super) fn of_reachable(reachable: u32, viable: bool, size: GroupSize) -> Option<Self> {
        let min = size.min();
        if reachable < min {
            let Self { from, to } = Self::of_shortfall(reachable, viable, size);
            return to.filter(|_| min > 1).map(|to| Self { from: min - to, to: Some(min - from) });
        }
        if min == 1 && !viable {
            return None;
        }
        let last = size.max().min(2 * min - 1);
        let band = Self::among(reachable, min, last);
        Some(Self { to: band.to.filter(|&to| to < last), ..band })
    }

    /// The band of how many are missing to the minimum. Where one is enough, that
    /// one is missing would say that nobody comes.
    pub(super) fn of_shortfall(reachable: u32, viable: bool, size: GroupSize) -> Self {
        match size.min().saturating_sub(reachable) {
            _ if size.min() == 1 && !viable => Self { from: 0, to: Some(1) },
            0 => Self::NONE,
            missing => Self::among(missing, 1, size.min()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(from: u32, to: u32) -> Band {
        Band { from, to: Some(to) }
    }

    fn size(min: u32, max: u32) -> GroupSize {
        GroupSize::new(min, min, max).expect("a size")
    }

    #[test]
    fn bands_are_threes_and_never_one() {
        let of = |value| Band::among(value, 5, 15);
        assert_eq!(
            [5, 7, 8, 13, 14, 15].map(of),
            [band(5, 7), band(5, 7), band(8, 10), band(11, 13), band(14, 15), band(14, 15)]
        );
        assert_eq!([7, 8].map(|value| Band::among(value, 5, 8)), [band(5, 8), band(5, 8)]);
        for min in 1..20 {
            for max in min..60 {
                for value in min..=max {
                    let Band { from, to } = Band::among(value, min, max);
                    let to = to.expect("an end");
                    assert!(min <= from && from <= value && value <= to && to <= max);
                    assert!(to > from || min == max, "{value} of {min} to {max}");
                }
            }
        }
    }

    #[test]
    fn two_groups_of_an_option_have_one_band() {
        assert_eq!(Band::of_sizes(&[7, 8], size(5, 15)), Some(band(5, 8)));
        assert_eq!(Band::of_sizes(&[8, 8], size(5, 15)), Some(band(8, 11)));
        assert_eq!(Band::of_sizes(&[15, 15], size(5, 15)), Some(band(14, 15)));
    }

    #[test]
    fn reach_is_open_from_twice_the_minimum() {
        let of = |reachable, viable| Band::of_reachable(reachable, viable, size(5, 15));
        assert_eq!(of(0, false), Some(band(0, 1)));
        assert_eq!(of(2, false), Some(band(2, 4)));
        assert_eq!(of(7, true), Some(band(5, 7)));
        assert_eq!(of(8, true), Some(Band { from: 8, to: None }));
        assert_eq!(of(400, true), Some(Band { from: 8, to: None }));
        assert_eq!(Band::of_reachable(0, false, size(1, 4)), None);
        assert_eq!(Band::of_reachable(3, true, size(1, 4)), Some(Band { from: 1, to: None }));
        assert_eq!(Band::of_shortfall(0, false, size(1, 4)), band(0, 1));
    }
}
