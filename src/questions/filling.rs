//! How long a group takes to fill: arrivals at random, some of whom give up while they wait.
//!
//! Who waits is a birth and death process: arrivals come as a Poisson process whose rate follows the months, and each who
//! waits leaves at the same rate. It is followed day by day, without drawing, until the group is full.

use crate::territory::{ArrivalRules, Chance, Rate, Territory, days_after};
use crate::units::ProgrammeId;
use jiff::civil::Date;

/// A number of weeks, to the tenth.
///
/// ```
/// use maillage::questions::Weeks;
///
/// assert_eq!(Weeks::from_tenths(53).tenths(), 53);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weeks(u32);

impl Weeks {
    /// So many tenths of a week.
    pub const fn from_tenths(tenths: u32) -> Self {
        Self(tenths)
    }

    /// Tenths of a week.
    pub const fn tenths(self) -> u32 {
        self.0
    }

    /// The nearest, of a time that is not negative.
    fn nearest(weeks: f64) -> Self {
        // At most ten years or what they add up to: it fits.
        Self((weeks * 10.0).round() as u32)
    }
}

/// Youths who join a list, from a day on.
///
/// ```
/// use jiff::civil::date;
/// use maillage::questions::{Arriving, Weeks};
/// use maillage::territory::{ArrivalRules, Chance, Rate};
///
/// let per_week = Rate::from_decimal(1.5).expect("not negative");
/// let rules = ArrivalRules { give_up: Chance::NEVER, ..ArrivalRules::default() };
/// let arriving = Arriving { per_week, rules, from: date(2026, 9, 7) };
/// assert_eq!(arriving.cohort(8).starts.mean, Some(Weeks::from_tenths(53)), "8 / 1.5");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arriving {
    /// How many on a usual week.
    pub per_week: Rate,
    /// The months, and who leaves while they wait.
    pub rules: ArrivalRules,
    /// The day on which the list is opened, with nobody on it.
    pub from: Date,
}

/// How long something takes.
///
/// ```
/// use maillage::questions::{Delay, Weeks};
///
/// let delay = Delay { mean: Some(Weeks::from_tenths(53)), p80: None };
/// assert!(delay.mean.is_some() && delay.p80.is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay {
    /// On average; none where it may take more than ten years.
    pub mean: Option<Weeks>,
    /// In four cases of five it takes at most so long; none beyond ten years.
    pub p80: Option<Weeks>,
}

/// What waiting for a group is like.
///
/// ```
/// use jiff::civil::date;
/// use maillage::questions::{Arriving, Waiting};
/// use maillage::territory::{ArrivalRules, Rate};
///
/// let per_week = Rate::from_decimal(0.5).expect("not negative");
/// let arriving = Arriving { per_week, rules: ArrivalRules::default(), from: date(2026, 9, 7) };
/// let [cohort, rolling]: [Waiting; 2] = [arriving.cohort(8), arriving.rolling(4, 8)];
/// assert!(rolling.starts.mean < cohort.starts.mean && rolling.gives_up < cohort.gives_up);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Until the group starts.
    pub starts: Delay,
    /// Until it is complete.
    pub complete: Delay,
    /// How long somebody waits on average, those who give up included.
    pub wait: Option<Weeks>,
    /// How many of those who come give up before the group starts.
    pub gives_up: Option<Chance>,
}

/// How a programme's groups fill.
///
/// ```
/// use maillage::questions::{Filling, filling};
/// # use maillage::{Control, read};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// let all: Vec<Filling> = filling(&opened.territory);
/// assert!(all.is_empty(), "nobody said who arrives in the valley");
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filling {
    /// The programme.
    pub programme: ProgrammeId,
    /// Who joins its list, from its first possible day on.
    pub arriving: Arriving,
    /// The smallest group that a plan forms.
    pub minimum: u32,
    /// The size aimed at.
    pub target: u32,
    /// When all wait until as many as are aimed at have come.
    pub cohort: Waiting,
    /// When it starts with the smallest group, and whoever comes later joins at once.
    pub rolling: Waiting,
}

