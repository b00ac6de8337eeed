//! Rounds on which members of a group could take others along: every set of homes whose way round a driver accepts, each
//! by its shortest round.
//!
//! What is kept are the sets that no larger one replaces: where all times of the larger round are within every limit,
//! whoever could come by the smaller one can come by it. A set of stops is dear to try, so that few are tried where
//! many would do ([`MOST_STOPS`], [`MOST_AT_ONCE`], [`MOST_RIDES`]); what is left out only makes the lever do less.

use super::round::Drives;
use crate::control::Control;
use crate::error::Error;
use crate::study::Study;
use crate::territory::{
    Edit, Lever, LeverChange, Mode, Names, RideStop, SharedRide, Territory, VehicleKind, Venue, Way,
    WeeklyHours, Youth,
};
use crate::travel::Session;
use crate::units::{Key, OptionId, PlaceId, Seconds, SiteId, YouthId};
use std::collections::BTreeSet;

/// Homes that a driver's rounds are made of: the nearest on their way.
const MOST_STOPS: usize = 10;
/// Homes at which one round stops.
const MOST_AT_ONCE: usize = 4;
/// Rounds of one driver to one site: those along which the most youths live.
const MOST_RIDES: usize = 12;

/// What somebody who drives would take others along on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DriverRides {
    pub(super) driver: Key,
    pub(super) rides: Vec<SharedRide<Names>>,
}

/// The rounds of each lever that shares lifts.
pub(super) fn rides(
    study: &Study,
    levers: &[Lever],
    control: &Control<'_>,
) -> Result<Vec<Vec<DriverRides>>, Error> {
    let of = |lever: &Lever| match &lever.change {
        LeverChange::ShareLifts { drivers, detour, seats } => {
            Sharing { study, drivers, detour: *detour, seats: *seats }.rides(control)
        }
        _ => Ok(Vec::new()),
    };
    levers.iter().map(of).collect()
}

/// The drivers with their rounds beside those that they drive already.
pub(super) fn edits(territory: &Territory, rides: &[DriverRides]) -> Vec<Edit> {
    let draft = territory.to_draft();
    let edit = |own: &DriverRides| {
        let found = draft.youths.iter().find(|w| w.value.key == own.driver)?;
        let mut youth: Youth<Names> = found.value.clone();
        youth.rides.extend(own.rides.iter().cloned());
        Some(Edit::PutYouth(youth))
    };
    rides.iter().filter_map(edit).collect()
}

impl DriverRides {
    /// A round in the handles of a territory that knows its site and stops.
    pub(super) fn known(&self, territory: &Territory, ride: &SharedRide<Names>) -> Option<SharedRide> {
        let stop = |stop: &RideStop<Names>| {
            let place = territory.places().find(&stop.place)?;
            Some(RideStop { place, out: stop.out, home: stop.home })
        };
        let site = territory.sites().find(&ride.site)?;
        let stops = ride.stops.iter().map(stop).collect::<Option<Vec<_>>>()?;
        let SharedRide { seats, detour, out, home, .. } = *ride;
        Some(SharedRide { site, seats, detour, out, home, stops })
    }
}

struct Sharing<'s> {
    study: &'s Study,
    drivers: &'s [Key],
    detour: Seconds,
    seats: u32,
}

/// Homes from which a driver could take others to a site.
struct Corner {
    driver: YouthId,
    home: PlaceId,
    /// With how many youths who live there and could come.
    stops: Vec<(PlaceId, usize)>,
    /// Their own drive out and home.
    direct: [Seconds; 2],
}

