//! What leads between a door and a stop: feet, a vehicle of one's own, somebody's car, transport on demand.

use super::day::{DAY, Instant, MIRROR};
use super::walking::StopWalk;
use crate::territory::{Mode, Way};
use crate::units::{Metres, Seconds};

/// What one goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    Foot,
    /// A vehicle that waits at the stop, or somebody's car.
    Vehicle(Mode),
    /// A service on demand, by its number.
    OnDemand(u32),
}

/// A way that no timetable tells: so long, whenever one starts within its hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Approach {
    pub(super) by: By,
    pub(super) time: Seconds,
    pub(super) distance: Metres,
    /// When one may start: seconds from midnight, both included. All day without.
    pub(super) hours: Option<(u32, u32)>,
}

impl Approach {
    /// When one has made it who is ready at `at`, both as searches of a way see time; none beyond the days that they see.
    pub(super) fn past(&self, way: Way, at: Instant) -> Option<Instant> {
        let start = match self.hours {
            None => at,
            Some(hours) => self.start(way, at, hours)?,
        };
        start.checked_add(self.time.get()).filter(|&end| end <= MIRROR)
    }

    /// The first moment from `at` on at which it may start.
    fn start(&self, way: Way, at: Instant, (first, last): (u32, u32)) -> Option<Instant> {
        let [first, last] = [first, last].map(|clock| clock.saturating_add(DAY));
        let (first, last) = match way {
            Way::Back => (first, last),
            // In a mirror it starts where it ends.
            Way::To => {
                let ends = |start: Instant| MIRROR.checked_sub(start.saturating_add(self.time.get()));
                (ends(last).unwrap_or(0), ends(first)?)
            }
        };
        let start = at.max(first);
        (start <= last).then_some(start)
    }
}

/// Such a way, and the stop that it leads to or from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Access {
    pub(super) stop: u32,
    pub(super) approach: Approach,
}

impl From<StopWalk> for Access {
    fn from(walk: StopWalk) -> Self {
        let StopWalk { stop, time, distance } = walk;
        Self { stop, approach: Approach { by: By::Foot, time, distance, hours: None } }
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::travel::timetable::day::instant;
    use crate::units::ClockTime;

    #[test]
    fn hours_bind_in_both_directions() {
        let at = |hour, minute| ClockTime::new(hour, minute).expect("a clock time");
        // Starts from 8:00 to 9:30, takes 20 minutes.
        let approach = Approach {
            by: By::OnDemand(0),
            time: Seconds::from_minutes(20),
            distance: Metres::new(5_000),
            hours: Some((8 * 3_600, 9 * 3_600 + 1_800)),
        };
        let past = |way, clock: ClockTime| approach.past(way, instant(way, clock));
        // Forwards: who is ready early waits for the first, and after the last there is none.
        assert_eq!(past(Way::Back, at(7, 0)), Some(instant(Way::Back, at(8, 20))));
        assert_eq!(past(Way::Back, at(8, 45)), Some(instant(Way::Back, at(9, 5))));
        assert_eq!(past(Way::Back, at(9, 30)), Some(instant(Way::Back, at(9, 50))));
        assert_eq!(past(Way::Back, at(9, 31)), None);
        // Backwards: who must be there late takes the last, and before the first has arrived there is none.
        assert_eq!(past(Way::To, at(12, 0)), Some(instant(Way::To, at(9, 30))));
        assert_eq!(past(Way::To, at(8, 45)), Some(instant(Way::To, at(8, 25))));
        assert_eq!(past(Way::To, at(8, 20)), Some(instant(Way::To, at(8, 0))));
        assert_eq!(past(Way::To, at(8, 19)), None);
        // A walk of a week, or of all time, is none.
        for minutes in [8 * 24 * 60, u32::MAX] {
            let endless = Approach { time: Seconds::from_minutes(minutes), hours: None, ..approach };
            assert_eq!(Way::BOTH.map(|way| endless.past(way, instant(way, at(12, 0)))), [None, None]);
            let called = Approach { hours: Some((0, u32::MAX)), ..endless };
            assert_eq!(Way::BOTH.map(|way| called.past(way, instant(way, at(12, 0)))), [None, None]);
        }
    }
}
