//! Slots of the week, sites and advisers.

use super::refs::{Ids, Refs};
use crate::units::{Cents, ClockTime, InseeCode, Key, Position, Seconds};
use jiff::civil::Weekday;

/// A half-day of the week.
///
/// ```
/// use maillage::territory::Slot;
///
/// let week = Slot::ten_half_days();
/// assert_eq!((week.len(), week[0].duration().get()), (10, 3 * 3_600));
/// assert!(!week[0].overlaps(&week[1]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The identifier, such as `mar-am`.
    pub key: Key,
    /// The day.
    pub day: Weekday,
    /// When the session begins.
    pub from: ClockTime,
    /// When it ends, later than it begins.
    pub to: ClockTime,
}

impl Slot {
    /// How long it lasts.
    pub const fn duration(&self) -> Seconds {
        self.from.until(self.to)
    }

    /// Whether the two share more than an instant of the week.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.day == other.day && self.from < other.to && other.from < self.to
    }

    /// The ten half-days of a week: Monday to Friday, 9:00–12:00 and 13:30–16:30.
    pub fn ten_half_days() -> Vec<Self> {
        use Weekday::{Friday, Monday, Thursday, Tuesday, Wednesday};
        let days =
            [(Monday, "lun"), (Tuesday, "mar"), (Wednesday, "mer"), (Thursday, "jeu"), (Friday, "ven")];
        let halves = [("am", 9, 0, 12, 0), ("pm", 13, 30, 16, 30)];
        let slot = |(day, name): (Weekday, &str), (half, h0, m0, h1, m1)| {
            Some(Self {
                key: Key::new(&format!("{name}-{half}"))?,
                day,
                from: ClockTime::new(h0, m0)?,
                to: ClockTime::new(h1, m1)?,
            })
        };
        days.iter().flat_map(|&day| halves.iter().filter_map(move |&half| slot(day, half))).collect()
    }
}

/// Where groups meet: the seat, an antenna, a *permanence*, a third place.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let sites = study.territory().sites();
/// let pont = &sites[sites.find_str("pont").expect("a site")];
/// assert_eq!((pont.open.len(), pont.rooms), (10, 1));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Site<R: Refs = Ids> {
    /// The identifier.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// Its commune; in a draft without a position, the commune's centre is used.
    pub commune: Option<InseeCode>,
    /// Where it is.
    pub position: Option<Position>,
    /// Open today, or a candidate.
    pub status: SiteStatus,
    /// Groups that can meet at the same time.
    pub rooms: u32,
    /// Half-days when it can be used.
    pub open: Vec<R::Slot>,
    /// Most group half-days a week that it can be staffed for; `None` is no limit of its own.
    pub half_days: Option<u32>,
    /// What a room costs a half-day.
    pub room_cost: Cents,
}

/// Whether a site exists.
///
/// ```
/// use maillage::territory::SiteStatus;
/// use maillage::units::Cents;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let sites = study.territory().sites();
/// let haut = &sites[sites.find_str("haut").expect("a site")];
/// assert_eq!(haut.status, SiteStatus::Candidate { opening: Cents::new(200_000) });
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteStatus {
    /// Open today.
    Existing,
    /// Could be opened.
    Candidate {
        /// What opening it costs.
        opening: Cents,
    },
}

/// Somebody who leads groups: in one place per slot.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let territory = study.territory();
/// let bruno = &territory.advisers()[territory.advisers().find_str("bruno").expect("an adviser")];
/// let (pont, tuesday) = (territory.sites().find_str("pont"), territory.slots().find_str("mar-am"));
/// assert!(!bruno.can_be_at(pont.expect("a site"), tuesday.expect("a half-day")));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adviser<R: Refs = Ids> {
    /// The identifier.
    pub key: Key,
    /// Sites where they work; empty means all.
    pub sites: Vec<R::Site>,
    /// Half-days when they work; empty means all.
    pub slots: Vec<R::Slot>,
    /// Most half-days a week with groups.
    pub half_days: u32,
}

impl Adviser<Ids> {
    /// Whether they can lead a group there and then.
    pub fn can_be_at(&self, site: crate::units::SiteId, slot: crate::units::SlotId) -> bool {
        (self.sites.is_empty() || self.sites.contains(&site))
            && (self.slots.is_empty() || self.slots.contains(&slot))
    }
}
