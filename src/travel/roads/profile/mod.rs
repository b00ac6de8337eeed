//! Who may use a road, which way and how fast: a profile is data, read from TOML.
//! The shipped ones are in `data/profiles/`, each figure with its source.

mod figures;
mod file;
mod rules;

pub(super) use rules::{Pace, Passing, Unknown, Use};

use crate::error::Error;
use crate::territory::Mode;
use crate::units::Metres;
use std::collections::{BTreeMap, BTreeSet};

/// The rules of one way to travel on roads.
///
/// ```
/// use maillage::territory::Mode;
/// use maillage::travel::Profile;
///
/// assert!(Profile::shipped(Mode::Car).is_some());
/// assert!(Profile::shipped(Mode::Bus).is_none());
/// assert!(Profile::parse("top_kmh = 'fast'", "mine.toml").is_err());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    name: String,
    access: Access,
    /// Speeds of classes in km/h; of `if_allowed` only where a tag allows the vehicle.
    classes: BTreeMap<String, f64>,
    if_allowed: BTreeMap<String, f64>,
    /// Classes that are known and closed.
    closed: BTreeSet<String>,
    closed_if: Conditions,
    maxspeed: Option<MaxSpeed>,
    caps: BTreeMap<String, BTreeMap<String, f64>>,
    uncapped: Conditions,
    top: Option<f64>,
    oneway: OneWay,
    /// Speed of a ferry without a duration, in km/h.
    ferry: Option<f64>,
    barriers: Option<Barriers>,
    pub(super) turns: Turns,
    pub(super) snapping: Snapping,
}

/// Values by key.
type Conditions = BTreeMap<String, BTreeSet<String>>;

/// Tags that say who may use a road, the most specific first.
#[derive(Clone, Debug, PartialEq)]
struct Access {
    keys: Vec<String>,
    open: BTreeSet<String>,
    closed: BTreeSet<String>,
}

/// How a tagged speed limit becomes a speed.
#[derive(Clone, Debug, PartialEq)]
struct MaxSpeed {
    factor: f64,
    directional: bool,
    /// Limits that are words, in km/h, in small letters: `fr:rural`.
    words: BTreeMap<String, f64>,
    /// Keys that may say such a word where no limit is tagged.
    word_keys: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
struct OneWay {
    /// The most specific first; none: every road is open both ways.
    keys: Vec<String>,
    /// Tags that make a road one-way without saying so.
    implied: Conditions,
    /// Keys whose value `opposite…` opens the other way.
    contraflow: Vec<String>,
    /// Values that change with the hour.
    closed: BTreeSet<String>,
}

#[derive(Clone, Debug, PartialEq)]
struct Barriers {
    closed: BTreeSet<String>,
    open: BTreeSet<String>,
    /// Seconds to pass.
    delays: BTreeMap<String, f64>,
    /// Seconds lost at a traffic light.
    signal: f64,
}

/// What turning costs, in seconds; and whose turn restrictions are obeyed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Turns {
    /// Each junction of three arms or more.
    pub(super) junction: f64,
    /// Scale and bias of the cost of an angle.
    pub(super) penalty: f64,
    pub(super) bias: f64,
    pub(super) u_turn: f64,
    /// Keys of vehicles that restrictions are for, besides those for all; none: none is obeyed.
    pub(super) restrictions: Option<Vec<String>>,
}

/// How homes and sites join the network.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Snapping {
    /// Farther than this is told.
    pub(super) silent: Option<Metres>,
    /// Farther than this is not located.
    pub(super) limit: Option<Metres>,
    /// Speed between the door and the road in km/h; none: it takes no time.
    pub(super) off_road: Option<f64>,
    /// How fast one gets away in a straight line, in km/h, for the warning of an extract's edge.
    pub(super) crow: f64,
    /// Tags of roads that nobody lives at.
    never: Conditions,
    /// Fewest junctions of a component that is a place.
    pub(super) min_component: u32,
}

/// The modes that travel on roads, with the profile that is shipped for each.
const SHIPPED: [(Mode, &str); 5] = [
    (Mode::Car, include_str!("../../../../data/profiles/car.toml")),
    (Mode::Moped, include_str!("../../../../data/profiles/moped.toml")),
    (Mode::EBike, include_str!("../../../../data/profiles/ebike.toml")),
    (Mode::Bike, include_str!("../../../../data/profiles/bike.toml")),
    (Mode::Walk, include_str!("../../../../data/profiles/foot.toml")),
];

impl Profile {
    /// Reads a profile; `name` is its file, for messages. The format is described in `docs/roads.md`.
    ///
    /// # Errors
    /// [`Error::Input`] with what is wrong.
    pub fn parse(text: &str, name: &str) -> Result<Self, Error> {
        file::parse(text, name)
    }

    /// The modes that a profile is shipped for.
    pub fn modes() -> impl Iterator<Item = Mode> {
        SHIPPED.into_iter().map(|(mode, _)| mode)
    }

    /// The profile that is shipped for `mode`; `None` for a mode that is not on roads of its own.
    /// A lift travels as a car does.
    pub fn shipped(mode: Mode) -> Option<Self> {
        let mode = if mode == Mode::Lift { Mode::Car } else { mode };
        let (mode, text) = SHIPPED.into_iter().find(|(shipped, _)| *shipped == mode)?;
        Self::parse(text, mode.as_str()).ok()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_profile_is_one() {
        for (mode, text) in SHIPPED {
            let profile = Profile::parse(text, mode.as_str());
            assert!(profile.is_ok(), "{}: {:?}", mode.as_str(), profile.err());
        }
        assert_eq!(Profile::shipped(Mode::Lift), Profile::shipped(Mode::Car));
        assert_eq!(Profile::shipped(Mode::Bus), None);
    }
}