impl Sharing<'_> {
    fn rides(&self, control: &Control<'_>) -> Result<Vec<DriverRides>, Error> {
        let territory = self.study.territory();
        let drivers: BTreeSet<YouthId> =
            self.drivers.iter().filter_map(|key| territory.youths().find(key)).collect();
        let mut of: Vec<(YouthId, Vec<SharedRide<Names>>)> =
            drivers.into_iter().map(|driver| (driver, Vec::new())).collect();
        for site in territory.sites().ids() {
            let corners: Vec<Corner> =
                of.iter().filter_map(|(driver, _)| self.corner(*driver, site)).collect();
            let places: BTreeSet<PlaceId> =
                corners.iter().flat_map(|c| c.stops.iter().map(|s| s.0).chain([c.home])).collect();
            if places.is_empty() {
                continue;
            }
            let places: Vec<PlaceId> = places.into_iter().collect();
            let drives = Drives::between(self.study, None, &places, site, control)?;
            for corner in &corners {
                let rounds = Rounds::new(self, corner, &places, &drives).all(self, site);
                let own = of.iter_mut().find(|own| own.0 == corner.driver);
                own.into_iter().for_each(|own| own.1.extend(rounds.iter().cloned()));
            }
        }
        let named = |(driver, rides): (YouthId, Vec<SharedRide<Names>>)| DriverRides {
            driver: territory.youths()[driver].key.clone(),
            rides,
        };
        Ok(of.into_iter().filter(|own| !own.1.is_empty()).map(named).collect())
    }

    fn corner(&self, driver: YouthId, site: SiteId) -> Option<Corner> {
        let territory = self.study.territory();
        let youth = &territory.youths()[driver];
        let home = youth.home?;
        let has_car = youth.vehicles.iter().any(|v| v.kind == VehicleKind::Car);
        if !has_car || !VehicleKind::Car.allowed_by(&youth.licences) {
            return None;
        }
        let there = Venue::One(site);
        let options: Vec<OptionId> = territory
            .option_ids()
            .filter(|&o| {
                territory.option(o).venue == there
                    && youth.programmes.contains(&territory.option(o).programme)
            })
            .collect();
        let session = options.iter().find_map(|&o| territory.option(o).stays.first()).map(Session::from)?;
        let direct = |way| self.study.times().trip(home, site, way, Mode::Car, session).time();
        let direct = [direct(Way::To)?.time, direct(Way::Back)?.time];
        let mut stops: Vec<(PlaceId, usize)> = Vec::new();
        for place in
            territory.youths().iter().filter(|y| self.waits(y.0, driver, &options)).filter_map(|y| y.1.home)
        {
            match stops.iter_mut().find(|stop| stop.0 == place) {
                Some(stop) => stop.1 += 1,
                None => stops.push((place, 1)),
            }
        }
        (!stops.is_empty()).then_some(Corner { driver, home, stops, direct })
    }

    /// Whether somebody can't come by themselves to one of these options.
    fn waits(&self, youth: YouthId, driver: YouthId, options: &[OptionId]) -> bool {
        let territory = self.study.territory();
        let cut_off = |&option: &OptionId| {
            let programme = territory.option(option).programme;
            territory.youths()[youth].programmes.contains(&programme)
                && self.study.reach().attend(territory, youth, option, territory.limit_of(programme)).is_err()
        };
        youth != driver && options.iter().any(cut_off)
    }
}

/// The rounds of one driver to one site, over numbers: stops are places in a list, the driver's home and the site come after.
struct Rounds<'r> {
    corner: &'r Corner,
    /// The list of all places, and each stop's number in it.
    places: &'r [PlaceId],
    at: Vec<usize>,
    home: usize,
    drives: &'r Drives,
}

/// A round by some stops: the driver's times, and each stop's.
#[derive(Clone)]
struct Round {
    stops: Vec<usize>,
    times: [Seconds; 2],
    on_board: Vec<[Seconds; 2]>,
}

impl<'r> Rounds<'r> {
    fn new(sharing: &Sharing<'_>, corner: &'r Corner, places: &'r [PlaceId], drives: &'r Drives) -> Self {
        let number = |place: PlaceId| places.binary_search(&place).unwrap_or(usize::MAX);
        let mut rounds = Self { corner, places, at: Vec::new(), home: number(corner.home), drives };
        let mut near: Vec<(Seconds, std::cmp::Reverse<usize>, PlaceId)> = Vec::new();
        for &(place, waiting) in &corner.stops {
            if let Some(round) = rounds.round(&[number(place)], sharing.detour) {
                near.push((round.times[0].plus(round.times[1]), std::cmp::Reverse(waiting), place));
            }
        }
        let key = |place: PlaceId| &sharing.study.territory().places()[place].key;
        near.sort_by(|a, b| (a.0, a.1, key(a.2)).cmp(&(b.0, b.1, key(b.2))));
        rounds.at = near.into_iter().take(MOST_STOPS).map(|n| number(n.2)).collect();
        rounds
    }

