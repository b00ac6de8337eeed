//! The figures that a territory rests on. Each has a default, a source or the
//! word *assumed*, and can be overridden by the territory's own file.

use super::attendance::{ArrivalRules, AttendanceRules};
use super::mode::Mode;
use crate::finding::Text;
use crate::units::{Cents, Seconds, Speed};
use std::collections::BTreeSet;

/// A territory's figures.
///
/// ```
/// use maillage::territory::Rules;
///
/// let rules = Rules::default();
/// assert_eq!(rules.threshold, 11);
/// assert!(rules.assumptions().iter().any(|figure| figure.id == "limit"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Longest trip one way, door to door, where a programme sets none of its own.
    pub limit: Seconds,
    /// Trips longer than this are not looked for, whatever the limit.
    pub horizon: Seconds,
    /// Most time travelling, out and back, in percent of the time on site; off by default.
    pub day_share: Option<u16>,
    /// Collective time a week that a youth should have within reach.
    pub weekly_hours: Seconds,
    /// Whether the driver of a minor's lift must be an adult (a house rule).
    pub minor_lift_needs_adult: bool,
    /// Most candidate sites opened; `None` is no limit.
    pub max_candidates: Option<u32>,
    /// Most group half-days a week over all sites; `None` is no limit.
    pub half_days: Option<u32>,
    /// Counts of fewer people are not published.
    pub threshold: u32,
    /// What an adviser costs an hour.
    pub adviser_hour: Cents,
    /// Travel without a road network.
    pub straight_line: StraightLineRules,
    /// Walking to transport links, and changing between them.
    pub links: LinkRules,
    /// What timetables do not say themselves.
    pub transit: TransitRules,
    /// How often people come.
    pub attendance: AttendanceRules,
    /// When people join a list, and leave it.
    pub arrivals: ArrivalRules,
}

/// Straight line × detour, at a speed a mode.
///
/// ```
/// use maillage::territory::{Mode, StraightLineRules};
///
/// assert!(StraightLineRules::default().pace(Mode::Car).is_some());
/// assert!(StraightLineRules::default().pace(Mode::Bus).is_none(), "a bus keeps to its line");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StraightLineRules {
    /// Percent of the straight line that is travelled, at least 100.
    pub detour: u16,
    /// Speed and fixed time of each mode that can be estimated so.
    pub modes: Vec<(Mode, Pace)>,
}

/// How fast a mode is.
///
/// ```
/// use maillage::territory::{Mode, StraightLineRules};
///
/// let walk = StraightLineRules::default().pace(Mode::Walk).expect("known");
/// assert_eq!(walk.speed.kmh(), 4.5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Speed along the way.
    pub speed: Speed,
    /// Added to each trip: starting, parking, waiting.
    pub plus: Seconds,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            limit: Seconds::from_minutes(45),
            horizon: Seconds::from_minutes(180),
            day_share: None,
            weekly_hours: Seconds::from_minutes(15 * 60),
            minor_lift_needs_adult: true,
            max_candidates: None,
            half_days: None,
            threshold: 11,
            adviser_hour: Cents::new(35_00),
            straight_line: StraightLineRules::default(),
            links: LinkRules::default(),
            transit: TransitRules::default(),
            attendance: AttendanceRules::default(),
            arrivals: ArrivalRules::default(),
        }
    }
}

/// What declared transport links do not say themselves.
///
/// ```
/// use maillage::territory::LinkRules;
///
/// assert!(LinkRules::default().change.get() > 0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkRules {
    /// Longest walk from home to a link, between two, and from a link to a site.
    pub walk: Seconds,
    /// What boarding another line costs.
    pub change: Seconds,
}

impl Default for LinkRules {
    fn default() -> Self {
        Self { walk: Seconds::from_minutes(20), change: Seconds::from_minutes(5) }
    }
}

/// What timetables do not say themselves.
///
/// ```
/// use maillage::territory::TransitRules;
///
/// assert_eq!(TransitRules::default().at_site, None, "any wait");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitRules {
    /// Longest ride to a stop by a vehicle of one's own or in somebody's car.
    pub ride: Seconds,
    /// Longest wait at the site, before the stay and after it; off by default.
    pub at_site: Option<Seconds>,
    /// Lines that carry pupils alone, by identifier or name, besides those that the timetable itself says are so.
    pub for_pupils: BTreeSet<String>,
}

impl Default for TransitRules {
    fn default() -> Self {
        Self { ride: Seconds::from_minutes(20), at_site: None, for_pupils: BTreeSet::new() }
    }
}