/// How the groups of each programme fill of whose arrivals something is said, in the order of their keys.
pub fn filling(territory: &Territory) -> Vec<Filling> {
    let of = |programme: ProgrammeId| {
        let own = territory.arrivals().iter().filter(|arrival| arrival.programme == programme);
        let per_week = own.map(|arrival| arrival.per_week).reduce(Rate::plus)?;
        let (rules, from) = (territory.rules().arrivals, territory.programmes()[programme].start.first);
        let arriving = Arriving { per_week, rules, from };
        let size = territory.planned_size(programme);
        let (minimum, target) = (size.min(), size.target());
        let (cohort, rolling) = (arriving.cohort(target), arriving.rolling(minimum, target));
        Some(Filling { programme, arriving, minimum, target, cohort, rolling })
    };
    territory.programmes().ids().filter_map(of).collect()
}

/// Days after which nothing more is looked at: ten years.
const HORIZON: u32 = 3_653;
const DAY: f64 = 1.0 / 7.0;
/// What may be left unfilled after that where a mean is told.
const NOTHING: f64 = 1e-9;
/// Steps between looks at how likely it still is, within the day on which four of five are full.
const HALVINGS: usize = 12;

impl Arriving {
    /// All wait until so many have come.
    pub fn cohort(&self, size: u32) -> Waiting {
        let full = self.followed(size, size);
        self.waiting((&full, &full), (size, size))
    }

    /// The group starts with `start` and whoever comes later joins at once, up to `size`.
    pub fn rolling(&self, start: u32, size: u32) -> Waiting {
        let (started, full) = (self.followed(start, start), self.followed(start, size.max(start)));
        self.waiting((&started, &full), (start, size.max(start)))
    }

    fn waiting(&self, (started, full): (&Course, &Course), (start, size): (u32, u32)) -> Waiting {
        let gone = started.waited.map(|waited| waited * self.rules.give_up.get());
        let others = f64::from(size - start.min(size));
        let people = gone.map(|gone| f64::from(start) + gone + others);
        let share = |part: Option<f64>| Some(part? / people?.max(f64::MIN_POSITIVE));
        Waiting {
            starts: started.delay(),
            complete: full.delay(),
            wait: share(started.waited).map(Weeks::nearest),
            gives_up: share(gone).map(Chance::nearest),
        }
    }

    /// From an empty list to `size`; those who wait may leave as long as they are fewer than `start`.
    fn followed(&self, start: u32, size: u32) -> Course {
        let leave = self.rules.give_up.get();
        let mut list = List { likely: vec![0.0; size as usize], leave, start: start as usize };
        if let Some(empty) = list.likely.first_mut() {
            *empty = 1.0;
        }
        let mut course = Course::default();
        let (mut mean, mut waited) = (0.0, 0.0);
        for day in 0..HORIZON {
            let open = list.open();
            if open < NOTHING {
                course.mean = Some(mean);
                course.waited = Some(waited);
                break;
            }
            let date = days_after(self.from, day as i32);
            let percent = self.rules.months[usize::from(date.month().unsigned_abs()) - 1];
            let rate = self.per_week.per_week() * f64::from(percent) / 100.0;
            let before = list.clone();
            let spent = list.pass(rate, DAY);
            mean += spent.iter().sum::<f64>();
            waited += spent.iter().take(list.start).enumerate().map(|(n, time)| n as f64 * time).sum::<f64>();
            if course.p80.is_none() && list.open() <= 0.2 {
                course.p80 = Some(f64::from(day) * DAY + before.until(rate, 0.2));
            }
        }
        if size == 0 {
            course.p80 = Some(0.0);
        }
        course
    }
}

/// What became of a list.
#[derive(Default)]
struct Course {
    mean: Option<f64>,
    p80: Option<f64>,
    /// Weeks that all who came waited together.
    waited: Option<f64>,
}

impl Course {
    fn delay(&self) -> Delay {
        Delay { mean: self.mean.map(Weeks::nearest), p80: self.p80.map(Weeks::nearest) }
    }
}

/// How likely it is that so many are on the list, as long as it is not full.
#[derive(Clone)]
struct List {
    likely: Vec<f64>,
    /// How many of those who wait leave a week.
    leave: f64,
    /// From so many on nobody leaves.
    start: usize,
}

