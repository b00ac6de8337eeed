//! `partage/`: what can be shown to anybody. Verdicts and numbers of groups are
//! kept; sizes and shortfalls are bands; people appear only in counts of at
//! least the threshold. `docs/partage.md` says what is promised, and why it holds.

mod bands;
mod capacity;
mod files;
mod levers;
mod page;
mod people;
mod secret;
mod tables;
mod wire;
#[cfg(feature = "schemas")]
mod words;
mod zones;

pub(super) use files::documents;
pub(super) use levers::{names_a_youth, roughly};
pub use wire::{SHARED_SCHEMA, Shared};

use super::files::Run;
use crate::plan::{Bind, Plan, ProgrammeAnswer};
use crate::territory::{GroupSize, Territory};
use capacity::Capacity;
use levers::SafeLevers;
use people::{Person, Word, people};
use tables::{Columns, Table};
use zones::Zone;

/// What can be shown of a plan, as JSON of schema `maillage/shared/1`.
pub fn shared(territory: &Territory, plan: &Plan) -> Shared {
    Shared::of(territory, plan, &Safe::of(territory, plan))
}

/// The page that can be shown.
pub(super) fn page(territory: &Territory, plan: &Plan, run: &Run<'_>) -> String {
    page::page(territory, plan, run, &Safe::of(territory, plan).with_levers(territory, plan, run))
}

/// A plan with everything taken out that tells of a person.
struct Safe<'a> {
    capacity: Capacity<'a>,
    counts: Counts,
    /// How many people each outcome has; none when only how many are enrolled is told.
    outcomes: Vec<(Word, u32)>,
    zones: Vec<Zone>,
    tables: Vec<Table>,
    /// What would unlock groups, where that was asked.
    levers: Option<SafeLevers<'a>>,
}

/// How many people the plan is about, as far as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counts {
    /// Not at all.
    Nothing {
        /// Whether it may be said that they are fewer than the threshold.
        fewer: bool,
    },
    /// How many are enrolled, and no more.
    Enrolled(u32),
    /// Also how many of them have a place.
    Outcomes {
        /// With a place in at least one group.
        placed: u32,
        /// Without.
        left_out: u32,
    },
}

impl<'a> Safe<'a> {
    fn of(territory: &'a Territory, plan: &'a Plan) -> Self {
        let capacity = Capacity::of(territory, plan);
        let people = people(territory, plan);
        let threshold = territory.rules().threshold;
        let counts = Counts::of(&people, &capacity, threshold);
        let (mut outcomes, mut zones, mut tables) = (Vec::new(), Vec::new(), Vec::new());
        if let Some(columns) = Columns::of(counts, &people, threshold) {
            if matches!(counts, Counts::Outcomes { .. }) {
                outcomes = columns.totals(&people);
            }
            zones = zones::zones(territory, &people, &columns, threshold);
            tables = tables::tables(territory, &people, &columns, &capacity, threshold);
            tables.extend(tables::of_zones(territory, &zones, &columns));
        }
        Self { capacity, counts, outcomes, zones, tables, levers: None }
    }

    fn with_levers(self, territory: &'a Territory, plan: &Plan, run: &Run<'a>) -> Self {
        let safe = |levers| SafeLevers::of(territory, plan, levers, &self.capacity);
        Self { levers: run.levers.map(safe), ..self }
    }
}

impl Counts {
    /// The most that can be told without a size or a reach becoming known. What
    /// decides is itself told or in bands, so that a refusal tells no more.
    fn of(people: &[Person], capacity: &Capacity<'_>, threshold: u32) -> Self {
        let placed = count(people.iter().filter(|person| person.outcome.is_placed()));
        let enrolled = count(people.iter());
        let left_out = enrolled - placed;
        let large = |n| !is_small(n, threshold);
        let sums = capacity.sums(|_| true);
        if !large(enrolled) || !sums.admit_enrolled(enrolled) {
            let fewer = !large(enrolled) && sums.admit_enrolled(threshold);
            return Self::Nothing { fewer };
        }
        if sums.groups == 0 {
            return Self::Outcomes { placed, left_out };
        }
        if large(placed) && large(left_out) && sums.admit_placed(placed) {
            return Self::Outcomes { placed, left_out };
        }
        if sums.hide_left_out(enrolled, threshold) {
            return Self::Enrolled(enrolled);
        }
        Self::Nothing { fewer: false }
    }
}

/// What may be shown of what binds: only where there is no group, since that
/// nothing binds says that everybody has a place; and neither that nobody at all
/// is enrolled or of age, nor what a single person would decide.
fn bind_shared(answer: &ProgrammeAnswer, size: GroupSize) -> Option<Bind> {
    if answer.groups > 0 || size.min() == 1 {
        return None;
    }
    match answer.binds {
        None | Some(Bind::Ages) => Some(Bind::Minimum),
        bind => bind,
    }
}

/// Whether a count is not to be told. Below one there is nobody to protect.
const fn is_small(n: u32, threshold: u32) -> bool {
    n < threshold && threshold > 1
}

/// Whether a count known to be from `least` to `most` could be each of two
/// numbers below the threshold.
fn is_open(least: u32, most: u32, threshold: u32) -> bool {
    most.min(threshold.saturating_sub(1)) > least
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}
