//! Levers: changes to a territory that somebody decides, pays for and waits for. Data only: what they change is
//! worked out by `questions::levers`.

use super::mode::VehicleKind;
use super::programme::{GroupSize, Turn};
use super::{OnDemand, TripChange, Weekdays};
use crate::units::{Cents, Key, Metres, Seconds};

/// A change that may unlock groups, with what it costs, who decides it and how long it takes.
///
/// ```
/// use maillage::territory::{Decider, Lever, LeverChange};
/// use maillage::units::{Cents, Key};
///
/// let key = |text| Key::new(text).expect("an identifier");
/// let lever = Lever {
///     key: key("open-pont"),
///     name: "Ouvrir une permanence à Pont".into(),
///     change: LeverChange::OpenSite { site: key("pont"), slots: Vec::new() },
///     cost: Cents::new(150_000),
///     decider: Decider::Structure,
///     delay_weeks: Some(8),
///     origin: String::new(),
/// };
/// assert!(lever.change.only_adds());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// The identifier.
    pub key: Key,
    /// What people call it.
    pub name: String,
    /// What it changes.
    pub change: LeverChange,
    /// What it costs once, beside what [`LeverChange`] counts by unit, for the time of the programmes.
    pub cost: Cents,
    /// Who decides.
    pub decider: Decider,
    /// Weeks before it works; `None` is not known.
    pub delay_weeks: Option<u16>,
    /// Where the cost comes from: a quotation, a source, the word *hypothesis*. May be empty.
    pub origin: String,
}

/// Who decides a lever.
///
/// ```
/// use maillage::territory::Decider;
///
/// assert_eq!(Decider::Region.as_str(), "region");
/// assert_eq!(Decider::ALL.len(), 6);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Decider {
    /// The structure itself.
    Structure,
    /// The authority that organises mobility (AOM): shuttles, transport on demand.
    Aom,
    /// The Région: coaches, trains, school circuits.
    Region,
    /// The Département.
    Department,
    /// An association: volunteers, loans.
    Association,
    /// Another structure.
    Partner,
}

impl Decider {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Structure, Self::Aom, Self::Region, Self::Department, Self::Association, Self::Partner];

    /// The word used in files and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Aom => "aom",
            Self::Region => "region",
            Self::Department => "department",
            Self::Association => "association",
            Self::Partner => "partner",
        }
    }
}