impl List {
    /// How likely it is not full yet.
    fn open(&self) -> f64 {
        self.likely.iter().sum()
    }

    fn leaving(&self, n: usize) -> f64 {
        if n < self.start { n as f64 * self.leave } else { 0.0 }
    }

    /// Lets time pass, in weeks, at one rate of arrivals; answers how long each number was on the list, on average.
    fn pass(&mut self, rate: f64, weeks: f64) -> Vec<f64> {
        /// Changes in a step: their weights are far from too small.
        const CHANGES: f64 = 32.0;
        let most = self.start.min(self.likely.len()).saturating_sub(1);
        let changes = rate + self.leaving(most);
        if changes == 0.0 {
            return self.likely.iter().map(|likely| likely * weeks).collect();
        }
        let steps = (changes * weeks / CHANGES).ceil().max(1.0);
        let mut spent = vec![0.0; self.likely.len()];
        // At most a few hundred of them.
        for _ in 0..steps as u64 {
            self.step(rate, changes, weeks / steps, &mut spent);
        }
        spent
    }

    /// One step by uniformisation: so many changes, a Poisson number of them, most of which change nothing.
    fn step(&mut self, rate: f64, changes: f64, weeks: f64, spent: &mut [f64]) {
        let expected = changes * weeks;
        let mut weight = exp_of_minus(expected);
        let mut beyond = 1.0 - weight;
        let mut now = self.likely.clone();
        let mut after: Vec<f64> = now.iter().map(|likely| likely * weight).collect();
        let most = (expected + 12.0 * expected.sqrt() + 40.0) as u32;
        for n in 1..=most {
            for (spent, likely) in spent.iter_mut().zip(&now) {
                *spent += beyond.max(0.0) / changes * likely;
            }
            now = self.changed(&now, rate, changes);
            weight *= expected / f64::from(n);
            beyond -= weight;
            for (after, likely) in after.iter_mut().zip(&now) {
                *after += weight * likely;
            }
        }
        self.likely = after;
    }

    /// After one change more: somebody comes, somebody leaves, or neither.
    fn changed(&self, now: &[f64], rate: f64, changes: f64) -> Vec<f64> {
        let mut then = vec![0.0; now.len()];
        for (n, likely) in now.iter().enumerate() {
            let leaving = self.leaving(n);
            then[n] += likely * (changes - rate - leaving) / changes;
            if let Some(more) = then.get_mut(n + 1) {
                *more += likely * rate / changes;
            }
            if n > 0 {
                then[n - 1] += likely * leaving / changes;
            }
        }
        then
    }

    /// When, within a day, it is open with this probability.
    fn until(&self, rate: f64, open: f64) -> f64 {
        let (mut from, mut to) = (0.0, DAY);
        for _ in 0..HALVINGS {
            let middle = (from + to) / 2.0;
            let mut then = self.clone();
            then.pass(rate, middle);
            if then.open() > open { from = middle } else { to = middle }
        }
        to
    }
}

/// e to the power of minus `x`, with additions and products alone: the same everywhere.
fn exp_of_minus(x: f64) -> f64 {
    let (mut small, mut doublings) = (x, 0);
    while small > 0.5 {
        small /= 2.0;
        doublings += 1;
    }
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 1..=20 {
        term *= -small / f64::from(n);
        sum += term;
    }
    (0..doublings).fold(sum, |power, _| power * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_e_are_those_of_the_library() {
        for x in [0.0, 0.1, 0.5, 1.0, 7.3, 32.0] {
            let (ours, theirs) = (exp_of_minus(x), f64::exp(-x));
            assert!((ours - theirs).abs() <= 1e-13 * theirs, "{x}: {ours} {theirs}");
        }
    }

    #[test]
    fn nobody_is_lost_in_a_step() {
        let mut list = List { likely: vec![0.2, 0.3, 0.5], leave: 0.1, start: 3 };
        let spent = list.pass(0.0, 2.0);
        assert!((list.open() - 1.0).abs() < 1e-12, "without arrivals no group fills");
        assert!((spent.iter().sum::<f64>() - 2.0).abs() < 1e-12);
    }
}
