//! Ways to travel, and the licences and vehicles that they need.

use crate::finding::Text;

/// A way to travel between home and site.
///
/// ```
/// use maillage::territory::Mode;
///
/// assert_eq!(Mode::EBike.as_str(), "ebike");
/// assert!(Mode::EBike.brings_vehicle() && !Mode::Lift.brings_vehicle());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// At the wheel of a car.
    Car,
    /// A passenger in somebody's car.
    Lift,
    /// A moped or a quadricycle, at most 45 km/h.
    Moped,
    /// A bicycle with assistance.
    EBike,
    /// A bicycle.
    Bike,
    /// On foot.
    Walk,
    /// Scheduled public transport.
    Bus,
    /// Transport on demand.
    OnDemand,
    /// A vehicle on a pick-up round.
    Shuttle,
    /// Driven to a stop by somebody, then public transport; back the other way round.
    LiftBus,
    /// By moped to a stop, where it waits, then public transport.
    MopedBus,
    /// By bicycle with assistance to a stop, where it waits, then public transport.
    EBikeBus,
    /// By bicycle to a stop, where it waits, then public transport.
    BikeBus,
}

impl Mode {
    /// Every mode, in the order in which ties are broken.
    pub const ALL: [Self; 13] = [
        Self::Car,
        Self::Lift,
        Self::Moped,
        Self::EBike,
        Self::Bike,
        Self::Walk,
        Self::Bus,
        Self::OnDemand,
        Self::Shuttle,
        Self::LiftBus,
        Self::MopedBus,
        Self::EBikeBus,
        Self::BikeBus,
    ];

    /// Those that change between a vehicle of one's own, or a lift, and public transport.
    pub const MIXED: [Self; 4] = [Self::LiftBus, Self::MopedBus, Self::EBikeBus, Self::BikeBus];

    /// Its position in [`Mode::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The word used in files and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Car => "car",
            Self::Lift => "lift",
            Self::Moped => "moped",
            Self::EBike => "ebike",
            Self::Bike => "bike",
            Self::Walk => "walk",
            Self::Bus => "bus",
            Self::OnDemand => "on_demand",
            Self::Shuttle => "shuttle",
            Self::LiftBus => "lift_bus",
            Self::MopedBus => "moped_bus",
            Self::EBikeBus => "ebike_bus",
            Self::BikeBus => "bike_bus",
        }
    }

    /// Its name for people.
    pub(crate) fn name(self) -> Text {
        Text::say(|words| match self {
            Self::Car => words.car(),
            Self::Lift => words.lift(),
            Self::Moped => words.moped(),
            Self::EBike => words.ebike(),
            Self::Bike => words.bike(),
            Self::Walk => words.walk(),
            Self::Bus => words.bus(),
            Self::OnDemand => words.on_demand(),
            Self::Shuttle => words.shuttle(),
            Self::LiftBus => words.lift_bus(),
            Self::MopedBus => words.moped_bus(),
            Self::EBikeBus => words.ebike_bus(),
            Self::BikeBus => words.bike_bus(),
        })
    }

    /// What leads from home to the stop, or back, where two are used: the mode itself otherwise.
    pub const fn at_home(self) -> Self {
        match self {
            Self::LiftBus => Self::Lift,
            Self::MopedBus => Self::Moped,
            Self::EBikeBus => Self::EBike,
            Self::BikeBus => Self::Bike,
            other => other,
        }
    }

    /// Whether the traveller brings a vehicle, which must then come home too:
    /// the same mode out and back. Others mix freely.
    pub const fn brings_vehicle(self) -> bool {
        matches!(self.at_home(), Self::Car | Self::Moped | Self::EBike | Self::Bike)
    }
}

/// A driving licence held.
///
/// ```
/// use maillage::territory::Licence;
///
/// assert_eq!(Licence::Am.age(), 14);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Licence {
    /// AM, from 14: moped, light quadricycle.
    Am,
    /// B1, from 16: heavy quadricycle; includes AM's vehicles.
    B1,
    /// B, from 17 (decree 2023-1214): car; includes the vehicles of AM and B1.
    B,
}

impl Licence {
    /// Age from which it can be held.
    pub const fn age(self) -> u8 {
        match self {
            Self::Am => 14,
            Self::B1 => 16,
            Self::B => 17,
        }
    }
}

/// A vehicle that a youth can take.
///
/// ```
/// use maillage::territory::{Licence, VehicleKind};
///
/// assert!(VehicleKind::Moped.allowed_by(&[Licence::Am]));
/// assert!(!VehicleKind::Car.allowed_by(&[Licence::Am]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VehicleKind {
    /// A car.
    Car,
    /// A heavy quadricycle, driven with B1; counted at a moped's speed, a caution.
    Quadricycle,
    /// A moped or a light quadricycle.
    Moped,
    /// A bicycle with assistance.
    EBike,
    /// A bicycle.
    Bike,
}

impl VehicleKind {
    /// How it travels.
    pub const fn mode(self) -> Mode {
        match self {
            Self::Car => Mode::Car,
            Self::Quadricycle | Self::Moped => Mode::Moped,
            Self::EBike => Mode::EBike,
            Self::Bike => Mode::Bike,
        }
    }

    /// Whether one of `held` allows to drive it. Licences include lower ones.
    pub fn allowed_by(self, held: &[Licence]) -> bool {
        let lowest = match self {
            Self::Car => Licence::B,
            Self::Quadricycle => Licence::B1,
            Self::Moped => Licence::Am,
            Self::EBike | Self::Bike => return true,
        };
        held.iter().any(|&licence| licence >= lowest)
    }
}

/// From home to the site, or from the site home.
///
/// ```
/// use maillage::territory::Way;
///
/// assert_eq!(Way::BOTH, [Way::To, Way::Back]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// Home to site.
    To,
    /// Site to home.
    Back,
}

impl Way {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::To, Self::Back];
}
