//! How often people come: whether a group that is large enough on paper is so on the day, too.

use super::programme::{GroupSize, Programme};
use super::refs::{Ids, Refs};
use super::{Territory, Youth};
use crate::finding::Text;
use crate::units::{ProgrammeId, YouthId};

/// A probability, to the hundredth of a percent.
///
/// ```
/// use maillage::territory::Chance;
///
/// let often = Chance::from_decimal(0.75).expect("a probability");
/// assert_eq!((often.ten_thousandths(), often.percent()), (7_500, 75));
/// assert_eq!(Chance::from_decimal(1.2), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chance(u16);

impl Chance {
    const WHOLE: u16 = 10_000;
    /// What never happens.
    pub const NEVER: Self = Self(0);
    /// What always happens.
    pub const ALWAYS: Self = Self(Self::WHOLE);

    /// So many of ten thousand; `None` beyond.
    pub const fn of_ten_thousand(times: u16) -> Option<Self> {
        if times <= Self::WHOLE { Some(Self(times)) } else { None }
    }

    /// From a number, rounded to the nearest; `None` outside 0 to 1.
    pub fn from_decimal(number: f64) -> Option<Self> {
        (0.0..=1.0).contains(&number).then(|| Self::nearest(number))
    }

    /// The nearest to a sum of floats, which may be a hair beyond.
    pub(crate) fn nearest(number: f64) -> Self {
        // Within 0 to 10,000: it fits.
        Self((number.clamp(0.0, 1.0) * f64::from(Self::WHOLE)).round() as u16)
    }

    /// As a number from 0 to 1.
    pub fn get(self) -> f64 {
        f64::from(self.0) / f64::from(Self::WHOLE)
    }

    /// How often of ten thousand times.
    pub const fn ten_thousandths(self) -> u16 {
        self.0
    }

    /// In whole percent, rounded down: what is told is never more than what is.
    pub const fn percent(self) -> u16 {
        self.0 / 100
    }

    /// That it does not happen.
    #[must_use]
    pub const fn not(self) -> Self {
        Self(Self::WHOLE - self.0)
    }

    /// Whether something as likely as `p`, a sum of floats, happens at least so often.
    pub(crate) fn is_met_by(self, p: f64) -> bool {
        /// Far beyond what sums of at most a thousand numbers round away.
        const SLACK: f64 = 1e-9;
        p >= self.get() - SLACK
    }
}

/// What is supposed of those of whom nobody says how often they come.
///
/// ```
/// use maillage::territory::AttendanceRules;
///
/// assert_eq!(AttendanceRules::default().usual.percent(), 75);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttendanceRules {
    /// How often somebody comes to a session.
    pub usual: Chance,
    /// How often what several members come by fails them all on a day: a line, a vehicle.
    pub shared_failure: Chance,
}

impl Default for AttendanceRules {
    fn default() -> Self {
        Self { usual: Chance(7_500), shared_failure: Chance(500) }
    }
}

/// How many join a list on a usual week, to the thousandth.
///
/// ```
/// use maillage::territory::Rate;
///
/// assert_eq!(Rate::from_decimal(1.5).map(Rate::thousandths), Some(1_500));
/// assert_eq!(Rate::from_decimal(-1.0), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(u32);

impl Rate {
    /// Most a week.
    pub const MOST: f64 = 1_000.0;

    /// From a number, rounded to the nearest; `None` outside 0 to 1,000.
    pub fn from_decimal(per_week: f64) -> Option<Self> {
        (0.0..=Self::MOST).contains(&per_week).then(|| Self((per_week * 1e3).round() as u32))
    }

    /// Thousandths of a person a week.
    pub const fn thousandths(self) -> u32 {
        self.0
    }

