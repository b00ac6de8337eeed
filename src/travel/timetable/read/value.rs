//! Values of fields.

use crate::units::{Position, Seconds};
use jiff::civil::Date;

/// Most hours of a time: a service day that lasts longer is none.
const MOST_HOURS: u32 = 96;

/// A number without a sign.
pub(super) fn number(bytes: &[u8]) -> Option<u32> {
    if bytes.is_empty() || bytes.len() > 10 {
        return None;
    }
    bytes.iter().try_fold(0_u32, |sum, &b| {
        let digit = b.is_ascii_digit().then(|| u32::from(b - b'0'))?;
        sum.checked_mul(10)?.checked_add(digit)
    })
}

/// Seconds from `HH:MM:SS`.
pub(super) fn time(bytes: &[u8]) -> Option<u32> {
    let mut parts = bytes.split(|&b| b == b':').map(number);
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next()??);
    let fits = parts.next().is_none() && hours < MOST_HOURS && minutes < 60 && seconds < 60;
    fits.then(|| hours * 3_600 + minutes * 60 + seconds)
}

/// A duration in seconds, at most a day.
pub(super) fn seconds(bytes: &[u8]) -> Option<Seconds> {
    number(bytes).filter(|&seconds| seconds <= 86_400).map(Seconds::new)
}

/// A date from `YYYYMMDD`.
pub(super) fn date(bytes: &[u8]) -> Option<Date> {
    let [year @ .., m, n, d, e] = bytes else { return None };
    let part = |digits: &[u8]| i8::try_from(number(digits)?).ok();
    let year = i16::try_from(number(year).filter(|_| year.len() == 4)?).ok()?;
    Date::new(year, part(&[*m, *n])?, part(&[*d, *e])?).ok()
}

/// A finite number with a point.
pub(super) fn decimal(bytes: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() < 40)?;
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Where latitude and longitude are; nowhere at (0, 0).
pub(super) fn position(lat: &[u8], lon: &[u8]) -> Option<Position> {
    let (lat, lon) = (decimal(lat)?, decimal(lon)?);
    if lat.abs() < 1e-6 && lon.abs() < 1e-6 {
        return None;
    }
    Position::new(lon, lat)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_of_a_service_day() {
        assert_eq!(time(b"7:05:30"), Some(25_530));
        assert_eq!(time(b"26:48:00"), Some(96_480));
        let bad: [&[u8]; 8] = [
            b"",
            b"7:60:00",
            b"-1:00:00",
            b"7:05",
            b"96:00:00",
            b"7:05:30:00",
            b"a:b:c",
            b"99999999999:00:00",
        ];
        assert!(bad.iter().all(|bytes| time(bytes).is_none()));
    }

    #[test]
    fn dates_are_eight_digits() {
        assert_eq!(date(b"20250311"), Date::new(2025, 3, 11).ok());
        let bad: [&[u8]; 5] = [b"2025-03-11", b"20250230", b"250311", b"", b"2025031"];
        assert!(bad.iter().all(|bytes| date(bytes).is_none()));
    }
}
