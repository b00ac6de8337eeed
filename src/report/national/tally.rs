//! Sums over territories: of all, and of each class beside the others.

use super::row::{Class, Kind, Status, TerritoryRow, Then};
use serde::Serialize;
use std::collections::BTreeMap;

/// Sums over territories.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "NationalTally"))]
pub(crate) struct Tally {
    /// Territories in all.
    pub(crate) territories: u32,
    /// Those with an answer; all that follows is of them.
    pub(crate) answered: u32,
    /// Youths.
    pub(crate) youths: u64,
    /// Places that are wanted.
    pub(crate) enrolled: u64,
    /// Today.
    pub(crate) before: Sum,
    /// Before and after the change, of those in which something changes; null without any.
    pub(crate) changed: Option<Changed>,
}

/// What is possible in all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "NationalSum"))]
pub(crate) struct Sum {
    /// Groups.
    pub(crate) groups: u64,
    /// Places, by weight.
    pub(crate) placed: i64,
    /// No plans have more.
    pub(crate) bound: i64,
    /// Territories where that is proved to be the most.
    pub(crate) proved: u32,
    /// Enrolments without a place because of the way.
    pub(crate) out_of_reach: u64,
}

/// Before and after the change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "NationalChanged"))]
pub(crate) struct Changed {
    /// Territories in which something changes.
    pub(crate) territories: u32,
    /// What was possible in them.
    pub(crate) before: Sum,
    /// What is left in them.
    pub(crate) after: Sum,
    /// Places that some have only after.
    pub(crate) gained: u64,
    /// Places that some had only before.
    pub(crate) lost: u64,
    /// The same by kinds of youths.
    pub(crate) by: BTreeMap<Kind, GainedLost>,
}

/// Places gained and lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(rename = "NationalMoves"))]
pub(crate) struct GainedLost {
    /// Gained.
    pub(crate) gained: u64,
    /// Lost.
    pub(crate) lost: u64,
}

impl Sum {
    pub(crate) const fn gap(&self) -> i64 {
        self.bound - self.placed
    }

    fn add(&mut self, then: &Then) {
        self.groups += u64::from(then.groups);
        self.placed += then.placed;
        self.bound += then.bound;
        self.proved += u32::from(then.is_proved());
        self.out_of_reach += u64::from(then.out_of_reach);
    }
}

impl Tally {
    pub(crate) fn of<'r>(rows: impl IntoIterator<Item = &'r TerritoryRow>) -> Self {
        let mut tally = Self::default();
        rows.into_iter().for_each(|row| tally.add(row));
        tally
    }

    /// Of each class in which there is any, the dense ones first and those not classified last.
    pub(crate) fn by_class(rows: &[TerritoryRow]) -> Vec<(Option<Class>, Self)> {
        let classes = [Class::Dense, Class::Intermediate, Class::Rural].map(Some).into_iter().chain([None]);
        let of = |class| (class, Self::of(rows.iter().filter(|row| row.class == class)));
        classes.map(of).filter(|(_, tally)| tally.territories > 0).collect()
    }

    fn add(&mut self, row: &TerritoryRow) {
        self.territories += 1;
        let (Status::Answered, Some(demand), Some(before)) = (row.status, &row.demand, &row.before) else {
            return;
        };
        self.answered += 1;
        self.youths += u64::from(demand.youths);
        self.enrolled += u64::from(demand.enrolled);
        self.before.add(before);
        let Some(after) = &row.after else { return };
        let changed = self.changed.get_or_insert_default();
        changed.territories += 1;
        changed.before.add(before);
        changed.after.add(&after.then);
        changed.gained += u64::from(after.gained);
        changed.lost += u64::from(after.lost);
        for one in &after.by {
            let both = changed.by.entry(one.kind).or_default();
            both.gained += u64::from(one.gained);
            both.lost += u64::from(one.lost);
        }
    }
}
