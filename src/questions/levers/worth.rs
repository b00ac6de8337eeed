//! What a lever costs, all counted, and what it brings.

use super::edits::weekly_half_days;
use super::round::Timetable;
use crate::territory::{Lever, LeverChange, Mode, ProgrammeOption, Shuttle, Territory, Weekdays};
use crate::travel::travelled;
use crate::units::{Cents, Key, Metres, SiteId};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What a lever costs in all, for the time of the programmes.
///
/// ```
/// use maillage::questions::Price;
/// use maillage::units::Cents;
///
/// let price = Price { total: Cents::new(20_000), is_most: false };
/// assert_eq!(price.total.get(), 20_000);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// The lever's own cost and what is counted by unit.
    pub total: Cents,
    /// Whether fewer runs or kilometres may do: then it is what is paid at most.
    pub is_most: bool,
}

/// The price of a lever in a territory.
pub(super) fn price(territory: &Territory, lever: &Lever, round: Option<&Timetable>) -> Price {
    let fixed = |more: Cents| Price { total: lever.cost.plus(more), is_most: false };
    let most = |more: Cents| Price { total: lever.cost.plus(more), is_most: more.get() > 0 };
    match &lever.change {
        LeverChange::Lend { count, each, .. } => fixed(each.times(u64::from(*count))),
        LeverChange::Stay { places, each, .. } => fixed(each.times(u64::from(*places))),
        LeverChange::Shuttle(shuttle) => {
            most(round.map_or(Cents::new(0), |round| by_round(territory, shuttle, round)))
        }
        LeverChange::Volunteers { places, within, per_km } => {
            let stays = territory.options().iter().map(|option| option.stays.len() as u64).max().unwrap_or(0);
            // The driver comes and goes home twice for a stay.
            let driven = 4 * stays * u64::from(*places);
            most(by_km(*per_km, *within, driven))
        }
        LeverChange::SendAdviser { adviser, site, per_km } => most(drives(territory, adviser, site, *per_km)),
        _ => fixed(Cents::new(0)),
    }
}

fn by_km(per_km: Cents, metres: Metres, times: u64) -> Cents {
    Cents::new(per_km.times(u64::from(metres.get()).saturating_mul(times)).get().div_ceil(1000))
}

/// Every date on which somebody may have to be at the site.
fn dates(territory: &Territory, site: SiteId, days: Weekdays) -> BTreeSet<Date> {
    let stays = territory.options().iter().flat_map(|option: &ProgrammeOption| &option.stays);
    let there = stays.filter(|stay| stay.site == site && days.contains(stay.date.weekday()));
    there.map(|stay| stay.date).collect()
}

fn by_round(territory: &Territory, shuttle: &Shuttle, round: &Timetable) -> Cents {
    let Some(site) = territory.sites().find(&shuttle.site) else { return Cents::new(0) };
    let runs = dates(territory, site, shuttle.days).len() as u64;
    let hours =
        shuttle.per_hour.times(u64::from(round.driven.get()).saturating_mul(runs)).get().div_ceil(3600);
    by_km(shuttle.per_km, round.distance, runs).plus(Cents::new(hours))
}

/// The drive from an adviser's first site to another and back, as often as they may be there, with their time.
fn drives(territory: &Territory, adviser: &Key, to: &Key, per_km: Cents) -> Cents {
    let known = || {
        let adviser = territory.advisers().iter().find(|(_, a)| a.key == *adviser)?.1;
        let from = *adviser.sites.first()?;
        let to = territory.sites().find(to)?;
        let ends = (territory.sites()[from].position?, territory.sites()[to].position?);
        Some((adviser, to, ends))
    };
    let Some((adviser, site, (from, to))) = known() else { return Cents::new(0) };
    let rules = territory.rules();
    let metres = travelled(&rules.straight_line, from, to);
    let time = rules.straight_line.pace(Mode::Car).map_or(0, |pace| pace.speed.time_over(metres).get());
    let dates = dates(territory, site, Weekdays::ALL);
    let weeks: BTreeSet<Date> = dates
        .iter()
        .map(|d| crate::territory::days_after(*d, -i32::from(d.weekday().to_monday_zero_offset())))
        .collect();
    let each_week = u64::from(adviser.half_days.min(weekly_half_days(territory).unwrap_or(u32::MAX)));
    let visits = (dates.len() as u64).min(weeks.len() as u64 * each_week);
    let hours = rules.adviser_hour.times(2 * visits * u64::from(time)).get().div_ceil(3600);
    by_km(per_km, metres, 2 * visits).plus(Cents::new(hours))
}
