//! Programmes: sizes, rhythm, dates, who may come.

use super::Youth;
use super::attendance::Chance;
use super::hours::days_after;
use super::refs::{Ids, Refs};
use crate::units::{Cents, Key, Seconds};
use jiff::civil::Date;

/// A collective action: who, how many, how often, from when.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let territory = study.territory();
/// let atelier = &territory.programmes()[territory.programmes().find_str("atelier").expect("one")];
/// assert_eq!((atelier.size.min(), atelier.weeks), (3, 3));
/// assert_eq!(atelier.first_days().count(), 1);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme<R: Refs = Ids> {
    /// The identifier.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// Sizes of a group.
    pub size: GroupSize,
    /// Sessions of a week.
    pub rhythm: Rhythm<R>,
    /// Half-days it may use; empty means all.
    pub slots: Vec<R::Slot>,
    /// Sites it may use; empty means all, when it does not only alternate.
    pub sites: Vec<R::Site>,
    /// Groups that meet at several sites in turn.
    pub alternating: Vec<Alternating<R>>,
    /// Weeks of sessions, 1 to 104.
    pub weeks: u16,
    /// When it can start.
    pub start: StartWindow,
    /// What it does in school holidays.
    pub in_holidays: InHolidays,
    /// How many of its sessions a member must be able to reach.
    pub needed: Needed,
    /// Longest trip one way; `None` is the territory's.
    pub limit: Option<Seconds>,
    /// Ages admitted.
    pub ages: Ages,
    /// Rules on who is in each group.
    pub mix: Vec<MixRule>,
    /// Programmes that nobody follows together with this one (both ways).
    pub excludes: Vec<R::Programme>,
    /// Most groups in one option at the same time; rooms limit them too.
    pub max_groups: u32,
    /// What a group costs, besides rooms and advisers.
    pub group_cost: Cents,
    /// How often members come to a session; `None` is the territory's usual.
    pub attendance: Option<Chance>,
    /// How often the minimum must be there: a plan then forms larger groups. `None` asks nothing.
    pub hold: Option<Chance>,
}

impl<R: Refs> Programme<R> {
    /// Its possible first days.
    pub fn first_days(&self) -> impl Iterator<Item = Date> + use<R> {
        let first = self.start.first;
        (0..=i32::from(self.start.later_weeks)).map(move |week| days_after(first, 7 * week))
    }

    /// Whether the youth is of an admitted age on some possible first day.
    pub fn admits<Q: Refs>(&self, youth: &Youth<Q>) -> bool {
        let disabled = youth.recognised_disability;
        self.first_days().any(|day| self.ages.admit(youth.birth.age_on(day), disabled))
    }
}

/// Sizes of a viable group: `1 <= min <= target <= max`.
///
/// ```
/// use maillage::territory::GroupSize;
///
/// assert_eq!(GroupSize::new(8, 12, 15).map(|size| size.target()), Some(12));
/// assert_eq!(GroupSize::new(12, 8, 15), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupSize {
    min: u32,
    target: u32,
    max: u32,
}

impl GroupSize {
    /// Largest group.
    pub const LARGEST: u32 = 1000;

    /// `None` unless `1 <= min <= target <= max <= 1000`.
    pub fn new(min: u32, target: u32, max: u32) -> Option<Self> {
        let ordered = 1 <= min && min <= target && target <= max && max <= Self::LARGEST;
        ordered.then_some(Self { min, target, max })
    }

    /// From one member to the most that can be.
    pub const fn any() -> Self {
        Self { min: 1, target: 1, max: Self::LARGEST }
    }

    /// Fewest members.
    pub const fn min(self) -> u32 {
        self.min
    }

    /// Size aimed at.
    pub const fn target(self) -> u32 {
        self.target
    }

    /// Most members.
    pub const fn max(self) -> u32 {
        self.max
    }
}

/// Which half-days of the week a group meets.
///
/// ```
/// use maillage::territory::Rhythm;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let programmes = study.territory().programmes();
/// let chantier = &programmes[programmes.find_str("chantier").expect("a programme")];
/// assert_eq!(chantier.rhythm, Rhythm::FullDays(1));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rhythm<R: Refs = Ids> {
    /// Any so many of the half-days open, 1 to 3.
    HalfDays(u8),
    /// All the half-days open on any so many days, 1 to 5. A full day has at
    /// least two; its sessions are one stay: one trip out, one back.
    FullDays(u8),
    /// One of these sets of half-days.
    Listed(Vec<Vec<R::Slot>>),
}

