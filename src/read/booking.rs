//! The little language of bookings: `veille 17:00`, `2 jours ouvrés 12h`, `45 min`.

use super::fold::{fold, is_mark};
use crate::finding::Phrase;
use crate::territory::Booking;
use crate::units::{ClockTime, Seconds};

/// What a booking looks like, for a remedy.
pub(super) const BOOKING: Phrase = |words| words.a_booking_deadline();

/// Most days that one may have to book before.
const MOST_DAYS: u8 = 31;
const DAY_MINUTES: u32 = 24 * 60;

/// Until when to book; `None` when that is not understood.
pub(super) fn parse(text: &str) -> Option<Booking> {
    let text = text.trim();
    if text.is_empty() || matches!(plain(text)?.as_str(), "aucune" | "none") {
        return Some(Booking::None);
    }
    days_before(text).or_else(|| ahead(text).map(Booking::Ahead))
}

/// The words in one. `1,5 h` must not become 15 hours, nor `1 2 jours` twelve days.
fn plain(text: &str) -> Option<String> {
    let known = |c: char| c.is_alphanumeric() || c.is_whitespace() || c == ':' || is_mark(c);
    let apart = text.split_whitespace().map(str::as_bytes).collect::<Vec<_>>();
    let two_numbers = |pair: &[&[u8]]| {
        let ends = pair[0].last().is_some_and(u8::is_ascii_digit);
        ends && pair[1].first().is_some_and(u8::is_ascii_digit)
    };
    (text.chars().all(known) && !apart.windows(2).any(two_numbers)).then(|| fold(text))
}

/// Days, then the hour of that day: `veille 17:00`, `2 jours ouvrés 12h`.
fn days_before(text: &str) -> Option<Booking> {
    let (days, hour) = text.rsplit_once(char::is_whitespace)?;
    let until = ClockTime::parse(hour)?;
    let (days, working) = match plain(days)?.as_str() {
        "veille" | "laveille" | "eve" => (1, false),
        words => {
            let (digits, kind) = number_first(words)?;
            (digits, is_working(kind)?)
        }
    };
    let days = u8::try_from(days).ok().filter(|days| (1..=MOST_DAYS).contains(days))?;
    Some(Booking::DaysBefore { days, until, working })
}

/// Whether days of that name are working days.
fn is_working(kind: &str) -> Option<bool> {
    match kind {
        "jour" | "jours" | "day" | "days" => Some(false),
        "jourouvre" | "joursouvres" | "workingday" | "workingdays" => Some(true),
        _ => None,
    }
}

/// `2 h`, `1 h 30`, `45 min`.
fn ahead(text: &str) -> Option<Seconds> {
    let text = plain(text)?;
    let (first, rest) = number_first(&text)?;
    let minutes = match rest {
        "min" | "mn" | "minute" | "minutes" => first,
        "h" | "heure" | "heures" | "hour" | "hours" => first.checked_mul(60)?,
        rest => {
            let (minutes, end) = number_first(rest.strip_prefix('h')?)?;
            let whole = minutes < 60 && matches!(end, "" | "min" | "mn");
            first.checked_mul(60)?.checked_add(minutes).filter(|_| whole)?
        }
    };
    let in_range = (1..=u32::from(MOST_DAYS) * DAY_MINUTES).contains(&minutes);
    in_range.then(|| Seconds::from_minutes(minutes))
}

/// The digits that a text begins with, and what follows them.
fn number_first(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((digits.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(days: u8, hour: u32, working: bool) -> Option<Booking> {
        let until = ClockTime::new(hour, 0).expect("a time");
        Some(Booking::DaysBefore { days, until, working })
    }

    #[test]
    fn deadlines_are_read_in_both_languages() {
        for text in ["veille 17:00", "La veille 17h", "eve 17:00", "1 jour 17:00", "1 day  17h00"] {
            assert_eq!(parse(text), before(1, 17, false), "{text}");
        }
        assert_eq!(parse("2 jours 12:00"), before(2, 12, false));
        for text in ["1 jour ouvré 17:00", "1 JOUR OUVRE 17h", "1 working day 17:00"] {
            assert_eq!(parse(text), before(1, 17, true), "{text}");
        }
        assert_eq!(parse("3 jours ouvrés 9h"), before(3, 9, true));
    }

    #[test]
    fn delays_are_hours_or_minutes() {
        let ahead = |minutes| Some(Booking::Ahead(Seconds::from_minutes(minutes)));
        for (text, minutes) in
            [("2 h", 120), ("2h", 120), ("45 min", 45), ("1 h 30", 90), ("1h30min", 90), ("2 hours", 120)]
        {
            assert_eq!(parse(text), ahead(minutes), "{text}");
        }
        assert_eq!(parse(""), Some(Booking::None));
        assert_eq!(parse("aucune"), Some(Booking::None));
    }

    #[test]
    fn what_is_no_deadline_is_refused() {
        for text in [
            "veille",
            "17:00",
            "lundi 17:00",
            "2 jours",
            "0 jour 17:00",
            "32 jours 17:00",
            "veille 25:00",
            "0 min",
            "-2 h",
            "1,5 h",
            "1.5 jours 12:00",
            "1 2 jours 12:00",
            "2",
            "1h75",
            "4294967296 h",
            "4294967295 h",
            "745 h",
            "2 semaines 12:00",
            "h",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
