//! Coordinates that can't be where somebody lives, told for what they are.

use super::report::Report;
use crate::finding::Code;
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
        (
            "lon et lat valent zéro : un point dans le golfe de Guinée",
            "lon and lat are zero: a point in the Gulf of Guinea",
        ),
        (
            "corrigez-les, ou laissez les deux vides si le lieu n'est pas localisé",
            "correct them, or leave both empty if the place is not located",
        ),
    );
}

fn swapped(line: u32, lon: f64, lat: f64, report: &mut Report) {
    report.say(
        Code::SwappedCoordinates,
        line,
        (
            &format!("lon {lon} et lat {lat} semblent inversés : ce point est en Afrique de l'Est"),
            &format!("lon {lon} and lat {lat} seem swapped: this point is in East Africa"),
        ),
        (
            &format!("écrivez lon {lat} et lat {lon} si le lieu est en France"),
            &format!("write lon {lat} and lat {lon} if the place is in France"),
        ),
    );
}

fn metres(line: u32, x: f64, y: f64, report: &mut Report) {
    let lambert = (0.0..=1_300_000.0).contains(&x) && (6_000_000.0..=7_200_000.0).contains(&y);
    let (fr, en) = match lambert {
        true => ("sans doute du Lambert-93", "probably Lambert-93"),
        false => ("d'une projection", "of a projection"),
    };
    report.say(
        Code::AbsurdCoordinates,
        line,
        (
            &format!("lon {x} et lat {y} sont des mètres ({fr}), pas des degrés"),
            &format!("lon {x} and lat {y} are metres ({en}), not degrees"),
        ),
        (
            "exportez les points en WGS84 (EPSG:4326), en degrés",
            "export the points in WGS84 (EPSG:4326), in degrees",
        ),
    );
}

fn out_of_range(line: u32, name: &str, value: f64, most: u8, report: &mut Report) {
    report.out_of_range(
        line,
        name,
        &value.to_string(),
        (
            &format!("des degrés WGS84, de -{most} à {most} (pas des mètres)"),
            &format!("WGS84 degrees, -{most} to {most} (not metres)"),
        ),
    );
}
