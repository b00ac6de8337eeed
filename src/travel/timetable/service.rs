//! On which dates services run.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A number of a service.
pub(super) type ServiceIx = u32;
/// Most days between the first and the last date: what lies further off is no programme's.
pub(super) const MOST_DAYS: i64 = 3_660;

/// For each service the dates on which it runs, as bits.
#[derive(Clone, Debug)]
pub(super) struct Services {
    first: Date,
    days: usize,
    words: usize,
    bits: Vec<u64>,
}

impl Services {
    /// `count` services that never run, between two dates.
    pub(super) fn new(first: Date, last: Date, count: usize) -> Self {
        let days = (days_between(first, last) + 1).clamp(1, MOST_DAYS) as usize;
        let words = days.div_ceil(64);
        Self { first, days, words, bits: vec![0; words * count] }
    }

    pub(super) const fn first(&self) -> Date {
        self.first
    }

    pub(super) fn last(&self) -> Date {
        let days = self.days as i64 - 1;
        self.first.checked_add(days.days()).unwrap_or(Date::MAX)
    }

    /// The number of a date; `None` outside.
    pub(super) fn day(&self, date: Date) -> Option<usize> {
        usize::try_from(days_between(self.first, date)).ok().filter(|&day| day < self.days)
    }

    pub(super) fn runs(&self, service: ServiceIx, day: usize) -> bool {
        self.bits[service as usize * self.words + day / 64] >> (day % 64) & 1 == 1
    }

    /// The dates on which a service runs, ascending.
    pub(super) fn dates(&self, service: ServiceIx) -> impl Iterator<Item = Date> {
        let date = |day: usize| self.first.checked_add((day as i64).days()).ok();
        (0..self.days).filter(move |&day| self.runs(service, day)).filter_map(date)
    }

    /// Adds a service that runs on these dates, and gives its number.
    pub(super) fn add(&mut self, runs: impl Fn(Date) -> bool) -> ServiceIx {
        let service = (self.bits.len() / self.words) as ServiceIx;
        self.bits.resize(self.bits.len() + self.words, 0);
        let dates: Vec<Date> =
            self.first.series(1.day()).take(self.days).filter(|date| runs(*date)).collect();
        dates.into_iter().for_each(|date| self.set(service, date, true));
        service
    }

    pub(super) fn ever_runs(&self, service: ServiceIx) -> bool {
        let own = service as usize * self.words;
        self.bits[own..own + self.words].iter().any(|&word| word != 0)
    }

    /// Says whether a service runs on a date; nothing for dates outside.
    pub(super) fn set(&mut self, service: ServiceIx, date: Date, runs: bool) {
        if let Some(day) = self.day(date) {
            let word = &mut self.bits[service as usize * self.words + day / 64];
            let bit = 1 << (day % 64);
            *word = if runs { *word | bit } else { *word & !bit };
        }
    }

    /// One more service, which runs on the dates on which all of these do, if there are any.
    pub(super) fn add_common(&mut self, all: &[ServiceIx]) -> Option<ServiceIx> {
        let own = |service: ServiceIx, word: usize| self.bits[service as usize * self.words + word];
        let common = |word| all.iter().map(|&service| own(service, word)).reduce(|a, b| a & b);
        let bits: Vec<u64> = (0..self.words).filter_map(common).collect();
        if bits.iter().all(|&word| word == 0) {
            return None;
        }
        let number = ServiceIx::try_from(self.bits.len() / self.words).ok()?;
        self.bits.extend(bits);
        Some(number)
    }

    /// It runs on these days of the week, from one date to another.
    pub(super) fn set_weekly(&mut self, service: ServiceIx, weekdays: [bool; 7], from: Date, to: Date) {
        let (from, to) = (from.max(self.first), to.min(self.last()));
        let mut date = from;
        while date <= to {
            if weekdays[weekday(date)] {
                self.set(service, date, true);
            }
            match date.tomorrow() {
                Ok(next) => date = next,
                Err(_) => return,
            }
        }
    }
}

/// From 0 on Monday.
pub(super) fn weekday(date: Date) -> usize {
    let weekday: Weekday = date.weekday();
    weekday.to_monday_zero_offset() as usize
}

pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
