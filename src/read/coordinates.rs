//! Coordinates that can't be where somebody lives, told for what they are.

use super::report::Report;
use crate::finding::{Code, Text};
use crate::units::Position;

/// Metropolitan France and its margins, in degrees.
const LON: std::ops::RangeInclusive<f64> = -6.0..=10.5;
const LAT: std::ops::RangeInclusive<f64> = 41.0..=51.6;

/// The point of two numbers, or nothing when they are none; that is reported at
/// the line. `names` are those of the columns.
pub(super) fn position(
    lon: f64,
    lat: f64,
    line: u32,
    names: (&str, &str),
    report: &mut Report,
) -> Option<Position> {
    if lon == 0.0 && lat == 0.0 {
        zeros(line, report);
        return None;
    }
    // Degrees of France, each in the place of the other, lie in the Horn of Africa.
    if LAT.contains(&lon) && LON.contains(&lat) {
        swapped(line, lon, lat, report);
        return None;
    }
    if lon.abs() > 1_000.0 && lat.abs() > 1_000.0 {
        metres(line, lon, lat, report);
        return None;
    }
    for (value, most, name) in [(lon, 180_u8, names.0), (lat, 90, names.1)] {
        if value.abs() > f64::from(most) {
            out_of_range(line, name, value, most, report);
        }
    }
    Position::new(lon, lat)
}

fn zeros(line: u32, report: &mut Report) {
    report.say(
        Code::AbsurdCoordinates,
        line,
        Text::say(|words| words.zero_coordinates()),
        Text::say(|words| words.correct_or_leave_both_empty()),
    );
}

fn swapped(line: u32, lon: f64, lat: f64, report: &mut Report) {
    report.say(
        Code::SwappedCoordinates,
        line,
        Text::say(|words| words.swapped_coordinates(lon, lat)),
        Text::say(|words| words.write_swapped(lon, lat)),
    );
}

fn metres(line: u32, x: f64, y: f64, report: &mut Report) {
    let lambert = (0.0..=1_300_000.0).contains(&x) && (6_000_000.0..=7_200_000.0).contains(&y);
    report.say(
        Code::AbsurdCoordinates,
        line,
        Text::say(|words| words.metres_not_degrees(x, y, lambert)),
        Text::say(|words| words.export_in_degrees()),
    );
}

fn out_of_range(line: u32, name: &str, value: f64, most: u8, report: &mut Report) {
    report.out_of_range(line, name, &value.to_string(), Text::say(|words| words.degrees_within(most)));
}
