//! Figures as mappers write them: speeds, durations.

use std::collections::BTreeMap;

/// A limit in km/h: `50`, `50 km/h`, `30 mph`, `10 knots`, or one of `words`.
pub(super) fn kmh(text: &str, words: &BTreeMap<String, f64>) -> Option<f64> {
    let text = text.trim().to_ascii_lowercase();
    if let Some(&kmh) = words.get(&text) {
        return Some(kmh);
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let scale = match unit.trim() {
        "" | "km/h" | "kmh" | "kph" => 1.0,
        "mph" => 1.609_344,
        "knots" => 1.852,
        _ => return None,
    };
    let number: f64 = number.parse().ok()?;
    Some(number * scale).filter(|kmh| (0.1..=400.0).contains(kmh))
}

/// Seconds: `20` (minutes), `0:20`, `00:20:30`, `PT1H20M`; at most a week.
pub(super) fn duration(text: &str) -> Option<f64> {
    let text = text.trim();
    let seconds = match text.strip_prefix("PT").or_else(|| text.strip_prefix("P")) {
        Some(parts) => iso(parts)?,
        None => {
            let parts: Option<Vec<f64>> = text.split(':').map(figure).collect();
            match parts?.as_slice() {
                [minutes] => minutes * 60.0,
                [hours, minutes] => hours * 3600.0 + minutes * 60.0,
                [hours, minutes, seconds] => hours * 3600.0 + minutes * 60.0 + seconds,
                _ => return None,
            }
        }
    };
    (1.0..=604_800.0).contains(&seconds).then_some(seconds)
}

fn figure(text: &str) -> Option<f64> {
    let digits = !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if digits { text.parse().ok() } else { None }
}

fn iso(parts: &str) -> Option<f64> {
    let (mut seconds, mut rest) = (0.0, parts);
    while !rest.is_empty() {
        let (number, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
        let mut after = after.chars();
        let scale = match after.next()? {
            'H' => 3600.0,
            'M' => 60.0,
            'S' => 1.0,
            _ => return None,
        };
        seconds += figure(number)? * scale;
        rest = after.as_str();
    }
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_as_mappers_write_them() {
        let words = BTreeMap::from([("walk".to_owned(), 5.0), ("fr:rural".to_owned(), 80.0)]);
        for (text, limit) in
            [("50", 50.0), ("50 km/h", 50.0), ("7.5", 7.5), ("walk", 5.0), ("FR:rural", 80.0)]
        {
            assert_eq!(kmh(text, &words), Some(limit), "{text}");
        }
        assert_eq!(kmh("50 mph", &words).map(f64::round), Some(80.0));
        for text in ["", "0", "-5", "signals", "50;70", "50 furlongs", "1e9", "nan", "é", "DE:urban"] {
            assert_eq!(kmh(text, &words), None, "{text}");
        }
    }

    #[test]
    fn durations_are_read_as_mappers_write_them() {
        let cases =
            [("20", 1200.0), ("0:20", 1200.0), ("01:20:30", 4830.0), ("PT1H20M", 4800.0), ("PT90S", 90.0)];
        for (text, seconds) in cases {
            assert_eq!(duration(text), Some(seconds), "{text}");
        }
        for text in ["", "0", ":", "1:2:3:4", "PT", "PTé", "PT5", "-1", "99999999", "1e5"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