/// What a lever changes. Entities are named by their keys, so that a lever can be written before it is tried.
///
/// ```
/// use maillage::territory::LeverChange;
/// use maillage::units::Key;
///
/// let programme = Key::new("atelier").expect("an identifier");
/// let change = LeverChange::SmallerMinimum { programme, min: 3 };
/// assert_eq!(change.kind(), "smaller_minimum");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum LeverChange {
    /// A candidate site opens, on these of its half-days; on all of them where none is named.
    OpenSite {
        /// The candidate.
        site: Key,
        /// Its half-days.
        slots: Vec<Key>,
    },
    /// A site is open on more half-days.
    OpenSlots {
        /// The site.
        site: Key,
        /// The half-days added.
        slots: Vec<Key>,
    },
    /// A site is open on another half-day instead.
    MoveSlot {
        /// The site.
        site: Key,
        /// The half-day given up.
        from: Key,
        /// The half-day in its place.
        to: Key,
    },
    /// A site closes on these half-days; for good where none is named.
    CloseSite {
        /// The site.
        site: Key,
        /// Its half-days.
        slots: Vec<Key>,
    },
    /// More rooms at a site.
    AddRooms {
        /// The site.
        site: Key,
        /// How many more.
        rooms: u32,
    },
    /// Another adviser.
    AddAdviser {
        /// Half-days a week.
        half_days: u32,
        /// Where; everywhere if none is named.
        sites: Vec<Key>,
        /// When; always if none is named.
        slots: Vec<Key>,
    },
    /// An adviser travels to a site that they do not serve yet.
    SendAdviser {
        /// The adviser.
        adviser: Key,
        /// The site.
        site: Key,
        /// Cost of a kilometre of the drive there and back.
        per_km: Cents,
    },
    /// Fewer half-days of advisers a week.
    FewerHalfDays {
        /// How many fewer.
        half_days: u32,
    },
    /// So many sites close: those whose closing costs the fewest places.
    CloseSites {
        /// How many.
        sites: u32,
    },
    /// A vehicle on a pick-up round.
    Shuttle(Shuttle),
    /// Members who drive take others along.
    ShareLifts {
        /// Youths who said that they would drive.
        drivers: Vec<Key>,
        /// The longest way round for a driver.
        detour: Seconds,
        /// Free seats of each car.
        seats: u32,
    },
    /// Vehicles are lent to youths who have the licence and the age. One is counted for each programme that its youth follows by it.
    Lend {
        /// What is lent.
        vehicle: VehicleKind,
        /// How many.
        count: u32,
        /// Cost of each.
        each: Cents,
    },
    /// Volunteers drive youths who live near enough (*transport solidaire*).
    Volunteers {
        /// Youths whom they can drive.
        places: u32,
        /// The farthest home, in a straight line from the site.
        within: Metres,
        /// Cost of a kilometre; there and back are driven twice for each stay.
        per_km: Cents,
    },
    /// Coaches or trains run otherwise.
    Trips(Vec<TripChange>),
    /// A line for pupils takes others along.
    OpenCircuit {
        /// The line.
        line: String,
    },
    /// Transport on demand is new or widened.
    OnDemand(Box<OnDemand>),
    /// Groups of a programme may be smaller.
    SmallerMinimum {
        /// The programme.
        programme: Key,
        /// The minimum.
        min: u32,
    },
    /// More, smaller groups of a programme in the place of few.
    Split {
        /// The programme.
        programme: Key,
        /// The sizes of the smaller groups.
        size: GroupSize,
    },
    /// A programme may be held on more half-days.
    AddSlots {
        /// The programme.
        programme: Key,
        /// The half-days added.
        slots: Vec<Key>,
    },
    /// A programme alternates between sites.
    Alternate {
        /// The programme.
        programme: Key,
        /// By week or by day.
        by: Turn,
        /// The sites, in order.
        sites: Vec<Key>,
    },
    /// A part of a programme's sessions may be followed by video.
    Remote {
        /// The programme.
        programme: Key,
        /// Percent of the sessions that must still be attended on site.
        on_site: u8,
    },
    /// A longer trip is accepted.
    LongerLimit {
        /// The programme.
        programme: Key,
        /// The limit of a trip.
        limit: Seconds,
    },
    /// Waiting until more have come.
    Wait {
        /// The programme.
        programme: Key,
        /// Weeks.
        weeks: u16,
        /// How many come meanwhile, living where those enrolled live.
        arrivals: u32,
    },
    /// A coach or boarding for a stay: those who live too far come all the same.
    Stay {
        /// The programme.
        programme: Key,
        /// Where.
        site: Key,
        /// Places in the coach or in boarding.
        places: u32,
        /// Cost of each.
        each: Cents,
    },
    /// Youths of a distant structure join.
    Exchange {
        /// The programme.
        programme: Key,
        /// Where they stay.
        site: Key,
        /// How many.
        youths: u32,
    },
}

/// A pick-up round to a site and back.
///
/// ```
/// use maillage::territory::{Shuttle, Weekdays};
/// use maillage::units::{Cents, Key, Seconds};
///
/// let shuttle = Shuttle {
///     site: Key::new("pont").expect("an identifier"),
///     stops: Vec::new(),
///     days: Weekdays::ALL,
///     vehicles: 1,
///     seats: Shuttle::SEATS,
///     ride: Seconds::from_minutes(45),
///     per_stop: Shuttle::PER_STOP,
///     speed: None,
///     per_km: Cents::new(120),
///     per_hour: Cents::new(0),
/// };
/// assert_eq!(shuttle.carries(), 8);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Shuttle {
    /// Where it brings people.
    pub site: Key,
    /// Places where it may stop; where none is named, those that bring the most.
    pub stops: Vec<Key>,
    /// The days on which it runs.
    pub days: Weekdays,
    /// How many vehicles.
    pub vehicles: u32,
    /// Passengers of each.
    pub seats: u32,
    /// The longest time on board.
    pub ride: Seconds,
    /// What each stop takes.
    pub per_stop: Seconds,
    /// Its speed where no road network is loaded; `None` is that of a car.
    pub speed: Option<crate::units::Speed>,
    /// Cost of a kilometre.
    pub per_km: Cents,
    /// Cost of an hour at the wheel.
    pub per_hour: Cents,
}

