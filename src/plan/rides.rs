//! Members of a group who take other members along: which rounds a driver can drive to an option, and who can
//! come by each.
//!
//! A driver drives for an option when they can be at **every** session by their own car, with the times of the whole
//! round: then nobody depends on a day on which they are away. Who comes along comes and goes so every time.

use super::{Member, Riding};
use crate::reach::{Attendance, DatedStay, Dates, DayAccess, Reason, RoundTrip};
use crate::territory::{Mode, ProgrammeOption, SharedRide, Stay, Territory, VehicleKind, Venue, Youth};
use crate::units::{OptionId, Seconds, YouthId};

/// A round of a driver to an option, and who can come by it.
pub(crate) struct Offered<'a> {
    pub(crate) ride: &'a SharedRide,
    pub(crate) takes: Vec<(YouthId, Seconds)>,
}

impl Offered<'_> {
    /// The driver's time out and home.
    pub(crate) fn time(&self) -> Seconds {
        driven(self.ride).both()
    }
}

/// A round that somebody could drive to an option with those who live along it; none where they can't drive it, or
/// nobody else enrolled lives there.
pub(crate) fn offered<'a>(
    territory: &Territory,
    option: OptionId,
    driver: YouthId,
    ride: &'a SharedRide,
) -> Option<Offered<'a>> {
    drives(territory, option, driver, ride)?;
    let others = territory.youths().ids().filter(|&youth| youth != driver);
    let taken = others.filter_map(|youth| {
        let dates = taken_along(territory, option, (driver, ride), youth)?;
        Some((youth, attendance(&dates, territory.option(option)).trip?.both()))
    });
    let takes: Vec<(YouthId, Seconds)> = taken.collect();
    (!takes.is_empty()).then_some(Offered { ride, takes })
}

impl Riding {
    /// The sessions of whoever comes so to an option; none where they can't.
    pub(super) fn dates(self, territory: &Territory, option: OptionId, youth: YouthId) -> Option<Dates> {
        let ride_of = |driver: YouthId, ride: usize| territory.youths().get(driver)?.rides.get(ride);
        match self {
            Self::Drives { ride } => drives(territory, option, youth, ride_of(youth, ride)?),
            Self::With { driver, ride } => {
                taken_along(territory, option, (driver, ride_of(driver, ride)?), youth)
            }
        }
    }
}

impl Member {
    /// The sessions of a member who shares a ride, date by date; none for who comes by themselves.
    pub fn ridden(&self, territory: &Territory, option: OptionId) -> Option<Dates> {
        self.ride?.dates(territory, option, self.youth)
    }
}

/// The sessions of a driver, who is at all of them; none where that can't be.
pub(crate) fn drives(
    territory: &Territory,
    option: OptionId,
    driver: YouthId,
    ride: &SharedRide,
) -> Option<Dates> {
    let youth = &territory.youths()[driver];
    let dates = dated(territory, option, (youth, ride), driven(ride), |stay| free_car(youth, stay, ride))?;
    let all = dates.missed().next().is_none();
    all.then_some(dates)
}

/// The sessions of somebody who is taken along; none where they would miss too many.
pub(crate) fn taken_along(
    territory: &Territory,
    option: OptionId,
    (driver, ride): (YouthId, &SharedRide),
    youth: YouthId,
) -> Option<Dates> {
    let offer = territory.option(option);
    let (driver, youth) = (&territory.youths()[driver], &territory.youths()[youth]);
    let stop = ride.stop(&youth.home?)?;
    let trip = RoundTrip { mode_to: Mode::Lift, mode_back: Mode::Lift, to: stop.out, back: stop.home };
    let may_ride = |stay: &Stay| {
        let [minor, driven_by_minor] = [youth, driver].map(|who| who.birth.age_on(stay.date) < 18);
        !(minor && driven_by_minor && territory.rules().minor_lift_needs_adult)
    };
    let dates = dated(territory, option, (youth, ride), trip, may_ride)?;
    let needed = territory.programmes()[offer.programme].needed.of(offer.sessions());
    let comes =
        dates.reachable() >= needed && dates.stays.iter().any(|s| matches!(s.access, DayAccess::Reached(_)));
    comes.then_some(dates)
}

/// What is told of somebody who comes by these sessions.
pub(crate) fn attendance(dates: &Dates, offer: &ProgrammeOption) -> Attendance {
    let trips = dates.stays.iter().filter_map(|stay| match stay.access {
        DayAccess::Reached(trip) => Some(trip),
        _ => None,
    });
    let trip = trips.max_by_key(|trip| (trip.longer(), trip.both()));
    Attendance { trip, reachable: dates.reachable(), unknown: 0, of: offer.sessions() }
}

fn driven(ride: &SharedRide) -> RoundTrip {
    RoundTrip { mode_to: Mode::Car, mode_back: Mode::Car, to: ride.out, back: ride.home }
}

/// Whether a car of theirs is free from the start of the round to its end.
fn free_car(youth: &Youth, stay: &Stay, ride: &SharedRide) -> bool {
    let day = stay.date.weekday();
    let hours = stay.arrive_by.earlier(ride.out).zip(stay.leave_after.later(ride.home));
    let free = |(from, to)| {
        let mut cars = youth.vehicles.iter().filter(|v| v.kind == VehicleKind::Car);
        cars.any(|car| car.hours.covers(day, from, to))
    };
    VehicleKind::Car.allowed_by(&youth.licences) && hours.is_some_and(free)
}

/// Each stay with the same trip, where it may be taken; none for somebody who is not enrolled or not of age, and
/// where sites take turns.
fn dated(
    territory: &Territory,
    option: OptionId,
    (youth, ride): (&Youth, &SharedRide),
    trip: RoundTrip,
    may: impl Fn(&Stay) -> bool,
) -> Option<Dates> {
    let offer = territory.option(option);
    let programme = &territory.programmes()[offer.programme];
    let limit = territory.limit_of(offer.programme);
    let (first, last) = (offer.meetings.first()?, offer.meetings.last()?);
    let of_age = |date| programme.ages.admit(youth.birth.age_on(date), youth.recognised_disability);
    let held = youth.programmes.contains(&offer.programme) && offer.venue == Venue::One(ride.site);
    if !held || !of_age(first.date) || !of_age(last.date) || trip.longer() > limit {
        return None;
    }
    let access = |stay: &Stay| {
        if !youth.availability.allows(stay.date, stay.arrive_by, stay.leave_after) {
            DayAccess::Missed(Reason::NotAvailable)
        } else if !fits_the_day(territory, stay, &trip) {
            DayAccess::Missed(Reason::TooLongADay)
        } else if !within_the_day(stay, &trip) || !may(stay) {
            DayAccess::Missed(Reason::NoMode)
        } else {
            DayAccess::Reached(trip)
        }
    };
    let stay =
        |stay: &Stay| DatedStay { date: stay.date, sessions: u32::from(stay.sessions), access: access(stay) };
    Some(Dates { stays: offer.stays.iter().map(stay).collect(), remote: offer.remote_sessions() })
}

fn within_the_day(stay: &Stay, trip: &RoundTrip) -> bool {
    stay.arrive_by.earlier(trip.to).is_some() && stay.leave_after.later(trip.back).is_some()
}

fn fits_the_day(territory: &Territory, stay: &Stay, trip: &RoundTrip) -> bool {
    territory.rules().day_share.is_none_or(|percent| {
        u64::from(trip.both().get()) * 100 <= u64::from(percent) * u64::from(stay.duration().get())
    })
}
