//! Numbers as far as they may be told to anybody, one by one. What is told together, in the folder to be shown, is held
//! together there (`partage/`); this promises less, and says so.

use super::Audience;
use crate::units::Seconds;

/// A number of people, or of their places, as far as it may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(description = "A number; in what may be shown, a band.")
)]
pub(super) struct Count {
    /// The least.
    pub(super) from: u32,
    /// The most.
    pub(super) to: u32,
}

/// Numbers in a band of those that may be shown.
const WIDTH: u32 = 10;
/// A mean trip is shown to so many seconds, rounded up.
const ROUGH_TRIP: u32 = 300;
/// What is missing to a proof is shown to so many places, rounded up.
const ROUGH_GAP: i64 = 5;

impl Count {
    /// Exactly, or below the threshold, or by tens from there.
    pub(super) fn of(n: u32, audience: Audience, threshold: u32) -> Self {
        match audience {
            Audience::Interne => Self { from: n, to: n },
            Audience::Partage if n < threshold => Self { from: 0, to: threshold - 1 },
            Audience::Partage => {
                let from = threshold + (n - threshold) / WIDTH * WIDTH;
                Self { from, to: from + WIDTH - 1 }
            }
        }
    }

    /// The least and the most.
    pub(super) const fn both(self) -> (u32, u32) {
        (self.from, self.to)
    }
}

/// A mean trip of so many people: to anybody, roughly, and only where enough travel.
pub(super) fn trip(
    mean: Option<Seconds>,
    travel: u32,
    audience: Audience,
    threshold: u32,
) -> Option<Seconds> {
    match audience {
        Audience::Interne => mean,
        Audience::Partage if travel < threshold.max(1) => None,
        Audience::Partage => mean.map(|mean| Seconds::new(mean.get().div_ceil(ROUGH_TRIP) * ROUGH_TRIP)),
    }
}

/// Places more than a plan's that another may have at most.
pub(super) const fn gap(gap: i64, audience: Audience) -> i64 {
    match audience {
        Audience::Interne => gap,
        Audience::Partage => (gap + ROUGH_GAP - 1) / ROUGH_GAP * ROUGH_GAP,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_told_as_fewer_than_the_threshold() {
        let shown = |n| Count::of(n, Audience::Partage, 11);
        assert_eq!([0, 1, 10].map(shown), [Count { from: 0, to: 10 }; 3]);
        assert_eq!([11, 20].map(shown), [Count { from: 11, to: 20 }; 2]);
        assert_eq!(shown(21), Count { from: 21, to: 30 });
        assert_eq!(Count::of(3, Audience::Interne, 11), Count { from: 3, to: 3 });
    }

    #[test]
    fn a_trip_is_told_of_enough_people_alone() {
        let mean = Some(Seconds::new(601));
        let shown = |travel| trip(mean, travel, Audience::Partage, 11).map(Seconds::get);
        assert_eq!([0, 10, 11].map(shown), [None, None, Some(900)]);
        assert_eq!(trip(mean, 1, Audience::Interne, 11), mean);
        assert_eq!([0, 1, 5, 6].map(|places| gap(places, Audience::Partage)), [0, 5, 5, 10]);
    }
}