    /// As a number a week.
    pub fn per_week(self) -> f64 {
        f64::from(self.0) / 1e3
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// Youths of a place who join a programme's list.
///
/// ```
/// use maillage::territory::{Arrival, Names, Rate};
/// use maillage::units::Key;
///
/// let key = |text| Key::new(text).expect("an identifier");
/// let per_week = Rate::from_decimal(0.5).expect("not negative");
/// let arrival = Arrival::<Names> { place: key("37072"), programme: key("cej"), per_week };
/// assert_eq!(arrival.per_week.per_week(), 0.5);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival<R: Refs = Ids> {
    /// Where they live.
    pub place: R::Place,
    /// What they could follow.
    pub programme: R::Programme,
    /// How many a usual week.
    pub per_week: Rate,
}

/// When arrivals come, and who leaves while they wait.
///
/// ```
/// use maillage::territory::ArrivalRules;
///
/// let rules = ArrivalRules::default();
/// assert!(rules.months.iter().all(|percent| *percent == 100), "every month alike");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArrivalRules {
    /// Arrivals of each month from January on, in percent of a usual week's.
    pub months: [u16; 12],
    /// How many of those who wait leave, of each person's week of waiting.
    pub give_up: Chance,
}

impl Default for ArrivalRules {
    fn default() -> Self {
        Self { months: [100; 12], give_up: Chance(300) }
    }
}

/// How likely each number of people is, from nobody on, when each comes by themselves.
pub(crate) fn counts(chances: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut counts = vec![1.0];
    chances.into_iter().for_each(|chance| add_one(&mut counts, chance));
    counts
}

/// One more who comes so often.
fn add_one(counts: &mut Vec<f64>, chance: f64) {
    counts.push(0.0);
    for n in (1..counts.len()).rev() {
        counts[n] = counts[n] * (1.0 - chance) + counts[n - 1] * chance;
    }
    counts[0] *= 1.0 - chance;
}

/// How likely so many or more are.
pub(crate) fn at_least(counts: &[f64], min: u32) -> f64 {
    // From the rarest on: small numbers first lose least.
    counts.iter().skip(min as usize).rev().sum()
}

/// Fewest people who come so often among whom `min` are there at least as often as `hold` asks; none where `most` are
/// not enough.
pub(crate) fn fewest(min: u32, chance: Chance, hold: Chance, most: u32) -> Option<u32> {
    let mut invited = counts((0..min).map(|_| chance.get()));
    for n in min..=most {
        if hold.is_met_by(at_least(&invited, min)) {
            return Some(n);
        }
        add_one(&mut invited, chance.get());
    }
    None
}

impl<R: Refs> Programme<R> {
    /// How often a plan counts on members to come.
    pub(crate) fn counted_on(&self, rules: AttendanceRules) -> Chance {
        self.attendance.unwrap_or(rules.usual)
    }

    /// The sizes of groups that hold as often as it asks, were their least `min`; none where not even the largest does.
    pub(crate) fn size_that_holds(&self, min: u32, rules: AttendanceRules) -> Option<GroupSize> {
        let size = self.size;
        let Some(hold) = self.hold else { return GroupSize::new(min, size.target().max(min), size.max()) };
        let min = fewest(min, self.counted_on(rules), hold, size.max())?;
        GroupSize::new(min, size.target().max(min), size.max())
    }
}

impl Territory {
    /// How often a youth comes to a session of a programme: as is said of them, else of the programme, else as usual.
    pub fn attendance_of(&self, youth: YouthId, programme: ProgrammeId) -> Chance {
        self.youths()[youth].attendance.unwrap_or_else(|| self.counted_on(programme))
    }

    /// How often a plan counts on members of a programme to come.
    pub fn counted_on(&self, programme: ProgrammeId) -> Chance {
        self.programmes()[programme].counted_on(self.rules().attendance)
    }

    /// Sizes of the groups that a plan forms: a programme that asks for groups that hold has a larger minimum than
    /// must be there on the day.
    pub fn planned_size(&self, programme: ProgrammeId) -> GroupSize {
        self.planned_size_from(programme, self.programmes()[programme].size.min())
    }