/// A group that meets at several sites in turn: members must reach all of them.
///
/// ```
/// use maillage::territory::{Alternating, Names, Turn};
/// use maillage::units::Key;
///
/// let sites = ["pont", "croix"].iter().filter_map(|site| Key::new(site)).collect();
/// let alternating = Alternating::<Names> { by: Turn::Week, sites };
/// assert_eq!(alternating.sites.len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternating<R: Refs = Ids> {
    /// When it changes.
    pub by: Turn,
    /// The sites, in order, at least two.
    pub sites: Vec<R::Site>,
}

/// When an alternating group changes sites.
///
/// ```
/// use maillage::territory::{Turn, Venue};
/// use maillage::units::SiteId;
///
/// let by_the_day = Venue::Turns(Turn::Day, [0, 1].map(SiteId::from_index).to_vec());
/// assert!(matches!(by_the_day, Venue::Turns(turn, _) if turn != Turn::Week));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// Every week.
    Week,
    /// On each day of the week that it meets.
    Day,
}

/// Possible first days, a week apart. A group's week begins on the weekday of its first day.
///
/// ```
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let territory = study.territory();
/// let start = territory.programmes().iter().next().expect("a programme").1.start;
/// assert_eq!((start.first, start.later_weeks), (jiff::civil::date(2026, 9, 7), 0));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartWindow {
    /// The earliest.
    pub first: Date,
    /// How many weeks it may be put off, 0 to 52.
    pub later_weeks: u16,
}

/// What a programme does in school holidays.
///
/// ```
/// use maillage::territory::InHolidays;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let programmes = study.territory().programmes();
/// assert!(programmes.iter().all(|(_, programme)| programme.in_holidays == InHolidays::Runs));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InHolidays {
    /// Meets all the same.
    Runs,
    /// Meets later instead.
    Pauses,
    /// Meets by video: nobody travels, all can attend.
    Visio,
}

/// How many sessions a member must be able to reach.
///
/// ```
/// use maillage::territory::Needed;
///
/// assert_eq!(Needed::All.of(12), 12);
/// assert_eq!(Needed::Percent(80).of(12), 10, "9.6, rounded up");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// Every one.
    All,
    /// So many, or all when there are fewer.
    Count(u16),
    /// So many percent, rounded up; 1 to 100.
    Percent(u8),
}

impl Needed {
    /// How many out of `held`.
    pub fn of(self, held: u32) -> u32 {
        match self {
            Self::All => held,
            Self::Count(n) => held.min(u32::from(n)),
            Self::Percent(p) => (held * u32::from(p)).div_ceil(100),
        }
    }
}

/// Ages admitted, on every date of the programme.
///
/// ```
/// use maillage::territory::Ages;
///
/// assert!(Ages::CEJ.admit(27, true) && !Ages::CEJ.admit(27, false));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ages {
    /// From this age on.
    pub from: u8,
    /// To the eve of this birthday.
    pub before: u8,
    /// The same with a recognised disability, when it differs.
    pub before_if_disabled: Option<u8>,
}

impl Ages {
    /// 16 to the eve of the 26th birthday.
    pub const MISSION_LOCALE: Self = Self { from: 16, before: 26, before_if_disabled: None };
    /// As for a CEJ: to the eve of the 30th birthday with a recognised disability.
    pub const CEJ: Self = Self { from: 16, before: 26, before_if_disabled: Some(30) };

    /// Whether somebody of `age` years is admitted.
    pub fn admit(self, age: i32, recognised_disability: bool) -> bool {
        let before = match self.before_if_disabled {
            Some(later) if recognised_disability => later,
            _ => self.before,
        };
        i32::from(self.from) <= age && age < i32::from(before)
    }
}

/// In each group, members with a trait are between two numbers.
///
/// ```
/// use maillage::territory::{MixRule, Trait};
///
/// let two_women = MixRule { of: Trait::Woman, at_least: 2, at_most: u32::MAX };
/// assert!(two_women.at_least <= two_women.at_most);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MixRule {
    /// The trait.
    pub of: Trait,
    /// Fewest members with it.
    pub at_least: u32,
    /// Most members with it.
    pub at_most: u32,
}

/// What a mix rule looks at.
///
/// ```
/// use maillage::territory::Trait;
///
/// assert_ne!(Trait::Minor, Trait::NoVehicle);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Trait {
    /// Under 18 on the programme's earliest first day.
    Minor,
    /// A woman.
    Woman,
    /// A man.
    Man,
    /// With a recognised disability.
    Disabled,
    /// With no vehicle of any kind.
    NoVehicle,
}
