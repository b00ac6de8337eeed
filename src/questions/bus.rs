//! Which coach or train, moved by how few minutes, would bring how many more youths.

use crate::control::{Control, Stage};
use crate::error::Error;
use crate::reach::attending;
use crate::study::Study;
use crate::territory::{Mode, Territory, TransitChanges, TripAt, TripChange};
use crate::travel::{Query, TravelProvider, TravelTimes, compute, compute_again};
use crate::units::{OptionId, Seconds, YouthId};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// So many moves are tried between two calls of whoever watches.
const BATCH: usize = 64;

/// A trip that helps when it runs at another time.
///
/// ```
/// use maillage::questions::bus_that_would_help;
/// # use maillage::{Control, read, study::Study};
/// # let opened = read::territory("data/valley".as_ref(), &Control::none())?;
/// # let mut study = Study::new(opened.territory.clone(), opened.providers(), &Control::none())?;
/// let option = study.territory().option_ids().next().expect("an option");
/// let found = bus_that_would_help(&study, option, 15, &Control::none())?;
/// assert!(found.iter().all(|help| help.minutes.abs() <= 15 && help.more() > 0));
/// # Ok::<(), maillage::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusHelp {
    /// Which: on all dates on which it runs.
    pub trips: TripAt,
    /// By how many minutes it is moved: earlier below zero.
    pub minutes: i16,
    /// Who could then attend, and can't today.
    pub gained: Vec<YouthId>,
    /// Who can attend today, and could not then.
    pub lost: Vec<YouthId>,
}

impl BusHelp {
    /// How many more could attend.
    pub fn more(&self) -> usize {
        self.gained.len().saturating_sub(self.lost.len())
    }
}

/// The trips of coaches and trains that would let more of a programme's youths attend `option`, each moved by at most `most` minutes,
/// whole minutes tried one by one, one trip at a time. For each trip and number of youths the fewest minutes are told; most youths come
/// first, then fewest minutes. Only trips are tried that stop where somebody gets on or off, within the horizon of the
/// sessions. What the move does to other programmes is not looked at: apply it to a study ([`Edit::ChangeTrips`]).
///
/// [`Edit::ChangeTrips`]: crate::territory::Edit::ChangeTrips
///
/// # Errors
/// [`Error::Cancelled`], or a provider's.
pub fn bus_that_would_help(
    study: &Study,
    option: OptionId,
    most: u16,
    control: &Control<'_>,
) -> Result<Vec<BusHelp>, Error> {
    let asked = Asked::of(study, option, control)?;
    let moves = asked.moves(most, control)?;
    let tried = control.each(Stage::Questions, BATCH, &moves, || (), |(), change| asked.help(change));
    let mut found: Vec<BusHelp> = Vec::new();
    for help in tried? {
        found.extend(help?);
    }
    Ok(best(found))
}

/// One option, with what is known of it today.
struct Asked<'s> {
    territory: &'s Territory,
    providers: &'s [Arc<dyn TravelProvider>],
    option: OptionId,
    query: Query,
    /// What a move may change.
    modes: BTreeSet<Mode>,
    dates: BTreeSet<Date>,
    times: TravelTimes,
    limit: Seconds,
    youths: Vec<YouthId>,
    today: Vec<bool>,
}

impl<'s> Asked<'s> {
    fn of(study: &'s Study, option: OptionId, control: &Control<'_>) -> Result<Self, Error> {
        let (territory, providers) = (study.territory(), study.providers());
        let offer = territory.option(option);
        let query = Query::of_options(territory, [offer]);
        let modes = [Mode::Bus, Mode::OnDemand].into_iter().chain(Mode::MIXED).collect();
        let dates = query.dates();
        let times = compute(territory, providers, &query, control)?;
        let limit = territory.limit_of(offer.programme);
        let enrolled = territory.youths().iter().filter(|(_, y)| y.programmes.contains(&offer.programme));
        let youths: Vec<YouthId> = enrolled.map(|(id, _)| id).collect();
        let today = attending(territory, &times, option, &youths, limit);
        Ok(Self { territory, providers, option, query, modes, dates, times, limit, youths, today })
    }

    /// Every trip around, by every number of minutes.
    fn moves(&self, most: u16, control: &Control<'_>) -> Result<Vec<(TripAt, i16)>, Error> {
        let most = i16::try_from(most).unwrap_or(i16::MAX).min(MOST_MINUTES);
        let within = Seconds::from_minutes(u32::from(most.unsigned_abs()));
        let mut trips = BTreeSet::new();
        for provider in self.providers {
            trips.extend(provider.trips_around(self.territory, &self.query, within, control)?);
        }
        let minutes = || (-most..=most).filter(|&minutes| minutes != 0);
        Ok(trips.iter().flat_map(|trip| minutes().map(|minutes| (trip.clone(), minutes))).collect())
    }

    /// What a move would bring, if anything.
    fn help(&self, (trips, minutes): &(TripAt, i16)) -> Result<Option<BusHelp>, Error> {
        let Some(then) = self.attending_with(trips, *minutes)? else { return Ok(None) };
        let who = |now: bool| {
            let differ = self.youths.iter().zip(self.today.iter().zip(&then));
            differ
                .filter(move |(_, (today, then))| **then == now && **today != now)
                .map(|(id, _)| *id)
                .collect()
        };
        let help = BusHelp { trips: trips.clone(), minutes: *minutes, gained: who(true), lost: who(false) };
        Ok((help.more() > 0).then_some(help))
    }

    fn attending_with(&self, trips: &TripAt, minutes: i16) -> Result<Option<Vec<bool>>, Error> {
        let mut transit: TransitChanges = self.territory.transit().clone();
        transit.trips.push(TripChange::Move { trips: trips.clone(), minutes });
        let there = self.territory.with_transit(transit);
        let times = match self.times_in(&there) {
            Ok(times) => times,
            // It would leave before midnight.
            Err(Error::Input(_)) => return Ok(None),
            Err(other) => return Err(other),
        };
        Ok(Some(attending(&there, &times, self.option, &self.youths, self.limit)))
    }

    fn times_in(&self, there: &Territory) -> Result<TravelTimes, Error> {
        let which = (&self.modes, &self.dates);
        compute_again(&self.times, there, self.providers, &self.query, which, &Control::none())
    }
}

/// Longest move that is tried.
const MOST_MINUTES: i16 = 12 * 60;

/// For each trip the fewest minutes for each number of youths, in the order of what they bring.
fn best(mut found: Vec<BusHelp>) -> Vec<BusHelp> {
    let order = |help: &BusHelp| {
        (Reverse(help.more()), help.minutes.unsigned_abs(), help.trips.clone(), help.minutes)
    };
    found.sort_by_cached_key(order);
    let mut fewest: BTreeMap<TripAt, u16> = BTreeMap::new();
    found.retain(|help| {
        let minutes = help.minutes.unsigned_abs();
        let known = fewest.entry(help.trips.clone()).or_insert(u16::MAX);
        let is_fewer = minutes < *known;
        *known = minutes.min(*known);
        is_fewer
    });
    found
}