impl Shuttle {
    /// Passengers of a minibus that a licence B allows to drive, its driver aside.
    pub const SEATS: u32 = 8;
    /// Cost of a kilometre of a minibus: assumed.
    pub const KM: Cents = Cents::new(1_20);
    /// Time lost at a stop: assumed.
    pub const PER_STOP: Seconds = Seconds::from_minutes(2);

    /// Passengers of all vehicles together.
    pub const fn carries(&self) -> u32 {
        self.vehicles.saturating_mul(self.seats)
    }
}

impl LeverChange {
    /// The most that a volunteer is paid for a kilometre: decree 2019-850.
    pub const VOLUNTEER_KM: Cents = Cents::new(32);

    /// The word for it in files and in JSON.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::OpenSite { .. } => "open_site",
            Self::OpenSlots { .. } => "open_slots",
            Self::MoveSlot { .. } => "move_slot",
            Self::CloseSite { .. } => "close_site",
            Self::AddRooms { .. } => "add_rooms",
            Self::AddAdviser { .. } => "add_adviser",
            Self::SendAdviser { .. } => "send_adviser",
            Self::FewerHalfDays { .. } => "fewer_half_days",
            Self::CloseSites { .. } => "close_sites",
            Self::Shuttle(_) => "shuttle",
            Self::ShareLifts { .. } => "share_lifts",
            Self::Lend { .. } => "lend",
            Self::Volunteers { .. } => "volunteers",
            Self::Trips(_) => "trips",
            Self::OpenCircuit { .. } => "open_circuit",
            Self::OnDemand(_) => "on_demand",
            Self::SmallerMinimum { .. } => "smaller_minimum",
            Self::Split { .. } => "split",
            Self::AddSlots { .. } => "add_slots",
            Self::Alternate { .. } => "alternate",
            Self::Remote { .. } => "remote",
            Self::LongerLimit { .. } => "longer_limit",
            Self::Wait { .. } => "wait",
            Self::Stay { .. } => "stay",
            Self::Exchange { .. } => "exchange",
        }
    }

    /// Who decides such a change where nobody says otherwise.
    pub const fn usual_decider(&self) -> Decider {
        match self {
            Self::Shuttle(_) | Self::OnDemand(_) => Decider::Aom,
            Self::Trips(_) | Self::OpenCircuit { .. } => Decider::Region,
            Self::Volunteers { .. } | Self::Lend { .. } => Decider::Association,
            Self::Exchange { .. } => Decider::Partner,
            _ => Decider::Structure,
        }
    }

    /// Whether it never takes anything away, so that no plan of before is lost.
    pub const fn only_adds(&self) -> bool {
        !matches!(
            self,
            Self::MoveSlot { .. }
                | Self::CloseSite { .. }
                | Self::FewerHalfDays { .. }
                | Self::CloseSites { .. }
                | Self::Trips(_)
                | Self::OnDemand(_)
        )
    }

    /// Whether it takes away on purpose.
    pub const fn is_cut(&self) -> bool {
        matches!(self, Self::CloseSite { .. } | Self::FewerHalfDays { .. } | Self::CloseSites { .. })
    }
}

/// Levers that are tried together.
///
/// ```
/// use maillage::territory::Scenario;
/// use maillage::units::Key;
///
/// let today = Scenario::default();
/// assert!(today.levers.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scenario {
    /// What it is called on the command line: its file's name.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// Its levers, in order.
    pub levers: Vec<Lever>,
}

/// The levers of some scenarios, each identifier once, in the order in which they come.
///
/// ```
/// use maillage::territory::{Scenario, levers_of};
///
/// assert!(levers_of([&Scenario::default()]).is_empty());
/// ```
pub fn levers_of<'s>(scenarios: impl IntoIterator<Item = &'s Scenario>) -> Vec<Lever> {
    let mut levers: Vec<Lever> = Vec::new();
    for lever in scenarios.into_iter().flat_map(|scenario| &scenario.levers) {
        if levers.iter().all(|known| known.key != lever.key) {
            levers.push(lever.clone());
        }
    }
    levers
}
