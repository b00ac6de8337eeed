//! Where stops can't be: exchanged coordinates are put right, others dropped.

use super::said::{Defect, Told};
use crate::travel::timetable::feed::TransitStop;
use crate::travel::timetable::pattern::{Patterns, STOP};
use crate::units::Position;

/// Metres from the middle of all stops beyond which one is looked at again, if that is also several times
/// further than most are.
const FAR: f64 = 500_000.0;
const TIMES_FURTHER: f64 = 4.0;
/// Metres from a neighbour on a trip within which an exchanged position is believed.
const NEAR: f64 = 50_000.0;

/// Looks at each stop that is far from all others.
pub(super) fn put_right(stops: &mut [TransitStop], patterns: &Patterns, told: &mut [(String, usize, Told)]) {
    let Some(middle) = middle(stops) else { return };
    let away = |stop: &TransitStop| stop.position.map(|at| metres(middle, at));
    let mut all: Vec<f64> = stops.iter().filter_map(away).collect();
    all.sort_by(f64::total_cmp);
    let usual = all[all.len() / 2];
    let is_far = |metres: f64| metres > FAR && metres > TIMES_FURTHER * usual;
    let far: Vec<usize> = (0..stops.len()).filter(|&at| away(&stops[at]).is_some_and(is_far)).collect();
    for at in far {
        let exchanged = stops[at].position.and_then(|own| Position::new(own.lat(), own.lon()));
        let neighbour = neighbour(stops, patterns, at as u32, |other| {
            other != at && !away(&stops[other]).is_none_or(is_far)
        });
        let fits = exchanged.filter(|&own| neighbour.is_some_and(|other| metres(own, other) <= NEAR));
        let defect = if fits.is_some() { Defect::Swapped } else { Defect::FarAway };
        // Feeds follow one another: its own is the last that begins no later.
        if let Some((_, _, told)) = told.iter_mut().rev().find(|(_, first, _)| *first <= at) {
            told.say(defect, "stops.txt", None, stops[at].id.as_bytes());
        }
        stops[at].position = fits;
    }
}

/// The middle of all stops: of their longitudes and of their latitudes.
fn middle(stops: &[TransitStop]) -> Option<Position> {
    let middle_of = |of: fn(Position) -> f64| {
        let mut all: Vec<f64> = stops.iter().filter_map(|stop| stop.position.map(of)).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied()
    };
    Position::new(middle_of(Position::lon)?, middle_of(Position::lat)?)
}

/// A position of a stop next to one on some trip.
fn neighbour(
    stops: &[TransitStop],
    patterns: &Patterns,
    stop: u32,
    suits: impl Fn(usize) -> bool,
) -> Option<Position> {
    patterns.all.iter().find_map(|pattern| {
        let own = patterns.stops_of(pattern);
        let at = own.iter().position(|code| code & STOP == stop)?;
        let around =
            own[at.saturating_sub(3)..(at + 4).min(own.len())].iter().map(|code| (code & STOP) as usize);
        around.into_iter().find(|&other| suits(other)).and_then(|other| stops[other].position)
    })
}

fn metres(from: Position, to: Position) -> f64 {
    from.straight_line(to)
}
