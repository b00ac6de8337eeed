//! Why somebody is not in a group: one closed list, in the order in which the
//! first that applies is told.

/// A reason. The order is that of the telling: for an option the first that
/// applies; for a youth and a programme that of the option that got furthest.
///
/// ```
/// use maillage::reach::Reason;
///
/// assert_eq!(Reason::TooFar.as_str(), "TooFar");
/// assert!(Reason::Age < Reason::TooFar, "age is told first");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Reason {
    /// Not enrolled in the programme.
    NotEnrolled,
    /// Too young or too old on some date of it.
    Age,
    /// Home or site has no known position.
    NotLocated,
    /// No way to travel but on foot, and it is too far for that.
    NoMode,
    /// No session is held there.
    SiteClosed,
    /// Not available at those hours.
    NotAvailable,
    /// Already in another group at those hours, or elsewhere that day.
    SlotClash,
    /// The trip takes longer than the limit.
    TooFar,
    /// A line leads there, but not at those hours.
    NoBusThen,
    /// A line leads there, but not in the holidays.
    NotInHolidays,
    /// Out, but not back.
    NoWayBack,
    /// The timetable says nothing of those dates.
    TimetableUnknown,
    /// Out and back take too much of the day.
    TooLongADay,
    /// Too few can reach it for a group.
    GroupTooSmall,
    /// Groups, rooms or advisers are full.
    Full,
    /// A rule on who is in a group leaves no place.
    MixRule,
    /// In a programme that excludes this one.
    Excluded,
    /// Decided by the structure.
    PinnedOut,
    /// The plan that serves most people has no place for this one.
    BetterPlan,
}

impl Reason {
    /// Every reason, in order.
    pub const ALL: [Self; 19] = [
        Self::NotEnrolled,
        Self::Age,
        Self::NotLocated,
        Self::NoMode,
        Self::SiteClosed,
        Self::NotAvailable,
        Self::SlotClash,
        Self::TooFar,
        Self::NoBusThen,
        Self::NotInHolidays,
        Self::NoWayBack,
        Self::TimetableUnknown,
        Self::TooLongADay,
        Self::GroupTooSmall,
        Self::Full,
        Self::MixRule,
        Self::Excluded,
        Self::PinnedOut,
        Self::BetterPlan,
    ];

    /// The word used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotEnrolled => "NotEnrolled",
            Self::Age => "Age",
            Self::NotLocated => "NotLocated",
            Self::NoMode => "NoMode",
            Self::SiteClosed => "SiteClosed",
            Self::NotAvailable => "NotAvailable",
            Self::SlotClash => "SlotClash",
            Self::TooFar => "TooFar",
            Self::NoBusThen => "NoBusThen",
            Self::NotInHolidays => "NotInHolidays",
            Self::NoWayBack => "NoWayBack",
            Self::TimetableUnknown => "TimetableUnknown",
            Self::TooLongADay => "TooLongADay",
            Self::GroupTooSmall => "GroupTooSmall",
            Self::Full => "Full",
            Self::MixRule => "MixRule",
            Self::Excluded => "Excluded",
            Self::PinnedOut => "PinnedOut",
            Self::BetterPlan => "BetterPlan",
        }
    }
}

/// A set of reasons.
///
/// ```
/// use maillage::reach::{Reason, Reasons};
///
/// let reasons = Reasons::only(Reason::TooFar).with(Reason::Age);
/// assert!(reasons.has(Reason::TooFar));
/// assert_eq!(reasons.first(), Some(Reason::Age));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Reasons(u32);

impl Reasons {
    /// None.
    pub const NONE: Self = Self(0);

    /// Only this one.
    pub const fn only(reason: Reason) -> Self {
        Self(1 << reason as u32)
    }

    /// With this one too.
    pub const fn with(self, reason: Reason) -> Self {
        Self(self.0 | 1 << reason as u32)
    }

    /// Those of either.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether this one is among them.
    pub const fn has(self, reason: Reason) -> bool {
        self.0 & 1 << reason as u32 != 0
    }

    /// The first in the order of the telling.
    pub fn first(self) -> Option<Reason> {
        Reason::ALL.get(self.0.trailing_zeros() as usize).copied()
    }

    /// All of them, in order.
    pub fn iter(self) -> impl Iterator<Item = Reason> {
        Reason::ALL.into_iter().filter(move |&reason| self.has(reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_reason_is_told() {
        let set = Reasons::only(Reason::Full).with(Reason::Age).with(Reason::BetterPlan);
        assert_eq!(set.first(), Some(Reason::Age));
        assert_eq!(set.iter().collect::<Vec<_>>(), [Reason::Age, Reason::Full, Reason::BetterPlan]);
        assert_eq!(Reasons::NONE.first(), None);
        assert!(Reason::ALL.is_sorted());
    }
}