    /// The same, were so few enough on the day.
    pub(crate) fn planned_size_from(&self, programme: ProgrammeId, min: u32) -> GroupSize {
        let programme = &self.programmes()[programme];
        programme.size_that_holds(min, self.rules().attendance).unwrap_or(programme.size)
    }

    /// How often a member comes who counts towards a group that holds; none where all who are enrolled do, or nothing
    /// is asked. Others may join such a group, and never make it less likely to hold.
    pub(crate) fn steady_from(&self, programme: ProgrammeId) -> Option<Chance> {
        self.programmes()[programme].hold?;
        let counted = self.counted_on(programme);
        let rarer = |youth: &Youth| youth.programmes.contains(&programme) && !youth.is_steady(counted);
        self.youths().iter().any(|(_, youth)| rarer(youth)).then_some(counted)
    }

    /// What a plan rests on where programmes ask for groups that hold.
    pub(crate) fn attendance_assumptions(&self) -> Vec<super::Assumption> {
        let asks = self.programmes().iter().any(|(_, programme)| programme.hold.is_some());
        if asks { self.rules().usual_attendance().into_iter().collect() } else { Vec::new() }
    }
}

impl<R: Refs> Youth<R> {
    /// Whether they come at least so often, as far as is said.
    pub(crate) fn is_steady(&self, counted: Chance) -> bool {
        self.attendance.is_none_or(|own| own >= counted)
    }
}

impl super::Rules {
    fn usual_attendance(&self) -> Option<super::Assumption> {
        let default = AttendanceRules::default();
        let percent = self.attendance.usual.percent();
        Some(super::Assumption {
            id: "attendance",
            text: Text::say(|words| words.usual_attendance(percent)),
            mark: mark(self.attendance.usual == default.usual),
        })
    }

    /// What it rests on how well groups hold.
    pub fn holding_assumptions(&self) -> Vec<super::Assumption> {
        let default = AttendanceRules::default();
        let percent = self.attendance.shared_failure.percent();
        let shared = super::Assumption {
            id: "shared_failure",
            text: Text::say(|words| words.shared_failure(percent)),
            mark: mark(self.attendance.shared_failure == default.shared_failure),
        };
        self.usual_attendance().into_iter().chain([shared]).collect()
    }

    /// What it rests on when groups fill.
    pub fn filling_assumptions(&self) -> Vec<super::Assumption> {
        let default = ArrivalRules::default();
        let (percent, flat) = (self.arrivals.give_up.percent(), self.arrivals.months == default.months);
        vec![
            super::Assumption {
                id: "give_up",
                text: Text::say(|words| words.give_up(percent)),
                mark: mark(self.arrivals.give_up == default.give_up),
            },
            super::Assumption {
                id: "months",
                text: Text::say(|words| words.month_profile(flat)),
                mark: mark(flat),
            },
        ]
    }
}

const fn mark(is_default: bool) -> super::Mark {
    if is_default { super::Mark::Assumed } else { super::Mark::Declared }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chance(number: f64) -> Chance {
        Chance::from_decimal(number).expect("a probability")
    }

    #[test]
    fn as_many_are_invited_as_the_domain_says() {
        let invited = |min| fewest(min, chance(0.75), chance(0.8), 100);
        assert_eq!([5, 8, 10].map(invited), [Some(8), Some(12), Some(15)]);
        assert_eq!(fewest(5, chance(0.75), chance(0.8), 7), None);
    }

    #[test]
    fn counts_are_a_binomial_where_all_come_as_often() {
        let counts = counts([0.5; 4]);
        assert_eq!(counts, [1.0, 4.0, 6.0, 4.0, 1.0].map(|n| n / 16.0));
        assert_eq!(at_least(&counts, 3), 5.0 / 16.0);
        assert_eq!(at_least(&counts, 5), 0.0);
    }

    #[test]
    fn a_bound_is_met_by_what_rounds_to_it() {
        assert!(chance(0.8).is_met_by(0.1 + 0.7) && !chance(0.8).is_met_by(0.799_999));
        assert_eq!(fewest(1, chance(0.8), chance(0.8), 9), Some(1));
    }
}
