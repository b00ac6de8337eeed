//! A journey by coach and train, in a sentence.

use crate::report::language::fiche::FicheSentences;
use crate::territory::Mode;
use crate::travel::{AccessBy, DayTime, Timetable, TransitAccess, TransitJourney, TransitRide};
use crate::units::ClockTime;
use jiff::civil::Date;

const DAY: i32 = 24 * 3_600;

/// From door to door, part by part.
pub(super) fn told(
    journey: &TransitJourney,
    (timetable, date): (&Timetable, Date),
    say: &dyn FicheSentences,
) -> String {
    let start = access(&journey.start, date, say);
    let rides = journey.rides.iter().map(|one| ride(one, timetable, say));
    let end = journey.end.as_ref().map(|end| access(end, date, say));
    [start].into_iter().chain(rides).chain(end).collect::<Vec<_>>().join(", ")
}

fn ride(ride: &TransitRide, timetable: &Timetable, say: &dyn FicheSentences) -> String {
    let line = timetable.line(ride.line).map_or("", |line| &line.name);
    let stop = |stop| &*timetable.stop(stop).name;
    let told = say.ride(line, (stop(ride.from), time(ride.depart)), (stop(ride.to), time(ride.arrive)));
    if ride.on_request { format!("{told}, {}", say.on_request()) } else { told }
}

fn access(access: &TransitAccess, date: Date, say: &dyn FicheSentences) -> String {
    let how = match &access.by {
        AccessBy::Vehicle(mode) => say.by_mode(*mode).to_owned(),
        AccessBy::OnDemand(ride) => say.booked(&ride.name, date, ride.book_before),
        _ => say.by_mode(Mode::Walk).to_owned(),
    };
    say.for_so_long(&how, access.arrive.since(access.depart))
}

/// A time of a day's journeys, which may be the day before or after, on a clock.
fn time(at: DayTime) -> ClockTime {
    let seconds = at.seconds().rem_euclid(DAY).unsigned_abs();
    ClockTime::new(seconds / 3_600, seconds / 60 % 60).unwrap_or(ClockTime::MIDNIGHT)
}
