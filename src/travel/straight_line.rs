//! Travel without a network: straight line × detour, at a speed a mode.
//! `metres = round(great circle × detour)`, `seconds = ceil(metres / speed) + plus`.

use super::provider::{Journey, Leg, Query, TravelProvider};
use super::table::{Cell, Column, ColumnKey, Travel, Trip, When};
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::territory::{Assumption, Mode, Pace, StraightLineRules, Territory, Way};
use crate::units::{Metres, PlaceId, Position, Seconds, SiteId};
use std::sync::Arc;

/// The provider of last resort: knows every place that has coordinates, at the
/// paces of [`StraightLineRules`](crate::territory::StraightLineRules). The same
/// both ways and at any time.
///
/// ```
/// use maillage::study::Study;
/// use maillage::travel::StraightLine;
/// use maillage::{Control, read};
/// use std::sync::Arc;
///
/// let control = Control::none();
/// let territory = read::territory("data/valley".as_ref(), &control)?.territory;
/// let study = Study::new(territory, vec![Arc::new(StraightLine)], &control)?;
/// assert!(study.times().columns().count() > 0);
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct StraightLine;

impl TravelProvider for StraightLine {
    fn name(&self) -> &str {
        "straight line"
    }

    fn modes(&self, territory: &Territory) -> Vec<Mode> {
        territory.rules().straight_line.modes.iter().map(|&(mode, _)| mode).collect()
    }

    fn columns(
        &self,
        territory: &Territory,
        modes: &[Mode],
        query: &Query,
        control: &Control<'_>,
    ) -> Result<Vec<Column>, Error> {
        let mut columns = Vec::with_capacity(2 * modes.len() * query.sites.len());
        for (i, &site) in query.sites.keys().enumerate() {
            control.step(Stage::Travel, i as u64, query.sites.len() as u64)?;
            let metres = distances(territory, site);
            for &mode in modes {
                let Some(pace) = territory.rules().straight_line.pace(mode) else { continue };
                let cells: Arc<[Cell]> =
                    metres.iter().map(|&m| trip(m, pace, query.horizon).into()).collect();
                columns.extend(Way::BOTH.map(|way| Column {
                    key: ColumnKey { site, way, mode, when: When::Always },
                    cells: Arc::clone(&cells),
                }));
            }
        }
        Ok(columns)
    }

    fn assumptions(&self, territory: &Territory, modes: &[Mode]) -> Vec<Assumption> {
        territory.rules().straight_line.assumptions(modes)
    }

    fn journey(&self, territory: &Territory, place: PlaceId, key: ColumnKey) -> Option<Journey> {
        let rules = territory.rules();
        let pace = rules.straight_line.pace(key.mode)?;
        let metres = distance(territory, territory.sites().get(key.site)?.position, place);
        let travel = trip(metres, pace, rules.horizon).time()?;
        Some(Journey { legs: vec![Leg { mode: key.mode, time: travel.time, distance: travel.distance }] })
    }
}

/// Metres from each row of the places, `None` where an end is not located.
fn distances(territory: &Territory, site: SiteId) -> Vec<Option<Metres>> {
    let at = territory.sites()[site].position;
    (0..territory.places().rows()).map(|row| distance(territory, at, PlaceId::from_index(row))).collect()
}

fn distance(territory: &Territory, site: Option<Position>, place: PlaceId) -> Option<Metres> {
    let home = territory.places().get(place)?.position?;
    Some(travelled(&territory.rules().straight_line, home, site?))
}

/// Metres from `a` to `b`, detour included.
pub(crate) fn travelled(rules: &StraightLineRules, a: Position, b: Position) -> Metres {
    Metres::new((a.straight_line(b) * f64::from(rules.detour) / 100.0).round() as u32)
}

fn trip(metres: Option<Metres>, pace: Pace, horizon: Seconds) -> Trip {
    let Some(metres) = metres else { return Trip::NotLocated };
    let time = pace.speed.time_over(metres).plus(pace.plus);
    if time > horizon { Trip::BeyondLimit } else { Trip::Time(Travel::direct(time, metres)) }
}