impl Default for StraightLineRules {
    fn default() -> Self {
        let paces = [
            (Mode::Car, 45.0, 5),
            (Mode::Lift, 45.0, 5),
            (Mode::Moped, 35.0, 0),
            (Mode::EBike, 18.0, 0),
            (Mode::Bike, 14.0, 0),
            (Mode::Walk, 4.5, 0),
        ];
        let pace = |(mode, kmh, plus)| {
            Speed::from_kmh(kmh).map(|speed| (mode, Pace { speed, plus: Seconds::from_minutes(plus) }))
        };
        Self { detour: 130, modes: paces.into_iter().filter_map(pace).collect() }
    }
}

impl StraightLineRules {
    /// The pace of `mode`, if it can be estimated so.
    pub fn pace(&self, mode: Mode) -> Option<Pace> {
        self.modes.iter().find(|(m, _)| *m == mode).map(|&(_, pace)| pace)
    }
}

/// A figure that an answer rests on.
///
/// ```
/// use maillage::territory::Rules;
///
/// let figures = Rules::default().assumptions();
/// assert!(figures.iter().all(|figure| !figure.text.fr.is_empty()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// What it is called in JSON.
    pub id: &'static str,
    /// The figure in words.
    pub text: Text,
    /// Where it comes from.
    pub mark: Mark,
}

/// Where a figure comes from.
///
/// ```
/// use maillage::territory::Mark;
///
/// assert_eq!(Mark::Assumed.as_str(), "assumed");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A published source.
    Source,
    /// Assumed by maillage.
    Assumed,
    /// The territory's own file says so.
    Declared,
}

impl Mark {
    /// The word used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Assumed => "assumed",
            Self::Declared => "declared",
        }
    }
}

impl Rules {
    /// The figures that any plan rests on, each with where it comes from; travel times tell theirs.
    pub fn assumptions(&self) -> Vec<Assumption> {
        let default = Self::default();
        let mut list = Vec::new();
        let mut say = |id, same: bool, mark, text: Text| {
            let mark = if same { mark } else { Mark::Declared };
            list.push(Assumption { id, text, mark });
        };
        let limit = self.limit.to_minutes().get();
        say(
            "limit",
            self.limit == default.limit,
            Mark::Assumed,
            Text::say(|words| words.longest_trip(limit)),
        );
        if let Some(share) = self.day_share {
            say("day_share", false, Mark::Declared, Text::say(|words| words.out_and_back(share)));
        }
        let hours = self.weekly_hours.get() / 3600;
        say(
            "weekly_hours",
            self.weekly_hours == default.weekly_hours,
            Mark::Source,
            Text::say(|words| words.weekly_hours(hours)),
        );
        let needs = self.minor_lift_needs_adult;
        say(
            "minor_lift",
            needs == default.minor_lift_needs_adult,
            Mark::Assumed,
            Text::say(|words| words.minor_lift(needs)),
        );
        say("birthday", true, Mark::Assumed, Text::say(|words| words.birthday()));
        list
    }
}

impl StraightLineRules {
    /// What straight lines by `modes` rest on: the detour, and the pace of each that has one.
    pub fn assumptions(&self, modes: &[Mode]) -> Vec<Assumption> {
        let default = Self::default();
        let mark = |same| if same { Mark::Assumed } else { Mark::Declared };
        let detour = f64::from(self.detour) / 100.0;
        let mut list = vec![Assumption {
            id: "detour",
            text: Text::say(|words| words.straight_line(detour)),
            mark: mark(self.detour == default.detour),
        }];
        for &(mode, pace) in self.modes.iter().filter(|(mode, _)| modes.contains(mode)) {
            let (kmh, plus) = (pace.speed.kmh(), pace.plus.to_minutes().get());
            let name = mode.name();
            list.push(Assumption {
                id: pace_id(mode),
                text: Text::say(|words| words.pace(&name, kmh, plus)),
                mark: mark(default.pace(mode) == Some(pace)),
            });
        }
        list
    }
}

const fn pace_id(mode: Mode) -> &'static str {
    match mode {
        Mode::Car => "speed_car",
        Mode::Lift => "speed_lift",
        Mode::Moped => "speed_moped",
        Mode::EBike => "speed_ebike",
        Mode::Bike => "speed_bike",
        Mode::Walk => "speed_walk",
        Mode::Bus => "speed_bus",
        Mode::OnDemand => "speed_on_demand",
        Mode::Shuttle => "speed_shuttle",
        Mode::LiftBus => "speed_lift_bus",
        Mode::MopedBus => "speed_moped_bus",
        Mode::EBikeBus => "speed_ebike_bus",
        Mode::BikeBus => "speed_bike_bus",
    }
}
