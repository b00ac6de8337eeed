//! From providers to one table: each mode from the first provider that knows it,
//! and what that one leaves unknown from the next.

use super::provider::{Query, TravelProvider};
use super::table::{Cell, Column, TravelTimes, Trip};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::territory::{Mode, Territory};
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Asks the providers in their order. The first that knows a mode answers for it; only cells
/// that it says are [`Trip::Unknown`] are asked of the next that knows the mode.
///
/// # Errors
/// Those of the providers; [`Error::Provider`] when one answers a column of the wrong length.
pub fn compute(
    territory: &Territory,
    providers: &[Arc<dyn TravelProvider>],
    query: &Query,
    control: &Control<'_>,
) -> Result<TravelTimes, Error> {
    compute_modes(territory, providers, query, None, control)
}

/// As [`compute`], of some modes only.
pub(crate) fn compute_modes(
    territory: &Territory,
    providers: &[Arc<dyn TravelProvider>],
    query: &Query,
    only: Option<&BTreeSet<Mode>>,
    control: &Control<'_>,
) -> Result<TravelTimes, Error> {
    let mut times = TravelTimes::default();
    for (i, provider) in providers.iter().enumerate() {
        control.step(Stage::Travel, i as u64, providers.len() as u64)?;
        let mut modes = provider.modes(territory);
        modes.retain(|&mode| only.is_none_or(|only| only.contains(&mode)) && lacks(&times, mode));
        modes.sort_unstable();
        modes.dedup();
        if modes.is_empty() {
            continue;
        }
        let answer = provider.columns(territory, &modes, query, control)?;
        let rows = territory.places().rows();
        if let Some(short) = answer.iter().find(|column| column.cells.len() < rows) {
            return Err(Error::Provider {
                provider: provider.name().to_owned(),
                what: format!("a column has {} cells for {rows} places", short.cells.len()),
            });
        }
        times = completed(times, TravelTimes::new(answer), query)
            .resting_on(provider.assumptions(territory, &modes));
    }
    control.step(Stage::Travel, 1, 1)?;
    Ok(times)
}

/// What [`compute`] would answer, where all but the columns of `modes` on `dates` is known from `times`: only those are asked
/// again, of every provider that knows such a mode.
///
/// # Errors
/// As [`compute`].
pub fn compute_again(
    times: &TravelTimes,
    territory: &Territory,
    providers: &[Arc<dyn TravelProvider>],
    query: &Query,
    (modes, dates): (&BTreeSet<Mode>, &BTreeSet<Date>),
    control: &Control<'_>,
) -> Result<TravelTimes, Error> {
    let mut on_dates = query.clone();
    on_dates.sites.values_mut().for_each(|sessions| sessions.retain(|session| dates.contains(&session.date)));
    on_dates.sites.retain(|_, sessions| !sessions.is_empty());
    let again = compute_modes(territory, providers, &on_dates, Some(modes), control)?;
    Ok(times.replaced(again))
}

/// Whether nothing, or not everything, is known of the mode.
fn lacks(times: &TravelTimes, mode: Mode) -> bool {
    let mut columns = times.columns().filter(|column| column.key.mode == mode);
    !times.modes().contains(&mode) || columns.any(|column| has_unknown(&column.cells))
}

fn has_unknown(cells: &[Cell]) -> bool {
    cells.iter().any(|&cell| Trip::from(cell) == Trip::Unknown)
}

/// `times`, and from `more` what they do not know.
fn completed(times: TravelTimes, more: TravelTimes, query: &Query) -> TravelTimes {
    combined(times, more, query, |a, b| if Trip::from(a) == Trip::Unknown { b } else { a })
}

/// `times`, and from `more` what is quicker; where neither is a time, what `times` say.
pub(super) fn quickest(times: TravelTimes, more: TravelTimes, query: &Query) -> TravelTimes {
    combined(times, more, query, |a, b| match (Trip::from(a).time(), Trip::from(b).time()) {
        (Some(first), Some(second)) if second.time < first.time => b,
        (None, Some(_)) => b,
        _ => a,
    })
}

fn combined(
    times: TravelTimes,
    more: TravelTimes,
    query: &Query,
    pick: fn(Cell, Cell) -> Cell,
) -> TravelTimes {
    let mut merge = Merge { pick, known: HashMap::new() };
    let mut columns = Vec::new();
    for key in times.trips().chain(more.trips().filter(|key| !times.has(*key))) {
        let (site, way, mode) = key;
        // A column that always holds stays one only where the other is one too.
        let dated = times.is_dated(site, way, mode) || more.is_dated(site, way, mode);
        if !dated {
            columns.extend(merge.columns(times.always(key), more.always(key)));
            continue;
        }
        for &session in query.sites.get(&site).into_iter().flatten() {
            let of = |t: &TravelTimes| t.column(site, way, mode, session).cloned();
            let column = merge.columns(of(&times).as_ref(), of(&more).as_ref());
            columns.extend(column.map(|column| column.at(session)));
        }
    }
    let rest = times.assumptions().to_vec();
    TravelTimes::new(columns).resting_on(rest)
}

/// Merges columns, those that share their cells once.
struct Merge {
    pick: fn(Cell, Cell) -> Cell,
    known: HashMap<(*const Cell, *const Cell), Arc<[Cell]>>,
}

impl Merge {
    fn columns(&mut self, first: Option<&Column>, second: Option<&Column>) -> Option<Column> {
        match (first, second) {
            (Some(first), Some(second)) => Some(Column { key: first.key, cells: self.cells(first, second) }),
            (one, other) => one.or(other).cloned(),
        }
    }

    fn cells(&mut self, first: &Column, second: &Column) -> Arc<[Cell]> {
        let merged = self.known.entry((first.cells.as_ptr(), second.cells.as_ptr()));
        let cells = merged.or_insert_with(|| {
            let both: Vec<Cell> =
                first.cells.iter().zip(second.cells.iter()).map(|(&a, &b)| (self.pick)(a, b)).collect();
            if both[..] == first.cells[..] { Arc::clone(&first.cells) } else { both.into() }
        });
        Arc::clone(cells)
    }
}