    fn all(&self, sharing: &Sharing<'_>, site: SiteId) -> Vec<SharedRide<Names>> {
        let mut found: Vec<Round> = Vec::new();
        let most = MOST_AT_ONCE.min(sharing.seats as usize);
        for set in 1u32..1 << self.at.len() {
            if set.count_ones() as usize <= most {
                let stops: Vec<usize> =
                    (0..self.at.len()).filter(|n| set >> n & 1 == 1).map(|n| self.at[n]).collect();
                found.extend(self.round(&stops, sharing.detour));
            }
        }
        let territory = sharing.study.territory();
        found = self.undominated(territory, found);
        let waiting = |round: &Round| -> usize {
            let of = |stop: &usize| {
                self.corner.stops.iter().find(|s| s.0 == self.places[*stop]).map_or(0, |s| s.1)
            };
            round.stops.iter().map(of).sum()
        };
        found.sort_by_key(|round| (std::cmp::Reverse(waiting(round)), round.times, round.stops.clone()));
        found.truncate(MOST_RIDES);
        let told = |round: Round| SharedRide {
            site: territory.sites()[site].key.clone(),
            seats: sharing.seats,
            detour: sharing.detour,
            out: round.times[0],
            home: round.times[1],
            stops: round
                .stops
                .iter()
                .zip(&round.on_board)
                .map(|(&stop, &[out, home])| RideStop {
                    place: territory.places()[self.places[stop]].key.clone(),
                    out,
                    home,
                })
                .collect(),
        };
        found.into_iter().map(told).collect()
    }

    /// The shortest round by all of these stops, out and home, where the way round is accepted.
    fn round(&self, stops: &[usize], detour: Seconds) -> Option<Round> {
        let (out, board_out) = self.shortest(stops, Way::To)?;
        let (home, board_home) = self.shortest(stops, Way::Back)?;
        let accepted = |time: Seconds, direct: Seconds| time <= direct.plus(detour);
        let [to, back] = self.corner.direct;
        let on_board = board_out.into_iter().zip(board_home).map(|(out, home)| [out, home]).collect();
        (accepted(out, to) && accepted(home, back)).then(|| Round {
            stops: stops.to_vec(),
            times: [out, home],
            on_board,
        })
    }

    /// The driver's time and each stop's one way, in the order that is the shortest. Legs may be without what starting
    /// and parking take; what the direct drive takes more than its leg is counted for everybody.
    fn shortest(&self, stops: &[usize], way: Way) -> Option<(Seconds, Vec<Seconds>)> {
        let leg = |from: usize, to: usize| match way {
            Way::To => self.drives.time(from, to),
            Way::Back => self.drives.time(to, from),
        };
        let site = self.places.len();
        let direct = self.corner.direct[usize::from(way == Way::Back)];
        let more = Seconds::new(direct.get().saturating_sub(leg(self.home, site)?.get()));
        let mut best: Option<(Seconds, Seconds, Vec<Seconds>)> = None;
        for order in orders(stops.len()) {
            // Backwards from the site: what is left to drive from each stop on.
            let (mut next, mut left, mut on_board) = (site, more, vec![Seconds::ZERO; stops.len()]);
            let mut known = true;
            for &n in order.iter().rev() {
                match leg(stops[n], next) {
                    Some(time) => left = left.plus(time),
                    None => known = false,
                }
                on_board[n] = left;
                next = stops[n];
            }
            let Some(first) = leg(self.home, next).filter(|_| known) else { continue };
            // Of two that are as short, the one on which less time is spent on board.
            let together = on_board.iter().fold(Seconds::ZERO, |sum, &time| sum.plus(time));
            let found = (left.plus(first), together, on_board);
            if best.as_ref().is_none_or(|best| found < *best) {
                best = Some(found);
            }
        }
        best.map(|(time, _, on_board)| (time, on_board))
    }

    /// Without those that a larger round replaces for everybody.
    fn undominated(&self, territory: &Territory, rounds: Vec<Round>) -> Vec<Round> {
        let driver = &territory.youths()[self.corner.driver];
        let limit = driver.programmes.iter().map(|&programme| territory.limit_of(programme)).min();
        let plain =
            |v: &crate::territory::Vehicle| v.kind == VehicleKind::Car && v.hours == WeeklyHours::always();
        let free = territory.rules().day_share.is_none() && driver.vehicles.iter().any(plain);
        let easy = |round: &Round| {
            let times = round.on_board.iter().flatten().chain(&round.times);
            free && times.into_iter().all(|time| Some(*time) <= limit)
        };
        let larger: Vec<&Round> = rounds.iter().filter(|round| easy(round)).collect();
        let replaced = |round: &Round| {
            let within = |other: &&&Round| round.stops.iter().all(|stop| other.stops.contains(stop));
            larger.iter().filter(within).any(|other| other.stops.len() > round.stops.len())
        };
        rounds.iter().filter(|round| !replaced(round)).cloned().collect()
    }
}

/// All orders of the first numbers, in order.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for _ in 0..count {
        let longer = |order: &Vec<usize>| {
            let rest = (0..count).filter(|n| !order.contains(n));
            rest.map(|n| order.iter().copied().chain([n]).collect()).collect::<Vec<Vec<usize>>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}
